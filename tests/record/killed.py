"""The scripted game that the kill test kills: append moves for ever, say each id once it is durable.

python killed.py FOLDER NAME
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wargame.record import Header, Save

HEADER = Header.new(
    rules="1",
    app="1",
    created="2026-11-24T09:30:00Z",
    scenario="toy",
    title="A toy",
    scenario_hash="00",
    texts={"scenario.yaml": "title: A toy\n" * 100},
    seed=1,
    rounds=1,
    seats={},
)


def main(folder: str, name: str) -> None:
    save = Save.create(Path(folder), name, HEADER)
    os.write(1, b"0\n")
    while True:
        number = save.tree.next_id
        text = "x" * (number * 37 % 2000)
        done = save.append_move(["say", number, text], by="person", state=text.encode(), time=number)
        os.write(1, b"%d\n" % done)


if __name__ == "__main__":
    main(*sys.argv[1:])
