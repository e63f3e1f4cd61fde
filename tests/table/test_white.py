"""The white cell's acts: what each does, that the laws hold after them, and that none is hidden in a log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rules.boards import (
    RICH,
    a_game,
    changed,
    do,
    give,
    go_on,
    honeymoon,
    mini,
    next_round,
    odds_of,
    of_kind,
    play,
    seen,
    still,
    turn_of,
)
from tests.table.white_cell import a_card, a_roll, act, random_act
from wargame.errors import IllegalMove
from wargame.lab.fuzz import pick
from wargame.lab.law_case import LawCase
from wargame.lab.laws import LAWS, ask, play_under_laws
from wargame.rules.conditions import Condition
from wargame.rules.events import (
    ArgumentProposed,
    ArgumentRuled,
    CardRevealed,
    CardsDrawn,
    ChoiceAsked,
    ChoiceMade,
    DealProved,
    DealSigned,
    DialWorked,
    DiceRolled,
    DieSet,
    Event,
    FlagSet,
    GoodMoved,
    GoodsDelivered,
    InfluenceMoved,
    InfluenceSpent,
    NewsCame,
    StandTaken,
    TrackMoved,
    WhiteActed,
    seen_by,
    to_plain,
)
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import WHITE_MOVES, Move, WhiteMove
from wargame.rules.predicates import compile_condition
from wargame.rules.scenario import Scenario
from wargame.rules.state import Fixed, White
from wargame.rules.white import card_id, caused_by_white, refusal
from wargame.words import Words

OWN = {"private"}
"""Laws about a seat's own move in private: the white cell has no seat and acts aloud."""


def under_laws(scenario: Scenario, seed: int, rounds: int, thorough: bool) -> tuple[Game, int]:
    """A random game with a busy white cell in it, every step under all laws; how often the cell acted."""
    game, acts = Game.new(scenario, seed, rounds), 0
    for nth in range(5000):
        if game.over:
            break
        luck = draw(seed, 0, nth, "white laws")
        if luck % 5 == 0 and (made := random_act(game, seed, nth)) is not None:
            before = game.clone()
            events = game.apply(made)
            acts += 1
            assert any(isinstance(event, WhiteActed) for event in events)
            for law in LAWS:
                if law.name not in OWN and (thorough or draw(luck, 0, 0, law.name) % law.every == 0):
                    breach = ask(law, LawCase(before, made, game, events, luck))
                    assert breach is None, (made, breach)
            continue
        move = pick(game.legal_moves(), draw(seed, 0, nth, "white moves"))
        _events, breach = play_under_laws(game, move, luck, thorough)
        assert breach is None, breach
    assert game.over
    return game, acts


@pytest.mark.parametrize("seed", range(6))
def test_all_laws_hold_after_the_white_cell_at_every_step(seed: int) -> None:
    """Nothing sampled: every law after every act and every move of a small game."""
    _game, acts = under_laws(mini(), 100 + seed, 3, thorough=True)

    assert acts > 3


@pytest.mark.soak
@pytest.mark.parametrize(("scenario", "seeds"), [(mini, range(40)), (honeymoon, range(8))])
def test_laws_hold_in_many_games_with_a_white_cell(scenario: Callable[[], Scenario], seeds: range) -> None:
    """Longer games, with the dear laws sampled by keyed luck."""
    acts = sum(under_laws(scenario(), 300 + seed, 4, thorough=False)[1] for seed in seeds)

    assert acts > 10 * len(seeds)


def only(white: White | None) -> White:
    """What the white cell has prepared, when it has."""
    assert white is not None
    return white


# --- one act at a time ---------------------------------------------------------------------------------


def after(game: Game, verb: str, *args: str | int) -> list[Event]:
    """The white cell does that; what happened but its own marker."""
    made = act(verb, *args)
    events = game.apply(made)
    assert events[0] == WhiteActed((), made)
    return events[1:]


def test_a_track_is_set_for_those_who_see_it() -> None:
    """The change is told with the white cell as its cause; of a hidden track only to its seats."""
    game = a_game()

    assert after(game, "set-track", "heat", 7) == [TrackMoved(None, "heat", 3, 7, "white")]
    assert after(game, "set-track", "rumour", 5) == [TrackMoved(("cedar",), "rumour", 2, 5, "white")]
    assert (game.state.tracks["heat"], game.state.tracks["rumour"]) == (7, 5)
    assert game.state.blame == dict.fromkeys(game.scenario.seat_ids, 0)


