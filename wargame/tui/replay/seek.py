"""Where to go in a replay: by round, phase, seat, card, mark, number of a move, or any words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from wargame.tui.kit.banner import PHASES
from wargame.tui.replay.eyes import EyesCourse
from wargame.words.pages import replay as say

ROUND = re.compile(r"r(?:ound)?\s*(\d{1,2})", re.IGNORECASE)
NUMBER = re.compile(r"m?(?:ove\s*)?(\d+)", re.IGNORECASE)
EVERY_PHASE = ("briefing", *PHASES, "debrief")


def seek(course: EyesCourse, said: str, at: int, marks: Collection[int]) -> int | None:
    """The place that is meant by what somebody typed, seen from the place `at`; None if there is none.

    `R3` a round, `74` a move (where moves have numbers), a seat by its letters or name, a phase, `mark`;
    anything else is looked for in what was done and what happened. Seats, phases, marks and words go on to
    the next such place after `at`, from the end on to the beginning.
    """
    said = said.strip()
    if not said:
        return None
    if match := ROUND.fullmatch(said):
        return round_start(course, int(match[1]))
    if (match := NUMBER.fullmatch(said)) and course.everything:
        number = int(match[1])
        return next((place for place, moment in enumerate(course.line) if moment.id == number), None)
    return next(_after(course, at, _test(course, said.casefold(), marks)), None)


def find(course: EyesCourse, said: str, at: int, by: int = 1) -> int | None:
    """The next place (with `by` −1 the one before) at which these words were said."""
    said = said.strip().casefold()
    return next(_after(course, at, lambda place: said in course.text(place), by), None) if said else None


def _test(course: EyesCourse, said: str, marks: Collection[int]) -> Callable[[int], bool]:
    if said in say.MARK_WORDS:
        return lambda place: place in marks
    if said in EVERY_PHASE:
        return lambda place: _phase_begins(course, place, said)
    seat = seat_named(course, said)
    if seat:
        return lambda place: course.mover(place) == seat
    return lambda place: said in course.text(place)


def _phase_begins(course: EyesCourse, place: int, phase: str) -> bool:
    line = course.line
    return line[place].state.phase == phase and (not place or line[place - 1].state.phase != phase)


def seat_named(course: EyesCourse, said: str) -> str:
    """The seat that is called so, by its id, letters, name or capital; "" if none is."""
    words = course.lens(0).words
    for seat, spec in course.story.scenario.seats.items():
        names = (seat, spec.short, spec.symbol, words.seat(seat), words.capital(seat))
        if said.casefold() in (name.casefold() for name in names):
            return seat
    return ""


def round_start(course: EyesCourse, round_: int) -> int | None:
    """The first place of a round."""
    return next((place for place in course.places if course.line[place].state.round == round_), None)


def turn_of(course: EyesCourse, at: int, by: int, *, rounds: bool) -> int:
    """The place where the next round (or phase) begins; backwards where this one or the one before did."""
    begins = course.rounds if rounds else course.phases
    starts = [course.places[nth] for _name, nth in begins]
    if by > 0:
        return next((place for place in starts if place > at), course.places[-1])
    return max((place for place in starts if place < at), default=0)


def _after(course: EyesCourse, at: int, test: Callable[[int], bool], by: int = 1) -> Iterator[int]:
    """The places that pass, the next one first, once round."""
    places = course.places
    later = [place for place in places if place > at]
    sooner = [place for place in places if place < at]
    order = [*later, *sooner] if by > 0 else [*reversed(sooner), *reversed(later)]
    return (place for place in order if test(place))
