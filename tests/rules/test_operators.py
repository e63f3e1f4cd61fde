"""Each operator: give a card, play it, look."""

from __future__ import annotations

import pytest

from tests.content.test_every_key import FULL
from tests.rules.boards import (
    RICH,
    a_card_that,
    a_game,
    edit,
    give,
    go_on,
    mini,
    more,
    next_round,
    of_kind,
    play,
    seen,
    sign,
    still,
    turn_of,
    with_goods,
    with_luck,
    with_tracks,
)
from wargame.content.exercise import exercise_from_text
from wargame.rules import moves
from wargame.rules.conditions import Condition
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import Choose, End, If, Later, Option, Roll
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.effects.secrets import Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.events import (
    BandChanged,
    BottleneckLocated,
    CardLost,
    CardPlayed,
    CardsDrawn,
    ChoiceMade,
    DealBroken,
    DealProved,
    DealSuspected,
    DiceRolled,
    FlagSet,
    GameEnded,
    GoodMoved,
    OutcomeCame,
    PointsGiven,
    TrackMoved,
)
from wargame.rules.game import Game
from wargame.rules.moves import Commit
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Modifier
from wargame.rules.state import Odds


def heated(scenario: Scenario, heat: int) -> Game:
    return with_tracks(a_game(scenario), heat=heat)


# --- shift, ease, flag, points -------------------------------------------------------------------------


def test_a_shift_moves_a_track_and_tells_everybody() -> None:
    """A public track moves by so many steps; the event names the card that did it."""
    game = a_game(a_card_that(Shift(2, track="heat")))

    events = play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == 5
    assert of_kind(events, TrackMoved) == [TrackMoved(None, "heat", 3, 5, "card/test-card")]


@pytest.mark.parametrize(("start", "by", "end"), [(9, 3, 10), (1, -3, 0), (10, 1, 10), (0, -1, 0)])
def test_a_track_stays_between_nothing_and_its_top(start: int, by: int, end: int) -> None:
    """What goes beyond the end of a track is lost; a track that does not move makes no event."""
    game = heated(a_card_that(Shift(by, track="heat")), start)

    events = play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == end
    assert bool(of_kind(events, TrackMoved)) is (start != end)


def test_a_hidden_track_moves_before_its_own_eyes_only() -> None:
    """Those who see a track hear of its move; the others hear at most of its band."""
    game = with_tracks(a_game(a_card_that(Shift(-3, track="nerve"))), nerve=5)

    events = play(game, "amber", "test-card")

    assert seen(of_kind(events, TrackMoved), "amber") == [
        TrackMoved(("amber",), "nerve", 5, 2, "card/test-card")
    ]
    assert seen(of_kind(events, TrackMoved), "birch") == []
    assert [(e.track, e.band) for e in seen(of_kind(events, BandChanged), "birch")] == [("nerve", 0)]


def test_a_quiet_card_moves_a_public_track_for_no_stated_reason() -> None:
    """Everybody sees the track move; only the seat that did it is told why."""
    game = a_game(a_card_that(Shift(1, track="heat"), quiet=True))

    events = play(game, "amber", "test-card")

    assert [e.cause for e in seen(of_kind(events, TrackMoved), "amber")] == ["card/test-card"]
    assert [e.cause for e in seen(of_kind(events, TrackMoved), "cedar")] == [""]
    assert [e.twin for e in of_kind(events, TrackMoved)] == [False, True]


def test_a_shift_of_goods_stays_within_the_cap() -> None:
    """Goods are counted between none and their cap; only their holder hears."""
    game = with_goods(a_game(a_card_that(Shift(4, good="coin", seat="birch"))), "birch", coin=4)

    events = play(game, "amber", "test-card")

    assert game.state.goods["birch"]["coin"] == 6
    assert of_kind(events, GoodMoved) == [GoodMoved(("birch",), "birch", "coin", 4, 6, "card/test-card")]


def test_a_shift_of_influence_stays_within_the_cap() -> None:
    """Influence is counted between none and the cap."""
    game = a_game(a_card_that(Shift(5, influence="cedar"), Shift(-9, influence="birch")))

    play(game, "amber", "test-card")

    assert game.state.influence == {"amber": RICH - 1, "birch": 0, "cedar": 8}


def test_a_passing_shift_is_taken_back_by_as_much_as_it_moved() -> None:
    """With `rounds` a change ends in the news that many rounds later, and only what moved is undone."""
    game = heated(a_card_that(Shift(4, track="heat", rounds=2)), 8)

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == 10
    events = next_round(game)
    assert game.state.tracks["heat"] == 8
    assert of_kind(events, TrackMoved) == [TrackMoved(None, "heat", 10, 8, "over/card/test-card")]


