"""Is it a good game? What the games of the balance table come to, held against the bands that are wanted.

Intervals are 95 per cent each: Wilson's for shares, Student's for means, and for what is pooled over seats a
normal one of standard deviations, every seat counting alike; the unit is that seat's own among greedy bots.
A row holds only if all of its interval lies in its band. Where a figure is to be reached (`LEEWAY`), the
value must reach it, and the interval may fall short of it by so much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf, isfinite, sqrt
from statistics import fmean
from typing import Literal, NamedTuple

from wargame.lab.arena import Contest, Measure, Side
from wargame.lab.balance import (
    FEW_ROUNDS,
    GREEDY,
    REPLAYED,
    SEARCHING,
    SHORT,
    SILENT,
    STRONGER,
    Counts,
    Table,
)
from wargame.lab.bands import ANYTHING, LEEWAY, Band, bands_for
from wargame.lab.intervals import Interval, Moments, Verdict, Z, mean_of, share, verdict


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
    rounds: int
    """How long the games were; 0 as long as the scenario says."""


Direction = Literal["up", "down"]
"""Whether a level ends at or above its start, or at or below."""


def rows(
    table: Table, levels: Mapping[str, Direction] | None = None, own: Mapping[str, Band] | None = None
) -> list[Row]:
    """Return the table of qualities; what no game has told is left out. `own` are the scenario's bands."""
    bands = bands_for(table.scenario, own or {})
    found = [
        *choice_rows(table),
        *skill_rows(table),
        *treachery_rows(table),
        *dice_rows(table),
        *fair_rows(table, GREEDY),
        *fair_rows(table, SHORT),
        *talk_rows(table),
        *open_rows(table),
        *level_rows(table, levels or {}),
        *use_rows(table),
    ]
    return [_held_to(bands, row) for row in found if row.n or row.quality == "use"]


def _held_to(bands: Mapping[str, Band], row: Row) -> Row:
    """A row with the band that the scenario wants, and the verdict by it."""
    band = bands.get(f"{row.quality}.{row.subject}") or bands.get(row.quality, row.band)
    interval = Interval(row.value, row.low, row.high)
    return row._replace(band=band, verdict=judged(row.quality, interval, band))


# --- one seat changed, the others greedy -----------------------------------------------------------------


def pooled(table: Table, gaps: Mapping[str, Sequence[int]]) -> tuple[Interval, int]:
    """Return the mean over seats of the mean gap of each, in its own spreads, and how many pairs that is."""
    values, squares, n = [], 0.0, 0
    for seat, numbers in gaps.items():
        sd = spread(table, seat)
        if len(numbers) < 2 or not sd:
            return Interval(0.0, -inf, inf), n
        own = Moments.of(numbers)
        values.append(own.mean / sd)
        squares += (own.sd(less=1) / sd) ** 2 / len(numbers)
        n += len(numbers)
    if not values:
        return Interval(0.0, -inf, inf), 0
    mean, half = fmean(values), Z * sqrt(squares) / len(values)
    return Interval(mean, mean - half, mean + half), n


def spread(table: Table, seat: str) -> float:
    """Return how far a seat's scores scatter among greedy bots, in points."""
    at = table.scenario.seat_ids.index(seat)
    return Moments.of(table.counts[GREEDY].column("scores", at)).sd(less=1)


def gaps(table: Table, bot: str, other: str = GREEDY, seats: Iterable[str] = ()) -> dict[str, list[int]]:
    """Return by seat what one bot scores there over another, game by game over the same luck."""
    found = {}
    for seat in seats or table.scenario.seat_ids:
        at = table.scenario.seat_ids.index(seat)
        one, two = (side(table, seat, who) for who in (bot, other))
        found[seat] = [mine - theirs for mine, theirs in _pairs(one, two, at)]
    return found


def side(table: Table, seat: str, bot: str) -> Counts:
    """Return the games in which that bot had the seat and greedy ones the others."""
    return table.counts[GREEDY] if bot == GREEDY else table.counts.get(f"{seat}={bot}", Counts())


def choice_rows(table: Table) -> Iterator[Row]:
    """Return what is lost by who leaves something to luck, or to a habit."""
    for quality, bot in (("random_cards", "random-cards"), ("random_choices", "random-choices")):
        interval, n = pooled(table, gaps(table, GREEDY, bot))
        yield _row(quality, "all", interval, n, bot)
    seats = {seat for stand in table.scenario.stands.values() for seat in stand.seats}
    standing = [seat for seat in table.scenario.seat_ids if seat in seats]
    habits = [(*pooled(table, gaps(table, GREEDY, bot, standing)), bot) for bot in HABITUAL]
    interval, n, bot = min(habits, key=lambda habit: habit[0].value)
    if standing:
        yield _row("stand_decides", "all", interval, n, bot)
    interval, n = pooled(table, gaps(table, GREEDY, "random"))
    yield _row("random_all", "all", interval, n, "random")


