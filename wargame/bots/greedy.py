"""One step ahead: the move whose expected changes are worth most to the seat.

The worth of a change is read off the scenario's own scoring terms, plus its rules of thumb (`values`, in
tenths of a point) for what scores only later. Nothing is looked at but the view. Within a turn little of it
moves, so a player who stays (`Greedy`) keeps what moves are worth while what that follows from is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from wargame.bots.base import Choice
from wargame.bots.worth import Appraiser, price_of, values_of, worth
from wargame.rules.effects.programs import Sequel
from wargame.rules.moves import Accuse, Answer, Counter, Dial, End, Mark, Move, Offer, Signal, Stance
from wargame.rules.preview import Outlooks, Ways, preview
from wargame.rules.state import Deal, LaidCard
from wargame.rules.view import View

SIGNAL = 0.2
MEANT = 0.67
"""How likely there is a deal behind a communiqué that may be empty."""
NOISE = 0.15
"""Ties and near-ties fall to luck, so that a greedy table is not the same table every time."""
COUNTER = 0.7
"""The chance at which it takes a counter-offer to be signed, if that is worth something to the other side."""
NOISES = [NOISE * nth / 1024 for nth in range(1024)]


def greedy(seen: View, moves: Sequence[Move], luck: int, style: str = "") -> Choice:
    """Return the best move by what it is worth (0 for the neutral one); `style` adds its own values."""
    picked = Greedy(style).pick(seen, moves, luck)
    if picked is None:
        return Choice(moves[0])
    return Choice(picked, rationale(gains_of(seen, picked, values_of(seen.scenario, picked.seat, style))))


class Greedy:
    """A greedy player at one seat. What it keeps is memory and no more: its choices are those of `greedy`.

    `_gains` has what a move is worth by its identity (`_moves` are held on to, so that no other gets it),
    `_turning` the moves that turn on what may change within a turn, by their kind. Signals, by card, turn on
    nothing but whether that is laid down.
    """

    __slots__ = (
        "_gains", "_ground", "_laid", "_moves", "_said", "_signals", "_turning", "_worths", "style",
    )  # fmt: skip

    def __init__(self, style: str = "") -> None:
        self.style = style
        self._ground: tuple[object, ...] = ()
        self._said: tuple[object, ...] = ()
        self._laid: tuple[LaidCard, ...] = ()
        self._signals: dict[str, Signal] = {}
        self._worths: Worths
        self._moves: list[Move] = []
        self._gains: dict[int, float] = {}
        self._turning: dict[type, list[int]] = {}

    def move(self, seen: View, moves: Sequence[Move], luck: int) -> Move:
        """Return the move it makes: the neutral one if none is worth more."""
        return self.pick(seen, moves, luck) or moves[0]

    def pick(self, seen: View, moves: Sequence[Move], luck: int) -> Move | None:
        """Return the best move, or `None` if none is worth more than nothing and nothing is asked."""
        self._recall(seen, moves[0].seat)
        asked, best = bool(seen.stack), None
        worth = floor = float("-inf") if asked else 0.0
        known = self._gains.get
        for nth, move in enumerate(moves):
            gain = known(id(move))
            if gain is None:
                gain = self._think(seen, move)
            if gain > floor:
                total = gain + NOISES[(luck >> (nth % 53)) % 1024]
                if total > worth + 1e-9 and (total > NOISE or asked):
                    best, worth, floor = move, total, total - NOISE
        return best

    def _recall(self, seen: View, seat: str) -> None:
        """Forget what may hold no longer."""
        ground, said = ground_facts(seen), said_facts(seen)
        if not WITHIN_A_TURN.keys().isdisjoint(seen.scenario.programs.asked):
            ground = *ground, *spent_facts(seen)
        laid = seen.orders[seat].commits
        if laid != self._laid:
            for card in {commit.card for commit in laid} ^ {commit.card for commit in self._laid}:
                self._gains.pop(id(self._signals.pop(card, None)), None)
            self._laid = laid
        if ground != self._ground:
            self._worths = Worths(seen, Appraiser.of(seen, seat, self.style))
            self._moves, self._turning = [], {}
            self._gains = {key: self._gains[key] for key in map(id, self._signals.values())}
        elif said != self._said:
            for kinds, now, before in zip(TURNING, said, self._said, strict=True):
                if now != before:
                    for key in [key for kind in kinds for key in self._turning.pop(kind, ())]:
                        self._gains.pop(key, None)
            if said[0] != self._said[0]:
                self._worths.forget_deals()
        self._ground, self._said, self._worths.seen = ground, said, seen

    def _think(self, seen: View, move: Move) -> float:
        """Work out what a move is worth, and keep it; of an offer, with all others of that deal."""
        kind: type = move.__class__
        worths, key = self._worths, id(move)
        sequel = worths.outlooks.started.get(key)
        if sequel is not None and kind is not Dial:
            gain = self._gains[key] = worths[sequel]
            if sequel.asks_deals:
                self._turning.setdefault(Deal, []).append(key)
            return gain
        if isinstance(move, Offer) and (ways := worths.outlooks.ways(move)) is not None:
            self._gains.update(worths.of_ways(ways))
            self._turning.setdefault(Offer, []).extend(ways.keys)
            return self._gains[key]
        if kind is End:
            gain = 0.0
        elif isinstance(move, Signal):
            gain, self._signals[move.card] = signal_worth(seen, move), move
        else:
            own, instead = beside(seen, move)
            gain = sum(own.values()) if own else worths.of(move)
            if instead is not None:
                gain -= worths.of(instead)
            if isinstance(move, Counter):
                gain *= hope(seen, move)
            self._moves.append(move)
            if isinstance(move, Stance):  # what it brings may ask about deals
                kind = Deal
        if kind in TURN:
            self._turning.setdefault(kind, []).append(key)
        self._gains[key] = gain
        return gain


GROUND = (
    "scenario", "seat", "rounds", "round", "tracks", "goods", "flags", "stack", "ruined", "winners",
    "outcome",
)  # fmt: skip
WITHIN_A_TURN = {"influence": "influence", "hand": "hands", "dial": "dials"}
"""What few scenarios ask for in their effects, as they name it → what of a view has it."""
STANDING = (*GROUND, "deals", *WITHIN_A_TURN.values())
"""What of a view the worth of moves follows from. Most of it stands still through a turn.

