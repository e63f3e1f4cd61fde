"""A move: the only thing that changes a game, whoever makes it.

One small frozen record a kind, with named fields: a seat's first, the white cell's below them. On the wire
(saves, protocols, exports) each is a flat list, `[seat, verb, …its fields]`, that `from_plain` checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, NamedTuple, get_type_hints

WHITE = "white"
"""Whose the facilitator's moves are. No seat may be called so."""


@dataclass(frozen=True, slots=True)
class Move:
    """One decision of one seat, or one act of the white cell. Moves of different kinds are never equal.

    >>> move = Commit("dprk", "spy-satellite")
    >>> print(move)
    dprk commit spy-satellite
    >>> Move.from_plain(move.to_plain()) == move
    True
    """

    seat: str

    verb: ClassVar[str] = ""

    def __str__(self) -> str:
        return " ".join(map(str, self.to_plain()))

    @property
    def about(self) -> str:
        """Return what its first field holds: the id of a card, deal, dial, stand or option ("": none)."""
        names = SHAPES[type(self)].names
        return str(getattr(self, names[0])) if names else ""

    def to_plain(self) -> list[str | int]:
        """Return the flat list that stands for it; a target or seats that are not given are left out."""
        shape = SHAPES[type(self)]
        given = [getattr(self, name) for name in shape.names]
        last: str | tuple[str, ...] = getattr(self, shape.last) if shape.last else ()
        return [self.seat, self.verb, *given, *([last] if last and isinstance(last, str) else last)]

    @staticmethod
    def from_plain(plain: Sequence[object]) -> Move:
        """Return the move that a flat list stands for; `ValueError` if there is none of that shape."""
        seat, verb, *rest = plain if len(plain) >= 2 else ("", "")
        kinds: Any = WHITE_MOVES if seat == WHITE else SEAT_MOVES
        kind = kinds.get(verb) if isinstance(seat, str) and isinstance(verb, str) else None
        if kind is None:
            raise ValueError(f"not a move: {plain!r:.80}")
        shape = SHAPES[kind]
        given, last = tuple(rest[: len(shape.names)]), tuple(rest[len(shape.names) :])
        sound = tuple(map(type, given)) == shape.types and all(type(word) is str and word for word in last)
        if not sound or len(last) > shape.most:
            raise ValueError(f"not a move: {plain!r:.80}, for `{verb}` goes with {shape}")
        seats = () if seat == WHITE else (seat,)
        made: Move = kind(*seats, *given, *(last if shape.most == 1 else [last] if shape.most else ()))
        return made


class _Shape(NamedTuple):
    """What follows the verb on the wire: `last` is what may be left out, at most so many words of it."""

    names: tuple[str, ...]
    types: tuple[type, ...]
    last: str
    most: float

    def __str__(self) -> str:
        more = " …" if self.most > 1 else ""
        return " ".join((*self.names, f"[{self.last}{more}]" if self.last else "")).strip() or "nothing"


def _shape(kind: type[Move]) -> _Shape:
    hints, own = get_type_hints(kind), [one for one in fields(kind) if one.name != "seat"]
    names = [one.name for one in own if one.default is MISSING]
    last = next((one for one in own if one.default is not MISSING), None)
    most = 0 if last is None else 1 if last.default == "" else float("inf")
    return _Shape(tuple(names), tuple(hints[name] for name in names), last.name if last else "", most)


# --- of a seat -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class End(Move):
    """Finish this turn; also the neutral move everywhere."""

    verb = "end"


@dataclass(frozen=True, slots=True)
class Commit(Move):
    """Lay a policy card face down."""

    card: str
    target: str = ""

    verb = "commit"


@dataclass(frozen=True, slots=True)
class Discard(Move):
    """Give a card up for the printed action."""

    card: str
    target: str = ""

    verb = "discard"


@dataclass(frozen=True, slots=True)
class Offer(Move):
    """Propose a deal to its other party, `small`, `large` or `plain`, `open` or `secret`, for some rounds."""

    deal: str
    size: str
    secrecy: str
    rounds: int

    verb = "offer"


@dataclass(frozen=True, slots=True)
class Answer(Move):
    """Say `yes` or `no` to an offer.

    `words` is the number of what the public hears of a secret deal, where its pair has several; "": nothing.
    """

    deal: str
    reply: str
    words: str = ""

    verb = "answer"


