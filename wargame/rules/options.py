"""The one list of what may be done now, and why the rest may not (design 2, promise 3).

`options` reads a position: a `State`, or the acting seat's `View`; it asks only what that seat may know, so
both give the same answer. Its order is fixed and its first move is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator

from wargame.rules.moves import Move, Refusal
from wargame.rules.scenario import OfferMove
from wargame.rules.state import Chances, Deal, Orders, Position

Option = tuple[Move, Refusal | None]


def options(position: Position) -> Iterator[Option]:
    """Every move of the seat to act, each with `None` or the reason it is refused."""
    seat = position.to_act
    if seat is None:
        return
    if position.stack:
        yield from _choices(position)
    elif position.phase == "orders":
        yield position.scenario.end_moves[seat], None
        yield from _answers(position, seat)
        yield from _commits(position, seat, position.orders[seat])
        yield from _discards(position, seat, position.orders[seat])
        yield from _offers(position, seat, position.orders[seat])
        yield from _marks(position, seat, position.orders[seat])
        yield from _levers(position, seat, position.orders[seat])
        yield from _signals(position, seat)
    elif position.phase == "answers":
        yield position.scenario.end_moves[seat], None
        yield from _answers(position, seat)


def legal_moves(position: Position) -> tuple[Move, ...]:
    """The moves that are allowed now, in the order of `options`; empty only when the game is over."""
    return tuple(move for move, refusal in options(position) if refusal is None)


def refusal_of(position: Position, move: Move) -> Refusal | None:
    """Why a move is not allowed now, or `None` if it is."""
    if position.to_act is None:
        return Refusal("over")
    if move.seat != position.to_act:
        return Refusal("turn", (move.seat,))
    for known, refusal in options(position):
        if known == move:
            return refusal
    return Refusal("unknown")


def _choices(position: Position) -> Iterator[Option]:
    frame = position.stack[-1]
    for at, (move, needs) in enumerate(position.scenario.choose_moves[f"{frame.path}/{frame.at}"]):
        failed = next((n for n, test in enumerate(needs) if not test(position)), None)
        yield (
            move,
            None if failed is None else Refusal("need", (f"choice:{frame.path}/{frame.at}:{at}:{failed}",)),
        )


def _answers(position: Position, seat: str) -> Iterator[Option]:
    for offer in position.offers:
        if offer.to == seat:
            yes, no = position.scenario.answer_moves[seat, offer.template]
            yield yes, None if position.influence[seat] >= 1 else Refusal("sign")
            yield no, None


def _commits(position: Position, seat: str, orders: Orders) -> Iterator[Option]:
    scenario, purse = position.scenario, position.influence[seat]
    most = scenario.spec.rules.commits
    full = None
    if orders.acted:
        full = Refusal("acted")
    elif len(orders.commits) >= most:
        full = Refusal("committed", (len(orders.commits),))
    for card in position.hands[seat]:
        refusal = full or _card_refusal(position, card, purse)
        for move in scenario.commit_moves[card]:
            yield move, refusal


def _card_refusal(position: Position, card: str, purse: int) -> Refusal | None:
    cost = position.scenario.cards[card].cost
    if cost > purse:
        return Refusal("cost", (cost, purse))
    return need_refusal(position, card, f"card:{card}")


def need_refusal(position: Position, key: str, name: str) -> Refusal | None:
    """The first need of a card (or `deal/…`) that does not hold."""
    for at, test in enumerate(position.scenario.needs[key]):
        if not test(position):
            return Refusal("need", (f"{name}:{at}",))
    return None


def _discards(position: Position, seat: str, orders: Orders) -> Iterator[Option]:
    action = position.scenario.actions[seat]
    refusal = None
    if orders.acted:
        refusal = Refusal("acted")
    elif orders.commits:
        refusal = Refusal("commits")
    else:
        refusal = _card_refusal(position, action.id, position.influence[seat])
    for card in position.hands[seat]:
        for move in position.scenario.discard_moves[card]:
            yield move, refusal


def _offers(position: Position, seat: str, orders: Orders) -> Iterator[Option]:
    full = None
    if len(orders.offered) >= position.scenario.spec.rules.offers:
        full = Refusal("offered", (len(orders.offered),))
    elif position.influence[seat] < 1:
        full = Refusal("sign")
    refusals: dict[str, Refusal | None] = {}
    for offer in position.scenario.offer_moves[seat]:
        name = offer.template.id
        if name not in refusals:
            refusals[name] = full or _offer_refusal(position, seat, orders, offer)
        yield offer.move, refusals[name]


def _offer_refusal(position: Position, seat: str, orders: Orders, offer: OfferMove) -> Refusal | None:
    template, other = offer.template, offer.other
    if other in orders.offered:
        return Refusal("pair", (other,))
    if any(waiting.template == template.id for waiting in position.offers):
        return Refusal("pending", (other,))
    if running(position, template.id) is not None:
        return Refusal("running")
    if template.rung and not hold_chance(position, template.rung):
        ladder = position.scenario.spec.ladder
        assert ladder is not None
        return Refusal("trust", (ladder.wants[template.rung - 1], position.tracks[ladder.track]))
    return need_refusal(position, f"deal/{template.id}", f"deal:{template.id}")


def running(position: Position, template: str) -> Deal | None:
    """The running deal of that template, as far as the position knows."""
    for deal in position.deals:
        if deal.template == template and deal.status == "running":
            return deal
    return None


def hold_chance(position: Position, rung: int) -> int:
    """The per cent that a deal of this rung holds: 100 where trust allows it, else less each step short."""
    ladder = position.scenario.spec.ladder
    if ladder is None or not rung:
        return 100
    gap = ladder.wants[rung - 1] - position.tracks[ladder.track]
    return 100 if gap <= 0 else max(ladder.skip_base + ladder.skip_each * gap, 0)


def _marks(position: Position, seat: str, orders: Orders) -> Iterator[Option]:
    marked = {deal for deal, _mark in orders.marks}
    for deal in position.deals:
        if deal.status == "running" and deal.published and seat in (deal.a, deal.b):
            refusal = Refusal("marked") if deal.template in marked else None
            for move in position.scenario.mark_moves[seat, deal.template]:
                yield move, refusal


def _levers(position: Position, seat: str, orders: Orders) -> Iterator[Option]:
    for dial, move in position.scenario.dial_moves[seat]:
        yield move, Refusal("dialled") if dial in orders.dialled else None
    for stand, move, needs in position.scenario.stand_moves[seat]:
        failed = next((at for at, test in enumerate(needs) if not test(position)), None)
        if stand in orders.stands:
            yield move, Refusal("stood")
        else:
            yield move, None if failed is None else Refusal("need", (f"stand:{stand}:{failed}",))


def _signals(position: Position, seat: str) -> Iterator[Option]:
    refusal = Refusal("signalled") if seat in position.signals else None
    for move in position.scenario.signal_moves[seat]:
        yield move, refusal


def promised(position: Position, root: str) -> Chances:
    """The odds of every roll in a card, as they stand now; fixed when the card is committed."""
    rolls = position.scenario.programs.rolls
    return tuple(
        (path, rolls[path].chance(rolls[path].terms(position))) for path in position.scenario.rolls_of[root]
    )
