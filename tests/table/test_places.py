"""Where saves go: into the checkout, the user's folder, or where somebody says."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from wargame.table import saves_folder


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
