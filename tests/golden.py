"""Golden playthroughs: whole games as text, so that a change of the rules shows as a diff.

`python -m tests.golden` writes them anew into `tests/golden/`; read the diff before you keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from tests.rules.boards import honeymoon, mini
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario

FOLDER = Path(__file__).parent / "golden"
SEEDS = (1, 2, 3)
ROUNDS = 3


def playthrough(scenario: Scenario, seed: int) -> str:
    """A game of random moves: one line a step, and how it ended."""
    return "\n".join(_lines(scenario, seed)) + "\n"


def _lines(scenario: Scenario, seed: int) -> Iterator[str]:
    game = Game.new(scenario, seed, ROUNDS)
    yield f"{scenario.id}, seed {seed}, {ROUNDS} rounds"
    yield "round phase       seat    legal hash      move"
    shown = ""
    for nth in range(10_000):
        tracks = _public_tracks(game)
        if tracks != shown:
            yield f"  {tracks}"
            shown = tracks
        legal = game.legal_moves()
        if not legal:
            break
        state, move = game.state, legal[draw(seed, 0, 0, "golden", "", nth) % len(legal)]
        game.apply(move)
        where = f"{state.round:<5} {state.phase:<11} {move.seat:<7} {len(legal):>5}"
        yield f"{where} {short_hash(game)}  {' '.join(map(str, move.to_plain()[1:]))}"
    yield f"the end: {game.state.outcome}"
    for seat, line in game.lines.items():
        ends = [word for word in ("won", "ruined", "agenda") if getattr(line, word)]
        yield f"  {line.rank}. {seat}: {line.score} {' '.join(ends)}".rstrip()


def _public_tracks(game: Game) -> str:
    return ", ".join(f"{track} {value}" for track, value in game.view(None).tracks.items())


def short_hash(game: Game) -> str:
    """Eight signs of the hash of everything there is to a state."""
    return blake2b(game.to_bytes(), digest_size=4).hexdigest()


@cache
def goldens() -> dict[str, str]:
    """Every golden playthrough by its file's name."""
    return {
        f"{scenario.id}-{seed}.txt": playthrough(scenario, seed)
        for scenario in (mini(), honeymoon())
        for seed in SEEDS
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, text in goldens().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
