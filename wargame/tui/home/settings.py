"""Settings: rows turned with ← and →, at work at once; Esc keeps them in the file.

Opaque, for it opens over a seat's own screen too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from wargame.errors import CannotWrite
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.kit.foot import Foot, Hint
from wargame.tui.kit.gauges import filled
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    GOOD,
    SEAT_COLOURS,
    SECRET,
    chance,
    columns,
    join,
    put,
    stack,
    step,
    wrapped,
)
from wargame.tui.kit.pane import Sheet, entitle
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.look import AUTO
from wargame.tui.settings import CHOICES, SWITCHES, Settings, settings_of
from wargame.tui.terminal.text import printable
from wargame.words.pages import settings as say

READABLE = 62
"""The most columns of a text."""


class SettingsScreen(GuardedScreen[None]):
    """Dismissed once what was chosen is in the file, or the disk would not take it."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "do", "turn-back", "turn-on", *LIGHT)

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(classes="framed", id="list"):
                yield Rows(id="dials")
            with Sheet(can_focus=False, classes="framed", id="text"):
                yield Static(id="about", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#list"), say.SETTINGS)
        self._repaint()

    @property
    def settings(self) -> Settings:
        return settings_of(self.app)

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        dials = self.query_one(Rows)
        dials.show([self._row(number, *shown) for number, shown in enumerate(say.ROWS.items(), 1)])
        self._about()

    def _row(self, number: int, key: str, label: str) -> Row:
        value = getattr(self.settings, key)
        said = say.SPEEDS.get(value, str(value))
        if key in SWITCHES:
            said = say.ON if value else say.OFF
        return Row(key, columns((str(number), 2), (label, 12), (f"‹{said}›", 18)), number)

    def _about(self) -> None:
        lit, width = self.query_one(Rows).lit, min(max(self.size.width - 42, 20), READABLE)
        entitle(self.query_one("#text"), say.ROWS.get(lit, "").upper())
        self.query_one("#about", Static).update(stack(self._lines(lit, width)))
        self.query_one(Foot).show(
            [
                Hint("← →", say.CHANGE, "turn(1)"),
                Hint(f"↑↓ 1–{len(say.ROWS)}", say.CHOOSE),
                Hint("Esc", say.KEEP, "back"),
            ]
        )

    def _lines(self, lit: str, width: int) -> Iterable[Content]:
        if lit in CHOICES:
            yield from wrapped(say.CHOICES[lit][getattr(self.settings, lit)], width)
        else:
            yield from wrapped(say.SWITCHES.get(lit, ""), width)
        if lit == "theme":
            yield from self._why_not(width)
        if lit in ("theme", "glyphs"):
            yield from _sample()
        if lit == "animations" and self.settings.animations and self.app.animation_level == "none":
            yield from wrapped(put(say.KEPT_OFF, DIM), width)
        yield Content("")
        path = getattr(self.app, "config", None)
        kept = say.kept_in(printable(str(path))) if path else say.KEPT_NOWHERE
        yield from wrapped(put(kept, DIM), width)
        yield from wrapped(put(say.KEYS_TOO, DIM), width)

    def _why_not(self, width: int) -> Iterable[Content]:
        """Where the theme in use is another than the one chosen, which and why."""
        used = self.app.theme.removeprefix("wargame").lstrip("-") or "dark"
        if self.app.no_color and self.settings.theme != "mono":
            yield from wrapped(put(say.NO_COLOR, DIM), width)
        elif self.settings.theme == AUTO:
            yield from wrapped(put(say.here_that_is(used), DIM), width)

    # --- dials -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._repaint()

    def on_rows_lit(self) -> None:
        self._about()

    def do_lit(self) -> None:
        self.action_turn(1)

    def action_do(self) -> None:
        self.action_turn(1)

    def action_light(self, number: int) -> None:
        self.query_one(Rows).light_number(number)

    def action_turn(self, by: int) -> None:
        key = self.query_one(Rows).lit
        if key:
            self.app.use(_turned(self.settings, key, by))  # type: ignore[attr-defined]
            self._repaint()

    def action_back(self) -> None:
        try:
            self.app.keep_settings()  # type: ignore[attr-defined]
        except CannotWrite as error:
            self.app.notify(printable(str(error)), severity="warning", markup=False)
        self.leave(None)


def _turned(settings: Settings, key: str, by: int) -> Settings:
    """The settings with the dial of one turned on or back."""
    value = getattr(settings, key)
    if key in SWITCHES:
        turned: Any = not value
    else:
        names = CHOICES[key]
        turned = names[(names.index(value) + by) % len(names)]
    changed: dict[str, Any] = {key: turned}
    return replace(settings, **changed)


def _sample() -> Iterable[Content]:
    """What the theme looks like: seats, a chance, and the meanings."""
    yield Content("")
    for seat, (value, before) in zip(SEAT_COLOURS[:3], ((7, 5), (3, 4), (9, 9)), strict=True):
        boxes = filled(value, 10, seat, before if before != value else None)
        yield join(
            (
                put(f"{say.A_TRACK:<12}"),
                boxes,
                put(f"{value:>4}  ", "bold"),
                put(step(value - before), CHANGE),
            )
        )
    yield Content("")
    signs = zip("◐★●◆◢✚○◎", SEAT_COLOURS, strict=True)
    yield join([put(f"{sign}{nth}  ", colour) for nth, (sign, colour) in enumerate(signs, 1)])
    yield chance(40)
    meanings = (
        (f"{say.A_CHANGE} ▲1", CHANGE),
        (f"{say.SEALED} ▣", SECRET),
        (say.REFUSED, BAD),
        (say.WORKS, GOOD),
        (say.ASIDE, DIM),
    )
    yield join([join((put(text, style), "  ")) for text, style in meanings])
