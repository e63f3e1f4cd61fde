"""Cards to hand round: one page that needs no network, a card a login, and nothing in it but text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from wargame import load_scenario
from wargame.host.cards import Card, cards, cards_html
from wargame.words.pages import host as say

SCENARIO = load_scenario("honeymoon")
PHRASES = {login: f"some words for {login}" for login in ("wall", "white", *SCENARIO.seat_ids)}
FINGERPRINT = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


class Page(HTMLParser):
    """The tags of a page, with what each `article` says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.articles: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)
        if tag == "article":
            self.articles.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.articles[-1] += data


def test_each_login_has_a_card() -> None:
    """Seats in the scenario's order with sign and colour, then wall and white cell: what to type, and why."""
    drawn = cards(SCENARIO, PHRASES)
    page = Page(cards_html("An evening", drawn, "192.168.1.5", 8022, FINGERPRINT))

    assert [card.login for card in drawn] == [*SCENARIO.seat_ids, "wall", "white"]
    assert len({card.colour for card in drawn}) == 7
    assert not page.open
    for card, said in zip(drawn, page.articles, strict=True):
        assert card.name in said
        assert card.sign in said
        assert f"ssh -p 8022 {card.login}@192.168.1.5" in said
        assert card.phrase in said
        assert FINGERPRINT in said
        assert say.DROPPED in said
    assert all(sum(card.phrase in said for said in page.articles) == 1 for card in drawn)


def test_the_usual_port_need_not_be_typed() -> None:
    """Port 22 is what ssh takes by itself."""
    assert "ssh japan@host.local" in cards_html("x", [Card("japan", "J", "p")], "host.local", 22, FINGERPRINT)


def test_nothing_in_a_name_is_more_than_text() -> None:
    """Titles and names come from scenarios that strangers write."""
    evil = "<script>alert(1)</script>\"'&amp;</style>"
    html = cards_html(evil, [Card(evil, evil, evil, evil, '#000"><script>')], evil, 22, evil)
    page = Page(html)

    assert "script" not in page.tags
    assert evil in page.articles[0]
    assert '#000"><script>' not in html


def test_the_page_loads_nothing() -> None:
    """No address in it, and a policy that forbids to follow one."""
    html = cards_html("An evening", cards(SCENARIO, PHRASES), "192.168.1.5", 8022, FINGERPRINT)

    assert not re.search(r"https?:|//|url\(|@import|src=|href=", html.replace(FINGERPRINT, ""))
    assert "default-src 'none'" in html
