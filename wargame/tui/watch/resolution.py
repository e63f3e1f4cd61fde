"""Everybody watches, the board in view: news and cards lie on the map one by one, the rest is a page a phase.

At the left a list fills in; the seats along the foot say what the page has done to their scores. Nothing on
the board is ahead of the telling (`course`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from wargame.rules.events import DiceRolled, TrackMoved
from wargame.table.table_records import Beat
from wargame.tui.actions import bindings
from wargame.tui.board.seats import wear
from wargame.tui.kit.banner import banner
from wargame.tui.kit.digits import HIGH, LOW
from wargame.tui.kit.gauges import CARDED, WHOLE_FROM, list_columns
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    CHANGE,
    DIM,
    HEAD,
    fit,
    join,
    put,
    seat_badge,
    step,
    wrapped,
)
from wargame.tui.kit.pane import Sheet, entitle, turn_page
from wargame.tui.kit.rows import Row, Rows
from wargame.tui.map.atlas import chart_of
from wargame.tui.map.chart import Mark
from wargame.tui.map.view import MapView, ground
from wargame.tui.watch import faces, lists
from wargame.tui.watch.course import CARD, REVEAL, UPKEEP, WORLD, Page, ScoreMoved
from wargame.tui.watch.dice import Dice
from wargame.tui.watch.recap import RecapScreen
from wargame.tui.watch.scores import ScoreCard, Scores, by_track, in_line, in_words, moved_scores, short
from wargame.words import Words
from wargame.words.pages import kit
from wargame.words.pages import watch as say

CARDS_FROM = 30
"""Rows from which the seats have cards."""
SPACIOUS = 36
"""Rows from which the digits of a die are large and what moved has lines of its own."""
WIDEST = 64
"""Columns of a card at the most: its text is no wider than can be read."""
BROADEST = 78
"""Columns of a table at the most."""
HEIGHTS = {CARD: 5, UPKEEP: 9, WORLD: 9}
"""Rows of a seat's card, by what the page has to say of it."""
LOWER = {CARD: 5, UPKEEP: 7, WORLD: 7}
LEAST_LIST = 10
"""Rows that are kept for the list, banner and lines at the reveal, however much is turned over."""
HEADED, HEADED_BRIEF = 4, 3
"""Rows of a seat's card around what it has turned over, with the score's bar and without."""
SIDES, EDGES = 4, 5
"""Columns of a frame, and of one that may scroll."""


