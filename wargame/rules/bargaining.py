"""What a deal may bring its sides: signed and kept, broken, or delivered short (rules: deals).

Put together once a deal and its terms; a position only says how many times each part of it counts. What a
breach costs is what would still have come of the deal, and what follows from the breach itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from wargame.rules.deals import FALL, half, rounds_run
from wargame.rules.effects.programs import CompiledEffects, Expected, ExpectedChange, Fork, Sequel, Shares
from wargame.rules.pieces import Deal, Situation
from wargame.rules.scenario import terms
from wargame.rules.spec import DealTemplate

ONCE, BY_SHIPMENT, BY_PAYMENT, BY_KEEPING, BY_POINT, AT_END, IF_FALLEN, IF_LATE = range(8)
"""How many times a part of a bargain counts; shipments and payments differ where one side gives first."""

Counts = tuple[float, ...]
Prospect = tuple[Sequel, float]
"""What may follow from a move, and how many times it counts."""


class Bargain:
    """What a deal of these terms may bring: by `signing` side, in the rounds that are `coming`, by a breach.

    With `secret` known it is told of a deal that is yet to be signed; what follows may ask for it.
    """

    def __init__(
        self,
        programs: CompiledEffects,
        template: DealTemplate,
        size: str,
        more: str = "",
        secret: bool | None = None,
    ) -> None:
        self._template = template
        a, b = template.between
        spec = programs.scenario.spec
        ladder = spec.ladder if template.rung else None
        gives = {seat: terms(template, size, seat, more) for seat in (a, b)}
        self._promised = sum(gives.get(template.first, {}).values())
        signed, each, short, broken, ended = (
            programs.within.expected(f"deal/{template.id}/{moment}")
            for moment in ("signed", "each", "short", "broken", "ended")
        )
        if secret is not None:
            deal = Deal(template.id, a, b, template.rung, size, secret, 1, 0, 1, 100, published=True)
            signed, each = tuple(asked_of(deal, signed)), tuple(asked_of(deal, each))

        def trust(by: int) -> list[Expected]:
            return [ExpectedChange(("track", ladder.track), by)] if ladder and by else []

        self.coming = parts(
            *(
                (BY_KEEPING if not template.first else BY_SHIPMENT if seat == template.first else BY_PAYMENT,
                 moved(seat, other, gives[seat]))
                for seat, other in ((a, b), (b, a))
            ),
            (BY_KEEPING, [*trust(ladder.full if ladder else 0), *each]),
            (BY_POINT, [ExpectedChange(("points", seat), 1) for seat in (a, b)] if self._pays() else []),
            (AT_END, ended),
        )  # fmt: skip
        fallen = (IF_FALLEN, trust(FALL))
        self.signing = {
            seat: (
                *parts((ONCE, [ExpectedChange(("influence", seat), -1), *signed]), fallen),
                *self.coming,
            )
            for seat in (a, b)
        }
        self._breach = {
            seat: parts(
                (ONCE, [*trust(ladder.stop.get(seat, 0) if ladder else 0), *broken]),
                (IF_LATE, [ExpectedChange(("points", seat), -spec.scoring.late_breach)]),
            )
            for seat in (a, b)
        }
        less = [*trust(ladder.short - ladder.full if ladder else 0), *taken_away(each), *short]
        self._less = {}
        for seat, other in ((a, b), (b, a)):
            held = {good: count - half(count) for good, count in gives[seat].items() if count > 1}
            lost = {}
            if seat == template.first:
                lost = {good: n * sum(held.values()) // self._promised for good, n in gives[other].items()}
            follows = [*moved(seat, other, lost), *less] if held else []
            self._less[seat] = Sequel(moved(other, seat, held)), Sequel(follows)

    def _pays(self) -> bool:
        return bool(self._template.pays or self._template.kept)

    def signed(self, position: Situation, seat: str, rounds: int, hold: int) -> Sequence[Prospect]:
        """Return what comes of signing it for so many rounds from now; it holds by so many per cent."""
        counts = self.counts(position, rounds, hold)
        return [(sequel, counts[how]) for how, sequel in self.signing[seat]]

    def counts(self, position: Situation, rounds: int, hold: int) -> Counts:
        """Return how many times what comes of its `signing` counts."""
        rest = position.rounds - position.round + 1
        kept = min(rounds, rest - bool(self._template.first))
        share, points = hold / 100, 0
        if self._pays():
            again = self._template.id in [deal.template for deal in position.deals]
            points = self._paid(position, kept) + (0 if again else self._template.kept)
        ended = kept == rounds
        shipped, full = share * min(rounds, rest), share * kept
        return 1.0, shipped, full, full, share * points, share * ended, 1 - share, 0.0

    def broken(self, position: Situation, by: str, deal: Deal) -> Sequence[Prospect]:
        """Return what comes of a breach of the running `deal` by that side."""
        counts = self.left(position, deal)
        lost = [(sequel, -counts[how]) for how, sequel in self.coming]
        return [*lost, *((sequel, counts[how]) for how, sequel in self._breach[by])]

    def breaches(self, by: str, terms_: tuple[str, str]) -> Iterator[Expected]:
        """Yield the same for whatever position, if the deal runs in it on those terms (size, more)."""
        for how, sequel, sign in (
            *((how, sequel, -1) for how, sequel in self.coming),
            *((how, sequel, 1) for how, sequel in self._breach[by]),
        ):
            yield Fork(self._if_it_runs(how, sign, terms_), (sequel.parts,), (), asks_deals=True)

    def _if_it_runs(self, how: int, sign: int, terms_: tuple[str, str]) -> Shares:
        name = self._template.id

        def shares(position: Situation, weight: float) -> tuple[float, ...]:
            for deal in position.deals:
                if deal.template == name and deal.status == "running" and (deal.size, deal.more) == terms_:
                    return (weight * sign * self.left(position, deal)[how],)
            return ()

        return shares

    def left(self, position: Situation, deal: Deal) -> Counts:
        """Return how many times what is still to come of a running deal counts, and what a breach costs.

        The payment that waits counts by how much of what was promised came.
        """
        template, rest = self._template, position.rounds - position.round + 1
        waits = deal.unpaid >= 0
        ahead = rest - (bool(template.first) and not waits)
        kept = min(deal.left, ahead)
        payments = kept + max(deal.unpaid, 0) / self._promised - 1 if waits else kept
        points = 0
        if self._pays():
            spoilt = any(
                one.template == template.id and one.status not in ("running", "done")
                for one in position.deals
            )
            points = self._paid(position, kept) + (0 if spoilt else template.kept)
        late = position.round >= position.rounds - 1
        return 1.0, min(deal.left - waits, rest), payments, kept, points, deal.left <= ahead, 0.0, late

    def short(self, position: Situation, seat: str, deal: Deal) -> Sequence[Prospect]:
        """Return what comes of giving half this round: what is kept now, and what follows now or later."""
        kept, follows = self._less[seat]
        at_once = True
        if seat == self._template.first:
            if deal.left - (deal.unpaid >= 0) <= 0:
                return ()
            at_once = position.round < position.rounds
        elif self._template.first and deal.unpaid <= 0:
            return ()
        return [(kept, 1.0), (follows, float(at_once))]

    def _paid(self, position: Situation, rounds: int) -> int:
        """The points of so many more rounds of it."""
        pays = self._template.pays
        if not pays:
            return 0
        paid = rounds_run(position, self._template.id)
        return sum(pays[paid : paid + rounds])


def parts(*all_: tuple[int, Iterable[Expected]]) -> tuple[tuple[int, Sequel], ...]:
    """Return the parts in which something is expected; those that count alike are one."""
    by_how: dict[int, list[Expected]] = {}
    for how, changes in all_:
        by_how.setdefault(how, []).extend(changes)
    return tuple((how, Sequel(changes)) for how, changes in by_how.items() if changes)


def moved(giver: str, taker: str, lots: dict[str, int]) -> list[Expected]:
    """Return what changes when these lots change hands."""
    sides = (giver, -1), (taker, 1)
    return [
        ExpectedChange(("good", seat, good), by * n) for good, n in lots.items() if n for seat, by in sides
    ]


def taken_away(parts_: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """Return the same, not to come."""
    return (Fork(lambda _position, weight: (-weight,), (parts_,), (-1.0,)),) if parts_ else ()


def asked_of(deal: Deal, parts_: Iterable[Expected]) -> Iterator[Expected]:
    """Yield the same, with that deal running wherever it asks what deals there are."""
    for part in parts_:
        if isinstance(part, ExpectedChange):
            yield part
            continue
        branches = tuple(tuple(asked_of(deal, branch)) for branch in part.branches)
        shares = with_deal(deal, part.shares) if part.asks_deals else part.shares
        yield part._replace(shares=shares, branches=branches)


def with_deal(deal: Deal, shares: Shares) -> Shares:
    """Return shares as they would be with one more deal."""
    return lambda position, weight: shares(cast("Situation", Signed(position, deal)), weight)


class Signed:
    """A position as it would be with one more deal. Bots ask for many: a whole copy takes them too long."""

    __slots__ = ("_position", "deals")

    def __init__(self, position: Situation, deal: Deal) -> None:
        self._position, self.deals = position, (*position.deals, deal)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._position, name)

    def clone(self) -> Situation:
        """Return a whole copy of it."""
        whole = self._position.clone()
        whole.deals = self.deals
        return whole
