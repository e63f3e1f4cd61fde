"""The answers of `docs/ten-questions.md`, played. Numbers are the deck's, the rules those of the book."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from wargame import Game, load_scenario
from wargame.rules.events import (
    Accused,
    CardPlayed,
    Event,
    GoodsDelivered,
    SeatRuined,
    SignalBroken,
    SignalKept,
    StandTaken,
    TrackMoved,
)
from wargame.rules.moves import (
    Accuse,
    Answer,
    Commit,
    Counter,
    Discard,
    End,
    Mark,
    Move,
    Offer,
    SetDial,
    SetGood,
    SetInfluence,
    SetTrack,
    Sign,
    Signal,
    Stand,
)
from wargame.rules.scoring import ranking, win_line

SCENARIO = load_scenario("honeymoon")
SPEC = SCENARIO.spec
WARNING = SPEC.stands[0]
SHELLS = SCENARIO.deals["shells-for-oil"]


def at_orders(rounds: int = 6) -> Game:
    """A game in which the first seat has its orders of the first round before it."""
    game = Game.new(SCENARIO, 1, rounds)
    while game.state.phase != "orders":
        game.apply(game.legal_moves()[0])
    return game


def put(game: Game, *settings: SetTrack | SetGood | SetInfluence | SetDial) -> None:
    """Have the umpire set what does not stand there already."""
    state = game.state
    for one in settings:
        there = False
        match one:
            case SetTrack():
                there = state.tracks[one.track] == one.value
            case SetGood():
                there = state.goods[one.owner].get(one.good, 0) == one.value
            case SetInfluence():
                there = state.influence[one.owner] == one.value
            case SetDial():
                there = state.dials[one.dial] == one.setting
        if not there:
            game.apply(one)


def turn_of(game: Game, seat: str) -> None:
    """Let the seats before it end their turns."""
    while game.to_act != seat:
        game.apply(game.legal_moves()[0])


def to_the_next_round(game: Game, *asked: Move) -> list[Event]:
    """Play this round to its end, with the moves that are asked and neutral ones."""
    now, wanted, happened = game.state.round, list(asked), list[Event]()
    while not game.over and game.state.round == now:
        move = next((one for one in wanted if one in game.legal_moves()), game.legal_moves()[0])
        wanted = [one for one in wanted if one != move]
        happened += game.apply(move)
    assert not wanted, wanted
    return happened


def delivered(events: Iterable[Event], giver: str) -> dict[str, tuple[int, int]]:
    """A good → what that side gave of it, and what was due."""
    return {e.good: (e.given, e.due) for e in events if isinstance(e, GoodsDelivered) and e.giver == giver}


def steps(events: Iterable[Event], cause: str) -> dict[str, int]:
    """A track → by how much that cause has moved it."""
    return {e.track: e.new - e.old for e in events if isinstance(e, TrackMoved) and e.cause == cause}


def test_a_counter_offer_is_signed_by_whoever_offered_first_at_no_further_cost() -> None:
    """¤1 each is set aside, and the deal delivers in the same round's upkeep, with the lot that was added."""
    game = at_orders()
    first, last = sorted(("dprk", "russia"), key=game.state.order.index)
    turn_of(game, first)
    game.apply(Offer(first, SHELLS.id, "small", "secret", 2))
    turn_of(game, last)
    purses = game.state.influence
    game.apply(Counter(last, SHELLS.id, "large", "secret", 2, "dprk/shells"))
    assert game.state.influence[last] == purses[last] - 1
    game.apply(End(last))
    turn_of(game, first)
    game.apply(Answer(first, SHELLS.id, "yes", "1"))
    assert game.state.influence[first] == purses[first]

    assert SHELLS.large is not None
    assert delivered(to_the_next_round(game), "dprk")["shells"][1] == SHELLS.large["dprk"]["shells"] + 1


