"""What was decided in a game, what strong play would have done instead, and what playouts found of it.

A decision is all that a seat did in its orders, or in its answers, as one; or a choice that a card asked
for; or an act of the white cell. Where the white cell broke into a turn, the parts before and after it are
decisions of their own. `MEANING` is raised when another thing is called a decision, or is compared with it.

Findings take minutes, so they are kept in a file beside the save. It belongs to one set of moves, rules,
bots, and to what a decision is; for any other, and when anything in it is not as it was written, it counts as
empty. Each finding says of how many playouts it is, and is not taken where more are asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from wargame.debrief.phrasing import question
from wargame.debrief.playouts import Minds, other_luck
from wargame.debrief.story import WHITE_CELL, Moment, Story
from wargame.errors import SaveError
from wargame.lab.intervals import Change, Share
from wargame.lab.workers import code_hash
from wargame.record import EXTENSION
from wargame.record.files import read_file
from wargame.rules.moves import Answer, Choose, End, Move
from wargame.rules.moves import Counter as CounterOffer
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.table.engine import RULES_VERSION
from wargame.table.table import PERSON, TIMER

MEANING = 2
DRAWS = 40
"""How often strong play is asked what it would do."""
WAYS = 3
"""The commonest turns of strong play that stand for it."""
UNANSWERED = "unanswered"
"""What an `answer` says of an offer that was left lying. It is told like a move, but nobody makes it."""

VERSION = 2
ENDING = ".turning.json"
MOST_BYTES = 1 << 24
"""Bytes of findings that are read; no game has as many."""

Moves = tuple[Move, ...]
Kind = Literal["turn", "choice", "act"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Moves that were one decision of a seat, or (`seat` is "") of the white cell.

    `before` is the position in which it was taken. `legal` is how many first moves there were; 0 for the
    white cell.
    """

    kind: Kind
    before: Moment
    moments: tuple[Moment, ...]
    legal: int

    @property
    def id(self) -> str:
        """Return the numbers of its first and its last move, which name it in its save."""
        return f"{self.moments[0].id}-{self.last.id}"

    @property
    def last(self) -> Moment:
        """Return the position it led to, with the dice that fell."""
        return self.moments[-1]

    @property
    def seat(self) -> str:
        return self.moments[0].seat

    @property
    def round(self) -> int:
        return self.moments[0].round

    @property
    def phase(self) -> str:
        return self.moments[0].phase

    @property
    def moves(self) -> Moves:
        return tuple(moment.move for moment in self.moments if moment.move is not None)

    @property
    def ended(self) -> bool:
        """Tell whether it was brought to its end; the white cell may have broken into a turn."""
        return self.kind != "turn" or isinstance(self.moves[-1], End)

    @property
    def by_people(self) -> bool:
        """Tell whether anybody at the table had a part in it, be it that their time ran out."""
        return any(moment.maker in (PERSON, TIMER, WHITE_CELL) for moment in self.moments)

    @property
    def question(self) -> str:
        """Return the path of the question that a choice answers; "" for other decisions."""
        return question(self.before.state) if self.kind == "choice" else ""

    @property
    def asked_by(self) -> str:
        """Return the cause that asked for a choice: a card, an event, a trigger; "" for other decisions."""
        return self.before.state.stack[-1].cause if self.kind == "choice" else ""


def decisions(story: Story, who: str) -> tuple[Decision, ...]:
    """Return the decisions of a line that had an alternative: those of people, then (`who` is `all`) of bots.

    Those of people include the white cell's. What these rules can't make again is left out.
    """
    found: list[Decision] = []
    for before, moment in pairwise(story.line):
        if not (before.exact and moment.exact):
            continue
        kind: Kind = "turn" if moment.seat else "act"
        if moment.seat and before.state.stack:
            kind = "choice"
        turn = found[-1] if found and kind == found[-1].kind == "turn" else None
        now = moment.seat, moment.round, moment.phase
        if turn and turn.last is before and not turn.ended and (turn.seat, turn.round, turn.phase) == now:
            found[-1] = Decision("turn", turn.before, (*turn.moments, moment), turn.legal)
            continue
        found.append(Decision(kind, before, (moment,), len(legal_moves(before.state)) if moment.seat else 0))
    free = [one for one in found if one.legal != 1]
    mine = [one for one in free if one.by_people]
    return tuple(mine if who == PERSON else mine + [one for one in free if not one.by_people])


