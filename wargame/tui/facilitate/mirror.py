"""Somebody's screen as they see it, for the white cell: what their program has painted, and no key to it.

All programs of a hosted table run in one process, so what one has on its screen can be read off its layout.
That is done only when it has painted something, and a few times a second at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual._context import visible_screen_stack
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from wargame.rules.scenario import Scenario
from wargame.tui.actions import bindings
from wargame.tui.kit.foot import Foot, Hint, usual
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.hosted import Person
from wargame.tui.kit.paint import BAD, CHANGE, DIM, fit, join, put, seat_badge
from wargame.words.pages import facilitate as say
from wargame.words.pages import kit

LOOKS = 0.25
"""Seconds between two looks at what they see."""


def painted(app: App[Any]) -> tuple[object, ...]:
    """Return what differs as soon as a program has painted something; () for one that shows nothing."""
    if not app.is_running or not app.screen_stack:
        return ()
    compositor = app.screen._compositor
    return app.screen, getattr(compositor, "paintings", 0), compositor.size


def strips_of(app: App[Any]) -> list[Strip]:
    """Return the lines of what a program shows, with nothing in them that could be clicked.

    They have its own colours and signs, and below a card its own page, not those of whoever looks.
    """
    with app._context():
        below = visible_screen_stack.set([*app._background_screens])
        try:
            return [strip.discard_meta() for strip in app.screen._compositor.render_strips()]
        finally:
            visible_screen_stack.reset(below)


class Glass(ScrollView, can_focus=True):
    """Lines that others have painted; where there is less room they scroll."""

    DEFAULT_CSS = "Glass { background: $background; overflow: auto auto; scrollbar-size: 1 1; height: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._strips: Sequence[Strip] = ()

    def show(self, strips: Sequence[Strip]) -> None:
        """Show these lines."""
        self._strips = strips
        size = Size(max((strip.cell_length for strip in strips), default=0), len(strips))
        if size != self.virtual_size:
            self.virtual_size = size
        self.refresh()

    def render_line(self, y: int) -> Strip:
        (x, top), width = self.scroll_offset, self.scrollable_content_region.width
        if top + y >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[top + y].crop_extend(x, x + width, self.rich_style)


class MirrorScreen(GuardedScreen[None]):
    """What `person` sees, as it changes. It is left with Esc; nothing typed or clicked here reaches them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("back")
    AUTO_FOCUS = "Glass"

    def __init__(self, scenario: Scenario, person: Person, app: App[Any]) -> None:
        super().__init__()
        self.scenario, self.person, self.watched = scenario, person, app
        self._last: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="top", markup=False)
        yield Glass()
        yield Foot()

    def on_mount(self) -> None:
        self.query_one(Foot).show([*usual("back"), Hint("↑↓←→", kit.SCROLL), *usual("help")])
        self.look()
        self.every(LOOKS, self.look)

    def on_resize(self) -> None:
        self._head()

    def look(self) -> None:
        """Show what they see now, if they have been shown something since.

        A page that is just being made or taken away is none.
        """
        now = painted(self.watched)
        front = now[0] if now else None
        changes = isinstance(front, GuardedScreen) and not front.shows
        if now != self._last and not changes:
            self._last = now
            self._head()
            if now:
                self.query_one(Glass).show(strips_of(self.watched))

    def _head(self) -> None:
        login, size = self.person.login, self.watched.size
        whose = seat_badge(self.scenario, login) if login in self.scenario.seats else put(say.login(login))
        gone = put(f"  {say.HAS_LEFT}", BAD) if self._last == () else put("")
        told = (
            put(say.MIRROR, f"reverse {CHANGE}"),
            put(" "),
            whose,
            put(f" {self.person.name}"),
            gone,
            put(f"  {say.of_size(size.width, size.height)}", DIM),
        )
        self.query_one("#top", Static).update(fit(join(told), self.size.width))

    def action_back(self) -> None:
        self.leave(None)
