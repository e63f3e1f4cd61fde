"""The first screen: a new game, a saved one, the rules, or out.

It must be there at once, so it lists saves by their first bytes and reads the rest of each in a thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from wargame.errors import WargameError
from wargame.record import End, Listed, Save, Snapshot, list_saves
from wargame.tui import Start
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import BAD, DIM, HEAD, columns, fit, join, put, stack, wrapped
from wargame.tui.widgets.rows import Row, Rows

MENU = (("new", "New game"), ("rules", "Rules"), ("quit", "Quit"))
TITLE = "W A R G A M E"
UNDER = "Several seats, one keyboard, and a record of who knew what."


@dataclass(frozen=True, slots=True)
class Whole:
    """What a save says when read to its end: round reached, moves, how it ended, or what is wrong."""

    round: int = 0
    moves: int = 0
    finished: bool = False
    scores: tuple[tuple[str, int], ...] = ()
    problem: str = ""


def read_whole(path: Path) -> Whole:
    """Read a save to its end without changing it. Never raises for what a file may hold."""
    try:
        with Save.open(path, write=False) as save:
            tree = save.tree
            ids = {played.id for played in tree.line()} | {0}
            round_ = max(
                (e.round for e in tree.entries if isinstance(e, Snapshot) and e.after in ids), default=0
            )
            end = next((e for e in reversed(tree.entries) if isinstance(e, End) and e.after in ids), None)
            scores = _scores(end) if end else ()
            return Whole(round_, len(ids) - 1, end is not None, scores, save.notice or "")
    except (WargameError, ValueError, OSError) as error:
        return Whole(problem=str(error))


def _scores(end: End) -> tuple[tuple[str, int], ...]:
    found = end.result.get("scores") if isinstance(end.result, dict) else None
    items = found.items() if isinstance(found, dict) else ()
    return tuple((str(seat), score) for seat, score in items if isinstance(score, int))


class HomeScreen(Screen[Start]):
    """Dismissed with how to start, or with None to quit."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("new", "quit", *LIGHT)
    DEFAULT_CSS = """
    HomeScreen #title { height: 4; padding: 1; }
    HomeScreen Horizontal { height: 1fr; }
    HomeScreen Rows { width: 40; height: 1fr; }
    HomeScreen VerticalScroll { width: 1fr; padding: 0 0 0 1; }
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self.folder = folder
        self.saves: list[Listed] = list_saves(folder) if folder else []
        self.whole: dict[Path, Whole] = {}

    def compose(self) -> ComposeResult:
        yield Static(stack([put(TITLE, HEAD), put(UNDER, DIM)]), id="title", markup=False)
        with Horizontal():
            yield Rows(id="menu")
            with VerticalScroll(can_focus=False):
                yield Static(id="about", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self._repaint()
        if self.saves:
            self.run_worker(self._read_all, thread=True, name="saves")

    def _read_all(self) -> None:
        """In a thread: what the list could not say."""
        for listed in list(self.saves):
            whole = read_whole(listed.path)
            if not self.app.is_running:
                return
            self.app.call_from_thread(partial(self._learned, listed.path, whole))

    def _learned(self, path: Path, whole: Whole) -> None:
        self.whole[path] = whole
        self._repaint()

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        if self.is_attached:
            self.query_one(Rows).show(list(self._rows()))
            self._about()

    def _rows(self) -> Iterable[Row]:
        for number, (key, label) in enumerate(MENU, 1):
            yield Row(key, put(f"{number} {label}"), number)
        yield Row("", Content(""))
        yield Row("", put("SAVED GAMES" if self.saves else "NO SAVED GAMES YET", HEAD))
        for at, listed in enumerate(self.saves):
            number = at + 1 + len(MENU)
            digit = str(number) if number <= 9 else " "
            cells = columns((digit, 2), (listed.name, 25), (self._short(listed), -8))
            yield Row(f"save:{at}", cells, number if number <= 9 else 0)

    def _short(self, listed: Listed) -> Content:
        """Where a save stands, in one word or two."""
        whole = self.whole.get(listed.path)
        if listed.header is None or (whole and whole.problem and not whole.moves):
            return put("damaged", BAD)
        if whole is None:
            return put("…", DIM)
        if whole.problem:
            return put("mended" if whole.round else "damaged", BAD)
        return put("finished" if whole.finished else f"round {whole.round}", DIM)

    def _about(self) -> None:
        lit = self.query_one(Rows).lit
        width = max(self.size.width - 43, 20)
        lines = (
            self._of_save(self._save(lit), width) if lit.startswith("save:") else self._of_menu(lit, width)
        )
        self.query_one("#about", Static).update(stack(lines))
        self.query_one(Foot).show(self._hints(lit))

    def _of_menu(self, lit: str, width: int) -> list[Content]:
        text = {
            "new": "Choose a scenario, who sits where, and how long it lasts.",
            "rules": "The rulebook. It opens with r on every screen.",
            "quit": "Leave the program. Every move of every game is on disk already.",
        }.get(lit, "")
        where = f"Games are kept in {self.folder}" if self.folder else "Games are not kept."
        return [*wrapped(text, width), Content(""), *wrapped(put(where, DIM), width)]

    def _of_save(self, listed: Listed, width: int) -> list[Content]:
        whole, header = self.whole.get(listed.path), listed.header
        lines = [fit(put(header.title if header else listed.name, "bold"), width), Content("")]
        if header is not None:
            people = [player.name or seat for seat, player in header.seats.items() if player.kind == "person"]
            bots = len(header.seats) - len(people)
            names = ", ".join(people) or "nobody"
            who = f"{names}; {bots} bot{'s' if bots > 1 else ''}" if bots else names
            lines += [*self._fact("people", who, width), *self._where(whole, header.rounds, width)]
        when = datetime.fromtimestamp(listed.modified).astimezone()
        lines += self._fact("last move", f"{when:%Y-%m-%d %H:%M}", width)
        lines += self._fact("file", listed.path.name, width)
        problem = listed.problem or (whole.problem if whole else "")
        if problem:
            lines += [Content(""), *(line.stylize(BAD) for line in wrapped(problem, width))]
        return lines

    def _where(self, whole: Whole | None, rounds: int, width: int) -> list[Content]:
        if whole is None or not (whole.moves or whole.round):
            return []
        if not whole.finished:
            return self._fact("stands at", f"round {whole.round} of {rounds}, move {whole.moves}", width)
        best = sorted(whole.scores, key=lambda item: -item[1])
        scores = ", ".join(f"{seat} {score}" for seat, score in best)
        return [
            *self._fact("finished", f"{rounds} rounds, {whole.moves} moves", width),
            *self._fact("scores", scores, width),
        ]

    @staticmethod
    def _fact(label: str, value: str, width: int) -> list[Content]:
        first, *rest = wrapped(value, width - 11) or [Content("")]
        return [join((put(f"{label:<11}", DIM), first)), *(line.pad_left(11) for line in rest)]

    def _hints(self, lit: str) -> list[Hint]:
        does = "go on with it" if lit.startswith("save:") else dict(MENU).get(lit, "").lower()
        return [
            Hint("Enter", does, "done"),
            Hint("↑↓ 1–9", "choose"),
            Hint("n", "new game", "new"),
            Hint("r", "rules", "app.rules"),
            Hint("F1", "help", "app.help"),
            Hint("q", "quit", "quit"),
        ]

    def _save(self, key: str) -> Listed:
        return self.saves[int(key.removeprefix("save:"))]

    # --- doing -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._repaint()

    def on_rows_lit(self) -> None:
        self._about()

    def on_rows_done(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        lit = self.query_one(Rows).lit
        if lit == "new":
            self.action_new()
        elif lit == "quit":
            self.action_quit()
        elif lit == "rules":
            self.app.action_rules()  # type: ignore[attr-defined]
        elif lit:
            self.dismiss(Start("resume", saves=self.folder, save=self._save(lit).path))

    def action_new(self) -> None:
        self.dismiss(Start("setup", saves=self.folder))

    def action_quit(self) -> None:
        self.dismiss(None)

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)
