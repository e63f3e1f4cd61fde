"""What is printed on a card's face: a few short lines that can be read aloud at a table.

The long text (`effects`) says it in words; this says it as a hand holds it. Success, failure, conditions and
what comes later have lines of their own; the odds of a roll stand in the head, with what changes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch

from wargame.counting import several
from wargame.rules.conditions import Condition, Number, Per, subject
from wargame.rules.effects.bargains import Break, Transfer
from wargame.rules.effects.flow import Choose, Each, End, If, Later, Roll
from wargame.rules.effects.hands import Draw, Give, Lose
from wargame.rules.effects.programs import SELF
from wargame.rules.effects.rounds import CallNews, Order
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.effects.votes import Ballot, Vote
from wargame.rules.spec import TIME, Action, Card, Crisis, Effect, Modifier, News
from wargame.words.en.grammar import capital, counted, joined, signed
from wargame.words.en.names import TARGET, Names
from wargame.words.texts import signless, wrapped

COLUMNS = 16
"""Of a line on a face."""


def face(names: Names, card: str | Card | Action | News, width: int = COLUMNS) -> list[str]:
    """Return the lines under a card's head, of at most `width` columns: what it needs, and what it does."""
    spec = names.scenario.cards[card] if isinstance(card, str) else card
    own = owner(names, spec.id)
    needs = [f"needs {_asked(names, own, need)}" for need in getattr(spec, "needs", ())]
    needs += ["once a game"] if getattr(spec, "once", False) else []
    crisis = spec.crisis if isinstance(spec, News) else None
    asked = _crisis(names, crisis, width) if crisis else ()
    return [*_broken(needs, width), *face_of(names, spec.effects, own, width), *asked]


def _crisis(names: Names, crisis: Crisis, width: int) -> list[str]:
    """The lines of each answer, and of each end, with how it comes."""
    lines = [
        ", ".join(_seat(names, seat) for seat in crisis.seats) + " answer:" if crisis.seats else "All answer:"
    ]
    labels = {option.id: names.said(option.label) for option in crisis.options}
    for option in crisis.options:
        lines += _headed(f"{labels[option.id]}:", list(_lines(names, SELF, option.effects)) or ["–"])
    for outcome in crisis.outcomes:
        tally = outcome.when
        head = f"{tally.at_least}+ {labels.get(tally.option, tally.option)}:" if tally else "Else:"
        lines += _headed(head, list(_lines(names, "", outcome.effects)) or ["–"])
    return _broken(lines, width)


def face_of(names: Names, effects: Sequence[Effect], own: str = "", width: int = COLUMNS) -> list[str]:
    """Return the lines that effects take on a face; `own` is the seat whose goods and score need no name."""
    return _broken((capital(line) for line in _lines(names, own, effects)), width)


def title_of(names: Names, card: Card | Action | News) -> list[str]:
    """Return a card's title as it is broken on its face."""
    return wrapped(names.said(card.title), COLUMNS)


def chances(names: Names, card: Card | Action | News) -> list[str]:
    """Return the odds of each roll on a card with what changes them: '50% +10 Trust over 3'."""
    own = owner(names, card.id)
    return [
        " ".join((f"{roll.base}%", *(_reason(names, own, one) for one in roll.modifiers)))
        for roll in _rolls(card.effects)
    ]


def aims(names: Names, card: Card | Action | News) -> str:
    """Return what a card may be aimed at; empty if at nothing."""
    targets = getattr(card, "targets", None)
    spec = names.scenario.cards.get(card.id)
    return joined((names.target(spec, one) for one in targets.ids()), "or") if targets else ""


def owner(names: Names, card: str) -> str:
    """Return the seat whose deck or board a card is on; empty for news."""
    scenario = names.scenario
    seats = (seat for seat in scenario.seat_ids if card in (*scenario.decks[seat], scenario.actions[seat].id))
    return next(seats, "")


