"""What operators do, in words: the text under a card's flavour, so that the two can't disagree.

One clause an operator. Those that hold others (rolls, choices, ifs, delays) say them inside; there they
stand in brackets, so that a list stays clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch

from wargame.counting import several
from wargame.rules.conditions import ALWAYS, Condition, Per
from wargame.rules.effects.bargains import Break, Transfer
from wargame.rules.effects.flow import Choose, Each, End, If, Later, Option, Roll
from wargame.rules.effects.hands import Draw, Give, Lose
from wargame.rules.effects.programs import SELF, bind_target
from wargame.rules.effects.rounds import CallNews, Order
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.effects.votes import Ballot, Vote
from wargame.rules.spec import Card, Effect, Modifier, Outcome
from wargame.words.en.conditions import condition, conditional, needed, number_named
from wargame.words.en.grammar import (
    capital,
    cards,
    change,
    joined,
    number,
    quoted,
    rounds,
    signed,
    whose,
)
from wargame.words.en.names import Names, stance_label
from wargame.words.en.odds import odds_words
from wargame.words.texts import signless


def clauses(names: Names, effects: Sequence[Effect]) -> list[str]:
    """Return one clause a line for a sequence of effects; what is done otherwise has a line of its own."""
    return [line for effect in effects for line in _open(names, effect)]


def within(names: Names, effects: Sequence[Effect], last: bool = False, asked: str | None = None) -> str:
    """Put a sequence on one line, as part of a longer clause.

    `last`: nothing follows that it could swallow. `asked`: the flag that the clause has just named.
    """
    over = SetFlag(asked, on=False) if asked else None
    parts = ["that ends" if effect == over else clause_of(effect, names) for effect in effects]
    if len(effects) > 1:
        parts = [
            _bracketed(part) if isinstance(e, HOLDERS) else part
            for e, part in zip(effects, parts, strict=True)
        ]
    elif effects and isinstance(effects[0], Roll | If) and not last:
        parts = [_bracketed(parts[0])]
    return ", ".join(parts) or "nothing"


def _bracketed(part: str) -> str:
    """Put a clause in brackets; those in it become square ones, so that it is seen where each ends."""
    return f"({part.translate(INNER)})"


INNER = str.maketrans("()", "[]")


@singledispatch
def clause_of(effect: Effect, names: Names) -> str:
    """Return what one operator does, in words. Each enters its clause by its type; a test demands all."""
    raise NotImplementedError(type(effect).__name__)


def _open(names: Names, effect: Effect) -> list[str]:
    if isinstance(effect, If) and effect.then and effect.otherwise:
        then = capital(clause_of(replace(effect, otherwise=()), names))
        return [then, f"Otherwise: {within(names, effect.otherwise, last=True)}"]
    said = clause_of(effect, names)
    named = isinstance(effect, Shift | Ease | SetTrack | Points) and not said.startswith("the ")
    return [said if named else capital(said)]


# --- numbers -------------------------------------------------------------------------------------------


@clause_of.register
def _shift(effect: Shift, names: Names) -> str:
    lasting = f" for {rounds(effect.rounds)}" if effect.rounds else ""
    per = f" {_times(names, effect.per)}" if effect.per else ""
    return f"{_subject(names, effect)} {change(effect.by)}{per}{lasting}"


def _times(names: Names, per: Per) -> str:
    """Say how often something counts: 'for each step of Heat above 3', 'for every 2 lots of Birch's coin'."""
    of, what = "of", number_named(names, per)
    if per.hand:
        of, what = "in", f"{whose(names.party(per.hand))} hand"
    one = "step" if per.track else "lot" if per.good else "point" if per.influence else "card"
    each = f"each {one}" if per.every == 1 else f"every {several(per.every, one)}"
    return f"for {each} {of} {what}{f' above {per.above}' if per.above else ''}"


def _subject(names: Names, effect: Shift) -> str:
    if effect.track:
        return names.track(effect.track)
    if effect.good:
        return names.stock(effect.seat or "", effect.good)
    return f"{whose(names.party(effect.influence or ''))} influence"


@clause_of.register
def _ease(effect: Ease, names: Names) -> str:
    return f"{names.track(effect.track)} one step toward {signless(effect.toward)}"


