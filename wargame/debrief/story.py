"""A saved game looked back on: every position of every line, who made it so, and what each seat saw.

Opened read-only and replayed once; all states are kept, for they share what did not change, so any position
is there at once. Under other rules than those that played it, a game is replayed as far as the recorded
hashes agree and otherwise known by its snapshots; such a moment is not `exact`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from wargame.counting import several
from wargame.errors import DamagedSave, NotASave
from wargame.record import (
    ROOT,
    Engine,
    Header,
    Plain,
    Played,
    Remark,
    Save,
    Sitting,
    Snapshot,
    Span,
    Tree,
    Work,
    again,
    sittings,
    spent,
)
from wargame.record.records import Head, Unknown
from wargame.record.replay import recorded
from wargame.record.shapes import OPENED
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import WHITE, Move
from wargame.rules.scenario import Scenario
from wargame.rules.state import State
from wargame.table.engine import ENGINE, PERSON, written
from wargame.table.journal import OF_THE_MOMENT, SECRET, line_of
from wargame.table.timers import TIMER

WHITE_CELL = "white cell"
BOT = "bot"
MAKERS = {PERSON: PERSON, TIMER: TIMER, WHITE: WHITE_CELL}
"""What a save calls who made a move → what the debrief calls it; all others are bots."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A position of the game: the move that led to it (none at the start), and what came of it.

    `id` is the move's number in the save, 0 at the start. `round` and `phase` are those in which the move was
    made, `time` is in ms since 1970 UTC (0: not known), `who` the facilitator's name in what the white cell
    does. `state` is the whole truth after it; where `exact` is false it is that of the last position that
    could be made again, and `events` are not known.
    """

    id: int
    parent: int
    depth: int
    round: int
    phase: str
    time: int
    by: str
    plain: tuple[Plain, ...]
    move: Move | None
    rationale: str
    events: tuple[Event, ...] = field(repr=False)
    state: State = field(repr=False)
    exact: bool = True
    luck: int = 0
    who: str = ""

    @property
    def seat(self) -> str:
        """Return whose move it was; "" at the start and for the white cell."""
        return self.move.seat if self.move and self.move.seat in self.state.scenario.seats else ""

    @property
    def maker(self) -> str:
        """Return `person`, `bot`, `timer` (a seat's time was up), `white cell`; "" at the start."""
        return "" if self.id == ROOT else MAKERS.get(self.by, BOT)

    @property
    def over(self) -> bool:
        return self.state.phase == "debrief"


class Line(NamedTuple):
    """A way the game went: its last move, and how it relates to the line that is looked at.

    `number` counts from 1 in the order of last moves; `parted` is the last move it shares with the line
    looked at; `why` says how it was left (`undo`, `rewind`, `branch`; "" if it was not), `reason` and `who`
    why and by whom, where somebody said so.
    """

    number: int
    tip: int
    parted: int
    why: str
    moves: int
    finished: bool
    reason: str = ""
    who: str = ""


class Note(NamedTuple):
    """A record about a move that is no part of the game: its kind, its words, and its data as it was written.

    `seat` is whose it is or whom it is about ("" if no seat's), `by` who wrote it (`white` or a seat), `who`
    that person's name, `time` when in ms since 1970 (0: not known), `round` and `phase` of what it is about
    (0 and "": not known); `private` ones are the facilitator's alone, `public` ones were written before
    everybody. `text` is one string whatever the data looks like.
    """

    kind: str
    about: int
    seat: str
    text: str
    data: Plain
    by: str = WHITE
    who: str = ""
    time: int = 0
    private: bool = False
    round: int = 0
    phase: str = ""
    public: bool = False


class Back(NamedTuple):
    """The game was taken from one move to another, there to go on; `why` is `rewind` or `branch`.

    `earlier`: it went back on the line it was on. `reason`, `who` and `time` as the facilitator gave them.
    """

    why: str
    left: int
    move: int
    earlier: bool
    reason: str
    who: str
    time: int


class Story:
    """One saved game, ready to be looked at. `notice` is a sentence where something is not as it should be.

    `tip` is the last move of the line that is looked at, by default where the game stands.
    """

    def __init__(
        self,
        header: Header,
        scenario: Scenario,
        tree: Tree,
        moments: Mapping[int, Moment],
        *,
        name: str = "",
        path: Path | None = None,
        tip: int | None = None,
        notice: str | None = None,
    ) -> None:
        self.header, self.scenario, self.tree = header, scenario, tree
        self.name, self.path, self.notice = name, path, notice
        self._moments = moments
        self.tip = tree.tip if tip is None else tip
        self.line = self.line_to(self.tip)

    @classmethod
    def open(cls, path: Path, tip: int | None = None, engine: Engine[Scenario, Game] = ENGINE) -> Story:
        """Read a save and replay all of it; nothing is written. Raises `SaveError`.

        `tip` chooses another line; `DamagedSave` if the save has no such move.
        """
        with Save.open(path, write=False, rebuild=engine.rebuild) as save:
            tree, notice = save.tree, save.notice
            if tip is not None and tip not in tree:
                raise DamagedSave(f"{path.name} has no move {tip}; its last is {tree.next_id - 1}.")
            scenario = engine.load(tree.header)
            moments = _replay(tree, scenario)
            lost = sum(not moment.exact for moment in moments.values())
            if lost:
                said = (
                    f"{lost} of {several(len(moments) - 1, 'move')} can't be played again by these rules: "
                    "what is shown of them comes from the snapshots in the file."
                )
                notice = f"{notice} {said}" if notice else said
            return cls(
                tree.header, scenario, tree, moments, name=save.name, path=path, tip=tip, notice=notice
            )

    def along(self, tip: int) -> Story:
        """Return the same game, looked at along another line. `KeyError` if there is no such move."""
        return Story(
            self.header, self.scenario, self.tree, self._moments,
            name=self.name, path=self.path, tip=self.at(tip).id, notice=self.notice,
        )  # fmt: skip

    # --- positions -------------------------------------------------------------------------------------

    def at(self, move: int) -> Moment:
        """Return the position after that move, 0 for the start. `KeyError` if there is none."""
        return self._moments[move]

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Return every position of every line, the start first, in the order in which they were played."""
        return tuple(self._moments.values())

    @property
    def end(self) -> Moment:
        """Return the last position of the line."""
        return self.line[-1]

    @property
    def over(self) -> bool:
        return self.end.over

    def line_to(self, tip: int) -> tuple[Moment, ...]:
        """Return the positions from the start to that move."""
        found, at = [], self.at(tip)
        while at.id != ROOT:
            found.append(at)
            at = self.at(at.parent)
        return (at, *reversed(found))

    def before(self, moment: Moment) -> Moment:
        """Return the position in which a move was made."""
        return self.at(moment.parent)

    def lines(self) -> tuple[Line, ...]:
        """Return every line of the game, the one looked at among them."""
        mine = {moment.id for moment in self.line}
        parted: dict[int, int] = {}
        for moment in self.moments:
            parted[moment.id] = moment.id if moment.id in mine else parted[moment.parent]
        left = {tip: head for tip, head in _heads(self.tree) if head.move != tip}
        found = []
        for number, tip in enumerate(self.tree.lines(), 1):
            head, end = left.get(tip), self.at(tip)
            why, reason, who = (head.why, head.reason, head.who) if head else ("", "", "")
            found.append(Line(number, tip, parted[tip], why, end.depth, end.over, reason or "", who or ""))
        return tuple(found)

    def line_of(self) -> dict[int, int]:
        """Return by move the number of the first line that goes through it (0, the start, is on line 1)."""
        found: dict[int, int] = {ROOT: 1}
        for line in self.lines():
            at = line.tip
            while at not in found:
                found[at], at = line.number, self.at(at).parent
        return found

    def went_back(self) -> tuple[Back, ...]:
        """Return every time the facilitator took the game elsewhere, in order, be it undone later."""
        found = []
        for tip, head in _heads(self.tree):
            if head.why in ("rewind", "branch") and head.move != tip:
                earlier = head.move in {moment.id for moment in self.line_to(tip)}
                said = head.reason or "", head.who or "", head.time or 0
                found.append(Back(head.why, tip, head.move, earlier, *said))
        return tuple(found)

    # --- time ------------------------------------------------------------------------------------------

    @cached_property
    def _spent(self) -> dict[int, int]:
        return spent(self.tree.entries)

    def seconds(self, move: int) -> float | None:
        """Return how long a move took, in seconds of play; None where no sitting was recorded."""
        found = self._spent.get(move)
        return None if found is None else found / 1000

    def sittings(self) -> tuple[Span, ...]:
        """Return the sittings in which the game was played; none where they were not recorded."""
        return sittings(self.tree.entries)

    @cached_property
    def sitting_of(self) -> dict[int, int]:
        """Return by move the number of its sitting, from 1, where sittings were recorded."""
        found: dict[int, int] = {}
        number = 0
        for entry in self.tree.entries:
            number += isinstance(entry, Sitting) and entry.what == OPENED
            if isinstance(entry, Played) and number:
                found[entry.id] = number
        return found

    # --- who and what about ----------------------------------------------------------------------------

    def notes(self, *kinds: str) -> tuple[Note, ...]:
        """Return what was written down about moves of the line, or of those kinds, in the order written."""
        mine = {moment.id for moment in self.line}
        return tuple(n for n in self.all_notes() if n.about in mine and (not kinds or n.kind in kinds))

    def all_notes(self) -> Iterator[Note]:
        """Return what was written down about any move, in the order written.

        What a seat said in its turn is about the last move that was not undone then.
        """
        for entry in self.tree.entries:
            note = note_of(entry)
            if note is not None:
                at = note.about if note.about in self._moments else ROOT
                yield note._replace(about=self.tree.standing(at) if note.kind in OF_THE_MOMENT else at)

    def dated(self, note: Note) -> tuple[int, str]:
        """Return the round and phase that a note is about, as it says itself or as its move was made in."""
        moment = self.at(note.about)
        if note.round:
            return note.round, note.phase
        return (
            (moment.state.round, moment.state.phase)
            if note.kind in OF_THE_MOMENT
            else (moment.round, moment.phase)
        )


def note_of(entry: object) -> Note | None:
    """Return what a record says that is no part of the game; None for moves, snapshots, PINs and the like.

    A kind that this version does not know is read as far as it can be.
    """
    if isinstance(entry, Remark):
        line = line_of(entry)
        if line is None:
            hidden = entry.kind in SECRET or entry.data is None
            return None if hidden else Note(entry.kind, entry.about, "", spelt(entry.data), entry.data)
        own = {key: value for key, value in line.data.items() if key != "seat"}
        private = line.data.get("private") is True
        text = line.text or ("" if line.public else spelt(own))
        said = line.by, line.who, line.time, private, line.round, line.phase, line.public
        return Note(line.kind, line.about, line.seat, text, entry.data, *said)
    if isinstance(entry, Unknown):
        record = dict(entry.record)
        kind, about = str(record.pop("kind", "record")), record.pop("about", ROOT)
        seat = record.get("seat")
        return Note(
            kind,
            about if type(about) is int else ROOT,
            seat if isinstance(seat, str) else "",
            spelt({key: value for key, value in record.items() if key != "seat"}),
            record,
        )
    return None


def spelt(value: Plain) -> str:
    """Return plain data on one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return several(len(value), "byte")
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {spelt(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(spelt, value))
    return str(value)


def _heads(tree: Tree) -> Iterator[tuple[int, Head]]:
    """Yield every change of place, with the move at which the game stood before it."""
    tip = ROOT
    for entry in tree.entries:
        if isinstance(entry, Head):
            yield tip, entry
            tip = entry.move
        elif isinstance(entry, Played):
            tip = entry.id


# --- replaying -----------------------------------------------------------------------------------------


def _replay(tree: Tree, scenario: Scenario) -> dict[int, Moment]:
    kept = {entry.after: entry for entry in tree.entries if isinstance(entry, Snapshot)}
    moments = {ROOT: _opening(tree, scenario, kept.get(ROOT))}
    work = Work()
    for played in tree.moves:  # in the order played, so a parent always comes first
        moments[played.id] = _step(tree, moments[played.parent], played, kept.get(played.id), work)
    return moments


def _opening(tree: Tree, scenario: Scenario, kept: Snapshot | None) -> Moment:
    """Return the start as it was: dealt again, or from its snapshot where these rules deal otherwise."""
    state, events = _kept_state(tree, kept, scenario, Work()), cast("tuple[Event, ...]", ())
    try:
        game = ENGINE.begin(scenario, tree.header)
    except Exception as error:  # another version's game may fail in any way
        if state is None:
            raise DamagedSave(
                f"This version can't set up the game from the save's own scenario: {error}"
            ) from error
    else:
        if state is None or state == game.state:
            state, events = game.state, game.opening
    return Moment(ROOT, ROOT, 0, state.round, "briefing", 0, "", (), None, "", events, state)


def _step(tree: Tree, before: Moment, played: Played, kept: Snapshot | None, work: Work) -> Moment:
    state, events, exact, move = before.state, cast("tuple[Event, ...]", ()), False, None
    if before.exact:
        with suppress(DamagedSave):
            game, came = again(tree, ENGINE, Game(before.state), played, work)
            state, events, exact = game.state, tuple(came), True
    if not exact and (found := _kept_state(tree, kept, state.scenario.base, work)) is not None:
        state, exact = found, True
    with suppress(ValueError):  # a move of a later version
        move = cast("Move", ENGINE.read_move(played.move))
    return Moment(
        played.id, played.parent, before.depth + 1, before.state.round, before.state.phase, played.time,
        played.by, tuple(played.move), move, played.rationale or "", events, state, exact,
        tree.luck_of(played.id), played.who or "",
    )  # fmt: skip


def _kept_state(tree: Tree, kept: Snapshot | None, scenario: Scenario, work: Work) -> State | None:
    """Return the state in a snapshot, if it is of its move, sound, and there is work left to read it."""
    raw = recorded(tree, kept) if kept is not None else None
    if raw is None:
        return None
    try:
        work.take(len(raw))
        state = ENGINE.read_state(raw, scenario).state
        if state.scenario is not scenario:
            work.take(written(scenario))
    except (DamagedSave, NotASave):
        return None
    return state
