"""A seat's turn: what it may do, by the row on which that is done, and how far each row's dial is turned.

The moves come from `options`, the one list of what may be done; one that is refused stays and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from wargame.debrief.dated_events import Happening
from wargame.rules.events import OfferLapsed, OfferRefused
from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Commit,
    Counter,
    Dial,
    Discard,
    Mark,
    Move,
    Refusal,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.options import options, running
from wargame.rules.state import NO_ORDERS, Deal, Orders, PendingOffer
from wargame.tui.kit.lens import Lens
from wargame.words.pages import play as say

ACCUSE = "accuse"
"""The key of the row that leads to the page of accusations."""
COMMIT, DISCARD, TELL = "commit", "discard", "signal"
"""What Enter does with a card of the hand."""

Choice = tuple[Move | None, Refusal | None, str]
"""One position of a dial: its move (`None`: nothing to do), why it is refused, and its name on the dial."""


def row_of(move: Move) -> str:
    """Return the key of the row that a move is made on; "" for one that has no row."""
    match move:
        case Commit() | Discard() | Signal():
            return f"card:{move.card}"
        case Answer():
            return f"answer:{move.deal}"
        case Counter():
            return f"counter:{move.deal}"
        case Mark():
            return f"deal:{move.deal}"
        case Dial():
            return f"dial:{move.dial}"
        case Stand():
            return f"stand:{move.stand}"
        case Accuse():
            return ACCUSE
        case Announce():
            return f"announce:{move.other}"
        case Stance():
            return f"crisis:{move.crisis}"
    return ""


@dataclass
class Turn:
    """What the seat to act may do, seen through its lens. `dials` holds how far each row's dial is turned."""

    lens: Lens
    mode: str = COMMIT
    dials: dict[str, int] = field(default_factory=dict)
    moves: dict[str, list[Choice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gather()

    @property
    def seat(self) -> str:
        return str(self.lens.viewer)

    @property
    def orders(self) -> Orders:
        return self.lens.view.orders.get(self.seat, NO_ORDERS)

    def gather(self) -> None:
        """Sort the options by the row they belong to."""
        self.moves = {}
        for move, refusal in options(self.lens.view):
            key = self._key(move)
            if key:
                self.moves.setdefault(key, []).append((move, refusal, self._name(move)))
        for key, choices in self.moves.items():
            if key.startswith("deal:"):
                choices.insert(0, (None, None, say.MARKS["deliver"]))
            elif key.startswith("answer:"):
                choices.reverse()
            elif key.startswith("counter:"):  # a page of its own turns the terms
                del choices[1:]

    def _key(self, move: Move) -> str:
        """The row of a move; cards stand for what Enter does with them now."""
        other = move.verb in (COMMIT, DISCARD, TELL) and move.verb != self.mode
        return "" if other or isinstance(move, Accuse) else row_of(move)

    def _name(self, move: Move) -> str:
        words, scenario = self.lens.words, self.lens.scenario
        match move:
            case Commit():
                return words.target(scenario.cards[move.card], move.target) if move.target else ""
            case Discard():
                return words.target(scenario.actions[move.seat], move.target) if move.target else ""
            case Dial():
                return words.setting(move.dial, move.setting)
            case Stance():
                return words.stance(move.crisis, move.option)
            case Answer():
                return say.REPLIES[move.reply]
            case Announce():
                return words.communique(move.seat, move.other, move.words)
            case Mark():
                return say.MARKS[move.mark]
        return ""

    def phrase(self, move: Answer) -> str:
        """What the public would read if a secret deal were signed with that answer; "" if nothing."""
        sides = self.lens.scenario.deals[move.deal].between
        secret = any(offer.secret for offer in self.lens.view.offers if offer.template == move.deal)
        if move.reply == "no" or not self.lens.scenario.words_of(*sides) or not secret:
            return ""
        return self.lens.words.communique(*sides, move.words) or say.UNSAID

    # --- what a row stands for ---------------------------------------------------------------------

    def choices(self, key: str) -> list[Choice]:
        return self.moves.get(key, [])

    def at(self, key: str) -> int:
        """Where the row's dial stands."""
        known = self.choices(key)
        start = 0
        if key.startswith("dial:"):
            now = self.lens.view.dials.get(key.removeprefix("dial:"), "")
            settings = [move.setting if isinstance(move, Dial) else "" for move, _refusal, _name in known]
            start = settings.index(now) if now in settings else 0
        return self.dials.get(key, start) % len(known) if known else 0

    def choice(self, key: str) -> Choice:
        """What Enter would do on that row."""
        known = self.choices(key)
        return known[self.at(key)] if known else (None, None, "")

    def turn(self, key: str, by: int) -> None:
        """Turn the row's dial; it goes round."""
        known = self.choices(key)
        if len(known) > 1:
            self.dials[key] = (self.at(key) + by) % len(known)

    def keys(self, *kinds: str) -> list[str]:
        """Return the rows whose keys begin with one of `kinds`, in the order of the options."""
        return [key for key in self.moves if key.startswith(kinds)]

    @property
    def waiting(self) -> int:
        """How many offers wait for an answer."""
        return len(self.keys("answer:"))

    def undone(self) -> list[str]:
        """What could still be done that a hurried person may have forgotten."""
        left = []
        cards = (self if self.mode == COMMIT else Turn(self.lens)).open_cards()
        if cards:
            most = self.lens.scenario.spec.rules.commits - len(self.orders.commits)
            left.append(say.more_cards(min(most, len(cards))))
        if self.waiting:
            left.append(say.to_answer(self.waiting))
        given = self.lens.view.crises
        crises = (key.partition(":")[2] for key in self.keys("crisis:"))
        left += [say.answer_to(self.lens.words.news(one)) for one in crises if self.seat not in given[one]]
        fresh = Turn(self.lens, self.mode)
        turned = [key for key, at in self.dials.items() if key in self.moves and at != fresh.at(key)]
        if any(key.startswith(("deal:", "dial:", "answer:", "crisis:")) for key in turned):
            left.append(say.TURNED_ONLY)
        return left

    def open_cards(self) -> list[str]:
        """Return the rows of the cards that can be laid down now."""
        return [
            key for key in self.keys("card:") if any(why is None for _move, why, _name in self.moves[key])
        ]

    def can_tell(self, key: str) -> bool:
        """Whether Enter would lay down a card of which the table could still be told."""
        return self.mode == COMMIT and key.removeprefix("card:") in self._tellable

    @cached_property
    def _tellable(self) -> frozenset[str]:
        found = options(self.lens.view)
        return frozenset(move.card for move, why in found if isinstance(move, Signal) and why is None)

    def offer(self, template: str) -> PendingOffer:
        """Return the offer of that deal which waits for an answer."""
        return next(offer for offer in self.lens.view.offers if offer.template == template)

    def deal_of(self, key: str) -> Deal | None:
        """Return the running deal of a row."""
        return running(self.lens.view, key.partition(":")[2])


Gone = OfferLapsed | OfferRefused


def offers_gone(lens: Lens) -> list[Happening[Gone]]:
    """Return the viewer's own offers that were refused or have lapsed since its last orders, in order."""
    view = lens.view
    since = view.round - (view.phase in ("news", "orders"))
    return [
        Happening(seen.round, seen.phase, seen.move, seen.event)
        for seen in lens.memory.seen
        if seen.round == since and isinstance(seen.event, Gone)
        if isinstance(seen.event, OfferLapsed) or seen.event.proposer == lens.viewer
    ]
