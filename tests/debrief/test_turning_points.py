"""Turning points in words: what was done against what strong play does, what it cost, the dice after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.debrief.games import a_facilitated_game, a_table, play
from tests.rules.boards import mini
from wargame.debrief.decisions import DRAWS, Decision, Finding, Moves, decisions
from wargame.debrief.phrasing import Sentence, text_of, words_for
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.turning import Turn, Turning
from wargame.debrief.turning_points import Turnings, brought_about, judged, thrown, turnings
from wargame.lab.intervals import Change, Share
from wargame.rules.events import DiceRolled
from wargame.rules.game import Game
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves

CHANGE = Change(-8.0, 1.0, 40)
LOSS = Change(3.0, 1.0, 40)
NO_LOSS = Change(-0.5, 1.0, 40)


def a_story(folder: Path, *moves: Move, name: str = "told", seed: int = 3) -> Story:
    """A game of three people that goes from the first orders on by these moves, then as bots would."""
    table = a_table(folder, mini(), ("amber", "birch", "cedar"), seed=seed, name=name)
    while table.game.state.phase != "orders":
        table.play(table.game.legal_moves()[0])
    for move in moves:
        table.play(move)
    play(table)
    table.close()
    return Story.open(folder / f"{name}.wargame")


def move(seat: str, verb: str, *args: str | int) -> Move:
    return Move.from_plain([seat, verb, *args])


OFFER = move("amber", "offer", "bread-for-coin", "small", "open", 1)
YES = move("birch", "answer", "bread-for-coin", "yes")


@pytest.fixture(scope="module")
def unanswered(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Birch never answers an offer of Amber's."""
    ends = [move(seat, "end") for seat in ("amber", "birch", "cedar", "amber", "birch")]
    return a_story(tmp_path_factory.mktemp("told"), OFFER, *ends)


def decision_of(story: Story, seat: str, phase: str) -> Decision:
    return next(one for one in decisions(story, "all") if (one.seat, one.phase) == (seat, phase))


def a_finding(one: Decision, *strong: tuple[Moves, int], best: Moves | None = None, ways: int = 1) -> Finding:
    """Amber 8 points down; 3 lost by the seat that decided, none in worlds it could believe."""
    changes = (CHANGE, Change(0.0, 1.0, 40), Change(1.0, 1.0, 40))
    reached = ((Share(4, 40), 0.5),) * 3
    if best is None:
        best = strong[0][0] if strong else None
    loss = (LOSS, NO_LOSS) if one.seat else (None, None)
    return Finding(200, strong, ways, False, changes, reached, best, *loss)


def a_turning(*turns: Turn, playouts: int = 200) -> Turning:
    return Turning(
        playouts,
        {"amber": "greedy", "birch": "greedy"},
        "person",
        9,
        9,
        2,
        0,
        1.08,
        3.06,
        5.04,
        len(turns),
        turns,
        {},
    )


def told(story: Story, one: Decision, finding: Finding) -> Turnings:
    turn = Turn(one, finding, "amber", finding.changes[0])
    return turnings(story, words_for(story.end.state), a_turning(turn))


def said(sentence: Sentence | None) -> str:
    return "" if sentence is None else text_of(sentence)


# --- a turn --------------------------------------------------------------------------------------------


def test_a_turn_is_told_by_what_it_left_against_what_strong_play_does(unanswered: Story) -> None:
    """One sentence, with how often, the seat it moved most, and by how much."""
    one = decision_of(unanswered, "birch", "answers")
    [turn] = told(unanswered, one, a_finding(one, ((YES, move("birch", "end")), DRAWS))).turns

    assert said(turn.said) == (
        "Birchfield left “Bread for coin” unanswered; strong play signs it 40 times of 40; "
        "against strong play: Ambertown −8.0, −10.0 to −6.0."
    )
    assert turn.against == "strong play"
    assert said(turn.head).endswith(": Birchfield's answers")
    assert said(turn.loss) == (
        "For Birchfield itself it was 3.0 points worse (1.0 to 5.0)"
        " than the alternative "
        "(signs “Bread for coin”); over the worlds that it could believe then, 0.5 points "
        "better (−1.5 to 2.5)."
    )


def test_an_end_of_a_turn_is_never_what_is_told(unanswered: Story) -> None:
    """What made the difference is what was laid, offered or left, not that the turn was ended."""
    for one in decisions(unanswered, "all"):
        if one.kind == "turn":
            [turn] = told(unanswered, one, a_finding(one, (one.moves, DRAWS))).turns
            assert "ends its turn" not in said(turn.said)


