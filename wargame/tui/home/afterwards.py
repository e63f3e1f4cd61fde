"""What can be done with a game that is over, from the list of games and from its end: a replay, a report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TypeVar

from textual.content import Content

from wargame.errors import WargameError
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import path_lines, put, wrapped
from wargame.words.pages import home as say

T = TypeVar("T")


class AfterwardsScreen(GuardedScreen[T]):
    """Binds `look-back` and `report`; a screen says of which game (`finished_save`) and how it is shown."""

    def finished_save(self) -> Path | None:
        """Return the file of the finished game that is meant; None, after saying why, if there is none."""
        raise NotImplementedError

    def look_back(self, save: Path) -> None:
        """Leave for the replay of that game."""
        raise NotImplementedError

    def action_look_back(self) -> None:
        if save := self.finished_save():
            self.look_back(save)

    def action_report(self) -> None:
        if save := self.finished_save():
            self.app.notify(say.WRITING, markup=False)
            self.run_worker(partial(self._report, save), thread=True, name="report", exclusive=True)

    def _report(self, save: Path) -> None:
        """In a thread: write it and say where it is."""
        from wargame.debrief.report import write_beside
        from wargame.tui.home.cards import ROOM

        try:
            page = write_beside(save)
        except WargameError as error:
            title, said = say.NO_REPORT, wrapped(str(error), ROOM)
        else:
            where, address = path_lines(str(page), ROOM), path_lines(page.as_uri(), ROOM)
            title, said = say.REPORT, [*where, Content(""), put(say.OPEN_REPORT), *address]
        self.tell(partial(self._reported, title, said))

    def _reported(self, title: str, said: list[Content]) -> None:
        from wargame.tui.home.cards import ProblemScreen

        self.app.clear_notifications()
        self.put_up(ProblemScreen(title, said, (("on", say.BACK),)))
