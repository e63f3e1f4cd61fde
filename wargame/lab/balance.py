"""Is it a good game? Shares, spreads and the use of every card, over many games between bots.

The bands are the scenario's promises (`docs/balance.md` shows how it keeps them). Intervals are 95 per
cent each: Wilson's for shares, the arena's for skill, Student's for other means. A row holds only if all of
its interval lies in its band. Here games are played, counted and compared; `lab.balance_report` tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from statistics import fmean
from typing import NamedTuple

from wargame.content.claims import Act, Arm
from wargame.lab.arena import Contest, Measure, Side
from wargame.lab.intervals import Interval, Moments, Verdict, mean_of, share, verdict
from wargame.lab.output import Kept
from wargame.lab.simulate import game_seed, play_game
from wargame.lab.trials import Trial
from wargame.lab.workers import Chunk, Chunks, Workers, run
from wargame.rules.moves import Commit, Move
from wargame.rules.options import options
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.state import State


class Row(NamedTuple):
    """One measured quality: its value with its interval, the band it should be in, and the verdict on it."""

    quality: str
    subject: str
    value: float
    low: float
    high: float
    band: tuple[float, float]
    n: int
    bots: str
    verdict: Verdict


NO_LIMIT = 99.0
"""Stands for no limit in a band."""
BANDS: dict[str, tuple[float, float]] = {
    "first": (0.10, 0.25),
    "won": (0.20, 0.60),
    "storm": (0.03, 0.15),
    "use": (0.02, 0.70),
    "lead": (0.0, 0.65),
    "decisions": (150, 260),
    "skill_search": (1.0, NO_LIMIT),
    "skill_greedy": (0.0, NO_LIMIT),
    "talk": (-NO_LIMIT, 0.0),
}
"""What is wanted: shares, the decisions of a game, spreads of score over a random player's, points."""
TALKERS = 4
"""So many seats must fall when no deals may be made."""


# --- what is played ------------------------------------------------------------------------------------

STRONG = "search"
GREEDY = "greedy"
SILENT = "silent"


class Lineup(NamedTuple):
    """Games of one kind: who plays each seat, how many games, and whether anybody may sign anything."""

    bots: Mapping[str, str]
    games: int
    deals: bool = True


