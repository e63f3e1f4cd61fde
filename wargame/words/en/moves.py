"""Moves, one line each."""

from __future__ import annotations

from wargame.rules.moves import (
    WHITE,
    Answer,
    Choose,
    Commit,
    Dial,
    Discard,
    Mark,
    Move,
    Offer,
    Signal,
    Stand,
    WhiteMove,
)
from wargame.rules.spec import Card
from wargame.words.en import white
from wargame.words.en.grammar import capital, rounds
from wargame.words.en.names import Names, option_label


def move(names: Names, made: Move, path: str = "") -> str:
    """Say who does what."""
    who = "the white cell" if made.seat == WHITE else names.party(made.seat)
    return f"{capital(who)} {deed(names, made, path)}"


def deed(names: Names, made: Move, path: str = "") -> str:
    """Say what is done, in the third person: 'commits Spy satellite'."""
    match made:
        case WhiteMove():
            return white.deed(names, made)
        case Choose():
            return f"chooses: {option_label(names, made.seat, made.option, path)}"
        case Commit():
            card = names.scenario.cards[made.card]
            return f"commits {names.card(card.id)}{_aimed(names, card, made.target)}"
        case Discard():
            action = names.scenario.actions[made.seat]
            given_up = names.card(made.card)
            return f"gives up {given_up}: {names.card(action.id)}{_aimed(names, action, made.target)}"
        case Offer():
            return _offers(names, made)
        case Answer():
            return f"says {made.reply} to {names.deal(made.deal)}"
        case Mark():
            deal = names.deal(made.deal)
            return f"stops {deal}" if made.mark == "stop" else f"delivers short on {deal}"
        case Dial():
            return f"sets {names.dial(made.dial)} to {names.setting(made.dial, made.setting)}"
        case Stand():
            return f"stands: {names.stand(made.stand)}"
        case Signal():
            return f"tells the table: {names.card(made.card)}"
    return "ends its turn"


def _aimed(names: Names, card: Card, target: str) -> str:
    return f", aimed at {names.target(card, target)}" if target else ""


def _offers(names: Names, made: Offer) -> str:
    sides = names.scenario.deals[made.deal].between
    parts = [names.deal(made.deal), *([] if made.size == "plain" else [made.size])]
    parts += [made.secrecy, rounds(made.rounds)]
    return f"offers {names.party(sides[made.seat == sides[0]])}: {', '.join(parts)}"
