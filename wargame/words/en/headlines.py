"""The newspaper's line for what everybody saw. The screen prints it in capitals."""

from __future__ import annotations

from collections.abc import Callable

from wargame.rules.events import Event
from wargame.words.en.grammar import capital, joined, quoted
from wargame.words.en.names import Names


def headline(names: Names, happened: Event) -> str | None:
    """One line, or `None` if it is private or not worth one."""
    said = HEADLINES.get(happened.kind)
    return capital(said(names, *happened.facts)) if said and happened.to is None else None


def _news(names: Names, cause: str) -> str:
    return names.cause(cause).removesuffix(".")


def _card(names: Names, seat: str, card: str, target: str) -> str:
    return f"{names.capital(seat)}: {names.card(card)}"


def _announced(names: Names, deal: str, a: str, b: str, *_terms: object) -> str:
    return f"{joined(map(names.capital, (a, b)))} sign {quoted(names.deal(deal))}"


def _communique(names: Names, a: str, b: str) -> str:
    phrase = names.communique(a, b)
    cities = joined(map(names.capital, (a, b)))
    return f"{cities} speak of {quoted(phrase)}" if phrase else f"{cities} meet behind closed doors"


def _broken(names: Names, deal: str, by: str, other: str) -> str:
    return f"{names.capital(by)} walks out on {quoted(names.deal(deal))}"


def _proved(names: Names, deal: str, a: str, b: str, *_rest: object) -> str:
    return f"caught: {quoted(names.deal(deal))} between {joined(map(names.capital, (a, b)))}"


def _stood(names: Names, stand: str, stood: tuple[str, ...], whole: int) -> str:
    cities = joined(map(names.capital, stood))
    return f"{cities} stand together" if whole else f"{cities} left standing alone"


def _chose(names: Names, seat: str, path: str, option: str) -> str:
    choice = names.scenario.programs.choices.get(path)
    labels = {known.id: names.said(known.label) for known in choice.options} if choice else {}
    return f"{names.capital(seat)}: {labels.get(option, 'a decision')}"


def _ruined(names: Names, seat: str) -> str:
    return f"{names.capital(seat)} in ruins"


def _storm(names: Names) -> str:
    return "the storm breaks"


HEADLINES: dict[str, Callable[..., str]] = {
    "news": _news,
    "card": _card,
    "announced": _announced,
    "communique": _communique,
    "broken": _broken,
    "proved": _proved,
    "stood": _stood,
    "chose": _chose,
    "ruined": _ruined,
    "storm": _storm,
}
"""The kinds of events that make a headline."""
