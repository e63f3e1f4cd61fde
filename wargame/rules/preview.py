"""What a move promises: its odds with reasons, and what it may be expected to change.

Reads a view, never the truth, so the screen and the bots can show and use it freely (design 2, promise 5).
"""

from __future__ import annotations

from typing import NamedTuple

from wargame.rules.deals import rounds_run
from wargame.rules.effects.base import Changes, add
from wargame.rules.effects.flow import expect_all
from wargame.rules.moves import Answer, Choose, Commit, Dial, Discard, Mark, Move, Offer, Stand
from wargame.rules.options import hold_chance
from wargame.rules.scenario import card_root, terms
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
    """What `move` would do as far as its seat can tell. It need not be legal now."""
    if isinstance(move, (Commit, Discard)):
        return _card(seen, move)
    if isinstance(move, Offer):
        made = seen.scenario.offer_of[move]
        hold = hold_chance(seen, made.template.rung)
        offer = PendingOffer(
            made.template.id, move.seat, made.other, made.size, made.secret, made.rounds, hold
        )
        return _deal(seen, move.seat, offer)
    if isinstance(move, Answer):
        offer = next(o for o in seen.offers if o.template == move.deal)
        return _deal(seen, move.seat, offer) if move.reply == "yes" else Preview((), {})
    path = _path(seen, move)
    changes: Changes = {}
    if path in seen.scenario.programs.effects:
        _expect(seen, path, 1.0, changes)
    if isinstance(move, Mark):
        _marked(seen, move, changes)
    return Preview(_odds(seen, path) if isinstance(move, Choose) else (), changes)


def _path(seen: View, move: Move) -> str:
    if isinstance(move, Dial):
        return f"dial/{move.dial}/{move.setting}"
    if isinstance(move, Stand):
        return f"stand/{move.stand}/together"
    if isinstance(move, Choose):
        return f"{seen.stack[-1].path}/{seen.stack[-1].at}/{move.option}"
    return ""


def _expect(seen: View, path: str, weight: float, into: Changes) -> None:
    expect_all(seen.scenario.programs.effects[path], seen, path, weight, into)


def _odds(seen: View, root: str) -> Promises:
    return tuple(d.promise(seen) for d in seen.scenario.programs.dice_of(root) if d.knows(seen.seat))


def _card(seen: View, move: Commit | Discard) -> Preview:
    scenario, seat = seen.scenario, move.seat
    card = scenario.actions[seat].id if isinstance(move, Discard) else move.card
    root = card_root(card, move.target)
    changes: Changes = {("influence", seat): -float(scenario.cards[card].cost)}
    if isinstance(move, Discard):
        add(changes, ("hand", seat), -1.0)
    _expect(seen, root, 1.0, changes)
    return Preview(_odds(seen, root), changes)


def _deal(seen: View, seat: str, offer: PendingOffer) -> Preview:
    """A deal over its whole length, for one of its sides, if both keep it."""
    template = seen.scenario.deals[offer.template]
    other = offer.to if seat == offer.proposer else offer.proposer
    left = min(offer.rounds, seen.rounds - seen.round + 1)
    share = offer.hold / 100
    changes: Changes = {("influence", seat): -1.0, ("signed", offer.template): share}
    for good, count in terms(template, offer.size, seat).items():
        add(changes, ("good", seat, good), -share * count * left)
    for good, count in terms(template, offer.size, other).items():
        add(changes, ("good", seat, good), share * count * left)
    paid = rounds_run(seen, template.id)
    again = template.kept if not any(deal.template == template.id for deal in seen.deals) else 0
    add(changes, ("points", seat), share * (sum(template.pays[paid : paid + left]) + again))
    ladder = seen.scenario.spec.ladder
    if template.rung and ladder:
        add(changes, ("track", ladder.track), share * left * ladder.full)
    _expect(seen, f"deal/{template.id}/signed", share, changes)
    _expect(seen, f"deal/{template.id}/each", share * left, changes)
    return Preview((), changes, offer.hold)


def _marked(seen: View, move: Mark, changes: Changes) -> None:
    """Holding back: what is kept of one's own goods, and what of the other's will not come."""
    mark = move.mark
    deal = next(d for d in seen.deals if d.template == move.deal and d.status == "running")
    template, left = seen.scenario.deals[deal.template], min(deal.left, seen.rounds - seen.round + 1)
    ladder = seen.scenario.spec.ladder
    for good, count in terms(template, deal.size, move.seat).items():
        kept = count * left if mark == "stop" else count - count // 2
        add(changes, ("good", move.seat, good), float(kept))
    if mark == "stop":
        for good, count in terms(template, deal.size, deal.other(move.seat)).items():
            add(changes, ("good", move.seat, good), -float(count * left))
        paid = rounds_run(seen, template.id)
        lost = sum(template.pays[paid : paid + left]) + template.kept
        late = seen.scenario.spec.scoring.late_breach if seen.round >= seen.rounds - 1 else 0
        add(changes, ("points", move.seat), -float(lost + late))
        _expect(seen, f"deal/{template.id}/broken", 1.0, changes)
    if ladder and template.rung:
        by = ladder.stop.get(move.seat, 0) if mark == "stop" else ladder.short - ladder.full
        add(changes, ("track", ladder.track), float(by))
