"""Rows of games in files: the columns, the values, and never half a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tests.rules.boards import honeymoon, mini
from wargame.lab.output import ROWS, GamesFile, OutputError, columns
from wargame.lab.simulate import Played, simulate
from wargame.rules.scenario import Scenario

BOTS = {"amber": "greedy", "birch": "random", "cedar": "random"}


def some_games(count: int) -> list[Played]:
    kept: list[Played] = []
    simulate(mini(), BOTS, count, 3, 2, each=kept.append)
    return kept


def write(path: Path, games: list[Played]) -> Path:
    with GamesFile(path, mini(), BOTS) as file:
        for game in games:
            file.put(game)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("scenario", [mini(), honeymoon()], ids=["mini", "honeymoon"])
def test_the_columns_of_a_scenario(scenario: Scenario) -> None:
    """Of the game, of every seat, and of every track; no two alike."""
    names = [column.name for column in columns(scenario)]

    assert names[:6] == ["game", "seed", "rounds", "last_round", "outcome", "decisions"]
    for what in ("bot", "score", "won", "ruined", "first"):
        assert [n for n in names if n.startswith(f"{what}_")] == [f"{what}_{s}" for s in scenario.seat_ids]
    assert names[-len(scenario.tracks) :] == [f"track_{track}" for track in scenario.tracks]
    assert len(names) == len(set(names)) == 6 + 5 * len(scenario.seat_ids) + len(scenario.tracks)


def test_csv_and_parquet_hold_the_same_games(tmp_path: Path) -> None:
    """A row a game, with the values of the game; yes and no are 1 and 0 in CSV, booleans in Parquet."""
    games = some_games(12)

    lines = read_csv(write(tmp_path / "games.csv", games))
    table = parquet.read_table(write(tmp_path / "games.parquet", games))

    assert len(lines) == table.num_rows == 12
    assert list(lines[0]) == table.column_names == [column.name for column in columns(mini())]
    for game, line, row in zip(games, lines, table.to_pylist(), strict=True):
        assert row == expected(game)
        assert line == {name: str(int(v) if isinstance(v, bool) else v) for name, v in row.items()}


def expected(game: Played) -> dict[str, Any]:
    """A game's row, written out."""
    row: dict[str, Any] = {"game": game.nth + 1, "seed": game.seed, "rounds": 2}
    row |= {"last_round": game.last_round, "outcome": game.outcome, "decisions": game.decisions}
    for seat, line in game.lines.items():
        row |= {f"bot_{seat}": BOTS[seat], f"score_{seat}": line.score, f"won_{seat}": line.won}
        row |= {f"ruined_{seat}": line.ruined, f"first_{seat}": line.rank == 1}
    return row | {f"track_{track}": value for track, value in game.tracks.items()}


def test_parquet_says_what_its_columns_hold(tmp_path: Path) -> None:
    """64-bit whole numbers, booleans and strings, none of them missing."""
    names: dict[type, str] = {int: "int64", bool: "bool", str: "string"}

    schema = parquet.read_schema(write(tmp_path / "games.parquet", some_games(1)))

    assert {field.name: str(field.type) for field in schema} == {
        column.name: names[column.kind] for column in columns(mini())
    }
    assert not any(field.nullable for field in schema)


def test_parquet_is_written_in_pieces(tmp_path: Path) -> None:
    """No more than `ROWS` rows are held, however many there are."""
    [game] = some_games(1)
    many = [game._replace(nth=nth) for nth in range(2 * ROWS + 7)]

    told = parquet.ParquetFile(write(tmp_path / "games.parquet", many)).metadata

    assert [told.row_group(nth).num_rows for nth in range(told.num_row_groups)] == [ROWS, ROWS, 7]


@pytest.mark.parametrize("name", ["games.csv", "games.parquet"])
def test_a_file_of_no_games_is_a_file(tmp_path: Path, name: str) -> None:
    """With the columns, for whoever pressed Ctrl-C at once."""
    path = write(tmp_path / name, [])

    if path.suffix == ".csv":
        assert path.read_text(encoding="utf-8").startswith("game,seed,rounds,")
    else:
        assert parquet.read_table(path).num_rows == 0


@pytest.mark.parametrize("name", ["games.csv", "games.parquet"])
def test_a_file_is_whole_or_not_there(tmp_path: Path, name: str) -> None:
    """While it grows, and when something fails on the way, what was there before stays, and nothing else."""
    path = tmp_path / name
    path.write_text("before", encoding="utf-8")

    with pytest.raises(LookupError), GamesFile(path, mini(), BOTS) as file:
        for game in some_games(3):
            file.put(game)
        assert path.read_text(encoding="utf-8") == "before"
        raise LookupError

    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind it is replaced."""
    (tmp_path / "there").mkdir()
    link = tmp_path / "games.csv"
    link.symlink_to(tmp_path / "there" / "real.csv")

    write(link, some_games(2))

    assert link.is_symlink()
    assert len(read_csv(tmp_path / "there" / "real.csv")) == 2


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("games.txt", "must end in .csv or .parquet"),
        ("games", "must end in .csv or .parquet"),
        ("nowhere/games.csv", "there is no folder"),
        ("folder.csv", "is a folder"),
        ("full.csv", "No space left"),
        ("full.parquet", "No space left"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, name: str, says: str) -> None:
    """With the name of the file."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "full.csv").symlink_to("/dev/full")
    (tmp_path / "full.parquet").symlink_to("/dev/full")

    with pytest.raises(OutputError, match=says) as caught:
        write(tmp_path / name, some_games(1))

    assert str(tmp_path / name) in str(caught.value)
    assert str(caught.value).endswith(".")


def test_the_page_lists_the_columns() -> None:
    """docs/many-games.md has each of them, in their order."""
    page = (Path(__file__).parents[2] / "docs" / "many-games.md").read_text(encoding="utf-8")
    table = page.partition("| column | value |")[2].partition("\n\n")[0]
    listed = [line.split("`")[1] for line in table.splitlines() if "`" in line]

    kinds = {name: name for name in ("game", "seed", "rounds", "last_round", "outcome", "decisions")}
    for column in columns(mini()):
        for word, ids in (("SEAT", mini().seat_ids), ("TRACK", mini().tracks)):
            what, _, whose = column.name.partition("_")
            if whose in ids:
                kinds[column.name] = f"{what}_{word}"
    assert list(dict.fromkeys(kinds[column.name] for column in columns(mini()))) == listed
