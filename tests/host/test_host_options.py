"""What a host is opened with: observers, pages that can't be written, a loop without signals."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.host.clients import KEY
from tests.rules.boards import mini
from wargame.content.exercise import check_exercise, exercise_from_text, exercise_summary
from wargame.host.serve import Host, Opening, _signals
from wargame.table import Table

PLAN = "scenario: mini\ntitle: x\nrounds: 2\n"


@pytest.mark.parametrize(
    ("said", "asked", "let_in"), [("true", False, True), ("false", False, False), ("false", True, True)]
)
def test_observers_come_in_if_the_exercise_or_the_command_says_so(
    said: str, asked: bool, let_in: bool
) -> None:
    exercise = exercise_from_text(f"{PLAN}observers: {said}\n", mini())
    host = Host(Table.start(mini(), exercise=exercise), Opening(observers=asked), KEY)

    assert ("observer" in host.room.logins) == let_in
    assert ("observer" in host.fresh) == let_in
    assert ("observers may look on" in exercise_summary(exercise.exercise)) == (said == "true")


def test_observers_is_yes_or_no() -> None:
    """Anything else has its line."""
    [complaint] = check_exercise(f"{PLAN}observers: [wall]\n".encode(), "x.yaml", mini()).complaints

    assert complaint.line == 4


@pytest.mark.parametrize("option", ["--cards", "--sheets"])
@pytest.mark.parametrize("place", ["missing/page.html", "folder"])
def test_a_page_that_cannot_be_written_is_said_before_there_is_a_game(
    tmp_path: Path, option: str, place: str
) -> None:
    """One sentence, an exit code, and no save that would have to be deleted."""
    (tmp_path / "folder").mkdir()
    saves = tmp_path / "saves"
    done = inside("host", "honeymoon", option, tmp_path / place, "--saves", saves, "--listen", "127.0.0.1:0")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"{tmp_path / place} can't be written" in done.stderr
    assert not saves.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


class LikeWindows(asyncio.SelectorEventLoop):
    """A loop that takes no signals, as on Windows."""

    def add_signal_handler(self, *_told: object) -> None:
        raise NotImplementedError

    def remove_signal_handler(self, sig: int) -> bool:
        raise NotImplementedError


@pytest.mark.parametrize("kind", [asyncio.SelectorEventLoop, LikeWindows])
def test_a_host_without_a_console_ends_when_it_is_told_to(kind: type[asyncio.AbstractEventLoop]) -> None:
    """Where the loop hears no signals the program does; afterwards all is as it was."""
    before = signal.getsignal(signal.SIGTERM)

    async def held() -> None:
        ended = asyncio.Event()
        with _signals(asyncio.get_running_loop(), ended.set):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(ended.wait(), 10)

    with asyncio.Runner(loop_factory=kind) as runner:
        runner.run(held())

    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--listen", "8.8.8.8:8022"), "Nobody can come in at 8.8.8.8:8022"),
        (("--new-phrase", "amber"), "--new-phrase is for a saved game"),
    ],
)
def test_what_a_host_cannot_do_is_said_before_there_is_a_game(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    """One sentence, an exit code, and no save beside the one that is looked for."""
    saves = tmp_path / "saves"
    done = inside("host", "honeymoon", *options, "--saves", saves)

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not saves.exists()
