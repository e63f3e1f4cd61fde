"""The program at the projector: it follows a game from its files, and no key leads to anything but out.

Keys and clicks reach no screen at all, so that the pages can be those of the keyboard without their keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.driver import Driver

from wargame.table.live import BACK, FINAL, NEWS, TALK
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.kit.foot import Foot
from wargame.tui.kit.guard import GuardedScreen, key_names
from wargame.tui.settings import Settings
from wargame.tui.stage import AppStage
from wargame.tui.viewer import ROOM
from wargame.tui.wall.follow import Follower, Follows, Sight
from wargame.tui.wall.screens import (
    WallBoardScreen,
    WallEndScreen,
    WallRecapScreen,
    WallTalkScreen,
    WallWaitScreen,
    recap,
)
from wargame.words.pages import wall as say

POLL = 0.25
"""Seconds between two looks at the files."""
WallScreen = WallBoardScreen | WallRecapScreen | WallTalkScreen | WallEndScreen


class WallStage(AppStage):
    """Puts up what the table shows the room. With `own_pace` the news are told at reading speed."""

    def __init__(self, app: WargameApp, follower: Follows, own_pace: bool) -> None:
        super().__init__(app)
        self.follower, self.own_pace = follower, own_pace
        self.sight: Sight | None = None
        """What was seen last."""
        self._up: tuple[object, ...] = ()
        self._alone = False
        """Whether news are being told at the wall's own pace, and up to where."""
        self._until = 0

    async def run(self, start: Start) -> None:
        """Follow the game to the end of the program."""
        while True:
            await self.look()
            await asyncio.sleep(POLL)

    async def look(self) -> None:
        """Look at the files once, and show what has changed."""
        sight = await asyncio.to_thread(self.follower.look)
        if sight is not None:
            self.show_sight(sight)

    def show_sight(self, sight: Sight) -> None:
        """Show this: on the page that is up if it is the same, else on one of its own."""
        before, self.sight = self.sight, sight
        if sight.table is None:
            self._put(("none",), lambda: WallWaitScreen(say.waits_in(str(self.follower.folder))))
            return
        calm = not sight.away and not sight.shown.hold and sight.shown.page != BACK
        if self._alone and calm and before is not None and sight.shown.until >= before.shown.until:
            return
        self._alone = False
        self._show_page(sight)

    def _show_page(self, sight: Sight) -> None:
        table, (shown, away) = sight.table, sight[1:]
        assert table is not None
        scene = (shown.scene, away)
        up = next((one for one in self.app.screen_stack if isinstance(one, WallScreen)), None)
        if scene == self._up and up is not None:  # perhaps below the word that the window is too small
            up.follow(table, shown, away)
        elif shown.page == FINAL and table.over:
            self._put(scene, lambda: WallEndScreen(table))
        elif away or shown.hold:
            self._put(scene, lambda: WallBoardScreen(table, shown, away))
        elif shown.page == NEWS and recap(table, shown).pages:
            self._alone, self._until = self.own_pace, shown.until
            done = self._told_alone if self.own_pace else None
            self._put(scene, lambda: WallRecapScreen(table, shown, done))
        elif shown.page == TALK:
            self._put(scene, lambda: WallTalkScreen(table))
        else:
            self._put(scene, lambda: WallBoardScreen(table, shown, away))

    def _told_alone(self) -> None:
        """The news have been told at the wall's own pace: show what the table shows, if it has gone on."""
        sight, told = self.sight, self._until
        self._alone = False
        if sight is None or sight.table is None or (sight.shown.scene, sight.away) == self._up:
            return
        if sight.shown.page == NEWS and sight.shown.until > told:  # also what the table told meanwhile
            sight = sight._replace(shown=sight.shown._replace(told=min(told, sight.shown.told), step=0))
        self._show_page(sight)

    def _put(self, scene: tuple[object, ...], make: Callable[[], GuardedScreen[Any]]) -> None:
        """Put a screen up in the place of the one that is there."""
        if scene != self._up:
            self._up = scene
            self._only_backdrop()
            self.app.push_screen(make())


class WallApp(WargameApp):
    """The program of the wall. What is left of the keyboard is the way out."""

    leaves: tuple[str, ...] = ("q", "ctrl+q", "ctrl+c")
    """The keys that leave it."""
    says = say.LEAVES
    """What any other key is answered with."""
    CSS_PATH = [str(Path(__file__).parents[1] / sheet) for sheet in WargameApp.CSS_PATH]  # noqa: RUF012

    def __init__(self, start: Start, settings: Settings, driver: type[Driver] | None = None) -> None:
        super().__init__(start, settings, viewer=ROOM, driver=driver)
        folder = start.saves if start.save is None else start.save.parent
        self.stage = WallStage(self, Follower(folder or Path(), start.save), start.own_pace)

    async def on_event(self, event: events.Event) -> None:
        """Let no key and no click in; one that leaves does, any other is answered with which that is."""
        if isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded:
            if isinstance(event, events.Key):
                self._heard(event)
            return
        await super().on_event(event)

    def _heard(self, event: events.Key) -> None:
        if not {*key_names(event)}.isdisjoint(self.leaves):
            self.exit()
            return
        for foot in self.screen.query(Foot):
            foot.say(self.says)