def test_where_one_side_gives_first_the_other_pays_one_round_later_for_what_came() -> None:
    """A deal of two rounds runs through three upkeeps."""
    game, deal = at_orders(), SCENARIO.deals["missiles-for-cash"]
    payer = deal.between[deal.first == deal.between[0]]
    game.apply(Sign(deal.id, "small", "secret", 2))
    gave = list[tuple[bool, bool]]()
    for _round in range(3):
        put(game, SetGood("dprk", "missiles", 3), SetGood("russia", "cash", 6))
        happened = to_the_next_round(game)
        gave.append((bool(delivered(happened, deal.first)), bool(delivered(happened, payer))))

    assert gave == [(True, False), (True, True), (False, True)]
    assert game.state.deals[0].status == "done"


def test_blame_is_for_what_everybody_knows() -> None:
    """A proved deal that raises the brink is put to the first seat named on it."""
    game, deal = at_orders(), SCENARIO.deals["missiles-for-cash"]
    game.apply(Sign(deal.id, "small", "secret", 2))
    put(game, SetTrack("brink", 5))
    happened = to_the_next_round(game, Accuse("japan", "dprk+russia", deal.rung))

    assert game.state.blame[deal.between[0]] == steps(happened, f"deal/{deal.id}")["brink"] > 0
    assert game.state.blame[deal.between[1]] == 0


