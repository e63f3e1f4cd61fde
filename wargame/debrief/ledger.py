"""Every deal of a game: what was said in public, what was agreed, what was delivered, and who found out when.

Read off the states and events along a line. From a perspective it is what was known at the end, before
secrets were laid open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from wargame.counting import several
from wargame.debrief.dated_events import Happening, dated_events, of_kind, of_move
from wargame.debrief.perspective import EVERYTHING, Perspective, seat_of, seen
from wargame.debrief.phrasing import Number, Sentence, counted, whole
from wargame.debrief.story import Moment, Story
from wargame.rules.events import (
    Accused,
    Audience,
    CardPlayed,
    CommuniqueIssued,
    CrisisAnswered,
    DealAnnounced,
    DealBroken,
    DealEnded,
    DealOffered,
    DealProved,
    DealSuspected,
    DialWorked,
    Event,
    GoodsDelivered,
    NewsCame,
    OfferCountered,
    OfferLapsed,
    OfferRefused,
    PhaseBegan,
    RoundBegan,
    RungGambled,
    StandTaken,
    seen_by,
)
from wargame.rules.scenario import terms
from wargame.rules.state import SILENT, Deal, PendingOffer
from wargame.words import Words
from wargame.words.grammar import capital, joined, quoted, sentence


class Delivery(NamedTuple):
    """What one side handed over in one round, of what was due; `to` are those who knew it."""

    round: int
    giver: str
    good: str
    given: int
    due: int
    to: Audience


class Found(NamedTuple):
    """Somebody came to suspect a deal, or it was proved to all (`seats` is empty).

    `how` is the cause of it: `detection` for a delivery that was noticed, else an accusation, a card, news,
    trigger …, "" if it is not known; `by` the seat whose card it was.
    """

    round: int
    seats: tuple[str, ...]
    proof: bool
    how: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deal as it was known, and what happened to it. `terms` are what each side gives a round.

    `published` and `ended` are the rounds in which the public heard of it and in which it ceased to run (0:
    not yet), `offered_by` is who proposed it, and `move` the answer that signed it.
    """

    deal: Deal
    offered_by: str
    move: int
    published: int
    ended: int
    terms: dict[str, dict[str, int]]
    deliveries: tuple[Delivery, ...]
    found: tuple[Found, ...]

    @property
    def hidden(self) -> bool:
        """Tell whether no more is known of it than its communiqué."""
        return self.deal.template == "?" and not self.deal.empty


class Turned(NamedTuple):
    """An offer that came to nothing: refused, or never answered."""

    round: int
    template: str
    proposer: str
    to: str
    refused: bool


def entries(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Entry, ...]:
    """Return the deals along the line in the order in which they were signed."""
    *_, last = _along(story, perspective)
    return last


def entries_by_place(story: Story, perspective: Perspective = EVERYTHING) -> tuple[tuple[Entry, ...], ...]:
    """Return the same as they stood at each position; where nothing changed, the very same tuple."""
    found: list[tuple[Entry, ...]] = []
    for now in _along(story, perspective):
        found.append(found[-1] if found and found[-1] == now else now)
    return tuple(found)


def turned_down(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Turned, ...]:
    """Return the offers that came to nothing, of which it was told."""
    found: list[Turned] = []
    proposers: dict[tuple[str, str], str] = {}
    for round_, _phase, _move, event in dated_events(story.line):
        if isinstance(event, DealOffered | OfferCountered):
            proposers[event.deal, event.partner] = event.proposer
        if perspective is not EVERYTHING and not seen_by(event, seat_of(perspective)):
            continue
        if isinstance(event, OfferRefused):
            found.append(Turned(round_, event.deal, event.proposer, event.partner, True))
        elif isinstance(event, OfferLapsed):
            proposer = proposers.get((event.deal, event.partner), "")
            found.append(Turned(round_, event.deal, proposer, event.partner, False))
    return tuple(found)


def accusations(story: Story) -> tuple[Happening[Accused], ...]:
    """Return the accusations that were read out along the line: who accused whom of what, right or wrong."""
    return tuple(of_kind(dated_events(story.line), Accused))


Key: TypeAlias = tuple[str, str, int, int]
"""What tells a deal apart, whoever looks: its sides, the round of signing, and which of those it is."""


