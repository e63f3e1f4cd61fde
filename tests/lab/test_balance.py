"""The balance table: every row that is promised, numbers that are what they say, and games that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from tests.rules.boards import honeymoon, mini
from wargame.lab import balance as lab
from wargame.lab.arena import arena
from wargame.lab.arena import report as arena_report
from wargame.lab.balance import GREEDY, SILENT, Lineup, Row, Table
from wargame.lab.balance_report import as_json, forecast, report
from wargame.lab.output import Kept, KeptError, Key
from wargame.lab.simulate import simulate
from wargame.lab.workers import processes

SEATS = honeymoon().seat_ids
BOTS = dict.fromkeys(SEATS, "greedy")


def a_table(games: int, seed: int, few: int = 0, strong: str | None = None, silent: int = 0) -> Table:
    """A table of so many games of each lineup; none of plans."""
    asked = {GREEDY: Lineup(BOTS, games), SILENT: Lineup(BOTS, silent, deals=False)}
    for seat in SEATS:
        asked |= {
            f"{seat}={bot}": Lineup(BOTS | {seat: bot}, few) for bot in ("random", strong) if bot and few
        }
    return lab.play(honeymoon(), asked, seed, strong=strong)


def test_counts_are_those_of_simulate() -> None:
    """The same games from the same seeds give the same shares."""
    counts, summary = a_table(6, 9).counts[GREEDY], simulate(honeymoon(), BOTS, 6, 9).summary()

    for at, seat in enumerate(SEATS):
        assert fmean(counts.column("won", at)) == summary["won"][seat]
        assert fmean(counts.column("scores", at)) == pytest.approx(summary["scores"][seat]["mean"], abs=0.01)


def test_the_rows_have_their_shape() -> None:
    """Quality, subject, value, interval, band, n, who played, the verdict: as the JSON promises."""
    rows = as_json(a_table(4, 1))["rows"]

    keys = {"quality", "subject", "value", "low", "high", "band", "n", "bots", "verdict", "holds"}
    assert all(set(row) == keys for row in rows)
    assert {row["quality"] for row in rows} == {"first", "won", "storm", "lead", "decisions", "use"}
    assert sum(row["quality"] == "use" for row in rows) == 72
    for row in rows:
        assert row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9
        least, most = row["band"]
        inside = least <= row["low"] and row["high"] <= most
        outside = row["high"] < least or row["low"] > most
        assert row["verdict"] == ("holds" if inside else "refuted" if outside else "undecided")
        assert row["holds"] == inside
    assert "undecided" in {row["verdict"] for row in rows}, "four games prove little"


@pytest.mark.soak
def test_skill_is_measured_against_a_random_player() -> None:
    """A row a seat and kind; the strong player's cards are counted."""
    table = lab.rows(a_table(2, 1, few=2, strong="search:4"))

    rows = [row for row in table if row.quality.startswith("skill")]
    assert [(row.quality, row.bots) for row in rows[:6]] == [("skill_search", "search:4")] * 6
    assert [(row.quality, row.bots) for row in rows[6:]] == [("skill_greedy", "greedy")] * 6
    assert {row.bots for row in table if row.quality == "use"} == {"search:4"}
    assert sum(row.value for row in table if row.quality == "use") > 0


@pytest.mark.soak
def test_its_contests_are_those_of_the_arena() -> None:
    """Games, scores, shares and differences to the last digit; the page shows the arena's table."""
    table = a_table(4, 7, few=3, strong="greedy/hawk")
    measures = lab.contests(table)
    found = arena(honeymoon(), [measure.contest for measure in measures], 3, seed=7)

    assert measures == found.measures
    assert arena_report(found.measures) in report(table, "how")


def test_silence_is_a_game_without_deals() -> None:
    """Talk rows are paired with the same seeds; the last counts the seats that surely fall."""
    table = a_table(5, 1, silent=4)
    counts, silent = table.counts[GREEDY], table.counts[SILENT]
    rows = [row for row in lab.rows(table) if row.quality == "talk"]

    assert [row.subject for row in rows] == [*SEATS, "all"]
    *seats, together = rows
    assert together.value == sum(row.value < 0 for row in seats)
    assert together.low == sum(row.high <= 0 for row in seats)
    assert together.high == sum(row.low <= 0 for row in seats)
    assert rows[0].value == pytest.approx(
        fmean(silent.column("scores", 0)) - fmean(counts.column("scores", 0)[:4])
    )