What is said aside (a signal, the end of a turn) follows only from the cards laid down; an answer follows as
well from the offers that wait.
"""
TURNING: tuple[tuple[type, ...], ...] = (
    (Offer, Answer, Counter, Mark, Accuse, Deal), (Dial,), (Answer, Counter),
)  # fmt: skip
"""What turns on the deals, on the dials, on the offers; `Deal` is for whatever else asks about deals."""
TURN = frozenset(kind for kinds in TURNING for kind in kinds)
ground_facts, said_facts = attrgetter(*GROUND), attrgetter("deals", "dials", "offers")
spent_facts = attrgetter(*WITHIN_A_TURN.values())


class Worths(dict[Sequel, float]):
    """What may follow in a position, by what it is worth to a seat; worked out when it is first asked for."""

    def __init__(self, seen: View, appraiser: Appraiser) -> None:
        super().__init__(appraiser.steady)
        self.seen, self._appraiser, self.outlooks = seen, appraiser, Outlooks.of(seen.scenario)

    def of(self, move: Move) -> float:
        """Return what all that may follow from a move is worth together."""
        total = 0.0
        for sequel, times in self.outlooks.at(move)(self.seen):
            total += times * self[sequel]
        return total

    def of_ways(self, ways: Ways) -> dict[int, float]:
        """Return what each of the ways to propose a deal is worth, by the move's identity."""
        moving, kept = self._appraiser.kept.get(ways) or self._appraiser.know(ways)
        facts = ways.facts(self.seen), *[self[sequel] for sequel in moving]
        known = kept.get(facts)
        if known is None:
            known = kept[facts] = ways.worths(self.seen, self)
        return known

    def forget_deals(self) -> None:
        """Forget whatever turns on the deals there are."""
        for sequel in [sequel for sequel in self if sequel.asks_deals]:
            del self[sequel]

    def __missing__(self, sequel: Sequel) -> float:
        worth = self[sequel] = self._appraiser[sequel].worth(self.seen)
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
    if isinstance(move, Counter):
        chance = hope(seen, move)
        gains = {what: chance * by for what, by in gains.items()}
    return gains


