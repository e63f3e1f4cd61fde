"""A Textual app at the other end of a line, as if it had a terminal of its own.

Textual means to be alone in its process: it reads the host's environment for colours, puts `sys.stdout` away
and back, opens links in a browser and writes files. Here each app has its visitor's colours and signs, and
leaves the host's streams, browser and disk alone. `tests/host/test_driver.py` names each private part of
Textual that this leans on.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from typing import Any, ClassVar, Final

import textual.app
from rich.console import Console
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.geometry import Size
from textual.message import Message
from textual.messages import InBandWindowResize

from wargame import crash
from wargame.host.line import Allowance, Line
from wargame.host.visitor import Visitor
from wargame.tui.app import WargameApp
from wargame.tui.terminal.keyboard import RESTORE, TICK, Keyboard
from wargame.tui.terminal.plain import PlainSigns
from wargame.tui.terminal.shades import keep_to_own_colours
from wargame.words.pages import host as say

START: Final = (
    "\x1b[?1049h"  # a screen of its own
    "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # reports of the mouse
    "\x1b[?25l\x1b[?1004h\x1b[>25u"  # no cursor, reports of the focus, keys in full
    "\x1b[?2026$p\x1b[?2004h\x1b[?7l"  # can it draw at once? marks around a paste, no wrapping
)
ASK: Final = (
    "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[0m"  # a ground of its own: what has become of it?
    "\x1bP+q524742\x1b\\\x1bP+q5463\x1b\\"  # is there a capability RGB, or Tc?
)
"""Asks a terminal whether it shows all colours, for ssh tells only what its like mostly has.

