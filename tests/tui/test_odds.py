"""What is painted of a chance is what `preview` says, part by part, before a seat decides."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from textual.content import Content

from tests.rules.boards import more
from tests.tui.boards import MILL, a_table, honeymoon, mill, until
from wargame import load_scenario
from wargame.lab.fuzz import pick
from wargame.rules.effects.tracks import SetTrack, Shift
from wargame.rules.luck import draw
from wargame.rules.moves import Choose, Commit, Discard
from wargame.rules.preview import preview
from wargame.rules.scenario import Scenario
from wargame.rules.state import Promises
from wargame.table.table import Table
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import about_card, fixed_card, story_lines
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.told import does, told_card

WIDTH = 200
"""So wide that no label is cut."""

FAVOUR = Commit("rok", "a-favour-at-diaoyutai", "")

Painted = list[tuple[int, list[tuple[int, str]]]]
"""Chances, each with the parts that are not 0: per cent and label."""


def read(lines: Iterable[Content]) -> Painted:
    """The chances and their parts in what is painted."""
    found: Painted = []
    for line in lines:
        plain = line.plain.strip("│├┤╭╮╰╯─ ")
        if head := re.match(r"[▰▱]+ (\d+) % +fixed", plain):
            found.append((int(head[1]), []))
        elif found and (part := re.match(r"([+−]?\d+) [▰▱·]{10} (.+)", plain)):
            found[-1][1].append((int(part[1].replace("−", "-")), part[2].strip()))
    return found


def promised(lens: Lens, odds: Promises) -> Painted:
    """The same as `preview` says it."""
    found: Painted = []
    for one in odds:
        (start, base), *rest = lens.words.roll_terms(one.path, one.terms)
        parts = [(int(base), start), *((int(value), label) for label, value in rest if value)]
        assert sum(value for value, _label in parts) == one.chance
        found.append((one.chance, parts))
    return found


def random_positions(scenario: Scenario, seed: int, moves: int) -> Iterator[Table]:
    """A table of people who move at random, before each move."""
    table = a_table(scenario, seed=seed)
    for nth in range(moves):
        if table.over:
            return
        yield table
        table.play(pick(table.game.legal_moves(), draw(seed, 0, 0, "painted", "", nth)))


@pytest.mark.parametrize(("scenario", "games"), [(mill, 6), (honeymoon, 10)])
def test_what_is_painted_before_a_decision_is_what_preview_says(
    scenario: Callable[[], Scenario], games: int
) -> None:
    """In random games: each card that could be laid, each card given up, each answer to a question."""
    cards = answers = 0
    for seed in range(games):
        for table in random_positions(scenario(), seed, 120):
            seat = str(table.seat_to_play)
            lens = Lens(table, seat)
            for move in table.game.legal_moves():
                if isinstance(move, Choose):
                    shown = ChoiceScreen(table, seat).about(f"answer:{move.option}", WIDTH)
                elif isinstance(move, (Commit, Discard)):
                    shown = about_card(lens, move, WIDTH)
                else:
                    continue
                odds = preview(table.view(seat), move).odds
                assert read(shown) == promised(lens, odds), move
                cards, answers = cards + bool(odds), answers + bool(odds and isinstance(move, Choose))

    assert cards > 20
    assert answers or scenario is mill


@pytest.mark.parametrize(("stands", "mark", "score"), [(7, "✗ not now", "−2"), (8, "✓ now", "+4")])
def test_what_a_card_asks_is_marked_as_its_own_earlier_effects_leave_it(
    stands: int, mark: str, score: str
) -> None:
    """A favour lets the three fall by a step before it asks for 7: the mark and the score say the same."""
    table = until(a_table(honeymoon()), 1, seat="rok")
    table.game.state.tracks["trilateral"] = stands
    shown = [line.plain.rstrip() for line in told_card(Lens(table, "rok"), FAVOUR, 60)]

    assert any(line.endswith(f"Trilateral ▼1   {stands}→{stands - 1}") for line in shown)
    assert [line for line in shown if line.endswith(f"Trilateral at least 7:  {mark}")]
    assert [line for line in shown if line.split("  ")[0] == "Your score" and line.endswith(score)]


def test_a_card_that_lies_face_down_keeps_its_odds_on_the_screen() -> None:
    """What was painted before it was laid stays there, whatever moves in the meantime."""
    laid = 0
    for table in random_positions(honeymoon(), 5, 150):
        for seat, orders in table.game.state.orders.items():
            lens = Lens(table, seat)
            for commit in orders.commits:
                card = lens.scenario.cards[commit.card]
                shown = fixed_card(lens, card, commit.target, commit.odds, WIDTH)
                assert read(shown) == promised(lens, commit.odds)
                laid += bool(commit.odds)

    assert laid


@pytest.mark.parametrize(
    ("each", "chance", "limit"), [(4, 95, (-15, "at most 95")), (-9, 5, (25, "at least 5"))]
)
def test_a_limit_is_painted_as_a_part(tmp_path: Path, each: int, chance: int, limit: tuple[int, str]) -> None:
    """Where a chance would go over 95 or under 5 the line says so, and the parts still add up."""
    deck = shutil.copytree(MILL, tmp_path / "mill") / "amber.yaml"
    modifier = "{label: Trust, track: trust, each: %d}"
    said = deck.read_text(encoding="utf-8")
    assert modifier % 4 in said
    deck.write_text(said.replace(modifier % 4, modifier % each), encoding="utf-8")
    table = until(a_table(load_scenario(deck.parent)), 1, seat="amber")
    state = table.game.state
    state.tracks = {**state.tracks, "nerve": 10, "trust": 10}
    state.flags = {**state.flags, "market": 1}
    shown = about_card(Lens(table, "amber"), Commit("amber", "bold-promise"), WIDTH)

    parts = [(30, "to start with"), (30, "Nerve"), (10 * each, "Trust"), (10, "Market day"), limit]
    assert read(shown) == [(chance, parts)]


def test_the_effects_of_a_roll_stand_beside_its_chance() -> None:
    """'60 %' and 'Else' before what follows, not 'works' of something that nobody may want."""
    table, move, [odds, *_more] = next(
        (table, move, seen)
        for table in random_positions(honeymoon(), 5, 150)
        for move in table.game.legal_moves()
        if isinstance(move, Commit) and (seen := preview(table.view(move.seat), move).odds)
    )
    text = "\n".join(line.plain for line in about_card(Lens(table, move.seat), move, WIDTH))

    assert f"│ {odds.chance} %" in text
    assert "│ Else" in text


def test_a_card_for_once_says_so_in_plain_words() -> None:
    """Not 'Once' in the column of 'At once', which is when a card does what it does."""
    lens, card = Lens(a_table(more()), "amber"), more().cards["open-purse"]
    told = " ".join(line.plain for line in story_lines(lens, card, "", 60))

    assert "Once a game: it never comes back from the discards" in told


@pytest.mark.parametrize("effect", [Shift(-1, track="nerve"), SetTrack("nerve", 4)], ids=["by", "to"])
def test_a_track_that_moves_for_sure_says_from_where_to_where(effect: Shift | SetTrack) -> None:
    """By so many steps, or to a number."""
    (line,) = does(Lens(a_table(), "amber"), (effect,), 60, ())

    assert line.plain.endswith("5→4")
