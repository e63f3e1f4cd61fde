"""What changes are worth to a seat, in points: read off its scoring terms and its rules of thumb.

A price is said once (`price_of`). `worth` lays the prices on a list of changes; an `Appraiser` lays them on
what may follow from moves beforehand, so that all that is left to do in a position is to look up where tracks
stand and to ask what is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add

from wargame.rules.effects.programs import Changes, Expected, ExpectedChange, Key, Sequel, Shares
from wargame.rules.preview import Ways
from wargame.rules.scenario import Scenario
from wargame.rules.view import View

INFLUENCE = 0.55
"""Points that one influence is worth while there are rounds left to spend it in."""
LAST_INFLUENCE = 0.1
KNOWLEDGE = 0.4
EXPOSED = -1.2
CARD = 0.3
DECIDED = 25.0
"""Points that an outcome is worth in which a seat wins whatever its score; where others win it costs them."""


def values_of(scenario: Scenario, seat: str, style: str) -> Mapping[str, int]:
    """Return the seat's rules of thumb, with those of one of its plans or characters laid over them."""
    return scenario.spec.scoring.seats[seat].values | scenario.styles.get((seat, style), {})


def worth(seen: View, seat: str, changes: Changes, values: Mapping[str, int]) -> dict[str, float]:
    """Return each expected change in points of the seat's score, by what `rationale` calls it."""
    gains: dict[str, float] = {}
    last = seen.round >= seen.rounds
    for key, by in changes.items():
        now = seen.tracks.get(key[1]) if key[0] == "track" else None
        points = by * price_of(seen.scenario, seat, values, last, key, now)
        if points:
            what = _called(key, seat)
            gains[what] = gains.get(what, 0.0) + points
    return gains


def _called(key: Key, seat: str) -> str:
    if key[0] == "track":
        return key[1]
    if key[0] == "good":
        return f"{key[1]}/{key[2]}"
    return f"{'own' if key[-1] == seat else 'other'} {key[0]}"


def outcome_worth(scenario: Scenario, seat: str, outcome: str) -> float:
    """Return what it is worth to a seat that the game ends so, beside its score; 0 after the last round."""
    came = scenario.outcomes.get(outcome)
    if came is None or (came.line and seat not in came.wins):
        return 0.0
    return DECIDED if seat in came.wins else -DECIDED


def price_of(
    scenario: Scenario, seat: str, values: Mapping[str, int], last: bool, key: Key, now: int | None = None
) -> float:
    """Return what one more of what the key names is worth; of a track it may turn on where that is `now`."""
    kind, name = key[0], key[-1]
    terms = scenario.spec.scoring.seats[seat].terms
    if kind == "track":
        start = scenario.tracks[name].start
        gone = 0 if now is None else now - start
        scored = [t.each for t in terms if t.track == name and (t.most is None or gone < t.most)]
        return float(sum(scored)) + values.get(name, 0) / 10
    if kind == "good" and key[1] != seat:
        return values.get(f"{key[1]}/{name}", 0) / 10
    if kind == "good":
        return sum(term.each for term in terms if term.good == name) + values.get(name, 0) / 10
    if kind == "exposed" and name != seat:
        detection = scenario.spec.detection
        return -EXPOSED / 4 if detection is not None and seat in detection.by else 0.0
    if kind == "outcome":
        return outcome_worth(scenario, seat, name)
    own = {
        "influence": LAST_INFLUENCE if last else INFLUENCE,
        "points": 1.0, "hand": CARD, "knowledge": KNOWLEDGE, "exposed": EXPOSED,
    }  # fmt: skip
    return own.get(kind, 0.0) if name == seat else 0.0


