"""Which first move serves Japan best, in a round with five seats that play at random? A bandit learns it."""

from collections import defaultdict
from random import Random

from wargame.lab.env import env

world, dice = env("honeymoon", rounds=1), Random(1)
worth: dict[int, float] = defaultdict(float)
tried: dict[int, int] = defaultdict(int)
for game in range(300):
    world.reset(seed=game)
    first = None
    for seat in world.agent_iter():
        seen, reward, over, _, _ = world.last()
        legal = [int(move) for move in seen["action_mask"].nonzero()[0]]
        move = dice.choice(legal) if legal else None
        if seat == "japan" and first is None:
            first = move = move if dice.random() < 0.3 else max(legal, key=lambda one: worth[one])
        elif seat == "japan" and over:
            tried[first] += 1
            worth[first] += (reward - worth[first]) / tried[first]
        world.step(move)

best = sorted((move for move in tried if tried[move] >= 5), key=lambda move: -worth[move])
for move in best[:5]:
    name = world.unwrapped.encoder.moves["japan"][move].move
    print(f"{worth[move]:+.2f} after {tried[move]:>3} games: {name}")