def test_what_both_do_is_left_out_and_terms_are_told(unanswered: Story) -> None:
    """Of a whole turn only what is not the same, the commonest of strong play's first."""
    one = decision_of(unanswered, "amber", "orders")
    end, song = move("amber", "end"), move("amber", "commit", "mill-song")
    larger = move("amber", "offer", "bread-for-coin", "large", "secret", 2)
    [turn] = told(unanswered, one, a_finding(one, ((larger, song, end), 30), ((larger, end), 10))).turns
    assert said(turn.said).startswith(
        "Ambertown offered “Bread for coin” to Birch (small, open, one round); strong play offers “Bread for "
        "coin” to Birch (large, secret, two rounds) 40 times of 40, lays “The mill song” 30 times of 40; "
    )

    [turn] = told(unanswered, one, a_finding(one, ((OFFER, song, end), 25), ((OFFER, end), 15))).turns
    assert said(turn.said).startswith(
        "Ambertown offered “Bread for coin” to Birch (small, open, one round) and no more; "
        "strong play lays “The mill song” 25 times of 40; "
    )

    [turn] = told(unanswered, one, a_finding(one, ((end,), 40))).turns
    assert said(turn.said).startswith(
        "Ambertown offered “Bread for coin” to Birch (small, open, one round); strong play does so 0 times "
        "of 40; "
    )


def test_a_refusal_marks_levers_and_cards_have_their_words(unanswered: Story) -> None:
    """Whatever can be done in a turn is told in both tenses."""
    words = words_for(unanswered.end.state)
    for made, did, does in (
        (move("birch", "answer", "bread-for-coin", "no"), "refused “Bread for coin”", "refuses it"),
        (move("birch", "mark", "bread-for-coin", "short"), "delivered short on “Bread for coin”",
         "delivers short on it"),
        (move("birch", "mark", "bread-for-coin", "stop"), "stopped “Bread for coin”", "stops it"),
        (move("amber", "commit", "stoke"), "laid “Stoke the oven”", "lays it"),
        (move("amber", "discard", "stoke", "wood"),
         "gave up “Stoke the oven” for “Patch the mill” (aimed at wood)",
         "gives up “Stoke the oven” for “Patch the mill” (aimed at wood)"),
        (move("amber", "signal", "stoke"), "told the table “Stoke the oven”",
         "tells the table “Stoke the oven”"),
    ):  # fmt: skip
        assert words.did([made]) == did
        assert words.does([made], known=True) == does
    several = [
        move("amber", "commit", "stoke"), move("amber", "answer", "bread-for-coin", "unanswered"),
        move("amber", "commit", "mill-song"), move("amber", "answer", "water-rights", "unanswered"),
    ]  # fmt: skip
    assert words.did(several) == (
        "laid “Stoke the oven” and “The mill song” and left “Bread for coin” and “Water rights” unanswered"
    )
    for kind, verb in (("dial_moves", "set"), ("stand_moves", "joined")):
        for options in getattr(unanswered.scenario, kind).values():
            for _id, moves, *_more in options:
                assert words.did(moves[:1]).startswith(f"{verb} “")


# --- a choice and an act -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_facilitated_game(tmp_path_factory.mktemp("led")))


def test_a_choice_is_told_against_another_option(led: Story) -> None:
    """That of strong play, or where it chooses the same, the best of the others."""
    one = next(each for each in decisions(led, "all") if each.kind == "choice")
    other = next((option,) for option in legal_moves(one.before.state) if option != one.moves[0])
    [turn] = told(led, one, a_finding(one, (other, 31), (one.moves, 9))).turns
    assert "strong play chooses “" in said(turn.said)
    assert "31 times of 40" in said(turn.said)
    assert "'s choice, “" in said(turn.head)

    same = a_finding(one, (one.moves, 40), best=other)._replace(against_best=True)
    [turn] = told(led, one, same).turns
    assert "as strong play does 40 times of 40; against the alternative (“" in said(turn.said)
    assert f"against {turn.against}: Ambertown −8.0" in said(turn.said)
    assert turn.against in said(turn.loss)


def test_an_act_of_the_white_cell_is_told_against_doing_nothing(led: Story) -> None:
    """It cost nobody's seat anything of its own."""
    one = next(
        each for each in decisions(led, "person") if each.kind == "act" and each.moves[0].verb == "set-track"
    )
    [turn] = told(led, one, a_finding(one)).turns

    assert said(turn.said) == (
        "The white cell sets Heat to 4; against doing nothing: Ambertown −8.0, −10.0 to −6.0."
    )
    assert turn.loss is None


# --- what could have been seen -------------------------------------------------------------------------


def test_where_none_is_seen_it_says_what_could_have_been(unanswered: Story) -> None:
    """Never that no decision mattered."""
    seen = said(turnings(unanswered, words_for(unanswered.end.state), a_turning(playouts=20)).seen)

    assert seen == (
        "In 2 decisions strong play does just what was done. A change can be seen at 20 playouts a decision "
        "if it is at least ±1.1 points where luck matters least, ±3.1 in half of them and ±5.0 in all; "
        "none was."
    )


