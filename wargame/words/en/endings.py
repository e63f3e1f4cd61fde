"""The end of a game in words: what made a score, how each came out, and what was hidden until then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from wargame.rules.state import Deal
from wargame.words.en.conditions import condition
from wargame.words.en.effects import winners
from wargame.words.en.grammar import capital, joined, moved, signed, whose
from wargame.words.en.names import Names
from wargame.words.en.scores import ranked
from wargame.words.texts import halves, tenths


class Moved(Protocol):
    """A track or a good of the seat that moved, and what that was worth to it."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def old(self) -> int: ...
    @property
    def new(self) -> int: ...
    @property
    def points(self) -> int: ...


def moment_title(names: Names, cause: str) -> str:
    """Return what a moment was, as a title: 'Interceptors for Kyiv'."""
    return capital(names.cause(cause)) or "For a reason kept secret"


def doing_of(names: Names, cause: str, behind: Sequence[str]) -> str:
    """Return whose doing it was: 'South Korea's card', 'a deal of Russia and China', 'news'."""
    kind, _, rest = cause.partition("/")
    if kind == "over":
        return doing_of(names, rest, behind)
    whose_ = joined([names.party(seat) for seat in behind])
    if kind in ("deal", "stand"):
        return f"a {kind} of {whose_}" if behind else f"a {kind}"
    thing = {"card": "card", "dial": "lever", "accusation": "word", "production": "factories"}.get(kind, "")
    if thing:
        return f"{whose(whose_)} {thing}" if behind else f"a {thing}"
    return {"news": "news", "trigger": "it comes by itself", "white": "the white cell"}.get(kind, "")


def moment_parts(names: Names, parts: Iterable[Moved], rolled: tuple[int, int] | None) -> str:
    """Return how points came about: 'Trilateral ▼2 10→8: −4; 75 %, and the dice said 31'."""
    net: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        old = net.setdefault((part.kind, part.id), [part.old, part.new, 0])
        old[1], old[2] = part.new, old[2] + part.points
    said = [
        f"{names.track(id_) if kind == 'track' else names.good(id_)} {moved(old, new)}: {signed(points)}"
        for (kind, id_), (old, new, points) in net.items()
    ]
    if rolled is not None:
        said.append(f"{rolled[0]} %, and the dice said {rolled[1]}")
    return "; ".join(said)


def agenda_kept(names: Names, id_: str) -> tuple[str, str]:
    """Return a kept agenda as a moment: its title and what it is."""
    return names.said(names.scenario.agendas[id_].title), "the secret agenda, kept at the end"


def ruin_came(names: Names, seat: str, rounds: int) -> tuple[str, str]:
    """Return a ruin as a moment: that it is one, and what brings it."""
    named = names.scenario.spec.scoring.seats[seat].ruin
    return "Ruin", condition(names, named) if named else "too low a score"


def outcome_text(names: Names, outcome: str) -> list[str]:
    """Return who wins when the game ends so, and what the seats are then ranked by."""
    came = names.scenario.outcomes[outcome]
    ruined = "" if came.lost else "; the ruined never do"
    return [f"The game ends at once, and {winners(names, came)}{ruined}.", ranked(names, outcome)]


def came_out(names: Names, seat: str, over: float, margin: float, *, ruined: bool, outcome: str) -> str:
    """Return how a seat came out in a line, with what it ranks by: its distance in spreads."""
    came = names.scenario.outcomes.get(outcome)
    if came is not None and came.lost:
        return "lost, as all have; ranked by blame" if came.blame else "lost, as all have"
    if came is not None and seat in came.wins and not ruined:
        return "won by how it ended"
    far = f"{tenths(abs(margin))} spreads"
    if ruined:
        named = names.scenario.spec.scoring.seats[seat].ruin
        return f"ruined: {condition(names, named)}" if named else "ruined, so it ranks last"
    return f"reached its line, by {far}" if over >= 0 else f"{halves(-over)} short, {far}"


def hidden_deal(names: Names, deal: Deal, viewer: str) -> str:
    """Tell a secret deal to one who did not know it: 'Shells for oil, signed in round 1'."""
    ran = f"{names.deal(deal.template)}, signed in round {deal.signed}"
    return f"{ran}; you suspected it" if viewer in deal.suspected else ran


def hidden_track(names: Names, track: str, value: int) -> str:
    """Tell where a track stood that one did not see: 'Trust stood at 7, warm'."""
    return f"{names.track(track)} stood at {value}, {names.band(track, value)}"
