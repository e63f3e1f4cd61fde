"""The bottom line, reversed: what may be done now. Every entry can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widgets import Static

from wargame.tui.actions import BY_ID
from wargame.tui.kit.guard import GuardedScreen
from wargame.tui.kit.paint import fit, join, put
from wargame.tui.settings import settings_of

BETWEEN = "  "
KEY = "bold not reverse $foreground on $panel"
"""How a key looks."""
EVERYWHERE = ("rules", "glossary", "settings", "help")
"""Actions that the program does, whatever screen is in front."""
SURE = 2
"""Hints that no sentence before them may push out of the line."""
ALWAYS = ("back", "app.help")
"""Actions whose hints are in the line in any case, where there are any: the way back, and help."""
SAID = 5.0
"""Seconds for which the foot says something else than what may be done."""


class Hint(NamedTuple):
    """One thing that may be done: its usual key as shown, what it does, and the screen's action for it.

    The foot shows the key that somebody has chosen instead, if any.
    """

    key: str
    label: str
    action: str = ""

    @property
    def text(self) -> str:
        return f" {self.key}  {self.label}" if self.key else self.label


def usual(*ids: str) -> list[Hint]:
    """Return the hints of actions as the table has them. `KeyError` for an id that is not in it."""
    return [
        Hint(act.shown.split()[-1], act.label, f"app.{act.action}" if id_ in EVERYWHERE else act.action)
        for id_ in ids
        for act in (BY_ID[id_],)
    ]


class Foot(Static):
    """`Enter commits · o offer`: as many hints as fit, the most important first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._hints: Sequence[Hint] = ()
        self._lead = Content("")
        self._time = self._said = ""

    def say(self, sentence: str) -> None:
        """Say something once in the place of the hints, until others are shown or for `SAID` seconds."""
        self._said = sentence
        self.refresh(layout=False)
        if isinstance(self.screen, GuardedScreen):
            self.screen.after(SAID, self._be_silent)

    def _be_silent(self) -> None:
        self._said = ""
        self.refresh(layout=False)

    def tick(self, time: str) -> None:
        """Show how much time is left before everything else; "" shows none."""
        if time != self._time:
            self._time = time
            self.refresh(layout=False)

    @property
    def _before(self) -> Content:
        """What stands before the hints, shortened so that the first `SURE` of them are there in any case."""
        room = self.size.width - 2 - sum(len(BETWEEN) + len(hint.text) for hint in self._hints[:SURE])
        time = put(f"{self._time}  " if self._time else "", "bold")
        lead, room = self._lead, room + len(BETWEEN) - time.cell_length
        if lead.cell_length > room:
            lead = join((fit(lead.rstrip(), max(room - 1, 0)), put(" ")))
        return join((time, lead))

    @property
    def cuts(self) -> bool:
        """Whether what stands before the hints has no room there."""
        return self._lead.plain not in self._before.plain

    def show(self, hints: Sequence[Hint], lead: Content | None = None) -> None:
        """Show these hints after `lead` (whose turn it is, or a question)."""
        keys = settings_of(self.app).keys
        if self._said:
            self._be_silent()
        shown = [hint._replace(key=keys.hint(hint.key, hint.action)) for hint in hints]
        lead = lead or Content("")
        if shown != self._hints or not lead.is_same(self._lead):
            self._hints, self._lead = shown, lead
            self.refresh(layout=False)

    def _fitting(self) -> list[tuple[int, Hint]]:
        """The hints that fit, each with the column it starts at."""
        if self._said:
            return []
        at = 1 + self._before.cell_length
        placed: list[tuple[int, Hint]] = []
        for hint in self._kept(self.size.width - 1 - at):
            placed.append((at, hint))
            at += len(hint.text) + len(BETWEEN)
        return placed

    def _kept(self, room: int) -> list[Hint]:
        """The first ones, those that are there always, and of the others as many as have room, in order."""
        always = [hint for hint in self._hints[SURE:] if hint.action in ALWAYS]
        kept: list[Hint] = []
        for hint in (*self._hints[:SURE], *always, *self._hints):
            if hint not in kept:
                room -= len(hint.text) + (len(BETWEEN) if kept else 0)
                if room < 0:
                    break
                kept.append(hint)
        return [hint for hint in self._hints if hint in kept]

    def render(self) -> Content:
        parts: list[Content | str] = [" ", put(self._said, "bold") if self._said else self._before]
        for nth, (_start, hint) in enumerate(self._fitting()):
            parts.append(BETWEEN if nth else "")
            parts += [put(f" {hint.key} ", KEY), f" {hint.label}"] if hint.key else [hint.label]
        return fit(join(parts), self.size.width)

    async def on_click(self, event: events.Click) -> None:
        for start, hint in self._fitting():
            if start <= event.x < start + len(hint.text) and hint.action:
                await self.screen.run_action(hint.action)
                return
