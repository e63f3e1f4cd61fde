"""How the program is left when nobody chose to: by a signal, a terminal that goes, a mistake of its own.

In order if that can be done within `GRACE` seconds: the game is closed as by hand. Else at once: whatever was
on disk is whole all the same. In either case the terminal is as it was, and no process stays behind.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import active_children
from queue import Empty, SimpleQueue
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from wargame import crash
from wargame.tui.terminal.text import printable

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

GRACE = 3.0
"""Seconds to leave in order."""
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
TYPED = ("SIGINT", "SIGQUIT")
"""Signals of keys (Ctrl+C, Ctrl+\\), where the terminal makes them: before the program has it, and after."""
LEFT = 0
"""The order to a watch that may stand down."""


@contextmanager
def woken_by_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let every signal wake the loop, so that Python's handler runs at once.

    The system may hand a signal to any thread, Python runs handlers in the main one alone, and a loop that
    has nothing to do sleeps in a call that nothing else interrupts: a program that had been stopped would
    not hear that it is to go on.
    """
    heard, told = socket.socketpair()
    heard.setblocking(False)
    told.setblocking(False)
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    loop.add_reader(heard, heard.recv, 4096)
    try:
        yield
    finally:
        loop.remove_reader(heard)
        signal.set_wakeup_fd(before)
        heard.close()
        told.close()


class Leaving:
    """Watches over one run of the app, in a `with` around it, and leaves by the exit code that is due.

    A thread of its own does what a signal asks for: a handler may run in the middle of anything.
    """

    def __init__(self, app: WargameApp) -> None:
        self.app = app
        self._code = LEFT
        self._orders: SimpleQueue[int] = SimpleQueue()
        self._watch = threading.Thread(target=self._watching, name="leaving", daemon=True)
        self._before: dict[int, Any] = {}
        self._waking = ExitStack()

    def runs_in(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take note of the loop that the app runs in: signals wake it from now on."""
        if sys.platform != "win32":  # where a loop sees to that itself
            self._waking.enter_context(woken_by_signals(loop))

    def __enter__(self) -> Leaving:
        self.app.leaving = self
        self._watch.start()
        self._hook, threading.excepthook = threading.excepthook, self._thread_failed
        for name in SIGNALS:
            if number := getattr(signal, name, None):
                self._before[number] = signal.signal(number, self._told)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            typed = signal.Signals(number).name in TYPED  # a key that comes now was typed too late
            signal.signal(number, signal.SIG_IGN if typed else handler)
        threading.excepthook = self._hook
        self._waking.close()
        self._orders.put(LEFT)
        self._watch.join()
        self.app.restore_terminal()
        if isinstance(error, Exception):
            self.app.mistake = self.app.mistake or error
        if self.app.mistake is not None:
            self._explain(self.app.mistake)
        elif self._code:
            self._say_how_to_go_on()
        if code := self._code or (crash.STATUS if self.app.mistake else 0):
            raise SystemExit(code) from None

    def because_of(self, code: int) -> None:
        """Leave with this exit code, unless the program is being left already."""
        if not self._code:
            self._code = code
            self._orders.put(code)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        if self.app.ending and signal.Signals(number).name in TYPED:
            return
        self._code = self._code or 128 + number
        self._orders.put(self._code)

    def _thread_failed(self, told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            self.app.from_elsewhere(self.app.failed, told.exc_value)

    def _watching(self) -> None:
        if not self._orders.get():
            return
        if table := self.app.session.whole:
            table.halt()
        try:
            if self.app.from_elsewhere(self.app.exit) and not self._orders.get(timeout=GRACE):
                return
        except Empty:
            pass
        last = threading.Thread(target=self._cut_short, daemon=True)
        last.start()
        last.join(GRACE)
        os._exit(self._code)

    def _cut_short(self) -> None:
        """Tidy up without the rest of the program: some part of it is stuck, or busy for too long."""
        for child in active_children():
            child.kill()
        self.app.restore_terminal()
        if self.app.mistake is not None:
            self._explain(self.app.mistake)
        else:
            self._say_how_to_go_on()

    def _say_how_to_go_on(self) -> None:
        """Say what the command tells those who leave by hand, if there still is a terminal to read it on."""
        screen = sys.__stderr__
        with suppress(OSError, ValueError):
            if screen is not None and screen.isatty() and (said := self.app.session.saved()):
                print(printable(said), file=screen, flush=True)

    def _explain(self, mistake: BaseException) -> None:
        said = crash.explain(mistake, self.app.session.how_to_go_on())
        with suppress(OSError, ValueError, AttributeError):
            print("wargame:", printable(said), file=sys.__stderr__, flush=True)
