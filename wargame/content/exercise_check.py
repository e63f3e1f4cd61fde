"""What the shape of an exercise file cannot say: whether this scenario and this table can do what it asks.

Cards and conditions are handed to the loader's own checks, as if they stood in the decks; so are the cards
that the white cell writes during a game.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from wargame.content import schema
from wargame.content.check import FILES, ID, check_spec
from wargame.content.load import MAIN
from wargame.counting import several
from wargame.rules import spec as s
from wargame.rules.conditions import Condition
from wargame.rules.effects.build import build
from wargame.rules.scenario import Scenario

if TYPE_CHECKING:
    from wargame.content.exercise import Exercise, Planned, Timer

Path = tuple[str | int, ...]
Said = tuple[Path, str]
"""The path of a value in the file's data, and what is wrong with it."""

PLAYERS = ("person", "absent", "random", "greedy", "search")
"""Who may sit in a seat; somebody `absent` lets every turn go by."""

STYLED = ("greedy", "search")
"""Bots that can play by a plan or character of their seat (`greedy/hawk`)."""

MOST_PLAYOUTS = 1_000_000
"""Of a search, as in `search:64`."""

TIMED = ("news", "orders", "answers", "resolution", "upkeep")
"""Phases in which somebody may have to decide."""

LONGEST = 7200
"""Seconds of the longest timer."""

FACT = "fact"
"""The source of what is written for a game and cites no paragraph."""


def card_problems(scenario: Scenario, card: Mapping[str, Any]) -> list[str]:
    """Everything wrong with an event card written on the spot, as sentences; empty if it can be played.

    These are the loader's own checks of an event card, which needs neither id nor source here.
    """
    plain = {"id": "written", "source": FACT, **card}
    found = [(path, message) for path, _at_key, message in schema.problems(s.News, plain, many=False)]
    found = found or list(in_the_decks(scenario, [((), build(s.News, plain))], []))
    return [_sentence(path, message) for path, message in found]


def _sentence(path: Path, message: str) -> str:
    where = " ".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return f"{where}: {message}" if where else message


# --- the exercise as a whole ---------------------------------------------------------------------------


def sense(exercise: Exercise, scenario: Scenario) -> Iterator[Said]:
    """What the file says that this scenario and this table can't do."""
    rules = scenario.spec.rules
    rounds = min(exercise.rounds or rules.rounds, rules.most_rounds)
    if exercise.scenario != scenario.id:
        yield ("scenario",), f"is for `{exercise.scenario:.40}`, and the scenario here is `{scenario.id}`"
    yield from _numbers(exercise, rules.most_rounds)
    for seat, chair in exercise.seats.items():
        yield from unknown(("seats", seat), "seat", seat, scenario.seat_ids)
        yield from _player(("seats", seat, "player"), chair.player, seat, scenario)
    for phase, timer in exercise.timers.items():
        yield from unknown(("timers", phase), "timed phase", phase, TIMED)
        yield from _timer(("timers", phase), timer)
    for at, planned in enumerate(exercise.injects):
        yield from _inject(("injects", at), planned, scenario, rounds)
    for name in ("prompts", "questions"):
        for at, asked in enumerate(getattr(exercise, name)):
            yield from _seats((name, at, "seats"), asked.seats, scenario)
            for nth, round_ in enumerate(asked.rounds):
                if not 1 <= round_ <= rounds:
                    yield (name, at, "rounds", nth), f"must be 1 to {rounds}, not {round_}"
    yield from _question_ids(exercise)


def _numbers(exercise: Exercise, most: int) -> Iterator[Said]:
    if not 0 <= exercise.rounds <= most:
        yield ("rounds",), f"must be 1 to {most}, not {exercise.rounds}"
    if exercise.seed is not None and exercise.seed < 0:
        yield ("seed",), "must be at least 0"
    if not 0 <= exercise.minutes <= 1440:
        yield ("minutes",), f"must be 0 to 1440, not {exercise.minutes}"


def _question_ids(exercise: Exercise) -> Iterator[Said]:
    seen = set[str]()
    for at, question in enumerate(exercise.questions):
        if not ID.fullmatch(question.id):
            message = f"`{question.id:.40}` is no id: small letters, digits, - and _, letter first"
            yield ("questions", at, "id"), message
        if question.id in seen:
            yield ("questions", at, "id"), f"the id `{question.id}` is used already"
        seen.add(question.id)


