"""Scenarios for the tests of words, and ways to look all over them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from wargame.content.load import load_scenario, scenario_names
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.effects.programs import bind_target
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.moves import Move, Refusal
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect
from wargame.words import Words

SHIPPED = tuple(scenario_names())
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@cache
def scenario(name: str) -> Scenario:
    return load_scenario(name)


@cache
def spoken(name: str) -> Words:
    return Words(scenario(name))


def texts_of(name: str) -> Iterator[tuple[str, list[str], tuple[Effect, ...]]]:
    """Everything in a scenario that has effects: what it is, its lines, and the effects behind them."""
    words, board = spoken(name), scenario(name)
    for card in board.cards.values():
        for target in card.targets.ids() if card.targets else ("",):
            aimed = tuple(bind_target(e, target) for e in card.effects) if target else card.effects
            yield f"{card.id} {target}", words.card_text(card.id, target), aimed
    for news in board.spec.news:
        yield news.id, words.news_text(news.id), news.effects
    for trigger in board.spec.triggers:
        yield trigger.id, words.trigger_text(trigger.id), trigger.effects
    for dial in board.spec.dials:
        effects = tuple(effect for setting in dial.settings for effect in setting.effects)
        yield dial.id, words.effects(effects), effects
    for stand in board.spec.stands:
        yield stand.id, words.stand_text(stand.id), stand.together + stand.deserted
    for deal in board.spec.deals:
        effects = deal.signed + deal.each + deal.broken + deal.proved + deal.ended
        yield deal.id, words.deal_text(deal.id), effects


def effects_in(part: Any) -> Iterator[Effect]:
    """Every effect in a record or a tuple, however deep."""
    if isinstance(part, tuple):
        for one in part:
            yield from effects_in(one)
    elif is_dataclass(part):
        if isinstance(part, tuple(OPERATORS.values())):
            yield part  # type: ignore[misc]
        for field in fields(part):
            yield from effects_in(getattr(part, field.name))


def ids_of(board: Scenario) -> set[str]:
    """The ids that no reader should meet: those that are no plain word."""
    found = {*board.cards, *board.deals, *board.news, *board.triggers, *board.stands, *board.dials}
    found |= {*board.tracks, *board.goods, *board.flags, *board.agendas, *board.production}
    return {id_ for id_ in found if "-" in id_ or "_" in id_} | {"dprk", "rok"}


def blemishes(text: str, ids: set[str]) -> list[str]:
    """What is wrong with a text: ids, Python's own words, braces, control characters."""
    wrong = [id_ for id_ in re.findall(r"[\w-]+", text) if id_ in ids or id_ in ("None", "True", "False")]
    return wrong + re.findall(r"[{}]", text) + HIDDEN.findall(text) + re.findall("  ", text)


@cache
def played(name: str, seed: int) -> tuple[list[Event], list[tuple[Move, str]], set[Refusal], list[list[str]]]:
    """A game played at random: events, moves with the question they answer, refusals, what seats knew."""
    game, luck, words = Game.new(scenario(name), seed=seed), random.Random(seed), spoken(name)
    events, moves, refusals, known = list(game.opening), [], set[Refusal](), []
    while not game.over:
        refusals |= {refusal for _move, refusal in game.options() if refusal}
        known.append(words.state_of(game.view(game.to_act)))
        move = luck.choice(game.legal_moves())
        stack = game.state.stack
        moves.append((move, f"{stack[-1].path}/{stack[-1].at}" if stack else ""))
        events += game.apply(move)
    known.append(words.state_of(game.view(None)))
    return events, moves, refusals, known


def retitled(name: str, title: Any) -> Words:
    """The scenario with every card, track and seat called that."""
    spec = scenario(name).spec
    cards = {seat: tuple(replace(c, title=title) for c in deck) for seat, deck in spec.cards.items()}
    tracks = tuple(replace(track, name=title) for track in spec.tracks)
    return Words(Scenario(replace(spec, cards=cards, tracks=tracks)), "ko")
