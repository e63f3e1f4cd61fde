"""The session without screens: what is due for whom, what is refused, and that nobody is ever stuck."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.rules.boards import MINI, mini
from tests.session_page import PAGE, page
from tests.test_imports import SCREEN, loaded_by
from tests.tui.halls import SEATS, Sitting, a_sitting, a_table_of_people, at_the_console
from wargame.errors import WargameError
from wargame.record import Player
from wargame.rules.moves import WHITE, End
from wargame.table import Facilitator, Limit
from wargame.tui import Start
from wargame.tui.deeds import CLOSED, HUBS, OVER, PAGES, PRIVATE, STATES, TURN, WORKING
from wargame.tui.home.draft import Setup
from wargame.tui.session import WAYS
from wargame.tui.stage import SCREENS
from wargame.tui.viewer import ROOM, WHITE_CELL, Viewer

TRIGGERS = sorted({way.trigger for way in WAYS} - {"next"})
GIVEN: dict[str, tuple[object, ...]] = {
    "begin": (Start(),),
    "failed": (WargameError("It can't be done."),),
    "save_failed": ("The disk is full.", lambda: None),
}
"""What comes with a trigger."""


# --- the table of ways ---------------------------------------------------------------------------------


def test_the_page_shows_the_machine() -> None:
    """`docs/session.md` is what `make rules` would write now."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_can_be_left_and_come_to() -> None:
    left = {state for way in WAYS for state in way.sources if way.dest and way.dest not in way.sources}
    come = {way.dest for way in WAYS}

    assert left == set(STATES) - {CLOSED}
    assert come - {"", "back"} == set(STATES)


def test_every_page_has_a_screen() -> None:
    assert set(SCREENS) == {*PAGES, *OVER}


def test_a_session_needs_no_screen() -> None:
    """A whole game is played through one without loading any."""
    play = "from tests.tui.halls import a_sitting\na_sitting('amber', 'birch').to('final')"

    assert not loaded_by(play) & SCREEN


def a_setup() -> Setup:
    """What a set-up has been left with."""
    return Setup("mini", mini(), {seat: Player("random", seat) for seat in SEATS}, rounds=1)


# --- what is granted -----------------------------------------------------------------------------------


def a_long_choice() -> Sitting:
    """A game whose news ask a person something."""
    for seed in range(100):
        sitting = a_sitting(*SEATS, seed=seed)
        for _ in range(200):
            if sitting.state == "aloud":
                return sitting
            if sitting.state == "final":
                break
            sitting.lead_on(Random(seed))
    raise AssertionError("no seed asks anybody")


def at(state: str, folder: Path) -> Sitting:
    """A session that has come to this state."""
    two = a_sitting("amber", "birch", folder=folder)
    match state:
        case "home":
            return Sitting(start=Start(saves=folder))
        case "setup":
            return Sitting(start=Start("setup", folder))
        case "problem":
            return Sitting(start=Start("resume", folder, save=folder / "none.wargame"))
        case "replay":
            two.to("final").ask("look_back")
        case "look" | "about_save":
            two.to("answers")
            two.session.shut()
            save = two.session.opened
            assert save is not None
            data = bytearray(save.read_bytes())
            if state == "look":
                data[len(data) - 300] ^= 1
            save.write_bytes(data[:-7])
            two = Sitting(start=Start("resume", folder, save=save))
            if state == "look":
                two.ask("done")
        case "meeting":
            return a_sitting("amber")
        case "opening" | "moving":
            two = a_sitting("amber") if state == "moving" else two
            two.session.state = state
        case "held" | "taken_back":
            two.to("orders").table.set_pin(WHITE, "")
            two.ask("call_facilitator")
            two.ask("take_seat")
            cell = Facilitator(two.whole)
            if state == "taken_back":
                two.table.play(End(two.table.seat_to_play or ""))
                two.ask("done")
                two.ask("call_facilitator")
                two.ask("take_seat")
                cell.rewind(0, "again")
            else:
                cell.pause("tea")
            two.ask("done")
        case "gate" | "console":
            two.to("orders").table.set_pin(WHITE, "1234" if state == "gate" else "")
            two.ask("call_facilitator")
            if state == "console":
                two.ask("take_seat")
        case "time_up":
            two.to("board").whole.set_limit("orders", Limit(60, 10))
            two.to("orders").whole.timers.add(-60)
            two.session.tick()
            two.settle()
        case "aloud":
            return a_long_choice()
        case "choice":
            two = a_long_choice()
            two.ask("look_alone")
            two.ask("take_seat")
        case "lock":
            two.session.shut()
            two = Sitting(start=Start("resume", folder, save=two.session.opened, console=True))
        case "watch":
            return Sitting(Viewer.of_seat("cedar"), a_table_of_people()).to("watch")
        case "paused" | "hidden" | "unsaved":
            trigger = {"paused": "pause", "hidden": "hide", "unsaved": "save_failed"}[state]
            two.to("orders").ask(trigger, *GIVEN.get(trigger, ()))
        case "closed":
            two.ask("quit")
        case _:
            two.to(state)
    return two


