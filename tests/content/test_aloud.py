"""What `wargame check` warns of: what is sound and can't be read aloud at a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from tests.content.decks import check, spoil, texts
from tests.content.mistakes import A, B, C, N, S
from wargame.content.aloud import exercise_warnings, warnings
from wargame.content.exercise import exercise_from_text
from wargame.content.load import load_scenario
from wargame.rules.scenario import Scenario
from wargame.words import Words

ODDS = "rules: {odds: [25, 50, 75, 90], rounds: 3,"
ROUNDS = "rules: {rounds: 3,"


def told(files: Mapping[str, str]) -> list[str]:
    scenario = check(files).scenario
    assert scenario is not None
    return [str(one) for one in warnings(scenario, Words(scenario))]


@cache
def quiet() -> Mapping[str, str]:
    """The mini scenario when all of it can be read aloud."""
    files = dict(texts())
    for file, old, new in (
        (A, "each: 5", "each: 10"),
        (A, "each: 4", "each: 10"),
        (B, "each: -6", "each: -10"),
        (C, "each: 4", "each: 10"),
        (S, "each: 5}", "each: 10}"),
        (S, "  rung: 5\n", "  rung: 10\n"),
    ):
        files, _place = spoil(file, old, new, files)
    return files


MISTAKES = [
    (B, "base: 50", "base: ¶45", "a chance of 45 is none of the scenario's `odds`: 25, 50, 75, 90"),
    (S, "skip_base: 50", "skip_base: ¶55", "a chance of 55 is none of the scenario's `odds`: 25, 50, 75, 90"),
    (B, "each: -10", "each: ¶-6", "a chance changes by -6: a table counts in steps of 10"),
    (S, "add: -20", "add: ¶-15", "a chance changes by -15: a table counts in steps of 10"),
    (S, "skip_each: -10", "skip_each: ¶-7", "a chance changes by -7: a table counts in steps of 10"),
    (
        A,
        "title: A second shift",
        "title: ¶A second shift in the mill that never ends",
        "the title of `second-shift` takes 3 lines of 16 columns "
        "(A second shift / in the mill that / never ends): at most 2 fit",
    ),
    (
        N,
        "              - shift: {track: grain, by: 1}",
        "              - shift: {track: grain, by: 1}\n"
        "              - later: {rounds: 1, effects: [{shift: {track: heat, by: 1}}]}\n"
        "              - shift: {good: coin, seat: amber, by: 2}",
        "the face of `flood/open` takes 5 lines of 16 columns "
        "(BI coin −2 / Grain +1 / Next round: / Heat +1 / AM coin +2): at most 4 fit",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_each_thing_that_cannot_be_read_aloud_has_its_warning(
    file: str, old: str, new: str, message: str
) -> None:
    """One more warning than before, at its place."""
    files, _place = spoil(S, ROUNDS, ODDS, quiet())
    before = told(files)

    spoilt, place = spoil(file, old, new, files)

    [warning] = [one for one in told(spoilt) if one.endswith(f": {message}")]
    assert warning.startswith(f"{place}: ") or "¶" not in new
    assert not [one for one in before if one.endswith(f": {message}")]


def test_without_a_list_of_odds_any_chance_may_be_rolled() -> None:
    """The list is what a scenario chooses; steps and their number are counted at any table."""
    assert not [one for one in told(texts()) if "`odds`" in one]
    files, _place = spoil(S, ROUNDS, ODDS)
    assert [one for one in told(files) if "`odds`" in one]


def test_more_than_two_modifiers_are_too_many() -> None:
    """As at the bold promise of the sound files."""
    assert [one for one in told(texts()) if "3 modifiers of one roll: at most 2 can be said aloud" in one]


def test_an_upkeep_of_more_than_five_dice_is_long() -> None:
    """Each trigger's dice count at their most; those that shut each other out are not added up."""
    one = "  - {id: %s, title: T, source: p1, when: {track: grain, %s}, effects: [%s]}\n"
    die = "{roll: {base: 50, failure: [{roll: {base: 50}}]}}"
    low = "".join(one % (f"low-{at}", "at_most: 3", die) for at in range(2))
    high = "".join(one % (f"high-{at}", "at_least: 5", f"{die}, {die}") for at in range(1))

    alone, _place = spoil(S, "triggers:\n", f"triggers:\n{low.replace('T', 'L')}")
    both, _place = spoil(S, "triggers:\n", f"triggers:\n{low}{high}")
    more, _place = spoil(S, "triggers:\n", f"triggers:\n{low}{low.replace('low', 'third')}")

    assert [one for one in told(alone) if "an upkeep may roll 6 dice (low-0, low-1, simmer, blaze)" in one]
    assert [one for one in told(both) if "an upkeep may roll 6 dice (low-0, low-1, simmer, blaze)" in one]
    assert [one for one in told(more) if "an upkeep may roll 10 dice" in one]
    assert not [one for one in told(texts()) if "an upkeep" in one]


