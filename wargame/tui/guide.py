"""One hint line that leads a person through the first turn, and follows what that person does.

What comes next is read from the seat's own view (cards laid down, offers, marks, the signal), so undoing a
step goes back to its hint. The line is gone when the seat has ended its first orders, or when somebody sends
it away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from textual.app import App
from textual.content import Content

from wargame.errors import CannotWrite
from wargame.rules.options import deal_survival_percent, options
from wargame.rules.scenario import OfferMove
from wargame.rules.state import NO_ORDERS, Orders
from wargame.table.table import Table
from wargame.tui.actions import BY_ID
from wargame.tui.keymap import Keys
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.paint import DIM, join, put, wrapped

LABEL = "first turn"
AWAY = "z: hide hints"
NAMED = ("know", "why", "offer", "discard", "tell", "undo", "end", "hints")
"""Actions whose keys the hints name."""


def is_first_turn(table: Table, seat: str) -> bool:
    """Whether the person in this seat has still to end orders for the first time."""
    ended = (
        beat.move is not None and (beat.move.seat, beat.move.verb, beat.by) == (seat, "end", "person")
        for beat in table.beats
        if beat.phase == "orders"
    )
    return not any(ended)


def hints_on(app: App[Any]) -> bool:
    """Whether hints are wanted: as the settings say; without any, until somebody sends them away."""
    settings = getattr(app, "settings", None)
    return bool(getattr(settings, "hints", not getattr(app, "hints_off", False)))


def switch(app: App[Any]) -> None:
    """Send the hints away for all seats, or bring them back; kept in the settings if there are any."""
    wanted = not hints_on(app)
    settings, use = getattr(app, "settings", None), getattr(app, "use", None)
    setattr(app, "hints_off", not wanted)  # noqa: B010  (an app around one screen declares no such thing)
    if use is not None and settings is not None:
        use(replace(settings, hints=wanted))
        with suppress(CannotWrite):  # then it holds until the program ends
            app.keep_settings()  # type: ignore[attr-defined]


def lines(said: str, width: int, keys: Keys) -> list[Content]:
    """The hint as it is printed, with the keys in use: at most two lines, and how to send it away."""
    said, away = (_with_keys(text, keys) for text in (said, AWAY))
    text = join((put(f"{LABEL}  ", "bold"), put(f"{said}  "), put(away, DIM)))
    return wrapped(text, width, indent=len(LABEL) + 2)[:2]


def _with_keys(said: str, keys: Keys) -> str:
    """The sentence with the keys that somebody has chosen in the place of the usual letters."""
    usual = {BY_ID[id_].keys: keys.shown(id_) for id_ in NAMED if id_ in keys.own}
    return re.sub(r"\b[a-z]\b", lambda found: usual.get(found[0], found[0]), said) if usual else said


@dataclass(frozen=True)
class Moment:
    """A seat at its orders: what it sees, which row is lit, what Enter would do with a card.

    `moved`: some row has been lit by hand; `asking`: the end of the turn is being asked about; `faced`: the
    hand lies along the foot.
    """

    lens: Lens
    seat: str
    lit: str
    mode: str = "commit"
    moved: bool = False
    asking: bool = False
    faced: bool = False

    @property
    def walk(self) -> str:
        """The keys that light a card."""
        return "← →" if self.faced else "↑↓"

    @property
    def there(self) -> str:
        """The key that leads to the rows which are no cards."""
        return "Tab" if self.faced else "↓"

    @cached_property
    def allowed(self) -> dict[str, list[str]]:
        """The verbs that can be used now, each with what it may be about."""
        found: dict[str, list[str]] = {}
        for move, refusal in options(self.lens.view):
            if refusal is None:
                found.setdefault(move.verb, []).append(move.about)
        return found

    def can(self, verb: str, what: str | None = None) -> bool:
        return bool(self.allowed.get(verb)) if what is None else what in self.allowed.get(verb, ())

    @property
    def orders(self) -> Orders:
        return self.lens.view.orders.get(self.seat, NO_ORDERS)

    @property
    def told(self) -> bool:
        return self.seat in self.lens.view.signals

    @property
    def purse(self) -> int:
        return self.lens.view.influence[self.seat]

    @property
    def no_card(self) -> bool:
        """Whether nothing is laid down yet, nor has the seat clearly gone on without."""
        return not self.orders.commits and not self.orders.acted and not (self.orders.offered and self.told)

    @property
    def second_card(self) -> bool:
        """Whether one card is laid down, a second could be, and the seat has not gone on."""
        return bool(self.orders.commits) and self.can("commit") and not self.orders.offered and not self.told

    @property
    def unmarked(self) -> bool:
        """Whether a running deal has no mark yet."""
        return self.can("mark")


# --- the orders ----------------------------------------------------------------------------------------


def orders_line(now: Moment) -> str:
    """The next thing to do in the first orders."""
    if now.asking:
        return "Enter ends the turn; after that nothing can be taken back. Esc goes on with it."
    if now.mode != "commit":
        return MODES[now.mode](now)
    kind, _, id_ = now.lit.partition(":")
    if kind in ROWS and now.can(VERBS[kind], id_):
        return ROWS[kind]
    return next(says(now) for holds, says in STEPS if holds(now))


def _give_up(now: Moment) -> str:
    aim = "↑ ↓" if now.faced else "← →"
    return f"Enter gives the lit card up for the action printed on your board; {aim} aim it. Esc: back."


def _tell(now: Moment) -> str:
    pays = now.lens.scenario.spec.rules.signal
    said = f"kept, ¤{pays} more; not kept, ¤{pays} less"
    return f"Enter tells the table that you will play the lit card: {said}. Esc: back."


MODES: dict[str, Callable[[Moment], str]] = {"discard": _give_up, "signal": _tell}

VERBS = {"answer": "answer", "deal": "mark", "dial": "dial", "stand": "stand", "crisis": "stance"}
ROWS = {
    "answer": "An offer to you: read it in the pane beside it, ← → turn no into yes, Enter answers.",
    "deal": "This deal delivers by itself in the upkeep. ← → mark it short or stop, Enter enters the mark.",
    "dial": "Your secret lever: ← → turn it, Enter sets it. It works in every upkeep and stays where it is.",
    "crisis": "All answer this in secret and are told at once. ← → choose, Enter gives your answer.",
    "stand": "A joint stand binds only if all take part in one round. Agree aloud, then Enter joins it.",
}
"""Rows that say themselves what to do with them, as long as it has not been done."""


def _light(now: Moment) -> str:
    pane = (
        "what it does, costs and how likely it is stands in the middle."
        if now.faced
        else ("the pane says what it does, its cost ¤ and its odds ▰.")
    )
    return f"i is your page, yours alone. {now.walk} light a card: {pane}"


def _lay(now: Moment) -> str:
    kind, _, card = now.lit.partition(":")
    if not now.can("commit"):
        return "No card can be laid down now (w says why). d gives one up, o offers a deal, e ends the turn."
    if kind != "card":
        back = "Tab goes back to your hand" if now.faced else "↑↓ go back to your HAND"
        return f"{back}: Enter on a card there lays it face down."
    if not now.can("commit", card):
        return f"× means that it can't be laid down now; w says why. {now.walk} light another card."
    cost = now.lens.scenario.cards[card].cost
    paid = f"¤{cost} is paid" if cost else "it is free"
    name = now.lens.words.card(card)
    then = "It acts in the resolution."
    if now.purse - cost < 1 and now.can("offer"):
        then = "No ¤ is left for an offer."
    return f"Enter lays “{name}” face down: {paid}, its odds are fixed. {then}"


def _second(now: Moment) -> str:
    return (
        f"Laid down; u takes it back. Enter on another card lays a second, or keep your ¤{now.purse} "
        "for next round. Then o offers a deal."
    )


def _reply(now: Moment) -> str:
    where = f"{now.there} light it under OFFERS TO YOU"
    return f"Somebody has made you an offer: {where}, ← → yes or no, Enter answers."


def _offer(_now: Moment) -> str:
    return "o opens the deal desk, where you offer another seat a deal. Or go on: t tells, e ends the turn."


def _announce(now: Moment) -> str:
    pays = now.lens.scenario.spec.rules.signal
    said = f"kept it pays ¤{pays}, else it costs ¤{pays}"
    return f"t tells the table which card you will play, true or not: {said}. Or e ends the turn."


def _mark(now: Moment) -> str:
    mark = f"{now.there} light one to mark it short or stop"
    return f"Running deals deliver by themselves. {mark}. Or e ends the turn."


def _lever(_now: Moment) -> str:
    return "Under LEVERS stands one that only you set: light it, ← →, Enter. Or leave it; e ends the turn."


def _end(_now: Moment) -> str:
    return "All done: e ends your turn, and asks once if something was left. Then pass the keyboard on."


STEPS: tuple[tuple[Callable[[Moment], bool], Callable[[Moment], str]], ...] = (
    (lambda now: now.no_card and not now.moved and now.can("commit"), _light),
    (lambda now: now.no_card, _lay),
    (lambda now: now.second_card, _second),
    (lambda now: now.can("answer"), _reply),
    (lambda now: now.can("offer") and not now.orders.offered and not now.told, _offer),
    (lambda now: now.can("signal"), _announce),
    (lambda now: now.unmarked, _mark),
    (lambda now: now.can("dial"), _lever),
    (lambda _now: True, _end),
)
"""When → what the line says; the first that holds counts."""


# --- the other screens of a turn -----------------------------------------------------------------------


NOBODY = "There is nobody you could sign with. Esc goes back to your orders."


def desk_line(lens: Lens, lit: str, offer: OfferMove, refused: bool, moved: bool) -> str:
    """How to write an offer, from the offer as it stands."""
    if refused:
        return "× means that this can't be offered now; w says why. ↑↓ light another deal."
    other = lens.words.party(offer.other)
    if lit.startswith("dial:"):
        dial = lit.removeprefix("dial:")
        return f"← → turn the {dial}; both will read the sentence at the right. Enter lays it before {other}."
    if not moved:
        return "↑↓ choose with whom and what. The pane says what both give, and your stores round by round."
    hold = deal_survival_percent(lens.view, offer.template.rung)
    if hold < 100:
        rung = f"Rung {offer.template.rung} wants more trust: the chance that it holds is {hold} %."
        return f"{rung} ↑↓ try a lower rung; Enter lays it before them all the same."
    return f"← → change its form, ↓ leads to its terms. Enter lays it before {other}; ¤1 is set aside."


FIRST = "This page is yours alone. Enter leads to your cards, i to all that you know."
KNOW = (
    "This page is yours alone. ↑↓ read on to the plans and “Your first turn”. Esc: to your cards; "
    "there i opens it again."
)
CHOICE = "You are asked before your orders. ↑↓ or a number light an answer, Enter says it aloud."
