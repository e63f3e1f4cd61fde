"""Moves, one line each."""

from __future__ import annotations

from collections.abc import Callable

from wargame.rules.moves import WHITE, Move
from wargame.rules.spec import Card
from wargame.words.en import white
from wargame.words.en.grammar import capital, rounds
from wargame.words.en.names import Names, spelt


def move(names: Names, made: Move, path: str = "") -> str:
    """Who does what."""
    who = "the white cell" if made.seat == WHITE else names.party(made.seat)
    return f"{capital(who)} {deed(names, made, path)}"


def deed(names: Names, made: Move, path: str = "") -> str:
    """What is done, in the third person: 'commits Spy satellite'."""
    if made.seat == WHITE:
        return white.deed(names, made)
    if made.verb == "choose":
        return f"chooses: {option_label(names, made.seat, str(made.args[0]), path)}"
    return DEEDS[made.verb](names, made)


def _end(names: Names, made: Move) -> str:
    return "ends its turn"


def _aimed(names: Names, card: Card, made: Move) -> str:
    return f", aimed at {names.target(card, str(made.args[1]))}" if len(made.args) > 1 else ""


def _commit(names: Names, made: Move) -> str:
    card = names.scenario.cards[str(made.args[0])]
    return f"commits {names.card(card.id)}{_aimed(names, card, made)}"


def _discard(names: Names, made: Move) -> str:
    action = names.scenario.actions[made.seat]
    given_up = names.card(str(made.args[0]))
    return f"gives up {given_up}: {names.card(action.id)}{_aimed(names, action, made)}"


def _offer(names: Names, made: Move) -> str:
    template, size, secrecy, length = made.args
    deal = names.scenario.deals[str(template)]
    other = deal.between[made.seat == deal.between[0]]
    parts = [names.deal(deal.id), "" if size == "plain" else str(size), str(secrecy), rounds(int(length))]
    return f"offers {names.party(other)}: {', '.join(part for part in parts if part)}"


def _answer(names: Names, made: Move) -> str:
    return f"says {made.args[1]} to {names.deal(str(made.args[0]))}"


def _mark(names: Names, made: Move) -> str:
    deal = names.deal(str(made.args[0]))
    return f"stops {deal}" if made.args[1] == "stop" else f"delivers short on {deal}"


def _dial(names: Names, made: Move) -> str:
    dial, setting = map(str, made.args)
    return f"sets {names.dial(dial)} to {names.setting(dial, setting)}"


def _stand(names: Names, made: Move) -> str:
    return f"stands: {names.stand(str(made.args[0]))}"


def _signal(names: Names, made: Move) -> str:
    return f"tells the table: {names.card(str(made.args[0]))}"


def option_label(names: Names, seat: str, option: str, path: str = "") -> str:
    """The label of an answer; without `path`, of the answers of that id if they all say the same."""
    choices = names.scenario.programs.choices
    asked = [choices[path]] if path in choices else [c for c in choices.values() if c.seat == seat]
    labels = {names.said(known.label) for choice in asked for known in choice.options if known.id == option}
    return labels.pop() if len(labels) == 1 else spelt(option)


DEEDS: dict[str, Callable[[Names, Move], str]] = {
    "end": _end,
    "commit": _commit,
    "discard": _discard,
    "offer": _offer,
    "answer": _answer,
    "mark": _mark,
    "dial": _dial,
    "stand": _stand,
    "signal": _signal,
}
"""A verb → what it does. (`choose` also wants to know the question.)"""
