"""A report of a saved game: one page that stands alone, as HTML to print or as Markdown.

`gather` has all that is on it before anything is drawn. A page for a seat holds only what that seat could
know at the end, before secrets were laid open. The HTML loads nothing from anywhere, and whatever scenarios,
players and saves contain stays text. Needs the extra `report` (matplotlib).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wargame.content.exercise import one_line
from wargame.debrief import press, results, timeline, white_cell_log
from wargame.debrief.curves import (
    Table,
    round_starts,
    score_curves,
    score_table,
    track_curves,
    track_table,
)
from wargame.debrief.ledger import (
    DealPage,
    accusations,
    accused,
    came_to_nothing,
    deal_page,
    entries,
    turned_down,
)
from wargame.debrief.people import Guess, Judge, exercise_of, guesses, judges
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.perspective_line import PerspectiveLine, known
from wargame.debrief.phrasing import Number, Sentence, iso, minutes, when, whole, words_for
from wargame.debrief.results import Account, Result
from wargame.debrief.story import Story
from wargame.debrief.turning import Turning
from wargame.debrief.turning import known as known_turning
from wargame.debrief.turning_points import Turnings, turnings
from wargame.errors import CannotWrite, WargameError
from wargame.rulebook.markdown import Plain, marked_down
from wargame.words import Told

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md"}
NOT_WHOLE = (  # a seat is not told how many moves there are
    "Parts of this game can't be shown as they were: its file is not whole, or other rules played it."
)
MISSING = "A report needs matplotlib: install it with pip install 'wargame[report]'."


def prepared() -> None:
    """Raise `WargameError` with what to do about it where the extra is missing."""
    if find_spec("matplotlib") is None:
        raise WargameError(MISSING)


def report(
    story: Story, form: str, perspective: Perspective = EVERYTHING, turning: Turning | None = None
) -> str:
    """Return the report as text; `form` is `html` or `md`, `perspective` whose it is.

    `turning` are the turning points, if they were found. Raises `WargameError` where the extra is missing.
    """
    prepared()
    page = gather(story, perspective, turning)
    if form == "html":
        page = replace(page, charts=draw(story, perspective, turning))
    return render(page, form)


def write_beside(save: Path) -> Path:
    """Write the whole report of a save as HTML beside it, under its name; return where it is.

    It has the turning points where they are known. Raises `SaveError`, `CannotWrite`, and `WargameError`
    where the extra is missing.
    """
    prepared()
    story = Story.open(save)
    path = save.with_suffix(".html").resolve()
    try:
        path.write_text(report(story, "html", turning=known_turning(story)), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotWrite(f"{path} can't be written ({(error.strerror or str(error)).lower()}).") from error
    return path


def render(page: Page, form: str) -> str:
    """Print a page in one of the forms."""
    return ENVIRONMENTS[form]().get_template(f"report.{form}.j2").render(page=page).strip() + "\n"


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
    accusations: tuple[tuple[Number, str], ...]
    seats: tuple[timeline.SeatStory, ...]
    knew: tuple[str, ...]
    guesses: tuple[Guess, ...]
    judges: tuple[Judge, ...]
    talks: tuple[white_cell_log.Talk, ...]
    traffic: press.Traffic
    quotes: tuple[press.Quote, ...]
    polls: tuple[press.PollPage, ...]
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
    deals, aloud = entries(story, perspective), results.aloud_in(story, perspective)
    ending = results.epilogue(story.end.state) if everything else None
    page = Page(
        title=words.said(scenario.spec.title),
        subtitle=story.name,
        text=words.said(scenario.spec.text),
        viewer=words.seat(seat) if seat else "",
        over=story.over,
        notice=(story.notice if everything else NOT_WHOLE) if story.notice else "",
        summary=results.summary(story, deals, perspective),
        line=results.line_needed(story),
        results=results.results(story, perspective),
        ranked=words.ranked(end.outcome) if everything else "",
        accounts=tuple(results.account(end, one, perspective, aloud) for one in scenario.seat_ids),
        ending=words.epilogue(ending.id) if ending else None,
        fates=tuple((words.seat(seat), words.fate(ending.id, seat)) for seat in scenario.seat_ids if ending),
        rounds=timeline.rounds(story, perspective),
        tracks=_grid("track", track_table(story, perspective), words.track),
        scores=_grid("score", score_table(story, perspective), words.seat),
        steps=tuple(_steps(story, perspective)),
        deals=tuple(deal_page(words, entry, at, story.over) for at, entry in enumerate(deals)),
        nothing=tuple(came_to_nothing(words, one) for one in turned_down(story, perspective)),
        accusations=tuple(accused(words, one) for one in accusations(story)),
        seats=timeline.seat_stories(story, perspective),
        knew=known(end, seat).knew if seat else (),
        guesses=guesses(story, words, perspective),
        judges=judges(story, words) if everything else (),
        talks=white_cell_log.talks(story, perspective),
        traffic=press.traffic(story, perspective),
        quotes=press.quotes(story, perspective),
        polls=press.poll_pages(story, perspective),
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


def _steps(story: Story, perspective: Perspective) -> Iterator[Steps]:
    words = words_for(story.end.state)
    for curve in track_curves(PerspectiveLine(story, perspective)):
        track, steps = curve.key.partition(":")[2], list[Sentence]()
        for nth, one in enumerate(curve.steps):
            old, new = whole(f"step.{track}.{nth}.old", one.old), whole(f"step.{track}.{nth}.new", one.new)
            behind = [words.seat(seat) for seat in one.by]
            whose = f" ({behind[0]})" if len(behind) == 1 and behind[0] not in one.why else ""
            by: Sentence = (", m", whole("of.move", one.move)) if perspective is EVERYTHING else ()
            steps.append(("R", whole("of.round", one.round), " ", old, "→", new, f" {one.why}{whose}", *by))
        if steps:
            yield Steps(curve.name, tuple(steps))


# --- where it comes from -------------------------------------------------------------------------------


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
        ]
        for nth, span in enumerate(story.sittings(), 1):
            played = minutes(f"sitting.{nth}", span.played / 1000)
            shared.append(("sitting", (f"{when(span.opened)} ", played, " minutes of play")))
    return tuple((name, value) for name, value in shared if value != ("",))


# --- drawing -------------------------------------------------------------------------------------------


def draw(
    story: Story, perspective: Perspective = EVERYTHING, turning: Turning | None = None
) -> tuple[tuple[str, str], ...]:
    """Draw the charts of a page as titles and SVG: tracks by group, scores, and the chances over the game."""
    from wargame.debrief import plot  # noqa: PLC0415  (matplotlib is slow to load)

    words, spec = words_for(story.end.state), story.scenario.spec
    ground, tracks, scores = (_whole if perspective is EVERYTHING else _as_known)(story, perspective, plot)
    made = []
    for group, title in spec.groups.items():
        ids = [track.id for track in spec.tracks if track.group == group and track.id in tracks]
        curves = [plot.Curve(words.track(track), *tracks[track]) for track in ids]
        most = {words.track(track): story.scenario.tracks[track].most for track in ids}
        if curves:
            made.append((words.said(title), plot.tracks(curves, most, ground)))
    curves = [plot.Curve(words.seat(seat), *scores[seat]) for seat in story.scenario.seat_ids]
    made.append(("Scores", plot.scores(curves, results.line_needed(story).value, ground)))
    if turning is not None and perspective is EVERYTHING:
        made.append(("Chances to reach the line", _chances(story, turning, plot, ground)))
    return tuple(made)


Values = Mapping[str, tuple[Sequence[float], Sequence[float | None]]]


def _whole(story: Story, perspective: Perspective, plot: Any) -> tuple[Any, Values, Values]:
    """Return by move, everything as it was."""
    starts = [(float(at), f"R{nth}") for nth, at in round_starts(story)]
    ground = plot.Ground(starts, float(len(story.line) - 1))
    xs = [float(at) for at in range(len(story.line))]
    line = PerspectiveLine(story, perspective)
    tracks, scores = (
        {one.key.partition(":")[2]: (xs, list(one.values)) for one in made(line)}
        for made in (track_curves, score_curves)
    )
    return ground, tracks, scores


def _as_known(story: Story, perspective: Perspective, plot: Any) -> tuple[Any, Values, Values]:
    """Return by round, what a seat saw: the number of moves between would betray others."""
    tracks, scores = track_table(story, perspective), score_table(story, perspective)
    labels = ["end" if head == "end" else f"R{head}" for head in tracks.heads]
    xs = [float(at) for at in range(len(labels))]
    ground = plot.Ground(list(zip(xs, labels, strict=True)), xs[-1])
    return ground, *({key: (xs, list(row)) for key, row in table.rows.items()} for table in (tracks, scores))


def _chances(story: Story, turning: Turning, plot: Any, ground: Any) -> str:
    words = words_for(story.end.state)
    places = [(float(at), m.id) for at, m in enumerate(story.line) if m.id in turning.chances]
    xs = [at for at, _move in places]
    curves = [
        plot.Curve(words.seat(seat), xs, [turning.chances[move][seat].value * 100 for _at, move in places])
        for seat in story.scenario.seat_ids
    ]
    at = {moment.id: float(place) for place, moment in enumerate(story.line)}
    marks = sorted((at[turn.decision.last.id], f"m{turn.decision.last.id}") for turn in turning.turns)
    return str(plot.chances(curves, marks, ground))


# --- printing ------------------------------------------------------------------------------------------


def _html() -> Environment:
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415
    from markupsafe import Markup, escape  # noqa: PLC0415

    def number(one: Number | None) -> Markup:
        if one is None:
            return Markup("")
        return Markup('<data value="{}" data-key="{}">{}</data>').format(one.value, one.key, one.text)

    def line(sentence: Sentence) -> Markup:
        return Markup("").join(
            number(part) if isinstance(part, Number) else escape(part) for part in sentence
        )

    made = Environment(
        loader=PackageLoader("wargame.debrief"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"number": number, "line": line, "drawing": Markup}
    return made


def _markdown() -> Environment:
    from jinja2 import Environment, PackageLoader  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("wargame.debrief"),
        autoescape=False,  # it is no HTML: `marked_down` makes everything text
        finalize=lambda value: value if isinstance(value, Plain) else marked_down(value),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": lambda one: Plain("" if one is None else one.text),
        "line": lambda sentence: Plain(
            "".join(part.text if isinstance(part, Number) else marked_down(part) for part in sentence)
        ),
    }
    return made


ENVIRONMENTS: Mapping[str, Callable[[], Environment]] = {"html": _html, "md": _markdown}
