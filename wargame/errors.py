"""Every error a caller of this package may want to catch.

    WargameError                 anything below; its text is one whole sentence for a person
    ├── IllegalMove              a move the rules refuse now, with the rule that refuses it
    ├── ConfigError              the file of settings: every mistake in it, with its line
    ├── ContentError             a scenario folder with problems: all of them, each with its place
    └── SaveError                a saved game that cannot be used
        ├── NotASave             not one of our files, or of a newer format
        ├── DamagedSave          one of our files, but not whole
        ├── SaveInUse            another process holds it open
        └── CannotWrite          the disk refused: full, read-only, or gone

Errors are for bad files, bad input and bugs. A move that is not allowed says which rule forbids it
(see `wargame.rules.options`) and becomes an `IllegalMove` only when somebody insists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WargameError(Exception):
    """The root of the tree. `str(error)` is one sentence: what, where, what to do."""


class IllegalMove(WargameError):  # noqa: N818  (the game's own word)
    """The rules refuse this move now. Nothing has changed."""


class ContentError(WargameError):
    """A scenario folder that cannot be played as it stands.

    `complaints` holds every problem found, in file order, each printing as
    ``file:line:column: what is wrong``.
    """

    def __init__(self, complaints: Sequence[object]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))


class ConfigError(WargameError):
    """A file of settings that can't be used as it stands.

    `wrong` holds every mistake with its line, 0 where there is none; each prints as
    ``file:line: what is wrong``.
    """

    def __init__(self, path: Path, wrong: Sequence[tuple[int, str]]) -> None:
        self.path, self.wrong = path, tuple(wrong)
        super().__init__("\n".join(f"{path}:{f'{line}:' if line else ''} {said}." for line, said in wrong))


class SaveError(WargameError):
    """A saved game that cannot be used as asked."""


class NotASave(SaveError):  # noqa: N818
    """The bytes are not a saved game of a format this version reads."""


class DamagedSave(SaveError):  # noqa: N818
    """A saved game of ours with a bad or missing frame."""


class SaveInUse(SaveError):  # noqa: N818
    """Another process has this saved game open for writing."""


class CannotWrite(SaveError):  # noqa: N818
    """The file system refused a write; the file before it is whole."""
