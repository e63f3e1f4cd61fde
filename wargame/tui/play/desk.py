"""The deal desk: choose whom to offer what, turn its terms, read it as both will, and lay it before them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from textual.content import Content

from wargame.rules.deals import watch_on
from wargame.rules.forecast import forecast
from wargame.rules.moves import Move
from wargame.rules.options import deal_survival_percent, refusal_of
from wargame.rules.scenario import OfferMove, terms
from wargame.rules.spec import DealTemplate
from wargame.table.seen import SeenTable
from wargame.tui.kit import guide
from wargame.tui.kit.bargains import deal_head, deal_lines, follows
from wargame.tui.kit.foot import Hint, usual
from wargame.tui.kit.framed import Border
from wargame.tui.kit.odds import WORTH, counted_from, score_line, score_said
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    HEAD,
    SEALED,
    chance,
    columns,
    fit,
    join,
    paragraphs,
    put,
    seat_badge,
    seat_colour,
    wrapped,
)
from wargame.tui.kit.rows import Row
from wargame.tui.play.paned import Group, PanedScreen
from wargame.words.pages import guide as advice
from wargame.words.pages import play as say

DIALS = ("size", "secrecy", "rounds")
MORE = "more"
LABEL, CELL, RUNG, HOLDS = 20, 4, 3, 21
"""Columns of a row's label and of a round; before the name of a rung, and behind it."""


