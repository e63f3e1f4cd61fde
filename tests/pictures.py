"""The pictures in the README and in `docs/`, made from the real program: `make pictures`.

`python -m tests.pictures FOLDER [NAME …]` draws every view in every size, and the board in every theme.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from textual.screen import Screen

from tests.kept import FOLDER
from tests.tui.boards import LOOK, a_question, a_table, honeymoon, until
from tests.tui.games import settled
from wargame import load_scenario
from wargame.debrief.story import Story
from wargame.debrief.timeline import reported
from wargame.rules.events import CardPlayed, DiceRolled
from wargame.rules.scenario import Scenario
from wargame.table.live import Shown
from wargame.table.table import Table
from wargame.table.timers import Limit
from wargame.table.watched import set_clock
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.board.board import BoardScreen
from wargame.tui.facilitate.console import FacilitateScreen
from wargame.tui.facilitate.gate import FirstPinScreen
from wargame.tui.home.cards import PauseScreen
from wargame.tui.home.covers import CoverScreen
from wargame.tui.home.final import FinalScreen
from wargame.tui.home.first import FirstScreen
from wargame.tui.home.home import HomeScreen
from wargame.tui.home.pin import PinScreen
from wargame.tui.home.setup import SetupScreen
from wargame.tui.kit.guard import SETTLE
from wargame.tui.play.accuse import AccuseScreen
from wargame.tui.play.aloud import AloudScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.counter import CounterScreen
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.know import KnowScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.replay.replay import ReplayScreen
from wargame.tui.settings import Settings
from wargame.tui.stage import AppStage
from wargame.tui.wall.screens import WallBoardScreen, WallEndScreen, WallRecapScreen, WallTalkScreen
from wargame.tui.watch.handover import HandoverScreen
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.talk import TalkScreen

DOCS = Path(__file__).resolve().parents[1] / "docs" / "pictures"
EVENING = FOLDER / "evening.wargame"
SIZES = ((80, 24), (120, 40), (200, 60))
BOTS = ("rok", "us", "japan", "china")
SEED = 3


@lru_cache(maxsize=4)
def table_at(round_: int, seat: str | None = None, phase: str = "orders") -> Table:
    """A game between four bots and two people who do nothing, at somebody's turn."""
    return until(a_table(honeymoon(), BOTS, seed=SEED), round_, phase, seat)


@lru_cache(maxsize=1)
def a_whole_game() -> Table:
    return a_table(honeymoon(), (*BOTS, "dprk", "russia"), seed=SEED)


def a_home() -> Screen[Any]:
    """As from the project's folder, so that no other path is in the picture."""
    return HomeScreen(Path("saves"))


def a_board() -> Screen[Any]:
    """Round four, before the next seat is taken."""
    table = table_at(4)
    return BoardScreen(table, next_seat=table.seat_to_play)


def some_orders() -> Screen[Any]:
    return OrdersScreen(table_at(3, "dprk"), "dprk")


def other_orders() -> Screen[Any]:
    """Of a seat with levers and stands, in the second round of people who do nothing."""
    return OrdersScreen(until(a_table(honeymoon(), seed=4), 2, seat="us"), "us")


def some_answers() -> Screen[Any]:
    """What Russia is offered in the answers."""
    table = until(a_table(honeymoon(), seed=4), 2, seat="dprk")
    deals = table.scenario.offer_groups["dprk"]
    deal = next(moves for _deal, other, moves in deals if other == "russia")
    table.play(next(move for move in table.game.legal_moves() if move.verb == "offer" and move in deal))
    until(table, 2, "answers", "russia")
    return OrdersScreen(table, "russia")


def a_choice() -> Screen[Any]:
    return ChoiceScreen(*a_question())


def a_choice_aloud() -> Screen[Any]:
    return AloudScreen(*a_question())


def a_first_pin() -> Screen[Any]:
    return FirstPinScreen(a_table(honeymoon()))


