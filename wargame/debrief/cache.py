"""What playouts have found of a game's decisions, kept in a file beside the save, for they take minutes.

The file belongs to one set of moves, rules, bots, and to what a decision is; for any other, and when anything
in it is not as it was written, it counts as empty. Each finding says of how many playouts it is, and is not
taken where more are asked for. Notes in a save don't matter.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from wargame.debrief.decisions import MEANING, Moves
from wargame.debrief.story import Story
from wargame.errors import SaveError
from wargame.lab.intervals import Change, Share
from wargame.lab.kept import code_hash
from wargame.record import EXTENSION
from wargame.record.files import read_file
from wargame.rules.moves import Move
from wargame.table.engine import RULES_VERSION

VERSION = 2
ENDING = ".turning.json"
MOST_BYTES = 1 << 24
"""Bytes of findings that are read; no game has as many."""


class Finding(NamedTuple):
    """What playouts have found of a decision. Seats stand in the scenario's order; changes are in points.

    `playouts` is how many were asked for; `strong` are the turns of strong play, each with how often it came.
    `changes` are what was done against strong play, or else against `best`, or nothing (an act of the white
    cell); none if there was nothing else. `reached` are the shares of playouts that reached the line, with
    what was done and with what it is measured against. `best` is the alternative best for the seat itself of
    so many `ways`, `loss` what it is better by in points of that seat, `believed` the same in worlds that the
    seat could believe, which is asked of turning points only.
    """

    playouts: int
    strong: tuple[tuple[Moves, int], ...]
    ways: int = 0
    against_best: bool = False
    changes: tuple[Change, ...] = ()
    reached: tuple[tuple[Share, float], ...] = ()
    best: Moves | None = None
    loss: Change | None = None
    believed: Change | None = None


class Key(NamedTuple):
    """What a cache belongs to."""

    save: str
    rules: str
    meaning: int
    bots: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, story: Story, bots: Mapping[str, str]) -> Key:
        return cls(content_hash(story), rules_hash(), MEANING, tuple(sorted(bots.items())))


class Book:
    """Findings by the id of a decision. `path` is None for those that are not kept."""

    def __init__(self, key: Key, path: Path | None = None) -> None:
        self.key, self.path = key, path
        self.findings: dict[str, Finding] = {}

    def of(self, decision: str, playouts: int) -> Finding | None:
        """Return what at least so many playouts have found of a decision."""
        found = self.findings.get(decision)
        return found if found is not None and found.playouts >= playouts else None

    def write(self) -> None:
        """Put the book into its file, whole or not at all. A folder that can't be written is no failure."""
        if self.path is None:
            return
        body = {
            "key": self.key._asdict(),
            "findings": {decision: _packed(found) for decision, found in self.findings.items()},
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
    """Return the file of findings of a save."""
    return save.with_name(save.name.removesuffix(EXTENSION) + ENDING)


def read(path: Path, seats: int) -> Book | None:
    """Return the book in a file, for so many seats; None if there is none or it is not whole."""
    try:
        whole = json.loads(read_file(path, MOST_BYTES))
        found = whole["found"]
        if whole["version"] != VERSION or whole["check"] != _check(found):
            return None
        key = found["key"]
        bots = tuple((str(seat), str(name)) for seat, name in key["bots"])
        book = Book(Key(str(key["save"]), str(key["rules"]), int(key["meaning"]), bots), path)
        book.findings = {str(decision): _finding(part, seats) for decision, part in found["findings"].items()}
    except (SaveError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return book


def book_for(story: Story, bots: Mapping[str, str], *, keep: bool = True) -> Book:
    """Return the book of a game, with what was found before if that still holds."""
    key = Key.of(story, bots)
    path = beside(story.path) if keep and story.path is not None else None
    old = read(path, len(story.scenario.seat_ids)) if path is not None else None
    return old if old is not None and old.key == key else Book(key, path)


def _packed(found: Finding) -> dict[str, Any]:
    return {
        **found._asdict(),
        "strong": [[_plain(way), count] for way, count in found.strong],
        "best": None if found.best is None else _plain(found.best),
    }


def _plain(way: Moves) -> list[list[str | int]]:
    return [move.to_plain() for move in way]


def _finding(part: dict[str, Any], seats: int) -> Finding:
    changes = tuple(Change(*change) for change in part["changes"])
    reached = tuple((Share(*made), float(instead)) for made, instead in part["reached"])
    if len(changes) not in (0, seats) or len(reached) != len(changes):
        raise ValueError("not a finding of so many seats")
    best, loss, believed = part["best"], part["loss"], part["believed"]
    return Finding(
        int(part["playouts"]),
        tuple((_way(way), int(count)) for way, count in part["strong"]),
        int(part["ways"]),
        bool(part["against_best"]),
        changes,
        reached,
        None if best is None else _way(best),
        None if loss is None else Change(*loss),
        None if believed is None else Change(*believed),
    )


def _way(plain: list[list[str | int]]) -> Moves:
    return tuple(Move.from_plain(move) for move in plain)


def _check(found: object) -> str:
    return _hash(json.dumps(found, sort_keys=True, separators=(",", ":")))


def _hash(*parts: str) -> str:
    whole = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode()
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def content_hash(story: Story) -> str:
    """Return the hash of what was played: scenario, seed, length, and every move with its luck and state."""
    header, tree = story.header, story.tree
    moves = [
        [move.id, move.parent, list(move.move), tree.luck_of(move.id), move.hash.hex()] for move in tree.moves
    ]
    return _hash(json.dumps([header.scenario_hash, header.seed, header.rounds, moves], default=str))


def rules_hash() -> str:
    """Return the hash of the rules and bots of this program, by their own text."""
    return _hash(RULES_VERSION, code_hash("rules", "bots"))
