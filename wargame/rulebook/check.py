"""What is wrong with a scenario's own words for its rulebook, with its place: for `wargame check`.

Nobody plays otherwise for these words, so no game is refused for them; only an author need know.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wargame.content.places import Complaint
from wargame.content.schema import did_you_mean, unknown_name
from wargame.content.text import RULEBOOK
from wargame.rulebook.book import Rulebook
from wargame.rulebook.markdown import LINK, slug
from wargame.rulebook.own import ENTRY, OwnWords, chapters, engine_chapters
from wargame.words.grammar import quoted
from wargame.words.pages import rulebook as say


def problems(book: Rulebook) -> list[Complaint]:
    """Return what is wrong with the own words of a scenario, each with its place, in reading order."""
    own = book.own
    found = [*_headings(own, book), *_entries(own), *_links(own, book)]
    return sorted(set(found))


def _headings(own: OwnWords, book: Rulebook) -> Iterator[Complaint]:
    engine, here = engine_chapters(), {section.slug for section in book.sections}
    seen = set[str]()
    for chapter in chapters(own.source)[1:]:
        title = chapter.title
        known = [one for one in engine if slug(one) == slug(title)]
        close = get_close_matches(title.lower(), [one.lower() for one in engine], n=1, cutoff=0.8)
        if not slug(title):
            yield _complaint(chapter.line, 1, say.NO_HEADING)
        elif slug(title) in seen:
            yield _complaint(chapter.line, 1, say.twice(quoted(title)))
        elif known and slug(title) not in here:
            yield _complaint(chapter.line, 1, say.not_here(title))
        elif not known and close:
            meant = next(one for one in engine if one.lower() == close[0])
            yield _complaint(chapter.line, 1, say.nearly(title, meant))
        seen.add(slug(title))


def _entries(own: OwnWords) -> Iterator[Complaint]:
    seen = set[str]()
    for chapter in chapters(own.source):
        if slug(chapter.title) != slug(say.GLOSSARY):
            continue
        lines = own.source.splitlines()
        after = next((at for at in range(chapter.line, len(lines)) if lines[at].startswith("# ")), len(lines))
        for at in range(chapter.line, after):
            if not lines[at].strip() or lines[at].startswith(" "):
                continue
            entry = ENTRY.match(_whole(lines, at))
            if entry is None:
                yield _complaint(at + 1, 1, say.NO_ENTRY)
                continue
            for name in map(slug, entry[1].split(",")):
                if name in seen:
                    yield _complaint(at + 1, 1, say.twice(quoted(name)))
                seen.add(name)


def _whole(lines: list[str], at: int) -> str:
    """The entry that begins in that line, with the lines that go on."""
    whole = lines[at]
    for line in lines[at + 1 :]:
        if not line.startswith(" "):
            break
        whole += f" {line.strip()}"
    return whole


def _links(own: OwnWords, book: Rulebook) -> Iterator[Complaint]:
    slugs = [section.slug for section in book.sections]
    for link in LINK.finditer(own.source):
        target, before = link[2], own.source[: link.start(2)]
        line, column = before.count("\n") + 1, link.start(2) - before.rfind("\n")
        kind, colon, id_ = target.partition(":")
        if target.startswith("#"):
            if target[1:] not in slugs:
                message = f"{say.no_section(target[1:])}{did_you_mean(target[1:], slugs)}"
                yield _complaint(line, column, message)
        elif colon and not id_.startswith("//"):
            things = own.things.get(kind)
            if things is None:
                yield _complaint(line, column, say.no_kind(kind, ", ".join(own.things)))
            elif id_ not in things:
                yield _complaint(line, column, unknown_name(kind, id_, things))


def _complaint(line: int, column: int, message: str) -> Complaint:
    return Complaint(RULEBOOK, line, column, message)
