"""Sheets to print before an evening: one for the white cell, and one a seat that says all it needs to begin.

A seat's sheet holds what the scenario tells that seat before any game: nothing of a running one, nothing
that is dealt, and nothing that another seat alone may know. The page loads nothing from anywhere, and
whatever scenarios and exercises contain stays text: it is built as a tree of elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from wargame.content.exercise_check import EACH_ROUND, Exercise, Planned
from wargame.errors import CannotWrite
from wargame.rulebook import Term as Entry
from wargame.rulebook import rulebook
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import score_at_start
from wargame.rules.spec import Term
from wargame.tui.actions import BY_ID
from wargame.tui.kit.gauges import EMPTY, FILLED
from wargame.tui.look import PALETTES, SEATS
from wargame.words import Told, Words, halves
from wargame.words.pages import LANGUAGE, acts, home, keys, paper, play, topics
from wargame.words.pages import sheets as say
from wargame.words.texts import sentences

STYLE = "sheets.css"
NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'"
COLOURS = [PALETTES["light"].colours[seat] for seat in SEATS]
"""The seats' colours in the scenario's order, as screens have them on a light ground."""
KEYS_NEEDED = (
    "do", "back", "turn-on", "next-pane", "why", "know", "board", "log", "offer", "discard", "tell", "undo",
    "end", "asked", "message", "pen", "hide", "rules", "glossary", "help",
)  # fmt: skip
"""The actions of a seat's first evening, by id."""
KEYS_OF_TALK = ("aside",)
A_KEY = re.compile(r"(?<![\w’'])([b-z]|Enter)(?!\w)")
"""A letter that stands alone in a sentence: no word of the language, so a key."""
ROUND = ("news", "talk", "orders", "turn", "answers", "reveal", "resolution", "upkeep")
"""The parts of a round that all play at once, in order."""
TELLS = {
    "news": ("resolution/news", 2),
    "talk": ("talk", 2),
    "answers": ("orders/answers", 1),
    "reveal": ("resolution/reveal", 3),
    "resolution": ("resolution/resolution", 1),
    "upkeep": ("resolution/upkeep", 3),
}
"""Parts of a round → the topic that tells of it, and how many of its sentences."""
Part = str | Element | Iterable["Part"] | None


def sheets_html(scenario: Scenario, exercise: Exercise | None = None, rounds: int = 0) -> str:
    """Return the page: first the white cell's sheet, then the seats' in the scenario's order.

    `rounds` is how many are played; with 0 as many as the exercise says, else the scenario.
    """
    rounds = rounds or (exercise.rounds if exercise else 0) or scenario.spec.rules.rounds
    words = Words(scenario)
    title = words.said(exercise.title if exercise else scenario.spec.title)
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", content=NO_NETWORK, **{"http-equiv": "Content-Security-Policy"}),
        _tag("title", f"{title} – {say.TITLE}"),
        _tag("style", resources.files("wargame.host").joinpath(STYLE).read_text(encoding="utf-8")),
    )
    sheets = (SeatSheet(scenario, seat, rounds).page() for seat in scenario.seat_ids)
    body = _tag("body", _white_page(scenario, exercise, rounds), sheets)
    page = _tag("html", head, body, lang=LANGUAGE)
    return f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"


