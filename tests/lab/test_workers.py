"""Jobs on many workers: the same results whoever does them, none lost, few in hand, and Ctrl-C keeps them."""

from __future__ import annotations

import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count, islice
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from tests.lab.works import Counted, die, die_once, fail, games, interrupting, large, slow_first
from tests.rules.boards import changed, mini
from wargame.lab import cluster as dask
from wargame.lab import workers as lab
from wargame.lab.cluster import cluster
from wargame.lab.workers import (
    Chunk,
    Chunks,
    Pool,
    Work,
    Workers,
    WorkersError,
    processes,
    timed,
)
from wargame.rules.scenario import Scenario


def our_processes() -> list[BaseProcess]:
    """The workers that run below this process, but for those of the cluster."""
    return [child for child in active_children() if not child.name.startswith("Dask")]


def chunks(total: int, size: int) -> list[Chunk]:
    """Games in chunks of one size."""
    return [Chunk(at, min(at + size, total)) for at in range(0, total, size)]


def run(work: Work[Any, Any], jobs: Iterable[Any], *more: Any, **options: Any) -> Iterator[Any]:
    """The results, without their jobs."""
    return (result for _job, result in lab.run(work, jobs, *more, **options))


def threads(scenario: Scenario, work: Work[Any, Any]) -> Pool[Any, Any]:
    """Two threads as workers: whoever has others makes a pool of them so."""
    pool = ThreadPoolExecutor(2)
    return Pool(
        lambda job: pool.submit(timed, work, scenario, job),
        6,
        lambda at_once: pool.shutdown(wait=True, cancel_futures=at_once),
    )


# --- the same results ----------------------------------------------------------------------------------


def test_chunks_grow_with_the_speed_of_games() -> None:
    """They begin with one game, then hold as many as take half a second, but at most fifty."""
    jobs = Chunks(200)
    sizes: list[int] = []
    covered: list[int] = []
    for chunk, seconds in zip(jobs, (0.1, 0.5, 1e-9, 600.0, 1.0), strict=False):
        sizes.append(len(chunk.games))
        covered += chunk.games
        jobs.seen(chunk, seconds)

    assert sizes == [1, 5, 5, 50, 1]
    assert covered == list(range(62))


def test_kinds_of_games_get_on_side_by_side() -> None:
    """Each at its own pace; at any time about the same part of every kind is handed out."""
    jobs = Chunks({"many": 100, "few": 10})
    out = {"many": 0, "few": 0}
    for chunk in jobs:
        jobs.seen(chunk, 0.05 * len(chunk.games))
        assert chunk.first == out[chunk.of]
        out[chunk.of] = chunk.last
        assert abs(out["many"] / 100 - out["few"] / 10) <= 1

    assert out == {"many": 100, "few": 10}
    assert str(Chunk(20, 30)) == "games 21 to 30"
    assert str(Chunk(0, 2, "few")) == "games 1 to 2 of few"


def test_games_that_are_there_are_left_out() -> None:
    """Whatever gaps they leave, and beyond the end."""
    has = [Chunk(2, 4, "a"), Chunk(7, 9, "a"), Chunk(0, 3, "b"), Chunk(9, 12, "a")]
    out = list(Chunks({"a": 10, "b": 3, "c": 1}, has))

    assert sorted((chunk.of, nth) for chunk in out for nth in chunk.games) == [
        *(("a", nth) for nth in (0, 1, 4, 5, 6)), ("c", 0),
    ]  # fmt: skip


def test_two_processes_give_what_one_gives() -> None:
    """Byte for byte, in the order of the jobs."""
    alone = list(run(games, chunks(20, 3), mini()))

    assert list(run(games, chunks(20, 3), mini(), processes(2))) == alone
    assert processes(1) is None


def test_a_cluster_gives_what_one_process_gives(two_dask_workers: str) -> None:
    """Two Dask workers, byte for byte."""
    alone = list(run(games, chunks(20, 3), mini()))

    assert list(run(games, chunks(20, 3), mini(), cluster(two_dask_workers))) == alone