class DeskScreen(PanedScreen):
    """Builds an offer of `seat`. Returns the beats of the offer that was laid, or none."""

    unlit = False
    going = 1
    dials: ClassVar[tuple[str, ...]] = DIALS

    def __init__(self, table: SeenTable, seat: str) -> None:
        super().__init__(table, seat)
        self.template = ""
        self._chosen: dict[str, OfferMove] = {}
        self._told: dict[tuple[object, ...], Sequence[Content]] = {}

    # --- the offer being built ---------------------------------------------------------------------

    def _groups(self) -> Sequence[tuple[DealTemplate, str]]:
        """The deals this seat can propose, those with one partner together, in file order."""
        found = [(deal, other) for deal, other, _moves in self.table.scenario.offer_groups[self.seat]]
        partners = list(dict.fromkeys(other for _deal, other in found))
        return sorted(found, key=lambda pair: partners.index(pair[1]))

    def _variants(self, template: str) -> list[OfferMove]:
        every = self.table.scenario.offer_moves[self.seat]
        return [offer for offer in every if offer.template.id == template]

    @property
    def offer(self) -> OfferMove:
        """The offer as it stands."""
        return self._built(self.template)

    def _built(self, template: str) -> OfferMove:
        return self._chosen.get(template) or self._variants(template)[-1]

    def move(self, lit: str) -> Move | None:
        return self.offer.move if lit and self._turn_to(lit) else None

    def _dial_values(self, dial: str) -> list[object]:
        values = [value_of(offer, dial) for offer in self._variants(self.template)]
        return list(dict.fromkeys(values))

    # --- what it shows -----------------------------------------------------------------------------

    def head(self) -> str:
        view, most = self.lens.view, self.lens.scenario.spec.rules.offers
        made = len(view.orders[self.seat].offered)
        return say.desk(view.round, view.rounds, min(made + 1, most), most)

    def groups(self, width: int) -> Iterator[Group]:
        """The deals by partner; the terms of the chosen one stand below it."""
        found: dict[str, list[Row]] = {}
        for nth, (deal, other) in enumerate(self._groups(), 1):
            self.template = self.template or deal.id
            rows = found.setdefault(other, [])
            rows += self._deal_rows(deal, nth, width)
            if deal.id == self.template:
                rows += [self._dial_row(dial, width) for dial in self.dials]
        scenario, words = self.lens.scenario, self.lens.words
        for other, rows in found.items():
            badge = seat_badge(scenario, other)
            heading = join((put(f"{say.TO} ", HEAD), badge, put(f" {words.seat(other)}", DIM)))
            title = f"{scenario.seats[other].symbol} {words.heading(other).upper()}"
            yield Group(heading, title, seat_colour(scenario, other), rows)

    def border(self, lit: str) -> Border:
        if not self.template:
            return Border()
        deal, edge = self.offer.template, seat_colour(self.lens.scenario, self.offer.other)
        title = put(self.lens.words.said(deal.title).upper(), "bold")
        corner = put(say.rung(deal.rung) if deal.rung else "", DIM)
        return Border(title, corner, put(paragraphs(deal.source), DIM), edge)

    def beside(self) -> Border:
        return Border(put(say.RUNNING_DEALS, "bold"))

    def _deal_rows(self, deal: DealTemplate, nth: int, width: int) -> Iterator[Row]:
        """A deal, its rung and how likely it is to hold; the rung below where there is no room beside."""
        refused = refusal_of(self.lens.view, self._built(deal.id).move)
        hold = deal_survival_percent(self.lens.view, deal.rung)
        end = " ×" if refused else f" {hold} %" if hold < 100 else ""
        key, number, style = f"deal:{deal.id}", nth if nth <= 9 else 0, DIM if refused else ""
        rung = f" {say.rung(deal.rung)}" if deal.rung else ""
        name, room = put(self.lens.words.deal(deal.id), style), width - 2 - len(end)
        beside = name.cell_length + len(rung) <= room
        first, *more = wrapped(join((name, put(rung, DIM))) if beside else name, room)
        more += [] if beside else [put(rung.strip(), DIM)]
        digit = put(f"{nth} " if number else "  ", DIM)
        yield Row(key, join((digit, fit(first, room), put(end, style or "bold"))), number)
        yield from (Row("", join(("    ", line)), of=key) for line in more)

    def _dial_row(self, dial: str, width: int) -> Row:
        values = self._dial_values(dial)
        now = self._named(dial, value_of(self.offer, dial))
        free = len(values) > 1
        shown = put(f"‹{now}›", "bold") if free else put(f" {now}", DIM)
        line = fit(join((put(f"    {say.TERMS[dial]:<9}", DIM), shown)), width)
        return Row(f"dial:{dial}" if free else "", line)

    def _named(self, dial: str, value: object) -> str:
        """A term as its dial shows it."""
        if dial != MORE:
            return say.VALUES.get(str(value), str(value))
        seat, _, good = str(value).partition("/")
        if not value:
            return say.NOTHING_MORE
        return say.lot_from(self.lens.words.lots(1, good), seat_badge(self.lens.scenario, seat).plain)

    def about(self, lit: str, width: int) -> Sequence[Content]:
        if not self.template:
            return [put(say.NOBODY_TO_SIGN, DIM)]
        moment = self.lens, self.offer.move, width
        if moment not in self._told:
            self._told[moment] = self._of_offer(self.offer, width)
        return self._told[moment]

    def _of_offer(self, offer: OfferMove, width: int) -> Sequence[Content]:
        """All that is told of an offer."""
        lens = self.lens
        sentence = lens.words.offer_sentence(
            offer.template, offer.size, offer.secret, offer.rounds, offer.more
        )
        head = [] if self.paned else [deal_head(lens, offer.template, width)]
        return [
            *head,
            *self._ladder(offer, width),
            put(say.AS_BOTH_READ, HEAD),
            *wrapped(sentence, width),
            Content(""),
            *self._forecast(offer, width),
            *self._worth(offer, width),
            Content(""),
            *follows(lens, offer.template, width),
        ]

    def _ladder(self, offer: OfferMove, width: int) -> Iterator[Content]:
        """Every rung from the top: what it wants, and the chance that a deal on a skipped one holds."""
        ladder, view = self.lens.scenario.spec.ladder, self.lens.view
        if ladder is None or not offer.template.rung or ladder.track not in view.tracks:
            return
        now, track = view.tracks[ladder.track], self._trust(ladder.track)
        longest = max(len(self.lens.words.said(name)) for name in ladder.names)
        column = min(longest + RUNG, width - HOLDS)
        yield columns(
            (put(say.LADDER, HEAD), column),
            (put(say.WANTS, DIM), 6),
            (put(f"{track} {now}", DIM), width - column - 6),
        )
        for rung in range(len(ladder.wants), 0, -1):
            gap, here = ladder.wants[rung - 1] - now, rung == offer.template.rung
            yield fit(self._rung_line(rung, gap, here, column), width)
        yield Content("")

    def _trust(self, track: str) -> str:
        """Return the name of the track that a ladder asks for, sealed where not all may see it."""
        seen_by = self.lens.scenario.tracks[track].seen_by
        return f"{self.lens.words.track_in_short(track)}{f' {SEALED}' * bool(seen_by)}"

    def _rung_line(self, rung: int, gap: int, here: bool, width: int) -> Content:
        ladder = self.lens.scenario.spec.ladder
        assert ladder is not None
        name = put(f"{rung} {self.lens.words.said(ladder.names[rung - 1])}", "bold" if here else "")
        sure = put(say.SURE) if gap <= 0 else chance(deal_survival_percent(self.lens.view, rung), 4)
        short = put(f" {say.gap(gap)}", BAD) if gap > 0 else put("")
        mark = put("▸" if here else " ", "bold")
        wants = put(str(ladder.wants[rung - 1]))
        return join((columns((mark, 1), (name, width - 1), (wants, -3), ("", 1)), sure, short))

    def _forecast(self, offer: OfferMove, width: int) -> Iterator[Content]:
        """The seat's own purse, goods and trust at the end of each round, this offer signed and all kept."""
        lens, view = self.lens, self.lens.view
        foreseen, held = forecast(view, offer), view.goods.get(self.seat, {})
        gives, gets = (
            terms(offer.template, offer.size, seat, offer.more) for seat in (self.seat, offer.other)
        )
        moved = dict.fromkeys(good for good in (*gives, *gets) if good in foreseen.goods)
        moved |= {good: None for good, after in foreseen.goods.items() if {*after} != {held.get(good, 0)}}
        rounds = range(foreseen.first, foreseen.first + len(foreseen.influence))
        label = max(min(LABEL, width - CELL * (len(rounds) + 1)), LABEL // 2)

        def row(name: Content | str, *cells: object, red: Collection[int] = ()) -> Content:
            shown = (put(str(cell), BAD if at in red else "") for at, cell in enumerate(cells, rounds[0] - 1))
            return join((fit(name, label), *(fit(cell, CELL, "right") for cell in shown)))

        narrow = label < LABEL
        heads = (say.NOW, *map(say.in_short, rounds))
        yield row(put(say.BY_ROUND if narrow else say.ROUND_BY_ROUND, HEAD), *heads)
        yield row("  ¤" if narrow else f"  {say.INFLUENCE} ¤", view.influence[self.seat], *foreseen.influence)
        for good in moved:
            red = {one.round for one in foreseen.short if one.good == good}
            name = f"  {lens.words.good(good)} {SEALED}"
            yield row(name, held.get(good, 0), *foreseen.goods[good], red=red)
        ladder = lens.scenario.spec.ladder
        if ladder and foreseen.trust:
            name = f"  {self._trust(ladder.track)}"
            yield row(name, view.tracks[ladder.track], *foreseen.trust)
        if foreseen.short:
            missing = [
                say.falls_short(one.round, lens.words.lots(one.lots, one.good)) for one in foreseen.short
            ]
            yield from wrapped(put(f"  {', '.join(missing)}", BAD), width, indent=4)
        for used in foreseen.used:
            if used.good in moved:
                said = say.used(lens.words.lots(used.lots, used.good), lens.words.cause(used.cause))
                yield from wrapped(put(f"  {said}", DIM), width, indent=4)
        yield from wrapped(put(f"  {say.FORESEEN}", DIM), width, indent=2)
        yield from self._other_side(offer, width)

    def _other_side(self, offer: OfferMove, width: int) -> list[Content]:
        words, template, other = self.lens.words, offer.template, offer.other
        gets = terms(template, offer.size, self.seat, offer.more)
        gives = terms(template, offer.size, other, offer.more)
        moved = [f"+{words.lots(count, good)}" for good, count in gets.items()]
        moved += [f"−{words.lots(count, good)}" for good, count in gives.items()]
        if not moved:
            return []
        line = join((put(f"  {say.each_round(words.seat(other))}  ", DIM), put(" ".join(moved))))
        return wrapped(line, width, indent=4)

    def _worth(self, offer: OfferMove, width: int) -> list[Content]:
        """What it brings if both keep it, and what the seat would lack that is to keep it."""
        lens = self.lens
        lacked = dict.fromkeys(lens.words.good(one.good) for one in forecast(lens.view, offer).short)
        line = score_line(score_said(lens, offer.move, if_kept=True))
        short = put(f"; {say.would_be_short([*lacked])}" if lacked else "", BAD)
        return [Content(""), *wrapped(join((line, short)), width, indent=WORTH), *counted_from(lens, width)]

    def aside(self, width: int) -> Sequence[Content]:
        head = [] if self.paned else [put(say.RUNNING_DEALS, HEAD)]
        return [*head, *deal_lines(self.lens, width)]

    def why(self, lit: str) -> str:
        if not self.template:
            return ""
        refused = self.refusal(lit)
        return self.lens.words.refusal(refused) if refused else self._found_out() or self._plainly()

    def _plainly(self) -> str:
        return say.will_answer(self.lens.words.party(self.offer.other))

    def _found_out(self) -> str:
        """How a secret delivery may come to light."""
        offer = self.offer
        spec = watch_on(self.lens.scenario, *offer.template.between)
        moves = any(terms(offer.template, offer.size, seat, offer.more) for seat in offer.template.between)
        if spec is None or not offer.secret or not moves:
            return ""
        base = spec.base + spec.rung * max(offer.template.rung - 1, 0)
        track = self.lens.words.track(spec.track)
        return say.noticed(base, spec.each, track, spec.above, self.lens.view.tracks.get(spec.track))

    def why_more(self, lit: str) -> Sequence[str]:
        return self.lens.words.deal_text(self.template) if self.template else ()

    @property
    def hint_page(self) -> str:
        return "desk"

    def guide(self, lit: str) -> str:
        if not guide.is_first_turn(self.table, self.seat):
            return ""
        if not self.template:
            return advice.NOBODY
        return guide.desk_line(self.lens, lit, self.offer, self.refusal(lit) is not None, self.moved)

    def hints(self, lit: str) -> Sequence[Hint]:
        other = self.lens.words.party(self.offer.other) if self.template else say.THEM
        return [
            *self.enters(lit, say.lay_before(other)), Hint("← →", say.CHANGE), *usual("why"),
            Hint("1–9", say.A_DEAL), Hint("Esc", say.DROP_IT, "back"), *usual("help"),
        ]  # fmt: skip

    # --- what it does ------------------------------------------------------------------------------

    def lit_changed(self) -> None:
        self._turn_to(self.lit)
        super().lit_changed()

    def _turn_to(self, lit: str) -> str:
        """Build the offer of the lit row, also where that is not painted yet; "" if there is none."""
        kind, _, id_ = lit.partition(":")
        if kind == "deal" and id_ != self.template:
            self.template = id_
            self.repaint()
        return self.template

    def turn(self, lit: str, by: int) -> None:
        """On a deal: its next form; on a dial: that term alone."""
        if not self._turn_to(lit):
            return
        kind, _, dial = lit.partition(":")
        if kind == "dial":
            self._turn_dial(dial, by)
        else:
            forms = self._variants(self.template)
            self._chosen[self.template] = forms[(forms.index(self.offer) + by) % len(forms)]
        self.refused = ""
        self.repaint()

    def _turn_dial(self, dial: str, by: int) -> None:
        values = self._dial_values(dial)
        wanted = values[(values.index(value_of(self.offer, dial)) + by) % len(values)]
        same = [d for d in self.dials if d != dial]
        for form in self._variants(self.template):
            if value_of(form, dial) == wanted and all(
                value_of(form, d) == value_of(self.offer, d) for d in same
            ):
                self._chosen[self.template] = form


def value_of(offer: OfferMove, dial: str) -> object:
    """Return a term of an offer by the name of its dial."""
    terms = {"size": offer.size, "secrecy": "secret" if offer.secret else "open", "rounds": offer.rounds}
    return offer.more if dial == MORE else terms[dial]