@dataclass(frozen=True, slots=True)
class Counter(Move):
    """Say yes, but: sign that deal, though in this size, secrecy and length, and with one lot `more` a round.

    `more` is written `seat/good`, for a lot of that good from that seat.
    """

    deal: str
    size: str
    secrecy: str
    rounds: int
    more: str = ""

    verb = "counter"


@dataclass(frozen=True, slots=True)
class Mark(Move):
    """Deliver half (`short`) or nothing more (`stop`) on a deal; what is unmarked is delivered."""

    deal: str
    mark: str

    verb = "mark"


@dataclass(frozen=True, slots=True)
class Dial(Move):
    """Set a secret lever."""

    dial: str
    setting: str

    verb = "dial"


@dataclass(frozen=True, slots=True)
class Stand(Move):
    """Join a joint undertaking."""

    stand: str

    verb = "stand"


@dataclass(frozen=True, slots=True)
class Signal(Move):
    """Tell the table what you will play, true or not."""

    card: str

    verb = "signal"


@dataclass(frozen=True, slots=True)
class Accuse(Move):
    """Accuse two other seats of a secret deal, aloud at the reveal.

    `pair` is `a+b` in the order of the seats, `rung` that of the deal, 0 for one off the ladder.
    """

    pair: str
    rung: int

    verb = "accuse"


@dataclass(frozen=True, slots=True)
class Announce(Move):
    """Publish an empty communiqué with another seat: the number of the `words`. Nothing is signed."""

    other: str
    words: str

    verb = "announce"


@dataclass(frozen=True, slots=True)
class Choose(Move):
    """Decide what a card asks."""

    option: str

    verb = "choose"


@dataclass(frozen=True, slots=True)
class Stance(Move):
    """Give an answer to a crisis, told to all in the resolution."""

    crisis: str
    option: str

    verb = "stance"


# --- of the white cell (what each does to a game stands in `white`) ------------------------------------


@dataclass(frozen=True, slots=True)
class WhiteMove(Move):
    """What the facilitator does to a game. `to` are the seats that hear of it; with none it is for all."""

    seat: str = field(default=WHITE, init=False)


@dataclass(frozen=True, slots=True)
class Inject(WhiteMove):
    """Play an event card of the decks, now (round 0) or in the news of that round."""

    card: str
    round: int
    to: tuple[str, ...] = ()

    verb = "inject"


@dataclass(frozen=True, slots=True)
class Improvise(WhiteMove):
    """Play a card written on the spot: JSON of the fields of `spec.News` without an id."""

    text: str
    round: int
    to: tuple[str, ...] = ()

    verb = "improvise"


@dataclass(frozen=True, slots=True)
class Adjudicate(WhiteMove):
    """Judge a proposal that no card covers, by `dice`, or it `works` or `fails`.

    `text` is a card written on the spot with one effect, its roll; `proposer` is a seat, "" for the table.
    """

    text: str
    proposer: str
    decided: str
    to: tuple[str, ...] = ()

    verb = "adjudicate"


@dataclass(frozen=True, slots=True)
class Shift(WhiteMove):
    """Have a set inject come in another round (0: now)."""

    nth: int
    round: int

    verb = "shift"


@dataclass(frozen=True, slots=True)
class Hold(WhiteMove):
    """Have a set inject wait until it is shifted."""

    nth: int

    verb = "hold"


@dataclass(frozen=True, slots=True)
class Edit(WhiteMove):
    """Have a set inject tell something else, in another round or to others; nobody hears of that.

    `was` and `text` are the card before and after: the id of one of the decks, or JSON as of `Improvise`.
    """

    nth: int
    was: str
    text: str
    round: int
    to: tuple[str, ...] = ()

    verb = "edit"


@dataclass(frozen=True, slots=True)
class Cancel(WhiteMove):
    """Have a set inject never come."""

    nth: int

    verb = "cancel"


@dataclass(frozen=True, slots=True)
class SetTrack(WhiteMove):
    """Set a track to a value."""

    track: str
    value: int

    verb = "set-track"


@dataclass(frozen=True, slots=True)
class SetGood(WhiteMove):
    """Set how much of a good a seat holds."""

    owner: str
    good: str
    value: int

    verb = "set-good"


