"""The replay: every move of a save through anybody's eyes, and nothing that those eyes could not see."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from typer.testing import CliRunner

from tests.debrief.games import EXAMPLE, a_game
from tests.tui.boards import LARGE, MILL, SMALL, Around
from tests.tui.games import settled
from tests.tui.glass import Marked, a_marked_folder, marks_in
from tests.tui.test_privacy import may_know
from wargame import load_scenario
from wargame.cli import app as cli
from wargame.debrief.compare import compare
from wargame.debrief.eyes import sealed
from wargame.debrief.history import reported
from wargame.debrief.story import Story
from wargame.record import Player, Save
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.table import Table
from wargame.table.table import Beat
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.screens.home import HomeScreen
from wargame.tui.screens.problem import ProblemScreen
from wargame.tui.screens.replay import PAGES, ReplayScreen
from wargame.tui.screens.replay_seek import find, seek
from wargame.tui.widgets.tabs import Pages
from wargame.tui.widgets.timeline import column, position
from wargame.tui.widgets.timeline_charts import bins, chart, cursor
from wargame.tui.widgets.timeline_eyes import ALL, EyesCourse

Replaying = tuple[Around[None], ReplayScreen, Pilot[None]]


@pytest.fixture(scope="module")
def example() -> Story:
    """The game that comes with the program; nothing here writes to it."""
    return Story.open(EXAMPLE)


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """A small finished game of people with a line that was left, a note, a mark and predictions."""
    return a_game(tmp_path)


@asynccontextmanager
async def replaying(
    story: Story,
    *,
    size: tuple[int, int] = SMALL,
    playouts: int = 2,
    processes: int = 1,
    eyes: str | None = ALL,
) -> AsyncIterator[Replaying]:
    screen = ReplayScreen(story, playouts=playouts, processes=processes)
    app = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen.look_through(eyes)
        await pilot.pause()
        yield app, screen, pilot


async def typed(pilot: Pilot[None], key: str, words: str) -> None:
    """Press a key that asks for words, and answer."""
    await pilot.press(key)
    await pilot.app.screen.workers.wait_for_complete()
    field = pilot.app.screen.query_one("Input")
    field.value = words  # type: ignore[attr-defined]
    await pilot.press("enter")
    await pilot.pause()


def turn_to(screen: ReplayScreen, page: str) -> None:
    screen.query_one(Pages).turn_to(PAGES.index(page))


# --- going about ---------------------------------------------------------------------------------------


async def test_every_move_can_be_stepped_to(example: Story) -> None:
    """→ goes through all positions of the game, each with its number, its maker and what it did; ← back."""
    async with replaying(example) as (app, screen, pilot):
        for moment in example.line[1:40]:
            await pilot.press("right")
            assert f"move {moment.id} of {example.end.id}: R{moment.round} {moment.phase}" in app.text
            assert screen.place == moment.id
        assert "by bot (greedy)" in app.text
        await pilot.press("left", "up")
        assert screen.place == 37
        await pilot.press("end")
        assert screen.place == len(example.line) - 1
        await pilot.press("right")
        assert screen.place == len(example.line) - 1
        await pilot.press("home")
        assert screen.place == 0


async def test_the_board_is_that_of_the_position(example: Story) -> None:
    """Tracks stand beside the moves as they were after each of them."""
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        for place in (0, 50, 120, 230):
            screen.go(place)
            await pilot.pause()
            board = str(screen.query_one("#tracks", Static).content)
            state = example.line[place].state
            for track in ("arsenal", "brink", "trust"):
                assert f"{state.tracks[track]} {screen.course.lens(place).words.track(track)}" in board


async def test_rounds_and_phases_are_paged(example: Story) -> None:
    """] and [ go to where rounds begin, > and < to where phases do."""
    async with replaying(example) as (_app, screen, pilot):
        rounds = []
        for _ in range(5):
            await pilot.press("right_square_bracket")
            state = example.line[screen.place].state
            assert example.line[screen.place - 1].state.round == state.round - 1
            rounds.append(state.round)
        assert rounds == [2, 3, 4, 5, 6]
        await pilot.press("left_square_bracket")
        assert example.line[screen.place].state.round == 5
        before = screen.place
        await pilot.press("greater_than_sign")
        assert example.line[screen.place].state.phase != example.line[screen.place - 1].state.phase
        await pilot.press("less_than_sign")
        assert screen.place == before


async def test_jumps(example: Story) -> None:
    """j goes to a round, a move, a seat's next move, a phase, words of a card; else it says there is none."""
    async with replaying(example) as (app, screen, pilot):
        await typed(pilot, "j", "R3")
        assert example.line[screen.place].state.round == 3
        await typed(pilot, "j", "74")
        assert screen.place == 74
        await typed(pilot, "j", "JP")
        assert screen.place > 74
        assert example.line[screen.place].seat == "japan"
        await typed(pilot, "j", "answers")
        assert example.line[screen.place].state.phase == "answers"
        await typed(pilot, "j", "the pier at rason")
        assert "The pier at Rason" in screen.course.title(screen.place) + "".join(
            screen.course.happenings(screen.place)
        )
        stood = screen.place
        await typed(pilot, "j", "xyzzy")
        assert screen.place == stood
        assert "There is no such place." in app.text
        await pilot.press("j", "escape")
        assert not app.left


async def test_search_goes_on_and_round(example: Story) -> None:
    """f finds the next move with these words, . the one after; past the last comes the first."""
    course = EyesCourse(example, ALL)
    every = [place for place in course.places if "missiles" in course.text(place)]
    async with replaying(example) as (_app, screen, pilot):
        await typed(pilot, "f", "Missiles")
        found = [screen.place]
        for _ in every:
            await pilot.press("full_stop")
            found.append(screen.place)

    assert len(every) > 3
    assert found == [*every, every[0]]


def test_nothing_is_found_by_what_these_eyes_did_not_see(example: Story) -> None:
    """Search looks only at what was seen: a hidden commitment is found by everything's eyes and its own."""
    words = "commits unsigned, second avenue"

    assert find(EyesCourse(example, ALL), words, 0) == 7
    assert find(EyesCourse(example, "us"), words, 0) == 7
    assert find(EyesCourse(example, "japan"), words, 0) is None
    assert seek(EyesCourse(example, "japan"), "7", 0, ()) != 7


async def test_it_plays_by_itself(example: Story) -> None:
    """a lets the moves go on, + makes them faster, a stops."""
    async with replaying(example) as (app, screen, pilot):
        await pilot.press("plus", "plus", "plus", "a")
        assert "playing, 8 a second" in app.text
        for _ in range(400):
            if screen.place > 1:
                break
            await pilot.pause(0.02)
        await pilot.press("a")
        stood = screen.place
        assert stood > 1
        assert "playing" not in app.text


async def test_the_strip_can_be_clicked(example: Story) -> None:
    """A click on the timeline goes there, one on a move of the list as well."""
    async with replaying(example) as (_app, screen, pilot):
        await pilot.click("Timeline", offset=(79, 0))
        assert screen.place == len(example.line) - 1
        await pilot.click("Timeline", offset=(0, 0))
        assert screen.place == 0
        await pilot.click("#list", offset=(5, 6))
        assert screen.place == 6


# --- eyes ----------------------------------------------------------------------------------------------


async def test_eyes_go_round(example: Story) -> None:
    """e cycles through the room, the seats and everything; a digit chooses; the header says whose."""
    async with replaying(example, eyes=None) as (app, screen, pilot):
        assert "eyes ‹0 the whole room›" in app.text
        seen = [screen.eyes]
        for _ in range(7):
            await pilot.press("e")
            seen.append(screen.eyes)
        assert seen == [None, *example.scenario.seat_ids, ALL]
        assert "everything, secrets included" in app.text
        await pilot.press("3")
        assert "eyes ‹3 ●JP, as it was then›" in app.text
        await pilot.press("0")
        assert screen.eyes is None


async def test_other_eyes_at_the_same_moment(example: Story) -> None:
    """Whoever looks, the game stays where it is: what one could not see is told from what it saw before."""
    async with replaying(example) as (app, screen, pilot):
        screen.go(7)
        await pilot.pause()
        assert "commits Unsigned" in app.text
        assert "IT DID NOT" in app.text
        await pilot.press("3")
        assert "Unsigned" not in app.text
        assert "TOKYO KNOWS" in app.text
        assert "move 7" not in app.text
        await pilot.press("9")
        assert screen.place == 7


def test_hidden_moves_leave_no_trace(example: Story) -> None:
    """A seat and the room have only positions that differ for them: secret moves can't be counted."""
    for eyes in (None, *example.scenario.seat_ids):
        course = EyesCourse(example, eyes)
        for before, place in zip(course.places, course.places[1:], strict=False):
            moment = course.line[place]
            differs = course.view(course.line[before]) != course.view(moment)
            assert differs or course.happenings(place) or moment.seat == eyes or course._seen[place]
        assert 7 not in course.places or eyes == "us"
    assert len(EyesCourse(example, None).places) < len(EyesCourse(example, "japan").places)


def test_a_lens_shows_the_view_of_then(example: Story) -> None:
    """At every position a seat's lens holds that seat's view; at the end none of the others' secrets."""
    for seat in example.scenario.seat_ids:
        course = EyesCourse(example, seat)
        for place in course.places[:-1]:
            moment = example.line[place]
            if not moment.over:
                assert course.lens(place).view == example.view(moment.id, seat)
        end = course.lens(course.places[-1]).view
        assert end.agendas.keys() == {seat}
        assert end.hands.keys() == {seat}


@dataclass
class Then:
    """A position with what had happened, for the judgement of what might be known."""

    game: Game
    scenario: Scenario
    beats: list[Beat]


def then(story: Story, place: int) -> Then:
    """The truth after a move, without what the end of a game lays open."""
    beats = [
        Beat(m.id, m.round, m.phase, m.move, m.by, tuple(e for e in m.events if e.kind != "final"))
        for m in story.line[: place + 1]
    ]
    return Then(Game(sealed(story.line[place].state)), story.scenario, beats)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, dict[str, Marked]]:
    """A finished game of the small scenario in which every text that may be secret has a mark of its own."""
    folder = tmp_path_factory.mktemp("marked")
    marks = a_marked_folder(MILL, folder / "deck")
    scenario = load_scenario(folder / "deck")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=3, rounds=3, folder=folder, name="marked")
    list(table.advance())
    table.close()
    return Story.open(folder / "marked.wargame"), marks


