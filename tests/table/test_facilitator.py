"""The facilitator at a table: every act has a reason and is on disk, and what makes no sense is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.table.facilitated import CARD, a_table, heads_of, the_file, whole
from tests.table.test_table import FullDisk
from wargame.errors import CannotWrite, IllegalMove
from wargame.record import Save
from wargame.rules.events import NewsCame, TrackMoved
from wargame.rules.moves import WHITE
from wargame.rules.white import caused_by_white
from wargame.table import Facilitator, Table

ACTS: list[Callable[[Facilitator, str], object]] = [
    lambda cell, reason: cell.inject("drought", reason, round=2),
    lambda cell, reason: cell.improvise(CARD, reason),
    lambda cell, reason: cell.shift(1, 3, reason),
    lambda cell, reason: cell.hold(1, reason),
    lambda cell, reason: cell.cancel(1, reason),
    lambda cell, reason: cell.set_track("grain", 9, reason),
    lambda cell, reason: cell.set_good("birch", "coin", 5, reason),
    lambda cell, reason: cell.set_influence("amber", 1, reason),
    lambda cell, reason: cell.set_flag("market", reason, rounds=2),
    lambda cell, reason: cell.set_roll("works", reason, what="bold-promise"),
    lambda cell, reason: cell.leave_to_luck(reason, what="bold-promise"),
    lambda cell, reason: cell.adjudicate("cedar", "May we?", reason, arguments=[("for", 10)]),
    lambda cell, reason: cell.skip(reason),
    lambda cell, reason: cell.hand_to_bot("amber", reason, "random"),
    lambda cell, reason: cell.hand_back("amber", reason, "Ann"),
    lambda cell, reason: cell.leaves("amber", reason),
    lambda cell, reason: cell.arrives("amber", "Anna", reason),
    lambda cell, reason: cell.rewind(1, reason),
]
"""One of everything, in an order in which each can be done."""


def test_everything_is_kept_with_reason_time_and_who_and_replays(tmp_path: Path) -> None:
    """The record tells of each act why, when and who; the file verifies, and opens as the same game."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "Kim")
    for nth, act in enumerate(ACTS):
        act(cell, f"because {nth}")
    table.close()

    with Save.open(the_file(tmp_path), write=False) as save:
        white = [one for one in save.tree.moves if one.by == WHITE]
        assert [one.rationale for one in white] == [f"because {nth}" for nth in range(13)]
        assert {one.who for one in white} == {"Kim"}
        assert all(one.time > 1_700_000_000_000 for one in white)
        [head] = heads_of(save)
        assert (head.move, head.why, head.reason, head.who) == (1, "rewind", "because 17", "Kim")
        assert head.time is not None
    assert whole(tmp_path)
    again = Table.resume(the_file(tmp_path))
    assert again.game == table.game
    assert again.beats == table.beats
    assert again.players == table.players
    again.close()


@pytest.mark.parametrize("nth", range(len(ACTS)))
def test_no_act_without_a_reason(tmp_path: Path, nth: int) -> None:
    """Blank is no reason: one sentence, and neither game, seats nor file have changed."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    for act in ACTS[:nth]:
        act(cell, "because")
    before, players, size = table.game.to_bytes(), dict(table.players), the_file(tmp_path).stat().st_size

    with pytest.raises(IllegalMove, match="gives a reason"):
        ACTS[nth](cell, "  ")

    assert (table.game.to_bytes(), table.players) == (before, players)
    assert the_file(tmp_path).stat().st_size == size
    table.close()


def test_the_beat_of_an_act_names_the_white_cell(tmp_path: Path) -> None:
    """By, reason and every event it brings about: a log can tell it from what the rules did."""
    table = a_table(tmp_path)
    beat = Facilitator(table).improvise(CARD, "to stir the pot")

    assert (beat.by, beat.rationale) == (WHITE, "to stir the pot")
    assert beat.move is not None
    assert beat.move.seat == WHITE
    assert beat is table.beats[-1]
    told = [event for event in beat.events if isinstance(event, NewsCame | TrackMoved)]
    assert told
    assert all(caused_by_white(event.cause) for event in told)
    table.close()


def test_a_card_that_cannot_be_played_is_refused_with_everything_wrong() -> None:
    """The loader's own sentences, and nothing has happened."""
    table = a_table(None)
    cell, before = Facilitator(table), table.game
    bad = {"title": "A stranger", "text": "", "effects": [{"shift": {"track": "heet", "by": 0}}]}

    assert cell.problems(bad) == [
        "effects 1 shift track: there is no track `heet` (did you mean `heat`?)",
        "effects 1 shift by: moves nothing: `by` is 0",
    ]
    with pytest.raises(IllegalMove, match="did you mean `heat`"):
        cell.improvise(bad, "because")
    assert table.game is before


