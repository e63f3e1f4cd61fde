"""The hand as a hand: card faces side by side, the lit one raised, and beside them what lies face down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from wargame.tui.kit.foot import KEY
from wargame.tui.kit.frame import SIDES, THICK, THIN, framed
from wargame.tui.kit.guard import Request
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    COIN,
    DIM,
    SECRET,
    chance_bar,
    fit,
    join,
    put,
    stack,
    wrapped,
)
from wargame.words.pages import play as say

TITLE = 2
"""Lines of a face that its title has."""
ROOMY = 11
"""Lines from which a face has blank ones between its parts."""
FULL = 22, 14
"""Columns and lines from which a face tells its story as well."""


class FaceUp(NamedTuple):
    """What is painted of one card: its key, the digit that lights it, and what stands on it.

    `does` is what Enter would do with it, where that is not what it always does; `refused` says why it
    would do nothing, and `told` whether its seat has said that it will be played.
    """

    key: str
    number: int
    title: str
    cost: int
    colour: str
    lines: tuple[Content, ...]
    foot: str
    story: str = ""
    chances: tuple[int, ...] = ()
    aim: str = ""
    does: str = ""
    refused: str = ""
    told: bool = False
    idle: str = ""


class Face(Lines):
    """One card. A click lights it, a click on the lit one does it, a click on its aim turns that."""

    class Clicked(Request):
        """Somebody has clicked on it; `aims`: on the line of its aim."""

        def __init__(self, key: str, aims: bool = False) -> None:
            super().__init__()
            self.key, self.aims = key, aims

    def __init__(self) -> None:
        super().__init__()
        self.card: FaceUp | None = None
        self.lit = False
        self._aim_at = -1
        self._drawn: dict[bool, tuple[list[Content], int]] = {}
        self._drawn_of: FaceUp | None = None
        self._drawn_size = self.size

    def turn_up(self, card: FaceUp | None, lit: bool) -> None:
        """Show this card, or none; paint only if it is another one or stands otherwise."""
        if card != self.card or lit != self.lit:
            self.card, self.lit = card, lit
            if self.visible != (card is not None):
                self.visible = card is not None
            self.paint()

    def on_resize(self, event: events.Resize) -> None:
        self.paint()

    def paint(self) -> None:
        """Fit the card into the room there is: the lit one a row higher than the others.

        Its edge is painted with it, so that no other light makes Textual lay out the screen anew.
        """
        card, (width, height) = self.card, self.size
        if card is None or width < SIDES + 4:
            return
        if self._drawn_of is not card or self._drawn_size != self.size:
            self._drawn_of, self._drawn_size, self._drawn = card, self.size, {}
        if self.lit not in self._drawn:
            self._drawn[self.lit] = self._draw(card, width, height)
        lines, aim = self._drawn[self.lit]
        self._aim_at = aim
        self.show(lines)

    def _draw(self, card: FaceUp, width: int, height: int) -> tuple[list[Content], int]:
        """The lines of a card, and which of them is its aim."""
        lines, aim = face_lines(card, width - SIDES, height - 3)
        aim = aim + (1 if self.lit else 2) if aim >= 0 else -1
        edge = f"{card.colour or DIM}{'' if self.lit else ' 50%'}"
        price = put(COIN * card.cost, DIM if card.refused else CHANGE)
        told = put(" “", SECRET) if card.told else ""
        number = join((put(str(card.number) if card.number else "·", "bold"), told))
        foot = put(card.does, "bold")
        drawn = framed(number, price, [("", lines)], foot, width, edge, THICK if self.lit else THIN)
        ground = "on $background" if card.refused else "on $surface"
        if self.lit and not self.app.current_theme.ansi:  # sixteen colours can't be mixed
            ground = f"on {card.colour} 18%"
        drawn = [line.stylize_before(ground) for line in drawn]
        blank = Content("")
        return [*drawn, blank] if self.lit else [blank, *drawn], aim

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.card is not None:
            at = event.get_content_offset(self)
            self.post_message(self.Clicked(self.card.key, at is not None and at.y == self._aim_at))


def face_lines(card: FaceUp, width: int, height: int) -> tuple[list[Content], int]:
    """A card in `height` lines, and which of them is its aim (−1: none)."""
    quiet = DIM if card.refused else ""
    title = [put(part.plain.upper(), quiet or "bold") for part in put(card.title).wrap(width)]
    roomy = height >= ROOMY
    above = [*title[:TITLE], *([Content("")] * (max(TITLE - len(title), 0) + 1 if roomy else 0))]
    does = [put(line.plain, DIM) if quiet else line for line in card.lines]
    kept = 1 if card.refused else min(len(does), 4)  # why not is whole; what it does is told beside it
    below = list(_below(card, width, height - len(above) - kept))
    room = height - len(above) - len(below)
    told: list[Content] = []
    if width >= FULL[0] and height >= FULL[1] and card.story:
        told = wrapped(put(card.story, f"italic {DIM}"), width)
        told = [*told, Content("")] if len(told) + 1 + len(does) <= room else []
    if len(does) + len(told) > room:
        does = [*does[: room - 1], put("…", DIM)] if room > 1 else []
    lines = [*above, *told, *does]
    lines += [Content("")] * (height - len(lines) - len(below))
    aimed = len(lines) if card.aim else -1
    return [*lines, *below], aimed


def _below(card: FaceUp, width: int, room: int) -> Iterator[Content]:
    """The last lines of a face: its aim, its chance or why it can't be, its speed."""
    if card.aim:
        yield fit(put(f"‹{card.aim}›", "bold"), width)
    if card.refused:
        said = wrapped(put(f"× {card.refused}"), width)
        most = max(room, 1)
        yield from (
            line if at < most - 1 or len(said) == most else fit(join((line, "…")), width)
            for at, line in enumerate(said[:most])
        )
        return
    if card.idle:
        yield from (put(line.plain, BAD) for line in wrapped(card.idle, width))
    for chance in card.chances[:2]:
        cells = 10 if width >= 16 else max(width - 6, 4)
        yield join((chance_bar(chance, cells).stylize(CHANGE), put(f" {chance} %", "bold")))
    if not card.chances and not card.idle and room > 2:
        yield put(say.SURE, DIM)
    yield put(card.foot, DIM)


