"""Bookmarks and notes of a replay: read from a save, and written into it as lines of its journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wargame.debrief.story import Note, Story
from wargame.errors import CannotWrite, SaveError
from wargame.record import Plain, Remark, Save, clean
from wargame.rules.moves import WHITE

MARKS = ("bookmark", "mark", "tag")
"""Kinds that mark a move and can be taken off again."""
SAID = ("note", "talk", *MARKS)
"""Kinds that are shown beside a move."""


class Shown(NamedTuple):
    """A note as it stands now: what kind, on which move, its words, by whom, and whether it is private."""

    kind: str
    about: int
    text: str
    by: str
    private: bool


def shown(story: Story) -> tuple[Shown, ...]:
    """What stands written on the line, without marks that were taken off again."""
    found: dict[tuple[object, ...], Shown] = {}
    for nth, note in enumerate(story.notes(*SAID)):
        key: tuple[object, ...] = (nth,)
        if note.kind in MARKS:
            key = (note.kind, note.about, note.text)
            found.pop(key, None)
            if not _on(note):
                continue
        text = "important" if note.kind == "mark" else note.text
        found[key] = Shown(note.kind, note.about, text, note.by, note.private)
    return tuple(found.values())


def _on(note: Note) -> bool:
    return not isinstance(note.data, dict) or note.data.get("on") is not False


def readable(story: Story, notes: tuple[Shown, ...], eyes: str | None, all_: str) -> Iterator[Shown]:
    """Those that some eyes may read: a seat its own, everything's eyes all, the room none."""
    for note in notes:
        if eyes == all_ or (eyes is not None and note.by == eyes):
            yield note


def keep(story: Story, kind: str, about: int, **own: Plain) -> None:
    """Write a line about a move into the save, and into the story as it is open.

    Raises `SaveError` where the file can't be written, is in use, or has been played on since.
    """
    if story.path is None:
        raise CannotWrite("This game is in no file, so nothing can be added to it.")
    moment = story.at(about)
    cleaned = {key: clean(value) if isinstance(value, str) else value for key, value in own.items()}
    with Save.open(story.path, rebuild=lambda _state, _moves: story.header) as save:
        if save.tree.header != story.header or about not in save.tree:
            raise SaveError(f"{story.path.name} is another game by now; open it anew.")
        data: dict[str, Plain] = {
            "round": moment.round, "phase": moment.phase, "time": save.clock(), "by": WHITE, "who": "",
        }  # fmt: skip
        remark = Remark(kind, about, data | cleaned)
        save.append_remark(kind, remark.data, about)
    story.tree.add(remark)