HABITUAL = ("always-stand", "never-stand")


def skill_rows(table: Table) -> Iterator[Row]:
    """Return what thinking ahead gains: over greed, over luck seat by seat, and by thinking longer."""
    strong = table.strong
    interval, n = pooled(table, gaps(table, strong))
    yield _row("search_over_greedy", "all", interval, n, strong)
    for measure in contests(table):
        if measure.contest.bot == strong:
            edge = measure.deviations() or Interval(0.0, -inf, inf)
            yield _row("skill_search", measure.contest.seat, edge, measure.pairs, strong)
    interval, n = pooled(table, gaps(table, STRONGER, strong))
    yield _row("more_playouts", "all", interval, n, STRONGER)


def contests(table: Table) -> list[Measure]:
    """Return what a strong and a greedy player did in each seat against a random one, as an arena has it."""
    found = []
    for at, seat in enumerate(table.scenario.seat_ids):
        random = side(table, seat, "random")
        for bot in (table.strong, GREEDY):
            better = side(table, seat, bot).among(random)
            differences = Moments.of(one - other for one, other in _pairs(better, random, at))
            sides = (_side(better, at), _side(random.among(better), at))
            if differences.n:
                found.append(Measure(Contest(seat, bot), *sides, differences))
    return found


def _side(counts: Counts, at: int) -> Side:
    scores = Moments.of(counts.column("scores", at))
    return Side(scores, sum(counts.column("first", at)), sum(counts.column("won", at)))


def _pairs(one: Counts, other: Counts, at: int) -> Iterable[tuple[int, int]]:
    """Return a seat's scores in both, game by game."""
    return (
        (game.scores[at], other.games[nth].scores[at])
        for nth, game in one.games.items()
        if nth in other.games
    )


# --- what happens in games ------------------------------------------------------------------------------


def treachery_rows(table: Table) -> Iterator[Row]:
    """Return how many contracts searching bots hold back by choice, and what that brings them."""
    counts, bots = table.counts.get(SEARCHING, Counts()), table.strong
    signed = sum(game.contracts for game in counts.games.values())
    breaches = sum(game.breaches for game in counts.games.values())
    yield _row("treachery", "", share(breaches, signed), signed, bots)
    spreads = [spread(table, seat) or 1.0 for seat in table.scenario.seat_ids]
    gained = [by / spreads[at] for found in counts.gained.values() for at, by in found]
    yield _row("treachery_pays", "", mean_of(gained, step=0.05), len(gained), bots)
    for verb in ("counter", "accuse"):
        yield _row(verb, "", share(counts.tallies["verbs"][verb], counts.n), counts.n, bots)


def dice_rows(table: Table) -> Iterator[Row]:
    """Return the rolls that the room hears in a game, how many different bases all rolls have, and the most
    reasons that one of them has.
    """
    plain = table.counts[GREEDY]
    rolls = [game.rolls for game in plain.games.values()]
    yield _row("rolls", "", mean_of(rolls, step=1), plain.n, GREEDY)
    bases, reasons = plain.tallies["bases"], plain.tallies["reasons"]
    for quality, value in (("bases", len(bases)), ("modifiers", max(map(int, reasons), default=0))):
        yield _row(quality, "", Interval(value, value, value), bases.total(), GREEDY)


def fair_rows(table: Table, kind: str) -> Iterator[Row]:
    """Return who comes first, who wins, how the game ends, the leader's luck, and how long it takes."""
    counts, scenario = table.counts.get(kind, Counts()), table.scenario
    rounds = FEW_ROUNDS if kind == SHORT else 0
    games = list(counts.games.values())
    for what in ("first", "won"):
        for at, seat in enumerate(scenario.seat_ids):
            yield _share(what, seat, counts.column(what, at), rounds)
    for outcome in scenario.outcomes:
        yield _share("outcome", outcome, [game.outcome == outcome for game in games], rounds)
    yield _share("lead", "", [game.led for game in games], rounds)
    if kind == GREEDY:
        length = mean_of([game.decisions for game in games], step=1)
        yield _row("decisions", "", length, counts.n, GREEDY, rounds)
    turns, bots = counts, GREEDY
    if kind == GREEDY and (searching := table.counts.get(SEARCHING, Counts())).n:
        turns, bots = searching, table.strong
    median = median_of(turns.tallies["turns"])
    yield _row("turn", "", median, turns.tallies["turns"].total(), bots, rounds)


def median_of(tally: Counter[str]) -> Interval:
    """Return the median of whole numbers that were tallied, and those of its interval by rank."""
    numbers = sorted((int(number), times) for number, times in tally.items())
    n = tally.total()

    def at(rank: float) -> float:
        for number, times in numbers:
            rank -= times
            if rank < 0:
                return number
        return numbers[-1][0] if numbers else 0

    return Interval(at(n / 2), at(max(n / 2 - Z * sqrt(n) / 2, 0)), at(n / 2 + Z * sqrt(n) / 2))


