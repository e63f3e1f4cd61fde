"""The course of a game for people at screens of their own: whose turn it is, what is prepared, the clock.

The table waits for nobody to read. While one seat has its turn the others prepare theirs; a turn that has
been prepared is laid when it comes, and its seat confirms it. A turn takes at least `LEAST` seconds, so that
nobody can tell from its length how much there was to do. Bots think in a thread, all else is done in the
event loop.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from wargame.content.exercise_check import TALK
from wargame.errors import IllegalMove
from wargame.host.clock import SharedClock
from wargame.host.draft import NOTHING, Draft, Recalled, imagined, lay, to_be_prepared, to_come, turn_of
from wargame.host.face import NOT_YOURS, Confirm, Face, Look
from wargame.host.port import SeatPort
from wargame.host.told import Told
from wargame.rules.events import Event, PhaseBegan
from wargame.rules.game import Game
from wargame.rules.moves import WHITE, End, Move
from wargame.rules.view import View
from wargame.table import Table
from wargame.table.engine import PERSON
from wargame.table.journal import Line
from wargame.table.requests import open_requests
from wargame.table.table_records import Beat, decision

LEAST = 4.0
"""Seconds that a turn takes at least."""
BREATH, MOST_BREATHS = 0.01, 25
"""Seconds after which the loop should be back when one screen has drawn what it was told, and how often that
is waited for before the next one is told."""
LOOK = 0.25
"""Seconds between two looks at the clock."""
NOTED = ("talk", "rationale", "prediction")
"""Lines of the journal that a seat's screens show."""
NOT_YET = "It is not this seat's turn."
HELD = "The white cell holds the table: turns end when it lets them."


