"""Start the real program and write down what is in front: `python -m tests.monkey.launch FEED ARGUMENTS…`.

Each line of FEED is a word and what it says: `front` the screen that has come to the front, `guest` one that
has at a guest's of a host, `size` a new size that the screen in front has heard of, `error` an exception that
ends the program or a guest's, as JSON. On SIGUSR1 the stacks of all threads go there as well.
"""

from __future__ import annotations

import faulthandler
import fcntl
import json
import signal
import sys
import termios
import traceback
from pathlib import Path
from typing import TextIO

from textual.events import Resize
from textual.screen import Screen

import wargame.cli
from tests.host.quick import hurry
from wargame.tui.app import WargameApp


def name(screen: Screen[object]) -> str:
    """The screen's class as `module.Class`, below `wargame.tui` without those words."""
    kind = type(screen)
    return f"{kind.__module__.removeprefix('wargame.tui.')}.{kind.__qualname__}"


def observe(feed: TextIO) -> None:
    """Let every program that starts in this process tell the feed what it shows."""
    on_mount, on_resize, on_error = WargameApp.on_mount, WargameApp.on_resize, WargameApp._handle_exception

    def say(word: str, what: str) -> None:
        feed.write(f"{word} {what}\n")

    def mounted(self: WargameApp) -> None:
        word = "front" if self.alone else "guest"
        say(word, name(self.screen))
        self.screen_change_signal.subscribe(self, lambda screen: say(word, name(screen)))
        on_mount(self)

    def resized(self: WargameApp, event: Resize) -> None:
        on_resize(self, event)
        if self.alone:
            self.screen.call_later(say, "size", f"{event.size.width} {event.size.height}")

    def failed(self: WargameApp, error: Exception) -> None:
        inner = getattr(error, "error", None)  # a worker's own, which the one around it does not tell
        errors = [error, inner] if isinstance(inner, BaseException) else [error]
        told = [line for one in errors for line in traceback.format_exception(one)]
        where = name(self.screen) if self.screen_stack else "nothing"
        say("error", json.dumps([where, *told]))
        on_error(self, error)

    WargameApp.on_mount = mounted  # type: ignore[method-assign]
    WargameApp.on_resize = resized  # type: ignore[method-assign]
    WargameApp._handle_exception = failed  # type: ignore[method-assign]


def main() -> None:
    """Be `wargame ARGUMENTS…` at the terminal that standard input is, as a shell starts it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)  # `nohup` and background jobs ignore them
    feed = Path(sys.argv[1]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 (open as long as we run)
    faulthandler.register(signal.SIGUSR1, feed)
    observe(feed)
    sys.argv[:] = ["wargame", *sys.argv[2:]]
    if sys.argv[1:2] == ["host"]:
        hurry()
    wargame.cli.main()


if __name__ == "__main__":
    main()
