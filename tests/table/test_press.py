"""Messages and polls: who may write and how often, who reads what, and that the game knows nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.debrief.games import play, seated
from tests.rules.boards import mini
from tests.table.test_timers import Clock
from wargame.content.exercise import exercise_from_text
from wargame.content.exercise_check import Messages
from wargame.errors import IllegalMove
from wargame.record import Plain, Save, verify
from wargame.record.files import MAX_FILE
from wargame.record.frames import MAX_FRAMES
from wargame.rules.moves import WHITE
from wargame.table import ENGINE, Facilitator, Table
from wargame.table.press import EACH_MINUTE, MINUTE, MOST_ANSWERS, ROOM, Message, Poll, Spread, spread_of

SEATS = ("amber", "birch", "cedar")
EXERCISE = "scenario: mini\ntitle: With messages\nrounds: 3\nmessages: {}\n"


def a_table(
    folder: Path | None = None, messages: str = "true", clock: Clock | None = None, name: str = "press"
) -> Table:
    """At the first orders of a game whose exercise lets seats write."""
    exercise = exercise_from_text(EXERCISE.format(messages), mini())
    table = Table.start(
        mini(), seated(mini(), SEATS), exercise=exercise, seed=3, rounds=3, folder=folder, name=name
    )
    if clock is not None:
        clock.now = table.clock.steady()
        table.clock.steady = clock
    while table.game.state.phase != "orders":
        play(table, 1)
    return table


def said(table: Table, viewer: str | None) -> list[str]:
    return [message.text for message in table.messages(viewer)]


# --- who may write, and what -----------------------------------------------------------------------------


@pytest.mark.parametrize("messages", ["false", "null", ""])
def test_messages_are_off_unless_the_exercise_switches_them_on(messages: str) -> None:
    """Without the key, and with `false`, there are none; a game without an exercise has none either."""
    exercise = EXERCISE.format(messages) if messages else EXERCISE.replace("messages: {}\n", "")
    for table in (
        Table.start(mini(), exercise=exercise_from_text(exercise, mini()), seed=3),
        Table.start(mini(), seed=3),
    ):
        assert table.press is None
        with pytest.raises(IllegalMove, match="No messages are written in this game"):
            table.send("amber", ["birch"], "hello")


def test_a_seat_writes_to_one_to_several_and_to_all(tmp_path: Path) -> None:
    """Sender and addressees read it, in the order written, with its round and phase; nobody else does."""
    table = a_table(tmp_path)
    table.send("amber", ["birch"], "to one")
    table.send("birch", ["cedar", "amber"], "to all")
    table.send("cedar", [WHITE], "to the white cell")
    Facilitator(table, "Kim").send(["cedar"], "to one from above")

    assert said(table, "amber") == ["to one", "to all"]
    assert said(table, "birch") == ["to one", "to all"]
    assert said(table, "cedar") == ["to all", "to the white cell", "to one from above"]
    assert said(table, None) == []
    assert len(said(table, WHITE)) == 4
    first, second, third, fourth = table.messages(WHITE)
    assert (first.by, first.to, first.round, first.phase) == ("amber", ("birch",), 1, "orders")
    assert first.time > 1_700_000_000_000
    assert (second.to, third.to) == (("amber", "cedar"), (WHITE,))
    assert (fourth.by, fourth.who) == (WHITE, "Kim")


@pytest.mark.parametrize(
    ("by", "to", "text", "why"),
    [
        ("amber", [], "hello", "A message needs somebody to go to."),
        ("amber", ["amber"], "hello", "A message goes to others than its sender."),
        ("amber", ["oak"], "hello", "There is no seat `oak`."),
        ("oak", ["amber"], "hello", "There is no seat `oak`."),
        (WHITE, [WHITE], "hello", "A message goes to others than its sender."),
        ("amber", ["birch"], "", "A message needs some words."),
        ("amber", ["birch"], " \n\t\x1b ", "A message needs some words."),
        ("amber", ["birch"], "x" * 281, "A message has 280 characters at most; this one has 281."),
    ],
)
def test_what_can_not_be_sent_is_refused_in_a_sentence(by: str, to: list[str], text: str, why: str) -> None:
    """And nothing is written."""
    table = a_table()

    with pytest.raises(IllegalMove, match=re.escape(why)):
        table.send(by, to, text)
    assert table.journal.lines == []


def test_nobody_writes_when_the_game_is_over_and_in_a_pause_only_the_white_cell() -> None:
    """A pause holds seats, not the one who paused; the end holds everybody."""
    table = a_table()
    cell = Facilitator(table, "Kim")
    cell.pause("coffee")
    with pytest.raises(IllegalMove, match="paused; only the white cell writes"):
        table.send("amber", ["birch"], "psst")
    cell.send(["amber"], "back in five")
    cell.go_on()
    table.send("amber", ["birch"], "psst")
    play(table)

    assert table.over
    for by, to in (("amber", "birch"), (WHITE, "birch")):
        with pytest.raises(IllegalMove, match="over"):
            table.send(by, [to], "too late")


HOSTILE = "\x1b]0;owned\x07 \x1b[2J\u202egnp\u200b.exe\x9b31m\r\nand\ta new\n\nline\x00 [red]b[/] \ud800"


def test_nothing_that_a_terminal_would_obey_is_kept(tmp_path: Path) -> None:
    """No escapes, controls, bidirectional or invisible characters; lines become one; markup is just text."""
    table = a_table(tmp_path)
    table.send("amber", ["birch"], HOSTILE)
    Facilitator(table).poll(HOSTILE)
    table.close()

    again = Table.resume(tmp_path / "press.wargame")
    [message] = again.messages("birch")
    poll = again.poll_open("birch")
    assert message.text == "]0;owned [2Jgnp.exe31m and a new line [red]b[/]"
    assert poll is not None
    assert poll.text == message.text
    again.close()


# --- how often -------------------------------------------------------------------------------------------


def test_a_sender_is_let_through_six_times_a_minute(tmp_path: Path) -> None:
    """The next is refused with how long to wait; the minute slides; others and pauses don't matter."""
    clock = Clock()
    table = a_table(clock=clock)
    for nth in range(EACH_MINUTE):
        table.send("amber", ["birch"], f"{nth}")
        clock.now += 5
    with pytest.raises(IllegalMove, match="6 messages a minute are enough; write again in 30 seconds"):
        table.send("amber", ["cedar"], "one more")
    table.send("birch", ["amber"], "somebody else")
    clock.now += MINUTE - 5 * EACH_MINUTE - 1
    with pytest.raises(IllegalMove, match=r"in 1 second\."):
        table.send("amber", ["cedar"], "one more")
    clock.now += 1
    table.send("amber", ["cedar"], "one more")
    with pytest.raises(IllegalMove, match="in 5 seconds"):
        table.send("amber", ["cedar"], "and another")

    assert len(said(table, WHITE)) == EACH_MINUTE + 2


