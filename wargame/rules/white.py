"""The white cell: what the facilitator may do to a game, as moves that replay like any other (design 2, 6).

Its moves are in no list of legal moves, for they are open-ended; `refusal` checks them, and `Game.apply` asks
it. Whatever they bring about has a cause that begins with `white`, so that every log and report can tell
it apart from what the rules did. A reason and a time belong to the record, not to the move. The verbs:

    inject      card round [seat…]            an event card of the decks, now (round 0) or in that news
    improvise   json round [seat…]            the same with a card written on the spot
    adjudicate  json seat decided [seat…]     a proposal no card covers; decided by dice, works or fails
    shift       nth round                     a set inject comes in another round (0: now)
    hold        nth                           a set inject waits until it is shifted
    cancel      nth                           a set inject will not come
    set-track   track value                   and set-good seat good value, set-influence seat value
    set-flag    flag rounds                   rounds counting this one, 0 for good, -1 to take it down
    set-roll    path die                      what the next die at or below a path shows; die 0 takes it back

The seats at the end are those who hear of it; with none it is for all. A card is JSON of the fields of
`spec.News` without an id; an adjudication's card has one effect, its roll.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from copy import copy
from hashlib import blake2b
from typing import Any

from wargame.rules.effects.base import Programs, Read, shift_good, shift_influence, shift_track, tell
from wargame.rules.effects.build import build
from wargame.rules.effects.flow import Roll
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.events import ArgumentProposed, ArgumentRuled, Audience, FlagSet, NewsCame, Out, WhiteActed
from wargame.rules.moves import WHITE, WHITE_VERBS, Move
from wargame.rules.scenario import Scenario
from wargame.rules.spec import News
from wargame.rules.state import Fixed, Frame, Inject, State, White

DECIDED = ("dice", "works", "fails")
"""Who decides an adjudication: luck, or the facilitator and how."""

LONGEST = 20_000
"""Characters of a card written on the spot, as JSON."""

KEPT = 32
"""How many scenarios with cards written on the spot are kept at once; each is as large as all programs."""

CAUSE = Frame("", 0, WHITE, None, "")


class Refused(Exception):  # noqa: N818  (as the moves that are refused)
    """Why the white cell can't do that."""


def refusal(state: State, move: Move) -> str:
    """Why a move of the white cell is refused now, as a clause; "" if it may be made."""
    if state.phase == "debrief":
        return "the game is over"
    shape = SHAPES.get(move.verb)
    if shape is None:
        return f"it knows no `{move.verb:.20}`"
    fixed, rest = move.args[: len(shape)], move.args[len(shape) :]
    if tuple(map(type, fixed)) != shape or (rest and move.verb not in FOR_SEATS):
        return f"`{move.verb}` does not come with {len(move.args)} such words"
    try:
        _audience(state, rest)
        CHECKS[move.verb](state, *move.args)
    except Refused as error:
        return str(error)
    return ""


def caused_by_white(cause: object) -> bool:
    """Whether a cause in an event names the white cell."""
    return isinstance(cause, str) and cause.partition("/")[0] == WHITE


# --- cards written on the spot -------------------------------------------------------------------------


def card_id(text: str) -> str:
    """The id of a card written on the spot: the same for the same text."""
    return f"white-{blake2b(text.encode(), digest_size=6).hexdigest()}"