def test_a_passing_shift_of_a_secret_shows_nobody_what_it_moved() -> None:
    """How far a clamped change moved would tell what a secret stock stood at."""
    game = with_goods(a_game(a_card_that(Shift(-5, good="coin", seat="birch", rounds=3))), "birch", coin=2)

    play(game, "amber", "test-card")

    assert [due.by for due in game.view("birch").schedule] == [2]
    assert game.view("amber").schedule == ()
    assert game.view(None).schedule == ()


@pytest.mark.parametrize(("heat", "end"), [(5, 4), (1, 2), (2, 2)])
def test_ease_goes_one_step_toward(heat: int, end: int) -> None:
    """One step, from either side, and none when it is there."""
    game = heated(a_card_that(Ease("heat", 2)), heat)

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == end


@pytest.mark.parametrize(("heat", "to", "by"), [(5, 2, -3), (1, 4, 3), (2, 2, 0)])
def test_set_puts_a_track_to_a_value(heat: int, to: int, by: int) -> None:
    """From wherever it stands; the preview says as much, and nothing if it is there."""
    game = give(heated(a_card_that(SetTrack("heat", to)), heat), "amber", "test-card")
    shown = preview(game.view("amber"), Commit("amber", "test-card")).changes

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == to
    assert shown.get(("track", "heat"), 0) == by


def flag_is_up(game: Game, flag: str) -> bool:
    return game.state.flags.get(flag, -1) >= game.state.round


def test_a_flag_for_some_rounds_counts_this_one() -> None:
    """A flag for two rounds is up in this and the next; without a number it stays for good."""
    game = a_game(a_card_that(SetFlag("market", rounds=2), SetFlag("walled")))

    play(game, "amber", "test-card")

    assert flag_is_up(game, "market")
    next_round(game)
    assert not flag_is_up(game, "market")
    assert flag_is_up(game, "walled")


def test_a_flag_can_be_taken_down() -> None:
    """`on: false` takes a flag down at once."""
    game = edit(a_game(a_card_that(SetFlag("walled", on=False))), flags={"walled": 99})

    events = play(game, "amber", "test-card")

    assert not flag_is_up(game, "walled")
    assert of_kind(events, FlagSet) == [FlagSet(None, "walled", False, "card/test-card")]


def test_a_hidden_flag_is_heard_of_by_those_who_see_it() -> None:
    """A flag has the eyes its scenario gives it."""
    game = a_game(a_card_that(SetFlag("hush")))

    events = play(game, "amber", "test-card")

    assert [e.to for e in of_kind(events, FlagSet)] == [("amber",)]
    assert "hush" in game.view("amber").flags
    assert "hush" not in game.view("cedar").flags


def test_points_are_told_to_all_who_see_the_card() -> None:
    """Points given outright are told aloud; how many a seat has in all stays its own until the end."""
    game = a_game(a_card_that(Points("birch", 3)))
    before = game.scores["birch"]

    events = play(game, "amber", "test-card")

    assert game.scores["birch"] == before + 3
    assert {e.to for e in of_kind(events, PointsGiven)} == {None}
    assert game.view("amber").points == {"amber": 0}


# --- roll, choose, if, later, end ----------------------------------------------------------------------

HOT_OR_COLD = Roll(40, (Shift(2, track="heat"),), (Shift(-1, track="heat"),))


@pytest.mark.parametrize(("works", "heat"), [(True, 5), (False, 2)])
def test_a_roll_does_one_or_the_other(works: bool, heat: int) -> None:
    """Success or failure, by luck; never both."""
    scenario = a_card_that(HOT_OR_COLD)

    game = with_luck(
        lambda seed: a_game(scenario, seed), lambda game: play(game, "amber", "test-card"), works
    )

    assert game.state.tracks["heat"] == heat


def test_a_roll_succeeds_when_the_die_is_at_most_its_chance() -> None:
    """A hundred-sided die; the event shows path, chance, die, outcome, terms and cause."""
    for seed in range(40):
        game = a_game(a_card_that(HOT_OR_COLD), seed)
        [rolled] = of_kind(play(game, "amber", "test-card"), DiceRolled)

        assert (rolled.path, rolled.chance, rolled.terms) == ("card/test-card/0", 40, (40, 0))
        assert rolled.cause == "card/test-card"
        assert rolled.die is not None
        assert 1 <= rolled.die <= 100
        assert rolled.works == (rolled.die <= 40)


