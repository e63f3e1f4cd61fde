"""What lies in the box: every card, mat, track and sheet of a scenario, as the templates print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from wargame.host.sheets import SeatSheet
from wargame.paper.drawn import colour_of
from wargame.rules.scenario import Scenario, secrecies, sizes
from wargame.rules.scoring import line_after
from wargame.rules.spec import Action, Card, DealTemplate, News, Track
from wargame.words import Words, grammar, halves
from wargame.words.pages import paper as say
from wargame.words.texts import cited

FACE = 40
"""Columns of a line on a printed face."""
CROWDED, FULL = 560, 800
"""Letters on a card from which they are printed smaller, and smaller still."""
LONG = 860
"""Letters on a deal sheet from which they are printed smaller."""
PAGE = 9
"""Cards on a page."""
DEALS = 4
"""Deal sheets on a page."""


class Face(NamedTuple):
    """A card to cut out. `size` is "", "crowded" or "full", by how much stands on it, or "told"."""

    kind: str
    badge: str
    colour: str
    title: str
    cost: int | None
    head: str
    odds: tuple[tuple[int, str], ...]
    lines: tuple[str, ...]
    story: str
    foot: str
    size: str = ""


class Band(NamedTuple):
    """A named stretch of a track: how many boxes it has, and what it is called."""

    boxes: int
    name: str


class Row(NamedTuple):
    """A row of boxes, from 0 to `most`: a track, a good, influence."""

    name: str
    most: int
    start: int
    bands: tuple[Band, ...] = ()
    text: str = ""
    note: str = ""


class Group(NamedTuple):
    """The tracks of a group."""

    name: str
    rows: tuple[Row, ...]


class DealSheet(NamedTuple):
    """A deal to be filled in when it is signed."""

    title: str
    parties: tuple[tuple[str, str], ...]
    rung: int
    lines: tuple[str, ...]
    story: str
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    extras: tuple[str, ...]
    boxes: int
    foot: str
    size: str


class Lever(NamedTuple):
    """Something that a seat sets or takes in secret: a dial's settings, or a joint stand."""

    kind: str
    title: str
    settings: tuple[tuple[str, str, bool], ...]


class Mat(NamedTuple):
    """What lies before a seat."""

    seat: str
    name: str
    badge: str
    symbol: str
    colour: str
    capital: str
    aims: tuple[tuple[str, str], ...]
    line: str
    begins: str
    ruin: str
    hand: str
    commits: int
    influence: Row
    goods: tuple[Row, ...]
    action: Face
    levers: tuple[Lever, ...]