def _timer(path: Path, timer: Timer) -> Iterator[Said]:
    if not 1 <= timer.seconds <= LONGEST:
        yield (*path, "seconds"), f"must be 1 to {LONGEST}, not {timer.seconds}"
    elif not 0 <= timer.warning < timer.seconds:
        yield (*path, "warning"), f"must be less than the {several(timer.seconds, 'second')}, and not below 0"


def _inject(path: Path, planned: Planned, scenario: Scenario, rounds: int) -> Iterator[Said]:
    written = bool(planned.title or planned.text or planned.effects or planned.places)
    if bool(planned.card) == written:
        yield path, "is a `card` of the decks, or one written here with `title`, `text` and `effects`"
    elif written and not planned.effects:
        yield path, "does nothing: it has no effects"
    elif written and not planned.title:
        yield path, "`title` is missing"
    if planned.card:
        yield from unknown((*path, "card"), "event card", planned.card, scenario.news)
    if not 1 <= planned.round <= rounds:
        yield (*path, "round"), f"must be 1 to {rounds}, not {planned.round}"
    elif planned.held and planned.round == 1:
        yield (*path, "held"), "the first round has begun when the game starts: it can't be held back there"
    yield from _seats((*path, "to"), planned.to, scenario)


def _seats(path: Path, seats: Sequence[str], scenario: Scenario) -> Iterator[Said]:
    for nth, seat in enumerate(seats):
        yield from unknown((*path, nth), "seat", seat, scenario.seat_ids)


def _player(path: Path, player: str, seat: str, scenario: Scenario) -> Iterator[Said]:
    start, _, playouts = player.partition(":")
    kind, _, style = start.partition("/")
    if kind not in PLAYERS or (style and kind not in STYLED) or (playouts and kind != "search"):
        yield path, f"`{player:.40}` is no player; there are {', '.join(PLAYERS)}"
    elif style:
        styles = [plan.id for plan in scenario.seats[seat].plans] if seat in scenario.seats else []
        styles += [one.style for one in scenario.spec.characters if one.seat == seat]
        yield from unknown(path, f"plan or character of {seat}", style, styles)
    elif playouts and not (playouts.isdecimal() and 1 <= int(playouts[:9]) <= MOST_PLAYOUTS):
        yield path, f"a search has 1 to {MOST_PLAYOUTS} playouts"


def unknown(path: Path, kind: str, name: str, known: Iterable[str]) -> Iterator[Said]:
    """A complaint if the name is none of those known."""
    known = list(known)
    if name not in known:
        close = get_close_matches(name, known, n=1)
        hint = f" (did you mean `{close[0]}`?)" if close else ""
        yield path, f"there is no {kind} `{name:.40}`{hint}"


# --- cards and conditions ------------------------------------------------------------------------------


def in_the_decks(
    scenario: Scenario, cards: Sequence[tuple[Path, s.News]], conditions: Sequence[tuple[Path, Condition]]
) -> Iterator[Said]:
    """What the loader would say of these, were they part of the scenario; each has a path of its own."""
    spec, mine = scenario.spec, "what is checked"
    homes: dict[str, tuple[str, Path]] = {"scenario": (MAIN, ())}
    decks: dict[str, Sequence[Any]] = {name: getattr(spec, name) for name in FILES}
    for name, deck in {**decks, **spec.cards}.items():
        homes |= {f"{name}/{at}": (f"{name}.yaml", (at,)) for at in range(len(deck))}
    for at, (path, _card) in enumerate(cards):
        homes[f"news/{len(spec.news) + at}"] = (mine, path)
    seat, first = spec.seats[0].id, len(spec.agendas)
    asking = [
        s.Agenda(f"question-{at}", seat, "", FACT, "", when) for at, (_path, when) in enumerate(conditions)
    ]
    news = (*spec.news, *(card for _path, card in cards))
    whole = replace(spec, news=news, agendas=(*spec.agendas, *asking))
    for problem in check_spec(whole, homes, _known(spec), whole=True):
        if problem.file == mine:
            yield problem.path, problem.message
        elif problem.path[:1] == ("agendas",) and int(problem.path[1]) >= first:
            yield (*conditions[int(problem.path[1]) - first][0], *problem.path[3:]), problem.message


def _known(spec: s.Spec) -> dict[str, list[str] | None]:
    lists: dict[str, Sequence[Any]] = {
        "seat": spec.seats,
        "track": spec.tracks,
        "good": spec.goods,
        "flag": spec.flags,
        "production": spec.production,
        "dial": spec.dials,
        "place": spec.places,
        "deal": spec.deals,
    }
    known: dict[str, list[str] | None] = {kind: [one.id for one in all_] for kind, all_ in lists.items()}
    return known | {"group": list(spec.groups)}
