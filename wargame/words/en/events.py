"""One sentence for each kind of event. Its facts come in the order in which the rules give them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.rules.events import Event
from wargame.words.en import bargaining, white
from wargame.words.en.grammar import capital, change, joined, moved, quoted, sentence, whose
from wargame.words.en.moves import option_label
from wargame.words.en.names import Names
from wargame.words.en.odds import outcome, rolled_for
from wargame.words.en.seen import peeked

Viewer = str | None


def event(names: Names, happened: Event, viewer: Viewer = None) -> str:
    """What happened. Empty for a kind this version does not know."""
    said = SENTENCES.get(happened.kind)
    return said(names, viewer, *happened.facts) if said else ""


def whom(names: Names, seat: str, viewer: Viewer, verb: str) -> str:
    """'North Korea draws', or to itself 'You draw'. `verb` stands in the third person, with a plain -s."""
    return f"You {verb[:-1]}" if seat == viewer else f"{capital(names.party(seat))} {verb}"


def owner(names: Names, seat: str, viewer: Viewer) -> str:
    """'North Korea's', or to itself 'Your'."""
    return "Your" if seat == viewer else capital(whose(names.party(seat)))


def because(names: Names, cause: str) -> str:
    """The end of a line about a change."""
    return f": {names.cause(cause)}" if cause else ", for reasons not known"


# --- the course of the game ----------------------------------------------------------------------------


def _round(names: Names, viewer: Viewer, nth: int, order: tuple[str, ...]) -> str:
    return f"Round {nth}, {names.date(nth)}: {names.party(order[0])} goes first."


PHASES = {
    "news": "The news comes in.",
    "orders": "Each seat gives its orders in private.",
    "answers": "Offers are answered.",
    "reveal": "Everything laid down is turned over at once.",
    "resolution": "The cards take effect.",
    "upkeep": "Factories work, deliveries go out, the war goes on.",
    "debrief": "Secrets are laid open.",
}


def _phase(names: Names, viewer: Viewer, phase: str) -> str:
    return PHASES.get(phase, sentence(phase))


def _agenda(names: Names, viewer: Viewer, seat: str, agenda: str) -> str:
    spec = names.scenario.agendas[agenda]
    about = f"{names.said(spec.title)}. {names.said(spec.text)}"
    return sentence(f"{owner(names, seat, viewer)} secret agenda: {about}")


def _news(names: Names, viewer: Viewer, cause: str) -> str:
    card = names.scenario.event_card(cause.rpartition("/")[2])
    text = f" {sentence(names.said(card.text))}" if card else ""
    return f"News: {sentence(names.cause(cause))}{text}"


def _dial(names: Names, viewer: Viewer, cause: str) -> str:
    return sentence(names.cause(cause))


def _asked(names: Names, viewer: Viewer, seat: str, path: str) -> str:
    choice = names.scenario.programs.choices.get(path)
    prompt = f": {quoted(names.said(choice.prompt))}" if choice else ""
    return sentence(f"{names.party(seat)} has to choose{prompt}")


def _chose(names: Names, viewer: Viewer, seat: str, path: str, option: str) -> str:
    return sentence(f"{names.party(seat)} chooses: {option_label(names, seat, option, path)}")


def _storm(names: Names, viewer: Viewer) -> str:
    return "The storm breaks: the peninsula goes over the brink."


def _over(names: Names, viewer: Viewer, outcome: str) -> str:
    return "The game ends in the storm." if outcome == "storm" else "The last round is over."


def _ruined(names: Names, viewer: Viewer, seat: str) -> str:
    return sentence(f"{names.party(seat)} is ruined: it plays on, but can't win any more")


def _final(names: Names, viewer: Viewer, seat: str, score: int, won: int, agenda: int) -> str:
    line = "and reaches its line" if won else "and misses its line"
    kept = "its secret agenda is kept" if agenda else "its secret agenda is not kept"
    return sentence(f"{names.party(seat)} ends with {score} {line}; {kept}")


def _lowest(names: Names, viewer: Viewer, seat: str, bonus: int) -> str:
    return sentence(f"{names.party(seat)} is lowest in public score: ¤{bonus} more")


# --- cards ---------------------------------------------------------------------------------------------


def _drew(names: Names, viewer: Viewer, seat: str, cards: tuple[str, ...]) -> str:
    return sentence(f"{whom(names, seat, viewer, 'draws')} {joined(map(names.card, cards))}")


def _lost(names: Names, viewer: Viewer, seat: str, card: str) -> str:
    return sentence(f"{whom(names, seat, viewer, 'loses')} {names.card(card)} from the hand")


def _spent(names: Names, viewer: Viewer, seat: str, sum_: int) -> str:
    return sentence(f"{names.party(seat)} has spent {f'¤{sum_}' if sum_ else 'nothing'}")


def _aimed(names: Names, card: str, target: str) -> str:
    aim = names.target(names.scenario.cards.get(card), target) if target else ""
    return f"{names.card(card)}{', aimed at ' if aim else ''}{aim}"


def _revealed(names: Names, viewer: Viewer, seat: str, card: str, target: str) -> str:
    return sentence(f"{names.party(seat)} turns over {_aimed(names, card, target)}")


