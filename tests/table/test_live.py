"""The small file beside a save that says what all are shown: whole or not at all, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.debrief.games import play, seated
from tests.rules.boards import mini
from wargame.record import delete_save, list_saves
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.table.live import BOARD, NEWS, TURN, Live, PublicLine, Shown, read_live
from wargame.table.watched import watched

SHOWN = Shown(TURN, "", "amber", 3, 3, "aa", left=30.0)


def a_kept_table(folder: Path, people: tuple[str, ...] = ("amber", "birch")) -> Table:
    """A game of two rounds, at its first person's turn."""
    table = Table.start(mini(), seated(mini(), people), seed=3, rounds=2, folder=folder, name="evening")
    list(table.advance())
    return table


def shown_at(table: Table, beats: int | None = None) -> Shown:
    """What would be shown once so many moves had been told."""
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    told, mark = line.at(len(table.beats) if beats is None else beats)
    return Shown(BOARD, told=told, until=told, mark=mark)


# --- writing ---------------------------------------------------------------------------------------------


def test_it_is_read_back_as_it_was_told(tmp_path: Path) -> None:
    live = Live(tmp_path / "evening.wargame", ("amber",))

    live.tell(SHOWN)

    assert read_live(tmp_path / "evening.live") == SHOWN
    assert [path.name for path in tmp_path.iterdir()] == ["evening.live"]


def test_it_is_written_only_when_it_says_something_else(tmp_path: Path) -> None:
    """What has not changed leaves the file as it is; of a clock that means: within half a second."""
    live = Live(tmp_path / "evening.wargame", ("amber",))
    live.tell(SHOWN)
    before = live.path.stat()

    live.tell(SHOWN._replace(left=30.2))
    assert live.path.stat() == before

    live.tell(SHOWN._replace(left=90.0))
    assert live.path.stat().st_ino != before.st_ino
    assert read_live(live.path) == SHOWN._replace(left=90.0)


def test_a_sign_of_life_changes_its_time_and_nothing_else(tmp_path: Path) -> None:
    live = Live(tmp_path / "evening.wargame", ("amber",))
    live.tell(SHOWN)
    raw, before = live.path.read_bytes(), live.path.stat()

    live.beat()

    assert live.path.read_bytes() == raw
    assert live.path.stat().st_mtime_ns >= before.st_mtime_ns
    assert live.path.stat().st_ino == before.st_ino


def test_what_can_not_be_written_harms_nothing_and_is_written_later(tmp_path: Path) -> None:
    """A folder that is not there stands for any that refuses: full, read-only or gone."""
    live = Live(tmp_path / "away" / "evening.wargame", ("amber",))

    live.tell(SHOWN)
    live.beat()
    (tmp_path / "away").mkdir()
    live.beat()

    assert read_live(live.path) == SHOWN


def test_a_table_that_is_left_takes_it_away(tmp_path: Path) -> None:
    table = a_kept_table(tmp_path)
    assert table.live is not None
    table.live.tell(SHOWN)

    table.close()

    assert [path.name for path in tmp_path.iterdir()] == ["evening.wargame"]


def test_the_list_of_saved_games_does_not_know_it_and_deleting_a_game_takes_it_along(tmp_path: Path) -> None:
    table = a_kept_table(tmp_path)
    path = tmp_path / "evening.wargame"
    Live(path, ()).tell(SHOWN)  # as one that was killed has left it behind
    table.close()

    assert [save.name for save in list_saves(tmp_path)] == ["evening"]
    delete_save(path)
    assert list(tmp_path.iterdir()) == []


