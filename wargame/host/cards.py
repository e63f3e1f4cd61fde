"""Cards to print, cut out and hand round: for each login the line to type and its phrase.

One page of HTML that needs no network. Whatever stands in a scenario's names is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from wargame.rules.scenario import Scenario
from wargame.tui.look import THEMES
from wargame.words import words
from wargame.words.pages import host as say

WALL, WHITE, OBSERVER = "wall", "white", "observer"
"""The logins of those who hold no seat."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
STYLE: Final = """
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 186mm; color: #000; background: #fff;
  font: 10pt/1.35 "Noto Sans", "Liberation Sans", "Apple SD Gothic Neo", "Malgun Gothic", Arial, sans-serif; }
h1 { font-size: 13pt; margin: 0 0 1mm; }
body > p { margin: 0 0 3mm; }
main { display: grid; grid-template-columns: 1fr 1fr;
  border: dashed #888; border-width: .3mm 0 0 .3mm; }
article { break-inside: avoid; border: dashed #888; border-width: 0 .3mm .3mm 0; padding: 3mm 4mm;
  min-height: 60mm; overflow-wrap: anywhere; }
h2 { font-size: 14pt; line-height: 1.2; margin: 0; padding-left: 2mm; border-left: 3mm solid var(--seat); }
dl { margin: 0; }
dt { font-size: 8pt; color: #444; margin-top: 2mm; }
dd { margin: 0; font: bold 11.5pt/1.3 "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; }
dd.key { font-size: 7pt; font-weight: normal; }
article p { font-size: 8pt; margin: 2mm 0 0; }
"""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: who it is for, by sign and name in a colour, the login and its phrase."""

    login: str
    name: str
    phrase: str
    sign: str = ""
    colour: str = "#000"


def cards(scenario: Scenario, phrases: Mapping[str, str]) -> list[Card]:
    """Return a card for each login that has a phrase: the seats in the scenario's order, then the others."""
    others = {WALL: say.WALL, WHITE: say.WHITE, OBSERVER: say.OBSERVER}
    seats = [seat for seat in scenario.seat_ids if seat in phrases]
    rest = [login for login in phrases if login not in scenario.seat_ids]
    return [
        *(_of_seat(scenario, seat, phrases[seat]) for seat in seats),
        *(Card(login, others.get(login, login), phrases[login]) for login in rest),
    ]


def _of_seat(scenario: Scenario, seat: str, phrase: str) -> Card:
    spec, known = scenario.seats[seat], THEMES["light"].variables
    nth = scenario.seat_ids.index(seat) % 6 + 1
    name = words()(scenario).heading(seat)
    return Card(seat, name, phrase, f"{spec.symbol} {spec.short}", known[f"seat-{nth}"])


def cards_html(title: str, handed: Iterable[Card], address: str, port: int, fingerprint: str) -> str:
    """Return the page: a card for each of those, who type `ssh -p PORT LOGIN@ADDRESS` in a terminal.

    `fingerprint` is that of the host's key.
    """
    drawn = "\n".join(_drawn(card, address, port, fingerprint) for card in handed)
    head = escape(say.cards_of(title))
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{head}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{head}</h1>
<p>{escape(say.CUT_OUT)}</p>
<main>
{drawn}
</main>
</body>
</html>
"""


def _drawn(card: Card, address: str, port: int, fingerprint: str) -> str:
    option = "" if port == 22 else f"-p {port} "
    facts = (
        (say.TO_TYPE, "line", f"ssh {option}{card.login}@{address}"),
        (say.PHRASE, "phrase", card.phrase),
        (say.KEY, "key", fingerprint),
    )
    rows = "\n".join(
        f'<dt>{escape(label)}</dt><dd class="{kind}">{escape(text)}</dd>' for label, kind, text in facts
    )
    return f"""<article style="--seat: {escape(card.colour)}">
<h2>{escape(f"{card.sign} · {card.name}" if card.sign else card.name)}</h2>
<dl>
{rows}
</dl>
<p>{escape(say.FIRST_TIME)}</p>
<p>{escape(say.DROPPED)}</p>
</article>"""
