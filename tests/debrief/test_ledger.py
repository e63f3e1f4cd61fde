"""The ledger: every deal with what was agreed, said, delivered and found out; and as one seat knew it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import EXAMPLE, a_led_honeymoon, a_whole_honeymoon
from wargame.debrief.dated_events import dated_events
from wargame.debrief.ledger import Entry, entries, entries_by_place, turned_down
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective, sealed
from wargame.debrief.story import Story
from wargame.rules.events import DealProved, DealSuspected, GoodsDelivered, kind_of
from wargame.rules.view import view

GAMES = ["six people", "example", "led"]


@pytest.fixture(scope="module", params=[a_whole_honeymoon, lambda: EXAMPLE, a_led_honeymoon], ids=GAMES)
def story(request: pytest.FixtureRequest) -> Story:
    return Story.open(request.param())


def test_every_deal_of_the_game_is_in_it(story: Story) -> None:
    """In the order of signing, with the terms, the fate and the full deliveries that the state holds."""
    deals, ledger = story.end.state.deals, entries(story)

    assert len(ledger) == len(deals) > 0
    assert [entry.deal for entry in ledger] == list(deals)


def test_deliveries_are_those_that_happened(story: Story) -> None:
    """Every delivery is in the ledger once, under the deal that was running, in its round."""
    happened = [
        (one.round, event.deal, event.giver, event.taker, event.good, event.given, event.due)
        for one in dated_events(story.line)
        if isinstance(event := one.event, GoodsDelivered)
    ]
    listed = [
        (d.round, e.deal.template, d.giver, e.deal.other(d.giver), d.good, d.given, d.due)
        for e in entries(story)
        for d in e.deliveries
    ]

    assert sorted(happened) == sorted(listed)
    for entry in entries(story):
        for one in entry.deliveries:
            assert entry.deal.signed <= one.round <= (entry.ended or story.end.state.round)
            first = story.scenario.deals[entry.deal.template].first
            promised = entry.terms[one.giver][one.good]
            if first and one.giver != first:  # in proportion to what came
                assert one.due <= promised
            else:
                assert one.due == promised


def test_full_deliveries_add_up(story: Story) -> None:
    """Counting the rounds in which a side gave all that was due gives the state's own count."""
    for entry in entries(story):
        for seat, full in zip((entry.deal.a, entry.deal.b), entry.deal.full, strict=True):
            rounds = {one.round for one in entry.deliveries if one.giver == seat}
            whole = [
                r
                for r in rounds
                if all(d.given == d.due for d in entry.deliveries if (d.giver, d.round) == (seat, r))
            ]
            if entry.terms.get(seat):
                assert full == len(whole)


def test_who_found_out_and_when(story: Story) -> None:
    """Suspicions and proofs are those of the events, in their rounds; only secret deals are found out."""
    told = [
        (one.round, kind_of(one.event))
        for one in dated_events(story.line)
        if isinstance(one.event, DealSuspected | DealProved)
    ]
    listed = [(f.round, "proved" if f.proof else "suspected") for e in entries(story) for f in e.found]

    assert sorted(told) == sorted(listed)
    for entry, deal in zip(entries(story), story.end.state.deals, strict=True):
        assert {seat for one in entry.found for seat in one.seats} == set(deal.suspected)
        assert any(one.proof for one in entry.found) == deal.proved
        assert entry.deal.secret or not entry.found


def test_offers_that_came_to_nothing(story: Story) -> None:
    """Refused and unanswered offers are listed with who made them."""
    kinds = [kind_of(one.event) for one in dated_events(story.line)]
    turned = turned_down(story)

    assert sum(one.refused for one in turned) == kinds.count("refused")
    assert sum(not one.refused for one in turned) == kinds.count("lapsed")
    assert all(one.proposer in story.scenario.deals[one.template].between for one in turned)


def test_a_seat_has_the_ledger_that_its_view_allows(story: Story) -> None:
    """Whole deals only where the view shows them whole; of the others no more than the communiqué."""
    for seat in story.scenario.seat_ids:
        seen = view(sealed(story.end.state), seat)
        ledger = entries(story, seat)
        assert [entry.deal.template for entry in ledger] == [deal.template for deal in seen.deals]
        for entry, deal in zip(ledger, seen.deals, strict=True):
            assert {s for one in entry.found for s in one.seats} <= {seat}
            assert any(one.seats for one in entry.found) == bool(deal.suspected)
            if deal.template == "?":
                assert (entry.terms, entry.deliveries) == ({}, ())
                if not deal.empty:
                    assert (entry.deal.status, entry.deal.by) == ("?", "")
            for one in entry.deliveries:
                assert one.to is None or seat in one.to
            if seat not in (entry.deal.a, entry.deal.b):
                assert entry.offered_by == ""


def test_there_is_something_in_them() -> None:
    """The led game has deals delivered short, proved, and broken: else these tests would prove less."""
    ledger: tuple[Entry, ...] = entries(Story.open(a_led_honeymoon()))

    assert any(one.given < one.due for entry in ledger for one in entry.deliveries)
    assert any(one.proof for entry in ledger for one in entry.found)
    assert any(one.how == "detection" for entry in ledger for one in entry.found)
    assert {entry.deal.status for entry in ledger} >= {"done", "broken", "running"}


def test_reading_changes_nothing(tmp_path: Path) -> None:
    """The save is byte for byte what it was, and nothing is left beside it."""
    path = tmp_path / "copy.wargame"
    path.write_bytes(EXAMPLE.read_bytes())
    entries(Story.open(path))

    assert path.read_bytes() == EXAMPLE.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("viewer", [EVERYTHING, ROOM, "us", "dprk"])
def test_the_ledger_of_each_position_is_that_of_the_game_up_to_there(viewer: Perspective) -> None:
    """One walk gives at each place what a line that ended there would have."""
    story = Story.open(EXAMPLE)
    every = entries_by_place(story, viewer)

    assert len(every) == len(story.line)
    for place in range(0, len(story.line), 11):
        assert every[place] == entries(story.along(story.line[place].id), viewer)
    assert every[-1] == entries(story, viewer)
