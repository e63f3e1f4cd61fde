"""Where a game stands, as plain data.

Below each field of `State` everything is immutable or replaced as a whole, so a clone is one shallow copy
and undo, replay and branches just keep old states. `Position` is what options read (and, as a `Situation`,
conditions and odds): a `State`, or the `View` of a seat (same names, hidden parts left out).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wargame.rules.pieces import (
    NO_ORDERS,
    SILENT,
    Accusation,
    Deal,
    Due,
    Finding,
    Fixed,
    Frame,
    LaidCard,
    Odds,
    Orders,
    PendingInject,
    PendingOffer,
    Promises,
    Situation,
    White,
)

if TYPE_CHECKING:
    from wargame.rules.scenario import Scenario

__all__ = [
    "FIELDS",
    "NO_ORDERS",
    "SILENT",
    "SLOTS",
    "Accusation",
    "Deal",
    "Due",
    "Finding",
    "Fixed",
    "Frame",
    "LaidCard",
    "Odds",
    "Orders",
    "PendingInject",
    "PendingOffer",
    "Position",
    "Promises",
    "Situation",
    "State",
    "White",
]  # fmt: skip
"""With the pieces, so that who needs a state finds here what it is made of."""


class Position(Situation, Protocol):
    """What may be asked of a state or of a view alike."""

    scenario: Scenario
    phase: str
    to_act: str | None
    orders: dict[str, Orders]
    signals: dict[str, str]
    offers: tuple[PendingOffer, ...]
    points: dict[str, int]
    blame: dict[str, int]
    agendas: dict[str, str]
    stack: tuple[Frame, ...]
    accused: dict[str, Accusation]
    crises: dict[str, dict[str, str]]
    menu: object | None

    def clone(self) -> Position:
        """Return an independent copy; what is below each field is shared and never changed in place."""


FIELDS = (
    "scenario", "seed", "luck", "rounds", "round", "phase", "to_act", "order", "turn",
    "tracks", "goods", "influence", "shown", "hands", "decks", "discards", "buried", "news",
    "orders", "dials", "signals", "offers", "deals", "flags", "schedule", "findings",
    "points", "blame", "agendas", "stack", "queue", "ruined", "winners", "outcome",
    "white", "accused", "crises", "played",
)  # fmt: skip
SLOTS = (*FIELDS, "menu")


class State:
    """The whole truth. Change it only through `phases.step`.

    Its facts are `FIELDS`; `menu` is only a memory of what `options` worked out for this turn.
    `seed` and `luck` key the dice; `shown` is the influence and hand count that others see while orders
    are given; `buried` are discards that lie face down; `queue` holds what starts when the stack is done;
    `white` is None until the white cell prepares something; `accused` are this round's accusations, by who
    makes them, until they are read out; `crises` are those that wait for answers, each with the answers given
    so far, by seat; `played` is the round in which a card was last played face up, of those that are `noted`.
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
    offers: tuple[PendingOffer, ...]
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
    accused: dict[str, Accusation]
    crises: dict[str, dict[str, str]]
    played: dict[str, int]
    menu: object | None

    def clone(self) -> State:
        """Return an independent copy; what is below each field is shared and never changed in place."""
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

    def __repr__(self) -> str:
        return f"<State {self.scenario.id} round {self.round} {self.phase}>"
