"""Evenings in which clients, lines and the host are killed at random moments; each comes to its end."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.host.clients import Client, come_in
from tests.host.players import Player
from tests.host.processes import HostProcess
from tests.host.proxy import Wire, a_proxy
from tests.host.test_faults import commits, lost
from tests.monkey.session import whole_saves
from tests.rules.boards import MINI
from tests.tui.halls import SEATS
from wargame.record import verify
from wargame.table import ENGINE

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # connections that are cut
    pytest.mark.soak,
    pytest.mark.timeout(180),
]

QUICK = "tests.host.quick"
KILLS = ("client", "line", "host", "host", "ends")
"""What is killed: somebody's client, a line, the host by -9; it may also be told to end."""


class Killed:
    """A host that is killed and started again, at a port that stays."""

    def __init__(self, host: HostProcess, folder: Path, random: Random) -> None:
        self.host, self.folder, self.random = host, folder, random
        self.phrases = host.phrases
        self.clients: dict[str, Client] = {}
        self.said: list[str] = []

    async def comes(self, port: int, login: str) -> Client:
        """Let somebody come in at that port."""
        self.clients[login] = await come_in(port, login, self.phrases[login])
        return self.clients[login]

    async def kill(self, what: str, wires: list[Wire]) -> None:
        """Kill that, and put it right again where nobody in the room would."""
        self.said.append(what)
        if what == "client" and len(self.clients) == len(SEATS):
            self.clients[self.random.choice(SEATS)].connection.abort()
        elif what == "line" and wires:
            self.random.choice(wires).cut()
        elif what in ("host", "ends"):
            await (self.host.dies() if what == "host" else self.ended())
            assert whole_saves(self.folder, killed=what == "host") == 1
            (save,) = self.folder.glob("*.wargame")
            self.host = await HostProcess.start(save, self.folder, module=QUICK)
            assert set(self.host.phrases.values()) == {"as on its card"}

    async def ended(self) -> None:
        assert await self.host.ends() == 0


async def an_evening_of_kills(seed: int, folder: Path) -> list[Player]:
    """Play a game to its end while things are killed; return who played."""
    random = Random(seed)
    options = ("--begin", "--rounds", "2", "--seed", str(seed))
    killed = Killed(await HostProcess.start(MINI, folder, *options, module=QUICK), folder, random)
    try:
        async with a_proxy(lambda: killed.host.port, random) as proxy, asyncio.timeout(150):
            players = [Player(seat, partial(killed.comes, proxy.port, seat)) for seat in SEATS]
            playing = [asyncio.create_task(player.plays()) for player in players]
            try:
                while not all(player.over for player in players):
                    await asyncio.sleep(random.uniform(0.3, 4.0))
                    if len(killed.said) < 6 and not any(player.over for player in players):
                        for player in players:
                            player.look()
                        await killed.kill(random.choice(KILLS), list(proxy.wires))
                await asyncio.gather(*playing)
            finally:
                print(f"seed {seed}: {', '.join(killed.said)}")
                for task in playing:
                    task.cancel()
                await asyncio.gather(*playing, return_exceptions=True)
                for client in killed.clients.values():
                    await client.hang_up()
        assert await killed.host.ends() == 0
    finally:
        if killed.host.process.returncode is None:
            await killed.host.dies()
    return players


@pytest.mark.parametrize("seed", range(1, 5))
async def test_whatever_is_killed_the_evening_comes_to_its_end(tmp_path: Path, seed: int) -> None:
    """The phrases stay, what a screen has shown as laid is there, and the record plays it all again."""
    players = await an_evening_of_kills(seed, tmp_path)
    (path,) = tmp_path.glob("*.wargame")
    report = verify(path, ENGINE)

    assert report.ok, report.problems
    assert report.finished
    assert not lost(players, commits(path))
