"""PINs of seats: a courtesy lock on the hand-over, salted and hashed.

A PIN keeps a neighbour from taking the wrong seat, no more: whoever holds the file holds all secrets. It is
no part of the game, so it lives in `pin` records of the save and never in a state, an event or a log.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self, cast

from wargame.record import Plain, Remark
from wargame.record.plain import Record

LEAST, MOST = 4, 12
COST = 15
"""The binary logarithm of scrypt's n. With r = 8 and p = 1 a check takes 32 MB and a tenth of a second."""
MOST_COST = 17
"""Above this a record is not believed, for a save may come from a stranger."""
BLOCKS = 8  # scrypt's r
SALT, HASH = 16, 32  # bytes

FREE = 3
"""So many wrong tries before the first pause."""
LONGEST = 30  # seconds of a pause
FORGOTTEN = 900  # seconds


def refusal(typed: str) -> str | None:
    """Return why this can't be a PIN, in one sentence; None if it can."""
    plain = _plain(typed)
    if not plain.isalnum():
        return "A PIN is made of digits and letters only."
    if not LEAST <= len(plain) <= MOST:
        return f"A PIN has {LEAST} to {MOST} digits or letters, not {len(plain)}."
    return None


@dataclass(frozen=True, slots=True)
class Hashed:
    """What is kept of a secret: enough to recognise it, not enough to read it."""

    salt: bytes = field(repr=False)
    hash: bytes = field(repr=False)
    cost: int = COST

    @classmethod
    def of(cls, typed: str) -> Self:
        """Hash a new secret."""
        salt = secrets.token_bytes(SALT)
        return cls(salt, _hash(typed, salt, COST))

    @classmethod
    def kept(cls, salt: object, hash_: object, cost: object) -> Self | None:
        """Return what was kept of a secret; None if this is nothing that this version can check."""
        if type(salt) is not bytes or type(hash_) is not bytes or type(cost) is not int:
            return None
        return cls(salt, hash_, cost) if len(hash_) == HASH and 1 <= cost <= MOST_COST else None

    def fits(self, typed: str) -> bool:
        """Return whether this is the secret. Takes its time, always the same."""
        return hmac.compare_digest(self.hash, _hash(typed, self.salt, self.cost))


class Pin(Hashed):
    """What is kept of a PIN."""

    __slots__ = ()

    @classmethod
    def of(cls, typed: str) -> Self:
        """Hash a new PIN. Raises `ValueError` with the sentence of `refusal`."""
        why = refusal(typed)
        if why is not None:
            raise ValueError(why)
        return super().of(typed)


def to_plain(seat: str, pin: Pin | None) -> Record:
    """Return the data of a `pin` record; without a hash it takes the seat's PIN away."""
    if pin is None:
        return {"seat": seat, "hash": None}
    return {"seat": seat, "salt": pin.salt, "hash": pin.hash, "cost": pin.cost}


def pins_of(remarks: Iterable[Remark]) -> dict[str, Pin]:
    """Return the PIN of each seat that has one, from the `pin` records in the order they were written.

    The last record of a seat counts. One that this version can't check locks nobody out: it counts as none.
    """
    found: dict[str, Pin] = {}
    for remark in remarks:
        data = cast("dict[str, Plain]", remark.data) if type(remark.data) is dict else {}
        seat, pin = data.get("seat"), _from_plain(data)
        if isinstance(seat, str):
            found.pop(seat, None)
            found |= {seat: pin} if pin else {}
    return found


def pinned(remarks: Iterable[Remark]) -> Iterator[str]:
    """Yield every seat of which it was ever said that it has a PIN, or none."""
    for remark in remarks:
        if type(remark.data) is dict and isinstance(seat := remark.data.get("seat"), str):
            yield seat


def _from_plain(data: dict[str, Plain]) -> Pin | None:
    return Pin.kept(data.get("salt"), data.get("hash"), data.get("cost"))


def _plain(typed: str) -> str:
    """One form for what keyboards and input methods write in several."""
    return unicodedata.normalize("NFKC", typed)


def _hash(typed: str, salt: bytes, cost: int) -> bytes:
    n = 1 << cost
    return hashlib.scrypt(
        _plain(typed).encode("utf-8", "replace"),
        salt=salt, n=n, r=BLOCKS, p=1, maxmem=160 * BLOCKS * n + (1 << 20), dklen=HASH,
    )  # fmt: skip


class Tries:
    """Wrong tries, by seat (or login, or address): after the third a pause of 1 s before the next is heard,
    then 2, 4 … at most `longest`. A pause that ended `FORGOTTEN` seconds ago is forgotten with its tries.

    `clock` gives seconds that never run backwards.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, longest: float = LONGEST) -> None:
        self.clock, self.longest = clock, longest
        self._wrong: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def wait(self, seat: str) -> float:
        """Return the seconds until a try at that seat is heard; 0 when one is heard now."""
        return max(self._until.get(seat, self.clock()) - self.clock(), 0.0)

    def wrong(self, seat: str) -> None:
        """Note that a try has failed."""
        now = self.clock()
        for old in [one for one, until in self._until.items() if until + FORGOTTEN < now]:
            self.right(old)
        count = self._wrong[seat] = self._wrong.get(seat, 0) + 1
        pause = min(2 ** min(count - FREE, 30), self.longest) if count >= FREE else 0
        self._until[seat] = max(now, self._until.get(seat, now)) + pause

    def right(self, seat: str) -> None:
        """Forget what was tried at that seat: its person is there."""
        self._wrong.pop(seat, None)
        self._until.pop(seat, None)
