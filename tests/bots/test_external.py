"""Programs as players, through the real table, the lab, the command line and the screen."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from random import Random
from textwrap import dedent, indent
from time import monotonic, sleep

import pytest

from tests.rules.boards import MINI, honeymoon, mini
from tests.tui.games import settled
from wargame.bots.external import (
    LONGEST,
    PROTOCOL,
    RATIONALE,
    External,
    Trouble,
    parse,
    problem,
    read_answer,
)
from wargame.bots.plain import plain_view, read_view
from wargame.lab.simulate import simulate
from wargame.record import Player, verify
from wargame.rules.game import Game
from wargame.rules.moves import End, Move, Signal
from wargame.rules.view import imagine, view
from wargame.table import ENGINE, Beat, Table
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.kit.guard import SETTLE

EXAMPLES = Path(__file__).parents[2] / "examples"
SEAT = "birch"


def a_bot(folder: Path, decide: str = "answer(len(said['moves']) - 1, 'the last')", first: str = "") -> str:
    """The player's name of a program that does `decide` at each decision, and `first` when it starts.

    It keeps what it was sent in `heard`, and its process number in `pids`.
    """
    script = folder / "bot.py"
    script.write_text(
        dedent(
            """
            import json, os, sys, time
            here = os.path.dirname(os.path.abspath(__file__))
            def keep(name, text):
                with open(os.path.join(here, name), "a") as file:
                    file.write(text + "\\n")
            def answer(move, rationale=""):
                print(json.dumps({"move": move, "rationale": rationale}))
            keep("pids", str(os.getpid()))
            starts = len(open(os.path.join(here, "pids")).readlines())
            """
        )
        + first
        + dedent(
            """
            for nth, line in enumerate(sys.stdin):
                keep("heard", line.strip())
                said = json.loads(line)
                if "moves" in said:
            """
        )
        + indent(dedent(decide), " " * 8)
        + "\n"
    )
    return f"cmd:{shlex.join((sys.executable, str(script)))}"


def in_time(kind: str, seconds: float) -> str:
    """The same player with another time limit."""
    return kind.replace("cmd:", f"cmd/{seconds}:", 1)


def a_table(kind: str, rounds: int = 2, folder: Path | None = None) -> Table:
    """A game of the mill that a program plays against random bots, to its end."""
    players = {seat: Player(kind if seat == SEAT else "random", seat) for seat in mini().seat_ids}
    table = Table.start(mini(), players, seed=4, rounds=rounds, folder=folder, name="game")
    list(table.advance())
    assert table.over
    return table


def its_beats(table: Table) -> list[Beat]:
    return [beat for beat in table.beats if beat.move is not None and beat.move.seat == SEAT]


def heard(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "heard").read_text().splitlines()]


def positions(table: Table) -> list[Game]:
    """The games before each of the program's decisions."""
    game, found = Game.new(mini(), 4, table.game.state.rounds), list[Game]()
    for beat in table.beats[1:]:
        assert beat.move is not None
        if beat.move.seat == SEAT:
            found.append(game.clone())
        game.apply(beat.move)
    return found


def running(folder: Path) -> list[int]:
    """The processes of the program that are still there."""
    alive = []
    for pid in map(int, (folder / "pids").read_text().split()):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            continue
        alive.append(pid)
    return alive


# --- a program that plays ------------------------------------------------------------------------------


def test_a_program_plays_its_seat(tmp_path: Path) -> None:
    """Its choices are played, its reasons kept, and nothing is complained about."""
    table = a_table(a_bot(tmp_path))
    table.close()

    moves = [(beat.move, beat.rationale) for beat in its_beats(table)]
    assert len(moves) > 4
    assert moves == [(game.legal_moves()[-1], "the last") for game in positions(table)]
    assert table.notices == []


def test_it_is_greeted_once_and_told_goodbye(tmp_path: Path) -> None:
    """First the hello, last the bye, between them one request a decision."""
    table = a_table(a_bot(tmp_path))
    table.close()
    hello, *requests, bye = heard(tmp_path)

    assert hello == {
        "hello": {
            "protocol": 1, "scenario": "mini", "title": "The mill at the ford", "hash": mini().hash,
            "seat": SEAT, "seats": list(mini().seat_ids), "rounds": 2, "seconds": 10.0,
        }
    }  # fmt: skip
    assert bye == {"bye": {}}
    assert len(requests) == len(its_beats(table))


