"""The page on the save format is enough to read a save: its own reader, run from its text, reads ours."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import msgpack  # type: ignore[import-untyped]
import pytest

from wargame import load_scenario
from wargame.content.exercise import exercise_from_text
from wargame.record import Played, Save, frames, plain, reading, records, replay, shapes, tree
from wargame.record.files import MAX_FILE
from wargame.record.frames import root, scan
from wargame.rules.moves import SHAPES
from wargame.table import Facilitator, Limit, Table
from wargame.table.requests import call

from .toys import a_long_game, a_short_game, flipped, frame_ends

MINI = Path(__file__).parents[1] / "scenarios" / "mini"
EXERCISE = """\
scenario: mini
title: A drill
messages: true
questions: [{id: hot, text: Will it be hot?, when: {track: heat, at_least: 5}}]
"""
PAGE = (Path(__file__).parents[2] / "docs" / "save-format.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reader() -> dict[str, Callable[[Any], Any]]:
    """The functions of the page's reader, which may use msgpack and the standard library alone."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE)) == {
        "struct",
        "zlib",
        "hashlib",
        "msgpack",
    }
    functions: dict[str, Callable[[Any], Any]] = {}
    exec(code, functions)
    return functions


def the_example() -> bytes:
    """The file of the page's hex dump."""
    lines = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} ?){1,16})", PAGE, re.MULTILINE)
    return bytes.fromhex("".join(lines))


def test_the_page_lists_every_kind_of_move_as_it_is_written() -> None:
    """Each verb once, with the words that follow it."""
    rows = re.findall(r"^\| `([a-z-]+)` \| ([a-z …\[\]]+) \| ", PAGE, re.MULTILINE)

    assert [row for row in rows if row[0] in {kind.verb for kind in SHAPES}] == [
        (kind.verb, str(shape)) for kind, shape in SHAPES.items()
    ]


@pytest.mark.parametrize("make", [a_short_game, a_long_game])
def test_the_page_is_enough_to_read_a_save(
    tmp_path: Path, reader: dict[str, Callable[[Any], Any]], make: Callable[[Path], Path]
) -> None:
    """Records, scenario and current line are the same, read by the page and by the program."""
    path = make(tmp_path)

    found, why = reader["read"](path.read_bytes())

    with Save.open(path, write=False) as save:
        assert why is None
        assert found == [entry.to_plain() for entry in save.tree.entries]
        assert reader["scenario"](found) == save.header.texts
        line = [move.to_plain() | {"luck": save.tree.luck_of(move.id)} for move in save.tree.line()]
        assert reader["current_line"](found) == line


def test_the_page_and_the_program_agree_on_broken_files(
    tmp_path: Path, reader: dict[str, Callable[[Any], Any]]
) -> None:
    """Cut or flipped anywhere after the preamble, both recover the same frames and both notice."""
    raw = a_short_game(tmp_path).read_bytes()
    chance = random.Random(5)
    cuts = [raw[:cut] for cut in range(32, len(raw))]
    flips = [flipped(raw, bit) for bit in chance.sample(range(16 * 8, len(raw) * 8), 1000)]

    for spoiled in cuts + flips:
        found, why = reader["read"](spoiled)
        assert len(found) == len(scan(spoiled).frames)
        assert why is not None


def test_the_example_on_the_page_is_a_save(tmp_path: Path, reader: dict[str, Callable[[Any], Any]]) -> None:
    """The hex dump opens, and holds what the page says about it."""
    path = tmp_path / "example.wargame"
    path.write_bytes(the_example())

    with Save.open(path, write=False) as save:
        assert save.notice is None
        assert save.header.texts == {"a": "b"}
        assert save.tree.line() == [
            Played(1, 0, ["add", 3], 1_764_000_000_000, "person", bytes.fromhex("0123456789abcdef"))
        ]
    found, why = reader["read"](the_example())
    assert (len(found), why) == (2, None)
    assert frame_ends(the_example()) == [0xF4, 0x155]
    assert root().hex() in PAGE


def test_every_kind_and_field_is_on_the_page(tmp_path: Path) -> None:
    """No record is written with a kind or a field that the page does not name."""
    with Save.open(a_short_game(tmp_path), write=False) as save:
        written = [entry.to_plain() for entry in save.tree.entries]

    names = {name for record in written for name in record} | {str(record["kind"]) for record in written}
    assert {name for name in names | records.REMARKS | records.REASONS if f"`{name}`" not in PAGE} == set()
    assert msgpack.unpackb(scan(the_example()).frames[0].payload)["kind"] == "header"


def test_every_field_of_the_journal_is_on_the_page(tmp_path: Path) -> None:
    """A facilitated game writes no field, at any depth of its own data, that the page does not name."""
    scenario = load_scenario(MINI)
    table = Table.start(scenario, exercise=exercise_from_text(EXERCISE, scenario), folder=tmp_path)
    cell = Facilitator(table, "Kim")
    cell.set_pin("open7up")
    cell.note("hm", private=True)
    cell.tag("turning point")
    cell.important()
    cell.bookmark("here")
    cell.talk(["amber", "birch"], "bread for coin", {"amber": "two rounds", "birch": "for ever"})
    table.aside("birch", ["cedar"], "bread, again")
    table.end_talk()
    table.write("door", text="amber is in.")
    table.give_reason("amber", "bread for all")
    table.predict("amber", "hot", 60)
    table.send("amber", ["birch"], "bread for coin?")
    cell.poll("Does it hold?")
    table.estimate("amber", 60)
    cell.close_poll()
    call(table, "cedar", "Ken")
    cell.leaves("birch", "a train to catch")
    for seat in ("amber", "cedar"):
        cell.hand_to_bot(seat, "lunch", until=2)
    cell.pause("coffee")
    cell.go_on()
    table.set_limit("orders", Limit(60, 10))
    cell.set_track("heat", 7, "because")
    cell.rewind(0, "because")
    table.close()

    with Save.open(next(tmp_path.glob("*.wargame")), write=False) as save:
        written = [entry.to_plain() for entry in save.tree.entries]

    kinds = {str(record["kind"]) for record in written}
    remarks = [record for record in written if record["kind"] in records.REMARKS]
    names = {name for record in written for name in record} | {
        name for record in remarks for name in cast("dict[str, Any]", record["data"])
    }
    assert kinds >= records.REMARKS - {"pin"} | {"move", "head"}
    assert {name for name in names | kinds if f"`{name}`" not in PAGE} == set()


def test_every_limit_is_on_the_page() -> None:
    """The table of limits has the program's own numbers."""
    limits = {
        "bytes of the file": MAX_FILE,
        "frames": frames.MAX_FRAMES,
        "bytes of a payload": plain.MAX_PAYLOAD,
        "values in one payload, at any depth": plain.MAX_ITEMS,
        "values in all payloads together": reading.MAX_ITEMS,
        "snapshots": tree.MAX_SNAPSHOTS,
        "bytes of a state, inflated": shapes.MAX_STATE,
        "bytes of the scenario's files, inflated": shapes.MAX_TEXTS,
        "the work of a replay": replay.MOST_WORK,
    }
    listed = dict(re.findall(r"^\| ([^|]+) \| ([\d,]+)[ ;].*\|$", PAGE, re.MULTILINE))

    assert {what: int(listed[what].replace(",", "")) for what in limits} == limits
