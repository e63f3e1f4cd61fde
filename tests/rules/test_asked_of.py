"""What conditions ask of: each number of a board, a dial, and one number beside another."""

from __future__ import annotations

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import (
    a_card_that,
    a_game,
    edit,
    give,
    go_on,
    more,
    play,
    turn_of,
    with_goods,
    with_tracks,
)
from wargame.lab.fuzz import fuzz_game
from wargame.rules import moves
from wargame.rules.conditions import Condition, Number, Per
from wargame.rules.effects.flow import Choose, If, Option, Roll
from wargame.rules.effects.hands import Lose
from wargame.rules.effects.tracks import Shift
from wargame.rules.game import Game
from wargame.rules.moves import Commit
from wargame.rules.predicates import compile_condition
from wargame.rules.preview import preview
from wargame.rules.spec import Modifier
from wargame.words import Words


def board() -> Game:
    """Heat 4 and grain 6; amber has 2 influence, cedar three cards; the sluice is half open."""
    game = with_tracks(a_game(), heat=4, grain=6, trust=6)
    return edit(give(game, "cedar", "squeeze", "keyhole", "whispers"), influence={"amber": 2})


def over(other: Number, least: int | None = None, most: int | None = None) -> Condition:
    return Condition(track="heat", over=other, at_least=least, at_most=most)


GRAIN, TRUST = Number(track="grain"), Number(track="trust")
CASES = [
    (Condition(influence="amber", at_least=2), True, "Amber's influence at least 2"),
    (Condition(influence="amber", at_most=1), False, "Amber's influence at most 1"),
    (Condition(hand="cedar", at_least=3), True, "Cedar holds at least 3 cards"),
    (Condition(hand="cedar", at_most=0), False, "Cedar holds no card"),
    (Condition(dial="sluice", setting="half"), True, "“The sluice” is set to “Half open”"),
    (Condition(dial="sluice", setting="shut"), False, "“The sluice” is set to “Shut”"),
    (over(GRAIN, 0), False, "Heat not below Grain"),
    (over(GRAIN, most=-1), True, "Heat below Grain"),
    (over(GRAIN, -2, -2), True, "Heat 2 below Grain"),
    (over(Number(hand="cedar"), 1), True, "Heat above the number of cards in Cedar's hand"),
    (over(Number(influence="amber"), 2), True, "Heat at least 2 above Amber's influence"),
    (
        Condition(good="coin", seat="birch", over=Number(good="loaves", seat="amber"), at_least=0, at_most=0),
        False,
        "Birch's coin as much as Amber's loaves",
    ),
]


@pytest.mark.parametrize(("asked", "holds", "sentence"), CASES)
def test_a_condition_is_answered_and_put_in_words(asked: Condition, holds: bool, sentence: str) -> None:
    game = board()

    assert compile_condition(asked)(game.state) is holds
    assert Words(game.scenario).condition(asked) == sentence


@pytest.mark.parametrize("asked", [case[0] for case in CASES if case[0].hand or case[0].dial])
def test_what_a_seat_may_not_know_it_cannot_ask(asked: Condition) -> None:
    """Hands and dials of others are not in a view; a question that can't be answered there says so."""
    with pytest.raises(KeyError):
        compile_condition(asked)(board().view("birch"))


IF_RICH = If(Condition(influence="birch", at_least=3), (Shift(1, track="heat"),), (Shift(-1, track="heat"),))


def test_what_others_have_to_spend_is_no_ground_for_a_promise() -> None:
    """It stands still before others while orders are given, so either may come."""
    game = give(a_game(a_card_that(IF_RICH)), "amber", "test-card")
    turn_of(game, "amber")

    foreseen = preview(game.view("amber"), Commit("amber", "test-card"))

    assert foreseen.changes["track", "heat"] == 0
    assert ("track", "heat") in foreseen.unsure


def test_a_chance_that_reads_the_hand_is_the_one_before_the_card_is_laid() -> None:
    """What is shown is what is kept: the card itself still counts, and its price is not yet paid."""
    full, rich = Condition(hand="amber", at_least=1), Condition(influence="amber", at_least=6)
    roll = Roll(20, modifiers=(Modifier("Full", when=full, add=30), Modifier("Rich", when=rich, add=10)))
    game = give(a_game(a_card_that(roll)), "amber", "test-card")
    turn_of(game, "amber")
    move = Commit("amber", "test-card")
    shown = preview(game.view("amber"), move).odds

    game.apply(move)

    assert [odds.chance for odds in shown] == [60]
    assert game.state.orders["amber"].commits[0].odds == shown


def test_a_chance_counts_what_its_own_option_spends_first() -> None:
    """Influence and cards that go before the roll are gone when its odds are shown."""
    rich, full = Condition(influence="birch", at_least=5), Condition(hand="birch", at_least=2)
    roll = Roll(20, modifiers=(Modifier("Rich", when=rich, add=30), Modifier("Full", when=full, add=10)))
    option = Option("pay", "Pay", (Shift(-2, influence="birch"), Lose("birch", 2), roll))
    game = a_game(a_card_that(Choose("birch", "Well?", (Option("no", "No"), option))))
    give(game, "birch", "sow", "levy", "calm-words")
    give(game, "amber", "test-card")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))
    go_on(game, lambda state: bool(state.stack))

    assert [odds.chance for odds in preview(game.view("birch"), moves.Choose("birch", "pay")).odds] == [20]


def test_an_option_may_need_what_it_costs() -> None:
    """Who has too little influence can't pick it."""
    game = give(a_game(more()), "birch", "open-purse")
    turn_of(game, "birch")
    game.apply(Commit("birch", "open-purse"))
    edit(game, influence={"birch": 2})  # one of them goes before the question

    go_on(game, lambda state: bool(state.stack))

    assert game.legal_moves() == (moves.Choose("birch", "pass"),)


