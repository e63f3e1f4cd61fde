"""What a session may be doing, what must be so for it to go on, and what is done on the way.

Which trigger leads from one state to the next stands in `wargame.tui.session`, with the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from wargame import crash
from wargame.errors import ContentError
from wargame.tui import Start
from wargame.tui.viewer import KEYBOARD, WHITE_CELL, Viewer, Viewpoint, already_shown
from wargame.words.pages import kit
from wargame.words.pages import table as say

if TYPE_CHECKING:
    from wargame.table import Table
    from wargame.table.seen import HostedTable, SeenTable
    from wargame.tui.home.draft import Setup
    from wargame.tui.replay.replay import Opened

OUTSIDE, LOOKING, CLOSED = "outside", "looking", "closed"
HUBS = (OUTSIDE, LOOKING)
"""No pages: from here `next` leads on by the first way that is open."""
WORKING = ("opening", "moving")
"""Something is being done in a thread, over an empty screen."""
ALOUD = "aloud"
"""A choice before everybody: no page of a seat."""
TURN = ("choice", "answers", "orders")
PRIVATE = ("briefing", *TURN)
TIMED = ("talk", ALOUD, *TURN)
AT_TABLE = (
    "about_save", "taken_back", "held", "meeting", "news", "talk", ALOUD, "board", "handover", *PRIVATE,
    "time_up", "watch", "final",
)  # fmt: skip
SEEN_CHANGING = ("held", "meeting", "news", "talk", ALOUD, "board", "watch")
"""Pages without a decision of one's own that show what has changed meanwhile: somebody may have written."""
CONSOLE, PAUSE = "console", "pause"
"""Who holds the clock of the sitting while they are open."""
CONSOLES = ("lock", "gate", "console")
ELSEWHERE = ("home", "setup", "problem", "replay", "look")
OVER = ("paused", "hidden", "unsaved")
"""Laid over a page, which is there again when they go."""
PAGES = (*ELSEWHERE, *AT_TABLE, *CONSOLES)
STATES = (*HUBS, *WORKING, *PAGES, *OVER, CLOSED)


@dataclass(frozen=True, eq=False, slots=True)
class Page:
    """Holds what is put up: the state it belongs to, the seat to play and its decision at that moment.

    While no seat is to play, the seat is that of the only person.
    """

    state: str
    seat: str = ""
    moment: tuple[object, ...] = ()


class Notice(NamedTuple):
    """Says something on a page of its own; `choices` are triggers and their labels, the last one is Esc."""

    title: str
    lines: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = (("done", say.GO_ON),)


class Stage(Protocol):
    """Puts up the pages of a session. What it asks for meanwhile waits until it has been told all."""

    @property
    def can_lay(self) -> bool:
        """Return whether something may be laid over what is in front."""

    @property
    def can_hide(self) -> bool:
        """Return whether what is in front can be covered."""

    @property
    def typing(self) -> bool:
        """Return whether something is being typed that would be lost if another page came."""

    def show(self, page: Page) -> None:
        """Take all away, then put up this page; where one works, do the session's `job` and ask on."""

    def lay(self, page: Page) -> None:
        """Lay this page over what is in front, at once."""

    def lift(self) -> None:
        """Take away the page that was laid over another last, and what lies on it."""

    def refresh(self) -> None:
        """Look at the table anew on the page that is up."""

    def say(self, sentence: str) -> None:
        """Say something in passing."""

    def soon(self, do: Callable[[], object]) -> None:
        """Have something done in the session's own thread, from any thread."""

    def close(self) -> None:
        """End the program of this viewer."""


