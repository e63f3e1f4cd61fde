"""Going back: nothing is ever erased, and what is set belongs to its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.boards import mini
from tests.table.facilitated import a_table, the_file, whole
from tests.table.test_table import play_on
from tests.table.white_cell import random_act
from wargame.content.exercise import exercise_from_text
from wargame.errors import IllegalMove
from wargame.record import Save, frames
from wargame.rules.luck import draw
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table


def test_a_rewind_loses_nothing(tmp_path: Path) -> None:
    """Every frame of before is in the file to the byte, with the moves of the old line and its end."""
    table = a_table(tmp_path, people=("amber",))
    play_on(table)
    assert table.over
    before, old = the_file(tmp_path).read_bytes(), [beat.id for beat in table.beats]
    old_moves = table.save.tree.line() if table.save else []

    Facilitator(table).rewind(10, "the war of the second round was a misreading")
    play_on(table, seed=5)
    Facilitator(table).rewind(20, "once more")
    table.play(table.game.legal_moves()[0])
    table.close()

    after = the_file(tmp_path).read_bytes()
    assert after[: frames.HEAD] == before[: frames.HEAD]
    assert after[frames.START :].startswith(before[frames.START :])
    with Save.open(the_file(tmp_path), write=False) as save:
        assert save.tree.line(old[-1]) == old_moves
        assert save.tree.end(old[-1]) is not None
        assert len(save.tree.lines()) == 3
    assert whole(tmp_path)


def test_a_rewind_goes_on_from_there_with_other_luck(tmp_path: Path) -> None:
    """The position is that of the move, and the same moves again do not bring the same dice and draws."""
    table = a_table(tmp_path, people=("amber",))
    play_on(table)
    positions = {beat.id: beat for beat in table.beats}
    first = table.game

    Facilitator(table).rewind(10, "because")
    assert [beat.id for beat in table.beats] == list(range(11))
    assert table.beats[-1] == positions[10]
    assert not table.can_undo
    play_on(table)

    assert first.state.luck != table.game.state.luck
    assert first.state != table.game.state
    table.close()


def test_a_branch_takes_up_another_line_under_its_luck(tmp_path: Path) -> None:
    """After a rewind the line of before can be gone on with, from its last move."""
    table = a_table(tmp_path)
    play_on(table, 8)
    tip, game = table.beats[-1].id, table.game
    cell = Facilitator(table)
    cell.rewind(2, "because")
    play_on(table, 2, seed=3)
    assert cell.lines() == (tip, tip + 2)

    cell.branch(tip, "the first line was better after all")

    assert table.game == game
    play_on(table, 2)
    table.close()
    assert whole(tmp_path)


def test_a_rewind_takes_back_what_was_set_after(tmp_path: Path) -> None:
    """Injects and rolls belong to their line."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    cell.inject("drought", "because", round=3)
    play_on(table, 2)
    cell.set_roll(7, "because")
    assert (len(cell.scheduled), len(cell.set_rolls)) == (1, 1)
    cell.rewind(2, "because")
    assert (len(cell.scheduled), len(cell.set_rolls)) == (1, 0)
    cell.rewind(0, "because")

    assert (len(cell.scheduled), len(cell.set_rolls)) == (0, 0)
    assert table.game.state.white is None
    with pytest.raises(IllegalMove, match="stands after move 0 already"):
        cell.rewind(0, "because")
    table.close()
    assert whole(tmp_path)


def test_a_rewind_to_the_start_keeps_what_the_exercise_has_prepared(tmp_path: Path) -> None:
    """Its injects belong to the exercise, not to a line: no way back leads before them."""
    text = """\
scenario: mini
title: x
rounds: 3
injects:
  - {round: 1, title: A bell, text: It rings.}
  - {round: 2, card: drought}
  - {round: 3, title: A letter, text: It is not signed., held: true}
"""
    plan = exercise_from_text(text, mini())
    table = Table.start(mini(), exercise=plan, seed=4, folder=tmp_path, name="evening")
    cell, opening = Facilitator(table), table.opening_move
    begun = cell.scheduled
    for move in (0, 1, opening):
        play_on(table, 2)
        cell.cancel(begun[0].nth, "no drought")
        cell.rewind(move, "once more")
        assert (table.beats[-1].id, cell.scheduled) == (opening, begun)
        with pytest.raises(IllegalMove, match=f"stands after move {opening} already"):
            cell.rewind(move, "once more")
    table.close()
    assert whole(tmp_path)


def test_undo_never_passes_the_white_cell(tmp_path: Path) -> None:
    """A person takes back its own moves only."""
    table = a_table(tmp_path)
    for _ in range(60):
        table.play(table.game.legal_moves()[-1])
        if table.can_undo:
            break
    assert table.can_undo
    Facilitator(table).set_track("grain", 9 - table.game.state.tracks["grain"] % 2, "because")

    assert not table.can_undo
    table.close()


@pytest.mark.parametrize("seed", range(6))
def test_busy_evenings_verify_and_resume(tmp_path: Path, seed: int) -> None:
    """People, bots and a white cell that does what it likes, rewinds among it: the file is always whole."""
    table = a_table(tmp_path, people=("amber", "cedar"), seed=seed)
    cell = Facilitator(table, "Kim")
    for nth in range(150):
        list(table.advance())
        luck = draw(seed, 0, nth, "evening")
        if luck % 12 == 0 and len(table.beats) > 3:
            cell.rewind(luck // 12 % (len(table.beats) - 2), "back")
        elif table.over:
            break
        elif luck % 4 == 0 and (move := random_act(table.game, seed, nth)) is not None:
            table.play(move, WHITE, "because", "Kim")
        elif table.seat_to_play:
            legal = table.game.legal_moves()
            table.play(legal[(luck >> 8) % len(legal)])
    game, beats = table.game, table.beats
    table.close()

    assert whole(tmp_path)
    again = Table.resume(the_file(tmp_path))
    assert (again.game, again.beats) == (game, beats)
    assert not again.read_only
    again.close()
