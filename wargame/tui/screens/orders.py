"""A seat's orders, and its answers to offers: everything private to it, and everything it may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from wargame.rules.moves import Answer, Commit, Counter, Dial, Discard, End, Move, Signal
from wargame.rules.state import LaidCard
from wargame.table.table import Beat, Table
from wargame.tui import guide
from wargame.tui.actions import bindings
from wargame.tui.screens.playing import PlayingScreen
from wargame.tui.topics import Topic, topic_of
from wargame.tui.widgets.bargains import about_deal, about_offer
from wargame.tui.widgets.foot import Hint
from wargame.tui.widgets.levers import about_crisis, about_dial, about_stand
from wargame.tui.widgets.odds import about_card, card_face, fixed_card, played_card, score_line, score_said
from wargame.tui.widgets.paint import DIM, HEAD, SEALED, SECRET, fit, join, put, wrapped
from wargame.tui.widgets.rows import Row, Rows
from wargame.tui.widgets.tracks import track_rows
from wargame.tui.widgets.turn import ACCUSE, COMMIT, DISCARD, TELL, Turn, row_of
from wargame.words import halves

ENTER = {
    "card": "commit", "deal": "mark", "answer": "answer", "counter": "yes, but", "dial": "set",
    "stand": "stand", "announce": "publish", ACCUSE: "choose whom", "crisis": "answer",
}  # fmt: skip
"""What Enter does with a row, by its kind."""


class OrdersScreen(PlayingScreen):
    """The turn of `seat`. Returns the beats of its moves when the turn has gone elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "know", "offer", "discard", "tell", "end", "compare", "asked"
    )

    def __init__(self, table: Table, seat: str) -> None:
        super().__init__(table, seat)
        self.mode = COMMIT
        self.dials: dict[str, int] = {}
        self.asking = False
        self._turn: Turn | None = None
        self._before = ""
        self._lit = ""
        self.against = ""

    # --- what it shows -----------------------------------------------------------------------------

    @property
    def turn_now(self) -> Turn:
        if self._turn is None or self._turn.lens is not self.lens or self._turn.mode != self.mode:
            self._turn = Turn(self.lens, self.mode, self.dials)
        return self._turn

    @property
    def in_orders(self) -> bool:
        return self.lens.view.phase == "orders"

    def top(self, width: int) -> Sequence[Content]:
        lens = self.lens
        view, spec = lens.view, lens.scenario.seats[self.seat]
        cap = lens.scenario.spec.rules.influence_cap
        purse = view.influence[self.seat]
        says = (
            f" {spec.symbol} {spec.short} {SEALED} {view.phase} · round {view.round} of {view.rounds}"
            f" · ¤{purse} of {cap} · score {lens.score_said(self.seat)}, reach {halves(lens.line)}"
        )
        end = "i what I know "
        line = fit(put(says), width - len(end))
        return [join((line, put(end))).stylize("reverse")]

    def rows(self, width: int) -> Sequence[Row]:
        return self.turn_now.rows(width)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if self.against and not self.widths()[2]:
            return [*self.explain(lit, width, brief=True), *self._other(lit, width, brief=True)]
        lines = list(self.explain(lit, width))
        stores = self._stores(width)
        return [*lines, Content(""), *stores] if stores else lines

    def _other(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """What the lit row is compared with."""
        if not self.against:
            return []
        if self.against == lit:
            return [put("COMPARED WITH", HEAD), put("Light another row.", DIM)]
        return [put("COMPARED WITH", HEAD), *self.explain(self.against, width, brief)]

    def explain(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """The pane for one row; `brief` is without what is only read once."""
        kind, _, id_ = lit.partition(":")
        turn, lens = self.turn_now, self.lens
        move, _refusal, _name = turn.choice(lit)
        if isinstance(move, (Commit, Discard, Signal)):
            return self._about_hand(move, width, brief)
        if kind == "laid":
            return self._about_laid(id_, width)
        if kind == "deal" and (deal := turn.deal_of(lit)):
            return [*about_deal(lens, deal, width), *self._worth(move)]
        if kind in ("answer", "counter"):
            offer = next(offer for offer in lens.view.offers if offer.template == id_)
            yes = Answer(self.seat, id_, "yes")
            worth = self._worth(yes, signing=True, paid=offer.countered)
            return [*about_offer(lens, offer, width), Content(""), *worth]
        if kind == "dial":
            return about_dial(lens, id_, move.setting if isinstance(move, Dial) else "", width)
        if kind == "stand":
            return about_stand(lens, id_, width)
        if kind == "announce":
            return wrapped(
                "For ¤1 the public reads this at the reveal as if you two had signed something in secret. "
                "Nothing is signed, and the other side knows it.", width,
            )  # fmt: skip
        if lit == ACCUSE:
            return [line for said in lens.words.at_stake() for line in wrapped(said, width)]
        if kind == "crisis":
            return about_crisis(lens, id_, width)
        return self._nothing(width)

    def _nothing(self, width: int) -> Sequence[Content]:
        if self.in_orders or self.turn_now.moves:
            said = "Nothing is lit yet. ↑ ↓ or a number lights a row; what it does is told here."
            return [Content(""), *wrapped(put(said, DIM), width)]  # not on the line of a heading beside it
        return wrapped("No offer waits for your answer. Enter or e ends this turn.", width)

    def _about_hand(self, move: Commit | Discard | Signal, width: int, brief: bool) -> Sequence[Content]:
        if isinstance(move, Commit):
            return about_card(self.lens, move, width, brief)
        words, card = self.lens.words, move.card
        if isinstance(move, Signal):
            rules = self.lens.scenario.spec.rules
            says = (
                f"You tell the table that you will play {words.card(card)}. "
                f"If you do, ¤{rules.signal} more; if not, ¤{rules.signal} less."
            )
            return [*card_face(self.lens, self.lens.scenario.cards[card], width), *wrapped(says, width)]
        given = join(
            (put("You give up ", DIM), put(words.card(card)), put(" to do what your board says:", DIM))
        )
        return [*wrapped(given, width), Content(""), *about_card(self.lens, move, width, brief)]

    def _about_laid(self, id_: str, width: int) -> Sequence[Content]:
        if id_.startswith("offer:"):
            template = id_.removeprefix("offer:")
            offer = next(offer for offer in self.lens.view.offers if offer.template == template)
            return about_offer(self.lens, offer, width)
        return self._laid_card(self.turn_now.orders.commits[int(id_)], width)

    def _laid_card(self, commit: LaidCard, width: int) -> list[Content]:
        card = self.lens.scenario.cards[commit.card]
        return fixed_card(self.lens, card, commit.target, commit.odds, width)

    def _worth(self, move: Move | None, signing: bool = False, paid: bool = False) -> list[Content]:
        if move is None:
            return []
        lines = [score_line(score_said(self.lens, move, if_kept=signing))]
        if signing:
            said = "Signing costs ¤1, which is set aside." if paid else "Signing costs ¤1."
            lines.append(put(said, DIM))
        return lines

    def _stores(self, width: int) -> list[Content]:
        held = self.lens.view.goods.get(self.seat, {})
        parts = [f"{self.lens.words.good(good)} {count}" for good, count in held.items() if count]
        if not parts:
            return []
        return wrapped(join((put(f"STORES {SEALED}  ", f"bold {SECRET}"), put(" · ".join(parts)))), width)

    def aside(self, width: int) -> Sequence[Content]:
        lens = self.lens
        if self.against:
            return self._other(self.lit, width)
        tracks = [row.line for row in track_rows(lens, width, headings=True)]
        known = [line for said in lens.words.state_of(lens.view) for line in wrapped(said, width, indent=2)]
        lines = [*tracks, Content(""), put(f"WHAT YOU KNOW {SEALED}", HEAD), *known]
        agenda = lens.view.agendas.get(self.seat)
        if agenda:
            told = lens.words.agenda(agenda)
            lines += [
                Content(""),
                join((put(f"AGENDA {SEALED}  ", HEAD), told.title)),
                *wrapped(told.text, width),
            ]
        return lines

    def why(self, lit: str) -> str:
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            return self.lens.words.refusal(refusal)
        if move is None:
            due = "deliver: what is due goes out by itself in the upkeep; → holds back."
            if not self.in_orders:
                due = "What is due goes out by itself in the upkeep; it is marked with the orders, not now."
            accuse = "Enter: say aloud at the reveal which pair has a secret deal, and on which rung."
            says = {"deal": due, "laid": "laid down; u takes back the last move.", ACCUSE: accuse}
            return says.get(lit.partition(":")[0], "")
        if isinstance(move, Counter):
            return "Enter opens the terms: change some, and say yes to those."
        return f"Enter: you {_second(self.lens.words.deed(move))}."

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
            return words.crisis_text(id_)
        return words.stand_text(id_) if kind == "stand" and id_ in scenario.stands else ()

    def topic(self, lit: str) -> Topic:
        kind = lit.partition(":")[0]
        if kind == "card" and self.mode != COMMIT:
            return topic_of("orders", self.mode)
        if lit.startswith("laid:offer:"):
            return topic_of("orders", "offered")
        if kind == "answer" and self.in_orders and self.lens.scenario.spec.rules.counters:
            return topic_of("orders", "answer or counter")
        return topic_of("orders", lit if lit or self.in_orders else "answers")

    def guide(self, lit: str) -> str:
        if not (self.in_orders and guide.is_first_turn(self.table, self.seat)):
            return ""
        now = guide.Moment(self.lens, self.seat, lit, self.mode, self.moved, self.asking)
        return guide.orders_line(now)

    def lead(self) -> Content:
        return (
            put("")
            if not self.asking
            else put(f"Still possible: {', '.join(self.turn_now.undone())}. ", "bold")
        )

    def hints(self, lit: str) -> Sequence[Hint]:
        if self.asking:
            return [Hint("Enter", "end the turn", "end"), Hint("Esc", "go on", "back")]
        if not self.in_orders:
            answer = [Hint("Enter", self._enters(lit), "do"), Hint("← →", "yes, no")]
            return [
                *([] if lit.startswith("deal:") else answer),
                Hint("e", "end turn", "end"), Hint("b", "board", "board"),
                Hint("i", "know", "know"), Hint("F1", "help", "app.help"),
            ]  # fmt: skip
        if self.mode != COMMIT:
            what = "give it up" if self.mode == DISCARD else "tell"
            return [
                Hint("Enter", what, "do"),
                Hint("← →", "target"),
                Hint("Esc", "back to the orders", "back"),
            ]
        undo = [Hint("u", "undo", "undo")] if self.table.can_undo else []
        still = self.table.asked(self.seat)
        asked = [Hint("y", "asked", "asked")] if still.rationale or still.questions else []
        does = self._enters(lit)
        enter = [Hint("Enter", does, "do")] if does else []
        return [
            *enter, *asked, *undo, Hint("o", "offer", "offer"), Hint("d", "discard", "discard"),
            Hint("t", "tell", "tell"), Hint("e", "end turn", "end"), Hint("b", "board", "board"),
            Hint("w", "why", "why"), Hint("F1", "help", "app.help"), Hint("l", "log", "log"),
            Hint("c", "compare", "compare"), Hint("← →", "dial"), Hint("Tab", "pane", "next_pane"),
        ]  # fmt: skip

    def _enters(self, lit: str) -> str:
        """What Enter does with the lit row; nothing where it would only be refused."""
        move, refusal, _name = self.turn_now.choice(lit)
        if move is not None and refusal is not None:
            return ""
        if isinstance(move, Answer):
            return f"say {move.reply}"
        return ENTER.get(lit.partition(":")[0], "do") if lit or self.in_orders else "end turn"

    # --- what it does ------------------------------------------------------------------------------

    def do(self, lit: str) -> None:
        if self.asking or (not lit and not self.in_orders and not self.turn_now.moves):
            self.finish()
            return
        if lit == ACCUSE:
            self.accuse()
            return
        move, refusal, _name = self.turn_now.choice(lit)
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))
        elif isinstance(move, Counter):
            from wargame.tui.screens.counter import CounterScreen

            self.put_up(CounterScreen(self.table, self.seat, move.deal), self.offered)
        elif move is not None:
            self.dials.pop(lit, None)
            self.mode = COMMIT
            self.play(move)

    def turn(self, lit: str, by: int) -> None:
        self.turn_now.turn(lit, by)
        self.refused = ""
        refusal = self.turn_now.choice(lit)[1]
        self.repaint()
        if refusal is not None:
            self.refuse(self.lens.words.refusal(refusal))

    def repaint_lit(self) -> None:
        self._lit = self._lit or self.lit
        super().repaint_lit()

    def on_rows_lit(self) -> None:
        self.asking = False
        if self.lit != self._lit:
            self._before, self._lit = self._lit, self.lit
        super().on_rows_lit()

    def finish(self) -> None:
        """End the turn."""
        self.asking = False
        self.play(End(self.seat))

    def action_end(self) -> None:
        if self.asking or not self.turn_now.undone():
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
                self.query_one(Rows).light_first("card:")

    def action_discard(self) -> None:
        self._enter(DISCARD)

    def action_tell(self) -> None:
        self._enter(TELL)

    def relight(self, undone: Move) -> None:
        self.query_one(Rows).light(row_of(undone))

    def action_compare(self) -> None:
        """Set the row lit before beside every row lit from now on; once more: no longer."""
        self.against = "" if self.against else self._before or self.lit
        self.repaint()

    def action_offer(self) -> None:
        if self.in_orders:
            from wargame.tui.screens.desk import DeskScreen

            self.asking = False
            self.put_up(DeskScreen(self.table, self.seat), self.offered)

    def accuse(self) -> None:
        """Open the page of accusations."""
        from wargame.tui.screens.accuse import AccuseScreen

        self.put_up(AccuseScreen(self.table, self.seat), self.offered)

    def action_asked(self) -> None:
        """What the exercise asks of the seat, or a reason that nobody asked for."""
        if self.in_orders:
            from wargame.tui.screens.facilitate_asked import AskedScreen

            self.put_up(AskedScreen(self.table, self.seat), lambda _none: self.repaint())

    def offered(self, beats: list[Beat] | None) -> None:
        """The desk, or the page of accusations, has closed."""
        self.beats += beats or []
        self.changed()
        self.leave_if_done()


def _second(deed: str) -> str:
    """A deed in the third person, said to the one who does it: 'commits X' → 'commit X'."""
    verb, _, rest = deed.partition(" ")
    stem = verb.removesuffix("es" if verb.endswith("shes") else "s")
    return f"{stem} {rest}".rstrip()