def _quiet(names: Names, viewer: Viewer, seat: str) -> str:
    return sentence(f"{names.party(seat)} makes a quiet move")


def _card(names: Names, viewer: Viewer, seat: str, card: str, target: str) -> str:
    return sentence(f"{names.party(seat)} plays {_aimed(names, card, target)}")


def _returned(names: Names, viewer: Viewer, seat: str, card: str) -> str:
    if card == names.scenario.actions[seat].id:
        return sentence(f"{names.party(seat)} can no longer do {names.card(card)}: its cost is refunded")
    return sentence(f"{names.party(seat)} takes {names.card(card)} back: its needs no longer hold")


def _signal(names: Names, viewer: Viewer, seat: str, card: str) -> str:
    return sentence(f"{names.party(seat)} tells the table that it will play {names.card(card)}")


def _signal_kept(names: Names, viewer: Viewer, seat: str, card: str) -> str:
    gain = names.scenario.spec.rules.signal
    return sentence(f"{names.party(seat)} does what it told the table, {names.card(card)}: ¤{gain} more")


def _signal_false(names: Names, viewer: Viewer, seat: str, card: str) -> str:
    loss = names.scenario.spec.rules.signal
    return sentence(
        f"{names.party(seat)} told the table {names.card(card)} and did not play it: ¤{loss} less"
    )


def _stood(names: Names, viewer: Viewer, stand: str, stood: tuple[str, ...], whole: int) -> str:
    title, seats = names.stand(stand), joined(map(names.party, stood))
    if whole:
        return sentence(f"{seats} stand together: {title}")
    missing = [seat for seat in names.scenario.stands[stand].seats if seat not in stood]
    alone = "stands" if len(stood) == 1 else "stand"
    return sentence(f"{title}: {seats} {alone} without {joined(map(names.party, missing))}")


def _rolled(
    names: Names,
    viewer: Viewer,
    path: str,
    chance: int,
    die: int,
    works: int,
    terms: tuple[Any, ...],
    cause: str,
) -> str:
    thing, came = rolled_for(names, path, cause), outcome(names, path, bool(works))
    if not chance:
        return sentence(f"{thing}: {came}; not all may know the odds")
    return sentence(f"{thing}: chance {chance} %, and the dice say {die}: {came}")


# --- numbers -------------------------------------------------------------------------------------------


def _track(names: Names, viewer: Viewer, track: str, old: int, new: int, cause: str) -> str:
    return f"{names.track(track)} {moved(old, new)}{because(names, cause)}"


def _band(names: Names, viewer: Viewer, track: str, band: int) -> str:
    return sentence(f"{names.track(track)} is now {names.band_at(track, band)}")


def _good(names: Names, viewer: Viewer, seat: str, good: str, old: int, new: int, cause: str) -> str:
    return f"{owner(names, seat, viewer)} {names.good(good)} {moved(old, new)}{because(names, cause)}"


def _influence(names: Names, viewer: Viewer, seat: str, old: int, new: int, cause: str) -> str:
    return f"{owner(names, seat, viewer)} influence {moved(old, new)}{because(names, cause)}"


def _points(names: Names, viewer: Viewer, seat: str, by: int, cause: str) -> str:
    return f"{owner(names, seat, viewer)} score {change(by)}{because(names, cause)}"


def _flag(names: Names, viewer: Viewer, flag: str, on: int, cause: str) -> str:
    said = names.flag(flag) if on else f"it is no longer so that {names.flag(flag)}"
    return sentence(f"{names.cause(cause)}: {said}" if cause else said)


def _produced(names: Names, viewer: Viewer, made: str, units: int) -> str:
    can = f"make {units}" if units else "make nothing"
    return sentence(f"{names.production(made)} {can} this round")


def _located(names: Names, viewer: Viewer, made: str, good: str) -> str:
    return sentence(f"{names.production(made)} are held back by {names.good(good)} now")


def _peeked(names: Names, viewer: Viewer, what: str, value: str | int) -> str:
    return sentence(peeked(names, what, value, "now"))


SENTENCES: dict[str, Callable[..., str]] = {
    "round": _round,
    "phase": _phase,
    "agenda": _agenda,
    "news": _news,
    "dial": _dial,
    "asked": _asked,
    "chose": _chose,
    "storm": _storm,
    "over": _over,
    "ruined": _ruined,
    "final": _final,
    "lowest": _lowest,
    "drew": _drew,
    "lost-card": _lost,
    "spent": _spent,
    "revealed": _revealed,
    "quiet": _quiet,
    "card": _card,
    "returned": _returned,
    "signal": _signal,
    "signal-kept": _signal_kept,
    "signal-false": _signal_false,
    "stood": _stood,
    "rolled": _rolled,
    "track": _track,
    "band": _band,
    "good": _good,
    "influence": _influence,
    "points": _points,
    "flag": _flag,
    "produced": _produced,
    "located": _located,
    "peeked": _peeked,
    **bargaining.SENTENCES,
    **white.SENTENCES,
}
"""An event's kind → its sentence."""
