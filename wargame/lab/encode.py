"""A window as a row of numbers, and every move as a number: what learners in other libraries are given.

Both are made from the scenario and a seat's `View` alone, never from a state, so a learner knows exactly
what a person in that seat may know. `Encoder.names` says what each number of a row is; `Encoder.moves` what
each number of a seat stands for. `docs/players.md` describes both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, count, product
from typing import NamedTuple, TypeAlias

from wargame.errors import IllegalMove
from wargame.rules.effects.secrets import Locate, Peek
from wargame.rules.moves import (
    Accuse,
    Choose,
    Commit,
    Counter,
    Dial,
    Mark,
    Move,
    Offer,
    Signal,
    Stance,
    Stand,
)
from wargame.rules.options import legal_moves
from wargame.rules.phases import PHASES, card_of
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import known_score, win_line
from wargame.rules.state import Deal, Position
from wargame.rules.view import View

Key: TypeAlias = tuple[str, ...]
"""The name of one number of a row, in parts: `("track", "front", "value")`."""

OFFER = ("to me", "from me", "large", "secret", "rounds", "hold")
DEAL = (
    "running", "left", "large", "secret", "published", "proved", "suspected", "hold",
    "full a", "full b", "broken", "fallen", "done", "times",
)  # fmt: skip
PILES = ("hand", "deck", "committed", "buried")
MARGIN = 5.0
"""Spreads from the line at which a score's number is full (1 or -1)."""
ON_THE_SPOT = ("asked", "found")
"""What a card written on the spot may ask and show that no card of the decks does."""
POINTS = 20.0
UNPAID = 8.0
"""Lots of a shipment at which its number is full."""


class Numbered(NamedTuple):
    """A move that has a number; `path` names the choice it answers ("" for all but `choose`)."""

    move: Move
    path: str = ""


class Encoder:
    """The numbering of one scenario. The same scenario always gives the same.

    A card that a facilitator writes on the spot changes no number: the answers to its question have the
    numbers of their places (0, 1, …) while it is asked, and what only it asks or shows is in no row.

    `size` is the length of the list of moves (the longest seat's; the others' last numbers are never
    legal), `names` has one name a number of a row, in its order.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario = scenario.base
        self.moves = {seat: tuple(_moves(scenario, seat)) for seat in scenario.seat_ids}
        self.size = max(map(len, self.moves.values()))
        self._number = {seat: {one: at for at, one in enumerate(ways)} for seat, ways in self.moves.items()}
        keys = tuple(_keys(scenario, self.size))
        self.names = tuple("/".join(key) for key in keys)
        self._at = {key: at for at, key in enumerate(keys)}

    # --- moves -----------------------------------------------------------------------------------------

    def number(self, seen: View, move: Move) -> int:
        """Return the number of a move of the seat whose window this is. `KeyError` if it has none."""
        if answers := _on_the_spot(seen):
            return dict(zip(answers, count(), strict=False))[move]
        path = asked(seen) if isinstance(move, Choose) else ""
        return self._number[move.seat][Numbered(move, path)]

    def move(self, position: Position, number: int) -> Move:
        """Return the move of that number for the seat to act; `IllegalMove` if it stands for none here.

        That the rules allow it is for `Game.apply` to say.
        """
        seat = position.to_act
        if seat is None:
            raise IllegalMove("The game is over.")
        answers = _on_the_spot(position)
        if not 0 <= number < len(answers or self.moves[seat]):
            raise IllegalMove(f"{seat} has no move of number {number}{' here' if answers else ''}.")
        if answers:
            return answers[number]
        move, path = self.moves[seat][number]
        if path and path != asked(position):
            raise IllegalMove(f"{move}: nobody asks that now ({path}).")
        return move

    def legal(self, seen: View) -> list[int]:
        """Return the numbers that may be played now, in rising order; none unless it is this seat's turn."""
        if seen.to_act is None or seen.to_act != seen.seat:
            return []
        return sorted(self.number(seen, move) for move in legal_moves(seen))

    def mask(self, seen: View) -> list[int]:
        """Return one number a move: 1 where it may be played now."""
        mask = [0] * self.size
        for number in self.legal(seen):
            mask[number] = 1
        return mask

    # --- windows ---------------------------------------------------------------------------------------

    def observe(self, seen: View) -> list[float]:
        """Return the window of a seat as numbers from -1 to 1, in the order of `names`; 0 is unknown."""
        row = [0.0] * len(self.names)
        for key, value in chain(
            _clock(seen), _board(seen), _cards(seen), _bargains(seen), _knowledge(seen), _standing(seen)
        ):
            if key in self._at or key[0] not in ON_THE_SPOT:
                row[self._at[key]] = min(max(float(value), -1.0), 1.0)
        for number in self._done(seen):
            row[self._at["done", str(number)]] = 1.0
        return row

    def _done(self, seen: View) -> Iterator[int]:
        """Yield the numbers of what the seat has laid down, said and set, as far as it still stands."""
        seat = seen.seat
        assert seat is not None
        orders = seen.orders[seat]
        done: list[Move] = [Commit(seat, laid.card, laid.target) for laid in orders.commits]
        done += [Mark(seat, deal, mark) for deal, mark in orders.marks]
        done += [Dial(seat, dial, setting) for dial, setting in seen.dials.items()]
        done += [Stand(seat, stand) for stand in orders.stands]
        done += [Stance(seat, name, own[seat]) for name, own in seen.crises.items() if seat in own]
        done += [Signal(seat, seen.signals[seat])] if seat in seen.signals else []
        done += [Accuse(seat, *seen.accused[seat])] if seat in seen.accused else []
        for offer in seen.offers:
            if offer.proposer == seat:
                terms = offer.template, offer.size, "secret" if offer.secret else "open", offer.rounds
                countered = offer.countered
                done.append(Counter(seat, *terms, offer.more) if countered else Offer(seat, *terms))
        for move in done:
            number = self._number[seat].get(Numbered(move))
            if number is not None:
                yield number


