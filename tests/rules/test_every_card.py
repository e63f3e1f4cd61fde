"""Every card of every scenario: it loads, can be played from a built position, and does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from tests.rules.boards import MINI, edit, give, turn_of
from tests.rules.reading import Change, Outcomes, declared, done, within_limits
from wargame.content.load import load_scenario, scenario_names
from wargame.rules.conditions import Condition, subject
from wargame.rules.effects.tracks import Shift
from wargame.rules.events import CardPlayed, DiceRolled, Out
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Commit
from wargame.rules.options import promised
from wargame.rules.phases import resolution_order, run_frame, start_frame
from wargame.rules.predicates import compile_condition
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.spec import Effect
from wargame.rules.state import Deal, Frame, State
from wargame.words import Words
from wargame.words.en.grammar import capital, whose

WORLDS = ("mini", *scenario_names())
LUCKS = 60
"""Tries to see every roll come out both ways."""


@cache
def world(name: str) -> Scenario:
    """A scenario in which nothing but the card under test moves anything."""
    spec = load_scenario(MINI if name == "mini" else name).spec
    return Scenario(replace(spec, news=(), triggers=(), agendas=()), f"one card at a time: {name}")


@cache
def whole(name: str) -> Scenario:
    return load_scenario(MINI if name == "mini" else name)


def all_cards() -> Iterator[tuple[str, str, str]]:
    """World, card and target of everything that can be committed."""
    for name in WORLDS:
        for seat in world(name).seat_ids:
            for card in world(name).decks[seat]:
                for target in world(name).targets_of(card):
                    yield name, card, target


def all_happenings() -> Iterator[tuple[str, str]]:
    """World and path of everything else that has effects: news, triggers, deals, dials, stands, detection."""
    for name in WORLDS:
        for path in whole(name).programs.effects:
            kind = path.split("/")[0]
            depth = {"news": 2, "trigger": 2, "detection": 2}.get(kind, 3)
            if kind != "card" and path.count("/") == depth - 1 and whole(name).programs.effects[path]:
                yield name, path


# --- a position from which a card can be played --------------------------------------------------------


def a_middling_world(scenario: Scenario) -> Game:
    """Tracks and stocks in their middle, so that nothing meets an end; influence for all; no flag is up."""
    game = Game.new(scenario, 1, scenario.spec.rules.most_rounds)
    state, cap = game.state, scenario.spec.rules.influence_cap
    return edit(
        game,
        tracks={track: scenario.tracks[track].most // 2 for track in state.tracks},
        goods={
            seat: {good: scenario.goods[good].cap // 2 for good in held} for seat, held in state.goods.items()
        },
        flags=dict.fromkeys(game.state.flags, 0),
        influence=dict.fromkeys(scenario.seat_ids, cap // 2),
        round=2,
    )


def satisfy(game: Game, need: Condition, wanted: bool = True) -> None:
    """Change the position as little as it takes for a need to hold."""
    state, kind = game.state, subject(need)
    if compile_condition(need)(state) is wanted:
        return
    number = need.at_least if need.at_least is not None else need.at_most or 0
    if not wanted:
        number = need.at_least - 1 if need.at_least is not None else number + 1
    if kind == "track":
        edit(game, tracks={need.track: number})
    elif kind == "good":
        edit(game, goods={need.seat: state.goods[need.seat or ""] | {need.good or "": number}})
    elif kind == "flag":
        edit(game, flags={need.flag: 99 if wanted else -1})
    elif kind == "round":
        edit(game, round=number)
    elif kind in ("all", "any"):
        for part in (need.all or need.any)[: None if kind == "all" else 1]:
            satisfy(game, part, wanted)
    elif kind == "not_" and need.not_:
        satisfy(game, need.not_, not wanted)
    elif wanted:
        edit(game, deals=(*state.deals, a_deal_for(game, need)))
    else:
        edit(game, deals=())
    assert compile_condition(need)(game.state) is wanted, need


def a_deal_for(game: Game, need: Condition) -> Deal:
    """A deal that a need asks for, in the state that it asks for."""
    what, scenario = need.deals, game.scenario
    template = next(
        one
        for one in scenario.spec.deals
        if need.deal in (None, one.id)
        and (what is None or what.between is None or set(what.between) == set(one.between))
        and one.rung >= (what.rung if what else 0)
    )
    secret = what.secret if what and what.secret is not None else need.is_ in ("suspected", "proved")
    status = "broken" if need.is_ == "broken" else "running"
    suspected = tuple(filter(None, [need.seat])) if need.is_ == "suspected" else ()
    size = "small" if template.small else "plain"
    a, b = template.between
    return Deal(
        template.id, a, b, template.rung, size, secret, 3, 1, 2, 100, True, status,
        proved=need.is_ == "proved", suspected=suspected,
    )  # fmt: skip


def ready(name: str, card: str) -> Game:
    """The owner of a card holds it, can pay for it, and is to act."""
    scenario = world(name)
    seat = next(seat for seat in scenario.seat_ids if card in scenario.decks[seat])
    game = a_middling_world(scenario)
    turn_of(game, seat)
    others = [other for other in scenario.decks[seat] if other != card][:2]
    give(game, seat, card, *others)
    for need in scenario.cards[card].needs:
        satisfy(game, need)
    edit(game, shown={})
    return game


# --- playing it out ------------------------------------------------------------------------------------


def run_out(state: State, out: Out, answer: int) -> Outcomes:
    """Run what has begun to its end, answering every choice alike; how rolls and choices came out."""
    taken: Outcomes = {}
    while state.stack and not state.outcome:
        state.to_act = None
        run_frame(state, out)
        if state.to_act is not None:
            frame = state.stack[-1]
            path = f"{frame.path}/{frame.at}"
            options = state.scenario.programs.choices[path].options
            taken[path] = options[answer % len(options)].id
            state.stack = (
                *state.stack[:-1],
                frame._replace(at=frame.at + 1),
                frame._replace(path=f"{path}/{taken[path]}", at=0),
            )
    for event in out:
        if isinstance(event, DiceRolled):
            taken[event.path] = "success" if event.works else "failure"
    return taken


def ways(effects: Sequence[Effect], path: str, taken: Outcomes, state: State) -> list[Change]:
    """What the effects say they may do to that state, as far as there is room."""
    return [within_limits(change, state) for change in declared(effects, path, taken, state)]


def resolved(game: Game, luck: int, answer: int) -> tuple[State, State, Outcomes]:
    """The committed card turned over and run to its end: before, after, and how it came out."""
    state = game.state.clone()
    state.phase, state.luck = "resolution", luck
    [frame] = resolution_order(state)
    out: Out = []
    before = state.clone()
    start_frame(state, out, frame)
    assert [type(event) for event in out] == [CardPlayed]
    return before, state, run_out(state, out, answer)


@pytest.mark.parametrize(("name", "card", "target"), all_cards())
def test_a_card_can_be_played_and_does_what_it_says(name: str, card: str, target: str) -> None:
    """Committed by its owner for its cost with its promised odds; run both ways of every roll and choice."""
    game = ready(name, card)
    seat, root = game.to_act, card_root(card, target)
    assert seat is not None
    move, purse = Commit(seat, card, target), game.state.influence[seat]
    odds = promised(game.state, root)
    game.apply(move)
    [commit] = game.state.orders[seat].commits
    seen: set[tuple[str, str]] = set()
    after = game.state

    for luck, answer in product(range(LUCKS), range(3)):
        before, after, taken = resolved(game, luck, answer)
        effects = game.scenario.programs.effects[root]
        assert done(before, after) in ways(effects, root, taken, before)
        seen |= set(taken.items())
        if not game.scenario.programs.dice_below(root) and answer == 2:
            break

    assert game.state.influence[seat] == purse - game.scenario.cards[card].cost
    assert commit.odds == odds
    assert all(5 <= one.chance == sum(one.terms) <= 95 for one in odds)
    spec = game.scenario.cards[card]
    assert card in (after.buried if spec.quiet else after.discards)[seat]
    for dice in game.scenario.programs.dice_below(root):
        if dice.path.count("/") == 2:
            assert {branch for one, branch in seen if one == dice.path} == {"success", "failure"}


@pytest.mark.parametrize(("name", "path"), all_happenings())
def test_whatever_else_has_effects_does_what_it_says(name: str, path: str) -> None:
    """News, triggers, deals, dials, stands and detection, run both ways of every roll and choice."""
    scenario = Scenario(whole(name).spec, f"whole {name}")
    seat = scenario.seat_ids[0]
    game = a_middling_world(scenario)
    for luck, answer in product(range(12), range(3)):
        out: Out = []
        state = game.state.clone()
        state.luck = luck
        state.stack = (Frame(path, 0, path, None, seat),)
        before = state.clone()
        taken = run_out(state, out, answer)
        assert done(before, state) in ways(scenario.programs.effects[path], path, taken, before)


# --- the text ------------------------------------------------------------------------------------------

CHANGE = re.compile(r"(?P<what>.+) (?P<way>[▲▼])(?P<by>\d+)(?: for .+)?")


@pytest.mark.parametrize(("name", "card", "target"), all_cards())
def test_the_text_of_a_card_tells_its_real_changes(name: str, card: str, target: str) -> None:
    """For cards of plain changes: each line's name and number is what the position shows afterwards."""
    scenario, root = world(name), card_root(card, target)
    effects = scenario.programs.effects[root]
    lines = Words(scenario).card_text(card, target)
    told = {
        found["what"]: int(found["by"]) * (1 if found["way"] == "▲" else -1)
        for line in lines
        if (found := CHANGE.fullmatch(line))
    }
    assert len(told) >= sum(isinstance(effect, Shift) for effect in effects) - repeated(effects)
    if not all(isinstance(effect, Shift) for effect in effects) or repeated(effects):
        return
    game = ready(name, card)
    assert game.to_act is not None
    game.apply(Commit(game.to_act, card, target))

    before, after, _taken = resolved(game, 0, 0)

    assert by_name(scenario, done(before, after)) == told


def repeated(effects: tuple[object, ...]) -> int:
    """How many shifts move what another moves."""
    moved = [effect.what() for effect in effects if isinstance(effect, Shift)]
    return len(moved) - len(set(moved))


def by_name(scenario: Scenario, change: Change) -> dict[str, int]:
    """Changes under the names that the words give them."""
    words = Words(scenario)
    names: dict[str, Callable[..., str]] = {
        "track": words.track,
        "good": words.stock,
        "influence": lambda seat: capital(f"{whose(words.party(seat))} influence"),
    }
    return {names[kind](*rest): by for (kind, *rest), by in change.items() if kind in names}


def test_luck_reaches_every_number_of_the_die() -> None:
    """The search for a luck that fails or works can't miss."""
    assert {draw(1, luck, 1, "roll", "card/x/0") % 100 for luck in range(2000)} == set(range(100))
