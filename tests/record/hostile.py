"""Saves that a stranger has rewritten: any field of any record another value, all checksums right again.

`forged` gives seeded mutations of a real save's bytes, `probe` does with a file what the program does with it
and answers with the sentences it got. `python -m tests.record.hostile 2000` tries many; a seed in the tests
is one that once broke something.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgpack  # type: ignore[import-untyped]

from tests.debrief.games import a_facilitated_game, play
from tests.rules.boards import mini
from wargame.debrief.branch import branch
from wargame.debrief.export import FORMATS, rows
from wargame.debrief.perspective import EVERYTHING
from wargame.debrief.playouts import outlook
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.timeline import reported
from wargame.errors import WargameError
from wargame.record import frames, list_saves, state_hash, verify
from wargame.record.reading import read_whole
from wargame.rules.codec import DIGEST, MAGIC
from wargame.table import ENGINE, Facilitator, Limit, Table

Record = dict[str, Any]

NASTY: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 7, 99, 10**9, 2**31, 2**63 - 1, 2**63, 2**64 - 1, -(2**63),
    "", "x", "amber", "white", "person", "cmd:true", "card/nothing:at-all", "a b", "é" * 3000, "9" * 5000,
    b"", bytes(8), b"x" * 300, [], [[]], ["amber"], ["amber", "end"], ["white", "inject", "drought", 0],
    ["white", "set-track", "heat", 2**63], [1] * 3000, {}, {"seat": "amber"}, {"on": 1}, {"a": {"b": [None]}},
)  # fmt: skip
"""What any field may turn into."""

NASTY_IN_STATES: tuple[Any, ...] = (
    *(value for value in NASTY if not isinstance(value, bytes)),
    10**30, -(10**30), 0.5, 1e300, float("nan"), "orders", "debrief", "storm", [None] * 9,
)  # fmt: skip


class Forgery(NamedTuple):
    """A rewritten save: what was done to it, and its bytes."""

    what: str
    raw: bytes


def some_games(folder: Path) -> list[bytes]:
    """Real saves with every kind of record: one that is over, and one that people left in the middle."""
    return [a_facilitated_game(folder).read_bytes(), an_evening_left(folder).read_bytes()]


def an_evening_left(folder: Path) -> Path:
    """A game in its second round and second sitting, in which seats changed hands and a clock was running."""
    table = Table.start(mini(), seed=7, rounds=3, folder=folder, name="left")
    white = Facilitator(table, "Mira")
    table.set_pin("amber", "2468")
    table.set_limit("orders", Limit(90, 10))
    play(table, 4)
    table.start_clock()
    white.pause("Tea.")
    white.go_on()
    white.inject("drought", "Later.", round=3)
    white.hand_to_bot("birch", "A train to catch.")
    while table.game.state.round < 2 or not table.can_undo:
        play(table, 1)
    table.undo()
    table.close()
    again = Table.resume(folder / "left.wargame")
    Facilitator(again, "Mira").hand_back("birch", "The train was late.", "Ann")
    play(again, 2)
    again.start_clock()
    again.close()
    return folder / "left.wargame"


def records_of(raw: bytes) -> list[Record]:
    return [msgpack.unpackb(frame.payload) for frame in frames.scan(raw).frames]


def sealed(records: list[Record]) -> bytes:
    """A file of these records in which every checksum is right."""
    return frames.whole_file([msgpack.packb(record) for record in records])


def opened(state: bytes) -> Record:
    """The facts in a state's bytes."""
    plain: Record = json.loads(state[len(MAGIC) + DIGEST :])
    return plain


def closed(facts: Any) -> bytes:
    """State bytes with these facts and the right digest."""
    body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return MAGIC + blake2b(body, digest_size=DIGEST).digest() + body


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from spots(part, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Callable[[Any, Any], None]) -> None:
    """Let `new` change the holder of what stands at `path`."""
    for key in path[:-1]:
        value = value[key]
    new(value, path[-1])


def forged(raw: bytes, seed: int) -> Forgery:
    """One mutation of a save, always the same for the same seed."""
    luck, records = random.Random(seed), records_of(raw)
    way = luck.choice((_field, _field, _field, _state, _state, _state, _frames, _texts))
    what = way(luck, records)
    return Forgery(f"seed {seed}: {what}", sealed(records))


def _rewritten(luck: random.Random, value: Any, nasty: tuple[Any, ...], kind: str = "") -> str:
    """Change one part of a value in place; what was done."""
    ways = list(spots(value))
    by_name: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for way in ways:  # a field of a hundred cards is as likely as one of a single number
        by_name.setdefault(tuple("" if isinstance(key, int) else key for key in way), []).append(way)
    path = luck.choice(by_name[luck.choice(list(by_name))])
    new = luck.choice(nasty)

    def put(holder: Any, key: Any) -> None:
        holder[key] = new

    def drop(holder: Any, key: Any) -> None:
        del holder[key]

    def wrap(holder: Any, key: Any) -> None:
        holder[key] = [holder[key]]

    def near(holder: Any, key: Any) -> None:
        old = holder[key]
        holder[key] = old + luck.choice((-2, -1, 1, 2, 1000)) if type(old) is int else new

    how = luck.choice((put, put, put, near, drop, wrap))
    changed(value, path, how)
    return f"{how.__name__} {kind} {'.'.join(map(str, path))} {str(new)[:60]}"


