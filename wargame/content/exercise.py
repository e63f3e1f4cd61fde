"""An exercise prepared in one YAML file: who sits where, how long, what comes when, and what is asked.

Strict like the decks, and checked like them: every problem has its line, injects are checked as event cards
are, and questions are decided by conditions in the decks' own language. `docs/facilitating.md` has the keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from wargame.content import schema
from wargame.content.exercise_check import (
    EACH_ROUND,
    FACT,
    ONCE,
    RECORDS,
    Exercise,
    Planned,
    ground_of,
    in_the_decks,
    sense,
)
from wargame.content.ground import OPERATOR_NAMES, Ground
from wargame.content.load import (
    EXERCISE,
    HINDSIGHT,
    MAIN,
    NOTHING,
    Checked,
    check_folder,
    names_scenario,
    scenario_folder,
    scenario_names,
)
from wargame.content.places import Complaint, Document
from wargame.content.reader import read
from wargame.content.schema import salvage
from wargame.content.text import has_text, one_text
from wargame.counting import several
from wargame.errors import ContentError
from wargame.rules import spec as s
from wargame.rules import white
from wargame.rules.effects.operators import build
from wargame.rules.game import Game
from wargame.rules.moves import Improvise, Inject
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Text


class Prepared(NamedTuple):
    """An exercise that can be run: what it says, and its file's own text."""

    exercise: Exercise
    text: str


class CheckedExercise(NamedTuple):
    """The outcome of reading an exercise: `prepared`, unless there are `complaints`."""

    prepared: Prepared | None
    complaints: list[Complaint]


# --- the way in ----------------------------------------------------------------------------------------


def find_exercise(name: str | Path) -> Path:
    """Return the exercise file meant: as given, or the one beside a scenario (see `scenario_folder`)."""
    given = Path(name)
    return given if has_text(given) and not names_scenario(given) else scenario_folder(name) / EXERCISE


def open_exercise(name: str | Path) -> tuple[Scenario, Prepared]:
    """Return an exercise by its file, or by the scenario it lies beside, and that scenario.

    `ContentError`, with every problem of both and its place, if it can't be run.
    """
    scenario, checked = check_file(find_exercise(name))
    if scenario is None or checked.prepared is None:
        raise ContentError(checked.complaints)
    return scenario, checked.prepared


def exercise_from_text(text: str, scenario: Scenario) -> Prepared:
    """Return the exercise that a saved game carries. `ContentError` if this version can't run it."""
    checked = check_exercise(text.encode(), EXERCISE, scenario)
    if checked.prepared is None:
        raise ContentError(checked.complaints)
    return checked.prepared


def check_file(path: Path) -> tuple[Scenario | None, CheckedExercise]:
    """Check an exercise file and its scenario: the one it lies beside, else the one it names.

    The complaints are those about both; neither hides the other's.
    """
    raw, complaint = one_text(path)
    document, complaints = read(raw, path.name) if complaint is None else (None, [complaint])
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    named, beside = data.get("scenario"), has_text(path.parent / MAIN)
    scenario = Checked(None, [], NOTHING)
    if beside or named in scenario_names():
        without = () if data.get("hindsight") is True else (HINDSIGHT,)
        scenario = check_folder(path.parent if beside else scenario_folder(str(named)), without)
    elif document is not None:
        known = scenario_names()
        meant = schema.did_you_mean(str(named), known) or schema.known_names(known)
        message = f"there is no scenario beside this file, and none of that name{meant}"
        complaints.append(document.complaint(("scenario",), message))
    if document is None:
        return scenario.scenario, CheckedExercise(None, sorted({*scenario.complaints, *complaints}))
    found = _checked(raw, document, complaints, scenario.ground, scenario.scenario)
    complaints = sorted({*scenario.complaints, *found.complaints})
    return scenario.scenario, CheckedExercise(None if complaints else found.prepared, complaints)


