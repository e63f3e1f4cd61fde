"""A second, independent reading of effects: what a program says it does, to compare with what it did.

`declared` reads the records of a card; `done` compares two states. Where a card asks `if`, both ways are
allowed, so a declaration is a list of possible changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wargame.rules.effects.bargains import Break, Transfer
from wargame.rules.effects.flow import Choose, Each, End, If, Later, Roll
from wargame.rules.effects.hands import Draw, Give, Lose
from wargame.rules.effects.programs import bind_self
from wargame.rules.effects.rounds import CallNews, Order
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.effects.votes import Vote
from wargame.rules.spec import Effect
from wargame.rules.state import State

Change = dict[tuple[str, ...], int]
"""What changed (`("track", "heat")`, `("good", "amber", "wood")`, …) and by how much."""

Outcomes = dict[str, str]
"""Path of a roll or choice → the branch that was taken."""


def declared(effects: Sequence[Effect], path: str, taken: Outcomes, state: State) -> list[Change]:
    """Every change that the effects may make of that state, given how rolls and choices came out."""
    ways: list[Change] = [{}]
    for at, effect in enumerate(effects):
        more = READERS[type(effect)](effect, f"{path}/{at}", taken, state)
        ways = [_sum(way, one) for way in ways for one in more]
    return ways


def within_limits(change: Change, state: State) -> Change:
    """The same as far as tracks, stocks and purses have room for it."""
    scenario, fit = state.scenario, dict(change)
    for key, by in change.items():
        now, most = 0, 10**9
        if key[0] == "track":
            now, most = state.tracks[key[1]], scenario.tracks[key[1]].most
        elif key[0] == "good":
            now, most = state.goods[key[1]].get(key[2], 0), scenario.goods[key[2]].cap
        elif key[0] == "influence":
            now, most = state.influence[key[1]], scenario.spec.rules.influence_cap
        else:
            continue
        fit[key] = min(max(now + by, 0), most) - now
    return {key: by for key, by in fit.items() if by}


def _sum(one: Change, other: Change) -> Change:
    total = dict(one)
    for key, by in other.items():
        total[key] = total.get(key, 0) + by
    return {key: by for key, by in total.items() if by}


def _shift(effect: Shift, _path: str, _taken: Outcomes, state: State) -> list[Change]:
    key, by = effect.what(), effect.by
    if per := effect.per:
        stock = state.goods[per.seat].get(per.good, 0) if per.seat and per.good else 0
        known = state.tracks.get(per.track or ""), state.influence.get(per.influence or "")
        count = sum(filter(None, known)) + stock + len(state.hands.get(per.hand or "", ()))
        by *= max(count - per.above, 0) // per.every
    later = {("due", *key): 1} if effect.rounds else {}
    return [{key: by, **later}]


def _ease(effect: Ease, _path: str, _taken: Outcomes, state: State) -> list[Change]:
    now = state.tracks[effect.track]
    return [{("track", effect.track): (effect.toward > now) - (effect.toward < now)}]


def _break(effect: Break, _path: str, _taken: Outcomes, state: State) -> list[Change]:
    """A broken deal on the ladder costs trust at once, by what that side's word is worth."""
    running = [deal for deal in state.deals if deal.template == effect.deal and deal.status == "running"]
    ladder, change = state.scenario.spec.ladder, Change()
    for deal in running:
        change["broken", effect.deal] = 1
        if ladder and deal.rung:
            change["track", ladder.track] = ladder.stop.get(effect.by, 0)
    return [change]


def _transfer(effect: Transfer, _path: str, _taken: Outcomes, state: State) -> list[Change]:
    room = state.scenario.goods[effect.good].cap - state.goods[effect.to].get(effect.good, 0)
    moved = min(effect.count, state.goods[effect.from_].get(effect.good, 0), room)
    return [{("good", effect.from_, effect.good): -moved, ("good", effect.to, effect.good): moved}]


def _roll(effect: Roll, path: str, taken: Outcomes, state: State) -> list[Change]:
    branch = taken[path]
    rows = {"success": ("success", "triumph"), "failure": ("failure", "disaster")}[branch]
    return [
        one
        for row in rows
        if row in effect.ways()
        for one in declared(getattr(effect, row), f"{path}/{row}", taken, state)
    ]


def _choose(effect: Choose, path: str, taken: Outcomes, state: State) -> list[Change]:
    option = next(option for option in effect.options if option.id == taken[path])
    return declared(option.effects, f"{path}/{option.id}", taken, state)


