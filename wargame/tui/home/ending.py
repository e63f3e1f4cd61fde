"""What there is to tell when a game is over, page by page. Everything is laid open by then."""

from __future__ import annotations

from functools import cached_property

from textual.content import Content

from wargame.debrief.dated_events import dated_events, of_kind
from wargame.debrief.decisions import decisions
from wargame.debrief.ledger import accused, deal_in_short
from wargame.debrief.moments import (
    Course,
    Dated,
    ScoreStep,
    course,
    dated_along,
    dearest,
    laid_open,
    moment_told,
)
from wargame.debrief.phrasing import text_of
from wargame.debrief.results import account, dice, epilogue, headline, of_dice, secret_tracks
from wargame.debrief.story import Story
from wargame.debrief.turning import Turning
from wargame.debrief.turning_points import brought_about, judged
from wargame.rules.events import Accused
from wargame.rules.scoring import win_line
from wargame.rules.spec import TIME
from wargame.table.seen import SeenTable
from wargame.tui.kit.curve import Drawing, Mark, curve
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    GOOD,
    HEAD,
    LAID_OPEN,
    SEALED,
    SECRET,
    columns,
    fit,
    join,
    pair_badge,
    put,
    seat_badge,
    seat_colour,
    signed,
    signed_tenths,
    wrapped,
)
from wargame.words import Words, halves
from wargame.words.pages import home as say
from wargame.words.texts import signless

LUCK_FROM = 10
"""Rows from which a score's curve leaves one for the dice."""
READ_ALOUD = 100
"""The most columns of what is read aloud from the screen."""


def signed_halves(value: float) -> str:
    """+4½, −12, 0."""
    return ("+" if value > 0 else "−" if value < 0 else "") + halves(abs(value))


