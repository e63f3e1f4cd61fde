"""The laws hold in random and greedy games, and each of them notices when it is broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules.boards import a_game, bargaining, edit, give, honeymoon, mini, more, sign, still
from wargame.bots import BOTS
from wargame.lab.fuzz import fuzz, fuzz_game
from wargame.lab.law_case import LawCase, most_moves
from wargame.lab.laws import LAWS, Breach, ask, check_laws, play_under_laws
from wargame.rules.events import CardRevealed, DiceRolled, SeatRuined
from wargame.rules.game import Game
from wargame.rules.moves import Commit, Move, Signal
from wargame.rules.scenario import Scenario


@pytest.mark.parametrize("seed", range(12))
def test_random_games_of_the_small_world_keep_all_laws_at_every_step(seed: int) -> None:
    """Nothing sampled: every law after every move."""
    decisions, broken = fuzz_game(
        (mini, bargaining)[seed % 2](), 1000 + seed, rounds=1 + seed % 4, thorough=True
    )

    assert broken is None
    assert decisions > 5


@pytest.mark.parametrize("seed", range(4))
def test_random_games_of_honeymoon_keep_all_laws_at_every_step(seed: int) -> None:
    """The same on the real table, for a short game."""
    _decisions, broken = fuzz_game(honeymoon(), 2000 + seed, rounds=2, thorough=True)

    assert broken is None


@pytest.mark.soak
@pytest.mark.parametrize(("scenario", "games"), [(mini, 80), (bargaining, 80), (more, 80), (honeymoon, 30)])
def test_many_random_games_keep_the_laws(scenario: Callable[[], Scenario], games: int) -> None:
    """Games of all lengths, with the dear laws sampled by keyed luck."""
    report = fuzz(scenario(), games, seed=3)

    assert report.broken is None
    assert report.games == games


@pytest.mark.parametrize("scenario", [mini, bargaining, more, honeymoon])
def test_greedy_games_keep_the_laws(scenario: Callable[[], Scenario]) -> None:
    """Play with a purpose reaches positions that random play does not."""
    game = Game.new(scenario(), 5, 3)
    for nth in range(most_moves(game.scenario, 3)):
        if game.to_act is None:
            break
        move = BOTS["greedy"](game.view(game.to_act), game.legal_moves(), nth * 7919).move
        _events, breach = play_under_laws(game, move, nth * 104729 + 1)
        assert breach is None

    assert game.over


@pytest.mark.parametrize("rounds", [1, 3, 8])
@pytest.mark.parametrize("scenario", [mini, honeymoon])
def test_always_playing_the_first_move_ends_the_game(scenario: Callable[[], Scenario], rounds: int) -> None:
    """The first move is neutral, so a table of absent players comes to its end."""
    game, count = Game.new(scenario(), 9, rounds), 0
    while not game.over and count <= most_moves(game.scenario, rounds):
        game.apply(game.legal_moves()[0])
        count += 1

    assert game.over


def test_the_bound_on_moves_is_stated_and_of_use() -> None:
    """An eight-round honeymoon has fewer than 1,500 moves, whoever plays it."""
    assert most_moves(mini(), 3) < 200
    assert most_moves(honeymoon(), 8) < 1500


def test_always_playing_the_last_move_stays_within_the_bound() -> None:
    """The most talkative table there is."""
    game, count = Game.new(honeymoon(), 4, 4), 0
    while not game.over:
        game.apply(max(game.legal_moves(), key=lambda move: move.verb != "end"))
        count += 1

    assert count <= most_moves(honeymoon(), 4)


# --- laws that can break -------------------------------------------------------------------------------


def a_step(game: Game | None = None, move: Move | None = None) -> LawCase:
    """An honest step of the still valley, to be falsified."""
    game = game or a_game(still())
    move = move or Signal("amber", "stoke")
    before = game.clone()
    return LawCase(before, move, game, game.apply(move), 12345)


def a_negative_stock() -> LawCase:
    case = a_step()
    edit(case.after, goods={"birch": {"coin": -1, "feast": 0}})
    return case


def a_card_in_two_places() -> LawCase:
    case = a_step()
    card = case.after.state.hands["birch"][0]
    edit(case.after, discards={"birch": (card,)})
    return case


def a_card_nowhere() -> LawCase:
    case = a_step()
    edit(case.after, hands={"birch": ()})
    return case


def an_event_for_a_stranger() -> LawCase:
    case = a_step()
    case.events.append(SeatRuined(("nobody",), "amber"))
    return case


def a_told_secret() -> LawCase:
    """Amber's commitment, told to the whole table."""
    game = give(a_game(still()), "amber", "baskets")
    case = a_step(game, Commit("amber", "baskets"))
    case.events.append(CardRevealed(None, "amber", "baskets", ""))
    return case


