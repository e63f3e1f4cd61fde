"""What every fact of a state may be, in one table, so that no forged state is played, shown or scored.

`codec` reads states from bytes that may come from anybody. `Facts` has a check for each field of `State`, of
its type and range against the scenario, down to the last number. `must_stand` asks whether the facts fit
together as they do wherever a game waits for a decision or is over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache
from typing import Any

from wargame.rules.effects.flow import ChoiceStep
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.pieces import (
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
    White,
)
from wargame.rules.scenario import Scenario, secrecies, sizes
from wargame.rules.spec import TIME
from wargame.rules.state import State

Check = Callable[[Any], Any]
"""Returns the value with its lists as tuples. Raises `Unsound` with what is wrong with it, after "for"."""

SEEDS = 2**63
FAR = 10**12
"""More than any count of rounds, cards or points comes to."""
PHASES = ("briefing", "news", "orders", "answers", "reveal", "resolution", "upkeep", "debrief")
STATUSES = ("running", "done", "broken", "fallen")
FINDINGS = ("bottleneck", "track", "good", "dial")
STAGES = ("upkeep/produce", "upkeep/deliver", "upkeep/judge", "upkeep/income", "upkeep/refill")
AS_THEY_ARE = ("detection", "income", "upkeep", "white", "")
"""Causes that name nothing."""


class Unsound(Exception):  # noqa: N818  (a reason, as `Refused` is)
    """What is wrong with a fact, as a clause."""


# --- what a fact may be --------------------------------------------------------------------------------


def whole(most: int, least: int = 0) -> Check:
    """Return a check for a number in a range; true and false are none."""

    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise Unsound(f"{value!r:.40} is no number from {least} to {most}")
        return value

    return check


def flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Unsound(f"{value!r:.40} is not true or false")
    return value


def text(value: Any) -> str:
    if type(value) is not str:
        raise Unsound(f"{value!r:.40} is no text")
    return value


def among(names: Collection[str], *more: str) -> Check:
    """Return a check for one of these names."""

    def check(value: Any) -> str:
        if type(value) is not str or (value not in names and value not in more):
            raise Unsound(f"{value!r:.40} is not known there")
        return value

    return check


def row(check: Check, *, distinct: bool = False) -> Check:
    """Return a check for a list of such; no value twice where they are `distinct`."""

    def look(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Unsound(f"{value!r:.40} is no list")
        found = tuple(check(part) for part in value)
        if distinct and len(set(found)) != len(found):
            raise Unsound(f"{value!r:.40} names something twice")
        return found

    return look


def by(names: Iterable[str], check: Check, *, all_: bool = True) -> Check:
    """Return a check for a mapping from all of these names, or from some, to such."""
    wanted = set(names)

    def look(value: Any) -> dict[str, Any]:
        if type(value) is not dict or not (wanted >= set(value) if not all_ else wanted == set(value)):
            raise Unsound(f"{value!r:.40} has other names than {', '.join(sorted(wanted)):.60}")
        return {name: check(part) for name, part in value.items()}

    return look


def maybe(check: Check) -> Check:
    """Return a check for such, or nothing."""
    return lambda value: None if value is None else check(value)


def piece(kind: Any, that: Callable[[Any], bool] = lambda _piece: True, /, **checks: Check) -> Check:
    """Return a check for a record of these fields, of which `that` holds; defaults may be missing."""
    assert tuple(checks) == kind._fields

    def look(value: Any) -> Any:
        least = len(checks) - len(kind._field_defaults)
        if type(value) is not list or not least <= len(value) <= len(checks):
            raise Unsound(f"{value!r:.40} is no {kind.__name__.lower()}")
        parts = (check(part) for check, part in zip(checks.values(), value, strict=False))
        made = kind(*parts)
        if not that(made):
            raise Unsound(f"{value!r:.60} is a {kind.__name__.lower()} that can't be")
        return made

    return look


# --- the table -----------------------------------------------------------------------------------------


class Facts:
    """A check for each field of a state of a scenario, by its name."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def read(self, name: str, value: Any) -> Any:
        """Return the value of that field, with its lists as tuples. Raises `Unsound`."""
        try:
            return self._table[name](value)
        except Unsound as error:
            raise Unsound(f"`{name}` is not sound, for {error}") from None

    @cached_property
    def _table(self) -> dict[str, Check]:
        s, rules = self.scenario, self.scenario.spec.rules
        seats, seat = s.seat_ids, among(s.seat_ids)
        purse = whole(max(rules.influence_cap, rules.influence))
        news = row(among((*s.news, *s.improvised)), distinct=True)
        return {
            "seed": whole(SEEDS - 1),
            "luck": whole(SEEDS - 1),
            "rounds": whole(rules.most_rounds, 1),
            "round": whole(rules.most_rounds),
            "phase": among(PHASES),
            "to_act": maybe(seat),
            "order": row(seat, distinct=True),
            "turn": whole(len(seats)),
            "tracks": self._each(s.tracks, lambda track: whole(s.tracks[track].most)),
            "goods": by(seats, self._each(s.goods, lambda good: whole(s.goods[good].cap), all_=False)),
            "influence": by(seats, purse),
            "shown": by(seats, self._pair(purse, whole(FAR))),
            "hands": self._piles,
            "decks": self._piles,
            "discards": self._piles,
            "buried": self._piles,
            "news": news,
            "orders": self._each(seats, self._orders),
            "dials": self._each(s.dials, lambda dial: among([one.id for one in s.dials[dial].settings])),
            "signals": self._each(seats, lambda one: among(s.decks[one]), all_=False),
            "offers": row(self._offer),
            "deals": row(self._deal),
            "flags": by(s.flags, whole(FOREVER, -1), all_=False),
            "schedule": row(self._due),
            "findings": row(self._finding),
            "points": by(seats, whole(FAR, -FAR)),
            "blame": by(seats, whole(FAR)),
            "agendas": self._each(seats, self._agenda, all_=False),
            "stack": row(self._frame),
            "queue": row(self._frame),
            "ruined": row(seat, distinct=True),
            "winners": row(seat, distinct=True),
            "outcome": among(("", TIME, *s.outcomes)),
            "accused": self._each(seats, self._accusation, all_=False),
            "crises": self._each(s.crises, self._answers, all_=False),
            "played": by(s.noted, whole(rules.most_rounds, 1), all_=False),
        }  # fmt: skip

    @staticmethod
    def _each(names: Iterable[str], of: Callable[[str], Check], *, all_: bool = True) -> Check:
        """A mapping in which the check of a value follows from its name."""
        checks = {name: of(name) for name in names}
        keyed = by(checks, lambda value: value, all_=all_)
        return lambda value: {name: checks[name](part) for name, part in keyed(value).items()}

    @staticmethod
    def _pair(one: Check, other: Check) -> Check:
        def look(value: Any) -> tuple[Any, Any]:
            if type(value) is not list or len(value) != 2:
                raise Unsound(f"{value!r:.40} is no pair")
            return one(value[0]), other(value[1])

        return look

    @property
    def _piles(self) -> Check:
        decks = self.scenario.decks
        return self._each(self.scenario.seat_ids, lambda seat: row(among(decks[seat]), distinct=True))

    @cached_property
    def _audience(self) -> Check:
        return maybe(row(among(self.scenario.seat_ids), distinct=True))

    @cached_property
    def _who(self) -> Check:
        return among(self.scenario.seat_ids, "")

    @cached_property
    def _promises(self) -> Check:
        """The odds of rolls to come; those of rules 1 have no parts."""

        def adds_up(odds: Odds) -> bool:
            return not odds.terms or sum(odds.terms) == odds.chance

        return row(
            piece(
                Odds, adds_up,
                path=among(self.scenario.programs.rolls), chance=whole(100), terms=row(whole(FAR, -FAR)),
            )
        )  # fmt: skip

    def _agenda(self, seat: str) -> Check:
        return among([agenda.id for agenda in self.scenario.spec.agendas if agenda.seat == seat])

    def _orders(self, seat: str) -> Check:
        s = self.scenario
        return piece(
            Orders,
            commits=row(self._commit(seat)),
            acted=flag,
            offered=row(among(s.others[seat] or ())),
            marks=row(self._pair(among(s.deals), among(("short", "stop")))),
            dialled=row(among(s.dials)),
            stands=row(among(s.stands)),
        )

    def _accusation(self, seat: str) -> Check:
        could = {(move.pair, move.rung) for move in self.scenario.accuse_moves[seat]}
        return piece(Accusation, could.__contains__, pair=text, rung=whole(FAR))

    def _answers(self, crisis: str) -> Check:
        options = among([option.id for option in self.scenario.crises[crisis].options])
        return by(self.scenario.asked_by(crisis), options, all_=False)

    def _commit(self, seat: str) -> Check:
        s = self.scenario
        cards = (*s.decks[seat], s.actions[seat].id)
        return piece(
            LaidCard, lambda commit: commit.target in s.targets_of(commit.card),
            card=among(cards), target=text, odds=self._promises,
        )  # fmt: skip

    @property
    def _offer(self) -> Check:
        s = self.scenario

        def could_be(offer: PendingOffer) -> bool:
            deal = s.deals[offer.template]
            parties = {offer.proposer, offer.to} == set(deal.between)
            plain = offer.countered <= s.spec.rules.counters and (offer.countered or not offer.more)
            return parties and plain and _terms(deal, offer.size, offer.secret, offer.rounds, offer.more)

        seat = among(s.seat_ids)
        return piece(
            PendingOffer, could_be,
            template=among(s.deals), proposer=seat, to=seat, size=text, secret=flag, rounds=whole(FAR),
            hold=whole(FAR), more=text, countered=flag,
        )  # fmt: skip

    @property
    def _deal(self) -> Check:
        s = self.scenario

        def could_be(deal: Deal) -> bool:
            numbers = s.words_of(deal.a, deal.b)
            if deal.template == "?":
                bare = Deal("?", deal.a, deal.b, 0, "", True, 0, deal.signed, 0, 100, status="?", by=deal.by)
                empty = bare._replace(published=deal.published, words=deal.words)
                return deal == empty and deal.by in (deal.a, deal.b) and deal.words in numbers
            if deal.status == "?" or deal.words not in ("", *numbers, *([SILENT] if numbers else [])):
                return False
            template = s.deals[deal.template]
            sides = (deal.a, deal.b) == template.between and deal.rung == template.rung
            plain = deal.unpaid < 0 or template.first != ""
            return sides and plain and _terms(template, deal.size, deal.secret, deal.rounds, deal.more)

        seat = among(s.seat_ids)
        return piece(
            Deal, could_be,
            template=among(s.deals, *(["?"] if s.worded else [])), a=seat, b=seat, rung=whole(FAR), size=text,
            secret=flag, rounds=whole(FAR), signed=whole(FAR), left=whole(FAR), hold=whole(FAR),
            published=flag, status=among((*STATUSES, "?")), by=self._who, proved=flag,
            suspected=row(seat, distinct=True), full=self._pair(whole(FAR), whole(FAR)), more=text,
            unpaid=whole(FAR, -1), words=text,
        )  # fmt: skip

    @cached_property
    def _frame(self) -> Check:
        programs = self.scenario.programs

        def could_be(frame: Frame) -> bool:
            return frame.at <= len(programs.get(frame.path, ()))

        return piece(
            Frame, could_be,
            path=among(programs, *STAGES), at=whole(FAR), cause=self._cause, to=self._audience, who=self._who,
            odds=self._promises,
        )  # fmt: skip

    @property
    def _due(self) -> Check:
        s = self.scenario
        news = {f"news/{card}" for card in s.news}

        def could_be(due: Due) -> bool:
            if due.path:
                return due.path in s.programs.delayed or due.path in news
            kind, *ids = due.what or ("",)
            homes: dict[str, tuple[Collection[str], ...]] = {
                "track": (s.tracks,), "good": (s.seats, s.goods),
                **dict.fromkeys(("influence", "order"), (s.seats,)),
            }  # fmt: skip
            known = homes.get(kind, ())
            return len(ids) == len(known) > 0 and all(map(_holds, known, ids))

        return piece(
            Due, could_be,
            round=whole(FAR), path=text, cause=self._cause, to=self._audience, who=self._who,
            what=row(text), by=whole(FAR, -FAR), odds=self._promises,
        )  # fmt: skip

    @property
    def _finding(self) -> Check:
        s = self.scenario

        def could_be(finding: Finding) -> bool:
            what, value = finding.what, finding.value
            if finding.kind == "track":
                return what in s.tracks and type(value) is int
            if finding.kind == "good":
                seat, _, good = what.partition("/")
                return seat in s.seats and good in s.goods and type(value) is int
            if finding.kind == "dial":
                return what in s.dials and value in [setting.id for setting in s.dials[what].settings]
            return what in s.production and value in s.goods

        def value(found: Any) -> str | int:
            return whole(FAR)(found) if type(found) is int else text(found)

        return piece(
            Finding, could_be,
            to=row(among(s.seat_ids), distinct=True), round=whole(FAR), kind=among(FINDINGS), what=text,
            value=value,
        )  # fmt: skip

    def _cause(self, value: Any) -> str:
        """What brought something about: nothing, a thing by its kind and id, or that wearing off."""
        s, said = self.scenario, text(value)
        kind, _, name = said.partition("/")
        if kind in ("over", "white") and name:
            return f"{kind}/{self._cause(name)}"
        if kind == "dial":
            dial, _, setting = name.partition("/")
            known = dial in s.dials and (not setting or setting in [one.id for one in s.dials[dial].settings])
        else:
            homes: dict[str, Collection[str]] = {
                "card": s.cards, "trigger": s.triggers, "deal": s.deals, "stand": s.stands,
                "production": s.production, "news": s.news | s.improvised, "accusation": s.seats,
            }  # fmt: skip
            known = said in AS_THEY_ARE or (kind in homes and name in homes[kind])
        if not known:
            raise Unsound(f"{said!r:.40} brings nothing about")
        return said

    def white(self, value: Any) -> White | None:
        """Check what the white cell prepared; its cards are read elsewhere, so ids of injects stay open."""
        inject = piece(
            PendingInject, nth=whole(FAR, 1), card=text, round=whole(FAR), to=self._audience, held=flag
        )  # fmt: skip
        fixed = piece(Fixed, path=text, die=whole(100, 1))
        found: White | None = maybe(
            piece(
                White,
                cards=row(text, distinct=True),
                injects=row(inject),
                dice=row(fixed),
                numbered=whole(FAR),
            )
        )(value)
        return found


