"""Acts on the course of the game: pause, turns and seats, time, bots alone, and the way back."""

from __future__ import annotations

from wargame.content.exercise_check import LONGEST, TIMED
from wargame.table import Limit
from wargame.table.journal import until_said
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import REASON, Field, Form, Option, Values, of
from wargame.tui.facilitate.sight import bots_alone, left_behind
from wargame.tui.kit.paint import DIM, put, signed
from wargame.words.pages import acts as say


def pause(parts: Parts) -> Form:
    """The game stands still, or goes on."""
    table, cell = parts.table, parts.cell
    on = not table.paused

    def act(values: Values) -> None:
        if on:
            cell.pause(values[REASON])
        else:
            cell.go_on(values[REASON])
            table.timers.pause()  # as long as the console is open

    title, verb, done = say.PAUSING if on else say.GOING_ON
    return Form(title, (parts.reason(),), act, verb, done=lambda _v: done)


def skip(parts: Parts) -> Form:
    """The seat to act does nothing more."""
    seat = parts.table.game.to_act
    who = parts.words.seat(seat) if seat else say.NOBODY
    return Form(
        say.skip_title(who), (parts.reason(),), lambda values: parts.cell.skip(values[REASON]), say.SKIP,
        lambda _v: [say.skip_told(who)],
    )  # fmt: skip


def bots(parts: Parts) -> Form:
    """Nobody sits at the table until a round."""
    table, people = parts.table, parts.table.people()
    fields = (
        Field("until", say.UNTIL, "choice", options=parts.until()),
        Field("bot", say.BOT, "choice", say.STANDS_IN, say.BOTS, shown=lambda _v: bool(people)),
        parts.reason(),
    )
    return Form(
        say.BOTS_TITLE, fields, lambda v: parts.cell.play_until(int(v["until"]), v[REASON], v["bot"]),
        say.LET_THEM, asks=lambda v: bots_alone(table, int(v["until"])),
        done=lambda v: say.bots_play(until_said(int(v["until"]))),
    )  # fmt: skip


def seats(parts: Parts) -> Form:
    """Who plays a seat: a bot, its person again, somebody who is late, or nobody."""
    table, cell = parts.table, parts.cell

    def last(values: Values) -> bool:
        """Return whether nobody would be left at the table."""
        return values["what"] in ("bot", "leaves") and set(table.people()) <= {values["seat"]}

    def act(values: Values) -> None:
        seat, why, name = values["seat"], values[REASON], values["name"]
        until = int(values["until"]) if last(values) else 0
        match values["what"]:
            case "bot":
                cell.hand_to_bot(seat, why, values["bot"], until)
            case "back":
                cell.hand_back(seat, why, name)
            case "all":
                cell.give_back(why)
            case "late":
                cell.arrives(seat, name, why)
            case _:
                cell.leaves(seat, why, values["then"], until)

    def plays(values: Values) -> str:
        player = table.players[values["seat"]]
        return say.played_by(parts.words.seat(values["seat"]), player.name, player.kind)

    several = len(cell.stood_in()) > 1
    whats = [one for one in say.CHAIRS.items() if one[0] != "all" or several]
    then = (("absent", say.TURNS_GO_BY), *say.BOTS.items())
    fields = (
        Field("what", say.WHAT, "choice", options=whats),
        Field("seat", say.SEAT, "choice", options=parts.seats, shown=lambda v: v["what"] != "all"),
        Field("bot", say.BOT, "choice", options=say.BOTS, shown=of("what", "bot")),
        Field("then", say.FROM_THEN_ON, "choice", options=then, shown=of("what", "leaves")),
        Field("until", say.BOTS_UNTIL, "choice", say.WHILE_NOBODY, parts.until(), shown=last),
        Field("name", say.NAME, shown=of("what", "back", "late")),
        parts.reason(),
    )
    return Form(
        say.SEATS_TITLE, fields, act, about=lambda values: [say.now(plays(values))], done=plays,
        asks=lambda values: bots_alone(table, int(values["until"])) if last(values) else [],
    )  # fmt: skip


def timers(parts: Parts) -> Form:
    """How long a turn of a phase may take, and this one."""
    table, phase = parts.table, parts.state.phase

    def changed(values: Values, key: str) -> None:
        if key == "phase":
            values["seconds"], values["warning"] = table.timers.limit(values["phase"]) or (0, 0)

    def done(values: Values) -> str:
        more = signed(values["more"]) if values["more"] else ""
        return say.time_for(say.PHASES[values["phase"]], values["seconds"], more)

    def act(values: Values) -> None:
        seconds = values["seconds"]
        limit = Limit(seconds, min(values["warning"], seconds)) if seconds else None
        if limit != table.timers.limit(values["phase"]):
            table.set_limit(values["phase"], limit, parts.cell.name)
        if values["more"]:
            table.timers.add(values["more"])
        parts.cell.note(say.time_noted(done(values), values[REASON]))

    fields = (
        Field("phase", say.PHASE, "choice", options=[(one, say.PHASES[one]) for one in TIMED]),
        Field("seconds", say.SECONDS, "number", say.SECONDS_HELP, most=LONGEST, step=15),
        Field("warning", say.WARNING, "number", say.WARNING_HELP, most=LONGEST, step=5),
        Field("more", say.MORE_NOW, "number", say.MORE_NOW_HELP, least=-LONGEST, most=LONGEST, step=15),
        parts.reason(),
    )
    form = Form(
        say.TIMERS_TITLE, fields, act, say.SET_IT, lambda _v: [put(say.WHEN_TIME_IS_UP, DIM)],
        changed=changed, done=done, values={"phase": phase if phase in TIMED else "orders"},
    )  # fmt: skip
    changed(form.values, "phase")
    return form


def rewind(parts: Parts) -> Form:
    """Back to an earlier move, under new luck or as the dice fell there."""
    table, cell, tip = parts.table, parts.cell, str(parts.table.beats[-1].id)
    moves = [one for one in parts.moves if int(one[0]) not in table.before_all]
    lines = [(str(end), say.another_line(end)) for end in cell.lines() if str(end) != tip]

    def options(values: Values) -> list[Option]:
        earlier = moves[1:] or moves
        return [*earlier, *lines] if values.get("how") == "branch" else earlier

    def act(values: Values) -> None:
        back = cell.rewind if values["how"] == "rewind" else cell.branch
        back(int(values["move"]), values[REASON])

    def problems(values: Values) -> list[str]:
        if table.save is None:
            return [say.NOT_SAVED]
        return [say.STANDS_THERE] if values["move"] == tip else []

    fields = (
        Field("how", say.HOW, "choice", options=say.BACK_HOW),
        Field("move", say.AFTER_MOVE, "choice", say.AFTER_MOVE_HELP, options),
        parts.reason(),
    )
    return Form(
        say.REWIND_TITLE, fields, act, say.GO_BACK, problems=problems,
        asks=lambda values: left_behind(table, int(values["move"])),
    )  # fmt: skip
