"""A report of a saved game: one page that stands alone, as HTML to print or as Markdown.

What is on it is gathered in `page`; here it is drawn and printed. The HTML loads nothing from anywhere, and
whatever scenarios, players and saves contain stays text. Needs the extra `report` (Jinja2, matplotlib).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wargame.debrief.curves import round_starts, score_curves, score_table, track_curves, track_table
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.perspective_line import PerspectiveLine
from wargame.debrief.phrasing import Number, Sentence, words_for
from wargame.debrief.report_sections import Page, gather
from wargame.debrief.story import Story
from wargame.debrief.turning import Turning, known
from wargame.errors import CannotWrite, WargameError
from wargame.rules.scoring import win_line

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md"}
MISSING = "A report needs Jinja2 and matplotlib: install them with pip install 'wargame[report]'."


def prepared() -> None:
    """Raise `WargameError` with what to do about it where the extra is missing."""
    if any(find_spec(name) is None for name in ("jinja2", "matplotlib")):
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
        path.write_text(report(story, "html", turning=known(story)), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotWrite(f"{path} can't be written ({(error.strerror or str(error)).lower()}).") from error
    return path


def render(page: Page, form: str) -> str:
    """Print a page in one of the forms."""
    return ENVIRONMENTS[form]().get_template(f"report.{form}.j2").render(page=page).strip() + "\n"


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
    made.append(("Scores", plot.scores(curves, win_line(story.end.state), ground)))
    if turning is not None and perspective is EVERYTHING:
        made.append(("Chances to reach the line", _chances(story, turning, plot, ground)))
    return tuple(made)


Values = Mapping[str, tuple[Sequence[float], Sequence[float | None]]]


def _whole(story: Story, perspective: Perspective, plot: Any) -> tuple[Any, Values, Values]:
    """By move, everything as it was."""
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
    """By round, what a seat saw: the number of moves between would betray others."""
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


class Plain(str):
    """Text that is Markdown already."""

    __slots__ = ()


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

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~])")
_OPENING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


def marked_down(value: object) -> str:
    """Return any value as Markdown that shows it as it is, on one line.

    >>> print(marked_down("*a* <b> | c"))
    \\*a\\* &lt;b&gt; \\| c
    """
    text = re.sub(r"\s+", " ", str(value)) if value is not None else ""
    text = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("<", "&lt;").replace(">", "&gt;")
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if len(found[2]) == 1 else
                        f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)  # fmt: skip
