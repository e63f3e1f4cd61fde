"""Settings: what the file may say, what is said when it is wrong, and that they are in force at once."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.tui.boards import MILL, SMALL
from tests.tui.games import settled
from tests.tui.terminal import CONTROL, program, terminal
from wargame.errors import CannotWrite, ConfigError
from wargame.tui import Start
from wargame.tui.actions import ACTIONS
from wargame.tui.app import WargameApp
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.home.settings import SettingsScreen
from wargame.tui.keymap import Keys, complaints, parse_key, shown_key
from wargame.tui.settings import USUAL, Settings, load, save


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def said(tmp_path: Path, text: str) -> list[str]:
    """What is wrong with such a file, without its name."""
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]


def test_no_file_is_the_usual(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == USUAL


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Every setting survives, keys too, and nothing else is left in the folder."""
    path = tmp_path / "deep" / "config.toml"
    mine = Settings("light", "braille", "slow", False, False, False, Keys({"offer": ("x", "f5")}))
    save(mine, path)

    assert load(path) == mine
    assert [found.name for found in path.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = "daark"', '1: there is no theme "daark" (did you mean `dark`?)'),
        ('reading = "fats"', '1: nobody reads "fats" (did you mean `fast`?); it is one of slow'),
        ("glyphs = 3", "1: there are no glyphs 3; it is one of quadrant"),
        ('bell = "yes"', '1: `bell` is true or false, not "yes"'),
        ("\nfoo = 1", "2: there is no setting `foo`."),
        ("keys = 1", "1: `keys` is a table"),
        ('[keys]\nofer = "x"', "2: there is no action `ofer` (did you mean `offer`?)"),
        ('[keys]\noffer = "qq"', '2: "qq" is no key'),
        ("[keys]\noffer = []", "2: `offer` needs a key"),
        ('[keys]\nend = "u"', "2: u is also the key of `undo`"),
        ('[keys]\nend = "up"', "2: ↑ has a use of its own everywhere"),
        ('[keys]\ndo = "v"', "2: `do` can't lose Enter"),
        ('[keys]\nback = ";"', "2: `back` must work while text is typed"),
        ("theme = ", "1: this is not TOML"),
        (f"\nbell = {'9' * 5000}", "2: this is not TOML: a number is too long."),
        (f"\nbell = -{'9_' * 4900}9", "2: this is not TOML: a number is too long."),
        (f"theme = {'[' * 9000}", " this is not TOML: it is nested too deep."),
        (f"theme{'.a' * 9000} = 1", " there is no theme {…}"),
        (f"keys{'.a' * 9000} = 1", " there is no action `a`"),
        (f"keys.do{'.a' * 9000} = 1", " `do` needs a key"),
    ],
    ids=lambda said: said[:20],
)
def test_a_mistake_is_a_sentence_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    (only,) = said(tmp_path, text)
    assert only.startswith(line)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    lines = said(tmp_path, 'theme = "x"\nbell = 2\n[keys]\nbogus = "y"\n')
    assert [line.split(":")[0] for line in lines] == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("raw", "line"), [(b"\xff\xfe", "1: this is not text"), (b"#" * 70_000, " it is larger than 64 kB")]
)
def test_what_is_no_file_of_settings(tmp_path: Path, raw: bytes, line: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    with pytest.raises(ConfigError, match=line):
        load(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    """A pipe would keep the program waiting for ever, and a device may have no end."""
    path = Path("/dev/zero") if kind == "device" else tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()

    with pytest.raises(ConfigError, match=f"{path}: it is not a file"):
        load(path)


PARTS = st.sampled_from(
    ["theme", "bell", "keys", "do", "=", ".", "[", "]", "{", "}", "\n", '"', "'''", ",", "#", " ", "true",
     "inf", "2024-02-30", "25:61:00", "1e999", "0x", "9" * 5000, "_", "\\u", "\\ud800", "\0", "é", "-", "+"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PARTS, max_size=30).map("".join))
def test_whatever_stands_in_it_is_understood_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Nothing but the sentences of a `ConfigError` comes of a file."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8")

    with suppress(ConfigError):
        load(path)


def test_a_disk_that_does_not_take_it_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite, match="could not be written"):
        save(USUAL, tmp_path / "file" / "config.toml")


TYPED = {
    "x": "x",
    "X": "X",
    "Esc": "escape",
    "PgUp": "pageup",
    "?": "question_mark",
    "F5": "f5",
    "←": "left",
    "Ctrl+K": "ctrl+k",
}


@pytest.mark.parametrize(("typed", "name"), TYPED.items())
def test_keys_as_people_name_them(typed: str, name: str) -> None:
    assert parse_key(typed) == name
    assert parse_key(shown_key(name)) == name


@pytest.mark.parametrize("typed", ["qq", "F99", "Hyper+x", ""])
def test_what_is_no_key(typed: str) -> None:
    assert parse_key(typed) is None


