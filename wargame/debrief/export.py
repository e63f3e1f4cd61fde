"""A saved game as flat rows: one a move, one a state, one a remark, each with when, who and on which branch.

Column names are the same in every format and are documented in `docs/debrief.md`; a test holds the two
together. Numbers of a state are all the truth: an export is for after the game.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from wargame.debrief.dated_events import Roll, points_told, rolls, told
from wargame.debrief.people import when_made
from wargame.debrief.perspective import EVERYTHING, NONE_ALOUD, ROOM, seen_score
from wargame.debrief.phrasing import deed, happened, iso, reason, said, when, words_for
from wargame.debrief.story import Moment, Note, Story, spelt
from wargame.record import ROOT, Head, Played, Sitting
from wargame.rules.events import to_plain
from wargame.rules.moves import WHITE
from wargame.rules.pieces import written
from wargame.rules.scoring import final_scores, win_line
from wargame.rules.state import State
from wargame.table.journal import seats_of

Cell: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Cell]
FORMULA = ("=", "+", "-", "@", "\t")
"""How a cell begins that a spreadsheet runs."""


def rows(story: Story) -> dict[str, list[Row]]:
    """Return the tables by the word in their column `row`, of all lines; `on_line` marks the chosen one."""
    where = _Where(story)
    return {
        "move": [_move(story, where, moment) for moment in story.moments],
        "state": [_state(where, moment) for moment in story.moments],
        "remark": [
            *(_remark(story, where, note) for note in story.all_notes()),
            *_places(story, where),
        ],
    }


class _Where:
    """What every row says of its place."""

    def __init__(self, story: Story) -> None:
        self.save, self.scenario = story.name, story.scenario.id
        self.branch = story.line_of()
        self.left = {line.tip: line for line in story.lines() if line.why}
        self.on_line = {moment.id for moment in story.line}
        self.created = iso(story.header.created)
        self.told = _told(story)
        self.aloud = {moment.id: NONE_ALOUD for moment in story.moments}
        for moment in story.moments:
            heard = told((moment,), ROOM, story.scenario.seat_ids, sealed=True)
            self.aloud[moment.id] = points_told(heard, self.aloud[moment.parent])
        self.sat = when_made(story)

    def row(self, table: str, moment: Moment, round_: int, phase: str, seat: str | None) -> Row:
        return {
            "row": table,
            "save": self.save,
            "scenario": self.scenario,
            "branch": self.branch[moment.id],
            "on_line": moment.id in self.on_line,
            "move": moment.id,
            "round": round_,
            "phase": phase,
            "seat": seat or "",
            "time": when(moment.time) if moment.id != ROOT else self.created,
        }


def _move(story: Story, where: _Where, moment: Moment) -> Row:
    verb, words = (moment.move.verb, moment.plain[2:]) if moment.move else ("", moment.plain)
    return where.row("move", moment, moment.round, moment.phase, moment.seat) | {
        "parent": moment.parent,
        "sitting": story.sitting_of.get(moment.id),
        "seconds": story.seconds(moment.id),
        "by": moment.by,
        "maker": moment.maker,
        "player": where.sat[moment.id].get(moment.seat, ""),
        "verb": verb,
        "args": " ".join(map(spelt, words)),
        "deed": deed(story, moment),
        "said": said(story, moment),
        "rationale": reason(moment),
        "luck": moment.luck,
        "exact": moment.exact,
        "left": where.left[moment.id].why if moment.id in where.left else "",
        "left_why": where.left[moment.id].reason if moment.id in where.left else "",
        "rolls": _json([_roll(roll) for roll in rolls(moment.events, words_for(moment.state))]),
        "happened": _json(where.told.get(moment.id, [])),
        "events": _json([to_plain(event) for event in moment.events]),
    }


def _told(story: Story) -> dict[int, list[str]]:
    """Return what followed each move of any line in sentences, everything once, by the number of the move."""
    found: dict[int, list[str]] = {}
    for line in story.lines():
        known = set(found)
        for one in told(story.line_to(line.tip), EVERYTHING, story.scenario.seat_ids):
            if one.move not in known:
                found.setdefault(one.move, []).append(happened(one.event, story.at(one.move).state))
    return found


def _roll(roll: Roll) -> dict[str, object]:
    return roll._asdict() | {"terms": [{"label": label, "value": value} for label, value in roll.terms]}


def _state(where: _Where, moment: Moment) -> Row:
    state = moment.state
    row = where.row("state", moment, state.round, state.phase, state.to_act)
    row |= {"exact": moment.exact, "outcome": state.outcome}
    row |= {"rounds": state.rounds, "line": win_line(state)}
    for name, value in numbers(state, where.aloud[moment.id]):
        row[name] = value
    row["deals"] = _json([written(deal) for deal in state.deals])
    return row


def numbers(state: State, aloud: Mapping[str, int]) -> Iterator[tuple[str, Cell]]:
    """Return every number of a position by the name of its column; `aloud` are the points told to all."""
    for track, value in state.tracks.items():
        yield f"track.{track}", value
    for seat in state.scenario.seat_ids:
        yield f"influence.{seat}", state.influence[seat]
        yield f"hand.{seat}", len(state.hands[seat])
        yield f"points.{seat}", state.points[seat]
        for good, held in state.goods[seat].items():
            yield f"good.{seat}.{good}", held
    for seat, line in final_scores(state).items():
        yield f"score.{seat}", line.score
        yield f"public.{seat}", seen_score(state, seat, ROOM, aloud)
        yield f"margin.{seat}", line.margin
        yield f"rank.{seat}", line.rank
        yield f"won.{seat}", line.won
        yield f"ruined.{seat}", line.ruined
        yield f"agenda.{seat}", line.agenda
    for dial, setting in state.dials.items():
        yield f"dial.{dial}", setting


def _remark(story: Story, where: _Where, note: Note) -> Row:
    row = where.row("remark", story.at(note.about), *story.dated(note), note.seat)
    row |= {"time": when(note.time)} if note.time else {}
    data = note.data if isinstance(note.data, Mapping) else {}
    to = next((seats for key in ("to", "between") if (seats := seats_of(data, key))), ())
    return row | _written(story.at(note.about), note.kind, note.by, note.text, note.data, to)


def _written(
    moment: Moment, kind: str, by: str, text: str, data: object, to: Iterable[str] = ()
) -> dict[str, Cell]:
    """The columns that only remarks have."""
    turn, whom = moment.state.turn + 1, " ".join(to)
    return {"kind": kind, "by": by, "to": whom, "turn": turn, "text": text, "data": _json(data)}


def _places(story: Story, where: _Where) -> Iterator[Row]:
    """Yield when the game was taken elsewhere, then when people sat down to it or got up.

    They are remarks about the move at which the game stood then.
    """

    def row(at: int, time: int, kind: str, text: str, data: dict[str, object]) -> Row:
        moment = story.at(at)
        made = where.row("remark", moment, moment.state.round, moment.state.phase, "")
        made |= {"time": when(time)} if time or kind == "sitting" else {}
        by = WHITE if kind != "sitting" else ""
        return made | _written(moment, kind, by, text, data)

    for back in story.went_back():
        data: dict[str, object] = {"to": back.move, "earlier": back.earlier, "who": back.who}
        yield row(back.left, back.time, back.why, back.reason, data)
    at = ROOT
    for entry in story.tree.entries:
        if isinstance(entry, Played | Head):
            at = entry.id if isinstance(entry, Played) else entry.move
        elif isinstance(entry, Sitting):
            yield row(at, entry.time, "sitting", entry.what, {"at": entry.at, "left": entry.left})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    """Bytes in words; a mapping as a dictionary."""
    return dict(value) if isinstance(value, Mapping) else spelt(value if isinstance(value, bytes) else "")


# --- formats -------------------------------------------------------------------------------------------


def jsonl(tables: Mapping[str, Iterable[Row]]) -> str:
    """Return one object a line, the tables one after the other; the column `row` tells them apart."""
    return "".join(f"{_json(row)}\n" for table in tables.values() for row in table)


def csv_of(table: Iterable[Row]) -> str:
    """Return one table with a line of names; numbers in digits, true and false as such, nothing for None.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    table = list(table)
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in table for name in row))
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in table)
    return out.getvalue()


def _cell(value: Cell) -> Cell:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value).lower() if isinstance(value, bool) else value


FORMATS: dict[str, Callable[[Mapping[str, Iterable[Row]]], dict[str, str]]] = {
    "jsonl": lambda tables: {"": jsonl(tables)},
    "csv": lambda tables: {f".{name}s": csv_of(table) for name, table in tables.items()},
}
"""A format → from the tables, what to write by the ending of the file's stem."""
