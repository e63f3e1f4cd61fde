"""Turning points: what playouts say of decisions, computed once, resumed, and kept beside the save."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debrief.games import a_game, a_table, play
from tests.rules.boards import mini
from wargame.debrief.decisions import (
    Decision,
    Finding,
    Key,
    Moves,
    alternatives,
    beside,
    book_for,
    content_hash,
    decisions,
    read,
    rules_hash,
)
from wargame.debrief.playouts import Outcome, Start
from wargame.debrief.playouts import play as played
from wargame.debrief.story import Story
from wargame.debrief.turning import BELIEFS, ENOUGH, LEAST, MOST, Progress, Turning, found, known, study
from wargame.lab.intervals import paired
from wargame.record import Save
from wargame.rules import codec

PLAYOUTS = 96
FEW = LEAST


def bots(story: Story) -> dict[str, str]:
    return dict.fromkeys(story.scenario.seat_ids, "greedy")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_game(tmp_path_factory.mktemp("turning"), seed=6))


@pytest.fixture(scope="module")
def turning(story: Story) -> Turning:
    return found(study(story, bots(story), playouts=PLAYOUTS))


def findings(story: Story) -> dict[str, Finding]:
    """What is kept beside the save."""
    assert story.path is not None
    book = read(beside(story.path), len(story.scenario.seat_ids))
    assert book is not None
    return book.findings


def ends(
    story: Story, one: Decision, arms: tuple[Moves, ...], pairs: int, believer: str = ""
) -> list[list[Outcome]]:
    """The playouts of these arms, all at once."""
    start = Start(codec.to_bytes(one.before.state), arms, believer)
    return played(story.scenario, start, range(pairs), bots(story))


# --- what is measured ----------------------------------------------------------------------------------


def test_changes_are_those_of_playouts_in_pairs(story: Story, turning: Turning) -> None:
    """What was done less the ways of strong play in their shares, playout by playout with the same luck."""
    kept, measured = findings(story), 0
    for one in decisions(story, "person")[::2]:
        finding, others = kept[one.id], alternatives(one, bots(story))
        if not others.ways or finding.against_best:
            continue
        measured += 1
        pairs = (PLAYOUTS - PLAYOUTS // BELIEFS) // (1 + len(others.ways))
        made, *ways = ends(story, one, (one.moves, *others.ways), pairs)
        for at, change in enumerate(finding.changes):
            expected = paired(
                [
                    sum(
                        weight * (made[nth].scores[at] - way[nth].scores[at])
                        for weight, way in zip(others.weights, ways, strict=True)
                    )
                    for nth in range(pairs)
                ]
            )
            assert (change.mean, change.error) == pytest.approx((expected.mean, expected.error))
            assert finding.reached[at][0].hits == sum(end.won[at] for end in made)
            assert turning.chances[one.last.id][story.scenario.seat_ids[at]] == finding.reached[at][0]
    assert measured > 3


def test_the_best_alternative_is_measured_by_other_playouts_than_chose_it(
    story: Story, turning: Turning
) -> None:
    """The first third chooses it by the score of the seat that decided, the others say what it is worth."""
    several = 0
    for one in decisions(story, "person"):
        finding, ways = findings(story)[one.id], alternatives(one, bots(story)).ways
        if not one.seat or len(ways) < 2:
            continue
        several += 1
        at = story.scenario.seat_ids.index(one.seat)
        pairs = (PLAYOUTS - PLAYOUTS // BELIEFS) // (1 + len(ways))
        made, *others = ends(story, one, (one.moves, *ways), pairs)
        first = pairs // 3
        sums = [sum(end.scores[at] for end in way[:first]) for way in others]
        best = sums.index(max(sums))
        assert finding.best == ways[best]
        differences = [
            a.scores[at] - b.scores[at] for a, b in zip(others[best][first:], made[first:], strict=True)
        ]
        assert finding.loss == paired(differences)
    assert several > 1
    assert turning.turns


def test_a_turning_point_is_tried_in_worlds_that_its_seat_could_believe(
    story: Story, turning: Turning
) -> None:
    """Against its best alternative, with playouts of their own; nothing else is."""
    told = {turn.decision.id for turn in turning.turns}
    for turn in turning.turns:
        one, finding = turn.decision, turn.finding
        assert finding.best is not None
        pairs = PLAYOUTS // BELIEFS // 2
        made, other = ends(story, one, (one.moves, finding.best), pairs, one.seat)
        at = story.scenario.seat_ids.index(one.seat)
        assert finding.believed == paired(
            [a.scores[at] - b.scores[at] for a, b in zip(other, made, strict=True)]
        )
    assert told
    assert all(finding.believed is None for name, finding in findings(story).items() if name not in told)


@pytest.mark.usefixtures("turning")
def test_all_arms_and_worlds_together_are_what_was_asked_for(story: Story) -> None:
    """No more playouts a decision than that, however many arms it has."""
    for finding in findings(story).values():
        if finding.changes:
            pairs = finding.reached[0][0].n
            believed = finding.believed.n if finding.believed is not None else 0
            assert 2 * pairs <= pairs * (1 + finding.ways) + 2 * believed <= PLAYOUTS


# --- what it comes to ----------------------------------------------------------------------------------


def test_a_turning_point_moved_somebody_by_more_than_luck(story: Story, turning: Turning) -> None:
    """More than the interval that allows for all decisions and seats looked at; and all such are told."""
    measured = {name: finding for name, finding in findings(story).items() if finding.changes}
    outside = 0.05 / (len(measured) * len(story.scenario.seat_ids))
    sure = {
        name for name, finding in measured.items()
        if any(abs(by.mean) >= by.half(outside) for by in finding.changes)
    }  # fmt: skip
    told = [turn.decision.id for turn in turning.turns]

    assert turning.turns
    assert set(told) <= sure
    assert len(told) == min(len(sure), MOST)
    sizes = [abs(turn.change.mean) for turn in turning.turns]
    assert sizes == sorted(sizes, reverse=True)
    for turn in turning.turns:
        assert turn.change == turn.finding.changes[story.scenario.seat_ids.index(turn.most)]
        assert abs(turn.change.mean) >= turn.change.half(outside)
    assert turning.decisions == turning.looked == len(decisions(story, "person"))
    assert turning.same == turning.decisions - len(measured)


def test_it_says_what_could_have_been_seen(story: Story, turning: Turning) -> None:
    """In half of the decisions, and in all: any wider change is told; and more playouts see smaller ones."""
    widths = sorted(
        max(by.half(0.05 / (len(turning.chances) * 3)) for by in finding.changes)
        for finding in findings(story).values()
        if finding.changes
    )
    assert turning.sure == pytest.approx(widths[-1])
    assert turning.seen == pytest.approx((widths[len(widths) // 2] + widths[(len(widths) - 1) // 2]) / 2)
    assert all(
        abs(by.mean) < turning.sure or name in {turn.decision.id for turn in turning.turns}
        for name, finding in findings(story).items()
        for by in finding.changes
    )

    few = found(study(story, bots(story), playouts=32, keep=False))
    assert few.sure > turning.sure
    assert few.seen > turning.seen


@pytest.mark.parametrize("playouts", [FEW, 20, PLAYOUTS])
def test_no_turning_point_is_smaller_than_what_can_be_seen(story: Story, playouts: int) -> None:
    """The figures and the list agree; where pairs are too few to see anything nothing is told."""
    turning = found(study(story, bots(story), playouts=playouts, keep=False))

    assert turning.least <= turning.seen <= turning.sure < 100
    assert all(turning.least <= abs(turn.change.mean) for turn in turning.turns)
    assert all(turn.change.n >= ENOUGH for turn in turning.turns)
    assert (turning.blind == turning.looked - turning.same) == (playouts == FEW)


def test_too_few_playouts_are_refused(story: Story) -> None:
    """With less than two pairs an arm there is no interval."""
    with pytest.raises(ValueError, match=f"at least {LEAST}"):
        next(study(story, bots(story), playouts=LEAST - 1, keep=False))
    with pytest.raises(KeyError):
        next(study(story, bots(story) | {"amber": "genius"}, keep=False))


@pytest.mark.soak
def test_processes_change_nothing(story: Story, turning: Turning) -> None:
    """Two processes find the same as one."""
    assert found(study(story, bots(story), playouts=PLAYOUTS, processes=2, keep=False)) == turning


def test_people_are_looked_at_and_told_first(tmp_path: Path) -> None:
    """With people only theirs unless all are asked for, and then theirs first; without people all."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="one")
    play(table, 12)
    table.close()
    one = Story.open(tmp_path / "one.wargame")
    mine = found(study(one, bots(one), playouts=48))
    everybody = found(study(one, bots(one), playouts=48, who="all"))
    told = [turn.decision.by_people for turn in everybody.turns]

    assert mine.who == "person"
    assert 0 < mine.decisions < everybody.decisions
    assert all(turn.decision.by_people for turn in mine.turns)
    assert told == sorted(told, reverse=True)


