"""The laws of the game: sentences that hold after every move of every game, and how each is checked.

`LawCase` is one step of a game; a law looks at it and returns "" or what it found. The cheap laws look at
every step, the dear ones at one in `every` steps, chosen by keyed luck, so that a breach comes back with its
seed. `fuzz` plays under them, the tests too. The law of undo is the table's (`tests/table`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from wargame.errors import IllegalMove
from wargame.lab.law_case import LawCase, misplaced, most_moves, off_limits
from wargame.rules.events import DeliveryWatched, DiceRolled, Die, Event, RungGambled, seen_by, to_plain
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Answer, Choose, Commit, Discard, End, Move, Offer, Signal
from wargame.rules.moves import Counter as CounterOffer
from wargame.rules.options import legal_moves, options, promised
from wargame.rules.phases import step
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.scoring import known_score
from wargame.rules.state import Odds, State
from wargame.rules.view import View, imagine, view


class Law(NamedTuple):
    """A promise with a name. `find` returns "" or what breaks it; it is asked at one in `every` steps."""

    name: str
    sentence: str
    find: Callable[[LawCase], str]
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
    """Make a legal move under every law that this luck calls for; return the events and the first breach.

    `thorough` asks the dear laws at every step as well.
    """
    before = game.clone()
    try:
        events = game.apply(move)
    except Exception as error:  # whatever a legal move raises is a breach
        return [], Breach("applies", APPLIES, f"{move} raised {error!r}")
    return events, check_laws(LawCase(before, move, game, events, luck), thorough)


def check_laws(case: LawCase, thorough: bool = False) -> Breach | None:
    """Return the first law that this step breaks, if any; luck decides which of the dear ones are asked."""
    for law in LAWS:
        if not thorough and draw(case.luck, 0, 0, law.name) % law.every:
            continue
        breach = ask(law, case)
        if breach is not None:
            return breach
    return None


def ask(law: Law, case: LawCase) -> Breach | None:
    """Return whether one law holds at this step. An error raised on the way is a breach too."""
    try:
        found = law.find(case)
    except Exception as error:  # a law that cannot even be asked does not hold
        found = f"asking it raised {error!r}"
    return Breach(law.name, law.sentence, found) if found else None


# --- moves ---------------------------------------------------------------------------------------------


def _neutral(case: LawCase) -> str:
    game = case.after
    moves = game.legal_moves()
    if game.over:
        return "there are moves after the end" if moves or game.to_act else ""
    if not moves or game.to_act is None:
        return "nobody can move"
    if game.state.stack:
        frame = game.state.stack[-1]
        choice = game.scenario.programs.choices[f"{frame.path}/{frame.at}"]
        neutral: Move = Choose(choice.seat, choice.options[0].id)
    else:
        neutral = End(game.to_act)
    return "" if moves[0] == neutral else f"the first move is {moves[0]}, not {neutral}"


def _list(case: LawCase) -> str:
    game = case.after
    all_options = game.options()
    if tuple(move for move, refusal in all_options if refusal is None) != game.legal_moves():
        return "the legal moves are not the options without a refusal"
    named = [move for move, _refusal in all_options]
    if len(set(named)) != len(named):
        return f"{Counter(named).most_common(1)[0][0]} is listed twice"
    strange = [move for move in named if move.seat != game.to_act]
    return f"{strange[0]} is listed for {game.to_act}" if strange else ""


def _refuses(case: LawCase) -> str:
    game, other = case.after, case.move.seat
    refused = [move for move, refusal in game.options() if refusal is not None]
    tried: list[Move] = [Commit(other, "no-such-card"), End("nobody")]
    if refused:
        tried.append(refused[case.luck % len(refused)])
    tried += [End(seat) for seat in game.scenario.seat_ids if seat != game.to_act][:1]
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


def _every_move(case: LawCase) -> str:
    for move in case.after.legal_moves():
        copy = case.after.clone()
        try:
            copy.apply(move)
        except Exception as error:
            return f"{move} raised {error!r}"
    return ""


# --- copies --------------------------------------------------------------------------------------------


def _bytes(case: LawCase) -> str:
    """Read the game back: it is equal, and the same move makes the same events and bytes of it."""
    before, raw = case.before, case.before.to_bytes()
    again = Game.from_bytes(raw, before.scenario)
    if again != before or again.to_bytes() != raw:
        return "the game read back from its bytes is another"
    if list(map(to_plain, again.apply(case.move))) != list(map(to_plain, case.events)):
        return f"after reading back, {case.move} makes other events"
    return (
        ""
        if again.to_bytes() == case.after.to_bytes()
        else f"after reading back, {case.move} leads elsewhere"
    )


def _clone(case: LawCase) -> str:
    game, raw = case.after, case.after.to_bytes()
    copy = game.clone()
    for nth in range(4):
        moves = copy.legal_moves()
        if not moves:
            break
        copy.apply(moves[(case.luck >> nth) % len(moves)])
    return "" if game.to_bytes() == raw else "playing on with a clone changed the game it was made of"


# --- the end -------------------------------------------------------------------------------------------


def _neutral_ends(case: LawCase) -> str:
    """Play always the first move: only ends and choices are left then."""
    game = case.after.clone()
    scenario, left = game.scenario, game.state.rounds - game.state.round + 1
    bound = left * (2 * len(scenario.seat_ids) + len(scenario.programs.choices))
    for _ in range(bound + 1):
        if game.over:
            return ""
        game.apply(game.legal_moves()[0])
    return f"always playing the first move goes on after {bound} moves"


APPLIES = "a legal move applies"

# --- odds: what is shown before a decision is kept and rolled ------------------------------------------


def _parts(case: LawCase) -> str:
    """Add them up for every die, also of a skipped rung and of the watch on secret deliveries."""
    for event in case.events:
        odds = odds_of(event)
        if odds is not None and sum(odds.terms) != odds.chance:
            return f"{odds.path} has a chance of {odds.chance}, and its parts are {odds.terms}"
    return ""


def odds_of(event: Event) -> Odds | None:
    """Return the odds that an event tells in full; `None` if it tells of no die, or of one only in part."""
    if not isinstance(event, Die) or event.chance is None:
        return None
    terms = tuple(term for term in event.terms if term is not None)
    return Odds(event.path if isinstance(event, DiceRolled) else event.deal, event.chance, terms)


def _promise(case: LawCase) -> str:
    """Hold that what a decision showed is kept, and what was kept is rolled, part by part."""
    before, move, after = case.before.state, case.move, case.after.state
    kept = list(_kept(before))
    if move.seat in before.scenario.seats:
        shown = preview(case.before.view(move.seat), move)
        if isinstance(move, (Commit, Discard)) and shown.odds != after.orders[move.seat].commits[-1].odds:
            return f"{move} showed {shown.odds} and laid {after.orders[move.seat].commits[-1].odds}"
        if isinstance(move, (Offer, CounterOffer)) and shown.hold != after.offers[-1].hold:
            return f"{move} showed that it holds at {shown.hold}, and {after.offers[-1].hold} was offered"
        signs = isinstance(move, Answer) and move.reply == "yes"
        if signs and shown.hold != after.deals[-1].hold:
            return f"{move} showed that it holds at {shown.hold}, and {after.deals[-1].hold} was signed"
        if isinstance(move, Choose):
            kept += shown.odds
    for event in case.events:
        rolled = odds_of(event)
        if rolled is None or isinstance(event, DeliveryWatched):
            continue
        promised = [odds for odds in kept if odds.path == rolled.path]
        if isinstance(event, RungGambled):
            promised = [
                rolled._replace(chance=deal.hold) for deal in before.deals if deal.template == rolled.path
            ]
        if promised and rolled not in promised:
            return f"{' or '.join(map(str, promised))} was promised, and {rolled} was rolled"
    return ""


def _kept(state: State) -> Iterator[Odds]:
    """Yield all odds that wait for their roll."""
    for orders in state.orders.values():
        for commit in orders.commits:
            yield from commit.odds
    for frame in (*state.stack, *state.queue):
        yield from frame.odds
    for due in state.schedule:
        yield from due.odds


# --- who knows what ------------------------------------------------------------------------------------


def _viewer(case: LawCase) -> str | None:
    """One of the seats, or the room, by luck."""
    viewers = (*case.after.scenario.seat_ids, None)
    return viewers[(case.luck >> 20) % len(viewers)]


def _window(case: LawCase) -> str:
    game, viewer = case.after, _viewer(case)
    seen = game.view(viewer)
    dream = imagine(seen, case.luck)
    again = view(dream, viewer)
    if again != seen:
        return (
            f"{viewer or 'the room'} sees other {', '.join(_differences(seen, again))} in an imagined world"
        )
    if viewer and viewer == game.to_act and tuple(options(dream)) != game.options():
        return f"{viewer} has other moves in an imagined world"
    wrong = next(off_limits(dream), "") or misplaced(dream)
    return f"in a world that {viewer} imagines, {wrong}" if wrong else ""


def _differences(one: View, other: View) -> list[str]:
    """Return the fields in which two windows differ."""
    names = [name for name in one.__slots__ if name != "scenario"]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _own_options(case: LawCase) -> str:
    game = case.after
    if game.to_act is None:
        return ""
    seen = game.view(game.to_act)
    return "" if tuple(options(seen)) == game.options() else f"{game.to_act} sees other moves than there are"


def _odds(case: LawCase) -> str:
    """Compare every move's odds from the window with those from a world imagined behind it."""
    game, seat = case.after, case.after.to_act
    if seat is None:
        return ""
    seen = game.view(seat)
    dream = imagine(seen, case.luck + 1)
    behind = view(dream, seat)
    for move in game.legal_moves():
        shown = preview(seen, move)
        if preview(behind, move) != shown:
            return f"{move} previews otherwise in an imagined world"
        if isinstance(move, Choose):
            frame = game.state.stack[-1]
            root = f"{frame.path}/{frame.at}/{move.option}"
        elif isinstance(move, Commit):
            root = card_root(move.card, move.target)
        else:
            continue
        if not shown.odds == promised(game.state, root) == promised(dream, root):
            return f"{move} shows odds of {shown.odds}, and the truth promises {promised(game.state, root)}"
    return ""