class Slot(Static):
    """A place for a card that lies face down: as much of its title as there is room for, or its number."""

    def __init__(self, number: int) -> None:
        super().__init__(markup=False)
        self._number = number
        self.key = self._title = ""

    def show(self, key: str, title: str, lit: bool) -> None:
        """Show what lies there, if anything does."""
        self.set_class(bool(key), "-laid")
        self.set_class(lit, "-lit")
        if (key, title) != (self.key, self._title):
            self.key, self._title = key, title
            self.refresh(layout=False)

    def render(self) -> Content:
        width, height = self.content_size
        lines = wrapped(put(self._title, "bold"), width) if self.key else [put(str(self._number), DIM)]
        if len(lines) > height > 0:
            lines = [*lines[: height - 1], fit(put(" ").join(lines[height - 1 :]), width)]
        return stack(lines)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.key:
            self.post_message(Face.Clicked(self.key))


class Ways(Static):
    """What else may be done, a line each, with its key. Every line can be clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._ways: Sequence[tuple[str, str, str]] = ()

    def show(self, ways: Sequence[tuple[str, str, str]]) -> None:
        """Show these: key, what it does, the screen's action for it."""
        if tuple(ways) != self._ways:
            self._ways = tuple(ways)
            self.refresh(layout=False)

    def render(self) -> Content:
        room = self.content_size.width - 2
        return stack(
            join((put(f" {key} ", KEY), fit(put(f" {does}", DIM), room - len(key))))
            for key, does, _action in self._ways
        )

    async def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is not None and at.y < len(self._ways):
            await self.screen.run_action(self._ways[at.y][2])


class Hand(Horizontal):
    """The faces of a hand, as many as it may hold."""

    def __init__(self, count: int, *, id: str | None = None) -> None:
        super().__init__(*(Face() for _ in range(count)), id=id)

    def show(self, cards: Sequence[FaceUp], lit: str) -> None:
        """Show these cards, the one of that key lit."""
        faces = list(self.query(Face))
        if len(cards) > len(faces):
            self.mount_all(more := [Face() for _ in cards[len(faces) :]])
            faces += more
        for at, face in enumerate(faces):
            card = cards[at] if at < len(cards) else None
            face.turn_up(card, card is not None and card.key == lit)