def asked(position: Position) -> str:
    """Return the path of the choice that waits for an answer; "" if none does."""
    return f"{position.stack[-1].path}/{position.stack[-1].at}" if position.stack else ""


def _on_the_spot(position: Position) -> tuple[Move, ...]:
    """Return the answers to a question that only a card written on the spot asks; () if none waits."""
    path, scenario = asked(position), position.scenario
    if not path or path in scenario.base.programs.choices:
        return ()
    return tuple(move for move, _needs in scenario.choose_moves[path])


def _moves(scenario: Scenario, seat: str) -> Iterator[Numbered]:
    """Yield every move that a seat could ever make: by verb, each in the order of the scenario's files."""
    deck = scenario.decks[seat]
    deals = [deal.id for deal in scenario.spec.deals if seat in deal.between]
    groups: Iterable[Iterable[Move]] = chain(
        [scenario.end_moves[seat]],
        (scenario.commit_moves[card] for card in deck),
        (scenario.discard_moves[card] for card in deck),
        [[offer.move for offer in scenario.offer_moves[seat]]],
        chain.from_iterable(scenario.answer_moves[seat, deal] for deal in deals),
        (scenario.mark_moves[seat, deal] for deal in deals),
        (moves for _dial, moves in scenario.dial_moves[seat]),
        (moves for _stand, moves, _needs in scenario.stand_moves[seat]),
        [scenario.signal_moves[seat]],
        ([way.move for way in scenario.counter_moves.get((seat, deal), ())] for deal in deals),
        (scenario.worded_moves.get((seat, deal), ()) for deal in deals),
        [scenario.accuse_moves[seat], scenario.announce_moves[seat]],
        scenario.stance_moves[seat].values(),
    )
    for moves in groups:
        for move in moves:
            yield Numbered(move)
    for path, choices in scenario.choose_moves.items():
        for move, _needs in choices:
            if move.seat == seat:
                yield Numbered(move, path)