def hope(seen: View, move: Counter) -> float:
    """Return the chance that a counter-offer is signed: none if it is worth nothing to the other side.

    What it is worth to that side is told by what this one sees and by the scenario's own values.
    """
    other = next(offer.proposer for offer in seen.offers if offer.template == move.deal)
    worths = Worths(seen, Appraiser.of(seen, other, ""))
    follows = worths.outlooks.countered(seen, move, other)
    return COUNTER if sum(times * worths[sequel] for sequel, times in follows) > 0 else 0.0


def beside(seen: View, move: Move) -> tuple[dict[str, float], Move | None]:
    """Return what a move that changes nothing is worth, and the move that one undoes: a dial's setting, or
    the answer to a crisis that counts if none is given.
    """
    if not isinstance(move, (Signal, Answer, Dial, Accuse, Stance)):
        return NOTHING
    if isinstance(move, Accuse):
        return accusation_worth(seen, move), None
    if isinstance(move, Stance):
        return {}, seen.scenario.stance_moves[move.seat][move.crisis][0]
    if isinstance(move, Signal):
        return {"signal": signal_worth(seen, move)}, None
    if isinstance(move, Answer) and move.reply == "no":
        return {"no strings": NOISE / 2}, None
    if isinstance(move, Dial):
        return {}, Dial(move.seat, move.dial, seen.dials[move.dial])
    return NOTHING


NOTHING: tuple[dict[str, float], None] = ({}, None)


def accusation_worth(seen: View, move: Accuse) -> dict[str, float]:
    """Return what an accusation is worth: its points by how likely it is right, and its price."""
    spec = seen.scenario.spec.accusations
    assert spec is not None
    seat, right = move.seat, likely(seen, move)
    price = price_of(seen.scenario, seat, {}, seen.round >= seen.rounds, ("influence", seat))
    gain = spec.right * right - spec.wrong * (1 - right)
    return {"accusation": gain, "own influence": -spec.cost * price}


def likely(seen: View, move: Accuse) -> float:
    """Return how likely a pair has a secret deal on that rung that runs at the reveal, by what is seen.

    Of each of their agreements that are known only as such, any deal they may sign in secret, of any length,
    is as likely as another; only of a suspected one the rung is sure.
    """
    sides, none = seen.scenario.pair_sides[move.pair], 1.0
    secret = seen.scenario.secret_deals(*sides)
    for deal in seen.deals:
        if deal.template == "?" and {deal.a, deal.b} == {*sides}:
            could = [one for one in secret if not deal.suspected or one.rung == deal.rung]
            ways = [one.rung == move.rung and deal.signed + rounds + bool(one.first) > seen.round
                    for one in could for rounds in one.rounds]  # fmt: skip
            real = MEANT if deal.words and not deal.suspected else 1.0
            none *= 1 - real * sum(ways) / max(len(ways), 1)
    return 1 - none


def signal_worth(seen: View, move: Signal) -> float:
    """Return what a signal is worth: the truth about a card that would be seen anyway pays; nothing else."""
    mine = [commit.card for commit in seen.orders[move.seat].commits]
    return SIGNAL if move.card in mine and not seen.scenario.cards[move.card].quiet else -1.0
