"""The map: true coasts in a small file, legible in every size and glyph set, moving only where it must."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.boards import a_table, go_on, honeymoon, mill
from wargame import load_scenario
from wargame.geo.outline import FILE, outline
from wargame.rules.moves import Answer, Offer
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Area, Link, Place
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.tracks import about_track
from wargame.tui.look import PALETTES
from wargame.tui.map.atlas import capitals_chart, chart_of
from wargame.tui.map.canvas import Canvas, painted_ground
from wargame.tui.map.chart import Box, Chart, Entry, Flow, Mark, Window
from wargame.tui.map.glyphs import QUADRANTS
from wargame.tui.map.layout import Plan, planned
from wargame.tui.map.palette import Palette
from wargame.tui.map.raster import DEEPEST, SEA, areas, levels, sight
from wargame.tui.map.view import MapView
from wargame.tui.settings import GLYPHS, Settings
from wargame.words import Words

SIZES = ((46, 22), (54, 26), (60, 33), (120, 52), (200, 60))
CAPITALS = {"seoul": "KOR", "pyongyang": "PRK", "tokyo": "JPN", "beijing": "CHN", "yongbyon": "PRK"}
PLACES = {place.id: place for place in honeymoon().spec.places}


def spot(place: str) -> tuple[float, float]:
    return PLACES[place].east / 100, PLACES[place].north / 100


# --- the outline ---------------------------------------------------------------------------------------


def test_the_file_is_small() -> None:
    """The whole world, under 120 kB."""
    assert len(files("wargame.geo").joinpath(FILE).read_bytes()) < 120_000
    assert len(outline().codes) > 200


def test_neighbours_share_their_borders() -> None:
    """A border is one line with a country on each side, and each coast has one."""
    borders = {arc.lands for arc in outline().arcs if len(arc.lands) == 2}
    assert {("KOR", "PRK"), ("CHN", "PRK"), ("PRK", "RUS"), ("CHN", "RUS")} <= borders
    assert {len(arc.lands) for arc in outline().arcs} == {1, 2}


def test_every_land_of_a_seat_is_on_the_map() -> None:
    lands = {land for seat in honeymoon().spec.seats for land in seat.lands}
    assert lands <= set(outline().codes)


@pytest.mark.parametrize("size", SIZES)
def test_places_lie_in_their_countries(size: tuple[int, int]) -> None:
    """At every size that a map is drawn in, a capital's cell is at least partly its own country."""
    chart = chart_of(Lens(a_table(honeymoon()), None))
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
    chart = chart_of(Lens(a_table(honeymoon()), None))
    view = sight(chart.window(*size), *size)
    assert view.cell(*spot("seoul"))[1] > view.cell(*spot("pyongyang"))[1]


def test_a_window_keeps_its_proportions() -> None:
    """A degree is as long from west to east as from south to north, however wide the map."""
    for size in SIZES:
        view = sight(Window(112, 146, 31.5, 47), *size)
        metres = view.wide * 0.773  # cosine of the middle latitude
        assert view.high / metres == pytest.approx(2, rel=0.02)
        assert view.wide * view.columns >= 33.9


def test_lands_and_seas_are_filled_everywhere() -> None:
    """A land that goes round the view, islands that do not reach its edge, the sides of the date line."""
    inland, island = sight(Window(95, 105, 60, 66), 40, 14), sight(Window(166, 179, -48, -34), 60, 40)
    russia, zealand = (outline().codes.index(code) + 1 for code in ("RUS", "NZL"))
    assert {part for row in areas(inland) for part in row} == {russia}
    assert {part for row in areas(island) for part in row} == {SEA, zealand}
    for west, east in ((165, 205), (-195, -155)):
        strait = sight(Window(west, east, 55, 72), 60, 40)
        sides = [{row[x] for row in areas(strait)} for x in (10, 110)]
        assert russia in sides[0]
        assert outline().codes.index("USA") + 1 in sides[1]
        assert strait.shows(*strait.cell(-165.4, 64.5))
        assert strait.shows(*strait.cell(177.5, 64.7))


def test_the_sea_deepens_and_the_land_darkens_away_from_the_coast() -> None:
    """Five levels of each: the sea's first at the coast, the land's first a line along it."""
    view = sight(Window(112, 146, 31.5, 47), 70, 26)
    seen: dict[bool, set[int]] = {True: set(), False: set()}
    for row, deep in zip(areas(view), levels(view), strict=True):
        for (one, level), (other, next_level) in pairwise(zip(row, deep, strict=True)):
            seen[one == SEA].add(level)
            if one != other:
                assert 0 in (level if one != SEA else 0, next_level if other != SEA else 0)
            if (one == SEA) != (other == SEA):
                assert {level, next_level} == {0}
    assert seen == {True: set(range(DEEPEST + 1)), False: set(range(DEEPEST + 1))}


