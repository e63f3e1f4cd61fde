"""Injects that are set are read and rewritten before they come: recorded, replayed, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.boards import mini
from tests.rules.crises import a_crisis
from tests.table.facilitated import CARD, a_table, whole
from tests.table.test_table import play_on
from wargame.content.exercise import exercise_from_text
from wargame.errors import IllegalMove
from wargame.record import Player
from wargame.rules.events import NewsCame, TrackMoved, WhiteActed
from wargame.rules.moves import WHITE, Edit
from wargame.rules.white import text_of
from wargame.table import Facilitator, Table
from wargame.tui.facilitate.sight import move_said
from wargame.words import Words

PLAN = """\
scenario: mini
title: An afternoon at the ford
rounds: 3
seed: 7
injects:
  - {round: 2, card: drought, why: to dry them out}
  - {round: 2, title: {en: Hail, ko: Ubak}, text: It hails., to: [cedar], why: to wake Cedar}
  - {round: 3, title: A fire, text: It burns., held: true, effects: [{shift: {track: heat, by: 2}}]}
"""


def an_evening(folder: Path | None = None) -> tuple[Table, Facilitator]:
    table = Table.start(mini(), exercise=exercise_from_text(PLAN, mini()), folder=folder, name="evening")
    return table, Facilitator(table, "Kim")


def to_round(table: Table, round_: int) -> None:
    """Play until that round has begun, whoever plays."""
    while table.game.state.round < round_:
        play_on(table, 1)


def news_of(table: Table) -> list[str]:
    """The titles of the white cell's news so far."""
    words = Words(table.scenario)
    came = (event for beat in table.beats for event in beat.events if isinstance(event, NewsCame))
    return [words.news(event.cause.rpartition("/")[2]) for event in came if event.cause.startswith(WHITE)]


def test_what_is_set_can_be_read(tmp_path: Path) -> None:
    """Its card as plain data, and why it was set."""
    _table, cell = an_evening()

    assert cell.card_of(2) == {
        "title": {"en": "Hail", "ko": "Ubak"},
        "text": "It hails.",
        "effects": [],
        "places": [],
    }
    assert cell.card_of(3)["effects"] == [{"shift": {"track": "heat", "by": 2}}]
    assert [cell.reasons(nth) for nth in (1, 2, 3)] == [
        ("to dry them out",),
        ("to wake Cedar",),
        ("Prepared in the exercise file.",),
    ]
    with pytest.raises(IllegalMove, match="No inject with the number 4 is set"):
        cell.card_of(4)


def test_a_rewritten_inject_comes_as_it_was_rewritten(tmp_path: Path) -> None:
    """Text, effects and audience; the record has the old and the new text, and all of it plays again."""
    table, cell = an_evening(tmp_path)
    windows = {seat: table.view(seat) for seat in (*table.scenario.seat_ids, None)}
    beat = cell.edit(
        2, "milder", card={"text": "It drizzles.", "effects": [{"shift": {"track": "heat", "by": -1}}]}, to=()
    )

    assert [type(event) for event in beat.events] == [WhiteActed]
    assert {seat: table.view(seat) for seat in windows} == windows, "nobody has noticed"
    assert move_said(table, beat) == "The white cell rewrites inject 2, “Hail”, for round 2, for all"
    assert beat.move is not None
    said = Words(table.scenario).rewritten(beat.move)
    assert "“Hail” (It hails.) is now “Hail” (It drizzles.)" in said
    assert "its effects are" in said
    assert cell.card_of(2)["title"] == {"en": "Hail", "ko": "Ubak"}, "what was left alone stays"
    assert cell.reasons(2) == ("to wake Cedar", "milder")
    card = cell.scheduled[1].card
    to_round(table, 2)
    assert news_of(table) == ["No rain", "Hail"]
    moved = [event for beat in table.beats for event in beat.events if isinstance(event, TrackMoved)]
    assert [event.new - event.old for event in moved if event.cause == f"white/news/{card}"] == [-1]
    table.close()
    assert whole(tmp_path)


