"""The worst saves that pass every limit, and what they cost: `python -m tests.bench.worst`.

Each is built to take as much as the limits let it, of one thing: values, records, snapshots, moves, texts.
What a command does with it is done in a process of its own, whose processor time and greatest memory are
printed beside the budget. Only this bench looks at a clock; the program counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgpack  # type: ignore[import-untyped]
import yaml

from tests.record.hostile import Record, closed, opened, records_of, sealed
from tests.rules.boards import MINI, honeymoon, mini
from wargame.content.load import check_texts
from wargame.content.text import MAX_FILE as MAX_YAML
from wargame.record import Player, frames, state_hash
from wargame.record.files import MAX_FILE
from wargame.record.frames import MAX_FRAMES
from wargame.record.plain import MAX_ITEMS as A_RECORD
from wargame.record.reading import MAX_ITEMS
from wargame.record.shapes import MAX_STATE, MAX_TEXTS
from wargame.record.tree import MAX_SNAPSHOTS
from wargame.rules.game import Game
from wargame.rules.moves import End, Improvise
from wargame.rules.scenario import Scenario
from wargame.rules.white import card_text
from wargame.table import Table

ROOM = MAX_TEXTS - (1 << 17)
SECONDS, MEGABYTES = 5, 300
"""The budget of each."""

USES = {
    "verify": "from wargame.record import verify; from wargame.table import ENGINE; verify(path, ENGINE)",
    "resume": "from wargame.table import Table; Table.resume(path, write=False).close()",
    "look back": "from wargame.debrief.story import Story; Story.open(path)",
    "export": "from wargame.debrief.story import Story; from wargame.debrief.export import rows, jsonl; "
    "jsonl(rows(Story.open(path)))",
    "report": "from wargame.debrief.story import Story; from wargame.debrief.report import report; "
    "report(Story.open(path), 'md')",
}
CODE = """
import resource, sys
from pathlib import Path
from wargame.errors import WargameError
path = Path({path!r})
try:
    {use}
except WargameError as error:
    print(error)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10)))
