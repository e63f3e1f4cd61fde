"""An app at the other end of a line: size, colours, signs, slow and hostile ends, and a clean way out."""

from __future__ import annotations

import asyncio
import gc
import inspect
import random
import re
import sys
from itertools import count
from typing import Any, cast

import asyncssh
import pytest
import textual.app
from textual.app import App
from textual.driver import Driver
from textual.events import Resize

from tests.host.test_door import until
from tests.host.toy import Room, Screen, Toy, a_room, connect, terminal
from wargame.host.driver import ASK, REDRAW, START
from wargame.host.line import HELD
from wargame.host.visitor import COLUMNS, ROWS, Visitor
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.terminal.keyboard import RESTORE
from wargame.words.pages import host as say

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that are cut


async def seated(conn: asyncssh.SSHClientConnection, login: str = "japan", **named: Any) -> Screen:
    screen = await terminal(conn, **named)
    await screen.shows(f"seat {login}")
    return screen


# --- a terminal ------------------------------------------------------------------------------------------


async def reaches(room: Room, size: tuple[int, int]) -> None:
    await until(lambda: room.app("japan").size == size)


async def test_the_size_follows_the_window_and_stays_in_bounds() -> None:
    """Any number may come as a size; what can't be drawn is drawn as far as it can."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        assert screen.chan is not None
        for size, drawn in (
            ((100, 30), (100, 30)),
            ((2**32 - 1, 2**32 - 1), (COLUMNS, ROWS)),
            ((0, 0), (80, 24)),
            ((1, 1), (1, 1)),
            ((2**31, 3), (COLUMNS, 3)),
            ((132, 43), (132, 43)),
        ):
            screen.resize(*size)
            await reaches(room, drawn)
        await screen.shows("seat japan 132x43")


async def test_no_size_comes_by_the_way_of_keys() -> None:
    """A report of the terminal's own would be one of any size, and as often as it likes."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        screen.type("\x1b[48;900;900;9000;9000t\x1b[?2048;1$y!")
        await screen.shows("typed !")

        assert room.app("japan").size == (80, 24)
        assert room.app("japan").shape == (80, 24)


async def test_a_thousand_sizes_at_once_are_drawn_as_one() -> None:
    """Whoever drags a window, or lies about it, does not keep the host busy."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        assert screen.chan is not None
        told: list[Resize] = []
        room.app("japan").on_resize = told.append  # type: ignore[assignment,method-assign]
        for number in range(1000):
            screen.chan.change_terminal_size(80 + number % 50, 24)
        screen.chan.change_terminal_size(90, 25)
        await reaches(room, (90, 25))

        assert len(told) < 100


async def test_a_window_of_no_size_when_it_comes() -> None:
    """A client that does not know its window gets the usual one."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn, term_size=(0, 0))
        await screen.shows("seat japan 80x24")


async def test_the_terminal_is_left_as_it_was() -> None:
    """What was asked of it at the beginning is taken back at the end, and the line is closed."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        screen.type("q")
        await asyncio.wait_for(screen.gone.wait(), 10)

        assert screen.sent.startswith(START.encode())
        assert screen.sent.endswith(RESTORE.encode())
        assert screen.status == 0
        on = set(re.findall(r"\x1b\[\?(\d+)h", START))
        assert on <= {*re.findall(r"\x1b\[\?(\d+)l", RESTORE)}
        await asyncio.wait_for(conn.wait_closed(), 10)


CODES = re.compile(rb"\x1b\[([0-9;]+)m")


def kinds_of_colour(sent: bytes | bytearray) -> set[str]:
    """Return which kinds of colours were sent: truecolor, 256, standard."""
    codes = b";".join(CODES.findall(sent.replace(ASK.encode(), b""))) + b";"
    kinds = {"truecolor": rb"[34]8;2;", "256": rb"[34]8;5;", "standard": rb"(?<![\d;])(3|4|9|10)[0-7];"}
    return {kind for kind, pattern in kinds.items() if re.search(pattern, codes)}


@pytest.mark.parametrize("host", [{"NO_COLOR": "1", "TERM": "dumb"}, {"COLORTERM": "truecolor"}])
async def test_colours_are_those_of_each_visitors_terminal(
    monkeypatch: pytest.MonkeyPatch, host: dict[str, str]
) -> None:
    """Whatever the host's own terminal is, whether its owner likes colours, and who came first."""
    terms = {"xterm-kitty": "truecolor", "xterm-256color": "256", "xterm": "standard", "vt100": None}
    for name, value in host.items():
        monkeypatch.setenv(name, value)
    async with a_room() as room:
        for order in (list(terms), list(reversed(terms))):
            for term in order:
                async with connect(room.door) as conn:
                    screen = await seated(conn, term=term)

                    assert room.app("japan").console.color_system == terms[term]
                    assert kinds_of_colour(screen.sent) == {terms[term]} - {None}, term


