"""Through whose eyes: what a seat knew at a moment, and what it did not.

Everything here is as it was then. The end of a game lays all secrets open; `sealed` is the end before that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wargame.debrief.story import Moment, Story
from wargame.debrief.tell import words_for
from wargame.rules.state import State
from wargame.rules.view import View, known_deal, view
from wargame.words.en.grammar import capital, sentence, whose
from wargame.words.en.knowledge import running


def sealed(state: State) -> State:
    """The state as it is seen before the end of the game lays secrets open."""
    if state.phase != "debrief":
        return state
    shut = state.clone()
    shut.phase, shut.winners = "upkeep", ()
    return shut


def seen_sealed(moment: Moment, seat: str | None) -> View:
    """What a seat (None: the whole room) saw after a move; of the last one, before it was all laid open."""
    return view(sealed(moment.state), seat)


class Known(NamedTuple):
    """What a seat knew beyond the board, and what was so without its knowing, as sentences."""

    knew: tuple[str, ...]
    did_not: tuple[str, ...]


def known(story: Story, move: int, seat: str) -> Known:
    """What a seat knew after that move, and what it did not."""
    moment = story.at(move)
    words, seen = words_for(moment.state), seen_sealed(moment, seat)
    return Known(tuple(words.state_of(seen)), tuple(_hidden(moment, seen, seat)))


def _hidden(moment: Moment, seen: View, seat: str) -> Iterator[str]:
    """Deals, tracks, agendas and committed cards of others, as they truly were."""
    state, words = moment.state, words_for(moment.state)
    for deal in state.deals:
        mine = known_deal(deal, seat)
        if deal.status == "running" and (mine is None or mine.template == "?"):
            yield sentence(running(words, deal, None))
    for track, value in state.tracks.items():
        if track not in seen.tracks:
            yield sentence(f"{words.track(track)} stands at {value}, {words.band(track, value)}")
    for other in state.scenario.seat_ids:
        for commit in state.orders[other].commits if other != seat else ():
            yield sentence(f"{words.party(other)} has laid down {words.card(commit.card)}")
    for other, agenda in state.agendas.items():
        if other != seat:
            yield sentence(
                f"{capital(whose(words.party(other)))} secret agenda: {words.agenda(agenda).title}"
            )
