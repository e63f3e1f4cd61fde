"""Names for ids: seats, tracks, goods, cards, deals, dates, causes.

An id that a scenario does not hold (an old save, an improvised inject) is spelt out instead of failing.
The word `target`, which stands for whatever a card is aimed at, is 'the chosen …'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wargame.rules.effects.programs import HERE, SELF
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Card, Text
from wargame.words.en import dates
from wargame.words.en.grammar import (
    capital,
    clause,
    counted,
    for_several,
    joined,
    quoted,
    whose,
    with_article,
)
from wargame.words.texts import one_line

TARGET = "target"


class Names:
    """What things are called. `rounds` has the game that is told of; None: no game in particular."""

    def __init__(self, scenario: Scenario, language: str = "en", rounds: int | None = None) -> None:
        self.scenario = scenario
        self.language = language
        self.rounds = rounds

    def said(self, value: Text) -> str:
        """Return a text of the scenario in this language, on one line."""
        return one_line(value, self.language)

    def _named(self, known: Mapping[str, Any], id_: str, field: str, kind: str) -> str:
        if id_ in known:
            return self.said(getattr(known[id_], field)) or spelt(id_)
        return f"the chosen {kind}" if id_ == TARGET else spelt(id_)

    # --- parts of the board ------------------------------------------------------------------------

    def seat(self, id_: str) -> str:
        """Return its name as a label: 'United States'; `self` is who answers a crisis so."""
        if id_ == SELF:
            return "the answering seat"
        return self._named(self.scenario.seats, id_, "name", "seat")

    def heading(self, id_: str) -> str:
        """Return its name as a title has it, without an article."""
        return self.seat(id_).removeprefix("the ")

    def party(self, id_: str) -> str:
        """Return its name inside a sentence: 'the United States'."""
        seat = self.scenario.seats.get(id_)
        return self.said(seat.named) if seat and seat.named else with_article(self.seat(id_))

    def one_does(self, id_: str, verb: str) -> str:
        """Return a seat with what it does: 'Japan pays', 'the Free Cities pay'. `verb` is the one for one."""
        return f"{self.party(id_)} {self.as_it_does(id_, verb)}"

    def as_it_does(self, id_: str, verb: str) -> str:
        """Return a verb, the one for one, as it goes with a seat."""
        return for_several(verb) if self._several(id_) else verb

    def it(self, id_: str) -> str:
        """Return what a seat is called once it has been named."""
        return "they" if self._several(id_) else "it"

    def its(self, id_: str) -> str:
        """Return whose something is that is a seat's which has been named."""
        return "their" if self._several(id_) else "its"

    def _several(self, id_: str) -> bool:
        seat = self.scenario.seats.get(id_)
        return seat is not None and seat.plural

    def parties(self, ids: Iterable[str]) -> str:
        """Return several names inside a sentence: 'Japan and the United States'."""
        return joined(map(self.party, ids))

    def aside(self, asker: str, asked: Iterable[str]) -> str:
        """Return who asked whom for a word apart, as all saw it: 'Alder asked Birch aside'."""
        return f"{capital(self.party(asker))} asked {joined(map(self.party, asked))} aside"

    def capital(self, id_: str) -> str:
        return self._named(self.scenario.seats, id_, "capital", "capital")

    def track(self, id_: str) -> str:
        """Return its name; `here` is the one of several whose turn it is."""
        return "that number" if id_ == HERE else self._named(self.scenario.tracks, id_, "name", "track")

    def track_in_short(self, id_: str) -> str:
        """Return a track by the name that fits a card."""
        known = self.scenario.tracks.get(id_)
        return (known and self.said(known.short)) or self.track(id_)

    def good(self, id_: str) -> str:
        return self._named(self.scenario.goods, id_, "name", "good")

    def lots(self, count: int, good: str) -> str:
        """Return so many of a good: '3 shells', '1 shell', '2 oil'."""
        return counted(count, self.good(good))

    def stock(self, seat: str, good: str) -> str:
        """Return a good of a seat: 'North Korea's shells'."""
        if good == TARGET:
            return f"the chosen good of {self.party(seat)}"
        return f"{whose(self.party(seat))} {self.good(good)}"

    def band(self, track: str, value: int) -> str:
        """Return the name of the band that a track's value lies in."""
        return self.band_at(track, self.scenario.band(track, value))

    def band_at(self, track: str, index: int) -> str:
        """Return the name of a track's band by its place from below."""
        return self.said(self.scenario.tracks[track].bands[index].name)

    def flag(self, id_: str) -> str:
        """Return what a flag says, as part of a sentence."""
        known = self.scenario.flags.get(id_)
        if known is not None and known.text:
            return clause(self.said(known.text))
        stem = id_.removesuffix(f"-{TARGET}")
        if stem == id_:
            return spelt(id_)
        return "the target has been located" if stem == "located" else f"{spelt(stem)}: the target"

    def production(self, id_: str) -> str:
        """Name factories by whose they are."""
        made = self.scenario.production.get(id_)
        return f"{whose(self.party(made.seat))} factories" if made else spelt(id_)

    # --- cards and their like ----------------------------------------------------------------------

    def card(self, id_: str) -> str:
        return self._named(self.scenario.cards, id_, "title", "card")

    def deal(self, id_: str) -> str:
        if id_ == "?":
            return "a secret agreement"
        return self._named(self.scenario.deals, id_, "title", "deal")

    def news(self, id_: str) -> str:
        known = self.scenario.event_card(id_)
        if known is None and id_.startswith(f"{WHITE}-"):  # written on the spot, in another line of the game
            return "an inject"
        return self._named({id_: known} if known else {}, id_, "title", "news")

    def ending(self, id_: str) -> str:
        """Return how a game ends, as a title in a sentence: 'the storm', 'the treaty holds'."""
        return self._named(self.scenario.outcomes, id_, "title", "outcome")

    def trigger(self, id_: str) -> str:
        return self._named(self.scenario.triggers, id_, "title", "trigger")

    def stand(self, id_: str) -> str:
        return self._named(self.scenario.stands, id_, "title", "stand")

    def dial(self, id_: str) -> str:
        return self._named(self.scenario.dials, id_, "title", "lever")

    def setting(self, dial: str, setting: str) -> str:
        """Return the title of one position of a dial."""
        known = self.scenario.dials.get(dial)
        settings = {s.id: s for s in known.settings} if known else {}
        return self._named(settings, setting, "title", "setting")

    def target(self, card: Card | None, id_: str) -> str:
        """Return the name of what a card is aimed at."""
        aims = card.targets if card else None
        if aims and id_ in aims.goods:
            return self.good(id_)
        if aims and id_ in aims.seats:
            return self.party(id_)
        if aims and id_ in aims.tracks:
            return self.track(id_)
        return self.deal(id_) if aims and id_ in aims.deals else spelt(id_)

    def communique(self, one: str, other: str, words: str = "") -> str:
        """Return what the public hears of a secret deal of two seats; empty if nothing is said.

        `words` is the number of it where the pair has several.
        """
        for pair in self.scenario.spec.pairs:
            if {one, other} == {*pair.between}:
                if words.isdecimal():
                    return self.said(pair.communiques[int(words) - 1])
                return self.said(pair.communique) if pair.communique else ""
        return ""

    def communiques(self, one: str, other: str) -> list[str]:
        """Return all that two seats may say of a secret deal."""
        numbers = self.scenario.words_of(one, other) or ("",)
        return [said for words in numbers if (said := self.communique(one, other, words))]

    # --- when and why ------------------------------------------------------------------------------

    def date(self, round_: int) -> str:
        """Return when a round plays: 'Oct–Dec 2023', or its label."""
        calendar, nth = self.scenario.spec.calendar, max(round_, 1)
        labels = calendar.labels
        return self.said(labels[min(nth, len(labels)) - 1]) if labels else dates.label(calendar, nth)

    def during(self, round_: int) -> str:
        """Return the same for the middle of a sentence: 'in Oct–Dec 2023', 'in round 2 (the new moon)'."""
        calendar, nth = self.scenario.spec.calendar, max(round_, 1)
        return f"in round {nth} ({self.date(nth)})" if calendar.labels else dates.during(calendar, nth)

    def cause(self, id_: str) -> str:
        """Return why something changed, as a title: 'Spy satellite wears off'; '' if not known."""
        kind, _, name = id_.partition("/")
        return CAUSES[kind](self, name) if kind in CAUSES else spelt(name or kind)


