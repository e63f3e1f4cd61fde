"""Strict YAML: a scenario's files become plain data with places, or complaints, and never an exception.

YAML as its loaders read it turns `NO` into False and `12:30` into 750, keeps the last of two equal names,
follows aliases until memory is gone, and falls over deep nesting. So only the parser's events are used, and
one loop with a stack of open lists and mappings builds the data: true, false, null, decimal integers and
text, nothing else. The limits are checked at each event, before whatever would break them is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from wargame.content.places import (
    HIDDEN,
    START,
    Address,
    CannotGoOnError,
    Complaint,
    Complaints,
    Document,
    Place,
    Plain,
    shown,
)
from wargame.content.text import INSTEAD, LINE_END, folder_texts, hidden_message, safe_text

__all__ = ["LOADERS", "Complaint", "Document", "folder_texts", "read"]

MAX_DEPTH: Final = 24
"""Lists and mappings inside one another."""

MAX_NODES: Final = 30_000
"""Lists, mappings, names and values in one file: twice what a full file of cards has."""

MAX_TEXT: Final = 8_000
"""Characters in one text."""

MAX_NAME: Final = 200
"""Characters in the name of an entry."""

MAX_DIGITS: Final = 9
"""Digits in a number."""

LOADERS: Final[tuple[Any, ...]] = tuple(
    getattr(yaml, name) for name in ("CBaseLoader", "BaseLoader") if hasattr(yaml, name)
)
"""The parsers there are, the fastest first: libyaml's where PyYAML was built with it, and the pure one."""

_TAB_OR_RETURN = re.compile("[\t\r]")
_LOST = re.compile(r" +(#[^\s#].*)")
_LOST_OF_WORDS = re.compile(r" +(#[^#].*)")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}
_DELETE = "delete it, or put the text in quotes"
_COMPLEX = "a list or mapping cannot be the name of an entry; put a text with brackets in quotes"
_FITS_NOT = "this does not fit the lines above it; check the indentation"
_COLON = "a ':' cannot stand here; put the text in quotes or check the indentation"
_NO_DASH = ", or whether a '- ' is missing above"
_IN_LIST = "it is in a list, and fits no entry: check the indentation, or begin it with '- '"
_AFTER_QUOTES = "this text goes on after its closing quotation mark; put all of it in quotes"
_BLOCK = (
    "after '|' or '>' only '+', '-' and one digit from 1 to 9 may stand; the text begins on the next line"
)
_OPEN_QUOTE = "the quotation mark that opens here is never closed"
_OPEN_BRACKET = "the bracket that opens here is never closed, or a comma is missing inside it"

_AFTER_A_VALUE = ("expected key", "expected <block end>", "expected ',' or")
"""What both parsers say of something that stands behind a value."""

# Words of both parsers' messages → what a facilitator can do about it, and whether the place where the thing
# began says more than the place where the parser gave up. The first that matches counts.
_SENTENCES: Final[tuple[tuple[str, str, bool], ...]] = (
    ("scanning a quoted scalar found unexpected", _OPEN_QUOTE, True),
    ("quoted scalar", "this text in double quotes holds a backslash escape that does not exist", True),
    ("mapping values are not allowed", _COLON, False),
    ("find expected ':'", "this needs a ':' after a name, or quotes, or a deeper indentation", True),
    ("expected ',' or", _OPEN_BRACKET, True),
    ("parsing a block collection", _IN_LIST, False),
    ("an anchor", "a text that begins with '&' needs quotes", True),
    ("an alias", "a text that begins with '*' needs quotes", True),
    ("a tag", "a text that begins with '!' needs quotes", True),
    ("undefined tag handle", "tags are not used here; put quotes around a text that begins with '!'", True),
    ("block scalar", _BLOCK, True),
    ("expected key", _FITS_NOT, False),
    ("expected <block end>", _FITS_NOT, False),
    ("document start", _FITS_NOT, False),
    ("node content", "a value is missing here, or a bracket or comma is out of place", False),
)  # fmt: skip


def read(raw: bytes, file: str, loader: Any = LOADERS[0]) -> tuple[Document | None, list[Complaint]]:
    """Return the content of one file, and every problem in it, in reading order. Never raises.

    `file` is the name that complaints use. The document is None if the file could not be read to its end. If
    every complaint is about single values it is there, with something harmless in place of what is refused,
    so that a later check of its shape can find more; it need not complain again at a place already named.
    """
    complaints = Complaints(file)
    document: Document | None = None
    try:
        document = _built(safe_text(raw, complaints), loader, complaints)
    except _ScannerTooDeepError:
        return read(raw, file, LOADERS[-1])
    except CannotGoOnError:
        pass
    return document, complaints.in_order()


