"""Home: it lists what can be gone on with, says what is wrong with the rest, and leads everywhere."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from tests.tui.boards import MILL, SMALL, honeymoon, mill, painted
from tests.tui.games import a_save, settled
from tests.tui.strolls import text_of
from wargame.record import Save
from wargame.record.reading import read_whole
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.actions import ACTIONS
from wargame.tui.app import WargameApp
from wargame.tui.facilitate.gate import FirstPinScreen
from wargame.tui.home.cards import ROOM, ProblemScreen
from wargame.tui.home.help import HelpScreen
from wargame.tui.home.home import REST, HomeScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.paint import put
from wargame.tui.kit.pane import Pane
from wargame.tui.kit.rows import Rows
from wargame.tui.map.atlas import capitals_chart
from wargame.tui.map.view import MapView
from wargame.tui.replay.replay import ReplayScreen


def saves(folder: Path) -> Path:
    """Three saves: one finished, one in progress, one damaged at its beginning."""
    folder.mkdir()
    a_save(folder, "finished", moves=None)
    a_save(folder, "in progress", ("amber", "birch"), moves=3)
    (folder / "torn.wargame").write_bytes(b"not a game at all")
    return folder


def shown(home: Screen[Any]) -> str:
    """The text beside the list."""
    return str(home.query_one("#about", Static).render())


async def test_saves_say_where_they_stand(tmp_path: Path) -> None:
    """Each save's row says its round, that it is finished, or that it is damaged."""
    app = WargameApp(Start(saves=saves(tmp_path / "saves")))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        rows = [row.line.plain.split() for row in app.screen.query_one(Rows)._rows if row.key[:5] == "save:"]

    assert {(row[1], row[-1]) for row in rows} == {("finished", "finished"), ("in", "1"), ("torn", "damaged")}


async def test_it_says_what_the_game_is_and_who_sits_where(tmp_path: Path) -> None:
    """A menu row comes with the scenario's pitch and seats, a save with the player of every seat."""
    app = WargameApp(Start(saves=saves(tmp_path / "saves")))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        home = app.screen
        pitch = shown(home)
        home.query_one(Rows).light("save:1")
        await pilot.pause()
        save = shown(home)

    assert "A DANGEROUS HONEYMOON" in pitch
    assert "Autumn 2023." in pitch
    for seat in honeymoon().spec.seats:
        assert f"{seat.symbol}{seat.short}" in pitch
    assert re.search(r"cedar +\d+  bot \(random\)", save)


@pytest.mark.parametrize(("size", "mapped"), [(SMALL, False), ((120, 40), True)])
async def test_the_map_is_there_where_there_is_room(
    tmp_path: Path, size: tuple[int, int], mapped: bool
) -> None:
    """The capitals stand on it; it comes and goes with the size of the terminal."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert any(view.display for view in app.screen.query(MapView)) == mapped
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        marks = {mark.id for mark in app.screen.query_one(MapView).chart.marks}
        assert {"seoul", "tokyo", "beijing", "pyongyang"} == marks
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert not app.screen.query_one(MapView).display


async def test_an_exercise_opens_at_the_console(tmp_path: Path) -> None:
    """The second row runs the exercise beside the scenario, as `wargame facilitate` does: first its PIN."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert app.session.whole is not None
        assert app.session.whole.exercise is not None
        assert isinstance(app.screen, FirstPinScreen)


