"""What one viewer may see on the map: places, what lies beyond the edges, what moves along deals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from textual.content import Content

from wargame.rules.scenario import Scenario, terms
from wargame.rules.spec import Place, Seat
from wargame.rules.state import Deal
from wargame.tui.map.chart import Box, Chart, Flow, Mark, Window
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.paint import SEALED, SECRET, join, put, seat_colour
from wargame.tui.widgets.tracks import scale
from wargame.words import Words

CAPITAL, LIT_PLACE, PLACE = 3, 2, 1
"""Ranks of places: what is dropped last where the map is small comes first."""
ROOMY = 56
"""Columns of the map from which places go by their whole names."""
SPOT = "○"


def chart_of(lens: Lens, lit: Iterable[str], columns: int, tracks: Mapping[str, int] | None = None) -> Chart:
    """The map of a scenario that has one, `columns` wide, with these places lit.

    `tracks` are the values to show beyond the edges, where they are not those that the viewer sees now.
    """
    spec, bright = lens.scenario.spec, frozenset(lit)
    values = lens.view.tracks if tracks is None else tracks
    return replace(
        blank_chart(lens.scenario),
        marks=tuple(_mark(lens, place, bright, columns) for place in spec.places if place.edge is None),
        boxes=tuple(_box(lens, place, bright, values) for place in spec.places if place.edge is not None),
        flows=tuple(_flows(lens)),
    )


def blank_chart(scenario: Scenario) -> Chart:
    """The map of a scenario that has one, with its lands and nothing else."""
    spec = scenario.spec
    return Chart(
        windows=tuple(
            (
                one.columns,
                one.rows,
                Window(*(part / 100 for part in (one.west, one.east, one.south, one.north))),
            )
            for one in spec.windows
        ),
        lands={land: seat_colour(scenario, seat.id) for seat in spec.seats for land in seat.lands},
    )


def capitals_chart(words: Words) -> Chart:
    """The same with the places where somebody sits."""
    scenario = words.scenario
    homes = {seat.place: seat for seat in scenario.spec.seats if seat.place}
    return replace(
        blank_chart(scenario),
        marks=tuple(
            _capital(words, homes[place.id], place, words.said(place.name), lit=False)
            for place in scenario.spec.places
            if place.id in homes and place.edge is None
        ),
    )


def _mark(lens: Lens, place: Place, lit: frozenset[str], columns: int) -> Mark:
    owner = next((seat for seat in lens.scenario.spec.seats if seat.place == place.id), None)
    name = lens.words.said(place.name)
    if owner is not None:
        label = owner.short if columns < ROOMY else name
        return _capital(lens.words, owner, place, label, lit=place.id in lit)
    rank = LIT_PLACE if place.id in lit else PLACE
    return Mark(place.id, place.east / 100, place.north / 100, SPOT, name, rank=rank, lit=place.id in lit)


def _capital(words: Words, owner: Seat, place: Place, label: str, *, lit: bool) -> Mark:
    style = seat_colour(words.scenario, owner.id)
    return Mark(place.id, place.east / 100, place.north / 100, owner.symbol, label, style, CAPITAL, lit)


def _box(lens: Lens, place: Place, lit: frozenset[str], values: Mapping[str, int]) -> Box:
    title = lens.words.said(place.name).upper()
    return Box(
        id=place.id,
        corner=str(place.edge),
        title=title,
        lines=tuple(_shown(lens, place, values)),
        lit=place.id in lit,
    )


def _shown(lens: Lens, place: Place, values: Mapping[str, int]) -> Iterator[Content]:
    """The track that a box shows: by its number where a seat lives there, else on its scale."""
    if not place.shows:
        return
    value = values.get(place.shows)
    owner = next((seat for seat in lens.scenario.spec.seats if seat.place == place.id), None)
    if value is None:
        yield put(f"{lens.words.track(place.shows)} {SEALED}", SECRET)
    elif owner is None:
        yield scale(value, lens.scenario.tracks[place.shows].most)
    else:
        symbol = put(owner.symbol, seat_colour(lens.scenario, owner.id))
        yield join((symbol, put(f" {lens.words.track(place.shows)} "), put(str(value), "bold")))


def _flows(lens: Lens) -> Iterator[Flow]:
    """What moves along the running deals that the viewer knows of."""
    for deal in lens.view.deals:
        if deal.status == "running" and deal.template != "?" and lens.scenario.deals[deal.template].route:
            yield _flow(lens, deal)


def _flow(lens: Lens, deal: Deal) -> Flow:
    template = lens.scenario.deals[deal.template]
    one, other = template.between
    there, back = (terms(template, deal.size, seat, deal.more) for seat in (one, other))
    gives = [", ".join(lens.words.lots(n, good) for good, n in part.items()) for part in (there, back)]
    label = " ".join(part for part in (gives[0] and f"{gives[0]} ▸", gives[1] and f"◂ {gives[1]}") if part)
    return Flow(
        id=deal.template,
        points=template.route,
        there=sum(there.values()),
        back=sum(back.values()),
        there_style=seat_colour(lens.scenario, one),
        back_style=seat_colour(lens.scenario, other),
        label=label or lens.words.deal(deal.template),
        sealed=deal.sealed,
    )
