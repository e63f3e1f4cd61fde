"""What was decided in a game, and what strong play would have done instead.

A decision is all that a seat did in its orders, or in its answers, as one; or a choice that a card asked
for; or an act of the white cell. Where the white cell broke into a turn, the parts before and after it are
decisions of their own. `MEANING` is raised when another thing is called a decision, or is compared with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from wargame.debrief.phrasing import question
from wargame.debrief.playouts import Minds, other_luck
from wargame.debrief.story import WHITE_CELL, Moment, Story
from wargame.rules.moves import Answer, Choose, End, Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.table.table import PERSON, TIMER

MEANING = 2
DRAWS = 40
"""How often strong play is asked what it would do."""
WAYS = 3
"""The commonest turns of strong play that stand for it."""
UNANSWERED = "unanswered"
"""What an `answer` says of an offer that was left lying. It is told like a move, but nobody makes it."""

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
        if kind == "turn" and found and _goes_on(found[-1], before, moment):
            found[-1] = Decision("turn", found[-1].before, (*found[-1].moments, moment), found[-1].legal)
            continue
        found.append(Decision(kind, before, (moment,), len(legal_moves(before.state)) if moment.seat else 0))
    free = [one for one in found if one.legal != 1]
    mine = [one for one in free if one.by_people]
    return tuple(mine if who == PERSON else mine + [one for one in free if not one.by_people])


def _goes_on(turn: Decision, before: Moment, moment: Moment) -> bool:
    """Whether a move belongs to the turn that the one before it belonged to."""
    same = (turn.seat, turn.round, turn.phase) == (moment.seat, moment.round, moment.phase)
    return turn.kind == "turn" and turn.last is before and same and not isinstance(turn.moves[-1], End)


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
    """What the seat's bot would have done in that turn, or at that question."""
    world, minds, moves = other_luck(one.before.state, nth), Minds(bots), list[Move]()
    while not moves or not isinstance(moves[-1], (End, Choose)):
        if moves:
            step(world, moves[-1])
        moves.append(minds.move(world))
    return tuple(moves)


def _options(one: Decision, strong: tuple[tuple[Moves, int], ...]) -> Alternatives:
    """All others, against the one that strong play takes most; if that was taken, only playouts can say."""
    times = dict(strong)
    others = [(move,) for move in legal_moves(one.before.state) if move not in one.moves]
    others.sort(key=lambda way: -times.get(way, 0))
    against = strong[0][0]
    weights = tuple(float(way == against) for way in others) if against in others else ()
    return Alternatives(tuple(others), weights, strong)


def _turns(one: Decision, strong: tuple[tuple[Moves, int], ...]) -> Alternatives:
    """The commonest that are not what was done, weighted so that they stand for all the others."""
    others = [(way, times) for way, times in strong if not _same(one, way)]
    shown = others[:WAYS]
    share = sum(times for _way, times in others) / DRAWS / max(sum(times for _way, times in shown), 1)
    return Alternatives(tuple(way for way, _ in shown), tuple(times * share for _, times in shown), strong)


def _same(one: Decision, way: Moves) -> bool:
    """Whether a turn comes to what was done; a turn that was broken into is only the beginning of one."""
    done = set(one.moves)
    return done == set(way) if one.ended else done <= set(way)


def deeds(one: Decision, way: Moves) -> Moves:
    """Return what a decision, or another way to take it, comes to: its moves, and what it left unanswered.

    Only what could not be answered later counts as left: `answer DEAL unanswered`.
    """
    done = tuple(move for move in way if not isinstance(move, End))
    state, seat = one.before.state, one.seat
    last_chance = one.phase == "answers" or (one.phase == "orders" and state.order[-1] == seat)
    if one.kind != "turn" or not last_chance or len(done) == len(way):
        return done
    answered = {move.deal for move in done if isinstance(move, Answer)}
    left = [offer.template for offer in state.offers if offer.to == seat and offer.template not in answered]
    return (*done, *(Answer(seat, deal, UNANSWERED) for deal in left))
