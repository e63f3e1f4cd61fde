"""A seat's orders, and its answers to offers: what each row or card means, and what its keys do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.moves import Answer, Commit, Counter, Discard, End, Move
from wargame.table.table import Beat
from wargame.tui.actions import bindings
from wargame.tui.kit import guide
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.odds import played_card
from wargame.tui.kit.paint import SEALED, fit, join, put
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.play.paned import seat_banner
from wargame.tui.play.spread import TRACKED, SpreadScreen
from wargame.tui.play.turn import ACCUSE, COMMIT, DISCARD, TELL, row_of
from wargame.words import halves
from wargame.words.pages import kit
from wargame.words.pages import play as say

HINT_PAGES = {COMMIT: "orders", DISCARD: "discard", TELL: "tell", ACCUSE: ""}
"""What is done with the lit card → the page of the scenario's hints."""


class OrdersScreen(SpreadScreen):
    """The turn of `seat`. Returns the beats of its moves when the turn has gone elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "know", "offer", "discard", "tell", "end", "compare", "asked", "page-on", "page-back"
    )

    # --- what it says ------------------------------------------------------------------------------

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        view, spec = lens.view, lens.scenario.seats[self.seat]
        cap = lens.scenario.spec.rules.influence_cap
        purse = view.influence[self.seat]
        if self.paned:
            head = say.your_orders if self.in_orders else say.your_answers
            date = lens.words.date(view.round) if width >= TRACKED else ""
            return [seat_banner(lens, self.seat, head(view.round, view.rounds, date), width, self._going())]
        when = say.in_phase(kit.PHASES[view.phase], view.round, view.rounds)
        over = lens.score(self.seat) >= lens.line
        score = say.to_reach(lens.score_said(self.seat), halves(lens.line), over)
        says = f" {spec.symbol} {spec.short} {SEALED} {when} · ¤{say.of(purse, cap)} · {score}"
        end = put(f"i {say.ALL_I_KNOW} ")
        return [join((fit(put(says), width - end.cell_length), end)).stylize("reverse")]

    def _going(self) -> int:
        """What the lit card would take from the purse."""
        move, refusal, _name = self.turn_now.choice(self.lit)
        if refusal is not None or not isinstance(move, (Commit, Discard)):
            return 0
        return played_card(self.lens, move).cost

    def why(self, lit: str) -> str:
        if self.asking:  # Enter is for something else now
            return ""
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            return self.lens.words.refusal(refusal)
        if move is None:
            kind = lit.partition(":")[0]
            if self._accused(lit):
                return say.LAID_JUST_NOW if self.table.can_undo else say.LAID
            return say.DUE_IN_ANSWERS if kind == "deal" and not self.in_orders else say.WHY_OF.get(kind, "")
        if isinstance(move, Counter):
            return say.TO_COUNTER
        does = say.enter_does(self.lens.words.deed(move))
        return f"{does} {say.TELL_FIRST}" if self.turn_now.can_tell(lit) else does

    def _accused(self, lit: str) -> bool:
        """Whether that is the row of accusations, and one has been made already."""
        return lit == ACCUSE and self.seat in self.lens.view.accused

    def why_more(self, lit: str) -> Sequence[str]:
        kind, _, id_ = lit.partition(":")
        words, scenario = self.lens.words, self.lens.scenario
        if kind == "card":
            move = self.turn_now.choice(lit)[0]
            played = played_card(self.lens, move) if isinstance(move, (Commit, Discard)) else id_
            return words.card_text(played)
        if kind in ("deal", "answer", "counter"):
            return words.deal_text(id_)
        if kind == "crisis":
            return words.crisis_text(id_, yours=True)
        return words.stand_text(id_) if kind == "stand" and id_ in scenario.stands else ()

    def topic(self, lit: str) -> Topic:
        kind = lit.partition(":")[0]
        if kind == "card" and self.mode != COMMIT:
            return topic_of("orders", self.mode)
        if lit.startswith("laid:offer:"):
            return topic_of("orders", "offered")
        if kind == "answer" and self.in_orders and self.lens.scenario.spec.rules.counters:
            return topic_of("orders", "answer-or-counter")
        return topic_of("orders", lit if lit or self.in_orders else "answers")

    @property
    def hint_page(self) -> str:
        if self.asking:
            return ""
        return HINT_PAGES[self.mode] if self.in_orders else "answers"

    def guide(self, lit: str) -> str:
        if not (self.in_orders and guide.is_first_turn(self.table, self.seat)):
            return ""
        refused = lit.startswith("card:") and self.turn_now.choice(lit)[1] is not None
        now = guide.Moment(self.lens, self.seat, lit, self.mode, self.moved, self.asking, self.paned, refused)
        return guide.orders_line(now)

    def lead(self) -> Content:
        return put(f"{say.still_possible(self.turn_now.undone())} ", "bold") if self.asking else put("")

    def hints(self, lit: str) -> Sequence[Hint]:
        turn, does = self.turn_now, self._enters(lit)
        if self.asking:
            waiting = turn.waiting if not turn.open_cards() else 0
            ends = say.THAT_IS_ALL if self.lens.preparing else say.END
            ends = say.leave_unanswered(waiting) if waiting else ends
            return [Hint("Enter", ends, "do"), Hint("Esc", say.KEEP_PLAYING, "back")]
        enter = [Hint("Enter", does, "do")] if does and (lit or not turn.moves) else []
        if not self.in_orders:
            yes_no = [Hint("← →", say.YES_OR_NO, "turn(1)")] if len(turn.choices(lit)) > 1 else []
            now = [*enter, *yes_no] if lit or not turn.moves else [Hint("↑ ↓", say.LOOK)]
            know = Hint("i", say.KNOW, "know")
            shown = [] if lit.startswith("deal:") else now
            end = [] if any(hint.label == say.END_TURN for hint in shown) else usual("end")
            return [*shown, *end, *usual("board"), know, *usual("help")]
        if self.mode != COMMIT:
            back = Hint("Esc", say.TO_ORDERS, "back")
            return [*enter, *self._arrows(lit), back, *usual("why", "help")]
        also = usual("offer", "end", "why", "discard", "tell", "board", "compare", "log")
        also += [*([] if self._is_asked else [Hint("y", say.REASON, "asked")]), *usual("help")]
        if not self.paned:
            return [*enter, *self._asked_and_undo(), *also]
        tab = Hint("Tab", say.ROWS if self.in_hand or not lit else say.CARDS, "next_pane")
        return [*enter, *self._arrows(lit), tab, *self._asked_and_undo(), *also]

    def _arrows(self, lit: str) -> list[Hint]:
        """What arrows do: along the foot they walk and aim, elsewhere they turn the dial of a row."""
        turned = len(self.turn_now.choices(lit)) > 1
        if not self.paned:
            return [Hint("← →", say.TARGET)] if turned else []
        if self.in_hand or not lit:
            aim = [Hint("↑ ↓", say.AIM, "aim(1)")] if turned else []
            return [Hint("← →", say.CARDS, "turn(1)"), *aim]
        return [Hint("← →", say.DIAL, "turn(1)")] if turned else []

    def _asked_and_undo(self) -> list[Hint]:
        """What may be done only now and then."""
        asked = usual("asked") if self._is_asked else []
        return [*asked, *self.message_hint(), *(usual("undo") if self.table.can_undo else ())]

    @property
    def _is_asked(self) -> bool:
        """Whether the exercise still wants something of the seat with its orders."""
        still = self.table.asked(self.seat)
        return bool(still.rationale or still.questions)

    def _enters(self, lit: str) -> str:
        """What Enter does with the lit row; nothing where it would only be refused."""
        move, refusal, _name = self.turn_now.choice(lit)
        if (move is not None and refusal is not None) or self._accused(lit):
            return ""
        if isinstance(move, Answer):
            return say.say_reply(say.REPLIES[move.reply])
        if self.mode != COMMIT and lit.startswith("card:"):
            return say.GIVE_UP if self.mode == DISCARD else say.TELL
        return say.ENTER.get(lit.partition(":")[0], say.DO) if lit or self.in_orders else say.END_TURN

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        if self.asking or (not lit and not self.in_orders and not self.turn_now.moves):
            self.finish()
            return
        if lit == ACCUSE and not self._accused(lit):
            from wargame.tui.play.accuse import AccuseScreen

            self.put_up(AccuseScreen(self.table, self.seat), self.offered)
            return
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))
        elif isinstance(move, Counter):
            from wargame.tui.play.counter import CounterScreen

            self.put_up(CounterScreen(self.table, self.seat, move.deal), self.offered)
        elif move is not None:
            self.dials.pop(lit, None)
            self.mode = COMMIT
            self.play(move)

    def finish(self) -> None:
        """End the turn."""
        self.asking = False
        self.play(End(self.seat))

    def action_end(self) -> None:
        """End the turn, or ask whether to: Enter answers that, not the same key once more."""
        if self.asking:
            return
        if not self.turn_now.undone():
            self.finish()
            return
        self.asking, self.mode = True, COMMIT
        self.repaint()

    def action_back(self) -> None:
        if self.asking or self.mode != COMMIT:
            self.asking, self.mode, self.refused = False, COMMIT, ""
            self.repaint()
            return
        super().action_back()

    def _enter(self, mode: str) -> None:
        if self.in_orders:
            self.mode = COMMIT if self.mode == mode else mode
            self.asking, self.refused = False, ""
            self.repaint()
            if self.mode != COMMIT and not self.lit.startswith("card:"):
                cards = self.lens.view.hands[self.seat]
                if cards:
                    self.light(f"card:{cards[0]}")

    def action_discard(self) -> None:
        self._enter(DISCARD)

    def action_tell(self) -> None:
        self._enter(TELL)

    def relight(self, undone: Move) -> None:
        self.light(row_of(undone))

    def action_compare(self) -> None:
        """Set the row lit before beside every row lit from now on; once more: no longer."""
        self.against = "" if self.against else self._before or self.lit
        self.repaint()

    def action_offer(self) -> None:
        if self.in_orders:
            from wargame.tui.play.desk import DeskScreen

            self.asking = False
            self.put_up(DeskScreen(self.table, self.seat), self.offered)

    def action_asked(self) -> None:
        """What the exercise asks of the seat, or a reason that nobody asked for."""
        if self.in_orders:
            from wargame.tui.play.asked import AskedScreen

            self.put_up(AskedScreen(self.table, self.seat), lambda _none: self.repaint())

    def offered(self, beats: list[Beat] | None) -> None:
        """The desk, or the page of accusations, has closed."""
        self.beats += beats or []
        self.changed()
        self.leave_if_done()
