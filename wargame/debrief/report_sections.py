"""Everything that a report says, gathered from a story before anything is drawn or printed.

A page for a seat holds only what that seat could know at the end, before secrets were laid open; it is made
from its views, the events told to it and its own moves, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from wargame.content.exercise import one_line
from wargame.counting import several
from wargame.debrief import results, timeline, white_cell_log
from wargame.debrief.curves import CurveStep, Table, score_table, track_curves, track_table
from wargame.debrief.ledger import Entry, Found, Turned, entries, turned_down
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.perspective_line import PerspectiveLine, known
from wargame.debrief.phrasing import Number, Sentence, counted, iso, minutes, when, whole, words_for
from wargame.debrief.predictions import Guess, Judge, exercise_of, guesses, judges
from wargame.debrief.results import Account, Result
from wargame.debrief.story import Story
from wargame.debrief.turning import Turning
from wargame.debrief.turning_points import Turnings, turnings
from wargame.record import Span
from wargame.rules.scenario import terms
from wargame.rules.state import Deal
from wargame.words import Words
from wargame.words.en.deals import what_moves
from wargame.words.en.grammar import capital, joined, quoted, sentence
from wargame.words.en.scores import Told


class Cells(NamedTuple):
    """A row of a table: its name and its numbers, None where a cell stays empty."""

    name: str
    cells: tuple[Number | None, ...]


class Grid(NamedTuple):
    """A table of numbers by round."""

    heads: tuple[Sentence, ...]
    rows: tuple[Cells, ...]


class Steps(NamedTuple):
    """What moved a track, in order, as sentences."""

    name: str
    steps: tuple[Sentence, ...]


class DealPage(NamedTuple):
    """A deal in the ledger: its title, and what there is to say of it, line by line."""

    title: str
    sides: str
    public: str
    agreed: str
    facts: tuple[Sentence, ...]
    found: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that is on a report. `viewer` is the name of the seat it is for, "" for everybody."""

    title: str
    subtitle: str
    text: str
    viewer: str
    over: bool
    notice: str
    summary: tuple[Sentence, ...]
    line: Number
    results: tuple[Result, ...]
    ranked: str
    accounts: tuple[Account, ...]
    ending: Told | None
    fates: tuple[tuple[str, str], ...]
    rounds: tuple[timeline.Round, ...]
    tracks: Grid
    scores: Grid
    steps: tuple[Steps, ...]
    deals: tuple[DealPage, ...]
    nothing: tuple[str, ...]
    seats: tuple[timeline.SeatStory, ...]
    knew: tuple[str, ...]
    guesses: tuple[Guess, ...]
    judges: tuple[Judge, ...]
    talks: tuple[white_cell_log.Talk, ...]
    told: tuple[str, ...]
    history: tuple[timeline.HistoryRound, ...]
    facts: tuple[tuple[str, Sentence], ...]
    turning: Turnings | None = None
    acts: tuple[white_cell_log.Act, ...] = ()
    later: tuple[tuple[Number, str], ...] = ()
    left: tuple[white_cell_log.Left, ...] = ()
    elsewhere: tuple[white_cell_log.Elsewhere, ...] = ()
    undone: Number | None = None
    records: tuple[tuple[Number, str], ...] = ()
    written: tuple[white_cell_log.Written, ...] = ()
    charts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def gather(story: Story, perspective: Perspective = EVERYTHING, turning: Turning | None = None) -> Page:
    """Gather the page of a game; `turning` are its turning points, if found. No seat's page has them."""
    words, scenario, end = words_for(story.end.state), story.scenario, story.end.state
    everything, seat = perspective is EVERYTHING, perspective if isinstance(perspective, str) else ""
    deals = entries(story, perspective)
    ending = results.epilogue(story.end.state) if everything else None
    page = Page(
        title=words.said(scenario.spec.title),
        subtitle=story.name,
        text=words.said(scenario.spec.text),
        viewer=words.seat(seat) if seat else "",
        over=story.over,
        notice=_notice(story, perspective),
        summary=results.summary(story, deals, perspective),
        line=results.line_needed(story),
        results=results.results(story, perspective),
        ranked=words.ranked(end.outcome) if everything else "",
        accounts=tuple(results.account(end, one, perspective) for one in scenario.seat_ids),
        ending=words.epilogue(ending.id) if ending else None,
        fates=tuple((words.seat(seat), words.fate(ending.id, seat)) for seat in scenario.seat_ids if ending),
        rounds=timeline.rounds(story, perspective),
        tracks=_grid("track", track_table(story, perspective), words.track),
        scores=_grid("score", score_table(story, perspective), words.seat),
        steps=_steps(story, perspective),
        deals=tuple(deal_page(words, entry, at, story.over) for at, entry in enumerate(deals)),
        nothing=tuple(came_to_nothing(words, one) for one in turned_down(story, perspective)),
        seats=timeline.seat_stories(story, perspective),
        knew=known(end, seat).knew if seat else (),
        guesses=guesses(story, words, perspective),
        judges=judges(story, words) if everything else (),
        talks=white_cell_log.talks(story, perspective),
        told=() if everything else white_cell_log.told_to(story, perspective),
        history=timeline.beside(story),
        facts=_facts(story, perspective),
    )
    if not everything:
        return page
    return replace(
        page,
        turning=turnings(story, words, turning) if turning else None,
        acts=white_cell_log.acts(story),
        later=white_cell_log.came_later(story),
        left=white_cell_log.left(story),
        elsewhere=white_cell_log.elsewhere(story),
        undone=white_cell_log.undone(story),
        records=white_cell_log.table_records(story),
        written=white_cell_log.written(story),
    )


