"""Lines of text, of which only those are painted that differ from before: for what changes with every key.

Textual wraps and paints the whole text of a `Static` anew. Here a line is painted once for a theme and width
and kept, so that a step of a replay costs what changes on the screen and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

KEPT = 4096
"""Lines that are kept painted."""


class Lines(ScrollView, can_focus=False):
    """`show` puts other lines there. A line is a row: too long is cut, too many scroll.

    With `scrolls` there is always a column for the scroll bar, so that no other text ever moves anything.
    """

    DEFAULT_CSS = """
    Lines { background: $background; overflow: hidden hidden; scrollbar-size-vertical: 1; }
    Lines.-scrolls { overflow-y: scroll; }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, scrolls: bool = False) -> None:
        super().__init__(id=id, classes="-scrolls" if scrolls else "")
        self.lines: tuple[Content, ...] = ()
        self._strips: dict[object, Strip] = {}
        self._styles: dict[str | Style, Style] = {}

    @property
    def text(self) -> str:
        """All of it, without styles."""
        return "\n".join(line.plain for line in self.lines)

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines; the rows that stay the same are not painted again."""
        before, self.lines = self.lines, tuple(lines)
        self._measure()
        top, (width, height) = self.scroll_offset.y, self.size
        rows = zip_longest(before[top : top + height], self.lines[top : top + height])
        changed = [y for y, (one, other) in enumerate(rows) if not _same(one, other)]
        if changed:
            self.refresh(*(Region(0, y, width, count) for y, count in _runs(changed)))

    def _measure(self) -> None:
        """Say how much there is to scroll, without the new layout that follows if Textual is told.

        It goes by half a page, so that the bar is not painted anew for every line.
        """
        page = max(self.size.height, 2)
        half = page // 2
        height = page if len(self.lines) <= page else -(-len(self.lines) // half) * half
        size = Size(self.size.width, height)
        if size != self.virtual_size:
            self.set_reactive(Lines.virtual_size, size)
            if self.show_vertical_scrollbar:
                self.vertical_scrollbar.window_virtual_size = height
            if self.scroll_y > self.max_scroll_y:
                self.scroll_end(animate=False)

    # --- painting --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._forget())

    def on_resize(self, event: events.Resize) -> None:
        self._measure()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._forget()

    def _forget(self) -> None:
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One row, as it was painted before if it was."""
        at, width = self.scroll_offset.y + y, self.size.width
        if at >= len(self.lines):
            return Strip.blank(width, self.visual_style.rich_style)
        line = self.lines[at]
        key = (line.plain, tuple(line.spans), width)
        if key not in self._strips:
            if len(self._strips) >= KEPT:
                self._forget()
            self._strips[key] = self._painted(line, width)
        return self._strips[key]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows. Without a border or padding Textual's own work for what is around them is left out."""
        if any(self.styles.gutter) or crop.column_span != (0, self.outer_size.width):
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        ground = self.background_colors[1]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, ground) for strip in strips]
        return strips

    def _painted(self, line: Content, width: int) -> Strip:
        base = self.visual_style
        parts = line.render(base, end="", parse_style=self._parsed)
        strip = Strip([Segment(text, style.rich_style) for text, style in parts], line.cell_length)
        return strip.adjust_cell_length(width, base.rich_style).simplify()

    def _parsed(self, style: str | Style) -> Style:
        if style not in self._styles:
            self._styles[style] = self._get_style(style)
        return self._styles[style]


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where rows follow one another, and how many do."""
    first = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at] != rows[at - 1] + 1:
            yield rows[first], at - first
            first = at


def _same(one: Content | None, other: Content | None) -> bool:
    """Whether two lines look the same; None is one that is not there."""
    return one is other or (one is not None and other is not None and one.is_same(other))