def test_it_is_told_what_its_seat_may_know_and_no_more(tmp_path: Path) -> None:
    """Each request holds the seat's own window, whole, and the legal moves in their order."""
    table = a_table(a_bot(tmp_path))
    table.close()

    for request, game in zip(heard(tmp_path)[1:-1], positions(table), strict=True):
        seen = game.view(SEAT)
        assert set(request) == {"view", "moves"}
        assert request["view"] == plain_view(seen)
        assert read_view(plain_view(seen), mini()) == seen
        assert request["moves"] == [move.to_plain() for move in game.legal_moves()]
        assert request["view"] == plain_view(view(imagine(seen, 7), SEAT))


@pytest.mark.parametrize("seed", range(3))
def test_a_window_survives_json(seed: int) -> None:
    """Every seat's and the room's window of every position of a game comes back equal."""
    game, dice = Game.new(honeymoon(), seed, 3), Random(seed)
    while not game.over:
        for seat in (*honeymoon().seat_ids, None):
            seen = game.view(seat)
            assert read_view(json.loads(json.dumps(plain_view(seen))), honeymoon()) == seen
        game.apply(dice.choice(game.legal_moves()))


def test_a_move_may_be_named_instead_of_numbered(tmp_path: Path) -> None:
    """A move itself is as good as its place in the list."""
    table = a_table(a_bot(tmp_path, "answer(said['moves'][-1])"))
    table.close()

    assert [beat.move for beat in its_beats(table)] == [game.legal_moves()[-1] for game in positions(table)]


def test_its_process_ends_with_the_game(tmp_path: Path) -> None:
    """One process for the whole game, which is gone when the table is closed."""
    table = a_table(a_bot(tmp_path))
    assert len(running(tmp_path)) == 1
    table.close()

    assert running(tmp_path) == []


def test_a_program_that_will_not_leave_is_ended(tmp_path: Path) -> None:
    """One that goes on after the goodbye is ended all the same."""
    kind = a_bot(tmp_path)
    with (tmp_path / "bot.py").open("a") as script:
        script.write("while True: time.sleep(60)\n")
    table = a_table(kind, rounds=1)
    table.close()

    assert running(tmp_path) == []


def test_two_seats_with_one_command_are_two_players(tmp_path: Path) -> None:
    """Each seat has a process of its own, which is told its own seat."""
    kind = a_bot(tmp_path)
    table = Table.start(mini(), {s: Player(kind, s) for s in mini().seat_ids}, seed=1, rounds=1)
    list(table.advance())
    table.close()

    greeted = [said["hello"] for said in heard(tmp_path) if "hello" in said]
    assert sorted(str(hello["seat"]) for hello in greeted) == sorted(mini().seat_ids)  # type: ignore[index]
    assert running(tmp_path) == []


