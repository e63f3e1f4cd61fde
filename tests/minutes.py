"""How many minutes each phase of a kept game took: `python -m tests.minutes FILE` (`docs/evening.md`).

From the times of the records in the file, on all its lines, for time that was spent is spent. *Reading* is
what lies before the talk of a round, and at the end: reveal, resolution, upkeep and news. *Console* is what
the facilitator did. Without a talk its time counts to what comes next. A game that was kept (`tests.kept`)
has made-up times: of that the table only says how they add up.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from wargame.debrief.story import Story
from wargame.record import Entry, Save
from wargame.record.records import Head, Played, Remark, Sitting
from wargame.rules.moves import WHITE

READING, CONSOLE, TALK, ORDERS = "reading", "console", "talk", "orders"
OWN = ("rationale", "prediction")


def minutes(path: Path) -> dict[str, dict[int, float]]:
    """Return phase → round → minutes."""
    story, spent = Story.open(path), dict[str, dict[int, float]]()
    with Save.open(path, write=False) as save:
        entries = save.tree.entries
    before, talked, round_ = 0, 0, 1
    for entry in entries:
        now = _time(entry)
        if not now:
            continue
        took, before = now - (before or now), now
        phase = CONSOLE
        if isinstance(entry, Played):
            played = story.at(entry.id)
            round_, phase = played.round, CONSOLE if entry.by == WHITE else played.phase
        elif isinstance(entry, Sitting):
            phase = READING
        elif isinstance(entry, Remark) and isinstance(entry.data, Mapping):
            if entry.kind == TALK and "asker" in entry.data:
                talked += took
                continue
            if entry.kind in OWN:
                phase = ORDERS
            if entry.kind == "floor":
                round_, took, talked = int(str(entry.data["round"])), took + talked, 0
                talk = min(took, 1000 * int(str(entry.data["seconds"])))
                _add(spent, TALK, round_, talk)
                phase, took = READING, took - talk
        _add(spent, phase, round_, took)
    return spent


def _add(spent: dict[str, dict[int, float]], phase: str, round_: int, ms: int) -> None:
    rounds = spent.setdefault(phase, {})
    rounds[round_] = rounds.get(round_, 0) + ms / 60_000


def _time(entry: Entry) -> int | None:
    if isinstance(entry, Remark):
        time = entry.data.get("time") if isinstance(entry.data, Mapping) else None
        return time if isinstance(time, int) else None
    return entry.time if isinstance(entry, Played | Head | Sitting) else None


def table_of(path: Path) -> str:
    """Return the minutes as a table of Markdown, a row for each phase."""
    spent = minutes(path)
    rounds = sorted({round_ for of in spent.values() for round_ in of})
    rows = [["minutes", *(f"R{round_}" for round_ in rounds), "all"]]
    rows += [
        [phase, *(_said(of.get(one, 0)) for one in rounds), _said(sum(of.values()))]
        for phase, of in spent.items()
    ]
    rows.append(["all", *(_said(sum(of.get(one, 0) for of in spent.values())) for one in rounds)])
    rows[-1].append(_said(sum(sum(of.values()) for of in spent.values())))
    rows.insert(1, ["---", *("---:" for _ in rows[0][1:])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _said(number: float) -> str:
    return f"{number:.1f}"


if __name__ == "__main__":
    print(table_of(Path(sys.argv[1])))
