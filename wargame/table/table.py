"""A running game at a table: people and bots take turns, and every move is on disk before it is shown.

The table knows no screen. A screen asks whose turn it is (`seat_to_play`), plays a person's move with
`play`, lets the bots go on with `advance`, and reads what happened from `beats`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from wargame.bots import BOTS
from wargame.bots import bot as find_bot
from wargame.bots.base import Choice, bot_luck
from wargame.bots.external import Externals, is_external
from wargame.errors import DamagedSave, IllegalMove
from wargame.record import Header, Player, Save, free_path, restore, state_hash
from wargame.rules.events import ROLLED, Event
from wargame.rules.game import Game
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.rules.view import View
from wargame.table.engine import ENGINE, RULES_VERSION
from wargame.table.pins import Pin, Tries, pins_of, to_plain

PERSON = "person"
PLAYERS = (PERSON, *BOTS)
"""Who may sit in a seat."""

WITHOUT_PINS = "Opened without the PINs of the seats."
"""The note that the record keeps of it."""

STAND_IN = "greedy"
"""Who plays for a program that a save names and nobody allowed to start."""


class Beat(NamedTuple):
    """One move and what followed. `id` is the move's number in the save (0: the opening, no move)."""

    id: int
    round: int
    phase: str
    move: Move | None
    by: str
    events: tuple[Event, ...]
    rationale: str = ""


