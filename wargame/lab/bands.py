"""What is wanted of a game: bands for its qualities, by the number of seats and rounds, or by the scenario.

Spreads of score that are lost or gained, shares, counts, points. A scenario lays its own over them, under
`bands` in `claims.yaml`: for a quality, or for one subject of it (`outcome.storm`).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from wargame.rules.scenario import Scenario

Band = tuple[float, float]
"""The least and the most that is wanted."""

NO_LIMIT = 99.0
"""Stands for no limit in a band."""
ANYTHING = (-NO_LIMIT, NO_LIMIT)

BANDS: dict[str, Band] = {
    "random_cards": (0.4, NO_LIMIT),
    "random_choices": (0.15, NO_LIMIT),
    "stand_decides": (0.1, NO_LIMIT),
    "random_all": (0.9, NO_LIMIT),
    "search_over_greedy": (0.4, NO_LIMIT),
    "skill_search": (1.0, NO_LIMIT),
    "more_playouts": (0.1, NO_LIMIT),
    "treachery": (0.2, 1.0),
    "treachery_pays": (-0.2, 0.2),
    "rolls": (0, 30),
    "bases": (1, 4),
    "modifiers": (0, 2),
    "won": (0.20, 0.60),
    "use": (0.02, 0.70),
    "often": (0.0, 0.90),
    "talk": (-NO_LIMIT, 0.0),
    "counter": (0.5, 1.0),
    "accuse": (0.5, 1.0),
    "lead": (0.0, 0.50),
    "turn": (0, 4),
    "level": (0.0, NO_LIMIT),
}
"""What is wanted whatever the seats and rounds."""
LEEWAY = dict.fromkeys(
    (
        "random_cards", "random_choices", "stand_decides", "random_all", "search_over_greedy",
        "more_playouts",
    ),
    0.1,
)  # fmt: skip
"""How far an interval may reach below a figure that its value has reached."""
LOST: Band = (0.03, 0.15)
"""The share of games that may end with nobody winning."""
FIRST: Band = (0.6, 1.5)
"""How often a seat comes first, by its fair share."""
DECISIONS: Band = (120 / 36, 220 / 36)
"""Decisions that a seat takes in a round."""
TALKERS = 2 / 3
"""The share of seats that must lose when no deals may be made."""
OPEN = (0.93, 0.83, 0.68, 0.50, 0.33, 0.13)
"""How much of the scores should be open as a game begins, and after each sixth of it."""
ABOUT = 0.1
"""How far from that it may be."""


def bands_for(scenario: Scenario, own: Mapping[str, Band]) -> dict[str, Band]:
    """Return the band of each quality, or of one subject of it, the scenario's own first."""
    seats, rounds = len(scenario.seat_ids), scenario.spec.rules.rounds
    found = dict(BANDS)
    found["first"] = (FIRST[0] / seats, FIRST[1] / seats)
    found["decisions"] = (DECISIONS[0] * seats * rounds, DECISIONS[1] * seats * rounds)
    found["talk.all"] = (ceil(TALKERS * seats), seats)
    found |= {f"outcome.{id_}": LOST for id_, outcome in scenario.outcomes.items() if outcome.lost}
    for round_ in range(1, rounds + 1):
        middle = _open((round_ - 1) / rounds)
        found[f"open_{round_}"] = (round(middle - ABOUT, 2), round(min(middle + ABOUT, 1.0), 2))
    return {**found, **own}


def _open(played: float) -> float:
    """How much should be open when that share of a game is played."""
    at, rest = divmod(played * len(OPEN), 1)
    here = OPEN[int(at)]
    after = OPEN[int(at) + 1] if int(at) + 1 < len(OPEN) else 0.0
    return here + (after - here) * rest
