"""The widget: a chart drawn with cached strips, and particles that move along its flows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from textual import events
from textual.containers import Container
from textual.geometry import Region, Size
from textual.layout import DockArrangeResult
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from wargame.rules.scenario import Scenario
from wargame.tui.kit.guard import Request
from wargame.tui.map.canvas import Canvas, laid
from wargame.tui.map.chart import Chart, Mark
from wargame.tui.map.glyphs import GlyphSet
from wargame.tui.map.layout import Plan, planned
from wargame.tui.map.palette import Palette
from wargame.tui.map.particles import Particle, particles, trail
from wargame.tui.map.raster import sight
from wargame.tui.settings import settings_of

FRAMES = 2
"""Frames a second."""
FOOT = 2
"""How many rows may be free below a card that lies along the foot."""
LEAST = 10
"""Rows above it in which a window can be seen."""
REACH = 1
"""How many columns beside a place a click still chooses it."""


class Drawing(NamedTuple):
    """A chart laid out and painted, all of it but what moves."""

    plan: Plan
    palette: Palette
    canvas: Canvas


DRAWN: deque[tuple[tuple[object, ...], Drawing]] = deque(maxlen=32)
"""What was drawn last in this process, after all that it depends on: many screens show the same map."""


class MapView(Widget):
    """A map. `show` puts a chart on it; a click on something on it posts `Chosen`.

    Its children are cards that lie on it, in the middle unless a style sheet says otherwise. Boxes and labels
    make way for them: none is half covered. Above a card along the foot the window lies where one sees it.
    """

    DEFAULT_CSS = """
    MapView {
        width: 1fr; height: 1fr; background: $background;
        layout: vertical; overflow: hidden; align: center middle;
    }
    """

    class Chosen(Request):
        """Somebody clicked on the mark or box `id`."""

        def __init__(self, view: MapView, id: str) -> None:
            super().__init__()
            self.view = view
            self.id = id

        @property
        def control(self) -> MapView:
            """The map clicked on."""
            return self.view

    def __init__(self, chart: Chart | None = None, *cards: Widget, id: str | None = None) -> None:
        super().__init__(*cards, id=id)
        self.chart = chart or Chart()
        self.frame = 0
        self._timer: Timer | None = None
        self._key: object = None
        self._canvas: Canvas | None = None
        self._plan = Plan()
        self._palette: Palette | None = None
        self._moving: dict[int, list[Particle]] = {}
        self._covers: tuple[Region, ...] = ()

    # --- what to show ----------------------------------------------------------------------------------

    def show(self, chart: Chart) -> None:
        """Put another chart on the map; what is the same on both is not painted again."""
        if chart != self.chart:
            self.chart = chart
            self._show_changes()

    def _show_changes(self) -> None:
        """Lay the map out anew, and repaint where that made a difference."""
        before, moved, self._key = self._canvas, self._moving, None
        after = self._prepare() if self.is_mounted else None
        if after is None or before is None or (before.columns, before.rows) != (after.columns, after.rows):
            self._forget()
            return
        self._pace()
        regions = [*after.differs_from(before), *_touched(moved, self._moving)]
        if regions:
            self.refresh(*regions)

    @property
    def glyphs(self) -> GlyphSet:
        """The glyphs of the settings; instead of quadrants an outline where there are not colours enough."""
        wanted = settings_of(self.app).glyphs
        return "outline" if wanted == "quadrant" and self._few_colours() else wanted

    def _few_colours(self) -> bool:
        app = self.app
        terminal = None if app.is_headless else app.console.color_system
        return app.native_ansi_color or app.no_color or terminal in ("standard", "windows")

    @property
    def plan(self) -> Plan:
        """Where everything is, at the size it has now."""
        self._prepare()
        return self._plan

    @property
    def hidden(self) -> list[Mark]:
        """The lit places that something lies on, so that they are not to be seen."""
        drawn = {piece.id for piece in self.plan.pieces}
        return [mark for mark in self.chart.marks if mark.lit and mark.id not in drawn]

    def _forget(self) -> None:
        self._key = None
        if self.is_mounted:
            self._pace()
            self.refresh()

    # --- drawing ---------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line; from the cache unless something moves on it."""
        canvas = self._prepare()
        if canvas is None or not 0 <= y < canvas.rows:
            return Strip.blank(self.size.width)
        moving = self._moving.get(y)
        if moving:
            return canvas.strip(y, [(one.x, one.glyph, self._parsed(one.style)) for one in moving])
        return canvas.kept_strip(y)

    def _parsed(self, style: str) -> Style:
        assert self._palette is not None
        return self._palette.parse(style)

    def _prepare(self) -> Canvas | None:
        """The canvas for the size, theme and glyphs of now: all that a line depends on but the frame."""
        width, height = self.size
        key = (width, height, self.app.theme, self.app.native_ansi_color, self.glyphs)
        if key != self._key:
            before, self._key = self._canvas, key
            self._canvas = after = self._painted(width, height) if width and height else None
            if before is not None and after is not None:
                after.keep_strips_of(before)
        return self._canvas

    def _painted(self, width: int, height: int) -> Canvas:
        app, glyphs = self.app, self.glyphs
        variables, mixing = tuple(app.theme_variables.items()), not app.native_ansi_color
        key = width, height, glyphs, mixing, self._covers, variables, self.chart
        drawn = next((drawn for known, drawn in DRAWN if known == key), None)
        if drawn is None:
            drawn = self._drawn(width, height, variables, mixing)
            DRAWN.append((key, drawn))
        self._plan, self._palette, canvas = drawn
        self._moving = particles(self._plan.tracks, self.frame)
        return canvas

    def _drawn(
        self, width: int, height: int, variables: tuple[tuple[str, str], ...], mixing: bool
    ) -> Drawing:
        chart, glyphs = self.chart, self.glyphs
        high = self._above(height)
        view = replace(sight(chart.window(width, high), width, high, chart.invented), rows=height)
        plan = planned(chart, view, glyphs == "ascii", self._covers)
        palette, ground = laid(view, glyphs, tuple(chart.lands.items()), variables, mixing, chart.invented)
        canvas = Canvas(ground, palette, glyphs == "ascii")
        for x, y, letter, style in trail(plan.tracks):
            canvas.put(x, y, letter, palette.parse(style), faint=True)
        for piece in plan.pieces:
            canvas.write(piece)
        return Drawing(plan, palette, canvas)

    def _above(self, height: int) -> int:
        """The rows above the cards along the foot; all of them where those leave too little."""
        high = min((each.y for each in self._covers if each.bottom >= height - FOOT), default=height)
        return high if high >= LEAST else height

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Arrange the cards, and note where they lie."""
        arranged = super().arrange(size, optimal)
        covers = tuple(each.region for each in arranged.placements)
        if not optimal and covers != self._covers:
            self._covers = covers
            self.call_later(self._show_changes)
        return arranged

    # --- moving ----------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.watch(self.screen, "stack_updates", self._pace, init=False)
        self._pace()

    def notify_style_update(self) -> None:
        """The theme is another, or the window has the focus or has lost it."""
        super().notify_style_update()
        if self.is_mounted:
            self._pace()
            self.refresh()

    def on_show(self) -> None:
        self._pace()

    def on_hide(self) -> None:
        self._pace()

    @property
    def moves(self) -> bool:
        """Whether flows move now: in a window with focus, on the screen in front, if animations are on."""
        app = self.app
        return bool(
            any(not flow.way for flow in self.chart.flows)
            and app.app_focus
            and app.animation_level != "none"
            and self.display
            and self.screen is app.screen
        )

    def _pace(self) -> None:
        """Start or stop the timer: there is none where nothing moves."""
        if self.moves and self._timer is None:
            self._timer = self.set_interval(1 / FRAMES, self.step, name="flows")
        elif not self.moves and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def step(self) -> None:
        """The next frame: repaint only where particles were or are."""
        if not self.moves:
            self._pace()
            return
        self._prepare()
        before = self._moving
        self.frame += 1
        self._moving = particles(self._plan.tracks, self.frame)
        regions = list(_touched(before, self._moving))
        if regions:
            self.refresh(*regions)

    # --- choosing --------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        spot = event.get_content_offset(self)
        if spot is None:
            return
        taken = self.plan.taken
        near = (taken.get((spot.x + dx, spot.y)) for dx in (0, *range(-REACH, 0), *range(1, REACH + 1)))
        chosen = next((id for id in near if id), None)
        if chosen:
            self.post_message(self.Chosen(self, chosen))


def _touched(before: dict[int, list[Particle]], after: dict[int, list[Particle]]) -> Iterable[Region]:
    """One stretch for each line that changes."""
    for y in sorted({*before, *after}):
        if before.get(y) != after.get(y):
            xs = [one.x for one in (*before.get(y, ()), *after.get(y, ()))]
            yield Region(min(xs), y, max(xs) - min(xs) + 1, 1)


def ground(scenario: Scenario, *lying: Widget, chart: Chart | None = None) -> Widget:
    """Return what cards lie on, as `#map`: the map, or an empty table where a scenario has none."""
    return MapView(chart, *lying, id="map") if scenario.mapped else Container(*lying, id="map")
