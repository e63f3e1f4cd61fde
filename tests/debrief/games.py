"""Saved games for the tests of the debrief: small, with everything in them that a debrief looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.rules.boards import honeymoon, mini
from wargame.bots import bot
from wargame.bots.base import bot_luck
from wargame.record import Player
from wargame.rules.luck import draw
from wargame.rules.scenario import Scenario
from wargame.table import Table

EXAMPLE = Path(__file__).resolve().parents[2] / "saves" / "example.wargame"
"""Written by the first version of the format."""


def seated(scenario: Scenario, people: tuple[str, ...]) -> dict[str, Player]:
    """People in these seats and greedy bots in the others, with names that tell them apart."""
    return {
        seat: Player("person" if seat in people else "greedy", f"{seat.capitalize()}'s team")
        for seat in scenario.seat_ids
    }


def play(table: Table, moves: int = 10_000, seed: int = 0) -> None:
    """Let the people move, mostly as a greedy bot would and sometimes at random, each time saying why."""
    for nth in range(moves):
        list(table.advance())
        seat = table.game.to_act
        if seat is None:
            return
        legal = table.game.legal_moves()
        luck = bot_luck(seed, 1, table.game.state.round, seat, nth)
        move = bot("greedy")(table.game.view(seat), legal, luck).move
        if nth % 5 == 3:
            move = legal[draw(seed, 0, 0, "test", "", nth) % len(legal)]
        table.play(move, rationale=f"{seat} thinks no. {nth}")
    list(table.advance())


def a_table(folder: Path, scenario: Scenario, people: tuple[str, ...], *, seed: int, name: str) -> Table:
    return Table.start(scenario, seated(scenario, people), seed=seed, rounds=3, folder=folder, name=name)


def a_game(folder: Path, seed: int = 3, name: str = "evening") -> Path:
    """A finished game of the mill at the ford: three people, an undo, notes, a mark and predictions."""
    table = a_table(folder, mini(), ("amber", "birch", "cedar"), seed=seed, name=name)
    play(table, 3)
    while not table.can_undo:
        play(table, 1)
    table.undo()
    assert table.save is not None
    table.save.append_remark("note", "Everybody is very polite.")
    play(table, 4)
    table.save.append_remark("mark", {"text": "important"})
    for seat, chance in (("amber", 20), ("birch", 70), ("cedar", 60)):
        table.save.append_remark(
            "prediction", {"question": "Will there be a storm?", "seat": seat, "probability": chance}
        )
    play(table)
    table.close()
    return folder / f"{name}.wargame"


def a_game_with_branches(folder: Path, name: str = "twice") -> Path:
    """A game rewound from its middle to an earlier move and played on otherwise, both to the end."""
    table = a_table(folder, mini(), ("amber",), seed=4, name=name)
    play(table)
    assert table.save is not None
    at = table.save.tree.tip // 2
    table.save.append_head(at, "rewind")
    table.close()
    again = Table.resume(folder / f"{name}.wargame")
    play(again, seed=9)
    again.close()
    return folder / f"{name}.wargame"


@cache
def a_whole_honeymoon() -> Path:
    """A finished game of the real scenario, three rounds between six people."""
    folder = Path(mkdtemp())
    table = a_table(folder, honeymoon(), honeymoon().seat_ids, seed=11, name="honeymoon")
    play(table)
    table.close()
    return folder / "honeymoon.wargame"
