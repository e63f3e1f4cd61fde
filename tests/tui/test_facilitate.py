"""The facilitator's console, through the real program: its acts, its PIN, its clock, and what it leaves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tui.boards import LARGE, MILL, SMALL, mill
from tests.tui.desks import BANNER, Desk, a_desk, white
from tests.tui.games import LEADS_ON, a_save, settled
from tests.tui.terminal import program
from wargame.record import Player
from wargame.rules.moves import WHITE, Commit
from wargame.table import Facilitator, Limit, Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.form import FormScreen
from wargame.tui.facilitate.gate import FirstPinScreen, GateScreen, HeldScreen
from wargame.tui.facilitate.sight import journal_lines
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.pause import PauseScreen
from wargame.tui.home.problem import ProblemScreen
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.kit.rows import Rows
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.settings import Settings
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen
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
            await desk.press("e")
        tip = desk.table.beats[-1].id
        assert tip > 0
        await desk.until(BoardScreen)
        await desk.press("f2", "n")
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
        await desk.press("f2", "escape")
        assert isinstance(desk.app.screen, HeldScreen)
        await desk.press("enter", "f2")
        await desk.open("bots")
        await desk.choose("until", "3")
        await desk.write("reason", "still at lunch")
        await desk.sure()
        await desk.press("escape")
        await desk.until(HeldScreen)
        assert desk.table.game.state.round == 3
        await desk.press("f2")
        await desk.do("seats", "full again", what="back")
        await desk.press("escape")
        await desk.until(OrdersScreen)
        assert desk.table.seat_to_play == first


@pytest.mark.soak
async def test_what_a_seat_is_told_alone_is_the_first_thing_it_reads(tmp_path: Path) -> None:
    """Its own page opens before its next turn, once, and nobody else reads a word of it."""
    heard = mill().seat_ids[1]
    told = f"injects: [{{round: 2, title: A letter, text: It is not signed., to: [{heard}]}}]\n"
    pages = []
    async with a_desk(
        tmp_path, exercise=f"scenario: {mill().id}\ntitle: x\nrounds: 2\n{told}", console=False
    ) as desk:
        for _ in range(120):
            if isinstance(desk.app.screen, FinalScreen):
                break
            state, seat = desk.table.game.state, desk.table.seat_to_play
            if isinstance(desk.app.screen, KnowScreen) and state.round == 2:
                pages.append((state.phase, seat, "It is not signed." in " ".join(desk.text.split())))
            assert seat == heard or "It is not signed" not in " ".join(desk.text.split())
            await desk.press(*LEADS_ON.get(type(desk.app.screen), ("enter",)))
    assert pages == [("orders", heard, True)]


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


@pytest.mark.soak
async def test_the_console_wants_its_pin(tmp_path: Path) -> None:
    """A wrong one opens nothing, Esc goes back to the table, the right one opens it."""
    async with a_desk(tmp_path) as desk:
        await desk.light("do:pin")
        await desk.press("enter", "4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert desk.table.has_pin(WHITE)
        await desk.press("escape")
        await desk.until(HandoverScreen)
        assert "F2" in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("1", "1", "1", "1", "enter")
        assert isinstance(desk.app.screen, GateScreen)
        assert "not the facilitator's PIN" in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, GateScreen)
        await desk.press("escape")
        assert not isinstance(desk.app.screen, FacilitateScreen | GateScreen)
        await desk.press("f2", "4", "2", "4", "2", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        await desk.light("do:pin")
        await desk.press("enter", "enter", "enter")
        assert "Nothing was typed, so nothing has changed." in desk.text
        await desk.press("escape")
        assert desk.table.check_pin(WHITE, "4242")
        for answer, has in (("no", True), ("yes", False)):
            await desk.light("do:unpin")
            await desk.press("enter")
            assert isinstance(desk.app.screen, ProblemScreen)
            await desk.light(answer)
            await desk.press("enter")
            assert desk.table.has_pin(WHITE) is has
        assert "no PIN any more" not in desk.text


async def test_a_saved_game_opens_at_the_console_behind_its_pin(tmp_path: Path) -> None:
    """`wargame facilitate SAVE` of a game whose facilitator had a PIN."""
    table = Table.start(mill(), folder=tmp_path, name="Tuesday", seed=7)
    table.set_pin(WHITE, "4242")
    table.close()
    start = Start("resume", tmp_path, save=tmp_path / "Tuesday.wargame", facilitator="Kim", console=True)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        assert isinstance(app.screen, GateScreen)
        assert BANNER not in desk.text
        await desk.press("4", "2", "4", "2", "enter")
        assert isinstance(app.screen, FacilitateScreen)


@pytest.mark.soak
def test_the_command_says_in_a_sentence_what_it_can_t_run(tmp_path: Path) -> None:
    """No such game or scenario, too many rounds, options that the exercise decides, and no terminal."""
    for words, said, code in (
        (("nowhere",), "There is no saved game 'nowhere'", 1),
        ((MILL, "--rounds", "99"), "--rounds must be from 1 to", 2),
        (("honeymoon", "--seed", "3"), "leave these options out", 2),
        ((MILL,), "needs a terminal", 2),
    ):
        command = program("facilitate", *words, "--saves", tmp_path)
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (ran.returncode, ran.stdout) == (code, "")
        assert said in ran.stderr
        assert len(ran.stderr.splitlines()) == 1


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
        await desk.press("f2")
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
        await desk.press("f2", "plus")
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


async def test_nothing_of_it_stays_when_a_seat_sits_down(tmp_path: Path) -> None:
    """After the console only the backdrop lies below the next screen, and no line of it is painted."""
    async with a_desk(tmp_path) as desk:
        await desk.light("see:situation")
        console = desk.text
        await desk.press("escape")
        seen = [desk.text]
        await desk.until(HandoverScreen)
        assert [type(screen).__name__ for screen in desk.app.screen_stack] == ["Backdrop", "HandoverScreen"]
        seen.append(desk.text)
        await desk.press("space")
        assert isinstance(desk.app.screen, ChoiceScreen | KnowScreen)
        seen.append(desk.text)
        hands = desk.table.game.state.hands
        own = hands[str(desk.table.seat_to_play)]  # which its first page may name
        cards = [str(desk.table.scenario.cards[card].title) for hand in hands.values() for card in hand]
        others = [card for card in cards if card not in {desk.table.scenario.cards[one].title for one in own}]
        assert any(card in console for card in cards)
        for text, hidden in zip(seen, (cards, cards, others), strict=True):
            assert "FACILITATOR" not in text
            assert not any(card in text for card in hidden)
        assert not any(isinstance(screen, FacilitateScreen) for screen in desk.app.screen_stack)


async def test_from_the_pause_of_a_seat_it_takes_the_seat_s_screen_away(tmp_path: Path) -> None:
    """And the seat comes back only by a hand-over."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, PauseScreen)
        await desk.light("facilitate")
        await desk.press("enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")
        assert isinstance(desk.app.screen, HandoverScreen)


