"""A scenario in a single `.zip` is read as its folder would be; what else an archive may do is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tests.rules.boards import MINI
from wargame import load_scenario
from wargame.cli.author import examine
from wargame.content.archive import MOST_ENTRIES
from wargame.content.exercise import find_exercise, open_exercise
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


def a_link(path: Path) -> None:
    """Pack a link to a file of the machine, as `zip --symlinks` does."""
    entry = ZipInfo("link.yaml")
    entry.external_attr = 0o120777 << 16
    with ZipFile(packed(path), "a") as archive:
        archive.writestr(entry, "/etc/passwd")


def twice(path: Path) -> None:
    """Pack a file a second time, which `zipfile` warns of and does."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed(path, "mill/", {"mill/amber.yaml": "x"})


def unbounded(path: Path) -> None:
    """Pack by a method that Python unpacks in one piece, however large that becomes."""
    with ZipFile(packed(path), "a", ZIP_BZIP2) as archive:
        archive.writestr("zz.yaml", b"#" * 50_000_000)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no archive": (lambda path: path.write_bytes(b"hi"), "is no archive that can be read"),
    "cut short": (lambda path: path.write_bytes(packed(path).read_bytes()[:-40]), "is no archive"),
    "large": (lambda path: path.write_bytes(bytes(5_000_000)), "is too large: an archive may have"),
    "outside": (lambda path: packed(path, more={"../evil.yaml": "x"}), "names a file outside itself"),
    "absolute": (lambda path: packed(path, more={"/etc/evil.yaml": "x"}), "names a file outside itself"),
    "deep": (lambda path: packed(path, more={"a/b/c.yaml": "x"}), "holds folders in folders"),
    "twice": (twice, "holds amber.yaml twice"),
    "both": (lambda path: packed(path, "a/", {"b/amber.yaml": "x"}), "holds several folders"),
    "link": (a_link, "holds a link, link.yaml"),
    "bzip2": (unbounded, "is packed in an unusual way"),
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


@pytest.mark.parametrize("prefix", ["", "mill/"])
def test_its_claims_and_its_exercise_are_read_too(tmp_path: Path, prefix: str) -> None:
    """`check` says what is wrong in them, and the exercise in an archive can be run."""
    mistaken = {
        f"{prefix}claims.yaml": "arms: []\nclaim: []\n",
        f"{prefix}exercise.yaml": "titel: An evening\n",
    }
    sound = {f"{prefix}exercise.yaml": "scenario: mini\ntitle: An evening\n"}
    wrong = packed(tmp_path / "wrong.zip", prefix, mistaken)
    right = packed(tmp_path / "right.zip", prefix, sound)

    found = "\n".join(map(str, examine(str(wrong)).complaints))
    assert "claims.yaml:2:1: unknown key `claim`" in found
    assert "exercise.yaml:1:1: unknown key `titel`" in found
    assert find_exercise(right) == right / "exercise.yaml"
    assert open_exercise(find_exercise(right))[0].hash == load_scenario(MINI).hash


def test_a_scenario_is_meant_by_its_main_file_too(tmp_path: Path) -> None:
    """As a file manager or an editor hands it over."""
    assert load_scenario(MINI / "scenario.yaml").hash == load_scenario(MINI).hash
    assert find_exercise(MINI / "scenario.yaml") == MINI / "exercise.yaml"


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
