"""Orders: everything a seat may do, in few keys, with its odds before and its refusals beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key

from tests.rules.crises import a_crisis
from tests.tui.boards import (
    LARGE,
    SMALL,
    Around,
    a_deal,
    a_table,
    an_offer,
    go_on,
    honeymoon,
    mill,
    painted,
    until,
)
from tests.tui.games import settled
from wargame import load_scenario
from wargame.rules.events import OfferLapsed, OfferRefused
from wargame.rules.moves import Answer, Commit, End, Offer
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine
from wargame.table.table import Table
from wargame.tui.board.board import BoardScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import about_card
from wargame.tui.kit.rows import Rows
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.listed import boxes, listed
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.play.turn import COMMIT, Turn, offers_gone
from wargame.words import Words, halves
from wargame.words.pages import play as say


def moves(app: Around[Any]) -> list[str]:
    """The moves that the screen made, as text."""
    return [str(beat.move) for beat in app.result or ()]


def cedars_turn() -> Table:
    return until(a_table(), 1, seat="cedar")


def a_full_desk() -> Table:
    """Amber has a card face down, a running deal, and an offer to answer."""
    first = Offer("amber", "bread-for-coin", "large", "secret", 2)
    table = until(go_on(a_table(), first, Answer("birch", "bread-for-coin", "yes")), 2, seat="birch")
    table = until(go_on(table, Offer("birch", "cake-for-coin", "small", "open", 2)), 2, seat="amber")
    return go_on(table, Commit("amber", table.view("amber").hands["amber"][0]))


def a_crisis_and_an_offer() -> Table:
    offer = Offer("amber", "bread-for-coin", "large", "secret", 2)
    return until(go_on(a_table(a_crisis()), offer), 1, seat="birch")


@pytest.mark.parametrize("board", [cedars_turn, a_deal, a_full_desk, a_crisis_and_an_offer])
def test_a_digit_is_the_same_row_at_every_size(board: Callable[[], Table]) -> None:
    """Digits begin with the hand, and go on where it lies along the foot and where it is in the list."""
    table = board()
    turn = Turn(Lens(table, str(table.seat_to_play)))
    hand = {nth: f"card:{card}" for nth, card in enumerate(turn.lens.view.hands[turn.seat], 1)}
    listed_at = {row.number: row.key for row in listed(turn, 34) if row.number}
    boxed_at = hand | {row.number: row.key for row in boxes(turn, 34) if row.number}

    assert listed_at == boxed_at


async def test_a_typical_turn_takes_under_fifteen_keys() -> None:
    """Two cards, an offer and the end of the turn."""
    table = until(a_table(), 2, seat="amber")
    app = Around(OrdersScreen(table, "amber"))
    keys = ["1", "enter", "1", "enter", "o", "1", "enter", "e", "enter"]
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()

    verbs = [move.split()[1] for move in moves(app)]
    assert verbs == ["commit", "commit", "offer", "end"]
    assert len(keys) < 15


async def test_a_committed_card_lies_face_down_with_its_odds() -> None:
    """Enter takes the lit card out of the hand; it can still be looked at, and its chance is fixed."""
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter")
        assert "1 of 2" in app.text
        assert "▮ The mill song" in app.text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["rows", "faces"])
async def test_a_digit_without_a_row_says_so_and_enter_does_nothing_then(size: tuple[int, int]) -> None:
    """A card that is laid leaves the others a digit lower: what stands at none lays nothing else."""
    table = until(a_table(), 2, seat="amber")
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("1", "enter")
        laid, last = table.game.to_bytes(), len(table.view("amber").hands["amber"]) + 1
        await pilot.press(str(last))
        await pilot.pause()
        assert f"There is no {last}" in app.text
        await pilot.press("enter")
        await pilot.pause()
        assert table.game.to_bytes() == laid
        await pilot.press("1", "enter")
        await pilot.pause()
        assert table.game.to_bytes() != laid


async def test_undo_takes_back_the_last_move() -> None:
    """u puts the card back into the hand; with nothing to take back it says so."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        before = table.game.to_bytes()
        await pilot.press("1", "enter", "u")
        assert table.game.to_bytes() == before
        await pilot.press("u")
        assert "nothing to take back" in app.text


