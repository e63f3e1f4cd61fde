"""A running game at a table: people and bots take turns, and every move is on disk before it is shown.

The table knows no screen. A screen asks whose turn it is (`seat_to_play`), plays a person's move with
`play`, lets the bots go on with `advance`, and reads what happened from `beats`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from datetime import datetime
from itertools import pairwise, takewhile
from pathlib import Path

from wargame.bots import BOTS
from wargame.bots import bot as find_bot
from wargame.bots.base import Choice, bot_luck
from wargame.bots.external import Externals, is_external
from wargame.content.exercise import Prepared, exercise_from_text, planned_move
from wargame.content.exercise_check import Exercise
from wargame.errors import CannotWrite, ContentError, DamagedSave, IllegalMove
from wargame.record import Header, Player, Save, Tree, clean, free_path, positions, utc
from wargame.record.replay import on_a_snapshot
from wargame.record.save import now_ms
from wargame.rules.events import Event, Irrevocable
from wargame.rules.game import Game
from wargame.rules.moves import WHITE, Hold, Move
from wargame.rules.scenario import Scenario
from wargame.rules.view import View
from wargame.table.engine import ABSENT, ENGINE, PERSON, RULES_VERSION, STANDS_IN, players_of, seated
from wargame.table.live import Live
from wargame.table.pins import Pin
from wargame.table.table_records import Beat, TableRecords, decision, limits_of, messages_in
from wargame.table.timers import TIMER, Limit, Timers

__all__ = ["PERSON", "PLAYERS", "TIMER", "Beat", "Table", "replayed"]

PLAYERS = (PERSON, *BOTS)
"""Who may sit in a seat."""

THE_FILE = "exercise"
"""Who sets what an exercise has prepared."""

PREPARED = "Prepared in the exercise file."
"""The reason for an inject of an exercise that gives none."""

PIN_LINE = re.compile(r"^pin:.*$", re.MULTILINE)
"""What of an exercise is not kept with a game: of a PIN only its salted hash is."""

NO_REASON = "The white cell gives a reason for what it does; write one."

STAND_IN = "greedy"
"""Who plays for a program that a save names and nobody allowed to start."""


class Table(TableRecords):
    """One game in progress. `save` is None for a game that nobody wants to keep.

    `bots_until` is the round at whose start bots stop while no person sits here, 0 for none. `notice` is a
    sentence for the facilitator about the state of the save, or None; `notices` are those about players that
    are programs and a disk that refuses, in the order in which things went wrong.
    """

    def __init__(
        self,
        game: Game,
        players: Mapping[str, Player],
        save: Save | None,
        exercise: Exercise | None = None,
    ) -> None:
        super().__init__(game, players, save, exercise)
        self.beats = [Beat(0, game.state.round, game.state.phase, None, "", game.opening)]
        self.bots_until = 0
        self.notice = save.notice if save else None
        self._externals = Externals(self.notices.append)
        self.live = Live(save.path, game.scenario.seat_ids) if save and not save.read_only else None
        """What a wall reads of a game that is kept; whoever shows the game tells it."""
        self._undo: list[tuple[Game, int]] = []
        self._halted = False

    # --- starting and resuming -------------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        scenario: Scenario,
        players: Mapping[str, Player] | None = None,
        *,
        seed: int | None = None,
        rounds: int | None = None,
        folder: Path | None = None,
        name: str = "",
        app: str = "",
        pins: Mapping[str, Pin] | None = None,
        exercise: Prepared | None = None,
    ) -> Table:
        """Return a new game, saved from its first moment in `folder` (None: not saved). Raises `CannotWrite`.

        An `exercise` says what is not given here: players, seed and rounds; its injects are set at once.
        """
        plan = exercise.exercise if exercise else None
        players = dict(players) if players is not None else players_of(scenario, plan)
        if plan and plan.pin:
            pins = {WHITE: Pin.of(plan.pin), **(pins or {})}
        if seed is None:
            planned = plan.seed if plan else None
            seed = secrets.randbits(62) if planned is None else planned
        game = Game.new(scenario, seed=seed, rounds=rounds or (plan.rounds if plan else None) or None)
        if folder is None:
            table = cls(game, players, None, plan)
            table._keep(pins or {})
            table._set_injects()
            return table
        header = Header.new(
            rules=RULES_VERSION,
            app=app,
            created=utc(now_ms()),
            scenario=scenario.id,
            title=str(scenario.spec.title),
            scenario_hash=scenario.hash,
            texts=scenario.texts,
            seed=seed,
            rounds=game.state.rounds,
            seats=players,
            exercise=PIN_LINE.sub("# The PIN is not kept.", exercise.text) if exercise else None,
        )
        path = free_path(folder, name or f"{scenario.id}-{datetime.now().astimezone():%Y-%m-%d-%H%M}")
        save = Save.create(folder, path.stem, header)
        table = cls(game, players, save, plan)
        try:
            with save.together():
                save.append_snapshot(game.state.round, game.to_bytes())
                table._keep(pins or {})
                table._sit_down()
                table._set_injects()
        except BaseException:
            save.close()
            raise
        return table

    @classmethod
    def resume(cls, path: Path, *, write: bool = True, pins: bool = True, programs: bool = False) -> Table:
        """Return a saved game where it stood. Raises `SaveError` if nothing of it can be played or shown.

        With `pins=False` no seat has a PIN until one is set anew, and a note in the record says so. A save
        may name programs as players; without `programs` none is started and greedy bots take their seats.
        """
        save = Save.open(path, write=write, rebuild=ENGINE.rebuild)
        try:
            table = cls._resumed(save)
            table._sit_down()
            table._recall_pins(pins)
            table._recall_plan()
            if not table.over and not table.read_only:
                table._seat_stand_ins(programs)
        except BaseException:
            save.close()
            raise
        return table

    @classmethod
    def _resumed(cls, save: Save) -> Table:
        scenario = ENGINE.load(save.header)
        try:
            game, beats = replayed(save.tree, scenario)
            table = cls(game, seated(save), save)
            table.beats = beats
        except DamagedSave as error:
            restored = on_a_snapshot(save, ENGINE, error, scenario)
            table = cls(restored.game, seated(save), save)
            table.read_only, table.notice = restored.read_only, restored.notice
        table._recall_exercise()
        return table

    def _recall_exercise(self) -> None:
        """The exercise that the save carries, and the timers as they were set since."""
        assert self.save is not None
        if text := self.save.header.exercise:
            try:
                self.exercise = exercise_from_text(text, self.scenario.base).exercise
            except ContentError as error:
                said = f"The exercise in this save can't be run by this version: {error.complaints[0]}."
                self.notice = f"{self.notice} {said}" if self.notice else said
        self.timers = Timers(limits_of(self.exercise), self.clock)
        self.press = messages_in(self.exercise)
        for line in self.journal.of("timer"):
            phase, seconds, warning = (line.data.get(key) for key in ("timed", "seconds", "warning"))
            if isinstance(phase, str) and type(seconds) is int and type(warning) is int:
                self._limit(phase, Limit(seconds, warning) if seconds > 0 else None)

    def _recall_plan(self) -> None:
        """Up to which round bots were last told to play on their own."""
        for line in self.journal.of("bots"):
            until = line.data.get("until")
            self.bots_until = until if type(until) is int else 0

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
    def kept(self) -> Path | None:
        """Return where the game is saved; None if it is not."""
        return self.save.path if self.save else None

    @property
    def seat_to_play(self) -> str | None:
        """The seat of the person who must decide now; `None` if a bot must, or the game is over."""
        seat = self.game.to_act
        return seat if seat is not None and self.players[seat].kind == PERSON else None

    @property
    def waits(self) -> bool:
        """Whether nobody sits here and the bots have come to the round up to which they were to play."""
        if not 0 < self.bots_until <= self.game.state.round or self.over:
            return False
        return not self.people()

    def view(self, seat: str | None) -> View:
        return self.game.view(seat)

    # --- playing ---------------------------------------------------------------------------------------

    def play(self, move: Move, by: str = PERSON, rationale: str = "", who: str = "") -> Beat:
        """Make a move. It is on disk when this returns; if it can't be written, nothing has changed.

        A move of the white cell needs its reason as `rationale`; `who` is the facilitator. While the game is
        paused only the white cell moves. Raises `IllegalMove` and `CannotWrite`.
        """
        beat = self._play(move, by, rationale, who)
        self.changed()
        return beat

    def _play(self, move: Move, by: str, rationale: str = "", who: str = "") -> Beat:
        if move.seat == WHITE and not rationale.strip():
            raise IllegalMove(NO_REASON)
        if self.paused and by != WHITE:
            raise IllegalMove("The game is paused; the facilitator lets it go on.")
        rationale, who = clean(rationale), clean(who)
        before, after = self.game, self.game.clone()
        events = after.apply(move)
        played = self.beats[-1].id + 1
        if self.save is not None:
            with self.save.together():
                played = self._write(after, move, by, rationale, who)
        self.game = after
        was = before.state
        beat = Beat(played, was.round, was.phase, move, by, tuple(events), rationale, who)
        self.beats.append(beat)
        self._remember(before, move, events)
        return beat

    def _write(self, after: Game, move: Move, by: str, rationale: str, who: str) -> int:
        assert self.save is not None
        state = after.to_bytes()
        parent_round = self.game.state.round
        played = self.save.append_move(
            list(move.to_plain()),
            by=by,
            state=state,
            rationale=rationale or None,
            who=who or None,
            goes_on=decision(after) == decision(self.game),
        )
        if after.state.round != parent_round or after.over:
            self.save.append_snapshot(after.state.round, state)
        if after.over:
            self.save.append_end({"outcome": after.state.outcome, "scores": dict(after.scores)})
        return played

    def advance(self, *, talk: bool = False) -> Iterator[Beat]:
        """Let the bots move until a person must, or the game is over, paused or `waits`; one flush for all.

        With `talk` also until the table is open for it. The beats come when all of them are on disk.
        """
        start, count = self.game, len(self.beats)
        try:
            with self.save.together() if self.save else nullcontext():
                while self.game.to_act is not None and self.seat_to_play is None:
                    if self.paused or self.waits or self._halted or (talk and self.open_for_talk):
                        break
                    self._bot_move()
        except BaseException:
            self.game, self.beats[count:] = start, []
            raise
        if len(self.beats) > count:
            self.changed()
        yield from tuple(self.beats[count:])

    def _bot_move(self) -> None:
        seat, choice = self.game.to_act, self.bot_choice()
        if choice is not None:
            assert seat is not None
            self._play(choice.move, self.players[seat].kind, choice.rationale)

    def bot_choice(self) -> Choice | None:
        """Return what the bot that is to move chooses, from any thread; None once the table is halted."""
        game = self.game
        seat, state = game.to_act, game.state
        assert seat is not None
        kind = self.players[seat].kind
        if kind == ABSENT:
            return Choice(game.legal_moves()[0])
        luck = bot_luck(state.seed, state.luck, state.round, seat, len(self.beats))
        bot = self._externals.get(seat, kind) or find_bot(kind)
        choice = bot(game.view(seat), game.legal_moves(), luck)
        return None if self._halted else choice  # a program that was ended has not chosen

    def time_up(self) -> Beat:
        """Make the neutral move for the person whose time is up; nothing is lost.

        In orders and answers that ends the turn with what has been laid down. `IllegalMove` if no person has
        to decide now, or the game is paused.
        """
        if self.seat_to_play is None:
            raise IllegalMove("No person has to decide now, so nobody's time is up.")
        with self._clock_stopped():
            return self.play(self.game.legal_moves()[0], by=TIMER)

    def _set_injects(self) -> None:
        """What the exercise has prepared becomes acts of the white cell, in the order of the file."""
        for planned in self.exercise.injects if self.exercise else ():
            if planned.round > self.game.state.rounds:
                self.notices.append(
                    f"An inject for round {planned.round} is left out: the game has {self.game.state.rounds}."
                )
                continue
            reason = planned.why or PREPARED
            self.play(planned_move(planned), WHITE, reason, THE_FILE)
            if planned.held and self.game.state.white:
                self.play(Hold(self.game.state.white.numbered), WHITE, reason, THE_FILE)
        self._undo.clear()

    @property
    def opening_move(self) -> int:
        """The move before everybody's first: the last of those that set up the exercise, or 0."""
        return self.beats[len(self.before_all)].id

    @property
    def before_all(self) -> tuple[int, ...]:
        """The moves before that one: the start, and what else the exercise has set; () if it set nothing."""
        own = takewhile(lambda beat: (beat.by, beat.who) == (WHITE, THE_FILE), self.beats[1:])
        return tuple(before.id for before, _after in zip(self.beats, own, strict=False))

    # --- going back ------------------------------------------------------------------------------------

    def go_back(self, move: int, reason: str, who: str = "", why: str = "rewind") -> None:
        """Go on after that move (0: from the start) instead; nothing is erased, the line so far stays.

        A `rewind` changes the luck, so that remembered dice don't come back; a `branch` has that of the line
        it returns to. What the exercise has prepared belongs to no line: a move before the last of it means
        that one. Raises `IllegalMove`, `DamagedSave` and `CannotWrite`.
        """
        if not reason.strip():
            raise IllegalMove(NO_REASON)
        if move in self.before_all:
            move = self.opening_move
        if self.save is None or move not in self.save.tree:
            raise IllegalMove(f"There is no move {move} to go back to in a saved game.")
        if move == self.save.tree.tip:
            raise IllegalMove(f"The game stands after move {move} already.")
        game, beats = replayed(self.save.tree, self.scenario.base, move)
        self.save.append_head(move, why, reason=reason, who=who)
        game.state.luck = self.save.tree.luck
        self.game, self.beats = game, beats
        self._undo.clear()
        self.timers.stop()
        self.changed()

    # --- undo ------------------------------------------------------------------------------------------

    def _remember(self, before: Game, move: Move, events: list[Event]) -> None:
        """An undo stops at a roll, at a sight of something hidden, and at a change of seat."""
        same_seat = self.game.to_act == move.seat and not self.game.over
        settled = any(isinstance(event, Irrevocable) for event in events)
        if not same_seat or settled or self.game.state.phase != before.state.phase:
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
        self.journal.undone(self.beats[count].id, self.beats[count - 1].id)
        self._undo.pop()
        self.game = before
        del self.beats[count:]
        self.changed()
        return undone

    def reseat(self, seat: str, player: Player, what: str = "", reason: str = "", who: str = "") -> None:
        """Let somebody else play a seat from now on; `what` says why, as `docs/save-format.md` lists it."""
        if not self.read_only:
            self.write(
                "seat",
                who=who,
                seat=seat,
                player=player.kind,
                name=player.name,
                what=what,
                reason=reason,
            )
        self.players[seat] = player
        self.changed()

    def play_until(self, round: int, reason: str = "", who: str = "") -> None:
        """Let bots play on, while nobody sits here, until the start of that round (0: the end of the game).

        Then the table `waits`. `IllegalMove` for a round that is over or never comes, `CannotWrite`.
        """
        self.check_until(round)
        self.write("bots", who=who, until=round, reason=reason)
        self.bots_until = round
        self.changed()

    def check_until(self, round: int) -> None:
        """Refuse a round up to which bots can't be told to play. `IllegalMove`."""
        now, last = self.game.state.round, self.game.state.rounds
        if round and not now <= round <= last:
            raise IllegalMove(f"Bots play on until round {now} to {last}, or to the end (0), not {round}.")

    def _seat_stand_ins(self, programs: bool) -> None:
        """Whoever holds a save could have written any command into it: without `programs` none is run.

        Nor is there a player that only another version knows.
        """
        held = {seat: player.kind for seat, player in self.players.items() if is_external(player.kind)}
        unknown = {seat: player.kind for seat, player in self.players.items() if not _known(player.kind)}
        for seat in (*(() if programs else held), *unknown):
            self.reseat(seat, Player(STAND_IN, self.players[seat].name), STANDS_IN)
        for named, why in ((() if programs else held, "were not started"), (unknown, "are not known here")):
            if named:
                what = ", ".join(f"{seat}={kind}" for seat, kind in dict(named).items())
                said = f"Programs named in this save {why} ({what}); {STAND_IN} bots play for them."
                self.notice = f"{self.notice} {said}" if self.notice else said

    def halt(self) -> None:
        """Let no bot move any more, from any thread: what `advance` has done by now is kept, and it returns.

        Programs that play are ended. There is no way back; close the table.
        """
        self._halted = True
        self._externals.kill()

    def close(self) -> None:
        """Let go of the save, and end the programs that play. The sitting is over."""
        self._externals.close()
        if self.live is not None:
            self.live.remove()
        if self.save is not None:
            with suppress(CannotWrite):  # then the last thing that happened closes it
                self.save.get_up()
            self.save.close()


def _known(kind: str) -> bool:
    """Whether there is such a player."""
    try:
        return kind in (PERSON, ABSENT) or is_external(kind) or bool(find_bot(kind))
    except KeyError:
        return False


def replayed(tree: Tree, scenario: Scenario, tip: int | None = None) -> tuple[Game, list[Beat]]:
    """Return the game after that move of a save, or where it stands, and its beats. Raises `DamagedSave`."""
    line = list(positions(tree, ENGINE, tip, scenario))
    state = line[0].game.state
    beats = [Beat(0, state.round, state.phase, None, "", line[0].game.opening)]
    for before, position in pairwise(line):
        state, played = before.game.state, position.move
        assert played is not None
        move, said = ENGINE.read_move(played.move), (played.rationale or "", played.who or "")
        beats.append(Beat(played.id, state.round, state.phase, move, played.by, tuple(position.came), *said))
    game = line[-1].game
    game.state.luck = tree.luck
    return game, beats
