"""The balance table: every row that is promised, and numbers that are what they say."""

from __future__ import annotations

from statistics import fmean, pstdev

import pytest

from tests.rules.boards import honeymoon
from wargame.lab import balance as lab
from wargame.lab.arena import arena, report
from wargame.lab.simulate import simulate

GREEDY = dict.fromkeys(honeymoon().seat_ids, "greedy")


def test_counts_are_those_of_simulate() -> None:
    """The same games from the same seeds give the same shares."""
    counts, tally = lab.count_games(honeymoon(), GREEDY, 6, 9), simulate(honeymoon(), GREEDY, 6, 9)
    summary = tally.summary()
    assert {seat: counts.won[seat] / 6 for seat in GREEDY} == summary["won"]
    assert fmean(counts.scores["dprk"]) == pytest.approx(summary["scores"]["dprk"]["mean"], abs=0.01)


def test_the_rows_have_their_shape() -> None:
    """Quality, subject, value, interval, band, n, who played, the verdict: as the JSON promises."""
    counts = lab.count_games(honeymoon(), GREEDY, 4, 1)
    table = [*lab.rows(honeymoon(), counts, "greedy"), *lab.use_rows(honeymoon(), counts, "greedy")]
    keys = {"quality", "subject", "value", "low", "high", "band", "n", "bots", "verdict", "holds"}
    rows = lab.as_json(table)["rows"]
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
    skill = lab.count_skill(honeymoon(), 2, 1, strong="search:4")
    table = lab.skill_rows(honeymoon(), skill)

    rows = [row for row in table if row.quality.startswith("skill")]
    assert [(row.quality, row.bots) for row in rows[:6]] == [("skill_search", "search:4")] * 6
    assert [(row.quality, row.bots) for row in rows[6:]] == [("skill_greedy", "greedy")] * 6
    assert {row.bots for row in table if row.quality == "use"} == {"search:4"}
    assert sum(row.value for row in table if row.quality == "use") > 0


@pytest.mark.soak
def test_its_contests_are_those_of_the_arena() -> None:
    """Games, scores, shares and differences to the last digit; the page shows the arena's table."""
    skill = lab.count_skill(honeymoon(), 3, 7, strong="greedy/hawk")
    contests = [measure.contest for measure in skill.contests]
    found = arena(honeymoon(), contests, 3, seed=7)

    assert skill.contests == found.measures
    counts = lab.count_games(honeymoon(), GREEDY, 3, 7)
    page = lab.report(
        honeymoon(), counts, lab.rows(honeymoon(), counts, "greedy"), "how", None, skill.contests
    )
    assert report(found.measures) in page


def test_silence_is_a_game_without_deals() -> None:
    """Talk rows are paired with the same seeds; the last counts the seats that surely fall."""
    counts = lab.count_games(honeymoon(), GREEDY, 4, 1)
    silent = lab.silent_scores(honeymoon(), 4, 1)
    table = lab.talk_rows(counts, silent)
    assert [row.subject for row in table] == [*honeymoon().seat_ids, "all"]
    *seats, together = table
    assert together.value == sum(row.value < 0 for row in seats)
    assert together.low == sum(row.high <= 0 for row in seats)
    assert together.high == sum(row.low <= 0 for row in seats)
    assert table[0].value == pytest.approx(fmean(silent["rok"]) - fmean(counts.scores["rok"]))


def test_spreads_are_those_that_greedy_games_have() -> None:
    """The unit by which a seat is ranked is how far its score really scatters, not a guess."""
    counts = lab.count_games(honeymoon(), GREEDY, 120, 9)
    spreads = {seat: honeymoon().spec.scoring.seats[seat].spread for seat in GREEDY}

    assert {seat: pstdev(scores) / spreads[seat] for seat, scores in counts.scores.items()} == {
        seat: pytest.approx(1, abs=0.35) for seat in GREEDY
    }
