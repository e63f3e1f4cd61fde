"""The door over real ssh connections: who comes in, how tries are slowed, and what nobody may do."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import asyncssh
import pytest
from asyncssh.packet import Boolean, String, UInt32

from tests.host.toy import KEY, MANY, PHRASES, Room, a_room, connect, terminal
from wargame.host.door import LOGIN_LONGEST, MOST_PHRASES, Caller, Limits
from wargame.words.pages import host as say

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that are cut


async def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until a function returns something true."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


# --- coming in -------------------------------------------------------------------------------------------


async def test_the_right_phrase_lets_in_and_keys_echo() -> None:
    """Whoever knows the phrase has a terminal with an app of their own."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan 80x24 ●")
        screen.type("hello")
        await screen.shows("typed hello")

        assert room.lines == [say.came("japan", "127.0.0.1")]


async def wrong(room: Room, login: str = "japan", phrase: str = "guess-me") -> None:
    with pytest.raises((asyncssh.PermissionDenied, asyncssh.ConnectionLost)):
        async with connect(room.door, login, phrase=phrase):
            pass


@pytest.mark.parametrize("login", ["japan", "nobody", "", "x" * 500, "seoul 서울"])
async def test_a_wrong_phrase_does_not(login: str) -> None:
    """The journal has a line for it that holds neither what was tried nor what a terminal would obey."""
    async with a_room() as room:
        try:
            await wrong(room, login)
        except asyncssh.DisconnectError:
            assert login not in PHRASES  # no name that ssh allows

        assert all(line.startswith("Wrong phrase for ") and len(line) < 150 for line in room.lines)
        assert "guess" not in "".join(room.lines)
        assert not room.visitors


async def test_the_phrase_of_another_login_does_not() -> None:
    """A phrase is of one login."""
    async with a_room() as room:
        await wrong(room, "japan", PHRASES["rok"])
        await wrong(room, "japan", "")

        assert not room.visitors


async def test_wrong_tries_are_heard_later_and_later() -> None:
    """After the third there is a pause, which grows; whoever then knows the phrase is in, and it is over."""
    async with a_room() as room:
        for _ in range(4):
            await wrong(room)
        assert [line.partition(";")[2] for line in room.lines] == [
            "", "", " the next try waits 1 s.", " the next try waits 2 s.",
        ]  # fmt: skip
        assert room.door.wait("rok", "127.0.0.1") > 0  # the address waits, whatever it tries
        assert room.door.wait("japan", "10.0.0.1") > 0  # the login waits, wherever it is tried
        assert room.door.wait("rok", "10.0.0.1") == 0
        async with connect(room.door) as conn:
            await (await terminal(conn)).shows("seat japan")

        assert room.door.wait("japan", "127.0.0.1") == 0


async def test_nobody_locks_a_team_out() -> None:
    """However often a login is tried from elsewhere, its own people wait a few seconds at most."""
    async with a_room(admits=lambda _login, _typed: False) as room:
        for _ in range(100):
            room.door._by_login.wrong("japan")
            room.door._by_source.wrong("10.6.6.6")

        assert 0 < room.door.wait("japan", "127.0.0.1") <= LOGIN_LONGEST < room.door.wait("rok", "10.6.6.6")


async def test_tries_made_at_once_wait_as_if_made_one_by_one() -> None:
    """Twelve connections that try at the same moment are not heard at the same moment."""
    heard: list[str] = []

    def refuses(_login: str, typed: str) -> bool:
        heard.append(typed)
        return False

    async with a_room(replace(MANY, login=1.5, knocking=20, knocking_each=20), admits=refuses) as room:
        await asyncio.gather(*(wrong(room, phrase=f"guess {number}") for number in range(12)))

        assert 3 <= len(heard) <= 5


async def test_a_connection_has_three_tries() -> None:
    """Then it is closed."""

    class Guessing(asyncssh.SSHClient):
        tries = 0

        def password_auth_requested(self) -> str:
            self.tries += 1
            return f"guess {self.tries}"

    guessing = Guessing()
    async with a_room() as room:
        with pytest.raises((asyncssh.DisconnectError, OSError)):
            await connect(room.door, client_factory=lambda: guessing, phrase=None, password=None)

        await until(lambda: len(room.lines) == MOST_PHRASES)
        assert not room.visitors


async def test_a_key_that_the_host_was_given_lets_in_without_a_phrase() -> None:
    """Another key does not, nor the same one at another login; many keys are too many."""
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    async with a_room(authorized={"japan": frozenset({mine.public_data})}) as room:
        async with connect(room.door, client_keys=[mine], password=None) as conn:
            await (await terminal(conn)).shows("seat japan")
        for login, keys in (("japan", [other]), ("rok", [mine]), ("japan", [other] * 30)):
            with pytest.raises((asyncssh.DisconnectError, OSError)):
                await connect(room.door, login, client_keys=keys, password=None)

        assert len(room.visitors) == 1