@lru_cache(maxsize=4)
def facts_of(scenario: Scenario) -> Facts:
    """Return the checks for the states of a scenario."""
    return Facts(scenario)


def _terms(deal: Any, size: str, secret: bool, rounds: int, more: str) -> bool:
    """Whether a deal can be had in that size, secrecy and length, and with that more."""
    said = "secret" if secret else "open"
    known = size in sizes(deal) and said in secrecies(deal) and more in ("", *deal.extras)
    return known and rounds in deal.rounds


def _holds(home: Collection[str], name: str) -> bool:
    return name in home


# --- whether they fit together -------------------------------------------------------------------------


def must_stand(state: State) -> None:
    """Raise `Unsound` unless a game can stand so: it waits for a decision, or is over."""
    if why := _standing(state):
        raise Unsound(why)


def _standing(state: State) -> str:
    """Why no game can stand so; "" where one can."""
    scenario, waiting = state.scenario, len(state.order)
    if set(state.order) != set(scenario.seat_ids):
        return "not every seat has its turn"
    if state.round > state.rounds:
        return f"it is round {state.round} of {state.rounds}"
    for seat in scenario.seat_ids:
        held = [*state.hands[seat], *state.decks[seat], *state.discards[seat], *state.buried[seat]]
        if len(set(held)) != len(held):
            return f"{seat} has a card twice"
    if state.white and any(scenario.event_card(inject.card) is None for inject in state.white.injects):
        return "an inject is set for which there is no card"
    if state.phase == "debrief":
        over = state.to_act is None and state.outcome and not state.stack and not state.queue
        return "" if over else "it is over, and yet it goes on"
    if state.stack:
        frame = state.stack[-1]
        steps = scenario.programs.get(frame.path, ())
        step = steps[frame.at] if frame.at < len(steps) else None
        asked = isinstance(step, ChoiceStep) and step.seat == state.to_act
        return "" if asked else "nobody is asked what is to be decided"
    waiting -= state.phase == "answers"
    if state.phase not in ("orders", "answers") or state.queue or state.turn >= waiting:
        return "nobody has to decide"
    return "" if state.order[state.turn] == state.to_act else "somebody decides out of turn"
