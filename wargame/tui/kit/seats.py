"""The seats in the order of play, with what is public of each."""

from __future__ import annotations

from textual.content import Content

from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import BAD, DIM, columns, join, put, seat_badge, seat_colour, wrapped
from wargame.words import halves
from wargame.words.pages import kit as say

SEAT_WIDTH = 11


def seat_lines(lens: Lens, next_seat: str | None = None) -> list[Content]:
    """Two lines: who plays in which order, and each seat's known score, influence and hand."""
    order = lens.view.order or lens.scenario.seat_ids
    top = [(put(say.IN_ORDER, DIM), 10)]
    low = [(put(say.reach(halves(lens.line)), DIM), 10)]
    for seat in order:
        mark = "▸" if seat == next_seat else " "
        ruined = put(f" {say.RUINED}", BAD) if seat in lens.view.ruined else put("")
        top.append((join((mark, seat_badge(lens.scenario, seat), ruined)), SEAT_WIDTH))
        facts = f" {lens.score(seat)} ¤{lens.view.influence[seat]} ▯{lens.view.hand_counts[seat]}"
        low.append((put(facts, seat_colour(lens.scenario, seat)), SEAT_WIDTH))
    return [columns(*top), columns(*low)]


def about_seat(lens: Lens, seat: str, width: int) -> list[Content]:
    """What is public of a seat, and what it wants and fears."""
    words, spec = lens.words, lens.scenario.seats[seat]
    influence, hand = lens.view.influence[seat], lens.view.hand_counts[seat]
    lines = [
        join(
            (
                seat_badge(lens.scenario, seat),
                put(f" {words.seat(seat)}", "bold"),
                put(f" · {words.capital(seat)}", DIM),
            )
        ),
        put(say.seat_stands(lens.score_said(seat), halves(lens.line), influence, hand)),
    ]
    for label, text in ((say.WANTS, spec.wants), (say.FEARS, spec.fears)):
        lines += wrapped(join((put(f"{label} ", DIM), put(words.said(text)))), width, indent=len(label) + 1)
    return lines
