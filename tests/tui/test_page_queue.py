"""Where many have screens in one process, pages are made one after the other."""

from __future__ import annotations

import asyncio

from wargame.tui.page_queue import LONGEST, PageQueue


async def made(queue: PageQueue, who: str, order: list[str]) -> None:
    """Make a page in turn, which takes a while."""
    await queue.comes(who)
    order.append(f"{who} begins")
    await asyncio.sleep(0.01)
    order.append(f"{who} stands")
    queue.stands(who)


async def test_who_waited_first_comes_first_and_alone() -> None:
    queue, order = PageQueue(), list[str]()
    await asyncio.gather(*(made(queue, who, order) for who in "abcd"))

    assert order == [f"{who} {what}" for who in "abcd" for what in ("begins", "stands")]


async def test_what_a_key_opens_waits_for_nobody_and_is_waited_for() -> None:
    """A log that somebody opens while others' pages wait is made beside one of them, before all the rest."""
    queue, order = PageQueue(), list[str]()
    waiting = asyncio.gather(*(made(queue, who, order) for who in "abc"))
    await asyncio.sleep(0)
    queue.begins("log")
    await asyncio.sleep(0.05)
    assert order == ["a begins", "a stands"]
    order.append("log stands")
    queue.stands("log")
    await waiting

    assert order[2:4] == ["log stands", "b begins"]


async def test_a_page_that_never_stands_is_not_waited_for_long() -> None:
    now = [100.0]
    queue, order = PageQueue(lambda: now[0]), list[str]()
    queue.begins("gone")
    now[0] += LONGEST
    await made(queue, "a", order)

    assert order == ["a begins", "a stands"]


async def test_nobody_waits_for_a_page_of_their_own_that_has_come_to_nothing() -> None:
    queue, order = PageQueue(lambda: 0.0), list[str]()
    queue.begins("a")
    await asyncio.wait_for(made(queue, "a", order), 1)

    assert order == ["a begins", "a stands"]
