"""What could still have come of a position: games that bots play on from it, over several processes.

The nth playout of every position and of every alternative uses the same luck, so that what differs between
two of them is the decision and not the dice. The bots see their views only, the positions they start from
are the whole truth. Nothing depends on how many processes there are.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import NamedTuple

from wargame.bots import bot as find_bot
from wargame.lab.simulate import decide
from wargame.rules import codec
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.phases import step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.state import State

CHUNK = 20
"""Playouts between two reports of progress."""


class Outcome(NamedTuple):
    """How one playout ended. Seats stand in the scenario's order."""

    won: tuple[bool, ...]
    first: tuple[bool, ...]
    ruined: tuple[bool, ...]
    scores: tuple[int, ...]
    storm: bool


class Task(NamedTuple):
    """Some playouts of one position, after `move` if there is one.

    `depth` is how many decisions came before the position, `first` the number of the first playout.
    """

    name: str
    state: bytes
    depth: int
    move: Move | None
    first: int
    games: int


def fair(bots: Mapping[str, str]) -> Mapping[str, str]:
    """The same bots, if there are such. `KeyError` for one that is not."""
    for name in bots.values():
        find_bot(name)
    return bots


def playout(state: State, bots: Mapping[str, str], nth: int, depth: int = 0) -> Outcome:
    """The end of the nth playout of a position."""
    world = state.clone()
    world.luck = draw(nth, 0, 0, "playout") >> 1
    return finish(world, bots, depth)


def finish(world: State, bots: Mapping[str, str], depth: int) -> Outcome:
    """Let bots play a state you own to its end."""
    decisions = depth
    while world.to_act is not None:
        step(world, decide(world, bots[world.to_act], world.seed, decisions))
        decisions += 1
    lines = final_scores(world)
    return Outcome(
        tuple(line.won for line in lines.values()),
        tuple(line.rank == 1 for line in lines.values()),
        tuple(line.ruined for line in lines.values()),
        tuple(line.score for line in lines.values()),
        world.outcome == "storm",
    )


def run(task: Task, scenario: Scenario, bots: Mapping[str, str]) -> list[Outcome]:
    """The playouts of a task, in their order."""
    start = codec.from_bytes(task.state, scenario)
    found = []
    for nth in range(task.first, task.first + task.games):
        world = start.clone()
        world.luck = draw(nth, 0, 0, "playout") >> 1
        if task.move is not None:
            step(world, task.move)
        found.append(finish(world, bots, task.depth + (task.move is not None)))
    return found


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Processes that play tasks; with one process, this one. Use it in a `with`: leaving it stops them."""

    def __init__(self, scenario: Scenario, bots: Mapping[str, str], processes: int = 1) -> None:
        self.scenario, self.bots, self.processes = scenario, dict(fair(bots)), processes
        self._workers: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_about: object) -> None:
        if self._workers is not None:
            self._workers.shutdown(wait=True, cancel_futures=True)
            self._workers = None

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, list[Outcome]]]:
        """Each task with its outcomes as it is done, in no promised order. Closing it drops the others."""
        if self.processes <= 1:
            yield from ((task, run(task, self.scenario, self.bots)) for task in tasks)
            return
        workers = self._started()
        waiting: dict[Future[list[Outcome]], Task] = {}
        left = iter(tasks)
        try:
            while True:
                for task in _some(left, 2 * self.processes - len(waiting)):
                    waiting[workers.submit(_work, task)] = task
                if not waiting:
                    return
                done, _others = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield waiting.pop(future), future.result()
        finally:
            for future in waiting:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        if self._workers is None:
            self._workers = ProcessPoolExecutor(
                self.processes,
                mp_context=get_context("spawn"),  # a fork would copy the threads of a screen
                initializer=_begin,
                initargs=(self.scenario.texts, self.bots),
            )
        return self._workers


def _some(left: Iterator[Task], count: int) -> Iterator[Task]:
    return (task for _nth, task in zip(range(count), left, strict=False))


def chunks(
    name: str, state: State, depth: int, move: Move | None, first: int, count: int, size: int = CHUNK
) -> Iterator[Task]:
    """The playouts `first` to `first + count` of a position as tasks of a bearable length."""
    raw = codec.to_bytes(state)
    for start in range(first, first + count, size):
        yield Task(name, raw, depth, move, start, min(size, first + count - start))


# --- in a process of its own ---------------------------------------------------------------------------

_HERE: dict[str, tuple[Scenario, Mapping[str, str]]] = {}


def _begin(texts: Mapping[str, str], bots: Mapping[str, str]) -> None:
    from wargame.content.load import scenario_from_texts  # noqa: PLC0415  (only workers read it anew)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us says when to stop
    _HERE["work"] = scenario_from_texts(texts), bots


def _work(task: Task) -> list[Outcome]:
    return run(task, *_HERE["work"])