def card_text(fields: dict[str, Any]) -> str:
    """A card's fields as the JSON that a move carries, always the same for the same fields."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def card_of_text(text: str) -> News:
    """The card that such JSON describes. `Refused` if it is none; the loader says more exactly why."""
    try:
        if len(text) > LONGEST or "\\u" in text:  # what `card_text` never writes
            raise Refused("the card is too long, or holds hidden characters")  # noqa: TRY301
        fields = json.loads(text)
        card: News = build(News, {"source": "", **fields, "id": card_id(text)})
    except Refused:
        raise
    except Exception as error:  # whatever a forged save may hold
        raise Refused(f"that is no event card ({type(error).__name__})") from error
    if card.when is not None or not card.title or not isinstance(card.effects, tuple):
        raise Refused("a card written on the spot has a title, a text and effects, and no `when`")
    return card


def with_cards(scenario: Scenario, texts: tuple[str, ...]) -> Scenario:
    """The scenario with these cards written on the spot, compiled once and kept. `Refused` as above."""
    base = scenario.base
    if not texts:
        return base
    if texts not in base.extended:
        extended = _extended(base, {card_id(text): card_of_text(text) for text in texts})
        if len(base.extended) >= KEPT:
            del base.extended[next(iter(base.extended))]
        base.extended[texts] = extended
    return base.extended[texts]


def _extended(base: Scenario, cards: dict[str, News]) -> Scenario:
    new = copy(base)
    new.base, new.improvised, new.programs = base, cards, _copy_of(base.programs, new)
    new.__dict__.pop("choose_moves", None)  # made anew from the programs
    for name, card in cards.items():
        for effect in card.effects:
            _known(base, effect.reads())
        new.programs.add(f"news/{name}", card.effects)
    return new


def _copy_of(programs: Programs, scenario: Scenario) -> Programs:
    new = Programs(scenario)
    new.update(programs)
    new.rolls, new.choices = dict(programs.rolls), dict(programs.choices)
    new.effects, new.delayed = dict(programs.effects), set(programs.delayed)
    return new


def _known(scenario: Scenario, reads: Iterable[Read]) -> None:
    """Refuse a card that names what this scenario does not have."""
    homes: dict[str, Any] = {
        "track": scenario.tracks,
        "good": scenario.goods,
        "seat": scenario.seats,
        "flag": scenario.flags,
        "deal": scenario.deals,
        "production": scenario.production,
        "dial": scenario.dials,
    }
    for kind, name, *more in reads:
        if kind in homes and name not in homes[kind]:
            raise Refused(f"there is no {kind} `{name}`")
        if kind == "good" and more[0] not in scenario.seats:
            raise Refused(f"there is no seat `{more[0]}`")


# --- checks --------------------------------------------------------------------------------------------


def _audience(state: State, seats: tuple[str | int, ...]) -> Audience:
    for seat in seats:
        if seat not in state.scenario.seats:
            raise Refused(f"there is no seat `{seat}`")
    return tuple(s for s in state.scenario.seat_ids if s in seats) if seats else None


def _check_round(state: State, round_: int) -> None:
    if round_ and not state.round <= round_ <= state.rounds:
        raise Refused(f"an inject comes in round {state.round} to {state.rounds}, or now (0)")


def _check_inject(state: State, card: str, round_: int, *to: str) -> None:
    if state.scenario.event_card(card) is None:
        raise Refused(f"there is no event card `{card:.40}`")
    _check_round(state, round_)
    _check_card(state, state.scenario, f"news/{card}", to, now=round_ <= state.round)


def _check_improvise(state: State, text: str, round_: int, *to: str) -> None:
    _check_round(state, round_)
    _check_card(state, _trial(state, text), f"news/{card_id(text)}", to, now=round_ <= state.round)


def _check_adjudicate(state: State, text: str, seat: str, decided: str, *to: str) -> None:
    scenario = _trial(state, text)
    effects = scenario.improvised[card_id(text)].effects
    if len(effects) != 1 or not isinstance(effects[0], Roll):
        raise Refused("an adjudication is one roll, with what follows from success and failure")
    if seat and seat not in scenario.seats:
        raise Refused(f"there is no seat `{seat:.40}`")
    if decided not in DECIDED:
        raise Refused(f"an adjudication is decided by {', '.join(DECIDED)}")
    _check_card(state, scenario, f"news/{card_id(text)}", to, now=True)


def _trial(state: State, text: str) -> Scenario:
    """The scenario with that card as well."""
    try:
        return with_cards(state.scenario, _with(cards_of(state), text))
    except Refused:
        raise
    except Exception as error:  # a card that can't be compiled, from a forged save
        raise Refused(f"that card can't be played here ({type(error).__name__})") from error


def _check_card(state: State, scenario: Scenario, root: str, to: tuple[str, ...], now: bool) -> None:
    """What may not happen in private, or while orders are given."""
    programs = scenario.programs
    below = [path for path in programs.effects if path == root or path.startswith(f"{root}/")]
    ends = any(type(effect).__name__ == "End" for path in below for effect in programs.effects[path])
    if to and (ends or any(path.startswith(f"{root}/") for path in programs.choices)):
        raise Refused("what it does would be asked or heard aloud: let it be for all")
    if ends and now and state.phase in ("orders", "answers"):
        raise Refused("a card that can end the game can't come while orders are given: set it for a round")


def _inject_of(state: State, nth: int) -> Inject:
    injects = state.white.injects if state.white else ()
    found = next((inject for inject in injects if inject.nth == nth), None)
    if found is None:
        raise Refused(f"no inject with the number {nth} is set")
    return found


def _check_shift(state: State, nth: int, round_: int) -> None:
    inject = _inject_of(state, nth)
    _check_round(state, round_)
    root = f"news/{inject.card}"
    _check_card(state, state.scenario, root, inject.to or (), now=round_ <= state.round)


def _check_nth(state: State, nth: int) -> None:
    _inject_of(state, nth)


def _check_value(name: str, old: int, new: int, most: int) -> None:
    if not 0 <= new <= most:
        raise Refused(f"{name} goes from 0 to {most}, not {new}")
    if new == old:
        raise Refused(f"{name} stands at {new} already")


def _check_track(state: State, track: str, value: int) -> None:
    if track not in state.tracks:
        raise Refused(f"there is no track `{track:.40}`")
    _check_value(track, state.tracks[track], value, state.scenario.tracks[track].most)


def _check_good(state: State, seat: str, good: str, value: int) -> None:
    if seat not in state.goods or good not in state.scenario.goods:
        raise Refused(f"there is no good `{good:.40}` of a seat `{seat:.40}`")
    _check_value(good, state.goods[seat].get(good, 0), value, state.scenario.goods[good].cap)


def _check_influence(state: State, seat: str, value: int) -> None:
    if seat not in state.influence:
        raise Refused(f"there is no seat `{seat:.40}`")
    cap = state.scenario.spec.rules.influence_cap
    _check_value(f"{seat}'s influence", state.influence[seat], value, cap)


def _check_flag(state: State, flag: str, rounds: int) -> None:
    if flag not in state.scenario.flags:
        raise Refused(f"there is no flag `{flag:.40}`")
    if not -1 <= rounds <= 20:
        raise Refused("a flag is up for 1 to 20 rounds, for good (0), or taken down (-1)")
    if state.flags.get(flag, -1) == _until(state, rounds):
        raise Refused(f"`{flag}` is so already")


def _check_roll(state: State, path: str, die: int) -> None:
    if not 0 <= die <= 100:
        raise Refused("a die shows 1 to 100")
    rolls = state.scenario.programs.rolls
    if path and not any(roll == path or roll.startswith((f"{path}/", f"{path}:")) for roll in rolls):
        raise Refused(f"nothing is ever rolled for `{path:.60}`")
    if not die and not any(fixed.path == path for fixed in (state.white or White()).dice):
        raise Refused("no such roll was set")


# --- acts ----------------------------------------------------------------------------------------------


def act(state: State, out: Out, move: Move) -> None:
    """Do it, on a state you own. What it sets off runs when the game goes on (`phases.settle`)."""
    state.menu = None
    out.append(WhiteActed((), (move.verb, *move.args)))
    DEEDS[move.verb](state, out, *move.args)


def cards_of(state: State) -> tuple[str, ...]:
    return state.white.cards if state.white else ()


def _with(cards: tuple[str, ...], text: str) -> tuple[str, ...]:
    return cards if text in cards else (*cards, text)


def _change(state: State, **facts: Any) -> None:
    """Keep other facts. A state for which nothing was ever prepared is as it was without a white cell."""
    new = (state.white or White())._replace(**facts)
    state.white = None if new == White() else new


def _learn(state: State, text: str) -> str:
    """Take a card written on the spot into the game; its id."""
    cards = _with(cards_of(state), text)
    state.scenario = with_cards(state.scenario, cards)
    _change(state, cards=cards)
    return card_id(text)


def _inject(state: State, out: Out, card: str, round_: int, *to: str) -> None:
    if round_ > state.round:
        white = state.white or White()
        inject = Inject(white.numbered + 1, card, round_, _audience(state, to))
        _change(state, injects=(*white.injects, inject), numbered=inject.nth)
    else:
        _now(state, out, card, _audience(state, to))


def _now(state: State, out: Out, card: str, to: Audience) -> None:
    """It happens before anything else, even in the middle of another card."""
    frame = _frame(state, card, to)
    out.append(NewsCame(to, frame.cause))
    state.stack = (*state.stack, frame)


def _frame(state: State, card: str, to: Audience) -> Frame:
    state.news = tuple(other for other in state.news if other != card)
    return Frame(f"news/{card}", 0, f"{WHITE}/news/{card}", to, "")


def _improvise(state: State, out: Out, text: str, round_: int, *to: str) -> None:
    _inject(state, out, _learn(state, text), round_, *to)


def _adjudicate(state: State, out: Out, text: str, seat: str, decided: str, *to: str) -> None:
    """By dice it is a roll like any other, at the odds of the arguments; else its outcome simply follows."""
    card, heard = _learn(state, text), _audience(state, to)
    frame = Frame(f"news/{card}", 0, f"{WHITE}/news/{card}", heard, seat)
    out.append(ArgumentProposed(heard, seat, card, frame.cause))
    if decided != "dice":
        out.append(ArgumentRuled(heard, seat, card, decided == "works", frame.cause))
        branch = "success" if decided == "works" else "failure"
        frame = frame._replace(path=f"{frame.path}/0/{branch}")
    state.stack = (*state.stack, frame)


def _shift(state: State, out: Out, nth: int, round_: int) -> None:
    inject = _inject_of(state, nth)
    if round_ > state.round:
        _replace(state, inject, inject._replace(round=round_, held=False))
    else:
        _replace(state, inject, None)
        _now(state, out, inject.card, inject.to)


def _hold(state: State, out: Out, nth: int) -> None:
    inject = _inject_of(state, nth)
    _replace(state, inject, inject._replace(held=True))


def _cancel(state: State, out: Out, nth: int) -> None:
    _replace(state, _inject_of(state, nth), None)


def _replace(state: State, old: Inject, new: Inject | None) -> None:
    assert state.white is not None
    kept = (new if inject is old else inject for inject in state.white.injects)
    _change(state, injects=tuple(inject for inject in kept if inject is not None))


def _set_track(state: State, out: Out, track: str, value: int) -> None:
    shift_track(state, out, track, value - state.tracks[track], CAUSE)


def _set_good(state: State, out: Out, seat: str, good: str, value: int) -> None:
    shift_good(state, out, seat, good, value - state.goods[seat].get(good, 0), CAUSE)


def _set_influence(state: State, out: Out, seat: str, value: int) -> None:
    shift_influence(state, out, seat, value - state.influence[seat], CAUSE)


def _until(state: State, rounds: int) -> int:
    return -1 if rounds < 0 else state.round + rounds - 1 if rounds else FOREVER


def _set_flag(state: State, out: Out, flag: str, rounds: int) -> None:
    state.flags = {**state.flags, flag: _until(state, rounds)}
    seen = state.scenario.flags[flag].seen_by or None
    tell(state, out, FlagSet(seen, flag, rounds >= 0, CAUSE.cause), CAUSE)


def _set_roll(state: State, out: Out, path: str, die: int) -> None:
    """One result a path: a new one takes the place of the old, 0 takes it back."""
    others = tuple(fixed for fixed in (state.white or White()).dice if fixed.path != path)
    _change(state, dice=(*others, Fixed(path, die)) if die else others)


# --- what the turn machine asks ------------------------------------------------------------------------


def arriving(state: State) -> tuple[Frame, ...]:
    """The injects that are set for this round or were passed over, as they come in the news."""
    white = state.white
    assert white is not None
    coming = [inject for inject in white.injects if inject.round <= state.round and not inject.held]
    _change(state, injects=tuple(inject for inject in white.injects if inject not in coming))
    return tuple(_frame(state, inject.card, inject.to) for inject in coming)


def reserved(state: State) -> frozenset[str]:
    """Event cards that are set for a later round, so that luck leaves them in the deck."""
    if state.white is None:
        return frozenset()
    return frozenset(inject.card for inject in state.white.injects)


SHAPES: dict[str, tuple[type, ...]] = {
    "inject": (str, int),
    "improvise": (str, int),
    "adjudicate": (str, str, str),
    "shift": (int, int),
    "hold": (int,),
    "cancel": (int,),
    "set-track": (str, int),
    "set-good": (str, str, int),
    "set-influence": (str, int),
    "set-flag": (str, int),
    "set-roll": (str, int),
}
FOR_SEATS = ("inject", "improvise", "adjudicate")

CHECKS: dict[str, Callable[..., None]] = {
    "inject": _check_inject,
    "improvise": _check_improvise,
    "adjudicate": _check_adjudicate,
    "shift": _check_shift,
    "hold": _check_nth,
    "cancel": _check_nth,
    "set-track": _check_track,
    "set-good": _check_good,
    "set-influence": _check_influence,
    "set-flag": _check_flag,
    "set-roll": _check_roll,
}
DEEDS: dict[str, Callable[..., None]] = {
    "inject": _inject,
    "improvise": _improvise,
    "adjudicate": _adjudicate,
    "shift": _shift,
    "hold": _hold,
    "cancel": _cancel,
    "set-track": _set_track,
    "set-good": _set_good,
    "set-influence": _set_influence,
    "set-flag": _set_flag,
    "set-roll": _set_roll,
}
ACTS = dict.fromkeys(WHITE_VERBS, act)
