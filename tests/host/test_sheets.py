"""The sheets that are printed before an evening: what is on them, and what never is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer

from tests.cli.inside import inside
from tests.rules.boards import mini
from wargame.cli.commands import app
from wargame.content.exercise import open_exercise
from wargame.content.exercise_check import Exercise, Planned
from wargame.content.load import load_scenario
from wargame.errors import CannotWrite
from wargame.host.sheets import sheets_html, write
from wargame.rules.scenario import Scenario
from wargame.words import Words, text
from wargame.words.pages import home
from wargame.words.pages import sheets as say

HOSTING = Path(__file__).parents[2] / "docs" / "hosting.md"
HOUSE = ("honeymoon", "mini")
VOID = ("meta", "br")


class Reader(HTMLParser):
    """Reads a page as a person does: the text of each article, its tags, and what else is in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.articles: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _value in attrs if name in ("src", "href", "onload", "onclick")]
        if tag == "article":
            self.articles.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.articles[-1] += data


def by_seat(scenario: Scenario, page: str) -> dict[str, str]:
    """The text of each seat's sheet; "" is the white cell's."""
    return dict(zip(("", *scenario.seat_ids), Reader(page).articles, strict=True))


@pytest.fixture(params=HOUSE)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return mini() if request.param == "mini" else load_scenario(request.param)


def secrets_of(scenario: Scenario, seat: str) -> Iterator[str]:
    """What the scenario tells one seat alone."""
    spec = scenario.seats[seat]
    told = (spec.briefing, spec.needed, spec.knows, spec.rule, spec.first_turn)
    yield from (text(one).strip() for one in (*told, *(plan.text for plan in spec.plans)) if one)


def test_a_seat_reads_all_that_the_scenario_tells_it(scenario: Scenario) -> None:
    words = Words(scenario)

    told = by_seat(scenario, sheets_html(scenario))

    for seat in scenario.seat_ids:
        rounds = scenario.spec.rules.rounds
        assert home.you_are(words.party(seat)) in told[seat]
        assert words.capital(seat) in told[seat]
        page = [paragraph for paragraph in words.briefing(seat, rounds) if paragraph.title != "How you win"]
        assert all(paragraph.text in told[seat] for paragraph in page)
        assert all(words.term(term) in told[seat] for term in scenario.spec.scoring.seats[seat].terms)


def test_nobody_reads_what_another_seat_alone_is_told(scenario: Scenario) -> None:
    told = by_seat(scenario, sheets_html(scenario))

    for owner in scenario.seat_ids:
        for secret in secrets_of(scenario, owner):
            assert [seat for seat, said in told.items() if secret in said] == [owner]


def test_no_agenda_is_on_any_sheet(scenario: Scenario) -> None:
    page = sheets_html(scenario)

    for agenda in scenario.spec.agendas:
        assert text(agenda.text).strip() not in page


def test_a_hidden_track_does_not_show_where_it_starts() -> None:
    scenario = load_scenario("honeymoon")
    hidden = {track.id: track for track in scenario.spec.tracks if track.seen_by}
    scored = {
        (seat, term.track)
        for seat in scenario.seat_ids
        for term in scenario.spec.scoring.seats[seat].terms
        if term.track in hidden
    }

    told = by_seat(scenario, sheets_html(scenario))

    assert all((say.NOT_SEEN in told[seat]) == (seat not in hidden[track].seen_by) for seat, track in scored)


def test_each_seat_has_a_row_of_notes_for_every_round(scenario: Scenario) -> None:
    words = Words(scenario)

    told = by_seat(scenario, sheets_html(scenario, rounds=5))

    for seat in scenario.seat_ids:
        assert all(f"{nth} · {words.date(nth)}" in told[seat] for nth in range(1, 6))
        assert f"6 · {words.date(6)}" not in told[seat]


