"""Positions for the tests of the rules, built by name: give a card, play it, look.

`mini` is the small world of `tests/scenarios/mini`; `still` is the same world in which nothing moves by
itself: no news, triggers, agendas, incomes, watchers or mill wheel, so that what changes is what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tests.rules.crises import a_crisis
from wargame.content.load import check_texts, load_scenario
from wargame.rules import spec as s
from wargame.rules.events import DiceRolled, Event, PointsGiven, seen_by
from wargame.rules.game import Game
from wargame.rules.moves import Answer, Move
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.scoring import public_score
from wargame.rules.spec import Effect
from wargame.rules.state import State

MINI = Path(__file__).parents[1] / "scenarios" / "mini"
E = TypeVar("E", bound=Event)
RICH = 6
"""Influence that pays for whatever a test plays, and is below the cap."""


@cache
def mini() -> Scenario:
    """The mill at the ford, as written."""
    return load_scenario(MINI)


@cache
def honeymoon() -> Scenario:
    """The real one."""
    return load_scenario("honeymoon")


@cache
def bargaining() -> Scenario:
    """The mill at the ford where one says yes, but, and cake is paid for a round later."""
    bread, cake, *rest = mini().spec.deals
    deals = (replace(bread, extras=("birch/coin", "amber/cakes")), replace(cake, first="amber"), *rest)
    return changed("bargaining", deals=deals, rules=replace(mini().spec.rules, counters=True))


@cache
def still() -> Scenario:
    """The mill at the ford when nothing happens by itself."""
    return changed("still", **_nothing_happens(mini().spec))


@cache
def still_bargaining() -> Scenario:
    """The same when nothing happens by itself."""
    spec = bargaining().spec
    return changed("still bargaining", **(_nothing_happens(spec) | {"deals": spec.deals}))


@cache
def accusing() -> Scenario:
    """The mill at the ford, where Cedar and Birch may say aloud what others have signed in secret."""
    texts = {name: text.encode() for name, text in mini().texts.items()}
    texts["scenario.yaml"] += b"\naccusations: {pairs: [[birch, amber], [cedar, amber]]}\n"
    scenario = check_texts(texts).scenario
    assert scenario is not None
    return scenario


@cache
def more() -> Scenario:
    """The mill at the ford with what its own decks leave unsaid: the files of `tests/scenarios/more`."""
    texts = {name: text.encode() for name, text in mini().texts.items()}
    for path in sorted((MINI.parent / "more").glob("*.yaml")):
        texts[path.name] += path.read_bytes()
    checked = check_texts(texts)
    assert checked.scenario is not None, [str(one) for one in checked.complaints]
    return checked.scenario


@cache
def wordy() -> Scenario:
    """The same, where Amber and Birch choose what the public hears, and may say it for nothing."""
    texts = {name: text.encode() for name, text in accusing().texts.items()}
    texts["scenario.yaml"] = texts["scenario.yaml"].replace(
        b"communique: a friendly visit", b"communiques: [a friendly visit, a talk about bread]"
    )
    scenario = check_texts(texts).scenario
    assert scenario is not None
    return scenario


@cache
def bargaining_in_words() -> Scenario:
    """All of it, where one may also say yes, but, and a crisis asks everybody."""
    return changed(
        "bargaining in words",
        news=a_crisis().spec.news,
        pairs=wordy().spec.pairs,
        accusations=wordy().spec.accusations,
        deals=bargaining().spec.deals,
        rules=bargaining().spec.rules,
    )


@cache
def still_accusing() -> Scenario:
    """The same when nothing happens by itself."""
    return still_but("still accusing", accusations=accusing().spec.accusations)


def changed(name: str, **parts: Any) -> Scenario:
    """The mill at the ford with some parts of its spec replaced."""
    return Scenario(replace(mini().spec, **parts), name)


def _nothing_happens(spec: s.Spec) -> dict[str, Any]:
    seats = tuple(
        replace(seat, income=0, goods={good: replace(held, each=0) for good, held in seat.goods.items()})
        for seat in spec.seats
    )
    return {
        "news": (),
        "triggers": (),
        "agendas": (),
        "detection": None,
        "seats": seats,
        "rules": replace(spec.rules, lowest_bonus=0),
        "production": tuple(replace(made, capacity=0) for made in spec.production),
    }


def still_but(name: str, **parts: Any) -> Scenario:
    """The still valley with some parts of its spec replaced."""
    return Scenario(replace(still().spec, **parts), name)


def a_card_that(*effects: Effect, seat: str = "amber", **about: Any) -> Scenario:
    """The still valley in which a seat's first card, `test-card`, does just this."""
    facts: dict[str, Any] = {"id": "test-card", "title": "A test", "source": "p1", "cost": 1, "speed": 3}
    card = s.Card(**(facts | {"text": "", "effects": effects} | about))
    cards = still().spec.cards
    return still_but(f"test-card {card!r} {seat}", cards={**cards, seat: (card, *cards[seat])})


