"""Who plays, and for how long: bots, empty chairs, skipped turns, pauses, timers, the facilitator's PIN."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.table.facilitated import a_table, the_file, whole
from wargame.errors import IllegalMove
from wargame.record import Player, Save
from wargame.rules.moves import WHITE, Commit, End
from wargame.table import Facilitator, Limit, Table
from wargame.table.table import TIMER


def test_a_seat_is_handed_to_a_bot_and_back(tmp_path: Path) -> None:
    """In the middle of its turn; the bot plays on, and after a resume it is still who sits there."""
    table = a_table(tmp_path)
    cell, seat = Facilitator(table), table.seat_to_play
    assert seat is not None
    cell.hand_to_bot(seat, "called to the telephone", "random")
    assert table.seat_to_play is None
    beats = list(table.advance())
    assert {beat.by for beat in beats} == {"random"}
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert again.players[seat] == Player("random", seat)
    Facilitator(again).hand_back(seat, "back again", "Ann")
    assert again.players[seat] == Player("person", "Ann")
    told = [(one.seat, one.data["what"], one.data["reason"]) for one in again.journal.of("seat")]
    assert told == [(seat, "bot", "called to the telephone"), (seat, "back", "back again")]
    again.close()


def test_bots_play_on_until_a_round_and_wait_there(tmp_path: Path) -> None:
    """When the last person goes, the table waits at the start of the round that was said, also when opened
    again; it goes on when somebody sits down, or when bots are told to play further."""
    table = a_table(tmp_path, people=("amber",))
    cell = Facilitator(table, "Kim")
    cell.hand_to_bot("amber", "lunch", "random", until=2)
    assert {beat.by for beat in table.advance()} == {"random"}
    assert (table.game.state.round, table.waits, table.over) == (2, True, False)
    assert list(table.advance()) == []
    table.close()

    again = Table.resume(the_file(tmp_path))
    cell = Facilitator(again, "Kim")
    assert again.waits
    assert list(again.advance()) == []
    cell.play_until(3, "still at lunch")
    list(again.advance())
    assert (again.game.state.round, again.waits) == (3, True)
    cell.hand_back("amber", "full again")
    assert not again.waits
    list(again.advance())
    assert again.seat_to_play == "amber"
    cell.leaves("amber", "a train to catch")
    list(again.advance())
    assert again.over
    assert not again.waits
    assert [(one.data["until"], one.text) for one in again.journal.of("bots")] == [
        (2, "lunch"),
        (3, "still at lunch"),
        (0, "a train to catch"),
    ]
    again.close()
    assert whole(tmp_path)


def test_bots_wait_only_where_nobody_sits(tmp_path: Path) -> None:
    """With a person left the table waits for that person; a round gone by or none at all is refused."""
    table = a_table(tmp_path, people=("amber", "birch"))
    cell = Facilitator(table)
    cell.hand_to_bot("amber", "lunch", "random", until=2)
    assert (table.journal.of("bots"), table.waits) == ((), False)
    for until in (-1, 0 + table.game.state.rounds + 1):
        with pytest.raises(IllegalMove, match="Bots play on until round 1 to 3"):
            cell.hand_to_bot("birch", "lunch", until=until)
        with pytest.raises(IllegalMove, match="Bots play on until round 1 to 3"):
            cell.leaves("birch", "lunch", until=until)
    assert table.players["birch"].kind == "person"
    table.close()


def test_bots_stand_in_for_all_until_a_round_and_give_the_seats_back(tmp_path: Path) -> None:
    """Those that were a bot's before stay one's; without any there is nothing to give back."""
    table = a_table(tmp_path, people=("amber", "birch"))
    cell = Facilitator(table)
    with pytest.raises(IllegalMove, match="No seat was handed"):
        cell.give_back("full again")
    cell.play_until(2, "lunch")
    assert (table.people(), table.bots_until, cell.stood_in()) == ((), 2, ("amber", "birch"))
    cell.give_back("full again")
    assert table.people() == ("amber", "birch")
    assert cell.stood_in() == ()
    table.close()


def test_a_rewind_leaves_the_bots_waiting_where_they_were_told_to(tmp_path: Path) -> None:
    """Back before that round, they come to it again."""
    table = a_table(tmp_path, people=("amber",))
    cell = Facilitator(table)
    cell.hand_to_bot("amber", "lunch", "random", until=2)
    list(table.advance())
    cell.rewind(1, "once more")
    assert not table.waits
    list(table.advance())

    assert (table.game.state.round, table.waits) == (2, True)
    table.close()


def test_whoever_leaves_early_lets_turns_go_by() -> None:
    """An empty chair makes the neutral move each time; who comes late takes it again."""
    table = a_table(None)
    cell = Facilitator(table)
    for seat in ("amber", "birch"):
        cell.leaves(seat, "a train to catch")
    played = list(table.advance())
    while not table.over and table.game.state.round == 1:
        table.play(table.game.legal_moves()[0])
        played += table.advance()

    gone = [beat for beat in played if beat.by == "absent"]
    assert {beat.move.seat for beat in gone if beat.move} == {"amber", "birch"}
    assert {beat.move.verb for beat in gone if beat.move} <= {"end", "choose"}
    cell.arrives("amber", "Anna")
    assert table.players["amber"] == Player("person", "Anna")


def test_a_skipped_turn_and_a_turn_that_is_up_are_neutral_and_marked(tmp_path: Path) -> None:
    """What has been laid down stays; the record says who ended the turn, and why."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "Kim")
    while table.game.state.phase != "orders" or table.game.state.stack:
        table.play(table.game.legal_moves()[0])
    first = table.game.to_act
    assert first is not None
    commit = next(move for move in table.game.legal_moves() if isinstance(move, Commit))
    table.play(commit)
    beat = cell.skip("no answer from the other room")
    assert (beat.move, beat.by, beat.rationale) == (
        End(first),
        WHITE,
        "no answer from the other room",
    )
    assert table.game.state.orders[first].commits[0].card == commit.card
    second = table.game.to_act

    up = table.time_up()

    assert (up.move, up.by) == (End(second or ""), TIMER)
    table.close()
    with Save.open(the_file(tmp_path), write=False) as save:
        assert [(one.by, one.who) for one in save.tree.moves[-2:]] == [(WHITE, "Kim"), (TIMER, None)]
    assert whole(tmp_path)


