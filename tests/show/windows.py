"""Terminal windows: a process on a pseudo-terminal, what stands on its screen, and a picture of that."""

from __future__ import annotations

import asyncio
import fcntl
import io
import os
import pty
import re
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.pictures import without_fonts

KEYBOARD_PROTOCOL = re.compile(rb"\x1b\[[<>][0-9;]*u")
"""What a simple terminal would take for text."""
IUTF8 = 0o40000
"""What a terminal says of itself that shows more than plain letters."""
RICH_NAMES = {"default": None, "brown": "yellow", "brightbrown": "bright_yellow"}


class Window:
    """A window of `size` columns and rows. `sent` is all that came, `closed` set when its end has come."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], env: Mapping[str, str]) -> None:
        self.screen = pyte.Screen(*size)
        self.sent = bytearray()
        self.closed = asyncio.Event()
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        modes = termios.tcgetattr(slave)
        modes[0] |= IUTF8
        termios.tcsetattr(slave, termios.TCSANOW, modes)
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  (no other threads)
        )  # fmt: skip
        os.close(slave)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._master, self._read)

    def _read(self) -> None:
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the other side has closed
            data = b""
        if not data:
            self.shut()
            return
        self.sent += data
        self._stream.feed(KEYBOARD_PROTOCOL.sub(b"", data))

    def type(self, keys: str) -> None:
        with suppress(OSError):
            if not self.closed.is_set():
                os.write(self._master, keys.encode())

    def shows(self, text: str) -> bool:
        return any(text in row for row in self.screen.display)

    async def sees(self, *texts: str, seconds: float = 60.0) -> str:
        """Wait until one of these stands on the screen; return which. `OSError` if the window has closed."""
        async with asyncio.timeout(seconds):
            while True:
                for text in texts:
                    if self.shows(text):
                        return text
                if self.closed.is_set():
                    raise OSError("the window has closed")
                await asyncio.sleep(0.05)

    def kill(self) -> None:
        """End its process as by a broken machine."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)

    def shut(self) -> None:
        """Close the window."""
        if not self.closed.is_set():
            self.closed.set()
            self._loop.remove_reader(self._master)
            os.close(self._master)
            self.kill()
            self.process.wait()

    def picture(self, title: str, name: str) -> str:
        """Return what stands on the screen as SVG. `name` tells its styles from those of others."""
        lines = [_line(self.screen, row) for row in range(self.screen.lines)]
        console = Console(
            record=True, width=self.screen.columns, file=io.StringIO(), force_terminal=True,
            color_system="truecolor", legacy_windows=False,
        )  # fmt: skip
        for line in lines:
            console.print(line, end="\n", soft_wrap=True)
        drawn = console.export_svg(title=title, unique_id=name)
        return without_fonts(drawn)


def _line(screen: pyte.Screen, row: int) -> Text:
    line = Text(no_wrap=True)
    for column in range(screen.columns):
        cell = screen.buffer[row][column]
        if cell.data:
            style = Style(
                color=_colour(cell.fg), bgcolor=_colour(cell.bg), bold=cell.bold, italic=cell.italics,
                reverse=cell.reverse, underline=cell.underscore,
            )  # fmt: skip
            line.append(cell.data, style)
    return line


def _colour(name: str) -> str | None:
    if re.fullmatch(r"[0-9a-f]{6}", name):
        return f"#{name}"
    return RICH_NAMES.get(name, name.replace("bright", "bright_"))


def side_by_side(pictures: Sequence[str]) -> str:
    """Return pictures as one, from left to right."""
    left, height, parts = 0.0, 0.0, []
    for one in pictures:
        found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', one)
        assert found is not None
        width, high = float(found[1]), float(found[2])
        placed = f'<svg x="{left:g}" width="{width:g}" height="{high:g}" '
        parts.append(one.replace("<svg ", placed, 1))
        left, height = left + width, max(height, high)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left:g} {height:g}">'
    return "\n".join((head, *parts, "</svg>"))
