"""Pictures of the map, to look at: an SVG for each size and glyph set.

    python scripts/mapdemo.py OUT [THEME]

Without arguments it shows the map in this terminal; keys 1 to 4 change the glyphs.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import ClassVar, get_args

from textual.app import App, ComposeResult
from textual.binding import BindingType

from wargame.tui.look import DARK, THEMES
from wargame.tui.map.chart import Box, Chart, Flow, Mark, Window
from wargame.tui.map.glyphs import GlyphSet
from wargame.tui.map.view import MapView

SETS: tuple[GlyphSet, ...] = get_args(GlyphSet)
SIZES = ((46, 22), (70, 30), (140, 50))
WINDOWS = (
    (110, 40, Window(100, 150, 20, 55)),
    (60, 28, Window(111, 146, 30, 54)),
    (0, 0, Window(112, 146, 31.5, 47)),
)
LANDS = {"KOR": "$seat-1", "JPN": "$seat-3", "PRK": "$seat-4", "RUS": "$seat-5", "CHN": "$seat-6"}
CAPITALS = (
    ("seoul", 126.98, 37.57, "◐", "Seoul", "SK", "$seat-1"),
    ("pyongyang", 125.75, 39.04, "◆", "Pyongyang", "NK", "$seat-4"),
    ("tokyo", 139.69, 35.69, "●", "Tokyo", "JP", "$seat-3"),
    ("beijing", 116.41, 39.90, "✚", "Beijing", "CN", "$seat-6"),
)
PLACES = (
    ("tumangang", 130.64, 42.43, "Tumangang–Khasan"),
    ("rason", 130.30, 42.25, "Rason"),
    ("vostochny", 128.33, 51.88, "Vostochny"),
    ("vladivostok", 131.89, 43.12, "Vladivostok"),
    ("yongbyon", 125.75, 39.80, "Yongbyon"),
    ("sohae", 124.71, 39.66, "Sohae"),
    ("kanggye", 126.59, 40.97, "Kanggye"),
    ("huichon", 126.27, 40.17, "Huichon"),
    ("dandong", 124.39, 40.13, "Dandong"),
)
BOXES = (
    Box("moscow", "north-west", "MOSCOW", ("◢ Kremlin 6",)),
    Box("front", "north-west", "FRONT", (" ──────▪──── ",)),
    Box("washington", "south-east", "WASHINGTON", ("★ contest 5",)),
)
FLOWS = (
    Flow(
        "shells", ("pyongyang", "tumangang", "moscow"), 3, 2, "$seat-4", "$seat-5", "3 shells ▸ ◂ 2 oil", True
    ),
    Flow("flour", ("dandong", "beijing"), 0, 2, "$seat-4", "$seat-6", "◂ 2 flour"),
)


def chart(columns: int) -> Chart:
    """The map of honeymoon in its second round."""
    names = 5 if columns < 60 else 4
    capitals = (Mark(id, e, n, glyph, row[names - 4], style, 3) for id, e, n, glyph, *row, style in CAPITALS)
    places = (Mark(id, e, n, "○", name, "", 1, id == "yongbyon") for id, e, n, name in PLACES)
    return Chart(WINDOWS, LANDS, (*capitals, *places), BOXES, FLOWS)


class Demo(App[None]):
    """Nothing but a map."""

    BINDINGS: ClassVar[list[BindingType]] = [
        (str(n), f"glyphs('{name}')", name) for n, name in enumerate(SETS, 1)
    ]

    def __init__(self, glyphs: GlyphSet = "quadrant", theme: str = DARK.name) -> None:
        super().__init__()
        for known in THEMES.values():
            self.register_theme(known)
        self.theme = theme
        self.glyphs = glyphs

    def compose(self) -> ComposeResult:
        yield MapView(chart(self.size.width), glyphs=self.glyphs)

    def action_glyphs(self, name: GlyphSet) -> None:
        self.query_one(MapView).set_glyphs(name)


async def pictures(folder: Path, theme: str) -> None:
    """Write `THEME-GLYPHS-COLUMNSxROWS.svg` for every size and glyph set."""
    folder.mkdir(parents=True, exist_ok=True)
    for columns, rows in SIZES:
        for glyphs in SETS:
            app = Demo(glyphs, theme)
            async with app.run_test(size=(columns, rows)):
                picture = folder / f"{theme}-{glyphs}-{columns}x{rows}.svg"
                picture.write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(pictures(Path(sys.argv[1]), (*sys.argv[2:], DARK.name)[0]))
    else:
        Demo().run()
