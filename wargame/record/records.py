"""What the frames of a save say: one class a kind of record, each to plain data and strictly back.

`parse` refuses with `Malformed` what is not as `shapes` has it. It ignores fields it does not know and keeps
records of kinds it does not know, so that a save from a slightly newer version still opens.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias

from wargame.record import shapes
from wargame.record.plain import Malformed, Plain, Record, decode, encode, measured, take
from wargame.record.shapes import MAX_STATE, MAX_TEXTS, REASONS, STATE_HASH, inflated

__all__ = ["REASONS", "REMARKS", "STATE_HASH"]

REMARKS = frozenset(shapes.DATA)


@dataclass(frozen=True, slots=True)
class Player:
    """Who decides for a seat: a kind ("person", "random", "greedy", …) and the name on the screen."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """The first record: all that a game starts from.

    `packed_texts` holds the scenario's own files; build a header with `Header.new` and read them as
    `texts`. `created` is UTC in ISO 8601, `rules` and `app` are versions, `exercise` is the text of an
    exercise file or None.
    """

    rules: str
    app: str
    created: str
    scenario: str
    title: str
    scenario_hash: str
    packed_texts: bytes = field(repr=False)
    seed: int
    rounds: int
    seats: Mapping[str, Player]
    exercise: str | None = None
    options: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def new(
        cls,
        *,
        rules: str,
        app: str,
        created: str,
        scenario: str,
        title: str,
        scenario_hash: str,
        texts: Mapping[str, str],
        seed: int,
        rounds: int,
        seats: Mapping[str, Player],
        exercise: str | None = None,
        options: Mapping[str, Plain] | None = None,
    ) -> Header:
        """Return a header with the scenario's files (name → text) compressed into it."""
        return cls(
            rules,
            app,
            created,
            scenario,
            title,
            scenario_hash,
            pack_texts(texts),
            seed,
            rounds,
            dict(seats),
            exercise,
            dict(options or {}),
        )

    @property
    def texts(self) -> dict[str, str]:
        """The scenario's files as they were, name → text, in their order. Raises `Malformed`."""
        return unpack_texts(self.packed_texts)

    def to_plain(self) -> Record:
        return {
            "kind": "header",
            "rules": self.rules,
            "app": self.app,
            "created": self.created,
            "scenario": self.scenario,
            "title": self.title,
            "scenario_hash": self.scenario_hash,
            "texts": self.packed_texts,
            "exercise": self.exercise,
            "seed": self.seed,
            "rounds": self.rounds,
            "options": dict(self.options),
            "seats": {seat: {"player": who.kind, "name": who.name} for seat, who in self.seats.items()},
        }

    @classmethod
    def from_plain(cls, record: Record) -> Header:
        found = shapes.checked("header", record)
        seats = {seat: Player(who["player"], who["name"]) for seat, who in found.pop("seats").items()}
        return cls(packed_texts=found.pop("texts"), seats=seats, **found)


@dataclass(frozen=True, slots=True)
class Played:
    """One move: `id` counts from 1, `parent` is the move before it, `time` is ms since 1970 UTC.

    Parent 0 is the start. `move` is the rules' own plain form, `by` the kind of player, `hash` that of the
    state after it. `who` is the facilitator's name, in the white cell's moves. `at` is how far into its
    sitting it was made, in ms of play, and `left` what was left then on the clock of a turn that goes on.
    """

    id: int
    parent: int
    move: list[Plain]
    time: int
    by: str
    hash: bytes
    rationale: str | None = None
    who: str | None = None
    at: int | None = None
    left: int | None = None

    def to_plain(self) -> Record:
        record: Record = {
            "kind": "move",
            "id": self.id,
            "parent": self.parent,
            "move": self.move,
            "time": self.time,
            "by": self.by,
            "hash": self.hash,
        }
        return record | _said(rationale=self.rationale, who=self.who, at=self.at, left=self.left)

    @classmethod
    def from_plain(cls, record: Record) -> Played:
        return cls(**shapes.checked("move", record))


@dataclass(frozen=True, slots=True)
class Head:
    """From here on the game goes on after `move`, under this luck; `why` is one of `REASONS`.

    The facilitator's heads also have a `reason` in words, `who` gave it, and the `time` in ms since 1970 UTC.
    `at` and `left` as in `Played`.
    """

    move: int
    why: str
    luck: int
    reason: str | None = None
    who: str | None = None
    time: int | None = None
    at: int | None = None
    left: int | None = None

    def to_plain(self) -> Record:
        record: Record = {"kind": "head", "move": self.move, "why": self.why, "luck": self.luck}
        return record | _said(reason=self.reason, who=self.who, time=self.time, at=self.at, left=self.left)

    @classmethod
    def from_plain(cls, record: Record) -> Head:
        return cls(**shapes.checked("head", record))