@pytest.mark.parametrize(("setting", "heat"), [("shut", 4), ("half", 2)])
def test_a_dial_decides_what_a_card_does(setting: str, heat: int) -> None:
    """It is asked for as it stands when the card takes effect."""
    asks = If(
        Condition(dial="sluice", setting=setting), (Shift(1, track="heat"),), (Shift(-1, track="heat"),)
    )
    game = edit(a_game(a_card_that(asks, seat="cedar")), dials={"sluice": "shut"})

    play(game, "cedar", "test-card")

    assert game.state.tracks["heat"] == heat


AMOUNTS = [
    (Per(track="grain"), 4, "for each step of Grain", "per Grain"),
    (Per(track="grain", above=2, every=2), 1, "for every 2 steps of Grain above 2", "per 2 Grain over 2"),
    (Per(track="grain", above=6), 0, "for each step of Grain above 6", "per Grain over 6"),
    (Per(good="coin", seat="birch", every=3), 1, "for every 3 lots of Birch's coin", "per 3 BI coin"),
    (Per(influence="cedar"), 6, "for each point of Cedar's influence", "per CE influence"),
    (Per(hand="birch"), 2, "for each card in Birch's hand", "per BI cards"),
]


@pytest.mark.parametrize(("per", "times", "sentence", "line"), AMOUNTS)
def test_a_shift_by_another_number(per: Per, times: int, sentence: str, line: str) -> None:
    """So many for each of it, as it stands when it happens; its text and its face say so."""
    effect = Shift(1, track="heat", per=per)
    game = with_tracks(a_game(a_card_that(effect)), heat=2, grain=4)
    give(with_goods(game, "birch", coin=4), "birch", "sow", "levy")
    words = Words(game.scenario)

    play(game, "amber", "test-card")

    assert game.state.tracks["heat"] == 2 + times
    assert words.effects([effect]) == [f"Heat ▲1 {sentence}"]
    assert "".join(words.face("test-card")).replace(" ", "") == f"Heat+1{line}".replace(" ", "")


def test_a_hidden_amount_gives_no_promise_and_no_odds() -> None:
    """Who can't know the number may expect one step, not surely; a roll may not read what it moves."""
    shift = Shift(1, track="heat", per=Per(track="rumour"))
    game = give(a_game(a_card_that(shift)), "amber", "test-card")
    turn_of(game, "amber")
    foreseen = preview(game.view("amber"), Commit("amber", "test-card"))
    files, question = dict(texts()), "    - choose:\n        seat: birch"
    first = "    - shift: {track: nerve, by: 1, per: {track: rumour}}\n"
    files["amber.yaml"] = files["amber.yaml"].replace(question, first + question)

    assert foreseen.changes["track", "heat"] == 1
    assert ("track", "heat") in foreseen.unsure
    assert any("which a hidden number may move first" in line for line in said(files))


def test_a_passing_amount_is_told_to_those_who_may_know_it() -> None:
    """How far it moved would tell what it counts."""
    effect = Shift(1, track="heat", per=Per(track="rumour"), rounds=2)
    game = give(a_game(a_card_that(effect, seat="cedar")), "cedar", "test-card")

    play(game, "cedar", "test-card")

    assert [due.to for due in game.state.schedule] == [("cedar",)]
    assert game.view("birch").schedule == ()


PLACE = "          - {label: Nerve, track: nerve, above: 4, each: 5}"
MISTAKES = [
    ("when: {dial: sluice, setting: halv}, add: 5", "did you mean"),
    ("when: {dial: sluice, setting: shut}, add: 5", "reads what amber may not know: the dial `sluice`"),
    (
        "when: {influence: birch, at_least: 3}, add: 5",
        "reads what amber may not know: the influence of `birch`",
    ),
    ("when: {hand: cedar, at_least: 3}, add: 5", "reads what amber may not know: the hand of `cedar`"),
    (
        "when: {track: heat, over: {track: rumour}, at_least: 1}, add: 5",
        "reads what amber may not know: the track `rumour`",
    ),
    ("when: {influence: amber}, add: 5", "how much? it needs `at_least` or `at_most`"),
    ("when: {flag: market, over: {track: heat}}, add: 5", "only a number is `over` another"),
    ("when: {track: heat, setting: shut, at_least: 1}, add: 5", "a `dial` and its `setting` go together"),
    ("when: {track: heat, at_least: 1, over: {track: heat, hand: amber}}, add: 5", "needs exactly one of"),
]


@pytest.mark.parametrize(("wrong", "complaint"), MISTAKES)
def test_the_loader_refuses(wrong: str, complaint: str) -> None:
    files = dict(texts())
    files["amber.yaml"] = files["amber.yaml"].replace(PLACE, f"          - {{label: Nerve, {wrong}}}")

    assert any(complaint in line for line in said(files))


def test_a_need_does_not_turn_on_what_a_turn_spends() -> None:
    """A card that is laid and paid for would come back for want of what it cost."""
    files = dict(texts())
    needs = "  needs: [{influence: amber, at_least: 3}]\n"
    files["amber.yaml"] = files["amber.yaml"].replace("  text: The oven", f"{needs}  text: The oven")

    assert any("changes within the turn" in line for line in said(files))


@pytest.mark.parametrize("seed", range(6))
def test_random_games_with_all_of_it_keep_the_laws(seed: int) -> None:
    """The view, the worlds imagined behind it, odds before and after: at every step."""
    _decisions, broken = fuzz_game(more(), 4000 + seed, rounds=1 + seed % 4, thorough=True)

    assert broken is None
