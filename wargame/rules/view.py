"""The one window a seat has on the game, and the worlds it can imagine behind it (design 2, promise 4).

`view` leaves out what a seat may not know; `imagine` fills the gaps with something that could be so. The
law: `view(imagine(view(state))) == view(state)`, and both offer the same moves at the same odds. A view
has the fields of a state, so `options` and conditions read either; it keeps no counters that betray others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import chain, compress
from operator import attrgetter, is_not
from typing import Any

from wargame.rules.luck import draw, shuffled
from wargame.rules.options import promised
from wargame.rules.phases import card_of
from wargame.rules.scenario import Scenario, card_root, terms
from wargame.rules.setup import shuffled_inputs
from wargame.rules.state import (
    NO_ORDERS,
    SILENT,
    SLOTS,
    Accusation,
    Deal,
    Due,
    Finding,
    Frame,
    LaidCard,
    Orders,
    PendingOffer,
    State,
)


@dataclass(eq=False, repr=False, slots=True)
class View:
    """What one seat (or, with `seat` None, the whole room) may know now.

    Dicts hold only the keys that are known: own goods, hand, deck, orders, agenda and points; visible
    tracks, with the `bands` of hidden ones that show theirs. `influence` and `hand_counts` of others
    stand still while orders are given. `crises` are those on the table, with the own answer. `queue` is what
    visibly waits, `quiet` how many cards hide in it.
    """

    scenario: Scenario
    seat: str | None
    rounds: int
    round: int
    phase: str
    to_act: str | None
    order: tuple[str, ...]
    turn: int
    tracks: dict[str, int]
    bands: dict[str, int]
    goods: dict[str, dict[str, int]]
    influence: dict[str, int]
    hand_counts: dict[str, int]
    hands: dict[str, tuple[str, ...]]
    decks: dict[str, tuple[str, ...]]
    discards: dict[str, tuple[str, ...]]
    buried: dict[str, tuple[str, ...]]
    news: tuple[str, ...]
    orders: dict[str, Orders]
    dials: dict[str, str]
    signals: dict[str, str]
    offers: tuple[PendingOffer, ...]
    deals: tuple[Deal, ...]
    flags: dict[str, int]
    schedule: tuple[Due, ...]
    findings: tuple[Finding, ...]
    points: dict[str, int]
    blame: dict[str, int]
    agendas: dict[str, str]
    stack: tuple[Frame, ...]
    queue: tuple[Frame, ...]
    quiet: dict[str, int]
    ruined: tuple[str, ...]
    winners: tuple[str, ...]
    outcome: str
    accused: dict[str, Accusation] = field(default_factory=dict)
    crises: dict[str, dict[str, str]] = field(default_factory=dict)
    played: dict[str, int] = field(default_factory=dict)
    menu: object | None = None

    def clone(self) -> View:
        """An independent copy; what is below each field is shared and never changed in place."""
        new = View.__new__(View)
        for name in View.__slots__:
            setattr(new, name, getattr(self, name))
        return new

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, View):
            return NotImplemented
        names = [f.name for f in fields(self) if f.name not in ("scenario", "menu")]
        return self.scenario.hash == other.scenario.hash and all(
            getattr(self, name) == getattr(other, name) for name in names
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<View of {self.seat or 'the room'}, {self.scenario.id} round {self.round} {self.phase}>"


def view(state: State, seat: str | None) -> View:
    """Return what that seat may know; `None` for what the whole room may know."""
    plain = {name: getattr(state, name) for name in PLAIN}
    return View(seat=seat, **plain, **{name: seen(state, seat) for name, (_from, seen) in SEEN.items()})


def _tracks(state: State, seat: str | None) -> dict[str, int]:
    values = state.tracks
    if state.phase == "debrief":
        return dict(values)
    return {track: values[track] for track in state.scenario.seen_tracks[seat][0]}


def _bands(state: State, seat: str | None) -> dict[str, int]:
    scenario, values = state.scenario, state.tracks
    banded = () if state.phase == "debrief" else scenario.seen_tracks[seat][1]
    return {track: scenario.band(track, values[track]) for track in banded}


def _influence(state: State, seat: str | None) -> dict[str, int]:
    """What others have stands still while orders are given."""
    if state.phase not in FROZEN:
        return state.influence
    seen = {other: influence for other, (influence, _cards) in state.shown.items()}
    if seat is not None:
        seen[seat] = state.influence[seat]
    return seen


def _hand_counts(state: State, seat: str | None) -> dict[str, int]:
    if state.phase not in FROZEN:
        return {other: len(hand) for other, hand in state.hands.items()}
    seen = {other: cards for other, (_influence, cards) in state.shown.items()}
    if seat is not None:
        seen[seat] = len(state.hands[seat])
    return seen


FROZEN = ("orders", "answers")


def _dials(state: State, seat: str | None) -> dict[str, str]:
    dials = state.scenario.dials
    return {dial: setting for dial, setting in state.dials.items() if dials[dial].seat == seat}


def _offers(state: State, seat: str | None) -> tuple[PendingOffer, ...]:
    return tuple([offer for offer in state.offers if seat in (offer.proposer, offer.to)])


def _deals(state: State, seat: str | None) -> tuple[Deal, ...]:
    over, rungs = state.phase == "debrief", state.scenario.spec.accusations is not None
    found = [d for deal in state.deals if (d := known_deal(deal, seat, over, rungs)) is not None]
    if state.scenario.worded:  # when what was said would tell what is empty
        found.sort(key=lambda deal: (deal.template == "?", *(_said(deal) if deal.template == "?" else ())))
    return tuple(found)


def _said(deal: Deal) -> tuple[str, str, int, str]:
    return deal.a, deal.b, deal.signed, deal.words


def _flags(state: State, seat: str | None) -> dict[str, int]:
    unseen = state.scenario.unseen_flags[seat]
    return {flag: until for flag, until in state.flags.items() if flag not in unseen}


def _schedule(state: State, seat: str | None) -> tuple[Due, ...]:
    return tuple([_seen_due(due, seat) for due in state.schedule if due.to is None or seat in due.to])


def _findings(state: State, seat: str | None) -> tuple[Finding, ...]:
    return tuple([finding for finding in state.findings if seat in finding.to])


def _queue(state: State, seat: str | None) -> tuple[Frame, ...]:
    return tuple([_seen_frame(f, seat) for f in state.queue if f.to is None or seat in f.to])


def _crises(state: State, seat: str | None) -> dict[str, dict[str, str]]:
    """Whether others have answered stays hidden like what they have said."""
    return {
        name: {seat: given[seat]} if seat is not None and seat in given else {}
        for name, given in state.crises.items()
    }


def _own(name: str, laid_open: bool = False) -> Seen:
    """Return what a seat sees of what each has for itself: its own; in the end all if it is `laid_open`."""

    def seen(state: State, seat: str | None) -> dict[str, Any]:
        all_: dict[str, Any] = getattr(state, name)
        if laid_open and state.phase == "debrief":
            return dict(all_)
        return {seat: all_[seat]} if seat in all_ else {}

    return seen


Seen = Callable[[State, str | None], Any]
"""What a seat may know of something."""

PLAIN = (
    "scenario", "rounds", "round", "phase", "to_act", "order", "turn", "news", "discards", "signals",
    "blame", "ruined", "winners", "outcome", "played",
)  # fmt: skip
"""What everybody may know as it is."""

SEEN: dict[str, tuple[tuple[str, ...], Seen]] = {
    "tracks": (("tracks",), _tracks),
    "bands": (("tracks",), _bands),
    "goods": (("goods",), _own("goods", laid_open=True)),
    "influence": (("influence", "shown", "phase"), _influence),
    "hand_counts": (("hands", "shown", "phase"), _hand_counts),
    "hands": (("hands",), _own("hands")),
    "decks": (("decks",), _own("decks")),
    "buried": (("buried",), _own("buried")),
    "orders": (("orders",), _own("orders")),
    "dials": (("dials",), _dials),
    "offers": (("offers",), _offers),
    "deals": (("deals",), _deals),
    "flags": (("flags",), _flags),
    "schedule": (("schedule",), _schedule),
    "findings": (("findings",), _findings),
    "points": (("points",), _own("points", laid_open=True)),
    "agendas": (("agendas",), _own("agendas", laid_open=True)),
    "accused": (("accused",), _own("accused")),
    "stack": (("stack",), lambda state, seat: tuple([_seen_frame(frame, seat) for frame in state.stack])),
    "queue": (("queue",), _queue),
    "crises": (("crises",), _crises),
    "quiet": (("queue",), lambda state, seat: _quiet(state.queue, seat)),
}
"""All else: field of a view → the fields of the state that it follows, and how. What is laid open in the
debriefing follows from the phase as well, and all of it from the scenario.
"""

_FOLLOWED = tuple(dict.fromkeys(name for names, _seen in SEEN.values() for name in names))
_FOLLOWING = tuple([field for field, (names, _seen) in SEEN.items() if name in names] for name in _FOLLOWED)
_plain, _followed = attrgetter(*PLAIN), attrgetter(*_FOLLOWED)


class Window:
    """A seat's view of a game that goes on, made anew only where the game has changed since the last look."""

    __slots__ = ("_facts", "_plain", "_seen", "seat")

    def __init__(self, seat: str) -> None:
        self.seat = seat
        self._seen: View | None = None
        self._plain: tuple[object, ...] = ()
        self._facts: tuple[object, ...] = ()

    def look(self, state: State) -> View:
        """Return what `view` would. It holds until the next look."""
        plain, facts, known, seen = _plain(state), _followed(state), self._facts, self._seen
        if seen is None or state.phase == "debrief" or state.scenario is not seen.scenario:
            self._seen = seen = view(state, self.seat)
        else:
            if plain != self._plain:
                seen.menu = None
                for name, value, old in zip(PLAIN, plain, self._plain, strict=True):
                    if value is not old:
                        setattr(seen, name, value)
            stale = compress(_FOLLOWING, map(is_not, facts, known))
            for name in set(chain.from_iterable(stale)):
                setattr(seen, name, SEEN[name][1](state, self.seat))
        self._plain, self._facts = plain, facts
        return seen


