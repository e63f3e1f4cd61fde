"""A save played again: every position of a line, proof that a file is what was played, going on with it.

The only module of this room that touches a game. It does so through an `Engine`, callables that the caller
brings, so that a test can bring a toy and a later version of the program its older rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from wargame.errors import DamagedSave, SaveError, WargameError
from wargame.record.plain import Malformed, Plain
from wargame.record.reading import Rebuild
from wargame.record.records import Header, Played, Snapshot, state_hash
from wargame.record.save import Save
from wargame.record.tree import ROOT, Tree


class Playable(Protocol):
    """What replay asks of a game."""

    def apply(self, move: Any, /) -> object:
        """Play a move. Raises when it is illegal."""

    def to_bytes(self) -> bytes:
        """Return the state, the same bytes on every machine."""


G = TypeVar("G", bound=Playable)
S = TypeVar("S")


MOST_WORK = 1 << 26
"""How much a replay may take, in bytes of the states that it makes: twenty full games, or a few seconds."""

A_TRY = 1 << 10
"""What a move takes at least, also one that is refused."""


class Work:
    """What is left of `MOST_WORK`."""

    def __init__(self) -> None:
        self.left = MOST_WORK

    def take(self, size: int) -> None:
        """Take one step's worth. Raises `DamagedSave` when there is no more of it."""
        self.left -= size
        if self.left < 0:
            raise DamagedSave("There is more in this save than can be played again: branch a part of it.")


def _no_work(game: object, move: object) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Engine(Generic[S, G]):
    """How to make a game from what a save holds.

    `load` compiles the scenario from the header's texts and exercise, `begin` starts its game with the
    header's seed, rounds and options, `read_move` turns a plain list into a move, `read_state` undoes
    `to_bytes`, `copy` makes an independent copy, and `set_luck` sets the luck that the next moves are
    played under. `work` says how much a move may take besides the bytes of its state, and `rebuild` makes a
    header for a save that has lost it.
    """

    load: Callable[[Header], S]
    begin: Callable[[S, Header], G]
    read_move: Callable[[list[Plain]], Any]
    read_state: Callable[[bytes, S], G]
    copy: Callable[[G], G]
    set_luck: Callable[[G, int], object]
    work: Callable[[G, Any], int] = _no_work
    rebuild: Rebuild | None = None


@dataclass(frozen=True, slots=True)
class Position(Generic[G]):
    """A game as it stood after `move` (None: at its start); `came` is what `apply` gave back."""

    move: Played | None
    game: G
    came: Any = None


