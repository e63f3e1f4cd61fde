"""A crisis: all answer one question in secret, all answers are told at once, and together they decide."""

from __future__ import annotations

from typing import TypeVar

import pytest

from tests.rules.boards import edit, go_on, turn_of
from tests.rules.crises import CRISIS, PAIR, a_crisis
from wargame.errors import IllegalMove, NotASave
from wargame.lab.fuzz import fuzz_game
from wargame.rules import codec
from wargame.rules.crises import endings
from wargame.rules.events import CrisisAnswered, CrisisEnded, Event, InfluenceMoved, PhaseBegan, TrackMoved
from wargame.rules.game import Game
from wargame.rules.moves import End, Inject, Move, Stance
from wargame.rules.options import legal_moves
from wargame.rules.preview import preview
from wargame.rules.view import imagine, view
from wargame.words import Words

E = TypeVar("E", bound=Event)
NAME = "dry-stream"


def of_kind(events: list[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def answered(seed: int = 1, **answers: str) -> tuple[Game, list[Event]]:
    """A game in which these seats answer so, and what happens up to the upkeep or a question."""
    game, events = Game.new(a_crisis(), seed), list[Event]()
    for seat in game.scenario.seat_ids:
        events += turn_of(game, seat)
        if seat in answers:
            events += game.apply(Stance(seat, NAME, answers[seat]))
    events += go_on(game, lambda state: state.round > 1 or bool(state.stack))
    return game, events


def test_a_crisis_is_asked_of_every_seat_in_its_orders() -> None:
    """Each may give one answer, once, whatever it has; saying nothing is a move as well."""
    game = Game.new(a_crisis(), 1)
    asked = [move for move in game.legal_moves() if isinstance(move, Stance)]
    assert asked == [Stance("amber", NAME, option) for option in ("keep", "share", "take")]
    assert game.legal_moves()[0] == End("amber")

    game.apply(asked[1])

    assert not [move for move in game.legal_moves() if isinstance(move, Stance)]
    with pytest.raises(IllegalMove, match="you have given your answer already"):
        game.apply(asked[2])
    assert game.to_act == "amber"


def test_answers_are_told_to_all_at_once_before_any_card() -> None:
    """Then what each brings its own seat, then the outcome that all of them come to."""
    _game, events = answered(amber="share", cedar="share")

    [told], [ended] = of_kind(events, CrisisAnswered), of_kind(events, CrisisEnded)
    order = of_kind(events, PhaseBegan)
    assert told == CrisisAnswered(None, NAME, ("amber", "birch", "cedar"), ("share", "keep", "share"))
    assert ended == CrisisEnded(None, NAME, 1)
    at = events.index(told)
    assert events[at - 1] == PhaseBegan(None, "resolution")
    assert [one.phase for one in order] == ["answers", "reveal", "resolution", "upkeep", "orders"]
    own = [event for event in events if isinstance(event, InfluenceMoved) and event.cause == f"news/{NAME}"]
    assert [(event.seat, event.new - event.old) for event in own] == [("amber", -1), ("cedar", -1)]
    [grain] = [event for event in events[at:] if isinstance(event, TrackMoved) and event.track == "grain"]
    assert (grain.new - grain.old, grain.cause) == (2, f"news/{NAME}")
    assert events.index(own[-1]) < events.index(grain)


def test_the_first_outcome_that_fits_comes() -> None:
    """Two who take make the harvest fail, whatever the third says; else the last."""
    taken, events = answered(amber="take", birch="take", cedar="share")
    assert of_kind(events, CrisisEnded) == [CrisisEnded(None, NAME, 0)]
    assert taken.to_act == "birch"  # the outcome asks it something

    _game, events = answered()
    assert of_kind(events, CrisisEnded) == [CrisisEnded(None, NAME, 2)]
    assert of_kind(events, CrisisAnswered)[0].options == ("keep",) * 3


def test_a_crisis_is_over_when_it_has_been_told() -> None:
    """In the next round nobody is asked any more."""
    game, _events = answered()

    assert game.state.round == 2
    assert game.state.crises == {}
    assert not [move for move in game.legal_moves() if isinstance(move, Stance)]


def test_only_those_it_names_are_asked() -> None:
    """The others have no such move, and no answer is told for them."""
    game, events = Game.new(a_crisis(PAIR), 1), list[Event]()
    asked = {}
    for seat in game.scenario.seat_ids:
        events += turn_of(game, seat)
        asked[seat] = [move.about for move in game.legal_moves() if isinstance(move, Stance)]
    events += go_on(game, lambda state: state.round > 1)

    assert asked == {"amber": ["two-wells"] * 2, "birch": ["two-wells"] * 2, "cedar": []}
    assert of_kind(events, CrisisAnswered)[0].seats == ("amber", "birch")


# --- who knows -------------------------------------------------------------------------------------------


def test_nobody_sees_what_another_has_answered_or_whether() -> None:
    """A view is the same whatever the seats before have said, and that they have."""
    views = []
    for answer in (None, "share", "take"):
        game = Game.new(a_crisis(), 1)
        if answer:
            game.apply(Stance("amber", NAME, answer))
            assert game.view("amber").crises == {NAME: {"amber": answer}}
        game.apply(End("amber"))
        views.append([game.view("birch"), game.view("cedar"), view(game.state, None)])

    assert views[0] == views[1] == views[2]
    assert views[0][0].crises == {NAME: {}}


def test_imagined_worlds_look_the_same_and_differ_in_what_others_said() -> None:
    """Those who have had their turn may have said anything, also if they said nothing."""
    game = Game.new(a_crisis(), 1)
    turn_of(game, "cedar")
    seen, drawn = game.view("cedar"), set()
    for luck in range(40):
        world = imagine(seen, luck)
        assert view(world, "cedar") == seen
        assert legal_moves(world) == legal_moves(seen)
        drawn.add(tuple(sorted(world.crises[NAME].items())))

    assert len(drawn) > 5
    assert all({seat for seat, _option in answers} == {"amber", "birch"} for answers in drawn)


# --- bytes and white cell --------------------------------------------------------------------------------


def test_a_crisis_survives_its_bytes_and_leaves_none_behind() -> None:
    """A game that waits for answers is whole again; one without a crisis has not a byte of it."""
    game = Game.new(a_crisis(), 1)
    game.apply(Stance("amber", NAME, "share"))
    raw = game.to_bytes()
    later, _events = answered()

    assert Game.from_bytes(raw, a_crisis()) == game
    assert b"crises" in raw
    assert b"crises" not in later.to_bytes()


@pytest.mark.parametrize(
    "crises",
    [{NAME: {"amber": "burn"}}, {NAME: {"nobody": "keep"}}, {"flood": {}}, {NAME: {"amber": 1}}],
)
def test_a_forged_answer_is_refused(crises: dict[str, dict[str, str]]) -> None:
    """Whoever seals bytes anew can't slip in an answer that nobody can give."""
    game = edit(Game.new(a_crisis(), 1))
    state = game.state.clone()
    state.crises = crises

    with pytest.raises(NotASave, match="`crises` is not sound"):
        codec.from_bytes(codec.to_bytes(state), a_crisis())


def test_an_inject_of_a_crisis_is_for_all() -> None:
    """What all are asked can't be told to some; set for all, it is asked with the next orders."""
    game = Game.new(a_crisis(CRISIS + PAIR), 1)
    other = next(name for name in game.scenario.crises if name not in game.state.crises)

    with pytest.raises(IllegalMove, match="let it be for all"):
        game.apply(Inject(other, 0, ("amber",)))
    game.apply(Inject(other, 0))

    assert len(game.state.crises) == 2
    assert {move.about for move in game.legal_moves() if isinstance(move, Stance)} == {NAME, "two-wells"}
    turn_of(game, "birch")
    with pytest.raises(IllegalMove, match="set it for a round"):
        game.apply(Inject(NAME, 0))


def test_a_move_keeps_its_wire_form() -> None:
    """As saves and protocols have it."""
    move = Stance("amber", NAME, "share")

    assert move.to_plain() == ["amber", "stance", NAME, "share"]
    assert Move.from_plain(move.to_plain()) == move


@pytest.mark.parametrize("news", [CRISIS, PAIR, CRISIS + PAIR], ids=["all", "two", "both"])
def test_random_games_with_a_crisis_keep_all_laws(news: str) -> None:
    """Every view, every imagined world, every event, at every step."""
    for seed in range(4):
        moves, breach = fuzz_game(a_crisis(news), seed, 3)
        assert breach is None
        assert moves


# --- what it is worth ------------------------------------------------------------------------------------


def test_the_ends_of_a_crisis_are_weighed_as_if_others_gave_any_answer() -> None:
    """Of nine ways in which two others may answer, counted by hand."""
    crisis = a_crisis().crises[NAME]

    assert endings(crisis, "take", 2) == pytest.approx([5 / 9, 1 / 9, 3 / 9])
    assert endings(crisis, "share", 2) == pytest.approx([1 / 9, 5 / 9, 3 / 9])
    assert sum(endings(crisis, "keep", 200)) == pytest.approx(1)


def test_a_preview_tells_what_an_answer_brings() -> None:
    """Its own effects whole, the outcome by its chance."""
    game = Game.new(a_crisis(), 1)
    changes = preview(game.view("amber"), Stance("amber", NAME, "take")).changes

    assert changes["influence", "amber"] == 2
    assert changes["track", "grain"] == pytest.approx(-2 * 5 / 9 + 2 / 9)


# --- in words --------------------------------------------------------------------------------------------


def test_a_crisis_is_told_in_words() -> None:
    """What it asks and brings, what was answered, and how it ended."""
    words = Words(a_crisis())
    told = CrisisAnswered(None, NAME, ("amber", "birch", "cedar"), ("share", "keep", "share"))

    assert words.news_text(NAME) == [
        "Heat ▲1",
        "All answer in secret, “Who gives up water?”",
        "Keep to yourself: nothing",
        "Share it out: the answering seat's influence ▼1, (50 %: the answering seat's score ▲1)",
        "Take what is there: the answering seat's influence ▲2",
        "With at least two for “Take what is there”: Grain ▼2, (Birch chooses, “Whose fault is it?”: "
        "Nobody's [nothing]; Cedar's [Cedar's influence ▼1])",
        "With at least two for “Share it out”: Grain ▲2",
        "Otherwise: Heat ▲1",
    ]
    assert words.event(told) == (
        "The stream runs dry. Amber and Cedar: Share it out; Birch: Keep to yourself."
    )
    assert words.event(CrisisEnded(None, NAME, 1)) == (
        "The stream runs dry is settled with at least two for “Share it out”."
    )
    said = words.event(CrisisEnded(None, NAME, 2))
    assert said == "The stream runs dry is settled with too few of one mind."
    assert words.deed(Stance("amber", NAME, "share")) == "answers “The stream runs dry”: Share it out"
    assert words.did([Stance("amber", NAME, "share")]) == (
        "answered “The stream runs dry” with “Share it out”"
    )
