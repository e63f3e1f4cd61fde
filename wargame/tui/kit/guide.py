"""One hint line that leads a person, and follows what that person does: through the first turn, or as far
as the scenario's own hints go.

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
from wargame.rules.predicates import compile_condition
from wargame.rules.scenario import OfferMove
from wargame.rules.spec import Done, Hint
from wargame.rules.state import NO_ORDERS, Orders
from wargame.rules.view import View
from wargame.table.seen import SeenTable
from wargame.tui.actions import BY_ID
from wargame.tui.keymap import Keys
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, join, put, wrapped
from wargame.words.pages import guide as say
from wargame.words.pages import play

NAMED = ("know", "why", "offer", "discard", "tell", "undo", "end", "hints")
"""Actions whose keys the hints name."""


def is_first_turn(table: SeenTable, seat: str) -> bool:
    """Whether the person in this seat has still to end orders for the first time."""
    ended = (
        beat.move is not None and (beat.move.seat, beat.move.verb, beat.by) == (seat, "end", "person")
        for beat in table.beats
        if beat.phase == "orders"
    )
    return not any(ended)


def hints_on(app: App[Any], table: SeenTable) -> bool:
    """Whether hints are wanted: as the settings say; without any, until somebody sends them away.

    A scenario that has hints of its own is there for them: they go for this program, whatever the settings.
    """
    if table.scenario.spec.hints:
        return not getattr(app, "own_hints_off", False)
    settings = getattr(app, "settings", None)
    return bool(getattr(settings, "hints", not getattr(app, "hints_off", False)))


def switch(app: App[Any], table: SeenTable) -> None:
    """Send the hints away for all seats, or bring them back; kept in the settings if there are any."""
    wanted = not hints_on(app, table)
    if table.scenario.spec.hints:
        setattr(app, "own_hints_off", not wanted)  # noqa: B010
        return
    settings, use = getattr(app, "settings", None), getattr(app, "use", None)
    setattr(app, "hints_off", not wanted)  # noqa: B010  (an app around one screen declares no such thing)
    if use is not None and settings is not None:
        use(replace(settings, hints=wanted))
        with suppress(CannotWrite):  # then it holds until the program ends
            app.keep_settings()  # type: ignore[attr-defined]


def lines(said: str, width: int, keys: Keys, label: str = say.LABEL) -> list[Content]:
    """The hint as it is printed, with the keys in use: at most two lines, and how to send it away."""
    told, away = put(_with_keys(said, keys)), put(_with_keys(say.AWAY, keys), DIM)
    indent = len(label) + 2
    *above, last = wrapped(join((put(f"{label}  ", "bold"), told)), width, indent=indent)
    both = join((last, "  ", away))
    if both.cell_length <= width:
        return [*above, both]
    return [*above, last, away.pad_left(indent)][:2]


# --- the scenario's own hints --------------------------------------------------------------------------


def declared(table: SeenTable, lens: Lens, page: str, lit: str) -> str:
    """Return the scenario's own hint on a page: the first that is due there; "" if none is.

    It is for the one person at a table, or for the seat whose own page this is.
    """
    people = table.people()
    seat = lens.viewer or (people[0] if len(people) == 1 else "")
    for hint in table.scenario.spec.hints:
        if hint.page == page and hint.seat == seat and _is_due(hint, table, lens, lit):
            return lens.words.said(hint.text)
    return ""


def _is_due(hint: Hint, table: SeenTable, lens: Lens, lit: str) -> bool:
    view = lens.view
    return (
        hint.round in (0, view.round)
        and (not hint.holds or hint.holds in view.hands.get(hint.seat, ()))
        and _fits(hint.lit, lit)
        and all(_is_done(one, table, view.round, hint.seat) for one in hint.after)
        and not any(_is_done(one, table, view.round, hint.seat) for one in hint.until)
        and (hint.can is None or _can(hint.can, view, lit))
        and (hint.when is None or compile_condition(hint.when)(view))
    )


def _fits(wanted: str, lit: str) -> bool:
    """Whether the lit row is the one that a hint is for."""
    return wanted in ("", lit, lit.partition(":")[0]) or (wanted == "none" and not lit)


def _can(verb: str, view: View, lit: str) -> bool:
    """Whether a seat may do that now: with what is lit, where a row is lit that it could be about."""
    found, id_ = [(move, why) for move, why in options(view) if move.verb == verb], lit.partition(":")[2]
    lit_ones = [why for move, why in found if move.about == id_]
    return None in (lit_ones or [why for _move, why in found])


def _is_done(done: Done, table: SeenTable, round_: int, seat: str) -> bool:
    """Whether a seat has done that in that round."""
    moves = (beat.move for beat in table.beats if beat.round == round_ and beat.move is not None)
    return any((move.seat, move.verb) == (seat, done.deed) and done.of in ("", move.about) for move in moves)


def _with_keys(said: str, keys: Keys) -> str:
    """The sentence with the keys that somebody has chosen in the place of the usual letters."""
    usual = {BY_ID[id_].keys: keys.shown(id_) for id_ in NAMED if id_ in keys.own}
    return re.sub(r"\b[a-z]\b", lambda found: usual.get(found[0], found[0]), said) if usual else said


@dataclass(frozen=True)
class Moment:
    """A seat at its orders: what it sees, which row is lit, what Enter would do with a card.

    `moved`: some row has been lit by hand; `asking`: the end of the turn is being asked about; `faced`: the
    hand lies along the foot; `refused`: Enter would do nothing with the lit card.
    """

    lens: Lens
    seat: str
    lit: str
    mode: str = "commit"
    moved: bool = False
    asking: bool = False
    faced: bool = False
    refused: bool = False

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
        return say.PREPARED_ASKED if now.lens.preparing else say.END_ASKED
    kind, _, id_ = now.lit.partition(":")
    if now.mode != "commit":
        return MODES[now.mode](now) if kind in ("", "card") else say.which_card(now.faced)
    if kind in VERBS and now.can(VERBS[kind], id_):
        return say.ROWS[kind]
    return next(says(now) for holds, says in STEPS if holds(now))


def _signal(now: Moment) -> int:
    """What a card told to the table pays, or costs."""
    return now.lens.scenario.spec.rules.signal


MODES: dict[str, Callable[[Moment], str]] = {
    "discard": lambda now: say.NOT_GIVEN if now.refused else say.give_up(now.faced),
    "signal": lambda now: say.NOT_TOLD if now.refused else say.tell(_signal(now)),
}

VERBS = {"answer": "answer", "deal": "mark", "dial": "dial", "stand": "stand", "crisis": "stance"}
"""Kinds of rows with a hint of their own → the verb that they are for."""


def _lay(now: Moment) -> str:
    kind, _, card = now.lit.partition(":")
    if not now.can("commit"):
        return say.NO_CARD
    if kind != "card":
        return say.to_the_hand(now.faced)
    if not now.can("commit", card):
        return say.not_this(now.faced)
    cost = now.lens.scenario.cards[card].cost
    last, tells = now.purse - cost < 1 and now.can("offer"), now.can("signal", card)
    return say.lay(now.lens.words.card(card), cost, last, tells)


STEPS: tuple[tuple[Callable[[Moment], bool], Callable[[Moment], str]], ...] = (
    (
        lambda now: now.no_card and not now.moved and now.can("commit"),
        lambda now: say.light(now.faced),
    ),
    (lambda now: now.no_card, _lay),
    (lambda now: now.second_card, lambda now: say.second(now.purse)),
    (lambda now: now.can("answer"), lambda now: say.reply(now.faced)),
    (
        lambda now: now.can("offer") and not now.orders.offered and not now.told,
        lambda _now: say.OFFER,
    ),
    (lambda now: now.can("signal"), lambda now: say.announce(_signal(now))),
    (lambda now: now.unmarked, lambda now: say.mark(now.faced)),
    (lambda now: now.can("dial"), lambda _now: say.LEVER),
    (lambda now: now.lens.preparing, lambda _now: say.PREPARED),
    (lambda now: now.lens.apart, lambda _now: say.END_APART),
    (lambda _now: True, lambda _now: say.END),
)
"""When → what the line says; the first that holds counts."""


# --- the other screens of a turn -----------------------------------------------------------------------


def desk_line(lens: Lens, lit: str, offer: OfferMove, refused: bool, moved: bool) -> str:
    """How to write an offer, from the offer as it stands."""
    if refused:
        return say.DESK_REFUSED
    other = lens.words.party(offer.other)
    if lit.startswith("dial:"):
        return say.turn_term(play.TERMS[lit.removeprefix("dial:")], other)
    if not moved:
        return say.DESK
    hold = deal_survival_percent(lens.view, offer.template.rung)
    return say.wants_trust(offer.template.rung, hold) if hold < 100 else say.lay_offer(other)
