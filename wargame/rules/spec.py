"""What a scenario is made of, as plain frozen records.

These are the nouns of the YAML format: a key in a deck file is a field here, and the schema that
checks the files is derived from these annotations (design 6). A trailing underscore keeps a field off
a Python keyword and is not part of its YAML name. `Scenario` (in `scenario`) is the compiled whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wargame.rules.conditions import Condition, Read, condition_reads

Text = str | dict[str, str]
"""What a player reads: a string, or one string a language (`en`, `ko`)."""

Moved = tuple[str, ...]
"""What an effect may move that a chance can read: ("track", id), ("good", id, seat), ("flag", id),
("influence", seat), ("hand", seat), ("located",) for the flags of bottlenecks, or ("deals",)."""


class Effect:
    """What a card does: one operator with what it needs (`effects.programs.Operator`)."""

    __slots__ = ()

    def reads(self) -> Iterable[Read]:
        """Yield the ids it names, so that the loader can check them and who may know them."""
        raise NotImplementedError

    def moves(self) -> Iterable[Moved]:
        """Yield what a chance can read that it may move when it happens, not what it sets off for later."""
        return ()


@dataclass(frozen=True, slots=True)
class Modifier:
    """A named reason why a chance is better or worse.

    Either `each` per cent for every step that a `track` (or a `good` of a `seat`) stands above `above`,
    or `add` per cent while `when` holds.
    """

    label: Text
    track: str | None = None
    good: str | None = None
    seat: str | None = None
    above: int = 0
    each: int = 0
    when: Condition | None = None
    add: int = 0

    def reads(self) -> Iterator[Read]:
        if self.track:
            yield ("track", self.track)
        if self.good:
            yield ("good", self.good, self.seat)
        if self.when:
            yield from condition_reads(self.when)


Terms = dict[str, dict[str, int]]
"""What each party gives a round: seat → good → count."""


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a track: from above the band before it up to and including `upto`."""

    upto: int
    name: Text


@dataclass(frozen=True, slots=True)
class Track:
    """A number that everybody's story moves. Always between 0 and `most`.

    `seen_by` names the seats that see its value (empty: all). With `band_public` the others see the
    name of its band. `short` is its name on the faces of cards. One that belongs to a `place` has its number
    beside that on the map.
    """

    id: str
    name: Text
    group: str
    source: str
    bands: tuple[Band, ...]
    start: int = 0
    most: int = 10
    seen_by: tuple[str, ...] = ()
    band_public: bool = False
    places: tuple[str, ...] = ()
    place: str = ""
    text: Text = ""
    short: Text = ""

    @property
    def spots(self) -> tuple[str, ...]:
        """Return the places that light up with it, the one that it belongs to first."""
        return tuple(dict.fromkeys((self.place, *self.places))) if self.place else self.places


