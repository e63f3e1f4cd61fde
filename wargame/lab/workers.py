"""Many jobs on many workers: in this process, in others of this machine, or on a cluster (`lab.cluster`).

The work is a function of a scenario and a job that pickles (from the top of a module, or a `partial` of one).
Scenario and work go to each worker once, so a job is small: mostly a `Chunk` of games. Only so many jobs are
in hand at a time, so a run of any length needs the same memory. A job whose worker died is done again, and
Ctrl-C loses nothing that was done.
"""

from __future__ import annotations

import pickle
import signal
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager, redirect_stderr, suppress
from functools import cache, lru_cache, partial
from hashlib import blake2b
from importlib import import_module, resources
from multiprocessing import get_context, parent_process, resource_tracker
from operator import itemgetter
from os import _exit
from time import monotonic
from types import FrameType
from typing import Any, Generic, NamedTuple, TypeVar

from wargame.errors import WargameError
from wargame.rules.scenario import Scenario

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Scenario, Job], Result]

EACH = 3
"""Jobs in hand for each worker: one it does, and some so that none waits for its next."""
TRIES = 3
"""How often one job may lose its worker before the run gives up."""
MOMENT = 0.1
"""Seconds that Ctrl-C may have to wait."""
LARGEST = 50
"""Games in a chunk at most."""
PACE = 0.5
"""Seconds that a chunk should take: few enough that a run shows its progress, whatever the bots."""
OTHER_CODE = (
    "The cluster has no wargame or another version: install the same one for its scheduler and all workers."
)
LOST = (BrokenExecutor, CancelledError)
"""What a future of ours raises when all workers have gone."""


class WorkersError(WargameError):
    """Workers that can't be had, can't do the work, or died of it too often."""


# --- games in chunks -----------------------------------------------------------------------------------


class Chunk(NamedTuple):
    """The games of a run (`of` a kind) from `first` up to but without `last`, counted from 0."""

    first: int
    last: int
    of: str = ""

    def __str__(self) -> str:
        return f"games {self.first + 1} to {self.last}{self.of and f' of {self.of}'}"

    @property
    def games(self) -> range:
        return range(self.first, self.last)


class Chunks:
    """A run's games in chunks that take about `PACE` seconds each, going by those `seen` so far.

    There may be several kinds of games. They get on side by side, so that of a run that is cut short as large
    a part is there of each; those that one `has` already are left out. Results must not depend on how games
    are put together, for that differs from run to run.
    """

    def __init__(self, games: int | Mapping[str, int], has: Iterable[Chunk] = ()) -> None:
        self.kinds = {"": games} if isinstance(games, int) else dict(games)
        self.sizes = dict.fromkeys(self.kinds, 1)
        self._gaps = {of: list(_gaps(of, most, has)) for of, most in self.kinds.items()}

    def __iter__(self) -> Iterator[Chunk]:
        while left := {of: gaps[0].first / self.kinds[of] for of, gaps in self._gaps.items() if gaps}:
            of = min(left, key=left.__getitem__)
            gap = self._gaps[of].pop(0)
            last = min(gap.first + self.sizes[of], gap.last)
            if last < gap.last:
                self._gaps[of].insert(0, Chunk(last, gap.last, of))
            yield Chunk(gap.first, last, of)

    def seen(self, chunk: Chunk, seconds: float) -> None:
        """Take down how long a worker needed for the games of a chunk."""
        self.sizes[chunk.of] = max(1, min(LARGEST, int(PACE * len(chunk.games) / max(seconds, 1e-9))))


def _gaps(of: str, games: int, has: Iterable[Chunk]) -> Iterator[Chunk]:
    first = 0
    for chunk in sorted(chunk for chunk in has if chunk.of == of):
        if first < min(chunk.first, games):
            yield Chunk(first, min(chunk.first, games), of)
        first = max(first, chunk.last)
    if first < games:
        yield Chunk(first, games, of)


# --- the run -------------------------------------------------------------------------------------------


class Pool(NamedTuple, Generic[Job, Result]):
    """Workers that are ready for one run.

    `submit` gives them a job and promises its result with the seconds it took (what `timed` returns); `ahead`
    jobs are in hand at most; `close` lets the workers go, at once if told so.
    """

    submit: Callable[[Job], Future[tuple[Result, float]]]
    ahead: int
    close: Callable[[bool], None]


Workers = Callable[[Scenario, Work[Any, Any]], Pool[Any, Any]]
"""Gets workers ready for a scenario and a work; `WorkersError` if there are none to be had."""


