"""Acts with numbers and dice: what stands on the table, a coming roll, and what no card covers."""

from __future__ import annotations

from typing import Any

from wargame.rules.spec import Effect
from wargame.table.facilitator import MOST_ARGUMENT
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import REASON, Field, Form, Values, of
from wargame.tui.facilitate.sight import roll_said
from wargame.tui.kit.paint import DIM, chance, join, put, signed
from wargame.words.pages import acts as say
from wargame.words.pages import facilitate, records

MOST_ROUNDS = 20
"""Rounds for which a flag may be raised."""


def adjust(parts: Parts) -> Form:
    """A track, a good, influence, or a flag."""
    state, scenario, words, cell = parts.state, parts.table.scenario, parts.words, parts.cell

    def now(values: Values) -> int:
        match values["what"]:
            case "track":
                return state.tracks[values["track"]]
            case "good":
                return state.goods[values["seat"]].get(values["good"], 0)
        return state.influence[values["seat"]]

    def most(values: Values) -> int:
        match values["what"]:
            case "track":
                return scenario.tracks[values["track"]].most
            case "good":
                return scenario.goods[values["good"]].cap
        return scenario.spec.rules.influence_cap

    def changed(values: Values, key: str) -> None:
        if key in ("what", "track", "seat", "good") and values["what"] != "flag":
            values["value"] = now(values)

    def about(values: Values) -> list[str]:
        if values["what"] == "flag":
            up = state.flags.get(values["flag"])
            return [say.flag_stands(words.flag(values["flag"]), up, state.rounds)]
        lines = [say.stands_at(now(values))]
        if values["what"] == "track":
            band = words.band(values["track"], values["value"])
            lines.append(say.goes_to(most(values), values["value"], band))
        return [*lines, say.SEEN_AS_YOURS]

    def act(values: Values) -> None:
        value, why = values["value"], values[REASON]
        match values["what"]:
            case "track":
                cell.set_track(values["track"], value, why)
            case "good":
                cell.set_good(values["seat"], values["good"], value, why)
            case "influence":
                cell.set_influence(values["seat"], value, why)
            case _:
                cell.set_flag(values["flag"], why, rounds=values["rounds"], on=values["on"] == "on")

    tracks = [(track, f"{words.track(track)} {state.tracks[track]}") for track in scenario.tracks]
    goods = [(good, words.good(good)) for good in scenario.goods]
    flags = [(flag, words.flag(flag)) for flag in scenario.flags]
    kinds = [one for one in say.NUMBERS.items() if one[0] != "flag" or flags]
    numbered, flagged = of("what", "track", "good", "influence"), of("what", "flag")
    fields = (
        Field("what", say.WHAT, "choice", options=kinds),
        Field("track", say.TRACK, "choice", options=tracks, shown=of("what", "track")),
        Field("seat", say.SEAT, "choice", options=parts.seats, shown=of("what", "good", "influence")),
        Field("good", say.GOOD, "choice", options=goods, shown=of("what", "good")),
        Field("flag", say.FLAG, "choice", options=flags, shown=flagged),
        Field("value", say.SET_TO, "number", most=most, shown=numbered),
        Field("on", say.IT_IS, "choice", options=(("on", records.YES), ("off", records.NO)), shown=flagged),
        Field(
            "rounds", say.FOR_ROUNDS, "number", say.FOR_ROUNDS_HELP, most=MOST_ROUNDS,
            shown=lambda values: flagged(values) and values["on"] == "on",
        ),
        parts.reason(),
    )  # fmt: skip
    form = Form(say.ADJUST_TITLE, fields, act, say.SET_IT, about, changed=changed)
    changed(form.values, "what")
    return form