@pytest.mark.parametrize("state", sorted(set(STATES) - set(HUBS) - set(WORKING)))
def test_every_trigger_is_granted_or_refused(state: str, tmp_path: Path) -> None:
    """In every state: what is refused changes nothing, and what is granted leads to a page."""
    here = at(state, tmp_path)
    assert here.state == state
    for trigger in TRIGGERS:
        before, seen = list(here.session.pages), len(here.hall.seen)
        said = here.session.can(trigger)
        given = (a_setup(),) if (state, trigger) == ("setup", "begin") else GIVEN.get(trigger, ())
        assert here.ask(trigger, *given) is said, trigger
        if not said:
            assert (here.state, here.session.pages, len(here.hall.seen)) == (state, before, seen)
        elif here.session.pages != before or here.hall.closed:
            here.session.shut()
            here = at(state, tmp_path)
    here.session.shut()


def test_a_trigger_asked_within_another_waits_for_it() -> None:
    """As when a table tells of a change that the session itself is making."""
    sitting = a_sitting("amber", "birch").to("talk")
    asked = list[tuple[bool, str]]()
    sitting.table.observe(lambda: asked.append((sitting.session.ask("pause"), sitting.state)))
    sitting.ask("done")

    assert asked == [(True, "talk")]
    assert [one.state for one in sitting.hall.up] == ["board", "paused"]


def test_what_lies_over_a_page_leads_back_to_it() -> None:
    """The same page as before, not another like it."""
    sitting = a_sitting("amber", "birch").to("orders")
    (before,) = sitting.hall.up
    for trigger in ("pause", "hide"):
        assert sitting.ask(trigger)
    assert sitting.ask("go_on")
    assert sitting.state == "paused"
    assert sitting.ask("go_on")

    assert sitting.hall.up == [before]


def test_a_turn_is_done_when_it_is_over() -> None:
    sitting = a_sitting("amber", "birch").to("orders")

    assert not sitting.ask("done")
    sitting.play(Random(1))
    assert sitting.ask("done")


# --- nobody is stuck -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_any_triggers_lead_to_the_end(seed: int, tmp_path: Path) -> None:
    """People ask for anything between two steps of a game: it ends all the same, and shows no page of a seat
    to whom it was not handed over."""
    random = Random(seed)
    people = random.sample(SEATS, random.randint(1, 3))
    sitting = a_sitting(*people, folder=tmp_path, seed=seed)
    sitting.whole.set_limit("orders", Limit(60))
    sitting.table.set_pin(WHITE, random.choice(("1234", "")))
    steps = 0
    while sitting.state != "final":
        steps += 1
        if steps < 150 and random.random() < 0.4:
            anything(sitting, random)
        else:
            assert sitting.lead_on(random)
        assert steps < 1000, sitting.state
    assert sitting.ask("done")
    assert sitting.state == "home"


def anything(sitting: Sitting, random: Random) -> None:
    """Something that nobody needs to go on."""
    session = sitting.session
    if sitting.state == "console":
        at_the_console(sitting, random)
    elif sitting.state in TURN and random.random() < 0.2:
        sitting.whole.timers.add(-1000)
        session.tick()
        sitting.settle()
    else:
        trigger = random.choice([one for one in TRIGGERS if one not in ("quit", "begin", "worked", "failed")])
        sitting.ask(trigger, *GIVEN.get(trigger, ()))
    if sitting.state == "home":
        save = next(path for path in (session.saves or Path()).glob("*.wargame"))
        sitting.ask("begin", Start("resume", session.saves, save=save))


# --- a disk that takes no more -------------------------------------------------------------------------


@contextmanager
def a_full_disk(save: Path) -> Iterator[None]:
    """Nobody may write a longer file than this one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (save.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limit")
@pytest.mark.parametrize("what", ["talk", "time", "bots"])
def test_what_can_t_be_written_is_asked_for_again(what: str, tmp_path: Path) -> None:
    """The end of a talk, what is done when the time is up, bots' moves: try again as often as one likes."""
    sitting = a_sitting("amber", "birch", folder=tmp_path)
    sitting.whole.set_limit("orders", Limit(60))
    sitting.to("talk" if what == "talk" else "orders")
    save = sitting.session.opened
    assert save is not None
    if what == "time":
        sitting.whole.timers.add(-60)
    while what == "bots" and not sitting.session.bots_are_due():
        sitting.play(Random(1))
        if not sitting.session.bots_are_due():
            sitting.ask("done")
            sitting.to("orders")
    before = sitting.table.game.to_bytes()

    with a_full_disk(save):
        for _ in range(2):
            sitting.session.tick()
            sitting.ask("done")
            assert sitting.state == "unsaved"
            assert "NOT SAVED" in sitting.session.notice.title
            assert sitting.table.game.to_bytes() == before
            sitting.ask("retry")
        assert sitting.state == "unsaved"
    sitting.ask("retry")

    assert sitting.state in ("board", "time_up", "news")
    sitting.session.shut()


