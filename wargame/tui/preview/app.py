"""The program of the preview: one page, painted anew whenever the files change."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.driver import Driver

from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.screen import TableScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.preview.files import Sight, Watcher
from wargame.tui.preview.screen import PreviewScreen
from wargame.tui.settings import Settings
from wargame.tui.stage import AppStage
from wargame.words.pages import preview as say

POLL = 0.4
"""Seconds between two looks at the files."""


class PreviewStage(AppStage):
    """Keeps the page up, and shows on it what the files have become."""

    def __init__(self, app: WargameApp, watcher: Watcher) -> None:
        super().__init__(app)
        self.watcher = watcher
        self.page = PreviewScreen(str(watcher.folder))

    async def run(self, start: Start) -> None:
        """Follow the files to the end of the program."""
        self.app.doing(say.READING)
        await self.look()
        self.app.doing("")
        self.app.push_screen(self.page)
        while True:
            await asyncio.sleep(POLL)
            await self.look()

    async def look(self) -> None:
        """Look at the files once, and show what has changed."""
        found = await asyncio.to_thread(self.watcher.look)
        if found is not None:
            self._show(found)

    def _show(self, found: Sight) -> None:
        self.page.follow(found)
        if found.table is None:
            return
        for screen in self.app.screen_stack[2:]:
            if isinstance(screen, TableScreen) and not self._follows(screen, found):
                self._uncover()
                return

    @staticmethod
    def _follows(screen: TableScreen[object], found: Sight) -> bool:
        """Have a screen of the game show the new table; False if that has other seats or another map."""
        table, before = found.table, screen.table.scenario
        assert table is not None
        same = (before.seat_ids, before.mapped) == (table.scenario.seat_ids, table.scenario.mapped)
        if same and not (isinstance(screen, KnowScreen) and screen.seat not in table.scenario.seats):
            screen.table = table
            screen.changed()
            return True
        return False

    def _uncover(self) -> None:
        """Take away all that lies over the page."""
        while len(self.app.screen_stack) > 2:
            top = self.app.screen
            assert isinstance(top, GuardedScreen)
            top.withdraw()


class PreviewApp(WargameApp):
    """The program of the preview. It keeps no game and writes no file."""

    CSS_PATH = [  # noqa: RUF012
        str(Path(__file__).parents[1] / sheet) for sheet in (*WargameApp.CSS_PATH, "preview/preview.tcss")
    ]

    def __init__(self, start: Start, settings: Settings, driver: type[Driver] | None = None) -> None:
        super().__init__(start, settings, driver=driver)
        self.stage = PreviewStage(self, Watcher(start.scenario))

    def ask(self, trigger: str, *given: object) -> bool:
        """Leave, if that is asked for from any screen; there is no session to ask for anything else."""
        if trigger == "quit":
            self.exit()
        return trigger == "quit"

    async def action_quit(self) -> None:
        """Leave: there is nothing to be saved."""
        self.exit()
