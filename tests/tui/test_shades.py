"""A theme on a terminal of 256 colours: what could be read can be read, and greys stay grey."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.tui.colours import RGB, contrast
from wargame.tui.look import PALETTES, SEATS
from wargame.tui.terminal.shades import FIXED, Shades

SHADES = Shades(ColorSystem.EIGHT_BIT)


def shown(colour: str) -> RGB:
    """Return what such a terminal shows for a colour."""
    [segment] = SHADES.apply([Segment("x", Style(color=colour))], Color(0, 0, 0))
    assert segment.style is not None
    found = segment.style.color
    assert found is not None
    assert found.number is not None
    assert found.number >= FIXED
    red, green, blue = found.get_truecolor()
    return red / 255, green / 255, blue / 255


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "safe"])
def test_what_could_be_read_can_be_read(theme: str) -> None:
    """Text of every meaning and every seat's colour stands out from the ground."""
    colours = PALETTES[theme].colours
    ground = shown(colours["ground"])
    texts = ("ink", "dim", "head", "change", "secret", "bad", "good")

    for colour in (*(colours[text] for text in texts), *(colours[seat] for seat in SEATS)):
        assert contrast(shown(colour), ground) >= 4.5, colour
    assert len({shown(colours[seat]) for seat in SEATS}) == len(SEATS)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_grounds_have_no_colour_of_their_own(theme: str) -> None:
    """A panel of dark blue-grey is not teal; grounds stay apart or become the same, none stands out."""
    colours = PALETTES[theme].colours
    for name in ("ground", "surface", "panel"):
        found = shown(colours[name])

        assert max(found) - min(found) < 0.04
        assert contrast(found, shown(colours["ground"])) < 1.6


def test_a_style_is_another_one_for_each_terminal() -> None:
    """Rich keeps codes with a style: what two terminals are sent must not be one object."""
    style = Style(color="#24303b", bold=True)
    [standard] = Shades(ColorSystem.STANDARD).apply([Segment("x", style)], Color(0, 0, 0))
    [eight] = SHADES.apply([Segment("x", style)], Color(0, 0, 0))

    assert standard.style is not style
    assert eight.style is not style
    assert standard.style is not None
    assert standard.style.bold
    assert standard.style.color != eight.style.color  # type: ignore[union-attr]
    assert SHADES.apply([Segment("x")], Color(0, 0, 0)) == [Segment("x")]
