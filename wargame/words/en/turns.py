"""What was done with a turn, and what would have been: 'laid “Spy satellite”', 'signs it'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wargame.rules.moves import Move
from wargame.rules.spec import Card
from wargame.words.en.grammar import joined, quoted, rounds
from wargame.words.en.moves import option_label
from wargame.words.en.names import Names


class Tenses(NamedTuple):
    """A verb of which something is the object; `after` comes behind that."""

    did: str
    does: str
    after: str = ""


VERBS = {
    "commit": Tenses("laid", "lays"),
    "discard": Tenses("gave up", "gives up"),
    "offer": Tenses("offered", "offers"),
    "answer yes": Tenses("signed", "signs"),
    "answer no": Tenses("refused", "refuses"),
    "answer unanswered": Tenses("left", "leaves", " unanswered"),
    "mark short": Tenses("delivered short on", "delivers short on"),
    "mark stop": Tenses("stopped", "stops"),
    "dial": Tenses("set", "sets"),
    "stand": Tenses("joined", "joins"),
    "signal": Tenses("told the table", "tells the table"),
    "choose": Tenses("chose", "chooses"),
}
"""A verb, with what an answer or a mark says → how it is told."""
PLAIN = frozenset({"commit", "offer", "answer", "mark", "dial"})
"""Verbs that read well with 'it' behind them."""


def did(names: Names, moves: Sequence[Move], path: str = "") -> str:
    """What was done, without who: 'laid “Spy satellite” and left “The understanding” unanswered'.

    `path` is the question that a `choose` answers. Of one verb all is told together. '' for no moves.
    """
    return _told(names, moves, path, past=True, known=False)


def does(names: Names, moves: Sequence[Move], path: str = "", known: bool = False) -> str:
    """What is done: 'signs “The understanding”'; where it is `known` what that is about, 'signs it'."""
    return _told(names, moves, path, past=False, known=known)


def _told(names: Names, moves: Sequence[Move], path: str, past: bool, known: bool) -> str:
    by_verb: dict[Tenses, list[str]] = {}
    for made in moves:
        verb = VERBS[f"{made.verb} {made.args[1]}" if made.verb in ("answer", "mark") else made.verb]
        about = "it" if known and made.verb in PLAIN else _object(names, made, path)
        by_verb.setdefault(verb, []).append(about + _more(names, made))
    return joined(
        f"{verb.did if past else verb.does} {joined(about)}{verb.after}" for verb, about in by_verb.items()
    )


def _object(names: Names, made: Move, path: str) -> str:
    about = str(made.args[0])
    if made.verb == "choose":
        return quoted(option_label(names, made.seat, about, path))
    if made.verb in ("offer", "answer", "mark"):
        return quoted(names.deal(about))
    return quoted({"dial": names.dial, "stand": names.stand}.get(made.verb, names.card)(about))


def _more(names: Names, made: Move) -> str:
    """What else there is to say: a card's aim, an offer's terms, a lever's setting."""
    if made.verb == "offer":
        template, size, secrecy, length = made.args
        sides = names.scenario.deals[str(template)].between
        terms = (*([] if size == "plain" else [str(size)]), str(secrecy), rounds(int(length)))
        return f" to {names.party(sides[made.seat == sides[0]])} ({', '.join(terms)})"
    if made.verb == "dial":
        return f" to {quoted(names.setting(str(made.args[0]), str(made.args[1])))}"
    if made.verb == "discard":
        action = names.scenario.actions[made.seat]
        return f" for {quoted(names.card(action.id))}{_aimed(names, action, made)}"
    return _aimed(names, names.scenario.cards[str(made.args[0])], made) if made.verb == "commit" else ""


def _aimed(names: Names, card: Card, made: Move) -> str:
    return f" (aimed at {names.target(card, str(made.args[1]))})" if len(made.args) > 1 else ""
