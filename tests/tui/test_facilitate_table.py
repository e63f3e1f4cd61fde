"""The console and the table: it opens anywhere, stands as it was left, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.boards import LARGE, mill
from tests.tui.desks import Desk, a_desk
from tests.tui.games import LEADS_ON
from wargame.rules.moves import Commit
from wargame.tui.board.board import BoardScreen
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.gate import HeldScreen
from wargame.tui.home.cards import PauseScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.kit.guard import GuardedModal
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen


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
        await desk.press("enter", "space")
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
        await desk.press("f2", "space")
        assert isinstance(desk.app.screen, FacilitateScreen)
        await desk.press("escape")
        await desk.until(OrdersScreen)


async def test_a_pause_holds_the_game(tmp_path: Path) -> None:
    """The room sees that it is paused, and only the facilitator lets it go on."""
    async with a_desk(tmp_path) as desk:
        await desk.do("pause", "tea")
        await desk.press("escape")
        assert isinstance(desk.app.screen, HeldScreen)
        await desk.press("enter", "f2", "space")
        await desk.do("pause", "tea is over")
        await desk.press("escape")
        await desk.until(BoardScreen)


async def test_the_console_and_the_news_stand_as_they_were_left(tmp_path: Path) -> None:
    """Its lit row, what was half filled in, and the step at which it was called."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(OrdersScreen)
        await desk.until(ResolutionScreen)
        await desk.press("enter", "enter", "f2", "space")
        await desk.open("note")
        await desk.write("text", "half a note")
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, ResolutionScreen)
        assert desk.app.screen.reached == 2
        await desk.press("f2", "space")
        assert isinstance(desk.app.screen, FacilitateScreen)
        assert desk.app.screen.lit == "do:note"
        await desk.press("enter")
        assert "half a note" in desk.text


async def test_what_stands_half_filled_in_a_list_of_a_form_is_kept(tmp_path: Path) -> None:
    """Also of a list in a list; changes to what is kept already are left with Esc."""
    async with a_desk(tmp_path) as desk:
        await desk.open("write")
        await desk.add("effects")
        await desk.choose("op", "later")
        await desk.add("effects")
        await desk.choose("op", "points")
        await desk.press("escape", "escape", "escape", "escape")
        await desk.until(HandoverScreen)
        await desk.press("f2", "space", "enter")
        await desk.add("effects")
        assert "‹later, in the news›" in desk.text
        await desk.add("effects")
        assert "‹give or take points›" in desk.text
        await desk.act()
        await desk.light("item:effects:0")
        await desk.press("enter")
        await desk.choose("op", "draw")
        await desk.press("escape", "enter")
        assert "‹give or take points›" in desk.text


async def test_a_note_on_an_older_move_stands_as_it_was_left(tmp_path: Path) -> None:
    """It is the same form, about the move that was found."""
    async with a_desk(tmp_path) as desk:
        await desk.do("skip", "at the phone")
        await desk.press("n")
        await desk.write("text", "too slow")
        await desk.press("escape", "f")
        await desk.light("pick:0")
        await desk.press("enter")
        assert "too slow" in desk.text
        await desk.act()
        assert "done  in the journal, with move 0" in desk.text
        (note,) = desk.table.journal.of("note")
        assert (note.about, note.text) == (0, "too slow")


async def test_the_console_opens_from_the_middle_of_a_turn(tmp_path: Path) -> None:
    """F2 on orders and a seat's own page, which come back by a hand-over; on news, which are told again."""
    async with a_desk(tmp_path, console=False) as desk:
        await desk.until(ResolutionScreen)
        await desk.press("f2", "space", "escape")
        assert isinstance(desk.app.screen, ResolutionScreen)
        for keys in ((), ("i",)):
            await desk.until(OrdersScreen)
            await desk.press(*keys, "f2", "space")
            assert isinstance(desk.app.screen, FacilitateScreen)
            await desk.press("escape")
            assert isinstance(desk.app.screen, HandoverScreen)


def the_page(desk: Desk) -> tuple[str, object]:
    """Which page is up, and where in it one is."""
    screen = desk.app.screen
    where = getattr(screen, "reached", None), getattr(screen, "lit", None) or ""
    return type(screen).__name__, where


async def called_and_closed(desk: Desk) -> None:
    """The console is opened, something is written down there, and it is left."""
    await desk.press("f2", "space")
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
        assert "▣" in desk.text.splitlines()[0]
        assert "decides, aloud" not in desk.text
        assert "only you look" in desk.text.splitlines()[0]
        assert "Esc  back to the table" in desk.text.splitlines()[-1]
        await desk.press("i")
        assert "to your cards" not in desk.text
        await desk.press("escape")
        assert "only you look" in desk.text.splitlines()[0]
        await desk.press("escape")
        assert isinstance(desk.app.screen, AloudScreen)
        await desk.press("1", "enter")
        state = desk.table.game.state
        assert not state.stack or f"{state.stack[-1].path}/{state.stack[-1].at}" != path
