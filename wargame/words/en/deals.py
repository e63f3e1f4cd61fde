"""Deals and offers as both sides read them, and one sentence for each kind of event about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wargame.counting import plural, several
from wargame.rules import events as ev
from wargame.rules.scenario import sizes, terms
from wargame.rules.spec import DealTemplate
from wargame.words.en.effects import needs, within
from wargame.words.en.grammar import capital, joined, number, points, quoted, rounds, sentence
from wargame.words.en.names import Names, spelt

MOMENTS = (
    ("signed", "When it is announced"),
    ("each", "For each round that both deliver in full"),
    ("short", "For each round that falls short"),
    ("broken", "If it is broken"),
    ("proved", "If it is proved"),
    ("ended", "When it has run its course"),
)


def spec_of(names: Names, template: str | DealTemplate) -> DealTemplate:
    return names.scenario.deals[template] if isinstance(template, str) else template


def lots(names: Names, given: dict[str, int]) -> str:
    """List goods: '2 oil and 1 flour'; 'nothing'."""
    return joined(names.lots(count, good) for good, count in given.items() if count) or "nothing"


def offer_sentence(
    names: Names, template: str | DealTemplate, size: str, secret: bool, length: int, more: str = ""
) -> str:
    """Say what each side gives, what it pays, and what the public will hear."""
    deal = spec_of(names, template)
    return f"{what_moves(names, deal, size, length, more)} {_public(names, deal, secret)}"


def what_moves(names: Names, template: str | DealTemplate, size: str, length: int, more: str = "") -> str:
    """Say the terms alone; a deal that moves no goods is told in its own text."""
    deal = spec_of(names, template)
    gives = ((seat, terms(deal, size, seat, more)) for seat in deal.between)
    said = [
        f"{capital(names.one_does(seat, 'gives'))} {lots(names, given)} {_how_long(names, length)}."
        for seat, given in gives
        if given
    ]
    if deal.first:
        said = list(_in_turn(names, deal, size, length, more))
    if sizes(deal) == ("plain",):
        said = [sentence(names.said(deal.text)), *(said or [f"For {_rounds(names, length)}."])]
    return " ".join([*said, *map(sentence, _pays(names, deal))])


def _how_long(names: Names, length: int) -> str:
    return f"{'each round ' * (length > 1)}for {_rounds(names, length)}"


def _rounds(names: Names, length: int) -> str:
    outlasts = names.rounds is not None and length > names.rounds
    return f"{rounds(length)}{', or as long as the game goes' * outlasts}"


def _in_turn(names: Names, deal: DealTemplate, size: str, length: int, more: str) -> Iterator[str]:
    """Say who gives first, and what is paid for it when."""
    payer = deal.between[deal.first == deal.between[0]]
    shipped, paid = (lots(names, terms(deal, size, seat, more)) for seat in (deal.first, payer))
    yield f"{capital(names.one_does(deal.first, 'gives'))} first: {shipped} {_how_long(names, length)}."
    yield (
        f"{capital(names.one_does(payer, 'pays'))} {paid} for each shipment, one round later, "
        "and less where less was shipped."
    )


def _pays(names: Names, deal: DealTemplate) -> Iterator[str]:
    pays = deal.pays[: names.rounds]
    if any(pays):
        yield f"both sides score {_by_round(pays)} it runs in a game"
    if deal.kept:
        yield f"both sides score {points(deal.kept)} at the end if it was never broken"


def _by_round(pays: tuple[int, ...]) -> str:
    """'0, +1, +1 in the first three rounds'; however often it is signed, no more."""
    if len(pays) == 1:
        return f"{points(pays[0])} in the first round"
    each = ", ".join(f"+{paid}" if paid else "0" for paid in pays)
    return f"{each} in the first {rounds(len(pays))}"


def _public(names: Names, deal: DealTemplate, secret: bool) -> str:
    if not secret:
        return "In public: all of it."
    phrases = names.communiques(*deal.between)
    if names.scenario.words_of(*deal.between):
        return f"In public: what the signer picks, {joined(map(quoted, phrases), 'or')}, or nothing."
    return (
        f"In public: {quoted(phrases[0])}." if phrases else "In public: nothing but that there was a meeting."
    )


def lot_more(names: Names, more: str) -> str:
    """Say what a counter-offer adds: '1 cash a round from Russia'; 'nothing'."""
    seat, _, good = more.partition("/")
    return f"{names.lots(1, good)} a round from {names.party(seat)}" if more else "nothing"


def fate(names: Names, status: str, by: str, over: bool = True) -> str:
    """Return what became of a deal, as it follows 'it'; `over`: whether the game is."""
    fates = {
        "running": "still ran at the end" if over else "is running",
        "done": "ran its course",
        "broken": f"was broken by {names.party(by)}" if by else "was broken",
        "fallen": "skipped a rung and fell through",
    }
    return fates.get(status, spelt(status))


def stands(status: str) -> str:
    """Return how a deal stands, in a word or two; "" where that is not known."""
    found = {"running": "running", "done": "over", "broken": "broken", "fallen": "fell through"}
    return found.get(status, "")


def deal_text(names: Names, template: str | DealTemplate) -> list[str]:
    """Say who, what each size moves, rung, length, secrecy, needs, pay, and what follows from it."""
    deal = spec_of(names, template)
    lines = [f"Between {joined(map(names.party, deal.between))}"]
    lines += [_size(names, deal, size) for size in sizes(deal) if size != "plain"]
    lines += [_rung(names, deal.rung)] if deal.rung else []
    lines.append(_length(deal))
    if deal.extras and names.scenario.spec.rules.counters:
        extras = joined((lot_more(names, more) for more in deal.extras), "or")
        lines.append(f"A counter-offer may add {extras}")
    lines += needs(names, deal.needs)
    lines += ["Once a game"] if deal.once else []
    lines += map(capital, _pays(names, deal))
    return lines + deal_effects(names, deal)


def deal_effects(names: Names, template: str | DealTemplate) -> list[str]:
    """Say what follows from a deal besides what changes hands, one line a moment."""
    deal = spec_of(names, template)
    said_of = dict(MOMENTS)
    if sizes(deal) == ("plain",):  # there is nothing to deliver
        said_of["each"] = "For each round that it runs"
    hooks = ((said, getattr(deal, moment)) for moment, said in said_of.items())
    return [f"{said}: {within(names, effects, last=True)}" for said, effects in hooks if effects]


def _length(deal: DealTemplate) -> str:
    lengths = f"{joined(map(number, deal.rounds), 'or')} {plural(max(deal.rounds), 'round')}"
    return f"{capital(lengths)}; {SECRECY[deal.secrecy]}"


SECRECY = {"either": "open or secret", "open": "always open", "secret": "always secret"}


def _size(names: Names, deal: DealTemplate, size: str) -> str:
    given = ((seat, terms(deal, size, seat)) for seat in deal.between)
    sides = (f"{names.one_does(seat, 'gives')} {lots(names, lot)}" for seat, lot in given if lot)
    when = f"; {names.one_does(deal.first, 'gives')} first, and is paid one round later" if deal.first else ""
    return f"{capital(size)}: {joined(sides)} each round{when}"


def charge(names: Names, a: str, b: str, rung: int) -> str:
    """Say of what two seats may be accused: 'Amber and Birch of a secret deal on rung two, cake'."""
    return f"{joined(map(names.party, (a, b)))} of {secret_deal(names, a, b, rung)}"


def secret_deal(names: Names, a: str, b: str, rung: int) -> str:
    """Return 'a secret deal', and where it stands on the ladder if that is theirs."""
    ladder = names.scenario.spec.ladder
    if ladder is None or {a, b} != {*ladder.between}:
        return "a secret deal"
    if not rung:
        return "a secret deal off the ladder"
    return f"a secret deal on rung {number(rung)}, {names.said(ladder.names[rung - 1])}"


def _rung(names: Names, rung: int) -> str:
    ladder = names.scenario.spec.ladder
    if ladder is None or rung > len(ladder.wants):
        return f"Rung {number(rung)}"
    wants = f"it wants {names.track(ladder.track)} {ladder.wants[rung - 1]}"
    return f"Rung {number(rung)}, {names.said(ladder.names[rung - 1])}: {wants}"


Viewer = str | None


def _offered(names: Names, viewer: Viewer, event: ev.DealOffered) -> str:
    deal = f"{names.party(event.partner)} {quoted(names.deal(event.deal))}"
    offer = f"{names.one_does(event.proposer, 'offers')} {deal}"
    return f"{sentence(offer)} {offer_sentence(names, event.deal, event.size, event.secret, event.rounds)}"


def _countered(names: Names, viewer: Viewer, event: ev.OfferCountered) -> str:
    offer = f"{quoted(names.deal(event.deal))}, offered by {names.party(event.partner)}"
    told = offer_sentence(names, event.deal, event.size, event.secret, event.rounds, event.more)
    said = f"{names.one_does(event.proposer, 'says')} yes to {offer}, but on other terms"
    return f"{sentence(said)} {told}"


def _refused(names: Names, viewer: Viewer, event: ev.OfferRefused) -> str:
    offer = f"{quoted(names.deal(event.deal))}, offered by {names.party(event.proposer)}"
    return sentence(f"{names.one_does(event.partner, 'turns')} down {offer}")


def _lapsed(names: Names, viewer: Viewer, event: ev.OfferLapsed) -> str:
    deal = quoted(names.deal(event.deal))
    return sentence(f"{names.one_does(event.partner, 'has')} not answered {deal}: the offer is off")


def _signed(names: Names, viewer: Viewer, event: ev.DealSigned) -> str:
    how = " in secret" if event.secret else ""
    signing = f"{joined(map(names.party, (event.a, event.b)))} sign {quoted(names.deal(event.deal))}{how}"
    told = offer_sentence(names, event.deal, event.size, event.secret, event.rounds, event.more)
    return f"{sentence(signing)} {told}"


def _announced(names: Names, viewer: Viewer, event: ev.DealAnnounced) -> str:
    news = f"{joined(map(names.party, (event.a, event.b)))} announce {quoted(names.deal(event.deal))}"
    return f"{sentence(news)} {what_moves(names, event.deal, event.size, event.rounds, event.more)}"


def _communique(names: Names, viewer: Viewer, event: ev.CommuniqueIssued) -> str:
    phrase = names.communique(event.a, event.b, event.words)
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
    deal = f"{quoted(names.deal(event.deal))} with {names.party(event.other)}"
    return sentence(f"{names.one_does(event.by, 'breaks')} {deal}")


def _suspected(names: Names, viewer: Viewer, event: ev.DealSuspected) -> str:
    deal = suspicion(names, event.a, event.b, event.signed, event.rung)
    return sentence(f"something points to {deal}: a suspicion, no proof")


def suspicion(names: Names, a: str, b: str, signed: int, rung: int | None) -> str:
    """Return what is suspected: a secret deal, of whom, since when, and its rung if that is known."""
    what = "a secret deal" if rung is None else secret_deal(names, a, b, rung)
    comma = "," if "," in what else ""
    return f"{what}{comma} between {joined(map(names.party, (a, b)))}, signed {names.during(signed)}"


def at_stake(names: Names) -> list[str]:
    """Say what an accusation costs, and what it brings if it is right and if it is wrong."""
    spec = names.scenario.spec.accusations
    if spec is None:
        return []
    return [
        f"It costs ¤{spec.cost}.",
        f"Right: the deal is proved, and you get {points(spec.right)}.",
        f"Wrong: you lose {points(spec.wrong)}, and each of the two gets ¤1.",
        "You are right if, at the reveal, a secret deal of theirs on just that rung runs and is not proved.",
    ]


def _accused(names: Names, viewer: Viewer, event: ev.Accused) -> str:
    spec = names.scenario.spec.accusations
    said = f"{names.one_does(event.seat, 'accuses')} {charge(names, event.a, event.b, event.rung)}"
    if spec is None:
        return sentence(said)
    if event.right:
        return sentence(f"{said}, and is right: {points(spec.right)}")
    each = "each of the two gets ¤1"
    return sentence(f"{said}, and is wrong: {points(spec.wrong)} lost, and {each}")


def _proved(names: Names, viewer: Viewer, event: ev.DealProved) -> str:
    sides = ", ".join(
        f"{several(count, 'full delivery', 'full deliveries')} by {names.party(seat)}"
        for seat, count in zip((event.a, event.b), event.full, strict=True)
        if count
    )
    where = f"{quoted(names.deal(event.deal))} between {joined(map(names.party, (event.a, event.b)))}"
    found = f"proof for all to see: {where}, signed {names.during(event.signed)}"
    return sentence(f"{found}; so far {sides}" if sides else found)


SENTENCES: dict[type[ev.Event], Callable[[Names, Viewer, Any], str]] = {
    ev.DealOffered: _offered,
    ev.OfferCountered: _countered,
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
    ev.Accused: _accused,
}
"""A kind of event → its sentence."""
