"""The tree of lines that a save's records make, and where the game stands in it.

Nothing is ever erased: undo, rewind and branch only move the tip, so every line ever played is still there.
Move 0 is the start of the game; each other move names its parent.

How long moves took comes from the steady clock of a sitting alone (`Played.at`), which stands still in a
pause: a night between two sittings counts for nothing, and no time is below zero. A sitting that was not
closed, because the plug was pulled, ends with the last thing that happened in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from wargame.record.plain import Malformed
from wargame.record.records import End, Entry, Head, Header, Played, Remark, Sitting, Snapshot, Unknown
from wargame.record.shapes import OPENED

ROOT = 0
MAX_SNAPSHOTS = 1 << 10  # whole states in one file; there is one a round


class Tree:
    """All records of one game. `header` is the first of them, `tip` the move after which the game goes on.

    `left` is what was left on the turn's clock when the last record was written, in ms; None if none ran.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: list[Entry] = []
        self._moves: list[Played] = []
        self._luck: list[int] = [0]  # by move id
        self._children: list[list[int]] = [[]]  # by move id
        self._snapshots = 0
        self._undone: set[int] = set()
        self.tip = ROOT
        self.luck = 0
        self.left: int | None = None
        for entry in entries:
            self.add(entry)

    @property
    def header(self) -> Header:
        """The first record. Raises `Malformed` when there is none."""
        if not self._entries or not isinstance(self._entries[0], Header):
            raise Malformed("the header is missing")
        return self._entries[0]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every record in the order it was written."""
        return tuple(self._entries)

    @property
    def moves(self) -> tuple[Played, ...]:
        """Every move of every line, in the order played."""
        return tuple(self._moves)

    @property
    def next_id(self) -> int:
        return len(self._moves) + 1

    def __contains__(self, move: object) -> bool:
        return isinstance(move, int) and 0 <= move <= len(self._moves)

    def __getitem__(self, move: int) -> Played:
        """Return the move with that id. Raises `KeyError`; the start, 0, is no move."""
        if move not in self or move == ROOT:
            raise KeyError(move)
        return self._moves[move - 1]

    def children(self, move: int) -> tuple[int, ...]:
        """Return the moves played after this one, in order; more than one where lines part."""
        return tuple(self._children[move])

    def line(self, tip: int | None = None) -> list[Played]:
        """Return the moves from the start to `tip` or to where the game stands. Raises `KeyError`."""
        at, line = self.tip if tip is None else tip, []
        while at != ROOT:
            line.append(self[at])
            at = line[-1].parent
        return line[::-1]

    def lines(self) -> tuple[int, ...]:
        """Return the last move of every line, in the order played; (0,) before the first move."""
        return tuple(move for move, after in enumerate(self._children) if not after)

    def luck_of(self, move: int) -> int:
        """Return the luck under which that move was played."""
        return self._luck[move]

    def luck_after(self, move: int, why: str) -> int:
        """Return the luck for going on after `move`: new for a rewind, kept for an undo, else the line's."""
        if why == "rewind":
            had = {0, *(entry.luck for entry in self._heads())}
            return next(luck for luck in count(1) if luck not in had)
        return self.luck if why == "undo" else self._luck[move]

    def standing(self, move: int) -> int:
        """Return that move, or the one before it that was not taken back within its turn.

        What a seat said in a turn stays when its moves are undone. `KeyError` if there is no such move.
        """
        while move in self._undone:
            move = self[move].parent
        return move

    @property
    def can_keep_snapshots(self) -> bool:
        """Whether there is room for one more."""
        return self._snapshots < MAX_SNAPSHOTS

    def remarks(self, kind: str | None = None, about: int | None = None) -> list[Remark]:
        """Return the notes, marks, pins, predictions and bookmarks, or those of a kind or about a move."""
        return [
            entry
            for entry in self._entries
            if isinstance(entry, Remark) and kind in (None, entry.kind) and about in (None, entry.about)
        ]

    def snapshots(self, tip: int | None = None) -> list[Snapshot]:
        """Return the snapshots along a line, first to last."""
        on_line = {ROOT, *(move.id for move in self.line(tip))}
        found = [e for e in self._entries if isinstance(e, Snapshot) and e.after in on_line]
        return sorted(found, key=lambda snapshot: snapshot.after)

    def end(self, tip: int | None = None) -> End | None:
        """Return the end record of a line whose last move finished the game, or None."""
        tip = self.tip if tip is None else tip
        ends = [entry for entry in self._entries if isinstance(entry, End) and entry.after == tip]
        return ends[-1] if ends else None

    def add(self, entry: Entry) -> None:
        """Take one more record in. Raises `Malformed`, and changes nothing, if it does not fit."""
        if isinstance(entry, Header) == bool(self._entries):
            raise Malformed("it is a second header" if self._entries else "it is not a header")
        if isinstance(entry, Played):
            self._add_move(entry)
        elif isinstance(entry, Head):
            self._known(entry.move)
            if entry.why == "undo" and self.tip != ROOT and self[self.tip].parent == entry.move:
                self._undone.add(self.tip)
            self.tip, self.luck, self.left = entry.move, entry.luck, entry.left
        elif isinstance(entry, Remark):
            self._known(entry.about)
        elif isinstance(entry, Snapshot | End):
            self._known(entry.after)
            if isinstance(entry, Snapshot):
                if not self.can_keep_snapshots:
                    raise Malformed(f"it is one more than {MAX_SNAPSHOTS} snapshots")
                self._snapshots += 1
        else:
            assert isinstance(entry, Header | Sitting | Unknown)
        if (isinstance(entry, Remark) and entry.at is not None) or (
            isinstance(entry, Sitting) and entry.what != OPENED
        ):
            self.left = entry.left
        self._entries.append(entry)

    def shrink(self, count: int) -> None:
        """Forget all records but the first `count`; for records that could not be written."""
        kept = self._entries[:count]
        self.__init__(kept)  # type: ignore[misc]

    def __len__(self) -> int:
        return len(self._entries)

    def _add_move(self, move: Played) -> None:
        if move.id != self.next_id:
            raise Malformed(f"it is move {move.id}, where move {self.next_id} belongs")
        self._known(move.parent)
        self._moves.append(move)
        self._luck.append(self.luck)
        self._children.append([])
        self._children[move.parent].append(move.id)
        self.tip, self.left = move.id, move.left

    def _known(self, move: int) -> None:
        if move not in self:
            raise Malformed(f"it refers to move {move}, which is not in the file before it")

    def _heads(self) -> Iterator[Head]:
        return (entry for entry in self._entries if isinstance(entry, Head))


