"""What happens by itself at the end of a round: factories, deliveries, detection, income, ruin.

The war, the storm and decay are content: triggers of the scenario (rules: upkeep).
"""

from __future__ import annotations

from wargame.rules import deals, piles
from wargame.rules.effects.base import shift_good
from wargame.rules.events import FinalScored, GoodsProduced, LowestHelped, Out, SeatRuined
from wargame.rules.scenario import terms
from wargame.rules.scoring import final_scores, public_score, score
from wargame.rules.spec import Production
from wargame.rules.state import Frame, State


def produce(state: State, out: Out) -> None:
    """Make goods to the least of capacity and inputs: what is owed first, then the rest (S10)."""
    for made in state.scenario.spec.production:
        frame = Frame("", 0, f"production/{made.id}", None, made.seat)
        held = state.goods[made.seat]
        units = min(made.capacity, *(held.get(good, 0) for good in made.inputs))
        out.append(GoodsProduced((made.seat,), made.id, units))
        for good, lacking in (*_owed(state, made), (made.rest, state.scenario.goods[made.rest].cap)):
            each = state.scenario.goods[good].output
            lots = min(lacking, units // each)
            units -= each * shift_good(state, out, made.seat, good, lots, frame)


def _owed(state: State, made: Production) -> list[tuple[str, int]]:
    """What running deals lack of manufactured goods, in the order they were signed."""
    owed: dict[str, int] = {}
    for deal in state.deals:
        if deal.status != "running" or deals.mark_of(state, deal, made.seat) == "stop":
            continue
        for good, amount in terms(state.scenario.deals[deal.template], deal.size, made.seat).items():
            if state.scenario.goods[good].output:
                owed[good] = owed.get(good, 0) + amount
    held = state.goods[made.seat]
    return [(good, max(amount - held.get(good, 0), 0)) for good, amount in owed.items()]


def deliver(state: State, out: Out) -> None:
    """Deliver on running deals, then let secret deliveries be noticed."""
    deals.detect(state, out, deals.deliver_all(state, out))


def income(state: State, out: Out) -> None:
    """Give out influence and goods; the seat whose public score is lowest gets a little more."""
    rules, scenario = state.scenario.spec.rules, state.scenario
    public = {seat: public_score(state, seat) for seat in scenario.seat_ids}
    lowest = min(public.values())
    influence = {}
    for seat, spec in scenario.seats.items():
        bonus = rules.lowest_bonus if public[seat] == lowest else 0
        influence[seat] = min(state.influence[seat] + spec.income + bonus, rules.influence_cap)
        if bonus:
            out.append(LowestHelped(None, seat, bonus))
        for good, stock in spec.goods.items():
            if stock.each:
                shift_good(state, out, seat, good, stock.each, Frame("", 0, "income", None, seat))
    state.influence = influence


def judge(state: State, out: Out) -> None:
    """Find who is ruined now. Ruin is for good: a ruined seat plays on but cannot win."""
    scenario = state.scenario
    for seat in scenario.seat_ids:
        if seat in state.ruined:
            continue
        named = scenario.ruin_when.get(seat)
        if (named and named(state)) or score(state, seat) < scenario.spec.scoring.ruin_below:
            state.ruined = (*state.ruined, seat)
            out.append(SeatRuined(None, seat))


def refill(state: State, out: Out) -> None:
    """Fill hands again."""
    size = state.scenario.spec.rules.hand
    for seat in state.scenario.seat_ids:
        lacking = size - len(state.hands[seat])
        if lacking > 0:
            piles.draw_cards(state, out, seat, lacking, "refill")


def close(state: State, out: Out) -> None:
    """Reckon the last scores: quiet deals that held, agendas, and who reached its line."""
    deals.end_payments(state, out)
    scores = final_scores(state)
    state.winners = tuple(seat for seat, line in scores.items() if line.won)
    for seat, line in scores.items():
        out.append(FinalScored(None, seat, line.score, line.won, line.agenda))
