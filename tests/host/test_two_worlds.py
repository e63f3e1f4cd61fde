"""What a seat does in its turn, and for how long, shows nowhere else: not in a byte, and not in time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from tests.host.clients import Client, Evening, an_evening
from tests.tui.halls import SEATS, a_table_of_people
from wargame.rules.moves import Commit, End, Move, Offer
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.settings import Settings

LONG = 3600.0
"""Seconds that a turn lasts: longer than what is done in it takes on any machine."""


async def settled(clients: Sequence[Client]) -> None:
    """Wait until nothing comes any more."""
    before: list[int] = []
    while before != (now := [len(client.sent) for client in clients]):
        before = now
        await asyncio.sleep(0.3)


def fronts(evening: Evening) -> list[GuardedScreen[Any]]:
    """The page that is in front on each screen."""
    return [cast("GuardedScreen[Any]", guest.app.screen) for guest in evening.host.room.guests]


async def at_rest(evening: Evening, clients: Sequence[Client]) -> None:
    """Wait until nothing is on its way to a screen either."""
    for _ in range(2):  # the wall looks now and then, and a page that is being made sends nothing yet
        await asyncio.sleep(1.0)
        while not all(front.shows for front in fronts(evening)):
            await asyncio.sleep(0.1)
        await settled(clients)


async def to_orders(evening: Evening, clients: Sequence[Client]) -> None:
    """Lead everybody past the first pages and the talk, without a byte that says when."""
    for client in clients:
        session = evening.guest(client).app.session
        for trigger in ("meeting", "news", "talk"):
            await settled([client])
            if session.state == trigger:
                session.ask("done")
    await at_rest(evening, clients)


async def what_others_get(does: Sequence[type[Move]]) -> dict[str, list[bytes]]:
    """Return what every screen but that of the seat to move was sent, step by step, while it did these."""
    steps: dict[str, list[bytes]] = {}
    async with an_evening(a_table_of_people()) as evening:
        evening.host.room.settings = Settings(animations=False)
        evening.host.course.least = LONG
        clients = [await evening.comes(login) for login in (*SEATS, "wall")]
        await to_orders(evening, clients)
        seat = str(evening.table.game.to_act)
        mover = next(client for client in clients if client.login == seat)
        face = evening.guest(mover).face
        assert face is not None
        assert face.seat_to_play == seat
        others = [client for client in clients if client is not mover]
        marks = {client.login: len(client.sent) for client in others}
        for kind in (*does, End):
            face.play(next(move for move in face.game.legal_moves() if isinstance(move, kind)))
            await settled(clients)
            for client in others:
                steps.setdefault(client.login, []).append(bytes(client.sent[marks[client.login] :]))
                marks[client.login] = len(client.sent)
        assert evening.table.game.to_act == seat, "the turn still lasts"
        evening.host.course.least = 0.0
        evening.table.changed()
        await at_rest(evening, clients)
        for client in others:
            came = bytes(client.sent[marks[client.login] :])  # the wall looks now and then: one look or two
            shown = "\n".join(client.screen.display).encode()
            steps[client.login].append(shown if client.login == "wall" else came)
    return steps


@pytest.mark.soak
@pytest.mark.timeout(240)
async def test_two_worlds_that_differ_in_what_a_seat_lays_look_the_same_to_all_others() -> None:
    one = await what_others_get((Commit, Offer))
    other = await what_others_get((Offer, Commit))
    assert len(one) == len(SEATS)
    for login, steps in one.items():
        assert not any(steps[:-1]), login  # nothing at all while the turn lasts
    addressed = {login for login in one if one[login] != other[login]}
    assert len(addressed) <= 1, "only whom the offer was made to may see that there is one"
    assert "wall" not in addressed