@pytest.mark.parametrize("eyes", [None, "amber", "birch", "cedar"])
async def test_no_hidden_card_is_shown(marked: tuple[Story, dict[str, Marked]], eyes: str | None) -> None:
    """What is told of a position names nothing that its viewer might not know then, and nowhere else is
    anything that it never learnt; everything's eyes do see more.
    """
    story, marks = marked
    last = may_know(then(story, len(story.line) - 1), eyes)  # type: ignore[arg-type]
    glimpsed: set[str] = set()
    async with replaying(story, size=(140, 50), eyes=eyes) as (app, screen, pilot):
        for place in screen.course.places:
            screen.go(place)
            await pilot.pause()
            known = may_know(then(story, place), eyes)  # type: ignore[arg-type]
            told = "".join(str(screen.query_one(name, Static).content) for name in ("#about-text", "#tracks"))
            assert {marks[mark].id for mark in marks_in(told) & marks.keys()} <= known, place
            glimpsed |= marks_in(app.text) & marks.keys()
        for page in PAGES:
            turn_to(screen, page)
            for place in screen.course.places[::9]:
                screen.go(place)
                await pilot.pause()
                glimpsed |= marks_in(app.text) & marks.keys()
        assert {marks[mark].id for mark in glimpsed} <= last
        screen.look_through(ALL)
        turn_to(screen, "moves")
        whole: set[str] = set()
        for place in range(0, len(story.line), 3):
            screen.go(place)
            await pilot.pause()
            whole |= marks_in(app.text) & marks.keys()

    assert {marks[mark].id for mark in whole} - last
    assert eyes is None or any(marks[mark].file == eyes for mark in glimpsed)


