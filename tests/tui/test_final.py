"""The end of a game: whose it is first, what is told of a seat, what has room, and where it leads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from tests.tui.boards import Around, a_table, honeymoon, mill, until
from tests.tui.games import a_finished_table, players, settled
from wargame.debrief.moments import dearest
from wargame.host.course import Course
from wargame.record import Player
from wargame.rules.events import CardRevealed
from wargame.table import Table
from wargame.tui.board.log import entries
from wargame.tui.home.ending import Ending
from wargame.tui.home.final import FinalScreen
from wargame.tui.kit.curve import Drawing, Mark, curve
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.pane import Pane, Sheet
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.tabs import Pages
from wargame.words import Words

SIZES = ((80, 24), (100, 30), (120, 40), (160, 45), (200, 60))


@pytest.fixture(scope="module")
def ended() -> Table:
    """A whole game of the shipped scenario between bots, one of whom a person took over at its end."""
    table = a_table(honeymoon(), honeymoon().seat_ids, seed=3)
    table.players["japan"] = Player("person", "Aiko")
    return table


@pytest.fixture(scope="module")
def lost() -> Table:
    """A game of the small scenario that the fire has ended, which nobody wins."""
    for seed in range(200):
        table = Table.start(mill(), players((), "random", scenario=mill()), seed=seed)
        list(table.advance())
        if table.game.state.outcome == "fire":
            return table
    raise AssertionError("no game has burnt down")


async def test_the_only_persons_seat_is_told_first(ended: Table) -> None:
    """It is lit, and its panes say you."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)

        assert screen.lit == "japan"
        assert "YOUR SCORE, JAPAN" in app.text
        assert "WHAT YOU DID NOT KNOW" in app.text


@pytest.mark.parametrize("size", SIZES)
async def test_that_all_have_lost_is_said_once(lost: Table, size: tuple[int, int]) -> None:
    """Above the ranks, with what they go by; every seat still has its row."""
    app = Around(FinalScreen(lost))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)

        said = app.text.lower()
        assert "nobody wins" in said
        assert said.count("ranked by blame") == 1
        assert said.count("lost, as all have") <= 1
        for seat in lost.scenario.seat_ids:
            assert Words(lost.scenario).seat(seat).lower() in said


async def test_a_screen_of_ones_own_opens_at_its_seat_and_offers_nothing_that_only_the_host_has(
    ended: Table,
) -> None:
    """The game's file is the host's: there is no replay, report or new game here."""
    app = Around(screen := FinalScreen(Course(ended).face("china")))
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        assert screen.lit == "china"
        assert "YOUR SCORE, CHINA" in app.text
        foot = app.text.splitlines()[-1]
        for said in ("replay", "report", "new game", "home"):
            assert said not in foot, foot
        assert "leave the room" in foot
        await pilot.press("v", "x", "n")
        await settled(pilot)
        assert app.screen is screen
        assert not app.left
        assert not app._notifications


async def test_another_seats_story_is_a_key_away(ended: Table) -> None:
    """↓ tells the next seat's score, moments and secrets."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("1", "down")
        await settled(pilot)
        seat = screen.seats[1]
        moments = [
            screen.ending.words.moment_title(step.cause) for step in dearest(screen.ending.course(seat))
        ]

        assert screen.lit == seat
        told = screen.query_one("#moments", Pane).lines
        assert all(any(title in line.plain for line in told) for title in moments)


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_can_be_read_at_every_size(ended: Table, size: tuple[int, int]) -> None:
    """By Tab at least: the score, its moments, what was not known, the epilogue and the record."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        pages = screen.query_one(Pages)
        told = []
        for _page in pages.names:
            told.append(app.text)
            await pilot.press("tab")
            await settled(pilot)
        everything = "\n".join(told)

    for title in (
        "YOUR SCORE",
        "THE THREE MOMENTS",
        "WHAT YOU DID NOT",
        "HOW JAPAN CAME",
        "EVERY DEAL",
        "HIDDEN",
    ):
        assert title in everything
    assert screen.ending.epilogue_title().upper() in everything
    assert all(len(line) <= size[0] for line in everything.split("\n"))


async def test_the_curve_fits_its_page_where_it_has_one(ended: Table) -> None:
    """On a small screen the score is the first page, and needs no scrolling."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen.open_page("deals")  # which is longer
        await settled(pilot)
        screen.open_page("score")
        await settled(pilot)

        assert screen.query_one("#text").max_scroll_y == 0


@pytest.mark.soak
async def test_what_strong_play_does_comes_when_it_has_been_worked_out(tmp_path: Path) -> None:
    """After a kept game of people, without a key; until then the moments stand alone, and keys are heard."""
    path = shutil.copy(Path(__file__).parents[2] / "saves" / "evening.wargame", tmp_path)
    app = Around(screen := FinalScreen(Table.resume(Path(path))))
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        assert "Strong play" not in app.text
        for _ in range(600):
            await pilot.press("down", "up")
            await pilot.pause(0.2)
            if screen.ending.studied is not None:
                break
        await settled(pilot)

        assert "Strong play" in app.text
    assert (tmp_path / "evening.turning.json").is_file()


async def test_a_click_lights_a_seat(ended: Table) -> None:
    """As a key does."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.click(Rows, offset=(8, 0))
        await settled(pilot)

        assert screen.lit == screen.seats[0]


