"""A host that has died and is started again: everybody is where they were, whatever its file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.host.clients import KEY
from tests.host.tables import Hosted, end, first
from tests.rules.boards import mini
from tests.tui.halls import SEATS
from wargame.content.exercise_check import Messages
from wargame.host.face import Face
from wargame.host.hostfile import HostFile
from wargame.host.memories import from_plain, to_plain
from wargame.host.room import MOST_NAMES, SHOWN, Guest
from wargame.host.serve import DRAFTS, TALKED, Host, Opening
from wargame.host.wall import RoomWall
from wargame.record import Player, Save
from wargame.rules.moves import Commit, End
from wargame.table import Table
from wargame.tui.kit.press import read_at, unread
from wargame.tui.wall.screens import WallBoardScreen, WallRecapScreen, WallTalkScreen
from wargame.words.pages import wall as say

ONE, OTHER, THIRD = SEATS


class Killed:
    """A host whose people lead on without screens, and what a `kill -9` leaves of it."""

    def __init__(self, folder: Path, seed: int = 3) -> None:
        people = {seat: Player("person", seat.title()) for seat in SEATS}
        self.folder = folder
        folder.mkdir(exist_ok=True)
        Table.start(mini(), people, seed=seed, rounds=2, folder=folder, name="evening").close()
        self.begin()

    def begin(self, held: bool | None = None) -> None:
        table = Table._resumed(Save.open(self.folder / "evening.wargame"))
        table.press = Messages()
        self.host = Host(table, Opening(held=held), KEY)

    def kill(self) -> None:
        """Let go of the save as the death of a process does, then begin again with what lies there."""
        assert self.host.table.save is not None
        self.host.table.save.close()
        self.begin()

    def comes(self, name: str) -> Guest:
        """Let somebody come in, without a screen: their session begins all the same."""
        app = self.host.room.enter(name)
        app.notify = lambda *_said, **_how: None  # type: ignore[method-assign]
        guest = self.host.room.guests[-1]
        guest.app.session.begin(guest.app.start)
        return guest

    def drafter(self) -> str:
        """The seat whose turn comes second, so that it drafts."""
        return self.host.table.game.state.order[1]

    def everybody(self) -> dict[str, Guest]:
        return {seat: self.comes(seat) for seat in SEATS}


def lead_on(guest: Guest) -> None:
    """Go on from a page without a decision."""
    if guest.app.session.state in ("news", "meeting", "briefing", "talk"):
        guest.app.session.ask("done")


def to_orders(guests: dict[str, Guest]) -> None:
    """Lead everybody over the first pages and the talk."""
    for _ in range(6):
        for guest in guests.values():
            lead_on(guest)
    assert {guest.app.session.state for guest in guests.values()} == {"orders"}


def states(guests: dict[str, Guest]) -> dict[str, str]:
    return {seat: guest.app.session.state for seat, guest in guests.items()}


def face_of(guest: Guest) -> Face:
    assert guest.face is not None
    return guest.face


def kept(killed: Killed) -> HostFile:
    assert killed.host.file is not None
    return killed.host.file


# --- the room --------------------------------------------------------------------------------------------


def pen_of(killed: Killed, seat: str) -> str:
    pen = next(one.pen for one in killed.host.room.present() if one.login == seat)
    return pen.name if pen is not None else ""


def test_the_pen_comes_back_to_who_had_it(tmp_path: Path) -> None:
    """Whoever is in first has it until they come, and keeps it if they have passed it on meanwhile."""
    killed = Killed(tmp_path)
    killed.comes(f"{ONE}.yuki")
    killed.comes(f"{ONE}.ken")
    for _ in range(2):
        killed.kill()
        killed.comes(f"{ONE}.ken")
        assert pen_of(killed, ONE) == f"{ONE}.ken"
    killed.comes(f"{ONE}.yuki")
    assert pen_of(killed, ONE) == f"{ONE}.yuki"

    killed.kill()
    ken, _ai = killed.comes(f"{ONE}.ken"), killed.comes(f"{ONE}.ai")
    killed.host.room.pen(ken)
    killed.comes(f"{ONE}.yuki")
    assert pen_of(killed, ONE) == f"{ONE}.ai"


async def test_a_pen_is_kept_when_the_door_is_closed_in_order(tmp_path: Path) -> None:
    """That everybody leaves then, one after the other, passes nothing on."""
    killed = Killed(tmp_path)
    yuki, ken = killed.comes(f"{ONE}.yuki"), killed.comes(f"{ONE}.ken")
    await killed.host.close()
    for guest in (yuki, ken):
        killed.host.room.leave(guest.app)
    killed.kill()
    killed.comes(f"{ONE}.ken")
    killed.comes(f"{ONE}.yuki")

    assert pen_of(killed, ONE) == f"{ONE}.yuki"


def test_a_table_that_was_held_is_held(tmp_path: Path) -> None:
    """Unless the new host is told to begin."""
    killed = Killed(tmp_path)
    assert not killed.host.course.held
    killed.host.room.hold()
    killed.kill()
    assert killed.host.course.held

    killed.host.room.hold()
    killed.kill()
    assert not killed.host.course.held
    killed.host.room.hold()
    assert killed.host.table.save is not None
    killed.host.table.save.close()
    killed.begin(held=False)
    assert not killed.host.course.held


async def test_no_key_closes_a_wall_that_came_in(tmp_path: Path) -> None:
    """Whoever touches its keyboard is told how it is left."""
    wall = Killed(tmp_path).host.room.enter("wall")
    async with wall.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        for key in ("q", "ctrl+q", "ctrl+c", "escape"):
            await pilot.press(key)
        await pilot.pause()
        assert wall.is_running
        assert wall.return_code is None
        strips = wall.screen._compositor.render_strips()
        assert say.NO_KEY in "".join(segment.text for strip in strips for segment in strip)


async def test_the_wall_tells_nothing_again(tmp_path: Path) -> None:
    """What was told before the host died is not told once more."""
    killed = Killed(tmp_path)
    wall = killed.host.room.enter("wall")
    assert isinstance(wall, RoomWall)
    async with wall.run_test(size=(120, 40)) as pilot:
        for _ in range(200):
            if killed.host.room._memories.get("wall"):
                break
            if isinstance(wall.screen, WallRecapScreen) and wall.screen._done is not None:
                wall.screen._done()
            await pilot.pause(0.05)
        else:
            pytest.fail("the opening was not told")
    killed.kill()
    again = killed.host.room.enter("wall")
    assert isinstance(again, RoomWall)
    async with again.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        assert isinstance(again.screen, WallTalkScreen)
    for kept_of_it in ("?", {"told": "x"}, {"told": 10**9}):
        killed.host.room._memories["wall"] = kept_of_it
        odd = killed.host.room.enter("wall")
        async with odd.run_test(size=(120, 40)) as pilot:
            await pilot.pause(0.5)
            assert isinstance(odd.screen, WallTalkScreen | WallRecapScreen)


async def test_a_wall_that_comes_late_begins_where_the_room_is(tmp_path: Path) -> None:
    """Who came before has been told of the opening; it is no news any more."""
    killed = Killed(tmp_path)
    early = killed.host.room.enter("wall")
    async with early.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        assert isinstance(early.screen, WallRecapScreen)
    to_orders(killed.everybody())
    late = killed.host.room.enter("wall.late")
    async with late.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        assert isinstance(late.screen, WallBoardScreen)


# --- pages -----------------------------------------------------------------------------------------------


def test_everybody_comes_back_to_the_page_they_were_on(tmp_path: Path) -> None:
    """What has been gone through is told to nobody again, whoever was how far."""
    killed = Killed(tmp_path)
    guests = killed.everybody()
    to_orders(guests)
    end(face_of(guests[killed.drafter()]))
    guests[killed.drafter()].app.session.ask("done")
    before = states(guests)
    killed.kill()

    assert states(killed.everybody()) == before
    assert set(before.values()) == {"orders", "watch"}


def test_who_has_said_that_they_are_done_talking_is_not_asked_again(tmp_path: Path) -> None:
    """The talk goes on for the others, and ends when they have said so too."""
    killed = Killed(tmp_path)
    guests = killed.everybody()
    for _ in range(3):
        for guest in guests.values():
            if guest.app.session.state != "talk":
                lead_on(guest)
    assert states(guests) == dict.fromkeys(SEATS, "talk")
    lead_on(guests[ONE])
    before = states(guests)
    killed.kill()
    after = killed.everybody()

    assert states(after) == before
    lead_on(after[OTHER])
    lead_on(after[THIRD])
    assert not killed.host.table.open_for_talk


def test_a_recap_goes_on_at_its_page(tmp_path: Path) -> None:
    """Also when only the line has dropped."""
    killed = Killed(tmp_path)
    one = killed.comes(ONE)
    while one.app.session.state != "news":
        lead_on(one)
    one.app.session.turn_to(1)
    told = [beat.id for beat in one.app.session.news]
    killed.host.room.leave(one.app)
    assert killed.comes(ONE).app.session.places["news"] == (told, 1)
    killed.kill()

    again = killed.comes(ONE).app.session
    assert (again.state, again.places["news"]) == ("news", (told, 1))
    assert [beat.id for beat in again.news] == told


def test_each_of_a_team_is_where_they_were_and_a_new_one_where_the_team_is(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    yuki, ken = killed.comes(f"{ONE}.yuki"), killed.comes(f"{ONE}.ken")
    for guest in (ken, yuki, yuki):
        lead_on(guest)
    before = yuki.app.session.state, ken.app.session.state
    assert before == ("talk", "news")
    killed.kill()

    names = (f"{ONE}.yuki", f"{ONE}.ken", f"{ONE}.ai")
    assert tuple(killed.comes(name).app.session.state for name in names) == (*before, before[0])


def test_messages_that_were_read_are_not_new_again(tmp_path: Path) -> None:
    """Those that came later are."""
    killed = Killed(tmp_path)
    guests = killed.everybody()
    face_of(guests[OTHER]).send(OTHER, [ONE], "The mill at dusk.")
    one = guests[ONE]
    read_at(one.app).setdefault(ONE, set()).update(face_of(one).messages(ONE))
    one.app.has_shown()
    face_of(guests[OTHER]).send(OTHER, [ONE], "Bring a lamp.")
    killed.kill()
    back = killed.comes(ONE)

    assert [message.text for message in unread(back.app, face_of(back), ONE)] == ["Bring a lamp."]


def test_only_so_many_names_are_kept(tmp_path: Path) -> None:
    """Whoever has a card may come in under any name, and under another one a moment later."""
    killed = Killed(tmp_path)
    killed.comes(ONE)
    for nth in range(MOST_NAMES + 20):
        killed.host.room.leave(killed.comes(f"{OTHER}.{nth}").app)

    assert len(kept(killed).read()[SHOWN]) == MOST_NAMES
    assert OTHER in kept(killed).read()[SHOWN]


@pytest.mark.parametrize(
    "strange",
    [
        7, [], None, {ONE: 7}, {ONE: {"shown": "x"}}, {ONE: {"shown": [1]}}, {ONE: {"shown": 10**30}},
        {ONE: {"shown": True, "has_met": "yes", "has_read": {}, "news": [1], "messages": -1}},
        {ONE: {"has_read": [[[]], {}], "news": [["a", {}], 10**30], "messages": 10**30}},
        {ONE: {"news": [[0, 1, 2, 3, 4, 5], 10**9], "shown": 0}},
    ],
)  # fmt: skip
def test_what_makes_no_sense_in_the_file_is_left_out(tmp_path: Path, strange: object) -> None:
    """An old file, or somebody's: everybody comes in, and from there to their orders."""
    killed = Killed(tmp_path)
    kept(killed).replace(**{SHOWN: strange, TALKED: strange})
    killed.kill()

    to_orders(killed.everybody())


