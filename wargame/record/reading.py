"""A saved game read: the tree of its sensible records, what is wrong with it, and where the game stands.

Nothing here changes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wargame.counting import several
from wargame.errors import DamagedSave, WargameError
from wargame.record import frames
from wargame.record.files import read_file
from wargame.record.frames import Frame, Scan, Trouble
from wargame.record.plain import Malformed
from wargame.record.records import End, Entry, Header, Played, Snapshot, parse, sized
from wargame.record.tree import Tree

MAX_ITEMS = 1 << 19  # values in all records of one file; sixty a record

Rebuild = Callable[[bytes, Sequence[Played]], Header]
"""Makes the header anew from a state in the save and its moves. Raises `DamagedSave` if it can't."""


def read_tree(scan: Scan, path: Path, rebuild: Rebuild | None = None) -> tuple[Tree, Trouble | None]:
    """Return the tree of all sensible frames, and the first trouble.

    Raises `DamagedSave` without a header.
    """
    tree = Tree()
    trouble = _read_into(tree, scan.frames) or scan.trouble
    if not len(tree):
        why = trouble.why if trouble else "it has no frames"
        lost = DamagedSave(
            f"Nothing of the game in {path.name} can be read: {why}. Look for a copy of the file."
        )
        if rebuild is None or trouble is None:
            raise lost
        tree = _without_header(path, rebuild, lost)
        trouble = Trouble(frames.START, why, mendable=False)
    return tree, trouble


def _read_into(tree: Tree, found: Sequence[Frame]) -> Trouble | None:
    """Add the records of these frames to a tree, up to the first that makes no sense."""
    items = 0
    for frame in found:
        try:
            entry, size = sized(frame.payload)
            items += size
            if items > MAX_ITEMS:
                raise Malformed(f"with it the file holds more than {MAX_ITEMS} values")  # noqa: TRY301
            if isinstance(entry, Header):
                entry.texts  # noqa: B018  (raises when they can't be unpacked)
            tree.add(entry)
        except Malformed as error:
            return Trouble(frame.offset, f"frame {len(tree) + 1} makes no sense: {error}", mendable=False)
    return None


def _without_header(path: Path, rebuild: Rebuild, lost: DamagedSave) -> Tree:
    """The tree of the records behind a damaged header, which is made anew.

    Raises `lost` if there are none, and what `rebuild` raises.
    """
    raw = read_file(path)
    found = frames.scan(raw, path.name).frames or frames.past_the_first(raw).frames
    tree = Tree()
    if found and found[0].offset == frames.START:
        _read_into(tree, found)
        found = found[1:]
    if not len(tree):
        entries = [entry for frame in found if (entry := _sound(frame)) is not None]
        state = next((entry.state for entry in entries if isinstance(entry, Snapshot)), None)
        if state is None:
            raise lost
        tree.add(rebuild(state, [entry for entry in entries if isinstance(entry, Played)]))
        _read_into(tree, found)
    return tree


def _sound(frame: Frame) -> Entry | None:
    """The record in a frame, if it makes sense."""
    try:
        entry = parse(frame.payload)
        return entry if not isinstance(entry, Snapshot) or entry.state else None
    except Malformed:
        return None


def notice_of(path: Path, trouble: Trouble | None, write: bool) -> str | None:
    """Return what is said of a save that was not whole, opened to go on with (`write`) or only to be read."""
    if trouble is None:
        return None
    if trouble.offset == frames.START and not trouble.mendable:
        return (
            f"The first record of {path.name} is damaged ({trouble.why}), so the game opens read-only "
            "from the records behind it."
        )
    if not trouble.mendable:
        return (
            f"{path.name} is damaged at byte {trouble.offset}: {trouble.why}. "
            "It opens read-only up to there, and nothing in the file was changed."
        )
    if write:
        return (
            f"{path.name} was not whole at its end: {trouble.why}. "
            "The game goes on from the last whole record; the original is kept beside it, "
            "as a copy whose name ends in .torn and a number."
        )
    return f"{path.name} is not whole at its end: {trouble.why}. All before byte {trouble.offset} is read."


def day_of(seconds: float) -> str:
    """Return the day of a time on this machine's clock, in short: '29 Nov'."""
    return f"{datetime.fromtimestamp(seconds).astimezone():%d %b}".lstrip("0")


def minute_of(seconds: float) -> str:
    """Return a time on this machine's clock as people read it, to the minute."""
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Whole:
    """What a save says when read to its end: round reached, moves, how it ended, or what is wrong."""

    round: int = 0
    moves: int = 0
    finished: bool = False
    scores: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    outcome: str = ""

    def stands(self, rounds: int) -> str:
        """Say where the game stands, or how long it was; the header says of how many rounds it is."""
        if self.finished:
            return f"{several(rounds, 'round')}, {several(self.moves, 'move')}"
        return f"round {self.round} of {rounds}, move {self.moves}"


def read_whole(path: Path) -> Whole:
    """Read a save to its end without changing it. Never raises for what a file may hold."""
    try:
        tree, trouble = read_tree(frames.scan(read_file(path), path.name), path)
        ids = {played.id for played in tree.line()} | {0}
        round_ = max((e.round for e in tree.entries if isinstance(e, Snapshot) and e.after in ids), default=0)
        end = next((e for e in reversed(tree.entries) if isinstance(e, End) and e.after in ids), None)
        scores = _scores(end) if end else ()
        notice = notice_of(path, trouble, write=False) or ""
        return Whole(round_, len(ids) - 1, end is not None, scores, notice, _outcome(end) if end else "")
    except (WargameError, ValueError, OSError) as error:
        return Whole(problem=str(error))


def _outcome(end: End) -> str:
    found = end.result.get("outcome") if isinstance(end.result, dict) else None
    return found if isinstance(found, str) else ""


def _scores(end: End) -> tuple[tuple[str, int], ...]:
    found = end.result.get("scores") if isinstance(end.result, dict) else None
    items = found.items() if isinstance(found, dict) else ()
    return tuple((str(seat), score) for seat, score in items if isinstance(score, int))
