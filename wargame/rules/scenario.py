"""A scenario ready to play: its records by id, its effects compiled, its moves made once and shared.

Built from a checked `Spec`; never changes afterwards. Two scenarios are the same when their hash is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple

from wargame.rules.catalogue import Catalogue
from wargame.rules.conditions import Condition
from wargame.rules.effects.programs import (
    CompiledEffects,
    bind_self,
    bind_target,
    certain_cards,
    certain_influence,
    certain_play,
)
from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Choose,
    Commit,
    Counter,
    Dial,
    Discard,
    End,
    Mark,
    Move,
    Offer,
    Refusal,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.pieces import Deal, Frame
from wargame.rules.predicates import Need, Test, compile_condition
from wargame.rules.spec import DealTemplate, News, Spec, Targets


class OfferMove(NamedTuple):
    """A proposal or counter-offer that a seat could make, taken apart once."""

    move: Offer | Counter
    template: DealTemplate
    other: str
    size: str
    secret: bool
    rounds: int
    more: str = ""


OfferTerms = tuple[str, str, str, bool, int]
"""What an offer comes to: the seat that it is made to, the deal, its size, if it is secret, its rounds."""


class Scenario(Catalogue):
    """The compiled scenario. Never changes; two are the same when their hash is.

    `improvised` holds event cards that the white cell wrote during this game; a scenario that has some was
    made from `base`, whose hash it keeps, and is kept in its `extended` (see `white.with_cards`).
    """

    def __init__(self, spec: Spec, hash_: str = "", texts: Mapping[str, str] | None = None) -> None:
        super().__init__(spec)
        self.hash = hash_
        self.texts = dict(texts or {})
        self.base: Scenario = self
        self.improvised: dict[str, News] = {}
        self.extended: dict[tuple[str, ...], Scenario] = {}
        self.programs = CompiledEffects(self)
        self._compile()

    def __repr__(self) -> str:
        return f"<Scenario {self.id} {self.hash[:8]}>"

    def _compile(self) -> None:
        add = self.programs.add
        owners = {card: seat for seat in self.seat_ids for card in (*self.decks[seat], self.actions[seat].id)}
        for card in self.cards.values():
            seat = owners.get(card.id, "")
            price = certain_influence(self, seat, -card.cost), certain_cards(seat, -1), certain_play(card.id)
            for target in targets(card.targets):
                root = card_root(card.id, target)
                self.programs.laid[root] = seat, price
                add(root, tuple(bind_target(effect, target) for effect in card.effects))
        for news in self.news.values():
            add(f"news/{news.id}", news.effects)
        for name in self.crises:
            self._compile_crisis(name)
        for trigger in self.spec.triggers:
            add(f"trigger/{trigger.id}", trigger.effects)
        for deal in self.spec.deals:
            for moment in ("signed", "each", "short", "broken", "proved", "ended"):
                add(f"deal/{deal.id}/{moment}", getattr(deal, moment))
        for dial in self.spec.dials:
            for setting in dial.settings:
                add(f"dial/{dial.id}/{setting.id}", setting.effects)
        for stand in self.spec.stands:
            add(f"stand/{stand.id}/together", stand.together)
            add(f"stand/{stand.id}/deserted", stand.deserted)
        if self.spec.detection:
            add("detection/suspected", self.spec.detection.suspected)
            add("detection/proved", self.spec.detection.proved)

    def _compile_crisis(self, name: str) -> None:
        crisis = self.crises[name]
        for option, seat in product(crisis.options, self.asked_by(name)):
            bound = bind_self(option.effects, seat)
            self.programs.add(stance_path(name, option.id, seat), bound)
        for at, outcome in enumerate(crisis.outcomes):
            self.programs.add(f"crisis/{name}/{at}", outcome.effects)

    def event_card(self, id_: str) -> News | None:
        """Return an event card of the decks, or one that the white cell wrote on the spot."""
        return self.news.get(id_) or self.improvised.get(id_)

    # --- moves, made once --------------------------------------------------------------------------

    @cached_property
    def end_moves(self) -> dict[str, tuple[End, ...]]:
        return {seat: (End(seat),) for seat in self.seat_ids}

    @cached_property
    def commit_moves(self) -> dict[str, tuple[Commit, ...]]:
        """Card → its commitments, one a target."""
        return {
            card: tuple(Commit(seat, card, t) for t in self.targets_of(card))
            for seat in self.seat_ids
            for card in self.decks[seat]
        }

    @cached_property
    def discard_moves(self) -> dict[str, tuple[Discard, ...]]:
        """Card → the ways to give it up for the printed action."""
        return {
            card: tuple(Discard(seat, card, t) for t in self.targets_of(self.actions[seat].id))
            for seat in self.seat_ids
            for card in self.decks[seat]
        }

    @cached_property
    def counter_moves(self) -> dict[tuple[str, str], tuple[OfferMove, ...]]:
        """(seat, deal) → every counter-offer it could ever make; none where the rules know none."""
        if not self.spec.rules.counters:
            return {}
        return {
            (seat, deal.id): tuple(self._counters_of(seat, deal))
            for deal in self.spec.deals
            for seat in deal.between
        }

    def _counters_of(self, seat: str, deal: DealTemplate) -> Iterator[OfferMove]:
        for offer in self.offer_moves[seat]:
            if offer.template is deal:
                size, secrecy = offer.move.size, offer.move.secrecy
                for more in ("", *deal.extras):
                    move = Counter(seat, deal.id, size, secrecy, offer.rounds, more)
                    yield offer._replace(move=move, more=more)

    @cached_property
    def counter_groups(self) -> dict[OfferTerms, tuple[tuple[Move, ...], tuple[Move, ...]]]:
        """An offer to a seat → the ways to counter it, and the one that would change nothing."""
        return {
            (*to, one.size, one.secret, one.rounds): (
                tuple(other.move for other in ways if other is not one),
                (one.move,),
            )
            for to, ways in self.counter_moves.items()
            for one in ways
            if not one.more
        }

    @cached_property
    def offer_moves(self) -> dict[str, tuple[OfferMove, ...]]:
        """Seat → every proposal it could ever make, in file order."""
        return {seat: tuple(self._offers_of(seat)) for seat in self.seat_ids}

    def _offers_of(self, seat: str) -> Iterator[OfferMove]:
        for deal in self.spec.deals:
            if seat not in deal.between:
                continue
            other = deal.between[seat == deal.between[0]]
            for size, secrecy, rounds in product(sizes(deal), secrecies(deal), deal.rounds):
                move = Offer(seat, deal.id, size, secrecy, rounds)
                yield OfferMove(move, deal, other, size, secrecy == "secret", rounds)

    @cached_property
    def offer_groups(self) -> dict[str, tuple[tuple[DealTemplate, str, tuple[Offer | Counter, ...]], ...]]:
        """Seat → (deal, its other party, the ways to propose it)."""
        return {
            seat: tuple(
                (deal, offers[0].other, tuple(offer.move for offer in offers))
                for deal in self.spec.deals
                if (offers := [offer for offer in self.offer_moves[seat] if offer.template is deal])
            )
            for seat in self.seat_ids
        }

    @cached_property
    def offers_of(self) -> dict[str, tuple[Offer | Counter, ...]]:
        """Seat → every proposal it could ever make, as moves."""
        return {seat: tuple(offer.move for offer in offers) for seat, offers in self.offer_moves.items()}

    @cached_property
    def guarded_deals(self) -> dict[str, tuple[DealTemplate, ...]]:
        """Seat → its deals that need trust or anything else."""
        return {
            seat: tuple(deal for deal, _other, _moves in ways if deal.rung or deal.conditions)
            for seat, ways in self.offer_groups.items()
        }

    @cached_property
    def answer_moves(self) -> dict[tuple[str, str], tuple[tuple[Answer, ...], tuple[Answer, ...]]]:
        """(seat, deal) → yes and no."""
        return {
            (seat, deal.id): (
                (Answer(seat, deal.id, "yes"),),
                (Answer(seat, deal.id, "no"),),
            )
            for deal in self.spec.deals
            for seat in deal.between
        }

    @cached_property
    def worded_moves(self) -> dict[tuple[str, str], tuple[Answer, ...]]:
        """(seat, deal) → the ways to sign it in secret with words, where its pair has several."""
        return {
            (seat, deal.id): tuple(
                Answer(seat, deal.id, "yes", words) for words in self.words_of(*deal.between)
            )
            for deal in self.spec.deals
            if deal.secrecy != "open"
            for seat in deal.between
        }

    @cached_property
    def announce_moves(self) -> dict[str, tuple[Announce, ...]]:
        """Seat → the communiqués that it may publish for nothing."""
        return {
            seat: tuple(
                Announce(seat, other, words)
                for pair in self.spec.pairs
                if seat in pair.between
                for other in pair.between
                if other != seat
                for words in self.words_of(*pair.between)
            )
            for seat in self.seat_ids
        }

    @cached_property
    def _words(self) -> dict[frozenset[str], tuple[str, ...]]:
        return {
            frozenset(pair.between): tuple(str(nth) for nth in range(1, len(pair.communiques) + 1))
            for pair in self.spec.pairs
        }

    def words_of(self, one: str, other: str) -> tuple[str, ...]:
        """Return the numbers of what two seats may say of a secret deal; () where that is not chosen."""
        return self._words.get(frozenset((one, other)), ())

    @cached_property
    def worded(self) -> bool:
        """Tell whether any pair chooses its words."""
        return any(self._words.values())

    @cached_property
    def mark_moves(self) -> dict[tuple[str, str], tuple[Mark, ...]]:
        """(seat, deal) → short (if it gives goods, or a counter-offer may ask it to) and stop."""
        return {
            (seat, deal.id): tuple(
                Mark(seat, deal.id, mark) for mark in (("short", "stop") if gives(deal, seat) else ("stop",))
            )
            for deal in self.spec.deals
            for seat in deal.between
        }

    @cached_property
    def dial_moves(self) -> dict[str, tuple[tuple[str, tuple[Dial, ...]], ...]]:
        """Seat → (dial, its settings as moves) for every dial it holds."""
        return {
            seat: tuple(
                (dial.id, tuple(Dial(seat, dial.id, setting.id) for setting in dial.settings))
                for dial in self.spec.dials
                if dial.seat == seat
            )
            for seat in self.seat_ids
        }

    @cached_property
    def stand_moves(self) -> dict[str, tuple[tuple[str, tuple[Stand, ...], tuple[Need, ...]], ...]]:
        """Seat → (stand, the move, its needs) for every joint undertaking it is part of."""
        return {
            seat: tuple(
                (stand.id, (Stand(seat, stand.id),), needs(f"stand:{stand.id}", stand.needs))
                for stand in self.spec.stands
                if seat in stand.seats
            )
            for seat in self.seat_ids
        }

    @cached_property
    def signal_moves(self) -> dict[str, tuple[Signal, ...]]:
        return {seat: tuple(Signal(seat, card) for card in self.decks[seat]) for seat in self.decks}

    @cached_property
    def signal_groups(self) -> dict[str, tuple[tuple[Signal, ...], tuple[Signal, ...]]]:
        """By seat, the cards that are worth telling of, and those that cost too little for it."""
        least = self.spec.rules.signal_from

        def of(moves: tuple[Signal, ...], big: bool) -> tuple[Signal, ...]:
            return tuple(move for move in moves if (self.cards[move.card].cost >= least) is big)

        return {seat: (of(moves, True), of(moves, False)) for seat, moves in self.signal_moves.items()}

    @cached_property
    def pair_sides(self) -> dict[str, tuple[str, str]]:
        """Pair that may be accused, as `a+b` → its sides, in the order of the seats."""
        spec = self.spec.accusations
        ordered = [sorted(pair, key=self.seat_ids.index) for pair in spec.pairs] if spec else []
        return {f"{a}+{b}": (a, b) for a, b in ordered}

    def secret_deals(self, a: str, b: str) -> list[DealTemplate]:
        """Return the deals that two seats may sign in secret."""
        return [deal for deal in self.spec.deals if set(deal.between) == {a, b} and deal.secrecy != "open"]

    @cached_property
    def accuse_moves(self) -> dict[str, tuple[Accuse, ...]]:
        """Seat → its accusations: each pair of others with each rung on which that may have a secret deal."""
        return {
            seat: tuple(
                Accuse(seat, pair, rung)
                for pair, sides in self.pair_sides.items()
                if seat not in sides
                for rung in sorted({deal.rung for deal in self.secret_deals(*sides)})
            )
            for seat in self.seat_ids
        }

    @cached_property
    def stance_moves(self) -> dict[str, dict[str, tuple[Stance, ...]]]:
        """Seat → crisis → its answers."""
        return {
            seat: {
                name: tuple(Stance(seat, name, option.id) for option in crisis.options)
                for name, crisis in self.crises.items()
                if seat in self.asked_by(name)
            }
            for seat in self.seat_ids
        }

    @cached_property
    def choose_moves(self) -> dict[str, tuple[tuple[Choose, tuple[Need, ...]], ...]]:
        """Path of a choice → its answers with what each needs."""
        return {
            path: tuple(
                (Choose(choice.seat, option.id), needs(f"choice:{path}:{at}", option.needs))
                for at, option in enumerate(choice.options)
            )
            for path, choice in self.programs.choices.items()
        }

    def moves_of(self, seat: str) -> Iterator[Move]:
        """Yield every move of a seat in its own turns that is shared by all games."""
        for card in self.decks[seat]:
            yield from (*self.commit_moves[card], *self.discard_moves[card])
        yield from self.offers_of[seat]
        for deal in self.spec.deals:
            if seat in deal.between:
                yes, no = self.answer_moves[seat, deal.id]
                yield from (*yes, *no, *self.mark_moves[seat, deal.id])
                yield from (way.move for way in self.counter_moves.get((seat, deal.id), ()))
        for _dial, moves in self.dial_moves[seat]:
            yield from moves
        for _stand, stands, _needs in self.stand_moves[seat]:
            yield from stands
        for stances in self.stance_moves[seat].values():
            yield from stances

    @cached_property
    def card_needs(self) -> dict[str, tuple[Need, ...]]:
        """Card → what it needs, for those that need something."""
        return {card.id: needs(f"card:{card.id}", card.needs) for card in self.cards.values() if card.needs}

    @cached_property
    def deal_needs(self) -> dict[str, tuple[Need, ...]]:
        asking = (deal for deal in self.spec.deals if deal.conditions)
        return {deal.id: needs(f"deal:{deal.id}", deal.conditions) for deal in asking}

    @cached_property
    def trigger_frames(self) -> tuple[Frame, ...]:
        """Every trigger as it waits in an upkeep, in file order."""
        return tuple(
            Frame(f"trigger/{one.id}", 0, f"trigger/{one.id}", one.seen_by or None, "")
            for one in self.spec.triggers
        )

    @cached_property
    def fixed_news(self) -> dict[int, tuple[str, ...]]:
        """Round → the event cards that come in it for certain, in the order of the deck."""
        rounds = sorted({card.fixed for card in self.news.values() if card.fixed})
        return {at: tuple(id_ for id_, card in self.news.items() if card.fixed == at) for at in rounds}

    @cached_property
    def news_when(self) -> dict[str, Test]:
        return {card.id: compile_condition(card.when) for card in self.news.values()}

    @cached_property
    def trigger_when(self) -> dict[str, Test]:
        """The path of a trigger → the test of its condition."""
        return {f"trigger/{one.id}": compile_condition(one.when) for one in self.spec.triggers}

    @cached_property
    def ruin_when(self) -> dict[str, Test]:
        return {
            seat: compile_condition(spec.ruin)
            for seat, spec in self.spec.scoring.seats.items()
            if spec.ruin is not None
        }

    @cached_property
    def agenda_when(self) -> dict[str, Test]:
        return {agenda.id: compile_condition(agenda.when) for agenda in self.spec.agendas}

    def targets_of(self, card: str) -> tuple[str, ...]:
        return targets(self.cards[card].targets)


def needs(name: str, conditions: Iterable[Condition]) -> tuple[Need, ...]:
    """Return conditions as tests, each with the refusal that names it."""
    return tuple(
        (compile_condition(condition), Refusal("need", need=f"{name}:{at}"))
        for at, condition in enumerate(conditions)
    )


def targets(spec: Targets | None) -> tuple[str, ...]:
    """Return what a card can be aimed at; one empty target if it needs none."""
    return spec.ids() if spec else ("",)


def card_root(card: str, target: str) -> str:
    """Return the path of a card's program for one target."""
    return f"card/{card}:{target}" if target else f"card/{card}"


