"""The facilitator at the keyboard: a desk that opens the console of a real game and uses its forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.boards import MILL, SMALL
from tests.tui.games import LEADS_ON, settled
from wargame.rules.moves import WHITE
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.gate import FirstPinScreen
from wargame.tui.facilitate.pick import PickScreen
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.settings import Settings

BANNER = "SEES EVERYTHING"


class Desk:
    """The program with a facilitator at the keyboard."""

    def __init__(self, app: WargameApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def table(self) -> Table:
        table = self.app.session.whole
        assert table is not None
        return table

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def told(self) -> str:
        """What a form says would come of it."""
        form = self.app.screen
        assert isinstance(form, FormScreen)
        return " ".join(line.plain for line in form.about(form.lit, 999))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settled(self.pilot)

    async def light(self, key: str) -> None:
        """The row of that key, as somebody does who walks to it."""
        for _ in range(40):
            if self.app.screen.query_one(Rows).light(key):
                break
            await self.pilot.pause(0.05)  # a screen that is new has not painted its rows yet
        else:
            raise AssertionError(key)
        await self.pilot.pause()

    async def add(self, part: str) -> None:
        """One more of a form's parts: an effect, an option, an argument."""
        await self.light(f"add:{part}")
        await self.press("enter")

    async def open(self, act: str) -> None:
        """The form of an act."""
        assert isinstance(self.app.screen, FacilitateScreen)
        await self.light(f"do:{act}")
        await self.press("enter")
        assert isinstance(self.app.screen, FormScreen)

    async def write(self, key: str, words: str) -> None:
        """Paste into a row of a form; that letters can be typed there is a test of its own."""
        await self.light(f"field:{key}")
        await self.press("enter")
        self.app.screen.query_one(Input).value = ""
        self.app.post_message(Paste(words))
        await self.press("enter")

    async def choose(self, key: str, option: str) -> None:
        """Pick one of the list of a row."""
        await self.light(f"field:{key}")
        await self.press("enter")
        assert isinstance(self.app.screen, PickScreen)
        await self.light(f"pick:{option}")
        await self.press("enter")

    async def do(self, act: str, reason: str, **chosen: str) -> None:
        """An act from its form: what is chosen on its rows, and why."""
        await self.open(act)
        for key, option in chosen.items():
            await self.choose(key, option)
        await self.write("reason", reason)
        await self.act()

    async def act(self) -> None:
        await self.light("act")
        await self.press("enter")

    async def sure(self, answer: str = "yes") -> None:
        """Do what the form does, and answer the question that comes before."""
        await self.act()
        assert isinstance(self.app.screen, ProblemScreen)
        await self.light(answer)
        await self.press("enter")

    async def until(self, kind: type[Any], *keys: str) -> None:
        """Press these keys until such a screen is in front."""
        for _ in range(40):
            if isinstance(self.app.screen, kind):
                return
            for key in keys or LEADS_ON.get(type(self.app.screen), ("enter",)):
                if not isinstance(self.app.screen, kind):
                    await self.press(key)
        raise AssertionError(f"{self.app.screen} is no {kind}")


@asynccontextmanager
async def a_desk(
    folder: Path,
    size: tuple[int, int] = SMALL,
    exercise: str = "",
    console: bool = True,
    pin_asked: bool = False,
) -> AsyncIterator[Desk]:
    """A new game of people in all seats, with the console in front, which has no PIN."""
    start = Start("exercise", folder, str(MILL), seed=7, facilitator="Kim", console=console)
    if exercise:
        file = folder / "exercise.yaml"
        for deck in MILL.iterdir():
            (folder / deck.name).write_bytes(deck.read_bytes())
        file.write_text(exercise, encoding="utf-8")
        start = Start("exercise", folder, exercise=file, facilitator="Kim", console=console)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        if isinstance(app.screen, FirstPinScreen) and not pin_asked:
            await desk.press("escape")
            await desk.light("yes")
            await desk.press("enter")
        yield desk


def white(table: Table) -> list[tuple[str, str]]:
    """What the white cell has done, with its reasons."""
    return [(beat.move.verb, beat.rationale) for beat in table.beats if beat.move and beat.by == WHITE]