# --- tables and charts ---------------------------------------------------------------------------------


def _grid(kind: str, table: Table, called: Callable[[str], str]) -> Grid:
    return Grid(
        tuple((head,) if head == "end" else ("R", whole("of.round", int(head))) for head in table.heads),
        tuple(
            Cells(
                called(key),
                tuple(
                    None if value is None else whole(f"{kind}.{key}@{head}", value)
                    for head, value in zip(table.heads, row, strict=True)
                ),
            )
            for key, row in table.rows.items()
        ),
    )


def _steps(story: Story, perspective: Perspective) -> tuple[Steps, ...]:
    words = words_for(story.end.state)
    return tuple(
        Steps(
            curve.name,
            tuple(_step(words, track, nth, one, perspective) for nth, one in enumerate(curve.steps)),
        )
        for curve in track_curves(PerspectiveLine(story, perspective))
        if curve.steps and (track := curve.key.partition(":")[2])
    )


def _step(words: Words, track: str, nth: int, one: CurveStep, perspective: Perspective) -> Sentence:
    old, new = whole(f"step.{track}.{nth}.old", one.old), whole(f"step.{track}.{nth}.new", one.new)
    behind = [words.seat(seat) for seat in one.by]
    whose = f" ({behind[0]})" if len(behind) == 1 and behind[0] not in one.why else ""
    by: Sentence = (", m", whole("of.move", one.move)) if perspective is EVERYTHING else ()
    return ("R", whole("of.round", one.round), " ", old, "→", new, f" {one.why}{whose}", *by)


# --- deals ---------------------------------------------------------------------------------------------


def deal_page(words: Words, entry: Entry, at: int, over: bool) -> DealPage:
    """Tell a deal; `at` is its place in the ledger, `over` says whether the game is."""
    sides = joined(map(words.party, (entry.a, entry.b)))
    found = tuple(found_out(words, one) for one in entry.found)
    phrase = words.communique(entry.a, entry.b)
    if not entry.published:
        public = "Nothing was said in public."
    elif not entry.secret:
        public = "All of it was announced."
    else:
        public = f"In public: {quoted(phrase)}." if phrase else "In public: nothing but that they met."
    if entry.template == "?":
        signed: Sentence = ("Signed in round ", whole("of.round", entry.signed), ".")
        return DealPage("An agreement", sides, public, "", (signed,), found)
    by = f", proposed by {words.party(entry.offered_by)}" if entry.offered_by else ""
    signed = (
        "Signed in round ", whole(f"deal.{at}.signed", entry.signed), " for ",
        *counted(whole(f"deal.{at}.rounds", entry.rounds), "round"), f"{by}.",
    )  # fmt: skip
    became = f"It {words.deal_fate(entry.status, entry.by, over)}"
    fate: Sentence = (f"{became} in round ", whole(f"deal.{at}.ended", entry.ended), ".")
    if entry.status == "running" or not entry.ended:
        fate = (sentence(became),)
    agreed = what_moves(words, entry.template, entry.size, entry.rounds)
    facts = (signed, *_deliveries(words, entry, at), fate)
    return DealPage(words.deal(entry.template), sides, public, agreed, facts, found)