@pytest.mark.parametrize("page", ["turning", "lines", "predictions"])
async def test_pages_of_the_whole_truth_are_for_its_eyes(evening: Path, page: str) -> None:
    """What is worked out from all secrets is not shown to a seat, whatever key is pressed."""
    async with replaying(Story.open(evening), eyes="amber") as (app, screen, pilot):
        turn_to(screen, page)
        await pilot.press("enter", "c", "down")
        assert "made from the whole truth" in app.text
        assert screen._study is None
        await pilot.press("9")
        assert "made from the whole truth" not in app.text


# --- what is written -----------------------------------------------------------------------------------


async def test_a_bookmark_and_a_note_are_kept_in_the_file(evening: Path) -> None:
    """m marks a move and n writes about it; both are in the save, seen in the strip, found by `mark`."""
    moves = len(Story.open(evening).line)
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        screen.go(9)
        await typed(pilot, "m", "the quarrel")
        assert "The bookmark is kept in the save." in app.text
        await typed(pilot, "n", "Here Birch [bold]lost[/] its temper")
        here = screen.course.line[9].id
        await pilot.press("home")
        await typed(pilot, "j", "mark")
        while screen.place != 9:
            await pilot.press("full_stop")
        assert "Here Birch [bold]lost[/] its temper" in app.text

    story = Story.open(evening)
    kept = {(note.kind, note.text) for note in story.notes() if note.about == here}
    assert {("bookmark", "the quarrel"), ("note", "Here Birch [bold]lost[/] its temper")} <= kept
    assert len(story.line) == moves
    async with replaying(story) as (app, screen, pilot):
        turn_to(screen, "notes")
        await pilot.pause()
        assert "the quarrel" in app.text
        assert "Everybody is very polite." in app.text
        screen.go(9)
        await pilot.press("m")
        assert "taken off" in app.text
        assert "the quarrel" not in app.text
    assert any(note.text == "the quarrel" for note in Story.open(evening).notes("bookmark"))


