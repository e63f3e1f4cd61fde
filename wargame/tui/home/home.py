"""The first screen: what the game is about, a new one, a saved one, an exercise, the rules, or out.

It must be there at once, so it lists saves by their first bytes; threads read the scenarios and the rest of
each save when the screen stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from wargame.errors import WargameError
from wargame.record import Listed, delete_save
from wargame.record.reading import Whole, read_whole
from wargame.tui import Start
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.home.afterwards import AfterwardsScreen
from wargame.tui.home.offered import Offered, offered, pitch
from wargame.tui.home.shelf import Shelf
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.paint import (
    DIM,
    HEAD,
    clip,
    columns,
    fit,
    join,
    put,
    stack,
    wrapped,
)
from wargame.tui.kit.pane import Pane, Scrolled
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.settings import settings_of
from wargame.words.pages import home as say

if TYPE_CHECKING:
    from textual.timer import Timer

    from wargame.rules.scenario import Scenario
    from wargame.words import Words

MAP_FROM, MAP_ROWS = 100, 28
"""Columns and rows from which the map is the ground at the right."""
TWO_LINES = 30
"""Rows from which a game has a second line in the list."""
LEAST, BROAD, BROAD_FROM = 36, 46, 120
"""Columns of the list on a narrow screen and on a broad one, and what is broad."""
READABLE = 60
"""The most columns of a text."""
REST = 0.15
"""Seconds on a row after which its map is drawn."""


@lru_cache(maxsize=1)
def words_of(name: str) -> Words | None:
    """The words of a scenario, None if it can't be played: setting up a game then says why."""
    from wargame.content.load import load_scenario
    from wargame.words import Words

    try:
        return Words(load_scenario(name))
    except WargameError:
        return None


