"""The laws of the game: sentences that hold after every move of every game, and how each is checked.

`Spot` is one step of a game; a law looks at it and returns "" or what it found. The cheap laws look at every
step, the dear ones at one in `every` steps, chosen by keyed luck, so that a breach comes back with its
seed. `fuzz` plays under them, the tests too. The law of undo is the table's (`tests/table`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from wargame.errors import IllegalMove
from wargame.rules.events import Event
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Move
from wargame.rules.options import legal_moves, options, promised
from wargame.rules.phases import card_of, step
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.scoring import known_score
from wargame.rules.state import State
from wargame.rules.view import View, imagine, view


class Spot(NamedTuple):
    """One step: the game before the move and after it, what happened, and luck for what is sampled."""

    before: Game
    move: Move
    after: Game
    events: list[Event]
    luck: int


class Law(NamedTuple):
    """A promise with a name. `find` returns "" or what breaks it; it is asked at one in `every` steps."""

    name: str
    sentence: str
    find: Callable[[Spot], str]
    every: int = 1


class Breach(NamedTuple):
    """A law that did not hold, and what was found."""

    law: str
    sentence: str
    found: str

    def __str__(self) -> str:
        return f"The law `{self.law}` is broken ({self.sentence}): {self.found}."


def play_under_laws(
    game: Game, move: Move, luck: int, thorough: bool = False
) -> tuple[list[Event], Breach | None]:
    """Make a legal move and look at every law that this luck calls for; the events and the first breach.

    `thorough` asks the dear laws at every step as well.
    """
    before = game.clone()
    try:
        events = game.apply(move)
    except Exception as error:  # whatever a legal move raises is a breach
        return [], Breach("applies", APPLIES, f"{move} raised {error!r}")
    return events, check_laws(Spot(before, move, game, events, luck), thorough)


def check_laws(spot: Spot, thorough: bool = False) -> Breach | None:
    """The first law that this step breaks, if any. The luck decides which of the dear laws are asked."""
    for law in LAWS:
        if not thorough and draw(spot.luck, 0, 0, law.name) % law.every:
            continue
        breach = ask(law, spot)
        if breach is not None:
            return breach
    return None


def ask(law: Law, spot: Spot) -> Breach | None:
    """Whether one law holds at this step. An error raised on the way is a breach too."""
    try:
        found = law.find(spot)
    except Exception as error:  # a law that cannot even be asked does not hold
        found = f"asking it raised {error!r}"
    return Breach(law.name, law.sentence, found) if found else None


# --- moves ---------------------------------------------------------------------------------------------


def _neutral(spot: Spot) -> str:
    game = spot.after
    moves = game.legal_moves()
    if game.over:
        return "there are moves after the end" if moves or game.to_act else ""
    if not moves or game.to_act is None:
        return "nobody can move"
    if game.state.stack:
        frame = game.state.stack[-1]
        choice = game.scenario.programs.choices[f"{frame.path}/{frame.at}"]
        neutral = Move(choice.seat, "choose", (choice.options[0].id,))
    else:
        neutral = Move(game.to_act, "end")
    return "" if moves[0] == neutral else f"the first move is {moves[0]}, not {neutral}"


def _list(spot: Spot) -> str:
    game = spot.after
    all_options = game.options()
    if tuple(move for move, refusal in all_options if refusal is None) != game.legal_moves():
        return "the legal moves are not the options without a refusal"
    named = [move for move, _refusal in all_options]
    if len(set(named)) != len(named):
        return f"{Counter(named).most_common(1)[0][0]} is listed twice"
    strange = [move for move in named if move.seat != game.to_act]
    return f"{strange[0]} is listed for {game.to_act}" if strange else ""


def _refuses(spot: Spot) -> str:
    game, other = spot.after, spot.move.seat
    refused = [move for move, refusal in game.options() if refusal is not None]
    tried = [Move(other, "commit", ("no-such-card",)), Move("nobody", "end")]
    if refused:
        tried.append(refused[spot.luck % len(refused)])
    tried += [Move(seat, "end") for seat in game.scenario.seat_ids if seat != game.to_act][:1]
    raw = game.to_bytes()
    for move in tried:
        try:
            game.apply(move)
        except IllegalMove as error:
            if len(str(error)) < len(str(move)) + 5 or "{" in str(error):
                return f"{move} is refused without a reason: {error}"
        else:
            return f"{move} was refused in the list, yet it applied"
        if game.to_bytes() != raw:
            return f"{move} was refused, yet it changed the game"
    return ""


def _every_move(spot: Spot) -> str:
    for move in spot.after.legal_moves():
        copy = spot.after.clone()
        try:
            copy.apply(move)
        except Exception as error:
            return f"{move} raised {error!r}"
    return ""


# --- copies --------------------------------------------------------------------------------------------


def _bytes(spot: Spot) -> str:
    """Read back, the game is equal, and the same move makes the same events and bytes of it."""
    before, raw = spot.before, spot.before.to_bytes()
    again = Game.from_bytes(raw, before.scenario)
    if again != before or again.to_bytes() != raw:
        return "the game read back from its bytes is another"
    if again.apply(spot.move) != spot.events:
        return f"after reading back, {spot.move} makes other events"
    return (
        ""
        if again.to_bytes() == spot.after.to_bytes()
        else f"after reading back, {spot.move} leads elsewhere"
    )


def _clone(spot: Spot) -> str:
    game, raw = spot.after, spot.after.to_bytes()
    copy = game.clone()
    for nth in range(4):
        moves = copy.legal_moves()
        if not moves:
            break
        copy.apply(moves[(spot.luck >> nth) % len(moves)])
    return "" if game.to_bytes() == raw else "playing on with a clone changed the game it was made of"


# --- counts --------------------------------------------------------------------------------------------


def _counts(spot: Spot) -> str:
    return next(_off_limits(spot.after.state), "")


def _off_limits(state: State) -> Iterator[str]:
    """Every count that is below nothing or above its cap."""
    scenario, rules = state.scenario, state.scenario.spec.rules
    for track, value in state.tracks.items():
        if not 0 <= value <= scenario.tracks[track].most:
            yield f"the track {track} stands at {value}"
    for seat, held in state.goods.items():
        for good, count in held.items():
            if not 0 <= count <= scenario.goods[good].cap:
                yield f"{seat} holds {count} {good}"
    for seat, influence in state.influence.items():
        if not 0 <= influence <= rules.influence_cap:
            yield f"{seat} has ¤{influence}"
        orders = state.orders[seat]
        if len(orders.commits) > rules.commits or len(orders.offered) > rules.offers:
            yield f"{seat} has given too many orders"
        if state.blame[seat] < 0:
            yield f"{seat} has a blame of {state.blame[seat]}"
    for deal in state.deals:
        if not 0 <= deal.left <= deal.rounds:
            yield f"the deal {deal.template} has {deal.left} rounds left"
    if not 1 <= state.round <= state.rounds:
        yield f"it is round {state.round} of {state.rounds}"


def _cards(spot: Spot) -> str:
    return misplaced(spot.after.state)


def misplaced(state: State) -> str:
    """A policy card that is in no place or in two; "" if every card is in one.

    The places: hand, deck, discards (face up or down), and from commitment to its turn on the table. When a
    storm ends the game, what was still to be resolved lies nowhere.
    """
    for seat in state.scenario.seat_ids:
        piles = (state.hands, state.decks, state.discards, state.buried)
        places = Counter(card for pile in piles for card in pile[seat])
        places.update(_on_the_table(state, seat))
        deck = state.scenario.decks[seat]
        for card in deck:
            if places[card] > 1 or (places[card] == 0 and state.outcome != "storm"):
                return f"the card {card} of {seat} is in {places[card]} places"
        if places.keys() - set(deck):
            return f"{seat} has the cards {', '.join(sorted(places.keys() - set(deck)))} of another deck"
    return ""


def _on_the_table(state: State, seat: str) -> Iterator[str]:
    action = state.scenario.actions[seat].id
    if state.phase in ("orders", "answers", "reveal"):
        cards = [commit.card for commit in state.orders[seat].commits]
    elif state.phase == "resolution":
        cards = [card_of(f) for f in state.queue if f.who == seat and f.path.startswith("card/")]
    else:
        cards = []
    return (card for card in cards if card != action)


# --- windows -------------------------------------------------------------------------------------------


def _viewer(spot: Spot) -> str | None:
    """One of the seats, or the room, by luck."""
    viewers = (*spot.after.scenario.seat_ids, None)
    return viewers[(spot.luck >> 20) % len(viewers)]


def _window(spot: Spot) -> str:
    game, viewer = spot.after, _viewer(spot)
    seen = game.view(viewer)
    dream = imagine(seen, spot.luck)
    again = view(dream, viewer)
    if again != seen:
        return f"{viewer or 'the room'} sees other {', '.join(differences(seen, again))} in an imagined world"
    if viewer and viewer == game.to_act and tuple(options(dream)) != game.options():
        return f"{viewer} has other moves in an imagined world"
    wrong = next(_off_limits(dream), "") or misplaced(dream)
    return f"in a world that {viewer} imagines, {wrong}" if wrong else ""


def differences(one: View, other: View) -> list[str]:
    """The fields in which two windows differ."""
    names = [name for name in one.__slots__ if name != "scenario"]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _own_options(spot: Spot) -> str:
    game = spot.after
    if game.to_act is None:
        return ""
    seen = game.view(game.to_act)
    return "" if tuple(options(seen)) == game.options() else f"{game.to_act} sees other moves than there are"


def _odds(spot: Spot) -> str:
    """Every move's odds from the window and from a world imagined behind it."""
    game, seat = spot.after, spot.after.to_act
    if seat is None:
        return ""
    seen = game.view(seat)
    dream = imagine(seen, spot.luck + 1)
    behind = view(dream, seat)
    for move in game.legal_moves():
        shown = preview(seen, move)
        if preview(behind, move) != shown:
            return f"{move} previews otherwise in an imagined world"
        if move.verb != "commit":
            continue
        root = card_root(str(move.args[0]), str(move.args[1]) if len(move.args) > 1 else "")
        odds = tuple((one.path, one.chance) for one in shown.odds)
        if not odds == promised(game.state, root) == promised(dream, root):
            return f"{move} shows odds of {odds}, and the truth promises {promised(game.state, root)}"
    return ""


