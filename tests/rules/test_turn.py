"""The turn: phases on their machine, orders, the reveal, and the order in which cards take effect."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from transitions import MachineError

from tests.rules.boards import (
    RICH,
    a_card_that,
    a_game,
    changed,
    do,
    edit,
    give,
    go_on,
    mini,
    next_round,
    of_kind,
    play,
    seen,
    still,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.errors import IllegalMove
from wargame.rules.conditions import Condition
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import (
    CardPlayed,
    CardReturned,
    CardRevealed,
    CardSignalled,
    Event,
    GameEnded,
    InfluenceSpent,
    NewsCame,
    PhaseBegan,
    QuietMoveMade,
    RoundBegan,
    SignalBroken,
    SignalKept,
    StandTaken,
)
from wargame.rules.game import Game
from wargame.rules.moves import Commit, Dial, Discard, End, Move, Signal, Stand
from wargame.rules.phases import MACHINE, PHASES, TRANSITIONS, resolution_order, trigger
from wargame.rules.setup import new_state

# --- the machine ---------------------------------------------------------------------------------------


def test_the_phases_form_the_stated_cycle() -> None:
    """Briefing, then news to upkeep round after round, then debrief; outcomes lead there from four phases."""
    ways = {(t["source"], t["dest"]) for t in TRANSITIONS if t["trigger"] == "advance"}
    end = next(t for t in TRANSITIONS if t["trigger"] == "end")

    assert ways == {*pairwise(PHASES), ("upkeep", "news")}
    assert set(end["source"]) == {"news", "reveal", "resolution", "upkeep"}
    assert end["dest"] == "debrief"


def test_a_game_goes_through_the_phases_in_order() -> None:
    """What the table hears of the phases, over two rounds, is the cycle."""
    game = a_game(rounds=2)

    events = list(game.opening) + go_on(game, lambda state: False)

    told = [event for event in events if isinstance(event, PhaseBegan | RoundBegan | GameEnded)]
    cycle = [PhaseBegan(None, name) for name in ("orders", "answers", "reveal", "resolution", "upkeep")]
    first, second = ("amber", "birch", "cedar"), ("birch", "cedar", "amber")
    assert told == [
        RoundBegan(None, 1, first),
        *cycle,
        RoundBegan(None, 2, second),
        *cycle,
        GameEnded(None, "time"),
    ]


@pytest.mark.parametrize(("phase", "event"), [("orders", "end"), ("answers", "end"), ("debrief", "advance")])
def test_a_refused_transition_raises(phase: str, event: str) -> None:
    """The machine has no such way out, says so, and the phase stays."""
    state, _events = new_state(still(), 1, 3)
    state.phase = phase

    with pytest.raises(MachineError):
        trigger(state, [], event)
    assert state.phase == phase


def test_an_unknown_phase_is_refused() -> None:
    """A phase that is not on the machine leads nowhere."""
    state, _events = new_state(still(), 1, 3)
    state.phase = "tea"

    with pytest.raises((MachineError, ValueError)):
        trigger(state, [], "advance")


def test_every_change_of_phase_is_made_by_the_engine_of_the_library(caplog: pytest.LogCaptureFixture) -> None:
    """The log of `transitions` tells each phase that the table hears of, in the same order, and no other."""
    game = a_game(mini(), 1, 2)
    with caplog.at_level("DEBUG", logger="transitions.core"):
        events = go_on(game, lambda state: False)

    heard = [event.phase for event in events if isinstance(event, PhaseBegan)]
    entered = [said.split()[2].rstrip(".") for said in caplog.messages if said.startswith("Entering state")]
    assert [phase for phase in entered if phase not in ("news", "debrief")] == heard
    assert entered.count("news") == 1
    assert entered[-1] == "debrief"


def test_one_machine_serves_all_games_and_holds_none() -> None:
    """Games played in turns on the one machine don't touch each other; it has no model."""
    one, other = a_game(mini(), 1), a_game(mini(), 2)
    alone = a_game(mini(), 1)
    while not one.over or not other.over:
        for game in (one, other):
            if not game.over:
                game.apply(game.legal_moves()[-1])
    while not alone.over:
        alone.apply(alone.legal_moves()[-1])

    assert alone == one
    assert MACHINE.models == []