def _along(story: Story, perspective: Perspective) -> Iterator[tuple[Entry, ...]]:
    """Yield the deals as they stood after each moment of the line, as far as they were known."""
    everything, seat = perspective is EVERYTHING, seat_of(perspective)
    known: dict[Key, Entry] = {}
    offers: tuple[PendingOffer, ...] = ()
    for moment in story.line:
        now = moment.state if everything else seen(moment.state, perspective)
        happened = [one for one in of_move(moment) if everything or seen_by(one.event, seat)]
        before, known = known, {}
        for key, deal in keyed(now.deals).items():
            if (old := before.get(key)) is not None and old.deal == deal:
                known[key] = old
                continue
            proposers = (offer.proposer for offer in offers if offer.template == deal.template)
            move = 0 if isinstance(perspective, str) else moment.id
            entry = old or Entry(deal, next(proposers, ""), move, 0, 0, {}, (), ())
            template = story.scenario.deals.get(deal.template)
            sides = [(template, side) for side in (deal.a, deal.b)] if template else []
            gives = {side: terms(of, deal.size, side, deal.more) for of, side in sides}
            changed = _changed(entry, old.deal if old else None, deal, moment, happened, perspective)
            known[key] = replace(changed, deal=deal, terms=gives)
        for one in happened:
            if isinstance(event := one.event, GoodsDelivered):
                # of a template only the deal that was signed last still runs
                under = (key for key, entry in known.items() if entry.deal.template == event.deal)
                entry = known[key := max(under, key=itemgetter(2))]
                made = Delivery(one.round, event.giver, event.good, event.given, event.due, event.to)
                known[key] = replace(entry, deliveries=(*entry.deliveries, made))
        offers = now.offers
        yield tuple(known.values())


def _changed(
    entry: Entry,
    old: Deal | None,
    deal: Deal,
    moment: Moment,
    happened: list[Happening[Event]],
    perspective: Perspective,
) -> Entry:
    """Return an entry with when its deal was published, ended and found out, if that came about just now."""
    sides = deal.a, deal.b

    def publishes(event: Event) -> bool:
        if isinstance(event, DealAnnounced):
            return (event.deal, event.a, event.b) == (deal.template, *sides)
        return isinstance(event, CommuniqueIssued) and (event.a, event.b) == sides

    def ends(event: Event) -> bool:
        if isinstance(event, DealEnded):
            return (event.deal, event.a, event.b) == (deal.template, *sides)
        return isinstance(event, DealBroken | RungGambled) and event.deal == deal.template

    published, ended, found = entry.published, entry.ended, entry.found
    if deal.published and not (old and old.published):
        published = next((one.round for one in happened if publishes(one.event)), moment.round)
    if deal.status not in ("running", "?") and (old is None or old.status == "running"):
        ended = next((one.round for one in happened if ends(one.event)), moment.round)
    if fresh := tuple(seat for seat in deal.suspected if old is None or seat not in old.suspected):
        found = (*found, _finding(deal, moment, happened, fresh, perspective))
    if deal.proved and not (old and old.proved):
        found = (*found, _finding(deal, moment, happened, (), perspective))
    return replace(entry, published=published, ended=ended, found=found)


def _finding(
    deal: Deal,
    moment: Moment,
    happened: list[Happening[Event]],
    seats: tuple[str, ...],
    perspective: Perspective,
) -> Found:
    """Return in which round these seats came to suspect a deal, or (no seats) all had the proof.

    And how, as far as the events before it tell.
    """
    round_, how, by = moment.round, "", ""
    for one in happened:
        event = one.event
        if (
            isinstance(event, DealSuspected)
            and (event.a, event.b, event.signed) == (deal.a, deal.b, deal.signed)
            if seats
            else isinstance(event, DealProved) and (event.deal, event.a, event.b) == deal[:3]
        ):
            round_ = one.round
            break
        how, by = _cause(event, how, by)
    else:
        how, by = "", ""
    mine = perspective is EVERYTHING or by == (seat_of(perspective) or "")
    if not mine and how != "detection" and not how.startswith("accusation/"):
        how, by = "", ""  # what a seat did not see may have come between
    return Found(round_, seats, not seats, how, by)


