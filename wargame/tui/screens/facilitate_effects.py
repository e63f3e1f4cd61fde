"""Effects by form: every operator of the decks, as a facilitator writes it on the spot, and its plain data.

An operator with several subjects (`shift`, `peek`, `expose`) is several kinds here. A kind says which field
of the form fills which key of the deck file; the sentence comes from the words of the decks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from wargame.content.exercise import plain
from wargame.content.exercise_check import card_problems
from wargame.rules.effects.operators import OPERATORS, build
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect
from wargame.rules.white import card_text
from wargame.tui.screens.facilitate_conditions import ConditionForms, named, seat_options
from wargame.tui.widgets.paint import signed
from wargame.tui.widgets.white_fields import Field, Form, Values, of, trailed
from wargame.words import Words


class Kind(NamedTuple):
    """One thing an effect can be: its label, its operator, key of the operator → field of the form.

    `fixed` are keys that are not asked for. What `holds` other effects is offered down to `MOST_DEPTH`.
    """

    label: str
    operator: str
    asks: Mapping[str, str]
    fixed: Mapping[str, Any] = {}
    holds: bool = False


KINDS: dict[str, Kind] = {
    "track": Kind("shift a track", "shift", {"track": "track", "by": "by", "rounds": "rounds"}),
    "good": Kind("shift a good", "shift", {"good": "good", "seat": "seat", "by": "by", "rounds": "rounds"}),
    "influence": Kind("shift influence", "shift", {"influence": "seat", "by": "by", "rounds": "rounds"}),
    "flag": Kind("raise or lower a flag", "flag", {"flag": "flag", "on": "on", "rounds": "rounds"}),
    "choose": Kind(
        "ask a seat to choose",
        "choose",
        {"seat": "seat", "prompt": "prompt", "options": "options"},
        holds=True,
    ),
    "roll": Kind(
        "roll dice",
        "roll",
        {"base": "base", "modifiers": "modifiers", "success": "success", "failure": "failure"},
        holds=True,
    ),
    "if": Kind(
        "if something holds", "if", {"when": "when", "then": "then", "otherwise": "otherwise"}, holds=True
    ),
    "later": Kind("later, in the news", "later", {"rounds": "wait", "effects": "effects"}, holds=True),
    "points": Kind("give or take points", "points", {"seat": "seat", "by": "by"}),
    "ease": Kind("ease a track toward a value", "ease", {"track": "track", "toward": "toward"}),
    "transfer": Kind(
        "goods change hands", "transfer", {"good": "good", "from": "giver", "to": "taker", "count": "count"}
    ),
    "draw": Kind("draw cards", "draw", {"seat": "seat", "cards": "count"}),
    "lose": Kind("lose cards", "lose", {"seat": "seat", "cards": "count"}),
    "peek-track": Kind("show a hidden track", "peek", {"track": "track", "to": "shown"}),
    "peek-good": Kind("show what a seat holds", "peek", {"good": "good", "seat": "seat", "to": "shown"}),
    "peek-dial": Kind("show how a dial is set", "peek", {"dial": "dial", "to": "shown"}),
    "locate": Kind(
        "show a bottleneck", "locate", {"production": "production", "to": "shown", "rounds": "lasts"}
    ),
    "suspicion": Kind(
        "let seats suspect a deal", "expose", {"between": "pair", "to": "shown"}, {"what": "suspicion"}
    ),
    "proof": Kind(
        "prove a secret deal", "expose", {"between": "pair", "suspected_by": "suspecting"}, {"what": "proof"}
    ),
    "break": Kind("a seat breaks its deal", "break", {"deal": "deal", "by": "party"}),
    "end": Kind("the storm: the game ends", "end", {}, {"outcome": "storm"}),
}
for _name, _operator in OPERATORS.items():
    if all(kind.operator != _name for kind in KINDS.values()):  # as its annotations have it
        _label = (_operator.__doc__ or _name).split(".")[0].split(",")[0].replace("`", "")
        _keys = [f.name.rstrip("_") for f in fields(_operator)]  # type: ignore[arg-type]
        KINDS[_name] = Kind(_label[0].lower() + _label[1:], _name, dict(zip(_keys, _keys, strict=True)))
MOST_DEPTH = 3
"""How deep effects may stand in effects by form."""

MODIFIERS = (
    ("when", "while something holds"),
    ("track", "each step of a track"),
    ("good", "each lot of a good"),
)
WANTED = {
    "prompt": "What is the seat asked?",
    "when": "If what? Ask at least one question.",
    "effects": "What happens then? Add an effect.",
    "shown": "Who gets to know it? Mark a seat.",
}
"""What is said while a field that a kind needs is empty."""


class EffectForms:
    """Forms for the effects of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.words = scenario, Words(scenario)
        self.conditions = ConditionForms(scenario)
        self._problems: dict[str, list[str]] = {}
        homes = {"flag": scenario.flags, "deal": scenario.deals, "good": scenario.goods,
                 "dial": scenario.dials, "production": scenario.production}  # fmt: skip
        self.kinds = [
            (name, kind)
            for name, kind in KINDS.items()
            if all(homes.get(key, True) for key in kind.asks.values())
        ]
        self._values: dict[str, Callable[[Any], Any]] = {
            "on": lambda on: on == "on",
            "options": self._options,
            "modifiers": lambda items: [self.modifier_plain(one) for one in items],
            "when": self.conditions.joined,
            **dict.fromkeys(("success", "failure", "then", "otherwise", "effects"), self.plains),
            **dict.fromkeys(("shown", "pair"), list),
        }

    # --- forms -------------------------------------------------------------------------------------

    def field(self, key: str, label: str, trail: str = "", depth: int = 0) -> Field:
        """A list of effects."""
        return Field(
            key, label, "list", "Enter adds one; on a line Enter changes it and ← takes it out.",
            item=lambda values: self.form(values, trailed(trail, label), depth), said=self.said,
        )  # fmt: skip

    def form(self, values: Values | None = None, trail: str = "effect", depth: int = 0) -> Form:
        """One effect."""
        scenario, words = self.scenario, self.words
        offered = [(name, kind.label) for name, kind in self.kinds if depth < MOST_DEPTH or not kind.holds]
        seats = seat_options(scenario, words)
        tracks, goods = named(scenario.tracks, words.track), named(scenario.goods, words.good)

        def asked(known: Field) -> Field:
            using = [name for name, kind in self.kinds if known.key in kind.asks.values()]
            return known.only(of("op", *using))

        def effects(key: str, label: str) -> Field:
            return self.field(key, label, trail, depth + 1)

        def so_many(now: Values) -> bool:
            return "rounds" in KINDS[now["op"]].asks.values() and not (
                now["op"] == "flag" and now["on"] == "off"
            )

        def ends(now: Values) -> int:
            return int(scenario.tracks[now["track"]].most) if "track" in KINDS[now["op"]].asks else 100

        sides = (("on", "so"), ("off", "not so"))
        rounds = Field("rounds", "for rounds", "number", "0 is for good.", most=20)
        return Form(
            trail,
            (
                Field("op", "does", "choice", "Enter opens the list.", lambda _v: offered),
                *map(asked, (
                    Field("track", "track", "choice", options=lambda _v: tracks),
                    Field("seat", "seat", "choice", options=lambda _v: seats),
                    Field("good", "good", "choice", options=lambda _v: goods),
                    Field("flag", "flag", "choice", options=lambda _v: named(scenario.flags, words.flag)),
                    Field("deal", "deal", "choice", options=lambda _v: named(scenario.deals, words.deal)),
                    Field("party", "broken by", "choice", options=self._parties),
                    Field("dial", "dial", "choice", options=lambda _v: named(scenario.dials, words.dial)),
                    Field("production", "production", "choice",
                          options=lambda _v: named(scenario.production, words.production)),
                    Field("giver", "from", "choice", options=lambda _v: seats),
                    Field("taker", "to", "choice", options=lambda _v: seats),
                    Field("pair", "between", "seats", "Two seats.", lambda _v: seats),
                    Field("suspecting", "suspected by", "choice", "Only a deal that this seat suspects.",
                          lambda _v: [("", "does not matter"), *seats]),
                    Field("shown", "shown to", "seats", options=lambda _v: seats),
                    Field("by", "by", "number", least=-10, most=10),
                    Field("toward", "toward", "number", "One step of the way.", most=ends),
                    Field("to", "to", "number", most=ends),
                    Field("count", "how many", "number", least=1, most=9),
                    Field("on", "it is", "choice", options=lambda _v: sides),
                    Field("wait", "rounds later", "number", least=1, most=20),
                    Field("lasts", "known for rounds", "number", "Counting this one.", least=1, most=20),
                    Field("prompt", "question", help="What the seat is asked, aloud."),
                    Field("options", "answers", "list", "Two or more; the first is the neutral one.",
                          item=lambda made: self.option(made, trailed(trail, "answer"), depth),
                          said=self.option_said),
                    Field("base", "chance, %", "number", step=5),
                    Field("modifiers", "better or worse", "list", "What changes the chance. ← takes it out.",
                          item=lambda made: self.modifier(made, trailed(trail, "modifier")),
                          said=self.modifier_said),
                    self.conditions.field("when", "if", trail),
                    effects("success", "if it works"),
                    effects("failure", "if it fails"),
                    effects("then", "then"),
                    effects("otherwise", "otherwise"),
                    effects("effects", "happens"),
                )),
                rounds.only(so_many),
            ),
            None, "keep it", about=lambda now: self.sentences([now]), problems=self.wrong,
            values=values or {"base": 50, "by": 1, "count": 1, "lasts": 2},
        )  # fmt: skip

    def _parties(self, now: Values) -> list[tuple[str, str]]:
        deal = self.scenario.deals.get(now.get("deal", ""))
        seats = seat_options(self.scenario, self.words)
        return [one for one in seats if deal is None or one[0] in deal.between]

    def option(self, values: Values | None, trail: str, depth: int) -> Form:
        """One answer to a question."""
        return Form(
            trail,
            (
                Field("label", "answer", help="What the seat says or does, in a few words."),
                self.field("effects", "then", trail, depth + 1),
                self.conditions.field("needs", "only if", trail, 1),
            ),
            None, "keep it", about=lambda now: [self.option_said(now)],
            problems=lambda now: () if now["label"] else ["The answer in words."], values=values or {},
        )  # fmt: skip

    def modifier(self, values: Values | None, trail: str) -> Form:
        """One reason why a chance is better or worse."""
        scenario, words = self.scenario, self.words
        kinds = [one for one in MODIFIERS if one[0] != "good" or scenario.goods]

        def problems(now: Values) -> list[str]:
            wanting = {
                "A few words that name it.": not now["label"],
                "By how many per cent? Not 0.": not now["by"],
                WANTED["when"]: now["kind"] == "when" and not now["when"],
            }
            return [said for said, so in wanting.items() if so]

        return Form(
            trail,
            (
                Field("label", "name", help="What those who see the roll read of it."),
                Field("kind", "counts", "choice", options=lambda _v: kinds),
                Field("track", "track", "choice", options=lambda _v: named(scenario.tracks, words.track),
                      shown=of("kind", "track")),
                Field("seat", "seat", "choice", options=lambda _v: seat_options(scenario, words),
                      shown=of("kind", "good")),
                Field("good", "good", "choice", options=lambda _v: named(scenario.goods, words.good),
                      shown=of("kind", "good")),
                Field("above", "above", "number", most=20, shown=of("kind", "track", "good")),
                Field("by", "per cent", "number", least=-95, most=95, step=5),
                self.conditions.field("when", "while", trail, 1).only(of("kind", "when")),
            ),
            None, "keep it", about=lambda now: [self.modifier_said(now)], problems=problems,
            values=values or {"by": 10},
        )  # fmt: skip

    # --- plain data --------------------------------------------------------------------------------

    def plain(self, now: Values) -> dict[str, Any]:
        """The effect as a deck file has it, without what is as it would be anyway."""
        kind = KINDS[now["op"]]
        body = dict(kind.fixed)
        for key, name in kind.asks.items():
            if now[name] != "" or name == "prompt":
                body[key] = self._values.get(name, lambda value: value)(now[name])
        if body.get("on") is False:
            del body["rounds"]
        said = plain(build(Effect, {kind.operator: body}))[kind.operator]
        return {kind.operator: {key: said[key] for key in body if key in said}}

    def plains(self, items: list[Values]) -> list[dict[str, Any]]:
        """Several effects, each as a deck file has it."""
        return [self.plain(item) for item in items]

    def _options(self, items: list[Values]) -> list[dict[str, Any]]:
        plains: list[dict[str, Any]] = []
        for nth, item in enumerate(items, 1):
            slug = re.sub(r"[^a-z0-9]+", "-", item["label"].lower()).strip("-")[:24].strip("-")
            taken = [one["id"] for one in plains]
            id_ = slug if slug[:1].isalpha() and slug not in taken else f"answer-{nth}"
            plain: dict[str, Any] = {"id": id_, "label": item["label"]}
            if item["needs"]:
                plain["needs"] = self.conditions.plains(item["needs"])
            if item["effects"]:
                plain["effects"] = self.plains(item["effects"])
            plains.append(plain)
        return plains

    def modifier_plain(self, now: Values) -> dict[str, Any]:
        """The modifier as a deck file has it."""
        if now["kind"] == "when":
            return {"label": now["label"], "when": self.conditions.joined(now["when"]), "add": now["by"]}
        of_what = {"track": ("track",), "good": ("good", "seat")}[now["kind"]]
        above = {"above": now["above"]} if now["above"] else {}
        return {"label": now["label"], **{key: now[key] for key in of_what}, **above, "each": now["by"]}

    # --- in words ----------------------------------------------------------------------------------

    def sentences(self, items: list[Values]) -> list[str]:
        """What effects do, in the words of the decks, one clause a line; "…" for what is not whole yet."""
        return [line for item in items for line in self._sentence(item)]

    def _sentence(self, now: Values) -> list[str]:
        if now["op"] == "if" and not now["when"]:
            return [f"{KINDS['if'].label} …"]
        return self.words.effects([build(Effect, self.plain(now))])

    def said(self, now: Values) -> str:
        """One effect in a line."""
        return self.sentences([now])[0]

    def option_said(self, now: Values) -> str:
        """An answer with what follows from it."""
        asked = "; ".join(f"only if {self.conditions.said(one)}" for one in now["needs"])
        then = "; ".join(self.sentences(now["effects"])) or "nothing"
        return f"{now['label'] or '…'}: {asked}{'; ' if asked else ''}{then}"

    def modifier_said(self, now: Values) -> str:
        """A modifier in a line."""
        if now["kind"] == "when":
            what = " and ".join(f"if {self.conditions.said(one)}" for one in now["when"])
        elif now["kind"] == "track":
            what = f"for each step of {self.words.track(now['track'])} above {now['above']}"
        else:
            what = f"for each of {self.words.stock(now['seat'], now['good'])} above {now['above']}"
        return f"{signed(now['by'])} % {what} ({now['label'] or '…'})"

    def wrong(self, now: Values) -> list[str]:
        """Why one effect can't be played as it is, in sentences."""
        asks = KINDS[now["op"]].asks.values()
        missing = [said for key, said in WANTED.items() if key in asks and not now[key]]
        if "pair" in asks and len(now["pair"]) != 2:
            missing.append("Between whom? Mark two seats.")
        if now["op"] == "transfer" and now["giver"] == now["taker"]:
            missing.append("From one seat to another, not to itself.")
        return missing or self.card_problems({"title": "-", "text": "", "effects": [self.plain(now)]})

    def card_problems(self, card: Mapping[str, Any]) -> list[str]:
        """What the loader says against a card, kept for the next time; of a lone effect with no number."""
        text = card_text(dict(card))
        if text not in self._problems:
            self._problems[text] = card_problems(self.scenario.base, card)
        if card["title"] != "-":
            return self._problems[text]
        return [re.sub(r"^effects 1 \w+ ?", "", said) for said in self._problems[text]]
