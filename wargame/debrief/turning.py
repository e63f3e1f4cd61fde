"""Where a game turned: the decisions that moved the seats' chances of reaching their lines most.

Before each decision bots play on (`playouts`), once deciding it themselves and once with the move that was
made; both with the same luck, and neither with the dice that really fell, so that a decision is not judged by
its luck. What the dice did then is told apart. For the decisions that moved a chance by more than luck
explains, the alternatives that were legal are tried with other luck first, and the best of them for the seat
that moved is measured with the same luck again, so that having been chosen does not flatter it. A pure
function of save, rules, bots and number of playouts.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from wargame.debrief.cache import Best, Book, Ends, beside, book_for, content_hash, read, rules_hash
from wargame.debrief.chance import Share, Shift, shift
from wargame.debrief.playouts import Outcome, Pool, Task, chunks
from wargame.debrief.story import WHITE_CELL, Moment, Story
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves
from wargame.table.table import PERSON

PLAYOUTS = 200
MOST = 8
"""Turning points that are shown, and whose alternatives are tried."""
SURE = 3.0
"""Standard errors from nothing that a change must be: in a game there are hundreds of decisions."""
OTHER_LUCK = 1_000_000
"""The number of the first playout with which alternatives are compared among each other."""
SWINGS = 4
"""Swings of the dice that are shown."""
KEPT = 4
"""Alternatives that are looked at more closely."""
EVERY = 2.0
"""Seconds between two writings of what was found so far."""


class Progress(NamedTuple):
    """How far it is: playouts of `total` in this stage, which is `positions` or `alternatives`."""

    stage: str
    done: int
    total: int


class Instead(NamedTuple):
    """The best alternative: what it would have done to each seat's chance, by the position before it.

    `better` is its change against the move that was made. It was looked for among `considered` moves.
    """

    move: Move
    moved: Mapping[str, Shift]
    better: Mapping[str, Shift]
    chances: Mapping[str, Share]
    considered: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision, every seat's chance before it and with it, and the seat whose chance it moved most.

    `after` is before the dice that the move set going; `dice` is what they did to the chances.
    """

    move: int
    seat: str
    most: str
    before: Mapping[str, Share]
    after: Mapping[str, Share]
    moved: Mapping[str, Shift]
    dice: Mapping[str, Shift]
    instead: Instead | None = None

    @property
    def size(self) -> float:
        """How far the chance of `most` was moved, between 0 and 1."""
        return abs(self.moved[self.most].value)


class Swing(NamedTuple):
    """Dice that moved the chances by more than other dice explain: those set going by `move`."""

    move: int
    most: str
    moved: Mapping[str, Shift]


@dataclass(frozen=True, slots=True)
class Turning:
    """What was found: the chances at every position looked at, by move, and the turning points, widest first.

    `decisions` counts the decisions that were measured; `who` is `person` or `all`; `swings` are the dice
    that moved the chances most.
    """

    playouts: int
    bots: Mapping[str, str]
    who: str
    chances: Mapping[int, Mapping[str, Share]]
    decisions: int
    turns: tuple[Turn, ...]
    swings: tuple[Swing, ...]


def study(
    story: Story,
    bots: Mapping[str, str],
    *,
    playouts: int = PLAYOUTS,
    who: str | None = None,
    most: int = MOST,
    processes: int = 1,
    keep: bool = True,
) -> Generator[Progress, None, Turning]:
    """Find the turning points of a line; the generator's value is the result.

    Each step reports progress; close it to stop, and what was found by then is kept beside the save unless
    `keep` is false. `who` is `person` (decisions of people) or `all`; by default people, if there were any.
    """
    who = who or usual(story)
    book = book_for(story, playouts, bots, keep=keep)
    plan = _Plan(story, who)
    try:
        with Pool(story.scenario, bots, processes) as pool:
            yield from _positions(plan, book, pool)
            yield from _alternatives(plan, book, pool, most)
    finally:
        book.write()
    return _result(plan, book, most)


def found(study_: Generator[Progress, None, Turning]) -> Turning:
    """Run a study to its end."""
    while True:
        try:
            next(study_)
        except StopIteration as end:
            result = end.value
            assert isinstance(result, Turning)
            return result


def known(story: Story, who: str | None = None, most: int = MOST) -> Turning | None:
    """The turning points that were found before, whatever the number of playouts; None if they were not."""
    if story.path is None:
        return None
    book = read(beside(story.path), len(story.scenario.seat_ids))
    if book is None or (book.key.save, book.key.rules) != (content_hash(story), rules_hash()):
        return None
    plan = _Plan(story, who or usual(story))
    if not (plan.needed <= book.positions.keys() and plan.rolled <= book.made.keys()):
        return None
    ready = all(t.move in book.best or not plan.alternatives(t.move) for t in _turns(plan, book, most))
    return _result(plan, book, most) if ready else None


def _still(before: Moment, moment: Moment) -> bool:
    """Whether a move set no dice going and drew no card: the same turn went on, or the next seat's began."""
    old, new = before.state, moment.state
    return (old.round, old.phase) == (new.round, new.phase) and new.phase in ("orders", "answers")


