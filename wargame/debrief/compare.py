"""Two lines side by side: where they part, and what became of tracks and scores on each.

The lines may be of one save or of two, as long as the same scenario was played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wargame.debrief.charts import Table, score_table, track_table
from wargame.debrief.story import Moment, Story
from wargame.errors import SaveError
from wargame.rules.scoring import Line, final_scores


class Pair(NamedTuple):
    """A number on the one line and on the other; None where that line had ended by then."""

    one: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lines of a game.

    `common` counts the moves they share; `one_next` and `other_next` are the moves by which they part (None
    where a line ends there). `heads` are the rounds in which either was played and "end"; `tracks` and
    `scores` hold the numbers of both as those rounds began. `one_end` and `other_end` are the results.
    """

    common: int
    last: Moment
    one_next: Moment | None
    other_next: Moment | None
    heads: tuple[str, ...]
    tracks: dict[str, tuple[Pair, ...]]
    scores: dict[str, tuple[Pair, ...]]
    one_end: dict[str, Line]
    other_end: dict[str, Line]

    @property
    def parts(self) -> bool:
        """Whether they part at all."""
        return self.one_next is not None or self.other_next is not None


def compare(one: Story, other: Story) -> Comparison:
    """Lay two lines side by side. Raises `SaveError` for games of different scenarios."""
    if one.scenario.hash != other.scenario.hash:
        raise SaveError(
            f"{one.name} and {other.name} are games of different scenarios: they can't be compared."
        )
    common = _common(one.line, other.line)
    mine, theirs = track_table(one), track_table(other)
    heads = (*sorted({*mine.heads, *theirs.heads} - {"end"}, key=int), "end")
    return Comparison(
        common=common - 1,
        last=one.line[common - 1],
        one_next=_at(one.line, common),
        other_next=_at(other.line, common),
        heads=heads,
        tracks=_pairs(heads, mine, theirs),
        scores=_pairs(heads, score_table(one), score_table(other)),
        one_end=final_scores(one.end.state),
        other_end=final_scores(other.end.state),
    )


def _common(one: tuple[Moment, ...], other: tuple[Moment, ...]) -> int:
    """How many positions two lines have in common; at least the start, or they are different games."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine.plain != theirs.plain or mine.state != theirs.state:
            break
        count += 1
    if not count:
        raise SaveError("These games do not begin alike: they can't be compared.")
    return count


def _at(line: tuple[Moment, ...], place: int) -> Moment | None:
    return line[place] if place < len(line) else None


def _pairs(heads: tuple[str, ...], one: Table, other: Table) -> dict[str, tuple[Pair, ...]]:
    mine = {name: dict(zip(one.heads, row, strict=True)) for name, row in one.rows.items()}
    theirs = {name: dict(zip(other.heads, row, strict=True)) for name, row in other.rows.items()}
    return {name: tuple(Pair(mine[name].get(h), theirs[name].get(h)) for h in heads) for name in mine}
