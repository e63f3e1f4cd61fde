"""What the facilitator does at the console, through the real program, and what the record keeps of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.boards import LARGE, SMALL, Around, a_table, honeymoon, mill
from tests.tui.desks import BANNER, Desk, a_desk, white
from tests.tui.games import a_save, settled
from wargame.rules.moves import WHITE
from wargame.table import Facilitator, Limit
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.gate import HeldScreen
from wargame.tui.facilitate.sight import journal_lines
from wargame.tui.home.cards import ProblemScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.words import Words


def cell_of(desk: Desk) -> Facilitator:
    assert isinstance(desk.app.screen, FacilitateScreen)
    return desk.app.screen.cell


def situation(screen: FacilitateScreen) -> str:
    """What the lit first row tells, as far as it can be scrolled."""
    return " ".join(line.plain for line in screen.about("see:situation", 200))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_console_says_that_it_sees_everything(tmp_path: Path, size: tuple[int, int]) -> None:
    """Its banner, and every seat's hand."""
    async with a_desk(tmp_path, size) as desk:
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert BANNER in desk.text.splitlines()[0]
        for hand in desk.table.game.state.hands.values():
            shown = desk.text if desk.app.screen.carded else situation(desk.app.screen)
            assert all(str(desk.table.scenario.cards[card].title)[:12] in shown for card in hand)


async def test_a_word_for_where_a_track_stands_is_cut_only_at_the_edge() -> None:
    """Wherever each track stands, it has all the room that there is beside boxes and number."""
    screen = FacilitateScreen(a_table(honeymoon()))
    async with Around(screen).run_test(size=LARGE):
        lens, width = screen.lens, screen.widths()[1] - 2
        for value in range(11):
            tracks = {track.id: min(value, track.most) for track in lens.scenario.spec.tracks}
            lens.view = replace(lens.view, tracks=tracks)
            rows = gauge_rows(lens, width, bordered=False)

            cut = [row.line for row in rows if "…" in row.line.plain]
            assert not [line.plain for line in cut if line.rstrip().cell_length < line.cell_length]


async def test_an_event_card_of_the_decks(tmp_path: Path) -> None:
    """Injected now with a reason; the room reads its text as the white cell's doing."""
    async with a_desk(tmp_path) as desk:
        card = next(iter(desk.table.scenario.news))
        title = desk.table.scenario.news[card].title
        await desk.open("inject")
        await desk.choose("card", card)
        await desk.act()
        assert "reason is required" in desk.text
        assert white(desk.table) == []
        await desk.write("reason", "to wake them up")
        await desk.act()
        assert white(desk.table) == [("inject", "to wake them up")]
        assert desk.table.beats[-1].who == "Kim"
        await desk.press("escape")
        assert isinstance(desk.app.screen, ResolutionScreen)
        assert str(title).upper() in desk.text
        assert BANNER not in desk.text


async def test_an_override(tmp_path: Path) -> None:
    """A track stands where the facilitator put it, and the journal on the console says WHITE and why."""
    async with a_desk(tmp_path) as desk:
        track = next(iter(desk.table.scenario.tracks))
        now = desk.table.game.state.tracks[track]
        await desk.open("adjust")
        await desk.choose("track", track)
        await desk.light("field:value")
        await desk.press("right")
        await desk.write("reason", "card misread")
        await desk.act()
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert desk.table.game.state.tracks[track] == now + 1
        await desk.light("see:journal")
        assert "WHITE" in desk.text
        assert "because: card misread" in desk.text