# --- orders --------------------------------------------------------------------------------------------


def test_initiative_rotates() -> None:
    """Each round the next seat is first; the last of the orders does not answer."""
    game = a_game()
    firsts, answering = [], []
    for _ in range(4):
        firsts.append(game.to_act)
        go_on(game, lambda state: state.phase == "answers")
        answering.append(game.state.order[: len(game.state.order) - 1])
        next_round(game)

    assert firsts == ["amber", "birch", "cedar", "amber"]
    assert answering[0] == ("amber", "birch")
    assert answering[1] == ("birch", "cedar")


def test_everybody_but_the_last_answers_even_with_an_empty_desk() -> None:
    """Else the hand-over itself would tell who got an offer."""
    game = a_game()
    acted: list[tuple[str, str | None]] = []
    while game.state.round == 1:
        acted.append((game.state.phase, game.to_act))
        game.apply(game.legal_moves()[0])

    assert acted == [
        ("orders", "amber"),
        ("orders", "birch"),
        ("orders", "cedar"),
        ("answers", "amber"),
        ("answers", "birch"),
    ]


def refusal(game: Game, move: Move) -> str:
    return str(dict(game.options())[move])


def test_two_cards_at_most_and_what_each_costs() -> None:
    """A card costs its influence when it is laid down; a third is refused, and so is one too dear."""
    game = give(a_game(), "amber", "second-shift", "baskets", "stoke")

    game.apply(Commit("amber", "second-shift"))
    assert game.state.influence["amber"] == RICH - 2
    edit(game, influence={"amber": 1})
    assert refusal(game, Commit("amber", "stoke")) == "it costs ¤2, you have ¤1"
    game.apply(Commit("amber", "baskets"))

    assert refusal(game, Commit("amber", "stoke")) == "you have committed 2 cards already"


def test_a_printed_action_takes_the_whole_turns_cards() -> None:
    """Discard a card and pay: then no card this turn, and not after one either."""
    game = give(a_game(), "amber", "second-shift", "baskets")
    discard, commit = (
        Discard("amber", "baskets", "wood"),
        Commit("amber", "second-shift"),
    )
    other = game.clone()

    game.apply(discard)
    assert refusal(game, commit) == "you have used your printed action this turn"
    other.apply(commit)
    assert refusal(other, discard).startswith("a card is committed already")


def test_a_printed_action_does_what_its_board_says() -> None:
    """The card given up is buried, the action costs two and works on its target."""
    game = with_goods(a_game(), "amber", wood=1)
    turn_of(give(game, "amber", "baskets"), "amber")

    game.apply(Discard("amber", "baskets", "wood"))
    assert game.state.influence["amber"] == RICH - 2
    assert game.state.buried["amber"] == ("baskets",)
    next_round(game)

    assert game.state.goods["amber"]["wood"] == 2


def test_a_printed_action_can_need_something() -> None:
    """Its needs are asked like those of a card."""
    game = with_tracks(a_game(), rumour=6)
    turn_of(game, "cedar")
    give(game, "cedar", "dare")

    assert refusal(game, Discard("cedar", "dare")) == "it needs card:listen:0"


def test_what_is_refused_changes_nothing() -> None:
    """The reason is in the error; not a byte of the game has moved."""
    game = give(a_game(), "amber", "baskets")
    raw = game.to_bytes()

    for move, reason in (
        (End("birch"), "it is not birch's turn"),
        (Commit("amber", "sow"), "there is no such move now"),
        (Dial("amber", "sluice", "open"), "there is no such move now"),
    ):
        with pytest.raises(IllegalMove, match=reason):
            game.apply(move)
        assert game.to_bytes() == raw


def test_after_the_end_nothing_is_legal() -> None:
    """Moves are refused because the game is over."""
    game = a_game(rounds=1)
    go_on(game, lambda state: False)

    with pytest.raises(IllegalMove, match="the game is over"):
        game.apply(End("amber"))


# --- the reveal ----------------------------------------------------------------------------------------


