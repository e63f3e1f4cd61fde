"""What happened, for those who may know it: one record a kind, with named fields.

An event has one audience, in `to`, and one content. If two people may know different things there are two
events, and the poorer of them says so: its `twin` is true. If somebody finds out later, that is a new event.
`words` turns an event into a sentence; `to_plain` writes it as exports do.

The records are bare tuples with names, for a playout makes hundreds and reads none. A cause is written
`card/ID`, `news/ID`, `dial/ID/SETTING`, `deal/ID`, `stand/ID`, `trigger/ID`, `production/ID`,
`accusation/SEAT`, `income`, `detection` or `white`, as `white/news/ID` if the white cell has brought it in,
and as `over/CAUSE` where what that did wears off; it is "" where it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from wargame.rules.moves import WhiteMove

Audience: TypeAlias = tuple[str, ...] | None
"""The seats that may know it; `None` means everybody."""

# --- the course of the game ----------------------------------------------------------------------------


class RoundBegan(NamedTuple):
    """A round begins; `order` is the initiative in it."""

    to: Audience
    round: int
    order: tuple[str, ...]


class PhaseBegan(NamedTuple):
    """A phase begins, other than the news, which begin with the round, and the debriefing."""

    to: Audience
    phase: str


class AgendaDealt(NamedTuple):
    """A seat has got its secret agenda."""

    to: Audience
    seat: str
    agenda: str


class NewsCame(NamedTuple):
    """An event card, drawn or brought in by the white cell."""

    to: Audience
    cause: str


class DialWorked(NamedTuple):
    """A secret lever does what it is set to do in a round."""

    to: Audience
    cause: str


class ChoiceAsked(NamedTuple):
    """A seat has to choose; `path` is that of the question."""

    to: Audience
    seat: str
    path: str


class ChoiceMade(NamedTuple):
    """A seat has answered the question at `path`."""

    to: Audience
    seat: str
    path: str
    option: str


class OutcomeCame(NamedTuple):
    """An outcome of the scenario ends the game for everybody, before its time is up."""

    to: Audience
    outcome: str


class GameEnded(NamedTuple):
    """The game is over: by an outcome of the scenario, or because its `time` is up."""

    to: Audience
    outcome: str


class SeatRuined(NamedTuple):
    """A seat plays on but can't win any more."""

    to: Audience
    seat: str


class FinalScored(NamedTuple):
    """A seat's last score: whether it reached its line, and whether it kept its secret agenda."""

    to: Audience
    seat: str
    score: int
    won: bool
    agenda: bool


class LowestHelped(NamedTuple):
    """The seat that is lowest in public score gets influence beyond its income."""

    to: Audience
    seat: str
    bonus: int


# --- cards ---------------------------------------------------------------------------------------------


class CardsDrawn(NamedTuple):
    """A seat draws policy cards."""

    to: Audience
    seat: str
    cards: tuple[str, ...]


class CardLost(NamedTuple):
    """A seat loses a card from its hand."""

    to: Audience
    seat: str
    card: str


class InfluenceSpent(NamedTuple):
    """What a seat has spent in its orders and answers, told at the reveal."""

    to: Audience
    seat: str
    amount: int


class CardRevealed(NamedTuple):
    """A committed card is turned over; a quiet one before its own seat alone."""

    to: Audience
    seat: str
    card: str
    target: str


class QuietMoveMade(NamedTuple):
    """What others see of a card that is turned over quietly."""

    to: Audience
    seat: str
    twin: bool = True


class CardPlayed(NamedTuple):
    """A committed card takes effect."""

    to: Audience
    seat: str
    card: str
    target: str


class CardReturned(NamedTuple):
    """A committed card goes back, for its needs no longer hold."""

    to: Audience
    seat: str
    card: str


class CardSignalled(NamedTuple):
    """A seat tells the table what it will play, true or not."""

    to: Audience
    seat: str
    card: str


class SignalKept(NamedTuple):
    """A seat has laid down the card it told the table."""

    to: Audience
    seat: str
    card: str


class SignalBroken(NamedTuple):
    """A seat has not laid down the card it told the table."""

    to: Audience
    seat: str
    card: str


class StandTaken(NamedTuple):
    """The seats that have joined a joint stand; whether those are all whom it needs."""

    to: Audience
    stand: str
    seats: tuple[str, ...]
    whole: bool


class CrisisAnswered(NamedTuple):
    """The answers to a crisis are laid open: each seat's option, in the order of the seats."""

    to: Audience
    crisis: str
    seats: tuple[str, ...]
    options: tuple[str, ...]


