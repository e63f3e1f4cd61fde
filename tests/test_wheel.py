"""The wheel, built and installed outside the repository, plays a game with its own decks and rulebook."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
MINUTES = 4 * 60
"""Seconds that a step may take on a slow machine."""

GAME = """
import sys
from wargame import Game, load_scenario
import wargame
game = Game.new(load_scenario(sys.argv[1]), seed=7, rounds=2)
while not game.over:
    game.apply(game.legal_moves()[-1])
print(wargame.__file__, len(game.scores))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed, with nothing of this checkout in its way."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        timeout=MINUTES,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly built wheel, in a folder of its own."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment that has the wheel, and borrows its dependencies from ours."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(home, with_pip=True, symlinks=True)
    python = home / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    borrowed = sysconfig.get_path("purelib")
    Path(site, "zz-borrowed.pth").write_text(f"import sys; sys.path.append({borrowed!r})\n", encoding="utf-8")
    return python


def test_the_wheel_holds_decks_and_rulebook(wheel: Path) -> None:
    """What players read ships inside the package, and tests and saves do not."""
    names = set(ZipFile(wheel).namelist())

    assert "wargame/words/en/rulebook/rules.md" in names
    assert "wargame/rulebook/page.css" in names
    assert "wargame/geo/world.json.z" in names
    for scenario in ("honeymoon", "nile"):
        files = {path.name for path in (ROOT / "decks" / scenario).iterdir()} - {".keep"}
        assert {f"wargame/_data/decks/{scenario}/{name}" for name in files} <= names
        assert "rulebook.md" in files
    for part in (ROOT / "template").iterdir():
        assert f"wargame/_data/template/{part.name}" in names
    assert not [name for name in names if name.startswith(("tests/", "saves/", "docs/"))]


@pytest.mark.soak
@pytest.mark.parametrize(("scenario", "seats"), [("honeymoon", 6), ("nile", 4)])
def test_a_game_can_be_played_from_the_wheel(
    installed: Path, tmp_path: Path, scenario: str, seats: int
) -> None:
    """From another folder, through the public face, with the wheel's own copy of everything."""
    where, played = run(installed, "-c", GAME, scenario, cwd=tmp_path).split()

    assert ROOT not in Path(where).parents
    assert int(played) == seats


@pytest.mark.soak
def test_the_command_of_the_wheel_plays_bots(installed: Path, tmp_path: Path) -> None:
    """`wargame simulate` and `wargame check` work where there is no checkout."""
    command = installed.parent / "wargame"
    told = run(command, "simulate", "--games", "1", "--rounds", "1", "--seed", "1", "--json", cwd=tmp_path)
    assert '"games": 1' in told

    assert "sound" in run(installed, "-m", "wargame", "check", "honeymoon", cwd=tmp_path)
    run(installed, "-m", "wargame", "new", "salt-road", cwd=tmp_path)
    assert "sound" in run(installed, "-m", "wargame", "check", "salt-road", "--strict", cwd=tmp_path)


@pytest.mark.soak
def test_the_rulebook_of_the_wheel_is_the_one_at_the_top(installed: Path, tmp_path: Path) -> None:
    """The wheel makes the rules that are printed in the repository, but for links to the cards."""
    told = run(installed, "-m", "wargame", "rules", "honeymoon", cwd=tmp_path)

    printed = (ROOT / "rules.md").read_text(encoding="utf-8")
    assert told.splitlines()[6:150] == printed.splitlines()[6:150]
