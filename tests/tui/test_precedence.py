"""Where many have screens in one process, pages come one after the other; who presses a key comes first."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from tests.tui.boards import LARGE
from tests.tui.test_hands import a_turn, to_orders
from wargame.tui.kit.precedence import ANSWERED, LONGEST, Precedence


async def made(queue: Precedence, who: str, order: list[str]) -> None:
    """Make a page in turn, which takes a while."""
    await queue.comes(who)
    order.append(f"{who} begins")
    await asyncio.sleep(0.01)
    order.append(f"{who} stands")
    queue.stands(who)


async def test_who_waited_first_comes_first_and_alone() -> None:
    queue, order = Precedence(), list[str]()
    await asyncio.gather(*(made(queue, who, order) for who in "abcd"))

    assert order == [f"{who} {what}" for who in "abcd" for what in ("begins", "stands")]


async def test_what_a_key_opens_waits_for_nobody_and_is_waited_for() -> None:
    """A log that somebody opens while others' pages wait is made beside one of them, before all the rest."""
    queue, order = Precedence(), list[str]()
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
    queue, order = Precedence(lambda: now[0]), list[str]()
    queue.begins("gone")
    now[0] += LONGEST
    await made(queue, "a", order)

    assert order == ["a begins", "a stands"]


async def test_nobody_waits_for_a_page_of_their_own_that_has_come_to_nothing() -> None:
    queue, order = Precedence(lambda: 0.0), list[str]()
    queue.begins("a")
    await asyncio.wait_for(made(queue, "a", order), 1)

    assert order == ["a begins", "a stands"]


async def test_who_has_pressed_a_key_waits_for_no_page_of_others_who_have_not() -> None:
    """And whose page is being made gives way meanwhile. Of those who have pressed the first comes first."""
    queue = Precedence()
    queue.begins("a")
    due = {who: asyncio.create_task(queue.comes(who)) for who in "bcd"}
    await asyncio.sleep(0)
    queue.presses("d")
    queue.presses("c")
    await asyncio.sleep(0.01)
    assert [who for who, task in due.items() if task.done()] == ["d"]
    assert queue.gives_way("a")
    queue.stands("d")
    await asyncio.sleep(0.01)
    assert [who for who, task in due.items() if task.done()] == ["c", "d"]
    queue.stands("c")
    queue.stands("a")
    await asyncio.wait_for(due["b"], LONGEST / 2)


async def test_who_is_gone_is_not_waited_for_though_they_pressed_a_key() -> None:
    queue, order = Precedence(), list[str]()
    queue.presses("gone")
    first = asyncio.gather(made(queue, "a", order), made(queue, "b", order))
    goes = asyncio.create_task(made(queue, "gone", order))
    await asyncio.sleep(0)
    goes.cancel()
    queue.goes("gone")
    await asyncio.wait_for(first, LONGEST / 2)

    assert order == ["a begins", "gone begins", "a stands", "b begins", "b stands"]


def test_others_give_way_to_a_key_until_it_is_answered() -> None:
    queue = Precedence(lambda: 0.0)
    assert not queue.gives_way("a")
    queue.presses("b")
    assert queue.gives_way("a")
    assert not queue.gives_way("b")
    queue.answered("b")

    assert not queue.gives_way("a")


def test_who_has_pressed_a_key_while_a_page_is_due_waits_for_that() -> None:
    """A clock that is painted meanwhile on the page before is no answer."""
    queue = Precedence(lambda: 0.0)
    queue.begins("b")
    queue.presses("b")
    queue.answered("b")
    assert queue.gives_way("a")
    queue.stands("b")

    assert not queue.gives_way("a")


def test_nobody_gives_way_to_a_key_that_changes_nothing() -> None:
    """Nor to more of the same key: what counts is when they began to wait."""
    now = [0.0]
    queue = Precedence(lambda: now[0])
    queue.presses("b")
    now[0] = ANSWERED
    queue.presses("b")

    assert not queue.gives_way("a")


def test_others_give_way_longer_to_a_key_for_a_page_that_is_just_being_made() -> None:
    now = [0.0]
    queue = Precedence(lambda: now[0])
    queue.presses("b")
    queue.begins("b")
    now[0] = LONGEST * 0.9
    assert queue.gives_way("a")
    queue.stands("b")

    assert not queue.gives_way("a")


def test_somebody_who_never_rests_holds_nobody_up_for_long() -> None:
    """However many keys are pressed and answered, everybody is painted three times a second."""
    now, painted = [0.0], list[float]()
    queue = Precedence(lambda: now[0])
    for step in range(1000):
        now[0] = step / 1000
        queue.answered("b")
        queue.presses("b")
        if not queue.gives_way("a"):
            painted.append(now[0])

    assert len(painted) >= 3
    assert max(after - before for before, after in pairwise(painted)) < LONGEST * 1.1


def test_two_who_press_keys_do_not_give_way_to_each_other() -> None:
    queue = Precedence(lambda: 0.0)
    queue.presses("a")
    queue.presses("b")

    assert not queue.gives_way("a")
    assert not queue.gives_way("b")


async def test_one_who_lets_others_go_first_goes_on_when_they_are_answered() -> None:
    queue, order = Precedence(), list[str]()
    queue.presses("b")

    async def waits() -> None:
        await queue.let_others("a")
        order.append("a goes on")

    going = asyncio.create_task(waits())
    await asyncio.sleep(ANSWERED / 5)
    order.append("b is answered")
    queue.answered("b")
    await asyncio.wait_for(going, 1)

    assert order == ["b is answered", "a goes on"]


class Busy(Precedence):
    """Where somebody else waits for an answer, for as long as `waits`."""

    waits = True

    def gives_way(self, whose: object) -> bool:
        return self.waits


async def test_a_screen_paints_nothing_while_somebody_else_waits_for_an_answer() -> None:
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)
        app.precedence = busy = Busy()
        painted = list[str]()
        app.post_display_hook = lambda: painted.append(app.screen.title or "")  # type: ignore[method-assign]
        await pilot.press("1")
        await asyncio.sleep(0.1)
        assert not painted
        busy.waits = False
        await asyncio.sleep(0.1)

        assert painted


async def test_a_key_that_shows_something_is_answered() -> None:
    app = a_turn()
    async with app.run_test(size=LARGE) as pilot:
        await to_orders(pilot)
        app.precedence.presses(app)
        assert app.precedence.gives_way("somebody else")
        await pilot.press("1")
        await asyncio.sleep(0.1)

        assert not app.precedence.gives_way("somebody else")


async def test_it_is_still_when_nothing_is_made_or_due_and_no_key_was_pressed_just_now() -> None:
    now = [100.0]
    queue = Precedence(lambda: now[0])
    assert queue.still
    queue.begins("a")
    assert not queue.still
    queue.stands("a")
    assert queue.still
    queue.presses("b")
    assert not queue.still
    now[0] += 2 * LONGEST
    assert queue.still
