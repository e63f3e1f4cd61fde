"""Charts as SVG, drawn by matplotlib without a screen; every text in them is plain text.

The same numbers give the same bytes. Imported only by whoever draws: matplotlib takes a second to load.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from textwrap import fill
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#555555", "#000000")
"""One a seat in the scenario's order; told apart by all common kinds of colour vision."""
BEYOND = 1.03
"""How far a chart goes on behind the last place, so that where a line comes out can be seen."""
LABEL = 17
"""Letters of a track's name in one line beside its chart."""
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.2)), (0, (5, 2, 1, 2)), (0, (9, 2)), (0, (3, 1, 1, 1)))
STYLE: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a $ in a name is a $
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
}


class Curve(NamedTuple):
    """A line of a chart: its name and its values at the places `xs`."""

    name: str
    xs: Sequence[float]
    values: Sequence[float | None]


class Ground(NamedTuple):
    """What all charts of a page share: where rounds begin, with their labels, and the last place."""

    starts: Sequence[tuple[float, str]]
    end: float


def tracks(curves: Sequence[Curve], most: Mapping[str, int], ground: Ground) -> str:
    """Draw tracks under one another, each on its own whole range, as steps."""
    with _figure(0.9 + 0.8 * len(curves), rows=len(curves), right=0.99) as (figure, axes):
        for nth, (curve, ax) in enumerate(zip(curves, axes, strict=True)):
            _rounds(ax, ground, labels=nth == len(curves) - 1)
            xs, values = _held(curve, ground)
            ax.step(xs, values, where="post", color=COLOURS[0], linewidth=1.6)
            ax.set_ylim(-0.4, most[curve.name] + 0.4)
            ax.set_yticks([0, most[curve.name]])
            ax.set_ylabel(fill(curve.name, LABEL), rotation=0, ha="right", va="center")
        return _svg(figure, "tracks " + " ".join(curve.name for curve in curves))


def scores(curves: Sequence[Curve], line: float | None, ground: Ground) -> str:
    """Draw every seat's score in one chart, with the line that wins."""
    with _figure(3.2, left=0.08) as (figure, [ax]):
        _rounds(ax, ground)
        _lines(ax, curves, ground)
        if line is not None:
            ax.axhline(line, color="#000000", linewidth=0.8)
            ax.annotate("line", (0, line), xytext=(3, 2), textcoords="offset points", fontsize=7)
        ax.set_ylabel("score")
        return _svg(figure, "scores")


def chances(curves: Sequence[Curve], turns: Sequence[tuple[float, str]], ground: Ground) -> str:
    """Draw every seat's chance of reaching its line in per cent, with the turning points marked."""
    with _figure(3.6, above=0.46, left=0.08) as (figure, [ax]):
        _rounds(ax, ground)
        ax.set_ylim(-2, 102)
        _lines(ax, curves, ground)
        for nth, (at, label) in enumerate(turns):
            ax.axvline(at, color="#000000", linewidth=0.6, linestyle=(0, (2, 2)))
            over = 103 + 6 * (nth % 2)
            ax.annotate(label, (at, over), ha="center", va="bottom", annotation_clip=False, fontsize=7)
        ax.set_ylabel("chance, %")
        return _svg(figure, "chances")


def _held(curve: Curve, ground: Ground) -> tuple[list[float], list[float]]:
    """Return the places and values of a curve, the last held to the end of the picture."""
    values = [float("nan") if value is None else value for value in curve.values]
    return [*curve.xs, max(ground.end, 1) * BEYOND], [*values, *values[-1:]]


def _lines(ax: Axes, curves: Sequence[Curve], ground: Ground) -> None:
    """Curves in the colours and dashes of their seats, with their names at their ends, kept apart."""
    ends = []
    for nth, curve in enumerate(curves):
        colour, dash = COLOURS[nth % len(COLOURS)], DASHES[nth % len(DASHES)]
        xs, values = _held(curve, ground)
        ax.plot(xs, values, color=colour, linestyle=dash, linewidth=1.5, drawstyle="steps-post")
        if curve.values and curve.values[-1] is not None:
            ends.append((curve.values[-1], curve.name, colour, curve.xs[-1]))
    low, high = ax.get_ylim()
    places = _apart([(value - low) / (high - low) for value, *_rest in sorted(ends)], 0.075)
    for (value, name, colour, x), place in zip(sorted(ends), places, strict=True):
        ax.annotate(
            name, (x, value), xytext=(1.02, place), textcoords="axes fraction",
            color=colour, va="center", annotation_clip=False,
        )  # fmt: skip


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """Rising places moved so that each is a gap above the one below, and none is over the top if all fit."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else place)
    top = 1.0
    for nth in range(len(found) - 1, -1, -1):
        found[nth] = min(found[nth], top)
        top = found[nth] - gap
    return found


def _rounds(ax: Axes, ground: Ground, *, labels: bool = True) -> None:
    ax.set_xlim(0, max(ground.end, 1) * BEYOND)
    ax.set_xticks([at for at, _label in ground.starts])
    texts = ax.set_xticklabels([label if labels else "" for _at, label in ground.starts], ha="left")
    if texts and ground.starts[-1][0] >= ground.end:
        texts[-1].set_horizontalalignment("right")  # to the right of it the picture is over
    ax.tick_params(length=0)


@contextmanager
def _figure(
    inches: float, rows: int = 1, left: float = 0.17, right: float = 0.84, above: float = 0.28
) -> Iterator[tuple[Figure, list[Axes]]]:
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", UserWarning
        )  # a glyph that matplotlib's own font lacks: the reader's has it
        figure = Figure(figsize=(8.4, inches))
        FigureCanvasSVG(figure)
        grid = figure.subplots(rows, 1, sharex=True, squeeze=False)
        figure.subplots_adjust(
            left=left, right=right, top=1 - above / inches, bottom=0.3 / inches, hspace=0.25
        )
        yield figure, [ax for row in grid for ax in row]


def _svg(figure: Figure, name: str) -> str:
    """Return the figure as an element of a page; ids differ from figure to figure, not from run to run."""
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = out.getvalue().decode()
    text = text[text.index("<svg") :]
    prefix = f"c{blake2b(name.encode(), digest_size=4).hexdigest()}"
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    return re.sub(r"<[^<>]+>", lambda tag: _of_a_page(tag[0], prefix), text)


def _of_a_page(tag: str, prefix: str) -> str:
    """Return a tag with the ids of its figure, and without namespaces, which a page needs none of."""
    tag = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", tag)
    tag = re.sub(r'(\sid=")', rf"\g<1>{prefix}-", tag)
    return re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{prefix}-", tag)
