"""The hand as card faces along the foot: keys, clicks, what stands on them, and how they give way to rows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, an_offer, go_on, honeymoon, painted, until
from wargame.rules.moves import Commit
from wargame.table.table import Table
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.rows import Rows
from wargame.tui.play.faces import faces
from wargame.tui.play.hand import Face, Slot
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.play.sway import is_idle
from wargame.tui.play.turn import COMMIT, DISCARD, TELL, Turn

HIGH = (100, 30)


def cedars_turn() -> Table:
    return until(a_table(), 1, seat="cedar")


def shown(app: Around[Any]) -> list[Face]:
    return [face for face in app.screen.query(Face) if face.visible and face.card is not None]


@pytest.mark.parametrize("size", [HIGH, LARGE, (160, 45), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_card_of_the_hand_has_a_face_with_its_number(size: tuple[int, int]) -> None:
    """Title, price and effects stand on each, and none is cut off by the edge of the screen."""
    table = until(a_table(honeymoon(), seed=4), 2, seat="russia")
    app = Around(screen := OrdersScreen(table, "russia"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        hand = screen.lens.view.hands["russia"]
        assert [face.card.key for face in shown(app) if face.card] == [f"card:{card}" for card in hand]
        for face in shown(app):
            assert face.region.right <= size[0]
            assert face.region.bottom <= size[1] - 1
            text = face.text
            for line in screen.lens.words.face(face.card.key.removeprefix("card:")) if face.card else ():
                assert line.split()[0].rstrip(":") in text


async def test_arrows_walk_along_the_hand_and_digits_light() -> None:
    """→ from nothing lights the first, ← from the first the last; the lit one is raised by a row."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        assert screen.lit == ""
        await pilot.press("right")
        first = screen.lit
        await pilot.press("left")
        last = screen.lit
        assert first != last
        await pilot.press("2")
        await pilot.pause()
        two = shown(app)[1]
        assert two.card is not None
        assert screen.lit == two.card.key
        raised = [face for face in shown(app) if face.lines[0].plain.strip()]
        assert raised == [two]


