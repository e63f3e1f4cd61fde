"""An evening of four rounds at seven screens and a console, in real processes: `python -m tests.show.room`.

A host at a terminal, six teams and a wall that come in with OpenSSH, typing what stands on their cards. They
write to each other, answer a poll, read two injects, one of them rewritten; a machine breaks and a team
comes back, the host is killed and goes on. What happened is in the save; `tests.show.page` makes
`docs/room-evening.md` and its pictures of it.

python -m tests.show.room                      four times as fast as people, some twenty minutes
python -m tests.show.room --pace 1             as fast as people, an hour
python -m tests.show.room --by-hand us,dprk    two teams are left to whoever reads this
python -m tests.show.room --keep FOLDER        where the save is kept, and what stands on all screens
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from tests.host.players import ORDERS, page_of
from tests.show.page import RUN, write
from tests.show.people import ORDERING, READING, Letter, Team, prepared
from tests.show.white import WhiteCell
from tests.show.windows import Window, side_by_side
from wargame.content.exercise import find_exercise
from wargame.words.en.pages.press import WAITED_FOR

SEATS = ("rok", "us", "japan", "dprk", "russia", "china")
SIZE = (120, 40)
SEED, ROUNDS = 2025, 4
PORT = 8122
PATIENCE = 60.0
"""Seconds that a line may take to be there, on a busy machine."""
LINE = re.compile(r"ssh -p (\d+) (\w+)@(\S+)\s+(.+)")
FINGERPRINT = re.compile(r"SHA256:\S+")
MORE = 10
"""Seconds that limits are longer by than the pace makes them: a program and a hand are not faster."""
LETTERS = (
    Letter(1, "dprk", ("russia",), "Shells by rail before the snow; what do you pay, and when?"),
    Letter(1, "us", ("rok", "japan"), "We share what we see at the border. One line for the press, please."),
    Letter(2, "russia", ("dprk",), "Half in flour, half in roubles, from the second train on."),
    Letter(2, "rok", ("white",), "Does the film prove what is in the crates, or only that there are crates?"),
    Letter(2, "china", ("dprk", "russia"), "Not through our stations, and not on our screens."),
    Letter(3, "japan", ("us", "rok"), "We saw the patrol aircraft too. Do you speak first, or do we?"),
    Letter(3, "rok", ("all",), "Seoul publishes the tape of the aircraft at noon. Object before."),
    Letter(4, "dprk", ("russia",), "The last train waits for your flour."),
    Letter(4, "us", ("china",), "We would rather read of this from you than of you."),
)
QUESTION = "How likely is it that the film from Rason is believed in Washington?"
TO_WRITE, WHY = (
    "A crane at Rason drops its load. A seaman films shell cases rolling over the quay; the film ends when a "
    "guard puts his hand before the lens, and by evening it is on every screen.",
    "the room asked how the film ends",
)
"""What the first inject tells instead, and why."""
ANSWERED = "Only that there are crates; what is in them the film does not show."
TO_TWO = ("Russia", "China"), "Your trains are late: whoever speaks of them first is asked first."
LOOKED_AT, BROKEN = "china", "japan"


def the_exercise(folder: Path, pace: float) -> Path:
    """Write the standard exercise with messages between seats, and limits as they are at that pace."""
    text = find_exercise("honeymoon").read_text(encoding="utf-8")

    def shorter(found: re.Match[str]) -> str:
        return f"{found[1]}{round(int(found[2]) / pace + (MORE if pace > 1 else 0))}"

    text = re.sub(r"(seconds: )(\d+)", shorter, text)
    text = re.sub(r"(warning: )(\d+)", lambda found: f"{found[1]}{max(round(int(found[2]) / pace), 2)}", text)
    text = re.sub(r"^seed: \d+$", f"seed: {SEED}\nmessages: true", text, flags=re.MULTILINE)
    path = folder / "exercise.yaml"
    path.write_text(text, encoding="utf-8")
    return path


class Room:
    """The host, its console, and who is in."""

    def __init__(self, folder: Path, pace: float, by_hand: tuple[str, ...]) -> None:
        self.folder, self.pace, self.by_hand = folder, pace, by_hand
        self.phrases: dict[str, str] = {}
        self.fingerprint = ""
        self.host: Window | None = None
        self.windows: dict[str, Window] = {}
        self.said: list[str] = []
        self.began = time.monotonic()
        scripts = [seat for seat in SEATS if seat not in by_hand]
        self.teams = [Team(seat, SEATS, self._comer(seat), pace, SEED) for seat in scripts]
        for team in self.teams:
            team.letters = [letter for letter in LETTERS if letter.by == team.seat]

    def say(self, what: str) -> None:
        """Note what has happened, and print it."""
        minute, second = divmod(round(time.monotonic() - self.began), 60)
        self.said.append(f"{minute:2}:{second:02}  {what}")
        print(self.said[-1], flush=True)

    @property
    def save(self) -> Path:
        return next((self.folder / "saves").glob("*.wargame"))

    @property
    def console(self) -> Window:
        assert self.host is not None
        return self.host

    # --- coming in -----------------------------------------------------------------------------------------

    async def opens(self, what: Path) -> None:
        """Start the host in a terminal of its own, read what it says, and open its console."""
        env = os.environ | {
            "TERM": "xterm-256color", "XDG_DATA_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder),
        }  # fmt: skip
        env.pop("NO_COLOR", None)
        command = [
            sys.executable, "-m", "wargame", "host", str(what), "--name", "Kim",
            "--listen", f"127.0.0.1:{PORT}", "--saves", str(self.folder / "saves"),
        ]  # fmt: skip
        self.host = Window(command, SIZE, env)
        await self.console.sees("Enter opens")
        rows = self.console.screen.display
        for row in rows:
            if (found := LINE.search(row)) and "as on its card" not in row:
                self.phrases[found[2]] = found[4].strip()
            if found := FINGERPRINT.search(row):
                self.fingerprint = found[0]
        self.console.type("\r")

    def _comer(self, login: str) -> Callable[[], Awaitable[Window]]:
        async def comes() -> Window:
            return await self.comes(login)

        return comes

    async def comes(self, login: str) -> Window:
        """Type the line on the card, answer the question about the key if it comes, and type the phrase."""
        known = self.folder / f"known_hosts_{login}"
        command = [
            "ssh", "-p", str(PORT), "-F", "/dev/null", "-o", f"UserKnownHostsFile={known}",
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "PubkeyAuthentication=no", f"{login}@127.0.0.1",
        ]  # fmt: skip
        window = Window(command, SIZE, os.environ | {"TERM": "xterm-256color"})
        try:
            asked = await window.sees("[fingerprint])?", "password:", seconds=PATIENCE)
            if asked != "password:":
                window.type(f"{self.fingerprint}\r")
                await window.sees("password:", seconds=PATIENCE)
            window.type(f"{self.phrases[login]}\r")
            async with asyncio.timeout(PATIENCE):
                while b"\x1b[?1049h" not in window.sent and not window.closed.is_set():
                    await asyncio.sleep(0.05)
        except (TimeoutError, OSError) as error:
            window.shut()
            raise OSError("nobody answers") from error
        if window.closed.is_set():
            raise OSError("the line has dropped")
        self.windows[login] = window
        self.say(f"{login} is in")
        return window

    # --- what the white cell does --------------------------------------------------------------------------

    @property
    def white(self) -> WhiteCell:
        return WhiteCell(self.console)

    async def leads(self) -> None:
        """Let the table go, and hold it while people read; do what there is to do, and what breaks breaks."""
        await self.console.sees("F3", "SITUATION", "TO DO")
        for login, line in self.phrases.items():
            if login in self.by_hand:
                print(f"  ssh -p {PORT} {login}@127.0.0.1    {line}", flush=True)
        await self.comes("wall")
        async with asyncio.timeout(600):
            while any(team.client is None for team in self.teams):
                await asyncio.sleep(0.2)
        await self.white.hold()
        self.say("the white cell lets the table go")
        left = [
            (1, self._rewrites), (2, self._confers), (2, self._breaks), (2, self._looks),
            (2, self._releases), (3, self._kills), (3, self._writes),
        ]  # fmt: skip
        held = 1
        while not all(team.over for team in self.teams):
            await asyncio.sleep(0.2)
            if any((READING, held + 1) in team.thought for team in self.teams) and held < ROUNDS:
                held += 1
                await self._holds(held)
            if left and self.all_at(ORDERING, left[0][0]):
                await self._tries(left.pop(0)[1])

    async def _tries(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do something; if the console does not show what should come, say so and leave its forms."""
        try:
            await act()
        except TimeoutError as error:
            self.say(f"{act.__name__.strip('_')}: what should come did not")
            (self.folder / f"{act.__name__}.txt").write_text(str(error), encoding="utf-8")
            await self.white.goes_back()

    def all_at(self, what: str, round_: int) -> bool:
        """Return whether all teams have come to that in this round."""
        return all((what, round_) in team.thought or team.over for team in self.teams)

    async def _holds(self, round_: int) -> None:
        """Hold the table until everybody has read what the round before has brought."""
        await self.white.hold()
        self.say(f"the white cell holds the table: everybody reads before round {round_}")
        async with asyncio.timeout(900):
            while not all((READING, round_) in team.done or team.over for team in self.teams):
                await asyncio.sleep(0.2)
        await self.white.hold()
        self.say("the white cell lets the table go")

    async def _rewrites(self) -> None:
        await self.white.rewrites(TO_WRITE, WHY)
        self.say("the white cell rewrites the inject of round 2")

    async def _confers(self) -> None:
        """Hold the table: ask every seat for odds until all have answered, and answer who asks."""
        await self.white.hold()
        self.say("the white cell holds the table")
        await self._tries(self._polls)
        await self._tries(self._answers)
        await self.white.hold()
        self.say("the white cell lets the table go")

    async def _polls(self) -> None:
        await self.white.asks(QUESTION)
        self.say("the white cell asks all for odds")
        try:
            async with asyncio.timeout(240 / self.pace + 60):
                while any(not team.polled for team in self.teams) or self.console.shows(f"{WAITED_FOR}:"):
                    await asyncio.sleep(0.3)
            self.say("all have answered")
        except TimeoutError:
            self.say("not all have answered")
        await self.white.closes()
        self.say("the poll is closed")

    async def _answers(self) -> None:
        """Answer the seat that asks, and keep what stands on the screens of that moment."""
        await self.console.sees("a  answer", seconds=90)
        await draws(self)
        await self.white.answers(ANSWERED)
        self.say("the white cell answers what Seoul has asked")

    async def _writes(self) -> None:
        await self.white.writes(*TO_TWO)
        self.say("the white cell writes to Russia and China")

    async def _looks(self) -> None:
        await self.white.looks_at(LOOKED_AT)
        self.say(f"the white cell has looked at the screen of {LOOKED_AT}")

    async def _releases(self) -> None:
        await self.white.releases()
        self.say("the white cell lets the inject of round 3 come now")

    async def _breaks(self) -> None:
        """A machine breaks in the middle of its team's orders; the team comes back from another."""
        had = await self._laid([team for team in self.teams if team.seat == BROKEN], 1)
        self.windows[BROKEN].kill()
        self.say(f"the machine of {BROKEN} has broken")
        await self._finds(had)

    async def _kills(self) -> None:
        """The host dies as by a pulled plug, and goes on."""
        had = await self._laid(self.teams, 4)
        self.console.kill()
        self.say("the host is killed (-9)")
        for team in self.teams:
            team.recalls = True
        await asyncio.sleep(2)
        self.console.shut()
        await self.opens(self.save)
        self.say(f"wargame host {self.save.stem}: the door is open again")
        await self.comes("wall")
        await self._finds(had)

    async def _laid(self, teams: Sequence[Team], least: int) -> list[tuple[Team, int, str]]:
        """Return the teams that have prepared something, how often they came in, and what it is.

        Wait, but not for ever, until they are so many and for a moment nothing is laid.
        """
        until, before = time.monotonic() + PATIENCE, list[tuple[Team, int, str]]()
        while True:
            shown = [(team, team.came, prepared(self.windows[team.seat].screen.display)) for team in teams]
            had = [one for one in shown if one[2]]
            if (len(had) >= least and had == before) or time.monotonic() > until:
                return had
            before = had
            await asyncio.sleep(1.0)

    async def _finds(self, had: Sequence[tuple[Team, int, str]]) -> None:
        """Say what teams that come in again find prepared."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while any(not set(team.found) & set(range(came + 1, came + 9)) for team, came, _laid in had):
                    await asyncio.sleep(0.1)
        for team, came, laid in had:
            now = next((lies for nth, lies in team.found.items() if nth > came), "no page of orders")
            same = re.fullmatch(re.escape(laid).replace("…", ".*"), now)
            again = f"comes back to what it had: {now}" if same else f"had {laid}, comes back to {now}"
            self.say(f"{team.seat} {again}")


async def show(folder: Path, pace: float, by_hand: tuple[str, ...]) -> None:
    """Run the evening, and keep what happened in the folder."""
    room = Room(folder, pace, by_hand)
    await room.opens(the_exercise(folder, pace))
    playing = [asyncio.create_task(team.plays()) for team in room.teams]
    watching = asyncio.create_task(writes_screens(room))
    try:
        await room.leads()
        room.say("the end is on every screen")
    finally:
        for task in (*playing, watching):
            task.cancel()
        await asyncio.gather(*playing, watching, return_exceptions=True)
    await room.white.leaves()
    async with asyncio.timeout(20):
        await room.console.closed.wait()
    for window in room.windows.values():
        window.shut()
    thoughts = [thought for team in room.teams for thought in team.thoughts]
    run = {"pace": pace, "by_hand": by_hand, "said": room.said, "thoughts": thoughts}
    (folder / RUN).write_text(json.dumps(run), encoding="utf-8")


async def draws(room: Room) -> None:
    """Draw seat, wall and console beside each other as they are when none of them changes."""
    seats = [seat for seat in SEATS if seat in room.windows]
    at_orders = (seat for seat in seats if page_of(room.windows[seat].screen.display)[0] == ORDERS)
    windows = {
        "seat": room.windows[next(at_orders, seats[0])],
        "wall": room.windows["wall"],
        "console": room.console,
    }
    before: list[int] = []
    while before != (before := [len(window.sent) for window in windows.values()]):
        await asyncio.sleep(1.5)
    drawn = [window.picture(name, name) for name, window in windows.items()]
    for name, picture in zip(windows, drawn, strict=True):
        (room.folder / f"room-{name}.svg").write_text(picture, encoding="utf-8")
    (room.folder / "room.svg").write_text(side_by_side(drawn), encoding="utf-8")


async def writes_screens(room: Room) -> None:
    """Write all screens into a file again and again, for whoever wants to look on."""
    while True:
        windows = {"console": room.console, **room.windows}
        told = [row for name, window in windows.items() for row in (f"=== {name}", *window.screen.display)]
        (room.folder / "screens.txt").write_text("\n".join(told), encoding="utf-8")
        await asyncio.sleep(2)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.show.room",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pace", type=float, default=4.0, help="how many times as fast as people")
    parser.add_argument("--by-hand", default="", metavar="SEATS", help="teams that somebody else plays")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the save and all else is kept")
    parser.add_argument("--no-page", action="store_true", help="leave the page of the docs as it is")
    given = parser.parse_args()
    folder = given.keep or Path(mkdtemp(prefix="room-"))
    folder.mkdir(parents=True, exist_ok=True)
    by_hand = tuple(seat for seat in given.by_hand.split(",") if seat)
    asyncio.run(show(folder, given.pace, by_hand))
    print(write(folder, docs=not given.no_page))
    print(f"Kept in {folder}.")


if __name__ == "__main__":
    main()
