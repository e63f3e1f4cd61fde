"""A seat's own page of messages: reading, choosing whom to write to, refusals, and the white cell's poll."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from tests.tui.boards import LARGE, SMALL, Around, mill, painted
from tests.tui.desks import Desk, a_desk
from tests.tui.games import players, settled
from tests.tui.test_facilitate_table import asked_aloud
from wargame.content.exercise import exercise_from_text
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.tui.kit.press import console_lines, unread
from wargame.tui.kit.rows import Rows
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.messages import LIST, EstimateScreen, MessagesScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.words.pages import press as say

EXERCISE = f"""
scenario: {mill().id}
title: An evening
seed: 7
messages: {{each_round: 3, characters: 60}}
"""
SILENT = EXERCISE.replace("{each_round: 3, characters: 60}", "false")


async def opened(desk: Desk) -> tuple[str, list[str]]:
    """The messages of the seat whose orders these are, and the others in their order on the page."""
    await desk.until(OrdersScreen)
    seat = str(desk.table.seat_to_play)
    await desk.press("m")
    assert isinstance(desk.app.screen, MessagesScreen)
    return seat, [one for one in desk.table.scenario.seat_ids if one != seat]


async def test_without_messages_the_key_does_nothing(tmp_path: Path) -> None:
    """An exercise that has none shows no hint and opens no page."""
    async with a_desk(tmp_path, exercise=SILENT, console=False) as desk:
        await desk.until(OrdersScreen)
        assert "messages" not in desk.text
        await desk.press("m")
        assert isinstance(desk.app.screen, OrdersScreen)


async def test_before_the_room_nobody_reads_messages(tmp_path: Path) -> None:
    """A question that is answered aloud is a page for everybody: the key does nothing there."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await asked_aloud(desk)
        seat = str(desk.table.seat_to_play)
        desk.table.send(next(one for one in desk.table.scenario.seat_ids if one != seat), [seat], "psst")
        await desk.press("m")
        assert isinstance(desk.app.screen, AloudScreen)
        assert "psst" not in desk.text
        assert f"1 {say.NEW}" not in desk.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_seat_writes_from_its_orders_and_goes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    """m opens the page, a digit lights a seat, Enter opens the line and sends it; Esc leads back."""
    async with a_desk(tmp_path, size, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        assert "m  messages" in desk.text
        seat, others = await opened(desk)
        assert say.NONE_YET in desk.text
        await desk.press("2", "enter", *"meet me")
        assert f"Enter  {say.SEND}" in desk.text
        await desk.press("enter")

        [message] = desk.table.messages(seat)
        assert (message.by, message.to, message.text) == (seat, (others[1],), "meet me")
        assert "meet me" in desk.text
        assert say.NEW not in desk.text.split("meet me")[0].splitlines()[-1]
        await desk.press("escape")
        assert isinstance(desk.app.screen, OrdersScreen)
        assert desk.table.seat_to_play == seat


async def test_several_are_chosen_with_space_and_all_with_one_row(tmp_path: Path) -> None:
    """Chosen ones are marked, another Space leaves them out; nobody chosen means whoever is lit."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        seat, others = await opened(desk)
        await desk.press("1", "space", "3", "space")
        assert desk.text.count("✓") == 2
        await desk.press("enter", *"both", "enter")
        assert "✓" not in desk.text
        await desk.press("1", "space", "space", "2", "enter", *"one", "enter")
        await desk.light("all")
        await desk.press("enter", *"everybody", "enter")

        assert [message.to for message in desk.table.messages(seat)] == [
            (others[0], WHITE),
            (others[1],),
            tuple(others),
        ]


async def test_a_refusal_is_a_sentence_and_what_was_typed_stays(tmp_path: Path) -> None:
    """Too long, then too many; nothing is lost, and Esc leaves the line without sending."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        seat, _others = await opened(desk)
        await desk.press("1", "enter")
        desk.app.post_message(Paste("x" * 61))
        await desk.press("enter")
        assert "A message has 60 characters at most; this one has 61." in desk.text
        assert desk.app.screen.query_one(Input).value == "x" * 61
        await desk.press("backspace", "enter")
        assert [len(message.text) for message in desk.table.messages(seat)] == [60]
        await desk.press("1", "enter", "h", "m", "escape")
        assert isinstance(desk.app.screen, MessagesScreen)
        assert len(desk.table.messages(seat)) == 1
        for _ in range(2):
            await desk.press("1", "enter", "h", "m", "enter")
        assert "3 messages a round are enough" in desk.text
        await desk.press("1", "enter")
        assert not desk.app.screen.query_one(Input).display, "no word is typed in vain"
        assert len(desk.table.messages(seat)) == 3


HOSTILE = "\x1b]0;owned\x07[red]stop[/]\x1b[2J\u202e"


async def test_what_was_typed_by_others_is_text_and_nothing_else(tmp_path: Path) -> None:
    """Markup stays letters, escapes lose their escape."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        seat = str(desk.table.seat_to_play)
        other = next(one for one in desk.table.scenario.seat_ids if one != seat)
        desk.table.send(other, [seat], HOSTILE)
        await desk.press("m")

        assert "]0;owned[red]stop[/][2J" in desk.text
        assert "\x1b" not in desk.text
        assert "\u202e" not in desk.text


async def test_what_is_new_is_marked_until_one_has_gone(tmp_path: Path) -> None:
    """The orders say how many; on the page they are marked, also one that comes while it is open."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        seat, table = str(desk.table.seat_to_play), desk.table
        one, other = (each for each in table.scenario.seat_ids if each != seat)
        table.send(one, [seat], "first")
        table.send(one, [other], "not for you")
        Facilitator(table, "Kim").send([seat], "second")
        await desk.press("z")
        assert "m  2 new" in desk.text
        await desk.press("m")
        assert desk.text.count(say.NEW) == 2
        assert "not for you" not in desk.text
        table.send(other, [seat], "third")
        desk.app.screen.catch_up()  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert desk.text.count(say.NEW) == 3
        await desk.press("escape")
        assert "m  messages" in desk.text
        assert unread(desk.app, table, seat) == ()
        assert [message.text for message in unread(desk.app, table, other)] == ["not for you"]
        await desk.press("m")
        assert say.NEW not in desk.text


async def test_what_comes_while_one_types_stays_out_of_the_line(tmp_path: Path) -> None:
    """A message of another repaints the page and leaves the line, and whom it is for, as they were."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        seat, others = await opened(desk)
        await desk.press("2", "enter", *"hel")
        desk.table.send(others[0], [seat], "hurry")
        desk.app.screen.catch_up()  # type: ignore[attr-defined]
        await desk.press(*"lo", "enter")

        assert [message.text for message in desk.table.messages(seat)] == ["hurry", "hello"]
        assert desk.table.messages(seat)[1].to == (others[1],)


async def test_a_seat_answers_the_white_cells_poll(tmp_path: Path) -> None:
    """A row of the page leads to it, also where there are no messages; the median comes when it is closed."""
    async with a_desk(tmp_path, exercise=SILENT, console=False) as desk:
        await desk.until(OrdersScreen)
        seat, cell = str(desk.table.seat_to_play), Facilitator(desk.table, "Kim")
        cell.poll("How likely is it that the mill burns?")
        await desk.press("z")
        assert "m  poll" in desk.text
        await desk.press("m")
        await desk.light("poll")
        await desk.press("enter")
        assert isinstance(desk.app.screen, EstimateScreen)
        assert "How likely is it that the mill burns?" in desk.text
        await desk.light("ask:poll")
        await desk.press("enter", "3", "5", "enter", "escape")
        assert isinstance(desk.app.screen, MessagesScreen)
        poll = desk.table.poll_open(seat)
        assert poll is not None
        assert poll.estimates == {seat: 35}
        assert say.own(35) in desk.text
        await desk.light("poll")
        await desk.press("enter")
        cell.close_poll()
        desk.app.screen.catch_up()
        await desk.press()
        assert isinstance(desk.app.screen, MessagesScreen)
        assert "1 answer: median 35 %." in desk.text


async def polled(desk: Desk) -> tuple[str, Facilitator]:
    """Lead to the lit row of a poll; return the seat that is asked, and who asks."""
    await desk.until(OrdersScreen)
    seat, cell = str(desk.table.seat_to_play), Facilitator(desk.table, "Kim")
    cell.poll("How likely is it that the mill burns?")
    await desk.press("m")
    await desk.light("poll")
    return seat, cell


async def test_a_poll_that_closes_before_enter_sends_its_number_to_nobody(tmp_path: Path) -> None:
    """Between m and Enter, and between Enter and the number: the page says so, and no line is sent."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        seat, cell = await polled(desk)
        cell.close_poll()
        desk.app.screen.catch_up()  # type: ignore[attr-defined]
        await desk.press("enter")
        assert say.HAS_CLOSED in " ".join(desk.text.split())
        await desk.press("3", "5", "enter")
        assert desk.table.messages(seat) == ()

        await desk.press("escape", "escape")
        cell.poll("How likely is it that the mill stands?")
        await desk.press("m")
        await desk.light("poll")
        await desk.press("enter")
        assert isinstance(desk.app.screen, EstimateScreen)
        cell.close_poll()
        await settled(desk.pilot)
        await desk.press("enter", "3", "5", "enter")
        assert desk.table.messages(seat) == ()


async def test_a_number_that_comes_too_late_stays_in_its_line(tmp_path: Path) -> None:
    """The poll closes, or another is asked, while it is typed; Esc leads back to the messages."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        seat, cell = await polled(desk)
        await desk.press("enter", "3", "5")
        cell.close_poll()
        cell.poll("How likely is it that it snows?")
        await settled(desk.pilot)
        await desk.press("enter")

        assert isinstance(desk.app.screen, EstimateScreen)
        assert desk.app.screen.query_one(Input).value == "35"
        assert say.HAS_CLOSED in " ".join(desk.text.split())
        poll = desk.table.poll_open(seat)
        assert poll is not None
        assert poll.estimates == {}
        await desk.press("escape")
        assert isinstance(desk.app.screen, MessagesScreen)


async def test_a_poll_that_comes_leaves_everybody_their_digit(tmp_path: Path) -> None:
    """Whoever is about to press one must not write to another."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press("m", "2")
        rows = desk.app.screen.query_one(Rows)
        lit = rows.lit
        Facilitator(desk.table, "Kim").poll("How likely is it that the mill burns?")
        await desk.press("1", "2")

        assert lit.startswith("to:")
        assert rows.lit == lit


@pytest.mark.parametrize("keys", ["\r35\r", "\r\r35\r"])
async def test_digits_typed_ahead_of_the_page_of_a_poll_are_the_answer(tmp_path: Path, keys: str) -> None:
    """Enter on the row of the poll, then at once the number; another Enter may come first."""
    async with a_desk(tmp_path, exercise=SILENT, console=False) as desk:
        await desk.until(OrdersScreen)
        seat = str(desk.table.seat_to_play)
        Facilitator(desk.table, "Kim").poll("How likely is it that the mill burns?")
        await desk.press("m")
        await desk.light("poll")
        for key in keys:
            desk.app.post_message(Key("enter", None) if key == "\r" else Key(key, key))
        await settled(desk.pilot)

        poll = desk.table.poll_open(seat)
        assert poll is not None
        assert poll.estimates == {seat: 35}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_snapshot_messages(snap_compare: Any, size: tuple[int, int]) -> None:
    """Whom to write to at the left, the poll below; what was written at the right, the newest last."""
    exercise = exercise_from_text(EXERCISE, mill())
    table = Table.start(mill(), players(mill().seat_ids, scenario=mill()), seed=5, exercise=exercise)
    cell = Facilitator(table, "Kim")
    table.send("birch", ["amber"], "Two sacks of salt, and nobody needs to know of them.")
    table.send("amber", ["birch", "cedar"], "Not before the fair.")
    cell.poll("How likely is it that the fair is rained off?")
    for seat, percent in (("amber", 30), ("birch", 60), ("cedar", 45)):
        table.estimate(seat, percent)
    cell.close_poll()
    cell.send(["amber"], "Your envoy is late, and so is his horse.")
    cell.poll("And that somebody is found out?")
    screen = MessagesScreen(table, "amber")

    assert snap_compare(Around(screen), press=["2", "space"], terminal_size=size)


async def test_the_newest_message_is_in_view(tmp_path: Path) -> None:
    """However many there are, the page opens at the end, and goes there when one comes."""
    many = EXERCISE.replace("each_round: 3", "each_round: 40")
    async with a_desk(tmp_path, exercise=many, console=False) as desk:
        await desk.until(OrdersScreen)
        seat, table = str(desk.table.seat_to_play), desk.table
        others = [one for one in table.scenario.seat_ids if one != seat]
        for nth in range(12):
            table.send(others[nth % 2], [seat], f"message {nth}")
        await desk.press("m")
        assert "message 11" in desk.text
        assert "message 0" not in desk.text
        await desk.press("tab", "home")
        assert "message 0" in desk.text
        Facilitator(table, "Kim").send([seat], "and one more")
        desk.app.screen.catch_up()  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "and one more" in desk.text


def told(lines: list[object]) -> str:
    return "\n".join(str(line) for line in lines)


async def test_the_white_cell_reads_all_of_it(tmp_path: Path) -> None:
    """The open poll with who is waited for and how it stands, then everything, newest first."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        table, cell = desk.table, Facilitator(desk.table, "Kim")
        assert say.NONE_YET in told([line.plain for line in console_lines(table, 60)])
        table.send("amber", ["birch"], "salt for silence")
        table.send("birch", ["amber", "cedar"], "never")
        cell.poll("Will it hold?")
        table.estimate("amber", 20)
        table.estimate("cedar", 40)
        lines = [line.plain for line in console_lines(table, 60)]

        text = told(lines)  # type: ignore[arg-type]
        assert "Will it hold?" in text
        assert "median 30 %" in text
        assert say.WAITED_FOR in text
        assert table.scenario.seats["birch"].short in text.split(say.WAITED_FOR)[1].splitlines()[0]
        assert text.index("never") < text.index("salt for silence")
        assert max(len(line) for line in lines) <= 60


@pytest.mark.parametrize(("columns", "longest"), [(80, 50), (120, 86), (200, 96)])
async def test_a_message_uses_the_room_that_there_is(columns: int, longest: int) -> None:
    """Up to as many columns as a line is read well."""
    exercise = exercise_from_text(EXERCISE.replace("characters: 60", "characters: 280"), mill())
    table = Table.start(mill(), players(mill().seat_ids, scenario=mill()), seed=5, exercise=exercise)
    table.send("birch", ["amber"], "salt for oats " * 20)
    lines = (await painted(MessagesScreen(table, "amber"), (columns, 40))).splitlines()
    said = [line[LIST:].strip(" │") for line in lines if "oats" in line]

    assert longest - len("oats") - 6 <= max(map(len, said)) <= longest
