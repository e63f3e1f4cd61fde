"""What the balance table is made of: many games between bots, of every kind that a row needs, and what is
counted of them.

Each kind of game (a lineup) is played over the same seeds, so that two of them differ by who plays and not by
the luck. Sums don't depend on who played, and games are kept, so that a long run goes on where it was. What
it comes to is `lab.qualities`, and how that is told `lab.balance_report`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from wargame.bots.base import bot_luck
from wargame.bots.handicaps import HABITS
from wargame.bots.players import Players
from wargame.lab.output import Kept
from wargame.lab.simulate import collector_off, decide, game_seed
from wargame.lab.workers import Chunk, Chunks, Workers, run
from wargame.rules.deals import could_deliver
from wargame.rules.events import Audience, DeliveryWatched, DiceRolled, Die, Event, RungGambled
from wargame.rules.luck import draw
from wargame.rules.moves import Answer, Commit, End, Mark, Move, Offer, Stand
from wargame.rules.moves import Counter as CounterOffer
from wargame.rules.options import legal_moves, options
from wargame.rules.phases import run_to_decision, step
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import final_scores
from wargame.rules.setup import new_state
from wargame.rules.state import State

STRONG, STRONGER = "search", "search:256"
"""Bots that search, the second with four times the playouts."""
GREEDY, SILENT, SHORT, REPLAYED, SEARCHING = "greedy", "silent", "short", "replayed", "searching"
"""Kinds of games: greedy bots in every seat; the same when nobody may sign anything; over few rounds; played
on several times from each round's orders; and search bots in every seat. Others are `SEAT=BOT`.
"""
FEW_ROUNDS = 4
"""Rounds of a short exercise."""
REPLAYS = 6
"""Times that a game is played on from each round."""
MARKED = 8
"""Times that what a bot does by a breach is compared with what it had done by keeping faith."""
ARMS = 2
"""The lowest rung of what a ladder is climbed for."""


# --- what is played ------------------------------------------------------------------------------------


class Lineup(NamedTuple):
    """Games of one kind: who plays each seat, how many games, whether anybody may sign anything.

    `rounds` is their length (0: the scenario's); with `replays` each is played on from every round.
    """

    bots: Mapping[str, str]
    games: int
    deals: bool = True
    rounds: int = 0
    replays: int = 0


def lineups(scenario: Scenario, games: int, few: int = 0, *, strong: str = STRONG) -> dict[str, Lineup]:
    """Return what the table is made of, by name.

    A tenth of the `games` are played with a random player in each seat, with each habit and each plan;
    `few` with a `strong` one, as many with that in every seat, and a quarter with one that thinks longer.
    """
    tenth = max(games // 10, min(games, 25))
    plain = dict.fromkeys(scenario.seat_ids, GREEDY)
    found = {GREEDY: Lineup(plain, games), SILENT: Lineup(plain, max(games // 4, 1), deals=False)}
    if scenario.spec.rules.rounds > FEW_ROUNDS:
        found[SHORT] = Lineup(plain, max(games // 4, 1), rounds=FEW_ROUNDS)
    found[REPLAYED] = Lineup(plain, min(max(games // 30, 2), 60), replays=REPLAYS)
    standing = {seat for stand in scenario.stands.values() for seat in stand.seats}
    for seat in scenario.spec.seats:
        own = dict.fromkeys(("random", *HABITS), tenth)
        if seat.id not in standing:
            own = {bot: many for bot, many in own.items() if not bot.endswith("-stand")}
        own |= {strong: few, STRONGER: few // 4}
        own |= {f"greedy/{plan.id}": tenth for plan in seat.plans}
        for bot, many in own.items():
            if many:
                found[f"{seat.id}={bot}"] = Lineup(plain | {seat.id: bot}, many)
    if few:
        found[SEARCHING] = Lineup(dict.fromkeys(scenario.seat_ids, strong), few)
    return found


# --- what is counted -----------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A game: its decisions, how it ended, did who led at half-time win; by seat or track.

    `rolls` are those that the room hears, `contracts` those above the ladder's first rung, `breaches` how
    many of them somebody held back by choice.
    """

    decisions: int
    outcome: str
    led: bool
    rolls: int
    contracts: int
    breaches: int
    first: list[bool]
    won: list[bool]
    ruined: list[bool]
    scores: list[int]
    tracks: list[int]


TALLIES = (
    "held", "used", "often", "signed", "broken", "proved", "bases", "reasons", "turns", "verbs",
)  # fmt: skip
"""Cards by the hands that could play them and did; cards and stands by the games in which they were used;
deals as they were signed, broken, proved; bases of rolls, and their reasons; turns by the moves in them;
kinds of moves by the games that had any.
"""


@dataclass
class Counts:
    """Games by their number in the run, and how often things came; they add up across processes.

    `replays` has scores by round, replay and seat; `gained` what each breach brought who made it, as the
    place of the seat and the mean of points.
    """

    games: dict[int, Seen] = field(default_factory=dict)
    tallies: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in TALLIES})
    replays: dict[int, list[list[list[int]]]] = field(default_factory=dict)
    gained: dict[int, list[tuple[int, float]]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return len(self.games)

    def add(self, other: Counts) -> None:
        self.games.update(other.games)
        self.replays.update(other.replays)
        self.gained.update(other.gained)
        for name, tally in other.tallies.items():
            self.tallies[name].update(tally)

    def column(self, what: str, at: int) -> list[int]:
        """Return a number a game: what came of a seat or track, by its place in the scenario."""
        return [getattr(game, what)[at] for game in self.games.values()]

    def among(self, other: Counts) -> Counts:
        """Return those of these games whose luck the other games have too."""
        return Counts({nth: game for nth, game in self.games.items() if nth in other.games})

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Counts:
        """Return what a kept line holds."""
        return cls(
            {int(nth): Seen(*game) for nth, game in plain["games"].items()},
            {name: Counter(plain["tallies"][name]) for name in TALLIES},
            {int(nth): scores for nth, scores in plain["replays"].items()},
            {int(nth): [(at, by) for at, by in found] for nth, found in plain["gained"].items()},
        )


class Watcher:
    """Looks on at one game and counts what it sees."""

    def __init__(self, scenario: Scenario, counts: Counts, nth: int) -> None:
        self.scenario, self.counts, self.tallies, self.nth = scenario, counts, counts.tallies, nth
        self.turn: tuple[int, str] | None = None
        self.moves = self.rolls = 0
        self.leader = ""
        self.told: Audience = None
        self.verbs: set[str] = set()
        self.used: set[str] = set()
        self.breaches: dict[tuple[str, int], None] = {}
        self.starts: list[State] = []

    def before(self, state: State, move: Move) -> None:
        """Look at a position and the move that will be made in it."""
        if state.round == state.rounds // 2 + 1 and not self.leader:
            self.leader = min(final_scores(state).items(), key=lambda item: item[1].rank)[0]
        self.verbs.add(move.verb)
        if isinstance(move, Mark) and self._by_choice(state, move):
            self._breach(state, move)
        if state.phase != "orders" or state.stack:
            return
        if self.turn is None or state.round != self.turn[0]:
            self.starts.append(state.clone())
        if self.turn != (state.round, move.seat):
            self._turn_over()
            self.turn = (state.round, move.seat)
            self.tallies["held"].update(
                {m.card for m, why in options(state) if isinstance(m, Commit) and why is None}
            )
        self.moves += not isinstance(move, End)
        if isinstance(move, Commit):
            self.tallies["used"][move.card] += 1
            self.used.add(move.card)
        elif isinstance(move, Stand):
            self.used.add(move.stand)

    def after(self, events: Iterable[Event]) -> None:
        """Hear what came of a move."""
        for event in events:
            if isinstance(event, (DiceRolled, RungGambled, DeliveryWatched)):
                self._die(event)

    def _die(self, event: Die) -> None:
        if isinstance(event, DiceRolled) and event.twin:
            self.rolls += {*(self.told or ()), *(event.to or ())} >= set(self.scenario.seat_ids)
            return
        self.told = event.to
        self.rolls += event.to is None
        base, *reasons, _limit = event.terms
        self.tallies["bases"][str(base)] += 1
        self.tallies["reasons"][str(len(reasons))] += 1

    def _turn_over(self) -> None:
        if self.turn is not None:
            self.tallies["turns"][str(self.moves)] += 1
        self.moves = 0

    def _by_choice(self, state: State, move: Mark) -> bool:
        """Say whether a contract is held back that could have been delivered."""
        deal = next(d for d in state.deals if d.template == move.deal and d.status == "running")
        return deal.rung >= ARMS and could_deliver(state, deal, move.seat)

    def _breach(self, state: State, move: Mark) -> None:
        """Count it, and compare what it brings on the whole with keeping faith and leaving all else alone."""
        deal = next(d for d in state.deals if d.template == move.deal and d.status == "running")
        if (deal.template, deal.signed) in self.breaches:
            return
        self.breaches[deal.template, deal.signed] = None
        at, gain = self.scenario.seat_ids.index(move.seat), 0
        for replay in range(MARKED):
            world = other_luck(state, replay)
            gain += played_on(world, move, End(move.seat))[at] - played_on(world, End(move.seat))[at]
        self.counts.gained.setdefault(self.nth, []).append((at, gain / MARKED))

    def finish(self, state: State, decisions: int) -> None:
        """Take down how the game ended."""
        self._turn_over()
        self.tallies["verbs"].update(self.verbs)
        self.tallies["often"].update(self.used)
        lines = final_scores(state)
        arms = [deal for deal in state.deals if deal.rung >= ARMS]
        self.counts.games[self.nth] = Seen(
            decisions,
            state.outcome,
            any(line.rank == 1 and seat == self.leader for seat, line in lines.items()),
            self.rolls,
            len(arms),
            len(self.breaches),
            [line.rank == 1 for line in lines.values()],
            [line.won for line in lines.values()],
            [line.ruined for line in lines.values()],
            [line.score for line in lines.values()],
            [state.tracks[track] for track in self.scenario.tracks],
        )
        for deal in state.deals:
            self.tallies["signed"][deal.template] += 1
            self.tallies["broken"][deal.template] += deal.status in ("broken", "fallen")
            self.tallies["proved"][deal.template] += deal.proved


def other_luck(state: State, nth: int) -> State:
    """Return a copy of a position under the nth other luck."""
    world = state.clone()
    world.luck = draw(nth, 0, 0, "replay") >> 1
    return world


def played_on(start: State, *moves: Move) -> list[int]:
    """Return every seat's score when these moves are made and greedy bots play on from there."""
    state, nth = start.clone(), 0
    for move in moves:
        step(state, move)
    players = Players(dict.fromkeys(state.scenario.seat_ids, GREEDY))
    while state.to_act is not None:
        step(state, decide(state, players, state.seed, nth))
        nth += 1
    return [line.score for line in final_scores(state).values()]


def watch_game(scenario: Scenario, lineup: Lineup, seed: int, nth: int, counts: Counts) -> None:
    """Play the nth game of a run and count it."""
    watcher, own = Watcher(scenario, counts, nth), game_seed(seed, nth)
    state, opening = new_state(scenario, own, lineup.rounds or scenario.spec.rules.rounds)
    run_to_decision(state, opening)
    watcher.after(opening)
    decisions, players = 0, Players(lineup.bots)
    with collector_off():
        while state.to_act is not None:
            moves: Sequence[Move] = legal_moves(state)
            if not lineup.deals:
                moves = [move for move in moves if not signs(move)]
            luck = bot_luck(own, state.luck, state.round, moves[0].seat, decisions)
            move = players.move(state, moves, luck)
            watcher.before(state, move)
            watcher.after(step(state, move))
            decisions += 1
        if lineup.replays:
            counts.replays[nth] = [
                [played_on(other_luck(start, replay)) for replay in range(lineup.replays)]
                for start in watcher.starts
            ]
    watcher.finish(state, decisions)


def signs(move: Move) -> bool:
    """Say whether a move leads to a deal."""
    return isinstance(move, (Offer, CounterOffer)) or (isinstance(move, Answer) and move.reply != "no")


@dataclass
class Table:
    """What was counted of each lineup, how many games had been asked for, and whether Ctrl-C cut it short."""

    scenario: Scenario
    strong: str
    asked: int
    counts: dict[str, Counts]
    interrupted: bool = False

    @property
    def games(self) -> int:
        return sum(counts.n for counts in self.counts.values())


def play(
    scenario: Scenario,
    asked: Mapping[str, Lineup],
    seed: int,
    workers: Workers | None = None,
    progress: Callable[[int], None] | None = None,
    kept: Kept | None = None,
    strong: str = STRONG,
) -> Table:
    """Play all lineups side by side over the same seeds; the sums don't depend on who played.

    What was `kept` is not played again, and what is played is kept. Ctrl-C (KeyboardInterrupt) gives the
    table so far.
    """
    games = {name: lineup.games for name, lineup in asked.items()}
    done = had(kept, asked) if kept is not None else {}
    table = Table(scenario, strong, sum(games.values()), {name: Counts() for name in asked})
    work = partial(_count, asked=dict(asked), seed=seed)
    try:
        for chunk, counts in run(work, Chunks(games, done), scenario, workers, ordered=False):
            done[chunk] = counts
            if kept is not None:
                kept.put({"chunk": chunk, **vars(counts)})
            if progress is not None:
                progress(sum(len(chunk.games) for chunk in done))
    except KeyboardInterrupt:
        table.interrupted = True
    for chunk in sorted(done):
        table.counts[chunk.of].add(done[chunk])
    return table


def had(kept: Kept, asked: Mapping[str, Lineup]) -> dict[Chunk, Counts]:
    """Return the chunks in a file that are wanted; games that are there twice count once."""
    found: dict[Chunk, Counts] = {}
    taken: set[tuple[str, int]] = set()
    for line in kept.had:
        chunk = Chunk(*line["chunk"])
        numbers = {(chunk.of, nth) for nth in chunk.games}
        if chunk.of in asked and chunk.last <= asked[chunk.of].games and not numbers & taken:
            taken |= numbers
            found[chunk] = Counts.of_plain(line)
    return found


def _count(scenario: Scenario, chunk: Chunk, asked: Mapping[str, Lineup], seed: int) -> Counts:
    counts = Counts()
    for nth in chunk.games:
        watch_game(scenario, asked[chunk.of], seed, nth, counts)
    return counts
