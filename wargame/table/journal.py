"""What was written down while a game went on: notes, marks, side talk, messages, reasons, predictions, polls.

None of it changes the game. Each line belongs to a move and keeps its round, so that it can be read back by
either. A seat's own reasons, predictions and estimates are its secret until the game is over, and a message
is that of its sender and of whom it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple, cast

from wargame.record import Plain, Remark
from wargame.rules.moves import WHITE

MESSAGE, POLL, ESTIMATE, POLL_CLOSED = "message", "poll", "estimate", "poll_closed"
"""Kinds that `wargame.table.press` reads."""

REQUEST = "request"
"""The kind that `wargame.table.requests` reads."""

OF_THE_MOMENT = ("rationale", "prediction", MESSAGE, POLL, ESTIMATE, POLL_CLOSED, REQUEST)
"""Kinds that belong to the round and stay in it when moves of a turn are undone."""

SECRET = ("pin",)
"""Kinds that are no lines of a journal."""


class Line(NamedTuple):
    """One entry: its kind, the move it is about, when, by whom, and what of it is the kind's own.

    `round` and `phase` are 0 and "" where an older version did not write them. `by` is `WHITE` or a seat.
    """

    kind: str
    about: int
    round: int
    phase: str
    time: int
    by: str
    who: str
    data: Mapping[str, Plain]

    @property
    def public(self) -> bool:
        """Whether it was written before everybody: side talk noted at the open table, and what polls say."""
        aside = self.kind == "talk" and text_of(self.data, "asker") in seats_of(self.data, "between")
        return aside or self.kind in (POLL, POLL_CLOSED)

    @property
    def seat(self) -> str:
        """The seat it is about, or that wrote it if it is a message; "" for none."""
        return (self.by if self.by != WHITE else "") if self.kind == MESSAGE else text_of(self.data, "seat")

    @property
    def text(self) -> str:
        """Its one sentence, whatever the kind calls it."""
        return next(
            (
                said
                for key in ("text", "agreed", "name", "tag", "reason")
                if (said := text_of(self.data, key))
            ),
            "",
        )


COMMON = ("round", "phase", "time", "by", "who")


def line_of(remark: Remark) -> Line | None:
    """Return the line that a record stands for.

    None for one that is no part of a journal or makes no sense.
    """
    if remark.kind in SECRET or not remark.fits:
        return None
    if isinstance(remark.data, str):
        return Line(remark.kind, remark.about, 0, "", 0, WHITE, "", {"text": remark.data})
    data = cast("Mapping[str, Plain]", remark.data)
    own = {key: value for key, value in data.items() if key not in COMMON}
    return Line(
        remark.kind,
        remark.about,
        number_of(data, "round"),
        text_of(data, "phase"),
        number_of(data, "time"),
        text_of(data, "by") or WHITE,
        text_of(data, "who"),
        own,
    )


def anchored(line: Line, standing: Callable[[int], int]) -> Line:
    """Return what belongs to the round about a move that stands, so that an undo leaves it where it was."""
    return line._replace(about=standing(line.about)) if line.kind in OF_THE_MOMENT else line


def text_of(data: Mapping[str, Plain], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def number_of(data: Mapping[str, Plain], key: str) -> int:
    value = data.get(key)
    return value if type(value) is int else 0


def seats_of(data: Mapping[str, Plain], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, list | tuple) else ()


def until_said(until: object) -> str:
    """Return how far bots were told to play, as a `bots` line has it, in words."""
    return f"until the start of round {until}" if until else "to the end of the game"


class Prediction(NamedTuple):
    """What a seat held likely, in per cent, in a round."""

    seat: str
    question: str
    round: int
    percent: int


class Journal:
    """The lines in the order they were written."""

    def __init__(
        self, remarks: Iterable[Remark] = (), standing: Callable[[int], int] = lambda move: move
    ) -> None:
        """Begin one; `standing` gives the last move before one not undone, as `Tree.standing` does."""
        self.lines: list[Line] = []
        for remark in remarks:
            self.add(remark)
        self.lines = [anchored(line, standing) for line in self.lines]

    def add(self, remark: Remark) -> None:
        """Take one more record in."""
        line = line_of(remark)
        if line is not None:
            self.lines.append(line)

    def undone(self, move: int, before: int) -> None:
        """Take a move back within its turn; what its seat said stays, about the move before it."""
        self.lines = [anchored(line, lambda about: before if about == move else about) for line in self.lines]

    def of(self, *kinds: str) -> tuple[Line, ...]:
        """Return the lines of those kinds."""
        return tuple(line for line in self.lines if line.kind in kinds)

    def about(self, move: int) -> tuple[Line, ...]:
        """Return what was written about a move (0: the start)."""
        return tuple(line for line in self.lines if line.about == move)

    def on(self, moves: Collection[int]) -> Journal:
        """Return what was written about these moves, such as those of one line."""
        found = Journal()
        found.lines = [line for line in self.lines if line.about in moves]
        return found

    def in_round(self, round_: int) -> tuple[Line, ...]:
        """Return what was written about a round."""
        return tuple(line for line in self.lines if line.round == round_)

    def seen_by(self, viewer: str | None, *, over: bool) -> tuple[Line, ...]:
        """Return what a seat, the room (None) or the facilitator (`WHITE`) may read, during or after a game.

        While it runs: the facilitator everything, a seat what it wrote itself, what was written to it, and
        the talks it was in, with what its own side heard; everybody what was noted at the open table, and
        what polls ask and come to. When it is over, everybody all but private notes.
        """
        if viewer == WHITE:
            return tuple(self.lines)
        if over:
            return tuple(line for line in self.lines if line.data.get("private") is not True)
        return tuple(seen for line in self.lines if (seen := _own(line, viewer)) is not None)

    # --- the last word about something -----------------------------------------------------------------

    def important(self, move: int) -> bool:
        """Return whether a move is marked as important."""
        marks = [line for line in self.about(move) if line.kind == "mark"]
        return bool(marks) and marks[-1].data.get("on") is not False

    def marked(self) -> tuple[int, ...]:
        """Return the moves marked as important."""
        moves = dict.fromkeys(line.about for line in self.of("mark"))
        return tuple(sorted(move for move in moves if self.important(move)))

    def tags(self, move: int) -> tuple[str, ...]:
        """Return the tags of a move, in the order they were given."""
        tags: dict[str, bool] = {}
        for line in self.about(move):
            if line.kind == "tag" and (name := text_of(line.data, "tag")):
                tags[name] = line.data.get("on") is not False
        return tuple(name for name, on in tags.items() if on)

    def rationale(self, seat: str, round_: int) -> str:
        """Return the last reason that a seat gave in a round; "" if it gave none."""
        given = [one for one in self.in_round(round_) if one.kind == "rationale" and one.seat == seat]
        return given[-1].text if given else ""

    def predictions(self, question: str | None = None) -> tuple[Prediction, ...]:
        """Return the last prediction of each seat, question and round, in the order first made."""
        made: dict[tuple[str, str, int], Prediction] = {}
        for line in self.of("prediction"):
            asked, percent = text_of(line.data, "question"), line.data.get("percent")
            if type(percent) is int and 0 <= percent <= 100 and question in (None, asked):
                made[line.seat, asked, line.round] = Prediction(line.seat, asked, line.round, percent)
        return tuple(made.values())


def _own(line: Line, viewer: str | None) -> Line | None:
    """A line as a seat may read it while the game runs."""
    if line.public:
        return line
    if viewer is None:
        return None
    if line.kind == "talk" and viewer in seats_of(line.data, "between"):
        heard = line.data.get("heard")
        own = heard.get(viewer) if isinstance(heard, Mapping) else None
        return line._replace(data={**line.data, "heard": {viewer: own} if own is not None else {}})
    written_to = line.kind == MESSAGE and viewer in seats_of(line.data, "to")
    return line if line.by == viewer or written_to else None
