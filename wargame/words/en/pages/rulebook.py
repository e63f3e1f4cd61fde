"""What the rulebook says besides its templates: how flags are raised, and what is wrong with own words."""

from __future__ import annotations

AN_AGENDA = "an agenda"
MOMENTS = {
    "signed": "announced", "each": "kept in full", "short": "short", "broken": "broken", "proved": "proved",
    "ended": "run out",
}  # fmt: skip
"""The moments of a deal → how one says that it has come to that."""
OR = "; or "
SOURCE = "source"

STORY, GLOSSARY = "The story", "Glossary"
"""The chapter that a scenario's own words replace, and the one that they add terms to."""


def for_rounds(rounds: str) -> str:
    return f"(for {rounds})"


def ended_by(what: str) -> str:
    return f"; ended by {what}"


# --- a scenario's own words

NO_HEADING = "a heading has no name"
NO_ENTRY = "is no entry of the glossary; one reads `- **Term.** What it means.`"


def twice(what: str) -> str:
    return f"{what} stands here twice"


def not_here(title: str) -> str:
    return f"this scenario has nothing that “{title}” speaks of, so its rulebook has no such chapter"


def nearly(title: str, known: str) -> str:
    return f"“{title}” is a chapter of its own; is “{known}” meant?"


def no_section(target: str) -> str:
    return f"no heading of the rulebook is called `#{target}`"


def no_kind(kind: str, known: str) -> str:
    return f"`{kind}:` is no kind of thing; those are {known}"
