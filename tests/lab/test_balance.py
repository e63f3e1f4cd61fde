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
from wargame.lab.balance import GREEDY, REPLAYED, SEARCHING, SHORT, SILENT, STRONG, Lineup, Table
from wargame.lab.balance_report import as_json, forecast, report
from wargame.lab.bands import BANDS, bands_for
from wargame.lab.intervals import Interval
from wargame.lab.output import Kept, KeptError, Key
from wargame.lab.qualities import Row, contests, judged, openness, rows
from wargame.lab.simulate import simulate
from wargame.lab.workers import processes

SEATS = honeymoon().seat_ids
BOTS = dict.fromkeys(SEATS, "greedy")


def a_table(games: int, seed: int, few: int = 0, strong: str = STRONG, silent: int = 0) -> Table:
    """A table of so many games of each lineup; none of plans."""
    asked = {
        GREEDY: Lineup(BOTS, games),
        SILENT: Lineup(BOTS, silent, deals=False),
        REPLAYED: Lineup(BOTS, 0),
    }
    for seat in SEATS:
        asked |= {f"{seat}={bot}": Lineup(BOTS | {seat: bot}, few) for bot in ("random", strong) if few}
    return lab.play(honeymoon(), asked, seed, strong=strong)


def test_counts_are_those_of_simulate() -> None:
    """The same games from the same seeds give the same shares."""
    counts, summary = a_table(6, 9).counts[GREEDY], simulate(honeymoon(), BOTS, 6, 9).summary()

    for at, seat in enumerate(SEATS):
        assert fmean(counts.column("won", at)) == summary["won"][seat]
        assert fmean(counts.column("scores", at)) == pytest.approx(summary["scores"][seat]["mean"], abs=0.01)


def test_the_rows_have_their_shape() -> None:
    """Quality, subject, value, interval, band, n, who played, the verdict: as the JSON promises."""
    table = a_table(4, 1)
    found = as_json(table, {"arsenal": "up"})["rows"]

    keys = {"quality", "subject", "value", "low", "high", "band", "n", "bots", "rounds", "verdict", "holds"}
    assert all(set(row) == keys for row in found)
    assert {row["quality"] for row in found} == {
        "first", "won", "outcome", "lead", "decisions", "turn", "rolls", "bases", "modifiers", "level", "use",
        "often",
    }  # fmt: skip
    assert sum(row["quality"] == "use" for row in found) == 72
    for row, exact in zip(found, rows(table, {"arsenal": "up"}), strict=True):
        assert row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9
        assert (row["low"], row["high"]) == pytest.approx((exact.low, exact.high), abs=1e-4)
        least, most = row["band"]
        inside = least <= exact.low and exact.high <= most  # judged before it is rounded for the page
        outside = exact.high < least or exact.low > most
        assert row["verdict"] == ("holds" if inside else "refuted" if outside else "undecided")
        assert row["holds"] == inside
    assert "undecided" in {row["verdict"] for row in found}, "four games prove little"


@pytest.mark.soak
def test_skill_is_measured_against_a_random_player() -> None:
    """A row for each seat, the greedy player pooled over all; the strong player's cards are counted."""
    found = rows(a_table(2, 1, few=2, strong="search:4"))

    skill = [(row.quality, row.subject, row.bots) for row in found if row.quality == "skill_search"]
    assert skill == [("skill_search", seat, "search:4") for seat in SEATS]
    assert [row.n for row in found if row.quality == "random_all"] == [12]
    assert {row.bots for row in found if row.quality == "use"} == {"search:4"}
    assert sum(row.value for row in found if row.quality == "use") > 0


@pytest.mark.soak
def test_its_contests_are_those_of_the_arena() -> None:
    """Games, scores, shares and differences to the last digit; the page shows the arena's table."""
    table = a_table(4, 7, few=3, strong="greedy/hawk")
    measures = contests(table)
    found = arena(honeymoon(), [measure.contest for measure in measures], 3, seed=7)

    assert measures == found.measures
    assert arena_report(found.measures) in report(table, "how")


def test_silence_is_a_game_without_deals() -> None:
    """Talk rows are paired with the same seeds; the last counts the seats that surely fall."""
    table = a_table(5, 1, silent=4)
    counts, silent = table.counts[GREEDY], table.counts[SILENT]
    talk = [row for row in rows(table) if row.quality == "talk"]

    assert [row.subject for row in talk] == [*SEATS, "all"]
    *seats, together = talk
    assert together.value == sum(row.value < 0 for row in seats)
    assert together.low == sum(row.high <= 0 for row in seats)
    assert together.high == sum(row.low <= 0 for row in seats)
    assert talk[0].value == pytest.approx(
        fmean(silent.column("scores", 0)) - fmean(counts.column("scores", 0)[:4])
    )


def test_spreads_are_those_that_greedy_games_have() -> None:
    """The unit by which a seat is ranked is how far its score really scatters, not a guess."""
    counts = a_table(120, 9).counts[GREEDY]
    spreads = [honeymoon().spec.scoring.seats[seat].spread for seat in SEATS]
    scattered = [pstdev(counts.column("scores", at)) / spread for at, spread in enumerate(spreads)]

    assert scattered == [pytest.approx(1, abs=0.35)] * 6


# --- what rows are made of --------------------------------------------------------------------------------


