"""Every key of the decks that ship and of a full exercise, left out or given something else instead.

Whatever somebody deletes or mistypes: the files load, or are refused in sentences with file, line and column.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from functools import cache
from typing import Any

import pytest

from tests.content.decks import Address, addresses, at, replaced
from tests.rules.boards import mini
from wargame.content.exercise import check_exercise
from wargame.content.exercise_check import RECORDS
from wargame.content.load import check_texts, scenario_folder
from wargame.content.places import Complaint, Plain
from wargame.content.reader import read
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.luck import draw

LEFT_OUT = object()
INSTEAD: tuple[object, ...] = (
    LEFT_OUT, None, True, 7, -1, 99_999, "word", "", "target", [], {}, ["x"], {"x": 1}, [[1]], {"en": "x"},
    [{"shift": {}}],
)  # fmt: skip
SENTENCE = re.compile(r"[a-z]+\.yaml:\d+:\d+: \S.*\S")
OF_A_LIBRARY = re.compile(r"input should|pydantic|Error\b|valid \w+ or instance|<class", re.IGNORECASE)

FULL = """\
scenario: mini
title: {en: Everything that an exercise can say, ko: 전부}
text: For the facilitator.
minutes: 90
schedule: {briefing: 10, talk: 3, orders: 8, answers: 2, resolution: 2, hot_wash: 5}
rounds: 5
seed: 11
hindsight: false
pin: "4242"
seats:
  amber: {player: person, name: Ann}
  birch: {player: 'search:8'}
  cedar: {player: absent}
timers:
  orders: {seconds: 90, warning: 20}
  news: {seconds: 60}
messages: {each_round: 20, characters: 140}
observers: true
injects:
  - {round: 1, title: A word before we start, text: {en: Phones off.}}
  - {round: 2, title: To one village alone, text: Your envoy is late., to: [cedar], why: a test}
  - {round: 3, card: drought, held: true, why: if they sleep}
  - round: 4
    title: Everything at once
    text: It rains.
    places: []
    effects:
      - shift: {track: heat, by: 1, rounds: 2}
      - ease: {track: grain, toward: 3}
      - set: {track: grain, to: 3}
      - flag: {flag: market, rounds: 1}
      - points: {seat: amber, by: -1}
      - if:
          when: {all: [{track: heat, at_least: 2}, {not: {seat: birch, is: ruined}}]}
          then: [{draw: {seat: amber, cards: 1}}]
          otherwise: [{later: {rounds: 1, effects: [{lose: {seat: amber, cards: 1}}]}}]
      - roll:
          base: 40
          modifiers: [{label: Heat, track: heat, above: 2, each: 5}]
          success: [{peek: {track: rumour, to: [amber]}}]
          failure:
            - locate: {production: mill, to: [cedar], rounds: 2}
            - transfer: {good: coin, from: birch, to: amber, count: 1}
          margin: 20
          triumph: [{shift: {track: grain, by: 1, per: {track: heat, above: 2, every: 2}}}]
          disaster:
            - if:
                when:
                  any: [{hand: birch, over: {influence: birch}, at_least: 1}, {dial: sluice, setting: shut}]
                then: [{shift: {track: heat, by: 1}}]
      - choose:
          seat: cedar
          prompt: Well?
          options:
            - {id: stay, label: Stay}
            - id: go
              label: Go
              needs: [{round: now, at_least: 2}]
              effects: [{shift: {influence: birch, by: 1}}]
      - give: {card: stoke}
      - order: {seat: amber, goes: last}
      - news: {card: drought, rounds: 2}
      - vote:
          seats: [amber, cedar]
          prompt: Together?
          yes: Aye
          no: {en: Nay, ko: 아니오}
          at_least: 1
          then: [{shift: {track: heat, by: -1}}]
          otherwise: [{shift: {track: heat, by: 1}}]
          each: [{shift: {influence: self, by: 1}}]
      - each: {seats: [amber, birch], effects: [{shift: {influence: self, by: -1}}]}
      - each: {tracks: [heat, grain], effects: [{ease: {track: here, toward: 2}}]}
      - expose: {between: [amber, birch], what: suspicion, to: [cedar]}
      - break: {deal: cake-for-coin, by: birch}
      - if: {when: {outcome: time}, then: [{end: {outcome: fire}}]}
prompts:
  - {text: Why?, rounds: [1, 2], seats: [amber, birch]}
