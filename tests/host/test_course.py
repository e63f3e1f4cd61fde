"""Everybody plays at once: what is prepared, what is confirmed, how long a turn is, and who is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.host.tables import SEATS, Commit, Hosted, Offer, end, first, play_on, sittings_at
from tests.tui.boards import a_question, mill
from wargame.content.exercise_check import Messages
from wargame.debrief.dated_events import told
from wargame.errors import IllegalMove
from wargame.host.told import Told
from wargame.record import Player
from wargame.rules.events import ChoiceAsked, NewsCame
from wargame.rules.moves import Choose, End
from wargame.rules.view import view
from wargame.table import Facilitator, Table
from wargame.tui.board.seats import card_lines
from wargame.tui.kit.hosted import hosted_lines
from wargame.tui.kit.lens import Lens
from wargame.words.pages import kit
from wargame.words.pages import room as say


@pytest.mark.parametrize("seed", range(4))
def test_a_game_is_played_to_its_end_by_people_who_all_play_at_once(seed: int) -> None:
    hosted, random = Hosted(least=0.0), Random(seed)
    sittings = sittings_at(hosted)
    for _ in range(400):
        play_on(sittings, random)
        hosted.wait(1)
        if all(sitting.state == "final" for sitting in sittings.values()):
            break
    assert hosted.table.over
    assert {sitting.state for sitting in sittings.values()} == {"final"}


def test_a_face_shows_just_what_its_seat_may_know() -> None:
    hosted, random = Hosted(least=0.0), Random(1)
    sittings = sittings_at(hosted)
    for _ in range(60):
        play_on(sittings, random)
        hosted.wait(1)
        if hosted.table.over:
            break
        for seat, face in hosted.faces.items():
            game = hosted.table.game
            if game.to_act == seat or game.state.phase not in ("orders", "answers"):
                assert view(face.game.state, seat) == game.view(seat)
            assert all(beat.move is None or beat.move.seat in (seat, "") for beat in face.beats)
            dated = zip(told(face.beats, seat, SEATS), told(hosted.table.beats, seat, SEATS), strict=False)
            assert all((one.round, one.phase) == (true.round, true.phase) for one, true in dated)
            for event in (event for beat in face.beats for event in beat.events):
                known = event.to is None or seat in event.to
                assert known or set(SEATS) - {seat} == set(event.to or ())  # what all know, told to others


def test_that_the_clock_made_a_choice_is_told_to_all_and_of_nothing_else_who_did_it() -> None:
    """All have watched how the time for a choice ran out; nobody has, when that for orders did."""
    table, _seat = a_question()
    seats = table.scenario.seat_ids
    chosen = table.time_up()
    while table.game.state.phase != "orders":
        table.play(table.game.legal_moves()[0])
    table.time_up()

    for viewer in (None, *seats):
        line = [beat for beat in Told(viewer, seats).follow(table.beats) if beat.move == End("")]
        assert {beat.id for beat in line if beat.by} <= {chosen.id}
        own = chosen.move is not None and chosen.move.seat == viewer
        assert own or chosen.id in {beat.id for beat in line if beat.by}


KNOCK = {
    "title": "A knock",
    "text": "Somebody is at the mill.",
    "effects": [
        {
            "choose": {
                "seat": "birch",
                "prompt": "Do you open?",
                "options": [
                    {"id": "no", "label": "Leave it shut"},
                    {"id": "yes", "label": "Open", "effects": [{"shift": {"track": "grain", "by": 1}}]},
                ],
            }
        }
    ],
}


def test_what_comes_while_people_read_the_news_is_told_when_they_have_read_them() -> None:
    """Such as an inject, which nobody had been shown: whoever it asks was asked before it was news."""
    hosted = Hosted()
    sittings = sittings_at(hosted)
    for sitting in sittings.values():
        while sitting.state != "news":
            sitting.lead_on()
    told = {seat: [beat.id for beat in sitting.session.news] for seat, sitting in sittings.items()}
    Facilitator(hosted.table, "Kim").improvise(KNOCK, "to see who opens")
    hosted.course.mind()

    for seat, sitting in sittings.items():
        sitting.settle()
        sitting.ask("done", told[seat])
        assert sitting.state == "news"
        events = [event for beat in sitting.session.news for event in beat.events]
        assert [type(event) for event in events] == [NewsCame, ChoiceAsked]


@pytest.mark.parametrize(("option", "again"), [("no", False), ("yes", True)])
def test_what_a_seat_has_chosen_is_news_to_it_only_if_something_came_of_it(option: str, again: bool) -> None:
    """Others hear of it in any case."""
    hosted = Hosted().past_talk()
    sittings = sittings_at(hosted)
    Facilitator(hosted.table, "Kim").improvise(KNOCK, "to see who opens")
    hosted.course.mind()
    for seat, sitting in sittings.items():
        sitting.settle()
        while sitting.state != ("choice" if seat == "birch" else "watch"):
            sitting.lead_on()
    birch = sittings["birch"]
    birch.table.play(Choose("birch", option))
    birch.ask("done")
    for sitting in sittings.values():
        sitting.settle()

    news = {seat for seat, sitting in sittings.items() if sitting.state == "news"}
    assert news == ({*SEATS} if again else {*SEATS} - {"birch"})


def test_what_is_prepared_is_laid_when_the_turn_comes_and_waits_to_be_confirmed() -> None:
    hosted = Hosted().past_talk()
    one, two, _three = hosted.in_order()
    card = first(two, Commit)
    two.play(card)
    end(two)
    assert two.seat_to_play is None
    assert not hosted.table.game.state.orders[str(two.seat)].commits
    hosted.wait(10)
    end(one)
    assert hosted.table.game.to_act == two.seat
    assert [laid.card for laid in hosted.table.game.state.orders[str(two.seat)].commits] == [card.about]
    assert two.seat_to_play == two.seat
    assert two.confirms is not None
    assert two.undo() == card


@pytest.mark.parametrize("prepares", [True, False])
def test_only_a_seat_that_has_prepared_something_is_told_that_it_lies_there(prepares: bool) -> None:
    hosted = Hosted().past_talk()
    one, two, _three = hosted.in_order()
    if prepares:
        two.play(first(two, Commit))
    end(two)
    hosted.wait(10)
    end(one)

    assert two.seat_to_play == two.seat
    told = [line.plain for line in hosted_lines(two, Lens(two, two.seat), 120)]
    assert any(say.CONFIRM in line for line in told) == prepares
    assert any(say.UNPREPARED in line for line in told) != prepares


def test_a_draft_is_laid_even_if_its_seat_was_still_at_it() -> None:
    hosted = Hosted().past_talk()
    one, two, _three = hosted.in_order()
    card = first(two, Commit)
    two.play(card)
    hosted.wait(10)
    end(one)
    assert [laid.card for laid in hosted.table.game.state.orders[str(two.seat)].commits] == [card.about]


def test_a_draft_can_be_taken_up_again() -> None:
    hosted = Hosted().past_talk()
    _one, two, _three = hosted.in_order()
    card = first(two, Commit)
    two.play(card)
    end(two)
    with pytest.raises(IllegalMove):
        two.play(first(two, End)) if two.game.to_act == two.seat else two.undo()
    two.reopen()
    assert two.seat_to_play == two.seat
    assert two.undo() == card
    assert not two.can_undo


def test_what_has_become_impossible_is_told_when_the_turn_comes() -> None:
    """An offer that its pair has already: the earlier seat's offer takes the pair's place."""
    hosted = Hosted().past_talk()
    one, two, _three = hosted.in_order()
    theirs = next(
        move for move in two.game.legal_moves() if isinstance(move, Offer) and one.seat in pair(hosted, move)
    )
    two.play(theirs)
    same = next(
        move for move in one.game.legal_moves() if isinstance(move, Offer) and two.seat in pair(hosted, move)
    )
    one.play(same)
    hosted.wait(10)
    end(one)
    assert two.confirms is not None
    offered = {offer.template for offer in hosted.table.game.state.offers if offer.proposer == two.seat}
    assert (theirs in two.confirms.dropped) == (theirs.deal not in offered)
    assert two.confirms.news, "the offer that came meanwhile"


def pair(hosted: Hosted, offer: Offer) -> tuple[str, ...]:
    return hosted.table.scenario.deals[offer.deal].between


def test_a_turn_lasts_as_long_however_little_there_was_to_do() -> None:
    hosted = Hosted(least=4.0).past_talk()
    one, two, _three = hosted.in_order()
    end(one)
    assert one.seat_to_play is None
    assert two.drafting
    hosted.wait(3.9)
    assert hosted.table.game.to_act == one.seat
    hosted.wait(0.2)
    assert hosted.table.game.to_act == two.seat


def test_no_turn_ends_while_the_white_cell_holds_the_table() -> None:
    hosted = Hosted(least=4.0).past_talk()
    one, two, _three = hosted.in_order()
    hosted.course.hold(True)
    end(one)
    two.play(first(two, Commit))
    hosted.wait(100)
    assert hosted.table.game.to_act == one.seat
    hosted.course.hold(False)
    hosted.wait(0)
    assert hosted.table.game.to_act == two.seat


def test_nobody_is_told_what_a_seat_does_in_its_turn_or_how_far_it_is() -> None:
    """Others' faces do not even say that something has changed."""
    hosted = Hosted().past_talk()
    one, two, three = hosted.in_order()
    told: list[str] = []
    for face in (two, three):
        face.observe(partial(told.append, str(face.seat)))
    before = {face.seat: (face.version, face.beats, face.game) for face in (two, three)}
    one.play(first(one, Commit))
    one.play(first(one, Offer))
    end(one)
    assert not told
    assert before == {face.seat: (face.version, face.beats, face.game) for face in (two, three)}
    two.play(first(two, Commit))
    assert told == [two.seat]


