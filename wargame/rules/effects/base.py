"""The few ways in which effects touch a state.

What they move stays within its ends. A change is told to those who may know it, with its cause or without.
"""

from __future__ import annotations

from wargame.rules.catalogue import audience_minus
from wargame.rules.effects.programs import Step
from wargame.rules.events import BandChanged, Change, GoodMoved, InfluenceMoved, Out, TrackMoved
from wargame.rules.state import Frame, State


def tell(state: State, out: Out, change: Change, frame: Frame) -> None:
    """Tell a change to those in `to`, who see the thing, and its cause only to those who may know it."""
    if frame.to is None:
        out.append(change)
        return
    knowing, guessing = state.scenario.splits[change.to, frame.to]
    if knowing is None or knowing:
        out.append(change if knowing == change.to else change._replace(to=knowing))
    if guessing:
        out.append(change._replace(to=guessing, cause="", twin=change.twin or bool(knowing)))


def within(number: int, most: int) -> int:
    """Return the nearest number from 0 to `most`."""
    return 0 if number < 0 else most if number > most else number


def shift_track(state: State, out: Out, track: str, by: int, frame: Frame) -> int:
    """Move a track within its ends; returns how far it really moved."""
    spec, old = state.scenario.tracks[track], state.tracks[track]
    new = within(old + by, spec.most)
    if new == old:
        return 0
    state.tracks = {**state.tracks, track: new}
    tell(state, out, TrackMoved(spec.seen_by or None, track, old, new, frame.cause), frame)
    if spec.seen_by and spec.band_public:
        band = state.scenario.band(track, new)
        if band != state.scenario.band(track, old):
            others = audience_minus(None, spec.seen_by, state.scenario.seat_ids)
            out.append(BandChanged(others, track, band))
    blamed = new > old and frame.to is None and track == state.scenario.spec.scoring.blame
    if blamed and frame.who in state.blame:
        state.blame = {**state.blame, frame.who: state.blame[frame.who] + new - old}
    return new - old


def shift_good(state: State, out: Out, seat: str, good: str, by: int, frame: Frame) -> int:
    """Give or take goods within 0 and the cap; returns how many really moved."""
    held = state.goods[seat]
    old = held.get(good, 0)
    new = within(old + by, state.scenario.goods[good].cap)
    if new == old:
        return 0
    state.goods = {**state.goods, seat: {**held, good: new}}
    tell(state, out, GoodMoved((seat,), seat, good, old, new, frame.cause), frame)
    return new - old


def shift_influence(state: State, out: Out, seat: str, by: int, frame: Frame) -> int:
    """Give or take influence within 0 and the cap; returns how much really moved."""
    old = state.influence[seat]
    new = within(old + by, state.scenario.spec.rules.influence_cap)
    if new == old:
        return 0
    state.influence = {**state.influence, seat: new}
    if state.phase not in ("orders", "answers"):
        tell(state, out, InfluenceMoved(None, seat, old, new, frame.cause), frame)
        return new - old
    frozen, cards = state.shown[seat]  # what others see stands still, but for what everybody hears of
    shown = within(frozen + new - old, state.scenario.spec.rules.influence_cap)
    state.shown = {**state.shown, seat: (shown, cards)}
    tell(state, out, InfluenceMoved((seat,), seat, old, new, frame.cause), frame)
    if shown != frozen:
        others = state.scenario.others[seat]
        tell(state, out, InfluenceMoved(others, seat, frozen, shown, frame.cause, twin=True), frame)
    return new - old


def shift(state: State, out: Out, what: tuple[str, ...], by: int, frame: Frame) -> int:
    """Move whatever `what` names; returns how far it really moved."""
    if what[0] == "track":
        return shift_track(state, out, what[1], by, frame)
    if what[0] == "good":
        return shift_good(state, out, what[1], what[2], by, frame)
    return shift_influence(state, out, what[1], by, frame)


def shifting(what: tuple[str, ...], by: int) -> Step:
    """Return the step that moves whatever `what` names."""

    def step(state: State, out: Out, frame: Frame) -> None:
        shift(state, out, what, by, frame)

    return step