def an_accusation() -> Screen[Any]:
    return AccuseScreen(until(a_table(honeymoon(), seed=4), 2, seat="us"), "us")


def a_counter_offer() -> Screen[Any]:
    """To the first offer that North Korea has been made."""
    table = table_at(3, "dprk")
    return CounterScreen(table, "dprk", table.view("dprk").offers[0].template)


def a_desk() -> Screen[Any]:
    return DeskScreen(table_at(3, "dprk"), "dprk")


def a_first_page() -> Screen[Any]:
    table = until(a_table(honeymoon(), BOTS, seed=SEED), 1, "orders", "dprk")
    return FirstScreen(table, "dprk")


def what_one_knows() -> Screen[Any]:
    return KnowScreen(table_at(3, "dprk"), "dprk")


def a_hand_over() -> Screen[Any]:
    return HandoverScreen(table_at(3, "dprk"), "dprk")


def a_resolution() -> Screen[Any]:
    """The orders of round three: the first cards turn."""
    table = a_whole_game()
    played = [beat for beat in table.beats if any(isinstance(event, CardPlayed) for event in beat.events)]
    return ResolutionScreen(table, [beat for beat in played if beat.round == 3])


def a_recap(kind: str, phase: str = "") -> Screen[Any]:
    """What the table watched in round three, at the first page of that kind and phase."""
    table = a_whole_game()
    screen = ResolutionScreen(table, [beat for beat in table.beats if beat.round == 3])
    found = (at for at, page in enumerate(screen.pages) if page.kind == kind and phase in ("", page.phase))
    screen.reached = next(found)
    return screen


def a_roll() -> Screen[Any]:
    """The last card of a game whose odds all may know."""
    table = a_whole_game()
    screen = ResolutionScreen(table, table.beats)
    open_rolls = (
        at
        for at, page in enumerate(screen.pages)
        if page.phase == "resolution" and any(isinstance(e, DiceRolled) and e.die for e in page.events)
    )
    screen.reached = max(open_rolls)
    return screen


def a_talk() -> Screen[Any]:
    """The open table of round three."""
    return TalkScreen(table_at(3))


def an_end() -> Screen[Any]:
    return FinalScreen(a_whole_game())


def a_replay() -> Screen[Any]:
    """The kept evening, with what has been found of its turning points if that lies beside it."""
    return ReplayScreen(story := Story.open(EVENING), reported(story))


def a_console() -> Screen[Any]:
    """On a branch of the evening, at its ruling."""
    path = Path(shutil.copy(EVENING, mkdtemp()))
    ruling = next(m.id for m in Story.open(path).line if m.move and m.move.verb == "adjudicate")
    table = Table.resume(path)
    table.go_back(ruling, "A picture.", why="branch")
    return FacilitateScreen(table, "Ada")


def typed(text: str) -> tuple[str, ...]:
    """The keys of a line that is typed."""
    return tuple({" ": "space", ".": "full_stop"}.get(letter, letter) for letter in text)


def on_the_wall(what: str) -> Screen[Any]:
    """What the room sees in round three: who is asked, a card, the talk, a pause; and the end."""
    if what == "end":
        return WallEndScreen(a_whole_game())
    if what in ("card", "dice", "reveal", "upkeep", "world", "news"):
        table = a_whole_game()
        made = {"card": a_resolution, "dice": a_roll}.get(what)
        news = made() if made else a_recap("card" if what == "news" else what, what if what == "news" else "")
        assert isinstance(news, ResolutionScreen)
        screen = WallRecapScreen(table, Shown("news"))
        screen.course, screen.pages, screen.reached = news.course, news.pages, news.reached
        if what == "card":
            screen.reached += 3
        return screen
    table = table_at(3, "dprk") if what != "choice" else a_question()[0]
    seat = str(table.seat_to_play)
    table.timers.limits = {"orders": Limit(180, 30), "talk": Limit(600, 60), "news": Limit(180, 30)}
    shown = Shown("talk" if what == "talk" else "turn", what if what == "pause" else "", seat, left=127.0)
    set_clock(table, shown, 0.0)
    return WallTalkScreen(table) if what == "talk" else WallBoardScreen(table, shown, what == "away")