def test_goods_and_flags_are_set() -> None:
    """Goods for their holder; a flag for some rounds, for good, or not any more."""
    game = a_game()

    assert after(game, "set-good", "birch", "coin", 6) == [
        GoodMoved(("birch",), "birch", "coin", 4, 6, "white")
    ]
    assert after(game, "set-flag", "market", 2) == [FlagSet(None, "market", True, "white")]
    assert game.state.flags["market"] == game.state.round + 1
    assert after(game, "set-flag", "hush", 0) == [FlagSet(("amber",), "hush", True, "white")]
    assert after(game, "set-flag", "market", -1) == [FlagSet(None, "market", False, "white")]
    assert compile_condition(Condition(flag="hush"))(game.state)
    assert not compile_condition(Condition(flag="market"))(game.state)


def test_influence_set_during_orders_keeps_what_was_spent_secret() -> None:
    """Others see the change on what they saw before, and at the reveal what was really spent."""
    game = give(a_game(), "amber", "baskets", "stoke")
    do(game, "amber", "commit", "stoke")
    assert game.state.influence["amber"] == RICH - 2

    told = after(game, "set-influence", "amber", RICH - 1)

    assert told == [
        InfluenceMoved(("amber",), "amber", RICH - 2, RICH - 1, "white"),
        InfluenceMoved(("birch", "cedar"), "amber", RICH, RICH + 1, "white", twin=True),
    ]
    assert game.view("birch").influence["amber"] == RICH + 1
    spent = of_kind(go_on(game, lambda state: state.phase == "resolution" or state.round > 1), InfluenceSpent)
    assert spent[0] == InfluenceSpent(None, "amber", 2)


def test_a_deal_is_signed_for_its_parties() -> None:
    """They alone hear of it, it costs them nothing and needs no trust; it runs and holds like any other."""
    game = a_game()
    turn_of(game, "amber")

    assert after(game, "sign", "bread-for-coin", "large", "secret", 2) == [
        DealSigned(("amber", "birch"), "bread-for-coin", "amber", "birch", "large", True, 2)
    ]
    [deal] = game.state.deals
    assert (deal.status, deal.hold, deal.left, deal.published) == ("running", 100, 2, False)
    assert game.state.influence == dict.fromkeys(game.scenario.seat_ids, RICH)
    assert game.view("cedar").deals == ()
    assert of_kind(next_round(game), GoodsDelivered)


def test_a_deal_that_waits_for_an_answer_is_not_signed_over_it() -> None:
    """Or it would run twice."""
    game = a_game()
    do(game, "amber", "offer", "bread-for-coin", "small", "open", 2)

    with pytest.raises(IllegalMove, match="an offer of `bread-for-coin` waits for its answer"):
        after(game, "sign", "bread-for-coin", "large", "secret", 2)


def test_a_secret_deal_is_laid_open() -> None:
    """For everybody, as if it had been noticed; only while it runs and is not proved."""
    game = a_game()
    after(game, "sign", "bread-for-coin", "large", "secret", 2)
    next_round(game)

    [proved] = of_kind(after(game, "prove", "bread-for-coin"), DealProved)

    assert (proved.to, proved.deal) == (None, "bread-for-coin")
    assert game.view("cedar").deals[0].template == "bread-for-coin"
    with pytest.raises(IllegalMove, match="no secret deal `bread-for-coin` is running"):
        after(game, "prove", "bread-for-coin")


def test_a_card_is_laid_for_a_seat() -> None:
    """At no cost, wherever it lay; nobody else sees it before the reveal. One from the hand is replaced."""
    game = give(a_game(), "amber", "baskets", "stoke")
    turn_of(game, "amber")
    in_deck = game.state.decks["amber"][0]

    assert after(game, "lay", "amber", in_deck) == []
    [drew] = after(game, "lay", "amber", "baskets")

    assert isinstance(drew, CardsDrawn)
    assert drew.to == ("amber",)
    assert [laid.card for laid in game.state.orders["amber"].commits] == [in_deck, "baskets"]
    assert (game.state.influence["amber"], len(game.state.hands["amber"])) == (RICH, 2)
    assert game.view("birch").orders.get("amber") is None
    shown = [event.card for event in of_kind(next_round(game), CardRevealed)]
    assert shown == [in_deck, "baskets"]


