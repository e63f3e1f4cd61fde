"""Where a game stands, as plain data.

Below each field of `State` everything is immutable or replaced as a whole, so a clone is one shallow copy
and undo, replay and branches just keep old states. `Position` is what conditions, options and odds
read: a `State`, or the `View` of a seat (same names, hidden parts left out).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from wargame.rules.events import Audience

if TYPE_CHECKING:
    from wargame.rules.options import Menu
    from wargame.rules.scenario import Scenario

Chances = tuple[tuple[str, int], ...]
"""Odds promised at commitment: path of the roll → percentage of success."""


class Frame(NamedTuple):
    """A sequence of effects under way: which, how far, and on whose account.

    `cause` names the card, trigger or deal; `to` are the seats that may know it (`None`: all).
    """

    path: str
    at: int
    cause: str
    to: Audience
    who: str
    chances: Chances = ()


class Commit(NamedTuple):
    """A policy card (or printed action) face down, with its target and the odds that were promised."""

    card: str
    target: str
    chances: Chances


class Offer(NamedTuple):
    """A proposal that waits for its answer. The proposer's signing fee is set aside."""

    template: str
    proposer: str
    to: str
    size: str
    secret: bool
    rounds: int
    hold: int


class Deal(NamedTuple):
    """An agreement. `template` is "?" where the viewer knows only that there is one.

    `status`: running, done, broken (by `by`), fallen (a skipped rung that did not hold).
    `left`: rounds to go; `signed`: the round of signing; `hold`: per cent that a skipped rung holds (100:
    none was skipped); `full`: full deliveries by `a` and `b`; `suspected`: the seats that suspect it.
    """

    template: str
    a: str
    b: str
    rung: int
    size: str
    secret: bool
    rounds: int
    signed: int
    left: int
    hold: int
    published: bool = False
    status: str = "running"
    by: str = ""
    proved: bool = False
    suspected: tuple[str, ...] = ()
    full: tuple[int, int] = (0, 0)

    def other(self, seat: str) -> str:
        return self.b if seat == self.a else self.a


class Orders(NamedTuple):
    """What a seat has done in its orders this round; private until the reveal."""

    commits: tuple[Commit, ...] = ()
    acted: bool = False
    offered: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    dialled: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()


class Finding(NamedTuple):
    """Something some seats were shown: true of the round it carries."""

    to: tuple[str, ...]
    round: int
    kind: str
    what: str
    value: str | int


class Due(NamedTuple):
    """Something that will happen in the news of a later round.

    Either the effects at `path` (at the odds promised in `chances`), or (when `path` is "") the end of a
    passing change: `by` on `what`.
    """

    round: int
    path: str
    cause: str
    to: Audience
    who: str
    what: tuple[str, ...] = ()
    by: int = 0
    chances: Chances = ()


class Inject(NamedTuple):
    """An event card that the white cell has set for the news of a round, for all or for some seats.

    `nth` counts what the white cell has set, from 1. One that is `held` waits until it gets a new round.
    """

    nth: int
    card: str
    round: int
    to: Audience = None
    held: bool = False


class Fixed(NamedTuple):
    """What the white cell wants the next die at or below `path` to show ("": the next die of all)."""

    path: str
    die: int


class White(NamedTuple):
    """What the white cell has prepared, which no seat sees.

    `cards` are event cards written on the spot, as JSON; `numbered` is how many injects it has set so far.
    """

    cards: tuple[str, ...] = ()
    injects: tuple[Inject, ...] = ()
    dice: tuple[Fixed, ...] = ()
    numbered: int = 0


class Position(Protocol):
    """What may be asked of a state or of a view alike."""

    scenario: Scenario
    round: int
    rounds: int
    phase: str
    to_act: str | None
    tracks: dict[str, int]
    goods: dict[str, dict[str, int]]
    influence: dict[str, int]
    hands: dict[str, tuple[str, ...]]
    orders: dict[str, Orders]
    dials: dict[str, str]
    signals: dict[str, str]
    offers: tuple[Offer, ...]
    deals: tuple[Deal, ...]
    flags: dict[str, int]
    points: dict[str, int]
    agendas: dict[str, str]
    stack: tuple[Frame, ...]
    ruined: tuple[str, ...]
    winners: tuple[str, ...]
    outcome: str
    menu: Menu | None


FIELDS = (
    "scenario", "seed", "luck", "rounds", "round", "phase", "to_act", "order", "turn",
    "tracks", "goods", "influence", "shown", "hands", "decks", "discards", "buried", "news",
    "orders", "dials", "signals", "offers", "deals", "flags", "schedule", "findings",
    "points", "blame", "agendas", "stack", "queue", "ruined", "winners", "outcome",
    "white",
)  # fmt: skip
SLOTS = (*FIELDS, "menu")


class State:
    """The whole truth. Change it only through `phases.step`.

    Its facts are `FIELDS`; `menu` is only a memory of what `options` worked out for this turn.
    `seed` and `luck` key the dice; `shown` is the influence and hand count that others see while orders
    are given; `buried` are discards that lie face down; `queue` holds what starts when the stack is done;
    `white` is None until the white cell prepares something.
    """

    __slots__ = SLOTS

    scenario: Scenario
    seed: int
    luck: int
    rounds: int
    round: int
    phase: str
    to_act: str | None
    order: tuple[str, ...]
    turn: int
    tracks: dict[str, int]
    goods: dict[str, dict[str, int]]
    influence: dict[str, int]
    shown: dict[str, tuple[int, int]]
    hands: dict[str, tuple[str, ...]]
    decks: dict[str, tuple[str, ...]]
    discards: dict[str, tuple[str, ...]]
    buried: dict[str, tuple[str, ...]]
    news: tuple[str, ...]
    orders: dict[str, Orders]
    dials: dict[str, str]
    signals: dict[str, str]
    offers: tuple[Offer, ...]
    deals: tuple[Deal, ...]
    flags: dict[str, int]
    schedule: tuple[Due, ...]
    findings: tuple[Finding, ...]
    points: dict[str, int]
    blame: dict[str, int]
    agendas: dict[str, str]
    stack: tuple[Frame, ...]
    queue: tuple[Frame, ...]
    ruined: tuple[str, ...]
    winners: tuple[str, ...]
    outcome: str
    white: White | None
    menu: Menu | None

    def clone(self) -> State:
        """An independent copy; what is below each field is shared and never changed in place."""
        new = State.__new__(State)
        for name in SLOTS:
            setattr(new, name, getattr(self, name))
        return new

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        mine, theirs = self.scenario.hash, other.scenario.hash
        return mine == theirs and all(getattr(self, n) == getattr(other, n) for n in FIELDS[1:])

    __hash__ = None  # type: ignore[assignment]


NO_ORDERS = Orders()