def test_the_work_is_sent_once_and_not_with_every_job() -> None:
    """Nor is the scenario, which goes with it: a job is all that is sent for a job."""
    Counted.sent = 0

    assert list(run(Counted(), range(50), mini(), processes(2))) == list(range(50))
    assert Counted.sent == 1


def test_results_come_in_order_or_as_they_come() -> None:
    """In order the slow first job is waited for; else it comes last."""
    assert list(run(slow_first, range(5), mini(), threads)) == [0, 1, 2, 3, 4]
    assert list(run(slow_first, range(5), mini(), threads, ordered=False))[-1] == 0


@pytest.mark.parametrize("ordered", [True, False])
def test_only_so_many_jobs_are_in_hand(ordered: bool) -> None:
    """Of endless jobs no more are begun than are given on and one handful, even if the first is slow."""
    begun = 0

    def endless() -> Iterator[int]:
        nonlocal begun
        for begun in count(1):
            yield begun - 1

    results = run(slow_first, endless(), mini(), threads, ordered=ordered)
    for given, _result in enumerate(islice(results, 200), 1):
        assert begun <= given + 2 * 3


# --- workers that die ----------------------------------------------------------------------------------


@pytest.mark.soak
def test_a_job_that_lost_its_worker_is_done_again(tmp_path: Path) -> None:
    """A process killed in the middle of a chunk loses no game, and changes none."""
    work = partial(die_once, grave=tmp_path / "grave")

    played = list(run(work, chunks(20, 3), mini(), processes(2)))

    assert (tmp_path / "grave").exists()
    assert played == list(run(games, chunks(20, 3), mini()))


@pytest.mark.soak
def test_a_dask_worker_that_dies_loses_no_game(two_dask_workers: str, tmp_path: Path) -> None:
    """The same on the cluster, which starts another."""
    work = partial(die_once, grave=tmp_path / "grave")

    played = list(run(work, chunks(20, 3), mini(), cluster(two_dask_workers)))

    assert (tmp_path / "grave").exists()
    assert played == list(run(games, chunks(20, 3), mini()))


@pytest.mark.soak
def test_workers_killed_from_outside_lose_no_game() -> None:
    """All of them, while jobs are in hand and waiting."""
    results = run(games, chunks(30, 1), mini(), processes(2))
    played = [next(results)]
    children = our_processes()
    for child in children:
        child.kill()

    played += results

    assert len(children) == 2
    assert played == list(run(games, chunks(30, 1), mini()))


@pytest.mark.soak
@pytest.mark.parametrize("where", ["processes", "cluster"])
def test_a_job_that_kills_its_workers_is_given_up(where: str, two_dask_workers: str) -> None:
    """With one sentence that names it, after three tries at least."""
    workers = processes(2) if where == "processes" else cluster(two_dask_workers)

    with pytest.raises(WorkersError, match=r"^The workers died [3-9] times over games \d to \d, so the run"):
        list(run(die, chunks(4, 2), mini(), workers))

    assert not our_processes()


ENDLESS = """
from itertools import count
from tests.lab.works import pid
from tests.rules.boards import mini
from wargame.lab.workers import processes, run
if __name__ == "__main__":
    for _job, who in run(pid, count(), mini(), processes(2)):
        print(who, flush=True)
"""


def test_workers_are_let_go_in_the_middle_of_giving_a_result() -> None:
    """What a killed worker had half given is waited for by nobody."""
    for _ in range(3):
        first = list(islice(run(large, count(), mini(), processes(2)), 1))

        assert len(first) == 1
        assert not our_processes()


def test_workers_leave_when_their_program_is_killed() -> None:
    """No process is left behind, whatever ends the one that started it."""
    command = [sys.executable, "-c", ENDLESS]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pids = {int(next(program.stdout)) for _ in range(40)}
    program.kill()
    program.communicate()

    for pid in pids:
        for _ in range(200):
            if not alive(pid):
                break
            time.sleep(0.05)
        assert not alive(pid)


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# --- what goes wrong -----------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [None, processes(2)], ids=["alone", "processes"])
def test_what_the_work_raises_goes_on(workers: Workers | None) -> None:
    """A mistake in the work is no lost worker: it is not tried again, and the workers go home."""
    with pytest.raises(LookupError, match=r"nothing in games (\d) to \1"):
        list(run(fail, chunks(2, 1), mini(), workers))

    assert not our_processes()


