"""What playouts have found, kept in a file beside the save, for they take minutes.

The file is named after the save and belongs to one set of moves, rules, bots and number of playouts; for any
other, and when anything in it is not as it was written, it counts as empty. Notes in a save don't matter.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from wargame.debrief.chance import Share
from wargame.debrief.playouts import Outcome
from wargame.debrief.story import Story
from wargame.errors import SaveError
from wargame.record import EXTENSION
from wargame.record.files import read_file
from wargame.rules.moves import Move
from wargame.table.engine import RULES_VERSION

VERSION = 1
ENDING = ".turning.json"
MOST_BYTES = 1 << 24
"""Bytes of findings that are read; no game has as many."""


class Ends(NamedTuple):
    """How the playouts of a position ended, one by one: bit n of a mask is set where seat n reached its line.

    `totals` are the sums of the scores, by seat.
    """

    masks: tuple[int, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(cls, outcomes: list[Outcome]) -> Ends:
        masks = tuple(sum(won << at for at, won in enumerate(one.won)) for one in outcomes)
        return cls(masks, tuple(map(sum, zip(*(one.scores for one in outcomes), strict=True))))

    def won(self, at: int) -> list[bool]:
        """Whether the seat at that place reached its line, playout by playout."""
        return [bool(mask >> at & 1) for mask in self.masks]

    def share(self, at: int) -> Share:
        return Share(sum(self.won(at)), len(self.masks))

    def mean(self, at: int) -> float:
        """The mean score of the seat at that place."""
        return self.totals[at] / len(self.masks)

    def __add__(self, other: Ends) -> Ends:  # type: ignore[override]
        totals = tuple(mine + theirs for mine, theirs in zip(self.totals, other.totals, strict=True))
        return Ends(self.masks + other.masks, totals)


class Best(NamedTuple):
    """The best alternative to a move: which, how its playouts ended, and among how many it was looked for."""

    move: Move
    ends: Ends
    considered: int


class Key(NamedTuple):
    """What a cache belongs to."""

    save: str
    rules: str
    playouts: int
    bots: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, story: Story, playouts: int, bots: Mapping[str, str]) -> Key:
        return cls(content_hash(story), rules_hash(), playouts, tuple(sorted(bots.items())))


class Book:
    """Findings by move: the position after it, the move itself with other dice, its best alternative.

    `path` is None for those that are not kept.
    """

    def __init__(self, key: Key, path: Path | None = None) -> None:
        self.key, self.path = key, path
        self.positions: dict[int, Ends] = {}
        self.made: dict[int, Ends] = {}
        self.best: dict[int, Best] = {}

    def write(self) -> None:
        """Put the book into its file, whole or not at all. A folder that can't be written is no failure."""
        if self.path is None:
            return
        body = {
            "key": self.key._asdict(),
            "positions": {str(move): _packed(ends) for move, ends in self.positions.items()},
            "made": {str(move): _packed(ends) for move, ends in self.made.items()},
            "best": {
                str(move): {"move": best.move.to_plain(), "of": best.considered, **_packed(best.ends)}
                for move, best in self.best.items()
            },
        }
        text = json.dumps({"version": VERSION, "check": _check(body), "found": body}, separators=(",", ":"))
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def beside(save: Path) -> Path:
    """The file of findings of a save."""
    return save.with_name(save.name.removesuffix(EXTENSION) + ENDING)


def read(path: Path, seats: int) -> Book | None:
    """The book in a file, for so many seats; None if there is none or it is not whole."""
    try:
        whole = json.loads(read_file(path, MOST_BYTES))
        found = whole["found"]
        if whole["version"] != VERSION or whole["check"] != _check(found):
            return None
        key = found["key"]
        bots = tuple((str(seat), str(name)) for seat, name in key["bots"])
        book = Book(Key(str(key["save"]), str(key["rules"]), int(key["playouts"]), bots), path)
        book.positions = {int(move): _ends(part, seats) for move, part in found["positions"].items()}
        book.made = {int(move): _ends(part, seats) for move, part in found["made"].items()}
        book.best = {
            int(move): Best(Move.from_plain(part["move"]), _ends(part, seats), int(part["of"]))
            for move, part in found["best"].items()
        }
    except (SaveError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return book


def book_for(story: Story, playouts: int, bots: Mapping[str, str], *, keep: bool = True) -> Book:
    """The book of a game, with what was found before if that still holds."""
    key = Key.of(story, playouts, bots)
    path = beside(story.path) if keep and story.path is not None else None
    old = read(path, len(story.scenario.seat_ids)) if path is not None else None
    return old if old is not None and old.key == key else Book(key, path)


def _packed(ends: Ends) -> dict[str, Any]:
    width = (len(ends.totals) + 3) // 4
    return {"won": "".join(f"{mask:0{width}x}" for mask in ends.masks), "scores": list(ends.totals)}


def _ends(part: dict[str, Any], seats: int) -> Ends:
    width, digits, totals = (seats + 3) // 4, str(part["won"]), tuple(map(int, part["scores"]))
    if not digits or len(digits) % width or len(totals) != seats:
        raise ValueError("not the playouts of so many seats")
    masks = (int(digits[at : at + width], 16) for at in range(0, len(digits), width))
    return Ends(tuple(masks), totals)


def _check(found: object) -> str:
    return _hash(json.dumps(found, sort_keys=True, separators=(",", ":")))


def _hash(*parts: str) -> str:
    whole = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode()
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def content_hash(story: Story) -> str:
    """The hash of what was played: scenario, seed, length, and every move with its luck and state."""
    header, tree = story.header, story.tree
    moves = [
        [move.id, move.parent, list(move.move), tree.luck_of(move.id), move.hash.hex()] for move in tree.moves
    ]
    return _hash(json.dumps([header.scenario_hash, header.seed, header.rounds, moves], default=str))


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """The hash of the rules and bots of this program, by their own text."""
    texts = [
        f"{name}\n{file.read_text(encoding='utf-8')}"
        for package in ("wargame.rules", "wargame.bots")
        for name, file in sorted(_modules(resources.files(package)))
    ]
    return _hash(RULES_VERSION, *texts)


def _modules(folder: Traversable, at: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _modules(item, f"{at}{item.name}/")
        elif item.name.endswith(".py"):
            yield f"{at}{item.name}", item
