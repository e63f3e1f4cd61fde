"""The facilitator at a table: every act has a reason and is on disk, nothing is ever erased."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rules.boards import mini
from tests.table.test_table import FullDisk, play_on
from tests.table.white_cell import random_act
from wargame.content.exercise import exercise_from_text, open_exercise
from wargame.errors import CannotWrite, IllegalMove
from wargame.record import Head, Player, Save, frames, verify
from wargame.rules.luck import draw
from wargame.rules.moves import WHITE, Move
from wargame.rules.white import caused_by_white
from wargame.table import ENGINE, Facilitator, Limit, Table
from wargame.table.table import TIMER

CARD = {"title": "A stranger", "text": "He asks the way.", "effects": [{"shift": {"track": "heat", "by": 1}}]}
STILL_AT = 3
"""Rounds of the games here."""


def a_table(
    folder: Path | None, people: tuple[str, ...] = ("amber", "birch", "cedar"), seed: int = 4
) -> Table:
    """A game of the small world, with random bots where there are no people."""
    scenario = mini()
    players = {seat: Player("person" if seat in people else "random", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=seed, rounds=STILL_AT, folder=folder, name="evening")
    list(table.advance())
    return table


def the_file(folder: Path) -> Path:
    return next(folder.glob("*.wargame"))


def heads_of(save: Save) -> list[Head]:
    return [entry for entry in save.tree.entries if isinstance(entry, Head)]


def whole(folder: Path) -> bool:
    report = verify(the_file(folder), ENGINE)
    assert report.problems == ()
    return report.ok


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
    told = [event for event in beat.events if event.kind in ("news", "track")]
    assert told
    assert all(caused_by_white(event.facts[-1]) for event in told)
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


# --- going back ----------------------------------------------------------------------------------------


def test_a_rewind_loses_nothing(tmp_path: Path) -> None:
    """Every frame of before is in the file to the byte, with the moves of the old line and its end."""
    table = a_table(tmp_path, people=("amber",))
    play_on(table)
    assert table.over
    before, old = the_file(tmp_path).read_bytes(), [beat.id for beat in table.beats]
    old_moves = table.save.tree.line() if table.save else []

    Facilitator(table).rewind(10, "the war of the second round was a misreading")
    play_on(table, seed=5)
    Facilitator(table).rewind(20, "once more")
    table.play(table.game.legal_moves()[0])
    table.close()

    after = the_file(tmp_path).read_bytes()
    assert after[: frames.HEAD] == before[: frames.HEAD]
    assert after[frames.START :].startswith(before[frames.START :])
    with Save.open(the_file(tmp_path), write=False) as save:
        assert save.tree.line(old[-1]) == old_moves
        assert save.tree.end(old[-1]) is not None
        assert len(save.tree.lines()) == 3
    assert whole(tmp_path)


def test_a_rewind_goes_on_from_there_with_other_luck(tmp_path: Path) -> None:
    """The position is that of the move, and the same moves again do not bring the same dice and draws."""
    table = a_table(tmp_path, people=("amber",))
    play_on(table)
    positions = {beat.id: beat for beat in table.beats}
    first = table.game

    Facilitator(table).rewind(10, "because")
    assert [beat.id for beat in table.beats] == list(range(11))
    assert table.beats[-1] == positions[10]
    assert not table.can_undo
    play_on(table)

    assert first.state.luck != table.game.state.luck
    assert first.state != table.game.state
    table.close()


def test_a_branch_takes_up_another_line_under_its_luck(tmp_path: Path) -> None:
    """After a rewind the line of before can be gone on with, from its last move."""
    table = a_table(tmp_path)
    play_on(table, 8)
    tip, game = table.beats[-1].id, table.game
    cell = Facilitator(table)
    cell.rewind(2, "because")
    play_on(table, 2, seed=3)
    assert cell.lines() == (tip, tip + 2)

    cell.branch(tip, "the first line was better after all")

    assert table.game == game
    play_on(table, 2)
    table.close()
    assert whole(tmp_path)


def test_a_rewind_takes_back_what_was_set_after(tmp_path: Path) -> None:
    """Injects and rolls belong to their line."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    cell.inject("drought", "because", round=3)
    play_on(table, 2)
    cell.set_roll(7, "because")
    assert (len(cell.scheduled), len(cell.set_rolls)) == (1, 1)
    cell.rewind(2, "because")
    assert (len(cell.scheduled), len(cell.set_rolls)) == (1, 0)
    cell.rewind(0, "because")

    assert (len(cell.scheduled), len(cell.set_rolls)) == (0, 0)
    assert table.game.state.white is None
    with pytest.raises(IllegalMove, match="stands after move 0 already"):
        cell.rewind(0, "because")
    table.close()
    assert whole(tmp_path)