def test_committed_cards_are_private_until_the_reveal() -> None:
    """Others see neither the card nor what it cost; then all cards turn over, and what was spent as a sum."""
    game = give(a_game(), "amber", "second-shift", "baskets")
    game.apply(Commit("amber", "second-shift"))
    game.apply(Commit("amber", "baskets"))
    window = game.view("birch")
    assert (window.influence["amber"], window.hand_counts["amber"]) == (RICH, 2)
    assert "amber" not in window.orders

    events = next_round(game)

    assert InfluenceSpent(None, "amber", 3) in of_kind(events, InfluenceSpent)
    assert of_kind(events, CardRevealed) == [
        CardRevealed(None, "amber", card, "") for card in ("second-shift", "baskets")
    ]


def test_a_quiet_card_shows_only_that_something_was_done() -> None:
    """Its seat sees it turn over; the others hear of a quiet move, and it is buried, not discarded."""
    game = a_game()

    events = play(game, "amber", "hush-money")

    assert of_kind(events, QuietMoveMade) == [QuietMoveMade(("birch", "cedar"), "amber", twin=True)]
    assert seen(of_kind(events, CardRevealed), "cedar") == []
    assert seen(of_kind(events, CardPlayed), "cedar") == []
    assert len(seen(of_kind(events, CardRevealed), "amber")) == 1
    assert game.state.buried["amber"] == ("hush-money",)
    assert game.state.discards["amber"] == ()


@pytest.mark.parametrize(("signalled", "influence"), [("baskets", RICH), ("stoke", RICH - 2)])
def test_a_kept_signal_pays_and_a_false_one_costs(signalled: str, influence: int) -> None:
    """Telling the table the truth pays one influence; bluffing is allowed and costs one."""
    game = give(a_game(), "amber", "baskets")

    told = game.apply(Signal("amber", signalled))
    assert told == [CardSignalled(None, "amber", signalled)]
    game.apply(Commit("amber", "baskets"))
    assert refusal(game, Signal("amber", "baskets")) == "you have told the table about a card already"
    events = next_round(game)

    assert game.state.influence["amber"] == influence
    kept, broken = of_kind(events, SignalKept), of_kind(events, SignalBroken)
    assert kept == ([SignalKept(None, "amber", signalled)] if signalled == "baskets" else [])
    assert broken == ([] if signalled == "baskets" else [SignalBroken(None, "amber", signalled)])


def test_signals_settle_in_initiative_order_after_a_save_too() -> None:
    """What the table hears does not depend on whether the game was written down in between."""
    game = a_game()
    next_round(game)
    for seat, card in (("birch", "sow"), ("cedar", "dare"), ("amber", "stoke")):
        do(game, seat, "signal", card)
    again = Game.from_bytes(game.to_bytes(), game.scenario)

    told, told_again = next_round(game), next_round(again)

    assert [e.seat for e in of_kind(told, SignalBroken)] == ["birch", "cedar", "amber"]
    assert told_again == told


def stand(*seats: str) -> tuple[Game, list[Event]]:
    """Those seats stand by the wall in round one."""
    game = a_game()
    events: list[Event] = []
    for seat in seats:
        events += do(game, seat, "stand", "wall")
    assert game.view("amber").orders.keys() == {"amber"}
    return game, [*events, *next_round(game)]


def test_a_stand_of_all_works() -> None:
    """Everybody in it stood in the same round: together."""
    game, _events = stand("birch", "cedar")

    assert game.state.tracks["heat"] == 2
    assert "walled" in game.state.flags
    assert not [move for move, _refusal in _options_of(game, "birch") if move.verb == "stand"][1:]
    assert refusal_in(game, "birch", Stand("birch", "wall")) == "it needs stand:wall:0"


def _options_of(game: Game, seat: str) -> tuple[tuple[Move, object], ...]:
    turn_of(game, seat)
    return game.options()


def refusal_in(game: Game, seat: str, move: Move) -> str:
    turn_of(game, seat)
    return refusal(game, move)


def test_a_stand_of_some_is_deserted() -> None:
    """Who stood is told at the reveal, and it costs."""
    game, events = stand("cedar")

    assert game.state.tracks["heat"] == 4
    assert of_kind(events, StandTaken) == [StandTaken(None, "wall", ("cedar",), False)]


