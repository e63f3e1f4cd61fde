"""Where saves go: into the checkout, the user's folder, or where somebody says."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from platformdirs import user_data_path

from tests.rules.boards import mini
from wargame.record import list_saves
from wargame.table import Table, saves_folder
from wargame.table.storage import command, named_save

CHECKOUT = Path(__file__).resolve().parents[2]


def a_folder_with(folder: Path, described: str) -> Path:
    (folder / "pyproject.toml").write_text(described, encoding="utf-8")
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    return below


def test_inside_a_checkout_saves_go_to_its_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with this project's own pyproject.toml keeps its saves itself, also from below."""
    monkeypatch.chdir(a_folder_with(tmp_path, '[project]\nname = "wargame"\n'))

    assert tmp_path / "saves" == saves_folder()


OTHERS = [
    '[project]\nname = "other"\n',
    "project = 3\n",
    "[[[ not toml",
    f"x = {'[' * 9000}",
    f"x = {'9' * 9000}",
]


@pytest.mark.parametrize("described", OTHERS, ids=range(len(OTHERS)))
def test_elsewhere_saves_go_to_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, described: str
) -> None:
    """Another project's checkout, or a file that is no project, is not ours."""
    monkeypatch.chdir(a_folder_with(tmp_path, described))

    assert user_data_path("wargame") / "saves" == saves_folder()


def test_a_chosen_folder_wins(tmp_path: Path) -> None:
    """--saves DIR is where they go."""
    assert tmp_path / "here" == saves_folder(tmp_path / "here")


def a_saved_game(folder: Path, name: str = "") -> Path:
    table = Table.start(mini(), seed=1, rounds=1, folder=folder, name=name)
    table.close()
    return next(one.path for one in list_saves(folder) if not name or one.name == name)


def test_a_new_game_has_a_name_without_blanks(tmp_path: Path) -> None:
    """Its scenario, the day and the minute, with a number if there is one already: one word in any shell."""
    for _ in range(2):
        a_saved_game(tmp_path)
    first, second = sorted((one.name for one in list_saves(tmp_path)), key=len)

    assert re.fullmatch(r"mini-\d{4}-\d\d-\d\d-\d{4}", first)
    assert second[: len(first) - 4] == first[:-4]
    assert shlex.split(f"{first} {second}") == [first, second]


def test_a_name_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A game beside the program is found by its name wherever somebody is; a chosen folder alone is asked."""
    monkeypatch.chdir(tmp_path)
    old = a_saved_game(tmp_path / "mine", "honeymoon 2026-11-28 18.37")

    assert named_save("example") == CHECKOUT / "saves" / "example.wargame"
    assert named_save("honeymoon 2026-11-28 18.37", tmp_path / "mine") == old
    assert named_save("example", tmp_path / "mine") is None
    assert named_save("nothing of the kind") is None


@pytest.mark.parametrize(
    "name", ["example", "honeymoon 2026-11-28 18.37", "it's + more (b)", "화요일 저녁", "a-b_c.d"]
)
def test_a_printed_command_runs_when_pasted(name: str, tmp_path: Path) -> None:
    """Whatever the name and folder, a shell in another folder takes the command apart rightly."""
    save = (
        CHECKOUT / "saves" / "example.wargame" if name == "example" else a_saved_game(tmp_path / "a b", name)
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = shlex.split(command("verify", save))
    done = subprocess.run(words, capture_output=True, text=True, cwd=elsewhere, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert (str(save) in words) == (name != "example")
