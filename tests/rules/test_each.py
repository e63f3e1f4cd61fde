"""The same for each of several seats."""

from __future__ import annotations

import pytest

from tests.content.decks import said, texts
from tests.rules.boards import a_card_that, a_game, edit, give, go_on, more, play, turn_of, with_tracks
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose, Each, If, Option
from wargame.rules.effects.tracks import Points, Shift
from wargame.rules.moves import Commit
from wargame.rules.preview import preview
from wargame.words import Words

TAX = Each(
    (Shift(-2, influence="self"), If(Condition(influence="self", at_least=4), (Points("self", 3),))),
    ("birch", "amber"),
)


def test_it_happens_to_each_seat_in_turn() -> None:
    """`self` is the seat whose turn it is, in what is asked as well."""
    game = a_game(a_card_that(TAX))
    edit(game, influence={"birch": 7, "cedar": 7})

    play(game, "amber", "test-card")

    assert game.state.influence == {"amber": 3, "birch": 5, "cedar": 7}
    assert game.state.points == {"amber": 0, "birch": 3, "cedar": 0}


def test_it_is_foreseen_for_each_as_far_as_one_can_know() -> None:
    """What another seat has may be told only on average."""
    game = give(a_game(a_card_that(TAX)), "amber", "test-card")
    turn_of(game, "amber")

    told = preview(game.view("amber"), Commit("amber", "test-card"))

    assert told.changes["influence", "birch"] == -2
    assert told.changes.get(("points", "amber"), 0) == 0
    assert told.changes["points", "birch"] == 1.5
    assert ("points", "birch") in told.unsure


def test_each_may_be_asked_aloud() -> None:
    """One after the other, each of what it may know."""
    asks = Choose("self", "Well?", (Option("no", "No"), Option("yes", "Yes", (Points("self", 1),))))
    game = give(a_game(a_card_that(Each((asks,), ("cedar", "birch")))), "amber", "test-card")
    turn_of(game, "amber")
    game.apply(Commit("amber", "test-card"))

    asked = []
    for _ in range(2):
        go_on(game, lambda state: bool(state.stack))
        asked.append(game.to_act)
        game.apply(game.legal_moves()[1])

    assert asked == ["cedar", "birch"]
    assert game.state.points == {"amber": 0, "birch": 1, "cedar": 1}


BOTH = Each(
    (Shift(1, track="here"), If(Condition(track="here", at_least=8), (Shift(-3, track="here"),))),
    tracks=("heat", "trust"),
)


def test_it_happens_to_each_track_in_turn() -> None:
    """`here` is the number whose turn it is, in what is asked as well; what one may not see is not told."""
    game = give(with_tracks(a_game(a_card_that(BOTH)), heat=7, trust=5), "amber", "test-card")
    turn_of(game, "amber")
    told = preview(game.view("amber"), Commit("amber", "test-card"))

    play(game, "amber", "test-card")

    assert (game.state.tracks["heat"], game.state.tracks["trust"]) == (5, 6)
    assert (told.changes["track", "heat"], told.changes["track", "trust"]) == (-2, 1)
    words = Words(game.scenario)
    assert words.effects([BOTH]) == [
        "For each of Heat and Trust: that number ▲1, (if that number at least 8: that number ▼3)"
    ]
    assert words.face("test-card")[:2] == ["Each of Heat,", "Trust:"]


def test_it_is_put_in_words() -> None:
    words = Words(a_card_that(TAX))

    assert words.effects([TAX]) == [
        "For each of Birch and Amber: that seat's influence ▼2, "
        "(if that seat's influence at least 4: that seat's score ▲3)"
    ]
    assert words.face("test-card")[0] == "Each of BI, AM:"
    assert more().programs.choices.keys() >= {f"news/toll/0/each/{at}" for at in (0, 2, 4)}


@pytest.mark.parametrize(
    ("effects", "complaint"),
    [
        ("[{points: {seat: selv, by: 1}}]", "there is no seat `selv`"),
        ("[{roll: {base: 50}}]", "no other `each` in it"),
        ("[{shift: {track: here, by: 1}}]", "there is no track `here`"),
    ],
)
def test_the_loader_refuses(effects: str, complaint: str) -> None:
    files = dict(texts())
    first = f"  effects:\n    - each: {{seats: [amber, birch], effects: {effects}}}\n"
    files["amber.yaml"] = files["amber.yaml"].replace("  effects:\n", first, 1)

    assert any(complaint in line for line in said(files))


@pytest.mark.parametrize(
    ("loop", "complaint"),
    [
        ("seats: [amber], tracks: [heat]", "needs exactly one of"),
        ("tracks: [heat, heat]", "each of the tracks once"),
        ("tracks: [heat, rumour]", "must be 0 to 6, not 9"),
        ("tracks: [heap]", "did you mean"),
    ],
)
def test_the_loader_refuses_such_loops(loop: str, complaint: str) -> None:
    files = dict(texts())
    first = f"  effects:\n    - each: {{{loop}, effects: [{{set: {{track: here, to: 9}}}}]}}\n"
    files["amber.yaml"] = files["amber.yaml"].replace("  effects:\n", first, 1)

    assert any(complaint in line for line in said(files))


def test_self_stands_for_nobody_outside() -> None:
    files = dict(texts())
    files["amber.yaml"] = files["amber.yaml"].replace(
        "by: 1}", "by: 1}\n    - points: {seat: self, by: 1}", 1
    )

    assert any("`self`" in line for line in said(files))