class Span(NamedTuple):
    """A sitting: when it was opened and closed (ms since 1970 UTC; None: it broke off), and ms of play."""

    opened: int
    closed: int | None
    played: int


def sittings(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Return the sittings in the order of the records; none in a save from before sittings were recorded."""
    found: list[Span] = []
    for entry in entries:
        if isinstance(entry, Sitting) and entry.what == OPENED:
            found.append(Span(entry.time, None, 0))
        elif found and isinstance(entry, Sitting):
            last = found[-1]
            found[-1] = Span(last.opened, entry.time, max(last.played, entry.at))
        elif found and isinstance(entry, Played | Head | Remark) and entry.at is not None:
            found[-1] = found[-1]._replace(played=max(found[-1].played, entry.at))
    return tuple(found)


def spent(entries: Iterable[Entry]) -> dict[int, int]:
    """Move → ms of play since the move before it, or since the game was taken back to that one.

    What was undone in between counts, for it is part of the same decision. Moves from before sittings were
    recorded are left out.
    """
    found: dict[int, int] = {}
    reached = {ROOT: 0}  # move → ms of play in all sittings up to it
    before = now = back = 0
    sitting = False
    for entry in entries:
        if isinstance(entry, Sitting) and entry.what == OPENED:
            sitting, before = True, now
        elif sitting and isinstance(entry, Played | Head | Remark | Sitting) and entry.at is not None:
            now = max(now, before + entry.at)
        if isinstance(entry, Head) and entry.why != "undo":
            back = now
        elif isinstance(entry, Played) and sitting and entry.at is not None:
            reached[entry.id] = now
            found[entry.id] = now - max(reached.get(entry.parent, 0), back)
    return found
