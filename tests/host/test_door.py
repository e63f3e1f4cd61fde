"""The door over real ssh connections: who comes in, and what nobody may do."""

from __future__ import annotations

import asyncssh
import pytest

from tests.host.toy import a_room, connect, terminal


async def test_the_right_phrase_lets_in_and_keys_echo() -> None:
    """Whoever knows the phrase has a terminal with an app of their own."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan 80x24 ●")
        screen.type("hello")
        await screen.shows("typed hello")

        assert room.lines == ["japan came in from 127.0.0.1."]


async def test_a_wrong_phrase_does_not() -> None:
    """The journal has a line for it, which does not hold what was tried."""
    async with a_room() as room:
        with pytest.raises(asyncssh.PermissionDenied):
            async with connect(room.door, phrase="guess-me"):
                pass

        assert room.lines == ["Wrong phrase for japan from 127.0.0.1."]