def talk_rows(table: Table) -> Iterator[Row]:
    """Return what it costs each seat when no deals may be made, and (`all`) how many seats fall by that."""
    found = []
    silent = table.counts[SILENT].among(table.counts[GREEDY])
    plain = table.counts[GREEDY].among(silent)
    for at, seat in enumerate(table.scenario.seat_ids):
        lost = [one - other for one, other in _pairs(silent, plain, at)]
        found.append(_row("talk", seat, mean_of(lost, step=1), silent.n, GREEDY))
    value = sum(row.value < 0 for row in found)
    low, high = sum(row.high < 0 for row in found), sum(row.low < 0 for row in found)
    yield from found
    yield _row("talk", "all", Interval(value, low, high), silent.n, GREEDY)


def open_rows(table: Table) -> Iterator[Row]:
    """Return how much of the scores is still open at the orders of each round.

    It is one minus the share of a score's variance that the position explains (an analysis of variance of
    games that are played on from it several times), pooled over seats; the interval is the jackknife's.
    """
    replays = [game for game in table.counts[REPLAYED].replays.values() if game]
    for at in range(table.scenario.spec.rules.rounds):
        games = [game[at] for game in replays if len(game) > at]
        if len(games) < 2:
            continue
        value = openness(games)
        without = [openness(games[:nth] + games[nth + 1 :]) for nth in range(len(games))]
        middle, n = fmean(without), len(games)
        half = Z * sqrt((n - 1) / n * sum((one - middle) ** 2 for one in without))
        yield _row(f"open_{at + 1}", "all", Interval(value, value - half, value + half), n, GREEDY)


def openness(games: Sequence[Sequence[Sequence[int]]]) -> float:
    """Return the share of variance that lies within positions; scores are by position, replay and seat."""
    found = []
    for seat in range(len(games[0][0])):
        within, means, k = 0.0, list[float](), len(games[0])
        for game in games:
            scores = [replay[seat] for replay in game]
            mean = fmean(scores)
            within += sum((score - mean) ** 2 for score in scores)
            means.append(mean)
        inside = within / (len(games) * (k - 1))
        middle = fmean(means)
        between = max(sum((mean - middle) ** 2 for mean in means) / max(len(games) - 1, 1) - inside / k, 0.0)
        if inside + between:
            found.append(inside / (inside + between))
    return fmean(found) if found else 0.0


def level_rows(table: Table, levels: Mapping[str, Direction]) -> Iterator[Row]:
    """Return how far tracks end from their start in games with arms contracts: upwards, or downwards."""
    scenario = table.scenario
    games = [game for game in table.counts[GREEDY].games.values() if game.contracts]
    for track, goes in levels.items():
        at, sign = list(scenario.tracks).index(track), 1 if goes == "up" else -1
        moved = [(game.tracks[at] - scenario.tracks[track].start) * sign for game in games]
        yield _row("level", f"{track} {goes}", mean_of(moved, step=1), len(games), GREEDY)


def use_rows(table: Table) -> Iterator[Row]:
    """Return how often each card is committed by who holds it and can pay, and what comes in most games."""
    searching = table.counts.get(SEARCHING, Counts())
    for seat, deck in table.scenario.decks.items():
        counts, bots = side(table, seat, table.strong), table.strong
        if not counts.n:
            counts, bots = table.counts[GREEDY], GREEDY
        for card in deck:
            used, held = counts.tallies["used"][card], counts.tallies["held"][card]
            if bots != GREEDY:
                used, held = used + searching.tallies["used"][card], held + searching.tallies["held"][card]
            yield _row("use", card, share(used, held), held, bots)
    counts, bots = (searching, table.strong) if searching.n else (table.counts[GREEDY], GREEDY)
    for name, times in counts.tallies["often"].most_common(1):
        yield _row("often", name, share(times, counts.n), counts.n, bots)


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


def _share(quality: str, subject: str, hits: Sequence[int], rounds: int) -> Row:
    return _row(quality, subject, share(sum(hits), len(hits)), len(hits), GREEDY, rounds)


def _row(quality: str, subject: str, interval: Interval, n: int, bots: str, rounds: int = 0) -> Row:
    return Row(quality, subject, *interval, ANYTHING, n, bots, "undecided", rounds)


def judged(quality: str, interval: Interval, band: Band) -> Verdict:
    """Return the verdict on a quality; a figure with leeway must be reached by the value itself."""
    least, most = band
    if quality in LEEWAY and least <= interval.value and isfinite(interval.low):
        return "holds" if interval.low >= least - LEEWAY[quality] else "undecided"
    return verdict(interval, least, most)
