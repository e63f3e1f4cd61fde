"""A law of the engine: with another scenario nothing of the first is read or seen anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.debrief.games import play, seated
from tests.foreign import called, foreign_to, standing_in
from tests.rules.boards import honeymoon
from tests.tui.strolls import Sights, a_stroll, at_the_console, before_a_game, before_the_wall, text_of
from wargame import load_scenario
from wargame.content.exercise import open_exercise
from wargame.host.cards import cards, cards_html
from wargame.host.sheets import sheets_html
from wargame.rules.scenario import Scenario
from wargame.table import Table
from wargame.tui.home.home import HomeScreen
from wargame.tui.map.chart import NOWHERE, Window
from wargame.tui.map.view import MapView

ROOT = Path(__file__).parents[1]


@cache
def nile() -> Scenario:
    """The other scenario that ships."""
    return load_scenario("nile")


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game of it, of two people and two bots."""
    folder = tmp_path_factory.mktemp("nile")
    table = Table.start(nile(), seated(nile(), ("egypt", "sudan")), seed=3, folder=folder, name="nile")
    play(table)
    table.close()
    return folder / "nile.wargame"


COMMANDS = (
    ("rules", "nile"), ("rules", "nile", "--cards"), ("rules", "nile", "--html"),
    ("check", "nile", "--faces"), ("keys",), *((command, "--help") for command in ("play", "arena", "host")),
    ("simulate", "nile", "--games", "1", "--rounds", "2", "--seed", "3"),
)  # fmt: skip
OF_A_SAVE = (
    ("verify",), ("rules",), ("export",), ("outlook", "--games", "2", "--at", "90"),
    ("report", "-o", "all.md"), ("report", "-o", "all.html"),
    *(("report", "-o", f"{seat}.md", "--for", seat) for seat in ("egypt", "abu-dhabi")),
    ("export", "--format", "csv", "-o", "tables"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_says_a_word_of_the_first(command: tuple[str, ...]) -> None:
    done = inside(*command)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 200
    told = re.sub(rf"\[default:\s+{honeymoon().id}\]", "", done.stdout)  # what opens unasked is said truly
    assert standing_in(foreign_to(nile()), told) == []


@pytest.mark.parametrize("command", OF_A_SAVE, ids=" ".join)
def test_nothing_made_from_a_save_says_one(command: tuple[str, ...], save: Path, tmp_path: Path) -> None:
    """Neither what is printed nor any file that is written."""
    done = inside(command[0], save, *command[1:], cwd=tmp_path)
    written = [path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.*")) if path.is_file()]
    told = "\n".join((done.stdout, *written))

    assert (done.returncode, done.stderr) == (0, "")
    assert len(told) > 100
    assert standing_in(foreign_to(nile()), told) == []


def test_nothing_handed_out_says_one() -> None:
    """The sheets of a host, with and without an exercise, and the cards for the seats' doors."""
    scenario, exercise = open_exercise("nile")
    phrases = dict.fromkeys(scenario.seat_ids, "two words")
    printed = (
        sheets_html(scenario),
        sheets_html(scenario, exercise.exercise, 4),
        cards_html(str(scenario.spec.title), cards(scenario, phrases), "laptop", 8022, "SHA256:x"),
    )

    assert [standing_in(foreign_to(scenario), page) for page in printed] == [[]] * len(printed)


async def strolled_over(sights: Sights) -> set[str]:
    """At every sight: no word of the first scenario, and on every map no coast but of this one's windows.

    But for the titles of all there are in the list at home.
    """
    names, seen = foreign_to(nile()), set[str]()
    own = {
        Window(*(side / 100 for side in (one.west, one.east, one.south, one.north)))
        for one in nile().spec.windows
    }
    async for sight, app in sights:
        seen.add(sight)
        told, screen = text_of(app), app.screen
        if isinstance(screen, HomeScreen):
            at = screen.query_one("#left").outer_size.width
            told = "\n".join(line[at:] for line in told.splitlines()[:-1])
        assert standing_in(names, told) == [], sight
        for map_ in screen.query(MapView):
            if map_.display:
                assert map_.chart.window(*map_.size) in own | {NOWHERE}, sight
    return seen


SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)


@pytest.mark.soak
@SIZES
async def test_no_screen_of_a_game_shows_one(size: tuple[int, int], tmp_path: Path) -> None:
    """Two people and two bots from the first page to the end and the replay, with all that lies beside."""
    seen = await strolled_over(a_stroll("nile", tmp_path, size))

    assert len({sight.partition(",")[0] for sight in seen}) >= 8


@pytest.mark.soak
@SIZES
@pytest.mark.parametrize(
    ("stroll", "least"), [(before_a_game, 20), (at_the_console, 120), (before_the_wall, 4)]
)
async def test_no_screen_around_a_game_shows_one(
    stroll: Callable[[str, Path, tuple[int, int]], Sights],
    least: int,
    size: tuple[int, int],
    tmp_path: Path,
) -> None:
    """Home and the set-up, the console with its forms, and the wall."""
    seen = await strolled_over(stroll("nile", tmp_path, size))

    assert len(seen) >= least, sorted(seen)


ENGINE = [
    path
    for path in sorted((ROOT / "wargame").rglob("*"))
    if path.suffix in (".py", ".tcss", ".css", ".md", ".j2") and "_data" not in path.parts
]
EXAMPLES = re.compile(r"\"\"\".*?\"\"\"|#[^\n]*", re.DOTALL)
"""Docstrings and comments may give an example from a scenario."""


def test_no_word_of_a_scenario_stands_in_the_engine() -> None:
    """Of neither scenario that ships, but for its name where one is opened without being asked for."""
    names = {
        name for scenario in (honeymoon(), nile()) for name in called(scenario) if " " in name or "-" in name
    }
    names |= {*honeymoon().seat_ids, *nile().seat_ids}
    names -= {"us", "A rule"}
    told = {str(path.relative_to(ROOT)): EXAMPLES.sub("", path.read_text("utf-8")) for path in ENGINE}

    assert {name: found for name, text in told.items() if (found := standing_in(names, text))} == {}
