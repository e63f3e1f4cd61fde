"""Who sat where, when; where the facilitator took the game back; and what exercise it was."""

from __future__ import annotations

import json
from pathlib import Path

from tests.debrief.games import EXERCISE, play, seated
from tests.rules.boards import mini
from wargame.content.exercise import exercise_from_text
from wargame.debrief.export import rows
from wargame.debrief.people import Spell, players, seating
from wargame.debrief.phrasing import text_of
from wargame.debrief.report import report
from wargame.debrief.results import summary
from wargame.debrief.story import Story
from wargame.record import Save
from wargame.table import Facilitator, Table


def a_game(folder: Path, people: tuple[str, ...] = ("amber", "birch"), exercise: bool = False) -> Table:
    plan = exercise_from_text(EXERCISE, mini()) if exercise else None
    return Table.start(
        mini(), seated(mini(), people), seed=3, rounds=3, folder=folder, name="people", exercise=plan
    )


def to_round(table: Table, round_: int) -> None:
    while table.game.state.round < round_:
        play(table, 1)


def read(table: Table) -> Story:
    table.close()
    assert table.save is not None
    return Story.open(table.save.path)


def course(story: Story) -> str:
    return text_of(summary(story, ())[0])


def test_seats_that_were_handed_over_are_told_with_their_round(tmp_path: Path) -> None:
    """Counted are those who sat down; who came later is told with when. Not: played by 0 people."""
    table = a_game(tmp_path, ("amber", "cedar"))
    white = Facilitator(table, "Mira")
    to_round(table, 2)
    white.hand_to_bot("amber", "A train to catch.")
    white.leaves("cedar", "So has Cedar.")
    white.arrives("birch", "Bea")
    to_round(table, 3)
    white.hand_back("amber", "The train was late.", "Ann")
    play(table)

    story = read(table)
    assert course(story) == (
        "“The mill at the ford” was played by 2 people and 1 bot over 3 of 3 rounds; Amber was handed to "
        "greedy from round 2 and was taken back by Ann from round 3; Birch was taken over by Bea from "
        "round 2; Cedar was left empty from round 2."
    )
    assert [spell[:2] for spell in seating(story)["amber"]] == [
        ("person", "Amber's team"), ("greedy", "Amber's team"), ("person", "Ann"),
    ]  # fmt: skip
    assert [spell.round for spell in seating(story)["amber"]] == [1, 2, 3]
    assert "A train to catch." in report(story, "md")
    assert "(person, then greedy, then person)" in report(story, "md")


def test_a_rewind_gives_no_seat_back(tmp_path: Path) -> None:
    """Who sits somewhere is no part of the game: the line that is played on has the bot from its start."""
    table = a_game(tmp_path)
    play(table, 3)
    early = table.beats[-1].id
    to_round(table, 2)
    Facilitator(table).hand_to_bot("amber", "A train to catch.")
    play(table, 1)
    Facilitator(table).rewind(early, "Once more.")
    play(table)

    story = read(table)
    assert players(story) == {seat: (who.kind, who.name) for seat, who in table.players.items()}
    [_, bot] = seating(story)["amber"]
    assert (bot.kind, bot.move, bot.round) == ("greedy", early, story.at(early).state.round)


def test_somebody_who_never_moved_is_not_told(tmp_path: Path) -> None:
    """Handed over and back before anybody moved, a seat has not changed hands."""
    table = a_game(tmp_path)
    white = Facilitator(table)
    white.hand_to_bot("amber", "By mistake.")
    white.hand_back("amber", "Of course.")
    play(table)

    assert seating(read(table))["amber"] == (Spell("person", "Amber's team"),)


def test_a_bot_that_stands_in_for_a_program_does_so_until_the_save_is_opened_again(tmp_path: Path) -> None:
    """With the program allowed, its seat is its own again."""
    table = a_game(tmp_path)
    path = table.save.path if table.save else tmp_path
    play(table, 2)
    table.close()
    with Save.open(path) as save:
        save.append_remark("seat", {"seat": "birch", "player": "cmd:nothing", "name": "Deep Ford"})
    again = Table.resume(path)
    assert again.players["birch"].kind == "greedy"
    play(again)
    story = read(again)

    assert [spell.kind for spell in seating(story)["birch"]] == ["person", "greedy"]


def test_every_rewind_is_told_with_its_reason_also_one_that_was_undone(tmp_path: Path) -> None:
    """Twice back and twice forward again: the report says twice, and why; so does the export."""
    table = a_game(tmp_path)
    white = Facilitator(table, "Mira")
    play(table, 6)
    tip = table.beats[-1].id
    for reason in ("The dice were read upside down.", "Was it so?"):
        white.rewind(table.beats[2].id, reason)
        white.branch(tip, "It was right after all.")
    play(table)

    story = read(table)
    assert [(back.why, back.earlier) for back in story.went_back()] == [
        ("rewind", True),
        ("branch", False),
    ] * 2
    assert "and went back 2 times." in text_of(summary(story, ())[-1])
    text = report(story, "md")
    for reason in ("The dice were read upside down.", "Was it so?"):
        assert reason in text
        assert reason in report(story, "html")
    told = [row for row in rows(story)["remark"] if row["kind"] in ("rewind", "branch")]
    assert [row["text"] for row in told][::2] == ["The dice were read upside down.", "Was it so?"]
    assert {json.loads(str(row["data"]))["who"] for row in told} == {"Mira"}
    assert all(str(row["time"]).endswith("Z") for row in told)


def test_a_rewind_that_was_played_on_is_told_once(tmp_path: Path) -> None:
    """With the line that it left, where the reason stands."""
    table = a_game(tmp_path)
    play(table, 6)
    Facilitator(table, "Mira").rewind(table.beats[2].id, "The clock was wrong.")
    play(table)
    story = read(table)

    assert report(story, "md").count("The clock was wrong.") == 1
    assert "and went back 1 time." in text_of(summary(story, ())[-1])


def test_the_report_names_its_exercise(tmp_path: Path) -> None:
    """In its first sentence and among its facts."""
    table = a_game(tmp_path, exercise=True)
    play(table)
    story = read(table)

    assert course(story).startswith(
        "“The mill at the ford”, as the exercise “An evening at the ford”, was played"
    )
    assert "| exercise | An evening at the ford |" in report(story, "md")
    assert "An evening at the ford" in report(story, "html", "amber")
