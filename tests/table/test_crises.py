"""A crisis at the table: saved, taken back, opened again, and told afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.crises import a_crisis
from wargame.bots.plain import plain_view, read_view
from wargame.debrief.dated_events import headlines, told
from wargame.debrief.export import jsonl, rows
from wargame.debrief.perspective import EVERYTHING
from wargame.debrief.story import Story
from wargame.record import Player, verify
from wargame.rules.events import CrisisAnswered
from wargame.rules.moves import End, Stance
from wargame.table.engine import ENGINE
from wargame.table.table import Table
from wargame.words import Words

NAME = "dry-stream"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Amber takes, Birch shares, Cedar has still to answer."""
    scenario = a_crisis()
    people = {seat: Player("person", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, people, seed=1, rounds=1, folder=tmp_path, name="dry")
    list(table.advance())
    for seat, answer in (("amber", "take"), ("birch", "share")):
        table.play(Stance(seat, NAME, answer))
        table.play(End(seat))
    return table


def test_an_answer_can_be_taken_back_in_its_turn(table: Table) -> None:
    """Like whatever else is done in a turn; then another may be given."""
    table.play(Stance("cedar", NAME, "keep"))
    table.undo()
    table.play(Stance("cedar", NAME, "take"))

    assert table.view("cedar").crises == {NAME: {"cedar": "take"}}


def test_a_saved_crisis_opens_in_its_middle_and_verifies(table: Table, tmp_path: Path) -> None:
    """Who has answered has answered; the game goes on to its end and is whole."""
    table.close()
    again = Table.resume(tmp_path / "dry.wargame")
    assert again.game == table.game
    again.play(Stance("cedar", NAME, "share"))
    while not again.over:
        again.play(again.game.legal_moves()[0])
    again.close()

    assert verify(tmp_path / "dry.wargame", ENGINE).ok
    found = [beat_event for beat in again.beats for beat_event in beat.events]
    assert CrisisAnswered(None, NAME, ("amber", "birch", "cedar"), ("take", "share", "share")) in found


def test_a_program_at_a_seat_gets_the_crisis_and_its_own_answer(table: Table) -> None:
    """As plain data, and back; nothing of what others have said."""
    table.play(Stance("cedar", NAME, "keep"))
    seen = table.view("cedar")

    assert plain_view(seen)["crises"] == {NAME: {"cedar": "keep"}}
    assert read_view(plain_view(seen), a_crisis()) == seen
    assert plain_view(table.view("amber"))["crises"] == {NAME: {"amber": "take"}}


def test_the_debriefing_tells_of_it(table: Table, tmp_path: Path) -> None:
    """Headlines and rows for other programs have the answers and the outcome."""
    table.play(Stance("cedar", NAME, "share"))
    while not table.over:
        table.play(table.game.legal_moves()[0])
    table.close()
    story = Story.open(tmp_path / "dry.wargame")

    happened = told(story.line_to(story.end.id), EVERYTHING, story.scenario.seat_ids)
    [line] = [one for one in headlines(happened, Words(story.scenario))[1] if "dry" in one and ":" in one]
    exported = jsonl(rows(story))
    assert line == (
        "The stream runs dry: Ambertown, Take what is there; Birchfield, Share it out; "
        "Cedarbrook, Share it out"
    )
    assert '"verb": "stance"' in exported or '"verb":"stance"' in exported
    assert "is settled with at least two for" in exported
