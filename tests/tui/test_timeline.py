"""The drawings of a replay: the strip, charts, and lines that are painted once."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip
from wargame.tui.kit.charts import Trace, bins, chart, cursor, overlay

from wargame.tui.replay.timeline import column, position
from wargame.tui.widgets.lines import Lines


@pytest.mark.parametrize(("count", "width"), [(1, 80), (2, 80), (50, 80), (231, 80), (231, 120)])
def test_the_strip_leads_back_to_where_it_points(count: int, width: int) -> None:
    """A click on the arrow goes to a position that has its arrow there."""
    for at in range(count):
        assert column(position(column(at, count, width), count, width), count, width) == column(
            at, count, width
        )


def test_a_chart_shows_the_last_value_of_each_column() -> None:
    """Many values share a column; the cursor is in the column of its value; unknown ones leave a gap."""
    assert bins((0, 1, 2, 3, 4, 5), 3) == [1, 3, 5]
    assert cursor(5, 6, 3) == 2
    lines = [line.plain for line in chart((0, 4, None, 8), 0, 8, 20, 2, 1)]
    assert lines == ["  8    █", "  0 ▁█·█"]
    dots = [line.plain for line in chart((0, 3), 0, 3, 20, 1, 1, braille=True)]
    assert dots == ["  3 ⣸"]


def test_many_curves_are_told_apart_by_their_marks() -> None:
    """Each has its mark where it begins and steps; where two run together the marks alternate."""
    one = Trace("A", "", (0, 0, 0, 2, 2, 2), 0, 2)
    two = Trace("B", "", (1, 1, 1, 2, 2, 2), 0, 2)
    lines = [line.plain for line in overlay((one, two), 20, 3, 5)]

    assert lines == ["  2    BAB", "    B──│ ┆", "  0 A──  ┆"]


def test_curves_of_other_ranges_share_no_axis() -> None:
    """Each goes from its own bottom to its own top, so no number stands beside them."""
    one, two = Trace("A", "", (0, 2), 0, 2), Trace("B", "", (50, 90), 50, 90)
    lines = [line.plain for line in overlay((one, two), 20, 3, 0)]

    assert [line[:4].strip() for line in lines] == ["", "", ""]
    assert lines[0].endswith("B")
    assert lines[2][4] == "A"


class Painting(Lines):
    """Takes down which rows it is asked for."""

    asked: list[int]

    def render_line(self, y: int) -> Strip:
        self.asked.append(y)
        return super().render_line(y)


class Page(App[None]):
    """Some lines and nothing else."""

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
