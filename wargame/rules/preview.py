"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wargame.rules.deals import rounds_run
from wargame.rules.effects.base import Change, Changes, Sequel, expect
from wargame.rules.moves import Move
from wargame.rules.options import hold_chance
from wargame.rules.scenario import Scenario, card_root, terms
from wargame.rules.spec import DealTemplate
from wargame.rules.state import Offer, Promises
from wargame.rules.view import View

Prospect = tuple[Sequel, float]
"""What may follow from a move, and how many times it counts."""


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
    for sequel, weight in prospects(seen, move):
        expect(sequel.parts, seen, weight, changes)
    if move.verb in ("commit", "discard", "choose"):
        dice = seen.scenario.programs.dice_of(_path(seen, move))
        return Preview(tuple(d.promise(seen) for d in dice if d.knows(seen.seat)), changes)
    offer = _offer(seen, move) if move.verb in ("offer", "answer") else None
    return Preview((), changes, offer.hold if offer else 100)


def prospects(seen: View, move: Move) -> Sequence[Prospect]:
    """Return what may follow from `move` as far as its seat can tell. A sequel is made once a scenario."""
    if move.verb in ("offer", "answer"):
        offer = _offer(seen, move)
        return _deal(seen, move.seat, offer) if offer else ()
    if move.verb == "mark":
        return _mark(seen, move)
    path, programs = _path(seen, move), seen.scenario.programs
    if path not in programs:
        return ()
    sequel = programs.kept.get(path)
    if sequel is None:
        sequel = programs.kept[path] = Sequel((*_price(seen.scenario, move), *programs.expected(path)))
    return ((sequel, 1.0),)


def _path(seen: View, move: Move) -> str:
    """The path of the program that a move starts, "" if it starts none."""
    args = move.args
    if move.verb in ("commit", "discard"):
        card = seen.scenario.actions[move.seat].id if move.verb == "discard" else str(args[0])
        return card_root(card, str(args[1]) if len(args) > 1 else "")
    if move.verb == "dial":
        return f"dial/{args[0]}/{args[1]}"
    if move.verb == "stand":
        return f"stand/{args[0]}/together"
    if move.verb == "choose":
        return f"{seen.stack[-1].path}/{seen.stack[-1].at}/{args[0]}"
    return ""


def _price(scenario: Scenario, move: Move) -> Iterator[Change]:
    """What a card costs, and the card that is given up for a printed action."""
    if move.verb == "commit":
        yield Change(("influence", move.seat), -scenario.cards[str(move.args[0])].cost)
    if move.verb == "discard":
        yield Change(("influence", move.seat), -scenario.actions[move.seat].cost)
        yield Change(("hand", move.seat), -1)


# --- deals ---------------------------------------------------------------------------------------------

ONCE, BY_ROUND, BY_POINT, IF_IT_HOLDS = range(4)
"""How many times a part of a deal's prospects counts."""

Parts = tuple[tuple[Sequel, int], ...]


def _parts(sequels: Iterable[tuple[Sequel, int]]) -> Parts:
    return tuple((sequel, how) for sequel, how in sequels if sequel.parts)


def _offer(seen: View, move: Move) -> Offer | None:
    """The offer that a move makes or accepts; `None` if it turns one down."""
    if move.verb == "offer":
        made = seen.scenario.offer_of[move]
        hold = hold_chance(seen, made.template.rung)
        return Offer(made.template.id, move.seat, made.other, made.size, made.secret, made.rounds, hold)
    if move.args[1] == "no":
        return None
    return next(offer for offer in seen.offers if offer.template == move.args[0])


def _deal(seen: View, seat: str, offer: Offer) -> Sequence[Prospect]:
    """A deal over its whole length, for one of its sides, if both keep it."""
    name, kept = offer.template, seen.scenario.programs.kept
    template = seen.scenario.deals[name]
    parts: Parts | None = kept.get((name, offer.size, seat))
    if parts is None:
        parts = kept[name, offer.size, seat] = _parts(_signing(seen.scenario, template, offer.size, seat))
    left, share = min(offer.rounds, seen.rounds - seen.round + 1), offer.hold / 100
    paid = rounds_run(seen, name)
    again = 0 if name in [deal.template for deal in seen.deals] else template.kept
    points = sum(template.pays[paid : paid + left]) + again
    counts = 1.0, share * left, share * points, share
    return [(sequel, counts[how]) for sequel, how in parts]


def _signing(
    scenario: Scenario, template: DealTemplate, size: str, seat: str
) -> Iterator[tuple[Sequel, int]]:
    """What a deal brings one of its sides."""
    other, ladder = template.between[seat == template.between[0]], scenario.spec.ladder
    give, get = terms(template, size, seat), terms(template, size, other)
    yield Sequel([Change(("influence", seat), -1)]), ONCE
    yield Sequel([*_goods(seat, give, -1), *_goods(seat, get)]), BY_ROUND
    yield Sequel([Change(("points", seat), 1)]), BY_POINT
    if template.rung and ladder:
        yield Sequel([Change(("track", ladder.track), ladder.full)]), BY_ROUND
    yield Sequel(scenario.programs.expected(f"deal/{template.id}/signed")), IF_IT_HOLDS
    yield Sequel(scenario.programs.expected(f"deal/{template.id}/each")), BY_ROUND


def _goods(seat: str, goods: dict[str, int], times: int = 1) -> Iterator[Change]:
    for good, count in goods.items():
        yield Change(("good", seat, good), times * count)


def _mark(seen: View, move: Move) -> Sequence[Prospect]:
    """Holding back: what is kept of one's own goods, and what of the other's will not come."""
    (name, mark), seat, kept = move.args, move.seat, seen.scenario.programs.kept
    deal = next(d for d in seen.deals if d.template == name and d.status == "running")
    template, left = seen.scenario.deals[deal.template], min(deal.left, seen.rounds - seen.round + 1)
    parts: Parts | None = kept.get((name, deal.size, seat, mark))
    if parts is None:
        marking = _stopping if mark == "stop" else _falling_short
        parts = kept[name, deal.size, seat, mark] = _parts(marking(seen.scenario, template, deal.size, seat))
    paid = rounds_run(seen, template.id)
    late = seen.scenario.spec.scoring.late_breach if seen.round >= seen.rounds - 1 else 0
    points = sum(template.pays[paid : paid + left]) + template.kept + late
    counts = 1.0, left, points
    return [(sequel, counts[how]) for sequel, how in parts]


def _stopping(
    scenario: Scenario, template: DealTemplate, size: str, seat: str
) -> Iterator[tuple[Sequel, int]]:
    other, ladder = template.between[seat == template.between[0]], scenario.spec.ladder
    give, get = terms(template, size, seat), terms(template, size, other)
    yield Sequel([*_goods(seat, give), *_goods(seat, get, -1)]), BY_ROUND
    yield Sequel([Change(("points", seat), -1)]), BY_POINT
    yield Sequel(scenario.programs.expected(f"deal/{template.id}/broken")), ONCE
    if template.rung and ladder:
        yield Sequel([Change(("track", ladder.track), ladder.stop.get(seat, 0))]), ONCE


def _falling_short(
    scenario: Scenario, template: DealTemplate, size: str, seat: str
) -> Iterator[tuple[Sequel, int]]:
    give, ladder = terms(template, size, seat), scenario.spec.ladder
    yield Sequel([*_goods(seat, {good: count - count // 2 for good, count in give.items()})]), ONCE
    if template.rung and ladder:
        yield Sequel([Change(("track", ladder.track), ladder.short - ladder.full)]), ONCE
