"""Whole games over real ssh connections: everybody at once, and no seat is sent what is another's."""

from __future__ import annotations

import asyncio

import pytest

from tests.host.clients import Client, Evening, an_evening
from tests.tui.halls import SEATS, a_table_of_people
from wargame.table import Table
from wargame.table.timers import Limit
from wargame.words import Words

KEYS = {
    "news": "s\r",
    "talk": "\r ",
    "meeting": "\x1b",
    "briefing": "\x1b",
    "choice": "1\r",
    "orders": "1\re\r",
    "answers": "e\r",
    "handover": " ",
}
"""What leads on from each page, typed at once; what is typed ahead opens and decides nothing."""

PATIENCE = 100
"""How often everybody types what leads on, with nothing coming of it, before a game stands still."""


async def leads_on(evening: Evening, client: Client) -> None:
    """Type what leads on, if anything does."""
    guest = next((guest for guest in evening.host.room.guests if guest.name == client.login), None)
    if guest is None:
        return
    state = guest.app.session.state
    for key in KEYS.get(state, ""):
        if guest.app.session.state == state:
            client.type(key)
            await asyncio.sleep(0.05)


def secrets_of(table: Table, seat: str) -> set[str]:
    """The titles of what only that seat holds or knows: its hand and its agenda."""
    words = Words(table.scenario)
    hand = {words.said(table.scenario.cards[card].title) for card in table.game.state.hands[seat]}
    return hand | {words.agenda(agenda).title for agenda in table.view(seat).agendas.values() if agenda}


def turned_over(table: Table) -> set[str]:
    """The titles of the cards that lie open, for all to see."""
    words, state = Words(table.scenario), table.game.state
    return {words.said(table.scenario.cards[card].title) for pile in state.discards.values() for card in pile}


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_a_game_is_played_over_ssh_and_no_seat_is_sent_what_is_anothers() -> None:
    table = a_table_of_people()
    table.timers.limits |= dict.fromkeys(("news", "talk", "orders", "answers"), Limit(600, 590))
    secrets: dict[str, set[str]] = {seat: set() for seat in SEATS}
    public: set[str] = set()
    async with an_evening(table) as evening:
        clients = {seat: await evening.comes(seat) for seat in SEATS}
        wall = await evening.comes("wall")
        before: dict[str, bytes] = {}
        painted: dict[str, set[str]] = {}
        stands, seen = 0, None
        while not table.over and stands < PATIENCE:
            states = [guest.app.session.state for guest in evening.host.room.guests]
            stands, seen = (0, now) if (now := (len(table.beats), states)) != seen else (stands + 1, seen)
            for seat in SEATS:
                secrets[seat] |= secrets_of(table, seat)
            public |= turned_over(table)
            before = {client.login: bytes(client.sent) for client in (*clients.values(), wall)}
            painted = {client.login: set(client.painted) for client in (*clients.values(), wall)}
            await asyncio.gather(*(leads_on(evening, client) for client in clients.values()))
            await asyncio.sleep(0.05)
        assert table.over, seen
    for login, sent in before.items():
        mine = secrets.get(login, set())
        theirs = set().union(*(titles for seat, titles in secrets.items() if seat != login)) - mine - public
        rows = "\n".join(painted[login])
        assert len(theirs) > 4
        assert not [title for title in theirs if title in rows or title.encode() in sent], login
        if mine:
            assert any(title in rows for title in mine)
