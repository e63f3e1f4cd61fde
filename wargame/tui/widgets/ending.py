"""What there is to tell when a game is over, page by page. Everything is laid open by then."""

from __future__ import annotations

from textual.content import Content

from wargame.debrief.dated_events import dated_events, of_kind
from wargame.debrief.ledger import accused, deal_in_short
from wargame.debrief.phrasing import text_of
from wargame.debrief.results import account, dice, epilogue, headline, of_dice, secret_tracks
from wargame.rules.events import Accused
from wargame.rules.scoring import win_line
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
        return headline(self.scores.values(), self.table.game.state.outcome == "storm")

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
            pair = join((seat_badge(self.scenario, deal.a), "–", seat_badge(self.scenario, deal.b)))
            mark = SEALED if deal.sealed else LAID_OPEN
            if deal.empty:
                name, said = (
                    put(self.words.communique(deal.a, deal.b, deal.words), "bold"),
                    "an empty communiqué",
                )
            else:
                name, said = put(self.words.deal(deal.template), "bold"), deal_in_short(self.words, deal)
            lines += wrapped(join((mark, " ", pair, " ", name, ": ", said)), width, indent=2)
        lines = lines or [put("Nobody signed anything.", DIM)]
        accusations = [accused(self.words, one) for one in of_kind(dated_events(self.table.beats), Accused)]
        if accusations:
            lines += [Content(""), put("ACCUSATIONS", HEAD)]
        for round_, said in accusations:
            lines += wrapped(put(f"R{round_.text} {said}"), width, indent=2)
        return lines

    def secrets(self, width: int) -> list[Content]:
        """Tracks and stores that not everybody saw, and what was kept back."""
        lines = [put("TRACKS", HEAD)]
        for track, value, knowing in secret_tracks(self.state):
            band = self.words.band(track, value)
            seen = " ".join(self.scenario.seats[seat].short for seat in knowing)
            lines.append(
                columns(
                    (self.words.track(track), 24),
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
