"""Rows for other programs: one a move, one a state, one a remark; every column documented."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.debrief.games import (
    EXAMPLE,
    OLDER_RULES,
    a_game,
    a_game_with_branches,
    a_table,
    a_whole_honeymoon,
    play,
)
from tests.rules.boards import mini
from wargame.debrief.dated_events import rolls
from wargame.debrief.dated_events import told as told_to
from wargame.debrief.export import FORMATS, FORMULA, Row, rows
from wargame.debrief.perspective import EVERYTHING
from wargame.debrief.phrasing import happened, words_for
from wargame.debrief.story import Story
from wargame.rules.events import DiceRolled, Die, RungGambled, is_twin, seen_by
from wargame.table import Facilitator

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "debrief.md").read_text(encoding="utf-8")
EVERYWHERE = {"row", "save", "scenario", "branch", "on_line", "move", "round", "phase", "seat", "time"}
SECTIONS = {
    "": "In every row",
    "move": "Rows of moves",
    "state": "Rows of states",
    "remark": "Rows of remarks",
}


def documented(section: str) -> set[str]:
    """The columns that the page lists under a heading."""
    text = PAGE.split(f"### {section}\n", 1)[1].split("\n#", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def general(column: str) -> str:
    """A column's name with what it is about as a word: `track.front` is `track.TRACK`."""
    kind, *about = column.split(".")
    words = {"track": ["TRACK"], "good": ["SEAT", "GOOD"], "dial": ["DIAL"]}.get(kind, ["SEAT"])
    return ".".join([kind, *words]) if about else kind


@pytest.mark.parametrize("path", [OLDER_RULES, a_whole_honeymoon()], ids=["first version", "six people"])
def test_every_column_is_documented_and_every_documented_one_is_there(path: Path) -> None:
    """The page and the export name the same columns, table by table."""
    tables = rows(Story.open(path))

    assert documented(SECTIONS[""]) == EVERYWHERE
    for name in ("move", "state", "remark"):
        columns = {general(column) for row in tables[name] for column in row}
        if columns:
            assert columns == EVERYWHERE | documented(SECTIONS[name])


def test_remarks_have_their_documented_columns(tmp_path: Path) -> None:
    """Notes, marks and predictions are rows with kind, words and data."""
    remarks = rows(Story.open(a_game(tmp_path)))["remark"]

    assert [row["kind"] for row in remarks] == ["note", "mark", *["prediction"] * 3, "sitting", "sitting"]
    assert {column for row in remarks for column in row} == EVERYWHERE | documented(SECTIONS["remark"])
    assert json.loads(str(remarks[2]["data"]))["percent"] == 20


def test_one_row_a_move_and_one_a_state(tmp_path: Path) -> None:
    """Every move of every line has a row, and every position one; each says where and when it is."""
    story = Story.open(a_game_with_branches(tmp_path))
    tables = rows(story)

    every = [0, *(move.id for move in story.tree.moves)]
    assert [row["move"] for row in tables["move"]] == every
    assert [row["move"] for row in tables["state"]] == every
    assert {row["branch"] for row in tables["move"]} == {1, 2}
    assert sum(bool(row["on_line"]) for row in tables["move"]) == len(story.line)
    assert [row["left_why"] for row in tables["move"] if row["left"] == "rewind"] == ["What if?"]
    for row in (*tables["move"], *tables["state"]):
        assert set(row) >= EVERYWHERE
        assert row["round"]
        assert row["phase"]
        assert str(row["time"]).startswith("20")


def test_the_numbers_of_a_state_are_those_of_the_game(tmp_path: Path) -> None:
    """Tracks, stocks and scores are the truth at that move."""
    story = Story.open(a_game(tmp_path))
    by_move = {row["move"]: row for row in rows(story)["state"]}
    with_result = story.tree.end()
    assert with_result is not None
    assert isinstance(with_result.result, dict)

    for moment in story.line:
        row = by_move[moment.id]
        for track, value in moment.state.tracks.items():
            assert row[f"track.{track}"] == value
        for seat, stock in moment.state.goods.items():
            assert {good: row[f"good.{seat}.{good}"] for good in stock} == stock
    scores = with_result.result["scores"]
    assert {seat: by_move[story.end.id][f"score.{seat}"] for seat in story.scenario.seat_ids} == scores


def plain(row: Row) -> dict[str, object]:
    return dict(row)


def test_jsonl_and_csv_say_the_same(tmp_path: Path) -> None:
    """Both formats hold all rows of all tables with the same values."""
    tables = rows(Story.open(a_game(tmp_path)))
    [(_, lines)] = FORMATS["jsonl"](tables).items()
    files = FORMATS["csv"](tables)
    read = [json.loads(line) for line in lines.splitlines()]

    assert read == [plain(row) for table in tables.values() for row in table]
    assert set(files) == {".moves", ".states", ".remarks"}
    for name in ("move", "state", "remark"):
        table = list(csv.DictReader(io.StringIO(files[f".{name}s"])))
        assert len(table) == len(tables[name])
        for got, row in zip(table, tables[name], strict=True):
            for column, value in row.items():
                said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                said = f"'{said}" if isinstance(value, str) and said.startswith(FORMULA) else said
                assert got[column] == said


def test_every_roll_is_there_with_its_parts() -> None:
    """What it was for, chance, die and outcome; its parts have labels and add up to the chance."""
    story = Story.open(EXAMPLE)
    thrown = [roll for row in rows(story)["move"] for roll in json.loads(str(row["rolls"]))]
    told = [event for moment in story.line for event in moment.events if isinstance(event, Die)]

    assert len(thrown) == sum(not is_twin(event) for event in told)
    assert len(thrown) > 6, "the war alone rolls every round"
    for roll in thrown:
        assert list(roll) == ["what", "chance", "die", "works", "terms"]
        assert roll["what"]
        assert 1 <= roll["die"] <= 100
        assert roll["works"] is (roll["die"] <= roll["chance"])
        assert all(set(term) == {"label", "value"} and term["label"] for term in roll["terms"])
        assert roll["terms"][0]["label"].startswith("to start with")
        assert sum(term["value"] for term in roll["terms"]) == roll["chance"]