def check_exercise(raw: bytes, file: str, scenario: Scenario) -> CheckedExercise:
    """Return everything wrong with the bytes of an exercise file for that scenario, or the exercise."""
    document, complaints = read(raw, file)
    if document is None:
        return CheckedExercise(None, complaints)
    return _checked(raw, document, complaints, ground_of(scenario), scenario)


def _checked(
    raw: bytes, document: Document, complaints: list[Complaint], ground: Ground, scenario: Scenario | None
) -> CheckedExercise:
    """The same for a file that could be read, against what there is of its scenario."""
    taken = {(complaint.line, complaint.column) for complaint in complaints}
    exercise, problems = _problems(document.data, ground, scenario)
    found = [
        (document.key_complaint if at_key else document.complaint)(path, message)
        for path, at_key, message in problems
    ]
    found = [*complaints, *(one for one in found if (one.line, one.column) not in taken)]
    if found:
        return CheckedExercise(None, sorted(set(found)))
    return CheckedExercise(Prepared(exercise, raw.decode("utf-8-sig")), [])


def exercise_summary(exercise: Exercise) -> str:
    """Return what is in an exercise, for `wargame check`."""
    people = sum(chair.player == "person" for chair in exercise.seats.values())
    coming = ", ".join(f"round {one.round} {one.card or one_line(one.title)}" for one in exercise.injects)
    timers = ", ".join(f"{phase} {timer.seconds} s" for phase, timer in exercise.timers.items())
    rounds = several(exercise.rounds, "round") if exercise.rounds else "the scenario's rounds"
    length = f", {several(exercise.minutes, 'minute')}" if exercise.minutes else ""
    lines = [
        f"{one_line(exercise.title)}: sound, for {exercise.scenario}",
        f"  game      {rounds}{length}, {'any seed' if exercise.seed is None else f'seed {exercise.seed}'}",
        f"  seats     {len(exercise.seats)} named, {people} for people",
        *_minutes(exercise),
        f"  timers    {timers or 'none'}",
        *_messages(exercise),
        *(["  observers may look on, with the room's eyes"] if exercise.observers else []),
        f"  injects   {coming or 'none'}",
        f"  asked     prompts {len(exercise.prompts)}; questions {len(exercise.questions)}",
    ]
    return "\n".join(lines)


def _minutes(exercise: Exercise) -> list[str]:
    """How the schedule comes to its minutes: what there is once, then a round, part by part."""
    plan, rounds = exercise.schedule, exercise.rounds
    each, once = ([(part, plan[part]) for part in parts if part in plan] for parts in (EACH_ROUND, ONCE))
    if not plan:
        return []
    a_round = sum(minutes for _part, minutes in each)
    said = {part: f"{part.replace('_', '-')} {minutes}" for part, minutes in (*each, *once)}
    whole = sum(minutes for _part, minutes in once) + rounds * a_round
    times = several(rounds, "round") if rounds else "each round"
    total = [f"together {whole}"] if rounds or not each else []
    parts = [*(said[part] for part, _minutes in once), *([f"{times} of {a_round}"] if each else []), *total]
    a_round_of = ", ".join(said[part] for part, _minutes in each)
    return [f"  minutes   {', '.join(parts)}", *([f"            a round: {a_round_of}"] if each else [])]


def _messages(exercise: Exercise) -> list[str]:
    """What seats may write to each other, if anything."""
    if (limits := exercise.messages) is None:
        return []
    of, most = several(limits.characters, "character"), several(limits.each_round, "message")
    return [f"  messages  {most} of {of} a seat and round"]


def one_line(text: Text) -> str:
    """Return a text on one line, in English if it has several languages."""
    said = text if isinstance(text, str) else next(iter([text["en"]] if "en" in text else text.values()), "")
    return " ".join(said.split())


# --- injects -------------------------------------------------------------------------------------------


def planned_move(planned: Planned) -> Inject | Improvise:
    """Return the white cell's move that sets an inject."""
    if planned.card:
        return Inject(planned.card, planned.round, planned.to)
    return Improvise(white.card_text(card_fields(planned)), planned.round, planned.to)


