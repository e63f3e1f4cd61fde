"""The balance table told: as a page and as JSON, and what it will cost before it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import isfinite, sqrt
from statistics import fmean, pstdev
from time import process_time
from typing import Any, NamedTuple

from wargame.bots.judge import Judge
from wargame.counting import aligned, several
from wargame.lab import arena
from wargame.lab.balance import (
    GREEDY,
    REPLAYED,
    SEARCHING,
    SHORT,
    SILENT,
    STRONG,
    STRONGER,
    Lineup,
    Table,
    had,
)
from wargame.lab.bands import LEEWAY, NO_LIMIT, Band
from wargame.lab.intervals import Interval, Z, share
from wargame.lab.output import Kept
from wargame.lab.qualities import Direction, Row, contests, plan_rows, rows
from wargame.lab.simulate import game_seed, play_game
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.rules.state import State

PROBE = 3.0
"""Seconds for which a slow player is watched to tell how long its games will take."""


class Family(NamedTuple):
    """Rows that come of the same games: how many are left to play, and seconds of a processor for them.

    `expected` is about how far their intervals will reach to either side.
    """

    rows: str
    games: int
    seconds: float
    expected: str


def forecast(
    scenario: Scenario,
    asked: Mapping[str, Lineup],
    seed: int,
    kept: Kept | None = None,
    strong: str = STRONG,
) -> list[Family]:
    """Return what each family of rows will cost, by a look at some games, and how sure it will be."""
    has = Counter[str]()
    for chunk in had(kept, asked) if kept is not None else ():
        has[chunk.of] += len(chunk.games)
    _warm, length = _pace(scenario, asked[GREEDY], seed)
    fast, _length = _pace(scenario, asked[GREEDY], seed)
    spread = fmean(scenario.spec.scoring.seats[seat].spread for seat in scenario.seat_ids)

    def half(part: float, n: int) -> float:
        found = share(round(part * n), n)
        return (found.high - found.low) / 2

    found = []
    for title, ends, expected in (
        ("first, won, outcome, lead, decisions, rolls", GREEDY, "first ±{first:.1%}, won ±{won:.1%}"),
        ("the same over a few rounds", SHORT, "first ±{first:.1%}, won ±{won:.1%}"),
        ("talk", SILENT, "±{points:.1f} points"),
        ("open_n", REPLAYED, ""),
        ("random_cards, random_choices, random_all", "=random", "±{pool:.2f} sd"),
        ("stand_decides", "-stand", "±{pool:.2f} sd"),
        ("search_over_greedy, skill_search, use", f"={strong}$", "±{pool:.2f} and ±{sd:.2f} sd"),
        ("more_playouts", f"={STRONGER}$", "±{pool:.2f} sd"),
        ("treachery, counter, accuse", SEARCHING, "±{won:.1%} of games"),
        ("plans", "=greedy/", "won ±{won:.1%}"),
    ):
        names = [name for name in asked if name == ends or (ends[0] in "=-" and ends in name + "$")]
        if not names:
            continue
        slow = ends in (SEARCHING, f"={strong}$", f"={STRONGER}$")
        if slow:
            Judge.of(scenario)  # it learns once, not in each game
        pace = _pace(scenario, asked[names[0]], seed, length)[0] if slow else fast
        pace *= 1 + 3 * asked[names[0]].replays
        n, left = asked[names[0]].games, sum(asked[name].games - has[name] for name in names)
        told = expected.format(
            first=half(1 / len(scenario.seat_ids), n),
            won=half(0.5, n),
            points=Z * spread * sqrt(2 / n),
            sd=Z * sqrt(2 / n),
            pool=Z * sqrt(2 / (n * len(names))),
        )
        found.append(Family(title, left, left * pace, told))
    return found


class _EnoughError(Exception):
    """Has seen enough of a game."""


def _pace(scenario: Scenario, lineup: Lineup, seed: int, length: int = 0) -> tuple[float, int]:
    """Measure the seconds of a processor and the decisions of a game.

    With the usual `length` it is one with slow players, of which a beginning is played: they have their part
    of the decisions, which take half as long on average, as a game has always less left to be played on.
    """
    slow = [seat for seat, bot in lineup.bots.items() if bot != GREEDY]
    start, decisions, thought = process_time(), 0, 0

    def watch(_state: State, move: Move) -> None:
        nonlocal decisions, thought
        decisions += 1
        thought += move.seat in slow
        if length and thought and process_time() > start + PROBE:
            raise _EnoughError

    with suppress(_EnoughError):
        play_game(scenario, lineup.bots, game_seed(seed, 0), watch=watch)
        return process_time() - start, decisions
    share = length * len(slow) / len(lineup.bots)
    return (process_time() - start) / thought * share / 2, decisions


def told_before(families: Sequence[Family], processes: int | None) -> str:
    """Tell for each family of rows its games, minutes, and about how far its 95 % intervals will reach."""
    every = Family("all", sum(each.games for each in families), sum(each.seconds for each in families), "")
    lines = [("rows", "games", "minutes", "95 % within about")]
    for each in (*families, every):
        minutes = each.seconds / 60 / (processes or 1)
        lines.append((each.rows, f"{each.games:,}", f"{minutes:.1f}", each.expected))
    where = (
        f"on {several(processes, 'process', 'processes')}"
        if processes
        else "of one of the cluster's processors"
    )
    return "\n".join([*aligned(lines, right=(1, 2)), f"Minutes are {where}, by a look at some games."])


def as_json(
    table: Table, levels: Mapping[str, Direction] | None = None, own: Mapping[str, Band] | None = None
) -> dict[str, Any]:
    """Return a row a quality and subject; `null` for what so few games do not tell."""
    return {
        "interrupted": table.interrupted,
        "rows": [
            row._asdict() | Interval(row.value, row.low, row.high).plain() | {"holds": row.verdict == "holds"}
            for row in rows(table, levels, own)
        ],
    }


LIMITS = """\
A row **holds** if its whole interval lies in its band, is **refuted** if the whole interval lies outside, and
is **undecided** otherwise: too few games. Intervals are 95 % each: of twenty rows, luck may mislead one.
Of `talk` only the last row is promised: how many seats fall when nobody may sign anything. `turn` is the
median of the moves in a turn; `often` is what came in most games; `level` says how far a track went the way
that is meant, in games with arms contracts.
What bots can't show stands at the end of `docs/many-games.md`."""