def test_a_scenario_without_files_stays_at_home() -> None:
    """Other processes could not load it; this one can play it."""
    world = changed("made-up")

    assert len(list(run(games, chunks(2, 1), world))) == 2
    with pytest.raises(WorkersError, match="was not read from files"):
        list(run(games, chunks(2, 1), world, processes(2)))


def test_a_worker_with_other_code_plays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its games would not be ours, seed for seed."""
    monkeypatch.setattr(lab, "code_mark", lambda: "of a newer one")

    with pytest.raises(WorkersError, match="another version"):
        list(run(games, chunks(2, 1), mini(), processes(2)))
    assert not our_processes()


@pytest.mark.parametrize("address", ["nonsense", "foo://x", "tls://127.0.0.1:9"])
def test_an_address_that_is_none_is_one_sentence(address: str) -> None:
    """At once, and without hanging when the program ends."""
    with pytest.raises(WorkersError, match=rf"^No cluster answers at {address}: .*\.$"):
        list(run(games, chunks(2, 1), mini(), cluster(address)))


@contextmanager
def a_stranger(says: bytes) -> Iterator[str]:
    """The address of something that takes a connection and says that, and no more."""

    class Says(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(says)
            self.request.recv(1)
            until.wait(60)

    until = threading.Event()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Says) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        until.set()
        server.shutdown()


@pytest.mark.parametrize(
    "says",
    [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"\xff" * 4096, b"\0" * 4096],
    ids=["nothing", "web", "ssh", "ones", "zeros"],
)
@pytest.mark.soak
def test_a_stranger_at_the_address_is_one_sentence(says: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server is no scheduler, and one that says nothing is not waited for."""
    monkeypatch.setattr(dask, "CONNECT", 1)

    with a_stranger(says) as address, pytest.raises(WorkersError) as caught:
        list(run(games, chunks(2, 1), mini(), cluster(address)))

    assert str(caught.value) == f"No cluster answers at {address}: what is there is no Dask scheduler."


def test_nobody_at_the_address_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is not there is waited for a while, for a cluster may be starting."""
    monkeypatch.setattr(dask, "CONNECT", 1)

    with pytest.raises(
        WorkersError, match=r"^No cluster answers at tcp://127.0.0.1:9: nobody was there for 1 s\.$"
    ):
        list(run(games, chunks(2, 1), mini(), cluster("tcp://127.0.0.1:9")))


# --- Ctrl-C --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("workers", [None, processes(2)], ids=["alone", "processes"])
def test_ctrl_c_waits_until_a_result_is_put_away(workers: Workers | None) -> None:
    """While the caller is at work it is held back; then what has come is given, and it is raised."""
    put_away: list[int] = []

    with pytest.raises(KeyboardInterrupt):
        for result in run(slow_first, count(), mini(), workers):
            if result == 5:
                signal.raise_signal(signal.SIGINT)
            put_away.append(result)

    assert put_away[:6] == [0, 1, 2, 3, 4, 5]
    assert put_away == sorted(set(put_away))
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not our_processes()


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_keeps_what_came_out_of_turn() -> None:
    """What waits behind a slow job is given on when the slow one never will be."""
    kept: list[int] = []

    with pytest.raises(KeyboardInterrupt):
        for result in run(interrupting, range(5), mini(), threads):
            kept.append(result)

    assert kept[0] in (0, 1)
    assert kept == sorted(kept)
    assert 1 in kept


@pytest.mark.usefixtures("ctrl_c")
def test_a_second_ctrl_c_is_not_held_back() -> None:
    """Who insists is obeyed at once."""
    with pytest.raises(KeyboardInterrupt):
        for _result in run(slow_first, count(), mini()):
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            pytest.fail("the second was held back")


@pytest.mark.usefixtures("ctrl_c")
def test_a_run_that_is_left_alone_stops() -> None:
    """Who takes a few results and goes leaves no process and no handler behind."""
    results = run(slow_first, count(), mini(), processes(2))
    assert list(islice(results, 2)) == [0, 1]
    del results

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not our_processes()