def test_spreads_are_those_that_greedy_games_have() -> None:
    """The unit by which a seat is ranked is how far its score really scatters, not a guess."""
    counts = a_table(120, 9).counts[GREEDY]
    spreads = [honeymoon().spec.scoring.seats[seat].spread for seat in SEATS]
    scattered = [pstdev(counts.column("scores", at)) / spread for at, spread in enumerate(spreads)]

    assert scattered == [pytest.approx(1, abs=0.35)] * 6


# --- what is played, and what that will cost -----------------------------------------------------------


def test_quick_is_all_that_greedy_bots_tell() -> None:
    """Fairness, talk, greedy against random and the plans; no search bot."""
    asked = lab.lineups(honeymoon(), 2000, 200, strong=None)
    whole = lab.lineups(honeymoon(), 2000, 50)

    assert not any("search" in bot for lineup in asked.values() for bot in lineup.bots.values())
    assert set(whole) - set(asked) == {f"{seat}=search" for seat in SEATS}
    assert [asked[name].games for name in (GREEDY, SILENT, "rok=random")] == [2000, 500, 200]


def test_a_forecast_has_games_minutes_and_intervals() -> None:
    """Of every family of rows; more games take longer and say more."""
    few, many = (
        {family.rows: family for family in forecast(mini(), lab.lineups(mini(), games, 0), 1)}
        for games in (100, 10_000)
    )

    assert list(few) == ["first, won, storm, lead, decisions", "talk"]
    assert [family.games for family in many.values()] == [10_000, 2_500]
    assert few["talk"].seconds < many["talk"].seconds
    assert few["talk"].expected > many["talk"].expected


def test_a_table_of_nothing_yet_has_no_rows_but_cards() -> None:
    """Ctrl-C before the first game was done."""
    table = a_table(0, 1)
    table.interrupted = True

    assert {row.quality for row in lab.rows(table)} == {"use"}
    assert "Interrupted after 0 of 0 games" in report(table, "how")
    json.dumps(as_json(table), allow_nan=False)


# --- games that are kept -------------------------------------------------------------------------------


def a_mini_table(path: Path, games: int = 12, seed: int = 1, workers: int = 1) -> tuple[list[Row], str, int]:
    """The rows of a small scenario with games kept there, the notice, and how many games were played."""
    played = list[int]()
    with Kept(path, Key.of(mini(), seed)) as kept:
        before = sum(
            chunk.last - chunk.first for chunk in lab.had(kept, lab.lineups(mini(), games, 2, strong=None))
        )
        table = lab.play(
            mini(), lab.lineups(mini(), games, 2, strong=None), seed, processes(workers), played.append, kept
        )
    return lab.rows(table), kept.notice, (played[-1] if played else before) - before


def test_a_run_goes_on_with_what_is_kept(tmp_path: Path) -> None:
    """Cut anywhere, in the middle of a line too, it comes to what a run in one go comes to."""
    whole, _none, played = a_mini_table(tmp_path / "whole")
    lines = (tmp_path / "whole").read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut"
    cut.write_bytes(b"".join(lines[:9]) + lines[9][:20])

    again, notice, missing = a_mini_table(cut, workers=2)

    assert (again, notice) == (whole, "")
    assert missing == played - 8
    assert a_mini_table(cut) == (whole, "", 0)


def test_a_longer_run_uses_the_games_of_a_shorter_one(tmp_path: Path) -> None:
    """The rows are those of the longer run in one go."""
    a_mini_table(tmp_path / "kept", games=5)

    longer, _notice, _played = a_mini_table(tmp_path / "kept", games=12)

    assert longer == a_mini_table(tmp_path / "new", games=12)[0]


def test_games_of_another_deck_or_seed_are_left_alone(tmp_path: Path) -> None:
    """One sentence says so; they stay where they are."""
    path = tmp_path / "kept"
    with Kept(path, Key.of(honeymoon(), 1)):
        pass
    first, notice, _played = a_mini_table(path)
    assert notice == f"{path} has games of another deck as well, which are not used."
    _rows, notice, _played = a_mini_table(path, seed=2)
    assert notice == f"{path} has games of another seed as well, which are not used."

    assert a_mini_table(path)[::2] == (first, 0)


@pytest.mark.parametrize("raw", [b"# Balance\n", b"[1]\n", b"\xff\xfe", b"{}\n"])
def test_a_file_of_something_else_is_not_written_to(tmp_path: Path, raw: bytes) -> None:
    """A page, say: one sentence, and it stays as it was."""
    path = tmp_path / "page.md"
    path.write_bytes(raw)

    with pytest.raises(KeptError, match=r"page\.md .*\.$"):
        a_mini_table(path)
    assert path.read_bytes() == raw
