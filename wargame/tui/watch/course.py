"""What the room is about to be told, cut into pages, and how the board stood after any part of it.

A recap is told of what has happened already. So that nothing on a page is ahead of the telling, every pane
paints from a lens on the board as it stood then: the view of now, with what came later taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, TypeGuard

from wargame.debrief.dated_events import INJECTED, Happening, Step, steps_of, told
from wargame.debrief.perspective import ROOM, seen, seen_score
from wargame.rules.events import (
    Accused,
    CardPlayed,
    CardReturned,
    Change,
    CommuniqueIssued,
    DealAnnounced,
    DealBroken,
    DealEnded,
    DealProved,
    Event,
    GameEnded,
    InfluenceMoved,
    InfluenceSpent,
    OutcomeCame,
    PointsGiven,
    RoundBegan,
    SeatRuined,
    TrackMoved,
)
from wargame.rules.view import View
from wargame.table.seen import SeenTable
from wargame.table.table_records import Beat
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Memory, is_recent

CARD, REVEAL, UPKEEP, WORLD = "card", "reveal", "upkeep", "world"
"""Kinds of pages: one thing that happens, what all turn over, what a round leaves, and what came of it."""
OF_ITS_OWN = (*INJECTED, OutcomeCame, GameEnded)
"""What has a page to itself also in a phase that is told on one."""


class Page(NamedTuple):
    """What is told at once: its steps, and from which to before which happening of the course it goes."""

    kind: str
    round: int
    phase: str
    steps: tuple[Step, ...] = ()
    first: int = 0
    last: int = 0

    @property
    def events(self) -> list[Event]:
        return [event for step in self.steps for event in step.events]

    @property
    def proof(self) -> list[Step]:
        """The accusations that are right and what they lay open: of those a card on the map tells."""
        if not any(isinstance(event, Accused) and event.right for event in self.events):
            return []
        return [
            step
            for step in self.steps
            if isinstance(step.head, DealProved) or (isinstance(step.head, Accused) and step.head.right)
        ]

    @property
    def chapter(self) -> tuple[int, str]:
        return self.round, self.phase

    def paid(self, seats: Iterable[str]) -> dict[str, int]:
        """Return the points that their accusations have brought or cost these seats."""
        given = {
            event.seat: event.by
            for event in self.events
            if is_of_accusation(event) and isinstance(event, PointsGiven)
        }
        return {seat: given[seat] for seat in seats if seat in given}


def is_of_accusation(event: Event) -> TypeGuard[Change]:
    """Return whether a change is what an accusation has brought or cost."""
    return isinstance(event, Change) and event.cause.startswith("accusation/")


RUIN, POINTS, RUNG = "", "+points", "+rung"
"""What changes a public score besides tracks: ruin, points told aloud, a rung that all now know of."""


class ScoreMoved(NamedTuple):
    """A seat's public score has changed by a track, or by what stands there: `RUIN`, `POINTS`, `RUNG`."""

    seat: str
    by: int
    track: str
    cause: str


class ToldLens(Lens):
    """What the whole room sees of a table after a part of what has happened."""

    def __init__(self, lens: Lens, view: View, seen: Sequence[Happening[Event]]) -> None:
        self.viewer, self.scenario, self.words, self.view = None, lens.scenario, lens.words, view
        self._public = view
        self._beats, self._seen = lens._beats, seen

    @cached_property
    def memory(self) -> Memory:
        return Memory(self._seen)

    def public_score(self, seat: str) -> int:
        return self.score(seat)