def card_fields(planned: Planned) -> dict[str, Any]:
    """Return the fields of the event card that an inject writes, as plain data."""
    card = {key: plain(getattr(planned, key)) for key in ("title", "text", "effects")} | {"source": FACT}
    return card | ({"places": list(planned.places)} if planned.places else {})


def inject_text(inject: Mapping[str, Any]) -> str:
    """Return an inject as lines for the list `injects` of an exercise file; what is empty is left out."""
    said = {key: value for key, value in inject.items() if value not in ("", [])}
    text = yaml.safe_dump([said], sort_keys=False, allow_unicode=True, default_flow_style=None, width=70)
    return indent(text, "  ")


def plain(value: Any) -> Any:
    """Return a record of the decks as the plain data it was built from, defaults left out."""
    if is_dataclass(value) and not isinstance(value, type):
        said = {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in fields(value) if _said(value, f)}
        operator = OPERATOR_NAMES.get(type(value))
        return {operator: said} if operator else said
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return {key: plain(part) for key, part in value.items()} if isinstance(value, dict) else value


def _said(value: Any, f: Any) -> bool:
    return f.default is MISSING or getattr(value, f.name) != f.default


# --- what may be wrong ---------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def adapter_of_exercises() -> TypeAdapter[Any]:
    """Return what checks the shape of an exercise."""
    made = {f"{cls.__name__}Model": schema.record_model(cls) for cls in RECORDS}
    for model in made.values():
        model.model_rebuild(_types_namespace=schema.models() | made)
    return TypeAdapter(made["ExerciseModel"])


def _problems(data: Any, ground: Ground, scenario: Scenario | None) -> tuple[Exercise, list[schema.Problem]]:
    """What of an exercise is well-shaped, and all that is wrong with it.

    That is its shape; the sense of what is well-shaped; and what of that the rules would refuse at the start.
    """
    found: list[schema.Problem] = []
    data = _switched(data)
    try:
        adapter_of_exercises().validate_python(data)
    except ValidationError as error:
        found = schema.explained(Exercise, error)
    kept = salvage(Exercise, adapter_of_exercises(), data)
    exercise: Exercise = build(Exercise, {"scenario": "", "title": ""} | kept.data)
    injects: list[tuple[tuple[str | int, ...], Planned]] = [
        (("injects", at), one) for at, one in enumerate(exercise.injects)
    ]
    cards = [(path, _as_news(nth, one)) for nth, (path, one) in enumerate(injects) if not one.card]
    asked = [(("questions", at, "when"), one.when) for at, one in enumerate(exercise.questions)]
    meant = [*sense(exercise, ground), *in_the_decks(ground, cards, asked)]
    if scenario is not None:
        spoilt = {path[:2] for path in kept.wrong}
        wrong = {path[:2] for path, _said in meant}
        wrong |= {path for path, _one in injects if kept.at(path) in spoilt}
        meant += _refused(exercise, scenario, wrong)
    found += [(kept.at(path), False, said) for path, said in meant if not kept.doubts(kept.at(path))]
    return exercise, found


def _switched(data: Any) -> Any:
    """The data with `messages` spelt out: true stands for all as it is usual, false for none."""
    if isinstance(data, dict) and isinstance(on := data.get("messages"), bool):
        return data | {"messages": {} if on else None}
    return data


def _as_news(at: int, planned: Planned) -> s.News:
    return s.News(
        id=f"inject-{at}",
        title=planned.title,
        source=FACT,
        text=planned.text,
        effects=planned.effects,
        places=planned.places,
    )


def _refused(
    exercise: Exercise, scenario: Scenario, wrong: Collection[tuple[str | int, ...]]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What the rules would refuse of the injects when the game starts, but for those that are `wrong`."""
    most = scenario.spec.rules.most_rounds
    game = Game.new(scenario, 0, exercise.rounds if 0 < exercise.rounds <= most else None)
    for at, planned in enumerate(exercise.injects):
        if ("injects", at) not in wrong and (why := white.refusal(game.state, planned_move(planned))):
            yield ("injects", at), why
