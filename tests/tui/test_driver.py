"""What a terminal sends, whatever it is, and the private parts of Textual that reading it leans on."""

from __future__ import annotations

import fcntl
import inspect
import os
import signal
import struct
import sys
import termios
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.message import Message
from textual.worker import WorkerFailed

from tests.tui.boards import MILL
from tests.tui.glass import Glass
from tests.tui.terminal import program, terminal
from wargame.tui.terminal.keyboard import (
    HELD,
    HELD_AT_FIRST,
    LASTING,
    MOST_PASTED,
    PATIENCE,
    QUIET,
    TICK,
    Bytes,
    Keyboard,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for other terminals")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def read(*parts: bytes, wait: float = TICK) -> list[Message]:
    """What a keyboard makes of these parts, each read on its own, and of the silence afterwards."""
    clock = Clock()
    keyboard = Keyboard(clock=clock)
    found = [message for part in parts for message in keyboard.feed(part)]
    clock.now += wait
    return [*found, *keyboard.idle()]


def keys(*parts: bytes) -> list[str]:
    return [message.key for message in read(*parts) if isinstance(message, events.Key)]


def mouse(*parts: bytes) -> list[tuple[str, int, int, int]]:
    """The kind, column, row and button of each mouse event."""
    found = [message for message in read(*parts) if isinstance(message, events.MouseEvent)]
    return [(type(one).__name__, one.x, one.y, one.button) for one in found]


# --- Esc, with which longer keys begin ---------------------------------------------------------------------


def test_esc_alone_is_esc_before_anybody_waits_for_it() -> None:
    keyboard = Keyboard()
    assert list(keyboard.feed(b"\x1b")) == []
    assert list(keyboard.rest()) == []
    time.sleep(keyboard.held)

    assert [key.key for key in keyboard.rest() if isinstance(key, events.Key)] == ["escape"]
    assert keyboard.held <= 0.05


def test_esc_is_held_longer_while_the_terminal_may_answer() -> None:
    """An answer begins as Esc does, and comes byte by byte on a slow line."""
    now = [50.0]
    keyboard = Keyboard(clock=lambda: now[0])
    assert keyboard.held == HELD_AT_FIRST
    now[0] += PATIENCE
    assert keyboard.held == HELD < HELD_AT_FIRST


def test_a_key_that_comes_in_two_parts_is_one() -> None:
    keyboard = Keyboard()
    found = [*keyboard.feed(b"\x1b"), *keyboard.rest(), *keyboard.feed(b"[A")]

    assert [key.key for key in found if isinstance(key, events.Key)] == ["up"]


# --- letters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ((b"\xe9x",), ["x"]),
        ((b"\xe9", b"x"), ["x"]),
        ((b"a\xff\xfe\x80b",), ["a", "b"]),
        ((b"\xc3\xa9",), ["é"]),
        ((b"\xc3", b"\xa9"), ["é"]),
        ((b"\xed", b"\x95", b"\x9c"), ["한"]),
        ((b"\xed\xa0\x80q",), ["q"]),
        ((b"\xc0\x80q",), ["q"]),
        ((b"\xe9\x1b[A",), ["up"]),
        ((b"\x1b[55296;1;55296uq",), ["q"]),
        ((b"\x1b[99999999;1uq",), ["q"]),
        ((b"\x1b[1;99999999999;9999999999uq",), ["q"]),
    ],
    ids=lambda sent: " ".join(map(repr, sent)),
)
def test_what_is_no_text_is_dropped(sent: tuple[bytes, ...], heard: list[str]) -> None:
    """And nothing else: a letter in two parts is one letter, and the key after an odd byte is heard."""
    assert keys(*sent) == heard


# --- the mouse -----------------------------------------------------------------------------------------


def old(buttons: int, column: int, row: int) -> bytes:
    """A report in the old form; columns and rows count from 1."""
    return b"\x1b[M" + bytes((32 + buttons, 32 + column, 32 + row))


@pytest.mark.parametrize("at", [(1, 1), (40, 12), (95, 24), (96, 24), (140, 40), (223, 223)])
def test_both_forms_of_mouse_reports_mean_the_same(at: tuple[int, int]) -> None:
    """Press, move, release and wheel, up to the last column that the old form can say."""
    column, row = at
    ends = [(0, b"M"), (32, b"M"), (0, b"m"), (64, b"M")]
    new = [b"\x1b[<%d;%d;%d%c" % (code, column, row, end) for code, end in ends]
    said = [old(code, column, row) for code in (0, 32, 3, 64)]

    heard = mouse(*said)

    assert heard == mouse(*new)
    assert [kind for kind, *_ in heard] == ["MouseDown", "MouseMove", "MouseUp", "MouseScrollUp"]
    assert {place[1:3] for place in heard} == {(column - 1, row - 1)}