async def test_a_save_that_is_in_use_is_not_written(evening: Path) -> None:
    """Who can't write says so in a sentence, and goes on looking."""
    story = Story.open(evening)
    before = evening.read_bytes()
    with Save.open(evening):
        async with replaying(story) as (app, screen, pilot):
            await typed(pilot, "n", "lost words")
            assert screen.status.endswith(".")
            assert evening.name in app.text
            await pilot.press("right")
            assert screen.place == 1
    assert evening.read_bytes() == before


async def test_notes_are_not_for_every_seat(evening: Path) -> None:
    """What the facilitator wrote is read with everything's eyes alone."""
    async with replaying(Story.open(evening), eyes="birch") as (app, screen, pilot):
        turn_to(screen, "notes")
        await pilot.pause()
        assert "polite" not in app.text
        await pilot.press("9")
        assert "polite" in app.text


async def test_what_if_makes_a_new_save(evening: Path) -> None:
    """x writes the game up to here as a save of its own and says its name; a taken name is refused."""
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        screen.go(12)
        await typed(pilot, "x", "otherwise")
        assert "wargame resume otherwise.wargame" in app.text
        await typed(pilot, "x", "otherwise")
        assert "wargame resume" not in app.text
        assert screen.status.endswith(".")
    made = Story.open(evening.parent / "otherwise.wargame")

    assert len(made.line) == 13
    assert made.end.state == Story.open(evening).line[12].state


async def test_two_lines_side_by_side(evening: Path) -> None:
    """The lines of a save, the lit one beside the one looked at, and the view along it; also another save."""
    story = Story.open(evening)
    other = next(line for line in story.lines() if line.tip != story.tip)
    async with replaying(story, size=LARGE) as (app, screen, pilot):
        screen.go(12)
        await typed(pilot, "x", "otherwise")
        turn_to(screen, "lines")
        await pilot.pause()
        assert "The line looked at." in app.text or f"It parts after move {other.parted}." in app.text
        while screen.lit is None or screen.lit.key != f"line:{other.tip}":
            await pilot.press("down" if screen._lit_row() == 0 else "up")
        assert "Left with an undo." in app.text
        await pilot.press("c")
        common = compare(story, story.along(other.tip)).common
        assert f"This line and the lit line share {common} moves, then part" in app.text
        await pilot.press("enter")
        assert screen.story.tip == other.tip
        assert f"line {other.number} of 2" in app.text
        screen._along(story.tip)
        screen._cursor["lines"] = [line.tip for line in story.lines()].index(story.tip)
        await typed(pilot, "c", "otherwise")
        await settled(pilot)
        assert "share 12 moves, then part" in app.text
        assert "otherwise: ends there" in app.text


# --- the other pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("processes", [1, 2])
async def test_turning_points_are_found_and_kept(evening: Path, processes: int) -> None:
    """Enter looks for them in the background; they are shown, kept beside the save, there the next time."""
    story = Story.open(evening)
    async with replaying(story, size=LARGE, playouts=2, processes=processes) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.press("enter")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        assert "CHANCE TO REACH ITS LINE" in app.text
        assert "2 playouts by bots (greedy)" in app.text
        assert screen.status.startswith("Turning points are found")
    async with replaying(Story.open(evening), size=LARGE) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        assert "CHANCE TO REACH ITS LINE" in app.text
        found = screen.turning
    assert found is not None
    assert found.playouts == 2


async def test_leaving_stops_the_search(evening: Path) -> None:
    """Esc leaves at once, also while bots play on."""
    async with replaying(Story.open(evening), playouts=500) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.press("enter")
        while screen._progress is None:
            await pilot.pause(0.02)
        assert "playouts" in app.text
        study = screen._study
        await pilot.press("escape")
        await pilot.pause()
        assert app.left
        assert study is not None
        assert study._stop.is_set()


