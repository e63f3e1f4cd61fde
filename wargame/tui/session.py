"""Who sits before a screen and what they are doing: one `transitions` machine, and `WAYS`, its table.

A page asks for a trigger (`Session.ask`) and takes nothing away, not even itself. The session moves on, looks
what is due for its viewer now, and has its stage put that up: the app's (`wargame.tui.stage`), or none. It
knows no widget. `docs/session.md` shows the machine. What only a game needs is imported when there is one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from transitions import Machine

from wargame import crash
from wargame.errors import CannotWrite, ContentError
from wargame.tui import Start
from wargame.tui.viewer import KEYBOARD, WHITE_CELL, Viewer, Viewpoint, already_shown
from wargame.words.pages import kit
from wargame.words.pages import table as say

if TYPE_CHECKING:
    from wargame.table import Table
    from wargame.tui.home.draft import Setup
    from wargame.tui.replay.replay import Opened

CONSOLE, PAUSE = "console", "pause"
"""Who holds the clock of the sitting while they are open."""


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


class Session(Viewpoint):
    """Leads one viewer through the program. `table` is the game in progress, `opened` its save, if any.

    With a `table` from the start the viewer is a guest there: it is not closed when they leave. `remembered`
    is the `memory` of an earlier session of theirs.
    """

    def __init__(
        self,
        stage: Stage,
        viewer: Viewer = KEYBOARD,
        table: Table | None = None,
        remembered: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(viewer)
        self.stage = stage
        self.state = OUTSIDE
        self.pages: list[Page] = [Page(OUTSIDE)]
        """What is up: a page, and what was laid over it."""
        self.given: tuple[Any, ...] = ()
        """What came with the trigger that is being granted."""
        self.opened: Path | None = None
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
        self._offered, self._guest = table, table is not None
        """A table to sit down at, and whether that is another's."""
        self._remembered = dict(remembered or {})
        self._cell: tuple[Table, Viewer, Mapping[str, Any]] | None = None
        """The white cell's own table while somebody plays a seat from its screen."""
        self._seats: dict[str, Mapping[str, Any]] = {}
        self._starts: list[Start] = []
        self._asked: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._busy = False
        self._unobserve: Callable[[], None] = lambda: None
        self._again: Callable[[], object] = lambda: None

    # --- asking ----------------------------------------------------------------------------------------

    def begin(self, start: Start) -> None:
        """Open with this; home lists the games of the folder of the one that is opened by its path."""
        self.saves = start.save.resolve().parent if start.save else start.saves
        self.ask("begin", start)

    def ask(self, trigger: str, *given: Any) -> bool:
        """Ask for a trigger and return whether it was granted; one that is refused changes nothing.

        Asked for while another is being granted, it waits for that one.
        """
        self._asked.append((trigger, given))
        if self._busy:
            return True
        granted = []
        self._busy = True
        try:
            while self._asked:
                before = list(self.pages)
                granted.append(self._grant(*self._asked.popleft()))
                while self.state in HUBS:
                    self._grant("next", ())
                self._mind_clocks(before[0])
                if self.pages[0] is not before[0]:
                    self.turned = 0
                self._tell_room()
                self._direct(before)
        finally:
            self._asked.clear()
            self._busy = False
        return granted[0]

    def can(self, trigger: str) -> bool:
        """Return whether this trigger would be granted now."""
        return any(self._open_ways(trigger, self.state))

    def due(self) -> str:
        """Return the state of the page that would come next for this viewer at the table."""
        return next(way.dest for way in self._open_ways("next", LOOKING))

    def _open_ways(self, trigger: str, state: str) -> Iterator[Way]:
        for way in WAYS:
            if way.trigger == trigger and state in way.sources and (way.when is None or way.when(self)):
                yield way

    def _grant(self, trigger: str, given: tuple[Any, ...]) -> bool:
        """Let the machine move on, and note what lies on what then."""
        state, self.given = self.state, given
        try:
            granted = bool(MACHINE.events[trigger].trigger(self, self))
        except CannotWrite as error:
            self._grant("save_failed", (str(error), partial(self.ask, trigger, *given)))
            return False
        if self.state != state and self.state not in HUBS:
            if trigger in BACKWARDS and len(self.pages) > 1:
                self.pages.pop()
            else:
                laid = self.state in OVER and state not in WORKING
                table = self.table
                seat = (table.seat_to_play or self.only_seat) if table else ""
                self.pages = [*(self.pages if laid else ()), Page(self.state, seat, self.moment())]
        return granted

    def _direct(self, before: list[Page]) -> None:
        """Tell the stage what is to be seen."""
        now = self.pages
        same = sum(1 for one, other in zip(before, now, strict=False) if one is other)
        if not same:
            self.stage.close() if now[0].state == CLOSED else self.stage.show(now[0])
        else:
            for _lifted in before[same:]:
                self.stage.lift()
            for page in now[same:]:
                self.stage.lay(page)
            if same == len(now) < len(before):
                self.ask("changed")  # meanwhile the table may have

    # --- the table -------------------------------------------------------------------------------------

    @property
    def story(self) -> tuple[object, object]:
        """Return what a replay shows: the story, and what was reported of the time."""
        assert self.replay is not None
        return self.replay.story, self.replay.history

    @property
    def pausing(self) -> tuple[str, bool, bool]:
        """Return the seat whose own turn is up, or "", whether it has a PIN, and if a console opens."""
        seat = self.pages[0].seat if self.pages[0].state in TURN else ""
        return seat, self.at_table.has_pin(seat), self.can_facilitate()

    @property
    def ticking(self) -> bool:
        """Return whether a clock runs for what is asked on the page that is up."""
        return self.pages[0].state in TIMED and self.at_table.timers.left is not None

    def tick(self) -> None:
        """Look at the clock; when the time is up, that is a trigger like any other."""
        if self.is_late():
            self.ask("time_up")

    def _mind_clocks(self, before: Page) -> None:
        """Let the turn's clock run on its page, and none under the pause or while the console is open."""
        now, table = self.pages[0], self.table
        if table is None:
            return
        if now is not before:
            if before.state in TIMED:
                table.timers.pause()
            if now.state in TIMED:
                from wargame.content.exercise_check import TALK

                table.timers.pause()
                table.start_clock(TALK if now.state == "talk" else "")
        paused = any(page.state == "paused" for page in self.pages)
        (table.clock.hold if paused else table.clock.let_go)(PAUSE)
        if self.viewer == KEYBOARD:
            at_console = now.state in CONSOLES
            if at_console:
                table.timers.pause()
            (table.clock.hold if at_console else table.clock.let_go)(CONSOLE)

    def _changed(self) -> None:
        self.stage.soon(partial(self.ask, "changed"))

    # --- the wall --------------------------------------------------------------------------------------

    def turn_to(self, page: int) -> None:
        """Note how far what everybody watches has come."""
        self.turned = page
        self._tell_room()

    def beat(self) -> None:
        """Give the wall a sign of life."""
        table = self.table
        if self.leads and table is not None and table.live is not None:
            self._tell_room()
            table.live.beat()

    def _tell_room(self) -> None:
        """Tell the wall what everybody is shown, if it is another thing than before."""
        if self.leads and self.table is not None and self.table.live is not None:
            from wargame.tui.wall.telling import shown

            if (now := shown(self, self.table.live)) is not None:
                self.table.live.tell(now)

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
        table = self.table
        return bool(
            here and self.viewer == KEYBOARD and table and not table.read_only and table.opens_console
        )

    @property
    def lacks_facilitator(self) -> bool:
        """Return whether there would be a console here, had this game a facilitator."""
        table = self.table
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
        table = self.at_table
        led = self.start.console or self.start.kind == "exercise"
        undecided = not (table.has_facilitator or table.over or table.read_only)
        return led and undecided and self.viewer == KEYBOARD and not self._guest

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
        return self.is_called() and self.at_table.has_facilitator

    def turn_is_over(self) -> bool:
        """Return whether the decision that the page is about has been made, or is no longer this seat's."""
        return self.pages[0].moment != self.moment()

    def is_late(self) -> bool:
        return self.pages[0].state in TIMED and self.at_table.timers.left == 0

    def is_stale(self) -> bool:
        return self.due() != self.state and not self.stage.typing

    def turn_has_gone(self) -> bool:
        """Return whether the turn is over by somebody else's doing, and no sentence is being typed."""
        return self.turn_is_over() and not self.stage.typing

    def can_lay(self) -> bool:
        return self.stage.can_lay

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
        self.opened = None

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
        self.opened = table.save.path if table.save is not None else None
        self._unobserve = table.observe(self._changed)
        self.forget()
        self.called = self.start.console and not table.over
        self.unread = bool(table.notice) and not self._guest
        self.notice = Notice(say.ABOUT_SAVE, (table.notice or "",))
        self.shown = [beat.id for beat in table.beats[: already_shown(table)]]
        self.recall(self._remembered)

    def play_seat(self) -> None:
        """Let a seat be played from the white cell's screen, with the face that it is given."""
        (face,) = self.given
        self._cell = self.at_table, self.viewer, self.memory()
        self._look_at(face, Viewer.of_seat(face.seat), self._seats.get(face.seat, {}))

    def end_seat(self) -> None:
        """Come back to the white cell's own table."""
        assert self._cell is not None
        self._seats[self.viewer.seat] = self.memory()
        cell, self._cell = self._cell, None
        self._look_at(*cell)

    def _look_at(self, table: Table, viewer: Viewer, memory: Mapping[str, Any]) -> None:
        self._unobserve()
        self.table, self.viewer = table, viewer
        self._unobserve = table.observe(self._changed)
        self.forget()
        self.shown = [beat.id for beat in table.beats[: already_shown(table)]]
        self.recall(memory)

    def read_notice(self) -> None:
        self.unread = False

    def note_news(self) -> None:
        self.shown, self.sitting = [beat.id for beat in self.at_table.beats], self.viewer.seat

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
        self.at_table.timers.stop()
        self.sitting, self.alone = self.viewer.seat, ()

    def look_alone(self) -> None:
        """Hand the keyboard to the seat that is asked, for what only it may know."""
        self.alone = self.moment()

    def look_up(self) -> None:
        """Come back before the room, which has seen nothing."""
        self.sitting, self.alone = self.viewer.seat, ()

    def end_turn(self) -> None:
        self.at_table.timers.stop()
        if self.viewer == KEYBOARD:
            self.sitting = self.pages[0].seat

    def run_out(self) -> None:
        """Do what is neutral, and let everybody hear that the time was up."""
        table, seat = self.at_table, self.pages[0].seat
        self.late = "" if self.pages[0].state == "talk" else seat
        if self.pages[0].state == "talk":
            table.end_talk()
            said = say.TALK_OVER
        else:
            from wargame.words import Words

            table.time_up()
            said = say.time_ran_out(
                Words(table.scenario).seat(seat), self.pages[0].state in ("choice", ALOUD)
            )
        self.notice = Notice(say.TIME_UP, (said,))
        self.sitting = self.viewer.seat

    def pass_on_notices(self) -> None:
        while self.at_table.notices:
            self.stage.say(self.at_table.notices.pop(0))

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
            return say.OTHERS_MOVE, partial(_move, self.at_table)
        return say.OPENING.get(self.start.kind, say.LAYING_OUT), self._open

    def _open(self) -> None:
        """Open a table, or a game to look back on. Raises `WargameError`."""
        from wargame.tui import opening

        match self.start.kind:
            case "resume":
                self._offered = opening.resumed(self.start)
            case "exercise":
                self._offered = opening.prepared(self.start)
            case "replay":
                self.replay = opening.looked_at(self.start)
            case _:
                self._offered = opening.started(self.start, self.setup)

    # --- the end ---------------------------------------------------------------------------------------

    def shut(self) -> None:
        """Let go of the table; unless it is another's, it is closed."""
        self._unobserve()
        self._unobserve = lambda: None
        table, self.table, self._offered = self.table or self._offered, None, None
        if table is not None and not self._guest:
            self.to_go_on = table.save.path if table.save is not None and not table.over else None
            table.close()

    def how_to_go_on(self) -> str:
        """Say what has become of the game when the program had to stop; it continues a sentence."""
        if self.opened is not None:
            from wargame.table.storage import command

            return say.but_saved(command("resume", self.opened))
        return crash.UNHARMED if self.table is None else say.WAS_NOT_SAVED