@clause_of.register
def _set(effect: SetTrack, names: Names) -> str:
    return f"{names.track(effect.track)} is set to {effect.to}"


@clause_of.register
def _flag(effect: SetFlag, names: Names) -> str:
    said = names.flag(effect.flag)
    if not effect.on:
        return f"no longer: {said}"
    return f"for {rounds(effect.rounds)}: {said}" if effect.rounds else f"from now on: {said}"


@clause_of.register
def _points(effect: Points, names: Names) -> str:
    return f"{whose(names.party(effect.seat))} score {change(effect.by)}"


# --- what decides --------------------------------------------------------------------------------------


@clause_of.register
def _roll(effect: Roll, names: Names) -> str:
    terms = "; ".join(_modifier(names, modifier) for modifier in effect.modifiers)
    word = odds_words(names, effect.base)
    odds = f"{effect.base} %{f' ({word})' if word else ''}{', ' if terms else ''}{terms}"
    works = within(names, effect.success, last=not effect.failure)
    fails = f"; otherwise: {within(names, effect.failure)}" if effect.failure or effect.disaster else ""
    best, worst = within(names, effect.triumph, last=True), within(names, effect.disaster, last=True)
    more = f" (by {effect.margin} or better: {best})" if effect.triumph else ""
    less = f" (by more than {effect.margin}: {worst})" if effect.disaster else ""
    return f"{odds}: {works}{more}{fails}{less}"


def _modifier(names: Names, modifier: Modifier) -> str:
    label, read = names.said(modifier.label), list[str]()
    if modifier.when == ALWAYS:
        said = f"{signed(modifier.add)} %"
    elif modifier.when is not None:
        read = [condition(names, modifier.when)]
        said = f"{signed(modifier.add)} % {conditional(names, modifier.when)}"
    else:
        if modifier.track:
            read = [names.track(modifier.track), names.track_in_short(modifier.track)]
        else:
            read = [names.stock(modifier.seat or "", modifier.good or "")]
        one = "step" if modifier.track else "lot"
        above = f" above {modifier.above}" if modifier.above else ""
        said = f"{signed(modifier.each)} % for each {one} of {read[0]}{above}"
    return f"{said} ({label})" if label and label not in read else said


@clause_of.register
def _choose(effect: Choose, names: Names) -> str:
    asked, *options = _question(names, effect)
    return f"{asked}: {'; '.join(options)}"


@clause_of.register
def _vote(effect: Vote, names: Names) -> str:
    asked, *ends = _question(names, effect)
    return f"{asked}: {'; '.join(ends)}"


def question_text(names: Names, asked: Choose | Vote) -> list[str]:
    """Return who is asked what, and a line for each answer, or for each end of a vote."""
    return [capital(line) for line in _question(names, asked)]


def _question(names: Names, asked: Choose | Vote) -> list[str]:
    prompt = quoted(names.said(asked.prompt))
    if isinstance(asked, Choose):
        who = names.one_does(asked.seat, "chooses")
        return [f"{who}, {prompt}", *(_option(names, option) for option in asked.options)]
    yes = quoted(names.said(asked.yes))
    lines = [f"{joined(map(names.party, asked.seats))} answer in turn, {prompt}"]
    lines += [f"with at least {number(asked.at_least)} for {yes}: {within(names, asked.then)}"]
    lines += [f"otherwise: {within(names, asked.otherwise)}"] if asked.otherwise else []
    if asked.each:
        done = within(names, asked.each, last=True).replace(names.party(SELF), "that seat")
        lines.append(f"for each {yes}: {done}")
    return lines


def _option(names: Names, option: Option) -> str:
    needs = "".join(f"{needed(names, need)}; " for need in option.needs)
    return f"{names.said(option.label)} ({needs}{within(names, option.effects, last=True)})"


@clause_of.register
def _ballot(effect: Ballot, names: Names) -> str:
    vote, said = effect.vote, f"{effect.agreed} of the {effect.vote.at_least} that carry it"
    then, otherwise = (within(names, way, last=True) for way in (vote.then, vote.otherwise))
    if effect.agreed >= vote.at_least:
        return f"{said}, so when all have answered: {then}"
    if not (left := vote.seats[effect.asked :]):
        return f"only {said}: {otherwise}"
    to_come = f"{joined(map(names.party, left))} still to answer"
    return f"{said}, {to_come}; if they do: {then}; if not: {otherwise}"