def cut_short(text: str, file: str) -> list[Complaint]:
    """Return a warning for each text of a sound file that a `#` ends, as in `Road #7` or `fish # of the sea`.

    What follows is no part of it. A comment that is meant stands behind a word or a number, with a space
    after the sign; behind several words it is as likely the rest of them.
    """
    lines, found = LINE_END.split(text), Complaints(file)
    for event in yaml.parse(text, LOADERS[0]):
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            line, column = _spot(event.end_mark)
            behind = _LOST_OF_WORDS if " " in event.value else _LOST
            if lost := behind.match("".join(lines[line - 1 : line]), column - 1):
                told = "is taken for a comment; put the text in quotes, or the comment on its own line"
                found.add((line, lost.start(1) + 1), f"{shown(lost[1])} {told}")
    return found.in_order()


class _ScannerTooDeepError(Exception):
    """Libyaml scans ahead to a depth of its own, past ours; the pure parser gets no further than ours."""


def _built(text: str, loader: Any, complaints: Complaints) -> Document:
    parser = loader(text)
    builder = _Builder(complaints)
    try:
        while parser.check_event():
            builder.take(parser.get_event())
    except yaml.MarkedYAMLError as error:
        if "maximum nesting depth" in str(error.problem):
            raise _ScannerTooDeepError from None
        place, sentence = _syntax_problem(error, text)
        if place[0] not in {one.line for one in complaints.made}:  # it follows from what was refused there
            complaints.add(place, sentence)
        raise CannotGoOnError from None
    except (ValueError, yaml.YAMLError):  # the pure parser lets chr() and int() fail on absurd numbers
        complaints.add(builder.reached, "what follows here cannot be read; check its numbers and escapes")
        raise CannotGoOnError from None
    finally:
        parser.dispose()
    if builder.root is None and not complaints.made:
        complaints.add(START, "is empty")
    return builder.document()


def _syntax_problem(error: yaml.MarkedYAMLError, text: str) -> tuple[Place, str]:
    began, gave_up = error.context_mark, error.problem_mark
    words = f"{error.context or ''} {error.problem or ''}"
    if "cannot start any token" in words:
        return _spot(gave_up), _wrong_start(gave_up, text)
    if gave_up and any(one in words for one in _AFTER_A_VALUE) and _after_quotes(gave_up, text):
        return _spot(gave_up), _AFTER_QUOTES
    for fragment, sentence, from_began in _SENTENCES:
        if fragment in words:
            dash = gave_up and _line_at(gave_up, text)[gave_up.column :].startswith("-")
            more = _NO_DASH if dash and sentence == _FITS_NOT else ""
            return _spot((began if from_began else gave_up) or gave_up or began), sentence + more
    return _spot(gave_up or began), f"this is not YAML: {words.strip()}"


def _after_quotes(mark: Any, text: str) -> bool:
    """Whether what a parser stopped at stands behind a closing quotation mark."""
    line = _line_at(mark, text)
    return line[: mark.column].rstrip().endswith(("'", '"')) and line[mark.column : mark.column + 1].isalnum()


def _wrong_start(mark: Any, text: str) -> str:
    return (
        f"a text that begins with {shown(_line_at(mark, text)[mark.column : mark.column + 1])} needs quotes"
    )


def _line_at(mark: Any, text: str) -> str:
    """The line of a mark; a parser may give up behind the last."""
    return next(iter(LINE_END.split(text)[mark.line :]), "")


