"""What can be worked out of a score: what lies proved counts, and what was told aloud."""

from __future__ import annotations

from collections.abc import Mapping

from tests.rules.boards import a_card_that, a_game, edit, honeymoon, play, sign, with_tracks
from wargame.debrief.dated_events import Happening, points_told
from wargame.debrief.perspective import EVERYTHING, ROOM, seen_score
from wargame.debrief.results import score_parts
from wargame.rules.effects.tracks import Points
from wargame.rules.events import Event, PointsGiven, common_knowledge
from wargame.rules.game import Game


def on_a_rung() -> Game:
    """Amber and Birch climb to the second rung, which pays Birch."""
    game = with_tracks(a_game(), trust=4)
    sign(game, "amber", "cake-for-coin", secrecy="secret")
    return game


def proved(game: Game) -> Game:
    return edit(game, deals=(game.state.deals[0]._replace(proved=True),))


def aloud(game: Game, events: list[Event]) -> Mapping[str, int]:
    return points_told(
        Happening(1, "resolution", 0, event) for event in common_knowledge(events, game.scenario.seat_ids)
    )


def test_a_rung_counts_once_it_is_proved() -> None:
    """For the room and for every seat, whoever of them ran it; before that only for those who did."""
    game = on_a_rung()
    for viewer in (ROOM, "cedar"):
        hidden = seen_score(game.view(None if viewer is ROOM else viewer), "birch", viewer)
        open_ = seen_score(proved(game.clone()).state, "birch", viewer)

        assert open_ == hidden + 1
    assert seen_score(game.view("amber"), "birch", "amber") == seen_score(game.state, "birch", "amber")


def test_an_open_deal_on_a_rung_counts_like_a_proved_one() -> None:
    game = on_a_rung()
    before = seen_score(game.state, "birch", ROOM)
    edit(game, deals=(game.state.deals[0]._replace(secret=False, published=True),))

    assert seen_score(game.state, "birch", ROOM) == before + 1


def test_the_parts_of_a_score_come_to_the_score() -> None:
    """And a part of which more may be so says that it is what lies proved."""
    game = on_a_rung()
    before = [part for part in score_parts(game.state, "birch", ROOM) if part.term and part.term.rung]
    proved(game)
    parts = list(score_parts(game.state, "birch", ROOM, {"birch": 4}))

    assert [part.points for part in before] == [None]
    assert [part.points for part in parts if part.least] == [1]
    assert sum(part.points or 0 for part in parts) == seen_score(game.state, "birch", ROOM, {"birch": 4})


def test_the_owner_reads_a_proved_rung_in_its_own_score() -> None:
    """Seoul's score falls with the rung of the North's contract; it is no side of it."""
    game = with_tracks(Game.new(honeymoon(), seed=1), trust=8)
    sign(game, "dprk", "shells-for-oil", secrecy="secret")
    none = seen_score(edit(game.clone(), deals=()).state, "rok", "rok")
    unseen = seen_score(game.view("rok"), "rok", "rok")
    proved(game)

    assert unseen == none
    assert seen_score(game.view("rok"), "rok", "rok") == unseen - 3
    assert seen_score(game.state, "rok", EVERYTHING) == game.scores["rok"]


def test_points_told_aloud_are_in_the_score_that_everybody_sees() -> None:
    """A card that all see gives them before all; the seat counts them once."""
    game = a_game(a_card_that(Points("birch", 3)))
    before = {viewer: seen_score(game.state, "birch", viewer) for viewer in (ROOM, "cedar", "birch")}

    told = aloud(game, play(game, "amber", "test-card"))

    assert told == {"birch": 3}
    for viewer, score in before.items():
        assert seen_score(game.state, "birch", viewer, told) == score + 3


def test_points_of_a_quiet_card_are_their_seats_alone() -> None:
    game = a_game(a_card_that(Points("birch", 3), quiet=True))
    events = play(game, "amber", "test-card")

    assert [event.to for event in events if isinstance(event, PointsGiven)] == [("birch",)]
    assert aloud(game, events) == {}
