"""What the parts of the pages say that many of them share."""

from __future__ import annotations

PHASES = {
    "briefing": "briefing",
    "news": "news",
    "orders": "orders",
    "answers": "answers",
    "reveal": "reveal",
    "resolution": "resolution",
    "upkeep": "upkeep",
    "debrief": "debrief",
}
