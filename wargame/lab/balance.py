"""Is it a good game? Shares, spreads and the use of every card, over many games between bots.

The bands are the scenario's promises (`docs/balance.md` shows how it keeps them). Intervals are 95 per
cent each: Wilson's for shares, the arena's for skill, Student's for other means. A row holds only if all of
its interval lies in its band.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from statistics import fmean, pstdev
from typing import Any, NamedTuple

from wargame.content.claims import Act, Arm
from wargame.counting import several
from wargame.lab import arena
from wargame.lab.arena import Contest, Measure, Side
from wargame.lab.crowd import Chunk, Crowd, chunks, run
from wargame.lab.intervals import Interval, Verdict, known, mean_of, share, verdict
from wargame.lab.simulate import Moments, game_seed, play_game
from wargame.lab.trials import Trial
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
STRONG = "search"


@dataclass
class Counts:
    """Sums over games that add up across processes."""

    games: int = 0
    storms: int = 0
    led: int = 0
    decisions: list[int] = field(default_factory=list)
    first: Counter[str] = field(default_factory=Counter)
    won: Counter[str] = field(default_factory=Counter)
    ruined: Counter[str] = field(default_factory=Counter)
    scores: dict[str, list[int]] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    signed: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    proved: Counter[str] = field(default_factory=Counter)
    tracks: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        for name in ("games", "storms", "led"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("first", "won", "ruined", "held", "used", "signed", "broken", "proved"):
            getattr(self, name).update(getattr(other, name))
        self.decisions += other.decisions
        for name in ("scores", "tracks"):
            mine = getattr(self, name)
            for key, values in getattr(other, name).items():
                mine.setdefault(key, []).extend(values)


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


def watch_game(scenario: Scenario, bots: Mapping[str, str], seed: int, counts: Counts) -> None:
    """Play one game and count it."""
    watcher = Watcher(counts)
    state, decisions = play_game(scenario, bots, seed, watch=watcher)
    counts.games += 1
    counts.storms += state.outcome == "storm"
    counts.decisions.append(decisions)
    for seat, line in final_scores(state).items():
        counts.first[seat] += line.rank == 1
        counts.won[seat] += line.won
        counts.ruined[seat] += line.ruined
        counts.scores.setdefault(seat, []).append(line.score)
        counts.led += line.rank == 1 and seat == watcher.leader
    for track, value in state.tracks.items():
        counts.tracks.setdefault(track, []).append(value)
    for deal in state.deals:
        counts.signed[deal.template] += 1
        counts.broken[deal.template] += deal.status in ("broken", "fallen")
        counts.proved[deal.template] += deal.proved


SIZE = 20
"""Games in a chunk."""


def count_games(
    scenario: Scenario,
    bots: Mapping[str, str],
    games: int,
    seed: int,
    crowd: Crowd | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Games counted; the sum does not depend on who played them."""
    total = Counts()
    work = partial(_chunk, bots=dict(bots), seed=seed)
    for part in run(work, chunks(games, SIZE), scenario, crowd):
        total.add(part)
        if progress is not None:
            progress(total.games)
    return total


def _chunk(scenario: Scenario, chunk: Chunk, bots: Mapping[str, str], seed: int) -> Counts:
    counts = Counts()
    for nth in range(*chunk):
        watch_game(scenario, bots, game_seed(seed, nth), counts)
    return counts


def silent_scores(
    scenario: Scenario, games: int, seed: int, crowd: Crowd | None = None
) -> dict[str, list[float]]:
    """Every seat's scores among greedy bots that may sign nothing, over the same seeds."""
    arm = Arm(id="silent", text="Nobody signs anything.", does=[Act(forbid=list(scenario.deals))])
    found: dict[str, list[float]] = {seat: [] for seat in scenario.seat_ids}
    for part in run(partial(_silent, arm=arm, seed=seed), chunks(games, SIZE), scenario, crowd):
        for seat, scores in part.items():
            found[seat] += scores
    return found


def _silent(scenario: Scenario, chunk: Chunk, arm: Arm, seed: int) -> dict[str, list[float]]:
    bots = dict.fromkeys(scenario.seat_ids, "greedy")
    found: dict[str, list[float]] = {seat: [] for seat in scenario.seat_ids}
    for nth in range(*chunk):
        for seat, score in Trial(scenario, arm, game_seed(seed, nth), bots).play().scores.items():
            found[seat].append(score)
    return found


class PlanRow(NamedTuple):
    """How a seat does when it plays one of its plans among greedy others."""

    seat: str
    plan: str
    games: int
    first: float
    won: float
    score: float


