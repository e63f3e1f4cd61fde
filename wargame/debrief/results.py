"""How a game came out, in numbers that the export has too: results, scores term by term, dice, a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from wargame.content.exercise import one_line
from wargame.debrief.dated_events import Played, points_told, told
from wargame.debrief.ledger import Entry
from wargame.debrief.people import Spell, exercise_of, seating
from wargame.debrief.perspective import (
    EVERYTHING,
    NONE_ALOUD,
    Perspective,
    least_known,
    seat_of,
    seen,
    seen_score,
)
from wargame.debrief.phrasing import (
    Number,
    Sentence,
    counted,
    decimal,
    gain,
    half,
    listed,
    whole,
    words_for,
)
from wargame.debrief.story import WHITE_CELL, Story
from wargame.rules.events import Die
from wargame.rules.predicates import compile_condition
from wargame.rules.scoring import Line, agenda_worth, final_scores, ruin_cost, term_value, terms_of, win_line
from wargame.rules.spec import Epilogue, Term
from wargame.rules.state import State
from wargame.rules.view import View
from wargame.table.engine import ABSENT, PERSON
from wargame.words import Told, Words
from wargame.words.grammar import capital, number


class Result(NamedTuple):
    """A seat's line in the table of results; what could not be known is None."""

    seat: str
    name: str
    player: str
    kind: str
    score: Number
    margin: Number | None
    rank: Number | None
    won: bool | None
    ruined: bool
    agenda: Told | None
    kept: bool | None


class Account(NamedTuple):
    """How a seat's score came about: each term's words and points, None where that could not be known."""

    seat: str
    name: str
    lines: tuple[tuple[str, Number | None], ...]


class Dice(NamedTuple):
    """What the rolls of a game promised together and what came."""

    rolls: Number
    promised: Number
    came: Number


def line_needed(story: Story) -> Number:
    """Return the score that wins."""
    return half("line", win_line(story.end.state))


def results(story: Story, perspective: Perspective = EVERYTHING) -> tuple[Result, ...]:
    """Return every seat's result, best first; of a seat what it could work out, in the order of the seats."""
    state, seats, words = story.end.state, seating(story), words_for(story.end.state)
    everything = perspective is EVERYTHING
    position, aloud = state if everything else seen(state, perspective), aloud_in(story, perspective)
    found = []
    for seat, line in final_scores(state).items():
        kind, player = ", then ".join(spell.kind for spell in seats[seat]), seats[seat][-1].name
        agenda = state.agendas.get(seat) if perspective in (EVERYTHING, seat) else None
        found.append(
            Result(
                seat, words.seat(seat), player, kind,
                whole(f"score.{seat}", seen_score(position, seat, perspective, aloud)),
                decimal(f"margin.{seat}", line.margin) if everything else None,
                whole(f"rank.{seat}", line.rank) if everything else None,
                line.won if everything else None,
                line.ruined,
                words.agenda(agenda) if agenda else None,
                line.agenda if everything else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.rank.value if one.rank else 0))


class ScorePart(NamedTuple):
    """A part of a seat's score: one of its terms, or (`term` is None) what `key` says.

    `key` is `start`, `term`, `points` (of deals kept and on the way), `agenda` or `ruin`; `points` is None
    where it could not be known, and with `least` they are those of what lies proved: there may be more to it.
    """

    key: str
    points: int | None
    term: Term | None = None
    least: bool = False


def score_parts(
    position: State | View,
    seat: str,
    perspective: Perspective = EVERYTHING,
    aloud: Mapping[str, int] = NONE_ALOUD,
) -> Iterator[ScorePart]:
    """Yield how a seat's score came about, as far as it can be worked out from a position.

    What is nothing is left out, but for terms and points. `aloud` as in `seen_score`.
    """
    everything, viewer = perspective is EVERYTHING, seat_of(perspective)
    window = seen(position, perspective) if isinstance(position, State) else position
    proved = {} if everything else {term: by for term, by in least_known(window, seat, viewer) if by}
    yield ScorePart("start", position.scenario.spec.scoring.start_of(seat, position.rounds))
    for term, known in terms_of(position, seat, viewer):
        value = term_value(position, seat, term) if everything else proved.get(term, known)
        yield ScorePart("term", value, term, term in proved)
    if perspective in (EVERYTHING, seat):
        yield ScorePart("points", position.points.get(seat, 0))
    elif seat in aloud:
        yield ScorePart("points", aloud[seat])
    if everything and isinstance(position, State) and (worth := agenda_worth(position, seat)):
        yield ScorePart("agenda", worth)
    if cost := ruin_cost(position, seat):
        yield ScorePart("ruin", -cost)


