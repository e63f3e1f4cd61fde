"""The map: true coasts in a small file, legible in every size and glyph set, moving only where it must."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.tui.boards import a_table, go_on, honeymoon
from wargame.rules.moves import Answer, Offer
from wargame.tui.map.chart import Box, Chart, Flow, Mark, Window
from wargame.tui.map.outline import FILE, outline, stretches
from wargame.tui.map.raster import areas, sight
from wargame.tui.map.view import MapView
from wargame.tui.settings import GLYPHS
from wargame.tui.widgets.atlas import chart_of
from wargame.tui.widgets.lens import Lens

SIZES = ((46, 22), (54, 26), (60, 33), (120, 52), (200, 60))
CAPITALS = {"seoul": "KOR", "pyongyang": "PRK", "tokyo": "JPN", "beijing": "CHN", "yongbyon": "PRK"}
PLACES = {place.id: place for place in honeymoon().spec.places}


def spot(place: str) -> tuple[float, float]:
    return PLACES[place].east / 100, PLACES[place].north / 100


# --- the outline ---------------------------------------------------------------------------------------


def test_the_file_is_small() -> None:
    """The promise of the package: under 40 kB."""
    assert len(files("wargame.tui.map").joinpath(FILE).read_bytes()) < 40_000


def test_neighbours_share_their_borders() -> None:
    """A border is one line with a country on each side, and each coast has one."""
    borders = {piece.codes for piece in stretches() if len(piece.codes) == 2}
    assert {("KOR", "PRK"), ("CHN", "PRK"), ("PRK", "RUS"), ("CHN", "RUS")} <= borders
    assert {len(piece.codes) for piece in stretches()} == {1, 2}


def test_every_land_of_a_seat_is_on_the_map() -> None:
    lands = {land for seat in honeymoon().spec.seats for land in seat.lands}
    assert lands - {"USA"} <= set(outline().codes)


@pytest.mark.parametrize("size", SIZES)
def test_places_lie_in_their_countries(size: tuple[int, int]) -> None:
    """At every size that a map is drawn in, a capital's cell is at least partly its own country."""
    chart = chart_of(Lens(a_table(honeymoon()), None), (), size[0])
    view = sight(chart.window(*size), *size)
    grid = areas(view)
    for place, code in CAPITALS.items():
        x, y = view.cell(*spot(place))
        assert view.shows(x, y)
        around = {
            grid[row][column]
            for row in range(max(2 * y - 2, 0), 2 * y + 4)
            for column in range(max(2 * x - 2, 0), 2 * x + 4)
        }
        assert outline().codes.index(code) + 1 in around, place


@pytest.mark.parametrize("size", SIZES)
def test_seoul_and_pyongyang_stay_apart(size: tuple[int, int]) -> None:
    """Wherever they are drawn, the two capitals stand in different rows."""
    chart = chart_of(Lens(a_table(honeymoon()), None), (), size[0])
    view = sight(chart.window(*size), *size)
    assert view.cell(*spot("seoul"))[1] > view.cell(*spot("pyongyang"))[1]


def test_a_window_keeps_its_proportions() -> None:
    """A degree is as long from west to east as from south to north, however wide the map."""
    for size in SIZES:
        view = sight(Window(112, 146, 31.5, 47), *size)
        metres = view.wide * 0.773  # cosine of the middle latitude
        assert view.high / metres == pytest.approx(2, rel=0.02)
        assert view.wide * view.columns >= 33.9


# --- drawn ---------------------------------------------------------------------------------------------


class OneMap(App[None]):
    """An app that is a map."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.map = MapView(chart)

    def compose(self) -> ComposeResult:
        yield self.map

    @property
    def text(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


def the_chart(columns: int = 60) -> Chart:
    return chart_of(Lens(a_table(honeymoon()), None), ("rason",), columns)


async def shown(pilot: Pilot[Any], app: OneMap, glyphs: Any) -> str:
    app.map.set_glyphs(glyphs)
    await pilot.pause()
    return "\n".join(app.text)


@pytest.mark.parametrize("size", SIZES)
async def test_every_glyph_set_names_the_capitals(size: tuple[int, int]) -> None:
    """Quarters, lines, dots and letters: each capital, the boxes and the place that is lit."""
    app = OneMap(the_chart(size[0]))
    async with app.run_test(size=size) as pilot:
        pages = {glyphs: await shown(pilot, app, glyphs) for glyphs in GLYPHS}

    wanted = ["Seoul", "Pyongyang", "Tokyo", "Beijing"] if size[0] >= 56 else ["SK", "NK", "JP", "CN"]
    for glyphs, page in pages.items():
        for name in (*wanted, "MOSCOW", "FRONT", "WASHINGTON", "Rason"):
            assert name in page, (glyphs, name)
    assert any("\u2800" < letter <= "\u28ff" for letter in pages["braille"])
    assert set("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█") & set(pages["outline"])
    assert len(set(pages.values())) == 4


async def test_a_map_of_letters_is_ascii_but_for_the_seats_signs() -> None:
    """What the map itself draws is ASCII; seats' signs are turned into letters at the very last."""
    app = OneMap(the_chart())
    async with app.run_test(size=(60, 28)) as pilot:
        page = await shown(pilot, app, "ascii")
    signs = {seat.symbol for seat in honeymoon().spec.seats} | set("○·▪▫■□–▣")
    assert {letter for letter in page if ord(letter) > 126} <= signs


