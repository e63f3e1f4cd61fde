"""Scores: terms, lines, agendas, and who ranks where at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.boards import (
    a_card_that,
    a_game,
    edit,
    go_on,
    mini,
    next_round,
    of_kind,
    play,
    sign,
    still,
    still_but,
    with_goods,
    with_tracks,
)
from wargame.rules.effects.flow import End
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import FinalScored, GameEnded, LowestHelped
from wargame.rules.game import Game
from wargame.rules.scoring import known_score, margin, public_score, ranking, terms_of, win_line
from wargame.rules.spec import Trigger


def ended(game: Game) -> Game:
    go_on(game, lambda state: False)
    return game


@pytest.mark.parametrize(("rounds", "line"), [(8, 28), (4, 24), (3, 23), (1, 21)])
def test_the_line_scales_with_the_length(rounds: int, line: int) -> None:
    """Start and an eighth of the distance a round."""
    assert win_line(a_game(rounds=rounds).state) == line


def test_a_score_is_its_terms() -> None:
    """Changes of tracks from their start, goods held, rungs above the first; capped where it says so."""
    game = with_tracks(a_game(), nerve=7, heat=5, grain=4)
    with_goods(with_goods(game, "amber", coin=2), "birch", feast=9)

    assert game.scores == {"amber": 20 + 2 + 2 - 2, "birch": 20 + 6 - 2, "cedar": 20 - 2}


def test_rungs_climbed_count_from_the_second() -> None:
    """The highest rung ever run, less the first; a deal that fell does not count."""
    game = with_tracks(a_game(), trust=4)
    sign(game, "amber", "cake-for-coin")
    assert game.scores["birch"] == 21
    edit(game, deals=(game.state.deals[0]._replace(status="fallen"),))

    assert game.scores["birch"] == 20


def test_others_know_of_a_score_what_they_may() -> None:
    """The public part leaves out what is private; the owner knows all of its own that it can see."""
    game = with_goods(with_tracks(a_game(), nerve=9, heat=4), "amber", coin=3)
    edit(game, points={"amber": 5})

    assert public_score(game.state, "amber") == 19
    assert known_score(game.state, "amber", "birch") == 19
    assert known_score(game.state, "amber", "amber") == 20 + 3 + 4 - 1 + 5
    assert [points for _term, points in terms_of(game.view("birch"), "amber", "birch")] == [None, None, -1]


def test_an_agenda_pays_at_the_end_if_it_is_kept() -> None:
    """It is dealt in secret, worth what it says, and in the final score."""
    scenario = still_but("agendas", agendas=mini().spec.agendas)
    for seed in range(9):
        game = with_goods(a_game(scenario, seed, rounds=1), "amber", coin=3)
        before = game.state.points["amber"]
        agenda = scenario.agendas[game.state.agendas["amber"]]
        line = ended(game).lines["amber"]

        assert line.agenda
        assert line.score == 23 + agenda.worth
        assert game.state.points["amber"] == before
        assert "cedar" not in game.state.agendas


def test_an_agenda_is_known_to_its_seat_until_the_debrief() -> None:
    """Nobody else sees it before all is laid open."""
    game = a_game(mini(), rounds=1)
    assert game.view("birch").agendas.keys() == {"birch"}
    assert game.view(None).agendas == {}

    assert ended(game).view(None).agendas.keys() == {"amber", "birch"}


def test_several_can_win_and_the_margin_ranks() -> None:
    """Ranking is by margin over the line in units of each seat's own spread."""
    game = with_tracks(a_game(rounds=8), nerve=10, heat=0, grain=10, rumour=6)
    lines = ended(edit(game, round=8)).lines

    assert {seat: line.won for seat, line in lines.items()} == {"amber": True, "birch": True, "cedar": True}
    assert lines["amber"].margin == (28 - 28) / 6
    assert lines["cedar"].margin == (31 - 28) / 4
    assert {seat: line.rank for seat, line in lines.items()} == {"cedar": 1, "birch": 2, "amber": 3}
    assert game.state.winners == ("amber", "birch", "cedar")


def test_a_ruined_seat_cannot_win_and_ranks_last() -> None:
    """Whatever its score."""
    game = with_tracks(a_game(rounds=1), rumour=6)
    lines = ended(edit(game, ruined=("cedar",))).lines

    assert not lines["cedar"].won
    assert lines["cedar"].rank == 3
    assert lines["cedar"].score == 28


def test_after_an_outcome_that_all_lose_nobody_wins_and_the_least_to_blame_ranks_first() -> None:
    """Blame is who publicly drove the track that burnt; margins only break ties."""
    fire = Trigger("fire", "x", "p1", (End("fire"),))
    game = with_tracks(a_game(still_but("fire", triggers=(fire,))), rumour=6, nerve=10)
    edit(game, blame={"amber": 1, "birch": 0, "cedar": 4})
    lines = ended(game).lines

    assert game.state.outcome == "fire"
    assert not any(line.won for line in lines.values())
    assert {seat: line.rank for seat, line in lines.items()} == {"birch": 1, "amber": 2, "cedar": 3}


def test_blame_is_for_what_was_done_in_public() -> None:
    """A card that raises the track of blame blames its seat, unless nobody may know that it did."""
    for quiet, blame in ((False, 2), (True, 0)):
        game = a_game(a_card_that(Shift(2, track="heat"), quiet=quiet))
        play(game, "amber", "test-card")
        assert game.state.blame["amber"] == blame


def test_the_end_lays_everything_open() -> None:
    """In the debrief every window shows all tracks, goods, points and deals."""
    game = a_game(mini(), rounds=1)
    sign(game, "amber", "bread-for-coin", secrecy="secret", rounds=1)
    events = go_on(game, lambda state: False)
    window = game.view("cedar")

    assert window.tracks == game.state.tracks
    assert window.goods == game.state.goods
    assert window.points == game.state.points
    assert window.deals[0].template == "bread-for-coin"
    assert events[-1] == GameEnded(None, "time")
    assert {e.seat for e in events if isinstance(e, FinalScored)} == set(still().seat_ids)


def test_ruin_costs_in_every_score_that_anybody_sees() -> None:
    """Ruin is public: whoever looks takes its cost off, and what the lowest seat gets goes by it."""
    spec = still().spec
    costly = replace(spec.scoring, ruin_costs=30)
    scenario = still_but("costly", scoring=costly, rules=replace(spec.rules, lowest_bonus=1))
    game = edit(a_game(scenario), ruined=("birch",), influence=dict.fromkeys(still().seat_ids, 0))
    whole = {seat: public_score(game.state, seat) for seat in still().seat_ids}

    assert whole == {"amber": 20, "birch": -10, "cedar": 20}
    for viewer in (None, *still().seat_ids):
        assert known_score(game.view(viewer), "birch", viewer) == -10
    assert of_kind(next_round(game), LowestHelped) == [LowestHelped(None, "birch", 1)]


def test_the_ranking_in_play_is_that_of_the_end() -> None:
    """One rule ranks, whoever knows how much: margins, the ruined last, blame after an outcome of blame."""
    game = with_tracks(a_game(rounds=8), rumour=6)
    scores = {"amber": 26, "birch": 27, "cedar": 25}

    assert ranking(game.state, scores) == ["birch", "amber", "cedar"]
    assert ranking(game.view("amber"), scores) == ranking(game.state, scores)
    assert margin(game.view(None), "cedar", 25) == (25 - 28) / 4
    assert ranking(edit(game, ruined=("birch",)).state, scores)[-1] == "birch"
    assert ranking(edit(game, outcome="fire", blame={"amber": 3}).state, scores)[-1] == "amber"