def known_deal(deal: Deal, seat: str | None, over: bool = False, rungs: bool = False) -> Deal | None:
    """A deal as a seat knows it: whole, as an unnamed agreement of two parties, or not at all.

    `rungs`: suspicion tells the rung.
    """
    if deal.template == "?" and not deal.published and seat != deal.by:
        return None
    whole = (deal.published and not deal.secret) or seat in (deal.a, deal.b) or deal.proved or over
    if whole and (over or not deal.suspected):
        return deal
    suspected = (seat,) if seat is not None and seat in deal.suspected else ()
    if whole:
        return deal if suspected == deal.suspected else deal._replace(suspected=suspected)
    if not deal.published or (deal.words == SILENT and not suspected):
        return None
    return _unnamed(
        deal.a, deal.b, deal.rung if rungs and suspected else 0, deal.signed, suspected, deal.words
    )


@lru_cache(maxsize=1024)
def _unnamed(a: str, b: str, rung: int, signed: int, suspected: tuple[str, ...], words: str) -> Deal:
    """What is known of a secret deal by its communiqué, and the rung if that is."""
    return Deal("?", a, b, rung, "", True, 0, signed, 0, 100, True, "?", suspected=suspected, words=words)


def _seen_frame(frame: Frame, seat: str | None) -> Frame:
    """Odds that were fixed at commitment may hold hidden terms: they stay with their seat."""
    return frame if frame.who == seat or not frame.odds else frame._replace(odds=())