async def test_keys_lead_everywhere(tmp_path: Path) -> None:
    """r, F1 and ? open and Esc closes; n opens the set-up; q quits."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        for key, screen in (("r", RulesScreen), ("f1", HelpScreen), ("question_mark", HelpScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, screen)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, SetupScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("q")
        await pilot.pause()

    assert app.return_code == 0


async def test_a_game_is_deleted_after_a_question(tmp_path: Path) -> None:
    """d asks, and no is lit; yes takes the file away and its row with it."""
    folder = saves(tmp_path / "saves")
    app = WargameApp(Start(saves=folder))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        home = app.screen
        light(home, "finished")
        await pilot.press("d")
        await settled(pilot)
        assert isinstance(app.screen, ProblemScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert (folder / "finished.wargame").exists()
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("up", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert not (folder / "finished.wargame").exists()
        assert {listed.name for listed in app.screen.saves} == {"in progress", "torn"}


@pytest.mark.parametrize("raw", [b"", b"not a game at all"])
async def test_a_file_that_is_no_game_is_not_offered_to_be_gone_on_with(tmp_path: Path, raw: bytes) -> None:
    """Empty or not: Enter tells what is left of it, and the foot does not promise a game."""
    (tmp_path / "none.wargame").write_bytes(raw)
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        light(app.screen, "none")
        await pilot.pause()
        assert "go on with it" not in text_of(app)
        assert "see what is left" in text_of(app).splitlines()[-1]
        assert "delete" in text_of(app).splitlines()[-1]


async def test_the_game_that_one_comes_from_is_lit_at_home(tmp_path: Path) -> None:
    """Of several games the one that was left, wherever it stands in the list."""
    folder = tmp_path / "saves"
    folder.mkdir()
    for name in ("one", "two", "three"):
        a_save(folder, name, ("amber", "birch"), moves=3)
    app = WargameApp(Start("resume", saves=folder, save=folder / "two.wargame"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert not isinstance(app.screen, HomeScreen)
        app.session.ask("leave")
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        lit = app.screen.query_one(Rows).lit
        assert lit.startswith("save:")
        assert app.screen._save(lit).name == "two"


async def test_a_game_that_is_open_elsewhere_is_not_deleted(tmp_path: Path) -> None:
    """Another program holds it: that is said, and the game stays."""
    folder = saves(tmp_path / "saves")
    app = WargameApp(Start(saves=folder))
    with Save.open(folder / "in progress.wargame"):
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            light(app.screen, "in progress")
            await pilot.press("d")
            await settled(pilot)
            await pilot.press("up", "enter")
            await settled(pilot)
            assert any("open in another window" in note.message for note in app._notifications)

    assert (folder / "in progress.wargame").exists()


async def test_a_game_says_in_short_who_played_and_how_it_came_out(tmp_path: Path) -> None:
    """Below its name, where there is room: people, length, day."""
    app = WargameApp(Start(saves=saves(tmp_path / "saves")))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        lines = [row.line.plain for row in app.screen.query_one(Rows)._rows if not row.key]

    assert any("2 people · 3 rounds · " in line for line in lines)


async def test_everything_can_be_clicked(tmp_path: Path) -> None:
    """A click lights a row, a second does it; a hint of the bottom line does what its key does."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.click(Rows, offset=(4, 2))
        assert app.screen.query_one(Rows).lit == "rules"
        await pilot.click(Rows, offset=(4, 2))
        await pilot.pause()
        assert isinstance(app.screen, RulesScreen)
        await pilot.click("Foot", offset=(str(app.screen.query_one("Foot").render()).index("back"), 0))
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_palette_finds_every_action(tmp_path: Path) -> None:
    """Every action of the table has its line; those of other screens say so instead of failing."""
    app = WargameApp(Start(saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        for action in ACTIONS:
            title = f"{action.label.capitalize()}  ({action.shown})"
            assert title in commands or action.id.startswith("light-")
        assert commands["Offer  (o)"].help.startswith("Not on this screen.")
        await pilot.press("p", *"new game", "enter")
        await settled(pilot)
        assert isinstance(app.screen, SetupScreen)


def test_home_loads_no_scenario(tmp_path: Path) -> None:
    """What home paints first needs neither the rules, the reader of scenarios nor pydantic."""
    asks = (
        "import sys; import wargame.tui.app, wargame.tui.home.home;"
        "unwanted = 'pydantic', 'yaml', 'wargame.content.reader', 'markdown_it', 'wargame.words.en.speech',"
        "'wargame.rules.spec';"
        "print([m for m in unwanted if m in sys.modules])"
    )
    out = run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    assert out.strip() == "[]"


def test_a_file_that_is_no_save_is_a_sentence(tmp_path: Path) -> None:
    """Reading anything at all ends in a problem, never in a traceback."""
    path = tmp_path / "x.wargame"
    path.write_bytes(b"\x00" * 100)

    assert read_whole(path).problem
    assert read_whole(tmp_path / "gone.wargame").problem


async def test_a_finished_game_is_looked_back_on_and_reported(tmp_path: Path) -> None:
    """On its row v opens the replay, from which Esc leads home; x writes a page beside it and says where."""
    folder = saves(tmp_path / "saves")
    app = WargameApp(Start(saves=folder))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        home = app.screen
        light(home, "finished")
        await pilot.pause()
        assert "v looks back on it move by move, x writes a report beside it" in " ".join(shown(home).split())
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(app.screen, ReplayScreen)
        assert app.screen.stand.story.path == folder / "finished.wargame"
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        light(app.screen, "finished")
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, ProblemScreen)
        page = folder.resolve() / "finished.html"
        lines = [put(line).plain if isinstance(line, str) else line.plain for line in app.screen.lines]
        assert str(page) in "".join(lines)
        assert page.as_uri() in "".join(lines)
        assert sum(line.endswith("finished.html") for line in lines) == 2, "its name is in one piece"
        assert max(map(len, lines)) <= ROOM, "no line is broken once more by the card"
        assert "<title>" in page.read_text(encoding="utf-8")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["v", "x"])
