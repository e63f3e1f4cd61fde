"""One step ahead: the move whose expected changes are worth most to the seat.

The worth of a change is read off the scenario's own scoring terms, plus its rules of thumb (`values`, in
tenths of a point) for what scores only later. Nothing is looked at but the view. Within a turn little of it
moves, so a player who stays (`Greedy`) keeps what moves are worth while what that follows from is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from wargame.bots.base import Choice
from wargame.bots.worth import Appraiser, values_of, worth
from wargame.rules.effects.base import Sequel
from wargame.rules.moves import Answer, Dial, End, Move, Signal
from wargame.rules.preview import Outlook, Outlooks, preview
from wargame.rules.state import LaidCard, PendingOffer
from wargame.rules.view import View

SIGNAL = 0.2
NOISE = 0.15
"""Ties and near-ties fall to luck, so that a greedy table is not the same table every time."""


def greedy(seen: View, moves: Sequence[Move], luck: int, style: str = "") -> Choice:
    """Return the best move by what it is worth (0 for the neutral one); `style` adds its own values."""
    picked = Greedy(style).pick(seen, moves, luck)
    if picked is None:
        return Choice(moves[0])
    return Choice(picked, rationale(gains_of(seen, picked, values_of(seen.scenario, picked.seat, style))))


class Greedy:
    """A greedy player at one seat. What it keeps is memory and no more: its choices are those of `greedy`."""

    __slots__ = ("_answers", "_asides", "_commits", "_gains", "_offers", "_standing", "_worths", "style")

    def __init__(self, style: str = "") -> None:
        self.style = style
        self._standing: tuple[object, ...] = ()
        self._commits: tuple[LaidCard, ...] = ()
        self._offers: tuple[PendingOffer, ...] = ()
        self._gains: dict[int, Known] = {}
        self._asides: dict[int, Known] = {}
        self._answers: list[int] = []

    def move(self, seen: View, moves: Sequence[Move], luck: int) -> Move:
        """Return the move it makes: the neutral one if none is worth more."""
        return self.pick(seen, moves, luck) or moves[0]

    def pick(self, seen: View, moves: Sequence[Move], luck: int) -> Move | None:
        """Return the best move, or `None` if none is worth more than nothing and nothing is asked."""
        self._recall(seen, moves[0].seat)
        best, asked = None, bool(seen.stack)
        worth = float("-inf") if asked else 0.0
        for nth, known in enumerate(map(self._gains.get, map(id, moves))):
            gain, move = known or self._think(seen, moves[nth])
            if gain > 0 or asked:
                total = gain + NOISE * ((luck >> (nth % 53)) % 1024) / 1024
                if total > worth + 1e-9 and (total > NOISE or asked):
                    best, worth = move, total
        return best

    def _recall(self, seen: View, seat: str) -> None:
        """Forget what may hold no longer."""
        standing, commits, offers = standing_facts(seen), seen.orders[seat].commits, seen.offers
        if commits != self._commits:
            laid = {commit.card for commit in {*commits} ^ {*self._commits}}
            for key in [
                key
                for key, (_gain, move) in self._asides.items()
                if isinstance(move, Signal) and move.card in laid
            ]:
                del self._asides[key], self._gains[key]
            self._commits = commits
        if standing != self._standing:
            self._standing, self._worths = standing, Worths(seen, Appraiser.of(seen, seat, self.style))
            self._gains = self._asides.copy()
            self._answers.clear()
        elif offers != self._offers:
            for key in self._answers:
                del self._gains[key]
            self._answers.clear()
            self._worths.whole.clear()
        self._offers, self._worths.seen = offers, seen

    def _think(self, seen: View, move: Move) -> Known:
        """Work out what a move is worth, and keep it."""
        own, instead = beside(seen, move)
        gain = sum(own.values()) if own else self._worths.of(move)
        if instead is not None:
            gain -= self._worths.of(instead)
        key, known = id(move), (gain, move)
        self._gains[key] = known
        if isinstance(move, (End, Signal)):
            self._asides[key] = known
        elif isinstance(move, Answer):
            self._answers.append(key)
        return known


Known = tuple[float, Move]
"""What a move is worth, and the move itself, so that no other can get its identity."""

STANDING = (
    "scenario", "seat", "rounds", "round", "tracks", "goods", "dials", "deals", "flags", "stack",
    "ruined", "winners", "outcome",
)  # fmt: skip
"""What of a view the worth of moves follows from. Most of it stands still through a turn.

What is said aside (a signal, the end of a turn) follows only from the cards laid down; an answer follows as
well from the offers that wait.
"""
standing_facts = attrgetter(*STANDING)


class Worths(dict[Sequel, float]):
    """What may follow in a position, by what it is worth to a seat; worked out when it is first asked for.

    `whole` holds the same by outlook, which many moves have in common (whatever is given up for an action).
    """

    def __init__(self, seen: View, appraiser: Appraiser) -> None:
        super().__init__(appraiser.steady)
        self.seen, self._appraiser, self._outlooks = seen, appraiser, Outlooks.of(seen.scenario)
        self.whole: dict[Outlook, float] = {}

    def of(self, move: Move) -> float:
        """Return what all that may follow from a move is worth together."""
        outlook = self._outlooks.at(move)
        total = self.whole.get(outlook)
        if total is None:
            total = 0.0
            for sequel, times in outlook(self.seen):
                total += times * self[sequel]
            self.whole[outlook] = total
        return total

    def __missing__(self, sequel: Sequel) -> float:
        worth = self[sequel] = self._appraiser.worth(sequel, self.seen)
        return worth


def rationale(gains: dict[str, float]) -> str:
    """The two changes that moved the estimate most, as `arsenal +2.0, dprk/oil -0.8, own influence -0.6`.

    A track goes by its id, a good by its seat's and its own, all else by words; `words.thought` reads it.
    """
    most = sorted(gains.items(), key=lambda item: -abs(item[1]))[:2]
    return ", ".join(f"{what} {by:+.1f}" for what, by in most if abs(by) >= 0.05)


def gains_of(seen: View, move: Move, values: Mapping[str, int] | None = None) -> dict[str, float]:
    """Return what a move is worth to its seat, by what it changes, in points; `values` are the scenario's
    unless others are given.
    """
    if values is None:
        values = values_of(seen.scenario, move.seat, "")
    own, instead = beside(seen, move)
    gains = own or worth(seen, move.seat, preview(seen, move).changes, values)
    if instead is not None:
        for what, by in worth(seen, move.seat, preview(seen, instead).changes, values).items():
            gains[what] = gains.get(what, 0.0) - by
    return gains


def beside(seen: View, move: Move) -> tuple[dict[str, float], Move | None]:
    """Return what a move that changes nothing is worth, and the move that one undoes: a dial's setting."""
    if not isinstance(move, (Signal, Answer, Dial)):
        return NOTHING
    if isinstance(move, Signal):
        return {"signal": _signal(seen, move)}, None
    if isinstance(move, Answer) and move.reply == "no":
        return {"no strings": NOISE / 2}, None
    if isinstance(move, Dial):
        return {}, Dial(move.seat, move.dial, seen.dials[move.dial])
    return NOTHING


NOTHING: tuple[dict[str, float], None] = ({}, None)


def _signal(seen: View, move: Signal) -> float:
    """Telling the truth about a card that would be seen anyway pays; nothing else does."""
    mine = [commit.card for commit in seen.orders[move.seat].commits]
    return SIGNAL if move.card in mine and not seen.scenario.cards[move.card].quiet else -1.0
