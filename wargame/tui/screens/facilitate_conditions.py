"""Conditions by form: what an effect that a facilitator writes asks before it happens."""

from __future__ import annotations

from typing import Any

from wargame.rules.conditions import Condition
from wargame.rules.effects.operators import build
from wargame.rules.scenario import Scenario
from wargame.tui.widgets.white_fields import Field, Form, Option, Values, of, trailed
from wargame.words import Words

QUESTIONS: tuple[Option, ...] = (
    ("track", "where a track stands"),
    ("good", "how much a seat holds"),
    ("flag", "whether a flag is up"),
    ("deal", "how a certain deal stands"),
    ("deals", "how many deals there are"),
    ("round", "which round it is"),
    ("ruined", "whether a seat is ruined"),
    ("all", "all of several"),
    ("any", "any of several"),
)
JOINED = ("all", "any")
NUMBERED = ("track", "good", "deals", "round")
BOUNDS = {"least": ("at_least",), "most": ("at_most",), "exact": ("at_least", "at_most")}
STATES: tuple[Option, ...] = (
    ("running", "running"),
    ("signed", "signed"),
    ("kept", "signed and never broken"),
    ("delivered", "delivered on at least once"),
    ("broken", "broken"),
    ("proved", "proved before all"),
    ("suspected", "suspected by a seat"),
)
MOST_DEPTH = 2
"""How deep questions may stand in questions by form."""
NO_PARTS = "Which questions? At least one."


class ConditionForms:
    """Forms for the conditions of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.words = scenario, Words(scenario)

    def field(self, key: str, label: str, trail: str, depth: int = 0) -> Field:
        """A list of questions that all must hold."""
        return Field(
            key, label, "list", "If several are asked, all must hold. ← takes one out.",
            item=lambda values: self.form(values, trailed(trail, label), depth), said=self.said,
        )  # fmt: skip

    def form(self, values: Values | None, trail: str, depth: int = 0) -> Form:
        """One question."""
        scenario, words = self.scenario, self.words
        deals = [(deal, words.deal(deal)) for deal in scenario.deals]
        homes = {"flag": scenario.flags, "deal": scenario.deals, "good": scenario.goods}
        asks = [
            one
            for one in QUESTIONS
            if homes.get(one[0], True) and (one[0] not in JOINED or depth < MOST_DEPTH)
        ]
        compares = (("least", "at least"), ("most", "at most"), ("exact", "exactly"))
        secrets = (("", "secret or open"), ("yes", "secret"), ("no", "open"))
        seats = seat_options(scenario, words)

        def most(now: Values) -> int:
            return int(scenario.tracks[now["track"]].most) if now["ask"] == "track" else 99

        def suspects(now: Values) -> bool:
            return now["ask"] in ("deal", "deals") and now["state"] == "suspected"

        def problems(now: Values) -> list[str]:
            if now["ask"] == "deals" and len(now["pair"]) not in (0, 2):
                return ["Between two seats, or any: mark two or none."]
            return [NO_PARTS] if now["ask"] in JOINED and not now["parts"] else []

        return Form(
            trail,
            (
                Field("ask", "asks", "choice", options=lambda _v: asks),
                Field("track", "track", "choice", options=lambda _v: named(scenario.tracks, words.track),
                      shown=of("ask", "track")),
                Field("seat", "seat", "choice", options=lambda _v: seats, shown=of("ask", "good", "ruined")),
                Field("good", "good", "choice", options=lambda _v: named(scenario.goods, words.good),
                      shown=of("ask", "good")),
                Field("flag", "flag", "choice", options=lambda _v: named(scenario.flags, words.flag),
                      shown=of("ask", "flag")),
                Field("deal", "deal", "choice", options=lambda _v: deals, shown=of("ask", "deal")),
                Field("pair", "between", "seats", "Two seats; none marked: any.", lambda _v: seats,
                      shown=of("ask", "deals"), nothing="any"),
                Field("rung", "from rung", "number", "0 is any rung.", most=9, shown=of("ask", "deals")),
                Field("secret", "secrecy", "choice", options=lambda _v: secrets, shown=of("ask", "deals")),
                Field("state", "that are", "choice", options=lambda _v: STATES,
                      shown=of("ask", "deal", "deals")),
                Field("suspecting", "by", "choice", options=lambda _v: seats, shown=suspects),
                Field("compare", "is", "choice", options=lambda _v: compares, shown=of("ask", *NUMBERED)),
                Field("value", "number", "number", most=most, shown=of("ask", *NUMBERED)),
                Field("parts", "questions", "list", "← takes one out.",
                      item=lambda made: self.form(made, trailed(trail, "one of several"), depth + 1),
                      said=self.said, shown=of("ask", *JOINED)),
                Field("holds", "it holds if", "choice", options=lambda _v: (("yes", "so"), ("no", "not so"))),
            ),
            None, "keep it", about=lambda now: [f"If {self.said(now)}"], problems=problems,
            values=values or {"value": 1},
        )  # fmt: skip

    def plain(self, now: Values) -> dict[str, Any]:
        """The question as a deck file has it."""
        asked = self._asked(now)
        return {"not": asked} if now["holds"] == "no" else asked

    def _asked(self, now: Values) -> dict[str, Any]:
        ask = now["ask"]
        bounds = dict.fromkeys(BOUNDS[now["compare"]], now["value"])
        suspecting = {"seat": now["suspecting"]} if now["state"] == "suspected" else {}
        if ask == "track":
            return {"track": now["track"], **bounds}
        if ask == "good":
            return {"good": now["good"], "seat": now["seat"], **bounds}
        if ask == "flag":
            return {"flag": now["flag"]}
        if ask == "deal":
            return {"deal": now["deal"], "is": now["state"], **suspecting}
        if ask == "deals":
            between = {"between": list(now["pair"])} if now["pair"] else {}
            rung = {"rung": now["rung"]} if now["rung"] else {}
            secret = {"secret": now["secret"] == "yes"} if now["secret"] else {}
            return {"deals": between | rung | secret, "is": now["state"], **suspecting, **bounds}
        if ask == "round":
            return {"round": "now", **bounds}
        if ask == "ruined":
            return {"seat": now["seat"], "is": "ruined"}
        return {ask: self.plains(now["parts"])}

    def plains(self, items: list[Values]) -> list[dict[str, Any]]:
        """Several questions, each as a deck file has it."""
        return [self.plain(item) for item in items]

    def joined(self, items: list[Values]) -> dict[str, Any]:
        """Questions that all must hold, as one."""
        plains = self.plains(items)
        return plains[0] if len(plains) == 1 else {"all": plains}

    def said(self, now: Values) -> str:
        """The question as the words of the decks have it."""
        if now["ask"] in JOINED and not now["parts"]:
            return "…"
        return self.words.condition(build(Condition, self.plain(now)))


def named(ids: Any, name: Any) -> list[Option]:
    """Options of things with names."""
    return [(one, name(one)) for one in ids]


def seat_options(scenario: Scenario, words: Words) -> list[Option]:
    """The seats, with their signs."""
    return [
        (seat, f"{scenario.seats[seat].symbol}{scenario.seats[seat].short} {words.seat(seat)}")
        for seat in scenario.seat_ids
    ]
