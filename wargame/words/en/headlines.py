"""The newspaper's line for what everybody saw. The screen prints it in capitals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.rules import events as ev
from wargame.words.en.grammar import capital, clause, joined, quoted
from wargame.words.en.names import Names, stance_label


def headline(names: Names, happened: ev.Event) -> str | None:
    """Return one line, or `None` if it is private or not worth one."""
    said = HEADLINES.get(type(happened))
    return capital(said(names, happened)) if said and happened.to is None else None


def _news(names: Names, event: ev.NewsCame) -> str:
    return names.cause(event.cause).removesuffix(".")


def _card(names: Names, event: ev.CardPlayed) -> str:
    return f"{names.capital(event.seat)}: {names.card(event.card)}"


def _announced(names: Names, event: ev.DealAnnounced) -> str:
    return f"{joined(map(names.capital, (event.a, event.b)))} sign {quoted(names.deal(event.deal))}"


def _communique(names: Names, event: ev.CommuniqueIssued) -> str:
    phrase = names.communique(event.a, event.b, event.words)
    cities = joined(map(names.capital, (event.a, event.b)))
    return f"{cities} speak of {quoted(phrase)}" if phrase else f"{cities} meet behind closed doors"


def _broken(names: Names, event: ev.DealBroken) -> str:
    return f"{names.capital(event.by)} walks out on {quoted(names.deal(event.deal))}"


def _proved(names: Names, event: ev.DealProved) -> str:
    return (
        f"caught: {quoted(names.deal(event.deal))} between {joined(map(names.capital, (event.a, event.b)))}"
    )


def _accused(names: Names, event: ev.Accused) -> str:
    cities = joined(map(names.capital, (event.a, event.b)))
    return f"{names.capital(event.seat)} accuses {cities}{', and is right' if event.right else ': an error'}"


def _stood(names: Names, event: ev.StandTaken) -> str:
    cities = joined(map(names.capital, event.seats))
    return f"{cities} stand together" if event.whole else f"{cities} left standing alone"


def _answered(names: Names, event: ev.CrisisAnswered) -> str:
    given = zip(event.seats, event.options, strict=True)
    said = (f"{names.capital(seat)}, {clause(stance_label(names, event.crisis, one))}" for seat, one in given)
    return f"{names.news(event.crisis)}: {'; '.join(said)}"


def _chose(names: Names, event: ev.ChoiceMade) -> str:
    choice = names.scenario.programs.choices.get(event.path)
    labels = {known.id: names.said(known.label) for known in choice.options} if choice else {}
    return f"{names.capital(event.seat)}: {labels.get(event.option, 'a decision')}"


def _ruined(names: Names, event: ev.SeatRuined) -> str:
    return f"{names.capital(event.seat)} in ruins"


def _outcome(names: Names, event: ev.OutcomeCame) -> str:
    return names.ending(event.outcome)


HEADLINES: dict[type[ev.Event], Callable[[Names, Any], str]] = {
    ev.NewsCame: _news,
    ev.CardPlayed: _card,
    ev.DealAnnounced: _announced,
    ev.CommuniqueIssued: _communique,
    ev.DealBroken: _broken,
    ev.DealProved: _proved,
    ev.Accused: _accused,
    ev.StandTaken: _stood,
    ev.CrisisAnswered: _answered,
    ev.ChoiceMade: _chose,
    ev.SeatRuined: _ruined,
    ev.OutcomeCame: _outcome,
}
"""The kinds of events that make a headline."""
