"""Files to text that is safe to parse: UTF-8, bounded, nothing hidden, no directives, nothing from elsewhere.

What is refused is replaced by something as long, so that every later complaint still names the right place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from wargame.content.archive import CannotUnpackError, archived, is_archive
from wargame.content.places import (
    HIDDEN,
    MAX_COMPLAINTS,
    START,
    CannotGoOnError,
    Complaint,
    Complaints,
    Place,
    shown,
)

MAX_FILE: Final = 256 * 1024
"""Bytes in one file."""

INSTEAD: Final = "\ufffd"
"""What stands for a character that was refused."""

TOO_LARGE: Final = f"is larger than {MAX_FILE // 1024} kB; split it"

LINE_END: Final = re.compile(r"\r\n|\r|\n")
_TABS = re.compile("\t+")
_ODD_SPACE = re.compile(
    r"^[ -]*+(?:[a-z_]++:)?+[ ]*+([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE
)
"""A word processor's space before or after the first name of a line."""
_TOP_LINE = re.compile(r" *(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DIRECTIVE = re.compile(r"(?:\A|(?<=[\r\n]))%\S*")
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def safe_text(raw: bytes, complaints: Complaints) -> str:
    """Return the text of a file, made safe to parse.

    Raises `CannotGoOnError` if it is not UTF-8 or too large.
    """
    text = _decoded(raw, complaints)
    for step in (_without_hidden, _without_tabs, _without_odd_spaces, _without_directives):
        text = step(text, complaints)
    return text


def _decoded(raw: bytes, complaints: Complaints) -> str:
    if len(raw) > MAX_FILE:
        complaints.add(START, TOO_LARGE)
        raise CannotGoOnError
    if raw.startswith(_UTF16_OR_32) or b"\0\0" in (raw[0:4:2], raw[1:4:2]):
        complaints.add(START, "is not UTF-8 but UTF-16 or UTF-32; save it as UTF-8")
        raise CannotGoOnError
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        [place] = _places_in(before, [len(before)])
        complaints.add(place, f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8")
        raise CannotGoOnError from None


def _without_tabs(text: str, complaints: Complaints) -> str:
    """`text` with every tab complained of and made one space: parsers disagree about where tabs may stand."""
    for _, place in _found(_TABS, text, text, complaints):
        complaints.add(place, "a tab is not allowed; use spaces")
    return text.replace("\t", " ")


def _without_odd_spaces(text: str, complaints: Complaints) -> str:
    """`text` with other spaces than the usual one complained of where they would not separate."""
    for found, place in _found(_ODD_SPACE, text, text, complaints):
        odd = found[-1]
        told = f"U+{ord(odd):04X} ({unicodedata.name(odd).lower()}) is no space here; use the space bar"
        complaints.add((place[0], place[1] + len(found) - 1), told)
    return _ODD_SPACE.sub(lambda match: match[0][:-1] + " ", text)


def _without_hidden(text: str, complaints: Complaints) -> str:
    """`text` with every hidden character complained of and replaced, so that all later places stay right."""
    for found, place in _found(HIDDEN, text, text, complaints):
        complaints.add(place, hidden_message(found))
    return HIDDEN.sub(INSTEAD, text)


def hidden_message(character: str) -> str:
    """Return what to say about a character of `HIDDEN`."""
    nameless = "a control character" if unicodedata.category(character) == "Cc" else "half of a character"
    name = unicodedata.name(character, nameless).lower()
    return f"the hidden character U+{ord(character):04X} ({name}) is not allowed; delete it"


def _without_directives(text: str, complaints: Complaints) -> str:
    """`text` with every `%YAML`, `%TAG` or the like at its top complained of and made a comment."""
    end = 0
    while line := _TOP_LINE.match(
        text, end
    ):  # a loop, because repeating a group costs re 400 bytes each time
        end = line.end()
    top = text[:end]
    for found, place in _found(_DIRECTIVE, top, text, complaints):
        complaints.add(place, f"directives like {shown(found)} are not used here; delete the line")
    return _DIRECTIVE.sub(lambda match: "#" + match[0][1:], top) + text[end:]


def _found(
    pattern: re.Pattern[str], part: str, text: str, complaints: Complaints
) -> Iterator[tuple[str, Place]]:
    """What matches `pattern` in `part`, with its place in `text`; what will not be shown is only counted."""
    matches = list(islice(pattern.finditer(part), MAX_COMPLAINTS))
    if len(matches) == MAX_COMPLAINTS:
        complaints.unsaid += sum(1 for _ in pattern.finditer(part)) - MAX_COMPLAINTS
    places = _places_in(text, [match.start() for match in matches])
    yield from zip((match[0] for match in matches), places, strict=True)


def _places_in(text: str, indices: list[int]) -> list[Place]:
    """The place of each index, with lines ended as YAML ends them."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))] if indices else []
    lines = [bisect_right(starts, index) for index in indices]
    return [(line, index - starts[line - 1] + 1) for line, index in zip(lines, indices, strict=True)]


RULEBOOK: Final = "rulebook.md"
"""The scenario's own words of its rulebook: Markdown, and the only file of a scenario that is not YAML."""

OTHER_ENDING: Final = "is not read because of its ending; rename it to .yaml"

MAX_FILES: Final = 64
"""Files in one folder."""

MAX_FOLDER: Final = 1000 * 1024
"""Bytes in all files of one folder, which must fit into a saved game."""


def folder_texts(folder: Path) -> tuple[dict[str, bytes], list[Complaint]]:
    """Return the bytes of each `.yaml` file in `folder`, and of its `rulebook.md`, and what was refused.

    A `.zip` with these files is read as the folder would be.

    A file that cannot be read, is too large, or lies elsewhere behind a link is complained of and left out;
    so is everything past `MAX_FILES` or `MAX_FOLDER`. Hidden files are no part of a scenario. Never raises.
    """
    texts: dict[str, bytes] = {}
    if is_archive(folder):
        return _archive_texts(folder)
    try:
        home = folder.resolve(strict=True)
        paths = sorted(path for path in home.iterdir() if _is_ours(path.name))
    except (OSError, RuntimeError, ValueError) as error:
        return texts, [Complaint(str(folder), *START, f"the folder cannot be read: {_reason(error)}")]
    if not paths:
        return texts, [Complaint(str(folder), *START, "the folder holds no .yaml file")]
    complaints = []
    for path in paths[:MAX_FILES]:
        raw, problem = _file_bytes(path, home)
        if problem is None and sum(map(len, texts.values())) + len(raw) > MAX_FOLDER:
            problem = f"is too much: the files of a folder may have {MAX_FOLDER // 1024} kB together"
        if problem is None:
            texts[path.name] = raw
        else:
            complaints.append(Complaint(path.name, *START, problem))
    if len(paths) > MAX_FILES:
        problem = f"is one file too many: a folder may hold {MAX_FILES}, and here are {len(paths)}"
        complaints.append(Complaint(paths[MAX_FILES].name, *START, problem))
    return texts, complaints


def _archive_texts(path: Path) -> tuple[dict[str, bytes], list[Complaint]]:
    """The same of a scenario in a single archive."""
    texts: dict[str, bytes] = {}
    complaints = []
    try:
        for name, raw in archived(path, _is_ours, MAX_FILE):
            problem = TOO_LARGE if raw is None else None
            if sum(map(len, texts.values())) + len(raw or b"") > MAX_FOLDER:
                problem = f"is too much: the files of a scenario may have {MAX_FOLDER // 1024} kB together"
            elif len(texts) == MAX_FILES:
                problem = f"is one file too many: a scenario may have {MAX_FILES}"
            elif not name.endswith((".yaml", RULEBOOK)):
                problem = OTHER_ENDING
            if problem is not None:
                complaints.append(Complaint(name, *START, problem))
            elif raw is not None:
                texts[name] = raw
            if len(complaints) > MAX_FILES:
                break
    except CannotUnpackError as error:
        return {}, [Complaint(path.name, *START, str(error))]
    if not texts and not complaints:
        complaints = [Complaint(path.name, *START, "holds no .yaml file")]
    return texts, complaints


def one_text(path: Path) -> tuple[bytes, Complaint | None]:
    """Return the bytes of one `.yaml` file, or nothing and why it was refused. Never raises.

    `X.zip/claims.yaml` is the file of that name in the archive, in whatever folder it was packed.
    """
    if is_archive(path.parent):
        texts, refused = _archive_texts(path.parent)
        about = [one for one in refused if one.file in (path.name, path.parent.name)]
        missing = Complaint(path.name, *START, f"is missing from {path.parent.name}")
        return (texts[path.name], None) if path.name in texts else (b"", (*about, missing)[0])
    raw, problem = _file_bytes(path, path.parent.resolve())
    return raw, Complaint(path.name, *START, problem) if problem else None


def has_text(path: Path) -> bool:
    """Return whether there is such a file, in its folder or, as in `one_text`, in an archive."""
    return path.name in _archive_texts(path.parent)[0] if is_archive(path.parent) else path.is_file()


def _is_ours(name: str) -> bool:
    return name == RULEBOOK or (name.lower().endswith((".yaml", ".yml")) and not name.startswith("."))


def _file_bytes(path: Path, home: Path) -> tuple[bytes, str | None]:
    """The file's bytes and None, or nothing and why it is refused."""
    if path.suffix != ".yaml" and path.name != RULEBOOK:
        return b"", OTHER_ENDING
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(home):
            return b"", "is a link to a file outside this folder; copy the file here"
        if not real.is_file():  # a pipe would keep us waiting for ever
            return b"", "is not a file"
        with real.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except (OSError, RuntimeError, ValueError) as error:
        return b"", f"cannot be read: {_reason(error)}"
    return (raw, None) if len(raw) <= MAX_FILE else (b"", TOO_LARGE)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
