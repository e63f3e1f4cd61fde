"""A line of a saved game from one perspective: which moves were noticed, what was known, how it is told.

For a seat and for the room there are only positions that differ for them, so that not even the number of
another seat's hidden moves shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from wargame.debrief.dated_events import Happening, points_told, told
from wargame.debrief.ledger import Entry, entries, entries_by_place
from wargame.debrief.people import players
from wargame.debrief.perspective import EVERYTHING, NONE_ALOUD, Perspective, seat_of, seen
from wargame.debrief.phrasing import happened, reason, said, when, words_for
from wargame.debrief.story import BOT, Moment, Story
from wargame.rules.events import (
    ChoiceAsked,
    Event,
    InfluenceSpent,
    LowestHelped,
    OfSeat,
    PhaseBegan,
    RoundBegan,
)
from wargame.rules.state import State
from wargame.rules.view import View, known_deal
from wargame.words.grammar import capital, sentence, whose

SILENT = (PhaseBegan, ChoiceAsked, InfluenceSpent, LowestHelped, RoundBegan)
"""Kinds that are not told: another line says it already."""


class PerspectiveLine:
    """One line from one perspective; what is costly is worked out once.

    `places` are the positions on the line (0 is the start) that can be told from the one before.
    """

    def __init__(self, story: Story, perspective: Perspective) -> None:
        self.story, self.perspective, self.line = story, perspective, story.line
        self.everything = perspective is EVERYTHING
        self.viewer = seat_of(perspective)
        self._told: dict[int, tuple[str, ...]] = {}

    def view(self, moment: Moment) -> View:
        """Return what was seen after a move, as it was then."""
        return seen(moment.state, self.perspective)

    # --- what was noticed ------------------------------------------------------------------------------

    @cached_property
    def places(self) -> tuple[int, ...]:
        if self.everything:
            return tuple(range(len(self.line)))
        found, before = [0], self.view(self.line[0])
        for place, moment in enumerate(self.line[1:], 1):
            now = self.view(moment)
            if self._own(moment) or self.seen[place] or now != before:
                found.append(place)
            before = now
        return tuple(found)

    def nearest(self, place: int) -> int:
        """Return the last position at or before that one which can be told from others."""
        return self.places[max(bisect_right(self.places, place) - 1, 0)]

    def nth(self, place: int) -> int:
        """Return how many positions that can be told lie before it."""
        return bisect_right(self.places, place) - 1

    def _own(self, moment: Moment) -> bool:
        return self.everything or (bool(moment.seat) and moment.seat == self.perspective)

    @cached_property
    def seen(self) -> tuple[tuple[Happening[Event], ...], ...]:
        """Return by position what was seen to happen."""
        found: dict[int, list[Happening[Event]]] = {moment.id: [] for moment in self.line}
        for one in told(self.line, self.perspective, self.story.scenario.seat_ids, sealed=True):
            found[one.move].append(one)
        return tuple(map(tuple, found.values()))

    @cached_property
    def _all_seen(self) -> tuple[tuple[Happening[Event], ...], tuple[int, ...]]:
        """Everything seen, and how much of it by each position."""
        return tuple(one for part in self.seen for one in part), tuple(accumulate(map(len, self.seen)))

    def seen_upto(self, place: int) -> tuple[Happening[Event], ...]:
        """Return all that was seen to happen up to a position."""
        every, upto = self._all_seen
        return every[: upto[place]]

    @cached_property
    def deals(self) -> tuple[tuple[Entry, ...], ...]:
        """Return the ledger of deals that were known of, by position; of everything, all of them at each."""
        if self.everything:
            return (entries(self.story),) * len(self.line)
        return entries_by_place(self.story, self.perspective)

    @cached_property
    def aloud(self) -> tuple[Mapping[str, int], ...]:
        """Return by position the points that seats had been told to have been given outright."""
        if self.everything:
            return (NONE_ALOUD,) * len(self.line)
        given = accumulate(self.seen, lambda before, part: points_told(part, before), initial=NONE_ALOUD)
        return tuple(given)[1:]

    # --- in words --------------------------------------------------------------------------------------

    def title(self, place: int) -> str:
        """Return the move in one sentence, as far as it is known; where it is hidden, who decides next."""
        moment = self.line[place]
        if not place or self._own(moment):
            return said(self.story, moment)
        if came := self.happenings(place):
            return came[0]
        seat = moment.state.to_act
        return f"Next: {words_for(moment.state).seat(seat)}." if seat else "Others go on."

    def rationale(self, place: int) -> str:
        """Return why, in the maker's own words, which are its secret."""
        moment = self.line[place]
        return reason(moment) if self._own(moment) else ""

    def made_by(self, place: int) -> str:
        """Return what made the move, who and when, where that may be known; "" otherwise."""
        moment = self.line[place]
        if not place or not self._own(moment):
            return ""
        player = players(self.story, moment.id)[moment.seat][1] if moment.seat else moment.who
        maker = moment.maker if moment.maker != BOT else f"{BOT} ({moment.by})"
        return " · ".join(part for part in (maker, player, when(moment.time)[11:19]) if part)

    def happenings(self, place: int) -> tuple[str, ...]:
        """Return what came of the move, in sentences."""
        if place not in self._told:
            state = self.line[place].state
            events = (one.event for one in self.seen[place] if not isinstance(one.event, SILENT))
            lines = (happened(event, state, self.perspective) for event in events)
            self._told[place] = tuple(dict.fromkeys(lines))
        return self._told[place]

    def text(self, place: int) -> str:
        """Return all that can be searched for at a position, in small letters."""
        return "\n".join((self.title(place), self.rationale(place), *self.happenings(place))).casefold()

    def mover(self, place: int) -> str:
        """Return the seat that made the move, where that may be known; "" otherwise."""
        moment = self.line[place]
        if self._own(moment):
            return moment.seat
        first = next((one.event for one in self.seen[place] if not isinstance(one.event, SILENT)), None)
        return moment.seat if isinstance(first, OfSeat) and first.seat == moment.seat else ""


# --- what a seat knew and did not ------------------------------------------------------------------------


class Known(NamedTuple):
    """What a seat knew beyond the board, and what was so without its knowing, as sentences."""

    knew: tuple[str, ...]
    did_not: tuple[str, ...]


def known(state: State, seat: str) -> Known:
    """Return what a seat knew in a position, and what it did not."""
    words, mine = words_for(state), seen(state, seat)
    return Known(tuple(words.state_of(mine)), tuple(_hidden(state, mine, seat)))


def _hidden(state: State, mine: View, seat: str) -> Iterator[str]:
    """Yield deals, tracks, agendas and committed cards of others, as they truly were."""
    words = words_for(state)
    for deal in state.deals:
        as_known = known_deal(deal, seat)
        if deal.status == "running" and (as_known is None or as_known.template == "?"):
            yield sentence(words.deal_running(deal, None))
    for track, value in state.tracks.items():
        if track not in mine.tracks:
            yield sentence(f"{words.track(track)} stands at {value}, {words.band(track, value)}")
    for other in state.scenario.seat_ids:
        for commit in state.orders[other].commits if other != seat else ():
            yield sentence(f"{words.one_does(other, 'has')} laid down {words.card(commit.card)}")
    for other, agenda in state.agendas.items():
        if other != seat:
            yield sentence(
                f"{capital(whose(words.party(other)))} secret agenda: {words.agenda(agenda).title}"
            )
