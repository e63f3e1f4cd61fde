"""However the program ends, on a real terminal: that is as it was, the game is saved, nothing stays."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import shlex
import signal
import stat
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.tui.boards import MILL
from tests.tui.terminal import Terminal, program, terminal, visible
from wargame.crash import STATUS
from wargame.record import Save, verify
from wargame.table import ENGINE
from wargame.tui.terminal.leaving import GRACE, woken_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for other terminals")

MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
OFF = {"1000", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026", "2048"}
"""Modes that a shell wants off."""
ON = {"7", "25"}
"""Modes that a shell wants on: lines wrap, the cursor shows."""

SECRET, VALUE = "fertiliser-in-name-only", "five-cards-of-the-north"


def usual_attributes() -> list[Any]:
    master, slave = pty.openpty()
    try:
        return termios.tcgetattr(slave)
    finally:
        os.close(master)
        os.close(slave)


def check_terminal(tty: Terminal) -> None:
    """Check that the terminal is as it was."""
    last = {mode: state for modes, state in MODE.findall(tty.received) for mode in modes.decode().split(";")}
    assert b"\x1b[?1049h" in tty.received
    assert {mode for mode, state in last.items() if state == b"h"} & OFF == set()
    assert {mode for mode, state in last.items() if state == b"l"} & ON == set()
    assert tty.received.count(b"\x1b[<u") == len(re.findall(rb"\x1b\[>\d+u", tty.received))
    assert termios.tcgetattr(tty.master)[:4] == usual_attributes()[:4]


def last_words(tty: Terminal) -> str:
    """What stands on the screen of the shell after the program."""
    return visible(tty.received.rpartition(b"\x1b[?1049l")[2]).strip()


def children(pid: int) -> set[int]:
    """The processes that a process has started, and theirs (Linux)."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(path.parent.name)
            found |= {child} | children(child)
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def game(folder: Path, *more: str | Path) -> tuple[str | Path, ...]:
    """A game of two people, which begins with the news for both."""
    people = ("--seat", "amber=person", "--seat", "birch=person")
    return ("play", MILL, "--seed", "3", *people, "--saves", folder, *more)


def saved(folder: Path) -> Path:
    (path,) = folder.glob("*.wargame")
    return path


# --- signals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_leaves_in_order(name: str, tmp_path: Path) -> None:
    """The exit code of the signal, the terminal as it was, the save closed and whole, and how it goes on."""
    number = getattr(signal, name)
    with terminal(program(*game(tmp_path))) as tty:
        tty.wait_for("all may look")
        tty.settle()
        tty.process.send_signal(number)
        assert tty.ended() == 128 + number
        check_terminal(tty)
        assert_says_how_to_go_on(tty, tmp_path)

    assert verify(saved(tmp_path), ENGINE).ok
    Save.open(saved(tmp_path)).close()


def test_a_signal_where_no_game_is_leaves_without_a_word(tmp_path: Path) -> None:
    """At home there is nothing to go on with."""
    with terminal(program("--saves", tmp_path)) as tty:
        tty.wait_for("New game")
        tty.settle()
        tty.process.terminate()
        assert tty.ended() == 128 + signal.SIGTERM
        assert last_words(tty) == ""


def assert_says_how_to_go_on(tty: Terminal, folder: Path) -> None:
    said = last_words(tty).replace("\n", "").replace("\r", "")
    assert said.startswith("Saved. Go on with: ")
    assert said.endswith(f"resume {saved(folder)}")


def test_who_leaves_a_game_reads_how_it_goes_on(tmp_path: Path) -> None:
    """One line with the command; that it is saved stands in it."""
    with terminal(program(*game(tmp_path))) as tty:
        tty.wait_for("all may look")
        tty.settle()
        tty.leave("\x11")

        assert_says_how_to_go_on(tty, tmp_path)


@pytest.mark.parametrize("name", ["SIGINT", "SIGQUIT"])
def test_a_key_typed_as_the_program_ends_is_not_for_it(name: str, tmp_path: Path) -> None:
    """Ctrl+C and Ctrl+\\ are signals again once the terminal is as it was, and the program has ended well."""
    with terminal(program(*game(tmp_path))) as tty:
        tty.wait_for("all may look")
        tty.settle()
        os.write(tty.master, b"\x11")
        while b"\x1b[?1049l" not in tty.received and tty.process.poll() is None:
            tty.read(0.01)
        for _ in range(5):
            tty.process.send_signal(getattr(signal, name))
        assert tty.ended() == 0


@pytest.mark.soak
def test_a_signal_at_the_first_moment(tmp_path: Path) -> None:
    """Also before anything is painted: the exit code is the signal's or that of a killed process."""
    for delay in (0.05, 0.3, 0.6, 0.9, 1.2):
        with terminal(program(*game(tmp_path))) as tty:
            time.sleep(delay)
            tty.process.terminate()
            assert tty.ended() in (-signal.SIGTERM, 128 + signal.SIGTERM)
            assert "Traceback" not in visible(tty.received)
            if b"\x1b[?1049h" in tty.received:
                check_terminal(tty)


