"""Where a game turned: the decisions with which somebody's score went another way than without them.

Each decision (`decisions`) is made again with other luck than the dice that really fell, and bots play on;
and so is each way to decide otherwise, with the same luck, so that a decision is not judged by its luck. What
was done is measured against strong play there. Which alternative is best for the seat itself is chosen by the
first third of the playouts and measured by the others, so that having been chosen does not flatter it; for
turning points it is measured once more in worlds that the seat could believe when it decided. A pure function
of save, rules, bots and number of playouts.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import fsum
from statistics import median
from typing import NamedTuple

from wargame.debrief.decisions import (
    MEANING,
    NONE,
    Alternatives,
    Book,
    Decision,
    Finding,
    Moves,
    alternatives,
    beside,
    book_for,
    content_hash,
    decisions,
    read,
    rules_hash,
    usual,
)
from wargame.debrief.playouts import Outcome, Start, known_bots, play
from wargame.debrief.story import Story
from wargame.lab.intervals import Change, Share, paired
from wargame.lab.workers import Chunk, run
from wargame.lab.workers import processes as workers
from wargame.rules import codec
from wargame.rules.scenario import Scenario

PLAYOUTS = 200
"""Playouts a decision, all arms and worlds of it together, unless said otherwise."""
LEAST = 12
"""The fewest that give two pairs to each of three alternatives and to what the seat could believe."""
ENOUGH = 5
"""Pairs of playouts below which an interval says nothing: it would be wider than any score."""
BELIEFS = 4
"""One playout in so many is for worlds that the seat could believe; only of turning points."""
MOST = 8
"""Turning points of people that are told, and of bots."""
MISTAKES = 0.05
"""The chance that any decision at all is told as a turning point which was none."""
JOB = 20
"""Playouts in a job, about: few enough that progress shows and that stopping is quick."""
EVERY = 2.0
"""Seconds between two writings of what was found so far."""


class Progress(NamedTuple):
    """How far it is: playouts of `total` in this stage, which is `decisions` or `beliefs`."""

    stage: str
    done: int
    total: int


class Turn(NamedTuple):
    """A decision that moved somebody's score by more than luck explains: `most` is the seat it moved most."""

    decision: Decision
    finding: Finding
    most: str
    change: Change


@dataclass(frozen=True, slots=True)
class Turning:
    """What was found: the turning points of people, widest first, then those of bots.

    Of `decisions` that had an alternative `looked` were looked at, fewer only where it was stopped; in
    `same` of them strong play does what was done, in `blind` there were fewer than `ENOUGH` pairs of
    playouts. `least` is the smallest change in points that would have been seen in any of the others,
    `seen` in half of them, `sure` in all of them; 0 if there were none. So no turning point is smaller
    than `least`. `made` counts the turning points, also those that are too many to be told. `chances` are
    the shares of playouts that reached the line, by the decision's last move, with what was done and
    before its dice. `findings` are what was found of every decision looked at, by its id.
    """

    playouts: int
    bots: Mapping[str, str]
    who: str
    decisions: int
    looked: int
    same: int
    blind: int
    least: float
    seen: float
    sure: float
    made: int
    turns: tuple[Turn, ...]
    chances: Mapping[int, Mapping[str, Share]]
    findings: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def stopped(self) -> bool:
        """Tell whether there is more to be looked at, be it only what could be believed."""
        missing = (one.finding.best is not None and one.finding.believed is None for one in self.turns)
        return self.looked < self.decisions or any(missing)


def study(
    story: Story,
    bots: Mapping[str, str],
    *,
    playouts: int = PLAYOUTS,
    who: str | None = None,
    processes: int = 1,
    keep: bool = True,
) -> Generator[Progress, None, Turning]:
    """Find the turning points of a line; the generator's value is the result.

    Each step reports progress; close it or interrupt it (Ctrl-C) to stop. What was found by then is kept
    beside the save unless `keep` is false, and is the result after an interrupt. `who` is `person` (decisions
    of people and of the white cell) or `all`; by default people's, if there were any. `ValueError` for fewer
    playouts than `LEAST`, `KeyError` for a bot there is not.
    """
    if playouts < LEAST:
        raise ValueError(f"a decision needs at least {LEAST} playouts, not {playouts}")
    looking = _Looking(story, known_bots(bots), playouts, who or usual(story), processes, keep)
    try:
        yield from looking.decisions()
        yield from looking.beliefs()
    except KeyboardInterrupt:
        pass
    finally:
        looking.book.write()
    return looking.result


def found(study_: Generator[Progress, None, Turning]) -> Turning:
    """Run a study to its end."""
    while True:
        try:
            next(study_)
        except StopIteration as end:
            result = end.value
            assert isinstance(result, Turning)
            return result


