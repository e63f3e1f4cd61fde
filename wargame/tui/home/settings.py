"""Settings: rows turned with ← and →, at work at once; Esc keeps them in the file.

Opaque, for it opens over a seat's own screen too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from wargame.errors import CannotWrite
from wargame.tui.actions import LIGHT, bindings
from wargame.tui.guard import GuardedScreen
from wargame.tui.kit.gauges import filled
from wargame.tui.kit.pane import entitle
from wargame.tui.look import ABOUT, AUTO
from wargame.tui.settings import GLYPHS, NAMES, SWITCHES, Settings, settings_of
from wargame.tui.text import printable
from wargame.tui.widgets.foot import Foot, Hint
from wargame.tui.widgets.paint import (
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
from wargame.tui.widgets.rows import Row, Rows

READABLE = 62
"""The most columns of a text."""
ROWS = (
    ("theme", "Theme"),
    ("glyphs", "Glyphs"),
    ("animations", "Animations"),
    ("bell", "Bell"),
    ("hints", "Hints"),
)
ABOUT_GLYPHS = {
    "quadrant": "Maps in quarters of a cell: what most fonts have.",
    "outline": "Maps with coasts as lines and the sea left empty.",
    "braille": "Maps in dots, the finest; not every font has them.",
    "ascii": "Maps and signs in plain letters, for fonts that lack the rest or draw it too wide.",
}
ABOUT_SWITCHES = {
    "animations": "Cards turn over and dice roll before they come to rest.",
    "bell": "The terminal's bell rings when the table should look up.",
    "hints": "What a first turn is about is said at the foot of the screen.",
}


class SettingsScreen(GuardedScreen[None]):
    """Dismissed once what was chosen is in the file, or the disk would not take it."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("back", "do", "turn-back", "turn-on", *LIGHT)

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Vertical(classes="framed", id="list"):
                yield Rows(id="dials")
            with VerticalScroll(can_focus=False, classes="framed", id="text"):
                yield Static(id="about", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        entitle(self.query_one("#list"), "SETTINGS")
        self._repaint()

    @property
    def settings(self) -> Settings:
        return settings_of(self.app)

    # --- painting --------------------------------------------------------------------------------------

    def _repaint(self) -> None:
        dials = self.query_one(Rows)
        dials.show([Row(key, self._row(number, key, label), number) for number, (key, label) in _numbered()])
        self._about()

    def _row(self, number: int, key: str, label: str) -> Content:
        return columns((str(number), 2), (label, 12), (join(("‹", self._value(key), "›")), 18))

    def _value(self, key: str) -> str:
        value = getattr(self.settings, key)
        return str(value) if key not in SWITCHES else "on" if value else "off"

    def _about(self) -> None:
        lit, width = self.query_one(Rows).lit, min(max(self.size.width - 42, 20), READABLE)
        entitle(self.query_one("#text"), dict(ROWS).get(lit, "").upper())
        self.query_one("#about", Static).update(stack(self._lines(lit, width)))
        self.query_one(Foot).show(
            [
                Hint("← →", "change", "turn(1)"),
                Hint(f"↑↓ 1–{len(ROWS)}", "choose"),
                Hint("Esc", "keep", "back"),
            ]
        )

    def _lines(self, lit: str, width: int) -> Iterable[Content]:
        if lit == "theme":
            yield from wrapped(ABOUT[self.settings.theme], width)
            yield from self._why_not(width)
            yield from _sample()
        elif lit == "glyphs":
            yield from wrapped(ABOUT_GLYPHS[self.settings.glyphs], width)
            yield from _sample()
        else:
            yield from wrapped(ABOUT_SWITCHES.get(lit, ""), width)
        if lit == "animations" and self.settings.animations and self.app.animation_level == "none":
            yield from wrapped(put("TEXTUAL_ANIMATIONS=none keeps them off all the same.", DIM), width)
        yield Content("")
        yield from wrapped(put(f"Kept in {printable(self._file())}", DIM), width)
        yield from wrapped(put("Keys are given there too; `wargame keys` prints them.", DIM), width)

    def _why_not(self, width: int) -> Iterable[Content]:
        """Where the theme in use is another than the one chosen, which and why."""
        used = self.app.theme.removeprefix("wargame").lstrip("-") or "dark"
        if self.app.no_color and self.settings.theme != "mono":
            yield from wrapped(put("NO_COLOR is set, so it is mono all the same.", DIM), width)
        elif self.settings.theme == AUTO:
            yield from wrapped(put(f"Here that is {used}.", DIM), width)

    def _file(self) -> str:
        path = getattr(self.app, "config", None)
        return str(path) if path else "no file: they last until you quit."

    # --- dials -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._repaint()

    def on_rows_lit(self) -> None:
        self._about()

    def on_rows_done(self) -> None:
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


def _numbered() -> Iterable[tuple[int, tuple[str, str]]]:
    return enumerate(ROWS, 1)


def _turned(settings: Settings, key: str, by: int) -> Settings:
    """The settings with the dial of one turned on or back."""
    value = getattr(settings, key)
    if key in SWITCHES:
        turned: Any = not value
    else:
        names = list(NAMES if key == "theme" else GLYPHS)
        turned = names[(names.index(value) + by) % len(names)]
    changed: dict[str, Any] = {key: turned}
    return replace(settings, **changed)


def _sample() -> Iterable[Content]:
    """What the theme looks like: seats, a chance, and the meanings."""
    yield Content("")
    for seat, (value, before) in zip(SEAT_COLOURS[:3], ((7, 5), (3, 4), (9, 9)), strict=True):
        boxes = filled(value, 10, seat, before if before != value else None)
        yield join(
            (put(f"{'a track':<12}"), boxes, put(f"{value:>4}  ", "bold"), put(step(value - before), CHANGE))
        )
    yield Content("")
    signs = zip("◐★●◆◢✚", ("SK", "US", "JP", "NK", "RU", "CN"), SEAT_COLOURS, strict=True)
    yield join([put(f"{sign}{short}  ", colour) for sign, short, colour in signs])
    yield chance(40)
    meanings = (
        ("change ▲1", CHANGE),
        ("sealed ▣", SECRET),
        ("refused", BAD),
        ("works", GOOD),
        ("aside", DIM),
    )
    yield join([join((put(text, style), "  ")) for text, style in meanings])