def write(path: Path, scenario: Scenario, exercise: Exercise | None = None, rounds: int = 0) -> None:
    """Write that page to a file. Raises `CannotWrite` with a sentence."""
    try:
        path.write_text(sheets_html(scenario, exercise, rounds), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotWrite(say.not_written(str(path), (error.strerror or str(error)).lower())) from error


# --- a seat's sheet ------------------------------------------------------------------------------------


class SeatSheet:
    """What is printed for one seat."""

    def __init__(self, scenario: Scenario, seat: str, rounds: int) -> None:
        self.scenario, self.seat, self.rounds = scenario, seat, rounds
        self.words, self.spec = Words(scenario, rounds=rounds), scenario.seats[seat]
        briefing = self.words.briefing(seat, rounds)
        plans = len(briefing) - len(self.spec.plans) - bool(self.spec.first_turn) - 1
        self.who, self.ruin, self.plans = briefing[: plans - 2], briefing[plans - 1], briefing[plans:]

    def on_paper(self) -> Element:
        """Return its front, and on its back how a round goes, for a table without screens."""
        front = [self._head(paper.BRIEFING), self._who(paper.AGENDA_ON_PAPER), self._counts(), self._needs()]
        rounds = (_tag("li", _tag("b", part), " ", does) for part, does in paper.OF_A_ROUND)
        back = [_tag("div", _tag("h2", paper.A_ROUND), _tag("ol", rounds))]
        return self._leaf([*front, self._plans()], back)

    def page(self) -> Element:
        """Return its front, who one is, and its back, how to play."""
        front = [self._head(), self._who(), self._counts(), self._needs(), self._plans()]
        return self._leaf(front, [self._round(), self._first_turn(), _keys()])

    def _leaf(self, front: list[Element], back: list[Element]) -> Element:
        said = " ".join(text for part in front for text in part.itertext())
        return _tag(
            "article",
            _tag("section", front, klass="front"),
            _tag("section", self._whose(), back, self._glossary(said), self._notes(), klass="back"),
            style=f"--seat: {COLOURS[self.scenario.seat_ids.index(self.seat) % len(COLOURS)]}",
        )

    # --- the front -----------------------------------------------------------------------------------------

    def _head(self, kind: str = "") -> Element:
        """Return its head; with a `kind` of page in it, else how one comes in at a host's."""
        words, spec = self.words, self.spec
        first, last = words.date(1), words.date(self.rounds)
        come_in: list[Part] = [
            f"{say.ON_SCREEN} ",
            _tag("b", f"{spec.symbol}{spec.short}"),
            f" · {say.LOGIN} ",
            _tag("code", self.seat),
        ]
        return _tag(
            "header",
            _tag("b", spec.symbol, klass="symbol"),
            _tag("h1", home.you_are(words.party(self.seat)), _tag("small", words.capital(self.seat))),
            _tag(
                "p",
                _tag("b", words.said(self.scenario.spec.title)),
                _tag("br"),
                say.length(self.rounds, first, last),
                _tag("br"),
                [_tag("b", f"{spec.symbol}{spec.short}"), f" · {kind}"] if kind else come_in,
            ),
        )

    def _who(self, of_agenda: str = say.AGENDA) -> Element:
        dealt = any(agenda.seat == self.seat for agenda in self.scenario.spec.agendas)
        agenda = _tag("p", _with_keys(of_agenda)) if dealt else None
        return _tag("div", map(_paragraph, self.who), agenda)

    def _counts(self) -> Element:
        """Its score: where it starts, the line, what moves it, and what ruins it."""
        words, scoring = self.words, self.scenario.spec.scoring
        start = halves(score_at_start(self.scenario, self.seat, self.rounds))
        rows = (self._count(term) for term in scoring.seats[self.seat].terms)
        head = _row("th", say.WHAT_COUNTS, say.AT_START, say.A_STEP)
        return _tag(
            "div",
            _tag("h2", home.YOUR_LINE),
            _tag("p", words.the_line(self.seat, self.rounds, start)),
            _paragraph(self.ruin),
            _tag("h2", home.MOVES_SCORE),
            _tag("table", head, rows, klass="counts"),
            _tag("h2", say.IN_STORE),
            _tag("p", self._store()),
        )

    def _count(self, term: Term) -> Element:
        words = self.words
        at_start: Part = None
        what: list[Part] = [_tag("b", words.said(term.label))]
        if term.track is not None:
            track = self.scenario.tracks[term.track]
            seen = not track.seen_by or self.seat in track.seen_by
            boxes = _tag("span", FILLED * track.start + EMPTY * (track.most - track.start), klass="boxes")
            at_start = [boxes, " ", say.of_most(track.start, track.most)] if seen else say.NOT_SEEN
            what.append(f" {words.said(track.text)}" if track.text else None)
        return _row("td", what, at_start, words.term(term))

    def _store(self) -> str:
        rules = self.scenario.spec.rules
        held = [say.purse(rules.influence, self.spec.income, rules.hand)]
        for good, stock in self.spec.goods.items():
            if stock.start or stock.each:
                more = f" ({say.each_round(stock.each)})" if stock.each else ""
                held.append(f"{self.words.lots(stock.start, good)}{more}")
        return f"{'; '.join(held)}."

    def _needs(self) -> Element:
        """With whom it may sign what, and with whom it may stand."""
        words, deals = self.words, self.scenario.deals.values()
        rows = [
            _row(
                "td",
                _tag("b", _badge(self.scenario, other)),
                "; ".join(words.deal(deal.id) for deal in shared),
            )
            for other in self.scenario.seat_ids
            if (shared := [deal for deal in deals if {*deal.between} == {self.seat, other}])
        ]
        rows += [
            _row("td", _tag("b", words.stand(stand.id)), f"{say.TOGETHER} {words.parties(others)}")
            for stand in self.scenario.spec.stands
            if self.seat in stand.seats and (others := [one for one in stand.seats if one != self.seat])
        ]
        return _tag(
            "div",
            _tag("h2", say.YOU_NEED),
            _tag("table", rows, klass="needs") if rows else _tag("p", say.NOBODY),
        )

    def _plans(self) -> Element:
        return _tag("div", _tag("h2", play.BEGIN), map(_paragraph, self.plans))

    # --- the back ------------------------------------------------------------------------------------------

    def _whose(self) -> Element:
        return _tag("p", _badge(self.scenario, self.seat), klass="whose")

    def _round(self) -> Element:
        return _tag("div", _tag("h2", say.A_ROUND), _tag("ol", map(_line_of_round, ROUND)))

    def _first_turn(self) -> Element:
        shown = {id_: BY_ID[id_].shown for id_ in ("offer", "tell", "end")}
        steps = [
            say.COME_IN,
            say.READ_HAND,
            say.LAY,
            self.words.may_offer(self._partners(), shown["offer"]),
            self.words.may_tell(True, shown["tell"], shown["end"]),
            say.CONFIRM,
        ]
        items = (_tag("li", _with_keys(step)) for step in steps)
        return _tag("div", _tag("h2", say.FIRST_TURN), _tag("ol", items))

    def _partners(self) -> list[str]:
        offers = self.scenario.offer_groups.get(self.seat, ())
        signs = {other for _deal, other, _moves in offers}
        return [seat for seat in self.scenario.seat_ids if seat in signs]

    def _glossary(self, said: str) -> Element | None:
        """The terms that stand on the front, but for those that are explained there."""
        told_there = {self.words.said(track.name).lower() for track in self.scenario.spec.tracks}
        told = [
            _tag("p", _tag("b", f"{entry.names[0]} "), sentences(entry.text)[0])
            for entry in rulebook(self.scenario).glossary
            if not told_there & {name.lower() for name in entry.names} and _stands_in(entry, said)
        ]
        return _tag("div", _tag("h2", say.GLOSSARY), _tag("div", told, klass="glossary")) if told else None

    def _notes(self) -> Element:
        head = _row("th", say.ROUND_HEAD, say.MY_PLAN, say.WHO_SAID)
        rows = (_row("td", f"{nth} · {self.words.date(nth)}", "", "") for nth in range(1, self.rounds + 1))
        return _tag(
            "div",
            _tag("h2", say.NOTES),
            _tag("table", head, rows),
            klass="notes",
            style=f"--rounds: {self.rounds}",
        )


def _line_of_round(part: str) -> Element:
    key, count = TELLS.get(part, ("", 0))
    told = sentences(topics.TOPICS[key][1])[:count] if key else []
    told += [say.ROUND[part]] if part in say.ROUND else []
    return _tag("li", _tag("b", acts.PHASES.get(part, say.YOUR_TURN)), " ", " ".join(told))


def _keys() -> Element:
    rows = [(say.DIGITS, keys.LIGHT_THE_ROW), *((BY_ID[id_].shown, BY_ID[id_].help) for id_ in KEYS_NEEDED)]
    rows += [(BY_ID[id_].shown, say.in_the_talk(BY_ID[id_].help)) for id_ in KEYS_OF_TALK]
    told = (_tag("p", _tag("kbd", key), " ", does) for key, does in rows)
    return _tag("div", _tag("h2", say.KEYS), _tag("div", told, klass="keys"))


def _with_keys(sentence: str) -> list[Part]:
    """Return a sentence with the keys in it as keys."""
    return [_tag("kbd", part) if A_KEY.fullmatch(part) else part for part in A_KEY.split(sentence)]


def _stands_in(entry: Entry, said: str) -> bool:
    """Return whether a term of the rulebook stands there, in the singular or the plural."""
    names = "|".join(re.escape(name) for name in entry.names)
    return re.search(rf"\b(?:{names})s?\b", said, re.IGNORECASE) is not None


# --- the white cell's ----------------------------------------------------------------------------------


def _white_page(scenario: Scenario, exercise: Exercise | None, rounds: int) -> Element:
    """Return its front, what is to come, and its back, what to look after."""
    words = Words(scenario)
    title = words.said(exercise.title if exercise else scenario.spec.title)
    length = say.length(rounds, words.date(1), words.date(rounds))
    head = _tag("header", _tag("h1", say.WHITE_TITLE, _tag("small", title)), _tag("p", length))
    if exercise is None:
        return _tag("article", head, _tag("p", say.NO_SCHEDULE), _to_look_after(scenario, None))
    front = [
        _tag("p", _tag("b", say.FOR_YOU_ALONE)),
        _tag("p", words.said(exercise.text)) if exercise.text else None,
        _tag("h2", say.SCHEDULE),
        _schedule(words, exercise, rounds),
        _tag("p", _limits(exercise)),
        _tag("h2", say.INJECTS),
        [_inject(words, inject) for inject in exercise.injects] or _tag("p", say.NO_INJECTS),
        _asked(words, exercise),
    ]
    return _tag("article", head, front, _tag("section", _to_look_after(scenario, exercise), klass="back"))


def _to_look_after(scenario: Scenario, exercise: Exercise | None) -> list[Element]:
    chairs = _chairs(scenario, exercise)
    return [
        _tag("h2", say.PLACE),
        _tag("table", (_row("td", one, "") for one in say.TO_FILL_IN), klass="fill"),
        _tag("h2", say.SEATS),
        _tag("table", _row("th", say.SEAT, say.PLAYS, say.WHO), chairs, klass="seats"),
        _tag("h2", say.BEFORE),
        _tag("ul", (_tag("li", check) for check in say.CHECKS), klass="checks"),
        _tag("h2", say.FAILS),
        _tag("table", (_row("td", _tag("b", what), do) for what, do in say.FAILURES)),
    ]


def _schedule(words: Words, exercise: Exercise, rounds: int) -> Element:
    """Tell from which minute to which each part is meant to last."""
    plan = exercise.schedule
    each = [(acts.PHASES[part], plan[part]) for part in EACH_ROUND if part in plan]
    inside = " · ".join(say.lasts(what, minutes) for what, minutes in each)
    length = sum(minutes for _what, minutes in each)
    parts: list[tuple[Part, int]] = [(say.PARTS["briefing"], plan.get("briefing", 0))]
    for nth in range(1, rounds + 1):
        name = _tag("b", say.round_part(nth, words.date(nth)))
        parts.append(([name, f" {inside}"], length))
    parts += [(say.PARTS[part], plan.get(part, 0)) for part in ("hot_wash", "spare")]
    rows, now = [_row("th", say.FROM, say.UNTIL, say.WHAT, say.MINUTES)], 0
    for what, minutes in parts:
        if minutes:
            rows.append(_row("td", _clock(now), _clock(now + minutes), what, str(minutes)))
            now += minutes
    return _tag("table", rows, klass="schedule")


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _limits(exercise: Exercise) -> str:
    if not exercise.timers:
        return say.NO_LIMITS
    limits = (
        say.limit(acts.PHASES[part], exercise.timers[part].seconds)
        for part in EACH_ROUND
        if part in exercise.timers
    )
    return f"{say.LIMITS} {' · '.join(limits)}."


def _inject(words: Words, inject: Planned) -> Element:
    """Tell what is to come: when, what the room reads, what it does, and why."""
    title = words.said(inject.title) if inject.title else words.news(inject.card)
    to = say.to([words.party(seat) for seat in inject.to]) if inject.to else say.TO_ALL
    card = words.scenario.event_card(inject.card) if inject.card else None
    text = words.said(inject.text or (card.text if card else ""))
    does = words.news_text(inject.card) if card else words.effects(inject.effects)
    return _tag(
        "div",
        _tag("p", _tag("b", f"{say.in_rounds([inject.round])}: {title}"),
             f" ({to}{f'; {say.HELD}' if inject.held else ''})"),
        _tag("blockquote", text) if text else None,
        _tag("ul", (_tag("li", line) for line in does)) if does else None,
        _tag("p", f"{say.WHY} {inject.why}") if inject.why else None,
        klass="inject",
    )  # fmt: skip


def _asked(words: Words, exercise: Exercise) -> list[Element]:
    asked = [(say.REASON, one.text, one.rounds, one.seats) for one in exercise.prompts]
    asked += [(say.PREDICTION, one.text, one.rounds, one.seats) for one in exercise.questions]
    rows = [
        _row("td", kind, words.said(text), say.in_rounds(rounds),
             say.to([words.party(seat) for seat in seats]) if seats else say.TO_ALL)
        for kind, text, rounds, seats in asked
    ]  # fmt: skip
    return [_tag("h2", say.ASKED), _tag("table", rows, klass="asked")] if rows else []


def _chairs(scenario: Scenario, exercise: Exercise | None) -> Iterator[Element]:
    for seat in scenario.seat_ids:
        chair = exercise.seats.get(seat) if exercise else None
        kind = chair.player if chair else "person"
        plays = say.A_PERSON if kind == "person" else kind
        yield _row("td", [_badge(scenario, seat), " ", _tag("code", seat)], plays, "")


# --- elements ------------------------------------------------------------------------------------------


def _tag(name: str, *inside: Part, klass: str = "", **named: str) -> Element:
    """Return an element with texts and elements inside; texts stay texts whatever they hold."""
    made = Element(name, {"class": klass} | named if klass else named)
    _fill(made, inside)
    return made


def _fill(made: Element, inside: Iterable[Part]) -> None:
    for part in inside:
        if isinstance(part, str):
            if len(made):
                made[-1].tail = (made[-1].tail or "") + part
            else:
                made.text = (made.text or "") + part
        elif isinstance(part, Element):
            made.append(part)
        elif part is not None:
            _fill(made, part)


def _badge(scenario: Scenario, seat: str) -> str:
    """Return a seat's sign and letters, as on every screen, and its name."""
    spec = scenario.seats[seat]
    return f"{spec.symbol}{spec.short} {Words(scenario).seat(seat)}"


def _row(cell: str, *cells: Part) -> Element:
    return _tag("tr", (_tag(cell, one) for one in cells))


def _paragraph(told: Told) -> Element:
    """Return a paragraph behind its bold label."""
    return _tag("p", _tag("b", f"{told.title} ") if told.title else None, told.text)
