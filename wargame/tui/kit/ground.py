"""The map under cards that lie on it; where a scenario has none, an empty table."""

from __future__ import annotations

from textual.containers import Container
from textual.widget import Widget

from wargame.rules.scenario import Scenario
from wargame.tui.map.chart import Chart
from wargame.tui.map.view import MapView


def ground(scenario: Scenario, *lying: Widget, chart: Chart | None = None) -> Widget:
    """Return what the cards lie on, as `#map`."""
    return MapView(chart, *lying, id="map") if scenario.mapped else Container(*lying, id="map")
