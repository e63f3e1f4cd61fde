"""Makes keys and other messages of what a terminal sends, whatever it sends, and says how to leave one.

Textual's parser decodes strictly, so one byte that is no text would end the program, and reads mouse reports
in their new form only. Nothing here knows where the bytes come from: this terminal or one far away.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import monotonic
from typing import Final

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

HELD: Final = constants.ESCAPE_DELAY if "ESCDELAY" in os.environ else 0.02
"""Seconds for which Esc is held, with which longer keys begin.
After the 0.1 for which Textual holds it, whoever leaves a page sees that nothing happens."""
HELD_AT_FIRST: Final = max(HELD, 0.04)
"""The same while a terminal may still answer: answers are long, and come byte by byte on a slow line."""
PATIENCE: Final = 3.0
"""Seconds in which it may answer what it was asked when it was taken; later answers are dropped."""
TICK: Final = 0.1
"""Seconds without input after which what has begun is over."""
QUIET: Final = 1.0
LASTING: Final = 4.0
"""Seconds after which a paste without an end is over: since its last byte, and since its first."""
MOST_PASTED: Final = 1 << 16
"""Bytes of one paste; what comes after them is dropped."""
LARGEST: Final = 1000
"""Columns or rows of a window at most; a report of more is no report."""

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"
REPORT, ENDS = b"\x1bP", (b"\x1b\\", b"\x07")
"""How a terminal's answer to a question about itself begins and ends; 0 or 1 comes first in it."""
MOST_REPORTED: Final = 1 << 10
"""Bytes of one such answer."""
MOST_REPORTS: Final = 8
"""Answers that wait until they are asked for."""
NOTHING = b"[?2026;0$y"
"""What makes a report that says nothing of the escape byte before it."""
MOUSE = b"\x1b[M"
"""How an old mouse report begins; three bytes follow: buttons, column and row, 32 added to each."""

RESTORE: Final = (
    "\x1b[?2026l"  # show what has been drawn
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # no reports of the mouse
    "\x1b[?2004l\x1b[?2048l\x1b[?7h"  # no marks around a paste, no reports of the size; lines wrap
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"  # usual keys, the screen of the shell, a cursor, no focus
)


