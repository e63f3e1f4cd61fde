"""The page of messages in a replay: what each pair of eyes had read where one stands, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.debrief.games import a_game, a_written_game
from tests.tui.boards import LARGE, SMALL
from tests.tui.replays import replaying
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective
from wargame.debrief.story import Story
from wargame.tui.kit.tabs import Pages
from wargame.tui.replay.press import MESSAGES, messages_page
from wargame.words.pages import press as say

ALL = ("Only if the mill", "What is this about?", "Are they allowed", "They are.", "It has been a pleasure.")
KNOWN = {EVERYTHING: ALL, "amber": (ALL[0], ALL[1], ALL[4]), "cedar": ALL[1:], ROOM: ()}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_written_game(tmp_path_factory.mktemp("written")))


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("eyes", list(KNOWN))
async def test_eyes_read_what_they_had_read_then(
    story: Story, eyes: Perspective, size: tuple[int, int]
) -> None:
    """At the end all that they wrote or got, newest first; at the beginning nothing; the room never."""
    async with replaying(story, eyes=eyes, size=size) as (app, screen, pilot):
        tabs = screen.query_one(Pages)
        tabs.turn_to(len(tabs.names) - 1)
        await pilot.pause()
        assert say.MESSAGES.upper() in app.text.splitlines()[3 if size == SMALL else 4]
        assert not [text for text in ALL if text in app.text]
        await pilot.press("end")
        course, place = screen.stand.course, screen.stand.place
        told = [line.plain for line in messages_page(course, place, 60)]
        page = "\n".join(told)
        assert [text for text in ALL if text in page] == list(KNOWN[eyes])
        places = [page.index(text) for text in KNOWN[eyes]]
        assert places == sorted(places, reverse=True)
        assert max(map(len, told)) <= 60
        assert "Will it end well?" in app.text
        assert (say.ROOM_NONE in page) == (eyes is ROOM)


async def test_what_has_just_come_is_marked(story: Story) -> None:
    """Each message is new at one place of the line, the first from which it can be read."""
    async with replaying(story, eyes="cedar") as (_app, screen, _pilot):
        course = screen.stand.course
        pages = [
            "\n".join(line.plain for line in messages_page(course, place, 60)) for place in course.places
        ]

    assert sum(page.count(f" {say.NEW} ") for page in pages) == len(KNOWN["cedar"])
    assert not any(
        f" {say.NEW} " in page and "Are they" not in page and "What is" not in page for page in pages
    )


async def test_a_poll_shows_what_was_ruled_once_it_was(story: Story) -> None:
    """Its median when it is closed, the dice when they have fallen."""
    async with replaying(story, eyes="birch") as (_app, screen, _pilot):
        course = screen.stand.course
        last = "\n".join(line.plain for line in messages_page(course, course.places[-1], 60))

    assert "median 60 %" in last
    assert "20 below the median; the dice showed" in " ".join(last.split())
    assert "20 %" not in last.replace("20 below", "")


async def test_a_game_without_messages_has_no_such_page(tmp_path: Path) -> None:
    """Nine pages, as ever."""
    async with replaying(Story.open(a_game(tmp_path))) as (_app, screen, _pilot):
        assert MESSAGES not in screen.stand.pages
        assert len(screen.query_one(Pages).names) == 9