def _spot(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else START


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not yet ended.

    `address` is None inside something that was complained of and is left out. In a mapping, `waiting` says
    that a name has been read and its value has not; `name` is None if that entry is left out.
    """

    into: dict[str, Plain] | list[Plain]
    address: Address | None
    waiting: bool = False
    name: str | None = None


class _Builder:
    """Takes the parser's events one by one and builds the data and its places."""

    def __init__(self, complaints: Complaints) -> None:
        self.reached: Place = START
        self._complain = complaints.add
        self._file = complaints.file
        self.root: Plain = None
        self._marks: dict[Address, Place] = {}
        self._key_marks: dict[Address, Place] = {}
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """One event; raises `CannotGoOnError` when a limit is passed."""
        place = _spot(event.start_mark)
        self.reached = _spot(event.end_mark)
        if isinstance(event, yaml.NodeEvent):
            self._node(event, place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(place, "a second document begins here; a file holds one")

    def document(self) -> Document:
        """Return what has been built, when the last event has been taken."""
        return Document(self._file, self.root, self._marks, self._key_marks)

    def _stop(self, place: Place, message: str) -> None:
        self._complain(place, message)
        raise CannotGoOnError

    def _node(self, event: yaml.NodeEvent, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(place, f"more than {MAX_NODES} names and values are too many for one file; split it")
        self._refuse_extras(event, place)
        if isinstance(event, yaml.CollectionStartEvent):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], place)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif self._wants_name():
            self._take_name(None)
        else:
            self._settle(None, place)

    def _refuse_extras(self, event: yaml.NodeEvent, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._complain(place, f"the alias {shown(f'*{event.anchor}')} is not allowed; {_DELETE}")
            return
        if event.anchor is not None:
            self._complain(place, f"the anchor {shown(f'&{event.anchor}')} is not allowed; {_DELETE}")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._complain(place, f"the tag {shown(tag)} is not allowed; {_DELETE}")

    def _wants_name(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].into, dict) and not self._open[-1].waiting

    def _begin(self, into: dict[str, Plain] | list[Plain], place: Place) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._stop(place, f"more than {MAX_DEPTH} lists and mappings inside one another are too deep")
        if self._wants_name():
            self._complain(place, _COMPLEX)
            self._take_name(None)
            address = None
        else:
            address = self._settle(into, place)
        self._open.append(_Open(into, address))

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        text, plain = event.value, not event.style
        if len(text) > MAX_TEXT:
            self._complain(place, f"a text of {len(text)} characters is too long; {MAX_TEXT} are allowed")
            text = text[:MAX_TEXT]
        if event.style == '"':
            text = self._without_escaped(text, place)
        if self._wants_name():
            self._name(text, plain, place)
        else:
            self._settle(self._value(text, place) if plain else text, place)

    def _without_escaped(self, text: str, place: Place) -> str:
        """`text` without what an escape has smuggled past the check of the whole file."""
        hidden = HIDDEN.search(text) or _TAB_OR_RETURN.search(text)
        if hidden is None:
            return text
        self._complain(place, hidden_message(hidden[0]))
        return _TAB_OR_RETURN.sub(" ", HIDDEN.sub(INSTEAD, text))

    def _value(self, text: str, place: Place) -> Plain:
        """What an unquoted text stands for."""
        if text in _WORDS:
            return _WORDS[text]
        if not _INTEGER.fullmatch(text):
            return text
        if len(text.lstrip("-")) > MAX_DIGITS:
            self._complain(place, f"the number {shown(text)} is too large; put it in quotes if it is a text")
            return 0
        return int(text)

    def _name(self, text: str, plain: bool, place: Place) -> None:
        top = self._open[-1]
        problem = _name_problem(text, plain)
        if problem is None and text in top.into:
            first = self._first_line(top, text)
            problem = f"{shown(text)} is here a second time{first}; keep one"
        if problem is not None:
            self._complain(place, problem)
            self._take_name(None)
            return
        self._take_name(text)
        if top.address is not None:
            self._key_marks[*top.address, text] = place

    def _first_line(self, top: _Open, text: str) -> str:
        if top.address is None:
            return ""
        return f" (first on line {self._key_marks[*top.address, text][0]})"

    def _take_name(self, name: str | None) -> None:
        self._open[-1].waiting = True
        self._open[-1].name = name

    def _settle(self, value: Plain, place: Place) -> Address | None:
        """Puts `value` where the next value belongs; returns its address, None if it is left out."""
        address = self._put(value)
        if address is not None:
            self._marks[address] = place
        return address

    def _put(self, value: Plain) -> Address | None:
        if not self._open:
            self.root = value
            return ()
        top = self._open[-1]
        step: str | int | None
        if isinstance(top.into, list):
            step = len(top.into)
            top.into.append(value)
        else:
            step, top.name, top.waiting = top.name, None, False
            if step is not None:
                top.into[step] = value
        return None if step is None or top.address is None else (*top.address, step)


def _name_problem(text: str, plain: bool) -> str | None:
    if not text:
        return "a name is missing before the ':'"
    if text == "<<" and plain:
        return "merging with '<<' is not allowed; write the entries out"
    if "\n" in text:
        return "the name of an entry must stand on one line"
    if len(text) > MAX_NAME:
        return f"a name of {len(text)} characters is too long; {MAX_NAME} are allowed"
    return None