@pytest.mark.parametrize("term", ["dumb", "", "unknown", "xterm\x1b[31m", "xterm\n"])
async def test_what_places_no_text_is_told_so(term: str) -> None:
    """One sentence instead of an app."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await terminal(conn, term=term or "unknown")
        await asyncio.wait_for(screen.gone.wait(), 10)

        assert screen.sent == f"{say.NO_TERMINAL}\r\n".encode()
        assert not room.apps


@pytest.mark.parametrize(
    ("term", "modes"),
    [("xterm-256color", {asyncssh.PTY_IUTF8: 0}), ("linux", {asyncssh.PTY_IUTF8: 1}), ("vt220", {})],
)
async def test_letters_alone_where_signs_are_not_known(term: str, modes: dict[int, int]) -> None:
    """A terminal that says it reads no UTF-8, or has no such letters, is sent none."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn, term=term, term_modes=modes)
        screen.type("é한")
        await screen.shows("keys 2.")

        assert screen.sent.isascii()


@pytest.mark.parametrize(
    ("term", "colours", "glyphs"),
    [("xterm-256color", "256", "quadrant"), ("linux", "standard", "ascii"), ("vt100", None, "ascii")],
)
async def test_this_programs_own_app_has_its_visitors_colours_and_signs(
    monkeypatch: pytest.MonkeyPatch, term: str, colours: str | None, glyphs: str
) -> None:
    """Its settings and its theme follow the terminal, and it shows its first page."""

    def make(_login: str, driver: type[Driver]) -> App[Any]:
        app = WargameApp(Start(), driver=driver)
        apps.append(app)
        return app

    monkeypatch.setenv("NO_COLOR", "1")
    apps: list[WargameApp] = []
    async with a_room(make=make) as room, connect(room.door) as conn:
        screen = await terminal(conn, 100, 30, term)
        await until(lambda: len(screen.text.strip()) > 100)

        assert apps[0].settings.glyphs == glyphs
        assert apps[0].console.color_system == colours
        assert kinds_of_colour(screen.sent) == {colours} - {None}
        assert screen.sent.isascii() == (glyphs == "ascii")


# --- one of many -----------------------------------------------------------------------------------------


async def test_a_mistake_in_one_app_ends_that_session_alone() -> None:
    """Its visitor reads one sentence, the journal says where the details are, and the others go on."""
    async with a_room() as room, connect(room.door) as conn, connect(room.door, "rok") as other:
        screen, second = await seated(conn), await seated(other, "rok")
        screen.type("x")
        await asyncio.wait_for(screen.gone.wait(), 10)
        second.type("on")
        await second.shows("typed on")

        assert screen.sent.endswith(f"{RESTORE}{say.MISTAKE}\r\n".encode())
        assert b"mischief" not in screen.sent
        crash = next(line for line in room.lines if "mistake" in line)
        assert "japan" in crash
        assert "crash-" in crash
        async with connect(room.door) as again:
            await seated(again)


async def test_a_mistake_of_this_programs_own_app_ends_it_the_same_way() -> None:
    """It tells of its mistakes in its own way; and it ends with its line."""
    apps: list[WargameApp] = []

    def make(_login: str, driver: type[Driver]) -> App[Any]:
        apps.append(WargameApp(Start(), driver=driver))
        return apps[-1]

    async with a_room(make=make) as room:
        async with connect(room.door) as conn:
            screen = await terminal(conn, 100, 30)
            await until(lambda: len(screen.text.strip()) > 100)
            apps[0].failed(RuntimeError("mischief"))
            await asyncio.wait_for(screen.gone.wait(), 10)
        conn = await connect(room.door)
        second = await terminal(conn, 100, 30)
        await until(lambda: len(second.text.strip()) > 100)
        conn.abort()
        await until(lambda: not apps[1].is_running and not room.door.tasks)

        assert screen.sent.endswith(f"{RESTORE}{say.MISTAKE}\r\n".encode())
        assert sum("mistake" in line for line in room.lines) == 1


async def test_apps_of_visitors_leave_the_collector_to_the_host() -> None:
    """Each of them would make a collection rarer, and put back what it found; the tenth could not begin."""

    def make(_login: str, driver: type[Driver]) -> App[Any]:
        return WargameApp(Start(), driver=driver)

    before = gc.get_threshold(), gc.get_freeze_count()
    async with a_room(make=make) as room, connect(room.door) as conn:
        screen = await terminal(conn)
        await until(lambda: len(screen.text.strip()) > 100)

        assert (gc.get_threshold(), gc.get_freeze_count()) == before


