"""Messages and polls looked back on: through whose eyes, when, how many, and polls beside what was ruled."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.debrief.games import MARKUP, a_game, a_written_game
from tests.debrief.reading import Reader
from wargame.debrief.export import FORMATS, rows
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import text_of
from wargame.debrief.press import (
    Ruled,
    messages,
    messages_by,
    moves_by,
    poll_pages,
    polls,
    quotes,
    ruled_after,
    traffic,
)
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.white_cell_log import written
from wargame.record import verify
from wargame.table import ENGINE
from wargame.table.press import Spread

ASKED, MILL, CEDAR, ANSWER, END = (
    "Only if the mill stands still.",
    "What is this about?",
    "Are they allowed to do that?",
    "They are.",
    "It has been a pleasure.",
)
NEVER = "This was never written."


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    path = a_written_game(tmp_path_factory.mktemp("written"))
    assert verify(path, ENGINE).ok
    return Story.open(path)


def said(story: Story, perspective: Perspective) -> list[str]:
    return [one.message.text for one in messages(story, perspective)]


def test_each_perspective_has_what_it_knew(story: Story) -> None:
    """Everything all of the line, a seat what it wrote and got, the room nothing; the other line its own."""
    assert said(story, EVERYTHING) == [MARKUP, ASKED, MILL, CEDAR, ANSWER, END]
    assert said(story, "amber") == [MARKUP, ASKED, MILL, END]
    assert said(story, "birch") == [MARKUP, ASKED, MILL, END]
    assert said(story, "cedar") == [MILL, CEDAR, ANSWER, END]
    assert said(story, ROOM) == []
    left = next(line.tip for line in story.lines() if line.why == "rewind")
    assert said(story.along(left), "cedar") == [MILL, NEVER]
    assert said(story.along(left), "birch") == [MARKUP, ASKED, MILL]


@pytest.mark.parametrize("perspective", [EVERYTHING, ROOM, "amber", "cedar"])
def test_a_message_is_known_from_its_moment_on(story: Story, perspective: Perspective) -> None:
    """Walking through the line each appears once, in order, and at the last place all are there."""
    line = PerspectiveLine(story, perspective)
    known = [messages_by(line, place) for place in line.places]

    assert known[-1] == messages(story, perspective)
    for place, before, after in zip(line.places[1:], known, known[1:], strict=False):
        assert after[: len(before)] == before
        assert all(one.move <= line.line[place].id for one in before)
    assert len({len(one) for one in known}) > 3 or perspective is ROOM


def test_a_seat_reads_a_message_where_it_stood_though_others_moved_meanwhile(story: Story) -> None:
    """What was written after a move that it did not notice is known at the last position that it saw."""
    line = PerspectiveLine(story, "cedar")
    hidden = [nth for nth in range(len(line.line)) if nth not in line.places]

    assert hidden
    for nth in hidden:
        assert line.line[nth].id in moves_by(line, line.nearest(nth))


def test_how_much_was_written_adds_up(story: Story) -> None:
    """By sender, round and pair; of a seat only what it knew."""
    whole = traffic(story)
    assert whole.names == ("Amber", "Birch", "Cedar", "white cell")
    assert [(one.name, one.wrote.value, one.got.value) for one in whole.rows] == [
        ("Amber", 1, 3),
        ("Birch", 2, 2),
        ("Cedar", 2, 2),
        ("white cell", 1, 2),
    ]
    for at, one in enumerate(whole.rows):
        assert sum(number.value for number in one.by_round) == one.wrote.value
        assert one.to[at] is None
        assert sum(cell.value for row in whole.rows if (cell := row.to[at]) is not None) == one.got.value
    cedar = {one.name: (one.wrote.value, one.got.value) for one in traffic(story, "cedar").rows}
    assert cedar == {"Amber": (0, 2), "Birch": (1, 1), "Cedar": (2, 2), "white cell": (1, 2)}
    assert traffic(story, ROOM).rows == ()


def test_quotes_say_to_whom(story: Story) -> None:
    """One by name, every other seat as all, and the white cell."""
    assert [(one.by, one.to) for one in quotes(story)] == [
        ("Amber", "Birch"),
        ("Birch", "Amber"),
        ("Cedar", "all"),
        ("Cedar", "the white cell"),
        ("the white cell", "Cedar"),
        ("Birch", "all"),
    ]
    assert all(one.move for one in quotes(story))
    assert not any(one.move for one in quotes(story, "amber"))


# --- polls -----------------------------------------------------------------------------------------------


def test_polls_have_their_estimates_and_what_they_came_to(story: Story) -> None:
    """Everything has all estimates, a seat its own, the room none; the spread everybody."""
    first, second, third, fourth = polls(story)
    assert (first.estimates, first.spread) == ({"amber": 20, "birch": 60, "cedar": 70}, Spread(3, 60, 40, 65))
    assert (second.spread, third.spread, third.closed) == (Spread(1, 90, 90, 90), None, True)
    assert (fourth.closed, fourth.estimates) == (False, {"cedar": 5})
    for seat in ("amber", "cedar"):
        mine = polls(story, seat)
        assert [one.spread for one in mine] == [one.spread for one in polls(story)]
        assert {who for one in mine for who in one.estimates} == {seat}
    assert not any(one.estimates for one in polls(story, ROOM))


def test_polls_are_compared_with_what_was_ruled_then(story: Story) -> None:
    """The dice of the adjudication that followed, or the ruling; nothing where none came before the next."""
    first, second, third, fourth = polls(story)
    dice = ruled_after(story, first)
    assert dice is not None
    assert dice.chance == 40
    assert dice.works is (dice.die is not None and dice.die <= 40)
    assert ruled_after(story, second) == Ruled(works=True)
    assert (ruled_after(story, third), ruled_after(story, fourth)) == (None, None)
    told = [text_of(page.spread) + text_of(page.ruled) for page in poll_pages(story)]
    fell = f"the dice showed {dice.die}: it {'works' if dice.works else 'fails'}."
    assert told == [
        "3 answers: median 60 %, the middle half 40 to 65 %."
        f"The white cell ruled it 40 %, 20 below the median; {fell}",
        "1 answer: median 90 %.The white cell ruled: it works.",
        "Nobody answered.",
        "It was not closed.",
    ]


def test_a_poll_has_no_end_before_it_was_closed(story: Story) -> None:
    """Before its close there is no spread, before its question nothing, before the dice no ruling."""
    seen: list[tuple[int, bool, bool]] = []
    line = PerspectiveLine(story, EVERYTHING)
    for place in line.places:
        moves = moves_by(line, place)
        pages, now = poll_pages(story, moves=moves), polls(story, moves=moves)
        seen.append((len(now), bool(now and now[0].spread), bool(pages and pages[0].ruled)))

    assert seen[0] == (0, False, False)
    assert (1, True, False) in seen
    assert seen[-1] == (4, True, True)
    assert seen == sorted(seen)


# --- pages and rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_report_counts_and_quotes_messages_and_nothing_of_them_is_markup(story: Story, form: str) -> None:
    """Every message of the line, word for word as text; none of the line that was left."""
    page = report(story, form)

    if form == "html":
        texts = {text for text, _classes in Reader(page).texts}
        assert {MARKUP, ASKED, MILL, CEDAR, ANSWER, END} <= texts
        assert "<b>salt" not in page
    else:
        assert r"\[red\]for\[/\] \*silence\*" in page
        assert "**Cedar** to the white cell: Are they allowed to do that?" in page
        assert "| Birch | 2 |  | 1 | 1 |" in page
    assert "median" in page
    assert NEVER not in page
    assert "{{ page }}" not in page or form == "html"


def test_messages_and_polls_are_not_told_as_notes(story: Story) -> None:
    """They have their own place in a report."""
    assert not {note.kind for note in written(story)} & {"message", "poll", "estimate", "poll_closed"}
    assert not any("message" in note.kind for note in written(story))


def test_a_report_of_a_game_without_them_has_neither_heading(tmp_path: Path) -> None:
    """No empty tables."""
    page = report(Story.open(a_game(tmp_path)), "md")

    assert "## Messages" not in page
    assert "## Polls" not in page


def test_the_export_has_every_message_with_its_round_turn_sender_and_addressees(story: Story) -> None:
    """In both formats, also of the line that was left; estimates and polls likewise."""
    tables = rows(story)
    remarks = [row for row in tables["remark"] if row["kind"] == "message"]
    assert [(row["by"], row["to"], row["seat"], row["text"], row["on_line"]) for row in remarks] == [
        ("amber", "birch", "amber", MARKUP, True),
        ("birch", "amber", "birch", ASKED, True),
        ("cedar", "amber birch", "cedar", MILL, True),
        ("cedar", "amber", "cedar", NEVER, False),
        ("cedar", "white", "cedar", CEDAR, True),
        ("white", "cedar", "", ANSWER, True),
        ("birch", "amber cedar white", "birch", END, True),
    ]
    for row in remarks:
        assert row["round"] in (1, 2, 3)
        assert row["turn"] == story.at(int(str(row["move"]))).state.turn + 1
    polled = [row for row in tables["remark"] if row["kind"] in ("poll", "estimate", "poll_closed")]
    assert [row["kind"] for row in polled[:5]] == ["poll", *["estimate"] * 3, "poll_closed"]
    assert [row["seat"] for row in polled[1:4]] == ["amber", "birch", "cedar"]
    assert json.loads(str(polled[4]["data"]))["median"] == 60
    table = list(csv.DictReader(io.StringIO(FORMATS["csv"](tables)[".remarks"])))
    assert [(row["by"], row["to"], row["text"]) for row in table if row["kind"] == "message"] == [
        (row["by"], row["to"], row["text"]) for row in remarks
    ]
