"""The order of calls that durability rests on, refusals of the disk, and one writer at a time.

The disks here do what they are asked on a real file system; they only write down the calls or run out.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from wargame.errors import CannotWrite, NotASave, SaveError, SaveInUse
from wargame.record import Disk, Save, find_save, list_saves

from .toys import Toy, a_header, a_short_game, frame_ends, plain_numbers, play


class WatchedDisk(Disk):
    """A real disk that writes down its calls, by file name."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self._names: dict[int, str] = {}

    def open(self, path: Path, flags: int) -> int:
        handle = super().open(path, flags)
        self._names[handle] = path.name
        how = "claim" if flags & os.O_EXCL else "create" if flags & os.O_CREAT else "open"
        self.calls.append((how, path.name))
        return handle

    def write(self, handle: int, offset: int, data: bytes) -> int:
        self.calls.append((f"write at {offset}", self._names[handle]))
        return super().write(handle, offset, data)

    def truncate(self, handle: int, size: int) -> None:
        self.calls.append((f"truncate to {size}", self._names[handle]))
        super().truncate(handle, size)

    def sync(self, handle: int) -> None:
        self.calls.append(("sync", self._names[handle]))
        super().sync(handle)

    def sync_folder(self, folder: Path) -> None:
        self.calls.append(("sync folder", folder.name))
        super().sync_folder(folder)

    def rename(self, old: Path, new: Path) -> None:
        self.calls.append((f"rename {old.name}", new.name))
        super().rename(old, new)

    def take(self) -> list[tuple[str, str]]:
        calls, self.calls = self.calls, []
        return calls


class FullDisk(Disk):
    """A real disk on which files may grow by so many bytes; the last write that fits is cut short."""

    def __init__(self, left: int) -> None:
        self.left = left

    def write(self, handle: int, offset: int, data: bytes) -> int:
        before = os.fstat(handle).st_size
        room = before + self.left - offset
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = super().write(handle, offset, data[:room])
        self.left -= os.fstat(handle).st_size - before
        return taken


class RefusingDisk(Disk):
    """A real disk on which one kind of call fails from now on."""

    def __init__(self, refused: str = "", code: int = errno.EROFS) -> None:
        self.refused = refused
        self.code = code

    def _perhaps(self, call: str) -> None:
        if call == self.refused:
            raise OSError(self.code, os.strerror(self.code))

    def open(self, path: Path, flags: int) -> int:
        self._perhaps("open")
        return super().open(path, flags)

    def sync(self, handle: int) -> None:
        self._perhaps("sync")
        super().sync(handle)

    def rename(self, old: Path, new: Path) -> None:
        self._perhaps("rename")
        super().rename(old, new)

    def sync_folder(self, folder: Path) -> None:
        self._perhaps("sync folder")
        super().sync_folder(folder)

    def truncate(self, handle: int, size: int) -> None:
        self._perhaps("truncate")
        super().truncate(handle, size)


def test_a_new_save_is_synced_before_its_name_and_its_folder_after(tmp_path: Path) -> None:
    """Creation: write and sync under a temporary name, claim the name, rename over it, sync the folder."""
    disk = WatchedDisk()
    folder = tmp_path / "saves"
    temporary = f".game.wargame.{os.getpid()}.tmp"

    Save.create(folder, "game", a_header(), disk).close()

    assert disk.take() == [
        ("sync folder", tmp_path.name),
        ("create", temporary),
        ("write at 0", temporary),
        ("sync", temporary),
        ("claim", "game.wargame"),
        (f"rename {temporary}", "game.wargame"),
        ("sync folder", "saves"),
        ("open", "game.wargame"),
    ]


def test_a_move_is_written_then_marked_then_synced_once(tmp_path: Path) -> None:
    """An append writes the frame, then the length mark, and returns only after one sync."""
    disk = WatchedDisk()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        size = save.path.stat().st_size
        disk.take()

        play(save, Toy(), 1)

        name = "game.wargame"
        assert disk.take() == [(f"write at {size}", name), ("write at 16", name), ("sync", name)]


