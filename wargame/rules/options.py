"""The one list of what may be done now, and why the rest may not (design 2, promise 3).

`options` reads a position: a `State`, or the acting seat's `View`; it asks only what that seat may know, so
both give the same answer. Its order is fixed and its first move is neutral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from wargame.rules.moves import Mark, Move, Refusal
from wargame.rules.predicates import Need
from wargame.rules.scenario import due
from wargame.rules.spec import Card, DealTemplate
from wargame.rules.state import Deal, PendingOffer, Position, Promises

if TYPE_CHECKING:
    from wargame.rules.scenario import Scenario

Option = tuple[Move, Refusal | None]
Group = tuple[tuple[Move, ...], Refusal | None]
"""Moves that are allowed, or refused for the same reason, together."""


def options(position: Position) -> Iterator[Option]:
    """Every move of the seat to act, each with `None` or the reason it is refused."""
    for part in parts(position):
        for moves, refusal in part.groups:
            for move in moves:
                yield move, refusal


def legal_moves(position: Position) -> tuple[Move, ...]:
    """The moves that are allowed now, in the order of `options`; empty only when the game is over."""
    allowed: list[Move] = []
    for part in parts(position):
        allowed += part.legal
    return tuple(allowed)


def refusal_of(position: Position, move: Move) -> Refusal | None:
    """Why a move is not allowed now, or `None` if it is."""
    if position.to_act is None:
        return Refusal("over")
    if move.seat != position.to_act:
        return Refusal("turn", seat=move.seat)
    for known, refusal in options(position):
        if known == move:
            return refusal
    return Refusal("unknown")


class Part:
    """A stretch of the list: its groups, the moves of those not refused, and the facts they follow from."""

    __slots__ = ("facts", "groups", "legal")

    def __init__(self, groups: list[Group], facts: tuple[object, ...] = ()) -> None:
        self.facts, self.groups = facts, groups
        legal: list[Move] = []
        for moves, refusal in groups:
            if refusal is None:
                legal += moves
        self.legal = legal


def parts(position: Position) -> Sequence[Part]:
    """The options in their order, part by part."""
    seat = position.to_act
    if seat is None:
        return ()
    if position.stack:
        return (Part(_choices(position)),)
    offers, purse = position.offers, position.influence[seat]
    if position.phase == "answers":
        return (Part(_answers(position.scenario, seat, offers, purse)),)
    menu, orders = menu_of(position, seat), position.orders[seat]
    found: tuple[Part, ...] = (
        menu.part(_desk, offers, position.hands[seat], purse, len(orders.commits), orders.acted),
        menu.part(_offers, offers, position.deals, orders.offered, purse > 0),
        menu.part(_words, orders.marks, orders.dialled, orders.stands, seat in position.signals),
    )
    if position.scenario.worded:
        said = any(deal.empty and (deal.by, deal.signed) == (seat, position.round) for deal in position.deals)
        found = (*found, menu.part(_announcements, purse > 0, said))
    if position.scenario.spec.accusations:
        found = (*found, menu.part(_accusations, position.deals, purse, seat in position.accused))
    if position.crises:
        given = tuple([(name, seat in answers) for name, answers in position.crises.items()])
        found = (*found, menu.part(_stances, given))
    return found


class OptionCache:
    """What of a seat's options stays the same through its orders, worked out once.

    `failing`: card (or printed action) → the need that fails; `barred`: deal → the trust or need that is
    lacking; `marks`: deal and its marks; `stands`: the stand, its move and the need that fails.

    What changes within the turn are a few facts (the purse, what has been laid down). Each part of the list
    is made by a function of the menu and those facts, and of nothing else, so it is kept until they change.
    """

    __slots__ = ("_parts", "barred", "failing", "marks", "scenario", "seat", "stands")

    def __init__(self, position: Position, seat: str) -> None:
        scenario = position.scenario
        self.scenario, self.seat = scenario, seat
        self.failing = {
            card: failing(position, scenario.card_needs[card])
            for card in (*position.hands[seat], scenario.actions[seat].id)
            if card in scenario.card_needs
        }
        self.barred = {deal.id: _bar(position, deal) for deal in scenario.guarded_deals[seat]}
        self.marks = [
            (deal.template, _marks(scenario, seat, deal))
            for deal in position.deals
            if deal.status == "running" and deal.published and seat in (deal.a, deal.b)
        ]
        self.stands = [
            (stand, moves, failing(position, needs)) for stand, moves, needs in scenario.stand_moves[seat]
        ]
        self._parts: dict[Callable[..., list[Group]], Part] = {}

    def refused(self, card: Card, purse: int) -> Refusal | None:
        """Why the seat can't play that card (or printed action) with so much influence."""
        cost = card.cost
        return known("cost", number=cost, has=purse) if cost > purse else self.failing.get(card.id)

    def part(self, make: Callable[..., list[Group]], *facts: object) -> Part:
        """What that function makes of this menu and these facts."""
        part = self._parts.get(make)
        if part is None or part.facts != facts:
            part = self._parts[make] = Part(make(self, *facts), facts)
        return part


