"""Agreements: offered, signed, delivered, broken, found out (rules: deals; S1, S5, S7, S9).

A deal is known to its parties; an open one to everybody from the reveal on, a secret one when it is
proved. Everything here moves a state it owns and says what happened to those who may know.
"""

from __future__ import annotations

from typing import Any

from wargame.rules.effects.base import shift_good, shift_influence, shift_track
from wargame.rules.effects.dice import limited
from wargame.rules.events import (
    Accused,
    Audience,
    CommuniqueIssued,
    DealAnnounced,
    DealBroken,
    DealEnded,
    DealOffered,
    DealProved,
    DealSigned,
    DealSuspected,
    DeliveryWatched,
    GoodsDelivered,
    OfferCountered,
    OfferLapsed,
    OfferRefused,
    Out,
    PointsGiven,
    RungGambled,
)
from wargame.rules.luck import draw, percent
from wargame.rules.moves import Accuse, Announce, Answer, Counter, Offer
from wargame.rules.options import deal_survival_percent, hold_terms
from wargame.rules.pieces import Situation
from wargame.rules.scenario import Scenario, due, terms
from wargame.rules.spec import DealTemplate, Detection
from wargame.rules.state import SILENT, Accusation, Deal, Frame, PendingOffer, Position, State

FALL = -1
"""What it does to the ladder's track that a deal on a skipped rung does not hold."""


def knowers(deal: Deal) -> Audience:
    """Return the seats that know what is in a deal; `None` for everybody."""
    laid_open = deal.proved or (deal.published and not deal.secret)
    return None if laid_open else (deal.a, deal.b)


def change(state: State, at: int, **facts: Any) -> Deal:
    """Replace some facts of the deal at that place."""
    deal = state.deals[at]._replace(**facts)
    state.deals = (*state.deals[:at], deal, *state.deals[at + 1 :])
    return deal


def frame_of(deal: Deal, moment: str = "") -> Frame:
    path = f"deal/{deal.template}/{moment}"
    return Frame(path, 0, f"deal/{deal.template}", knowers(deal), deal.by or deal.a)


def hook(state: State, deal: Deal, moment: str) -> None:
    """Start what the template says happens at this moment, before anything else that waits."""
    if state.scenario.programs[f"deal/{deal.template}/{moment}"]:
        state.queue = (frame_of(deal, moment), *state.queue)


# --- offering and signing ------------------------------------------------------------------------------


def propose(state: State, out: Out, move: Offer) -> None:
    """Lay an offer before the other party; one influence is set aside for the signing."""
    template, seat = state.scenario.deals[move.deal], move.seat
    other = template.between[seat == template.between[0]]
    orders = state.orders[seat]
    state.orders = {**state.orders, seat: orders._replace(offered=(*orders.offered, other))}
    state.influence = {**state.influence, seat: state.influence[seat] - 1}
    hold, secret = deal_survival_percent(state, template.rung), move.secrecy == "secret"
    made = PendingOffer(move.deal, seat, other, move.size, secret, move.rounds, hold)
    state.offers = (*state.offers, made)
    out.append(DealOffered((seat, other), *made[:6]))


def answer(state: State, out: Out, move: Answer) -> None:
    """Sign an offer, or turn it down and give back what is set aside. Whose own was countered has paid."""
    offer = _taken(state, move)
    if move.reply == "yes":
        if not offer.countered:
            state.influence = {**state.influence, move.seat: state.influence[move.seat] - 1}
        words = ""
        if offer.secret and state.scenario.words_of(offer.proposer, offer.to):
            words = move.words or SILENT
        agreed = offer.size, offer.secret, offer.rounds, offer.hold, offer.more
        sign(state, out, offer.template, *agreed, words)
    else:
        _refund(state, offer)
        out.append(OfferRefused((offer.proposer, offer.to), offer.template, offer.proposer, offer.to))


def counter(state: State, out: Out, move: Counter) -> None:
    """Put a counter-offer in an offer's place; one influence of this seat is set aside as well."""
    offer, seat, secret = _taken(state, move), move.seat, move.secrecy == "secret"
    state.influence = {**state.influence, seat: state.influence[seat] - 1}
    made = PendingOffer(
        move.deal, seat, offer.proposer, move.size, secret, move.rounds, offer.hold, move.more, True
    )
    state.offers = (*state.offers, made)
    out.append(OfferCountered((seat, offer.proposer), *made[:6], move.more))


def _taken(state: State, move: Answer | Counter) -> PendingOffer:
    """Take the offer that is answered off the table."""
    offer = next(o for o in state.offers if o.template == move.deal and o.to == move.seat)
    state.offers = tuple(other for other in state.offers if other is not offer)
    return offer


