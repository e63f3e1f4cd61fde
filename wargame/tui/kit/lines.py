"""Lines of text, of which only those are painted that differ from before: for what changes with every key.

Textual wraps and paints the whole text of a `Static` anew. Here a line is painted once for a theme and width
and kept, so that a step of a replay costs what changes on the screen and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from weakref import proxy

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

KEPT = 4096
"""Lines that are kept painted."""


class Painted:
    """Strips of lines, each painted once for a width and a style below it. `widget` is where they stand."""

    def __init__(self, widget: Widget) -> None:
        self._widget = proxy(widget)
        self._strips: dict[object, Strip] = {}
        self._styles: dict[tuple[str | Style, ...], RichStyle] = {}

    def strip(self, line: Content, width: int, base: Style) -> Strip:
        """Return a line of exactly `width` cells on `base`."""
        key = line.plain, tuple(line.spans), width, base
        if key not in self._strips:
            if len(self._strips) >= KEPT:
                self.forget()
            strip = Strip(self._parts(line, base), line.cell_length)
            self._strips[key] = strip.adjust_cell_length(width, base.rich_style).simplify()
        return self._strips[key]

    def _parts(self, line: Content, base: Style) -> Iterator[Segment]:
        text, spans = line.plain, line.spans
        cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
        for at, end in pairwise(cuts):
            over = (span.style for span in spans if span.start <= at < span.end)
            yield Segment(text[at:end], self._style(base, *over))

    def forget(self) -> None:
        """Let all be painted anew: colours may have changed."""
        self._strips.clear()
        self._styles.clear()

    def _style(self, base: Style, *styles: str | Style) -> RichStyle:
        """Return those styles one over the other, over what lies below."""
        key = (base, *styles)
        if key not in self._styles:
            parsed = map(self._widget._get_style, styles)
            self._styles[key] = Style.combine((base, *parsed)).rich_style
        return self._styles[key]


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
        self._painted = Painted(self)

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
        seen, style = slice(top, top + height), self.visual_style
        for y in changed_rows(before[seen], self.lines[seen]):
            one, other = (_line(lines, top + y) for lines in (before, self.lines))
            pair = (self._painted.strip(line, width, style) for line in (one, other))
            yield Region(0, y, width - _alike_at_the_end(*pair), 1)

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

    def on_resize(self, event: events.Resize) -> None:
        self._measure()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painted.forget()

    def render_line(self, y: int) -> Strip:
        """One row, as it was painted before if it was."""
        at, width = self.scroll_offset.y + y, self.size.width
        if at >= len(self.lines):
            return Strip.blank(width, self.visual_style.rich_style)
        return self._painted.strip(self.lines[at], width, self.visual_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows. Without a border or padding Textual's own work for what is around them is left out."""
        if any(self.styles.gutter) or crop.column_span != (0, self.outer_size.width):
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        ground = self.background_colors[1]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, ground) for strip in strips]
        return strips


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


def changed_rows(before: Sequence[Content], after: Sequence[Content]) -> list[int]:
    """Return where two lists of lines differ."""
    same = (one is other or one.is_same(other) for one, other in zip(before, after, strict=False))
    changed = [y for y, is_same in enumerate(same) if not is_same]
    return [*changed, *range(*sorted((len(before), len(after))))]


def changes(before: Sequence[Content], after: Sequence[Content], width: int) -> list[Region]:
    """Return where two lists of lines differ, each a row of `width` cells: as few regions as that takes."""
    regions: list[Region] = []
    for y in changed_rows(before, after):
        if regions and regions[-1].bottom == y:
            regions[-1] = regions[-1].grow((0, 0, 1, 0))
        else:
            regions.append(Region(0, y, width, 1))
    return regions