def keyed(deals: Sequence[Deal]) -> dict[Key, Deal]:
    """Return deals by what tells them apart."""
    found: dict[Key, Deal] = {}
    for deal in deals:
        nth = sum((deal.a, deal.b, deal.signed) == key[:3] for key in found)
        found[deal.a, deal.b, deal.signed, nth] = deal
    return found


def _cause(event: Event, how: str, by: str) -> tuple[str, str]:
    """Return what is under way after an event: a card and whose, news, detection, or nothing known."""
    match event:
        case PhaseBegan():
            return ("detection" if event.phase == "upkeep" else ""), ""
        case CardPlayed():
            return f"card/{event.card}", event.seat
        case NewsCame():
            return event.cause, ""
        case CrisisAnswered():
            return f"news/{event.crisis}", ""
        case StandTaken():
            return f"stand/{event.stand}", ""
        case Accused():
            return f"accusation/{event.seat}", ""
        case DialWorked() | RoundBegan():
            return "", ""
        case _:
            return how, by


# --- in words ---------------------------------------------------------------------------------------------


class DealPage(NamedTuple):
    """A deal in the ledger: its title, and what there is to say of it, line by line."""

    title: str
    sides: str
    public: str
    agreed: str
    facts: tuple[Sentence, ...]
    found: tuple[Sentence, ...]


def deal_page(words: Words, entry: Entry, at: int, over: bool) -> DealPage:
    """Tell a deal; `at` is its place in the ledger, `over` says whether the game is."""
    deal, phrase = entry.deal, words.communique(entry.deal.a, entry.deal.b, entry.deal.words)
    sides = joined(map(words.party, (deal.a, deal.b)))
    found = tuple(found_out(words, one) for one in entry.found)
    if not entry.published or deal.words == SILENT:
        public = "Nothing was said in public."
    elif not deal.secret:
        public = "All of it was announced."
    else:
        public = f"In public: {quoted(phrase)}." if phrase else "In public: nothing but that they met."
    if deal.empty:
        made: Sentence = (
            f"Published by {words.party(deal.by)} in round ",
            whole("of.round", deal.signed),
            ".",
        )
        return DealPage("An empty communiqué", sides, public, "Nothing was signed.", (made,), found)
    if entry.hidden:
        signed: Sentence = ("Signed in round ", whole("of.round", deal.signed), ".")
        return DealPage("An agreement", sides, public, "", (signed,), found)
    by = f", proposed by {words.party(entry.offered_by)}" if entry.offered_by else ""
    signed = (
        "Signed in round ", whole(f"deal.{at}.signed", deal.signed), " for ",
        *counted(whole(f"deal.{at}.rounds", deal.rounds), "round"), f"{by}.",
    )  # fmt: skip
    became = f"It {words.deal_fate(deal.status, deal.by, over)}"
    fate: Sentence = (f"{became} in round ", whole(f"deal.{at}.ended", entry.ended), ".")
    if deal.status == "running" or not entry.ended:
        fate = (sentence(became),)
    agreed = words.deal_terms(deal.template, deal.size, deal.rounds, deal.more)
    facts = (signed, *_deliveries(words, entry, at), fate)
    return DealPage(words.deal(deal.template), sides, public, agreed, facts, found)


def _deliveries(words: Words, entry: Entry, at: int) -> Iterator[Sentence]:
    """Yield a line a round and side: what was delivered of what was due."""
    found: dict[tuple[int, str], list[str | Number]] = {}
    for nth, one in enumerate(entry.deliveries):
        line = found.setdefault((one.round, one.giver), [])
        given = whole(f"deal.{at}.{nth}.given", one.given)
        line += [*([", "] if line else []), given, words.lots(one.given, one.good).removeprefix(given.text)]
        if one.given != one.due:
            line += [" of ", whole(f"deal.{at}.{nth}.due", one.due)]
    for (round_, giver), line in found.items():
        yield ("Round ", whole("of.round", round_), f": {words.party(giver)} delivered ", *line, ".")


class Side(NamedTuple):
    """A seat among the words of a line, where a screen shows its badge."""

    seat: str


def deal_name(words: Words, entry: Entry) -> str:
    """Return what a deal is called, as far as it was known: its title, or the communiqué."""
    deal = entry.deal
    said = words.communique(deal.a, deal.b, deal.words) or "an agreement"
    return said if entry.hidden else words.deal(deal.template)


