"""The board and the log that somebody opens before a recap tell nothing that it has still to tell."""

from __future__ import annotations

import re

from tests.tui.boards import LARGE, Around, a_table, honeymoon, until
from tests.tui.games import settled
from wargame.rules.events import DiceRolled, TrackMoved
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.log import LogScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.watch.resolution import ResolutionScreen


def letters(text: str) -> str:
    """A text without frames and line breaks."""
    return re.sub(r"[│┃╭╮╰╯─━┏┓┗┛\s]+", " ", text)


async def test_board_and_log_stand_where_the_recap_does() -> None:
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, [beat for beat in table.beats if beat.round >= 2]))
    async with app.run_test(size=LARGE) as pilot:
        for _ in range(len(screen.pages)):
            later = [event for page in screen.pages[screen.reached + 1 :] for event in page.events]
            told = [event for event in screen.page.events if isinstance(event, TrackMoved | DiceRolled)]
            await pilot.press("b")
            await settled(pilot)
            board = app.screen
            assert isinstance(board, BoardScreen)
            assert dict(board.lens.view.tracks) == dict(screen.lens.view.tracks)
            scores = {seat: board.lens.score(seat) for seat in honeymoon().seat_ids}
            assert scores == {seat: screen.lens.score(seat) for seat in honeymoon().seat_ids}
            await pilot.press("escape", "l")
            await settled(pilot)
            log = app.screen
            assert isinstance(log, LogScreen)
            seen = {id(one.event) for one in log.lens.memory.seen}
            assert seen.isdisjoint(map(id, later))
            assert seen.issuperset(map(id, told))
            await pilot.press("escape")
            await settled(pilot)
            assert app.screen is screen
            await pilot.press("enter")
            await settled(pilot)


async def test_at_its_end_they_are_as_the_table_stands() -> None:
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, [beat for beat in table.beats if beat.round >= 2]))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        screen.turn_to(screen.last)
        await settled(pilot)
        texts = []
        for key in ("b", "l"):
            await pilot.press(key)
            await settled(pilot)
            texts.append(letters(app.text))
            await pilot.press("escape")
            await settled(pilot)
        now = Lens(table, None)
        for opened, kind in zip(texts, (BoardScreen, LogScreen), strict=True):
            app.push_screen(kind(table, None))
            await settled(pilot)
            assert opened == letters(app.text)
            await pilot.press("escape")
            await settled(pilot)
        assert screen.lens.view.tracks == now.view.tracks
