"""A scenario's rulebook, card list and glossary, put together when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wargame.rulebook.facts import Facts
from wargame.rulebook.markdown import (
    Plain,
    Section,
    laid_out,
    marked_down,
    printed,
    sections,
    slug,
    unmarked,
)
from wargame.rulebook.own import ENTRY, RULES, OwnWords
from wargame.rules.scenario import Scenario
from wargame.words import Words, grammar
from wargame.words.pages import rulebook as say
from wargame.words.pages import template
from wargame.words.texts import halves, signless

if TYPE_CHECKING:
    from jinja2 import Environment

UNBROKEN = 1 << 20
"""Columns of a list whose lines are not broken: what stands on a card is one paragraph."""
GLOSSARY, CARDS = "glossary.md", "cards.md"
SEE = re.compile(r"\s*See \[[^\]]*\]\(#([^)]+)\)\.$")
SIGNS = re.compile(r"\s*\([^)]*\)")


class Term(NamedTuple):
    """A word of the game: its names (the first leads), what it means, and the slug of its section."""

    names: tuple[str, ...]
    text: str
    section: str

    @property
    def key(self) -> str:
        """Return what the leading name is looked up by."""
        return slug(self.names[0])

    @property
    def title(self) -> str:
        """Return all its names."""
        return ", ".join(self.names)


class Rulebook:
    """The rules of one scenario. `cards_at` is where its list of cards can be linked to, if anywhere."""

    def __init__(self, scenario: Scenario, cards_at: str = "") -> None:
        self.scenario = scenario
        self.words = Words(scenario)
        self.facts = Facts(scenario, self.words)
        self.own = OwnWords(scenario, self.words)
        self.cards_at = cards_at

    @property
    def title(self) -> str:
        """Return the title of the book."""
        return self.sections[0].title

    @cached_property
    def sections(self) -> Sequence[Section]:
        """The book, cut at its headings; the first section is its beginning, with a list of its chapters."""
        return tuple(sections(self.markdown))

    @cached_property
    def markdown(self) -> str:
        """The whole book as Markdown."""
        first, *parts = _chapters(self._rendered(RULES))
        parts = [_together(part, self.own.text(part.title)) for part in parts]
        own = [Section(one.title, 2, f"## {one.title}\n\n{_deeper(one.text)}\n") for one in self.own.others]
        *parts, glossary = parts
        glossary = glossary._replace(text=f"{_glossary_head(glossary)}\n\n{self._entries}\n")
        parts = [*parts, *own, glossary]
        contents = "\n".join(f"- [{part.title}](#{part.slug})" for part in parts)
        head = "\n\n".join(filter(None, (first.text.rstrip(), self.own.text(""), contents)))
        return laid_out("\n\n".join([head, *(part.text for part in parts)]))

    @cached_property
    def cards(self) -> Sequence[Section]:
        """What is printed on every card and deal, as a chapter with a section for each deck."""
        return tuple(one._replace(depth=one.depth + 1) for one in _chapters(card_list(self.scenario)))

    def text(self, width: int = 80) -> str:
        """Return the whole book as plain text of at most so many columns."""
        return printed(self.markdown, "text", width)

    def html(self) -> str:
        """Return the whole book as a page of its own, which loads nothing and prints well."""
        return printed(self.markdown, "html")

    # --- the glossary --------------------------------------------------------------------------------------

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """The terms that are of use here, the engine's and the scenario's own, in alphabetical order."""
        return tuple(_term(entry) for entry in self._entries.splitlines())

    @cached_property
    def _entries(self) -> str:
        """The glossary's entries, a line each; the scenario's own words stand for the engine's."""
        found = dict[tuple[str, ...], str]()
        for source in (self._rendered(GLOSSARY), self.own.text(say.GLOSSARY)):
            for line in re.sub(r"\n +", " ", source).splitlines():
                if entry := ENTRY.match(line):
                    names = tuple(name.casefold() for name in _names(entry[1]))
                    found = {known: old for known, old in found.items() if not {*names} & {*known}}
                    found[names] = line
        return "\n".join(found[names] for names in sorted(found))

    def term(self, *names: str) -> Term | None:
        """Return the term that has one of these names; the first name that is known counts."""
        return next((term for name in names if (term := self._by_name.get(slug(name)))), None)

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {slug(name): term for term in self.glossary for name in term.names}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each section by its slug."""
        return {section.slug: section.title for section in self.sections}

    def _rendered(self, name: str) -> str:
        own = self.own.text(say.STORY)
        return _render(self.facts, name, own_story=bool(own), **_links(self.cards_at))


def rulebook(scenario: Scenario, cards_at: str = "") -> Rulebook:
    """Return the rulebook of a scenario; `cards_at` is the address of its list of cards, if there is one."""
    return Rulebook(scenario, cards_at)


def prepare() -> None:
    """Read the engine's templates, so that the first book does not wait for them."""
    for name in (RULES, GLOSSARY, CARDS):
        _environment().get_template(name)


