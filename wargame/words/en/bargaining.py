"""Sentences for events on the life of a deal: offered, signed, delivered, broken, found out."""

from __future__ import annotations

from collections.abc import Callable

from wargame.counting import several
from wargame.words.en.deals import offer_sentence, what_moves
from wargame.words.en.grammar import joined, quoted, sentence
from wargame.words.en.names import Names

Viewer = str | None


def _offered(
    names: Names, viewer: Viewer, deal: str, proposer: str, to: str, size: str, secret: int, length: int
) -> str:
    offer = f"{names.party(proposer)} offers {names.party(to)} {quoted(names.deal(deal))}"
    return f"{sentence(offer)} {offer_sentence(names, deal, size, bool(secret), length)}"


def _refused(names: Names, viewer: Viewer, deal: str, proposer: str, to: str) -> str:
    return sentence(
        f"{names.party(to)} turns down {quoted(names.deal(deal))}, offered by {names.party(proposer)}"
    )


def _lapsed(names: Names, viewer: Viewer, deal: str, to: str) -> str:
    return sentence(f"{names.party(to)} has not answered {quoted(names.deal(deal))}: the offer is off")


def _signed(
    names: Names, viewer: Viewer, deal: str, a: str, b: str, size: str, secret: int, length: int
) -> str:
    how = " in secret" if secret else ""
    signing = f"{joined(map(names.party, (a, b)))} sign {quoted(names.deal(deal))}{how}"
    return f"{sentence(signing)} {offer_sentence(names, deal, size, bool(secret), length)}"


def _announced(
    names: Names, viewer: Viewer, deal: str, a: str, b: str, size: str, secret: int, length: int
) -> str:
    news = f"{joined(map(names.party, (a, b)))} announce {quoted(names.deal(deal))}"
    return f"{sentence(news)} {what_moves(names, deal, size, length)}"


def _communique(names: Names, viewer: Viewer, a: str, b: str) -> str:
    phrase = names.communique(a, b)
    said = f"speak of {quoted(phrase)}" if phrase else "have met; nothing is said of it"
    return sentence(f"{joined(map(names.party, (a, b)))} {said}")


def held_for(names: Names, deal: str) -> str:
    """What the gamble of a skipped rung is thrown for, as a title."""
    return f"{quoted(names.deal(deal))} skips a rung"


def watched_for(names: Names, deal: str) -> str:
    """What the watch on a secret delivery is thrown for, as a title."""
    return f"A secret delivery on {quoted(names.deal(deal))}"


def _held(
    names: Names, viewer: Viewer, deal: str, hold: int, die: int, works: int, terms: tuple[int, ...] = ()
) -> str:
    outcome = "it holds" if works else "it falls through"
    return sentence(f"{held_for(names, deal)}: chance {hold} %, and the dice say {die}: {outcome}")


def _watched(
    names: Names, viewer: Viewer, deal: str, chance: int, die: int, noticed: int, terms: tuple[int, ...]
) -> str:
    outcome = ("it passes unseen", "it is noticed")
    return sentence(
        f"{watched_for(names, deal)}: chance {chance} %, and the dice say {die}: {outcome[noticed]}"
    )


def _delivered(
    names: Names, viewer: Viewer, deal: str, giver: str, taker: str, good: str, given: int, due: int
) -> str:
    lots = names.lots(given, good) if given else f"no {names.good(good)}"
    short = f", {given} of {due} due" if given != due else ""
    return sentence(
        f"{names.party(giver)} delivers {lots} to {names.party(taker)}{short} ({names.deal(deal)})"
    )


def _ended(names: Names, viewer: Viewer, deal: str, a: str, b: str) -> str:
    return sentence(
        f"{quoted(names.deal(deal))} between {joined(map(names.party, (a, b)))} has run its course"
    )


def _broken(names: Names, viewer: Viewer, deal: str, by: str, other: str) -> str:
    return sentence(f"{names.party(by)} breaks {quoted(names.deal(deal))} with {names.party(other)}")


def _suspected(names: Names, viewer: Viewer, a: str, b: str, signed: int) -> str:
    deal = f"a secret deal between {joined(map(names.party, (a, b)))}, signed in {names.date(signed)}"
    return sentence(f"something points to {deal}: a suspicion, no proof")


def _proved(
    names: Names, viewer: Viewer, deal: str, a: str, b: str, size: str, full: tuple[int, int], signed: int
) -> str:
    sides = ", ".join(
        f"{several(count, 'full delivery', 'full deliveries')} by {names.party(seat)}"
        for seat, count in zip((a, b), full, strict=True)
        if count
    )
    where = f"{quoted(names.deal(deal))} between {joined(map(names.party, (a, b)))}"
    found = f"proof for all to see: {where}, signed in {names.date(signed)}"
    return sentence(f"{found}; so far {sides}" if sides else found)


SENTENCES: dict[str, Callable[..., str]] = {
    "offered": _offered,
    "refused": _refused,
    "lapsed": _lapsed,
    "signed": _signed,
    "announced": _announced,
    "communique": _communique,
    "held": _held,
    "watched": _watched,
    "delivered": _delivered,
    "ended": _ended,
    "broken": _broken,
    "suspected": _suspected,
    "proved": _proved,
}
"""An event's kind → its sentence."""