@pytest.mark.parametrize(("base", "chance"), [(-40, 5), (3, 5), (50, 50), (120, 95)])
def test_no_roll_is_hopeless_or_certain(base: int, chance: int) -> None:
    """Chances are kept between 5 and 95 per cent, and what that adds or takes away is a part of its own."""
    game = give(a_game(a_card_that(Roll(base))), "amber", "test-card")

    [odds] = preview(game.view("amber"), Commit("amber", "test-card")).odds

    assert odds == Odds("card/test-card/0", chance, (base, chance - base))


def test_modifiers_are_itemised() -> None:
    """Steps above a threshold, lots held, and conditions that hold: each its own term."""
    roll = Roll(
        30,
        modifiers=(
            Modifier("Heat", track="heat", above=2, each=5),
            Modifier("Wood", good="wood", seat="amber", each=-3),
            Modifier("Market", when=Condition(flag="market"), add=10),
            Modifier("Wall", when=Condition(flag="walled"), add=10),
        ),
    )
    game = give(with_goods(a_game(a_card_that(roll)), "amber", wood=4), "amber", "test-card")
    edit(game, flags={"market": 99})

    [odds] = preview(game.view("amber"), Commit("amber", "test-card")).odds

    assert odds.terms == (30, 5, -12, 10, 0, 0)
    assert odds.chance == 33


def test_the_odds_are_those_of_the_commitment() -> None:
    """What changes between commitment and roll does not change a promised chance."""
    scenario = a_card_that(Roll(20, modifiers=(Modifier("Heat", track="heat", each=5),)), speed=5)
    game = give(a_game(scenario), "amber", "test-card")
    game.apply(Commit("amber", "test-card"))
    with_tracks(game, heat=9)

    [rolled] = of_kind(next_round(game), DiceRolled)

    assert (rolled.chance, rolled.terms) == (35, (20, 15, 0))


def test_the_odds_of_what_comes_later_are_those_of_the_commitment_too() -> None:
    """A roll that a card only brings some rounds later was promised when the card was committed."""
    scenario = a_card_that(Later(2, (Roll(20, modifiers=(Modifier("Heat", track="heat", each=5),)),)))
    game = a_game(scenario)
    play(game, "amber", "test-card")
    with_tracks(game, heat=9)
    assert [due.odds for due in game.view("birch").schedule] == [()]

    [rolled] = of_kind(next_round(game), DiceRolled)

    assert (rolled.chance, rolled.terms) == (35, (20, 15, 0))


def test_a_public_roll_hides_terms_that_the_others_may_not_know() -> None:
    """The seat hears the whole roll; the table hears that it worked or not, without hidden terms or sum."""
    roll = Roll(
        30, modifiers=(Modifier("Nerve", track="nerve", each=2), Modifier("Heat", track="heat", each=1))
    )
    game = with_tracks(a_game(a_card_that(roll)), nerve=5)

    rolled = of_kind(play(game, "amber", "test-card"), DiceRolled)

    [mine], [theirs] = seen(rolled, "amber"), seen(rolled, "cedar")
    assert (mine.chance, mine.terms, mine.twin) == (43, (30, 10, 3, 0), False)
    assert (theirs.chance, theirs.die, theirs.works, theirs.twin) == (None, None, mine.works, True)
    assert theirs.terms == (30, None, 3)


ASK_BIRCH = Choose(
    "birch",
    "Well?",
    (
        Option("no", "No"),
        Option("yes", "Yes", (Shift(1, track="heat"),)),
        Option("pay", "Pay", (Shift(2, track="heat"),), (Condition(good="coin", seat="birch", at_least=3),)),
    ),
)


def at_the_choice(coin: int = 0) -> Game:
    """Amber's card asks Birch, who has so much coin."""
    scenario = a_card_that(ASK_BIRCH, Shift(1, track="grain"))
    game = give(with_goods(a_game(scenario), "birch", coin=coin), "amber", "test-card")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))
    go_on(game, lambda state: bool(state.stack))
    return game


def test_a_choice_stops_the_card_in_its_middle() -> None:
    """The named seat is to act; what comes after the choice waits for it."""
    game = at_the_choice()

    assert game.to_act == "birch"
    assert game.state.tracks["grain"] == 5
    assert game.legal_moves() == (moves.Choose("birch", "no"), moves.Choose("birch", "yes"))
    events = game.apply(moves.Choose("birch", "yes"))
    assert (game.state.tracks["heat"], game.state.tracks["grain"]) == (4, 6)
    assert events[0] == ChoiceMade(None, "birch", "card/test-card/0", "yes")


