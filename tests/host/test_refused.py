"""What somebody may not do at a screen of their own is refused in a sentence, and no screen ends over it."""

from __future__ import annotations

import asyncio

import asyncssh
import pytest

from tests.host.clients import Client, Evening, an_evening, come_in
from tests.host.players import page_of
from tests.host.tables import Hosted
from tests.tui.halls import SEATS, Sitting, a_table_of_people
from wargame.host.face import NOT_YOURS
from wargame.table.timers import Limit
from wargame.tui.home.cards import PauseScreen
from wargame.tui.settings import Settings
from wargame.tui.viewer import ROOM, Viewer
from wargame.words.pages import home

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that are cut

NO_PEN = "Kim holds the pen."


@pytest.mark.parametrize("viewer", [ROOM, Viewer.of_seat("birch")], ids=["room", "seat"])
def test_the_talk_is_not_ended_by_who_may_not(viewer: Viewer) -> None:
    """Whoever only looks on, or has not the pen, is told so and goes on listening."""
    hosted = Hosted()
    face = hosted.course.face(viewer.seat or None, lambda: NO_PEN)
    sitting = Sitting(viewer, face).to("talk")

    assert not sitting.ask("done")
    assert sitting.state == "talk"
    assert sitting.hall.said == [NOT_YOURS if viewer == ROOM else NO_PEN]


async def at_talk(evening: Evening, *clients: Client) -> None:
    """Lead these people to the open table."""
    async with asyncio.timeout(30):
        while any(page_of(client.screen.display)[0] != "talk" for client in clients):
            for client in clients:
                page, keys = page_of(client.screen.display)
                if page in ("first", "news", "choice"):
                    client.type(keys[:1])
            await asyncio.sleep(0.3)
    await asyncio.sleep(0.8)  # a page hears nothing in its first moment


@pytest.mark.soak
async def test_a_talk_whose_time_is_up_ends_for_all_who_only_listen() -> None:
    """The table minds its clock by itself: an observer and a team's second person end nothing."""
    table = a_table_of_people()
    table.timers.limits["talk"] = Limit(600, 1)
    async with an_evening(table, observers=True) as evening:
        evening.host.room.settings = Settings(animations=False)
        clients = [await evening.comes(login) for login in (*SEATS, "birch.kim", "observer")]
        await at_talk(evening, *clients)
        table.timers.take_up("talk", 1.0)
        async with asyncio.timeout(20):
            while table.open_for_talk:
                await asyncio.sleep(0.05)
        await asyncio.sleep(1)

        assert not [client.login for client in clients if client.closed.is_set()]


@pytest.mark.soak
async def test_a_side_talk_is_asked_for_by_ones_own_seat() -> None:
    """At its own screen a team is not asked who asks; whoever only looks on is told that they can't."""
    table = a_table_of_people()
    async with an_evening(table, observers=True) as evening:
        evening.host.room.settings = Settings(animations=False)
        clients = [await evening.comes(login) for login in (*SEATS, "observer")]
        await at_talk(evening, *clients)
        for client in (clients[1], clients[-1]):
            for keys in ("t", "1", "\r", "word", "\r"):
                client.type(keys)
                await asyncio.sleep(0.4)
        assert len(table.asides()) == 1
        noted = table.asides()[0]
        assert noted.data["asker"] == "birch"
        assert not [client.login for client in clients if client.closed.is_set()]


def test_nobody_is_offered_a_pin_where_each_has_a_screen() -> None:
    """A screen of one's own was opened with a pass phrase."""
    hosted = Hosted().past_talk()
    face = hosted.in_order()[0]
    sitting = Sitting(Viewer.of_seat(str(face.seat)), face).to("orders")

    assert sitting.session.pausing == ("", False, False, face)
    assert home.LEAVE_THE_ROOM in [label for _key, label in PauseScreen(*sitting.session.pausing).choices]


async def test_a_key_opens_no_seat_that_is_not_there_and_any_name_behind_the_dot_is_one() -> None:
    """A key for a login that this table has not is refused at the door; a name may be empty, long or odd."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    keys = dict.fromkeys(("observer", "birch", "stranger"), frozenset({key.public_data}))
    async with an_evening(a_table_of_people(), authorized=keys) as evening:
        assert evening.host.door is not None
        for login in ("observer", "stranger", "observer.kim"):
            with pytest.raises(asyncssh.PermissionDenied):
                await come_in(evening.host.door.port, login, "", client_keys=[key])
        for login in ("birch.", "birch+", f"birch.{'k' * 60}", "birch.한 글", "birch.a.b"):
            client = await come_in(evening.host.door.port, login, "", client_keys=[key])
            evening.clients.append(client)
            await client.sees("round 1 of 2")
        assert [guest.who for guest in evening.host.room.at("birch")] == ["", "", "k" * 40, "한 글", "a.b"]
