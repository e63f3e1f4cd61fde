"""When rounds play: by a length of days, months or years, or by labels of the scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.boards import mini
from wargame.rules.calendar import days_of, last_day_of, round_of
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Calendar
from wargame.words import Words

QUARTERS = Calendar("a quarter of a year", start="2023-10", months=3)


@pytest.mark.parametrize(
    ("calendar", "first", "third"),
    [
        (QUARTERS, "Oct–Dec 2023", "Apr–Jun 2024"),
        (Calendar("a year", start="1482", years=1), "1482", "1484"),
        (Calendar("a decade", start="1480", years=10), "1480–1489", "1500–1509"),
        (Calendar("half a year", start="2023-10", months=6), "Oct 2023–Mar 2024", "Oct 2024–Mar 2025"),
        (Calendar("a month", start="2019-06", months=1), "Jun 2019", "Aug 2019"),
        (Calendar("a day", start="2019-06-30", days=1), "30 Jun 2019", "2 Jul 2019"),
        (Calendar("a week", start="2019-06-24", days=7), "24–30 Jun 2019", "8–14 Jul 2019"),
        (Calendar("a week", start="2019-06-26", days=7), "26 Jun–2 Jul 2019", "10–16 Jul 2019"),
        (Calendar("a moon", labels=("new moon", "half moon", "full moon")), "new moon", "full moon"),
    ],
)
def test_a_round_is_called_by_when_it_plays(calendar: Calendar, first: str, third: str) -> None:
    words = Words(Scenario(replace(mini().spec, calendar=calendar)))

    assert words.date(1) == first
    assert words.date(3) == third


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        (QUARTERS, "in Jan–Mar 2024"),
        (Calendar("a day", start="2019-06-30", days=1), "on 1 Jul 2019"),
        (Calendar("a moon", labels=("new moon", "half moon")), "in round 2 (half moon)"),
    ],
)
def test_it_stands_in_a_sentence_with_its_preposition(calendar: Calendar, said: str) -> None:
    assert Words(Scenario(replace(mini().spec, calendar=calendar))).during(2) == said


def test_a_day_falls_in_a_round_or_before_the_first() -> None:
    """The last day of what is dated counts: a year falls where it ends."""
    end = last_day_of("2023")

    assert days_of(QUARTERS, 2) == (date(2024, 1, 1), date(2024, 3, 31))
    assert end == date(2023, 12, 31)
    assert round_of(QUARTERS, end) == 1
    assert round_of(QUARTERS, date(2024, 7, 1)) == 4
    assert round_of(QUARTERS, date(2023, 9, 30)) == 0
    assert round_of(Calendar("a moon", labels=("new", "full")), date(2023, 9, 30)) is None