def _promise(spot: Spot) -> str:
    """What is promised at commitment is what was previewed, and what is rolled is what was promised."""
    move, state = spot.move, spot.after.state
    if move.verb in ("commit", "discard"):
        shown = tuple((one.path, one.chance) for one in preview(spot.before.view(move.seat), move).odds)
        kept = state.orders[move.seat].commits[-1].chances
        return "" if shown == kept else f"{move} showed {shown} and promised {kept}"
    rounds, kept_odds = spot.before.state.round, dict[str, int]()
    for orders in spot.before.state.orders.values():
        for commit in orders.commits:
            kept_odds.update(commit.chances)
    for event in spot.events:
        if event.kind == "round" and event.facts[0] != rounds:
            break
        if event.kind == "rolled" and event.facts[1]:
            path, chance = str(event.facts[0]), event.facts[1]
            if kept_odds.get(path, chance) != chance:
                return f"{path} promised {kept_odds[path]} and rolled against {chance}"
    return ""


def _scores(spot: Spot) -> str:
    viewer = _viewer(spot)
    state, seen = spot.after.state, spot.after.view(viewer)
    for seat in state.scenario.seat_ids:
        if known_score(state, seat, viewer) != known_score(seen, seat, viewer):
            return f"{viewer} works out another score for {seat} than its window tells"
    return ""