def test_moves_together_share_one_sync(tmp_path: Path) -> None:
    """Bots' moves up to the next screen, with the round's snapshot, cost one flush."""
    disk = WatchedDisk()
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        disk.take()
        game = Toy()

        with save.together():
            for number in range(5):
                play(save, game, number, by="random")
            save.append_snapshot(1, game.to_bytes())
            assert disk.calls == []

        assert [call for call, _ in disk.take()].count("sync") == 1
    with Save.open(save.path, write=False) as again:
        assert plain_numbers(again) == [0, 1, 2, 3, 4]


def test_what_was_played_before_an_exception_is_kept(tmp_path: Path) -> None:
    """A crash among bots' moves still flushes those that were made."""
    with Save.create(tmp_path, "game", a_header()) as save:
        with pytest.raises(ZeroDivisionError), save.together():
            play(save, Toy(), 1)
            raise ZeroDivisionError

        assert plain_numbers(Save.open(save.path, write=False)) == [1]


def test_mending_copies_before_it_cuts(tmp_path: Path) -> None:
    """The copy of a torn file is whole and on the medium before the file itself is cut."""
    path = a_short_game(tmp_path)
    raw = path.read_bytes()[:-5]
    path.write_bytes(raw)
    whole = [end for end in frame_ends(path.read_bytes()) if end <= len(raw)][-1]
    disk = WatchedDisk()

    Save.open(path, disk=disk).close()

    copy, temporary = "short.wargame.torn-1", f".short.wargame.torn-1.{os.getpid()}.tmp"
    assert disk.take() == [
        ("open", "short.wargame"),
        ("create", temporary),
        ("write at 0", temporary),
        ("sync", temporary),
        ("claim", copy),
        (f"rename {temporary}", copy),
        ("sync folder", tmp_path.name),
        (f"truncate to {whole}", "short.wargame"),
        ("write at 16", "short.wargame"),
        ("sync", "short.wargame"),
    ]
    assert (tmp_path / copy).read_bytes() == raw


@pytest.mark.parametrize("left", [0, 1, 10, 30, 60, 90])
def test_a_full_disk_takes_a_move_back(tmp_path: Path, left: int) -> None:
    """Out of space amid a move: one sentence, the file as before, and the same move fits later."""
    disk = FullDisk(1 << 20)
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        game = Toy()
        play(save, game, 1)
        before = save.path.read_bytes()
        disk.left = left

        with pytest.raises(CannotWrite, match=r"^The disk is full: game\.wargame .* try again\.$"):
            play(save, Toy((1,)), 2)

        assert save.path.read_bytes() == before
        assert plain_numbers(save) == [1]
        disk.left = 1 << 20
        play(save, game, 2)
    with Save.open(save.path) as again:
        assert (plain_numbers(again), again.notice) == ([1, 2], None)


def test_a_full_disk_leaves_no_half_of_a_new_save(tmp_path: Path) -> None:
    """Out of space while a save is created: one sentence and an empty folder."""
    for left in (0, 10, 200):
        with pytest.raises(CannotWrite, match="The disk is full"):
            Save.create(tmp_path, "game", a_header(), FullDisk(left))
    assert list(tmp_path.iterdir()) == []


def test_a_real_file_size_limit_is_met_like_a_full_disk(tmp_path: Path) -> None:
    """When the operating system lets the file grow no more, the moves before are whole."""
    script = """
import resource, sys
from pathlib import Path
from wargame.errors import CannotWrite
from wargame.record import Save
with Save.open(Path(sys.argv[1])) as save:
    resource.setrlimit(resource.RLIMIT_FSIZE, (save.path.stat().st_size + 1000,) * 2)
    made = len(save.tree.moves)
    try:
        while True:
            save.append_move(["add", 1], by="random", state=b"")
            made += 1
    except CannotWrite as error:
        print(made, error)
"""
    path = a_short_game(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, timeout=60
    )

    made, _, sentence = done.stdout.partition(" ")
    assert sentence.startswith("The disk is full: short.wargame")
    with Save.open(path) as save:
        assert (len(save.tree.moves), save.notice) == (int(made), None)
    assert int(made) > 3


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["open", "rename", "sync", "sync folder"])
def test_a_read_only_folder_makes_no_save(tmp_path: Path, call: str, code: int) -> None:
    """Wherever the refusal comes, it is one sentence with a way out, and the folder stays as it was."""
    with pytest.raises(CannotWrite, match=r"read-only .* Choose another folder with --saves\.$"):
        Save.create(tmp_path, "game", a_header(), RefusingDisk(call, code))

    assert list(tmp_path.iterdir()) == []