class Course:
    """Leads one table that many screens look at. `steady` gives seconds that never run backwards.

    `keep` is told the drafts, and who has done talking, whenever one has changed, so that they can be kept;
    with these `drafts` of the turns that are on, and `talked`, it goes on where the last host died.
    """

    def __init__(
        self,
        table: Table,
        *,
        least: float = LEAST,
        steady: Callable[[], float] = time.monotonic,
        keep: Callable[[Mapping[str, Draft], Collection[str]], None] = lambda _drafts, _talked: None,
        drafts: Mapping[str, Recalled] | None = None,
        talked: Collection[str] = (),
        held: bool = False,
    ) -> None:
        self.table = table
        self.least, self.steady, self.keep = least, steady, keep
        self.held = held
        """Whether the white cell holds the table: people read and prepare, but no turn ends."""
        self._woken = asyncio.Event()
        self._faces: list[Face] = []
        self._looks: dict[str | None, Look] = {}
        self._told: dict[str | None, Told] = {}
        self._drafts: dict[str, Draft] = {}
        self._recalled = dict(drafts or {})
        self._confirms: dict[str, Confirm] = {}
        self._talked = set(talked) if set(talked) < set(table.people()) else set()
        self._still: tuple[Game, int] | None = None
        self._decision: tuple[object, ...] = ()
        self._began = steady()
        self._ending: Move | None = None
        self._ended: tuple[str, Game, int] | None = None
        """Whose turn has ended, and how it stood, until all are told: when the end is on the medium."""
        self._clock = SharedClock(table)
        self._minding = False
        self._runs = False
        self._to_tell: list[Face] = []
        self._telling: asyncio.Task[None] | None = None
        self._unobserve = table.observe(self._changed)
        self.mind()
        self._recalled.clear()

    def face(self, seat: str | None, may: Callable[[], str] = lambda: "") -> Face:
        """Return a face of the table for somebody at a seat, or for the room.

        `may` says why that person may not move now, or "" if they may.
        """
        face = Face(SeatPort(self, seat, may), seat)
        self._faces.append(face)
        return face

    def forget(self, face: Face) -> None:
        """Let a face go: whoever looked at it has left."""
        self._faces.remove(face)

    async def run(self) -> None:
        """Lead the table until this is cancelled. `CannotWrite` if a bot's move can't be kept."""
        self._runs = True
        try:
            while True:
                self._woken.clear()
                self.mind()
                while self._bot_is_due():
                    await self._bot_moves()
                    self.mind()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._patience())
        except asyncio.CancelledError:
            self._unobserve()
            raise
        finally:
            self._runs = False

    def hold(self, on: bool) -> None:
        """Let no turn end and no clock run until the white cell lets go. Reading and preparing goes on."""
        self.held = on
        self.table.changed()

    def reads_on(self, since: float) -> float:
        """Return how many seconds a turn that began then has still to last."""
        return max(self.least - (self.steady() - since), 0.0)

    # --- what is due -------------------------------------------------------------------------------------

    def _patience(self) -> float | None:
        if self._ending is not None and not self.held:
            return self.reads_on(self._began)
        return LOOK if self.table.timers.left is not None else None

    def _changed(self) -> None:
        """The table has changed: do what is due, and let every face show it."""
        self._woken.set()
        self.mind()

    def mind(self) -> None:
        """Do all that is due, and let every face look again: at what is on disk, and at nothing else."""
        if self._minding:
            return
        self._minding = True
        try:
            self._note_turn()
            self._end_turn()
            self._stand_still()
            if phase := self._clock.mind(self.held):
                self._time_up(phase)
            self._mind_drafts()
        finally:
            self._minding = False
        if self.table.may_tell():
            self._ended = None
            self._tell()

    def _tell(self) -> None:
        """Let every face look again: at once, or while this runs one after the other."""
        if not self._runs:
            for face in tuple(self._faces):
                face.look_again()
            return
        self._to_tell += [face for face in self._faces if face not in self._to_tell]
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell_in_turn(), name="telling")

    async def _tell_in_turn(self) -> None:
        """Tell one face after the other, so that no key has to wait until all screens are drawn."""
        while self._to_tell:
            if not self.table.may_tell():
                self._to_tell.clear()  # all are told when the disk has kept what has come meanwhile
                return
            face = self._to_tell.pop(0)
            if face in self._faces and face.look_again():
                for _ in range(MOST_BREATHS):
                    before = time.monotonic()
                    await asyncio.sleep(BREATH)
                    if time.monotonic() - before < 2 * BREATH:
                        break

    def _stand_still(self) -> None:
        """While a turn lasts, let all others see the table as it was when it began.

        What the white cell does meanwhile they see at once, and with it what the turn has brought so far.
        """
        beats = self.table.beats
        if self._still is None or not to_be_prepared(self.table.game.state):
            self._still = None
        elif len(beats) < self._still[1] or any(beat.by == WHITE for beat in beats[self._still[1] :]):
            self._still = self.table.game, len(beats)

    def _as_seen(self, seat: str | None) -> tuple[View, Sequence[Beat]]:
        """Return what a seat sees, and the line of moves up to which it does."""
        table = self.table
        if self._ended is not None and seat == self._ended[0]:
            _seat, game, beats = self._ended
            return game.view(seat), table.beats[:beats]
        if self._still is None or seat == table.game.to_act or table.over:
            return table.view(seat), table.beats
        game, beats = self._still
        return game.view(seat), table.beats[:beats]

    def _note_turn(self) -> None:
        """When another decision has come, lay what was prepared for it."""
        table = self.table
        now = (decision(table.game), table.beats[0].id if table.beats else 0, table.open_for_talk)
        if now == self._decision:
            return
        self._decision, self._began, self._ending = now, self.steady(), None
        self._still = table.game, len(table.beats)
        if self._talked and not table.open_for_talk:
            self._talked.clear()
            self._keep()
        self._confirms.clear()
        seat = table.seat_to_play
        if seat is None or table.open_for_talk or table.game.state.stack or table.paused:
            return
        view, line = self._as_seen(seat)
        draft = self._drafts.pop(seat, None)
        if seat in self._recalled:  # the host died before it could lay it, or lay all of it
            made = {beat.move for beat in line if (beat.round, beat.phase) == turn_of(view)}
            moves = tuple(move for move in self._recalled.pop(seat).moves if move not in made)
            draft = Draft(view, Recalled(moves), len(self._told_by(seat, line)))
        if draft is None or draft.turn != turn_of(view) or draft.game.to_act != seat:
            return
        refused = lay(draft.moves, table.play)
        laid = len(refused) < len(draft.moves)
        self._confirms[seat] = Confirm(laid, (*draft.dropped, *refused), self._since(seat, draft))
        self._keep()

    def _since(self, seat: str, draft: Draft) -> tuple[Event, ...]:
        beats = self._told_by(seat, self.table.beats)[draft.told :]
        own = (event for beat in beats if not (beat.move and beat.move.seat == seat) for event in beat.events)
        return tuple(event for event in own if not isinstance(event, PhaseBegan))

    def _end_turn(self) -> None:
        if self._ending is None or self.held or self.table.paused or self.reads_on(self._began) > 0:
            return
        move, self._ending = self._ending, None
        if self.table.game.to_act == move.seat:
            self._ends_turn(move)
            self._note_turn()

    def _ends_turn(self, move: Move) -> Beat:
        game, beats = self.table.game, len(self.table.beats)
        beat = self.table.play(move)
        if not self.table.may_tell():
            self._ended = move.seat, game, beats
        return beat

    def _mind_drafts(self) -> None:
        """Let everybody who has a turn to come prepare it; what is of another turn is forgotten."""
        table = self.table
        changed = False
        for seat in table.people():
            view, line = self._as_seen(seat)
            draft = self._drafts.get(seat)
            waits = to_come(view) or (view.to_act == seat and table.open_for_talk)
            if not waits or (draft is not None and draft.turn != turn_of(view)):
                changed |= self._drafts.pop(seat, None) is not None
                draft = None
            if waits and draft is None:
                self._drafts[seat] = Draft(
                    view, self._recalled.pop(seat, NOTHING), len(self._told_by(seat, line))
                )
            elif draft is not None and draft.seen != view:
                draft.rebase(view)
        for seat in set(self._drafts) - set(table.people()):
            del self._drafts[seat]
        if changed:
            self._keep()

    def _keep(self) -> None:
        self.keep(dict(self._drafts), frozenset(self._talked))

    def _time_up(self, phase: str) -> None:
        """End what the time of a phase was for."""
        if phase == TALK:
            self.table.end_talk()
        elif self.table.seat_to_play is not None:
            self._ending = None
            self.table.time_up()
            self._note_turn()

    # --- bots --------------------------------------------------------------------------------------------

    def _bot_is_due(self) -> bool:
        table = self.table
        stands = table.paused or table.waits or table.over or table.open_for_talk or self.held
        return not stands and table.game.to_act is not None and table.seat_to_play is None

    async def _bot_moves(self) -> None:
        """Let a bot think in a thread; what it chose is forgotten if something else came meanwhile."""
        table = self.table
        game, beats = table.game, len(table.beats)
        chosen = await asyncio.to_thread(table.bot_choice)
        if chosen is not None and table.game is game and len(table.beats) == beats and not table.paused:
            seat = game.to_act
            assert seat is not None
            table.play(chosen.move, table.players[seat].kind, chosen.rationale)

    # --- for one viewer ----------------------------------------------------------------------------------

    def _told_by(self, seat: str | None, line: Sequence[Beat]) -> tuple[Beat, ...]:
        if seat not in self._told:
            self._told[seat] = Told(seat, self.table.scenario.seat_ids)
        return self._told[seat].follow(line)

    def is_turn_of(self, seat: str | None) -> bool:
        """Return whether this seat decides at the table itself now."""
        table = self.table
        return seat is not None and table.seat_to_play == seat and not table.open_for_talk

    def look(self, seat: str | None) -> Look:
        """Return what that seat may know, or the room (None); the same one as long as nothing changes."""
        seen, before = self._look(seat), self._looks.get(seat)
        if before is not None and seen._replace(game=before.game) == before:
            return before
        self._looks[seat] = seen._replace(game=self._game(seen))
        return self._looks[seat]

    def _look(self, seat: str | None) -> Look:
        """Return it with the true game, which is to be replaced."""
        table = self.table
        over = table.over and self._ended is None
        own = seat is not None and table.players[seat].kind == PERSON
        draft = self._drafts.get(seat) if seat is not None and own else None
        view, line = self._as_seen(seat)
        talks = table.open_for_talk and (seat is None or (own and seat not in self._talked))
        ends = seat in (self._ending.seat if self._ending else "", self._ended[0] if self._ended else "")
        return Look(
            view=view,
            beats=tuple(table.beats) if over else self._told_by(seat, line),
            lines=self._lines(seat, line),
            players=dict(table.players),
            paused=table.paused,
            held=self.held,
            talking=talks,
            others_talk=table.open_for_talk and not talks,
            done=ends or (draft is not None and draft.ready),
            draft=draft,
            laid=(draft.moves, draft.ready, tuple(draft.dropped)) if draft else (),
            confirms=self._confirms.get(seat) if seat is not None else None,
            press=table.press,
            messages=table.messages(seat),
            polls=table.polls(seat),
            called=any(one.seat == seat and one.calls for one in open_requests(table)),
            game=table.game,
        )

    def _lines(self, seat: str | None, line: Sequence[Beat]) -> tuple[Line, ...]:
        """Return the talk and what the seat itself has noted, each at the last move that it knows of.

        At which move a line truly stands tells how many moves others have made. Messages come by themselves.
        """
        table = self.table
        seen = table.journal.on({beat.id for beat in table.beats}).seen_by(seat, over=table.over)
        if table.over:
            return seen
        known = [beat.id for beat in self._told_by(seat, line)]
        at = (max((id_ for id_ in known if id_ <= one.about), default=0) for one in seen)
        placed = (one._replace(about=about) for one, about in zip(seen, at, strict=True))
        return tuple(one for one in placed if one.kind in NOTED)

    def _game(self, seen: Look) -> Game:
        """Return the game that this viewer's screens are given."""
        if seen.view.phase == "debrief":
            return self.table.game.clone()
        if seen.draft is not None and not seen.draft.ready:
            return seen.draft.game
        return imagined(seen.view)

    def play(self, seat: str, move: Move) -> Beat:
        """Make a seat's move at the table, or in its draft; the end of a turn comes when it may."""
        table = self.table
        if move.seat != seat:
            raise IllegalMove(NOT_YOURS)
        if self.is_turn_of(seat):
            if self.held and not to_be_prepared(table.game.state):
                raise IllegalMove(HELD)
            ends = isinstance(move, End) and to_be_prepared(table.game.state)
            if ends and (self.held or self.reads_on(self._began) > 0):
                self._ending = move
                self._woken.set()
                return self._unmade(move)
            return self._ends_turn(move) if isinstance(move, End) else table.play(move)
        draft = self._drafts.get(seat)
        if draft is None:
            raise IllegalMove(NOT_YET)
        laid = draft.play(move)
        self._keep()
        return self._unmade(move)._replace(events=laid.events)

    def _unmade(self, move: Move) -> Beat:
        state = self.table.game.state
        return Beat(-1, state.round, state.phase, move, PERSON, ())

    def undo(self, seat: str) -> Move:
        """Take back a seat's last move of its turn, or of its draft."""
        if self.is_turn_of(seat):
            return self.table.undo()
        draft = self._drafts.get(seat)
        if draft is None or draft.ready:
            raise IllegalMove("There is nothing to take back in this turn.")
        undone = draft.undo(self._as_seen(seat)[0])
        self._keep()
        return undone

    def can_undo(self, seat: str) -> bool:
        if self.is_turn_of(seat):
            return self.table.can_undo
        draft = self._drafts.get(seat)
        return draft is not None and bool(draft.laid)

    def reopen(self, seat: str) -> None:
        """Take up what a seat has said to be ready."""
        draft = self._drafts.get(seat)
        if draft is not None and draft.ready:
            draft.ready = False
            self._keep()
        elif self._ending is not None and self._ending.seat == seat:
            self._ending = None
        else:
            raise IllegalMove("There is no turn to take up again.")

    def end_talk(self, seat: str) -> None:
        """Note that a seat is done talking; when all people are, the talk ends."""
        if not self.table.open_for_talk:
            return
        self._talked.add(seat)
        self._keep()
        if self._talked >= set(self.table.people()):
            self.table.end_talk()
        self._woken.set()

    @property
    def waited_for(self) -> tuple[str, ...]:
        """Return whom the table waits for: the seat to act, or those who talk."""
        table = self.table
        if table.open_for_talk:
            return tuple(seat for seat in table.people() if seat not in self._talked)
        return (table.seat_to_play,) if table.seat_to_play else ()
