"""A scenario in a single `.zip` is read as its folder would be; what else an archive may do is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.rules.boards import MINI
from wargame import load_scenario
from wargame.content.archive import MOST_ENTRIES
from wargame.content.found import find_scenarios
from wargame.content.load import check_folder, folder_hash, has_hindsight

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in MINI.glob("*.yaml")}


def packed(path: Path, prefix: str = "", more: Mapping[str, str | bytes] | None = None) -> Path:
    """The small scenario in an archive, with whatever else lies in it."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in TEXTS.items():
            archive.writestr(f"{prefix}{name}", text)
        for name, raw in (more or {}).items():
            archive.writestr(name, raw)
    return path


@pytest.mark.parametrize("prefix", ["", "mill/"])
def test_it_is_the_scenario_that_was_packed(tmp_path: Path, prefix: str) -> None:
    """Its files lie at the top or in one folder; what a packer adds for itself does not matter."""
    beside = {"__MACOSX/mill/scenario.yaml": b"\0", f"{prefix}.DS_Store": b"\0", f"{prefix}note.txt": b"hi"}
    path = packed(tmp_path / "mill.zip", prefix, beside)

    assert load_scenario(path).hash == load_scenario(MINI).hash == folder_hash(path)
    assert not has_hindsight(path)


def test_what_is_wrong_in_a_file_has_its_place(tmp_path: Path) -> None:
    """A problem names the file in the archive, its line and its column."""
    with ZipFile(path := tmp_path / "mill.zip", "w") as archive:
        for name, text in TEXTS.items():
            archive.writestr(name, text.replace("speed: 1", "sped: 1", 1) if name == "amber.yaml" else text)

    found = [str(one) for one in check_folder(path).complaints]
    assert any(one.startswith("amber.yaml:5:3: unknown key `sped`") for one in found)


def locked(path: Path) -> None:
    """Say of each file that it is locked with a password, as if it were."""
    raw = packed(path).read_bytes()
    raw = raw.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    path.write_bytes(raw)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no archive": (lambda path: path.write_bytes(b"hi"), "is no archive that can be read"),
    "cut short": (lambda path: path.write_bytes(packed(path).read_bytes()[:-40]), "is no archive"),
    "large": (lambda path: path.write_bytes(bytes(5_000_000)), "is too large: an archive may have"),
    "outside": (lambda path: packed(path, more={"../evil.yaml": "x"}), "names a file outside itself"),
    "absolute": (lambda path: packed(path, more={"/etc/evil.yaml": "x"}), "names a file outside itself"),
    "deep": (lambda path: packed(path, more={"a/b/c.yaml": "x"}), "holds folders in folders"),
    "two": (lambda path: packed(path, more={"a/other.yaml": "x"}), "holds several folders"),
    "many": (lambda path: packed(path, more={f"{n}": "" for n in range(MOST_ENTRIES)}), "holds too much"),
    "locked": (locked, "is locked with a password"),
    "empty": (lambda path: ZipFile(path, "w").close(), "holds no .yaml file"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_scenario_is_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    """Whatever lies in the file, it is one sentence about that file."""
    make, says = HOSTILE[kind]
    make(path := tmp_path / "mill.zip")
    complaints = check_folder(path).complaints

    assert len(complaints) == 1
    assert str(complaints[0]).startswith("mill.zip:1:1: ")
    assert says in str(complaints[0])


def test_a_bomb_is_read_no_further_than_a_file_may_go(tmp_path: Path) -> None:
    """What unpacks to far more than it is stops at what a scenario's file may have."""
    with ZipFile(path := tmp_path / "mill.zip", "w", ZIP_DEFLATED) as archive:
        for name, text in TEXTS.items():
            archive.writestr(name, text)
        archive.writestr("zz.yaml", b"#" * 100_000_000)

    assert [str(one) for one in check_folder(path).complaints] == [
        "zz.yaml:1:1: is larger than 256 kB; split it"
    ]


def test_scenarios_are_found_where_people_keep_them(tmp_path: Path) -> None:
    """In their own folder all that lies there is meant, in a working folder what is one; each named once."""
    own, working = tmp_path / "own", tmp_path / "working"
    for folder in (own, working, working / "mill"):
        folder.mkdir()
    (own / "torn.zip").write_bytes(b"no archive")
    (working / "other.zip").write_bytes(b"no archive")
    (working / "notes").mkdir()
    packed(own / "mailed.zip")
    packed(working / "sent.zip")
    for name, text in TEXTS.items():
        (working / "mill" / name).write_text(text, encoding="utf-8")

    found = [one.where for one in find_scenarios(own, working) if one.where]

    assert found == [own / "mailed.zip", own / "torn.zip", working / "mill", working / "sent.zip"]
    assert [one.where for one in find_scenarios(own, working / "mill") if one.where][-1] == working / "mill"
    assert [one.where for one in find_scenarios(own, own) if one.where] == found[:2]
    assert {one.name for one in find_scenarios(tmp_path / "none", tmp_path / "none")} >= {"honeymoon"}
