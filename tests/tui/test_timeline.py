"""The drawings of a replay: the timeline, charts, and lines that are painted once."""

from __future__ import annotations

from typing import Self

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from wargame.tui.kit.compositor import NarrowCompositor
from wargame.tui.kit.curve import Band, Chart, Trace, bins, chart, cursor, spark_line
from wargame.tui.kit.curve import Mark as Moment
from wargame.tui.kit.lines import Lines
from wargame.tui.replay.timeline import Course, Sign, blocks, column, pointer, position, rail

ROUNDS = ((0.0, 1), (20.0, 2), (40.0, 3))


@pytest.mark.parametrize(("count", "width"), [(1, 80), (2, 80), (50, 80), (231, 80), (231, 120)])
def test_the_strip_leads_back_to_where_it_points(count: int, width: int) -> None:
    """A click on the arrow goes to a position that has its arrow there."""
    for at in range(count):
        assert column(position(column(at, count, width), count, width), count, width) == column(
            at, count, width
        )


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_every_round_and_mark_is_on_the_timeline(width: int) -> None:
    """Rounds are named in blocks, the present one lit; marks cover no name; phases that fit stand below."""
    signs = (Sign(0, "!"), Sign(0, "m"), Sign(25, "m"), Sign(30, "1"), Sign(59, "m"))
    rounds = (("1 Oct–Dec", 0), ("2 Jan–Mar", 20), ("3 Apr–Jun", 40))
    course = Course(60, rounds, (("news", 0), ("orders", 2), ("upkeep", 59)), signs)
    line = blocks(course, 1, width)
    shown = line.plain

    assert line.cell_length == rail(course, 1, width).cell_length == width
    assert (shown.count("!"), shown.count("m")) == (1, 3)
    assert all(name in shown or f" {name[0]} " in shown for name, _start in rounds)
    assert len({str(span.style).rpartition(" on ")[2] for span in line.spans}) >= 3
    assert "orders ━" in rail(course, 1, width).plain
    assert pointer("move 25", 25, course, width).plain.count("▲") == 1


def test_the_arrow_and_its_words_are_on_the_line() -> None:
    """At both ends as well."""
    course = Course(60, (("1", 0),), (("news", 0),), ())
    for at in (0, 30, 59):
        line = pointer("move of many: R3 answers", at, course, 80)
        assert line.cell_length <= 80
        assert "move of many: R3 answers" in line.plain
        assert line.plain[column(at, 60, 80)] == "▲"


# --- charts ----------------------------------------------------------------------------------------------


def drawn(plot: Chart, width: int = 60, height: int = 14, now: float | None = None) -> list[str]:
    return [line.plain for line in chart(plot, width, height, now)]


def test_a_spark_shows_the_last_value_of_each_column() -> None:
    """Many values share a column; the cursor is in the column of its value."""
    assert bins((0, 1, 2, 3, 4, 5), 3) == [1, 3, 5]
    assert cursor(5, 6, 3) == 2
    assert spark_line((0, 4, 8), 0, 8, 20, 1).plain == "▁▄█"


def test_a_chart_has_round_numbers_and_names_its_rounds() -> None:
    """On its left and below, and as many rows and columns as it was given."""
    trace = Trace("A", "", 13, ((10.0, 37), (45.0, 22)))
    lines = drawn(Chart((trace,), 60, ROUNDS))

    labels = [int(line[:4]) for line in lines if line[:4].strip()]
    assert labels == sorted(labels, reverse=True)
    assert all(label % 10 == 0 for label in labels)
    assert labels[0] >= 37 and labels[-1] <= 13
    assert [name in lines[-1] for name in ("round 1", "round 2", "round 3")] == [True] * 3
    assert len(lines) == 14
    assert all(len(line) <= 60 for line in lines)


def test_many_lines_are_told_apart_without_colour() -> None:
    """By signs on them and at their ends with the last number, and by how they are dashed."""
    traces = tuple(
        Trace(sign, "", low, ((30.0, low + 5),), (0, 50))
        for sign, low in zip("ABC", (5, 20, 40), strict=True)
    )
    lines = drawn(Chart(traces, 60, ROUNDS))

    for sign, last in (("A", 10), ("B", 25), ("C", 45)):
        assert any(line.endswith(f"{sign} {last}") for line in lines)
        assert sum(line.count(sign) for line in lines) > 2
    level = [{letter for letter in line if "⠀" < letter <= "⣿"} for line in lines]
    assert len({frozenset(row) for row in level if row}) >= 3


def test_lines_that_end_alike_have_a_sign_each() -> None:
    """Beside each other, since one place can't hold two."""
    traces = tuple(Trace(sign, "", 5, (), (0, 10)) for sign in "ABCDEF")

    assert (
        sum(
            line.rstrip()[-3:-2] in "ABCDEF" and line.endswith(" 5")
            for line in drawn(Chart(traces, 9, ROUNDS))
        )
        == 6
    )


