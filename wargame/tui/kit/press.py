"""Messages and polls as lines: for a seat's own page, the console of the white cell, and a replay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from textual.app import App
from textual.content import Content

from wargame.debrief.phrasing import text_of
from wargame.debrief.press import spread_said
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario
from wargame.table.press import Message, Poll, spread_of, whole
from wargame.table.seen import SeenTable
from wargame.tui.kit.paint import CHANGE, DIM, HEAD, join, put, seat_badge, wrapped
from wargame.words.pages import press as say

READABLE = 96
"""The most columns of a text."""
INDENT = 3


# --- what a seat has read ------------------------------------------------------------------------------


def read_at(app: App[Any]) -> dict[str, set[Message]]:
    """Return what each seat has read at this screen."""
    if not hasattr(app, "messages_read"):
        setattr(app, "messages_read", {})  # noqa: B010  (an app around one screen declares no such thing)
    read: dict[str, set[Message]] = app.messages_read  # type: ignore[attr-defined]
    return read


def unread(app: App[Any], table: SeenTable, seat: str) -> tuple[Message, ...]:
    """Return what others wrote to a seat that it has not read at this screen."""
    read = read_at(app).get(seat, set())
    return tuple(one for one in table.messages(seat) if one.by != seat and one not in read)


def has_messages(table: SeenTable, seat: str) -> bool:
    """Return whether a seat may read and write messages, or was polled. "" is no seat."""
    return bool(seat) and (table.press is not None or bool(table.polls(seat)))


def is_polled(table: SeenTable, seat: str) -> bool:
    """Return whether a poll waits for a seat's answer."""
    poll = table.poll_open(seat)
    return poll is not None and seat not in poll.estimates


def something_waits(app: App[Any], table: SeenTable, seat: str) -> bool:
    """Return whether there is something that a seat has not read or answered at this screen."""
    return is_polled(table, seat) or bool(unread(app, table, seat))


def new_said(app: App[Any], table: SeenTable, seat: str) -> str:
    """Say what waits for a seat behind the key of messages."""
    return say.new(len(unread(app, table, seat)), polled=is_polled(table, seat))


# --- as lines ------------------------------------------------------------------------------------------


def sender(scenario: Scenario, one: str) -> Content:
    """A seat by its badge, or the white cell."""
    return put(say.WHITE_CELL, "bold") if one == WHITE else seat_badge(scenario, one)


def addressees(scenario: Scenario, by: str, to: Collection[str]) -> Content:
    """Whom a message is for: badges, or one word where it is every other seat."""
    every = {seat for seat in scenario.seat_ids if seat != by}
    if len(every) > 1 and every <= set(to):
        more = [put(", "), sender(scenario, WHITE)] if WHITE in to else []
        return join((put(say.ALL), *more))
    badges = [sender(scenario, one) for one in to]
    return join(
        part for nth, badge in enumerate(badges) for part in ((put(", "), badge) if nth else (badge,))
    )


def message_lines(
    scenario: Scenario, message: Message, width: int, *, new: bool = False, waits: bool = False
) -> list[Content]:
    """A message: its round, from whom, to whom, whether it is new or waits for an answer; below its words."""
    marks = [*([say.NEW] if new else []), *([say.WAITS] if waits else [])]
    mark = put(f" {say.AND.join(marks)} ", f"reverse {CHANGE}") if marks else put("")
    head = join(
        (
            put(f"{say.round_short(message.round)} ", DIM),
            sender(scenario, message.by),
            put(" → ", DIM),
            addressees(scenario, message.by, message.to),
            put(" "),
            mark,
        )
    )
    room = min(width, READABLE)
    words = wrapped(put(message.text), room - INDENT)
    return [*wrapped(head, room, indent=INDENT), *(join((put(" " * INDENT), line)) for line in words)]


def poll_lines(scenario: Scenario, poll: Poll, width: int) -> list[Content]:
    """A poll: what is asked, the estimates that may be read, and what it came to."""
    room = min(width, READABLE)
    lines = wrapped(join((put(say.asked(poll.round), CHANGE), put(poll.text, "bold"))), room, indent=INDENT)
    if poll.estimates:
        given = [
            join((seat_badge(scenario, seat), put(f" {say.per_cent(percent)}  ")))
            for seat, percent in poll.estimates.items()
        ]
        lines += wrapped(join((put(" " * INDENT), *given)).rstrip(), room, indent=INDENT)
    result = put(text_of(spread_said(poll)) if poll.closed else say.OPEN, "" if poll.closed else DIM)
    return [*lines, *wrapped(join((put(" " * INDENT), result)), room, indent=INDENT)]


def in_order(messages: Iterable[Message], polls: Iterable[Poll]) -> list[Message | Poll]:
    """Messages and polls together as they came, the newest last."""
    both: list[Message | Poll] = [*messages, *polls]
    return sorted(both, key=lambda one: one.time)


def written_lines(
    scenario: Scenario,
    written: Iterable[Message | Poll],
    width: int,
    new: Collection[Message] = (),
    waiting: Collection[Message] = (),
) -> list[Content]:
    """Messages and polls one below the other, those marked that are `new` or `waiting` for an answer."""
    return [
        line
        for one in written
        for line in (
            message_lines(scenario, one, width, new=one in new, waits=one in waiting)
            if isinstance(one, Message)
            else poll_lines(scenario, one, width)
        )
    ]


def console_lines(
    table: SeenTable, width: int, new: Collection[Message] = (), waiting: Collection[Message] = ()
) -> list[Content]:
    """All of it, for the white cell: the open poll and who is waited for, then the rest, newest first.

    Messages that are `new` or `waiting` for an answer are marked.
    """
    scenario, lines = table.scenario, list[Content]()
    if poll := table.poll_open(WHITE):
        lines += [put(say.THE_POLL, HEAD), *poll_lines(scenario, poll, width)]
        if so_far := spread_of(poll.estimates.values()):
            stands = text_of(spread_said(poll._replace(spread=whole(so_far))))
            lines += wrapped(put(f"{' ' * INDENT}{say.SO_FAR}: {stands}"), width, indent=INDENT)
        if waited := [seat for seat in table.people() if seat not in poll.estimates]:
            badges = (part for seat in waited for part in (put(" "), seat_badge(scenario, seat)))
            lines += wrapped(
                join((put(f"{' ' * INDENT}{say.WAITED_FOR}:", DIM), *badges)), width, indent=INDENT
            )
        lines.append(Content(""))
    done = [one for one in table.polls(WHITE) if one != poll]
    both = reversed(in_order(table.messages(WHITE), done))
    told = written_lines(scenario, both, width, new, waiting)
    return [*lines, *(told or [put(say.NONE_YET, DIM)])]
