"""Loose ends: what is sound and can hardly be meant, such as a need that nobody can meet or an unread flag.

These are warnings, as in `content.aloud`: a scenario with all of them can be played.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from wargame.content.ground import Path, Piece, walk
from wargame.content.schema import did_you_mean
from wargame.counting import several
from wargame.geo.outline import Land, outline
from wargame.rules import spec as s
from wargame.rules.conditions import Condition, subject
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.dice import LEAST_CHANCE, MOST_CHANCE
from wargame.rules.effects.flow import Choose, Each, End, Later, Roll
from wargame.rules.effects.programs import bind_target
from wargame.rules.effects.rounds import CallNews
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, SetFlag, Shift
from wargame.rules.effects.votes import Vote

Said = tuple[Piece, Path, str]
"""A record, the path below it, and what may not be meant there."""

ONCE_ROUND = 36_000
"""Hundredths of a degree."""

SHORTEST = 4
"""Letters of a seat's `short`: more push the board's columns apart."""

READ = ("title", "name", "label", "prompt", "yes", "no")
"""What people read of a record; of a modifier they read what it asks if it has no label."""

SHORT = 16
"""Columns of a name on a face."""

LONGEST_TEXT = 300
"""Characters of what is said of a card or a deal: so many have room on one that is printed."""

MOST_LANDS = 20
"""Lands that a complaint lists."""


def loose_ends(spec: s.Spec, pieces: Sequence[Piece]) -> Iterator[Said]:
    """Yield what may not be meant in a sound scenario, of all its records in reading order."""
    everything = [*pieces, *_aimed(pieces)]
    raised = list(_raised(spec, everything))
    yield from _flags(pieces, everything, raised)
    yield from _outcomes(pieces)
    yield from _aside(pieces)
    yield from _accusations(spec, pieces)
    yield from _counts(spec, pieces)
    yield from _signs(pieces)
    yield from _map(spec, pieces)
    for piece in pieces:
        for path, said in _of_one(spec, piece):
            yield piece, path, said
        if isinstance(piece.record, s.News):
            yield from _repeats(piece, raised)


def _of_one(spec: s.Spec, piece: Piece) -> Iterator[tuple[Path, str]]:
    record = piece.record
    if isinstance(record, Condition):
        yield from _numbers(spec, record)
        yield from _deals(spec, record)
        at_the_end = piece.path[0] in ("agendas", "epilogues") or piece.file == "hints.yaml"
        if not at_the_end and (record.outcome or record.is_ == "won"):
            yield (), "never comes about here: it is known when the game is over"
    elif isinstance(record, s.Effect):
        yield from _effect(spec, record)
    elif isinstance(record, s.Modifier) and record.track:
        most = _most(spec, "track", record.track)
        if most is not None and record.above > most:
            yield ("above",), f"`{record.track}` never stands above {record.above}: it ends at {most}"
    elif isinstance(record, s.Card | s.Action | s.News | s.DealTemplate):
        long = len(record.text) if isinstance(record.text, str) else 0
        if long > LONGEST_TEXT:
            yield ("text",), f"a text of {long} characters: {LONGEST_TEXT} fit on a printed card"
    if isinstance(record, s.News) and record.fixed > (last := spec.rules.most_rounds):
        yield ("fixed",), f"`{record.id}` never comes: no game goes beyond round {last}"
    yield from _chances(record)
    yield from _unsaid(record)
    if not isinstance(record, Condition) and (needs := getattr(record, "needs", ())):
        yield from ((("needs",), said) for said in _contradictions(Condition(all=needs)))
    elif isinstance(record, Condition) and record.all:
        yield from ((("all",), said) for said in _contradictions(record))


# --- effects ---------------------------------------------------------------------------------------------


def _effect(spec: s.Spec, effect: s.Effect) -> Iterator[tuple[Path, str]]:
    """What an effect can't do as it is written."""
    if isinstance(effect, Roll | Choose | Vote | Each | Later):
        inner = (piece.record for piece in walk("", (), effect) if piece.record is not effect)
        if not any(isinstance(one, s.Effect) for one in inner):
            yield (), "does nothing: there is no effect in it"
    if isinstance(effect, Later | CallNews) and effect.rounds >= (last := spec.rules.most_rounds):
        yield ("rounds",), f"never comes: no game goes beyond round {last}"
    elif isinstance(effect, Ease):
        most = _most(spec, "track", effect.track)
        if most is not None and not 0 <= effect.toward <= most:
            yield ("toward",), f"`{effect.track}` goes from 0 to {most}"
    elif isinstance(effect, Shift) and (what := effect.track or effect.good):
        most = _most(spec, "track" if effect.track else "good", what)
        if most is not None and abs(effect.by) > most:
            yield ("by",), f"`{what}` goes from 0 to {most}"
    elif isinstance(effect, Peek):
        what = effect.track or effect.good or effect.dial or ""
        if {*effect.to} <= {*_seeing(spec, effect)}:
            see = "sees" if len(effect.to) == 1 else "see"
            yield ("to",), f"nothing new is shown: {' and '.join(effect.to)} {see} `{what}` anyhow"
    elif isinstance(effect, Expose):
        if not any({*deal.between} == {*effect.between} and deal.secrecy != "open" for deal in spec.deals):
            yield ("between",), "this pair has no deal that can be secret"
    elif isinstance(effect, Transfer) and effect.from_ == effect.to:
        yield ("to",), "goes from a seat to itself"


