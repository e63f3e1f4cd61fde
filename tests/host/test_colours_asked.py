"""A terminal is asked whether it shows all colours, and whatever it answers, nobody has typed it."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest
from textual.app import App
from textual.driver import Driver

from tests.host.test_door import until
from tests.host.test_driver import kinds_of_colour
from tests.host.toy import Room, Screen, a_room, connect, terminal
from wargame.host.driver import ASK
from wargame.host.visitor import Visitor
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.settings import Settings
from wargame.tui.terminal import keyboard
from wargame.tui.terminal.keyboard import QUIET, TICK, Keyboard

SGR = b"\x1bP1$r0;48:2::1:2:3m\x1b\\"
YES = [SGR, b"\x1bP1$r48;2;1;2;3m\x1b\\", b"\x1bP1+r524742=382F382F38\x1b\\", b"\x1bP1+r5463\x1b\\"]
NO = [
    b"\x1bP1$r0;48;5;16m\x1b\\",
    b"\x1bP0$r\x1b\\\x1bP0+r524742\x1b\\\x1bP0+r5463\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP1$r48;2;1;2;30m\x1b\\",
    b"\x1bP0+r524742\x07",
    b"\x1bP1$rq" + b"quit" * 20,
    b"\x1bP1+r" + b"z" * 3000 + b"\x1b\\",
    b"\x1bP1$r48:2::1:2:3m",
]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an answer count however busy the machine is."""
    monkeypatch.setattr(keyboard, "PATIENCE", 60.0)


class Visit:
    """Somebody who looks at the program, and their terminal."""

    def __init__(self, room: Room, screen: Screen, apps: list[WargameApp]) -> None:
        self.room, self.screen, self.app = room, screen, apps[0]


async def a_visit(stack: AsyncExitStack, term: str = "xterm-256color") -> Visit:
    apps: list[WargameApp] = []

    def make(_login: str, kind: type[Driver]) -> App[Any]:
        apps.append(WargameApp(Start(), driver=kind))
        return apps[-1]

    room = await stack.enter_async_context(a_room(make=make))
    screen = await terminal(await stack.enter_async_context(connect(room.door)), 100, 30, term)
    await until(lambda: len(screen.text.strip()) > 100)
    return Visit(room, screen, apps)


async def colours_after(screen: Screen, app: WargameApp) -> set[str]:
    """What colours it is sent from now on, when all is drawn anew."""
    await asyncio.sleep(0.3)
    before = len(screen.sent)
    app.screen.refresh()
    app.screen.query("*").refresh()
    await until(lambda: len(screen.sent) > before)
    await asyncio.sleep(0.3)
    return kinds_of_colour(screen.sent[before:])


@pytest.mark.parametrize("answer", YES)
async def test_a_terminal_that_says_so_is_sent_all_colours(answer: bytes) -> None:
    async with AsyncExitStack() as stack:
        visit = await a_visit(stack)
        assert ASK.encode() in visit.screen.sent
        assert kinds_of_colour(visit.screen.sent) == {"256"}
        visit.screen.type(answer)
        await until(lambda: visit.app.console.color_system == "truecolor")

        assert await colours_after(visit.screen, visit.app) == {"truecolor"}
        assert "home" in visit.app.session.state


@pytest.mark.parametrize("answer", NO)
async def test_any_other_answer_leaves_256(answer: bytes) -> None:
    async with AsyncExitStack() as stack:
        visit = await a_visit(stack)
        visit.screen.type(answer)

        assert await colours_after(visit.screen, visit.app) == {"256"}
        assert visit.app.is_running
        assert visit.app.session.state == "home"


async def test_an_answer_that_comes_late_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboard, "PATIENCE", 0.0)
    async with AsyncExitStack() as stack:
        visit = await a_visit(stack)
        visit.screen.type(SGR)

        assert await colours_after(visit.screen, visit.app) == {"256"}


async def test_a_setting_says_otherwise_at_any_time() -> None:
    """All, 256, and as the terminal says: each at once."""
    async with AsyncExitStack() as stack:
        visit = await a_visit(stack)
        for chosen, kinds in (("all", {"truecolor"}), ("auto", {"256"}), ("256", {"256"})):
            visit.app.use(Settings(colours=chosen))
            assert await colours_after(visit.screen, visit.app) == kinds
        visit.screen.type(SGR)
        assert await colours_after(visit.screen, visit.app) == {"256"}
        visit.app.use(Settings())
        assert await colours_after(visit.screen, visit.app) == {"truecolor"}


async def test_nothing_of_an_answer_is_a_key() -> None:
    """However it comes: at once, or its beginning byte by byte on a slow line; with an end or without."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        app = room.app("japan")
        for nth, answer in enumerate((*YES, *NO)):
            whole = answer.endswith((b"\x1b\\", b"\x07"))
            for slowly in (0, min(len(answer), 9)):
                for at in range(slowly):
                    screen.type(answer[at : at + 1])
                    await asyncio.sleep(0.02)
                screen.type(answer[slowly:])
                if not whole:
                    await asyncio.sleep(QUIET * 1.3)
            screen.type(f"{nth}.")
            await until(lambda end=f"{nth}.": app.typed.endswith(end))  # type: ignore[misc]

        assert app.typed == "".join(f"{nth}." for nth in range(len(YES) + len(NO)))


def keys_of(data: list[bytes]) -> list[str]:
    """What a keyboard makes of these bytes, with a pause after each."""
    typed, keys = Keyboard(), list[str]()
    for part in data:
        messages = [*typed.feed(part)]
        for _ in range(2):
            time.sleep(TICK * 1.5)
            messages += typed.idle()
        keys += [getattr(message, "key", type(message).__name__) for message in messages]
    return keys


def test_what_only_begins_like_an_answer_is_what_was_typed() -> None:
    """Alt and P, alone or with what is typed after it."""
    assert keys_of([b"\x1bPx"]) == ["alt+shift+p", "x"]
    assert keys_of([b"P1$r", b"a"]) == ["P", "1", "dollar_sign", "r", "a"]


def test_who_is_asked() -> None:
    """Terminals that are called by fewer colours than they may have; not those that draw letters alone."""
    known = {
        "xterm-256color": True,
        "xterm": True,
        "tmux-256color": True,
        "xterm-kitty": False,
        "screen-256color": False,
        "linux": False,
        "vt100": False,
        "dumb": False,
    }

    assert {term: Visitor("japan", "", term).may_have_more for term in known} == known
