"""What the white cell does, in words. It is always named, so that nobody takes its doing for the rules'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.rules import events as ev
from wargame.rules.moves import (
    Adjudicate,
    Cancel,
    Edit,
    Hold,
    Improvise,
    Inject,
    Join,
    Lay,
    Move,
    Prove,
    SetDial,
    SetFlag,
    SetGood,
    SetInfluence,
    SetRoll,
    SetTrack,
    Shift,
    Sign,
    WhiteMove,
)
from wargame.rules.spec import News
from wargame.rules.white import Refused, card_of_text
from wargame.words.en.effects import within
from wargame.words.en.grammar import joined, quoted, rounds, sentence
from wargame.words.en.names import Names
from wargame.words.en.odds import outcome

Viewer = str | None


def deed(names: Names, made: WhiteMove) -> str:  # noqa: PLR0912  (one case a kind)
    """Say what it does, in the third person: 'sets Brink to 4'."""
    match made:
        case Inject():
            return f"injects {quoted(names.news(made.card))}{_in(made.round)}{_for(names, made.to)}"
        case Improvise():
            title = quoted(_title(names, made.text))
            return f"writes and injects {title}{_in(made.round)}{_for(names, made.to)}"
        case Adjudicate():
            how = "by the dice" if made.decided == "dice" else f"by ruling: it {made.decided}"
            return f"adjudicates {quoted(_title(names, made.text))} {how}{_for(names, made.to)}"
        case Shift():
            return f"moves inject {made.nth} to {f'round {made.round}' if made.round else 'now'}"
        case Hold():
            return f"holds inject {made.nth} back"
        case Edit():
            comes = f"for round {made.round}{_for(names, made.to) or ', for all'}"
            does = "sets" if made.text == made.was else "rewrites"
            return f"{does} inject {made.nth}, {quoted(_title(names, made.text))}, {comes}"
        case Cancel():
            return f"cancels inject {made.nth}"
        case SetTrack():
            return f"sets {names.track(made.track)} to {made.value}"
        case SetGood():
            return f"sets {names.stock(made.owner, made.good)} to {made.value}"
        case SetInfluence():
            return f"sets the influence of {names.party(made.owner)} to {made.value}"
        case SetFlag():
            if made.rounds < 0:
                return f"rules that it is no longer so: {names.flag(made.flag)}"
            lasting = f" for {rounds(made.rounds)}" if made.rounds else ""
            return f"rules that it is so{lasting}: {names.flag(made.flag)}"
        case SetRoll():
            which = "the next roll"
            if made.path:
                which += f" of {names.cause(rolled_by(made.path))}"
            return f"sets {which} to {made.die}" if made.die else f"leaves {which} to the dice"
        case SetDial():
            return f"sets {names.dial(made.dial)} to {names.setting(made.dial, made.setting)}"
        case Sign():
            sides = joined(map(names.party, names.scenario.deals[made.deal].between))
            terms = [*([] if made.size == "plain" else [made.size]), made.secrecy, rounds(made.rounds)]
            return f"has {sides} sign {quoted(names.deal(made.deal))} ({', '.join(terms)})"
        case Prove():
            return f"lays open {quoted(names.deal(made.deal))}"
        case Lay():
            card = names.scenario.cards[made.card]
            aim = f", aimed at {names.target(card, made.target)}" if made.target else ""
            return f"lays {quoted(names.card(card.id))} face down for {names.party(made.owner)}{aim}"
        case Join():
            return f"has {names.party(made.owner)} join {quoted(names.stand(made.stand))}"
    raise AssertionError(made)


def _card(names: Names, text: str) -> News | None:
    """The event card that a move names by its id or as JSON."""
    try:
        return names.scenario.event_card(text) or card_of_text(text)
    except Refused:
        return None


def _title(names: Names, text: str) -> str:
    """The title of such a card."""
    card = _card(names, text)
    return names.said(card.title) if card else "a card"


def rewritten(names: Names, made: Move) -> str:
    """Say what a set inject told and did, and what it does instead; "" for any other move."""
    if not isinstance(made, Edit) or made.text == made.was:
        return ""
    was, now = _card(names, made.was), _card(names, made.text)
    if was is None or now is None:
        return ""
    stories = [f"{quoted(names.said(one.title))} ({names.said(one.text).strip()})" for one in (was, now)]
    parts = [f"{stories[0]} is now {stories[1]}"] if stories[0] != stories[1] else [stories[0]]
    if was.effects != now.effects:
        effects = [within(names, one.effects, last=True) for one in (now, was)]
        parts.append(f"its effects are {effects[0]} instead of {effects[1]}")
    return sentence("; ".join(parts))


def _for(names: Names, seats: tuple[str, ...]) -> str:
    return f", for {joined(map(names.party, seats))} alone" if seats else ""


def _in(round_: int) -> str:
    return f" for round {round_}" if round_ else ""


def rolled_by(path: str) -> str:
    """Return the cause that the path of a roll belongs to: of 'card/spy-satellite/0' 'card/spy-satellite'."""
    return "/".join(path.split("/")[:2]).partition(":")[0]


def _acted(names: Names, viewer: Viewer, event: ev.WhiteActed) -> str:
    return sentence(f"the white cell {deed(names, event.act)}")


def _proposed(names: Names, viewer: Viewer, event: ev.ArgumentProposed) -> str:
    who = names.party(event.seat) if event.seat else "the table"
    return sentence(f"{who} proposes: {quoted(names.news(event.card))}")


def _ruled(names: Names, viewer: Viewer, event: ev.ArgumentRuled) -> str:
    return sentence(f"the white cell rules: it {'works' if event.works else 'fails'}")


def _die_set(names: Names, viewer: Viewer, event: ev.DieSet) -> str:
    return sentence(f"the white cell has set the next roll: {outcome(names, event.path, event.works)}")


SENTENCES: dict[type[ev.Event], Callable[[Names, Viewer, Any], str]] = {
    ev.WhiteActed: _acted,
    ev.ArgumentProposed: _proposed,
    ev.ArgumentRuled: _ruled,
    ev.DieSet: _die_set,
}
"""A kind of event → its sentence."""


# --- what is arranged around the game -------------------------------------------------------------------


def arranged(names: Names, kind: str, data: Mapping[str, Any]) -> str:
    """Return a record of who plays, of a pause or a clock as a sentence with its reason; "" of other kinds.

    'The game pauses: Break for coffee.' 'China is played by Tea (greedy bot).'
    """
    reason = str(data.get("reason") or "").strip()
    match kind:
        case "seat":
            told = f"{names.party(str(data.get('seat')))} is {_played(data)}"
        case "bots":
            until = data.get("until")
            told = (
                f"bots play on {f'until the start of round {until}' if until else 'to the end of the game'}"
            )
        case "pause":
            told = "the game pauses" if data.get("on") else "the game goes on"
        case "timer":
            phase, seconds = data.get("timed"), data.get("seconds")
            what = "the talk" if phase == "talk" else f"a turn in {phase}"
            told = f"{what} lasts {seconds} s at most" if seconds else f"{what} lasts as long as it likes"
        case _:
            return ""
    return sentence(f"{told}: {reason}" if reason else told)


def _played(data: Mapping[str, Any]) -> str:
    kind, name = str(data.get("player") or ""), str(data.get("name") or "")
    if kind == "person":
        return f"played by {name or 'a person'}"
    if kind == "absent":
        return f"left empty by {name}" if name else "left empty"
    return f"played by a bot ({kind}){f' for {name}' if name else ''}"
