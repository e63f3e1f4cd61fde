"""The tree of lines: nothing is erased, every record has its place, and what does not fit is refused."""

from __future__ import annotations

import pytest

from wargame.record import ROOT, End, Entry, Head, Malformed, Played, Remark, Snapshot, Tree
from wargame.record.plain import Plain, encode
from wargame.record.records import Unknown, parse

from .toys import a_header


def a_move(number: int, parent: int) -> Played:
    return Played(number, parent, ["add", number], 1000, "person", bytes(8))


def a_tree(*entries: Entry) -> Tree:
    return Tree([a_header(), *entries])


def ids(moves: list[Played]) -> list[int]:
    return [move.id for move in moves]


def test_a_game_without_moves_stands_at_its_start() -> None:
    """Move 0 is the start; it is a line of its own and no move."""
    tree = a_tree()

    assert (tree.tip, tree.line(), tree.lines(), tree.children(ROOT)) == (ROOT, [], (ROOT,), ())
    with pytest.raises(KeyError):
        tree[ROOT]


def test_moves_follow_each_other() -> None:
    """The tip is the last move played."""
    tree = a_tree(a_move(1, 0), a_move(2, 1), a_move(3, 2))

    assert (tree.tip, ids(tree.line()), tree.lines()) == (3, [1, 2, 3], (3,))
    assert ids(tree.line(2)) == [1, 2]


def test_an_undo_moves_the_tip_and_erases_nothing() -> None:
    """After a head record the game goes on from there, and the line that was left can still be walked."""
    tree = a_tree(a_move(1, 0), a_move(2, 1), Head(1, "undo", 0), a_move(3, 1))

    assert (tree.tip, ids(tree.line()), tree.lines()) == (3, [1, 3], (2, 3))
    assert tree.children(1) == (2, 3)
    assert ids(tree.line(2)) == [1, 2]


def test_a_head_alone_is_where_the_game_stands() -> None:
    """An undo or a resumed line counts before another move is made."""
    tree = a_tree(a_move(1, 0), a_move(2, 1), Head(1, "undo", 0))

    assert (tree.tip, ids(tree.line())) == (1, [1])


def test_luck_changes_with_a_rewind_and_stays_with_its_line() -> None:
    """Each move keeps the luck it was played under; another rewind gets luck that nobody had."""
    tree = a_tree(
        a_move(1, 0), a_move(2, 1), Head(1, "rewind", 1), a_move(3, 1), Head(2, "resume", 0), a_move(4, 2)
    )

    assert [tree.luck_of(move) for move in range(5)] == [0, 0, 0, 1, 0]
    assert tree.luck_after(2, "rewind") == 2
    assert tree.luck_after(3, "branch") == 1
    assert tree.luck_after(1, "undo") == 0


def test_an_undo_after_a_rewind_does_not_bring_old_dice_back() -> None:
    """An undo keeps the luck in force, though the move it returns to was played under another."""
    tree = a_tree(a_move(1, 0), a_move(2, 1), Head(1, "rewind", 1), a_move(3, 1))

    assert tree.luck_after(1, "undo") == 1


def test_remarks_snapshots_and_ends_are_found_by_move() -> None:
    """Each is asked for by kind, by move or along a line."""
    note, mark = Remark("note", 1, {"text": "hm"}), Remark("mark", 2, None)
    early, late, other = (Snapshot.new(after, after, b"state") for after in (1, 2, 3))
    end = End(2, {"ann": 1})
    line = (a_move(1, 0), note, early, a_move(2, 1), mark, late, end)
    tree = a_tree(*line, Head(1, "branch", 0), a_move(3, 1), other)

    assert tree.remarks() == [note, mark]
    assert (tree.remarks("note"), tree.remarks(about=2)) == ([note], [mark])
    assert (tree.snapshots(2), tree.snapshots(), tree.snapshots(0)) == ([early, late], [early, other], [])
    assert (tree.end(2), tree.end(3)) == (end, None)
    assert late.state == b"state"


@pytest.mark.parametrize(
    "entry",
    [
        a_header(),
        a_move(3, 1),
        a_move(1, 0),
        a_move(2, 2),
        a_move(2, 7),
        a_move(2, -1),
        Head(2, "undo", 0),
        Remark("note", 5, None),
        Snapshot.new(2, 1, b""),
        End(2, None),
    ],
    ids=repr,
)
def test_what_does_not_fit_changes_nothing(entry: Entry) -> None:
    """A second header, a gap in the ids, an unknown parent or move: refused, and the tree is as before."""
    tree = a_tree(a_move(1, 0))

    with pytest.raises(Malformed):
        tree.add(entry)

    assert (len(tree), tree.tip, tree.next_id, tree.children(1)) == (2, 1, 2, ())


def test_the_header_comes_first() -> None:
    """No other record opens a file."""
    with pytest.raises(Malformed, match="not a header"):
        Tree([a_move(1, 0)])


def test_shrinking_takes_records_back() -> None:
    """Records that could not be written are forgotten, with all they changed."""
    tree = a_tree(a_move(1, 0), a_move(2, 1), Head(1, "rewind", 4))

    tree.shrink(2)

    assert (tree.tip, tree.luck, len(tree.moves), tree.children(1)) == (1, 0, 1, ())


@pytest.mark.parametrize(
    "entry",
    [
        a_header(exercise="x: 1", options={"timer": 90, "names": ["a"]}),
        a_move(1, 0),
        Played(9, 4, ["x", None, [1]], 5, "greedy", b"12345678", "because\nso"),
        Head(4, "rewind", 3),
        Remark("prediction", 2, {"chance": 60}),
        Snapshot.new(1, 2, b"state"),
        End(3, {"scores": [1, -2]}),
        Unknown({"kind": "from-the-future", "what": b"x"}),
    ],
    ids=lambda entry: type(entry).__name__,
)
def test_every_record_comes_back_from_its_bytes(entry: Entry) -> None:
    """Written and read again, a record is equal."""
    assert parse(encode(entry.to_plain())) == entry


def test_unknown_kinds_and_fields_are_kept_or_ignored() -> None:
    """A save from a slightly newer version opens: its new records are kept, its new fields overlooked."""
    newer = Unknown({"kind": "weather", "about": 99})
    move = parse(encode(a_move(1, 0).to_plain() | {"mood": "tense"}))

    assert a_tree(newer, move).entries[1:] == (newer, a_move(1, 0))


@pytest.mark.parametrize(
    ("entry", "changes"),
    [
        (a_move(1, 0), {"id": "1"}),
        (a_move(1, 0), {"id": True}),
        (a_move(1, 0), {"parent": None}),
        (a_move(1, 0), {"move": "add"}),
        (a_move(1, 0), {"hash": b"short"}),
        (a_move(1, 0), {"rationale": 5}),
        (a_move(1, 0), {"kind": 5}),
        (Head(0, "undo", 0), {"why": "boredom"}),
        (Head(0, "undo", 0), {"luck": -1}),
        (Snapshot.new(0, 0, b""), {"state": "text"}),
        (End(0, None), {"after": []}),
        (a_header(), {"seats": {"ann": 5}}),
        (a_header(), {"seats": {"ann": {"player": "person"}}}),
        (a_header(), {"seed": None}),
    ],
)
def test_wrong_types_are_refused(entry: Entry, changes: dict[str, Plain]) -> None:
    """A field of another type than the format says makes the record malformed."""
    record = entry.to_plain() | changes

    with pytest.raises(Malformed):
        parse(encode(record))
