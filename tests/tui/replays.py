"""A replay in an app of its own, and how to get about in it, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from tests.tui.boards import SMALL, Around
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.story import Moment, Story
from wargame.rules.moves import Commit
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.tabs import Pages
from wargame.tui.replay.replay import ReplayScreen
from wargame.tui.replay.stand import PAGES
from wargame.words import Words

Replaying = tuple[Around[None], ReplayScreen, Pilot[None]]


@asynccontextmanager
async def replaying(
    story: Story,
    *,
    size: tuple[int, int] = SMALL,
    playouts: int = 2,
    processes: int = 1,
    eyes: Perspective = EVERYTHING,
) -> AsyncIterator[Replaying]:
    screen = ReplayScreen(story, playouts=playouts, processes=processes)
    app = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen.look_through(eyes)
        await pilot.pause()
        yield app, screen, pilot


async def typed(pilot: Pilot[None], key: str, words: str) -> None:
    """Press a key that asks for words, and answer."""
    await pilot.press(key)
    await pilot.app.screen.workers.wait_for_complete()
    field = pilot.app.screen.query_one("Input")
    field.value = words  # type: ignore[attr-defined]
    await pilot.press("enter")
    await pilot.pause()


def turn_to(screen: ReplayScreen, page: str) -> None:
    screen.query_one(Pages).turn_to(PAGES.index(page))


def a_card_laid_down(story: Story) -> tuple[Moment, str, str]:
    """The first card that a seat laid down, its title, and a seat that could not see it."""
    moment, laid = next((one, one.move) for one in story.line if isinstance(one.move, Commit))
    title = Words(story.scenario).card(laid.card)
    return moment, title, next(seat for seat in story.scenario.seat_ids if seat != moment.seat)


def squeezed(screen: ReplayScreen, widget: str = "Lines") -> str:
    """What these widgets show, however their lines are broken."""
    return " ".join(" ".join(lines.text for lines in screen.query(widget).results(Lines)).split())
