"""Notes and bookmarks: read from the save, and written into it as lines of its journal."""

from __future__ import annotations

from typing import NamedTuple

from wargame.debrief.phrasing import words_for
from wargame.debrief.story import Note, Story
from wargame.debrief.white_cell_log import MARKS, aside, standing
from wargame.errors import CannotWrite, SaveError
from wargame.record import Plain, Remark, Save, clean
from wargame.rules.moves import WHITE
from wargame.words import Words
from wargame.words.pages import replay as say

SAID = ("note", "talk", *MARKS)
"""Kinds that are shown beside a move."""


class Shown(NamedTuple):
    """A note as it stands now: what kind, on which move, its words, by whom, and who may read it.

    A `private` one is the facilitator's alone, a `public` one was written before everybody.
    """

    kind: str
    about: int
    text: str
    by: str
    private: bool
    public: bool


def shown(story: Story) -> tuple[Shown, ...]:
    """Return what stands written on the line, without marks that were taken off again."""
    words = words_for(story.end.state)
    return tuple(
        Shown(note.kind, note.about, _said(words, note), note.by, note.private, note.public)
        for note in standing(story.notes(*SAID))
    )


def _said(words: Words, note: Note) -> str:
    if note.public:
        return f"{aside(words, note)}{f': “{note.text}”' if note.text else ''}"
    return say.IMPORTANT if note.kind == "mark" else note.text


def keep(story: Story, kind: str, about: int, **own: Plain) -> None:
    """Write a line about a move into the save, and into the story as it is open.

    Raises `SaveError` where the file can't be written, is in use, or has been played on since.
    """
    if story.path is None:
        raise CannotWrite(say.NO_FILE)
    moment = story.at(about)
    cleaned = {key: clean(value) if isinstance(value, str) else value for key, value in own.items()}
    with Save.open(story.path, rebuild=lambda _state, _moves: story.header) as save:
        if save.tree.header != story.header or about not in save.tree:
            raise SaveError(say.another_game(story.path.name))
        data: dict[str, Plain] = {
            "round": moment.round, "phase": moment.phase, "time": save.clock(), "by": WHITE, "who": "",
        }  # fmt: skip
        remark = Remark(kind, about, data | cleaned)
        save.append_remark(kind, remark.data, about)
    story.tree.add(remark)
