"""The seats along the foot of what is watched: scores that change with their causes as they happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from wargame.rules.events import TrackMoved
from wargame.tui.board.seats import SeatCard, Seats, score_bar
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    GOOD,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    stack,
    step,
)
from wargame.tui.watch.course import POINTS, RUIN, RUNG, ScoreMoved
from wargame.words import halves
from wargame.words.pages import watch as say
from wargame.words.texts import signless

SIDES = 4
ROOMY = 15


def by_how_much(by: int) -> Content:
    """▲3 or ▼2 of a score, which has a good side."""
    return put(step(by), f"bold {GOOD if by > 0 else BAD}") if by else put("")


def moved_scores(lens: Lens, scored: Mapping[str, int]) -> Content:
    """By how much each seat's score has moved, side by side: ◐AM ▲3   ◆BI ▼2."""
    moved = ((seat_badge(lens.scenario, seat), by) for seat, by in scored.items() if by)
    return put("   ").join(join((badge, " ", by_how_much(by))) for badge, by in moved)


def steps(event: TrackMoved) -> Content:
    """By how much a track has moved, where there is no room for more: ▲1."""
    return put(step(event.new - event.old), CHANGE)


def by_track(lens: Lens, moved: Sequence[ScoreMoved], width: int) -> list[Content]:
    """What changed a score, a line a track, the weightiest first."""
    lines = (join((fit(by_how_much(by), 4), put(name, DIM))) for name, by in weighed(lens, moved))
    return [fit(line, width) for line in lines]


def in_words(lens: Lens, moved: Sequence[ScoreMoved]) -> list[Content]:
    """The same side by side: ▲4 Millpond  ▼4 Harvest."""
    said = [join((by_how_much(by), put(f" {name}  ", DIM))) for name, by in weighed(lens, moved)]
    return said or [put("–", DIM)]


def weighed(lens: Lens, moved: Sequence[ScoreMoved]) -> list[tuple[str, int]]:
    """Return what changed a score, by the short names of tracks, the weightiest first."""
    sums: dict[str, int] = {}
    for one in moved:
        sums[one.track] = sums.get(one.track, 0) + one.by
    ordered = sorted(sums.items(), key=lambda item: -abs(item[1]))
    return [(short(lens, track), by) for track, by in ordered if by]


def short(lens: Lens, track: str) -> str:
    """A track by the name that fits a card."""
    if track in (RUIN, POINTS, RUNG):
        return {RUIN: say.RUINED, POINTS: say.POINTS, RUNG: say.RUNG}[track]
    return lens.words.track_in_short(track)


class ScoreCard(SeatCard):
    """A seat's score, how it has changed since the round began, and what the page has to say of it."""

    def tell(
        self,
        lens: Lens,
        by: int,
        notes: Sequence[Content],
        lit: bool,
        width: int,
        foot: str = "",
        brief: bool = False,
    ) -> None:
        """Show them, `brief` without the bar; `width` is the card's, `foot` stands in its lower edge."""
        shown = (self.seat, lens.score(self.seat), lens.line, by, tuple(notes), lit, width, foot, brief)
        if shown == self._shown:
            return
        self._shown = shown
        inner = max(width - SIDES, 8)
        self.head(lens.scenario, lens.words.heading(self.seat), lit, inner, foot)
        head = head_lines(lens, self.seat, by, inner)
        self.update(stack([*(head[:1] if brief else head), *notes]), layout=False)


def head_lines(lens: Lens, seat: str, by: int, width: int) -> list[Content]:
    """58 of 59  ▲1, and the bar below it."""
    score = lens.score(seat)
    moved = by_how_much(by)
    head = join((put(signless(score), "bold"), put(say.score_of(halves(lens.line)), DIM)))
    if seat in lens.view.ruined:
        head = join((put(signless(score), "bold"), put(f" {say.RUINED}", BAD)))
    first = join((fit(head, width - moved.cell_length), moved))
    return [first, score_bar(score, lens.line, width, seat_colour(lens.scenario, seat))]


def in_line(lens: Lens, scored: Mapping[str, int], width: int) -> Content:
    """All seats in one line, where there is no room for cards: ◐AM 47▼3."""
    cells = [
        join(
            (
                seat_badge(lens.scenario, seat),
                f" {signless(lens.score(seat))}",
                by_how_much(scored.get(seat, 0)),
            )
        )
        for seat in lens.view.order
    ]
    return fit(join((" ", put("  ").join(cells))), width)


class Scores(Seats):
    """All seats in the order of play, in so many columns."""

    card = ScoreCard

    def lay(self, columns: int, height: int) -> None:
        """Give the cards their places: so many side by side, each so many rows high."""
        rows = -(-len(self._seats) // columns)
        self.styles.grid_size_columns = columns
        self.styles.grid_size_rows = rows
        self.styles.height = rows * height