def _refund(state: State, offer: PendingOffer) -> None:
    cap = state.scenario.spec.rules.influence_cap
    for seat in (offer.proposer, offer.to) if offer.countered else (offer.proposer,):
        state.influence = {**state.influence, seat: min(state.influence[seat] + 1, cap)}


def announce(state: State, move: Announce) -> None:
    """Have a communiqué published at the reveal for which nothing is signed, and pay for it."""
    state.influence = {**state.influence, move.seat: state.influence[move.seat] - 1}
    a, b = next(
        pair.between for pair in state.scenario.spec.pairs if {*pair.between} == {move.seat, move.other}
    )
    empty = Deal("?", a, b, 0, "", True, 0, state.round, 0, 100, False, "?", move.seat, words=move.words)
    state.deals = (*state.deals, empty)


def sign(
    state: State,
    out: Out,
    deal: str,
    size: str,
    secret: bool,
    rounds: int,
    hold: int = 100,
    more: str = "",
    words: str = "",
) -> None:
    """Let the deal run from this round's upkeep on, for both agree; `hold` is the per cent that it holds."""
    template = state.scenario.deals[deal]
    a, b = template.between
    new = Deal(
        deal, a, b, template.rung, size, secret, rounds, state.round, rounds, hold, more=more, words=words
    )
    state.deals = (*state.deals, new)
    out.append(DealSigned((a, b), deal, a, b, size, secret, rounds, more))


def lapse(state: State, out: Out) -> None:
    """Call off the offers that nobody answered."""
    for offer in state.offers:
        _refund(state, offer)
        out.append(OfferLapsed((offer.proposer,), offer.template, offer.to))
    state.offers = ()


def publish(state: State, out: Out) -> None:
    """Announce open deals at the reveal, secret ones as their communiqué; a proved one is known already."""
    fresh = [at for at, deal in enumerate(state.deals) if not deal.published]
    if state.scenario.worded:
        fresh.sort(key=lambda at: (state.deals[at].a, state.deals[at].b, state.deals[at].words))
    for at in fresh:
        new = change(state, at, published=True)
        if new.secret and not new.proved:
            if new.words != SILENT:
                out.append(CommuniqueIssued(None, new.a, new.b, new.words))
        elif not new.secret:
            out.append(DealAnnounced(None, new.template, new.a, new.b, new.size, new.rounds, new.more))
        if not new.empty:
            hook(state, new, "signed")


# --- delivering ----------------------------------------------------------------------------------------


def deliver_all(state: State, out: Out) -> list[int]:
    """Run every deal for one round. Returns the places of the deals in which something moved."""
    moved = []
    for at in range(len(state.deals)):
        if state.deals[at].status != "running" or not _holds(state, out, at):
            continue
        if _deliver(state, out, at):
            moved.append(at)
    return moved


def _holds(state: State, out: Out, at: int) -> bool:
    """The gamble of a skipped rung, at the first delivery (S9)."""
    deal = state.deals[at]
    if deal.hold == 100 or deal.left != deal.rounds or deal.unpaid >= 0:
        return True
    die = percent(draw(state.seed, state.luck, state.round, "hold", deal.template))
    terms = hold_terms(state.scenario, deal.hold)
    out.append(RungGambled(knowers(deal), deal.template, deal.hold, die, die <= deal.hold, terms))
    if die > deal.hold:
        change(state, at, status="fallen", left=0)
        _trust(state, out, deal, FALL)
        return False
    return True


def mark_of(state: State, deal: Deal, seat: str) -> str:
    marks = state.orders[seat].marks
    return dict(marks).get(deal.template, "deliver") if marks else "deliver"


def _deliver(state: State, out: Out, at: int) -> bool:
    deal = state.deals[at]
    stopping = [seat for seat in (deal.a, deal.b) if mark_of(state, deal, seat) == "stop"]
    if stopping:
        break_off(state, out, at, stopping[0])
        return False
    template = state.scenario.deals[deal.template]
    if template.first:
        return _ship_and_pay(state, out, at, template)
    (by_a, lots), (by_b, more) = [_hand_over(state, out, deal, giver) for giver in (deal.a, deal.b)]
    full = by_a != "short" != by_b
    tally = (deal.full[0] + (by_a == "full"), deal.full[1] + (by_b == "full"))
    left = deal.left - 1
    change(state, at, left=left, full=tally, status="running" if left else "done")
    _reckon(state, out, at, full)
    return bool(lots or more)