def test_a_change_that_no_luck_blurs_is_not_said_to_be_of_no_points(unanswered: Story) -> None:
    sure = replace(a_turning(playouts=20), least=0.01)
    seen = said(turnings(unanswered, words_for(unanswered.end.state), sure).seen)

    assert seen.endswith(
        "A change can be seen at 20 playouts a decision of any size where luck plays no part, "
        "and if it is at least ±3.1 points in half of them and ±5.0 in all; none was."
    )


def test_decisions_of_too_few_playouts_are_said_to_be_no_more_than_that(unanswered: Story) -> None:
    """They have no figure, which would be wider than any score, and nothing is told of them."""
    few = replace(a_turning(playouts=20), blind=7)
    seen = said(turnings(unanswered, words_for(unanswered.end.state), few).seen)

    assert seen.endswith("In 7 decisions 20 playouts are too few to see any change. ")


def test_where_it_was_stopped_it_says_so(unanswered: Story) -> None:
    """How many had been looked at; and if all, that the worlds that could be believed are lacking."""
    words, one = words_for(unanswered.end.state), decision_of(unanswered, "birch", "answers")
    early = replace(a_turning(), looked=4, same=0)
    finding = a_finding(one, ((YES,), 40))._replace(believed=None)
    late = a_turning(Turn(one, finding, "amber", CHANGE))

    assert said(turnings(unanswered, words, early).seen).startswith("Only 4 of these were looked at yet. ")
    assert said(turnings(unanswered, words, late).seen).startswith(
        "It was stopped before all had been tried "
    )
    assert "believe" not in said(turnings(unanswered, words, late).turns[0].loss)


# --- dice ----------------------------------------------------------------------------------------------


def test_the_dice_that_followed_are_named_with_their_odds(tmp_path: Path) -> None:
    """Of the card that was laid in the turn, once though not all may know its terms; not of others."""
    promise = move("amber", "commit", "bold-promise")
    story = next(
        a_story(tmp_path, promise, move("amber", "end"), name=f"dice{seed}", seed=seed)
        for seed in range(99)
        if "bold-promise" in hand_of_amber(seed)
    )
    one = decision_of(story, "amber", "orders")
    [roll] = thrown(story, one)
    fell = next(
        event for moment in story.line for event in moment.events
        if isinstance(event, DiceRolled) and event.cause == "card/bold-promise" and not event.twin
    )  # fmt: skip
    [turn] = told(story, one, a_finding(one, (one.moves, 40))).turns

    assert (roll.chance, roll.works) == (fell.chance, fell.works)
    works = "worked" if roll.works else "failed"
    assert said(turn.dice) == f"Afterwards “A bold promise” {works} at {roll.chance} %."
    for other in decisions(story, "all"):
        if other.id != one.id and other.kind == "turn" and other.round == 1:
            assert roll not in list(thrown(story, other))


def hand_of_amber(seed: int) -> tuple[str, ...]:
    return Game.new(mini(), seed=seed, rounds=3).state.hands["amber"]


def test_the_report_paints_the_same_sentences(unanswered: Story) -> None:
    """In HTML and in Markdown, word for word."""
    one = decision_of(unanswered, "birch", "answers")
    turn = Turn(one, a_finding(one, ((YES, move("birch", "end")), DRAWS)), "amber", CHANGE)
    [page] = turnings(unanswered, words_for(unanswered.end.state), a_turning(turn)).turns

    markdown = report(unanswered, "md", turning=a_turning(turn))
    assert said(page.said) in markdown
    assert said(page.loss) in markdown


# --- for a moment of the end ---------------------------------------------------------------------------


def test_a_moment_is_told_with_what_strong_play_does_where_it_was_decided(unanswered: Story) -> None:
    """The decision behind its cause, what strong play does there most, and the seat's own change."""
    one = decision_of(unanswered, "amber", "orders")
    words, other = words_for(unanswered.end.state), move("amber", "end")
    finding = a_finding(one, ((YES, other), DRAWS))

    assert brought_about(unanswered, decisions(unanswered, "all"), "deal/bread-for-coin", 1) == one
    assert brought_about(unanswered, decisions(unanswered, "all"), "deal/bread-for-coin", 0) is None
    assert said(judged(unanswered, words, one, finding, "amber")) == (
        "Strong play signs “Bread for coin” 40 times of 40; against that Ambertown −8.0, −10.0 to −6.0."
    )
    same = finding._replace(changes=())
    assert said(judged(unanswered, words, one, same, "amber")) == "Ambertown did as strong play does there."
