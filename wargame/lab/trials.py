"""Games in which something is forced or forbidden: the arms of an experiment, and what is read off them.

The rules stay the rules: an arm takes moves off the list, and does the rest by acts of the white cell, at
the first orders of a round. Two arms played from the same seed share all luck that they don't spend
differently, so their difference is what was done and little else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from statistics import fmean
from typing import Any, NamedTuple

from wargame.bots.base import bot_luck
from wargame.bots.players import Players
from wargame.content.claims import SHARES, Act, Arm, Measure
from wargame.rules import white
from wargame.rules.effects.base import within
from wargame.rules.effects.secrets import Expose
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.events import (
    CardRevealed,
    Event,
    GoodsDelivered,
    GoodsProduced,
    Out,
    StandTaken,
    dated,
    kind_of,
)
from wargame.rules.luck import draw
from wargame.rules.moves import (
    Answer,
    Choose,
    Commit,
    Counter,
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
from wargame.rules.spec import Modifier, News, Trigger
from wargame.rules.state import Deal
from wargame.words import Words
from wargame.words.grammar import joined, quoted, whose


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
    """Return a record without those of its parts, however deep, that are dropped."""
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
        """Play to the end; every decision is by the seat's bot, from what the arm leaves of its moves."""
        state, nth, self.reached = self.state, 0, 0
        while state.to_act is not None:
            if state.phase == "orders" and not state.stack and state.round != self.reached:
                self.reached = state.round
                self._do(self.reached)
            moves = [move for move in legal_moves(state) if self._allowed(move)] or legal_moves(state)[:1]
            before = state.round
            self._note(step(state, self._decided(moves, nth)))
            nth += 1
            if state.round != before or state.to_act is None:
                self.record.tracks.append(dict(state.tracks))
                self.record.goods.append({seat: dict(held) for seat, held in state.goods.items()})
                self.record.dials.append(dict(state.dials))
                lasting = {flag for flag, until in state.flags.items() if until >= self.reached}
                self.record.flags.append(lasting)
        record = self.record
        record.deals, record.ruined, record.outcome = state.deals, state.ruined, state.outcome
        record.scores = {seat: line.score for seat, line in final_scores(state).items()}
        return record

    def _note(self, out: Out) -> None:
        """Keep what happened, with the round in which it did."""
        for round_, _phase, event in dated(out, self.round, ""):
            self.round = round_
            self.record.events.append((round_, event))

    # --- what is left to decide ------------------------------------------------------------------------

    def _allowed(self, move: Move) -> bool:
        match move:
            case Commit():
                return move.card not in self.forbidden
            case Discard():
                return self.scenario.seats[move.seat].action.id not in self.forbidden
            case Offer() | Counter() | Answer(reply="yes"):
                return move.deal not in self.forbidden
            case Mark():
                return move.deal not in self.kept
            case Stand():
                return move.stand not in self.stands and move.stand not in self.forbidden
            case Dial():
                return not any(act.dial == move.dial for act in self.arm.does)
        return True

    def _decided(self, moves: Sequence[Move], nth: int) -> Move:
        """Return what the arm chooses where a choice is asked for, else what the seat's bot decides."""
        state = self.state
        if state.stack:
            path = state.stack[-1].path
            for of, option in self.chosen:
                for move in moves:
                    if isinstance(move, Choose) and move.option == option and (not of or of in path):
                        return move
        luck = bot_luck(self.seed, state.luck, state.round, moves[0].seat, nth)
        return self.players.move(state, moves, luck)

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
        """Yield what the white cell does for it; nothing where it is so already."""
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
            out += step(state, self._decided(legal_moves(state), 10_000 + nth))
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


# --- what is read off a game, and how that is said --------------------------------------------------------


class Kind(NamedTuple):
    """A kind of measure, so that a table can't say something else than what was counted.

    `read` gives its number for a game (1 or 0 for a share); `said` says of what: a noun phrase, or for a
    share what happens in the games that count. A difference is so many `unit`, called by `ways` if it is
    more or less.
    """

    read: Callable[[Measure, Record], float]
    said: Callable[[Measure, Words], str]
    unit: str
    ways: tuple[str, str] = ("higher", "lower")


def measured(measure: Measure, record: Record) -> float:
    """Return the number that a measure reads off a game."""
    return float(KINDS[measure.what].read(measure, record))


def said(measure: Measure, words: Words) -> str:
    """Return the phrase for what a measure reads, without its statistic."""
    phrase = KINDS[measure.what].said(measure, words)
    return f"games in which {phrase}" if measure.what in SHARES else phrase


def _mean(measure: Measure, record: Record) -> float:
    if measure.good:
        return fmean(held[str(measure.seat)][measure.good] for held in record.goods)
    return fmean(values[str(measure.track)] for values in record.tracks)


def _mean_said(measure: Measure, words: Words) -> str:
    of = words.stock(str(measure.seat), measure.good) if measure.good else words.track(str(measure.track))
    return f"{of} at the end of a round, averaged over the rounds"


