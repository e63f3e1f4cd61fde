"""Accusations: laid face down in orders, read aloud at the reveal, right or wrong there."""

from __future__ import annotations

import pytest

from tests.rules.boards import (
    a_game,
    accusing,
    do,
    edit,
    go_on,
    mini,
    next_round,
    of_kind,
    sign,
    still,
    still_accusing,
    turn_of,
)
from wargame.bots.greedy import gains_of, greedy, likely
from wargame.bots.plain import plain_view, read_view
from wargame.content.load import check_texts
from wargame.lab.fuzz import fuzz_game
from wargame.lab.laws import play_under_laws
from wargame.rules.events import (
    Accused,
    CommuniqueIssued,
    DealProved,
    DealSuspected,
    Event,
    InfluenceMoved,
    InfluenceSpent,
    PointsGiven,
    to_plain,
)
from wargame.rules.game import Game
from wargame.rules.moves import Accuse, End, Move
from wargame.rules.options import refusal_of
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.state import Accusation
from wargame.rules.view import imagine, view
from wargame.words import Words

LOAVES = Accuse("cedar", "amber+birch", 1)
CAKES = Accuse("cedar", "amber+birch", 2)
WATER = Accuse("birch", "amber+cedar", 0)


def a_secret(rounds: int = 2, scenario: Scenario | None = None) -> Game:
    """Amber and Birch have signed bread for coin in secret, and it is round two."""
    game = a_game(scenario or still_accusing())
    sign(game, "amber", "bread-for-coin", "small", "secret", rounds)
    next_round(game)
    return edit(game, influence={"cedar": 5, "amber": 3, "birch": 3})


def accuse(game: Game, move: Accuse) -> list[Event]:
    """It is said in the seat's orders, and the round is played out."""
    turn_of(game, move.seat)
    return [*game.apply(move), *next_round(game)]


def suspected(game: Game, at: int = 0, by: str = "cedar") -> Game:
    deals = list(game.state.deals)
    deals[at] = deals[at]._replace(suspected=(by,))
    return edit(game, deals=tuple(deals))


# --- what may be said ----------------------------------------------------------------------------------


def test_a_scenario_without_accusations_has_none() -> None:
    """No moves, no field in its bytes or its windows, and a suspicion as it always was."""
    game = suspected(a_secret(scenario=still()))
    turn_of(game, "cedar")

    assert not [move for move, _why in game.options() if isinstance(move, Accuse)]
    assert b'"accused"' not in game.to_bytes()
    assert "accused" not in plain_view(game.view("cedar"))
    assert [deal.rung for deal in game.view("cedar").deals] == [0]
    assert to_plain(DealSuspected(("cedar",), "amber", "birch", 1))[2] == ("amber", "birch", 1)


def test_each_pair_of_others_may_be_accused_of_each_rung_that_it_may_sign_in_secret() -> None:
    game = a_secret()
    found = {}
    for seat in game.scenario.seat_ids:
        turn_of(game, seat)
        found[seat] = [move for move in game.legal_moves() if isinstance(move, Accuse)]
        next_round(game)

    assert found == {"amber": [], "birch": [WATER], "cedar": [LOAVES, CAKES]}


def test_an_accusation_goes_to_plain_and_back() -> None:
    assert LOAVES.to_plain() == ["cedar", "accuse", "amber+birch", 1]
    assert Move.from_plain(LOAVES.to_plain()) == LOAVES


def test_it_is_said_once_a_round_and_paid_for() -> None:
    game = a_secret()
    turn_of(game, "cedar")

    assert game.apply(CAKES) == []

    assert game.state.influence["cedar"] == 4
    assert str(refusal_of(game.state, LOAVES)) == "you have accused somebody already this round"
    next_round(game)
    turn_of(game, "cedar")
    edit(game, influence={"cedar": 0})
    assert str(refusal_of(game.state, LOAVES)) == "it costs ¤1, you have ¤0"


