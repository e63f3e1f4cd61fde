"""Greedy but for one thing, which is left to luck or to a habit: so one measures what that thing is worth.

`wargame balance` sets each beside greedy play in the same seat: if luck chooses as well, the choice is empty.
Any command that names a bot takes them; the set-up does not offer them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from wargame.bots.greedy import Greedy
from wargame.rules.luck import draw
from wargame.rules.moves import Choose, Commit, Move, Stance, Stand
from wargame.rules.view import View

T = TypeVar("T")
Habit = Callable[[Greedy, View, Sequence[Move], int], Move]
"""Greedy's mind, view, legal moves, luck → what somebody with that habit does."""


def drawn(luck: int, moves: Sequence[T]) -> T:
    """Return one of them, by another luck than what broke ties."""
    return moves[draw(luck, 0, 0, "drawn") % len(moves)]


def random_cards(mind: Greedy, seen: View, moves: Sequence[Move], luck: int) -> Move:
    """Commit as often as greedy play does, but any card that can be paid, at any target."""
    move = mind.move(seen, moves, luck)
    if not isinstance(move, Commit):
        return move
    commits = [move for move in moves if isinstance(move, Commit)]
    card = drawn(luck, list(dict.fromkeys(commit.card for commit in commits)))
    return drawn(luck + 1, [commit for commit in commits if commit.card == card])


def random_choices(mind: Greedy, seen: View, moves: Sequence[Move], luck: int) -> Move:
    """Answer what a card asks by luck, a crisis before all else."""
    stances = [move for move in moves if isinstance(move, Stance)]
    if stances or isinstance(moves[0], Choose):
        return drawn(luck, stances or moves)
    return mind.move(seen, moves, luck)


def always_stand(mind: Greedy, seen: View, moves: Sequence[Move], luck: int) -> Move:
    """Take every stand there is."""
    stand = next((move for move in moves if isinstance(move, Stand)), None)
    return stand or mind.move(seen, moves, luck)


def never_stand(mind: Greedy, seen: View, moves: Sequence[Move], luck: int) -> Move:
    """Stand with nobody."""
    return mind.move(seen, [move for move in moves if not isinstance(move, Stand)], luck)


HABITS: dict[str, Habit] = {
    "random-cards": random_cards,
    "random-choices": random_choices,
    "always-stand": always_stand,
    "never-stand": never_stand,
}
"""By the name of the bot."""
