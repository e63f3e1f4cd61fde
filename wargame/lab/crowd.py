"""Many jobs on many workers: in this process, in others of this machine, or on a Dask cluster.

The work is a function of a scenario and a job that pickles (from the top of a module, or a `partial` of
one); a job is small, mostly a `Chunk` of games. Only so many jobs are in hand at a time, so a run of any
length needs the same memory, and results come in the order of the jobs, so sums don't depend on who did
what. A job whose worker died is done again.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import FrameType
from typing import Generic, NamedTuple, TypeVar

from wargame.lab.teams import LOST, Crowd, CrowdError, Team, cluster, deaf_children, executor, processes
from wargame.rules.scenario import Scenario

__all__ = [
    "Chunk",
    "Chunks",
    "Crowd",
    "CrowdError",
    "Interrupts",
    "Team",
    "chunks",
    "cluster",
    "executor",
    "processes",
    "run",
]

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Scenario, Job], Result]

TRIES = 3
"""How often one job may lose its worker before the run gives up."""
LARGEST = 50
"""Games in a chunk at most."""
PACE = 0.5
"""Seconds that a chunk should take: few enough that a run shows its progress, whatever the bots."""


class Chunk(NamedTuple):
    """The games of a run from `first` up to but without `last`, counted from 0."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"games {self.first + 1} to {self.last}"


def chunks(games: int, size: int) -> Iterator[Chunk]:
    """A run's games in chunks of one size."""
    return (Chunk(at, min(at + size, games)) for at in range(0, games, size))


class Chunks:
    """A run's games in chunks that take about `PACE` seconds each, going by those `seen` so far.

    Results must not depend on how games are put together, for that differs from run to run.
    """

    def __init__(self, games: int) -> None:
        self.games, self.size = games, 1

    def __iter__(self) -> Iterator[Chunk]:
        first = 0
        while first < self.games:
            last = min(first + self.size, self.games)
            yield Chunk(first, last)
            first = last

    def seen(self, games: int, seconds: float) -> None:
        """So many games took a worker so long."""
        self.size = max(1, min(LARGEST, int(PACE * games / max(seconds, 1e-9))))


# --- the run -------------------------------------------------------------------------------------------


def run(
    work: Work[Job, Result],
    jobs: Iterable[Job],
    scenario: Scenario,
    crowd: Crowd | None = None,
    *,
    ordered: bool = True,
) -> Iterator[Result]:
    """The results of all jobs, in their order, or as they come.

    `crowd` does them, or `None`: this process, one after the other. Ctrl-C (KeyboardInterrupt) is raised
    only while there is nothing to give: after what had come, and never while the caller puts a result
    away. `CrowdError` when a job has lost its worker `TRIES` times; what the work itself raises goes on.
    """
    with Interrupts() as interrupts:
        if crowd is None:
            for job in jobs:
                with interrupts.heard():
                    result = work(scenario, job)
                yield result
            return
        desk = Desk(partial(crowd, scenario), work, jobs, ordered)
        try:
            while not desk.done:
                with interrupts.heard():
                    desk.step()
                yield from desk.ready()
        except KeyboardInterrupt:
            yield from desk.rest()
            raise
        finally:
            desk.close()


class Interrupts:
    """Holds Ctrl-C back but where it is `heard`, so that nothing is ever half put away.

    A second Ctrl-C is not held back. Outside the main thread, and where the program has a handler of its
    own, it does nothing.
    """

    def __init__(self) -> None:
        self.asked = self.open = self.ours = False

    def __enter__(self) -> Interrupts:
        main = threading.current_thread() is threading.main_thread()
        self.ours = main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self.ours:
            signal.signal(signal.SIGINT, self._asked)
        return self

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        if self.ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self.asked and kind in (None, GeneratorExit):
            raise KeyboardInterrupt

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if again or self.open:
            raise KeyboardInterrupt

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Here Ctrl-C is raised, also one that was held back before."""
        self.open = True
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self.open = False


class Task(NamedTuple, Generic[Job]):
    """A job with its place in the run and the workers it has lost."""

    nth: int
    job: Job
    lost: int = 0


@dataclass
class Desk(Generic[Job, Result]):
    """Hands out jobs and takes results, never more than `team.ahead` at a time.

    A result counts as in hand until it is given on: while the first job is slow, the others wait for it.
    """

    start: Callable[[], Team]
    work: Work[Job, Result]
    jobs: Iterable[Job]
    ordered: bool
    done: bool = False
    team: Team | None = None
    turn: int = 0
    waiting: dict[Future[Result], Task[Job]] = field(default_factory=dict)
    come: dict[int, Result] = field(default_factory=dict)
    again: list[Task[Job]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tasks = (Task(nth, job) for nth, job in enumerate(self.jobs))

    def step(self) -> None:
        """Hand out what may be handed out, and wait for a result."""
        if self.team is None:
            self.team = self.start()
        whole = self._hand_out(self.team)
        if whole and not self.waiting:
            self.done = True
            return
        finished, _running = wait(self.waiting, timeout=1, return_when=FIRST_COMPLETED)
        standing = [self._take(self.team, future) for future in finished]
        if not whole or not all(standing):
            self._start_anew()

    def _hand_out(self, team: Team) -> bool:
        """Whether the team still takes jobs."""
        while len(self.waiting) + len(self.come) < team.ahead:
            task = self.again[-1] if self.again else next(self.tasks, None)
            if task is None:
                return True
            if not self.again:
                self.again.append(task)
            try:
                with deaf_children():
                    future = team.executor.submit(team.call, self.work, task.job)
            except LOST:
                return False
            self.waiting[future] = self.again.pop()
        return True

    def _take(self, team: Team, future: Future[Result]) -> bool:
        """Take a result, or the job again if its worker died; whether the team still stands."""
        task = self.waiting[future]
        error = CancelledError() if future.cancelled() else future.exception()
        if error is None:
            self.come[task.nth] = future.result()
        elif deaths := team.deaths(error):
            self._once_more(task._replace(lost=task.lost + deaths))
        else:
            raise error
        del self.waiting[future]
        return not isinstance(error, LOST)

    def _once_more(self, task: Task[Job]) -> None:
        if task.lost >= TRIES:
            raise CrowdError(
                f"The workers died {task.lost} times over {task.job}, so the run was given up;"
                " if they ran out of memory, fewer of them may do."
            )
        self.again.append(task)
        self.again.sort(reverse=True, key=lambda task: task.nth)

    def _start_anew(self) -> None:
        """Let a broken team go, keep what it has done, and do the rest with a fresh one."""
        self.close()
        for future, task in list(self.waiting.items()):
            if future.done() and not future.cancelled() and future.exception() is None:
                self.come[task.nth] = future.result()
            else:
                self._once_more(task._replace(lost=task.lost + 1))
        self.waiting.clear()

    def ready(self) -> Iterator[Result]:
        """Give on the results whose turn it is."""
        while self.come:
            nth = self.turn if self.ordered else next(iter(self.come))
            if nth not in self.come:
                return
            self.turn += 1
            yield self.come.pop(nth)

    def rest(self) -> Iterator[Result]:
        """All that has come, when nothing more will: in order, with gaps."""
        self.close()
        for future, task in self.waiting.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                self.come[task.nth] = future.result()
        for nth in sorted(self.come):
            yield self.come.pop(nth)

    def close(self) -> None:
        """Let the team go; at once, if it has not done all."""
        team, self.team = self.team, None
        if team is not None:
            team.close(not self.done)
