"""What several tests of many games need: a real cluster, and Ctrl-C as a program finds it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from importlib import import_module

import pytest


@pytest.fixture(scope="session")
def two_dask_workers() -> Iterator[str]:
    """The address of a real cluster of two processes on the loopback."""
    start = import_module("distributed").LocalCluster
    with start(2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0") as here:
        yield here.scheduler_address


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C as a program finds it when it starts, whatever runs the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
