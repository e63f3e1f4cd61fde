"""What the keys of the YAML files mean: from the records' own docstrings, for editors and for the reference.

A key means the sentences of its record's docstring that name it in backticks. What goes without saying in the
code (an `id`, a `title`) is said here, once for all records, or for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from wargame.content import claims
from wargame.content.check import reference
from wargame.content.exercise_check import RECORDS
from wargame.content.limits import LIMITS
from wargame.rules import spec as s
from wargame.rules.effects.operators import LEFT_OUT, NAMESPACE, OPERATORS, hints
from wargame.rules.spec import Effect, Text

EVERYWHERE = {
    "id": "What other entries call it: small letters, digits, `-` and `_`, a letter first.",
    "name": "What it is called.",
    "title": "What it is called.",
    "text": "What is said of it, in a sentence or two.",
    "source": "Where the argument comes from: a paragraph, a page, a title. A line of at most 60 characters.",
    "label": "What it is called where it is listed.",
    "prompt": "What is asked.",
    "seat": "The seat that it belongs to.",
    "effects": "What it does, in this order.",
    "needs": "What must hold; otherwise it can't be done.",
    "targets": "What it can be aimed at.",
    "places": "The places that light up with it on the map.",
    "cost": "What it costs, in influence (0 to 10).",
    "speed": "When in the resolution it takes effect: 1 first, 5 last.",
    "between": "The two seats.",
    "track": "The track.",
    "good": "The good.",
    "flag": "The flag.",
    "outcome": "The outcome that it ends in.",
    "cards": "How many cards.",
    "rounds": "For how many rounds, or in how many.",
    "at_least": "The least that passes.",
}
"""What a key means wherever its record says no more."""

HERE: dict[tuple[str, str], str] = {
    ("DealMatch", "between"): "Those between these two seats; left out: any.",
    ("DealMatch", "rung"): "Those on this rung of the ladder or above.",
    ("DealMatch", "secret"): "Those that are secret, or those that are not; left out: both.",
    ("Band", "name"): "What the track is said to be there.",
    ("Track", "group"): "The group on the board, an id of `groups`.",
    ("Track", "bands"): "Its named stretches, rising; the last ends at `most`.",
    ("Track", "start"): "Where it stands at the beginning.",
    ("Good", "outrage"): "Nothing reads it any more; older scenarios have it.",
    ("Good", "short"): "Its name on the faces of cards.",
    ("Stock", "start"): "How many it holds at the beginning.",
    ("Stock", "each"): "How many it gets each upkeep.",
    ("Targets", "goods"): "Aimed at one of these goods.",
    ("Targets", "seats"): "Aimed at one of these seats.",
    ("Targets", "tracks"): "Aimed at one of these tracks.",
    ("Targets", "deals"): "Aimed at one of these deals.",
    ("Seat", "capital"): "What its capital is called.",
    ("Seat", "short"): "Its name in narrow places: two or three letters.",
    ("Seat", "symbol"): "One sign that no other seat has.",
    ("Seat", "income"): "The influence that it gets each upkeep.",
    ("Seat", "action"): "The action printed on its board.",
    ("Seat", "wants"): "What it wants, in a sentence, on its page of briefing.",
    ("Seat", "fears"): "What it fears, in a sentence.",
    ("Seat", "briefing"): "The situation as it sees it.",
    ("Seat", "needed"): "Who needs it, and for what.",
    ("Seat", "knows"): "What only it knows.",
    ("Seat", "rule"): "What holds for it alone.",
    ("Seat", "first_turn"): "What to try first.",
    ("Seat", "plans"): "Ways to play it, which bots follow.",
    ("Seat", "named"): 'Its name in the middle of a sentence ("the Free Cities"), if that is another.',
    ("Seat", "plural"): "Whether it takes verbs as several do.",
    ("Calendar", "start"): 'The day on which the first round begins: `"2023"`, `2023-10` or `2023-10-01`.',
    ("Calendar", "years"): "How many years a round is long, if so.",
    ("Calendar", "months"): "How many months a round is long, if so.",
    ("Calendar", "days"): "How many days a round is long, if so.",
    ("Term", "each"): "The points for each step up, or for each lot.",
    ("Term", "track"): "The track: counted from where it starts.",
    ("Term", "good"): "The good: counted as the seat holds it.",
    ("Term", "rung"): "The highest rung run on the ladder, above the first.",
    ("SeatScore", "spread"): "The scatter of its score (`sd` in `wargame simulate`), its ranking's unit.",
    ("Seat", "goods"): "What it may hold, by good.",
    ("Seat", "place"): "Its capital on the map, an id of `places`.",
    ("DealTemplate", "rung"): "Its rung on the ladder; 0: none.",
    ("DealTemplate", "secrecy"): "Whether it can be signed in secret, in the open, or either.",
    ("DealTemplate", "rounds"): "How many rounds it may run; the seats choose one.",
    ("DealTemplate", "needs"): "What must hold for it to be offered.",
    ("Ladder", "between"): "The two seats that climb it.",
    ("Ladder", "names"): "What the rungs are called, the lowest first.",
    ("Ladder", "wants"): "What each rung wants of the track, one for each name.",
    ("Ladder", "skip_base"): "The chance, in per cent, that a rung holds which is not yet earned.",
    ("Ladder", "skip_each"): "What each step that is missing adds to that chance.",
    ("Ladder", "full"): "What a round of full deliveries does to the track.",
    ("Ladder", "short"): "What a short delivery does to the track.",
    ("Ladder", "stop"): "What it does to the track if that seat stops a deal.",
    ("Rung", "name"): "What it is called.",
    ("Rung", "wants"): "How much of the ladder's track it wants.",
    ("Hindsight", "news"): "Event cards, as in `news.yaml`.",
    ("Hindsight", "deals"): "Deals, as in `deals.yaml`.",
    ("Hindsight", "rungs"): "More rungs on top of the ladder.",
    ("Detection", "track"): "The track that makes it likelier.",
    ("Detection", "suspected"): "What happens when a suspicion arises.",
    ("Detection", "proved"): "What happens when a deal is proved.",
    ("Production", "inputs"): "The goods that it needs.",
    ("Production", "seat"): "The seat that has the factories.",
    ("Dial", "seat"): "The seat that sets it.",
    ("Dial", "settings"): "Its positions.",
    ("Dial", "start"): "The id of the setting it has at the beginning.",
    ("SeatScore", "terms"): "The lines of its score.",
    ("SeatScore", "ruin"): "When it is ruined for good.",
    ("Start", "rounds"): "In games of so many rounds.",
    ("Start", "start"): "The points that the seat begins with.",
    ("Scoring", "start"): "The points that each seat begins with.",
    ("Scoring", "win_eight"): "The points above the start that win in eight rounds; in four, half of it.",
    ("Scoring", "ruin_below"): "A seat whose score falls below this is ruined.",
    ("Scoring", "seats"): "How each seat is judged, by its id.",
    ("Scoring", "blame"): "The track that seats are blamed for raising.",
    ("Scoring", "late_breach"): "The points that it costs to break a deal in the last two rounds.",
    ("Epilogue", "fates"): "What becomes of each seat, by its id.",
    ("Link", "between"): "The two places.",
    ("Place", "east"): "How far east, in hundredths of a degree.",
    ("Place", "north"): "How far north, in hundredths of a degree.",
    ("Place", "shows"): "The track that its box shows.",
    ("Window", "west"): "Its western edge.",
    ("Window", "south"): "Its southern edge.",
    ("Window", "north"): "Its northern edge.",
    ("Window", "columns"): "Shown when the map has so many columns.",
    ("Window", "rows"): "Shown when the map has so many rows.",
    ("System", "id"): "Its number, like `S7`.",
    ("Story", "steps"): "The ids of what follows from what.",
    ("Rules", "rounds"): "How many rounds are usually played.",
    ("Rules", "most_rounds"): "How many may be played.",
    ("Rules", "hand"): "How many cards a hand is filled to.",
    ("Rules", "news"): "How many event cards are drawn a round.",
    ("Rules", "commits"): "How many policy cards a seat may commit a round.",
    ("Rules", "offers"): "How many deals a seat may offer a round.",
    ("Rules", "influence"): "The influence that each seat begins with.",
    ("Rules", "influence_cap"): "The most influence that a seat can hold.",
    ("Rules", "lowest_bonus"): "The influence that the lowest public score gets besides its income.",
    ("Spec", "calendar"): "When rounds play.",
    ("Spec", "rules"): "The counts of the turn.",
    ("Spec", "groups"): "The groups in which tracks stand on the board: id → name.",
    ("Spec", "seats"): "The places at the table, in the order of the first round.",
    ("Spec", "tracks"): "The numbers that the story moves.",
    ("Spec", "goods"): "What seats hold.",
    ("Spec", "scoring"): "How seats are judged.",
    ("Spec", "pairs"): "Who can keep a deal secret.",
    ("Spec", "ladder"): "What a deeper deal wants first, for one pair.",
    ("Spec", "detection"): "How secret deliveries come to light.",
    ("Spec", "accusations"): "Who may be accused aloud.",
    ("Spec", "production"): "Factories.",
    ("Spec", "dials"): "Secret levers.",
    ("Spec", "news"): "Event cards, in `news.yaml`.",
    ("Spec", "deals"): "What seats can agree on, in `deals.yaml`.",
    ("Spec", "characters"): "People for empty chairs, in `characters.yaml`.",
    ("Per", "influence"): "Counts the influence of that seat.",
    ("Per", "hand"): "Counts the cards in the hand of that seat.",
    ("Spec", "hints"): "What leads a newcomer on, in `hints.yaml`.",
    ("Spec", "stands"): "Joint undertakings.",
    ("Spec", "flags"): "What cards raise and ask for.",
    ("Spec", "triggers"): "What happens by itself each upkeep.",
    ("Spec", "agendas"): "Secret aims.",
    ("Spec", "epilogues"): "How the story ends; the last has no `when`.",
    ("Spec", "outcomes"): "Ways to end before the last round.",
    ("Spec", "places"): "Spots on the map.",
    ("Spec", "windows"): "What the map shows, the largest first; without any there is no map.",
    ("Spec", "areas"): "Land of an invented world.",
    ("Spec", "links"): "Ways of an invented world.",
    ("Shift", "influence"): "The seat whose influence moves.",
    ("Ease", "toward"): "The value that it steps toward.",
    ("SetTrack", "to"): "The value that it is set to.",
    ("SetFlag", "on"): "Raise it, or take it down.",
    ("Points", "seat"): "The seat that gets them.",
    ("Points", "by"): "How many points; fewer than 0 takes them.",
    ("Roll", "modifiers"): "Why the chance is better or worse.",
    ("Choose", "seat"): "The seat that decides, aloud.",
    ("Choose", "options"): "What it decides between; the first is the answer of a seat that says nothing.",
    ("Vote", "seats"): "The seats that answer, in this order.",
    ("Vote", "yes"): "The answer for it, in words.",
    ("Vote", "no"): "The answer against it, in words; it is the neutral one.",
    ("Vote", "at_least"): "How many must say yes.",
    ("If", "when"): "What is asked when it happens.",
    ("Draw", "seat"): "Whose hand.",
    ("Lose", "seat"): "Whose hand.",
    ("Locate", "production"): "The factories whose bottleneck is shown.",
    ("Expose", "between"): "The two seats whose deal it is.",
    ("Expose", "what"): "One step to light: a suspicion, or proof.",
    ("Break", "by"): "The seat that breaks it.",
    ("Transfer", "from"): "The seat that gives.",
    ("Transfer", "to"): "The seat that gets.",
    ("Chair", "player"): "`person`, `absent`, or a bot: `random`, `greedy`, `greedy/STYLE`, `search:64`.",
    ("Chair", "name"): "The name on the screen.",
    ("Timer", "seconds"): "How many seconds there are (at most 7200).",
    ("Timer", "warning"): "How many seconds before the end the warning comes; 0: none.",
    ("Messages", "each_round"): "How many messages a seat may write in a round (at most 100).",
    ("Messages", "characters"): "How long one may be (at most 280).",
    ("Planned", "round"): "The round in whose news it comes.",
    ("Planned", "card"): "The id of an event card, instead of one written here.",
    ("Question", "id"): "What the record calls it.",
    ("Exercise", "scenario"): "The id of the scenario that it lies beside, or the name of one that ships.",
    ("Exercise", "text"): "For the facilitator.",
    ("Exercise", "seed"): "Fixes all luck; left out: any.",
    ("Exercise", "hindsight"): "Shuffle what was reported afterwards into the news.",
    ("Exercise", "seats"): "Who sits where, by seat; who is not named is a person.",
    ("Exercise", "timers"): "Clocks, by phase: `news`, `talk`, `orders`, `answers`, `resolution`, `upkeep`.",
    ("Exercise", "injects"): "What the facilitator lets happen.",
    ("Exercise", "prompts"): "Reasons that are asked for.",
    ("Exercise", "questions"): "What is to be predicted.",
    ("Act", "size"): "The size of the deal that is signed.",
    ("Act", "secret"): "Whether it is signed in secret.",
    ("Act", "rounds"): "How long the deal runs.",
    ("Act", "seat"): "Who commits the card, or whose good is set.",
    ("Act", "setting"): "What the dial is set to.",
    ("Measure", "track"): "The track that is read.",
    ("Measure", "good"): "The good that is read.",
    ("Measure", "trait"): "What a seat is at the end.",
    ("Test", "measure"): "What is read off each game.",
    ("Test", "goes"): "Whether arm `a` is said to be above arm `b` or below it.",
    ("Test", "least"): "By how much, at the least; above 0.",
    ("Test", "quantile"): "Compare this quantile (0.01 to 0.99) instead of the mean.",
    ("Claim", "paragraph"): "Where it stands in the source.",
    ("Claim", "claim"): "The sentence.",
    ("Claim", "note"): "What the facilitator should know about it.",
    ("Claim", "tests"): "What must all come out its way.",
    ("Level", "track"): "The track.",
    ("Level", "ends"): "At or above its start, or at or below.",
    ("Claims", "arms"): "The ways to play that tests compare.",
    ("Claims", "claims"): "What the source argues.",
    ("Claims", "levels"): "Where tracks end by the source.",
}  # fmt: skip
"""What a key means in one record, where that does not go without saying."""

MODELS: tuple[type[BaseModel], ...] = (
    claims.Act, claims.Arm, claims.Measure, claims.Test, claims.Claim, claims.Level, claims.Claims,
)  # fmt: skip
"""The records of `claims.yaml`, which pydantic makes itself."""

DATACLASSES: tuple[type, ...] = (
    *(value for value in NAMESPACE.values() if isinstance(value, type) and is_dataclass(value)),
    *RECORDS,
)
"""The records of all other files."""

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`¤])")


class Key(NamedTuple):
    """One key of a record: its meaning, the annotation of its value, its default (none: `required`)."""

    name: str
    meaning: str
    hint: Any
    default: Any
    required: bool
    least: int | None = None
    most: int | None = None
    names: str = ""
    """What kind of id it holds."""


def keys_of(record: type) -> tuple[Key, ...]:
    """Return the keys of a record in their order."""
    return tuple(_keys(record))


def _keys(record: Any) -> Iterator[Key]:
    if issubclass(record, BaseModel):
        for name, info in record.model_fields.items():
            key, needed = info.alias or name, info.is_required()
            default = None if needed else info.get_default(call_default_factory=True)
            yield Key(key, meaning(record, key), info.annotation, default, needed)
        return
    known = hints(record)
    for f in fields(record):
        key = f.name.rstrip("_")
        least, most = LIMITS.get(record, {}).get(f.name, (None, None))
        needed = f.default is MISSING and f.default_factory is MISSING and f.name not in LEFT_OUT
        names = reference(record, f.name)
        yield Key(key, meaning(record, key), known[f.name], _default(f), needed, least, most, names)


def _default(f: Field[Any]) -> Any:
    if f.default is MISSING:
        return LEFT_OUT.get(f.name) if f.default_factory is MISSING else f.default_factory()
    return f.default


def meaning(record: type, key: str) -> str:
    """Return what a key of a record means; "" if nobody has said so."""
    said = HERE.get((record.__name__, key))
    if said is None:
        named = (one for one in SENTENCE.split(prose(record)) if f"`{key}`" in one)
        said = " ".join(named) or EVERYWHERE.get(key, "")
    return said


def prose(record: type) -> str:
    """Return the docstring of a record on one line."""
    return " ".join((record.__doc__ or "").split())


def operator_of(record: type) -> str:
    """Return the key of an operator in an effect, "" of any other record."""
    return next((name for name, cls in OPERATORS.items() if cls is record), "")


def shape(hint: Any) -> str:
    """Return in a few words what a value of that type looks like; a record is a link to its own heading."""
    if hint == Effect:
        return "[effect](#effects)"
    if hint == Text:
        return "[text](#text)"
    simple = {int: "whole number", float: "number", str: "text", bool: "true or false"}.get(hint)
    if simple:
        return simple
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, BaseModel)):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if origin is dict:
        return f"mapping of ids to {shape(args[1])}"
    if origin in (list, tuple):
        several = origin is list or args[-1] is Ellipsis
        return f"list of {shape(args[0])}" if several else f"list of {len(args)}: {shape(args[0])}"
    return " or ".join(dict.fromkeys(shape(arg) for arg in args if arg is not type(None)))


def roots() -> dict[str, tuple[str, type, bool]]:
    """Return each file → the name of its schema, the record in it, and whether it is a list of these."""
    lists = {
        "news.yaml": s.News,
        "deals.yaml": s.DealTemplate,
        "systems.yaml": s.System,
        "stories.yaml": s.Story,
        "characters.yaml": s.Character,
        "history.yaml": s.Reported,
        "hints.yaml": s.Hint,
    }
    exercise = next(record for record in RECORDS if record.__name__ == "Exercise")
    return {
        "scenario.yaml": ("scenario", s.Spec, False),
        "<seat>.yaml": ("cards", s.Card, True),
        **{file: (file.removesuffix(".yaml"), record, True) for file, record in lists.items()},
        "hindsight.yaml": ("hindsight", s.Hindsight, False),
        "claims.yaml": ("claims", claims.Claims, False),
        "exercise.yaml": ("exercise", exercise, False),
    }