def timed(work: Work[Job, Result], scenario: Scenario, job: Job) -> tuple[Result, float]:
    """Do a job; return its result and how many seconds it took."""
    start = monotonic()
    return work(scenario, job), monotonic() - start


def run(
    work: Work[Job, Result],
    jobs: Iterable[Job],
    scenario: Scenario,
    workers: Workers | None = None,
    *,
    ordered: bool = True,
) -> Iterator[tuple[Job, Result]]:
    """Do all jobs; yield each with its result, in their order or as they come.

    `workers` do them, or with `None` this process, one after the other. `Chunks` grow with the speed of their
    games. Ctrl-C (KeyboardInterrupt) is raised only while there is nothing to give: after what had come, and
    never while the caller puts a result away. `WorkersError` when a job has lost its worker `TRIES` times;
    what the work itself raises goes on.
    """
    with Interrupts() as interrupts:
        if workers is None:
            for job in jobs:
                with interrupts.heard():
                    result = work(scenario, job)
                yield job, result
            return
        queue = _Queue(partial(workers, scenario, work), jobs, ordered)
        try:
            while not queue.done:
                with interrupts.heard():
                    queue.open()
                with interrupts.put_off():
                    queue.step()
                yield from queue.ready()
        except KeyboardInterrupt:
            yield from queue.rest()
            raise
        finally:
            queue.close()


class Interrupts:
    """Holds Ctrl-C back but where it is `heard`, so that nothing is ever half put away.

    A second Ctrl-C is not held back, unless it is `put_off`. Outside the main thread, and where the program
    has a handler of its own, it does nothing.
    """

    def __init__(self) -> None:
        self.asked = self.open = self.busy = self.ours = False

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
        if self.open or (again and not self.busy):
            raise KeyboardInterrupt

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Raise Ctrl-C here, also one that was held back before."""
        self.open = True
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self.open = False

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Raise nothing here, where it is soon over: the library would keep a lock that workers wait for."""
        self.busy = True
        try:
            yield
        finally:
            self.busy = False


Task = tuple[int, Job]
"""A job with its place in the run."""


class _Queue(Generic[Job, Result]):
    """Hands out jobs and takes results, never more than `pool.ahead` at a time.

    A result counts as in hand until it is given on: while the first job is slow, the others wait for it.
    """

    def __init__(self, start: Callable[[], Pool[Job, Result]], jobs: Iterable[Job], ordered: bool) -> None:
        self.start, self.jobs, self.ordered = start, jobs, ordered
        self.tasks: Iterator[Task[Job]] = enumerate(jobs)
        self.again: list[Task[Job]] = []
        self.lost: Counter[int] = Counter()
        self.waiting: dict[Future[tuple[Result, float]], Task[Job]] = {}
        self.come: dict[int, tuple[Job, Result]] = {}
        self.pool: Pool[Job, Result] | None = None
        self.turn, self.done = 0, False

    def open(self) -> None:
        """Get workers ready, unless they are."""
        if self.pool is None:
            self.pool = self.start()

    def step(self) -> None:
        """Hand out what may be handed out, and wait a moment for a result."""
        assert self.pool is not None, "not open"
        whole = self._hand_out(self.pool)
        if whole and not self.waiting:
            self.done = True
            return
        finished, _running = wait(self.waiting, timeout=MOMENT, return_when=FIRST_COMPLETED)
        for future in finished:
            whole &= self._take(future)
        if not whole:
            self.close()
            for future in list(self.waiting):
                self._take(future)

    def _hand_out(self, pool: Pool[Job, Result]) -> bool:
        """Tell whether the pool still takes jobs."""
        while len(self.waiting) + len(self.come) < pool.ahead:
            task = self.again.pop() if self.again else next(self.tasks, None)
            if task is None:
                return True
            try:
                with deaf_children():
                    self.waiting[pool.submit(task[1])] = task
            except LOST:
                self.again.append(task)
                return False
        return True

    def _take(self, future: Future[tuple[Result, float]]) -> bool:
        """Take a result, or the job again if its worker died; whether the pool still stands."""
        nth, job = self.waiting.pop(future)
        gone = future.cancelled() or not future.done()
        error = CancelledError() if gone else future.exception()
        if error is None:
            result, seconds = future.result()
            self.come[nth] = job, result
            if isinstance(self.jobs, Chunks) and isinstance(job, Chunk):
                self.jobs.seen(job, seconds)
            return True
        if not (deaths := _deaths(error)):
            raise error
        self.lost[nth] += deaths
        if self.lost[nth] >= TRIES:
            raise WorkersError(
                f"The workers died {self.lost[nth]} times over {job}, so the run was given up;"
                " if they ran out of memory, fewer of them may do."
            )
        self.again.append((nth, job))
        self.again.sort(reverse=True, key=itemgetter(0))
        return not isinstance(error, LOST)

    def ready(self) -> Iterator[tuple[Job, Result]]:
        """Give on the results whose turn it is."""
        while self.come:
            nth = self.turn if self.ordered else next(iter(self.come))
            if nth not in self.come:
                return
            self.turn += 1
            yield self.come.pop(nth)

    def rest(self) -> Iterator[tuple[Job, Result]]:
        """Yield all that has come, when nothing more will: in order, with gaps."""
        self.close()
        for future in list(self.waiting):
            with suppress(Exception):
                self._take(future)
        for nth in sorted(self.come):
            yield self.come.pop(nth)

    def close(self) -> None:
        """Let the pool go; at once, if it has not done all."""
        pool, self.pool = self.pool, None
        if pool is not None:
            pool.close(not self.done)