def _seeing(spec: s.Spec, looked: Peek) -> Iterable[str]:
    """The seats that see all the time what is looked at; none, if that can't be told."""
    for track in spec.tracks:
        if track.id == looked.track:
            return track.seen_by or [seat.id for seat in spec.seats]
    return [looked.seat or "", *(dial.seat for dial in spec.dials if dial.id == looked.dial)]


def _unsaid(record: Any) -> Iterator[tuple[Path, str]]:
    """A text that people read and that is not there, and two answers that can't be told apart."""
    for name in [] if isinstance(record, s.Modifier) else [f.name for f in fields(record)]:
        value = getattr(record, name)
        if name in READ and isinstance(value, str) and not value.strip():
            yield (name,), f"the {name} is empty, and people read it"
    for at, option in enumerate(getattr(record, "options", ())):
        if option.label in [one.label for one in record.options[:at]]:
            yield ("options", at, "label"), "another answer has the same label"


def _aimed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The effects of cards with targets, once for each thing that they can be aimed at."""
    for file, path, record in pieces:
        if isinstance(record, s.Card | s.Action) and record.targets:
            for target in record.targets.ids():
                yield from walk(file, (*path, "effects"), bind_target(record.effects, target))


# --- conditions ------------------------------------------------------------------------------------------


def _most(spec: s.Spec, kind: str, name: str | None) -> int | None:
    """The greatest that a number can be; `None` of a target, which may be any."""
    if kind == "round":
        return spec.rules.most_rounds
    if kind == "track":
        return next((track.most for track in spec.tracks if track.id == name), None)
    return next((good.cap for good in spec.goods if good.id == name), None)


def _numbers(spec: s.Spec, asked: Condition) -> Iterator[tuple[Path, str]]:
    """A threshold that a number never reaches, or never leaves."""
    kind = subject(asked)
    if kind not in ("track", "good", "round") or asked.over:
        return
    name, least = getattr(asked, kind), int(kind == "round")
    most, called = _most(spec, kind, name), "the round" if kind == "round" else f"`{name}`"
    if most is None:
        return
    from_, to = asked.at_least, asked.at_most
    if from_ is not None and from_ > most:
        yield ("at_least",), f"{called} never reaches {from_}: it ends at {most}"
    elif to is not None and to < least:
        yield ("at_most",), f"{called} never falls to {to}: it ends at {least}"
    elif from_ is not None and to is not None and from_ > to:
        yield ("at_most",), f"{called} can't be at least {from_} and at most {to}"
    elif kind != "round" and (from_ is None or from_ <= least) and (to is None or to >= most):
        yield (("at_least" if to is None else "at_most"),), f"{called} is always so: it goes from 0 to {most}"


def _deals(spec: s.Spec, asked: Condition) -> Iterator[tuple[Path, str]]:
    """Deals of which there is none."""
    if (match := asked.deals) and not any(
        (match.between is None or set(match.between) == set(deal.between))
        and deal.rung >= match.rung
        and match.secret is not {"open": True, "secret": False}.get(deal.secrecy, "either")
        for deal in spec.deals
    ):
        yield ("deals",), "no deal is like this, so there never is one"


Wanted = dict[tuple[str | None, ...], tuple[int, int]]
"""What must hold: of a track, good, flag or the round, between which numbers."""

FAR = 1_000_000


def wanted(asked: Condition | None) -> Wanted:
    """Return what a condition cannot do without, as far as it is plain."""
    if asked is None:
        return {}
    kind, flipped = subject(asked), asked.not_
    if kind == "all":
        whole: Wanted = {}
        for part in asked.all:
            for key, (least, most) in wanted(part).items():
                old = whole.get(key, (-FAR, FAR))
                whole[key] = max(least, old[0]), min(most, old[1])
        return whole
    if kind in ("track", "good", "round") and not asked.over:
        least = -FAR if asked.at_least is None else asked.at_least
        return {
            (kind, asked.track, asked.good, asked.seat): (
                least,
                FAR if asked.at_most is None else asked.at_most,
            )
        }
    if kind == "flag":
        return {("flag", asked.flag): (1, 1)}
    if flipped and flipped.flag:
        return {("flag", flipped.flag): (0, 0)}
    return {}


def _contradictions(asked: Condition) -> Iterator[str]:
    for (kind, *names), (least, most) in wanted(asked).items():
        alone = any(
            (kind, *names) in (one := wanted(part)) and one[kind, *names] == (least, most)
            for part in asked.all
        )
        if least > most and not alone:
            name = next(filter(None, names), "")
            called = "the round" if kind == "round" else f"the {kind} `{name}`"
            yield f"can never hold together: see what they ask of {called}"


# --- flags and outcomes ----------------------------------------------------------------------------------


def _raised(spec: s.Spec, pieces: Iterable[Piece]) -> Iterator[tuple[str, Piece]]:
    """Every flag that something raises, and what."""
    for piece in pieces:
        if isinstance(piece.record, SetFlag) and piece.record.on:
            yield piece.record.flag, piece
        elif isinstance(piece.record, Locate):
            made = (one for one in spec.production if one.id == piece.record.production)
            yield from ((f"located-{good}", piece) for one in made for good in one.inputs)


def _flags(
    pieces: Iterable[Piece], everything: Iterable[Piece], raised: Sequence[tuple[str, Piece]]
) -> Iterator[Said]:
    """A flag that nothing raises, or that nothing asks for; the engine itself shows those of a `locate`."""
    asked = {piece.record.flag for piece in everything if isinstance(piece.record, Condition)}
    up = {flag for flag, _piece in raised}
    located = {flag for flag, piece in raised if isinstance(piece.record, Locate)}
    for piece in pieces:
        if isinstance(piece.record, s.Flag):
            name = piece.record.id
            if name not in up:
                more = "what asks for it waits in vain" if name in asked else "nothing asks for it"
                yield piece, ("id",), f"nothing raises the flag `{name}`, and {more}"
            elif name not in asked | located:
                yield piece, ("id",), f"the flag `{name}` is raised, and nothing asks for it"


def _outcomes(pieces: Iterable[Piece]) -> Iterator[Said]:
    ends = {piece.record.outcome for piece in pieces if isinstance(piece.record, End)}
    for piece in pieces:
        if isinstance(piece.record, s.Outcome) and piece.record.id not in ends:
            yield piece, ("id",), f"nothing ends the game in the outcome `{piece.record.id}`"


def _aside(pieces: Sequence[Piece]) -> Iterator[Said]:
    """An event card that nothing brings, unless the white cell does."""
    called = {piece.record.card for piece in pieces if isinstance(piece.record, CallNews)}
    for piece in pieces:
        if isinstance(piece.record, s.News) and piece.record.aside and piece.record.id not in called:
            yield piece, ("aside",), f"nothing brings `{piece.record.id}`: no effect `news` calls it"


def _accusations(spec: s.Spec, pieces: Iterable[Piece]) -> Iterator[Said]:
    """A pair whose phrase tells all that an accusation would say."""
    phrase = {frozenset(pair.between) for pair in spec.pairs if pair.communique}
    for piece in pieces:
        for at, pair in enumerate(piece.record.pairs if isinstance(piece.record, s.Accusations) else ()):
            secret = [deal for deal in spec.deals if {*deal.between} == {*pair} and deal.secrecy != "open"]
            if frozenset(pair) in phrase and len({deal.rung for deal in secret}) == 1:
                said = "their one phrase gives a secret deal away, and all are on one rung"
                yield piece, ("pairs", at), f"{said}: an accusation is always right"


def _repeats(piece: Piece, raised: Iterable[tuple[str, Piece]]) -> Iterator[Said]:
    """An event card that waits for a flag to be down which only itself raises."""
    when: Condition | None = piece.record.when
    parts = [*enumerate(when.all)] if when and when.all else [(None, when)] if when else []
    for at, part in parts:
        flag = part.not_.flag if part.not_ else None
        homes = [(by.file, by.path[: len(piece.path)]) for name, by in raised if name == flag]
        if flag and homes and set(homes) == {(piece.file, piece.path)}:
            said = f"a card comes once a game: it needs no flag against repeats, and only it raises `{flag}`"
            yield piece, ("when",) if at is None else ("when", "all", at), said


# --- counts ----------------------------------------------------------------------------------------------


def _chances(record: Any) -> Iterator[tuple[Path, str]]:
    """A chance beyond what any roll can have."""
    name = {Roll: "base", s.Ladder: "skip_base"}.get(type(record), "")
    if name and (base := getattr(record, name)) != (kept := min(max(base, LEAST_CHANCE), MOST_CHANCE)):
        yield (name,), f"no roll is hopeless or certain: {base} counts as {kept}"


def _counts(spec: s.Spec, pieces: Sequence[Piece]) -> Iterator[Said]:
    """Fewer cards than are drawn; seats without an agenda or a fate where others have one."""
    rules = next(piece for piece in pieces if isinstance(piece.record, s.Rules))
    drawn, there = (
        rules.record.news * rules.record.most_rounds,
        sum(not (news.fixed or news.aside) for news in spec.news),
    )
    if there < drawn:
        rounds, cards = several(rules.record.most_rounds, "round"), several(drawn, "event card")
        yield rules, ("news",), f"{rounds} draw {cards}, and there are {there}"
    for seat, deck in spec.cards.items():
        if len(deck) < rules.record.hand:
            said = f"a hand is {several(rules.record.hand, 'card')}, and `{seat}` has {len(deck)}"
            yield rules, ("hand",), said
    aims = {agenda.seat for agenda in spec.agendas}
    told = {seat for epilogue in spec.epilogues for seat in epilogue.fates}
    for piece in pieces:
        if isinstance(piece.record, s.Seat) and aims and piece.record.id not in aims:
            yield piece, ("id",), f"`{piece.record.id}` has no agenda, and others have"
        if isinstance(piece.record, s.Epilogue) and told:
            lacking = [seat.id for seat in spec.seats if seat.id not in piece.record.fates]
            if lacking:
                yield piece, ("id",), f"`{piece.record.id}` tells no fate of {', '.join(lacking)}"


# --- signs -----------------------------------------------------------------------------------------------

SIGNS: dict[type, tuple[str, ...]] = {
    s.Seat: ("symbol", "short", "name"),
    s.Track: ("short", "name"),
    s.Good: ("short", "name"),
    s.Card: ("title",),
    s.News: ("title",),
    s.DealTemplate: ("title",),
    s.Place: ("name",),
}
"""What tells a thing from others of its kind: by the record, its fields."""


def _signs(pieces: Iterable[Piece]) -> Iterator[Said]:
    """Two things that look alike, and names that are too long for their place."""
    seen: dict[tuple[type, str, str], str] = {}
    for piece in pieces:
        for name in SIGNS.get(type(piece.record), ()):
            value = getattr(piece.record, name)
            if not value or not isinstance(value, str):
                continue
            first = seen.setdefault((type(piece.record), name, value), piece.record.id)
            if first != piece.record.id:
                yield piece, (name,), f"`{first}` has the same {name}, {value!r}"
            most = SHORTEST if isinstance(piece.record, s.Seat) else SHORT
            if name == "short" and len(value) > most:
                yield piece, (name,), f"a short name here has at most {several(most, 'letter')}"


# --- the map ---------------------------------------------------------------------------------------------


def _map(spec: s.Spec, pieces: Iterable[Piece]) -> Iterator[Said]:
    """Countries that are none, places outside the map, and windows that show nobody's land."""
    world = outline() if spec.windows and not (spec.areas or spec.links) else None
    named = (
        [world.lands[land] for seat in spec.seats for land in seat.lands if land in world.lands]
        if world
        else []
    )
    for piece in pieces:
        record = piece.record
        if isinstance(record, s.Seat) and world:
            for at, land in enumerate(record.lands):
                if land not in world.lands:
                    there = [code for code, one in world.lands.items() if _shows(spec.windows[0], one)]
                    meant = did_you_mean(land, there) or f"; in the window lie {_some(there)}"
                    yield piece, ("lands", at), f"there is no land `{land:.40}`{meant}"
        elif isinstance(record, s.Place) and spec.windows and not record.edge:
            if past := _past_an_edge(record, spec.windows[0]):
                said = f"`{record.id}` lies outside the largest window of the map: "
                said += f"{' and '.join(past.values())}; {_meant(record, spec.windows[0])}"
                yield piece, (next(iter(past)),), said
        elif isinstance(record, s.Window) and named and not any(_shows(record, land) for land in named):
            yield piece, (), "this window shows no land of any seat"


