"""Who sits before a screen and what they are doing: one `transitions` machine, and `WAYS`, its table.

A page asks for a trigger (`Session.ask`) and takes nothing away, not even itself. The session moves on, looks
what is due for its viewer now, and has its stage put that up: the app's (`wargame.tui.stage`), or none. It
knows no widget. `docs/session.md` shows the machine. What only a game needs is imported when there is one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from transitions import Machine

from wargame.errors import CannotWrite, IllegalMove
from wargame.tui import Start
from wargame.tui.deeds import (
    ALOUD,
    AT_TABLE,
    CLOSED,
    CONSOLE,
    CONSOLES,
    HUBS,
    LOOKING,
    OUTSIDE,
    OVER,
    PAGES,
    PAUSE,
    PRIVATE,
    SEEN_CHANGING,
    STATES,
    TIMED,
    TURN,
    WORKING,
    Deeds,
    Page,
    Stage,
)
from wargame.tui.viewer import KEYBOARD, Viewer

if TYPE_CHECKING:
    from wargame.table import Table
    from wargame.table.seen import HostedTable, SeenTable

BACK = "back"
"""In the table: where it came from."""
BACKWARDS = ("go_on", "retry")
"""The triggers that lead back."""


class Session(Deeds):
    """Leads one viewer through the program. `table` is the game in progress, `opened` its save, if any.

    With a `table` from the start, or the `whole` of one, the viewer is a guest there: it is not closed when
    they leave. `remembered` is the `memory` of an earlier session of theirs.
    """

    def __init__(
        self,
        stage: Stage,
        viewer: Viewer = KEYBOARD,
        table: SeenTable | None = None,
        remembered: Mapping[str, Any] | None = None,
        *,
        whole: Table | None = None,
    ) -> None:
        super().__init__(stage, viewer, table, remembered, whole=whole)
        self._asked: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._busy = False

    # --- asking ----------------------------------------------------------------------------------------

    def begin(self, start: Start) -> None:
        """Open with this; home lists the games of the folder of the one that is opened by its path."""
        self.saves = start.save.resolve().parent if start.save else start.saves
        if self._guest:
            self.start = start
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
        self.remembers()
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
        except IllegalMove as error:  # of somebody who only looks on, or has not the pen
            self.stage.say(str(error))
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
    def pausing(self) -> tuple[str, bool, bool, HostedTable | None]:
        """Return the seat whose turn is up or "", if it has a PIN, if a console opens, the table if apart."""
        apart = self.at_table.hosted
        own = self.pages[0].state in TURN and apart is None
        seat = self.pages[0].seat if own else ""
        return seat, self.at_table.has_pin(seat), self.can_facilitate(), apart

    @property
    def ticking(self) -> bool:
        """Return whether a clock runs that the page shows which is up."""
        return self.timed and self.at_table.timers.left is not None

    @property
    def timed(self) -> bool:
        """Return whether there may be a clock for it, now or later: others may begin or end it.

        The table's clock runs on for those who read at a screen of their own, so they see it on every page.
        """
        state = self.pages[0].state
        return state in TIMED or (self.is_guest() and state in AT_TABLE)

    @property
    def hurries(self) -> bool:
        """Return whether it is this viewer that the clock runs for, whatever page they are on."""
        if self.pages[0].state in TIMED:
            return True
        face = self.at_table.hosted
        if face is None or face.seat is None:
            return False
        return face.open_for_talk or (face.seat_to_play == face.seat and not face.drafting)

    def tick(self) -> None:
        """Look at the clock; when the time is up, that is a trigger like any other."""
        if self.is_late():
            self.ask("time_up")

    def _mind_clocks(self, before: Page) -> None:
        """Let the turn's clock run on its page, and none under the pause or while the console is open.

        Where people have screens of their own that is not for one of them to do.
        """
        now, table = self.pages[0], self.whole
        if table is None or not self.leads:
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
        at_console = now.state in CONSOLES
        if at_console:
            table.timers.pause()
        (table.clock.hold if at_console else table.clock.let_go)(CONSOLE)

    # --- the wall --------------------------------------------------------------------------------------

    def turn_to(self, page: int) -> None:
        """Note how far what everybody watches has come."""
        self.turned = page
        if self.table is not None:  # a wall's session sits at none
            self.places[self.pages[0].state] = [beat.id for beat in self.news], page
        self._tell_room()
        self.remembers()

    def beat(self) -> None:
        """Give the wall a sign of life."""
        if self.leads and self.whole is not None and self.whole.live is not None:
            self._tell_room()
            self.whole.live.beat()

    def _tell_room(self) -> None:
        """Tell the wall what everybody is shown, if it is another thing than before."""
        live = self.whole.live if self.whole is not None else None
        if self.leads and self.table is not None and live is not None:
            from wargame.tui.wall.telling import shown

            if (now := shown(self, live)) is not None:
                live.tell(now)

    def is_stale(self) -> bool:
        """Return whether something else is due by now than what is up."""
        return self.due() != self.state and not self.stage.typing


# --- the machine ---------------------------------------------------------------------------------------


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
    Way("done", ("final",), LOOKING, Session.plays_a_seat, Session.end_seat),
    Way("done", ("final", "look"), OUTSIDE, do=Session.get_up),
    Way("look_back", ("final",), OUTSIDE, Session.is_kept, Session.look_back),
    Way("new_game", ("final",), OUTSIDE, Session.may_set_up, Session.set_up_anew),
    # what comes from elsewhere
    Way("changed", ("handover",), "", Session.plays_a_seat),
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
    Way("leave", (*AT_TABLE, *OVER), LOOKING, Session.plays_a_seat, Session.end_seat),
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