def _broken(lines: Sequence[str] | Iterator[str], width: int) -> list[str]:
    return [part for line in lines for part in wrapped(line, width)]


def _rolls(effects: Sequence[Effect]) -> Iterator[Roll]:
    for effect in effects:
        if isinstance(effect, Roll):
            yield effect
            yield from _rolls(effect.results())
        elif isinstance(effect, If | Vote):
            yield from _rolls(effect.then + effect.otherwise)
        elif isinstance(effect, Later):
            yield from _rolls(effect.effects)
        elif isinstance(effect, Choose):
            for option in effect.options:
                yield from _rolls(option.effects)


def _reason(names: Names, own: str, modifier: Modifier) -> str:
    if modifier.when is not None:
        return f"{signed(modifier.add)} {names.said(modifier.label) or _asked(names, own, modifier.when)}"
    what = (
        _track(names, modifier.track) if modifier.track else _stock(names, own, modifier.seat, modifier.good)
    )
    above = f" over {modifier.above}" if modifier.above else ""
    return f"{signed(modifier.each)} per {what}{above}"


# --- what is named ---------------------------------------------------------------------------------------


def _track(names: Names, id_: str | None) -> str:
    return "chosen track" if id_ == TARGET else names.track_in_short(id_ or "")


def _good(names: Names, id_: str | None) -> str:
    known = names.scenario.goods.get(id_ or "")
    return (known and names.said(known.short)) or ("chosen good" if id_ == TARGET else names.good(id_ or ""))


def _seat(names: Names, id_: str | None) -> str:
    known = names.scenario.seats.get(id_ or "")
    if id_ == SELF:
        return "this seat"
    return known.short if known else "chosen seat" if id_ == TARGET else names.seat(id_ or "")


def _whose(names: Names, own: str, seat: str | None, what: str) -> str:
    return what if seat == own else f"{_seat(names, seat)} {what}"


def _stock(names: Names, own: str, seat: str | None, good: str | None) -> str:
    return _whose(names, own, seat, _good(names, good))


def _flag(names: Names, id_: str) -> str:
    known = names.scenario.flags.get(id_)
    return (known and names.said(known.short)) or id_.replace("-", " ").replace("_", " ")


def _pair(names: Names, seats: Sequence[str]) -> str:
    return "–".join(_seat(names, seat) for seat in seats)


def _between(names: Names, seats: Sequence[str]) -> str:
    """Whose deal it is, with a space behind; nothing for those who climb the scenario's ladder."""
    ladder = names.scenario.spec.ladder
    return "" if ladder and set(ladder.between) == set(seats) else f"{_pair(names, seats)} "


def _lasting(rounds: int) -> str:
    return f" ({rounds} {'rd' if rounds == 1 else 'rds'})" if rounds else ""


# --- what is done ----------------------------------------------------------------------------------------


def _lines(names: Names, own: str, effects: Sequence[Effect]) -> Iterator[str]:
    for effect in effects:
        yield from _said(effect, names, own)


@singledispatch
def _said(effect: Effect, names: Names, own: str) -> Iterator[str]:
    """The lines of one operator. Each enters them by its type; a test demands all."""
    raise NotImplementedError(type(effect).__name__)


@_said.register
def _shift(effect: Shift, names: Names, own: str) -> Iterator[str]:
    if effect.track:
        what = _track(names, effect.track)
    elif effect.good:
        what = _stock(names, own, effect.seat, effect.good)
    else:
        what = _whose(names, own, effect.influence, "influence")
    yield f"{what} {signed(effect.by)}{_per(names, own, effect.per)}{_lasting(effect.rounds)}"


def _per(names: Names, own: str, per: Per | None) -> str:
    if per is None:
        return ""
    every = "" if per.every == 1 else f"{per.every} "
    return f" per {every}{_number(names, own, per)}{f' over {per.above}' if per.above else ''}"


@_said.register
def _ease(effect: Ease, names: Names, own: str) -> Iterator[str]:
    yield f"{_track(names, effect.track)} 1 toward {signless(effect.toward)}"