@dataclass(frozen=True, slots=True)
class Good:
    """Something a seat holds a count of, between 0 and `cap`. Goods are private to their holder.

    `output` is the number of production units one lot takes to make (0: not made in factories).
    `fire` is what a lot adds to the buyer's good named by the production's `fire` when it is received.
    """

    id: str
    name: Text
    source: str
    cap: int = 8
    output: int = 0
    fire: int = 0
    outrage: int = 0
    text: Text = ""
    short: Text = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a seat holds of a good at the start, and what it gets each upkeep."""

    start: int = 0
    each: int = 0


@dataclass(frozen=True, slots=True)
class Targets:
    """What a card may be aimed at: exactly one of these lists; `target` in its effects stands for it."""

    goods: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()

    def ids(self) -> tuple[str, ...]:
        return self.goods or self.seats or self.tracks or self.deals


@dataclass(frozen=True, slots=True)
class Action:
    """The action printed on a seat's board: discard a card and pay `cost` to do it."""

    id: str
    title: Text
    source: str
    text: Text
    effects: tuple[Effect, ...]
    cost: int = 2
    speed: int = 4
    targets: Targets | None = None
    needs: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to play a seat. `values` are what bots that follow it care for besides, as in `SeatScore`."""

    id: str
    title: Text
    text: Text
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table and what it starts with.

    Its page of briefing: `briefing` (the situation), `wants`, `fears`, `needed` (who needs you, and for
    what), `knows` (what only you know), `rule` (what holds for it alone), `first_turn`, and its `plans`.
    `named` is its name in the middle of a sentence ("the Free Cities"), if it is not the name alone; with
    `plural` it takes verbs as several do. `lands` are the countries, by their three letters (ISO 3166), that
    the map shows in its colour.
    """

    id: str
    name: Text
    capital: Text
    short: str
    symbol: str
    income: int
    wants: Text
    fears: Text
    briefing: Text
    action: Action
    needed: Text = ""
    knows: Text = ""
    rule: Text = ""
    first_turn: Text = ""
    plans: tuple[Plan, ...] = ()
    lands: tuple[str, ...] = ()
    named: Text = ""
    plural: bool = False
    goods: dict[str, Stock] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A policy card in a seat's own deck. `quiet`: others see only that something was done.

    `once`: it comes to a hand once a game, and never back from the discards.
    """

    id: str
    title: Text
    source: str
    cost: int
    speed: int
    text: Text
    effects: tuple[Effect, ...]
    quiet: bool = False
    once: bool = False
    targets: Targets | None = None
    needs: tuple[Condition, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrisisOption:
    """One answer to a crisis. Its `effects` are what it brings each seat that gives it (`self`)."""

    id: str
    label: Text
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """At least so many seats have given the answer `option`."""

    option: str
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class CrisisOutcome:
    """How a crisis ends when its answers are counted. The last has no `when` and comes if no other does."""

    effects: tuple[Effect, ...] = ()
    when: Tally | None = None


@dataclass(frozen=True, slots=True)
class Crisis:
    """A question that `seats` (empty: all) answer in secret with their orders; all answers decide.

    Who says nothing gives the first of the `options`. The first of the `outcomes` that fits comes, when the
    answers are told, before any card takes effect.
    """

    prompt: Text
    options: tuple[CrisisOption, ...]
    outcomes: tuple[CrisisOutcome, ...]
    seats: tuple[str, ...] = ()

    def ends_with(self, answers: Sequence[str]) -> int:
        """Return which of the outcomes these answers of all seats come to."""
        for at, outcome in enumerate(self.outcomes):
            if outcome.when is None or answers.count(outcome.when.option) >= outcome.when.at_least:
                return at
        return len(self.outcomes) - 1


@dataclass(frozen=True, slots=True)
class News:
    """An event card. It is drawn only in rounds where `when` holds, each at most once a game.

    With a `crisis` it asks all seats at once. One that is `fixed` is not drawn: it comes in that round,
    before those that are. Nor is one that is `aside`, unless an effect calls it (`news`).
    """

    id: str
    title: Text
    source: str
    text: Text
    effects: tuple[Effect, ...]
    when: Condition | None = None
    places: tuple[str, ...] = ()
    crisis: Crisis | None = None
    fixed: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class DealTemplate:
    """An agreement two seats can sign (rules: deals).

    `small` and `large` say what each gives a round; with neither it is a quiet deal that moves no goods.
    `pays` are the points both get for each round it runs, over all its signings, until the list is paid
    out; `kept` those at the end if it was never broken.
    `signed`, `each` (a full delivery by both), `short` (one that was less), `broken`, `proved` and `ended`
    are effects at that moment.
    `route` are the places that what it moves passes, from the first of the two seats to the second.
    With `first` that seat gives first, and the other pays in the next round for what was really given.
    `extras` are what a counter-offer may add to it: one lot a round of a side's good, each as `seat/good`.
    With `once` it can't be proposed again when it has been signed.
    """

    id: str
    title: Text
    source: str
    text: Text
    between: tuple[str, str]
    rung: int = 0
    small: Terms | None = None
    large: Terms | None = None
    secrecy: Literal["either", "open", "secret"] = "either"
    rounds: tuple[int, ...] = (2, 3)
    needs: tuple[Condition, ...] = ()
    pays: tuple[int, ...] = ()
    kept: int = 0
    signed: tuple[Effect, ...] = ()
    each: tuple[Effect, ...] = ()
    short: tuple[Effect, ...] = ()
    broken: tuple[Effect, ...] = ()
    proved: tuple[Effect, ...] = ()
    ended: tuple[Effect, ...] = ()
    places: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    first: str = ""
    once: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that must hold for it to be proposed: its `needs`, and of one for `once` that it is new."""
        new = Condition(not_=Condition(deal=self.id, is_="signed"))
        return (*self.needs, new) if self.once else self.needs


