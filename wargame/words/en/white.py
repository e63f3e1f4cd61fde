"""What the white cell does, in words. It is always named, so that nobody takes its doing for the rules'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.rules import events as ev
from wargame.rules.moves import WHITE, Move
from wargame.rules.white import Refused, card_of_text
from wargame.words.en.grammar import joined, quoted, rounds, sentence
from wargame.words.en.names import Names
from wargame.words.en.odds import outcome

Viewer = str | None


def deed(names: Names, made: Move) -> str:
    """What it does, in the third person: 'sets Brink to 4'."""
    return DEEDS[made.verb](names, *made.args)


def _title(names: Names, text: str) -> str:
    """The title of a card in a move's JSON."""
    try:
        return names.said(card_of_text(text).title)
    except Refused:
        return "a card"


def _for(names: Names, seats: tuple[str, ...]) -> str:
    return f", for {joined(map(names.party, seats))} alone" if seats else ""


def _in(round_: int) -> str:
    return f" for round {round_}" if round_ else ""


def _inject(names: Names, card: str, round_: int, *to: str) -> str:
    return f"injects {quoted(names.news(card))}{_in(round_)}{_for(names, to)}"


def _improvise(names: Names, text: str, round_: int, *to: str) -> str:
    return f"writes and injects {quoted(_title(names, text))}{_in(round_)}{_for(names, to)}"


def _adjudicate(names: Names, text: str, seat: str, decided: str, *to: str) -> str:
    how = "by the dice" if decided == "dice" else f"by ruling: it {decided}"
    return f"adjudicates {quoted(_title(names, text))} {how}{_for(names, to)}"


def _shift(names: Names, nth: int, round_: int) -> str:
    return f"moves inject {nth} to {f'round {round_}' if round_ else 'now'}"


def _set_flag(names: Names, flag: str, length: int) -> str:
    if length < 0:
        return f"rules that it is no longer so: {names.flag(flag)}"
    lasting = f" for {rounds(length)}" if length else ""
    return f"rules that it is so{lasting}: {names.flag(flag)}"


def _set_roll(names: Names, path: str, die: int) -> str:
    which = f"the next roll of {names.cause(rolled_by(path))}" if path else "the next roll"
    return f"sets {which} to {die}" if die else f"leaves {which} to the dice"


def rolled_by(path: str) -> str:
    """The cause that the path of a roll belongs to: 'card/spy-satellite/0' is of 'card/spy-satellite'."""
    return "/".join(path.split("/")[:2]).partition(":")[0]


DEEDS: dict[str, Callable[..., str]] = {
    "inject": _inject,
    "improvise": _improvise,
    "adjudicate": _adjudicate,
    "shift": _shift,
    "hold": lambda _names, nth: f"holds inject {nth} back",
    "cancel": lambda _names, nth: f"cancels inject {nth}",
    "set-track": lambda names, track, value: f"sets {names.track(track)} to {value}",
    "set-good": lambda names, seat, good, value: f"sets {names.stock(seat, good)} to {value}",
    "set-influence": lambda names, seat, value: f"sets the influence of {names.party(seat)} to {value}",
    "set-flag": _set_flag,
    "set-roll": _set_roll,
}


def _acted(names: Names, viewer: Viewer, event: ev.WhiteActed) -> str:
    return sentence(f"the white cell {deed(names, Move.from_plain((WHITE, *event.act)))}")


def _proposed(names: Names, viewer: Viewer, event: ev.ArgumentProposed) -> str:
    who = names.party(event.seat) if event.seat else "the table"
    return sentence(f"{who} proposes: {quoted(names.news(event.card))}")


def _ruled(names: Names, viewer: Viewer, event: ev.ArgumentRuled) -> str:
    return sentence(f"the white cell rules: it {'works' if event.works else 'fails'}")


def _die_set(names: Names, viewer: Viewer, event: ev.DieSet) -> str:
    return sentence(f"the white cell has set the next roll: {outcome(names, event.path, event.works)}")


SENTENCES: dict[type[ev.Event], Callable[[Names, Viewer, Any], str]] = {
    ev.WhiteActed: _acted,
    ev.ArgumentProposed: _proposed,
    ev.ArgumentRuled: _ruled,
    ev.DieSet: _die_set,
}
"""A kind of event → its sentence."""
