"""No text from decks, saves, file names or people reaches a terminal as markup or as control bytes.

The real program runs on a real pseudo-terminal; every byte it sends is read strictly.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tui.boards import MILL
from tests.tui.games import a_save
from tests.tui.terminal import PATIENT, foreign, hidden, program, terminal, visible
from wargame.content.load import check_folder
from wargame.content.reader import read

TEXTS = {"title", "name", "text", "label", "capital", "wants", "fears", "briefing", "communique", "prompt"}
MARKUP = "[/red][bold]$(x)`x`[@click=app.quit]y[/] {0} %s \\x1b[31m &lt; "
EVIL = "\x1b]0;pwned\x07\x1b[2J\x1b]52;c;ZXZpbA==\x1b\\\x9b31m\u202eE\u200bvil\x00\x08\r"


def a_hostile_folder(folder: Path) -> Path:
    """The small scenario, with markup before every text in it."""
    folder.mkdir()
    for path in sorted(MILL.glob("*.yaml")):
        document, wrong = read(path.read_bytes(), path.name)
        assert document is not None
        assert not wrong
        text = json.dumps(_marked(document.data), ensure_ascii=False, indent=1)
        (folder / path.name).write_text(text, encoding="utf-8")
    assert check_folder(folder).complaints == []
    return folder


def _marked(data: Any, key: str = "") -> Any:
    if isinstance(data, dict):
        return {name: _marked(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_marked(value, key) for value in data]
    return f"{MARKUP}{data}" if key in TEXTS and isinstance(data, str) else data


def test_the_reading_is_strict() -> None:
    """The scanner of these tests finds what it is for."""
    assert foreign(b"\x1b[2J\x1b]0;t\x07a\x1b]8;;http://x\x1b\\b\x1b[5i\x08\x1bc") == [
        b"\x08",
        b"\x1b[5i",
        b"\x1b]0;t\x07",
        b"\x1b]8;;http://x\x1b\\",
        b"\x1bc",
    ]
    assert hidden("a\u202eb\x9bc\u200b".encode()) == ["\x9b", "\u200b", "\u202e"]
    assert foreign(b"\x1b[38;2;1;2;3m\x1b[1;1H\x1b[?1049h") == []


@pytest.mark.soak
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_markup_in_a_scenario_is_text(tmp_path: Path, size: tuple[int, int]) -> None:
    """A game of a scenario full of markup: all its screens show the brackets, none obeys them."""
    folder = a_hostile_folder(tmp_path / "deck")
    options = ("--seed", "3", "--seat", "amber=person", "--saves", tmp_path / "saves")
    with terminal(program("play", folder, *options), size) as tty:
        tty.wait_for("YOU ARE")
        tty.press_until("\r", "all may look")
        tty.send("w", "l", "\x1b")  # news, log
        tty.press_until("\r", "FACE DOWN")
        tty.send(
            "w", "\x1b[B", "\x1b[B", "c", "b", "\t", "\x1b[B", "\t", "\t", "\x1b", "l", "\x1b", "i", "\x1b"
        )
        tty.send("o", "\x1b[B", "\x1b[C", "\x1b", "d", "\x1b", "t", "\x1b", "\r", "e", "\r", "e", "\r")
        for _ in range(3):
            tty.send("s", "\r", "e", "\r")
        received = tty.leave("\x11")

    assert foreign(received) == []
    assert hidden(received) == []
    assert "[/red][bold]$(x)" in visible(received)
    assert "[@click=app.quit]" in visible(received)
    assert "Traceback" not in visible(received)


def test_control_characters_in_a_scenario_are_refused(tmp_path: Path) -> None:
    """A deck with an escape sequence or a reversing character does not load; what is said of it is clean."""
    folder = a_hostile_folder(tmp_path / "deck")
    path = folder / "amber.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("$(x)", "\x1b]0;pwned\x07\u202e", 1), encoding="utf-8")
    with terminal(program("play", folder, "--seat", "amber=person", "--saves", tmp_path)) as tty:
        assert tty.ended() == 1
        received = tty.received

    assert foreign(received) == []
    assert hidden(received) == []
    assert "amber.yaml:" in visible(received)


def test_names_of_saves_and_files_are_stripped(tmp_path: Path) -> None:
    """A save whose file name, or whose damage, carries control characters is listed without them."""
    path = a_save(tmp_path, "evening", moves=1)
    path.rename(tmp_path / f"{EVIL.replace(chr(0), '')}.wargame")
    whole = a_save(tmp_path, "other", moves=1).read_bytes()
    (tmp_path / "\u202egnp.wargame").write_bytes(whole[:200] + EVIL.encode() + whole[200:])
    with terminal(program("--saves", tmp_path)) as tty:
        tty.wait_for("GAMES")
        tty.send("6", "7", "8")
        received = tty.leave("q")

    assert foreign(received) == []
    assert hidden(received) == []
    assert "pwned" in visible(received)


@pytest.mark.soak
def test_names_of_people_are_stripped(tmp_path: Path) -> None:
    """Whatever a person is called, the screens that say the name send nothing but letters."""
    script = (
        f"{PATIENT.partition('from wargame.cli')[0]}"
        "from tests.tui.games import players; from wargame.record import Player; from wargame.tui import *;"
        f"who = players(('rok', 'dprk')) | dict(rok=Player('person', {EVIL!r} + '[/red]'));"
        "run(Start('play', players=who, seed=3, rounds=2))"
    )
    with terminal([sys.executable, "-c", script]) as tty:
        tty.wait_for("all may look")
        tty.press_until("\r", "decides, aloud")
        tty.press_until("i", "Pass the keyboard to")
        received = tty.leave("\x11")

    assert foreign(received) == []
    assert hidden(received) == []
    assert "pwned" in visible(received)
    assert "[/red]" in visible(received)
