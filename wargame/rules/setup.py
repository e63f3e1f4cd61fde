"""How a game starts: stocks, decks, hands and secret agendas, all from the seed."""

from __future__ import annotations

from wargame.rules import piles
from wargame.rules.events import AgendaDealt, Out
from wargame.rules.luck import draw, shuffled
from wargame.rules.scenario import Scenario
from wargame.rules.state import NO_ORDERS, State


def new_state(scenario: Scenario, seed: int, rounds: int) -> tuple[State, Out]:
    """Return a state in its briefing, with what was dealt."""
    seats, rules = scenario.seat_ids, scenario.spec.rules
    out: Out = []
    state = State()
    state.scenario, state.seed, state.luck, state.rounds = scenario, seed, 0, rounds
    state.round, state.phase, state.to_act, state.order, state.turn = 0, "briefing", None, seats, 0
    state.tracks = {track.id: track.start for track in scenario.spec.tracks}
    state.goods = {seat: {good: s.start for good, s in scenario.seats[seat].goods.items()} for seat in seats}
    for made in scenario.spec.production:
        state.goods[made.seat] |= shuffled_inputs(scenario, made.id, seed, 0)
    state.influence = dict.fromkeys(seats, rules.influence)
    state.shown = dict.fromkeys(seats, (rules.influence, 0))
    state.hands = dict.fromkeys(seats, ())
    state.decks = {seat: tuple(sorted(scenario.decks[seat])) for seat in seats}
    state.discards = dict.fromkeys(seats, ())
    state.buried = dict.fromkeys(seats, ())
    state.news = tuple(sorted(id_ for id_, card in scenario.news.items() if not (card.fixed or card.aside)))
    state.orders = dict.fromkeys(seats, NO_ORDERS)
    state.dials = {dial.id: dial.start for dial in scenario.spec.dials}
    state.signals, state.offers, state.deals, state.flags = {}, (), (), {}
    state.schedule, state.findings, state.stack, state.queue = (), (), (), ()
    state.points, state.blame = dict.fromkeys(seats, 0), dict.fromkeys(seats, 0)
    state.agendas = {seat: dealt for seat in seats if (dealt := deal_agenda(scenario, seat, seed))}
    state.ruined, state.winners, state.outcome, state.menu = (), (), "", None
    state.white, state.accused, state.crises, state.played = None, {}, {}, {}
    for seat in seats:
        piles.draw_cards(state, out, seat, rules.hand, "deal")
        if seat in state.agendas:
            out.append(AgendaDealt((seat,), seat, state.agendas[seat]))
    return state, out


def shuffled_inputs(scenario: Scenario, production: str, seed: int, luck: int) -> dict[str, int]:
    """Deal out the hidden starting inputs of a production by luck (S10, S14)."""
    made = scenario.production[production]
    return dict(zip(made.inputs, shuffled(made.shuffle, seed, luck, 0, f"inputs/{production}"), strict=True))


def deal_agenda(scenario: Scenario, seat: str, seed: int) -> str:
    """Deal one of the seat's agendas by luck; "" if it has none."""
    own = [agenda.id for agenda in scenario.spec.agendas if agenda.seat == seat]
    return own[draw(seed, 0, 0, "agenda", seat) % len(own)] if own else ""
