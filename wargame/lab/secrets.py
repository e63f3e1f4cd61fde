"""The laws about who knows what: windows, imagined worlds, odds, and moves made in private (design 2).

Each function looks at one `LawCase` and returns "" or what it found; `laws` gives them names and sentences.
"""

from __future__ import annotations

from dataclasses import replace

from wargame.lab.law_case import LawCase, misplaced, most_moves, off_limits
from wargame.rules.events import seen_by, to_plain
from wargame.rules.luck import draw
from wargame.rules.moves import Answer, Choose, Commit, End, Move, Offer, Signal
from wargame.rules.options import legal_moves, options, promised
from wargame.rules.phases import step
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario, card_root
from wargame.rules.scoring import known_score
from wargame.rules.view import View, imagine, view


def _viewer(case: LawCase) -> str | None:
    """One of the seats, or the room, by luck."""
    viewers = (*case.after.scenario.seat_ids, None)
    return viewers[(case.luck >> 20) % len(viewers)]


def window(case: LawCase) -> str:
    game, viewer = case.after, _viewer(case)
    seen = game.view(viewer)
    dream = imagine(seen, case.luck)
    again = view(dream, viewer)
    if again != seen:
        return f"{viewer or 'the room'} sees other {', '.join(differences(seen, again))} in an imagined world"
    if viewer and viewer == game.to_act and tuple(options(dream)) != game.options():
        return f"{viewer} has other moves in an imagined world"
    wrong = next(off_limits(dream), "") or misplaced(dream)
    return f"in a world that {viewer} imagines, {wrong}" if wrong else ""


def differences(one: View, other: View) -> list[str]:
    """Return the fields in which two windows differ."""
    names = [name for name in one.__slots__ if name != "scenario"]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def own_options(case: LawCase) -> str:
    game = case.after
    if game.to_act is None:
        return ""
    seen = game.view(game.to_act)
    return "" if tuple(options(seen)) == game.options() else f"{game.to_act} sees other moves than there are"


def odds(case: LawCase) -> str:
    """Every move's odds from the window and from a world imagined behind it."""
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


def scores(case: LawCase) -> str:
    viewer = _viewer(case)
    state, seen = case.after.state, case.after.view(viewer)
    for seat in state.scenario.seat_ids:
        if known_score(state, seat, viewer) != known_score(seen, seat, viewer):
            return f"{viewer} works out another score for {seat} than its window tells"
    return ""


# --- secrets -------------------------------------------------------------------------------------------


def audiences(case: LawCase) -> str:
    seats = set(case.after.scenario.seat_ids)
    for event in case.events:
        if event.to is not None and not set(event.to) <= seats:
            return f"{event} is for nobody at this table"
    return ""


def informed(scenario: Scenario, move: Move) -> tuple[str, ...]:
    """Return the other seats that a move made in private is meant to reach at once."""
    if isinstance(move, Signal):
        return scenario.seat_ids
    if isinstance(move, (Offer, Answer)):
        return scenario.deals[move.deal].between
    return ()


def private(case: LawCase) -> str:
    """In orders and answers a seat's move shows nothing to those it is not meant for."""
    before, after, move = case.before, case.after, case.move
    if before.state.stack or before.state.phase not in ("orders", "answers"):
        return ""
    if after.state.phase != before.state.phase or (isinstance(move, End) and case.events):
        return ""
    meant = (move.seat, *informed(after.scenario, move))
    for seat in (*after.scenario.seat_ids, None):
        if seat in meant or (seat is None and isinstance(move, Signal)):
            continue
        leak = next((event for event in case.events if seen_by(event, seat)), None)
        if leak is not None:
            return f"{move} tells {seat or 'the room'}: {leak}"
        old, new = before.view(seat), after.view(seat)
        if replace(old, turn=new.turn, to_act=new.to_act) != new:
            return f"{move} changes {', '.join(differences(old, new))} for {seat or 'the room'}"
    return ""


def blind(case: LawCase) -> str:
    """Two worlds that look alike to the seat to act look alike after any private move of its own."""
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
            return f"{move} shows {seat} other {', '.join(differences(view(world, seat), told[1]))}"
    return ""


def dreams_go_on(case: LawCase) -> str:
    """An imagined world can be played to its end."""
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