def _seen_due(due: Due, seat: str | None) -> Due:
    return due if due.who == seat or not due.odds else due._replace(odds=())


def _quiet(queue: tuple[Frame, ...], seat: str | None) -> dict[str, int]:
    quiet: dict[str, int] = {}
    for frame in queue:
        if frame.to is not None and seat not in frame.to and frame.path.startswith("card/"):
            quiet[frame.who] = quiet.get(frame.who, 0) + 1
    return quiet


# --- imagined worlds -----------------------------------------------------------------------------------


def imagine(seen: View, luck: int) -> State:
    """A whole state that looks exactly like this view from its seat; another for each `luck`.

    The only source of hidden worlds for bots and searches: nothing of the true state goes into it.
    """
    scenario = seen.scenario
    state = State()
    for f in fields(seen):
        if f.name in SLOTS:
            setattr(state, f.name, getattr(seen, f.name))
    state.menu = state.white = None
    state.seed, state.luck = draw(luck, 0, 0, "imagined seed") >> 1, luck
    dream = _Dream(seen, state.seed)
    state.tracks = dream.tracks()
    state.goods = {seat: seen.goods.get(seat) or dream.goods(seat) for seat in scenario.seat_ids}
    state.shown = {seat: (seen.influence[seat], seen.hand_counts[seat]) for seat in scenario.seat_ids}
    state.points = {seat: seen.points.get(seat, 0) for seat in scenario.seat_ids}
    state.agendas = {
        seat: dealt for seat in scenario.seat_ids if (dealt := seen.agendas.get(seat) or dream.agenda(seat))
    }
    state.dials = {dial: seen.dials.get(dial) or dream.dial(dial) for dial in scenario.dials}
    state.orders = {seat: seen.orders.get(seat, NO_ORDERS) for seat in scenario.seat_ids}
    state.crises = {name: dream.answers(name, given) for name, given in seen.crises.items()}
    state.deals = tuple(dream.deal(deal, at) for at, deal in enumerate(seen.deals))
    dream.piles(state)
    return state