async def test_no_other_way_in_is_offered() -> None:
    """A phrase, and a key if any was given; what the server is stays between it and its host."""
    async with a_room() as room:
        methods = await asyncssh.get_server_auth_methods("127.0.0.1", room.door.port, "japan", config=None)
        reader, writer = await asyncio.open_connection("127.0.0.1", room.door.port)
        first = await reader.readline()
        writer.close()

        assert list(methods) == ["password"]
        assert first == b"SSH-2.0-host\r\n"


# --- what nobody may do ----------------------------------------------------------------------------------


async def test_no_command_and_no_subsystem() -> None:
    """No exec, no sftp, no scp: asyncssh would take them unless told otherwise."""
    async with a_room() as room:
        for login in ("japan", "wall"):
            async with connect(room.door, login) as conn:
                with pytest.raises(asyncssh.ChannelOpenError):
                    await conn.create_process("id", term_type="xterm")
            async with connect(room.door, login) as conn:
                with pytest.raises(asyncssh.ChannelOpenError):
                    await conn.start_sftp_client()
            async with connect(room.door, login) as conn:
                with pytest.raises(asyncssh.ChannelOpenError):
                    await conn.create_process(subsystem="netconf")
            async with connect(room.door, login) as conn:
                with pytest.raises(asyncssh.ChannelOpenError):
                    await asyncssh.scp((conn, "/etc/passwd"), os.devnull)

        assert not room.visitors


async def test_no_shell_without_a_terminal() -> None:
    """What can't be drawn on gets nothing."""
    async with a_room() as room, connect(room.door) as conn:
        with pytest.raises(asyncssh.ChannelOpenError):
            await conn.create_process()

        assert not room.visitors


async def test_no_forwarding(tmp_path: Path) -> None:
    """No port, no socket, no tunnel, in neither direction."""
    async with a_room() as room, connect(room.door) as conn:
        asked: Any
        for asked in (
            lambda: conn.open_connection("127.0.0.1", room.door.port),
            lambda: conn.open_unix_connection(str(tmp_path / "socket")),
            conn.open_tun,
            conn.open_tap,
        ):
            with pytest.raises(asyncssh.ChannelOpenError):
                await asked()
        for asked in (
            lambda: conn.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 1),
            lambda: conn.forward_remote_path(str(tmp_path / "listening"), str(tmp_path / "there")),
        ):
            with pytest.raises(asyncssh.ChannelListenError):
                await asked()

        screen = await terminal(conn)
        await screen.shows("seat japan")
        assert not list(tmp_path.iterdir())


async def test_no_environment_no_display_no_agent_and_one_terminal() -> None:
    """A channel's own requests are refused too, before and while an app runs in it."""
    requests = (
        (b"env", String("LANG"), String("C")),
        (b"env", String("WARGAME_CONFIG"), String("/etc/passwd")),
        (b"x11-req", Boolean(False), String("MIT-MAGIC-COOKIE-1"), String("00" * 16), UInt32(0)),
        (b"auth-agent-req@openssh.com",),
        (b"pty-req", String("xterm"), UInt32(80), UInt32(24), UInt32(0), UInt32(0), String("")),
        (b"shell",),
        (b"exec", String("id")),
        (b"subsystem", String("sftp")),
        (b"whatever", String("?")),
    )
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        assert screen.chan is not None
        for request in requests:
            assert not await screen.chan._make_request(*request), request

        screen.type("still here")
        await screen.shows("typed still here")
        assert len(room.visitors) == 1


async def test_no_second_channel() -> None:
    """One connection is one terminal; the one that is there goes on."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        with pytest.raises(asyncssh.ChannelOpenError):
            await terminal(conn)

        screen.type("on")
        await screen.shows("typed on")


# --- too much of it --------------------------------------------------------------------------------------


async def test_a_flood_is_shed_and_those_inside_go_on() -> None:
    """Of 200 connections at once a few are kept for a while; a seat's keys echo, others can come in."""
    limits = replace(MANY, login=1.0)
    async with a_room(limits) as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        flood = await asyncio.gather(
            *(asyncio.open_connection("127.0.0.1", room.door.port) for _ in range(200))
        )
        for letter in "echo":
            screen.type(letter)
            await screen.shows(letter)
        await screen.shows("typed echo")
        assert len(room.door.callers) <= 1 + limits.knocking_each
        for reader, writer in flood:  # all are closed by the door
            with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                await asyncio.wait_for(reader.readexactly(1000), 10)
            writer.close()
        async with connect(room.door, "rok") as second:
            await (await terminal(second)).shows("seat rok")


