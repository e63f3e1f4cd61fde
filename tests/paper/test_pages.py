"""Print and play: every card once, secrets on pages of their own, and one file that loads nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.rules.boards import mini
from wargame.content.load import load_scenario
from wargame.paper import Pack, browser, pages_html
from wargame.paper.drawn import drawing
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Area, Link, Place, Text
from wargame.words import Words, text
from wargame.words.pages import paper as say

VOID = ("meta", "br", "link")


class Reader(HTMLParser):
    """Reads the page: the text of each page by its id, and the titles of the cards on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.titles: dict[str, list[str]] = {}
        self.loads: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.page = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.loads += [str(value) for name, value in attrs if name in ("src", "onload", "onclick")]
        if tag == "a":
            self.links.append(str(named.get("href")))
        if "page" in str(named.get("class")).split():
            self.page = str(named.get("id", tag))
            self.texts[self.page], self.titles[self.page] = "", []
        if tag == "h3" and self.page:
            self.titles[self.page].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open or not self.page:
            return
        self.texts[self.page] += data
        if "h3" in self.open and "span" not in self.open:
            self.titles[self.page][-1] += data

    def titles_on(self, kind: str) -> list[str]:
        """The titles of the cards on all pages whose id begins so, in their order."""
        return [title for page, titles in self.titles.items() if page.startswith(kind) for title in titles]


def schematic() -> Scenario:
    """The mill in a valley of its own: two areas, a link, and a place beyond the edge."""
    places = (
        Place("mill", "The mill", 100, 100),
        Place("ford", "The ford", 300, 200),
        Place("far", "Far away", edge="north-east"),
    )
    areas = (Area("wood", (0, 0, 400, 0, 400, 300), "amber"), Area("moor", (0, 0, 400, 300, 0, 300)))
    spec = replace(mini().spec, places=places, areas=areas, links=(Link(("mill", "ford")),), windows=())
    return Scenario(spec)


@pytest.fixture(params=["honeymoon", "nile", "mini"], scope="module")
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return mini() if request.param == "mini" else load_scenario(request.param)


@pytest.fixture(scope="module")
def read(scenario: Scenario) -> Reader:
    return Reader(pages_html(scenario))


def on_one_line(told: Text) -> str:
    return " ".join(text(told).split())


def test_every_card_is_there_once(scenario: Scenario, read: Reader) -> None:
    words = Words(scenario)

    for seat in scenario.seat_ids:
        cards = [scenario.cards[card] for card in scenario.decks[seat]]
        assert read.titles_on(f"deck-{seat}-") == [words.said(card.title) for card in cards]
    assert read.titles_on("news-") == [words.said(card.title) for card in scenario.spec.news]
    assert read.titles_on("deals-") == [words.said(deal.title) for deal in scenario.spec.deals]
    for seat in scenario.seat_ids:
        own = [words.said(one.title) for one in scenario.spec.agendas if one.seat == seat]
        assert read.titles_on(f"agendas-{seat}") == own


def test_a_card_says_what_its_face_on_the_screen_says(scenario: Scenario, read: Reader) -> None:
    words = Words(scenario)
    squeezed = {page: re.sub(r"\s", "", said) for page, said in read.texts.items()}

    for seat in scenario.seat_ids:
        pages = "".join(said for page, said in squeezed.items() if page.startswith(f"deck-{seat}-"))
        for card in (scenario.cards[id_] for id_ in scenario.decks[seat]):
            assert all(re.sub(r"\s", "", line) in pages for line in words.face(card))
            assert all(chance.split("%")[0] + "%" in pages for chance in words.chances(card))


def test_secrets_stand_on_pages_of_their_own_alone(scenario: Scenario, read: Reader) -> None:
    for agenda in scenario.spec.agendas:
        secret = on_one_line(agenda.text)
        found = [page for page, said in read.texts.items() if secret in " ".join(said.split())]
        assert found == [f"agendas-{agenda.seat}"]
    for seat, spec in scenario.seats.items():
        told: tuple[Text, ...] = (spec.briefing, spec.knows, spec.rule, spec.first_turn)
        for secret in [on_one_line(one) for one in told if one]:
            found = [page for page, said in read.texts.items() if secret in " ".join(said.split())]
            assert found == [f"briefing-{seat}"]


def test_a_page_of_secrets_says_for_whom_it_is(scenario: Scenario, read: Reader) -> None:
    words = Words(scenario)

    for seat in {agenda.seat for agenda in scenario.spec.agendas}:
        assert say.for_seat(words.party(seat)) in read.texts[f"agendas-{seat}"]
    assert say.KEEP_HIDDEN in read.texts["umpire"]


def test_hidden_tracks_lie_on_the_umpires_sheet_alone(scenario: Scenario, read: Reader) -> None:
    pack = Pack(scenario)

    for groups, page, other in ((pack.groups, "tracks", "umpire"), (pack.hidden, "umpire", "tracks")):
        rows = [row for group in groups for row in group.rows]
        assert all(row.name in read.texts[page] for row in rows)
        assert not any(row.text in read.texts[other] for row in rows if row.text)
    kinds = sum(len(group.rows) for group in (*pack.groups, *pack.hidden))
    assert kinds == len(scenario.spec.tracks)


