"""The seats along the foot of the board: a card each, in its colour, with what is public of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from wargame.rules.scenario import Scenario
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    GOOD,
    SEALED,
    SEAT_COLOURS,
    SECRET,
    coins,
    columns,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    stack,
    wrapped,
)
from wargame.tui.kit.pane import entitle
from wargame.words import halves
from wargame.words.pages import kit as say
from wargame.words.texts import signless

CARD = "▮"
SEAT_WIDTH = 11
"""Columns of a seat in two lines, where there is no room for cards."""
HEADS = 10
"""Columns of what stands before the seats."""
TO_MOVE = "▸"
EDGES = 3
"""Columns beside a seat's sign and name in a border: one before the name, one around both at each side."""
SCALE = 100
"""Points that a score's bar is long for."""


SEATS_CSS = "".join(
    f"""
    SeatCard.-seat-{nth} {{
        border: round $seat-{nth} 60%;
        border-title-color: $seat-{nth};
        background: $seat-{nth} 6%;
        &.-acts {{ border: heavy $seat-{nth}; background: $seat-{nth} 16%; }}
    }}"""
    for nth in range(1, len(SEAT_COLOURS) + 1)
)


class SeatCard(Static):
    """What is public of one seat, in its colour; the one to act is lit."""

    DEFAULT_CSS = f"""
    SeatCard {{
        width: 1fr;
        height: 100%;
        padding: 0 1;
        border: round $secondary 60%;
        border-title-style: bold;
    }}
    {SEATS_CSS}
    SeatCard:ansi {{ background: $background !important; }}
    """  # sixteen colours can't be mixed

    def __init__(self, seat: str) -> None:
        super().__init__(markup=False)
        self.seat = seat
        self._shown: tuple[object, ...] = ()
        self._now: tuple[Lens, bool] | None = None

    def on_resize(self) -> None:
        """What was shown is painted as wide as the card has become."""
        if self._now is not None:
            self.show(*self._now)

    def show(self, lens: Lens, to_move: bool) -> None:
        """Show how the seat stands now."""
        self._now = lens, to_move
        width = max(self.content_size.width, 8)
        lines = card_lines(lens, self.seat, width, to_move)
        shown = self.seat, to_move, width, lines
        if shown != self._shown:
            self._shown = shown
            self.head(lens.scenario, lens.words.heading(self.seat), to_move, width)
            self.update(stack(lines), layout=False)

    def head(self, scenario: Scenario, name: str, lit: bool, width: int, under: str = "") -> None:
        """Put the seat's sign and name (its letters where that does not fit) in the border, in its colour."""
        spec, name = scenario.seats[self.seat], name[:1].upper() + name[1:]
        wear(self, scenario, self.seat, {"-acts": lit})
        fits = len(name) + len(spec.symbol) + EDGES <= width
        entitle(self, f"{spec.symbol} {name if fits else spec.short}", under)


def wear(widget: Widget, scenario: Scenario, seat: str, also: Mapping[str, bool] | None = None) -> None:
    """Give a widget the class of the seat's colour, or of none where nobody's seat is meant, and others."""
    own = seat_colour(scenario, seat)
    colours = {f"-{colour[1:]}": colour == own for colour in SEAT_COLOURS}
    widget.update_classes({**colours, **(also or {})})


def card_lines(lens: Lens, seat: str, width: int, to_move: bool) -> list[Content]:
    """Score, its bar with the line to reach, influence, hand, deals, and whether it is to move."""
    view, colour = lens.view, seat_colour(lens.scenario, seat)
    score, line = lens.score(seat), lens.line
    over = score >= line
    head = join((put(signless(score), "bold"), put(f" {say.of(halves(line))}", DIM)))
    fits = head.cell_length + len(f" ✓ {say.LINE}") <= width
    far = put(f"✓ {say.LINE}" if fits else "✓", GOOD) if over else put("")
    if seat in view.ruined:
        far = put(say.RUINED, BAD)
    purse = view.influence[seat]
    money = coins(purse, lens.scenario.spec.rules.influence_cap, colour)
    return [
        join((fit(head, width - far.cell_length), far)),
        score_bar(score, line, width, colour),
        join((put("¤ ", DIM), money if money.cell_length + 2 <= width else put(str(purse), colour))),
        join((put(f"{say.IN_HAND:<6}", DIM), put(CARD * view.hand_counts[seat]))),
        fit(join((put(f"{say.DEALS:<6}", DIM), *_deals(lens, seat))), width),
        put(f"{TO_MOVE} {say.ON_MOVE}", "bold $warning") if to_move else put(_waits(lens, seat), DIM),
    ]


