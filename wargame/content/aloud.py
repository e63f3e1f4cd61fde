"""What a table can't read aloud: odds that are no round numbers, cards too full for their face, long upkeeps.

These are warnings: a scenario with all of them is sound and can be played. `wargame check` prints them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from wargame.content.exercise_check import ONCE, TALK, Exercise
from wargame.content.ground import Path, Piece, walk
from wargame.content.lint import FAR, Wanted, loose_ends, wanted
from wargame.content.load import MAIN, check_texts
from wargame.content.places import Complaint, Document
from wargame.content.reader import cut_short, read
from wargame.content.text import RULEBOOK
from wargame.counting import several
from wargame.rules import spec as s
from wargame.rules.effects.flow import Choose, If, Roll
from wargame.rules.effects.programs import SELF
from wargame.rules.effects.votes import Vote
from wargame.rules.scenario import Scenario

TITLE_LINES, LINES, COLUMNS = 2, 4, 16
"""What a face holds: lines of the title, lines of what the card does, and the columns of each."""
STEP, MODIFIERS = 10, 2
"""Of a chance: what it may be changed by at a time, in per cent, and by how many things."""
UPKEEP_ROLLS = 5
"""What a table sits through in one upkeep."""
TANGLED = 12
"""More triggers than this that shut each other out are not told apart."""


class Printer(Protocol):
    """Who words the faces of cards."""

    def face(self, card: s.Card | s.Action | s.News) -> list[str]: ...
    def face_of(self, effects: Sequence[s.Effect], own: str = "") -> list[str]: ...
    def title_lines(self, card: s.Card | s.Action | s.News) -> list[str]: ...


def warnings(scenario: Scenario, printer: Printer) -> list[Complaint]:
    """Return what of a sound scenario can't be read aloud or meant (`content.lint`), each with its place."""
    documents, found = dict[str, Document](), list[Complaint]()
    for name, text in scenario.texts.items():
        if name == RULEBOOK:
            continue
        document, _none = read(text.encode(), name)
        if document is not None:
            documents[name] = document
            found += cut_short(text, name)
    texts = {name: text.encode() for name, text in scenario.texts.items()}
    parts = check_texts(texts).ground.parts
    pieces = [piece for part in parts for piece in walk(part.file, part.path, part.record)]
    said = list(loose_ends(scenario.spec, pieces))
    for piece in pieces:
        aloud = (*_odds(piece, scenario.spec.rules.odds), *_face(piece, printer))
        said += ((piece, path, message) for path, message in aloud)
    found += (documents[piece.file].complaint((*piece.path, *path), message) for piece, path, message in said)
    rolls, triggers = most_rolls(scenario.spec.triggers)
    if rolls > UPKEEP_ROLLS:
        told = (
            f"an upkeep may roll {rolls} dice ({', '.join(triggers)}): more than {UPKEEP_ROLLS} take too long"
        )
        found.append(documents[MAIN].key_complaint(("triggers",), told))
    return sorted(set(found))


# --- odds ------------------------------------------------------------------------------------------------


def _odds(piece: Piece, odds: tuple[int, ...]) -> Iterator[tuple[Path, str]]:
    record: Any = piece.record
    if isinstance(record, Roll):
        yield from _base(record, "base", odds)
        if len(record.modifiers) > MODIFIERS:
            yield (
                ("modifiers",),
                f"{len(record.modifiers)} modifiers of one roll: at most {MODIFIERS} can be said aloud",
            )
        for at, modifier in enumerate(record.modifiers):
            yield from ((("modifiers", at, *path), said) for path, said in _steps(modifier, "each", "add"))
    elif isinstance(record, s.Ladder):
        yield from _base(record, "skip_base", odds)
        yield from _steps(record, "skip_each")
    elif isinstance(record, s.Detection):
        yield from _base(record, "base", odds)
        yield from _steps(record, "each", "rung")


def _base(record: Any, name: str, odds: tuple[int, ...]) -> Iterator[tuple[Path, str]]:
    base = getattr(record, name)
    if odds and base not in odds:
        yield (name,), f"a chance of {base} is none of the scenario's `odds`: {', '.join(map(str, odds))}"


def _steps(record: Any, *names: str) -> Iterator[tuple[Path, str]]:
    for name in names:
        by = getattr(record, name)
        if by % STEP:
            yield (name,), f"a chance changes by {by}: a table counts in steps of {STEP}"


# --- faces -----------------------------------------------------------------------------------------------


def _face(piece: Piece, printer: Printer) -> Iterator[tuple[Path, str]]:
    """A card, printed action or event card; of an event's question each option has its own lines."""
    record: Any = piece.record
    if not isinstance(record, s.Card | s.Action | s.News):
        return
    title = printer.title_lines(record)
    if len(title) > TITLE_LINES:
        yield ("title",), _too_many(record.id, "title", title, TITLE_LINES)
    if not isinstance(record, s.News):
        yield from _full(record.id, printer.face(record))
        return
    if record.crisis:
        for path, effects, own in _crisis_parts(record.crisis):
            for below, said in _full(f"{record.id}/{path[1]}", printer.face_of(effects, own)):
                yield ("crisis", *path, *below), said
    bare = tuple(replace(e, options=()) if isinstance(e, Choose) else e for e in record.effects)
    yield from _full(record.id, printer.face_of(bare))
    for at, effect in enumerate(record.effects):
        for nth, option in enumerate(effect.options if isinstance(effect, Choose) else ()):
            for path, said in _full(f"{record.id}/{option.id}", printer.face_of(option.effects)):
                yield ("effects", at, "choose", "options", nth, *path), said