def _if(effect: If, path: str, taken: Outcomes, state: State) -> list[Change]:
    both = (("then", effect.then), ("otherwise", effect.otherwise))
    ways: list[Change] = []
    for branch, effects in both:
        try:
            ways += declared(effects, f"{path}/{branch}", taken, state)
        except KeyError:  # a roll in the branch that was not taken
            continue
    return ways


def _each(effect: Each, path: str, taken: Outcomes, state: State) -> list[Change]:
    return declared(effect.bound(), f"{path}/each", taken, state)


def _vote(effect: Vote, path: str, taken: Outcomes, state: State) -> list[Change]:
    """Each answer stands under the path of its turn: how many were asked, how many of them agreed."""
    agreed, ways = 0, [Change()]
    for asked, seat in enumerate(effect.seats):
        turn = f"{path}/{asked}-{agreed}/0"
        if taken[turn] == "yes":
            agreed += 1
            brought = declared(bind_self(effect.each, seat), f"{turn}/yes", taken, state)
            ways = [_sum(way, one) for way in ways for one in brought]
    branch = "then" if agreed >= effect.at_least else "otherwise"
    came = declared(getattr(effect, branch), f"{path}/{branch}", taken, state)
    return [_sum(way, one) for way in ways for one in came]


READERS: dict[type, Callable[[Any, str, Outcomes, State], list[Change]]] = {
    Shift: _shift,
    Ease: _ease,
    SetTrack: lambda e, _p, _t, state: [{("track", e.track): e.to - state.tracks[e.track]}],
    SetFlag: lambda e, *_: [{("flag", e.flag): 1 if e.on else 0}],
    Points: lambda e, *_: [{("points", e.seat): e.by}],
    Roll: _roll,
    Choose: _choose,
    If: _if,
    Each: _each,
    Vote: _vote,
    Later: lambda e, *_: [{("due", "later"): 1}],
    Order: lambda e, *_: [{("due", "order", e.seat): 1}],
    CallNews: lambda e, *_: [{("due", "later"): int(e.rounds > 0)}],
    End: lambda *_: [{("outcome",): 1}],
    Draw: lambda e, *_: [{("hand", e.seat): e.cards}],
    Give: lambda e, _p, _t, state: [
        {
            ("hand", seat := state.scenario.owner(e.card)): int(
                any(e.card in pile[seat] for pile in (state.decks, state.discards, state.buried))
            )
        }
    ],
    Lose: lambda e, *_: [{("hand", e.seat): -e.cards}],
    Locate: lambda e, *_: [{("finding",): 1, ("located",): 1}],
    Peek: lambda e, *_: [{("finding",): 1}],
    Expose: lambda e, _p, _t, state: [{("exposed",): int(any(map(e.meant, state.deals)))}],
    Break: _break,
    Transfer: _transfer,
}


def done(before: State, after: State) -> Change:
    """What really changed."""
    change: Change = {}
    for track, value in after.tracks.items():
        change["track", track] = value - before.tracks[track]
    for seat in after.scenario.seat_ids:
        for good, count in after.goods[seat].items():
            change["good", seat, good] = count - before.goods[seat].get(good, 0)
        change["influence", seat] = after.influence[seat] - before.influence[seat]
        change["points", seat] = after.points[seat] - before.points[seat]
        change["hand", seat] = len(after.hands[seat]) - len(before.hands[seat])
    change |= _flags(before, after)
    for due in after.schedule[len(before.schedule) :]:
        key = ("due", *(due.what or ("later",)))
        change[key] = change.get(key, 0) + 1
    change["finding",] = len(after.findings) - len(before.findings)
    change["outcome",] = int(after.outcome != before.outcome)
    change |= _deals(before, after)
    return {key: by for key, by in change.items() if by}


def _flags(before: State, after: State) -> Change:
    raised = [
        flag
        for flag, until in after.flags.items()
        if until >= after.round and until != before.flags.get(flag)
    ]
    located = sum(flag.startswith("located-") for flag in raised)
    return {("located",): located} | {("flag", flag): 1 for flag in raised if not flag.startswith("located-")}


def _deals(before: State, after: State) -> Change:
    change: Change = {}
    for old, new in zip(before.deals, after.deals, strict=True):
        if new.status != old.status:
            change["broken", new.template] = 1
        if (new.proved, new.suspected) != (old.proved, old.suspected):
            change["exposed",] = change.get(("exposed",), 0) + 1
    return change
