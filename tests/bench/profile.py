"""Where a random playout's time goes: samples of the stack by a timer of processor time, which slows nothing.

Each sample counts for the innermost of `PARTS` it stands in, and for the function it stands in. Only plain
rules can be looked into: compiled ones leave no frames.
"""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path
from time import process_time
from types import FrameType

from wargame import load_scenario
from wargame.lab.simulate import game_seed, play_game

SECONDS = 15.0
EVERY = 0.004
"""Seconds between samples; the kernel hardly does better."""
FUNCTIONS = 20

PARTS = {
    "draw": "luck: dice, decks, and what the bot picks",
    "legal_moves": "the lists of legal moves",
    "run": "what cards, news, triggers and dials do",
    "produce": "upkeep",
    "deliver": "upkeep",
    "judge": "upkeep",
    "income": "upkeep",
    "refill": "upkeep",
    "fire": "entering phases: news drawn, cards turned over, offers lapsed",
    "begin_next": "what waits: triggers asked, cards begun",
    "step": "the moves themselves",
    "new_state": "setting the game up",
    "play_game": "the loop and the bot",
}


def profile() -> None:
    """Print the shares of the parts of a playout, and the functions it is in most."""
    scenario = load_scenario("honeymoon")
    seats = dict.fromkeys(scenario.seat_ids, "random")
    parts, functions = Counter[str](), Counter[str]()

    def sample(_signal: int, frame: FrameType | None) -> None:
        if frame is not None:
            code = frame.f_code
            functions[f"{Path(code.co_filename).stem}.{code.co_qualname}"] += 1
            parts[_part(frame)] += 1

    signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    start, nth = process_time(), 0
    while process_time() - start < SECONDS:
        play_game(scenario, seats, game_seed(0, nth))
        nth += 1
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(f"{parts.total()} samples of {nth} games")
    for counted, most in ((parts, None), (functions, FUNCTIONS)):
        print()
        for name, count in counted.most_common(most):
            print(f"{count / counted.total():6.1%}  {name}")


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        if part := PARTS.get(frame.f_code.co_name):
            return part
        frame = frame.f_back
    return "this bench"
