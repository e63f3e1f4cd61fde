"""Saves of earlier rules open for ever and tell their story, though nobody can go on with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import wargame as command
from wargame import load_scenario
from wargame.debrief.branch import branch
from wargame.debrief.export import rows
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.errors import SaveError
from wargame.record import Save, restore, verify
from wargame.table import ENGINE, Table
from wargame.table.engine import RULES_VERSION

DATA = Path(__file__).parent / "data"
KEPT = {
    "rules-1-example": 228,
    "rules-1-evening": 238,
    "rules-2-example": 229,
    "rules-2-third-decks-example": 225,
}
"""The games that came with the program under earlier rules, with how many moves they have.

Those of rules 2 part from these at a single move, behind which a snapshot stands: nothing of them is lost.
"""


@pytest.fixture(params=KEPT, scope="module")
def path(request: pytest.FixtureRequest) -> Path:
    return DATA / f"{request.param}.wargame"


def rules_of(path: Path) -> str:
    return path.stem.split("-")[1]


def lost(story: Story) -> bool:
    """Whether there are moves between two snapshots that nobody can play again."""
    return not all(moment.exact for moment in story.moments)


def test_they_are_of_earlier_rules(path: Path) -> None:
    """Else they belong in `saves/`."""
    with Save.open(path, write=False) as save:
        assert save.tree.header.rules == rules_of(path) < RULES_VERSION
        assert len(save.tree.moves) == KEPT[path.stem]


def test_verify_says_from_where_on_they_are_read_only(path: Path) -> None:
    """These rules make other bytes of a state: from which move on, and what that means, in two sentences."""
    found, said = verify(path, ENGINE), command("verify", str(path))

    assert not found.ok
    assert found.rules == rules_of(path)
    [problem] = found.problems
    assert f"leads to another state than was recorded (under rules {found.rules}); everything" in problem
    assert said.returncode == 1
    assert f"played under rules {found.rules}, and these are rules {RULES_VERSION}" in said.stderr
    assert said.stderr.strip().endswith("it opens read-only, on the snapshots in the file.")


def test_they_open_at_their_end_and_are_not_written_to(path: Path, tmp_path: Path) -> None:
    """With the scores that were written down then; nothing in the file changes."""
    with Save.open(path, write=False) as save:
        end, found = save.tree.end(), restore(save, ENGINE)
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    table = Table.resume(copy)
    table.close()

    assert end is not None
    assert isinstance(end.result, dict)
    assert dict(found.game.scores) == dict(table.game.scores) == end.result["scores"]
    assert found.read_only
    assert table.read_only
    assert table.over
    assert copy.read_bytes() == path.read_bytes()


def test_their_story_is_told_by_their_snapshots(path: Path) -> None:
    """Every move is there; the state is known at the start of each round and at the end."""
    story = Story.open(path)

    assert [moment.id for moment in story.moments] == list(range(KEPT[path.stem] + 1))
    assert {moment.state.round for moment in story.moments if moment.exact} >= set(range(1, 7))
    assert story.end.exact
    assert story.over
    assert bool(story.notice) == lost(story)


def test_their_report_and_export_tell_it_too(path: Path) -> None:
    """A page with the result and every round, and a row a move."""
    story = Story.open(path)
    page, tables = report(story, "md"), rows(story)
    [end] = [state for state in tables["state"] if state["move"] == story.end.id]

    assert len(tables["move"]) == KEPT[path.stem] + 1
    assert "No dice were thrown" not in page
    assert ("How the dice fell is not known of every move." in page) == lost(story)
    for seat in story.scenario.seat_ids:
        assert f"{end[f'score.{seat}']}" in page
    for round_ in range(1, 7):
        assert f"Round {round_}" in page


def test_nobody_can_play_on_from_the_middle_of_them(path: Path, tmp_path: Path) -> None:
    """A branch would hold states that these rules don't make; it is refused with a sentence."""
    with pytest.raises(SaveError, match="was played under other rules"):
        branch(Story.open(path), 20, tmp_path / "new.wargame")


EARLIER_DECKS = {"rules-2-evening": 251, "rules-2-third-decks-evening": 218}
"""Games that came with decks before these, of which these rules play every move alike."""


@pytest.mark.parametrize("name", EARLIER_DECKS)
def test_a_game_of_earlier_decks_is_told_by_the_decks_it_was_played_with(name: str, tmp_path: Path) -> None:
    """They are in the file: every state is reached again, every move is told, and nothing is written."""
    copy = tmp_path / "earlier.wargame"
    copy.write_bytes((DATA / f"{name}.wargame").read_bytes())
    with Save.open(copy, write=False) as save:
        header, end = save.tree.header, save.tree.end()
    found, story, table = verify(copy, ENGINE), Story.open(copy), Table.resume(copy)
    table.close()

    assert header.scenario_hash != load_scenario("honeymoon").hash
    assert (found.ok, found.problems, found.finished, found.rules) == (True, (), True, "2")
    assert [moment.id for moment in story.moments] == list(range(EARLIER_DECKS[name] + 1))
    assert all(moment.exact for moment in story.moments)
    assert end is not None
    assert isinstance(end.result, dict)
    assert dict(table.game.scores) == end.result["scores"]
    assert copy.read_bytes() == (DATA / f"{name}.wargame").read_bytes()
