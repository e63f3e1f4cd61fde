"""Odds before a decision: after what the option itself does first, fixed with it, rolled as shown."""

from __future__ import annotations

import pytest

from tests.rules.boards import (
    a_card_that,
    a_game,
    give,
    go_on,
    mini,
    next_round,
    of_kind,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.lab.laws import odds_of
from wargame.rules import moves
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose, If, Later, Option, Roll
from wargame.rules.effects.tracks import Ease, SetFlag, SetTrack, Shift
from wargame.rules.events import DiceRolled, Event
from wargame.rules.game import Game
from wargame.rules.moves import Commit, Move
from wargame.rules.preview import preview
from wargame.rules.spec import Effect, Modifier
from wargame.rules.state import Odds

HEAT = Roll(20, modifiers=(Modifier("Heat", track="heat", each=5),))
"""At the start heat stands at 3: 35 per cent."""
COIN = Roll(20, modifiers=(Modifier("Coin", good="coin", seat="birch", each=10),))
MARKET = Roll(20, modifiers=(Modifier("Market day", when=Condition(flag="market"), add=30),))
YES = moves.Choose("birch", "yes")


def asking(*effects: Effect, before: tuple[Effect, ...] = ()) -> Game:
    """Birch is asked by amber's card whether these should happen."""
    asked = Choose("birch", "Well?", (Option("no", "No"), Option("yes", "Yes", effects)))
    game = give(a_game(a_card_that(*before, asked)), "amber", "test-card")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))
    return game


def at_the_choice(game: Game) -> Game:
    go_on(game, lambda state: bool(state.stack))
    return game


def shown(game: Game, move: Move = YES) -> tuple[Odds, ...]:
    """The odds that a seat sees before it decides."""
    return preview(game.view(move.seat), move).odds


def rolled(events: list[Event]) -> list[Odds]:
    """The odds that were thrown against, as those heard them who may know every part."""
    return [odds for event in of_kind(events, DiceRolled) if (odds := odds_of(event)) is not None]


@pytest.mark.parametrize(
    ("first", "roll", "chance"),
    [
        ((), HEAT, 35),
        ((Shift(2, track="heat"),), HEAT, 45),
        ((Shift(-9, track="heat"),), HEAT, 20),
        ((Shift(2, track="grain"),), HEAT, 35),
        ((Ease("heat", 5),), HEAT, 40),
        ((SetTrack("heat", 5),), HEAT, 45),
        ((Shift(-2, good="coin", seat="birch"),), COIN, 40),
        ((SetFlag("market", rounds=1),), MARKET, 50),
        ((SetFlag("market"), SetFlag("market", on=False)), MARKET, 20),
        ((If(Condition(track="heat", at_least=3), (Shift(1, track="heat"),)),), HEAT, 40),
        ((If(Condition(track="heat", at_least=4), (), (Shift(-1, track="heat"),)),), HEAT, 30),
        (
            (Shift(1, track="heat"), If(Condition(track="heat", at_least=4), (Shift(2, track="heat"),))),
            HEAT,
            50,
        ),
    ],
)
def test_an_option_shows_the_odds_after_what_it_does_first(
    first: tuple[Effect, ...], roll: Roll, chance: int
) -> None:
    """What is certain and known counts, in the order written, and is rolled exactly as it was shown."""
    game = at_the_choice(with_goods(asking(*first, roll), "birch", coin=4))

    odds = shown(game)

    assert [one.chance for one in odds] == [chance]
    assert sum(odds[0].terms) == chance
    assert rolled(game.apply(YES)) == list(odds)


def test_a_roll_within_a_branch_counts_what_that_branch_does_first() -> None:
    """If it comes to the second roll, the first has worked, and what that brought is there."""
    second = Roll(20, success=(Shift(1, track="heat"), HEAT))
    game = at_the_choice(asking(second))

    odds = {one.path.removeprefix("card/test-card/0/yes/"): one.chance for one in shown(game)}

    assert odds == {"0": 20, "0/success/1": 40}


