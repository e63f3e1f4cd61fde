"""A white cell that does anything it may, by keyed luck, for the tests that look at what holds after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import WHITE, Move, WhiteMove
from wargame.rules.white import card_text, refusal, text_of

Dial = Callable[[str, int], int]
"""A number below a bound, by purpose."""


def act(verb: str, *args: str | int) -> WhiteMove:
    """The act that is written so. `ValueError` if there is none."""
    move = Move.from_plain([WHITE, verb, *args])
    assert isinstance(move, WhiteMove)
    return move


def a_card(title: str, *effects: dict[str, Any]) -> str:
    """An event card written on the spot."""
    return card_text({"title": title, "text": "Written on the spot.", "effects": list(effects)})


def a_roll(base: int, success: list[Any], failure: list[Any], *arguments: tuple[str, int]) -> str:
    """A proposal with its odds."""
    always = {"round": "now", "at_least": 1}
    modifiers = [{"label": label, "when": always, "add": add} for label, add in arguments]
    roll = {"base": base, "modifiers": modifiers, "success": success, "failure": failure}
    return a_card("May we?", {"roll": roll})


def random_act(game: Game, seed: int, nth: int) -> WhiteMove | None:
    """Something the white cell may do now; None if the first thirty ideas are all refused."""
    for attempt in range(30):
        move = _idea(game, lambda what, below, a=attempt: draw(seed, a, nth, what) % below)  # type: ignore[misc]
        if not refusal(game.state, move):
            return move
    return None


def _idea(game: Game, dial: Dial) -> WhiteMove:
    scenario, state = game.scenario, game.state
    seats, tracks, flags = scenario.seat_ids, list(scenario.tracks), list(scenario.flags)
    seat, track = seats[dial("seat", len(seats))], tracks[dial("track", len(tracks))]
    round_ = state.round + dial("round", 3) if dial("later", 2) else 0
    heard = (seat,) if dial("heard", 4) == 0 else ()
    cards = list(scenario.news)
    goods = list(state.goods[seat]) or list(scenario.goods)
    rolls = ["", *scenario.programs.rolls, *(path.rpartition("/")[0] for path in scenario.programs.rolls)]
    nth = 1 + dial("nth", 4)
    ideas: list[WhiteMove] = [
        act("inject", cards[dial("card", len(cards))], round_, *heard),
        act("improvise", a_card(f"Card {dial('name', 50)}", *_effects(game, dial)), round_, *heard),
        act(
            "adjudicate",
            a_roll(dial("base", 101), _effects(game, dial), [], ("for", dial("for", 30)), ("against", -10)),
            seat,
            ("dice", "works", "fails")[dial("decided", 3)],
            *heard,
        ),
        act("shift", nth, round_),
        act("hold", nth),
        _edit(game, dial, heard),
        act("cancel", nth),
        act("set-track", track, dial("value", scenario.tracks[track].most + 1)),
        act("set-good", seat, goods[dial("good", len(goods))], dial("count", 7)),
        act("set-influence", seat, dial("influence", scenario.spec.rules.influence_cap + 1)),
        act("set-flag", flags[dial("flag", len(flags))], dial("rounds", 4) - 1),
        act("set-roll", rolls[dial("roll", len(rolls))], dial("die", 101)),
        *_for_seats(game, dial, seat),
    ]
    return ideas[dial("idea", len(ideas))]


def _edit(game: Game, dial: Dial, heard: tuple[str, ...]) -> WhiteMove:
    """Another card, round or audience for one of those that are set."""
    injects = game.state.white.injects if game.state.white else ()
    if not injects:
        return act("hold", 1)
    inject = injects[dial("edited", len(injects))]
    was = text_of(game.state, inject.card)
    text = a_card(f"Another {dial('name', 50)}", *_effects(game, dial)) if dial("anew", 2) else was
    round_ = game.state.round + dial("round", 3) if dial("elsewhen", 2) else inject.round
    return act("edit", inject.nth, was, text, round_, *heard)


def _for_seats(game: Game, dial: Dial, seat: str) -> list[WhiteMove]:
    """What seats would else do themselves."""
    scenario = game.scenario
    card = scenario.decks[seat][dial("laid", len(scenario.decks[seat]))]
    targets = scenario.targets_of(card)
    target = targets[dial("target", len(targets))]
    stand = scenario.spec.stands[dial("stand", len(scenario.spec.stands))]
    lever = scenario.spec.dials[dial("lever", len(scenario.spec.dials))]
    offer = scenario.offers_of[seat][dial("deal", len(scenario.offers_of[seat]))]
    return [
        act("set-dial", lever.id, lever.settings[dial("setting", len(lever.settings))].id),
        act("sign", offer.deal, offer.size, offer.secrecy, offer.rounds),
        act("prove", offer.deal),
        act("lay", seat, card, *([target] if target else [])),
        act("join", stand.seats[dial("joins", len(stand.seats))], stand.id),
    ]


def _effects(game: Game, dial: Dial) -> list[dict[str, Any]]:
    scenario = game.scenario
    seats, tracks, flags = scenario.seat_ids, list(scenario.tracks), list(scenario.flags)
    seat, other = seats[dial("a", len(seats))], seats[(dial("a", len(seats)) + 1) % len(seats)]
    track, by = tracks[dial("t", len(tracks))], 1 + dial("by", 3)
    shift: dict[str, Any] = {"shift": {"track": track, "by": by, "rounds": dial("lasting", 3)}}
    options = [{"id": "no", "label": "No"}, {"id": "yes", "label": "Yes", "effects": [shift]}]
    good = next(iter(game.state.goods[seat]), None)
    found: list[dict[str, Any]] = [
        shift,
        {"shift": {"influence": seat, "by": by - 2 or 1}},
        {"shift": {"good": good, "seat": seat, "by": by}} if good else shift,
        {"flag": {"flag": flags[dial("f", len(flags))], "rounds": dial("r", 3)}},
        {"draw": {"seat": seat, "cards": by}},
        {"lose": {"seat": seat, "cards": 1}},
        {"points": {"seat": seat, "by": by}},
        {"later": {"rounds": 1, "effects": [shift]}},
        {"choose": {"seat": seat, "prompt": "Well?", "options": options}},
        {"expose": {"between": [seat, other], "what": "proof"}},
        {"peek": {"track": track, "to": [seat]}},
        {"end": {"outcome": "fire"}},
    ]
    first = dial("first", len(found))
    if first == len(found) - 1 and dial("mercy", 6):  # or hardly a game would come to its end
        first = 0
    return [found[first], found[dial("second", len(found) - 1)]]
