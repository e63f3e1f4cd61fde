"""What `wargame new` makes: a sound scenario with a little of everything, to begin from."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path
from textwrap import indent

import pytest

from tests.cli.inside import inside
from wargame import load_scenario
from wargame.content.ground import walk
from wargame.content.load import LISTS, template_folder
from wargame.lab.fuzz import fuzz_game
from wargame.rules import spec as s
from wargame.rules.effects.operators import OPERATORS


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "salt-road"
    done = inside("new", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{folder} is made: ")
    return folder


def test_what_new_makes_is_sound_and_has_no_loose_end(made: Path) -> None:
    """Not one warning, with the exercise and the claims; and it has the name that was asked for."""
    done = inside("check", made, "--strict")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Salt road: sound")
    assert "An hour on the reef: sound, for salt-road" in done.stdout


def test_every_part_and_every_operator_is_in_it(made: Path) -> None:
    """So that an author sees each of them once."""
    spec = load_scenario(made, hindsight=True).spec

    assert [f.name for f in fields(spec) if not getattr(spec, f.name) and f.name != "source"] == []
    records = {type(piece.record) for piece in walk("", (), spec)}
    assert {name for name, cls in OPERATORS.items() if cls not in records} == set()
    named = {cls for cls in vars(s).values() if isinstance(cls, type) and is_dataclass(cls)}
    assert named - records == {s.Rung, s.Hindsight}
    files = {path.name for path in made.iterdir()}
    assert {f"{name}.yaml" for name in LISTS} | {"claims.yaml", "exercise.yaml", "rulebook.md"} <= files


def test_it_says_where_to_begin_and_names_each_file_once(made: Path) -> None:
    """In the order in which they are best read; so do the first lines of the scenario itself, in short."""
    told = (made / "README.md").read_text(encoding="utf-8")

    files = {path.name for path in made.iterdir() if path.is_file()} - {"README.md"}
    assert {name: told.count(f"`{name}`") for name in files} == dict.fromkeys(files, 1)
    assert told.startswith("# Salt road\n")
    head = "".join((made / "scenario.yaml").read_text(encoding="utf-8").splitlines(keepends=True)[2:5])
    order = ["`tracks`", "`seats`", "`scoring`", "gull.yaml", "news.yaml", "deals.yaml"]
    for said in (head, told):
        places = [said.find(one) for one in order]
        assert -1 not in places and places == sorted(places)


def test_every_file_tells_an_editor_its_schema(made: Path) -> None:
    """By the first line, which names a file that is there."""
    for path in made.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (made / first.partition("=")[2]).is_file()


def test_the_guides_vote_has_room_on_a_card_of_it(made: Path) -> None:
    """Whoever copies it in place of the template's own hears no complaint and no warning."""
    guide = (Path(__file__).parents[2] / "docs" / "writing-a-scenario.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```yaml\n(- vote:\n.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    news = made / "news.yaml"
    own = re.compile(r"^    - vote:.*?(?=^- id:)", re.MULTILINE | re.DOTALL)
    text, count = own.subn(indent(example, " " * 4), news.read_text(encoding="utf-8"))
    news.write_text(text, encoding="utf-8")

    done = inside("check", made, "--strict")

    assert (count, done.returncode, done.stderr) == (1, 0, "")


def test_games_of_it_keep_the_laws() -> None:
    """As those of the scenarios that ship."""
    scenario = load_scenario(template_folder())

    for seed in range(12):
        fuzz_game(scenario, seed)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """Nobody's work is written over."""
    (tmp_path / "notes.txt").write_text("mine")
    shutil.copytree(tmp_path, tmp_path.parent / "taken")

    done = inside("new", tmp_path.parent / "taken")

    assert done.returncode == 1
    assert done.stderr.endswith("taken already: choose another name, or delete it.\n")
    assert [path.name for path in (tmp_path.parent / "taken").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["Salt Road", "1482", "salz_straße"])
def test_a_name_that_can_be_no_id_is_refused(name: str, tmp_path: Path) -> None:
    """And nothing is made."""
    done = inside("new", tmp_path / name)

    assert done.returncode == 2
    assert "is no name for a scenario" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "file",
    ["claims", "exercise", "hindsight", "systems", "stories", "history", "characters", "hints", "rulebook"],
)
def test_a_file_that_may_go_may_go(file: str, made: Path) -> None:
    """Each says so in its first lines, and without it the rest is as sound."""
    [path] = made.glob(f"{file}.*")
    assert "The file may go." in path.read_text(encoding="utf-8")
    path.unlink()

    done = inside("check", made, "--strict")

    assert (done.returncode, done.stderr) == (0, "")


def test_renaming_a_seat_is_led_by_check(made: Path) -> None:
    """Every place that still has the old name is told, with the file, none of them twice."""
    main = made / "scenario.yaml"
    text = main.read_text(encoding="utf-8")
    main.write_text(text.replace("  - id: heron\n", "  - id: crane\n", 1), encoding="utf-8")

    told = inside("check", made).stderr.splitlines()[:-1]

    assert len(told) == len(set(told))
    moved = (
        "heron.yaml:1:1: belongs to no part of the scenario; a seat's cards are in a file called by its id"
    )
    assert [line for line in told if line.startswith(f"{moved}, and there is none of `crane`")]
    left = sum(
        len(re.findall(r"\bheron\b", path.read_text(encoding="utf-8").split("$schema")[-1]))
        for path in made.glob("*.yaml")
        if path.name not in ("heron.yaml", "claims.yaml", "exercise.yaml")
    )
    assert left > len([line for line in told if "`heron`" in line]) > 20
