"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
What may follow from a move is put together once a scenario (`Outlooks`); a position only says how many times
each part of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wargame.rules.deals import rounds_run
from wargame.rules.effects.programs import Changes, Expected, ExpectedChange, Sequel, expect
from wargame.rules.moves import Answer, Choose, Commit, Dial, Discard, Mark, Move, Offer, Stand
from wargame.rules.options import deal_survival_percent, running
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
    """What may follow from the moves of a scenario. Its own moves are known by their identity.

    `started` has what follows from those that start a program, which is the same in every position.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._own: dict[int, Outlook] = {}
        self._seats: set[str] = set()
        self.started: dict[int, Sequel] = {}
        self._sequels: dict[str, Sequel] = {}
        self._ways: dict[int, Ways] = {}
        self._bargains: dict[tuple[str, str, str], Bargain] = {}
        for path, answers in scenario.choose_moves.items():
            for choose, _needs in answers:
                self.started[id(choose)] = self._sequel(f"{path}/{choose.option}")

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
        for own in self._scenario.moves_of(move.seat):
            self._own[id(own)] = self._made(own)
            sequel = self._started_by(own)
            if sequel is not None:
                self.started[id(own)] = sequel
        return self.at(move)

    def ways(self, move: Offer) -> Ways | None:
        """Return all ways in which its seat may propose that deal; `None` for a move not of the scenario."""
        ways = self._ways.get(id(move))
        if ways is None and self.at(move) is self._own.get(id(move)):
            deal = self._scenario.deals[move.deal]
            offers = [one.move for one in self._scenario.offer_moves[move.seat] if one.template is deal]
            ways = Ways(deal, [(self._bargain(deal.id, one.size, one.seat), one) for one in offers])
            self._ways |= dict.fromkeys(ways.keys, ways)
        return ways

    def _made(self, move: Move) -> Outlook:
        sequel = self._started_by(move)
        if sequel is not None:
            prospects = ((sequel, 1.0),)
            return lambda _seen: prospects
        if isinstance(move, Choose):
            return lambda seen: ((self._sequel(_path(seen, move)), 1.0),)
        if isinstance(move, Offer):
            return lambda seen: self._offered(seen, move)
        if isinstance(move, Answer) and move.reply == "yes":
            return lambda seen: self._accepted(seen, move)
        if isinstance(move, Mark):
            return lambda seen: self._held_back(seen, move)
        return lambda _seen: ()

    def _started_by(self, move: Move) -> Sequel | None:
        """Return what follows if the move starts a program."""
        scenario, seat = self._scenario, move.seat
        if isinstance(move, Commit):
            price = ExpectedChange(("influence", seat), -scenario.cards[move.card].cost)
            return self._sequel(card_root(move.card, move.target), price)
        if isinstance(move, Discard):
            price = ExpectedChange(("influence", seat), -scenario.actions[seat].cost)
            root = card_root(scenario.actions[seat].id, move.target)
            return self._sequel(root, price, ExpectedChange(("hand", seat), -1))
        if isinstance(move, Dial):
            return self._sequel(f"dial/{move.dial}/{move.setting}")
        if isinstance(move, Stand):
            return self._sequel(f"stand/{move.stand}/together")
        return None

    def _sequel(self, path: str, *first: ExpectedChange) -> Sequel:
        """Return what follows from the program at that path, after what comes first with it."""
        if path not in self._sequels:
            self._sequels[path] = Sequel((*first, *self._scenario.programs.expected(path)))
        return self._sequels[path]

    def _offered(self, seen: View, move: Offer) -> Sequence[Prospect]:
        hold = deal_survival_percent(seen, self._scenario.deals[move.deal].rung)
        return self._bargain(move.deal, move.size, move.seat).signed(seen, move.rounds, hold)

    def _accepted(self, seen: View, move: Answer) -> Sequence[Prospect]:
        offer = _waiting(seen, move)
        return self._bargain(offer.template, offer.size, move.seat).signed(seen, offer.rounds, offer.hold)

    def _held_back(self, seen: View, move: Mark) -> Sequence[Prospect]:
        deal = running(seen, move.deal)
        assert deal is not None
        return self._bargain(deal.template, deal.size, move.seat).held_back(seen, move.mark, deal.left)

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
        self.signing = parts(
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
        counts = self.counts(seen, rounds, hold)
        return [(sequel, counts[how]) for how, sequel in self.signing]

    def counts(self, seen: View, rounds: int, hold: int) -> tuple[float, ...]:
        """Return how many times what comes of its `signing` counts."""
        template, left, share = self._template, min(rounds, seen.rounds - seen.round + 1), hold / 100
        points = 0
        if template.pays or template.kept:
            again = template.id in [deal.template for deal in seen.deals]
            points = self._pays(seen, left) + (0 if again else template.kept)
        return 1.0, share * left, share * points, share

    def held_back(self, seen: View, mark: str, left: int) -> Sequence[Prospect]:
        """Return what is kept of the seat's own goods, what of the other's won't come, and what it costs."""
        left = min(left, seen.rounds - seen.round + 1)
        late = self._late if seen.round >= seen.rounds - 1 else 0
        points = self._pays(seen, left) + self._template.kept + late
        counts = 1.0, left, points
        return [(sequel, counts[how]) for how, sequel in (self._stopped if mark == "stop" else self._short)]

    def _pays(self, seen: View, left: int) -> int:
        """The points of so many more rounds of it."""
        pays = self._template.pays
        if not pays:
            return 0
        paid = rounds_run(seen, self._template.id)
        return sum(pays[paid : paid + left])


