"""What a terminal would show, by an emulator that is not ours; and texts that betray where they come from.

`Glass` keeps the ordinary screen and the alternate one apart, each with its scroll-back. `a_marked_folder`
puts a word of its own into every text of a scenario that may be secret, so that one glimpse is proof.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pyte

from tests.tui.terminal import CONTROL
from wargame.content.load import check_folder
from wargame.content.reader import read

SHOWN = re.compile(rb"\x1b\[[0-9;]*[A-HJKfm]\Z")
"""The sequences that move the cursor, clear and colour; an emulator needs no others."""
SWITCH = re.compile(rb"(\x1b\[\?1049[hl])")


class Glass:
    """An emulated terminal. `alternate` says which of its two screens is in front."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.alternate = False
        self.switches = 0
        self._screens = {at: pyte.HistoryScreen(*size, history=10_000) for at in (False, True)}
        self._streams = {at: pyte.ByteStream(screen) for at, screen in self._screens.items()}

    def feed(self, received: bytes) -> None:
        """Take in what a program sent; no sequence may be cut in two."""
        for part in SWITCH.split(received):
            if SWITCH.fullmatch(part):
                self.alternate = part.endswith(b"h")
                self.switches += 1
            elif part:
                self._streams[self.alternate].feed(CONTROL.sub(_only_shown, part))

    @property
    def lines(self) -> list[str]:
        """The rows of the screen in front."""
        return [str(line) for line in self._screens[self.alternate].display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def ordinary(self) -> str:
        """The ordinary screen, where the shell's own lines are."""
        return "\n".join(self._screens[False].display).strip()

    @property
    def scrolled_back(self) -> int:
        """How many rows have left either screen over its top."""
        return sum(len(screen.history.top) for screen in self._screens.values())


def _only_shown(match: re.Match[bytes]) -> bytes:
    return match[0] if SHOWN.match(match[0]) or match[0] in (b"\x08", b"\r", b"\n") else b""


# --- marks ---------------------------------------------------------------------------------------------

MARK = re.compile("Qz[0-9]{3}q", re.IGNORECASE)


class Marked(NamedTuple):
    """What a mark stands in: the file, the id of the thing, and which of its texts."""

    file: str
    id: str
    key: str


def a_marked_folder(source: Path, folder: Path) -> dict[str, Marked]:
    """A copy of a scenario with a mark before and after every text that may be secret; the marks."""
    folder.mkdir()
    marks: dict[str, Marked] = {}
    for path in sorted(source.glob("*.yaml")):
        document, wrong = read(path.read_bytes(), path.name)
        assert document is not None
        assert not wrong
        text = json.dumps(_marked(document.data, path.stem, "", marks), ensure_ascii=False, indent=1)
        (folder / path.name).write_text(text, encoding="utf-8")
    assert check_folder(folder).complaints == []
    return marks


def _marked(data: Any, file: str, id_: str, marks: dict[str, Marked]) -> Any:
    if isinstance(data, list):
        return [_marked(value, file, id_, marks) for value in data]
    if not isinstance(data, dict):
        return data
    id_ = data["id"] if "source" in data and isinstance(data.get("id"), str) else id_
    secret = bool(id_) and "text" in data and "title" in data
    done = {}
    for key, value in data.items():
        if secret and key in ("title", "text") and isinstance(value, str):
            mark = f"Qz{len(marks):03}q"
            marks[mark.upper()] = Marked(file, id_, key)
            done[key] = f"{mark} {value} {mark}" if key == "text" else f"{mark} {value}"
        else:
            done[key] = _marked(value, file, id_, marks)
    return done


def marks_in(text: str) -> set[str]:
    """The marks that can be read in a text."""
    return {mark.upper() for mark in MARK.findall(text)}
