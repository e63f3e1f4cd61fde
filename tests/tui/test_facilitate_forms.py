"""The console's forms: a card composed on the spot, with what follows from it, as sentences and as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from textual.events import Key

from tests.tui.desks import a_desk, white
from tests.tui.games import settled
from wargame.content import schema
from wargame.content.exercise import card_fields, exercise_from_text
from wargame.content.ground import OPERATOR_NAMES
from wargame.rules.conditions import Read
from wargame.rules.effects.base import shifting
from wargame.rules.effects.operators import NAMESPACE, OPERATORS
from wargame.rules.effects.programs import (
    CompiledEffects,
    Expected,
    ExpectedChange,
    Operator,
    Step,
    operator,
)
from wargame.rules.events import DiceRolled
from wargame.rules.moves import WHITE, Improvise
from wargame.rules.white import card_text
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.pick import PageScreen
from wargame.tui.home.covers import CoverScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.words.en.effects import clause_of
from wargame.words.en.names import Names


@operator("salute")
@dataclass(frozen=True, slots=True)
class Salute(Operator):
    """Fire a salute: a `seat` is glad of so many `shots`."""

    seat: str
    shots: int = 1
    how: Literal["softly", "loudly"] = "softly"

    def compile(self, programs: CompiledEffects, path: str) -> Step:
        return shifting(("influence", self.seat), self.shots)

    def reads(self) -> Iterator[Read]:
        yield ("seat", self.seat)

    def expected(self, programs: CompiledEffects, path: str) -> Iterator[Expected]:
        yield ExpectedChange(("influence", self.seat), self.shots)


del OPERATORS["salute"]


@clause_of.register
def _salute(effect: Salute, names: Names) -> str:
    return f"{names.party(effect.seat)} is saluted {effect.how}"


@pytest.fixture
def salute(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An operator more, for as long as the test lasts."""
    monkeypatch.setitem(OPERATORS, "salute", Salute)
    monkeypatch.setitem(NAMESPACE, "Salute", Salute)
    monkeypatch.setitem(OPERATOR_NAMES, Salute, "salute")
    for known in (schema.models, schema.adapter):
        known.cache_clear()
    yield
    for known in (schema.models, schema.adapter):
        known.cache_clear()


async def test_a_card_written_on_the_spot(tmp_path: Path) -> None:
    """Its effects by form; what is wrong is said in sentences; then a track has moved."""
    async with a_desk(tmp_path) as desk:
        track = next(iter(desk.table.scenario.tracks))
        before = desk.table.game.state.tracks[track]
        await desk.open("write")
        await desk.write("title", "Port call")
        await desk.write("reason", "they forgot the navy")
        await desk.act()
        assert "needs a text" in desk.text
        await desk.write("text", "A frigate enters the harbour.")
        await desk.add("effects")
        await desk.choose("track", track)
        await desk.act()
        await desk.act()
        assert white(desk.table) == [("improvise", "they forgot the navy")]
        assert desk.table.game.state.tracks[track] == before + 1
        await desk.press("escape")
        await desk.until(ResolutionScreen)
        for _ in range(10):
            if "PORT CALL" in desk.text:
                break
            await desk.press("enter")
        assert "PORT CALL" in desk.text
        assert "A frigate enters the harbour." in " ".join(desk.text.split())


@pytest.mark.soak
async def test_a_roll_with_what_follows_is_written_by_form(tmp_path: Path) -> None:
    """Rolls within a card, with effects of their own for success and failure."""
    async with a_desk(tmp_path) as desk:
        track = next(iter(desk.table.scenario.tracks))
        await desk.open("write")
        await desk.write("title", "A storm")
        await desk.write("text", "It blows.")
        await desk.add("effects")
        await desk.choose("op", "roll")
        for branch in ("success", "failure"):
            await desk.add(branch)
            await desk.choose("track", track)
            await desk.act()
        await desk.act()
        await desk.write("reason", "weather")
        await desk.act()
        (move,) = [beat.move for beat in desk.table.beats if beat.move and beat.by == WHITE]
        assert isinstance(move, Improvise)
        assert '"roll"' in move.text
        assert any(isinstance(event, DiceRolled) for event in desk.table.beats[-1].events)