def test_a_seat_is_made_to_stand_and_a_dial_is_set() -> None:
    """Both stay as secret as if the seat had done it."""
    game = a_game()

    for act_ in (("join", "birch", "wall"), ("join", "cedar", "wall"), ("set-dial", "sluice", "open")):
        assert after(game, *act_) == []

    assert game.view("cedar").dials == {"sluice": "open"}
    assert game.view("amber").dials == {}
    events = next_round(game)
    assert of_kind(events, StandTaken) == [StandTaken(None, "wall", ("birch", "cedar"), True)]
    assert of_kind(events, DialWorked) == [DialWorked(("cedar",), "dial/sluice/open")]


def test_a_card_of_the_decks_comes_now() -> None:
    """In the middle of orders, to all, and it leaves the deck; then the same seat goes on."""
    game = a_game(mini())
    seat = game.to_act

    events = after(game, "inject", "fair-weather", 0)

    assert events[0] == NewsCame(None, "white/news/fair-weather")
    assert FlagSet(None, "market", True, "white/news/fair-weather") in events
    assert "fair-weather" not in game.state.news
    assert game.to_act == seat


def test_an_inject_in_the_middle_of_a_choice_comes_first() -> None:
    """What was asked is asked again afterwards."""
    game = a_game(mini())
    after(game, "inject", "flood", 0)
    assert game.to_act == "birch"

    events = after(game, "improvise", a_card("Hail", {"shift": {"track": "grain", "by": -1}}), 0)

    assert [type(event) for event in events] == [NewsCame, TrackMoved, ChoiceAsked]
    assert game.to_act == "birch"
    assert of_kind(game.apply(game.legal_moves()[0]), ChoiceMade)


@pytest.mark.parametrize("text", [None, a_card("Hail", {"shift": {"track": "grain", "by": -1}})])
def test_a_set_inject_comes_in_its_round_and_nobody_knows_before(text: str | None) -> None:
    """No window changes when it is set, and it is the news of that round, before what luck draws."""
    game = a_game(mini())
    assert game.state.stack  # in the middle of a choice, which is not asked again
    windows = {seat: game.view(seat) for seat in (*game.scenario.seat_ids, None)}

    assert after(game, *(("improvise", text) if text else ("inject", "fair-weather")), 3) == []

    assert {seat: game.view(seat) for seat in windows} == windows
    inject = only(game.state.white).injects[0]
    assert (inject.nth, inject.round, inject.held) == (1, 3, False)
    assert not [e for e in next_round(game) if isinstance(e, NewsCame) and caused_by_white(e.cause)]
    news = of_kind(next_round(game), NewsCame)
    assert news[0] == NewsCame(None, f"white/news/{inject.card}")
    assert only(game.state.white).injects == ()


def test_luck_does_not_draw_what_is_set() -> None:
    """A card that waits for its round is not drawn before it, whatever the seed."""
    early = 0
    for seed in range(12):
        for wanted in (False, True):
            game = Game.new(mini(), seed, 3)
            if "drought" not in game.state.news:
                continue
            if wanted:
                after(game, "inject", "drought", 3)
            drawn = [e.cause for e in of_kind(next_round(game), NewsCame)]
            assert not (wanted and "news/drought" in drawn)
            early += not wanted and "news/drought" in drawn

    assert early  # so that there is something to keep from happening


def test_a_set_inject_is_shifted_held_and_cancelled() -> None:
    """Held, it waits past its round; shifted, it comes then or at once; cancelled, never."""
    game = a_game(mini())
    for round_ in (2, 2, 2):
        after(game, "improvise", a_card(f"Hail {round_}", {"shift": {"track": "grain", "by": -1}}), round_)
    after(game, "hold", 1)
    after(game, "cancel", 2)
    after(game, "shift", 3, 4)
    assert not [e for e in next_round(game) if isinstance(e, NewsCame) and caused_by_white(e.cause)]
    assert [(inject.nth, inject.held) for inject in only(game.state.white).injects] == [(1, True), (3, False)]

    now = after(game, "shift", 1, 0)

    assert of_kind(now, NewsCame)
    next_round(game)
    assert [e for e in next_round(game) if isinstance(e, NewsCame) and caused_by_white(e.cause)]
    assert only(game.state.white).injects == ()