async def test_an_app_that_cannot_be_made_is_a_mistake_too() -> None:
    """The visitor is told; nobody else notices."""

    def make(login: str, driver: type[Driver]) -> App[Any]:
        if login == "japan":
            raise RuntimeError("no app")
        return Toy(login, driver)

    async with a_room(make=make) as room, connect(room.door) as conn, connect(room.door, "rok") as other:
        screen = await terminal(conn)
        await asyncio.wait_for(screen.gone.wait(), 10)
        await seated(other, "rok")

        assert screen.sent == f"{say.MISTAKE}\r\n".encode()


@pytest.mark.parametrize("how", ["abort", "close", "eof", "channel"])
async def test_a_lost_line_ends_its_app_alone(how: str) -> None:
    """However it is lost. The same phrase leads back in."""
    async with a_room() as room, connect(room.door, "rok") as other:
        second = await seated(other, "rok")
        conn = await connect(room.door)
        screen = await seated(conn)
        assert screen.chan is not None
        app = room.app("japan")
        {
            "abort": conn.abort,
            "close": conn.close,
            "eof": screen.chan.write_eof,
            "channel": screen.chan.close,
        }[how]()
        await until(lambda: not app.is_running and room.lines[-1] == say.went("japan", "127.0.0.1"))
        second.type("on")
        await second.shows("typed on")
        conn.abort()
        async with connect(room.door) as again:
            await seated(again)


async def test_streams_of_the_host_stay_its_own() -> None:
    """Apps that end in another order than they began leave `sys.stdout` and `sys.stderr` as they were."""
    before = sys.stdout, sys.stderr
    console = Toy("console", None)  # type: ignore[arg-type]
    async with a_room() as room:
        first = await connect(room.door)
        await seated(first)
        async with console.run_test():
            second = await connect(room.door, "rok")
            screen = await seated(second, "rok")
            (await asyncio.wait_for(first.wait_closed(), 10)) if first.close() else None
            await until(lambda: not room.app("japan").is_running)
            assert sys.stdout is console._capture_stdout
        assert (sys.stdout, sys.stderr) == before
        screen.type("q")
        await asyncio.wait_for(screen.gone.wait(), 10)

    assert (sys.stdout, sys.stderr) == before


async def test_nothing_is_opened_or_written_at_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser, no file, no stop of the whole program."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        app = room.app("japan")
        app.open_url("https://example.org")
        app.deliver_screenshot()
        app.action_suspend_process()
        screen.type("on")
        await screen.shows("typed on")

        assert not opened


async def test_fourteen_at_once() -> None:
    """Six seats with two people each, the wall and the white cell: each has its own screen, and keys echo."""
    async with a_room() as room:
        conns = [await connect(room.door, ("japan", "rok")[number % 2]) for number in range(14)]
        screens = await asyncio.gather(*(terminal(conn) for conn in conns))
        for number, screen in enumerate(screens):
            await screen.shows("seat")
            screen.type(f"i am {number}.")
        for number, screen in enumerate(screens):
            await screen.shows(f"typed i am {number}.")
        for conn in conns:
            conn.close()


# --- slow, fast and odd ----------------------------------------------------------------------------------


def waiting_to_go(room: Room) -> int:
    """Return the most bytes that wait for any of those inside."""
    sizes = []
    for caller in room.door.callers:
        conn: Any = caller._conn
        transport = conn._transport
        sizes.append(transport.get_write_buffer_size() if transport else 0)
        sizes.extend(chan.get_write_buffer_size() for chan in conn._channels.values())
    return max(sizes, default=0)


async def drawn(app: Toy, frames: int) -> None:
    await until(lambda: app.keys >= frames, 40)


