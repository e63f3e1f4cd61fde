"""An exercise as records, and whether this scenario and this table can do what it asks.

Cards and conditions are handed to the loader's own checks, as if they stood in the decks; so are the cards
that the white cell writes during a game.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wargame.content import schema
from wargame.content.check import ID, check_parts
from wargame.content.ground import Ground, Part, ids_of, parts_of
from wargame.content.limits import LONG
from wargame.content.load import MAIN
from wargame.counting import several
from wargame.rules import spec as s
from wargame.rules.conditions import Condition, cards_asked_for
from wargame.rules.effects.operators import build
from wargame.rules.predicates import compile_condition
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, Text
from wargame.rules.state import State

Path = tuple[str | int, ...]
Said = tuple[Path, str]
"""The path of a value in the file's data, and what is wrong with it."""

PLAYERS = ("person", "absent", "random", "greedy", "search")
"""Who may sit in a seat; somebody `absent` lets every turn go by."""

STYLED = ("greedy", "search")
"""Bots that can play by a plan or character of their seat (`greedy/hawk`)."""

MOST_PLAYOUTS = 1_000_000
"""Of a search, as in `search:64`."""

TALK = "talk"
"""The time of a round in which the table is open; no phase of the rules."""

TIMED = ("news", TALK, "orders", "answers", "resolution", "upkeep")
"""What a clock can be set for: the talk, and phases in which somebody may have to decide."""

ONCE = ("briefing", "hot_wash", "spare")
EACH_ROUND = TIMED
"""Parts of an evening whose minutes may be planned: once, and in each round."""

MOST_MINUTES = 1440
"""Of an evening, or a part of it."""

PIN = re.compile(r"[0-9A-Za-z]{4,12}")
"""What the facilitator's PIN may be in a file."""

MOST_MESSAGES, MOST_CHARACTERS = 100, 280
"""Of one sender in a round, and of one message."""

LONGEST = 7200
"""Seconds of the longest timer."""

FACT = "fact"
"""The source of what is written for a game and cites no paragraph."""


