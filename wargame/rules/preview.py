"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
What may follow from a move is put together once a scenario (`Outlooks`); a position only says how many times
each part of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from wargame.rules.bargaining import Bargain, Prospect
from wargame.rules.crises import endings
from wargame.rules.deals import rounds_run
from wargame.rules.effects.programs import (
    Came,
    Changes,
    ExpectedChange,
    Key,
    Sequel,
    ask_deals,
    expect,
    keys,
    unsure,
)
from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Choose,
    Commit,
    Counter,
    Dial,
    Discard,
    Mark,
    Move,
    Offer,
    Stance,
    Stand,
)
from wargame.rules.options import deal_survival_percent, running
from wargame.rules.scenario import Scenario, card_root, stance_path
from wargame.rules.spec import DealTemplate
from wargame.rules.state import PendingOffer, Promises
from wargame.rules.view import View


class Preview(NamedTuple):
    """The odds that a move would fix, in the order they would be rolled, and the expected changes by key.

    A lever, a stand or an answer to a crisis fixes none: its dice are thrown at the odds of then. `hold` is
    the per cent that a deal on a skipped rung would hold (100 for all other moves). `unsure` is what may
    change otherwise than expected, by chance or by what the seat does not know.
    """

    odds: Promises
    changes: Changes
    hold: int = 100
    unsure: frozenset[Key] = frozenset()


def preview(seen: View, move: Move, came: Came | None = None) -> Preview:
    """Return what `move` would do as far as its seat can tell, if those rolls `came`. It may be illegal."""
    changes: Changes = {}
    doubtful: set[Key] = set()
    for sequel, times in Outlooks.of(seen.scenario).at(move)(seen):
        expect(sequel.parts, seen, times, changes, came)
        chancy = isinstance(move, Stance) and times < 1
        doubtful.update(keys(sequel.parts) if chancy else unsure(sequel.parts, seen, came))
    odds, hold = _odds(seen, move), _hold(seen, move)
    return Preview(odds, changes, hold, frozenset(changes if hold < 100 else doubtful))


def _odds(seen: View, move: Move) -> Promises:
    if isinstance(move, (Commit, Discard, Choose)):
        dice = seen.scenario.programs.dice_of(_path(seen, move))
        return tuple(d.promise(seen) for d in dice if d.knows(seen.seat))
    return ()


def _hold(seen: View, move: Move) -> int:
    if isinstance(move, Offer):
        return deal_survival_percent(seen, seen.scenario.deals[move.deal].rung)
    if isinstance(move, Counter) or (isinstance(move, Answer) and move.reply == "yes"):
        return _waiting(seen, move).hold
    return 100


class Worth(NamedTuple):
    """What changes would be worth to a seat, in points of its score; on average where that is not `sure`."""

    points: float
    sure: bool


def worth_of(seen: View, seat: str, foreseen: Preview) -> Worth:
    """Return what that is worth to a seat by its scoring terms, each as far as it goes (rules: scoring)."""
    scenario, changes = seen.scenario, foreseen.changes
    total, sure = changes.get(("points", seat), 0.0), ("points", seat) not in foreseen.unsure
    for term in scenario.spec.scoring.seats[seat].terms:
        key = ("good", seat, term.good) if term.good is not None else ("track", str(term.track))
        by = changes.get(key, 0.0)
        sure = sure and key not in foreseen.unsure
        if not by:
            continue
        if term.good is not None:
            now, start, most = seen.goods[seat].get(term.good, 0), 0, scenario.goods[term.good].cap
        else:
            spec = scenario.tracks[str(term.track)]
            now, start, most = seen.tracks.get(spec.id, spec.start), spec.start, spec.most
        last = most if term.most is None else min(most, start + term.most)
        total += term.each * (min(max(now + by, 0), last) - min(now, last))
    return Worth(total, sure)


def _path(seen: View, move: Commit | Discard | Choose) -> str:
    """The path of the program that a card or an option starts."""
    if isinstance(move, Choose):
        return f"{seen.stack[-1].path}/{seen.stack[-1].at}/{move.option}"
    card = move.card if isinstance(move, Commit) else seen.scenario.actions[move.seat].id
    return card_root(card, move.target)


