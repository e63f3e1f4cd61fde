"""The wall of a table whose people have screens of their own: what the room may know, at its own pace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.driver import Driver

from wargame.host.face import Face
from wargame.rules.events import AgendaDealt, CardSignalled, ChoiceAsked, PhaseBegan
from wargame.table.live import BOARD, FINAL, HELD, NEWS, TALK, TURN, PublicLine, Shown, ends_in
from wargame.table.watched import beats_told
from wargame.tui import Start
from wargame.tui.settings import Settings
from wargame.tui.wall.app import WallApp, WallStage
from wargame.tui.wall.follow import Sight
from wargame.words.pages import wall as say

SHOWN_ANYWAY = PhaseBegan, CardSignalled, ChoiceAsked, AgendaDealt
"""Kinds of events that make no news by themselves."""


class RoomFollower:
    """Says what a wall is to show, from the face that the table shows to the room."""

    folder = Path()

    def __init__(self, face: Face, told: int = 0) -> None:
        """Follow a face of which the room has been told so many public events."""
        self.face = face
        self._line = PublicLine(face.scenario.seat_ids)
        self._told = told
        self._beats = beats_told(face, told)
        self._sight: Sight | None = None

    def look(self) -> Sight | None:
        """Return what is to be shown now; None as long as that is what was returned last."""
        sight = Sight(self.face, self._shown())
        if sight == self._sight:
            return None
        self._sight = sight
        return sight

    def _shown(self) -> Shown:
        face, line = self.face, self._line
        line.follow(face.beats)
        until, mark = line.at(len(line))
        self._told, self._beats = min(self._told, until), min(self._beats, len(line))
        left, ends = None, None
        if face.timers.left is not None:
            stands = face.paused
            left, ends = (round(face.timers.left, 1), None) if stands else (None, ends_in(face.timers.left))
        if face.over:
            return Shown(FINAL, told=until, until=until, mark=mark)
        if self._has_news():
            told, self._told, self._beats = self._told, until, len(line)
            return Shown(NEWS, HELD if face.paused else "", told=told, until=until, mark=mark)
        self._told, self._beats = until, len(line)
        page = TALK if face.open_for_talk else TURN if face.seat_to_play else BOARD
        return Shown(
            page,
            HELD if face.paused else "",
            face.seat_to_play or "" if page == TURN else "",
            until,
            until,
            mark,
            noted=len(face.asides()) if page == TALK else 0,
            left=left,
            ends=ends,
        )

    def _has_news(self) -> bool:
        events = (event for beat in self.face.beats[self._beats :] for event in beat.events)
        return any(event.to is None and not isinstance(event, SHOWN_ANYWAY) for event in events)


class RoomWallStage(WallStage):
    """Puts up what the room may know, from memory: no file is read. `note` hears up to where it was told."""

    def __init__(self, app: WallApp, follower: RoomFollower, note: Callable[[int], object]) -> None:
        super().__init__(app, follower, own_pace=True)
        self.note = note

    async def look(self) -> None:
        sight = self.follower.look()
        if sight is not None:
            self.show_sight(sight)
            self._note()

    def _told_alone(self) -> None:
        self.note(self._until)
        super()._told_alone()
        self._note()

    def _note(self) -> None:
        """Note up to where the room has been told, unless it is being told right now."""
        if self.sight is not None and not self._alone:
            self.note(self.sight.shown.until)


class RoomWall(WallApp):
    """The wall as somebody sees it who has come in. No key closes it, so that no hand does in passing."""

    leaves = ()
    says = say.NO_KEY

    def __init__(
        self,
        face: Face,
        settings: Settings,
        driver: type[Driver] | None = None,
        told: int = 0,
        note: Callable[[int], object] = lambda _told: None,
    ) -> None:
        super().__init__(Start("wall", own_pace=True), settings, driver)
        self.stage = RoomWallStage(self, RoomFollower(face, told), note)