@_said.register
def _set(effect: SetTrack, names: Names, own: str) -> Iterator[str]:
    yield f"{_track(names, effect.track)} = {effect.to}"


@_said.register
def _set_flag(effect: SetFlag, names: Names, own: str) -> Iterator[str]:
    yield f"{'now' if effect.on else 'not'} {_flag(names, effect.flag)}{_lasting(effect.rounds)}"


@_said.register
def _points(effect: Points, names: Names, own: str) -> Iterator[str]:
    yield f"{_whose(names, own, effect.seat, 'score')} {signed(effect.by)}"


@_said.register
def _roll(effect: Roll, names: Names, own: str) -> Iterator[str]:
    yield from _headed(f"{effect.base}%:", list(_lines(names, own, effect.success)) or ["nothing"])
    if effect.triumph:
        yield from _headed(f"by {effect.margin}+:", list(_lines(names, own, effect.triumph)))
    if effect.failure or effect.disaster:
        yield from _headed("else", list(_lines(names, own, effect.failure)) or ["nothing"])
    if effect.disaster:
        yield from _headed(f"by {effect.margin + 1}+:", list(_lines(names, own, effect.disaster)))


def _headed(head: str, lines: Sequence[str]) -> Iterator[str]:
    """The first line after its head, on one line, if that is no head itself; the others below."""
    first, *others = lines
    if first.endswith(":"):
        yield head if head.endswith(":") else f"{head}:"
        yield first
    else:
        yield f"{head} {first}"
    yield from others


def _fitted(head: str, lines: Sequence[str]) -> Iterator[str]:
    """A condition, and what it brings beside it if one line holds both."""
    first, *others = lines
    if first.endswith(":") or len(f"{head} {first}") > COLUMNS:
        yield head
        yield from lines
    else:
        yield f"{head} {first}"
        yield from others


@_said.register
def _choose(effect: Choose, names: Names, own: str) -> Iterator[str]:
    yield "choose:" if effect.seat == own else f"{_seat(names, effect.seat)} chooses:"
    for option in effect.options:
        yield from _headed(f"{names.said(option.label)}:", list(_lines(names, own, option.effects)) or ["–"])


@_said.register
def _vote(effect: Vote, names: Names, own: str) -> Iterator[str]:
    yield f"{', '.join(_seat(names, seat) for seat in effect.seats)} vote:"
    yes = names.said(effect.yes)
    yield from _headed(f"{effect.at_least}+ {yes}:", list(_lines(names, own, effect.then)) or ["–"])
    if effect.otherwise:
        yield from _headed("else", list(_lines(names, own, effect.otherwise)))
    if effect.each:
        yield from _headed(f"each {yes}:", list(_lines(names, SELF, effect.each)))


@_said.register
def _ballot(effect: Ballot, names: Names, own: str) -> Iterator[str]:
    yield f"{effect.agreed} of {effect.vote.at_least}"


@_said.register
def _if(effect: If, names: Names, own: str) -> Iterator[str]:
    if not effect.then:
        asked = effect.when.not_
        head = f"if {_asked(names, own, asked)}:" if asked else f"unless {_asked(names, own, effect.when)}:"
        yield from _fitted(head, list(_lines(names, own, effect.otherwise)))
        return
    unless = effect.when.not_
    head = f"unless {_asked(names, own, unless)}:" if unless else f"if {_asked(names, own, effect.when)}:"
    yield from _fitted(head, list(_lines(names, own, effect.then)))
    if effect.otherwise:
        yield from _headed("else", list(_lines(names, own, effect.otherwise)))


@_said.register
def _each(effect: Each, names: Names, own: str) -> Iterator[str]:
    over = [_track(names, one) for one in effect.tracks] or [_seat(names, one) for one in effect.seats]
    yield f"each of {', '.join(over)}:"
    yield from _lines(names, SELF, effect.effects)


