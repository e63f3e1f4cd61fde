"""The commands as a person meets them: in a process of their own, with exit codes and one sentence."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.inside import inside
from wargame import load_scenario
from wargame.cli.author import on_one_screen
from wargame.content.load import scenario_folder
from wargame.record import Player
from wargame.rules.phases import PHASES
from wargame.table import Table

EXAMPLE = str(Path(__file__).parents[2] / "saves" / "example.wargame")


def wargame(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "wargame", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"COLUMNS": "100"},
        timeout=120,
        check=False,
    )


def a_finished_save(folder: Path) -> Path:
    scenario = load_scenario("honeymoon")
    players = {seat: Player("random", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=4, rounds=3, folder=folder, name="done")
    list(table.advance())
    table.close()
    return folder / "done.wargame"


@pytest.mark.parametrize(
    "command",
    ["", "play", "resume", "wall", "saves", "verify", "check", "fuzz", "simulate", "balance"],
    ids=lambda command: command or "home",
)
def test_every_command_has_help(command: str) -> None:
    """`--help` explains each command and exits 0."""
    done = wargame(*filter(None, [command, "--help"]))

    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert done.stderr == ""


def test_simulate_prints_json_for_programs() -> None:
    """The JSON has the counts, the speeds and, by seat, shares and scores."""
    done = wargame("simulate", "--games", "3", "--seed", "1", "--json", "--seat", "japan=greedy")
    found = json.loads(done.stdout)

    assert done.returncode == 0
    assert (found["games"], found["finished"]) == (3, 3)
    assert found["decisions"] > 3 * len(PHASES)
    assert found["games_per_second"] > 0
    assert found["decisions_per_second"] > 0
    assert found["bots"]["japan"] == "greedy"
    for seat in load_scenario("honeymoon").seat_ids:
        assert 0 <= found["first"][seat] <= 1
        assert 0 <= found["won"][seat] <= 1
        assert set(found["scores"][seat]) == {"mean", "sd"}
    assert sum(found["first"].values()) == pytest.approx(1)


def test_simulate_is_the_same_for_the_same_seed() -> None:
    """Everything but the clock is a function of the seed."""
    one, two = (json.loads(wargame("simulate", "--games", "2", "--json").stdout) for _ in range(2))

    assert one["decisions"] == two["decisions"]
    assert one["scores"] == two["scores"]


def test_check_sums_up_a_sound_folder() -> None:
    """A sound scenario gives a summary and exit 0."""
    done = wargame("check", "honeymoon")

    assert done.returncode == 0
    assert "A Dangerous Honeymoon: sound" in done.stdout


MINI = str(Path(__file__).parents[1] / "scenarios" / "mini")


def test_check_warns_of_what_cannot_be_read_aloud() -> None:
    """A warning has its place and fails nothing, unless it is asked to."""
    done, strict = wargame("check", MINI), wargame("check", MINI, "--strict")

    warning = "amber.yaml:58:58: warning: a chance changes by 5: a table counts in steps of 10"
    assert (done.returncode, strict.returncode) == (0, 1)
    assert warning in done.stderr.splitlines()
    assert warning in strict.stderr.splitlines()
    assert done.stderr.splitlines()[-1] == "wargame: 13 warnings."
    assert strict.stderr.splitlines()[-1] == f"wargame: {MINI} has 13 warnings."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("arms:\n", "arms:\n  - {id: idle, text: x, does: [{sign: shells}]}\n", "there is no deal `shells`"),
        ("claims:\n", "bands: {leed: [1, 2]}\nclaims:\n", "(did you mean `lead`?)"),
    ],
)
def test_check_reads_the_claims(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Their arms and bands, not their YAML alone."""
    folder = tmp_path / "nile"
    shutil.copytree(scenario_folder("nile"), folder)
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    done = inside("check", folder)

    assert done.returncode == 1
    [complaint, verdict] = done.stderr.splitlines()
    assert complaint.startswith("claims.yaml:")
    assert said in complaint
    assert verdict == "wargame: claims.yaml can't be tested: 1 problem."


