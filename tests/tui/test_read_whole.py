"""What a seat reads on the pages of its turn is there whole: it wraps where there is no room beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from textual.app import ComposeResult

from tests.pictures import table_at
from tests.rules.boards import edit, give
from tests.tui.boards import Around, a_question, honeymoon, painted, until
from tests.tui.boards import a_table as a_new_table
from tests.tui.games import settled
from wargame.rules.forecast import forecast
from wargame.rules.moves import Answer, Counter, Offer
from wargame.rules.preview import preview
from wargame.table.table import Table
from wargame.tui.board.seats import Seats, card_lines
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import with_chances
from wargame.tui.kit.rows import Rows
from wargame.tui.play.accuse import AccuseScreen
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.counter import CounterScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.explained import Explained
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.play.sway import is_idle
from wargame.tui.play.told import does, plainly, told_card
from wargame.words.pages import play as say

WIDTHS = (100, 110, 118, 120, 124, 132, 140, 150)
OURS = ("yes, but …", "accuse …")
"""What ends in dots of its own."""


def of_round(round_: int, seat: str, phase: str = "orders") -> Table:
    return until(a_new_table(honeymoon(), seed=4), round_, phase, seat)


def offered(phase: str = "answers") -> Table:
    """What North Korea has offered Russia, which it has to answer."""
    table = of_round(2, "dprk")
    table.play(Offer("dprk", "shells-for-oil", "large", "secret", 2))
    return until(table, 2, phase, "russia")


PAGES: dict[str, Callable[[], PlayingScreen]] = {
    "orders": lambda: OrdersScreen(of_round(2, "dprk"), "dprk"),
    "answers": lambda: OrdersScreen(offered(), "russia"),
    "desk": lambda: DeskScreen(of_round(2, "dprk"), "dprk"),
    "counter": lambda: CounterScreen(offered("orders"), "russia", "shells-for-oil"),
    "accuse": lambda: AccuseScreen(of_round(2, "us"), "us"),
}


def cut(text: str, whole: tuple[str, ...]) -> list[str]:
    """Lines in which something is cut off that is not in the narrow column of tracks."""
    for one in whole:
        text = text.replace(one, "")
    return [line for line in text.splitlines() if "…" in line]


@pytest.mark.parametrize("page", PAGES)
async def test_no_line_of_a_seats_pages_is_cut_at_any_width(page: str) -> None:
    """Rows and what is told of them wrap; only the words beside a wide track may end in dots."""
    screen = PAGES[page]()
    app: Around[Any] = Around(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        for width in WIDTHS:
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            for key in ("1", "2", "tab"):
                await pilot.press(key)
                await pilot.pause()
                text = app.text
                if page in ("orders", "answers") and width >= 150:
                    text = "\n".join(line[50:] for line in text.splitlines())
                assert not cut(text, OURS), (width, key)


async def test_a_card_that_cant_be_told_says_all_of_why() -> None:
    app: Around[Any] = Around(OrdersScreen(of_round(2, "dprk"), "dprk"))
    async with app.run_test(size=(100, 30)) as pilot:
        for width in WIDTHS:
            await pilot.resize_terminal(width, 30)
            await pilot.press(*(("t",) if width == WIDTHS[0] else ()))
            await pilot.pause()
            foot = "\n".join(app.text.splitlines()[-13:])
            assert "×" in foot
            assert foot.count("×") == foot.count("¤3."), width


@pytest.mark.parametrize("width", range(12, 24))
def test_a_seats_card_has_no_line_too_wide(width: int) -> None:
    """Also where the seat is over the line with two digits each: the score stays whole."""
    table = of_round(2, "dprk")
    edit(table.game, tracks={"trust": 10, "regime": 10, "arsenal": 10})
    lens = Lens(table, "dprk")
    assert lens.score("dprk") >= lens.line
    lines = card_lines(lens, "dprk", width, to_move=True)
    assert all(line.cell_length <= width for line in lines)
    assert f"{lens.score('dprk')} of {lens.line:g}" in lines[0].plain
    assert "✓" in lines[0].plain


async def test_seat_cards_are_painted_as_wide_as_they_are_now() -> None:
    """However the window was before: a bar that is too long would push all else down a line."""
    screen = OrdersScreen(offered(), "russia")
    app: Around[Any] = Around(screen)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        for width in (110, 150, 118):
            await pilot.resize_terminal(width, 45)
            await pilot.pause()
            bars = [line for line in app.text.splitlines() if "━┃━" in line]
            assert len(bars) == 1
            assert screen.query_one(Seats).display
            assert bars[0].count("┃") >= 6


class Told(GuardedScreen[None]):
    """Seats' cards that are told once, before they have been laid out."""

    def compose(self) -> ComposeResult:
        yield Seats(honeymoon().seat_ids)

    def on_mount(self) -> None:
        self.query_one(Seats).show(Lens(offered(), None), None)


