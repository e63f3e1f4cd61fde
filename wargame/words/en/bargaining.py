"""Sentences for events on the life of a deal: offered, signed, delivered, broken, found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.counting import several
from wargame.rules import events as ev
from wargame.words.en.deals import offer_sentence, what_moves
from wargame.words.en.grammar import joined, quoted, sentence
from wargame.words.en.names import Names

Viewer = str | None


def _offered(names: Names, viewer: Viewer, event: ev.DealOffered) -> str:
    offer = (
        f"{names.party(event.proposer)} offers {names.party(event.partner)} {quoted(names.deal(event.deal))}"
    )
    return f"{sentence(offer)} {offer_sentence(names, event.deal, event.size, event.secret, event.rounds)}"


def _refused(names: Names, viewer: Viewer, event: ev.OfferRefused) -> str:
    offer = f"{quoted(names.deal(event.deal))}, offered by {names.party(event.proposer)}"
    return sentence(f"{names.party(event.partner)} turns down {offer}")


def _lapsed(names: Names, viewer: Viewer, event: ev.OfferLapsed) -> str:
    return sentence(
        f"{names.party(event.partner)} has not answered {quoted(names.deal(event.deal))}: the offer is off"
    )


def _signed(names: Names, viewer: Viewer, event: ev.DealSigned) -> str:
    how = " in secret" if event.secret else ""
    signing = f"{joined(map(names.party, (event.a, event.b)))} sign {quoted(names.deal(event.deal))}{how}"
    return f"{sentence(signing)} {offer_sentence(names, event.deal, event.size, event.secret, event.rounds)}"


def _announced(names: Names, viewer: Viewer, event: ev.DealAnnounced) -> str:
    news = f"{joined(map(names.party, (event.a, event.b)))} announce {quoted(names.deal(event.deal))}"
    return f"{sentence(news)} {what_moves(names, event.deal, event.size, event.rounds)}"


def _communique(names: Names, viewer: Viewer, event: ev.CommuniqueIssued) -> str:
    phrase = names.communique(event.a, event.b)
    said = f"speak of {quoted(phrase)}" if phrase else "have met; nothing is said of it"
    return sentence(f"{joined(map(names.party, (event.a, event.b)))} {said}")


def held_for(names: Names, deal: str) -> str:
    """Return what the gamble of a skipped rung is thrown for, as a title."""
    return f"{quoted(names.deal(deal))} skips a rung"


def watched_for(names: Names, deal: str) -> str:
    """Return what the watch on a secret delivery is thrown for, as a title."""
    return f"A secret delivery on {quoted(names.deal(deal))}"


def _held(names: Names, viewer: Viewer, event: ev.RungGambled) -> str:
    outcome = "it holds" if event.works else "it falls through"
    return sentence(f"{held_for(names, event.deal)}: {_die(event)}: {outcome}")


def _watched(names: Names, viewer: Viewer, event: ev.DeliveryWatched) -> str:
    outcome = "it is noticed" if event.works else "it passes unseen"
    return sentence(f"{watched_for(names, event.deal)}: {_die(event)}: {outcome}")


def _die(event: ev.RungGambled | ev.DeliveryWatched) -> str:
    return f"chance {event.chance} %, and the dice say {event.die}"


def _delivered(names: Names, viewer: Viewer, event: ev.GoodsDelivered) -> str:
    lots = names.lots(event.given, event.good) if event.given else f"no {names.good(event.good)}"
    short = f", {event.given} of {event.due} due" if event.given != event.due else ""
    giver, taker = names.party(event.giver), names.party(event.taker)
    return sentence(f"{giver} delivers {lots} to {taker}{short} ({names.deal(event.deal)})")


def _ended(names: Names, viewer: Viewer, event: ev.DealEnded) -> str:
    sides = joined(map(names.party, (event.a, event.b)))
    return sentence(f"{quoted(names.deal(event.deal))} between {sides} has run its course")


def _broken(names: Names, viewer: Viewer, event: ev.DealBroken) -> str:
    return sentence(
        f"{names.party(event.by)} breaks {quoted(names.deal(event.deal))} with {names.party(event.other)}"
    )


def _suspected(names: Names, viewer: Viewer, event: ev.DealSuspected) -> str:
    sides, when = joined(map(names.party, (event.a, event.b))), names.date(event.signed)
    deal = f"a secret deal between {sides}, signed in {when}"
    return sentence(f"something points to {deal}: a suspicion, no proof")


def _proved(names: Names, viewer: Viewer, event: ev.DealProved) -> str:
    sides = ", ".join(
        f"{several(count, 'full delivery', 'full deliveries')} by {names.party(seat)}"
        for seat, count in zip((event.a, event.b), event.full, strict=True)
        if count
    )
    where = f"{quoted(names.deal(event.deal))} between {joined(map(names.party, (event.a, event.b)))}"
    found = f"proof for all to see: {where}, signed in {names.date(event.signed)}"
    return sentence(f"{found}; so far {sides}" if sides else found)


SENTENCES: dict[type[ev.Event], Callable[[Names, Viewer, Any], str]] = {
    ev.DealOffered: _offered,
    ev.OfferRefused: _refused,
    ev.OfferLapsed: _lapsed,
    ev.DealSigned: _signed,
    ev.DealAnnounced: _announced,
    ev.CommuniqueIssued: _communique,
    ev.RungGambled: _held,
    ev.DeliveryWatched: _watched,
    ev.GoodsDelivered: _delivered,
    ev.DealEnded: _ended,
    ev.DealBroken: _broken,
    ev.DealSuspected: _suspected,
    ev.DealProved: _proved,
}
"""A kind of event → its sentence."""