def _keys(scenario: Scenario, size: int) -> Iterator[Key]:
    """Yield the names of a row's numbers, in order."""
    seats, spec = scenario.seat_ids, scenario.spec
    deals, cards = tuple(scenario.deals), [card for seat in seats for card in scenario.decks[seat]]
    slots = [str(slot) for slot in range(max(map(len, scenario.decks.values())))]
    agendas = max((sum(a.seat == seat for a in spec.agendas) for seat in seats), default=0)
    yield from product(("seat", "to act", "initiative"), seats)
    yield from (("round",), ("rounds left",))
    yield from product(("phase",), PHASES)
    yield from product(("asked",), scenario.programs.choices)
    yield from product(("track",), scenario.tracks, ("value", "known", "band", "due"))
    yield from product(("good",), scenario.goods)
    yield from product(("influence", "hand", "quiet", "blame", "ruined", "won", "score"), seats)
    yield from product(("slot",), slots, PILES)
    yield from product(("card",), cards, ("discarded", "signalled", "waiting"))
    yield from product(("card",), [card for card in scenario.cards if card in scenario.noted], ("played",))
    yield from product(("drawn",), scenario.news)
    yield ("acted",)
    yield from product(("done",), map(str, range(size)))
    yield from product(("offer",), deals, OFFER)
    yield from product(("deal",), deals, DEAL)
    yield from product(("deal",), (deal.id for deal in spec.deals if deal.first), ("waits", "unpaid"))
    if spec.rules.counters:
        yield from product(("offer",), deals, ("countered",))
        for deal in spec.deals:
            yield from product(("offer", "deal"), (deal.id,), deal.extras)
    yield from ((*key, a, b) for key in (("pact",), ("pact suspected",)) for a, b in combinations(seats, 2))
    yield from product(("flag",), scenario.flags)
    yield from product(("found",), _findable(scenario), ("value", "fresh"))
    yield from product(("agenda",), map(str, range(agendas)))
    yield from (("points",), ("effects due",))


def _findable(scenario: Scenario) -> Iterator[str]:
    """Yield what a card may show a seat of what is hidden from it, in the order of the scenario's effects."""
    found: dict[str, None] = {}
    for effect in chain.from_iterable(scenario.programs.effects.values()):
        if isinstance(effect, Locate):
            inputs = scenario.production[effect.production].inputs
            found |= dict.fromkeys(f"bottleneck {effect.production} {good}" for good in inputs)
        elif isinstance(effect, Peek) and effect.dial:
            settings = scenario.dials[effect.dial].settings
            found |= dict.fromkeys(f"dial {effect.dial} {setting.id}" for setting in settings)
        elif isinstance(effect, Peek):
            found[f"track {effect.track}" if effect.track else f"good {effect.seat}/{effect.good}"] = None
    yield from found


Values: TypeAlias = Iterator[tuple[Key, float]]
"""Names with their numbers; what is not named is 0."""


def _clock(seen: View) -> Values:
    assert seen.seat is not None
    yield ("seat", seen.seat), 1
    if seen.to_act is not None:
        yield ("to act", seen.to_act), 1
    for place, seat in enumerate(seen.order):
        yield ("initiative", seat), 1 - place / len(seen.order)
    yield ("round",), seen.round / seen.rounds
    yield ("rounds left",), (seen.rounds - seen.round) / seen.scenario.spec.rules.most_rounds
    yield ("phase", seen.phase), 1
    if seen.stack:
        yield ("asked", asked(seen)), 1


def _board(seen: View) -> Values:
    scenario, rules = seen.scenario, seen.scenario.spec.rules
    for track, value in seen.tracks.items():
        yield ("track", track, "value"), value / scenario.tracks[track].most
        yield ("track", track, "known"), 1
        yield ("track", track, "band"), _share(scenario, track, scenario.band(track, value))
    for track, band in seen.bands.items():
        yield ("track", track, "band"), _share(scenario, track, band)
    for good, held in seen.goods[seen.seat or ""].items():
        yield ("good", good), held / scenario.goods[good].cap
    for seat in scenario.seat_ids:
        yield ("influence", seat), seen.influence[seat] / rules.influence_cap
        yield ("hand", seat), seen.hand_counts[seat] / max(len(scenario.decks[seat]), 1)
        yield ("quiet", seat), seen.quiet.get(seat, 0) / rules.commits
        yield ("blame", seat), seen.blame[seat] / 10


def _share(scenario: Scenario, track: str, band: int) -> float:
    return (band + 1) / len(scenario.tracks[track].bands)


