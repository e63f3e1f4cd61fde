"""Turning points: what playouts say of decisions, computed once, resumed, and kept beside the save."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debrief.games import a_game, a_table, play
from tests.rules.boards import mini
from wargame.debrief.cache import Key, beside, book_for, content_hash, read, rules_hash
from wargame.debrief.chance import shift
from wargame.debrief.playouts import Outcome, Task, run
from wargame.debrief.story import Story
from wargame.debrief.turning import SURE, Progress, Turning, found, known, study
from wargame.record import Save
from wargame.rules import codec
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves

PLAYOUTS = 24
FEW = 5


def bots(story: Story) -> dict[str, str]:
    return dict.fromkeys(story.scenario.seat_ids, "greedy")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_game(tmp_path_factory.mktemp("turning"), seed=6))


@pytest.fixture(scope="module")
def turning(story: Story) -> Turning:
    return found(study(story, bots(story), playouts=PLAYOUTS, most=5))


def ends(story: Story, move: int, instead: Move | None = None) -> list[Outcome]:
    """The playouts of the position after a move, or of that before it with another move."""
    moment = story.at(move) if instead is None else story.before(story.at(move))
    raw = codec.to_bytes(moment.state)
    return run(Task("", raw, moment.depth, instead, 0, PLAYOUTS), story.scenario, bots(story))


@pytest.mark.soak
def test_chances_are_those_of_playouts_from_the_position(story: Story, turning: Turning) -> None:
    """At every position looked at, a seat's chance is its share of the playouts from there."""
    assert len(turning.chances) > len(story.line) // 2
    for move in list(turning.chances)[::9]:
        outcomes = ends(story, move)
        for at, seat in enumerate(story.scenario.seat_ids):
            assert turning.chances[move][seat].hits == sum(one.won[at] for one in outcomes)
            assert turning.chances[move][seat].n == PLAYOUTS


@pytest.mark.soak
def test_a_turning_point_moved_somebody_by_more_than_luck(story: Story, turning: Turning) -> None:
    """Each is a person's decision whose change is that between the playouts before and after it."""
    assert turning.turns
    assert [turn.size for turn in turning.turns] == sorted((t.size for t in turning.turns), reverse=True)
    for turn in turning.turns:
        moment = story.at(turn.move)
        before, after = ends(story, moment.parent), ends(story, turn.move, moment.move)
        assert moment.maker == "person"
        assert len(legal_moves(story.before(moment).state)) > 1
        for at, seat in enumerate(story.scenario.seat_ids):
            pairs = [one.won[at] for one in before], [one.won[at] for one in after]
            assert turn.moved[seat] == shift(*pairs)
            then = [one.won[at] for one in ends(story, turn.move)]
            assert turn.dice[seat] == shift(pairs[1], then)
        assert abs(turn.moved[turn.most].value) >= SURE * turn.moved[turn.most].error


def test_the_best_alternative_was_legal_then(story: Story, turning: Turning) -> None:
    """It is one of the other moves, measured with the same luck as the move that was made."""
    for turn in turning.turns:
        assert turn.instead is not None
        before = story.before(story.at(turn.move)).state
        legal = legal_moves(before)
        assert turn.instead.move in legal
        assert turn.instead.move != story.at(turn.move).move
        assert turn.instead.considered == len(legal) - 1
        outcomes = ends(story, turn.move, turn.instead.move)
        made = ends(story, turn.move, story.at(turn.move).move)
        for at, seat in enumerate(story.scenario.seat_ids):
            assert turn.instead.chances[seat].hits == sum(one.won[at] for one in outcomes)
            pairs = [one.won[at] for one in made], [one.won[at] for one in outcomes]
            assert turn.instead.better[seat] == shift(*pairs)


@pytest.mark.soak
def test_processes_change_nothing(story: Story, turning: Turning) -> None:
    """Two processes find the same as one."""
    assert found(study(story, bots(story), playouts=PLAYOUTS, most=5, processes=2, keep=False)) == turning


def test_what_was_found_is_kept_beside_the_save(story: Story, turning: Turning) -> None:
    """It is there at once for whoever asks again, with no playouts."""
    assert story.path is not None
    assert beside(story.path).name == "evening.turning.json"
    steps = list(study(story, bots(story), playouts=PLAYOUTS, most=5))

    assert known(story, most=5) == turning
    assert [(step.stage, step.done == step.total) for step in steps] == [
        ("positions", True),
        ("alternatives", True),
    ]


def copied(story: Story, turning: Turning, folder: Path) -> Story:
    """The game with its findings in a folder of its own."""
    assert story.path is not None
    for path in (story.path, beside(story.path)):
        (folder / path.name).write_bytes(path.read_bytes())
    assert turning.playouts == PLAYOUTS
    return Story.open(folder / story.path.name)