def test_a_read_only_file_can_still_be_read(tmp_path: Path) -> None:
    """Opening to write says no in one sentence; opening to read works; the file is as it was."""
    path = a_short_game(tmp_path)
    before = path.read_bytes()

    with pytest.raises(CannotWrite, match="read-only"):
        Save.open(path, disk=RefusingDisk("open"))
    with Save.open(path, write=False) as save:
        assert plain_numbers(save) == [3, 5]
        with pytest.raises(CannotWrite, match="opened only to be read"):
            play(save, Toy(), 1)
    assert path.read_bytes() == before


def test_a_failed_sync_takes_the_move_back(tmp_path: Path) -> None:
    """A sync that fails promises nothing, so the move is not kept; the next one is written anew."""
    disk = RefusingDisk(code=errno.EIO)
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        before = save.path.read_bytes()
        disk.refused = "sync"
        with pytest.raises(CannotWrite, match="what was saved before is whole"):
            play(save, Toy(), 1)
        assert (save.path.read_bytes(), len(save.tree.moves)) == (before, 0)
        disk.refused = ""
        play(save, Toy(), 2)
    with Save.open(save.path) as again:
        assert (plain_numbers(again), again.notice) == ([2], None)


class StuckDisk(FullDisk):
    """A full disk that will not even shorten a file until told to."""

    stuck = True

    def truncate(self, handle: int, size: int) -> None:
        if self.stuck:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().truncate(handle, size)


def test_leftovers_of_a_failed_move_never_follow_a_shorter_one(tmp_path: Path) -> None:
    """When the failed bytes can't be cut off, nothing is written over them; later they are cut first."""
    disk = StuckDisk(1 << 20)
    with Save.create(tmp_path, "game", a_header(), disk) as save:
        disk.left = 300
        with pytest.raises(CannotWrite):
            play(save, Toy(), 1, rationale="x" * 1000)
        disk.left = 1 << 20
        with pytest.raises(CannotWrite):
            play(save, Toy(), 2)
        disk.stuck = False
        play(save, Toy(), 3)
    with Save.open(save.path) as again:
        assert (plain_numbers(again), again.notice) == ([3], None)


def test_no_save_is_overwritten(tmp_path: Path) -> None:
    """A name that is taken is refused with a sentence, and the first game is untouched."""
    path = a_short_game(tmp_path)
    before = path.read_bytes()

    with pytest.raises(CannotWrite, match=r"already a saved game short\.wargame"):
        Save.create(tmp_path, "short", a_header())

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["short.wargame"]


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """While one process has a save open, another one may read but not write; afterwards it may."""
    script = """
import sys
from pathlib import Path
from wargame.errors import SaveInUse
from wargame.record import Save
path = Path(sys.argv[1])
print(len(Save.open(path, write=False).tree.moves))
try:
    Save.open(path).close()
except SaveInUse as error:
    print(error)
"""

    def second() -> list[str]:
        command = [sys.executable, "-c", script, str(path)]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=60
        ).stdout.splitlines()

    path = a_short_game(tmp_path)
    with Save.open(path):
        refused = second()
    allowed = second()

    assert refused == ["3", "short.wargame is open in another window or program; close it there first."]
    assert allowed == ["3"]