# --- the program ---------------------------------------------------------------------------------------


async def turned(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_settings_screen_works_at_once_and_is_kept(tmp_path: Path) -> None:
    """, opens it; → turns a dial, which holds at once; Esc writes the file."""
    path = tmp_path / "config.toml"
    app = WargameApp(Start("home", saves=tmp_path), Settings(theme="dark"), path)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await turned(pilot, "comma")
        assert isinstance(app.screen, SettingsScreen)
        await turned(pilot, "1", "right")
        assert app.theme == "wargame-light"
        await turned(pilot, "4", "right")
        assert not path.exists()
        await turned(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)

    assert load(path) == Settings(theme="light", bell=False)


def test_no_key_has_two_meanings_on_a_screen() -> None:
    """The usual keys of every action are ones that a person could choose for it."""
    for act in ACTIONS:
        assert list(complaints({act.id: tuple(act.keys.split(","))})) == [], act.id


async def test_a_key_of_ones_own_works_and_is_shown(tmp_path: Path) -> None:
    """; opens the rules, r no longer does, and the bottom line says so."""
    app = WargameApp(Start("home", saves=tmp_path), Settings(keys=Keys({"rules": ("semicolon",)})))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        strips = app.screen._compositor.render_strips()
        foot = "".join(segment.text for segment in strips[-1])
        assert ";  rules" in foot
        await turned(pilot, "r")
        assert isinstance(app.screen, HomeScreen)
        await turned(pilot, "semicolon")
        assert isinstance(app.screen, RulesScreen)


async def test_too_small_is_covered_and_uncovered(tmp_path: Path) -> None:
    """Below 80×24 a friendly screen covers what there is; it goes when there is room again.

    A letter does nothing there: it was perhaps meant for the page below.
    """
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        assert type(app.screen).__name__ == "SmallScreen"
        await pilot.press("q")
        await settled(pilot)
        assert app.is_running
        assert type(app.screen).__name__ == "SmallScreen"
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


def test_the_command_lists_the_keys_in_use(tmp_path: Path) -> None:
    """`wargame keys` marks those of one's own; a file that is wrong is a sentence and exit 1."""
    path = written(tmp_path, '[keys]\noffer = "x"\n')
    listed = keys_command(path)
    assert listed.returncode == 0
    (line,) = (line for line in listed.stdout.splitlines() if line.split()[1:2] == ["offer"])
    assert line.split()[:3] == ["*", "offer", "x"]

    path = written(tmp_path, '[keys]\nofer = "x"\n')
    refused = keys_command(path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"wargame: {path}:2: there is no action `ofer`")


def keys_command(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wargame", "keys"],
        env={**os.environ, "WARGAME_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_does_not_open_with_settings_it_does_not_understand(tmp_path: Path) -> None:
    config = written(tmp_path, 'theme = "daark"\n')
    with terminal(program("--saves", tmp_path), WARGAME_CONFIG=str(config)) as tty:
        tty.wait_for("did you mean `dark`?")
        assert tty.ended() == 1


@pytest.mark.soak
def test_plain_letters_only(tmp_path: Path) -> None:
    """With `glyphs = "ascii"` every byte of a board, a hand and a map is ASCII."""
    config = written(tmp_path, 'glyphs = "ascii"\nanimations = false\n')
    options = ("--seed", "3", "--seat", "dprk=person", "--saves", tmp_path)
    with terminal(program("play", *options), (120, 40), WARGAME_CONFIG=str(config)) as tty:
        tty.wait_for("YOU ARE")
        tty.press_until("\r", "FACE DOWN")
        tty.send("o", "\x1b", "b", "\x1b")
    shown = CONTROL.sub(b"", tty.received)
    assert {byte for byte in shown if byte > 126} == set()


def test_no_color_sends_no_colour(tmp_path: Path) -> None:
    """`NO_COLOR` wins over any theme: no sequence of the whole opening sets a colour."""
    config = written(tmp_path, 'theme = "dark"\n')
    command = ["env", "NO_COLOR=1", *program("play", MILL, "--seed", "3", "--seat", "amber=person")]
    with terminal([*command, "--saves", str(tmp_path)], WARGAME_CONFIG=str(config)) as tty:
        tty.wait_for("YOU ARE")
        tty.send("\r", "\r")
    styles = {part for code in CONTROL.findall(tty.received) if code.endswith(b"m") for part in parts(code)}
    assert not {code for code in styles if code in COLOURS}


COLOURS = frozenset(range(30, 39)) | frozenset(range(40, 49)) | frozenset(range(90, 108))


def parts(code: bytes) -> list[int]:
    inner = code.removeprefix(b"\x1b[").removesuffix(b"m")
    return [int(part) for part in inner.split(b";") if part.isdigit()]
