"""Who is in a room: presence, pens, calls for the white cell, and a seat that is played at its console."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from tests.host.tables import SEATS, Hosted
from wargame.errors import IllegalMove
from wargame.host.course import Course
from wargame.host.face import Face
from wargame.host.room import BETWEEN_CALLS, Guest, Room
from wargame.record import Player
from wargame.table.requests import close, open_requests
from wargame.tui.kit.hosted import Presence
from wargame.words.pages import room as say

ONE, OTHER, THIRD = SEATS


@dataclass
class Evening:
    """A room whose clock stands until it is moved; `told` is what its journal was told."""

    hosted: Hosted = field(default_factory=lambda: Hosted().past_talk())
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room = Room(self.course, observers=True, journal=self.told.append, steady=self.hosted.watch)

    @property
    def course(self) -> Course:
        return self.hosted.course

    def comes(self, name: str) -> Guest:
        """Let somebody in; nobody looks at their program here, so that what it says in passing is dropped."""
        app = self.room.enter(name)
        app.notify = lambda *_said, **_how: None  # type: ignore[method-assign]
        return self.room.guests[-1]

    def presence(self, login: str) -> Presence:
        return next(one for one in self.room.present() if one.login == login)

    def names(self, login: str) -> list[str]:
        return [person.who for person in self.presence(login).people]


def face_of(guest: Guest) -> Face:
    assert guest.face is not None
    return guest.face


def test_who_is_in_and_who_has_the_pen() -> None:
    """The first who comes writes; when they leave the pen goes to who has been there longest."""
    evening = Evening()
    yuki, ken, ai = (evening.comes(f"{ONE}.{who}") for who in ("yuki", "ken", "ai"))
    assert evening.names(ONE) == ["yuki", "ken", "ai"]
    assert evening.presence(ONE).pen is yuki
    assert evening.presence(OTHER).people == []
    evening.room.leave(yuki.app)

    assert evening.names(ONE) == ["ken", "ai"]
    assert evening.presence(ONE).pen is ken
    evening.room.leave(ken.app)
    evening.room.leave(ai.app)
    assert evening.presence(ONE) == Presence(ONE, [], None, evening.presence(ONE).waited_for)


def test_whom_the_table_waits_for() -> None:
    """The seat to act, and no other."""
    evening = Evening()
    waited = [one.login for one in evening.room.present() if one.waited_for]

    assert waited == [evening.hosted.table.seat_to_play]


def test_a_pen_that_goes_to_another_is_seen_at_once() -> None:
    """Those whose pen comes or goes are told that something has changed, and nobody else."""
    evening = Evening()
    yuki, ken, far = (evening.comes(name) for name in (f"{ONE}.yuki", f"{ONE}.ken", OTHER))
    seen = {guest.name: face_of(guest).version for guest in (yuki, ken, far)}
    evening.room.pen(yuki)

    assert face_of(yuki).why_not == say.holds_the_pen(ken.name)
    assert face_of(ken).why_not == ""
    assert face_of(yuki).version > seen[yuki.name]
    assert face_of(ken).version > seen[ken.name]
    assert face_of(far).version == seen[far.name]


def test_a_seat_calls_for_the_white_cell_once_at_a_time() -> None:
    """It sees that it has asked, as do all who are in at that seat; others don't. It has to leave a pause."""
    evening = Evening()
    yuki, ken, far = (evening.comes(name) for name in (f"{ONE}.yuki", f"{ONE}.ken", OTHER))
    assert evening.room.call(yuki) == say.CALLED_NOW
    assert evening.room.call(ken) == say.CALLED
    assert [face_of(guest).called for guest in (yuki, ken, far)] == [True, True, False]

    (request,) = open_requests(evening.hosted.table)
    assert (request.seat, request.who) == (ONE, "yuki")
    close(evening.hosted.table, request)
    assert not face_of(yuki).called
    evening.hosted.wait(BETWEEN_CALLS - 2)
    assert evening.room.call(ken) == say.call_again(2)
    assert evening.room.call(far) == say.CALLED_NOW
    evening.hosted.wait(2)
    assert evening.room.call(ken) == say.CALLED_NOW


