"""A name that a person types never leaves the folder of saved games."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tui.games import a_save
from wargame.errors import SaveError, SaveInUse
from wargame.record import Save, delete_save, free_path, list_saves, safe_name, save_path
from wargame.record.names import MAX_BYTES

nasty = st.text(st.sampled_from("./\\:\0 -~a한\u0301\n*%$'\"con"), max_size=300)


@settings(deadline=None)
@given(st.text() | nasty)
@example("..")
@example("../../etc/passwd")
@example("a/../../b")
@example("C:\\x")
@example("con.wargame")
@example("x" * 5000)
@example("한" * 500)
@example(".wargame.wargame")
def test_no_name_leaves_the_folder(text: str) -> None:
    """Whatever the text, the file lies directly in the folder, with a name every file system takes."""
    folder = Path("/saves")

    path = save_path(folder, text)

    assert path.parent == folder
    assert path.resolve().parent == folder.resolve()
    name = path.name
    assert name.endswith(".wargame")
    assert not name.startswith((".", "-", " "))
    assert len(name.encode()) <= MAX_BYTES + len(".wargame")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert ".." not in name


@settings(deadline=None)
@given(st.text() | nasty)
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    """Making a safe name safe again changes nothing, so a listed name opens the file it was listed for."""
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize("name", ["Tuesday, group 2", "화요일 저녁", "Mädchen (b)", "a_b-c.d", "it's + more"])
def test_ordinary_names_are_kept(name: str) -> None:
    """Letters of any language, digits and light punctuation stay."""
    assert safe_name(name) == name


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "Lpt9.txt", "aux.wargame"])
def test_names_that_windows_keeps_are_changed(name: str) -> None:
    """A device's name opens no file there."""
    assert safe_name(name).startswith("game-")


def test_a_free_path_counts_up(tmp_path: Path) -> None:
    """A second game of the same name gets a number."""
    save_path(tmp_path, "monday").touch()
    save_path(tmp_path, "monday-2").touch()

    assert free_path(tmp_path, "monday").name == "monday-3.wargame"
    assert free_path(tmp_path, "tuesday").name == "tuesday.wargame"


def test_a_deleted_game_is_gone_and_an_open_one_stays(tmp_path: Path) -> None:
    """What another program has open is not taken from under it; what is no plain file is refused."""
    path = a_save(tmp_path, "tuesday")
    with Save.open(path), pytest.raises(SaveInUse):
        delete_save(path)
    assert path.exists()
    delete_save(path)
    assert list_saves(tmp_path) == []
    with pytest.raises(SaveError):
        delete_save(path)
    with pytest.raises(SaveError):
        delete_save(tmp_path)