@clause_of.register
def _if(effect: If, names: Names) -> str:
    if not effect.then and effect.otherwise:
        asked = effect.when.not_ or Condition(not_=effect.when)
        return f"{conditional(names, asked)}: {within(names, effect.otherwise)}"
    then = f"{conditional(names, effect.when)}: {within(names, effect.then, asked=effect.when.flag)}"
    return f"{then}; otherwise: {within(names, effect.otherwise)}" if effect.otherwise else then


@clause_of.register
def _each(effect: Each, names: Names) -> str:
    done = within(names, effect.effects, last=True).replace(names.party(SELF), "that seat")
    over = map(names.track, effect.tracks) if effect.tracks else map(names.party, effect.seats)
    return f"for each of {joined(over)}: {done}"


@clause_of.register
def _later(effect: Later, names: Names) -> str:
    rolls = len(effect.effects) == 1 and isinstance(effect.effects[0], Roll)
    return f"{_later_by(names, effect.rounds)}: {within(names, effect.effects, last=not rolls)}"


def _later_by(names: Names, count: int) -> str:
    never = names.rounds is not None and count >= names.rounds
    return f"{rounds(count)} later{', which this game does not reach' * never}"


def winners(names: Names, came: Outcome) -> str:
    """Say who wins by an outcome: 'nobody wins'."""
    said = [names.party(seat) for seat in came.wins]
    said += ["whoever has reached its line"] if came.line else []
    verb = names.as_it_does("".join(came.wins), "wins") if len(said) == 1 else "win"
    return f"{joined(said)} {verb}" if said else "nobody wins"


@clause_of.register
def _end(effect: End, names: Names) -> str:
    came = names.scenario.outcomes[effect.outcome]
    return f"{names.ending(effect.outcome)}: the game ends at once and {winners(names, came)}"


# --- rounds to come -------------------------------------------------------------------------------------


@clause_of.register
def _order(effect: Order, names: Names) -> str:
    return f"{names.one_does(effect.seat, 'goes')} {effect.goes} in the next round"


@clause_of.register
def _call(effect: CallNews, names: Names) -> str:
    card = quoted(names.news(effect.card))
    if not effect.rounds:
        return f"{card} is shuffled into the news"
    when = "in the next round" if effect.rounds == 1 else _later_by(names, effect.rounds)
    return f"{card} comes in the news {when}"


# --- hands and secrets ---------------------------------------------------------------------------------


@clause_of.register
def _draw(effect: Draw, names: Names) -> str:
    return f"{names.one_does(effect.seat, 'draws')} {cards(effect.cards)}"


@clause_of.register
def _give(effect: Give, names: Names) -> str:
    card, seat = quoted(names.card(effect.card)), names.scenario.owner(effect.card)
    return f"{names.one_does(seat, 'takes')} {card} from its deck or discards"


@clause_of.register
def _lose(effect: Lose, names: Names) -> str:
    return f"{names.one_does(effect.seat, 'loses')} {cards(effect.cards)} from its hand, by luck"


@clause_of.register
def _locate(effect: Locate, names: Names) -> str:
    found = f"which input holds {names.production(effect.production)} back now"
    return f"shows {_parties(names, effect.to)} {found}; it counts as located for {rounds(effect.rounds)}"


@clause_of.register
def _peek(effect: Peek, names: Names) -> str:
    return f"shows {_parties(names, effect.to)} {_looked_at(names, effect)}"


def _looked_at(names: Names, effect: Peek) -> str:
    if effect.track:
        return f"where {names.track(effect.track)} stands"
    if effect.good:
        return f"{names.stock(effect.seat or '', effect.good)} in store"
    return f"how {quoted(names.dial(effect.dial or ''))} is set"