def test_while_the_console_plays_a_seat_whoever_is_in_there_looks_on() -> None:
    """They see why, have no pen and get it back; the journal tells of it."""
    evening = Evening()
    yuki, kim = evening.comes(f"{ONE}.yuki"), evening.comes("white.Kim")
    room = kim.app.room
    assert room is not None
    table, give_back = room.play_seat(ONE)
    face = cast(Face, table)

    assert (face.seat, face.why_not) == (ONE, "")
    assert face_of(yuki).why_not == say.PLAYED_AT_CONSOLE
    assert evening.room.pen(yuki) == say.PLAYED_AT_CONSOLE
    pen = evening.presence(ONE).pen
    assert pen is not None
    assert (pen.at_console, pen.who) == (True, "Kim")
    give_back()
    assert evening.presence(ONE).pen is yuki
    assert face_of(yuki).why_not == ""
    assert evening.names(ONE) == ["yuki"]
    assert [line for line in evening.told if "plays" in line] == [
        say.plays_here("Kim", ONE.title()),
        say.played_here("Kim", ONE.title()),
    ]


def test_after_the_console_the_pen_is_with_who_had_it() -> None:
    """Not with who is in for longest; also when their line dropped meanwhile."""
    evening = Evening()
    kim, yuki, ken = (evening.comes(name) for name in ("white.Kim", f"{ONE}.yuki", f"{ONE}.ken"))
    evening.room.pen(yuki)
    assert evening.presence(ONE).pen is ken
    assert kim.app.room is not None
    _face, give_back = kim.app.room.play_seat(ONE)
    give_back()
    assert evening.presence(ONE).pen is ken

    _face, give_back = kim.app.room.play_seat(ONE)
    evening.room.leave(ken.app)
    again = evening.comes(f"{ONE}.ken")
    give_back()
    assert evening.presence(ONE).pen is again


def test_what_the_console_does_is_done_at_the_table() -> None:
    """Its draft is the seat's own: whoever is in sees it, and it is laid when the turn comes."""
    evening = Evening()
    kim = evening.comes("white.Kim")
    assert kim.app.room is not None
    second = evening.hosted.in_order()[1]
    face = cast(Face, kim.app.room.play_seat(str(second.seat))[0])
    move = next(move for move in face.game.legal_moves() if move.verb != "end")
    face.play(move)

    assert second.draft is not None
    assert second.draft.moves == (move,)


def test_only_a_persons_seat_is_played_and_by_one_console() -> None:
    evening = Evening()
    kim, lee = evening.comes("white.Kim"), evening.comes("white.Lee")
    assert kim.app.room is not None
    assert lee.app.room is not None
    kim.app.room.play_seat(ONE)
    with pytest.raises(IllegalMove):
        lee.app.room.play_seat(ONE)
    evening.hosted.table.reseat(OTHER, Player("random", "Bot"))
    with pytest.raises(IllegalMove):
        lee.app.room.play_seat(OTHER)


def test_a_console_that_is_lost_gives_its_seat_back() -> None:
    evening = Evening()
    yuki, kim = evening.comes(f"{ONE}.yuki"), evening.comes("white.Kim")
    assert kim.app.room is not None
    kim.app.room.play_seat(ONE)
    evening.room.leave(kim.app)

    assert evening.presence(ONE).pen is yuki
    assert [one.login for one in evening.room.guests] == [ONE]


def test_looking_at_a_screen_is_in_the_journal() -> None:
    evening = Evening()
    yuki, kim = evening.comes(f"{ONE}.yuki"), evening.comes("white.Kim")
    assert kim.app.room is not None

    assert kim.app.room.watch(yuki) is yuki.app
    assert evening.told[-1] == f"White cell Kim looked at {ONE.title()}'s screen ({ONE}.yuki)."


def test_the_keyboard_of_the_host_is_a_console_too() -> None:
    """Its person is among the white cell, under the name that the host was started with."""
    evening = Evening()
    kim = evening.comes("white.Kim")
    evening.room.has_console(kim.app, "Lee")

    assert evening.names("white") == ["Kim", "Lee"]
    assert kim.app.room is not None
    assert kim.app.room.on_leaving == say.DOOR_CLOSES