def _signed(measure: Measure, record: Record) -> int:
    pairs = [set(pair) for pair in measure.pairs]
    return sum({deal.a, deal.b} in pairs and deal.signed >= measure.since for deal in record.deals)


def _signed_said(measure: Measure, words: Words) -> str:
    pairs = joined((f"between {joined(map(words.party, pair))}" for pair in measure.pairs), "or")
    return f"deals signed {pairs}{_since(measure)}"


def _broken(measure: Measure, record: Record) -> bool:
    return any(
        deal.template in measure.deals and deal.status in ("broken", "fallen") for deal in record.deals
    )


def _delivered(measure: Measure, record: Record) -> int:
    return sum(
        event.given
        for round_, event in record.events
        if isinstance(event, GoodsDelivered)
        and round_ >= measure.since
        and event.giver == measure.seat
        and event.good in measure.goods
    )


def _delivered_said(measure: Measure, words: Words) -> str:
    goods = joined(map(words.good, measure.goods))
    return f"{goods} delivered by {words.party(str(measure.seat))}{_since(measure)}"


def _first(measure: Measure, record: Record) -> int:
    for round_, event in record.events:
        match event:
            case CardRevealed() if event.seat in measure.seats and event.card in measure.cards:
                return round_
            case StandTaken() if event.stand == measure.stand:
                return round_
            case _ if kind_of(event) in measure.events:
                return round_
    return record.rounds + 1


HAPPENS = {"suspected": "a secret deal is suspected", "proved": "a secret deal is proved"}
"""Kinds of events as clauses."""


def _first_said(measure: Measure, words: Words) -> str:
    clauses = [HAPPENS.get(kind, f"an event of the kind “{kind}” occurs") for kind in measure.events]
    if measure.cards:
        seats = joined(map(words.party, measure.seats), "or")
        clauses.append(f"{seats} plays {_titles(measure.cards, words.card)}")
    if measure.stand:
        clauses.append(f"a place is taken in {quoted(words.stand(measure.stand))}")
    return f"the first round in which {joined(clauses, 'or')} (where there is none, the round after the last)"


def _share(measure: Measure, record: Record) -> bool:
    if measure.outcome is not None:
        return record.outcome == measure.outcome
    return measure.seat in record.ruined


def _share_said(measure: Measure, words: Words) -> str:
    if measure.outcome is not None:
        return f"the game ends with {words.ending(measure.outcome)}"
    return f"{words.one_does(str(measure.seat), 'is')} ruined"


def _setting(measure: Measure, record: Record) -> int:
    return sum(
        (measure.dial is not None and dials.get(measure.dial) == measure.setting) or measure.flag in flags
        for dials, flags in zip(record.dials, record.flags, strict=True)
    )


def _setting_said(measure: Measure, words: Words) -> str:
    clauses = []
    if measure.dial:
        setting = words.setting(measure.dial, str(measure.setting))
        clauses.append(f"{quoted(words.dial(measure.dial))} is at {quoted(setting)}")
    if measure.flag:
        clauses.append(words.flag(measure.flag))
    return f"rounds at whose end {joined(clauses, 'or')}"


def _fell(measure: Measure, record: Record) -> bool:
    made = {round_: event.units for round_, event in record.events if isinstance(event, GoodsProduced)}
    now = measure.since
    return now in made and made[now] < made.get(now - 1, 0)


def _titles(ids: Sequence[str], title: Callable[[str], str]) -> str:
    return joined((quoted(title(id_)) for id_ in ids), "or")


def _since(measure: Measure) -> str:
    return f" from round {measure.since} on" if measure.since > 1 else ""


OFTENER = ("more often", "less often")
MORE = ("more", "fewer")
KINDS: dict[str, Kind] = {
    "end": Kind(
        lambda measure, record: record.tracks[-1][str(measure.track)],
        lambda measure, words: f"{words.track(str(measure.track))} at the end of the game",
        "steps",
    ),
    "mean": Kind(_mean, _mean_said, "units"),
    "score": Kind(
        lambda measure, record: record.scores[str(measure.seat)],
        lambda measure, words: f"{whose(words.party(str(measure.seat)))} final score",
        "points",
    ),
    "signed": Kind(_signed, _signed_said, "deals", MORE),
    "first": Kind(_first, _first_said, "rounds", ("later", "earlier")),
    "share": Kind(_share, _share_said, "games", OFTENER),
    "broken": Kind(
        _broken,
        lambda measure, words: f"{_titles(measure.deals, words.deal)} breaks or falls through",
        "games",
        OFTENER,
    ),
    "unbroken": Kind(
        lambda measure, record: not _broken(measure, record),
        lambda measure, words: f"no {_titles(measure.deals, words.deal)} breaks or falls through",
        "games",
        OFTENER,
    ),
    "delivered": Kind(_delivered, _delivered_said, "units", MORE),
    "setting": Kind(_setting, _setting_said, "rounds", MORE),
    "fell": Kind(
        _fell,
        lambda measure, _words: f"the factories make less in round {measure.since} than in the round before",
        "games",
        OFTENER,
    ),
}
