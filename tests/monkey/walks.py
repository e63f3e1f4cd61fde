"""How the program is started, and the way to each of its screens, so that a run can say it has seen them all.

A walk is a start, then keys and screens in turn: keys are pressed one by one, and a screen is gone on to by
what leads on from whatever is in front. A screen that no walk leads to fails a test by its name.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from textual.screen import Screen

import wargame.tui
from tests.monkey.keys import DOWN, ENTER, ESCAPE, SPACE, UP, Event
from tests.rules.boards import MINI

HERE, DECK = "{folder}", "{mini}"
"""Stand in arguments for the folder of the session, with `saves` and `deck`, and for the small scenario."""
END = "\x1b[F"
STEPS = 60
"""So many keys may lead on to a screen, before a walk is given up."""
GAP = 0.6
"""Seconds between two keys of a walk: longer than any page drops what is typed ahead."""


@dataclass(frozen=True)
class Start:
    """`wargame ARGUMENTS…` with a scene on the table, in a window of this size, with these settings."""

    arguments: tuple[str, ...]
    scene: str = "nothing"
    size: tuple[int, int] = (80, 24)
    config: str = ""

    @property
    def command(self) -> tuple[str, ...]:
        """With the saves in the folder of the session, where any are kept."""
        more = ("--listen", "127.0.0.1:0", "--keys", f"{HERE}/keys") if self.hosts else ()
        kept = () if self.arguments[:1] == ("preview",) else ("--saves", f"{HERE}/saves")
        return (*self.arguments, *more, *kept)

    @property
    def hosts(self) -> bool:
        """Whether people come in over ssh."""
        return self.arguments[:1] == ("host",)

    def words(self, folder: Path) -> list[str]:
        """The command as it is for a session in this folder."""
        return [word.replace(HERE, str(folder)).replace(DECK, str(MINI)) for word in self.command]


@dataclass(frozen=True)
class To:
    """Go on until this screen is in front."""

    screen: str


@dataclass(frozen=True)
class Walk:
    start: Start
    steps: tuple[str | To | Event, ...] = field(default=())


def _play(*people: str, deck: str = DECK, rounds: int = 1) -> Start:
    seats = tuple(word for seat in people for word in ("--seat", f"{seat}=person"))
    return Start(("play", deck, "--rounds", str(rounds), "--seed", "5", *seats))


def _saved(command: str, name: str, scene: str, *more: str) -> Start:
    return Start((command, f"{HERE}/saves/{name}.wargame", *more), scene)


HOME, ONE, TWO = Start(()), _play("amber"), _play("amber", "birch")
CONSOLE = Start(("facilitate", DECK, "--rounds", "1"))
ROOM = Start(("host", DECK, "--rounds", "1", "--seed", "5", "--begin"), size=(120, 40))
OPENED = (ESCAPE, UP, ENTER, To("facilitate.console.FacilitateScreen"))
"""A facilitator who wants no PIN."""
ALOUD = "play.aloud.AloudScreen"
ORDERS = To("play.orders.OrdersScreen")

WALKS: dict[str, Walk] = {
    "app.Backdrop": Walk(HOME),
    "kit.guard.GuardedPalette": Walk(HOME, ("p",)),
    "home.home.HomeScreen": Walk(HOME),
    "home.setup.SetupScreen": Walk(HOME, ("n",)),
    "home.rules.RulesScreen": Walk(HOME, ("r",)),
    "home.settings.SettingsScreen": Walk(HOME, (",",)),
    "home.help.HelpScreen": Walk(HOME, ("?",)),
    "home.glossary.GlossaryScreen": Walk(HOME, ("g",)),
    "home.covers.SmallScreen": Walk(HOME, (Event("size", "40 10"), Event("ask"))),
    "watch.resolution.ResolutionScreen": Walk(ONE, (To("watch.resolution.ResolutionScreen"),)),
    "board.log.LogScreen": Walk(ONE, (ORDERS, "l")),
    "home.first.FirstScreen": Walk(ONE, (To("home.first.FirstScreen"),)),
    "play.know.KnowScreen": Walk(ONE, (To("home.first.FirstScreen"), "i")),
    "play.orders.OrdersScreen": Walk(ONE, (ORDERS,)),
    "play.desk.DeskScreen": Walk(ONE, (ORDERS, "o")),
    "play.counter.CounterScreen": Walk(_saved("resume", "offer", "offer"), (ORDERS, "7", ENTER)),
    "play.accuse.AccuseScreen": Walk(_saved("resume", "offer", "offer"), (ORDERS, END, ENTER)),
    "play.asked.AskedScreen": Walk(ONE, (ORDERS, "y")),
    "play.messages.MessagesScreen": Walk(_saved("resume", "polled", "polled"), (ORDERS, "m")),
    "play.messages.EstimateScreen": Walk(_saved("resume", "polled", "polled"), (ORDERS, "m", ENTER)),
    "home.cards.PauseScreen": Walk(ONE, (ORDERS, ESCAPE)),
    "home.pin.PinScreen": Walk(ONE, (ORDERS, ESCAPE, END, ENTER)),
    "home.covers.CoverScreen": Walk(ONE, (ORDERS, "h")),
    "watch.talk.TalkScreen": Walk(TWO, (To("watch.talk.TalkScreen"),)),
    "watch.aside.AsideScreen": Walk(TWO, (To("watch.talk.TalkScreen"), "t")),
    "board.board.BoardScreen": Walk(TWO, (To("board.board.BoardScreen"),)),
    "watch.handover.HandoverScreen": Walk(TWO, (To("watch.handover.HandoverScreen"),)),
    ALOUD: Walk(_saved("resume", "choice", "choice"), (To(ALOUD),)),
    "play.choice.ChoiceScreen": Walk(_saved("resume", "choice", "choice"), (To(ALOUD), "i", SPACE)),
    "home.final.FinalScreen": Walk(_saved("resume", "evening", "finished")),
    "home.cards.ProblemScreen": Walk(_saved("resume", "damaged", "hurt")),
    "replay.replay.ReplayScreen": Walk(_saved("replay", "led", "finished")),
    "facilitate.gate.FirstPinScreen": Walk(CONSOLE),
    "facilitate.console.FacilitateScreen": Walk(CONSOLE, OPENED),
    "facilitate.form.FormScreen": Walk(CONSOLE, (*OPENED, "4", ENTER)),
    "facilitate.pick.PickScreen": Walk(CONSOLE, (*OPENED, "f")),
    "facilitate.pick.PageScreen": Walk(CONSOLE, (*OPENED, "2", ENTER, END, UP, ENTER)),
    "facilitate.gate.OwnPinScreen": Walk(CONSOLE, (*OPENED, END, UP, ENTER)),
    "facilitate.gate.HeldScreen": Walk(CONSOLE, (*OPENED, SPACE, ESCAPE)),
    "facilitate.mirror.MirrorScreen": Walk(ROOM, (Event("come", who="amber"), "s", ENTER)),
    "facilitate.gate.GateScreen": Walk(_saved("facilitate", "locked", "locked")),
    "wall.screens.WallBoardScreen": Walk(Start(("wall",), "asked"), (To("wall.screens.WallBoardScreen"),)),
    "wall.screens.WallRecapScreen": Walk(Start(("wall",), "news"), (To("wall.screens.WallRecapScreen"),)),
    "wall.screens.WallTalkScreen": Walk(Start(("wall",), "talk"), (To("wall.screens.WallTalkScreen"),)),
    "wall.screens.WallEndScreen": Walk(
        _saved("wall", "evening", "finished"), (To("wall.screens.WallEndScreen"),)
    ),
    "wall.screens.WallWaitScreen": Walk(Start(("wall",)), (To("wall.screens.WallWaitScreen"),)),
    "preview.screen.PreviewScreen": Walk(Start(("preview", DECK))),
}
"""By the screen it leads to."""

LEADS_ON: dict[str, tuple[str, ...]] = {
    "watch.resolution.ResolutionScreen": ("s", ENTER),
    "watch.talk.TalkScreen": (SPACE, ENTER),
    "board.board.BoardScreen": (SPACE, ENTER),
    "watch.handover.HandoverScreen": (SPACE, ENTER),
    "home.first.FirstScreen": (SPACE, ESCAPE),
    "play.know.KnowScreen": (SPACE, ESCAPE),
    ALOUD: (DOWN, ENTER),
    "play.choice.ChoiceScreen": (DOWN, ENTER),
    "play.orders.OrdersScreen": ("e", ENTER),
    "home.cards.ProblemScreen": (DOWN, ENTER),
}
"""What leads on from a screen, pressed in turn; Escape from any other."""


def leads_on(front: str, nth: int) -> str:
    """The key that leads on from this screen, for the nth time."""
    keys = LEADS_ON.get(front, (ESCAPE,))
    return keys[nth % len(keys)]


# --- what there is -------------------------------------------------------------------------------------


def screens() -> frozenset[str]:
    """Every screen the program can put up, as `launch` names them.

    That is each subclass of `Screen` in `wargame.tui`, but for those that only others build on.
    """
    package = wargame.tui
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    called = _called(Path(package.__path__[0]))
    return frozenset(
        f"{kind.__module__.removeprefix('wargame.tui.')}.{kind.__qualname__}"
        for kind in _below(Screen)
        if kind.__module__.startswith("wargame.")
        and (not kind.__subclasses__() or (kind.__module__, kind.__name__) in called)
    )


def _below(kind: type) -> Iterator[type]:
    children: list[type] = kind.__subclasses__()
    for child in children:
        yield child
        yield from _below(child)


def _called(folder: Path) -> set[tuple[str, str]]:
    """Every class that is made somewhere, or that the stage makes by its name: its module, and its name."""
    found = set()
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join(("wargame.tui", *path.relative_to(folder).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        homes = {
            alias.asname or alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.add((str(homes.get(node.func.id, module)), node.func.id))
            elif isinstance(node, ast.Tuple) and len(node.elts) == len(("module", "name")):
                named = [str(part.value) for part in node.elts if isinstance(part, ast.Constant)]
                if len(named) == len(node.elts):
                    found.add((f"wargame.tui.{named[0]}", named[1]))
    return found


# --- how a session begins ------------------------------------------------------------------------------

CONFIGS = ("", "", 'theme = "light"\n', 'glyphs = "ascii"\n', 'glyphs = "braille"\nanimations = false\n',
           'hints = false\nbell = false\n', '[keys]\noffer = "x"\nhide = ["f9", "h"]\n')  # fmt: skip
SEATS = {DECK: ("amber", "birch", "cedar"), "honeymoon": ("rok", "us", "japan", "dprk", "russia", "china")}
STAND = {"choice": ("choice",), "end": ("end",), "locked": ("locked",), "finished": ("evening", "led"),
         "hurt": ("damaged", "torn", "older")}  # fmt: skip


def a_start(random: Random) -> Start:
    """One of all the ways in which people open the program."""
    size = random.choice(((80, 24), (80, 24), (100, 30), (120, 40), (200, 60), (60, 20)))
    made = random.choices(
        (_home, _set_up, _people, _old, _look_back, _facilitate, _wall, _preview, a_host),
        (2, 2, 6, 4, 3, 4, 1, 1, 3),
    )[0](random)
    return Start(made.arguments, made.scene, size, random.choice(CONFIGS))


def _deck(random: Random) -> str:
    return random.choices((DECK, "honeymoon"), (3, 2))[0]


def _home(random: Random) -> Start:
    return Start((), random.choice(("nothing", "finished", "hurt", "locked", "end")))


def _set_up(random: Random) -> Start:
    return Start(("play", _deck(random)), random.choice(("nothing", "exercise")))


def _people(random: Random) -> Start:
    deck = _deck(random)
    players = {seat: random.choices(("person", "greedy", "random"), (4, 3, 1))[0] for seat in SEATS[deck]}
    seats = tuple(word for seat, player in players.items() for word in ("--seat", f"{seat}={player}"))
    rounds, seed = random.randint(1, 3), random.randint(0, 10_000)
    return Start(("play", deck, "--rounds", str(rounds), "--seed", str(seed), *seats))


def _old(random: Random) -> Start:
    scene = random.choice(tuple(STAND))
    more = random.choice(((), (), ("--no-pins",)))
    return _saved("resume", random.choice(STAND[scene]), scene, *more)


def _look_back(random: Random) -> Start:
    scene = random.choice(("finished", "choice", "end", "hurt"))
    return _saved("replay", random.choice(STAND[scene]), scene)


def _preview(random: Random) -> Start:
    return Start(("preview", _deck(random)))


def _wall(random: Random) -> Start:
    more = random.choice(((), ("--own-pace",)))
    return Start(("wall", *more), random.choice(("nothing", "asked", "news", "talk", "finished")))


def a_host(random: Random) -> Start:
    """A table for people at screens of their own."""
    rounds, seed = random.randint(1, 3), random.randint(0, 10_000)
    more = [one for one, chance in (("--begin", 0.8), ("--observers", 0.5)) if random.random() < chance]
    size = random.choice(((80, 24), (120, 40), (160, 45)))
    what = ("host", DECK, "--rounds", str(rounds), "--seed", str(seed), *more)
    if random.random() < 0.3:
        what = ("host", f"{HERE}/deck/exercise.yaml", *more)
        return Start(what, "exercise", size)
    return Start(what, size=size)


def _facilitate(random: Random) -> Start:
    if random.random() < 0.4:
        return Start(("facilitate", f"{HERE}/deck/exercise.yaml", "--name", "Mira"), "exercise")
    if random.random() < 0.4:
        return _saved("facilitate", "locked", "locked")
    return Start(random.choice((("facilitate", "honeymoon"), ("facilitate", DECK, "--rounds", "2"))))