async def test_one_address_knocks_so_often_and_no_more() -> None:
    """Beyond that its connections are closed at once, and the journal says so once in a while."""
    async with a_room(Limits(knocks_at_once=5, knocks_second=0.001)) as room:
        for _ in range(8):
            reader, writer = await asyncio.open_connection("127.0.0.1", room.door.port)
            await reader.read(1)
            writer.close()
        room.door._tell_of_shed()

        assert room.lines == [say.turned_away(3, "127.0.0.1")]


async def test_a_crowd_from_one_address_makes_room_for_another() -> None:
    """Whoever holds all places of strangers, with however many addresses, keeps no team out."""
    async with a_room(replace(MANY, knocking=4, knocking_each=3)) as room:
        held = []
        for address in ("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.2"):
            held.append(await asyncio.open_connection("127.0.0.1", room.door.port, local_addr=(address, 0)))
            await held[-1][0].readline()
        async with connect(room.door) as conn:
            await (await terminal(conn)).shows("seat japan")

            assert await asyncio.wait_for(held[0][0].read(), 10) == b""
            assert [caller.address for caller in room.door.callers] == [
                "127.0.0.3", "127.0.0.2", "127.0.0.2", "127.0.0.1",
            ]  # fmt: skip
        for _, writer in held:
            writer.close()


def test_one_network_of_ipv6_is_one_source() -> None:
    """A machine has as many addresses of it as it likes; an address of IPv4 is itself."""
    sources = {}
    for address in ("10.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "fe80::2", "2001:db8:1:2:3::4", "", "?"):
        caller = Caller(cast("Any", None))
        caller.address = address
        sources[address] = caller.source

    assert list(sources.values()) == [
        "10.0.0.1", "10.0.0.1", "fe80::/64", "fe80::/64", "2001:db8:1:2::/64", "", "?",
    ]  # fmt: skip


async def test_who_says_nothing_is_closed() -> None:
    """A stranger has a while to come in, and one who is in a while to ask for a terminal."""
    async with a_room(replace(MANY, login=0.3, idle=0.3)) as room:
        reader, writer = await asyncio.open_connection("127.0.0.1", room.door.port)
        await asyncio.wait_for(reader.read(), 10)
        writer.close()
        async with connect(room.door) as conn:
            await asyncio.wait_for(conn.wait_closed(), 10)

        await until(lambda: not room.door.callers)


async def test_garbage_instead_of_ssh_is_closed() -> None:
    """Whatever comes, nobody else notices."""
    luck = random.Random(7)
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        for junk in (
            b"GET / HTTP/1.1\r\n\r\n",
            luck.randbytes(100_000),
            b"SSH-2.0-x\r\n" + luck.randbytes(100_000),
            b"SSH-2.0-" + b"x" * 100_000,
            b"SSH-2.0-\xff\xfe\r\n",
            b"SSH-2.0-x\r\n" + b"\xff" * 1000,
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", room.door.port)
            writer.write(junk)
            with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                await asyncio.wait_for(reader.readexactly(100_000), 10)
            writer.close()
        screen.type("fine")
        await screen.shows("typed fine")

        assert len(room.visitors) == 1


async def test_a_line_that_is_dead_is_noticed() -> None:
    """Who answers no question is gone after a few of them."""
    async with a_room(replace(MANY, keepalive=0.2, missed=2)) as room, connect(room.door) as conn:
        await (await terminal(conn)).shows("seat japan")
        conn._transport.pause_reading()

        await until(lambda: room.lines[-1] == say.went("japan", "127.0.0.1"))
        conn.abort()


async def test_all_are_told_when_the_host_closes() -> None:
    """The terminal is as it was, with one sentence in it."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await screen.shows("seat japan")
        await room.door.close()
        await asyncio.wait_for(screen.gone.wait(), 10)

        assert screen.sent.endswith(f"{say.CLOSING}\r\n".encode())
        assert not room.door.callers
        assert not room.door.tasks


async def test_the_host_is_known_by_its_key() -> None:
    """A client that knows the key comes in; to one that knows another the host is a stranger."""
    async with a_room() as room:
        known = asyncssh.import_known_hosts(f"* {KEY.export_public_key().decode()}")
        async with connect(room.door, known_hosts=known):
            pass
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
        with pytest.raises(asyncssh.HostKeyNotVerifiable):
            await connect(room.door, known_hosts=asyncssh.import_known_hosts(f"* {other}"))
