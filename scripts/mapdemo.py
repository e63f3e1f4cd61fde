"""Pictures of the map, to look at: an SVG for each size and glyph set.

    python scripts/mapdemo.py OUT [THEME]

Without arguments it shows the map in this terminal; keys 1 to 4 change the glyphs.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, get_args

from textual.app import App, ComposeResult
from textual.binding import BindingType

from wargame import load_scenario
from wargame.record import Player
from wargame.table.table import Table
from wargame.tui.kit.lens import Lens
from wargame.tui.look import DARK, THEMES
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.chart import Chart, Flow
from wargame.tui.map.glyphs import GlyphSet
from wargame.tui.map.view import MapView

SETS: tuple[GlyphSet, ...] = get_args(GlyphSet)
SIZES = ((46, 22), (70, 26), (100, 35), (130, 45))
SCENARIO = "honeymoon"
FLOWS = (
    Flow(
        "shells", ("pyongyang", "tumangang", "moscow"), 3, 2, "$seat-4", "$seat-5", "3 shells ▸ ◂ 2 oil", True
    ),
    Flow("flour", ("dandong", "beijing"), 0, 2, "$seat-4", "$seat-6", "◂ 2 flour"),
)


def chart() -> Chart:
    """Return the map at the start of a game, with a place lit and goods on their way."""
    scenario = load_scenario(SCENARIO)
    table = Table.start(scenario, {seat: Player("person", seat) for seat in scenario.seat_ids}, seed=1)
    return replace(chart_of(Lens(table, None), ("rason",)), flows=FLOWS)


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
        yield MapView(chart(), glyphs=self.glyphs)

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
