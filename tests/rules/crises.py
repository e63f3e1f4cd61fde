"""The mill at the ford with a crisis in the first round: the stream runs dry, and all say what they do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tests.content.decks import check, texts
from wargame.rules.scenario import Scenario

CRISIS = """\
- id: dry-stream
  title: The stream runs dry
  source: p1
  text: Three villages, and water for two.
  effects:
    - shift: {track: heat, by: 1}
  crisis:
    prompt: Who gives up water?
    options:
      - {id: keep, label: Keep to yourself}
      - id: share
        label: Share it out
        effects:
          - shift: {influence: self, by: -1}
          - roll: {base: 50, success: [{points: {seat: self, by: 1}}]}
      - id: take
        label: Take what is there
        effects:
          - shift: {influence: self, by: 2}
    outcomes:
      - when: {option: take, at_least: 2}
        effects:
          - shift: {track: grain, by: -2}
          - choose:
              seat: birch
              prompt: Whose fault is it?
              options:
                - {id: nobody, label: Nobody's}
                - id: cedar
                  label: Cedar's
                  effects:
                    - shift: {influence: cedar, by: -1}
      - when: {option: share, at_least: 2}
        effects:
          - shift: {track: grain, by: 2}
      - effects:
          - shift: {track: heat, by: 1}
"""
"""News that fits any round."""

PAIR = """\
- id: two-wells
  title: Two wells
  source: p1
  text: Only the two by the road are asked.
  effects: []
  crisis:
    prompt: Dig?
    seats: [amber, birch]
    options:
      - {id: wait, label: Wait}
      - {id: dig, label: Dig, effects: [{shift: {influence: self, by: -1}}]}
    outcomes:
      - {when: {option: dig, at_least: 1}, effects: [{shift: {track: grain, by: 1}}]}
      - {}
"""


def crisis_texts(news: str = CRISIS) -> Mapping[str, str]:
    """The files of the mini scenario with just this news."""
    return {**texts(), "news.yaml": news}


@cache
def a_crisis(news: str = CRISIS) -> Scenario:
    """The same as a scenario."""
    checked = check(crisis_texts(news))
    assert checked.complaints == []
    assert checked.scenario is not None
    return checked.scenario
