"""A game told round by round: what made headlines, what happened, every move, and each seat's own story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wargame.debrief.course import ALL, Happening, course, seats_behind, told
from wargame.debrief.eyes import known
from wargame.debrief.history import headlines
from wargame.debrief.numbers import Number, minutes, whole
from wargame.debrief.story import Moment, Story
from wargame.debrief.tell import deed, happened, reason, when, words_for
from wargame.record import ROOT
from wargame.rules.events import (
    CardPlayed,
    CardReturned,
    CardsDrawn,
    ChoiceAsked,
    DealBroken,
    DealSigned,
    DiceRolled,
    Event,
    GoodMoved,
    GoodsDelivered,
    GoodsProduced,
    InfluenceMoved,
    InfluenceSpent,
    LowestHelped,
    OfferRefused,
    PhaseBegan,
    PointsGiven,
    RoundBegan,
    SignalBroken,
    SignalKept,
    TrackMoved,
)
from wargame.rules.moves import End
from wargame.rules.scenario import Scenario
from wargame.words.en.scores import Told

QUIET = (PhaseBegan, ChoiceAsked, RoundBegan)
"""Kinds of events that say nothing which the page does not say already."""
PRIVATE = (InfluenceSpent, CardsDrawn, InfluenceMoved, GoodMoved, LowestHelped, GoodsProduced)
"""Kinds that in the whole story would drown the rest; each seat's own page has them."""


class Row(NamedTuple):
    """A move: its number, when (UTC), who, what, why, and who made it if no person did."""

    number: Number | None
    time: str
    who: str
    what: str
    why: str
    maker: str


class Round(NamedTuple):
    """A round as it was told: its date, headlines, sentences on what happened, and its moves."""

    round: Number
    date: str
    headlines: tuple[str, ...]
    happened: tuple[str, ...]
    moves: tuple[Row, ...]


class OwnRound(NamedTuple):
    """A seat's round: why it said it acted, its moves with their reasons, and what came of them."""

    round: Number
    date: str
    reasons: tuple[str, ...]
    moves: tuple[Row, ...]
    came: tuple[str, ...]


class SeatStory(NamedTuple):
    """A seat's game: who played it, its secret agenda, how it decided, and its rounds."""

    seat: str
    name: str
    player: str
    agenda: Told | None
    decisions: Number
    thought: Number | None
    rounds: tuple[OwnRound, ...]


def rounds(story: Story, viewer: str | None = None) -> tuple[Round, ...]:
    """The rounds of the line; for a viewer with what it was told and its own moves, under no numbers."""
    words, heard = words_for(story.end.state), _heard(story, viewer)
    heads = headlines(course(story.line), words)
    found = []
    for nth in range(1, story.end.state.round + 1):
        moves = [m for m in story.line if m.id != ROOT and m.round == nth and _of(m, viewer)]
        found.append(
            Round(
                whole("of.round", nth),
                words.date(nth),
                heads.get(nth, ()),
                tuple(happened(one.event, story.at(one.move).state, viewer) for one in heard
                      if one.round == nth and _worth_telling(one.event, viewer)),
                tuple(_row(story, moment, viewer) for moment in moves),
            )
        )  # fmt: skip
    return tuple(found)


def _of(moment: Moment, viewer: str | None) -> bool:
    return viewer is None or moment.seat == viewer


def _row(story: Story, moment: Moment, viewer: str | None) -> Row:
    words = words_for(moment.state)
    who = words.seat(moment.seat) if moment.seat else moment.maker
    maker = "" if moment.maker == "person" else moment.maker
    number = whole("of.move", moment.id) if viewer is None else None
    return Row(number, when(moment.time)[11:19], who, deed(story, moment), reason(moment), maker)


def _heard(story: Story, viewer: str | None) -> tuple[Happening[Event], ...]:
    """Return what happened as that seat was told it; for nobody in particular, all of it, once."""
    return tuple(told(story.line, viewer or ALL, story.scenario.seat_ids, sealed=True))


def _worth_telling(event: Event, viewer: str | None) -> bool:
    return not isinstance(event, QUIET if viewer else (*QUIET, *PRIVATE))


def seat_stories(story: Story, viewer: str | None = None) -> tuple[SeatStory, ...]:
    """Every seat's own story; for a viewer its own alone."""
    return tuple(_seat(story, seat, viewer) for seat in story.scenario.seat_ids if viewer in (None, seat))


def _seat(story: Story, seat: str, viewer: str | None) -> SeatStory:
    words = words_for(story.end.state)
    agenda = story.end.state.agendas.get(seat)
    mine = [moment for moment in story.line if moment.seat == seat]
    thought = [seconds for moment in mine if (seconds := story.seconds(moment.id)) is not None]
    return SeatStory(
        seat,
        words.seat(seat),
        story.players()[seat][1],
        words.agenda(agenda) if agenda else None,
        whole(f"decisions.{seat}", len(mine)),
        minutes(f"seconds.{seat}", sum(thought)) if thought and viewer is None else None,
        tuple(_own_round(story, seat, nth, viewer) for nth in range(1, story.end.state.round + 1)),
    )


def _own_round(story: Story, seat: str, nth: int, viewer: str | None) -> OwnRound:
    words = words_for(story.end.state)
    moves = [m for m in story.line if m.seat == seat and m.round == nth]
    shown = [m for m in moves if not isinstance(m.move, End) or m.rationale or m.maker != "person"]
    return OwnRound(
        whole("of.round", nth),
        words.date(nth),
        tuple(note.text for note in story.notes("rationale")
              if note.seat == seat and story.dated(note)[0] == nth),
        tuple(_row(story, moment, viewer) for moment in shown),
        tuple(_came(story, seat, nth, viewer)),
    )  # fmt: skip


def _came(story: Story, seat: str, nth: int, viewer: str | None) -> Iterator[str]:
    """What came of a seat's cards in a round, and of its deals."""
    for one in _heard(story, viewer):
        if one.round == nth and _about(one.event, seat, story.scenario):
            yield happened(one.event, story.at(one.move).state, viewer)


def _about(event: Event, seat: str, scenario: Scenario) -> bool:
    """Whether an event is of a seat's own card, signal or deal."""
    match event:
        case CardPlayed() | CardReturned() | SignalKept() | SignalBroken():
            return event.seat == seat
        case DealSigned():
            return seat in (event.a, event.b)
        case DealBroken():
            return seat in (event.by, event.other)
        case GoodsDelivered():
            return seat in (event.giver, event.taker)
        case OfferRefused():
            return seat in (event.proposer, event.partner)
        case DiceRolled() | TrackMoved() | PointsGiven():
            return event.cause.startswith("card/") and seats_behind(scenario, event.cause) == (seat,)
        case _:
            return False


def known_at_the_end(story: Story, seat: str) -> tuple[str, ...]:
    """What a seat knew beyond the board when the last round was over."""
    return known(story, story.end.id, seat).knew