# --- what is kept --------------------------------------------------------------------------------------


def test_what_was_found_is_kept_beside_the_save(story: Story, turning: Turning) -> None:
    """It is there at once for whoever asks again, with no playouts."""
    assert story.path is not None
    assert beside(story.path).name == "evening.turning.json"
    steps = list(study(story, bots(story), playouts=PLAYOUTS))

    assert known(story) == turning
    assert [(step.stage, step.done == step.total) for step in steps] == [("decisions", True)]


def copied(story: Story, folder: Path) -> Story:
    """The game with its findings in a folder of its own."""
    assert story.path is not None
    for path in (story.path, beside(story.path)):
        (folder / path.name).write_bytes(path.read_bytes())
    return Story.open(folder / story.path.name)


def test_findings_of_fewer_playouts_are_not_taken_for_more(
    story: Story, turning: Turning, tmp_path: Path
) -> None:
    """Who asks for more gets more; who asks for fewer is given what there is, and it says of how many."""
    mine = copied(story, tmp_path)
    more, fewer = PLAYOUTS + 4, PLAYOUTS - 4

    assert known(mine, playouts=PLAYOUTS) == turning
    assert known(mine, playouts=more) is None
    assert found(study(mine, bots(mine), playouts=fewer)) == turning
    assert next(study(mine, bots(mine), playouts=more, keep=True)).done == 0


