"""The page on an evening in a room, made from what was kept of it: `python -m tests.show.page FOLDER`.

`tests.show.room` keeps there the save, pictures, and in `run.json` what happened and who thought how long.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.minutes import minutes
from tests.pictures import DOCS
from tests.show.people import ORDERING, READ_AND_TALKED, Minutes, Thought, at_once, at_one_keyboard
from tests.show.windows import Window
from wargame.debrief.press import messages, polls, quotes
from wargame.debrief.story import Story
from wargame.record import verify
from wargame.table import ENGINE

RUN, PAGE_NAME = "run.json", "room-evening.md"
FOLDED = {"reading": READ_AND_TALKED, "talk": READ_AND_TALKED, "console": ORDERING}
"""The phases of the record that are told together: the white cell acted while orders were given."""
EYES = ("russia", "5")
"""Through whose eyes the evening is looked back on, and the key for them in the replay."""
PAGES = 12
SIZE = (120, 40)


def page(folder: Path) -> str:
    """Return the page; a picture of the replay is kept in the folder with the others."""
    run: dict[str, Any] = json.loads((folder / RUN).read_text(encoding="utf-8"))
    thoughts, pace = [Thought(*one) for one in run["thoughts"]], float(run["pace"])
    save = next((folder / "saves").glob("*.wargame"))
    story = Story.open(save)
    rounds = story.end.state.rounds
    asyncio.run(_replays(save, folder, [one.message.text for one in messages(story, EYES[0])]))
    return PAGE.format(
        pace=f"{pace:g}",
        by_hand=_by_hand(run["by_hand"]),
        said="\n".join(run["said"]),
        report=verify(save, ENGINE).summary,
        table=compared(in_the_room(save, thoughts, pace, rounds), at_one_keyboard(thoughts, rounds), rounds),
        eyes=story.scenario.seats[EYES[0]].name,
        seen=len(quotes(story, EYES[0])),
        sent=len(quotes(story)),
        polls=", and its own odds among the polls" if polls(story, EYES[0]) else "",
        quoted=_quoted(save),
    )


def _by_hand(seats: Sequence[str]) -> str:
    return f"Played by hand: {', '.join(seats)}." if seats else "All six teams were scripts."


# --- minutes -----------------------------------------------------------------------------------------------


def in_the_room(save: Path, thoughts: Sequence[Thought], pace: float, rounds: int) -> Minutes:
    """Return the minutes of the record, with thinking counted in full and all else as it was.

    Only thinking was done faster than by people: of each minute of it the record has one part in `pace`.
    """
    spent: Minutes = {}
    for phase, of in minutes(save).items():
        for round_, took in of.items():
            in_round = spent.setdefault(FOLDED.get(phase, phase), {})
            in_round[round_] = in_round.get(round_, 0.0) + took
    for phase, of in at_once(thoughts, rounds).items():
        for round_, took in of.items():
            in_round = spent.setdefault(phase, {})
            in_round[round_] = in_round.get(round_, 0.0) + took * (1 - 1 / pace)
    return spent


def compared(room: Minutes, one: Minutes, rounds: int) -> str:
    """Return minutes by phase and round, in the room and at one keyboard, as a table of Markdown."""
    numbers = range(1, rounds + 1)
    lines = [f"| minutes | {' | '.join(f'R{nth}' for nth in numbers)} | all |"]
    lines += [f"| --- |{' ---: |' * (rounds + 1)}"]
    for title, spent in (("**in the room**", room), ("**at one keyboard**", one)):
        whole = {nth: sum(of.get(nth, 0.0) for of in spent.values()) for nth in numbers}
        for name, of in ((title, whole), *spent.items()):
            cells = [f"{of.get(nth, 0.0):.1f}" for nth in numbers]
            lines.append(f"| {name} | {' | '.join(cells)} | {sum(of.get(nth, 0.0) for nth in numbers):.1f} |")
    return "\n".join(lines)


# --- looking back ------------------------------------------------------------------------------------------


QUOTED = ("Polls", "Messages", "White cell")
"""Chapters of the report."""


def _quoted(save: Path) -> str:
    """Return what the report says of the talk and of the white cell, quoted."""
    made = Path(mkdtemp()) / "report.md"
    command = [sys.executable, "-m", "wargame", "report", str(save), "-o", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    chapters = re.split(r"^## ", made.read_text(encoding="utf-8"), flags=re.M)
    told = [one.strip() for one in chapters if one.partition("\n")[0] in QUOTED]
    return "\n".join(f"> {line}".rstrip() for one in told for line in f"### {one}\n\n".splitlines())


async def _replays(save: Path, folder: Path, known: Sequence[str]) -> None:
    """Draw the replay at its end, through a seat's eyes, on the page of its messages."""
    data = {name: mkdtemp() for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    window = Window(
        [sys.executable, "-m", "wargame", "replay", str(save)], SIZE, env | data | {"TERM": "xterm-256color"}
    )
    try:
        await window.sees("Tab")
        window.type(EYES[1])
        await _stands_still(window)
        window.type("\x1b[F")
        await _stands_still(window)
        for _ in range(PAGES):
            if window.shows(known[-1][:30]):
                break
            window.type("\t")
            await _stands_still(window)
        picture = window.picture("replay", "replay")
        (folder / "room-replay.svg").write_text(picture, encoding="utf-8")
        if not window.shows(known[-1][:30]):
            raise LookupError("\n".join(window.screen.display))
    finally:
        window.shut()


async def _stands_still(window: Window) -> None:
    """Wait until it has sent nothing for a while."""
    before = -1
    while before != (before := len(window.sent)):
        await asyncio.sleep(0.8)


PAGE = """# An evening in a room

Four rounds of the standard exercise with messages, six teams at screens of their own, a wall and a
console, all of them real processes: `wargame host` in a terminal, and seven OpenSSH clients that type what
stands on their cards. {by_hand} `python -m tests.show.room` runs it anew and writes this page.

![A seat, the wall and the console at the same moment](pictures/room.svg)

One by one: [the seat](pictures/room-seat.svg), [the wall](pictures/room-wall.svg),
[the console](pictures/room-console.svg). The wall tells what has happened as fast as people read;
with teams that think {pace} times as fast it may still be at what came before.

## What was run

```text
{said}
```

The times are minutes and seconds of that run. {report}

## Minutes

**These are not the times of people.** Each team thinks as long as [One evening](evening.md) assumes: orders
60 to 90 seconds, the talk two to three minutes, four to seven minutes to read what a round has brought. It
thought {pace} times as fast; that is counted in full, and what programs, hands and the shortest turn took is
counted as it was, with the poll, the broken machine and the killed host. At one keyboard the same thinking
is done one seat after the other, with eight seconds to pass the keyboard on, and nothing else is counted;
reading and talk are common.

{table}

In the room a round takes as long as its slowest team. It reads while the white cell holds the table (`F3`),
so that no clock runs before everybody has read. What a round has brought is read before the talk of the next
one, and counted there; what is read at the end counts to the last round.

## Looked back on

The replay of that game at its end, through the eyes of {eyes}: {seen} of {sent} messages{polls}.

![The replay through one seat's eyes, on its page of messages](pictures/room-replay.svg)

`wargame report` says of the talk, and of what the white cell did:

{quoted}
"""


def write(folder: Path, *, docs: bool) -> str:
    """Write the page into the folder, and with its pictures into the documentation; return it."""
    told = page(folder)
    (folder / PAGE_NAME).write_text(told, encoding="utf-8")
    if docs:
        for picture in folder.glob("room*.svg"):
            shutil.copy(picture, DOCS / picture.name)
        (DOCS.parent / PAGE_NAME).write_text(told, encoding="utf-8")
    return told


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), docs=True))
