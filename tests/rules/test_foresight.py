"""What a move is said to bring is what comes of it: the same game played with it and without.

Nothing happens by itself on these boards, so that what differs at the end is what the move did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rules.boards import (
    a_card_that,
    a_game,
    give,
    go_on,
    mini,
    next_round,
    sign,
    still,
    still_bargaining,
    still_but,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.rules.conditions import Condition, DealMatch, Number, Per
from wargame.rules.effects.bargains import Break
from wargame.rules.effects.flow import If, Later, Roll
from wargame.rules.effects.hands import Draw
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Commit, Mark, Move, Offer
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.spec import DealTemplate, Effect
from wargame.rules.state import State

ROUNDS = 6


def levels(state: State, seat: str) -> dict[tuple[str, ...], float]:
    """All that a preview may name."""
    found: dict[tuple[str, ...], float] = {("track", track): value for track, value in state.tracks.items()}
    found |= {("good", who, good): n for who, held in state.goods.items() for good, n in held.items()}
    return found | {("points", who): points for who, points in state.points.items()}


def foreseen(game: Game, move: Move) -> dict[tuple[str, ...], float]:
    changes = preview(game.view(move.seat), move).changes
    return {key: by for key, by in changes.items() if by and key[0] in ("track", "good", "points")}


def came(game: Game, *moves: Move) -> dict[tuple[str, ...], float]:
    """What is otherwise at the end if these moves are made now than if they are not."""
    ends = []
    for made in (moves, ()):
        other = game.clone()
        for move in made:
            go_on(other, lambda state, seat=move.seat: state.to_act == seat)  # type: ignore[misc]
            other.apply(move)
        go_on(other, lambda state: False)
        ends.append(levels(other.state, moves[0].seat))
    return {key: ends[0][key] - ends[1][key] for key in ends[0] if ends[0][key] != ends[1][key]}


def board(scenario: Scenario | None = None, **tracks: int) -> Game:
    """Amber bakes and Birch pays, with enough of everything, and they trust each other."""
    game = with_goods(a_game(scenario or talkative(), rounds=ROUNDS), "amber", loaves=20, cakes=20, coin=0)
    with_goods(game, "birch", coin=0, loaves=0, cakes=0)
    return with_tracks(with_goods(game, "birch", coin=40), **({"trust": 5, "nerve": 4, "heat": 4} | tracks))


def bread(**parts: object) -> tuple[DealTemplate, ...]:
    """Bread for coin with something at every moment of it."""
    first, *rest = still().spec.deals
    every: dict[str, object] = {
        "rounds": (1, 2, 3),
        "signed": (Shift(-1, track="grain"),),
        "each": (Shift(1, track="nerve"), Points("birch", 2)),
        "short": (Shift(-1, track="heat"), Points("birch", -1)),
        "broken": (Shift(1, track="heat"), Points("amber", -2)),
        "ended": (Points("amber", 4), Shift(1, track="grain")),
    }
    return (replace(first, **(every | parts)), *rest)  # type: ignore[arg-type]


def wide(scenario: Scenario) -> Scenario:
    """No store runs over."""
    goods = tuple(replace(good, cap=99, fire=0) for good in scenario.spec.goods)
    return Scenario(replace(scenario.spec, goods=goods), f"wide {scenario.hash}")


def talkative(**parts: object) -> Scenario:
    return wide(still_but("talkative" + str(sorted(parts)), deals=bread(**parts)))


def runs(scenario: Scenario, deal: str = "bread-for-coin", rounds: int = 3, late: int = 0) -> Game:
    """The deal was signed a round ago, or longer."""
    game = board(scenario)
    for _ in range(late):
        next_round(game)
    sign(game, "amber", deal, "large" if deal == "bread-for-coin" else "small", "open", rounds)
    next_round(game)
    return game


FIRST = {"first": "amber"}
TERMS = pytest.mark.parametrize("terms", [{}, FIRST], ids=["together", "one first"])


@TERMS
@pytest.mark.parametrize("seat", ["amber", "birch"])
@pytest.mark.parametrize("mark", ["stop", "short"])
@pytest.mark.parametrize("late", [0, 2, 4])
def test_holding_back_brings_what_is_said(terms: dict[str, object], seat: str, mark: str, late: int) -> None:
    """Each side's goods, points, trust and whatever follows: lost, or set off by the breach."""
    game = runs(talkative(**terms), late=late)
    turn_of(game, seat)
    move = Mark(seat, "bread-for-coin", mark)

    assert foreseen(game, move) == came(game, move)