async def test_seat_cards_are_as_wide_as_their_border_leaves_them_from_the_first() -> None:
    """On a page that is painted once, as nobody presses a key on it: what stands third is the purse."""
    app: Around[Any] = Around(Told())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        rows = app.text.splitlines()

        assert all(len(bar) == 16 for bar in re.findall("[━┃]+", rows[2]))
        assert rows[3].count("¤") == len(honeymoon().seat_ids)


# --- nothing is dropped in silence -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [(100, 30), (120, 36), (120, 40), (140, 40), (160, 45)])
async def test_every_good_in_store_is_on_the_orders_page(size: tuple[int, int]) -> None:
    """However many there are: bars of some and silence about the others would be a lie."""
    table = of_round(2, "dprk")
    goods = table.scenario.goods
    edit(table.game, goods={"dprk": dict.fromkeys(goods, 2)})
    screen = OrdersScreen(table, "dprk")
    app: Around[Any] = Around(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.press("w")
        await pilot.pause()
        text = app.text
    for good in goods:
        assert (screen.lens.words.said(goods[good].short) or screen.lens.words.good(good)) in text, good


async def test_rows_below_the_edge_are_counted() -> None:
    """The last line that is seen says how many follow, until they are in view."""
    app: Around[Any] = Around(screen := OrdersScreen(table_at(3, "dprk"), "dprk"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        rows = screen.query_one(Rows)
        keys = [row.key for row in rows.shown if row.key]
        side = "\n".join(line[62:] for line in app.text.splitlines())
        assert re.search(r"↓ \d+ more", side)
        for _ in keys:
            await pilot.press("tab" if not rows.lit else "down")
        rows.action_last()
        await pilot.pause()
        assert not re.search(r"↓ \d+ more", app.text)


# --- what Enter would not do is not promised -------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_card_that_cant_be_told_has_no_enter(size: tuple[int, int]) -> None:
    table = until(a_new_table(honeymoon(), seed=4), 1, seat="dprk")
    app: Around[Any] = Around(screen := OrdersScreen(table, "dprk"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        await pilot.pause()
        refused = []
        for nth, _card in enumerate(screen.lens.view.hands["dprk"], 1):
            await pilot.press(str(nth))
            await pilot.pause()
            no = screen.turn_now.choice(screen.lit)[1] is not None
            refused.append(no)
            assert ("Enter" in app.text.splitlines()[-1]) != no
            assert ("Enter tells" in " ".join(app.text.split())) != no or size == (80, 24)
            assert not (no and "You tell the table" in app.text)
        assert any(refused)


async def test_a_deal_that_cant_be_offered_has_no_enter() -> None:
    """And where it can be, it is laid before the United States, with their article."""
    app: Around[Any] = Around(screen := DeskScreen(table_at(3, "dprk"), "dprk"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        seen = set()
        for row in [row.key for row in screen.query_one(Rows).shown if row.key.startswith("deal:")]:
            screen.query_one(Rows).light(row)
            await pilot.pause()
            foot = app.text.splitlines()[-1]
            refused = screen.refusal(screen.lit) is not None
            assert ("lay it before" in foot) != refused
            seen.add(refused)
        assert seen == {True, False}
    other: Around[Any] = Around(DeskScreen(of_round(2, "rok"), "rok"))
    async with other.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "before United" not in other.text


async def test_help_is_the_last_of_the_hints_on_the_orders() -> None:
    app: Around[Any] = Around(OrdersScreen(of_round(2, "dprk"), "dprk"))
    async with app.run_test(size=(100, 40)) as pilot:
        for width in WIDTHS:
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            assert app.text.splitlines()[-1].endswith("help"), width


# --- one chance, one line to reach, one view of a track ---------------------------------------------------


def test_a_face_has_the_chance_as_it_is_now() -> None:
    """Not the one that is printed: the clause on it and the bar below it say the same."""
    table = of_round(2, "dprk")
    edit(table.game, goods={"dprk": dict.fromkeys(table.scenario.goods, 4)}, tracks={"trust": 9})
    lens, found = Lens(until(table, 2, seat="rok"), "rok"), 0
    for move in (moves[0] for moves in lens.scenario.commit_moves.values()):
        if move.seat != "rok":
            continue
        card = lens.scenario.cards[move.card]
        for odds in preview(lens.view, move).odds[:1]:
            told = " ".join(with_chances(lens, card, move))
            assert f"{odds.chance}%" in told
            found += odds.chance != lens.scenario.programs.rolls[odds.path].base
    assert found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_seat_over_its_line_is_told_so_in_play(size: tuple[int, int]) -> None:
    table = of_round(2, "dprk")
    assert "over the line" not in await painted(OrdersScreen(table, "dprk"), size)
    edit(table.game, tracks={"trust": 10, "regime": 10, "arsenal": 10})
    assert "over the line" in await painted(OrdersScreen(table, "dprk"), size)


async def test_the_private_page_of_a_question_shows_what_its_seat_knows() -> None:
    """A track that only it sees has its number beside the answers; before the room it is sealed."""
    table, seat = a_question()
    mine = [track for track, spec in table.scenario.tracks.items() if seat in spec.seen_by]
    assert mine
    edit(table.game, tracks={mine[0]: 9})
    name = Lens(table, seat).words.said(table.scenario.tracks[mine[0]].short)
    alone = await painted(ChoiceScreen(table, seat), (120, 40))
    aloud = await painted(AloudScreen(table, seat), (120, 40))
    assert re.search(rf"{name}.*9", alone)
    assert re.search(rf"{name}.*▣", aloud)


def test_no_sealed_track_has_its_number_before_the_room() -> None:
    """Of every question of the scenario: what its answers do is told without where a sealed track stands."""
    table = of_round(2, "dprk")
    room, sealed = Lens(table, None), {t for t, spec in table.scenario.tracks.items() if spec.seen_by}
    names = [room.words.track(track) for track in sealed]
    for path, choice in table.scenario.programs.choices.items():
        for option in choice.options:
            effects = table.scenario.programs.effects[f"{path}/{option.id}"]
            for line in (*does(room, effects, 60, ()), *plainly(room, effects, 30, ())):
                assert not ("→" in line.plain and any(name in line.plain for name in names)), line.plain


async def test_the_desk_says_where_else_a_good_goes() -> None:
    """Oil that is delivered and burnt in the same upkeep does not just vanish from the table."""
    app: Around[Any] = Around(screen := DeskScreen(table_at(3, "dprk"), "dprk"))
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        screen.query_one(Rows).light("deal:shells-for-oil")
        await pilot.pause()
        lines = " ".join(app.text.split())
    burnt = forecast(screen.lens.view, screen.offer).used
    assert [used.good for used in burnt if used.good == "oil"]
    for used in burnt:
        assert screen.lens.words.cause(used.cause) in lines


# --- offers that come back --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_counter_offer_is_marked_and_says_what_it_changes(size: tuple[int, int]) -> None:
    table = offered("orders")
    table.play(Counter("russia", "shells-for-oil", "small", "secret", 3, ""))
    until(table, 2, "answers", "dprk")
    text = await painted(screen := OrdersScreen(table, "dprk"), size, "1")
    assert "yes, but" in text.replace("yes, but …", "")
    told_of = Explained(screen.turn_now, paned=True)
    told = " ".join(line.plain.strip() for line in told_of.lines("answer:shells-for-oil", 50))
    assert "changed size: small, not large; rounds: 3, not 2" in told
    assert "small, not" in text


async def test_a_card_in_the_narrow_list_keeps_its_name_beside_a_long_aim() -> None:
    """The aim goes to the line below where there is no room for both."""
    table = until(a_new_table(honeymoon(), seed=4), 2, seat="us")
    scenario = table.scenario
    aimed = {s: [c for c in scenario.decks[s] if scenario.cards[c].targets] for s in scenario.seat_ids}
    seat, cards = next((seat, cards) for seat, cards in aimed.items() if cards)
    until(table, 3, seat=seat)
    give(table.game, seat, *cards)
    app: Around[Any] = Around(screen := OrdersScreen(table, seat))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for nth, card in enumerate(cards, 1):
            await pilot.press(str(nth))
            for _ in screen.turn_now.choices(f"card:{card}"):
                await pilot.press("right")
                await pilot.pause()
                left = "\n".join(line[:33] for line in app.text.splitlines())
                assert screen.lens.words.card(card) in left
                assert f"‹{screen.turn_now.choice(f'card:{card}')[2]}›" in left


async def test_a_forecast_says_when_faster_cards_laid_before_it_are_not_counted() -> None:
    """“It does nothing” is said of the board now; only with something faster laid down is more added."""
    table = table_at(3, "dprk")
    idle, first = "soldiers-in-the-fields", "arms-fair-behind-glass"
    scenario = table.scenario
    assert scenario.cards[first].speed < scenario.cards[idle].speed
    edit(table.game, tracks={"regime": 10, "brink": 0})
    before = Lens(table, "dprk")
    move = scenario.commit_moves[idle][0]
    assert is_idle(before, move)
    assert say.NOT_COUNTED not in " ".join(line.plain for line in told_card(before, move, 200))
    assert say.IDLE in " ".join(line.plain for line in told_card(before, move, 200))
    table.play(scenario.commit_moves[first][0])
    told = " ".join(" ".join(line.plain for line in told_card(Lens(table, "dprk"), move, 200)).split())
    assert say.NOT_COUNTED in told


@pytest.mark.parametrize(("regime", "then"), [(10, "it does something"), (0, "it does nothing either")])
async def test_a_forecast_counts_faster_cards_laid_before_it_where_it_can(regime: int, then: str) -> None:
    """The second shift costs the regime two before soldiers in the fields bring it two, or cost it one."""
    table, scenario = until(a_new_table(honeymoon(), seed=4), 1, seat="dprk"), honeymoon()
    fields, shift = "soldiers-in-the-fields", "second-shift"
    edit(table.game, hands={"dprk": (fields, shift)}, goods={**table.game.state.goods, "dprk": {}})
    edit(table.game, tracks={"regime": regime, "brink": 0 if regime else 9})
    table.play(scenario.commit_moves[shift][0])

    lens, move = Lens(table, "dprk"), scenario.commit_moves[fields][0]
    assert is_idle(lens, move)
    told = " ".join(" ".join(line.plain for line in told_card(lens, move, 200)).split())
    assert f"{say.IDLE} After “Second shift in the plants” {then}." in told


@pytest.mark.parametrize("size", [(120, 40), (140, 40), (160, 45)])
async def test_the_box_of_what_one_knows_says_where_all_of_it_is(size: tuple[int, int]) -> None:
    """It has room for the first lines only; the key is on its edge. With nothing lit the middle has all."""
    assert "i all of it" in await painted(OrdersScreen(table_at(3, "dprk"), "dprk"), size, "1")


@pytest.mark.parametrize("size", [(80, 24), (110, 32), (120, 40)])
async def test_what_is_due_and_what_became_of_an_offer_wrap(size: tuple[int, int]) -> None:
    """How much there will be, and that nobody has answered, is what such a row is for."""
    table = offered("orders")
    table.play(Answer("russia", "shells-for-oil", "yes"))
    text = await painted(OrdersScreen(until(table, 3, seat="dprk"), "dprk"), size, "7")
    assert re.search(r"have \d", text)
    assert not cut("\n".join(line[:33] for line in text.splitlines()) if size[0] == 80 else text, OURS)
    until(table, 3, seat="japan")
    table.play(Offer("japan", "quiet-channel", "plain", "secret", 2))
    until(table, table.game.state.round + 1, seat="japan")
    gone = await painted(OrdersScreen(table, "japan"), size)
    assert say.LAPSED in " ".join(gone.split())
    assert not cut("\n".join(line[:33] for line in gone.splitlines()) if size[0] == 80 else gone, OURS)
