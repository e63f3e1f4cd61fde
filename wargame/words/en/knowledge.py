"""What a seat knows beyond the board, in plain sentences: from its view, never from the truth."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.rules.effects.secrets import Peek
from wargame.rules.scenario import due
from wargame.rules.state import Deal, Due, Finding
from wargame.rules.view import View
from wargame.words.en.deals import lots, suspicion
from wargame.words.en.grammar import capital, change, joined, quoted, rounds, sentence
from wargame.words.en.names import Names


def state_of(names: Names, view: View) -> list[str]:
    """List hidden tracks, findings, deals and suspicions, levers, facts, and what is still to come."""
    parts = (_tracks, _findings, _deals, _agreements, _dials, _flags, _coming)
    return [sentence(line) for part in parts for line in part(names, view)]


def _tracks(names: Names, view: View) -> Iterator[str]:
    for track in names.scenario.spec.tracks:
        knowing = joined(map(names.party, track.seen_by))
        if track.seen_by and track.id in view.tracks:
            value = view.tracks[track.id]
            band = names.band(track.id, value)
            yield f"{names.track(track.id)} stands at {value}, {band}; known to {knowing}"
        elif track.id in view.bands:
            band = names.band_at(track.id, view.bands[track.id])
            yield f"{names.track(track.id)} is {band}; the number is known to {knowing}"


def _findings(names: Names, view: View) -> Iterator[str]:
    for finding in view.findings:
        yield found(names, finding)


def found(names: Names, finding: Finding) -> str:
    """Return a finding with its date, for it was true only then."""
    when = names.during(finding.round)
    if finding.kind == "bottleneck":
        good, made = names.good(str(finding.value)), names.production(finding.what)
        return f"{made} were held back by {good} {when}"
    return peeked(names, finding.what, finding.value, when)


def _deals(names: Names, view: View) -> Iterator[str]:
    for deal in view.deals:
        if deal.template != "?" and deal.status == "running":
            yield running(names, deal, view.seat)


def running(names: Names, deal: Deal, viewer: str | None) -> str:
    """Tell of a running deal that the viewer knows: its sides, what is due, for how long, who may know."""
    template = names.scenario.deals[deal.template]
    sides = joined(map(names.party, (deal.a, deal.b)))
    owed = [(seat, due(template, deal, seat)) for seat in (deal.a, deal.b)]
    gives = joined(f"{_giver(names, seat, viewer)} {lots(names, lot)}" for seat, lot in owed if lot)
    when = "in the next upkeep" if template.first else "each round"
    what = f": {when} {gives}" if gives else ""
    known = "proved" if deal.proved else "secret" if deal.secret else "open"
    title = f"{quoted(names.deal(deal.template))} between {sides}, {known}"
    return f"{title}, {rounds(deal.left)} to go{what}"


def _giver(names: Names, seat: str, viewer: str | None) -> str:
    return "you give" if seat == viewer else f"{names.one_does(seat, 'gives')}"


def _agreements(names: Names, view: View) -> Iterator[str]:
    """Deals of which only the communiqué is known, and those that are suspected."""
    for deal in view.deals:
        if deal.template == "?":
            yield _agreement(names, deal, view.seat)


def suspicions(names: Names, view: View) -> list[str]:
    """List what a seat suspects and has no proof of."""
    deals = [deal for deal in view.deals if deal.template == "?" and view.seat in deal.suspected]
    return [sentence(_agreement(names, deal, view.seat)) for deal in deals]


def _agreement(names: Names, deal: Deal, viewer: str | None) -> str:
    sides, when = joined(map(names.party, (deal.a, deal.b))), names.date(deal.signed)
    if viewer in deal.suspected:
        rung = deal.rung if names.scenario.spec.accusations else None
        return f"you suspect {suspicion(names, deal.a, deal.b, deal.signed, rung)}; there is no proof"
    phrase = names.communique(deal.a, deal.b, deal.words)
    if deal.empty:
        told = f"{sides} spoke of {quoted(phrase)}; nothing is signed"
        return f"{names.party(deal.by)} had it published in {when} that {told}"
    said = f"spoke of {quoted(phrase)}" if phrase else "met"
    return f"{sides} {said} in {when}"


def _dials(names: Names, view: View) -> Iterator[str]:
    for dial, setting in view.dials.items():
        yield f"{names.dial(dial)} is set to {names.setting(dial, setting)}"


def _flags(names: Names, view: View) -> Iterator[str]:
    for flag, until in view.flags.items():
        if until >= view.round:
            yield capital(names.flag(flag))


def _coming(names: Names, view: View) -> Iterator[str]:
    for one in view.schedule:
        if one.round <= view.rounds:
            yield f"{names.during(one.round)}: {_due(names, one)}"


def _due(names: Names, due: Due) -> str:
    if due.path == due.cause:
        return f"{quoted(names.cause(due.cause))} in the news"
    if due.path:
        return f"more to come of {names.cause(due.cause) or 'something hidden'}"
    kind, *subject = due.what
    if kind == "order":
        return f"{names.one_does(subject[0], 'goes')} {'first' if due.by < 0 else 'last'}"
    if kind == "track":
        what = names.track(subject[0])
    elif kind == "good":
        what = names.stock(subject[0], subject[1])
    else:
        what = f"the influence of {names.party(subject[0])}"
    cause = quoted(names.cause(due.cause)) if names.cause(due.cause) else "something hidden"
    return f"{what} {change(due.by)}, when {cause} wears off"


def peeked(names: Names, what: str, value: str | int, when: str) -> str:
    """Say 'Trust stood at 4, trading, in Oct–Dec 2023'; a good may come as `seat/good`."""
    now = when == "now"
    stands = "stands" if now else "stood"
    if what in names.scenario.tracks:
        band = names.band(what, int(value))
        return f"{names.track(what)} {stands} at {value}, {band}, {when}"
    if what in names.scenario.dials:
        seat = names.party(names.scenario.dials[what].seat)
        setting = names.setting(what, str(value))
        return f"{names.dial(what)} {stands} at {setting} {when}, set by {seat}"
    held = "holds" if now else "held"
    seat, _, what = what.rpartition("/")
    holder = names.party(seat) if seat else _holders(names, what)
    return f"{holder} {held} {names.lots(int(value), what)} {when}"


def _holders(names: Names, good: str) -> str:
    """Whose store was looked into, if the finding does not say: few cards look at any one good."""
    looks = (effect for sequence in names.scenario.programs.effects.values() for effect in sequence)
    seats = {effect.seat for effect in looks if isinstance(effect, Peek) and effect.good == good}
    return joined((names.party(seat) for seat in sorted(filter(None, seats))), "or") or "somebody"
