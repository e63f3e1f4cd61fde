"""What is sent to the terminal is for the eyes before it: the proof, over a real pseudo-terminal.

Three people play the real program. The save is replayed beside it after every key, and what a seat may know
is worked out from its views and the events told to it, never from what the screens do.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.tui.glass import Glass, Marked, a_marked_folder, marks_in
from tests.tui.terminal import LIMIT, Terminal, foreign, program, terminal, visible
from wargame.record import Head, Save
from wargame.rules.events import seen_by, to_plain
from wargame.rules.view import view
from wargame.table import Table
from wargame.tui.kit.guard import READING, SETTLE
from wargame.words import Words

MILL = Path(__file__).parents[1] / "scenarios" / "mini"
HONEYMOON = Path(__file__).parents[2] / "decks" / "honeymoon"
TITLE = re.compile(rb"\x1b\](?:[012];|[lL])(.*?)(?:\x07|\x1b\\)", re.DOTALL)
ID = re.compile(r"[a-z0-9_-]+")
PREFIX = 34  # of a sentence: what fits on one line of the narrowest pane
PIN = "k7w9x2"


# --- what may be known ---------------------------------------------------------------------------------


def ids_in(value: Any) -> set[str]:
    """Every id anywhere in plain data, also within paths such as `card/levy/0`."""
    if isinstance(value, str):
        return set(ID.findall(value))
    if isinstance(value, dict):
        return ids_in(tuple(value.items()))
    if isinstance(value, tuple | list | frozenset):
        return set().union(*map(ids_in, value)) if value else set()
    return set()


def known_ids(table: Table, seat: str) -> set[str]:
    """What a seat sees in its view, was told by events, and finds in its own deck, on its desk and board."""
    seen, scenario = view(table.game.state, seat), table.scenario
    names = [name for name in seen.__slots__ if name not in ("scenario", "menu", "seat", "to_act")]
    known = set().union(*(ids_in(getattr(seen, name)) for name in names))
    for beat in table.beats:
        known |= ids_in([to_plain(event)[2] for event in beat.events if seen_by(event, seat)])
    desk = {deal.id for deal in scenario.spec.deals if seat in deal.between}
    return known | desk | set(scenario.decks[seat]) | public_ids(table)


def public_ids(table: Table) -> set[str]:
    """What is printed for all to read: the title, the seats' printed actions, levers, and stands."""
    spec = table.scenario.spec
    acts = {seat.action.id for seat in spec.seats if seat.action}
    levers = {dial.id for dial in spec.dials} | {stand.id for stand in spec.stands}
    return acts | levers | {table.scenario.id}


def may_know(table: Table, viewer: str | None) -> set[str]:
    """The ids a seat may know; those of the whole room are what every seat knows."""
    if viewer is not None:
        return known_ids(table, viewer)
    return set.intersection(*(known_ids(table, seat) for seat in table.scenario.seat_ids))


def sentences(table: Table, seat: str | None) -> set[str]:
    """The beginnings of the sentences about a seat's numbers, deals and findings."""
    return {said[:PREFIX] for said in Words(table.scenario).state_of(view(table.game.state, seat))}


def private_sentences(table: Table, viewer: str | None) -> set[str]:
    """Those that some seat may read now and this viewer may not."""
    every = set().union(*(sentences(table, seat) for seat in table.scenario.seat_ids))
    return every - sentences(table, viewer)


# --- a game in a terminal ------------------------------------------------------------------------------

PUBLIC = ("all may look", "THE TABLE IS OPEN", " is next: ", "Pass the keyboard to", "THE END")
OWN = ("what only you know", "\u25a3 orders", "\u25a3 answers", "decides, aloud")