class Deeds(Viewpoint):
    """Holds what a session knows: its guards say what is so, its deeds are done as a trigger is granted."""

    def __init__(
        self,
        stage: Stage,
        viewer: Viewer = KEYBOARD,
        table: SeenTable | None = None,
        remembered: Mapping[str, Any] | None = None,
        *,
        whole: Table | None = None,
    ) -> None:
        super().__init__(viewer)
        self.whole = whole
        self.stage = stage
        self.state = OUTSIDE
        self.pages: list[Page] = [Page(OUTSIDE)]
        """What is up: a page, and what was laid over it."""
        self.given: tuple[Any, ...] = ()
        """What came with the trigger that is being granted."""
        self.opened: Path | None = None
        self.came_from: Path | None = None
        """The save of the game that was left last for home."""
        self.to_go_on: Path | None = None
        """The save of the game that was left last, if it is not over."""
        self.saves: Path | None = None
        self.start: Start = Start()
        self.setup: Setup | None = None
        self.replay: Opened | None = None
        self.notice = Notice("", ())
        self.late = ""
        """Whose time was up last; "" of the talk."""
        self.turned = 0
        """How far what everybody watches has come, in pages."""
        self._offered: SeenTable | None = whole if table is None else table
        self._guest = self._offered is not None
        """A table to sit down at, and whether that is another's."""
        self._remembered = dict(remembered or {})
        self._give_back: Callable[[], object] = lambda: None
        self._cell: tuple[Viewer, Mapping[str, Any]] | None = None
        """The white cell and what it has been shown, while somebody plays a seat from its screen."""
        self._seats: dict[str, Mapping[str, Any]] = {}
        self._starts: list[Start] = []
        self._unobserve: Callable[[], None] = lambda: None
        self._again: Callable[[], object] = lambda: None
        self.remembers: Callable[[], object] = lambda: None
        """Told when what this viewer has been shown may have changed, so that its `memory` can be kept."""

    def ask(self, trigger: str, *given: Any) -> bool:
        """Ask for a trigger and return whether it was granted."""
        raise NotImplementedError

    def _changed(self) -> None:
        self.stage.soon(partial(self.ask, "changed"))

    # --- guards: what is so ----------------------------------------------------------------------------

    def has_start(self) -> bool:
        return bool(self._starts)

    def has_to_set_up(self) -> bool:
        known = ("resume", "replay", "exercise")
        return any(
            start.kind == "setup" or (start.kind not in known and start.players is None)
            for start in self._starts[:1]
        )

    def is_invited(self) -> bool:
        return self._offered is not None

    def is_guest(self) -> bool:
        return self._guest

    def may_set_up(self) -> bool:
        return not self._guest

    def looks_back(self) -> bool:
        return self.start.kind == "replay"

    def can_facilitate(self) -> bool:
        """Return whether the console may be opened from here."""
        here = self.pages[0].state in (*AT_TABLE, "moving", "unsaved")
        table = self.whole
        return bool(
            here and self.viewer == KEYBOARD and table and not table.read_only and table.opens_console
        )

    @property
    def lacks_facilitator(self) -> bool:
        """Return whether there would be a console here, had this game a facilitator."""
        table = self.whole
        here = self.pages[0].state in AT_TABLE and self.viewer == KEYBOARD
        return bool(here and table and not table.read_only and not table.opens_console)

    def is_given_a_seat(self) -> bool:
        """Return whether the white cell is given the face of a seat, to play it from its own screen."""
        return self.viewer == WHITE_CELL and bool(self.given)

    def plays_a_seat(self) -> bool:
        """Return whether a seat is played from the white cell's screen now."""
        return self._cell is not None

    def has_to_lock(self) -> bool:
        """Return whether a facilitator has come who has not said yet with what PIN the console opens."""
        table = self.whole
        if table is None or self.viewer != KEYBOARD or self._guest:
            return False
        led = self.start.console or self.start.kind == "exercise"
        return led and not (table.has_facilitator or table.over or table.read_only)

    def has_to_give_way(self) -> bool:
        """Return whether the keyboard goes from the room to the facilitator, or the console has a PIN.

        At the end, when all secrets lie open, only its PIN is asked for.
        """
        from wargame.rules.moves import WHITE

        secret = self.viewer == KEYBOARD and not self.at_table.over
        from_room = secret and self.pages[0].state in (*AT_TABLE, "moving")
        return self.is_called() and (from_room or self.at_table.has_pin(WHITE))

    def opens_now(self) -> bool:
        """Return whether the console is wanted by somebody who has just said how it is opened."""
        return self.is_called() and self.whole_table.has_facilitator

    def turn_is_over(self) -> bool:
        """Return whether the decision that the page is about has been made, or is no longer this seat's."""
        return self.pages[0].moment != self.moment()

    def is_late(self) -> bool:
        """Return whether the time for this page is up. At a screen of one's own a sentence is ended first."""
        late = self.pages[0].state in TIMED and self.at_table.timers.left == 0
        return late and not (self.is_guest() and self.stage.typing)

    def can_lay(self) -> bool:
        return self.stage.can_lay

    def turn_has_gone(self) -> bool:
        """Return whether the turn is over by somebody else's doing, and no sentence is being typed.

        So it is when the white cell has gone back to the talk before it, though it is to come again.
        """
        talks_again = self.is_guest() and self.talk_is_due()
        return (talks_again or self.turn_is_over()) and not self.stage.typing

    def can_hide(self) -> bool:
        return self.stage.can_hide

    # --- deeds: what is done on the way ----------------------------------------------------------------

    def want(self) -> None:
        (start,) = self.given
        self._starts = [start] if start.kind != "home" else []

    def take_start(self) -> None:
        self.start, self.setup, self.replay = self._starts.pop(0), None, None
        if self.looks_back():
            self.opened = self.start.save

    def take_setup(self) -> None:
        (self.setup,) = self.given

    def come_home(self) -> None:
        self.came_from, self.opened = self.opened or self.came_from, None

    def explain(self) -> None:
        (error,) = self.given
        content = isinstance(error, ContentError)
        title = say.UNPLAYABLE if content else say.UNOPENED
        lines = map(str, error.complaints[:12]) if isinstance(error, ContentError) else [str(error)]
        self.notice = Notice(title, tuple(lines), (("done", say.BACK),))

    def sit_down(self) -> None:
        """Sit down at the table that has been opened, or that a guest was asked to."""
        table, self._offered = self._offered, None
        assert table is not None
        self.table = table
        self.opened = table.kept
        self._unobserve = table.observe(self._changed)
        self.forget()
        self.left_at = table.beats[-1].id if self.start.kind == "resume" else -1
        self.called = self.start.console and not table.over
        about = self.whole.notice if self.whole is not None and not self._guest else None
        self.unread, self.notice = bool(about), Notice(say.ABOUT_SAVE, (about or "",))
        self.shown = [beat.id for beat in table.beats[: already_shown(table)]]
        self.recall(self._remembered)

    def play_seat(self) -> None:
        """Let a seat be played from the white cell's screen, with its face; `_give_back` is told the end."""
        face: HostedTable
        face, self._give_back = self.given
        assert face.seat is not None
        self._cell = self.viewer, self.memory()
        self._look_at(face, Viewer.of_seat(face.seat), self._seats.get(face.seat, {}))

    def end_seat(self) -> None:
        """Come back to the white cell's own table."""
        assert self._cell is not None
        self._seats[self.viewer.seat] = self.memory()
        (viewer, memory), self._cell = self._cell, None
        places = {CONSOLE: self.places.get(CONSOLE)}
        self._look_at(self.whole_table, viewer, {**memory, "places": places})
        self._give_back()

    def _look_at(self, table: SeenTable, viewer: Viewer, memory: Mapping[str, Any]) -> None:
        self._unobserve()
        self.table, self.viewer = table, viewer
        self._unobserve = table.observe(self._changed)
        self.forget()
        self.shown = [beat.id for beat in table.beats[: already_shown(table)]]
        self.recall(memory)

    def read_notice(self) -> None:
        self.unread = False

    def note_news(self) -> None:
        """Note what was told: what has come meanwhile is still to be."""
        beats = [beat.id for beat in self.at_table.beats]
        told = self.given[0] if self.given else None
        self.shown = beats if told is None else [*beats[: self.unseen], *told]
        self.sitting = self.viewer.seat

    def end_talk(self) -> None:
        self.at_table.end_talk()
        self.sitting = self.viewer.seat

    def take_seat(self) -> None:
        self.sitting, self.away = self.pages[0].seat, False

    def note_reading(self) -> None:
        self.has_read = self.pages[0].moment

    def note_meeting(self) -> None:
        self.has_met = True

    def end_aloud(self) -> None:
        """Nobody has taken the seat for it."""
        self.whole_table.timers.stop()
        self.sitting, self.alone = self.viewer.seat, ()

    def look_alone(self) -> None:
        """Hand the keyboard to the seat that is asked, for what only it may know."""
        self.alone = self.moment()

    def look_up(self) -> None:
        """Come back before the room, which has seen nothing."""
        self.sitting, self.alone = self.viewer.seat, ()

    def end_turn(self) -> None:
        if self.leads:
            self.whole_table.timers.stop()
            self.sitting = self.pages[0].seat

    def run_out(self) -> None:
        """Do what is neutral, and let everybody hear that the time was up."""
        table, seat = self.at_table, self.pages[0].seat
        self.late = "" if self.pages[0].state == "talk" else seat
        if self.pages[0].state == "talk":
            if not table.hosted:  # which minds its clock by itself
                table.end_talk()
            said = say.TALK_OVER
        else:
            from wargame.words import Words

            if self.leads:
                self.whole_table.time_up()
            said = say.time_ran_out(
                Words(table.scenario).seat(seat), self.pages[0].state in ("choice", ALOUD)
            )
        self.notice = Notice(say.TIME_UP, (said,))
        self.sitting = self.viewer.seat

    def pass_on_notices(self) -> None:
        while self.whole_table.notices:
            self.stage.say(self.whole_table.notices.pop(0))

    def call(self) -> None:
        """Want the console; a seat that is played comes back by a hand-over."""
        if self.pages[0].state in ("handover", *PRIVATE):
            self.handed = self.moment()
        self.called, self.unread, self.has_read = True, False, None
        self.sitting = self.viewer.seat

    def open_console(self) -> None:
        self.tip, self.away = self.at_table.beats[-1].id, True

    def leave_console(self) -> None:
        self.called = False
        if self.was_taken_back():
            state = self.at_table.game.state
            where = say.goes_on_at(state.round, state.rounds, kit.PHASES[state.phase])
            self.notice = Notice(say.TAKEN_BACK, (say.BACK_TO, where))
        else:
            self.tip = None

    def read_on(self) -> None:
        self.tip = None

    def ask_to_retry(self) -> None:
        """Say that something could not be written, so that nothing has changed, and remember what it was."""
        said, self._again = str(self.given[0]), self.given[1] if len(self.given) > 1 else lambda: None
        choices = (("retry", say.TRY_AGAIN), ("leave", say.LEAVE))
        self.notice = Notice(say.NOT_SAVED, (said, say.NOTHING_LOST), choices)

    def try_again(self) -> None:
        """Do it again, once this page is away."""
        self.stage.soon(self._again)

    def get_up(self) -> None:
        """Leave the table, saved as it is."""
        self._starts = []
        self.shut()

    def look_back(self) -> None:
        """Go to the replay of this game and back; its save is closed meanwhile, so that it can keep notes."""
        save = self.opened
        self.get_up()
        self._starts = [Start("replay", save=save), Start("resume", save=save)]

    def set_up_anew(self) -> None:
        """Leave for the set-up of another game, in the same folder."""
        self.get_up()
        self._starts = [Start("setup", saves=self.saves)]

    def refresh(self) -> None:
        self.stage.refresh()

    # --- slow work, done by the stage in a thread ------------------------------------------------------

    def job(self) -> tuple[str, Callable[[], object]]:
        """Return what is going on, as a line, and what does it; `worked` or `failed` are to follow."""
        if self.state == "moving":
            return say.OTHERS_MOVE, partial(_move, self.whole_table)
        return say.OPENING.get(self.start.kind, say.LAYING_OUT), self._open

    def _open(self) -> None:
        """Open a table, or a game to look back on. Raises `WargameError`."""
        from wargame.tui import opening

        match self.start.kind:
            case "resume":
                self._offered = self.whole = opening.resumed(self.start)
            case "exercise":
                self._offered = self.whole = opening.prepared(self.start)
            case "replay":
                self.replay = opening.looked_at(self.start)
            case _:
                self._offered = self.whole = opening.started(self.start, self.setup)

    # --- the end ---------------------------------------------------------------------------------------

    def shut(self) -> None:
        """Let go of the table; unless it is another's, it is closed."""
        self._unobserve()
        self._unobserve = lambda: None
        table, self.table, self.whole, self._offered = self.whole, None, None, None
        if table is not None and not self._guest:
            self.to_go_on = None if table.over else table.kept
            table.close()

    def saved(self) -> str:
        """Say how the game goes on that is left, or was left last; "" if it is over, or kept in no file."""
        table = None if self._guest else self.whole
        left = self.to_go_on if table is None else None if table.over else table.kept
        if left is None:
            return ""
        from wargame.table.storage import command

        return say.saved(command("resume", left))

    def how_to_go_on(self) -> str:
        """Say what has become of the game when the program had to stop; it continues a sentence."""
        if self.opened is not None:
            from wargame.table.storage import command

            return say.but_saved(command("resume", self.opened))
        return crash.UNHARMED if self.table is None else say.WAS_NOT_SAVED


def _move(table: Table) -> None:
    for _beat in table.advance(talk=True):
        pass