def score_bar(score: float, line: float, width: int, colour: str) -> Content:
    """A bar of 0 to 100 points, filled up to the score, with a mark at the line to reach."""
    full = min(max(round(score * width / SCALE), 0), width)
    mark = min(round(line * width / SCALE), width - 1)
    rest = f"{DIM} 35%"
    before, after = min(full, mark), max(full - mark - 1, 0)
    return join(
        (
            put("━" * before, colour),
            put("━" * (mark - before), rest),
            put("┃", "bold $foreground"),
            put("━" * after, colour),
            put("━" * (width - mark - 1 - after), rest),
        )
    )


def _deals(lens: Lens, seat: str) -> Iterator[Content]:
    """The other side of each deal that the viewer knows of, ▣ after one that is secret."""
    found = False
    for deal in lens.view.deals:
        if deal.status != "running" or seat not in (deal.a, deal.b) or deal.template == "?":
            continue
        other = deal.b if deal.a == seat else deal.a
        symbol = put(lens.scenario.seats[other].symbol, seat_colour(lens.scenario, other))
        yield join((symbol, put(f"{SEALED} " if deal.sealed else " ", SECRET)))
        found = True
    if not found:
        yield put("–", DIM)


def _waits(lens: Lens, seat: str) -> str:
    """Whether a seat has had its turn of this phase."""
    view = lens.view
    if lens.apart or view.phase not in ("orders", "answers") or seat not in view.order:
        return ""
    return say.DONE if view.order.index(seat) < view.turn else say.WAITS


class Seats(Horizontal):
    """All seats in the order of play, each a `card`."""

    card: ClassVar[type[SeatCard]] = SeatCard

    def __init__(self, seats: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._seats = seats

    def compose(self) -> ComposeResult:
        for seat in self._seats:
            yield self.card(seat)

    def show(self, lens: Lens, to_move: str | None) -> None:
        """Show how all stand, in the order of play."""
        order = list(lens.view.order or lens.scenario.seat_ids)
        cards = list(self.query(SeatCard))
        for card, seat in zip(cards, order, strict=True):
            card.seat = seat
            card.show(lens, seat == to_move)


# --- in lines, where there is no room for cards ----------------------------------------------------------


def seat_lines(lens: Lens, next_seat: str | None = None, width: int = 80) -> list[Content]:
    """Two lines, twice for many seats: who plays in which order, and each seat's known score, influence
    and hand."""
    order = lens.view.order or lens.scenario.seat_ids
    most = max((width - HEADS) // SEAT_WIDTH, 1)
    rows = -(-len(order) // most)
    return [
        line
        for nth in range(rows)
        for line in _seats_in_line(lens, order[nth * most : (nth + 1) * most], next_seat, first=not nth)
    ]


def _seats_in_line(
    lens: Lens, seats: Sequence[str], next_seat: str | None, *, first: bool
) -> tuple[Content, Content]:
    top = [(put(say.IN_ORDER if first else "", DIM), HEADS)]
    low = [(put(say.reach(halves(lens.line)) if first else "", DIM), HEADS)]
    for seat in seats:
        mark = "▸" if seat == next_seat else " "
        ruined = put(f" {say.RUINED}", BAD) if seat in lens.view.ruined else put("")
        top.append((join((mark, seat_badge(lens.scenario, seat), ruined)), SEAT_WIDTH))
        facts = f" {lens.score(seat)} ¤{lens.view.influence[seat]} ▯{lens.view.hand_counts[seat]}"
        low.append((put(facts, seat_colour(lens.scenario, seat)), SEAT_WIDTH))
    return columns(*top), columns(*low)


def about_seat(lens: Lens, seat: str, width: int) -> list[Content]:
    """What is public of a seat, and what it wants and fears."""
    words, spec = lens.words, lens.scenario.seats[seat]
    influence, hand = lens.view.influence[seat], lens.view.hand_counts[seat]
    lines = [
        join(
            (
                seat_badge(lens.scenario, seat),
                put(f" {words.seat(seat)}", "bold"),
                put(f" · {words.capital(seat)}", DIM),
            )
        ),
        put(say.seat_stands(lens.score_said(seat), halves(lens.line), influence, hand)),
    ]
    for label, text in ((say.WANTS, spec.wants), (say.FEARS, spec.fears)):
        lines += wrapped(join((put(f"{label} ", DIM), put(words.said(text)))), width, indent=len(label) + 1)
    return lines
