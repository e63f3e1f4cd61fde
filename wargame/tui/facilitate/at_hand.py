"""What the white cell has at hand without opening anything: who is in, the next inject, what was written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from textual.content import Content

from wargame.rules.moves import WHITE
from wargame.rules.pieces import PendingInject
from wargame.table import Facilitator, Table
from wargame.table.engine import ABSENT, PERSON
from wargame.table.press import Message
from wargame.table.requests import Request
from wargame.tui.kit.hosted import HostedRoom, Person, Presence
from wargame.tui.kit.paint import BAD, CHANGE, DIM, HEAD, fit, join, put, seat_badge, wrapped
from wargame.tui.kit.press import console_lines
from wargame.words import Words
from wargame.words.pages import facilitate as say

PEN, WAITED_FOR, ASKS = "✎", "▸", "?"


def in_the_room(table: Table, room: HostedRoom | None) -> list[Presence]:
    """Who is in. At a table of one keyboard nobody is, but each seat may be waited for."""
    if room is not None:
        return list(room.present())
    asked = "" if table.open_for_talk else table.seat_to_play
    talks = table.people() if table.open_for_talk else ()
    return [Presence(seat, (), None, seat == asked or seat in talks) for seat in table.scenario.seat_ids]


def room_lines(table: Table, room: HostedRoom | None, asking: Sequence[Request], width: int) -> list[Content]:
    """A line a seat: whether it is waited for, who plays it from where, whether it asks; then the others."""
    badges = max(len(spec.symbol + spec.short) for spec in table.scenario.seats.values())
    ask, seats, others = {one.seat for one in asking}, list[Content](), list[Content]()
    for one in in_the_room(table, room):
        if one.login not in table.players:
            if one.people:
                others.append(join((put(f"{say.login(one.login)} ", DIM), put(_people(one)))))
            continue
        mark = put(WAITED_FOR if one.waited_for else " ", CHANGE)
        badge = fit(seat_badge(table.scenario, one.login), badges)
        asks = put(f" {ASKS} {say.ASKS}", CHANGE) if one.login in ask else put("")
        waited = put(f"  {say.WAITED_FOR}", CHANGE) if one.waited_for else put("")
        said = join((mark, badge, " ", _seat(table, one, room is not None), asks))
        room_left = width - said.cell_length
        seats.append(fit(join((said, waited)) if waited.cell_length <= room_left else said, width))
    return [*seats, *wrapped(put(say.AND_DOT).join(others), width, indent=1)] if others else seats


def _seat(table: Table, one: Presence, hosted: bool) -> Content:
    """Who plays a seat: a person, there or away, a bot, or nobody."""
    player = table.players[one.login]
    if player.kind != PERSON:
        said = put(say.TURNS_GO_BY if player.kind == ABSENT else say.bot(player.kind), DIM)
        return join((said, put(f" {_people(one)}"))) if one.people else said
    if not hosted:
        return put(player.name)
    who = put(_people(one)) if one.people else put(say.AWAY, BAD)
    words = Words(table.scenario)
    if player.name in (words.seat(one.login), words.capital(one.login)):
        return who
    return join((put(say.team(player.name), DIM), who))


def _people(one: Presence) -> str:
    """The names of those who are in, with a sign for the pen, and at how many screens."""
    named = [f"{_pen(one, person)}{_name(person)}" for person in one.people if _name(person)]
    screens = len(one.people)
    if named and screens == 1:
        return named[0]
    unnamed = next((_pen(one, person) for person in one.people if not _name(person)), "")
    return say.AND_COMMA.join([*named, *([f"{unnamed}{say.screens(screens)}"] if screens else [])])


def _name(person: Person) -> str:
    return say.at_the_console(person.who) if person.at_console else person.who


def _pen(one: Presence, person: Person) -> str:
    return PEN if one.pen is person else ""


def room_line(table: Table, room: HostedRoom | None, asking: Sequence[Request], width: int) -> Content:
    """The same on one line: badges with a sign each for who writes, is away, is waited for or asks."""
    ask, parts = {one.seat for one in asking}, list[Content | str]()
    for one in in_the_room(table, room):
        if one.login in table.players:
            mark = put(WAITED_FOR if one.waited_for else "", CHANGE)
            player, count = table.players[one.login], len(one.people)
            bot = player.kind != PERSON
            state = put(say.BOT if bot else str(count) if count else say.AWAY, DIM if bot or count else BAD)
            told = [mark, seat_badge(table.scenario, one.login)]
            told += [put(" "), state] if room is not None or bot else []
            parts += [*told, put(ASKS, CHANGE) if one.login in ask else "", "  "]
        elif one.people:
            parts += [put(f"{say.login(one.login)} {len(one.people)}  ", DIM)]
    return fit(join(parts), width)


def next_inject(cell: Facilitator) -> PendingInject | None:
    """The inject that comes next: the first that is not held back, else that is. None where none is set."""
    return min(cell.scheduled, key=lambda inject: (inject.held, inject.round, inject.nth), default=None)


def inject_text(table: Table, inject: PendingInject, width: int) -> list[Content]:
    """A whole inject: when and to whom it comes, its title and text, what it does, and where."""
    words, card = Words(table.scenario), table.scenario.event_card(inject.card)
    to = say.for_alone(map(words.seat, inject.to)) if inject.to else say.FOR_ALL
    when = say.HELD_BACK if inject.held else say.round_short(inject.round)
    lines = wrapped(join((put(f"{when} ", "bold $warning"), put(to, DIM))), width)
    lines += wrapped(put(words.news(inject.card), HEAD), width)
    if card is None:
        return lines
    lines += wrapped(put(words.said(card.text)), width)
    for sentence in words.news_text(inject.card):
        lines += wrapped(join((put("· ", DIM), put(sentence, CHANGE))), width, indent=2)
    return lines


def next_lines(table: Table, cell: Facilitator, width: int) -> list[Content]:
    """The next inject as a whole, then what else is set, by title."""
    first = next_inject(cell)
    if first is None:
        return [put(say.NO_INJECTS, DIM)]
    return [*inject_text(table, first, width), *_then(table, cell, first, width)]


def _then(table: Table, cell: Facilitator, first: PendingInject, width: int) -> Iterator[Content]:
    words = Words(table.scenario)
    for inject in cell.scheduled:
        if inject is not first:
            when = fit(put(say.HELD_BACK if inject.held else say.round_short(inject.round), DIM), 5)
            yield from wrapped(join((when, put(words.news(inject.card)))), width, 5)


def message_lines(
    table: Table, asking: Sequence[Request], new: Collection[Message], width: int
) -> list[Content]:
    """Who calls, then what was written, the newest first; what waits for an answer is marked."""
    scenario, lines = table.scenario, list[Content]()
    for one in asking:
        if one.calls:
            who = f" {one.who}" if one.who else ""
            said = join((seat_badge(scenario, one.seat), put(f"{who} {say.CALLS}", CHANGE)))
            lines += wrapped(join((put(f"{ASKS} ", CHANGE), said)), width, indent=2)
    waiting = {(one.seat, one.text) for one in asking}
    open_ = [one for one in table.messages(WHITE) if (one.by, one.text) in waiting]
    return [*lines, *console_lines(table, width, new, open_)]
