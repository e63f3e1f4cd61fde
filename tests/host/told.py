"""What a seat was never told, on any line of a saved game: no screen of it may have shown that."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from wargame.record import Save, positions
from wargame.rules.events import seen_by
from wargame.rules.scenario import Scenario
from wargame.rules.view import View
from wargame.table import ENGINE
from wargame.words import Words


def kept_from(path: Path) -> dict[str, set[str]]:
    """Return seat → the titles of cards and agendas that others held and it never heard of.

    "" is the room. What the end lays open is still counted: look at what was shown before it.
    """
    with Save.open(path, write=False, rebuild=ENGINE.rebuild) as save:
        scenario = ENGINE.load(save.header)
        held: set[str] = set()
        known: dict[str, str] = dict.fromkeys((*scenario.seat_ids, ""), "")
        for tip in save.tree.lines():
            for position in positions(save.tree, ENGINE, tip, scenario):
                if position.game.over:
                    break
                state = position.game.state
                held |= {card for hand in state.hands.values() for card in hand}
                held |= {str(agenda) for agenda in state.agendas.values() if agenda}
                for seat in known:
                    known[seat] += _said(position.game.view(seat or None))
                    known[seat] += repr(
                        [event for event in position.came or () if seen_by(event, seat or None)]
                    )
    titles = _titles(scenario, held)
    return {
        seat: {title for id_, title in titles.items() if f"'{id_}'" not in heard}
        for seat, heard in known.items()
    }


def _said(seen: View) -> str:
    """Return all that is in a view; printed, it says nothing of itself."""
    return repr(
        [getattr(seen, field.name) for field in fields(seen) if field.name not in ("scenario", "menu")]
    )


def _titles(scenario: Scenario, ids: set[str]) -> dict[str, str]:
    words = Words(scenario)
    return {
        id_: words.said(scenario.cards[id_].title) if id_ in scenario.cards else words.agenda(id_).title
        for id_ in ids
    }