def test_bands_and_boxes_of_a_track_agree(scenario: Scenario) -> None:
    for groups in (Pack(scenario).groups, Pack(scenario).hidden):
        for row in (row for group in groups for row in group.rows):
            assert sum(band.boxes for band in row.bands) == row.most + 1
            assert 0 <= row.start <= row.most


def test_a_mat_has_all_that_its_seat_holds(scenario: Scenario, read: Reader) -> None:
    words = Words(scenario)

    for seat, spec in scenario.seats.items():
        said = read.texts[f"mat-{seat}"]
        assert all(words.term(term) in said for term in scenario.spec.scoring.seats[seat].terms)
        assert all(words.good(good) in said for good in spec.goods)
        assert words.said(spec.action.title) in said
        assert said.count(say.DIAL) == sum(dial.seat == seat for dial in scenario.spec.dials)


def test_it_loads_nothing_and_every_link_of_the_first_page_leads_somewhere(read: Reader) -> None:
    assert read.loads == []
    assert all(link.startswith("#") for link in read.links)
    first = [link[1:] for link in read.links if link[1:].startswith(("deck-", "mat-", "briefing-"))]
    assert first and set(first) <= {*read.texts}


def test_what_scenarios_contain_stays_text() -> None:
    spec = replace(mini().spec, title="<script>alert(1)</script>")

    page = pages_html(Scenario(spec))

    assert "<script" not in page and "&lt;script&gt;" in page


def test_a_map_of_the_world_has_every_place_once() -> None:
    scenario = load_scenario("honeymoon")
    words = Words(scenario)

    drawn = drawing(scenario)

    assert drawn is not None
    inside_ = [words.said(place.name) for place in scenario.spec.places if place.edge is None]
    assert sorted(place.label for place in drawn.places) == sorted(inside_)
    assert {land.colour for land in drawn.lands if land.colour} != set()
    assert all(0 <= place.x <= drawn.width and 0 <= place.y <= drawn.height for place in drawn.places)


def test_a_map_of_an_invented_world_has_its_areas_links_and_corners() -> None:
    drawn = drawing(schematic())

    assert drawn is not None
    assert len(drawn.lands) == 2 and len([land for land in drawn.lands if land.colour]) == 1
    assert len(drawn.links) == 1
    assert [(corner.edge, len(corner.names)) for corner in drawn.corners] == [("north-east", 1)]
    assert 'id="board"' in pages_html(schematic())


def test_a_scenario_without_a_map_has_no_board() -> None:
    spec = replace(mini().spec, windows=(), areas=(), links=())

    assert 'id="board"' not in pages_html(Scenario(spec))


def test_backs_and_letter_paper_when_they_are_asked_for() -> None:
    plain, asked = pages_html(mini()), pages_html(mini(), paper="letter", backs=True)

    assert 'class="card back-of"' not in plain and 'class="card back-of"' in asked
    assert "size: A4" in plain and "size: letter" in asked


def test_printed_on_both_sides_every_front_has_its_own_back(scenario: Scenario) -> None:
    """What is cut out or kept from others has a leaf of its own: its back, or nothing, lies behind it."""
    page = pages_html(scenario, backs=True)
    leaves: list[list[str]] = []
    for side in re.findall(r'<(?:section|div) class="([a-z -]*page[a-z ]*)"', page):
        if side in ("page blank", "cards page backs"):
            leaves[-1].append(side)
        else:
            leaves.append([side, "a round on paper"] if side == "briefing page" else [side])

    cut_out = sum(
        len(titles) for id_, titles in Reader(page).titles.items() if not id_.startswith(("mat", "deals"))
    )
    assert page.count('class="card back-of"') == cut_out
    assert [leaf for leaf in leaves if len(leaf) != 2] == [["tracks page"], ["rules page"]] == leaves[-2:]


def test_a_row_of_backs_is_the_row_of_cards_seen_from_behind() -> None:
    """One card in a row lies left in front, right behind."""
    page = pages_html(mini(), backs=True)
    grids = re.findall(r'class="cards page backs".*?</section>', page, re.DOTALL)
    lone = [grid for grid in grids if grid.count("back-of") % 3 == 1]

    assert lone
    assert all(
        re.search(r'<div></div><div></div><div class="card back-of"><span>.</span></div>\s*</div>', g)
        for g in lone
    )


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    done = inside("print", "nile", "-o", tmp_path / "cards.html")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cards.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert done.stdout.strip() == say.written(str(tmp_path / "cards.html"), Pack(load_scenario("nile")).cards)


def test_without_a_browser_it_says_how_to_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "INSTALLED", ())

    done = inside("print", "nile", "-o", tmp_path / "cards.html", "--pdf")

    assert done.returncode == 1
    assert say.no_browser(str(tmp_path / "cards.html")) in done.stderr
    assert (tmp_path / "cards.html").is_file()


def test_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    done = inside("print", "nile", "-o", tmp_path / "none" / "cards.html")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