@lru_cache(maxsize=1)
def nile() -> Scenario:
    """The second scenario."""
    return load_scenario("nile")


@lru_cache(maxsize=4)
def nile_at(round_: int, seat: str | None = None) -> Table:
    """A game of the second scenario, of two people who do nothing and two bots."""
    return until(a_table(nile(), ("sudan", "abu-dhabi"), seed=5), round_, "orders", seat)


@lru_cache(maxsize=1)
def a_whole_game_on_the_nile() -> Table:
    return a_table(nile(), nile().seat_ids, seed=5)


def a_board_of_the_nile() -> Screen[Any]:
    table = nile_at(3)
    return BoardScreen(table, next_seat=table.seat_to_play)


class View(NamedTuple):
    """A screen, and the keys that bring it to where it is worth a picture."""

    make: Callable[[], Screen[Any]]
    keys: tuple[str, ...] = ()
    title: str = "A Dangerous Honeymoon"


RULING = (
    *("6", "enter", "right", "right", "right", "down"), *typed("A choir sings in Vladivostok."), "enter",
    *typed("45"), "enter", "enter", "down", *typed("Choirs pass the border."), "enter", *typed("15"), "enter",
    *("end", "enter"), *("6", "enter", "end", "enter"),
)  # fmt: skip
"""A ruling as it is filled in: seat, proposal, odds, an argument, what follows."""

WRITTEN = (
    *("2", "enter"), *typed("A choir at the pier"), "enter", *typed("It sings of bearings."),
    *("enter", "enter", "end", "enter"),
)  # fmt: skip
"""A card that is written on the spot, with an effect."""

THIRD_ROUND = ("9", "right_square_bracket", "right_square_bracket", "right_square_bracket", "left")
"""Everything's eyes at the last move of round three."""


def tabs(pages: int) -> tuple[str, ...]:
    """The keys that turn so many pages on."""
    return ("tab",) * pages


def a_set_up() -> Screen[Any]:
    return SetupScreen(Start(saves=Path("saves")))