def card_list(scenario: Scenario, hindsight: Scenario | None = None, rules_at: str = "") -> str:
    """Return everything that is printed on a card or a deal as Markdown, for a table without a screen.

    `hindsight` is the scenario with that deck, whose cards then stand apart at the end; `rules_at` is
    the address of the rulebook, if there is one.
    """
    whole = hindsight or scenario
    later_news = {card.id for card in whole.spec.hindsight} - {card.id for card in scenario.spec.news}
    later_deals = {deal.id for deal in whole.spec.deals} - {deal.id for deal in scenario.spec.deals}
    facts = Facts(whole, Words(whole))
    text = _render(facts, CARDS, later_news=later_news, later_deals=later_deals, **_links(rules_at=rules_at))
    return laid_out(text, UNBROKEN)


def _links(cards_at: str = "", rules_at: str = "") -> dict[str, str]:
    """Return where the two books are, for each to speak of the other; deals stand in the list of cards."""
    deals_at = cards_at if cards_at.startswith("#") else cards_at and f"{cards_at}#deals"
    return {"cards_at": cards_at, "deals_at": deals_at, "rules_at": rules_at}


def _render(facts: Facts, name: str, **given: Any) -> str:
    scenario, words = facts.scenario, facts.words
    made = _environment().get_template(name)
    return made.render(
        scenario=scenario, spec=scenario.spec, rules=scenario.spec.rules, words=words, facts=facts, **given
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context  # noqa: PLC0415

    def finished(value: object) -> str:
        if isinstance(value, StrictUndefined) and value._undefined_name is None:
            return ""  # an `if` without an `else`
        return value if isinstance(value, Plain) else marked_down(value)

    def of(where: str, method: str) -> Callable[..., str]:
        """Have a filter ask the words or facts of the scenario at hand."""
        return pass_context(lambda context, *given: getattr(context[where], method)(*given))

    made = Environment(
        loader=FunctionLoader(template),
        autoescape=False,  # it is no HTML: `marked_down` makes everything text
        finalize=finished,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {name: of("words", name) for name in ("good", "party", "said")}
    made.filters |= {name: of("facts", name) for name in ("aim", "short")}
    made.filters |= {
        "capital": grammar.capital,
        "ended": grammar.sentence,
        "halves": halves,
        "joined": grammar.joined,
        "md": Plain,
        "number": grammar.number,
        "points": grammar.points,
        "signed": grammar.signed,
        "signless": signless,
        "spelt": lambda id_: id_.replace("_", " "),
        "whose": grammar.whose,
    }
    return made


# --- chapters and entries ------------------------------------------------------------------------------


def _chapters(text: str) -> Iterator[Section]:
    """The book's beginning and its chapters, each with the sections below it."""
    parts: list[list[Section]] = []
    for section in sections(text):
        if section.depth <= 2 or not parts:
            parts.append([])
        parts[-1].append(section)
    for first, *below in parts:
        yield first._replace(text="\n".join([first.text, *(one.text for one in below)]))


def _together(chapter: Section, own: str) -> Section:
    """Add a scenario's own words to a chapter of the engine's."""
    return chapter._replace(text=f"{chapter.text}\n{_deeper(own)}\n") if own else chapter


def _deeper(own: str) -> str:
    """Return own words with their headings a level deeper: theirs begin where a whole book's do."""
    return re.sub(r"^(?=#{2,5} )", "#", own, flags=re.MULTILINE)


def _glossary_head(chapter: Section) -> str:
    """The engine's words over the list of terms."""
    return chapter.text.partition("\n- ")[0].rstrip()


def _names(said: str) -> tuple[str, ...]:
    """The names of an entry; a sign in brackets behind one is not part of it."""
    return tuple(unmarked(name.strip()) for name in SIGNS.sub("", said).split(","))


def _term(line: str) -> Term:
    """Read an entry: `- **Ladder, rung.** How deep … See [Deals](#deals).`"""
    entry = ENTRY.match(line)
    assert entry is not None
    see = SEE.search(entry[2])
    return Term(_names(entry[1]), unmarked(SEE.sub("", entry[2])), see[1] if see else slug(say.GLOSSARY))