class CrisisEnded(NamedTuple):
    """How the answers have been counted: which of a crisis's outcomes comes, from 0."""

    to: Audience
    crisis: str
    outcome: int


# --- dice ----------------------------------------------------------------------------------------------


class DiceRolled(NamedTuple):
    """A card, event or trigger has rolled at `path`; `works` if the die shows the chance or less.

    `terms` are the parts of the chance in per cent: base, modifiers, limit. To those who may not know all of
    them the twin tells no chance, die and limit, and has None for each hidden part.
    """

    to: Audience
    path: str
    chance: int | None
    die: int | None
    works: bool
    terms: tuple[int | None, ...]
    cause: str
    twin: bool = False


class RungGambled(NamedTuple):
    """Whether a deal on a skipped rung holds, at its first delivery."""

    to: Audience
    deal: str
    chance: int
    die: int
    works: bool
    terms: tuple[int, ...]


class DeliveryWatched(NamedTuple):
    """Whether a secret delivery is noticed; no seat sees this die."""

    to: Audience
    deal: str
    chance: int
    die: int
    works: bool
    terms: tuple[int, ...]


# --- numbers -------------------------------------------------------------------------------------------


class TrackMoved(NamedTuple):
    """A track has moved from `old` to `new`."""

    to: Audience
    track: str
    old: int
    new: int
    cause: str
    twin: bool = False


class BandChanged(NamedTuple):
    """What those hear of a track who can't see it, but know in which band it stands."""

    to: Audience
    track: str
    band: int


class GoodMoved(NamedTuple):
    """A seat's stock of a good has changed from `old` to `new`."""

    to: Audience
    seat: str
    good: str
    old: int
    new: int
    cause: str
    twin: bool = False


class InfluenceMoved(NamedTuple):
    """A seat's influence has changed. While orders are given others see other numbers than the seat."""

    to: Audience
    seat: str
    old: int
    new: int
    cause: str
    twin: bool = False


class PointsGiven(NamedTuple):
    """A seat's score has changed outright."""

    to: Audience
    seat: str
    by: int
    cause: str
    twin: bool = False


class FlagSet(NamedTuple):
    """Something is so from now on, or no longer."""

    to: Audience
    flag: str
    on: bool
    cause: str
    twin: bool = False


class GoodsProduced(NamedTuple):
    """What factories can make this round."""

    to: Audience
    production: str
    units: int


class BottleneckLocated(NamedTuple):
    """The input that holds a production back."""

    to: Audience
    production: str
    good: str


class SecretPeeked(NamedTuple):
    """What a hidden track, a stock (`SEAT/GOOD`) or a lever stands at."""

    to: Audience
    what: str
    value: int | str


# --- deals ---------------------------------------------------------------------------------------------


class DealOffered(NamedTuple):
    """A seat proposes a deal to its partner."""

    to: Audience
    deal: str
    proposer: str
    partner: str
    size: str
    secret: bool
    rounds: int


class OfferCountered(NamedTuple):
    """A seat says yes, but to an offer that its partner has made: `more` is one lot a round, `seat/good`."""

    to: Audience
    deal: str
    proposer: str
    partner: str
    size: str
    secret: bool
    rounds: int
    more: str = ""


class OfferRefused(NamedTuple):
    """The partner turns an offer down."""

    to: Audience
    deal: str
    proposer: str
    partner: str


class OfferLapsed(NamedTuple):
    """The partner has not answered an offer."""

    to: Audience
    deal: str
    partner: str


class DealSigned(NamedTuple):
    """Both sides have signed. `more` is what comes with it each round besides, one lot as `seat/good`."""

    to: Audience
    deal: str
    a: str
    b: str
    size: str
    secret: bool
    rounds: int
    more: str = ""


class DealAnnounced(NamedTuple):
    """An open deal is read out at the reveal, with what comes `more` each round."""

    to: Audience
    deal: str
    a: str
    b: str
    size: str
    rounds: int
    more: str = ""


class CommuniqueIssued(NamedTuple):
    """All that two sides say of a secret deal; one that is published for nothing reads alike.

    `words` is the number of what they say where it is one of several.
    """

    to: Audience
    a: str
    b: str
    words: str = ""


class GoodsDelivered(NamedTuple):
    """What one side of a deal has handed over in a round, of what was due."""

    to: Audience
    deal: str
    giver: str
    taker: str
    good: str
    given: int
    due: int


class DealEnded(NamedTuple):
    """A deal has run its course."""

    to: Audience
    deal: str
    a: str
    b: str


class DealBroken(NamedTuple):
    """A side has gone back on its word."""

    to: Audience
    deal: str
    by: str
    other: str


