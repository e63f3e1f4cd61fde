"""Everybody watches: news, reveal, cards and upkeep one step at a time, then how the world stands now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer

from wargame.rules.events import Event
from wargame.table.table import Beat, Table
from wargame.tui.actions import bindings
from wargame.tui.screens.base import TableScreen
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.odds import card_head
from wargame.tui.widgets.paint import (
    BAD,
    CHANGE,
    DIM,
    GOOD,
    HEAD,
    chance_bar,
    fit,
    join,
    put,
    seat_badge,
    signed,
    wrapped,
)
from wargame.tui.widgets.rows import Row
from wargame.tui.widgets.steps import CHAPTERS, TOGETHER, Step, steps_of
from wargame.tui.widgets.world import world_lines

SECONDS_A_STEP = 2.5
BAR_CELLS = 50


class ResolutionScreen(TableScreen[None]):
    """The public events of `beats`, step by step; returns when everybody has seen them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("auto", "skip", "back")

    def __init__(self, table: Table, beats: Sequence[Beat]) -> None:
        super().__init__(table, None)
        first = beats[0] if beats else None
        self.steps = steps_of(
            table.scenario, beats, first.round if first else 0, first.phase if first else ""
        )
        self.summary = any(step.phase == "upkeep" for step in self.steps)
        self.reached = 0
        self._timer: Timer | None = None

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
            elif step.phase == "resolution" and step.head and step.head.kind in ("card", "returned"):
                rows.append(Row("", self._row_line(step, width - 1, told=False)))
        return [*rows, *self._quiet(now)]

    def _quiet(self, now: Step) -> list[Row]:
        """Moves of which only that they were made is known."""
        if now.phase != "resolution":
            return []
        moves = [seen.event for seen in self.lens.memory.kind("quiet") if seen.round == now.round]
        badge = [seat_badge(self.lens.scenario, str(event.facts[0])) for event in moves]
        return [Row("", join((put("– ", DIM), one, put(" a quiet move", DIM)))) for one in badge]

    def _row_line(self, step: Step, width: int, told: bool) -> Content:
        mark = put("")
        if told and step.works is not None:
            mark = put(" ✓", GOOD) if step.works else put(" ✗", BAD)
        return join((fit(self._title(step), width - 2), mark))

    def _title(self, step: Step) -> Content:
        """What a step is about, in a few words."""
        words, head = self.lens.words, step.head
        if head is not None and head.kind in ("card", "returned"):
            seat, card = str(head.facts[0]), str(head.facts[1])
            speed = self.lens.scenario.cards[card].speed
            return join((put(f"{speed} ", DIM), seat_badge(self.lens.scenario, seat), " ", words.card(card)))
        if head is not None and (line := words.headline(head)):
            return put(line)
        if step.cause:
            return put(words.cause(step.cause))
        return put(
            "what was laid down" if step.events[0].kind in TOGETHER else words.event(step.events[0], None)
        )

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if self.at_summary:
            return world_lines(self.lens, width)
        step = self.step
        if step is None:
            return []
        lines = self._head_lines(step, width)
        return [*lines, Content(""), *self._event_lines(step, width)]

    def _head_lines(self, step: Step, width: int) -> list[Content]:
        lens, head = self.lens, step.head
        if head is not None and head.kind in ("card", "returned"):
            seat, card = str(head.facts[0]), lens.scenario.cards[str(head.facts[1])]
            who = join((seat_badge(lens.scenario, seat), put(f" {lens.words.seat(seat)}", DIM)))
            return [card_head(lens, card, width), who, *wrapped(put(lens.words.said(card.text), DIM), width)]
        if head is not None and head.kind == "news":
            news = lens.scenario.news.get(step.cause.removeprefix("news/"))
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
        for event in step.events:
            if event is step.head and event.kind in ("card", "news"):
                continue
            if event.kind == "rolled":
                lines += self._roll_lines(event, width)
                continue
            style = CHANGE if event.kind in ("track", "good", "influence") else ""
            lines += wrapped(put(self.lens.words.event(event, None), style), width, indent=2)
        return lines

    def _roll_lines(self, event: Event, width: int) -> list[Content]:
        path, percent, _die, _works, terms, _cause = event.facts
        lines = wrapped(put(self.lens.words.event(event, None), "bold"), width, indent=2)
        reasons = self.lens.words.roll_terms(str(path), terms)  # type: ignore[arg-type]
        said = ", ".join(f"{label} {signed(v) if isinstance(v, int) else v}" for label, v in reasons[1:] if v)
        if percent and said:
            lines += wrapped(put(f"{reasons[0][1]} {reasons[0][0]}, {said}", DIM), width, indent=2)
        return lines

    def aside(self, width: int) -> Sequence[Content]:
        """What has moved up to the step that has been reached; never what is still to come."""
        lines = [put("MOVED SO FAR", HEAD)]
        events = [event for step in self.steps[: self.reached + 1] for event in step.events]
        for event in reversed(events):
            if event.kind == "track":
                lines += wrapped(put(self.lens.words.event(event, None), CHANGE), width, indent=2)
        return lines if len(lines) > 1 else [*lines, put("nothing yet", DIM)]

    def why(self, lit: str) -> str:
        kind, _, id_ = self.step.cause.partition("/") if self.step else ("", "", "")
        words, scenario = self.lens.words, self.lens.scenario
        if kind == "card" and id_ in scenario.cards:
            return ". ".join(words.card_text(id_))
        if kind == "news" and id_ in scenario.news:
            return ". ".join(words.news_text(id_))
        return ". ".join(words.trigger_text(id_)) if kind == "trigger" and id_ in scenario.triggers else ""

    def under(self, width: int) -> Sequence[Content]:
        return [] if self.at_summary else self._dice(width)

    def _dice(self, width: int) -> Sequence[Content]:
        """The promised chance as a long bar, and where the die fell."""
        known = [event for event in self.step.rolls if event.facts[1]] if self.step else []
        if not known:
            return []
        percent, die, works = (int(str(fact)) for fact in known[-1].facts[1:4])
        outcome = put("✓", GOOD) if works else put("✗", BAD)
        arrow = join((" " * (1 + (die - 1) * BAR_CELLS // 100), "↑ ", put(f"{die} of 100 "), outcome))
        return [join((" ", chance_bar(percent, BAR_CELLS), put(f" {percent} %", "bold"))), arrow]

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
        if not self.steps:
            self.dismiss(None)

    def do(self, lit: str) -> None:
        if self.reached >= self._last:
            self._stop()
            self.dismiss(None)
            return
        self._step_on()
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
        from wargame.tui.widgets.rows import Rows

        self.repaint()
        self.query_one(Rows).light(f"step:{self.reached}")
        self.repaint_lit()

    def on_rows_lit(self) -> None:
        super().on_rows_lit()
        self._put("#under", self.under(self.size.width))

    def action_skip(self) -> None:
        """To the last page, where Enter goes on; from there, on."""
        self._stop()
        if self.reached >= self._last:
            self.dismiss(None)
            return
        self.reached = self._last
        self._show_reached()

    def action_auto(self) -> None:
        if self._timer is not None:
            self._stop()
        elif not self.at_summary:
            self._timer = self.set_interval(SECONDS_A_STEP, self._tick)
        self.repaint_lit()

    def _tick(self) -> None:
        """One step by itself; it stops at the last one, which waits for a person."""
        if self.reached + 1 >= len(self.steps):
            self._stop()
        if self.reached < self._last:
            self.action_do()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def action_back(self) -> None:
        self.pause()


def _chapter(step: Step) -> tuple[int, str]:
    return step.round, step.phase
