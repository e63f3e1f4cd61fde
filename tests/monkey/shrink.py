"""A long row of events made short: leave out what the trouble comes without."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.monkey.keys import Event


def shrunk(
    events: list[Event], still: Callable[[list[Event]], bool], seconds: float
) -> tuple[list[Event], bool]:
    """The events that are needed for the trouble, and whether it came again at all.

    `still` does a start again with the events it is given. Halves are left out first, then ever smaller
    parts, until nothing more can be or the time is over.
    """
    end, kept = time.monotonic() + seconds, list(events)
    if not still(kept):
        return kept, False
    part = max(len(kept) // 2, 1)
    while time.monotonic() < end:
        at, shorter = 0, False
        while at < len(kept) and time.monotonic() < end:
            tried = kept[:at] + kept[at + part :]
            if still(tried):
                kept, shorter = tried, True
            else:
                at += part
        if part == 1 and not shorter:
            break
        part = max(part // 2, 1)
    return kept, True