@pytest.mark.parametrize(("marked", "store"), [(False, 8), (True, 8), (False, 0)])
def test_short_is_half_rounded_up_or_all_that_an_empty_store_has(marked: bool, store: int) -> None:
    """Both count the same: trust falls as for a short delivery."""
    game = at_orders()
    game.apply(Sign(SHELLS.id, "large", "secret", 3))
    to_the_next_round(game)
    turn_of(game, game.state.order[0])
    put(game, SetGood("dprk", "shells", store), SetGood("russia", "oil", 8), SetGood("russia", "flour", 8))
    put(game, *(SetGood("dprk", good, store) for good in SPEC.production[0].inputs))
    happened = to_the_next_round(game, *([Mark("dprk", SHELLS.id, "short")] if marked else []))
    given, due = delivered(happened, "dprk")["shells"]

    assert given == (-(-due // 2) if marked else due if store else 0)
    assert SPEC.ladder is not None
    by = SPEC.ladder.full if given == due else SPEC.ladder.short
    assert steps(happened, f"deal/{SHELLS.id}")[SPEC.ladder.track] == by


@pytest.mark.parametrize("setting", [one.id for one in SPEC.dials[0].settings])
def test_the_dial_works_in_the_upkeep_and_only_its_seat_sees_it(setting: str) -> None:
    """What has no effects changes nothing."""
    game, dial = at_orders(), SPEC.dials[0]
    put(game, SetDial(dial.id, setting))
    happened = to_the_next_round(game)
    does = next(one.effects for one in dial.settings if one.id == setting)

    assert bool(steps(happened, f"dial/{dial.id}/{setting}")) is bool(does)
    assert game.view(dial.seat).dials[dial.id] == setting
    assert dial.id not in game.view("us").dials


@pytest.mark.parametrize("count", [3, 2])
def test_the_warning_stands_only_if_all_stood_in_the_same_round(count: int) -> None:
    """Who stood is told at the reveal; once it stands nobody is asked again."""
    game, stood = at_orders(), WARNING.seats[:count]
    put(game, SetTrack("trilateral", 10), SetTrack("intel", 10))
    happened = to_the_next_round(game, *(Stand(seat, WARNING.id) for seat in stood))
    told = next(e for e in happened if isinstance(e, StandTaken))
    turn_of(game, game.state.order[0])
    put(game, SetTrack("trilateral", 10))
    turn_of(game, WARNING.seats[0])

    assert set(told.seats) == set(stood)
    assert told.whole is ("warned" in game.state.flags) is (count == 3)
    assert (Stand(WARNING.seats[0], WARNING.id) in game.legal_moves()) is (count < 3)


def test_printed_actions_come_by_speed_like_cards_and_then_by_initiative() -> None:
    """Every seat gives a card up."""
    game = at_orders()
    order = game.state.order
    for seat in order:
        turn_of(game, seat)
        game.apply(next(move for move in game.legal_moves() if isinstance(move, Discard)))
        game.apply(End(seat))
    played = [e.seat for e in to_the_next_round(game) if isinstance(e, CardPlayed)]

    assert played == sorted(order, key=lambda seat: SCENARIO.actions[seat].speed)


def test_a_shorter_game_has_a_lower_line_and_equal_margins_stay_in_the_order_of_the_table() -> None:
    """The margin counts in the seat's own spreads."""
    scoring, seats = SPEC.scoring, SCENARIO.seat_ids
    four = at_orders(rounds=4)
    scores = {seat: 1000 * scoring.seats[seat].spread + round(win_line(four.state)) for seat in seats}

    assert win_line(four.state) == scoring.start + scoring.win_eight * 4 / 8 < win_line(at_orders().state)
    assert ranking(four.state, dict(reversed(scores.items()))) == list(reversed(seats))
    assert ranking(four.state, scores) == list(seats)


def test_ruin_is_for_good_and_the_storm_ranks_by_blame() -> None:
    """A seat whose track climbs again stays ruined; after a storm the most blamed is last."""
    game = at_orders()
    put(game, SetTrack("trilateral", 0))
    happened = to_the_next_round(game)
    put(game, SetTrack("trilateral", 9))

    assert SeatRuined(None, "japan") in happened
    assert game.lines["japan"].ruined
    stormy = game.state.clone()
    stormy.outcome, stormy.blame = "storm", {**stormy.blame, "rok": 2, "us": 1}
    assert ranking(stormy, game.scores)[-2:] == ["us", "rok"]


def test_what_a_full_store_cannot_hold_is_lost() -> None:
    """It was handed over all the same, so the giver is not short."""
    game, most = at_orders(), SCENARIO.goods["cash"].cap
    game.apply(Sign("workers-for-cash", "small", "secret", 1))
    put(game, SetGood("dprk", "cash", most), SetGood("russia", "cash", most))
    given, due = delivered(to_the_next_round(game), "russia")["cash"]

    assert given == due > 0
    assert game.state.goods["dprk"]["cash"] == most


@pytest.mark.parametrize("rung", [SHELLS.rung, SHELLS.rung + 1])
def test_an_accusation_names_a_rung_and_may_name_a_deal_of_this_very_round(rung: int) -> None:
    """Right, it proves the deal and brings points; wrong, it costs some."""
    game, right, spec = at_orders(), rung == SHELLS.rung, SPEC.accusations
    game.apply(Sign(SHELLS.id, "small", "secret", 2))
    happened = to_the_next_round(game, Accuse("japan", "dprk+russia", rung))

    assert [e.right for e in happened if isinstance(e, Accused)] == [right]
    assert game.state.deals[0].proved is right
    assert spec is not None
    assert game.state.points["japan"] == (spec.right if right else -spec.wrong)


@pytest.mark.parametrize("kept", [True, False])
def test_a_signal_is_of_a_dear_card_and_kept_if_that_is_laid_down(kept: bool) -> None:
    """A false one costs as much as a true one pays."""
    game = at_orders()
    seat = next(
        seat
        for seat in game.state.order
        if any(SCENARIO.cards[card].cost >= SPEC.rules.signal_from for card in game.state.hands[seat])
    )
    turn_of(game, seat)
    put(game, SetInfluence(seat, 9))
    told = [move for move in game.legal_moves() if isinstance(move, Signal)]
    held = {move.card: move for move in game.legal_moves() if isinstance(move, Commit)}
    signal = next(move for move in told if (move.card in held) is kept)
    game.apply(signal)
    happened = game.apply(held[signal.card]) if kept else []
    happened += to_the_next_round(game)

    assert all(SCENARIO.cards[move.card].cost >= SPEC.rules.signal_from for move in told)
    assert any(isinstance(e, SignalKept if kept else SignalBroken) for e in happened)