def menu_of(position: Position, seat: str) -> OptionCache:
    """The menu of the seat at its orders, kept with the position until the turn ends."""
    menu = position.menu
    if not isinstance(menu, OptionCache):
        menu = position.menu = OptionCache(position, seat)
    return menu


known = cache(Refusal)
"""Refusals that come up over and over are made once."""

SIGNALLED, ACTED, COMMITS = Refusal("signalled"), Refusal("acted"), Refusal("commits")
SIGN, RUNNING, MARKED = Refusal("sign"), Refusal("running"), Refusal("marked")
DIALLED, STOOD, ANSWERED = Refusal("dialled"), Refusal("stood"), Refusal("answered")
SAME, ACCUSED, KNOWN, ANNOUNCED = Refusal("same"), Refusal("accused"), Refusal("known"), Refusal("announced")


def _marks(scenario: Scenario, seat: str, deal: Deal) -> tuple[Mark, ...]:
    """The ways to hold back on a running deal; a side that gives nothing can't give less of it."""
    moves, template = scenario.mark_moves[seat, deal.template], scenario.deals[deal.template]
    less = template.extras or template.first
    return moves[-1:] if less and not due(template, deal, seat) else moves


def _choices(position: Position) -> list[Group]:
    frame = position.stack[-1]
    choices = position.scenario.choose_moves[f"{frame.path}/{frame.at}"]
    return [((move,), failing(position, needs)) for move, needs in choices]


def failing(position: Position, needs: tuple[Need, ...]) -> Refusal | None:
    """The refusal of the first of these needs that does not hold."""
    for test, refusal in needs:
        if not test(position):
            return refusal
    return None


def _answers(scenario: Scenario, seat: str, offers: Sequence[PendingOffer], purse: int) -> list[Group]:
    """The end of the turn, then yes (if the seat can pay for the signing) and no to each offer that waits."""
    groups: list[Group] = [(scenario.end_moves[seat], None)]
    for offer in offers:
        if offer.to == seat:
            yes, no = scenario.answer_moves[seat, offer.template]
            if offer.secret and scenario.worded:
                yes = (*scenario.worded_moves[seat, offer.template], *yes)
            groups += (yes, None if purse or offer.countered else SIGN), (no, None)
    return groups


def _counters(scenario: Scenario, seat: str, offers: Sequence[PendingOffer], purse: int) -> Iterator[Group]:
    """The ways to say yes, but to each offer that waits; nobody counters a counter-offer."""
    for offer in offers:
        if offer.to == seat and not offer.countered:
            to = seat, offer.template, offer.size, offer.secret, offer.rounds
            others, same = scenario.counter_groups[to]
            yield others, None if purse else SIGN
            yield same, SAME


def _desk(
    menu: OptionCache,
    offers: Sequence[PendingOffer],
    hand: Sequence[str],
    purse: int,
    commits: int,
    acted: bool,
) -> list[Group]:
    """What waits for an answer, then the hand."""
    groups = _answers(menu.scenario, menu.seat, offers, purse)
    if menu.scenario.counter_groups:
        groups += _counters(menu.scenario, menu.seat, offers, purse)
    return groups + _cards(menu, hand, purse, commits, acted)


def _cards(menu: OptionCache, hand: Sequence[str], purse: int, commits: int, acted: bool) -> list[Group]:
    """Cards to lay down, then cards to give up for the printed action."""
    scenario = menu.scenario
    full, acting = None, None
    if acted:
        full = acting = ACTED
    elif commits:
        acting = COMMITS
        if commits >= scenario.spec.rules.commits:
            full = known("committed", number=commits)
    if acting is None:
        acting = menu.refused(scenario.actions[menu.seat], purse)
    cards, ways, dropping = scenario.cards, scenario.commit_moves, scenario.discard_moves
    groups: list[Group] = [(ways[card], full or menu.refused(cards[card], purse)) for card in hand]
    return groups + [(dropping[card], acting) for card in hand]


