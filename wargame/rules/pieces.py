"""The records that a state is made of: cards face down, offers, deals, what is due, what is under way."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from wargame.rules.events import Audience


class Odds(NamedTuple):
    """The odds of one roll: its path, the percentage of success, and what that is made of.

    `terms` are the base, what each modifier comes to in the order written, and what the limits of all dice
    add or take away; they always add up to `chance` (rules: dice).
    """

    path: str
    chance: int
    terms: tuple[int, ...] = ()


Promises = tuple[Odds, ...]
"""The odds of the rolls to come in a card or an option, fixed when it was committed or chosen."""


class Frame(NamedTuple):
    """A sequence of effects under way: which, how far, and on whose account.

    `cause` names the card, trigger or deal; `to` are the seats that may know it (`None`: all); `odds` are
    those that were promised for the rolls in it.
    """

    path: str
    at: int
    cause: str
    to: Audience
    who: str
    odds: Promises = ()


class LaidCard(NamedTuple):
    """A policy card (or printed action) face down, with its target and the odds that were promised."""

    card: str
    target: str
    odds: Promises


class PendingOffer(NamedTuple):
    """A proposal that waits for its answer. The proposer's signing fee is set aside.

    One that is `countered` has taken the place of an earlier offer, from `to` to `proposer`; both their fees
    are set aside. `more` is what it adds to the deal, as in `Deal`.
    """

    template: str
    proposer: str
    to: str
    size: str
    secret: bool
    rounds: int
    hold: int
    more: str = ""
    countered: bool = False


SILENT = "-"
"""The words of a secret deal of which the public hears nothing."""


class Deal(NamedTuple):
    """An agreement. `template` is "?" where the viewer knows only that there is one.

    `status`: running, done, broken (by `by`), fallen (a skipped rung that did not hold).
    `left`: rounds to go; `signed`: the round of signing; `hold`: per cent that a skipped rung holds (100:
    none was skipped); `full`: full deliveries by `a` and `b`; `suspected`: the seats that suspect it. Where
    accusations are made, suspicion tells the `rung` even of a "?".

    `more`: what is given each round besides what the template says, one lot as `seat/good`. Where one side
    gives first, `left` counts the payments to come, and `unpaid` the lots of the last shipment, which waits
    for its payment (-1: none does).

    `words` is the number of the communiqué where a pair has several, `SILENT` for none. A "?" in a state is
    one that `by` has published for nothing.
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
    more: str = ""
    unpaid: int = -1
    words: str = ""

    @property
    def sealed(self) -> bool:
        """Tell whether it is secret and not proved."""
        return self.secret and not self.proved

    @property
    def empty(self) -> bool:
        """Tell whether it is a communiqué for nothing; a viewer knows so only of its own."""
        return self.template == "?" and self.by != ""

    def other(self, seat: str) -> str:
        return self.b if seat == self.a else self.a


YOUNG = frozenset({"more", "countered", "unpaid", "words"})
"""Facts of an offer or a deal that came later, written only where they say something."""


def written(record: PendingOffer | Deal) -> dict[str, Any]:
    """Return the facts of a record by name, as exports and programs get them."""
    usual = record._field_defaults
    facts = record._asdict().items()
    return {name: fact for name, fact in facts if name not in YOUNG or fact != usual[name]}


class Orders(NamedTuple):
    """What a seat has done in its orders this round; private until the reveal."""

    commits: tuple[LaidCard, ...] = ()
    acted: bool = False
    offered: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    dialled: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()


NO_ORDERS = Orders()


class Accusation(NamedTuple):
    """What a seat holds against a pair (`a+b`): a secret deal on that rung. Face down until the reveal."""

    pair: str
    rung: int


class Finding(NamedTuple):
    """Something some seats were shown: true of the round it carries."""

    to: tuple[str, ...]
    round: int
    kind: str
    what: str
    value: str | int


class Due(NamedTuple):
    """Something that will happen in the news of a later round.

    Either the effects at `path` (at the `odds` that were promised), or (when `path` is "") the end of a
    passing change: `by` on `what`.
    """

    round: int
    path: str
    cause: str
    to: Audience
    who: str
    what: tuple[str, ...] = ()
    by: int = 0
    odds: Promises = ()


class PendingInject(NamedTuple):
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
    injects: tuple[PendingInject, ...] = ()
    dice: tuple[Fixed, ...] = ()
    numbered: int = 0


class Situation(Protocol):
    """What conditions and odds ask of a state or of a view alike."""

    round: int
    rounds: int
    tracks: dict[str, int]
    goods: dict[str, dict[str, int]]
    influence: dict[str, int]
    hands: dict[str, tuple[str, ...]]
    dials: dict[str, str]
    deals: tuple[Deal, ...]
    flags: dict[str, int]
    played: dict[str, int]
    ruined: tuple[str, ...]
    winners: tuple[str, ...]
    outcome: str

    def clone(self) -> Situation:
        """Return an independent copy; what is below each field is shared and never changed in place."""
