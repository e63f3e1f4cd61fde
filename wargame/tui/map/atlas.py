"""What one viewer may see on the map: places, what lies beyond the edges, what moves along deals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from textual.content import Content

from wargame.geo.outline import Outline, invented
from wargame.rules.scenario import Scenario, terms
from wargame.rules.spec import Area, Place, Seat, Spec
from wargame.rules.state import Deal
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import CHANGE, DIM, SEALED, SECRET, join, put, seat_colour, step
from wargame.tui.map.chart import Box, Chart, Entry, Flow, Mark, Window
from wargame.words import Words

AROUND = 12
"""What part of an invented world is left free around it, where it has no window of its own."""
CAPITAL, PLACE = 2, 1
"""Ranks of places: what is dropped last where the map is small comes first."""
SPOT, LIT_SPOT = "○", "◎"
LINE, HERE, REST = "━", "┃", "─"


def chart_of(lens: Lens, lit: Iterable[str] = ()) -> Chart:
    """Return the map of a scenario that has one, with these places lit."""
    spec, bright, blank = lens.scenario.spec, frozenset(lit), blank_chart(lens.scenario)
    return replace(
        blank,
        marks=tuple(
            replace(_mark(lens.words, place, bright), number=_number(lens, place))
            for place in spec.places
            if place.edge is None
        ),
        boxes=tuple(_boxes(lens, bright)),
        flows=(*blank.flows, *_flows(lens)),
    )


def blank_chart(scenario: Scenario) -> Chart:
    """Return the map of a scenario that has one, with its lands and nothing else."""
    spec = scenario.spec
    lands = {land: seat_colour(scenario, seat.id) for seat in spec.seats for land in seat.lands}
    lands |= {area.id: seat_colour(scenario, area.seat) for area in spec.areas if area.seat}
    windows = [(one.columns, one.rows, (one.west, one.east, one.south, one.north)) for one in spec.windows]
    return Chart(
        windows=tuple(
            (columns, rows, Window(*(side / 100 for side in sides)))
            for columns, rows, sides in windows or [(0, 0, _all_of(spec))]
        ),
        lands=lands,
        flows=tuple(Flow("", link.between, there_style="$dim", way=True) for link in spec.links),
        invented=_invented(spec.areas) if scenario.invented else None,
    )


@lru_cache(maxsize=4)
def _invented(areas: tuple[Area, ...]) -> Outline:
    return invented({area.id: area.ring for area in areas})


def _all_of(spec: Spec) -> tuple[int, int, int, int]:
    """The window that holds all places and areas, with some room around."""
    spots = [(place.east, place.north) for place in spec.places if place.edge is None]
    spots += [spot for area in spec.areas for spot in zip(area.ring[::2], area.ring[1::2], strict=True)]
    xs, ys = zip(*spots or [(0, 0)], strict=True)
    room = max((max(xs) - min(xs), max(ys) - min(ys))) // AROUND + 1
    return min(xs) - room, max(xs) + room, min(ys) - room, max(ys) + room


def capitals_chart(words: Words) -> Chart:
    """Return the same with the places where somebody sits."""
    spec = words.scenario.spec
    homes = {seat.place for seat in spec.seats}
    places = (place for place in spec.places if place.id in homes and place.edge is None)
    return replace(
        blank_chart(words.scenario), marks=tuple(_mark(words, place, frozenset()) for place in places)
    )


def _owner(scenario: Scenario, place: Place) -> Seat | None:
    return next((seat for seat in scenario.spec.seats if seat.place == place.id), None)


def _mark(words: Words, place: Place, lit: frozenset[str]) -> Mark:
    """Return a place: the seat's plate where somebody sits, else a sign and the name."""
    owner, bright, name = _owner(words.scenario, place), place.id in lit, words.said(place.name)
    east, north = place.east / 100, place.north / 100
    if owner is None:
        return Mark(place.id, east, north, LIT_SPOT if bright else SPOT, name, rank=PLACE, lit=bright)
    style = seat_colour(words.scenario, owner.id)
    return Mark(
        place.id,
        east,
        north,
        owner.symbol,
        name.upper(),
        style,
        CAPITAL,
        bright,
        plate=True,
        short=owner.short,
    )


def _number(lens: Lens, place: Place) -> str:
    """Return what belongs to a place, as the viewer knows it: '5', or '5·2' if there are several."""
    own = [track.id for track in lens.scenario.spec.tracks if track.place == place.id]
    return "·".join(str(lens.view.tracks.get(track, SEALED)) for track in own)


def _boxes(lens: Lens, lit: frozenset[str]) -> Iterator[Box]:
    """Yield a box for each place beyond an edge; one where nobody sits joins its corner's if there is one."""
    scenario = lens.scenario
    beyond = [place for place in scenario.spec.places if place.edge is not None]
    homes = {place.edge: place for place in reversed(beyond) if _owner(scenario, place)}
    for place in beyond:
        owner = _owner(scenario, place)
        if owner is None and place.edge in homes:
            continue
        others = [each for each in beyond if homes.get(each.edge) is place and not _owner(scenario, each)]
        own = [Entry(_shown(lens, track), place.id) for track in _tracks_at(scenario, place)]
        rest = [
            Entry(_shown(lens, track, nth == 0), other.id, other.id in lit)
            for other in others
            for nth, track in enumerate(_tracks_at(scenario, other))
        ]
        sign = f"{owner.symbol} " if owner else ""
        yield Box(
            place.id,
            str(place.edge),
            f"{sign}{lens.words.said(place.name).upper()}",
            tuple(own[:1] + rest + own[1:]),
            place.id in lit,
            seat_colour(scenario, owner.id) if owner else "$dim",
        )


def _tracks_at(scenario: Scenario, place: Place) -> list[str]:
    """Return what a place beyond the edge tells: what it shows, then what is its own or names it first."""
    named = [track.id for track in scenario.spec.tracks if track.spots[:1] == (place.id,)]
    return list(dict.fromkeys(([place.shows] if place.shows else []) + named))


def _shown(lens: Lens, track: str, gauged: bool = False) -> Content:
    """Return a track's name and value, and how it changed, its gauge or its band."""
    name, value = put(f"{lens.words.track_in_short(track)} ", DIM), lens.view.tracks.get(track)
    if value is None:
        return join((name, put(SEALED, SECRET)))
    if gauged:
        return join((name, gauge(value, lens.scenario.tracks[track].most)))
    moved = step(lens.memory.recent(track, lens.view.round, lens.view.phase))
    told = put(f" {moved}", CHANGE) if moved else put(f" {lens.words.band(track, value)}")
    return join((name, put(str(value), "bold"), told))


def gauge(value: int, most: int) -> Content:
    """Return a line as long as a track, with a mark where it stands."""
    return join((put(LINE * value), put(HERE, CHANGE), put(REST * (most - value), DIM)))


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
