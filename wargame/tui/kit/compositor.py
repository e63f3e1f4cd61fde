"""What Textual paints of a screen after a key: only the rows of each widget on which something has changed.

Textual renders every widget near a change, and all of it; on a page of thirty widgets that takes longer
than all the rest that a key does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual._compositor import ChopsUpdate, Compositor, CompositorMap, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class NarrowCompositor(Compositor):
    """A compositor that renders what has changed, and no more. What is painted is the same."""

    _changed: Sequence[Region] | None = None
    """What is being painted anew; None: the whole screen."""
    paintings = 0
    """How often something was painted, so that others can tell whether it is still the same."""

    def _arrange_root(
        self, root: Widget, size: Size, visible_only: bool = True
    ) -> tuple[CompositorMap, set[Widget]]:
        """Arrange all there is. Textual's own map and widgets are held by a function that holds itself."""
        placed, widgets = super()._arrange_root(root, size, visible_only)
        own = placed.copy(), widgets.copy()
        placed.clear()
        widgets.clear()
        return own

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Return all there is."""
        self.paintings += 1
        return super().render_full_update(simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what has changed since the last time, None if nothing has."""
        self.paintings += bool(self._dirty_regions)
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = None

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield of each widget its region, that of the rows to be painted, and those rows."""
        if self._changed is None:
            yield from super()._get_renders(crop)
            return
        left = self._changed
        for widget, (region, clip) in self.visible_widgets.items():  # from the front to the back
            seen = region.intersection(clip)
            touched = [each for each in left if seen.overlaps(each)]
            if touched:
                first = max(min(each.y for each in touched), seen.y)
                end = min(max(each.bottom for each in touched), seen.bottom)
                rows = Region(seen.x, first, seen.width, end - first)
                yield region, rows, widget.render_lines(rows.translate(-region.offset))
                left = [each for each in left if not seen.contains_region(each)]