def test_an_answer_can_need_something_of_the_chooser() -> None:
    """An option whose need fails is listed with the reason."""
    poor, rich = at_the_choice(2), at_the_choice(3)
    pay = moves.Choose("birch", "pay")

    assert [str(refusal) for move, refusal in poor.options() if move == pay] == [
        "it needs choice:card/test-card/0:2:0"
    ]
    rich.apply(pay)
    assert rich.state.tracks["heat"] == 5


def test_a_save_in_mid_card_goes_on_where_it_stood() -> None:
    """A game written down at a choice and read back ends like the one that was not."""
    game = at_the_choice()

    again = Game.from_bytes(game.to_bytes(), game.scenario)

    yes = moves.Choose("birch", "yes")
    assert again.apply(yes) == game.apply(yes)
    assert again == game


@pytest.mark.parametrize(("heat", "grain"), [(5, 6), (4, 4)])
def test_if_asks_when_it_happens(heat: int, grain: int) -> None:
    """`then` or `otherwise`, by the truth at that moment."""
    asks = If(Condition(track="heat", at_least=5), (Shift(1, track="grain"),), (Shift(-1, track="grain"),))
    game = heated(a_card_that(asks), heat)

    play(game, "amber", "test-card")

    assert game.state.tracks["grain"] == grain


def test_later_happens_in_the_news_of_that_round() -> None:
    """Nothing now; the effects come in the news of a later round, once, and the card stays where it lies."""
    game = a_game(a_card_that(Later(2, (Shift(1, track="heat"),))))

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == 3
    assert game.state.discards["amber"] == ("test-card",)
    next_round(game)
    assert game.state.tracks["heat"] == 4
    assert game.state.discards["amber"] == ("test-card",)
    next_round(game)
    assert game.state.tracks["heat"] == 4


def test_end_is_the_end_at_once() -> None:
    """An outcome leaves nothing of what was still to come: neither this card's rest nor any other."""
    scenario = a_card_that(End("fire"), Shift(1, track="heat"), speed=1)
    game = give(a_game(scenario), "amber", "test-card")
    give(game, "birch", "sow")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))
    turn_of(game, "birch")
    game.apply(Commit("birch", "sow"))

    events = next_round(game)

    assert game.over
    assert game.state.outcome == "fire"
    assert game.state.tracks["heat"] == 3
    told = [type(e) for e in events if isinstance(e, OutcomeCame | CardPlayed | GameEnded)]
    assert told == [CardPlayed, OutcomeCame, GameEnded]
    assert game.legal_moves() == ()


# --- draw, lose, transfer ------------------------------------------------------------------------------


def test_draw_goes_beyond_the_usual_hand() -> None:
    """Cards are drawn at once and only their seat sees which."""
    game = a_game(a_card_that(Draw("birch", 2)))
    give(game, "birch", "sow", "levy", "calm-words")

    events = play(game, "amber", "test-card")

    assert len(game.state.hands["birch"]) == 5
    assert [e.to for e in of_kind(events, CardsDrawn) if e.seat == "birch"] == [("birch",)]
    assert game.view("amber").hand_counts["birch"] == 5


def test_lose_buries_cards_that_luck_chooses() -> None:
    """Lost cards go face down: their seat knows which, others only how many it holds."""
    game = a_game(a_card_that(Lose("birch", 2)))
    give(game, "birch", "sow", "levy", "calm-words")

    events = play(game, "amber", "test-card")

    assert len(game.state.buried["birch"]) == 2
    assert {e.to for e in of_kind(events, CardLost)} == {("birch",)}
    assert game.view("amber").buried == {"amber": ()}


def test_lose_takes_no_more_than_there_is() -> None:
    """An empty hand loses nothing."""
    game = give(a_game(a_card_that(Lose("birch", 2))), "birch", "sow")

    play(game, "amber", "test-card")

    assert game.state.buried["birch"] == ("sow",)


@pytest.mark.parametrize(("held", "room", "moved"), [(5, 6, 2), (1, 6, 1), (5, 1, 1), (0, 6, 0), (5, 0, 0)])
def test_a_transfer_moves_what_there_is_and_what_fits(held: int, room: int, moved: int) -> None:
    """As many as are asked, as there are, and as there is room for."""
    game = with_goods(a_game(a_card_that(Transfer("coin", "birch", "amber", 2))), "birch", coin=held)
    with_goods(game, "amber", coin=6 - room)

    play(game, "amber", "test-card")

    assert game.state.goods["birch"]["coin"] == held - moved
    assert game.state.goods["amber"]["coin"] == 6 - room + moved


