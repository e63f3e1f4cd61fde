"""The laws about odds: what is shown before a decision is kept and rolled, and its parts add up (design 2).

Each function looks at one `LawCase` and returns "" or what it found; `laws` gives them names and sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from wargame.lab.law_case import LawCase
from wargame.rules.events import DeliveryWatched, DiceRolled, Die, Event, RungGambled
from wargame.rules.moves import Answer, Choose, Commit, Discard, Offer
from wargame.rules.preview import preview
from wargame.rules.state import Odds, State


def parts(case: LawCase) -> str:
    """Of every die: also of a skipped rung and of the watch on secret deliveries."""
    for event in case.events:
        odds = odds_of(event)
        if odds is not None and sum(odds.terms) != odds.chance:
            return f"{odds.path} has a chance of {odds.chance}, and its parts are {odds.terms}"
    return ""


def odds_of(event: Event) -> Odds | None:
    """The odds that an event tells in full; `None` if it tells of no die, or of one only in part."""
    if not isinstance(event, Die) or event.chance is None:
        return None
    terms = tuple(term for term in event.terms if term is not None)
    return Odds(event.path if isinstance(event, DiceRolled) else event.deal, event.chance, terms)


def promise(case: LawCase) -> str:
    """What a decision showed is kept, and what was kept is rolled, part by part."""
    before, move, after = case.before.state, case.move, case.after.state
    kept = list(_kept(before))
    if move.seat in before.scenario.seats:
        shown = preview(case.before.view(move.seat), move)
        if isinstance(move, (Commit, Discard)) and shown.odds != after.orders[move.seat].commits[-1].odds:
            return f"{move} showed {shown.odds} and laid {after.orders[move.seat].commits[-1].odds}"
        if isinstance(move, Offer) and shown.hold != after.offers[-1].hold:
            return f"{move} showed that it holds at {shown.hold}, and {after.offers[-1].hold} was offered"
        signs = isinstance(move, Answer) and move.reply == "yes"
        if signs and shown.hold != after.deals[-1].hold:
            return f"{move} showed that it holds at {shown.hold}, and {after.deals[-1].hold} was signed"
        if isinstance(move, Choose):
            kept += shown.odds
    for event in case.events:
        rolled = odds_of(event)
        if rolled is None or isinstance(event, DeliveryWatched):
            continue
        promised = [odds for odds in kept if odds.path == rolled.path]
        if isinstance(event, RungGambled):
            promised = [
                rolled._replace(chance=deal.hold) for deal in before.deals if deal.template == rolled.path
            ]
        if promised and rolled not in promised:
            return f"{' or '.join(map(str, promised))} was promised, and {rolled} was rolled"
    return ""


def _kept(state: State) -> Iterator[Odds]:
    """All odds that wait for their roll."""
    for orders in state.orders.values():
        for commit in orders.commits:
            yield from commit.odds
    for frame in (*state.stack, *state.queue):
        yield from frame.odds
    for due in state.schedule:
        yield from due.odds
