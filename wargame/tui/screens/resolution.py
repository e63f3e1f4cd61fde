"""Everybody watches: news, reveal, cards and upkeep one step at a time, then how the world stands now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from wargame.debrief.dated_events import TOGETHER, Step, of_kind, steps_of, told
from wargame.debrief.perspective import ROOM
from wargame.rules.events import (
    CardPlayed,
    CardReturned,
    DiceRolled,
    GoodMoved,
    InfluenceMoved,
    NewsCame,
    QuietMoveMade,
    TrackMoved,
)
from wargame.table.table import Beat, Table
from wargame.tui.actions import bindings
from wargame.tui.map.view import MapView
from wargame.tui.screens.base import TableScreen
from wargame.tui.settings import settings_of
from wargame.tui.topics import Topic, topic_of
from wargame.tui.widgets.atlas import chart_of
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.odds import card_face
from wargame.tui.widgets.paint import (
    BAD,
    CHANGE,
    DIM,
    GOOD,
    HEAD,
    chance_bar,
    change,
    columns,
    fit,
    join,
    put,
    seat_badge,
    signed,
    wrapped,
)
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.show import SECONDS, TURNING, Frame, frames_of, turning_card
from wargame.tui.widgets.tracks import scale
from wargame.tui.widgets.world import world_lines

CHAPTERS = {
    "news": "NEWS",
    "orders": "ORDERS",
    "reveal": "REVEAL",
    "resolution": "SPEED, THEN INITIATIVE",
    "upkeep": "UPKEEP",
}
SECONDS_A_STEP = 2.5
BAR_CELLS = 50
NAME, DOTS = 21, 13


class ResolutionScreen(TableScreen[None]):
    """The public events of `beats`, step by step; returns when everybody has seen them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("auto", "skip", "back")
    DEFAULT_CSS = """
    ResolutionScreen #aside { height: 100%; }
    ResolutionScreen #aside MapView { height: 3fr; }
    ResolutionScreen #aside .pane { height: 2fr; padding: 1 0 0 1; }
    """

    def __init__(self, table: Table, beats: Sequence[Beat]) -> None:
        super().__init__(table, None)
        self.steps = steps_of(told(beats, ROOM, table.scenario.seat_ids))
        self.summary = any(step.phase == "upkeep" for step in self.steps)
        self.reached = 0
        self._beats = [beat.id for beat in beats]
        self._timer: Timer | None = None
        self._frames: list[Frame] = []
        self._player: Timer | None = None

    @property
    def place(self) -> tuple[list[int], int]:
        """What it tells, and up to which step that has been told."""
        return self._beats, self.reached

    @place.setter
    def place(self, place: tuple[list[int], int]) -> None:
        """Go on from there, if this tells the same, or the same and more."""
        told, reached = place
        if told == self._beats[: len(told)]:
            self.reached = min(reached, self._last)

    def widgets(self) -> ComposeResult:
        yield Rows(id="rows")
        with VerticalScroll(id="about", classes="pane"):
            yield Static(id="about-text", markup=False)
        with Vertical(id="aside"):
            yield MapView(id="map")
            with VerticalScroll(classes="pane"):
                yield Static(id="aside-text", markup=False)

    def repaint_lit(self) -> None:
        super().repaint_lit()
        view, columns = self.query_one(MapView), self.widths()[2]
        view.display = bool(columns and self.table.scenario.spec.windows)
        if view.display:
            view.set_glyphs(settings_of(self.app).glyphs)
            view.show(chart_of(self.lens, self._places(), columns, self._tracks()))

    def _places(self) -> tuple[str, ...]:
        """Where the step takes place: the places of its card, deal or event, else of the tracks it moves."""
        step, scenario = self.step, self.lens.scenario
        if step is None:
            return ()
        id_ = step.cause.removeprefix("white/").partition("/")[2]
        named = scenario.cards.get(id_) or scenario.event_card(id_) or scenario.deals.get(id_)
        if named is not None and named.places:
            return named.places
        moved = [event.track for event in step.events if isinstance(event, TrackMoved)]
        return tuple(place for track in moved for place in scenario.tracks[track].places)

    def _tracks(self) -> dict[str, int]:
        """The tracks as they stood after what has been told: nothing that is still to come."""
        values = dict(self.lens.view.tracks)
        events = [event for step in self.steps for event in step.events]
        for event in reversed(events[self._told :]):
            if isinstance(event, TrackMoved):
                values[event.track] = event.old
        return values

    @property
    def _told(self) -> int:
        """How many events of all steps are out; of a step that is being shown, those of its show so far."""
        told = sum(len(step.events) for step in self.steps[: self.reached + 1])
        return told - (len(self.steps[self.reached].events) - self._frames[0].events if self._frames else 0)

    @property
    def _last(self) -> int:
        """The last page: the summary if there is one, else the last step."""
        return len(self.steps) - (0 if self.summary else 1)

    @property
    def at_summary(self) -> bool:
        return self.summary and self.reached >= len(self.steps)

    @property
    def step(self) -> Step | None:
        """The step that is being looked at."""
        if self.at_summary or not self.steps:
            return None
        lit = self.lit.removeprefix("step:")
        return self.steps[int(lit)] if lit.isdigit() else self.steps[min(self.reached, len(self.steps) - 1)]

    def widths(self) -> tuple[int, int, int]:
        return (0, self.size.width, 0) if self.at_summary else super().widths()

    # --- what it shows -----------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        view, words = self.lens.view, self.lens.words
        if self.at_summary:
            where = f" · round {view.round} of {view.rounds} · {words.date(view.round)} · all may look"
            return [fit(join((put(" STATE OF THE WORLD", HEAD), where)), width)]
        now = self.steps[min(self.reached, len(self.steps) - 1)] if self.steps else None
        chapter = [at for at, step in enumerate(self.steps) if now and _chapter(step) == _chapter(now)]
        count = f" · {chapter.index(self.reached) + 1} of {len(chapter)}" if self.reached in chapter else ""
        where = (
            f" · round {now.round} of {view.rounds} · {words.date(now.round)}{count} · all may look"
            if now
            else ""
        )
        return [fit(join((put(f" {now.phase.upper() if now else ''}", HEAD), where)), width)]

    def rows(self, width: int) -> Sequence[Row]:
        if self.at_summary or not self.steps:
            return []
        now = self.steps[min(self.reached, len(self.steps) - 1)]
        rows = [Row("", put(CHAPTERS.get(now.phase, now.phase.upper()), HEAD))]
        for at, step in enumerate(self.steps):
            if _chapter(step) != _chapter(now):
                continue
            if at <= self.reached:
                rows.append(Row(f"step:{at}", self._row_line(step, width - 1, told=True)))
            elif step.phase == "resolution" and isinstance(step.head, CardPlayed | CardReturned):
                rows.append(Row("", self._row_line(step, width - 1, told=False)))
        return [*rows, *self._quiet(now)]

    def _quiet(self, now: Step) -> list[Row]:
        """Moves of which only that they were made is known."""
        if now.phase != "resolution":
            return []
        quiet = of_kind(self.lens.memory.seen, QuietMoveMade)
        moves = [one.event for one in quiet if one.round == now.round]
        badge = [seat_badge(self.lens.scenario, event.seat) for event in moves]
        return [Row("", join((put("– ", DIM), one, put(" a quiet move", DIM)))) for one in badge]

    def _row_line(self, step: Step, width: int, told: bool) -> Content:
        mark = put("")
        if told and step.works is not None and not (self._frames and step is self.steps[self.reached]):
            tried = self.lens.words.is_tried(step.rolls[-1].path)
            mark = put(" ✓", GOOD if tried else "") if step.works else put(" ✗", BAD if tried else "")
        return join((fit(self._title(step), width - 2), mark))

    def _title(self, step: Step) -> Content:
        """What a step is about, in a few words."""
        words, head = self.lens.words, step.head
        if isinstance(head, CardPlayed | CardReturned):
            speed, badge = (
                self.lens.scenario.cards[head.card].speed,
                seat_badge(self.lens.scenario, head.seat),
            )
            return join((put(f"{speed} ", DIM), badge, " ", words.card(head.card)))
        if head is not None and (line := words.headline(head)):
            return put(line)
        if step.cause:
            return put(words.cause(step.cause))
        return put(
            "what was laid down"
            if isinstance(step.events[0], TOGETHER)
            else words.event(step.events[0], None)
        )

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if self.at_summary:
            return world_lines(self.lens, width)
        step = self.step
        if step is None:
            return []
        lines = self._head_lines(step, width)
        return [*lines, Content(""), *self._event_lines(step, width)]

    @property
    def frame(self) -> Frame | None:
        """Where the show of the step is that has just been reached; `None` if nothing is moving."""
        return self._frames[0] if self._frames and self.step is self.steps[self.reached] else None

    def _head_lines(self, step: Step, width: int) -> list[Content]:
        lens, head, frame = self.lens, step.head, self.frame
        if frame is not None and frame.turned < TURNING:
            return turning_card(frame.turned, width)
        if isinstance(head, CardPlayed | CardReturned):
            who = join((seat_badge(lens.scenario, head.seat), put(f" {lens.words.seat(head.seat)}", DIM)))
            return [who, *card_face(lens, lens.scenario.cards[head.card], width)]
        if isinstance(head, NewsCame):
            news = lens.scenario.event_card(step.cause.rpartition("news/")[2])
            if news is not None:
                title = put(lens.words.said(news.title).upper(), HEAD)
                return [*wrapped(title, width), *wrapped(put(lens.words.said(news.text), DIM), width)]
        if step.phase in CHAPTERS and not step.cause:
            return [put(CHAPTERS[step.phase], HEAD)]
        trigger = lens.scenario.triggers.get(step.cause.removeprefix("trigger/"))
        text = lens.words.said(trigger.text) if trigger else ""
        return [
            *wrapped(put(lens.words.cause(step.cause).upper(), HEAD), width),
            *wrapped(put(text, DIM), width),
        ]

    def _event_lines(self, step: Step, width: int) -> list[Content]:
        lines: list[Content] = []
        out = len(step.events) if self.frame is None else self.frame.events
        for event in step.events[:out]:
            if event is step.head and isinstance(event, CardPlayed | NewsCame):
                continue
            if isinstance(event, DiceRolled):
                lines += self._roll_lines(event, width)
                continue
            if isinstance(event, TrackMoved):
                lines += self._track_lines(step, event, width)
                continue
            style = CHANGE if isinstance(event, GoodMoved | InfluenceMoved) else ""
            lines += wrapped(put(self.lens.words.event(event, None), style), width, indent=2)
        return lines

    def _track_lines(self, step: Step, event: TrackMoved, width: int) -> list[Content]:
        """▲1 3→4 on the track's own scale, and the cause where it is not what the step is about."""
        words, dots = (
            self.lens.words,
            scale(event.new, self.lens.scenario.tracks[event.track].most, event.old),
        )
        line = columns((words.track(event.track), NAME), (dots, DOTS), (change(event.old, event.new), 9))
        cause = "" if event.cause == step.cause else words.cause(event.cause)
        return [line, *wrapped(put(cause, DIM), width)]

    def _roll_lines(self, event: DiceRolled, width: int) -> list[Content]:
        lines = wrapped(put(self.lens.words.event(event, None), "bold"), width, indent=2)
        reasons = self.lens.words.roll_terms(event.path, event.terms)
        said = ", ".join(f"{label} {signed(v) if isinstance(v, int) else v}" for label, v in reasons[1:] if v)
        if event.chance is not None and said:
            lines += wrapped(put(f"{reasons[0][1]} {reasons[0][0]}, {said}", DIM), width, indent=2)
        return lines

    def aside(self, width: int) -> Sequence[Content]:
        """What has moved as far as it has been told; never what is still to come."""
        lines = [put("MOVED SO FAR", HEAD)]
        events = [event for step in self.steps for event in step.events]
        for event in reversed(events[: self._told]):
            if isinstance(event, TrackMoved):
                lines += wrapped(put(self.lens.words.event(event, None), CHANGE), width, indent=2)
        return lines if len(lines) > 1 else [*lines, put("nothing yet", DIM)]

    def why(self, lit: str) -> str:
        cause = self.step.cause.removeprefix("white/") if self.step else ""
        kind, _, id_ = cause.partition("/")
        words, scenario = self.lens.words, self.lens.scenario
        if kind == "card" and id_ in scenario.cards:
            return _sentences(words.card_text(id_))
        if kind == "news":
            return _sentences(words.news_text(id_))
        return _sentences(words.trigger_text(id_)) if kind == "trigger" and id_ in scenario.triggers else ""

    def topic(self, lit: str) -> Topic:
        step = self.step
        return topic_of("resolution", step.phase if step else "summary" if self.at_summary else "")

    def under(self, width: int) -> Sequence[Content]:
        return [] if self.at_summary else self._dice(width)

    def _dice(self, width: int) -> Sequence[Content]:
        """The chance as a long bar, and where the die fell."""
        step, frame = self.step, self.frame
        if step is None:
            return []
        rolling = frame.die if frame else 0
        out = len(step.events) if frame is None else frame.events + bool(rolling)
        known = [event for event in step.events[:out] if isinstance(event, DiceRolled)]
        roll = next((event for event in reversed(known) if event.chance is not None), None)
        if roll is None or roll.chance is None or roll.die is None:
            return []
        words, works = self.lens.words, roll.works
        came, tried = words.outcome(roll.path, works), words.is_tried(roll.path)
        outcome = put(f"{'✓' if works else '✗'} {came}", (GOOD if works else BAD) if tried else "bold")
        at, said = (rolling, put("rolling", DIM)) if rolling else (roll.die, outcome)
        arrow = join((" " * (1 + (at - 1) * BAR_CELLS // 100), "↑ ", put(f"{at} of 100 "), said))
        bar = chance_bar(roll.chance, BAR_CELLS)
        return [join((" ", bar, put(f" chance {roll.chance} %", "bold"))), arrow]

    def hints(self, lit: str) -> Sequence[Hint]:
        after = self._after()
        auto = Hint("a", "stop" if self._timer else "run by itself", "auto")
        rest = [] if self.at_summary else [auto, Hint("s", "skip to the end", "skip")]
        return [
            Hint("Enter", after, "do"),
            Hint("w", "why", "why"),
            *rest,
            Hint("l", "log", "log"),
            Hint("F1", "help", "app.help"),
        ]

    def _after(self) -> str:
        if self.reached + 1 < len(self.steps):
            return "next"
        if self.reached < len(self.steps) and self.summary:
            return "the state of the world"
        return "go on"

    # --- going on ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        super().on_mount()
        if self.steps and not self.at_summary:
            self._begin_show()

    def on_screen_resume(self) -> None:
        """With nothing to show it is left at once."""
        super().on_screen_resume()
        if not self.steps:
            self.conclude()

    # --- the show ----------------------------------------------------------------------------------

    def _begin_show(self) -> None:
        """Play the step that has just been reached, unless nothing may move."""
        self._end_show()
        if self.app.animation_level != "none" and not self.at_summary:
            self._frames = frames_of(self.steps[self.reached])
            self._player = self.every(SECONDS, self._next_frame)

    def _next_frame(self) -> None:
        before, self._frames = self._frames[:1], self._frames[1:]
        if len(self._frames) <= 1:
            self._end_show()
        if self._frames[:1] != before:
            self._paint_step()

    def _end_show(self) -> bool:
        """Go to the end of the show; whether there was one."""
        playing, self._frames = bool(self._frames), []
        if self._player is not None:
            self._player.stop()
            self._player = None
        return playing

    def _paint_step(self) -> None:
        left, _middle, right = self.widths()
        self.query_one(Rows).show(self.rows(left - 1))
        if right:
            self._put("#aside-text", self.aside(right - 2))
        self.repaint_lit()
        self._put("#under", self.under(self.size.width))

    def do(self, lit: str) -> None:
        if self._end_show():
            self._paint_step()
            return
        if self.reached >= self._last:
            self._stop()
            self.conclude()
            return
        self._step_on()
        self._begin_show()
        self._show_reached()

    def _step_on(self) -> None:
        """To the next step that changed something; dice that changed nothing only join the list."""
        self.reached += 1
        while self.reached < len(self.steps) - 1:
            step, after = self.steps[self.reached], self.steps[self.reached + 1]
            if step.changes or _chapter(step) != _chapter(after):
                return
            self.reached += 1

    def _show_reached(self) -> None:
        with self.prevent(Rows.Lit):
            self.repaint()
            self.query_one(Rows).light(f"step:{self.reached}")
        self._paint_step()

    def on_rows_lit(self) -> None:
        if self.step is not self.steps[min(self.reached, len(self.steps) - 1)]:
            self._end_show()
        super().on_rows_lit()
        self._put("#under", self.under(self.size.width))

    def action_skip(self) -> None:
        """To the last page, where Enter goes on; from there, on."""
        self._stop()
        self._end_show()
        if self.reached >= self._last:
            self.conclude()
            return
        self.reached = self._last
        self._show_reached()

    def action_auto(self) -> None:
        if self._timer is not None:
            self._stop()
        elif not self.at_summary:
            self._timer = self.every(SECONDS_A_STEP, self._tick)
        self.repaint_lit()

    def _tick(self) -> None:
        """One step by itself; it stops at the last one, which waits for a person."""
        if self.reached + 1 >= len(self.steps):
            self._stop()
        if self.reached < self._last:
            self._end_show()
            self.action_do()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def action_back(self) -> None:
        self.pause()


def _chapter(step: Step) -> tuple[int, str]:
    return step.round, step.phase


def _sentences(clauses: Sequence[str]) -> str:
    return " ".join(f"{clause}." for clause in clauses)
