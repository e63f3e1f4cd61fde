"""What lies on the table when a program is started: saved games at rare moments, an exercise in a hurry.

Each scene writes into the folder `saves`. Games are made through the table, as people and bots would play
them, so that each is one the program itself can make.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.debrief.games import OLDER_RULES, a_facilitated_game, a_game, play, seated
from tests.rules.boards import MINI, honeymoon, mini
from wargame.content.exercise import exercise_from_text
from wargame.record import list_saves, save_path
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.table import Facilitator, Table
from wargame.table.live import NEWS, TALK, TURN, Live, PublicLine, Shown, ends_in

PIN = "1234"
EXERCISE = """
scenario: mini
title: In a hurry
rounds: 2
seed: 7
timers:
  talk: {seconds: 3, warning: 1}
  orders: {seconds: 3, warning: 2}
  answers: {seconds: 2, warning: 1}
  news: {seconds: 2}
  resolution: {seconds: 2}
  upkeep: {seconds: 2}
injects:
  - round: 1
    title: A stranger at the ford
    text: Nobody knows where from.
    effects:
      - choose:
          seat: birch
          prompt: Does Birch let the stranger in?
          options: [{id: in, label: Let in}, {id: out, label: Send away}]
  - {round: 2, title: Rain, text: It rains., held: true, effects: [{shift: {track: heat, by: -1}}]}
prompts:
  - text: What do you want?
questions:
  - id: warm
    text: How likely is it that it stays warm?
    when: {track: heat, at_least: 1}
"""


def _kept(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Make a scene's saves once in this process, and copy them from then on."""

    @cache
    def bytes_of() -> tuple[tuple[str, bytes], ...]:
        with TemporaryDirectory() as folder:
            make(Path(folder))
            return tuple((path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir()))

    def put(saves: Path) -> None:
        for name, whole in bytes_of():
            (saves / name).write_bytes(whole)

    return put


def _started(folder: Path, scenario: Scenario, people: tuple[str, ...], seed: int, name: str) -> Table:
    table = Table.start(scenario, seated(scenario, people), seed=seed, rounds=2, folder=folder, name=name)
    list(table.advance())
    return table


@_kept
def a_choice(folder: Path) -> None:
    """A person has to decide aloud."""
    for seed in range(100):
        table = _started(folder, mini(), mini().seat_ids, seed, "choice")
        while not table.over and not (table.game.state.stack and table.seat_to_play):
            play(table, 1, seed)
        table.close()
        if not table.over:
            return
        save_path(folder, "choice").unlink()
    raise LookupError("no seed leads to a choice")


MESSAGES = """
scenario: mini
title: Letters
rounds: 2
seed: 5
messages: true
seats:
  amber: {player: person}
  birch: {player: random}
  cedar: {player: random}
"""


@_kept
def polled(folder: Path) -> None:
    """A person who may write to others, and whom the white cell has asked for odds."""
    plan = exercise_from_text(MESSAGES, mini())
    table = Table.start(mini(), exercise=plan, folder=folder, name="polled")
    list(table.advance())
    Facilitator(table).poll("Will the mill stand at the end?")
    table.close()


@_kept
def an_offer(folder: Path) -> None:
    """Seoul, with five cards in hand, may answer the only offer to it with other terms."""
    for seed in range(100):
        table = _started(folder, honeymoon(), ("rok",), seed, "offer")
        while table.game.state.stack:
            table.play(table.game.legal_moves()[0])
            list(table.advance())
        state, verbs = table.game.state, [move.verb for move in table.game.legal_moves()]
        table.close()
        to_seoul = [offer for offer in state.offers if offer.to == "rok"]
        if "counter" in verbs and len(to_seoul) == 1 and len(state.hands["rok"]) == 5:
            return
        save_path(folder, "offer").unlink()
    raise LookupError("no seed leads to an offer")


@_kept
def an_end(folder: Path) -> None:
    """The last turn but one of six people."""
    table = _started(folder, honeymoon(), honeymoon().seat_ids, 3, "practice")
    play(table)
    table.close()
    moves = sum(beat.by == "person" for beat in table.beats)
    save_path(folder, "practice").unlink()
    table = _started(folder, honeymoon(), honeymoon().seat_ids, 3, "end")
    play(table, moves - 8)
    table.close()


@_kept
def finished(folder: Path) -> None:
    """Two games that are over: one of people, one that a facilitator has led."""
    a_game(folder)
    a_facilitated_game(folder)


@_kept
def locked(folder: Path) -> None:
    """Two people and the facilitator have PINs."""
    table = _started(folder, mini(), ("amber", "birch"), 5, "locked")
    for who in ("amber", WHITE):
        table.set_pin(who, PIN)
    table.close()


@_kept
def hurt(folder: Path) -> None:
    """A damaged save, one with a torn tail, one of older rules, and a file that is none."""
    whole = save_path(folder, "damaged")
    a_game(folder, name="damaged")
    data = bytearray(whole.read_bytes())
    (folder / "torn.wargame").write_bytes(data[:-7])
    data[len(data) * 2 // 3] ^= 4
    whole.write_bytes(data)
    shutil.copy(OLDER_RULES, folder / "older.wargame")
    (folder / "none.wargame").write_bytes(b"no game at all")


def _on_a_wall(page: str) -> Callable[[Path], None]:
    """A game of people, and what its table shows everybody just now, as if that were open elsewhere."""

    def make(folder: Path) -> None:
        table = _started(folder, honeymoon(), ("rok", "dprk"), 3, "evening")
        play(table, 14)
        table.close()
        line = PublicLine(table.scenario.seat_ids)
        line.follow(table.beats)
        until, mark = line.at(len(line))
        told = 0 if page == NEWS else until
        seat = str(table.seat_to_play) if page == TURN else ""
        ends = ends_in(600.0) if page in (TURN, TALK) else None
        Live(save_path(folder, "evening"), ()).tell(
            Shown(page, seat=seat, told=told, until=until, mark=mark, ends=ends)
        )

    return _kept(make)


def nothing(folder: Path) -> None:
    """An empty folder."""


def exercise(folder: Path) -> None:
    """A small scenario with an exercise beside it, in which every clock is short."""
    shutil.copytree(MINI, folder.parent / "deck", dirs_exist_ok=True)
    (folder.parent / "deck" / "exercise.yaml").write_text(EXERCISE, encoding="utf-8")


SCENES: dict[str, Callable[[Path], None]] = {
    "nothing": nothing, "choice": a_choice, "offer": an_offer, "end": an_end, "finished": finished,
    "locked": locked, "hurt": hurt, "exercise": exercise, "polled": polled,
    "asked": _on_a_wall(TURN), "news": _on_a_wall(NEWS), "talk": _on_a_wall(TALK),
}  # fmt: skip


def newest(saves: Path) -> Path | None:
    """The saved game that was played last."""
    listed = list_saves(saves)
    return listed[0].path if listed else None
