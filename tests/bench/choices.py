"""What bots choose, boiled down to a digest a game, so that two ways of thinking can be compared.

`python -m tests.bench.choices 60` prints a line a game: who played, how many decisions, a digest over every
move with its reason and, every few decisions, over all that each legal move is said to promise; then the same
for playouts, in which only moves are chosen. Two builds that print the same think the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import blake2b

from tests.rules.boards import honeymoon, mini
from wargame.bots import bot
from wargame.bots.base import bot_luck
from wargame.debrief.playouts import Minds, other_luck
from wargame.lab.simulate import game_seed, play_game
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.phases import step
from wargame.rules.preview import Preview, preview
from wargame.rules.scenario import Scenario
from wargame.rules.state import State

RUN = 14
"""The seed of the run."""
EVERY = 7
"""Of so many decisions, the promises of all moves of one are looked at."""


def digests(games: int) -> Iterator[str]:
    """Greedy games, two of the honeymoon to one of the mill, in no style or in mixed ones; a few searches."""
    for nth in range(games):
        scenario = mini() if nth % 3 == 2 else honeymoon()
        yield game_digest(scenario, seats_of(scenario, nth), game_seed(RUN, nth), led=nth % 5 == 4)
    for nth in range(max(games // 20, 1)):
        seats = dict.fromkeys(honeymoon().seat_ids, "greedy") | {"us": "search:8", "dprk": "search/hawk:4"}
        yield game_digest(honeymoon(), seats, game_seed(RUN, 1000 + nth), rounds=2)
    for nth in range(games):
        scenario = mini() if nth % 3 == 2 else honeymoon()
        yield playout_digest(scenario, seats_of(scenario, nth), game_seed(RUN, 2000 + nth))


def seats_of(scenario: Scenario, nth: int) -> dict[str, str]:
    """Greedy bots without a style in every other game, else a plan or character each."""
    seats = dict.fromkeys(scenario.seat_ids, "greedy")
    if nth % 2:
        for at, seat in enumerate(seats):
            styles = ["greedy", *(f"greedy/{style}" for whose, style in scenario.styles if whose == seat)]
            seats[seat] = styles[draw(nth, 0, 0, "style", seat, at) % len(styles)]
    return seats


def game_digest(
    scenario: Scenario, seats: dict[str, str], seed: int, rounds: int | None = None, led: bool = False
) -> str:
    """A game as at a table; `led` has the white cell write a card for it every few decisions."""
    game, nth, total = Game.new(scenario, seed, rounds), 0, blake2b(digest_size=16)
    while game.to_act is not None:
        if led and nth % 29 == 11 and game.state.round < game.state.rounds:
            game.apply(Move.from_plain(["white", "improvise", a_card(scenario, nth), game.state.round + 1]))
        seat, moves = game.to_act, game.legal_moves()
        seen, luck = game.view(seat), bot_luck(seed, 0, game.state.round, seat, nth)
        choice = bot(seats[seat])(seen, moves, luck)
        total.update(f"{choice.move}|{choice.rationale}\n".encode())
        if nth % EVERY == 0:
            total.update("".join(promise(preview(seen, move)) for move in moves).encode())
        game.apply(choice.move)
        nth += 1
    return line(scenario, "table" + " led" * led, seed, nth, total.hexdigest())


def promise(foreseen: Preview) -> str:
    """The odds, and the changes in their order; nothing is neither more nor less than nothing."""
    changes = [(key, by + 0.0) for key, by in foreseen.changes.items() if key[0] != "signed"]
    return f"{[tuple(odds) for odds in foreseen.odds]} {changes}"


def a_card(scenario: Scenario, nth: int) -> str:
    """A card as the white cell writes one: dice, a condition and a question, all on what the scenario has."""
    tracks = [track.id for track in scenario.spec.tracks if not track.seen_by]
    track = tracks[nth % len(tracks)]
    good, seat = scenario.spec.goods[0].id, scenario.seat_ids[nth % len(scenario.seat_ids)]
    up, down = ({"shift": {"track": track, "by": by}} for by in (1, -1))
    roll = {"base": 40, "modifiers": [{"label": "It is high", "track": track, "above": 2, "each": 10}]}
    more = {"if": {"when": {"track": track, "at_least": 3}, "then": [down], "otherwise": [up, up]}}
    yes = {"id": "yes", "label": "Yes", "effects": [{"roll": {**roll, "success": [up], "failure": [more]}}]}
    cede = {"shift": {"good": good, "seat": seat, "by": -1}}
    late = {"later": {"rounds": 1, "effects": [cede, {"points": {"seat": seat, "by": 1}}]}}
    options = [{"id": "no", "label": "No", "effects": [late]}, yes]
    ask = {"choose": {"seat": seat, "prompt": "Well?", "options": options}}
    return json.dumps({"title": f"No. {nth}", "text": "", "source": "fact", "effects": [ask]})


def playout_digest(scenario: Scenario, seats: dict[str, str], seed: int) -> str:
    """A simulated game, and one from its middle under other luck as the debrief plays them on."""
    total, passed = blake2b(digest_size=16), list[State]()

    def watch(now: State, move: Move) -> None:
        total.update(str(move).encode())
        passed.append(now.clone())

    state, decisions = play_game(scenario, seats, seed, watch=watch)
    total.update(repr(state.points).encode())
    world, minds = other_luck(passed[len(passed) // 2], 3), Minds(seats)
    while world.to_act is not None:
        move = minds.move(world)
        total.update(str(move).encode())
        step(world, move)
    return line(scenario, "playout", seed, decisions, total.hexdigest())


def line(scenario: Scenario, how: str, seed: int, decisions: int, digest: str) -> str:
    return f"{scenario.id:<10} {how:<9} {seed:<20} {decisions:>4} {digest}"


if __name__ == "__main__":
    for one in digests(int(sys.argv[1]) if len(sys.argv) > 1 else 60):
        print(one, flush=True)
