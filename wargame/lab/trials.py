"""Games in which something is forced or forbidden: the arms of an experiment.

The rules stay the rules; an arm only takes moves off the list, or reaches into the state between two
moves, at the
first orders of a round. Two arms played from the same seed share all luck that they don't spend
differently, so
their difference is what was done and little else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from wargame.bots import bot as find_bot
from wargame.bots.base import bot_luck
from wargame.content.claims import Act, Arm
from wargame.rules import deals, piles
from wargame.rules.effects.flow import Modifier
from wargame.rules.effects.secrets import Expose
from wargame.rules.events import Event, Out, dated
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves, promised
from wargame.rules.phases import settle, step
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.scoring import final_scores
from wargame.rules.setup import new_state
from wargame.rules.spec import News, Trigger
from wargame.rules.state import Commit, Deal, Frame
from wargame.rules.view import view


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
    """The scenario without what an arm says does not count or does not come."""
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
        self.arm, self.seed, self.bots = arm, seed, bots
        self.scenario = scenario
        rounds = scenario.spec.rules.rounds
        self.record, self.round = Record(rounds), 0
        self.state, opening = new_state(scenario, seed, rounds)
        self.forbidden = {name for act in arm.does if not act.at for name in act.forbid or ()}
        self.kept = {name for act in arm.does for name in act.keep or ()}
        self.stands = {act.stand for act in arm.does if act.stand}
        self.chosen = {(act.of or "", act.choose) for act in arm.does if act.choose}
        self._do(0)
        settle(self.state, opening)
        self._note(opening)

    def play(self) -> Record:
        """To the end; every decision by the seat's bot, from what the arm leaves of its moves."""
        state, nth, self.reached = self.state, 0, 0
        while state.to_act is not None:
            if state.phase == "orders" and not state.stack and state.round != self.reached:
                self.reached = state.round
                self._do(self.reached)
                state.menu = None
            moves = [move for move in legal_moves(state) if self._allowed(move)] or legal_moves(state)[:1]
            seat = state.to_act
            forced = self._forced(moves)
            if forced is None:
                luck = bot_luck(self.seed, state.luck, state.round, seat, nth)
                forced = find_bot(self.bots[seat])(view(state, seat), moves, luck).move
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
        if move.verb == "commit":
            return str(move.args[0]) not in self.forbidden
        if move.verb == "discard":
            return self.scenario.seats[move.seat].action.id not in self.forbidden
        if move.verb in ("offer", "answer"):
            return str(move.args[0]) not in self.forbidden or (move.verb, move.args[-1]) == ("answer", "no")
        if move.verb == "mark":
            return str(move.args[0]) not in self.kept or move.args[1] == "deliver"
        if move.verb == "stand":
            return str(move.args[0]) not in self.stands and str(move.args[0]) not in self.forbidden
        if move.verb == "dial":
            return not any(act.dial == move.args[0] for act in self.arm.does)
        return True

    def _forced(self, moves: Sequence[Move]) -> Move | None:
        if not self.state.stack:
            return None
        path = self.state.stack[-1].path
        for of, option in self.chosen:
            for move in moves:
                if move.args and move.args[0] == option and (not of or of in path):
                    return move
        return None

    # --- what is done ----------------------------------------------------------------------------------

    def _do(self, round_: int) -> None:
        for act in self.arm.does:
            if round_ in act.at or (not act.at and round_ > 0):
                out: Out = []
                self._act(act, out)
                self._note(out)

    def _act(self, act: Act, out: Out) -> None:
        state = self.state
        if act.sign:
            self._sign(act)
        elif act.news:
            state.queue = (*state.queue, Frame(f"news/{act.news}", 0, f"news/{act.news}", None, ""))
            state.news = tuple(card for card in state.news if card != act.news)
            self._now(out)
        elif act.commit:
            self._commit(act)
        elif act.stand:
            for seat in act.seats:
                orders = state.orders[seat]
                state.orders = {**state.orders, seat: orders._replace(stands=(*orders.stands, act.stand))}
        elif act.dial:
            state.dials = {**state.dials, act.dial: str(act.setting)}
        elif act.set:
            self._set(act)
        elif act.prove:
            for at, deal in enumerate(state.deals):
                running = deal.status == "running" and not deal.proved
                if running and deal.secret and {deal.a, deal.b} == set(act.prove):
                    deals.prove(state, out, at)
            self._now(out)

    def _now(self, out: Out) -> None:
        """Let what was put into the queue happen before anybody gives orders; bots answer what is asked."""
        state = self.state
        settle(state, out)
        nth = 0
        while state.stack and state.to_act is not None:
            moves = legal_moves(state)
            move = self._forced(moves)
            if move is None:
                luck = bot_luck(self.seed, state.luck, state.round, state.to_act, 10_000 + nth)
                move = find_bot(self.bots[state.to_act])(view(state, state.to_act), moves, luck).move
            out += step(state, move)
            nth += 1

    def _sign(self, act: Act) -> None:
        state, template = self.state, self.scenario.deals[str(act.sign)]
        if any(deal.template == template.id and deal.status == "running" for deal in state.deals):
            return
        a, b = template.between
        size = act.size or ("large" if template.large else "small" if template.small else "plain")
        rung = template.rung
        deal = Deal(template.id, a, b, rung, size, act.secret, act.rounds, state.round, act.rounds, 100)
        state.deals = (*state.deals, deal)

    def _commit(self, act: Act) -> None:
        """Lay a card down for a seat, wherever it was, at no cost."""
        state, card, seat = self.state, str(act.commit), str(act.seat)
        for name in ("hands", "decks", "discards", "buried"):
            pile = getattr(state, name)
            setattr(state, name, {**pile, seat: tuple(other for other in pile[seat] if other != card)})
        lacking = self.scenario.spec.rules.hand - len(state.hands[seat])
        if lacking > 0:
            piles.draw_cards(state, [], seat, lacking, "trial")
        target = self._target(act, card)
        commit = Commit(card, target, promised(state, card_root(card, target)))
        orders = state.orders[seat]
        state.orders = {**state.orders, seat: orders._replace(commits=(*orders.commits, commit))}

    def _target(self, act: Act, card: str) -> str:
        targets = self.scenario.targets_of(card)
        if act.aim == "random":
            return targets[draw(self.seed, 0, self.state.round, "trial/aim") % len(targets)]
        if act.aim == "bottleneck":
            made = next(made for made in self.scenario.spec.production if set(made.inputs) >= set(targets))
            held = self.state.goods[made.seat]
            return min(targets, key=lambda good: held[good])
        return act.aim or targets[0]

    def _set(self, act: Act) -> None:
        state, name = self.state, str(act.set)
        if name in state.tracks:
            value = act.to if act.to is not None else state.tracks[name] + (act.by or 0)
            most = self.scenario.tracks[name].most
            state.tracks = {**state.tracks, name: min(max(value, 0), most)}
        elif name in self.scenario.flags:
            flags = {flag: left for flag, left in state.flags.items() if flag != name}
            state.flags = flags | {name: self.state.rounds} if act.to else flags
        else:
            seat = str(act.seat)
            held = state.goods[seat]
            value = act.to if act.to is not None else held.get(name, 0) + (act.by or 0)
            state.goods = {**state.goods, seat: {**held, name: max(value, 0)}}
