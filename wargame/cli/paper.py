"""The commands for who writes a scenario or sets a table: print it, and look at it while it is written."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.arguments import HindsightOpt, RoundsOpt, ScenarioArg, check_numbers, load
from wargame.cli.output import fail, printable


class Paper(StrEnum):
    """The size of the sheets."""

    A4 = "a4"
    LETTER = "letter"


def print_pages(
    what: ScenarioArg,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the page here; else SCENARIO-cards.html.")
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="What it is printed on.")] = Paper.A4,
    backs: Annotated[
        bool, typer.Option("--backs", help="Add a page of backs behind each page of cards.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Have a browser make a PDF beside it.")] = False,
    rounds: RoundsOpt = None,
    hindsight: HindsightOpt = False,
) -> None:
    """Write pages to print and play without a screen: cards to cut out, mats, board, briefings, rules.

    One file that loads nothing from anywhere. Agendas and briefings are on pages of their own.
    """
    scenario = load(what, hindsight)
    check_numbers(scenario, None, rounds)
    from wargame.paper import Pack, pages_html
    from wargame.paper.browser import write_pdf
    from wargame.paper.pages import write
    from wargame.words.pages import paper as say

    output = output or Path(f"{scenario.id}-cards.html")
    if pdf and output.suffix == ".pdf":
        fail(
            f"-o {output}: name the page, such as {output.with_suffix('.html')}; the PDF comes beside it.", 2
        )
    write(output, pages_html(scenario, rounds or 0, paper.value, backs=backs))
    print(printable(say.written(str(output), Pack(scenario).cards)))
    if pdf:
        write_pdf(output, output.with_suffix(".pdf"))
        print(printable(str(output.with_suffix(".pdf"))))


def preview(what: ScenarioArg) -> None:
    """Look at a scenario while it is written: board, cards and seats, anew as its files change."""
    from wargame.cli.opening import screen

    screen(kind="preview", saves=None, scenario=what)
