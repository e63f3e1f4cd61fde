"""What an exercise asks a seat: reasons and predictions, on a page of its own, one key from its orders."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from tests.tui.boards import mill
from tests.tui.desks import a_desk
from tests.tui.games import settled
from wargame.tui.play.asked import AskedScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.words.pages import play as say

EXERCISE = f"""
scenario: {mill().id}
title: An evening
prompts:
  - text: What do you want this round?
questions:
  - id: up
    text: How likely is it that the round ends well?
    when: {{round: now, at_least: 1}}
"""


async def test_what_an_exercise_asks_is_one_key_away(tmp_path: Path) -> None:
    """A reason and a prediction from the orders; both are the seat's own, and both may be skipped."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        seat = str(desk.table.seat_to_play)
        assert "y  asked" in desk.text
        await desk.press("y")
        assert isinstance(desk.app.screen, AskedScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, OrdersScreen)
        await desk.press("y", "enter", "b", "r", "e", "a", "d", "enter")
        await desk.light("ask:up")
        await desk.press("right", "right", "enter")
        [asked] = [line.strip().removeprefix("2 ") for line in desk.text.splitlines() if "said" in line]
        await desk.press("escape")
        assert isinstance(desk.app.screen, OrdersScreen)
        assert "y asked" not in desk.text
        assert asked == "▰▰▰▰▰▰▱▱▱▱ 60 %   you have said 60 %"
        assert desk.table.journal.rationale(seat, 1) == "bread"
        (made,) = desk.table.journal.predictions()
        assert (made.seat, made.question, made.percent) == (seat, "up", 60)


async def test_what_was_answered_can_be_seen_and_changed_until_the_turn_is_over(tmp_path: Path) -> None:
    """The exercise's own prompt and every question stay, with the answer; the last one counts."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press("y", "enter", *"bread", "enter")
        assert desk.app.screen.lit == "ask:up"  # type: ignore[attr-defined]
        await desk.press("2", "enter", "8", "0", "enter", "escape", "y")

        assert "What do you want this round?" in desk.text
        assert say.WHY_THESE not in desk.text
        assert "1 bread" in desk.text
        assert "80 %   you have said 80 %" in desk.text

        await desk.press("2", "enter", "3", "0", "enter", "1", "enter", *"!", "enter", "escape")
        made = [line for line in desk.table.journal.lines if line.kind == "prediction"]
        assert [line.data["percent"] for line in made] == [80, 30]
        assert [one.percent for one in desk.table.journal.predictions()] == [30]
        assert desk.table.journal.rationale(str(desk.table.seat_to_play), 1) == "bread!"


async def test_the_number_of_a_row_is_no_per_cent(tmp_path: Path) -> None:
    """A digit lights its row, and is typed only once Enter has opened the field."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press("y", "enter", *"bread", "enter", "2", "2", "enter", "enter")

        assert [one.percent for one in desk.table.journal.predictions()] == [50]


async def test_a_row_of_per_cent_takes_digits_only(tmp_path: Path) -> None:
    """0 to 100; letters typed there do nothing and go nowhere else, in a burst or into an open line."""
    async with a_desk(tmp_path, exercise=EXERCISE, console=False) as desk:
        await desk.until(OrdersScreen)
        seat = str(desk.table.seat_to_play)
        await desk.press("y")
        asked = desk.app.screen
        assert isinstance(asked, AskedScreen)
        await desk.light("ask:up")
        await desk.press("r", "l", "q", "x", "minus", "full_stop")
        assert isinstance(desk.app.screen, AskedScreen)
        assert (asked.typing, asked.percents) == (False, {"up": 50})
        for keys, percent in (("7x0y5z", 70), ("105", 10), ("100", 100), ("0", 0), ("045", 0), ("9", 9)):
            await desk.light("ask:up")
            desk.app.post_message(Key("enter", None))
            for letter in keys:
                desk.app.post_message(Key(letter, letter))
            desk.app.post_message(Key("enter", None))
            await settled(desk.pilot)
            assert asked.kept == {"up": percent}
        await desk.light("ask:up")
        await desk.press("enter", "3", "3", "escape")
        assert asked.kept == {"up": 9}
        await desk.press("escape")
        assert isinstance(desk.app.screen, OrdersScreen)
        assert desk.table.journal.rationale(seat, 1) == ""
        assert desk.table.journal.predictions()[-1].percent == 9
