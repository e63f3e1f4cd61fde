"""No hand crashes, freezes or hurts the program; and the monkey that says so would see it.

A fixed seed for each screen, and the starts that once broke something, in `cases`. New seeds: `make monkey`.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.host.test_faults import a_kept_table
from tests.monkey import held
from tests.monkey.control import Control
from tests.monkey.guests import see_no_secret
from tests.monkey.keys import Event, Hand, press, real_keys
from tests.monkey.planted import FAULTS
from tests.monkey.program import Trouble, running
from tests.monkey.scenes import SCENES
from tests.monkey.session import Log, Session, again, kept, leave, played, whole_saves
from tests.monkey.shrink import shrunk
from tests.monkey.walks import WALKS, Start, screens
from wargame.tui.actions import ACTIONS

CASES = sorted(Path(__file__).with_name("cases").glob("*.json"))
FEW = ("play.orders.OrdersScreen", "facilitate.form.FormScreen", "replay.replay.ReplayScreen")
"""The screens on which most happens."""


def seed_of(screen: str) -> int:
    """The least seed whose walk leads to this screen."""
    return sorted(WALKS).index(screen)


# --- what it knows -------------------------------------------------------------------------------------


def test_every_screen_has_a_walk() -> None:
    """A new screen needs a way to it in `walks.WALKS`, and none leads to a screen that is no more."""
    assert screens() == set(WALKS)


def test_every_key_of_the_program_is_pressed() -> None:
    pressed = set(real_keys())

    assert pressed >= {action.keys for action in ACTIONS if len(action.keys) == 1}
    assert pressed >= {"\r", "\x1b", "\x1b[A", "\x1bOQ", "\x11", "\x1b[Z", ","}


def test_the_same_seed_is_the_same_hand() -> None:
    first, second = (Hand(Random(5), (80, 24)) for _ in range(2))

    assert [first.gesture() for _ in range(300)] == [second.gesture() for _ in range(300)]


def test_a_log_is_read_as_it_was_written() -> None:
    start, events = WALKS["home.home.HomeScreen"].start, [press("é\x00"), Event("ask")]
    log = Log(7, start, {"a": "b"}, events, "SIGTERM", ("freeze", "there"), "why")

    assert Log.from_json(log.to_json()) == log


def test_a_row_of_events_is_cut_down_to_those_that_matter() -> None:
    events = [press(key) for key in "abcdefghijklmnop"]
    needed = {press("c"), press("n")}

    assert shrunk(events, lambda some: needed <= set(some), 10) == ([press("c"), press("n")], True)
    assert shrunk(events, lambda _some: False, 10) == (events, False)


# --- what it sees --------------------------------------------------------------------------------------


def test_another_process_tells_how_much_of_a_processor_it_got() -> None:
    with Control() as control:
        while control.seconds < 0.05:
            pass


def test_a_save_that_is_not_whole_is_seen(tmp_path: Path) -> None:
    SCENES["finished"](tmp_path)
    assert whole_saves(tmp_path, killed=False) == 2

    save = tmp_path / "evening.wargame"
    data = bytearray(save.read_bytes())
    data[len(data) // 2] ^= 1
    save.write_bytes(data)
    with pytest.raises(Trouble, match="damage"):
        whole_saves(tmp_path, killed=False)


def test_a_row_that_tells_anothers_secret_is_seen(tmp_path: Path) -> None:
    """A card in the hand of Amber: it may read it, and the white cell, and nobody else."""
    table = a_kept_table(tmp_path, seed=3)
    card = table.scenario.cards[table.game.state.hands["amber"][0]]
    table.close()
    rows = {f"│ 1 {card.title} │"}
    saves = list(tmp_path.glob("*.wargame"))
    see_no_secret({"amber": rows, "amber.2": rows, "white.kim": rows, "birch": {"│ nothing │"}}, saves)

    for login in ("birch", "birch.2", "wall", "observer"):
        with pytest.raises(Trouble, match="secret"):
            see_no_secret({login: rows}, saves)


def test_a_game_is_judged_by_its_own_save(tmp_path: Path) -> None:
    """What was told in it is no secret because another game that lies beside it has not told it."""
    saves = tmp_path / "saves"
    saves.mkdir()
    a_kept_table(saves, seed=3).close()
    log = Log(1, Start(("host", "{folder}/saves/late.wargame")), kept(tmp_path))
    a_kept_table(saves, seed=4).close()
    [old] = log.files
    [new] = {path.name for path in saves.glob("*.wargame")} - {old}

    assert [path.name for path in played(log, tmp_path)] == [new]
    again_with = Log(1, Start(("host", f"{{folder}}/saves/{old}")), kept(tmp_path))
    assert [path.name for path in played(again_with, tmp_path)] == [old]


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
def test_each_kind_of_trouble_is_seen(tmp_path: Path, fault: str) -> None:
    """Faults planted in the real program."""
    arguments = [fault, "--saves", str(tmp_path / "saves")]
    with running(arguments, tmp_path, module="tests.monkey.planted") as program:
        program.begun()
        with pytest.raises(Trouble) as seen:
            program.do(press("?", 0.1))
            program.ask()
            leave(program, "")

    assert seen.value.kind == fault


# --- what it does --------------------------------------------------------------------------------------


def assert_nothing_is_wrong(session: Session) -> None:
    tally = session.run()

    failures = [f"{failure.trouble}\n{failure.trouble.details}" for failure in tally.failures]
    assert failures == [], "\n".join(failures)
    assert session.walk in tally.screens, tally.lost


@pytest.mark.parametrize("screen", FEW)
def test_a_few_hands(screen: str) -> None:
    """A part of what `make soak` does, for a few seconds."""
    assert_nothing_is_wrong(Session(seed_of(screen), most=45))


def assert_nothing_is_wrong_in_a_room(session: Session) -> None:
    tally = session.run()

    failures = [f"{failure.trouble}\n{failure.trouble.details}" for failure in tally.failures]
    assert failures == [], "\n".join(failures)
    assert {"home.first.FirstScreen", "facilitate.console.FacilitateScreen"} <= tally.screens


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 4))
def test_any_hands_in_a_room(seed: int) -> None:
    """People come in over ssh, type anything, drop and come again, and so does the console."""
    assert_nothing_is_wrong_in_a_room(Session(seed, most=250, hosts=True))


@pytest.mark.soak
@pytest.mark.parametrize("screen", sorted(WALKS))
def test_any_hand_on_any_screen(screen: str) -> None:
    assert_nothing_is_wrong(Session(seed_of(screen)))


@pytest.mark.soak
@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_what_once_broke_does_no_more(path: Path) -> None:
    log = Log.from_json(path.read_text(encoding="utf-8"))

    assert again(log, log.events) is None, log.comment


@pytest.mark.soak
@pytest.mark.parametrize("way", held.WAYS, ids=[way.name for way in held.WAYS])
def test_enter_held_down_plays_a_game_to_its_end(tmp_path: Path, way: held.Way) -> None:
    report, pressed, _seconds = held.a_game(way, 5, tmp_path)

    assert report.finished
    assert pressed > 30
