"""When a round plays, in words."""

from __future__ import annotations

from datetime import date, timedelta

from wargame.rules.calendar import days_of
from wargame.rules.spec import Calendar

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DASH = "–"


def label(calendar: Calendar, round_: int) -> str:
    """Return when a round plays: 'Oct–Dec 2023', '3 Nov 2023', '1482'; "" if the calendar does not tell."""
    days = days_of(calendar, round_)
    if days is None:
        return ""
    first, last = days
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _months(first, last)
    if first == last:
        return f"{_day(first)} {first.year}"
    if first.year != last.year:
        return f"{_day(first)} {first.year}{DASH}{_day(last)} {last.year}"
    if first.month != last.month:
        return f"{_day(first)}{DASH}{_day(last)} {last.year}"
    return f"{first.day}{DASH}{_day(last)} {last.year}"


def during(calendar: Calendar, round_: int) -> str:
    """Return the same behind its preposition: 'in Oct–Dec 2023', 'on 3 Nov 2023'."""
    days = days_of(calendar, round_)
    one = days is not None and days[0] == days[1]
    return f"{'on' if one else 'in'} {label(calendar, round_)}"


def _months(first: date, last: date) -> str:
    """Whole months: a year's are told by the year alone."""
    if first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}{DASH}{last.year}"
    if first.year != last.year:
        return f"{MONTHS[first.month - 1]} {first.year}{DASH}{MONTHS[last.month - 1]} {last.year}"
    if first.month == last.month:
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{MONTHS[first.month - 1]}{DASH}{MONTHS[last.month - 1]} {first.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
