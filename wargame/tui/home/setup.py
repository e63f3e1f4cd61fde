"""Setting up a game: scenario, length, who sits where, their names, and a seed for those who want one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from wargame.content.found import find_scenarios
from wargame.content.load import has_hindsight, load_scenario, scenario_names
from wargame.errors import ContentError
from wargame.record import Player
from wargame.rulebook import prepare as prepare_rules
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.table.pins import Pin
from wargame.table.storage import scenario_folders
from wargame.tui import Start
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.home.draft import MOST_NAME, Draft, a_name
from wargame.tui.home.offered import problem_of
from wargame.tui.home.pin import NewPin, PinField
from wargame.tui.home.playercard import PlayerCard, in_a_word
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import BAD, DIM, HEAD, clip, columns, join, put, seat_badge, stack, wrapped
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.words import Words
from wargame.words.pages import facilitate as console
from wargame.words.pages import home as say

CONSOLE = "console"
"""The row of the facilitator."""
VALUE = 34
"""The most columns of what a dial stands at."""
READABLE = 62
"""The most columns of a text."""


class Dials(Rows):
    """Rows whose lit one a click turns instead of doing it."""

    async def _on_click(self, event: events.Click) -> None:
        at = event.style.meta.get("option")
        if at is not None and at == self.highlighted and self.lit != "start":
            event.prevent_default()
            await self.screen.run_action("turn(1)")
        else:
            await super()._on_click(event)


class SetupScreen(GuardedScreen[None]):
    """Asks the session to `begin` with the game that is set up, or to go `back`."""

    AUTO_FOCUS = "Dials"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "back", "start", "name", "pin", "turn-back", "turn-on", *LIGHT
    )

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.begun_with = start
        self.names = _with(start.scenario, [one.name for one in find_scenarios(*scenario_folders())])
        self.chosen = self.names.index(start.scenario)
        self.problem = ""
        self.draft: Draft | None = None
        self.new_pin = NewPin()
        self.typed_for = ""
        self.seed = start.seed
        self.hindsight = start.hindsight

    @property
    def drafted(self) -> Draft:
        """Return the draft, for what is only asked while there is one."""
        assert self.draft is not None
        return self.draft

    @property
    def scenario_shown(self) -> Scenario | None:
        return self.draft.scenario if self.draft else None

    def compose(self) -> ComposeResult:
        with Vertical(id="left", classes="framed"):
            yield Dials(id="dials")
        with Vertical(id="beside"):
            yield Grid(id="cards")
            with Sheet(can_focus=False, id="text", classes="framed"):
                yield Static(id="about", markup=False)
        yield Input(id="typed", max_length=MOST_NAME, select_on_focus=True)
        yield PinField()
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#left"), say.NEW_GAME)
        self._load()
        self.query_one(Dials).light("start")

    # --- the scenario ----------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the chosen scenario in a thread; the screen says so meanwhile."""
        self.draft, self.problem = None, ""
        self._repaint()
        name = self.names[self.chosen]
        self.run_worker(partial(self._read, name), thread=True, exclusive=True, name="scenario")

    def _read(self, name: str) -> None:
        problem = ""
        try:
            loaded: Scenario | None = load_scenario(name)
        except ContentError as error:
            loaded = None
            problem = problem_of(name, error)
        self.tell(partial(self._loaded, name, loaded, problem))
        prepare_rules()

    def _loaded(self, name: str, loaded: Scenario | None, problem: str) -> None:
        if name != self.names[self.chosen] or not self.is_attached:
            return
        self.problem = problem
        if loaded is not None:
            self.draft = Draft(self.begun_with, loaded)
        self._repaint()
        self.query_one(Dials).light("start")
        self.run_worker(self._deal(), exclusive=True, group="cards")

    async def _deal(self) -> None:
        """A card a seat, of the scenario that is read."""
        cards = self.query_one("#cards", Grid)
        await cards.remove_children()
        if self.draft is not None:
            await cards.mount_all(PlayerCard(seat) for seat in self.draft.scenario.seat_ids)
        self.call_after_refresh(self._about)

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if self.is_attached:
            self.query_one(Dials).show(list(self._rows()))
            self._about()

    def _rows(self) -> Iterable[Row]:
        draft, name = self.draft, self.names[self.chosen]
        if draft is None:
            yield Row("scenario", _dial(say.SCENARIO, name))
            return
        words = Words(draft.scenario)
        yield Row("scenario", _dial(say.SCENARIO, words.said(draft.scenario.spec.title)))
        yield Row("rounds", _dial(say.LENGTH, say.rounds_to(draft.rounds, words.date(draft.rounds))))
        yield Row("seed", _dial(say.LUCK, say.BY_CHANCE if self.seed is None else say.seed(self.seed)))
        if has_hindsight(name):
            yield Row("hindsight", _dial(say.NEWS, say.AND_AFTER if self.hindsight else say.OF_SCENARIO))
        yield Row("", Content(""))
        yield Row("", put(say.SEATS, HEAD))
        for number, seat in enumerate(draft.scenario.seat_ids, 1):
            yield Row(f"seat:{seat}", self._seat(draft, seat, number), number if number <= 9 else 0)
        said = console.SETUP_PIN if WHITE in draft.pins else console.SETUP_NOBODY
        yield Row("", Content(""))
        yield Row(CONSOLE, _dial(console.SETUP_ROW, said))
        yield Row("start", put(say.START, "bold"))

    @staticmethod
    def _seat(draft: Draft, seat: str, number: int) -> Content:
        person, player = draft.is_person(seat), draft.players[seat]
        name = put(player.name if person else "")
        if person and seat in draft.pins:
            name = columns((name, 9), (" ····", 5))
        dial = put(f"‹{in_a_word(player)}›", "bold" if person else DIM)
        badge, called = seat_badge(draft.scenario, seat), clip(Words(draft.scenario).seat(seat), 13)
        return columns((str(number), 2), (badge, 4), (called, 14), (dial, 13), (name, 14))

    def _about(self) -> None:
        lit, text = self.query_one(Dials).lit, self.query_one("#text")
        width = min(max(text.content_size.width or self.size.width - 52, 20), READABLE)
        self.query_one("#about", Static).update(stack(self._lines(lit, width)))
        self.query_one(Foot).show(self._hints(lit))
        entitle(text, self._named(lit))
        for card in self.query(PlayerCard):
            if self.draft is not None and card.seat in self.draft.players:
                card.deal(self.draft, lit == f"seat:{card.seat}")

    def _named(self, lit: str) -> str:
        """The title of what is told of the lit row."""
        if lit.startswith("seat:") and self.draft is not None:
            return Words(self.draft.scenario).seat(lit.removeprefix("seat:")).upper()
        return say.SETUP.get(lit, "")

    def on_player_card_chosen(self, event: PlayerCard.Chosen) -> None:
        """A click lights a seat's row; on the lit one it turns to the next player."""
        key = f"seat:{event.seat}"
        if self.query_one(Dials).lit == key:
            self.action_turn(1)
        else:
            self.query_one(Dials).light(key)

    def _lines(self, lit: str, width: int) -> list[Content]:
        if self.problem:
            return [line.stylize(BAD) for line in wrapped(self.problem, width)]
        draft = self.draft
        if draft is None:
            return [put(say.READING, DIM)]
        if lit.startswith("seat:"):
            return self._of_seat(draft, lit.removeprefix("seat:"), width)
        spec, words = draft.scenario.spec, Words(draft.scenario)
        people = sum(map(draft.is_person, draft.players))
        where = f" {say.lies_in(name)}" if (name := self.names[self.chosen]) not in scenario_names() else ""
        told = {
            "scenario": f"{words.said(spec.text)}{where}",
            "rounds": say.about_length(
                words.said(spec.calendar.round), words.during(1), spec.rules.most_rounds
            ),
            "seed": say.ABOUT_SEED,
            "hindsight": say.ABOUT_HINDSIGHT,
            CONSOLE: console.SETUP_ABOUT,
            "start": f"{say.how_many_play(people)} {words.said(spec.text)}",
        }
        title = put(words.said(spec.title), "bold")
        whole = lit == "scenario" and title.cell_length > VALUE  # its row cuts it
        head = [*wrapped(title, width), Content("")] if whole else []
        return [*head, *wrapped(told.get(lit, ""), width)]

    @staticmethod
    def _of_seat(draft: Draft, seat: str, width: int) -> list[Content]:
        words, spec = Words(draft.scenario), draft.scenario.seats[seat]
        lines: list[Content] = []
        for label, text in ((say.WANTS, words.said(spec.wants)), (say.FEARS, words.said(spec.fears))):
            lines += [*wrapped(join((put(f"{label} ", DIM), text)), width), Content("")]
        kind = draft.players[seat].kind
        if (one := draft.character(seat)) is not None:
            name = join((put(f"{words.said(one.name)}. ", "bold"), put(words.said(one.text), DIM)))
            lines, kind = [*lines, *wrapped(name, width)], "greedy"
        lines += wrapped(put(say.KINDS.get(kind, say.A_BOT), DIM), width)
        if draft.is_person(seat):
            lines += [Content(""), put(say.HAS_PIN if seat in draft.pins else say.HAS_NO_PIN, DIM)]
        return lines

    def _hints(self, lit: str) -> list[Hint]:
        hints = [Hint("Enter", say.START_GAME, "start")] if self.draft and lit == "start" else []
        if lit != "start":
            hints = [Hint("Enter ← →", say.CHANGE, "turn(1)"), Hint("s", say.START_GAME, "start")]
        if lit == "seed" or self._is_person(lit):
            hints.append(Hint("n", say.TYPE_SEED if lit == "seed" else say.TYPE_NAME, "name"))
        if self._is_person(lit) or lit == CONSOLE:
            hints += usual("pin")
        return [*hints, Hint("↑↓ 1–9", say.CHOOSE), *usual("back", "help")]

    def _is_person(self, lit: str) -> bool:
        return self.draft is not None and self.draft.is_person(lit.removeprefix("seat:"))

    # --- dials -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._repaint()
        self.call_after_refresh(self._about)

    def on_rows_lit(self) -> None:
        self._about()

    def do_lit(self) -> None:
        """Start, or turn the lit dial."""
        if self.query_one(Dials).lit == "start":
            self.action_start()
        else:
            self.action_turn(1)

    def action_turn(self, by: int) -> None:
        lit = self.query_one(Dials).lit
        if lit == "scenario":
            self.chosen = (self.chosen + by) % len(self.names)
            if len(self.names) > 1:
                self._load()
        elif self.draft is not None:
            self._turn(self.draft, lit, by)
            self._repaint()

    def _turn(self, draft: Draft, lit: str, by: int) -> None:
        if lit == "rounds":
            draft.turn_rounds(by)
        elif lit == "seed":
            self.seed = None if self.seed is not None else 1
        elif lit == CONSOLE:
            if draft.pins.pop(WHITE, None) is None:
                self.action_pin()
        elif lit == "hindsight":
            self.hindsight = not self.hindsight
        elif lit.startswith("seat:"):
            draft.turn_player(lit.removeprefix("seat:"), by)

    def action_light(self, number: int) -> None:
        self.query_one(Dials).light_number(number)

    # --- typing ----------------------------------------------------------------------------------------

    def action_name(self) -> None:
        """Type the name of the lit seat's person, or the seed."""
        lit, typed = self.query_one(Dials).lit, self.query_one(Input)
        self.typed_for = lit
        if lit == "seed":
            typed.value, typed.placeholder = str(self.seed or ""), say.WHOLE_NUMBER
        elif self._is_person(lit):
            typed.value, typed.placeholder = self.drafted.players[lit.removeprefix("seat:")].name, say.A_NAME
        else:
            return
        self.add_class("-typing")
        typed.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        lit, typed = self.typed_for, a_name(event.value)
        if lit == "seed":
            if typed and not (typed.isascii() and typed.isdigit() and int(typed) < 2**63):
                self.notify(say.NOT_A_SEED, severity="error", markup=False)
                return
            self.seed = int(typed) if typed else None
        elif typed and self._is_person(lit):
            self.drafted.players[lit.removeprefix("seat:")] = Player("person", typed)
        self._stop_typing()

    def action_pin(self) -> None:
        """Type a PIN for the lit seat's person, twice."""
        self.typed_for = self.query_one(Dials).lit
        if self._is_person(self.typed_for) or self.typed_for == CONSOLE:
            self.new_pin = NewPin()
            self.add_class("-locking")
            self._ask_pin(say.keeps_pin(self._locked in self.drafted.pins))
            self.query_one(PinField).focus()

    def _ask_pin(self, beside: str) -> None:
        whose = console.SETUP_NAME if self._locked == WHITE else self.drafted.players[self._locked].name
        self.query_one(PinField).ask(say.pin_of(whose), beside)

    @property
    def _locked(self) -> str:
        """Whose PIN is typed: a seat's, or the facilitator's."""
        return WHITE if self.typed_for == CONSOLE else self.typed_for.removeprefix("seat:")

    def on_pin_field_entered(self, event: PinField.Entered) -> None:
        seat, said = self._locked, self.new_pin.hear(event.typed)
        if self.new_pin.chosen is None:
            self._ask_pin(said)
            return
        self.drafted.pins[seat] = Pin.of(self.new_pin.chosen)
        self._stop_typing()

    def on_key(self, event: events.Key) -> None:
        """Del, where a PIN is typed, takes away the one there is."""
        if event.key == "delete" and self.has_class("-locking"):
            event.stop()
            self.drafted.pins.pop(self._locked, None)
            self._stop_typing()

    def _stop_typing(self) -> None:
        self.new_pin = NewPin()
        self.remove_class("-typing", "-locking")
        self.query_one(PinField).clear()
        self.query_one(Dials).focus()
        self._repaint()

    # --- leaving ---------------------------------------------------------------------------------------

    def action_start(self) -> None:
        if self.draft is not None:
            self.ask("begin", self.draft.ready(self.names[self.chosen], self.seed, self.hindsight))

    def action_back(self) -> None:
        if self.has_class("-typing") or self.has_class("-locking"):
            self._stop_typing()
        else:
            self.ask("back")


def _with(name: str, names: list[str]) -> list[str]:
    """Return the names with that one among them, once, however its path is written."""
    if name in names:
        return names
    return [name, *(one for one in names if Path(one).resolve() != Path(name).resolve())]


def _dial(label: str, value: str) -> Content:
    return columns((label, 9), (join(("‹", clip(value, VALUE), "›")), VALUE + 2))