async def test_the_end_leads_to_a_new_game() -> None:
    """n asks for the set-up of another."""
    app = Around(FinalScreen(a_finished_table()))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)

        assert app.asked == "new_game"


def test_a_curve_keeps_to_its_room() -> None:
    """Whatever the numbers and marks, no line is longer or missing, and every mark is there."""
    points = [(0.3, 55), (0.9, 40), (1.5, 90), (1.6, 20), (2.8, 61)]
    marks = [Mark(0.9, 55, 40, "1"), Mark(1.5, 40, 90, "2"), Mark(1.6, 90, 20, "3")]
    for width, height in ((30, 6), (56, 9), (72, 14), (150, 24)):
        lines = curve(Drawing(50, points, 3, 62, "$seat-1", marks), width, height)

        assert len(lines) == height
        assert all(line.cell_length <= width for line in lines)
        drawn = "\n".join(line.plain for line in lines)
        assert "62" in drawn
        assert height < 9 or all(f" {sign} " in drawn for sign in "123")


def test_a_curve_of_nothing_is_a_line() -> None:
    """A score that never moved lies level."""
    lines = curve(Drawing(50, [], 4, 62, "$seat-1"), 60, 8)

    assert sum(any("⠀" < letter <= "⣿" for letter in line.plain) for line in lines) == 1


@pytest.mark.parametrize("size", [(120, 40), (160, 45), (200, 60)])
async def test_the_story_is_there_again_after_all_pages(ended: Table, size: tuple[int, int]) -> None:
    """Tab through everything and back to the beginning: the panes say what they said before."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        before = app.text
        for _page in screen.query_one(Pages).names:
            await pilot.press("tab")
            await settled(pilot)

        assert app.text == before


@pytest.mark.parametrize("size", SIZES)
async def test_moments_that_are_cut_have_a_page_of_their_own(ended: Table, size: tuple[int, int]) -> None:
    """Each line of the moments is on some page, to which Tab leads, and PgDn on it; with strong play too."""
    app = Around(screen := FinalScreen(ended))
    three = dearest(screen.ending.course("japan"))
    screen.ending._judged = {
        ("japan", step.cause, step.round): f"Strong play would have {'long ' * 50} waited:{nth}"
        for nth, step in enumerate(three, 1)
    }
    screen.ending.studied = NOT_ASKED
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        told = ""
        for _page in range(len(screen.query_one(Pages).names) + 1):
            for _ in range(8):
                told += app.text
                await pilot.press("pagedown")
                await settled(pilot)
            await pilot.press("tab")
            await settled(pilot)

    assert {f"waited:{nth}" in told for nth in (1, 2, 3)} == {True}


NOT_ASKED: Any = object()
"""A study whose judgements are all there already."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_page_has_its_whole_width_and_says_what_is_below(
    ended: Table, size: tuple[int, int]
) -> None:
    """Also one that comes again, as large as before; where it is longer than its room, the border says so."""
    app = Around(screen := FinalScreen(ended))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        text, longest = screen.query_one("#text", Sheet), dict[str, int]()
        for _page in range(2 * len(screen.names)):
            await pilot.press("tab")
            await settled(pilot)
            if text.display:
                lines = str(screen.query_one("#page", Static).render()).split("\n")
                longest[screen.open_name] = max(len(line) for line in lines)
                assert ("↓" in str(text.border_subtitle or "")) == bool(text.max_scroll_y)

    assert longest["unknown"] > 40
    assert longest["secrets"] > 40


def test_the_line_is_written_on_the_curve_as_it_is_everywhere() -> None:
    """To the half, as in the frame below it."""
    numbers = [line.plain[:5].strip() for line in curve(Drawing(20, [(1, 27)], 3, 29.75, "$seat-1"), 60, 12)]

    assert numbers.count("30") == 1
    assert not any("." in number for number in numbers)


async def test_a_term_that_came_to_nothing_is_a_nought(ended: Table) -> None:
    """As everywhere else: no '+0'."""
    ending = Ending(ended)
    told = [line.plain.split()[0] for seat in ended.scenario.seat_ids for line in ending.terms(seat, 70)]

    assert "0" in told
    assert "+0" not in told


@pytest.mark.parametrize("viewer", [None, "china"])
def test_the_log_names_quiet_cards_once_the_end_has_laid_them_open(ended: Table, viewer: str | None) -> None:
    """Not a move before that."""
    words, seats = Words(ended.scenario), ended.scenario.seat_ids
    face = Course(ended).face(viewer)
    log = "\n".join(line.plain for line in entries(Lens(face, viewer), face))
    quiet = [
        event
        for beat in ended.beats
        for event in beat.events
        if isinstance(event, CardRevealed) and event.to is not None and viewer != event.seat
    ]
    assert len(quiet) > 2
    for event in quiet:
        assert words.quiet_move(event) in log

    table = until(a_table(honeymoon(), seats[1:], seed=3), 6)
    before = [line.plain for line in entries(Lens(table, None), table)]
    moves = [line for line in before if "a quiet move" in line]
    assert moves
    assert all(line.endswith("a quiet move.") for line in moves)
