"""A host as a process of its own, without a terminal, that can be killed."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from tests.host.clients import Client, come_in

LINE = re.compile(r"ssh -p (\d+) (\w+)@\S+\s+(.+)")


class HostProcess:
    """`wargame host`: where it listens, and the phrases that it said."""

    def __init__(self, process: asyncio.subprocess.Process, phrases: dict[str, str], port: int) -> None:
        self.process, self.phrases, self.port = process, phrases, port

    @classmethod
    async def start(
        cls, what: str | Path, folder: Path, *options: str, module: str = "wargame", port: int = 0
    ) -> HostProcess:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, "host", str(what), "--listen", f"127.0.0.1:{port}",
            "--saves", str(folder), *options,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        )  # fmt: skip
        assert process.stdout is not None
        phrases, port = {}, 0
        async with asyncio.timeout(60):
            while line := (await process.stdout.readline()).decode():
                if found := LINE.search(line):
                    port, phrases[found[2]] = int(found[1]), found[3].strip()
                if "key:" in line:
                    break
        assert port, "the host did not open"
        return cls(process, phrases, port)

    async def comes(self, login: str, phrase: str) -> Client:
        return await come_in(self.port, login, phrase)

    async def dies(self) -> None:
        """Kill it as by pulling the plug."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def ends(self) -> int:
        """Let it end in order; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()