@dataclass(frozen=True, slots=True)
class Chair:
    """Who plays a seat at the start, and the name on the screen."""

    player: str = "person"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """How many seconds a person has for one decision or turn, and when the warning comes (0: none)."""

    seconds: int
    warning: int = 0


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages each seat may write in a round, and how many characters one may have."""

    each_round: int = 40
    characters: int = MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Planned:
    """An inject set for the news of a round: an event card of the decks, or one written here.

    With a title and a text alone it only tells. `to` are the seats that hear of it (empty: all). One that is
    `held` waits until the facilitator lets it come. `why` is for the facilitator and the record.
    """

    round: int
    card: str = ""
    title: Text = ""
    text: Text = ""
    effects: tuple[Effect, ...] = ()
    places: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    held: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A one-line question for a rationale, with the orders of those `rounds` and `seats` (empty: all)."""

    text: Text
    rounds: tuple[int, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something to predict in per cent, asked in those `rounds` of those `seats` (empty: all).

    Whether it came about is decided at the end of the game by `when`.
    """

    id: str
    text: Text
    when: Condition
    rounds: tuple[int, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """The whole file. What is left out is as the scenario or the table has it.

    `pin` is asked for before the facilitator's console; it is not kept with a game. `minutes` is only said to
    the facilitator, and `schedule` how they are meant to go: for the `briefing` and the `hot_wash` once, with
    some to `spare`; for `talk` and the phases in each round. With `rounds` 0 the scenario's own number is
    played. Without `messages` seats write none to each other. With `observers` a host lets people look on.
    """

    scenario: str
    title: Text
    text: Text = ""
    minutes: int = 0
    schedule: dict[str, int] = field(default_factory=dict)
    rounds: int = 0
    seed: int | None = None
    pin: str = ""
    hindsight: bool = False
    seats: dict[str, Chair] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)
    messages: Messages | None = None
    observers: bool = False
    injects: tuple[Planned, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    questions: tuple[Question, ...] = ()

    def prompts_for(self, seat: str, round_: int) -> tuple[Prompt, ...]:
        """Return what a seat is asked to give a reason for in a round."""
        return tuple(prompt for prompt in self.prompts if _asks(prompt, seat, round_))

    def questions_for(self, seat: str, round_: int) -> tuple[Question, ...]:
        """Return what a seat is asked to predict in a round."""
        return tuple(question for question in self.questions if _asks(question, seat, round_))

    def outcomes(self, end: State) -> dict[str, bool]:
        """Return question → whether it came about, in a game that is over."""
        return {question.id: compile_condition(question.when)(end) for question in self.questions}


RECORDS: tuple[type, ...] = (Chair, Timer, Messages, Planned, Prompt, Question, Exercise)


def _asks(what: Prompt | Question, seat: str, round_: int) -> bool:
    return (not what.rounds or round_ in what.rounds) and (not what.seats or seat in what.seats)


def card_problems(scenario: Scenario, card: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an event card written on the spot, as sentences; none if it can be played.

    These are the loader's own checks of an event card, which needs neither id nor source here, and may have
    no effects: then it only tells.
    """
    plain = {"id": "written", "source": FACT, "effects": [], **card}
    found = [(path, message) for path, _at_key, message in schema.problems(s.News, plain, many=False)]
    found = found or list(in_the_decks(ground_of(scenario), [((), build(s.News, plain))], []))
    return [_sentence(path, message) for path, message in found]


def _sentence(path: Path, message: str) -> str:
    where = " ".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return f"{where}: {message}" if where else message


# --- the exercise as a whole ---------------------------------------------------------------------------


def sense(exercise: Exercise, ground: Ground) -> Iterator[Said]:
    """Yield what the file says that this scenario and this table can't do.

    Of a scenario that is not all there, only what is sure.
    """
    rules = None if "rules" in ground.missing else ground.spec.rules
    most = rules.most_rounds if rules else LONG
    rounds = min(exercise.rounds or (rules.rounds if rules else LONG), most)
    if "id" not in ground.missing and exercise.scenario != (id_ := ground.spec.id):
        yield ("scenario",), f"is for `{exercise.scenario:.40}`, and the scenario here is `{id_}`"
    yield from _numbers(exercise, most)
    for seat, chair in exercise.seats.items():
        yield from unknown(("seats", seat), "seat", seat, ground.known["seat"])
        yield from _player(("seats", seat, "player"), chair.player, seat, ground)
    for part, minutes in exercise.schedule.items():
        yield from unknown(("schedule", part), "part of an evening", part, (*ONCE, *EACH_ROUND))
        if not 0 <= minutes <= MOST_MINUTES:
            yield ("schedule", part), f"must be 0 to {MOST_MINUTES}, not {minutes}"
    for phase, timer in exercise.timers.items():
        yield from unknown(("timers", phase), "timed phase", phase, TIMED)
        yield from _timer(("timers", phase), timer)
    yield from _messages(exercise.messages or Messages())
    for at, planned in enumerate(exercise.injects):
        yield from _inject(("injects", at), planned, ground, rounds if rounds > 0 else most)
    for name in ("prompts", "questions"):
        for at, asked in enumerate(getattr(exercise, name)):
            yield from _seats((name, at, "seats"), asked.seats, ground)
            for nth, round_ in enumerate(asked.rounds):
                if not 1 <= round_ <= (rounds if rounds > 0 else most):
                    yield (name, at, "rounds", nth), f"must be 1 to {rounds}, not {round_}"
    yield from _question_ids(exercise)


def _numbers(exercise: Exercise, most: int) -> Iterator[Said]:
    if not 0 <= exercise.rounds <= most:
        yield ("rounds",), f"must be 1 to {most}, not {exercise.rounds}"
    if exercise.seed is not None and exercise.seed < 0:
        yield ("seed",), "must be at least 0"
    if exercise.pin and not PIN.fullmatch(exercise.pin):
        yield ("pin",), "must be 4 to 12 digits or letters"
    if not 0 <= exercise.minutes <= MOST_MINUTES:
        yield ("minutes",), f"must be 0 to {MOST_MINUTES}, not {exercise.minutes}"


def _question_ids(exercise: Exercise) -> Iterator[Said]:
    seen = set[str]()
    for at, question in enumerate(exercise.questions):
        if not ID.fullmatch(question.id):
            message = f"`{question.id:.40}` is no id: small letters, digits, - and _, letter first"
            yield ("questions", at, "id"), message
        if question.id in seen:
            yield ("questions", at, "id"), f"give one of them another id: `{question.id}` is used already"
        seen.add(question.id)


def _timer(path: Path, timer: Timer) -> Iterator[Said]:
    if not 1 <= timer.seconds <= LONGEST:
        yield (*path, "seconds"), f"must be 1 to {LONGEST}, not {timer.seconds}"
    elif not 0 <= timer.warning < timer.seconds:
        yield (*path, "warning"), f"must be less than the {several(timer.seconds, 'second')}, and not below 0"


def _messages(limits: Messages) -> Iterator[Said]:
    for name, most in (("each_round", MOST_MESSAGES), ("characters", MOST_CHARACTERS)):
        if not 1 <= (given := getattr(limits, name)) <= most:
            yield ("messages", name), f"must be 1 to {most}, not {given}"


def _inject(path: Path, planned: Planned, ground: Ground, rounds: int) -> Iterator[Said]:
    written = bool(planned.title or planned.text or planned.effects or planned.places)
    if bool(planned.card) == written:
        yield path, "is a `card` of the decks, or one written here with `title` and `text`"
    elif written:
        for name in ("title", "text"):
            if not getattr(planned, name):
                yield (*path, name), f"`{name}` is missing"
    if planned.card:
        yield from unknown((*path, "card"), "event card", planned.card, ground.known["news"])
    if not 1 <= planned.round <= rounds:
        yield (*path, "round"), f"must be 1 to {rounds}, not {planned.round}"
    elif planned.held and planned.round == 1:
        yield (*path, "held"), "the first round has begun when the game starts: it can't be held back there"
    yield from _seats((*path, "to"), planned.to, ground)


def _seats(path: Path, seats: Sequence[str], ground: Ground) -> Iterator[Said]:
    for nth, seat in enumerate(seats):
        yield from unknown((*path, nth), "seat", seat, ground.known["seat"])


def _player(path: Path, player: str, seat: str, ground: Ground) -> Iterator[Said]:
    start, _, playouts = player.partition(":")
    kind, _, style = start.partition("/")
    if kind not in PLAYERS or (style and kind not in STYLED) or (playouts and kind != "search"):
        meant = schema.did_you_mean(kind, PLAYERS) if kind not in PLAYERS else ""
        yield path, f"`{player:.40}` is no player; there are {', '.join(PLAYERS)}{meant}"
    elif style and not ground.missing & {"seats", "characters"}:
        styles = [plan.id for one in ground.spec.seats if one.id == seat for plan in one.plans]
        styles += [one.style for one in ground.spec.characters if one.seat == seat]
        yield from unknown(path, f"plan or character of {seat}", style, styles)
    elif playouts and not (playouts.isdecimal() and 1 <= int(playouts[:9]) <= MOST_PLAYOUTS):
        yield path, f"a search has 1 to {MOST_PLAYOUTS} playouts"


def unknown(path: Path, kind: str, name: str, known: Iterable[str] | None) -> Iterator[Said]:
    """Yield a complaint if the name is none of those known; `None`: they can't be told."""
    names = [name] if known is None else list(known)
    if name not in names:
        yield path, schema.unknown_name(kind, name, names)


# --- cards and conditions ------------------------------------------------------------------------------


def ground_of(scenario: Scenario) -> Ground:
    """Return a scenario that can be played, to check against."""
    parts = parts_of(scenario.spec, MAIN)
    return Ground(parts, ids_of(parts))


def in_the_decks(
    ground: Ground, cards: Sequence[tuple[Path, s.News]], conditions: Sequence[tuple[Path, Condition]]
) -> Iterator[Said]:
    """Yield what the loader would say of these, were they part of the scenario; each has a path of its own.

    The path of a condition ends with its key, `when`.
    """
    mine, seat = "what is checked", next(iter(ground.known["seat"] or ()), "")
    noted = cards_asked_for([part.record for part in ground.parts])
    for path, record in (*cards, *conditions):
        for card in sorted(cards_asked_for(record) - noted):
            yield path, f"the decks ask nowhere if `{card:.40}` was played, so no game keeps note of it"
    news = (Part("news", mine, path, card) for path, card in cards)
    asking = (
        Part("agendas", mine, path[:-1], s.Agenda(f"question-{at}", seat, "", FACT, "", when))
        for at, (path, when) in enumerate(conditions)
    )
    whole = ground._replace(parts=(*ground.parts, *news, *asking))
    for problem in check_parts(whole):
        if problem.file == mine:
            yield problem.path, problem.message
