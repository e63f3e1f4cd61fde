"""What the facilitator writes down: a talk away from the table, notes, tags, marks and bookmarks."""

from __future__ import annotations

from collections.abc import Callable

from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import Field, Form, Values
from wargame.words.pages import acts as say
from wargame.words.pages import facilitate


def talk(parts: Parts) -> Form:
    """Who spoke, what was agreed, and what each side heard."""

    def in_it(seat: str) -> Callable[[Values], bool]:
        return lambda values: seat in values["between"]

    def act(values: Values) -> None:
        heard = {seat: values[f"heard-{seat}"] for seat in values["between"] if values[f"heard-{seat}"]}
        parts.cell.talk(values["between"], values["agreed"], heard)

    heard = (
        Field(f"heard-{seat}", say.heard(spec.short), help=say.HEARD_HELP, shown=in_it(seat))
        for seat, spec in parts.table.scenario.seats.items()
    )
    fields = (
        Field("between", say.BETWEEN, "seats", say.BETWEEN_HELP, parts.seats),
        Field("agreed", say.AGREED, help=say.AGREED_HELP),
        *heard,
    )
    return Form(say.TALK_TITLE, fields, act, say.RECORD_IT, done=lambda _v: say.TALK_RECORDED)


def note(parts: Parts) -> Form:
    """A note, a tag, a mark or a bookmark on a move."""
    cell = parts.cell

    def act(values: Values) -> None:
        move = int(values["move"])
        if not (values["text"] or values["tag"] or values["mark"] or values["bookmark"]):
            raise ValueError(say.NOTE_NEEDED)
        if values["text"]:
            cell.note(values["text"], move, private=values["private"] == "yes")
        if values["tag"]:
            cell.tag(values["tag"], move)
        if values["bookmark"]:
            cell.bookmark(values["bookmark"], move)
        if values["mark"]:
            cell.important(move, on=values["mark"] == "on")

    fields = (
        Field("move", say.MOVE, "choice", options=parts.moves),
        Field("text", say.NOTE),
        Field("private", say.FOR_YOU, "choice", options=say.PRIVACY),
        Field("tag", say.TAG),
        Field("mark", say.IMPORTANT, "choice", options=say.MARKS),
        Field("bookmark", say.BOOKMARK),
    )
    return Form(say.NOTE_TITLE, fields, act, facilitate.KEEP_IT, done=lambda v: say.journal_kept(v["move"]))
