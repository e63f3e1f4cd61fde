"""Games in files: a row a game to CSV or Parquet, and the finished chunks of a long run.

Rows are written in constant memory (docs/many-games.md lists the columns). Their file appears under its name
only when it is whole; until then it grows beside it under a passing name. Finished chunks are JSON lines, so
that a run which was ended goes on where it was: a head that says what the games belong to (scenario, code,
seed), then a line a chunk. Heads of other runs may follow in the same file; their games are left alone. Lines
are added one by one, so a kill loses none but the last.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from wargame.errors import WargameError
from wargame.lab.simulate import Played
from wargame.lab.workers import code_mark
from wargame.rules.scenario import Scenario

ROWS = 5_000
"""Rows of a row group of Parquet: what is held in memory."""

Value = int | bool | str
Put = Callable[[Sequence[Value]], None]


class OutputError(WargameError):
    """A file of results that can't be written, and why."""


class Column(NamedTuple):
    """A column's name, and what is in it: `int`, `bool` or `str`."""

    name: str
    kind: type[Value]


def columns(scenario: Scenario) -> tuple[Column, ...]:
    """Return the columns for a scenario, in order: of the game, by seat, and the tracks at the end."""
    kinds: dict[str, type[Value]] = {"bot": str, "score": int, "won": bool, "ruined": bool, "first": bool}
    return (
        *(Column(name, int) for name in ("game", "seed", "rounds", "last_round")),
        Column("outcome", str),
        Column("decisions", int),
        *(Column(f"{what}_{seat}", kind) for what, kind in kinds.items() for seat in scenario.seat_ids),
        *(Column(f"track_{track}", int) for track in scenario.tracks),
    )


def row(scenario: Scenario, bots: Mapping[str, str], game: Played) -> list[Value]:
    """Return a game's values, by those columns."""
    lines = [game.lines[seat] for seat in scenario.seat_ids]
    return [
        *(game.nth + 1, game.seed, game.rounds, game.last_round, game.outcome, game.decisions),
        *(bots[seat] for seat in scenario.seat_ids),
        *(line.score for line in lines),
        *(line.won for line in lines),
        *(line.ruined for line in lines),
        *(line.rank == 1 for line in lines),
        *(game.tracks[track] for track in scenario.tracks),
    ]


def check_output(path: Path) -> None:
    """Raise `OutputError` if such a file can't be written here, so that nobody waits for it in vain."""
    if path.suffix == ".parquet":
        _pyarrow()
    elif path.suffix != ".csv":
        raise OutputError(f"{path}: the name of the results must end in .csv or .parquet.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder.")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}.")


class GamesFile:
    """A context that takes games by `put` and has them in a file at its end; what was there stays until then.

    If the block raises, nothing is written. `OutputError` if the disk refuses.
    """

    def __init__(self, path: Path, scenario: Scenario, bots: Mapping[str, str]) -> None:
        check_output(path)
        self.path, self.scenario, self.bots, self.games = path, scenario, bots, 0
        self._open = ExitStack()

    def __enter__(self) -> GamesFile:
        form = _parquet if self.path.suffix == ".parquet" else _csv
        with _refusals(self.path):
            stream = self._open.enter_context(_whole(self.path))
            self._put = self._open.enter_context(form(stream, columns(self.scenario)))
        return self

    def put(self, game: Played) -> None:
        with _refusals(self.path):
            self._put(row(self.scenario, self.bots, game))
        self.games += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _refusals(self.path):
            self._open.__exit__(kind, error, trace)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror or error}.") from error


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a passing name, renamed when all is on disk. A pipe or device is written to as it is."""
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()
    passing = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with passing.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        passing.replace(target)
    except BaseException:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise


@contextmanager
def _csv(stream: IO[bytes], heads: Sequence[Column]) -> Iterator[Put]:
    """UTF-8 with a line of heads; yes and no are 1 and 0."""
    lines = csv.writer(_Encoded(stream), lineterminator="\n")
    lines.writerow(head.name for head in heads)
    yield lambda values: lines.writerow([int(v) if isinstance(v, bool) else v for v in values])


class _Encoded:
    """What `csv` writes its lines to; unlike a `TextIOWrapper` it leaves the stream open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.write = lambda text: stream.write(text.encode())


@contextmanager
def _parquet(stream: IO[bytes], heads: Sequence[Column]) -> Iterator[Put]:
    """Row groups of `ROWS`, words as dictionaries."""
    pa, parquet = _pyarrow()
    kinds = {int: pa.int64(), bool: pa.bool_(), str: pa.string()}
    schema = pa.schema([pa.field(head.name, kinds[head.kind], nullable=False) for head in heads])
    held: list[list[Value]] = [[] for _ in heads]
    with parquet.ParquetWriter(stream, schema) as writer:

        def flush() -> None:
            arrays = [pa.array(column, field.type) for column, field in zip(held, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            for column in held:
                column.clear()

        def put(values: Sequence[Value]) -> None:
            for column, value in zip(held, values, strict=True):
                column.append(value)
            if len(held[0]) == ROWS:
                flush()

        yield put
        if held[0]:
            flush()


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        raise OutputError(
            "Parquet needs the package pyarrow: pip install 'wargame[data]', or write a .csv file."
        ) from error


# --- finished chunks of a long run ----------------------------------------------------------------------


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
        """Take the lines of this key; tell whether the last ones are."""
        key, others = None, list[dict[str, Any]]()
        for text in raw.splitlines():
            try:
                line = json.loads(text)
            except ValueError:  # a kill cut it short
                continue
            if not isinstance(line, dict):
                continue
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
