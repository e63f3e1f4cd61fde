"""No test hangs, and every child of one starts as from a shell, whatever runs the tests.

Each test has a limit (`timeout` in pyproject.toml). When it is up the children of the test are killed first,
for a `with` around one would wait for it for ever; then the test fails. One that still does not end takes its
process along: pytest says which it was.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from types import FrameType

import pytest
import pytest_timeout

GRACE = 30
"""Seconds that a test whose time is up may take to clean up."""
STDERR = os.dup(2)
"""Where no test catches what is said."""
FROM_A_SHELL = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP)
"""Signals that `nohup` and a shell's background jobs ignore, and every child with them."""


LONG = 300
"""Seconds that a test of `make soak` may take, if it does not say otherwise."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("soak") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LONG))


def mind_signals() -> None:
    """Hear each signal that is ignored here, and do nothing about it: children ignore what is ignored."""
    for number in FROM_A_SHELL:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _nothing)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """A handler, which no child inherits."""


@pytest.fixture(scope="session", autouse=True)
def _children_start_as_from_a_shell() -> None:
    """In the process that runs tests; the one that only hands them out stays as it was started."""
    mind_signals()


@pytest.fixture(scope="session", autouse=True)
def _crashes_are_kept_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a crash under test leaves behind is not put among those of whoever runs the tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


def children_of(parent: int) -> Iterator[int]:
    """The processes below this one, parents first."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    above = {int(pid): int(ppid) for pid, ppid in (line.split() for line in listed.splitlines())}
    found = {parent}
    while more := {pid for pid, ppid in above.items() if ppid in found} - found:
        found |= more
        yield from sorted(more)


def kill(processes: Iterable[int]) -> None:
    for pid in processes:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: pytest_timeout.Settings) -> bool:
    """Set the limit of a test."""

    def up(_number: int, _frame: FrameType | None) -> None:
        signal.alarm(0)
        faulthandler.dump_traceback_later(GRACE, exit=True, file=STDERR)
        kill(children_of(os.getpid()))
        pytest_timeout.timeout_sigalrm(item, settings)

    signal.signal(signal.SIGALRM, up)
    signal.setitimer(signal.ITIMER_REAL, settings.timeout)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_cancel_timer(item: pytest.Item) -> bool:
    """The test has ended in time."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    faulthandler.cancel_dump_traceback_later()
    return True
