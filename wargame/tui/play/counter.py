"""Yes, but: the page on which a seat changes the terms of an offer that it was made, and says yes to those.

It is the deal desk with that one deal on it, and one dial more.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wargame.rules.scenario import OfferMove
from wargame.rules.spec import DealTemplate
from wargame.table.seen import SeenTable
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.paint import CHANGE, DIM, HEAD, put, wrapped
from wargame.tui.kit.topics import Topic, topic_of
from wargame.tui.play.desk import DIALS, MORE, DeskScreen, value_of
from wargame.words.pages import play as say


class CounterScreen(DeskScreen):
    """Builds a counter-offer of `seat`. Returns the beats of the one that was laid, or none."""

    dials = (*DIALS, MORE)

    def __init__(self, table: SeenTable, seat: str, template: str) -> None:
        super().__init__(table, seat)
        self.template = template
        self.offered = self._variants(template)[0]
        offer = next(offer for offer in self.lens.view.offers if offer.template == template)
        terms = offer.size, offer.secret, offer.rounds, ""
        for way in self._variants(template):
            if (way.size, way.secret, way.rounds, way.more) == terms:
                self._chosen[template] = self.offered = way

    def _groups(self) -> Sequence[tuple[DealTemplate, str]]:
        return [(self.offer.template, self.offer.other)]

    def _variants(self, template: str) -> list[OfferMove]:
        return list(self.table.scenario.counter_moves[self.seat, template])

    def head(self) -> str:
        return say.counter(self.lens.view.round, self.lens.view.rounds)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        """The offer as it would be, and first what is other than they offered."""
        return [*self._changed(width), *super().about(lit, width)]

    def _changed(self, width: int) -> list[Content]:
        """What this changes in the terms that were offered, by their names."""
        said = [
            say.changed(say.TERMS[dial], self._named(dial, value_of(self.offered, dial)), now)
            for dial in self.dials
            if (now := self._named(dial, value_of(self.offer, dial)))
            != self._named(dial, value_of(self.offered, dial))
        ]
        lines = [put(say.YOU_CHANGE, HEAD)]
        for line in said:
            lines += wrapped(put(line, CHANGE), width, indent=2)
        return [*lines, *([] if said else [put(say.NO_CHANGE, DIM)]), Content("")]

    def _plainly(self) -> str:
        return say.has_last_word(self.lens.words.party(self.offer.other))

    def topic(self, lit: str) -> Topic:
        shared = lit.startswith("dial:") and lit != f"dial:{MORE}"
        return topic_of("desk" if shared else "counter", lit)

    @property
    def hint_page(self) -> str:
        return ""

    def guide(self, lit: str) -> str:
        return ""

    def hints(self, lit: str) -> Sequence[Hint]:
        other = self.lens.words.party(self.offer.other)
        does = [*self.enters(lit, say.say_so_to(other)), Hint("← →", say.CHANGE)]
        return [*does, *usual("why"), Hint("Esc", say.DROP_IT, "back"), *usual("help")]
