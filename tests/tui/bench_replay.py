"""How long a step in the replay takes: the worst and the mean over all moves, by page, size and eyes.

    python -m tests.tui.bench_replay saves/example.wargame

A step is what follows a key: finding the position, painting every pane from it, and composing what has
changed on the screen, in milliseconds of this thread's processor time. On a busy machine they still grow.
Nothing is asserted. The aim is one frame, 16 ms.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from pathlib import Path
from statistics import fmean

from tests.tui.boards import LARGE, SMALL, Around
from wargame.tui.screens.replay import PAGES, Opened, ReplayScreen
from wargame.tui.widgets.tabs import Pages
from wargame.tui.widgets.timeline_eyes import ALL


async def measured(screen: ReplayScreen) -> list[float]:
    """Milliseconds of each step from the beginning to the end."""
    taken = []
    screen.go(0)
    await asyncio.sleep(0.1)
    while screen.place != screen.course.places[-1]:
        start = time.thread_time()
        screen.action_step(1)
        for _ in range(3):  # let the panes say that they have changed, then draw them
            await asyncio.sleep(0)
        screen._on_timer_update()
        taken.append((time.thread_time() - start) * 1000)
    return taken


async def main(path: Path) -> None:
    """Print a line for every page, size and eyes."""
    start = time.perf_counter()
    opened = Opened(path)
    print(f"opened in {time.perf_counter() - start:.2f} s, {len(opened.story.line) - 1} moves")
    seat = opened.story.scenario.seat_ids[0]
    for size in (SMALL, LARGE):
        screen = ReplayScreen(opened.story, opened.history)
        async with Around(screen).run_test(size=size) as pilot:
            await pilot.pause()
            gc.collect()
            gc.freeze()
            for page in PAGES:
                screen.query_one(Pages).turn_to(PAGES.index(page))
                for eyes in (None, seat, ALL):
                    screen.look_through(eyes)
                    taken = await measured(screen)
                    who = "room" if eyes is None else "all" if eyes == ALL else eyes
                    print(f"{size} {page:<12}{who:<8}worst {max(taken):5.1f}  mean {fmean(taken):5.1f}")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