@pytest.mark.parametrize(
    ("how", "frames"),
    [("channel", 10), ("socket", 10), pytest.param("socket", 800, marks=pytest.mark.soak, id="10-MB")],
)
async def test_who_reads_slowly_slows_nobody_and_sees_the_right_screen_in_the_end(
    how: str, frames: int
) -> None:
    """Output that they can't take is dropped, not kept; when they can again, the whole screen is drawn."""
    async with a_room() as room, connect(room.door) as conn, connect(room.door, "rok") as other:
        screen = await seated(conn, columns=200, rows=60, window=1 << 30 if how == "socket" else 1 << 16)
        second = await seated(other, "rok")
        assert screen.chan is not None
        app = room.app("japan")
        before = len(screen.sent)
        if how == "socket":
            conn._transport.pause_reading()
        else:
            screen.chan.pause_reading()
        driver: Any = app._driver
        for number in count():
            if number >= frames and driver._stale:
                break
            app.typed = chr(97 + number % 26) * 40
            app.screen.styles.background = f"rgb({number % 256},0,0)"
            app.show()
            second.type(".")
            await second.shows(f"keys {number + 1}.")
        assert waiting_to_go(room) < 300_000
        app.typed = "right"
        app.show()
        await asyncio.sleep(0.1)
        assert "typed right" not in screen.text
        if how == "socket":
            conn._transport.resume_reading()
        else:
            screen.chan.resume_reading()
        await screen.shows("typed right")

        assert REDRAW.encode() in screen.sent[before:]
        assert str(screen.text).splitlines()[0].startswith("seat japan 200x60")


async def test_ten_megabytes_of_input_wait_with_their_sender() -> None:
    """Nobody else is slower for it, and no more than a little of it is taken in."""
    async with a_room() as room, connect(room.door) as conn, connect(room.door, "rok") as other:
        screen, second = await seated(conn), await seated(other, "rok")
        line = room.app("japan")._driver.line  # type: ignore[union-attr]
        screen.type(b"a" * 10_000_000)
        for letter in "slow":
            second.type(letter)
            await second.shows(letter)
        await second.shows("typed slow")
        await screen.shows("keys 3")

        assert len(line._input) <= HELD + (1 << 16)
        conn.abort()
        await until(lambda: not room.app("japan").is_running)


async def test_odd_bytes_are_no_keys_and_do_no_harm() -> None:
    """Whatever is typed or sent, the app is there afterwards."""
    luck = random.Random(11)
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        for junk in (
            bytes(range(128, 256)), b"\x1b[M\xff\xff\xff", b"\x1b[200~" + b"paste" * 1000, b"\x1b]52;c;?\x07",
            b"\x1b[999999999999;1R", b"\x1b[48;0;0;0;0t", b"\x1b[?2026;2$y", b"\x1bP" + b"z" * 1000,
            bytes(one for one in luck.randbytes(1000) if one not in b"qxf\x03\x11"),
        ):  # fmt: skip
            screen.type(junk)
            await asyncio.sleep(0.05)
        await asyncio.sleep(1.5)  # until a paste without an end is over
        app = room.app("japan")
        app.typed = ""
        screen.type("\x1b")
        await asyncio.sleep(0.3)
        screen.type("fine")
        await until(lambda: app.typed.endswith("fine"))
        assert app.pasted >= 5000


async def test_a_letter_that_comes_in_two_parts_and_a_paste() -> None:
    """The line may cut what comes anywhere."""
    async with a_room() as room, connect(room.door) as conn:
        screen = await seated(conn)
        han = "한".encode()
        screen.type(han[:1])
        await asyncio.sleep(0.05)
        screen.type(han[1:])
        screen.type("\x1b[200~pasted\x1b[20")
        await asyncio.sleep(0.05)
        screen.type("1~!")
        await screen.shows("!")

        assert room.app("japan").typed == "한!"
        assert room.app("japan").pasted == 6


# --- what this leans on ----------------------------------------------------------------------------------


def test_the_private_parts_of_textual_are_there() -> None:
    """An upgrade that changes one of them fails here."""
    app = Toy("japan", None)  # type: ignore[arg-type]
    assert isinstance(app._filters, list)
    assert app._exception is None
    assert app._capture_stdout is not app._capture_stderr
    assert app.error_console.stderr
    assert callable(app._refresh_truecolor_filter)
    assert app.console._color_system is None or app.console.color_system
    source = inspect.getsource(textual.app.App._process_messages)
    assert "redirect_stdout(self._capture_stdout)" in source
    assert "redirect_stderr(self._capture_stderr)" in source
    assert "self._driver._size" in inspect.getsource(cast("Any", textual.app.App.size).fget)


def test_what_a_terminal_can_show_is_known_from_its_name() -> None:
    """Colours and signs by the name that ssh tells."""
    known = {
        term: Visitor("japan", "", term)
        for term in (
            "xterm-256color",
            "vte-256color",
            "screen-256color",
            "tmux-direct",
            "xterm",
            "linux",
            "vt100",
            "putty",
        )
    }

    assert [visitor.colours for visitor in known.values()] == [
        "256", "256", "256", "truecolor", "standard", "standard", None, "standard",
    ]  # fmt: skip
    assert [term for term, visitor in known.items() if not visitor.shows_signs] == ["linux", "vt100"]
