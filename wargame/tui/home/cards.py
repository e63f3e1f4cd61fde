"""Cards over the page one comes from: a question with its answers, and the pause, which asks where to go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.guard import GuardedModal, GuardedScreen
from wargame.tui.kit.paint import CHANGE, DIM, put, stack, wrapped
from wargame.tui.kit.pane import entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.words.pages import home, table

if TYPE_CHECKING:
    from wargame.table.seen import HostedTable

T = TypeVar("T")

LOOK_AGAIN = 0.25
"""Seconds between two looks of a pause at a table that goes on."""
ROOM = 58
"""Columns for the sentences of a question."""
UNPINNED = table.UNPINNED
ASKS = {"resume": "go_on", "facilitate": "call_facilitator", "home": "leave"}
"""Choices that are the session's; with the others the pause is over and the app opens something."""


class ChoiceCard(GuardedModal[T]):
    """A title, lines, and choices as (id, label), numbered if `numbered`; `chosen` is told the id."""

    numbered = False

    def __init__(
        self, title: str, lines: Sequence[str | Content], choices: Iterable[tuple[str, str]], lit: str = ""
    ) -> None:
        super().__init__()
        self.heading, self.lines, self.choices, self.first = title, lines, tuple(choices), lit

    def compose(self) -> ComposeResult:
        with Vertical(classes="card"):
            yield Static(stack([*self.lines, ""]), id="lines", markup=False)
            yield Rows(id="choices")
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one(".card"), self.heading)
        rows, numbered = self.query_one(Rows), self.numbered
        rows.show(
            [
                Row(key, put(f"{nth} {label}" if numbered else label), nth if numbered else 0)
                for nth, (key, label) in enumerate(self.choices, 1)
            ]
        )
        rows.light(self.first)
        rows.focus()
        self.query_one(Foot).show(self.hints())

    def hints(self) -> Sequence[Hint]:
        """What may be done, for the bottom line."""
        back = [Hint("Esc", self.choices[-1][1], "back")] if len(self.choices) > 1 else []
        return [Hint("↑↓", table.CHOOSE), Hint("Enter", table.DO_IT, "done"), *back]

    def chosen(self, id_: str) -> None:
        """Do what was chosen."""
        raise NotImplementedError

    def do_lit(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        self.chosen(self.query_one(Rows).lit)

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)


class ProblemScreen(ChoiceCard[str]):
    """A question, or something that went wrong in clear sentences; dismissed with the id of what was chosen.

    `lit` is the choice that is lit at first, else the first one; Esc takes the last one. One of the session
    `asks`: the ids of its choices are triggers.
    """

    BINDINGS = bindings("back")

    def __init__(
        self,
        title: str,
        lines: Sequence[str | Content],
        choices: Iterable[tuple[str, str]],
        lit: str = "",
        asks: bool = False,
    ) -> None:
        super().__init__(title, lines, choices, lit)
        self.asks = asks

    def chosen(self, id_: str) -> None:
        if self.asks:
            self.ask(id_)
        else:
            self.leave(id_)

    def action_back(self) -> None:
        self.chosen(self.choices[-1][0])


def sure(title: str, sentences: Iterable[str], verb: str) -> ProblemScreen:
    """Ask before something that can't simply be undone: `yes`, or `no`, which is lit and what Esc says."""
    lines = [line for sentence in sentences for line in (*wrapped(put(sentence), ROOM), Content(""))]
    return ProblemScreen(title, lines[:-1], (("yes", table.yes(verb)), ("no", table.NO)), "no")


def once_sure(
    screen: GuardedScreen[Any], title: str, sentences: Iterable[str], verb: str, then: Callable[[], object]
) -> None:
    """Ask that over a screen, and do it on yes."""
    screen.put_up(sure(title, sentences, verb), lambda answer: then() if answer == "yes" else None)


class PauseScreen(ChoiceCard[None]):
    """Nothing needs saving, so it only asks where to go; Esc goes on.

    In its own turn a `seat` may set or drop its PIN. Where there is a `console`, it can be opened. One's
    own screen is `apart`, at a table that does not wait: it has no home to leave for, and says when its
    seat's turn or the talk has come.
    """

    BINDINGS = bindings("back", *LIGHT)
    numbered = True

    def __init__(
        self,
        seat: str = "",
        has_pin: bool = False,
        console: bool = False,
        apart: HostedTable | None = None,
    ) -> None:
        offered = {"pin": bool(seat), "unpin": bool(seat) and has_pin, "facilitate": console}
        labels = home.PAUSE | ({"home": home.LEAVE_THE_ROOM} if apart is not None else {})
        choices = [(key, label) for key, label in labels.items() if offered.get(key, True)]
        self.seat, self.apart, self.waits = seat, apart, what_waits(apart)
        super().__init__(home.PAUSED, self._said(), choices)

    def on_mount(self) -> None:
        if self.apart is not None:
            self.every(LOOK_AGAIN, self._look_again)

    def _said(self) -> list[Content]:
        """What goes on behind the card: at a table that does not wait, what waits for one, and its time."""
        if self.waits is None:
            return [put(home.ON_DISK if self.apart is None else home.TABLE_GOES_ON, DIM)]
        what, time = self.waits
        return [put(what, CHANGE), *([put(table.time_left(time))] if time else [])]

    def _look_again(self) -> None:
        """Say at once what waits for one now, and ring; or that nothing does any more."""
        before, self.waits = self.waits, what_waits(self.apart)
        if self.waits != before:
            self.query_one("#lines", Static).update(stack([*self._said(), ""]))
        if self.waits is not None and (before is None or self.waits[0] != before[0]):
            self.app.bell()

    def hints(self) -> Sequence[Hint]:
        choose = Hint(f"↑↓ 1–{len(self.choices)}", home.CHOOSE)
        return [Hint("Enter", home.DO_IT, "done"), choose, Hint("Esc", home.GO_ON, "back")]

    def chosen(self, id_: str) -> None:
        if id_ == "home":  # which takes a moment
            self.query_one(Foot).say(home.LEAVING_THE_ROOM if self.apart is not None else home.LEAVING)
            self.call_after_refresh(self.ask, ASKS[id_])
        elif id_ in ASKS:
            self.ask(ASKS[id_])
        elif self.ask("go_on"):
            self.app.call_later(self.app.after_pause, id_, self.seat)  # type: ignore[attr-defined]

    def action_back(self) -> None:
        self.ask("go_on")


def what_waits(face: HostedTable | None) -> tuple[str, str] | None:
    """Return what waits for the seat whose own screen this is, its turn or the talk, and the time."""
    if face is None or face.seat is None or face.paused:
        return None
    from wargame.tui.facilitate.sight import countdown

    if face.open_for_talk:
        return home.TALK_IS_ON, countdown(face)
    in_turn = face.seat_to_play == face.seat and not face.drafting
    return (home.YOUR_TURN, countdown(face)) if in_turn else None