WALLS = (
    "asked",
    "choice",
    "card",
    "dice",
    "news",
    "reveal",
    "upkeep",
    "world",
    "talk",
    "pause",
    "away",
    "end",
)
DRY_YEAR = "The First Dry Year"
VIEWS = {
    "home": View(a_home),
    "settings": View(a_home, ("comma", "down")),
    "rules": View(a_home, ("r", "down")),
    "glossary": View(a_home, ("g", "down")),
    "help": View(a_home, ("f1",)),
    "pause": View(lambda: PauseScreen("dprk")),
    "hidden": View(CoverScreen),
    "pin": View(lambda: PinScreen(table_at(3, "dprk"), "dprk")),
    "question": View(a_home, ("6", "d")),
    "small": View(a_home),
    "setup": View(a_set_up, ("up", "up")),
    "home-save": View(a_home, ("6",)),
    "board": View(a_board),
    "orders": View(some_orders, ("down",)),
    "orders-unlit": View(some_orders),
    "orders-laid": View(some_orders, ("2", "enter", "right")),
    "orders-discard": View(some_orders, ("d", "right", "down")),
    "orders-tell": View(some_orders, ("t", "2")),
    "orders-offer": View(some_orders, ("1", "tab", "right")),
    "orders-lever": View(some_orders, ("1", "up")),
    "orders-us": View(other_orders, ("right", "right")),
    "answers": View(some_answers, ("down", "right")),
    "choice": View(a_choice, ("1",)),
    "choice-unlit": View(a_choice),
    "accuse": View(an_accusation, ("2",)),
    "counter": View(a_counter_offer, ("down", "right")),
    "compare": View(some_orders, ("1", "c", "right")),
    "desk": View(a_desk, ("down",)),
    "first": View(a_first_page),
    "know": View(what_one_knows),
    "resolution": View(a_resolution, ("enter", "enter", "enter")),
    "dice": View(a_roll),
    "news": View(partial(a_recap, "card", "news")),
    "reveal": View(partial(a_recap, "reveal")),
    "upkeep": View(partial(a_recap, "upkeep")),
    "world": View(partial(a_recap, "world")),
    "talk": View(a_talk),
    "aside": View(a_talk, ("t",)),
    "log": View(a_board, ("l",)),
    "handover": View(a_hand_over),
    "final": View(an_end),
    "console": View(a_console),
    **{f"wall-{what}": View(partial(on_the_wall, what)) for what in WALLS},
    "write": View(a_console, WRITTEN),
    "first-pin": View(a_first_pin),
    "aloud": View(a_choice_aloud, ("2",)),
    "adjudicate": View(a_console, RULING),
    "replay": View(a_replay, THIRD_ROUND),
    "replay-board": View(a_replay, (*THIRD_ROUND, *tabs(1))),
    "replay-charts": View(a_replay, (*THIRD_ROUND, *tabs(2))),
    "replay-score": View(a_replay, (*THIRD_ROUND, *tabs(2), "down", "down")),
    "replay-track": View(a_replay, (*THIRD_ROUND, *tabs(2), *("down",) * 17)),
    "turning": View(a_replay, (*THIRD_ROUND, *tabs(3))),
    "replay-deals": View(a_replay, (*THIRD_ROUND, *tabs(4), "down")),
    "replay-lines": View(a_replay, (*THIRD_ROUND, *tabs(5), "up", "c")),
    "replay-tree": View(a_replay, (*THIRD_ROUND, *tabs(5), "up")),
    "replay-notes": View(a_replay, (*THIRD_ROUND, *tabs(6), "down")),
    "replay-history": View(a_replay, (*THIRD_ROUND, *tabs(7))),
    "replay-predictions": View(a_replay, (*THIRD_ROUND, *tabs(8))),
    "replay-room": View(a_replay, ("right_square_bracket", "right_square_bracket")),
    "nile-board": View(a_board_of_the_nile, title=DRY_YEAR),
    "nile-orders": View(lambda: OrdersScreen(nile_at(2, "ethiopia"), "ethiopia"), ("2",), DRY_YEAR),
    "nile-desk": View(lambda: DeskScreen(nile_at(2, "egypt"), "egypt"), ("down",), DRY_YEAR),
    "nile-rules": View(a_board_of_the_nile, ("r", *("down",) * 19), DRY_YEAR),
    "nile-final": View(lambda: FinalScreen(a_whole_game_on_the_nile()), title=DRY_YEAR),
}
THEMES = ("light", "contrast", "safe", "ansi", "mono")
CHAPTERS: dict[str, dict[str, str]] = {
    "Around a game": {
        "home": "Games with their seats, rounds and ends at the left, the scenario's "
        "map under what is lit: it invites.",
        "home-save": "A finished game tells who ended where, and what may be done with it; "
        "nothing has to be opened for that.",
        "setup": "Seats as cards with the people and bots in them; the dials at the left are the only list.",
        "settings": "Plain on purpose; the sample shows at once what a theme does to "
        "seats, odds and changes.",
        "rules": "A book: sections at the left, text no wider than a hand's span.",
        "glossary": "The same for terms, each with where it stands in the rules.",
        "help": "What is lit first, then every key that works here, by what it is for.",
        "pause": "A card over the dimmed table; the first row is where one came from.",
        "question": "What can't be taken back is asked for in one card, with no lit.",
        "pin": "A card again; it says what a PIN is good for and what not.",
        "hidden": "Opaque, and no word on what is below.",
    },
    "A seat's turn": {
        "first": "Who one is, before anything else: aim, line, what counts, who needs "
        "one, and three things to do.",
        "know": "Everything that is one's own, in two columns; long, but it is read at leisure.",
        "handover": "Whose it is can be read from the other end of the room; only Space opens it.",
        "orders": "The hand is a hand; what is lit is told in the middle, deals and "
        "stores have the right, tracks the left.",
        "orders-laid": "What lies face down has its place beside the hand, and its cost has left the purse.",
        "orders-discard": "The same hand, looked through for another purpose, which its faces say.",
        "orders-tell": "The faces say which card may be told of, and what keeping the word pays.",
        "compare": "Two cards side by side, in the same words and the same order.",
        "desk": "An offer as both will read it, what it asks of the ladder, and what it does round by round.",
        "answers": "What is offered, what yes does to the stores, and what else runs.",
        "counter": "Only the terms can be turned; the other side's words stay in view.",
        "accuse": "Pairs and rungs, what a true word pays and a false one costs.",
        "choice": "Answers as cards with what each does; nothing is lit before somebody lights it.",
        "aloud": "The same before the room, without what only that seat may know.",
    },
    "What everybody watches": {
        "board": "The reference: map, five groups of tracks, six seats, one line of what may be done.",
        "news": "A card lies on the map where it happened; the tracks at the left move with it.",
        "talk": "The board, the papers and a clock; the table talks, the screen keeps still.",
        "aside": "A small card over the table: who asks whom, and a line.",
        "reveal": "Six seats turn over what they laid, under the deals and words of the round.",
        "resolution": "The card on the map, those before it with what came of them, and "
        "scores that change as one looks.",
        "dice": "The die is larger than anything else on the screen, beside the bar it had to stay below.",
        "upkeep": "Deliveries and what the round leaves in one list, scores with their causes below.",
        "world": "What the round has moved, was and is, in one look; still the best page of words.",
        "log": "The newest first, over the map, so that one stays at the table.",
        "final": "Rank, curve, three moments, what was not known, and the epilogue to be read aloud.",
    },
    "The wall": {
        "wall-asked": "Who is asked and how long, in letters for six metres.",
        "wall-news": "The same card as at the keyboard, and no key to go wrong.",
        "wall-reveal": "The page that makes a room go quiet.",
        "wall-dice": "One number.",
        "wall-talk": "The clock is the picture.",
        "wall-pause": "Nothing moves, and it says why.",
        "wall-end": "The ranks and the epilogue stay up while people talk.",
    },
    "The facilitator": {
        "first-pin": "The console's door, before there is anything behind it.",
        "console": "A control room: acts, truth, journal and what is coming, every hand along the foot.",
        "write": "A card written on the spot, with what comes of it and its YAML beside it.",
        "adjudicate": "A ruling as it is argued: odds, arguments, what follows either way.",
    },
    "Looking back": {
        "replay": "The board as it was, the moves at the left, time along the top.",
        "replay-board": "The board alone, as large as it was then.",
        "replay-charts": "Every score and track as a spark, the lit ones as one chart with "
        "signs on the lines.",
        "replay-score": "A score's steps, each with its cause, and the three greatest by number.",
        "replay-track": "Bands of ruin and storm behind a track: one sees how close it was.",
        "turning": "Dense, but ordered: what was done, what strong play does, what it moved.",
        "replay-deals": "Every deal with who knew what of it.",
        "replay-tree": "Branches as a tree; small and clear.",
        "replay-notes": "What people wrote and said, at the move where they did.",
        "replay-history": "The game beside what was reported of the time: text, and meant to be read.",
        "replay-predictions": "Who foresaw what, and how well: text as well, without charm.",
    },
    "Another scenario": {
        "nile-board": "The same board with another map, other tracks and four seats: nothing of the first.",
        "nile-orders": "A hand, with a dial that only its seat sees and a page that three sign.",
        "nile-desk": "A ladder whose track everybody reads.",
        "nile-rules": "A chapter in the scenario's own words, in a rulebook made from its files.",
        "nile-final": "An end that three have signed: whoever is at its line has won.",
    },
}
"""What `docs/screens.md` shows at 120×40, and a sentence on each."""
OTHERWISE = (
    ("board", (80, 24), "dark"), ("orders", (80, 24), "dark"), ("resolution", (80, 24), "dark"),
    ("orders", (160, 45), "light"), ("final", (160, 45), "mono"), ("console", (160, 45), "ansi"),
    ("orders", (200, 60), "dark"), ("wall-asked", (200, 60), "dark"), ("replay", (200, 60), "light"),
)  # fmt: skip
"""Some of them at other sizes, by other lights."""
HEAD = """# The screens

Every screen at 120×40, drawn from the real program by `make pictures`, which writes this page too. Below:
some at other sizes and by other lights, and the board in every theme.
"""


