"""A game told round by round: what made headlines, what happened, every move, and each seat's own story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wargame.content.load import load_scenario, scenario_names
from wargame.debrief.dated_events import Happening, dated_events, headlines, seats_behind, told
from wargame.debrief.people import players
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.phrasing import Number, deed, happened, minutes, reason, when, whole, words_for
from wargame.debrief.story import Moment, Story
from wargame.debrief.white_cell_log import Floor, floor
from wargame.errors import ContentError
from wargame.record import ROOT
from wargame.rules.events import (
    Accused,
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
from wargame.rules.spec import Reported
from wargame.words import Told, Words

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
    """A round as it was told: its date, headlines, talk, sentences on what happened, and its moves."""

    round: Number
    date: str
    headlines: tuple[str, ...]
    talk: Floor
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


def rounds(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Round, ...]:
    """Return the rounds of the line; of a seat with what it was told and its own moves, under no numbers."""
    words = words_for(story.end.state)
    heads = headlines(dated_events(story.line), words)
    heard = tuple(told(story.line, perspective, story.scenario.seat_ids, sealed=True))
    quiet = (*QUIET, *PRIVATE) if perspective is EVERYTHING else QUIET
    return tuple(
        Round(
            whole("of.round", nth),
            words.date(nth),
            heads.get(nth, ()),
            floor(story, nth),
            tuple(happened(one.event, story.at(one.move).state, perspective) for one in heard
                  if one.round == nth and not isinstance(one.event, quiet)),
            tuple(_row(story, moment, perspective) for moment in story.line
                  if moment.id != ROOT and moment.round == nth and perspective in (EVERYTHING, moment.seat)),
        )
        for nth in range(1, story.end.state.round + 1)
    )  # fmt: skip


def _row(story: Story, moment: Moment, perspective: Perspective) -> Row:
    who = words_for(moment.state).seat(moment.seat) if moment.seat else moment.maker
    maker = "" if moment.maker == "person" else moment.maker
    number = whole("of.move", moment.id) if perspective is EVERYTHING else None
    return Row(number, when(moment.time)[11:19], who, deed(story, moment), reason(moment), maker)


def seat_stories(story: Story, perspective: Perspective = EVERYTHING) -> tuple[SeatStory, ...]:
    """Return every seat's own story; of a seat its own alone."""
    heard = tuple(told(story.line, perspective, story.scenario.seat_ids, sealed=True))
    words, found = words_for(story.end.state), []
    for seat in story.scenario.seat_ids:
        if perspective not in (EVERYTHING, seat):
            continue
        agenda = story.end.state.agendas.get(seat)
        mine = [moment for moment in story.line if moment.seat == seat]
        thought = [seconds for moment in mine if (seconds := story.seconds(moment.id)) is not None]
        found.append(
            SeatStory(
                seat,
                words.seat(seat),
                players(story)[seat][1],
                words.agenda(agenda) if agenda else None,
                whole(f"decisions.{seat}", len(mine)),
                minutes(f"seconds.{seat}", sum(thought)) if thought and perspective is EVERYTHING else None,
                tuple(
                    _own_round(story, seat, nth, perspective, heard)
                    for nth in range(1, story.end.state.round + 1)
                ),
            )
        )
    return tuple(found)


def _own_round(
    story: Story, seat: str, nth: int, perspective: Perspective, heard: Sequence[Happening[Event]]
) -> OwnRound:
    """Tell a seat's round, and what came of its cards in it and of its deals."""
    moves = [m for m in story.line if m.seat == seat and m.round == nth]
    shown = [m for m in moves if not isinstance(m.move, End) or m.rationale or m.maker != "person"]
    return OwnRound(
        whole("of.round", nth),
        words_for(story.end.state).date(nth),
        tuple(note.text for note in story.notes("rationale")
              if note.seat == seat and story.dated(note)[0] == nth),
        tuple(_row(story, moment, perspective) for moment in shown),
        tuple(happened(one.event, story.at(one.move).state, perspective) for one in heard
              if one.round == nth and _about(one.event, seat, story.scenario)),
    )  # fmt: skip


def _about(event: Event, seat: str, scenario: Scenario) -> bool:
    """Tell whether an event is of a seat's own card, signal or deal."""
    match event:
        case CardPlayed() | CardReturned() | SignalKept() | SignalBroken():
            return event.seat == seat
        case DealSigned():
            return seat in (event.a, event.b)
        case Accused():
            return seat in (event.seat, event.a, event.b)
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


# --- what really happened --------------------------------------------------------------------------------


class HistoryRound(NamedTuple):
    """One round of history (0: what came before the game) and of the game."""

    round: int
    date: str
    reported: tuple[Reported, ...]
    headlines: tuple[str, ...]


def reported(story: Story) -> tuple[Reported, ...]:
    """Return the scenario's history: as the save has it, else as this program has it under the same id."""
    own = story.scenario.spec.history
    if own or story.scenario.id not in scenario_names():
        return own
    try:
        return load_scenario(story.scenario.id).spec.history
    except ContentError:
        return ()


def beside(story: Story) -> tuple[HistoryRound, ...]:
    """Return each round of the game with what was reported of its quarter; empty without a history."""
    words, upto = words_for(story.end.state), max(story.end.state.round, 1)
    return laid_beside(reported(story), dated_events(story.line), words, upto)


def laid_beside(
    known: Sequence[Reported], happened_: Iterable[Happening[Event]], words: Words, upto: int
) -> tuple[HistoryRound, ...]:
    """Return what was reported round by round, and what made headlines among these events, to that round."""
    if not known:
        return ()
    heads = headlines(happened_, words)
    return tuple(
        HistoryRound(
            round_,
            words.date(round_) if round_ else "",
            tuple(one for one in known if one.round == round_),
            heads.get(round_, ()),
        )
        for round_ in range(min(one.round for one in known), upto + 1)
    )
