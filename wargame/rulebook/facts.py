"""What the templates of the rulebook ask of a scenario: which parts it has, and its tables as plain rows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from wargame.content.ground import walk
from wargame.rulebook.flags import FlagLine, flag_lines
from wargame.rules import spec as s
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose, Later, Roll
from wargame.rules.effects.rounds import CallNews, Order
from wargame.rules.effects.secrets import Expose, Locate
from wargame.rules.effects.tracks import Points, Shift
from wargame.rules.effects.votes import Vote
from wargame.rules.phases import MACHINE
from wargame.rules.scenario import Scenario, sizes, terms
from wargame.rules.scoring import line_after
from wargame.words import Words, grammar
from wargame.words.pages import rulebook as say
from wargame.words.texts import cited


class Facts:
    """The facts of one scenario, by the names that the templates use."""

    def __init__(self, scenario: Scenario, words: Words) -> None:
        self.scenario, self.words = scenario, words
        self.spec, self.rules = scenario.spec, scenario.spec.rules

    @cached_property
    def records(self) -> list[Any]:
        """Everything that the scenario is made of, however deep."""
        return [piece.record for piece in walk("", (), self.spec)]

    def uses(self, *kinds: type) -> bool:
        return any(isinstance(record, kinds) for record in self.records)

    # --- which parts there are --------------------------------------------------------------------------

    @cached_property
    def passing(self) -> bool:
        """Whether a change may be taken back by itself."""
        return any(isinstance(one, Shift) and one.rounds for one in self.records)

    @cached_property
    def later(self) -> bool:
        return self.uses(Later)

    @cached_property
    def reorders(self) -> bool:
        return self.uses(Order)

    @cached_property
    def calls(self) -> bool:
        """Whether anything brings a certain event card."""
        return self.uses(CallNews)

    @cached_property
    def asks(self) -> bool:
        """Whether an event or card asks a seat to choose."""
        return self.uses(Choose) or self.uses(Vote)

    @cached_property
    def locates(self) -> bool:
        return self.uses(Locate)

    @cached_property
    def gives_points(self) -> bool:
        """Whether a card, an event or an answer changes a score at once."""
        return self.uses(Points)

    @cached_property
    def points(self) -> bool:
        """Whether points of one's own are given for anything."""
        accused = self.spec.accusations is not None
        return accused or self.gives_points or any(deal.pays or deal.kept for deal in self.spec.deals)

    @cached_property
    def dice(self) -> bool:
        return self.uses(Roll) or bool(self.spec.ladder or self.spec.detection)

    @cached_property
    def cards(self) -> tuple[s.Card, ...]:
        return tuple(card for deck in self.spec.cards.values() for card in deck)

    @cached_property
    def quiet(self) -> bool:
        return any(card.quiet for card in self.cards)

    @cached_property
    def once(self) -> bool:
        return any(card.once for card in self.cards)

    @cached_property
    def aimed(self) -> bool:
        actions = (seat.action.targets for seat in self.spec.seats)
        return any(actions) or any(card.targets for card in self.cards)

    @cached_property
    def secret(self) -> bool:
        """Whether any deal may be signed in secret."""
        return any(deal.secrecy != "open" for deal in self.spec.deals)

    @cached_property
    def open(self) -> bool:
        """Whether any deal may be signed openly."""
        return any(deal.secrecy != "secret" for deal in self.spec.deals)

    @cached_property
    def exposes(self) -> list[Expose]:
        """All that cards and events bring to light."""
        return [one for one in self.records if isinstance(one, Expose)]

    @cached_property
    def suspicion(self) -> bool:
        return bool(self.spec.detection or self.exposes)

    @cached_property
    def proof(self) -> bool:
        found = any(one.what == "proof" for one in self.exposes)
        return found or bool(self.spec.detection or self.spec.accusations)

    @cached_property
    def delivered(self) -> bool:
        """Whether anything asks for what has ever been delivered on."""
        return any(isinstance(one, Condition) and one.is_ == "delivered" for one in self.records)

    @cached_property
    def moves_goods(self) -> bool:
        """Whether any deal hands goods over."""
        return any(sizes(deal) != ("plain",) for deal in self.spec.deals)

    @cached_property
    def plain(self) -> bool:
        """Whether any deal moves no goods."""
        return any(sizes(deal) == ("plain",) for deal in self.spec.deals)

    @cached_property
    def crises(self) -> bool:
        return bool(self.scenario.crises)

    @cached_property
    def blamed(self) -> bool:
        """Whether blame ever ranks the seats."""
        return any(outcome.blame for outcome in self.spec.outcomes)

    @cached_property
    def fixed(self) -> list[s.News]:
        return [card for card in self.spec.news if card.fixed]

    # --- rows -------------------------------------------------------------------------------------------

    @cached_property
    def hidden(self) -> dict[tuple[str, ...], list[str]]:
        """The seats that alone see a track's number → the names of those tracks."""
        found: dict[tuple[str, ...], list[str]] = {}
        for track in self.spec.tracks:
            if track.seen_by:
                found.setdefault(track.seen_by, []).append(self.words.track(track.id))
        return found

    @cached_property
    def banded(self) -> list[str]:
        """The tracks of which all see the band."""
        return [self.words.track(track.id) for track in self.spec.tracks if track.band_public]

    @cached_property
    def secret_rolls(self) -> list[str]:
        """What happens by itself by a roll whose chance the room may not know."""
        return [
            self.words.said(one.title)
            for one in self.spec.triggers
            if any(
                self.scenario.audience(part.reads()) is not None
                for piece in walk("", (), one)
                if isinstance(piece.record, Roll)
                for part in piece.record.modifiers
            )
        ]

    def flags(self) -> list[FlagLine]:
        return flag_lines(self.scenario, self.words)

    def short(self, seat: str) -> str:
        return self.scenario.seats[seat].short

    def aim(self, id_: str) -> str:
        """Return what a printed action may be aimed at."""
        return self.words.target(None, id_)

    def held(self, seat: s.Seat) -> list[tuple[str, int]]:
        """What a seat starts with, and how much more it gets each round."""
        return [
            (self.words.lots(stock.start, good), stock.each)
            for good, stock in seat.goods.items()
            if stock.start or stock.each
        ]

    def terms(self, deal: s.DealTemplate) -> list[tuple[str, list[tuple[str, str]]]]:
        """Size → what each side of a deal gives a round; none of a deal that moves no goods."""
        return [
            (size, [(seat, self.lots(lot)) for seat in deal.between if (lot := terms(deal, size, seat))])
            for size in sizes(deal)
            if size != "plain"
        ]

    def lots(self, given: dict[str, int]) -> str:
        return str(grammar.joined(self.words.lots(count, good) for good, count in given.items() if count))

    def quiet_deal(self, deal: s.DealTemplate) -> bool:
        return sizes(deal) == ("plain",)

    @cached_property
    def lengths(self) -> list[int]:
        """The lengths of a game that the table of lines has."""
        most, usual = self.rules.most_rounds, self.rules.rounds
        found = {3, 4, usual, most, *(one.rounds for one in self.spec.scoring.starts)}
        return sorted(length for length in found if length <= most)

    def line(self, length: int) -> float:
        return line_after(self.scenario, length)

    @cached_property
    def ways(self) -> list[tuple[str, str, str, list[str]]]:
        """Every way from one phase to another, as the turn machine has it: from, by what, to, and when."""
        return [
            (source, trigger, way.dest, [getattr(one.func, "__name__", "?") for one in way.conditions])
            for trigger, event in MACHINE.events.items()
            for source, ways in event.transitions.items()
            for way in ways
        ]

    @cached_property
    def cited(self) -> str:
        """The head of a column of sources: ¶ where each is a paragraph; "" where nothing has a source."""
        spec, listed = self.spec, [card.source for card in self.cards]
        for kind in (spec.tracks, spec.triggers, spec.systems):
            listed += [one.source for one in kind]
        found = set(filter(None, listed))
        return "" if not found else "¶" if all(cited(one).startswith("¶") for one in found) else say.SOURCE

    def cite(self, source: str) -> str:
        return cited(source)

    def behind(self, source: str) -> str:
        """Return a source as it follows other facts."""
        return f" · {cited(source)}" if source else ""

    def do(self, seats: tuple[str, ...], verb: str) -> str:
        """Return a verb, the one for one, as it goes with these seats."""
        return str(grammar.for_several(verb) if len(seats) > 1 else self.words.as_it_does(seats[0], verb))
