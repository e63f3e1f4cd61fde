"""The page to print: what is in the pack, laid out by the templates."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import tostring

from wargame.errors import CannotWrite
from wargame.host.sheets import NO_NETWORK, SeatSheet
from wargame.host.sheets import STYLE as SHEETS
from wargame.paper.drawn import drawing
from wargame.paper.pack import DEALS, PAGE, Pack, pages
from wargame.rulebook import body, rulebook
from wargame.rules.scenario import Scenario
from wargame.words.pages import LANGUAGE
from wargame.words.pages import paper as say
from wargame.words.pages import sheets as said_on_sheets

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE = "paper.css"
Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, tuple[str, float, float, float, float]] = {
    "a4": ("A4", 210, 297, 8.5, 1),
    "letter": ("letter", 215.9, 279.4, 7, 0.93),
}
"""Paper → its name in a style sheet, its width, its height and that of a track's boxes in millimetres, and
how much smaller than on A4 the sheets are."""


def pages_html(scenario: Scenario, rounds: int = 0, paper: Paper = "a4", *, backs: bool = False) -> str:
    """Return the whole page; `backs` adds a page of backs behind each page of cards.

    `rounds` is how many are played, 0 for as many as the scenario has.
    """
    pack = Pack(scenario, rounds)
    name, wide, high, box, fit = PAPERS[paper]
    length = said_on_sheets.length(pack.rounds, pack.words.date(1), pack.words.date(pack.rounds))
    return (
        _environment()
        .get_template("pages.html.j2")
        .render(
            pack=pack,
            words=pack.words,
            spec=scenario.spec,
            say=say,
            length=length,
            map=drawing(scenario),
            paper={"name": name, "wide": wide, "high": high, "box": box, "fit": fit},
            styles=[_style("wargame.host", SHEETS), _style("wargame.paper", STYLE)],
            briefings=[_briefing(pack, seat) for seat in scenario.seat_ids],
            rules=body(_rules_for_all(pack)),
            backs=backs,
            pages=pages,
            cards_a_page=PAGE,
            deals_a_page=DEALS,
            language=LANGUAGE,
            policy=NO_NETWORK,
        )
    )


def _rules_for_all(pack: Pack) -> str:
    """Return the rulebook without the pages of the seats: each reads its own, as its briefing."""
    titles = {f"{seat.symbol} {pack.words.seat(seat.id)}" for seat in pack.spec.seats}
    kept = [one for one in rulebook(pack.scenario).sections if one.title not in titles]
    below = [*kept[1:], None]
    return "\n".join(
        one.text
        for one, after in zip(kept, below, strict=True)
        if one.says or (after is not None and after.depth > one.depth)
    )


def write(path: Path, page: str) -> None:
    """Write the page to a file. Raises `CannotWrite` with a sentence."""
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotWrite(say.not_written(str(path), (error.strerror or str(error)).lower())) from error


def _briefing(pack: Pack, seat: str) -> str:
    return tostring(SeatSheet(pack.scenario, seat, pack.rounds).on_paper(), encoding="unicode", method="html")


def _style(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    made = Environment(
        loader=PackageLoader("wargame.paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["made"] = Markup
    return made
