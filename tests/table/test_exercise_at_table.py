"""A game started from an exercise file: seats, injects, what is asked, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.boards import mini
from tests.table.facilitated import the_file, whole
from tests.table.test_table import play_on
from wargame.content.exercise import exercise_from_text, open_exercise
from wargame.debrief.people import predictions_of
from wargame.debrief.story import Story
from wargame.debrief.timeline import seat_stories
from wargame.errors import IllegalMove
from wargame.record import Player, Save
from wargame.rules.events import NewsCame, WhiteActed, dated
from wargame.rules.moves import WHITE
from wargame.rules.white import caused_by_white
from wargame.table import Facilitator, Limit, Table

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
    assert [type(event) for event in table.beats[1].events][:2] == [WhiteActed, NewsCame]
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


def test_an_inject_may_only_tell(tmp_path: Path) -> None:
    """It is read in its round by those it is for, changes nothing, and replays; so does one on the spot."""
    told = """\
injects:
  - {round: 1, title: A bell, text: It rings.}
  - {round: 2, title: A letter, text: It is not signed., to: [cedar]}
"""
    plan = exercise_from_text(f"scenario: mini\ntitle: x\nrounds: 2\n{told}", mini())
    players = {seat: Player("random", seat) for seat in mini().seat_ids}
    table = Table.start(mini(), players, exercise=plan, folder=tmp_path, name="drill")
    Facilitator(table).improvise({"title": "A word", "text": "Phones off."}, "they ring")
    list(table.advance())

    heard = {
        str(table.scenario.improvised[event.cause.removeprefix("white/news/")].title): event.to
        for beat in table.beats
        for event in beat.events
        if isinstance(event, NewsCame) and caused_by_white(event.cause)
    }
    assert heard == {"A bell": None, "A word": None, "A letter": ("cedar",)}
    assert table.over
    table.close()
    assert whole(tmp_path)


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


@pytest.mark.parametrize("kept", [True, False], ids=["saved", "not saved"])
def test_an_undo_keeps_what_was_said_in_the_turn(tmp_path: Path, kept: bool) -> None:
    """A reason and predictions belong to the seat and the round, not to the move they came after."""
    table = an_exercise(tmp_path if kept else None)
    while (table.seat_to_play, table.game.state.phase) != ("amber", "orders"):
        if not list(table.advance()):
            table.play(table.game.legal_moves()[0])
    table.play(next(move for move in table.game.legal_moves() if move.verb == "commit"))
    table.play(next(move for move in table.game.legal_moves() if move.verb == "signal"))
    table.give_reason("amber", "Bread for all.")
    for question, percent in (("hot", 70), ("storm", 5)):
        table.predict("amber", question, percent)
    for _ in range(2):
        table.undo()
        assert table.asked("amber") == ((), ())
    table.play(next(move for move in table.game.legal_moves() if move.verb == "signal"))

    assert table.asked("amber") == ((), ())
    if kept:
        table.close()
        again = Table.resume(the_file(tmp_path))
        assert again.asked("amber") == ((), ())
        again.close()
        story = Story.open(the_file(tmp_path))
        assert [(note.text, story.dated(note)) for note in story.notes("rationale")] == [
            ("Bread for all.", (1, "orders"))
        ]
        assert [one.percent for one in predictions_of(story)] == [70, 5]
        [amber] = seat_stories(story, "amber")
        assert amber.rounds[0].reasons == ("Bread for all.",)


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
    came = [
        round_
        for round_, _phase, event in dated((event for beat in table.beats for event in beat.events), 0, "")
        if isinstance(event, NewsCame) and caused_by_white(event.cause)
    ]

    assert came == [2, 3][: len(came)]
    assert len(came) == sum(round_ <= table.game.state.round for round_ in (2, 3)) > 0
    assert set(table.outcomes()) == {"missiles", "found-out", "storm"}
    table.close()
    assert whole(tmp_path)