class Pack:
    """Everything of one scenario that is printed, for a game of so many rounds (0: as many as it has)."""

    def __init__(self, scenario: Scenario, rounds: int = 0) -> None:
        self.scenario, self.words, self.spec = scenario, Words(scenario), scenario.spec
        self.rounds = rounds or self.spec.rules.rounds

    # --- cards ---------------------------------------------------------------------------------------------

    def deck(self, seat: str) -> tuple[Face, ...]:
        """Return the policy cards of a seat, in the order of its file."""
        cards = (self.scenario.cards[id_] for id_ in self.scenario.decks[seat])
        return tuple(self._policy(seat, card, say.KIND_POLICY) for card in cards)

    def _policy(self, seat: str, card: Card | Action, kind: str) -> Face:
        words = self.words
        quiet = [say.QUIET] if getattr(card, "quiet", False) else []
        aims = [f"{say.AT} {aimed}"] if (aimed := words.aims(card)) else []
        head = " · ".join((f"{say.SPEED} {card.speed}", *quiet, *aims))
        return self._face(kind, seat, card, card.cost, head, words.said(card.text))

    @cached_property
    def news(self) -> tuple[Face, ...]:
        """The event cards, in the order of their file."""
        return tuple(map(self._event, self.spec.news))

    def _event(self, card: News) -> Face:
        kind = say.KIND_CRISIS if card.crisis else say.KIND_NEWS
        if card.fixed:
            fits = say.comes_in(card.fixed)
        elif card.aside:
            fits = say.CALLED
        else:
            fits = grammar.capital(self.words.condition(card.when)) if card.when else say.ANY_ROUND
        return self._face(kind, "", card, None, fits, self.words.said(card.text))

    def _face(
        self, kind: str, seat: str, card: Card | Action | News, cost: int | None, head: str, story: str
    ) -> Face:
        """Return a card as it is on the screen; a crisis told in full, for its face alone says too little."""
        crisis = isinstance(card, News) and card.crisis is not None
        odds = () if crisis else tuple(map(_taken_apart, self.words.chances(card)))
        lines = tuple(self.words.news_text(card.id) if crisis else self.words.face(card, FACE))
        title = self.words.said(card.title)
        long = sum(map(len, (title, head, story))) + sum(FACE * -(-len(line) // FACE) for line in lines)
        return Face(
            kind,
            self.badge(seat) if seat else "",
            colour_of(self.scenario, seat),
            title,
            cost,
            head,
            odds,
            lines,
            story,
            cited(card.source),
            "told" if crisis else _size(long),
        )

    def agendas(self, seat: str) -> tuple[Face, ...]:
        """Return the secret agendas of which a seat is dealt one."""
        mine = [agenda for agenda in self.spec.agendas if agenda.seat == seat]
        badge, colour = self.badge(seat), colour_of(self.scenario, seat)
        faces = []
        for one in mine:
            told = self.words.agenda(one.id)
            faces.append(
                Face(
                    say.KIND_AGENDA,
                    badge,
                    colour,
                    told.title,
                    None,
                    "",
                    (),
                    (told.text,),
                    "",
                    cited(one.source),
                )
            )
        return tuple(faces)

    @cached_property
    def deals(self) -> tuple[DealSheet, ...]:
        """A sheet for each deal that can be signed."""
        return tuple(map(self._deal, self.spec.deals))

    def _deal(self, deal: DealTemplate) -> DealSheet:
        words = self.words
        choices = [
            (say.SIZE, tuple(size for size in sizes(deal) if size != "plain")),
            (say.SECRECY, secrecies(deal)),
            (say.FOR_ROUNDS, tuple(map(str, deal.rounds))),
        ]
        lines = tuple(words.deal_text(deal))
        story = words.said(deal.text)
        counters = self.spec.rules.counters
        return DealSheet(
            words.said(deal.title),
            tuple((self.badge(seat), colour_of(self.scenario, seat)) for seat in deal.between),
            deal.rung,
            lines,
            story,
            tuple((name, ways) for name, ways in choices if ways),
            tuple(map(words.lot_more, deal.extras)) if counters else (),
            max(deal.rounds),
            cited(deal.source),
            "full" if sum(map(len, lines)) + len(story) > LONG else "",
        )

    @cached_property
    def cards(self) -> int:
        """How many cards there are to cut out."""
        decks = sum(len(self.scenario.decks[seat]) for seat in self.scenario.seat_ids)
        return decks + len(self.news) + len(self.spec.agendas) + len(self.deals)

    # --- the board -----------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The tracks that lie in the open, by group."""
        return self._grouped(track for track in self.spec.tracks if not track.seen_by)

    @cached_property
    def hidden(self) -> tuple[Group, ...]:
        """The tracks that the umpire keeps, by group."""
        return self._grouped(track for track in self.spec.tracks if track.seen_by)

    def _grouped(self, tracks: Iterable[Track]) -> tuple[Group, ...]:
        found: dict[str, list[Row]] = {}
        for track in tracks:
            found.setdefault(track.group, []).append(self._track(track))
        names = self.spec.groups
        return tuple(Group(self.words.said(names.get(id_, id_)), tuple(rows)) for id_, rows in found.items())

    def _track(self, track: Track) -> Row:
        words, below, bands = self.words, -1, []
        for band in track.bands:
            bands.append(Band(min(band.upto, track.most) - below, words.said(band.name)))
            below = band.upto
        notes = [say.all_see([words.party(seat) for seat in track.seen_by])] if track.seen_by else []
        notes += [say.BAND_PUBLIC] if track.seen_by and track.band_public else []
        short = words.said(track.short)
        name = words.track(track.id)
        named = f"{name} ({short})" if short and short != name else name
        return Row(named, track.most, track.start, tuple(bands), words.said(track.text), "; ".join(notes))

    @cached_property
    def ladder(self) -> tuple[str, tuple[tuple[int, str, int], ...]] | None:
        """What the ladder wants, and its rungs from the top: number, name, how much of it."""
        ladder = self.spec.ladder
        if ladder is None:
            return None
        rungs = [
            (nth, self.words.said(name), wants)
            for nth, (name, wants) in enumerate(zip(ladder.names, ladder.wants, strict=True), 1)
        ]
        return self.words.track(ladder.track), tuple(reversed(rungs))

    @cached_property
    def calendar(self) -> tuple[tuple[int, str], ...]:
        """The rounds, each with its date."""
        return tuple((nth, self.words.date(nth)) for nth in range(1, self.rounds + 1))

    # --- a seat --------------------------------------------------------------------------------------------

    @cached_property
    def mats(self) -> tuple[Mat, ...]:
        """A mat for each seat."""
        return tuple(map(self._mat, self.scenario.seat_ids))

    def _mat(self, seat: str) -> Mat:
        words, spec, rules = self.words, self.scenario.seats[seat], self.spec.rules
        scoring = self.spec.scoring
        ruin = SeatSheet(self.scenario, seat, self.rounds).ruin
        income = say.more_each(spec.income) if spec.income else ""
        return Mat(
            seat,
            words.seat(seat),
            self.badge(seat),
            spec.symbol,
            colour_of(self.scenario, seat),
            words.capital(seat),
            tuple((words.said(term.label), words.term(term)) for term in scoring.seats[seat].terms),
            say.line_to_reach(halves(line_after(self.scenario, self.rounds)), self.rounds),
            say.begins_with(halves(scoring.start_of(seat, self.rounds))),
            f"{ruin.title}: {ruin.text}",
            say.hand_of(rules.hand, rules.commits),
            rules.commits,
            Row(say.INFLUENCE, rules.influence_cap, rules.influence, note=income),
            tuple(
                Row(
                    words.good(good),
                    self.scenario.goods[good].cap,
                    stock.start,
                    note=say.more_each(stock.each) if stock.each else "",
                )
                for good, stock in spec.goods.items()
            ),
            self._policy(seat, spec.action, say.KIND_ACTION),
            tuple(self._levers(seat)),
        )

    def _levers(self, seat: str) -> Iterator[Lever]:
        words = self.words
        for dial in self.spec.dials:
            if dial.seat == seat:
                settings = tuple(
                    (words.setting(dial.id, one.id), words.said(one.text), one.id == dial.start)
                    for one in dial.settings
                )
                yield Lever(say.DIAL, words.dial(dial.id), settings)
        for stand in self.spec.stands:
            if seat in stand.seats:
                lines = tuple(("", line, False) for line in words.stand_text(stand.id))
                yield Lever(say.STAND, words.stand(stand.id), lines)

    def badge(self, seat: str) -> str:
        """Return a seat's sign and letters, as on every screen."""
        spec = self.scenario.seats[seat]
        return f"{spec.symbol}{spec.short}"


def pages(faces: Sequence[Face], each: int = PAGE) -> list[Sequence[Face]]:
    """Return cards as they lie on pages."""
    return [faces[at : at + each] for at in range(0, len(faces), each)]


def _taken_apart(said: str) -> tuple[int, str]:
    """Return a chance, such as '50% +10 Trust over 3', as its per cent and what changes it."""
    base, _, parts = said.partition("% ")
    return int(base.removesuffix("%")), parts


def _size(letters: int) -> str:
    return "full" if letters > FULL else "crowded" if letters > CROWDED else ""
