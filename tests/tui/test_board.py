"""The board: everything public on it, nothing else, and it says what it shows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from textual.screen import Screen

from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, honeymoon, neutral, painted, until
from wargame.rules.scoring import ranking
from wargame.rules.view import imagine
from wargame.table.table import Table
from wargame.tui.board.board import BoardScreen, last_line
from wargame.tui.board.log import LogScreen
from wargame.tui.board.seats import card_lines, score_bar
from wargame.tui.kit.banner import PHASES, banner
from wargame.tui.kit.gauges import (
    BOXES,
    CHANGED,
    LEAST_BAND,
    NAME,
    VALUE,
    WHOLE_FROM,
    gauge,
    gauge_rows,
    list_columns,
)
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import is_recent
from wargame.tui.kit.news import log_lines
from wargame.tui.kit.tracks import caused
from wargame.tui.kit.world import world_lines
from wargame.tui.play.know import KnowScreen
from wargame.words.pages import kit


async def test_the_next_seat_is_taken_with_enter() -> None:
    """Between seats the board waits for whoever is next: Enter says they are there."""
    app = Around(BoardScreen(a_table(), next_seat="amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert "AM is next" in app.text
        await pilot.press("enter")

    assert app.result is True


async def test_esc_goes_back_or_pauses() -> None:
    """A board that was only looked at closes; one that waits for a seat pauses the game instead."""
    looked = Around(BoardScreen(a_table(), viewer="amber"))
    async with looked.run_test(size=SMALL) as pilot:
        await pilot.press("escape")
    waiting = Around(BoardScreen(a_table(), next_seat="amber"))
    async with waiting.run_test(size=SMALL) as pilot:
        await pilot.press("escape")
        await pilot.pause()

    assert (looked.left, looked.result) == (True, False)
    assert (waiting.left, waiting.paused) == (False, True)


async def test_hidden_tracks_show_their_knowers_not_their_value() -> None:
    """A track that not all may see stands as ▣ with those who know it; a knower sees the number."""
    public = await painted(BoardScreen(a_table()))
    private = await painted(BoardScreen(a_table(), viewer="amber"))

    assert "▣ Trust AM BI" in public
    assert "2 Trust wary" in private


async def test_a_band_that_is_public_shows_instead_of_the_number() -> None:
    """Where the band is public everybody reads its name."""
    assert "▣ Nerve calm" in await painted(BoardScreen(a_table()))


async def test_the_seats_stand_as_they_would_rank_at_the_end() -> None:
    """In play they are ranked by the rule of the end, in their own spreads, and a line says how."""
    for seed in range(20):
        table = until(a_table(honeymoon(), bots=("us", "japan", "russia"), seed=seed), 3)
        scores = {seat: Lens(table, None).score(seat) for seat in honeymoon().seat_ids}
        order = ranking(table.view(None), scores)
        if order != sorted(scores, key=lambda seat: -scores[seat]):
            break
    else:
        raise AssertionError("no game in which points and margins rank otherwise")
    screen = BoardScreen(table)
    shown = await painted(screen, (100, 40), *["tab"] * screen.pages.index("world"))
    badges = [f"{honeymoon().seats[seat].symbol}{honeymoon().seats[seat].short}" for seat in order]

    places = [shown.index(f"{nth} {badge} {scores[seat]}") for nth, (seat, badge) in enumerate(
        zip(order, badges, strict=True), 1)]  # fmt: skip
    assert places == sorted(places)
    assert "Ranked by (score − line)" in shown


@pytest.mark.parametrize("viewer", [None, "rok", "dprk", "china"])
async def test_what_is_hidden_leaves_no_trace(viewer: str | None) -> None:
    """A board is the same in every world that its viewer could be in: hands, stores, tracks, secret deals."""
    table = until(a_table(honeymoon(), bots=("us", "japan", "russia")), 3)
    here = await every_page(table, viewer)
    table.game.state = imagine(table.view(viewer), luck=5)

    assert await every_page(table, viewer) == here


async def every_page(table: Table, viewer: str | None) -> list[str]:
    app = Around(screen := BoardScreen(table, viewer=viewer))
    async with app.run_test(size=LARGE) as pilot:
        pages = []
        for _page in screen.pages:
            pages.append(app.text)
            await pilot.press("tab")
        return pages


async def test_rows_are_lit_by_key_digit_and_click() -> None:
    """↓ and a digit light a row, a click as well; what it means stands beside it."""
    app = Around(BoardScreen(a_table()))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down")
        assert app.lit == "track:grain"
        await pilot.press("4")
        assert app.lit == "track:rumour"
        await pilot.click("#rows", offset=(5, 0))
        assert app.lit == "track:heat"
        assert "0–2 cool · 3–6 warm · 7–10 blazing" in app.text


async def test_tab_turns_the_pages() -> None:
    """Tab goes from the lit row to deals, news, log and seats, and round again."""
    app = Around(screen := BoardScreen(a_deal()))
    async with app.run_test(size=SMALL) as pilot:
        seen = []
        for _page in screen.pages:
            seen.append(app.text)
            await pilot.press("tab")
        assert "“a friendly visit”" in seen[screen.pages.index("deals")]
        assert "Fair weather" in seen[screen.pages.index("news")]
        assert "R2  News:" in seen[screen.pages.index("log")]
        assert "Trade that lasts" in seen[screen.pages.index("seats")]
        assert app.text == seen[0]


async def test_why_tells_the_last_change_and_more_on_request() -> None:
    """The line below says what moved the lit row last and whom it scores; w adds its history."""
    app = Around(BoardScreen(a_deal()))
    async with app.run_test(size=SMALL) as pilot:
        assert "why  Heat ▼1 3→2: Fair weather, round 2 · a step scores AM −1, CE −1" in app.text
        await pilot.press("2", "w")
        assert "R1 Grain ▼1 5→4: The stream rises" in app.text


async def test_the_log_can_be_read_whole() -> None:
    """The log is everything the viewer saw, the newest first."""
    text = await painted(LogScreen(a_deal(), None), LARGE)

    assert text.index("R2  News: Fair weather") < text.index("R1  News: The stream rises")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_public(snap_compare: Any, size: tuple[int, int]) -> None:
    """The public board, waiting for the next seat."""
    assert snap_compare(Around(BoardScreen(a_deal(), next_seat="amber")), terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_private(snap_compare: Any, size: tuple[int, int]) -> None:
    """The board as a seat sees it that knows more."""
    screen = BoardScreen(a_deal(), viewer="amber")

    assert snap_compare(Around(screen), press=["3"], terminal_size=size)


async def test_the_last_line_of_the_log_says_where_it_is_cut() -> None:
    """Under the board there is one line; what has no room in it ends in an ellipsis."""
    table, cut = a_table(), 0
    while not table.over and table.game.state.round < 4:
        whole = log_lines(Lens(table, None), 400, 1)[0].plain
        for width in (60, 80, 120):
            line = last_line(Lens(table, None), width).plain
            assert len(line) <= width
            if whole not in line:
                cut += 1
                assert line.rstrip().endswith("…")
        neutral(table)
    assert cut


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("key", ["down", "pagedown", "end"])
@pytest.mark.parametrize("kind", ["log", "board"])
async def test_a_long_log_scrolls(kind: str, key: str, size: tuple[int, int]) -> None:
    """The log, on a page of its own and on the board's, goes on by the keys that the foot names."""
    table = a_late_table()
    screen: Screen[Any] = LogScreen(table, "dprk") if kind == "log" else BoardScreen(table, "dprk")
    app = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if kind == "board":
            await pilot.press("l")
            await pilot.pause()
        about = screen.query_one("#about")
        assert about.max_scroll_y > 0
        before = app.text
        await pilot.press(key)
        await pilot.pause()

        assert app.text != before
        assert about.scroll_y == (about.max_scroll_y if key == "end" else about.scroll_y) > 0


