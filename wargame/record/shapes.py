"""What each kind of record may hold: its fields, their types and ranges, in one table that every reader uses.

A save may come from anybody, with every checksum right. `checked` refuses a record that is not as the table
`RECORDS` has it. `fits` says so of the data of a remark (`DATA`): one of a strange shape harms no game, so it
is kept and read by nobody. Fields that are not in a table are those of a newer version and are passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from wargame.record.plain import Malformed, Plain, Record

Check: TypeAlias = Callable[[Plain], Any]
"""Returns the value that it was given. Raises `Malformed` with what is wrong with it."""

MAX_MOVES = 1 << 31
MOST_ROUNDS = 99
SEEDS = (1 << 63) - 1
MOST_LUCK = (1 << 32) - 1
LAST_MS = 253_402_300_799_999  # the end of the year 9999, in ms since 1970
MOST_SECONDS = 1_000_000
MOST_POLLS = 10_000
MOST_SEATS = 1_000
MAX_TEXTS = 1 << 20  # bytes of all files of a scenario, a little more than its folder may have
MAX_STATE = 1 << 18  # bytes of one state; one of honeymoon has 8,000
STATE_HASH = 8  # bytes

REASONS = frozenset({"undo", "rewind", "branch", "resume"})
"""Why the game went on elsewhere."""
OPENED, CLOSED = "opened", "closed"
"""What happened to a sitting."""


def inflated(packed: bytes, most: int) -> bytes:
    """Decompress, but never more than `most` bytes. Raises `Malformed`."""
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, most)
    except zlib.error as error:
        raise Malformed(f"its compressed part can't be read ({error})") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("its compressed part is too long or cut short")
    return data


# --- what a field may be -------------------------------------------------------------------------------


def _of(kind: type, value: Plain) -> Any:
    if type(value) is not kind:
        raise Malformed(f"is a {type(value).__name__}, not a {kind.__name__}")
    return value


def whole(most: int, least: int = 0) -> Check:
    """Return a number in a range; true and false are none."""

    def check(value: Plain) -> int:
        number: int = _of(int, value)
        if not least <= number <= most:
            raise Malformed(f"is {number}, not {least} to {most}")
        return number

    return check


def text(value: Plain) -> str:
    """Accept any text; `plain` has seen to it that it steers no terminal."""
    found: str = _of(str, value)
    return found


def flag(value: Plain) -> bool:
    found: bool = _of(bool, value)
    return found


def name(value: Plain) -> str:
    """Return an id, a kind of player or the like, of 1 to 1000 characters."""
    if not 1 <= len(text(value)) <= 1000:
        raise Malformed(f"has {len(text(value))} characters, not 1 to 1000")
    return text(value)


def moment(value: Plain) -> str:
    """Return a time in ISO 8601."""
    try:
        datetime.fromisoformat(text(value))
    except ValueError:
        raise Malformed("is no time in ISO 8601") from None
    return text(value)


def one_of(words: frozenset[str]) -> Check:
    def check(value: Plain) -> str:
        if text(value) not in words:
            raise Malformed(f"{value!r} is none of {', '.join(sorted(words))}")
        return text(value)

    return check


def raw(size: int | None = None) -> Check:
    """Accept bytes, or just so many."""

    def check(value: Plain) -> bytes:
        found: bytes = _of(bytes, value)
        if size not in (None, len(found)):
            raise Malformed(f"has {len(found)} bytes, not {size}")
        return found

    return check


def anything(value: Plain) -> Plain:
    return value


def row(value: Plain) -> list[Plain]:
    """Return a list of anything."""
    found: list[Plain] = _of(list, value)
    return found


def each(check: Check) -> Check:
    """Return a list of such."""

    def look(value: Plain) -> list[Plain]:
        return [check(part) for part in row(value)]

    return look


def by(key: Check, check: Check) -> Check:
    """Return a mapping from such to such."""

    def look(value: Plain) -> dict[str, Plain]:
        return {key(one): check(part) for one, part in _of(dict, value).items()}

    return look


def holding(checks: Mapping[str, Check]) -> Check:
    """Return a mapping with these fields, as in the tables, and whatever a newer version has besides."""

    def look(value: Plain) -> dict[str, Any]:
        return _fields(checks, _of(dict, value))

    return look


def _fields(checks: Mapping[str, Check], record: Record) -> dict[str, Any]:
    """The fields of a record that are in a table; one that may be missing is None then."""
    found: dict[str, Any] = {}
    for key, check in checks.items():
        field, value = key.removesuffix("?"), record.get(key.removesuffix("?"))
        if value is None and field != key:
            found[field] = None
            continue
        if field not in record:
            raise Malformed(f"its field {field!r} is missing")
        try:
            found[field] = check(value)
        except Malformed as error:
            said = str(error)
            raise Malformed(said if said.startswith("its ") else f"its field {field!r} {said}") from None
    return found


# --- the tables ----------------------------------------------------------------------------------------

A_MOVE = whole(MAX_MOVES)
A_TIME = whole(LAST_MS)
LEFT = whole(1000 * MOST_SECONDS)
SITTING: dict[str, Check] = {"at?": A_TIME, "left?": LEFT}
"""Where in its sitting a record was written, in ms of play, and what was left on the turn's clock."""

