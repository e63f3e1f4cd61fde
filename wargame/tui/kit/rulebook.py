"""The rulebook, `rules.md`, as text: its sections and its glossary, from the one file that players print.

Nothing here paints, so a screen can ask for a term without loading the reader of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import wargame
from wargame.tui.terminal.text import printable
from wargame.words.pages import home as say

GLOSSARY = "glossary"
"""The slug of the section that the terms are read from."""

ENTRY = re.compile(r"^- \*\*(.+?)\.\*\* (.+)$")
SEE = re.compile(r"\s*See \[[^\]]*\]\(#([^)]+)\)\.$")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SIGNS = re.compile(r"\s*\([^)]*\)")
REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
STRESS = re.compile(r"[*`]")


class Section(NamedTuple):
    """A heading with its depth (1 to 6) and the Markdown down to the next heading."""

    title: str
    depth: int
    text: str

    @property
    def says(self) -> bool:
        """Whether anything stands below the heading itself; a remark for the book's maker is nothing."""
        return bool(REMARK.sub("", self.text.partition("\n")[2]).strip())


class Term(NamedTuple):
    """A word of the game: its names (the first leads), what it means, and the slug of its section."""

    names: tuple[str, ...]
    text: str
    section: str

    @property
    def key(self) -> str:
        """What the leading name is looked up by."""
        return slug(self.names[0])

    @property
    def title(self) -> str:
        """All its names."""
        return ", ".join(self.names)


def rules_file() -> Path:
    """The rulebook that came with the program, or that of the checkout."""
    shipped = Path(str(resources.files("wargame"))) / "_data" / "rules.md"
    return shipped if shipped.is_file() else Path(wargame.__file__).resolve().parents[1] / "rules.md"


def rules_text() -> str:
    """The rulebook as Markdown; a sentence if it is not there."""
    try:
        return printable(rules_file().read_text(encoding="utf-8"))
    except OSError:
        return say.NO_RULES


def sections(text: str) -> list[Section]:
    """The text cut at its headings. What stands in a fence is no heading."""
    found: list[list[str]] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if not found or (line.startswith("#") and not fenced):
            found.append([])
        found[-1].append(line)
    return [_section(lines) for lines in found]


def told_at(book: Sequence[Section], at: int) -> str:
    """Return what is to be read at a heading: its own text, or that of the headings below it."""
    section = book[at]
    below = takewhile(lambda other: other.depth > section.depth, book[at + 1 :])
    return section.text if section.says else "\n".join([section.text, *(other.text for other in below)])


def _section(lines: list[str]) -> Section:
    head = lines[0]
    return Section(head.lstrip("#").strip(), len(head) - len(head.lstrip("#")), "\n".join(lines))


def slug(title: str) -> str:
    """What a link to a heading is called, as on the usual sites."""
    return re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """The title of every section by its slug."""
    return {slug(section.title): section.title for section in sections(rules_text())}


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """The glossary in the order of the book; empty if there is no book."""
    found = (section for section in sections(rules_text()) if slug(section.title) == GLOSSARY)
    return tuple(term for section in found for term in terms_in(section.text))


def terms_in(text: str) -> Iterable[Term]:
    """The terms of a list such as `- **Ladder, rung.** How deep … See [Deals](#deals).`

    A line that goes on is indented. What stands in brackets behind a name, a sign, is not part of it.
    """
    for entry in re.sub(r"\n +", " ", text).splitlines():
        match = ENTRY.match(entry)
        if match is None:
            continue
        see = SEE.search(match[2])
        meaning = STRESS.sub("", LINK.sub(r"\1", SEE.sub("", match[2])))
        names = tuple(name.strip() for name in SIGNS.sub("", match[1]).split(","))
        yield Term(names, meaning, see[1] if see else GLOSSARY)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Term]:
    return {slug(name): term for term in terms() for name in term.names}


def term_of(*names: str) -> Term | None:
    """The term that has one of these names; the first name that is known counts."""
    return next((term for name in names if (term := _by_name().get(slug(name)))), None)