def test_what_it_complains_about_does_not_reach_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its stderr is kept off ours, however much there is."""
    table = a_table(a_bot(tmp_path, "sys.stderr.write('noise ' * 20000 + '\\n'); answer(0)"), rounds=1)
    table.close()

    assert table.notices == []
    assert capfd.readouterr() == ("", "")


# --- a program that fails ------------------------------------------------------------------------------

CRASH = "raise ValueError('lost the thread')"
HANG = "time.sleep(600)"
GARBAGE = "print('I think I shall wait.')"


def test_a_crash_costs_one_decision_and_it_is_started_again(tmp_path: Path) -> None:
    """The first legal move is played for it, a sentence says why, and the second process plays on."""
    kind = a_bot(tmp_path, f"if starts == 1 and nth == 2: {CRASH}\nanswer(len(said['moves']) - 1)")
    table = a_table(kind, folder=tmp_path)
    table.close()
    moves = [beat.move for beat in its_beats(table)]
    asked = [game.legal_moves() for game in positions(table)]

    assert moves == [asked[0][-1], asked[1][0], *(legal[-1] for legal in asked[2:])]
    assert len(moves) > 4
    assert table.notices == [
        "The program of Birch ended with exit code 1 (ValueError: lost the thread)."
        " Its first legal move was played instead. It is started once more."
    ]
    assert its_beats(table)[1].rationale == "its program ended with exit code 1 (ValueError: lost the thread)"
    assert len((tmp_path / "pids").read_text().split()) == 2
    assert verify(tmp_path / "game.wargame", ENGINE).ok


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (CRASH, "ended with exit code 1 (ValueError: lost the thread)"),
        (HANG, "gave no answer within 0.4 s"),
        (GARBAGE, "sent no JSON but “I think I shall wait.”"),
        ("answer(99)", "chose move 99, of "),
        ("answer(['birch', 'win'])", 'chose ["birch", "win"], which is not allowed now'),
        ("print('x' * 200000)", f"sent a line of more than {LONGEST} bytes"),
        ("sys.stdout.buffer.write(bytes([255, 10])); sys.stdout.flush()", "sent no JSON but “"),
        ("print('[' * 50000)", "sent no JSON but “[["),
        ("sys.exit(3)", "ended with exit code 3"),
        ("os.close(1); time.sleep(600)", "closed its output"),
    ],
    ids=["crash", "hang", "garbage", "number", "move", "long", "bytes", "deep", "leave", "close"],
)
@pytest.mark.soak
def test_the_second_failure_is_the_last(tmp_path: Path, decide: str, said: str) -> None:
    """It is out: first legal moves to the end, two sentences, two processes, and both are gone."""
    kind = a_bot(tmp_path, decide)
    table = a_table(in_time(kind, 0.4) if "600" in decide and "close" not in decide else kind)

    assert [beat.move for beat in its_beats(table)] == [game.legal_moves()[0] for game in positions(table)]
    assert len(table.notices) == 2
    assert all(said in notice for notice in table.notices)
    assert "It is started once more." in table.notices[0]
    assert "It is out for the rest of the game." in table.notices[1]
    assert len((tmp_path / "pids").read_text().split()) == 2
    assert running(tmp_path) == []
    assert its_beats(table)[-1].rationale == "its program is out"
    table.close()


def test_a_program_that_never_listens_holds_nothing_up(tmp_path: Path) -> None:
    """One that neither reads nor writes, and one that floods, are failures like the others."""
    deaf = a_bot(tmp_path, first="time.sleep(600)\n")
    table = a_table(in_time(deaf, 0.4), rounds=1)
    table.close()
    assert len(table.notices) == 2

    flood = a_bot(tmp_path, first="while True: sys.stdout.write('y' * 4096)\n")
    table = a_table(flood, rounds=1)
    table.close()
    assert len(table.notices) == 2
    assert running(tmp_path) == []


def test_a_program_that_is_not_there_is_out(tmp_path: Path) -> None:
    """A command that can't be started fails as a crash does, and the game goes on."""
    table = a_table(f"cmd:{tmp_path / 'nothing'}", rounds=1)
    table.close()

    assert "can't be started (No such file or directory)" in table.notices[0]
    assert "It is out" in table.notices[1]


def test_foreign_words_are_made_safe(tmp_path: Path) -> None:
    """A rationale is one printable line of bounded length when it reaches the log and the save."""
    table = a_table(a_bot(tmp_path, r"answer(0, '\x1b]0;mine\x07 a\n\u202eb' + 'c' * 999)"), folder=tmp_path)
    table.close()
    rationale = its_beats(table)[0].rationale

    assert rationale.startswith("]0;mine a bccc")
    assert len(rationale) == 200
    assert Table.resume(tmp_path / "game.wargame").beats == table.beats


# --- what a program starts -----------------------------------------------------------------------------

CHILD = """
import signal
def stays(daemon):
    if os.fork():
        return
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if daemon and os.fork():
        os._exit(0)
    keep("pids", str(os.getpid()))
    time.sleep(600)
stays(False)
stays(True)
while len(open(os.path.join(here, "pids")).readlines()) < 3:
    time.sleep(0.01)
"""
"""What makes a child with a session of its own, and one that has left its parent too."""

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only its own session can be found")


def gone(folder: Path) -> bool:
    """Whether nothing of the program is left, given a moment."""
    end = monotonic() + 30
    while running(folder) and monotonic() < end:
        sleep(0.02)
    return not running(folder)


@linux_only
def test_what_it_started_goes_with_it(tmp_path: Path) -> None:
    """Also what has made itself a session of its own, or has no parent any more."""
    table = a_table(a_bot(tmp_path, first=CHILD))
    assert len(running(tmp_path)) == 3
    table.close()

    assert running(tmp_path) == []
    assert table.notices == []


@linux_only
def test_what_it_started_goes_when_it_fails(tmp_path: Path) -> None:
    """A program that crashes leaves nothing behind either, while the game goes on."""
    table = a_table(a_bot(tmp_path, CRASH, first=CHILD))

    assert len(table.notices) == 2
    assert "ended with exit code 1 (ValueError: lost the thread)" in table.notices[0]
    assert running(tmp_path) == []
    table.close()