def _scores(case: LawCase) -> str:
    viewer = _viewer(case)
    state, seen = case.after.state, case.after.view(viewer)
    for seat in state.scenario.seat_ids:
        if known_score(state, seat, viewer) != known_score(seen, seat, viewer):
            return f"{viewer} works out another score for {seat} than its window tells"
    return ""


# --- what is told -------------------------------------------------------------------------------------------


def _audiences(case: LawCase) -> str:
    seats = set(case.after.scenario.seat_ids)
    for event in case.events:
        if event.to is not None and not set(event.to) <= seats:
            return f"{event} is for nobody at this table"
    return ""


def _informed(scenario: Scenario, move: Move) -> tuple[str, ...]:
    """Return the other seats that a move made in private is meant to reach at once."""
    if isinstance(move, Signal):
        return scenario.seat_ids
    if isinstance(move, (Offer, Answer, CounterOffer)):
        return scenario.deals[move.deal].between
    return ()


def _private(case: LawCase) -> str:
    """Hold that in orders and answers a seat's move shows nothing to those it is not meant for."""
    before, after, move = case.before, case.after, case.move
    if before.state.stack or before.state.phase not in ("orders", "answers"):
        return ""
    if after.state.phase != before.state.phase or (isinstance(move, End) and case.events):
        return ""
    meant = (move.seat, *_informed(after.scenario, move))
    for seat in (*after.scenario.seat_ids, None):
        if seat in meant or (seat is None and isinstance(move, Signal)):
            continue
        leak = next((event for event in case.events if seen_by(event, seat)), None)
        if leak is not None:
            return f"{move} tells {seat or 'the room'}: {leak}"
        old, new = before.view(seat), after.view(seat)
        if replace(old, turn=new.turn, to_act=new.to_act) != new:
            return f"{move} changes {', '.join(_differences(old, new))} for {seat or 'the room'}"
    return ""