def known(story: Story, who: str | None = None, playouts: int = 0) -> Turning | None:
    """Return what at least so many playouts have found before, be it of some decisions only; else None."""
    if story.path is None:
        return None
    book = read(beside(story.path), len(story.scenario.seat_ids))
    if book is None or book.key[:3] != (content_hash(story), rules_hash(), MEANING):
        return None
    who = who or usual(story)
    result = _result(story, decisions(story, who), who, dict(book.key.bots), book, playouts)
    return result if result.looked else None


class _Looking:
    """Decisions being looked at: what is asked of the processes, and what has come of it."""

    def __init__(
        self, story: Story, bots: Mapping[str, str], playouts: int, who: str, processes: int, keep: bool
    ) -> None:
        self.story, self.bots, self.playouts, self.who = story, dict(bots), playouts, who
        self.seats, self.all = story.scenario.seat_ids, decisions(story, who)
        self.book = book_for(story, bots, keep=keep)
        self.workers = workers(processes)
        self._written = time.monotonic()

    @property
    def result(self) -> Turning:
        return _result(self.story, self.all, self.who, self.bots, self.book, self.playouts)

    def decisions(self) -> Generator[Progress, None, None]:
        """Look at every decision that is not in the book yet, people's first."""
        budget = self.playouts - self.playouts // BELIEFS
        todo = [one for one in self.all if self.book.of(one.id, self.playouts) is None]
        total, ready = len(self.all) * budget, len(self.all) - len(todo)
        trials: dict[str, _Trial] = {}

        def asked() -> Iterator[_Job]:
            nonlocal ready
            for one in todo:
                others = alternatives(one, self.bots)
                if not others.ways:
                    self.book.findings[one.id] = Finding(self.playouts, others.strong)
                    ready += 1
                    continue
                pairs = max(budget // (1 + len(others.ways)), 2)
                trials[one.id] = _Trial((one.moves, *others.ways), pairs, one, others)
                yield from trials[one.id].jobs()

        yield Progress("decisions", ready * budget, total)
        for job, outcomes in run(self._work, asked(), self.story.scenario, self.workers):
            trial = trials[job.name]
            if trial.takes(outcomes):
                self._keep(job.name, trial.finding(self.playouts, self.seats))
                del trials[job.name]
                ready += 1
            played = sum(min(one.played, budget) for one in trials.values())
            yield Progress("decisions", ready * budget + played, total)

    def beliefs(self) -> Generator[Progress, None, None]:
        """Try each turning point against its best alternative in worlds that its seat could believe."""
        pairs = max(self.playouts // BELIEFS // 2, 2)
        trials = {
            turn.decision.id: _Trial((turn.decision.moves, turn.finding.best), pairs, turn.decision)
            for turn in self.result.turns
            if turn.finding.best is not None and turn.finding.believed is None
        }
        asked = (job for trial in trials.values() for job in trial.jobs(trial.decision.seat))
        for job, outcomes in run(self._work, asked, self.story.scenario, self.workers):
            trial = trials[job.name]
            if trial.takes(outcomes):
                at = self.seats.index(trial.decision.seat)
                believed = self.book.findings[job.name]._replace(believed=trial.better(0, at, 0))
                self._keep(job.name, believed)
            done = sum(one.played for one in trials.values())
            yield Progress("beliefs", done, len(trials) * 2 * pairs)

    @property
    def _work(self) -> partial[list[list[Outcome]]]:
        return partial(_played, bots=self.bots)

    def _keep(self, decision: str, finding: Finding) -> None:
        self.book.findings[decision] = finding
        if time.monotonic() - self._written > EVERY:
            self.book.write()
            self._written = time.monotonic()


class _Job(NamedTuple):
    """Some playouts of a decision."""

    name: str
    start: Start
    chunk: Chunk

    def __str__(self) -> str:
        return f"the play{self.chunk} decision {self.name}"


def _played(scenario: Scenario, job: _Job, bots: Mapping[str, str]) -> list[list[Outcome]]:
    return play(scenario, job.start, job.chunk.games, bots)


class _Trial:
    """The playouts of a decision, pair by pair: arm 0 is what was done, the others ways to do otherwise."""

    def __init__(
        self, arms: tuple[Moves, ...], pairs: int, decision: Decision, others: Alternatives = NONE
    ) -> None:
        self.arms, self.pairs, self.decision, self.others = arms, pairs, decision, others
        self.ends: list[list[Outcome]] = [[] for _arm in arms]

    def jobs(self, believer: str = "") -> Iterator[_Job]:
        """Yield all of them, as jobs of a bearable length."""
        start = Start(codec.to_bytes(self.decision.before.state), self.arms, believer)
        size = max(JOB // len(self.arms), 1)
        for first in range(0, self.pairs, size):
            yield _Job(self.decision.id, start, Chunk(first, min(first + size, self.pairs)))

    @property
    def played(self) -> int:
        return sum(map(len, self.ends))

    def takes(self, outcomes: list[list[Outcome]]) -> bool:
        """Put outcomes away, which come in their order; return whether those were the last."""
        for arm, came in zip(self.ends, outcomes, strict=True):
            arm.extend(came)
        return len(self.ends[0]) == self.pairs

    def finding(self, playouts: int, seats: tuple[str, ...]) -> Finding:
        """Return what the playouts say of the decision."""
        weights, ways, best, first, loss = self.others.weights, self.others.ways, None, 0, None
        if self.decision.seat:
            at = seats.index(self.decision.seat)
            first = self.pairs // 3 if len(ways) > 1 else 0
            sums = [sum(one.scores[at] for one in arm[:first]) for arm in self.ends[1:]]
            best = max(range(len(ways)), key=lambda nth: (sums[nth], -nth))
            loss = self.better(best, at, first)
        against_best = not weights
        if against_best:
            weights = tuple(float(nth == best) for nth in range(len(ways)))
        else:
            first = 0
        return Finding(
            playouts,
            self.others.strong,
            len(ways),
            against_best,
            tuple(self._change(seat, weights, first) for seat in range(len(seats))),
            tuple(self._reached(seat, weights) for seat in range(len(seats))),
            None if best is None else ways[best],
            loss,
        )

    def better(self, way: int, at: int, first: int) -> Change:
        """Return by how much a way is better for a seat than what was done, from the pair `first` on."""
        pairs = zip(self.ends[1 + way][first:], self.ends[0][first:], strict=True)
        return paired([other.scores[at] - made.scores[at] for other, made in pairs])

    def _change(self, seat: int, weights: tuple[float, ...], first: int) -> Change:
        """Return what was done against the ways in these weights."""
        made, *ways = ([one.scores[seat] for one in arm[first:]] for arm in self.ends)
        return paired(
            [
                fsum(weight * (mine - way[nth]) for weight, way in zip(weights, ways, strict=True))
                for nth, mine in enumerate(made)
            ]
        )

    def _reached(self, seat: int, weights: tuple[float, ...]) -> tuple[Share, float]:
        """Return how often the seat reached its line, with what was done and with what else there was."""
        made, *ways = (Share(sum(one.won[seat] for one in arm), self.pairs) for arm in self.ends)
        moved = fsum(weight * (way.value - made.value) for weight, way in zip(weights, ways, strict=True))
        return made, made.value + moved


# --- what it comes to ----------------------------------------------------------------------------------


def _result(
    story: Story, all_: tuple[Decision, ...], who: str, bots: Mapping[str, str], book: Book, playouts: int
) -> Turning:
    """Return what the book says of these decisions, from findings of at least so many playouts."""
    seats = story.scenario.seat_ids
    looked = [(one, finding) for one in all_ if (finding := book.of(one.id, playouts)) is not None]
    measured = [(one, finding) for one, finding in looked if finding.changes]
    clear = [each for each in measured if each[1].changes[0].n >= ENOUGH]
    outside = MISTAKES / max(len(clear) * len(seats), 1)
    halves = [[by.half(outside) for by in finding.changes] for _one, finding in clear]
    widths = [max(of_one) for of_one in halves]
    turns = [turn for one, finding in clear if (turn := _turn(one, finding, seats, outside)) is not None]
    turns.sort(key=lambda turn: -abs(turn.change.mean))
    told = [[turn for turn in turns if turn.decision.by_people == people][:MOST] for people in (True, False)]
    return Turning(
        min((finding.playouts for _one, finding in looked), default=playouts),
        bots,
        who,
        len(all_),
        len(looked),
        len(looked) - len(measured),
        len(measured) - len(clear),
        min((min(of_one) for of_one in halves), default=0.0),
        median(widths) if widths else 0.0,
        max(widths, default=0.0),
        len(turns),
        (*told[0], *told[1]),
        {
            one.last.id: {seat: share for seat, (share, _) in zip(seats, finding.reached, strict=True)}
            for one, finding in measured
        },
        {one.id: finding for one, finding in looked},
    )


def _turn(one: Decision, finding: Finding, seats: tuple[str, ...], outside: float) -> Turn | None:
    """Return the decision as a turning point, if it moved a seat by more than luck explains."""
    sure = [
        (seat, by)
        for seat, by in zip(seats, finding.changes, strict=True)
        if abs(by.mean) >= by.half(outside)
    ]
    if not sure:
        return None
    most, change = max(sure, key=lambda each: abs(each[1].mean))
    return Turn(one, finding, most, change)
