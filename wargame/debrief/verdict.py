"""How a game came out, in numbers that the export has too: results, scores term by term, dice, a summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wargame.debrief.eyes import seen_sealed
from wargame.debrief.ledger import Entry
from wargame.debrief.numbers import (
    Number,
    Sentence,
    counted,
    decimal,
    gain,
    half,
    listed,
    whole,
)
from wargame.debrief.rolls import rolls
from wargame.debrief.story import WHITE_CELL, Story
from wargame.debrief.tell import words_for
from wargame.rules.predicates import compile_condition
from wargame.rules.scoring import final_scores, known_score, ruin_cost, term_value, win_line
from wargame.rules.spec import Epilogue, Term
from wargame.table.seating import PERSON
from wargame.words.en.grammar import capital
from wargame.words.en.scores import Told


class Result(NamedTuple):
    """A seat's line in the table of results; what the viewer could not know is None."""

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
    """How a seat's score came about: each term's words and points, None where the viewer could not know."""

    seat: str
    name: str
    lines: tuple[tuple[str, Number | None], ...]


class Dice(NamedTuple):
    """What the rolls of a game promised together and what came."""

    rolls: Number
    promised: Number
    came: Number


def line_needed(story: Story) -> Number:
    """The score that wins."""
    return half("line", win_line(story.end.state))


def results(story: Story, viewer: str | None = None) -> tuple[Result, ...]:
    """Every seat's result, best first; for a viewer what it could work out, in the order of the seats."""
    state, players, words = story.end.state, story.players(), words_for(story.end.state)
    found = []
    for seat, line in final_scores(state).items():
        kind, player = players[seat]
        own = viewer is None or viewer == seat
        agenda = state.agendas.get(seat) if own else None
        seen = None if viewer is None else known_score(seen_sealed(story.end, viewer), seat, viewer)
        found.append(
            Result(
                seat, words.seat(seat), player, kind,
                whole(f"score.{seat}", line.score if seen is None else seen),
                decimal(f"margin.{seat}", line.margin) if viewer is None else None,
                whole(f"rank.{seat}", line.rank) if viewer is None else None,
                line.won if viewer is None else None,
                line.ruined,
                words.agenda(agenda) if agenda else None,
                line.agenda if viewer is None else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.rank.value if one.rank else 0))


def accounts(story: Story, viewer: str | None = None) -> tuple[Account, ...]:
    """How every score came about, term by term."""
    return tuple(_account(story, seat, viewer) for seat in story.scenario.seat_ids)


def _account(story: Story, seat: str, viewer: str | None) -> Account:
    state, words = story.end.state, words_for(story.end.state)
    lines: list[tuple[str, Number | None]] = [
        ("to start with", whole("start", story.scenario.spec.scoring.start))
    ]
    for nth, term in enumerate(state.scenario.spec.scoring.seats[seat].terms):
        seen = viewer is None or state.scenario.sees_term(viewer, seat, term)
        points = gain(f"term.{seat}.{nth}", _points(story, seat, term, viewer)) if seen else None
        lines.append((words.said(term.label), points))
    if viewer in (None, seat):
        own = gain(f"points.{seat}", state.points[seat])
        lines.append(("deals kept and other points on the way", own))
    if viewer is None and final_scores(state)[seat].agenda:
        agenda = state.scenario.agendas[state.agendas[seat]]
        lines.append((f"secret agenda: {words.said(agenda.title)}", gain(f"worth.{seat}", agenda.worth)))
    if cost := ruin_cost(state, seat):
        lines.append(("ruined", gain(f"ruin.{seat}", -cost)))
    return Account(seat, words.seat(seat), tuple(lines))


def _points(story: Story, seat: str, term: Term, viewer: str | None) -> int:
    """The points of a term, by what the viewer saw at the end (None: the truth)."""
    return term_value(story.end.state if viewer is None else seen_sealed(story.end, viewer), seat, term)


def dice(story: Story, viewer: str | None = None) -> Dice:
    """The rolls whose odds were told (with a viewer: to that seat), what they promised and what came."""
    thrown = [
        roll
        for moment in story.line
        for roll in rolls(moment.events, words_for(moment.state), viewer)
        if roll.chance is not None
    ]
    promised = sum(roll.chance or 0 for roll in thrown) / 100
    came = sum(roll.works for roll in thrown)
    return Dice(
        whole("dice.rolls", len(thrown)), decimal("dice.promised", promised), whole("dice.came", came)
    )


