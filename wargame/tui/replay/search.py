"""The search for turning points behind a replay: one at a time, in a thread, with what it says of itself."""

from __future__ import annotations

from functools import partial
from time import monotonic

from textual.message import Message

from wargame.debrief.turning import Progress, Turning
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.study import Study


class Search:
    """Tells its screen with `Progressed` how far it is, and at last what it found."""

    class Progressed(Message):
        """The study came further, ended (`found`), or failed (`said`)."""

        def __init__(
            self, study: Study, step: Progress | None, found: Turning | None = None, said: str = ""
        ) -> None:
            super().__init__()
            self.study, self.step, self.found, self.said = study, step, found, said

    def __init__(self, screen: GuardedScreen[None]) -> None:
        self._screen = screen
        self._study: Study | None = None
        self._pace = Pace()

    @property
    def on(self) -> bool:
        return self._study is not None

    def begin(self, study: Study) -> None:
        self._study, self._pace = study, Pace()
        self._screen.run_worker(partial(self._run, study), thread=True, name="turning")

    def stop(self) -> None:
        if self._study is not None:
            self._study.stop()

    def _run(self, study: Study) -> None:
        """In a thread: the study, step by step."""
        found, said = study.run(lambda step: self._tell(study, step))
        self._tell(study, None, found, said)

    def _tell(
        self, study: Study, step: Progress | None, found: Turning | None = None, said: str = ""
    ) -> None:
        self._screen.post_message(self.Progressed(study, step, found, said))

    def is_over(self, event: Progressed) -> bool:
        """Return whether that was the last that is heard of the search."""
        if event.step is None:
            self._study = None
        return not self.on

    def left(self, step: Progress) -> float | None:
        """Return the seconds that the stage will still take; None if that can't be told yet."""
        return self._pace.left(step, monotonic())


class Pace:
    """How fast a study gets on, measured from where each stage of it began or was taken up."""

    def __init__(self) -> None:
        self._stage, self._since, self._from = "", 0.0, 0

    def left(self, step: Progress, now: float) -> float | None:
        """Return the seconds that the stage will still take at `now`, in seconds; None before it got on."""
        if step.stage != self._stage:
            self._stage, self._since, self._from = step.stage, now, step.done
        got_on = step.done - self._from
        return (step.total - step.done) * (now - self._since) / got_on if got_on > 0 else None