def aloud_in(story: Story, perspective: Perspective) -> Mapping[str, int]:
    """Return the points that seats were told to have been given outright; none where everything is seen."""
    if perspective is EVERYTHING:
        return NONE_ALOUD
    return points_told(told(story.line, perspective, story.scenario.seat_ids, sealed=True))


def account(
    state: State, seat: str, perspective: Perspective = EVERYTHING, aloud: Mapping[str, int] = NONE_ALOUD
) -> Account:
    """Return how a seat's score came about, as it could be worked out before the end."""
    words = words_for(state)
    labels = {"start": "to start with", "points": "deals kept and other points on the way", "ruin": "ruined"}
    keys = {"points": f"points.{seat}", "agenda": f"worth.{seat}", "ruin": f"ruin.{seat}"}
    lines: list[tuple[str, Number | None]] = []
    position = state if perspective is EVERYTHING else seen(state, perspective)
    for nth, part in enumerate(score_parts(position, seat, perspective, aloud), -1):
        key, points, term = part.key, part.points, part.term
        if term is not None:
            made = None if points is None else gain(f"term.{seat}.{nth}", points)
            lines.append((words.term_label(term, part.least), made))
        elif points is not None:
            label = labels.get(key) or f"secret agenda: {words.agenda(state.agendas[seat]).title}"
            lines.append((label, whole(key, points) if key == "start" else gain(keys[key], points)))
    return Account(seat, words.seat(seat), tuple(lines))


def dice(line: Iterable[Played]) -> Dice:
    """Return what the rolls along a line promised together, and what came."""
    events = (event for played in line for event in played.events)
    known = [(event.chance, event.works) for event in events if isinstance(event, Die) and event.chance]
    promised, came = sum(chance for chance, _works in known) / 100, sum(works for _chance, works in known)
    return Dice(whole("dice.rolls", len(known)), decimal("dice.promised", promised), whole("dice.came", came))


def epilogue(state: State) -> Epilogue | None:
    """Return the ending that is told; None if no ending fits or the game is not over."""
    endings = state.scenario.spec.epilogues if state.phase == "debrief" else ()
    return next((one for one in endings if one.when is None or compile_condition(one.when)(state)), None)


class Secret(NamedTuple):
    """A track that not all could see: where it stood, and who saw it."""

    track: str
    value: int
    seen_by: tuple[str, ...]


def secret_tracks(state: State) -> tuple[Secret, ...]:
    """Return the tracks that were not for all to see, as they stood."""
    found = (track for track in state.scenario.spec.tracks if track.seen_by)
    return tuple(Secret(track.id, state.tracks[track.id], tuple(track.seen_by)) for track in found)


# --- in sentences --------------------------------------------------------------------------------------


def summary(
    story: Story, deals: tuple[Entry, ...], perspective: Perspective = EVERYTHING
) -> tuple[Sentence, ...]:
    """Tell the game in a few sentences; from a perspective only what could be known."""
    parts: list[Sentence] = [_course(story)]
    if not story.over:
        parts.append(("It is not finished.",))
    elif story.scenario.outcomes:
        parts.append((f"It ended {words_for(story.end.state).ended(story.end.state.outcome)}.",))
    if isinstance(perspective, str):
        own = next(one for one in results(story, perspective) if one.seat == perspective)
        needed = line_needed(story)
        parts.append(("As far as you could know, your score was ", own.score, ", your line ", needed, "."))
    elif perspective is EVERYTHING:
        parts += [_winners(story), *_best(story)]
    parts.append(_deals(deals))
    if perspective is EVERYTHING:
        known = all(moment.exact for moment in story.line)
        parts.append(
            of_dice(dice(story.line)) if known else ("How the dice fell is not known of every move.",)
        )
        acts = sum(moment.maker == WHITE_CELL for moment in story.line)
        back = sum(one.earlier for one in story.went_back())
        if acts or back:
            parts.append((
                "The white cell acted ", *counted(whole("white.acts", acts), "time"), " and went back ",
                *counted(whole("white.rewinds", back), "time"), ".",
            ))  # fmt: skip
    return tuple(parts)


