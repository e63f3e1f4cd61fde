"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
What may follow from a move is put together once a scenario (`Outlooks`); a position only says how many times
each part of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from wargame.rules.deals import rounds_run
from wargame.rules.effects.base import Changes, Expected, ExpectedChange, Sequel, expect
from wargame.rules.moves import Answer, Choose, Commit, Dial, Discard, Mark, Move, Offer, Stand
from wargame.rules.options import deal_survival_percent
from wargame.rules.scenario import Scenario, card_root, terms
from wargame.rules.spec import DealTemplate
from wargame.rules.state import PendingOffer, Promises
from wargame.rules.view import View


class Preview(NamedTuple):
    """The odds that a move would fix, in the order they would be rolled, and the expected changes by key.

    A lever or a stand fixes none: its dice are thrown in the upkeep at the odds of then. `hold` is the per
    cent that a deal on a skipped rung would hold (100 for all other moves).
    """

    odds: Promises
    changes: Changes
    hold: int = 100


def preview(seen: View, move: Move) -> Preview:
    """Return what `move` would do as far as its seat can tell. It need not be legal now."""
    changes: Changes = {}
    for sequel, times in Outlooks.of(seen.scenario).at(move)(seen):
        expect(sequel.parts, seen, times, changes)
    if isinstance(move, (Commit, Discard, Choose)):
        dice = seen.scenario.programs.dice_of(_path(seen, move))
        return Preview(tuple(d.promise(seen) for d in dice if d.knows(seen.seat)), changes)
    if isinstance(move, Offer):
        return Preview((), changes, deal_survival_percent(seen, seen.scenario.deals[move.deal].rung))
    if isinstance(move, Answer) and move.reply == "yes":
        return Preview((), changes, _waiting(seen, move).hold)
    return Preview((), changes)


def _path(seen: View, move: Commit | Discard | Choose) -> str:
    """The path of the program that a card or an option starts."""
    if isinstance(move, Choose):
        return f"{seen.stack[-1].path}/{seen.stack[-1].at}/{move.option}"
    card = move.card if isinstance(move, Commit) else seen.scenario.actions[move.seat].id
    return card_root(card, move.target)


def _waiting(seen: View, move: Answer) -> PendingOffer:
    return next(offer for offer in seen.offers if offer.template == move.deal)


Prospect = tuple[Sequel, float]
"""What may follow from a move, and how many times it counts."""

Outlook = Callable[[View], Sequence[Prospect]]
"""All that may follow from a move, in a position."""