def test_a_sheet_explains_the_terms_that_stand_on_it() -> None:
    """In the words of its own scenario's glossary."""
    told = by_seat(mini(), sheets_html(mini()))

    assert "What cards and signatures cost." in told["amber"]


def test_the_white_cell_reads_when_what_comes() -> None:
    scenario, prepared = open_exercise("honeymoon")

    told = by_seat(scenario, sheets_html(scenario, prepared.exercise))

    for inject in prepared.exercise.injects:
        assert text(inject.text) in told[""] and inject.why in told[""]
        assert not any(text(inject.text) in told[seat] for seat in scenario.seat_ids)
    for question in prepared.exercise.questions:
        assert text(question.text) in told[""]
    assert "0:100:33round 1" in told[""] and "1:582:00to spare2" in told[""]
    assert all(check in told[""] for check in say.CHECKS)


def test_without_an_exercise_there_is_nothing_to_come() -> None:
    told = by_seat(mini(), sheets_html(mini()))

    assert say.NO_SCHEDULE in told[""] and say.INJECTS not in told[""]


def test_an_inject_of_the_decks_is_told_with_what_it_does() -> None:
    scenario = mini()
    card = scenario.spec.news[0]
    planned = Planned(1, card=card.id, to=("amber",), held=True)
    exercise = Exercise("mini", "A test", injects=(planned,))

    told = by_seat(scenario, sheets_html(scenario, exercise))[""]

    assert text(card.title) in told and text(card.text) in told
    assert all(line in told for line in Words(scenario).news_text(card.id))
    assert say.to(["Amber"]) in told and say.HELD in told and say.NO_LIMITS in told


def test_whatever_a_scenario_says_stays_text() -> None:
    nasty = "</style><script src=x onload=y>&amp;</script><img src=x>"
    scenario = mini()
    seats = tuple(replace(seat, wants=nasty, symbol="<") for seat in scenario.spec.seats)
    scenario = Scenario(replace(scenario.spec, title=nasty, seats=seats))
    exercise = Exercise("mini", nasty, text=nasty, injects=(Planned(1, title=nasty, text=nasty, why=nasty),))

    reader = Reader(sheets_html(scenario, exercise))

    assert reader.links == [] and not {"script", "img", "link", "iframe"} & {*reader.tags}
    assert all(nasty in said for said in reader.articles)
    assert reader.open == []


def test_the_page_needs_no_network(scenario: Scenario) -> None:
    page = sheets_html(scenario)

    assert not re.search(r"https?:|url\(|@import", page)


def test_one_sentence_says_that_a_file_cant_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"^The sheets can't be written to .*nowhere.*\.$"):
        write(tmp_path / "nowhere" / "sheets.html", mini())


# --- the page for facilitators -------------------------------------------------------------------------


def options_of(name: str) -> set[str]:
    group = typer.main.get_command(app)
    command = group.commands[name]  # type: ignore[attr-defined]
    return {option for one in command.params for option in one.opts if option.startswith("--")}


def test_every_option_of_the_host_is_explained_and_no_other() -> None:
    table = HOSTING.read_text(encoding="utf-8").partition("## Every option")[2].partition("\n## ")[0]

    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    told = {option for cell in cells for option in re.findall(r"`(--[a-z-]+)", cell)}

    assert told == options_of("host") - {"--help"}


def test_no_command_of_the_page_has_an_option_that_is_not_there() -> None:
    text_ = HOSTING.read_text(encoding="utf-8")

    for command, rest in re.findall(r"wargame (\w+)([^`\n#]*)", text_):
        if command in (found := typer.main.get_command(app).commands):  # type: ignore[attr-defined]
            assert {*re.findall(r"--[\w-]+", rest)} <= options_of(command), found


def test_the_command_line_says_it_in_one_sentence(tmp_path: Path) -> None:
    told = inside("host", "honeymoon", "--saves", tmp_path, "--sheets", tmp_path / "no" / "x.html")

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.count("\n") == 1 and "can't be written" in told.stderr