def test_undo_never_passes_the_white_cell(tmp_path: Path) -> None:
    """A person takes back its own moves only."""
    table = a_table(tmp_path)
    for _ in range(60):
        table.play(table.game.legal_moves()[-1])
        if table.can_undo:
            break
    assert table.can_undo
    Facilitator(table).set_track("grain", 9 - table.game.state.tracks["grain"] % 2, "because")

    assert not table.can_undo
    table.close()


@pytest.mark.parametrize("seed", range(6))
def test_busy_evenings_verify_and_resume(tmp_path: Path, seed: int) -> None:
    """People, bots and a white cell that does what it likes, rewinds among it: the file is always whole."""
    table = a_table(tmp_path, people=("amber", "cedar"), seed=seed)
    cell = Facilitator(table, "Kim")
    for nth in range(150):
        list(table.advance())
        luck = draw(seed, 0, nth, "evening")
        if luck % 12 == 0 and len(table.beats) > 3:
            cell.rewind(luck // 12 % (len(table.beats) - 2), "back")
        elif table.over:
            break
        elif luck % 4 == 0 and (move := random_act(table.game, seed, nth)) is not None:
            table.play(move, WHITE, "because", "Kim")
        elif table.seat_to_play:
            legal = table.game.legal_moves()
            table.play(legal[(luck >> 8) % len(legal)])
    game, beats = table.game, table.beats
    table.close()

    assert whole(tmp_path)
    again = Table.resume(the_file(tmp_path))
    assert (again.game, again.beats) == (game, beats)
    assert not again.read_only
    again.close()


# --- seats and time ------------------------------------------------------------------------------------


def test_a_seat_is_handed_to_a_bot_and_back(tmp_path: Path) -> None:
    """In the middle of its turn; the bot plays on, and after a resume it is still who sits there."""
    table = a_table(tmp_path)
    cell, seat = Facilitator(table), table.seat_to_play
    assert seat is not None
    cell.hand_to_bot(seat, "called to the telephone", "random")
    assert table.seat_to_play is None
    beats = list(table.advance())
    assert {beat.by for beat in beats} == {"random"}
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert again.players[seat] == Player("random", seat)
    Facilitator(again).hand_back(seat, "back again", "Ann")
    assert again.players[seat] == Player("person", "Ann")
    told = [(one.seat, one.data["what"], one.data["reason"]) for one in again.journal.of("seat")]
    assert told == [(seat, "bot", "called to the telephone"), (seat, "back", "back again")]
    again.close()


def test_whoever_leaves_early_lets_turns_go_by() -> None:
    """An empty chair makes the neutral move each time; who comes late takes it again."""
    table = a_table(None)
    cell = Facilitator(table)
    for seat in ("amber", "birch"):
        cell.leaves(seat, "a train to catch")
    played = list(table.advance())
    while not table.over and table.game.state.round == 1:
        table.play(table.game.legal_moves()[0])
        played += table.advance()

    gone = [beat for beat in played if beat.by == "absent"]
    assert {beat.move.seat for beat in gone if beat.move} == {"amber", "birch"}
    assert {beat.move.verb for beat in gone if beat.move} <= {"end", "choose"}
    cell.arrives("amber", "Anna")
    assert table.players["amber"] == Player("person", "Anna")


def test_a_skipped_turn_and_a_turn_that_is_up_are_neutral_and_marked(tmp_path: Path) -> None:
    """What has been laid down stays; the record says who ended the turn, and why."""
    table = a_table(tmp_path)
    cell = Facilitator(table, "Kim")
    while table.game.state.phase != "orders" or table.game.state.stack:
        table.play(table.game.legal_moves()[0])
    first = table.game.to_act
    assert first is not None
    commit = next(move for move in table.game.legal_moves() if move.verb == "commit")
    table.play(commit)
    beat = cell.skip("no answer from the other room")
    assert (beat.move, beat.by, beat.rationale) == (
        Move(first, "end"),
        WHITE,
        "no answer from the other room",
    )
    assert table.game.state.orders[first].commits[0].card == commit.args[0]
    second = table.game.to_act

    up = table.time_up()

    assert (up.move, up.by) == (Move(second or "", "end"), TIMER)
    table.close()
    with Save.open(the_file(tmp_path), write=False) as save:
        assert [(one.by, one.who) for one in save.tree.moves[-2:]] == [(WHITE, "Kim"), (TIMER, None)]
    assert whole(tmp_path)


def test_time_is_never_up_for_a_bot() -> None:
    """Only a person's time can be up."""
    table = a_table(None, people=())

    with pytest.raises(IllegalMove, match="nobody's time is up"):
        table.time_up()


def test_nobody_moves_in_a_pause_but_the_white_cell(tmp_path: Path) -> None:
    """People are told so, bots wait, and the countdown stands still; a game opened again goes on."""
    table = a_table(tmp_path, people=("amber",))
    cell = Facilitator(table)
    cell.pause("coffee")
    with pytest.raises(IllegalMove, match="paused already"):
        cell.pause()
    with pytest.raises(IllegalMove, match="The game is paused"):
        table.play(table.game.legal_moves()[0])
    with pytest.raises(IllegalMove, match="The game is paused"):
        table.time_up()
    cell.set_track("grain", 9, "put right in the break")
    cell.hand_to_bot("amber", "because", "random")
    assert list(table.advance()) == []
    cell.go_on()
    assert list(table.advance())
    assert [one.data["on"] for one in table.journal.of("pause")] == [True, False]
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert not again.paused
    again.close()


def test_timers_are_set_by_phase_and_remembered(tmp_path: Path) -> None:
    """Off at first; a limit set while the game runs is there after a resume, and so is one taken away."""
    table = a_table(tmp_path)
    assert table.timers.limits == {}
    table.set_limit("orders", Limit(90, 10))
    table.set_limit("answers", Limit(20))
    table.set_limit("answers", None)
    table.timers.start("orders")
    Facilitator(table).pause()
    assert table.timers.status == "paused"
    table.close()

    again = Table.resume(the_file(tmp_path))
    assert again.timers.limits == {"orders": Limit(90, 10)}
    again.close()


def test_the_facilitator_has_a_pin_of_its_own(tmp_path: Path) -> None:
    """As a seat has: hashed in the save, asked for after a resume, taken away by an empty one."""
    table = a_table(tmp_path)
    cell = Facilitator(table)
    assert not table.has_pin(WHITE)
    cell.set_pin("open7up")
    assert not table.check_pin(WHITE, "guess")
    table.close()
    assert b"open7up" not in the_file(tmp_path).read_bytes()

    again = Table.resume(the_file(tmp_path))
    assert again.has_pin(WHITE)
    assert again.check_pin(WHITE, "open7up")
    Facilitator(again).set_pin("")
    assert not again.has_pin(WHITE)
    again.close()


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


# --- exercises -----------------------------------------------------------------------------------------

PLAN = """\
scenario: mini
title: An afternoon at the ford
rounds: 3
seed: 7
seats:
  amber: {player: person, name: Ann}
  birch: {player: random}
timers:
  orders: {seconds: 90, warning: 20}
injects:
  - {round: 1, title: Rain, text: It rains., why: to begin with, effects: [{shift: {track: heat, by: -1}}]}
  - {round: 2, card: fair-weather, held: true}
  - {round: 3, title: Hail, text: It hails., to: [cedar], effects: [{points: {seat: cedar, by: 1}}]}
prompts:
  - {rounds: [1], seats: [amber], text: What for?}
questions:
  - {id: hot, text: Will it be hot?, rounds: [1], when: {track: heat, at_least: 0}}
  - {id: storm, text: Will it burn?, when: {all: [{track: heat, at_least: 9}, {track: heat, at_most: 2}]}}
"""


def an_exercise(folder: Path | None, **given: object) -> Table:
    exercise = exercise_from_text(PLAN, mini())
    return Table.start(mini(), exercise=exercise, folder=folder, name="drill", **given)  # type: ignore[arg-type]


def test_an_exercise_is_applied_when_the_game_starts(tmp_path: Path) -> None:
    """Players, seed, rounds, timers; the injects become recorded acts, the first round's at once."""
    table = an_exercise(tmp_path)

    assert [table.players[seat] for seat in ("amber", "birch", "cedar")] == [
        Player("person", "Ann"),
        Player("random", "Birchfield"),
        Player("person", "Cedarbrook"),
    ]
    assert (table.game.state.seed, table.game.state.rounds) == (7, 3)
    assert table.timers.limits == {"orders": Limit(90, 20)}
    assert [(beat.by, beat.rationale) for beat in table.beats[1:]] == [
        (WHITE, "to begin with"),
        (WHITE, "Prepared in the exercise file."),
        (WHITE, "Prepared in the exercise file."),
        (WHITE, "Prepared in the exercise file."),
    ]
    assert [event.kind for event in table.beats[1].events][:2] == ["white", "news"]
    waiting = Facilitator(table).scheduled
    assert [(inject.round, inject.held, inject.to) for inject in waiting] == [
        (2, True, None),
        (3, False, ("cedar",)),
    ]
    assert not table.can_undo
    table.close()
    assert whole(tmp_path)
    with Save.open(the_file(tmp_path), write=False) as save:
        assert save.header.exercise == PLAN
        assert {one.who for one in save.tree.moves} == {"exercise"}


def test_what_is_given_goes_before_the_exercise() -> None:
    """Players, seed and rounds of the call; an inject past the last round is left out, and said so."""
    players = {seat: Player("random", seat) for seat in mini().seat_ids}
    table = an_exercise(None, players=players, seed=9, rounds=2)

    assert table.players == players
    assert (table.game.state.seed, table.game.state.rounds) == (9, 2)
    assert table.notices == ["An inject for round 3 is left out: the game has 2."]


def test_seats_are_asked_for_reasons_and_predictions(tmp_path: Path) -> None:
    """What the file asks of that seat in that round, until it has answered; after a resume the same."""
    table = an_exercise(tmp_path)
    asked = table.asked("amber")
    assert asked.rationale == ("What for?",)
    assert [question.id for question in asked.questions] == ["hot", "storm"]
    assert table.asked("cedar").rationale == ()
    table.give_reason("amber", "Bread for all.")
    table.predict("amber", "hot", 70)
    table.predict("amber", "hot", 80)
    table.close()

    again = Table.resume(the_file(tmp_path))
    asked = again.asked("amber")
    assert asked.rationale == ()
    assert [question.id for question in asked.questions] == ["storm"]
    assert again.journal.rationale("amber", 1) == "Bread for all."
    assert [tuple(one) for one in again.journal.predictions("hot")] == [("amber", "hot", 1, 80)]
    with pytest.raises(IllegalMove, match="no question `cold`"):
        again.predict("amber", "cold", 5)
    with pytest.raises(IllegalMove, match="not 101"):
        again.predict("amber", "hot", 101)
    assert again.outcomes() == {}
    again.close()


def test_after_a_rewind_seats_are_asked_again(tmp_path: Path) -> None:
    """What was answered on the old line stays in the journal, and the new line asks anew."""
    table = an_exercise(tmp_path)
    start = table.beats[-1].id
    play_on(table, 1)
    table.give_reason("amber", "Bread for all.")
    table.predict("amber", "hot", 70)
    Facilitator(table).rewind(start, "because")

    assert table.asked("amber").rationale == ("What for?",)
    assert [question.id for question in table.asked("amber").questions] == ["hot", "storm"]
    assert len(table.journal.predictions()) == 1
    table.close()


def test_questions_are_answered_by_the_end() -> None:
    """Each by its own condition, when the game is over and not before."""
    table = an_exercise(None)
    play_on(table)

    assert table.over
    assert table.outcomes() == {"hot": True, "storm": False}
    assert table.asked("amber") == ((), ())


def test_an_exercise_that_this_version_cannot_run_does_not_keep_a_save_shut(tmp_path: Path) -> None:
    """The game opens without prompts and timers, and a notice says why."""
    exercise = exercise_from_text(PLAN, mini())
    later = exercise._replace(text="teleport: true\n" + PLAN)
    Table.start(mini(), exercise=later, folder=tmp_path, name="drill").close()

    again = Table.resume(the_file(tmp_path))

    assert again.exercise is None
    assert again.notice is not None
    assert "unknown key `teleport`" in again.notice
    assert again.timers.limits == {}
    again.close()


def test_the_exercise_of_honeymoon_runs(tmp_path: Path) -> None:
    """Its two injects come in their rounds, whoever plays."""
    scenario, exercise = open_exercise("honeymoon")
    players = {seat: Player("random", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, exercise=exercise, folder=tmp_path, name="evening")
    list(table.advance())
    came, round_ = [], 1
    for event in (event for beat in table.beats for event in beat.events):
        if event.kind == "round":
            round_ = int(str(event.facts[0]))
        if event.kind == "news" and caused_by_white(event.facts[0]):
            came.append(round_)

    assert came == [3, 5][: len(came)]
    assert len(came) == sum(round_ <= table.game.state.round for round_ in (3, 5)) > 0
    assert set(table.outcomes()) == {"missiles", "found-out", "storm"}
    table.close()
    assert whole(tmp_path)


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
    assert len(table.save.tree.moves) == 4
    assert whole(tmp_path)