def test_lines_of_other_scales_share_no_axis() -> None:
    """Each goes from its own bottom to its own top, so no number stands beside them."""
    one, two = Trace("A", "", 0, ((30.0, 2),), (0, 2)), Trace("B", "", 50, ((30.0, 90),), (50, 90))
    lines = drawn(Chart((one, two), 60, ROUNDS))

    assert not any(line[:4].strip() for line in lines)


def test_dangerous_numbers_injects_and_moments_are_marked() -> None:
    """A band with its name, the number to reach, a sign below each inject, boxes at the dearest moments."""
    trace = Trace("A", "", 50, ((10.0, 20), (40.0, 80)))
    marks = (Moment(10.0, 50, 20, "1"), Moment(40.0, 20, 80, "2"))
    plot = Chart(
        (trace,), 60, ROUNDS, (0, 100), 62, (Band(90, 100, "storm", "$change"),), marks, ((20.0, "!", ""),)
    )
    lines = drawn(plot, now=20.0)

    assert "░" in lines[0]
    assert any("░ storm ░" in line for line in lines)
    assert any(line.startswith("  62 ") and "┄" in line for line in lines)
    assert "!" in lines[-2] or "┆" in lines[-2]
    assert all(any(f" {sign} " in line for line in lines) for sign in "12")
    assert sum("┆" in line for line in lines) > 3


# --- lines that are painted once -------------------------------------------------------------------------


class Painting(Lines):
    """Takes down which rows it is asked for, and which parts of them are to be sent."""

    asked: list[int]
    sent: list[Region]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, **more: bool) -> Self:
        self.sent = list(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, **more)

    def render_line(self, y: int) -> Strip:
        self.asked.append(y)
        return super().render_line(y)


class Ground(Screen[None]):
    """A screen that paints as those of the program do."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()


class Page(App[None]):
    """Some lines and nothing else."""

    def get_default_screen(self) -> Screen[None]:
        return Ground()

    def compose(self) -> ComposeResult:
        yield Painting(scrolls=True)


async def test_only_lines_that_differ_are_painted() -> None:
    """Other words or other styles on one line paint that line again and no other."""
    app = Page()
    Painting.asked = []
    async with app.run_test(size=(20, 6)) as pilot:
        lines = app.query_one(Painting)
        lines.show([Content(f"line {n}") for n in range(5)])
        await pilot.pause()
        Painting.asked = []
        lines.show([Content(f"line {n}") if n != 3 else Content("other") for n in range(5)])
        await pilot.pause()
        assert set(Painting.asked) == {3}
        Painting.asked = []
        lines.show([Content("other").stylize("bold") if n == 3 else Content(f"line {n}") for n in range(5)])
        await pilot.pause()
        assert set(Painting.asked) == {3}


async def test_the_end_of_a_row_that_stays_is_not_sent() -> None:
    """Neither the blanks after two texts nor an edge at the right; other styles are sent."""
    async with Page().run_test(size=(20, 6)) as pilot:
        lines = pilot.app.query_one(Painting)
        for before, after, end in (
            (Content("one"), Content("three"), 5),
            (Content("|one      |"), Content("|three    |"), 6),
            (Content("one"), Content("one").stylize("on red"), 3),
            (Content("one").pad_right(6), Content("one").pad_right(6).stylize("on red"), 9),
        ):
            lines.show([before])
            lines.show([after])

            assert lines.sent == [Region(0, 0, end, 1)], after


async def test_too_many_lines_scroll() -> None:
    """What is below can be scrolled to; with fewer lines there is nothing below, and the top is shown."""
    app = Page()
    Painting.asked = []
    async with app.run_test(size=(20, 6)) as pilot:
        lines = app.query_one(Painting)
        lines.show([Content(f"line {n}") for n in range(14)])
        lines.scroll_end(animate=False)
        await pilot.pause()
        assert lines.render_line(5).text.startswith(("line 13", " "))
        assert "line 13" in "".join(lines.render_line(y).text for y in range(6))
        lines.show([Content("alone")])
        await pilot.pause()
        assert lines.render_line(0).text.startswith("alone")


async def test_another_width_shows_as_much_as_it_has_room_for() -> None:
    """A line that was cut is whole in a wider terminal."""
    app = Page()
    Painting.asked = []
    async with app.run_test(size=(20, 6)) as pilot:
        lines = app.query_one(Painting)
        lines.show([Content("a line of more than twenty letters")])
        await pilot.pause()
        assert "twenty letters" not in lines.render_line(0).text
        await pilot.resize_terminal(40, 6)
        await pilot.pause()
        assert "twenty letters" in lines.render_line(0).text