def test_a_figure_is_reached_by_the_value_and_nearly_by_its_interval() -> None:
    """A tenth of leeway below it; a value short of it never holds; what is surely short is refuted."""
    assert judged("random_cards", Interval(0.42, 0.31, 0.53), BANDS["random_cards"]) == "holds"
    assert judged("random_cards", Interval(0.42, 0.29, 0.55), BANDS["random_cards"]) == "undecided"
    assert judged("random_cards", Interval(0.39, 0.35, 0.43), BANDS["random_cards"]) == "undecided"
    assert judged("random_cards", Interval(0.1, 0.0, 0.2), BANDS["random_cards"]) == "refuted"
    assert judged("skill_search", Interval(1.2, 0.95, 1.5), BANDS["skill_search"]) == "undecided", (
        "by seat, the low end must reach it"
    )


def test_openness_is_what_the_position_does_not_explain() -> None:
    """All of it if positions are alike on the whole; nothing if replays of one all end alike."""
    settled = [[[10]] * 4, [[20]] * 4, [[30]] * 4]
    alike = [[[10], [20], [30], [40]], [[40], [10], [20], [30]], [[20], [30], [10], [40]]]
    half = [[[0], [2]], [[4], [6]]]

    assert openness(settled) == 0
    assert openness(alike) == 1
    assert openness(half) == pytest.approx(2 / (2 + 7)), "within 2; between: means 1 and 5, 8 less half of 2"


def test_positions_settle_as_a_game_goes_on() -> None:
    """What is played on from late orders is more alike than from early ones; each round has its row."""
    asked = {GREEDY: Lineup(BOTS, 2), SILENT: Lineup(BOTS, 0), REPLAYED: Lineup(BOTS, 6, replays=3)}

    found = [row for row in rows(lab.play(honeymoon(), asked, 1)) if row.quality.startswith("open_")]

    assert [row.quality for row in found] == [f"open_{nth}" for nth in range(1, 7)]
    assert found[0].value > found[-1].value


@pytest.mark.soak
def test_between_searching_bots_breaches_are_counted_and_weighed() -> None:
    """Every contract above the first rung is one chance; what a breach brought is a mean over other lucks."""
    bots = dict.fromkeys(SEATS, "search:8")
    asked = {GREEDY: Lineup(BOTS, 20), SILENT: Lineup(BOTS, 0), REPLAYED: Lineup(BOTS, 0)}

    table = lab.play(honeymoon(), asked | {SEARCHING: Lineup(bots, 3)}, 1, strong="search:8")

    counts = table.counts[SEARCHING]
    row = next(row for row in rows(table) if row.quality == "treachery")
    assert row.n == sum(game.contracts for game in counts.games.values()) > 0
    assert sum(map(len, counts.gained.values())) == sum(game.breaches for game in counts.games.values())


def test_every_quality_that_is_promised_has_a_band() -> None:
    """The names that a designer tunes by."""
    promised = """random_cards random_choices stand_decides random_all search_over_greedy skill_search
        more_playouts treachery treachery_pays rolls bases modifiers first won use talk counter accuse open_1
        open_2 open_3 open_4 open_5 open_6 lead outcome.storm decisions level"""

    assert set(promised.split()) <= set(bands_for(honeymoon(), {}))


# --- what is played, and what that will cost -----------------------------------------------------------


def test_quick_is_all_that_greedy_bots_tell() -> None:
    """Fairness, talk, greedy against random and the plans; no search bot."""
    asked = lab.lineups(honeymoon(), 2000)
    whole = lab.lineups(honeymoon(), 2000, 50)

    assert not any("search" in bot for lineup in asked.values() for bot in lineup.bots.values())
    assert set(whole) - set(asked) == {
        SEARCHING, *(f"{seat}={bot}" for seat in SEATS for bot in ("search", "search:256"))
    }  # fmt: skip
    kinds = (GREEDY, SILENT, SHORT, REPLAYED, "rok=random", "china=random-cards", "us=never-stand")
    assert [asked[name].games for name in kinds] == [2000, 500, 500, 60, 200, 200, 200]
    assert asked[SHORT].rounds == 4
    assert "china=never-stand" not in asked, "whoever has no stand needs no habit of it"


def test_a_forecast_has_games_minutes_and_intervals() -> None:
    """Of every family of rows; more games take longer and say more."""
    few, many = (
        {family.rows: family for family in forecast(mini(), lab.lineups(mini(), games), 1)}
        for games in (100, 10_000)
    )

    assert list(few) == [
        "first, won, outcome, lead, decisions, rolls",
        "talk",
        "open_n",
        "random_cards, random_choices, random_all",
        "stand_decides",
    ]
    assert [family.games for family in many.values()][:3] == [10_000, 2_500, 60]
    assert few["talk"].seconds < many["talk"].seconds
    assert few["talk"].expected > many["talk"].expected


def test_a_table_of_nothing_yet_has_no_rows_but_cards() -> None:
    """Ctrl-C before the first game was done."""
    table = a_table(0, 1)
    table.interrupted = True

    assert {row.quality for row in rows(table)} == {"use"}
    assert "Interrupted after 0 of 0 games" in report(table, "how")
    json.dumps(as_json(table), allow_nan=False)


# --- games that are kept -------------------------------------------------------------------------------


def a_mini_table(path: Path, games: int = 12, seed: int = 1, workers: int = 1) -> tuple[list[Row], str, int]:
    """The rows of a small scenario with games kept there, the notice, and how many games were played."""
    played = list[int]()
    with Kept(path, Key.of(mini(), seed)) as kept:
        before = sum(chunk.last - chunk.first for chunk in lab.had(kept, lab.lineups(mini(), games)))
        table = lab.play(mini(), lab.lineups(mini(), games), seed, processes(workers), played.append, kept)
    return rows(table), kept.notice, (played[-1] if played else before) - before


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
