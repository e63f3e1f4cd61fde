"""What has happened, told page by page: by hand or by itself, each card with its show, nothing ahead of it.

Where the telling is and how it goes on stands here; how a page looks is the screen's (`resolution`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer

from wargame.debrief.dated_events import Step
from wargame.table.seen import SeenTable
from wargame.table.table_records import Beat
from wargame.tui.actions import bindings
from wargame.tui.board.board import BoardScreen
from wargame.tui.board.log import LogScreen
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import join, put
from wargame.tui.kit.screen import TableScreen
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.settings import READING, settings_of
from wargame.tui.watch.course import CARD, WORLD, Course, Page
from wargame.tui.watch.show import SECONDS, Frame, frames_of
from wargame.words.pages import kit
from wargame.words.pages import watch as say

PER_SECOND, LEAST, MOST = 18, 2.5, 12.0
"""Letters that are read in a second, and seconds that a page stays by itself at the least and at the most."""


class RecapScreen(TableScreen[list[int]]):
    """The public events of `beats`, page by page; done, with what it has told, when everybody has seen them.

    `again`: people may have seen them before the game was left, and may skip all of it at once.
    """

    messages = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("auto", "skip", "message", "back")

    def __init__(self, table: SeenTable, beats: Sequence[Beat], again: bool = False) -> None:
        super().__init__(table, None)
        self._frames: list[Frame] = []
        self._player: Timer | None = None
        self._timer: Timer | None = None
        self._begin(beats, again)

    def _begin(self, beats: Sequence[Beat], again: bool) -> None:
        """Tell these from the first page on."""
        self.again = again
        self.course = Course(self.table, beats)
        self.pages = self.course.pages
        self.reached = 0
        self._beats = [beat.id for beat in beats]

    def begin_again(self, table: SeenTable, beats: Sequence[Beat], again: bool = False) -> None:
        super().begin_again(table)
        self.end_show()
        self._stop()
        self._begin(beats, again)

    # --- how a page looks: for the screen to say ---------------------------------------------------------

    def show_page(self) -> None:
        """Show the page that has just been reached."""
        raise NotImplementedError

    def show_told(self) -> None:
        """Show what follows from how much of the page has been told."""
        raise NotImplementedError

    @property
    def letters(self) -> int:
        """How many letters there are to read on the page."""
        raise NotImplementedError

    # --- where the telling is ----------------------------------------------------------------------------

    @property
    def place(self) -> tuple[list[int], int]:
        """What it tells, and up to which page that has been told."""
        return self._beats, self.reached

    @place.setter
    def place(self, place: tuple[list[int], int]) -> None:
        """Go on from there, if this tells the same, or the same and more."""
        told, reached = place
        if told == self._beats[: len(told)]:
            self.reached = min(reached, self.last)

    @property
    def steps(self) -> list[Step]:
        """All that is told, cut as small as it goes."""
        return self.course.steps

    @property
    def last(self) -> int:
        """The number of the last page."""
        return len(self.pages) - 1

    @property
    def page(self) -> Page:
        """The page that is told."""
        return self.pages[min(self.reached, self.last)]

    @property
    def looked_at(self) -> Page:
        """The page whose card is seen: the one that is told, or an earlier one if somebody looks back."""
        kind, _, at = self.lit.partition(":")
        earlier = kind == "page" and at.isdigit() and int(at) < len(self.pages)
        return self.pages[int(at)] if earlier else self.page

    @property
    def coming(self) -> Page | None:
        """The page that comes next, if one does."""
        return self.pages[self.reached + 1] if self.reached < self.last else None

    @property
    def at_summary(self) -> bool:
        return bool(self.pages) and self.page.kind == WORLD

    @property
    def frame(self) -> Frame | None:
        """Where the show of the page is; `None` if nothing is moving."""
        return self._frames[0] if self._frames else None

    @property
    def told(self) -> int:
        """How much of the line is out; of a page that is being shown, as much as its show has told."""
        return self.page.last if self.frame is None else self.page.first + self.frame.events

    @property
    def lens(self) -> Lens:
        """The board as it stood after what has been told."""
        return self.course.lens(self.told, self.page) if self.pages else self.course.now

    def chapter_of(self, page: Page) -> list[int]:
        """The numbers of the pages of a phase; the state of the world is none of any."""
        own = page.chapter, page.kind == WORLD
        return [at for at, one in enumerate(self.pages) if (one.chapter, one.kind == WORLD) == own]

    def _skip_to(self) -> int:
        """Where `s` leads: to the last page of the phase, then to that of the next one; `again`, of all."""
        return self.last if self.again else self.chapter_of(self.coming or self.page)[-1]

    # --- what may be done --------------------------------------------------------------------------------

    def topic(self, lit: str) -> Topic:
        if not self.pages:
            return topic_of("resolution")
        return topic_of("resolution", "summary" if self.at_summary else self.looked_at.phase)

    @property
    def hint_page(self) -> str:
        """The kind of the page; cards by their phase."""
        if not self.pages:
            return ""
        return self.page.phase if self.page.kind == CARD else self.page.kind

    def lead(self) -> Content:
        told = [say.RECAP] if self.again and self.pages else []
        if self.pages and self.page.kind == CARD:
            chapter = self.chapter_of(self.page)
            told.append(say.nth(chapter.index(self.reached) + 1, len(chapter)))
        return join(put(f"{one} ") for one in told)

    def hints(self, lit: str) -> Sequence[Hint]:
        if not self.pages:
            return []
        skips = self._skip_to() > self.reached + 1  # else it is what Enter does
        by_itself = [
            Hint("a", say.STOPS if self._timer else say.BY_ITSELF, "auto"),
            *([Hint("s", self._skips(), "skip")] if skips else ()),
        ]
        looks = self.page.kind == CARD
        return [
            Hint("Enter", self._goes_on(), "do"),
            *(by_itself if self.coming else ()),
            Hint("↑↓", say.LOOK_BACK if looks else say.SCROLL),
            *usual(*(["why"] if looks else []), "help"),
        ]

    def _skips(self) -> str:
        """Say what `s` leads to."""
        to = self._skip_to()
        if self.again:
            return say.SKIP_RECAP
        if to in self.chapter_of(self.page):
            return say.TO_LAST_CARD
        page = self.pages[to]
        return say.WORLD.lower() if page.kind == WORLD else say.to_end_of(kit.PHASES[page.phase])

    def _goes_on(self) -> str:
        """Say what Enter leads to."""
        after = self.coming
        if after is None:
            return say.GO_ON
        if after.kind == WORLD:
            return say.WORLD.lower()
        if after.kind == CARD and after.phase == self.page.phase:
            return say.NEXT_CARD if self.page.kind == CARD else say.GO_ON
        return kit.PHASES[after.phase]

    # --- going on ----------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """With nothing to show it is left at once."""
        if not self.pages:
            self.conclude(self._beats)

    def do(self, lit: str) -> None:
        if self.end_show():
            self.show_told()
        elif self.coming is None:
            self._stop()
            self.conclude(self._beats)
        else:
            self.turn_to(self.reached + 1)

    def turn_to(self, page: int, shown: bool = True) -> None:
        """Tell that page, with its show unless it is not to be `shown`."""
        self.reached = page
        if shown:
            self._begin_show()
        self.guard.turned_to(page)
        self.show_page()
        if self._timer is not None:
            self._pace()

    def action_skip(self) -> None:
        """To the last page of the phase, then to that of the next one; from the last page of all, on."""
        self.end_show()
        if self.coming is None:
            self._stop()
            self.conclude(self._beats)
        else:
            self.turn_to(self._skip_to(), shown=False)

    def action_back(self) -> None:
        self.pause()

    def action_board(self) -> None:
        """The board as it stood after what has been told: what comes is not told ahead."""
        self._put_up_so_far(BoardScreen)

    def action_log(self) -> None:
        """The log up to what has been told."""
        self._put_up_so_far(LogScreen)

    def _put_up_so_far(self, kind: type[BoardScreen] | type[LogScreen]) -> None:
        if self.pages:
            screen = self.guard.shelved(kind, self.table, None, place="so-far")
            assert isinstance(screen, BoardScreen | LogScreen)
            screen.so_far = self.course.so_far(self.told, self.page)
            self.put_up(screen)

    # --- the show ----------------------------------------------------------------------------------------

    def _begin_show(self) -> None:
        """Play the page that has just been reached, unless nothing may move."""
        self.end_show()
        if self.app.animation_level != "none" and self.page.kind == CARD:
            self._frames = frames_of(self.page.steps)[:-1]
            if self._frames:
                self._player = self.every(SECONDS, self._next_frame)

    def _next_frame(self) -> None:
        before, self._frames = self._frames[:1], self._frames[1:]
        if not self._frames:
            self.end_show()
        if self._frames[:1] != before:
            self.show_told()

    def end_show(self) -> bool:
        """Go to the end of the show; whether there was one."""
        playing, self._frames = bool(self._frames), []
        if self._player is not None:
            self._player.stop()
            self._player = None
        return playing

    # --- by itself ---------------------------------------------------------------------------------------

    def action_auto(self) -> None:
        if self._timer is not None:
            self._stop()
        else:
            self._pace()
        self.repaint_lit()

    def seconds(self) -> float:
        """How long a page is read, by the length of what is on it."""
        return min(max(self.letters / PER_SECOND, LEAST), MOST) * READING[settings_of(self.app).reading]

    def _pace(self) -> None:
        """Wait for as long as the page is read; the last one waits for a person."""
        self._stop()
        if self.coming is not None:
            self._timer = self.after(self.seconds(), self._tick)

    def _tick(self) -> None:
        if self.in_front and self.coming is not None:
            self.end_show()
            self.turn_to(self.reached + 1)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