def _some(codes: Sequence[str]) -> str:
    more = ["more"] if len(codes) > MOST_LANDS else []
    return ", ".join([*(f"`{code}`" for code in codes[:MOST_LANDS]), *more])


def _past_an_edge(place: s.Place, window: s.Window) -> dict[str, str]:
    """Return the coordinates of a place that are beyond an edge of a window, and which."""
    past: dict[str, str] = {}
    if not any(window.west <= place.east + turn <= window.east for turn in (0, ONCE_ROUND)):
        edge = "east" if place.east > window.east else "west"
        past["east"] = f"east {place.east} is beyond its {edge} edge, {getattr(window, edge)}"
    if not window.south <= place.north <= window.north:
        edge = "north" if place.north > window.north else "south"
        past["north"] = f"north {place.north} is beyond its {edge} edge, {getattr(window, edge)}"
    return past


def _meant(place: s.Place, window: s.Window) -> str:
    """Return what may be meant by a place outside of a window: another order, or another sign."""
    east, north = place.east, place.north
    if not _past_an_edge(replace(place, east=north, north=east), window):
        return "are `east` and `north` swapped?"
    for key, other in (("east", replace(place, east=-east)), ("north", replace(place, north=-north))):
        if not _past_an_edge(other, window):
            return f"is `{key}: {getattr(other, key)}` meant?"
    return "widen the window or move the place"


def _shows(window: s.Window, land: Land) -> bool:
    """Whether some coast or border of a land may lie in a window."""
    return any(
        west + turn <= window.east
        and window.west <= east + turn
        and south <= window.north
        and window.south <= north
        for west, south, east, north in (arc.extent for ring in land.rings for arc in ring)
        for turn in (0, ONCE_ROUND)
    )
