"""Scenarios as saved games of earlier versions carry them, put as they are written now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

QUARTER = 3
"""Months."""


def as_written_now(main: Any, others: Iterable[Any]) -> None:
    """Put the data of `scenario.yaml`, with that of the files beside it, as they are written now.

    A quarter was all that a round could be, and the outcomes of a game were not declared.
    """
    if not isinstance(main, dict):
        return
    clock = main.pop("clock", None)
    if isinstance(clock, dict) and "calendar" not in main:
        month = (clock.get("quarter", 1) - 1) * QUARTER + 1
        start = f"{clock.get('year', 1)}-{month:02}"
        main["calendar"] = {"round": "a quarter of a year", "start": start, "months": QUARTER}
    if "outcomes" not in main and (ids := sorted({id_ for one in (main, *others) for id_ in _ends(one)})):
        main["outcomes"] = [
            {"id": id_, "title": f"the {id_}", "text": f"The {id_} ends it.", "blame": True} for id_ in ids
        ]


def _ends(data: Any) -> Iterator[str]:
    """Yield the outcomes with which effects anywhere in it end the game."""
    if isinstance(data, dict):
        end = data.get("end")
        if isinstance(end, dict) and isinstance(end.get("outcome"), str):
            yield end["outcome"]
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _ends(part)