async def test_a_new_operator_has_its_form_at_once(tmp_path: Path, salute: None) -> None:
    """Its form follows from its annotations, and makes a card that does it."""
    async with a_desk(tmp_path) as desk:
        seat = desk.table.scenario.seat_ids[0]
        before = desk.table.game.state.influence[seat]
        await desk.open("write")
        await desk.write("title", "Guns at noon")
        await desk.write("text", "They salute.")
        await desk.add("effects")
        await desk.choose("op", "salute")
        assert "fire a salute" in desk.text
        await desk.choose("seat", seat)
        await desk.choose("how", "loudly")
        await desk.write("shots", "3")
        await desk.act()
        await desk.write("reason", "to try it")
        await desk.act()
        assert white(desk.table) == [("improvise", "to try it")]
        assert desk.table.game.state.influence[seat] == before + 3
        (move,) = [beat.move for beat in desk.table.beats if beat.move and beat.by == WHITE]
        assert isinstance(move, Improvise)
        assert '{"salute":' in move.text.replace(" ", "")


async def test_letters_on_a_form_are_typed_and_nothing_else(tmp_path: Path) -> None:
    """On a row of text they begin its line; on other rows only hide answers of the keys of the game."""
    async with a_desk(tmp_path) as desk:
        await desk.open("skip")
        await desk.light("field:reason")
        await desk.press("r", "l", "q", "enter")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert form.form.values["reason"] == "rlq"
        await desk.light("act")
        await desk.press("r", "l", "q", "b")
        assert desk.app.screen is form
        await desk.press("h")
        assert isinstance(desk.app.screen, CoverScreen)


async def test_what_is_changed_deep_within_is_left_as_it_was_with_esc(tmp_path: Path) -> None:
    """An effect is opened again, one of its own effects taken out, and the form left: nothing has changed."""
    async with a_desk(tmp_path) as desk:
        await desk.open("write")
        await desk.add("effects")
        await desk.choose("op", "roll")
        await desk.add("success")
        await desk.act()
        await desk.act()
        await desk.light("item:effects:0")
        await desk.press("enter")
        await desk.light("item:success:0")
        await desk.press("left", "escape")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert len(form.form.values["effects"][0]["success"]) == 1


async def test_a_burst_of_keys_loses_none(tmp_path: Path) -> None:
    """Typed faster than the program looks: the first letter opens the line, and all are in it."""
    async with a_desk(tmp_path) as desk:
        await desk.open("skip")
        await desk.light("field:reason")
        for letter in "rosebud":
            desk.app.post_message(Key(letter, letter))
        desk.app.post_message(Key("enter", None))
        await settled(desk.pilot)
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert form.form.values["reason"] == "rosebud"


async def test_a_row_of_a_number_takes_digits_only(tmp_path: Path) -> None:
    """Typed there at once, without Enter first; letters do nothing and no other row gets them."""
    async with a_desk(tmp_path) as desk:
        await desk.open("adjudicate")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        before = dict(form.form.values)
        await desk.light("field:base")
        await desk.press("x", "r", "minus")
        assert (form.typing, form.lit, form.form.values) == (False, "field:base", before)
        for letter in "x7y0z":
            desk.app.post_message(Key(letter, letter))
        desk.app.post_message(Key("enter", None))
        await settled(desk.pilot)
        assert form.form.values == before | {"base": 70}
        await desk.light("field:base")
        await desk.press("1", "0", "1", "enter")
        assert "a whole number from 0 to 100" in desk.text
        await desk.press("escape", "enter", "5", "enter")
        assert form.form.values == before | {"base": 5}
        await desk.add("arguments")
        await desk.light("field:weight")
        await desk.press("3", "0", "enter")
        argument = desk.app.screen
        assert isinstance(argument, FormScreen)
        assert argument.form.values["weight"] == 30


