"""What the record needs to know of the rules to turn a file back into a game; and who sits where in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import cast

from wargame.content.exercise_check import Exercise
from wargame.content.load import (
    folder_hash,
    has_hindsight,
    load_scenario,
    names_scenario,
    scenario_from_texts,
    scenario_names,
)
from wargame.counting import several
from wargame.errors import ContentError, DamagedSave, NotASave
from wargame.record import Engine, Header, Plain, Played, Player, Save, utc
from wargame.rules.codec import scenario_hash
from wargame.rules.game import Game
from wargame.rules.moves import (
    WHITE,
    Accuse,
    Adjudicate,
    Announce,
    Commit,
    Counter,
    Dial,
    Discard,
    End,
    Improvise,
    Mark,
    Move,
    Offer,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.scenario import Scenario
from wargame.table.journal import text_of
from wargame.table.timers import TIMER
from wargame.words import Words

RULES_VERSION = "3"
"""Raised when the same moves may lead elsewhere than before."""

OPTION, STEP, CARD = 2, 60, 400
"""What an option that was weighed, an effect that may have run, and the copy of a program for a card written
on the spot take at most, in bytes of state (some 50 ns each; the copy takes room as well)."""

IN_A_TURN = Commit, Discard, Offer, Counter, Mark, Dial, Stand, Signal, Accuse, Announce, Stance
"""Moves after which the game never runs on by itself."""
WRITTEN = Improvise, Adjudicate
"""Moves that bring a card written on the spot."""


@lru_cache(maxsize=2)
def _scenario(packed: bytes) -> Scenario:
    """The scenario in the texts of a header, read once however often it is asked for."""
    header = Header("", "", "", "", "", "", packed, 0, 1, {})
    return scenario_from_texts(header.texts)


def load(header: Header) -> Scenario:
    """Return the scenario that the save carries.

    `DamagedSave` if these rules cannot read it, or it is another's.
    """
    try:
        scenario = _scenario(header.packed_texts)
    except ContentError as error:
        raise DamagedSave(
            f"The scenario in this save can't be played by this version: {error.complaints[0]}."
        ) from error
    most = scenario.spec.rules.most_rounds
    wrong = {
        f"its scenario is {scenario.hash}, not {header.scenario_hash:.40}": scenario.hash
        != header.scenario_hash,
        f"it names other seats than {', '.join(scenario.seat_ids)}": set(header.seats)
        != set(scenario.seat_ids),
        f"it has {several(header.rounds, 'round')} where its scenario has {most} at most": header.rounds
        > most,
    }
    if said := [sentence for sentence, holds in wrong.items() if holds]:
        raise DamagedSave(f"The first record of this save is not sound: {said[0]}.")
    return scenario


def begin(scenario: Scenario, header: Header) -> Game:
    return Game.new(scenario, seed=header.seed, rounds=header.rounds)


def set_luck(game: Game, luck: int) -> None:
    game.state.luck = luck


def read_move(plain: list[Plain]) -> Move:
    return Move.from_plain(cast("list[object]", plain))


def work(game: Game, move: Move) -> int:
    """Return what a move may cost besides the bytes of its state, in such bytes."""
    state, scenario = game.state, game.scenario
    cost, settling = _work_of(scenario.base)
    passing = (
        isinstance(move, End)
        and not state.stack
        and state.turn + 1 < len(state.order) - (state.phase == "answers")
    )
    if not isinstance(move, IN_A_TURN) and not passing:
        cost += settling
    return cost + written(scenario) if isinstance(move, WRITTEN) else cost


def written(scenario: Scenario) -> int:
    """Return what another card written on the spot costs: a copy of all programs."""
    return CARD * len(scenario.programs)


@lru_cache(maxsize=2)
def _work_of(scenario: Scenario) -> tuple[int, int]:
    """What listing a seat's moves costs at most, and running all effects that there are."""
    moves = max(
        len(scenario.offers_of[seat])
        + sum(len(ways) for (one, _deal), ways in scenario.counter_moves.items() if one == seat)
        + sum(len(scenario.commit_moves[card]) + len(scenario.discard_moves[card]) for card in deck)
        for seat, deck in scenario.decks.items()
    )
    return OPTION * moves, STEP * sum(map(len, scenario.programs.values()))