def count_plans(scenario: Scenario, games: int, seed: int, crowd: Crowd | None = None) -> list[PlanRow]:
    """Every plan of every seat, over the same seeds."""
    found = []
    for seat in scenario.spec.seats:
        for plan in seat.plans:
            bots = dict.fromkeys(scenario.seat_ids, "greedy") | {seat.id: f"greedy/{plan.id}"}
            counts = count_games(scenario, bots, games, seed, crowd)
            first, won = counts.first[seat.id] / games, counts.won[seat.id] / games
            found.append(PlanRow(seat.id, plan.id, games, first, won, fmean(counts.scores[seat.id])))
    return found


def rows(scenario: Scenario, counts: Counts, bots: str) -> list[Row]:
    """The table of qualities."""
    found = []
    for seat in scenario.seat_ids:
        found.append(_share("first", seat, counts.first[seat], counts.games, bots))
    for seat in scenario.seat_ids:
        found.append(_share("won", seat, counts.won[seat], counts.games, bots))
    found.append(_share("storm", "", counts.storms, counts.games, bots))
    found.append(_share("lead", "", counts.led, counts.games, bots))
    found.append(_row("decisions", "", mean_of(counts.decisions, step=1), counts.games, bots))
    return found


class Skill(NamedTuple):
    """What a strong and a greedy player did in each seat against a random one, and the strong one's cards."""

    strong: str
    contests: list[Measure]
    cards: Counts


def count_skill(
    scenario: Scenario, games: int, seed: int, crowd: Crowd | None = None, strong: str = STRONG
) -> Skill:
    """The contests of `wargame arena` in every seat, over the same seeds, with an eye on the cards."""
    found, cards = [], Counts()
    plain = dict.fromkeys(scenario.seat_ids, "greedy")
    greedy = count_games(scenario, plain, games, seed, crowd)
    for seat in scenario.seat_ids:
        random = count_games(scenario, plain | {seat: "random"}, games, seed, crowd)
        best = count_games(scenario, plain | {seat: strong}, games, seed, crowd)
        found += [
            _contest(Contest(seat, strong), best, random),
            _contest(Contest(seat, "greedy"), greedy, random),
        ]
        for card in scenario.decks[seat]:
            cards.used[card], cards.held[card] = best.used[card], best.held[card]
    return Skill(strong, found, cards)


def _contest(contest: Contest, better: Counts, random: Counts) -> Measure:
    seat = contest.seat
    pairs = zip(better.scores[seat], random.scores[seat], strict=True)
    gaps = Moments.of(one - other for one, other in pairs)
    return Measure(contest, _side(better, seat), _side(random, seat), gaps)


def _side(counts: Counts, seat: str) -> Side:
    return Side(Moments.of(counts.scores[seat]), counts.first[seat], counts.won[seat])


def skill_rows(scenario: Scenario, skill: Skill) -> list[Row]:
    """A row for each contest, and how often the strong player commits each card."""
    found = []
    for measure in skill.contests:
        seat, bot = measure.contest.seat, measure.contest.bot
        edge = measure.deviations() or Interval(0.0, -inf, inf)
        quality = "skill_search" if bot == skill.strong else "skill_greedy"
        found.append(_row(quality, seat, edge, measure.pairs, bot))
    found.sort(key=lambda row: row.quality, reverse=True)
    return [*found, *use_rows(scenario, skill.cards, skill.strong)]


def use_rows(scenario: Scenario, counts: Counts, bots: str) -> list[Row]:
    """How often each card is committed by those who hold it and can pay for it."""
    cards = [card for deck in scenario.decks.values() for card in deck]
    return [_share("use", card, counts.used[card], counts.held[card], bots) for card in cards]


def talk_rows(counts: Counts, silent: Mapping[str, list[float]]) -> list[Row]:
    """What it costs each seat when no deals may be made, and (`all`) how many seats fall by that."""
    found = []
    for seat, scores in silent.items():
        gaps = [one - other for one, other in zip(scores, counts.scores[seat], strict=False)]
        found.append(_row("talk", seat, mean_of(gaps, step=1), len(gaps), "greedy"))
    value = sum(row.value < 0 for row in found)
    low, high = (sum(row.verdict in kinds for row in found) for kinds in (("holds",), ("holds", "undecided")))
    fallen = Interval(value, low, high)
    band = (float(TALKERS), float(len(found)))
    told = verdict(fallen, *band)
    return [*found, Row("talk", "all", *fallen, band, found[0].n, "greedy", told)]