class DealSuspected(NamedTuple):
    """Some come to suspect a secret deal between two seats, signed in that round.

    `rung` is that of the deal (0: none) where accusations are made, else None.
    """

    to: Audience
    a: str
    b: str
    signed: int
    rung: int | None = None


class DealProved(NamedTuple):
    """A secret deal is laid open; `full` counts each side's full deliveries."""

    to: Audience
    deal: str
    a: str
    b: str
    size: str
    full: tuple[int, int]
    signed: int


class Accused(NamedTuple):
    """A seat's accusation is read out at the reveal: of a secret deal between two others on that rung."""

    to: Audience
    seat: str
    a: str
    b: str
    rung: int
    right: bool


# --- the white cell ------------------------------------------------------------------------------------


class WhiteActed(NamedTuple):
    """The white cell has made a move."""

    to: Audience
    act: WhiteMove


class ArgumentProposed(NamedTuple):
    """A seat (or the table, "") argues for something, written down as a card."""

    to: Audience
    seat: str
    card: str
    cause: str


class ArgumentRuled(NamedTuple):
    """The white cell has ruled on an argument without dice."""

    to: Audience
    seat: str
    card: str
    works: bool
    cause: str


class DieSet(NamedTuple):
    """The white cell has set how the next roll at `path` comes out."""

    to: Audience
    path: str
    works: bool
    cause: str


Event: TypeAlias = (
    RoundBegan | PhaseBegan | AgendaDealt | NewsCame | DialWorked | ChoiceAsked | ChoiceMade
    | OutcomeCame | GameEnded | SeatRuined | FinalScored | LowestHelped
    | CardsDrawn | CardLost | InfluenceSpent | CardRevealed | QuietMoveMade | CardPlayed | CardReturned
    | CardSignalled | SignalKept | SignalBroken | StandTaken | CrisisAnswered | CrisisEnded
    | DiceRolled | RungGambled | DeliveryWatched
    | TrackMoved | BandChanged | GoodMoved | InfluenceMoved | PointsGiven | FlagSet
    | GoodsProduced | BottleneckLocated | SecretPeeked
    | DealOffered | OfferCountered | OfferRefused | OfferLapsed
    | DealSigned | DealAnnounced | CommuniqueIssued
    | GoodsDelivered | DealEnded | DealBroken | DealSuspected | DealProved | Accused
    | WhiteActed | ArgumentProposed | ArgumentRuled | DieSet
)  # fmt: skip

Out: TypeAlias = list[Event]
"""What has happened so far while a move is made."""

Change: TypeAlias = TrackMoved | GoodMoved | InfluenceMoved | PointsGiven | FlagSet
"""What is told to all who see the thing, and its cause only to those who may know that."""

Caused: TypeAlias = Change | DiceRolled | NewsCame | DialWorked | ArgumentProposed | ArgumentRuled | DieSet
"""What names a cause."""

Die: TypeAlias = DiceRolled | RungGambled | DeliveryWatched
"""What tells of a die of a hundred."""

OfSeat: TypeAlias = (
    AgendaDealt | ChoiceAsked | ChoiceMade | SeatRuined | FinalScored | LowestHelped
    | CardsDrawn | CardLost | InfluenceSpent | CardRevealed | QuietMoveMade | CardPlayed | CardReturned
    | CardSignalled | SignalKept | SignalBroken | GoodMoved | InfluenceMoved | PointsGiven
    | ArgumentProposed | ArgumentRuled | Accused
)  # fmt: skip
"""What is about one seat, `seat`."""

Twinned: TypeAlias = Change | DiceRolled | QuietMoveMade
"""What is told in two versions: `twin` is true of the poorer one, which comes after the other."""

Irrevocable: TypeAlias = Die | CardsDrawn | CardLost | BottleneckLocated | SecretPeeked
"""What spends luck or shows something hidden: an undo never passes it."""