@clause_of.register
def _expose(effect: Expose, names: Names) -> str:
    deal = f"a running secret deal between {_parties(names, effect.between)}"
    if effect.suspected_by:
        deal += f" that {names.one_does(effect.suspected_by, 'suspects')}"
    if effect.what == "proof":
        return f"{deal} is proved before everybody, if there is one"
    verb = "comes" if len(effect.to) == 1 else "come"
    return f"{_parties(names, effect.to)} {verb} to suspect {deal}, if there is one"


def _parties(names: Names, seats: Sequence[str]) -> str:
    return joined(map(names.party, seats))


# --- bargains ------------------------------------------------------------------------------------------


@clause_of.register
def _break(effect: Break, names: Names) -> str:
    return f"{names.one_does(effect.by, 'breaks')} {quoted(names.deal(effect.deal))}, if it is running"


@clause_of.register
def _transfer(effect: Transfer, names: Names) -> str:
    verb = "goes" if effect.count == 1 else "go"
    count = names.lots(effect.count, effect.good)
    return f"up to {count} {verb} from {names.party(effect.from_)} to {names.party(effect.to)}"


HOLDERS = (Roll, Choose, Vote, If, Each, Later)


def card_text(names: Names, card: str | Card, target: str = "") -> list[str]:
    """Describe needs, aim, effects, if it is quiet or for once; with `target`, the effects as aimed so."""
    spec = names.scenario.cards[card] if isinstance(card, str) else card
    lines = needs(names, spec.needs)
    if spec.targets and not target:
        lines.append(f"Aim at {joined((names.target(spec, id_) for id_ in spec.targets.ids()), 'or')}")
    effects = tuple(bind_target(effect, target) for effect in spec.effects) if target else spec.effects
    lines += clauses(names, effects)
    lines += ["Once a game: it never comes back from the discards"] if spec.once else []
    return [*lines, "Quiet: others see only a quiet move"] if spec.quiet else lines


def needs(names: Names, conditions: Sequence[Condition]) -> list[str]:
    """Return one line for each thing that must hold."""
    return [capital(needed(names, need)) for need in conditions]


def news_text(names: Names, news: str) -> list[str]:
    card = names.scenario.event_card(news)
    if card is None:
        return []
    return [*clauses(names, card.effects), *(crisis_text(names, news) if card.crisis else ())]


def crisis_text(names: Names, news: str, yours: bool = False) -> list[str]:
    """Return who is asked what, what each answer brings (`yours`: to the reader), and how it ends."""
    crisis = names.scenario.crises[news]
    who = joined(map(names.party, crisis.seats)) if crisis.seats else "all"
    lines = [capital(f"{who} answer in secret, {quoted(names.said(crisis.prompt))}")]
    for option in crisis.options:
        brings = within(names, option.effects, last=True)
        brings = brings.replace(whose(names.party(SELF)), "your") if yours else brings
        lines.append(f"{names.said(option.label)}: {brings}")
    for at, outcome in enumerate(crisis.outcomes):
        lines.append(capital(f"{crisis_end(names, news, at)}: {within(names, outcome.effects, last=True)}"))
    return lines


def crisis_end(names: Names, news: str, outcome: int) -> str:
    """Return what brings about that end of a crisis, as a clause: 'with at least three for “Hold”'."""
    crisis = names.scenario.crises.get(news)
    tally = crisis.outcomes[outcome].when if crisis else None
    if tally is None:
        return "otherwise" if crisis and len(crisis.outcomes) > 1 else "in any case"
    return f"with at least {number(tally.at_least)} for {quoted(stance_label(names, news, tally.option))}"


def stand_text(names: Names, stand: str) -> list[str]:
    spec = names.scenario.stands[stand]
    together: tuple[tuple[str, tuple[Effect, ...]], ...] = (
        (f"If {joined(map(names.party, spec.seats))} all stand", spec.together),
        ("If only some stand", spec.deserted),
    )
    return [
        *needs(names, spec.needs),
        *(f"{when}: {within(names, then, last=True)}" for when, then in together),
    ]


def trigger_text(names: Names, trigger: str) -> list[str]:
    spec = names.scenario.triggers[trigger]
    when = f"Each upkeep {conditional(names, spec.when)}" if spec.when else "Each upkeep"
    return [when, *clauses(names, spec.effects)]
