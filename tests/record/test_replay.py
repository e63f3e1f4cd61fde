"""A save played again gives the same states, and says so when it does not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from wargame.errors import DamagedSave
from wargame.record import Header, Save, frames, positions, restore, verify
from wargame.record.frames import scan
from wargame.record.plain import decode, encode

from .toys import TOY_ENGINE, Toy, a_header, a_short_game, flipped, frame_ends, play


class OtherToy(Toy):
    """Later rules: big numbers count double."""

    def apply(self, move: object) -> None:
        super().apply(move * 2 if isinstance(move, int) and move > 4 else move)


def read_other(state: bytes, scenario: object) -> OtherToy:
    added, luck = eval(state, {})  # our own repr
    return OtherToy(added, luck)


OTHER_RULES = dataclasses.replace(
    TOY_ENGINE,
    begin=lambda scenario, header: OtherToy(),
    copy=lambda game: OtherToy(game.added, game.luck),
    read_state=read_other,
)


def test_positions_are_those_of_the_game(tmp_path: Path) -> None:
    """Every position of a line in order, each a game of its own, with the luck it was played under."""
    with Save.open(a_short_game(tmp_path), write=False) as save:
        current = [position.game.added for position in positions(save.tree, TOY_ENGINE)]
        left = list(positions(save.tree, TOY_ENGINE, 2))

    assert current == [(), (3,), (3, 6)]
    assert [position.game.added for position in left] == [(), (3,), (3, 4)]
    assert [position.move and position.move.id for position in left] == [None, 1, 2]


def test_a_whole_save_verifies(tmp_path: Path) -> None:
    """Every line replays: a summary and no problems."""
    report = verify(a_short_game(tmp_path), TOY_ENGINE)

    assert report.ok
    assert report.problems == ()
    assert report.summary == (
        "short.wargame: whole, and every recorded state was reached again. "
        "A toy, seed 7: 3 moves in 2 lines, finished."
    )
    assert (report.moves, report.lines, report.rounds, report.finished) == (3, 2, 1, True)


def test_verify_notices_every_truncation_and_every_flipped_byte(tmp_path: Path) -> None:
    """Whatever is wrong with the file, verify says no and does not raise."""
    raw = a_short_game(tmp_path).read_bytes()
    path = tmp_path / "spoiled.wargame"

    for offset in range(len(raw)):
        for spoiled in (raw[:offset], flipped(raw, offset * 8 + offset % 8)):
            path.write_bytes(spoiled)
            report = verify(path, TOY_ENGINE)
            assert not report.ok, offset
            assert report.problems, offset


def test_verify_names_the_first_bad_frame_and_the_torn_tail(tmp_path: Path) -> None:
    """The place and the kind of damage are told, and that the frames before are whole."""
    path = a_short_game(tmp_path)
    raw, ends = path.read_bytes(), frame_ends(path.read_bytes())

    path.write_bytes(flipped(raw, ends[1] * 8 + 100))
    damaged = verify(path, TOY_ENGINE)
    path.write_bytes(raw[:-1])
    torn = verify(path, TOY_ENGINE)

    assert damaged.problems[0].startswith(f"short.wargame: damage at byte {ends[1]}, after 2 whole frames: ")
    assert torn.problems[0].startswith(f"short.wargame: torn tail at byte {ends[-2]}, after 7 whole frames: ")
    assert (damaged.moves, torn.moves) == (1, 3)


def test_verify_finds_a_rewritten_move(tmp_path: Path) -> None:
    """A file made anew with right checksums but another move does not replay to the recorded states."""
    path = a_short_game(tmp_path)
    records = [decode(frame.payload) for frame in scan(path.read_bytes()).frames]
    records[2] |= {"move": ["add", 40]}
    path.write_bytes(frames.whole_file([encode(record) for record in records]))

    report = verify(path, TOY_ENGINE)

    assert report.problems == (
        "Move 2 leads to another state than was recorded (under rules 1); everything before it agrees.",
    )


def test_verify_finds_a_rewritten_snapshot(tmp_path: Path) -> None:
    """A snapshot that is not the state of its move is a problem too."""
    with Save.create(tmp_path, "game", a_header()) as save:
        play(save, Toy(), 3)
        save.append_snapshot(1, b"another state")

    assert verify(save.path, TOY_ENGINE).problems == (
        "The snapshot after move 1 is not the state of that move.",
    )


def test_verify_says_when_these_rules_refuse_a_move(tmp_path: Path) -> None:
    """A move that is illegal now is named, whatever the rules raise."""
    with Save.create(tmp_path, "game", a_header()) as save:
        save.append_move(["add", -1], by="person", state=b"")

    (problem,) = verify(save.path, TOY_ENGINE).problems
    assert problem == "Move 1 can't be played again by these rules: -1 is no number to add"


def test_verify_answers_for_any_file(tmp_path: Path) -> None:
    """A file that is no save, or is not there, is a report and no exception."""
    (tmp_path / "other").write_bytes(b"PK")

    for name in ("other", "missing"):
        report = verify(tmp_path / name, TOY_ENGINE)
        assert not report.ok
        assert name in report.problems[0]


def test_a_game_is_restored_where_it_stood(tmp_path: Path) -> None:
    """Under the same rules the game goes on."""
    with Save.open(a_short_game(tmp_path)) as save:
        restored = restore(save, TOY_ENGINE)

    assert (restored.game.added, restored.read_only, restored.notice) == ((3, 6), False, None)


def test_under_other_rules_that_agree_a_game_goes_on(tmp_path: Path) -> None:
    """New rules that make the recorded states all the same change nothing."""
    with Save.open(a_short_game(tmp_path)) as save:
        restored = restore(save, OTHER_RULES, tip=2)

    assert (restored.game.added, restored.read_only) == ((3, 4), False)


def test_under_other_rules_a_game_opens_on_its_snapshots(tmp_path: Path) -> None:
    """Rules that lead elsewhere show the last snapshot of the line, read-only, and say so."""
    with Save.open(a_short_game(tmp_path)) as save:
        restored = restore(save, OTHER_RULES)

    assert (restored.game.added, restored.read_only) == ((3, 6), True)
    assert restored.notice == (
        "Move 3 leads to another state than was recorded (under rules 1); everything before it agrees. "
        "The game opens read-only as it stood after move 3, in round 1."
    )


def test_without_a_snapshot_other_rules_cannot_open_it(tmp_path: Path) -> None:
    """When neither the moves nor a snapshot lead to a position, the sentence says both."""
    with Save.create(tmp_path, "game", a_header()) as save:
        play(save, Toy(), 5)
        with pytest.raises(DamagedSave, match=r"^game\.wargame can't be played again, and no snapshot"):
            restore(save, OTHER_RULES)


def test_verify_says_when_the_scenario_or_a_snapshot_cannot_be_read(tmp_path: Path) -> None:
    """A scenario that this version can't compile, and a snapshot that is no zlib stream, are problems."""

    def refuse(header: Header) -> dict[str, str]:
        raise KeyError("operator")

    path = a_short_game(tmp_path)
    other = tmp_path / "other.wargame"
    records = [decode(frame.payload) for frame in scan(path.read_bytes()).frames]
    spoiled = [r | {"state": b"?"} if r["kind"] == "snapshot" else r for r in records]
    other.write_bytes(frames.whole_file([encode(record) for record in spoiled]))

    (unknown,) = verify(path, dataclasses.replace(TOY_ENGINE, load=refuse)).problems
    (unread,) = verify(other, TOY_ENGINE).problems

    assert unknown.startswith("This version can't set up the game from the save's own scenario: ")
    assert unread.startswith("The snapshot after move 3 can't be read: ")


def test_an_unreadable_snapshot_gives_way_to_an_earlier_one(tmp_path: Path) -> None:
    """Under other rules, the last snapshot that opens is shown."""
    with Save.create(tmp_path, "game", a_header()) as save:
        game = Toy()
        save.append_snapshot(0, game.to_bytes())
        play(save, game, 5)
        save.append_snapshot(1, b"not a toy's state")

        restored = restore(save, OTHER_RULES)

    assert (restored.game.added, restored.read_only) == ((), True)