@pytest.mark.parametrize("keys", [("escape",), ("escape", "8", "enter")], ids=["pause", "PIN"])
async def test_f2_opens_the_console_from_what_lies_over_a_screen(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    """Of the pause and what it opens; afterwards the game goes on."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.press(*keys)
        assert isinstance(desk.app.screen, GuardedModal)
        await desk.press("f2")
        assert isinstance(desk.app.screen, FacilitateScreen)
        await desk.press("escape")
        await desk.until(OrdersScreen)


async def test_a_pause_holds_the_game(tmp_path: Path) -> None:
    """The room sees that it is paused, and only the facilitator lets it go on."""
    async with a_desk(tmp_path) as desk:
        await desk.do("pause", "tea")
        await desk.press("escape")
        assert isinstance(desk.app.screen, HeldScreen)
        await desk.press("enter", "f2")
        await desk.do("pause", "tea is over")
        await desk.press("escape")
        await desk.until(BoardScreen)


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


async def test_the_console_and_the_news_stand_as_they_were_left(tmp_path: Path) -> None:
    """Its lit row, what was half filled in, and the step at which it was called."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.until(ResolutionScreen)
        await desk.press("enter", "enter", "f2")
        await desk.open("note")
        await desk.write("text", "half a note")
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, ResolutionScreen)
        assert desk.app.screen.reached == 2
        await desk.press("f2")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert desk.app.screen.lit == "do:note"
        await desk.press("enter")
        assert "half a note" in desk.text


