"""A new save that stops at some move of another one, to be played on from there.

It holds that one line and what was noted on it, and nothing of what came later, nor the sittings in which it
was played. The luck is that of the line, so what is not decided otherwise comes as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from wargame.debrief.people import players
from wargame.debrief.story import Moment, Story
from wargame.errors import SaveError
from wargame.record import EXTENSION, Disk, Entry, Head, Header, Player, Remark, Snapshot, save_path
from wargame.record.files import create_file
from wargame.record.plain import encode
from wargame.record.records import Unknown
from wargame.table.engine import RULES_VERSION


def branch(story: Story, at: int, path: Path, seats: Mapping[str, Player] | None = None) -> Path:
    """Write the line up to move `at` as a new save; return its path, made safe. `seats` are new players.

    Raises `SaveError` where there is no such move or it can't be played on from there, and `CannotWrite`,
    also when there is a save of that name already.
    """
    line = _playable(story, at)
    sitting = {seat: Player(kind, name) for seat, (kind, name) in players(story, at).items()}
    header = replace(story.header, seats=sitting | dict(seats or {}))
    made = save_path(path.parent, path.name.removesuffix(EXTENSION))
    note = Remark("note", len(line) - 1, f"Branched from {story.name}, move {at}.")
    records: list[Header | Entry] = [header, *_records(story, line), note]
    create_file(made, [encode(record.to_plain()) for record in records], Disk()).close()
    return made


def _playable(story: Story, at: int) -> tuple[Moment, ...]:
    try:
        line = story.line_to(at)
    except KeyError:
        last = story.tree.next_id - 1
        raise SaveError(f"{story.name} has no move {at}: choose one from 0 to {last}.") from None
    if line[-1].over:
        raise SaveError(f"After move {at} the game is over; branch from an earlier move.")
    exact = bool(line[0].events) and all(moment.exact for moment in line)
    if not exact or story.header.rules != RULES_VERSION:
        raise SaveError(
            f"{story.name} was played under other rules: this version can show it, but not play it on."
        )
    return line


def _records(story: Story, line: tuple[Moment, ...]) -> list[Entry]:
    """Return what was recorded of a line, its moves numbered anew."""
    new = {moment.id: nth for nth, moment in enumerate(line)}
    kept: list[Entry] = []
    luck = 0
    for played in (story.tree[moment.id] for moment in line[1:]):
        if story.tree.luck_of(played.id) != luck:
            luck = story.tree.luck_of(played.id)
            kept.append(Head(new[played.parent], "branch", luck))
        kept.append(replace(played, id=new[played.id], parent=new[played.parent], at=None, left=None))
    for entry in story.tree.entries:
        if isinstance(entry, Snapshot) and entry.after in new:
            kept.append(replace(entry, after=new[entry.after]))
        elif isinstance(entry, Remark) and entry.about in new and entry.kind != "seat":
            kept.append(replace(entry, about=new[entry.about], at=None, left=None))
        elif isinstance(entry, Unknown) and entry.record.get("about") in new:
            about = entry.record["about"]
            assert isinstance(about, int)
            kept.append(Unknown({**entry.record, "about": new[about]}))
    return kept