def _deliveries(words: Words, entry: Entry, at: int) -> Iterator[Sentence]:
    """Yield a line a round and side: what was delivered of what was due."""
    found: dict[tuple[int, str], list[str | Number]] = {}
    for nth, one in enumerate(entry.deliveries):
        line = found.setdefault((one.round, one.giver), [])
        given = whole(f"deal.{at}.{nth}.given", one.given)
        line += [*([", "] if line else []), given, words.lots(one.given, one.good).removeprefix(given.text)]
        if one.given != one.due:
            line += [" of ", whole(f"deal.{at}.{nth}.due", one.due)]
    for (round_, giver), line in found.items():
        yield ("Round ", whole("of.round", round_), f": {words.party(giver)} delivered ", *line, ".")


def found_out(words: Words, one: Found) -> Sentence:
    """Return who found a deal out, when and how."""
    who = joined(map(words.party, one.seats))
    what = "It was proved before everybody" if one.proof else f"{capital(who)} came to suspect it"
    how = {"": "", "detection": ": a delivery was noticed"}.get(one.how, f": {words.cause(one.how)}")
    by = f", played by {words.party(one.by)}" if one.by else ""
    return (f"{what} in round ", whole("of.round", one.round), f"{how}{by}.")


def deal_in_short(words: Words, deal: Deal) -> str:
    """Tell a deal in a line when all is laid open: what became of it, what was kept, and who found out."""
    facts = [
        f"signed in round {deal.signed} for {several(deal.rounds, 'round')}",
        f"it {words.deal_fate(deal.status, deal.by)}",
    ]
    seats, ran = words.scenario.seats, deal.rounds - deal.left
    full = ", ".join(
        f"{seats[seat].short} {count}"
        for seat, count in zip((deal.a, deal.b), deal.full, strict=True)
        if terms(words.scenario.deals[deal.template], deal.size, seat)
    )
    if ran and full:
        facts.append(f"in full: {full} of {several(ran, 'round')}")
    if not deal.secret:
        facts.append("open")
    elif deal.proved:
        facts.append("secret, and proved")
    elif deal.suspected:
        facts.append(f"secret, suspected by {', '.join(seats[seat].short for seat in deal.suspected)}")
    else:
        facts.append("secret, and nobody found out")
    return "; ".join(facts)


def came_to_nothing(words: Words, one: Turned) -> str:
    """Tell of an offer that was refused or never answered, in a sentence."""
    what = "turned down by" if one.refused else "never answered by"
    offer = f"{quoted(words.deal(one.template))}, offered by {words.party(one.proposer)}"
    return sentence(f"{offer}, was {what} {words.party(one.to)}")


# --- where it comes from -------------------------------------------------------------------------------


def _notice(story: Story, perspective: Perspective) -> str:
    """What is not as it should be; a seat is not told how many moves there are."""
    if story.notice is None or perspective is EVERYTHING:
        return story.notice or ""
    return "Parts of this game can't be shown as they were: its file is not whole, or other rules played it."


def _facts(story: Story, perspective: Perspective) -> tuple[tuple[str, Sentence], ...]:
    header = story.header
    shared: list[tuple[str, Sentence]] = [
        ("save", (story.name,)),
        ("begun", (iso(header.created),)),
        ("exercise", (one_line(exercise.title) if (exercise := exercise_of(story)) else "",)),
        ("rules", (header.rules,)),
        ("program", (header.app,)),
        ("scenario", (f"{header.scenario} {header.scenario_hash}",)),
    ]
    if perspective is EVERYTHING:
        shared += [
            ("seed", (str(header.seed),)),
            ("moves", (whole("moves", len(story.line) - 1),)),
            ("lines", (whole("lines", len(story.lines())),)),
            *(("sitting", _sitting(nth, span)) for nth, span in enumerate(story.sittings(), 1)),
        ]
    return tuple((name, value) for name, value in shared if value != ("",))


def _sitting(nth: int, span: Span) -> Sentence:
    """When a sitting began, and how long it was played."""
    return (f"{when(span.opened)} ", minutes(f"sitting.{nth}", span.played / 1000), " minutes of play")