# --- laid out ------------------------------------------------------------------------------------------


def crowded() -> Chart:
    """Places as thick as they can lie, three boxes for two corners, and a flow through them."""
    marks = tuple(
        Mark(
            f"m{nth}",
            124 + nth % 5 * 0.7,
            36 + nth // 5 * 0.6,
            "★" if nth % 3 else "日",
            "Somewhere in the middle" if nth % 4 else "城市城市",
            plate=nth % 3 == 0,
            rank=nth % 4,
            lit=nth % 7 == 0,
            short="S",
            number=str(nth * 37 % 101) if nth % 2 else "",
        )
        for nth in range(40)
    )
    boxes = tuple(
        Box(f"b{nth}", "south-east", f"BOX {nth}", ("one", "two and more", "three")) for nth in range(3)
    )
    return Chart(((0, 0, Window(112, 146, 31.5, 47)),), {}, marks, boxes, (Flow("f", ("m0", "b0"), 3, 2),))


def an_invented_world() -> Scenario:
    """The mill at the ford on a map of its own: an area for each village, nine places on lanes, and a box.

    Heat and Nerve belong to the second milestone, Grain to Amber's village, Trust to the sea.
    """
    spec = mill().spec
    spots = [(f"p{nth}", f"The {nth + 1}th milestone", nth % 3 * 700, nth // 3 * 400) for nth in range(9)]
    places = tuple(Place(id_, name, east, north) for id_, name, east, north in spots)
    seats = tuple(replace(seat, place=f"p{nth * 4}") for nth, seat in enumerate(spec.seats))
    areas = tuple(
        Area(f"land of {seat.id}", (west, -200, west + 700, -200, west + 700, 1000, west, 1000), seat.id)
        for seat, west in zip(seats, (-350, 350, 1050), strict=True)
    )
    lanes = (*pairwise(range(9)), (0, 8), (2, 6), (1, 7))
    links = tuple(Link((f"p{one}", f"p{other}")) for one, other in lanes)
    beyond = Place("sea", "The sea", edge="north-east", shows="heat")
    homes = {"heat": "p1", "nerve": "p1", "grain": "p0", "trust": "sea"}
    tracks = tuple(replace(track, place=homes.get(track.id, "")) for track in spec.tracks)
    parts: dict[str, Any] = {"seats": seats, "tracks": tracks, "areas": areas, "links": links, "windows": ()}
    world = replace(spec, places=(*places, beyond), **parts)
    return Scenario(world, "an invented world")


EVERY_CHART = (
    *("mill", "honeymoon", "all lit", "capitals", "crowded"),
    *("nile", "nile all lit", "invented", "invented all lit"),
)


@lru_cache(maxsize=1)
def charts() -> dict[str, Chart]:
    """Return the maps of all scenarios in the tests, bare, lit, and with everything that can go wrong."""
    places = [place.id for place in honeymoon().spec.places]
    lens = Lens(a_table(honeymoon()), None)
    others = [Lens(a_table(one), None) for one in (load_scenario("nile"), an_invented_world())]
    made = (
        chart_of(Lens(a_table(mill()), None)),
        chart_of(lens),
        chart_of(lens, places),
        capitals_chart(Words(honeymoon())),
        crowded(),
        *(
            chart_of(each, lit)
            for each in others
            for lit in ((), [place.id for place in each.scenario.spec.places])
        ),
    )
    return dict(zip(EVERY_CHART, made, strict=True))


def twice_covered(plan: Plan) -> list[tuple[int, int]]:
    cells = [cell for piece in plan.pieces for cell in cells_of(piece.region)]
    return [cell for cell, count in Counter(cells).items() if count > 1]


def cells_of(region: Region) -> Iterator[tuple[int, int]]:
    return ((x, y) for y in range(region.y, region.bottom) for x in range(region.x, region.right))


def check_room(chart: Chart, columns: int, rows: int) -> None:
    """Nothing covers anything or leaves the map, whether or not a card lies on it."""
    view = sight(chart.window(columns, rows), columns, rows, chart.invented)
    card = Region(columns // 4, rows // 4, columns // 2, rows // 2)
    for covers in ((), (card,)):
        plan = planned(chart, view, False, covers)
        assert not twice_covered(plan), (columns, rows)
        written = {cell for piece in plan.pieces for cell in piece.cells}
        assert not any(written & {*track.cells} for track in plan.tracks), (columns, rows)
        for piece in plan.pieces:
            assert Region(0, 0, columns, rows).contains_region(piece.region), (columns, rows, piece)
            assert not any(cover.overlaps(piece.region) for cover in covers), (columns, rows, piece)


@pytest.mark.parametrize("name", EVERY_CHART)
def test_nothing_covers_anything(name: str) -> None:
    """Labels, plates, boxes and a card, at every fifth width and third height from 30 × 10 to 130 × 45."""
    chart = charts()[name]
    for columns, rows in product(range(30, 131, 5), range(10, 46, 3)):
        check_room(chart, columns, rows)


@pytest.mark.soak
@pytest.mark.parametrize("name", EVERY_CHART)
def test_nothing_covers_anything_at_any_size(name: str) -> None:
    """The same at every size."""
    chart = charts()[name]
    for columns, rows in product(range(30, 131), range(10, 46)):
        check_room(chart, columns, rows)


@pytest.mark.parametrize("size", SIZES)
def test_an_invented_world_is_seen_whole(size: tuple[int, int]) -> None:
    """Every place and every area lies on its map, and where somebody sits is named."""
    chart = charts()["invented"]
    view = sight(chart.window(*size), *size, chart.invented)
    plan = planned(chart, view)

    assert all(view.shows(*view.cell(mark.east, mark.north)) for mark in chart.marks)
    assert {mark.id for mark in chart.marks} <= {piece.id for piece in plan.pieces}
    assert len({part for row in areas(view) for part in row}) == 4


def test_a_light_moves_nothing_else() -> None:
    """Where there is room, only labels close to a place give way when it is lit."""
    chart = charts()["honeymoon"]
    for columns, rows in ((70, 26), (100, 35), (130, 45)):
        view = sight(chart.window(columns, rows), columns, rows)
        dark = {piece.region: piece.id for piece in planned(chart, view).pieces}
        for mark in chart.marks:
            marks = tuple(replace(each, lit=each == mark) for each in chart.marks)
            lit = {piece.region: piece.id for piece in planned(replace(chart, marks=marks), view).pieces}
            moved = {id for region, id in dark.items() - lit.items()}
            near = {each.id for each in chart.marks if abs(each.north - mark.north) < 2}
            assert moved <= near, (columns, rows, mark.id)
            assert mark.id in lit.values()


def test_a_place_under_a_card_is_drawn_nowhere_else() -> None:
    """Lit or not: it would seem to lie beside the card."""
    chart, hidden = charts()["honeymoon"], 0
    for columns, rows in product(range(40, 131, 10), range(14, 46, 6)):
        view = sight(chart.window(columns, rows), columns, rows)
        card = Region(columns // 4, rows // 4, columns // 2, rows // 2)
        for mark in (each for each in chart.marks if not each.plate):
            lit = replace(chart, marks=tuple(replace(each, lit=each == mark) for each in chart.marks))
            if card.contains(*view.cell(mark.east, mark.north)):
                hidden += 1
                drawn = {piece.id for piece in planned(lit, view, covers=(card,)).pieces}
                assert mark.id not in drawn, (columns, rows, mark.id)
    assert hidden


def test_capitals_stay_longest() -> None:
    """At every size each capital on the map is there, by its name or at least by its sign."""
    chart = charts()["honeymoon"]
    capitals = {mark.id for mark in chart.marks if mark.plate}
    for columns, rows in product(range(40, 131, 5), range(14, 46, 3)):
        plan = planned(chart, sight(chart.window(columns, rows), columns, rows))
        assert capitals <= {piece.id for piece in plan.pieces}, (columns, rows)


@pytest.mark.parametrize(
    ("viewer", "number", "beyond"), [("amber", "3·5", "2"), ("birch", "3·▣", "2"), ("cedar", "3·▣", "▣")]
)
def test_a_place_has_its_own_numbers_beside_it(viewer: str, number: str, beyond: str) -> None:
    """As far as one may see them: behind its sign, behind the name of a plate, in the box beyond the edge."""
    lens = Lens(a_table(an_invented_world()), viewer)
    chart = chart_of(lens)
    texts = {
        piece.text.plain.strip()
        for piece in planned(chart, sight(chart.window(120, 40), 120, 40, chart.invented)).pieces
    }

    assert {f"○{number}", "The 2th milestone", "A THE 1TH MILESTONE 5"} <= texts
    [box] = chart.boxes
    lines = [str(line.text) for line in box.lines if isinstance(line, Entry)]
    assert lines == ["Heat 3 warm", f"Trust {beyond}{' wary' * (beyond != '▣')}"]
    assert any("The 2th milestone" in line.plain for line in about_track(lens, "heat", 60))


def test_a_number_goes_before_a_place_does() -> None:
    """Where there is room for the sign alone, that stays."""
    numbered = replace(charts()["crowded"], boxes=(), flows=())
    bare = replace(numbered, marks=tuple(replace(mark, number="") for mark in numbered.marks))
    for columns, rows in ((30, 10), (60, 20), (120, 40)):
        here, there = (
            {piece.id for piece in planned(chart, sight(chart.window(columns, rows), columns, rows)).pieces}
            for chart in (numbered, bare)
        )
        capitals = {mark.id for mark in numbered.marks if mark.plate}
        assert here & capitals == there & capitals


# --- drawn ---------------------------------------------------------------------------------------------


class OneMap(App[None]):
    """An app that is a map."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.settings = Settings()
        self.map = MapView(chart)

    def compose(self) -> ComposeResult:
        yield self.map

    @property
    def text(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


def the_chart() -> Chart:
    return chart_of(Lens(a_table(honeymoon()), None), ("rason",))


async def shown(pilot: Pilot[Any], app: OneMap, glyphs: Any) -> str:
    app.settings = Settings(glyphs=glyphs)
    app.map.refresh()
    await pilot.pause()
    return "\n".join(app.text)


@pytest.mark.parametrize("size", SIZES)
async def test_every_glyph_set_names_the_capitals(size: tuple[int, int]) -> None:
    """Quarters, lines, dots and letters: each capital, the boxes and the place that is lit."""
    app = OneMap(the_chart())
    async with app.run_test(size=size) as pilot:
        pages = {glyphs: await shown(pilot, app, glyphs) for glyphs in GLYPHS}

    for glyphs, page in pages.items():
        for name in ("SEOUL", "PYONGYANG", "TOKYO", "BEIJING", "MOSCOW", "Front", "WASHINGTON", "Rason"):
            assert name in page, (glyphs, name)
    assert any("\u2800" < letter <= "\u28ff" for letter in pages["braille"])
    assert set("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█") & set(pages["outline"])
    assert len(set(pages.values())) == 4


def quarters_of(letter: str, ink: Any, ground: Any) -> tuple[Any, ...]:
    """Return what a cell looks like, quarter by quarter."""
    return tuple(ink if QUADRANTS.index(letter) >> at & 1 else ground for at in range(4))


def test_lines_are_sent_in_few_runs_that_look_the_same() -> None:
    """Blanks go with a neighbour, quarters may be drawn the other way about: each quarter looks the same."""
    chart = the_chart()
    view = sight(chart.window(70, 26), 70, 26)
    palette = Palette(
        PALETTES["dark"].variables() | {"background": PALETTES["dark"].colours["ground"]}, chart.lands
    )
    ground = painted_ground(view, "quadrant", palette)
    canvas = Canvas(ground, palette, ascii_only=False)
    sent = 0
    for y, row in enumerate(ground):
        wanted = [quarters_of(letter, pen.ink.rich_color, pen.ground.rich_color) for letter, pen in row]
        seen = []
        for text, style, _ in canvas.strip(y):
            assert style is not None
            sent += 1
            seen += [quarters_of(letter, style.color, style.bgcolor) for letter in text]
        assert seen == wanted
    assert sent < sum(one != other for row in ground for one, other in pairwise(row)) / 1.5


async def test_a_map_of_letters_is_ascii_but_for_the_seats_signs() -> None:
    """What the map itself draws is ASCII; seats' signs are turned into letters at the very last."""
    app = OneMap(the_chart())
    async with app.run_test(size=(60, 28)) as pilot:
        page = await shown(pilot, app, "ascii")
    signs = {seat.symbol for seat in honeymoon().spec.seats} | set("○◎·━┃─▲▼–▣")
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


async def test_a_card_lies_on_the_map_and_nothing_is_half_under_it() -> None:
    """A child of the map: labels and boxes make way, and come back when it is gone."""
    app = OneMap(Chart(((0, 0, Window(112, 146, 31.5, 47)),), {}, TWO))
    async with app.run_test(size=(60, 28)) as pilot:
        await pilot.pause()
        card = Static("a card", id="card")
        card.styles.width, card.styles.height, card.styles.offset = 30, 20, (10, 0)
        before = "\n".join(app.text)
        await app.map.mount(card)
        await pilot.pause()
        under = "\n".join(app.text)
        await card.remove()
        await pilot.pause()
        after = "\n".join(app.text)

    assert "a card" in under
    assert "Beta" in before
    assert "Beta" not in under
    assert after == before


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
    flows = {viewer: [flow.id for flow in chart_of(Lens(table, viewer)).flows] for viewer in viewers}

    assert {viewer for viewer, ids in flows.items() if "workers-for-cash" in ids} == {"dprk", "russia"}
