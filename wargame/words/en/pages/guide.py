"""The hints of a first turn: what to do next, with the keys that do it.

A letter that stands alone, as in "e ends your turn", is a key, and gives way to one that somebody has chosen.
"""

from __future__ import annotations

LABEL, HINT = "first turn", "hint"
AWAY = "z: hide hints"

END_ASKED = "Enter ends the turn; after that nothing can be taken back. Esc goes back to it."
PREPARED_ASKED = "Enter says that this is all. When your turn comes, you look once more, and confirm it."
ROWS = {
    "answer": "An offer to you: read it in the pane beside it, ← → turn no into yes, Enter answers.",
    "deal": "This deal delivers by itself in the upkeep. ← → mark it short or stop, Enter enters the mark.",
    "dial": "Your secret lever: ← → turn it, Enter sets it. It works in every upkeep and stays where it is.",
    "crisis": "All answer this in secret and are told at once. ← → choose, Enter gives your answer.",
    "stand": "A joint stand binds only if all take part in one round. Agree aloud, then Enter joins it.",
}
"""Rows that say themselves what to do with them, as long as it has not been done."""
NO_CARD = "No card can be laid down now (w says why). d gives one up, o offers a deal, e ends the turn."
OFFER = "o opens the deal desk, where you offer another seat a deal. Or go on: t tells, e ends the turn."
LEVER = "Under LEVERS stands one that only you set: light it, ← →, Enter. Or leave it; e ends the turn."
END = "All done: e ends your turn, and asks once if something was left. Then pass the keyboard on."
END_APART = "All done: e ends your turn, and asks once if something was left."
PREPARED = "All done: e says that this is all, and asks once if something was left."
NOT_GIVEN = "× means that this card can't be given up now; w says why. Light another, or Esc: back."
NOT_TOLD = "× means that this card can't be told; w says why. Light another, or Esc: back."
NOBODY = "There is nobody you could sign with. Esc goes back to your orders."
DESK_REFUSED = "× means that this can't be offered now; w says why. ↑↓ light another deal."
DESK = "↑↓ choose with whom and what. The pane says what both give, and your stores round by round."
BEFORE_ALL = "This page is yours alone, and i brings it back. Enter leads to the news, then to your cards."
FIRST = "This page is yours alone. Enter leads to your cards, i to all that you know."
KNOW = (
    "This page is yours alone. ↑↓ read on to the plans and “Your first turn”. Esc goes back; "
    "i opens it again."
)
CHOICE = "You are asked before your orders. An arrow or a number lights an answer, Enter says it aloud."


def give_up(faced: bool) -> str:
    """Hint at a card to be given up; `faced`: the hand lies along the foot, so other arrows aim."""
    aim = "↑ ↓" if faced else "← →"
    return f"Enter gives the lit card up for the action printed on your board; {aim} aim it. Esc: back."


def tell(pays: int) -> str:
    said = f"kept, ¤{pays} more; not kept, ¤{pays} less"
    return f"Enter tells the table that you will play the lit card: {said}. Esc: back."


def which_card(faced: bool) -> str:
    return f"{'← →' if faced else '↑↓'} light the card of your hand that you mean. Esc: back."


def light(faced: bool) -> str:
    if faced:
        what = "← → light a card: what it does, costs and how likely it is stands in the middle."
    else:
        what = "↑↓ light a card: the pane says what it does, its cost ¤ and its odds ▰."
    return f"i is your page, yours alone. {what}"


def to_the_hand(faced: bool) -> str:
    back = "Tab goes back to your hand" if faced else "↑↓ go back to your HAND"
    return f"{back}: Enter on a card there lays it face down."


def not_this(faced: bool) -> str:
    walk = "← →" if faced else "↑↓"
    return f"× means that it can't be laid down now; w says why. {walk} light another card."


def lay(card: str, cost: int, last: bool, tells: bool = False) -> str:
    """Say what Enter does with a card; `last`: nothing is left for an offer then; `tells`: it can be told."""
    paid = f"¤{cost} is paid" if cost else "it is free"
    if tells:
        then = "t comes first, to tell of it."
    else:
        then = "No ¤ is left for an offer." if last else "It acts in the resolution."
    return f"Enter lays “{card}” face down: {paid}, its odds are fixed. {then}"


def second(purse: int) -> str:
    return (
        f"It lies face down. Enter on another card lays a second, or keep your ¤{purse} "
        "for next round. Then o offers a deal."
    )


def reply(faced: bool) -> str:
    where = f"{'Tab' if faced else '↓'} lights it under OFFERS TO YOU"
    return f"Somebody has made you an offer: {where}, ← → yes or no, Enter answers."


def announce(pays: int) -> str:
    said = f"kept it pays ¤{pays}, else it costs ¤{pays}"
    return f"t tells the table which card you will play, true or not: {said}. Or e ends the turn."


def mark(faced: bool) -> str:
    where = f"{'Tab' if faced else '↓'} lights one to mark it short or stop"
    return f"Running deals deliver by themselves. {where}. Or e ends the turn."


def turn_term(term: str, other: str) -> str:
    return f"← → turn the {term}; both will read the sentence at the right. Enter lays it before {other}."


def wants_trust(rung: int, chance: int) -> str:
    said = f"Rung {rung} wants more trust: the chance that it holds is {chance} %."
    return f"{said} ↑↓ try a lower rung; Enter lays it before them all the same."


def lay_offer(other: str) -> str:
    return f"← → change its form, ↓ leads to its terms. Enter lays it before {other}; ¤1 is set aside."
