"""The public face of the rules: one game, its moves, its windows, its bytes (design 3).

Keep it this small; other programs are written against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakValueDictionary

from wargame.errors import IllegalMove, NotASave
from wargame.rules import codec, white
from wargame.rules.events import Event
from wargame.rules.moves import Move, WhiteMove
from wargame.rules.options import Option, legal_moves, options, refusal_of
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import Line, final_scores
from wargame.rules.setup import new_state
from wargame.rules.state import State
from wargame.rules.view import View, view

LOADED: WeakValueDictionary[str, Scenario] = WeakValueDictionary()
"""Scenarios that games of this process were made with, by hash."""


class Game:
    """A game of one scenario. Change it only by `apply`.

    `events` of the very beginning (what was dealt, the first news) are in `opening`.
    """

    __slots__ = ("_legal", "opening", "state")

    def __init__(self, state: State, opening: Iterable[Event] = ()) -> None:
        self.state = state
        self.opening = tuple(opening)
        self._legal: tuple[Move, ...] | None = None
        LOADED[state.scenario.hash] = state.scenario.base

    @classmethod
    def new(cls, scenario: Scenario, seed: int = 0, rounds: int | None = None) -> Game:
        """Return a fresh game at its first decision. `rounds` is the scenario's if not given.

        `ValueError` unless 1 <= rounds <= the scenario's `most_rounds` and 0 <= seed < 2**63.
        """
        rules = scenario.spec.rules
        length = rules.rounds if rounds is None else rounds
        if not 1 <= length <= rules.most_rounds:
            raise ValueError(f"rounds must be between 1 and {rules.most_rounds}, not {length}")
        if not 0 <= seed < 2**63:
            raise ValueError(f"a seed is a whole number from 0 to 2**63 - 1, not {seed}")
        state, opening = new_state(scenario, seed, length)
        run_to_decision(state, opening)
        return cls(state, opening)

    @property
    def scenario(self) -> Scenario:
        return self.state.scenario

    @property
    def to_act(self) -> str | None:
        """The seat that must decide now; `None` when the game is over."""
        return self.state.to_act

    @property
    def over(self) -> bool:
        return self.state.phase == "debrief"

    @property
    def scores(self) -> dict[str, int]:
        """Every seat's whole score, agendas included, were the game to end here."""
        return {seat: line.score for seat, line in self.lines.items()}

    @property
    def lines(self) -> dict[str, Line]:
        """Every seat's score with its margin, rank, and whether it won or is ruined."""
        return final_scores(self.state)

    def options(self) -> tuple[Option, ...]:
        """Return every move of the seat to act, each with `None` or why it is refused."""
        return tuple(options(self.state))

    def legal_moves(self) -> tuple[Move, ...]:
        """Return what may be done now; the first is neutral. Empty only when the game is over."""
        if self._legal is None:
            self._legal = legal_moves(self.state)
        return self._legal

    def apply(self, move: Move) -> list[Event]:
        """Make a move and run on to the next decision; `IllegalMove`, and no change, if it is refused.

        The white cell's moves are in no list; they are checked here alone.
        """
        if isinstance(move, WhiteMove):
            if why := white.refusal(self.state, move):
                raise IllegalMove(f"The white cell can't do that: {why}.")
        elif move not in self.legal_moves():
            refusal = refusal_of(self.state, move)
            raise IllegalMove(f"{move}: {refusal}.")
        state = self.state.clone()
        events = step(state, move)
        self.state, self._legal = state, None
        return events

    def view(self, seat: str | None) -> View:
        """Return what that seat may know; `None` for what the whole room may know."""
        return view(self.state, seat)

    def clone(self) -> Game:
        """Return an independent game that stands where this one does; cheap."""
        new = Game.__new__(Game)
        new.state, new.opening, new._legal = self.state.clone(), self.opening, self._legal
        return new

    def to_bytes(self) -> bytes:
        """Return the state and the scenario's hash, canonical and sealed."""
        return codec.to_bytes(self.state)

    @classmethod
    def from_bytes(cls, raw: bytes, scenario: Scenario | None = None) -> Game:
        """Return the game in the bytes. Raises `NotASave` for anything else.

        Without `scenario` it is looked for among those loaded in this process.
        """
        if scenario is None:
            scenario = LOADED.get(codec.scenario_hash(raw))
            if scenario is None:
                raise NotASave("the scenario of this game is not loaded: pass it as well")
        return cls(codec.from_bytes(raw, scenario))

    def __eq__(self, other: object) -> bool:
        return self.state == other.state if isinstance(other, Game) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Game {self.scenario.id} round {self.state.round} {self.state.phase}>"
