"""One step ahead: the move whose expected changes are worth most to the seat.

The worth of a change is read off the scenario's own scoring terms, plus its rules of thumb (`values`, in
tenths of a point) for what scores only later. Nothing is looked at but the view.
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.bots.base import Choice
from wargame.rules.effects.base import Changes
from wargame.rules.moves import Answer, Dial, Move, Signal
from wargame.rules.preview import preview
from wargame.rules.spec import Term
from wargame.rules.view import View

INFLUENCE = 0.55
"""Points that one influence is worth while there are rounds left to spend it in."""
LAST_INFLUENCE = 0.1
SIGNAL = 0.2
KNOWLEDGE = 0.4
EXPOSED = -1.2
BROKEN = -1.5
CARD = 0.3
STORM = -25.0
NOISE = 0.15
"""Ties and near-ties fall to luck, so that a greedy table is not the same table every time."""


def greedy(seen: View, moves: Sequence[Move], luck: int, style: str = "") -> Choice:
    """The best move by what it is worth, which is 0 for the neutral one; `style` adds its own values."""
    values = values_of(seen, moves[0].seat, style)
    best, worth, reason = moves[0], 0.0, ""
    if seen.stack:
        worth = float("-inf")
    for nth, move in enumerate(moves):
        gains = gains_of(seen, move, values)
        total = sum(gains.values()) + NOISE * ((luck >> (nth % 53)) % 1024) / 1024
        if move.verb == "end":
            continue
        if total > worth + 1e-9 and (total > NOISE or seen.stack):
            best, worth, reason = move, total, rationale(gains)
    return Choice(best, reason)


def rationale(gains: dict[str, float]) -> str:
    """The two changes that moved the estimate most, as `arsenal +2.0, dprk/oil -0.8, own influence -0.6`.

    A track goes by its id, a good by its seat's and its own, all else by words; `words.thought` reads it.
    """
    most = sorted(gains.items(), key=lambda item: -abs(item[1]))[:2]
    return ", ".join(f"{what} {by:+.1f}" for what, by in most if abs(by) >= 0.05)


def values_of(seen: View, seat: str, style: str) -> dict[str, int]:
    """The seat's rules of thumb, with those of one of its plans or characters laid over them."""
    values = seen.scenario.spec.scoring.seats[seat].values
    return values | seen.scenario.styles.get((seat, style), {})


def gains_of(seen: View, move: Move, values: dict[str, int] | None = None) -> dict[str, float]:
    """What a move is worth to its seat, by what it changes, in points; `values` as the scenario has them."""
    if values is None:
        values = values_of(seen, move.seat, "")
    if isinstance(move, Signal):
        return {"signal": _signal(seen, move)}
    gains = worth(seen, move.seat, preview(seen, move).changes, values)
    if isinstance(move, Dial):
        if seen.dials.get(move.dial) == move.setting:
            return {}
        now = Dial(move.seat, move.dial, seen.dials[move.dial])
        for what, by in worth(seen, move.seat, preview(seen, now).changes, values).items():
            gains[what] = gains.get(what, 0.0) - by
    if isinstance(move, Answer) and move.reply == "no":
        gains["no strings"] = NOISE / 2
    return gains


def _signal(seen: View, move: Signal) -> float:
    """Telling the truth about a card that would be seen anyway pays; nothing else does."""
    mine = [commit.card for commit in seen.orders[move.seat].commits]
    return SIGNAL if move.card in mine and not seen.scenario.cards[move.card].quiet else -1.0


def worth(seen: View, seat: str, changes: Changes, values: dict[str, int]) -> dict[str, float]:
    """Each expected change in points of the seat's score, by what `rationale` calls it."""
    scoring = seen.scenario.spec.scoring.seats[seat]
    gains: dict[str, float] = {}
    for key, by in changes.items():
        points = _points(seen, seat, key, by, scoring.terms, values)
        if points:
            what = _called(key, seat)
            gains[what] = gains.get(what, 0.0) + points
    return gains


def _called(key: tuple[str, ...], seat: str) -> str:
    if key[0] == "track":
        return key[1]
    if key[0] == "good":
        return f"{key[1]}/{key[2]}"
    return f"{'own' if key[-1] == seat else 'other'} {key[0]}"


def _points(
    seen: View, seat: str, key: tuple[str, ...], by: float, terms: Sequence[Term], values: dict[str, int]
) -> float:
    kind, name = key[0], key[-1]
    if kind == "track":
        return by * (_per_step(seen, name, terms) + values.get(name, 0) / 10)
    if kind == "good" and key[1] != seat:
        return by * values.get(f"{key[1]}/{name}", 0) / 10
    if kind == "good":
        return by * (sum(term.each for term in terms if term.good == name) + values.get(name, 0) / 10)
    if kind == "influence":
        price = INFLUENCE if seen.round < seen.rounds else LAST_INFLUENCE
        return by * price if name == seat else 0.0
    if kind in ("points", "hand", "knowledge", "broken"):
        rate = {"points": 1.0, "hand": CARD, "knowledge": KNOWLEDGE, "broken": BROKEN}[kind]
        return by * rate if name == seat else 0.0
    if kind == "exposed":
        detection = seen.scenario.spec.detection
        watching = detection is not None and seat in detection.by
        return by * (EXPOSED if name == seat else -EXPOSED / 4 if watching else 0.0)
    return by * STORM if kind == "outcome" else 0.0


def _per_step(seen: View, track: str, terms: Sequence[Term]) -> float:
    """Points a step of a track, none where the term is capped and full."""
    total = 0.0
    for term in terms:
        if term.track != track:
            continue
        start = seen.scenario.tracks[track].start
        full = term.most is not None and seen.tracks.get(track, start) - start >= term.most
        total += 0.0 if full else term.each
    return total
