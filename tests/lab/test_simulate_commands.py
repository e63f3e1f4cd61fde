"""`wargame simulate` and `wargame arena` as a person meets them: what they print, write and refuse."""

from __future__ import annotations

import csv
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pyarrow import parquet

from tests.cli.inside import inside
from wargame.counting import several

MINI = str(Path(__file__).parents[1] / "scenarios" / "mini")
CLOCK = ("seconds", "games_per_second", "decisions_per_second")


class Done(NamedTuple):
    """How a command ended, and what it wrote where."""

    code: int
    out: str
    err: str


def wargame(*words: str, start: str = "") -> Done:
    """Run a command to its end, without a terminal; `start` is run before it in the same process."""
    line = f"{start}\nfrom wargame.cli import main\nmain()"
    command = [sys.executable, "-c", line, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def summary(*words: str) -> dict[str, Any]:
    """What `simulate --json` says, but for the clock."""
    done = wargame("simulate", MINI, "--seed", "3", "--rounds", "2", "--json", *words)
    assert (done.code, done.err) == (0, "")
    return {name: value for name, value in json.loads(done.out).items() if name not in CLOCK}


SOME = rb"\s[1-9]\d*/\d+"
"""Progress that shows some games."""
EACH_KIND = rb"\s[3-9]\d+/\d+"
"""Progress that shows some games of each of a few kinds."""
NEVER = rb"(?!)"
LEFT = rb"\d+/1000000\s+(\d+d )?\d\d:\d\d:\d\d\s+\d+\.\d/s"
"""Progress that shows how many, the time left, and games a second."""


def interrupted(*words: str, when: bytes = SOME) -> Done:
    """Run a command with a terminal for its stderr, and press Ctrl-C when that is on it."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "wargame", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as program:
        os.close(theirs)
        seen = read_until(ours, when)
        program.send_signal(signal.SIGINT)
        with ThreadPoolExecutor(1) as reader:  # a terminal that nobody reads blocks whoever writes to it
            rest = reader.submit(read_until, ours, NEVER)
            out, _none = program.communicate(timeout=60)
            seen += rest.result()
    os.close(ours)
    return Done(program.returncode, out, seen.decode())


def read_until(terminal: int, pattern: bytes) -> bytes:
    """What a terminal shows until it shows that, or nothing more."""
    seen = b""
    while not re.search(pattern, seen):
        if not select.select([terminal], [], [], 60)[0]:
            break
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
    return seen


@pytest.mark.soak
def test_processes_and_a_cluster_print_what_one_process_prints(two_dask_workers: str) -> None:
    """The same code with another executor: equal but for the clock."""
    alone = summary("--games", "40", "--seat", "birch=greedy")

    assert summary("--games", "40", "--seat", "birch=greedy", "--workers", "2") == alone
    assert summary("--games", "40", "--seat", "birch=greedy", "--cluster", two_dask_workers) == alone
    assert alone["games"] == 40
    assert not alone["interrupted"]


def test_a_row_a_game(tmp_path: Path) -> None:
    """CSV and Parquet from any number of workers, in the order of the run; the text says where."""
    one, two = tmp_path / "one.csv", tmp_path / "two.parquet"
    words = ("simulate", MINI, "--games", "30", "--rounds", "2")

    told = wargame(*words, "-o", str(one))
    wargame(*words, "-o", str(two), "--workers", "2", "--json")

    assert f"{one} has a row for each of 30 games." in told.out
    with one.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["game"]) for row in rows] == list(range(1, 31))
    assert [{name: str(int(v) if isinstance(v, bool) else v) for name, v in row.items()}
            for row in parquet.read_table(two).to_pylist()] == rows  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("name", ["games.csv", "games.parquet"])
def test_ctrl_c_prints_and_writes_what_came(tmp_path: Path, name: str) -> None:
    """Exit code 130, the table and a valid file of as many games as it says, and nothing left beside it."""
    path = tmp_path / name

    done = interrupted("simulate", MINI, "--games", "1000000", "--workers", "2", "-o", str(path))

    said = re.search(r"wargame: interrupted after (\d+) of 1000000 games", done.err)
    assert said is not None
    assert done.code == 130
    games = several(int(said[1]), "game")
    assert done.out.startswith(f"{games}, ")
    assert f"{path} has a row for each of {games}." in done.out
    if path.suffix == ".csv":
        lines = path.read_text(encoding="utf-8").splitlines()
        assert {line.count(",") for line in lines} == {lines[0].count(",")}
        assert len(lines) == int(said[1]) + 1
    else:
        assert parquet.read_table(path).num_rows == int(said[1])
    assert list(tmp_path.iterdir()) == [path]
    assert "Traceback" not in done.err


def test_a_cluster_that_is_looked_for_is_said_so() -> None:
    """To who waits at a terminal, and Ctrl-C need not wait with them."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"

        done = interrupted("simulate", MINI, "--cluster", address, when=b"looking for the cluster at tcp")

    assert done.code == 130
    assert f"wargame: looking for the cluster at {address} …" in done.err
    assert "Traceback" not in done.err


def test_progress_shows_the_rate_and_the_time_left() -> None:
    """On a terminal, with how many of how many."""
    done = interrupted("simulate", MINI, "--games", "1000000", when=LEFT)

    assert re.search(LEFT, done.err.encode())
    assert done.code == 130


@pytest.mark.soak
def test_the_arena_prints_both_and_their_difference() -> None:
    """For each seat a line a bot, and the difference with its interval."""
    words = ("arena", MINI, "--seat", "birch=greedy", "--seat", "amber=greedy", "--others", "random")

    done = wargame(*words, "--games", "30", "--rounds", "3")
    found = json.loads(wargame(*words, "--games", "30", "--rounds", "3", "--workers", "2", "--json").out)

    assert done.code == 0
    assert done.out.startswith("30 pairs of games of mini, seed 0; random in the other seats.\n")
    assert [line.split()[:2] for line in done.out.splitlines()[2:]] == [
        ["birch", "greedy"], ["birch", "random"], ["difference", done.out.splitlines()[4].split()[1]],
        ["amber", "greedy"], ["amber", "random"], ["difference", done.out.splitlines()[7].split()[1]],
    ]  # fmt: skip
    assert [one["seat"] for one in found["contests"]] == ["birch", "amber"]
    assert f"{found['contests'][0]['difference']['points']['value']:+.2f} points" in done.out


def test_an_interrupted_arena_says_so() -> None:
    """With what came, and exit code 130."""
    done = interrupted("arena", MINI, "--seat", "birch=greedy", "--games", "1000000")

    assert done.code == 130
    assert re.match(r"(1 pair|[1-9]\d* pairs) of games of mini", done.out)
    assert re.search(r"interrupted after [1-9]\d* of 1000000 pairs of games", done.err)


@pytest.mark.soak
def test_an_interrupted_claims_has_all_claims_with_fewer_games() -> None:
    """Arms are played side by side: each test says of how many games it is, and is judged by those."""
    done = interrupted("claims", "--games", "100000", "--only", "S18", "--json", when=EACH_KIND)

    found = json.loads(done.out)
    said = re.search(r"interrupted after (\d+) of 100000 games of each arm", done.err)
    assert said is not None
    assert done.code == 130
    assert found["interrupted"]
    assert [test["n"] for test in found["claims"][0]["tests"]] == [int(said[1])]
    assert int(said[1]) > 0


def to_play(told: str) -> int:
    """The games that a balance table says it has still to play."""
    found = re.search(r"^all +([\d,]+) ", told, re.MULTILINE)
    assert found is not None, told
    return int(found[1].replace(",", ""))


@pytest.mark.soak
def test_an_interrupted_balance_says_so_and_goes_on_later(tmp_path: Path) -> None:
    """With the rows of the games that came; the same command uses them again, and then needs no file."""
    page, kept = tmp_path / "balance.md", tmp_path / "balance.md.games"
    words = ("balance", MINI, "--games", "3000", "--strong", "0", "-o", str(page))

    done = interrupted(*words, "--json", when=EACH_KIND)
    rows = json.loads(done.out)["rows"]
    assert done.code == 130
    assert re.search(r"interrupted after [1-9]\d* of \d+ games; the results are of those", done.err)
    [games] = {row["n"] for row in rows if row["quality"] == "first"}
    assert 0 < games < 3000
    assert "**Interrupted after" in page.read_text(encoding="utf-8")
    assert kept.exists()

    again = wargame(*words, "--json")
    whole, left = (to_play(run.err) for run in (done, again))
    assert 0 < left < whole
    assert not kept.exists()
    rest = json.loads(again.out)
    assert not rest["interrupted"]
    assert rest == json.loads(wargame(*words[:-2], "--json").out)


AMID_A_WAIT = """
import os, signal
from concurrent.futures import _base

class Interrupted(_base._AcquireFutures):
    waits = 0

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()
            if Interrupted.waits == 5:
                os.kill(os.getpid(), signal.SIGINT)
                os.kill(os.getpid(), signal.SIGINT)
            Interrupted.waits += 1

_base._AcquireFutures = Interrupted
"""
"""Press Ctrl-C twice while the library holds some locks of the games that are waited for, and not yet all."""


def test_an_interrupt_comes_to_an_end_whenever_it_comes() -> None:
    """What the workers still bring can be put away: nothing waits for a lock that nobody will give back."""
    words = ("simulate", MINI, "--games", "1000000", "--workers", "2")

    done = wargame(*words, start=AMID_A_WAIT)

    assert done.code == 130
    assert re.search(r"wargame: interrupted after \d+ of 1000000 games", done.err)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("balance", "--quick", "--strong", "5"), "not both"),
        (("balance", "--keep", "."), "can't be used to keep games"),
        (("simulate", "-o", "games.txt"), ".csv or .parquet"),
        (("simulate", "-o", "no/such/games.csv"), "there is no folder"),
        (("simulate", "--cluster", "nonsense"), "No cluster answers at nonsense"),
        (("simulate", "--cluster", "tcp://127.0.0.1:9", "--workers", "2"), "not both"),
        (("arena",), "Say whom to measure"),
        (("arena", "--seat", "rok=genius"), "there is no bot genius"),
        (("arena", "--seat", "rok"), "give SEAT=BOT"),
        (("arena", "--seat", "mars=greedy"), "rok, us, japan"),
        (("arena", "--seat", "rok=greedy/nobody"), "rok has no style nobody"),
        (("arena", "--seat", "rok=greedy", "--against", "genius"), "--against"),
        (("arena", "--seat", "rok=greedy", "--others", "genius"), "--others"),
        (("arena", "--seat", "rok=greedy", "--rounds", "99"), "--rounds"),
    ],
)
def test_bad_input_is_one_sentence_and_not_zero(words: tuple[str, ...], says: str) -> None:
    """What is wrong, on stderr, before a game is played."""
    done = inside(*words)

    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert done.stderr.startswith("wargame: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("distributed", ("--cluster", "tcp://127.0.0.1:9"), "wargame[cluster]"),
        ("pyarrow", ("-o", "games.parquet"), "wargame[data]"),
    ],
)
def test_a_missing_package_is_one_sentence(package: str, words: tuple[str, ...], extra: str) -> None:
    """How to install it; nothing else needs it."""
    without = f"import sys; sys.modules[{package!r}] = None"

    done = wargame("simulate", MINI, "--games", "1", *words, start=without)

    assert (done.code, done.out) == (1, "")
    assert f"pip install '{extra}'" in done.err
    assert done.err.count("\n") == 1
    assert wargame("simulate", MINI, "--games", "2", start=without).code == 0


@pytest.mark.parametrize("command", ["simulate", "arena"])
def test_help_tells_of_workers_and_clusters(command: str) -> None:
    """`--help` explains each option."""
    done = wargame(command, "--help")

    assert done.code == 0
    for option in ("--workers", "--cluster", "--games", "--seat"):
        assert option in done.out


@pytest.mark.soak
def test_every_bot_may_sit_anywhere() -> None:
    """Bots by style and with playouts, in a simulation as in the arena."""
    bots = ("--seat", "rok=greedy/hawk", "--seat", "japan=search:2")

    assert wargame("simulate", "--games", "1", "--rounds", "1", *bots).code == 0
    assert wargame("arena", "--games", "1", "--rounds", "1", *bots).code == 0
    assert "is one of person, random, greedy" in wargame("simulate", "--seat", "rok=greedy/nobody").err