@linux_only
def test_what_it_started_goes_when_the_game_is_killed(tmp_path: Path) -> None:
    """Even at once and without a chance to tidy up."""
    kind = a_bot(tmp_path, "time.sleep(600)", first=CHILD)
    words = ("simulate", "--games", "1", "--seat", f"japan={in_time(kind, 600)}")
    with subprocess.Popen([sys.executable, "-m", "wargame", *words], cwd=tmp_path) as game:
        end = monotonic() + 60
        while not (tmp_path / "pids").exists() or len(running(tmp_path)) < 3:
            assert monotonic() < end
            sleep(0.02)
        game.kill()

    assert gone(tmp_path)


# --- answers and names ---------------------------------------------------------------------------------

MOVES = (End(SEAT), Signal(SEAT, "dare"))


@pytest.mark.parametrize(
    ("line", "move", "why"),
    [
        (b'{"move": 1}', MOVES[1], ""),
        (b'{"move": ["birch", "end"], "rationale": " so  be\\nit "}', MOVES[0], "so be it"),
        (b'{"move": 0, "rationale": 7, "more": []}', MOVES[0], ""),
    ],
)
def test_answers_that_are_understood(line: bytes, move: Move, why: str) -> None:
    """A number from 0 or a move; a rationale if it is text; the rest is passed over."""
    assert read_answer(line, MOVES) == (move, why)


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"null", b"[]", b"1", b"{}", b'{"move": true}', b'{"move": 2}', b'{"move": -1}',
     b'{"move": 1.0}', b'{"move": null}', b'{"move": "birch end"}', b'{"move": []}', b'{"move": ["birch"]}',
     b'{"move": NaN}', b'{"move": 1' + b"0" * 5000 + b"}"],
)  # fmt: skip
def test_answers_that_are_not(line: bytes) -> None:
    """Everything else is trouble, said in one line."""
    with pytest.raises(Trouble) as caught:
        read_answer(line, MOVES)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 150


def test_names_of_programs() -> None:
    """The command is split as a shell would; the time limit stands before the colon."""
    assert parse("cmd:python 'my bot.py' -x") == (("python", "my bot.py", "-x"), 10.0)
    assert parse("cmd/2.5:a b:c") == (("a", "b:c"), 2.5)
    assert problem(f"cmd:{sys.executable}") is None


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cmd:", "there is no command after the colon"),
        ("cmd:'python", "the command can't be read (no closing quotation)"),
        ("cmd/soon:python", "soon is no time limit: give 0.1 to 3600 seconds"),
        ("cmd/0:python", "0 is no time limit"),
        ("cmd/nan:python", "nan is no time limit"),
        ("cmd:/no/such/program", "there is no program /no/such/program to run here"),
    ],
)
def test_names_that_are_refused(kind: str, said: str) -> None:
    """Each with its sentence."""
    assert said in (problem(kind) or "")


# --- saves ---------------------------------------------------------------------------------------------


def a_stopped_game(folder: Path, kind: str) -> Path:
    """A save in which a person is to decide and a program sits in another seat."""
    players = {seat: Player("random", seat) for seat in mini().seat_ids}
    players |= {"amber": Player("person", "amber"), SEAT: Player(kind, SEAT)}
    table = Table.start(mini(), players, seed=4, rounds=2, folder=folder, name="stopped")
    list(table.advance())
    assert table.seat_to_play == "amber"
    table.close()
    return folder / "stopped.wargame"


def to_the_end(table: Table) -> None:
    while not table.over:
        if table.seat_to_play:
            table.play(table.game.legal_moves()[0])
        list(table.advance())
    table.close()


def test_a_save_starts_no_program_unasked(tmp_path: Path) -> None:
    """Whoever wrote the save might have written anything: a greedy bot plays on, and a notice says so."""
    kind = a_bot(tmp_path)
    path = a_stopped_game(tmp_path, kind)
    before = (tmp_path / "pids").read_text() if (tmp_path / "pids").exists() else ""
    table = Table.resume(path)

    assert table.players[SEAT] == Player("greedy", SEAT)
    assert table.notice is not None
    assert f"Programs named in this save were not started ({SEAT}={kind})" in table.notice
    to_the_end(table)
    assert ((tmp_path / "pids").read_text() if (tmp_path / "pids").exists() else "") == before
    assert {beat.by for beat in its_beats(table)} <= {"greedy", kind}
    assert verify(path, ENGINE).ok