def stance_path(crisis: str, option: str, seat: str) -> str:
    """Return the path of what an answer to a crisis brings a seat."""
    return f"crisis/{crisis}/{option}:{seat}"


def sizes(deal: DealTemplate) -> tuple[str, ...]:
    named = [size for size in ("small", "large") if getattr(deal, size) is not None]
    return tuple(named) or ("plain",)


def secrecies(deal: DealTemplate) -> tuple[str, ...]:
    return ("open", "secret") if deal.secrecy == "either" else (deal.secrecy,)


def terms(deal: DealTemplate, size: str, seat: str, more: str = "") -> dict[str, int]:
    """Return what a seat gives each round, with one lot `more` if that is its own."""
    chosen = deal.small if size == "small" else deal.large if size == "large" else None
    given = chosen.get(seat, {}) if chosen else {}
    giver, _, good = more.partition("/")
    return {**given, good: given.get(good, 0) + 1} if giver == seat else given


def due(template: DealTemplate, deal: Deal, seat: str) -> dict[str, int]:
    """Return what a seat owes on a running deal in the upkeep to come (rules: deals).

    Where one side gives first, it owes no shipment once the last is made, and the other pays for the last one
    in proportion to what really came, rounded up.
    """
    given = terms(template, deal.size, seat, deal.more)
    if not template.first:
        return given
    if seat == template.first:
        return {} if deal.unpaid >= 0 and deal.left == 1 else given
    promised = sum(terms(template, deal.size, template.first, deal.more).values())
    shares = {good: -(-count * max(deal.unpaid, 0) // promised) for good, count in given.items()}
    return {good: count for good, count in shares.items() if count}


def gives(deal: DealTemplate, seat: str) -> bool:
    return any(terms(deal, size, seat, more) for size in ("small", "large") for more in ("", *deal.extras))