class Exhibition(AppStage):
    """A stage with one screen."""

    def __init__(self, app: WargameApp, screen: Screen[Any]) -> None:
        super().__init__(app)
        self.screen = screen

    async def run(self, start: Start) -> None:
        self.app.push_screen(self.screen)


class Gallery(WargameApp):
    """The program with one screen in front, and no game going on behind it."""

    CSS_PATH = LOOK

    def __init__(self, screen: Screen[Any], settings: Settings) -> None:
        super().__init__(Start("home"), settings)
        self.stage = Exhibition(self, screen)


async def drawn(view: View, size: tuple[int, int], theme: str = "dark") -> str:
    """The picture as SVG. It asks the network for nothing: whoever looks at it has a monospaced font."""
    app = Gallery(view.make(), Settings(theme=theme, animations=False))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.pause(SETTLE + 0.1)  # what is typed before is not for this screen
        for key in view.keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        await settled(pilot)
        picture = app.export_screenshot(title=view.title)
    return without_fonts(picture)


def without_fonts(picture: str) -> str:
    """Return the picture so that it asks the network for nothing."""
    plain = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return plain.replace("Fira Code", "DejaVu Sans Mono").replace("<svg ", '<svg xml:space="preserve" ', 1)


async def write(folder: Path, name: str, view: View, size: tuple[int, int], theme: str = "dark") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.svg").write_text(await drawn(view, size, theme), encoding="utf-8")


