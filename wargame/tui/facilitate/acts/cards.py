"""Acts with cards: one of the decks, one written on the spot, and those that are set for later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any

from wargame.content.exercise import inject_text
from wargame.content.exercise_check import FACT
from wargame.rules.pieces import PendingInject
from wargame.rules.spec import Effect
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import REASON, Field, Form, Option, Values, of
from wargame.tui.facilitate.sight import inject_said
from wargame.tui.kit.paint import DIM, HEAD, put
from wargame.words.pages import acts as say


def inject(parts: Parts) -> Form:
    """An event card of the decks, now or in the news of a round."""
    words, news = parts.words, parts.table.scenario.news

    def about(values: Values) -> list[Any]:
        card = news[values["card"]]
        text = put(words.said(card.text), DIM)
        return [put(words.said(card.title).upper(), HEAD), text, *words.news_text(card.id)]

    def act(values: Values) -> None:
        parts.cell.inject(values["card"], values[REASON], round=int(values["when"]), to=values["to"])

    cards = sorted(((id_, words.news(id_)) for id_ in news), key=lambda one: one[1].lower())
    card = Field("card", say.CARD, "choice", say.CARD_HELP, cards)
    fields = card, parts.when(), parts.heard_by(), parts.reason()
    return Form(say.INJECT_TITLE, fields, act, say.INJECT_IT, about)


def write(parts: Parts) -> Form:
    """A card written on the spot, with effects as the decks have them."""
    words, effects = parts.words, parts.effects

    def card(values: Values) -> dict[str, Any]:
        places = {"places": list(values["places"])} if values["places"] else {}
        does = effects.plains(Effect, values["effects"])
        return {"title": values["title"], "text": values["text"], **places, "effects": does}

    def page(values: Values) -> str:
        round_ = int(values["when"]) or parts.state.round
        return inject_text({"round": round_, **card(values), "to": list(values["to"]), "why": values[REASON]})

    def about(values: Values) -> list[str]:
        who = ", ".join(map(words.seat, values["to"])) or say.THE_ROOM
        return effects.sentences(Effect, values["effects"]) or [say.only_tells(who)]

    def problems(values: Values) -> list[str]:
        missing = [said for what, said in say.CARD_NEEDS.items() if not values[what]]
        return missing or effects.card_problems(card(values))

    def act(values: Values) -> None:
        parts.cell.improvise(card(values), values[REASON], round=int(values["when"]), to=values["to"])

    fields = (
        Field("title", say.TITLE, help=say.TITLE_HELP),
        Field("text", say.TEXT, help=say.TEXT_HELP),
        effects.field(Effect, "effects", say.EFFECTS),
        parts.places(),
        parts.when(),
        parts.heard_by(),
        parts.reason(),
    )
    return Form(say.WRITE_TITLE, fields, act, say.INJECT_IT, about, problems, page=page)


class SetInject:
    """An inject that is set, as a form has it: what of it can be changed, and what was changed."""

    def __init__(self, parts: Parts, inject: PendingInject) -> None:
        self.parts, self.inject = parts, inject
        card = parts.table.scenario.event_card(inject.card)
        assert card is not None
        self.card = card

    @property
    def writes(self) -> bool:
        """Whether it may tell something else: a crisis is asked as the decks have it."""
        return self.card.crisis is None

    @cached_property
    def composes(self) -> bool:
        """Whether forms can show all that it does, to be changed."""
        effects = self.parts.effects
        return self.writes and all(effects.fits(Effect, does) for does in self.values["effects"])

    @cached_property
    def values(self) -> Values:
        """The rows of the form as the inject is set."""
        parts, card, inject = self.parts, self.card, self.inject
        return {
            "inject": str(inject.nth),
            "was": str(inject),
            "when": str(inject.round),
            "title": parts.words.said(card.title),
            "text": parts.words.said(card.text),
            "effects": [parts.effects.values(Effect, effect) for effect in card.effects],
            "places": card.places,
            "to": inject.to or (),
        }

    def written(self, values: Values) -> dict[str, Any]:
        """Return the card with what was changed; all else stays as it was written, in every language."""
        new = {key: values[key] for key in ("title", "text", "places", "effects")}
        new |= {
            "places": list(values["places"]),
            "effects": self.parts.effects.plains(Effect, values["effects"]),
        }
        return self.parts.cell.card_of(self.inject.nth) | {
            key: new[key] for key in new if values[key] != self.values[key]
        }

    def is_changed(self, values: Values) -> bool:
        """Return whether that is anything else than what is set."""
        return any(values[key] != known for key, known in self.values.items())

    def told(self, values: Values) -> list[Any]:
        """Return the whole of it, with what is being changed."""
        parts, words = self.parts, self.parts.words
        does = words.news_text(self.card.id)
        if self.composes:
            does = parts.effects.sentences(Effect, values["effects"])
        who = say.AND.join(map(words.seat, values["to"])) or say.THE_ROOM
        known = {place.id: words.said(place.name) for place in parts.table.scenario.spec.places}
        where = say.AND.join(known.get(place, place) for place in values["places"])
        why = parts.cell.reasons(self.inject.nth)
        return [
            put(values["title"].upper(), HEAD),
            put(values["text"], DIM),
            *does,
            say.read_by(who) if does else say.only_tells(who),
            self.comes(values),
            *([say.lights_up(where)] if where else []),
            *(put(say.because(one), DIM) for one in why),
        ]

    def comes(self, values: Values) -> str:
        """Return when it comes once the form has been done."""
        stands, what = self.inject.round, values["what"]
        if what == "cancel":
            return say.COMES_NEVER
        if what == "hold":
            return say.comes_in(stands, held=True)
        held = what == "edit" and self.inject.held and int(values["when"]) == stands
        return say.comes_in(int(values["when"]), held=held)


def scheduled(parts: Parts) -> Form:
    """An inject that is set: to be read and changed, to another round, held back, or cancelled."""
    cell, effects = parts.cell, parts.effects
    waiting = {str(one.nth): SetInject(parts, one) for one in cell.scheduled}

    def of_it(values: Values) -> SetInject:
        return waiting[values["inject"]]

    def act(values: Values) -> None:
        nth, why, when = int(values["inject"]), values[REASON], int(values["when"])
        match values["what"]:
            case "edit":
                cell.edit(nth, why, card=of_it(values).written(values), round=when, to=values["to"])
            case "shift":
                cell.shift(nth, when, why)
            case "hold":
                cell.hold(nth, why)
            case _:
                cell.cancel(nth, why)

    def changed(values: Values, key: str) -> None:
        """Another inject, or one that was changed meanwhile, is read anew."""
        if key in ("inject", "was") and values["inject"] in waiting:
            values |= deepcopy(of_it(values).values)

    def problems(values: Values) -> Sequence[str]:
        if not waiting:
            return [say.NO_INJECT_SET]
        if values["what"] != "edit":
            return []
        if not of_it(values).is_changed(values):
            return [say.NOTHING_CHANGED]
        missing = [said for what, said in say.CARD_NEEDS.items() if not values[what]]
        return missing or effects.card_problems({**of_it(values).written(values), "source": FACT})

    def rounds(values: Values) -> Sequence[Option]:
        anew = parts.when().offers(values)
        if values.get("what") == "shift" or not waiting:
            return anew
        stands = of_it(values).values["when"]
        return [(stands, say.as_it_is(int(stands))), *(one for one in anew if one[0] not in ("0", stands))]

    def shown(asks: Callable[[SetInject], bool]) -> Callable[[Values], bool]:
        return lambda values: bool(waiting) and values["what"] == "edit" and asks(of_it(values))

    writes, composes = shown(lambda inject: inject.writes), shown(lambda inject: inject.composes)
    injects = [(nth, inject_said(parts.words, one.inject)) for nth, one in waiting.items()]
    fields = (
        Field("inject", say.INJECT, "choice", say.INJECT_HELP, injects),
        Field(
            "was",
            "",
            "choice",
            options=lambda values: [(of_it(values).values["was"], "")] if waiting else [],
            shown=lambda _values: False,
        ),
        Field("what", say.WHAT, "choice", options=say.SET_INJECT),
        Field("when", say.WHEN, "choice", options=rounds, shown=of("what", "edit", "shift")),
        Field("title", say.TITLE, help=say.TITLE_HELP, shown=writes),
        Field("text", say.TEXT, help=say.TEXT_HELP, shown=writes),
        replace(effects.field(Effect, "effects", say.EFFECTS), shown=composes),
        replace(parts.places(), shown=writes),
        replace(parts.heard_by(), shown=shown(lambda _inject: True)),
        parts.reason(),
    )
    return Form(
        say.SCHEDULED_TITLE, fields, act, changed=changed, problems=problems,
        about=lambda values: of_it(values).told(values) if waiting else [],
        values=deepcopy(next(iter(waiting.values())).values) if waiting else {},
    )  # fmt: skip
