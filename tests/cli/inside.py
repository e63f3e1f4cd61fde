"""The command line run in this process: for the many cases of one sentence, which need no process each."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from wargame.cli import main


def inside(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What `wargame WORDS…` prints without a terminal, and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    line = ["wargame", *map(str, words)]
    terminal = patch.multiple(sys, argv=line, stdin=io.StringIO())
    with terminal, chdir(cwd or Path.cwd()), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return subprocess.CompletedProcess(line, code, out.getvalue(), err.getvalue())
