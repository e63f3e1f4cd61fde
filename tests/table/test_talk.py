"""Before the orders of a round the table is open for talk: when, for how long, and what the record keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import play, seated
from tests.rules.boards import mini
from tests.table.test_sittings import Clocks
from wargame.content.exercise_check import TALK
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.errors import IllegalMove
from wargame.table import Facilitator, Limit, Table


def a_table(folder: Path | None = None, people: tuple[str, ...] = ("amber", "birch", "cedar")) -> Table:
    """At the first orders of a game."""
    table = Table.start(mini(), seated(mini(), people), seed=3, rounds=3, folder=folder, name="talk")
    while table.game.state.phase != "orders":
        list(table.advance(talk=True))
        if table.seat_to_play and table.game.state.stack:
            table.play(table.game.legal_moves()[0])
    return table


def to_round(table: Table, round_: int) -> None:
    while table.game.state.round < round_ or table.game.state.phase != "orders":
        play(table, 1)


def test_the_table_is_open_before_the_orders_of_a_round_and_once() -> None:
    """Until somebody ends it or gives orders; the next round it is open again."""
    table = a_table()
    assert table.open_for_talk
    table.end_talk()
    assert not table.open_for_talk

    to_round(table, 2)
    assert table.open_for_talk
    play(table, 1)
    assert not table.open_for_talk


@pytest.mark.parametrize("people", [(), ("amber",)])
def test_nobody_talks_alone(people: tuple[str, ...]) -> None:
    """One person at a table of bots, or none, is asked for no talk."""
    table = Table.start(mini(), seated(mini(), people), seed=3, rounds=3)
    list(table.advance(talk=True))

    assert not table.open_for_talk
    assert table.over or table.seat_to_play == "amber"


def test_bots_wait_for_the_talk_where_they_are_asked_to() -> None:
    """A bot that is first gives no orders while people talk; nobody else waits for anything."""
    for first in ("amber", "birch", "cedar"):
        people = tuple(seat for seat in mini().seat_ids if seat != first)
        table = a_table(people=people)
        if table.game.to_act == first:
            list(table.advance(talk=True))
            assert table.game.to_act == first
            table.end_talk()
            list(table.advance(talk=True))
            assert table.game.to_act != first
            return
    raise AssertionError("somebody must be first")


def test_nothing_of_a_talk_is_a_move() -> None:
    """Side talk and the end of it leave every byte of the state, and the moves there are, as they were."""
    table = a_table()
    before, legal, beats = table.game.to_bytes(), table.game.legal_moves(), len(table.beats)
    table.aside("amber", ["birch", "cedar"], "salt for silence")
    table.end_talk()

    assert (table.game.to_bytes(), len(table.beats)) == (before, beats)
    assert table.game.legal_moves() == legal


@pytest.mark.parametrize(
    ("asker", "asked"), [("amber", []), ("amber", ["amber"]), ("elm", ["amber"]), ("amber", ["elm"])]
)
def test_one_seat_asks_others_aside(asker: str, asked: list[str]) -> None:
    """Nobody asks nobody, themselves, or a seat that is not there."""
    with pytest.raises(IllegalMove, match="asks another"):
        a_table().aside(asker, asked)


def test_a_talk_that_was_ended_stays_so_when_the_game_is_opened_again(tmp_path: Path) -> None:
    """Also when the facilitator does something before the first orders."""
    table = a_table(tmp_path)
    assert table.save is not None
    path = table.save.path
    table.close()
    table = Table.resume(path)
    assert table.open_for_talk
    table.end_talk()
    table.close()
    table = Table.resume(path)
    assert not table.open_for_talk
    warmer = {"title": "Heat", "text": "It is warm.", "effects": [{"shift": {"track": "heat", "by": 1}}]}
    Facilitator(table, "Mira").improvise(warmer, "Because.")
    assert not table.open_for_talk
    table.close()


def test_the_talk_has_a_clock_of_its_own(tmp_path: Path) -> None:
    """It runs as that of a turn does, is taken up where it stood, and leaves the orders all of theirs."""
    clocks = Clocks()
    table = clocks.on(a_table(tmp_path))
    table.set_limit(TALK, Limit(180, 30))
    table.set_limit("orders", Limit(90, 10))
    table.start_clock(TALK)
    clocks.go(50)
    assert table.timers.left == 130
    assert table.save is not None
    table.close()
    clocks.go(9999)

    again = clocks.on(Table.resume(table.save.path))
    again.start_clock(TALK)
    assert (again.timers.left, again.timers.phase) == (130, TALK)
    clocks.go(100)
    again.end_talk()
    assert again.timers.left is None
    again.start_clock()
    assert again.timers.left == 90
    assert again.journal.of("floor")[0].data["seconds"] == 100
    again.close()


def test_what_is_noted_at_the_open_table_everybody_reads(tmp_path: Path) -> None:
    """The room and every seat, while the game runs; in the report and the replay at its place."""
    table = a_table(tmp_path)
    table.aside("amber", ["cedar"], "salt for silence")
    table.aside("birch", ["amber"])
    Facilitator(table, "Mira").talk(["amber", "cedar"], "They lied to us.")
    read = table.journal.seen_by(None, over=False)
    assert [(line.kind, line.text) for line in read] == [("talk", "salt for silence"), ("talk", "")]
    assert [line.text for line in table.asides()] == ["salt for silence", ""]
    table.end_talk()
    play(table)
    assert table.save is not None
    table.close()

    story = Story.open(table.save.path)
    page = report(story, "md")
    timeline = page[page.index("## Timeline") :]
    assert "- Amber asked Cedar aside: “salt for silence”" in timeline
    assert "- Birch asked Amber aside." in timeline
    assert "Before the orders the table was open for talk, for 0:00." in timeline
    assert "They lied to us." not in report(story, "md", perspective="birch")
    assert "Amber asked Cedar aside: “salt for silence”" in report(story, "md", perspective="birch")
    assert "salt for silence" in report(story, "html")
