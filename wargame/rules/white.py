"""The white cell: what the facilitator may do to a game, as moves that replay like any other (design 2, 6).

Its moves (`moves.WhiteMove`) are in no list of legal moves, for they are open-ended; `refusal` checks them,
and `Game.apply` asks it. Whatever they bring about has a cause that begins with `white`, so that every log
and report can tell it apart from what the rules did. Reasons and times belong to the record, not to moves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from copy import copy
from hashlib import blake2b
from itertools import product
from typing import Any, NamedTuple

from wargame.rules import crises, deals, piles
from wargame.rules.conditions import Read
from wargame.rules.effects.base import shift_good, shift_influence, shift_track, tell
from wargame.rules.effects.flow import Roll
from wargame.rules.effects.operators import build
from wargame.rules.effects.programs import CompiledEffects
from wargame.rules.effects.tracks import FOREVER
from wargame.rules.events import ArgumentProposed, ArgumentRuled, Audience, FlagSet, NewsCame, Out, WhiteActed
from wargame.rules.moves import (
    WHITE,
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
from wargame.rules.options import promised, running
from wargame.rules.scenario import Scenario, card_root, secrecies, sizes
from wargame.rules.spec import News
from wargame.rules.state import Fixed, Frame, LaidCard, PendingInject, State, White

DECIDED = ("dice", "works", "fails")
"""Who decides an adjudication: luck, or the facilitator and how."""

LONGEST = 20_000
"""Characters of a card written on the spot, as JSON."""

KEPT = 32
"""How many scenarios with cards written on the spot are kept at once; each is as large as all programs."""

CAUSE = Frame("", 0, WHITE, None, "")


class Refused(Exception):  # noqa: N818  (as the moves that are refused)
    """Why the white cell can't do that."""


def refusal(state: State, move: WhiteMove) -> str:
    """Return why a move of the white cell is refused now, as a clause; "" if it may be made."""
    if state.phase == "debrief":
        return "the game is over"
    try:
        Move.from_plain(move.to_plain())  # one that was not read from anywhere may have any shape
        ACTS[type(move)].check(state, move)
    except (Refused, ValueError) as error:
        return str(error)
    return ""


def caused_by_white(cause: object) -> bool:
    """Return whether a cause in an event names the white cell."""
    return isinstance(cause, str) and cause.partition("/")[0] == WHITE


# --- cards written on the spot -------------------------------------------------------------------------


def card_id(text: str) -> str:
    """Return the id of a card written on the spot: the same for the same text."""
    return f"white-{blake2b(text.encode(), digest_size=6).hexdigest()}"


