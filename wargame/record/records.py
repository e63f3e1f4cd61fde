"""What the frames of a save say: one class a kind of record, each to plain data and strictly back.

`parse` refuses wrong types with `Malformed`. It ignores fields it does not know and keeps records of kinds
it does not know, so that a save from a slightly newer version still opens.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias

from wargame.record.plain import Malformed, Plain, Record, decode, encode, take

NOTES = frozenset({"note", "tag", "mark", "bookmark", "talk", "rationale", "prediction"})
REMARKS = NOTES | {"seat", "bots", "pause", "timer", "pin"}
REASONS = frozenset({"undo", "rewind", "branch", "resume"})
STATE_HASH = 8  # bytes
MAX_UNPACKED = 1 << 24  # bytes of scenario text or of one state, against bombs


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
        """A header with the scenario's files (name → text) compressed into it."""
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
        seats = take(record, "seats", dict)
        return cls(
            rules=take(record, "rules", str),
            app=take(record, "app", str),
            created=take(record, "created", str),
            scenario=take(record, "scenario", str),
            title=take(record, "title", str),
            scenario_hash=take(record, "scenario_hash", str),
            packed_texts=take(record, "texts", bytes),
            seed=take(record, "seed", int),
            rounds=take(record, "rounds", int),
            seats={seat: _player(who) for seat, who in seats.items()},
            exercise=None if record.get("exercise") is None else take(record, "exercise", str),
            options=take(record, "options", dict),
        )


@dataclass(frozen=True, slots=True)
class Played:
    """One move: `id` counts from 1, `parent` is the move before it, `time` is ms since 1970 UTC.

    Parent 0 is the start. `move` is the rules' own plain form, `by` the kind of player, `hash` that of the
    state after it. `who` is the facilitator's name, in the white cell's moves.
    """

    id: int
    parent: int
    move: list[Plain]
    time: int
    by: str
    hash: bytes
    rationale: str | None = None
    who: str | None = None

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
        return record | _said(rationale=self.rationale, who=self.who)

    @classmethod
    def from_plain(cls, record: Record) -> Played:
        hash_ = take(record, "hash", bytes)
        if len(hash_) != STATE_HASH:
            raise Malformed(f"its state hash has {len(hash_)} bytes, not {STATE_HASH}")
        return cls(
            id=take(record, "id", int),
            parent=take(record, "parent", int),
            move=take(record, "move", list),
            time=take(record, "time", int),
            by=take(record, "by", str),
            hash=hash_,
            rationale=_maybe(record, "rationale"),
            who=_maybe(record, "who"),
        )


@dataclass(frozen=True, slots=True)
class Head:
    """From here on the game goes on after `move`, under this luck; `why` is one of `REASONS`.

    The facilitator's heads also have a `reason` in words, `who` gave it, and the `time` in ms since 1970 UTC.
    """

    move: int
    why: str
    luck: int
    reason: str | None = None
    who: str | None = None
    time: int | None = None

    def to_plain(self) -> Record:
        record: Record = {"kind": "head", "move": self.move, "why": self.why, "luck": self.luck}
        return record | _said(reason=self.reason, who=self.who, time=self.time)

    @classmethod
    def from_plain(cls, record: Record) -> Head:
        why, luck = take(record, "why", str), take(record, "luck", int)
        if why not in REASONS:
            raise Malformed(f"its reason {why!r} is none of {', '.join(sorted(REASONS))}")
        if luck < 0:
            raise Malformed(f"its luck is {luck}, below zero")
        time = None if record.get("time") is None else take(record, "time", int)
        return cls(
            take(record, "move", int), why, luck, _maybe(record, "reason"), _maybe(record, "who"), time
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """What is no part of the game but about a move: `kind` is one of `REMARKS`, `data` its own."""

    kind: str
    about: int
    data: Plain

    def to_plain(self) -> Record:
        return {"kind": self.kind, "about": self.about, "data": self.data}

    @classmethod
    def from_plain(cls, record: Record) -> Remark:
        if "data" not in record:
            raise Malformed("its field 'data' is missing")
        return cls(take(record, "kind", str), take(record, "about", int), record["data"])


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
        return _inflate(self.packed_state)

    def to_plain(self) -> Record:
        return {"kind": "snapshot", "after": self.after, "round": self.round, "state": self.packed_state}

    @classmethod
    def from_plain(cls, record: Record) -> Snapshot:
        return cls(take(record, "after", int), take(record, "round", int), take(record, "state", bytes))


@dataclass(frozen=True, slots=True)
class End:
    """The game is over after this move, with this result (scores and the like, as the table wrote them)."""

    after: int
    result: Plain

    def to_plain(self) -> Record:
        return {"kind": "end", "after": self.after, "result": self.result}

    @classmethod
    def from_plain(cls, record: Record) -> End:
        return cls(take(record, "after", int), record.get("result"))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A record of a kind that only a newer version knows; kept, and otherwise ignored."""

    record: Record

    def to_plain(self) -> Record:
        return self.record


Entry: TypeAlias = Header | Played | Head | Remark | Snapshot | End | Unknown

_KINDS: dict[str, Callable[[Record], Entry]] = {
    "header": Header.from_plain,
    "move": Played.from_plain,
    "head": Head.from_plain,
    "snapshot": Snapshot.from_plain,
    "end": End.from_plain,
    **dict.fromkeys(REMARKS, Remark.from_plain),
}


def parse(payload: bytes) -> Entry:
    """The record in a frame's payload. Raises `Malformed`."""
    record = decode(payload)
    read = _KINDS.get(take(record, "kind", str))
    return read(record) if read else Unknown(record)


def state_hash(state: bytes) -> bytes:
    """What a move record keeps of the state after it."""
    return blake2b(state, digest_size=STATE_HASH).digest()


def pack_texts(texts: Mapping[str, str]) -> bytes:
    """The files of a scenario in one compressed piece; as bytes, for the loader judges their text."""
    return zlib.compress(encode({name: text.encode() for name, text in texts.items()}), 9)


def unpack_texts(packed: bytes) -> dict[str, str]:
    """The files that `pack_texts` packed, in their order. Raises `Malformed`."""
    files = decode(_inflate(packed))
    try:
        return {name: take(files, name, bytes).decode() for name in files}
    except UnicodeDecodeError as error:
        raise Malformed("a file of its scenario is not UTF-8") from error


def _player(who: Plain) -> Player:
    if type(who) is not dict:
        raise Malformed("one of its seats is no mapping")
    return Player(take(who, "player", str), take(who, "name", str))


def _said(**fields: Plain) -> Record:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}


def _maybe(record: Record, key: str) -> str | None:
    """The text of a field that may be missing or nil."""
    return None if record.get(key) is None else take(record, key, str)


def _inflate(packed: bytes) -> bytes:
    """Decompress, but never more than `MAX_UNPACKED` bytes. Raises `Malformed`."""
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, MAX_UNPACKED)
    except zlib.error as error:
        raise Malformed(f"its compressed part can't be read ({error})") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("its compressed part is too long or cut short")
    return data