def usual(story: Story) -> str:
    """Return whose decisions are looked at unless said: those of people, if any made one."""
    return PERSON if any(moment.maker == PERSON for moment in story.line) else "all"


# --- what else could have been done --------------------------------------------------------------------


class Alternatives(NamedTuple):
    """What else could have been done: `ways`, the commonest first, and what strong play does.

    `strong` counts the turns of strong play in `DRAWS` draws of its luck; `weights` are the shares of the
    ways in what the decision is measured against. They sum to less than 1 where strong play does what was
    done, and are empty where nothing but the playouts can say which of the ways that should be.
    """

    ways: tuple[Moves, ...]
    weights: tuple[float, ...]
    strong: tuple[tuple[Moves, int], ...]


NONE = Alternatives((), (), ())


def alternatives(one: Decision, bots: Mapping[str, str]) -> Alternatives:
    """Return what else there was: for a turn the commonest of strong play's, for a choice every other option.

    For the white cell it is to do nothing.
    """
    if one.kind == "act":
        return Alternatives(((),), (1.0,), ())
    first: dict[frozenset[Move], Moves] = {}
    count: Counter[frozenset[Move]] = Counter()
    for nth in range(DRAWS):
        way = _strong(one, bots, nth)
        first.setdefault(frozenset(way), way)
        count[frozenset(way)] += 1
    strong = tuple((first[way], times) for way, times in count.most_common())
    return _options(one, strong) if one.kind == "choice" else _turns(one, strong)


def _strong(one: Decision, bots: Mapping[str, str], nth: int) -> Moves:
    """Return what the seat's bot would have done in that turn, or at that question."""
    world, minds, moves = other_luck(one.before.state, nth), Minds(bots), list[Move]()
    while not moves or not isinstance(moves[-1], (End, Choose)):
        if moves:
            step(world, moves[-1])
        moves.append(minds.move(world))
    return tuple(moves)


def _options(one: Decision, strong: tuple[tuple[Moves, int], ...]) -> Alternatives:
    """Return all others, weighed as what strong play takes most; if that was taken, playouts must say."""
    times = dict(strong)
    others = [(move,) for move in legal_moves(one.before.state) if move not in one.moves]
    others.sort(key=lambda way: -times.get(way, 0))
    against = strong[0][0]
    weights = tuple(float(way == against) for way in others) if against in others else ()
    return Alternatives(tuple(others), weights, strong)


def _turns(one: Decision, strong: tuple[tuple[Moves, int], ...]) -> Alternatives:
    """Return the commonest that are not what was done, weighted so that they stand for all the others."""
    done = set(one.moves)  # of a turn that was broken into only the beginning

    def same(way: Moves) -> bool:
        return done == set(way) if one.ended else done <= set(way)

    others = [(way, times) for way, times in strong if not same(way)]
    shown = others[:WAYS]
    share = sum(times for _way, times in others) / DRAWS / max(sum(times for _way, times in shown), 1)
    return Alternatives(tuple(way for way, _ in shown), tuple(times * share for _, times in shown), strong)


def deeds(one: Decision, way: Moves) -> Moves:
    """Return what a decision, or another way to take it, comes to: its moves, and what it left unanswered.

    Only what could not be answered later counts as left: `answer DEAL unanswered`.
    """
    done = tuple(move for move in way if not isinstance(move, End))
    state, seat = one.before.state, one.seat
    last_chance = one.phase == "answers" or (one.phase == "orders" and state.order[-1] == seat)
    if one.kind != "turn" or not last_chance or len(done) == len(way):
        return done
    answered = {move.deal for move in done if isinstance(move, (Answer, CounterOffer))}
    left = [offer.template for offer in state.offers if offer.to == seat and offer.template not in answered]
    return (*done, *(Answer(seat, deal, UNANSWERED) for deal in left))


# --- what was found of them ----------------------------------------------------------------------------


class Finding(NamedTuple):
    """What playouts have found of a decision. Seats stand in the scenario's order; changes are in points.

    `playouts` is how many were asked for; `strong` are the turns of strong play, each with how often it came.
    `changes` are what was done against strong play, or else against `best`, or nothing (an act of the white
    cell); none if there was nothing else. `reached` are the shares of playouts that reached the line, with
    what was done and with what it is measured against. `best` is the alternative best for the seat itself of
    so many `ways`, `loss` what it is better by in points of that seat, `believed` the same in worlds that the
    seat could believe, which is asked of turning points only.
    """

    playouts: int
    strong: tuple[tuple[Moves, int], ...]
    ways: int = 0
    against_best: bool = False
    changes: tuple[Change, ...] = ()
    reached: tuple[tuple[Share, float], ...] = ()
    best: Moves | None = None
    loss: Change | None = None
    believed: Change | None = None