def test_the_talk_ends_when_all_have_said_so() -> None:
    hosted = Hosted()
    faces = list(hosted.faces.values())
    assert all(face.open_for_talk for face in faces)
    faces[0].end_talk()
    assert not faces[0].open_for_talk
    assert faces[0].drafting
    assert faces[1].open_for_talk
    assert hosted.table.open_for_talk
    for face in faces[1:]:
        face.end_talk()
    assert not hosted.table.open_for_talk


def test_only_its_own_seat_moves() -> None:
    hosted = Hosted().past_talk()
    one, two, _three = hosted.in_order()
    with pytest.raises(IllegalMove):
        two.play(first(one, Commit))
    with pytest.raises(IllegalMove):
        two.view(one.seat)
    with pytest.raises(IllegalMove):
        hosted.course.face(None).play(first(one, End))


def test_messages_reach_whom_they_are_for_and_tell_nobody_else_anything() -> None:
    hosted = Hosted().past_talk()
    hosted.table.press = Messages()
    one, two, three = hosted.in_order()
    told: list[str] = []
    for face in (one, two, three):
        face.look_again()
        face.observe(partial(told.append, str(face.seat)))
    one.send(str(one.seat), [str(three.seat)], "The mill at dusk.")
    assert sorted(told) == sorted((str(one.seat), str(three.seat)))
    assert [message.text for message in three.messages(three.seat)] == ["The mill at dusk."]
    assert not two.messages(two.seat)
    assert not two.messages(three.seat)
    with pytest.raises(IllegalMove):
        two.send(str(one.seat), [str(three.seat)], "In another's name.")


