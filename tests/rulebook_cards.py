"""`docs/cards.md`: everything that is printed on a card or a deal, for a table without a screen."""

from __future__ import annotations

from wargame import load_scenario
from wargame.rules.scenario import sizes
from wargame.rules.spec import Action, DealTemplate, News, Text
from wargame.words import Words
from wargame.words.en.grammar import joined


def cards() -> str:
    """Everything that is printed on a card or a deal, for a table without a screen."""
    scenario = load_scenario("honeymoon", hindsight=True)
    words, plain = Words(scenario), {deal.id for deal in load_scenario("honeymoon").spec.deals}
    lines = ["# The cards", "", CARDS_HEAD, ""]
    for seat, deck in scenario.spec.cards.items():
        lines += [f"## {scenario.seats[seat].symbol} {words.seat(seat)}", ""]
        lines += [f"Printed action: {does(scenario.seats[seat].action, words)}.", ""]
        for card in deck:
            lines += _card(words, card.title, f"¤{card.cost} · speed {card.speed}", card.source, card.text)
            lines += [f"- {clause}" for clause in words.card_text(card)] + [""]
    later = {news.id for news in scenario.spec.hindsight}
    lines += ["## News", "", "Shuffled together. Under each title stands when the card fits.", ""]
    for news in scenario.spec.news:
        lines += [] if news.id in later else _event(words, news)
    lines += ["## Deals", ""]
    for deal in scenario.spec.deals:
        lines += _deal(words, deal) if deal.id in plain else []
    lines += [
        "## Hindsight",
        "",
        "An optional deck of what came after the column; shuffle it into the news.",
        "",
    ]
    for news in scenario.spec.hindsight:
        lines += _event(words, news)
    for deal in scenario.spec.deals:
        lines += [] if deal.id in plain else _deal(words, deal)
    return "\n".join(lines)


CARDS_HEAD = """\
Made from the decks by `make rules`; [rules.md](../rules.md) says how to play them. On a policy card stand its
cost in influence (¤), its speed from 1 (first) to 5 (last) and the paragraph of the column (¶). ▲1 is a step
up, ▼1 a step down."""


def _event(words: Words, news: News) -> list[str]:
    when = words.condition(news.when) if news.when else "any round"
    told = f"comes in round {news.fixed}, besides those that are drawn" if news.fixed else when
    lines = _card(words, news.title, ("a crisis · " if news.crisis else "") + told, news.source, news.text)
    return lines + [f"- {clause}" for clause in words.news_text(news.id)] + [""]


def _deal(words: Words, deal: DealTemplate) -> list[str]:
    kind = f"rung {deal.rung}" if deal.rung else "quiet" if sizes(deal) == ("plain",) else "off the ladder"
    lines = _card(words, deal.title, kind, deal.source, deal.text)
    return lines + [f"- {clause}" for clause in words.deal_text(deal)] + [""]


def _card(words: Words, title: Text, facts: str, source: str, text: Text) -> list[str]:
    cited = source.replace("p", "¶")
    return [f"### {words.said(title)}", "", f"{facts} · {cited}. {words.said(text)}", ""]


def does(action: Action, words: Words) -> str:
    """A printed action with its price and speed."""
    aims = action.targets.ids() if action.targets else ()
    aimed = f", aimed at {joined((words.target(None, aim) for aim in aims), 'or')}" if aims else ""
    price = f"a card and ¤{action.cost}, speed {action.speed}{aimed}"
    return f"**{words.said(action.title)}** ({price}): {'; '.join(words.effects(action.effects))}"