def _deaths(error: BaseException) -> int:
    """For how many dead workers an error stands; Dask tells of several at once (`KilledWorker`)."""
    if isinstance(error, LOST):
        return 1
    return int(error.allowed_failures) + 1 if hasattr(error, "allowed_failures") else 0


# --- what goes to a worker once ------------------------------------------------------------------------

_RECEIVED: dict[str, bytes] = {}


def packed(scenario: Scenario, work: Work[Any, Any]) -> bytes:
    """Return a scenario's own text and a work, with a mark of the code that shall do it.

    `WorkersError` for a scenario that was not read from files.
    """
    if not scenario.texts:
        raise WorkersError(f"{scenario.id} was not read from files, so it can't be given to other processes.")
    return zlib.compress(pickle.dumps((code_mark(), scenario.texts, pickle.dumps(work))))


def receive(key: str, whole: bytes) -> None:
    """Keep what was `packed` for the jobs that will name it by this key."""
    _RECEIVED[key] = whole


def do(key: str, job: Any) -> tuple[Any, float]:
    """Do a job of what was received under a key. `WorkersError` if other code packed it."""
    scenario, work = _opened(key)
    return timed(work, scenario, job)


@lru_cache(maxsize=4)
def _opened(key: str) -> tuple[Scenario, Work[Any, Any]]:
    """Imported here, for this room loads no reader of YAML before it needs one."""
    mark, texts, work = pickle.loads(zlib.decompress(_RECEIVED[key]))
    if mark != code_mark():
        raise WorkersError(OTHER_CODE)
    return import_module("wargame.content.load").scenario_from_texts(texts), pickle.loads(work)


def code_mark() -> str:
    """Return a hash of all code that decides how a game goes and what is counted of it."""
    return code_hash("rules", "bots", "content", "lab")


@cache
def code_hash(*rooms: str) -> str:
    """Return a hash of the source of these rooms."""
    whole = blake2b(digest_size=16)
    for room in rooms:
        for source in sorted(_sources(resources.files("wargame") / room)):
            whole.update(source)
    return whole.hexdigest()


def _sources(folder: Any) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry.name.encode() + b"\0" + entry.read_bytes()


# --- processes of this machine -------------------------------------------------------------------------


def processes(count: int) -> Workers | None:
    """Return so many processes of this machine; with 1, this process itself."""
    return partial(_start_processes, count=count) if count > 1 else None


def _start_processes(scenario: Scenario, work: Work[Job, Result], count: int) -> Pool[Job, Result]:
    """Fresh interpreters rather than forks: a fork of a program with threads or a screen can hang."""
    whole = packed(scenario, work)
    if sys.platform != "win32":
        with redirect_stderr(sys.__stderr__), deaf_children():  # it fails below a screen's own stderr
            resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_start_worker, initargs=(whole,))

    def close(at_once: bool) -> None:
        """Half a result of a worker that was killed would be waited for: no end of its pipe stays open."""
        if at_once:
            for process in list((pool._processes or {}).values()):
                process.kill()
                process.join()
            pool._result_queue._writer.close()  # type: ignore[attr-defined]
        pool.shutdown(wait=True, cancel_futures=at_once)

    return Pool(lambda job: pool.submit(do, "", job), count * EACH, close)


def _start_worker(whole: bytes) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    receive("", whole)


def _leave_with_parent() -> None:
    """End with the parent: a worker must not outlive a program that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        _exit(1)


@contextmanager
def deaf_children() -> Iterator[None]:
    """Let processes that start here leave Ctrl-C to this one, which holds it for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