@pytest.mark.soak
def test_a_damaged_cache_is_computed_anew(story: Story, turning: Turning, tmp_path: Path) -> None:
    """Whatever is wrong with it, it counts as empty and the result is the same."""
    mine = copied(story, turning, tmp_path)
    assert mine.path is not None
    path = beside(mine.path)
    whole = path.read_text(encoding="utf-8")
    body = json.loads(whole)
    first = next(iter(body["found"]["positions"]))
    body["found"]["positions"][first]["won"] = "0" * PLAYOUTS
    for damaged in (whole[:-40], "", "[]", "null", whole.replace('"1"', '"2"', 1), json.dumps(body), "\x00"):
        path.write_text(damaged, encoding="utf-8")
        assert read(path, 3) is None
        assert known(mine, most=5) is None
    assert found(study(mine, bots(mine), playouts=PLAYOUTS, most=5)) == turning
    assert path.read_text(encoding="utf-8") == whole


def test_notes_do_not_spoil_it_and_moves_do(story: Story, turning: Turning, tmp_path: Path) -> None:
    """The findings belong to what was played; other playouts or bots are other findings."""
    mine = copied(story, turning, tmp_path)
    assert mine.path is not None
    with Save.open(mine.path) as save:
        save.append_remark("note", "A year later.")
    noted = Story.open(mine.path)
    assert known(noted, most=5) == turning

    again = Story.open(a_game(tmp_path, seed=8, name="other"))
    assert content_hash(again) != content_hash(mine)
    keys = {
        Key.of(one, games, who)
        for one in (mine, again)
        for games in (10, 20)
        for who in (bots(one), bots(one) | {"amber": "random"})
    }
    assert len(keys) == 8
    assert len(rules_hash()) == 32
    assert not book_for(noted, PLAYOUTS + 1, bots(noted)).positions


def steps_of(study_: Iterator[Progress], playouts: int) -> list[Progress]:
    steps = []
    for step in study_:
        steps.append(step)
        if step.done >= playouts:
            break
    return steps


def test_it_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    """Closing it keeps what was found; the next one starts there, and ends like one that never stopped."""
    mine = Story.open(a_game(tmp_path))
    first = study(mine, bots(mine), playouts=FEW, most=2)
    stopped = steps_of(first, 10 * FEW)
    first.close()
    second = study(mine, bots(mine), playouts=FEW, most=2)
    start = next(second)

    assert stopped[0] == Progress("positions", 0, start.total)
    assert start.done == 10 * FEW
    assert found(second) == found(study(mine, bots(mine), playouts=FEW, most=2, keep=False))


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    """Where nothing can be kept the result is the same, and nothing is left behind."""
    mine = Story.open(a_game(tmp_path))
    assert mine.path is not None
    beside(mine.path).mkdir()  # no file can be put there

    assert found(study(mine, bots(mine), playouts=2, most=1)).playouts == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evening.turning.json", "evening.wargame"]


def test_without_people_everybody_is_looked_at(tmp_path: Path) -> None:
    """In a game of bots it looks at all decisions, with people only at theirs unless all are asked for."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="one")
    play(table, 12)
    table.close()
    one = Story.open(tmp_path / "one.wargame")
    mine = found(study(one, bots(one), playouts=1, keep=False))
    everybody = found(study(one, bots(one), playouts=1, who="all", keep=False))

    assert mine.who == "person"
    assert 0 < mine.decisions < everybody.decisions


@pytest.mark.soak
def test_dice_are_told_apart_from_decisions(tmp_path: Path) -> None:
    """A swing is what fell after a move, against other dice after the same move."""
    mine = Story.open(a_game(tmp_path, seed=7))
    players = dict.fromkeys(mine.scenario.seat_ids, "random")
    [swing, *_] = found(study(mine, players, playouts=40, keep=False)).swings
    moment = mine.at(swing.move)
    before, raw = mine.before(moment), codec.to_bytes(moment.state)
    with_move = Task("", codec.to_bytes(before.state), before.depth, moment.move, 0, 40)
    other_dice = run(with_move, mine.scenario, players)
    these_dice = run(Task("", raw, moment.depth, None, 0, 40), mine.scenario, players)

    assert (before.state.phase, moment.state.phase) != ("orders", "orders")
    for at, seat in enumerate(mine.scenario.seat_ids):
        expected = shift([one.won[at] for one in other_dice], [one.won[at] for one in these_dice])
        assert swing.moved[seat] == expected
    assert abs(swing.moved[swing.most].value) >= SURE * swing.moved[swing.most].error