@dataclass(frozen=True, slots=True)
class Sitting:
    """People sit down to the game, or get up: `what` is `shapes.OPENED` or `CLOSED`.

    `time` is in ms since 1970 UTC. `at` is how long they have played, in ms that no change of the computer's
    clock and no pause counts in: 0 as they sit down. `left` is what is left on the turn's clock.
    """

    what: str
    time: int
    at: int
    left: int | None = None

    def to_plain(self) -> Record:
        record: Record = {"kind": "sitting", "what": self.what, "time": self.time, "at": self.at}
        return record | _said(left=self.left)

    @classmethod
    def from_plain(cls, record: Record) -> Sitting:
        return cls(**shapes.checked("sitting", record))


@dataclass(frozen=True, slots=True)
class Remark:
    """What is no part of the game but about a move: `kind` is one of `REMARKS`, `data` its own.

    `at` and `left` as in `Played`.
    """

    kind: str
    about: int
    data: Plain
    at: int | None = None
    left: int | None = None

    @property
    def fits(self) -> bool:
        """Whether the data is what its kind has; else nobody reads it."""
        return shapes.fits(self.kind, self.data)

    def to_plain(self) -> Record:
        record: Record = {"kind": self.kind, "about": self.about, "data": self.data}
        return record | _said(at=self.at, left=self.left)

    @classmethod
    def from_plain(cls, record: Record) -> Remark:
        kind = take(record, "kind", str)
        return cls(kind, **shapes.checked(kind, record))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state (`Game.to_bytes`, compressed) after a move, for when other rules can't replay it."""

    after: int
    round: int
    packed_state: bytes = field(repr=False)

    @classmethod
    def new(cls, after: int, round: int, state: bytes) -> Snapshot:
        return cls(after, round, zlib.compress(state, 9))

    @property
    def state(self) -> bytes:
        """The state as `Game.to_bytes` gave it. Raises `Malformed`."""
        return inflated(self.packed_state, MAX_STATE)

    def to_plain(self) -> Record:
        return {"kind": "snapshot", "after": self.after, "round": self.round, "state": self.packed_state}

    @classmethod
    def from_plain(cls, record: Record) -> Snapshot:
        found = shapes.checked("snapshot", record)
        return cls(packed_state=found.pop("state"), **found)


@dataclass(frozen=True, slots=True)
class End:
    """The game is over after this move, with this result (scores and the like, as the table wrote them)."""

    after: int
    result: Plain

    def to_plain(self) -> Record:
        return {"kind": "end", "after": self.after, "result": self.result}

    @classmethod
    def from_plain(cls, record: Record) -> End:
        return cls(**shapes.checked("end", record))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A record of a kind that only a newer version knows; kept, and otherwise ignored."""

    record: Record

    def to_plain(self) -> Record:
        return self.record


Entry: TypeAlias = Header | Played | Head | Sitting | Remark | Snapshot | End | Unknown

_KINDS: dict[str, Callable[[Record], Entry]] = {
    "header": Header.from_plain,
    "move": Played.from_plain,
    "head": Head.from_plain,
    "sitting": Sitting.from_plain,
    "snapshot": Snapshot.from_plain,
    "end": End.from_plain,
    **dict.fromkeys(REMARKS, Remark.from_plain),
}


def parse(payload: bytes) -> Entry:
    """Return the record in a frame's payload. Raises `Malformed`."""
    return sized(payload)[0]


def sized(payload: bytes) -> tuple[Entry, int]:
    """Return the record in a frame's payload, and how many values it holds. Raises `Malformed`."""
    record, size = measured(payload)
    read = _KINDS.get(take(record, "kind", str))
    return (read(record) if read else Unknown(record)), size


def state_hash(state: bytes) -> bytes:
    """Return what a move record keeps of the state after it."""
    return blake2b(state, digest_size=STATE_HASH).digest()


def pack_texts(texts: Mapping[str, str]) -> bytes:
    """Return the files of a scenario in one compressed piece; as bytes, for the loader judges their text.

    Raises `TooMuch` for more than a save may carry.
    """
    return zlib.compress(encode({name: text.encode() for name, text in texts.items()}), 9)


def unpack_texts(packed: bytes) -> dict[str, str]:
    """Return the files that `pack_texts` packed, in their order. Raises `Malformed`."""
    files = decode(inflated(packed, MAX_TEXTS))
    try:
        return {name: take(files, name, bytes).decode() for name in files}
    except UnicodeDecodeError as error:
        raise Malformed("a file of its scenario is not UTF-8") from error


def _said(**fields: Plain) -> Record:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}