questions:
  - id: fire
    text: How likely is it that this ends in the fire?
    rounds: [1]
    seats: [cedar]
    when: {any: [{outcome: fire}, {deals: {between: [amber, birch], rung: 2, secret: true}, is: proved}]}
"""
"""An exercise with every key there is."""


@cache
def decks() -> dict[str, Plain]:
    """Every file of the scenario that ships, as plain data."""
    files = {path.name: path.read_bytes() for path in scenario_folder("honeymoon").glob("*.yaml")}
    found = {name: read(raw, name)[0] for name, raw in files.items()}
    return {name: document.data for name, document in found.items() if document is not None}


@cache
def the_exercise() -> Plain:
    document, complaints = read(FULL.encode(), "exercise.yaml")
    assert document is not None
    assert complaints == []
    return document.data


def spoilt(value: Plain, address: Address, instead: object) -> Any:
    """The data with something else at an address, or with that entry left out."""
    if instead is not LEFT_OUT:
        return replaced(value, address, instead)
    *home, last = address
    around = at(value, tuple(home))
    if isinstance(around, dict):
        rest: object = {key: one for key, one in around.items() if key != last}
    else:
        rest = [one for nth, one in enumerate(around) if nth != last]
    return replaced(value, tuple(home), rest)


def told(complaints: list[Complaint]) -> list[str]:
    """The complaints as sentences, each of which has a place and is in our own words."""
    lines = [str(one) for one in complaints]
    assert [line for line in lines if not SENTENCE.fullmatch(line) or OF_A_LIBRARY.search(line)] == []
    return lines


def places_by_kind() -> dict[tuple[object, ...], list[tuple[str, Address]]]:
    """The addresses in all decks, those of the same meaning together: the last two names on the way."""
    found: dict[tuple[object, ...], list[tuple[str, Address]]] = {}
    for file, content in decks().items():
        for address in addresses(content):
            if address:
                names = [step for step in address if isinstance(step, str)][-2:]
                kind = (file if file in KEPT else "", *names, type(address[-1]))
                found.setdefault(kind, []).append((file, address))
    return found


KEPT = ("scenario.yaml", "news.yaml", "deals.yaml")


def exercise_told(data: Plain) -> list[str]:
    checked = check_exercise(json.dumps(data, ensure_ascii=False).encode(), "exercise.yaml", mini())
    lines = told(checked.complaints)
    assert (checked.prepared is None) == bool(lines)
    return lines


def test_the_full_exercise_is_sound_and_full() -> None:
    """The ground that the next test stands on: no key and no operator is missing in it."""
    named = {step for address in addresses(the_exercise()) for step in address}
    keys = {f.name for record in RECORDS for f in fields(record)}

    assert exercise_told(the_exercise()) == []
    assert keys | set(OPERATORS) <= named


@pytest.mark.parametrize("share", range(3))
def test_every_key_of_an_exercise(share: int) -> None:
    """Each key and each entry of a list left out, and something else in its place, drawn by lot.

    Sound, or complained of in sentences; never a traceback.
    """
    for nth, address in enumerate(list(addresses(the_exercise()))[share::3]):
        luck = draw(share, 0, 0, "keys", "", nth)
        for instead in (LEFT_OUT, INSTEAD[luck % len(INSTEAD)], INSTEAD[(luck >> 32) % len(INSTEAD)]):
            if address or instead is not LEFT_OUT:
                exercise_told(spoilt(the_exercise(), address, instead))


SHARES = 24


@pytest.mark.soak
@pytest.mark.parametrize("share", range(SHARES))
def test_every_kind_of_key_of_the_decks_that_ship(share: int) -> None:
    """One of each kind, left out or with something else in its place; never a traceback."""
    files = {name: json.dumps(data, ensure_ascii=False).encode() for name, data in decks().items()}
    for nth, places in enumerate(list(places_by_kind().values())[share::SHARES]):
        luck = draw(share, 0, 0, "keys", "", nth)
        file, address = places[luck % len(places)]
        instead = INSTEAD[(luck >> 32) % len(INSTEAD)]
        wrong = json.dumps(spoilt(decks()[file], address, instead), ensure_ascii=False).encode()

        checked = check_texts(files | {file: wrong})

        assert (checked.scenario is None) == bool(told(checked.complaints)), (file, address, instead)