TWO = (Mark("a", 116.4, 39.9, "A", "Alpha"), Mark("b", 139.7, 35.7, "B", "Beta"))


def with_flow(**about: Any) -> Chart:
    return Chart(((0, 0, Window(112, 146, 31.5, 47)),), {}, TWO, (), (Flow("x", ("a", "b"), **about),))


async def test_only_what_moves_is_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame asks for stretches of the lines that particles leave or enter, and for nothing else."""
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    app = OneMap(with_flow(there=2, there_style="red"))
    async with app.run_test(size=(60, 28)) as pilot:
        app.animation_level = "full"
        await pilot.pause()
        asked: list[Any] = []
        monkeypatch.setattr(app.map, "refresh", lambda *regions, **_: asked.extend(regions))
        before = app.text
        app.map.step()
        rows = {region.y for region in asked}
        assert rows
        assert all(region.height == 1 for region in asked)
        assert len(rows) <= 4
        monkeypatch.undo()
        app.map.refresh()
        await pilot.pause()
        changed = {y for y, (one, other) in enumerate(zip(before, app.text, strict=True)) if one != other}
        assert changed <= rows


async def test_nothing_moves_without_focus_or_animations() -> None:
    """No timer runs in a window without focus, with animations off, under another screen, or with no flow."""
    app = OneMap(with_flow(there=1))
    async with app.run_test(size=(60, 28)) as pilot:
        app.animation_level = "full"
        app.map.show(with_flow(there=2))
        await pilot.pause()
        assert app.map.moves
        assert app.map._timer is not None
        app.app_focus = False
        await pilot.pause()
        assert app.map._timer is None
        app.app_focus = True
        await pilot.pause()
        assert app.map._timer is not None
        app.animation_level = "none"
        app.map.step()
        assert app.map._timer is None
        app.animation_level = "full"
        app.map.show(Chart())
        await pilot.pause()
        assert app.map._timer is None


async def test_a_click_names_what_was_clicked() -> None:
    """On a mark, its label or a box."""
    chosen: list[str] = []

    class Clicked(OneMap):
        def on_map_view_chosen(self, message: MapView.Chosen) -> None:
            chosen.append(message.id)

    chart = Chart(((0, 0, Window(112, 146, 31.5, 47)),), {}, TWO, (Box("m", "north-west", "MOSCOW"),))
    app = Clicked(chart)
    async with app.run_test(size=(60, 28)) as pilot:
        await pilot.pause()
        for name in ("Alpha", "Beta", "MOSCOW"):
            y = next(y for y, line in enumerate(app.text) if name in line)
            await pilot.click(offset=(app.text[y].index(name), y))
        await pilot.pause()
    assert chosen == ["a", "b", "m"]


# --- what a seat may see -------------------------------------------------------------------------------


def test_a_secret_flow_is_on_the_maps_of_those_who_know() -> None:
    """Workers for cash, in secret: on the maps of Pyongyang and Moscow, and on no other."""
    offer = Offer("dprk", "workers-for-cash", "large", "secret", 2)
    table = go_on(a_table(honeymoon()), offer, Answer("russia", "workers-for-cash", "yes"))
    while not any(deal.status == "running" for deal in table.game.state.deals):
        table.play(table.game.legal_moves()[0])
        list(table.advance())
    viewers = (None, *honeymoon().seat_ids)
    flows = {viewer: [flow.id for flow in chart_of(Lens(table, viewer), (), 80).flows] for viewer in viewers}

    assert {viewer for viewer, ids in flows.items() if "workers-for-cash" in ids} == {"dprk", "russia"}