async def test_charts_show_what_the_eyes_saw(example: Story) -> None:
    """A hidden track is charted for those who see it; the lit one is drawn large with what moved it."""
    async with replaying(example, size=LARGE, eyes="japan") as (app, screen, pilot):
        turn_to(screen, "charts")
        await pilot.pause()
        assert "Allied intell" in app.text
        assert "Trust" not in app.text
        assert screen.lit is not None
        while screen.lit.key != "track:brink":
            await pilot.press("down")
        assert "BRINK" in app.text
        assert "→" in app.text
        await pilot.press("9")
        assert "Trust" in app.text


async def test_deals_are_those_that_were_known(example: Story) -> None:
    """The ledger grows with the game; a secret deal is in that of its sides; Enter goes to its signing."""
    async with replaying(example, size=LARGE, eyes="japan") as (app, screen, pilot):
        turn_to(screen, "deals")
        await pilot.pause()
        assert "no deal is known" in app.text
        screen.look_through("rok")
        screen.go(40)
        await pilot.pause()
        assert "The quiet line" in app.text
        screen.look_through("us")
        await pilot.pause()
        assert "The quiet line" not in app.text
        screen.look_through(ALL)
        await pilot.press("enter")
        assert "sign" in "".join(screen.course.happenings(screen.place))


async def test_history_stands_beside_the_game(example: Story) -> None:
    """What was reported, round by round, and the headlines of this game up to here."""
    screen = ReplayScreen(example, reported(example))
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        turn_to(screen, "history")
        await pilot.pause()
        assert "Two thousand containers" in app.text
        assert "Wave them through" not in app.text
        screen.go(1)
        await pilot.pause()
        assert "Wave them through" in app.text


async def test_predictions_are_scored(evening: Path) -> None:
    """Median, spread and Brier score of what the seats held likely."""
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        turn_to(screen, "predictions")
        await pilot.pause()
        assert "How likely is it that the evening ends in the storm?" in app.text
        assert "median 60 %" in app.text
        assert "BRIER SCORES, BEST FIRST" in app.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_page_fits(evening: Path, size: tuple[int, int]) -> None:
    """All pages at both sizes, from the beginning to the end, with what frames them in its place."""
    async with replaying(Story.open(evening), size=size) as (app, screen, pilot):
        for page in PAGES:
            turn_to(screen, page)
            for place in (0, 10, screen.course.places[-1]):
                screen.go(place)
                await pilot.pause()
                lines = app.text.split("\n")
                assert page.upper() in lines[3]
                assert lines[0].startswith(" REPLAY evening")
                assert "step" in lines[size[1] - 1]


# --- the program ---------------------------------------------------------------------------------------


async def test_the_program_opens_it_and_goes_home(tmp_path: Path) -> None:
    """`replay` starts on the replay of a save, also of one that is not finished; Esc leads home."""
    path = tmp_path / "copy.wargame"
    shutil.copy(EXAMPLE, path)
    before = path.read_bytes()
    app = WargameApp(Start(kind="replay", saves=tmp_path, save=path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ReplayScreen)
        await pilot.press("right", "question_mark", "escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert path.read_bytes() == before


async def test_what_is_no_save_is_a_sentence(tmp_path: Path) -> None:
    """Anything else ends in a problem that can be read."""
    path = tmp_path / "x.wargame"
    path.write_bytes(b"\x00" * 100)
    app = WargameApp(Start(kind="replay", saves=tmp_path, save=path))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemScreen)


def test_the_command_needs_a_game_that_is_there(tmp_path: Path) -> None:
    """A name that is none is one sentence and a failure."""
    result = CliRunner().invoke(cli, ["replay", "nothing", "--saves", str(tmp_path)])

    assert result.exit_code == 1
    assert "There is no saved game 'nothing'" in result.stderr


# --- the drawings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "width"), [(1, 80), (2, 80), (50, 80), (231, 80), (231, 120)])
def test_the_strip_leads_back_to_where_it_points(count: int, width: int) -> None:
    """A click on the arrow goes to a position that has its arrow there."""
    for at in range(count):
        assert column(position(column(at, count, width), count, width), count, width) == column(
            at, count, width
        )


def test_a_chart_shows_the_last_value_of_each_column() -> None:
    """Many values share a column; the cursor is in the column of its value; unknown ones leave a gap."""
    assert bins((0, 1, 2, 3, 4, 5), 3) == [1, 3, 5]
    assert cursor(5, 6, 3) == 2
    lines = [line.plain for line in chart((0, 4, None, 8), 0, 8, 20, 2, 1)]
    assert lines == ["  8    █", "  0 ▁█·█"]
    dots = [line.plain for line in chart((0, 3), 0, 3, 20, 1, 1, braille=True)]
    assert dots == ["  3 ⣸"]