def _course(story: Story) -> Sentence:
    words, state = words_for(story.end.state), story.end.state
    seats = seating(story)
    people = sum(spells[0].kind == PERSON for spells in seats.values())
    who: Sentence = (whole("people", people), " person" if people == 1 else " people")
    bots = len(seats) - people
    also: Sentence = (" and ", *counted(whole("bots", bots), "bot")) if bots else ()
    exercise = exercise_of(story)
    named = f", as the exercise “{one_line(exercise.title)}”," if exercise else ""
    title = words.said(story.scenario.spec.title)
    changes: list[str | Number] = []
    for seat, spells in seats.items():
        for nth, spell in enumerate(spells[1:]):
            again = " and was" if nth else f"; {words.one_does(seat, 'was')}"
            changes += [f"{again} {_handed(spell)} from round ", whole("of.round", spell.round)]
    return (
        f"“{title}”{named} was played by ", *(who if people or not bots else ()),
        *(also if people else also[1:]), " over ", whole("round", state.round), " of ",
        *counted(whole("rounds", state.rounds), "round"), *changes, ".",
    )  # fmt: skip


def _handed(spell: Spell) -> str:
    if spell.kind == ABSENT:
        return "left empty"
    if spell.kind != PERSON:
        return f"handed to {spell.kind}"
    return f"taken {'back' if spell.what == 'back' else 'over'} by {spell.name or 'a person'}"


def headline(lines: Iterable[Line], words: Words, outcome: str) -> str:
    """Tell in a line how many reached their line and how many were ruined."""

    def many(count: int) -> str:
        return number(count) if count else "nobody"

    ends = tuple(lines)
    won, ruined = sum(line.won for line in ends), sum(line.ruined for line in ends)
    verb = "reaches its line" if won < 2 else "reach their line"
    came = words.scenario.outcomes.get(outcome)
    if came is not None and came.lost:
        return f"{words.ending(outcome)}: nobody wins"
    fate = f"{many(ruined)} {'is' if ruined == 1 else 'are'} ruined" if ruined else "nobody is ruined"
    if came is not None and came.wins:
        verb = "wins" if won < 2 else "win"
    said = f"{many(won)} {verb}, {fate}"
    return f"{words.ending(outcome)}: {said}" if came is not None else said


def _winners(story: Story) -> Sentence:
    words, lines = words_for(story.end.state), final_scores(story.end.state)
    won = [words.party(seat) for seat, line in lines.items() if line.won]
    lost = [words.party(seat) for seat, line in lines.items() if line.ruined]
    reached = "reached its line" if len(won) < 2 else "reached their lines"
    ruined = "was ruined" if len(lost) < 2 else "were ruined"
    return (f"{capital(listed(won))} {reached} of ", line_needed(story), f"; {listed(lost)} {ruined}.")


def _best(story: Story) -> Iterator[Sentence]:
    """Tell who did best and worst by their margins, whatever the seats are ranked by."""
    found = [(one.margin, one) for one in results(story) if one.margin is not None]
    found.sort(key=lambda pair: -pair[0].value)
    words = words_for(story.end.state)
    for (margin, one), how in ((found[0], "did best"), (found[-1], "did worst")):
        side = "below" if margin.value < 0 else "above"
        far = margin._replace(text=margin.text.removeprefix("−"))
        who = capital(words.party(one.seat))
        yield (f"{who} {how} by its own line, with ", one.score, ", ", far, f" of its spreads {side} it.")


def _deals(deals: tuple[Entry, ...]) -> Sentence:
    whole_ones = [entry for entry in deals if not entry.hidden and not entry.deal.empty]
    hidden = sum(entry.hidden for entry in deals)
    secret, broken, proved = (
        sum(entry.deal.secret for entry in whole_ones),
        sum(entry.deal.status == "broken" for entry in whole_ones),
        sum(any(one.proof for one in entry.found) for entry in whole_ones),
    )
    if not deals:
        return ("No deal was signed.",)
    known: Sentence = (
        *counted(whole("deals", len(whole_ones)), "deal"), " came about, ", whole("deals.secret", secret),
        " of them secret; ", whole("deals.broken", broken), " broken, ", whole("deals.proved", proved),
        " proved before everybody.",
    )  # fmt: skip
    if not hidden:
        return known
    return (
        *known,
        " Of ",
        whole("deals.hidden", hidden),
        " more you knew no more than what was said in public.",
    )


def of_dice(rolled: Dice) -> Sentence:
    """Return what the dice promised and what came, in a sentence."""
    if not rolled.rolls.value:
        return ("No dice were thrown.",)
    return (
        "The dice promised ", rolled.promised, " successes in ", *counted(rolled.rolls, "roll"), "; ",
        rolled.came, " came.",
    )  # fmt: skip
