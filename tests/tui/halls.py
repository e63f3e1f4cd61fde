"""A session without screens: a hall that remembers what is put up in it, and people who lead on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.rules.boards import MINI, mini
from wargame.errors import WargameError
from wargame.record import Player
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Table
from wargame.table.seen import SeenTable
from wargame.tui import Start
from wargame.tui.deeds import HUBS, PRIVATE, WORKING, Page
from wargame.tui.session import Session
from wargame.tui.viewer import KEYBOARD, Viewer

FIRST = Random(0)
SEATS = ("amber", "birch", "cedar")


class Hall:
    """A stage without an app. `up` is what lies there, `seen` all that ever did.

    `unasked` are pages of a seat that came without a hand-over to it, or another page of it, right before;
    one person alone is handed the keyboard only after the facilitator had it.
    """

    def __init__(self) -> None:
        self.people: Callable[[], int] = lambda: 0
        self.taken = ""
        self.led = False
        self.unasked: list[Page] = []
        self.can_lay = self.can_hide = True
        self.typing = False
        self.up: list[Page] = []
        self.seen: list[Page] = []
        self.said: list[str] = []
        self.refreshed = 0
        self.closed = False
        self.later: deque[Callable[[], object]] = deque()

    def show(self, page: Page) -> None:
        self.up = [page]
        self.seen.append(page)
        if page.state in (*PRIVATE, "meeting"):
            if self.led or (self.people() > 1 and page.seat != self.taken):
                self.unasked.append(page)
        elif page.state not in WORKING:
            self.taken = page.seat if page.state == "handover" else ""
            self.led = page.state == "console" or (self.led and not self.taken)

    def lay(self, page: Page) -> None:
        self.up.append(page)
        self.seen.append(page)

    def lift(self) -> None:
        self.up.pop()

    def refresh(self) -> None:
        self.refreshed += 1

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def soon(self, do: Callable[[], object]) -> None:
        self.later.append(do)

    def close(self) -> None:
        self.closed = True


class Sitting:
    """A viewer's session and its hall. After every step the hall shows what the session means."""

    def __init__(
        self,
        viewer: Viewer = KEYBOARD,
        table: SeenTable | None = None,
        start: Start | None = None,
        whole: Table | None = None,
    ) -> None:
        self.hall = Hall()
        self.session = Session(self.hall, viewer, table, whole=whole)
        if viewer == KEYBOARD:
            self.hall.people = lambda: len(self.table.people()) if self.session.table else 0
        self.session.begin(start or Start())
        self.settle()

    @property
    def state(self) -> str:
        return self.session.state

    @property
    def table(self) -> SeenTable:
        return self.session.at_table

    @property
    def whole(self) -> Table:
        return self.session.whole_table

    def ask(self, trigger: str, *given: object) -> bool:
        granted = self.session.ask(trigger, *given)
        self.settle()
        return granted

    def settle(self) -> None:
        """Let everything be done that waits: slow work, and what is to be done soon."""
        while True:
            if self.hall.later:
                self.hall.later.popleft()()
            elif self.state in WORKING:
                try:
                    self.session.job()[1]()
                except WargameError as error:
                    self.session.ask("failed", error)
                else:
                    self.session.ask("worked")
            else:
                break
        assert self.state not in HUBS
        assert self.state == self.session.pages[-1].state
        assert self.hall.closed or self.hall.up == self.session.pages
        assert not self.hall.unasked

    def lead_on(self, random: Random = FIRST) -> bool:
        """Do what a person does here who wants to go on; False if there is nothing to do but wait."""
        match self.state:
            case "lock":
                self.table.set_pin(WHITE, "")
                return self.ask("done")
            case "home":
                return self.ask("begin", self.session.start)
            case "handover" | "gate":
                return self.ask("take_seat")
            case "choice" | "aloud" | "answers" | "orders":
                self.play(random)
                return self.ask("done")
            case "held":
                return self.ask("call_facilitator")
            case "console":
                if self.whole.paused:
                    Facilitator(self.whole).go_on("on")
                return self.ask("done")
            case "paused" | "hidden":
                return self.ask("go_on")
            case "unsaved":
                return self.ask("retry")
            case "watch" | "closed":
                return False
        return self.ask("done")

    def play(self, random: Random) -> None:
        """A turn of whoever sits here: any moves, but soon its end."""
        while not self.session.turn_is_over():
            moves = self.table.game.legal_moves()
            self.table.play(moves[0] if random.random() < 0.5 else random.choice(moves))

    def to(self, state: str) -> Sitting:
        """Lead on until the session is in this state."""
        for _ in range(300):
            if self.state == state:
                return self
            assert self.lead_on(), self.state
        raise AssertionError(f"never {state}")


def a_sitting(*people: str, folder: Path | None = None, seed: int = 3) -> Sitting:
    """A game of these people at one keyboard, as the program begins it."""
    players = {seat: Player("person" if seat in people else "random", seat.title()) for seat in SEATS}
    return Sitting(start=Start("play", folder, str(MINI), seed=seed, rounds=2, players=players))


def a_table_of_people() -> Table:
    """A game that nobody keeps, with a person in every seat."""
    return Table.start(mini(), {seat: Player("person", seat.title()) for seat in SEATS}, seed=3, rounds=2)


def at_the_console(sitting: Sitting, random: Random) -> None:
    """Something a facilitator does, or does not."""
    cell, table = Facilitator(sitting.whole, "Kim"), sitting.whole
    match random.randrange(6):
        case 0 if not table.paused and not table.over:
            cell.pause("tea")
        case 1 if table.paused:
            cell.go_on("tea is over")
        case 2 if not table.over:
            cell.skip("too late")
        case 3 if table.save is not None and len(table.beats) > 3:
            cell.rewind(random.choice(table.beats[1:-1]).id, "again")
        case 4 if not table.over:
            seat = random.choice(SEATS)
            if table.players[seat].kind == "person":
                cell.leaves(seat, "has to go", "random")
            else:
                cell.hand_back(seat, "is here")
        case 5:
            table.set_pin(WHITE, random.choice(("1234", "")))
