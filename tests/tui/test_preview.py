"""The preview follows the files: what is sound is shown, and what is not is told in place of a crash."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.rules.boards import MINI
from wargame.content.load import template_folder
from wargame.rules.effects.flow import Choose
from wargame.rules.effects.votes import Vote
from wargame.rules.spec import Crisis
from wargame.tui import Start
from wargame.tui.board.board import BoardScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.play.hand import Face
from wargame.tui.play.know import KnowScreen
from wargame.tui.preview.app import PreviewApp, PreviewStage
from wargame.tui.preview.files import Watcher
from wargame.tui.preview.parts import questions
from wargame.tui.preview.screen import PreviewScreen
from wargame.tui.settings import USUAL
from wargame.words import Words
from wargame.words.pages import preview as say

TITLE = "The mill at the ford"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@asynccontextmanager
async def opened(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """The preview of that folder, once its page is up."""
    app = PreviewApp(Start(kind="preview", scenario=str(folder)), USUAL)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen) and app.screen.ready)
        yield pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for it; the test's own limit ends what never comes."""
    while not true():
        await asyncio.sleep(0.02)
        await pilot.pause()


def page(pilot: Pilot[None]) -> PreviewScreen:
    found = pilot.app.screen_stack[1]
    assert isinstance(found, PreviewScreen)
    return found


def said(pilot: Pilot[None], name: str) -> str:
    return str(page(pilot).query_one(name, Static).visual)


def wrote(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def looked(pilot: Pilot[None]) -> None:
    """Let the stage look at the files now."""
    app = pilot.app
    assert isinstance(app, PreviewApp) and isinstance(app.stage, PreviewStage)
    await app.stage.look()
    await pilot.pause()


async def test_everything_in_the_scenario_is_listed(folder: Path) -> None:
    async with opened(folder) as pilot:
        scenario = page(pilot).scenario_shown
        assert scenario is not None
        keys = [row.key for row in page(pilot).query_one(Rows).shown if row.key]

        expected = ["board", *(f"seat:{seat}" for seat in scenario.seat_ids)]
        for seat in scenario.seat_ids:
            expected += [f"card:{card}" for card in (*scenario.decks[seat], scenario.actions[seat].id)]
        expected += [f"news:{news}" for news in scenario.news]
        expected += [f"deal:{deal.id}" for deal in scenario.spec.deals]
        expected += [f"question:{nth}" for nth in range(len(questions(scenario)))]
        expected += [f"stand:{stand}" for stand in scenario.stands]
        expected += [f"dial:{dial}" for dial in scenario.dials]
        expected += [f"trigger:{trigger}" for trigger in scenario.triggers]
        expected += [f"outcome:{outcome}" for outcome in scenario.outcomes]
        expected += [f"epilogue:{epilogue.id}" for epilogue in scenario.spec.epilogues]
        assert keys == expected


async def test_each_thing_can_be_lit_at_every_size(folder: Path) -> None:
    for size in ((80, 24), (120, 40), (200, 60)):
        async with opened(folder, size) as pilot:
            rows = page(pilot).query_one(Rows)
            for key in [row.key for row in rows.shown if row.key]:
                rows.light(key)
                await pilot.pause()
                assert page(pilot).query_one(Face).display == key.startswith(("card:", "news:"))
                assert said(pilot, "#told").strip()


@pytest.mark.parametrize(
    ("key", "title", "lines"),
    [
        (
            "outcome:blows",
            "Blows",
            [
                "It comes to blows on the quay. Nobody wins; the one that was calmest is blamed least.",
                "The game ends at once, and nobody wins.",
                "Ranked by blame: who has raised Temper least in public comes first.",
            ],
        ),
        (
            "outcome:closed",
            "A closed season",
            ["The game ends at once, and whoever has reached its line wins; the ruined never do."],
        ),
        (
            "epilogue:broken-oars",
            "Broken oars",
            ["If the game ends with blows", "more wood on the quay", "GU", "The yard mends what it sold."],
        ),
        ("epilogue:another-year", "Another year", [say.NONE_BEFORE, "Everybody has heard how."]),
        ("trigger:hunger", "Empty nets", ["Each upkeep if The reef at most 2", "Temper ▲1"]),
        ("stand:breakwater", "The breakwater", ["If Heron and Tern all stand: from now on: the breakwater"]),
        ("dial:lamp", "The lamp", ["Set in secret by Heron", "Fish come to the light", "The reef ▼1"]),
    ],
)
async def test_a_part_is_told_as_people_will_see_it(key: str, title: str, lines: list[str]) -> None:
    """Who wins by an end, when an epilogue is told and what becomes of whom, when a trigger fires."""
    async with opened(template_folder()) as pilot:
        assert page(pilot).query_one(Rows).light(key)
        await pilot.pause()
        told = " ".join(said(pilot, "#told").split())

        assert str(page(pilot).query_one("#text").border_title) == title
        assert [line for line in lines if line not in told] == []


async def test_every_question_is_told_with_who_asks_it_and_its_answers() -> None:
    """Choices, votes and crises, whatever card or trigger asks them."""
    async with opened(template_folder()) as pilot:
        scenario = page(pilot).scenario_shown
        assert scenario is not None
        asked = questions(scenario)
        assert {type(question) for _cause, question in asked} == {Choose, Vote, Crisis}
        words = Words(scenario)
        for nth, (cause, question) in enumerate(asked):
            page(pilot).query_one(Rows).light(f"question:{nth}")
            await pilot.pause()
            told = " ".join(said(pilot, "#told").split())
            labels = [question.yes] if isinstance(question, Vote) else [o.label for o in question.options]
            parts = [words.said(question.prompt), *map(words.said, labels)]
            assert str(page(pilot).query_one("#text").border_title) == words.cause(cause)
            assert [part for part in parts if part not in told] == []


async def test_the_lit_row_stays_in_sight_in_a_smaller_window() -> None:
    async with opened(template_folder()) as pilot:
        rows = page(pilot).query_one(Rows)
        rows.light("epilogue:another-year")
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.2)

        top = rows.scroll_offset.y
        assert rows.highlighted is not None and top <= rows.highlighted < top + rows.size.height


