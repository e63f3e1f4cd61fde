"""The dark theme. Seats have colours of their own in `widgets.paint`; no meaning rests on colour alone."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="wargame",
    primary="#8fb8de",
    secondary="#7f8c9b",
    accent="#d7a6ff",
    warning="#ffd479",
    error="#ff7a7a",
    success="#8bd17c",
    foreground="#d5dbe3",
    background="#0e1318",
    surface="#1b242d",
    panel="#24303b",
    dark=True,
    variables={"text-muted": "#8793a0"},  # a plain colour, for lines are painted before their ground is known
)
