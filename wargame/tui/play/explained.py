"""What is told of a row of a seat's turn: the card, deal, offer or lever in full, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from wargame.rules.moves import Answer, Commit, Dial, Discard, Move, Signal
from wargame.tui.kit.bargains import about_deal, about_offer
from wargame.tui.kit.framed import Border
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import (
    about_card,
    card_face,
    counted_from,
    fixed_card,
    played_card,
    score_line,
    score_said,
)
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    fit,
    join,
    paragraphs,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.play.panes import known_lines
from wargame.tui.play.told import WIDEST, fixed_told, pane_of, told_card
from wargame.tui.play.turn import COMMIT, DISCARD, TELL, Turn
from wargame.words.pages import play as say

DOES = {COMMIT: say.LAYS, DISCARD: say.GIVES_IT_UP, TELL: say.TELLS_TABLE}
"""What Enter does with a card, below all that is told of it."""


@dataclass(frozen=True)
class Explained:
    """Tells the rows of a turn. `paned`: in a pane with a border; `compared`: beside another row."""

    turn: Turn
    paned: bool
    compared: bool = False

    def border(self, lit: str) -> Border:
        """What stands in the border of the pane."""
        lens, (kind, _, id_) = self.turn.lens, lit.partition(":")
        move = self.turn.choice(lit)[0]
        if isinstance(move, (Commit, Discard)):
            return pane_of(lens, played_card(lens, move))
        if kind == "laid" and not id_.startswith("offer:"):
            return pane_of(lens, lens.scenario.cards[self.turn.orders.commits[int(id_)].card])
        return pane_of(lens, lens.scenario.cards[id_]) if kind == "card" else Border()

    def lines(self, lit: str, width: int, brief: bool = False) -> Sequence[Content]:
        """One row in full; `brief` is without what is only read once."""
        lens, (kind, _, id_) = self.turn.lens, lit.partition(":")
        move = self.turn.choice(lit)[0]
        if isinstance(move, (Commit, Discard, Signal)):
            return self._card(move, width, brief)
        match kind:
            case "laid":
                return self._laid(id_, width)
            case "deal" if deal := self.turn.deal_of(lit):
                return [*about_deal(lens, deal, width), *self._worth(move)]
            case "answer" | "counter":
                return self._offer(id_, width)
            case "dial":
                return about_dial(lens, id_, move.setting if isinstance(move, Dial) else "", width)
            case "stand":
                return about_stand(lens, id_, width)
            case "announce":
                return wrapped(say.PHRASE_ALONE, width)
            case "crisis":
                return about_crisis(lens, id_, width)
            case "accuse":
                return [line for said in lens.words.at_stake() for line in wrapped(said, width)]
        return self._nothing(width)

    def _nothing(self, width: int) -> Sequence[Content]:
        in_orders = self.turn.lens.view.phase == "orders"
        if self.paned and in_orders:
            known = known_lines(self.turn.lens, min(width, WIDEST))
            return [*wrapped(put(say.UNLIT, DIM), width), Content(""), *known]
        if in_orders or self.turn.moves:  # not on the line of a heading beside it
            return [Content(""), *wrapped(put(say.UNLIT_ROW, DIM), width)]
        return wrapped(say.NO_OFFER_WAITS, width)

    # --- cards -------------------------------------------------------------------------------------

    def _card(self, move: Commit | Discard | Signal, width: int, brief: bool) -> Sequence[Content]:
        """A card, before it what Enter does in its place, and below it why Enter would be refused."""
        lens, words, blank = self.turn.lens, self.turn.lens.words, Content("")
        refusal = self.turn.choice(f"card:{move.card}")[1]
        why_not = f"× {words.refusal(refusal)}" if refusal else ""
        lead: list[Content] = []
        if isinstance(move, Discard) and refusal is not None:
            lead = [*wrapped(put(why_not, BAD), width), blank]
        elif isinstance(move, Discard):
            lead = [
                *wrapped(put(say.giving_up(words.card(move.card)), "" if self.paned else DIM), width),
                blank,
            ]
        elif isinstance(move, Signal):
            rules = lens.scenario.spec.rules
            telling = say.telling(words.card(move.card), rules.signal)
            if refusal is not None and refusal.rule != "small":  # that one says so itself
                why_not = f"{why_not} {say.not_told(rules.signal_from)}"
            if not self.paned:
                face = card_face(lens, lens.scenario.cards[move.card], width)
                return [*face, *wrapped(why_not or telling, width)]
            lead = [] if refusal else [*wrapped(telling, width), blank]
            move = lens.scenario.commit_moves[move.card][0]
        assert isinstance(move, (Commit, Discard))
        if not self.paned:
            return [*lead, *about_card(lens, move, width, brief)]
        lines = [*lead, *told_card(lens, move, width, brief), blank]
        if refusal is not None:
            return lines if lead else [*lines, *wrapped(put(why_not, BAD), width)]
        return lines if self.compared else [*lines, *self._keys(width)]

    def _keys(self, width: int) -> list[Content]:
        """What Enter, c and w do with a card, on as many lines as that takes."""
        lines: list[Content] = []
        for key, does in (("Enter", DOES[self.turn.mode]), ("c", say.COMPARE), ("w", say.WHY)):
            part = join((put(f" {key} ", "bold $foreground on $panel"), put(f" {does}", DIM)))
            if lines and lines[-1].cell_length + part.cell_length + 2 <= width:
                part = join((lines.pop(), "  ", part))
            lines.append(part)
        return lines

    def _laid(self, id_: str, width: int) -> Sequence[Content]:
        """A card that lies face down, or an offer that was made."""
        if id_.startswith("offer:"):
            return about_offer(self.turn.lens, self.turn.offer(id_.removeprefix("offer:")), width)
        commit = self.turn.orders.commits[int(id_)]
        card, told = self.turn.lens.scenario.cards[commit.card], fixed_told if self.paned else fixed_card
        return told(self.turn.lens, card, commit.target, commit.odds, width)

    # --- deals -------------------------------------------------------------------------------------

    def _offer(self, template: str, width: int) -> Sequence[Content]:
        """An offer to answer, what yes is worth and what it costs."""
        offer = self.turn.offer(template)
        worth = self._worth(Answer(self.turn.seat, template, "yes"), signed=True)
        costs = put(say.SIGNING_PAID if offer.countered else say.SIGNING, DIM)
        last = join([*worth, "  ", costs])  # beside it: a line of its own was the one below the fold
        below = [last] if last.cell_length <= width else [*worth, costs]
        lens = self.turn.lens
        return [*about_offer(lens, offer, width), Content(""), *below, *counted_from(lens, width)]

    def _worth(self, move: Move | None, signed: bool = False) -> list[Content]:
        return [score_line(score_said(self.turn.lens, move, if_kept=signed))] if move is not None else []


# --- levers and crises -----------------------------------------------------------------------------------


def about_dial(lens: Lens, dial: str, chosen: str, width: int) -> list[Content]:
    """Each setting with what it does; the chosen one marked."""
    spec, words = lens.scenario.dials[dial], lens.words
    lines = [
        join(
            (
                fit(put(words.dial(dial).upper(), HEAD), width - 10),
                put(f"{SEALED} ", SECRET),
                put(paragraphs(spec.source), DIM),
            )
        ),
        Content(""),
    ]
    for setting in spec.settings:
        here = setting.id == chosen
        title = put(words.said(setting.title), HEAD if here else "")
        lines.append(join(("▸ " if here else "  ", title)))
        lines += [join(("  ", line)) for line in wrapped(put(words.said(setting.text), DIM), width - 2)]
        for clause in words.effects(setting.effects) or [say.NOTHING_AT_ALL]:
            lines += [join(("  ", line)) for line in wrapped(put(clause), width - 2, indent=2)]
    return lines


def about_stand(lens: Lens, stand: str, width: int) -> list[Content]:
    """What a joint undertaking wants and does."""
    spec, words = lens.scenario.stands[stand], lens.words
    lines = [
        fit(join((put(words.stand(stand).upper(), HEAD), put(f"   {paragraphs(spec.source)}", DIM))), width),
        *wrapped(put(words.said(spec.text), DIM), width),
        join(
            (put(f"{say.WITH} ", DIM), put(" ").join(seat_badge(lens.scenario, seat) for seat in spec.seats))
        ),
        Content(""),
    ]
    for clause in words.stand_text(stand):
        lines += wrapped(clause, width, indent=2)
    return lines


def about_crisis(lens: Lens, crisis: str, width: int) -> list[Content]:
    """The question that all answer at once, what each answer brings and how it may end."""
    words, text = lens.words, lens.words.said(lens.scenario.news[crisis].text)
    lines = [put(words.news(crisis).upper(), HEAD), *wrapped(put(text, DIM), width), Content("")]
    for clause in words.crisis_text(crisis, yours=True):
        lines += wrapped(clause, width, indent=2)
    return [*lines, Content(""), *wrapped(put(say.TOLD_AT_ONCE, DIM), width)]
