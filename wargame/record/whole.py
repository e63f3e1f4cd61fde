"""Where a saved game stands, for the lists of them: the file is read to its end, and not changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wargame.counting import several
from wargame.errors import WargameError
from wargame.record import End, Save, Snapshot


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

    def stands(self, rounds: int) -> str:
        """Say where the game stands, or how long it was; the header says of how many rounds it is."""
        if self.finished:
            return f"{several(rounds, 'round')}, {several(self.moves, 'move')}"
        return f"round {self.round} of {rounds}, move {self.moves}"


def read_whole(path: Path) -> Whole:
    """Read a save to its end without changing it. Never raises for what a file may hold."""
    try:
        with Save.open(path, write=False) as save:
            tree = save.tree
            ids = {played.id for played in tree.line()} | {0}
            round_ = max(
                (e.round for e in tree.entries if isinstance(e, Snapshot) and e.after in ids), default=0
            )
            end = next((e for e in reversed(tree.entries) if isinstance(e, End) and e.after in ids), None)
            scores = _scores(end) if end else ()
            return Whole(round_, len(ids) - 1, end is not None, scores, save.notice or "")
    except (WargameError, ValueError, OSError) as error:
        return Whole(problem=str(error))


def _scores(end: End) -> tuple[tuple[str, int], ...]:
    found = end.result.get("scores") if isinstance(end.result, dict) else None
    items = found.items() if isinstance(found, dict) else ()
    return tuple((str(seat), score) for seat, score in items if isinstance(score, int))