class Ways:
    """All the ways in which a seat may propose a deal, looked at together. `keys` are the moves' identities.

    What they are worth follows from their `sequels` and a few `facts` of the position.
    """

    def __init__(self, template: DealTemplate, offers: Sequence[tuple[Bargain, Offer]]) -> None:
        self._template, self._longest = template, max(template.rounds)
        self.keys = [id(offer) for _bargain, offer in offers]
        self._terms = [(bargain, offer.rounds) for bargain, offer in offers]
        self._by_size = {bargain: list(template.rounds) for bargain, _offer in offers}
        self.sequels = [sequel for bargain in self._by_size for _how, sequel in bargain.signing]

    def facts(self, seen: View) -> tuple[object, ...]:
        """Return all that they turn on in a position, but for the worth of what may follow."""
        template, left, paid = self._template, seen.rounds - seen.round + 1, None
        if template.pays or template.kept:
            paid = rounds_run(seen, template.id), template.id in [deal.template for deal in seen.deals]
        return min(left, self._longest), deal_survival_percent(seen, template.rung), paid

    def worths(self, seen: View, of: Mapping[Sequel, float]) -> dict[int, float]:
        """Return what each is worth, given what it is `of` what may follow."""
        hold, totals = deal_survival_percent(seen, self._template.rung), {}
        for bargain, all_rounds in self._by_size.items():
            each = [(how, of[sequel]) for how, sequel in bargain.signing]
            for rounds in all_rounds:
                counts, total = bargain.counts(seen, rounds, hold), 0.0
                for how, worth in each:
                    total += counts[how] * worth
                totals[bargain, rounds] = total
        return {key: totals[what] for key, what in zip(self.keys, self._terms, strict=True)}


ONCE, BY_ROUND, BY_POINT, IF_HELD = range(4)
"""How many times a part of a bargain counts."""


def parts(*all_: tuple[int, Iterable[Expected]]) -> tuple[tuple[int, Sequel], ...]:
    """The parts in which something is expected, and how many times each counts."""
    made = [(how, Sequel(changes)) for how, changes in all_]
    return tuple((how, sequel) for how, sequel in made if sequel.parts)


def goods(seat: str, held: dict[str, int], times: int = 1) -> Iterator[ExpectedChange]:
    for good, count in held.items():
        yield ExpectedChange(("good", seat, good), times * count)
