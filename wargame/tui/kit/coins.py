"""Influence as coins."""

from __future__ import annotations

from textual.content import Content

from wargame.tui.kit.paint import CHANGE, join, put

COIN, GOING, ROOM = "●", "◍", "○"


def coins(have: int, going: int, cap: int) -> Content:
    """Coins for what is kept, half coins for what is `going`, and the room up to the cap."""
    kept = max(have - going, 0)
    return put(COIN * kept + GOING * (have - kept) + ROOM * max(cap - have, 0))


def price(cost: int, style: str = CHANGE) -> Content:
    """What a card costs; a card that is free says nothing."""
    return join([put(COIN * cost, style)])
