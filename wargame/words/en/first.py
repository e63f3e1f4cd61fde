"""What a person is told before the first orders: who they are, what counts for them, what they may do."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wargame.counting import several
from wargame.rules.scoring import line_after
from wargame.rules.spec import Term
from wargame.words.en.grammar import cards, joined, number, quoted, signed
from wargame.words.en.names import Names
from wargame.words.texts import halves

MOST_NAMED = 3
"""Cards or seats that are named; of more only the count is told."""


def the_line(names: Names, seat: str, rounds: int, score: str) -> str:
    """Say what score a seat has and what it must reach by when."""
    line = halves(line_after(names.scenario, rounds))
    last = names.date(rounds)
    return f"You have {score}. Reach {line} by the end of round {rounds}, {last}; others may as well."


def counts(names: Names, term: Term) -> str:
    """Say what a step is worth to a seat: '+4 a step down', '+2 a step up', '+1 a lot'."""
    if term.track is None:
        return f"{signed(term.each)} each" if term.good else f"{signed(term.each)} a rung"
    return f"{signed(abs(term.each))} a step {'up' if term.each > 0 else 'down'}"


def may_lay(names: Names, held: Sequence[str], purse: int, digits: str) -> str:
    """Say that cards may be laid down, which, and what may be spent on them."""
    most = names.scenario.spec.rules.commits
    if not held:
        return "No card can be laid down now; keep your influence for the next round."
    named = [quoted(names.card(card)) for card in held[:MOST_NAMED]]
    if left := len(held) - len(named):
        named.append(f"{number(left)} more")
    return (
        f"Lay up to {cards(most)} face down: {joined(named)} can be paid with your ¤{purse}. "
        f"{digits} light them, Enter lays one."
    )


def may_offer(names: Names, others: Collection[str], key: str) -> str:
    """Say that deals may be offered, and to whom."""
    if not others:
        return f"{key} opens the desk: nobody could sign with you yet."
    with_ = joined(map(names.party, others), "or")
    most = several(names.scenario.spec.rules.offers, "deal")
    return f"{key} offers up to {most} to {with_}: open, or in secret. Signing costs ¤1, so keep some."


def may_tell(names: Names, can: bool, key: str, end: str) -> str:
    """Say that the table may be told something, and how a turn ends."""
    gain = names.scenario.spec.rules.signal
    told = f"{key} says aloud which card you play: kept it pays ¤{gain}, not kept it costs ¤{gain}. "
    return f"{told if can else ''}{end} ends your turn, and asks once."
