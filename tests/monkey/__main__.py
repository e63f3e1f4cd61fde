"""The commands of the monkey.

    python -m tests.monkey --minutes 10              new seeds, two sessions at a time
    python -m tests.monkey --seeds 7,100-130         these seeds
    python -m tests.monkey --seed 7 --events 200     one session, stopped after so many events
    python -m tests.monkey --replay FILE             a start that was written down, done again
    python -m tests.monkey --enter --minutes 10      Enter held down, games played to their end
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count
from pathlib import Path

from tests.monkey.held import held
from tests.monkey.session import Failure, Log, Session, Tally, again
from tests.monkey.shrink import shrunk
from tests.monkey.walks import WALKS, screens

FOUND = Path("monkey-found")
SHRINK = 60.0
"""Seconds spent on making a log shorter."""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.monkey", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, help="how long; at least one session for each screen is done")
    parser.add_argument("--seeds", help="seeds, as 1,5,20-29")
    parser.add_argument("--seed", type=int, help="one seed")
    parser.add_argument("--events", type=int, help="stop a session after so many writes")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="do a start again that was written down")
    parser.add_argument("--enter", action="store_true", help="hold Enter down")
    parser.add_argument("--without", nargs="*", default=(), metavar="GESTURE", help="as odd, resize, paste")
    parser.add_argument("--jobs", type=int, default=2, help="sessions at a time")
    parser.add_argument("--out", type=Path, default=FOUND, help="where failures are written")
    parser.add_argument("--shrink", type=float, default=SHRINK, help="seconds for making a log shorter")
    given = parser.parse_args()
    without = frozenset(given.without)
    if given.replay:
        return replay(given.replay)
    if given.enter:
        return held(given.minutes or 1)
    if given.seed is not None:
        tally = Session(given.seed, given.events, without).run()
        return report(tally, given.out, given.shrink, whole=False)
    if given.seeds:
        tally = run(numbers(given.seeds), given.jobs, without)
        return report(tally, given.out, given.shrink, whole=len(tally.seeds) >= len(WALKS))
    first = secrets.randbelow(10**9)
    print(f"New seeds from {first} on, for {given.minutes or 10:g} minutes.", flush=True)
    tally = run(count(first), given.jobs, without, (given.minutes or 10) * 60, len(WALKS))
    return report(tally, given.out, given.shrink, whole=True)


def numbers(said: str) -> Iterator[int]:
    """1,5,20-29 → 1, 5, 20, 21, … 29."""
    for part in said.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def run(
    seeds: Iterable[int], jobs: int, without: frozenset[str], seconds: float = 0, least: int = 0
) -> Tally:
    """Sessions of these seeds, some at a time: all of them, or as many as there is time for, but so many."""
    tally, end, waiting = Tally(), time.monotonic() + seconds, iter(seeds)
    with ThreadPoolExecutor(jobs) as pool:
        running: set[Future[Tally]] = set()
        begun = 0
        while True:
            while len(running) < jobs and (not seconds or begun < least or time.monotonic() < end):
                seed = next(waiting, None)
                if seed is None:
                    break
                running.add(pool.submit(Session(seed, None, without).run))
                begun += 1
            if not running:
                return tally
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                tally.add(one.result())
                for failure in one.result().failures:
                    print(f"seed {failure.log.seed}: {failure.trouble}", flush=True)


def report(tally: Tally, out: Path, seconds: float, *, whole: bool) -> int:
    """Say what was done and found; write each failure of a kind down once. The exit status."""
    wanted = screens()
    missing = sorted(wanted - tally.screens) if whole else []
    seeds = sorted(tally.seeds)
    print(f"seeds    {len(seeds)}: {seeds[0]} to {seeds[-1]}" if seeds else "seeds    none")
    print(f"starts   {tally.starts}: {', '.join(f'{count} {end}' for end, count in tally.ends.most_common())}")
    print(f"events   {tally.events}")
    print(f"saves    {tally.saves} verified")
    print(f"screens  {len(wanted & tally.screens)} of {len(wanted)}{f'; more: {len(tally.screens - wanted)}'}")
    for name in missing:
        print(f"         not reached: {name}")
    for lost in tally.lost:
        print(f"         lost: {lost}")
    kinds = Counter(kind_of(failure) for failure in tally.failures)
    print(f"result   {len(tally.failures)} failures of {len(kinds)} kinds" if kinds else "result   nothing is wrong")
    for kind, number in kinds.most_common():
        first = min((one for one in tally.failures if kind_of(one) == kind), key=lambda one: len(one.log.events))
        path = written(first, out, seconds)
        seeds_of = sorted({one.log.seed for one in tally.failures if kind_of(one) == kind})
        print(f"  {number} × {first.trouble}\n      seeds {', '.join(map(str, seeds_of[:8]))}")
        print(f"      python -m tests.monkey --seed {first.log.seed}   or   python -m tests.monkey --replay {path}")
    return 1 if kinds or missing else 0


def kind_of(failure: Failure) -> tuple[str, str]:
    return failure.trouble.kind, failure.trouble.what


def written(failure: Failure, out: Path, seconds: float) -> Path:
    """Write a failure down, as short as it could be made; the path."""
    log, trouble = failure.log, failure.trouble
    count, tries = len(log.events), 0

    def still(events: object) -> bool:
        nonlocal tries
        tries += 1
        found = again(log, events)  # type: ignore[arg-type]
        return found is not None and (found.kind, found.what) == kind_of(failure)

    if seconds and trouble.kind not in ("terminal", "save"):
        log.events, came = shrunk(log.events, still, seconds)
        print(f"  … {count} events {'made ' + str(len(log.events)) if came else 'did not bring it again'} ({tries} tries)")
    log.comment = f"{trouble}\n{trouble.details}"
    out.mkdir(exist_ok=True)
    path = next(
        path for nth in count_up() if not (path := out / f"{trouble.kind.replace(' ', '-')}-{log.seed}{nth}.json").exists()
    )
    path.write_text(log.to_json(), encoding="utf-8")
    return path


def count_up() -> Iterator[str]:
    yield ""
    yield from (f"-{nth}" for nth in count(2))


def replay(path: Path) -> int:
    """Do a written start again."""
    log = Log.from_json(path.read_text(encoding="utf-8"))
    trouble = again(log, log.events)
    print(trouble.details if trouble else "", trouble or "nothing is wrong", sep="\n")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