def _crisis_parts(crisis: s.Crisis) -> Iterator[tuple[Path, tuple[s.Effect, ...], str]]:
    """Each answer and each end, and whose goods and score need no name in it."""
    for at, option in enumerate(crisis.options):
        yield ("options", at), option.effects, SELF
    for at, outcome in enumerate(crisis.outcomes):
        yield ("outcomes", at), outcome.effects, ""


def _full(name: str, lines: list[str]) -> Iterator[tuple[Path, str]]:
    if len(lines) > LINES:
        yield ("effects",), _too_many(name, "face", lines, LINES)


def _too_many(name: str, what: str, lines: list[str], most: int) -> str:
    size = f"{several(len(lines), 'line')} of {COLUMNS} columns ({' / '.join(lines)})"
    return f"the {what} of `{name}` takes {size}: at most {most} fit"


# --- upkeep ----------------------------------------------------------------------------------------------


def most_rolls(triggers: Sequence[s.Trigger]) -> tuple[int, list[str]]:
    """Return how many dice one upkeep may throw at most, and the triggers that do.

    Triggers that can't both fire, because one asks for what the other rules out, are not counted together.
    """
    rolling = [(one, rolls_in(one.effects), wanted(one.when)) for one in triggers if rolls_in(one.effects)]
    tangled = {
        first.id
        for first, _rolls, wants in rolling
        for other, _none, others in rolling
        if other is not first and not _together(wants, others)
    }
    free = [
        (one.id, rolls) for one, rolls, _wants in rolling if one.id not in tangled or len(tangled) > TANGLED
    ]
    best = (0, list[str]())
    if 0 < len(tangled) <= TANGLED:
        best = _best([one for one in rolling if one[0].id in tangled])
    chosen = {*best[1], *(name for name, _rolls in free)}
    return best[0] + sum(rolls for _name, rolls in free), [one.id for one in triggers if one.id in chosen]


def rolls_in(effects: Sequence[s.Effect]) -> int:
    """Return how many dice these effects throw at most when they happen."""
    count = 0
    for effect in effects:
        if isinstance(effect, Roll):
            count += 1 + max(rolls_in(getattr(effect, way)) for way in effect.ways())
        elif isinstance(effect, If | Vote):
            count += max(rolls_in(effect.then), rolls_in(effect.otherwise))
        elif isinstance(effect, Choose):
            count += max((rolls_in(option.effects) for option in effect.options), default=0)
    return count


def _together(one: Wanted, other: Wanted) -> bool:
    return all(
        max(one[key][0], other[key][0]) <= min(one[key][1], other[key][1])
        for key in one.keys() & other.keys()
    )


def _best(rolling: list[tuple[s.Trigger, int, Wanted]]) -> tuple[int, list[str]]:
    """The most dice of triggers that can all fire, and which they are."""
    if not rolling:
        return 0, []
    (first, rolls, wants), *others = rolling
    count, names = _best([other for other in others if _together(wants, other[2])])
    return max((count + rolls, [first.id, *names]), _best(others), key=lambda found: found[0])


# --- an exercise -----------------------------------------------------------------------------------------


def exercise_warnings(exercise: Exercise, text: str, file: str, scenario: Scenario) -> list[Complaint]:
    """Return what of a sound exercise does not add up or can't be read aloud, each with its place."""
    document, _none = read(text.encode(), file)
    if document is None:
        return []
    rules = scenario.spec.rules
    said = [*_minutes(exercise, exercise.rounds or rules.rounds, _people(exercise, scenario))]
    for at, planned in enumerate(exercise.injects):
        for piece in walk(file, ("injects", at), planned):
            said += [((*piece.path, *path), message) for path, message in _odds(piece, rules.odds)]
    return sorted(document.complaint(path, message) for path, message in said)


def _people(exercise: Exercise, scenario: Scenario) -> int:
    chairs = (exercise.seats.get(seat) for seat in scenario.seat_ids)
    return sum(1 for chair in chairs if chair is None or chair.player == "person")


def _minutes(exercise: Exercise, rounds: int, people: int) -> Iterator[tuple[Path, str]]:
    if not exercise.minutes:
        return
    plan, says = exercise.schedule, f"the exercise says {exercise.minutes}"
    total = sum(minutes * (1 if part in ONCE else rounds) for part, minutes in plan.items())
    if plan and total != exercise.minutes:
        sums = f"the schedule comes to {several(total, 'minute')} with {several(rounds, 'round')}"
        yield ("minutes",), f"{sums}, and {says}"
    turns = {TALK: int(people > 1), "orders": people, "answers": max(people - 1, 0)}
    timed = {one: exercise.timers[one].seconds * turns[one] for one in turns if one in exercise.timers}
    for phase, seconds in timed.items():
        if plan.get(phase, FAR) * 60 < seconds:
            who, long = several(people, "person", "people"), several(-(-seconds // 60), "minute")
            has = f"the schedule has {plan[phase]}"
            yield ("schedule", phase), f"{who} may take {long} for {phase}, and {has}"
    whole = sum(timed.values()) * rounds
    if not plan and whole > exercise.minutes * 60:
        longest = f"{several(-(-whole // 60), 'minute')} by their timers"
        yield ("minutes",), f"talk, orders and answers alone may take {longest}, and {says}"
