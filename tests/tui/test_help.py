"""Help is about what is lit: a few sentences, where to read on, and the keys that work there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import wargame.tui
from tests.host.tables import Hosted
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
from wargame.rules.moves import Offer
from wargame.table.table import Table
from wargame.tui import Start
from wargame.tui.actions import ACTIONS
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.home.help import HelpScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.rules import RulesScreen
from wargame.tui.kit import foot
from wargame.tui.kit.foot import Foot
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.rulebook import book_of
from wargame.tui.kit.screen import TableScreen
from wargame.tui.kit.topics import TOPICS, UNKNOWN, Topic, topic_at, topic_of
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.viewer import ROOM, Viewer
from wargame.tui.watch.resolution import ResolutionScreen


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?: |$)", text))


def cedars_turn() -> Table:
    return until(a_table(), 1, seat="cedar")


@pytest.mark.parametrize("key", sorted(TOPICS))
def test_every_topic_leads_on(key: str) -> None:
    """One to five sentences, a section that is in the book, terms that are in the glossary."""
    topic = TOPICS[key]

    assert 1 < sentences(topic.text) <= 6
    assert topic.section == "" or topic.section in book_of(honeymoon()).titles
    assert len(topic.known(book_of(honeymoon()))) == len(topic.terms) > 0


def test_every_screen_of_a_game_has_a_topic() -> None:
    """Each screen in any folder that shows a table is in the list of topics; on the wall nobody can ask."""
    for module in pkgutil.walk_packages(wargame.tui.__path__, "wargame.tui."):
        if module.ispkg or module.name.count(".") < 3 or module.name.startswith("wargame.tui.wall."):
            continue
        found = importlib.import_module(module.name)
        for name, kind in vars(found).items():
            own = isinstance(kind, type) and kind.__module__ == found.__name__
            if (
                own
                and issubclass(kind, TableScreen)
                and name
                not in (
                    "TableScreen",
                    "PlayingScreen",
                    "PanedScreen",
                    "SpreadScreen",
                    "TypingScreen",
                    "RecapScreen",
                    "ConsoleFrame",
                    "ConsoleForm",
                )
            ):
                assert topic_of(name.removesuffix("Screen").lower()) != UNKNOWN, name


@pytest.mark.parametrize(
    ("board", "seat", "keys", "title"),
    [
        (a_deal, "amber", ("1",), "A card of your hand"),
        (a_deal, "amber", ("d", "2"), "A card to give up"),
        (a_deal, "amber", ("t", "2"), "A card to tell the table about"),
        (a_deal, "amber", ("4",), "A running deal"),
        (an_offer, "birch", ("4",), "An offer to you"),
        (cedars_turn, "cedar", ("4",), "A secret lever"),
        (cedars_turn, "cedar", ("5",), "A joint stand"),
    ],
)
async def test_each_kind_of_order_has_its_own_help(
    board: Callable[[], Table], seat: str, keys: tuple[str, ...], title: str
) -> None:
    """Card, card given up, signal, deal, offer, lever and stand each say what Enter means on them."""
    app = Around(OrdersScreen(board(), seat))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()

        assert topic_at(app.screen).title == title


async def test_what_is_laid_down_has_help_of_its_own() -> None:
    """A card face down and an offer made are explained as such."""
    table = until(a_table(), 1, seat="amber")
    table = go_on(table, Offer("amber", "bread-for-coin", "large", "secret", 2))
    app = Around(screen := OrdersScreen(table, "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "enter")
        rows = screen.query_one(Rows)
        rows.light("laid:0")
        assert topic_at(screen).title == "A card you have laid down"
        rows.light("laid:offer:bread-for-coin")
        assert topic_at(screen).title == "An offer you have made"


async def test_the_desk_explains_deal_and_terms() -> None:
    """A deal leads with the ladder, a term of the offer with what that term means."""
    app = Around(screen := DeskScreen(until(a_table(), 1, seat="amber"), "amber"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert topic_at(screen).known(book_of(mill()))[0].names[0] == "Ladder"
        screen.query_one(Rows).light("dial:size")
        assert topic_at(screen).title == "The size of the offer"


async def test_the_board_explains_the_lit_track() -> None:
    """Each track of the shipped scenario has its own term, which leads the others."""
    app = Around(screen := BoardScreen(a_table(honeymoon())))
    async with app.run_test(size=LARGE):
        for track in honeymoon().tracks:
            first = screen.topic(f"track:{track}").known(book_of(honeymoon()))[0]

            assert first.names[0] != "Track", track


async def test_each_phase_of_the_resolution_is_explained() -> None:
    """A step is explained by its phase, the last page as the summary it is."""
    table = until(a_table(), 2)
    app = Around(screen := ResolutionScreen(table, table.beats))
    titles_seen = set()
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(60):
            await pilot.pause()
            titles_seen.add(topic_at(screen).title)
            if screen.at_summary:
                break
            await pilot.press("enter")

    assert {"News", "The upkeep", "The state of the world"} <= titles_seen


async def test_help_starts_with_the_lit_row() -> None:
    """F1: first what is lit, then where to read on, then the keys that work and only then the others."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        await app.push_screen(OrdersScreen(a_deal(), "amber"))
        await pilot.pause()
        await pilot.press("4", "f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        said = [line.plain for line in (*app.screen._lines(78), *app.screen._elsewhere(78))]

    assert said[0] == "A RUNNING DEAL"
    assert any(line.split() == ["r", "rules", "Deals"] for line in said)
    here, elsewhere = said.index("KEYS THAT WORK HERE"), said.index("KEYS ON OTHER SCREENS")
    offer = next(at for at, line in enumerate(said) if line.startswith("o      offer"))
    start = next(at for at, line in enumerate(said) if line.startswith("s      start"))
    assert here < offer < elsewhere < start


@pytest.mark.soak
async def test_r_opens_the_section_that_matters() -> None:
    """From a deal the rulebook opens at Deals, from its help too; from home at the beginning."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        for before, at in (((), ""), (("4",), "Deals"), (("4", "f1"), "Deals"), (("1",), "Cards")):
            if before:
                await app.push_screen(OrdersScreen(a_deal(), "amber"))
                await pilot.pause()
            await pilot.press(*before, "r")
            await pilot.pause()
            assert isinstance(app.screen, RulesScreen)
            lit = int(app.screen.query_one(Rows).lit.partition(":")[2])
            assert app.screen.sections[lit].title == (at or app.screen.sections[0].title)
            while not isinstance(app.screen, HomeScreen):
                await app.pop_screen()


async def test_long_help_stays_readable() -> None:
    """No line is longer than the screen, however narrow."""
    text = await painted(HelpScreen(frozenset(), TOPICS["orders/card"]), (60, 24))

    assert max(map(len, text.splitlines())) <= 60
    assert "rule forbids it." in text


def test_a_topic_is_the_same_for_every_such_row() -> None:
    """What is said of a card depends on no card, so help and tooltips can give nothing away."""
    hand = honeymoon().decks["dprk"]

    assert len({topic_of("orders", f"card:{card}") for card in hand}) == 1
    assert topic_of("nowhere", "row:1") == UNKNOWN
    assert isinstance(topic_of("board", "track:brink", "brink"), Topic)


async def test_help_lists_only_keys_of_the_screen_one_is_on(tmp_path: Path) -> None:
    """One meaning a key: what the arrows do in a replay is no key of the set-up."""
    app = WargameApp(Start("new", tmp_path, "honeymoon"))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        help_ = app.screen
        assert isinstance(help_, HelpScreen)
        here = "\n".join(line.plain for line in help_._lines(78)).partition("KEYS ON OTHER SCREENS")[0]

    keys = [line[:7].strip() for line in here.partition("KEYS THAT WORK HERE")[2].splitlines()]
    assert keys.count("←") == keys.count("→") == 1
    assert "step" not in here


@pytest.mark.parametrize("kept", [True, False])
async def test_ctrl_c_says_once_in_the_foot_how_to_leave(
    tmp_path: Path, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the program's own words, however often it is pressed; soon the hints are back."""
    app = WargameApp(Start("new", tmp_path, "honeymoon"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        if kept:
            await pilot.press("enter")
            await settled(pilot)
            await pilot.press("n")
            await settled(pilot)
        before = foot_of(app)
        await pilot.press("ctrl+c", "ctrl+c", "ctrl+c")
        await settled(pilot)

        assert foot_of(app).strip() == "Ctrl+Q leaves" + (
            "; the game is saved." if app.session.table else "."
        )
        assert not app._notifications
        monkeypatch.setattr(foot, "SAID", 0.01)
        await pilot.press("ctrl+c")
        await pilot.pause(0.05)
        assert foot_of(app) == before


def foot_of(app: WargameApp) -> str:
    """The bottom line as it is painted."""
    return app.screen.query_one(Foot).render().plain


async def test_page_keys_read_both_columns_to_their_end() -> None:
    """What stands beside is as long as it is, and no key leads to it alone."""
    app = Around(screen := HelpScreen(frozenset()))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        beside = screen.query_one("#more")
        assert beside.max_scroll_y > 0
        await pilot.press("down")
        await pilot.pause()
        assert round(beside.scroll_y) == 1
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        assert beside.scroll_y == beside.max_scroll_y


@pytest.mark.parametrize("seat", ["amber", ""])
async def test_help_and_palette_at_a_screen_of_ones_own_name_nothing_that_only_others_do(seat: str) -> None:
    """Neither the facilitator's keys, nor those of the set-up and the replay; F2 is what it is there."""
    hosted = Hosted()
    viewer = Viewer.of_seat(seat) if seat else ROOM
    app = WargameApp(Start(), viewer=viewer, table=hosted.course.face(seat or None))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        offered = {
            command.title.partition("  (")[0].lower() for command in app.get_system_commands(app.screen)
        }
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        said = "\n".join(line.plain for line in (*app.screen._lines(78), *app.screen._elsewhere(78)))

    listed = [act for act in ACTIONS if said.count(act.help[:40])]
    others = {"facilitating", "setup", "afterwards", "replay"}
    assert {act.id for act in listed if act.group in others} <= {"row-up", "row-down"}
    assert {"why", "rules", "auto"} <= {act.id for act in listed}
    assert ("Propose a deal" in said) == ("Ask for the white cell." in said) == bool(seat)
    assert not offered & {"next inject", "delete", "what if", "facilitator"}
    assert "rules" in offered


async def test_no_label_of_a_key_runs_into_what_it_does() -> None:
    """However long it is."""
    app = WargameApp(Start("home"))
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        await app.push_screen(screen := HelpScreen(frozenset()))
        said = [line.plain for line in screen._elsewhere(78)]

    for act in ACTIONS:
        if not act.id.startswith("light-"):
            assert any(act.label + " " in line and act.shown + " " in line for line in said), act.id
