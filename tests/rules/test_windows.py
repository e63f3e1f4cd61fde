"""Who sees what: the one window of each seat, and of the room."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tests.rules.boards import (
    RICH,
    a_game,
    bargaining,
    do,
    edit,
    give,
    go_on,
    mini,
    next_round,
    of_kind,
    play,
    sign,
    turn_of,
    with_goods,
    with_tracks,
    wordy,
)
from tests.rules.crises import a_crisis
from wargame.rules.events import SecretPeeked
from wargame.rules.game import Game
from wargame.rules.moves import SEAT_MOVES, Commit
from wargame.rules.preview import preview
from wargame.rules.view import imagine, view


def test_a_seat_sees_its_own_and_what_is_public() -> None:
    """Own hand, deck, goods, orders, agenda, points; of the others only counts."""
    seen = Game.new(mini(), 1).view("birch")

    for own in ("hands", "decks", "goods", "orders", "buried", "points", "agendas"):
        assert getattr(seen, own).keys() == {"birch"}
    assert seen.hand_counts == {"amber": 3, "birch": 3, "cedar": 3}
    assert seen.tracks.keys() == {"heat", "grain", "trust"}
    assert seen.bands == {"nerve": 1}


def test_the_room_sees_nobodys_own() -> None:
    """What could stand on a screen that everybody looks at."""
    room = Game.new(mini(), 1).view(None)

    for own in ("hands", "decks", "goods", "orders", "buried", "points", "agendas", "dials"):
        assert getattr(room, own) == {}
    assert room.tracks.keys() == {"heat", "grain"}
    assert room.findings == ()
    assert room.offers == ()


def test_the_seed_is_in_no_window() -> None:
    """Luck that is known beforehand is no luck; there are no global counters either."""
    names = {f.name for f in fields(Game.new(mini(), 1).view("birch"))}

    assert not names & {"seed", "luck"}


def test_a_window_and_a_state_print_nothing_of_themselves() -> None:
    """A traceback or a log must not lay a hand open: scenario, round and phase are all they say."""
    game = a_game()

    assert repr(game.state) == "<State mini round 1 orders>"
    assert repr(game.view("birch")) == "<View of birch, mini round 1 orders>"
    assert repr(game.view(None)) == "<View of the room, mini round 1 orders>"


def test_a_band_shows_roughly_where_a_hidden_track_stands() -> None:
    """And every imagined world agrees with it."""
    game = with_tracks(a_game(), nerve=1)
    seen = game.view("cedar")

    assert seen.bands["nerve"] == 0
    assert {imagine(seen, luck).tracks["nerve"] for luck in range(40)} == {0, 1, 2}


def test_influence_and_hands_of_others_stand_still_during_orders() -> None:
    """From orders to reveal nobody can count what another lays down; one's own is true at once."""
    game = give(a_game(), "amber", "stoke", "baskets")
    game.apply(Commit("amber", "stoke"))

    assert game.view("birch").influence["amber"] == RICH
    assert game.view("birch").hand_counts["amber"] == 2
    assert game.view("amber").influence["amber"] == RICH - 2
    assert game.view("amber").hand_counts["amber"] == 1


def test_offers_are_seen_by_their_two_sides() -> None:
    """Not even that there is one is known to a third."""
    game = a_game()
    do(game, "amber", "offer", "water-rights", "plain", "secret", 2)

    assert [len(game.view(seat).offers) for seat in ("amber", "birch", "cedar", None)] == [1, 0, 1, 0]


def test_a_suspicion_is_the_suspects_secret() -> None:
    """The parties and the room see the same deal as before."""
    game = a_game()
    sign(game, "amber", "bread-for-coin", secrecy="secret")
    next_round(game)
    [deal] = game.state.deals
    before = [game.view(seat) for seat in ("amber", "birch", None)]
    edit(game, deals=(deal._replace(suspected=("cedar",)),))

    assert [game.view(seat) for seat in ("amber", "birch", None)] == before
    assert game.view("cedar").deals[0].suspected == ("cedar",)


def test_a_quiet_card_that_waits_is_only_a_number() -> None:
    """At a choice in the middle of the resolution others see how many quiet moves are still to come."""
    game = give(a_game(), "amber", "bold-promise")
    for seat, card in (("amber", "bold-promise"), ("cedar", "nightwatch")):
        turn_of(game, seat)
        give(game, seat, card)
        game.apply(Commit(seat, card))
    go_on(game, lambda state: bool(state.stack))

    assert game.to_act == "birch"
    assert game.view("birch").quiet == {"cedar": 1}
    assert not [frame for frame in game.view("birch").queue if "nightwatch" in frame.path]
    assert [frame.cause for frame in game.view("cedar").queue] == ["card/nightwatch"]
    dream = imagine(game.view("birch"), 3)
    assert view(dream, "birch") == game.view("birch")


def test_promised_odds_with_hidden_terms_stay_with_their_seat() -> None:
    """Else the odds of a waiting card would tell a hidden track."""
    game = a_game()
    turn_of(give(game, "amber", "bold-promise"), "amber")
    game.apply(Commit("amber", "bold-promise"))
    go_on(game, lambda state: bool(state.stack))

    assert game.view("amber").stack[0].odds
    assert game.view("birch").stack[0].odds == ()


def test_a_located_bottleneck_lifts_the_odds_of_the_squeeze() -> None:
    """Locate, then squeeze: thirty per cent more on the right input, nothing on the others."""
    game = with_goods(with_tracks(a_game(), rumour=2), "amber", wood=1, water=5, salt=5)
    play(game, "cedar", "walk-upstream")
    turn_of(game, "cedar")
    give(game, "cedar", "squeeze")

    odds = {
        target: preview(game.view("cedar"), Commit("cedar", "squeeze", target)).odds[0].chance
        for target in ("wood", "water", "salt")
    }

    assert odds == {"wood": 58, "water": 28, "salt": 28}


@pytest.mark.parametrize("verb", [verb for verb in SEAT_MOVES if verb != "choose"])
def test_every_kind_of_move_has_a_preview(verb: str) -> None:
    """Costs and expected changes from the window alone; an end changes nothing."""
    boards = {"accuse": wordy, "announce": wordy, "stance": a_crisis}
    game = a_game(boards.get(verb, bargaining)(), rounds=6)
    sign(game, "birch", "county-fair", "plain", "open", 2)
    found = 0
    for nth in range(60):
        if game.over:
            break
        assert game.to_act is not None
        seen = game.view(game.to_act)
        moves = [move for move in game.legal_moves() if move.verb == verb]
        for move in moves:
            expected = preview(seen, move).changes
            found += 1
            if isinstance(move, Commit):
                assert expected.get(("influence", move.seat), 0) <= 2 - game.scenario.cards[move.card].cost
            if verb in ("end", "signal"):
                assert expected == {}
        wanted = [move for move in game.legal_moves() if move.verb == "offer"][:1] if nth % 2 else []
        game.apply((wanted or list(game.legal_moves()))[0])

    assert found > 0


def test_of_a_kept_look_only_its_seat_knows() -> None:
    """Findings are in the window of those who were shown, with the round they are true of."""
    game = a_game()

    events = play(game, "cedar", "keyhole")

    assert {event.to for event in of_kind(events, SecretPeeked)} == {("cedar",)}
    assert len(game.view("cedar").findings) == 2
    assert game.view("amber").findings == ()