def test_a_report_may_come_byte_by_byte() -> None:
    """However it is split, it is one report, and the key after it is a key."""
    report = old(0, 150, 20)

    assert mouse(*(bytes((code,)) for code in report)) == mouse(report) == [("MouseDown", 149, 19, 1)]
    assert keys(report, b"q") == ["q"]


@pytest.mark.parametrize(
    "half",
    [b"\x1b[M", b"\x1b[M ", b"\x1b[M\xff\xff", b"\x1b[<0;1", b"\x1b[M\0\0\0", b"\x1b[<99999999999999M"],
)
def test_half_a_report_is_none(half: bytes) -> None:
    """Nothing is clicked, and what comes after a moment of silence is heard."""
    clock = Clock()
    keyboard = Keyboard(clock=clock)
    found = list(keyboard.feed(half))
    clock.now += 2 * TICK
    keyboard._parser._timeout_time = keyboard._parser._timeout_time and 0.0
    found += [*keyboard.idle(), *keyboard.feed(b"q")]

    assert not [one for one in found if isinstance(one, events.MouseEvent)]
    assert isinstance(found[-1], events.Key)
    assert found[-1].key == "q"


def test_the_release_of_a_button_is_of_the_one_that_was_pressed() -> None:
    """The old form does not say which."""
    assert [button for *_, button in mouse(old(2, 5, 5), old(3, 5, 5))] == [3, 3]


# --- pastes --------------------------------------------------------------------------------------------


def pasted(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, events.Paste)]


def test_a_paste_without_an_end_is_over_after_a_moment() -> None:
    """Else the program would be deaf from then on."""
    assert pasted(read(b"\x1b[200~some text", wait=2 * QUIET)) == ["some text"]
    assert pasted(read(b"\x1b[200~some text", wait=QUIET / 2)) == []
    clock = Clock()
    keyboard = Keyboard(clock=clock)
    heard = list(keyboard.feed(b"\x1b[200~"))
    while clock.now < LASTING + 1:
        clock.now += QUIET / 2
        heard += keyboard.feed(b"x")

    assert len(pasted(heard)) == 1
    assert isinstance(heard[-1], events.Key)


def test_what_looks_like_a_report_in_a_paste_is_text() -> None:
    """Nothing is clicked by pasting."""
    assert mouse(b"\x1b[200~a\x1b[M   b\x1b[201~") == []
    assert keys(b"\x1b[200~a\x1b[M   b\x1b[201~q") == ["q"]


def test_an_endless_paste_is_cut() -> None:
    """It is held in memory until it ends, so it has to."""
    reader = Bytes()
    text = reader.text(b"\x1b[200~" + b"x" * (MOST_PASTED + 5000) + b"\x1b[201~q")

    assert text.count("x") == MOST_PASTED
    assert text.endswith("\x1b[201~q")


# --- anything ------------------------------------------------------------------------------------------

SEQUENCES = st.sampled_from(
    [b"\x1b", b"\x1b[", b"\x1b[M", b"\x1b[<", b"\x1b[200~", b"\x1b[201~", b"\x1b[48;", b"\x1bO", b"\x1b]",
     b"\x1b[?2048;2$y", b"99999999999999999999", b";", b":", b"u", b"t", b"m", b"M", b"R", b"~",
     b"\xe9", b"\xf0\x9f", b"\x9b", b"\0", b"0"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(SEQUENCES, st.binary(max_size=6)), max_size=30))
def test_nothing_that_is_sent_does_harm(parts: list[bytes]) -> None:
    """Whatever comes, nothing is raised, no window grows without bounds, and a key after a pause is heard."""
    clock = Clock()
    keyboard = Keyboard(clock=clock)
    found = [message for part in parts for message in keyboard.feed(part)]
    for _ in range(2):
        clock.now += LASTING + 1
        if keyboard._parser._timeout_time is not None:
            keyboard._parser._timeout_time = 0.0
        found += keyboard.idle()
    last = list(keyboard.feed(b"q"))

    assert [one.key for one in last if isinstance(one, events.Key)] == ["q"]
    for one in found:
        if isinstance(one, events.Resize):
            assert 0 < one.size.width <= 1000
            assert 0 < one.size.height <= 1000


def test_odd_bytes_at_the_real_program(tmp_path: Any) -> None:
    """The keys after them still do what they do, and the mouse clicks in its old form."""
    with terminal(program("--saves", tmp_path), (140, 40)) as tty:
        tty.wait_for("New game")
        for odd in (
            b"\xe9x",
            b"\x1b[M \xe9\x30",
            b"\xff" * 40,
            b"\x1b[48;99999;99999;1;1t",
            b"\x1b[99999999;1u",
        ):
            os.write(tty.master, odd)
            tty.settle()
        glass = Glass((140, 40))
        glass.feed(tty.received)
        row = next(at for at, line in enumerate(glass.lines, 1) if "Rules" in line[:40])
        os.write(tty.master, (old(0, 6, row) + old(3, 6, row)) * 2)
        tty.wait_for("The story")
        tty.send("\x1b")
        tty.leave("q")


