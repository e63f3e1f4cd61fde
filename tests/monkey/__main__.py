"""The commands of the monkey.

python -m tests.monkey --minutes 10              new seeds, two sessions at a time
python -m tests.monkey --seeds 7,100-130         these seeds
python -m tests.monkey --seed 7 --events 200     one session, stopped after so many events
python -m tests.monkey --replay FILE             a start that was written down, done again
python -m tests.monkey --enter --minutes 10      Enter held down, games played to their end
python -m tests.monkey --hosts --minutes 10      tables to which people come in over ssh
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from tests.monkey.held import held
from tests.monkey.keys import Event
from tests.monkey.session import Failure, Log, Session, Tally, again
from tests.monkey.shrink import shrunk
from tests.monkey.walks import WALKS, screens

FOUND = Path("monkey-found")
SHRINK = 60.0
"""Seconds spent on making a log shorter."""


class Book:
    """What a run has done and found; the first failure of each kind is written down at once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tally = folder, Tally()
        self.first: dict[tuple[str, str], tuple[Failure, Path]] = {}
        self.count: Counter[tuple[str, str]] = Counter()

    def add(self, tally: Tally) -> None:
        self.tally.add(tally)
        for failure in tally.failures:
            kind = failure.log.trouble = failure.trouble.kind, failure.trouble.what
            self.count[kind] += 1
            if kind not in self.first:
                self.first[kind] = failure, self._free(failure)
                self._write(*self.first[kind])
            print(f"seed {failure.log.seed}: {failure.trouble}", flush=True)

    def _free(self, failure: Failure) -> Path:
        """A file name that nothing has."""
        stem = f"{failure.trouble.kind.replace(' ', '-')}-{failure.log.seed}"
        names = chain([stem], (f"{stem}-{nth}" for nth in count(2)))
        return next(path for name in names if not (path := self.folder / f"{name}.json").exists())

    def _write(self, failure: Failure, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        failure.log.comment = f"{failure.trouble}\n{failure.trouble.details}"
        path.write_text(failure.log.to_json(), encoding="utf-8")

    def shorten(self, seconds: float) -> None:
        """Make the log of each kind as short as it can be made in so long."""
        for failure, path in self.first.values():
            if seconds and failure.trouble.kind != "save":
                print(f"{path}: {shorten(failure.log, seconds)}", flush=True)
                self._write(failure, path)

    def report(self, whole: bool) -> int:
        """Say what was done and found; `whole` runs must have seen every screen. The exit status."""
        tally, wanted = self.tally, screens()
        missing = sorted(wanted - tally.screens) if whole else []
        seeds = sorted(tally.seeds)
        print(f"seeds    {len(seeds)}{f': {seeds[0]} to {seeds[-1]}' if seeds else ''}")
        ends = ", ".join(f"{number} {end}" for end, number in tally.ends.most_common())
        print(f"starts   {tally.starts}: {ends}")
        print(f"events   {tally.events}")
        print(f"saves    {tally.saves} verified")
        print(f"screens  {len(wanted & tally.screens)} of {len(wanted)}")
        for name in missing:
            print(f"         not reached: {name}")
        for lost in tally.lost:
            print(f"         lost: {lost}")
        found = f"{self.count.total()} failures of {len(self.count)} kinds"
        print(f"result   {found if self.count else 'nothing is wrong'}")
        for kind, number in self.count.most_common():
            failure, path = self.first[kind]
            print(f"  {number} × {failure.trouble}")
            print(f"      python -m tests.monkey --seed {failure.log.seed}, or --replay {path}")
        return 1 if self.count or missing else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.monkey",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--minutes", type=float, help="how long; at least one session for each screen is done"
    )
    parser.add_argument("--seeds", help="seeds, as 1,5,20-29")
    parser.add_argument("--seed", type=int, help="one seed")
    parser.add_argument("--events", type=int, help="stop a session after so many writes")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="do a start again that was written down")
    parser.add_argument("--enter", action="store_true", help="hold Enter down")
    parser.add_argument("--hosts", action="store_true", help="begin with people who come in over ssh")
    parser.add_argument("--without", nargs="*", default=(), metavar="GESTURE", help="as odd, resize, paste")
    parser.add_argument("--jobs", type=int, default=2, help="sessions at a time")
    parser.add_argument("--out", type=Path, default=FOUND, help="where failures are written")
    parser.add_argument("--shrink", type=float, help="seconds for making each log shorter")
    given = parser.parse_args()
    if given.replay:
        return replay(given.replay, given.shrink or 0)
    if given.enter:
        return held(given.minutes or 1)
    seeds, seconds, least = iter([given.seed]), 0.0, 0
    if given.seeds:
        seeds = numbers(given.seeds)
    elif given.seed is None:
        seconds, least = (given.minutes or 10) * 60, 0 if given.hosts else len(WALKS)
        first = secrets.randbelow(10**9)
        seeds = count(first)
        print(f"New seeds from {first} on, for {seconds / 60:g} minutes.", flush=True)
    book = Book(given.out)
    with suppress(KeyboardInterrupt):
        run(
            book,
            (Session(seed, given.events, frozenset(given.without), given.hosts) for seed in seeds),
            given.jobs,
            seconds,
            least,
        )
        book.shorten(SHRINK if given.shrink is None else given.shrink)
    return book.report(whole=len(book.tally.seeds) >= len(WALKS) and not given.hosts)


def numbers(said: str) -> Iterator[int]:
    """1,5,20-29 → 1, 5, 20, 21, … 29."""
    for part in said.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def run(book: Book, sessions: Iterator[Session], jobs: int, seconds: float, least: int) -> None:
    """Sessions, some at a time: all, or as many as there are seconds for, but so many at least."""
    end, begun = time.monotonic() + seconds, 0
    with ThreadPoolExecutor(jobs) as pool:
        running: set[Future[Tally]] = set()
        while True:
            while len(running) < jobs and (not seconds or begun < least or time.monotonic() < end):
                session = next(sessions, None)
                if session is None:
                    break
                running.add(pool.submit(session.run))
                begun += 1
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                book.add(one.result())


def shorten(log: Log, seconds: float) -> str:
    """Make the log of a failure shorter; how that went."""
    before = len(log.events)

    def still(events: list[Event]) -> bool:
        found = again(log, events)
        return found is not None and (found.kind, found.what) == log.trouble

    log.events, came = shrunk(log.events, still, seconds)
    return f"comes again with {len(log.events)} of {before} events" if came else "does not come again"


def replay(path: Path, seconds: float) -> int:
    """Do a written start again, and make it shorter if there are seconds for that."""
    log = Log.from_json(path.read_text(encoding="utf-8"))
    if seconds:
        print(shorten(log, seconds))
        path.write_text(log.to_json(), encoding="utf-8")
    trouble = again(log, log.events)
    print(f"{trouble.details}\n{trouble}" if trouble else "nothing is wrong")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