class Outlooks:
    """What may follow from the moves of a scenario. Its own moves are known by their identity."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._own: dict[int, Outlook] = {}
        self._seats: set[str] = set()
        self._programs: dict[str, Outlook] = {}
        self._offers: dict[tuple[str, str, str, int], Outlook] = {}
        self._bargains: dict[tuple[str, str, str], Bargain] = {}

    @classmethod
    def of(cls, scenario: Scenario) -> Outlooks:
        """Return those of that scenario, which are kept with its programs."""
        kept = scenario.programs.kept
        if cls not in kept:
            kept[cls] = cls(scenario)
        found: Outlooks = kept[cls]
        return found

    def at(self, move: Move) -> Outlook:
        """Return the outlook of a move."""
        found = self._own.get(id(move))
        if found is not None:
            return found
        if move.seat in self._seats or move.seat not in self._scenario.seats:
            return self._made(move)
        self._seats.add(move.seat)
        self._own |= {id(own): self._made(own) for own in self._scenario.moves_of(move.seat)}
        return self.at(move)

    def _made(self, move: Move) -> Outlook:
        scenario, seat = self._scenario, move.seat
        if isinstance(move, Commit):
            price = ExpectedChange(("influence", seat), -scenario.cards[move.card].cost)
            return self._program(card_root(move.card, move.target), price)
        if isinstance(move, Discard):
            price = ExpectedChange(("influence", seat), -scenario.actions[seat].cost)
            root = card_root(scenario.actions[seat].id, move.target)
            return self._program(root, price, ExpectedChange(("hand", seat), -1))
        if isinstance(move, Dial):
            return self._program(f"dial/{move.dial}/{move.setting}")
        if isinstance(move, Stand):
            return self._program(f"stand/{move.stand}/together")
        if isinstance(move, Choose):
            return lambda seen: self._program(_path(seen, move))(seen)
        if isinstance(move, Offer):
            return self._offer(move)
        if isinstance(move, Answer) and move.reply == "yes":
            return lambda seen: self._accepted(seen, move)
        if isinstance(move, Mark):
            return lambda seen: self._held_back(seen, move)
        return lambda _seen: ()

    def _accepted(self, seen: View, move: Answer) -> Sequence[Prospect]:
        offer = _waiting(seen, move)
        return self._bargain(offer.template, offer.size, move.seat).signed(seen, offer.rounds, offer.hold)

    def _held_back(self, seen: View, move: Mark) -> Sequence[Prospect]:
        deal = next(d for d in seen.deals if d.template == move.deal and d.status == "running")
        return self._bargain(deal.template, deal.size, move.seat).held_back(seen, move.mark, deal.left)

    def _program(self, path: str, *first: ExpectedChange) -> Outlook:
        """The outlook of a move that starts the program at that path, in every position the same."""
        if path not in self._programs:
            all_ = ((Sequel((*first, *self._scenario.programs.expected(path))), 1.0),)
            self._programs[path] = lambda _seen: all_
        return self._programs[path]

    def _offer(self, move: Offer) -> Outlook:
        """The outlook of an offer, which is the same whether it is made openly or in secret."""
        what = (move.deal, move.size, move.seat, move.rounds)
        if what not in self._offers:
            signed, rounds = self._bargain(move.deal, move.size, move.seat).signed, move.rounds
            rung = self._scenario.deals[move.deal].rung
            self._offers[what] = lambda seen: signed(seen, rounds, deal_survival_percent(seen, rung))
        return self._offers[what]

    def _bargain(self, deal: str, size: str, seat: str) -> Bargain:
        what = (deal, size, seat)
        if what not in self._bargains:
            self._bargains[what] = Bargain(self._scenario, self._scenario.deals[deal], size, seat)
        return self._bargains[what]


class Bargain:
    """What a deal of one size may bring one of its sides, signed and kept by both, or held back."""

    def __init__(self, scenario: Scenario, template: DealTemplate, size: str, seat: str) -> None:
        other, ladder = template.between[seat == template.between[0]], scenario.spec.ladder
        give, get = terms(template, size, seat), terms(template, size, other)
        self._template, self._late = template, scenario.spec.scoring.late_breach
        moments = {
            moment: scenario.programs.expected(f"deal/{template.id}/{moment}")
            for moment in ("signed", "each", "broken")
        }
        rung = ladder if template.rung else None
        points = ("points", seat)
        self._signed = parts(
            (ONCE, [ExpectedChange(("influence", seat), -1)]),
            (BY_ROUND, [*goods(seat, give, -1), *goods(seat, get)]),
            (BY_POINT, [ExpectedChange(points, 1)]),
            (BY_ROUND, [ExpectedChange(("track", rung.track), rung.full)] if rung else []),
            (IF_HELD, moments["signed"]),
            (BY_ROUND, moments["each"]),
        )
        self._stopped = parts(
            (BY_ROUND, [*goods(seat, give), *goods(seat, get, -1)]),
            (BY_POINT, [ExpectedChange(points, -1)]),
            (ONCE, moments["broken"]),
            (ONCE, [ExpectedChange(("track", rung.track), rung.stop.get(seat, 0))] if rung else []),
        )
        halves = {good: count - count // 2 for good, count in give.items()}
        self._short = parts(
            (ONCE, [*goods(seat, halves)]),
            (ONCE, [ExpectedChange(("track", rung.track), rung.short - rung.full)] if rung else []),
        )

    def signed(self, seen: View, rounds: int, hold: int) -> Sequence[Prospect]:
        """Return what comes of it in so many rounds from now; it holds by so many per cent."""
        template, left, share = self._template, min(rounds, seen.rounds - seen.round + 1), hold / 100
        points = 0
        if template.pays or template.kept:
            again = template.id in [deal.template for deal in seen.deals]
            points = self._pays(seen, left) + (0 if again else template.kept)
        counts = 1.0, share * left, share * points, share
        return [(sequel, counts[how]) for how, sequel in self._signed]

    def held_back(self, seen: View, mark: str, left: int) -> Sequence[Prospect]:
        """Return what is kept of the seat's own goods, what of the other's won't come, and what it costs."""
        left = min(left, seen.rounds - seen.round + 1)
        late = self._late if seen.round >= seen.rounds - 1 else 0
        points = self._pays(seen, left) + self._template.kept + late
        counts = 1.0, left, points
        return [(sequel, counts[how]) for how, sequel in (self._stopped if mark == "stop" else self._short)]

    def _pays(self, seen: View, left: int) -> int:
        """The points of so many more rounds of it."""
        paid = rounds_run(seen, self._template.id)
        return sum(self._template.pays[paid : paid + left])


ONCE, BY_ROUND, BY_POINT, IF_HELD = range(4)
"""How many times a part of a bargain counts."""


def parts(*all_: tuple[int, Iterable[Expected]]) -> tuple[tuple[int, Sequel], ...]:
    """The parts in which something is expected, and how many times each counts."""
    made = [(how, Sequel(changes)) for how, changes in all_]
    return tuple((how, sequel) for how, sequel in made if sequel.parts)


def goods(seat: str, held: dict[str, int], times: int = 1) -> Iterator[ExpectedChange]:
    for good, count in held.items():
        yield ExpectedChange(("good", seat, good), times * count)