def test_a_sender_is_let_through_so_often_a_round() -> None:
    """As the exercise says; the next round there are as many again, and a rewound round begins anew."""
    clock = Clock()
    table = a_table(messages="{each_round: 2, characters: 20}", clock=clock, folder=None)
    assert table.press == Messages(2, 20)

    def write(most: int) -> None:
        for nth in range(most):
            clock.now += MINUTE
            table.send("amber", ["birch"], f"{nth}")
        clock.now += MINUTE
        with pytest.raises(IllegalMove, match="2 messages a round are enough"):
            table.send("amber", ["birch"], "more")

    write(2)
    with pytest.raises(IllegalMove, match="20 characters at most"):
        table.send("birch", ["amber"], "x" * 21)
    while table.game.state.round == 1:
        play(table, 1)
    write(2)


def test_ten_thousand_messages_leave_a_small_save_that_opens(tmp_path: Path) -> None:
    """However fast and long everybody writes, the file stays far below its limits, and each has its share."""
    clock = Clock()
    table = a_table(tmp_path, "{each_round: 100}", clock)
    senders, refused, share = (*SEATS, WHITE), set(), ROOM // 4
    assert table.save is not None
    with table.save.together():  # one flush: the disk is no part of this test
        for nth in range(10_000):
            clock.now += MINUTE / EACH_MINUTE
            by = senders[nth % 4]
            try:
                table.send(by, [seat for seat in SEATS if seat != by], "\U0001f33e" * 280)
            except IllegalMove as error:
                refused.add(str(error))
    table.close()

    again = Table.resume(tmp_path / "press.wargame")
    assert again.save is not None
    assert refused == {"100 messages a round are enough; write again in the next one."}
    assert [sum(one.by == by for one in again.messages(WHITE)) for by in senders] == [100] * 4
    assert (tmp_path / "press.wargame").stat().st_size < MAX_FILE / 8
    assert 4 * share <= ROOM < MAX_FRAMES / 2
    again.close()


