"""Acts with cards: one of the decks, one written on the spot, and those that are set for later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wargame.content.exercise import inject_text
from wargame.rules.spec import Effect
from wargame.tui.facilitate.acts.parts import Parts
from wargame.tui.facilitate.fields import REASON, Field, Form, Values, of
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

    places = [(place.id, words.said(place.name)) for place in parts.table.scenario.spec.places]
    fields = (
        Field("title", say.TITLE, help=say.TITLE_HELP),
        Field("text", say.TEXT, help=say.TEXT_HELP),
        effects.field(Effect, "effects", say.EFFECTS),
        Field("places", say.PLACES, "seats", say.PLACES_HELP, places, nothing=say.NO_PLACES),
        parts.when(),
        parts.heard_by(),
        parts.reason(),
    )
    return Form(say.WRITE_TITLE, fields, act, say.INJECT_IT, about, problems, page=page)


def scheduled(parts: Parts) -> Form:
    """An inject that is set: to another round, held back, or cancelled."""
    cell = parts.cell

    def act(values: Values) -> None:
        nth, why = int(values["inject"]), values[REASON]
        match values["what"]:
            case "shift":
                cell.shift(nth, int(values["when"]), why)
            case "hold":
                cell.hold(nth, why)
            case _:
                cell.cancel(nth, why)

    waiting = [(str(one.nth), inject_said(parts.words, one)) for one in cell.scheduled]
    fields = (
        Field("inject", say.INJECT, "choice", say.INJECT_HELP, waiting),
        Field("what", say.WHAT, "choice", options=say.SET_INJECT),
        replace(parts.when(), help="", shown=of("what", "shift")),
        parts.reason(),
    )
    return Form(say.SCHEDULED_TITLE, fields, act, problems=lambda _v: [] if waiting else [say.NO_INJECT_SET])
