"""Who sat where, and from when on: seats change hands in the middle of a game, and go back.

Who sits somewhere is no part of the game, so a rewind changes nothing in it: the records count in the order
in which they were written, whatever line they stand on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wargame.debrief.story import Story
from wargame.record import ROOT, Played, Remark, Sitting, Tree
from wargame.record.shapes import OPENED
from wargame.table.engine import STANDS_IN
from wargame.table.journal import text_of


class Spell(NamedTuple):
    """How long one player had a seat: from which move and round on, and why it changed hands then.

    `kind` and `name` as in `Player`; `what` as a `seat` record has it ("" for who sat there at the start).
    """

    kind: str
    name: str
    move: int = ROOT
    round: int = 1
    what: str = ""
    reason: str = ""


def seating(story: Story, move: int | None = None) -> dict[str, tuple[Spell, ...]]:
    """Return by seat who had it one after the other on the way to that move (the end if not given)."""
    upto = story.tip if move is None else move
    whole = story.line if upto in {moment.id for moment in story.line} else story.line_to(upto)
    line = {moment.id: at for at, moment in enumerate(whole)}
    first = {seat: Spell(who.kind, who.name) for seat, who in story.header.seats.items()}
    found = {seat: [spell] for seat, spell in first.items()}
    changes = _changes(story.tree, line, whole[-1].id)
    for at, seat, spell in sorted(changes, key=lambda change: line[change[0]]):
        moment, spells = story.at(at), found[seat]
        if line[at] > line[upto] or (at != ROOT and moment.over):
            continue
        if spells[-1].move == at:
            spells.pop()  # nobody moved in between
        if not spells and first[seat][:2] == spell[:2]:
            spells.append(first[seat])
        elif not spells or spells[-1][:2] != spell[:2]:
            spells.append(spell._replace(move=at, round=max(moment.state.round, 1)))
    return {seat: tuple(spells) for seat, spells in found.items()}


def players(story: Story, move: int | None = None) -> dict[str, tuple[str, str]]:
    """Return each seat's kind of player and name, as they sat after that move (the end if not given)."""
    return {seat: spells[-1][:2] for seat, spells in seating(story, move).items()}


def when_made(story: Story) -> dict[int, dict[str, str]]:
    """Return by move and seat who sat there when it was made; the start as the save began."""
    sits = {seat: who.name for seat, who in story.header.seats.items()}
    found = {ROOT: sits}
    for entry in story.tree.entries:
        if isinstance(entry, Played):
            found[entry.id] = sits
        elif isinstance(entry, Remark) and entry.kind == "seat" and (named := _named(entry)) is not None:
            sits = sits | {named[0]: named[1].name}
    return found


def _changes(tree: Tree, line: Mapping[int, int], tip: int) -> Iterator[tuple[int, str, Spell]]:
    """Every change of a player with the move of the line after which it holds, in the order written.

    One written on another line holds from where the game was taken up again. A bot that stands in for a
    program does so until the save is opened again.
    """
    waiting: list[tuple[str, Spell]] = []
    stood_in: dict[str, Spell] = {}
    sits = {seat: Spell(who.kind, who.name) for seat, who in tree.header.seats.items()}
    dated = any(isinstance(entry, Sitting) for entry in tree.entries)
    for entry in tree.entries:
        if isinstance(entry, Played) and entry.id in line:
            yield from ((entry.parent, *change) for change in waiting)
            waiting.clear()
        elif isinstance(entry, Sitting) and entry.what == OPENED:
            waiting += stood_in.items()
            stood_in.clear()
        elif isinstance(entry, Remark) and entry.kind == "seat" and (named := _named(entry)) is not None:
            seat, spell = named
            if seat not in sits or (spell.what == STANDS_IN and not dated):
                continue
            if spell.what == STANDS_IN:
                stood_in[seat] = sits[seat]
            else:
                sits[seat] = spell
            if entry.about in line:
                yield entry.about, seat, spell
            else:
                waiting.append((seat, spell))
    if tip == tree.tip:
        yield from ((tip, *change) for change in waiting)


def _named(remark: Remark) -> tuple[str, Spell] | None:
    """The seat and the player that a `seat` record names; None if it makes no sense."""
    data = remark.data
    if not remark.fits or not isinstance(data, Mapping):
        return None
    kind, name, what, reason = (text_of(data, key) for key in ("player", "name", "what", "reason"))
    return text_of(data, "seat"), Spell(kind, name, what=what, reason=reason)
