"""The examples in docstrings do what they say. (Those in the README run as doctests of their own.)"""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import wargame

SCREENS = ("wargame.tui", "wargame.cli", "wargame.__main__")
MODULES = [
    "wargame",
    *(
        found.name
        for found in pkgutil.walk_packages(wargame.__path__, "wargame.")
        if not found.name.startswith(SCREENS)
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    """Each example in a docstring gives the output that stands under it."""
    failed, _tried = doctest.testmod(import_module(name))

    assert failed == 0


def test_the_front_door_has_an_example() -> None:
    """`help(wargame)` opens with a game of three lines."""
    assert doctest.testmod(wargame).attempted >= 3
