"""A process beside the program that only sums, so that a busy machine is not taken for a frozen program."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

LOOP = "import os, time\nwhile True: sum(range(20_000)); os.write(1, b'%015.6f\\n' % time.process_time())"
LINE = 16  # bytes of each report


class Control:
    """Runs while it is entered. `seconds` is how much of a processor it has got by now."""

    def __enter__(self) -> Control:
        self._seconds, self._rest = 0.0, b""
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", LOOP], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
        )
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        return self

    @property
    def seconds(self) -> float:
        assert self._process.stdout is not None
        with suppress(BlockingIOError):
            while part := os.read(self._process.stdout.fileno(), 1 << 16):
                self._rest += part
        whole = len(self._rest) // LINE * LINE
        if whole:
            self._seconds, self._rest = float(self._rest[whole - LINE : whole]), self._rest[whole:]
        return self._seconds

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