@pytest.mark.parametrize("proved", [True, False])
def test_what_everybody_knows_is_no_accusation(proved: bool) -> None:
    """A deal of that rung that is proved, or was open from the start."""
    game = a_game(still_accusing())
    sign(game, "amber", "bread-for-coin", "small", "secret" if proved else "open", 2)
    next_round(game)
    if proved:
        edit(game, deals=(game.state.deals[0]._replace(proved=True),))
    turn_of(game, "cedar")

    assert str(refusal_of(game.state, LOAVES)) == "a deal of theirs on that rung is known to everybody"
    assert refusal_of(game.view("cedar"), LOAVES) == refusal_of(game.state, LOAVES)
    assert CAKES in game.legal_moves()


def test_a_pair_without_secrets_can_not_be_named_in_a_scenario() -> None:
    texts = {name: text.encode() for name, text in mini().texts.items()}
    texts["scenario.yaml"] += b"\naccusations: {pairs: [[birch, cedar]]}\n"

    [complaint] = check_texts(texts).complaints

    assert complaint.message == "this pair has no deal that can be secret"


# --- until the reveal ----------------------------------------------------------------------------------


def test_until_the_reveal_nobody_else_knows_of_it() -> None:
    """Not even by what is left in the purse."""
    game = a_secret()
    turn_of(game, "cedar")
    before = {seat: game.view(seat) for seat in ("amber", "birch", None)}

    game.apply(LOAVES)

    assert game.view("cedar").accused == {"cedar": Accusation("amber+birch", 1)}
    for seat, old in before.items():
        assert game.view(seat) == old


def test_a_position_with_an_accusation_is_saved_whole() -> None:
    game = a_secret()
    turn_of(game, "cedar")
    game.apply(LOAVES)

    again = Game.from_bytes(game.to_bytes(), game.scenario)

    assert again == game
    assert again.state.accused == {"cedar": Accusation("amber+birch", 1)}
    assert read_view(plain_view(game.view("cedar")), game.scenario) == game.view("cedar")


# --- at the reveal -------------------------------------------------------------------------------------


def test_a_right_accusation_proves_the_deal_and_pays() -> None:
    """It is read out before the cards, with all that follows from a proof."""
    game = a_secret()
    before = game.state.points["cedar"]

    events = accuse(game, LOAVES)

    assert of_kind(events, Accused) == [Accused(None, "cedar", "amber", "birch", 1, True)]
    assert [event.deal for event in of_kind(events, DealProved)] == ["bread-for-coin"]
    assert of_kind(events, PointsGiven)[:1] == [PointsGiven(None, "cedar", 3, "accusation/cedar")]
    assert game.state.points["cedar"] == before + 3
    assert game.state.deals[0].proved
    assert game.state.accused == {}
    kinds = [type(event) for event in events]
    assert kinds.index(Accused) < kinds.index(DealProved) < kinds.index(InfluenceSpent)
    assert game.state.tracks["heat"] == 4  # what the deal says of its proof


def test_a_wrong_accusation_costs_points_and_helps_the_accused() -> None:
    game = a_secret()

    events = accuse(game, CAKES)

    assert of_kind(events, Accused) == [Accused(None, "cedar", "amber", "birch", 2, False)]
    assert not of_kind(events, DealProved)
    assert game.state.points["cedar"] == -3
    assert of_kind(events, InfluenceMoved) == [
        InfluenceMoved(None, "amber", 3, 4, "accusation/cedar"),
        InfluenceMoved(None, "birch", 3, 4, "accusation/cedar"),
    ]
    assert [(event.seat, event.amount) for event in of_kind(events, InfluenceSpent) if event.amount] == [
        ("cedar", 1)
    ]


def test_several_are_judged_by_how_things_stood_before() -> None:
    """Two say the same: both are right, and the deal is proved once."""
    game = a_game(still_accusing())
    do(game, "cedar", "offer", "water-rights", "plain", "secret", 2)
    go_on(game, lambda state: state.to_act == "amber")
    game.apply(Move.from_plain(["amber", "answer", "water-rights", "yes"]))
    next_round(game)
    edit(game, accused=dict.fromkeys(("birch", "cedar"), Accusation("amber+cedar", 0)))

    events = next_round(game)

    assert [event.right for event in of_kind(events, Accused)] == [True, True]
    assert len(of_kind(events, DealProved)) == 1
    assert [event.by for event in of_kind(events, PointsGiven) if event.cause.startswith("accusation")] == [
        3,
        3,
    ]