@dataclass(frozen=True, slots=True)
class Pair:
    """Two seats that can keep a deal secret, and what the public hears instead.

    One phrase, `communique`, covers every secret deal of the pair, so that it gives nothing away. Or there
    are several, `communiques`: whoever signs picks one of them or none, and either seat may publish one for
    nothing.
    """

    between: tuple[str, str]
    source: str
    communique: Text = ""
    communiques: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a deeper deal wants first: each rung of `track`; and what keeping or breaking does to it."""

    source: str
    track: str
    between: tuple[str, str]
    names: tuple[Text, ...]
    wants: tuple[int, ...]
    skip_base: int
    skip_each: int
    full: int
    short: int
    stop: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rung:
    """One more rung on top of the ladder: its name, and how much of the ladder's `track` it wants."""

    name: Text
    wants: int


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What came after the source was written: its news, and deals and rungs that nobody had before.

    A deck that is a plain list holds news alone.
    """

    news: tuple[News, ...]
    deals: tuple[DealTemplate, ...] = ()
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """How secret deliveries come to light: first a suspicion for the seats in `by`, then proof for all.

    A delivery is noticed with `base` per cent, `each` for every step of the track above `above` (less for
    those below), and `rung` for every rung of the deal above the first; from `least` to `most`.
    """

    source: str
    by: tuple[str, ...]
    track: str
    base: int
    each: int
    rung: int
    least: int
    most: int
    above: int = 0
    suspected: tuple[Effect, ...] = ()
    proved: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Accusations:
    """What seats may accuse others of, aloud at the reveal: the `pairs` whose secret deals may be named.

    An accusation costs the seat `cost` influence, and brings it `right` points or costs it `wrong`. With
    them a suspicion tells the rung of the deal.
    """

    pairs: tuple[tuple[str, str], ...]
    cost: int = 1
    right: int = 3
    wrong: int = 3


@dataclass(frozen=True, slots=True)
class Production:
    """Factories: each round they make the least of `capacity` and the inputs, in units.

    `shuffle` holds the inputs' hidden starting values in an order that luck decides. Running deals are
    served first; what is left becomes `rest`. `fire` names the good that received arms turn into.
    """

    id: str
    seat: str
    source: str
    capacity: int
    inputs: tuple[str, ...]
    shuffle: tuple[int, ...]
    rest: str
    fire: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One position of a dial."""

    id: str
    title: Text
    text: Text
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Dial:
    """A secret lever that one seat sets each round; it stays where it was left."""

    id: str
    seat: str
    title: Text
    source: str
    settings: tuple[Setting, ...]
    start: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A joint undertaking: every seat in `seats` must secretly stand in the same round.

    All of them: `together`. Some but not all: `deserted`. It is offered while `needs` hold.
    """

    id: str
    title: Text
    source: str
    text: Text
    seats: tuple[str, ...]
    needs: tuple[Condition, ...] = ()
    together: tuple[Effect, ...] = ()
    deserted: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that happens by itself each upkeep while `when` holds. In file order, once each.

    `seen_by` names the seats that learn the cause (empty: all); everybody sees what public tracks do.
    """

    id: str
    title: Text
    source: str
    effects: tuple[Effect, ...]
    text: Text = ""
    when: Condition | None = None
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no that cards set and read. `seen_by` and `short` as for tracks."""

    id: str
    text: Text = ""
    seen_by: tuple[str, ...] = ()
    short: Text = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a seat's score: `each` points a step of something from its start.

    Exactly one of: `track` (change from its start), `good` of the seat (count held), `rung` (highest
    rung run on the ladder above the first). `most` caps the steps counted upwards.
    """

    label: Text
    each: int
    track: str | None = None
    good: str | None = None
    rung: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class SeatScore:
    """How a seat is judged. `spread` is the usual scatter of its score, the unit of its ranking.

    `values` are rules of thumb for bots, in tenths of a point a unit: what a track or good is worth to the
    seat beyond what its terms say. Another seat's good is written `seat/good`.
    """

    terms: tuple[Term, ...]
    spread: int
    ruin: Condition | None = None
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a seat's score starts in a game of so many rounds, if not where all start."""

    rounds: int
    seat: str
    start: int


