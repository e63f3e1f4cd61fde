"""Agreements: offered, signed, delivered, broken, found out (rules: deals; S1, S5, S7, S9).

A deal is known to its parties; an open one to everybody from the reveal on, a secret one when it is
proved. Everything here moves a state it owns and says what happened to those who may know.
"""

from __future__ import annotations

from typing import Any

from wargame.rules.effects.base import shift_good, shift_track
from wargame.rules.effects.dice import limited
from wargame.rules.events import (
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
    OfferLapsed,
    OfferRefused,
    Out,
    PointsGiven,
    RungGambled,
)
from wargame.rules.luck import draw, percent
from wargame.rules.moves import Answer, Offer
from wargame.rules.options import deal_survival_percent, hold_terms
from wargame.rules.scenario import Scenario, terms
from wargame.rules.spec import Detection
from wargame.rules.state import Deal, Frame, PendingOffer, Position, State


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
    """Sign an offer, or turn it down and give the proposer its influence back."""
    offer = next(o for o in state.offers if o.template == move.deal and o.to == move.seat)
    state.offers = tuple(other for other in state.offers if other is not offer)
    if move.reply == "yes":
        state.influence = {**state.influence, move.seat: state.influence[move.seat] - 1}
        sign(state, out, offer.template, offer.size, offer.secret, offer.rounds, offer.hold)
    else:
        _refund(state, offer)
        out.append(OfferRefused((offer.proposer, offer.to), offer.template, offer.proposer, offer.to))


def _refund(state: State, offer: PendingOffer) -> None:
    cap = state.scenario.spec.rules.influence_cap
    back = min(state.influence[offer.proposer] + 1, cap)
    state.influence = {**state.influence, offer.proposer: back}


def sign(state: State, out: Out, deal: str, size: str, secret: bool, rounds: int, hold: int = 100) -> None:
    """Let the deal run from this round's upkeep on, for both agree; `hold` is the per cent that it holds."""
    template = state.scenario.deals[deal]
    a, b = template.between
    new = Deal(deal, a, b, template.rung, size, secret, rounds, state.round, rounds, hold)
    state.deals = (*state.deals, new)
    out.append(DealSigned((a, b), deal, a, b, size, secret, rounds))


def lapse(state: State, out: Out) -> None:
    """Call off the offers that nobody answered."""
    for offer in state.offers:
        _refund(state, offer)
        out.append(OfferLapsed((offer.proposer,), offer.template, offer.to))
    state.offers = ()


def publish(state: State, out: Out) -> None:
    """Announce open deals at the reveal, secret ones only as their communiqué."""
    for at, deal in enumerate(state.deals):
        if deal.published:
            continue
        new = change(state, at, published=True)
        if new.secret:
            out.append(CommuniqueIssued(None, new.a, new.b))
        else:
            out.append(DealAnnounced(None, new.template, new.a, new.b, new.size, new.rounds))
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
    if deal.hold == 100 or deal.left != deal.rounds:
        return True
    die = percent(draw(state.seed, state.luck, state.round, "hold", deal.template))
    terms = hold_terms(state.scenario, deal.hold)
    out.append(RungGambled(knowers(deal), deal.template, deal.hold, die, die <= deal.hold, terms))
    if die > deal.hold:
        change(state, at, status="fallen", left=0)
        _trust(state, out, deal, -1)
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
    (by_a, lots), (by_b, more) = [_hand_over(state, out, deal, giver) for giver in (deal.a, deal.b)]
    full = by_a != "short" != by_b
    tally = (deal.full[0] + (by_a == "full"), deal.full[1] + (by_b == "full"))
    left = deal.left - 1
    deal = change(state, at, left=left, full=tally, status="running" if left else "done")
    ladder = state.scenario.spec.ladder
    if ladder:
        _trust(state, out, deal, ladder.full if full else ladder.short)
    if not left:
        out.append(DealEnded(knowers(deal), deal.template, deal.a, deal.b))
        hook(state, deal, "ended")
    hook(state, deal, "each" if full else "short")
    _pay(state, out, deal)
    return bool(lots or more)


def _hand_over(state: State, out: Out, deal: Deal, giver: str) -> tuple[str, int]:
    """What one side really gives this round: ("full" | "short" | "nothing", lots moved)."""
    due = terms(state.scenario.deals[deal.template], deal.size, giver)
    if not due:
        return "nothing", 0
    taker, frame = deal.other(giver), frame_of(deal)
    halved = mark_of(state, deal, giver) == "short"
    moved, full = 0, not halved
    for good, amount in due.items():
        wanted = amount // 2 if halved else amount
        given = min(wanted, state.goods[giver].get(good, 0))
        full = full and given == amount
        if given:
            shift_good(state, out, giver, good, -given, frame)
            _receive(state, out, taker, good, given, frame)
            moved += given
        out.append(GoodsDelivered(frame.to, deal.template, giver, taker, good, given, amount))
    return ("full" if full else "short"), moved


def could_deliver(position: Position, deal: Deal, giver: str) -> bool:
    """Say whether a side has all that it owes this round; a side that owes nothing always has."""
    due, held = terms(position.scenario.deals[deal.template], deal.size, giver), position.goods[giver]
    return all(held.get(good, 0) >= amount for good, amount in due.items())


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


def rounds_run(position: Position, template: str) -> int:
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
        parts = (spec.base, spec.each * state.tracks[spec.track], spec.rung * max(deal.rung - 1, 0))
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
    out.append(DealSuspected(seats, deal.a, deal.b, deal.signed))
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


def end_payments(state: State, out: Out) -> None:
    """Pay both sides, once and at the end, for a quiet deal that was signed and never broken."""
    spoilt = {deal.template for deal in state.deals if deal.status not in ("running", "done")}
    for deal in {deal.template: deal for deal in state.deals}.values():
        kept = state.scenario.deals[deal.template].kept
        if kept and deal.template not in spoilt:
            for seat in (deal.a, deal.b):
                award(state, out, seat, kept, deal)
