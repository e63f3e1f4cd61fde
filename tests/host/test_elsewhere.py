"""A host needs nothing that only Linux and macOS have. (Windows itself is in no test of ours.)"""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from wargame.host.serve import check_listening

LACKING = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
"""Modules of Python's that are not there on Windows."""
HOSTS = "wargame.cli.host, wargame.host.serve, wargame.tui.app, wargame.tui.facilitate.console"


def test_a_host_is_loaded_without_what_windows_lacks() -> None:
    """asyncssh sees to that for itself."""
    without = "".join(f"sys.modules[{name!r}] = None\n" for name in LACKING)
    command = [sys.executable, "-c", f"import sys, asyncssh\n{without}import {HOSTS}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.returncode == 0


def test_a_place_is_looked_at_without_leave_to_share_it_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a socket that may use an address again is let in beside another that listens there."""
    asked: list[int] = []

    def asks(_self: socket.socket, _level: int, option: int, _value: int) -> None:
        asked.append(option)

    monkeypatch.setattr(socket.socket, "setsockopt", asks, raising=False)
    for system in ("linux", "win32"):
        with monkeypatch.context() as there:
            there.setattr(sys, "platform", system)
            check_listening("127.0.0.1", 0)

    assert asked == [socket.SO_REUSEADDR]