# --- locate, peek, expose, break -----------------------------------------------------------------------


def test_locate_shows_the_input_that_is_shortest() -> None:
    """The finding is dated, goes to its seats alone, and raises the flag for that input."""
    game = with_goods(a_game(still()), "amber", wood=4, water=1, salt=3)

    events = play(game, "cedar", "walk-upstream")

    [finding] = game.view("cedar").findings
    assert (finding.round, finding.kind, finding.what, finding.value) == (1, "bottleneck", "mill", "water")
    assert game.state.flags == {"located-water": 2}
    assert game.view("amber").findings == ()
    assert [e.to for e in of_kind(events, BottleneckLocated)] == [("cedar",)]


def test_peek_shows_a_number_as_it_is_now() -> None:
    """A newer look replaces the older one; the world going on does not change what was seen."""
    game = with_tracks(
        a_game(a_card_that(Peek(("cedar",), track="nerve"), seat="cedar", quiet=True)), nerve=4
    )

    play(game, "cedar", "test-card")
    with_tracks(game, nerve=9)

    assert [(f.round, f.value) for f in game.view("cedar").findings] == [(1, 4)]
    play(game, "cedar", "test-card")
    assert [(f.round, f.value) for f in game.view("cedar").findings] == [(2, 9)]


def test_peek_looks_at_goods_and_dials_as_well() -> None:
    """A good of a seat, or where a secret lever stands."""
    look = (Peek(("birch",), good="wood", seat="amber"), Peek(("birch",), dial="sluice"))
    game = with_goods(a_game(a_card_that(*look, seat="birch")), "amber", wood=7)

    play(game, "birch", "test-card")

    assert [(f.what, f.value) for f in game.view("birch").findings] == [
        ("amber/wood", 7),
        ("sluice", "half"),
    ]


def with_a_secret_deal() -> Game:
    """Amber and Birch have signed bread for coin in secret; it is round two."""
    game = a_game(still())
    sign(game, "amber", "bread-for-coin", secrecy="secret")
    next_round(game)
    edit(game, influence={"cedar": RICH})
    edit(
        game,
        deals=tuple(deal._replace(suspected=(), proved=False, left=2, rounds=3) for deal in game.state.deals),
    )
    return game


def test_expose_raises_a_suspicion_for_some() -> None:
    """Only those named come to suspect; the parties don't know it."""
    game = with_a_secret_deal()

    events = play(game, "cedar", "whispers")

    [suspected] = of_kind(events, DealSuspected)[:1]
    assert suspected.to == ("cedar",)
    assert game.view("cedar").deals[0].suspected == ("cedar",)
    assert game.view("amber").deals[0].suspected == ()
    assert game.view("cedar").deals[0].template == "?"


def test_expose_proves_only_what_is_suspected() -> None:
    """Proof needs a suspicion where the card says so; proof is for everybody."""
    game = with_a_secret_deal()
    card = Commit("cedar", "town-crier")
    turn_of(give(game, "cedar", "town-crier"), "cedar")
    assert [str(refusal) for move, refusal in game.options() if move == card] == [
        "it needs card:town-crier:0"
    ]
    edit(game, deals=(game.state.deals[0]._replace(suspected=("cedar",)),))

    events = game.apply(card) + next_round(game)

    [proved] = of_kind(events, DealProved)
    assert proved.to is None
    assert proved.deal == "bread-for-coin"
    assert game.view(None).deals[0].template == "bread-for-coin"


def test_break_ends_a_running_deal() -> None:
    """The seat that broke it is named, and the deal's own consequence follows."""
    game = a_game(still())
    sign(game, "amber", "bread-for-coin")
    next_round(game)
    edit(game, influence={"birch": RICH})

    events = play(game, "birch", "walk-away")

    assert of_kind(events, DealBroken) == [DealBroken(None, "bread-for-coin", "birch", "amber")]
    assert game.state.deals[0].status == "broken"
    assert game.state.tracks["heat"] == 4
    assert game.state.tracks["trust"] == 2 + 1 - 2


def test_the_small_world_uses_every_operator() -> None:
    """What other tests stand on, with the full exercise in it, leaves no operator out."""
    written = str(more().spec) + str(exercise_from_text(FULL, mini()).exercise)

    assert [name for name, cls in OPERATORS.items() if f"{cls.__name__}(" not in written] == []
