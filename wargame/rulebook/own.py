"""A scenario's own words for its rulebook: `rulebook.md` beside its YAML.

A first-level heading that names a chapter of the engine's adds to that chapter, but `The story` is all its
own; any other heading begins a chapter of its own. What stands before the first heading goes to the
beginning. Under `Glossary` stand terms, each `- **Term, other name.** What it means.` A link may lead to a
heading (`#deals`) or name a thing, `[the ferry](card:ferry)`: with nothing in the brackets its title is put
there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from wargame.content.text import RULEBOOK
from wargame.rulebook.markdown import marked_down, slug
from wargame.rules.scenario import Scenario
from wargame.words import Words
from wargame.words.grammar import quoted
from wargame.words.pages import template

RULES = "rules.md"
"""The template of the engine's rules."""

ENTRY = re.compile(r"^- \*\*(.+?)\.\*\* (.+)$")
_THING = re.compile(r"\[([^\]]*)\]\(([a-z]+):(?!//)([^)]*)\)")


class Chapter(NamedTuple):
    """What stands under one heading ("" before the first), and the line of the file that it begins in."""

    title: str
    line: int
    text: str


def chapters(text: str) -> list[Chapter]:
    """Cut a scenario's own words at their first-level headings. What stands in a fence is no heading."""
    found = [("", 1, list[str]())]
    fenced = False
    for nth, line in enumerate(text.splitlines(), 1):
        fenced ^= line.startswith("```")
        if line.startswith("# ") and not fenced:
            found.append((line[2:].strip(), nth, []))
        else:
            found[-1][2].append(line)
    return [Chapter(title, line, "\n".join(lines).strip()) for title, line, lines in found]


def engine_chapters() -> list[str]:
    """Return the titles of the chapters that any rulebook may have, in their order."""
    return re.findall(r"^## (.+)$", template(RULES), re.MULTILINE)


class OwnWords:
    """What a scenario says itself, with the things that it names by their titles."""

    def __init__(self, scenario: Scenario, words: Words) -> None:
        self.scenario, self.words = scenario, words
        self.source = scenario.texts.get(RULEBOOK, "")

    @cached_property
    def chapters(self) -> list[Chapter]:
        return chapters(self.named(self.source))

    def text(self, title: str) -> str:
        """Return what stands under that heading, wherever it stands."""
        found = (one.text for one in self.chapters if slug(one.title) == slug(title))
        return "\n\n".join(text for text in found if text)

    @cached_property
    def others(self) -> list[Chapter]:
        """The chapters that are none of the engine's."""
        known = {slug(title) for title in ("", *engine_chapters())}
        return [one for one in self.chapters if slug(one.title) not in known]

    # --- things by their names -----------------------------------------------------------------------------

    def named(self, text: str) -> str:
        """Return a text with a title, or the words in the brackets, for each thing that it names."""
        return _THING.sub(lambda found: found[1] or self._title(found[2], found[3]), text)

    def _title(self, kind: str, id_: str) -> str:
        titles = self.things.get(kind, {})
        return str(marked_down(titles[id_])) if id_ in titles else id_

    @cached_property
    def things(self) -> dict[str, dict[str, str]]:
        """Kind → id → title, of everything that can be named; titles of what is printed stand in quotes."""
        spec, words, scenario = self.scenario.spec, self.words, self.scenario
        printed: dict[str, Iterable[Any]] = {
            "card": chain(*spec.cards.values()),
            "action": (seat.action for seat in spec.seats),
            "news": scenario.news.values(),
            "deal": spec.deals,
            "line": spec.triggers,
            "agenda": spec.agendas,
            "dial": spec.dials,
            "stand": spec.stands,
            "system": spec.systems,
        }
        plain: dict[str, tuple[Callable[[str], str], Iterable[str]]] = {
            "seat": (words.party, scenario.seats),
            "track": (words.track, scenario.tracks),
            "good": (words.good, scenario.goods),
            "flag": (words.flag, scenario.flags),
            "outcome": (words.ending, scenario.outcomes),
        }
        found = {kind: {id_: name(id_) for id_ in ids} for kind, (name, ids) in plain.items()}
        return found | {
            kind: {one.id: quoted(words.said(one.title)) for one in all_} for kind, all_ in printed.items()
        }