@dataclass(slots=True)
class Priced:
    """A sequence with prices laid on it; `moving` if its worth turns on the position.

    `steady` is the same in every one, `tracks` turn on where a track stands (points for each place, the last
    for a track not seen), and `forks` on a chance or a question: how the weight in the middle is shared out.
    """

    moving: bool
    steady: float
    tracks: tuple[tuple[str, tuple[float, ...]], ...]
    forks: tuple[tuple[Shares, float, tuple[Priced, ...]], ...]

    def worth(self, seen: View) -> float:
        """Return what it may be expected to be worth, in points."""
        total, stand = self.steady, seen.tracks
        for track, points in self.tracks:
            total += points[stand.get(track, -1)]
        for shares, weight, branches in self.forks:
            for share, branch in zip(shares(seen, weight), branches):  # noqa: B905  (no shares: none comes)
                if share:
                    total += share * (branch.worth(seen) if branch.moving else branch.steady)
        return total


class Appraiser(dict[Sequel, Priced]):
    """Prices for one seat and style, in the last round or before it; laid on a sequel when first asked for.

    `steady` holds those that are worth the same in every position. `kept` has for the ways to propose a deal
    what of it is not, and what they came to by that and the facts.
    """

    def __init__(self, scenario: Scenario, seat: str, style: str, last: bool) -> None:
        super().__init__()
        self._scenario, self._seat, self._last = scenario, seat, last
        self._values = values_of(scenario, seat, style)
        self.steady: dict[Sequel, float] = {}
        self.kept: dict[Ways, tuple[list[Sequel], dict[object, dict[int, float]]]] = {}

    @classmethod
    def of(cls, seen: View, seat: str, style: str) -> Appraiser:
        """Return the one for that view, which is kept with the scenario's programs."""
        what = (cls, seat, style, seen.round >= seen.rounds)
        kept = seen.scenario.programs.kept
        if what not in kept:
            kept[what] = cls(seen.scenario, *what[1:])
        found: Appraiser = kept[what]
        return found

    def __missing__(self, sequel: Sequel) -> Priced:
        priced = self[sequel] = self._laid_on(sequel.parts)
        if not priced.moving:
            self.steady[sequel] = priced.steady
        return priced

    def know(self, ways: Ways) -> tuple[list[Sequel], dict[object, dict[int, float]]]:
        """Make room in `kept` for the ways to propose a deal."""
        self.kept[ways] = [sequel for sequel in ways.sequels if self[sequel].moving], {}
        return self.kept[ways]

    def _price(self, key: Key, now: int | None = None) -> float:
        return price_of(self._scenario, self._seat, self._values, self._last, key, now)

    def _laid_on(self, parts: Iterable[Expected]) -> Priced:
        tracks: dict[str, tuple[float, ...]] = {}
        forks: list[tuple[Shares, float, tuple[Priced, ...]]] = []
        steady = self._lay(parts, 1.0, tracks, forks)
        moving = tuple((track, points) for track, points in tracks.items() if any(points))
        return Priced(bool(moving or forks), steady, moving, tuple(forks))

    def _lay(
        self,
        parts: Iterable[Expected],
        weight: float,
        tracks: dict[str, tuple[float, ...]],
        forks: list[tuple[Shares, float, tuple[Priced, ...]]],
    ) -> float:
        """Lay prices on parts of that weight: add to `tracks` and `forks`, and return what is steady."""
        steady = 0.0
        for part in parts:
            if isinstance(part, ExpectedChange) and part.key[0] == "track":
                new = [weight * points for points in self._by_place(part)]
                old = tracks.get(part.key[1], (0.0,) * len(new))
                tracks[part.key[1]] = tuple(map(add, old, new))
            elif isinstance(part, ExpectedChange):
                steady += weight * part.by * self._price(part.key)
            elif part.fixed:
                for share, branch in zip(part.fixed, part.branches, strict=True):
                    steady += self._lay(branch, weight * share, tracks, forks)
            else:
                branches = tuple(self._laid_on(branch) for branch in part.branches)
                if any(branch.moving or branch.steady for branch in branches):
                    forks.append((part.shares, weight, branches))
        return steady

    def _by_place(self, change: ExpectedChange) -> Iterator[float]:
        """The worth of a change of a track for each place in which it may stand, and for one not known."""
        for now in (*range(self._scenario.tracks[change.key[1]].most + 1), None):
            by = change.by if change.steps is None else change.steps(now)
            yield by * self._price(change.key, now)