# A field whose name ends in ? may be missing or nil.
RECORDS: dict[str, dict[str, Check]] = {
    "header": {
        "rules": name,
        "app": text,
        "created": moment,
        "scenario": name,
        "title": text,
        "scenario_hash": text,
        "texts": raw(),
        "exercise?": text,
        "seed": whole(SEEDS),
        "rounds": whole(MOST_ROUNDS, least=1),
        "options": by(name, anything),
        "seats": by(name, holding({"player": name, "name": text})),
    },
    "move": {
        "id": whole(MAX_MOVES, least=1),
        "parent": A_MOVE,
        "move": row,
        "time": A_TIME,
        "by": name,
        "hash": raw(STATE_HASH),
        "rationale?": text,
        "who?": text,
        **SITTING,
    },
    "head": {
        "move": A_MOVE,
        "why": one_of(REASONS),
        "luck": whole(MOST_LUCK),
        "reason?": text,
        "who?": text,
        "time?": A_TIME,
        **SITTING,
    },
    "snapshot": {"after": A_MOVE, "round": whole(MOST_ROUNDS), "state": raw()},
    "end": {"after": A_MOVE, "result?": anything},
    "sitting": {"what": one_of(frozenset({OPENED, CLOSED})), "time": A_TIME, "at": A_TIME, "left?": LEFT},
}
REMARK: dict[str, Check] = {"about": A_MOVE, "data": anything, **SITTING}

COMMON: dict[str, Check] = {
    "round?": whole(MOST_ROUNDS),
    "phase?": text,
    "time?": A_TIME,
    "by?": text,
    "who?": text,
}
"""What the data of every kind has, but for what older versions wrote."""
ON: dict[str, Check] = {"on?": flag}

DATA: dict[str, dict[str, Check]] = {
    "note": {"text": text, "private?": flag},
    "tag": {"tag": name, **ON},
    "mark": ON,
    "bookmark": {"name": text, **ON},
    "talk": {"between": each(name), "agreed": text, "heard?": by(name, text), "asker?": name},
    "floor": {"seconds": whole(MOST_SECONDS)},
    "rationale": {"seat": name, "text": text},
    "prediction": {"seat": name, "question": name, "percent": whole(100)},
    "message": {"to": each(name), "text": text},
    "poll": {"poll": whole(MOST_POLLS, least=1), "text": text},
    "estimate": {"poll": whole(MOST_POLLS, least=1), "seat": name, "percent": whole(100)},
    "poll_closed": {
        "poll": whole(MOST_POLLS, least=1),
        "answers": whole(MOST_SEATS),
        "median?": whole(100),
        "low?": whole(100),
        "high?": whole(100),
    },
    "seat": {"seat": name, "player": name, "name": text, "what?": text, "reason?": text},
    "bots": {"until": whole(MOST_ROUNDS), "reason?": text},
    "pause": {"on": flag, "reason?": text},
    "timer": {"timed": name, "seconds": whole(MOST_SECONDS), "warning": whole(MOST_SECONDS)},
    "door": {"text": text},
    "request": {"seat": name, **ON},
    "pin": {"seat": name},
}
"""The data of each kind of remark; what a PIN can be checked with, `wargame.table.pins` looks at."""


def checked(kind: str, record: Record) -> dict[str, Any]:
    """Return the fields of a record of that kind that the tables name. Raises `Malformed`."""
    return _fields(REMARK if kind in DATA else RECORDS[kind], record)


def fits(kind: str, data: Plain) -> bool:
    """Return whether the data of a remark is what its kind has; a `note` may be its text alone."""
    if kind == "note" and type(data) is str:
        return True
    try:
        holding(COMMON | DATA[kind])(data)
    except Malformed:
        return False
    return True
