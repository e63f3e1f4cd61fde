"""The parts of `rules.md` that are generated from the machine and the decks.

`python -m tests.rulebook` (or `make rules`) writes them anew between their marks; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from wargame import load_scenario
from wargame.rules.phases import MACHINE
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Text
from wargame.words import Words

RULES = Path(__file__).resolve().parents[1] / "rules.md"
CARDS = RULES.parent / "docs" / "cards.md"
MARK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [[str(cell).replace("\n", " ") for cell in line] for line in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def phases(_scenario: Scenario, _words: Words) -> str:
    """Every way from one phase to another, as the turn machine has it."""
    lines = []
    for trigger, event in MACHINE.events.items():
        for source, ways in event.transitions.items():
            for way in ways:
                asked = [getattr(one.func, "__name__", "?").replace("_", " ") for one in way.conditions]
                when = f"  [{', '.join(asked)}]" if asked else ""
                lines.append(f"{source:<11} --{trigger}-->  {way.dest}{when}")
    return "\n".join(["```text", *lines, "```"])


def tracks(scenario: Scenario, words: Words) -> str:
    rows = []
    for track in scenario.spec.tracks:
        seen = ", ".join(words.seat(seat) for seat in track.seen_by) or "all"
        bands = ", ".join(
            f"{words.band_at(track.id, at)} ≤ {band.upto}" for at, band in enumerate(track.bands)
        )
        if track.band_public:
            seen += " (band: all)"
        start = f"{track.start} of {track.most}"
        rows.append((words.track(track.id), start, bands, seen, track.source.replace("p", "¶")))
    return table(("track", "start", "bands", "seen by", "¶"), rows)


def goods(scenario: Scenario, words: Words) -> str:
    rows = []
    for good in scenario.spec.goods:
        held = [
            f"{words.seat(seat.id)} {stock.start}" + (f" (+{stock.each})" if stock.each else "")
            for seat in scenario.spec.seats
            if (stock := seat.goods.get(good.id)) and (stock.start or stock.each)
        ]
        rows.append(
            (words.good(good.id), ", ".join(held) or "–", good.output or "–", good.fire or "–", good.cap)
        )
    return table(("good", "at the start (each round)", "output a lot", "fire", "cap"), rows)


def deals(scenario: Scenario, words: Words) -> str:
    rows = []
    for deal in scenario.spec.deals:
        said = ("/".join(map(str, deal.pays)), f"kept {deal.kept}" if deal.kept else "")
        pays = ", ".join(filter(None, said))
        rows.append(
            (
                words.deal(deal.id),
                " – ".join(words.seat(seat) for seat in deal.between),
                deal.rung or "–",
                deal.secrecy,
                ", ".join(map(str, deal.rounds)),
                pays or "–",
                deal.source.replace("p", "¶"),
            )
        )
    return table(("deal", "between", "rung", "secrecy", "rounds", "pays", "¶"), rows)


def triggers(scenario: Scenario, words: Words) -> str:
    rows = [
        (
            words.said(one.title),
            words.condition(one.when) if one.when else "always",
            "; ".join(words.effects(one.effects)),
            one.source.replace("p", "¶"),
        )
        for one in scenario.spec.triggers
    ]
    return table(("what", "when", "does", "¶"), rows)


def systems(scenario: Scenario, words: Words) -> str:
    rows = [
        (one.id, one.source.replace("p", "¶"), f"**{words.said(one.title)}.** {words.said(one.text)}")
        for one in scenario.spec.systems
    ]
    return table(("", "¶", "what it is on the table"), rows)


def scoring(scenario: Scenario, words: Words) -> str:
    rows = []
    for seat, line in scenario.spec.scoring.seats.items():
        terms = " ".join(words.term(term) for term in line.terms)
        rows.append((words.seat(seat), terms, words.condition(line.ruin) if line.ruin else "–", line.spread))
    return table(("seat", "points", "ruined at", "spread"), rows)


def seats(scenario: Scenario, words: Words) -> str:
    parts = []
    for seat in scenario.spec.seats:
        first, *rest = words.briefing(seat.id, scenario.spec.rules.rounds)
        agendas = [agenda for agenda in scenario.spec.agendas if agenda.seat == seat.id]
        parts += [f"### {seat.symbol} {words.seat(seat.id)}", "", first.text, ""]
        parts += [f"- **{told.title}.** {told.text}" for told in rest]
        parts += [f"- **Income:** ¤{seat.income} a round"]
        parts += [f"- **Agenda, perhaps:** {words.said(a.title)}. {words.said(a.text)}" for a in agendas]
        parts += [""]
    return "\n".join(parts).rstrip()


def cards() -> str:
    """Every card of every deck, for a table without a screen."""
    scenario = load_scenario("honeymoon")
    words = Words(scenario)
    lines = ["# The cards", "", "Made from the decks by `make rules`. ¤ is the cost in influence.", ""]
    for seat, deck in scenario.spec.cards.items():
        lines += [f"## {scenario.seats[seat].symbol} {words.seat(seat)}", ""]
        for card in deck:
            lines += _card(words, card.title, f"¤{card.cost} · speed {card.speed}", card.source, card.text)
            lines += [f"- {clause}" for clause in words.card_text(card)] + [""]
    for title, deck_of_news in (("News", scenario.spec.news), ("Hindsight", scenario.spec.hindsight)):
        lines += [f"## {title}", ""]
        for news in deck_of_news:
            when = words.condition(news.when) if news.when else "any round"
            lines += _card(words, news.title, when, news.source, news.text)
            lines += [f"- {clause}" for clause in words.effects(news.effects)] + [""]
    lines += ["## Deals", ""]
    for deal in scenario.spec.deals:
        lines += _card(
            words, deal.title, f"rung {deal.rung}" if deal.rung else "quiet", deal.source, deal.text
        )
        lines += [f"- {clause}" for clause in words.deal_text(deal)] + [""]
    return "\n".join(lines)


def _card(words: Words, title: Text, facts: str, source: str, text: Text) -> list[str]:
    cited = source.replace("p", "¶")
    return [f"### {words.said(title)}", "", f"{facts} · {cited}. {words.said(text)}", ""]


PARTS: dict[str, Callable[[Scenario, Words], str]] = {
    "phases": phases,
    "tracks": tracks,
    "goods": goods,
    "deals": deals,
    "triggers": triggers,
    "systems": systems,
    "scoring": scoring,
    "seats": seats,
}


def filled(text: str) -> str:
    """The rulebook with every generated part as it should be."""
    scenario = load_scenario("honeymoon")
    words = Words(scenario)
    return MARK.sub(lambda found: f"{found[1]}{PARTS[found[2]](scenario, words)}\n{found[3]}", text)


if __name__ == "__main__":
    RULES.write_text(filled(RULES.read_text(encoding="utf-8")), encoding="utf-8")
    CARDS.write_text(cards(), encoding="utf-8")