def test_rewinds_give_nobody_more_than_a_share_of_the_save(tmp_path: Path) -> None:
    """Messages of lines that were left count too; what the other seats have written does not."""
    clock, share = Clock(), ROOM // 4
    table = a_table(tmp_path, "{each_round: 100}", clock)
    cell, start = Facilitator(table), table.beats[-1].id
    assert table.save is not None
    with table.save.together():
        for _again in range(share // 100):
            play(table, 1)
            for _nth in range(100):
                clock.now += MINUTE
                table.send("amber", ["birch"], "hm")
            cell.rewind(start, "once more")
        play(table, 1)
        clock.now += MINUTE
        with pytest.raises(IllegalMove, match=f"{share} messages a game are enough"):
            table.send("amber", ["birch"], "hm")
        table.send("birch", ["amber"], "hm")

    assert said(table, WHITE) == ["hm"]
    table.close()


# --- who knows what when ---------------------------------------------------------------------------------


def test_who_is_not_written_to_learns_nothing_at_all() -> None:
    """Two games that differ in what others write are the same to a seat and the room, refusals included."""
    worlds = []
    for talkative in (False, True):
        clock = Clock()
        table = a_table(messages="{each_round: 2}", clock=clock)
        table.send("cedar", ["amber"], "mine")
        for _nth in range(2 * talkative):
            table.send("amber", ["birch"], "salt for silence")
            table.send("birch", ["amber", WHITE], "agreed")
        Facilitator(table).poll("Will the mill burn?")
        for seat in ("amber", "birch")[: 2 * talkative]:
            table.estimate(seat, 40)
        play(table, 2)
        told: list[object] = [table.game.view("cedar"), table.game.view(None), table.beats]
        for viewer in ("cedar", None):
            lines = table.journal.seen_by(viewer, over=False)
            told += [
                [(line.kind, line.about, line.round, line.phase, line.by, line.data) for line in lines],
                [message[:5] for message in table.messages(viewer)],
                [poll._replace(time=0) for poll in table.polls(viewer)],
            ]
        table.send("cedar", ["amber"], "mine again")
        with pytest.raises(IllegalMove) as why:
            table.send("cedar", ["amber"], "and again")
        worlds.append((*told, str(why.value), table.game.to_bytes()))

    assert worlds[0] == worlds[1]


def test_what_others_do_meanwhile_changes_nothing_of_what_was_read(tmp_path: Path) -> None:
    """Neither a hidden move nor its undo shows in a message or a poll: they name no move."""
    table = a_table(tmp_path)
    while not table.can_undo:
        play(table, 1)
    reader = next(seat for seat in SEATS if seat != table.seat_to_play)
    other = next(seat for seat in SEATS if seat not in (reader, table.seat_to_play))
    table.send(other, [reader], "psst")
    Facilitator(table).poll("Does it work?")
    before = table.messages(reader), table.polls(reader)
    table.undo()

    assert (table.messages(reader), table.polls(reader)) == before
    assert not {"id", "about", "move"} & {*Message._fields, *Poll._fields}


def test_the_journal_keeps_messages_to_those_they_are_for() -> None:
    """By `Journal.seen_by`: sender, addressees and white cell while the game runs, then everybody."""
    table = a_table()
    table.send("amber", ["birch"], "salt for silence")
    [line] = table.journal.lines

    assert line.seat == "amber"
    for viewer, may in (("amber", True), ("birch", True), (WHITE, True), ("cedar", False), (None, False)):
        assert (line in table.journal.seen_by(viewer, over=False)) is may
        assert line in table.journal.seen_by(viewer, over=True)
    play(table)
    for viewer in (*SEATS, WHITE, None):
        assert said(table, viewer) == ["salt for silence"]


# --- a record and no move --------------------------------------------------------------------------------


def test_nothing_of_it_is_a_move() -> None:
    """Messages and polls leave every byte of the state, the moves there are, and an undo, as they were."""
    table = a_table()
    while not table.can_undo:
        play(table, 1)
    before, legal, beats = table.game.to_bytes(), table.game.legal_moves(), len(table.beats)
    table.send("amber", ["birch"], "hello")
    cell = Facilitator(table)
    cell.poll("Does it work?")
    table.estimate("amber", 30)
    cell.close_poll()

    assert (table.game.to_bytes(), len(table.beats)) == (before, beats)
    assert table.game.legal_moves() == legal
    assert table.can_undo


def test_a_save_with_messages_plays_to_equal_bytes(tmp_path: Path) -> None:
    """The same game with and without them has the same moves and state; the save verifies, and resumes."""
    ends, counts = [], []
    for talkative in (True, False):
        folder = tmp_path / str(talkative)
        clock = Clock()
        table = a_table(folder, clock=clock)
        cell = Facilitator(table)
        while not table.over:
            if talkative and not table.game.state.stack and len(table.beats) % 5 == 0:
                for by in SEATS[: 1 if len(table.beats) % 2 else 2]:
                    clock.now += MINUTE
                    table.send(by, [seat for seat in SEATS if seat != by], f"after move {len(table.beats)}")
                if table.poll_open(WHITE) is None:
                    cell.poll("And now?")
                else:
                    table.estimate("birch", 50)
                    cell.close_poll()
            play(table, 1)
        written = said(table, WHITE), table.polls(WHITE)
        table.close()
        path = folder / "press.wargame"
        assert verify(path, ENGINE).ok
        again = Table.resume(path)
        assert (said(again, WHITE), again.polls(WHITE)) == written
        with Save.open(path, write=False) as save:
            moves = [(move.move, move.hash) for move in save.tree.line()]
        ends.append((again.game.to_bytes(), moves))
        counts.append((len(written[0]), len(written[1])))
        again.close()

    assert min(counts[0]) > 3
    assert counts[1] == (0, 0)
    assert ends[0] == ends[1]


def test_what_was_written_stays_with_its_moment(tmp_path: Path) -> None:
    """An undo in somebody's turn loses no message of anybody; a rewind leaves them with the line."""
    table = a_table(tmp_path)
    table.send("amber", ["birch"], "early")
    while not table.can_undo:
        play(table, 1)
    table.send("cedar", ["birch"], "while somebody thinks")
    Facilitator(table).poll("Does it work?")
    table.estimate("cedar", 30)
    table.undo()
    late = table.beats[-1].id
    everything = said(table, WHITE), table.polls(WHITE)
    assert everything[0] == ["early", "while somebody thinks"]
    assert everything[1][0].estimates == {"cedar": 30}
    table.close()

    again = Table.resume(tmp_path / "press.wargame")
    assert (said(again, WHITE), again.polls(WHITE)) == everything
    play(again, 2)
    again.send("birch", ["amber"], "later")
    Facilitator(again).rewind(late, "once more")
    assert said(again, WHITE) == ["early", "while somebody thinks"]
    assert {line.text for line in again.journal.of("message")} == {"early", "while somebody thinks", "later"}
    again.close()


# --- polls -----------------------------------------------------------------------------------------------


def test_a_poll_asks_every_seat_and_says_median_and_spread(tmp_path: Path) -> None:
    """Estimates are their seats' secrets, the last one counts; when it is closed the white cell rules."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "Kim")
    assert table.poll_open("amber") is None
    cell.poll("How likely is it that the consul is seen?")
    for seat, percent in (("amber", 10), ("birch", 30), ("amber", 20), ("cedar", 75)):
        table.estimate(seat, percent)
    table.estimate("cedar", 75)
    for viewer, known in (
        ("amber", {"amber": 20}),
        (None, {}),
        (WHITE, {"amber": 20, "birch": 30, "cedar": 75}),
    ):
        poll = table.poll_open(viewer)
        assert poll is not None
        assert (poll.text, poll.estimates, poll.spread) == (
            "How likely is it that the consul is seen?",
            known,
            None,
        )
    assert len(table.journal.of("estimate")) == 4

    assert cell.close_poll() == Spread(3, 30, 25, 53)
    for viewer in ("amber", None):
        [poll] = table.polls(viewer)
        assert (poll.closed, poll.spread) == (True, Spread(3, 30, 25, 53))
        assert poll.estimates == ({"amber": 20} if viewer else {})
        assert table.poll_open(viewer) is None
    with pytest.raises(IllegalMove, match="No poll is open"):
        table.estimate("amber", 50)
    cell.adjudicate("amber", "The consul photographs the pier", "As the room holds it.", base=30)
    table.close()
    assert verify(tmp_path / "press.wargame", ENGINE).ok


def test_what_can_not_be_polled_or_held_likely_is_refused() -> None:
    """One poll at a time, in words, while the game runs; 0 to 100 per cent, from a seat, not for ever."""
    table = a_table()
    cell = Facilitator(table)
    with pytest.raises(IllegalMove, match="No poll is open"):
        cell.close_poll()
    for text, why in (("  ", "needs some words"), ("x" * 281, "280 characters at most")):
        with pytest.raises(IllegalMove, match=why):
            cell.poll(text)
    cell.poll("Well?")
    with pytest.raises(IllegalMove, match="open already"):
        cell.poll("And?")
    for percent in (-1, 101, True, 2.5, "7"):
        with pytest.raises(IllegalMove, match="0 to 100 per cent"):
            table.estimate("amber", percent)  # type: ignore[arg-type]
    with pytest.raises(IllegalMove, match="no seat `oak`"):
        table.estimate("oak", 5)
    cell.pause()
    for nth in range(MOST_ANSWERS):
        table.estimate("amber", nth)
    with pytest.raises(IllegalMove, match="enough"):
        table.estimate("amber", 99)
    table.estimate("birch", 99)
    cell.go_on()
    play(table)
    assert table.poll_open("amber") is None
    with pytest.raises(IllegalMove, match="over"):
        cell.poll("Too late?")


def test_nobody_has_to_answer() -> None:
    """A poll that nobody answered closes without a spread, and the next has a number of its own."""
    table = a_table()
    cell = Facilitator(table)
    cell.poll("Anybody?")
    assert cell.close_poll() is None
    cell.poll("And now?")
    table.estimate("amber", 55)

    assert cell.close_poll() == Spread(1, 55, 55, 55)
    assert [(poll.number, poll.closed) for poll in table.polls(None)] == [(1, True), (2, True)]


def test_spread_is_the_median_and_the_middle_half() -> None:
    """Quartiles with both ends counted in; nothing of nothing."""
    assert spread_of([]) is None
    assert spread_of([40, 45]) == Spread(2, 42.5, 41.25, 43.75)
    assert spread_of([90, 10, 50, 30, 70]) == Spread(5, 50, 30, 70)


# --- saves of strangers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        None,
        "hello",
        {},
        {"to": "amber", "text": "x"},
        {"to": [], "text": "x", "by": "birch"},
        {"to": ["oak"], "text": "x", "by": "birch"},
        {"to": ["amber"], "text": "x", "by": "oak"},
        {"poll": 0, "text": "x"},
        {"poll": 1, "seat": "oak", "percent": 7},
        {"poll": 7, "seat": "amber", "percent": 700},
        {"poll": 7, "answers": 3, "median": -1},
    ],
)
@pytest.mark.parametrize("kind", ["message", "poll", "estimate", "poll_closed"])
def test_records_that_make_no_sense_are_read_by_nobody(tmp_path: Path, kind: str, data: Plain) -> None:
    """Whoever forged a save: it opens, and no list of it fails."""
    table = a_table(tmp_path)
    assert table.save is not None
    table.save.append_remark(kind, data)
    table.close()

    again = Table.resume(tmp_path / "press.wargame")
    for viewer in (*SEATS, WHITE, None):
        assert again.messages(viewer) == ()
        assert all(poll.text for poll in again.polls(viewer))
    if again.poll_open(WHITE) is None:
        Facilitator(again).poll("A sound one?")
    again.estimate("amber", 5)
    again.close()


def test_a_forged_message_is_no_longer_than_others(tmp_path: Path) -> None:
    """Whatever a save says, nobody reads more than a message or question may have, on one line."""
    table = a_table(tmp_path)
    assert table.save is not None
    long = "word\n" * 10_000
    table.save.append_remark("message", {"by": "amber", "to": ["birch", "oak"], "text": long})
    table.save.append_remark("poll", {"poll": 3, "text": long})
    table.close()

    again = Table.resume(tmp_path / "press.wargame")
    [message] = again.messages("birch")
    poll = again.poll_open(None)
    assert (message.to, len(message.text)) == (("birch",), 280)
    assert poll is not None
    assert len(poll.text) == 280
    assert "\n" not in message.text + poll.text
    again.close()
