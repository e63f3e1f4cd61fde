"""Speed against its budget (design 7): `make bench`. Medians of several runs; compare within one run only.

All but waiting for a disk or a screen is processor time; playouts count their legal-move lists.
`python -m tests.bench --profile` shows instead where a playout's time goes.
"""

from __future__ import annotations

import argparse
import copy
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import isnan
from pathlib import Path

from tests.bench.peers import speeds
from tests.bench.profile import profile
from tests.bench.screen import KEYS, REPLAY, home_screen, running
from wargame import Game, load_scenario
from wargame.lab.simulate import simulate
from wargame.record import Player
from wargame.rules import phases
from wargame.rules.state import FIELDS
from wargame.table import Table

SIZE = (120, 40)
"""Columns and lines of the terminal."""


def median(what: Callable[[], object], repeat: int = 9, number: int = 200) -> float:
    """Microseconds of processor time a call."""
    runs = []
    for _ in range(repeat):
        start = time.process_time()
        for _ in range(number):
            what()
        runs.append((time.process_time() - start) / number * 1e6)
    return statistics.median(runs)


def row(what: str, value: str, budget: str) -> None:
    print(f"{what:<44}{value:>22}   {budget}", flush=True)


def start_up() -> None:
    """From nothing to the first decision of a game: Python, imports, the whole deck read and compiled."""
    code = "from time import process_time; from wargame import Game, load_scenario\n"
    code += "Game.new(load_scenario('honeymoon')).legal_moves(); print(process_time())"
    runs = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5)]
    row("start to the first decision of a playout", f"{statistics.median(runs) * 1000:.0f} ms", "")


def playouts(bot: str, games: int) -> float:
    scenario = load_scenario("honeymoon")
    seats = dict.fromkeys(scenario.seat_ids, bot)
    simulate(scenario, seats, 3)
    tallies = [simulate(scenario, seats, games, seed).summary() for seed in range(5)]
    speed = statistics.median(t["games_per_second"] for t in tallies)
    decisions = statistics.median(t["decisions_per_second"] for t in tallies)
    budget = {"random": "300 games/s, 45,000 decisions/s", "greedy": "20,000 decisions/s"}.get(bot, "")
    row(f"{bot} playouts, one process", f"{speed:.0f}/s, {decisions:,.0f} dec/s", budget)
    return float(decisions)


def peers(ours: float) -> None:
    """Other engines in the same run, with how many times as many decisions we make."""
    for name, games, decisions in speeds():
        if isnan(decisions):
            row(name, "not installed", "")
        else:
            times = f"we make {ours / decisions:.1f} times as many decisions"
            row(name, f"{games:,.0f}/s, {decisions:,.0f} dec/s", times)


def a_midgame() -> Game:
    game = Game.new(load_scenario("honeymoon"), seed=3)
    while game.state.round < 4:
        game.apply(game.legal_moves()[-1])
    return game


def positions() -> None:
    game = a_midgame()
    facts = {name: getattr(game.state, name) for name in FIELDS if name != "scenario"}
    clone = median(game.clone)
    state = median(game.state.clone)
    deep = median(lambda: copy.deepcopy(facts), number=20)
    row(
        "clone of a state",
        f"{state:.1f} µs",
        f"3 µs; copy.deepcopy of it: {deep:.0f} µs, {deep / state:.0f}x",
    )
    row("clone of a game", f"{clone:.1f} µs", "")
    row("view", f"{median(lambda: game.view('dprk')):.1f} µs", "")
    raw, scenario = game.to_bytes(), game.scenario
    row("to_bytes", f"{median(game.to_bytes, number=50):.0f} µs", "")
    row("from_bytes", f"{median(lambda: Game.from_bytes(raw, scenario), number=50):.0f} µs", "")
    move = game.legal_moves()[0]
    row("apply (with its copy)", f"{median(lambda: game.clone().apply(move), number=50):.0f} µs", "")


def saves() -> None:
    scenario = load_scenario("honeymoon")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    with tempfile.TemporaryDirectory() as folder:
        table = Table.start(scenario, players, seed=2, folder=Path(folder), name="full")
        list(table.advance())
        table.close()
        path = Path(folder) / "full.wargame"
        start = time.process_time()
        again = Table.resume(path, write=False)
        opened, count = time.process_time() - start, len(again.beats)
        row("a full game's file", f"{path.stat().st_size / 1000:.0f} kB", "100 kB")
        row(f"open it ({count} positions)", f"{opened * 1000:.0f} ms", f"{opened / count * 1e6:.0f} µs each")
        people = Table.start(
            scenario, dict.fromkeys(scenario.seat_ids, Player("person", "")), seed=2, folder=Path(folder)
        )
        times = []
        for _ in range(60):
            start = time.perf_counter()
            people.play(people.game.legal_moves()[0])
            times.append(time.perf_counter() - start)
        people.close()
        row("one durable move", f"{statistics.median(times) * 1000:.2f} ms", "one fsync")


def screens() -> None:
    """From the start of the process to the home screen, and from a key to the next position of a replay."""
    with tempfile.TemporaryDirectory() as folder:
        home = home_screen(folder)
        waits, work = [], []
        for _ in range(7):
            with running(home, SIZE) as tty:
                waits.append(time.perf_counter() - tty.start)
                work.append(tty.processor())
        taken, worked = (f"{statistics.median(each) * 1000:.0f} ms" for each in (waits, work))
        row("start to first painted screen", taken, f"600 ms; processor {worked}")
    with running(REPLAY, SIZE) as tty:
        tty.quiet()
        before = tty.processor()
        steps = [tty.press(REPLAY.pressed[0])[0] for _ in range(KEYS)]
        worked = f"{(tty.processor() - before) / KEYS * 1000:.0f} ms"
        row("replay: one step", f"{statistics.median(steps) * 1000:.1f} ms", f"16 ms; processor {worked}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Speed against its budget.")
    parser.add_argument("--profile", action="store_true", help="show where a playout's time goes")
    if parser.parse_args().profile:
        profile()
        return
    build = "compiled" if phases.__file__.endswith(".so") else "plain"
    row(f"what ({build} rules, Python {platform.python_version()})", "median", "budget")
    start_up()
    ours = playouts("random", 30)
    playouts("greedy", 5)
    playouts("search:64", 1)
    peers(ours)
    positions()
    saves()
    screens()


if __name__ == "__main__":
    main()
