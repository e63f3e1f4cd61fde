"""A player for `--seat japan="cmd:python examples/my_bot.py"`: it lays down what it can, and says why."""

import json
import random
import sys

for line in sys.stdin:
    said = json.loads(line)
    if "bye" in said:
        break
    if "hello" in said:
        seat = said["hello"]["seat"]
        continue
    cards = [move for move in said["moves"] if move[1] == "commit"]
    if cards:
        answer = {"move": random.choice(cards), "rationale": f"{len(cards)} cards could be played"}
    else:
        answer = {"move": 0, "rationale": f"nothing for {seat} to play in {said['view']['phase']}"}
    print(json.dumps(answer), flush=True)