def rebuild(state: bytes, moves: Sequence[Played], folder: Path | None = None) -> Header:
    """Make a header for a save that has lost its own, from a state in it and from who made its moves.

    The scenario is that of the folder, or the one of this program that has the state's hash. Raises
    `DamagedSave` if it is none of them.
    """
    try:
        scenario = _known(scenario_hash(state), folder)
        game = Game.from_bytes(state, scenario)
    except NotASave as error:
        raise DamagedSave(
            f"The first record of this save is damaged, and so are its states: {error}."
        ) from error
    words, kinds = Words(scenario), dict.fromkeys(scenario.seat_ids, PERSON)
    for move in reversed(moves):
        seat = move.move[0] if move.move else None
        if isinstance(seat, str) and seat in kinds and move.by not in (WHITE, TIMER):
            kinds[seat] = move.by
    return Header.new(
        rules=RULES_VERSION,  # if it was played under others, its states will say so
        app="",
        created=utc(moves[0].time if moves else 0),
        scenario=scenario.id,
        title=str(scenario.spec.title),
        scenario_hash=scenario.hash,
        texts=scenario.texts,
        seed=game.state.seed,
        rounds=game.state.rounds,
        seats={seat: Player(kind, words.capital(seat)) for seat, kind in kinds.items()},
    )


def _known(wanted: str, folder: Path | None) -> Scenario:
    """The scenario with that hash, in the folder or among those of this program."""
    for name in (folder,) if folder else scenario_names():
        for hindsight in (False, True) if has_hindsight(name) else (False,):
            if folder_hash(name, hindsight=hindsight) == wanted:
                return load_scenario(name, hindsight=hindsight)
    if folder is None:
        why = (
            "no scenario of this program is the one that it was played with; name its folder with --scenario"
        )
    elif names_scenario(folder):
        why = f"the scenario in {folder} is not the one that it was played with"
    else:
        why = f"there is no folder {folder} to take its scenario from"
    raise DamagedSave(f"The first record of this save is damaged, and {why}.")


def engine(folder: Path | None = None) -> Engine[Scenario, Game]:
    """Return what the record needs to know of the rules.

    The folder is for a save that has lost its scenario.
    """
    return Engine(
        load=load,
        begin=begin,
        read_move=read_move,
        read_state=Game.from_bytes,
        copy=Game.clone,
        set_luck=set_luck,
        work=work,
        rebuild=partial(rebuild, folder=folder),
    )


ENGINE = engine()


PERSON, ABSENT = "person", "absent"
"""Players that are no bots: somebody at the keyboard, and nobody, whose turns go by."""

STANDS_IN = "stands in"
"""What a `seat` record says of a bot that plays only until the save is opened again."""


def players_of(scenario: Scenario, exercise: Exercise | None) -> dict[str, Player]:
    """Return the players of an exercise; people where it names nobody."""
    words, players = Words(scenario), {}
    for seat in scenario.seat_ids:
        chair = exercise.seats.get(seat) if exercise else None
        players[seat] = Player(
            chair.player if chair else PERSON, (chair.name if chair else "") or words.capital(seat)
        )
    return players


def seated(save: Save) -> dict[str, Player]:
    """Return who plays each seat: as the save began, and as seats were handed over since."""
    players = dict(save.header.seats)
    for remark in save.tree.remarks("seat"):
        data = remark.data if isinstance(remark.data, Mapping) else {}
        seat, kind = text_of(data, "seat"), text_of(data, "player")
        if seat in players and kind and text_of(data, "what") != STANDS_IN:
            players[seat] = Player(kind, text_of(data, "name"))
    return players