async def test_the_console_opens_from_the_middle_of_a_turn(tmp_path: Path) -> None:
    """F2 on orders and a seat's own page, which come back by a hand-over; on news, which are told again."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(ResolutionScreen)
        await desk.press("f2", "escape")
        assert isinstance(desk.app.screen, ResolutionScreen)
        for keys in ((), ("i",)):
            await desk.until(OrdersScreen)
            await desk.press(*keys, "f2")
            assert isinstance(desk.app.screen, FacilitateScreen)
            await desk.press("escape")
            assert isinstance(desk.app.screen, HandoverScreen)


# --- the gate ------------------------------------------------------------------------------------------


async def test_nothing_is_shown_before_the_facilitator_has_chosen_a_pin(tmp_path: Path) -> None:
    """The first page of a game with a facilitator; then the console opens, and F2 asks for the PIN."""
    async with a_desk(tmp_path, pin_asked=True) as desk:
        assert isinstance(desk.app.screen, FirstPinScreen)
        assert BANNER not in desk.text
        await desk.press("f2")
        assert isinstance(desk.app.screen, FirstPinScreen)
        await desk.press("4", "2", "4", "2", "enter", "4", "2", "4", "3", "enter")
        assert "The two differ" in desk.text
        await desk.press("4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert desk.table.check_pin(WHITE, "4242")
        await desk.press("escape", "f2")
        assert isinstance(desk.app.screen, GateScreen)


async def test_to_go_without_a_pin_is_asked_about_once(tmp_path: Path) -> None:
    """No leaves it open; yes is kept with the game, so that nobody is asked again."""
    async with a_desk(tmp_path, pin_asked=True) as desk:
        await desk.press("escape")
        await desk.light("no")
        await desk.press("enter")
        assert isinstance(desk.app.screen, FirstPinScreen)
        await desk.press("escape")
        await desk.light("yes")
        await desk.press("enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        path = desk.app.session.opened
    assert path is not None
    again = Table.resume(path)
    assert (again.has_facilitator, again.has_pin(WHITE)) == (True, False)
    again.close()


async def test_the_pin_of_an_exercise_holds_from_its_first_second(tmp_path: Path) -> None:
    """The gate is the first page; the save keeps its hash and not the PIN."""
    text = f'scenario: {mill().id}\ntitle: x\npin: "77abcd77"\n'
    async with a_desk(tmp_path, exercise=text, pin_asked=True) as desk:
        assert isinstance(desk.app.screen, GateScreen)
        assert BANNER not in desk.text
        await desk.press(*"77abcd77", "enter")
        assert isinstance(desk.app.screen, FacilitateScreen)
        save = desk.table.save
        assert save is not None
        assert "77abcd77" not in (save.header.exercise or "77abcd77")


async def test_a_player_who_presses_f2_sees_nothing(tmp_path: Path) -> None:
    """A game of several people that nobody leads has no console; one says how it gets one."""
    people = {seat: Player("person", seat) for seat in mill().seat_ids}
    start = Start("play", tmp_path, str(MILL), seed=7, players=people)
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        await desk.until(OrdersScreen)
        await desk.press("f2")
        assert isinstance(app.screen, OrdersScreen)
        assert "This game has no facilitator" in desk.text
    start = Start(
        "resume", tmp_path, save=app.session.opened or next(tmp_path.glob("*.wargame")), console=True
    )
    app = WargameApp(start, Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstPinScreen)


async def test_set_up_gives_the_facilitator_a_pin(tmp_path: Path) -> None:
    """A row of its own: k or Enter, twice the PIN; the game that begins asks for it at F2."""
    app = WargameApp(Start("setup", tmp_path, str(MILL), seed=7), Settings(animations=False))
    async with app.run_test(size=SMALL) as pilot:
        desk = Desk(app, pilot)
        await settled(pilot)
        assert "no facilitator" in desk.text
        app.screen.query_one(Rows).light("console")
        await desk.press("k", "4", "2", "4", "2", "enter", "4", "2", "4", "2", "enter")
        assert "facilitator, PIN" in desk.text
        await desk.press("s")
        await desk.until(OrdersScreen)
        await desk.press("f2")
        assert isinstance(app.screen, GateScreen)


# --- where the table was -------------------------------------------------------------------------------


def the_page(desk: Desk) -> tuple[str, object]:
    """Which page is up, and where in it one is."""
    screen = desk.app.screen
    where = getattr(screen, "reached", None), getattr(screen, "lit", None) or ""
    return type(screen).__name__, where


async def called_and_closed(desk: Desk) -> None:
    """The console is opened, something is written down there, and it is left."""
    await desk.press("f2")
    assert isinstance(desk.app.screen, FacilitateScreen)
    await desk.press("m", "escape")


LATE = [pytest.param(phase, marks=pytest.mark.soak) for phase in ("resolution", "upkeep", "world")]


@pytest.mark.parametrize("phase", ["news", "talk", "board", "handover", *LATE])
async def test_the_table_is_where_it_was(phase: str, tmp_path: Path) -> None:
    """The same page at the same step; the news are not begun anew."""
    async with a_desk(tmp_path, LARGE, console=False) as desk:
        kinds = {
            "news": ResolutionScreen,
            "talk": TalkScreen,
            "board": BoardScreen,
            "handover": HandoverScreen,
        }
        if phase in kinds:
            await desk.until(kinds[phase])
            if phase == "news":
                await desk.press("enter")
        else:
            await desk.until(OrdersScreen)
            for _ in range(60):
                screen = desk.app.screen
                if isinstance(screen, ResolutionScreen) and at_the_page(screen, phase):
                    break
                if phase == "resolution" and isinstance(screen, OrdersScreen):
                    laid = [move for move in desk.table.game.legal_moves() if isinstance(move, Commit)]
                    for move in laid[:1]:
                        desk.table.play(move)
                keys = (
                    ("enter",)
                    if isinstance(screen, ResolutionScreen)
                    else LEADS_ON.get(type(screen), ("enter",))
                )
                await desk.press(*keys)
            else:
                raise AssertionError(phase)
        before = the_page(desk)
        await called_and_closed(desk)

        assert the_page(desk) == before


def at_the_page(screen: ResolutionScreen, phase: str) -> bool:
    page = screen.pages[screen.reached]
    return page.kind == "world" if phase == "world" else page.phase == phase and screen.reached > 0


async def test_orders_are_where_they_were_after_a_hand_over(tmp_path: Path) -> None:
    """The keyboard has gone through other hands: the seat is taken anew, and its row is lit as it was."""
    async with a_desk(tmp_path, LARGE, console=False) as desk:
        await desk.until(OrdersScreen)
        seat, moment = desk.table.seat_to_play, desk.app.session.moment()
        await called_and_closed(desk)
        assert isinstance(desk.app.screen, HandoverScreen)
        await desk.until(OrdersScreen)
        assert (desk.table.seat_to_play, desk.app.session.moment()) == (seat, moment)


# --- aloud ---------------------------------------------------------------------------------------------


async def asked_aloud(desk: Desk) -> AloudScreen:
    for _ in range(80):
        if isinstance(desk.app.screen, AloudScreen):
            return desk.app.screen
        await desk.press(*LEADS_ON.get(type(desk.app.screen), ("enter",)))
    raise AssertionError("nobody is asked")


async def test_a_choice_is_a_public_page(tmp_path: Path) -> None:
    """No hand-over comes before it; it says whose it is, and nothing that only that seat may know. The seat
    may look alone, by a hand-over, and comes back before the room."""
    async with a_desk(tmp_path, LARGE, console=False) as desk:
        screen = await asked_aloud(desk)
        assert "decides, aloud" in desk.text
        assert [type(one).__name__ for one in desk.app.screen_stack] == ["Backdrop", "AloudScreen"]
        seat, path = screen.seat, screen.path
        cards = [str(desk.table.scenario.cards[card].title) for card in desk.table.game.state.hands[seat]]
        await desk.press("1")
        assert "score" not in desk.text.split("aloud", 1)[1].split("╰")[0]
        assert not any(card in desk.text for card in cards)
        await desk.press("b")
        assert isinstance(desk.app.screen, BoardScreen)
        assert desk.app.screen.viewer is None
        await desk.press("escape", "i")
        assert isinstance(desk.app.screen, HandoverScreen)
        await desk.press("space")
        alone = desk.app.screen
        assert isinstance(alone, ChoiceScreen) and not isinstance(alone, AloudScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, AloudScreen)
        await desk.press("1", "enter")
        state = desk.table.game.state
        assert not state.stack or f"{state.stack[-1].path}/{state.stack[-1].at}" != path