# --- the keyboard at the facilitator's ------------------------------------------------------------------


@pytest.mark.parametrize("people", [("amber",), ("amber", "birch")], ids=["one", "two"])
@pytest.mark.parametrize("pin", ["", "1234"], ids=["no PIN", "PIN"])
def test_the_keyboard_is_handed_to_the_facilitator_and_back(people: tuple[str, ...], pin: str) -> None:
    """A page comes before the console, with or without a PIN; another before the seat sees its own again."""
    sitting = a_sitting(*people).to("orders")
    sitting.table.set_pin(WHITE, pin)
    seat = sitting.session.pages[0].seat
    sitting.ask("call_facilitator")
    assert sitting.state == "gate"
    sitting.ask("take_seat")
    assert sitting.state == "console"
    sitting.ask("done")

    assert [(page.state, page.seat) for page in sitting.hall.up] == [("handover", seat)]
    sitting.ask("take_seat")
    assert sitting.state in PRIVATE


def test_what_everybody_watches_after_the_console_hands_the_keyboard_to_nobody() -> None:
    """One person: news may come in between, and the hand-over still comes before their own page."""
    sitting = a_sitting("amber").to("news")
    sitting.table.set_pin(WHITE, "")
    sitting.ask("call_facilitator")
    sitting.ask("take_seat")
    sitting.ask("done")
    seen = len(sitting.hall.seen)
    sitting.to("orders")

    states = [page.state for page in sitting.hall.seen[seen - 1 :]]
    assert states[0] == "news"
    assert states.count("handover") == 1


def test_a_game_that_begins_at_the_console_hands_the_keyboard_to_its_only_person(tmp_path: Path) -> None:
    """Before they read who they are, which is theirs alone."""
    players = {seat: Player("person" if seat == "amber" else "random", seat.title()) for seat in SEATS}
    start = Start("play", tmp_path, str(MINI), seed=3, rounds=2, players=players, console=True)
    sitting = Sitting(start=start).to("console")
    sitting.ask("done")

    assert [(page.state, page.seat) for page in sitting.hall.up] == [("handover", "amber")]
    sitting.ask("take_seat")
    assert sitting.state == "meeting"
    sitting.to("final")


# --- several sessions of one table ---------------------------------------------------------------------


def test_each_seat_at_a_screen_of_its_own() -> None:
    """No hand-over; each session puts up the pages of its own seat alone, the room's none, and all see the
    end."""
    table = a_table_of_people()
    sittings = {seat: Sitting(Viewer.of_seat(seat), table) for seat in SEATS}
    room = Sitting(ROOM, table)
    for _ in range(500):
        for sitting in (*sittings.values(), room):
            sitting.settle()
            if sitting.state != "final":
                sitting.lead_on()
    assert {one.state for one in (*sittings.values(), room)} == {"final"}
    for seat, sitting in sittings.items():
        own = [page for page in sitting.hall.seen if page.state in PRIVATE]
        assert {page.seat for page in own} == {seat}
        assert not {page.state for page in sitting.hall.seen} & {"handover", "board"}
        assert sitting.hall.refreshed
    assert not {page.state for page in room.hall.seen} & set(PRIVATE)
    assert "news" in {page.state for page in room.hall.seen}


def test_a_guest_leaves_and_the_game_goes_on(tmp_path: Path) -> None:
    """The table of another stays open; whoever called the guest in may play on."""
    host = a_sitting("amber", "birch", folder=tmp_path).to("orders")
    guest = Sitting(Viewer.of_seat("cedar"), host.table)
    guest.ask("leave")

    assert guest.state == CLOSED
    host.to("final")
    host.ask("done")
    assert host.state == "home"


def test_the_white_cell_at_a_screen_of_its_own() -> None:
    """It sees the console at once, after its PIN where it has one; what it does reaches the others."""
    table = a_table_of_people()
    amber = Sitting(Viewer.of_seat(str(table.seat_to_play)), table).to("orders")
    table.set_pin(WHITE, "1234")
    white = Sitting(WHITE_CELL, whole=table)
    assert white.state == "gate"
    white.ask("take_seat")
    assert white.state == "console"
    Facilitator(table, "Kim").skip("too late")
    amber.settle()

    assert amber.state == "watch"
    white.ask("done")
    assert white.state == CLOSED
