"""A vote: several seats answer the same question aloud, and what follows is counted from that."""

from __future__ import annotations

from itertools import product

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import RICH, a_card_that, a_game, edit, give, go_on, more, of_kind, turn_of
from wargame.lab.fuzz import fuzz_game
from wargame.rules import moves
from wargame.rules.effects.flow import Roll
from wargame.rules.effects.tracks import Points, Shift
from wargame.rules.effects.votes import Vote
from wargame.rules.events import ChoiceAsked, ChoiceMade, DiceRolled
from wargame.rules.game import Game
from wargame.rules.moves import Commit
from wargame.rules.preview import preview
from wargame.rules.spec import Modifier
from wargame.rules.view import imagine, view
from wargame.words import Words

SEATS = ("cedar", "birch", "amber")
DAM = Vote(
    SEATS,
    "Shall we dam it?",
    "Dam it",
    "Let it run",
    2,
    (Shift(3, track="grain"),),
    (Shift(-3, track="grain"),),
    (Shift(-2, influence="self"), Points("self", 1)),
)


def at_the_vote(vote: Vote = DAM) -> Game:
    game = give(a_game(a_card_that(vote, Shift(1, track="heat"))), "amber", "test-card")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))
    edit(game, influence=dict.fromkeys(SEATS, RICH))
    go_on(game, lambda state: bool(state.stack))
    return game


@pytest.mark.parametrize("answers", list(product(("no", "yes"), repeat=3)))
def test_what_comes_is_counted_from_all_answers(answers: tuple[str, ...]) -> None:
    """Each is asked in the order of the vote, whatever the others have said, and pays for a yes."""
    game, told = at_the_vote(), []
    for seat, answer in zip(SEATS, answers, strict=True):
        assert game.to_act == seat
        assert game.state.tracks["grain"] == 5
        told += game.apply(moves.Choose(seat, answer))

    assert game.state.tracks["grain"] == (8 if answers.count("yes") >= 2 else 2)
    assert game.state.tracks["heat"] == 4
    for seat, answer in zip(SEATS, answers, strict=True):
        assert game.state.points[seat] == (answer == "yes")
    assert [(one.seat, one.option, one.to) for one in of_kind(told, ChoiceMade)] == [
        (seat, answer, None) for seat, answer in zip(SEATS, answers, strict=True)
    ]
    assert [one.seat for one in of_kind(told, ChoiceAsked)] == ["birch", "amber"]


def test_who_laid_the_card_has_brought_it_about() -> None:
    """The blame for what a vote brings is not that of who was asked last."""
    game = at_the_vote(Vote(("birch", "cedar"), "?", "Yes", "No", 1, (Shift(2, track="heat"),)))
    for seat in ("birch", "cedar"):
        game.apply(moves.Choose(seat, "yes"))

    assert {seat: blame for seat, blame in game.state.blame.items() if blame} == {"amber": 3}


def test_it_is_foreseen_as_if_anybody_might_say_anything() -> None:
    """Two of three: half the ways carry it. Who is asked last knows."""
    game = give(a_game(a_card_that(DAM)), "amber", "test-card")
    turn_of(game, "amber")
    told = preview(game.view("amber"), Commit("amber", "test-card"))
    assert told.changes.get(("track", "grain"), 0) == 0
    assert told.changes["points", "birch"] == pytest.approx(0.5)
    assert told.changes["influence", "birch"] == pytest.approx(-1)
    assert ("track", "grain") in told.unsure

    game = at_the_vote()
    gains = []
    for seat, answer in zip(SEATS, ("yes", "no", "yes"), strict=True):
        foreseen = preview(game.view(seat), moves.Choose(seat, answer)).changes
        gains.append((foreseen["track", "grain"], foreseen.get(("points", seat), 0)))
        game.apply(moves.Choose(seat, answer))
    assert gains == [(1.5, 1), (0, 0), (3, 1)]


def test_a_roll_that_follows_is_promised_with_the_card() -> None:
    """As any roll of a card; the answers change whether it comes, never its odds."""
    roll = Roll(30, (Shift(1, track="grain"),), modifiers=(Modifier("Heat", track="heat", each=5),))
    game = at_the_vote(Vote(("birch", "cedar"), "?", "Yes", "No", 2, (roll,)))
    edit(game, tracks={"heat": 9})
    game.apply(moves.Choose("birch", "yes"))

    [rolled] = of_kind(game.apply(moves.Choose("cedar", "yes")), DiceRolled)[:1]

    assert (rolled.path, rolled.chance) == ("card/test-card/0/then/0", 45)


def test_a_save_and_an_imagined_world_stand_in_the_middle_of_it() -> None:
    """What has been answered so far is as public as the answers."""
    game = at_the_vote()
    game.apply(moves.Choose("cedar", "yes"))

    again = Game.from_bytes(game.to_bytes(), game.scenario)
    for seat in SEATS:
        seen = view(game.state, seat)
        assert view(imagine(seen, 5), seat) == seen
    no = moves.Choose("birch", "no")
    assert again.apply(no) == game.apply(no)
    assert again == game


def test_it_is_put_in_words() -> None:
    words = Words(a_card_that(DAM))

    assert words.effects([DAM]) == [
        "Cedar, Birch and Amber answer in turn, “Shall we dam it?”: with at least two for “Dam it”: "
        "Grain ▲3; otherwise: Grain ▼3; for each “Dam it”: that seat's influence ▼2, that seat's score ▲1"
    ]
    assert " ".join(words.face("test-card")) == (
        "CE, BI, AM vote: 2+ Dam it: Grain +3 Else Grain −3 Each Dam it: influence −2 Score +1"
    )
    so_far = words.scenario.programs.choices["card/test-card/0/1-1/0"].options
    assert [words.effects(option.effects)[0] for option in so_far] == [
        "1 of the 2 that carry it, Amber still to answer; if they do: Grain ▲3; if not: Grain ▼3",
        "2 of the 2 that carry it, so when all have answered: Grain ▲3",
    ]
    at_last = words.scenario.programs.choices["card/test-card/0/2-1/0"].options
    assert words.effects(at_last[0].effects) == ["Only 1 of the 2 that carry it: Grain ▼3"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("at_least: 1", "at_least: 3", "must be 1 to 2, not 3"),
        ("[amber, cedar]", "[amber]", "two seats or more, each once"),
        ("[amber, cedar]", "[amber, ceder]", "did you mean"),
        ("shift: {influence: self, by: -1}", "roll: {base: 50}", "no `roll`, no loop"),
        ("text: The oven", "quiet: true\n  text: The oven", "would be asked aloud"),
    ],
)
def test_the_loader_refuses(old: str, new: str, complaint: str) -> None:
    vote = (
        "  effects:\n    - vote: {seats: [amber, cedar], prompt: Well?, yes: Aye, no: Nay, at_least: 1, "
        "each: [{shift: {influence: self, by: -1}}]}\n"
    )
    files = dict(texts())
    files["amber.yaml"] = files["amber.yaml"].replace("  effects:\n", vote, 1)
    assert said(files) == []
    files["amber.yaml"] = files["amber.yaml"].replace(old, new, 1)

    assert any(complaint in line for line in said(files))


@pytest.mark.parametrize("seed", range(4))
def test_random_games_with_votes_keep_the_laws(seed: int) -> None:
    """In two of three rounds the moot is called."""
    assert "news/moot/0/2-1/0" in more().programs.choices
    _decisions, broken = fuzz_game(more(), 7100 + seed, rounds=8, thorough=True)

    assert broken is None
