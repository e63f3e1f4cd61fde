"""Many jobs on many workers: in this process, in others of this machine, or on a Dask cluster.

The work is a function of a scenario and a job that pickles (from the top of a module, or a `partial` of
one); a job is small, mostly a `Chunk` of games. Only so many jobs are in hand at a time, so a run of any
length needs the same memory, and results come in the order of the jobs, so sums don't depend on who did
what. A job whose worker died is done again.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from hashlib import blake2b
from importlib import import_module, resources
from multiprocessing import get_context, parent_process, resource_tracker
from os import _exit
from types import FrameType
from typing import Any, Generic, NamedTuple, TypeVar

from wargame.errors import WargameError
from wargame.rules.scenario import Scenario

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Scenario, Job], Result]

TRIES = 3
"""How often one job may lose its worker before the run gives up."""
EACH = 3
"""Jobs in hand for each worker: one it does, and some so that none waits for its next."""
LARGEST = 50
"""Games in a chunk at most."""
PACE = 0.5
"""Seconds that a chunk should take: few enough that a run shows its progress, whatever the bots."""
CONNECT = 10
"""Seconds to wait for a cluster, and for its first worker."""


class CrowdError(WargameError):
    """Workers that can't be had, can't do the work, or died of it too often."""


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


# --- who does it ---------------------------------------------------------------------------------------

LOST = (BrokenExecutor, CancelledError)
"""What a future of ours raises when the whole team has gone."""


def _deaths(error: BaseException) -> int:
    return int(isinstance(error, LOST))


@dataclass
class Team:
    """Workers that are ready for one scenario.

    `call` runs in a worker, with the work and a job; `ahead` jobs are in hand at most; `close` lets the
    workers go, at once if told so; `deaths` says for how many dead workers an error stands.
    """

    executor: Executor
    call: Callable[[Work[Any, Any], Any], Any]
    ahead: int
    close: Callable[[bool], None]
    deaths: Callable[[BaseException], int]


Crowd = Callable[[Scenario], Team]
"""Starts a team for a scenario; `CrowdError` if there is none to be had."""


def processes(workers: int) -> Crowd | None:
    """So many processes of this machine, which load the scenario once each; with 1, this process itself."""
    return partial(_start_processes, workers=workers) if workers > 1 else None


def cluster(address: str) -> Crowd:
    """The workers of the Dask cluster whose scheduler is at `address`, as `tcp://10.0.0.5:8786`.

    Each needs the same wargame as here, which is checked. `CrowdError` without the package `distributed`.
    """
    return partial(_start_cluster, address=address)


def executor(start: Callable[[], Executor], workers: int) -> Crowd:
    """Any other executor; `start` is called again when it broke."""

    def team(scenario: Scenario) -> Team:
        pool = start()
        call = partial(_unpack_and_do, pack(scenario))
        return Team(pool, call, workers * EACH, partial(_shut, pool), _deaths)

    return team


def _shut(pool: Executor, at_once: bool) -> None:
    pool.shutdown(wait=True, cancel_futures=at_once)


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
                with _deaf_children():
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


# --- processes of this machine -------------------------------------------------------------------------


def _start_processes(scenario: Scenario, workers: int) -> Team:
    """Fresh interpreters rather than forks: a fork of a program with threads or a screen can hang."""
    _needs_texts(scenario)
    if sys.platform != "win32":
        with redirect_stderr(sys.__stderr__), _deaf_children():  # it fails below a screen's own stderr
            resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(scenario.texts,)
    )
    return Team(pool, _do, workers * EACH, partial(_shut_processes, pool), _deaths)


def _shut_processes(pool: ProcessPoolExecutor, at_once: bool) -> None:
    if at_once:
        for process in list((pool._processes or {}).values()):
            process.kill()
    pool.shutdown(wait=True, cancel_futures=at_once)


_WORKER: dict[str, Scenario] = {}


def _start_worker(texts: dict[str, str]) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _WORKER["scenario"] = _load(texts)


def _do(work: Work[Job, Result], job: Job) -> Result:
    return work(_WORKER["scenario"], job)


def _leave_with_parent() -> None:
    """A worker must not outlive a program that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        _exit(1)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started here leave Ctrl-C to this one, which holds it for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- a cluster -----------------------------------------------------------------------------------------


def _start_cluster(scenario: Scenario, address: str) -> Team:
    distributed = _distributed()
    packed = pack(scenario)
    try:
        with ThreadPoolExecutor(1) as alone:  # a client that finds nobody hangs for a while when it goes
            alone.submit(asyncio.run, _knock(distributed, address)).result()
        client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CrowdError(f"No cluster answers at {address}: {str(error).rstrip('.')}.") from error
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except OSError as error:
        client.close()
        raise CrowdError(f"The cluster at {address} has no workers: start some by `dask worker`.") from error
    pool = client.get_executor(pure=False)
    ahead = EACH * sum(client.nthreads().values())

    def close(at_once: bool) -> None:
        pool.shutdown(wait=not at_once)
        client.close()

    def deaths(error: BaseException) -> int:
        if isinstance(error, distributed.scheduler.KilledWorker):
            return int(error.allowed_failures) + 1
        return _deaths(error)

    return Team(pool, partial(_unpack_and_do, packed), ahead, close, deaths)


async def _knock(distributed: Any, address: str) -> None:
    """`OSError`, or `ValueError` or `TypeError` for an address that can't be one."""
    security = distributed.Security().get_connection_args("client")
    comm = await distributed.comm.connect(address, timeout=CONNECT, **security)
    await comm.close()


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ModuleNotFoundError as error:
        raise CrowdError(
            "A cluster needs the package distributed: pip install 'wargame[cluster]'."
        ) from error


# --- a scenario on the road ----------------------------------------------------------------------------


class Packed(NamedTuple):
    """A scenario's own text, compressed, and the mark of the code that shall play it."""

    code: str
    texts: bytes


def pack(scenario: Scenario) -> Packed:
    """What a worker elsewhere needs. `CrowdError` for a scenario that was not read from files."""
    _needs_texts(scenario)
    return Packed(code_mark(), zlib.compress(json.dumps(scenario.texts).encode()))


def _unpack_and_do(packed: Packed, work: Work[Job, Result], job: Job) -> Result:
    return work(_unpacked(packed), job)


@lru_cache(maxsize=4)
def _unpacked(packed: Packed) -> Scenario:
    if packed.code != code_mark():
        raise CrowdError("The workers have another version of wargame: install the same one everywhere.")
    return _load(json.loads(zlib.decompress(packed.texts)))


def _load(texts: dict[str, str]) -> Scenario:
    """Imported here, for this room loads no reader of YAML before it needs one."""
    loaded: Scenario = import_module("wargame.content.load").scenario_from_texts(texts)
    return loaded


def _needs_texts(scenario: Scenario) -> None:
    if not scenario.texts:
        raise CrowdError(f"{scenario.id} was not read from files, so it can't be given to other processes.")


@cache
def code_mark() -> str:
    """A hash of all code that decides how a game goes."""
    whole = blake2b(digest_size=16)
    for room in ("rules", "bots", "content", "lab"):
        for path in sorted(_sources(resources.files("wargame") / room)):
            whole.update(path)
    return whole.hexdigest()


def _sources(folder: Any) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry.name.encode() + b"\0" + entry.read_bytes()