@_said.register
def _later(effect: Later, names: Names, own: str) -> Iterator[str]:
    yield "next round:" if effect.rounds == 1 else f"in {several(effect.rounds, 'round')}:"
    yield from _lines(names, own, effect.effects)


@_said.register
def _end(effect: End, names: Names, own: str) -> Iterator[str]:
    yield f"the game ends: {names.ending(effect.outcome)}"


@_said.register
def _order(effect: Order, names: Names, own: str) -> Iterator[str]:
    yield (
        f"go {effect.goes} next" if effect.seat == own else f"{_seat(names, effect.seat)} {effect.goes} next"
    )


@_said.register
def _call(effect: CallNews, names: Names, own: str) -> Iterator[str]:
    when = {0: "into the news:", 1: "next round:"}.get(
        effect.rounds
    ) or f"in {several(effect.rounds, 'round')}:"
    yield f"{when} {names.news(effect.card)}"


@_said.register
def _draw(effect: Draw, names: Names, own: str) -> Iterator[str]:
    drawn = counted(effect.cards, "cards")
    yield f"draw {drawn}" if effect.seat == own else f"{_seat(names, effect.seat)} draws {drawn}"


@_said.register
def _give(effect: Give, names: Names, own: str) -> Iterator[str]:
    seat = names.scenario.owner(effect.card)
    yield f"{'take' if seat == own else f'{_seat(names, seat)} takes'} {names.card(effect.card)}"


@_said.register
def _lose(effect: Lose, names: Names, own: str) -> Iterator[str]:
    lost = counted(effect.cards, "cards")
    yield f"lose {lost}" if effect.seat == own else f"{_seat(names, effect.seat)} loses {lost}"


@_said.register
def _locate(effect: Locate, names: Names, own: str) -> Iterator[str]:
    yield f"{_looking(names, own, effect.to, 'find')} bottleneck"


@_said.register
def _peek(effect: Peek, names: Names, own: str) -> Iterator[str]:
    if effect.track:
        what = _track(names, effect.track)
    elif effect.good:
        what = _stock(names, own, effect.seat, effect.good)
    else:
        what = names.dial(effect.dial or "")
    yield f"{_looking(names, own, effect.to, 'see')} {what}"


def _looking(names: Names, own: str, to: Sequence[str], verb: str) -> str:
    """Who does it, but for oneself alone: 'see', 'JP, US see'."""
    if own and tuple(to) == (own,):
        return verb
    return f"{'·'.join(_seat(names, seat) for seat in to)} {verb}{'s' if len(to) == 1 else ''}"


@_said.register
def _expose(effect: Expose, names: Names, own: str) -> Iterator[str]:
    pair = _between(names, effect.between)
    if effect.what == "proof":
        yield f"prove {pair}deal"
    else:
        yield f"{_looking(names, own, effect.to, 'suspect')} {f'{pair}deal' if pair else ''}".rstrip()


@_said.register
def _break(effect: Break, names: Names, own: str) -> Iterator[str]:
    verb = "break" if effect.by == own else f"{_seat(names, effect.by)} breaks"
    yield f"{verb} {names.deal(effect.deal)}"


@_said.register
def _transfer(effect: Transfer, names: Names, own: str) -> Iterator[str]:
    giver = "" if effect.from_ == own else f"{_seat(names, effect.from_)} "
    yield f"{giver}{counted(effect.count, _good(names, effect.good))} to {_seat(names, effect.to)}"


# --- what is asked ---------------------------------------------------------------------------------------


def _asked(names: Names, own: str, asked: Condition) -> str:
    return ASKED[subject(asked)](names, own, asked)


def _span(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}–{most}"
    return f"{least}+" if least is not None else f"≤{most}"


def _asked_good(names: Names, own: str, asked: Condition) -> str:
    if asked.over:
        return _asked_number(names, own, asked)
    what = _good(names, asked.good)
    if asked.at_most == 0:
        return f"no {what}" if asked.seat == own else f"{_seat(names, asked.seat)} no {what}"
    return f"{_whose(names, own, asked.seat, what)} {_span(asked.at_least, asked.at_most)}"


