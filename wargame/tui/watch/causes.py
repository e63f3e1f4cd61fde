"""Each change stands under its own cause, whatever else came in the same step."""

from __future__ import annotations

from wargame.debrief.dated_events import HEADS, Step, cause_of
from wargame.rules.events import Change, DiceRolled, Event
from wargame.tui.kit.lens import Lens
from wargame.words.pages import kit
from wargame.words.pages import watch as say


class Causes:
    """Hears what is told, line by line, and says where a line needs the title of its cause above it.

    With a `step` the first line stands under that one's title.
    """

    def __init__(self, lens: Lens, step: Step | None = None) -> None:
        self._words = lens.words
        self._under: str | None = None
        """The cause that the last title names; None under something that is the cause of no change."""
        if step is not None:
            self._under = step.cause or ("" if step.head is None else None)

    def above(self, event: Event) -> str:
        """Return the title to put above that event, or "" where it stands under the right one."""
        if isinstance(event, HEADS):
            self._under = cause_of(event) or None
        if not isinstance(event, Change | DiceRolled) or event.cause == self._under:
            return ""
        if isinstance(event, DiceRolled) and not event.cause:
            return ""
        self._under = event.cause
        return say.sentence(self._words.cause(event.cause) or kit.UNKNOWN)