class Table:
    """One game in progress. `save` is None for a game that nobody wants to keep.

    `notice` is a sentence for the facilitator about the state of the save, or None; `notices` are those about
    players that are programs, in the order in which things went wrong.
    """

    def __init__(self, game: Game, players: Mapping[str, Player], save: Save | None) -> None:
        self.game = game
        self.players = dict(players)
        self.save = save
        self.beats: list[Beat] = [Beat(0, game.state.round, game.state.phase, None, "", game.opening)]
        self.notice = save.notice if save else None
        self.read_only = bool(save and save.read_only)
        self.tries = Tries()
        self.notices: list[str] = []
        self._externals = Externals(self.notices.append)
        self._pins: dict[str, Pin] = {}
        self._undo: list[tuple[Game, int]] = []

    # --- starting and resuming -------------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        scenario: Scenario,
        players: Mapping[str, Player],
        *,
        seed: int,
        rounds: int | None = None,
        folder: Path | None = None,
        name: str = "",
        app: str = "",
        pins: Mapping[str, Pin] | None = None,
    ) -> Table:
        """A new game, saved from its first moment in `folder` (None: not saved). Raises `CannotWrite`."""
        game = Game.new(scenario, seed=seed, rounds=rounds)
        if folder is None:
            table = cls(game, players, None)
            table._keep(pins or {})
            return table
        header = Header.new(
            rules=RULES_VERSION,
            app=app,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            scenario=scenario.id,
            title=str(scenario.spec.title),
            scenario_hash=scenario.hash,
            texts=scenario.texts,
            seed=seed,
            rounds=game.state.rounds,
            seats=players,
        )
        path = free_path(folder, name or f"{scenario.id} {datetime.now().astimezone():%Y-%m-%d %H.%M}")
        save = Save.create(folder, path.stem, header)
        table = cls(game, players, save)
        try:
            with save.together():
                save.append_snapshot(game.state.round, game.to_bytes())
                table._keep(pins or {})
        except BaseException:
            save.close()
            raise
        return table

    @classmethod
    def resume(cls, path: Path, *, write: bool = True, pins: bool = True, programs: bool = False) -> Table:
        """A saved game where it stood. Raises `SaveError` if nothing of it can be played or shown.

        With `pins=False` no seat has a PIN until one is set anew, and a note in the record says so. A save
        may name programs as players; without `programs` none is started and greedy bots take their seats.
        """
        save = Save.open(path, write=write)
        try:
            table = cls._resumed(save)
            table._recall_pins(pins)
            if not programs and not table.over and not table.read_only:
                table._seat_stand_ins()
        except BaseException:
            save.close()
            raise
        return table

    @classmethod
    def _resumed(cls, save: Save) -> Table:
        try:
            scenario = ENGINE.load(save.header)
            table = cls(ENGINE.begin(scenario, save.header), save.header.seats, save)
            table._replay()
        except (DamagedSave, IllegalMove):
            restored = restore(save, ENGINE)
            table = cls(restored.game, save.header.seats, save)
            table.read_only, table.notice = restored.read_only, restored.notice
        return table

    def _replay(self) -> None:
        assert self.save is not None
        tree = self.save.tree
        for played in tree.line():
            self.game.state.luck = tree.luck_of(played.id)
            move = ENGINE.read_move(played.move)
            before = self.game.state
            events = self.game.apply(move)
            if state_hash(self.game.to_bytes()) != played.hash:
                raise DamagedSave(f"After move {played.id} the game is not the one that was saved.")
            self._note(before.round, before.phase, move, played.by, events, played.rationale or "", played.id)
        self.game.state.luck = tree.luck

    # --- whose turn it is ------------------------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        return self.game.scenario

    @property
    def over(self) -> bool:
        return self.game.over

    @property
    def name(self) -> str:
        return self.save.name if self.save else ""

    @property
    def seat_to_play(self) -> str | None:
        """The seat of the person who must decide now; `None` if a bot must, or the game is over."""
        seat = self.game.to_act
        return seat if seat is not None and self.players[seat].kind == PERSON else None

    def people(self) -> tuple[str, ...]:
        """The seats that people play."""
        return tuple(seat for seat in self.scenario.seat_ids if self.players[seat].kind == PERSON)

    def view(self, seat: str | None) -> View:
        return self.game.view(seat)

    # --- playing ---------------------------------------------------------------------------------------

    def play(self, move: Move, by: str = PERSON, rationale: str = "") -> Beat:
        """Make a move. It is on disk when this returns; if it can't be written, nothing has changed.

        Raises `IllegalMove` and `CannotWrite`.
        """
        before, after = self.game, self.game.clone()
        events = after.apply(move)
        played = 0
        if self.save is not None:
            with self.save.together():
                played = self._write(after, move, by, rationale)
        self.game = after
        beat = self._note(before.state.round, before.state.phase, move, by, events, rationale, played)
        self._remember(before, move, events)
        return beat

    def _write(self, after: Game, move: Move, by: str, rationale: str) -> int:
        assert self.save is not None
        state = after.to_bytes()
        parent_round = self.game.state.round
        played = self.save.append_move(list(move.to_plain()), by=by, state=state, rationale=rationale or None)
        if after.state.round != parent_round or after.over:
            self.save.append_snapshot(after.state.round, state)
        if after.over:
            self.save.append_end({"outcome": after.state.outcome, "scores": dict(after.scores)})
        return played

    def advance(self) -> Iterator[Beat]:
        """Let the bots move until a person must, or the game is over; their moves share one flush.

        The beats come when all of them are on disk.
        """
        start, count = self.game, len(self.beats)
        try:
            with self.save.together() if self.save else nullcontext():
                while self.game.to_act is not None and self.seat_to_play is None:
                    self._bot_move()
        except BaseException:
            self.game, self.beats[count:] = start, []
            raise
        yield from tuple(self.beats[count:])

    def _bot_move(self) -> None:
        seat = self.game.to_act
        assert seat is not None
        kind = self.players[seat].kind
        choice = self._bot_choice(seat, kind)
        self.play(choice.move, kind, choice.rationale)

    def _bot_choice(self, seat: str, kind: str) -> Choice:
        state = self.game.state
        luck = bot_luck(state.seed, state.luck, state.round, seat, len(self.beats))
        bot = self._externals.get(seat, kind) or find_bot(kind)
        return bot(self.game.view(seat), self.game.legal_moves(), luck)

    def _note(
        self, round_: int, phase: str, move: Move, by: str, events: list[Event], rationale: str, played: int
    ) -> Beat:
        beat = Beat(played, round_, phase, move, by, tuple(events), rationale)
        self.beats.append(beat)
        return beat

    # --- undo ------------------------------------------------------------------------------------------

    def _remember(self, before: Game, move: Move, events: list[Event]) -> None:
        """An undo stops at a roll, at a sight of something hidden, and at a change of seat."""
        same_seat = self.game.to_act == move.seat and not self.game.over
        settled = any(event.kind in ROLLED for event in events) or self.game.state.phase != before.state.phase
        if not same_seat or settled:
            self._undo.clear()
            return
        self._undo.append((before, len(self.beats) - 1))

    @property
    def can_undo(self) -> bool:
        return bool(self._undo) and not self.read_only

    def undo(self) -> Move:
        """Take back the last move of this turn; returns it. `IllegalMove` if there is none."""
        if not self._undo:
            raise IllegalMove("There is nothing to take back in this turn.")
        before, count = self._undo[-1]
        undone = self.beats[count].move
        assert undone is not None
        if self.save is not None:
            self.save.append_head(self.beats[count - 1].id, "undo")
        self._undo.pop()
        self.game = before
        del self.beats[count:]
        return undone

    def reseat(self, seat: str, player: Player) -> None:
        """Let somebody else play a seat from now on."""
        self.players[seat] = player
        if self.save is not None and not self.read_only:
            self.save.append_remark("seat", {"seat": seat, "player": player.kind, "name": player.name})

    def _seat_stand_ins(self) -> None:
        """Whoever holds a save could have written any command into it: none is run unasked."""
        named = {seat: player for seat, player in self.players.items() if is_external(player.kind)}
        for seat, player in named.items():
            self.reseat(seat, Player(STAND_IN, player.name))
        if named:
            programs = ", ".join(f"{seat}={player.kind}" for seat, player in named.items())
            said = (
                f"Programs named in this save were not started ({programs}); {STAND_IN} bots play for them."
            )
            self.notice = f"{self.notice} {said}" if self.notice else said

    # --- PINs ------------------------------------------------------------------------------------------

    def has_pin(self, seat: str) -> bool:
        """Whether taking this seat asks for a PIN."""
        return seat in self._pins

    def set_pin(self, seat: str, pin: str) -> None:
        """Give a seat a PIN; an empty one takes it away.

        `ValueError` with a sentence if it can't be one (see `pins.refusal`), `CannotWrite`.
        """
        self._keep({seat: Pin.of(pin) if pin else None})

    def check_pin(self, seat: str, pin: str) -> bool:
        """Whether this opens the seat; one without a PIN always opens. False while `pin_wait` is not 0."""
        if not self.has_pin(seat):
            return True
        if self.pin_wait(seat):
            return False
        right = self._pins[seat].fits(pin)
        (self.tries.right if right else self.tries.wrong)(seat)
        return right

    def pin_wait(self, seat: str) -> float:
        """Seconds until a PIN is heard again, after too many wrong ones; else 0."""
        return self.tries.wait(seat)

    def _keep(self, pins: Mapping[str, Pin | None]) -> None:
        for seat, pin in pins.items():
            if self.save is not None and not self.read_only:
                self.save.append_remark("pin", to_plain(seat, pin))
            self._pins.pop(seat, None)
            if pin is not None:
                self._pins[seat] = pin

    def _recall_pins(self, wanted: bool) -> None:
        assert self.save is not None
        kept = pins_of(self.save.tree.remarks("pin"))
        if wanted:
            self._pins = kept
        elif kept and not self.read_only:
            self.save.append_remark("note", WITHOUT_PINS)

    def close(self) -> None:
        """Let go of the save, and end the programs that play."""
        self._externals.close()
        if self.save is not None:
            self.save.close()