# --- reading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 4000,
        b" " * 10_000,
        b'{"format": 1}',
    ],
)
def test_what_makes_no_sense_is_as_if_nothing_were_there(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "evening.live"
    path.write_bytes(raw)

    assert read_live(path) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("page", "hand"),
        ("hold", "ever"),
        ("seat", "x" * 65),
        ("seat", None),
        ("told", -1),
        ("until", 1.5),
        ("step", True),
        ("mark", 7),
        ("left", float("nan")),
        ("ends", float("inf")),
        ("ends", "soon"),
        ("format", 2),
        ("more", 1),
    ],
)
def test_a_field_that_can_not_be_is_as_if_nothing_were_there(
    tmp_path: Path, field: str, value: object
) -> None:
    path = tmp_path / "evening.live"
    path.write_text(json.dumps({"format": 1, **SHOWN._asdict(), field: value}))

    assert read_live(path) is None


def test_a_folder_in_its_place_is_as_if_nothing_were_there(tmp_path: Path) -> None:
    (tmp_path / "evening.live").mkdir()

    assert read_live(tmp_path / "evening.live") is None


# --- the game as far as it was told ----------------------------------------------------------------------


def test_moves_of_a_turn_tell_the_room_nothing(tmp_path: Path) -> None:
    """However many moves a person makes in a turn, what was told by then is the same."""
    table = a_kept_table(tmp_path)
    seat = table.seat_to_play
    before, moves = shown_at(table), 0
    while table.seat_to_play == seat and table.game.state.phase == "orders":
        moved = next(
            (move for move in table.game.legal_moves() if move.verb in ("commit", "discard", "offer")), None
        )
        if moved is None:
            break
        table.play(moved)
        moves += 1
        assert shown_at(table) == before

    assert moves > 1
    table.close()


def test_the_table_that_is_watched_stands_where_the_room_was_told_to(tmp_path: Path) -> None:
    """The save is ahead of the telling, the table that is made of it is not."""
    table = a_kept_table(tmp_path)
    play(table)
    table.close()

    for beats in range(1, len(table.beats) + 1):
        shown = shown_at(table, beats)
        seen = watched(tmp_path / "evening.wargame", shown)
        assert seen is not None
        assert shown_at(seen) == shown
        last = seen.beats[-1].id
        assert last >= table.beats[beats - 1].id
        room, then = seen.view(None), next(b for b in table.beats if b.id == last)
        assert (room.round, room.phase) >= (then.round, "") or seen.over
        seen.close()


def test_a_save_that_was_taken_back_is_not_what_was_shown_before(tmp_path: Path) -> None:
    """After a rewind the line is another: what was shown on the old one is not made of it."""
    table = a_kept_table(tmp_path)
    play(table, 12)
    before = shown_at(table)
    Facilitator(table, "Kim").rewind(table.opening_move, "again")
    play(table, 12, seed=9)
    path = tmp_path / "evening.wargame"

    assert watched(path, before) is None
    assert watched(path, shown_at(table)) is not None
    table.close()


def test_a_torn_end_is_not_there_yet_and_nothing_is_mended(tmp_path: Path) -> None:
    """Whatever of the last frames is written, the game is read up to the last whole one, without a lock."""
    table = a_kept_table(tmp_path)
    play(table, 6)
    early = shown_at(table)
    table.play(table.game.legal_moves()[-1])
    play(table, 8)
    whole = (tmp_path / "evening.wargame").read_bytes()
    torn = tmp_path / "torn.wargame"

    for cut in range(1, 2000, 97):
        torn.write_bytes(whole[:-cut])
        seen = watched(torn, early)
        assert seen is not None
        assert shown_at(seen) == early
        assert torn.read_bytes() == whole[:-cut]
    assert {path.name for path in tmp_path.iterdir()} == {"evening.wargame", "torn.wargame"}
    table.close()


def test_the_page_of_news_says_from_where_and_up_to_where(tmp_path: Path) -> None:
    table = a_kept_table(tmp_path)
    line = PublicLine(table.scenario.seat_ids)
    line.follow(table.beats)
    until, mark = line.at(len(line))

    assert line.beats_for(0) == 0
    assert line.beats_for(until, mark) == len(table.beats)
    assert line.beats_for(until, "another") is None
    assert Shown(NEWS, told=0, until=until, mark=mark).scene != Shown(NEWS, until=until).scene
    assert WHITE not in mark
    table.close()