def _share(quality: str, subject: str, count: int, n: int, bots: str) -> Row:
    return _row(quality, subject, share(count, n), n, bots)


def _row(quality: str, subject: str, interval: Interval, n: int, bots: str) -> Row:
    band = BANDS[quality]
    return Row(quality, subject, *interval, band, n, bots, verdict(interval, *band))


def as_json(table: list[Row]) -> dict[str, Any]:
    """A row a quality and subject; `null` for what so few games do not tell."""
    return {
        "rows": [
            row._asdict()
            | {name: known(getattr(row, name)) for name in ("value", "low", "high")}
            | {"holds": row.verdict == "holds"}
            for row in table
        ]
    }


LIMITS = """\
A row **holds** if its whole interval lies in its band, is **refuted** if the whole interval lies outside, and
is **undecided** otherwise: too few games. Intervals are 95 % each: of twenty rows, luck may mislead one.
Of `talk` only the last row is promised: how many seats fall when nobody may sign anything.
What bots can't show stands at the end of `docs/many-games.md`."""


ARENA = (
    "Each seat in {pairs} games, once with the one player and once with the other, the other seats greedy:"
    " what `wargame arena` tells of the same seed."
)


def report(
    scenario: Scenario,
    counts: Counts,
    table: list[Row],
    how: str,
    plans: list[PlanRow] | None = None,
    contests: Sequence[Measure] = (),
) -> str:
    """The table as a page of Markdown."""
    lines = [
        "# Balance",
        "",
        how,
        "",
        LIMITS,
        "",
        "| quality | subject | value | 95 % | band | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for row in (row for row in table if row.quality != "use"):
        lines.append(_line(row))
    lines += ["", "## Scores", "", "| seat | mean | sd | won | ruined |", "|---|---|---|---|---|"]
    for seat, scores in counts.scores.items():
        lines.append(
            f"| {seat} | {fmean(scores):.1f} | {pstdev(scores):.1f} | {counts.won[seat] / counts.games:.1%} |"
            f" {counts.ruined[seat] / counts.games:.1%} |"
        )
    if contests:
        lines += ["", "## Against a random player", "", ARENA.format(pairs=contests[0].pairs), ""]
        lines += ["```text", arena.report(contests), "```"]
    if plans:
        lines += [
            "",
            "## Plans",
            "",
            f"One seat plays the plan, the others are greedy; {several(plans[0].games, 'game')}.",
        ]
        lines += ["", "| seat | plan | first | won | mean score |", "|---|---|---|---|---|"]
        lines += [f"| {p.seat} | {p.plan} | {p.first:.1%} | {p.won:.1%} | {p.score:.1f} |" for p in plans]
    lines += ["", "## Tracks at the end", "", "| track | start | mean | sd |", "|---|---|---|---|"]
    for track, values in counts.tracks.items():
        start = scenario.tracks[track].start
        lines.append(f"| {track} | {start} | {fmean(values):.1f} | {pstdev(values):.1f} |")
    lines += ["", "## Deals", "", "| deal | signed a game | broken or fallen | proved |", "|---|---|---|---|"]
    for deal in scenario.deals:
        signed = counts.signed[deal]
        shares = [f"{part[deal] / signed:.0%}" if signed else "–" for part in (counts.broken, counts.proved)]
        lines.append(f"| {deal} | {signed / counts.games:.2f} | {shares[0]} | {shares[1]} |")
    lines += ["", "## Cards", "", "Committed, of the hands that held it and could play it.", ""]
    lines += ["| quality | card | use | 95 % | band | verdict |", "|---|---|---|---|---|---|"]
    lines += [_line(row) for row in table if row.quality == "use"]
    return "\n".join(lines) + "\n"


NUMBERS = {"decisions": "{:.0f}", "skill_search": "{:.2f}", "skill_greedy": "{:.2f}", "talk": "{:+.1f}"}


def _line(row: Row) -> str:
    number = NUMBERS.get(row.quality, "{:.1%}")
    value, *ends = (number.format(part) for part in (row.value, row.low, row.high))
    band = _between(*(number.format(part) if abs(part) != NO_LIMIT else "" for part in row.band))
    told = row.verdict if row.verdict == "holds" else f"**{row.verdict}**"
    return f"| {row.quality} | {row.subject} | {value} | {' to '.join(ends)} | {band} | {told} |"


def _between(least: str, most: str) -> str:
    """A band in words, open where it has no limit."""
    if least and most:
        return f"{least} to {most}"
    return f"{least} or more" if least else f"{most} or less"
