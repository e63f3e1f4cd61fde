"""Games in which something is forced or forbidden: the arms of an experiment.

The rules stay the rules: an arm takes moves off the list, and does the rest by acts of the white cell, at
the first orders of a round. Two arms played from the same seed share all luck that they don't spend
differently, so their difference is what was done and little else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from wargame.bots.base import bot_luck
from wargame.bots.players import Players
from wargame.content.claims import Act, Arm
from wargame.rules import white
from wargame.rules.effects.base import within
from wargame.rules.effects.flow import Modifier
from wargame.rules.effects.secrets import Expose
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.events import Event, Out, dated
from wargame.rules.luck import draw
from wargame.rules.moves import (
    Answer,
    Choose,
    Commit,
    Dial,
    Discard,
    Inject,
    Join,
    Lay,
    Mark,
    Move,
    Offer,
    Prove,
    SetDial,
    SetFlag,
    SetGood,
    SetTrack,
    Sign,
    Stand,
    WhiteMove,
)
from wargame.rules.options import legal_moves, running
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.setup import new_state
from wargame.rules.spec import News, Trigger
from wargame.rules.state import Deal


@dataclass
class Record:
    """What happened in one game, for measures: events by round, tracks and goods at the end of each round."""

    rounds: int
    events: list[tuple[int, Event]] = field(default_factory=list)
    tracks: list[Mapping[str, int]] = field(default_factory=list)
    goods: list[Mapping[str, Mapping[str, int]]] = field(default_factory=list)
    dials: list[Mapping[str, str]] = field(default_factory=list)
    flags: list[set[str]] = field(default_factory=list)
    deals: tuple[Deal, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    ruined: tuple[str, ...] = ()
    outcome: str = ""


def changed_scenario(scenario: Scenario, arm: Arm) -> Scenario:
    """Return the scenario without what an arm says does not count or does not come."""
    names = {name for act in arm.does for name in act.without or ()}
    never = {name for act in arm.does if not act.at for name in act.forbid or ()}
    unseen = any(act.undetected for act in arm.does)

    def dropped(part: object) -> bool:
        if isinstance(part, Modifier):
            return part.label in names
        if isinstance(part, Trigger):
            return part.id in names
        return (isinstance(part, News) and part.id in never) or (unseen and isinstance(part, Expose))

    spec = _without(scenario.spec, dropped)
    if unseen:
        spec = replace(spec, detection=None)
    return scenario if spec == scenario.spec else Scenario(spec, scenario.hash, scenario.texts)


def _without(value: Any, dropped: Callable[[object], bool]) -> Any:
    """A record without those of its parts, however deep, that are dropped."""
    if isinstance(value, tuple):
        kept = (_without(part, dropped) for part in value if not dropped(part))
        return type(value)(*kept) if hasattr(value, "_fields") else tuple(kept)
    if isinstance(value, dict):
        return {key: _without(part, dropped) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _without(getattr(value, f.name), dropped) for f in fields(value)})
    return value


class Trial:
    """One game of an arm. `play` plays it to its end."""

    def __init__(self, scenario: Scenario, arm: Arm, seed: int, bots: Mapping[str, str]) -> None:
        self.arm, self.seed, self.players = arm, seed, Players(bots)
        self.scenario = scenario
        rounds = scenario.spec.rules.rounds
        self.record, self.round = Record(rounds), 0
        self.state, opening = new_state(scenario, seed, rounds)
        self.forbidden = {name for act in arm.does if not act.at for name in act.forbid or ()}
        self.kept = {name for act in arm.does for name in act.keep or ()}
        self.stands = {act.stand for act in arm.does if act.stand}
        self.chosen = {(act.of or "", act.choose) for act in arm.does if act.choose}
        self._do(0)
        run_to_decision(self.state, opening)
        self._note(opening)

    def play(self) -> Record:
        """To the end; every decision by the seat's bot, from what the arm leaves of its moves."""
        state, nth, self.reached = self.state, 0, 0
        while state.to_act is not None:
            if state.phase == "orders" and not state.stack and state.round != self.reached:
                self.reached = state.round
                self._do(self.reached)
            moves = [move for move in legal_moves(state) if self._allowed(move)] or legal_moves(state)[:1]
            seat = state.to_act
            forced = self._forced(moves)
            if forced is None:
                luck = bot_luck(self.seed, state.luck, state.round, seat, nth)
                forced = self.players.move(state, moves, luck)
            before = state.round
            self._note(step(state, forced))
            nth += 1
            if state.round != before or state.to_act is None:
                self._end_of_round()
        record = self.record
        record.deals, record.ruined, record.outcome = state.deals, state.ruined, state.outcome
        record.scores = {seat: line.score for seat, line in final_scores(state).items()}
        return record

    def _note(self, out: Out) -> None:
        """Keep what happened, with the round in which it did."""
        for round_, _phase, event in dated(out, self.round, ""):
            self.round = round_
            self.record.events.append((round_, event))

    def _end_of_round(self) -> None:
        state = self.state
        self.record.tracks.append(dict(state.tracks))
        self.record.goods.append({seat: dict(held) for seat, held in state.goods.items()})
        self.record.dials.append(dict(state.dials))
        self.record.flags.append({flag for flag, until in state.flags.items() if until >= self.reached})

    # --- what is left to decide ------------------------------------------------------------------------

    def _allowed(self, move: Move) -> bool:
        match move:
            case Commit():
                return move.card not in self.forbidden
            case Discard():
                return self.scenario.seats[move.seat].action.id not in self.forbidden
            case Offer() | Answer(reply="yes"):
                return move.deal not in self.forbidden
            case Mark():
                return move.deal not in self.kept
            case Stand():
                return move.stand not in self.stands and move.stand not in self.forbidden
            case Dial():
                return not any(act.dial == move.dial for act in self.arm.does)
        return True

    def _forced(self, moves: Sequence[Move]) -> Move | None:
        if not self.state.stack:
            return None
        path = self.state.stack[-1].path
        for of, option in self.chosen:
            for move in moves:
                if isinstance(move, Choose) and move.option == option and (not of or of in path):
                    return move
        return None

    # --- what is done ----------------------------------------------------------------------------------

    def _do(self, round_: int) -> None:
        for act in self.arm.does:
            if round_ in act.at or (not act.at and round_ > 0):
                out: Out = []
                for move in self._acts(act):
                    if why := white.refusal(self.state, move):
                        raise ValueError(f"{self.arm.id} can't be played in round {round_}: {move}: {why}")
                    white.act(self.state, out, move)
                if round_ > 0:
                    self._settle(out)
                self._note(out)

    def _acts(self, act: Act) -> Iterator[WhiteMove]:
        """What the white cell does for it; nothing where it is so already."""
        state = self.state
        if act.sign and running(state, act.sign) is None:
            template = self.scenario.deals[act.sign]
            size = act.size or ("large" if template.large else "small" if template.small else "plain")
            yield Sign(template.id, size, "secret" if act.secret else "open", act.rounds)
        elif act.news:
            yield Inject(act.news, 0)
        elif act.commit:
            yield Lay(str(act.seat), act.commit, self._target(act, act.commit))
        elif act.stand:
            for seat in act.seats:
                yield Join(seat, act.stand)
        elif act.dial and state.dials[act.dial] != act.setting:
            yield SetDial(act.dial, str(act.setting))
        elif act.set:
            yield from self._set(act, act.set)
        elif act.prove:
            for deal in state.deals:
                hidden = deal.status == "running" and deal.sealed
                if hidden and {deal.a, deal.b} == set(act.prove):
                    yield Prove(deal.template)

    def _settle(self, out: Out) -> None:
        """Let it happen before anybody gives orders; bots answer what is asked."""
        state = self.state
        run_to_decision(state, out)
        nth = 0
        while state.stack and state.to_act is not None:
            moves = legal_moves(state)
            move = self._forced(moves)
            if move is None:
                luck = bot_luck(self.seed, state.luck, state.round, state.to_act, 10_000 + nth)
                move = self.players.move(state, moves, luck)
            out += step(state, move)
            nth += 1

    def _target(self, act: Act, card: str) -> str:
        targets = self.scenario.targets_of(card)
        if act.aim == "random":
            return targets[draw(self.seed, 0, self.state.round, "trial/aim") % len(targets)]
        if act.aim == "bottleneck":
            made = next(made for made in self.scenario.spec.production if set(made.inputs) >= set(targets))
            held = self.state.goods[made.seat]
            return min(targets, key=lambda good: held[good])
        return act.aim or targets[0]

    def _set(self, act: Act, name: str) -> Iterator[WhiteMove]:
        state, seat = self.state, str(act.seat)
        if name in self.scenario.flags:
            if state.flags.get(name, -1) != (FOREVER if act.to else -1):
                yield SetFlag(name, 0 if act.to else -1)
            return
        track = name in state.tracks
        now = state.tracks[name] if track else state.goods[seat].get(name, 0)
        most = self.scenario.tracks[name].most if track else self.scenario.goods[name].cap
        value = within(act.to if act.to is not None else now + (act.by or 0), most)
        if value != now:
            yield SetTrack(name, value) if track else SetGood(seat, name, value)