def test_no_card_of_a_seat_says_how_far_others_are() -> None:
    """In the talk, and while it prepares its turn, a seat's screen claims of nobody that they are done."""
    hosted = Hosted()
    lenses = [Lens(face, seat) for seat, face in hosted.faces.items()]
    talking = [card_lines(lens, other, 30, to_move=False) for lens in lenses for other in SEATS]
    hosted.past_talk()
    preparing = [Lens(face, seat) for seat, face in hosted.faces.items() if face.drafting]

    assert preparing
    assert all(lens.apart and lens.preparing for lens in preparing)
    told = [*talking, *(card_lines(lens, other, 30, to_move=False) for lens in preparing for other in SEATS)]
    assert not any(said in line.plain for lines in told for line in lines for said in (kit.DONE, kit.WAITS))


def test_at_the_end_nobody_is_shown_again_what_they_have_watched() -> None:
    """Moves that a seat did not know of are laid open then; they are no news of the round."""
    hosted = Hosted(least=0.0)
    sittings, random = sittings_at(hosted), Random(0)
    while not hosted.table.over:
        play_on(sittings, random)
        hosted.wait(1)
    last = {seat: sitting.session.shown[-1] for seat, sitting in sittings.items()}

    for seat, sitting in sittings.items():
        assert all(beat.id > last[seat] for beat in sitting.session.news)


def test_who_gives_or_prepares_orders_talks_again_when_the_white_cell_goes_back_to_the_talk(
    tmp_path: Path,
) -> None:
    """Their page was that of a turn which is to come again: it doesn't stay while all others talk."""
    people = {seat: Player("person", seat.title()) for seat in SEATS}
    hosted = Hosted(Table.start(mill(), people, seed=3, rounds=3, folder=tmp_path))
    cell, before = Facilitator(hosted.table, "Kim"), hosted.table.beats[-1].id
    cell.improvise(KNOCK, "to see who opens", round=2)
    sittings = sittings_at(hosted)
    for sitting in sittings.values():
        sitting.to("talk")
    hosted.past_talk()
    for sitting in sittings.values():
        sitting.to("orders")
    cell.rewind(before, "once more from the talk")
    for sitting in sittings.values():
        sitting.settle()

    assert hosted.table.open_for_talk
    assert {seat: sitting.state for seat, sitting in sittings.items()} == dict.fromkeys(SEATS, "talk")
