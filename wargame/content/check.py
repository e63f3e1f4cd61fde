"""What the shape of a file cannot say: ids that exist, secrets that are kept, cards that can be played.

Works on the built records, part by part, and reports the place of each problem as a file and a path in its
data. A part that could not be built is left out; whatever can be said of the others without it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, NamedTuple, get_args

from wargame.content.ground import Ground, Path, Piece, ids_of, walk
from wargame.content.limits import beyond, unforeseen
from wargame.content.schema import LARGEST, did_you_mean, unknown_name
from wargame.rules import spec as s
from wargame.rules.calendar import day_of, days_of, last_day_of, round_of
from wargame.rules.conditions import (
    NUMBERS,
    Condition,
    DealIs,
    DealMatch,
    Number,
    Per,
    Read,
    condition_reads,
    subject,
)
from wargame.rules.effects.bargains import Break
from wargame.rules.effects.flow import Choose, Each, End, If, Roll
from wargame.rules.effects.programs import HERE, SELF, bind_self, bind_target
from wargame.rules.effects.rounds import CallNews
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Points, SetTrack, Shift
from wargame.rules.effects.votes import Vote
from wargame.rules.moves import WHITE
from wargame.rules.scenario import Scenario, card_root, sizes, targets, terms

ID = re.compile(r"[a-z][a-z0-9_-]{0,47}")
NUMBERED = re.compile(r"S[1-9][0-9]?")
LONGEST_SOURCE = 60
LONGEST_HINT = 116
"""Characters; a hint has two lines of eighty columns, with its name and how to send it away."""
OF_DEEDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("commit", "discard", "signal"), ("card", "")),
    **dict.fromkeys(("offer", "answer", "mark"), ("deal", "deals")),
    "stance": ("crisis", "news"),
    "dial": ("dial", "dials"),
    "stand": ("stand", "stands"),
}
"""What a deed is done with, and the section that says what there is of it ("": the seat's own cards)."""
ALOUD = ("news", "choice", "reveal", "resolution", "upkeep", "world")
"""Pages of hints that all may read."""


class Problem(NamedTuple):
    """Something wrong: the file, the path in its data, a sentence, and another place it is `also` about."""

    file: str
    path: Path
    message: str
    also: tuple[str, Path] | None = None


def check_parts(ground: Ground) -> list[Problem]:
    """Return all problems of a scenario, in what there is of it."""
    checker = _Checker(ground)
    checker.ids()
    checker.references()
    checker.shapes()
    checker.whole()
    sound = _sound_rest(ground, checker.found)
    rest = checker if sound is ground else _Checker(sound)
    rest.secrets(Scenario(rest.spec))
    return checker.found if rest is checker else [*checker.found, *rest.found]


def _sound_rest(ground: Ground, found: Iterable[Problem]) -> Ground:
    """What is left without the parts that are wrong, and those that name one of these, and so on."""
    problems = list(found)
    while problems or ground.missing:
        wrong = {
            (problem.file, problem.path[:depth])
            for problem in problems
            for depth in range(len(problem.path) + 1)
        }
        parts = tuple(part for part in ground.parts if (part.file, part.path) not in wrong)
        ground = Ground(parts, ids_of(parts))
        checker = _Checker(ground)
        checker.references()
        problems = checker.found
    return ground


ONCE_ROUND = 36_000
"""Hundredths of a degree."""

REFERENCES: dict[tuple[type, str], str] = {
    (s.Track, "seen_by"): "seat",
    (s.Track, "places"): "place",
    (s.Track, "place"): "place",
    (s.Track, "group"): "group",
    (s.Flag, "seen_by"): "seat",
    (s.Trigger, "seen_by"): "seat",
    (s.Targets, "goods"): "good",
    (s.Targets, "seats"): "seat",
    (s.Targets, "tracks"): "track",
    (s.Targets, "deals"): "deal",
    (s.Seat, "goods"): "good",
    (s.Seat, "place"): "place",
    (s.Card, "places"): "place",
    (s.News, "places"): "place",
    (s.DealTemplate, "between"): "seat",
    (s.DealTemplate, "small"): "seat",
    (s.DealTemplate, "large"): "seat",
    (s.DealTemplate, "places"): "place",
    (s.DealTemplate, "route"): "place",
    (s.Place, "shows"): "track",
    (s.Area, "seat"): "seat",
    (s.Link, "between"): "place",
    (s.Pair, "between"): "seat",
    (s.Ladder, "track"): "track",
    (s.Ladder, "between"): "seat",
    (s.Ladder, "stop"): "seat",
    (s.Detection, "by"): "seat",
    (s.Detection, "track"): "track",
    (s.Production, "seat"): "seat",
    (s.Production, "inputs"): "good",
    (s.Production, "rest"): "good",
    (s.Production, "fire"): "good",
    (s.Dial, "seat"): "seat",
    (s.Stand, "seats"): "seat",
    (s.Scoring, "seats"): "seat",
    (s.Start, "seat"): "seat",
    (s.Scoring, "blame"): "track",
    (s.Crisis, "seats"): "seat",
    (Each, "seats"): "seat",
    (Each, "tracks"): "track",
    (Vote, "seats"): "seat",
    (CallNews, "card"): "news",
    (s.Agenda, "seat"): "seat",
    (s.Hint, "seat"): "seat",
    (s.Epilogue, "fates"): "seat",
    (s.Outcome, "wins"): "seat",
    (s.System, "carried_by"): "part",
    (s.Story, "steps"): "part",
}
"""Fields that hold ids, by record; a name here that is not a field fails at import of the tests."""

ANYWHERE = {
    "track": "track",
    "good": "good",
    "seat": "seat",
    "influence": "seat",
    "hand": "seat",
    "deal": "deal",
    "card": "card",
    "flag": "flag",
    "production": "production",
    "dial": "dial",
    "from_": "seat",
    "to": "seat",
    "by": "seat",
    "suspected_by": "seat",
    "outcome": "outcome",
    "between": "seat",
}
"""Fields of operators, conditions, modifiers and terms that hold ids (when they hold text)."""

Subjects = dict[str, dict[str, tuple[str, ...]]]
"""What a record may be about: the field that says it → the fields that go with it alone → what these may be
(nothing: anything)."""

ANY: tuple[str, ...] = ()
BOUNDS = {"at_least": ANY, "at_most": ANY}
COMPARED = {**BOUNDS, "over": ANY}
OF_A_DEAL = {"is_": get_args(DealIs), "seat": ANY}
OF_THE_BOARD: Subjects = {"track": {}, "good": {"seat": ANY}, "influence": {}, "hand": {}}
SUBJECTS: dict[type, Subjects] = {
    Shift: {"track": {}, "good": {"seat": ANY}, "influence": {}},
    Peek: {"track": {}, "good": {"seat": ANY}, "dial": {}},
    s.Modifier: {
        "track": {"each": ANY, "above": ANY},
        "good": {"seat": ANY, "each": ANY, "above": ANY},
        "when": {"add": ANY},
    },
    Each: {"seats": {}, "tracks": {}},
    Number: OF_THE_BOARD,
    Per: OF_THE_BOARD,
    Condition: {
        "track": COMPARED,
        "good": {"seat": ANY, **COMPARED},
        "influence": COMPARED,
        "hand": COMPARED,
        "flag": {},
        "deal": OF_A_DEAL,
        "deals": {**OF_A_DEAL, **BOUNDS},
        "round": BOUNDS,
        "dial": {"setting": ANY},
        "card": {"rounds": ANY},
        "seat": {"is_": ("ruined",)},
        "all": {},
        "any": {},
        "not_": {},
    },
}
"""Records that are about exactly one of several things, for as long as the game is not over."""


def reference(record: type, name: str) -> str:
    """Return the kind of id that a field of a record holds, or "" if it holds none."""
    kind = REFERENCES.get((record, name), "")
    named = issubclass(record, s.Effect | s.Modifier | s.Term | Condition | Number | DealMatch)
    return kind or (ANYWHERE.get(name, "") if named else "")


NAMED: dict[type, str] = {
    s.Seat: "seat",
    s.Track: "track",
    s.Good: "good",
    s.Place: "place",
    s.Card: "card",
    s.DealTemplate: "deal",
    s.Dial: "dial",
    s.Outcome: "outcome",
}
"""Records with a name or a title beside their id, and what they are called in a complaint."""

WITHIN_A_TURN = {"influence": "influence", "hand": "a hand", "dial": "a dial"}

OWN_IDS = ("Option", "Setting", "Plan", "CrisisOption")
"""Records whose ids need be unique only beside each other."""


def stands_for_target(name: str) -> bool:
    """Return whether `bind_target` puts a card's target in place of this word."""
    return name == "target" or name.endswith("-target")


def _read(read: Read) -> str:
    """What an operator looks at, as a complaint names it."""
    kind, what, *of = read
    if kind in ("influence", "hand"):
        return f"the {kind} of `{what}`"
    if kind == "deals":
        return "secret deals"
    return f"the {kind} `{what}`" + "".join(f" of `{seat}`" for seat in of)


def _brought_by_an_answer(piece: Piece) -> bool:
    """Whether this stands in what an answer to a crisis brings, where `self` is who gives it."""
    return piece.path[1:3] == ("crisis", "options")


class _Checker:
    def __init__(self, ground: Ground) -> None:
        self.spec, self.missing = ground.spec, ground.missing
        self.found: list[Problem] = []
        self.pieces = [piece for part in ground.parts for piece in walk(part.file, part.path, part.record)]
        self.aimed = {
            (piece.file, (*piece.path, "effects"))
            for piece in self.pieces
            if isinstance(piece.record, s.Card | s.Action) and piece.record.targets
        }
        self.looped = {
            (piece.file, (*piece.path, "effects" if isinstance(piece.record, Each) else "each")): piece.record
            for piece in self.pieces
            if isinstance(piece.record, Each | Vote)
        }
        self.quiet = {card.id for deck in self.spec.cards.values() for card in deck if card.quiet}
        self.known = {kind: names or () for kind, names in ground.known.items()}
        self.unsure = {kind for kind, names in ground.known.items() if names is None}

    def say(self, piece: Piece, message: str, *below: str | int) -> None:
        self.found.append(Problem(piece.file, (*piece.path, *below), message))

    def of(self, *kinds: type) -> Iterator[Piece]:
        return (piece for piece in self.pieces if isinstance(piece.record, kinds))

    # --- ids and references ----------------------------------------------------------------------------

    def ids(self) -> None:
        """Every id is well formed and used once within its kind."""
        seen: dict[tuple[str, str], Piece] = {}
        for piece in self.pieces:
            name = getattr(piece.record, "id", None)
            if not isinstance(name, str) or type(piece.record).__name__ in OWN_IDS:
                continue
            kind = {"Action": "Card"}.get(type(piece.record).__name__, type(piece.record).__name__)
            if isinstance(piece.record, s.System):
                if not NUMBERED.fullmatch(name):
                    self.say(piece, f"`{name:.40}` is no number of a system, like `S7`", "id")
            elif not ID.fullmatch(name):
                self.say(piece, f"`{name:.40}` is no id: small letters, digits, - and _, letter first", "id")
            if isinstance(piece.record, s.Seat) and name == WHITE:
                self.say(piece, f"`{WHITE}` is no id for a seat: the facilitator goes by it", "id")
            if isinstance(piece.record, s.Seat) and name == SELF:
                self.say(piece, f"`{SELF}` is no id for a seat: who answers a crisis goes by it", "id")
            if isinstance(piece.record, s.Track) and name == HERE:
                self.say(piece, f"`{HERE}` is no id for a track: the one whose turn it is goes by it", "id")
            if stands_for_target(name):
                self.say(piece, f"`{name:.40}` is no id: `target` stands for what a card is aimed at", "id")
            first = seen.setdefault((kind, name), piece)
            if first is not piece:
                said = f"give one of them another id: `{name}` is used already"
                there = (first.file, (*first.path, "id"))
                self.found.append(Problem(piece.file, (*piece.path, "id"), said, there))

    def references(self) -> None:
        """Every id that is named exists."""
        for piece in self.pieces:
            self._references_of(piece)
        for piece in [piece for piece in self.pieces if isinstance(piece.record, s.Card | s.Action)]:
            aims = piece.record.targets.ids() if piece.record.targets else ()
            known = {name for kind in ("good", "seat", "track", "deal") for name in self.known[kind]}
            for target in (target for target in aims if target in known):
                effects = tuple(bind_target(effect, target) for effect in piece.record.effects)
                for inner in walk(piece.file, (*piece.path, "effects"), effects):
                    self._references_of(inner)

    def _references_of(self, piece: Piece) -> None:
        for f in fields(piece.record):
            if kind := reference(type(piece.record), f.name):
                self._named(piece, f.name, kind)

    def _loop(self, piece: Piece, over: str) -> tuple[str, ...]:
        """The seats that `self`, or the tracks that `here` stands for, if this stands in a loop over some."""
        around = (self.looped.get((piece.file, piece.path[:depth])) for depth in range(len(piece.path) + 1))
        return next((getattr(each, over, ()) for each in around if each), ())

    def _in_aimed_card(self, piece: Piece) -> bool:
        """Whether this stands in the effects of a card with targets; there it is checked once a target."""
        return any((piece.file, piece.path[:depth]) in self.aimed for depth in range(len(piece.path) + 1))

    def _named(self, piece: Piece, name: str, kind: str) -> None:
        value = getattr(piece.record, name)
        key = name.rstrip("_")
        if value == "" == type(piece.record).__dataclass_fields__[name].default:
            return
        if isinstance(value, str):
            self._exists(piece, value, kind, key)
        elif isinstance(value, tuple):
            for at, part in enumerate(value):
                self._exists(piece, part, kind, key, at)
        elif isinstance(value, dict):
            for part, inner in value.items():
                self._exists(piece, part, kind, key, part)
                if isinstance(inner, dict):
                    for good in inner:
                        self._exists(piece, good, "good", key, part, good)

    def _exists(self, piece: Piece, name: str, kind: str, *below: str | int) -> None:
        if name == s.TIME and kind == "outcome" and isinstance(piece.record, Condition):
            return
        if name == SELF and kind == "seat" and (_brought_by_an_answer(piece) or self._loop(piece, "seats")):
            return
        if name == HERE and kind == "track" and self._loop(piece, "tracks"):
            return
        if kind in self.unsure or (stands_for_target(name) and self._in_aimed_card(piece)):
            return
        if stands_for_target(name) and name not in self.known[kind]:
            self.say(piece, f"`{name:.40}` stands for one of a card's `targets`, and there are none", *below)
        elif name not in self.known[kind]:
            meant = self._called.get((kind, name.casefold()), "")
            self.say(piece, unknown_name(kind, name, self.known[kind], meant), *below)

    @cached_property
    def _called(self) -> dict[tuple[str, str], str]:
        """Ids by what stands on the board instead: the name, the title, the short name of a thing."""
        shown = (
            (kind, text.casefold(), piece.record.id)
            for piece in self.pieces
            for kind in (NAMED.get(type(piece.record)),)
            for text in (getattr(piece.record, name, None) for name in ("name", "title", "short"))
            if kind and isinstance(text, str)
        )
        return {(kind, text): id_ for kind, text, id_ in shown}

    # --- shapes ----------------------------------------------------------------------------------------

    def shapes(self) -> None:
        """What each record asks of itself, and of its surroundings if they are there."""
        rules: dict[type, Callable[[Piece], None]] = {
            Condition: self._condition,
            Number: self._good_of_a_seat,
            Per: self._good_of_a_seat,
            s.Track: self._track,
            s.Targets: self._targets,
            s.Term: self._term,
            Shift: self._shift,
            SetTrack: self._set_track,
            Points: self._moves,
            If: self._if,
            Peek: self._peek,
            Break: self._break,
            s.Modifier: self._modifier,
            Choose: self._choose,
            Roll: self._roll,
            Each: self._each,
            Vote: self._vote,
            s.DealTemplate: self._deal,
            s.Crisis: self._crisis,
            s.Dial: self._dial,
            s.Production: self._production,
            s.Ladder: self._ladder,
            s.Rung: self._rung,
            s.Accusations: self._accusations,
            s.Pair: self._pair,
            Locate: self._locate,
            Expose: self._expose,
            s.Rules: self._rules,
            s.Seat: self._stocks,
            s.SeatScore: self._values,
            s.Plan: self._values,
            s.Character: self._values,
            s.Reported: self._reported,
            s.Calendar: self._calendar,
            s.Window: self._window,
            s.Area: self._area,
            s.Link: self._link,
            s.Hint: self._hint,
        }
        for piece in self.pieces:
            rule = rules.get(type(piece.record))
            if rule:
                rule(piece)
            for path, problem in beyond(piece.record):
                self.say(piece, problem, *path)
            source = getattr(piece.record, "source", None)
            if isinstance(source, str) and (len(source) > LONGEST_SOURCE or "\n" in source):
                said = f"a source is a line of at most {LONGEST_SOURCE} characters, like `p7` or a title"
                self.say(piece, said, "source")
            if isinstance(piece.record, s.Card | s.Action):
                self._card(piece)

    def _values(self, piece: Piece) -> None:
        if self.unsure & {"track", "good", "seat"}:
            return
        known = [*self.known["track"], *self.known["good"]]
        known += [f"{seat}/{good}" for seat in self.known["seat"] for good in self.known["good"]]
        for name in piece.record.values:
            if name not in known:
                self.say(piece, unknown_name("track or good", name, known), "values", name)

    def _reported(self, piece: Piece) -> None:
        """The date is one, and the round is the one in which its last day falls."""
        day = last_day_of(piece.record.date)
        if day is None:
            self.say(piece, "a date is a year, a month or a day, like `2023-11-21`", "date")
        if day is None or "calendar" in self.missing:
            return
        round_ = round_of(self.spec.calendar, day)
        if round_ is not None and piece.record.round != round_:
            self.say(piece, f"{piece.record.date} falls in round {round_}", "round")

    def _calendar(self, piece: Piece) -> None:
        """Labels for all rounds, or a first day and one length."""
        calendar = piece.record
        lengths = [name for name in ("years", "months", "days") if getattr(calendar, name)]
        if calendar.labels:
            if calendar.start or lengths:
                self.say(piece, "has `labels`, or a `start` and a length, not both", "labels")
            most = self.spec.rules.most_rounds if "rules" not in self.missing else len(calendar.labels)
            if len(calendar.labels) < most:
                said = f"needs a label for each round, {most} of them, and has {len(calendar.labels)}"
                self.say(piece, said, "labels")
            return
        if day_of(calendar.start) is None:
            self.say(piece, "needs `labels`, or a `start` like `2023-10`: a year, a month or a day", "start")
        if len(lengths) != 1:
            self.say(piece, "says how long a round is by one of `years`, `months` and `days`")
        elif "rules" not in self.missing and day_of(calendar.start) is not None:
            last = days_of(calendar, self.spec.rules.most_rounds)
            if last is None:
                self.say(piece, "goes on beyond the year 9999", "start")

    def _one_of(self, piece: Piece, *names: str) -> bool:
        given = [name for name in names if getattr(piece.record, name)]
        if len(given) != 1:
            self.say(piece, f"needs exactly one of {', '.join(f'`{name}`' for name in names)}")
        return len(given) == 1

    def _good_of_a_seat(self, piece: Piece) -> None:
        one = self._one_of(piece, *SUBJECTS[type(piece.record)])
        if one and bool(piece.record.good) != bool(piece.record.seat):
            self.say(piece, "a good and its `seat` go together")

    def _condition(self, piece: Piece) -> None:
        if not subject(piece.record):
            self.say(piece, "asks about nothing, or about several things at once: use `all` or `any`")
        elif piece.record.good and not piece.record.seat:
            self.say(piece, "whose? a condition on a good needs a `seat`")
        elif piece.record.is_ == "suspected" and not piece.record.seat:
            self.say(piece, "who suspects? `suspected` needs a `seat`")
        elif (
            piece.record.seat
            and subject(piece.record) == "seat"
            and piece.record.is_ not in ("ruined", "won")
        ):
            self.say(piece, "a condition on a seat needs `is: ruined` or `is: won`")
        about = subject(piece.record)
        numbers = piece.record.at_least is not None or piece.record.at_most is not None
        if about in (*NUMBERS, "round") and not numbers:
            self.say(piece, "how much? it needs `at_least` or `at_most`")
        if piece.record.over and about not in NUMBERS:
            self.say(piece, "only a number is `over` another: a track, a good, influence or a hand", "over")
        if bool(piece.record.setting) != (about == "dial"):
            self.say(piece, "a `dial` and its `setting` go together")
        if piece.record.rounds is not None and about != "card":
            self.say(piece, "only a `card` was played in the last so many `rounds`", "rounds")
        if piece.record.card in self.quiet:
            self.say(piece, f"`{piece.record.card}` is quiet: nobody else can tell when it is played", "card")
        self._setting(piece)

    def _setting(self, piece: Piece) -> None:
        """A dial has the setting that is asked for."""
        dial = next((dial for dial in self.spec.dials if dial.id == piece.record.dial), None)
        names = [setting.id for setting in dial.settings] if dial else []
        if piece.record.setting and names and piece.record.setting not in names:
            self.say(piece, unknown_name("setting", piece.record.setting, names), "setting")

    def _rules(self, piece: Piece) -> None:
        rules = piece.record
        if rules.rounds > rules.most_rounds:
            self.say(piece, f"plays {rules.rounds} rounds, and at most {rules.most_rounds}", "rounds")
        if rules.influence > rules.influence_cap:
            self.say(piece, f"starts over the cap of {rules.influence_cap}", "influence")

    def _cap(self, good: str) -> int:
        """The most that a seat holds of it; of a good that is not there nothing is said."""
        return next((one.cap for one in self.spec.goods if one.id == good), LARGEST)

    def _stocks(self, piece: Piece) -> None:
        for good, stock in piece.record.goods.items():
            if stock.start > self._cap(good):
                self.say(piece, f"starts over the cap of {self._cap(good)}", "goods", good, "start")

    def _track(self, piece: Piece) -> None:
        track = piece.record
        ends = [band.upto for band in track.bands]
        if not ends or ends != sorted(set(ends)) or ends[-1] != track.most:
            self.say(piece, f"the bands must rise and the last end at {track.most}", "bands")
        if not 0 <= track.start <= track.most:
            self.say(piece, f"starts at {track.start}, outside 0 to {track.most}", "start")

    def _targets(self, piece: Piece) -> None:
        self._one_of(piece, "goods", "seats", "tracks", "deals")

    def _term(self, piece: Piece) -> None:
        self._one_of(piece, "track", "good", "rung")

    def _shift(self, piece: Piece) -> None:
        self._good_of_a_seat(piece)
        self._moves(piece)

    def _moves(self, piece: Piece) -> None:
        if not piece.record.by:
            self.say(piece, "moves nothing: `by` is 0", "by")

    def _if(self, piece: Piece) -> None:
        if not piece.record.then + piece.record.otherwise:
            self.say(piece, "does nothing: neither `then` nor `otherwise` has an effect")

    def _peek(self, piece: Piece) -> None:
        self._good_of_a_seat(piece)
        self._shown(piece)

    def _shown(self, piece: Piece) -> None:
        if not piece.record.to:
            self.say(piece, "who is shown it? name a seat", "to")

    def _break(self, piece: Piece) -> None:
        deal = next((deal for deal in self.spec.deals if deal.id == piece.record.deal), None)
        by = piece.record.by
        if deal and by in self.known["seat"] and by not in deal.between:
            self.say(piece, f"`{by}` is no party to this deal", "by")

    def _set_track(self, piece: Piece) -> None:
        meant = self._loop(piece, "tracks") if piece.record.track == HERE else (piece.record.track,)
        most = min((one.most for one in self.spec.tracks if one.id in meant), default=LARGEST)
        if not 0 <= piece.record.to <= most:
            self.say(piece, f"must be 0 to {most}, not {piece.record.to}", "to")

    def _modifier(self, piece: Piece) -> None:
        record = piece.record
        self._good_of_a_seat(piece)
        if bool(record.when) != bool(record.add) or bool(record.track or record.good) != bool(record.each):
            wrong = "add" if record.add and not record.when else "each" if record.each else "when"
            self.say(piece, "a `track` or `good` goes with `each`, a `when` with `add`", wrong)

    def _roll(self, piece: Piece) -> None:
        if bool(piece.record.margin) != bool(piece.record.triumph or piece.record.disaster):
            row = "triumph" if piece.record.triumph else "disaster" if piece.record.disaster else ""
            lacking = f"`{row}` needs a `margin`, such as `margin: 25`"
            said = lacking if row else "a `margin` goes with a `triumph` or a `disaster`"
            self.say(piece, said, row or "margin")

    def _each(self, piece: Piece) -> None:
        """Each once; its dice would have one chance under many names, so they are thrown outside."""
        self._one_of(piece, "seats", "tracks")
        for over in ("seats", "tracks"):
            if len(set(names := getattr(piece.record, over))) != len(names):
                self.say(piece, f"names each of the {over} once", over)
        if any(isinstance(inner.record, Roll | Each | Vote) for inner in walk("", (), piece.record.effects)):
            self.say(piece, "has no `roll`, no `vote` and no other `each` in it", "effects")

    def _vote(self, piece: Piece) -> None:
        """Two seats or more, each once, of whom enough can agree; no dice for each of them, as in a loop."""
        vote = piece.record
        if len(vote.seats) < 2 or len(set(vote.seats)) != len(vote.seats):
            self.say(piece, "a vote asks two seats or more, each once", "seats")
        elif not 1 <= vote.at_least <= len(vote.seats):
            self.say(piece, f"must be 1 to {len(vote.seats)}, not {vote.at_least}", "at_least")
        if any(isinstance(inner.record, Roll | Each | Vote) for inner in walk("", (), vote.each)):
            self.say(piece, "has no `roll`, no loop and no other `vote` in it", "each")

    def _choose(self, piece: Piece) -> None:
        options = piece.record.options
        if len(options) < 2:
            self.say(piece, "a choice needs two options or more", "options")
        elif options[0].needs:
            self.say(piece, "the first option is the neutral one and can need nothing", "options", 0, "needs")
        names = [option.id for option in options]
        if len(set(names)) != len(names):
            self.say(piece, "two options have the same id", "options")
        for at, name in enumerate(names):
            if not ID.fullmatch(name):
                self.say(piece, f"`{name:.40}` is no id", "options", at, "id")

    def _card(self, piece: Piece) -> None:
        card = piece.record
        if not card.effects:
            self.say(piece, "does nothing: it has no effects", "effects")
        for name, least, most in (("cost", 0, 10), ("speed", 1, 5)):
            if not least <= getattr(card, name) <= most:
                self.say(piece, f"a {name} is {least} to {most}", name)

    def _deal(self, piece: Piece) -> None:
        deal = piece.record
        if deal.between[0] == deal.between[1]:
            self.say(piece, "a deal is between two different seats", "between")
        for size in ("small", "large"):
            for seat in getattr(deal, size) or {}:
                if seat in self.known["seat"] and seat not in deal.between:
                    self.say(piece, f"`{seat}` is no party to this deal", size, seat)
        self._extras(piece)
        self._first(piece)
        ladder = self.spec.ladder
        if {"ladder", "rungs"} & self.missing:
            pass
        elif deal.rung and (ladder is None or set(ladder.between) != set(deal.between)):
            self.say(piece, "only a deal of the pair on the ladder has a rung", "rung")
        elif ladder and not 0 <= deal.rung <= len(ladder.wants):
            self.say(piece, f"the ladder ends at rung {len(ladder.wants)}", "rung")
        if not deal.rounds or min(deal.rounds) < 1:
            self.say(piece, "lasts at least one round", "rounds")
        pairs = [set(pair.between) for pair in self.spec.pairs]
        if deal.secrecy != "open" and set(deal.between) not in pairs and "pairs" not in self.missing:
            self.say(piece, "can be secret, but this pair has no communiqué in `pairs`", "secrecy")

    def _first(self, piece: Piece) -> None:
        """Who gives first is a party, and each size has something of both sides."""
        deal = piece.record
        if deal.first and deal.first not in deal.between:
            self.say(piece, f"`{deal.first:.40}` is no party to this deal", "first")
        elif deal.first and not all(terms(deal, size, seat) for size in sizes(deal) for seat in deal.between):
            self.say(piece, "who gives first needs goods from both sides, in each size", "first")

    def _extras(self, piece: Piece) -> None:
        """What a counter-offer may add: a lot of one side's good, each once."""
        deal = piece.record
        for at, more in enumerate(deal.extras):
            seat, slash, good = more.partition("/")
            if not slash or seat not in deal.between:
                self.say(
                    piece, f"`{more:.40}` is no lot of a party, like `{deal.between[0]}/GOOD`", "extras", at
                )
            elif good not in self.known["good"] and "good" not in self.unsure:
                self.say(piece, unknown_name("good", good, self.known["good"]), "extras", at)
            elif more in deal.extras[:at]:
                self.say(piece, f"`{more}` stands there twice", "extras", at)

    def _crisis(self, piece: Piece) -> None:
        crisis = piece.record
        names = [option.id for option in crisis.options]
        if len(names) < 2:
            self.say(piece, "a crisis needs two options or more", "options")
        if len(set(names)) != len(names):
            self.say(piece, "two options have the same id", "options")
        for at, name in enumerate(names):
            if not ID.fullmatch(name):
                self.say(piece, f"`{name:.40}` is no id", "options", at, "id")
        if len(crisis.seats) == 1 or len(set(crisis.seats)) != len(crisis.seats):
            self.say(piece, "a crisis asks two seats or more, each once", "seats")
        if not crisis.outcomes or crisis.outcomes[-1].when is not None:
            self.say(piece, "the last outcome comes when no other fits: no `when`", "outcomes")
        asked = len(crisis.seats) or (LARGEST if "seats" in self.missing else len(self.spec.seats))
        for at, outcome in enumerate(crisis.outcomes):
            if outcome.when is None:
                if at < len(crisis.outcomes) - 1:
                    self.say(piece, "those after it never come: only the last has no `when`", "outcomes", at)
            elif outcome.when.option not in names:
                self.say(
                    piece,
                    unknown_name("option", outcome.when.option, names),
                    "outcomes",
                    at,
                    "when",
                    "option",
                )
            elif not 1 <= outcome.when.at_least <= asked:
                said = f"must be 1 to {asked}, not {outcome.when.at_least}"
                self.say(piece, said, "outcomes", at, "when", "at_least")

    def _dial(self, piece: Piece) -> None:
        names = [setting.id for setting in piece.record.settings]
        if not names:
            self.say(piece, "has at least one setting", "settings")
        elif piece.record.start not in names or len(set(names)) != len(names):
            meant = did_you_mean(piece.record.start, names)
            self.say(piece, f"starts at one of its settings: {', '.join(names)}{meant}", "start")

    def _production(self, piece: Piece) -> None:
        made = piece.record
        if len(made.inputs) != len(made.shuffle) or not made.inputs:
            self.say(piece, "has as many starting values in `shuffle` as `inputs`", "shuffle")
        if made.inputs and max(made.shuffle, default=0) > min(map(self._cap, made.inputs)):
            self.say(piece, "starts an input over its cap", "shuffle")
        rest = next((good for good in self.spec.goods if good.id == made.rest), None)
        if rest and not rest.output:
            self.say(piece, f"`{made.rest}` takes no output to make", "rest")

    def _ladder(self, piece: Piece) -> None:
        if len(piece.record.wants) != len(piece.record.names) or not piece.record.wants:
            self.say(piece, "has one name for each rung in `wants`", "wants")

    def _rung(self, piece: Piece) -> None:
        if self.spec.ladder is None and "ladder" not in self.missing:
            self.say(piece, "there is no ladder that a rung could be put on")

    def _pair(self, piece: Piece) -> None:
        """A phrase for all secret deals, or several to choose from."""
        self._one_of(piece, "communique", "communiques")
        if len(piece.record.communiques) > 9:
            self.say(piece, "a pair chooses from nine at most", "communiques")

    def _window(self, piece: Piece) -> None:
        """A window of the map has a width and a height; beyond 18000 it goes on over the date line."""
        window = piece.record
        for one, other in (("west", "east"), ("south", "north")):
            if getattr(window, one) >= getattr(window, other):
                self.say(piece, f"`{one}` is not less than `{other}`", one)
        if window.east - window.west > ONCE_ROUND:
            self.say(piece, "a window is no more than once round the world", "east")

    def _area(self, piece: Piece) -> None:
        """At least a triangle, in whole points."""
        if len(piece.record.ring) < 6 or len(piece.record.ring) % 2:
            self.say(piece, "needs three points or more, each of two numbers: `x, y, x, y, x, y`", "ring")

    def _link(self, piece: Piece) -> None:
        if piece.record.between[0] == piece.record.between[1]:
            self.say(piece, "a link is between two different places", "between")

    def _hint(self, piece: Piece) -> None:
        """A hint fits its two lines, and leads to what there is."""
        hint = piece.record
        texts = hint.text.values() if isinstance(hint.text, dict) else (hint.text,)
        if (length := max(map(len, texts), default=0)) > LONGEST_HINT:
            self.say(piece, f"a hint has room for {LONGEST_HINT} characters, and this has {length}", "text")
        if "rules" not in self.missing and hint.round > self.spec.rules.most_rounds:
            self.say(piece, f"no game goes beyond round {self.spec.rules.most_rounds}", "round")
        if hint.seat not in self.known["seat"]:
            return  # what it could hold and do can't be told
        if hint.holds and f"{hint.seat}.yaml" not in self.missing:
            cards = [card.id for card in self.spec.cards.get(hint.seat, ())]
            if hint.holds not in cards:
                self.say(piece, unknown_name("card", hint.holds, cards), "holds")
        for key in ("after", "until"):
            for at, done in enumerate(getattr(hint, key)):
                self._done(piece, hint.seat, done, key, at)

    def _done(self, piece: Piece, seat: str, done: s.Done, *below: str | int) -> None:
        """What a seat does is done with a card, a deal, or whatever else goes with it."""
        if not done.of:
            return
        if done.deed not in OF_DEEDS:
            self.say(piece, f"nothing goes with `{done.deed}`: leave it out", *below, "of")
            return
        kind, file = OF_DEEDS[done.deed]
        if (file or f"{seat}.yaml") in self.missing:
            return
        spec = self.spec
        known: dict[str, Sequence[Any]] = {
            "card": spec.cards.get(seat, ()),
            "deal": [deal for deal in spec.deals if seat in deal.between],
            "crisis": [news for news in spec.news if news.crisis],
            "dial": [dial for dial in spec.dials if dial.seat == seat],
            "stand": [stand for stand in spec.stands if seat in stand.seats],
        }
        names = [one.id for one in known[kind]]
        if done.of not in names:
            self.say(piece, unknown_name(kind, done.of, names), *below, "of")

    def _accusations(self, piece: Piece) -> None:
        """Each pair is two seats, named once, that may sign something in secret."""
        known: list[set[str]] = []
        for at, pair in enumerate(piece.record.pairs):
            for nth, seat in enumerate(pair):
                self._exists(piece, seat, "seat", "pairs", at, nth)
            if pair[0] == pair[1]:
                self.say(piece, "a pair is two different seats", "pairs", at)
            elif {*pair} in known:
                self.say(piece, "this pair is named twice", "pairs", at)
            elif "deals" not in self.missing and not any(
                {*deal.between} == {*pair} and deal.secrecy != "open" for deal in self.spec.deals
            ):
                self.say(piece, "this pair has no deal that can be secret", "pairs", at)
            known.append({*pair})

    def _locate(self, piece: Piece) -> None:
        self._shown(piece)
        made = next((m for m in self.spec.production if m.id == piece.record.production), None)
        for good in made.inputs if made and "flag" not in self.unsure else ():
            if f"located-{good}" not in self.known["flag"]:
                self.say(piece, f"needs a flag `located-{good}` to raise")

    def _expose(self, piece: Piece) -> None:
        if piece.record.what == "suspicion" and not piece.record.to:
            self.say(piece, "who comes to suspect? a suspicion needs `to`")

    # --- secrets ---------------------------------------------------------------------------------------

    def secrets(self, scenario: Scenario) -> None:
        """Odds, needs and targets read only what the acting seat may know; nothing asks in secret."""
        decks = self.spec.cards.items()
        cards: list[tuple[str, s.Card | s.Action]] = [(seat, card) for seat, deck in decks for card in deck]
        cards += [(seat.id, seat.action) for seat in self.spec.seats]
        for seat, card in cards:
            self._card_secrets(scenario, seat, card)
        for stand in self.spec.stands:
            for at, need in enumerate(stand.needs):
                self._stands_still(self._piece_of(stand), need, at)
        for deal in self.spec.deals:
            piece = self._piece_of(deal)
            for at, need in enumerate(deal.needs):
                self._stands_still(piece, need, at)
                for seat in deal.between:
                    self._may_read(scenario, piece, seat, condition_reads(need), "needs", at)
        for news in (*self.spec.news, *self.spec.hindsight):
            if news.when and scenario.audience(condition_reads(news.when)) is not None:
                self.say(self._piece_of(news), "reads what is not public, and drawing it would tell", "when")
        self._hint_secrets(scenario)
        self._choice_secrets(scenario)
        self._odds(scenario, cards)

    def _piece_of(self, record: object) -> Piece:
        return next(piece for piece in self.pieces if piece.record is record)

    def _card_secrets(self, scenario: Scenario, seat: str, card: s.Card | s.Action) -> None:
        piece = self._piece_of(card)
        for at, need in enumerate(card.needs):
            self._may_read(scenario, piece, seat, condition_reads(need), "needs", at)
            self._stands_still(piece, need, at)
        asks = any(isinstance(inner.record, Choose | Vote | End) for inner in walk("", (), card.effects))
        if asks and getattr(card, "quiet", False):
            self.say(piece, "is quiet, but what it does would be asked aloud", "quiet")

    def _hint_secrets(self, scenario: Scenario) -> None:
        for hint in self.spec.hints:
            if hint.when is None:
                continue
            if hint.page in ALOUD and scenario.audience(condition_reads(hint.when)) is not None:
                self.say(self._piece_of(hint), "reads what is not public, on a page for all", "when")
            self._may_read(scenario, self._piece_of(hint), hint.seat, condition_reads(hint.when), "when")

    def _choice_secrets(self, scenario: Scenario) -> None:
        for piece in self.of(Choose):
            for seat in self._loop(piece, "seats") or ("",):
                asked = bind_self(piece.record, seat) if seat else piece.record
                for at, option in enumerate(asked.options):
                    for nth, need in enumerate(option.needs):
                        reads, below = condition_reads(need), ("options", at, "needs", nth)
                        self._may_read(scenario, piece, asked.seat, reads, *below)

    def _stands_still(self, piece: Piece, need: Condition, at: int) -> None:
        """What may be done in a turn does not turn on what is spent, laid down or set in it."""
        for kind, *_what in condition_reads(need):
            if kind in ("influence", "hand", "dial"):
                said = (
                    f"asks for {WITHIN_A_TURN[kind]}, which changes within the turn: ask in an `if` instead"
                )
                self.say(piece, said, "needs", at)

    def _odds(self, scenario: Scenario, cards: Iterable[tuple[str, s.Card | s.Action]]) -> None:
        """Whoever commits a card or chooses an option can be told the odds of each roll in it."""
        programs = scenario.programs
        decisions, pieces = list[tuple[str, str]](), list(self.pieces)
        for seat, card in cards:
            piece = self._piece_of(card)
            for target in targets(card.targets):
                root = card_root(card.id, target)
                decisions.append((root, seat))
                pieces += walk(piece.file, (*piece.path, "effects"), programs.effects[root])
        for path, choice in programs.choices.items():
            decisions += [(f"{path}/{option.id}", choice.seat) for option in choice.options]
        homes = {id(piece.record): piece for piece in pieces}
        for root, seat in decisions:
            for dice in programs.dice_of(root):
                piece = homes[id(dice.spec)]
                for at, modifier in enumerate(dice.modifiers):
                    self._may_read(scenario, piece, seat, modifier.reads(), "modifiers", at)
                for at, problem in unforeseen(scenario, root, dice.path, seat):
                    self.say(piece, problem, "modifiers", at)

    def _may_read(
        self, scenario: Scenario, piece: Piece, seat: str, reads: Iterable[Read], *below: str | int
    ) -> None:
        for read in reads:
            audience = scenario.audience([read])
            if audience is not None and seat not in audience:
                self.say(piece, f"reads what {seat} may not know: {_read(read)}", *below)
                return

    # --- the whole -------------------------------------------------------------------------------------

    def whole(self) -> None:
        """What a scenario needs as a whole, as far as the parts are there that say so."""
        spec = self.spec
        if not self.missing & {"rules", "seats"}:
            top = self._piece_of(spec.rules)
            for seat in spec.seats:
                if "scoring" not in self.missing and seat.id not in spec.scoring.seats:
                    self.say(self._piece_of(seat), f"seat `{seat.id}` has no scoring", "id")
                if (
                    f"{seat.id}.yaml" not in self.missing
                    and len(spec.cards.get(seat.id, ())) < spec.rules.commits
                ):
                    said = f"seat `{seat.id}` has too few cards: {seat.id}.yaml is missing or short"
                    self.say(self._piece_of(seat), said, "id")
            if len(spec.seats) < 2:
                self.say(top, "a game needs two seats or more")
        if "epilogues" not in self.missing and spec.epilogues and spec.epilogues[-1].when is not None:
            self.say(
                self._piece_of(spec.epilogues[-1]), "the last epilogue is told when no other fits: no `when`"
            )