def test_a_save_just_made_is_locked_too(tmp_path: Path) -> None:
    """The game that is being played can't be opened a second time."""
    with (
        Save.create(tmp_path, "game", a_header()) as save,
        pytest.raises(SaveInUse, match=r"game\.wargame is open"),
    ):
        Save.open(save.path)


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are answered with a sentence at once."""
    (tmp_path / "folder.wargame").mkdir()
    os.mkfifo(tmp_path / "pipe.wargame")
    answers: list[str] = []

    def ask() -> None:
        for name in ("missing.wargame", "folder.wargame", "pipe.wargame"):
            for write in (True, False):
                with pytest.raises(NotASave) as error:
                    Save.open(tmp_path / name, write=write)
                answers.append(str(error.value))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout=60)

    assert len(answers) == 6
    assert answers[0].startswith("There is no saved game missing.wargame")


def test_the_list_shows_bad_files_as_such(tmp_path: Path) -> None:
    """Newest first; each file gives its header or the sentence that says why not, and none of them raises."""
    good = a_short_game(tmp_path, "good")
    (tmp_path / "bad.wargame").write_bytes(b"nonsense")
    (tmp_path / "empty.wargame").touch()
    (tmp_path / "cut.wargame").write_bytes(good.read_bytes()[:100])
    (tmp_path / "folder.wargame").mkdir()
    (tmp_path / "notes.txt").touch()
    os.mkfifo(tmp_path / "pipe.wargame")
    (tmp_path / "dangling.wargame").symlink_to(tmp_path / "nothing")
    for age, name in enumerate(["good", "bad", "empty", "cut", "folder", "pipe"]):
        os.utime(tmp_path / f"{name}.wargame", (1e9 - age, 1e9 - age))

    listed = list_saves(tmp_path)

    assert [save.name for save in listed] == ["good", "bad", "empty", "cut", "folder", "pipe", "dangling"]
    assert [save.header is None for save in listed] == [False] + [True] * 6
    assert all((save.problem is None) == (save.header is not None) for save in listed)
    assert listed[0].header is not None
    assert listed[0].header.title == "A toy"
    assert list_saves(tmp_path / "no such folder") == []


def test_a_long_header_is_listed_too(tmp_path: Path) -> None:
    """A scenario larger than the first bytes that are read does not make a save look bad."""
    texts = {"big.yaml": os.urandom(200_000).hex()}
    Save.create(tmp_path, "big", a_header(texts=texts)).close()

    (listed,) = list_saves(tmp_path)

    assert listed.header is not None
    assert listed.header.texts == texts


def test_a_save_is_found_by_its_name_and_only_in_its_folder(tmp_path: Path) -> None:
    """With or without extension, also under a name this program would not give; never outside the folder."""
    odd = a_short_game(tmp_path).rename(tmp_path / "What? [1].wargame")
    outside = a_short_game(tmp_path.parent, f"outside-{tmp_path.name}")

    assert find_save(tmp_path, "What? [1]") == odd
    assert find_save(tmp_path, "What? [1].wargame") == odd
    assert find_save(tmp_path, f"../{outside.stem}").parent == tmp_path
    assert find_save(tmp_path, str(outside)).parent == tmp_path


def test_a_name_may_leave_out_its_scenario_where_that_is_clear(tmp_path: Path) -> None:
    """As the list of games does; a whole name is always meant before."""
    Save.create(tmp_path, "mini-monday", a_header()).close()
    monday = tmp_path / "mini-monday.wargame"
    scenario = list_saves(tmp_path)[0].header.scenario  # type: ignore[union-attr]
    Save.create(tmp_path, f"{scenario}-tuesday", a_header()).close()
    tuesday = tmp_path / f"{scenario}-tuesday.wargame"

    assert find_save(tmp_path, "tuesday") == tuesday
    Save.create(tmp_path, "tuesday", a_header()).close()
    assert find_save(tmp_path, "tuesday") == tmp_path / "tuesday.wargame"
    assert find_save(tmp_path, "mini-monday") == monday
    assert find_save(tmp_path, "day") == tmp_path / "day.wargame"


def test_an_unreadable_file_is_a_sentence(tmp_path: Path) -> None:
    """A path that can't even be asked about raises an error of ours."""
    with pytest.raises(SaveError):
        Save.open(tmp_path / ("x" * 300 + ".wargame"), write=False)
    with pytest.raises(SaveError):
        Save.open(tmp_path / "a\0b.wargame", write=False)