def test_a_move_that_was_lost_hides_nothing_that_came_in_its_place() -> None:
    """After a power cut the save may end before what was shown; what is played then is news."""
    hosted = Hosted().past_talk()
    face = hosted.in_order()[0]
    plain = to_plain({"shown": [0, 99], "has_met": True, "has_read": None, "places": {}}, 0)
    memory, _messages = from_plain(json.loads(json.dumps(plain)), face.beats)

    assert memory["shown"] == [beat.id for beat in face.beats]


# --- drafts ----------------------------------------------------------------------------------------------


def test_a_card_is_kept_before_the_screen_shows_it(tmp_path: Path) -> None:
    """No thread has run yet, and nothing else of the host: it is killed the moment after."""
    killed = Killed(tmp_path)
    to_orders(killed.everybody())
    seat = killed.drafter()
    face = face_of(killed.host.room.at(seat)[0])
    card = first(face, Commit)
    shown: list[dict[str, Any]] = []
    face.observe(lambda: shown.append(kept(killed).read()[DRAFTS][seat]))
    face.play(card)
    assert shown == [{"turn": [1, "orders"], "moves": [card.to_plain()], "ready": False}]
    killed.kill()

    again = killed.comes(seat)
    assert face_of(again).draft is not None
    assert [beat.move for beat in face_of(again).beats[-1:]] == [card]