def test_check_looks_again_when_a_file_changes(tmp_path: Path) -> None:
    """Once at once, and once for each change, until Ctrl-C; then it ends well."""
    folder = tmp_path / "mini"
    shutil.copytree(MINI, folder)
    news = folder / "news.yaml"
    line = [sys.executable, "-m", "wargame", "check", str(folder), "--watch"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        heads = (one for one in watching.stdout if one.startswith("---"))
        assert next(heads).endswith(f"{folder}: 0 problems, 13 warnings\n")
        sound = news.read_text(encoding="utf-8")
        news.write_text(sound.replace("title: No rain", "titel: No rain"), encoding="utf-8")
        assert next(heads).endswith(f"{folder}: 1 problem, 0 warnings\n")
        news.write_text(sound, encoding="utf-8")
        assert next(heads).endswith(f"{folder}: 0 problems, 13 warnings\n")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 0


def test_what_watching_says_has_room_on_the_screen() -> None:
    """The first of many problems are mended first; those that are long take more rows than one."""
    lines = ["a" * 40, "b" * 41, "c", "d"]

    assert on_one_screen(lines, 40, 8) == lines
    assert on_one_screen(lines, 40, 7) == [*lines[:3], "… and 1 more"]
    assert on_one_screen(lines, 40, 5) == [lines[0], "… and 3 more"]


def test_check_prints_every_face() -> None:
    """To read them all."""
    done = wargame("check", MINI, "--faces")

    assert done.returncode == 0
    assert "Sow\n  ¤2 · speed 3 · 50% −6 per Heat over 3\n    Next round:\n    50%: Grain +2\n" in done.stdout


def test_check_reports_every_problem_with_its_place(tmp_path: Path) -> None:
    """All problems come at once, as file:line:column, and the exit code is 1."""
    for name, text in load_scenario("honeymoon").texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    main = (tmp_path / "scenario.yaml").read_text(encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(main.replace("  hand: 5", "  hnd: 5\n  news: two", 1))
    (tmp_path / "deals.yaml").write_text("")

    done = wargame("check", str(tmp_path))

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "deals.yaml:1:1:" in done.stderr
    assert "scenario.yaml:" in done.stderr


def test_verify_a_whole_and_a_damaged_file(tmp_path: Path) -> None:
    """A whole file exits 0 with a summary, a damaged one 1 with what is wrong."""
    path = a_finished_save(tmp_path)
    whole = wargame("verify", str(path))
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    damaged = wargame("verify", str(path))

    assert whole.returncode == 0
    assert "whole" in whole.stdout
    assert damaged.returncode == 1
    assert "Traceback" not in damaged.stderr
    assert damaged.stderr


def test_what_is_there_and_no_saved_game_is_said_to_be_none() -> None:
    """Not that there is nothing of that name."""
    done = wargame("verify", "/dev/null")

    assert done.returncode == 1
    assert "/dev/null is no saved game" in done.stderr
    assert "There is no saved game" not in done.stderr


def test_a_branch_says_how_to_go_on(tmp_path: Path) -> None:
    """The command that is printed finds the new save when it is pasted, also with blanks in its name."""
    made = wargame("branch", EXAMPLE, "--at", "40", "-o", str(tmp_path / "what if, once"))
    words = shlex.split(made.stdout.partition("Go on with: ")[2])
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", stdin=subprocess.DEVNULL,
                          timeout=120, check=False)  # fmt: skip

    assert words[-2:] == ["resume", str(tmp_path / "what if, once.wargame")]
    assert (done.returncode, "needs a terminal" in done.stderr) == (2, True)


def test_saves_lists_what_is_there(tmp_path: Path) -> None:
    """A folder with a save and a stray file names the save and survives the stray."""
    a_finished_save(tmp_path)
    (tmp_path / "stray.wargame").write_bytes(b"nothing of ours")

    done = wargame("saves", "--saves", str(tmp_path))

    assert done.returncode == 0
    assert re.search(r"^done  .* finished, \d+ rounds?, \d+ moves, last move \d{4}-\d\d-\d\d \d\d:\d\d$",
                     done.stdout, re.MULTILINE)  # fmt: skip
    assert "stray" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("simulate", "nosuch"), "nosuch"),
        (("simulate", "--seat", "mars=greedy"), "rok, us, japan"),
        (("simulate", "--seat", "rok=genius"), "person, random, greedy"),
        (("simulate", "--seat", "rok=person"), "no people"),
        (("simulate", "--rounds", "99"), "--rounds"),
        (("simulate", "--seed", "-1"), "--seed"),
        (("play", "--seat", "rok=person"), "needs a terminal"),
        ((), "needs a terminal"),
        (("wall",), "needs a terminal"),
        (("wall", "nosuch"), "no saved game 'nosuch'"),
        (("wall", "/nosuch/file.wargame"), "There is no file /nosuch/file.wargame."),
        (("wall", __file__), "is not a saved game"),
        (("wall", "/dev/null"), "no ordinary file"),
        (("replay", __file__), "is not a saved game"),
        (("replay", str(Path(__file__).parent)), "no ordinary file"),
        (("resume", str(Path(__file__).parent)), "no ordinary file"),
        (("replay",), "Missing argument 'file'."),
        (("resume",), "Missing argument 'name'."),
        (("simulate", "--nosuch"), "--nosuch"),
        (("nosuch",), "No such command 'nosuch'."),
        (("--nosuch",), "No such option: --nosuch. `"),
        (("wall", "--saves", __file__), "is no folder"),
        (("resume", "nosuch"), "nosuch"),
        (("resume", "../../etc/passwd"), "passwd"),
        (("verify", "nosuch"), "nosuch"),
        (("outlook", EXAMPLE, "--bots", "greedy/nosuch"), "has no style nosuch"),
        (("outlook", EXAMPLE, "--bots", "person"), "there are random, greedy, search"),
    ],
)
def test_bad_input_is_one_sentence_and_not_zero(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    """What is wrong, on stderr, without a traceback, and a non-zero exit."""
    done = inside(*words, cwd=tmp_path)

    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith("wargame: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("file", ["amber.yaml", "deals.yaml", "claims.yaml", "rulebook.md"])
@pytest.mark.parametrize(
    "command", ["check", "play", "host", "preview", "print", "rules", "facilitate", "simulate", "claims"]
)
def test_one_file_of_a_scenario_is_led_to_its_folder(command: str, file: str, tmp_path: Path) -> None:
    """Whatever is to be done with it: what to type instead, and nothing about saves or exercises."""
    folder = Path(shutil.copytree(MINI, tmp_path / "my fair"))
    for name in ("claims.yaml", "rulebook.md"):
        (folder / name).touch()

    done = inside(command, Path("my fair", file), cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"wargame: my fair/{file} is one file of the scenario in that folder: "
        f"type `wargame {command} 'my fair'`.\n"
    )


@pytest.mark.parametrize(
    "command",
    [pytest.param(("balance", "--strong", "0"), marks=pytest.mark.soak), ("claims", "--only", "S1")],
    ids=str,
)
def test_a_page_that_cant_be_written_is_still_printed(command: tuple[str, ...], tmp_path: Path) -> None:
    """What was measured is not lost to a wrong path; the path is one sentence."""
    done = wargame(*command, "--games", "2", "--workers", "1", "-o", str(tmp_path / "no" / "page.md"))

    assert done.returncode == 1
    assert done.stdout.startswith("# ")
    assert done.stderr == f"wargame: {tmp_path}/no/page.md can't be written (no such file or directory).\n"


def test_fuzz_plays_under_the_laws(tmp_path: Path) -> None:
    """A few games under all laws end with a count and exit 0."""
    done = wargame("fuzz", "--games", "2", "--saves", str(tmp_path))

    assert done.returncode == 0
    assert "2 games" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("saves",), ("verify", "kept"), ("export", "kept")])
def test_the_folder_of_saves_may_be_named_before_the_command(words: tuple[str, ...], tmp_path: Path) -> None:
    """It means the same there as after it; the one after it counts if both are given."""
    kept, nothing = tmp_path / "kept", tmp_path / "nothing"
    for folder in (kept, nothing):
        folder.mkdir()
    shutil.copy(Path(__file__).parents[2] / "saves" / "example.wargame", kept / "kept.wargame")

    after = inside(*words, "--saves", kept)
    before = inside("--saves", kept, *words)
    both = inside("--saves", nothing, *words, "--saves", kept)

    assert after.returncode == 0, after.stderr
    assert "kept" in after.stdout or "honeymoon" in after.stdout
    assert (before.returncode, before.stdout) == (both.returncode, both.stdout) == (0, after.stdout)
