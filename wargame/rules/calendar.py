"""When rounds play: the days of each, by the scenario's calendar. Words for them are made in `words`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from wargame.rules.spec import Calendar

DAY = re.compile(r"(\d{1,4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
"""A year, a month or a day."""


def day_of(text: str) -> date | None:
    """Return the first day of a year, month or day (`2023`, `2023-10`, `2023-10-01`); None if it is none."""
    found = DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def last_day_of(text: str) -> date | None:
    """Return the last day of a year, month or day; None if it is none."""
    first, parts = day_of(text), text.count("-")
    if first is None or parts == 2:
        return first
    return _after(first, *((0, 1) if parts else (1, 0)), 0)


def days_of(calendar: Calendar, round_: int) -> tuple[date, date] | None:
    """Return the first and last day of a round; None if the calendar has labels alone, or ends before it."""
    start = day_of(calendar.start)
    if start is None:
        return None
    each = (calendar.years, calendar.months, calendar.days)
    before, after = ([many * one for one in each] for many in (round_ - 1, round_))
    try:
        begins = _after(start, *before) + timedelta(days=1)
        return begins, _after(start, *after)
    except (OverflowError, ValueError):
        return None


def round_of(calendar: Calendar, day: date) -> int | None:
    """Return the round in which a day lies, 0 for all before the first; None if that can't be told."""
    round_ = 1
    while days := days_of(calendar, round_):
        if day < days[0]:
            return 0
        if day <= days[1]:
            return round_
        round_ += 1
    return None


def _after(start: date, years: int, months: int, days: int) -> date:
    """The day before the one that is so much later than `start`."""
    at = start.month - 1 + months
    first = date(start.year + years + at // 12, at % 12 + 1, start.day)
    return first + timedelta(days=days - 1)