@dataclass(frozen=True, slots=True)
class SetInfluence(WhiteMove):
    """Set a seat's influence."""

    owner: str
    value: int

    verb = "set-influence"


@dataclass(frozen=True, slots=True)
class SetFlag(WhiteMove):
    """Raise a flag for so many rounds counting this one, for good (0), or take it down (-1)."""

    flag: str
    rounds: int

    verb = "set-flag"


@dataclass(frozen=True, slots=True)
class SetRoll(WhiteMove):
    """Set what the next die at or below a path ("": any) shows, 1 to 100; 0 takes it back."""

    path: str
    die: int

    verb = "set-roll"


@dataclass(frozen=True, slots=True)
class SetDial(WhiteMove):
    """Set a secret lever, whoever holds it."""

    dial: str
    setting: str

    verb = "set-dial"


@dataclass(frozen=True, slots=True)
class Sign(WhiteMove):
    """Have both parties of a deal sign it, at no cost and whatever it needs; it holds."""

    deal: str
    size: str
    secrecy: str
    rounds: int

    verb = "sign"


@dataclass(frozen=True, slots=True)
class Prove(WhiteMove):
    """Lay a running secret deal open."""

    deal: str

    verb = "prove"


@dataclass(frozen=True, slots=True)
class Lay(WhiteMove):
    """Lay a card of a seat face down for it, wherever it lies, at no cost and whatever it needs."""

    owner: str
    card: str
    target: str = ""

    verb = "lay"


@dataclass(frozen=True, slots=True)
class Join(WhiteMove):
    """Have a seat join a joint undertaking, whatever that needs."""

    owner: str
    stand: str

    verb = "join"


SEAT_MOVES: dict[str, type[Move]] = {
    kind.verb: kind
    for kind in (
        End,
        Commit,
        Discard,
        Offer,
        Answer,
        Counter,
        Mark,
        Dial,
        Stand,
        Signal,
        Accuse,
        Announce,
        Choose,
        Stance,
    )
}
WHITE_MOVES: dict[str, type[WhiteMove]] = {
    kind.verb: kind
    for kind in (
        Inject, Improvise, Adjudicate, Shift, Hold, Edit, Cancel, SetTrack, SetGood, SetInfluence, SetFlag,
        SetRoll, SetDial, Sign, Prove, Lay, Join,
    )
}  # fmt: skip
"""A verb → the kind of move."""

SHAPES = {kind: _shape(kind) for kinds in (SEAT_MOVES, WHITE_MOVES) for kind in kinds.values()}


# --- refusals ------------------------------------------------------------------------------------------


class Refusal(NamedTuple):
    """Why a move is not allowed now: the rule that forbids it, and the facts it turns on.

    `number` is what the rule is about (a price, a count, the trust it wants), `has` how much of it there is;
    `need` names a condition, as `card:<id>:<n>`.
    """

    rule: str
    seat: str = ""
    number: int = 0
    has: int = 0
    need: str = ""

    def __str__(self) -> str:
        return REFUSALS[self.rule].format(**self._asdict(), s="" if self.number == 1 else "s")


REFUSALS = {
    "turn": "it is not {seat}'s turn",
    "over": "the game is over",
    "unknown": "there is no such move now",
    "cost": "it costs ¤{number}, you have ¤{has}",
    "committed": "you have committed {number} card{s} already",
    "acted": "you have used your printed action this turn",
    "commits": "a card is committed already; the printed action takes a whole turn's cards",
    "need": "it needs {need}",
    "offered": "you have made {number} offer{s} already",
    "pair": "you have made {seat} an offer already this round",
    "pending": "{seat} has offered you this deal: answer it",
    "countered": "you have made {seat} a counter-offer on this deal",
    "same": "those are the terms you were offered: say yes or no to them",
    "running": "this deal is running already",
    "sign": "signing costs ¤1, you have none",
    "trust": "it wants trust {number}, you have {has}: too far to skip",
    "marked": "you have marked this deal already",
    "dialled": "you have set this already this round",
    "stood": "you stand already",
    "answered": "you have given your answer already",
    "signalled": "you have told the table about a card already",
    "small": "the table can be told only of a card that costs at least ¤{number}",
    "accused": "you have accused somebody already this round",
    "announced": "you have published something already this round",
    "known": "a deal of theirs on that rung is known to everybody",
}
"""One sentence a rule, with its facts in their places; `s` makes the plural."""