def _blind(case: LawCase) -> str:
    """Hold that two worlds that look alike to the seat to act do so after any private move of its own."""
    game, seat = case.after, case.after.to_act
    if seat is None or game.state.stack:
        return ""
    moves = [move for move in game.legal_moves() if not isinstance(move, End)]
    if not moves:
        return ""
    move, seen = moves[(case.luck >> 9) % len(moves)], game.view(seat)
    truth = game.clone()
    told = (truth.apply(move), truth.view(seat))
    for luck in (case.luck, case.luck + 7):
        world = imagine(seen, luck)
        events = [to_plain(event) for event in step(world, move) if seen_by(event, seat)]
        if events != [to_plain(event) for event in told[0] if seen_by(event, seat)]:
            return f"{move} tells {seat} what it can't know"
        if view(world, seat) != told[1]:
            return f"{move} shows {seat} other {', '.join(_differences(view(world, seat), told[1]))}"
    return ""


def _dreams_go_on(case: LawCase) -> str:
    """Play an imagined world to its end."""
    if case.after.over:
        return ""
    world = imagine(case.after.view(_viewer(case)), case.luck)
    bound = most_moves(world.scenario, world.rounds)
    for nth in range(bound + 1):
        moves = legal_moves(world)
        if not moves:
            return misplaced(world)
        step(world, moves[draw(case.luck, 0, nth, "dream") % len(moves)])
    return f"an imagined world goes on after {bound} moves"


LAWS: tuple[Law, ...] = (
    Law("neutral", "until the end somebody can move, and the first move is neutral", _neutral),
    Law(
        "counts", "no count is negative or over its cap", lambda case: next(off_limits(case.after.state), "")
    ),
    Law("cards", "every policy card is in exactly one place", lambda case: misplaced(case.after.state), 2),
    Law("audiences", "an event is for seats of this table", _audiences),
    Law("parts", "the parts of a chance add up to it", _parts),
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
