"""An offer round by round: what a seat's own stores would be if all is delivered as promised.

Only the seat's own goods, its factories and the trust it can see go into it; the other side's stores are
not its to know.
"""

from __future__ import annotations

from typing import NamedTuple

from wargame.rules.scenario import OfferMove, due, terms
from wargame.rules.view import View


class Line(NamedTuple):
    """A good (or the ladder's track) now and after each round. Below 0: so many are missing."""

    name: str
    now: int
    after: tuple[int, ...]

    @property
    def short(self) -> int:
        """The first round of delivery (1 …) in which something is missing; 0 if none."""
        return next((at for at, count in enumerate(self.after, 1) if count < 0), 0)


def stores(view: View, offer: OfferMove) -> list[Line]:
    """One line for each own good that the offer moves."""
    seat = offer.move.seat
    give = terms(offer.template, offer.size, seat, offer.more)
    take = terms(offer.template, offer.size, offer.other, offer.more)
    own, first = view.goods[seat], offer.template.first
    goods = [good for good in (*give, *take) if good in own or good in give]
    giving, taking = (_when(offer, not first or side == first) for side in (seat, offer.other))
    return [
        _good(
            view,
            seat,
            good,
            [
                (give.get(good, 0) * now, take.get(good, 0) * then)
                for now, then in zip(giving, taking, strict=True)
            ],
        )
        for good in goods
    ]


def _when(offer: OfferMove, at_once: bool) -> list[bool]:
    """In which rounds a side hands over: from now on, or from one later where the other gives first."""
    rounds = [True] * offer.rounds
    if not offer.template.first:
        return rounds
    return [*rounds, False] if at_once else [False, *rounds]


def _good(view: View, seat: str, good: str, moved: list[tuple[int, int]]) -> Line:
    spec = view.scenario.goods[good]
    stock = view.scenario.seats[seat].goods.get(good)
    each, cap = stock.each if stock else 0, spec.cap
    now = held = view.goods[seat].get(good, 0)
    after = []
    for give, take in moved:
        wanted = give + owed(view, seat, good)
        held += made(view, seat, good, wanted - held) - wanted
        after.append(held)
        held = min(max(held, 0) + take + each, cap)
        if after[-1] >= 0:
            after[-1] = held
    return Line(good, now, tuple(after))


def owed(view: View, seat: str, good: str) -> int:
    """What running deals already take of that good each round."""
    running = [deal for deal in view.deals if deal.status == "running" and seat in (deal.a, deal.b)]
    return sum(due(view.scenario.deals[deal.template], deal, seat).get(good, 0) for deal in running)


def made(view: View, seat: str, good: str, lacking: int) -> int:
    """How many lots of what is lacking the seat's factories can make in a round, as their inputs stand."""
    each = view.scenario.goods[good].output
    if not each or lacking <= 0:
        return 0
    return min(lacking, units(view, seat) // each)


def units(view: View, seat: str) -> int:
    """What the seat's factories can make in a round."""
    held = view.goods[seat]
    return sum(
        min(made.capacity, *(held.get(good, 0) for good in made.inputs))
        for made in view.scenario.spec.production
        if made.seat == seat
    )


def trust(view: View, offer: OfferMove, short: int) -> Line | None:
    """The ladder's track if the offer is kept, or falls short from that round on."""
    ladder = view.scenario.spec.ladder
    if ladder is None or not offer.template.rung or ladder.track not in view.tracks:
        return None
    most = view.scenario.tracks[ladder.track].most
    now = value = view.tracks[ladder.track]
    after = []
    for at, counts in enumerate(_when(offer, not offer.template.first), 1):
        by = ladder.short if short and at >= short else ladder.full
        value = min(max(value + by * counts, 0), most)
        after.append(value)
    return Line(ladder.track, now, tuple(after))
