"""Finished chunks of a long run in a file, so that a run which was ended goes on where it was.

JSON lines: a head that says what the games belong to (scenario, code, seed), then a line a chunk. Heads of
other runs may follow in the same file; their games are left alone, and only said to be there. Lines are added
one by one, so a kill loses none but the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import IO, Any, NamedTuple

from wargame.errors import WargameError
from wargame.rules.scenario import Scenario


class KeptError(WargameError):
    """A file of finished games that can't be read or written, and why."""


class Key(NamedTuple):
    """What games belong to: they are of use to no other deck, code or seed."""

    scenario: str
    code: str
    seed: int

    @classmethod
    def of(cls, scenario: Scenario, seed: int) -> Key:
        return cls(scenario.hash, code_mark(), seed)


DIFFERENT = {"scenario": "another deck", "code": "other rules or bots", "seed": "another seed"}


class Kept:
    """A context with what a file has of a run, and a place for more.

    `had` are the lines that were kept for this key; `notice` says what else the file has, in a sentence.
    Without a path nothing is kept. `KeptError` if the file is no such file or the disk refuses.
    """

    def __init__(self, path: Path | None, key: Key) -> None:
        self.path, self.key, self.had, self.notice = path, key, list[dict[str, Any]](), ""
        self._stream: IO[str] | None = None

    def __enter__(self) -> Kept:
        if self.path is None:
            return self
        try:
            raw = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
            ours = self._read(raw)
            self._stream = self.path.open("a", encoding="utf-8", newline="\n")
            if raw and not raw.endswith("\n"):
                self._stream.write("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise self._refused(error) from error
        if not ours:
            self.put({"key": self.key._asdict()})
        return self

    def __exit__(self, *_error: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def put(self, line: dict[str, Any]) -> None:
        """Keep a line, so that it is there whatever happens next."""
        if self._stream is None:
            return
        try:
            self._stream.write(json.dumps(line, separators=(",", ":")) + "\n")
            self._stream.flush()
        except OSError as error:
            raise self._refused(error) from error

    def _read(self, raw: str) -> bool:
        """Take the lines of this key; whether the last ones are."""
        key, others = None, list[dict[str, Any]]()
        for line in _lines(raw):
            if "key" in line:
                key = line["key"]
                if key != self.key._asdict():
                    others.append(key)
            elif key is None:
                break
            elif key == self.key._asdict():
                self.had.append(line)
        if raw and key is None:
            raise KeptError(
                f"{self.path} is no file of finished games: name another, or one that is not there."
            )
        if others:
            last, own = others[-1], self.key._asdict()
            why = next(said for name, said in DIFFERENT.items() if last.get(name) != own[name])
            self.notice = f"{self.path} has games of {why} as well, which are not used."
        return key == self.key._asdict()

    def _refused(self, error: OSError | UnicodeDecodeError) -> KeptError:
        why = error.strerror or str(error) if isinstance(error, OSError) else "it is no text"
        return KeptError(f"{self.path} can't be used to keep games: {why}.")


def _lines(raw: str) -> Iterator[dict[str, Any]]:
    """Whole lines; one that a kill cut short is left out."""
    for text in raw.splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield line


def code_mark() -> str:
    """Return a hash of all code that decides how a game goes and what is counted of it."""
    return code_hash("rules", "bots", "content", "lab")


@cache
def code_hash(*rooms: str) -> str:
    """Return a hash of the source of these rooms."""
    whole = blake2b(digest_size=16)
    for room in rooms:
        for source in sorted(_sources(resources.files("wargame") / room)):
            whole.update(source)
    return whole.hexdigest()


def _sources(folder: Any) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry.name.encode() + b"\0" + entry.read_bytes()