def test_an_edit_is_taken_back_by_a_rewind(tmp_path: Path) -> None:
    """It belongs to its line, as everything that the white cell does."""
    table, cell = an_evening(tmp_path)
    begun = cell.scheduled
    play_on(table, 1)
    move = table.beats[-1].id
    cell.edit(3, "later", card={"title": "A flood"}, to=["amber"])
    play_on(table, 1)
    assert cell.scheduled != begun
    cell.rewind(move, "not so")

    assert cell.scheduled == begun
    assert cell.card_of(3)["title"] == "A fire"
    table.close()
    assert whole(tmp_path)


def test_a_card_of_the_decks_is_moved_or_becomes_one_of_ours() -> None:
    """In another round it stays what it is; rewritten, luck has the one of the decks again."""
    table, cell = an_evening()
    cell.edit(1, "later", round=3)
    assert cell.scheduled[0][:4] == (1, "drought", 3, None)
    cell.edit(1, "for Birch", to=["birch"])
    assert cell.scheduled[0][:4] == (1, "drought", 3, ("birch",))
    cell.edit(1, "worse", card={"title": "A great drought"}, to=())

    inject = cell.scheduled[0]
    card = table.scenario.event_card(inject.card)
    assert card is not None
    assert inject.card != "drought"
    assert (card.title, card.effects) == ("A great drought", table.scenario.news["drought"].effects)
    assert "drought" in table.game.state.news


def test_in_another_round_it_is_no_longer_held_back() -> None:
    """As when it is moved; what does not touch the round leaves it held."""
    _table, cell = an_evening()
    cell.edit(3, "for Birch", to=["birch"])
    assert cell.scheduled[2].held
    cell.edit(3, "now then", round=2)
    assert (cell.scheduled[2].round, cell.scheduled[2].held) == (2, False)


def test_what_cannot_be_is_refused_in_a_sentence() -> None:
    """Nothing new, a round that is over, what all would notice for some, an unsound card, no reason."""
    table, cell = an_evening()
    to_round(table, 2)
    answers = [{"id": "no", "label": "No"}, {"id": "yes", "label": "Yes"}]
    asked = {"choose": {"seat": "amber", "prompt": "Well?", "options": answers}}
    before = table.game
    for given, why in (
        ({}, "is so already"),
        ({"card": {"title": "A fire"}}, "is so already"),
        ({"round": 1}, "comes in round 3 to 3"),
        ({"to": ["dahlia"]}, "no seat `dahlia`"),
        ({"card": {"effects": [asked]}, "to": ["amber"]}, "let it be for all"),
        ({"card": {"text": ""}}, "text"),
        ({"card": {"effects": [{"shift": {"track": "heet", "by": 1}}]}}, "did you mean `heat`"),
    ):
        with pytest.raises(IllegalMove, match=why):
            cell.edit(3, "why", **given)
    with pytest.raises(IllegalMove, match="reason"):
        cell.edit(3, " ", card={"title": "Water"})
    assert table.game is before


def test_two_facilitators_do_not_overwrite_each_other() -> None:
    """An edit says what it is an edit of, and is refused if that is something else by now."""
    table, cell = an_evening()
    was = text_of(table.game.state, cell.scheduled[1].card)
    stale = Edit(2, was, was.replace("hails", "snows"), 2)
    cell.edit(2, "first", card={"text": "It drizzles."})

    with pytest.raises(IllegalMove, match="read it anew"):
        table.play(stale, WHITE, "second", "Lee")
    assert cell.card_of(2)["text"] == "It drizzles."


def test_a_crisis_is_moved_and_not_rewritten() -> None:
    """Its question, its answers and what they bring are the decks'."""
    scenario = a_crisis()
    table = Table.start(
        scenario, {seat: Player("person", seat) for seat in scenario.seat_ids}, seed=4, rounds=3
    )
    cell, crisis = Facilitator(table, "Kim"), next(iter(scenario.crises))
    cell.inject(crisis, "soon", round=2)
    cell.edit(1, "later", round=3)
    with pytest.raises(IllegalMove, match="a crisis is asked as the decks have it"):
        cell.edit(1, "other words", card={"title": "Another"})
    assert cell.scheduled[0].round == 3


def test_what_was_written_at_the_console_can_be_rewritten_too() -> None:
    table = a_table(None)
    cell = Facilitator(table, "Kim")
    cell.improvise(CARD, "soon", round=2)
    cell.edit(1, "a name", card={"title": "Old Hob"})

    assert cell.card_of(1)["title"] == "Old Hob"
    assert cell.reasons(1) == ("soon", "a name")
