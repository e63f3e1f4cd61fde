"""The claims of a scenario as data: what is argued, and the experiment that tests it (`claims.yaml`).

An arm is a way to play: what is forced, forbidden or set, round by round. A test lays one arm beside
another by a measure. `lab.trials` plays arms and reads games, `lab.claims` compares them; here
is only their shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from wargame.content.places import Complaint
from wargame.content.reader import read
from wargame.content.schema import explained, unknown_name
from wargame.content.text import one_text
from wargame.errors import ContentError
from wargame.rules.scenario import Scenario

CLAIMS = "claims.yaml"
DECIMAL = r"^-?\d+\.\d+$"


class Strict(BaseModel):
    """No unknown keys, no conversions, no changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


def _number(value: object) -> object:
    """Decimals are text in our YAML."""
    if isinstance(value, str) and re.fullmatch(DECIMAL, value):
        return float(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[
    float,
    BeforeValidator(_number),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": DECIMAL}]}),
]


class Act(Strict):
    """One thing an arm does. `at`: the rounds in which it is done (0: before the first); () is every round.

    It is exactly one of these. `forbid`: ids of deals, cards and event cards that do not occur. `sign`: a
    deal, as if both had agreed; it holds. `news`: an event card. `commit`: a card, free, aimed at `aim` (an
    id, `bottleneck` or `random`). `stand`: one in which these `seats` take their place and others may not.
    `choose`: an option that is taken wherever it is offered by `of`. `dial`: one, and how it is set. `set`: a
    track, flag or a seat's good, `to` a value or `by` so much. `prove`: every deal of that pair. `keep`:
    deals that nobody stops or shortens. `undetected`: no delivery is noticed. `without`: ids of triggers, or
    labels of modifiers, that do not count.
    """

    at: list[int] = Field(default_factory=list)
    forbid: list[str] | None = None
    sign: str | None = None
    size: str | None = None
    secret: bool = True
    rounds: int = 3
    news: str | None = None
    commit: str | None = None
    seat: str | None = None
    aim: str | None = None
    stand: str | None = None
    seats: list[str] = Field(default_factory=list)
    choose: str | None = None
    of: str | None = None
    dial: str | None = None
    setting: str | None = None
    set: str | None = None
    to: int | None = None
    by: int | None = None
    prove: list[str] | None = None
    keep: list[str] | None = None
    undetected: bool = False
    without: list[str] | None = None


class Arm(Strict):
    """A way to play: `text` says it, `does` does it."""

    id: str
    text: str
    does: list[Act]


class Measure(Strict):
    """What is read off a game. `what` names the kind, the rest says of what.

    `end`: a track. `mean`: a seat's good or a track over the rounds. `score`: a seat. `signed`: deals of
    these `pairs`, from round `since`. `first`: the round of the first event of these `events`, or of a card
    of `cards` by `seats`, or of a place taken in `stand`; one more than the last if there is none.
    `delivered`: `goods` that a seat gave, from round `since`. `setting`: rounds at whose end `dial` stood at
    `setting` or `flag` was raised. Others are shares of games. `share`: that ended with an `outcome`, or the
    `trait` of a seat. `broken`, `unbroken`: whether one of `deals` was. `fell`: whether production was less
    in round `since` than in the one before.
    """

    what: Literal[
        "end",
        "mean",
        "score",
        "signed",
        "first",
        "share",
        "broken",
        "unbroken",
        "delivered",
        "setting",
        "fell",
    ]
    track: str | None = None
    good: str | None = None
    seat: str | None = None
    pairs: list[list[str]] = Field(default_factory=list)
    since: int = 1
    events: list[str] = Field(default_factory=list)
    cards: list[str] = Field(default_factory=list)
    stand: str | None = None
    seats: list[str] = Field(default_factory=list)
    trait: Literal["ruined"] | None = None
    outcome: str | None = None
    deals: list[str] = Field(default_factory=list)
    goods: list[str] = Field(default_factory=list)
    dial: str | None = None
    setting: str | None = None
    flag: str | None = None


SHARES = frozenset({"share", "broken", "unbroken", "fell"})
"""Measures that are 1 or 0 in a game, so that their mean is a share of games."""


class Test(Strict):
    """Arm `a` against arm `b`, by the mean of a measure or one of its quantiles.

    `in` says how the difference is counted: `units`, `sd` (of arm b), `points` (per cent of games), `percent`
    (of b's mean), `times` (the ratio of two shares). With `less`, two more arms, the difference is less the
    one between those; with `than` a second measure, less the same of that.
    """

    measure: Measure
    a: str
    b: str
    goes: Literal["up", "down"]
    least: Number
    in_: Literal["units", "sd", "points", "percent", "times"] = Field(default="units", alias="in")
    quantile: Number | None = None
    less: list[str] = Field(default_factory=list)
    than: Measure | None = None


class Claim(Strict):
    """A sentence of the source, and the tests that must all come out its way."""

    id: str
    paragraph: str
    claim: str
    note: str = ""
    tests: list[Test]


class Level(Strict):
    """Where a track ends by the source: at or above its start, or at or below (`wargame balance` tells)."""

    track: str
    ends: Literal["up", "down"]


QUALITIES = (
    "random_cards", "random_choices", "stand_decides", "random_all", "search_over_greedy", "skill_search",
    "more_playouts", "treachery", "treachery_pays", "rolls", "bases", "modifiers", "first", "won", "outcome",
    "use", "often", "talk", "counter", "accuse", "lead", "decisions", "turn", "level",
)  # fmt: skip
"""What a band may be given for, besides `open_1` and so on; of one subject as `outcome.storm`."""


class Claims(Strict):
    """A whole file; `bands` are what is wanted of qualities, where it is not what is usual (`lab.bands`)."""

    arms: list[Arm]
    claims: list[Claim]
    levels: list[Level] = Field(default_factory=list)
    bands: dict[str, Annotated[list[Number], Field(min_length=2, max_length=2)]] = Field(default_factory=dict)

    def arm(self, id_: str) -> Arm:
        return next(arm for arm in self.arms if arm.id == id_)


NO_CLAIMS = Claims(arms=[], claims=[])


def load_claims(folder: Path, scenario: Scenario) -> Claims:
    """Return the claims of a scenario's folder. `ContentError` with every problem and its place."""
    claims, complaints = check_claims(folder, scenario)
    if claims is None or complaints:
        raise ContentError(complaints)
    return claims


def check_claims(folder: Path, scenario: Scenario) -> tuple[Claims | None, list[Complaint]]:
    """Return the claims of a scenario's folder, if their shape is sound, and every problem in them."""
    raw, refused = one_text(folder / CLAIMS)
    if refused is not None:
        return None, [refused]
    document, complaints = read(raw, CLAIMS)
    if complaints or document is None:
        return None, complaints
    try:
        claims = Claims.model_validate(document.data)
    except ValidationError as error:
        problems = explained(Claims, error)
        return None, [
            (document.key_complaint if at_key else document.complaint)(path, said)
            for path, at_key, said in problems
        ]
    return claims, sorted({document.complaint(place, said) for place, said in _mistakes(claims, scenario)})


Mistake = tuple[tuple[int | str, ...], str]


def _mistakes(claims: Claims, scenario: Scenario) -> Iterator[Mistake]:
    """Yield names that stand for nothing, acts that are none or two, and tests that measure nothing."""
    arms, known = {arm.id for arm in claims.arms}, _known(scenario)
    for nth, arm in enumerate(claims.arms):
        for at, act in enumerate(arm.does):
            place = ("arms", nth, "does", at)
            if sum(getattr(act, kind) not in (None, False) for kind in KINDS) != 1:
                yield place, f"does exactly one of {', '.join(KINDS)}"
            yield from _unknown(act, place, ACTS, known)
    for nth, level in enumerate(claims.levels):
        yield from _unknown(level, ("levels", nth), {"track": "track"}, known)
    yield from _mistakes_of_bands(claims.bands)
    for nth, claim in enumerate(claims.claims):
        if not claim.tests:
            yield ("claims", nth), "a claim needs at least one test"
        for at, test in enumerate(claim.tests):
            place = ("claims", nth, "tests", at)
            named: dict[tuple[int | str, ...], str] = {
                ("a",): test.a,
                ("b",): test.b,
                **{("less", n): arm for n, arm in enumerate(test.less)},
            }
            for below, name in named.items():
                if name not in arms:
                    yield (*place, *below), unknown_name("arm", name, arms)
            yield from (((*place, *below), said) for below, said in _mistakes_of_test(test))
            for key, measure in (("measure", test.measure), ("than", test.than)):
                if measure is not None:
                    yield from (((*place, key), said) for said in _mistakes_of_measure(measure))
                    yield from _unknown(measure, (*place, key), MEASURES, known)


def _known(scenario: Scenario) -> dict[str, Collection[str]]:
    """The ids of each kind that claims may name."""
    actions = [seat.action.id for seat in scenario.seats.values()]
    asking = [*scenario.news, *scenario.cards, *actions]
    return {
        "track": scenario.tracks,
        "good": scenario.goods,
        "seat": scenario.seats,
        "card": [*scenario.cards, *actions],
        "event card": scenario.news,
        "deal": scenario.deals,
        "stand": scenario.stands,
        "dial": scenario.dials,
        **{f"{dial.id}/setting": [one.id for one in dial.settings] for dial in scenario.dials.values()},
        "flag": scenario.flags,
        "outcome": scenario.outcomes,
        "card or deal": [*asking, *scenario.deals],
        "card or trigger": [*asking, *(trigger.id for trigger in scenario.spec.triggers)],
        "track, good or flag": [*scenario.tracks, *scenario.goods, *scenario.flags],
    }


ACTS = {
    "forbid": "card or deal",
    "sign": "deal",
    "news": "event card",
    "commit": "card",
    "seat": "seat",
    "stand": "stand",
    "seats": "seat",
    "of": "card or trigger",
    "dial": "dial",
    "setting": "setting",
    "set": "track, good or flag",
    "prove": "seat",
    "keep": "deal",
}
"""What the names in an act are names of."""

MEASURES = {
    "track": "track",
    "good": "good",
    "goods": "good",
    "seat": "seat",
    "seats": "seat",
    "pairs": "seat",
    "cards": "card",
    "deals": "deal",
    "stand": "stand",
    "dial": "dial",
    "setting": "setting",
    "flag": "flag",
    "outcome": "outcome",
}
"""What the names in a measure are names of."""


def _unknown(
    record: Strict,
    place: tuple[int | str, ...],
    named: Mapping[str, str],
    known: Mapping[str, Collection[str]],
) -> Iterator[Mistake]:
    """Yield the names in a record that stand for nothing, each with its own place."""
    for field, kind in named.items():
        there = known.get(f"{getattr(record, 'dial', '')}/setting" if field == "setting" else kind, ())
        for below, name in _names_in(getattr(record, field)):
            if name not in there:
                yield (*place, field, *below), unknown_name(kind, name, there)


def _names_in(value: Any) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield each name in a value, and its place below it."""
    if isinstance(value, str):
        yield (), value
    for at, part in enumerate(value if isinstance(value, list) else ()):
        yield from (((at, *below), name) for below, name in _names_in(part))


def _mistakes_of_test(test: Test) -> Iterator[Mistake]:
    """Yield what can't be counted as it says."""
    if test.less and len(test.less) != 2:
        yield ("less",), "`less` names two arms"
    if test.least <= 0:
        yield ("least",), "`least` must be above 0; `goes` says in which direction"
    if test.quantile is not None and not 0.01 <= test.quantile <= 0.99:
        yield ("quantile",), "`quantile` must be from 0.01 to 0.99"
    shares = test.measure.what in SHARES and (test.than is None or test.than.what in SHARES)
    if test.in_ in ("points", "times") and not shares:
        yield ("in",), f"`in: {test.in_}` compares shares of games: {', '.join(sorted(SHARES))}"
    if test.in_ == "times" and (test.less or test.than or test.quantile is not None):
        yield ("in",), "`in: times` goes without `less`, `than` and `quantile`"


def _mistakes_of_bands(bands: Mapping[str, Sequence[float]]) -> Iterator[Mistake]:
    """Yield names that are no quality's, and bands that hold nothing."""
    for name, (least, most) in bands.items():
        place = ("bands", name)
        if name.partition(".")[0] not in QUALITIES and not name.startswith("open_"):
            yield place, unknown_name("quality", name, QUALITIES)
        elif least > most:
            yield place, f"the least, {least:g}, is above the most, {most:g}"


def _mistakes_of_measure(measure: Measure) -> Iterator[str]:
    """Yield what a measure lacks."""
    if not any(all(getattr(measure, name) for name in names) for names in NEEDED[measure.what]):
        ways = " or ".join(" and ".join(f"`{name}`" for name in names) for names in NEEDED[measure.what])
        yield f"`what: {measure.what}` needs {ways}"
    if measure.what == "fell" and measure.since < 2:
        yield "`what: fell` needs `since` from 2 on: there is a round before it"


NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "end": (("track",),),
    "mean": (("track",), ("good", "seat")),
    "score": (("seat",),),
    "signed": (("pairs",),),
    "first": (("events",), ("cards", "seats"), ("stand",)),
    "share": (("outcome",), ("trait", "seat")),
    "broken": (("deals",),),
    "unbroken": (("deals",),),
    "delivered": (("goods", "seat"),),
    "setting": (("dial", "setting"), ("flag",)),
    "fell": (("since",),),
}
"""What each kind of measure must be given, one way or another."""


KINDS = (
    "forbid",
    "sign",
    "news",
    "commit",
    "stand",
    "choose",
    "dial",
    "set",
    "prove",
    "keep",
    "undetected",
    "without",
)
"""What an act may do."""


def plain(value: Any) -> str:
    """Return a measure or test in one line, as its data says it."""
    given = value.model_dump(exclude_defaults=True, by_alias=True)
    return ", ".join(f"{key} {part}" for key, part in given.items())