def _offers(
    menu: OptionCache,
    offers: Sequence[PendingOffer],
    deals: Sequence[Deal],
    offered: Sequence[str],
    able: bool,
) -> list[Group]:
    """The ways to propose each deal."""
    scenario, full = menu.scenario, None if able else SIGN
    if len(offered) >= scenario.spec.rules.offers:
        full = known("offered", number=len(offered))
    if full is not None:
        return [(scenario.offers_of[menu.seat], full)]
    taken: dict[str, Refusal | None] = menu.barred | {
        deal.template: RUNNING for deal in deals if deal.status == "running"
    }
    for offer in offers:
        rule, other = ("countered", offer.to) if offer.countered else ("pending", offer.proposer)
        taken[offer.template] = known(rule, seat=other)
    pairs = {other: known("pair", seat=other) for other in offered}
    return [
        (moves, pairs.get(other) or taken.get(deal.id))
        for deal, other, moves in scenario.offer_groups[menu.seat]
    ]


def _words(
    menu: OptionCache,
    marked: tuple[tuple[str, str], ...],
    dialled: tuple[str, ...],
    stood: tuple[str, ...],
    told: bool,
) -> list[Group]:
    """What costs nothing to say: marks on running deals, dials, stands, a signal."""
    scenario, seat, deals = menu.scenario, menu.seat, [deal for deal, _mark in marked]
    groups: list[Group] = [(moves, MARKED if deal in deals else None) for deal, moves in menu.marks]
    groups += [(moves, DIALLED if dial in dialled else None) for dial, moves in scenario.dial_moves[seat]]
    groups += [(moves, STOOD if stand in stood else needed) for stand, moves, needed in menu.stands]
    big, small = scenario.signal_groups[seat]
    groups.append((big, SIGNALLED if told else None))
    if small:
        groups.append((small, Refusal("small", number=scenario.spec.rules.signal_from)))
    return groups


def _announcements(menu: OptionCache, able: bool, said: bool) -> list[Group]:
    """What may be published for nothing, once a round."""
    refused = ANNOUNCED if said else None if able else known("cost", number=1, has=0)
    return [(menu.scenario.announce_moves[menu.seat], refused)]


def _accusations(menu: OptionCache, deals: Sequence[Deal], purse: int, accused: bool) -> list[Group]:
    """What may be said at the reveal: each pair and rung, but for what everybody knows already."""
    spec, moves = menu.scenario.spec.accusations, menu.scenario.accuse_moves[menu.seat]
    assert spec is not None
    if accused or spec.cost > purse:
        return [(moves, ACCUSED if accused else known("cost", number=spec.cost, has=purse))]
    open_ = {
        (frozenset((deal.a, deal.b)), deal.rung)
        for deal in deals
        if deal.status == "running" and (deal.proved or (deal.published and not deal.secret))
    }
    sides = menu.scenario.pair_sides
    return [((m,), KNOWN if (frozenset(sides[m.pair]), m.rung) in open_ else None) for m in moves]


def _stances(menu: OptionCache, given: tuple[tuple[str, bool], ...]) -> list[Group]:
    """The answers to each crisis that waits, until one is given."""
    ways = menu.scenario.stance_moves[menu.seat]
    return [(ways[name], ANSWERED if done else None) for name, done in given if name in ways]


def _bar(position: Position, deal: DealTemplate) -> Refusal | None:
    """Why a deal can't be proposed, signed or not: trust is too low even to skip, or a need fails."""
    if deal.rung and not deal_survival_percent(position, deal.rung):
        ladder = position.scenario.spec.ladder
        assert ladder is not None
        return Refusal("trust", number=ladder.wants[deal.rung - 1], has=position.tracks[ladder.track])
    return failing(position, position.scenario.deal_needs.get(deal.id, ()))


def running(position: Position, template: str) -> Deal | None:
    """The running deal of that template, as far as the position knows."""
    for deal in position.deals:
        if deal.template == template and deal.status == "running":
            return deal
    return None


def deal_survival_percent(position: Position, rung: int) -> int:
    """The per cent that a deal of this rung holds: 100 where trust allows it, else less each step short."""
    ladder = position.scenario.spec.ladder
    if ladder is None or not rung:
        return 100
    gap = ladder.wants[rung - 1] - position.tracks[ladder.track]
    return 100 if gap <= 0 else max(ladder.skip_base + ladder.skip_each * gap, 0)


def hold_terms(scenario: Scenario, hold: int) -> tuple[int, int]:
    """The parts of such a chance: where every skipped rung starts, and what the missing trust takes away."""
    start = scenario.spec.ladder.skip_base if scenario.spec.ladder else hold
    return start, hold - start


def promised(position: Position, root: str) -> Promises:
    """The odds of the rolls in a card or an option, which are kept when it is committed or chosen."""
    return tuple([dice.promise(position) for dice in position.scenario.programs.dice_of(root)])