def test_the_rolls_are_those_that_the_events_tell_of(tmp_path: Path) -> None:
    """One for each die, also of a skipped rung and of the watch on deliveries; a partial telling is none."""
    for row in rows(Story.open(a_game(tmp_path)))["move"]:
        events, thrown = json.loads(str(row["events"])), json.loads(str(row["rolls"]))
        told = [facts for kind, _to, facts in events if kind in ("rolled", "held", "watched")]

        assert [(roll["chance"], roll["die"]) for roll in thrown] == [
            (chance, die) for _path, chance, die, *_ in told if chance
        ]


def test_a_seat_hears_of_a_roll_what_its_view_told_it() -> None:
    """Whole if it may know every part; else without the hidden parts, and without the chance and the die."""
    story, whole, poorer = Story.open(EXAMPLE), 0, 0
    for moment in story.line:
        for seat in story.scenario.seat_ids:
            heard = [e for e in moment.events if isinstance(e, DiceRolled | RungGambled) and seen_by(e, seat)]
            told = list(rolls(moment.events, words_for(moment.state), seat))

            assert len(told) == len(heard)
            for event, roll in zip(heard, told, strict=True):
                assert (roll.works, roll.chance, roll.die) == (event.works, event.chance, event.die)
                if roll.chance is None:
                    poorer += 1
                    known = [term for term in event.terms if term is not None]
                    assert len(roll.terms) == len(known) < len(event.terms)
                else:
                    whole += 1
                    assert sum(value for _label, value in roll.terms) == roll.chance

    assert whole
    assert poorer


def test_what_happened_is_in_facts_and_once_in_sentences(tmp_path: Path) -> None:
    """A move's events are there as they were told to each; in sentences whatever happened is there once."""
    story = Story.open(a_game_with_branches(tmp_path))
    for row in rows(story)["move"]:
        told, facts = json.loads(str(row["happened"])), json.loads(str(row["events"]))
        assert len(facts) == len(story.at(int(str(row["move"]))).events)
        assert bool(told) == bool(facts)
        assert all(told)
    by_move: dict[int, list[str]] = {}
    for one in told_to(story.line, EVERYTHING, story.scenario.seat_ids):
        by_move.setdefault(one.move, []).append(happened(one.event, story.at(one.move).state))
    on_line = [row for row in rows(story)["move"] if row["on_line"]]

    assert [json.loads(str(row["happened"])) for row in on_line] == [
        by_move.get(m.id, []) for m in story.line
    ]


def test_what_a_seat_says_first_is_of_its_own_round(tmp_path: Path) -> None:
    """Its reason is written after the last move of the round before, and is none of that round's."""
    table = a_table(tmp_path, mini(), mini().seat_ids, seed=3, name="said")
    while table.game.state.round < 2:
        play(table, 1)
    seat = table.game.to_act or ""
    table.give_reason(seat, "A new year.")
    Facilitator(table).note("About the first move.", 1)
    table.close()

    said, noted, *_ = rows(Story.open(tmp_path / "said.wargame"))["remark"]
    assert (said["seat"], said["round"], said["phase"]) == (seat, 2, table.game.state.phase)
    assert (noted["move"], noted["round"]) == (1, 1)


def test_every_time_has_one_form(tmp_path: Path) -> None:
    """ISO 8601 to the millisecond, UTC, with its Z: of moves, of the start, of remarks; also of old saves."""
    for path in (a_game(tmp_path), OLDER_RULES):
        times = [str(row["time"]) for table in rows(Story.open(path)).values() for row in table]
        assert [t for t in times if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", t)] == []


def test_a_remark_has_the_time_when_it_was_written(tmp_path: Path) -> None:
    """Not that of the move which it is about."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="later")
    play(table, 3)
    assert table.save is not None
    table.save.clock = lambda: 1_764_000_000_123
    Facilitator(table).note("Much later.", 1)
    table.close()

    note = rows(Story.open(tmp_path / "later.wargame"))["remark"][0]
    assert (note["move"], note["time"]) == (1, "2025-11-24T16:00:00.123Z")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_runs_nothing_that_somebody_wrote(tmp_path: Path, text: str) -> None:
    """In a CSV such a text begins with an apostrophe; numbers stay numbers, and JSON says it as it was."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="formula")
    Facilitator(table).note(text)
    table.play(table.game.legal_moves()[0], rationale=text)
    table.close()
    tables = rows(Story.open(tmp_path / "formula.wargame"))
    files = FORMATS["csv"](tables)

    [note] = [row for row in csv.DictReader(io.StringIO(files[".remarks"])) if row["kind"] == "note"]
    assert note["text"] == f"'{text.strip()}"
    assert [row["rationale"] for row in csv.DictReader(io.StringIO(files[".moves"]))][1] == f"'{text}"
    assert min(float(row["score.cedar"]) for row in csv.DictReader(io.StringIO(files[".states"]))) < 10**6
    [said] = [line for line in FORMATS["jsonl"](tables)[""].splitlines() if '"kind":"note"' in line]
    assert json.loads(said)["text"] == text.strip()


def test_an_export_of_a_save_from_before_has_no_seconds() -> None:
    """They are not made up from the calendar."""
    assert {row["seconds"] for row in rows(Story.open(OLDER_RULES))["move"]} == {None}