def deal_lines(words: Words, entry: Entry) -> Iterator[tuple[str | Number | Side, ...]]:
    """Yield what was said of a deal, agreed and delivered, in lines for a screen.

    A number at their beginning is the round.
    """
    deal = entry.deal
    if deal.empty:
        by = f", published without a deal by {words.party(deal.by)} in round {deal.signed}"
        yield (Side(deal.a), " and ", Side(deal.b), by)
        return
    yield (Side(deal.a), " and ", Side(deal.b), f", signed in round {deal.signed}")
    if deal.words == SILENT and not entry.hidden:
        yield ("the public heard nothing of it",)
    elif entry.published and deal.secret and not entry.hidden:
        phrase = words.communique(deal.a, deal.b, deal.words)
        yield (f"the public heard of it in round {entry.published} as “{phrase}”",)
    elif entry.published:
        yield (f"public since round {entry.published}",)
    if entry.hidden:
        yield ("What it really is about is not known to these eyes.",)
        return
    size = "" if deal.size in ("", "plain") else f"{deal.size}, "
    yield (f"{size}{'secret' if deal.secret else 'open'}, for {several(deal.rounds, 'round')}",)
    if entry.offered_by:
        yield (f"proposed by {words.party(entry.offered_by)}",)
    for seat, gives in entry.terms.items():
        what = ", ".join(words.lots(count, good) for good, count in gives.items()) or "nothing to carry"
        yield (Side(seat), f" agreed to give a round: {what}")
    for one in entry.deliveries:
        gave = f" gave {one.given} of {words.lots(one.due, one.good)}"
        yield (whole("of.round", one.round), Side(one.giver), gave)


def deal_became(words: Words, entry: Entry, over: bool) -> str:
    """Tell in a few words when a deal ended and how; `over` says whether the game is."""
    ended = f"R{entry.ended} " if entry.ended else ""
    return f"{ended}it {words.deal_fate(entry.deal.status, entry.deal.by, over)}"


def found_out(words: Words, one: Found) -> Sentence:
    """Return who found a deal out, when and how."""
    who = joined(map(words.party, one.seats))
    what = "It was proved before everybody" if one.proof else f"{capital(who)} came to suspect it"
    how = {"": "", "detection": ": a delivery was noticed"}.get(one.how, f": {words.cause(one.how)}")
    by = f", played by {words.party(one.by)}" if one.by else ""
    return (f"{what} in round ", whole("of.round", one.round), f"{how}{by}.")


def deal_in_short(words: Words, deal: Deal) -> str:
    """Tell a deal in a line when all is laid open: what became of it, what was kept, and who found out."""
    facts = [
        f"signed in round {deal.signed} for {several(deal.rounds, 'round')}",
        f"it {words.deal_fate(deal.status, deal.by)}",
    ]
    seats, ran = words.scenario.seats, deal.rounds - deal.left + (deal.unpaid >= 0)
    full = ", ".join(
        f"{seats[seat].short} {count}"
        for seat, count in zip((deal.a, deal.b), deal.full, strict=True)
        if terms(words.scenario.deals[deal.template], deal.size, seat, deal.more)
    )
    if ran and full:
        facts.append(f"in full: {full} of {several(ran, 'round')}")
    if deal.unpaid > 0 and deal.status != "running":
        facts.append("the last shipment was not paid for")
    if not deal.secret:
        facts.append("open")
    elif deal.proved:
        facts.append("secret, and proved")
    elif deal.suspected:
        facts.append(f"secret, suspected by {', '.join(seats[seat].short for seat in deal.suspected)}")
    else:
        facts.append("secret, and nobody found out")
    return "; ".join(facts)


def accused(words: Words, one: Happening[Accused]) -> tuple[Number, str]:
    """Return the round of an accusation, and what was said and came of it."""
    return whole("of.round", one.round), words.event(one.event)


def came_to_nothing(words: Words, one: Turned) -> str:
    """Tell of an offer that was refused or never answered, in a sentence."""
    what = "turned down by" if one.refused else "never answered by"
    offer = f"{quoted(words.deal(one.template))}, offered by {words.party(one.proposer)}"
    return sentence(f"{offer}, was {what} {words.party(one.to)}")
