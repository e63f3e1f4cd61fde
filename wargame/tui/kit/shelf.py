"""Screens that are kept when they are left: to make one takes most of the time for which somebody waits.

What is kept is as if just made when it comes again: `GuardedScreen.begin_again`. It fits as long as the
window and the colours are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.app import App
from textual.screen import Screen

from wargame.tui.kit.precedence import Precedence

if TYPE_CHECKING:
    from wargame.tui.kit.guard import GuardedScreen

S = TypeVar("S", bound="GuardedScreen[Any]")


class ShelvingApp(App[None]):
    """An app that keeps screens when they are left, and may make them before they are asked for."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.precedence = Precedence()
        """Who comes first of all who have screens in this process."""
        self._shelf: dict[tuple[object, ...], GuardedScreen[Any]] = {}
        self._shelf_fits: tuple[object, ...] = ()

    def shelved(self, kind: Callable[..., S], table: object, *given: object, place: str = "") -> S:
        """Return a screen of a table, the same as last time if it is still at hand.

        At a `place` it is the same whatever else it is made of.
        """
        key = self._on_shelf(kind, place, table, *given)
        found = self._shelf.get(key)
        if found is not None and found in self.screen_stack:
            return kind(table, *given)
        if found is None or found.removed:
            found = self._shelf[key] = kind(table, *given)
        else:
            found.begin_again(table, *given)
        return cast("S", found)

    def make_ahead(self, kind: Callable[..., S], table: object, *given: object, place: str = "") -> bool:
        """Have such a screen at hand before anybody waits for it; False if it is."""
        key = self._on_shelf(kind, place, table, *given)
        if key in self._shelf:
            return False
        screen = self._shelf[key] = kind(table, *given)
        self.precedence.begins(self)
        self._register(self, screen)
        self._load_screen_css(screen)
        screen.call_later(self.precedence.stands, self)
        return True

    def _on_shelf(self, kind: object, place: str, table: object, *given: object) -> tuple[object, ...]:
        """Return where such a screen is kept; none is that no longer fits."""
        looks = self.size, self.theme, self.ansi_color
        if self._shelf_fits != looks:
            self.clear_shelf()
            self._shelf_fits = looks
        return (kind, table, place) if place else (kind, table, *given)

    def clear_shelf(self) -> None:
        """Take away what was kept: another may sit down here, or another page may come."""
        kept, self._shelf = self._shelf, {}
        for screen in kept.values():
            if screen.is_running and screen not in self.screen_stack:
                screen.remove()

    def is_screen_installed(self, screen: Screen[Any] | str) -> bool:
        """Return whether a screen stays when it is left."""
        return screen in self._shelf.values() or super().is_screen_installed(screen)

    async def _close_all(self) -> None:
        self.clear_shelf()
        await super()._close_all()
