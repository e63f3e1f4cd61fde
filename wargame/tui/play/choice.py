"""A card asks a seat to decide, aloud: the question, the answers, and what each would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from wargame.rules.moves import Choose, Refusal
from wargame.rules.options import options
from wargame.rules.preview import preview
from wargame.rules.state import Frame
from wargame.tui import guide
from wargame.tui.play.playing import PlayingScreen
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.odds import chance_lines, score_line, score_said, what_it_does
from wargame.tui.widgets.paint import DIM, HEAD, fit, join, put, seat_badge, seat_colour, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.seats import seat_lines
from wargame.tui.widgets.tracks import track_rows

Answer = tuple[Choose, Refusal | None]
"""An answer to the question, and why it is refused."""


class ChoiceScreen(PlayingScreen):
    """The question that `seat` must answer now. Returns the beats of its answers."""

    @property
    def frame(self) -> Frame:
        return self.lens.view.stack[-1]

    @property
    def path(self) -> str:
        return f"{self.frame.path}/{self.frame.at}"

    def _answers(self) -> list[Answer]:
        return [(move, why) for move, why in options(self.lens.view) if isinstance(move, Choose)]

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        who = join(
            (seat_badge(lens.scenario, self.seat), put(f" {lens.words.seat(self.seat)} decides, aloud", HEAD))
        )
        where = f" · round {lens.view.round} of {lens.view.rounds} · {lens.view.phase}"
        asks = lens.words.cause(self.frame.cause).upper() if lens.view.stack else ""
        return [
            fit(join((" ", who, put(where))), width),
            fit(put(f" {asks}", "bold $warning"), width),
        ]

    def rows(self, width: int) -> Sequence[Row]:
        if not self.lens.view.stack:
            return []
        choice = self.lens.scenario.programs.choices[self.path]
        prompt = wrapped(put(self.lens.words.said(choice.prompt), "bold"), width - 1)
        rows = [*(Row("", line) for line in prompt), Row("", Content(""))]
        for nth, (move, refusal) in enumerate(self._answers(), 1):
            rows += self._answer_rows(nth, move, refusal, width)
        return rows

    def _answer_rows(self, nth: int, move: Choose, refusal: Refusal | None, width: int) -> Iterator[Row]:
        label = put(self._label(move.option), DIM if refusal else "")
        first, *rest = wrapped(label, width - 5)
        mark = put(" ×", DIM) if refusal else put("")
        number = nth if nth <= 9 else 0
        yield Row(f"answer:{move.option}", join((put(f"{nth} ", DIM), first, mark)), number)
        for line in rest:
            yield Row("", join(("   ", line)))

    def _label(self, option: str) -> str:
        choice = self.lens.scenario.programs.choices[self.path]
        return next(self.lens.words.said(known.label) for known in choice.options if known.id == option)

    def _choice(self, lit: str) -> Answer | None:
        id_ = lit.removeprefix("answer:")
        return next(((move, why) for move, why in self._answers() if move.option == id_), None)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        chosen = self._choice(lit)
        lines = self._asked(width)
        if chosen is None:
            return [*lines, put("Light an answer to see what it does: ↑ ↓ or its number.", DIM)]
        move, lens = chosen[0], self.lens
        lines += wrapped(put(self._label(move.option).upper(), HEAD), width)
        effects = lens.scenario.programs.effects[f"{self.path}/{move.option}"]
        foreseen = preview(lens.view, move)
        lines += list(what_it_does(lens, effects, width, foreseen.odds)) or [put("nothing changes", DIM)]
        lines += [Content(""), score_line(score_said(lens, move))]
        for odds in foreseen.odds:
            lines += chance_lines(lens, odds, width, "fixed when you choose")
        return lines

    def _asked(self, width: int) -> list[Content]:
        """The card that asks."""
        _kind, _, id_ = self.frame.cause.partition("/")
        words, scenario = self.lens.words, self.lens.scenario
        asking = (
            scenario.event_card(id_.removeprefix("news/"))
            or scenario.cards.get(id_)
            or scenario.triggers.get(id_)
        )
        if asking is None:
            return []
        title = put(words.cause(self.frame.cause).upper(), seat_colour(scenario, self.frame.who) or HEAD)
        return [*wrapped(title, width), *wrapped(put(words.said(asking.text), DIM), width), Content("")]

    def aside(self, width: int) -> Sequence[Content]:
        return [row.line for row in track_rows(self.lens, width, headings=True)]

    def why(self, lit: str) -> str:
        chosen = self._choice(lit)
        if chosen is None:
            return ""
        move, refusal = chosen
        if refusal is not None:
            return self.lens.words.refusal(refusal)
        return f"{self.lens.words.move(move, self.path)}. All will hear it."

    def on_screen_resume(self) -> None:
        """Whatever was lit before is lit no more: an answer can't be taken back."""
        super().on_screen_resume()
        self.query_one(Rows).unlight()

    def guide(self, lit: str) -> str:
        return guide.CHOICE if guide.is_first_turn(self.table, self.seat) else ""

    def under(self, width: int) -> Sequence[Content]:
        return seat_lines(self.lens, self.seat)

    def hints(self, lit: str) -> Sequence[Hint]:
        return [
            Hint("Enter", "choose", "do"), Hint("↑↓ 1–9", "look"), Hint("w", "why", "why"),
            Hint("b", "board", "board"), Hint("i", "what I know", "know"), Hint("F1", "help", "app.help"),
        ]  # fmt: skip

    def do(self, lit: str) -> None:
        chosen = self._choice(lit)
        if chosen is None:
            return
        move, refusal = chosen
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))
        else:
            self.play(move)