def test_time_is_never_up_for_a_bot() -> None:
    """Only a person's time can be up."""
    table = a_table(None, people=())

    with pytest.raises(IllegalMove, match="nobody's time is up"):
        table.time_up()


def test_nobody_moves_in_a_pause_but_the_white_cell(tmp_path: Path) -> None:
    """People are told so, bots wait, and the countdown stands still; a game opened again goes on."""
    table = a_table(tmp_path, people=("amber",))
    cell = Facilitator(table)
    cell.pause("coffee")
    with pytest.raises(IllegalMove, match="paused already"):
        cell.pause()
    with pytest.raises(IllegalMove, match="The game is paused"):
        table.play(table.game.legal_moves()[0])
    with pytest.raises(IllegalMove, match="The game is paused"):
        table.time_up()
    cell.set_track("grain", 9, "put right in the break")
    cell.hand_to_bot("amber", "because", "random")
    assert list(table.advance()) == []
    cell.go_on()
    assert list(table.advance())
    assert [one.data["on"] for one in table.journal.of("pause")] == [True, False]
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert not again.paused
    again.close()


def test_timers_are_set_by_phase_and_remembered(tmp_path: Path) -> None:
    """Off at first; a limit set while the game runs is there after a resume, and so is one taken away."""
    table = a_table(tmp_path)
    assert table.timers.limits == {}
    table.set_limit("orders", Limit(90, 10))
    table.set_limit("answers", Limit(20))
    table.set_limit("answers", None)
    table.timers.start("orders")
    Facilitator(table).pause()
    assert table.timers.status == "paused"
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert again.timers.limits == {"orders": Limit(90, 10)}
    again.close()


def test_the_facilitator_has_a_pin_of_its_own(tmp_path: Path) -> None:
    """As a seat has: hashed in the save, asked for after a resume, taken away by an empty one."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    assert not table.has_pin(WHITE)
    cell.set_pin("open7up")
    assert not table.check_pin(WHITE, "guess")
    table.close()
    assert b"open7up" not in the_file(tmp_path).read_bytes()

    again = Table.resume(the_file(tmp_path))
    assert again.has_pin(WHITE)
    assert again.check_pin(WHITE, "open7up")
    Facilitator(again).set_pin("")
    assert not again.has_pin(WHITE)
    again.close()