def test_a_deal_of_this_very_round_is_caught_before_its_communique() -> None:
    game = a_game(still_accusing())
    turn_of(game, "amber")
    sign(game, "amber", "bread-for-coin", "small", "secret", 2)
    edit(game, accused={"cedar": Accusation("amber+birch", 1)})

    events = next_round(game)

    assert of_kind(events, DealProved)
    assert not of_kind(events, CommuniqueIssued)


def test_a_deal_that_has_run_its_course_is_no_longer_one() -> None:
    game = a_secret(rounds=1)
    assert game.state.deals[0].status == "done"

    events = accuse(game, LOAVES)

    assert [event.right for event in of_kind(events, Accused)] == [False]


# --- what an accusation goes by ------------------------------------------------------------------------


def test_suspicion_tells_the_rung() -> None:
    """Who suspects sees it in its window and hears it; the others don't."""
    game = suspected(a_secret())

    assert [deal.rung for deal in game.view("cedar").deals] == [1]
    assert [deal.rung for deal in game.view(None).deals] == [0]
    words = Words(game.scenario)
    told = words.event(DealSuspected(("cedar",), "amber", "birch", 1, 1))
    deal = "a secret deal on rung one, bread, between Amber and Birch, signed in Jul–Sep 1901"
    assert told == f"Something points to {deal}: a suspicion, no proof."
    assert any("rung one, bread" in line for line in words.state_of(game.view("cedar")))
    for luck in range(30):
        world = imagine(game.view("cedar"), luck)
        assert world.deals[0].rung == 1
        assert view(world, "cedar") == game.view("cedar")


def test_a_suspicion_makes_greedy_accuse_and_a_communique_alone_does_not() -> None:
    """Sure of the rung it gains what is paid; of a communiqué any deal could be behind it."""
    game = a_secret(scenario=still_accusing())
    turn_of(game, "cedar")
    unsure = game.view("cedar")
    assert 0 < likely(unsure, LOAVES) < 1
    assert not isinstance(greedy(unsure, [End("cedar"), LOAVES, CAKES], 1).move, Accuse)

    game = suspected(game)

    sure = game.view("cedar")
    assert (likely(sure, CAKES), likely(sure, LOAVES)) == (0, 0.5)  # of one or two rounds, signed in the last
    assert gains_of(sure, CAKES)["accusation"] == -3
    assert preview(sure, CAKES).changes == {("influence", "cedar"): -1}


# --- laws ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_random_games_with_accusations_keep_all_laws_at_every_step(seed: int) -> None:
    decisions, broken = fuzz_game(accusing(), 500 + seed, rounds=2 + seed % 2, thorough=True)

    assert broken is None
    assert decisions > 5


def test_accusations_are_made_in_random_games_and_their_laws_hold() -> None:
    """Whoever may accuse does, under all laws."""
    game, said = Game.new(accusing(), 4, 3), 0
    for nth in range(400):
        if game.over:
            break
        moves = game.legal_moves()
        move = next((move for move in moves if isinstance(move, Accuse)), moves[nth * 31 % len(moves)])
        events, breach = play_under_laws(game, move, nth)
        assert breach is None
        said += len(of_kind(events, Accused))

    assert said > 2


def test_with_no_accusations_games_are_as_ever() -> None:
    """The same moves in a world that has them and one that has not give the same events."""
    plain, other = Game.new(mini(), 9, 2), Game.new(accusing(), 9, 2)
    for nth in range(300):
        if plain.over:
            break
        moves = [move for move in other.legal_moves() if not isinstance(move, Accuse)]
        assert list(plain.legal_moves()) == moves
        move = moves[nth * 17 % len(moves)]
        one, two = plain.apply(move), other.apply(move)
        assert [e for e in one if not isinstance(e, DealSuspected)] == [
            e for e in two if not isinstance(e, DealSuspected)
        ]

    assert plain.over