EMPTY = 3
"""Of so many communiqués that may be empty one is imagined to be."""


class _Dream:
    """Draws for one imagined world."""

    def __init__(self, seen: View, seed: int) -> None:
        self.seen, self.seed, self.scenario = seen, seed, seen.scenario
        self.taken = {deal.template for deal in seen.deals}

    def pick(self, purpose: str, who: str, below: int, nth: int = 0) -> int:
        return draw(self.seed, 0, self.seen.round, f"imagine/{purpose}", who, nth) % below

    def tracks(self) -> dict[str, int]:
        """Known values; hidden ones near where they started, inside a band that shows."""
        values = {}
        for track in self.scenario.spec.tracks:
            if track.id in self.seen.tracks:
                values[track.id] = self.seen.tracks[track.id]
                continue
            low, high = max(track.start - 2, 0), min(track.start + 3, track.most)
            if track.id in self.seen.bands:
                low, high = self.scenario.band_range(track.id, self.seen.bands[track.id])
            values[track.id] = low + self.pick("track", track.id, high - low + 1)
        return values

    def goods(self, seat: str) -> dict[str, int]:
        stocks = self.scenario.seats[seat].goods
        held = {
            good: min(stock.start + self.pick("good", f"{seat}.{good}", 3), self.scenario.goods[good].cap)
            for good, stock in stocks.items()
        }
        for made in self.scenario.spec.production:
            if made.seat == seat:
                held |= shuffled_inputs(self.scenario, made.id, self.seed, 1)
        return held

    def agenda(self, seat: str) -> str:
        own = [agenda.id for agenda in self.scenario.spec.agendas if agenda.seat == seat]
        return own[self.pick("agenda", seat, len(own))] if own else ""

    def dial(self, dial: str) -> str:
        settings = self.scenario.dials[dial].settings
        return settings[self.pick("dial", dial, len(settings))].id

    def answers(self, crisis: str, own: dict[str, str]) -> dict[str, str]:
        """Those who have had their orders may have given any answer to a crisis."""
        options, given = self.scenario.crises[crisis].options, dict(own)
        for seat in self.scenario.asked_by(crisis):
            if seat != self.seen.seat and self._has_acted(seat):
                given[seat] = options[self.pick(f"crisis/{crisis}", seat, len(options))].id
        return given

    def deal(self, deal: Deal, at: int) -> Deal:
        """A deal behind a communiqué becomes one of those its parties could have signed."""
        if deal.template != "?" or deal.by:
            return deal
        if (
            deal.words
            and not deal.suspected
            and not self.pick("empty", f"{deal.a}{deal.b}{deal.signed}", EMPTY, at)
        ):
            return deal._replace(by=deal.a)
        between = [t for t in self.scenario.spec.deals if set(t.between) == {deal.a, deal.b}]
        if deal.suspected and self.scenario.spec.accusations:
            between = [template for template in between if template.rung == deal.rung]
        could = [t for t in between if t.secrecy != "open" and t.id not in self.taken] or between
        template = could[self.pick("deal", f"{deal.a}{deal.b}{deal.signed}", len(could), at)]
        fresh = template.id not in self.taken
        self.taken.add(template.id)
        rounds = template.rounds[self.pick("rounds", template.id, len(template.rounds), at)]
        size = "small" if template.small else "large" if template.large else "plain"
        ran = self.seen.round - deal.signed
        left = max(rounds - (max(ran - 1, 0) if template.first else ran), 0)
        waits = template.first and ran and left
        return deal._replace(
            template=template.id,
            rung=template.rung,
            size=size,
            rounds=rounds,
            left=left,
            unpaid=sum(terms(template, size, template.first).values()) if waits else -1,
            status="running" if left and fresh else "done",
        )

    def piles(self, state: State) -> None:
        """Deal every other seat a hand, what lies quietly in the queue, and a deck."""
        seen = self.seen
        queue = list(seen.queue)
        for seat in self.scenario.seat_ids:
            if seat == seen.seat:
                continue
            waiting = {card_of(f) for f in queue if f.who == seat and f.path.startswith("card/")}
            known = set(seen.discards[seat]) | waiting
            pool = [card for card in self.scenario.decks[seat] if card not in known]
            pool = shuffled(pool, self.seed, 0, seen.round, "imagine/pool", seat)
            queue += self._quiet_frames(state, seat, pool)
            state.hands = {**state.hands, seat: tuple(pool[: seen.hand_counts[seat]])}
            state.decks = {**state.decks, seat: tuple(sorted(pool[seen.hand_counts[seat] :]))}
            state.buried = {**state.buried, seat: ()}
            if self._has_acted(seat):
                self._commit_something(state, seat)
        state.queue = tuple(self._in_order(queue))

    def _quiet_frames(self, state: State, seat: str, pool: list[str]) -> list[Frame]:
        """As many quiet cards as are known to wait, taken out of the pool."""
        frames = []
        for _ in range(self.seen.quiet.get(seat, 0)):
            card = next((name for name in pool if self.scenario.cards[name].quiet), None)
            if card is None:
                break
            pool.remove(card)
            root = card_root(card, self.scenario.targets_of(card)[0])
            frames.append(Frame(root, 0, f"card/{card}", (seat,), seat))
        return frames

    def _in_order(self, queue: list[Frame]) -> list[Frame]:
        """Imagined quiet cards come before everything that visibly waits; order among them is theirs."""
        hidden = [f for f in queue if f.to is not None and self.seen.seat not in f.to]
        return hidden + [f for f in queue if f not in hidden]

    def _has_acted(self, seat: str) -> bool:
        seen = self.seen
        if seen.phase == "answers":
            return True
        return seen.phase == "orders" and seat in seen.order[: seen.turn]

    def _commit_something(self, state: State, seat: str) -> None:
        """A seat that has had its orders has probably laid down something it could pay for."""
        purse, hand, commits = state.influence[seat], list(state.hands[seat]), list[LaidCard]()
        for card in state.hands[seat]:
            spec = self.scenario.cards[card]
            if len(commits) == self.scenario.spec.rules.commits or spec.cost > purse:
                continue
            targets = self.scenario.targets_of(card)
            target = targets[self.pick("target", card, len(targets))]
            commits.append(LaidCard(card, target, promised(state, card_root(card, target))))
            purse -= spec.cost
            hand.remove(card)
        state.hands = {**state.hands, seat: tuple(hand)}
        state.influence = {**state.influence, seat: purse}
        state.orders = {**state.orders, seat: NO_ORDERS._replace(commits=tuple(commits))}