class HomeScreen(AfterwardsScreen[None]):
    """Asks the session to `begin` with a start, or to `quit`."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "new", "quit", "look-back", "report", "delete-game", *LIGHT
    )

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self.shelf = Shelf(folder)
        self.scenario = Start().scenario
        self.scenarios: list[Offered] = []
        self._resting: Timer | None = None

    @property
    def folder(self) -> Path | None:
        return self.shelf.folder

    @property
    def saves(self) -> list[Listed]:
        return self.shelf.saves

    @property
    def words(self) -> Words | None:
        """The words of the scenario that a new game would be of, once it has been read."""
        return self.shelf.words

    @property
    def words_lit(self) -> Words | None:
        """The words of the scenario in sight: the lit one, that of the lit game, else that of a new game."""
        lit = self.query_one(Rows).lit if self.is_attached else ""
        if (one := self._scenario(lit)) is not None:
            return one.words
        if lit.startswith("save:") and (header := self._save(lit).header) is not None:
            return next((one.words for one in self.scenarios if one.id == header.scenario), None)
        return self.words

    @property
    def scenario_shown(self) -> Scenario | None:
        """Return the scenario in sight; who asks before that of a new game has been read waits for it."""
        if self.words is None:
            self.shelf.words = words_of(self.scenario)
        return self.words_lit.scenario if self.words_lit else None

    def compose(self) -> ComposeResult:
        with Vertical(id="left", classes="framed"):
            yield Static(
                stack([put(say.TITLE, HEAD), *wrapped(put(say.UNDER, DIM), LEAST)]), id="title", markup=False
            )
            yield Rows(id="menu")
        with Container(id="beside"), Scrolled(can_focus=False, id="plain"):
            yield Pane(id="about")
        yield Foot()

    def on_mount(self) -> None:
        self._repaint()
        if not self.saves:
            self.query_one(Rows).light("tutorial")
        self._light_left()
        for read in (self._read_saves, self._read_scenarios):
            self.call_after_refresh(self.run_worker, read, thread=True, name=read.__name__)

    def _light_left(self) -> None:
        """Light the game that one comes from, if one does."""
        left: Path | None = getattr(self.app, "came_from", None)
        if left is not None:
            left = left.resolve()
            at = next((at for at, one in enumerate(self.saves) if one.path.resolve() == left), -1)
            self.query_one(Rows).light(f"save:{at}")

    def _read_saves(self) -> None:
        """What the list could not say, as long as somebody is here to read it."""
        worker = get_current_worker()
        for listed in list(self.saves):
            if worker.is_cancelled:
                return
            self.tell(partial(self._learned, listed.path, read_whole(listed.path)))

    def _read_scenarios(self) -> None:
        """One after the other, as long as somebody is here to choose; then what rulebooks are made from."""
        worker = get_current_worker()
        for one in offered():
            if worker.is_cancelled:
                return
            self.tell(partial(self._found, one))
        from wargame.rulebook import prepare

        prepare()

    def _found(self, found: Offered) -> None:
        """List a scenario; that of a new game is introduced."""
        self.scenarios.append(found)
        if found.found.name == self.scenario:
            self.shelf.words = found.words
            self._unfold()
        self._repaint()

    @property
    def mapped(self) -> bool:
        """Whether the scenario in sight has a map and there is room for it."""
        words = self.words_lit
        roomy = self.size.width >= MAP_FROM and self.size.height >= MAP_ROWS
        return roomy and words is not None and words.scenario.mapped

    def _unfold(self) -> None:
        """The map of the scenario in sight as the ground at the right, what is to be read on it."""
        if self.gone or not self.is_attached:
            return
        mapped, words = self.mapped, self.words_lit
        self.query_one("#plain").display = not mapped
        self.query("MapView").set(display=mapped)
        if words is None or not mapped:
            return
        from wargame.tui.map.atlas import capitals_chart
        from wargame.tui.map.view import MapView

        for view in self.query(MapView):
            view.show(capitals_chart(words))
        if not self.query(MapView):
            card = Pane(id="card")
            self.query_one("#beside").mount(MapView(capitals_chart(words), card))
            card.call_later(self._about)

    def _learned(self, path: Path, whole: Whole) -> None:
        self.shelf.whole[path] = whole
        self._repaint()

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if self.is_attached:
            self.query_one(Rows).show(list(self._rows()))
            self._about()

    def _rows(self) -> Iterable[Row]:
        width = BROAD if self.size.width >= BROAD_FROM else LEAST
        for number, (key, label) in enumerate(say.MENU.items(), 1):
            yield Row(key, put(f"{number} {label}"), number)
        yield Row("", Content(""))
        yield Row("", put(say.GAMES if self.saves else say.NO_GAMES, HEAD))
        if not self.saves:
            number = len(say.MENU) + 1
            yield Row("tutorial", put(f"{number} {say.TUTORIAL}"), number)
        for at, listed in enumerate(self.saves):
            number = at + 1 + len(say.MENU)
            digit = str(number) if number <= 9 else " "
            name = put(self.shelf.called(listed, width - 12), "bold")
            cells = columns((digit, 2), (name, width - 12), (self.shelf.stands(listed), -9))
            yield Row(f"save:{at}", cells, number if number <= 9 else 0)
            if self.size.height >= TWO_LINES and listed.header is not None:
                yield Row("", fit(join(("  ", self.shelf.in_short(listed, listed.header, width - 2))), width))

        if self.scenarios:
            yield Row("", Content(""))
            yield Row("", put(say.SCENARIOS, HEAD))
        for at, one in enumerate(self.scenarios):
            yield Row(f"scenario:{at}", join(("  ", one.named(self.scenarios, width - 3))))

    def _about(self) -> None:
        if self.gone or not self.is_attached:
            return
        lit = self.query_one(Rows).lit
        save = self._save(lit) if lit.startswith("save:") else None
        title = save.name if save else self._label(lit)
        keys = settings_of(self.app).keys
        for pane in self.query(Pane):
            width = min(pane.content_size.width or READABLE, READABLE)
            pane.entitle(clip(title.upper(), width))
            pane.tell(self.shelf.told(save, width, keys) if save else self._of_menu(lit, width))
        self.query_one(Foot).show(self._hints(lit))

    def _of_menu(self, lit: str, width: int) -> list[Content]:
        if (one := self._scenario(lit)) is not None:
            return one.told(self.scenarios, width)
        where = say.kept_in(str(self.folder)) if self.folder else say.NOT_KEPT_ANYWHERE
        return [
            *wrapped(say.ABOUT.get(lit, ""), width),
            *(wrapped(put(self._first_time(), "$warning"), width) if lit == "new" else ()),
            *(wrapped(put(self._own(), DIM), width) if lit == "new" else ()),
            Content(""),
            *(pitch(self.words, width) if lit != "tutorial" and self.words is not None else ()),
            *wrapped(put(where, DIM), width),
        ]

    def _first_time(self) -> str:
        """What a newcomer should do, once it is known who sits first."""
        if self.words is None:
            return ""
        return say.first_time(self.words.party(self.words.scenario.seat_ids[0]))

    def _hints(self, lit: str) -> list[Hint]:
        save = self._save(lit) if lit.startswith("save:") else None
        one = self._scenario(lit)
        return [
            *([] if one is not None and one.words is None else [Hint("Enter", self._hint(lit), "done")]),
            *(usual("look-back", "report") if save and self.shelf.is_over(save) else ()),
            *(usual("delete-game") if save else ()),
            Hint("↑↓ 1–9", say.CHOOSE),
            *usual("rules", "help", "quit"),
            *(usual("new") if lit != "new" and (one is None or one.words is None) else ()),
        ]

    def _hint(self, lit: str) -> str:
        if not lit.startswith("save:"):
            return say.MENU["new"].lower() if lit.startswith("scenario:") else self._label(lit).lower()
        save = self._save(lit)
        if save.header is None:
            return say.SEE_REST
        return say.SEE_END if self.shelf.is_over(save) else say.GO_ON_WITH

    @staticmethod
    def _own() -> str:
        """Where a scenario of one's own has to lie, from one's home folder on if it is in there."""
        from wargame.table.storage import scenario_folders

        folder = scenario_folders()[0]
        with suppress(ValueError, RuntimeError):  # it lies elsewhere, or nobody knows where home is
            folder = Path("~") / folder.relative_to(Path.home())
        return say.own_scenarios(str(folder))

    def _scenario(self, key: str) -> Offered | None:
        return self.scenarios[int(key.removeprefix("scenario:"))] if key.startswith("scenario:") else None

    def _label(self, key: str) -> str:
        """What a row is called that is no game."""
        if (one := self._scenario(key)) is not None:
            return one.title
        return say.TUTORIAL if key == "tutorial" else say.MENU.get(key, "")

    def _save(self, key: str) -> Listed:
        return self.saves[int(key.removeprefix("save:"))]

    # --- doing -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._unfold()
        self._repaint()
        self.call_after_refresh(self._about)

    def on_pane_sized(self) -> None:
        """Break the lines anew where a scroll bar has come or gone."""
        self._about()

    def on_rows_lit(self) -> None:
        """Introduce what is lit; its map comes when one has come to rest there."""
        self._about()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.after(REST, self._unfold)

    def do_lit(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        lit = self.query_one(Rows).lit
        if lit == "new":
            self.action_new()
        elif lit == "exercise":
            self._run_exercise()
        elif lit == "tutorial":
            self._learn()
        elif (one := self._scenario(lit)) is not None:
            self._set_up(one)
        elif lit == "quit":
            self.action_quit()
        elif lit == "rules":
            self.app.action_rules()  # type: ignore[attr-defined]
        elif lit == "settings":
            self.app.action_settings()  # type: ignore[attr-defined]
        elif lit:
            self.ask("begin", Start("resume", saves=self.folder, save=self._save(lit).path))

    def finished_save(self) -> Path | None:
        """The lit game if it is over: of one that goes on, a replay or report would lay the secrets open."""
        lit = self.query_one(Rows).lit
        if not lit.startswith("save:"):
            return None
        save = self._save(lit)
        if not self.shelf.check_over(save):
            self.app.notify(say.ONLY_OVER, severity="warning", markup=False)
            return None
        return save.path

    def look_back(self, save: Path) -> None:
        self.ask("begin", Start("replay", saves=self.folder, save=save))

    def action_new(self) -> None:
        """Set up a game: of the lit scenario, where one is lit that can be played."""
        one = self._scenario(self.query_one(Rows).lit)
        if one is not None and one.words is not None:
            self._set_up(one)
        else:
            self.ask("begin", Start("setup", saves=self.folder))

    def _set_up(self, one: Offered) -> None:
        """Set up a game of a scenario, if it can be played."""
        if one.words is None:
            self.app.notify(one.problem, severity="error", markup=False)
        else:
            self.ask("begin", Start("setup", saves=self.folder, scenario=one.found.name))

    def _learn(self) -> None:
        """Begin the game that teaches the game."""
        from wargame.tui.opening import tutorial

        self.ask("begin", tutorial(self.folder))

    def _run_exercise(self) -> None:
        """The exercise beside the scenario, or the scenario with people in all seats where there is none."""
        from wargame.content.exercise import find_exercise
        from wargame.content.text import has_text

        plan = find_exercise(self.scenario)
        start = Start("exercise", self.folder, exercise=plan if has_text(plan) else None, console=True)
        self.ask("begin", start)

    def action_delete_game(self) -> None:
        """Delete the lit game, after asking."""
        lit = self.query_one(Rows).lit
        if not lit.startswith("save:"):
            self.app.notify(say.LIGHT_A_GAME, severity="warning", markup=False)
            return
        from wargame.tui.home.cards import once_sure

        path = self._save(lit).path
        delete = partial(self._delete, path)
        once_sure(self, say.DELETE_GAME, say.deletes(path.name), say.DELETE_IT, delete)

    def _delete(self, path: Path) -> None:
        try:
            delete_save(path)
        except WargameError as error:
            self.app.notify(str(error), severity="error", markup=False)
        self.shelf.look()
        self._repaint()

    def action_quit(self) -> None:
        self.ask("quit")

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)
