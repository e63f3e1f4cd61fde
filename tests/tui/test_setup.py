"""Setting up: every dial turns by key and mouse, and what is chosen is what begins."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.content.decks import data, texts
from tests.tui.boards import SMALL
from tests.tui.games import settled
from tests.tui.strolls import text_of
from tests.tui.test_many_seats import NAMES, SIGNS
from wargame.record import Player
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.playercard import PlayerCard
from wargame.tui.home.rules import RulesScreen
from wargame.tui.home.setup import Dials, SetupScreen


async def a_setup(pilot: Pilot[Any]) -> SetupScreen:
    """The screen, once its scenario is read."""
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SetupScreen)
    assert screen.draft is not None
    return screen


async def test_enter_starts_at_once(tmp_path: Path) -> None:
    """With nothing turned, Enter begins the scenario's own length with one person, saved in the folder."""
    app = WargameApp(Start("setup", saves=tmp_path, seed=3))
    async with app.run_test(size=SMALL) as pilot:
        await a_setup(pilot)
        await pilot.press("enter")
        await settled(pilot)
        table = app.session.table
        assert table is not None
        assert table.people() == ("rok",)
        assert table.game.state.rounds == table.scenario.spec.rules.rounds
        assert table.game.state.seed == 3
    assert len(list(tmp_path.glob("*.wargame"))) == 1