def a_shown_secret() -> LawCase:
    """Amber's commitment, after which everybody sees less influence."""
    game = give(a_game(still()), "amber", "baskets")
    case = a_step(game, Commit("amber", "baskets"))
    edit(case.after)
    return case


def another_promise() -> LawCase:
    """Odds laid down that are not those that were shown."""
    game = give(a_game(still()), "amber", "bold-promise")
    case = a_step(game, Commit("amber", "bold-promise"))
    orders = case.after.state.orders["amber"]
    [commit] = orders.commits
    odds = tuple(one._replace(chance=one.chance + 1) for one in commit.odds)
    edit(case.after, orders={"amber": orders._replace(commits=(commit._replace(odds=odds),))})
    return case


def a_roll() -> LawCase:
    """The step in which amber's promise is rolled."""
    game = give(a_game(still()), "amber", "bold-promise")
    game.apply(Commit("amber", "bold-promise"))
    while not game.state.stack:
        game.apply(game.legal_moves()[0])
    return a_step(game, game.legal_moves()[0])


def rolled_at(chance: int, terms: tuple[int, ...]) -> LawCase:
    """The same, told with other odds."""
    case = a_roll()
    for at, event in enumerate(case.events):
        if isinstance(event, DiceRolled) and not event.twin:
            case.events[at] = event._replace(chance=chance, terms=terms)
    return case


def parts_that_do_not_add_up() -> LawCase:
    return rolled_at(40, (30, 5, 4, 0, 0))


def another_roll_than_promised() -> LawCase:
    return rolled_at(40, (30, 5, 5, 0, 0))


def nobody_to_move() -> LawCase:
    case = a_step()
    edit(case.after, to_act=None)
    return case


def other_events_than_happened() -> LawCase:
    case = a_step()
    case.events.clear()
    return case


BREAKS: list[tuple[str, Callable[[], LawCase]]] = [
    ("counts", a_negative_stock),
    ("cards", a_card_in_two_places),
    ("cards", a_card_nowhere),
    ("audiences", an_event_for_a_stranger),
    ("private", a_told_secret),
    ("private", a_shown_secret),
    ("promise", another_promise),
    ("promise", another_roll_than_promised),
    ("parts", parts_that_do_not_add_up),
    ("neutral", nobody_to_move),
    ("bytes", other_events_than_happened),
]


@pytest.mark.parametrize(("name", "spot"), BREAKS, ids=[spot.__name__ for _name, spot in BREAKS])
def test_a_broken_law_is_noticed(name: str, spot: Callable[[], LawCase]) -> None:
    """The law says what it found, in a sentence that names it."""
    law = next(law for law in LAWS if law.name == name)
    assert ask(law, a_step()) is None

    breach = ask(law, spot())

    assert breach is not None
    assert str(breach).startswith(f"The law `{name}` is broken ({law.sentence}): ")


def test_check_laws_gives_the_first_breach() -> None:
    """In the order of the laws; an honest step has none."""
    assert check_laws(a_step(), thorough=True) is None

    breach = check_laws(a_negative_stock(), thorough=True)

    assert breach is not None
    assert breach.law == "counts"
    assert breach.found == "birch holds -1 coin"


def test_a_move_that_raises_is_a_breach() -> None:
    """Whatever a legal move raises is reported with the move, not thrown."""
    game = a_game(still())
    sign(game, "amber", "bread-for-coin")
    edit(game, offers=(), order=("amber", "nobody", "cedar"))

    breach: Breach | None = None
    for _ in range(10):
        if game.over or breach is not None:
            break
        _events, breach = play_under_laws(game, game.legal_moves()[0], 1)

    assert breach is not None


def test_every_law_has_a_name_of_its_own() -> None:
    """A report names the law, so no two are called alike."""
    names = ("applies", *(law.name for law in LAWS), "ends")

    assert len(set(names)) == len(names)
    assert all(law.every >= 1 and law.sentence for law in LAWS)