class Bytes:
    """Makes text of what a terminal sends, as Textual's parser reads it.

    Bytes that are no text are dropped; a letter that comes in two parts is one. An old mouse report, whose
    bytes need not be text, is said in the new form. A paste is text to its end, without escape bytes, for
    the parser would make keys of them. A terminal's answers to questions are kept apart in `reports`, and are
    never keys. Nothing else waits here but the rest of a report and the end of a paste.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("ignore").decode
        self._last = b""  # the last bytes that were passed on; in a paste, those that may be its end
        self._mouse: bytearray | None = None  # what came of an old report after its beginning
        self._button = 0  # the one pressed last: an old report of a release does not say
        self._pasted = -1  # bytes of the paste that has begun; -1: none has
        self._report: bytearray | None = None  # what came of an answer after its beginning
        self.reports: deque[bytes] = deque(maxlen=MOST_REPORTS)

    @property
    def pasting(self) -> bool:
        return self._pasted >= 0

    @property
    def reporting(self) -> bool:
        """Whether an answer has begun."""
        return bool(self._report)

    def text(self, data: bytes) -> str:
        """The text of the next bytes."""
        return self._decode(b"".join(self._passed(bytes((code,))) for code in data))

    def idle(self) -> str:
        """Nothing more comes: half a mouse report is none, and what only looked like an answer is a key."""
        self._mouse = None
        if not self.pasting:
            self._last = b""
        if self._report is None or self._report:
            return ""
        self._report = None
        return REPORT[-1:].decode()

    def end_report(self) -> None:
        """Drop an answer without an end."""
        self._report = None

    def end_paste(self) -> str:
        """End a paste that has no end of its own."""
        self._pasted, self._last = -1, b""
        return PASTED.decode()

    def _passed(self, byte: bytes) -> bytes:
        if self.pasting:
            return self._of_paste(byte)
        if self._mouse is not None:
            self._mouse += byte
            if len(self._mouse) < 3:
                return b""
            report, self._mouse = self._in_new_form(*self._mouse), None
            return report
        if self._report is not None:
            return self._of_report(self._report, byte)
        self._last = (self._last + byte)[-len(PASTE) :]
        if self._last == PASTE:
            self._pasted, self._last = 0, b""
        elif self._last.endswith(MOUSE):
            self._mouse = bytearray()
            return b""
        elif self._last.endswith(REPORT):
            self._report = bytearray()
            return b""
        return byte

    def _of_report(self, report: bytearray, byte: bytes) -> bytes:
        if not report and byte not in b"01":  # somebody pressed a key and this one after it
            self._report = None
            return REPORT[-1:] + self._passed(byte)
        report += byte
        if report.endswith(ENDS):
            self.reports.append(bytes(report))
        elif report[-2:-1] == b"\x1b":  # it has no end, and something else has begun
            self._report = None
            return self._passed(b"\x1b") + self._passed(byte)
        else:
            if len(report) > MOST_REPORTED:
                del report[1:-1]  # it says nothing, but it has an end
            return NOTHING if len(report) == 1 else b""
        self._report, self._last = None, b""
        return b""

    def _of_paste(self, byte: bytes) -> bytes:
        text, self._last = self._last + byte, b""
        if text == PASTED:
            self._pasted = -1
            return PASTED
        if not PASTED.startswith(text):
            text, self._last = (text[:-1], byte) if byte == b"\x1b" else (text, b"")
            self._pasted += len(text)
            return text.replace(b"\x1b", b"") if self._pasted <= MOST_PASTED else b""
        self._last = text
        return b""

    def _in_new_form(self, code: int, column: int, row: int) -> bytes:
        """What follows `ESC [` in the new form; for nonsense that of no place, which nobody heeds."""
        if min(code, column - 1, row - 1) < 32:
            return b"<0;0;0M"
        buttons = code - 32
        released = buttons & 3 == 3 and not buttons & (32 | 64)
        if released:
            buttons = buttons & ~3 | self._button
        elif not buttons & (32 | 64):
            self._button = buttons & 3
        return b"<%d;%d;%d%c" % (buttons, column - 32, row - 32, b"m" if released else b"M")


class Keyboard:
    """Makes Textual's messages of what a terminal sends. What its parser fails at is dropped."""

    def __init__(
        self, parser: Callable[[], XTermParser] = XTermParser, clock: Callable[[], float] = monotonic
    ) -> None:
        self._new_parser, self._clock = parser, clock
        self._parser = parser()
        self._bytes = Bytes()
        self._began = self._heard = 0.0  # when the last paste began, and when the last byte came
        self._patient_until = clock() + PATIENCE

    @property
    def waits(self) -> bool:
        """Whether a paste or an answer has begun that has no end yet."""
        return self._bytes.pasting or self._bytes.reporting

    @property
    def patient(self) -> bool:
        """Whether the terminal may still answer what it was asked."""
        return self._clock() < self._patient_until

    @property
    def held(self) -> float:
        """Seconds for which Esc is held now."""
        return HELD_AT_FIRST if self.patient else HELD

    def reports(self) -> list[bytes]:
        """Return what the terminal has answered since this was asked last."""
        found = [*self._bytes.reports]
        self._bytes.reports.clear()
        return found

    def feed(self, data: bytes) -> Iterator[Message]:
        """What these bytes mean; perhaps only with those that come next, or with none."""
        before, self._heard = self._bytes.pasting, self._clock()
        yield from self._read(self._bytes.text(data))
        if self._bytes.pasting and not before:
            self._began = self._heard
        yield from self._settled()

    def rest(self) -> Iterator[Message]:
        """Return Esc, if that is what came last and nothing has followed it for `held` seconds."""
        return iter(self._tried(self._parser.tick))

    def idle(self) -> Iterator[Message]:
        """What is meant by what came, now that nothing has come for `TICK` seconds."""
        yield from self._read(self._bytes.idle())
        yield from self._settled()
        yield from self.rest()

    def _settled(self) -> Iterator[Message]:
        now = self._clock()
        if self._bytes.pasting and (now > self._heard + QUIET or now > self._began + LASTING):
            yield from self._read(self._bytes.end_paste())
        if self._bytes.reporting and now > self._heard + QUIET:
            self._bytes.end_report()

    def _read(self, text: str) -> Iterator[Message]:
        constants.ESCAPE_DELAY = self.held  # type: ignore[misc]  # the parser looks there at each Esc
        for letter in text:
            yield from self._tried(partial(self._parser.feed, letter))

    def _tried(self, read: Callable[[], Iterable[Message]]) -> list[Message]:
        try:
            return [message for message in read() if not _is_nonsense(message)]
        except Exception:  # numbers out of all bounds, in whatever sequence
            self._parser = self._new_parser()
            return []


def _is_nonsense(message: Message) -> bool:
    """Whether a report can't be true: a letter that is none, a window that is none."""
    if isinstance(message, events.Key):
        return any("\ud800" <= letter <= "\udfff" for letter in message.character or "")
    if isinstance(message, events.Resize):
        return not (0 < message.size.width <= LARGEST and 0 < message.size.height <= LARGEST)
    return False
