"""What is in a scenario folder, for `wargame check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wargame.content.check import OPERATOR_NAMES, walk
from wargame.counting import several
from wargame.rules.effects.flow import Choose
from wargame.rules.scenario import Scenario


def summary(scenario: Scenario) -> str:
    """Counts of every kind of thing, the operators used, and the paragraphs cited."""
    spec = scenario.spec
    asking = sum(1 for card in spec.news if any(isinstance(p.record, Choose) for p in walk("", (), card)))
    quiet = sum(card.quiet for deck in spec.cards.values() for card in deck)
    decks = ", ".join(f"{seat} {len(deck)}" for seat, deck in spec.cards.items())
    operators = Counter(OPERATOR_NAMES[type(r)] for r in _records(scenario) if type(r) in OPERATOR_NAMES)
    pairs = len({frozenset(d.between) for d in spec.deals})
    hindsight = f", and {len(spec.hindsight)} of hindsight" if spec.hindsight else ""
    lines = [
        f"{spec.title}: sound ({scenario.hash[:12]})",
        f"  seats     {len(spec.seats)}: {', '.join(scenario.seat_ids)}",
        f"  tracks    {len(spec.tracks)} in {several(len(spec.groups), 'group')};"
        f" goods {len(spec.goods)}; flags {len(spec.flags)}",
        f"  news      {several(len(spec.news), 'card')}, {asking} with a choice{hindsight}",
        f"  policy    {several(sum(map(len, spec.cards.values())), 'card')}, {quiet} quiet: {decks}",
        f"  deals     {len(spec.deals)} between {several(pairs, 'pair')}",
        f"  agendas   {len(spec.agendas)}; epilogues {len(spec.epilogues)}; triggers {len(spec.triggers)};"
        f" dials {len(spec.dials)}; stands {len(spec.stands)}",
        f"  operators {', '.join(f'{name} {count}' for name, count in sorted(operators.items()))}",
        f"  cited     {', '.join(f'{p} {n}' for p, n in sorted(_cited(scenario).items(), key=_number))}",
    ]
    lines += [f"  {system.id:<9} {system.title}: {', '.join(system.carried_by)}" for system in spec.systems]
    lines += [f"  story     {story.title}: {' → '.join(story.steps)}" for story in spec.stories]
    return "\n".join(lines)


def _records(scenario: Scenario) -> Iterator[Any]:
    return (piece.record for piece in walk("", (), scenario.spec))


def _cited(scenario: Scenario) -> Counter[str]:
    """How many news and policy cards cite each paragraph."""
    cards: list[Any] = list(scenario.spec.news)
    for deck in scenario.spec.cards.values():
        cards += deck
    return Counter(part for card in cards for part in card.source.split(", "))


def _number(item: tuple[str, int]) -> tuple[int, str]:
    digits = item[0].lstrip("p")
    return (int(digits) if digits.isdigit() else 99, item[0])