def roll(parts: Parts) -> Form:
    """A coming roll, or the next of a card, event or trigger: what it falls on."""
    words, cell = parts.words, parts.cell
    likely = [(path, f"{roll_said(words, path)}, {now} %") for path, now in cell.rolls().items()]
    roots = {"/".join(path.split("/")[:2]) for path in parts.table.scenario.programs.rolls if "/" in path}
    known = sorted(((root, say.any_of(roll_said(words, root))) for root in roots), key=lambda one: one[::-1])

    def act(values: Values) -> None:
        why, what = values[REASON], values["what"]
        if values["how"] == "luck":
            cell.leave_to_luck(why, what=what)
        else:
            cell.set_roll(values["die"] if values["how"] == "die" else values["how"], why, what=what)

    fields = (
        Field("what", say.ROLL, "choice", say.ROLL_HELP, [("", say.NEXT_ROLL), *likely, *known]),
        Field("how", say.RESULT, "choice", options=say.RESULTS),
        Field("die", say.DIE, "number", say.DIE_HELP, least=1, shown=of("how", "die")),
        parts.reason(),
    )
    return Form(say.ROLL_TITLE, fields, act, say.SET_IT, lambda _v: [put(say.ROLL_IS_TOLD, DIM)])


def argument(values: Values | None = None) -> Form:
    """An argument for or against what a seat proposes."""
    fields = (
        Field("side", say.SIDE, "choice", options=say.SIDES),
        Field("text", say.WHAT_IS_SAID),
        Field("weight", say.WEIGHS, "number", least=1, most=MOST_ARGUMENT, step=5),
    )
    return Form(
        say.ARGUMENT_TITLE, fields, None, facilitate.KEEP_IT, values=values or {"weight": 10},
        problems=lambda v: () if v["text"] else [say.ARGUMENT_NEEDS_TEXT],
    )  # fmt: skip


def adjudicate(parts: Parts) -> Form:
    """A seat proposes what no card covers: arguments make the odds, the dice or the facilitator decide."""
    cell, effects = parts.cell, parts.effects

    def arguments(values: Values) -> list[tuple[str, int]]:
        return [
            (one["text"], one["weight"] if one["side"] == "pro" else -one["weight"])
            for one in values["arguments"]
        ]

    def about(values: Values) -> list[Any]:
        base, weighed = values["base"], arguments(values)
        odds = cell.odds(base, weighed)
        limit = parts.words.limit([odds - sum(by for _said, by in weighed) - base])
        lines: list[Any] = [put(f"{base:>4}  {say.TO_START_WITH}")]
        lines += [put(f"{signed(by):>4}  {said}") for said, by in [*weighed, *limit]]
        lines += [join((chance(odds), put(f"   {say.DECIDED[values['decided']]}"))), ""]
        for label, key in ((say.WORKS, "success"), (say.FAILS, "failure")):
            said = facilitate.AND.join(effects.sentences(Effect, values[key])) or say.NOTHING_CHANGES
            lines.append(join((put(f"{label}  ", DIM), put(said))))
        return lines

    def act(values: Values) -> None:
        cell.adjudicate(
            values["seat"], values["proposal"], values[REASON],
            base=values["base"], arguments=arguments(values), decided=values["decided"],
            success=effects.plains(Effect, values["success"]),
            failure=effects.plains(Effect, values["failure"]), to=values["to"],
        )  # fmt: skip

    def said(one: Values) -> str:
        return f"{'+' if one['side'] == 'pro' else '−'}{one['weight']} {one['text']}"

    fields = (
        Field("seat", say.SEAT, "choice", options=parts.seats),
        Field("proposal", say.PROPOSAL, help=say.PROPOSAL_HELP),
        Field("base", say.STARTS_AT, "number", step=5),
        Field("arguments", say.ARGUMENTS, "list", say.TAKES_OUT, item=argument, said=said),
        Field("decided", say.DECIDED_BY, "choice", options=say.DECIDED),
        effects.field(Effect, "success", say.IF_WORKS),
        effects.field(Effect, "failure", say.IF_FAILS),
        parts.heard_by(),
        parts.reason(),
    )
    return Form(
        say.ADJUDICATE_TITLE, fields, act, say.RULE, about, values={"base": 50},
        problems=lambda values: [] if values["proposal"] else [say.PROPOSAL_NEEDED],
    )  # fmt: skip
