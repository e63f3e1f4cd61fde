"""What the white cell says to seats, as forms: a message, an answer to what one has asked, a poll."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wargame.rules.moves import WHITE
from wargame.table.press import LONGEST_QUESTION, spread_of
from wargame.table.requests import Request, close, open_requests
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import Field, Form, Values
from wargame.tui.kit.paint import CHANGE, DIM, join, put, seat_badge
from wargame.tui.kit.press import poll_lines
from wargame.words.pages import facilitate as say

READABLE = 60
"""Columns of what a form quotes."""


def message(parts: Parts) -> Form:
    """A message of the white cell to one seat, several or all."""
    return _message(parts, say.MESSAGE_TITLE)


def answer(parts: Parts, request: Request) -> Form:
    """The answer to what a seat has asked, which is quoted; with it the request is done with."""

    def about(_values: Values) -> Sequence[Content]:
        badge = seat_badge(parts.table.scenario, request.seat)
        head = put(say.asked_in(request.round, request.who), DIM)
        return [join((badge, " ", head)), put(request.text or say.CALLS, CHANGE), Content("")]

    def problems(_values: Values) -> Sequence[str]:
        return [] if request in open_requests(parts.table) else [say.ANSWERED_ALREADY]

    form = _message(parts, say.ANSWER_TITLE, request)
    form.about, form.problems = about, problems
    form.take({"to": (request.seat,)})
    return form


def _message(parts: Parts, title: str, request: Request | None = None) -> Form:
    def act(values: Values) -> None:
        parts.cell.send(values["to"], values["text"])
        if request is not None:
            close(parts.table, request, parts.cell.name)

    to = Field("to", say.TO_WHOM, "seats", say.TO_WHOM_HELP, parts.seats, nothing=say.NOBODY)
    text = Field("text", say.TEXT, help=say.TEXT_HELP)
    fields = (to, text) if request is None else (text, to)
    return Form(title, fields, act, say.SEND, done=lambda _values: say.SENT)


def poll(parts: Parts) -> Form:
    """A question to every seat for odds in per cent; while one is open, its end."""
    opened = parts.table.poll_open(WHITE)
    if opened is None:
        question = Field("text", say.QUESTION, help=say.question_help(LONGEST_QUESTION))

        def ask(values: Values) -> None:
            parts.cell.poll(values["text"])

        return Form(say.POLL_TITLE, (question,), ask, say.ASK, done=lambda _values: say.POLL_ASKED)

    def told(_values: Values) -> Sequence[Content]:
        return poll_lines(parts.table.scenario, opened, READABLE)

    def close_it(_values: Values) -> None:
        parts.cell.close_poll()

    answered = spread_of(opened.estimates.values()) is not None
    done = say.POLL_CLOSED if answered else say.POLL_UNANSWERED
    return Form(say.CLOSE_POLL_TITLE, (), close_it, say.CLOSE_IT, told, done=lambda _values: done)
