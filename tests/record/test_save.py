"""A save as the table uses it: what is appended is there again, and trouble is told in a sentence."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from wargame.errors import CannotWrite, DamagedSave
from wargame.record import Head, Malformed, Played, Save, Snapshot, frames, state_hash
from wargame.record.plain import Plain, encode

from .toys import TEXTS, Toy, a_header, a_short_game, flipped, frame_ends, plain_numbers, play


def test_everything_appended_is_there_again(tmp_path: Path) -> None:
    """Header, moves, remarks, snapshots, heads and the end read back as they were written."""
    path = a_short_game(tmp_path)

    with Save.open(path, write=False) as save:
        assert save.notice is None
        assert save.header == a_header()
        assert save.header.texts == TEXTS
        assert list(save.header.texts) == list(TEXTS)
        assert save.tree.line() == [
            Played(1, 0, ["add", 3], 1003, "person", state_hash(Toy((3,)).to_bytes()), "why not"),
            Played(3, 1, ["add", 5], 1005, "person", state_hash(Toy((3, 6), 1).to_bytes())),
        ]
        assert save.tree.snapshots()[0].state == Toy((3, 6), 1).to_bytes()
        end = save.tree.end()
        assert end is not None
        assert end.result == {"scores": {"ann": 8, "bob": -1}}


def test_a_game_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Closed and opened again, the next move follows the last one."""
    path = a_short_game(tmp_path)

    with Save.open(path) as save:
        assert play(save, Toy(), 8) == 4

    with Save.open(path) as save:
        assert (plain_numbers(save), save.tree[4].parent) == ([3, 5, 8], 3)


def test_a_move_without_a_time_gets_the_clock(tmp_path: Path) -> None:
    """The time of a move is the save's clock, in milliseconds, unless given."""
    with Save.create(tmp_path, "game", a_header()) as save:
        save.clock = lambda: 123_456
        save.append_move(["add", 1], by="person", state=b"")

        assert save.tree[1].time == 123_456


def test_what_people_type_is_cleaned(tmp_path: Path) -> None:
    """A pasted rationale loses the characters that no save may hold; the rest is kept."""
    with Save.create(tmp_path, "game", a_header()) as save:
        play(save, Toy(), 1, rationale="first\r\nsecond \x1b[31mred\u202e 비")

        assert save.tree[1].rationale == "first\nsecond [31mred 비"


@pytest.mark.parametrize("move", [["add", 1.5], ["add", "\x1b"], ["add", ("a",)], ["add", 1 << 70]])
def test_a_move_that_could_not_be_read_back_is_not_written(tmp_path: Path, move: list[Plain]) -> None:
    """A value error at once, and neither file nor tree has changed."""
    with Save.create(tmp_path, "game", a_header()) as save:
        before = save.path.read_bytes()

        with pytest.raises(Malformed):
            save.append_move(move, by="person", state=b"")

        assert (save.path.read_bytes(), len(save.tree)) == (before, 1)


def test_a_head_or_remark_about_nothing_is_not_written(tmp_path: Path) -> None:
    """Records about a move that does not exist, or of no known kind, are refused at once."""
    with Save.create(tmp_path, "game", a_header()) as save:
        before = save.path.read_bytes()
        for append in (
            lambda: save.append_head(5, "undo"),
            lambda: save.append_head(0, "whim"),
            lambda: save.append_remark("note", None, about=5),
            lambda: save.append_remark("gossip", None),
        ):
            with pytest.raises(Malformed):
                append()

        assert (save.path.read_bytes(), len(save.tree)) == (before, 1)


def test_a_torn_tail_is_cut_with_a_notice_and_the_original_kept(tmp_path: Path) -> None:
    """Wherever the last record breaks off, the game goes on before it, and a copy holds the torn bytes."""
    whole = a_short_game(tmp_path).read_bytes()
    ends = frame_ends(whole)

    for number, cut in enumerate(range(ends[-2], len(whole), 7)):
        path = tmp_path / f"torn{number}.wargame"
        path.write_bytes(whole[:cut])
        with Save.open(path) as save:
            assert save.notice is not None
            assert save.notice.startswith(f"{path.name} was not whole at its end: ")
            assert save.tree.end() is None
            play(save, Toy(), 9)
        assert (tmp_path / f"{path.name}.torn-1").read_bytes() == whole[:cut]
        with Save.open(path) as save:
            assert (plain_numbers(save), save.notice) == ([3, 5, 9], None)


def test_a_save_of_which_nothing_can_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    """Where not even the first record is whole there is nothing to go on from: no byte of it is cut off."""
    whole = a_short_game(tmp_path).read_bytes()
    first = frame_ends(whole)[0]

    for cut in range(frames.START, first, 7):
        path = tmp_path / f"begun{cut}.wargame"
        path.write_bytes(whole[:cut])
        with pytest.raises(DamagedSave, match=f"^Nothing of the game in {path.name} can be read: "):
            Save.open(path)
        assert path.read_bytes() == whole[:cut]
        assert not list(tmp_path.glob("*.torn-*"))


