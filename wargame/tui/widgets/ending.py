"""What there is to tell when a game is over, page by page. Everything is laid open by then."""

from __future__ import annotations

from textual.content import Content

from wargame.counting import several
from wargame.debrief.numbers import text_of
from wargame.debrief.verdict import account, dice, epilogue, of_dice
from wargame.rules.scenario import terms
from wargame.rules.scoring import win_line
from wargame.rules.state import Deal
from wargame.table import Table
from wargame.tui.widgets.paint import (
    DIM,
    GOOD,
    HEAD,
    LAID_OPEN,
    SEALED,
    columns,
    join,
    put,
    seat_badge,
    wrapped,
)
from wargame.words import Words
from wargame.words.en.grammar import signless

NUMBERS = ("nobody", "one", "two", "three", "four", "five", "six")


class Ending:
    """A finished game in words."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.scenario = table.scenario
        self.words = Words(table.scenario)
        self.state = table.game.state
        self.scores = table.game.lines

    @property
    def line(self) -> float:
        """The score that wins."""
        return win_line(self.state)

    def when(self) -> str:
        state = self.state
        return f"round {state.round} of {state.rounds}, {self.words.date(state.round)}"

    def outcome(self) -> str:
        return "the storm broke" if self.state.outcome == "storm" else "no storm"

    def headline(self) -> str:
        won = sum(line.won for line in self.scores.values())
        ruined = sum(line.ruined for line in self.scores.values())
        verb = "reaches its line" if won < 2 else "reach their line"
        fate = (
            "nobody is ruined" if not ruined else f"{_count(ruined)} {'is' if ruined == 1 else 'are'} ruined"
        )
        return f"{_count(won)} {verb}, {fate}"

    # --- pages -----------------------------------------------------------------------------------------

    def epilogue(self, width: int) -> list[Content]:
        """How the story ends, and what becomes of each."""
        told = epilogue(self.state)
        if told is None:
            return [put("The story has no end but these numbers.", DIM)]
        text = self.words.epilogue(told.id)
        lines = [put(text.title, "bold"), *wrapped(text.text, width), Content("")]
        for seat in self.scenario.seat_ids:
            if fate := self.words.fate(told.id, seat):
                lines += wrapped(join((seat_badge(self.scenario, seat), "  ", fate)), width, indent=5)
        return lines

    def terms(self, seat: str, width: int) -> list[Content]:
        """How a seat's score came about, term by term."""
        score = signless(self.scores[seat].score)
        head = join((seat_badge(self.scenario, seat), f" {self.words.seat(seat)}  {score}"))
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
            verdict = put("kept", GOOD) if kept else put("not kept", DIM)
            head = join((seat_badge(self.scenario, seat), f"  {told.title}: ", verdict))
            lines += [head, *(line.pad_left(5) for line in wrapped(put(told.text, DIM), width - 5))]
        return lines

    def deals(self, width: int) -> list[Content]:
        """Every agreement there was, with what was delivered and who found out."""
        lines = []
        for deal in self.state.deals:
            lines += wrapped(self._deal(deal), width, indent=2)
        return lines or [put("Nobody signed anything.", DIM)]

    def _deal(self, deal: Deal) -> Content:
        pair = join((seat_badge(self.scenario, deal.a), "–", seat_badge(self.scenario, deal.b)))
        mark = SEALED if deal.secret and not deal.proved else LAID_OPEN
        ran, template = deal.rounds - deal.left, self.scenario.deals[deal.template]
        facts = [
            f"signed in round {deal.signed} for {several(deal.rounds, 'round')}",
            f"it {self.words.deal_fate(deal.status, deal.by)}",
        ]
        full = ", ".join(
            f"{self.scenario.seats[seat].short} {count}"
            for seat, count in zip((deal.a, deal.b), deal.full, strict=True)
            if terms(template, deal.size, seat)
        )
        if ran and full:
            facts.append(f"in full: {full} of {several(ran, 'round')}")
        facts.append(self._found_out(deal))
        return join(
            (
                mark,
                " ",
                pair,
                " ",
                put(self.words.deal(deal.template), "bold"),
                ": ",
                "; ".join(filter(None, facts)),
            )
        )

    def _found_out(self, deal: Deal) -> str:
        if not deal.secret:
            return "open"
        if deal.proved:
            return "secret, and proved"
        if deal.suspected:
            who = ", ".join(self.scenario.seats[seat].short for seat in deal.suspected)
            return f"secret, suspected by {who}"
        return "secret, and nobody found out"

    def secrets(self, width: int) -> list[Content]:
        """Tracks and stores that not everybody saw, and what was kept back."""
        hidden = [track for track in self.scenario.spec.tracks if track.seen_by]
        lines = [put("TRACKS", HEAD)]
        for track in hidden:
            value = self.state.tracks[track.id]
            band = self.words.band(track.id, value)
            seen = " ".join(self.scenario.seats[seat].short for seat in track.seen_by)
            lines.append(
                columns(
                    (self.words.track(track.id), 24),
                    (f"{value} {band}", 22),
                    (put(f"seen by {seen}", DIM), 28),
                )
            )
        lines += [Content(""), put("STORES", HEAD)]
        for seat in self.scenario.seat_ids:
            held = [self.words.lots(count, good) for good, count in self.state.goods[seat].items() if count]
            text = join((seat_badge(self.scenario, seat), "  ", ", ".join(held) or "nothing"))
            lines += wrapped(text, width, indent=5)
        return [*lines, *self._dials(), Content(""), put(f"seed {self.state.seed}", DIM)]

    def _dials(self) -> list[Content]:
        lines = [
            columns((self.words.dial(dial), 24), (self.words.setting(dial, setting), 40))
            for dial, setting in self.state.dials.items()
        ]
        return [Content(""), put("LEVERS", HEAD), *lines] if lines else []

    # --- dice ------------------------------------------------------------------------------------------

    def dice(self) -> str:
        """What the dice promised and what came."""
        return text_of(of_dice(dice(self.table.beats)))


def _count(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
