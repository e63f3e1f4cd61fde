"""Every command where its words can't go: closed, full and ended streams, encodings that lack its letters."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

from tests.rules.boards import MINI
from tests.tui.games import a_save

OUTPUT = 74
"""The exit code of a command whose words could not be written."""
PIPE = 141
"""The exit code of a command whose reader went, as shells have it."""


@dataclass(frozen=True)
class Asked:
    """A command, with `{save}` and `{new}` for paths; how it usually ends, and whether it prints."""

    words: str
    code: int = 0
    prints: bool = True


COMMANDS = {
    "help": Asked("--help"),
    "version": Asked("--version"),
    "nonsense": Asked("--nonsense", 2, prints=False),
    "home": Asked("", 2, prints=False),
    "play": Asked(f"play {MINI}", 2, prints=False),
    "resume": Asked("resume {save}", 2, prints=False),
    "replay": Asked("replay {save}", 2, prints=False),
    "facilitate": Asked(f"facilitate {MINI}", 2, prints=False),
    "saves": Asked("saves --saves {folder}"),
    "verify": Asked("verify {save}"),
    "check": Asked(f"check {MINI}"),
    "keys": Asked("keys"),
    "simulate": Asked(f"simulate {MINI} --games 1 --rounds 1"),
    "arena": Asked(f"arena {MINI} --seat birch=greedy --games 1 --rounds 1"),
    "balance": Asked(f"balance {MINI} --games 1 --strong 0 --workers 1"),
    "claims": Asked("claims --only S1 --games 1 --workers 1"),
    "fuzz": Asked(f"fuzz {MINI} --games 1 --saves {{folder}}"),
    "report": Asked("report {save} -o {new}.md"),
    "export": Asked("export {save}"),
    "branch": Asked("branch {save} --at 1 -o {new}.wargame"),
    "outlook": Asked("outlook {save} --games 1"),
    "outlook of no move": Asked("outlook {save} --at 999999", 1, prints=False),
}


@dataclass(frozen=True)
class Trouble:
    """What is wrong with the streams: a redirection of the shell, an environment, a pipe that has ended."""

    redirect: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    ended: str = ""
    encoding: str = "utf-8"
    code: int = 0
    """How a command ends that prints; 0: as usual."""


TROUBLES = {
    "stdin closed": Trouble("<&-"),
    "stdout closed": Trouble(">&-", code=OUTPUT),
    "stderr closed": Trouble("2>&-"),
    "all closed": Trouble("<&- >&- 2>&-", code=OUTPUT),
    "stdout full": Trouble(">/dev/full", code=OUTPUT),
    "stderr full": Trouble("2>/dev/full"),
    "both full": Trouble(">/dev/full 2>&1", code=OUTPUT),
    "stdout ended": Trouble(ended="stdout", code=PIPE),
    "stderr ended": Trouble(ended="stderr"),
    "ASCII": Trouble(env={"PYTHONIOENCODING": "ascii"}, encoding="ascii"),
    "cp1252": Trouble(env={"PYTHONIOENCODING": "cp1252"}, encoding="cp1252"),
    "POSIX": Trouble(env={"LC_ALL": "POSIX"}),
    "C": Trouble(env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, encoding="ascii"),
}
if not Path("/dev/full").exists():
    TROUBLES = {name: trouble for name, trouble in TROUBLES.items() if "full" not in name}


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small game, in a folder and with a title that hold letters of several alphabets."""
    folder = tmp_path_factory.mktemp("saves") / "Жé 가"
    return a_save(folder, "evening", moves=2).rename(folder / "evening – 밤.wargame")


def run(command: Asked, trouble: Trouble, save: Path, folder: Path) -> tuple[int, bytes, bytes]:
    """Run it so: its exit code, and what came on the streams that are whole."""
    words = command.words.format(save=shlex.quote(str(save)), folder=shlex.quote(str(save.parent)), new="new")
    line = f"exec {shlex.quote(sys.executable)} -m wargame {words} {trouble.redirect}"
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if trouble.ended:
        ours, streams[trouble.ended] = os.pipe()
        os.close(ours)
    done = subprocess.run(
        ["sh", "-c", line],
        **streams,  # type: ignore[call-overload]
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env=os.environ | {"COLUMNS": "100", **trouble.env},
        timeout=60,
        check=False,
    )
    if trouble.ended:
        os.close(streams[trouble.ended])
    return done.returncode, done.stdout or b"", done.stderr or b""


EVERY = list(product(COMMANDS, TROUBLES))
SOME = [pair for nth, pair in enumerate(EVERY) if nth % 7 == 0]


def survives(name: str, wrong: str, save: Path, folder: Path) -> None:
    """Check: no traceback, an exit code that tells, a sentence where something was lost."""
    command, trouble = COMMANDS[name], TROUBLES[wrong]

    code, out, err = run(command, trouble, save, folder)

    for text in (out, err):
        assert b"Traceback" not in text
        assert b"Exception ignored" not in text
        text.decode(trouble.encoding)
    if trouble.code and command.prints:
        assert code == trouble.code
        told = trouble.code == OUTPUT and "2>" not in trouble.redirect
        assert err.startswith(b"wargame: the output can't be written (" if told else b"")
        assert err.count(b"\n") == told
    else:
        assert code == command.code
    if not trouble.code:
        assert bool(out) == command.prints


@pytest.mark.parametrize(("name", "wrong"), SOME)
def test_a_command_survives_its_streams(name: str, wrong: str, save: Path, tmp_path: Path) -> None:
    """Each command with one or two troubles, each trouble with several commands."""
    survives(name, wrong, save, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize(("name", "wrong"), [pair for pair in EVERY if pair not in SOME])
def test_every_command_survives_every_stream(name: str, wrong: str, save: Path, tmp_path: Path) -> None:
    """All the other pairs."""
    survives(name, wrong, save, tmp_path)


def test_what_a_stream_lacks_is_said_otherwise(save: Path, tmp_path: Path) -> None:
    """A letter the encoding has not becomes a plain one, or a question mark; a file is UTF-8 all the same."""
    ascii_ = TROUBLES["ASCII"]

    _, keys, _ = run(COMMANDS["keys"], ascii_, save, tmp_path)
    _, listed, _ = run(COMMANDS["saves"], ascii_, save, tmp_path)
    run(COMMANDS["report"], ascii_, save, tmp_path)

    assert b"<" in keys
    assert b"evening - ?" in listed
    assert "evening – 밤" in (tmp_path / "new.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")
@pytest.mark.parametrize("name", ["saves", "verify", "report", "export", "branch", "outlook"])
def test_a_file_name_that_is_no_text(name: str, save: Path, tmp_path: Path) -> None:
    """A save whose name holds bytes of another encoding is used like any other."""
    odd = Path(os.fsdecode(os.fsencode(tmp_path / "saves") + b"/b\xe9\xff.wargame"))
    odd.parent.mkdir()
    odd.write_bytes(save.read_bytes())

    code, out, err = run(COMMANDS[name], Trouble(), odd, tmp_path)

    assert (code, err) == (0, b"")
    assert out


def test_a_file_is_never_opened_in_the_place_of_a_closed_stream(save: Path, tmp_path: Path) -> None:
    """With all closed the next file would be number 0, 1 or 2, and what is printed would land in it."""
    run(COMMANDS["branch"], TROUBLES["all closed"], save, tmp_path)

    assert run(Asked(f"verify {tmp_path}/new.wargame"), Trouble(), save, tmp_path)[0] == 0