def test_a_second_torn_tail_keeps_a_second_copy(tmp_path: Path) -> None:
    """No copy overwrites an earlier one."""
    path = a_short_game(tmp_path)
    for number in (1, 2):
        path.write_bytes(path.read_bytes()[:-3])
        Save.open(path).close()
        assert (tmp_path / f"short.wargame.torn-{number}").exists()


def test_reading_a_torn_save_changes_nothing(tmp_path: Path) -> None:
    """Opened only to be read, a torn file is told of and left alone."""
    path = a_short_game(tmp_path)
    raw = path.read_bytes()[:-3]
    path.write_bytes(raw)

    with Save.open(path, write=False) as save:
        assert save.notice is not None
        assert "is not whole at its end" in save.notice

    assert path.read_bytes() == raw
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_middle_opens_read_only_up_to_the_damage(tmp_path: Path) -> None:
    """The frames before it are read, nothing can be added, the file is untouched and free for others."""
    path = a_short_game(tmp_path)
    second = frame_ends(path.read_bytes())[1]
    spoiled = flipped(path.read_bytes(), (second + 12) * 8)
    path.write_bytes(spoiled)

    with Save.open(path) as save, Save.open(path):
        assert save.read_only
        assert plain_numbers(save) == [3]
        assert save.notice is not None
        assert save.notice.startswith(f"short.wargame is damaged at byte {second}: ")
        with pytest.raises(CannotWrite, match="it is damaged"):
            play(save, Toy(), 1)

    assert path.read_bytes() == spoiled
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "payload",
    [
        encode({"kind": "move", "id": 1}),
        encode({"kind": "move", "id": 2, "parent": 0, "move": [], "time": 0, "by": "x", "hash": bytes(8)}),
        encode({"kind": "head", "move": 3, "why": "undo", "luck": 0}),
        b"\xc1",
        encode({"kind": "header"}),
    ],
)
def test_a_whole_frame_that_makes_no_sense_is_damage(tmp_path: Path, payload: bytes) -> None:
    """With right checksums and wrong contents: read-only up to it, with its place."""
    path = tmp_path / "made.wargame"
    header = encode(a_header().to_plain())
    path.write_bytes(frames.whole_file([header, payload, header]))

    with Save.open(path) as save:
        assert save.read_only
        assert save.trouble is not None
        assert save.trouble.offset == frames.START + len(header) + frames.OVERHEAD
        assert "frame 2 makes no sense" in (save.notice or "")


@pytest.mark.parametrize(
    "texts",
    [
        b"not zlib",
        zlib.compress(encode({"a": "text"})),
        zlib.compress(encode({"a": b"\xff"})),
        zlib.compress(b"\x93"),
        zlib.compress(bytes(1 << 25)),
        zlib.compress(encode({})) + b"more",
        zlib.compress(encode({"a": b"long enough to cut"}))[:-4],
    ],
    ids=["not zlib", "text", "no UTF-8", "no mapping", "bomb", "leftover", "cut short"],
)
def test_a_scenario_that_cannot_be_unpacked_is_damage(tmp_path: Path, texts: bytes) -> None:
    """Compressed nonsense and bombs are refused with a sentence when the save opens."""
    path = tmp_path / "made.wargame"
    path.write_bytes(frames.whole_file([encode(a_header().to_plain() | {"texts": texts})]))

    with pytest.raises(DamagedSave, match=r"^Nothing of the game in made\.wargame can be read: frame 1 "):
        Save.open(path)


def test_a_snapshot_that_cannot_be_unpacked_is_malformed() -> None:
    """Its state is only unpacked when asked for, and then within limits."""
    with pytest.raises(Malformed):
        _ = Snapshot(0, 0, zlib.compress(bytes(1 << 25))).state


def test_a_closed_save_takes_nothing_more(tmp_path: Path) -> None:
    """After `close`, appends are refused and closing again does no harm."""
    save = Save.create(tmp_path, "game", a_header())
    save.close()
    save.close()

    with pytest.raises(CannotWrite):
        play(save, Toy(), 1)


def test_closing_flushes_what_waits(tmp_path: Path) -> None:
    """A save closed in the middle of a `together`, or of one inside another, keeps what was appended."""
    with Save.create(tmp_path, "game", a_header()) as save, save.together(), save.together():
        play(save, Toy(), 1)
        save.close()

    with Save.open(save.path, write=False) as again:
        assert plain_numbers(again) == [1]


def test_who_acts_and_why_is_kept(tmp_path: Path) -> None:
    """A facilitator's move and head carry name, reason and time; an undo has none of it."""
    with Save.create(tmp_path, "game", a_header()) as save:
        save.clock = lambda: 5000
        save.append_move(["add", 1], by="white", state=b"", rationale="because", who="K\x1bim")
        save.append_head(0, "rewind", reason="a mis\x07reading", who="Kim")
        save.append_head(1, "undo")
    with Save.open(save.path, write=False) as again:
        assert again.tree.entries == save.tree.entries
        assert (again.tree[1].rationale, again.tree[1].who) == ("because", "Kim")
        heads = [entry for entry in again.tree.entries if isinstance(entry, Head)]
        assert heads == [Head(0, "rewind", 1, "a misreading", "Kim", 5000), Head(1, "undo", 1)]
        assert set(heads[1].to_plain()) == {"kind", "move", "why", "luck"}