def test_an_inject_for_some_is_seen_by_them_alone() -> None:
    """The card and its effects; of a public track the others see the change and not the cause."""
    game = a_game()
    before = game.view("birch")

    events = after(
        game,
        "improvise",
        a_card("A letter", {"shift": {"track": "rumour", "by": 1}}, {"shift": {"track": "heat", "by": 1}}),
        0,
        "cedar",
    )

    assert [type(event) for event in seen(events, "cedar")] == [NewsCame, TrackMoved, TrackMoved]
    assert seen(events, "birch") == [TrackMoved(("amber", "birch"), "heat", 3, 4, "", twin=True)]
    assert replace(game.view("birch"), tracks=before.tracks) == before


def test_the_next_roll_shows_what_was_set_and_says_so() -> None:
    """Used up by the roll; the odds stay what they were promised."""
    for die, works in ((1, True), (100, False)):
        game = give(a_game(), "amber", "bold-promise")
        after(game, "set-roll", "", die)
        promised = odds_of(game, "bold-promise")

        events = play(game, "amber", "bold-promise")

        overruled = of_kind(events, DieSet)[0]
        rolled = of_kind(events, DiceRolled)[0]
        assert overruled == DieSet(None, "card/bold-promise/1", works, "white")
        whole = [e for e in of_kind(events, DiceRolled) if not e.twin]
        assert [(e.path, e.chance, e.die, e.works) for e in whole] == [
            ("card/bold-promise/1", promised, die, works)
        ]
        assert events.index(overruled) < events.index(rolled)
        assert game.state.white is None


def test_a_named_roll_waits_for_its_card() -> None:
    """Other rolls go by; a card aimed at something counts as that card."""
    game = a_game(changed("named", news=(), agendas=()))
    after(game, "set-roll", "card/squeeze", 1)
    next_round(game)
    assert only(game.state.white).dice == (Fixed("card/squeeze", 1),)

    events = play(game, "cedar", "squeeze", "wood")

    assert [event.path for event in of_kind(events, DieSet)] == ["card/squeeze:wood/0"]
    assert game.state.white is None


def test_a_set_roll_can_be_changed_and_taken_back() -> None:
    """One result a path, and 0 leaves it to luck."""
    game = a_game()
    after(game, "set-roll", "", 40)
    after(game, "set-roll", "", 60)
    assert only(game.state.white).dice == (Fixed("", 60),)
    after(game, "set-roll", "", 0)

    assert game.state.white is None


def test_an_adjudication_is_a_roll_at_the_odds_of_its_arguments() -> None:
    """Itemised for all who hear of it, rolled by the game's luck, and what follows has it as its cause."""
    text = a_roll(
        50,
        [{"shift": {"track": "heat", "by": -1}}],
        [{"shift": {"track": "heat", "by": 1}}],
        ("pro", 15),
        ("con", -20),
    )
    outcomes = set()
    for seed in range(12):
        game = a_game(seed=seed)
        events = after(game, "adjudicate", text, "cedar", "dice")
        proposed, rolled, moved = events
        cause = f"white/news/{card_id(text)}"
        assert proposed == ArgumentProposed(None, "cedar", card_id(text), cause)
        assert isinstance(rolled, DiceRolled)
        assert (rolled.path, rolled.chance) == (f"news/{card_id(text)}/0", 45)
        assert (rolled.terms, rolled.cause) == ((50, 15, -20, 0), cause)
        assert moved == TrackMoved(None, "heat", 3, 2 if rolled.works else 4, cause)
        outcomes.add(rolled.works)

    assert outcomes == {False, True}


@pytest.mark.parametrize(("decided", "heat"), [("works", 2), ("fails", 4)])
def test_a_ruling_needs_no_dice(decided: str, heat: int) -> None:
    """The facilitator decides, and the log says who did."""
    text = a_roll(50, [{"shift": {"track": "heat", "by": -1}}], [{"shift": {"track": "heat", "by": 1}}])
    game = a_game()

    events = after(game, "adjudicate", text, "cedar", decided)

    proposed, ruled, moved = events
    assert isinstance(proposed, ArgumentProposed)
    assert isinstance(ruled, ArgumentRuled)
    assert (ruled.seat, ruled.card, ruled.works) == ("cedar", card_id(text), decided == "works")
    assert isinstance(moved, TrackMoved)
    assert game.state.tracks["heat"] == heat


def test_blame_for_an_adjudicated_rise_is_its_proposers() -> None:
    """A proposal is a deed of the seat that made it, so the heat it brings is its own."""
    game = a_game()
    after(game, "adjudicate", a_roll(50, [{"shift": {"track": "heat", "by": 2}}], []), "cedar", "works")

    assert game.state.blame["cedar"] == 2


