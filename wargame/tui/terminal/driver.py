"""Textual's driver for terminals of Linux and macOS, made to take whatever comes and to leave all as it was.

A terminal that has gone would block Textual's own for ever. `tests/tui/test_driver.py` names each private
part of Textual that this leans on, so that an upgrade that changes one fails there.
"""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Thread
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from wargame.tui.terminal.keyboard import RESTORE, TICK, Keyboard


class Shown:
    """The terminal as a file to write to; it does not fail, for what it can't show nobody can see."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.mute = False

    def fileno(self) -> int:
        return int(self._file.fileno())

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            if not self.mute:
                self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()


class TerminalDriver(LinuxDriver):
    """The driver of this program where there are terminals as on Linux. `restore` undoes all it has done."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._shown = Shown(sys.__stderr__)
        self._file = self._shown  # type: ignore[assignment]
        self._on = self._has_it = False

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows of the window itself, not what `COLUMNS` and `LINES` say of some window."""
        for stream in (self.fileno, self._shown.fileno()):
            with suppress(OSError):
                width, height = os.get_terminal_size(stream)
                if width and height:
                    return width, height
        return super()._get_terminal_size()

    def _sigtstp_application(self, *_: Any) -> None:
        self._soon(super()._sigtstp_application)

    def _sigcont_application(self, *_: Any) -> None:
        self._soon(super()._sigcont_application)

    def _soon(self, do: Callable[[], object]) -> None:
        """Have something done between two steps of the program: a signal may come in the middle of one."""
        with suppress(RuntimeError):  # the program has ended
            self._loop.call_soon_threadsafe(do)

    def start_application_mode(self) -> None:
        """Take the terminal. Stopped by SIGSTOP, the program still had it: then it is given back first."""
        if self._has_it:
            self.suspend_application_mode()
        self._on = self._has_it = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def suspend_application_mode(self) -> None:
        """Give the terminal back for as long as the program is stopped."""
        self._give_back()
        self.close()

    def stop_application_mode(self) -> None:
        """Give the terminal back for good: who stops the program now and lets it go on gets none of it."""
        self._auto_restart = False
        self._give_back()
        self.close()

    def _give_back(self) -> None:
        self._has_it = False
        super().stop_application_mode()
        self.write("\x1b[?2026l\x1b[?1016l")

    def write(self, data: str) -> None:
        if self._on:  # else nobody takes it from the queue, which has an end
            super().write(data)

    def close(self) -> None:
        """Wait until all has been written: a program that is stopped right after that writes no more."""
        super().close()
        self._on = False

    def restore(self, seconds: float = 1.0) -> None:
        """Put the terminal back as it was, at once and from any thread, unless that has been done.

        A terminal that takes nothing any more is given up after so many seconds.
        """
        if self._on:
            self._on, self._shown.mute = False, True
            helper = Thread(target=self._restore, daemon=True)
            helper.start()
            helper.join(seconds)

    def _restore(self) -> None:
        with suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            os.write(self._shown.fileno(), RESTORE.encode())

    def _run_input_thread(self) -> None:
        self.run_input_thread()  # what goes wrong in it is for `threading.excepthook`

    def run_input_thread(self) -> None:
        """Read what comes until the program ends. A terminal that has gone is as good as a hang-up."""
        keyboard = Keyboard(lambda: XTermParser(self._debug))
        fresh = False
        while not self.exit_event.is_set():
            if not select([self.fileno], [], [], keyboard.held if fresh else TICK)[0]:
                messages, fresh = keyboard.rest() if fresh else keyboard.idle(), False
            else:
                try:
                    data = os.read(self.fileno, 4096)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                messages, fresh = keyboard.feed(data), True
            for message in messages:
                self.process_message(message)
