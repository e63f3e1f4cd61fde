"""What was reported to have happened, round by round, beside what made headlines in the room's game."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wargame.content.load import load_scenario, scenario_names
from wargame.debrief.course import Happening, course
from wargame.debrief.story import Story
from wargame.debrief.tell import words_for
from wargame.errors import ContentError
from wargame.rules.events import Event
from wargame.rules.spec import Reported
from wargame.words import Words


class Round(NamedTuple):
    """One round of history (0: what came before the game) and of the game."""

    round: int
    date: str
    reported: tuple[Reported, ...]
    headlines: tuple[str, ...]


def reported(story: Story) -> tuple[Reported, ...]:
    """The history of the scenario: as the save has it, else as this program has it under the same id."""
    own = story.scenario.spec.history
    if own or story.scenario.id not in scenario_names():
        return own
    try:
        return load_scenario(story.scenario.id).spec.history
    except ContentError:
        return ()


def beside(story: Story) -> tuple[Round, ...]:
    """Each round of the game with what was reported of its quarter; empty without a history."""
    known = reported(story)
    if not known:
        return ()
    words = words_for(story.end.state)
    told = headlines(course(story.line), words)
    rounds = range(min(one.round for one in known), max(story.end.state.round, 1) + 1)
    return tuple(
        Round(
            round_,
            words.date(round_) if round_ else "",
            tuple(one for one in known if one.round == round_),
            told.get(round_, ()),
        )
        for round_ in rounds
    )


def headlines(happened: Iterable[Happening[Event]], words: Words) -> dict[int, tuple[str, ...]]:
    """Return by round what made headlines in it, each once, in the order in which it happened."""
    found: dict[int, dict[str, None]] = {}
    for one in happened:
        if line := words.headline(one.event):
            found.setdefault(one.round, {})[line] = None
    return {round_: tuple(lines) for round_, lines in found.items()}