# --- positions -----------------------------------------------------------------------------------------


def a_game(scenario: Scenario | None = None, seed: int = 1, rounds: int = 6) -> Game:
    """A fresh game at its first decision, everybody rich enough to act."""
    game = Game.new(scenario or still(), seed, rounds)
    edit(game, influence=dict.fromkeys(game.scenario.seat_ids, RICH))
    return game


def edit(game: Game, **facts: Any) -> Game:
    """Put other facts into a game's state; dicts are merged into what is there."""
    state = game.state.clone()
    for name, value in facts.items():
        old = getattr(state, name)
        setattr(state, name, old | value if isinstance(old, dict) else value)
    state.shown = {seat: (state.influence[seat], len(state.hands[seat])) for seat in state.scenario.seat_ids}
    state.menu = None
    game.state = state
    game._legal = None
    return game


def with_tracks(game: Game, **tracks: int) -> Game:
    return edit(game, tracks=tracks)


def with_goods(game: Game, seat: str, **goods: int) -> Game:
    return edit(game, goods={seat: game.state.goods[seat] | goods})


def give(game: Game, seat: str, *cards: str) -> Game:
    """A seat holds just these cards; all its others are in its deck."""
    rest = tuple(card for card in sorted(game.scenario.decks[seat]) if card not in cards)
    return edit(game, hands={seat: cards}, decks={seat: rest}, discards={seat: ()}, buried={seat: ()})


# --- going on ------------------------------------------------------------------------------------------


def go_on(game: Game, until: Callable[[State], bool]) -> list[Event]:
    """Play the neutral move until that holds; what happened on the way."""
    events: list[Event] = []
    while not game.over and not until(game.state):
        events += game.apply(game.legal_moves()[0])
    return events


def turn_of(game: Game, seat: str) -> list[Event]:
    """Go on until that seat has its orders."""
    return go_on(game, lambda state: state.phase == "orders" and state.to_act == seat and not state.stack)


def next_round(game: Game) -> list[Event]:
    """Go on to the next round's first decision."""
    now = game.state.round
    return go_on(game, lambda state: state.round > now)


def do(game: Game, seat: str, verb: str, *args: str | int) -> list[Event]:
    """A seat does that in its orders."""
    events = turn_of(game, seat)
    return events + game.apply(Move.from_plain([seat, verb, *args]))


def play(game: Game, seat: str, card: str, target: str = "") -> list[Event]:
    """A seat that holds just this card commits it, and the round is played out."""
    turn_of(game, seat)
    give(game, seat, card)
    events = do(game, seat, "commit", *((card, target) if target else (card,)))
    return events + next_round(game)


def sign(
    game: Game, seat: str, deal: str, size: str = "small", secrecy: str = "open", rounds: int = 2
) -> list[Event]:
    """A seat offers a deal, and the other side says yes this round."""
    events = do(game, seat, "offer", deal, size, secrecy, rounds)
    offer = game.state.offers[-1]
    events += go_on(game, lambda state: state.to_act == offer.to)
    return events + game.apply(Answer(offer.to, deal, "yes"))


def with_luck(build: Callable[[int], Game], act: Callable[[Game], list[Event]], works: bool) -> Game:
    """The first game, by seed, in which the first roll comes out like that."""
    for seed in range(400):
        game = build(seed)
        rolled = [event for event in act(game) if isinstance(event, DiceRolled)]
        if rolled and rolled[0].works is works:
            return game
    raise AssertionError(f"no seed makes the roll {'work' if works else 'fail'}")


def odds_of(game: Game, card: str) -> int:
    """The percentage that the first roll of a card promises now."""
    programs = game.scenario.programs
    return int(programs.dice_below(card_root(card, ""))[0].odds(game.state).chance)


def of_kind(events: Iterable[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def seen(events: Iterable[E], seat: str | None) -> list[E]:
    """What of it that seat may know."""
    return [event for event in events if seen_by(event, seat)]


def score_before_all(state: State, seat: str, events: Iterable[Event]) -> int:
    """What all could reckon of a seat's score: open terms, points told to all, the rung that all know."""
    told = sum(event.by for event in of_kind(events, PointsGiven) if event.to is None and event.seat == seat)
    known = [deal.rung for deal in state.deals if deal.proved or (deal.published and not deal.secret)]
    rungs = max([*known, 1]) - 1
    each = sum(term.each for term in state.scenario.spec.scoring.seats[seat].terms if term.rung)
    return public_score(state, seat) + told + rungs * each