@pytest.mark.parametrize("what", ["RULES_VERSION", "MEANING"])
def test_findings_under_other_rules_or_of_other_decisions_are_not_taken(
    what: str, story: Story, turning: Turning, tmp_path: Path
) -> None:
    """Not at all, be they of ever so many playouts."""
    mine = copied(story, tmp_path)
    assert turning.turns
    change = {"RULES_VERSION": "wargame.table.engine", "MEANING": "wargame.debrief.decisions"}[what]
    code = f"""
import sys
from pathlib import Path
import {change} as other
other.{what} = other.{what} * 2
from wargame.debrief.turning import known
from wargame.debrief.story import Story
print(known(Story.open(Path(sys.argv[1]))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(mine.path)], capture_output=True, text=True, timeout=120, check=True
    )

    assert known(mine) is not None
    assert done.stdout == "None\n"


def test_a_damaged_cache_is_computed_anew(tmp_path: Path) -> None:
    """Whatever is wrong with it, it counts as empty and the result is the same."""
    mine = Story.open(a_game(tmp_path))
    assert mine.path is not None
    first = found(study(mine, bots(mine), playouts=FEW))
    path = beside(mine.path)
    whole = path.read_text(encoding="utf-8")
    body = json.loads(whole)
    name = next(name for name, part in body["found"]["findings"].items() if part["changes"])
    body["found"]["findings"][name]["changes"][0][0] = 99.0
    for damaged in (whole[:-40], "", "[]", "null", whole.replace("1", "2", 1), json.dumps(body), "\x00"):
        path.write_text(damaged, encoding="utf-8")
        assert read(path, 3) is None
        assert known(mine) is None
    assert found(study(mine, bots(mine), playouts=FEW)) == first
    assert path.read_text(encoding="utf-8") == whole


def test_notes_do_not_spoil_it_and_moves_do(story: Story, turning: Turning, tmp_path: Path) -> None:
    """The findings belong to what was played; other bots' are other findings."""
    mine = copied(story, tmp_path)
    assert mine.path is not None
    with Save.open(mine.path) as save:
        save.append_remark("note", "A year later.")
    noted = Story.open(mine.path)
    assert known(noted) == turning

    again = Story.open(a_game(tmp_path, seed=8, name="other"))
    assert content_hash(again) != content_hash(mine)
    keys = {Key.of(one, who) for one in (mine, again) for who in (bots(one), bots(one) | {"amber": "random"})}
    assert len(keys) == 4
    assert len(rules_hash()) == 32
    assert not book_for(noted, bots(noted) | {"amber": "random"}).findings


# --- stopping ------------------------------------------------------------------------------------------


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
    first = study(mine, bots(mine), playouts=FEW)
    stopped = steps_of(first, 4 * FEW)
    first.close()
    begun = known(mine)
    second = study(mine, bots(mine), playouts=FEW)
    start = next(second)

    assert stopped[0].done < start.done
    assert begun is not None
    assert begun.stopped
    assert 0 < begun.looked < begun.decisions
    assert found(second) == found(study(mine, bots(mine), playouts=FEW, keep=False))


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C as a program finds it when it starts, whatever runs the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_gives_what_came_so_far(tmp_path: Path) -> None:
    """The turning points among the decisions that had been looked at, which says so."""
    mine = Story.open(a_game(tmp_path))
    steps, result = study(mine, bots(mine), playouts=FEW), None
    try:
        while True:
            if next(steps).done > 4 * FEW:
                signal.raise_signal(signal.SIGINT)
    except StopIteration as end:
        result = end.value

    assert isinstance(result, Turning)
    assert result.stopped
    assert 0 < result.looked < result.decisions
    assert known(mine) == result


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    """Where nothing can be kept the result is the same, and nothing is left behind."""
    mine = Story.open(a_game(tmp_path))
    assert mine.path is not None
    beside(mine.path).mkdir()  # no file can be put there

    assert found(study(mine, bots(mine), playouts=FEW)).playouts == FEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evening.turning.json", "evening.wargame"]