def test_what_an_option_brings_later_is_promised_when_it_is_chosen() -> None:
    """Two rounds on it is rolled as it was shown then: also after what stands behind the delay."""
    game = at_the_choice(asking(Later(2, (Shift(1, track="heat"), HEAT)), Shift(1, track="heat")))
    odds = shown(game)
    game.apply(YES)
    with_tracks(game, heat=9)

    assert [one.chance for one in odds] == [45]
    assert rolled(next_round(game)) == list(odds)


def test_a_card_does_not_promise_what_another_seat_will_be_asked() -> None:
    """The rolls of an option belong to the choice; those of the card to its commitment."""
    game = a_game(
        a_card_that(HEAT, Choose("birch", "?", (Option("no", "No"), Option("yes", "Yes", (HEAT,)))))
    )
    give(game, "amber", "test-card")
    commit = Commit("amber", "test-card")

    assert [one.path for one in shown(game, commit)] == ["card/test-card/0"]
    game.apply(commit)
    with_tracks(game, heat=5)
    events = go_on(game, lambda state: bool(state.stack))
    assert [one.chance for one in rolled(events)] == [35]
    assert [one.chance for one in shown(game)] == [45]


def test_a_choice_within_a_choice_has_odds_of_its_own() -> None:
    """They are fixed when that one is made."""
    inner = Choose("birch", "Sure?", (Option("no", "No"), Option("sure", "Sure", (HEAT,))))
    game = at_the_choice(asking(Shift(1, track="heat"), inner))

    assert shown(game) == ()
    game.apply(YES)
    sure = moves.Choose("birch", "sure")
    odds = shown(game, sure)

    assert [one.chance for one in odds] == [40]
    assert rolled(game.apply(sure)) == list(odds)


def test_a_committed_card_is_fixed_as_things_stand() -> None:
    """What it does itself comes with everything else of the round, after its odds were laid down."""
    game = give(a_game(a_card_that(Shift(2, track="heat"), HEAT)), "amber", "test-card")
    commit = Commit("amber", "test-card")
    odds = shown(game, commit)
    game.apply(commit)

    assert [one.chance for one in odds] == [35]
    assert rolled(next_round(game)) == list(odds)


def test_odds_are_kept_in_a_saved_position() -> None:
    """A game written down between the promise and the roll comes back with chance and parts."""
    game = at_the_choice(asking(Later(2, (HEAT,))))
    game.apply(YES)

    again = Game.from_bytes(game.to_bytes(), game.scenario)

    assert again == game
    assert [due.odds for due in again.state.schedule] == [
        (Odds("card/test-card/0/yes/0/later/0", 35, (20, 15, 0)),)
    ]
    assert isinstance(again.state.schedule[0].odds[0], Odds)


def test_what_nobody_decides_on_is_worked_out_when_it_is_rolled() -> None:
    """A lever's dice are thrown in the upkeep at the odds of then, so it promises none."""
    game = a_game(mini())
    for seat in game.scenario.seat_ids:
        for _dial, settings in game.scenario.dial_moves[seat]:
            for move in settings:
                turn_of(game, seat)
                assert preview(game.view(seat), move).odds == ()


def test_a_hidden_condition_is_not_foreseen() -> None:
    """Birch can't see amber's nerve, so what hangs on it is left out of the odds, shown and rolled."""
    game = at_the_choice(asking(If(Condition(track="nerve", at_least=0), (Shift(1, track="heat"),)), HEAT))

    odds = shown(game)

    assert [one.chance for one in odds] == [35]
    assert rolled(game.apply(YES)) == list(odds)


def test_others_do_not_see_the_odds_that_were_promised() -> None:
    """They may hold terms that are the chooser's alone."""
    game = at_the_choice(
        with_goods(asking(COIN, Choose("amber", "?", (Option("a", "A"), Option("b", "B")))), "birch", coin=2)
    )
    game.apply(YES)

    assert game.to_act == "amber"
    assert any(frame.odds for frame in game.view("birch").stack)
    assert not any(frame.odds for frame in game.view("cedar").stack)
