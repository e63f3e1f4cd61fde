"""What a game's decisions are: whole turns, choices, acts of the white cell; and what strong play does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import a_facilitated_game, a_game, a_table, play
from tests.rules.boards import mini
from wargame.debrief.decisions import DRAWS, UNANSWERED, WAYS, Decision, alternatives, decisions, deeds
from wargame.debrief.playouts import other_luck
from wargame.debrief.story import Story
from wargame.rules.luck import draw
from wargame.rules.moves import Answer, End, Move
from wargame.rules.options import legal_moves
from wargame.rules.phases import step
from wargame.rules.view import imagine, view
from wargame.table import Facilitator, Table


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_facilitated_game(tmp_path_factory.mktemp("decisions")))


def greedy(story: Story) -> dict[str, str]:
    return dict.fromkeys(story.scenario.seat_ids, "greedy")


def laid_by_hand(table: Table, *moves: tuple[object, ...]) -> None:
    for move in moves:
        table.play(Move.from_plain(move))


# --- the unit ------------------------------------------------------------------------------------------


def test_a_decision_is_a_whole_turn_a_choice_or_an_act(story: Story) -> None:
    """Every move of the line that had an alternative is in one; a turn has all that its seat did in it."""
    found = decisions(story, "all")
    kinds = {one.kind for one in found}
    told = [moment.id for one in found for moment in one.moments]

    assert kinds == {"turn", "choice", "act"}
    assert len(told) == len(set(told))
    for one in found:
        first, last = one.moments[0], one.last
        assert one.before is story.before(first)
        assert [moment.id for moment in story.line[first.depth : last.depth + 1]] == [
            moment.id for moment in one.moments
        ]
        assert {(moment.seat, moment.round, moment.phase) for moment in one.moments} == {
            (one.seat, one.round, one.phase)
        }
        if one.kind == "turn":
            after = story.line[last.depth + 1] if last is not story.end else None
            assert one.moves[-1].verb == "end" or (after is not None and not after.seat)
        else:
            assert len(one.moments) == 1
    for moment in story.line[1:]:
        free = not moment.seat or len(legal_moves(story.before(moment).state)) > 1
        begins = moment.move is not None and moment.move.verb != "end"
        assert moment.id in told or not (free and begins)


def test_no_decision_is_a_lone_end_of_a_turn_that_did_more(story: Story) -> None:
    """`end` stands alone only where the seat laid, offered and answered nothing in that turn."""
    for one in decisions(story, "all"):
        if [move.verb for move in one.moves] == ["end"]:
            before = one.before
            same = before.move is not None and (before.seat, before.round, before.phase) == (
                one.seat, one.round, one.phase,
            )  # fmt: skip
            assert not same


def test_the_white_cell_parts_a_turn_that_it_breaks_into(tmp_path: Path) -> None:
    """What was done before it and after it are decisions of their own, and its act is one between them."""
    table = a_table(tmp_path, mini(), ("amber", "birch", "cedar"), seed=3, name="parted")
    table.play(table.game.legal_moves()[1])
    Facilitator(table, "Mira").set_track("heat", 5, "A card was misread.")
    play(table, 6)
    table.close()
    first, act, second, *_ = sorted(
        decisions(Story.open(tmp_path / "parted.wargame"), "all"), key=lambda one: one.moments[0].id
    )

    assert (first.kind, first.ended) == ("turn", False)
    assert (act.kind, act.seat) == ("act", "")
    assert second.seat == first.seat
    assert second.ended


def test_people_come_first_and_bots_on_request(tmp_path: Path) -> None:
    """Of people and the white cell alone, or those and then the bots'."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="one")
    play(table)
    Facilitator(table, "Mira")
    table.close()
    one = Story.open(tmp_path / "one.wargame")
    people, everybody = decisions(one, "person"), decisions(one, "all")

    assert 0 < len(people) < len(everybody)
    assert everybody[: len(people)] == people
    assert {each.seat for each in people} == {"amber"}
    assert not any(each.by_people for each in everybody[len(people) :])


# --- what else there was -------------------------------------------------------------------------------