async def test_an_inject_is_set_shifted_held_and_cancelled(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        card = next(iter(desk.table.scenario.news))
        await desk.do("inject", "later", card=card, when="2")
        for what in ("hold", "cancel"):
            assert [inject.nth for inject in cell_of(desk).scheduled] == [1]
            await desk.do("scheduled", "not yet", what=what)
        assert cell_of(desk).scheduled == ()
        assert [verb for verb, _why in white(desk.table)] == ["inject", "hold", "cancel"]


@pytest.mark.soak
async def test_an_adjudication(tmp_path: Path) -> None:
    """Arguments for and against make the odds; the facilitator decides, and what follows from it happens."""
    async with a_desk(tmp_path) as desk:
        track = next(iter(desk.table.scenario.tracks))
        before = desk.table.game.state.tracks[track]
        await desk.open("adjudicate")
        await desk.write("proposal", "May we photograph the pier?")
        for side, words in (("pro", "a car"), ("con", "a guard")):
            await desk.add("arguments")
            await desk.choose("side", side)
            await desk.write("text", words)
            await desk.light("field:weight")
            if side == "con":
                await desk.press("right", "right")
            await desk.act()
        assert "40 %" in desk.text
        await desk.choose("decided", "works")
        await desk.add("success")
        await desk.choose("track", track)
        await desk.act()
        await desk.write("reason", "well argued")
        await desk.act()
        assert white(desk.table) == [("adjudicate", "well argued")]
        assert "done  The white cell rules: it works." in desk.text
        assert desk.table.game.state.tracks[track] == before + 1
        await desk.press("escape")
        await desk.until(ResolutionScreen)
        for _ in range(10):
            if "PHOTOGRAPH" in desk.text:
                break
            await desk.press("enter")
        assert "MAY WE PHOTOGRAPH THE PIER?" in " ".join(desk.text.split())
        assert "well argued" not in desk.text


async def test_a_game_that_is_over_is_taken_back(tmp_path: Path) -> None:
    """F2 opens the console at the end too: after a rewind the game goes on, and the end stays in the file."""
    path = a_save(tmp_path, "done", moves=None)
    app = WargameApp(
        Start("resume", saves=tmp_path, save=path, facilitator="Kim"), Settings(animations=False)
    )
    async with app.run_test(size=LARGE) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        assert isinstance(app.screen, FinalScreen)
        assert "F2  facilitator" in desk.text
        end = desk.table.beats[-1].id
        await desk.press("f2", "escape")
        assert isinstance(app.screen, FinalScreen)
        await desk.press("f2")
        await desk.open("rewind")
        await desk.write("reason", "one more round")
        await desk.sure()
        await desk.press("escape")
        assert "TAKEN BACK" in desk.text
        assert not desk.table.over
        assert end in Facilitator(desk.table).lines()


@pytest.mark.soak
async def test_a_rewind(tmp_path: Path) -> None:
    """Back to the move before; the old line is still in the file, and the room is told."""
    async with a_desk(tmp_path) as desk:
        await desk.press("escape")
        await desk.until(OrdersScreen)
        await desk.press("e")
        if isinstance(desk.app.screen, OrdersScreen):
            await desk.press("enter")
        tip = desk.table.beats[-1].id
        assert tip > 0
        await desk.until(BoardScreen)
        await desk.press("f2", "space", "n")
        await desk.write("text", "too early")
        await desk.act()
        await desk.open("rewind")
        await desk.write("reason", "once more")
        await desk.press("enter")
        said = " ".join(desk.text.split())
        assert "What goes from the game (round 1): move" in said
        assert f"m{tip}" in said
        assert "That line stays in the file" in said
        await desk.press("enter")
        assert isinstance(desk.app.screen, FormScreen)
        assert desk.table.beats[-1].id == tip
        await desk.sure()
        await desk.light("see:journal")
        said = " ".join(desk.text.split())
        assert "back Kim: once more" in said
        assert "ON LINES THAT WERE LEFT" in said
        assert f"m{tip} note white: too early" in said
        assert desk.table.beats[-1].id == tip - 1
        assert tip in cell_of(desk).lines()
        await desk.press("escape")
        assert isinstance(desk.app.screen, ProblemScreen)
        assert "TAKEN BACK" in desk.text
        await desk.press("enter")
        assert BANNER not in desk.text


async def test_a_way_back_to_the_start_keeps_what_was_prepared(tmp_path: Path) -> None:
    """The list ends at the move before everybody's first, and the injects are set as they were."""
    card = next(iter(mill().news))
    told = f"injects:\n  - {{round: 1, title: A bell, text: It rings.}}\n  - {{round: 2, card: {card}}}\n"
    async with a_desk(tmp_path, exercise=f"scenario: {mill().id}\ntitle: x\n{told}") as desk:
        opening = desk.table.opening_move
        assert opening == 2
        begun = cell_of(desk).scheduled
        for act in ("skip", "skip"):
            await desk.do(act, "because")
        await desk.open("rewind")
        await desk.light("field:move")
        await desk.press("enter")
        assert "before everybody's first move" in desk.text
        assert "m1 " not in desk.text
        await desk.press("escape")
        await desk.choose("move", str(opening))
        await desk.write("reason", "from the start")
        await desk.sure()
        assert desk.table.beats[-1].id == opening
        assert cell_of(desk).scheduled == begun


@pytest.mark.soak
async def test_the_last_persons_seat_goes_to_a_bot_until_a_round(tmp_path: Path) -> None:
    """A question first; the bots play up to the start of that round, and there the game is held until the
    facilitator says how it goes on. Nothing secret opens by itself."""
    async with a_desk(tmp_path) as desk:
        first, *others = desk.table.scenario.seat_ids
        for seat in others:
            await desk.open("seats")
            await desk.choose("seat", seat)
            assert "bots play until" not in desk.text
            await desk.write("reason", "a bus to catch")
            await desk.act()
        await desk.open("seats")
        assert "bots play until" in desk.text
        await desk.write("reason", "lunch")
        await desk.press("enter")
        assert "At the start of round 2 the table waits" in " ".join(desk.text.split())
        await desk.press("enter")
        assert desk.table.people() == (first,)
        await desk.sure()
        assert (desk.table.people(), desk.table.bots_until) == ((), 2)
        await desk.press("escape")
        await desk.until(HeldScreen)
        assert (desk.table.game.state.round, desk.table.waits) == (2, True)
        assert "N O B O D Y" in desk.text
        await desk.press("f2", "space", "escape")
        assert isinstance(desk.app.screen, HeldScreen)
        await desk.press("enter", "f2", "space")
        await desk.open("bots")
        await desk.choose("until", "3")
        await desk.write("reason", "still at lunch")
        await desk.sure()
        await desk.press("escape")
        await desk.until(HeldScreen)
        assert desk.table.game.state.round == 3
        await desk.press("f2", "space")
        await desk.do("seats", "full again", what="back")
        await desk.press("escape")
        await desk.until(OrdersScreen)
        assert desk.table.seat_to_play == first


@pytest.mark.soak
async def test_the_clock_runs_out(tmp_path: Path) -> None:
    """It is seen, it warns, and when it is at its end the turn ends with what lies on the table."""
    async with a_desk(tmp_path) as desk:
        now = [0.0]
        desk.table.timers.clock = lambda: now[0]
        await desk.open("timers")
        await desk.choose("phase", "orders")
        await desk.write("seconds", "60")
        await desk.write("warning", "20")
        await desk.write("reason", "time is short")
        await desk.act()
        assert desk.table.timers.limit("orders") == Limit(60, 20)
        await desk.press("escape")
        await desk.until(OrdersScreen)
        await desk.pilot.pause(0.3)
        assert "1:00 of 1:00" in desk.text
        now[0] = 45.0
        await desk.pilot.pause(0.4)
        assert "! 0:15 of 1:00" in desk.text
        now[0] = 61.0
        for _ in range(20):
            await desk.pilot.pause(0.1)
            if isinstance(desk.app.screen, ProblemScreen) and desk.text:
                break
        assert "TIME IS UP" in desk.text
        assert desk.table.beats[-1].by == "timer"


async def test_a_roll_is_set_and_left_to_luck_again(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        for how, set_ in (("fails", 100), ("luck", 0)):
            await desk.do("roll", "to show it", how=how)
            assert [fixed.die for fixed in cell_of(desk).set_rolls] == ([set_] if set_ else [])


async def test_bots_play_for_everybody_until_a_round_and_give_all_seats_back(tmp_path: Path) -> None:
    """With one form each; there the table waits for the facilitator."""
    async with a_desk(tmp_path) as desk:
        people = desk.table.people()
        assert len(people) > 1
        await desk.open("bots")
        await desk.choose("until", "2")
        await desk.write("reason", "lunch")
        await desk.sure()
        assert (desk.table.people(), desk.table.bots_until) == ((), 2)
        await desk.press("escape")
        await desk.until(HeldScreen)
        assert desk.table.game.state.round == 2
        await desk.press("f2", "space")
        await desk.do("seats", "full again", what="all")
        assert desk.table.people() == people


async def test_one_key_pauses_gives_a_minute_and_releases_the_next_inject(tmp_path: Path) -> None:
    """Each is done at once, said on the console, and kept in the record with a reason."""
    card = next(iter(mill().news))
    told = f"timers: {{orders: {{seconds: 60}}}}\ninjects:\n  - {{round: 2, card: {card}}}\n"
    async with a_desk(tmp_path, exercise=f"scenario: {mill().id}\ntitle: x\n{told}") as desk:
        await desk.press("space")
        assert desk.table.paused
        assert "done  the game is paused" in desk.text
        await desk.press("space")
        assert not desk.table.paused
        await desk.press("plus")
        assert "No clock is running" in desk.text
        await desk.press("i")
        assert cell_of(desk).scheduled == ()
        assert white(desk.table)[-1] == ("shift", "at the console")
        await desk.press("i")
        assert "No inject is set" in desk.text
        await desk.press("escape")
        await desk.until(OrdersScreen)
        left = desk.table.timers.left
        await desk.press("f2", "space", "plus")
        assert desk.table.timers.left is not None
        assert left is not None
        assert 55 < desk.table.timers.left - left <= 60


async def test_a_reason_is_picked_of_those_given_before(tmp_path: Path) -> None:
    """← and → go through them, the newest first; all are to be seen beside the row."""
    async with a_desk(tmp_path) as desk:
        await desk.do("skip", "the phone rang")
        await desk.open("skip")
        await desk.light("field:reason")
        assert "the phone rang" in desk.text
        assert "to keep to the time" in desk.text
        await desk.press("right")
        form = desk.app.screen
        assert isinstance(form, FormScreen)
        assert form.form.values["reason"] == "the phone rang"
        await desk.act()
        assert [why for _verb, why in white(desk.table)] == ["the phone rang"] * 2


async def test_a_seat_is_skipped(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        before = desk.table.beats[-1].id
        await desk.do("skip", "at the phone")
        assert desk.table.beats[-1].id == before + 1
        assert desk.table.beats[-1].by == WHITE


@pytest.mark.soak
async def test_a_bot_takes_a_seat_and_gives_it_back(tmp_path: Path) -> None:
    """The journal tells of it in words."""
    async with a_desk(tmp_path) as desk:
        seat = desk.table.scenario.seat_ids[0]
        for what, kind in (("bot", "greedy"), ("back", "person"), ("leaves", "absent"), ("late", "person")):
            await desk.do("seats", "as agreed", seat=seat, what=what)
            assert desk.table.players[seat].kind == kind
        await desk.press("m")
        said = "\n".join(line.plain for line in journal_lines(desk.table, 200))
        name = Words(desk.table.scenario).seat(seat)
        assert f"{name} is played by {desk.table.players[seat].name}: as agreed." in said
        assert "mark white: important" in said
        assert f"{seat}:" not in said


async def test_a_poll_is_asked_and_closed_from_the_console(tmp_path: Path) -> None:
    """One form does both: it asks as long as none is open, then shows the answers and closes."""
    async with a_desk(tmp_path) as desk:
        await desk.open("poll")
        await desk.write("text", "Does the mill burn?")
        await desk.act()
        poll = desk.table.poll_open(WHITE)
        assert poll is not None
        assert poll.text == "Does the mill burn?"
        seat = desk.table.scenario.seat_ids[0]
        desk.table.estimate(seat, 35)
        await desk.open("poll")
        assert "35 %" in desk.text
        await desk.act()
        assert desk.table.poll_open(WHITE) is None
        assert "all read what the poll came to" in desk.text


async def test_notes_marks_and_side_talk(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        await desk.press("m")
        assert desk.table.journal.marked() == (0,)
        await desk.press("n")
        await desk.write("text", "a good start")
        await desk.write("tag", "start")
        await desk.act()
        one, other = desk.table.scenario.seat_ids[:2]
        await desk.open("talk")
        await desk.light("field:between")
        await desk.press("enter")
        for seat in (one, other):
            await desk.light(f"pick:{seat}")
            await desk.press("enter")
        await desk.light("done")
        await desk.press("enter")
        await desk.write("agreed", "bread for coin")
        await desk.write(f"heard-{one}", "soon")
        await desk.act()
        assert [line.text for line in desk.table.journal.of("note")] == ["a good start"]
        assert desk.table.journal.tags(0) == ("start",)
        (talk,) = desk.table.journal.of("talk")
        assert talk.data["heard"] == {one: "soon"}
