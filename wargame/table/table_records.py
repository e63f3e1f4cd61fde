"""What a table keeps besides the moves: the journal, what an exercise asks, timers, PINs.

None of it changes the game. `Table` is built on this, so a screen finds all of it in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import NamedTuple

from wargame.content.exercise_check import LONGEST, TALK, Exercise, Messages, Question
from wargame.errors import CannotWrite, IllegalMove
from wargame.record import Plain, Player, Remark, Save, clean
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import WHITE, Move
from wargame.rules.spec import Text
from wargame.table.engine import PERSON
from wargame.table.journal import ESTIMATE, MESSAGE, Journal, Line
from wargame.table.pins import Pin, Tries, pinned, pins_of, to_plain
from wargame.table.press import (
    MOST_ANSWERS,
    Message,
    Poll,
    Postbox,
    addressed,
    answers_given,
    messages_of,
    polls_of,
    worded,
)
from wargame.table.timers import Limit, PlayClock, Timers

ORDERS = "orders"
"""The phase that a talk comes before."""

WITHOUT_PINS = "Opened without the PINs of the seats."
"""The note that the record keeps of it."""


class Beat(NamedTuple):
    """One move and what followed. `id` is the move's number in the save (0: the opening, no move).

    `by` is the kind of player that made it, `WHITE` for the facilitator's doing (then `rationale` is its
    reason and `who` the facilitator) or `TIMER`.
    """

    id: int
    round: int
    phase: str
    move: Move | None
    by: str
    events: tuple[Event, ...]
    rationale: str = ""
    who: str = ""


class Asked(NamedTuple):
    """What a seat is asked in a round: prompts for a rationale, and questions to predict."""

    rationale: tuple[Text, ...]
    questions: tuple[Question, ...]


def limits_of(exercise: Exercise | None) -> dict[str, Limit]:
    """Return the timers of an exercise by phase."""
    timers = exercise.timers if exercise else {}
    return {phase: Limit(timer.seconds, timer.warning) for phase, timer in timers.items()}


def messages_in(exercise: Exercise | None) -> Messages | None:
    """Return what messages an exercise lets seats write; None for none."""
    return exercise.messages if exercise else None


def decision(game: Game) -> tuple[object, ...]:
    """Return what tells one turn or decision from the next: a turn's moves do not change it."""
    state = game.state
    return state.round, state.phase, state.turn, state.to_act, len(state.stack)