def epilogue(story: Story) -> Epilogue | None:
    """The ending that is told; None if no ending fits or the game is not over."""
    endings = story.scenario.spec.epilogues if story.over else ()
    state = story.end.state
    return next((one for one in endings if one.when is None or compile_condition(one.when)(state)), None)


# --- in sentences --------------------------------------------------------------------------------------


def summary(story: Story, deals: tuple[Entry, ...], viewer: str | None = None) -> tuple[Sentence, ...]:
    """The game in a few sentences; for a viewer only what it could know."""
    parts = [_course(story), _outcome(story)]
    parts += [_seen(story, viewer)] if viewer else [_winners(story), *_best(story)]
    parts.append(_deals(deals))
    if viewer is None:
        thrown = dice(story)
        parts.append(("The dice promised ", thrown.promised, " successes in ", *counted(thrown.rolls, "roll"),
                      "; ", thrown.came, " came."))  # fmt: skip
        parts += _white(story)
    return tuple(parts)


def _course(story: Story) -> Sentence:
    words, state = words_for(story.end.state), story.end.state
    kinds = [kind for kind, _name in story.players().values()]
    people = sum(kind == PERSON for kind in kinds)
    who: Sentence = (whole("people", people), " person" if people == 1 else " people")
    bots = len(kinds) - people
    also: Sentence = (" and ", *counted(whole("bots", bots), "bot")) if bots else ()
    title = words.said(story.scenario.spec.title)
    return (
        f"“{title}” was played by ", *who, *also, " over ", whole("round", state.round), " of ",
        *counted(whole("rounds", state.rounds), "round"), ".",
    )  # fmt: skip


def _outcome(story: Story) -> Sentence:
    if not story.over:
        return ("It is not finished.",)
    return (
        ("It ended in the storm, so nobody won.",)
        if story.end.state.outcome == "storm"
        else ("It ended without the storm.",)
    )


def _winners(story: Story) -> Sentence:
    words, lines = words_for(story.end.state), final_scores(story.end.state)
    won = [words.party(seat) for seat, line in lines.items() if line.won]
    lost = [words.party(seat) for seat, line in lines.items() if line.ruined]
    reached = "reached its line" if len(won) < 2 else "reached their lines"
    ruined = "was ruined" if len(lost) < 2 else "were ruined"
    return (f"{capital(listed(won))} {reached} of ", line_needed(story), f"; {listed(lost)} {ruined}.")


def _best(story: Story) -> Iterator[Sentence]:
    first, *_others, last = results(story)
    words = words_for(story.end.state)
    for one, how in ((first, "did best"), (last, "did worst")):
        margin = one.margin
        assert margin is not None
        side = "below" if margin.value < 0 else "above"
        far = margin._replace(text=margin.text.removeprefix("−"))
        who = capital(words.party(one.seat))
        yield (f"{who} {how} by its own line, with ", one.score, ", ", far, f" of its spreads {side} it.")


def _seen(story: Story, viewer: str) -> Sentence:
    own = next(one for one in results(story, viewer) if one.seat == viewer)
    return ("As far as you could know, your score was ", own.score, ", your line ", line_needed(story), ".")


def _deals(deals: tuple[Entry, ...]) -> Sentence:
    whole_ones = [entry for entry in deals if entry.template != "?"]
    hidden = len(deals) - len(whole_ones)
    secret, broken, proved = (
        sum(entry.secret for entry in whole_ones),
        sum(entry.status == "broken" for entry in whole_ones),
        sum(any(one.proof for one in entry.found) for entry in whole_ones),
    )
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


def _white(story: Story) -> Iterator[Sentence]:
    acts = sum(moment.maker == WHITE_CELL for moment in story.line)
    back = sum(line.why in ("rewind", "branch") for line in story.lines())
    if acts or back:
        yield (
            "The white cell acted ", *counted(whole("white.acts", acts), "time"), " and went back ",
            *counted(whole("white.rewinds", back), "time"), ".",
        )  # fmt: skip
