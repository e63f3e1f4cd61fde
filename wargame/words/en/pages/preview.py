"""What the preview says to whoever writes a scenario."""

from __future__ import annotations

from wargame.counting import several

CONTENTS, PROBLEMS, WARNINGS = "THE SCENARIO", "PROBLEMS", "WARNINGS"
READING = "The files are being read …"
THE_BOARD, SEATS, NEWS, DEALS = "The board", "SEATS", "NEWS", "DEALS"
QUESTIONS, STANDS, LEVERS = "QUESTIONS", "JOINT STANDS", "LEVERS"
TRIGGERS, OUTCOMES, EPILOGUES = "WHAT HAPPENS BY ITSELF", "EARLY ENDS", "EPILOGUES"
SOUND = "Nothing is wrong. What you write shows here as soon as it is saved."
NOTHING_YET = "There is nothing to show until the problems are mended."
AS_BEFORE = "It shows what was sound last."
LEAVES = "q leaves the preview; your files are left alone."
OPEN, LOOK, LEAVE, INTO = "as in the game", "look at", "leave", "into the text"
ANY_ROUND = "Any round"
NONE_BEFORE = "If none of those before it fits"
AGENDA = "Agenda, perhaps"


def problems(count: int) -> str:
    """Say how many problems there are."""
    return several(count, "problem") if count else "no problem"


def warnings(count: int) -> str:
    """Say how many warnings there are."""
    return several(count, "warning")


def failed(why: str) -> str:
    """Say that what is written can't even be laid on a table."""
    return f"it can't be laid on a table: {why}"


def set_by(seat: str) -> str:
    """Say who sets a lever, in secret."""
    return f"Set in secret by {seat}"


def cause_seen_by(seats: str) -> str:
    """Say who alone learns why something has happened."""
    return f"The cause is told to {seats} alone"