def lineups(scenario: Scenario, games: int, few: int, *, strong: str | None = STRONG) -> dict[str, Lineup]:
    """Return what the table is made of, by name: `greedy`, `silent`, and `SEAT=BOT` among greedy others.

    `few` games are for what needs a seat's own: of a random player, and of a `strong` one, if there is one.
    """
    plain = dict.fromkeys(scenario.seat_ids, "greedy")
    found = {GREEDY: Lineup(plain, games), SILENT: Lineup(plain, max(games // 4, 1), deals=False)}
    for seat in scenario.spec.seats:
        own = {bot: few for bot in ("random", strong) if bot and few}
        own |= {f"greedy/{plan.id}": max(games // 10, 25) for plan in seat.plans}
        for bot, many in own.items():
            found[f"{seat.id}={bot}"] = Lineup(plain | {seat.id: bot}, many)
    return found


# --- what is counted -----------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A game: its decisions, did a storm end it, did who led at half-time win; by seat or track."""

    decisions: int
    storm: bool
    led: bool
    first: list[bool]
    won: list[bool]
    ruined: list[bool]
    scores: list[int]
    tracks: list[int]


@dataclass
class Counts:
    """Games by their number in the run, and how often cards and deals came; they add up across processes."""

    games: dict[int, Seen] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    signed: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    proved: Counter[str] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        return len(self.games)

    def add(self, other: Counts) -> None:
        self.games.update(other.games)
        for name in COUNTED:
            getattr(self, name).update(getattr(other, name))

    def column(self, what: str, at: int) -> list[int]:
        """Return a number a game: what came of a seat or track, by its place in the scenario."""
        return [getattr(game, what)[at] for game in self.games.values()]

    def among(self, other: Counts) -> Counts:
        """Return those of these games whose luck the other games have too."""
        return Counts({nth: game for nth, game in self.games.items() if nth in other.games})


COUNTED = ("held", "used", "signed", "broken", "proved")


class Watcher:
    """Looks on at one game: which cards a seat held and could play each round, and who led at half-time."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.turn: tuple[int, str] | None = None
        self.leader = ""

    def __call__(self, state: State, move: Move) -> None:
        if state.round == state.rounds // 2 + 1 and not self.leader:
            self.leader = min(final_scores(state).items(), key=lambda item: item[1].rank)[0]
        if state.phase != "orders" or state.stack:
            return
        if self.turn != (state.round, move.seat):
            self.turn = (state.round, move.seat)
            self.counts.held.update(
                {m.card for m, why in options(state) if isinstance(m, Commit) and why is None}
            )
        if isinstance(move, Commit):
            self.counts.used[move.card] += 1


def watch_game(scenario: Scenario, lineup: Lineup, seed: int, nth: int, counts: Counts) -> None:
    """Play the nth game of a run and count it."""
    watcher = Watcher(counts)
    if lineup.deals:
        state, decisions = play_game(scenario, lineup.bots, game_seed(seed, nth), watch=watcher)
    else:
        silent = Arm(id="silent", text="Nobody signs anything.", does=[Act(forbid=list(scenario.deals))])
        trial = Trial(scenario, silent, game_seed(seed, nth), lineup.bots)
        trial.play()
        state, decisions = trial.state, 0
    lines = final_scores(state)
    counts.games[nth] = Seen(
        decisions,
        state.outcome == "storm",
        any(line.rank == 1 and seat == watcher.leader for seat, line in lines.items()),
        [line.rank == 1 for line in lines.values()],
        [line.won for line in lines.values()],
        [line.ruined for line in lines.values()],
        [line.score for line in lines.values()],
        [state.tracks[track] for track in scenario.tracks],
    )
    for deal in state.deals:
        counts.signed[deal.template] += 1
        counts.broken[deal.template] += deal.status in ("broken", "fallen")
        counts.proved[deal.template] += deal.proved


@dataclass
class Table:
    """What was counted of each lineup, how many games had been asked for, and whether Ctrl-C cut it short."""

    scenario: Scenario
    strong: str | None
    asked: int
    counts: dict[str, Counts]
    interrupted: bool = False

    @property
    def games(self) -> int:
        return sum(counts.n for counts in self.counts.values())


def play(
    scenario: Scenario,
    asked: Mapping[str, Lineup],
    seed: int,
    workers: Workers | None = None,
    progress: Callable[[int], None] | None = None,
    kept: Kept | None = None,
    strong: str | None = STRONG,
) -> Table:
    """Play all lineups side by side over the same seeds; the sums don't depend on who played.

    What was `kept` is not played again, and what is played is kept. Ctrl-C (KeyboardInterrupt) gives the
    table so far.
    """
    games = {name: lineup.games for name, lineup in asked.items()}
    done = had(kept, asked) if kept is not None else {}
    table = Table(scenario, strong, sum(games.values()), {name: Counts() for name in asked})
    work = partial(_count, asked=dict(asked), seed=seed)
    try:
        for chunk, counts in run(work, Chunks(games, done), scenario, workers, ordered=False):
            done[chunk] = counts
            if kept is not None:
                kept.put({"chunk": chunk, **vars(counts)})
            if progress is not None:
                progress(sum(len(chunk.games) for chunk in done))
    except KeyboardInterrupt:
        table.interrupted = True
    for chunk in sorted(done):
        table.counts[chunk.of].add(done[chunk])
    return table


def had(kept: Kept, asked: Mapping[str, Lineup]) -> dict[Chunk, Counts]:
    """Return the chunks in a file that are wanted; games that are there twice count once."""
    found: dict[Chunk, Counts] = {}
    taken: set[tuple[str, int]] = set()
    for line in kept.had:
        chunk = Chunk(*line["chunk"])
        numbers = {(chunk.of, nth) for nth in chunk.games}
        if chunk.of in asked and chunk.last <= asked[chunk.of].games and not numbers & taken:
            taken |= numbers
            seen = {int(nth): Seen(*game) for nth, game in line["games"].items()}
            found[chunk] = Counts(seen, *(Counter(line[name]) for name in COUNTED))
    return found


def _count(scenario: Scenario, chunk: Chunk, asked: Mapping[str, Lineup], seed: int) -> Counts:
    counts = Counts()
    for nth in chunk.games:
        watch_game(scenario, asked[chunk.of], seed, nth, counts)
    return counts


# --- what it comes to ----------------------------------------------------------------------------------


def rows(table: Table) -> list[Row]:
    """Return the table of qualities; what no game has told yet is left out."""
    plain, seats = table.counts[GREEDY], table.scenario.seat_ids
    games = plain.games.values()
    found = [
        *(_share("first", seat, plain.column("first", at), GREEDY) for at, seat in enumerate(seats)),
        *(_share("won", seat, plain.column("won", at), GREEDY) for at, seat in enumerate(seats)),
        _share("storm", "", [game.storm for game in games], GREEDY),
        _share("lead", "", [game.led for game in games], GREEDY),
        _row("decisions", "", mean_of([game.decisions for game in games], step=1), plain.n, GREEDY),
        *talk_rows(table),
        *skill_rows(table),
        *use_rows(table),
    ]  # fmt: skip
    return [row for row in found if row.n or row.quality == "use"]


def talk_rows(table: Table) -> list[Row]:
    """Return what it costs each seat when no deals may be made, and (`all`) how many seats fall by that."""
    found = []
    silent = table.counts[SILENT].among(table.counts[GREEDY])
    plain = table.counts[GREEDY].among(silent)
    for at, seat in enumerate(table.scenario.seat_ids):
        gaps = [one - other for one, other in _pairs(silent, plain, at)]
        found.append(_row("talk", seat, mean_of(gaps, step=1), silent.n, GREEDY))
    value = sum(row.value < 0 for row in found)
    low, high = (sum(row.verdict in kinds for row in found) for kinds in (("holds",), ("holds", "undecided")))
    fallen, band = Interval(value, low, high), (float(TALKERS), float(len(found)))
    return [*found, Row("talk", "all", *fallen, band, silent.n, GREEDY, verdict(fallen, *band))]


def _pairs(one: Counts, other: Counts, at: int) -> Iterable[tuple[int, int]]:
    """Return a seat's scores in both, game by game."""
    return (
        (game.scores[at], other.games[nth].scores[at])
        for nth, game in one.games.items()
        if nth in other.games
    )


def contests(table: Table) -> list[Measure]:
    """Return what a strong and a greedy player did in each seat against a random one, as an arena has it."""
    found = []
    for at, seat in enumerate(table.scenario.seat_ids):
        random = table.counts.get(f"{seat}=random", Counts())
        for bot in filter(None, (table.strong, "greedy")):
            better = table.counts.get(GREEDY if bot == "greedy" else f"{seat}={bot}", Counts()).among(random)
            gaps = Moments.of(one - other for one, other in _pairs(better, random, at))
            sides = (_side(better, at), _side(random.among(better), at))
            if gaps.n:
                found.append(Measure(Contest(seat, bot), *sides, gaps))
    return found


def _side(counts: Counts, at: int) -> Side:
    scores = Moments.of(counts.column("scores", at))
    return Side(scores, sum(counts.column("first", at)), sum(counts.column("won", at)))


def skill_rows(table: Table) -> list[Row]:
    """Return a row for each contest, those of the strong player first."""
    found = []
    for measure in contests(table):
        seat, bot = measure.contest.seat, measure.contest.bot
        edge = measure.deviations() or Interval(0.0, -inf, inf)
        quality = "skill_search" if bot == table.strong else "skill_greedy"
        found.append(_row(quality, seat, edge, measure.pairs, bot))
    return sorted(found, key=lambda row: row.quality, reverse=True)


def use_rows(table: Table) -> list[Row]:
    """Return how often each card is committed by who holds it and can pay: by the strong, if they played."""
    found = []
    for seat, deck in table.scenario.decks.items():
        own = table.counts.get(f"{seat}={table.strong}")
        counts, bots = (own, str(table.strong)) if own is not None else (table.counts[GREEDY], GREEDY)
        for card in deck:
            part = share(counts.used[card], counts.held[card])
            found.append(_row("use", card, part, counts.held[card], bots))
    return found


class PlanRow(NamedTuple):
    """How a seat does when it plays one of its plans among greedy others."""

    seat: str
    plan: str
    games: int
    first: float
    won: float
    score: float


def plan_rows(table: Table) -> list[PlanRow]:
    """Return every plan of every seat that was played."""
    found = []
    for at, seat in enumerate(table.scenario.spec.seats):
        for plan in seat.plans:
            counts = table.counts.get(f"{seat.id}=greedy/{plan.id}", Counts())
            if counts.n:
                first, won, scores = (counts.column(what, at) for what in ("first", "won", "scores"))
                found.append(PlanRow(seat.id, plan.id, counts.n, fmean(first), fmean(won), fmean(scores)))
    return found


def _share(quality: str, subject: str, hits: Sequence[int], bots: str) -> Row:
    return _row(quality, subject, share(sum(hits), len(hits)), len(hits), bots)


def _row(quality: str, subject: str, interval: Interval, n: int, bots: str) -> Row:
    band = BANDS[quality]
    return Row(quality, subject, *interval, band, n, bots, verdict(interval, *band))
