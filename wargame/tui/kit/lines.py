"""Lines of text, of which only what differs from before is sent: for what changes with every key.

Textual wraps and paints the whole text of a `Static` anew. Here a line is painted once for a theme and width
and kept, so that a step of a replay costs what changes on the screen and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
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
        self._styles: dict[tuple[str | Style, ...], RichStyle] = {}

    @property
    def text(self) -> str:
        """All of it, without styles."""
        return "\n".join(line.plain for line in self.lines)

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines; what stays the same is not sent again."""
        before, self.lines = self.lines, tuple(lines)
        self._measure()
        if changed := list(self._changed(before)):
            self.refresh(*changed)

    def _changed(self, before: Sequence[Content]) -> Iterator[Region]:
        """Yield the parts of the rows that differ; Textual sends a row from its beginning."""
        top, (width, height) = self.scroll_offset.y, self.size
        for y in range(height):
            one, other = _line(before, top + y), _line(self.lines, top + y)
            if one is not other and not one.is_same(other):
                alike = _alike_at_the_end(self._strip(one, width), self._strip(other, width))
                yield Region(0, y, width - alike, 1)

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
        return self._strip(_line(self.lines, self.scroll_offset.y + y), self.size.width)

    def _strip(self, line: Content, width: int) -> Strip:
        key = (line.plain, tuple(line.spans), width)
        if key not in self._strips:
            if len(self._strips) >= KEPT:
                self._forget()
            self._strips[key] = self._painted(line, width)
        return self._strips[key]

    def _painted(self, line: Content, width: int) -> Strip:
        text, spans = line.plain, line.spans
        cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
        parts = (
            Segment(text[at:end], self._style(*(span.style for span in spans if span.start <= at < span.end)))
            for at, end in pairwise(cuts)
        )
        return Strip(parts, line.cell_length).adjust_cell_length(width, self._style()).simplify()

    def _style(self, *styles: str | Style) -> RichStyle:
        """Those styles one over the other, over the pane's own."""
        if styles not in self._styles:
            parsed = map(self._get_style, styles)
            self._styles[styles] = Style.combine((self.visual_style, *parsed)).rich_style
        return self._styles[styles]


BLANK = Content("")


def _line(lines: Sequence[Content], at: int) -> Content:
    return lines[at] if at < len(lines) else BLANK


def _alike_at_the_end(one: Strip, other: Strip) -> int:
    """Return over how many cells two painted rows end alike."""
    alike = 0
    for a, b in zip(reversed(list(one)), reversed(list(other)), strict=False):
        if a != b:
            pairs = zip(reversed(a.text), reversed(b.text), strict=False) if a.style == b.style else ()
            return alike + sum(cell_len(one) for one, other in takewhile(lambda p: p[0] == p[1], pairs))
        alike += a.cell_length
    return alike