@dataclass(frozen=True, slots=True)
class Restored(Generic[G]):
    """A game to look at or to go on with; `notice` says why, when it is read-only."""

    game: G
    read_only: bool
    notice: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found: `summary` is a sentence on what is there, `problems` one each on what is wrong.

    `rules` is the version that the game was played under.
    """

    ok: bool
    summary: str
    problems: tuple[str, ...]
    moves: int = 0
    lines: int = 0
    rounds: int = 0
    finished: bool = False
    rules: str = ""


def positions(
    tree: Tree, engine: Engine[S, G], tip: int | None = None, scenario: S | None = None
) -> Iterator[Position[G]]:
    """Yield every position of a line, from the start to `tip` or where the game stands, each its own game.

    `scenario` is that of the save, if it is loaded already. Raises `DamagedSave` at the first move that these
    rules refuse or after which the state is not the recorded one.
    """
    game, work = _begin(tree, engine, scenario), Work()
    yield Position(None, game)
    for move in tree.line(tip):
        game, came = again(tree, engine, game, move, work)
        yield Position(move, game, came)


def again(tree: Tree, engine: Engine[S, G], game: G, played: Played, work: Work) -> tuple[G, Any]:
    """Play one more move of a save, on a copy of the game: that copy, and what `apply` gave back.

    Raises `DamagedSave` unless these rules allow the move and the state after it is the recorded one.
    """
    work.take(A_TRY)
    after = engine.copy(game)
    try:
        move = engine.read_move(played.move)
        engine.set_luck(after, tree.luck_of(played.id))
        work.take(engine.work(game, move))
        came = after.apply(move)
    except DamagedSave:
        raise
    except Exception as error:  # a move of another version may fail in any way
        raise DamagedSave(f"Move {played.id} can't be played again by these rules: {error}") from error
    state = after.to_bytes()
    work.take(len(state))
    if state_hash(state) != played.hash:
        raise DamagedSave(
            f"Move {played.id} leads to another state than was recorded{_versions(tree.header)}; "
            "everything before it agrees."
        )
    return after, came


def restore(
    save: Save, engine: Engine[S, G], tip: int | None = None, scenario: S | None = None
) -> Restored[G]:
    """Return the game where it stands: replayed if these rules make the recorded states, else a snapshot.

    Raises `DamagedSave` when neither can be had.
    """
    scenario = _load(save.tree, engine) if scenario is None else scenario
    game: G | None = None
    try:
        for position in positions(save.tree, engine, tip, scenario):
            game = position.game
    except DamagedSave as error:
        return on_a_snapshot(save, engine, error, scenario, tip)
    assert game is not None
    return Restored(game, save.read_only, save.notice)


def on_a_snapshot(
    save: Save, engine: Engine[S, G], why: DamagedSave, scenario: S, tip: int | None = None
) -> Restored[G]:
    """Return the last snapshot of a line that opens, for looking at; `why` its moves can't be played again.

    Raises `DamagedSave` if there is none.
    """
    for snapshot in reversed(save.tree.snapshots(tip)):
        state = recorded(save.tree, snapshot)
        if state is None:
            continue
        try:
            game = engine.read_state(state, scenario)
        except WargameError:
            continue
        where = f"after move {snapshot.after}, in round {snapshot.round}"
        return Restored(game, True, f"{why} The game opens read-only as it stood {where}.")
    raise DamagedSave(f"{save.path.name} can't be played again, and no snapshot in it opens. {why}") from why


def recorded(tree: Tree, snapshot: Snapshot) -> bytes | None:
    """Return the state in a snapshot, if it is that of its move; None if it is not, or can't be read.

    Of the start nothing else is recorded, so its snapshot is believed.
    """
    try:
        state = snapshot.state
    except Malformed:
        return None
    return state if snapshot.after == ROOT or state_hash(state) == tree[snapshot.after].hash else None


def verify(path: Path, engine: Engine[S, G]) -> Report:
    """Return whether a file is whole and all its lines replay to the recorded states.

    Never raises `SaveError`.
    """
    try:
        with Save.open(path, write=False, rebuild=engine.rebuild) as save:
            problems = [_place(save)] if save.trouble else []
            problems += _replay_all(save.tree, engine)
            return _report(save, problems)
    except SaveError as error:
        return Report(False, f"{path.name}: no game could be read.", (str(error),))


def _place(save: Save) -> str:
    assert save.trouble is not None
    kind = "torn tail" if save.trouble.mendable else "damage"
    return (
        f"{save.path.name}: {kind} at byte {save.trouble.offset}, after {len(save.tree)} whole frames: "
        f"{save.trouble.why}."
    )


def _report(save: Save, problems: list[str]) -> Report:
    tree = save.tree
    finished = tree.end() is not None
    rounds = max((entry.round for entry in tree.entries if isinstance(entry, Snapshot)), default=0)
    verdict = "not whole" if problems else "whole, and every recorded state was reached again"
    lines = len(tree.lines())
    moves = f"{len(tree.moves)} {'move' if len(tree.moves) == 1 else 'moves'}"
    what = f"{moves} in {lines} {'line' if lines == 1 else 'lines'}"
    state = "finished" if finished else "not finished"
    game = f"{tree.header.title}, seed {tree.header.seed}: {what}, {state}."
    summary = f"{save.path.name}: {verdict}. {game}"
    found = len(tree.moves), lines, rounds, finished, tree.header.rules
    return Report(not problems, summary, tuple(problems), *found)


def _replay_all(tree: Tree, engine: Engine[S, G]) -> list[str]:
    """Play every line and check the snapshots; the first thing that is wrong, if any."""
    try:
        games, work = {ROOT: _begin(tree, engine)}, Work()
        hashes = {ROOT: state_hash(games[ROOT].to_bytes())} | {move.id: move.hash for move in tree.moves}
        for move in tree.moves:  # in the order played, so a parent always comes first
            games[move.id], _came = again(tree, engine, games[move.parent], move, work)
            if tree.children(move.parent)[-1] == move.id:
                del games[move.parent]
        _check_snapshots(tree, hashes)
    except DamagedSave as error:
        return [str(error)]
    return []


def _check_snapshots(tree: Tree, hashes: dict[int, bytes]) -> None:
    for entry in tree.entries:
        if isinstance(entry, Snapshot):
            try:
                same = state_hash(entry.state) == hashes[entry.after]
            except Malformed as error:
                raise DamagedSave(f"The snapshot after move {entry.after} can't be read: {error}.") from error
            if not same:
                raise DamagedSave(f"The snapshot after move {entry.after} is not the state of that move.")


def _load(tree: Tree, engine: Engine[S, G]) -> S:
    try:
        return engine.load(tree.header)
    except DamagedSave:
        raise
    except Exception as error:  # a scenario of another version may fail in any way
        raise _cannot_begin(error) from error


def _begin(tree: Tree, engine: Engine[S, G], scenario: S | None = None) -> G:
    scenario = _load(tree, engine) if scenario is None else scenario
    try:
        return engine.begin(scenario, tree.header)
    except Exception as error:  # the same
        raise _cannot_begin(error) from error


def _cannot_begin(error: Exception) -> DamagedSave:
    return DamagedSave(f"This version can't set up the game from the save's own scenario: {error}")


def _versions(header: Header) -> str:
    return f" (under rules {header.rules})"