def usual(story: Story) -> str:
    """Whose decisions are looked at unless said: those of people, if any made one."""
    return PERSON if any(moment.maker == PERSON for moment in story.line) else "all"


class _Plan:
    """Which decisions are measured and which positions have to be played for that."""

    def __init__(self, story: Story, who: str) -> None:
        self.story, self.who = story, who
        self.seats = story.scenario.seat_ids
        self.same = self._same()
        self.decisions = [(b, m) for b, m in pairwise(story.line) if self._counts(b, m)]
        self.needed = {self.same[one.id] for pair in self.decisions for one in pair}
        self.rolled = {moment.id for before, moment in self.decisions if not _still(before, moment)}

    def _counts(self, before: Moment, moment: Moment) -> bool:
        wanted = moment.maker == PERSON if self.who == PERSON else True
        free = moment.maker == WHITE_CELL or len(legal_moves(before.state)) > 1
        return wanted and free and before.exact and moment.exact

    def _same(self) -> dict[int, int]:
        """Position → the one that it is bound to lead to, where there is only one move."""
        same = {self.story.end.id: self.story.end.id}
        for before, moment in reversed(list(pairwise(self.story.line))):
            legal = legal_moves(before.state) if moment.exact and before.exact else ()
            forced = len(legal) == 1 and legal[0] == moment.move and _still(before, moment)
            same[before.id] = same[moment.id] if forced else before.id
        return same

    def tasks(self, move: int, made: bool, playouts: int) -> Iterator[Task]:
        """The playouts after a move, or from before it with that move made (`made`)."""
        moment = self.story.at(move)
        start = self.story.before(moment) if made else moment
        name = f"{'made' if made else 'after'} {move}"
        return chunks(name, start.state, start.depth, moment.move if made else None, 0, playouts)

    def with_move(self, book: Book, moment: Moment) -> Ends:
        """The playouts with the move that was made, whatever dice it sets going."""
        return book.made[moment.id] if moment.id in self.rolled else book.positions[self.same[moment.id]]

    def alternatives(self, move: int) -> list[Move]:
        """What else could have been done; nothing where the white cell acted."""
        moment = self.story.at(move)
        if not moment.seat:
            return []
        return [other for other in legal_moves(self.story.before(moment).state) if other != moment.move]


def _positions(plan: _Plan, book: Book, pool: Pool) -> Generator[Progress, None, None]:
    """Play every position that is not in the book yet, and every move that set dice going."""
    playouts = book.key.playouts
    missing = [(move, False) for move in plan.needed - book.positions.keys()]
    missing += [(move, True) for move in plan.rolled - book.made.keys()]
    total = (len(plan.needed) + len(plan.rolled)) * playouts
    done = total - len(missing) * playouts
    yield Progress("positions", done, total)
    tasks = (task for move, made in sorted(missing) for task in plan.tasks(move, made, playouts))
    last = time.monotonic()
    for name, ends, games in _gathered(pool, tasks, playouts):
        done += games
        if ends is not None:
            kind, _, move = name.partition(" ")
            (book.made if kind == "made" else book.positions)[int(move)] = ends
            if time.monotonic() - last > EVERY:
                book.write()
                last = time.monotonic()
        yield Progress("positions", done, total)


def _gathered(
    pool: Pool, tasks: Iterable[Task], playouts: int
) -> Generator[tuple[str, Ends | None, int], None, None]:
    """As tasks are done: of which name, all its ends if it is complete, and how many playouts came."""
    parts: dict[str, dict[int, list[Outcome]]] = {}
    for task, outcomes in pool.play(tasks):
        mine = parts.setdefault(task.name, {})
        mine[task.first] = outcomes
        whole = sum(map(len, mine.values())) == playouts
        ends = Ends.of([one for first in sorted(mine) for one in mine[first]]) if whole else None
        yield task.name, ends, len(outcomes)


def _alternatives(plan: _Plan, book: Book, pool: Pool, most: int) -> Generator[Progress, None, None]:
    """Find the best alternative to each turning point that has none in the book."""
    todo = [turn.move for turn in _turns(plan, book, most) if turn.move not in book.best]
    todo = [move for move in todo if plan.alternatives(move)]
    games = book.key.playouts
    total = sum(_cost(len(plan.alternatives(move)), games) for move in todo)
    done = 0
    yield Progress("alternatives", done, total)
    for move in todo:
        before = plan.story.before(plan.story.at(move))
        contest = _Contest(before, plan.seats.index(plan.story.at(move).seat), games, pool)
        for came in contest.run(plan.alternatives(move)):
            done += came
            yield Progress("alternatives", done, total)
        assert contest.best is not None
        book.best[move] = contest.best
        book.write()


