"""What a bot reckons with, in the words of the table.

Bots write the changes that moved them most with what each is worth in points: `arsenal +2.0, dprk/oil -0.8`,
a search before it what the move is worth more than none: `+1.3 in 64 worlds: own hand +0.3`.
"""

from __future__ import annotations

import re

from wargame.words.en.names import Names, spelt

GAIN = r"[a-z][\w /-]*? [+-]\d+\.\d"
REASON = re.compile(rf"(?:([+-]\d+\.\d) in (\d+) worlds(?:: (?!$)|$))?((?:{GAIN}(?:, |$))*)")

THINGS = {
    "own influence": "influence",
    "own points": "payments on the way",
    "own hand": "cards in hand",
    "own knowledge": "what is learnt",
    "own broken": "a broken deal",
    "own exposed": "what may come out",
    "other exposed": "what may come out of others",
    "other outcome": "how the game may end",
    "signal": "the announcement",
    "no strings": "keeping its hands free",
}
OLDER = {
    "hand": "cards in hand",
    "knowledge": "what is learnt",
    "broken": "a broken deal",
    "exposed": "what may come out",
    "outcome": "how the game may end",
    "storm": "how the game may end",
}
"""What bots wrote before they kept apart whose it is; a seat's id alone stood for all that was its own."""


def thought(names: Names, rationale: str) -> str:
    """Return a bot's reason in words: '+1.0 points from Seoul–Beijing, −0.3 from cards in hand'.

    Any other text stays as it is.
    """
    found = REASON.fullmatch(rationale)
    if not rationale or found is None:
        return rationale
    edge, worlds, gains = found.groups()
    parts = [gain.rsplit(" ", 1) for gain in gains.split(", ") if gain]
    said = ", ".join(
        f"{_signed(by)}{'' if nth else ' points'} from {_thing(names, what)}"
        for nth, (what, by) in enumerate(parts)
    )
    if edge is None:
        return said
    return f"{_signed(edge)} points in {worlds} imagined worlds{f': {said}' if said else ''}"


def _signed(number: str) -> str:
    return number.replace("-", "−")


def _thing(names: Names, what: str) -> str:
    scenario = names.scenario
    seat, slash, good = what.partition("/")
    if what in scenario.tracks:
        return names.track(what)
    if slash:
        return names.stock(seat, good)
    if what in scenario.goods:
        return names.good(what)
    if what in scenario.seats:
        return "what else it gains and pays"
    return THINGS.get(what) or OLDER.get(what) or spelt(what)
