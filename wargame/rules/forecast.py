"""What a seat's stores and purse come to, round by round, if all goes as it is marked now.

The rules themselves play it, on a world imagined from the seat's view in which the others give what they owe.
Only what the seat can know happens: no dice, no questions, no news, nothing that turns on what is hidden.
"""

from __future__ import annotations

from typing import NamedTuple

from wargame.rules import deals, phases, upkeep
from wargame.rules.conditions import Condition, condition_reads
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import Choose, End, If, Roll
from wargame.rules.events import GoodMoved, GoodsDelivered, Out
from wargame.rules.scenario import OfferMove, due
from wargame.rules.state import NO_ORDERS, Deal, Frame, State
from wargame.rules.view import View, imagine


class Shortfall(NamedTuple):
    """Lots of a good that a seat will lack when it is to deliver them."""

    round: int
    good: str
    lots: int


class Used(NamedTuple):
    """Lots of a good that something takes from a seat in an upkeep, the most in any round."""

    good: str
    lots: int
    cause: str


class Forecast(NamedTuple):
    """A seat's influence, goods and ladder's track at the end of each round from `first` to the last one.

    `ready` are its goods in this upkeep, its factories done, before it delivers; `used` is what goes on the
    way besides what is delivered.
    """

    first: int
    influence: tuple[int, ...]
    goods: dict[str, tuple[int, ...]]
    trust: tuple[int, ...]
    short: tuple[Shortfall, ...]
    ready: dict[str, int]
    used: tuple[Used, ...] = ()


def forecast(seen: View, offer: OfferMove | None = None) -> Forecast:
    """Return what is to come for the seat of a view in its orders or answers, if it also signs that offer."""
    seat = str(seen.seat)
    state = imagine(seen, 0)
    state.deals = tuple(deal._replace(hold=100) for deal in seen.deals if deal.template != "?")
    if offer is not None:
        state.deals = (*state.deals, signed(offer, state.round))
        state.influence = {**state.influence, seat: state.influence[seat] - 1}
    state.schedule, state.queue, state.offers, state.phase = seen.schedule, (), (), "upkeep"
    ladder = seen.scenario.spec.ladder
    track = ladder.track if ladder and ladder.track in seen.tracks else ""
    ready: dict[str, int] = {}
    influence, stores, trust, short = [], [], [], list[Shortfall]()
    used: dict[tuple[str, str], int] = {}
    for nth in range(state.rounds - state.round + 1):
        out: Out = []
        if nth:
            state.round += 1
            state.orders = dict.fromkeys(state.orders, NO_ORDERS)
            phases.fall_due(state, out)
        else:
            deals.publish(state, out)
        run_known(state, out, seat)
        provide(state, seat)
        phases.enter_upkeep(state, out)
        run_known(state, out, seat, ready if not nth else {})
        influence.append(state.influence[seat])
        stores.append(state.goods[seat])
        trust += [state.tracks[track]] if track else []
        short += lacking(state, out, seat)
        for event in out:
            if isinstance(event, GoodMoved) and event.seat == seat and event.cause.startswith("trigger/"):
                key = event.good, event.cause
                used[key] = max(used.get(key, 0), event.old - event.new)
    goods = {good: tuple(held.get(good, 0) for held in stores) for good in stores[0]}
    taken = tuple(Used(good, lots, cause) for (good, cause), lots in used.items() if lots > 0)
    return Forecast(seen.round, tuple(influence), goods, tuple(trust), tuple(short), ready, taken)


def signed(offer: OfferMove, round_: int) -> Deal:
    """Return the deal that an offer becomes."""
    template = offer.template
    return Deal(
        template.id, *template.between, template.rung, offer.size, offer.secret, offer.rounds, round_,
        offer.rounds, 100, more=offer.more,
    )  # fmt: skip


def provide(state: State, seat: str) -> None:
    """Let the others have what they owe that seat."""
    for deal in state.deals:
        if deal.status == "running" and seat in (deal.a, deal.b):
            other = deal.other(seat)
            owed = due(state.scenario.deals[deal.template], deal, other)
            full = {good: state.scenario.goods[good].cap for good in owed}
            state.goods = {**state.goods, other: {**state.goods[other], **full}}


def run_known(state: State, out: Out, seat: str, ready: dict[str, int] | None = None) -> None:
    """Do all that waits, as far as the seat can tell what comes of it; note what is `ready` for delivery."""
    while state.queue:
        frame, state.queue = state.queue[0], state.queue[1:]
        kind, _, name = frame.path.partition("/")
        if kind == "upkeep":
            if name == "deliver":
                if ready is not None:
                    ready |= state.goods[seat]
                deals.deliver_all(state, out)
            elif name in ("produce", "income"):
                {"produce": upkeep.produce, "income": upkeep.income}[name](state, out)
        elif kind == "dial":
            if frame.who == seat:
                run_sequence(state, out, seat, frame, frame.path)
        elif kind != "trigger" or fires(state, seat, frame.path, name):
            run_sequence(state, out, seat, frame, frame.path)


def fires(state: State, seat: str, path: str, name: str) -> bool:
    """Tell whether a trigger fires, and its seat knows that."""
    if not knows(state, seat, state.scenario.triggers[name].when):
        return False
    test = state.scenario.trigger_when.get(path)
    return test is None or test(state)


def run_sequence(state: State, out: Out, seat: str, frame: Frame, path: str) -> None:
    """Run the steps of a sequence but those whose outcome the seat can't know."""
    programs = state.scenario.programs
    for at, effect in enumerate(programs.effects[path]):
        if isinstance(effect, Roll | Choose | End | Transfer):
            continue
        if isinstance(effect, If) and not knows(state, seat, effect.when):
            continue
        follows = programs[path][at](state, out, frame)
        if follows is not None:
            run_sequence(state, out, seat, frame, follows)


def knows(state: State, seat: str, when: Condition | None) -> bool:
    audience = state.scenario.audience(condition_reads(when)) if when else None
    return audience is None or seat in audience


def lacking(state: State, out: Out, seat: str) -> list[Shortfall]:
    """Return what the seat lacked for its deliveries of this round."""
    marks, missing = dict(state.orders[seat].marks), dict[str, int]()
    for event in out:
        if isinstance(event, GoodsDelivered) and event.giver == seat:
            halved = marks.get(event.deal) == "short"
            wanted = deals.half(event.due) if halved else event.due
            missing[event.good] = missing.get(event.good, 0) + wanted - event.given
    return [Shortfall(state.round, good, lots) for good, lots in missing.items() if lots]