def _rounds(games: int) -> tuple[int, int]:
    """How many playouts every alternative gets, and how many more the better ones get."""
    return max(games // 10, 1), max(games // 2, 1)


def _cost(count: int, games: int) -> int:
    first, second = _rounds(games)
    return games if count == 1 else count * first + (min(count, KEPT) * second) + games


class _Contest:
    """The alternatives to one move against each other, by what they are worth to the seat that moved."""

    def __init__(self, before: Moment, at: int, games: int, pool: Pool) -> None:
        self.before, self.at, self.games, self.pool = before, at, games, pool
        self.best: Best | None = None

    def run(self, moves: list[Move]) -> Generator[int, None, None]:
        """Yields the number of playouts as they are done; then `best` is there."""
        first, second = _rounds(self.games)
        left = list(range(len(moves)))
        if len(left) > 1:
            tried = yield from self._play(moves, left, OTHER_LUCK, first)
            left = self._ranked(left, tried)[:KEPT]
            more = yield from self._play(moves, left, OTHER_LUCK + first, second)
            left = self._ranked(left, {nth: tried[nth] + more[nth] for nth in left})[:1]
        ends = yield from self._play(moves, left, 0, self.games)
        self.best = Best(moves[left[0]], ends[left[0]], len(moves))

    def _play(
        self, moves: list[Move], nths: list[int], start: int, games: int
    ) -> Generator[int, None, dict[int, Ends]]:
        state, depth = self.before.state, self.before.depth
        tasks = (task for nth in nths for task in chunks(str(nth), state, depth, moves[nth], start, games))
        done: dict[int, Ends] = {}
        for name, ends, came in _gathered(self.pool, tasks, games):
            if ends is not None:
                done[int(name)] = ends
            yield came
        return done

    def _ranked(self, nths: list[int], ends: Mapping[int, Ends]) -> list[int]:
        """Best chance for the seat first, then best mean score, then the order of the moves."""
        return sorted(nths, key=lambda nth: (-ends[nth].share(self.at).value, -ends[nth].mean(self.at), nth))


# --- what it comes to ----------------------------------------------------------------------------------


def _turns(plan: _Plan, book: Book, most: int) -> list[Turn]:
    """The decisions that moved a chance by more than luck explains, widest first."""
    turns = [_turn(plan, book, before, moment) for before, moment in plan.decisions]
    sure = sorted((turn for turn in turns if turn is not None), key=lambda turn: (-turn.size, turn.move))
    return sure[:most]


def _turn(plan: _Plan, book: Book, before: Moment, moment: Moment) -> Turn | None:
    old, new = book.positions[plan.same[before.id]], plan.with_move(book, moment)
    moved = _shifts(plan, old, new)
    most = _most(moved)
    if most is None:
        return None
    seat = moment.seat or WHITE_CELL
    dice = _shifts(plan, new, book.positions[plan.same[moment.id]])
    return Turn(moment.id, seat, most, _shares(plan, old), _shares(plan, new), moved, dice)


def _most(moved: Mapping[str, Shift]) -> str | None:
    """The seat whose chance was moved most, by more than luck explains."""
    sure = [seat for seat, by in moved.items() if abs(by.value) >= SURE * by.error]
    return max(sure, key=lambda seat: abs(moved[seat].value), default=None)


def _swings(plan: _Plan, book: Book) -> tuple[Swing, ...]:
    """What dice did, widest first."""
    swings = []
    for _before, moment in plan.decisions:
        if moment.id in plan.rolled:
            moved = _shifts(plan, book.made[moment.id], book.positions[plan.same[moment.id]])
            if (most := _most(moved)) is not None:
                swings.append(Swing(moment.id, most, moved))
    return tuple(sorted(swings, key=lambda one: (-abs(one.moved[one.most].value), one.move))[:SWINGS])


def _shifts(plan: _Plan, old: Ends, new: Ends) -> dict[str, Shift]:
    return {seat: shift(old.won(at), new.won(at)) for at, seat in enumerate(plan.seats)}


def _shares(plan: _Plan, ends: Ends) -> dict[str, Share]:
    return {seat: ends.share(at) for at, seat in enumerate(plan.seats)}


def _result(plan: _Plan, book: Book, most: int) -> Turning:
    where = {moment.id: plan.same[moment.id] for moment in plan.story.line}
    chances = {
        move: _shares(plan, book.positions[same]) for move, same in where.items() if same in book.positions
    }
    turns = tuple(_with_best(plan, book, turn) for turn in _turns(plan, book, most))
    return Turning(
        book.key.playouts, dict(book.key.bots), plan.who, chances, len(plan.decisions), turns,
        _swings(plan, book),
    )  # fmt: skip


def _with_best(plan: _Plan, book: Book, turn: Turn) -> Turn:
    best = book.best.get(turn.move)
    if best is None:
        return turn
    moment = plan.story.at(turn.move)
    old = book.positions[plan.same[plan.story.before(moment).id]]
    new = plan.with_move(book, moment)
    instead = Instead(
        best.move,
        _shifts(plan, old, best.ends),
        _shifts(plan, new, best.ends),
        _shares(plan, best.ends),
        best.considered,
    )
    return replace(turn, instead=instead)
