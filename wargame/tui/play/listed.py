"""A seat's turn as rows: hand, cards laid down, deals, offers, levers, each with its dial.

Where the hand lies along the foot all else stands in boxes beside it; where it does not, everything is one
list under headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from wargame.rules.events import OfferRefused
from wargame.rules.moves import Answer
from wargame.rules.state import PendingOffer
from wargame.tui.kit.bargains import due_lines, secrecy
from wargame.tui.kit.frame import SIDES, boxed_rows
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    pair_badge,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.kit.rows import Row
from wargame.tui.play.turn import ACCUSE, DISCARD, Choice, Turn, offers_gone
from wargame.words.pages import play as say

MOST_NUMBERED = 9
NUMBER = 2
"""Columns of the digit before a row."""
BOX = "$primary"
CHOSEN, OPEN = "bold reverse $primary", "$dim on $panel"
"""How the answer looks that Enter would give, and how the other."""
TURNS = "← →"

Section = tuple[str, str, Iterator[Row]]
"""A title, what stands at the right of it, and the rows below it."""


def _setting(choice: Choice) -> str:
    """How what a dial stands at is shown; "" for a row without one."""
    _move, refusal, name = choice
    return f" ‹{name}{' ×' if refusal else ''}›" if name else ""


@lru_cache(maxsize=256)
def _height(setting: str, width: int) -> int:
    """The lines that a setting takes below its row."""
    return len(wrapped(f" {setting}", width, indent=3))


def listed(turn: Turn, width: int) -> list[Row]:
    """The whole turn in one list; what can be done is numbered from 1."""
    listing = Listing(turn, width - NUMBER - 1)
    rows: list[Row] = []
    nth = 0
    for title, says, section in listing.sections():
        head = join((fit(put(title, HEAD), width - 1 - len(says)), put(says, DIM)))
        nth, numbered = _numbered(section, nth)
        rows += [Row("", head), *numbered]
    return rows


def boxes(turn: Turn, width: int, laid: bool = False) -> list[Row]:
    """Everything but the hand, in boxes of `width` cells; digits go on from those of the hand.

    `laid`: the cards that lie face down have a box too.
    """
    listing = Listing(turn, width - 1 - SIDES - NUMBER, boxed=True)
    rows: list[Row] = []
    nth = len(turn.lens.view.hands[turn.seat]) + len(turn.orders.commits) if listing.in_orders else 0
    for title, says, section in listing.boxes(laid):
        nth, numbered = _numbered(section, nth, boxed=True)
        if numbered:
            rows += boxed_rows(title, put(says, DIM), numbered, width - 1, BOX)
    return rows


def _numbered(section: Iterator[Row], nth: int, boxed: bool = False) -> tuple[int, list[Row]]:
    """Rows with digits after `nth`, and the last of those; a card that is laid takes its number with it."""
    rows = []
    for row in section:
        doable = bool(row.key) and not row.key.startswith("laid:")
        left = not boxed and row.key.startswith("laid:") and not row.key.startswith("laid:offer:")
        nth += doable or left
        digit = nth if doable and nth <= MOST_NUMBERED else 0
        before = f"{digit} " if digit else "  " if row.key or boxed else ""
        line = join((put(before, DIM if digit or boxed else ""), row.line))
        rows.append(row._replace(line=line, number=digit))
    return nth, rows


@dataclass
class Listing:
    """The rows of a turn by section, their text `width` cells wide; in boxes, or one below the other."""

    turn: Turn
    width: int
    boxed: bool = False

    @property
    def in_orders(self) -> bool:
        return self.turn.lens.view.phase == "orders"

    def sections(self) -> Iterator[Section]:
        """Everything, under headings; what has nothing in it is left out if it can't be filled.

        The hand comes first, then what the boxes hold in their order: so digits mean the same at every size.
        """
        turn, (commits, rules) = self.turn, (self.turn.orders.commits, self.turn.lens.scenario.spec.rules)
        waits = TURNS if turn.waiting else say.NONE
        if not self.in_orders:
            yield say.OFFERS_IN, waits, self._offers_in()
            yield from self._filled((say.RUNNING_DEALS, "", self._deals()))
            yield from self._filled((say.OFFERS_OUT, "", self._offers_gone()))
            return
        most = len(commits) if turn.orders.acted else rules.commits
        dials = TURNS if turn.keys("dial:") else ""
        hand = (row for card in turn.lens.view.hands[turn.seat] for row in self._card(card))
        yield say.HAND, say.ENTER_DOES[turn.mode] if turn.open_cards() else "", hand
        yield say.FACE_DOWN, say.of(len(commits), most), self._face_down(most)
        yield from self._filled((say.ALL_ANSWER, TURNS, self._crises()))
        yield from self._filled((say.OFFERS_IN, TURNS, self._offers_in()))
        yield from self._filled((say.RUNNING_DEALS, TURNS, self._deals()))
        yield say.OFFERS_OUT, f"{say.of(len(turn.orders.offered), rules.offers)} o", self._offers_out()
        yield from self._filled((say.LEVERS, dials, self._levers()))
        yield from self._filled((f"{say.ANNOUNCING} ¤1", TURNS, self._announcing()))
        accused = turn.lens.view.accused.get(turn.seat)
        yield from self._filled((say.ACCUSATION, "" if accused else say.ENTER_WHOM, self._accusing()))

    def boxes(self, laid: bool) -> Iterator[Section]:
        """All but the hand, the most pressing first."""
        turn = self.turn
        if not self.in_orders:
            none = iter([Row("", put(say.NO_OFFERS, DIM))])
            yield say.OFFERS_IN, "", self._offers_in() if turn.waiting else none
            yield say.DEALS, "", self._deals()
            yield say.OFFERS_OUT, "", self._offers_gone()
            return
        left = turn.lens.scenario.spec.rules.offers - len(turn.orders.offered)
        yield say.ALL_ANSWER, "", self._crises()
        yield say.OFFERS_IN, "", self._offers_in()
        yield say.FACE_DOWN, "", self._face_down(0) if laid else iter(())
        yield say.DEALS, "", self._deals()
        yield say.OFFERS_OUT, say.offers_left(left), self._offers_out()
        yield say.LEVERS, "", self._levers()
        yield say.ANNOUNCING, "¤1", self._announcing()
        yield say.ACCUSATION, "", self._accusing()

    @staticmethod
    def _filled(section: Section) -> Iterator[Section]:
        title, says, rows = section
        if found := list(rows):
            yield title, says, iter(found)

    # --- cards -------------------------------------------------------------------------------------

    def _card(self, card: str) -> Iterator[Row]:
        """A card, its aim and its price; the aim on a line below where there is no room beside."""
        turn, lens, key = self.turn, self.turn.lens, f"card:{card}"
        _move, refusal, target = turn.choice(key)
        told = put("“", SECRET) if lens.view.signals.get(turn.seat) == card else put("")
        cost = "" if turn.mode == DISCARD else f"¤{lens.scenario.cards[card].cost}"
        aim = f" ‹{target}›" if target else ""
        end = join((" ", cost, " ×" if refusal else "  "))
        name, style = join((told, lens.words.card(card))), DIM if refusal else ""
        beside = name.cell_length + len(aim) + end.cell_length <= self.width
        end = join((aim if beside else "", end))
        first, *more = wrapped(name, self.width - end.cell_length)
        yield Row(key, join((fit(first, self.width - end.cell_length), end)).stylize(style))
        yield from (Row("", join(("    ", part)).stylize(style), of=key) for part in more)
        if aim and not beside:
            yield Row("", put(f"   {aim}", style or "bold"), of=key)

    def _face_down(self, most: int) -> Iterator[Row]:
        """The cards that lie face down, and places for as many as `most`."""
        lens, commits = self.turn.lens, self.turn.orders.commits
        for nth, commit in enumerate(commits):
            target = lens.words.target(lens.scenario.cards[commit.card], commit.target)
            aim = f" ‹{target}›" if commit.target else ""
            yield Row(f"laid:{nth}", fit(f"▮ {lens.words.card(commit.card)}{aim}", self.width))
        yield from (Row("", put("  ▮ –", DIM)) for _ in range(most - len(commits)))

    # --- deals and offers --------------------------------------------------------------------------

    def _named(self, other: str, deal: str) -> Content:
        return join((seat_badge(self.turn.lens.scenario, other), " ", self.turn.lens.words.deal(deal)))

    def _deals(self) -> Iterator[Row]:
        """Running deals: how each is marked, what is due, and in boxes what the public has read."""
        turn, lens, indent = self.turn, self.turn.lens, "  " if self.boxed else "   "
        for deal in lens.view.deals:
            if turn.seat not in (deal.a, deal.b) or deal.status != "running":
                continue
            key = f"deal:{deal.template}"
            end = self._dial(key)
            if not deal.published:
                end = put(f" {say.SIGNED}", DIM)
            elif marked := dict(turn.orders.marks).get(deal.template):
                end = put(f" {say.MARKS[marked]} ✓")
            name = self._named(deal.other(turn.seat), deal.template)
            yield from self._long(key, name, join((" ", secrecy(lens, deal))), end)
            below = due_lines(lens, deal, turn.seat, self.width - (2 if self.boxed else 1))
            yield from (Row("", join((indent, line)), of=key) for line in below)
            if self.boxed and deal.words:
                yield from self._quoted(key, lens.words.communique(deal.a, deal.b, deal.words), DIM)

    def _offers_in(self) -> Iterator[Row]:
        """Offers to answer: no or yes on the dial, in boxes on buttons below it; and *yes, but*."""
        turn, indent = self.turn, "  " if self.boxed else "    "
        for offer in (offer for offer in turn.lens.view.offers if offer.to == turn.seat):
            key, counter = f"answer:{offer.template}", f"counter:{offer.template}"
            yield from self._offer(key, offer, offer.proposer, put("") if self.boxed else self._dial(key))
            yes_but = put(say.YES_BUT, CHANGE) if offer.countered else put("")
            if self.boxed:
                yield Row("", join(("    ", self._buttons(key), "  ", yes_but)), of=key)
            elif offer.countered:
                yield Row("", join(("    ", yes_but)), of=key)
            move = turn.choice(key)[0]
            if isinstance(move, Answer):
                yield from self._quoted(key, turn.phrase(move))
            if counter in turn.moves:
                refused = turn.choice(counter)[1] is not None
                line = f"{indent}{say.COUNTER}{' ×' if refused else ''}"
                yield Row(counter, put(line, DIM if refused else ""))

    def _buttons(self, key: str) -> Content:
        """No and yes, the one lit that Enter would say."""
        at, refusal, _name = self.turn.choice(key)
        said, refused = at.reply if isinstance(at, Answer) else "", " ×" if refusal else ""
        return put(" ").join(
            put(f"‹{shown}{refused}›", CHOSEN) if reply == said else put(f" {shown} ", OPEN)
            for reply, shown in say.REPLIES.items()
        )

    def _quoted(self, key: str, said: str, style: str = "") -> Iterator[Row]:
        """What the public reads, on lines of its own."""
        quoted = said if said in ("", say.UNSAID) else f"“{said}”"
        for line in wrapped(put(quoted, f"italic {style}"), self.width - 2):
            yield Row("", join(("  ", line)), of=key)

    def _offers_out(self) -> Iterator[Row]:
        """Offers that wait for an answer, and what has become of others."""
        for offer in (offer for offer in self.turn.lens.view.offers if offer.proposer == self.turn.seat):
            end = put(f" {say.COUNTERED}", DIM) if offer.countered else put("")
            yield from self._offer(f"laid:offer:{offer.template}", offer, offer.to, end)
        yield from self._offers_gone()

    def _offers_gone(self) -> Iterator[Row]:
        """What has become of offers that were not taken, until one's next orders are given."""
        for event in (gone.event for gone in offers_gone(self.turn.lens)):
            end = put(f" {say.REFUSED if isinstance(event, OfferRefused) else say.LAPSED}", DIM)
            for row in self._long("", self._named(event.partner, event.deal), put(""), end, 2):
                yield Row("", join(("  ", row.line)))

    def _offer(self, key: str, offer: PendingOffer, other: str, end: Content) -> Iterator[Row]:
        secret = put(f" {SEALED}", SECRET) if offer.secret else put("  ")
        yield from self._long(key, self._named(other, offer.template), secret, end)

    def _long(self, key: str, name: Content, mark: Content, end: Content, less: int = 0) -> Iterator[Row]:
        """A name, a mark and how it stands; where they don't fit, the name wraps and that is below."""
        room = self.width - less - mark.cell_length
        beside = name.cell_length + end.cell_length <= room
        room -= end.cell_length if beside else 0
        first, *more = wrapped(name, room)
        yield Row(key, join((fit(first, room), mark, end if beside else "")))
        below = more if beside else [*more, end]
        yield from (Row("", join(("   ", line)), of=key) for line in below if line.plain)

    # --- levers, and what is said ------------------------------------------------------------------

    def _dial(self, key: str) -> Content:
        """Where the dial of a row stands."""
        choice = self.turn.choice(key)
        return put(_setting(choice), DIM if choice[1] else "bold")

    def _turned(self, key: str, name: Content, end: str, done: bool = False) -> Iterator[Row]:
        """A row and its dial, unless that is `done` with: beside it, or below where there is no room.

        In a box the longest setting has its room, so that what comes after it stays while the dial is turned.
        """
        dial, quiet = put("") if done else self._dial(key), DIM if self.turn.choice(key)[1] else ""
        beside = name.cell_length + dial.cell_length + len(end) <= self.width
        after = end if beside or not done else ""
        room = self.width - len(after) - (dial.cell_length if beside else 0)
        yield Row(key, join((fit(name, room), dial if beside else "", after)).stylize(quiet))
        below = join((" ", end if done else dial)) if not beside else put("")
        lines = wrapped(below.rstrip(), self.width, indent=3)
        for line in lines:
            yield Row("", line.stylize(quiet), of=key)
        if self.boxed and not done:
            most = self._most_below(key, name.cell_length + len(end))
            yield from [Row("", put(""), of=key)] * (most - len(lines))

    def _most_below(self, key: str, beside: int) -> int:
        """The most lines that a setting of a dial takes below its row, in which so many cells are taken."""
        settings = map(_setting, self.turn.choices(key))
        return max(
            (_height(said, self.width) for said in settings if beside + cell_len(said) > self.width),
            default=0,
        )

    def _crises(self) -> Iterator[Row]:
        lens = self.turn.lens
        for key in self.turn.keys("crisis:"):
            crisis = key.removeprefix("crisis:")
            given = lens.view.crises[crisis].get(self.turn.seat)
            end = f" {lens.words.stance(crisis, given)} ✓" if given else ""
            yield from self._turned(key, put(lens.words.news(crisis)), end, bool(given))

    def _levers(self) -> Iterator[Row]:
        """Secret dials and joint stands, in their order."""
        words, orders = self.turn.lens.words, self.turn.orders
        for key in self.turn.keys("dial:", "stand:"):
            kind, _, id_ = key.partition(":")
            if kind == "dial":
                yield from self._turned(key, put(words.dial(id_)), " ✓" if id_ in orders.dialled else "")
            else:
                end = " ✓" if id_ in orders.stands else " ×" if self.turn.choice(key)[1] else ""
                yield from self._turned(key, put(words.stand(id_)), end)

    def _announcing(self) -> Iterator[Row]:
        """Communiqués that can be published for nothing, one row a partner."""
        for key in self.turn.keys("announce:"):
            refused = self.turn.choice(key)[1]
            done = refused is not None and refused.rule == "announced"
            end = " ✓" if done else " ×" if refused else ""
            badge = seat_badge(self.turn.lens.scenario, key.partition(":")[2])
            yield from self._turned(key, join((f"{say.WITH} ", badge)), end, done)

    def _accusing(self) -> Iterator[Row]:
        """The way to the page of accusations, or what has been said there."""
        lens = self.turn.lens
        if not lens.scenario.accuse_moves[self.turn.seat]:
            return
        made, said = lens.view.accused.get(self.turn.seat), put(say.ACCUSE_WHOM)
        if made:
            badges = pair_badge(lens.scenario, *lens.scenario.pair_sides[made.pair])
            said = join((badges, say.on_rung(made.rung)))
        yield Row(ACCUSE, join((fit(said, self.width - 2), " ✓" if made else "")))
