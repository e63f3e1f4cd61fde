"""The first line of every page at the table: the game, its rounds, the date, and the phase it is in."""

from __future__ import annotations

from textual.content import Content

from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, HEAD, SEALED, SECRET, fit, join, put, seat_badge
from wargame.words.pages import kit as say

PHASES = ("news", "orders", "answers", "reveal", "resolution", "upkeep")
"""The phases of a round, in order."""
NOW, PAST, AHEAD = "bold $background on $primary", "bold $foreground on $panel", "$dim on $surface"
"""How the round stands that is being played, those before it, those to come."""
ROOMY = 96
"""Columns from which the phases have room."""


def banner(lens: Lens, width: int, phase: str = "", seat: str = "") -> Content:
    """A line of `width` cells: title, rounds as boxes, date; where there is room, the phases in order.

    `phase` is shown as the present one, where the page tells of another than the game is in; `seat` is named
    as whose the page is, where it is not for all although its lens is.
    """
    view, words = lens.view, lens.words
    title = put(f" {words.said(lens.scenario.spec.title).upper()} ", HEAD)
    boxes = round_boxes(view.round, view.rounds)
    date = put(f"  {words.date(view.round)}")
    eyes = put(f" {say.ALL_MAY_LOOK}", DIM)
    if seat := seat or lens.viewer or "":
        eyes = join((put(f"  {SEALED} ", SECRET), seat_badge(lens.scenario, seat)))
    left = join((title, *boxes, date, eyes))
    right = phases(phase or view.phase)
    room = width - left.cell_length - right.cell_length
    if width < ROOMY or room < 1:
        right = put(f" {say.PHASES[phase or view.phase]} ", "bold $warning")
        room = width - left.cell_length - right.cell_length
    if room < 0:  # whose page it is goes before the date
        rest = join((" ", *boxes, eyes))
        name = max(width - rest.cell_length - right.cell_length, 0)
        left = join((fit(title, min(title.cell_length, name)), rest))
        room = width - left.cell_length - right.cell_length
    return fit(join((left, " " * max(room, 0), right)), width).stylize_before("on $surface")


def round_boxes(now: int, rounds: int) -> list[Content]:
    """The numbers of all rounds, each on the ground of how it stands."""
    return [
        put(f" {nth} ", NOW if nth == now else PAST if nth < now else AHEAD) for nth in range(1, rounds + 1)
    ]


def phases(now: str) -> Content:
    """The phases of a round, the present one marked."""
    return join(
        put(f"▸{say.PHASES[phase]} ", "bold $warning") if phase == now else put(f" {say.PHASES[phase]} ", DIM)
        for phase in PHASES
    )