class Key(NamedTuple):
    """What a cache belongs to."""

    save: str
    rules: str
    meaning: int
    bots: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, story: Story, bots: Mapping[str, str]) -> Key:
        return cls(content_hash(story), rules_hash(), MEANING, tuple(sorted(bots.items())))


class Book:
    """Findings by the id of a decision. `path` is None for those that are not kept."""

    def __init__(self, key: Key, path: Path | None = None) -> None:
        self.key, self.path = key, path
        self.findings: dict[str, Finding] = {}

    def of(self, decision: str, playouts: int) -> Finding | None:
        """Return what at least so many playouts have found of a decision."""
        found = self.findings.get(decision)
        return found if found is not None and found.playouts >= playouts else None

    def write(self) -> None:
        """Write the book to its file, whole or not at all. A folder that can't be written is no failure."""
        if self.path is None:
            return

        def plain(way: Moves) -> list[list[str | int]]:
            return [move.to_plain() for move in way]

        findings = {
            decision: {
                **found._asdict(),
                "strong": [[plain(way), count] for way, count in found.strong],
                "best": None if found.best is None else plain(found.best),
            }
            for decision, found in self.findings.items()
        }
        body = {"key": self.key._asdict(), "findings": findings}
        text = json.dumps({"version": VERSION, "check": _check(body), "found": body}, separators=(",", ":"))
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def beside(save: Path) -> Path:
    """Return the file of findings of a save."""
    return save.with_name(save.name.removesuffix(EXTENSION) + ENDING)


def read(path: Path, seats: int) -> Book | None:
    """Return the book in a file, for so many seats; None if there is none or it is not whole."""
    try:
        whole = json.loads(read_file(path, MOST_BYTES))
        found = whole["found"]
        if whole["version"] != VERSION or whole["check"] != _check(found):
            return None
        key = found["key"]
        bots = tuple((str(seat), str(name)) for seat, name in key["bots"])
        book = Book(Key(str(key["save"]), str(key["rules"]), int(key["meaning"]), bots), path)
        book.findings = {str(decision): _finding(part, seats) for decision, part in found["findings"].items()}
    except (SaveError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return book


def book_for(story: Story, bots: Mapping[str, str], *, keep: bool = True) -> Book:
    """Return the book of a game, with what was found before if that still holds."""
    key = Key.of(story, bots)
    path = beside(story.path) if keep and story.path is not None else None
    old = read(path, len(story.scenario.seat_ids)) if path is not None else None
    return old if old is not None and old.key == key else Book(key, path)


def _finding(part: dict[str, Any], seats: int) -> Finding:
    def way(plain: list[list[str | int]]) -> Moves:
        return tuple(Move.from_plain(move) for move in plain)

    changes = tuple(Change(*change) for change in part["changes"])
    reached = tuple((Share(*made), float(instead)) for made, instead in part["reached"])
    if len(changes) not in (0, seats) or len(reached) != len(changes):
        raise ValueError("not a finding of so many seats")
    best, loss, believed = part["best"], part["loss"], part["believed"]
    return Finding(
        int(part["playouts"]),
        tuple((way(plain), int(count)) for plain, count in part["strong"]),
        int(part["ways"]),
        bool(part["against_best"]),
        changes,
        reached,
        None if best is None else way(best),
        None if loss is None else Change(*loss),
        None if believed is None else Change(*believed),
    )


def _check(found: object) -> str:
    return _hash(json.dumps(found, sort_keys=True, separators=(",", ":")))


def _hash(*parts: str) -> str:
    whole = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode()
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def content_hash(story: Story) -> str:
    """Return the hash of what was played: scenario, seed, length, and every move with its luck and state."""
    header, tree = story.header, story.tree
    moves = [
        [move.id, move.parent, list(move.move), tree.luck_of(move.id), move.hash.hex()] for move in tree.moves
    ]
    return _hash(json.dumps([header.scenario_hash, header.seed, header.rounds, moves], default=str))


def rules_hash() -> str:
    """Return the hash of the rules and bots of this program, by their own text."""
    return _hash(RULES_VERSION, code_hash("rules", "bots"))