def _move(table: Table) -> None:
    for _beat in table.advance(talk=True):
        pass


# --- the machine ---------------------------------------------------------------------------------------

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
CONSOLES = ("lock", "gate", "console")
ELSEWHERE = ("home", "setup", "problem", "replay", "look")
OVER = ("paused", "hidden", "unsaved")
"""Laid over a page, which is there again when they go."""
PAGES = (*ELSEWHERE, *AT_TABLE, *CONSOLES)
STATES = (*HUBS, *WORKING, *PAGES, *OVER, CLOSED)
BACK = "back"
"""In the table: where it came from."""
BACKWARDS = ("go_on", "retry")
"""The triggers that lead back."""


class Way(NamedTuple):
    """Leads from one of the `sources` to `dest` when asked for `trigger`, if `when` holds, and does `do`.

    An empty `dest` stays. Of several ways the first open one is taken; if none is, the trigger is refused.
    """

    trigger: str
    sources: tuple[str, ...]
    dest: str
    when: Callable[[Session], bool] | None = None
    do: Callable[[Session], None] | None = None


WAYS: tuple[Way, ...] = (
    # from home to a table, and back
    Way("begin", (OUTSIDE, "home"), OUTSIDE, do=Session.want),
    Way("begin", ("setup",), "opening", do=Session.take_setup),
    Way("back", ("setup",), OUTSIDE),
    Way("next", (OUTSIDE,), LOOKING, Session.is_invited, Session.sit_down),
    Way("next", (OUTSIDE,), CLOSED, Session.is_guest),
    Way("next", (OUTSIDE,), "setup", Session.has_to_set_up, Session.take_start),
    Way("next", (OUTSIDE,), "opening", Session.has_start, Session.take_start),
    Way("next", (OUTSIDE,), "home", do=Session.come_home),
    Way("worked", ("opening",), "replay", Session.looks_back),
    Way("worked", ("opening",), LOOKING, do=Session.sit_down),
    Way("failed", ("opening",), "problem", do=Session.explain),
    Way("done", ("problem", "replay"), OUTSIDE),
    # what is due at the table
    Way("next", (LOOKING,), "about_save", Session.has_notice),
    Way("next", (LOOKING,), "look", Session.only_looks),
    Way("next", (LOOKING,), "lock", Session.has_to_lock),
    Way("next", (LOOKING,), "gate", Session.has_to_give_way, Session.open_console),
    Way("next", (LOOKING,), "console", Session.is_called, Session.open_console),
    Way("next", (LOOKING,), "taken_back", Session.was_taken_back),
    Way("next", (LOOKING,), "held", Session.is_paused),
    Way("next", (LOOKING,), "handover", Session.has_to_meet_apart),
    Way("next", (LOOKING,), "meeting", Session.has_to_meet),
    Way("next", (LOOKING,), "moving", Session.bots_are_due),
    Way("next", (LOOKING,), "news", Session.has_news),
    Way("next", (LOOKING,), "final", Session.is_over),
    Way("next", (LOOKING,), "held", Session.waits),
    Way("next", (LOOKING,), "talk", Session.talk_is_due),
    Way("next", (LOOKING,), ALOUD, Session.is_asked_aloud),
    Way("next", (LOOKING,), "handover", Session.was_handed),
    Way("next", (LOOKING,), "board", Session.has_to_pass),
    Way("next", (LOOKING,), "briefing", Session.has_to_read),
    Way("next", (LOOKING,), "choice", Session.is_asked),
    Way("next", (LOOKING,), "answers", Session.has_answers),
    Way("next", (LOOKING,), "orders", Session.has_orders),
    Way("next", (LOOKING,), "watch"),
    # what leads on from there
    Way("done", ("about_save",), LOOKING, do=Session.read_notice),
    Way("done", ("taken_back",), LOOKING, do=Session.read_on),
    Way("done", ("time_up",), LOOKING),
    Way("worked", ("moving",), LOOKING, do=Session.pass_on_notices),
    Way("failed", ("moving",), "unsaved", do=Session.ask_to_retry),
    Way("done", ("news",), LOOKING, do=Session.note_news),
    Way("done", ("talk",), LOOKING, do=Session.end_talk),
    Way("done", ("board",), "handover"),
    Way("take_seat", ("handover",), LOOKING, do=Session.take_seat),
    Way("done", ("meeting",), LOOKING, do=Session.note_meeting),
    Way("done", ("briefing",), LOOKING, do=Session.note_reading),
    Way("done", (ALOUD,), LOOKING, Session.turn_is_over, Session.end_aloud),
    Way("look_alone", (ALOUD,), "handover", do=Session.look_alone),
    Way("back", ("choice",), LOOKING, Session.looks_alone, Session.look_up),
    Way("done", TURN, LOOKING, Session.turn_is_over, Session.end_turn),
    Way("done", ("final", "look"), OUTSIDE, do=Session.get_up),
    Way("look_back", ("final",), OUTSIDE, Session.is_kept, Session.look_back),
    Way("new_game", ("final",), OUTSIDE, Session.may_set_up, Session.set_up_anew),
    # what comes from elsewhere
    Way("changed", (ALOUD, "board", "handover", *PRIVATE), LOOKING, Session.turn_has_gone),
    Way("changed", ("held", "talk", "watch", "final"), LOOKING, Session.is_stale),
    Way("changed", (*PRIVATE, *SEEN_CHANGING), "", do=Session.refresh),
    Way("time_up", (*TIMED, "paused", "hidden"), "time_up", Session.is_late, Session.run_out),
    Way("play_seat", ("console",), "handover", Session.is_given_a_seat, Session.play_seat),
    Way("call_facilitator", (*AT_TABLE, *OVER), LOOKING, Session.plays_a_seat, Session.end_seat),
    Way("call_facilitator", (*AT_TABLE, *OVER), LOOKING, Session.can_facilitate, Session.call),
    Way("call_facilitator", ("moving",), "", Session.can_facilitate, Session.call),
    Way("done", ("lock",), "console", Session.opens_now, Session.open_console),
    Way("done", ("lock",), LOOKING),
    Way("take_seat", ("gate",), "console"),
    Way("back", ("gate",), LOOKING, do=Session.leave_console),
    Way("done", ("console",), OUTSIDE, Session.is_white_cell, Session.get_up),
    Way("done", ("console",), LOOKING, do=Session.leave_console),
    # what lies over a page
    Way("pause", (*AT_TABLE, "look"), "paused", Session.can_lay),
    Way("hide", (*PAGES, "paused", "unsaved"), "hidden", Session.can_hide),
    Way("save_failed", (*TIMED, "paused", "hidden"), "unsaved", do=Session.ask_to_retry),
    Way("go_on", ("paused", "hidden"), BACK),
    Way("retry", ("unsaved",), BACK, do=Session.try_again),
    Way("retry", ("unsaved",), LOOKING),
    Way("leave", (*AT_TABLE, "look", *CONSOLES, *OVER), OUTSIDE, do=Session.get_up),
    Way("quit", (*WORKING, *PAGES, *OVER), CLOSED),
)


def lies_under(state: str, session: Session) -> bool:
    """Return whether what lies uppermost was laid over a page of that state."""
    return len(session.pages) > 1 and session.pages[-2].state == state


def for_the_machine(ways: Iterable[Way]) -> Iterator[dict[str, Any]]:
    """Yield the ways as `transitions` takes them: one way back for every page that it may lead to."""
    for way in ways:
        known = {"trigger": way.trigger, "source": list(way.sources), "before": [way.do] if way.do else []}
        if way.dest == BACK:
            for state in (*PAGES, *OVER):
                yield {**known, "dest": state, "conditions": [partial(lies_under, state)]}
        else:
            yield {**known, "dest": way.dest or None, "conditions": [way.when] if way.when else []}


MACHINE: Any = Machine(
    model=None,
    states=list(STATES),
    transitions=list(for_the_machine(WAYS)),
    initial=OUTSIDE,
    auto_transitions=False,
    ignore_invalid_triggers=True,
)