"""


def begun(scenario: Scenario, moves: int = 0) -> list[Record]:
    """The records of a game between random bots up to so many moves."""
    with tempfile.TemporaryDirectory() as folder:
        players = {seat: Player("random", seat) for seat in scenario.seat_ids}
        table = Table.start(scenario, players, seed=2, folder=Path(folder), name="worst")
        list(table.advance())
        assert table.save is not None
        raw = table.save.path.read_bytes()
        table.close()
    kept = [r for r in records_of(raw) if r["kind"] not in ("end", "sitting")]
    last = next((at for at, r in enumerate(kept) if r["kind"] == "move" and r["id"] > moves), len(kept))
    return kept[:last]


def filled(records: list[Record], more: Iterator[Record]) -> bytes:
    """A file of these records and as many more as there is room for."""
    size = len(sealed(records))
    for record in more:
        size += len(msgpack.packb(record)) + frames.OVERHEAD
        if size > MAX_FILE or len(records) == MAX_FRAMES:
            break
        records.append(record)
    return sealed(records)


def values() -> bytes:
    """As many values as there may be, empty lists and mappings, which take the most memory."""
    each = A_RECORD - 5
    note = {"kind": "note", "about": 0, "data": [[], {}] * (each // 2)}
    return filled(begun(mini()), iter([note] * (MAX_ITEMS // A_RECORD - 1)))


def texts_of_notes() -> bytes:
    """Long notes in which one letter makes each other one four bytes large."""
    note = {"kind": "note", "about": 0, "data": {"text": "x" * 1_000_000 + "\U0001f600"}}
    return filled(begun(mini()), iter([note] * 100))


def many_records() -> bytes:
    """The smallest notes, as many as there may be."""
    return filled(begun(mini()), iter([{"kind": "note", "about": 0, "data": ""}] * MAX_FRAMES))


def seats_that_change_hands() -> bytes:
    """Records that say who sits where, as many as there may be, and an undo after each."""
    seat = {"seat": "amber", "player": "greedy", "name": "x"}
    return filled(begun(mini(), 9), iter([{"kind": "seat", "about": 5, "data": seat}] * MAX_FRAMES))


def snapshots() -> bytes:
    """As many states as there may be, each as large as it may be and with cards of its own to compile."""
    records, game = begun(mini(), 1), Game.new(mini(), seed=2)
    facts = opened(game.to_bytes())
    plain = {"title": "A", "source": "fact", "effects": [{"shift": {"track": "heat", "by": 1}}]}
    records = [record for record in records if record["kind"] != "snapshot"]
    parent = records[-1]["id"]
    for nth in range(MAX_SNAPSHOTS):
        cards = [
            card_text(plain | {"text": f"{nth} {at} " + "x" * 19_000}) for at in range(MAX_STATE // 20_000)
        ]
        state = closed(facts | {"white": [cards, [], [], 0]})
        move = {"kind": "move", "id": parent + 1 + nth, "parent": parent, "move": ["amber", "end"], "time": 0}
        records.append(move | {"by": "person", "hash": state_hash(state)})
        records.append(
            {"kind": "snapshot", "after": parent + 1 + nth, "round": 1, "state": zlib.compress(state)}
        )
    return sealed(records)


def moves(scenario: Scenario, depth: int, settling: bool = False) -> bytes:
    """One turn ended again and again, always from the same position; if `settling`, the last of a round."""
    played, game, last = begun(scenario, 10**6), Game.new(scenario, seed=2), 0
    records: list[Record] = []
    for record in played:
        if record["kind"] == "move":
            verb, phase, after = record["move"][1], game.state.phase, game.clone()
            after.apply(next(m for m in game.legal_moves() if list(m.to_plain()) == record["move"]))
            ends = verb == "end" and not game.state.stack
            if last >= depth and ends and settling == (phase == "answers" != after.state.phase):
                break
            game, last = after, record["id"]
        records.append(record)
    move = End(str(game.to_act))
    game.apply(move)
    made: Record = {"kind": "move", "move": move.to_plain(), "time": 0, "by": "person"}
    made |= {"parent": last, "hash": state_hash(game.to_bytes())}
    return filled(records, (made | {"id": nth} for nth in range(last + 1, MAX_FRAMES)))


def a_long_line() -> bytes:
    """Undone and made again, so that every second record is a head and each move ends a line."""
    records = begun(mini(), 9)
    game, last = Game.new(mini(), seed=2), 0
    for record in records:
        if record["kind"] == "move":
            game.apply(next(m for m in game.legal_moves() if list(m.to_plain()) == record["move"]))
            last = record["id"]
    move = game.legal_moves()[0]
    game.apply(move)
    made: Record = {"kind": "move", "move": move.to_plain(), "time": 0, "by": "person", "parent": last}
    made |= {"hash": state_hash(game.to_bytes())}

    def both() -> Iterator[Record]:
        for nth in range(last + 1, MAX_FRAMES):
            yield made | {"id": nth}
            yield {"kind": "head", "move": last, "why": "rewind", "luck": 0}

    return filled(records, both())


def cards_on_the_spot() -> bytes:
    """The white cell writes another card in each move."""
    records, game = begun(honeymoon()), Game.new(honeymoon(), seed=2)
    records = [r for r in records if r["kind"] in ("header", "snapshot") and r.get("after", 0) == 0]

    def written() -> Iterator[Record]:
        for nth in range(1, 5000):
            plain = {
                "title": f"A {nth}",
                "text": "",
                "source": "fact",
                "effects": [{"points": {"seat": "rok", "by": 1}}],
            }
            move, after = Improvise(card_text(plain), 2), game.clone()
            after.apply(move)
            yield {
                "kind": "move", "id": nth, "parent": 0, "move": move.to_plain(), "time": 0, "by": "white",
                "hash": state_hash(after.to_bytes()), "rationale": "x",
            }  # fmt: skip

    return filled(records, written())


def cards_after_cards() -> bytes:
    """The same along one line, so that each position has all the cards before it as well."""
    records, game = begun(mini()), Game.new(mini(), seed=2)
    records = [r for r in records if r["kind"] in ("header", "snapshot") and r.get("after", 0) == 0]
    for nth in range(1, 400):
        plain = {"title": f"A {nth}", "text": "", "source": "fact"}
        card = card_text(plain | {"effects": [{"points": {"seat": "amber", "by": 1}}]})
        move = Improvise(card, 2)
        game.apply(move)
        made = {"kind": "move", "id": nth, "parent": nth - 1, "move": move.to_plain(), "time": 0}
        records.append(made | {"by": "white", "hash": state_hash(game.to_bytes()), "rationale": "x"})
    return sealed(records)


def with_texts(texts: dict[str, bytes]) -> bytes:
    records = begun(mini())
    records[0]["texts"] = zlib.compress(msgpack.packb(texts), 9)
    return sealed(records)


def deep_files() -> bytes:
    """Files of nothing but small values, as many as there may be."""
    one = ("[" + "1," * 29_000 + "1]").encode()
    return with_texts({f"f{nth:02}.yaml": one for nth in range(ROOM // len(one))} | mini_texts())


def long_files() -> bytes:
    """Files of text, as large as they may be."""
    one = ("a: |\n" + "  Words and words and words and words.\n" * 9000).encode()[: MAX_YAML - 1]
    return with_texts({f"f{nth:02}.yaml": one for nth in range(ROOM // len(one))} | mini_texts())


def many_files() -> bytes:
    """Thousands of files with next to nothing in them."""
    return with_texts({f"f{nth}.yaml": b"[}" for nth in range(A_RECORD - 50)} | mini_texts())


def a_large_scenario(settling: bool = False) -> bytes:
    """A scenario as large as it may be, in which every seat has thousands of moves, played to its end."""
    files = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in MINI.glob("*.yaml")}
    main = files.pop("scenario.yaml")
    for trigger in main["triggers"]:
        trigger["effects"] *= 20
    grown = {name: many(entries) for name, entries in files.items()}
    texts = grown | {"scenario.yaml": dumped(main | {"triggers": json.loads(many(main["triggers"], 60_000))})}
    found = check_texts(texts)
    assert found.scenario is not None, found.complaints[:3]
    return moves(found.scenario, 3, settling=settling)


def many(entries: list[Record], most: int = 150_000) -> bytes:
    """Entries again and again under other ids, deals in every length, until a file is full."""
    grown = list(entries)
    while len(dumped(grown)) < most:
        for entry in entries:
            wide = {"rounds": list(range(1, 20))} if "between" in entry else {}
            grown.append(entry | {"id": f"{entry['id']}-{len(grown)}"} | wide)
    return dumped(grown)


def dumped(value: object) -> bytes:
    """JSON is YAML, if there is a blank behind each colon."""
    return json.dumps(value, separators=(",", ": ")).encode()


def mini_texts() -> dict[str, bytes]:
    return {name: text.encode() for name, text in mini().texts.items()}


WORST: dict[str, Callable[[], bytes]] = {
    "values": values,
    "long notes": texts_of_notes,
    "small records": many_records,
    "seats that change hands": seats_that_change_hands,
    "snapshots": snapshots,
    "a small move, small world": lambda: moves(mini(), 9),
    "a small move, large world": lambda: moves(honeymoon(), 80),
    "the last move of a round": lambda: moves(honeymoon(), 80, settling=True),
    "moves and heads": a_long_line,
    "cards on the spot": cards_on_the_spot,
    "cards after cards": cards_after_cards,
    "small values in files": deep_files,
    "large files": long_files,
    "many files": many_files,
    "a large scenario": a_large_scenario,
    "a round in a large scenario": lambda: a_large_scenario(settling=True),
}


def measured(path: Path, use: str) -> tuple[float, float, str]:
    """Seconds of processor time and megabytes that a use of a file takes, and what it said."""
    code = CODE.format(path=str(path), use=USES[use])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        return float("nan"), float("nan"), done.stderr.strip().splitlines()[-1]
    *said, last = done.stdout.splitlines()
    seconds, megabytes = map(float, last.split())
    return seconds, megabytes, " ".join(said)


def main(*chosen: str) -> None:
    print(f"{'what':<28}{'kB':>7}  {'use':<10}{'seconds':>8}{'MB':>6}   budget {SECONDS} s, {MEGABYTES} MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "worst.wargame"
        for what in chosen or WORST:
            # built elsewhere, for a child begins with the greatest memory that its parent ever had
            subprocess.run([sys.executable, "-m", "tests.bench.worst", "build", what, str(path)], check=True)
            for use in USES:
                seconds, megabytes, said = measured(path, use)
                over = "" if seconds < SECONDS and megabytes < MEGABYTES else "  OVER"
                size = path.stat().st_size // 1000
                print(
                    f"{what:<28}{size:>7}  {use:<10}{seconds:>8.1f}{megabytes:>6.0f}{over}   {said[:90]}",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        Path(sys.argv[3]).write_bytes(WORST[sys.argv[2]]())
    else:
        main(*sys.argv[1:])