class Course:
    """The course of a recap of `beats`, which end somewhere before how the table stands now."""

    def __init__(self, table: SeenTable, beats: Sequence[Beat]) -> None:
        self.now = Lens(table, None)
        self._sealed = seen(table.game.state, ROOM)
        scenario = table.scenario
        self.steps = steps_of(told(beats, ROOM, scenario.seat_ids))
        first, last = (beats[0].id, beats[-1].id) if beats else (0, 0)
        earlier = [beat for beat in table.beats if beat.id < first]
        later = [beat for beat in table.beats if beat.id > last]
        self.line: list[Happening[Event]] = list(told(earlier, ROOM, scenario.seat_ids))
        self.start = len(self.line)
        """Where the recap begins on the line of all that has happened."""
        self.pages = self._pages()
        self.end = len(self.line)
        self.line += told(later, ROOM, scenario.seat_ids)
        began = (event for beat in table.beats for event in beat.events if isinstance(event, RoundBegan))
        self._orders = {event.round: event.order for event in began}
        self._lenses: dict[tuple[int, int], Lens] = {}

    # --- pages -------------------------------------------------------------------------------------------

    def _pages(self) -> list[Page]:
        pages: list[Page] = []
        waiting: list[Step] = []
        for nth, step in enumerate(self.steps):
            waiting.append(step)
            after = self.steps[nth + 1] if nth + 1 < len(self.steps) else None
            if after is not None and _together(step, after):
                continue
            pages.append(self._page(waiting))
            waiting = []
        if any(page.kind == UPKEEP for page in pages):
            last = pages[-1]
            phase = "orders" if last.phase == "news" else last.phase
            pages.append(Page(WORLD, last.round, phase, (), last.last, last.last))
        return pages

    def _page(self, steps: list[Step]) -> Page:
        last, first = steps[-1], len(self.line)
        kind = _kind(last)
        for step in steps:
            self.line += (Happening(step.round, step.phase, 0, event) for event in step.events)
        return Page(kind, last.round, last.phase, tuple(steps), first, len(self.line))

    # --- the board as it stood ---------------------------------------------------------------------------

    def lens(self, told: int, page: Page) -> Lens:
        """Return what the room saw once so much of the line had been told, on a page."""
        key = told, self.pages.index(page) if page in self.pages else -1
        if key not in self._lenses:
            if len(self._lenses) > 8:
                self._lenses.clear()
            order = self._orders.get(page.round, self.now.view.order)
            view = replace(self.view(told), round=page.round, phase=page.phase, turn=0, order=order)
            self._lenses[key] = ToldLens(self.now, view, self.line[:told])
        return self._lenses[key]

    def so_far(self, told: int, page: Page) -> Lens:
        """Return the same with all that had been seen by then as it happened, move by move, for a log."""
        if told >= len(self.line):
            return self.now
        to_come = {id(one.event) for one in self.line[told:]}
        seen = [one for one in self.now.memory.seen if id(one.event) not in to_come]
        return ToldLens(self.now, self.lens(told, page).view, seen)

    def view(self, told: int) -> View:
        """Return the room's view with all that came after so much of the line taken back."""
        view = self._sealed
        tracks, influence, deals = dict(view.tracks), dict(view.influence), list(view.deals)
        ruined = list(view.ruined)
        for one in reversed(self.line[told:]):
            match one.event:
                case TrackMoved(track=track, old=old) if track in tracks:
                    tracks[track] = old
                case InfluenceMoved(seat=seat, old=old):
                    influence[seat] = old
                case InfluenceSpent(seat=seat, amount=amount):
                    influence[seat] += amount
                case SeatRuined(seat=seat) if seat in ruined:
                    ruined.remove(seat)
                case DealEnded(deal=id_) | DealBroken(deal=id_):
                    deals = [
                        deal._replace(status="running") if deal.template == id_ else deal for deal in deals
                    ]
                case DealAnnounced(deal=id_) | DealProved(deal=id_):
                    deals = [deal for deal in deals if deal.template != id_]
                case CommuniqueIssued(a=a, b=b):
                    deals = [deal for deal in deals if deal.template != "?" or {deal.a, deal.b} != {a, b}]
                case _:
                    pass
        return replace(view, tracks=tracks, influence=influence, ruined=tuple(ruined), deals=tuple(deals))

    # --- scores ------------------------------------------------------------------------------------------

    def begun(self, page: Page) -> int:
        """Return where that began on the line which a page counts changes from: orders were carried out."""
        recent = (at for at, one in enumerate(self.line) if is_recent(one, page.round, page.phase))
        return next(recent, len(self.line))

    def scored(self, first: int, last: int) -> list[ScoreMoved]:
        """Return how the public scores changed from one place of the line to another, event by event."""
        moved: list[ScoreMoved] = []
        for at in range(first, last):
            event = self.line[at].event
            moved += (
                self._climbed(at) if isinstance(event, DealAnnounced | DealProved) else self.scores(event)
            )
        return moved

    def _climbed(self, at: int) -> Iterator[ScoreMoved]:
        """Yield what a deal that all now know of has done to the public scores."""
        before, after = self.view(at), self.view(at + 1)
        for seat in self.now.scenario.seat_ids:
            if by := seen_score(after, seat, ROOM) - seen_score(before, seat, ROOM):
                yield ScoreMoved(seat, by, RUNG, "")

    def scores(self, event: Event) -> Iterator[ScoreMoved]:
        """Yield what an event has done to the public scores."""
        scenario = self.now.scenario
        if isinstance(event, SeatRuined):
            yield ScoreMoved(event.seat, -scenario.spec.scoring.ruin_costs, RUIN, "")
        if isinstance(event, PointsGiven):
            yield ScoreMoved(event.seat, event.by, POINTS, event.cause)
        if not isinstance(event, TrackMoved):
            return
        start = scenario.tracks[event.track].start
        for seat in scenario.seat_ids:
            by = 0
            for term in scenario.seen_terms[None, seat]:
                if term.track == event.track:
                    most = term.most if term.most is not None else scenario.tracks[event.track].most
                    by += (min(event.new - start, most) - min(event.old - start, most)) * term.each
            if by:
                yield ScoreMoved(seat, by, event.track, event.cause)


def _kind(step: Step) -> str:
    if isinstance(step.head, OF_ITS_OWN):
        return CARD
    return {"orders": REVEAL, "answers": REVEAL, "reveal": REVEAL, "upkeep": UPKEEP}.get(step.phase, CARD)


def _together(step: Step, after: Step) -> bool:
    """Whether a step shares a page with the next: in a phase of that kind, or dice that changed nothing."""
    if step.round != after.round:
        return False
    one, other = _kind(step), _kind(after)
    if one == other and one != CARD:
        return one == REVEAL or step.phase == after.phase
    return one == other and step.phase == after.phase and not _stops(step, after)


def _stops(step: Step, after: Step) -> bool:
    """Whether a room should stop between two steps of a phase that is told card by card."""
    if step.phase == "news" and after.head is None:
        return False
    return step.changes


def is_turn(step: Step) -> bool:
    """Whether a step is that of a card in the order of speed."""
    return step.phase == "resolution" and isinstance(step.head, CardPlayed | CardReturned)
