"""Conditions as phrases that can follow 'if' or 'needs'."""

from __future__ import annotations

from collections.abc import Callable

from wargame.rules.conditions import Condition, DealMatch, Number, subject
from wargame.rules.spec import TIME
from wargame.words.en.grammar import between, counted, joined, number, quoted, rounds, whose
from wargame.words.en.names import TARGET, Names
from wargame.words.texts import signless


def condition(names: Names, asked: Condition) -> str:
    """Return the phrase for a condition; the same table of subjects that the rules compile."""
    return PHRASES[subject(asked)](names, asked)


def conditional(names: Names, asked: Condition) -> str:
    """Put the condition as a clause: 'if there is a running deal …', 'unless …'."""
    if asked.not_ is not None:
        return f"unless {_clause(names, asked.not_)}"
    return f"if {_clause(names, asked)}"


def asked_of(names: Names, asked: Condition) -> tuple[str, str]:
    """Return a condition in two parts: the word that opens it, 'If' or 'Unless', and what is asked."""
    word, _, said = conditional(names, asked).partition(" ")
    return word.capitalize(), said


def _clause(names: Names, asked: Condition) -> str:
    said = condition(names, asked)
    if subject(asked) != "deals":
        return said
    return f"there {'is' if said.startswith(('a ', 'an ', 'no ')) else 'are'} {said}"


def needed(names: Names, asked: Condition) -> str:
    """Put the condition as a need: 'needs: …', 'not while …', 'not once … was signed'."""
    return need(names, asked) if asked.not_ else f"needs: {condition(names, asked)}"


def need(names: Names, asked: Condition) -> str:
    """Put the condition as what comes after 'needs': a phrase, 'not while …' or 'not once …'."""
    if asked.not_ is None:
        return condition(names, asked)
    past = asked.not_.deal and (asked.not_.is_ or "running") not in ("running", "suspected", "proved")
    past = past or (asked.not_.card and asked.not_.rounds is None)
    return f"not {'once' if past else 'while'} {_clause(names, asked.not_)}"


def number_named(names: Names, one: Number | Condition) -> str:
    """Name a number of the board: “Heat”, “Birch's coin”, “the number of cards in Birch's hand”."""
    if one.good:
        return names.stock(one.seat or "", one.good)
    if one.track:
        return names.track(one.track)
    if one.influence:
        return f"{whose(names.party(one.influence))} influence"
    return f"the number of cards in {whose(names.party(one.hand or ''))} hand"


def _number(names: Names, asked: Condition) -> str:
    what, least, most = number_named(names, asked), asked.at_least, asked.at_most
    if asked.over is None:
        return f"{what} {between(least, most)}"
    return f"{what} {_beside(least, most)} {number_named(names, asked.over)}"


def _beside(least: int | None, most: int | None) -> str:
    """Say how a number stands beside another that it is compared with: 'above', 'at most 2 above'."""
    if least is not None and least == most:
        return "as much as" if not least else f"{signless(abs(least))} {'above' if least > 0 else 'below'}"
    if least is None and most is not None and most <= 0:
        return {0: "not above", -1: "below"}.get(most, f"at least {signless(-most)} below")
    if most is None and least is not None and least >= 0:
        return {0: "not below", 1: "above"}.get(least, f"at least {signless(least)} above")
    if least is not None and most is not None and most > 0:
        return f"{signless(least)} to {signless(most)} above"
    if least is not None and most is not None:
        return f"{signless(-most)} to {signless(-least)} below"
    return f"at most {signless(most or 0)} above" if least is None else f"at most {signless(-least)} below"


def _good(names: Names, asked: Condition) -> str:
    if asked.over:
        return _number(names, asked)
    who, good = names.party(asked.seat or ""), names.good(asked.good or "")
    if asked.good == TARGET:
        return f"{who} holds {between(asked.at_least, asked.at_most)} of {good}"
    if asked.at_most == 0 and asked.at_least in (None, 0):
        return f"{who} holds no {good}"
    few, _, last = between(asked.at_least, asked.at_most).rpartition(" ")
    held = counted(int(last), good) if last.isdigit() else f"any amount of {good}"
    return f"{who} holds {few} {held}" if few else f"{who} holds {held}"


def _deals(names: Names, asked: Condition) -> str:
    before, after = _state(names, asked)
    what = asked.deals or DealMatch()
    one = _kind("deal", what, names, before, after)
    many = _kind("deals", what, names, before, after)
    least, most = asked.at_least, asked.at_most
    if least in (None, 1) and most is None:
        return f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    if most == 0:
        return f"no {one}"
    if least is None:
        return f"at most {number(most or 0)} {one if most == 1 else many}"
    if most is None:
        return f"at least {number(least)} {many}"
    return f"from {number(least)} to {number(most)} {many}"


