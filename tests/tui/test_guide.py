"""The hint line of a first turn: it follows what is done, leaves after it, and can be sent away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.boards import LARGE, SMALL, Around, a_table, an_offer, go_on, honeymoon, mill, until
from tests.tui.games import settled
from tests.tui.halls import SEATS
from tests.tui.rooms import a_cell
from tests.tui.strolls import text_of
from tests.tui.test_flow import a_game, leave
from tests.tui.test_hands import to_orders
from wargame.errors import CannotWrite
from wargame.record import Player
from wargame.rules.moves import Commit, Signal
from wargame.table.table import Table
from wargame.tui.home.first import FirstScreen
from wargame.tui.keymap import Keys
from wargame.tui.kit import guide
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.screen import TableScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.words.pages import guide as advice
from wargame.words.pages import play


def ambers_first() -> Table:
    return until(a_table(), 1, seat="amber")


def said(app: Around[Any]) -> str:
    """The hint as it is painted, in one line and without its label; "" if there is none."""
    lines = app.text.splitlines()
    at = next((at for at, line in enumerate(lines) if line.startswith(advice.LABEL)), None)
    if at is None:
        return ""
    both = " ".join(" ".join(line.split()) for line in lines[at : at + 2])
    text = "".join(both.partition(advice.AWAY)[:2])
    assert text.endswith(advice.AWAY), "the whole hint is to be seen"
    return text.removeprefix(advice.LABEL).removesuffix(advice.AWAY).strip()


async def pressed(pilot: Pilot[Any], app: Around[Any], *keys: str) -> str:
    await pilot.press(*keys)
    await pilot.pause()
    return said(app)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_it_follows_a_whole_first_turn(size: tuple[int, int]) -> None:
    """Page, card, second card, offer, signal, levers, end: each step is hinted at when it is due."""
    table = ambers_first()
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=size) as pilot:
        keys = "↑↓" if size == SMALL else "← →"
        assert (await pressed(pilot, app)).startswith(f"i is your page, yours alone. {keys} light a card")
        assert "lays “" in await pressed(pilot, app, "2")
        assert "its odds are fixed" in said(app)
        assert "lays a second, or keep your ¤" in await pressed(pilot, app, "enter")
        assert "o offers a deal" in said(app)
        assert "o opens the deal desk" in await pressed(pilot, app, "1", "enter")
        assert "choose with whom and what" in await pressed(pilot, app, "o")
        assert isinstance(app.screen, DeskScreen)
        assert "turn the size" in await pressed(pilot, app, "down")
        assert "Enter lays it before" in await pressed(pilot, app, "up")
        assert "t tells the table which card you will play" in await pressed(pilot, app, "enter")
        assert "kept, ¤1 more; not kept, ¤1 less" in await pressed(pilot, app, "t")
        assert "e ends your turn" in await pressed(pilot, app, "enter")
        await pilot.press("e", "enter")
        await pilot.pause()

    assert app.left
    verbs = [beat.move.verb for beat in app.result or () if beat.move]
    assert verbs == ["commit", "commit", "offer", "signal", "end"]
    assert not guide.is_first_turn(table, "amber")


@pytest.mark.parametrize("mode", ["t", "d"])
async def test_on_a_row_that_is_no_card_it_asks_for_one(mode: str) -> None:
    """A card that lies face down is neither told nor given up: Enter does nothing with it."""
    app = Around(screen := OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        hint = await pressed(pilot, app, "2", "enter", mode)
        for _ in range(12):
            hint = await pressed(pilot, app, "down")
            if screen.lit.startswith("laid:"):
                break
        assert screen.lit.startswith("laid:")
        assert hint == "↑↓ light the card of your hand that you mean. Esc: back."


async def test_a_card_laid_before_the_game_was_opened_again_is_not_said_to_be_taken_back(
    tmp_path: Path,
) -> None:
    """What was done before a game was opened stands, and so no hint names the key that undoes."""
    players = {seat: Player("person", seat) for seat in mill().seat_ids}
    table = until(Table.start(mill(), players, seed=7, folder=tmp_path), 1, seat="amber")
    table.play(next(move for move in table.game.legal_moves() if isinstance(move, Commit)))
    table.close()
    again = Table.resume(next(tmp_path.glob("*.wargame")))
    app = Around(OrdersScreen(again, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        hint = await pressed(pilot, app)
    again.close()

    assert "lays a second" in hint
    assert "u" not in hint.split()


async def test_undo_goes_back_to_its_hint() -> None:
    """What is hinted at is read from the orders, so taking a card back asks for one again."""
    app = Around(OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        card = await pressed(pilot, app, "2")
        assert await pressed(pilot, app, "enter") != card
        assert "lays “" in await pressed(pilot, app, "u")


async def test_whoever_goes_on_is_not_held_back() -> None:
    """An offer instead of a second card, a signal instead of an offer: the hint goes on as well."""
    table = go_on(ambers_first(), Commit("amber", "mill-song"))
    table = go_on(table, Signal("amber", "mill-song"))
    app = Around(OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert "e ends your turn" in await pressed(pilot, app)


async def test_rows_that_must_be_turned_say_how() -> None:
    """An offer, a lever and a stand are explained while they are lit, until they are done."""
    app = Around(OrdersScreen(an_offer(), "birch"))
    async with app.run_test(size=SMALL) as pilot:
        assert "turn no into yes" in await pressed(pilot, app, "4")
        assert "turn no into yes" not in await pressed(pilot, app, "right", "enter")

    app = Around(OrdersScreen(until(a_table(), 1, seat="cedar"), "cedar"))
    async with app.run_test(size=SMALL) as pilot:
        assert "Your secret lever" in await pressed(pilot, app, "4")
        assert "A joint stand" in await pressed(pilot, app, "5")
        assert "A joint stand" not in await pressed(pilot, app, "enter")


async def test_a_card_that_leaves_nothing_for_an_offer_says_so() -> None:
    """A first-time player learns before committing that signing wants an influence too."""
    app = Around(screen := OrdersScreen(until(a_table(honeymoon()), 1, seat="dprk"), "dprk"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        cards, purse = honeymoon().cards, screen.lens.view.influence["dprk"]
        hand = screen.lens.view.hands["dprk"]
        allowed = guide.Moment(screen.lens, "dprk", "").allowed["commit"]
        for card in hand:
            screen.query_one(Rows).light(f"card:{card}")
            await pilot.pause()
            if card in allowed:
                assert ("No ¤ is left for an offer" in said(app)) == (purse - cards[card].cost < 1)
            else:
                assert "can't be laid down now" in said(app) or cards[card].cost > purse


async def test_refusals_and_why_come_first() -> None:
    """Something refused says why, and w explains the row; then the hint is back."""
    app = Around(screen := OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        screen.refuse("It costs ¤9, you have ¤1.")
        await pilot.pause()
        assert said(app) == ""
        assert "It costs ¤9" in app.text
        assert await pressed(pilot, app, "2", "w") == ""
        assert await pressed(pilot, app, "w") != ""


async def test_z_sends_it_away_for_all_seats() -> None:
    """Gone on this screen and on every other seat's; z again brings it back."""
    app = Around(OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert await pressed(pilot, app, "z") == ""
        assert app.hints_off  # type: ignore[attr-defined]
        await app.push_screen(OrdersScreen(until(a_table(), 1, seat="cedar"), "cedar"))
        assert await pressed(pilot, app) == ""
        assert await pressed(pilot, app, "z") != ""


@dataclass(frozen=True)
class Wishes:
    """What this module needs of the settings."""

    hints: bool = True


class Settled(Around[Any]):
    """An app with settings, as the program has them. `kept` are those on disk."""

    settings = Wishes(hints=False)
    kept: Wishes | None = None

    def use(self, settings: Wishes) -> None:
        self.settings = settings

    def keep_settings(self) -> None:
        self.kept = self.settings


async def test_settings_decide_where_there_are_any() -> None:
    """Hints that the settings don't want are not shown; z changes the settings, on disk as well."""
    app = Settled(OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert await pressed(pilot, app) == ""
        assert await pressed(pilot, app, "z") != ""
        assert app.kept == Wishes(hints=True)
        app.use(Wishes(hints=False))
        assert await pressed(pilot, app, "2") == ""


async def test_hints_go_even_if_the_disk_is_full() -> None:
    """Settings that can't be written hold until the program ends."""

    class Full(Settled):
        settings = Wishes()

        def keep_settings(self) -> None:
            raise CannotWrite(Path("config.toml"), "no space left")

    app = Full(OrdersScreen(ambers_first(), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        assert await pressed(pilot, app, "z") == ""


async def test_it_is_gone_after_the_first_orders() -> None:
    """In the answers of the same round and in the orders of the next there is no hint."""
    for table in (until(a_table(), 1, "answers"), until(a_table(), 2)):
        app = Around(OrdersScreen(table, str(table.seat_to_play)))
        async with app.run_test(size=SMALL) as pilot:
            assert await pressed(pilot, app) == ""


async def test_a_bot_has_learnt_nothing_for_a_person() -> None:
    """Who takes a bot's seat over in a later round is led through the first turn of its own."""
    table = until(a_table(bots=["amber"]), 2)

    assert guide.is_first_turn(table, "amber")


async def test_who_prepares_a_turn_is_not_told_that_it_ends() -> None:
    """What is prepared at a screen of one's own can be changed until the turn comes and is confirmed."""
    async with a_cell() as cell:
        waits = next(seat for seat in SEATS if seat != cell.table.game.to_act)
        app = cell.comes(f"{waits}.x").app
        async with app.run_test(size=SMALL) as pilot:
            await to_orders(pilot)
            await pilot.press("e")
            await settled(pilot)
            told = " ".join(text_of(app).split())

    assert advice.PREPARED_ASKED in told
    assert f"Enter {play.THAT_IS_ALL}" in told
    assert advice.END_ASKED not in told


def lines_of(table: Table, seat: str) -> set[str]:
    """Every hint that could be shown on any row of these orders."""
    lens = OrdersScreen(table, seat).lens
    keys = ["", *(f"card:{card}" for card in lens.view.hands[seat])]
    keys += [f"dial:{dial}" for dial in lens.scenario.dials] + [f"stand:{s}" for s in lens.scenario.stands]
    return {
        guide.orders_line(guide.Moment(lens, seat, key, mode, moved, asking))
        for key in keys
        for mode in ("commit", "discard", "signal")
        for moved in (True, False)
        for asking in (True, False)
    }


def test_every_hint_fits_two_lines() -> None:
    """At eighty columns none is cut off, whatever the cards are called."""
    table = a_table(honeymoon())
    found = {advice.KNOW, advice.CHOICE, advice.NOBODY, advice.PREPARED_ASKED, *advice.ROWS.values()}
    for seat in honeymoon().seat_ids:
        found |= lines_of(until(table, 1, seat=seat) if table.seat_to_play != seat else table, seat)
        table = a_table(honeymoon())
    now = guide.Moment(OrdersScreen(until(table, 1), "rok").lens, "rok", "")
    found |= {says(now) for holds, says in guide.STEPS if says is not guide._lay}
    for hint in found:
        lines = guide.lines(hint, SMALL[0] - 1, Keys())

        assert lines[-1].plain.endswith(advice.AWAY), hint


@pytest.mark.parametrize("seat", ["rok", "dprk", "russia", "japan"])
async def test_every_hint_of_the_desk_fits(seat: str) -> None:
    """Each deal of a seat, on its row and on its terms, before and after moving."""
    app = Around(screen := DeskScreen(until(a_table(honeymoon()), 1, seat=seat), seat))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for deal, _other in screen._groups():
            screen.query_one(Rows).light(f"deal:{deal.id}")
            await pilot.pause()
            assert said(app)
            await pressed(pilot, app, "down")
            assert said(app)


async def test_the_program_leads_from_the_page_to_the_cards(tmp_path: Path) -> None:
    """In a game begun at home: the page is read first, then come the orders; z holds for the program."""
    app = a_game(tmp_path, ("dprk",))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstScreen)
        assert app.screen.guide(app.screen.lit) == advice.BEFORE_ALL
        assert app.screen._led("")
        await leave(pilot, FirstScreen)
        while isinstance(app.screen, ResolutionScreen):
            await leave(pilot, ResolutionScreen)
        while isinstance(app.screen, ChoiceScreen):
            assert app.screen.guide(app.screen.lit) == advice.CHOICE
            await pilot.press("enter")
            await settled(pilot)
        assert isinstance(app.screen, OrdersScreen)
        await pilot.press("z")
        assert app.hints_off
        assert isinstance(app.screen, TableScreen)
        assert not app.screen._led(app.screen.lit)


async def test_the_hint_on_a_card_says_that_telling_comes_first() -> None:
    """Of a card that the table could still be told of; not once it has been told of one."""
    app = Around(screen := OrdersScreen(until(a_table(), 1, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down")
        card = screen.lit.removeprefix("card:")
        assert "t comes first" in screen.guide(screen.lit)
        await pilot.press("t", "enter")
        assert screen.lens.view.signals == {"amber": card}
        assert "t comes first" not in screen.guide(f"card:{card}")