STUCK = """
import sys
from wargame.tui.app import WargameApp
told = sys.argv.pop(1)
def stuck(app):
    open(told, "w").close()
    while True:
        pass
WargameApp.action_help = stuck
from wargame.cli import main
main()
"""


@pytest.mark.soak
def test_a_program_that_is_stuck_leaves_all_the_same(tmp_path: Path) -> None:
    """After a few seconds it is cut short; the save is whole, for every move was on disk."""
    with terminal([sys.executable, "-c", STUCK, str(tmp_path / "stuck"), *map(str, game(tmp_path))]) as tty:
        tty.wait_for("all may look")
        os.write(tty.master, b"?")
        wait_until((tmp_path / "stuck").exists)
        tty.process.terminate()
        assert tty.ended() == 128 + signal.SIGTERM
        check_terminal(tty)
        assert_says_how_to_go_on(tty, tmp_path)

    assert verify(saved(tmp_path), ENGINE).ok


def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    """Who asks twice is not kept waiting."""
    with terminal([sys.executable, "-c", STUCK, str(tmp_path / "stuck"), *map(str, game(tmp_path))]) as tty:
        tty.wait_for("all may look")
        os.write(tty.master, b"?")
        wait_until((tmp_path / "stuck").exists)
        start = time.monotonic()
        tty.process.terminate()
        time.sleep(0.1)
        tty.process.terminate()
        assert tty.ended() == 128 + signal.SIGTERM
        assert time.monotonic() - start < GRACE
        check_terminal(tty)
        assert_says_how_to_go_on(tty, tmp_path)


