"""What the white cell can't do: refused in one sentence, and the game is as it was."""

from __future__ import annotations

import pytest

from tests.rules.boards import a_game, go_on, mini, still
from tests.table.white_cell import a_card, a_roll, act
from wargame.errors import IllegalMove
from wargame.rules.game import Game
from wargame.rules.moves import SetTrack
from wargame.rules.white import refusal

NONSENSE = [
    ("set-track", "no-track", 3),
    ("set-track", "heat", 11),
    ("set-track", "heat", -1),
    ("set-track", "heat", 3),
    ("set-good", "amber", "gold", 1),
    ("set-good", "nobody", "coin", 1),
    ("set-good", "birch", "coin", 7),
    ("set-influence", "nobody", 1),
    ("set-influence", "amber", 99),
    ("set-flag", "no-flag", 1),
    ("set-flag", "market", -1),
    ("set-flag", "market", 99),
    ("set-roll", "card/no-card", 5),
    ("set-roll", "", 101),
    ("set-roll", "", 0),
    ("set-dial", "no-dial", "open"),
    ("set-dial", "sluice", "ajar"),
    ("set-dial", "sluice", "half"),
    ("sign", "no-deal", "small", "open", 2),
    ("sign", "bread-for-coin", "plain", "open", 2),
    ("sign", "bread-for-coin", "small", "hushed", 2),
    ("sign", "bread-for-coin", "small", "open", 99),
    ("prove", "bread-for-coin"),
    ("inject", "no-card", 0),
    ("inject", "flood", 9),
    ("inject", "flood", -1),
    ("inject", "flood", 0, "nobody"),
    ("inject", "flood", 0, "cedar"),
    ("shift", 1, 2),
    ("hold", 1),
    ("cancel", 1),
    ("improvise", "no json", 0),
    ("improvise", "[]", 0),
    ("improvise", "{}", 0),
    ("improvise", '{"title":"x"}', 0),
    ("improvise", '{"title":"x","text":"","effects":[{"shift":{"track":"no-track","by":1}}]}', 0),
    ("improvise", '{"title":"x","text":"","effects":[{"shove":{}}]}', 0),
    ("improvise", '{"title":"x","text":"","effects":3}', 0),
    ("improvise", '{"title":"\\u001b[31m","text":"","effects":[]}', 0),
    ("improvise", a_card("x", {"peek": {"good": "coin", "seat": "nobody", "to": ["amber"]}}), 0),
    ("improvise", '{"title":"x","text":"","effects":[],"when":{"round":"now","at_least":1}}', 0),
    ("improvise", "[" * 5000, 0),
    ("improvise", a_card("x" * 30_000), 0),
    ("improvise", a_card("x", {"choose": {"seat": "amber", "prompt": "", "options": []}}), 0, "cedar"),
    ("adjudicate", a_card("x", {"shift": {"track": "heat", "by": 1}}), "amber", "dice"),
    ("edit", 1, "drought", "drought", 2),
    ("edit", -1, "", "", 0),
    ("adjudicate", a_roll(50, [], []), "nobody", "dice"),
    ("adjudicate", a_roll(50, [], []), "amber", "perhaps"),
]  # fmt: skip


@pytest.mark.parametrize("words", NONSENSE, ids=[" ".join(map(str, words))[:50] for words in NONSENSE])
def test_nonsense_is_refused_with_one_sentence_and_no_change(words: tuple[str | int, ...]) -> None:
    """From a forged save too: never a traceback, never a half-done act."""
    game = a_game(mini(), rounds=5)
    raw, scenario = game.to_bytes(), game.scenario

    with pytest.raises(IllegalMove, match=r"^The white cell can't do that: .+\.$"):
        game.apply(act(*words))  # type: ignore[arg-type]

    assert (game.to_bytes(), game.scenario) == (raw, scenario)


NOT_FOR_A_SEAT = {
    ("lay", "nobody", "stoke"): "there is no card `stoke` of a seat `nobody`",
    ("lay", "birch", "stoke"): "there is no card `stoke` of a seat `birch`",
    ("lay", "amber", "stoke", "wood"): "`stoke` can't be aimed at `wood`",
    ("lay", "cedar", "squeeze"): "`squeeze` can't be aimed at ``",
    ("lay", "amber", "baskets"): "`baskets` lies on the table already",
    ("lay", "birch", "sow"): "`birch` has laid all that it may this round",
    ("join", "amber", "wall"): "there is no stand `wall` that a seat `amber` could join",
    ("join", "birch", "no-stand"): "there is no stand `no-stand` that a seat `birch` could join",
    ("join", "birch", "wall"): "`birch` stands already",
}


@pytest.mark.parametrize("words", NOT_FOR_A_SEAT, ids=" ".join)
def test_what_cannot_be_done_for_a_seat_is_refused(words: tuple[str, ...]) -> None:
    """What is not its own, what it has done already, and more cards than it may lay."""
    game = a_game()
    for done in (("lay", "amber", "baskets"), ("join", "birch", "wall")):
        game.apply(act(*done))
    others = [card for card in game.scenario.decks["birch"] if card != "sow"]
    for card in others[: game.scenario.spec.rules.commits]:
        game.apply(act("lay", "birch", card, *filter(None, game.scenario.targets_of(card)[:1])))

    assert refusal(game.state, act(*words)) == NOT_FOR_A_SEAT[words]


def test_orders_are_given_for_a_seat_only_while_orders_are_given() -> None:
    game = a_game(mini())
    assert game.state.phase == "news"

    for words in (("lay", "amber", "baskets"), ("join", "birch", "wall")):
        assert refusal(game.state, act(*words)) == (
            "that can be done only between the news and the reveal of a round"
        )


SHAPELESS = [
    ("set-track", "heat"),
    ("set-track", 3, "heat"),
    ("set-track", "heat", 5, "amber"),
    ("inject", "flood", 0, 3),
    ("hold", True),
    ("end",),
    ("no-verb",),
]


@pytest.mark.parametrize("words", SHAPELESS, ids=[" ".join(map(str, words)) for words in SHAPELESS])
def test_what_does_not_have_the_shape_of_an_act_is_none(words: tuple[str | int, ...]) -> None:
    """It is not even read."""
    with pytest.raises(ValueError, match="not a move"):
        act(*words)  # type: ignore[arg-type]


def test_an_act_that_was_made_of_the_wrong_things_is_refused() -> None:
    """Or it would be written into a save that nobody can read."""
    game = a_game()
    raw = game.to_bytes()

    with pytest.raises(IllegalMove, match=r"^The white cell can't do that: .+\.$"):
        game.apply(SetTrack("heat", 7.5))  # type: ignore[arg-type]

    assert game.to_bytes() == raw


def test_nothing_is_done_to_a_game_that_is_over() -> None:
    game = Game.new(still(), 1, 1)
    go_on(game, lambda state: False)

    with pytest.raises(IllegalMove, match="the game is over"):
        game.apply(act("set-track", "heat", 7))