def test_an_outcome_can_be_injected_for_a_round() -> None:
    """Not while orders are given; in the news of a round it ends the game."""
    fire = a_card("The end", {"end": {"outcome": "fire"}})
    game = a_game()
    assert "can't come while orders are given" in refusal(game.state, act("improvise", fire, 0))
    after(game, "improvise", fire, 2)
    next_round(game)

    assert game.over
    assert game.state.outcome == "fire"


def test_what_a_written_card_delays_still_comes() -> None:
    """An effect set for later runs in the news of its round, also in a game read back from its bytes."""
    game = a_game()
    later = {"later": {"rounds": 1, "effects": [{"shift": {"track": "heat", "by": 2}}]}}
    after(game, "improvise", a_card("A spark", later), 0)
    again = Game.from_bytes(game.to_bytes(), still())

    events = next_round(again)

    assert again.state.tracks["heat"] == 5
    assert [event.cause for event in of_kind(events, TrackMoved)] == [
        f"white/news/{card_id(a_card('A spark', later))}"
    ]


def test_a_game_without_a_white_cell_has_the_bytes_it_always_had() -> None:
    """Saved games of the first version keep their hashes: nothing is written of what was never prepared."""
    game = a_game()
    assert b'"white"' not in game.to_bytes()
    after(game, "set-track", "heat", 7)
    assert b'"white"' not in game.to_bytes()

    after(game, "set-roll", "", 7)

    assert b'"white"' in game.to_bytes()


def test_written_cards_leave_the_scenario_alone() -> None:
    """The shared scenario has no more cards, choices or rolls than before; the game's own has them, once."""
    base = still()
    counts = len(base.programs), len(base.programs.rolls), len(base.news)
    text = a_roll(50, [], [])
    games = [a_game(seed=seed) for seed in range(2)]
    for game in games:
        after(game, "adjudicate", text, "", "dice")

    assert (len(base.programs), len(base.programs.rolls), len(base.news)) == counts
    assert games[0].scenario is games[1].scenario is not base
    assert games[0].scenario.base is base
    assert games[0].scenario.event_card(card_id(text)) is not None


def test_a_seat_has_none_of_the_white_cells_moves() -> None:
    """They are in no list, and no seat's move is written like one; nor has the white cell a seat's verb."""
    game = a_game()
    seat = game.to_act or ""

    with pytest.raises(ValueError, match="not a move"):
        Move.from_plain([seat, "set-track", "heat", 7])
    with pytest.raises(ValueError, match="not a move"):
        Move.from_plain(["white", "end"])
    assert Move.from_plain(["white", "set-track", "heat", 7]) == act("set-track", "heat", 7)
    assert not [move for move, _refusal in game.options() if isinstance(move, WhiteMove)]


def test_all_that_the_white_cell_does_has_words() -> None:
    """Every act and every event after it is a sentence, and what it brought about names the white cell."""
    said, verbs = set(), set()
    for seed in range(60):
        game = Game.new(mini(), 700 + seed, 3)
        for nth in range(12):
            if game.over or (move := random_act(game, seed, nth)) is None:
                break
            events = game.apply(move)
            words = Words(game.scenario)
            verbs.add(move.verb)
            said |= {words.move(move), *(words.event(event, None) for event in events)}
            causes = {fact for event in events for fact in to_plain(event)[2] if caused_by_white(fact)}
            assert all("white cell" in words.cause(str(cause)) for cause in causes)
            game.apply(game.legal_moves()[0])

    assert verbs == set(WHITE_MOVES)
    assert all(said)
    assert not [line for line in said if "set-" in line or "white-" in line or "{" in line]


@pytest.mark.parametrize(
    "words", [("set-roll", "", 7), ("set-track", "rumour", 5), ("set-good", "birch", "coin", 1)]
)
def test_what_a_seat_cannot_see_changes_nothing_for_it(words: tuple[str | int, ...]) -> None:
    """No window of those who may not know moves, and no event but the facilitator's own reaches them."""
    game = a_game()
    windows = {seat: game.view(seat) for seat in ("amber", None)}

    events = after(game, *words)  # type: ignore[arg-type]

    assert {seat: game.view(seat) for seat in windows} == windows
    assert [event for event in events if seen_by(event, "amber") or seen_by(event, None)] == []
