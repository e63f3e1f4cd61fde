"""A mistake of the program itself: one sentence, details in a private file, exit code 70."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.boards import MINI
from wargame.crash import KEPT, STATUS

SECRET = "fertiliser-in-name-only"
MISTAKE = f"""
import sys, threading
import wargame.record

def list_saves(folder):
    hand = {SECRET.upper()!r}
    raise KeyError({SECRET!r})

def in_a_thread(folder):
    thread = threading.Thread(target=list_saves, args=(folder,))
    thread.start()
    thread.join()
    return []

wargame.record.list_saves = {{}}
from wargame.cli import main
main()
"""
"""The program with a mistake in its list of saves, which stands in the braces."""


def wargame(
    *words: str, folder: Path, mistake: str = "list_saves", state: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line with the mistake; what it keeps of crashes lies below `folder`."""
    return subprocess.run(
        [sys.executable, "-c", MISTAKE.replace("{}", mistake), *words],
        capture_output=True,
        text=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder), "XDG_STATE_HOME": str(state or folder / "state")},
        timeout=60,
        check=False,
    )


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("crash-*.txt"))


@pytest.mark.parametrize("mistake", ["list_saves", "in_a_thread"])
def test_a_mistake_is_a_sentence_and_a_private_file(mistake: str, tmp_path: Path) -> None:
    """The sentence tells the room nothing; the traceback is for who runs the program, without variables."""
    done = wargame("saves", folder=tmp_path, mistake=mistake)
    (details,) = kept(tmp_path)

    assert done.returncode == STATUS
    assert done.stderr == (
        "wargame: The program met a mistake of its own and had to stop, and saved games are as they were;"
        f" what went wrong is kept in {details}.\n"
    )
    text = details.read_text(encoding="utf-8")
    assert "Traceback (most recent call last)" in text
    assert f"KeyError: '{SECRET}'" in text
    assert f"hand = {SECRET.upper()}" not in text
    assert stat.S_IMODE(details.stat().st_mode) == 0o600
    assert stat.S_IMODE(details.parent.stat().st_mode) == 0o700


def test_details_that_cant_be_kept_are_said_to_be_lost(tmp_path: Path) -> None:
    """The sentence comes all the same, and the exit code."""
    (tmp_path / "file").touch()

    done = wargame("saves", folder=tmp_path, state=tmp_path / "file")

    assert done.returncode == STATUS
    assert done.stderr.endswith("; what went wrong could not be kept (not a directory).\n")
    assert done.stderr.count("\n") == 1


def test_only_the_last_details_are_kept(tmp_path: Path) -> None:
    """However often it goes wrong, the folder does not grow."""
    wargame("saves", folder=tmp_path)
    (first,) = kept(tmp_path)
    for nth in range(KEPT + 5):
        (first.parent / f"crash-2020-01-01T00.00.{nth:02}-1.txt").touch()

    wargame("saves", folder=tmp_path)

    assert len(kept(tmp_path)) == KEPT
    assert first in kept(tmp_path)


ASKS = [
    "verify {}", "check {}", "facilitate {}", "resume {}", "report {} -o page.md", "export {}",
    "branch {} --at 0 -o new", "outlook {}", "simulate {}", "saves --saves {}", "play {}", "check {folder}",
    "claims {folder}", "keys",
]  # fmt: skip
"""Every command that takes the name of a file or folder."""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("words", ASKS)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(words: str, tmp_path: Path) -> None:
    """One that nobody writes to would keep the program for ever."""
    deck, pipe = tmp_path / "deck", tmp_path / "pipe"
    shutil.copytree(MINI, deck)
    for path in (pipe, deck / "claims.yaml", deck / "exercise.yaml"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    command = words.replace("{folder}", str(deck)).replace("{}", str(pipe)).split()
    done = subprocess.run(
        [sys.executable, "-m", "wargame", *command],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=tmp_path, timeout=30, check=False,
        env=os.environ | {"WARGAME_CONFIG": str(pipe)},
    )  # fmt: skip

    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2) or words.startswith("saves")
    assert 1 <= done.stderr.count("\n") <= 3 or words.startswith("saves")


LONG = "x" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ("verify", LONG),
        ("resume", LONG),
        ("check", LONG),
        ("facilitate", LONG),
        ("simulate", LONG),
        ("saves", "--saves", LONG),
        ("fuzz", "--games", "1", "--saves", LONG),
        ("export", LONG),
        ("verify", "/dev/null"),
        ("check", "/dev/null"),
        ("check", "/dev/zero"),
        ("facilitate", "/dev/zero"),
        ("simulate", "/dev/null"),
    ],
    ids=lambda words: " ".join(words).replace(LONG, "LONG"),
)
def test_a_path_that_cant_be_used_is_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    """A name that is too long, a device in a file's place: what is wrong, and no details."""
    done = subprocess.run(
        [sys.executable, "-m", "wargame", *words],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode in (0, 1, 2)
    assert done.returncode or done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 2
    assert len(done.stderr) < 6000
