"""Injects that are set, at the console: read whole, changed by form, and set as changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rules.boards import honeymoon, mini
from tests.tui.boards import LARGE, SMALL, mill
from tests.tui.desks import Desk, a_desk, white
from wargame.content.exercise import plain
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect
from wargame.table import Facilitator
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.records import RecordForms
from wargame.tui.facilitate.sight import journal_lines
from wargame.words.pages import acts as say

TRACK = next(iter(mill().tracks))
EXERCISE = f"""
scenario: {mill().id}
title: An evening
rounds: 3
injects:
  - {{round: 2, title: A letter, text: It is not signed., to: [{mill().seat_ids[1]}], why: to wake them}}
  - {{round: 3, title: A fire, text: It burns., held: true, effects: [{{shift: {{track: {TRACK}, by: 2}}}}]}}
"""


def cell_of(desk: Desk) -> Facilitator:
    return Facilitator(desk.table)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_whole_of_a_set_inject_is_read(tmp_path: Path, size: tuple[int, int]) -> None:
    """Title, text, effects as sentences, who reads it, when it comes, and why."""
    async with a_desk(tmp_path, size, exercise=EXERCISE) as desk:
        await desk.open("scheduled")
        told = desk.told
        assert "A LETTER" in told
        assert "It is not signed." in told
        assert say.only_tells(str(mill().seats[mill().seat_ids[1]].name)) in told
        assert "Why: to wake them" in told
        assert say.NOTHING_CHANGED in told
        await desk.choose("inject", "2")
        told = desk.told
        assert "A FIRE" in told
        assert say.read_by(say.THE_ROOM) in told
        assert "held back" in told
        assert str(mill().tracks[TRACK].name) in told
        await desk.act()
        assert say.NOTHING_CHANGED in desk.text
        await desk.press("escape")
        assert [verb for verb, _why in white(desk.table)] == ["improvise", "improvise", "hold"]


async def test_title_text_effects_round_and_audience_are_changed_by_form(tmp_path: Path) -> None:
    """One move of the white cell, with its reason; what the room reads in the end is what was changed."""
    async with a_desk(tmp_path, exercise=EXERCISE) as desk:
        await desk.open("scheduled")
        await desk.write("title", "A letter with a seal")
        await desk.write("text", "It is signed.")
        await desk.add("effects")
        await desk.choose("track", TRACK)
        await desk.act()
        await desk.choose("when", "3")
        await desk.light("field:to")
        await desk.press("enter")
        await desk.light(f"pick:{mill().seat_ids[1]}")
        await desk.press("enter", "escape")
        await desk.write("reason", "they guessed it")
        await desk.act()
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert white(desk.table)[-1] == ("edit", "they guessed it")
        card, inject = cell_of(desk).card_of(1), cell_of(desk).scheduled[0]
        assert (card["title"], card["text"]) == ("A letter with a seal", "It is signed.")
        assert [next(iter(effect)) for effect in card["effects"]] == ["shift"]
        assert (inject.round, inject.to) == (3, None)
        journal = " ".join(line.plain for line in journal_lines(desk.table, 400))
        assert "rewrites inject 1, “A letter with a seal”, for round 3, for all" in journal
        assert "It is not signed." not in journal
        await desk.open("scheduled")
        assert "A LETTER WITH A SEAL" in desk.told
        assert "Why: they guessed it" in desk.told


async def test_a_form_says_when_a_set_inject_comes_once_it_is_done(tmp_path: Path) -> None:
    """Held back, moved and cancelled; never a round 0, for one that is let come now was not set for it."""
    async with a_desk(tmp_path, exercise=EXERCISE) as desk:
        await desk.open("scheduled")
        await desk.choose("inject", "2")
        said = {}
        for what in ("edit", "hold", "cancel", "shift", "edit"):
            await desk.choose("what", what)
            if what == "shift":
                await desk.choose("when", "0")
            said[what] = desk.told
        assert "It comes now." in said["shift"]
        await desk.choose("when", "2")

        assert say.comes_in(3, held=True) in said["edit"]
        assert say.comes_in(3, held=True) in said["hold"]
        assert say.COMES_NEVER in said["cancel"]
        assert say.comes_in(2, held=False) in desk.told, "in another round it is not held back"
        assert not any("round 0" in told for told in said.values())


async def test_a_card_of_the_decks_becomes_one_written_here(tmp_path: Path) -> None:
    """Its own effects stay where nobody touched them."""
    async with a_desk(tmp_path) as desk:
        card = next(id_ for id_, news in desk.table.scenario.news.items() if news.effects and not news.crisis)
        before = desk.table.scenario.news[card].effects
        await desk.do("inject", "later", card=card, when="2")
        await desk.open("scheduled")
        await desk.write("title", "Something like it")
        await desk.write("reason", "another name")
        await desk.act()

        inject = cell_of(desk).scheduled[0]
        new = desk.table.scenario.event_card(inject.card)
        assert new is not None
        assert (new.title, new.effects) == ("Something like it", before)
        assert inject.card != card


async def test_what_somebody_else_has_changed_is_read_anew(tmp_path: Path) -> None:
    """A form that was left half filled in does not bring the old words back."""
    async with a_desk(tmp_path, exercise=EXERCISE) as desk:
        await desk.open("scheduled")
        await desk.write("title", "Half a thought")
        await desk.press("escape")
        await desk.open("scheduled")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert form.form.values["title"] == "Half a thought"
        await desk.press("escape")
        Facilitator(desk.table, "Lee").edit(1, "mine", card={"text": "It is in code."})
        await desk.open("scheduled")

        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert (form.form.values["title"], form.form.values["text"]) == ("A letter", "It is in code.")


def without_ids(value: Any) -> Any:
    """Plain data with its texts on one line, and without the ids of answers."""
    if isinstance(value, dict):
        return {key: without_ids(part) for key, part in value.items() if key != "id"}
    if isinstance(value, list):
        return [without_ids(part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("scenario", [mini, mill, honeymoon])
def test_forms_show_what_every_event_card_does(scenario: object) -> None:
    """Each effect fills its form, and the form makes the same effect again, but for ids that say nothing."""
    world: Scenario = scenario()  # type: ignore[operator]
    forms = RecordForms(world)
    shown = 0
    for card in world.news.values():
        values = [forms.values(Effect, effect) for effect in card.effects]
        as_written = [plain(effect) for effect in card.effects]
        assert without_ids(forms.plains(Effect, values)) == without_ids(as_written), card.id
        shown += all(forms.fits(Effect, value) for value in values)

    assert shown == len(world.news)
