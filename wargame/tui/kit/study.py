"""What decisions came to, worked out in the background: a thread steps the study, processes play it out."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from wargame.debrief.playouts import cores
from wargame.debrief.story import Story
from wargame.debrief.turning import Progress, Turning, study
from wargame.errors import WargameError
from wargame.words.pages import replay as say

BOT = "greedy"
"""Who plays on in every seat."""


class Study:
    """One search for turning points; `run` it in a thread, `stop` it from anywhere.

    What was found by then stays in the file beside the save, so that the next search goes on from there.
    """

    def __init__(self, story: Story, playouts: int, who: str, processes: int | None = None) -> None:
        self.story, self.playouts, self.who = story, playouts, who
        self.processes = max(cores(), 2) if processes is None else processes
        self._stop = Event()

    def stop(self) -> None:
        self._stop.set()

    def run(self, progress: Callable[[Progress], None]) -> tuple[Turning | None, str]:
        """The turning points, or None and why not ("" if it was stopped). Calls `progress` in this thread."""
        try:
            return self._found(progress), ""
        except WargameError as error:
            return None, str(error)
        except OSError as error:
            return None, say.not_started(str(error.strerror or error))

    def _found(self, progress: Callable[[Progress], None]) -> Turning | None:
        bots = dict.fromkeys(self.story.scenario.seat_ids, BOT)
        steps = study(self.story, bots, playouts=self.playouts, who=self.who, processes=self.processes)
        try:
            while not self._stop.is_set():
                progress(next(steps))
        except StopIteration as end:
            found: Turning = end.value
            return found
        finally:
            steps.close()
        return None
