"""Style sheets are parsed once for all screens in the same colours. It leans on private parts of Textual."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet

from wargame.tui.terminal.sheets import share_sheets

CSS = "Static { color: $ink; }"


def sheet(ink: str) -> Stylesheet:
    made = Stylesheet(variables={"ink": ink})
    made.add_source(CSS, read_from=("", "test"))
    made.parse()
    return made


@pytest.mark.parametrize(("ink", "same"), [("red", True), ("blue", False)])
def test_a_sheet_is_parsed_once_for_the_same_colours(ink: str, same: bool) -> None:
    share_sheets()
    one, other = sheet("red"), sheet(ink)

    assert (one.rules[0] is other.rules[0]) == same
    colour = other.rules[0].styles.color
    assert colour is not None
    assert colour.rgb == ((255, 0, 0) if ink == "red" else (0, 0, 255))


def test_other_colours_on_the_same_sheet_are_other_rules() -> None:
    share_sheets()
    made = sheet("red")
    made.set_variables({"ink": "blue"})
    made.reparse()

    colour = made.rules[0].styles.color
    assert colour is not None
    assert colour.rgb == (0, 0, 255)