def _cards(seen: View) -> Values:
    seat = seen.seat or ""
    slots = {card: str(slot) for slot, card in enumerate(seen.scenario.decks[seat])}
    committed = [commit.card for commit in seen.orders[seat].commits if commit.card in slots]
    piles = (seen.hands[seat], seen.decks[seat], committed, seen.buried[seat])
    for pile, cards in zip(PILES, piles, strict=True):
        for card in cards:
            yield ("slot", slots[card], pile), 1
    yield ("acted",), seen.orders[seat].acted
    for card in chain.from_iterable(seen.discards.values()):
        yield ("card", card, "discarded"), 1
    for card in seen.signals.values():
        yield ("card", card, "signalled"), 1
    for card, round_ in seen.played.items():
        yield ("card", card, "played"), 1 / (1 + seen.round - round_)
    for frame in seen.queue:
        if card_of(frame) in seen.scenario.decks.get(frame.who, ()):
            yield ("card", card_of(frame), "waiting"), 1
    left = set(seen.news)
    for card in seen.scenario.news:
        yield ("drawn", card), card not in left


def _bargains(seen: View) -> Values:
    most = seen.scenario.spec.rules.most_rounds
    for offer in seen.offers:
        facts = (
            offer.to == seen.seat, offer.proposer == seen.seat, offer.size == "large", offer.secret,
            offer.rounds / most, offer.hold / 100,
        )  # fmt: skip
        yield from zip(product(("offer",), (offer.template,), OFFER), facts, strict=True)
        if offer.countered:
            yield ("offer", offer.template, "countered"), 1
        if offer.more:
            yield ("offer", offer.template, offer.more), 1
    times: dict[str, int] = {}
    pacts: dict[tuple[str, str], list[Deal]] = {}
    for deal in seen.deals:
        if deal.template == "?":
            pacts.setdefault((deal.a, deal.b), []).append(deal)
            continue
        times[deal.template] = times.get(deal.template, 0) + 1
        newest = (
            deal.status == "running", deal.left / most, deal.size == "large", deal.secret, deal.published,
            deal.proved, seen.seat in deal.suspected, deal.hold / 100, deal.full[0] / most,
            deal.full[1] / most, deal.status == "broken", deal.status == "fallen", deal.status == "done",
            times[deal.template] / 4,
        )  # fmt: skip
        yield from zip(product(("deal",), (deal.template,), DEAL), newest, strict=True)
        if deal.more:
            yield ("deal", deal.template, deal.more), 1
        if deal.unpaid >= 0:
            yield ("deal", deal.template, "waits"), 1
            yield ("deal", deal.template, "unpaid"), deal.unpaid / UNPAID
    for a, b in combinations(seen.scenario.seat_ids, 2):
        unnamed = pacts.get((a, b), []) + pacts.get((b, a), [])
        yield ("pact", a, b), len(unnamed) / 4
        yield ("pact suspected", a, b), any(seen.seat in deal.suspected for deal in unnamed)


def _knowledge(seen: View) -> Values:
    for flag in seen.flags:
        yield ("flag", flag), 1
    for finding in seen.findings:
        fresh = 1 / (1 + seen.round - finding.round)
        what, value = f"{finding.kind} {finding.what}", 1.0
        if finding.kind == "track":
            value = int(finding.value) / seen.scenario.tracks[finding.what].most
        elif finding.kind == "good":
            value = int(finding.value) / seen.scenario.goods[finding.what.rpartition("/")[2]].cap
        else:
            what = f"{what} {finding.value}"
        yield ("found", what, "value"), value
        yield ("found", what, "fresh"), fresh
    effects = 0
    passing: dict[str, int] = {}
    for due in seen.schedule:
        effects += due.path != ""
        if due.path == "" and due.what[0] == "track":
            passing[due.what[-1]] = passing.get(due.what[-1], 0) + due.by
    yield ("effects due",), effects / 5
    for track, by in passing.items():
        yield ("track", track, "due"), by / seen.scenario.tracks[track].most


def _standing(seen: View) -> Values:
    scenario, seat = seen.scenario, seen.seat or ""
    line, scores = win_line(seen), scenario.spec.scoring.seats
    yield ("points",), seen.points[seat] / POINTS
    for other in scenario.seat_ids:
        known = known_score(seen, other, seat)
        yield ("score", other), (known - line) / scores[other].spread / MARGIN
        yield ("ruined", other), other in seen.ruined
        yield ("won", other), other in seen.winners
    own = [agenda.id for agenda in scenario.spec.agendas if agenda.seat == seat]
    if seat in seen.agendas:
        yield ("agenda", str(own.index(seen.agendas[seat]))), 1