@lru_cache(maxsize=1)
def a_late_table() -> Table:
    return until(a_table(honeymoon(), bots=("us", "japan", "russia", "rok", "china"), seed=3), 5)


def test_no_word_for_a_track_is_cut_in_a_broad_list() -> None:
    """Wherever each track stands; a broad screen has lists of that width."""
    lens = Lens(a_table(honeymoon(), seed=3), None)
    for value in range(11):
        tracks = {track.id: min(value, track.most) for track in lens.scenario.spec.tracks}
        lens.view = replace(lens.view, tracks={id_: tracks[id_] for id_ in lens.view.tracks})
        for bordered in (True, False):
            rows = gauge_rows(lens, list_columns(WHOLE_FROM, 0) - 1 - 2 * (not bordered), bordered)

            assert not [row.line.plain for row in rows if "…" in row.line.plain]


def test_the_word_for_where_a_track_stands_takes_the_room_of_a_change_that_is_not_there() -> None:
    """As many cells as there are beside boxes and number, if need be to the last."""
    lens = Lens(a_table(honeymoon(), seed=3), None)
    for track, value in lens.view.tracks.items():
        band = lens.words.band(track, value)
        width = NAME + 1 + BOXES + VALUE + 2 + max(len(band), LEAST_BAND + CHANGED)
        assert not lens.memory.recent(track, lens.view.round, lens.view.phase)
        assert gauge(lens, track, "$seat-1", width).plain.rstrip().endswith(band)