@TERMS
@pytest.mark.parametrize("rounds", [1, 2, 3])
@pytest.mark.parametrize("late", [0, 3, 4, 5])
def test_signing_brings_what_is_said(terms: dict[str, object], rounds: int, late: int) -> None:
    """Also what follows when it ends, if the game lasts until then."""
    game = board(talkative(**terms))
    for _ in range(late):
        next_round(game)
    turn_of(game, "amber")
    offer = Offer("amber", "bread-for-coin", "small", "open", rounds)

    assert foreseen(game, offer) == came(game, offer, Answer("birch", "bread-for-coin", "yes"))


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_what_follows_from_an_open_deal_is_said_of_an_open_offer_alone(secrecy: str) -> None:
    """The deal itself is there when its own effects ask for it."""
    there = Condition(deals=DealMatch(between=("amber", "birch"), secret=False), is_="running")
    signed: tuple[Effect, ...] = (If(there, (Points("amber", 3),), (Points("amber", -1),)),)
    game = board(talkative(signed=signed))
    turn_of(game, "amber")
    offer = Offer("amber", "bread-for-coin", "small", secrecy, 2)

    assert foreseen(game, offer) == came(game, offer, Answer("birch", "bread-for-coin", "yes"))


def fair() -> Scenario:
    """A quiet deal with points."""
    return wide(still())


@pytest.mark.parametrize("late", [0, 3, 4])
def test_breaking_a_quiet_deal_brings_what_is_said(late: int) -> None:
    """Both sides lose what it would still have paid, and who breaks it late pays for that."""
    game = board(fair())
    for _ in range(late):
        next_round(game)
    sign(game, "birch", "county-fair", "plain", "open", 2)
    next_round(game)
    turn_of(game, "birch")
    move = Mark("birch", "county-fair", "stop")

    assert foreseen(game, move) == came(game, move)
    assert foreseen(game, move)["points", "birch"] <= -3


@TERMS
@pytest.mark.parametrize("late", [0, 2, 4])
def test_a_card_that_breaks_a_deal_brings_what_is_said(terms: dict[str, object], late: int) -> None:
    """The same as a mark to stop: it says what will not come any more and what the breach sets off."""
    game = runs(talkative(**terms), late=late)
    turn_of(game, "birch")
    give(game, "birch", "walk-away")
    move = Commit("birch", "walk-away")

    assert foreseen(game, move) == came(game, move)
    assert foreseen(game, move) == foreseen(game, Mark("birch", "bread-for-coin", "stop"))


def test_a_card_that_would_break_a_deal_that_does_not_run_brings_nothing() -> None:
    game = board()
    turn_of(game, "birch")
    give(game, "birch", "walk-away")

    assert foreseen(game, Commit("birch", "walk-away")) == {}


def test_two_deals_that_break_each_other_can_be_foreseen() -> None:
    """What a breach sets off is told; a breach by that breach is not followed, or there were no end."""
    first, second, *rest = bread()
    deals = (
        replace(first, broken=(Break("cake-for-coin", "birch"), Points("birch", -1))),
        replace(second, broken=(Break("bread-for-coin", "birch"),), each=(Break("bread-for-coin", "amber"),)),
        *rest,
    )
    game = board(wide(still_but("tangled", deals=deals)))
    sign(game, "amber", "bread-for-coin", "small", "open", 2)
    next_round(game)
    turn_of(game, "birch")

    assert foreseen(game, Mark("birch", "bread-for-coin", "stop"))["points", "birch"] < 0