async def test_a_refused_row_can_be_lit_and_says_why() -> None:
    """What can't be done stays in the list; Enter on it changes nothing and tells the rule."""
    table = cedars_turn()
    app = Around(OrdersScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter", "1")
        before = table.game.to_bytes()
        await pilot.press("enter")
        assert "It costs ¤" in app.text
        assert table.game.to_bytes() == before


async def test_the_hand_promises_enter_only_while_a_card_can_be_committed() -> None:
    """After two cards face down no other can follow, so its head no longer says that Enter does it."""
    app = Around(OrdersScreen(until(a_table(), 2, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert "Enter commits it" in app.text
        await pilot.press("1", "enter", "1", "enter")
        assert "2 of 2" in app.text
        assert "Enter commits it" not in app.text


async def test_a_card_that_must_be_aimed_has_a_dial() -> None:
    """← → choose what it is aimed at, and that is what is committed."""
    table = cedars_turn()
    app = Around(OrdersScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "right")
        assert "‹water›" in app.text
        await pilot.press("enter")

    assert table.view("cedar").orders["cedar"].commits[0].target == "water"


async def test_d_gives_up_a_card_for_the_printed_action() -> None:
    """d, then a card: the seat's own action is done, aimed by its dial."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("d", "2", "right")
        assert "PATCH THE MILL" in app.text
        await pilot.press("enter")

    assert table.view("amber").orders["amber"].acted
    assert table.view("amber").orders["amber"].commits[0].target == "water"


async def test_t_tells_the_table() -> None:
    """t, then a card: everybody hears that it will be played."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("t", "3", "enter")

    assert table.view(None).signals == {"amber": "hush-money"}


async def test_an_offer_is_answered_with_its_dial() -> None:
    """An offer starts at no; → and Enter say yes."""
    table = an_offer()
    app = Around(OrdersScreen(table, "birch"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4", "right", "enter")

    assert [deal.template for deal in table.view("birch").deals] == ["bread-for-coin"]


async def test_a_running_deal_can_be_held_back() -> None:
    """A deal delivers by itself; its dial marks it short or stops it."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4", "enter")
        assert table.view("amber").orders["amber"].marks == ()
        await pilot.press("right", "right", "enter")

    assert table.view("amber").orders["amber"].marks == (("bread-for-coin", "stop"),)


async def test_levers_are_set_and_stands_taken() -> None:
    """A secret lever turns to its settings; a stand is taken with Enter."""
    table = cedars_turn()
    app = Around(OrdersScreen(table, "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4", "right", "enter", "5", "enter")

    assert table.view("cedar").dials == {"sluice": "shut"}
    assert table.view("cedar").orders["cedar"].stands == ("wall",)


async def test_the_end_of_a_turn_asks_once_if_something_was_left() -> None:
    """e names what could still be done; Esc goes on, e again or Enter ends the turn."""
    table = an_offer()
    app = Around(OrdersScreen(table, "birch"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        assert "Still possible: 2 cards more, 1 offer to answer." in app.text
        await pilot.press(*["e"] * 9)
        assert not app.left, "a key that is held answers no question"
        assert "Still possible" in app.text
        await pilot.press("escape")
        assert not app.left
        await pilot.press("e", "enter")

    assert moves(app) == ["birch end"]


async def test_that_a_card_is_too_cheap_to_be_told_is_said_once() -> None:
    table = until(a_table(honeymoon(), seed=4), 1, seat="rok")
    app = Around(OrdersScreen(table, "rok"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("t")
        for nth in "12345":
            await pilot.press(nth)
            await pilot.pause()
            if "×" in app.text.split("Still")[0] and "costs at least ¤3" in " ".join(app.text.split()):
                break
        told = " ".join(app.text.split())

    assert "can be told only of a card" in told
    assert "only one of ¤3 or more" not in told


@pytest.mark.parametrize("mode", ["t", "d"])
async def test_the_end_of_a_turn_asks_also_while_a_card_is_told_or_given_up(mode: str) -> None:
    """Whoever only looked what could be told has laid down no card either."""
    app = Around(screen := OrdersScreen(until(a_table(honeymoon(), seed=4), 2, seat="us"), "us"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press(mode)
        assert screen.turn_now.mode != COMMIT
        await pilot.press("e")

        assert not app.left
        assert "Still possible: 2 cards more" in app.text


@pytest.mark.parametrize("dialled", [False, True])
async def test_a_foot_that_asks_keeps_its_keys_at_eighty_columns(dialled: bool) -> None:
    """What is still possible goes to the line above where there is no room for it and both keys."""
    app = Around(OrdersScreen(an_offer(), "birch"))
    async with app.run_test(size=SMALL) as pilot:
        if dialled:
            app.screen.query_one(Rows).light("answer:bread-for-coin")
            await pilot.press("right")
        await pilot.press("e")
        await pilot.pause()
        told, foot = " ".join(app.text.split()), app.text.splitlines()[-1]

    more = f", {say.TURNED_ONLY}" if dialled else ""
    assert f"Still possible: 2 cards more, 1 offer to answer{more}." in told
    assert " Enter  end the turn   Esc  keep playing" in foot


async def test_the_list_and_the_pane_beside_it_read_as_two_columns() -> None:
    """At eighty columns two blanks lie between them on every line."""
    app = Around(OrdersScreen(an_offer(), "birch"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        lines, left = app.text.splitlines()[1:14], 34
        assert all(line[left - 1 : left + 1].strip() == "" for line in lines)
        assert any(line[left:].strip() for line in lines)


@pytest.mark.parametrize("scenario", [honeymoon(), mill()], ids=["honeymoon", "mill"])
async def test_the_title_says_what_score_must_be_reached(scenario: Scenario) -> None:
    """As the line under the board does."""
    table = until(a_table(scenario, seed=7), 1)
    seat = str(table.seat_to_play)
    line = halves(Lens(table, seat).line)

    [title] = (await painted(OrdersScreen(table, seat))).splitlines()[:1]
    assert f", reach {line}" in title
    assert f"reach {line}" in (await painted(BoardScreen(table)))


async def test_an_answer_that_was_dialled_and_not_entered_is_asked_about() -> None:
    """In the answers too: the yes on the screen is not given by ending the turn."""
    table = until(an_offer(), 1, "answers", "birch")
    app = Around(OrdersScreen(table, "birch"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "right")
        assert "‹yes›" in app.text
        await pilot.press("e")
        assert say.TURNED_ONLY in " ".join(app.text.split())


@pytest.mark.parametrize("reply", ["no", ""])
def test_an_offer_that_was_not_taken_is_told_to_who_made_it(reply: str) -> None:
    """In its next turn, in its list and on the page of what it knows; after that no more."""
    table = until(an_offer(), 1, "answers", "birch")
    go_on(table, *([Answer("birch", "bread-for-coin", reply)] if reply else []))
    until(table, 2, "orders", "amber")
    lens = Lens(table, "amber")
    rows = " ".join(" ".join(row.line.plain.split()) for row in listed(Turn(lens), 34))

    said = "refused" if reply else "not answered"
    assert re.search(f"Bread for coin[^A-Z]* {said}", rows)
    assert [type(gone.event) for gone in offers_gone(lens)] == [OfferRefused if reply else OfferLapsed]
    assert offers_gone(Lens(table, "birch")) == []
    until(table, 3, "orders", "amber")
    assert offers_gone(Lens(table, "amber")) == []


async def test_an_offer_that_was_refused_stands_on_the_page_of_what_one_knows() -> None:
    table = until(an_offer(), 1, "answers", "birch")
    go_on(table, Answer("birch", "bread-for-coin", "no"))
    until(table, 2, "orders", "amber")

    assert "turns down “Bread for coin”" in " ".join(
        (await painted(KnowScreen(table, "amber"), LARGE)).split()
    )


async def test_answers_are_a_turn_of_their_own() -> None:
    """In the answers there are offers and nothing else; with none, Enter alone ends the turn."""
    table = until(a_table(), 1, "answers")
    seat = str(table.seat_to_play)
    app = Around(OrdersScreen(table, seat))
    async with app.run_test(size=SMALL) as pilot:
        assert "HAND" not in app.text
        await pilot.press("enter")

    assert moves(app) == [f"{seat} end"]


async def test_an_offer_to_answer_stands_before_what_is_signed() -> None:
    """The answers open with nothing lit; an offer is the first row, though a deal of this round stands."""
    signed = Answer("birch", "bread-for-coin", "yes")
    table = go_on(a_table(), Offer("amber", "bread-for-coin", "large", "secret", 2), signed)
    go_on(table, Offer("birch", "cake-for-coin", "small", "open", 2))
    until(table, 1, "answers", "amber")
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert "RUNNING DEALS" in app.text
        assert app.lit == ""
        await pilot.press("enter", "enter")
        assert not moves(app)
        await pilot.press("down")
        assert app.lit == "answer:cake-for-coin"
        await pilot.press("right", "enter", "e")

    assert moves(app)[0] == "amber answer cake-for-coin yes"


async def test_in_the_answers_a_running_deal_says_only_what_can_be_done() -> None:
    """Deals are marked with the orders: neither the line at the bottom nor w offers that here."""
    signed = Answer("birch", "bread-for-coin", "yes")
    table = go_on(a_table(), Offer("amber", "bread-for-coin", "large", "secret", 2), signed)
    until(table, 1, "answers", "amber")
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down")
        assert app.lit == "deal:bread-for-coin"
        assert "it is marked with the orders, not now" in " ".join(app.text.split())
        assert "holds back" not in app.text
        foot = app.text.splitlines()[-1]
        assert "mark" not in foot
        assert "yes, no" not in foot
        assert "e  end turn" in foot


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_keys_in_one_burst_each_do_their_own_row(size: tuple[int, int]) -> None:
    """A digit that comes with Enter before it lights no other row for that Enter."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        hand = table.view("amber").hands["amber"]
        for key in ("2", "enter", "1", "enter"):
            app.post_message(Key(key, key if key.isdecimal() else None))
        await settled(pilot)

        assert [laid.card for laid in table.view("amber").orders["amber"].commits] == [hand[1], hand[0]]


async def test_the_mouse_does_everything() -> None:
    """A click lights a card, a second commits it; hints of the bottom line are clicked like buttons."""
    table = a_deal()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click("#rows", offset=(4, 2))
        assert app.lit == "card:second-shift"
        assert not table.view("amber").orders["amber"].commits
        await pilot.click("#rows", offset=(4, 2))
        assert [c.card for c in table.view("amber").orders["amber"].commits] == ["second-shift"]
        for _ in range(2):
            foot = app.text.splitlines()[-1]
            await pilot.click("#foot", offset=(foot.index("end"), 0))

    assert moves(app)[-1] == "amber end"


@pytest.mark.parametrize("seat", ["rok", "us", "japan", "dprk", "russia", "china"])
async def test_what_others_hide_leaves_no_trace(seat: str) -> None:
    """The screen of a seat is the same in every world that the seat could be in."""
    table = until(a_table(honeymoon()), 2, seat=seat)
    before = await painted(OrdersScreen(table, seat), LARGE)
    table.game.state = imagine(table.view(seat), luck=3)

    assert await painted(OrdersScreen(table, seat), LARGE) == before


def test_every_card_explains_itself_in_its_pane() -> None:
    """Each card of the shipped decks, at each target, fits the pane's width and shows its odds."""
    table = a_table(honeymoon())
    for seat in honeymoon().seat_ids:
        lens = Lens(table, seat)
        for card in honeymoon().decks[seat]:
            for move in honeymoon().commit_moves[card]:
                lines = about_card(lens, move, 44)
                wide = [line.plain for line in lines if line.cell_length > 44]

                assert wide == [], move


async def test_compare_sets_two_cards_side_by_side() -> None:
    """c compares with the row lit before: in a pane beside it, or below in brief; and goes on so."""
    small = await painted(OrdersScreen(a_deal(), "amber"), SMALL, "1", "2", "c")
    large = await painted(OrdersScreen(a_deal(), "amber"), LARGE, "1", "2", "c")

    assert small.index("A SECOND SHIFT") < small.index("COMPARED WITH") < small.index("THE MILL SONG")
    story = "Everybody knows the chorus."
    assert story in large
    assert story not in small
    held = await painted(OrdersScreen(a_deal(), "amber"), SMALL, "1", "2", "c", "3")
    assert "THE MILL SONG" in held
    assert "HUSH MONEY" in held
    assert "A SECOND SHIFT" not in held
    assert story not in await painted(OrdersScreen(a_deal(), "amber"), LARGE, "1", "2", "c", "c")


async def test_i_and_b_look_and_come_back() -> None:
    """What only this seat knows, and the board, are one key away and one key back."""
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        for key, text in (("i", "AGENDA"), ("b", "THE MILL AT THE FORD"), ("l", "THE LOG")):
            await pilot.press(key)
            await pilot.pause()
            assert text in app.text
            await pilot.press("escape")
            await pilot.pause()
            assert "HAND" in app.text


async def test_a_move_of_another_seat_is_refused_in_a_sentence() -> None:
    """An illegal move never gets past the table; the screen says what it said."""
    table = a_deal()
    app = Around(screen := OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        screen.play(End("birch"))
        await pilot.pause()
        assert "it is not birch's turn" in app.text


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_hand(snap_compare: Any, size: tuple[int, int]) -> None:
    """A hand with a card laid down and a running deal."""
    screen = OrdersScreen(a_deal(), "amber")

    assert snap_compare(Around(screen), press=["2", "enter", "1"], terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_offer(snap_compare: Any, size: tuple[int, int]) -> None:
    """An offer to answer, its dial turned."""
    screen = OrdersScreen(an_offer(), "birch")

    assert snap_compare(Around(screen), press=["4", "right"], terminal_size=size)


async def test_enter_is_offered_only_for_what_it_would_do() -> None:
    """The bottom line names the answer that Enter gives, and no Enter where it would only be refused."""
    offered = await painted(OrdersScreen(an_offer(), "birch"), SMALL, "4")
    assert " Enter  say no " in offered.splitlines()[-1]
    keys = ("1", "enter", "1", "enter", "1")
    full = (await painted(OrdersScreen(a_deal(), "amber"), LARGE, *keys)).splitlines()
    assert "You have committed 2 cards already." in "\n".join(full)
    assert "Enter" not in full[-1]
    assert "w  why" in full[-1]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_numbers_of_rows_stay_while_the_hand_shrinks(size: tuple[int, int]) -> None:
    """A card that is laid down takes its number with it: that of an offer leads to it all the turn."""
    app = Around(screen := OrdersScreen(an_offer(), "birch"))
    async with app.run_test(size=size) as pilot:
        held = len(screen.lens.view.hands["birch"])
        await pilot.press(str(held + 1))
        lit = screen.lit
        assert lit.startswith("answer:")
        await pilot.press("1", "enter")
        assert len(screen.lens.view.hands["birch"]) == held - 1
        await pilot.press(str(held + 1))
        assert screen.lit == lit


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_card_that_cannot_be_given_up_is_not_said_to_be(size: tuple[int, int]) -> None:
    """With a card face down the page says why not, at once and in the place of what would be done."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("d", "1")
        assert "You give up" in app.text
        await pilot.press("escape", "1", "enter", "d", "1")
        refusal = screen.turn_now.choice(screen.lit)[1]
        assert refusal is not None
        assert "You give up" not in app.text
        said = " ".join(app.text.replace("│", " ").split())
        assert screen.lens.words.refusal(refusal).split(":")[0][:30] in said


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_before_a_card_is_laid_the_page_says_that_telling_comes_first(size: tuple[int, int]) -> None:
    """On the line below a card that could be told; once something was told, no more."""
    app = Around(screen := OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("z", "3")
        assert say.TELL_FIRST in " ".join(app.text.split())
        await pilot.press("t", "enter", "3")
        assert say.TELL_FIRST not in " ".join(app.text.split())
        assert screen.mode == "commit"


async def test_the_end_of_a_turn_is_asked_with_a_way_back_that_says_so() -> None:
    app = Around(OrdersScreen(a_deal(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("e")
        assert "Esc  keep playing" in app.text


async def test_what_a_signature_costs_is_said_beside_what_it_is_worth() -> None:
    """On one line, so that it is not the one that falls below the fold."""
    app = Around(screen := OrdersScreen(an_offer(), "birch"))
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press(str(len(screen.lens.view.hands["birch"]) + 1))
        assert re.search(rf"score.*{re.escape(say.SIGNING)}", app.text, re.IGNORECASE)


@pytest.mark.parametrize("nth", range(1, 6))
async def test_why_ends_with_a_full_word_or_a_mark(nth: int) -> None:
    """On a small screen all that w says is there, or the last line says that there is more."""
    table = until(a_table(honeymoon(), seed=1), 1)
    app = Around(screen := OrdersScreen(table, str(table.seat_to_play)))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(str(nth), "w")
        await pilot.pause()
        said = [line for clause in screen.why_more(screen.lit) for line in clause.split()]
        shown = screen.query_one("#why").size.height

        assert shown == len(screen._shown["#why"])
        assert said[-1] in app.text.partition("\nwhy ")[2] or "\n     …" in app.text


async def test_while_the_end_is_asked_about_nothing_says_that_enter_lays_a_card() -> None:
    """The lit card's own Enter waits: the line that told of it is silent until one is back at it."""
    app = Around(OrdersScreen(until(a_table(), 2, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1")
        await pilot.pause()
        assert "Enter: you commit" in app.text
        await pilot.press("e")
        await pilot.pause()
        assert "Still possible" in app.text
        assert "Enter: you commit" not in app.text
        await pilot.press("escape")
        await pilot.pause()
        assert "Enter: you commit" in app.text


async def test_only_a_card_that_is_aimed_has_arrows_for_its_target() -> None:
    """Where the printed action is aimed at nobody, giving a card up says nothing of a target."""
    table = until(a_table(load_scenario("tutorial")), 1, seat="north")
    app = Around(OrdersScreen(table, "north"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert "give it up" in app.text
        assert f"← →  {say.TARGET}" not in app.text


@pytest.mark.parametrize("keys", [(), ("1",)])
async def test_what_a_seat_knows_is_told_once(keys: tuple[str, ...]) -> None:
    """With nothing lit in the middle, where all of it has room, else at the side."""
    table = until(a_table(), 1, seat="amber")
    agenda = Words(table.scenario).agenda(str(table.view("amber").agendas["amber"]))
    text = await painted(OrdersScreen(table, "amber"), LARGE, *keys)

    assert text.count(agenda.title) == 1
