"""The rulebook of any scenario: nothing of another one stands in it, and what it lacks leaves no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.cli.inside import inside
from tests.foreign import foreign_to, standing_in
from tests.rules.boards import MINI, accusing, bargaining_in_words, honeymoon, mini, wordy
from wargame import load_scenario
from wargame.host.sheets import sheets_html
from wargame.rulebook import card_list, rulebook
from wargame.rulebook.markdown import laid_out, sections
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Calendar, CrisisOption, Spec
from wargame.tui.kit.topics import TOPICS


@cache
def nile() -> Scenario:
    """The other scenario that ships."""
    return load_scenario("nile")


WHOLE = pytest.mark.parametrize(
    "scenario", [mini, honeymoon, bargaining_in_words, nile], ids=lambda one: one.__name__
)
GAMES = pytest.mark.parametrize(
    "scenario", [mini, accusing, wordy, bargaining_in_words, nile], ids=lambda one: one.__name__
)


@GAMES
def test_no_word_of_another_scenario_stands_in_it(scenario: Any) -> None:
    """Rulebook, glossary, cards and sheets are the scenario's; help is everybody's."""
    book = rulebook(scenario())
    help_ = " ".join(f"{topic.title} {topic.text}" for topic in TOPICS.values())

    names = foreign_to(scenario())
    for told in (book.markdown, card_list(scenario()), sheets_html(scenario()), help_):
        assert standing_in(names, told) == []
    assert standing_in(names, " ".join(f"{term.title} {term.text}" for term in book.glossary)) == []


def bare() -> Spec:
    """The mill at the ford with nothing in it but seats, tracks, cards and news that move a track."""
    spec = mini().spec
    plain = [track for track in spec.tracks if not track.seen_by]
    heat = spec.seats[1].action.effects
    seats = tuple(
        replace(seat, goods={}, action=replace(seat.action, effects=heat, targets=None, needs=()))
        for seat in spec.seats
    )
    decks = {
        seat: tuple(replace(card, effects=heat, targets=None, needs=(), quiet=False) for card in deck)
        for seat, deck in spec.cards.items()
    }
    news = tuple(replace(card, effects=heat, when=None, crisis=None) for card in spec.news)
    scores = {
        seat: replace(one, terms=one.terms[-1:], ruin=None, values={})
        for seat, one in spec.scoring.seats.items()
    }
    scores["birch"] = scores["amber"]
    return replace(
        spec, tracks=tuple(plain), goods=(), seats=seats, cards=decks, news=news, deals=(), pairs=(),
        ladder=None, detection=None, production=(), dials=(), stands=(), flags=(), triggers=(), agendas=(),
        outcomes=(), scoring=replace(spec.scoring, seats=scores, late_breach=0),
        epilogues=(replace(spec.epilogues[-1]),),
    )  # fmt: skip


LACKING = """
accus, agenda, blame, counter-offer, crisis, deal, detection, dial, die, fire, flag, goods, joint, ladder,
lot, offer, plant, proof, proved, quiet, roll, rung, store, suspicion, target, trust
"""
"""How words begin that a game without any of it need not know."""


@pytest.mark.parametrize("word", [" ".join(word.split()) for word in LACKING.split(",")])
def test_what_a_scenario_lacks_leaves_no_trace(word: str) -> None:
    """Of a game of tracks and cards alone the book speaks of tracks and cards alone."""
    told = rulebook(Scenario(bare())).markdown.lower().replace("deal it a hand", "")

    assert not re.search(rf"\b{word}", told)


def alone() -> dict[str, dict[str, Any]]:
    """Each part of the mill at the ford by itself, to be put into the bare one."""
    spec, nothing = mini().spec, bare()
    heat = nothing.seats[0].action.effects
    [bread, _cake, fair, rights] = spec.deals
    crisis = replace(
        next(iter(bargaining_in_words().crises.values())),
        options=(CrisisOption("a", "A"), CrisisOption("b", "B")),
    )
    goods = {"goods": spec.goods, "seats": tuple(with_goods(spec, nothing))}
    return {
        "hidden tracks": {"tracks": spec.tracks},
        "goods": goods,
        "plants": goods | {"production": spec.production},
        "open deals": {"deals": (replace(fair, needs=()),)},
        "secret deals": {"deals": (replace(rights, needs=(), each=()),), "pairs": spec.pairs},
        "deals of goods": {"goods": spec.goods, "deals": (replace(bread, rung=0, each=(), ended=()),)},
        "a dial": {"dials": (replace(spec.dials[0], settings=spec.dials[0].settings[:1]),)},
        "two dials": {"dials": tuple(replace(spec.dials[0], id=id_, settings=spec.dials[0].settings[:1])
                                     for id_ in ("one", "two"))},
        "a stand": {"stands": (replace(spec.stands[0], needs=(), together=heat),)},
        "flags": {"flags": spec.flags},
        "triggers": {"triggers": (replace(spec.triggers[0], effects=heat),)},
        "agendas": {"agendas": (replace(spec.agendas[1]),)},
        "outcomes": {"outcomes": (*spec.outcomes, replace(spec.outcomes[0], id="peace", wins=("birch",)),
                                  replace(spec.outcomes[0], id="truce", line=True, blame=False))},
        "a crisis": {"news": (replace(nothing.news[0], crisis=crisis),)},
        "a fixed card": {"news": (replace(nothing.news[0], fixed=2),)},
        "rounds without a date": {"calendar": Calendar("a moon", labels=("new", "full", "old"))},
        "no sources": {"tracks": tuple(replace(track, source="") for track in nothing.tracks)},
    }  # fmt: skip


def with_goods(spec: Spec, nothing: Spec) -> Iterator[Any]:
    for seat, bare_seat in zip(spec.seats, nothing.seats, strict=True):
        yield replace(bare_seat, goods=seat.goods)


DANGLING = re.compile(r" [,;.](?=\s)|[,;] ?[,;.]|\(\)|: ?\.|\b(or|to|the|of) ?[.;,:]|  |%[sd]|\{\{")
"""What stands where a part has been left out of a sentence carelessly."""


@pytest.mark.parametrize("part", alone())
def test_each_part_alone_makes_whole_sentences(part: str) -> None:
    """Nothing dangles where other parts would stand, and every link leads somewhere."""
    book = rulebook(Scenario(replace(bare(), **alone()[part])))
    told = book.markdown.partition("## The turn as a machine")[0].splitlines()
    prose = [line.strip() for line in told if not line.startswith("|")]

    assert [found[0] for found in DANGLING.finditer("\n".join(prose))] == []
    assert set(re.findall(r"\]\(#([^)]+)\)", book.markdown)) <= {section.slug for section in book.sections}


def test_what_a_scenario_has_is_told() -> None:
    """Counter-offers, accusations, communiqués and crises stand in the book of a game that has them."""
    told = rulebook(bargaining_in_words()).markdown

    for said in ("Yes, but.", "**Accusations**", "have several phrases", "**A crisis**", "**The ladder**"):
        assert said in told
        assert said not in rulebook(Scenario(bare())).markdown


@WHOLE
def test_every_link_leads_to_a_heading_and_every_term_to_a_section(scenario: Any) -> None:
    book = rulebook(scenario())
    slugs = [section.slug for section in book.sections]

    assert set(re.findall(r"\]\(#([^)]+)\)", book.markdown)) <= set(slugs)
    assert len(slugs) == len(set(slugs))
    assert all(term.section in slugs for term in book.glossary)


@WHOLE
def test_where_lines_are_broken_changes_nothing(scenario: Any) -> None:
    """No word that opens a list, a heading or a quotation comes to stand at the beginning of a line."""
    book = rulebook(scenario())
    broken, whole = (Page(rulebook_html(laid_out(book.markdown, width))) for width in (40, 1 << 20))

    assert broken.tags == whole.tags
    assert broken.text == whole.text


def rulebook_html(markdown: str) -> str:
    from wargame.rulebook import printed  # noqa: PLC0415

    return printed(markdown, "html")


class Page(HTMLParser):
    """A page as a browser has it: its tags, its text without line breaks, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [f"{name}={value}" for name, value in attrs if name in ("src", "srcset", "onload")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_the_page_loads_nothing_and_what_a_scenario_says_stays_text() -> None:
    nasty = "<script src=x>&amp;</script> ![p](http://x/y.png) [a](javascript:alert) *b* | c"
    spec = mini().spec
    seats = tuple(replace(seat, wants=nasty, symbol="<") for seat in spec.seats)
    book = rulebook(
        Scenario(replace(spec, title=nasty, seats=seats), texts={"rulebook.md": f"# Own\n\n{nasty}\n"})
    )

    page = Page(book.html())

    assert page.loads == []
    assert not {"script", "img", "iframe", "link"} & {*page.tags}
    assert page.text.count("![p](http://x/y.png)") >= 3
    assert "javascript:" not in re.sub(r">[^<]*<", "><", book.html())


@pytest.mark.parametrize("width", [60, 100])
def test_as_text_it_fits_and_says_all(width: int) -> None:
    """No line is wider than asked for, and no word of the book is lost."""
    book = rulebook(mini())
    told = book.text(width)

    assert max(map(len, told.splitlines())) <= width
    words = set(re.findall(r"\w+", book.markdown.lower()))
    missing = words - set(re.findall(r"\w+", told.lower()))
    assert {word for word in missing if f"#{word}" not in book.markdown and "-" not in word} <= {"text"}


def test_the_command_prints_it(tmp_path: Any) -> None:
    """As Markdown, text or a page, to the screen or to a file; the cards likewise."""
    book = rulebook(mini())

    assert inside("rules", MINI).stdout == book.markdown
    assert inside("rules", MINI, "--cards").stdout == card_list(mini())
    assert inside("rules", MINI, "--html", "-o", tmp_path / "book.html").stdout == ""
    assert (tmp_path / "book.html").read_text(encoding="utf-8") == book.html()
    assert inside("rules", MINI, "--html", "--text").returncode == 2
    assert sections(inside("rules", "honeymoon", "--cards").stdout)[0].title == "The cards"


def test_a_list_is_numbered_by_its_author_or_by_the_engine() -> None:
    """1. 2. 3. as people write, or 1. 1. 1.; a number in the middle of a sentence opens no list."""
    assert laid_out("1. rain\n2. a lake\n   is full\n3. ice\n") == "1. rain\n2. a lake is full\n3. ice\n"
    assert laid_out("1. rain\n1. bread\n") == "1. rain\n2. bread\n"
    assert laid_out("It was\n1988. They remember.\n") == "It was 1988. They remember.\n"


def test_a_game_of_one_length_says_it_once() -> None:
    """No longest game where none is longer than the standard one."""
    rules = replace(mini().spec.rules, rounds=8, most_rounds=8)
    one = Scenario(replace(mini().spec, rules=rules), "one length")

    assert "- The standard game has 8 rounds.\n" in rulebook(one).markdown
    assert "rounds, the longest 8." in rulebook(mini()).markdown