def _waiting(seen: View, move: Answer | Counter) -> PendingOffer:
    return next(offer for offer in seen.offers if offer.template == move.deal)


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
        self._open_or_not: dict[str, bool] = {}
        self._bargains: dict[tuple[str, str, str, bool | None], Bargain] = {}
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
            ways = Ways(deal, move.seat, [(self.offered(one), one) for one in offers])
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
        if isinstance(move, Counter):
            return lambda seen: self.countered(seen, move, move.seat)
        if isinstance(move, Stance):
            answered = self._answered(move)
            return lambda _seen: answered
        if isinstance(move, Mark):
            return lambda seen: self._held_back(seen, move)
        spec = self._scenario.spec.accusations
        price = 1 if isinstance(move, Announce) else spec.cost if spec and isinstance(move, Accuse) else 0
        if price:
            paid = ((Sequel([ExpectedChange(("influence", move.seat), -price)]), 1.0),)
            return lambda _seen: paid
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
        return self.offered(move).signed(seen, move.seat, move.rounds, hold)

    def _accepted(self, seen: View, move: Answer) -> Sequence[Prospect]:
        """Of a counter-offer as of any: the influence that is set aside would come back with a no."""
        offer = _waiting(seen, move)
        bargain = self.bargain(offer.template, offer.size, offer.more, offer.secret)
        return bargain.signed(seen, move.seat, offer.rounds, offer.hold)

    def countered(self, seen: View, move: Counter, side: str) -> Sequence[Prospect]:
        """Return what may follow for one side from a counter-offer, once it is signed."""
        hold = _waiting(seen, move).hold
        return self.offered(move).signed(seen, side, move.rounds, hold)

    def _held_back(self, seen: View, move: Mark) -> Sequence[Prospect]:
        deal = running(seen, move.deal)
        assert deal is not None
        bargain = self.bargain(deal.template, deal.size, deal.more)
        return (bargain.broken if move.mark == "stop" else bargain.short)(seen, move.seat, deal)

    def _answered(self, move: Stance) -> Sequence[Prospect]:
        """What an answer brings by itself, and each end by its chance if others give any answer."""
        scenario, crisis = self._scenario, self._scenario.crises[move.crisis]
        own = self._sequel(stance_path(move.crisis, move.option, move.seat))
        shares = endings(crisis, move.option, len(scenario.asked_by(move.crisis)) - 1)
        ends = [(self._sequel(f"crisis/{move.crisis}/{at}"), share) for at, share in enumerate(shares)]
        return ((own, 1.0), *(end for end in ends if end[1]))

    def offered(self, move: Offer | Counter) -> Bargain:
        """Return what an offer of those terms may bring."""
        more = move.more if isinstance(move, Counter) else ""
        return self.bargain(move.deal, move.size, more, move.secrecy == "secret")

    def bargain(self, deal: str, size: str, more: str = "", secret: bool | None = None) -> Bargain:
        """Return what a deal of those terms may bring: of one yet to be signed, `secret` or not."""
        programs, template = self._scenario.programs, self._scenario.deals[deal]
        if deal not in self._open_or_not:
            moments = [programs.within.expected(f"deal/{deal}/{moment}") for moment in ("signed", "each")]
            self._open_or_not[deal] = any(map(ask_deals, moments))
        what = (deal, size, more, secret if self._open_or_not[deal] else None)
        if what not in self._bargains:
            self._bargains[what] = Bargain(programs, template, *what[1:])
        return self._bargains[what]


class Ways:
    """All the ways in which a seat may propose a deal, looked at together. `keys` are the moves' identities.

    What they are worth follows from their `sequels` and a few `facts` of the position.
    """

    def __init__(
        self, template: DealTemplate, seat: str, offers: Sequence[tuple[Bargain, Offer | Counter]]
    ) -> None:
        self._seat, self._template, self._longest = seat, template, max(template.rounds)
        self.keys = [id(offer) for _bargain, offer in offers]
        self._terms = [(bargain, offer.rounds) for bargain, offer in offers]
        self._by_size = {bargain: list(template.rounds) for bargain, _offer in offers}
        self.sequels = [sequel for bargain in self._by_size for _how, sequel in bargain.signing[seat]]

    def facts(self, seen: View) -> tuple[object, ...]:
        """Return all that they turn on in a position, but for the worth of what may follow."""
        template, left, paid = self._template, seen.rounds - seen.round + 1, None
        if template.pays or template.kept:
            paid = rounds_run(seen, template.id), template.id in [deal.template for deal in seen.deals]
        return (
            min(left, self._longest + bool(template.first)),
            deal_survival_percent(seen, template.rung),
            paid,
        )

    def worths(self, seen: View, of: Mapping[Sequel, float]) -> dict[int, float]:
        """Return what each is worth, given what it is `of` what may follow."""
        hold, totals = deal_survival_percent(seen, self._template.rung), {}
        for bargain, all_rounds in self._by_size.items():
            each = [(how, of[sequel]) for how, sequel in bargain.signing[self._seat]]
            for rounds in all_rounds:
                counts, total = bargain.counts(seen, rounds, hold), 0.0
                for how, worth in each:
                    total += counts[how] * worth
                totals[bargain, rounds] = total
        return {key: totals[what] for key, what in zip(self.keys, self._terms, strict=True)}