def test_the_size_is_that_of_the_window_whatever_the_shell_has_said_of_it(tmp_path: Any) -> None:
    """`COLUMNS` and `LINES` may be of another window, or of this one before it was made smaller."""
    with terminal(program("--saves", tmp_path), COLUMNS="120", LINES="40") as tty:
        tty.wait_for("New game")
        tty.settle()
        glass = Glass((80, 24))
        glass.feed(tty.received)
        fcntl.ioctl(tty.master, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 40, 0, 0))
        tty.process.send_signal(signal.SIGWINCH)
        tty.wait_for("too small")

    assert "quit" in glass.lines[-1]


@pytest.mark.parametrize("encoding", ["ascii", pytest.param("latin-1", marks=pytest.mark.soak)])
def test_a_terminal_that_lacks_our_letters(encoding: str, tmp_path: Any) -> None:
    """Each sign is a plain one there, in the cell it would have had."""
    options = ("--seed", "3", "--seat", "amber=person", "--saves", tmp_path)
    with terminal(program("play", MILL, *options), PYTHONIOENCODING=encoding) as tty:
        tty.wait_for("YOU ARE")
        tty.press_until("\r", "all may look")
        tty.press_until("b", "pages")
        tty.press_until("\x1b", "Step")
        received = tty.leave("\x11")
    glass = Glass((80, 24))
    glass.feed(received.partition(b"\x1b[?1049l")[0])  # what is said on leaving would lie over it

    assert b"\\u" not in received
    assert encoding != "ascii" or max(received) < 128
    assert any(line.lstrip("|").startswith(">") for line in glass.lines)


# --- what is leaned on ---------------------------------------------------------------------------------

PARTS: dict[Any, dict[str, str]] = {
    linux_driver.LinuxDriver: {
        "__init__": "(self, app, *, debug=False, mouse=True, size=None)",
        "start_application_mode": "(self)",
        "stop_application_mode": "(self)",
        "suspend_application_mode": "(self)",
        "close": "(self)",
        "_get_terminal_size": "(self)",
        "_run_input_thread": "(self)",
        "run_input_thread": "(self)",
        "process_message": "(self, message)",
        "write": "(self, data)",
        "_sigtstp_application": "(self, *_)",
        "_sigcont_application": "(self, *_)",
    },
    XTermParser: {"__init__": "(self, debug=False)", "feed": "(self, data)", "tick": "(self)"},
    App: {
        "get_driver_class": "(self)",
        "_handle_exception": "(self, error)",
        "_close_messages_no_wait": "(self)",
        "exit": "(self, result=None, return_code=0, message=None)",
    },
    WorkerFailed: {"__init__": "(self, error)"},
}


@pytest.mark.parametrize("owner", PARTS, ids=lambda owner: owner.__name__)
def test_textual_has_the_parts_that_are_leaned_on(owner: Any) -> None:
    """Another Textual may have changed them: read `tui/terminal/` and `App.failed` again."""
    for name, known in PARTS[owner].items():
        part = getattr(owner, name, None)
        assert part is not None, f"this Textual has no {owner.__name__}.{name}"
        taken = [one.replace(annotation=one.empty) for one in inspect.signature(part).parameters.values()]
        assert str(inspect.Signature(taken)) == known, f"this Textual has another {owner.__name__}.{name}"


def test_textual_keeps_what_is_read_where_it_is_read() -> None:
    """Attributes that are set when an app or a driver is made, and calls in whose place ours stand."""
    source = inspect.getsource(linux_driver.LinuxDriver)
    for line in (
        "self._file = sys.__stderr__",
        "self.fileno = sys.__stdin__.fileno()",
        "self.attrs_before: list[Any] | None = None",
        "self.exit_event = Event()",
        "self._writer_thread = WriterThread(self._file)",
        'Thread(target=self._run_input_thread, name="textual-input")',
        "signal.signal(signal.SIGTSTP, self._sigtstp_application)",
        "signal.signal(signal.SIGCONT, self._sigcont_application)",
    ):
        assert line in source, f"this Textual has no `{line}` in its driver"
    assert "if self._auto_restart:\n            self.resume_application_mode()" in source
    made: Any = App()
    for name in ("_driver", "_exception", "_exception_event", "_exit", "_return_code", "_loop"):
        assert hasattr(made, name), f"this Textual has no App.{name}"
