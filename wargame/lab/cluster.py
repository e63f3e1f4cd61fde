"""The workers of a Dask cluster: found or missed in one sentence, and with the same code as here."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any

from wargame.lab.workers import (
    EACH,
    OTHER_CODE,
    Job,
    Pool,
    Result,
    Work,
    Workers,
    WorkersError,
    code_mark,
    do,
    packed,
    receive,
)
from wargame.rules.scenario import Scenario

CONNECT = 8
"""Seconds to wait for a cluster, and for its first worker."""
ANSWER = 1
"""Seconds within which a scheduler that is there says so."""


def cluster(address: str) -> Workers:
    """Return the workers of the Dask cluster whose scheduler is at `address`, as `tcp://10.0.0.5:8786`.

    Each needs the same wargame as here, which is checked. `WorkersError` without the package `distributed`.
    """
    return partial(_start_cluster, address=address)


def _start_cluster(scenario: Scenario, work: Work[Job, Result], address: str) -> Pool[Job, Result]:
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise WorkersError(
            "A cluster needs the package distributed: pip install 'wargame[cluster]'."
        ) from error
    whole = packed(scenario, work)
    key = f"wargame-{blake2b(whole, digest_size=8).hexdigest()}"

    class Carrier(distributed.WorkerPlugin):  # type: ignore[misc, name-defined]
        """Brings what is packed to each worker, also to those that come later."""

        def setup(self, worker: object) -> None:
            receive(key, whole)

    client = _connected(distributed, address)
    try:
        _check_workers(client, address)
        client.register_plugin(Carrier(), name=key)
    except BaseException:
        client.close()
        raise
    pool = client.get_executor(pure=False)

    def close(at_once: bool) -> None:
        pool.shutdown(wait=not at_once)
        with suppress(Exception):  # of a cluster that is gone
            client.unregister_worker_plugin(key)
        client.close()

    return Pool(lambda job: pool.submit(do, key, job), EACH * sum(client.nthreads().values()), close)


def _connected(distributed: Any, address: str) -> Any:
    """Return a client; what it would log of a lost connection comes as a sentence instead."""
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        distributed.comm.get_address_host_port(address)
        refused = _knocked(distributed, address)
        why = "what is there is no Dask scheduler"
        if type(refused) is OSError:
            why = f"nobody was there for {CONNECT} s"
        elif isinstance(refused, TypeError):
            why = str(refused).rstrip(".")
    except ValueError as error:
        refused, why = error, "an address is like tcp://10.0.0.5:8786"
    if refused is None:
        try:
            return distributed.Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            refused, why = error, str(error).rstrip(".")
    raise WorkersError(f"No cluster answers at {address}: {why}.") from refused


def _knocked(distributed: Any, address: str) -> BaseException | None:
    """Return what went wrong in asking whether a scheduler is there: `OSError` itself if nobody is.

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
        raise WorkersError(
            f"The cluster at {address} has no workers: start some by `dask worker`."
        ) from error
    try:
        marks = {client.submit(code_mark, pure=False).result(), *client.run(code_mark).values()}
    except Exception as error:
        raise WorkersError(OTHER_CODE) from error
    if marks != {code_mark()}:
        raise WorkersError(OTHER_CODE)
