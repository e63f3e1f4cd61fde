"""Markdown as the rulebook uses it: values made harmless, lines broken, cut at headings, and other forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from importlib import resources
from io import StringIO
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple
from xml.sax.saxutils import escape

from wargame.words.pages import LANGUAGE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

WIDTH = 120
"""Columns after which a line of Markdown is broken."""

STYLE = "page.css"
NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'"
"""What a page may load: nothing."""

LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")
_OPENING = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))(?=\s|$)")
_ITEM = re.compile(r" *(?:- |1\. )")
_KEPT = re.compile(r"[|#]|---")
"""How lines begin that stand for themselves: rows of a table and headings."""


class Plain(str):
    """Text that is Markdown already."""

    __slots__ = ()


def marked_down(value: object) -> str:
    """Return any value as Markdown that shows it as it is, on one line.

    >>> print(marked_down("*a* <b> | c"))
    \\*a\\* &lt;b&gt; \\| c
    """
    text = re.sub(r"\s+", " ", str(value)) if value is not None else ""
    text = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("<", "&lt;").replace(">", "&gt;")
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def unmarked(text: str) -> str:
    """Return the text of some inline Markdown: no stress, no links, nothing escaped.

    >>> unmarked("See [*this*](#there), \\\\*that\\\\* &amp; more.")
    'See this, *that* & more.'
    """
    text = re.sub(r"(?<!\\)[*`]", "", LINK.sub(r"\1", text))
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


# --- sections ------------------------------------------------------------------------------------------


class Section(NamedTuple):
    """A heading with its depth (1 to 6) and the Markdown from it down to the next heading."""

    title: str
    depth: int
    text: str

    @property
    def says(self) -> bool:
        """Tell whether anything stands below the heading itself."""
        return bool(self.text.partition("\n")[2].strip())

    @property
    def slug(self) -> str:
        """Return what a link to it is called."""
        return slug(self.title)


def sections(text: str) -> list[Section]:
    """Cut a text at its headings. What stands in a fence is no heading."""
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
    depth = len(lines[0]) - len(lines[0].lstrip("#"))
    return Section(unmarked(lines[0][depth:].strip()), depth, "\n".join(lines).rstrip() + "\n")


def slug(title: str) -> str:
    """Return what a link to a heading is called, as on the usual sites.

    >>> slug("A round, step by step")
    'a-round-step-by-step'
    """
    return re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")


# --- lines ---------------------------------------------------------------------------------------------


def laid_out(text: str, width: int = WIDTH) -> str:
    """Return Markdown with its paragraphs broken into lines, its lists numbered, and its gaps of one line."""
    lines = list(_blocks(text, width))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _blocks(text: str, width: int) -> Iterator[str]:
    block, fenced, count = list[str](), False, 0
    for line in (*text.splitlines(), ""):
        fence = line.startswith("```")
        item = None if fenced or fence else _ITEM.match(line) or re.match(rf"{count + 1}\. ", line)
        stands = fenced or fence or not line.strip() or _KEPT.match(line)
        if (item or stands) and block:
            yield from _wrapped(block, width)
            block = []
        if item and item[0][0].isdigit():
            count += 1
            block.append(f"{count}. {line[item.end() :]}")
        elif stands:
            yield line.rstrip() if fenced or fence else re.sub(r" +\|", " |", line.rstrip())
        else:
            block.append(line)
        count = 0 if line[:1].strip() and not item else count
        fenced ^= fence


def _wrapped(block: list[str], width: int) -> Iterator[str]:
    """Break one paragraph or item; what goes on stands below its text."""
    mark = re.match(r" *(?:- |\d+\. )?", block[0])
    indent = mark.end() if mark else 0
    line = block[0][:indent]
    for word in " ".join([block[0][indent:], *block[1:]]).split():
        if len(line) > indent and len(line) + 1 + len(word) > width and not _OPENING.match(f"{word} "):
            yield line
            line = " " * indent
        line += word if len(line) <= indent else f" {word}"
    yield line


# --- other forms ---------------------------------------------------------------------------------------


def printed(markdown: str, form: Literal["markdown", "text", "html"], width: int = 80) -> str:
    """Return Markdown as it is, as plain text of at most so many columns, or as a page of its own.

    The page loads nothing and prints well; HTML in the Markdown stays text.
    """
    if form == "html":
        return _as_html(markdown)
    return _as_text(markdown, width) if form == "text" else markdown


def _as_text(markdown: str, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415
    from rich.markdown import Heading, Markdown  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class AtTheLeft(Heading):
        """A heading as everything else stands."""

        def __rich_console__(self, *_given: object) -> Iterator[Text]:
            level = int(self.tag[1:])
            said = self.text.plain.upper() if level <= 2 else self.text.plain
            yield Text(f"\n{said}")

    class Read(Markdown):
        elements = {**Markdown.elements, "heading_open": AtTheLeft}  # noqa: RUF012

    said = StringIO()
    console = Console(file=said, width=width, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(Read(LINK.sub(r"\1", markdown), hyperlinks=False))
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines()) + "\n"


def body(markdown: str) -> str:
    """Return Markdown as the elements of a page, whose headings are links; HTML in it stays text."""
    return _anchored(_reader(), markdown)


def _as_html(markdown: str) -> str:
    title = sections(markdown)[0].title
    style = resources.files("wargame.rulebook").joinpath(STYLE).read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(LANGUAGE)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{NO_NETWORK}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body(markdown)}</body>\n</html>\n"
    )


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _anchored(reader: MarkdownIt, markdown: str) -> str:
    """Return the page's body; each heading can be gone to by its slug."""
    tokens = reader.parse(markdown)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug(unmarked(tokens[at + 1].content)))
    return str(reader.renderer.render(tokens, reader.options, {}))
