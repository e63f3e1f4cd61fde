"""What importing a room loads, seen from a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import wargame

SCREEN = {"textual", "rich", "typer", "click"}
HEAVY = SCREEN | {"pydantic", "yaml", "platformdirs"}


def loaded_by(statement: str, **environment: str) -> set[str]:
    """The top names of everything that a fresh interpreter has loaded after a statement."""
    command = [sys.executable, "-c", f"import sys\n{statement}\nprint(*sys.modules)"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60, env=os.environ | environment
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "module",
    ["wargame.rules.game", "wargame.rules.view", "wargame.bots", "wargame.words", "wargame.lab.simulate",
     "wargame.lab.fuzz", "wargame.record"],
)  # fmt: skip
def test_what_runs_without_a_screen_loads_none(module: str) -> None:
    """Rules, bots, words, lab and record load neither Textual nor pydantic nor YAML."""
    assert not loaded_by(f"import {module}") & HEAVY


def test_the_front_door_is_light() -> None:
    """`import wargame` loads nothing that it does not yet need."""
    assert not loaded_by("import wargame") & (HEAVY | {"transitions", "msgpack", "tomllib"})


def test_a_game_from_the_front_door_needs_no_screen() -> None:
    """Loading a scenario needs YAML and pydantic; playing it needs no screen."""
    play = "import wargame as w\nw.Game.new(w.load_scenario('honeymoon'), seed=7).legal_moves()"

    assert not loaded_by(play) & SCREEN


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """The lazy front door does not hide a slip."""
    with pytest.raises(AttributeError, match="no attribute 'Gmae'"):
        _ = wargame.Gmae


PLAY = """
from hashlib import blake2b
from tests.golden import playthrough
from tests.rules.boards import honeymoon, mini
print(blake2b((playthrough(mini(), 5) + playthrough(honeymoon(), 5)).encode()).hexdigest())
"""


def test_the_order_of_hashes_changes_nothing() -> None:
    """Processes with different `PYTHONHASHSEED` make the same games, byte for byte."""
    digests = set()
    for hash_seed in ("0", "1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", PLAY],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
        )
        digests.add(done.stdout)

    assert len(digests) == 1
