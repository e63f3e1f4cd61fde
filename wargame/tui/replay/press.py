"""The page of a replay on which messages and polls stand as the eyes knew them, the newest first."""

from __future__ import annotations

from textual.content import Content

from wargame.debrief.perspective import ROOM
from wargame.debrief.phrasing import text_of
from wargame.debrief.press import messages_by, moves_by, poll_pages, polls, was_written
from wargame.debrief.story import Story
from wargame.table.press import Message
from wargame.tui.kit.paint import DIM, put, wrapped
from wargame.tui.kit.press import INDENT, READABLE, in_order, message_lines, poll_lines
from wargame.tui.replay.eyes import EyesCourse
from wargame.words.pages import press as say

MESSAGES = "messages"
"""The page that there is of a game in which somebody might write."""


def more_pages(story: Story) -> tuple[str, ...]:
    """The pages that only some games have."""
    return (MESSAGES,) if was_written(story) else ()


def messages_page(course: EyesCourse, place: int, width: int) -> list[Content]:
    """What was known of messages and polls where one stands; what has just come is marked."""
    story, scenario, room = course.story, course.story.scenario, min(width, READABLE)
    moves = moves_by(course, place)
    nth = course.nth(place)
    before = messages_by(course, course.places[nth - 1]) if nth else ()
    new = {one.message for one in messages_by(course, place)[len(before) :]}
    ruled = {page.number: page.ruled for page in poll_pages(story, course.perspective, moves)}
    lines = wrapped(put(say.ROOM_NONE, DIM), room) if course.perspective is ROOM else []
    written = in_order(
        (one.message for one in messages_by(course, place)), polls(story, course.perspective, moves)
    )
    for one in reversed(written):
        if isinstance(one, Message):
            lines += message_lines(scenario, one, width, new=one in new)
            continue
        lines += poll_lines(scenario, one, width)
        if said := text_of(ruled[one.number]):
            lines += wrapped(put(" " * INDENT + said), room, INDENT)
    return lines or wrapped(put(say.NONE_YET, DIM), room)
