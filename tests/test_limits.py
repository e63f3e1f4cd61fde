"""Tests end: in time, with their children, and also where Ctrl-C and hanging up are ignored."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FROM_A_SHELL, mind_signals

CONFTEST = Path(__file__).with_name("conftest.py")
WAITS = """
import subprocess, sys, pytest

@pytest.mark.timeout(1)
def test_it_waits_for_a_child_that_never_ends():
    child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(3600)"
    with subprocess.Popen([sys.executable, "-c", child]) as waiting:
        print("child", waiting.pid)
        waiting.wait()

def test_the_next_one_has_its_turn():
    pass
"""


def test_a_test_whose_time_is_up_fails_and_takes_its_children_along(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_it.py").write_text(WAITS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "pytest_timeout", "test_it.py"]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=alone, capture_output=True, text=True, timeout=50, check=False
    )

    assert "1 failed, 1 passed" in done.stdout
    assert "Timeout (>1.0s)" in done.stdout
    child = re.search(r"child (\d+)", done.stdout)
    assert child is not None
    with pytest.raises(ProcessLookupError):
        os.kill(int(child[1]), 0)


@pytest.mark.parametrize("number", FROM_A_SHELL)
def test_a_child_hears_signals_that_are_ignored_here(number: signal.Signals) -> None:
    """Under `nohup`, in the background of a script: a child that was started would ignore them too."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        mind_signals()
        with subprocess.Popen(["sleep", "3600"]) as child:
            child.send_signal(number)

        assert child.returncode == -number
    finally:
        signal.signal(number, before)