@pytest.mark.parametrize("score", [-30, -1, 0, 50, 62, 63, 100, 140])
def test_the_bar_of_a_score_keeps_to_its_room(score: int) -> None:
    """Also that of a seat that is ruined, whose score may be below nothing, and of one beyond the scale."""
    assert score_bar(score, 62, 16, "").cell_length == 16


def test_the_phases_stand_in_the_banner_at_the_size_of_the_wall() -> None:
    """All of them, with the words that all may look."""
    shown = banner(Lens(a_table(honeymoon(), seed=3), None), LARGE[0]).plain

    assert "all may look" in shown
    assert all(name in shown for name in PHASES)


def test_more_influence_than_a_card_is_wide_is_a_number() -> None:
    """The white cell may give any; coins never break a card's lines."""
    lens = Lens(a_table(honeymoon(), seed=3), None)
    lens.view = replace(lens.view, influence={**lens.view.influence, "china": 16})

    for line in card_lines(lens, "china", 16, to_move=False):
        assert line.cell_length <= 16
    assert card_lines(lens, "china", 16, to_move=False)[2].plain == "¤ 16"


@pytest.mark.parametrize("width", [46, 60, 72])
def test_each_cause_in_the_state_of_the_world_says_its_part(width: int) -> None:
    """'+3 Harvest, −1 Winter' beside ▲2 or below it, on as many lines as that takes; none is cut."""
    several = 0
    for seed in range(4):
        lens = Lens(until(a_table(honeymoon(), honeymoon().seat_ids[1:], seed=seed), 4), None)
        lines, view = world_lines(lens, width), lens.view
        assert all(line.cell_length <= width for line in lines)
        assert not any("…" in line.plain for line in lines[:4])
        told = " ".join(" ".join(line.plain for line in lines).split())
        for track in lens.scenario.tracks:
            moved = [one for one in lens.memory.of_track(track) if is_recent(one, view.round, view.phase)]
            parts = caused(lens, moved)
            sums = [int(by.replace("−", "-")) for by, _name in parts]
            assert sum(sums) == sum(one.event.new - one.event.old for one in moved)
            if len(parts) > 1:
                several += 1
                assert all(sums)
                assert ", ".join(f"{by} {name}" for by, name in parts) in told
    assert several


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_signs_of_secrecy_are_explained_where_they_stand(size: tuple[int, int]) -> None:
    """On the board's page of deals and on a seat's own page, before anybody asks for help."""
    screens: list[Screen[Any]] = [BoardScreen(a_deal(), viewer="amber"), KnowScreen(a_deal(), "amber")]
    for screen in screens:
        app = Around(screen)
        async with app.run_test(size=size) as pilot:
            if isinstance(screen, BoardScreen):
                screen._turn_to(screen.pages.index("deals"))
                await pilot.press("end", "pagedown", "pagedown", "pagedown")
            await pilot.pause()
            told = " ".join(app.text.replace("│", " ").split())
        assert all(f"{sign} {said}" in told for sign, said in kit.SIGNS)
