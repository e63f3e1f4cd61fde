"""Pass phrases: four short words for each login, kept only salted and hashed.

Four words of some 1,300 are 41 bits: with the door's pauses nobody guesses one in an evening, nor in a
lifetime, and people can read one from a card and type it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from wargame.errors import SaveError
from wargame.host.hostfile import HostFile
from wargame.table.pins import Hashed
from wargame.words.pages import host as say

WORDS = 4
SECTION = "phrases"
MOST_TYPED = 200
"""Characters of a try that are heeded."""


class Phrases:
    """Who may come in with which phrase. A `file` keeps what is needed to recognise them."""

    def __init__(self, kept: Mapping[str, Hashed], file: HostFile | None = None) -> None:
        self._kept = dict(kept)
        self._file = file
        self._nobody = Hashed.of(new_phrase())

    @classmethod
    def new(cls, logins: Iterable[str], file: HostFile | None = None) -> tuple[Phrases, dict[str, str]]:
        """Make a phrase for each login; return them all, and what each is. Raises `CannotWrite`."""
        plain = {login: new_phrase() for login in logins}
        phrases = cls({login: Hashed.of(normal(phrase)) for login, phrase in plain.items()}, file)
        phrases._keep()
        return phrases, plain

    @classmethod
    def of(cls, file: HostFile) -> Phrases | None:
        """Return the phrases that a host has kept; None if it has not. Raises `SaveError`."""
        section = file.read().get(SECTION)
        return None if section is None else cls(_from_plain(section, file), file)

    @property
    def logins(self) -> tuple[str, ...]:
        """The logins that have a phrase, in the order they were given."""
        return tuple(self._kept)

    def check(self, login: str, typed: str) -> bool:
        """Return whether that is the phrase of that login, however its words are parted and in any case.

        Takes a tenth of a second and 32 MB, also for a login that is not there: call it in a thread.
        """
        fits = self._kept.get(login, self._nobody).fits(normal(typed))
        return fits and login in self._kept

    def renew(self, login: str) -> str:
        """Give a login, new or known, another phrase and return it. Raises `SaveError` or `CannotWrite`."""
        phrase = new_phrase()
        before, self._kept = self._kept, self._kept | {login: Hashed.of(normal(phrase))}
        try:
            self._keep()
        except SaveError:
            self._kept = before
            raise
        return phrase

    def _keep(self) -> None:
        if self._file is not None:
            self._file.replace(
                **{SECTION: {login: _to_plain(hashed) for login, hashed in self._kept.items()}}
            )


def new_phrase() -> str:
    """Return four words, parted by blanks."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


def normal(typed: str) -> str:
    """Return the one form of a phrase: small letters, one blank between words."""
    return " ".join(typed[:MOST_TYPED].lower().replace("-", " ").split())


@cache
def _words() -> tuple[str, ...]:
    """Return the words that phrases are made of: letters only, for people to read out and to type."""
    from xkcdpass.xkcd_password import generate_wordlist  # noqa: PLC0415  (a host that goes on needs none)

    words = generate_wordlist("eff-short", min_length=3, max_length=5)
    return tuple(sorted({word.lower() for word in words if word.isascii() and word.isalpha()}))


def _to_plain(hashed: Hashed) -> dict[str, Any]:
    return {"salt": hashed.salt.hex(), "hash": hashed.hash.hex(), "cost": hashed.cost}


def _from_plain(section: Any, file: HostFile) -> dict[str, Hashed]:
    """Return who has which phrase. Raises `SaveError`: half of them would lock people out without a word."""
    found = {}
    try:
        for login, kept in section.items():
            found[login] = Hashed.kept(bytes.fromhex(kept["salt"]), bytes.fromhex(kept["hash"]), kept["cost"])
    except (AttributeError, KeyError, TypeError, ValueError):
        found = {"": None}
    sound = {login: hashed for login, hashed in found.items() if hashed is not None}
    if len(sound) < len(found):
        raise SaveError(say.no_phrases(file.path.name))
    return sound