def _ship_and_pay(state: State, out: Out, at: int, template: DealTemplate) -> bool:
    """Pay for the last shipment, then make the next if one is to come; it counts when it is paid (S5, S9)."""
    deal = state.deals[at]
    payer, waits = deal.other(template.first), deal.unpaid >= 0
    paid, moved = _hand_over(state, out, deal, payer)
    shipped, lots = _hand_over(state, out, deal, template.first)
    promised = sum(terms(template, deal.size, template.first, deal.more).values())
    kept = waits and paid in ("full", "nothing") and deal.unpaid == promised
    full = {template.first: shipped == "full", payer: waits and paid == "full"}
    left = deal.left - waits
    deal = change(
        state,
        at,
        left=left,
        full=(deal.full[0] + full[deal.a], deal.full[1] + full[deal.b]),
        status="running" if left else "done",
        unpaid=lots if left else -1,
    )
    if waits:
        _reckon(state, out, at, kept)
    return bool(moved + lots)


def _reckon(state: State, out: Out, at: int, full: bool) -> None:
    """Let follow what comes of a round in which a deal was kept in full, or fell short."""
    deal, ladder = state.deals[at], state.scenario.spec.ladder
    if ladder:
        _trust(state, out, deal, ladder.full if full else ladder.short)
    if not deal.left:
        out.append(DealEnded(knowers(deal), deal.template, deal.a, deal.b))
        hook(state, deal, "ended")
    hook(state, deal, "each" if full else "short")
    _pay(state, out, deal)


def _hand_over(state: State, out: Out, deal: Deal, giver: str) -> tuple[str, int]:
    """What one side really gives this round: ("full" | "short" | "nothing", lots moved)."""
    owed = due(state.scenario.deals[deal.template], deal, giver)
    if not owed:
        return "nothing", 0
    taker, frame = deal.other(giver), frame_of(deal)
    halved = mark_of(state, deal, giver) == "short"
    moved, full = 0, True
    for good, amount in owed.items():
        wanted = half(amount) if halved else amount
        given = min(wanted, state.goods[giver].get(good, 0))
        full = full and given == amount
        if given:
            shift_good(state, out, giver, good, -given, frame)
            _receive(state, out, taker, good, given, frame)
            moved += given
        out.append(GoodsDelivered(frame.to, deal.template, giver, taker, good, given, amount))
    return ("full" if full else "short"), moved


def half(amount: int) -> int:
    """Return what a side gives of so many lots if it delivers short; of one it is the whole."""
    return amount - amount // 2


def could_deliver(position: Position, deal: Deal, giver: str) -> bool:
    """Say whether a side has all that it owes this round; a side that owes nothing always has."""
    owed = due(position.scenario.deals[deal.template], deal, giver)
    held = position.goods[giver]
    return all(held.get(good, 0) >= amount for good, amount in owed.items())


def _receive(state: State, out: Out, taker: str, good: str, count: int, frame: Frame) -> None:
    """Arms become fire in the hands of whoever fights with them; all else is kept (S2, S4)."""
    fire, lots = state.scenario.fire, state.scenario.goods[good].fire
    if lots and fire:
        shift_good(state, out, taker, fire, lots * count, frame)
    else:
        shift_good(state, out, taker, good, count, frame)


def _trust(state: State, out: Out, deal: Deal, by: int) -> None:
    ladder = state.scenario.spec.ladder
    if ladder and deal.rung:
        shift_track(state, out, ladder.track, by, frame_of(deal))


def _pay(state: State, out: Out, deal: Deal) -> None:
    """The points of a quiet deal: both sides, each round it stands, until its list is paid out."""
    pays = state.scenario.deals[deal.template].pays
    nth = rounds_run(state, deal.template) - 1 if pays else 0
    if nth < len(pays) and pays[nth]:
        for seat in (deal.a, deal.b):
            award(state, out, seat, pays[nth], deal)


def rounds_run(position: Situation, template: str) -> int:
    """Return how long deals of this template have run, in rounds; signing one again starts no new pay."""
    return sum([deal.rounds - deal.left for deal in position.deals if deal.template == template])


def award(state: State, out: Out, seat: str, points: int, deal: Deal) -> None:
    state.points = {**state.points, seat: state.points[seat] + points}
    out.append(PointsGiven((seat,), seat, points, f"deal/{deal.template}"))


# --- breaking and finding out --------------------------------------------------------------------------


def break_off(state: State, out: Out, at: int, by: str) -> None:
    """Break a side's word. Moscow takes a broken promise double (S9); late, it costs points."""
    deal = change(state, at, status="broken", by=by)
    out.append(DealBroken(knowers(deal), deal.template, by, deal.other(by)))
    ladder = state.scenario.spec.ladder
    if ladder:
        _trust(state, out, deal, ladder.stop.get(by, 0))
    if state.round >= state.rounds - 1:
        award(state, out, by, -state.scenario.spec.scoring.late_breach, deal)
    hook(state, deal, "broken")