# --- secrets -------------------------------------------------------------------------------------------


def _audiences(spot: Spot) -> str:
    seats = set(spot.after.scenario.seat_ids)
    for event in spot.events:
        if event.to is not None and not set(event.to) <= seats:
            return f"{event} is for nobody at this table"
    return ""


def informed(scenario: Scenario, move: Move) -> tuple[str, ...]:
    """The other seats that a move made in private is meant to reach at once."""
    if move.verb == "signal":
        return scenario.seat_ids
    if move.verb in ("offer", "answer"):
        return scenario.deals[str(move.args[0])].between
    return ()


def _private(spot: Spot) -> str:
    """In orders and answers a seat's move shows nothing to those it is not meant for."""
    before, after, move = spot.before, spot.after, spot.move
    if before.state.stack or before.state.phase not in ("orders", "answers"):
        return ""
    if after.state.phase != before.state.phase or (move.verb == "end" and spot.events):
        return ""
    meant = (move.seat, *informed(after.scenario, move))
    for seat in (*after.scenario.seat_ids, None):
        if seat in meant or (seat is None and move.verb == "signal"):
            continue
        leak = next((event for event in spot.events if event.seen_by(seat)), None)
        if leak is not None:
            return f"{move} tells {seat or 'the room'}: {leak}"
        old, new = before.view(seat), after.view(seat)
        if replace(old, turn=new.turn, to_act=new.to_act) != new:
            return f"{move} changes {', '.join(differences(old, new))} for {seat or 'the room'}"
    return ""