def cleaned(value: Plain) -> Plain:
    """Return what people typed or pasted, without the characters a save refuses, all the way down."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): cleaned(part) for key, part in value.items()}
    return [cleaned(part) for part in value] if isinstance(value, list | tuple) else value


class TableRecords:
    """The part of a table that keeps what is no part of the game. `exercise` is None if none was prepared."""

    hosted: None = None
    """What is told besides where people have screens of their own: nothing, for they look at no table."""

    def __init__(
        self, game: Game, players: Mapping[str, Player], save: Save | None, exercise: Exercise | None
    ) -> None:
        self.game = game
        self.players = dict(players)
        self.save = save
        self.exercise = exercise
        self.beats: list[Beat] = []
        self.read_only = bool(save and save.read_only)
        self.clock = PlayClock()
        self.timers = Timers(limits_of(exercise), self.clock)
        self.press = messages_in(exercise)
        """What messages may be written at this table; None if none."""
        self._postbox = Postbox()
        self.paused = False
        self.journal = Journal(save.tree.remarks(), save.tree.standing) if save else Journal()
        self._timed: tuple[object, ...] = ()
        self._talking: float | None = None  # since when, on the clock
        self.tries = Tries()
        self._pins: dict[str, Pin] = {}
        self._open_doors: set[str] = set()
        self.version = 0
        """How often it has changed: moves, moves taken back, lines of the journal, seats, pauses."""
        self.notices: list[str] = []
        self._observers: list[Callable[[], object]] = []
        self._untold = False  # whether they are still to hear of a change, which is not on the medium yet

    # --- who looks on ----------------------------------------------------------------------------------

    def observe(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have `told` called after every change, in the thread that made it; return what ends that.

        Nothing is said of what has changed: whoever looks on reads a view of their own anew.
        """
        self._observers.append(told)
        return lambda: self._observers.remove(told)

    def changed(self) -> None:
        """Tell all who look on that something has changed, which must be on disk by now.

        Where a thread puts it there (`sync_late`) they are told as soon as it has.
        """
        self.version += 1
        if self.may_tell():
            self._tell()

    def may_tell(self) -> bool:
        """Return whether all is on the medium that others are to know; else they are told when it is."""
        self._untold = self.save is not None and not self.save.kept
        return not self._untold

    def _tell(self) -> None:
        self._untold = False
        for told in tuple(self._observers):
            told()

    def sync_late(self, soon: Callable[[Callable[[], object]], object]) -> None:
        """Let a thread put on the medium what is kept, so that nobody waits for it who only looks on.

        `soon` has something done in the table's own thread. While the medium refuses nobody is told.
        """
        if self.save is not None:
            self.save.sync_late(lambda: soon(self._tell_what_is_kept))

    def _tell_what_is_kept(self) -> None:
        assert self.save is not None
        if self._untold and self.save.kept:
            self._tell()

    # --- the sitting and its clocks --------------------------------------------------------------------

    def _sit_down(self) -> None:
        """Let a sitting begin, in which the clock of the turn under way stands where the last one left it."""
        if self.save is None or self.read_only:
            return
        left = self.save.tree.left
        if left is not None:
            talk = self.open_for_talk and self.timers.limit(TALK) is not None
            self._timed, phase = self._at_hand(TALK if talk else "")
            self.timers.take_up(phase, left / 1000)
        self.save.sit_down(self._played)

    def _played(self) -> tuple[int, int | None]:
        """How long this sitting has been played, and what is left on the turn's clock, in ms."""
        left = self.timers.left
        return int(self.clock() * 1000), None if left is None else int(left * 1000)

    def start_clock(self, phase: str = "") -> None:
        """Let the time of the decision under way run, from where it stood if it is the same one.

        With `TALK` that of the talk before the orders.
        """
        now, phase = self._at_hand(phase)
        if phase == TALK and self._talking is None:
            self._talking = self.clock()
        if now == self._timed and self.timers.left is not None:
            self.timers.go_on()
        else:
            self._timed = now
            self.timers.start(phase)

    def _at_hand(self, phase: str) -> tuple[tuple[object, ...], str]:
        """What tells the talk or decision at hand from the next, and the phase whose time it takes."""
        return (phase, *decision(self.game)), phase or self.game.state.phase

    @contextmanager
    def _clock_stopped(self) -> Iterator[None]:
        """Stop the countdown before something is written, so that nothing is left of it for what comes next.

        If it can't be written, the countdown stands where it stood.
        """
        phase, left = self.timers.phase, self.timers.left
        self.timers.stop()
        try:
            yield
        except CannotWrite:
            if left is not None:
                self.timers.take_up(phase, left)
            raise

    # --- the talk --------------------------------------------------------------------------------------

    def people(self) -> tuple[str, ...]:
        """Return the seats that people play."""
        return tuple(seat for seat in self.game.scenario.seat_ids if self.players[seat].kind == PERSON)

    @property
    def open_for_talk(self) -> bool:
        """Whether people may talk now: nobody has given orders yet, and the talk has not been ended.

        It is no phase of the rules: orders may begin all the same, and one person talks to nobody.
        """
        state = self.game.state
        if state.phase != ORDERS or state.turn or state.stack or len(self.people()) < 2 or self.read_only:
            return False
        since = list(takewhile(lambda beat: beat.move and beat.move.seat == WHITE, reversed(self.beats)))
        last = self.beats[-1 - len(since)]  # the start of the game is nobody's move
        if (last.round, last.phase) == (state.round, ORDERS) and last.move:
            return False
        about = {beat.id for beat in (*since, last)}
        return not any(line.about in about for line in self.journal.of("floor"))

    def end_talk(self) -> None:
        """End the talk of this round; the record keeps how long it was. Raises `CannotWrite`."""
        seconds = 0 if self._talking is None else int(self.clock() - self._talking)
        with self._clock_stopped():
            self.write("floor", seconds=min(seconds, LONGEST))
        self._talking = None

    def aside(self, asker: str, asked: Sequence[str], line: str = "") -> None:
        """Note at the open table who asked whom to step aside, and a line on it or "": all may read it.

        `IllegalMove` for a seat that asks nobody, or itself; `CannotWrite`.
        """
        known, whom = self.game.scenario.seat_ids, list(dict.fromkeys(asked))
        if asker not in known or not whom or not set(whom) <= set(known) - {asker}:
            raise IllegalMove("One seat asks another to step aside, or several.")
        self.write("talk", by=asker, asker=asker, between=[asker, *whom], agreed=line.strip())

    def asides(self) -> tuple[Line, ...]:
        """Return what side talk was noted at the open table this round, in order."""
        on = self._standing().of("talk")
        return tuple(line for line in on if line.public and line.round == self.game.state.round)

    # --- messages and polls ----------------------------------------------------------------------------

    def send(self, by: str, to: Sequence[str], text: str, who: str = "") -> None:
        """Write from a seat, or `WHITE`, to one of them, several or all others; it is a record and no move.

        `IllegalMove`, with one sentence, for what can't be sent or not now, or more than is let through of
        one sender; `CannotWrite`.
        """
        whom = addressed(by, to, self.game.scenario.seat_ids)
        if (why := self.why_not_write(by)) or self.press is None:
            raise IllegalMove(why)
        said = worded(text, self.press.characters, "message")
        name = who if by == WHITE else self.players[by].name
        self.write(MESSAGE, by=by, who=name, to=list(whom), text=said)
        self._postbox.sent(by, self.clock.steady())

    def why_not_write(self, by: str) -> str:
        """Return in a sentence why a seat, or `WHITE`, can send nothing now; "" if it can."""
        if self.press is None:
            return "No messages are written in this game; an exercise may allow them."
        if self.game.over:
            return "The game is over, and so are its messages."
        if self.paused and by != WHITE:
            return "The game is paused; only the white cell writes now."
        written = [line for line in self.journal.of(MESSAGE) if line.by == by]
        played, round_ = {beat.id for beat in self.beats}, self.game.state.round
        lately = sum(line.round == round_ and line.about in played for line in written)
        senders = len(self.game.scenario.seat_ids) + 1
        return self._postbox.refusal(by, self.clock.steady(), lately, len(written), self.press, senders)

    def messages(self, viewer: str | None) -> tuple[Message, ...]:
        """Return what a seat, the room (None) or `WHITE` may read of the messages, in order.

        Of the line that is played: what was written before a rewind is left behind with its moves.
        """
        lines = self._standing().seen_by(viewer, over=self.game.over)
        return messages_of(lines, self.game.scenario.seat_ids)

    def polls(self, viewer: str | None) -> tuple[Poll, ...]:
        """Return the polls of the line played, with the estimates that the viewer may read, as above."""
        lines = self._standing().seen_by(viewer, over=self.game.over)
        return polls_of(lines, self.game.scenario.seat_ids)

    def poll_open(self, viewer: str | None) -> Poll | None:
        """Return the poll that waits for estimates, with those the viewer may read; None if none waits."""
        last = (None, *self.polls(viewer))[-1]
        return None if last is None or last.closed or self.game.over else last

    def estimate(self, seat: str, percent: int) -> None:
        """Keep how likely a seat holds what the poll asks, 0 to 100; its last word counts.

        It is its secret until the end of the game. `IllegalMove`, `CannotWrite`.
        """
        poll = self.poll_open(seat)
        if poll is None:
            raise IllegalMove("No poll is open.")
        if seat not in self.players:
            raise IllegalMove(f"There is no seat `{seat:.40}`.")
        if type(percent) is not int or not 0 <= percent <= 100:
            raise IllegalMove(f"An estimate is 0 to 100 per cent, not {percent}.")
        if poll.estimates.get(seat) == percent:
            return
        if answers_given(self._standing().of(ESTIMATE), poll.number, seat) >= MOST_ANSWERS:
            raise IllegalMove(f"{MOST_ANSWERS} estimates are enough; the last one counts.")
        self.write(
            ESTIMATE, by=seat, who=self.players[seat].name, poll=poll.number, seat=seat, percent=percent
        )

    def _standing(self) -> Journal:
        """The journal of the line that is played."""
        return self.journal.on({beat.id for beat in self.beats})

    # --- timers ----------------------------------------------------------------------------------------

    def set_limit(self, phase: str, limit: Limit | None, who: str = "") -> None:
        """Limit turns in that phase from now on; None for as long as they like."""
        seconds, warning = limit or (0, 0)
        self.write("timer", who=who, timed=phase, seconds=seconds, warning=warning)
        self._limit(phase, limit)

    def _limit(self, phase: str, limit: Limit | None) -> None:
        self.timers.limits.pop(phase, None)
        if limit is not None:
            self.timers.limits[phase] = limit

    # --- the exercise ----------------------------------------------------------------------------------

    def asked(self, seat: str, *, answered: bool = False) -> Asked:
        """Return what the exercise still wants of a seat with its orders this round: reasons and predictions.

        After a rewind it wants them again. With `answered` also what it has been given, which may be changed.
        """
        plan, round_ = self.exercise, self.game.state.round
        if plan is None or self.game.over:
            return Asked((), ())
        reason, percents = ("", {}) if answered else self.answers(seat)
        made = set(percents)
        prompts = () if reason else plan.prompts_for(seat, round_)
        return Asked(
            tuple(prompt.text for prompt in prompts),
            tuple(one for one in plan.questions_for(seat, round_) if one.id not in made),
        )

    def answers(self, seat: str) -> tuple[str, dict[str, int]]:
        """Return a seat's reason this round ("": none), and question → what it held likely in per cent."""
        given, round_ = self._standing(), self.game.state.round
        made = [one for one in given.predictions() if (one.seat, one.round) == (seat, round_)]
        return given.rationale(seat, round_), {one.question: one.percent for one in made}

    def give_reason(self, seat: str, text: str) -> None:
        """Keep a seat's one-line rationale for its orders, the last one counts; its secret until the end."""
        self.write("rationale", by=seat, who=self.players[seat].name, seat=seat, text=text)

    def predict(self, seat: str, question: str, percent: int) -> None:
        """Keep how likely a seat holds something, 0 to 100; the last of a round counts, secret until the end.

        `IllegalMove` for a question that the exercise does not ask, or no per cent.
        """
        if self.exercise is None or question not in {one.id for one in self.exercise.questions}:
            raise IllegalMove(f"The exercise asks no question `{question:.40}`.")
        if not 0 <= percent <= 100:
            raise IllegalMove(f"A prediction is 0 to 100 per cent, not {percent}.")
        who = self.players[seat].name
        self.write("prediction", by=seat, who=who, seat=seat, question=question, percent=percent)

    def outcomes(self) -> dict[str, bool]:
        """Return question → whether it came about; empty while the game runs."""
        return self.exercise.outcomes(self.game.state) if self.exercise and self.game.over else {}

    # --- the journal -----------------------------------------------------------------------------------

    def write(
        self, kind: str, about: int | None = None, by: str = WHITE, who: str = "", **own: Plain
    ) -> None:
        """Write a line in the journal about a move (the last one); see `docs/save-format.md` for the kinds.

        Raises `CannotWrite`, and `IllegalMove` if there is no such move.
        """
        at = self.beats[-1].id if about is None else about
        if not (at in self.save.tree if self.save else 0 <= at <= self.beats[-1].id):
            raise IllegalMove(f"There is no move {at} to write about.")
        state = self.game.state
        when = (state.round, state.phase) if about is None else self._moment(at)
        now = self.save.clock() if self.save else 0
        common: dict[str, Plain] = {"round": when[0], "phase": when[1], "time": now, "by": by, "who": who}
        remark = Remark(kind, at, cleaned(common | own))
        if self.save is not None:
            self.save.append_remark(kind, remark.data, at)
        self.journal.add(remark)
        self.changed()

    def _moment(self, move: int) -> tuple[int, str]:
        """The round and phase in which a move was made, if it is on the line that is played."""
        found = next((beat for beat in reversed(self.beats) if beat.id == move), None)
        return (found.round, found.phase) if found else (0, "")

    # --- PINs ------------------------------------------------------------------------------------------

    def has_pin(self, seat: str) -> bool:
        """Return whether taking this seat asks for a PIN."""
        return seat in self._pins

    @property
    def opens_console(self) -> bool:
        """Return whether the facilitator's console may be opened, with or without a PIN.

        A facilitator has one or has said that none is wanted. Else only who sits here alone may open it, or
        anybody once the end has laid all secrets open.
        """
        return self.has_facilitator or self.game.over or len(self.people()) <= 1

    @property
    def has_facilitator(self) -> bool:
        """Return whether somebody has said with what PIN, or without one, the console is opened."""
        return WHITE in self._pins or WHITE in self._open_doors

    def set_pin(self, seat: str, pin: str) -> None:
        """Give a seat a PIN; an empty one takes it away.

        `ValueError` with a sentence if it can't be one (see `pins.refusal`), `CannotWrite`.
        """
        self._keep({seat: Pin.of(pin) if pin else None})

    def check_pin(self, seat: str, pin: str) -> bool:
        """Return whether this opens the seat; one without a PIN always opens.

        False while `pin_wait` is not 0.
        """
        if not self.has_pin(seat):
            return True
        if self.pin_wait(seat):
            return False
        right = self._pins[seat].fits(pin)
        (self.tries.right if right else self.tries.wrong)(seat)
        return right

    def pin_wait(self, seat: str) -> float:
        """Return the seconds until a PIN is heard again, after too many wrong ones; else 0."""
        return self.tries.wait(seat)

    def _keep(self, pins: Mapping[str, Pin | None]) -> None:
        for seat, pin in pins.items():
            if self.save is not None and not self.read_only:
                self.save.append_remark("pin", to_plain(seat, pin))
            self._pins.pop(seat, None)
            self._open_doors.add(seat)
            if pin is not None:
                self._open_doors.discard(seat)
                self._pins[seat] = pin

    def _recall_pins(self, wanted: bool) -> None:
        assert self.save is not None
        remarks = list(self.save.tree.remarks("pin"))
        kept = pins_of(remarks)
        self._open_doors = set(pinned(remarks)) - (set(kept) if wanted else set())
        if wanted:
            self._pins = kept
        elif kept and not self.read_only:
            self.save.append_remark("note", WITHOUT_PINS)