async def test_a_game_that_goes_on_is_not_laid_open(tmp_path: Path, key: str) -> None:
    """Its replay and report would show everybody's secrets, so home offers neither."""
    folder = saves(tmp_path / "saves")
    app = WargameApp(Start(saves=folder))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for name in ("in progress", "torn"):
            light(app.screen, name)
            await pilot.press(key)
            await settled(pilot)
            assert isinstance(app.screen, HomeScreen)
            assert "looks back" not in shown(app.screen)

    assert not list(folder.glob("*.html"))


def light(home: Screen[Any], name: str) -> None:
    """Light the row of that save."""
    assert isinstance(home, HomeScreen)
    at = next(nth for nth, listed in enumerate(home.saves) if listed.name == name)
    assert home.query_one(Rows).light(f"save:{at}")


async def test_a_long_name_of_a_save_leaves_out_the_scenario(tmp_path: Path) -> None:
    """What tells one game from the next stays: date and time."""
    a_save(tmp_path, f"{mill().id}-2026-11-29-20-15-04-2")
    screen = HomeScreen(tmp_path)

    assert " 2026-11-29-20-15-04-2" in await painted(screen, SMALL)


# --- scenarios of one's own ------------------------------------------------------------------------------


def own_scenarios(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The user's folder with one in an archive and one that is broken; a working folder with the same."""
    own, working = folder / "data" / "wargame" / "scenarios", folder / "working"
    own.mkdir(parents=True)
    shutil.copytree(MILL, working / "mill")
    shutil.make_archive(str(own / "mailed"), "zip", MILL)
    shutil.copytree(MILL, own / "broken")
    (own / "broken" / "deals.yaml").write_text("- id: [", encoding="utf-8")
    monkeypatch.setattr("wargame.table.storage.user_data_path", lambda program: folder / "data" / program)
    monkeypatch.chdir(working)
    return own, working


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_every_scenario_is_listed_with_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Those of the program, the user's and the working folder's; a broken one says why and is not begun."""
    own, working = own_scenarios(tmp_path, monkeypatch)
    app = WargameApp(Start(saves=tmp_path / "saves"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        home = app.screen
        rows = home.query_one(Rows)
        listed = {row.line.plain.strip(): row.key for row in rows._rows if row.key.startswith("scenario:")}
        assert {"A Dangerous Honeymoon", "broken  can't be played"} <= set(listed)

        rows.light(listed["The mill at the ford  mailed.zip"])
        await pilot.pause()
        told = "".join(shown(home).split())
        assert f"Itliesin{own / 'mailed.zip'}" in told
        assert f"Anotheronegoesbythesameid:{working / 'mill'}" in told

        rows.light(listed["broken  can't be played"])
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is home
        assert "deals.yaml:2:1" in shown(home)

        rows.light(listed["The mill at the ford  mailed.zip"])
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, SetupScreen)
        assert app.screen.drafted.scenario.hash == mill().hash
        assert app.screen.names[app.screen.chosen] == str(own / "mailed.zip")


async def test_a_scenario_that_was_mailed_is_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its archive in the set-up to a saved game that needs the archive no more."""
    own, _working = own_scenarios(tmp_path, monkeypatch)
    app = WargameApp(Start("setup", saves=tmp_path / "saves", scenario=str(own / "mailed.zip")))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("s")
        await settled(pilot)
        assert app.session.table is not None
        assert app.session.table.scenario.hash == mill().hash
    shutil.rmtree(own)
    [save] = (tmp_path / "saves").iterdir()
    assert Table.resume(save).scenario.hash == mill().hash


async def test_setting_up_turns_through_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once; at a broken one it says what is wrong, and nothing can be started."""
    own_scenarios(tmp_path, monkeypatch)
    app = WargameApp(Start("setup", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        seen = set[str]()
        for _ in list(screen.names):
            screen.query_one(Rows).light("scenario")
            await pilot.press("right")
            await settled(pilot)
            seen.add(screen.draft.scenario.id if screen.draft else screen.problem.partition(":")[0])
            if screen.draft is None:
                await pilot.press("s")
                await settled(pilot)
                assert not screen.gone
        assert {"honeymoon", "mini", "deals.yaml"} <= seen


LONG = "The very long and winding river that runs past everybody's door"


def named(folder: Path, title: str, id_: str) -> None:
    """Give a copy of the mill that title and id."""
    shutil.copytree(MILL, folder)
    text = (folder / "scenario.yaml").read_text("utf-8")
    text = text.replace("id: mini\n", f"id: {id_}\n", 1)
    text = re.sub(r"^title:.*$", f"title: {title}", text, count=1, flags=re.MULTILINE)
    (folder / "scenario.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_names_in_the_list_are_whole_or_cut_at_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """A long one ends with an ellipsis after a word; two of one title say where they lie."""
    own, _working = own_scenarios(tmp_path, monkeypatch)
    named(own / "long", LONG, "long")
    named(own / "other", "The mill at the ford", "other")
    named(own / "a-folder-with-quite-a-name", LONG, "longer")
    app = WargameApp(Start(saves=tmp_path / "saves"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        width = app.screen.query_one("#left").outer_size.width
        app.screen.query_one(Rows).action_last()
        await pilot.pause()
        listed = [re.sub(r"[│▸▁-█]", " ", line[:width]).strip() for line in text_of(app).splitlines()]
        for beside in ("mill", "mailed.zip", "other"):
            assert f"The mill at the ford  {beside}" in listed
        cut = next(line for line in listed if line.startswith("The very") and line.endswith("  long"))
        words = cut.partition("…")[0]
        assert words != cut
        assert LONG.startswith(f"{words} ")


async def test_the_lit_scenario_is_the_one_introduced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its map lies beside the list, its rules open with the key of the rules; a broken one has neither."""
    own_scenarios(tmp_path, monkeypatch)
    app = WargameApp(Start(saves=tmp_path / "saves"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        for title in ("The First Dry Year", "A Dangerous Honeymoon", "The Bridge at Lea"):
            at = next(at for at, one in enumerate(home.scenarios) if one.title == title)
            words = home.scenarios[at].words
            assert words is not None
            home.query_one(Rows).light(f"scenario:{at}")
            await pilot.pause(2 * REST)
            [view] = home.query(MapView)
            assert view.display
            assert view.chart == capitals_chart(words)
            await pilot.press("r")
            await settled(pilot)
            assert isinstance(app.screen, RulesScreen)
            assert app.screen.book is not None
            assert app.screen.book.scenario.id == words.scenario.id
            await pilot.press("escape")
            await settled(pilot)

        at = next(at for at, one in enumerate(home.scenarios) if one.problem)
        home.query_one(Rows).light(f"scenario:{at}")
        await pilot.pause(2 * REST)
        assert not home.query_one(MapView).display
        assert "Enter" not in text_of(app).splitlines()[-1]
        assert home.scenario_shown is None


async def test_a_folder_at_home_is_told_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short, and without who it is that sits there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    app = WargameApp(Start("home", saves=tmp_path / "saves"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert str(tmp_path) not in app.screen._own()
        assert str(Path("~") / "data") in app.screen._own()


async def test_lines_are_broken_for_the_room_there_is_once_they_need_a_scroll_bar(tmp_path: Path) -> None:
    """The tutorial is told in a few lines; a new game in more than fit, and so in a column less."""
    app = WargameApp(Start("home", saves=tmp_path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        about, plain = app.screen.query_one(Pane), app.screen.query_one("#plain")
        assert not plain.show_vertical_scrollbar
        await pilot.press("1")
        await settled(pilot)
        assert plain.show_vertical_scrollbar
        assert max(line.cell_length for line in about.lines) <= about.room[0]
        await pilot.press("6")
        await settled(pilot)
        assert not plain.show_vertical_scrollbar