def _blind(spot: Spot) -> str:
    """Two worlds that look alike to the seat to act look alike after any private move of its own."""
    game, seat = spot.after, spot.after.to_act
    if seat is None or game.state.stack:
        return ""
    moves = [move for move in game.legal_moves() if move.verb != "end"]
    if not moves:
        return ""
    move, seen = moves[(spot.luck >> 9) % len(moves)], game.view(seat)
    truth = game.clone()
    told = (truth.apply(move), truth.view(seat))
    for luck in (spot.luck, spot.luck + 7):
        world = imagine(seen, luck)
        events = [event for event in step(world, move) if event.seen_by(seat)]
        if events != [event for event in told[0] if event.seen_by(seat)]:
            return f"{move} tells {seat} what it can't know"
        if view(world, seat) != told[1]:
            return f"{move} shows {seat} other {', '.join(differences(view(world, seat), told[1]))}"
    return ""


def _dreams_go_on(spot: Spot) -> str:
    """An imagined world can be played to its end."""
    if spot.after.over:
        return ""
    world = imagine(spot.after.view(_viewer(spot)), spot.luck)
    bound = most_moves(world.scenario, world.rounds)
    for nth in range(bound + 1):
        moves = legal_moves(world)
        if not moves:
            return misplaced(world)
        step(world, moves[draw(spot.luck, 0, nth, "dream") % len(moves)])
    return f"an imagined world goes on after {bound} moves"


# --- the end -------------------------------------------------------------------------------------------


def most_moves(scenario: Scenario, rounds: int) -> int:
    """More moves than any game of so many rounds can have.

    A round holds for each seat its two ends, its cards, offers, answers, marks, dials, stands and one signal,
    none of which can be taken back; and each choice in what can happen that round.
    """
    rules, seats = scenario.spec.rules, len(scenario.seat_ids)
    own = 2 + rules.commits + 2 * rules.offers + 1
    shared = 2 * len(scenario.deals) + len(scenario.dials) + sum(len(s.seats) for s in scenario.spec.stands)
    asked = Counter(path.split("/")[0] for path in scenario.programs.choices)
    choices = sum(asked.values()) * max(1, rules.news) * (len(scenario.deals) if asked["detection"] else 1)
    return rounds * (seats * own + shared + choices)


def _neutral_ends(spot: Spot) -> str:
    """Only ends and choices are left when always the first move is played."""
    game = spot.after.clone()
    scenario, left = game.scenario, game.state.rounds - game.state.round + 1
    bound = left * (2 * len(scenario.seat_ids) + len(scenario.programs.choices))
    for _ in range(bound + 1):
        if game.over:
            return ""
        game.apply(game.legal_moves()[0])
    return f"always playing the first move goes on after {bound} moves"


APPLIES = "a legal move applies"

LAWS: tuple[Law, ...] = (
    Law("neutral", "until the end somebody can move, and the first move is neutral", _neutral),
    Law("counts", "no count is negative or over its cap", _counts),
    Law("cards", "every policy card is in exactly one place", _cards, 2),
    Law("audiences", "an event is for seats of this table", _audiences),
    Law("promise", "the odds shown are the odds promised and rolled", _promise),
    Law("own-options", "a seat's window offers it the moves there are", _own_options, 4),
    Law("list", "the options are each listed once, for the seat to act", _list, 4),
    Law("window", "an imagined world looks the same, with the same moves", _window, 4),
    Law("private", "a move in private shows nothing to those it is not for", _private, 4),
    Law("scores", "a window tells the scores that its viewer can know", _scores, 8),
    Law("bytes", "a game read back from its bytes is equal and goes on alike", _bytes, 8),
    Law("refuses", "an illegal move changes nothing and says why", _refuses, 16),
    Law("blind", "what a seat can't see changes nothing of what its own move shows it", _blind, 16),
    Law("clone", "a clone diverges freely", _clone, 16),
    Law("odds", "the same odds from the window and from behind it, for every move", _odds, 32),
    Law("every-move", APPLIES, _every_move, 64),
    Law("neutral-ends", "always playing the first move ends the game", _neutral_ends, 64),
    Law("dreams", "an imagined world can be played to its end", _dreams_go_on, 128),
)
"""In the order in which they are asked."""
