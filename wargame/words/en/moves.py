"""What is done, one line a move; why it is not allowed; and what a bot thought of it.

Bots write the changes that moved them most with what each is worth in points: `arsenal +2.0, dprk/oil -0.8`,
a search before it what the move is worth more than none: `+1.3 in 64 worlds: own hand +0.3`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wargame.rules.conditions import Condition
from wargame.rules.moves import (
    WHITE,
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
    Refusal,
    Signal,
    Stance,
    Stand,
    WhiteMove,
)
from wargame.rules.spec import Card
from wargame.words.en import white
from wargame.words.en.conditions import needed
from wargame.words.en.deals import charge, lot_more
from wargame.words.en.grammar import capital, quoted, rounds, sentence
from wargame.words.en.names import Names, option_label, spelt, stance_label


def move(names: Names, made: Move, path: str = "") -> str:
    """Say who does what."""
    who = "the white cell" if made.seat == WHITE else names.party(made.seat)
    return f"{capital(who)} {deed(names, made, path)}"


def deed(names: Names, made: Move, path: str = "") -> str:  # noqa: PLR0912  (one case a kind)
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
            return f"says {made.reply} to {names.deal(made.deal)}{_in_public(names, made)}"
        case Counter():
            return f"counters {_terms(names, made, names.deal(made.deal))}"
        case Announce():
            phrase = names.communique(made.seat, made.other, made.words)
            return f"publishes with {names.party(made.other)}, without a deal: {phrase}"
        case Mark():
            deal = names.deal(made.deal)
            return f"stops {deal}" if made.mark == "stop" else f"delivers short on {deal}"
        case Dial():
            return f"sets {names.dial(made.dial)} to {names.setting(made.dial, made.setting)}"
        case Stand():
            return f"stands: {names.stand(made.stand)}"
        case Stance():
            label = stance_label(names, made.crisis, made.option)
            return f"answers {quoted(names.news(made.crisis))}: {label}"
        case Signal():
            return f"tells the table: {names.card(made.card)}"
        case Accuse():
            return f"accuses {accused(names, made)}"
    return "ends its turn"


def accused(names: Names, made: Accuse) -> str:
    """Say whom an accusation names, and of what."""
    return charge(names, *names.scenario.pair_sides[made.pair], made.rung)


def _aimed(names: Names, card: Card, target: str) -> str:
    return f", aimed at {names.target(card, target)}" if target else ""


def _in_public(names: Names, made: Answer) -> str:
    phrase = names.communique(*names.scenario.deals[made.deal].between, made.words) if made.words else ""
    return f", in public: {phrase}" if phrase else ""


def _offers(names: Names, made: Offer) -> str:
    sides = names.scenario.deals[made.deal].between
    to = names.party(sides[made.seat == sides[0]])
    return f"offers {to}: {_terms(names, made, names.deal(made.deal))}"


def _terms(names: Names, made: Offer | Counter, deal: str) -> str:
    return ", ".join((deal, *terms_of(names, made)))


def terms_of(names: Names, made: Offer | Counter) -> tuple[str, ...]:
    """Return what an offer or counter-offer says besides its deal, each in a word or a few."""
    more = made.more if isinstance(made, Counter) else ""
    size = () if made.size == "plain" else (made.size,)
    added = (f"plus {lot_more(names, more)}",) if more else ()
    return (*size, made.secrecy, rounds(made.rounds), *added)


def refusal(names: Names, why: Refusal) -> str:
    """Return the sentence of the rule that forbids it."""
    if why.need:
        need = need_of(names, why.need)
        said = needed(names, need)
        return sentence(said if need.not_ is not None else f"it {said}")
    if why.rule == "trust" and names.scenario.spec.ladder:
        trust = names.track(names.scenario.spec.ladder.track)
        return sentence(f"it wants {trust} {why.number}, you have {why.has}: too far to skip")
    return sentence(str(why._replace(seat=names.party(why.seat)) if why.seat else why))


def need_of(names: Names, fact: str) -> Condition:
    """Return the condition that a fact like `card:<id>:<n>` points at."""
    kind, _, rest = fact.partition(":")
    return NEEDS[kind](names, rest)


def _card(names: Names, rest: str) -> Condition:
    card, _, nth = rest.rpartition(":")
    return names.scenario.cards[card].needs[int(nth)]


def _deal(names: Names, rest: str) -> Condition:
    deal, _, nth = rest.rpartition(":")
    return names.scenario.deals[deal].conditions[int(nth)]


def _stand(names: Names, rest: str) -> Condition:
    stand, _, nth = rest.rpartition(":")
    return names.scenario.stands[stand].needs[int(nth)]


def _choice(names: Names, rest: str) -> Condition:
    path, option, nth = rest.rsplit(":", 2)
    needs: tuple[Condition, ...] = names.scenario.programs.choices[path].options[int(option)].needs
    return needs[int(nth)]


NEEDS: dict[str, Callable[[Names, str], Condition]] = {
    "card": _card,
    "deal": _deal,
    "stand": _stand,
    "choice": _choice,
}
"""What a need belongs to → how to find it."""


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
    "accusation": "what an accusation may bring",
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
