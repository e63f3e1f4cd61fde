"""Speed against its budget (design 7): `make bench`. Medians of several runs; compare within one run only.

Playouts count processor time, legal-move lists included. `python -m tests.bench --profile` shows instead
where a playout's time goes.
"""

from __future__ import annotations

import argparse
import copy
import cProfile
import os
import pstats
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import isnan
from pathlib import Path

from tests.bench.peers import speeds
from wargame import Game, load_scenario
from wargame.lab.simulate import simulate
from wargame.record import Player
from wargame.rules.state import FIELDS
from wargame.table import Table


def median(what: Callable[[], object], repeat: int = 9, number: int = 200) -> float:
    """Microseconds a call."""
    runs = []
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(number):
            what()
        runs.append((time.perf_counter() - start) / number * 1e6)
    return statistics.median(runs)


def row(what: str, value: str, budget: str) -> None:
    print(f"{what:<44}{value:>22}   {budget}")


def playouts(bot: str, games: int) -> float:
    scenario = load_scenario("honeymoon")
    seats = dict.fromkeys(scenario.seat_ids, bot)
    simulate(scenario, seats, 3)
    tallies = [simulate(scenario, seats, games, seed).summary() for seed in range(5)]
    speed = statistics.median(t["games_per_second"] for t in tallies)
    decisions = statistics.median(t["decisions_per_second"] for t in tallies)
    budget = "300 games/s, 45,000 decisions/s" if bot == "random" else ""
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
        start = time.perf_counter()
        again = Table.resume(path, write=False)
        opened = time.perf_counter() - start
        row("a full game's file", f"{path.stat().st_size / 1000:.0f} kB", "100 kB")
        row(f"open it ({len(again.beats)} positions)", f"{opened * 1000:.0f} ms", "")
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


def first_paint() -> None:
    """From the start of the process to the home screen's first words on a pseudo-terminal."""
    times = [_paint_once() for _ in range(7)]
    row("start to first painted screen", f"{statistics.median(times) * 1000:.0f} ms", "600 ms")


def _paint_once() -> float:
    here, there = pty.openpty()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "wargame", "--saves", folder]
        size = os.environ | {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
        process = subprocess.Popen(words, stdin=there, stdout=there, stderr=there, env=size)
        seen = b""
        while b"New game" not in seen:
            if select.select([here], [], [], 10)[0]:
                seen += os.read(here, 65536)
        taken = time.perf_counter() - start
        process.kill()
        process.wait()
    os.close(here)
    os.close(there)
    return taken


def profile(games: int, lines: int) -> None:
    """The functions in which random playouts spend most, by their own time."""
    scenario = load_scenario("honeymoon")
    seats = dict.fromkeys(scenario.seat_ids, "random")
    simulate(scenario, seats, 3)
    with cProfile.Profile() as profiler:
        simulate(scenario, seats, games)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Speed against its budget.")
    parser.add_argument("--profile", action="store_true", help="show where a playout's time goes")
    if parser.parse_args().profile:
        profile(60, 25)
        return
    row("what", "median", "budget")
    ours = playouts("random", 30)
    playouts("greedy", 5)
    playouts("search:64", 1)
    peers(ours)
    positions()
    saves()
    first_paint()


if __name__ == "__main__":
    main()
