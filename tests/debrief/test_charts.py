"""Numbers over a game: values by move, steps with their causes, tables by round, two lines side by side."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.debrief.games import (
    EXAMPLE,
    a_facilitated_game,
    a_game,
    a_game_with_branches,
    a_whole_honeymoon,
)
from tests.rules.boards import mini, score_before_all
from wargame.debrief.branch import branch
from wargame.debrief.curves import (
    Curve,
    CurveStep,
    Danger,
    Pair,
    compare,
    dangers,
    marks,
    score_curves,
    score_table,
    track_curves,
    track_table,
)
from wargame.debrief.perspective import EVERYTHING, ROOM, sealed
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.story import Story
from wargame.errors import SaveError
from wargame.rules.events import Event
from wargame.rules.game import Game


@pytest.fixture(scope="module")
def story() -> Story:
    return Story.open(a_whole_honeymoon())


def of(curves: Iterable[Curve]) -> dict[str, Curve]:
    """The curves by the id of their track or seat."""
    return {curve.key.partition(":")[2]: curve for curve in curves}


@pytest.fixture(scope="module")
def truth(story: Story) -> PerspectiveLine:
    return PerspectiveLine(story, EVERYTHING)


def test_values_are_those_of_the_states(story: Story, truth: PerspectiveLine) -> None:
    """A track's and a score's value at each place of the line is that of the state there."""
    tracks, whole = of(track_curves(truth)), of(score_curves(truth))
    public = of(score_curves(PerspectiveLine(story, ROOM)))
    so_far: list[Event] = []
    for at, moment in enumerate(story.line):
        so_far += moment.events
        assert {track: curve.values[at] for track, curve in tracks.items()} == moment.state.tracks
        assert {seat: curve.values[at] for seat, curve in whole.items()} == Game(moment.state).scores
        for seat in story.scenario.seat_ids:
            assert public[seat].values[at] == score_before_all(sealed(moment.state), seat, so_far)


def test_steps_add_up(story: Story, truth: PerspectiveLine) -> None:
    """From the start of a track its steps lead, each from where the last one ended, to where it ends."""
    for track, curve in of(track_curves(truth)).items():
        at = story.scenario.tracks[track].start
        for step in curve.steps:
            assert step.old == at
            at = step.new
            assert step.why != "for a reason kept secret"
        assert at == story.end.state.tracks[track]
        assert [step.move for step in curve.steps] == sorted(step.move for step in curve.steps)


def moves(step: CurveStep) -> tuple[int, int, int, int]:
    return step.round, step.move, step.old, step.new


def test_a_seat_is_told_of_the_same_changes_or_of_none(story: Story, truth: PerspectiveLine) -> None:
    """What a seat was told of a track is true, but may lack the cause; of hidden tracks it hears nothing."""
    whole = of(track_curves(truth))
    for seat in story.scenario.seat_ids:
        told = of(track_curves(PerspectiveLine(story, seat)))
        for track, curve in told.items():
            assert [moves(step) for step in curve.steps] == [moves(step) for step in whole[track].steps]
        assert set(told) == {track for track in whole if track in story.scenario.seen_tracks[seat][0]}


def test_tables_are_read_as_rounds_begin(story: Story) -> None:
    """A column is the first position of a round, the last one the end; a seat has only what it saw."""
    at = marks(story)
    table, whole = track_table(story), score_table(story)

    assert table.heads == ("1", "2", "3", "end")
    for column, mark in enumerate(at):
        state = mark.moment.state
        assert {track: row[column] for track, row in table.rows.items()} == state.tracks
        assert {seat: row[column] for seat, row in whole.rows.items()} == Game(state).scores
    for seat in story.scenario.seat_ids:
        own = track_table(story, seat)
        assert set(own.rows) == set(story.scenario.seen_tracks[seat][0])
        assert score_table(story, seat).rows.keys() == whole.rows.keys()


def test_a_rewound_game_has_steps_of_the_line_alone(tmp_path: Path) -> None:
    """What happened on a line that was left makes no step on this one; the white cell's steps are its own."""
    story = Story.open(a_facilitated_game(tmp_path))
    line = {moment.id for moment in story.line}
    curves = track_curves(PerspectiveLine(story, EVERYTHING))
    steps = [step for curve in curves for step in curve.steps]

    assert {step.move for step in steps} <= line
    assert any("white cell" in step.why or "injects" in step.why for step in steps), {s.why for s in steps}


def test_two_lines_of_a_save(tmp_path: Path) -> None:
    """They share what was played before the rewind, and part by the moves after it."""
    story = Story.open(a_game_with_branches(tmp_path))
    first = story.lines()[0]
    found = compare(story.along(first.tip), story)

    assert found.parts
    assert found.last.id == first.parted
    assert found.common == story.at(first.parted).depth
    assert found.one_next is not None
    assert found.other_next is not None
    assert found.one_next.id == first.parted + 1
    assert found.other_next.id == first.tip + 1
    end = found.heads.index("end")
    for track, pairs in found.tracks.items():
        assert pairs[0].one == pairs[0].other
        assert pairs[end] == Pair(story.at(first.tip).state.tracks[track], story.end.state.tracks[track])
    assert {seat: line.score for seat, line in found.other_end.items()} == Game(story.end.state).scores


def test_a_branch_in_another_file(tmp_path: Path) -> None:
    """A save made by branching is compared with the one it came from, and ends inside it."""
    story = Story.open(a_game(tmp_path))
    at = story.line[20].id
    found = compare(story, Story.open(branch(story, at, tmp_path / "copy")))

    assert found.common == 20
    assert found.last.id == at
    assert found.other_next is None
    assert found.one_next == story.line[21]
    assert not compare(story, story).parts


def test_games_that_do_not_belong_together(tmp_path: Path) -> None:
    """Another scenario, or another seed, is refused in a sentence."""
    one = Story.open(a_game(tmp_path))
    with pytest.raises(SaveError, match="different scenarios"):
        compare(one, Story.open(EXAMPLE))
    with pytest.raises(SaveError, match="begin alike"):
        compare(one, Story.open(a_game(tmp_path, seed=4, name="other")))


def test_where_a_track_is_dangerous() -> None:
    """What ruins a seat by one track alone, and what may end the game, as the scenario has it."""
    scenario = mini()
    most = scenario.tracks["heat"].most

    assert dangers(scenario) == (Danger("nerve", 0, 1, ("amber",)), Danger("heat", 8, most, (), "fire"))