def test_many_triggers_that_shut_each_other_out_take_no_time() -> None:
    """However many there are: then they are simply added up."""
    one = "  - {id: t-%d, title: T, source: p1, when: {track: grain, at_least: %d, at_most: %d}, "
    one += "effects: [{roll: {base: 50}}]}\n"
    many = "".join(one % (at, at % 9, at % 9) for at in range(60))
    files, _place = spoil(S, "triggers:\n", f"triggers:\n{many}")

    assert [one for one in told(files) if "an upkeep may roll 62 dice" in one]


# --- an exercise -----------------------------------------------------------------------------------------

PLAN = "schedule: {briefing: 10, talk: 3, orders: 6, answers: 1, hot_wash: 10}\n"
EXERCISE = """\
scenario: mini
title: An afternoon at the ford
minutes: 60
rounds: 4
schedule: {briefing: 10, talk: 3, orders: 6, answers: 1, hot_wash: 10}
seats:
  cedar: {player: greedy}
timers:
  orders: {seconds: 90}
"""


@pytest.mark.parametrize(
    ("old", "new", "warned"),
    [
        ("", "", []),
        (
            "minutes: 60",
            "minutes: 75",
            ["exercise.yaml:3:10: the schedule comes to 60 minutes with 4 rounds, and the exercise says 75"],
        ),
        (
            "seconds: 90",
            "seconds: 240",
            ["exercise.yaml:5:43: 2 people may take 8 minutes for orders, and the schedule has 6"],
        ),
        (
            "  orders: {seconds: 90}",
            "  talk: {seconds: 200}",
            ["exercise.yaml:5:32: 2 people may take 4 minutes for talk, and the schedule has 3"],
        ),
        ("hot_wash: 10", "hot_wash: 8, spare: 2", []),
        (PLAN, "", []),
        (
            PLAN + "seats:\n  cedar: {player: greedy}\ntimers:\n  orders: {seconds: 90}\n",
            "seats:\n  cedar: {player: greedy}\ntimers:\n  orders: {seconds: 600}\n",
            [
                "exercise.yaml:3:10: talk, orders and answers alone may take 80 minutes by their timers,"
                " and the exercise says 60"
            ],
        ),
    ],
    ids=["adds up", "too short", "slow people", "long talk", "spare", "no schedule", "timers alone"],
)
def test_the_minutes_of_an_exercise_add_up(old: str, new: str, warned: list[str], mini: Scenario) -> None:
    """A schedule comes to its minutes, and what people may take fits into it."""
    text = EXERCISE.replace(old, new, 1)
    exercise = exercise_from_text(text, mini).exercise

    assert [str(one) for one in exercise_warnings(exercise, text, "exercise.yaml", mini)] == warned


def test_the_odds_of_injects_are_those_of_the_decks() -> None:
    """A chance that no table of odds words has, and steps that nobody adds in the head, are warned of."""
    odd = "{roll: {base: 55, modifiers: [{label: Heat, track: brink, above: 3, each: 5}]}}"
    text = f"scenario: honeymoon\ntitle: T\ninjects:\n- {{round: 1, title: T, text: T, effects: [{odd}]}}\n"
    scenario = load_scenario("honeymoon")

    found = exercise_warnings(exercise_from_text(text, scenario).exercise, text, "e.yaml", scenario)

    assert [(one.line, one.message.partition(":")[0]) for one in found] == [
        (4, "a chance of 55 is none of the scenario's `odds`"),
        (4, "a chance changes by 5"),
    ]


@pytest.fixture
def mini() -> Scenario:
    scenario = check(texts()).scenario
    assert scenario is not None
    return scenario


def test_the_scenario_that_ships_is_warned_of_in_no_time() -> None:
    """Whatever its state: warnings have places and say what and how much."""
    scenario = load_scenario("honeymoon", hindsight=True)

    assert all(one.line > 1 for one in warnings(scenario, Words(scenario)))