class ResolutionScreen(RecapScreen):
    """A recap over the board: the list at the left, cards and dice on the map, the seats along the foot."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page-on", "page-back")

    def _begin(self, beats: Sequence[Beat], again: bool) -> None:
        super()._begin(beats, again)
        self.__dict__.pop("own_lens", None)
        self._placed = False
        self._listed_at: tuple[object, ...] = ()
        self._listed: Sequence[Row] = ()
        self._most = self._high = 0
        self._titles = "", ""
        self._hidden: tuple[Sequence[str], Sequence[Mark]] = (), ()

    def widgets(self) -> ComposeResult:
        yield Rows(id="rows")
        about = Sheet(Static(id="about-text", markup=False), id="about", classes="edged")
        yield ground(self.table.scenario, about, Dice(id="dice", classes="lying"))

    def below(self) -> ComposeResult:
        yield Static(id="caption", markup=False)
        yield Scores(self.table.scenario.seat_ids, id="scores")
        yield Static(id="tail", markup=False)

    @property
    def own(self) -> str:
        """The seat of whoever sits alone before this screen; "" where several do, or the room looks on."""
        if (face := self.table.hosted) is not None:
            return face.seat or ""
        people = self.table.people()
        return people[0] if len(people) == 1 else ""

    @cached_property
    def own_lens(self) -> Lens | None:
        """What that seat sees; None where there is none."""
        return Lens(self.table, self.own) if self.own else None

    # --- the frame ---------------------------------------------------------------------------------------

    @property
    def carded(self) -> bool:
        """Whether there is room for the seats as cards: at the reveal there is in any case."""
        roomy = self.size.width >= CARDED and self.size.height >= CARDS_FROM
        return roomy or self.page.kind == REVEAL

    @property
    def columns(self) -> int:
        """How many seats stand side by side: all, or at most three in rows of equal length."""
        count = len(self.table.scenario.seat_ids)
        return count if self.size.width >= CARDED else -(-count // -(-count // 3))

    @property
    def spacious(self) -> bool:
        return self.size.height >= SPACIOUS

    def widths(self) -> tuple[int, int, int]:
        """The columns of the list, and of the card with its frame."""
        width = self.size.width
        kind = self.page.kind if self.pages else ""
        if kind == WORLD:
            return 0, min(width, BROADEST), 0
        left = list_columns(width, 30)
        if width < CARDED and kind == REVEAL and not self.page.proof:
            return width, 0, 0
        card = BROADEST if kind == UPKEEP else WIDEST if width >= WHOLE_FROM else 46
        return left, min(width - left, card), 0

    def lay_out(self) -> None:
        left, card, _none = self.widths()
        rows, about, ground = self.query_one("#rows"), self.query_one("#about"), self.query_one("#map")
        rows.styles.width = left
        rows.display = bool(left)
        ground.display = bool(card)
        about.styles.width = self.query_one(Dice).styles.width = card
        scores = self.query_one(Scores)
        scores.display = self.carded
        if self.carded:
            self._high = self._height()
            scores.lay(self.columns, self._high)

    def _height(self) -> int:
        """The rows of a seat's card: at the reveal as many as the seat needs that has most to show."""
        if self.page.kind != REVEAL:
            return (HEIGHTS if self.spacious else LOWER)[self.page.kind]
        seats, brief = self.table.scenario.seat_ids, self.size.width < CARDED
        width = self.size.width // self.columns - SIDES
        notes = max(len(faces.turned_over(self.lens, self.page, seat, width)) for seat in seats)
        most = (self.size.height - LEAST_LIST) // -(-len(seats) // self.columns)
        return min(max(notes + (HEADED_BRIEF if brief else HEADED), HEIGHTS[CARD]), most)

    def _room(self) -> int:
        """The rows of the map, where cards may lie."""
        names = ("#why", "#under", "#caption", "#tail", "#hosted")
        below = [widget for name in names for widget in self.query(name)]
        lines = sum(len(self._shown.get(f"#{one.id}", ())) for one in below if one.display)
        scores = self.query_one(Scores)
        height = scores.styles.height
        cards = int(height.value) if scores.display and height is not None else 0
        return max(self.size.height - 2 - lines - cards, 4)

    def repaint(self) -> None:
        if self.pages and not self._placed and self.size.width:
            self._placed = True
            self.turn_to(self.reached)
        elif self.pages:
            super().repaint()
            listed = self._listed
            if self.rows(self.widths()[0] - 1) is not listed:  # the lines below the map have left other room
                with self.prevent(Rows.Lit):
                    self.query_one(Rows).show(self._listed)

    def on_screen_resume(self) -> None:
        """Tell what it has been given since it was last in front."""
        if not self._placed:
            self.repaint()

    def top(self, width: int) -> Sequence[Content]:
        private = self.page.kind == REVEAL and any(lists.own_offers(self, width))
        return [banner(self.lens, width, self.page.phase, self.own if private else "")]

    def rows(self, width: int) -> Sequence[Row]:
        inner = width - 3
        moment = self.reached, self.frame, inner, self._room(), self.table.version
        if moment != self._listed_at:
            self._listed_at = moment
            title, self._listed = lists.of_page(self, inner)
            entitle(self.query_one(Rows), title)
        return self._listed

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if not self.pages:
            return []
        page, inner = self.looked_at, self.widths()[1] - EDGES
        frame = self.frame if page is self.page else None
        title, corner, foot, seat, lines = faces.of_page(self.lens, page, frame, self.course.scores, inner)
        about = self.query_one(Sheet)
        self._titles = f"{title}  {corner}".rstrip(), foot
        self._entitle()
        wear(about, self.table.scenario, seat)
        about.display = bool(lines or title)
        return [*lines, *self._reasons(inner)] if page.kind == WORLD and not self.carded else lines

    def _entitle(self) -> None:
        """Give the card its title and its foot, which names the places that the card hides."""
        (title, foot), (places, hidden) = self._titles, self._hidden
        lies_there = self.looked_at.kind == CARD and places == self._places()
        named = [f"{mark.glyph} {mark.label}" for mark in hidden] if lies_there else []
        self.query_one(Sheet).entitle(title, " · ".join([foot, *named] if foot else named))

    def _reasons(self, width: int) -> list[Content]:
        """What has moved each seat's score, in lines, where the seats have no cards to say it."""
        lens, since = self.lens, self.course.scored(self.course.begun(self.page), self.told)
        lines = [Content(""), put(say.SCORES, HEAD)]
        for seat in self.table.scenario.seat_ids:
            own = [one for one in since if one.seat == seat]
            said = join((seat_badge(lens.scenario, seat), put("  "), *in_words(lens, own)))
            lines += wrapped(said, width, indent=5)
        return lines

    def repaint_lit(self) -> None:
        if not self.pages:
            return
        super().repaint_lit()
        self._paint_dice()
        self._paint_scores()
        about, dice = self.query_one("#about"), self.query_one(Dice)
        taken = (HIGH if self.spacious else LOW) + 3 if dice.display else 0
        most = max(self._room() - taken, 4)
        if self._most != most:
            self._most = about.styles.max_height = most
        self.call_after_refresh(self._paint_map)

    def _paint_map(self) -> None:
        """The map follows, for what it takes to plan one should not keep a key waiting."""
        for view in self.query(MapView):
            if self.pages and view.display and not self.gone:
                places = self._places()
                view.show(chart_of(self.lens, places))
                self._hidden = places, view.hidden
                self._entitle()

    def _paint_dice(self) -> None:
        dice, roll = self.query_one(Dice), self._roll()
        dice.display = roll is not None and bool(self.widths()[1])
        if roll is not None:
            rolling = self.frame.die if self.frame is not None and self.looked_at is self.page else 0
            scored = moved_scores(self.lens, _sums(self._scored(self.looked_at)))
            dice.show(self.lens, roll, rolling, scored, self.widths()[1], self.spacious)

    def _roll(self) -> DiceRolled | None:
        """The last roll of the card that is seen whose odds all may know, once it has been thrown."""
        page, frame = self.looked_at, self.frame
        if page.kind != CARD:
            return None
        out = len(page.events)
        if frame is not None and page is self.page:
            out = frame.events + bool(frame.die)
        known = [event for event in page.events[:out] if isinstance(event, DiceRolled)]
        return next((event for event in reversed(known) if event.chance is not None), None)

    def _scored(self, page: Page) -> list[ScoreMoved]:
        return self.course.scored(page.first, min(page.last, self.told) if page is self.page else page.last)

    def _paint_scores(self) -> None:
        page, lens = self.page, self.lens
        begun = self.course.begun(page)
        since = self.course.scored(begun, self.told)
        round_, here = _sums(since), self._scored(page)
        captioned = self.carded and self.spacious
        below = f"   {say.STEP_BELOW}" if here and page.kind == CARD else ""
        caption = join((put(f" {say.SCORES}", f"bold {DIM}"), put(below, DIM)))
        self._put("#caption", [caption] if captioned else [])
        if self.at_summary or (self.carded and self.size.height < CARDS_FROM):
            self._put("#tail", [])
        elif not self.carded:
            self._put("#tail", [in_line(lens, round_, self.size.width), *self._tail()[-1:]])
        else:
            self._put("#tail", self._tail() if self.spacious else self._tail()[-1:])
        if not self.carded:
            return
        width = self.size.width // self.columns
        acting = faces.owner(lens.scenario, page)
        for card, seat in zip(self.query(ScoreCard), lens.view.order, strict=True):
            card.seat = seat
            notes = self._notes(card.seat, since, here, width - SIDES)
            spent = faces.spent(page, card.seat)
            brief = page.kind == REVEAL and self.size.width < CARDED
            card.tell(lens, round_.get(card.seat, 0), notes, card.seat == acting, width, spent, brief)

    def _notes(
        self, seat: str, since: Sequence[ScoreMoved], here: Sequence[ScoreMoved], width: int
    ) -> list[Content]:
        """What the page has to say of a seat: what it turned over, or what has moved its score."""
        page = self.page
        if page.kind == REVEAL:
            notes = faces.turned_over(self.lens, page, seat, width)
            brief = self.size.width < CARDED and len(notes) > self._high - HEADED_BRIEF
            return faces.turned_over(self.lens, page, seat, width, brief=True) if brief else notes
        if page.kind in (UPKEEP, WORLD):
            return by_track(self.lens, [one for one in since if one.seat == seat], width)
        now = by_track(self.lens, [one for one in here if one.seat == seat], width)
        return now[:1] or [put(lists.laid(self.course, page, seat), DIM)]

    def _tail(self) -> list[Content]:
        """What has moved on this page so far, and what comes next."""
        moved = [one.event for one in self.course.line[self.page.first : self.told]]
        sums: dict[str, int] = {}
        for event in moved:
            if isinstance(event, TrackMoved):
                sums[event.track] = sums.get(event.track, 0) + event.new - event.old
        lens, width, head = self.lens, self.size.width - 1, f" {say.MOVED}  "
        whole, brief = (
            put("   ").join(put(f"{name(one)} {step(by)}", CHANGE) for one, by in sums.items() if by)
            for name in (lens.words.track, partial(short, lens))
        )
        said = whole if len(head) + whole.cell_length <= width else brief
        first = join((put(head, DIM), said if said.plain else put(kit.NOTHING_YET, DIM)))
        second = join((fit(put(f" {say.NEXT}", DIM), len(head)), self._next()))
        return [fit(first, width), fit(second, width)]

    def _next(self) -> Content:
        """What the next page is, as far as all know it already."""
        after = self.coming
        if after is None:
            return put("–", DIM)
        if after.kind == WORLD:
            return put(say.WORLD.lower())
        if after.kind == CARD and after.phase == "resolution" == self.page.phase and after.steps:
            return lists.title_of(self.lens, after.steps[-1])
        return put(kit.PHASES[after.phase])

    def _places(self) -> tuple[str, ...]:
        """Where the page takes place: the places of its card, deal or event, else of the tracks it moves."""
        page, scenario = self.looked_at, self.table.scenario
        for step_ in reversed(page.steps):
            id_ = step_.cause.removeprefix("white/").partition("/")[2]
            named = scenario.cards.get(id_) or scenario.event_card(id_) or scenario.deals.get(id_)
            if named is not None and named.places:
                return named.places
        moved = [event.track for event in page.events if isinstance(event, TrackMoved)]
        return tuple(place for track in moved for place in scenario.tracks[track].spots)

    # --- lines around it -----------------------------------------------------------------------------------

    def why(self, lit: str) -> str:
        """What the card says it does, for those who ask."""
        if not (self.explains and self.pages and self.looked_at.steps):
            return ""
        words, scenario = self.table_words, self.table.scenario
        kind, _, id_ = self.looked_at.steps[-1].cause.removeprefix("white/").partition("/")
        if kind == "card" and id_ in scenario.cards:
            return _sentences(words.card_text(id_))
        if kind == "news":
            return _sentences(words.news_text(id_))
        return _sentences(words.trigger_text(id_)) if kind == "trigger" and id_ in scenario.triggers else ""

    @property
    def table_words(self) -> Words:
        return self.course.now.words

    # --- going on ------------------------------------------------------------------------------------------

    def show_page(self) -> None:
        rows, about = self.query_one(Rows), self.query_one(Sheet)
        with self.prevent(Rows.Lit):
            if self.size.width:
                rows.show(self.rows(self.widths()[0] - 1))
                rows.light(f"page:{self.reached}")
            self.repaint()
        about.scroll_home(animate=False)
        (about if self.at_summary else rows).focus()

    def show_told(self) -> None:
        self.query_one(Rows).show(self.rows(self.widths()[0] - 1))
        self.repaint_lit()

    @property
    def letters(self) -> int:
        letters = sum(len(line.plain) for line in self._shown.get("#about-text", ()))
        if self.page.kind == REVEAL:
            letters += sum(len(self.table_words.event(event, None)) for event in self.page.events)
        return letters

    def lit_changed(self) -> None:
        if self.looked_at is not self.page and self.end_show():
            self.show_told()
        super().lit_changed()

    def action_page(self, by: int) -> None:
        """Scroll the card that lies on the map."""
        turn_page(self.query_one("#about"), by)


def _sums(moved: Sequence[ScoreMoved]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in moved:
        sums[one.seat] = sums.get(one.seat, 0) + one.by
    return sums


def _sentences(clauses: Sequence[str]) -> str:
    return " ".join(f"{clause}." for clause in clauses)
