"""A card as it is printed: its face, what it does and how likely that is.

The chance stands above what it decides, so that it is seen first where there is room for half a card only.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.rules.effects.flow import Choose, Roll
from wargame.rules.effects.programs import Came
from wargame.rules.moves import Commit, Discard, Move
from wargame.rules.preview import preview, worth_of
from wargame.rules.scenario import card_root
from wargame.rules.spec import Card, Effect
from wargame.rules.state import Odds, Promises
from wargame.tui.kit.frame import SIDES, Part, framed
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    DIM,
    HEAD,
    chance,
    fit,
    join,
    paragraphs,
    put,
    seat_badge,
    seat_colour,
    share_bar,
    signed,
    signed_tenths,
    wrapped,
)
from wargame.words.pages import kit as say

INDENT, WORTH = 7, 12
"""Columns of a label before what a card does, and before what it is worth."""


def card_face(lens: Lens, card: Card, width: int) -> list[Content]:
    """The front of a card as everybody may see it, without odds."""
    return _framed(lens, card, [("", story_lines(lens, card, "", width - SIDES))], width)


def about_card(lens: Lens, move: Commit | Discard, width: int, brief: bool = False) -> list[Content]:
    """A card that `move` would commit (or the action it would pay for), with its odds as they stand now.

    `brief` leaves out what is only read once: the story and the reasons of a chance.
    """
    card = played_card(lens, move)
    target, inner, foreseen = move.target, width - SIDES, preview(lens.view, move)
    effects = lens.scenario.programs.effects[card_root(card.id, target)]
    story = [] if brief else story_lines(lens, card, target, inner)
    parts: list[Part] = [("", [*story, *needs_lines(lens, card, inner)])]
    parts += [chance_part(lens, odds, inner, say.FIXED_ON_COMMIT, brief) for odds in foreseen.odds]
    parts += [("", list(what_it_does(lens, effects, inner, foreseen.odds)))]
    parts += [("", list(_worth(lens, move)))]
    return _framed(lens, card, parts, width)


def fixed_card(lens: Lens, card: Card, target: str, promised: Promises, width: int) -> list[Content]:
    """A card that lies face down, with the odds that were promised for it."""
    inner = width - SIDES
    effects = lens.scenario.programs.effects[card_root(card.id, target)]
    parts: list[Part] = [("", story_lines(lens, card, target, inner))]
    parts += [chance_part(lens, odds, inner, say.FIXED) for odds in promised]
    return _framed(lens, card, [*parts, ("", list(what_it_does(lens, effects, inner, promised)))], width)


def _framed(lens: Lens, card: Card, parts: list[Part], width: int) -> list[Content]:
    title = put(lens.words.said(card.title).upper(), HEAD)
    facts = put(say.speed_of(card.speed, paragraphs(card.source)), DIM)
    edge = seat_colour(lens.scenario, owner_of(lens, card))
    return framed(title, put(f"¤{card.cost}", "bold"), parts, facts, width, edge or DIM)


def owner_of(lens: Lens, card: Card) -> str:
    """The seat in whose deck, or on whose board, a card is."""
    scenario = lens.scenario
    found = (
        seat for seat in scenario.seat_ids if card.id in (*scenario.decks[seat], scenario.actions[seat].id)
    )
    return next(found, "")


def story_lines(lens: Lens, card: Card, target: str, width: int) -> list[Content]:
    lines = wrapped(put(lens.words.said(card.text), f"italic {DIM}"), width)
    if card.quiet:
        lines += wrapped(join((_label(say.QUIET), say.ONLY_QUIET)), width, INDENT)
    if card.once:
        lines += wrapped(join((put(f"{say.ONCE_A_GAME} ", DIM), say.NEVER_BACK)), width, INDENT)
    if target:
        lines += wrapped(
            join((_label(say.AIMED), say.aimed_at(lens.words.target(card, target)))), width, INDENT
        )
    return lines


def chance_part(lens: Lens, odds: Odds, width: int, note: str, brief: bool = False) -> Part:
    """The chance in the line, and below it how it comes about."""
    below = [] if brief else list(reasons(lens, odds, width))
    return join((chance(odds.chance), put(f" {note}", DIM))), below


def chance_lines(lens: Lens, odds: Odds, width: int, note: str) -> list[Content]:
    """The same where there is no frame around it."""
    head, below = chance_part(lens, odds, width, note)
    return [join([head]), *below]


def played_card(lens: Lens, move: Commit | Discard) -> Card:
    """The card that takes effect: for a discard, the printed action."""
    scenario = lens.scenario
    return scenario.actions[move.seat] if isinstance(move, Discard) else scenario.cards[move.card]


def with_chances(lens: Lens, card: Card, move: Move | None) -> list[str]:
    """The lines of a card's face, each chance on them as `move` would fix it now if its seat knows."""
    lines = list(lens.words.face(card))
    if not isinstance(move, Commit):
        return lines
    after = 0
    for odds in preview(lens.view, move).odds:
        printed = f"{lens.scenario.programs.rolls[odds.path].base}%"
        found = (nth for nth, line in enumerate(lines) if nth >= after and printed in line)
        at = next(found, None)
        if at is not None:
            lines[at] = lines[at].replace(printed, f"{odds.chance}%", 1)
            after = at + 1
    return lines