@pytest.mark.parametrize("laid", [0, 1])
def test_a_draft_whose_turn_had_just_come_is_laid(tmp_path: Path, laid: int) -> None:
    """The host died after the turn before it was over, with none of it laid, or a part."""
    killed = Killed(tmp_path)
    to_orders(killed.everybody())
    seat = killed.drafter()
    face = face_of(killed.host.room.at(seat)[0])
    face.play(first(face, Commit))
    face.play(first(face, Commit))
    assert face.draft is not None
    moves = face.draft.moves
    killed.host.table.save.close()  # type: ignore[union-attr]
    table = Table._resumed(Save.open(tmp_path / "evening.wargame"))
    table.play(next(move for move in table.game.legal_moves() if isinstance(move, End)))
    for move in moves[:laid]:
        table.play(move)
    table.close()
    killed.begin()
    again = face_of(killed.comes(seat))

    assert [beat.move for beat in killed.host.table.beats[-2:]] == list(moves)
    assert again.confirms is not None
    assert not again.confirms.dropped


def test_what_a_power_cut_has_torn_is_not_read(tmp_path: Path) -> None:
    """What was put on the medium is; what was written ahead before that is older."""
    file = HostFile(tmp_path / "evening.host")
    file.replace(phrases={"japan": 1})
    file.write_ahead(drafts=1)
    file.catch_up()
    file.write_ahead(drafts=2)
    ahead = tmp_path / "evening.host.ahead"
    assert HostFile(file.path).read()["drafts"] == 2
    whole = ahead.read_bytes()
    for torn in (b"", whole[:-1], b"\0" * len(whole)):
        ahead.write_bytes(torn)
        assert HostFile(file.path).read() == {"phrases": {"japan": 1}, "drafts": 1, "nth": 1}
    ahead.write_bytes(whole)
    again = HostFile(file.path)
    again.write_ahead(shown=3)
    assert HostFile(file.path).read() == {"phrases": {"japan": 1}, "drafts": 2, "shown": 3, "nth": 3}
    again.catch_up()
    ahead.write_bytes(whole)
    assert HostFile(file.path).read()["nth"] == 3


async def test_a_host_that_ends_in_order_leaves_one_file(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    to_orders(killed.everybody())
    await killed.host.close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["evening.host", "evening.wargame"]
    assert set(kept(killed).read()[SHOWN]) == set(SEATS)
