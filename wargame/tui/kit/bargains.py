"""Deals and offers in a few lines: what each side gives, for how long, and who may know."""

from __future__ import annotations

from textual.content import Content

from wargame.rules.events import DealOffered
from wargame.rules.forecast import forecast
from wargame.rules.scenario import due
from wargame.rules.spec import DealTemplate
from wargame.rules.state import Deal, PendingOffer
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    HEAD,
    LAID_OPEN,
    SEALED,
    SECRET,
    SUSPECTED,
    fit,
    join,
    pair_badge,
    paragraphs,
    put,
    seat_badge,
    wrapped,
)
from wargame.words.pages import kit as say
from wargame.words.pages import play


def secrecy(lens: Lens, deal: Deal) -> Content:
    """▣ secret, ◧ suspected, □ for all to see."""
    if not deal.sealed:
        return put(LAID_OPEN)
    if lens.viewer in deal.suspected:
        return put(SUSPECTED, SECRET)
    return put(SEALED, SECRET)


def legend(width: int, purse: bool = False) -> list[Content]:
    """What the signs of secrecy mean, and with `purse` coins, in as few lines as have room."""
    signs = (*say.SIGNS, *(say.PURSE_SIGNS if purse else ()))
    return wrapped(put("  ".join(f"{sign} {said}" for sign, said in signs), DIM), width)


def deal_lines(lens: Lens, width: int) -> list[Content]:
    """Every deal the viewer knows of, the newest first; for the public, communiqués."""
    lines = []
    for deal in reversed(lens.view.deals):
        if not deal.published and deal.template == "?":
            continue
        lines += wrapped(deal_line(lens, deal), width, indent=2)
    return lines or [put(say.NONE_KNOWN if lens.viewer else say.NONE_PUBLIC, DIM)]


def deal_line(lens: Lens, deal: Deal) -> Content:
    pair = pair_badge(lens.scenario, deal.a, deal.b)
    words = lens.words
    if deal.template == "?":
        said = words.communique(deal.a, deal.b, deal.words)
        text = f"“{said}”" if said else say.A_MEETING
        if deal.empty:
            badge, by = put(f" {say.empty_by(said)} ", DIM), seat_badge(lens.scenario, deal.by)
            return join((put(LAID_OPEN), " ", pair, badge, by, put(f" {say.in_short(deal.signed)}", DIM)))
        suspicion = f", {say.suspects(deal.rung)}" if lens.viewer in deal.suspected else ""
        return join(
            (
                secrecy(lens, deal),
                " ",
                pair,
                put(f" {text}{suspicion}"),
                put(f" {say.in_short(deal.signed)}", DIM),
            )
        )
    state = say.to_go(deal.left) if deal.status == "running" else words.deal_stands(deal.status)
    return join((secrecy(lens, deal), " ", pair, put(f" {words.deal(deal.template)}"), put(f" {state}", DIM)))


def moves_goods(template: DealTemplate) -> bool:
    """Whether anything changes hands; a quiet deal is told in its own text."""
    return template.small is not None or template.large is not None


def about_deal(lens: Lens, deal: Deal, width: int) -> list[Content]:
    """A deal in full."""
    template = lens.scenario.deals[deal.template]
    size = "" if deal.size == "plain" else say.SIZES[deal.size]
    lines = [
        deal_head(lens, template, width),
        *(wrapped(put(lens.words.said(template.text), DIM), width) if moves_goods(template) else ()),
        *wrapped(
            lens.words.offer_sentence(template, deal.size, deal.sealed, deal.rounds, deal.more),
            width,
        ),
        Content(""),
        join((secrecy(lens, deal), put(f" {say.signed_in(deal.signed, size, deal.left)}"))),
    ]
    if deal.words and (said := lens.words.communique(deal.a, deal.b, deal.words)):
        lines += wrapped(join((put(f"{say.IN_PUBLIC} ", DIM), put(f"“{said}”"))), width, indent=2)
    if lens.viewer in (deal.a, deal.b):
        lines += due_lines(lens, deal, str(lens.viewer), width)
    return lines


def due_lines(lens: Lens, deal: Deal, seat: str, width: int) -> list[Content]:
    """What a side owes each round, and what it will have by then, its factories at work."""
    lines: list[Content] = []
    foreseen = forecast(lens.view)
    for good, count in due(lens.scenario.deals[deal.template], deal, seat).items():
        short = any((one.round, one.good) == (foreseen.first, good) for one in foreseen.short)
        text = say.you_will_have(lens.words.lots(count, good), foreseen.ready.get(good, 0))
        lines += wrapped(join((put(f"{say.DUE} ", DIM), put(text, BAD if short else ""))), width, indent=2)
    return lines


def about_offer(lens: Lens, offer: PendingOffer, width: int) -> list[Content]:
    """An offer as both sides read it, with what it takes to sign."""
    template = lens.scenario.deals[offer.template]
    mine = offer.proposer == lens.viewer
    other = offer.to if mine else offer.proposer
    lead = say.AN_OFFER[offer.countered, mine]
    lines = [
        deal_head(lens, template, width),
        join(
            (
                put(f"{lead} ", DIM),
                seat_badge(lens.scenario, other),
                put(f" {lens.words.seat(other)}"),
            )
        ),
        Content(""),
        *wrapped(
            lens.words.offer_sentence(template, offer.size, offer.secret, offer.rounds, offer.more), width
        ),
    ]
    lines += changes_told(lens, offer, width)
    if offer.hold < 100:
        lines += [
            Content(""),
            *wrapped(say.skips(offer.hold), width),
        ]
    return [*lines, Content(""), *follows(lens, template, width)]


def changes_told(lens: Lens, offer: PendingOffer, width: int) -> list[Content]:
    """What a counter-offer makes of the offer that it answers."""
    made = [
        seen.event
        for seen in lens.memory.seen
        if isinstance(seen.event, DealOffered)
        and (seen.event.deal, seen.event.proposer) == (offer.template, offer.to)
    ]
    if not (offer.countered and made):
        return []
    was = made[-1]
    terms = (
        ("size", play.VALUES[was.size], play.VALUES[offer.size]),
        ("secrecy", _secrecy(was.secret), _secrecy(offer.secret)),
        ("rounds", str(was.rounds), str(offer.rounds)),
        ("more", play.NOTHING_MORE, lens.words.lot_more(offer.more)),
    )
    said = [play.changed(play.TERMS[term], before, now) for term, before, now in terms if before != now]
    told = put("; ".join(said) or play.AS_OFFERED, CHANGE)
    return wrapped(join((put(f"{play.CHANGED_OFFER} ", DIM), told)), width, indent=2)


def _secrecy(secret: bool) -> str:
    return play.VALUES["secret" if secret else "open"]


def follows(lens: Lens, template: DealTemplate, width: int) -> list[Content]:
    """What signing, keeping, breaking and discovery set off."""
    return [line for said in lens.words.deal_effects(template) for line in wrapped(said, width, indent=2)]


def deal_head(lens: Lens, template: DealTemplate, width: int) -> Content:
    """TITLE     rung 2 · ¶5"""
    facts = " · ".join(
        filter(None, (say.rung(template.rung) if template.rung else "", paragraphs(template.source)))
    )
    title = fit(put(lens.words.said(template.title).upper(), HEAD), width - len(facts) - 1)
    return join((title, " ", put(facts, DIM)))
