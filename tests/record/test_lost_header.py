"""A save whose first record is damaged still tells its game: its scenario is found, and the rest is read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.debrief.games import EXAMPLE, a_facilitated_game
from tests.rules.boards import MINI
from wargame.content.load import folder_hash, load_scenario
from wargame.debrief.branch import branch
from wargame.debrief.export import rows
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.errors import DamagedSave
from wargame.record import Save, frames, verify
from wargame.table import ENGINE, Table
from wargame.table.engine import engine

from .hostile import records_of, sealed
from .toys import flipped, frame_ends

HONEYMOON = Path(__file__).parents[2] / "decks" / "honeymoon"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A game of a scenario that does not come with the program, with one bit of its header flipped."""
    path = a_facilitated_game(tmp_path)
    path.write_bytes(flipped(path.read_bytes(), (frames.START + 100) * 8))
    return path


def test_with_the_folder_of_its_scenario_the_whole_game_is_there(damaged: Path, tmp_path: Path) -> None:
    """Every position exact, the opening too; it is read-only, and one sentence says why."""
    whole = Story.open(a_facilitated_game(tmp_path, name="whole"))

    story = Story.open(damaged, engine=engine(MINI))

    assert [moment.state for moment in story.line] == [moment.state for moment in whole.line]
    assert [moment.events for moment in story.line] == [moment.events for moment in whole.line]
    assert all(moment.exact for moment in story.moments)
    assert (story.header.seed, story.header.rounds) == (whole.header.seed, whole.header.rounds)
    assert {seat: who.kind for seat, who in story.header.seats.items()} == dict.fromkeys(
        story.scenario.seat_ids, "person"
    )
    assert story.notice is not None
    assert story.notice.startswith(f"The first record of {damaged.name} is damaged (")
    assert story.notice.count(". ") == 0
    assert "read-only" in story.notice
    assert rows(story)["move"]
    assert "# The mill at the ford" in report(story, "md")


def test_without_it_the_sentence_says_what_to_do(damaged: Path) -> None:
    """No scenario of the program is the one; the option is named. Another folder is not the right one."""
    for use in (Story.open, Table.resume):
        with pytest.raises(DamagedSave, match=r"name its folder with --scenario\.$"):
            use(damaged)
    assert "--scenario" in verify(damaged, ENGINE).problems[0]
    with pytest.raises(DamagedSave, match="is not the one"):
        Story.open(damaged, engine=engine(HONEYMOON))
    with pytest.raises(DamagedSave, match="there is no folder"):
        Story.open(damaged, engine=engine(MINI / "nowhere"))


def test_a_scenario_that_ships_is_found_by_itself(tmp_path: Path) -> None:
    """The table shows where the game stood; nothing can be added, and the file stays as it is."""
    path = tmp_path / "example.wargame"
    spoilt = flipped(EXAMPLE.read_bytes(), (frames.START + 1000) * 8)
    path.write_bytes(spoilt)
    with Save.open(EXAMPLE, write=False) as whole:
        shipped = whole.header.scenario_hash == ENGINE.load(whole.header).hash
        moves = len(whole.tree.line())
    assert shipped

    table = Table.resume(path)

    assert table.read_only
    assert table.over
    assert len(table.beats) == moves + 1
    table.close()
    assert path.read_bytes() == spoilt
    assert list(tmp_path.iterdir()) == [path]


def test_any_flipped_bit_of_the_header_leaves_the_game(damaged: Path, tmp_path: Path) -> None:
    """In its length, its guard, its text or its checksum: the moves are all there."""
    whole = a_facilitated_game(tmp_path, name="whole").read_bytes()
    moves = sum(record["kind"] == "move" for record in records_of(whole))
    header = range(frames.START * 8, frame_ends(whole)[0] * 8)
    edges = [*header[: 8 * 12], *header[-8 * 20 :]]

    for bit in [*random.Random(3).sample(edges, 40), *random.Random(4).sample(header, 20)]:
        damaged.write_bytes(flipped(whole, bit))
        with Save.open(damaged, rebuild=engine(MINI).rebuild) as save:
            assert save.read_only
            assert len(save.tree.moves) == moves, bit
            assert save.trouble is not None
            assert save.trouble.offset == frames.START


def test_a_header_that_makes_no_sense_is_made_anew_too(tmp_path: Path) -> None:
    """Whole by its checksum and not by what it says."""
    path = a_facilitated_game(tmp_path)
    records = records_of(path.read_bytes())
    records[0]["seed"] = "seven"
    path.write_bytes(sealed(records))

    story = Story.open(path, engine=engine(MINI))

    assert all(moment.exact for moment in story.moments)
    assert not verify(path, engine(MINI)).ok


def test_it_can_be_branched_and_played_on(damaged: Path, tmp_path: Path) -> None:
    """The branch is a whole save with a header of its own."""
    story = Story.open(damaged, engine=engine(MINI))
    path = branch(story, story.line[len(story.line) // 2].id, tmp_path / "saved.wargame")

    assert verify(path, ENGINE).ok
    table = Table.resume(path)
    assert not table.read_only
    table.play(table.game.legal_moves()[0])
    table.close()


def test_a_file_of_nothing_but_a_damaged_header_is_refused(tmp_path: Path) -> None:
    """Where no record follows there is nothing to be read."""
    path = a_facilitated_game(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(flipped(raw[: frame_ends(raw)[0]] + b"x" * 90, (frames.START + 100) * 8))

    with pytest.raises(DamagedSave, match="Nothing of the game"):
        Story.open(path)


def test_where_every_snapshot_is_damaged_as_well_it_is_refused(damaged: Path) -> None:
    """Nothing says then what the game was."""
    records = records_of(a_facilitated_game(damaged.parent, name="whole").read_bytes())
    records = [{"kind": "header"}, *(record for record in records[1:] if record["kind"] != "snapshot")]
    damaged.write_bytes(sealed(records))

    with pytest.raises(DamagedSave, match="Nothing of the game"):
        Story.open(damaged, engine=engine(MINI))


@pytest.mark.parametrize("hindsight", [False, True])
def test_the_hash_of_a_folder_is_that_of_its_scenario(hindsight: bool) -> None:
    """Known from the files alone, so that no scenario is compiled only to be found another."""
    assert (
        folder_hash("honeymoon", hindsight=hindsight) == load_scenario("honeymoon", hindsight=hindsight).hash
    )
    assert folder_hash(MINI) == load_scenario(MINI).hash
