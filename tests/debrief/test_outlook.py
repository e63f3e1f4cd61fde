"""Chances from a position: playouts by bots, with intervals, the same for the same arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import a_game
from wargame.debrief.playouts import Outcome, as_json, finish, other_luck, outlook, table
from wargame.debrief.story import Story
from wargame.lab.intervals import Share, paired
from wargame.rules.game import Game
from wargame.words import Words


def bots(story: Story, name: str = "greedy") -> dict[str, str]:
    return dict.fromkeys(story.scenario.seat_ids, name)


def test_the_outlook_counts_its_playouts(tmp_path: Path) -> None:
    """Shares and means are those of the very playouts, counted one by one."""
    story = Story.open(a_game(tmp_path))
    state = story.line[20].state
    seen = outlook(state, bots(story), 30)
    ends: list[Outcome] = [finish(other_luck(state, nth), (), bots(story)) for nth in range(30)]

    for at, seat in enumerate(story.scenario.seat_ids):
        one = seen.seats[seat]
        assert one.won == Share(sum(end.won[at] for end in ends), 30)
        assert one.first == Share(sum(end.first[at] for end in ends), 30)
        assert one.ruined == Share(sum(end.ruined[at] for end in ends), 30)
        assert one.score == pytest.approx(sum(end.scores[at] for end in ends) / 30)
    assert seen.outcomes == {"fire": Share(sum(end.outcome == "fire" for end in ends), 30)}
    assert sum(one.first.hits for one in seen.seats.values()) == 30


@pytest.mark.soak
def test_processes_change_nothing(tmp_path: Path) -> None:
    """One process and two give the same outlook, and so does asking again."""
    story = Story.open(a_game(tmp_path))
    state, done = story.line[10].state, list[int]()
    one = outlook(state, bots(story), 45)
    two = outlook(state, bots(story), 45, processes=2, progress=done.append)

    assert one == two
    assert done[-1] == 45
    assert done == sorted(done)


def test_playouts_have_dice_of_their_own(tmp_path: Path) -> None:
    """They are not the dice that the game still has before it, and they differ from each other."""
    story = Story.open(a_game(tmp_path))
    state = story.line[0].state
    ends = {finish(other_luck(state, nth), (), bots(story)).scores for nth in range(12)}

    assert len(ends) > 3


def test_a_finished_game_has_no_chances_left(tmp_path: Path) -> None:
    """From its end every share is all or nothing, as the game ended."""
    story = Story.open(a_game(tmp_path))
    seen = outlook(story.end.state, bots(story), 5)
    for seat, line in Game(story.end.state).lines.items():
        assert seen.seats[seat].won == Share(5 * line.won, 5)
        assert seen.seats[seat].score == line.score


def test_intervals() -> None:
    """Wilson's interval of a share, and Student's of a change between pairs, against values by hand."""
    share = Share(8, 10)
    assert (share.low, share.high) == pytest.approx((0.490, 0.943), abs=0.001)
    assert (Share(0, 0).low, Share(0, 0).high) == (0, 1)

    change = paired([1, 3, 2, 2, 2])
    assert (change.mean, change.n) == (2, 5)
    # 2 ± 2.776 · √((2 + ½) / 4 / 5)
    assert (change.low, change.high) == pytest.approx((2 - 0.981, 2 + 0.981), abs=0.003)
    assert change.half(0.0001) > 4 * change.half()
    still = paired([0] * 20)
    assert still.mean == 0
    assert still.low < 0 < still.high
    with pytest.raises(ValueError, match="1 pair can't tell"):
        paired([3])


def test_programs_and_people_get_the_same_numbers(tmp_path: Path) -> None:
    """The JSON has every share with its interval; the table prints them."""
    story = Story.open(a_game(tmp_path))
    seen = outlook(story.line[5].state, bots(story), 20)
    plain = as_json(seen)
    words = Words(story.scenario)
    shown = table(seen, words)

    for seat, one in seen.seats.items():
        assert plain["seats"][seat]["won"]["share"] == one.won.value
        row = next(line for line in shown.splitlines() if line.startswith(words.seat(seat)))
        assert f"{one.won.value:.0%} ({one.won.low:.0%}–{one.won.high:.0%})" in row
        assert f"{one.score:.1f}" in row


def test_a_bot_that_is_not_there_and_no_games(tmp_path: Path) -> None:
    """Both are refused."""
    story = Story.open(a_game(tmp_path))
    with pytest.raises(KeyError):
        outlook(story.end.state, bots(story, "genius"), 5)
    with pytest.raises(ValueError, match="at least one"):
        outlook(story.end.state, bots(story), 0)