def test_a_stand_of_nobody_is_nothing() -> None:
    """Silence tells nothing."""
    game, events = stand()

    assert game.state.tracks["heat"] == 3
    assert [e for e in events if isinstance(e, StandTaken)] == []


# --- resolution ----------------------------------------------------------------------------------------


def test_cards_take_effect_by_speed_then_initiative() -> None:
    """The fastest first; among equals the seat with the initiative."""
    game = a_game()
    for seat, cards in (
        ("amber", ("stoke", "mill-song")),
        ("birch", ("calm-words",)),
        ("cedar", ("dare", "keyhole")),
    ):
        turn_of(game, seat)
        give(game, seat, *cards)
        for card in cards:
            game.apply(Commit(seat, card))

    order = [frame.cause for frame in resolution_order(game.state)]

    assert order == [f"card/{name}" for name in ("mill-song", "calm-words", "keyhole", "stoke", "dare")]
    events = next_round(game)
    assert [f"card/{e.card}" for e in of_kind(events, CardPlayed)] == order


def test_a_card_no_longer_allowed_goes_back_with_its_cost() -> None:
    """If its needs fail when it turns over, the card returns to the hand and the influence to the purse."""
    game = give(with_tracks(a_game(), heat=4), "birch", "second-thoughts")
    do(give(game, "amber", "stoke"), "amber", "commit", "stoke")
    do(game, "birch", "commit", "second-thoughts")

    events = next_round(game)

    assert of_kind(events, CardReturned) == [CardReturned(None, "birch", "second-thoughts")]
    assert "second-thoughts" in game.state.hands["birch"]
    assert game.state.influence["birch"] == RICH
    assert of_kind(events, CardPlayed)[0].seat == "amber"


def test_a_quiet_card_that_goes_back_does_so_in_silence() -> None:
    """Only its seat hears that it came back."""
    cool = Condition(track="heat", at_most=4)
    game = a_game(a_card_that(Shift(1, track="grain"), quiet=True, needs=(cool,)))
    turn_of(give(game, "amber", "test-card"), "amber")
    game.apply(Commit("amber", "test-card"))
    with_tracks(game, heat=5)

    events = next_round(game)

    assert [e.to for e in of_kind(events, CardReturned)] == [("amber",)]
    assert game.state.tracks["grain"] == 5


def test_news_are_drawn_where_they_fit_and_once() -> None:
    """Each event card comes at most once a game, and only in rounds where its condition holds."""
    for seed in range(12):
        game = with_tracks(a_game(mini(), seed, rounds=8), grain=1)
        drawn = [e.cause for e in game.opening if isinstance(e, NewsCame)]
        events = go_on(game, lambda state: state.tracks["grain"] >= 3)
        drawn += [e.cause for e in of_kind(events, NewsCame)]

        assert len(set(drawn)) == len(drawn)
        assert "news/drought" not in drawn[1:] or game.state.tracks["grain"] >= 3


@pytest.mark.parametrize("round_", [1, 2])
def test_a_fixed_event_card_comes_in_its_round_and_is_never_drawn(round_: int) -> None:
    """It stands before those that are drawn; where its condition does not hold, it never comes."""
    spec = mini().spec
    first, second, *rest = spec.news
    never = replace(second, fixed=round_, when=Condition(round="now", at_least=8))
    scenario = changed("fixed", news=(replace(first, fixed=round_, when=None), never, *rest))
    for seed in range(6):
        game = Game.new(scenario, seed, 3)
        events = [*game.opening, *go_on(game, lambda state: state.round == 3)]
        came: dict[int, list[str]] = {}
        for event in events:
            if isinstance(event, RoundBegan):
                came[event.round] = []
            elif isinstance(event, NewsCame):
                came[max(came)].append(event.cause)
        assert came[round_][0] == f"news/{first.id}"
        assert sum(first.id in cause for causes in came.values() for cause in causes) == 1
        assert not any(second.id in cause for causes in came.values() for cause in causes)
        assert first.id not in game.state.news
