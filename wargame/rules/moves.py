"""A move: the only thing that changes a game, whoever makes it.

A move is a seat, a verb and plain arguments, so it hashes, compares, prints on one line and survives
any file format. Verbs and their arguments:

    end                                     finish this turn (also the neutral move everywhere)
    commit   card [target]                  lay a policy card face down
    discard  card [target]                  give a card up for the printed action
    offer    deal size secrecy rounds       propose a deal to its other party
    answer   deal yes|no                    answer an offer
    mark     deal short|stop                deliver half, or nothing more (unmarked: deliver)
    dial     dial setting                   set a secret lever
    stand    stand                          join a joint undertaking
    signal   card                           tell the table what you will play (true or not)
    choose   option                         decide what a card asks

The white cell's own verbs (`WHITE_VERBS`) stand in `white`; their seat is `WHITE`, which is no seat.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wargame.rules.predicates import Test

WHITE = "white"
"""Whose the facilitator's moves are. No seat may be called so."""

WHITE_VERBS = (
    "inject", "improvise", "adjudicate", "shift", "hold", "cancel",
    "set-track", "set-good", "set-influence", "set-flag", "set-roll",
)  # fmt: skip
VERBS = ("end", "commit", "discard", "offer", "answer", "mark", "dial", "stand", "signal", "choose")


class Move(NamedTuple):
    """One decision of one seat.

    >>> move = Move("dprk", "commit", ("spy-satellite",))
    >>> print(move)
    dprk commit spy-satellite
    >>> Move.from_plain(move.to_plain()) == move
    True
    """

    seat: str
    verb: str
    args: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, (self.seat, self.verb, *self.args)))

    def to_plain(self) -> list[str | int]:
        """A flat list that any file format keeps."""
        return [self.seat, self.verb, *self.args]

    @classmethod
    def from_plain(cls, plain: Sequence[object]) -> Move:
        """The move a flat list stands for; `ValueError` if it is not one."""
        if len(plain) < 2 or not all(type(part) in (str, int) for part in plain):
            raise ValueError(f"not a move: {plain!r:.80}")
        seat, verb, *args = plain
        if not isinstance(seat, str) or verb not in (WHITE_VERBS if seat == WHITE else VERBS):
            raise ValueError(f"not a move: {plain!r:.80}")
        return cls(seat, str(verb), tuple(args))  # type: ignore[arg-type]


class Refusal(NamedTuple):
    """Why a move is not allowed now: the rule that forbids it, and the facts it turns on."""

    rule: str
    facts: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return REFUSALS[self.rule].format(*self.facts, s="" if self.facts[:1] == (1,) else "s")


Need = tuple["Test", Refusal]
"""Something that must hold, and the refusal of what needs it."""

REFUSALS = {
    "turn": "it is not {0}'s turn",
    "over": "the game is over",
    "unknown": "there is no such move now",
    "cost": "it costs ¤{0}, you have ¤{1}",
    "committed": "you have committed {0} card{s} already",
    "acted": "you have used your printed action this turn",
    "commits": "a card is committed already; the printed action takes a whole turn's cards",
    "need": "it needs {0}",
    "offered": "you have made {0} offer{s} already",
    "pair": "you have made {0} an offer already this round",
    "pending": "{0} has offered you this deal: answer it",
    "running": "this deal is running already",
    "sign": "signing costs ¤1, you have none",
    "trust": "it wants trust {0}, you have {1}: too far to skip",
    "marked": "you have marked this deal already",
    "dialled": "you have set this already this round",
    "stood": "you stand already",
    "signalled": "you have told the table about a card already",
}
"""One sentence a rule; `words` puts names for ids. Facts fill the numbered places.

`s` is an s unless the first fact is 1."""