def test_a_trusted_save_starts_its_programs(tmp_path: Path) -> None:
    """With `programs` the same program plays on."""
    kind = a_bot(tmp_path)
    table = Table.resume(a_stopped_game(tmp_path, kind), programs=True)

    assert table.players[SEAT] == Player(kind, SEAT)
    assert table.notice is None
    to_the_end(table)
    assert {beat.by for beat in its_beats(table)} == {kind}
    assert running(tmp_path) == []


# --- the lab, the command line, the screen -------------------------------------------------------------


def test_a_program_in_the_lab(tmp_path: Path) -> None:
    """Each simulated game has a process of its own, gone when it ends."""
    seats = dict.fromkeys(mini().seat_ids, "random") | {SEAT: a_bot(tmp_path)}
    tally = simulate(mini(), seats, 3, seed=2, rounds=1)

    assert tally.finished == 3
    assert len((tmp_path / "pids").read_text().split()) == 3
    assert running(tmp_path) == []


def wargame(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wargame", *words],
        capture_output=True, text=True, cwd=folder, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_simulate_with_the_example(tmp_path: Path) -> None:
    """`--seat japan=cmd:…` plays the example to the end, with JSON on stdout and nothing on stderr."""
    kind = f"cmd:{shlex.join((sys.executable, str(EXAMPLES / 'my_bot.py')))}"
    done = wargame("simulate", "--games", "2", "--seat", f"japan={kind}", "--json", folder=tmp_path)

    assert done.stderr == ""
    assert done.returncode == 0
    assert json.loads(done.stdout)["finished"] == 2


def test_simulate_says_what_went_wrong(tmp_path: Path) -> None:
    """Notices go to stderr, so that stdout stays whole."""
    kind = a_bot(tmp_path, GARBAGE)
    done = wargame(
        "simulate", "--games", "1", "--rounds", "1", "--seat", f"japan={kind}", "--json", folder=tmp_path
    )

    assert json.loads(done.stdout)["finished"] == 1
    assert "wargame: The program of Japan sent no JSON but “I think I shall wait.”." in done.stderr
    assert "It is out for the rest of the game." in done.stderr


@pytest.mark.parametrize("command", ["simulate", "play"])
def test_a_program_that_cannot_run_is_refused_before_the_game(tmp_path: Path, command: str) -> None:
    """One sentence, exit code 2, no traceback."""
    done = wargame(command, "--seat", "japan=cmd:/no/such/bot", folder=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        "wargame: --seat japan=cmd:/no/such/bot: there is no program /no/such/bot to run here.\n"
    )


async def test_the_screen_says_what_went_wrong(tmp_path: Path) -> None:
    """A failing program's sentence is on the screen of the next person, and the game waits for him."""
    players = {seat: Player("random", seat) for seat in mini().seat_ids}
    players |= {"amber": Player(a_bot(tmp_path, CRASH), "amber"), "cedar": Player("person", "cedar")}
    app = WargameApp(Start("play", saves=None, scenario=str(MINI), seed=3, rounds=1, players=players))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await settled(pilot)
        await pilot.pause(SETTLE + 0.1)
        await pilot.press("escape")  # who one is, before all else
        await settled(pilot)
        shown: list[str] = []
        for _ in range(100):
            toasts = app.screen.query("Toast")
            shown = [toast.render_line(row).text for toast in toasts for row in range(toast.size.height)]
            if shown:
                break
            await pilot.pause(0.05)  # a toast is laid out a moment after its screen
        assert "The program of Amber ended with exit code 1" in " ".join(" ".join(shown).split())
        app.exit()
    assert running(tmp_path) == []


# --- the page ------------------------------------------------------------------------------------------

PAGE = (EXAMPLES.parent / "docs" / "players.md").read_text(encoding="utf-8")


def test_the_page_names_every_key() -> None:
    """Every key of the view and of the greeting is on the page, and the numbers there are the real ones."""
    keys = plain_view(Game.new(honeymoon(), 1).view("japan"))
    hello = External("cmd:x", print)._hello(Game.new(honeymoon(), 1).view("japan"))

    assert [key for key in keys if f"`{key}`" not in PAGE] == []
    assert [key for key in hello if f'"{key}": ' not in PAGE] == []
    assert f'"protocol": {PROTOCOL}' in PAGE
    assert f"longer than {LONGEST >> 10} KiB" in PAGE
    assert f"({RATIONALE} letters" in PAGE
