"""What a bot says it was moved by, in the words of the table."""

from __future__ import annotations

import re

from wargame.words.en.names import Names

GAIN = re.compile(r"(?<![\w/-])([a-z][a-z_ -]*?)(?= [+-]\d+\.\d)")
"""What changed, before its points: the bots write `seoul_beijing +1.0, hand -0.3`."""

OTHERS = {
    "broken": "a broken deal",
    "exposed": "what may be proved",
    "hand": "cards in hand",
    "knowledge": "what is learnt",
    "outcome": "storm",
    "signal": "the announcement",
}


def thought(names: Names, rationale: str) -> str:
    """A bot's reason with names for ids: 'Seoul–Beijing +1.0, cards in hand -0.3'. Any other text stays."""
    return GAIN.sub(lambda found: _thing(names, found[1]), rationale)


def _thing(names: Names, id_: str) -> str:
    scenario = names.scenario
    if id_ in scenario.tracks:
        return names.track(id_)
    if id_ in scenario.goods:
        return names.good(id_)
    return names.seat(id_) + "'s influence" if id_ in scenario.seats else OTHERS.get(id_, id_)