KINDS: dict[type[Event], str] = {
    RoundBegan: "round",
    PhaseBegan: "phase",
    AgendaDealt: "agenda",
    NewsCame: "news",
    DialWorked: "dial",
    ChoiceAsked: "asked",
    ChoiceMade: "chose",
    OutcomeCame: "outcome",
    GameEnded: "over",
    SeatRuined: "ruined",
    FinalScored: "final",
    LowestHelped: "lowest",
    CardsDrawn: "drew",
    CardLost: "lost-card",
    InfluenceSpent: "spent",
    CardRevealed: "revealed",
    QuietMoveMade: "quiet",
    CardPlayed: "card",
    CardReturned: "returned",
    CardSignalled: "signal",
    SignalKept: "signal-kept",
    SignalBroken: "signal-false",
    StandTaken: "stood",
    CrisisAnswered: "stances",
    CrisisEnded: "crisis",
    DiceRolled: "rolled",
    RungGambled: "held",
    DeliveryWatched: "watched",
    TrackMoved: "track",
    BandChanged: "band",
    GoodMoved: "good",
    InfluenceMoved: "influence",
    PointsGiven: "points",
    FlagSet: "flag",
    GoodsProduced: "produced",
    BottleneckLocated: "located",
    SecretPeeked: "peeked",
    DealOffered: "offered",
    OfferCountered: "countered",
    OfferRefused: "refused",
    OfferLapsed: "lapsed",
    DealSigned: "signed",
    DealAnnounced: "announced",
    CommuniqueIssued: "communique",
    GoodsDelivered: "delivered",
    DealEnded: "ended",
    DealBroken: "broken",
    DealSuspected: "suspected",
    DealProved: "proved",
    Accused: "accused",
    WhiteActed: "white",
    ArgumentProposed: "proposed",
    ArgumentRuled: "ruled",
    DieSet: "overruled",
}
"""A kind of event → its name in exports, claims and other files."""


def kind_of(event: Event) -> str:
    """Return the name of an event's kind as files have it."""
    return KINDS[type(event)]


def to_plain(event: Event) -> tuple[str, Audience, tuple[object, ...]]:
    """Return an event as exports have it: the name of its kind, its audience, and what it tells, in order.

    Yes and no are 1 and 0, but for an offer's secrecy; a partial roll has 0 for chance and die, and "?" for
    each hidden part.
    """
    facts: tuple[object, ...]
    match event:
        case WhiteActed():
            facts = tuple(event.act.to_plain()[1:])
        case DiceRolled():
            terms = tuple("?" if term is None else term for term in event.terms)
            facts = (event.path, event.chance or 0, event.die or 0, int(event.works), terms, event.cause)
        case DealOffered() | OfferCountered():
            facts = event[1:]
        case DealSuspected(rung=None):
            facts = event[1:4]
        case CommuniqueIssued(words=""):
            facts = event[1:3]
        case DealAnnounced():
            facts = (event.deal, event.a, event.b, event.size, 0, event.rounds, *filter(None, (event.more,)))
        case DealSigned() if not event.more:
            facts = tuple(int(fact) if isinstance(fact, bool) else fact for fact in event[1:-1])
        case _:
            told = event[1:-1] if isinstance(event, Twinned) else event[1:]
            facts = tuple(int(fact) if isinstance(fact, bool) else fact for fact in told)
    return kind_of(event), event.to, facts


# --- who knows, and when -------------------------------------------------------------------------------


def seen_by(event: Event, seat: str | None) -> bool:
    """Tell whether that seat may know it; `None` asks for the whole room."""
    return event.to is None or seat in event.to


def is_twin(event: Event) -> bool:
    """Tell whether it is the poorer version of what the event before it tells to others."""
    return isinstance(event, Twinned) and event.twin


def is_private(event: Event) -> bool:
    """Tell whether some at the table don't know of it. What is poorer than what others know is no secret."""
    return event.to is not None and not is_twin(event) and not isinstance(event, BandChanged)


def common_knowledge(events: Iterable[Event], seats: Iterable[str]) -> Iterator[Event]:
    """Yield what everybody knows of these events, so that the whole room may look.

    Of something that is told in two versions, or only in part to those who can't see a track, the audiences
    together may be the room: then the poorest version is common knowledge. Nobody is told both: where the
    richer one has been left out, what stands before a twin is something else.
    """
    room, heard = frozenset(seats), frozenset[str]()
    for event in events:
        if event.to is not None:
            goes_on = is_twin(event) and heard.isdisjoint(event.to)
            heard = heard.union(event.to) if goes_on else frozenset(event.to)
        if event.to is None or room <= heard or isinstance(event, BandChanged):
            yield event


class Dated(NamedTuple):
    """An event with the round and phase in which it happened."""

    round: int
    phase: str
    event: Event


def dated(events: Iterable[Event], round_: int, phase: str) -> Iterator[Dated]:
    """Yield events with their dates; the first of them happen in that round and phase.

    One move may lead through several of both. The debriefing begins with the last scores.
    """
    for event in events:
        match event:
            case RoundBegan():
                round_, phase = event.round, "news"
            case PhaseBegan():
                phase = event.phase
            case FinalScored():
                phase = "debrief"
        yield Dated(round_, phase, event)
