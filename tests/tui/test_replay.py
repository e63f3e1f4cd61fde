"""The replay: going about in a game that was played, and what is written into its save."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from typer.testing import CliRunner

from tests.debrief.games import EXAMPLE
from tests.tui.boards import LARGE, SMALL, mill
from tests.tui.games import players, settled
from tests.tui.replays import a_card_laid_down, replaying, turn_to, typed
from wargame.cli.commands import app as cli
from wargame.debrief.perspective import EVERYTHING, ROOM
from wargame.debrief.story import Story
from wargame.record import Save
from wargame.rules.moves import Commit
from wargame.table import Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.kit.lines import Lines
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.replay import ReplayScreen
from wargame.tui.replay.seek import find, seek
from wargame.words import Words
from wargame.words.pages import replay as say

# --- going about ---------------------------------------------------------------------------------------


async def test_every_move_can_be_stepped_to(example: Story) -> None:
    """→ goes through all positions of the game, each with its number, its maker and what it did; ← back."""
    async with replaying(example) as (app, screen, pilot):
        for moment in example.line[1:40]:
            await pilot.press("right")
            assert f"move {moment.id} of {example.end.id}: R{moment.round} {moment.phase}" in app.text
            assert screen.stand.place == moment.id
        assert f"by bot ({moment.by})" in app.text
        await pilot.press("left", "up")
        assert screen.stand.place == 37
        await pilot.press("end")
        assert screen.stand.place == len(example.line) - 1
        await pilot.press("right")
        assert screen.stand.place == len(example.line) - 1
        await pilot.press("home")
        assert screen.stand.place == 0


async def test_the_board_is_that_of_the_position(example: Story) -> None:
    """Tracks stand beside the moves as they were after each of them."""
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        last = len(example.line) - 1
        for place in (0, last // 4, last // 2, last):
            screen.go(place)
            await pilot.pause()
            board = screen.query_one("#tracks", Lines).text
            state = example.line[place].state
            words = screen.stand.course.lens(place).words
            for track in ("arsenal", "brink", "trust"):
                names = (words.track(track), words.said(example.scenario.tracks[track].short))
                row = next(
                    row for row in board.split("\n") if any(f" {name} " in row for name in names if name)
                )
                assert re.search(rf"■\S* +{state.tracks[track]}\b", row)


async def test_rounds_and_phases_are_paged(example: Story) -> None:
    """] and [ go to where rounds begin, > and < to where phases do."""
    async with replaying(example) as (_app, screen, pilot):
        rounds = []
        for _ in range(2, example.header.rounds + 1):
            await pilot.press("right_square_bracket")
            state = example.line[screen.stand.place].state
            assert example.line[screen.stand.place - 1].state.round == state.round - 1
            rounds.append(state.round)
        assert rounds == [*range(2, example.header.rounds + 1)]
        await pilot.press("left_square_bracket")
        assert example.line[screen.stand.place].state.round == example.header.rounds - 1
        before = screen.stand.place
        await pilot.press("greater_than_sign")
        assert (
            example.line[screen.stand.place].state.phase != example.line[screen.stand.place - 1].state.phase
        )
        await pilot.press("less_than_sign")
        assert screen.stand.place == before


async def test_jumps(example: Story) -> None:
    """j goes to a round, a move, a seat's next move, a phase, words of a card; else it says there is none."""
    number = len(example.line) // 3
    title = Words(example.scenario).card(
        next(m.move.card for m in reversed(example.line) if isinstance(m.move, Commit))
    )
    async with replaying(example) as (app, screen, pilot):
        await typed(pilot, "j", "R3")
        assert example.line[screen.stand.place].state.round == 3
        await typed(pilot, "j", str(number))
        assert screen.stand.place == number
        await typed(pilot, "j", "JP")
        assert screen.stand.place > number
        assert example.line[screen.stand.place].seat == "japan"
        await typed(pilot, "j", "answers")
        assert example.line[screen.stand.place].state.phase == "answers"
        await typed(pilot, "j", title.upper())
        assert title in screen.stand.course.title(screen.stand.place) + "".join(
            screen.stand.course.happenings(screen.stand.place)
        )
        stood = screen.stand.place
        await typed(pilot, "j", "xyzzy")
        assert screen.stand.place == stood
        assert "There is no such place." in app.text
        await pilot.press("j", "escape")
        assert not app.left


async def test_search_goes_on_and_round(example: Story) -> None:
    """f finds the next move with these words, . the one after; past the last comes the first."""
    course = EyesCourse(example, EVERYTHING)
    said = {
        title: [place for place in course.places if title.casefold() in course.text(place)]
        for title in map(Words(example.scenario).card, example.scenario.cards)
    }
    title, every = min((one for one in said.items() if len(one[1]) > 3), key=lambda one: len(one[1]))
    async with replaying(example) as (_app, screen, pilot):
        screen.go(len(example.line) - 1)
        await typed(pilot, "f", title.swapcase())
        found = [screen.stand.place]
        for _ in every:
            await pilot.press("full_stop")
            found.append(screen.stand.place)

    assert found == [*every, every[0]]


def test_nothing_is_found_by_what_these_eyes_did_not_see(example: Story) -> None:
    """Search looks only at what was seen: a hidden commitment is found by everything's eyes and its own."""
    moment, title, other = a_card_laid_down(example)
    words = f"commits {title}"

    assert find(EyesCourse(example, EVERYTHING), words, 0) == moment.id
    assert find(EyesCourse(example, moment.seat), words, 0) == moment.id
    assert find(EyesCourse(example, other), words, 0) is None
    assert seek(EyesCourse(example, other), str(moment.id), 0, ()) != moment.id


async def test_it_plays_by_itself(example: Story) -> None:
    """a lets the moves go on, + makes them faster, a stops."""
    async with replaying(example) as (app, screen, pilot):
        await pilot.press("plus", "plus", "plus", "a")
        assert "playing, 8 a second" in app.text
        for _ in range(400):
            if screen.stand.place > 1:
                break
            await pilot.pause(0.02)
        await pilot.press("a")
        stood = screen.stand.place
        assert stood > 1
        assert "playing" not in app.text


async def test_the_strip_can_be_clicked(example: Story) -> None:
    """A click on the timeline goes there, one on a move of the list as well."""
    async with replaying(example) as (_app, screen, pilot):
        await pilot.click("Timeline", offset=(79, 0))
        assert screen.stand.place == len(example.line) - 1
        await pilot.click("Timeline", offset=(0, 0))
        assert screen.stand.place == 0
        await pilot.click("#list", offset=(5, 7))
        assert screen.stand.place == 6


# --- what is written -----------------------------------------------------------------------------------


async def test_a_bookmark_and_a_note_are_kept_in_the_file(evening: Path) -> None:
    """m marks a move and n writes about it; both are in the save, seen in the strip, found by `mark`."""
    moves = len(Story.open(evening).line)
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        screen.go(9)
        await typed(pilot, "m", "the quarrel")
        assert "The bookmark is kept in the save." in app.text
        await typed(pilot, "n", "Here Birch [bold]lost[/] its temper")
        here = screen.stand.course.line[9].id
        await pilot.press("home")
        await typed(pilot, "j", "mark")
        while screen.stand.place != 9:
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
            assert screen.stand.status.endswith(".")
            assert evening.name in app.text
            await pilot.press("right")
            assert screen.stand.place == 1
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
        assert "otherwise.wargame stops here; play it on from home" in app.text
        await typed(pilot, "x", "otherwise")
        assert "wargame resume" not in app.text
        assert screen.stand.status.endswith(".")
    made = Story.open(evening.parent / "otherwise.wargame")

    assert len(made.line) == 13
    assert made.end.state == Story.open(evening).line[12].state


async def test_what_is_asked_is_said_with_the_keys_that_answer(evening: Path) -> None:
    """Also where an answer is proposed, as a name for a save; Esc gives the usual keys back."""
    async with replaying(Story.open(evening)) as (app, _screen, pilot):
        questions = {"x": say.NAME_SAVE, "j": say.JUMP_TO, "f": say.FIND_WORDS, "n": say.WRITE_NOTE}
        for key, asked in questions.items():
            await pilot.press(key)
            await pilot.pause()
            last = app.text.splitlines()[-1]
            assert asked in last
            assert "Enter" in last and "Esc" in last
            await pilot.press("escape")
            await pilot.pause()
            assert asked not in app.text
            assert "step" in app.text.splitlines()[-1]


async def test_the_mark_of_a_move_stands_apart_from_its_round(evening: Path) -> None:
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        await typed(pilot, "m", "here")
        for eyes in (EVERYTHING, ROOM):
            screen.look_through(eyes)
            await pilot.pause()
            assert "mR" not in app.text
            assert re.search(r"▸m +(\d+ +)?R1 ", app.text)


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


async def test_the_rail_counts_the_moves_of_the_line(tmp_path: Path) -> None:
    """A move taken back leaves a gap in the numbers of the save, and none in the count."""
    table = Table.start(mill(), players(("amber",), scenario=mill()), seed=5, folder=tmp_path, name="gap")
    list(table.advance())
    for _ in range(3):
        table.play(table.game.legal_moves()[0])
        list(table.advance())
    while not table.can_undo:
        table.play(table.game.legal_moves()[-1])
        list(table.advance())
    table.undo()
    table.play(table.game.legal_moves()[0])
    table.close()
    story = Story.open(tmp_path / "gap.wargame")
    moves, last = len(story.line) - 1, story.end.id

    assert last > moves
    async with replaying(story, size=LARGE) as (app, _screen, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert f"move {moves} of {moves}, number {last}: " in app.text
        await pilot.press("home", "right")
        await pilot.pause()
        assert f"move 1 of {moves}: " in app.text
