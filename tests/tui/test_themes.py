"""Themes: eight seats differ and everything can be read, at every depth of colour and for every eye."""

from __future__ import annotations

from pathlib import Path

import pytest

import wargame.tui
from tests.tui.boards import Around, a_deal
from tests.tui.colours import (
    DEPTHS,
    EYES,
    PALETTES,
    RGB,
    contrast,
    difference,
    lab_difference,
    nearest_pair,
    seen,
)
from tests.tui.games import settled
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.kit.foot import Foot
from wargame.tui.look import MEANINGS, SEATS, suited
from wargame.tui.look import PALETTES as THEMES_OF
from wargame.tui.map.palette import Palette as MapPalette
from wargame.tui.settings import Settings

COLOURED = [name for name in THEMES_OF if name != "mono"]
AT_A_GLANCE = 20.0
"""CIEDE2000 by which two of six seats are to differ."""
WITH_TWO_MORE = 14.0
"""And two of eight: their signs have to help."""
SIX = SEATS[:6]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_the_difference_is_the_published_one(one: RGB, other: RGB, apart: float) -> None:
    """Pairs 1, 4 and 31 of the test data of Sharma, Wu and Dalal 2005."""
    assert lab_difference(one, other) == pytest.approx(apart, abs=1e-4)


def test_the_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, and grey #777777 just misses 4.5."""
    black, white, grey = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0x77 / 255,) * 3
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("name", COLOURED)
def test_seats_differ_and_can_be_read(name: str, depth: str) -> None:
    """Where there are colours enough: at a glance, and 4.5 to 1 from the ground (7 in high contrast)."""
    colours = THEMES_OF[name].colours
    seats = [seen(colours[seat], depth) for seat in SEATS]
    ground = seen(colours["ground"], depth)
    assert nearest_pair(seats[: len(SIX)]) >= AT_A_GLANCE
    assert nearest_pair(seats) >= WITH_TWO_MORE
    assert min(contrast(seat, ground) for seat in seats) >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("depth", ["truecolor", "256"])
@pytest.mark.parametrize("name", COLOURED)
def test_text_can_be_read(name: str, depth: str) -> None:
    """Every kind of text has 4.5 to 1 on its ground and on what it may lie on; high contrast has 7."""
    colours = THEMES_OF[name].colours
    texts = [colours[one] for one in ("ink", *MEANINGS)]
    for under in (colours["ground"], colours["surface"]):
        worst = min(contrast(seen(text, depth), seen(under, depth)) for text in texts)
        assert worst >= (7 if name == "contrast" else 4.5)


@pytest.mark.parametrize("name", [name for name in COLOURED if name != "ansi"])
def test_text_can_be_read_everywhere_on_the_map(name: str) -> None:
    """On every depth of the sea and every tint of every seat's land; a line along a coast is one too."""
    palette, colours = THEMES_OF[name], THEMES_OF[name].colours
    variables = palette.variables() | {
        "background": colours["ground"],
        "foreground": colours["ink"],
    }
    tints = MapPalette(variables, {f"{nth}": f"$seat-{nth}" for nth in range(1, 9)}).shades
    worst = min(contrast(seen(colours["ink"], "truecolor"), seen(tint.hex, "truecolor")) for tint in tints)
    assert worst >= (7 if name == "contrast" else 4.5)
    assert len(set(tints)) >= 5 * 8


@pytest.mark.parametrize("family", PALETTES)
@pytest.mark.parametrize("depth", DEPTHS)
def test_sixteen_colours_do(depth: str, family: str) -> None:
    """The theme of a terminal's own 16 colours, in two families of terminals."""
    colours = THEMES_OF["ansi"].colours
    seats = [seen(colours[seat], depth, family) for seat in SEATS]
    ground = seen(colours["ground"], depth, family)
    assert nearest_pair(seats[: len(SIX)]) >= AT_A_GLANCE
    assert nearest_pair(seats) >= 10
    assert min(contrast(seat, ground) for seat in seats) >= 4.5


@pytest.mark.parametrize("family", PALETTES)
@pytest.mark.parametrize("name", COLOURED)
def test_no_two_seats_fall_together_in_16(name: str, family: str) -> None:
    """Somebody may want another theme on a terminal of 16 colours: no two of six seats get the same one.

    Not many of the 16 can be read on a light ground: the eighth seat may share one, and has its sign.
    """
    seats = [seen(THEMES_OF[name].colours[seat], "16", family) for seat in SEATS]
    assert nearest_pair(seats[: len(SIX)]) > 5
    assert len(set(seats)) >= len(SEATS) - 1


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_the_safe_theme_for_other_eyes(depth: str, eyes: str) -> None:
    """With one kind of cones missing, seats still differ at a glance, and good from bad."""
    colours = THEMES_OF["safe"].colours
    seats = [seen(colours[seat], depth, eyes=eyes) for seat in SEATS]
    assert nearest_pair(seats[: len(SIX)]) >= 10
    assert nearest_pair(seats) >= 9
    assert difference(seen(colours["good"], depth, eyes=eyes), seen(colours["bad"], depth, eyes=eyes)) >= 20
    assert min(contrast(seat, seen(colours["ground"], depth, eyes=eyes)) for seat in seats) >= 3


@pytest.mark.parametrize(
    ("wanted", "colours", "no_color", "theme"),
    [
        ("auto", "truecolor", False, "dark"),
        ("auto", "256", False, "dark"),
        ("auto", "standard", False, "ansi"),
        ("light", "standard", False, "light"),
        ("light", "truecolor", True, "mono"),
    ],
)
def test_the_theme_suits_the_terminal(wanted: str, colours: str, no_color: bool, theme: str) -> None:
    assert suited(wanted, colours, no_color) == theme


async def test_every_seat_has_its_sign_without_colour() -> None:
    """On the board each seat is named by letters, whatever the colours."""
    app = Around(BoardScreen(a_deal()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert {"AAM", "BBI", "CCE"} <= set(app.text.split())


@pytest.mark.parametrize("theme", ["dark", "ansi", "mono"])
async def test_the_bottom_line_stands_out(theme: str, tmp_path: Path) -> None:
    """By its ground, or reversed where there is no colour; its keys stand out from it in turn."""
    app = WargameApp(Start(saves=tmp_path), Settings(theme=theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        foot, ground = app.screen.query_one(Foot).rich_style, app.screen.rich_style
        strip = app.screen.query_one(Foot).render_line(0)
        keys = [part.style for part in strip if part.text.strip() == "Enter" and part.style]

    assert foot.reverse if theme == "mono" else foot.bgcolor != ground.bgcolor
    assert keys and not keys[0].reverse


def test_a_folders_style_sheet_speaks_of_its_own_screens() -> None:
    """All sheets hold in the whole program, so an id alone would style the widget of another room."""
    folder = Path(wargame.tui.__file__).parent
    loose = [
        f"{sheet.relative_to(folder)}: {line}"
        for sheet in folder.rglob("*.tcss")
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]

    assert loose == []