@dataclass(frozen=True, slots=True)
class Scoring:
    """Where scores start, what wins and what ruins; `ruin_costs` is what a ruined seat loses at the end.

    `starts` make a shorter or longer game fair, in which some seats have their points earlier than others.
    """

    source: str
    start: int
    win_eight: int
    ruin_below: int
    seats: dict[str, SeatScore]
    blame: str
    late_breach: int = 3
    ruin_costs: int = 0
    starts: tuple[Start, ...] = ()

    def start_of(self, seat: str, rounds: int) -> int:
        """Return the points that a seat has before a game of so many rounds begins."""
        own = (one.start for one in self.starts if (one.rounds, one.seat) == (rounds, seat))
        return next(own, self.start)


@dataclass(frozen=True, slots=True)
class Agenda:
    """A secret aim, one dealt to each seat; worth `worth` points at the end if `when` holds."""

    id: str
    seat: str
    title: Text
    source: str
    text: Text
    when: Condition
    worth: int = 4


@dataclass(frozen=True, slots=True)
class Epilogue:
    """How the story ends; the first whose `when` holds is told."""

    id: str
    title: Text
    source: str
    text: Text
    when: Condition | None = None
    fates: dict[str, Text] = field(default_factory=dict)


TIME = "time"
"""The outcome of a game whose last round is over; no scenario declares it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way in which effects may end the game (`end`), before its last round or in it.

    `text` is what all are told then. The seats in `wins` win whatever their score; with `line` so does who
    has reached its line, as after the last round; with neither nobody wins. The ruined never do. With `blame`
    seats rank by how little they have raised `scoring.blame` in public.
    """

    id: str
    title: Text
    text: Text
    wins: tuple[str, ...] = ()
    line: bool = False
    blame: bool = False

    @property
    def lost(self) -> bool:
        """Whether nobody wins."""
        return not (self.wins or self.line)


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of land on a map of an invented world: a `ring` of points, `x, y, x, y …`, each once.

    It has the colour of a `seat`, if it is one's. With areas or links a map is of an invented world: numbers
    are on a plane of its own, to the east and to the north, and up to 9000 from its middle.
    """

    id: str
    ring: tuple[int, ...]
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two places on a map of an invented world, drawn as a line."""

    between: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on the map, in hundredths of a degree, or as an invented world has it.

    With an `edge` it is a box in that corner, for what lies beyond it, and may show a track.
    """

    id: str
    name: Text
    east: int = 0
    north: int = 0
    edge: Literal["north-west", "north-east", "south-west", "south-east"] | None = None
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """What the map shows when it has so many columns and rows, in hundredths of a degree.

    Over the date line `east` goes on beyond 18000.
    """

    west: int
    east: int
    south: int
    north: int
    columns: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class System:
    """Something that the source argues, and what at the table carries it.

    `carried_by` are ids of cards, news, deals, triggers, dials, stands or productions.
    """

    id: str
    title: Text
    source: str
    text: Text
    carried_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A chain: what tends to follow from what, as ids of the same kinds in their order."""

    id: str
    title: Text
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """Something that was publicly reported to have happened, to lay beside a game when it is over.

    `date` is a year, month or day (`"2023"`, `2023-11`, `2023-11-21`), `round` the round of that quarter, 0
    for what came before the first.
    """

    id: str
    date: str
    round: int
    source: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Character:
    """A person of the story who may play a seat for a bot: what they care for besides the score.

    `style` names the kind (such as `hawk`), once a seat; `values` are as in `SeatScore` and laid over them.
    """

    id: str
    seat: str
    style: str
    name: Text
    text: Text
    values: dict[str, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When rounds play: what a round is called, and for each a label or its days.

    `round` stands in sentences ("a quarter", "a moon"). `labels` has one for each round of the longest game.
    Else the first round begins on the day `start` (`"2023"`, `2023-10` or `2023-10-01`), and each is so many
    `years`, `months` or `days` long.
    """

    round: Text
    labels: tuple[Text, ...] = ()
    start: str = ""
    years: int = 0
    months: int = 0
    days: int = 0


HintPage = Literal[
    "first", "know", "news", "choice", "orders", "discard", "tell", "desk", "answers", "reveal", "resolution",
    "upkeep", "world", "end",
]  # fmt: skip
"""A page of the play that a hint can stand on."""
Deed = Literal["commit", "discard", "offer", "answer", "mark", "dial", "stand", "signal", "stance", "end"]
"""What a seat does in a turn, by the verb of its move."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that a seat has done in this round: the `deed`, and of what (`of`, an id) if it matters.

    `of` is the card of a commit, discard or signal, the deal of an offer, answer or mark, the crisis of a
    stance, the dial or the stand.
    """

    deed: Deed
    of: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """One line that leads the person in `seat` on, above the foot of a `page`: do this next.

    The first one of the file that is due is shown. It is due when all this is so. The round is `round` (0:
    any). The condition `when` holds. The seat has the card `holds` in its hand. The row `lit` is (`card:`
    with a card's id, or `card` for any; `none`: nothing is). The deed `can` be done. All in `after` has been
    done this round. It ends when anything in `until` has been done, else with its page. It yields to a
    refusal, and to whoever asks why. A letter that stands alone is a key.
    """

    id: str
    seat: str
    page: HintPage
    text: Text
    round: int = 0
    when: Condition | None = None
    holds: str = ""
    lit: str = ""
    can: Deed | None = None
    after: tuple[Done, ...] = ()
    until: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The counts of the turn; with `counters` an offer may be answered by a counter-offer (rules: deals).

    `first` says who begins the first round: the first seat of the scenario, or one that is drawn. `odds` are
    the chances that rolls may start from, in per cent; with such a list each is told with its word (long
    shot, even, likely, nearly sure), and `wargame check` warns of others. The table can be told about cards
    that cost at least `signal_from` (0: all cards), which pays or costs `signal` influence.
    """

    rounds: int
    most_rounds: int
    hand: int
    news: int
    commits: int
    offers: int
    influence: int
    influence_cap: int
    lowest_bonus: int = 1
    signal: int = 1
    signal_from: int = 0
    counters: bool = False
    odds: tuple[int, ...] = ()
    first: Literal["fixed", "drawn"] = "fixed"


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole scenario as written: `scenario.yaml` and the decks beside it.

    `hindsight` holds news of what was reported later. It is empty unless that deck was asked for, and then
    shuffled into the news; its deals stand behind the others, its rungs on top of the ladder.

    `systems` and `stories` change nothing in play; they say what the decks are for. Nor does `history`,
    which the debrief lays beside a game, nor do `hints`, which lead a person through a first game.
    """

    id: str
    title: Text
    source: str
    text: Text
    calendar: Calendar
    rules: Rules
    groups: dict[str, Text]
    seats: tuple[Seat, ...]
    tracks: tuple[Track, ...]
    goods: tuple[Good, ...]
    scoring: Scoring
    pairs: tuple[Pair, ...] = ()
    ladder: Ladder | None = None
    detection: Detection | None = None
    accusations: Accusations | None = None
    production: tuple[Production, ...] = ()
    dials: tuple[Dial, ...] = ()
    stands: tuple[Stand, ...] = ()
    flags: tuple[Flag, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    agendas: tuple[Agenda, ...] = ()
    epilogues: tuple[Epilogue, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    places: tuple[Place, ...] = ()
    windows: tuple[Window, ...] = ()
    areas: tuple[Area, ...] = ()
    links: tuple[Link, ...] = ()
    news: tuple[News, ...] = ()
    hindsight: tuple[News, ...] = ()
    cards: dict[str, tuple[Card, ...]] = field(default_factory=dict)
    deals: tuple[DealTemplate, ...] = ()
    systems: tuple[System, ...] = ()
    stories: tuple[Story, ...] = ()
    characters: tuple[Character, ...] = ()
    history: tuple[Reported, ...] = ()
    hints: tuple[Hint, ...] = ()
