"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wargame.rules.deals import rounds_run
from wargame.rules.effects.base import Changes, Key, expect
from wargame.rules.moves import Move
from wargame.rules.options import hold_chance
from wargame.rules.scenario import card_root, terms
from wargame.rules.state import Offer, Promises
from wargame.rules.view import View

Prospect = tuple[Key | str, float]
"""What a key names changes by so much; or the program at a path runs, and what it does counts so much."""


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
    for what, by in prospects(seen, move):
        if isinstance(what, str):
            expect(seen.scenario.programs.expected(what), seen, by, changes)
        else:
            changes[what] = changes.get(what, 0.0) + by
    if move.verb in ("commit", "discard", "choose"):
        dice = seen.scenario.programs.dice_of(_path(seen, move))
        return Preview(tuple(d.promise(seen) for d in dice if d.knows(seen.seat)), changes)
    offer = _offer(seen, move) if move.verb in ("offer", "answer") else None
    return Preview((), changes, offer.hold if offer else 100)


def prospects(seen: View, move: Move) -> Iterable[Prospect]:
    """Return what `move` may be expected to do as far as its seat can tell, programs not taken apart."""
    verb = move.verb
    if verb in ("offer", "answer"):
        offer = _offer(seen, move)
        return _deal(seen, move.seat, offer) if offer else ()
    if verb == "mark":
        return _mark(seen, move)
    path = _path(seen, move)
    if path not in seen.scenario.programs:
        return ()
    if verb == "commit":
        return (("influence", move.seat), -float(seen.scenario.cards[str(move.args[0])].cost)), (path, 1.0)
    if verb == "discard":
        cost = seen.scenario.actions[move.seat].cost
        return (("influence", move.seat), -float(cost)), (("hand", move.seat), -1.0), (path, 1.0)
    return ((path, 1.0),)


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


def _offer(seen: View, move: Move) -> Offer | None:
    """The offer that a move makes or accepts; `None` if it turns one down."""
    if move.verb == "offer":
        made = seen.scenario.offer_of[move]
        hold = hold_chance(seen, made.template.rung)
        return Offer(made.template.id, move.seat, made.other, made.size, made.secret, made.rounds, hold)
    if move.args[1] == "no":
        return None
    return next(offer for offer in seen.offers if offer.template == move.args[0])


def _deal(seen: View, seat: str, offer: Offer) -> Iterator[Prospect]:
    """A deal over its whole length, for one of its sides, if both keep it."""
    template = seen.scenario.deals[offer.template]
    other = offer.to if seat == offer.proposer else offer.proposer
    left = min(offer.rounds, seen.rounds - seen.round + 1)
    share = offer.hold / 100
    yield ("influence", seat), -1.0
    yield ("signed", template.id), share
    for good, count in terms(template, offer.size, seat).items():
        yield ("good", seat, good), -share * count * left
    for good, count in terms(template, offer.size, other).items():
        yield ("good", seat, good), share * count * left
    paid = rounds_run(seen, template.id)
    again = template.kept if not any(deal.template == template.id for deal in seen.deals) else 0
    yield ("points", seat), share * (sum(template.pays[paid : paid + left]) + again)
    ladder = seen.scenario.spec.ladder
    if template.rung and ladder:
        yield ("track", ladder.track), share * left * ladder.full
    yield f"deal/{template.id}/signed", share
    yield f"deal/{template.id}/each", share * left


def _mark(seen: View, move: Move) -> Iterator[Prospect]:
    """Holding back: what is kept of one's own goods, and what of the other's will not come."""
    name, mark = move.args
    deal = next(d for d in seen.deals if d.template == name and d.status == "running")
    template, left = seen.scenario.deals[deal.template], min(deal.left, seen.rounds - seen.round + 1)
    ladder = seen.scenario.spec.ladder
    for good, count in terms(template, deal.size, move.seat).items():
        kept = count * left if mark == "stop" else count - count // 2
        yield ("good", move.seat, good), float(kept)
    if mark == "stop":
        for good, count in terms(template, deal.size, deal.other(move.seat)).items():
            yield ("good", move.seat, good), -float(count * left)
        paid = rounds_run(seen, template.id)
        lost = sum(template.pays[paid : paid + left]) + template.kept
        late = seen.scenario.spec.scoring.late_breach if seen.round >= seen.rounds - 1 else 0
        yield ("points", move.seat), -float(lost + late)
        yield f"deal/{template.id}/broken", 1.0
    if ladder and template.rung:
        by = ladder.stop.get(move.seat, 0) if mark == "stop" else ladder.short - ladder.full
        yield ("track", ladder.track), float(by)