async def test_dials_turn(tmp_path: Path) -> None:
    """Digits light a seat, arrows turn its player and the length; a click on the lit row turns it too."""
    app = WargameApp(Start("setup", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        screen = await a_setup(pilot)
        await pilot.press("2", "left")
        assert screen.drafted.players["us"].kind == "person"
        seen = []
        for _ in range(7):
            await pilot.press("right")
            seen.append(screen.drafted.players["us"].kind)
        assert seen[1:4] == ["greedy/cautious", "greedy/opportunist", "greedy/hawk"]
        assert (seen[0], *seen[4:]) == ("greedy", "search", "random", "person")
        await pilot.press("3")
        row = screen.query_one(Dials).highlighted
        assert row is not None
        await pilot.click(Dials, offset=(8, row))
        assert screen.drafted.players["japan"].kind == "greedy/cautious"
        await pilot.press("up", "up", "up", "up", "up", "right")
        assert screen.drafted.rounds == 7


async def test_names_and_seeds_are_typed(tmp_path: Path) -> None:
    """n types a name for a person or a seed; a seed that is no number is refused; Esc changes nothing."""
    app = WargameApp(Start("setup", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        screen = await a_setup(pilot)
        await pilot.press("1", "n", *"Ana", "enter")
        assert screen.drafted.players["rok"] == Player("person", "Ana")
        await pilot.press("n", *"Bea", "escape")
        assert screen.drafted.players["rok"] == Player("person", "Ana")
        screen.query_one(Dials).light("seed")
        await pilot.press("n", *"12x", "enter")
        assert screen.seed is None
        screen.query_one(Input).value = "0012"
        await pilot.press("enter")
        assert screen.seed == 12
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_pasted_name_is_made_harmless(tmp_path: Path) -> None:
    """Control and hidden characters of a name never reach the player or the save."""
    app = WargameApp(Start("setup", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        screen = await a_setup(pilot)
        await pilot.press("1", "n")
        screen.query_one(Input).value = "\x1b]0;x\x07A\u202en\x00\u200ba\n[b]"
        await pilot.press("enter")
        assert screen.drafted.players["rok"].name == "]0;xAna [b]"


async def test_a_broken_scenario_says_what_is_wrong(tmp_path: Path) -> None:
    """A folder that can't be played shows its first complaint and does not start."""
    (tmp_path / "scenario.yaml").write_text("id: [\n", encoding="utf-8")
    app = WargameApp(Start("setup", scenario=str(tmp_path)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        assert "scenario.yaml:" in screen.problem
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, SetupScreen)
        await pilot.press("right")
        assert await a_setup(pilot) is screen


async def test_hindsight_is_asked_for(tmp_path: Path) -> None:
    """The dial turns what was reported later on; the game that begins has it in its news, and in its save."""
    app = WargameApp(Start("setup", saves=tmp_path, seed=3))
    async with app.run_test(size=SMALL) as pilot:
        screen = await a_setup(pilot)
        screen.query_one(Dials).light("hindsight")
        await pilot.press("right", "up")
        assert screen.hindsight
        screen.query_one(Dials).light("start")
        await pilot.press("enter")
        await settled(pilot)
        table = app.session.table
        assert table is not None
        assert table.scenario.spec.hindsight
        assert {card.id for card in table.scenario.spec.hindsight} <= set(table.scenario.news)
    (saved,) = tmp_path.glob("*.wargame")
    again = Table.resume(saved)
    assert again.scenario.spec.hindsight == table.scenario.spec.hindsight
    again.close()


def eight_on_disk(folder: Path) -> Path:
    """Write the mill with five more villages like Cedar, a title of sixty letters, and long names."""
    spec: Any = deepcopy(data()["scenario.yaml"])
    spec["title"] = "The long quarrel of eight villages over one mill and a sluice"
    cedar = spec["seats"][2]
    for track in spec["tracks"]:
        track.pop("seen_by", None)
    for name in NAMES[3:]:
        id_ = name.split()[0].lower().strip(",")
        action = cedar["action"] | {"id": f"{id_}-listens"}
        spec["seats"].append(deepcopy(cedar) | {"id": id_, "action": action})
    for seat, name, sign in zip(spec["seats"], NAMES, SIGNS, strict=True):
        seat |= {"name": name, "capital": f"{name} City", "symbol": sign, "short": name[:2].upper()}
        seat["wants"] = "A sound mill, the sluice for itself, and the toll of both in its own box for ever."
        spec["scoring"]["seats"].setdefault(seat["id"], spec["scoring"]["seats"]["cedar"])
    last = "- id: keyhole" + texts()["cedar.yaml"].partition("- id: keyhole")[2]
    files = dict(texts()) | {"scenario.yaml": json.dumps(spec, ensure_ascii=False)}
    for seat in spec["seats"][3:]:
        files[f"{seat['id']}.yaml"] = re.sub("cedar", seat["id"], re.sub("id: ", f"id: {seat['id']}-", last))
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("size", [SMALL, (120, 40), (160, 45)], ids=str)
async def test_eight_seats_with_long_names_are_set_up(size: tuple[int, int], tmp_path: Path) -> None:
    """Each has its row and, where there is room, its card; a name is cut at a word, and nothing is glued."""
    app = WargameApp(Start("setup", saves=tmp_path, scenario=str(eight_on_disk(tmp_path / "eight"))))
    async with app.run_test(size=size) as pilot:
        screen = await a_setup(pilot)
        told, width = text_of(app), screen.query_one("#left").outer_size.width
        rows = [line[:width] for line in told.splitlines()]
        [title] = [row for row in rows if "Scenario" in row]
        assert "‹The long quarrel of eight…›" in title
        for number, (name, sign) in enumerate(zip(NAMES, SIGNS, strict=True), 1):
            [row] = [row for row in rows if f"{number} {sign}" in row]
            called = row.partition(sign)[2][2:].partition("‹")[0]
            assert called.endswith(" "), row
            assert called.strip() == name or name.startswith(called.strip(" …")), row
            assert called.strip() == name or "…" in called, row
        cards = [card for card in screen.query(PlayerCard) if card.region.height]
        assert len(cards) == (8 if size[1] >= 40 else 0)
        await pilot.press("8")
        await settled(pilot)
        assert "HAWTHORNBURY" in text_of(app)
        for card in cards:
            lines = str(card.content).split("\n")
            assert all(len(line) <= card.content_size.width for line in lines)
            assert lines[-1].strip() != "…", "a line of the card for nothing"
        assert screen.drafted.players["amber"].name == "Grand Duchy of Greater…"
        told = " ".join(line.plain for line in screen._lines("scenario", 40))
        assert "The long quarrel of eight villages over one mill and a sluice" in told


async def test_the_set_up_tells_of_the_scenario_that_is_chosen(tmp_path: Path) -> None:
    """Its seats, its rounds and, with the key of the rules, its rules."""
    app = WargameApp(Start("setup", saves=tmp_path, scenario="nile"))
    async with app.run_test(size=SMALL) as pilot:
        screen = await a_setup(pilot)
        for seat in screen.drafted.scenario.spec.seats:
            assert str(seat.name) in text_of(app)
        assert f"‹{screen.drafted.scenario.spec.rules.rounds} rounds" in text_of(app)
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(app.screen, RulesScreen)
        assert app.screen.book is not None
        assert app.screen.book.scenario.id == "nile"
