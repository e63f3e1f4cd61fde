"""How much better search plays than greedy, by playouts: `python -m tests.bench.strength 8 32 --games 20`.

Each seat in turn is played once by search and once by greedy, over the same seeds, among greedy others; the
differences of its scores are pooled over all seats.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from math import sqrt
from statistics import fmean, stdev
from time import process_time
from typing import NamedTuple

from wargame import load_scenario
from wargame.lab.simulate import TUNING, game_seed, play_game
from wargame.lab.workers import processes, run
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores


class Pair(NamedTuple):
    """A seat in the nth game."""

    seat: str
    nth: int


def difference(scenario: Scenario, pair: Pair, bot: str, seed: int) -> tuple[int, float]:
    """Return what the seat gains by the bot over greedy, in points, and the seconds that its game took."""
    others, own = dict.fromkeys(scenario.seat_ids, "greedy"), game_seed(seed, pair.nth)
    start = process_time()
    strong, _decisions = play_game(scenario, others | {pair.seat: bot}, own)
    seconds = process_time() - start
    plain, _decisions = play_game(scenario, others, own)
    return final_scores(strong)[pair.seat].score - final_scores(plain)[pair.seat].score, seconds


def main() -> None:
    """Print a row for each number of playouts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("playouts", type=int, nargs="+")
    parser.add_argument("--games", type=int, default=20, help="for each seat")
    parser.add_argument("--seed", type=int, default=TUNING[1])
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    scenario = load_scenario("honeymoon")
    print("| playouts | games | over greedy, points | 95 % | seconds a game |\n|---|---|---|---|---|")
    for playouts in given.playouts:
        pairs: Iterator[Pair] = (Pair(seat, nth) for nth in range(given.games) for seat in scenario.seat_ids)
        work = partial(difference, bot=f"search:{playouts}", seed=given.seed)
        found = [result for _pair, result in run(work, pairs, scenario, processes(given.workers))]
        gains = [gain for gain, _seconds in found]
        half = 1.96 * stdev(gains) / sqrt(len(gains))
        mean, seconds = fmean(gains), fmean(seconds for _gain, seconds in found)
        interval = f"{mean - half:+.1f} to {mean + half:+.1f}"
        print(f"| {playouts} | {len(gains)} | {mean:+.1f} | {interval} | {seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
