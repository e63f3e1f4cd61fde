"""The table: people and bots take turns, every move is saved first, and undo stops where it must."""

from __future__ import annotations

from pathlib import Path

import pytest

from wargame import load_scenario
from wargame.errors import CannotWrite, IllegalMove, SaveInUse
from wargame.record import Disk, Player, Save, verify
from wargame.rules.events import Irrevocable
from wargame.rules.luck import draw
from wargame.rules.moves import End
from wargame.table import ENGINE, Table


def a_table(folder: Path | None = None, people: tuple[str, ...] = ("dprk", "russia"), seed: int = 5) -> Table:
    """A three-round game of honeymoon with those people and greedy bots, at its first person's decision."""
    scenario = load_scenario("honeymoon")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    players |= {seat: Player("person", seat) for seat in people}
    table = Table.start(scenario, players, seed=seed, rounds=3, folder=folder, name="evening")
    list(table.advance())
    return table


def play_on(table: Table, moves: int = 10_000, seed: int = 0) -> None:
    """Let the people move at random, with bots between, for so many moves or to the end."""
    for nth in range(moves):
        list(table.advance())
        if table.over:
            return
        legal = table.game.legal_moves()
        table.play(legal[draw(seed, 0, 0, "test", "", nth) % len(legal)])
    list(table.advance())


def test_a_game_stopped_and_resumed_is_the_same_game(tmp_path: Path) -> None:
    """Closing a table and resuming its save gives the same game, with the same story so far."""
    table = a_table(tmp_path)
    play_on(table, 12)
    table.close()

    again = Table.resume(next(tmp_path.glob("*.wargame")))

    assert table.game == again.game
    assert table.beats == again.beats
    assert not again.read_only
    play_on(again)
    assert again.over
    again.close()


def test_a_finished_game_verifies(tmp_path: Path) -> None:
    """A game played to its end is whole, finished, and replays to the recorded states."""
    table = a_table(tmp_path)
    play_on(table)
    table.close()

    report = verify(next(tmp_path.glob("*.wargame")), ENGINE)

    assert report.ok
    assert report.finished
    assert report.problems == ()


def test_undo_restores_exactly_and_knows_its_limits(tmp_path: Path) -> None:
    """Undo gives the state before the move, and there is none after a roll, a sight, or a change of seat."""
    table, undone = a_table(tmp_path), 0
    for nth in range(400):
        list(table.advance())
        if table.over:
            break
        before, seat = table.game.to_bytes(), table.game.to_act
        legal = table.game.legal_moves()
        beat = table.play(legal[draw(9, 0, 0, "test", "", nth) % len(legal)])
        if table.game.to_act != seat or any(isinstance(event, Irrevocable) for event in beat.events):
            assert not table.can_undo
        elif nth % 3 == 0 and table.can_undo:
            after = table.game
            table.undo()
            undone += 1

            assert before == table.game.to_bytes()
            assert after != table.game
    assert undone > 5
    table.close()
    assert verify(next(tmp_path.glob("*.wargame")), ENGINE).ok


def test_undo_with_nothing_to_take_back_is_refused() -> None:
    """At the start of a turn there is nothing to undo."""
    table = a_table()

    with pytest.raises(IllegalMove, match="nothing to take back"):
        table.undo()


def test_undo_after_a_resume_starts_empty(tmp_path: Path) -> None:
    """Whoever resumes is a new pair of eyes: what was done before stays done."""
    table = a_table(tmp_path)
    play_on(table, 1)
    table.close()
    again = Table.resume(next(tmp_path.glob("*.wargame")))

    assert not again.can_undo
    again.close()


def test_an_illegal_move_changes_nothing(tmp_path: Path) -> None:
    """A refused move leaves game, beats and file as they were."""
    table = a_table(tmp_path)
    path = next(tmp_path.glob("*.wargame"))
    before, beats, size = table.game.to_bytes(), list(table.beats), path.stat().st_size

    with pytest.raises(IllegalMove, match="not china's turn"):
        table.play(End("china"))

    assert before == table.game.to_bytes()
    assert beats == table.beats
    assert size == path.stat().st_size
    table.close()


class FullDisk(Disk):
    """A disk that is full from some moment on."""

    full = False

    def write(self, handle: int, offset: int, data: bytes) -> int:
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(handle, offset, data)


def test_a_move_that_cannot_be_saved_is_not_made(tmp_path: Path) -> None:
    """With the disk full a person's move is refused with one sentence, and can be made again later."""
    table = a_table(tmp_path)
    path = next(tmp_path.glob("*.wargame"))
    table.close()
    disk = FullDisk()
    save = Save.open(path, disk=disk)
    table = Table._resumed(save)
    before = table.game.to_bytes()
    disk.full = True

    with pytest.raises(CannotWrite):
        table.play(table.game.legal_moves()[0])

    assert before == table.game.to_bytes()
    disk.full = False
    table.play(table.game.legal_moves()[0])
    assert before != table.game.to_bytes()
    table.close()
    assert verify(path, ENGINE).ok


def test_bots_whose_moves_cannot_be_saved_have_not_moved(tmp_path: Path) -> None:
    """A failed flush after bots' moves takes the table back to where it was before them."""
    table = a_table(tmp_path, people=("dprk",))
    table.close()
    disk = FullDisk()
    table = Table._resumed(Save.open(next(tmp_path.glob("*.wargame")), disk=disk))
    while table.seat_to_play:
        table.play(table.game.legal_moves()[0])
    before, beats = table.game.to_bytes(), list(table.beats)
    disk.full = True

    with pytest.raises(CannotWrite):
        list(table.advance())

    assert before == table.game.to_bytes()
    assert beats == table.beats
    disk.full = False
    assert list(table.advance())
    table.close()


def test_a_second_table_on_the_same_save_is_refused(tmp_path: Path) -> None:
    """Two tables cannot play the same save at once."""
    table = a_table(tmp_path)

    with pytest.raises(SaveInUse):
        Table.resume(next(tmp_path.glob("*.wargame")))
    table.close()


def test_a_save_is_small(tmp_path: Path) -> None:
    """A full game of six rounds fits in 100 kB (design 7)."""
    scenario = load_scenario("honeymoon")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=2, folder=tmp_path, name="full")
    list(table.advance())
    table.close()

    assert table.over
    assert next(tmp_path.glob("*.wargame")).stat().st_size < 100_000