def spelt(id_: str) -> str:
    """Return an id as words, for things that have no name."""
    return id_.replace("-", " ").replace("_", " ").replace("/", " ").replace(":", " ").strip()


def _dial_cause(names: Names, name: str) -> str:
    dial, _, setting = name.partition("/")
    return f"{names.dial(dial)}: {names.setting(dial, setting)}" if setting else names.dial(dial)


def _over(names: Names, name: str) -> str:
    return f"{quoted(names.cause(name))} wears off" if name else "something wears off"


def _white_cause(names: Names, name: str) -> str:
    return f"{names.cause(name)} (white cell)" if name else "the white cell"


CAUSES: dict[str, Callable[[Names, str], str]] = {
    "": lambda _names, _name: "",
    "card": Names.card,
    "news": Names.news,
    "trigger": Names.trigger,
    "deal": Names.deal,
    "stand": Names.stand,
    "dial": _dial_cause,
    "over": _over,
    "white": _white_cause,
    "production": Names.production,
    "accusation": lambda names, seat: f"the accusation by {names.party(seat)}",
    "detection": lambda _names, _name: "secret deliveries noticed",
    "income": lambda _names, _name: "income",
    "upkeep": lambda _names, _name: "upkeep",
}
"""The first part of a cause → how its thing is called."""


def option_label(names: Names, seat: str, option: str, path: str = "") -> str:
    """Return the label of an answer; without `path`, of the answers of that id if they all say the same."""
    choices = names.scenario.programs.choices
    asked = [choices[path]] if path in choices else [c for c in choices.values() if c.seat == seat]
    labels = {names.said(known.label) for choice in asked for known in choice.options if known.id == option}
    return labels.pop() if len(labels) == 1 else spelt(option)


def stance_label(names: Names, crisis: str, option: str) -> str:
    """Return the label of an answer to a crisis."""
    known = names.scenario.crises.get(crisis)
    labels = (names.said(one.label) for one in known.options if one.id == option) if known else iter(())
    return next(labels, spelt(option))