async def test_what_is_typed_stays_in_its_row(tmp_path: Path) -> None:
    """A click on another row while a line is open lights nothing: Enter or Esc ends the line."""
    async with a_desk(tmp_path) as desk:
        await desk.open("adjudicate")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        await desk.light("field:proposal")
        await desk.press("a", "b")
        form.query_one(Rows).light("field:base")
        await settled(desk.pilot)
        await desk.press("c", "enter")
        assert (form.form.values["proposal"], form.form.values["base"]) == ("abc", 50)


async def test_a_number_is_refused_beyond_what_the_chosen_thing_can_be(tmp_path: Path) -> None:
    """The sentence names the greatest value of that track."""
    async with a_desk(tmp_path) as desk:
        track, spec = next(iter(desk.table.scenario.tracks.items()))
        await desk.open("adjust")
        await desk.choose("track", track)
        await desk.write("value", "99")
        assert f"a whole number from 0 to {spec.most}." in desk.text


async def test_a_form_left_half_written_stands_as_it_was_left(tmp_path: Path) -> None:
    """One Esc too many loses nothing; when it has been done the next one is empty."""
    async with a_desk(tmp_path) as desk:
        await desk.open("write")
        await desk.write("title", "Port call")
        await desk.press("escape")
        await desk.open("write")
        assert "Port call" in desk.text
        await desk.write("text", "A frigate.")
        await desk.write("reason", "the navy")
        await desk.press("enter")
        assert white(desk.table) == [("improvise", "the navy")]
        await desk.open("write")
        assert "Port call" not in "\n".join(desk.text.splitlines()[:12])


@pytest.mark.soak
async def test_a_question_to_a_seat_is_composed_and_read_as_yaml(tmp_path: Path) -> None:
    """By form, answers and what follows from them; the page can be pasted into the exercise file."""
    async with a_desk(tmp_path) as desk:
        scenario = desk.table.scenario
        track = next(iter(scenario.tracks))
        await desk.open("write")
        await desk.write("title", "A letter")
        await desk.write("text", "It is not signed.")
        await desk.add("effects")
        await desk.choose("op", "choose")
        await desk.write("prompt", "Do you answer?")
        for label in ("No", "Yes"):
            await desk.add("options")
            await desk.write("label", label)
            if label == "Yes":
                await desk.add("effects")
                assert "ANSWERS › THEN" in desk.text
                await desk.choose("op", "later")
                assert "for rounds" not in desk.text
                await desk.add("effects")
                await desk.choose("track", track)
                await desk.act()
                await desk.act()
            await desk.act()
        await desk.act()
        assert "chooses, “Do you answer?”: No" in desk.told
        await desk.write("reason", "nobody talks")
        await desk.light("page")
        await desk.press("enter")
        assert isinstance(desk.app.screen, PageScreen)
        page = desk.app.clipboard
        for line in page.splitlines():
            assert line in desk.text
        await desk.press("escape")
        await desk.act()
        assert white(desk.table) == [("improvise", "nobody talks")]
        text = f"scenario: {scenario.id}\ntitle: Again\ninjects:\n{page}"
        [planned] = exercise_from_text(text, scenario.base).exercise.injects
        assert planned.why == "nobody talks"
        (move,) = [beat.move for beat in desk.table.beats if beat.move and beat.by == WHITE]
        assert isinstance(move, Improvise)
        assert card_text(card_fields(planned)) == move.text


async def test_what_is_typed_is_for_the_row_it_was_begun_on(tmp_path: Path) -> None:
    """Whatever row is lit meanwhile, by the mouse, takes none of it."""
    async with a_desk(tmp_path) as desk:
        await desk.open("write")
        await desk.light("field:title")
        await desk.press("a", "b")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        form.query_one(Rows).light("add:effects")
        await desk.press("enter")
        assert form.form.values["title"] == "ab"
        assert form.form.values["effects"] == []