def wait_until(true: Any) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_bots_that_think_are_not_waited_for(tmp_path: Path) -> None:
    """A program in a seat that takes its time is ended, what it has not chosen is not played."""
    bot = tmp_path / "bot.py"
    bot.write_text(
        "import os, sys, time\nsys.stdin.readline()\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    )
    command = shlex.join([sys.executable, str(bot)])
    seats = [f"--seat={seat}=cmd/600:{command}" for seat in ("amber", "birch", "cedar")]
    with terminal(program("play", MILL, *seats, "--saves", tmp_path)) as tty:
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        below = children(tty.process.pid)
        tty.process.terminate()
        assert tty.ended() == 128 + signal.SIGTERM
        check_terminal(tty)
        assert not [pid for pid in below if alive(pid)]

    report = verify(saved(tmp_path), ENGINE)
    assert report.ok
    assert "0 moves" in report.summary


def test_a_terminal_that_goes_ends_the_program(tmp_path: Path) -> None:
    """As when its window is closed and no signal comes."""
    with terminal(program(*game(tmp_path))) as tty:
        tty.wait_for("all may look")
        tty.settle()
        tty.hang_up()
        assert tty.process.wait(60) == 128 + signal.SIGHUP

    assert verify(saved(tmp_path), ENGINE).ok


def test_suspended_and_back(tmp_path: Path) -> None:
    """While it is stopped the terminal is the shell's; after that it is the program's again."""
    with terminal(program("--saves", tmp_path)) as tty:
        tty.wait_for("New game")
        tty.settle()
        tty.process.send_signal(signal.SIGTSTP)
        wait_until(lambda: stopped(tty))
        tty.read(0.3)
        check_terminal(tty)
        tty.process.send_signal(signal.SIGCONT)
        tty.wait_for("New game")
        tty.leave("q")
        check_terminal(tty)


def stopped(tty: Terminal) -> bool:
    """Whether the program has been stopped, as Ctrl+Z does it."""
    return Path(f"/proc/{tty.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


SUSPENDED_LEAVING = """
import asyncio, os, signal, sys
from wargame.cli import main
from wargame.tui.app import Backdrop

async def unmount(screen):
    os.kill(os.getpid(), signal.SIGTSTP)
    await asyncio.sleep(0.5)  # the rest of the program has still to be closed

Backdrop.on_unmount = unmount
sys.argv[:] = ["wargame", *sys.argv[1:]]
main()
"""


def test_suspended_while_it_is_left(tmp_path: Path) -> None:
    """The terminal is the shell's by then, Ctrl+Z a signal again: it is not taken once more to be kept."""
    with terminal([sys.executable, "-c", SUSPENDED_LEAVING, "--saves", str(tmp_path)]) as tty:
        tty.wait_for("New game")
        tty.settle()
        os.write(tty.master, b"\x11")
        wait_until(lambda: stopped(tty))
        tty.read(0.3)
        check_terminal(tty)
        tty.process.send_signal(signal.SIGCONT)
        assert tty.ended() == 0
        check_terminal(tty)


# --- mistakes of the program ---------------------------------------------------------------------------

MISTAKES = f"""
import asyncio, sys, threading
from textual.screen import Screen
from textual.widgets import Static
from wargame.tui.app import WargameApp

def wrong(*_):
    hand = {VALUE!r}
    raise KeyError({SECRET!r})

async def wrong_later(*_):
    wrong()

class Wrong(Static):
    render = wrong

class Composed(Screen):
    compose = wrong

class Painted(Screen):
    def compose(self):
        yield Wrong()

how = sys.argv.pop(1)
WargameApp.action_help = {{
    "handler": wrong,
    "coroutine": wrong_later,
    "timer": lambda app: app.set_timer(0.01, wrong),
    "worker": lambda app: app.run_worker(wrong_later),
    "thread worker": lambda app: app.run_worker(wrong, thread=True),
    "thread": lambda app: threading.Thread(target=wrong).start(),
    "task": lambda app: asyncio.create_task(wrong_later()) and None,
    "callback": lambda app: asyncio.get_running_loop().call_soon(wrong) and None,
    "compose": lambda app: app.push_screen(Composed()) and None,
    "paint": lambda app: app.push_screen(Painted()) and None,
}}[how]
from wargame.cli import main
main()
"""
FEW = ("handler", "worker", "thread")
HOWS = [
    how if how in FEW else pytest.param(how, marks=pytest.mark.soak)
    for how in re.findall(r'^    "([a-z ]+)":', MISTAKES, re.MULTILINE)
]


@contextmanager
def a_crash(how: str, folder: Path, *words: str | Path) -> Iterator[Terminal]:
    """The program after a mistake of this kind, when it has ended; its own files lie in `folder`."""
    command = [sys.executable, "-c", MISTAKES, how, *map(str, words)]
    with terminal(command, HOME=str(folder), XDG_STATE_HOME=str(folder / "state")) as tty:
        tty.wait_for("all may look" if words[0] == "play" else "New game")
        tty.settle()
        os.write(tty.master, b"?")
        assert tty.ended() == STATUS
        yield tty


@pytest.mark.parametrize("how", HOWS)
def test_a_mistake_of_the_program(how: str, tmp_path: Path) -> None:
    """Whatever part of it fails: one sentence that tells no secret, private details, a whole save."""
    saves = tmp_path / "it's here"
    with a_crash(how, tmp_path, *game(saves)) as tty:
        check_terminal(tty)
        said = " ".join(last_words(tty).split())
        all_of_it = visible(tty.received)
    (details,) = (tmp_path / "state").rglob("crash-*.txt")

    assert said.startswith(
        "wargame: The program met a mistake of its own and had to stop, but every move is saved: go on with `"
    )
    assert said.replace(" ", "").endswith(f"`;whatwentwrongiskeptin{details}.")
    assert "Traceback" not in all_of_it
    assert SECRET not in all_of_it
    assert VALUE not in all_of_it
    assert stat.S_IMODE(details.stat().st_mode) == 0o600
    text = details.read_text(encoding="utf-8")
    assert f"KeyError: '{SECRET}'" in text
    assert "in wrong" in text
    assert f"hand = '{VALUE}'" not in text.replace(f"    hand = {VALUE!r}", "", 1)
    assert verify(saved(saves), ENGINE).ok


@pytest.mark.soak
def test_the_command_to_go_on_with_can_be_pasted(tmp_path: Path) -> None:
    """With blanks and quotes in the way, and from the folder it was printed in."""
    saves = tmp_path / "it's here"
    with a_crash("handler", tmp_path, *game(saves)) as tty:
        words = shlex.split(last_words(tty).replace("\n", "").replace("\r", "").split("`")[1])
    with terminal(words) as tty:
        tty.wait_for("all may look")
        tty.leave("\x11")

    assert words[-2:] == ["resume", str(saved(saves))]


def test_a_mistake_where_no_game_is(tmp_path: Path) -> None:
    """At home there is nothing to go on with."""
    with a_crash("handler", tmp_path, "--saves", tmp_path) as tty:
        check_terminal(tty)
        said = " ".join(last_words(tty).split())

    assert "had to stop, and saved games are as they were; what went wrong is kept in" in said


WHILE_WRITING = """
import os, signal, sys
from wargame.cli import main
from wargame.tui.app import WargameApp

def help(app):
    with app._driver._writer_thread._queue.mutex:  # as while something is being painted
        os.kill(os.getpid(), signal.SIGCONT)

WargameApp.action_help = help
sys.argv[:] = ["wargame", *sys.argv[1:]]
main()
"""


def test_it_goes_on_after_a_stop_in_the_middle_of_painting(tmp_path: Path) -> None:
    """A signal comes at any place of the program, also where another part of it must not be entered."""
    with terminal([sys.executable, "-c", WHILE_WRITING, "--saves", str(tmp_path)]) as tty:
        tty.wait_for("help")
        tty.send("?")
        tty.leave("\x11")
        check_terminal(tty)


def test_a_signal_that_another_thread_gets_wakes_a_loop_with_nothing_to_do() -> None:
    """The system may hand a signal to any thread; its handler runs in the main one, which sleeps."""
    heard: list[float] = []
    before = signal.signal(signal.SIGUSR2, lambda *_: heard.append(time.monotonic()))

    async def waits() -> None:
        with woken_by_signals(asyncio.get_running_loop()):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
            threading.Timer(0.1, gets_it).start()
            await asyncio.sleep(5)

    def gets_it() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})
        os.kill(os.getpid(), signal.SIGUSR2)

    start = time.monotonic()
    try:
        asyncio.run(waits())
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})
        signal.signal(signal.SIGUSR2, before)

    assert heard[0] - start < 2.5