def _kind(noun: str, what: DealMatch, names: Names, before: str, after: str) -> str:
    secrecy = "" if what.secret is None else "secret " if what.secret else "open "
    sides = f" between {joined(map(names.party, what.between))}" if what.between else ""
    rung = f" on rung {number(what.rung)} or above" if what.rung > 1 else ""
    return f"{before}{secrecy}{noun}{sides}{rung}{after}"


def _state(names: Names, asked: Condition) -> tuple[str, str]:
    """The words before and after the deals that say which state they must be in."""
    if asked.is_ == "suspected":
        return "", f" that {names.one_does(asked.seat or '', 'suspects')}"
    return STATES.get(asked.is_ or "running", ("", ""))


STATES = {
    "running": ("running ", ""),
    "proved": ("proved ", ""),
    "broken": ("broken ", ""),
    "signed": ("signed ", ""),
    "kept": ("signed ", " that was never broken"),
    "delivered": ("", " that has been delivered on"),
}


def _deal(names: Names, asked: Condition) -> str:
    title, state = quoted(names.deal(asked.deal or "")), asked.is_ or "running"
    if state == "suspected":
        return f"{names.one_does(asked.seat or '', 'suspects')} {title}"
    return f"{title} {ONE_DEAL[state]}"


ONE_DEAL = {
    "running": "is running",
    "proved": "is proved",
    "broken": "was broken",
    "signed": "was signed",
    "kept": "was signed and never broken",
    "delivered": "has been delivered on",
}


def _hand(names: Names, asked: Condition) -> str:
    if asked.over:
        return _number(names, asked)
    who = names.party(asked.hand or "")
    if asked.at_most == 0:
        return f"{who} holds no card"
    few, _, last = between(asked.at_least, asked.at_most).rpartition(" ")
    return f"{who} holds {few} {counted(int(last), 'cards')}"


def _dial(names: Names, asked: Condition) -> str:
    dial, setting = asked.dial or "", asked.setting or ""
    return f"{quoted(names.dial(dial))} is set to {quoted(names.setting(dial, setting))}"


def _card(names: Names, asked: Condition) -> str:
    card, last = asked.card or "", asked.rounds
    who = names.one_does(names.scenario.owner(card), "has")
    when = "" if last is None else " this round" if last == 1 else f" in the last {rounds(last)}"
    return f"{who} played {quoted(names.card(card))}{when}"


def _flag(names: Names, asked: Condition) -> str:
    return names.flag(asked.flag or "")


def _round(names: Names, asked: Condition) -> str:
    least, most, last = asked.at_least, asked.at_most, names.rounds
    if last is not None and least is not None and least > last:
        return f"from round {least} on, which this game does not reach"
    if last is not None and most is not None and most > last:
        most = None if least != last else last
    if least is not None and most is not None:
        return f"in round {least}" if least == most else f"in rounds {least} to {most}"
    if least is not None:
        return f"from round {least} on"
    return f"until round {most}" if most is not None else "in any round"


def _outcome(names: Names, asked: Condition) -> str:
    if asked.outcome == TIME:
        return "the last round was played"
    return f"the game ends with {names.ending(asked.outcome or '')}"


def _seat(names: Names, asked: Condition) -> str:
    return f"{names.party(asked.seat or '')} {'has won' if asked.is_ == 'won' else 'is ruined'}"


def _all(names: Names, asked: Condition) -> str:
    return joined(_inner(names, part) for part in asked.all)


def _any(names: Names, asked: Condition) -> str:
    return joined((_inner(names, part) for part in asked.any), "or")


def _not(names: Names, asked: Condition) -> str:
    return f"not: {condition(names, asked.not_)}" if asked.not_ else ""


def _inner(names: Names, part: Condition) -> str:
    if part.not_ is not None:
        return f"not ({condition(names, part.not_)})"
    said = condition(names, part)
    return f"({said})" if len(part.all) > 1 or len(part.any) > 1 else said


PHRASES: dict[str, Callable[[Names, Condition], str]] = {
    "track": _number,
    "good": _good,
    "influence": _number,
    "hand": _hand,
    "dial": _dial,
    "card": _card,
    "deals": _deals,
    "deal": _deal,
    "flag": _flag,
    "round": _round,
    "outcome": _outcome,
    "seat": _seat,
    "all": _all,
    "any": _any,
    "not_": _not,
}
"""A condition's subject → its phrase."""