class Sitting:
    """A running program, the screen it has painted, and the truth beside it.

    `viewer` is the seat whose eyes are before the screen, None for the whole room.
    """

    def __init__(self, tty: Terminal, size: tuple[int, int], saves: Path, marks: dict[str, Marked]) -> None:
        self.tty, self.saves, self.marks = tty, saves, marks
        self.glass = Glass(size)
        self.viewer: str | None = None
        self.found: dict[str | None, set[str]] = {}
        self.told: dict[str | None, set[str]] = {}
        self.handovers: list[str] = []
        self.keys: list[str] = []
        self._fed = 0
        self._truth: tuple[int, Table] | None = None
        self._rights: dict[str | None, tuple[set[str], set[str], set[str]]] = {}

    @property
    def path(self) -> Path:
        return next(self.saves.glob("*.wargame"))

    @property
    def truth(self) -> Table:
        """The game as it is on disk now, where every move is before anything of it is shown."""
        size = self.path.stat().st_size
        if self._truth is None or self._truth[0] != size:
            table = Table.resume(self.path, write=False)
            table.close()
            self._truth, self._rights = (size, table), {}
        return self._truth[1]

    def press(self, *keys: str) -> None:
        """Press keys that leave the same eyes before the screen."""
        for key in keys:
            self.keys.append(key)
            self.tty.send(key)
            self._check(self._take(), self.viewer)
            self._check(self.glass.text, self.viewer)

    def pass_on(self, key: str, viewer: str | None) -> None:
        """Press the key after which other eyes look.

        Bytes that still paint the old screen may be of the seat that leaves; what is there in the end is
        for the new eyes alone.
        """
        eyes = viewer if self.viewer is None else self.viewer
        self.keys.append(key)
        self.tty.send(key)
        self._check(self._take(), eyes)
        self._wait("", PUBLIC if viewer is None else OWN, eyes)
        self.viewer = viewer
        self._check(self._take(), viewer)
        self._check(self.glass.text, viewer)

    def go_on(self, key: str) -> None:
        """Press a key that leads to another public screen, and wait for that."""
        before = self.glass.text
        self.keys.append(key)
        self.tty.send(key)
        self._check(self._take(), None)
        self._wait(before, PUBLIC, None)

    def _wait(self, before: str, words: tuple[str, ...], eyes: str | None) -> None:
        """Until the screen is another than before and one of those words is on it."""
        end = time.monotonic() + LIMIT
        while self.glass.text == before or not self.shows(*words):
            assert time.monotonic() < end, f"nothing came after {self.keys[-12:]}:\n{self.glass.text}"
            self.tty.read(0.1)
            self._check(self._take(), eyes)

    def end_turn(self) -> None:
        """`e`, and Enter if it asks."""
        self.keys.append("e")
        self.tty.send("e")
        self._check(self._take(), self.viewer)
        if self.shows("Still possible"):
            self.pass_on("\r", None)
        else:
            self.pass_on("", None)

    def until(self, words: str) -> None:
        """Wait for these words, before the same eyes."""
        self._wait("", (words,), self.viewer)

    def until_gone(self, words: str) -> None:
        """Wait until these words have left the screen."""
        end = time.monotonic() + LIMIT
        while self.shows(words):
            assert time.monotonic() < end, self.glass.text
            self.tty.read(0.1)
            self._check(self._take(), self.viewer)

    def shows(self, *words: str) -> bool:
        return any(word in self.glass.text for word in words)

    def _take(self) -> str:
        """What has come since the last time, put on the glass; its text."""
        new, self._fed = self.tty.received[self._fed :], len(self.tty.received)
        self.glass.feed(new)
        return visible(new)

    def _check(self, text: str, viewer: str | None) -> None:
        """No mark and no sentence in the text may be another's."""
        known, private, mine = self._of(viewer)
        marks = marks_in(text) & self.marks.keys()
        leaks = [self.marks[mark] for mark in marks if self.marks[mark].id not in known]
        leaks += [Marked("", said, "sentence") for said in private if said in text]
        where = f"before {viewer}, after {self.keys[-12:]}:\n{self.glass.text}"
        assert leaks == [], where
        self.found.setdefault(viewer, set()).update(marks)
        self.told.setdefault(viewer, set()).update(said for said in mine if said in text)

    def _of(self, viewer: str | None) -> tuple[set[str], set[str], set[str]]:
        """The ids a viewer may know now, the sentences it may not read, and those that not everybody may."""
        table = self.truth
        if viewer not in self._rights:
            mine = sentences(table, viewer) - sentences(table, None)
            self._rights[viewer] = may_know(table, viewer), private_sentences(table, viewer), mine
        return self._rights[viewer]


@contextmanager
def a_sitting(
    folder: Path, source: Path, people: tuple[str, ...], size: tuple[int, int], *options: str
) -> Iterator[Sitting]:
    """The program with a marked copy of a scenario, opened by these people."""
    marks = a_marked_folder(source, folder / "deck")
    seats = [word for seat in people for word in ("--seat", f"{seat}=person")]
    game = program("play", folder / "deck", "--seed", "3", "--saves", folder / "saves", *seats, *options)
    with terminal(game, size) as tty:
        tty.wait_for("all may look" if len(people) > 1 else "YOU ARE")
        tty.settle()
        yield Sitting(tty, size, folder / "saves", marks)


LOOK_ROUND = ("\t", "w", "\x1b[B", "l", "\t")
"""On the public board."""
PRIVATE = (
    "i",
    "\x1b[6~",
    "\x1b",
    "l",
    "\x1b",
    "b",
    "\t",
    "\t",
    "\x1b",
    "\x1b[B",
    "w",
    "c",
    "\x1b[B",
    "w",
    "c",
)
"""Every private page, the log and the board of a seat, and the explanations of its rows."""
PALETTE = ("\x10", "c", "o", "m", "\x1b")
HELP = ("?", "\x1b")
ORDERS = ("1", "\r", "u", "1", "\x1b[C", "\r", "1", "\r", "t", "\x1b", "o", "1", "\x1b[C", "w", "\r")
"""A card, taken back and committed again, another, a look at signals, an offer."""