def test_alternatives_are_what_strong_play_does_every_option_or_nothing(story: Story) -> None:
    """For a turn its commonest others, for a choice all other options, for the white cell not to act."""
    for one in decisions(story, "all"):
        others = alternatives(one, greedy(story))
        assert len(others.weights) in (0, len(others.ways))
        assert sum(others.weights) <= 1.0000001
        assert all(set(way) != set(one.moves) for way in others.ways)
        if one.kind == "act":
            assert (others.ways, others.weights, others.strong) == (((),), (1.0,), ())
            continue
        assert sum(count for _way, count in others.strong) == DRAWS
        if one.kind == "choice":
            options = {(move,) for move in legal_moves(one.before.state)}
            assert {*others.ways, one.moves} == options
            usual = others.strong[0][0]
            assert others.weights == tuple(float(way == usual) for way in others.ways) * (usual != one.moves)
        else:
            assert len(others.ways) <= WAYS
            assert set(others.ways) <= {way for way, _count in others.strong}
            same = sum(n for way, n in others.strong if set(one.moves) == set(way)) if one.ended else None
            if same is not None:
                assert sum(others.weights) == pytest.approx(1 - same / DRAWS)


def test_every_alternative_may_be_done_in_any_world_the_seat_could_believe(story: Story) -> None:
    """What was done and what else there was is legal, move by move, behind whatever the seat did not see."""
    for one in decisions(story, "all"):
        if not one.seat:
            continue
        for nth, way in enumerate((one.moves, *alternatives(one, greedy(story)).ways)):
            for world in (
                other_luck(one.before.state, nth),
                imagine(view(one.before.state, one.seat), draw(nth, 0, 0, "test")),
            ):
                for move in way:
                    assert move in legal_moves(world)
                    step(world, move)


# --- what a turn comes to ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def an_offer_left_lying(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Amber offers Birch bread; Birch says nothing, neither in its orders nor in its answers."""
    folder = tmp_path_factory.mktemp("offer")
    table = a_table(folder, mini(), ("amber", "birch", "cedar"), seed=3, name="offer")
    while table.game.state.phase != "orders":
        table.play(table.game.legal_moves()[0])
    laid_by_hand(
        table,
        ("amber", "offer", "bread-for-coin", "small", "open", 1), ("amber", "end"),
        ("birch", "end"), ("cedar", "end"), ("amber", "end"), ("birch", "end"),
    )  # fmt: skip
    table.close()
    return Story.open(folder / "offer.wargame")


def turn_of(story: Story, seat: str, phase: str) -> Decision:
    return next(one for one in decisions(story, "all") if (one.seat, one.phase) == (seat, phase))


def test_an_offer_counts_as_left_only_where_it_could_not_be_answered_later(
    an_offer_left_lying: Story,
) -> None:
    """In the answers Birch left it; in its orders before them it only put it off."""
    orders = turn_of(an_offer_left_lying, "birch", "orders")
    answers = turn_of(an_offer_left_lying, "birch", "answers")

    assert deeds(orders, orders.moves) == ()
    assert deeds(answers, answers.moves) == (Answer("birch", "bread-for-coin", UNANSWERED),)
    yes = Answer("birch", "bread-for-coin", "yes")
    assert deeds(answers, (yes, End("birch"))) == (yes,)


def test_the_seat_that_has_no_answers_leaves_an_offer_in_its_orders(tmp_path: Path) -> None:
    """The last of the round has no other chance."""
    table = a_table(tmp_path, mini(), ("amber", "birch", "cedar"), seed=3, name="last")
    while table.game.state.phase != "orders":
        table.play(table.game.legal_moves()[0])
    laid_by_hand(
        table,
        ("amber", "end"), ("birch", "offer", "county-fair", "plain", "open", 2), ("birch", "end"),
        ("cedar", "end"),
    )  # fmt: skip
    table.close()
    cedar = turn_of(Story.open(tmp_path / "last.wargame"), "cedar", "orders")

    assert deeds(cedar, cedar.moves) == (Answer("cedar", "county-fair", UNANSWERED),)


def test_a_game_has_decisions_by_everybody(tmp_path: Path) -> None:
    """Three people, each with orders, answers and choices."""
    found = decisions(Story.open(a_game(tmp_path)), "person")

    assert {one.seat for one in found} == {"amber", "birch", "cedar"}
    assert {one.phase for one in found} > {"orders", "answers"}
