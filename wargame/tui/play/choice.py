"""A card asks a seat to decide, aloud: the question, the answers, and what each would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.rules.moves import Choose, Refusal
from wargame.rules.options import options
from wargame.rules.preview import preview
from wargame.rules.spec import Card, News, Trigger
from wargame.rules.state import Frame, Promises
from wargame.table.seen import SeenTable
from wargame.tui.actions import bindings
from wargame.tui.board.seats import Seats, seat_lines
from wargame.tui.kit import guide
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.frame import SIDES
from wargame.tui.kit.framed import Border, FramedPane
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.kit.odds import chance_lines, score_line, score_said, what_it_does
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    HEAD,
    SEALED,
    beside,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    wrapped,
)
from wargame.tui.kit.pane import Scrolled
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.kit.tracks import track_rows
from wargame.tui.play.playing import PlayingScreen, stepped
from wargame.tui.play.told import WIDEST, does, plainly, rule
from wargame.words.pages import guide as advice
from wargame.words.pages import kit
from wargame.words.pages import play as say

Answer = tuple[Choose, Refusal | None]
"""An answer to the question, and why it is refused."""


LOW, ROOMY = 30, 36
"""Rows from which the answers are cards, and from which the seats have room below them."""
GUTTER = 3
"""Columns between what is told and what is asked, where they stand side by side."""
LEAST_CARD, COLUMNED = 26, 36
"""Columns that an answer needs as a card, and those from which it is told in two columns."""
TRACKED, SEATED = 112, 96
"""Columns from which there is room for the tracks, and for six seats."""


class ChoiceScreen(PlayingScreen):
    """The question that `seat` must answer now. Returns the beats of its answers.

    `alone`: it is asked before the room, and this is where its seat looks at it by itself.
    """

    read_first = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("row-up", "row-down")

    def __init__(self, table: SeenTable, seat: str, alone: bool = False) -> None:
        super().__init__(table, seat)
        self.alone = alone
        self.in_cards = ""

    # --- where things are --------------------------------------------------------------------------

    def widgets(self) -> ComposeResult:
        yield from super().widgets()
        with Scrolled(id="tracks", can_focus=False):
            yield Static(id="tracks-text", markup=False)
        with Vertical(id="question"):
            yield FramedPane(id="asked")
            with Horizontal(id="cards"):
                for _ in self._answers():
                    yield FramedPane(classes="answer")

    def below(self) -> ComposeResult:
        yield Seats(self.table.scenario.seat_ids)

    @property
    def carded(self) -> bool:
        """Whether there are answers, and room for them as cards side by side."""
        each = (self.size.width - self._beside()) // max(len(self._answers()), 1)
        return bool(self.lens.view.stack) and self.size.height >= LOW and each >= LEAST_CARD

    def _beside(self) -> int:
        """The columns of the tracks beside the question."""
        return 0 if self.size.width < TRACKED else 35 if self.size.width < 150 else 44

    def fitting(self) -> Mapping[str, bool]:
        return {"-carded": self.carded}

    def lay_out(self) -> None:
        carded = self.carded
        self.query_one("#tracks").display = carded and bool(self._beside())
        self.query_one("#question").display = carded
        seats = self.query_one(Seats)
        seats.display = carded and self.size.height >= ROOMY and self.size.width >= SEATED
        if not carded:
            if self.in_cards:
                lit, self.in_cards = self.in_cards, ""
                rows = self.query_one(Rows)
                rows.show(self.rows(self.widths()[0] - 1))
                rows.light(lit)
            super().lay_out()
            return
        rows = self.query_one(Rows)
        if rows.lit:
            self.in_cards = rows.lit
            rows.highlighted = None
        rows.display = False
        self.query(".pane").set(display=False)
        if beside := self._beside():
            self.query_one("#tracks").styles.width = beside
            self._put("#tracks-text", [row.line for row in gauge_rows(self.lens, beside, False)])
        if seats.display:
            seats.show(self.lens, self.seat)
        self._ask()

    @property
    def lit(self) -> str:
        return self.in_cards or super().lit

    def changed(self) -> None:
        """Look again; if another question is asked, nothing is lit and it has as many cards as answers."""
        before = self.path if self.lens.view.stack else ""
        self._lens = None
        answers = self._answers() if self.lens.view.stack else []
        if answers and self.path != before:
            self.ask_anew()
        panes = list(self.query(".answer"))
        for nth, pane in enumerate(panes):
            pane.display = nth < len(answers)
        self.query_one("#cards").mount_all(FramedPane(classes="answer") for _ in answers[len(panes) :])
        super().changed()

    def ask_anew(self) -> None:
        """Another question is asked: nothing is lit, and it is there to be read first."""
        self.in_cards = ""
        self.query_one(Rows).unlight()
        self.settle_anew()

    def light(self, key: str) -> None:
        """Light the card of that answer."""
        if key != self.in_cards:
            self.in_cards = key
            self.lit_changed()

    def _ask(self) -> None:
        """The card that asks, and what it asks."""
        lens, words = self.lens, self.lens.words
        width = self.size.width - self._beside() - SIDES
        half = (width - GUTTER) // 2
        asking = self._asking()
        story = put(words.said(asking.text) if asking else "", f"italic {DIM}")
        prompt = put(words.said(lens.scenario.programs.choices[self.path].prompt), "bold")
        if width > WIDEST and story:
            lines = beside(wrapped(story, half), wrapped(prompt, half), half + GUTTER)
        else:
            lines = [*wrapped(story, width), *([Content("")] if story else []), *wrapped(prompt, width)]
        title = put(words.cause(self.frame.cause).upper(), "bold")
        edge = seat_colour(lens.scenario, self.frame.who) or DIM
        pane = self.query_one("#asked", FramedPane)
        pane.styles.height = len(lines) + 2
        pane.tell(Border(title, edge=edge), lines)

    def repaint_lit(self) -> None:
        if not self.carded:
            super().repaint_lit()
            return
        for nth, (pane, answer) in enumerate(
            zip(self.query(".answer").results(FramedPane), self._answers(), strict=False), 1
        ):
            self._show_answer(pane, nth, *answer)
        self._say(self.lit)

    def _show_answer(self, pane: FramedPane, nth: int, move: Choose, refusal: Refusal | None) -> None:
        """An answer as a card: what it does, its odds, what it is worth to the seat."""
        lens = self.lens
        room = (self.size.width - self._beside()) // len(self._answers()) - SIDES - 1
        width = min(room, WIDEST)
        root = f"{self.path}/{move.option}"
        effects, odds = lens.scenario.programs.effects[root], self.odds(move)
        tell = does if width >= COLUMNED else plainly
        lines = list(tell(lens, effects, width, odds, root)) or [put(kit.NOTHING_CHANGES, DIM)]
        for one in odds:
            lines += [Content(""), *chance_lines(lens, one, width, say.FIXED_WHEN_CHOSEN)]
        if worth := self.worth(move, width):
            lines += [Content(""), rule(width), *worth]
        if refusal is not None:
            lines = [put(line.plain, DIM) for line in lines]
            lines += [Content(""), *wrapped(put(f"× {lens.words.refusal(refusal)}", BAD), width)]
        label = wrapped(put(self._label(move.option), "bold"), width)
        number = put(str(nth) if nth <= 9 else "·", "bold")
        border = Border(number, edge=seat_colour(lens.scenario, self.seat))
        pane.tell(border, [*label, Content(""), *lines], lit=self.lit == f"answer:{move.option}")

    def _keys(self) -> list[str]:
        return [f"answer:{move.option}" for move, _refusal in self._answers()]

    def turn(self, lit: str, by: int) -> None:
        """Light the next card."""
        if self.carded:
            self.light(stepped(self._keys(), lit, by))

    def action_row(self, by: int) -> None:
        """Light the answer above or below; side by side, the one before or after."""
        self.turn(self.lit, by)

    def action_light(self, number: int) -> None:
        keys = self._keys()
        if not self.carded:
            super().action_light(number)
        elif number <= len(keys):
            self.light(keys[number - 1])
        else:
            self.missed(number)

    def missed(self, number: int) -> None:
        self.in_cards = ""
        super().missed(number)

    def on_framed_pane_clicked(self, event: FramedPane.Clicked) -> None:
        """A first click lights an answer, a second gives it."""
        event.stop()
        panes, keys = list(self.query(".answer")), self._keys()
        if event.pane in panes and panes.index(event.pane) < len(keys):
            key = keys[panes.index(event.pane)]
            if key == self.lit:
                self.do(key)
            else:
                self.light(key)

    # --- what it says ------------------------------------------------------------------------------

    def odds(self, move: Choose) -> Promises:
        """Return the chances of an answer, as far as they are for who looks on."""
        return preview(self.lens.view, move).odds

    def worth(self, move: Choose, width: int) -> list[Content]:
        """Say what an answer is worth, as far as that is for who looks on."""
        return [score_line(score_said(self.lens, move))]

    @property
    def frame(self) -> Frame:
        return self.lens.view.stack[-1]

    @property
    def path(self) -> str:
        return f"{self.frame.path}/{self.frame.at}"

    def _answers(self) -> list[Answer]:
        return [(move, why) for move, why in options(self.lens.view) if isinstance(move, Choose)]

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        title = (say.looks_alone if self.alone else say.decides_aloud)(lens.words.seat(self.seat))
        who = join((seat_badge(lens.scenario, self.seat), put(f" {SEALED} {title}", HEAD)))
        where = f" · {say.when(lens.view.round, lens.view.rounds, kit.PHASES[lens.view.phase])}"
        if self.carded:
            said = join((" ", who, put(f"{where} · {lens.words.date(lens.view.round)}")))
            return [put(fit(said, width).plain, f"bold reverse {seat_colour(lens.scenario, self.seat)}")]
        asks = lens.words.cause(self.frame.cause).upper() if lens.view.stack else ""
        return [
            fit(join((" ", who, put(where))), width),
            fit(put(f" {asks}", "bold $warning"), width),
        ]

    def rows(self, width: int) -> Sequence[Row]:
        if not self.lens.view.stack:
            return []
        choice = self.lens.scenario.programs.choices[self.path]
        prompt = wrapped(put(self.lens.words.said(choice.prompt), "bold"), width - 1)
        rows = [*(Row("", line) for line in prompt), Row("", Content(""))]
        for nth, (move, refusal) in enumerate(self._answers(), 1):
            rows += self._answer_rows(nth, move, refusal, width)
        return rows

    def _answer_rows(self, nth: int, move: Choose, refusal: Refusal | None, width: int) -> Iterator[Row]:
        label = put(self._label(move.option), DIM if refusal else "")
        first, *rest = wrapped(label, width - 5)
        mark = put(" ×", DIM) if refusal else put("")
        number = nth if nth <= 9 else 0
        yield Row(f"answer:{move.option}", join((put(f"{nth} ", DIM), first, mark)), number)
        for line in rest:
            yield Row("", join(("   ", line)))

    def _label(self, option: str) -> str:
        choice = self.lens.scenario.programs.choices[self.path]
        return next(self.lens.words.said(known.label) for known in choice.options if known.id == option)

    def _choice(self, lit: str) -> Answer | None:
        id_ = lit.removeprefix("answer:")
        return next(((move, why) for move, why in self._answers() if move.option == id_), None)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        chosen = self._choice(lit)
        lines = self._asked(width)
        if chosen is None:
            return [*lines, put(say.LIGHT_AN_ANSWER, DIM)]
        move, lens = chosen[0], self.lens
        lines += wrapped(put(self._label(move.option).upper(), HEAD), width)
        effects = lens.scenario.programs.effects[f"{self.path}/{move.option}"]
        odds_all = self.odds(move)
        lines += list(what_it_does(lens, effects, width, odds_all)) or [put(kit.NOTHING_CHANGES, DIM)]
        lines += [Content(""), *self.worth(move, width)]
        for odds in odds_all:
            lines += chance_lines(lens, odds, width, say.FIXED_WHEN_CHOSEN)
        return lines

    def _asking(self) -> Card | News | Trigger | None:
        """What asks."""
        id_, scenario = self.frame.cause.partition("/")[2], self.lens.scenario
        news = scenario.event_card(id_.removeprefix("news/"))
        return news or scenario.cards.get(id_) or scenario.triggers.get(id_)

    def _asked(self, width: int) -> list[Content]:
        """The card that asks."""
        words, scenario, asking = self.lens.words, self.lens.scenario, self._asking()
        if asking is None:
            return []
        title = put(words.cause(self.frame.cause).upper(), seat_colour(scenario, self.frame.who) or HEAD)
        return [*wrapped(title, width), *wrapped(put(words.said(asking.text), DIM), width), Content("")]

    def aside(self, width: int) -> Sequence[Content]:
        return [row.line for row in track_rows(self.lens, width, headings=True)]

    def why(self, lit: str) -> str:
        chosen = self._choice(lit)
        if chosen is None:
            return ""
        move, refusal = chosen
        if refusal is not None:
            return self.lens.words.refusal(refusal)
        return say.all_hear(self.lens.words.move(move, self.path))

    def on_screen_resume(self) -> None:
        """Whatever was lit before is lit no more: an answer can't be taken back."""
        lit = self.lit
        self.query_one(Rows).unlight()
        self.in_cards = ""
        if lit:
            self.repaint_lit()

    def action_back(self) -> None:
        """Back before the room, where the question is asked there; else pause."""
        if not self.ask("back"):
            super().action_back()

    @property
    def hint_page(self) -> str:
        return "choice"

    def guide(self, lit: str) -> str:
        return advice.CHOICE if guide.is_first_turn(self.table, self.seat) else ""

    def under(self, width: int) -> Sequence[Content]:
        return () if self.query_one(Seats).display else seat_lines(self.lens, self.seat, width)

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            *([Hint("Enter", say.CHOOSE, "do")] if lit else []),
            Hint("← → 1–9" if self.carded else "↑↓ 1–9", say.LOOK),
            *([Hint("Esc", say.TO_TABLE, "back")] if self.alone else []),
            *usual("why", "board", "know", "help"),
        ]

    def do(self, lit: str) -> None:
        chosen = self._choice(lit)
        if chosen is None:
            return
        move, refusal = chosen
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))
        else:
            self.play(move)
