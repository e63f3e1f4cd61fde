"""Things that somebody was shown: hidden tracks, another seat's goods, a dial."""

from __future__ import annotations

from wargame.rules.effects.secrets import Peek
from wargame.words.en.grammar import joined
from wargame.words.en.names import Names


def peeked(names: Names, what: str, value: str | int, when: str) -> str:
    """'Trust stood at 4, trading, in Oct–Dec 2023'; a good may come as `seat/good`."""
    now = when == "now"
    stands = "stands" if now else "stood"
    if what in names.scenario.tracks:
        band = names.band(what, int(value))
        return f"{names.track(what)} {stands} at {value}, {band}, {when}"
    if what in names.scenario.dials:
        seat = names.party(names.scenario.dials[what].seat)
        setting = names.setting(what, str(value))
        return f"{names.dial(what)} {stands} at {setting} {when}, set by {seat}"
    held = "holds" if now else "held"
    seat, _, what = what.rpartition("/")
    holder = names.party(seat) if seat else _holders(names, what)
    return f"{holder} {held} {names.lots(int(value), what)} {when}"


def _holders(names: Names, good: str) -> str:
    """Whose store was looked into, if the finding does not say: few cards look at any one good."""
    looks = (effect for sequence in names.scenario.programs.effects.values() for effect in sequence)
    seats = {effect.seat for effect in looks if isinstance(effect, Peek) and effect.good == good}
    return joined((names.party(seat) for seat in sorted(filter(None, seats))), "or") or "somebody"