async def for_docs() -> None:
    """Draw what the pages show, and write the page of all screens."""
    lines = [HEAD]
    for chapter, names in CHAPTERS.items():
        lines.append(f"## {chapter}\n")
        for name, sentence in names.items():
            await write(DOCS, name, VIEWS[name], (120, 40))
            lines.append(f"**{name}**: {sentence}\n\n![{name}](pictures/{name}.svg)\n")
    lines.append("## Other sizes and lights\n")
    for name, size, theme in OTHERWISE:
        file = f"{name}-{size[0]}-{theme}"
        await write(DOCS, file, VIEWS[name], size, theme)
        lines.append(f"**{name}** at {size[0]}×{size[1]}, {theme}\n\n![{file}](pictures/{file}.svg)\n")
    await write(DOCS, "small", VIEWS["small"], (60, 20))
    for theme in THEMES:
        await write(DOCS, f"board-{theme}", VIEWS["board"], (120, 40), theme)
        lines.append(f"**board** at 120×40, {theme}\n\n![board-{theme}](pictures/board-{theme}.svg)\n")
    DOCS.with_name("screens.md").write_text("\n".join(lines), encoding="utf-8")


async def for_looking(folder: Path, names: list[str]) -> None:
    """Everything in every size."""
    for name in names or VIEWS:
        for size in SIZES:
            await write(folder, f"{name}-{size[0]}", VIEWS[name], size)
    for theme in THEMES if not names or "themes" in names else ():
        await write(folder, f"board-{theme}", VIEWS["board"], (120, 40), theme)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(for_looking(Path(sys.argv[1]), sys.argv[2:]))
    else:
        asyncio.run(for_docs())