ARENA = (
    "Each seat in {pairs} games, once with the one player and once with the other, the other seats greedy:"
    " what `wargame arena` tells of the same seed."
)


def report(
    table: Table,
    how: str,
    levels: Mapping[str, Direction] | None = None,
    own: Mapping[str, Band] | None = None,
) -> str:
    """Return the table as a page of Markdown; `how` says what was played."""
    found, plain, scenario = rows(table, levels, own), table.counts[GREEDY], table.scenario
    cut_short = f"**Interrupted after {table.games} of {several(table.asked, 'game')}: rows with fewer.**"
    lines = [
        "# Balance",
        "",
        how,
        *(["", cut_short] if table.interrupted else []),
        "",
        LIMITS,
        "",
        "| quality | subject | value | 95 % | band | verdict |",
        "|---|---|---|---|---|---|",
        *(_line(row) for row in found if row.quality != "use"),
        *("", "## Scores", "", "| seat | mean | sd | won | ruined |", "|---|---|---|---|---|"),
    ]
    if not plain.n:
        return "\n".join([*lines, "", "No game was finished."]) + "\n"
    for at, seat in enumerate(scenario.seat_ids):
        scores, won, ruined = (plain.column(what, at) for what in ("scores", "won", "ruined"))
        lines.append(f"| {seat} | {_spread(scores)} | {fmean(won):.1%} | {fmean(ruined):.1%} |")
    if measures := contests(table):
        lines += ["", "## Against a random player", "", ARENA.format(pairs=measures[0].pairs), ""]
        lines += ["```text", arena.report(measures), "```"]
    if plans := plan_rows(table):
        played = several(max(plan.games for plan in plans), "game")
        lines += ["", "## Plans", "", f"One seat plays the plan, the others are greedy; {played}."]
        lines += ["", "| seat | plan | first | won | mean score |", "|---|---|---|---|---|"]
        lines += [f"| {p.seat} | {p.plan} | {p.first:.1%} | {p.won:.1%} | {p.score:.1f} |" for p in plans]
    lines += ["", "## Tracks at the end", "", "| track | start | mean | sd |", "|---|---|---|---|"]
    for at, track in enumerate(scenario.tracks):
        lines.append(f"| {track} | {scenario.tracks[track].start} | {_spread(plain.column('tracks', at))} |")
    lines += ["", "## Deals", "", "| deal | signed a game | broken or fallen | proved |", "|---|---|---|---|"]
    parts = plain.tallies["broken"], plain.tallies["proved"]
    for deal in scenario.deals:
        signed = plain.tallies["signed"][deal]
        shares = [f"{part[deal] / signed:.0%}" if signed else "–" for part in parts]
        lines.append(f"| {deal} | {signed / plain.n:.2f} | {shares[0]} | {shares[1]} |")
    lines += ["", "## Cards", "", "Committed, of the hands that held it and could play it.", ""]
    lines += ["| quality | card | use | 95 % | band | verdict |", "|---|---|---|---|---|---|"]
    lines += [_line(row) for row in found if row.quality == "use"]
    return "\n".join(lines) + "\n"


def _spread(numbers: Sequence[int]) -> str:
    return f"{fmean(numbers):.1f} | {pstdev(numbers):.1f}"


SPREADS = {*LEEWAY, "skill_search", "treachery_pays", "level"}
NUMBERS = {
    "decisions": "{:.0f}", "turn": "{:.0f}", "bases": "{:.0f}", "modifiers": "{:.0f}", "rolls": "{:.1f}",
    "talk": "{:+.1f}", **dict.fromkeys(SPREADS, "{:.2f}"),
}  # fmt: skip


def _line(row: Row) -> str:
    number = NUMBERS.get(row.quality, "{:.1%}")
    value, *ends = (number.format(part) if isfinite(part) else "–" for part in (row.value, row.low, row.high))
    band = _between(*(number.format(part) if abs(part) != NO_LIMIT else "" for part in row.band))
    told = row.verdict if row.verdict == "holds" else f"**{row.verdict}**"
    subject = ", ".join(filter(None, (row.subject, several(row.rounds, "round") if row.rounds else "")))
    return f"| {row.quality} | {subject} | {value} | {' to '.join(ends)} | {band} | {told} |"


def _between(least: str, most: str) -> str:
    """Return a band in words, open where it has no limit."""
    if least and most:
        return f"{least} to {most}"
    if least:
        return f"{least} or more"
    return f"{most} or less" if most else ""