async def test_what_is_saved_is_shown(folder: Path) -> None:
    async with opened(folder) as pilot:
        wrote(folder / "scenario.yaml", f"title: {TITLE}", "title: The mill at the bridge")
        await looked(pilot)

        scenario = page(pilot).scenario_shown
        assert scenario is not None and scenario.spec.title == "The mill at the bridge"


async def test_a_broken_file_is_told_of_and_the_last_sound_one_stays(folder: Path) -> None:
    async with opened(folder) as pilot:
        wrote(folder / "scenario.yaml", "rounds: 3", "rounds: three")
        await looked(pilot)

        assert "scenario.yaml:" in said(pilot, "#problems") and say.AS_BEFORE in said(pilot, "#problems")
        assert page(pilot).scenario_shown is not None

        wrote(folder / "scenario.yaml", "rounds: three", "rounds: 3")
        await looked(pilot)

        assert say.AS_BEFORE not in said(pilot, "#problems")


def test_claims_and_an_exercise_are_problems_too(folder: Path) -> None:
    """No game needs them, so that all else is shown; yet what `check` says of them is said."""
    (folder / "claims.yaml").write_text("arms: []\nclaim: []\n", encoding="utf-8")
    (folder / "exercise.yaml").write_text("titel: An evening\n", encoding="utf-8")

    found = Watcher(str(folder)).look()

    assert found is not None and found.table is not None
    assert {"claims.yaml", "exercise.yaml"} == {one.file for one in found.problems}


async def test_files_that_are_broken_from_the_first_open_it_all_the_same(folder: Path) -> None:
    (folder / "scenario.yaml").write_bytes(b"\xff\x00: [")

    async with opened(folder) as pilot:
        assert "scenario.yaml:" in said(pilot, "#problems")
        assert say.NOTHING_YET in said(pilot, "#told")
        await pilot.press("enter", "tab", "b", "escape")


async def test_a_folder_that_goes_away_is_a_problem_like_others(folder: Path) -> None:
    async with opened(folder) as pilot:
        shutil.rmtree(folder)
        await looked(pilot)

        assert say.AS_BEFORE in said(pilot, "#problems")


async def test_the_board_and_a_seat_open_as_in_the_game_and_follow_the_files(folder: Path) -> None:
    async with opened(folder) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        wrote(folder / "scenario.yaml", f"title: {TITLE}", "title: The mill at the bridge")
        await looked(pilot)

        board = pilot.app.screen
        assert isinstance(board, BoardScreen)
        assert board.table.scenario.spec.title == "The mill at the bridge"

        await pilot.press("escape")
        page(pilot).query_one(Rows).light("seat:birch")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, KnowScreen))


async def test_a_board_is_left_when_there_is_a_map_where_there_was_none(folder: Path) -> None:
    async with opened(folder) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
            file.write("\nareas: [{id: moor, ring: [0, 0, 100, 0, 100, 100]}]\n")
        await looked(pilot)

        assert page(pilot).sight.table is not None
        assert pilot.app.screen is page(pilot)


async def test_q_leaves(folder: Path) -> None:
    async with opened(folder) as pilot:
        await pilot.press("q")
        await until(pilot, lambda: pilot.app._exit)


def test_nothing_is_looked_at_twice(folder: Path) -> None:
    watcher = Watcher(str(folder))

    assert watcher.look() is not None
    assert watcher.look() is None
