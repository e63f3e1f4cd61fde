"""What was done with a turn, and what would have been: 'laid “Spy satellite”', 'signs it'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Choose,
    Commit,
    Counter,
    Dial,
    Discard,
    Mark,
    Move,
    Offer,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.spec import Card
from wargame.words.en.grammar import joined, quoted
from wargame.words.en.moves import accused, terms_of
from wargame.words.en.names import Names, option_label, stance_label


class Tenses(NamedTuple):
    """A verb of which something is the object; `after` comes behind that."""

    did: str
    does: str
    after: str = ""


VERBS = {
    "commit": Tenses("laid", "lays"),
    "discard": Tenses("gave up", "gives up"),
    "offer": Tenses("offered", "offers"),
    "counter": Tenses("countered", "counters"),
    "answer yes": Tenses("signed", "signs"),
    "answer no": Tenses("refused", "refuses"),
    "answer unanswered": Tenses("left", "leaves", " unanswered"),
    "mark short": Tenses("delivered short on", "delivers short on"),
    "mark stop": Tenses("stopped", "stops"),
    "dial": Tenses("set", "sets"),
    "stand": Tenses("joined", "joins"),
    "stance": Tenses("answered", "answers"),
    "signal": Tenses("told the table", "tells the table"),
    "accuse": Tenses("accused", "accuses"),
    "announce": Tenses("published", "publishes"),
    "choose": Tenses("chose", "chooses"),
}
"""A verb, with what an answer or a mark says → how it is told."""
PLAIN = frozenset({"commit", "offer", "counter", "answer", "mark", "dial"})
"""Verbs that read well with 'it' behind them."""

BARE = frozenset({"accuse"})
"""Verbs whose object has no title."""


def did(names: Names, moves: Sequence[Move], path: str = "") -> str:
    """Say what was done, without who: 'laid “Spy satellite” and left “The understanding” unanswered'.

    `path` is the question that a `choose` answers. Of one verb all is told together. '' for no moves.
    """
    return _told(names, moves, path, past=True, known=False)


def does(names: Names, moves: Sequence[Move], path: str = "", known: bool = False) -> str:
    """Say what is done: 'signs “The understanding”'; where it is `known` what that is about, 'signs it'."""
    return _told(names, moves, path, past=False, known=known)


def _told(names: Names, moves: Sequence[Move], path: str, past: bool, known: bool) -> str:
    by_verb: dict[Tenses, list[str]] = {}
    for made in moves:
        what, more = _object(names, made, path), _more(names, made)
        about = "it" if known and made.verb in PLAIN else what if made.verb in BARE else quoted(what)
        by_verb.setdefault(_tenses(made), []).append(about + more)
    return joined(
        f"{verb.did if past else verb.does} {joined(about)}{verb.after}" for verb, about in by_verb.items()
    )


def _tenses(made: Move) -> Tenses:
    match made:
        case Answer():
            return VERBS[f"answer {made.reply}"]
        case Mark():
            return VERBS[f"mark {made.mark}"]
    return VERBS[made.verb]


def _object(names: Names, made: Move, path: str) -> str:
    match made:
        case Choose():
            return option_label(names, made.seat, made.option, path)
        case Offer() | Counter() | Answer() | Mark():
            return names.deal(made.deal)
        case Dial():
            return names.dial(made.dial)
        case Stand():
            return names.stand(made.stand)
        case Stance():
            return names.news(made.crisis)
        case Commit() | Discard() | Signal():
            return names.card(made.card)
        case Accuse():
            return accused(names, made)
        case Announce():
            return names.communique(made.seat, made.other, made.words)
    raise AssertionError(made)


def _more(names: Names, made: Move) -> str:
    """Say what else there is to say: a card's aim, an offer's terms, a lever's setting."""
    match made:
        case Offer():
            sides = names.scenario.deals[made.deal].between
            to = names.party(sides[made.seat == sides[0]])
            return f" to {to} ({', '.join(terms_of(names, made))})"
        case Counter():
            return f" ({', '.join(terms_of(names, made))})"
        case Announce():
            return f" with {names.party(made.other)}, without a deal"
        case Dial():
            return f" to {quoted(names.setting(made.dial, made.setting))}"
        case Stance():
            return f" with {quoted(stance_label(names, made.crisis, made.option))}"
        case Discard():
            action = names.scenario.actions[made.seat]
            return f" for {quoted(names.card(action.id))}{_aimed(names, action, made.target)}"
        case Commit():
            return _aimed(names, names.scenario.cards[made.card], made.target)
    return ""


def _aimed(names: Names, card: Card, target: str) -> str:
    return f" (aimed at {names.target(card, target)})" if target else ""
