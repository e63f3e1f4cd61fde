"""How long a step in the replay takes: the worst and the mean over all moves, by page, size and eyes.

    python -m tests.tui.bench_replay FILE [PASSES]

A step is what follows a key: finding the position, painting every pane from it, and composing what has
changed on the screen, in milliseconds of this thread's processor time. On a busy machine they still grow, so
each step counts as the best of some passes, each of which opens the game anew with nothing painted before.
`turn` is the key that first opens the page through those eyes. The aim is 16 ms, a frame.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from tests.tui.boards import LARGE, SMALL, Around
from wargame.debrief.perspective import EVERYTHING, ROOM
from wargame.tui.kit.tabs import Pages
from wargame.tui.replay import pages
from wargame.tui.replay.replay import Opened, ReplayScreen
from wargame.tui.replay.stand import PAGES
from wargame.tui.stage import RARELY, uncollected

SIZES = (SMALL, LARGE, (200, 60))
Key = tuple[tuple[int, int], str, str]


async def timed(screen: ReplayScreen, act: Callable[[], None]) -> float:
    """Milliseconds until what somebody did is on the screen."""
    start = time.thread_time()
    act()
    for _ in range(3):  # let the panes say that they have changed, then draw them
        await asyncio.sleep(0)
    screen._on_timer_update()
    return (time.thread_time() - start) * 1000


async def measured(screen: ReplayScreen) -> list[float]:
    """Milliseconds of each step from the beginning to the end."""
    taken, stand = [], screen.stand
    screen.go(0)
    await asyncio.sleep(0.05)
    while stand.place != stand.course.places[-1]:
        taken.append(await timed(screen, lambda: screen.action_step(1)))
    return taken


async def a_pass(path: Path, size: tuple[int, int], best: dict[Key, list[float]]) -> None:
    """All pages through three pairs of eyes; keep what was faster than before. First comes the turn."""
    pages.told.cache_clear()
    opened = Opened(path)
    seat, screen = opened.story.scenario.seat_ids[0], ReplayScreen(opened.story, opened.history)
    with uncollected(full=RARELY):
        async with Around(screen).run_test(size=size) as pilot:
            await pilot.pause()
            for eyes, who in ((ROOM, "room"), (seat, seat), (EVERYTHING, "all")):
                screen.look_through(eyes)
                for nth, page in enumerate(PAGES):
                    turn = await timed(screen, lambda nth=nth: screen.query_one(Pages).turn_to(nth))  # type: ignore[misc]
                    taken = [turn, *await measured(screen)]
                    before = best.get((size, page, who), taken)
                    best[size, page, who] = [min(pair) for pair in zip(taken, before, strict=True)]


async def main(path: Path, passes: int) -> None:
    """Print a line for every size, page and eyes."""
    best: dict[Key, list[float]] = {}
    for size in SIZES:
        for _ in range(passes):
            await a_pass(path, size, best)
    for (size, page, who), (turn, *steps) in best.items():
        name = f"{size[0]}x{size[1]} {page:<12}{who:<7}"
        print(f"{name:<28}worst {max(steps):5.1f}  mean {fmean(steps):5.1f}  turn {turn:5.1f}")
    print(f"worst of all: {max(max(steps[1:]) for steps in best.values()):.1f}")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3))