def test_a_deal_on_a_skipped_rung_is_told_by_how_likely_it_holds() -> None:
    """What comes of it by its share, and the trust that is lost if it falls through."""
    game = board(fair(), trust=2)
    turn_of(game, "amber")
    hold = preview(game.view("amber"), offer := Offer("amber", "cake-for-coin", "small", "open", 2)).hold
    assert 0 < hold < 100

    ladder = mini().spec.ladder
    assert ladder is not None
    expected = 2 * hold / 100 * ladder.full - (1 - hold / 100)
    assert foreseen(game, offer)["track", "trust"] == pytest.approx(expected)


@pytest.mark.parametrize("build", [still, still_bargaining])
def test_a_deal_that_runs_on_other_terms_is_foreseen_on_those(build: Callable[[], Scenario]) -> None:
    """A card that breaks it knows the size that was signed."""
    for size in ("small", "large"):
        game = board(wide(build()))
        sign(game, "amber", "bread-for-coin", size, "open", 2)
        next_round(game)
        turn_of(game, "birch")
        give(game, "birch", "walk-away")
        move = Commit("birch", "walk-away")

        assert foreseen(game, move) == came(game, move)


# --- one after the other -------------------------------------------------------------------------------

WIN, LOSE = (Points("amber", 3),), (Points("amber", -1),)
HIGH, GROWN = Condition(track="heat", at_least=6), Condition(track="grain", at_least=1)
CALM = Condition(track="nerve", over=Number(track="heat"), at_least=5)


@pytest.mark.parametrize(
    "effects",
    [
        (Shift(2, track="heat"), If(HIGH, WIN, LOSE)),
        (Shift(-2, track="heat"), If(HIGH, WIN, LOSE)),
        (Shift(1, track="heat"), If(GROWN, (Shift(1, track="heat"),)), If(HIGH, WIN, LOSE)),
        (Shift(9, track="heat"), Shift(-3, track="heat")),
        (Shift(2, track="heat"), Ease("heat", 2), SetTrack("nerve", 9), Shift(4, track="nerve")),
        (SetTrack("nerve", 9), If(CALM, WIN, LOSE)),
        (Shift(-2, influence="amber"), If(Condition(influence="amber", at_least=4), WIN, LOSE)),
        (Draw("amber", 1), If(Condition(hand="amber", at_least=1), WIN, LOSE)),
        (SetFlag("market", 1), If(Condition(flag="market"), WIN, LOSE)),
        (If(GROWN, (Shift(2, track="heat"), If(HIGH, WIN, LOSE))),),
        (Shift(1, track="heat"), If(GROWN, (SetTrack("heat", 2),))),
        (Shift(2, track="heat"), If(GROWN, (Shift(9, track="heat"), If(GROWN, (SetTrack("heat", 1),))))),
        (Shift(1, track="nerve", per=Per(track="heat", above=1, every=2)),),
        (Shift(2, track="heat"), Shift(-1, track="nerve", per=Per(track="heat", above=2))),
        (Shift(1, track="heat", per=Per(hand="amber", above=0)),),
        (Shift(1, track="heat", per=Per(track="nerve", above=3)), If(HIGH, WIN, LOSE)),
        (Later(1, (If(HIGH, WIN, LOSE),)), Shift(2, track="heat")),
    ],
)  # fmt: skip
def test_a_card_is_foreseen_one_effect_after_the_other(effects: tuple[Effect, ...]) -> None:
    """What an effect asks, it asks of the board as the effects before it leave it."""
    game = give(board(wide(a_card_that(*effects))), "amber", "test-card")
    turn_of(game, "amber")
    move = Commit("amber", "test-card")
    foreseen_ = foreseen(game, move)

    assert foreseen_ == came(game, move)


def test_what_a_roll_may_move_first_is_asked_both_ways() -> None:
    """Half a chance of six steps makes half a chance of what follows from them, and it is not sure."""
    roll = Roll(50, (Shift(2, track="heat"),), (Shift(-1, track="heat"),))
    game = give(board(a_card_that(roll, If(HIGH, WIN, LOSE))), "amber", "test-card")
    turn_of(game, "amber")

    told = preview(game.view("amber"), Commit("amber", "test-card"))

    assert told.changes["points", "amber"] == 1
    assert ("points", "amber") in told.unsure