def _field(luck: random.Random, records: list[Record]) -> str:
    kinds = sorted({record["kind"] for record in records})
    kind = luck.choice([*kinds, "header", "move"])
    return _rewritten(luck, luck.choice([r for r in records if r["kind"] == kind]), NASTY, kind)


def _state(luck: random.Random, records: list[Record]) -> str:
    """A snapshot is not what it was; so that it is asked for, the moves before it can't be played again."""
    snapshots = [record for record in records if record["kind"] == "snapshot"]
    snapshot = luck.choice([snapshots[0], snapshots[-1], *snapshots])
    facts = opened(zlib.decompress(snapshot["state"]))
    what = [_rewritten(luck, facts, NASTY_IN_STATES, "state") for _ in range(luck.choice((1, 1, 2)))]
    state = closed(facts)
    snapshot["state"] = zlib.compress(state)
    moves = {record["id"]: record for record in records if record["kind"] == "move" and "id" in record}
    if snapshot["after"] in moves and luck.random() < 0.9:
        moves[snapshot["after"]]["hash"] = state_hash(state)
    if luck.random() < 0.9:
        moves[1]["hash"] = bytes(8)
    return f"{'; '.join(what)}, after {snapshot['after']}"


def _frames(luck: random.Random, records: list[Record]) -> str:
    """Records dropped, doubled, moved, or of another kind."""
    at, to = luck.randrange(len(records)), luck.randrange(len(records))
    way = luck.choice(("drop", "double", "move", "kind"))
    if way == "kind":
        records[at]["kind"] = luck.choice([record["kind"] for record in records] + ["sitting", "weather"])
    else:
        record = records[at] if way == "double" else records.pop(at)
        if way != "drop":
            records.insert(to, record)
    return f"{way} frame {at}, {to}"


def _texts(luck: random.Random, records: list[Record]) -> str:
    """A letter or line of the scenario or exercise is another."""
    header = records[0]
    texts = msgpack.unpackb(zlib.decompress(header["texts"]))
    name = luck.choice(sorted(texts))
    lines = texts[name].split(b"\n")
    at = luck.randrange(len(lines))
    other = lines[luck.randrange(len(lines))]
    lines[at] = luck.choice((b"", lines[at][:-1], b"- " + lines[at], b"\xff", other))
    texts[name] = b"\n".join(lines)
    header["texts"] = zlib.compress(msgpack.packb(texts))
    return f"line {at} of {name}"


# --- what the program does with it -----------------------------------------------------------------------


def probe(path: Path) -> list[str]:
    """Do with a file all that the program does with one; the sentences of those that it refused.

    Whatever is raised besides a `WargameError` is raised.
    """
    said = []
    for use in (_verify, _list, _resume, _look_back):
        try:
            use(path)
        except WargameError as error:
            said.append(str(error))
    return said


def _verify(path: Path) -> None:
    found = verify(path, ENGINE)
    assert all(sentence == sentence.strip() != "" for sentence in (found.summary, *found.problems))


def _list(path: Path) -> None:
    assert [listed.path for listed in list_saves(path.parent)] == [path]
    read_whole(path)


def _resume(path: Path) -> None:
    copy = path.parent / "copy" / path.name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(path.read_bytes())
    table = Table.resume(copy)
    try:
        for seat in (None, *table.scenario.seat_ids):
            table.view(seat)
            table.asked(seat or table.scenario.seat_ids[0])
        table.journal.predictions()
        if not table.read_only:
            list(table.advance())
            for _ in range(3):
                if table.game.to_act is not None and not table.paused:
                    table.play(table.game.legal_moves()[0])
    finally:
        table.close()
    copy.unlink()


def _look_back(path: Path) -> None:
    story = Story.open(path)
    reported(story)
    for text in (FORMATS["jsonl"](rows(story)), FORMATS["csv"](rows(story))):
        assert text
    with suppress(WargameError):
        branch(story, story.end.id // 2, path.parent / "copy" / "branched")
    (path.parent / "copy" / "branched.wargame").unlink(missing_ok=True)
    if not story.over:
        outlook(story.end.state, dict.fromkeys(story.scenario.seat_ids, "random"), 20, processes=1)
    for viewer in (EVERYTHING, story.scenario.seat_ids[0]):
        report(story, "md", viewer)


def main(count: int, first: int = 0) -> None:
    """Try so many forgeries, from the seed `first` on, and print those that broke something."""

    def give_up(*_: object) -> None:
        raise TimeoutError("it takes more than 20 seconds")

    signal.signal(signal.SIGPROF, give_up)
    with TemporaryDirectory() as folder:
        games = some_games(Path(folder))
    broken: dict[str, list[str]] = {}
    slow = []
    for seed in range(first, first + count):
        forgery = forged(games[seed % len(games)], seed)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "forged.wargame"
            path.write_bytes(forgery.raw)
            begun = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, 20)
            try:
                probe(path)
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(place.filename).name}:{place.lineno}"
                key = f"{type(error).__name__}: {str(error)[:80]} at {where}"
                broken.setdefault(key, []).append(forgery.what)
            signal.setitimer(signal.ITIMER_PROF, 0)
            slow.append((time.process_time() - begun, forgery.what))
    for key, found in sorted(broken.items(), key=lambda item: -len(item[1])):
        print(len(found), key, "|", found[0])
    print(f"{count} forgeries, {sum(map(len, broken.values()))} broke something; the slowest:")
    for seconds, what in sorted(slow)[-3:]:
        print(f"  {seconds:.1f} s  {what}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
