"""Effects by form: the operators a facilitator writes on the spot, and their plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wargame.rules.scenario import Scenario
from wargame.tui.widgets.paint import signed
from wargame.tui.widgets.white_fields import Field, Form, Option, Values
from wargame.words import Words

OPERATORS: tuple[Option, ...] = (
    ("track", "shift a track"),
    ("good", "shift a good"),
    ("influence", "shift influence"),
    ("flag", "raise or lower a flag"),
    ("points", "give or take points"),
    ("ease", "ease a track toward a value"),
    ("draw", "draw cards"),
    ("roll", "roll dice"),
)
NO_STEP = "By how many? Not 0."
MOST_DEPTH = 3
"""How deep rolls may stand in rolls by form."""


class EffectForms:
    """Forms for the effects of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.words = Words(scenario)

    def field(self, key: str, label: str, depth: int = 0) -> Field:
        """A list of effects."""
        return Field(
            key,
            label,
            "list",
            "Enter adds one; ← takes one out.",
            item=lambda values: self.form(values, depth),
            said=self.said,
        )

    def form(self, values: Values | None = None, depth: int = 0) -> Form:
        """One effect."""
        scenario, words = self.scenario, self.words
        operators = [
            one
            for one in OPERATORS
            if (one[0] != "flag" or scenario.flags) and (one[0] != "roll" or depth < MOST_DEPTH)
        ]
        tracks = [(track, words.track(track)) for track in scenario.tracks]
        goods = [(good, words.good(good)) for good in scenario.goods]
        flags = [(flag, words.flag(flag)) for flag in scenario.flags]
        seats = [(seat, words.seat(seat)) for seat in scenario.seat_ids]

        def of(*kinds: str) -> Callable[[Values], bool]:
            return lambda now: now["op"] in kinds

        def problems(now: Values) -> list[str]:
            wanting = now["op"] in ("track", "good", "influence", "points") and not now["by"]
            return [NO_STEP] if wanting else []

        return Form(
            "AN EFFECT",
            (
                Field("op", "does", "choice", options=lambda _v: operators),
                Field("track", "track", "choice", options=lambda _v: tracks, shown=of("track", "ease")),
                Field(
                    "seat", "seat", "choice", options=lambda _v: seats,
                    shown=of("good", "influence", "points", "draw"),
                ),
                Field("good", "good", "choice", options=lambda _v: goods, shown=of("good")),
                Field("flag", "flag", "choice", options=lambda _v: flags, shown=of("flag")),
                Field(
                    "by", "by", "number", least=-10, most=10,
                    shown=of("track", "good", "influence", "points"),
                ),
                Field("toward", "toward", "number", most=20, shown=of("ease")),
                Field("count", "cards", "number", least=1, most=5, shown=of("draw")),
                Field(
                    "on", "it is", "choice", options=lambda _v: (("on", "so"), ("off", "not so")),
                    shown=of("flag"),
                ),
                Field(
                    "rounds", "for rounds", "number", "0 is for good.", most=20,
                    shown=of("track", "good", "influence", "flag"),
                ),
                Field("base", "chance, %", "number", step=5, shown=of("roll")),
                replace(self.field("success", "if it works", depth + 1), shown=of("roll")),
                replace(self.field("failure", "if it fails", depth + 1), shown=of("roll")),
            ),
            None,
            "keep it",
            about=lambda now: [self.said(now)],
            problems=problems,
            values=values or {"base": 50, "by": 1, "count": 1},
        )  # fmt: skip

    def plain(self, now: Values) -> dict[str, Any]:
        """The effect as a deck file has it."""
        op, rounds = now["op"], {"rounds": now["rounds"]} if now["rounds"] else {}
        if op == "track":
            return {"shift": {"track": now["track"], "by": now["by"], **rounds}}
        if op == "good":
            return {"shift": {"good": now["good"], "seat": now["seat"], "by": now["by"], **rounds}}
        if op == "influence":
            return {"shift": {"influence": now["seat"], "by": now["by"], **rounds}}
        if op == "flag":
            return {"flag": {"flag": now["flag"], **({"on": False} if now["on"] == "off" else rounds)}}
        if op == "points":
            return {"points": {"seat": now["seat"], "by": now["by"]}}
        if op == "ease":
            return {"ease": {"track": now["track"], "toward": now["toward"]}}
        if op == "draw":
            return {"draw": {"seat": now["seat"], "cards": now["count"]}}
        branches = {key: [self.plain(one) for one in now[key]] for key in ("success", "failure")}
        return {"roll": {"base": now["base"], **branches}}

    def said(self, now: Values) -> str:
        """The effect in a few words."""
        words, op = self.words, now["op"]
        if op in ("track", "good", "influence", "points"):
            what = {
                "track": words.track(now["track"]),
                "good": words.stock(now["seat"], now["good"]) if now["good"] else "",
                "influence": f"influence of {words.seat(now['seat'])}",
                "points": f"points for {words.seat(now['seat'])}",
            }[op]
            lasting = f" for {now['rounds']} rounds" if now["rounds"] and op != "points" else ""
            return f"{what} {signed(now['by'])}{lasting}"
        if op == "flag":
            return f"{words.flag(now['flag'])}: {'so' if now['on'] == 'on' else 'not so'}"
        if op == "ease":
            return f"{words.track(now['track'])} toward {now['toward']}"
        if op == "draw":
            return f"{words.seat(now['seat'])} draws {now['count']}"
        return f"roll at {now['base']} %: {len(now['success'])} if it works, {len(now['failure'])} if not"
