"""The one list of what may be done now, and why the rest may not (design 2, promise 3).

`options` reads a position: a `State`, or the acting seat's `View`; it asks only what that seat may know, so
both give the same answer. Its order is fixed and its first move is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator

from wargame.rules.conditions import Test
from wargame.rules.moves import Move, Refusal
from wargame.rules.spec import DealTemplate
from wargame.rules.state import Chances, Deal, Orders, Position

Option = tuple[Move, Refusal | None]
Group = tuple[tuple[Move, ...], Refusal | None]
"""Moves that are allowed, or refused for the same reason, together."""


def options(position: Position) -> Iterator[Option]:
    """Every move of the seat to act, each with `None` or the reason it is refused."""
    for moves, refusal in groups(position):
        for move in moves:
            yield move, refusal


def legal_moves(position: Position) -> tuple[Move, ...]:
    """The moves that are allowed now, in the order of `options`; empty only when the game is over."""
    allowed: list[Move] = []
    for moves, refusal in groups(position):
        if refusal is None:
            allowed += moves
    return tuple(allowed)


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


def groups(position: Position) -> Iterator[Group]:
    """The options, those with one answer together."""
    seat = position.to_act
    if seat is None:
        return
    if position.stack:
        yield from _choices(position)
    elif position.phase == "orders":
        orders = position.orders[seat]
        yield position.scenario.end_moves[seat], None
        yield from _answers(position, seat)
        yield from _commits(position, seat, orders)
        yield from _discards(position, seat, orders)
        yield from _offers(position, seat, orders)
        yield from _marks(position, seat, orders)
        yield from _levers(position, seat, orders)
        yield position.scenario.signal_moves[seat], SIGNALLED if seat in position.signals else None
    elif position.phase == "answers":
        yield position.scenario.end_moves[seat], None
        yield from _answers(position, seat)


SIGNALLED, ACTED, COMMITS = Refusal("signalled"), Refusal("acted"), Refusal("commits")
SIGN, RUNNING, MARKED = Refusal("sign"), Refusal("running"), Refusal("marked")
DIALLED, STOOD = Refusal("dialled"), Refusal("stood")


def _choices(position: Position) -> Iterator[Group]:
    frame = position.stack[-1]
    path = f"{frame.path}/{frame.at}"
    for at, (move, needs) in enumerate(position.scenario.choose_moves[path]):
        yield (move,), _failing(position, needs, f"choice:{path}:{at}")


def _failing(position: Position, needs: tuple[Test, ...], name: str) -> Refusal | None:
    """The first of these needs that does not hold."""
    for at, test in enumerate(needs):
        if not test(position):
            return Refusal("need", (f"{name}:{at}",))
    return None


def _answers(position: Position, seat: str) -> Iterator[Group]:
    for offer in position.offers:
        if offer.to == seat:
            yes, no = position.scenario.answer_moves[seat, offer.template]
            yield (yes,), None if position.influence[seat] >= 1 else SIGN
            yield (no,), None


def _commits(position: Position, seat: str, orders: Orders) -> Iterator[Group]:
    scenario, purse = position.scenario, position.influence[seat]
    full = None
    if orders.acted:
        full = ACTED
    elif len(orders.commits) >= scenario.spec.rules.commits:
        full = Refusal("committed", (len(orders.commits),))
    for card in position.hands[seat]:
        yield scenario.commit_moves[card], full or _card_refusal(position, card, purse)


def _card_refusal(position: Position, card: str, purse: int) -> Refusal | None:
    cost = position.scenario.cards[card].cost
    if cost > purse:
        return Refusal("cost", (cost, purse))
    return need_refusal(position, card, f"card:{card}")


def need_refusal(position: Position, key: str, name: str) -> Refusal | None:
    """The first need of a card (or `deal/…`) that does not hold."""
    needs = position.scenario.needs[key]
    return _failing(position, needs, name) if needs else None


def _discards(position: Position, seat: str, orders: Orders) -> Iterator[Group]:
    scenario = position.scenario
    if orders.acted:
        refusal: Refusal | None = ACTED
    elif orders.commits:
        refusal = COMMITS
    else:
        refusal = _card_refusal(position, scenario.actions[seat].id, position.influence[seat])
    for card in position.hands[seat]:
        yield scenario.discard_moves[card], refusal


def _offers(position: Position, seat: str, orders: Orders) -> Iterator[Group]:
    full = None
    if len(orders.offered) >= position.scenario.spec.rules.offers:
        full = Refusal("offered", (len(orders.offered),))
    elif position.influence[seat] < 1:
        full = SIGN
    for template, other, moves in position.scenario.offer_groups[seat]:
        yield moves, full or _offer_refusal(position, orders, template, other)


def _offer_refusal(position: Position, orders: Orders, template: DealTemplate, other: str) -> Refusal | None:
    if other in orders.offered:
        return Refusal("pair", (other,))
    for waiting in position.offers:
        if waiting.template == template.id:
            return Refusal("pending", (other,))
    if running(position, template.id) is not None:
        return RUNNING
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


def _marks(position: Position, seat: str, orders: Orders) -> Iterator[Group]:
    for deal in position.deals:
        if deal.status == "running" and deal.published and seat in (deal.a, deal.b):
            marked = any(name == deal.template for name, _mark in orders.marks)
            yield position.scenario.mark_moves[seat, deal.template], MARKED if marked else None


def _levers(position: Position, seat: str, orders: Orders) -> Iterator[Group]:
    for dial, moves in position.scenario.dial_moves[seat]:
        yield moves, DIALLED if dial in orders.dialled else None
    for stand, moves, needs in position.scenario.stand_moves[seat]:
        yield moves, STOOD if stand in orders.stands else _failing(position, needs, f"stand:{stand}")


def promised(position: Position, root: str) -> Chances:
    """The odds of every roll in a card, as they stand now; fixed when the card is committed."""
    programs = position.scenario.programs
    return tuple((path, programs.rolls[path].chance(position)) for path in programs.rolls_below(root))
