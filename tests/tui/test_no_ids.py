"""No id is read anywhere: whole games through every face in which sentences stand.

Ids are those of the scenario that are no plain word, the seats', and those of cards written on the spot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.debrief.games import a_led_honeymoon, a_ruined_honeymoon
from tests.tui.boards import LARGE, Around, honeymoon
from tests.words.boards import ids_of
from wargame.debrief.export import rows
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.table import Table
from wargame.tui.facilitate.sight import journal_lines
from wargame.tui.home.final import PAGES, FinalScreen
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.news import log_lines, news_lines
from wargame.tui.kit.world import world_lines
from wargame.tui.replay.charts import about_curves, curves
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.pages import about_deal, about_move, deal_items, history_lines
from wargame.tui.watch.resolution import ResolutionScreen

WIDE = (200, 60)
ON_THE_SPOT = re.compile(r"white.[0-9a-f]{12}|\b[0-9a-f]{12}\b")
SEATS = frozenset({"rok", "dprk", "japan", "russia", "china"})
"""`us` is an English word as well, but nothing says "us" of a seat that does not say "rok" of another."""


def ids_in(text: str) -> list[str]:
    ids = ids_of(honeymoon()) | SEATS
    words = {word.strip("-") for word in re.findall(r"[\w-]+", text)}
    return [*sorted(words & ids), *ON_THE_SPOT.findall(text), *re.findall(r"\w+_\w+", text)]


@pytest.fixture(scope="module", params=[a_led_honeymoon, a_ruined_honeymoon], ids=["led", "ruined"])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param()
    return found


@pytest.fixture(scope="module")
def story(path: Path) -> Story:
    return Story.open(path)


def test_the_report_has_names(story: Story) -> None:
    """The whole one and each seat's, but for where the file comes from."""
    every: tuple[Perspective, ...] = (EVERYTHING, *story.scenario.seat_ids)
    for viewer in every:
        text = re.sub(r"\\(.)", r"\1", report(story, "md", viewer)).partition("## Source")[0]
        assert ids_in(text) == []


def test_the_sentences_of_the_export_have_names(story: Story) -> None:
    """What was done, said, thought and what followed."""
    tables = rows(story)
    said = [str(row[column]) for row in tables["move"] for column in ("deed", "said", "rationale")]
    said += [one for row in tables["move"] for one in json.loads(str(row["happened"]))]

    assert any(" points from " in one for one in said)
    assert ids_in("\n".join(said)) == []


@pytest.mark.parametrize("eyes", [EVERYTHING, ROOM, "dprk", "us"])
def test_the_replay_has_names(story: Story, eyes: Perspective) -> None:
    """Every move with what came of it and was known, every curve with its steps, every deal, the papers."""
    course = EyesCourse(story, eyes)
    end = course.places[-1]
    lines = [line.plain for place in course.places for line in about_move(course, place, (), 200)]
    for curve in curves(course):
        lines += [line.plain for line in about_curves(course, (curve,), end, 200, 400)]
    for item, entry in zip(deal_items(course, end, 200), course.deals[end], strict=True):
        lines += [item.line.plain, *(line.plain for line in about_deal(course, end, entry, 200))]
    lines += [line.plain for line in history_lines(course, end, story.scenario.spec.history, 200)]

    assert ids_in("\n".join(lines)) == []


def test_the_log_and_the_papers_have_names(path: Path) -> None:
    """For the room and for each seat; and the facilitator's journal."""
    table = Table.resume(path, write=False)
    lines = [line.plain for line in journal_lines(table, 200, 1000)]
    for viewer in (None, *table.scenario.seat_ids):
        lens = Lens(table, viewer)
        painted = (*log_lines(lens, 200, 10_000), *news_lines(lens, 200), *world_lines(lens, 200))
        lines += [line.plain for line in painted]
        lines += [line for seen in lens.memory.seen if (line := lens.words.headline(seen.event))]

    assert ids_in("\n".join(lines)) == []


async def test_the_reveal_has_names(path: Path) -> None:
    """The first round step by step as the room watches it, injects and all."""
    table = Table.resume(path, write=False)
    first = [beat for beat in table.beats if beat.round == 1]
    app, shown = Around(screen := ResolutionScreen(table, first)), []
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("w")
        while not app.left:
            shown.append(app.text)
            await pilot.press("enter")

    assert len(shown) > min(len(screen.steps), 10)
    assert ids_in("\n".join(shown)) == []


async def test_the_end_has_names(path: Path) -> None:
    """All its pages, with each seat lit."""
    app = Around(screen := FinalScreen(Table.resume(path, write=False)))
    async with app.run_test(size=WIDE) as pilot:
        shown = [app.text]
        for page in PAGES:
            screen.open_page(page)
            for number in "123456":
                await pilot.press(number)
                await pilot.pause()
                shown.append(app.text)
                shown.append(str(screen.query_one("#page", Static).render()))

    assert ids_in("\n".join(shown)) == []


def test_ids_are_found() -> None:
    """What is looked for would be seen."""

    def bad() -> Iterator[str]:
        yield from ("Brink ▲1: white 93dd001c768b (white cell)", "seoul_beijing +4.0", "dprk ends its turn")

    assert all(ids_in(text) for text in bad())
    assert ids_in("North Korea ends its turn: Brink ▲1 6→7, for a reason kept secret.") == []