def play(sitting: Sitting, rounds: int) -> None:
    """Play until so many rounds are over, with all eyes changing as the program asks for it."""
    while (now := sitting.truth.game.state).round <= rounds:
        if sitting.shows("Pass the keyboard to"):
            hand_over(sitting)
        elif sitting.shows("what only you know"):
            sitting.press("\x1b[6~", "\x1b")
        elif sitting.shows("\u25a3 orders"):
            orders(sitting)
        elif sitting.shows("\u25a3 answers"):
            sitting.press("\x1b[B", "w", "\x1b[C", *(["\r"] if now.offers else []))
            sitting.end_turn()
        elif sitting.shows("decides, aloud"):
            time.sleep(READING + SETTLE)  # it is there to be read before a key counts
            sitting.press("1")
            sitting.pass_on("\r", None)
        elif sitting.shows("THE TABLE IS OPEN"):
            talk(sitting)
        elif sitting.shows(" is next: "):
            sitting.press(*(LOOK_ROUND if now.round == 1 else ()))
            sitting.go_on("\r")
        else:
            sitting.go_on("s")


def talk(sitting: Sitting) -> None:
    """A side talk is noted, and everybody looks at the board and the log before it ends."""
    sitting.press("t", "1", "\r", "2", "\r", *"salt", "\r", "b", "\t", "\t", "\x1b", "l", "\x1b")
    sitting.until("aside: “salt”")
    sitting.press("\r")
    sitting.go_on(" ")


def hand_over(sitting: Sitting) -> None:
    """Help, the palette and, where the seat has a PIN, a wrong one first."""
    seat = sitting.truth.seat_to_play
    assert seat is not None
    sitting.handovers.append(seat)
    if len(sitting.handovers) < 4:
        sitting.press(*HELP, *PALETTE)
    if sitting.truth.has_pin(seat):
        sitting.press(*"1234", " ")
        sitting.until("not this seat's PIN")
        sitting.press(*PIN)
    sitting.pass_on(" ", seat)


def orders(sitting: Sitting) -> None:
    """A whole turn of a curious person."""
    first = sitting.viewer not in sitting.handovers[:-1]
    sitting.press(*(PRIVATE if first else ("i", "\x1b", "l", "\x1b")), *ORDERS)
    sitting.press(*(["3", "\r"] if sitting.shows("deal desk") else []))
    for _ in range(2):  # the first closes why, if that is open
        sitting.press(*(["\x1b"] if sitting.shows("deal desk") else []))
    sitting.press(*((*HELP, *PALETTE) if first else ()))
    if len(sitting.handovers) == 1:
        sitting.press("\x1b")
        number = re.search(r"(\d) Set a PIN", sitting.glass.text)
        assert number is not None
        sitting.press(number[1], "\r", *PIN, "\r", *PIN, "\r")
        sitting.until_gone("A PIN FOR")
        assert sitting.truth.has_pin(str(sitting.viewer))
    sitting.end_turn()


@pytest.mark.soak
def test_nothing_of_another_seat_is_sent(tmp_path: Path) -> None:
    """Two rounds with cards, deals, private pages, log, board, help, palette, undo, a PIN: nobody's secret
    is among the bytes that are for other eyes, on the screen they leave, or in any scroll-back.
    """
    with a_sitting(tmp_path, MILL, ("amber", "birch", "cedar"), (80, 24)) as sitting:
        play(sitting, 2)
        verbs = {beat.move.verb for beat in sitting.truth.beats if beat.move}
        with Save.open(sitting.path, write=False) as save:
            heads = [entry for entry in save.tree.entries if isinstance(entry, Head)]
        received = sitting.tty.leave("\x11")

    assert verbs >= {"commit", "offer", "answer", "end"}
    assert any(head.why == "undo" for head in heads)
    assert len(sitting.handovers) >= 10
    for seat in sitting.handovers:  # the marks are where the seat itself looks, else this would prove nothing
        mine = {sitting.marks[mark] for mark in sitting.found[seat] - sitting.found[None]}
        assert {(mark.file, mark.key) for mark in mine} >= {(seat, "title"), (seat, "text")}
        assert sitting.told[seat]
    assert any(sitting.marks[mark].id == "rich-baker" for mark in sitting.found["amber"])
    assert PIN not in visible(received)
    assert PIN.encode() not in next((tmp_path / "saves").glob("*.wargame")).read_bytes()
    assert_the_terminal_is_as_it_was(received, (80, 24))


SAID_LEAVING = re.compile(r"(Saved\. Go on with: .+ ?resume ?\S+)?")
"""All that may stand on the usual screen afterwards."""


def assert_the_terminal_is_as_it_was(received: bytes, size: tuple[int, int]) -> None:
    """All was painted on the alternate screen, which scrolls nothing back; no title but our own, if any.

    What is said when a game is left names its save and nothing else.
    """
    glass = Glass(size)
    glass.feed(received)
    assert not glass.alternate
    assert glass.switches == 2
    assert SAID_LEAVING.fullmatch(glass.ordinary.replace("\n", ""))
    assert glass.scrolled_back == 0
    assert set(TITLE.findall(received)) <= {b"wargame"}
    assert foreign(received) == []