class Ending:
    """A finished game in words. What is told of one seat is told to it as "you"."""

    def __init__(self, table: SeenTable) -> None:
        self.table = table
        self.scenario = table.scenario
        self.words = Words(table.scenario)
        self.state = table.game.state
        self.scores = table.game.lines
        self._courses: dict[str, Course] = {}
        self.studied: tuple[Story, Turning] | None = None
        """What strong play would have done, once that has been worked out."""
        self._judged: dict[tuple[str, str, int], str] = {}

    @property
    def line(self) -> float:
        """The score that wins."""
        return win_line(self.state)

    def when(self) -> str:
        return self.words.date(self.state.round)

    def length(self) -> str:
        moves = sum(beat.move is not None for beat in self.table.beats)
        return say.length(self.state.round, self.state.rounds, moves)

    def early(self) -> str:
        """The outcome that has ended it before its time; "" after the last round."""
        return "" if self.state.outcome == TIME else self.words.ending(self.state.outcome)

    def headline(self) -> str:
        return headline(self.scores.values(), self.words, self.state.outcome)

    @property
    def lost(self) -> bool:
        """Whether nobody wins, so that all have come out alike."""
        came = self.scenario.outcomes.get(self.state.outcome)
        return came is not None and came.lost

    def came_out(self, seat: str) -> str:
        """How a seat came out, in a few words, and what it ranks by."""
        line = self.scores[seat]
        over = line.score - self.line
        return self.words.came_out(seat, over, line.margin, ruined=line.ruined, outcome=self.state.outcome)

    # --- the story of a seat ---------------------------------------------------------------------------

    @cached_property
    def _happened(self) -> tuple[Dated, ...]:
        return dated_along(self.table.beats, self.state)

    def course(self, seat: str) -> Course:
        """How a seat's score went; worked out once."""
        if seat not in self._courses:
            self._courses[seat] = course(self.table.beats, self.state, seat, self._happened)
        return self._courses[seat]

    def score(self, seat: str, width: int, height: int) -> list[Content]:
        """Its score over the rounds, with the line to reach and its three moments marked."""
        whole = self.course(seat)
        marks = [
            Mark(step.at, step.score - step.points, step.score, str(nth))
            for nth, step in enumerate(dearest(whole), 1)
        ]
        drawing = Drawing(
            whole.start,
            [(step.at, step.score) for step in whole.steps],
            self.state.rounds if self.state.outcome == TIME else max(self.state.round, 1),
            self.line,
            seat_colour(self.scenario, seat),
            marks,
        )
        luck = put(self.dice(), DIM)
        if luck.cell_length > width or height < LUCK_FROM:
            return curve(drawing, width, height)
        return [*curve(drawing, width, height - 1), luck]

    def moments(self, seat: str, width: int) -> list[Content]:
        """The three moments that cost or brought it most, with their causes."""
        lines: list[Content] = []
        for nth, step in enumerate(dearest(self.course(seat)), 1):
            told, good = moment_told(step, self.state, seat), step.points > 0
            sign = put(f" {nth} ", f"bold reverse {'$success' if good else '$error'}")
            points = fit(put(signed(step.points), GOOD if good else BAD), 4, "right")
            head = join((sign, " ", points, put(f" {say.in_round(step.round)}  ", DIM)))
            indent = head.cell_length
            whose = put(f" · {told.whose}" if told.whose else "", DIM)
            first, *rest = wrapped(join((put(told.title, "bold"), whose)), width - indent)
            lines += [join((head, first)), *(line.pad_left(indent) for line in rest)]
            for said in (put(told.how, DIM), put(self._strong_play(seat, step), "italic")):
                lines += [line.pad_left(indent) for line in wrapped(said, width - indent)]
            lines.append(Content(""))
        return lines[:-1] or [put(say.NOTHING_MOVED, DIM)]

    def _strong_play(self, seat: str, step: ScoreStep) -> str:
        """What strong play does where a moment was decided; "" until it is known, or if nobody decided it."""
        if self.studied is None:
            return ""
        key = seat, step.cause, step.round
        if key not in self._judged:
            story, turning = self.studied
            looked = (one for one in decisions(story, turning.who) if one.id in turning.findings)
            one = brought_about(story, looked, step.cause, step.round)
            self._judged[key] = (
                text_of(judged(story, self.words, one, turning.findings[one.id], seat)) if one else ""
            )
        return self._judged[key]

    def unknown(self, seat: str, width: int) -> list[Content]:
        """What it did not know: deals, what the others wanted, tracks it did not see."""
        lines: list[Content] = []
        for one in laid_open(self.state, seat):
            who = join(
                put(self.scenario.seats[each].symbol, seat_colour(self.scenario, each)) for each in one.seats
            )
            said: Content = put(one.text)
            if one.kind == "agenda":
                kept = put(f" ✓ {say.KEPT}", GOOD) if one.kept else put(f" · {say.NOT_KEPT}", DIM)
                said = join((put(f"{say.WANTED} ", DIM), one.text, kept))
            elif one.kind == "track":
                who = put(LAID_OPEN, SECRET)
            first, *rest = wrapped(said, width - 4)
            lines += [join((fit(who, 4), first)), *(line.pad_left(4) for line in rest)]
        return lines or [put(say.NO_SECRETS, DIM)]

    # --- pages -----------------------------------------------------------------------------------------

    def epilogue_title(self) -> str:
        told = epilogue(self.state)
        return self.words.epilogue(told.id).title if told else say.THE_END

    def epilogue(self, width: int, height: int, seat: str) -> list[Content]:
        """How the story ends, and what becomes of each; where not all have room, of that seat."""
        told = epilogue(self.state)
        if told is None:
            return [put(say.NO_EPILOGUE, DIM)]
        text = self.words.epilogue(told.id)
        lines = [line.stylize("italic") for line in wrapped(text.text, min(width, READ_ALOUD))]
        fates = [
            wrapped(join((fit(seat_badge(self.scenario, each), 5), fate)), min(width, READ_ALOUD), indent=5)
            for each in self.scenario.seat_ids
            if (fate := self.words.fate(told.id, each))
        ]
        every = [line for fate in fates for line in fate]
        if len(lines) + len(every) <= height:
            return [*lines, *([Content("")] if len(lines) + len(every) < height else []), *every]
        if own := self.words.fate(told.id, seat):
            name = put(
                f"{self.scenario.seats[seat].symbol} {self.words.seat(seat)}",
                seat_colour(self.scenario, seat),
            )
            lines += [Content(""), *wrapped(join((name, "   ", own)), min(width, READ_ALOUD), indent=4)]
        return lines

    def terms(self, seat: str, width: int) -> list[Content]:
        """How a seat's score came about, term by term."""
        own, spread = self.scores[seat], self.scenario.spec.scoring.seats[seat].spread
        far = f"{signed_halves(own.score - self.line)} ÷ {spread} = {signed_tenths(own.margin)}"
        sum_ = put(f"   {say.in_spreads(halves(self.line), far)}", DIM)
        name = put(f" {self.words.seat(seat)}  {signless(own.score)}", "bold")
        head = join((seat_badge(self.scenario, seat), name, sum_))
        return [
            head,
            *(
                columns((put(points.text, "bold"), -8), ("", 2), (label, 60))
                for label, points in account(self.state, seat).lines
                if points is not None
            ),
        ]

    def agendas(self, width: int) -> list[Content]:
        """What each seat wanted in secret, and whether it got it."""
        lines = []
        for seat, dealt in self.state.agendas.items():
            told, kept = self.words.agenda(dealt), self.scores[seat].agenda
            verdict = put(say.KEPT, GOOD) if kept else put(say.NOT_KEPT, DIM)
            head = join((seat_badge(self.scenario, seat), f"  {told.title}: ", verdict))
            lines += [head, *(line.pad_left(5) for line in wrapped(put(told.text, DIM), width - 5))]
        return lines

    def deals(self, width: int) -> list[Content]:
        """Every agreement there was, with what was delivered and who found out."""
        lines = []
        for deal in self.state.deals:
            pair = pair_badge(self.scenario, deal.a, deal.b)
            mark = SEALED if deal.sealed else LAID_OPEN
            if deal.empty:
                name, said = (
                    put(self.words.communique(deal.a, deal.b, deal.words), "bold"),
                    say.EMPTY,
                )
            else:
                name, said = put(self.words.deal(deal.template), "bold"), deal_in_short(self.words, deal)
            lines += wrapped(join((mark, " ", pair, " ", name, ": ", said)), width, indent=2)
        lines = lines or [put(say.NOTHING_SIGNED, DIM)]
        accusations = [accused(self.words, one) for one in of_kind(dated_events(self.table.beats), Accused)]
        if accusations:
            lines += [Content(""), put(say.ACCUSATIONS, HEAD)]
        for round_, said in accusations:
            lines += wrapped(put(say.told_in(round_.text, said)), width, indent=2)
        return lines

    def secrets(self, width: int) -> list[Content]:
        """Tracks and stores that not everybody saw, and what was kept back."""
        lines = [put(say.TRACKS, HEAD)]
        for track, value, knowing in secret_tracks(self.state):
            band = self.words.band(track, value)
            seen = " ".join(self.scenario.seats[seat].short for seat in knowing)
            lines.append(
                columns(
                    (self.words.track(track), 24),
                    (f"{value} {band}", 22),
                    (put(say.seen_by(seen), DIM), 28),
                )
            )
        lines += [Content(""), put(say.STORES, HEAD)]
        for seat in self.scenario.seat_ids:
            held = [self.words.lots(count, good) for good, count in self.state.goods[seat].items() if count]
            text = join((seat_badge(self.scenario, seat), "  ", ", ".join(held) or say.NOTHING))
            lines += wrapped(text, width, indent=5)
        return [*lines, *self._dials(), Content(""), put(say.seed(self.state.seed), DIM)]

    def _dials(self) -> list[Content]:
        lines = [
            columns((self.words.dial(dial), 24), (self.words.setting(dial, setting), 40))
            for dial, setting in self.state.dials.items()
        ]
        return [Content(""), put(say.LEVERS, HEAD), *lines] if lines else []

    # --- dice ------------------------------------------------------------------------------------------

    def dice(self) -> str:
        """What the dice promised and what came."""
        return text_of(of_dice(dice(self.table.beats)))
