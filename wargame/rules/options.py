"""The one list of what may be done now, and why the rest may not (design 2, promise 3).

`options` reads a position: a `State`, or the acting seat's `View`; it asks only what that seat may know, so
both give the same answer. Its order is fixed and its first move is neutral.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

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


def groups(position: Position) -> list[Group]:
    """The options, those with one answer together."""
    seat, found = position.to_act, list[Group]()
    if seat is None:
        return found
    if position.stack:
        _choices(position, found)
    elif position.phase == "orders":
        orders, menu = position.orders[seat], menu_of(position, seat)
        found.append((position.scenario.end_moves[seat], None))
        _answers(position, seat, found)
        _commits(position, seat, orders, menu, found)
        _offers(position, seat, orders, menu, found)
        _marks(position, seat, orders, found)
        _levers(position, seat, orders, found)
        told = SIGNALLED if seat in position.signals else None
        found.append((position.scenario.signal_moves[seat], told))
    elif position.phase == "answers":
        found.append((position.scenario.end_moves[seat], None))
        _answers(position, seat, found)
    return found


SIGNALLED, ACTED, COMMITS = Refusal("signalled"), Refusal("acted"), Refusal("commits")
SIGN, RUNNING, MARKED = Refusal("sign"), Refusal("running"), Refusal("marked")
DIALLED, STOOD = Refusal("dialled"), Refusal("stood")


class Menu(NamedTuple):
    """What of a seat's options stays the same through its orders: worked out once a turn.

    `cards`: card → the need that fails; `action`: the same for the printed action; `deals`: the other
    party, the ways to propose, and what forbids it.
    """

    cards: dict[str, Refusal | None]
    action: Refusal | None
    deals: tuple[tuple[str, tuple[Move, ...], Refusal | None], ...]


def menu_of(position: Position, seat: str) -> Menu:
    """The menu of the seat at its orders, kept with the position until its turn or its deals change."""
    if position.menu is None:
        scenario = position.scenario
        action = scenario.actions[seat].id
        position.menu = Menu(
            {card: need_refusal(position, card, f"card:{card}") for card in position.hands[seat]},
            need_refusal(position, action, f"card:{action}"),
            tuple(
                (other, moves, _deal_refusal(position, template, other))
                for template, other, moves in scenario.offer_groups[seat]
            ),
        )
    return position.menu


def _choices(position: Position, found: list[Group]) -> None:
    frame = position.stack[-1]
    path = f"{frame.path}/{frame.at}"
    for at, (move, needs) in enumerate(position.scenario.choose_moves[path]):
        found.append(((move,), _failing(position, needs, f"choice:{path}:{at}")))


def _failing(position: Position, needs: tuple[Test, ...], name: str) -> Refusal | None:
    """The first of these needs that does not hold."""
    for at, test in enumerate(needs):
        if not test(position):
            return Refusal("need", (f"{name}:{at}",))
    return None


def need_refusal(position: Position, key: str, name: str) -> Refusal | None:
    """The first need of a card (or `deal/…`) that does not hold."""
    return _failing(position, position.scenario.needs[key], name)


def _answers(position: Position, seat: str, found: list[Group]) -> None:
    for offer in position.offers:
        if offer.to == seat:
            yes, no = position.scenario.answer_moves[seat, offer.template]
            found.append(((yes,), None if position.influence[seat] >= 1 else SIGN))
            found.append(((no,), None))


def _commits(position: Position, seat: str, orders: Orders, menu: Menu, found: list[Group]) -> None:
    """Cards to lay down, then cards to give up for the printed action."""
    scenario, purse = position.scenario, position.influence[seat]
    full, acting = None, None
    if orders.acted:
        full = acting = ACTED
    elif orders.commits:
        acting = COMMITS
        if len(orders.commits) >= scenario.spec.rules.commits:
            full = Refusal("committed", (len(orders.commits),))
    hand, cards, ways = position.hands[seat], scenario.cards, scenario.commit_moves
    for card in hand:
        found.append((ways[card], full or _cost_refusal(cards[card].cost, purse) or menu.cards[card]))
    acting = acting or _cost_refusal(scenario.actions[seat].cost, purse) or menu.action
    for card in hand:
        found.append((scenario.discard_moves[card], acting))


def _cost_refusal(cost: int, purse: int) -> Refusal | None:
    return Refusal("cost", (cost, purse)) if cost > purse else None


def _offers(position: Position, seat: str, orders: Orders, menu: Menu, found: list[Group]) -> None:
    full = None
    if len(orders.offered) >= position.scenario.spec.rules.offers:
        full = Refusal("offered", (len(orders.offered),))
    elif position.influence[seat] < 1:
        full = SIGN
    for other, moves, forbidden in menu.deals:
        paired = Refusal("pair", (other,)) if other in orders.offered else None
        found.append((moves, full or paired or forbidden))


def _deal_refusal(position: Position, template: DealTemplate, other: str) -> Refusal | None:
    """What forbids proposing a deal all through this turn."""
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


def _marks(position: Position, seat: str, orders: Orders, found: list[Group]) -> None:
    for deal in position.deals:
        if deal.status == "running" and deal.published and seat in (deal.a, deal.b):
            marked = any(name == deal.template for name, _mark in orders.marks)
            found.append((position.scenario.mark_moves[seat, deal.template], MARKED if marked else None))


def _levers(position: Position, seat: str, orders: Orders, found: list[Group]) -> None:
    for dial, moves in position.scenario.dial_moves[seat]:
        found.append((moves, DIALLED if dial in orders.dialled else None))
    for stand, moves, needs in position.scenario.stand_moves[seat]:
        stood = STOOD if stand in orders.stands else None
        found.append((moves, stood or _failing(position, needs, f"stand:{stand}")))


def promised(position: Position, root: str) -> Chances:
    """The odds of every roll in a card, as they stand now; fixed when the card is committed."""
    programs = position.scenario.programs
    return tuple((path, programs.rolls[path].chance(position)) for path in programs.rolls_below(root))