def test_what_is_typed_is_cleaned(tmp_path: Path) -> None:
    """Control characters pasted into a card, a reason or a note never reach the file."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "K\x1bim")
    cell.improvise({**CARD, "title": "A \x1b[31mstranger\u202e"}, "be\x07cause")
    cell.note("hm\x1b[0m", private=True)
    table.close()

    with Save.open(the_file(tmp_path), write=False) as save:
        last = save.tree.moves[-1]
        assert (last.rationale, last.who) == ("because", "Kim")
        assert '"title":"A [31mstranger"' in str(last.move[2])
    assert whole(tmp_path)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda cell: cell.set_roll(0, "x"), "A roll is set to 1 to 100"),
        (lambda cell: cell.set_roll("perhaps", "x"), "A roll is set to 1 to 100"),
        (lambda cell: cell.adjudicate("cedar", " ", "x"), "needs the proposal"),
        (lambda cell: cell.adjudicate("cedar", "May we?", "x", base=101), "start at 0 to 100"),
        (lambda cell: cell.adjudicate("cedar", "May we?", "x", arguments=[("", 5)]), "An argument has"),
        (lambda cell: cell.adjudicate("cedar", "May we?", "x", arguments=[("for", 0)]), "An argument has"),
        (lambda cell: cell.adjudicate("cedar", "May we?", "x", success=[{"shift": {}}]), "can't be played"),
        (lambda cell: cell.hand_to_bot("amber", "x", "genius"), "no bot `genius`"),
        (lambda cell: cell.hand_to_bot("nobody", "x"), "no seat `nobody`"),
        (lambda cell: cell.note(" "), "needs some words"),
        (lambda cell: cell.note("hm", 99), "no move 99"),
        (lambda cell: cell.talk(["amber"], "nothing"), "two seats or more"),
        (lambda cell: cell.talk(["amber", "birch"], "x", {"cedar": "y"}), "Only who was in the talk"),
        (lambda cell: cell.rewind(99, "x"), "no move 99"),
        (lambda cell: cell.go_on(), "not paused"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path, act: Callable[[Facilitator], object], why: str
) -> None:
    """One sentence, and the file is as it was."""
    table = a_table(tmp_path)
    size = the_file(tmp_path).stat().st_size

    with pytest.raises(IllegalMove, match=why):
        act(Facilitator(table))

    assert the_file(tmp_path).stat().st_size == size
    table.close()


def test_an_act_that_cannot_be_written_is_not_done(tmp_path: Path) -> None:
    """With the disk full nothing has happened, at the table or in the file."""
    table = a_table(tmp_path)
    table.close()
    disk = FullDisk()
    table = Table._resumed(Save.open(the_file(tmp_path), disk=disk))
    cell, game, beats, lines = Facilitator(table), table.game, list(table.beats), len(table.journal.lines)
    disk.full = True

    for act in (
        lambda: cell.set_track("grain", 9, "x"),
        lambda: cell.skip("x"),
        lambda: cell.note("hm"),
        lambda: cell.pause("x"),
        lambda: cell.leaves("amber", "x"),
    ):
        with pytest.raises(CannotWrite):
            act()

    assert (table.game, table.beats, len(table.journal.lines)) == (game, beats, lines)
    assert not table.paused
    assert table.players["amber"].kind == "person"
    disk.full = False
    cell.set_track("grain", 9, "x")
    table.close()
    assert whole(tmp_path)


def test_rolls_that_may_come_are_listed_with_their_odds() -> None:
    """Cards on the table at the odds promised, triggers as they stand; each can be set by its path."""
    table = a_table(None)
    cell = Facilitator(table)
    listed = cell.rolls()

    assert "trigger/simmer/0" in listed
    assert all(5 <= chance <= 95 for chance in listed.values())
    for path in listed:
        cell.set_roll("fails", "because", what=path)
    assert {fixed.path for fixed in cell.set_rolls} == set(listed)
    cell.set_roll(50, "because", what="squeeze")
    assert cell.set_rolls[-1].path == "card/squeeze"
    assert cell.odds(50, [("for", 15), ("against", -20)]) == 45
    assert cell.odds(90, [("for", 60)]) == 95


def test_the_example_of_the_page_for_facilitators_runs(tmp_path: Path) -> None:
    """The Python at the end of `docs/facilitating.md` does what it says, and the file it leaves is whole."""
    page = (Path(__file__).parents[2] / "docs" / "facilitating.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {"folder": tmp_path}
    exec(example, names)
    table: Table = names["table"]
    table.close()

    assert table.save is not None
    assert [(head.move, head.why) for head in heads_of(table.save)] == [(2, "rewind")]
    assert len(table.save.tree.moves) == 6
    assert whole(tmp_path)
