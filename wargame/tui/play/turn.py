"""A seat's turn as a list of rows: hand, cards laid down, deals, offers, levers, each with its dial.

The rows come from `options`, the one list of what may be done; a row that is refused stays and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from textual.content import Content

from wargame.debrief.dated_events import Happening
from wargame.rules.events import OfferLapsed, OfferRefused
from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Commit,
    Counter,
    Dial,
    Discard,
    Mark,
    Move,
    Refusal,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.options import options, running
from wargame.rules.state import NO_ORDERS, Deal, Orders, PendingOffer
from wargame.tui.kit.bargains import due_lines, secrecy
from wargame.tui.kit.box import INSIDE, boxed
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.kit.rows import Row
from wargame.words.pages import play as say

MOST_NUMBERED = 9
NUMBER = 2
"""Columns of the digit before a row."""
BOX = "$primary"
CHOSEN, OPEN = "bold reverse $primary", "$dim on $panel"
"""How the answer looks that Enter would give, and how the other."""
ACCUSE = "accuse"
"""The key of the row that leads to the page of accusations."""
COMMIT, DISCARD, TELL = "commit", "discard", "signal"
"""What Enter does with a card of the hand."""

Choice = tuple[Move | None, Refusal | None, str]
"""One position of a dial: its move (`None`: nothing to do), why it is refused, and its name on the dial."""


def row_of(move: Move) -> str:
    """Return the key of the row that a move is made on; "" for one that has no row."""
    match move:
        case Commit() | Discard() | Signal():
            return f"card:{move.card}"
        case Answer():
            return f"answer:{move.deal}"
        case Counter():
            return f"counter:{move.deal}"
        case Mark():
            return f"deal:{move.deal}"
        case Dial():
            return f"dial:{move.dial}"
        case Stand():
            return f"stand:{move.stand}"
        case Accuse():
            return ACCUSE
        case Announce():
            return f"announce:{move.other}"
        case Stance():
            return f"crisis:{move.crisis}"
    return ""


@dataclass
class Turn:
    """What the seat to act may do, seen through its lens. `dials` holds how far each row's dial is turned."""

    lens: Lens
    mode: str = COMMIT
    dials: dict[str, int] = field(default_factory=dict)
    moves: dict[str, list[Choice]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gather()

    @property
    def seat(self) -> str:
        return str(self.lens.viewer)

    @property
    def orders(self) -> Orders:
        return self.lens.view.orders.get(self.seat, NO_ORDERS)

    def gather(self) -> None:
        """Sort the options by the row they belong to."""
        self.moves = {}
        for move, refusal in options(self.lens.view):
            key = self._key(move)
            if key:
                self.moves.setdefault(key, []).append((move, refusal, self._name(move)))
        for key, choices in self.moves.items():
            if key.startswith("deal:"):
                choices.insert(0, (None, None, say.MARKS["deliver"]))
            elif key.startswith("answer:"):
                choices.reverse()
            elif key.startswith("counter:"):  # a page of its own turns the terms
                del choices[1:]

    def _key(self, move: Move) -> str:
        """The row of a move; cards stand for what Enter does with them now."""
        other = move.verb in (COMMIT, DISCARD, TELL) and move.verb != self.mode
        return "" if other or isinstance(move, Accuse) else row_of(move)

    def _name(self, move: Move) -> str:
        words, scenario = self.lens.words, self.lens.scenario
        match move:
            case Commit():
                return words.target(scenario.cards[move.card], move.target) if move.target else ""
            case Discard():
                return words.target(scenario.actions[move.seat], move.target) if move.target else ""
            case Dial():
                return words.setting(move.dial, move.setting)
            case Stance():
                return words.stance(move.crisis, move.option)
            case Answer():
                return say.REPLIES[move.reply]
            case Announce():
                return words.communique(move.seat, move.other, move.words)
            case Mark():
                return say.MARKS[move.mark]
        return ""

    def phrase(self, move: Answer) -> str:
        """What the public would read if a secret deal were signed with that answer; "" if nothing."""
        sides = self.lens.scenario.deals[move.deal].between
        if move.reply == "no" or not self.lens.scenario.words_of(*sides) or not self._secret(move):
            return ""
        return self.lens.words.communique(*sides, move.words) or say.UNSAID

    def _secret(self, move: Answer) -> bool:
        return any(offer.secret for offer in self.lens.view.offers if offer.template == move.deal)

    # --- what a row stands for ---------------------------------------------------------------------

    def choices(self, key: str) -> list[Choice]:
        return self.moves.get(key, [])

    def at(self, key: str) -> int:
        """Where the row's dial stands."""
        known = self.choices(key)
        start = 0
        if key.startswith("dial:"):
            now = self.lens.view.dials.get(key.removeprefix("dial:"), "")
            settings = [move.setting if isinstance(move, Dial) else "" for move, _refusal, _name in known]
            start = settings.index(now) if now in settings else 0
        return self.dials.get(key, start) % len(known) if known else 0

    def choice(self, key: str) -> Choice:
        """What Enter would do on that row."""
        known = self.choices(key)
        return known[self.at(key)] if known else (None, None, "")

    def turn(self, key: str, by: int) -> None:
        """Turn the row's dial; it goes round."""
        known = self.choices(key)
        if len(known) > 1:
            self.dials[key] = (self.at(key) + by) % len(known)

    @property
    def waiting(self) -> int:
        """How many offers wait for an answer."""
        return sum(key.startswith("answer:") for key in self.moves)

    def undone(self) -> list[str]:
        """What could still be done that a hurried person may have forgotten."""
        left = []
        cards = self.open_cards()
        if self.mode == COMMIT and cards:
            most = self.lens.scenario.spec.rules.commits - len(self.orders.commits)
            left.append(say.more_cards(min(most, len(cards))))
        if self.waiting:
            left.append(say.to_answer(self.waiting))
        turned = [key for key, at in self.dials.items() if key in self.moves and at != self._start(key)]
        if any(key.startswith(("deal:", "dial:", "answer:", "crisis:")) for key in turned):
            left.append(say.TURNED_ONLY)
        return left

    def _start(self, key: str) -> int:
        return Turn(self.lens, self.mode).at(key)

    def open_cards(self) -> list[str]:
        """Return the rows of the cards that can be laid down now."""
        return [key for key in self.moves if key.startswith("card:") and self._open(key)]

    def _open(self, key: str) -> bool:
        return any(refusal is None for _move, refusal, _name in self.moves[key])

    # --- panes -------------------------------------------------------------------------------------

    def panes(self, width: int, laid: bool = False) -> list[Row]:
        """Everything but the hand, in boxes of `width` cells; digits go on from those of the hand.

        `laid`: the cards that lie face down have a box too.
        """
        rows: list[Row] = []
        nth = len(self.lens.view.hands[self.seat]) if self.lens.view.phase == "orders" else 0
        for title, says, section in self._boxes(width - 1 - INSIDE, laid):
            numbered: list[Row] = []
            for row in section:
                doable = bool(row.key) and not row.key.startswith("laid:")
                nth += doable
                digit = nth if doable and nth <= MOST_NUMBERED else 0
                line = join((put(f"{digit} " if digit else "  ", DIM), row.line))
                numbered.append(row._replace(line=line, number=digit))
            rows += boxed(title, put(says, DIM), numbered, width - 1, BOX)
        return rows

    def _boxes(self, width: int, laid: bool) -> Iterator[tuple[str, str, list[Row]]]:
        """The boxes that have something in them, the most pressing first."""
        inner = width - NUMBER
        if self.lens.view.phase != "orders":
            yield say.OFFERS_IN, "", list(self._offers_told(inner)) or [Row("", put(say.NO_OFFERS, DIM))]
            if deals := list(self._deals_told(inner)):
                yield say.DEALS, "", deals
            if gone := list(self._offers_gone(inner + 1)):
                yield say.OFFERS_OUT, "", gone
            return
        boxes = (
            (say.ALL_ANSWER, "", self._crises_told(inner)),
            (say.OFFERS_IN, "", self._offers_told(inner)),
            (say.FACE_DOWN, "", self._laid_told(inner) if laid else iter(())),
            (say.DEALS, "", self._deals_told(inner)),
            (say.OFFERS_OUT, self._offers_left(), self._offers_made(inner)),
            (say.LEVERS, "", self._levers_told(inner)),
            (say.ANNOUNCING, "¤1", self._announcing_told(inner)),
            (say.ACCUSATION, "", (row for row in self._accusing(inner + 3) if row.key)),
        )
        for title, says, rows in boxes:
            if found := list(rows):
                yield title, says, found

    def _offers_left(self) -> str:
        """How many offers may still be made; counter-offers count apart."""
        rules = self.lens.scenario.spec.rules
        return say.offers_left(rules.offers - len(self.orders.offered))

    def _offers_told(self, width: int) -> Iterator[Row]:
        for offer in (offer for offer in self.lens.view.offers if offer.to == self.seat):
            key = f"answer:{offer.template}"
            yield from self._offer_rows(key, offer, offer.proposer, put(""), width)
            mark = f"  {say.YES_BUT}" if offer.countered else ""
            yield Row("", join(("    ", self._buttons(key), put(mark, CHANGE))), of=key)
            yield from self._phrase_told(key, width)
            counter = f"counter:{offer.template}"
            if counter in self.moves:
                refused = self.choice(counter)[1] is not None
                line = put(f"  {say.COUNTER}{' ×' if refused else ''}", DIM if refused else "")
                yield Row(counter, line)

    def _buttons(self, key: str) -> Content:
        """No and yes, the one lit that Enter would say."""
        at = self.choice(key)[0]
        said = at.reply if isinstance(at, Answer) else ""
        refused = " ×" if self.choice(key)[1] else ""
        parts = [
            put(f"‹{shown}{refused}›", CHOSEN) if reply == said else put(f" {shown} ", OPEN)
            for reply, shown in say.REPLIES.items()
        ]
        return join((parts[0], " ", parts[1]))

    def _phrase_told(self, key: str, width: int) -> Iterator[Row]:
        """What the public would read of a secret signature, on lines of its own."""
        move = self.choice(key)[0]
        if isinstance(move, Answer) and move.reply != "no" and (said := self.phrase(move)):
            quoted = said if said == say.UNSAID else f"“{said}”"
            for line in wrapped(put(quoted, "italic"), width - 2):
                yield Row("", join(("  ", line)), of=key)

    def _deals_told(self, width: int) -> Iterator[Row]:
        mine = [d for d in self.lens.view.deals if self.seat in (d.a, d.b) and d.status == "running"]
        for deal in mine:
            key = f"deal:{deal.template}"
            yield from self._deal_rows(deal, width)
            for line in due_lines(self.lens, deal, self.seat, width - 2):
                yield Row("", join(("  ", line)), of=key)
            if deal.words and (said := self.lens.words.communique(deal.a, deal.b, deal.words)):
                for line in wrapped(put(f"“{said}”", f"italic {DIM}"), width - 2):
                    yield Row("", join(("  ", line)), of=key)

    def _offers_made(self, width: int) -> Iterator[Row]:
        for offer in (offer for offer in self.lens.view.offers if offer.proposer == self.seat):
            end = put(f" {say.COUNTERED}", DIM) if offer.countered else put("")
            yield from self._offer_rows(f"laid:offer:{offer.template}", offer, offer.to, end, width)
        yield from self._offers_gone(width + 3)

    def _laid_told(self, width: int) -> Iterator[Row]:
        for nth, commit in enumerate(self.orders.commits):
            yield Row(f"laid:{nth}", fit(f"▮ {self.lens.words.card(commit.card)}", width))

    def _turned(self, key: str, name: Content, width: int, end: Content) -> Iterator[Row]:
        """A row and where its dial stands: beside it, or below where there is no room."""
        dial = self._dial_end(key)
        refused = self.choice(key)[1] is not None
        if name.cell_length + dial.cell_length + end.cell_length <= width:
            line = join((fit(name, width - dial.cell_length - end.cell_length), dial, end))
            yield Row(key, line.stylize(DIM) if refused else line)
            return
        line = join((fit(name, width - end.cell_length), end))
        yield Row(key, line.stylize(DIM) if refused else line)
        for part in wrapped(join((" ", dial)), width, indent=3):
            yield Row("", part.stylize(DIM) if refused else part, of=key)

    def _crises_told(self, width: int) -> Iterator[Row]:
        for key in (key for key in self.moves if key.startswith("crisis:")):
            name = key.removeprefix("crisis:")
            given = self.lens.view.crises[name].get(self.seat)
            end = put(f" {self.lens.words.stance(name, given)} ✓") if given else put("")
            yield from self._turned(key, put(self.lens.words.news(name)), width, end)

    def _levers_told(self, width: int) -> Iterator[Row]:
        for key in (key for key in self.moves if key.startswith(("dial:", "stand:"))):
            kind, _, id_ = key.partition(":")
            words = self.lens.words
            name = put(words.dial(id_) if kind == "dial" else words.stand(id_))
            if kind == "dial":
                yield from self._turned(key, name, width, put(" ✓" if id_ in self.orders.dialled else ""))
            else:
                end = self._lever_end(kind, id_, key)
                line = join((fit(name, width - end.cell_length), end))
                yield Row(key, line.stylize(DIM) if self.choice(key)[1] else line)

    def _announcing_told(self, width: int) -> Iterator[Row]:
        for key in (key for key in self.moves if key.startswith("announce:")):
            refused = self.choice(key)[1]
            badge = seat_badge(self.lens.scenario, key.partition(":")[2])
            end = put("" if refused is None else " ✓" if refused.rule == "announced" else " ×")
            yield from self._turned(key, join((f"{say.WITH} ", badge)), width, end)

    # --- rows --------------------------------------------------------------------------------------

    def rows(self, width: int) -> list[Row]:
        """The whole list; what can be done is numbered from 1."""
        rows: list[Row] = []
        nth = 0
        for row in self._sections(width):
            doable = bool(row.key) and not row.key.startswith("laid:")
            nth += doable
            if doable and nth <= MOST_NUMBERED:
                rows.append(Row(row.key, join((put(f"{nth} ", DIM), row.line)), nth))
            else:
                rows.append(Row(row.key, join(("  ", row.line))) if row.key else row)
        return rows

    def _sections(self, width: int) -> Iterator[Row]:
        if self.lens.view.phase != "orders":
            yield from self._offers_in(width)
            yield from self._deals(width)
            if gone := list(self._offers_gone(width)):
                yield _heading(say.OFFERS_OUT, "", width)
                yield from gone
            return
        yield from self._crises(width)
        yield from self._hand(width)
        yield from self._face_down(width)
        yield from self._deals(width)
        yield from self._offers_in(width)
        yield from self._offers_out(width)
        yield from self._levers(width)
        yield from self._announcing(width)
        yield from self._accusing(width)

    def _crises(self, width: int) -> Iterator[Row]:
        keys = [key for key in self.moves if key.startswith("crisis:")]
        if keys:
            yield _heading(say.ALL_ANSWER, "← →", width)
        yield from self._crises_told(width - 3)

    def _hand(self, width: int) -> Iterator[Row]:
        yield _heading(say.HAND, say.ENTER_DOES[self.mode] if self.open_cards() else "", width)
        for card in self.lens.view.hands[self.seat]:
            yield from self._card_rows(card, width - 3)

    def _card_rows(self, card: str, width: int) -> Iterator[Row]:
        """A card, its aim and its price; the aim on a line below where there is no room beside."""
        _move, refusal, target = self.choice(f"card:{card}")
        told = put("“", SECRET) if self.lens.view.signals.get(self.seat) == card else put("")
        cost = put(f"¤{self.lens.scenario.cards[card].cost}")
        aim = f" ‹{target}›" if target else ""
        end = join((" ", cost if self.mode != DISCARD else "", " ×" if refusal else "  "))
        name, style = join((told, self.lens.words.card(card))), DIM if refusal else ""
        beside = name.cell_length + len(aim) + end.cell_length <= width
        end = join((aim if beside else "", end))
        first, *more = wrapped(name, width - end.cell_length)
        line = join((fit(first, width - end.cell_length), end))
        yield Row(f"card:{card}", line.stylize(style) if style else line)
        yield from (Row("", join((put("    "), part)).stylize(style), of=f"card:{card}") for part in more)
        if aim and not beside:
            yield Row("", put(f"   {aim}", style or "bold"), of=f"card:{card}")

    def _face_down(self, width: int) -> Iterator[Row]:
        commits, most = self.orders.commits, self.lens.scenario.spec.rules.commits
        if self.orders.acted:
            most = len(commits)
        yield _heading(say.FACE_DOWN, say.of(len(commits), most), width)
        for nth, commit in enumerate(commits):
            target = self.lens.words.target(self.lens.scenario.cards[commit.card], commit.target)
            aim = f" ‹{target}›" if commit.target else ""
            yield Row(f"laid:{nth}", fit(f"▮ {self.lens.words.card(commit.card)}{aim}", width - 3))
        for _ in range(most - len(commits)):
            yield Row("", put("  ▮ –", DIM))

    def _deals(self, width: int) -> Iterator[Row]:
        mine = [d for d in self.lens.view.deals if self.seat in (d.a, d.b) and d.status == "running"]
        if not mine:
            return
        orders = self.lens.view.phase == "orders"
        yield _heading(say.RUNNING_DEALS, "← →" if orders else "", width)
        for deal in mine:
            yield from self._deal_rows(deal, width - 3)
            yield from self._due(deal, width)

    def _deal_rows(self, deal: Deal, width: int) -> Iterator[Row]:
        key = f"deal:{deal.template}"
        end = self._dial_end(key)
        if not deal.published:
            end = put(f" {say.SIGNED}", DIM)
        elif marked := dict(self.orders.marks).get(deal.template):
            end = put(f" {say.MARKS[marked]} ✓")
        head = join(
            (seat_badge(self.lens.scenario, deal.other(self.seat)), " ", self.lens.words.deal(deal.template))
        )
        mark = join((" ", secrecy(self.lens, deal)))
        return _long(key, head, mark, end, width)

    def _due(self, deal: Deal, width: int) -> Iterator[Row]:
        for line in due_lines(self.lens, deal, self.seat, width - 4):
            yield Row("", join(("   ", line)), of=f"deal:{deal.template}")

    def _dial_end(self, key: str) -> Content:
        _move, refusal, name = self.choice(key)
        return put(f" ‹{name}{' ×' if refusal else ''}›" if name else "", DIM if refusal else "bold")

    def _offers_in(self, width: int) -> Iterator[Row]:
        waiting = [offer for offer in self.lens.view.offers if offer.to == self.seat]
        if waiting or self.lens.view.phase == "answers":
            yield _heading(say.OFFERS_IN, "← →" if waiting else say.NONE, width)
        for offer in waiting:
            key = f"answer:{offer.template}"
            yield from self._offer_rows(key, offer, offer.proposer, self._dial_end(key), width - 3)
            if offer.countered:
                yield Row("", put(f"    {say.YES_BUT}", CHANGE), of=key)
            yield from self._phrase_told(key, width - 3)
            key = f"counter:{offer.template}"
            if key in self.moves:
                refused = self.choice(key)[1] is not None
                line = fit(f"    {say.COUNTER}{' ×' if refused else ''}", width - 3)
                yield Row(key, line.stylize(DIM) if refused else line)

    def _offer_rows(
        self, key: str, offer: PendingOffer, other: str, end: Content, width: int
    ) -> Iterator[Row]:
        secret = put(f" {SEALED}", SECRET) if offer.secret else put("  ")
        head = join((seat_badge(self.lens.scenario, other), " ", self.lens.words.deal(offer.template)))
        return _long(key, head, secret, end, width)

    def _offers_out(self, width: int) -> Iterator[Row]:
        made = [offer for offer in self.lens.view.offers if offer.proposer == self.seat]
        most = self.lens.scenario.spec.rules.offers
        yield _heading(say.OFFERS_OUT, f"{say.of(len(self.orders.offered), most)} o", width)
        for offer in made:
            end = put(f" {say.COUNTERED}", DIM) if offer.countered else put("")
            yield from self._offer_rows(f"laid:offer:{offer.template}", offer, offer.to, end, width - 3)
        yield from self._offers_gone(width)

    def _offers_gone(self, width: int) -> Iterator[Row]:
        """What has become of offers that were not taken, until one's next orders are given."""
        for event in (gone.event for gone in offers_gone(self.lens)):
            end = put(f" {say.REFUSED if isinstance(event, OfferRefused) else say.LAPSED}", DIM)
            head = join(
                (seat_badge(self.lens.scenario, event.partner), " ", self.lens.words.deal(event.deal))
            )
            for row in _long("", head, put(""), end, width - 5):
                yield Row("", join((put("  "), row.line)))

    def _levers(self, width: int) -> Iterator[Row]:
        keys = [key for key in self.moves if key.startswith(("dial:", "stand:"))]
        if keys:
            yield _heading(say.LEVERS, "← →" if any(key.startswith("dial:") for key in keys) else "", width)
        yield from self._levers_told(width - 3)

    def _announcing(self, width: int) -> Iterator[Row]:
        """Communiqués that can be published for nothing, one row a partner."""
        keys = [key for key in self.moves if key.startswith("announce:")]
        if keys:
            yield _heading(f"{say.ANNOUNCING} ¤1", "← →", width)
        yield from self._announcing_told(width - 3)

    def _accusing(self, width: int) -> Iterator[Row]:
        """The way to the page of accusations, or what has been said there."""
        if not self.lens.scenario.accuse_moves[self.seat]:
            return
        made = self.lens.view.accused.get(self.seat)
        yield _heading(say.ACCUSATION, "" if made else say.ENTER_WHOM, width)
        said = say.ACCUSE_WHOM
        if made:
            short = [self.lens.scenario.seats[one].short for one in self.lens.scenario.pair_sides[made.pair]]
            said = say.accused_pair(short, made.rung)
        yield Row(ACCUSE, join((fit(said, width - 5), put(" ✓" if made else ""))))

    def _lever_end(self, kind: str, id_: str, key: str) -> Content:
        if kind == "stand":
            return put(" ✓" if id_ in self.orders.stands else " ×" if self.choice(key)[1] else "")
        done = put(" ✓") if id_ in self.orders.dialled else put("")
        return join((self._dial_end(key), done))

    def deal_of(self, key: str) -> Deal | None:
        """The running deal of a row."""
        return running(self.lens.view, key.partition(":")[2])


Gone = OfferLapsed | OfferRefused


def offers_gone(lens: Lens) -> list[Happening[Gone]]:
    """Return the viewer's own offers that were refused or have lapsed since its last orders, in order."""
    view = lens.view
    since = view.round - (view.phase in ("news", "orders"))
    return [
        Happening(seen.round, seen.phase, seen.move, seen.event)
        for seen in lens.memory.seen
        if seen.round == since and isinstance(seen.event, Gone)
        if isinstance(seen.event, OfferLapsed) or seen.event.proposer == lens.viewer
    ]


def _long(key: str, head: Content, mark: Content, end: Content, width: int) -> Iterator[Row]:
    """A row of a name, a mark and how it stands; where they don't fit, the name wraps and that is below."""
    beside = head.cell_length + mark.cell_length + end.cell_length <= width
    room = width - mark.cell_length - (end.cell_length if beside else 0)
    first, *more = wrapped(head, room)
    yield Row(key, join((fit(first, room), mark, end if beside else "")))
    below = more if beside else [*more, end]
    yield from (Row("", join((put("   "), line)), of=key) for line in below if line.plain)


def _heading(name: str, says: str, width: int) -> Row:
    head = put(name, HEAD)
    return Row("", join((fit(head, width - 1 - len(says)), put(says, DIM))))