def _label(label: str) -> Content:
    return fit(put(label, DIM), INDENT)


def needs_lines(lens: Lens, card: Card, width: int) -> Iterator[Content]:
    if card.needs:
        needs = "; ".join(lens.words.need(need) for need in card.needs)
        yield from wrapped(join((_label(say.NEEDS), put(needs))), width, indent=INDENT)


def what_it_does(
    lens: Lens, effects: tuple[Effect, ...], width: int, promised: Promises
) -> Iterator[Content]:
    """The effects; those of a roll told apart by its chance, those of a question by its answers."""
    sure = tuple(effect for effect in effects if not isinstance(effect, Roll | Choose))
    rolls = [effect for effect in effects if isinstance(effect, Roll)]
    yield from _clauses(say.ALWAYS if rolls else say.DOES, lens.words.effects(sure), width)
    for asked in effects:
        if isinstance(asked, Choose):
            yield from question(lens, asked, width)
    dice = lens.scenario.programs.rolls
    for roll in rolls:
        share = next((f"{odds.chance} %" for odds in promised if dice[odds.path].spec is roll), say.WORKS)
        yield from _clauses(share, lens.words.effects(roll.success) or [say.NOTHING_CHANGES], width)
        best, worst = lens.words.by_margin(roll.margin)
        if roll.triumph:
            yield from _clauses(best, lens.words.effects(roll.triumph), width)
        yield from _clauses(say.ELSE, lens.words.effects(roll.failure) or [say.NOTHING_CHANGES], width)
        if roll.disaster:
            yield from _clauses(worst, lens.words.effects(roll.disaster), width)


def question(lens: Lens, asked: Choose, width: int, indent: int = INDENT) -> Iterator[Content]:
    """What a card asks whom, and what each answer does."""
    prompt = (fit(put(say.ASKS, DIM), indent), seat_badge(lens.scenario, asked.seat), " ")
    yield from wrapped(join((*prompt, lens.words.said(asked.prompt))), width, indent)
    for option in asked.options:
        does = put(lens.words.effects_in_line(option.effects))
        answer = join((" " * indent, put(f"{lens.words.said(option.label)}: ", "italic"), does))
        yield from wrapped(answer, width, indent=indent + 2)


def _clauses(label: str, clauses: list[str], width: int) -> Iterator[Content]:
    for at, clause in enumerate(clauses):
        line = join((_label("" if at else label), put(clause)))
        yield from wrapped(line, width, indent=INDENT)


def reasons(lens: Lens, odds: Odds, width: int) -> Iterator[Content]:
    """The parts of a chance, each with its piece of the bar; those that come to nothing now share a line."""
    terms, total = lens.words.roll_terms(odds.path, odds.terms), 0
    for label, base in terms[:1]:
        total = int(base)
        yield _reason(f"{base}", share_bar(0, total), label, width)
    for label, value in terms[1:]:
        if isinstance(value, int) and value:
            yield _reason(signed(value), share_bar(total, total + value), label, width)
            total += value
        elif value:
            yield _reason(str(value), put(" " * 10), label, width)
    idle = ", ".join(label for label, value in terms[1:] if not value)
    yield from wrapped(put(f"{0:>3}  {idle}", DIM), width, indent=5) if idle else ()


def _reason(amount: str, bar: Content, label: str, width: int) -> Content:
    return fit(join((f"{amount:>3} ", bar, " ", put(label, DIM))), width)


def _worth(lens: Lens, move: Commit | Discard) -> Iterator[Content]:
    said = score_said(lens, move)
    if said != "0":
        yield score_line(said)
    cost = played_card(lens, move).cost
    have = lens.view.influence[move.seat]
    left = put(f"¤{have} → ¤{have - cost}") if have >= cost else put(say.short_of(cost - have), BAD)
    yield join((put(f"{say.YOU_KEEP:<{WORTH}}", DIM), left))


def score_line(said: str) -> Content:
    """What a move brings its seat."""
    return join((put(f"{say.YOUR_SCORE:<{WORTH}}", DIM), put(said, "bold")))


def counted_from(lens: Lens, width: int) -> list[Content]:
    """Say what the worth of a deal is counted from."""
    return wrapped(put(say.counted_from(lens.view.phase), DIM), width)


def score_said(lens: Lens, move: Move, *, if_kept: bool = False) -> str:
    """What a move brings its seat as far as that can tell: "+2", "+4 works, −1 fails", "+1.5 on average".

    `if_kept` says so of a deal that only both can keep.
    """
    odds = preview(lens.view, move).odds
    if len(odds) == 1:
        works, fails = (_worth_said(lens, move, {odds[0].path: came}) for came in (True, False))
        return works if works == fails else say.works_and_fails(works, fails)
    said = _worth_said(lens, move, {})
    if not if_kept:
        return said
    return say.if_both_keep(said)


def _worth_said(lens: Lens, move: Move, came: Came) -> str:
    points, sure = worth_of(lens.view, move.seat, preview(lens.view, move, came))
    return rounded(points) if sure else say.on_average(rounded(points))


def rounded(points: float) -> str:
    """Points with a sign, to a decimal where they are not whole."""
    whole = round(points)
    if abs(points - whole) < (0.05 if whole else 0.0005):
        return signed(whole)
    return signed_tenths(points)