def card_text(fields: dict[str, Any]) -> str:
    """Return a card's fields as the JSON that a move carries, always the same for the same fields."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def card_of_text(text: str) -> News:
    """Return the card that such JSON describes. Raises `Refused` if it is none; the loader says why."""
    try:
        if len(text) > LONGEST or "\\u" in text:  # what `card_text` never writes
            raise Refused("the card is too long, or holds hidden characters")  # noqa: TRY301
        fields = json.loads(text)
        card: News = build(News, {"source": "", **fields, "id": card_id(text)})
    except Refused:
        raise
    except Exception as error:  # whatever a forged save may hold
        raise Refused(f"that is no event card ({type(error).__name__})") from error
    if card.when is not None or card.crisis or not card.title or not isinstance(card.effects, tuple):
        raise Refused("a card written on the spot has a title, a text and effects, no `when` and no `crisis`")
    return card


def with_cards(scenario: Scenario, texts: tuple[str, ...]) -> Scenario:
    """Return the scenario with these cards written on the spot, compiled once and kept. Raises `Refused`."""
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


def _copy_of(programs: CompiledEffects, scenario: Scenario) -> CompiledEffects:
    new = CompiledEffects(scenario)
    new.update(programs)
    new.rolls, new.choices = dict(programs.rolls), dict(programs.choices)
    new.effects, new.delayed = dict(programs.effects), set(programs.delayed)
    new.asked, new.laid = set(programs.asked), programs.laid
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
        "news": scenario.news,
        "card": {card for deck in scenario.decks.values() for card in deck},
    }
    for kind, name, *more in reads:
        if kind == "played" and name not in scenario.noted:
            raise Refused(f"the game keeps no note of when `{name:.40}` is played")
        if kind in homes and name not in homes[kind]:
            raise Refused(f"there is no {kind} `{name}`")
        if kind == "good" and more[0] not in scenario.seats:
            raise Refused(f"there is no seat `{more[0]}`")


# --- checks --------------------------------------------------------------------------------------------


def _audience(state: State, seats: tuple[str, ...]) -> Audience:
    for seat in seats:
        if seat not in state.scenario.seats:
            raise Refused(f"there is no seat `{seat:.40}`")
    return tuple(s for s in state.scenario.seat_ids if s in seats) if seats else None


def _check_round(state: State, round_: int) -> None:
    if round_ and not state.round <= round_ <= state.rounds:
        raise Refused(f"an inject comes in round {state.round} to {state.rounds}, or now (0)")


def _check_inject(state: State, move: Inject) -> None:
    if state.scenario.event_card(move.card) is None:
        raise Refused(f"there is no event card `{move.card:.40}`")
    _check_round(state, move.round)
    _check_card(state, state.scenario, f"news/{move.card}", move.to, now=move.round <= state.round)


def _check_improvise(state: State, move: Improvise) -> None:
    _check_round(state, move.round)
    root = f"news/{card_id(move.text)}"
    _check_card(state, _trial(state, move.text), root, move.to, now=move.round <= state.round)


def _check_adjudicate(state: State, move: Adjudicate) -> None:
    scenario, card = _trial(state, move.text), card_id(move.text)
    effects = scenario.improvised[card].effects
    if len(effects) != 1 or not isinstance(effects[0], Roll):
        raise Refused("an adjudication is one roll, with what follows from success and failure")
    if move.proposer and move.proposer not in scenario.seats:
        raise Refused(f"there is no seat `{move.proposer:.40}`")
    if move.decided not in DECIDED:
        raise Refused(f"an adjudication is decided by {', '.join(DECIDED)}")
    _check_card(state, scenario, f"news/{card}", move.to, now=True)


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
    _audience(state, to)
    programs = scenario.programs
    below = [path for path in programs.effects if path == root or path.startswith(f"{root}/")]
    ends = any(type(effect).__name__ == "End" for path in below for effect in programs.effects[path])
    crisis = root.removeprefix("news/") in scenario.crises
    if to and (ends or crisis or any(path.startswith(f"{root}/") for path in programs.choices)):
        raise Refused("what it does would be asked or heard aloud: let it be for all")
    if crisis and now and (state.phase == "answers" or (state.phase == "orders" and state.turn)):
        raise Refused("a crisis can't come when some have given their orders: set it for a round")
    if ends and now and state.phase in ("orders", "answers"):
        raise Refused("a card that can end the game can't come while orders are given: set it for a round")


def _inject_of(state: State, nth: int) -> PendingInject:
    injects = state.white.injects if state.white else ()
    found = next((inject for inject in injects if inject.nth == nth), None)
    if found is None:
        raise Refused(f"no inject with the number {nth} is set")
    return found


def _check_shift(state: State, move: Shift) -> None:
    inject = _inject_of(state, move.nth)
    _check_round(state, move.round)
    root, now = f"news/{inject.card}", move.round <= state.round
    _check_card(state, state.scenario, root, inject.to or (), now)


def _check_edit(state: State, move: Edit) -> None:
    inject, to = _inject_of(state, move.nth), _audience(state, move.to)
    was = text_of(state, inject.card)
    if move.was != was:
        raise Refused(f"inject {move.nth} tells something else by now: read it anew")
    if (move.text, move.round, to) == (was, inject.round, inject.to):
        raise Refused(f"inject {move.nth} is so already")
    if move.round != inject.round and not state.round < move.round <= state.rounds:
        raise Refused(f"a set inject comes in round {state.round + 1} to {state.rounds}")
    if move.text == was:
        _check_card(state, state.scenario, f"news/{inject.card}", move.to, now=False)
    elif inject.card in state.scenario.crises:
        raise Refused("a crisis is asked as the decks have it: set it for another round, hold or cancel it")
    else:
        root = f"news/{card_id(move.text)}"
        _check_card(state, _trial(state, move.text), root, move.to, now=False)


def _check_set(state: State, move: Hold | Cancel) -> None:
    _inject_of(state, move.nth)


def _check_value(name: str, old: int, new: int, most: int) -> None:
    if not 0 <= new <= most:
        raise Refused(f"{name} goes from 0 to {most}, not {new}")
    if new == old:
        raise Refused(f"{name} stands at {new} already")


def _check_track(state: State, move: SetTrack) -> None:
    track = move.track
    if track not in state.tracks:
        raise Refused(f"there is no track `{track:.40}`")
    _check_value(track, state.tracks[track], move.value, state.scenario.tracks[track].most)


def _check_good(state: State, move: SetGood) -> None:
    seat, good = move.owner, move.good
    if seat not in state.goods or good not in state.scenario.goods:
        raise Refused(f"there is no good `{good:.40}` of a seat `{seat:.40}`")
    _check_value(good, state.goods[seat].get(good, 0), move.value, state.scenario.goods[good].cap)


def _check_influence(state: State, move: SetInfluence) -> None:
    seat = move.owner
    if seat not in state.influence:
        raise Refused(f"there is no seat `{seat:.40}`")
    cap = state.scenario.spec.rules.influence_cap
    _check_value(f"{seat}'s influence", state.influence[seat], move.value, cap)


def _check_flag(state: State, move: SetFlag) -> None:
    if move.flag not in state.scenario.flags:
        raise Refused(f"there is no flag `{move.flag:.40}`")
    if not -1 <= move.rounds <= 20:
        raise Refused("a flag is up for 1 to 20 rounds, for good (0), or taken down (-1)")
    if state.flags.get(move.flag, -1) == _until(state, move.rounds):
        raise Refused(f"`{move.flag}` is so already")


def _check_roll(state: State, move: SetRoll) -> None:
    path = move.path
    if not 0 <= move.die <= 100:
        raise Refused("a die shows 1 to 100")
    rolls = state.scenario.programs.rolls
    if path and not any(roll == path or roll.startswith((f"{path}/", f"{path}:")) for roll in rolls):
        raise Refused(f"nothing is ever rolled for `{path:.60}`")
    if not move.die and not any(fixed.path == path for fixed in (state.white or White()).dice):
        raise Refused("no such roll was set")


def _check_dial(state: State, move: SetDial) -> None:
    dial = state.scenario.dials.get(move.dial)
    if dial is None or move.setting not in [setting.id for setting in dial.settings]:
        raise Refused(f"there is no setting `{move.setting:.40}` of a dial `{move.dial:.40}`")
    if state.dials[move.dial] == move.setting:
        raise Refused(f"`{move.dial}` is at `{move.setting}` already")


def _check_sign(state: State, move: Sign) -> None:
    template = state.scenario.deals.get(move.deal)
    if template is None:
        raise Refused(f"there is no deal `{move.deal:.40}`")
    if state.phase not in ("briefing", "news", "orders", "answers"):
        raise Refused("deals are signed before the reveal of a round")
    kinds = product(sizes(template), secrecies(template), template.rounds)
    if (move.size, move.secrecy, move.rounds) not in kinds:
        raise Refused(f"`{move.deal}` is not to be had like that")
    if running(state, move.deal) is not None:
        raise Refused(f"`{move.deal}` is running already")
    if any(offer.template == move.deal for offer in state.offers):
        raise Refused(f"an offer of `{move.deal}` waits for its answer")


def _check_prove(state: State, move: Prove) -> None:
    deal = running(state, move.deal)
    if deal is None or not deal.secret or deal.proved:
        raise Refused(f"no secret deal `{move.deal:.40}` is running that is not proved")


def _check_lay(state: State, move: Lay) -> None:
    _check_orders(state)
    if move.card not in state.scenario.decks.get(move.owner, ()):
        raise Refused(f"there is no card `{move.card:.40}` of a seat `{move.owner:.40}`")
    if move.target not in state.scenario.targets_of(move.card):
        raise Refused(f"`{move.card}` can't be aimed at `{move.target:.40}`")
    if _pile_of(state, move.owner, move.card) is None:
        raise Refused(f"`{move.card}` lies on the table already")
    orders = state.orders[move.owner]
    if orders.acted or len(orders.commits) >= state.scenario.spec.rules.commits:
        raise Refused(f"`{move.owner}` has laid all that it may this round")


def _check_join(state: State, move: Join) -> None:
    _check_orders(state)
    stand = state.scenario.stands.get(move.stand)
    if stand is None or move.owner not in stand.seats:
        raise Refused(f"there is no stand `{move.stand:.40}` that a seat `{move.owner:.40}` could join")
    if move.stand in state.orders[move.owner].stands:
        raise Refused(f"`{move.owner}` stands already")


def _check_orders(state: State) -> None:
    if state.phase not in ("orders", "answers"):
        raise Refused("that can be done only between the news and the reveal of a round")


# --- acts ----------------------------------------------------------------------------------------------


def act(state: State, out: Out, move: WhiteMove) -> None:
    """Do it, on a state you own. What it sets off runs when the game goes on (`phases.run_to_decision`)."""
    state.menu = None
    out.append(WhiteActed((), move))
    ACTS[type(move)].do(state, out, move)


def cards_of(state: State) -> tuple[str, ...]:
    return state.white.cards if state.white else ()


def text_of(state: State, card: str) -> str:
    """Return what stands for an event card in a move: its JSON if it was written on the spot, else its id."""
    return next((text for text in cards_of(state) if card_id(text) == card), card)


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


def _inject(state: State, out: Out, move: Inject) -> None:
    _set_or_play(state, out, move.card, move.round, move.to)


def _improvise(state: State, out: Out, move: Improvise) -> None:
    _set_or_play(state, out, _learn(state, move.text), move.round, move.to)


def _set_or_play(state: State, out: Out, card: str, round_: int, seats: tuple[str, ...]) -> None:
    to = _audience(state, seats)
    if round_ > state.round:
        white = state.white or White()
        inject = PendingInject(white.numbered + 1, card, round_, to)
        _change(state, injects=(*white.injects, inject), numbered=inject.nth)
    else:
        _now(state, out, card, to)


def _now(state: State, out: Out, card: str, to: Audience) -> None:
    """It happens before anything else, even in the middle of another card."""
    frame = _frame(state, card, to)
    out.append(NewsCame(to, frame.cause))
    crises.pose(state, card)
    state.stack = (*state.stack, frame)


def _frame(state: State, card: str, to: Audience) -> Frame:
    state.news = tuple(other for other in state.news if other != card)
    return Frame(f"news/{card}", 0, f"{WHITE}/news/{card}", to, "")


def _adjudicate(state: State, out: Out, move: Adjudicate) -> None:
    """By dice it is a roll like any other, at the odds of the arguments; else its outcome simply follows."""
    card, heard, seat = _learn(state, move.text), _audience(state, move.to), move.proposer
    frame = Frame(f"news/{card}", 0, f"{WHITE}/news/{card}", heard, seat)
    out.append(ArgumentProposed(heard, seat, card, frame.cause))
    if move.decided != "dice":
        works = move.decided == "works"
        out.append(ArgumentRuled(heard, seat, card, works, frame.cause))
        frame = frame._replace(path=f"{frame.path}/0/{'success' if works else 'failure'}")
    state.stack = (*state.stack, frame)


def _shift(state: State, out: Out, move: Shift) -> None:
    inject = _inject_of(state, move.nth)
    if move.round > state.round:
        _replace(state, inject, inject._replace(round=move.round, held=False))
    else:
        _replace(state, inject, None)
        _now(state, out, inject.card, inject.to)


def _hold(state: State, out: Out, move: Hold) -> None:
    inject = _inject_of(state, move.nth)
    _replace(state, inject, inject._replace(held=True))


def _edit(state: State, out: Out, move: Edit) -> None:
    """A card of the decks that is written anew goes back to luck. In another round it is not held back."""
    inject = _inject_of(state, move.nth)
    card = inject.card if move.text == move.was else _learn(state, move.text)
    held, to = inject.held and move.round == inject.round, _audience(state, move.to)
    _replace(state, inject, inject._replace(card=card, round=move.round, to=to, held=held))


def _cancel(state: State, out: Out, move: Cancel) -> None:
    _replace(state, _inject_of(state, move.nth), None)


def _replace(state: State, old: PendingInject, new: PendingInject | None) -> None:
    assert state.white is not None
    kept = (new if inject is old else inject for inject in state.white.injects)
    _change(state, injects=tuple(inject for inject in kept if inject is not None))


def _set_track(state: State, out: Out, move: SetTrack) -> None:
    shift_track(state, out, move.track, move.value - state.tracks[move.track], CAUSE)


def _set_good(state: State, out: Out, move: SetGood) -> None:
    held = state.goods[move.owner].get(move.good, 0)
    shift_good(state, out, move.owner, move.good, move.value - held, CAUSE)


def _set_influence(state: State, out: Out, move: SetInfluence) -> None:
    shift_influence(state, out, move.owner, move.value - state.influence[move.owner], CAUSE)


def _until(state: State, rounds: int) -> int:
    return -1 if rounds < 0 else state.round + rounds - 1 if rounds else FOREVER


def _set_flag(state: State, out: Out, move: SetFlag) -> None:
    state.flags = {**state.flags, move.flag: _until(state, move.rounds)}
    seen = state.scenario.flags[move.flag].seen_by or None
    tell(state, out, FlagSet(seen, move.flag, move.rounds >= 0, CAUSE.cause), CAUSE)


def _set_roll(state: State, out: Out, move: SetRoll) -> None:
    """One result a path: a new one takes the place of the old, 0 takes it back."""
    others = tuple(fixed for fixed in (state.white or White()).dice if fixed.path != move.path)
    _change(state, dice=(*others, Fixed(move.path, move.die)) if move.die else others)


def _set_dial(state: State, out: Out, move: SetDial) -> None:
    state.dials = {**state.dials, move.dial: move.setting}


def _sign(state: State, out: Out, move: Sign) -> None:
    deals.sign(state, out, move.deal, move.size, move.secrecy == "secret", move.rounds)


def _prove(state: State, out: Out, move: Prove) -> None:
    deal = running(state, move.deal)
    assert deal is not None
    deals.prove(state, out, state.deals.index(deal))


PILES = ("hands", "decks", "discards", "buried")


def _pile_of(state: State, seat: str, card: str) -> str | None:
    return next((pile for pile in PILES if card in getattr(state, pile)[seat]), None)


def _lay(state: State, out: Out, move: Lay) -> None:
    """With the odds that it promises now. Of a card from the hand the seat draws another in its place."""
    seat, card = move.owner, move.card
    name = _pile_of(state, seat, card)
    assert name is not None
    pile = getattr(state, name)
    setattr(state, name, {**pile, seat: piles.taken(pile[seat], card)})
    if name == "hands":
        piles.draw_cards(state, out, seat, 1, "laid")
    laid = LaidCard(card, move.target, promised(state, card_root(card, move.target)))
    orders = state.orders[seat]
    state.orders = {**state.orders, seat: orders._replace(commits=(*orders.commits, laid))}


def _join(state: State, out: Out, move: Join) -> None:
    orders = state.orders[move.owner]
    state.orders = {**state.orders, move.owner: orders._replace(stands=(*orders.stands, move.stand))}


# --- what the turn machine asks ------------------------------------------------------------------------


def arriving(state: State) -> tuple[Frame, ...]:
    """Return the injects that are set for this round or were passed over, as they come in the news."""
    white = state.white
    assert white is not None
    coming = [inject for inject in white.injects if inject.round <= state.round and not inject.held]
    _change(state, injects=tuple(inject for inject in white.injects if inject not in coming))
    return tuple(_frame(state, inject.card, inject.to) for inject in coming)


def reserved(state: State) -> frozenset[str]:
    """Return event cards that are set for a later round, so that luck leaves them in the deck."""
    if state.white is None:
        return frozenset()
    return frozenset(inject.card for inject in state.white.injects)


class Act(NamedTuple):
    """What forbids a kind of move (it raises `Refused`), and what it does."""

    check: Callable[[State, Any], None]
    do: Callable[[State, Out, Any], None]


ACTS: dict[type[Move], Act] = {
    Inject: Act(_check_inject, _inject),
    Improvise: Act(_check_improvise, _improvise),
    Adjudicate: Act(_check_adjudicate, _adjudicate),
    Shift: Act(_check_shift, _shift),
    Hold: Act(_check_set, _hold),
    Edit: Act(_check_edit, _edit),
    Cancel: Act(_check_set, _cancel),
    SetTrack: Act(_check_track, _set_track),
    SetGood: Act(_check_good, _set_good),
    SetInfluence: Act(_check_influence, _set_influence),
    SetFlag: Act(_check_flag, _set_flag),
    SetRoll: Act(_check_roll, _set_roll),
    SetDial: Act(_check_dial, _set_dial),
    Sign: Act(_check_sign, _sign),
    Prove: Act(_check_prove, _prove),
    Lay: Act(_check_lay, _lay),
    Join: Act(_check_join, _join),
}