def watch_on(scenario: Scenario, a: str, b: str) -> Detection | None:
    """Return how secret deliveries between two seats may be noticed; None if they can't be."""
    spec = scenario.spec.detection
    return None if spec is None or {a, b} & set(spec.by) else spec


def detect(state: State, out: Out, moved: list[int]) -> None:
    """Throw, unseen, for each secret delivery to be noticed: first suspected, then proved (S1, S3)."""
    for at in moved:
        deal = state.deals[at]
        spec = watch_on(state.scenario, deal.a, deal.b)
        if spec is None or not deal.sealed:
            continue
        steps = state.tracks[spec.track] - spec.above
        parts = (spec.base, spec.each * steps, spec.rung * max(deal.rung - 1, 0))
        terms = limited(parts, spec.least, spec.most)
        chance = sum(terms)
        die = percent(draw(state.seed, state.luck, state.round, "detect", deal.template))
        out.append(DeliveryWatched((), deal.template, chance, die, die <= chance, terms))
        if die > chance:
            continue
        if set(spec.by) <= set(deal.suspected):
            prove(state, out, at)
        else:
            suspect(state, out, at, spec.by)


def suspect(state: State, out: Out, at: int, seats: tuple[str, ...]) -> None:
    """Let some seats suspect a deal; its parties don't know that."""
    deal = state.deals[at]
    known = tuple(s for s in state.scenario.seat_ids if s in seats or s in deal.suspected)
    change(state, at, suspected=known)
    rung = deal.rung if state.scenario.spec.accusations else None
    out.append(DealSuspected(seats, deal.a, deal.b, deal.signed, rung))
    start = Frame("detection/suspected", 0, "detection", seats, seats[0])
    if state.scenario.programs.get(start.path):
        state.queue = (start, *state.queue)


def prove(state: State, out: Out, at: int) -> None:
    """Lay a secret deal open to everybody, with what has been delivered on it."""
    deal = change(state, at, proved=True)
    out.append(DealProved(None, deal.template, deal.a, deal.b, deal.size, deal.full, deal.signed))
    hook(state, deal, "proved")
    start = Frame("detection/proved", 0, f"deal/{deal.template}", None, "")
    if state.scenario.programs.get(start.path):
        state.queue = (start, *state.queue)


def accuse(state: State, move: Accuse) -> None:
    """Lay an accusation face down and pay for it."""
    spec = state.scenario.spec.accusations
    assert spec is not None
    state.influence = {**state.influence, move.seat: state.influence[move.seat] - spec.cost}
    state.accused = {**state.accused, move.seat: Accusation(move.pair, move.rung)}


def read_out(state: State, out: Out) -> list[tuple[str, str]]:
    """Read out the accusations, judged by how things stood before any; return who accused whom wrongly.

    A right one proves the deal, the oldest of that rung if there are several.
    """
    if not state.accused:
        return []
    spec, slandered = state.scenario.spec.accusations, list[tuple[str, str]]()
    assert spec is not None
    before, said, state.accused = state.deals, state.accused, {}
    for seat in [seat for seat in state.order if seat in said]:
        sides, rung = state.scenario.pair_sides[said[seat].pair], said[seat].rung
        at = next((at for at, deal in enumerate(before) if accusable(deal, sides, rung)), None)
        out.append(Accused(None, seat, *sides, rung, at is not None))
        points = -spec.wrong if at is None else spec.right
        state.points = {**state.points, seat: state.points[seat] + points}
        if points:
            out.append(PointsGiven(None, seat, points, f"accusation/{seat}"))
        if at is None:
            slandered += [(seat, side) for side in sides]
        elif not state.deals[at].proved:
            prove(state, out, at)
    return slandered


def accusable(deal: Deal, sides: tuple[str, str], rung: int) -> bool:
    """Tell whether a deal is what those sides would be accused of rightly."""
    return deal.sealed and deal.status == "running" and deal.rung == rung and {deal.a, deal.b} == {*sides}


def comfort(state: State, out: Out, slandered: list[tuple[str, str]]) -> None:
    """Give those who were accused wrongly, each time, an influence."""
    for seat, side in slandered:
        shift_influence(state, out, side, 1, Frame("", 0, f"accusation/{seat}", None, seat))


def end_payments(state: State, out: Out) -> None:
    """Pay both sides, once and at the end, for a quiet deal that was signed and never broken."""
    spoilt = {deal.template for deal in state.deals if deal.status not in ("running", "done")}
    for deal in {deal.template: deal for deal in state.deals if not deal.empty}.values():
        kept = state.scenario.deals[deal.template].kept
        if kept and deal.template not in spoilt:
            for seat in (deal.a, deal.b):
                award(state, out, seat, kept, deal)
