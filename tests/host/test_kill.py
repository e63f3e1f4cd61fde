"""A host that dies goes on with the same phrases, and nobody has lost anything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest

from tests.host.clients import Client
from tests.host.players import ORDERS, face_down, page_of
from tests.host.processes import HostProcess
from tests.rules.boards import MINI
from wargame.record import find_save

pytestmark = [pytest.mark.soak, pytest.mark.timeout(240)]


async def to_orders(client: Client) -> None:
    """Lead somebody from the first page over the news and the talk to their orders."""
    for _ in range(60):
        page, keys = page_of(client.screen.display)
        if page == ORDERS:
            return
        for key in keys:
            client.type(key)
            await asyncio.sleep(0.4)
        await asyncio.sleep(0.4)
    raise AssertionError("\n".join(client.screen.display))


def the_save(folder: Path) -> Path:
    return next(folder.glob("*.wargame"))


async def test_a_host_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    host = await HostProcess.start(MINI, tmp_path, "--begin", "--seed", "3")
    phrases = host.phrases
    clients = [await host.comes(seat, phrases[seat]) for seat in ("amber", "birch", "cedar")]
    await asyncio.gather(*(to_orders(client) for client in clients))
    second = clients[1]
    await asyncio.sleep(1)  # a page hears nothing in its first moment
    second.type("1")
    await asyncio.sleep(0.5)
    second.type("\r")
    async with asyncio.timeout(10):
        while not (laid := face_down(second.screen.display)):
            await asyncio.sleep(0.001)
    await host.dies()
    await asyncio.wait_for(second.closed.wait(), 10)
    assert find_save(tmp_path, the_save(tmp_path).stem).is_file()
    again = await HostProcess.start(the_save(tmp_path), tmp_path)
    try:
        assert set(again.phrases.values()) == {"as on its card"}
        back = await again.comes("birch", phrases["birch"])
        other = await again.comes("cedar", phrases["cedar"])
        await asyncio.gather(back.sees("score"), other.sees("score"))
        assert face_down(back.screen.display) == laid
        assert page_of(other.screen.display)[0] == ORDERS
        with pytest.raises(asyncssh.PermissionDenied):
            await again.comes("birch", phrases["amber"])
        for client in (back, other):
            await client.hang_up()
    finally:
        assert await again.ends() == 0
    for client in clients:
        await client.hang_up()
