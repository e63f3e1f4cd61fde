"""Who does the jobs of `crowd`: processes of this machine, the workers of a Dask cluster, any executor.

Each worker loads the scenario once, from its own text. A cluster's workers must have the code that is here,
which is checked, for with another a seed would give another game.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    ProcessPoolExecutor,
)
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from hashlib import blake2b
from importlib import import_module, resources
from multiprocessing import get_context, parent_process, resource_tracker
from os import _exit
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from wargame.errors import WargameError
from wargame.rules.scenario import Scenario

Job = TypeVar("Job")
Result = TypeVar("Result")
Work = Callable[[Scenario, Job], Result]

EACH = 3
"""Jobs in hand for each worker: one it does, and some so that none waits for its next."""
CONNECT = 8
"""Seconds to wait for a cluster, and for its first worker."""
ANSWER = 1
"""Seconds within which a scheduler that is there says so."""
OTHER_CODE = (
    "The cluster has no wargame or another version: install the same one for its scheduler and all workers."
)


class CrowdError(WargameError):
    """Workers that can't be had, can't do the work, or died of it too often."""


LOST = (BrokenExecutor, CancelledError)
"""What a future of ours raises when the whole team has gone."""


def deaths_in(error: BaseException) -> int:
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
        call = partial(unpack_and_do, pack(scenario))
        return Team(pool, call, workers * EACH, partial(_shut, pool), deaths_in)

    return team


def _shut(pool: Executor, at_once: bool) -> None:
    pool.shutdown(wait=True, cancel_futures=at_once)


# --- processes of this machine -------------------------------------------------------------------------


def _start_processes(scenario: Scenario, workers: int) -> Team:
    """Fresh interpreters rather than forks: a fork of a program with threads or a screen can hang."""
    _needs_texts(scenario)
    if sys.platform != "win32":
        with redirect_stderr(sys.__stderr__), deaf_children():  # it fails below a screen's own stderr
            resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(scenario.texts,)
    )
    return Team(pool, _do, workers * EACH, partial(_shut_processes, pool), deaths_in)


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
def deaf_children() -> Iterator[None]:
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
    distributed, packed = _distributed(), pack(scenario)
    client = _connected(distributed, address)
    try:
        _check_workers(client, address)
    except BaseException:
        client.close()
        raise
    pool = client.get_executor(pure=False)
    ahead = EACH * sum(client.nthreads().values())

    def close(at_once: bool) -> None:
        pool.shutdown(wait=not at_once)
        client.close()

    def deaths(error: BaseException) -> int:
        if isinstance(error, distributed.scheduler.KilledWorker):
            return int(error.allowed_failures) + 1
        return deaths_in(error)

    return Team(pool, partial(unpack_and_do, packed), ahead, close, deaths)


def _connected(distributed: Any, address: str) -> Any:
    """A client; what it would log of a lost connection comes as a sentence instead."""
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        distributed.comm.get_address_host_port(address)
    except ValueError as error:
        raise CrowdError(
            f"No cluster answers at {address}: an address is like tcp://10.0.0.5:8786."
        ) from error
    if (refused := _knocked(distributed, address)) is not None:
        if type(refused) is OSError:
            why = f"nobody was there for {CONNECT} s"
        elif isinstance(refused, TypeError):
            why = str(refused).rstrip(".")
        else:
            why = "what is there is no Dask scheduler"
        raise CrowdError(f"No cluster answers at {address}: {why}.") from refused
    try:
        return distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CrowdError(f"No cluster answers at {address}: {str(error).rstrip('.')}.") from error


def _knocked(distributed: Any, address: str) -> BaseException | None:
    """What went wrong in asking whether a scheduler is there: `OSError` itself if nobody is.

    It is asked on a thread that nobody waits for: a client that finds no scheduler may hang for ever.
    """
    answers: SimpleQueue[BaseException | None] = SimpleQueue()

    def knock() -> None:
        try:
            asyncio.run(asyncio.wait_for(_knock(distributed, address), CONNECT + ANSWER))
            answers.put(None)
        except BaseException as error:
            answers.put(error)

    threading.Thread(target=knock, daemon=True).start()
    try:
        return answers.get(timeout=CONNECT + 2 * ANSWER)
    except Empty:
        return TimeoutError()


async def _knock(distributed: Any, address: str) -> None:
    security = distributed.Security().get_connection_args("client")
    comm = await distributed.comm.connect(address, timeout=CONNECT, **security)
    try:
        await comm.write({"op": "identity", "reply": True})
        if (await comm.read())["type"] != "Scheduler":
            raise ValueError("a worker, perhaps")
    finally:
        comm.abort()


def _check_workers(client: Any, address: str) -> None:
    """There are some, and scheduler and workers have the code that is here."""
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except OSError as error:
        raise CrowdError(f"The cluster at {address} has no workers: start some by `dask worker`.") from error
    try:
        marks = {client.submit(code_mark, pure=False).result(), *client.run(code_mark).values()}
    except Exception as error:
        raise CrowdError(OTHER_CODE) from error
    if marks != {code_mark()}:
        raise CrowdError(OTHER_CODE)


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


def unpack_and_do(packed: Packed, work: Work[Job, Result], job: Job) -> Result:
    return work(_unpacked(packed), job)


@lru_cache(maxsize=4)
def _unpacked(packed: Packed) -> Scenario:
    if packed.code != code_mark():
        raise CrowdError(OTHER_CODE)
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