def _asked_deals(names: Names, own: str, asked: Condition) -> str:
    what, state = asked.deals, asked.is_ or "running"
    parts = [
        ""
        if state == "running"
        else f"{_seat(names, asked.seat)} suspects"
        if state == "suspected"
        else state
    ]
    if asked.deal:
        parts = [names.deal(asked.deal), *parts]
    elif what is not None:
        parts.append("" if what.secret is None else "secret" if what.secret else "open")
        parts += [
            f"{_between(names, what.between)}deal" if what.between else "deal",
            f"rung {what.rung}+" if what.rung > 1 else "",
        ]
    said = " ".join(filter(None, parts))
    if asked.at_most == 0:
        return f"no {said}"
    many = asked.at_least not in (None, 1) or asked.at_most is not None
    return f"{_span(asked.at_least, asked.at_most)} {said}" if many else said


def _outcome(names: Names, outcome: str) -> str:
    return "the last round" if outcome == TIME else names.ending(outcome)


def _number(names: Names, own: str, one: Number | Condition) -> str:
    if one.track:
        return _track(names, one.track)
    if one.good:
        return _stock(names, own, one.seat, one.good)
    return _whose(names, own, one.influence or one.hand, "influence" if one.influence else "cards")


def _asked_number(names: Names, own: str, asked: Condition) -> str:
    what, least, most = _number(names, own, asked), asked.at_least, asked.at_most
    if asked.over is None:
        return f"{what} {_span(least, most)}"
    other = _number(names, own, asked.over)
    if (least, most) == (0, 0):
        return f"{what} = {other}"
    if most is not None and (least is None or most <= 0):  # told from the other, so that numbers rise
        return _beside(other, what, -most, None if least is None else -least)
    return _beside(what, other, least or 0, most)


def _beside(what: str, other: str, least: int, most: int | None) -> str:
    gap = {0: "≥", 1: ">"}.get(least) if most is None else None
    return f"{what} {gap} {other}" if gap else f"{what} over {other} {_span(least, most)}"


ASKED: dict[str, Callable[[Names, str, Condition], str]] = {
    "track": _asked_number,
    "good": _asked_good,
    "influence": _asked_number,
    "hand": _asked_number,
    "dial": lambda names, _own, one: (
        f"{names.dial(one.dial or '')}: {names.setting(one.dial or '', one.setting or '')}"
    ),
    "card": lambda names, _own, one: f"{names.card(one.card or '')} played{_lasting(one.rounds or 0)}",
    "deals": _asked_deals,
    "deal": _asked_deals,
    "flag": lambda names, _own, one: _flag(names, one.flag or ""),
    "round": lambda _names, _own, one: f"round {_span(one.at_least, one.at_most)}",
    "outcome": lambda names, _own, one: _outcome(names, one.outcome or ""),
    "seat": lambda names, _own, one: f"{_seat(names, one.seat)} {one.is_}",
    "all": lambda names, own, one: " & ".join(_asked(names, own, part) for part in one.all),
    "any": lambda names, own, one: " or ".join(_asked(names, own, part) for part in one.any),
    "not_": lambda names, own, one: f"not {_asked(names, own, one.not_)}" if one.not_ else "",
}
"""A condition's subject → how a face puts it."""


def printed(names: Names, card: Card | Action | News) -> str:
    """Return a whole face on several lines: title; cost, speed, chance and aim; the lines below, indented."""
    head = [f"¤{card.cost}", f"speed {card.speed}"] if isinstance(card, Card | Action) else []
    head += ["quiet"] if getattr(card, "quiet", False) else []
    head += chances(names, card)
    if aim := aims(names, card):
        head.append(f"at {aim}")
    lines = [" / ".join(title_of(names, card)), *([f"  {' · '.join(head)}"] if head else [])]
    return "\n".join([*lines, *(f"    {line}" for line in face(names, card))])