It stands before the first frame, which covers what a terminal prints that does not know the question.
"""
ALL_COLOURS: Final = re.compile(
    rb"[01]\$r(.*[;:])?48[;:]2[;:](\d*:)?1[;:]2[;:]3([;:].*)?m\x1b\\|1\+r(524742|5463)(=[0-9A-Fa-f]*)?\x1b\\"
)
"""Answers that say so."""
REDRAW: Final = "\x1b[?2026l\x1b[0m"
"""What comes before a screen that is drawn anew because some of what came before was dropped."""

SLICE: Final = 8
"""Bytes of input that are read at once: an app does all that waits for it in one go, and others wait."""
SETTLED: Final = 3
"""Ticks without input after which nothing that has begun is still waited for, but for a paste."""
RESIZES: Final = 0.05
SHARE: Final = 4.0
"""Seconds between two sizes that are drawn, and how many times as long as it takes to draw one."""
PER_SECOND, AT_ONCE = 100.0, 300.0
"""Keys and other messages of one visitor: so many a second in the long run, so many at once."""
GRACE: Final = 3.0
"""Seconds in which the app of a line that is lost must have ended."""

AppFactory = Callable[[type[Driver]], App[Any]]


def is_motion(message: Message) -> bool:
    """Return whether a message only says where the mouse is: one that is missing does no harm."""
    return isinstance(message, events.MouseMove) and not message.button


class LineDriver(Driver):
    """The driver of an app whose terminal is at the other end of a `line`."""

    line: ClassVar[Line]
    asks: ClassVar[bool] = False
    """Whether the terminal may have more colours than it is called by."""
    encoding: ClassVar[str] = "utf-8"

    def __init__(self, app: App[Any], **named: Any) -> None:
        super().__init__(app, **named)
        self._size = self.line.size
        self._unsent: list[str] = []
        self._keyboard = Keyboard()
        self._stale = False  # something was dropped, so what the other end shows is not what it should
        self._task: asyncio.Task[None] | None = None

    # --- out -------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Send text together with what else is written in this moment: a frame comes in parts."""
        if not self._unsent:
            self._loop.call_soon(self.flush)
        self._unsent.append(data)

    def flush(self) -> None:
        """Send what has been written, or drop it while the other end takes nothing or is to be drawn anew."""
        data, self._unsent = "".join(self._unsent), []
        if data and (self._stale or not self.line.write(data.encode(self.encoding, "replace"))):
            self._stale = True

    def _draw_anew(self) -> None:
        self._stale, self._unsent = False, [REDRAW]
        self._loop.call_soon(self.flush)
        with suppress(textual.app.ScreenStackError):
            self._app.screen.refresh()

    # --- in --------------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        self.write(START + ASK if self.asks else START)
        self._keyboard = Keyboard()
        self._tell_size()
        self._task = asyncio.create_task(self._listen(), name="line")

    def disable_input(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was."""
        self.disable_input()
        self.flush()
        self.line.last(RESTORE.encode())

    def send_message(self, message: Message) -> None:
        self._app.post_message(message)

    def process_message(self, message: Message) -> None:
        if not isinstance(message, events.Resize | InBandWindowResize):  # ssh says how large the window is
            super().process_message(message)

    async def _listen(self) -> None:
        """Hand on what comes until the line is lost: then the app has to end."""
        keyboard, pace, quiet = self._keyboard, Allowance(PER_SECOND, AT_ONCE), SETTLED + 1
        while not self.line.over:
            waiting = quiet <= SETTLED or keyboard.waits
            if not await self.line.news((TICK if quiet else keyboard.held) if waiting else None):
                self._hand_on(keyboard.idle() if quiet else keyboard.rest())
                quiet += 1
                continue
            if self._stale and self.line.ready:
                self._draw_anew()
            if self._size != self.line.size:
                await self._draw_size()
            if data := self.line.take(SLICE):
                quiet = 0
                messages = [one for one in keyboard.feed(data) if pace.left > 0 or not is_motion(one)]
                self._hear(keyboard.reports())
                await asyncio.sleep(pace.take(self._hand_on(messages)))
        self._app.exit()

    def _hear(self, reports: Iterable[bytes]) -> None:
        """Show all colours if the terminal says that it has them."""
        app = self._app
        says_so = self._keyboard.patient and any(ALL_COLOURS.fullmatch(report) for report in reports)
        if says_so and isinstance(app, WargameApp) and app.terminal != "truecolor":
            app.terminal = "truecolor"
            app.use(app.settings)

    def _hand_on(self, messages: Iterable[Message]) -> int:
        """Hand on messages; return how many there were."""
        count = 0
        for message in messages:
            self.process_message(message)
            count += 1
        return count

    async def _draw_size(self) -> None:
        """Have another size drawn, and leave the others a while before the next."""
        self._tell_size()
        began = self._loop.time()
        await asyncio.sleep(RESIZES)
        took = self._loop.time() - began - RESIZES
        await asyncio.sleep(min(took * SHARE, 1.0))

    def _tell_size(self) -> None:
        self._size = self.line.size
        size = Size(*self._size)
        self.send_message(events.Resize(size, size))

    # --- what is the host's ----------------------------------------------------------------------------

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: the browser would be the host's."""

    def deliver_binary(self, binary: Any, **_named: Any) -> None:
        """Write nothing: the disk would be the host's."""
        binary.close()


def driver_for(visitor: Visitor, line_: Line) -> type[LineDriver]:
    """Return the driver of an app for one visitor."""

    class VisitorDriver(LineDriver):
        line = line_
        asks = visitor.may_have_more
        encoding = "utf-8" if visitor.shows_signs else "ascii"

    return VisitorDriver


def fit(app: App[Any], visitor: Visitor) -> None:
    """Let an app that has not begun have the colours and signs of its visitor's terminal, not the host's."""
    nowhere = app.console.file
    app.error_console = Console(file=nowhere)
    app.console = Console(
        color_system=visitor.colours, file=nowhere, force_terminal=True, legacy_windows=False,
        markup=True, highlight=False, emoji=False, safe_box=False, soft_wrap=False,
        width=visitor.size[0], height=visitor.size[1], _environ={"TERM": visitor.term},
    )  # fmt: skip
    app.no_color = visitor.colours is None
    app._filters = [one for one in app._filters if not isinstance(one, NoColor | Monochrome)]
    if app.no_color:
        app._filters.append(NoColor())
    app._refresh_truecolor_filter(app.ansi_theme)
    app._capture_stdout = app._capture_stderr = None  # type: ignore[assignment]
    if isinstance(app, WargameApp):
        app.terminal = visitor.colours
        app.use(app.settings if visitor.shows_signs else replace(app.settings, glyphs="ascii"))
        return
    keep_to_own_colours(app)
    if not visitor.shows_signs:
        app._filters.append(PlainSigns())


Redirect = Callable[[Any], AbstractContextManager[Any]]


def _left_alone(usual: Redirect) -> Redirect:
    """Return what Textual is to use for putting a stream of Python's away: nothing, for an app on a line.

    Apps end in another order than they began, and each would put back what it found: the stream of another.
    """
    return lambda target: nullcontext() if target is None else usual(target)


for _name in ("redirect_stdout", "redirect_stderr"):
    setattr(textual.app, _name, _left_alone(getattr(contextlib, _name)))


async def run_app(visitor: Visitor, line: Line, make_app: AppFactory, journal: Callable[[str], None]) -> None:
    """Run an app for one visitor until it ends or the line is lost. What goes wrong in it ends it alone."""
    if not visitor.places_text:
        line.last(f"{say.NO_TERMINAL}\r\n".encode())
        return
    mistake: BaseException | None = None
    try:
        app = make_app(driver_for(visitor, line))
        fit(app, visitor)
        mistake = await _run(app, line)
    except Exception as error:
        mistake = error
    if mistake is not None:
        journal(say.crashed(visitor.login, _kept(mistake)))
        line.last(f"{say.MISTAKE}\r\n".encode())


def _kept(mistake: BaseException) -> str:
    """Keep the details of a mistake; return where, nothing if the disk refuses."""
    try:
        return str(crash.keep(mistake))
    except Exception:
        return ""


async def _run(app: App[Any], line: Line) -> BaseException | None:
    """Run an app; return the mistake it ended by, if any. It has to end soon after its line."""
    running = asyncio.create_task(app.run_async(), name="app")
    over = asyncio.create_task(line.ended.wait(), name="line's end")
    try:
        await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({running}, timeout=GRACE)
    finally:
        over.cancel()
        running.cancel()
        await asyncio.wait({running}, timeout=GRACE)
    if not running.done() or running.cancelled():
        return None
    return running.exception() or getattr(app, "mistake", None) or app._exception