async def test_tab_goes_to_the_rows_and_back_to_the_same_card() -> None:
    """There ← → turn dials; up from the first row or Tab leads back."""
    table = an_offer()
    app = Around(screen := OrdersScreen(table, "birch"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2")
        card = screen.lit
        await pilot.press("tab")
        assert screen.lit == "answer:bread-for-coin"
        await pilot.press("right")
        assert "‹yes›" in app.text
        await pilot.press("tab")
        assert screen.lit == card
        await pilot.press("tab", "enter")
    assert [deal.template for deal in table.view("birch").deals] == ["bread-for-coin"]


async def test_a_card_on_the_foot_is_aimed_with_up_and_down() -> None:
    """And so is what is given up for; the bottom line says so."""
    table = cedars_turn()
    app = Around(screen := OrdersScreen(table, "cedar"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2")
        assert "↑ ↓  aim" in app.text.splitlines()[-1]
        card = screen.lit
        await pilot.press("down")
        assert screen.lit == card
        assert "‹water›" in app.text
        await pilot.press("enter")

    assert table.view("cedar").orders["cedar"].commits[0].target == "water"


async def test_up_and_down_lead_from_a_card_without_an_aim_to_the_rows() -> None:
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "down")
        assert screen.lit == screen.query_one(Rows).lit != ""


async def test_a_laid_card_lies_face_down_beside_the_hand() -> None:
    """← from the first face lights it; its odds are told as fixed; u puts it back and lights it."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1")
        card = screen.lit
        await pilot.press("enter")
        assert card not in [face.card.key for face in shown(app) if face.card]
        await pilot.press("left")
        assert screen.lit == "laid:0"
        await pilot.press("u")
        assert screen.lit == card


def words_on(slot: Slot) -> str:
    """What is painted of a card that lies face down."""
    lines = ("".join(part.text for part in line) for line in slot.render_lines(slot.region.reset_offset))
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("size", [LARGE, (160, 45), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_lies_face_down_has_its_whole_title(size: tuple[int, int]) -> None:
    """On two lines if one is too short for it; each card that may be laid down."""
    table = until(a_table(honeymoon(), seed=4), 2, seat="us")
    app = Around(screen := OrdersScreen(table, "us"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("1", "enter", "2", "enter")
        await pilot.pause()
        laid = table.view("us").orders["us"].commits

        titles = [screen.lens.words.card(card.card) for card in laid]
        assert [words_on(slot) for slot in screen.query(Slot)] == titles
        assert len(titles) == 2


async def test_a_title_too_long_for_its_place_face_down_ends_in_dots() -> None:
    table = until(a_table(honeymoon(), seed=4), 2, seat="us")
    app = Around(screen := OrdersScreen(table, "us"))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("4", "enter")
        await pilot.pause()

        assert words_on(screen.query(Slot).first()) == "The toolmakers…"


async def test_faces_say_what_enter_does_with_them() -> None:
    """While a card is given up or told, each face that can be has it at its foot; others say why not."""
    app = Around(OrdersScreen(until(a_table(honeymoon(), seed=4), 2, seat="us"), "us"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("t")
        await pilot.pause()
        for face in shown(app):
            assert face.card is not None
            assert bool(face.card.does) == (not face.card.refused)
        assert any(face.card and "costs at least" in face.card.refused for face in shown(app))
        await pilot.press("d")
        await pilot.pause()
        assert "give up" in app.text


async def test_the_mouse_lights_lays_and_aims() -> None:
    """A click on a face lights it, a click on the lit one lays it; a click on its aim turns that."""
    table = cedars_turn()
    app = Around(screen := OrdersScreen(table, "cedar"))
    async with app.run_test(size=LARGE) as pilot:
        second = shown(app)[1]
        await pilot.click(second, offset=(3, 3))
        assert second.card is not None
        assert screen.lit == second.card.key
        before = second.card.aim
        await pilot.pause()
        await pilot.click(second, offset=(3, second._aim_at))
        await pilot.pause()
        assert second.card.aim != before
        await pilot.click(second, offset=(3, 3))
        await pilot.pause()
        assert len(table.view("cedar").orders["cedar"].commits) == 1
        await pilot.click(app.screen.query(Slot).first())
        assert screen.lit == "laid:0"


async def test_the_light_stays_where_it_is_when_the_window_changes() -> None:
    """A card lit on the foot is lit in the list of a small window, and again on the foot of a large one."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2")
        card = screen.lit
        for size in (SMALL, HIGH, SMALL, LARGE):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.lit == card
            assert screen.query_one("#table").display == (size != SMALL)


async def test_the_purse_shows_what_the_lit_card_would_take() -> None:
    """As half coins, and how much would be left."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1")
        move = screen.turn_now.choice(screen.lit)[0]
        assert isinstance(move, Commit)
        cost = screen.lens.scenario.cards[move.card].cost
        purse = screen.lens.view.influence["amber"]
        assert f"{'●' * (purse - cost)}{'◍' * cost}" in app.text.splitlines()[0]


def test_a_card_that_would_do_nothing_now_says_so() -> None:
    """In some position of the shipped game; and one that would do something does not."""
    idle = busy = 0
    for seed in (4, 5):
        for seat in honeymoon().seat_ids:
            lens = Lens(until(a_table(honeymoon(), seed=seed), 2, seat=seat), seat)
            for card in lens.view.hands[seat]:
                for move in lens.scenario.commit_moves[card]:
                    assert isinstance(move, Commit)
                    idle, busy = idle + is_idle(lens, move), busy + (not is_idle(lens, move))
    assert idle
    assert busy > idle


async def test_seven_cards_have_room() -> None:
    """What lies face down then has its box among the rows."""
    table = until(a_table(honeymoon(), seed=4), 2, seat="us")
    hand = table.game.state.hands["us"]
    more = tuple(card for card in honeymoon().decks["us"] if card not in hand)[: 7 - len(hand)]
    table.game.state.hands = {**table.game.state.hands, "us": (*hand, *more)}
    app = Around(OrdersScreen(table, "us"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("7", "enter")
        await pilot.pause()
        assert len(shown(app)) == 6
        assert all(face.region.right <= LARGE[0] for face in shown(app))
        assert "FACE DOWN" in app.text


async def test_a_hand_is_seen_by_its_seat_alone() -> None:
    """Faces are painted from the lens of the seat: another seat's cards are nowhere."""
    table = go_on(until(a_table(honeymoon(), seed=4), 2, seat="us"))
    text = await painted(OrdersScreen(table, "us"), LARGE, "right")
    others = [card for seat in honeymoon().seat_ids if seat != "us" for card in table.game.state.hands[seat]]
    assert not [card for card in others if str(honeymoon().cards[card].title) in text]


@pytest.mark.parametrize("mode", [DISCARD, TELL])
@pytest.mark.parametrize("seat", ["rok", "us", "japan", "dprk", "russia", "china"])
def test_a_card_says_the_same_chance_whatever_enter_would_do_with_it(seat: str, mode: str) -> None:
    """A card that is to be told or given up is no other card: its chance is that of laying it down now."""
    for round_ in (2, 3, 4):
        lens = Lens(until(a_table(honeymoon()), round_, seat=seat), seat)
        laid, other = (faces(Turn(lens, each), 30) for each in (COMMIT, mode))

        assert [[line.plain for line in face.lines] for face in other] == [
            [line.plain for line in face.lines] for face in laid
        ]
        if mode == TELL:  # what is given up has the chance of the printed action
            assert [(face.chances, face.idle) for face in other] == [
                (face.chances, face.idle) for face in laid
            ]
