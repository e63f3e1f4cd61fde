"""Small saves and a small game for the tests of this room: numbers are added, and luck adds more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from wargame.record import Engine, Header, Player, Save
from wargame.record.frames import scan
from wargame.record.plain import Plain

TEXTS = {"scenario.yaml": "title: A toy\r\nseats: [ann, bob]\n", "news.yaml": "- id: rain\n  title: 비\n"}


class Toy:
    """A game of adding numbers; luck n adds n more to each. The state is a list of what was added."""

    def __init__(self, added: tuple[int, ...] = (), luck: int = 0) -> None:
        self.added = added
        self.luck = luck

    def apply(self, move: object) -> None:
        if not isinstance(move, int) or move < 0:
            raise ValueError(f"{move!r} is no number to add")
        self.added = (*self.added, move + self.luck)

    def to_bytes(self) -> bytes:
        return repr((self.added, self.luck)).encode()

    def set_luck(self, luck: int) -> None:
        self.luck = luck


def read_toy(state: bytes, scenario: object) -> Toy:
    added, luck = eval(state, {})  # our own repr
    return Toy(added, luck)


TOY_ENGINE: Engine[dict[str, str], Toy] = Engine(
    load=lambda header: header.texts,
    begin=lambda scenario, header: Toy(),
    read_move=lambda plain: plain[1],
    read_state=read_toy,
    copy=lambda game: Toy(game.added, game.luck),
    set_luck=Toy.set_luck,
)


def a_header(**changes: object) -> Header:
    fields: dict[str, object] = {
        "rules": "1",
        "app": "0.1.0",
        "created": "2026-11-24T09:30:00Z",
        "scenario": "toy",
        "title": "A toy",
        "scenario_hash": "00ff",
        "texts": TEXTS,
        "seed": 7,
        "rounds": 2,
        "seats": {"ann": Player("person", "Ann"), "bob": Player("greedy", "Bob")},
    }
    return Header.new(**(fields | changes))  # type: ignore[arg-type]


def play(save: Save, game: Toy, number: int, by: str = "person", rationale: str | None = None) -> int:
    """Play one move in the game and append it to the save; its id."""
    game.apply(number)
    return save.append_move(
        ["add", number], by=by, state=game.to_bytes(), rationale=rationale, time=1000 + number
    )


def a_short_game(folder: Path, name: str = "short") -> Path:
    """A finished game with every kind of record and two lines that part after the first move."""
    with Save.create(folder, name, a_header()) as save:
        game = Toy()
        play(save, game, 3, rationale="why not")
        play(save, game, 4, by="greedy")
        save.append_remark("note", {"text": "hm"})
        game = Toy((3,), save.append_head(1, "rewind"))
        play(save, game, 5)
        save.append_snapshot(1, game.to_bytes())
        save.append_end({"scores": {"ann": 8, "bob": -1}})
    return save.path


def a_long_game(folder: Path, moves: int = 400, name: str = "long") -> Path:
    """A finished game the size of a full one, or larger."""
    chance = random.Random(1)
    texts = {"scenario.yaml": "".join(f"- {chance.getrandbits(64):x}\n" for _ in range(3000))}
    with Save.create(folder, name, a_header(texts=texts)) as save, save.together():
        game = Toy()
        for number in range(moves):
            play(save, game, number, rationale="because of the weather" if number % 3 else None)
        save.append_end(None)
    return save.path


def frame_ends(raw: bytes) -> list[int]:
    """Where each whole frame ends."""
    whole = scan(raw)
    return [*(frame.offset for frame in whole.frames[1:]), whole.whole]


def plain_numbers(save: Save) -> list[Plain]:
    """The numbers added along the current line."""
    return [move.move[1] for move in save.tree.line()]


def every_flip(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Each single-bit flip: the byte it is in, and the bytes after it."""
    for bit in range(len(raw) * 8):
        yield bit // 8, flipped(raw, bit)


def flipped(raw: bytes, bit: int) -> bytes:
    spoiled = bytearray(raw)
    spoiled[bit // 8] ^= 1 << bit % 8
    return bytes(spoiled)
