"""What a card would do and how likely it is: the pane that explains a policy card or a printed action."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.rules.effects.base import Changes
from wargame.rules.effects.flow import Choose, Roll, expect_all
from wargame.rules.effects.operators import Effect
from wargame.rules.moves import Move
from wargame.rules.preview import Odds, preview
from wargame.rules.scenario import card_root
from wargame.rules.spec import Card
from wargame.tui.widgets.lens import Lens
from wargame.tui.widgets.paint import (
    BAD,
    DIM,
    HEAD,
    chance,
    fit,
    join,
    paragraphs,
    put,
    seat_badge,
    signed,
    wrapped,
)

INDENT = 9


def card_head(lens: Lens, card: Card, width: int) -> Content:
    """TITLE     ¤3 · speed 2 · ¶2; a long title takes the room of the source."""
    title = put(lens.words.said(card.title).upper(), HEAD)
    facts = f"¤{card.cost} · speed {card.speed}"
    whole = f"{facts} · {paragraphs(card.source)}"
    facts = whole if title.cell_length + len(whole) < width else facts
    return join((fit(title, width - len(facts) - 1), " ", put(facts, DIM)))


def about_card(lens: Lens, move: Move, width: int) -> list[Content]:
    """A card that `move` would commit (or the action it would pay for), with its odds as they stand now."""
    card = played_card(lens, move)
    target = str(move.args[1]) if len(move.args) > 1 else ""
    root = card_root(card.id, target)
    lines = [card_head(lens, card, width), *wrapped(put(lens.words.said(card.text), DIM), width), Content("")]
    if target:
        lines.append(_labelled("Aimed at", lens.words.target(card, target), width))
    lines += _needs(lens, card, width)
    lines += what_it_does(lens, lens.scenario.programs.effects[root], width)
    if card.quiet:
        lines.append(_labelled("Quiet", "the others see only a quiet move", width))
    return [*lines, *odds_lines(lens, move, width)]


def played_card(lens: Lens, move: Move) -> Card:
    """The card that takes effect: for a discard, the printed action."""
    return (
        lens.scenario.actions[move.seat] if move.verb == "discard" else lens.scenario.cards[str(move.args[0])]
    )


def _labelled(label: str, text: str, width: int, style: str = DIM) -> Content:
    return join((fit(put(label, style), INDENT), put(text)))


def _needs(lens: Lens, card: Card, width: int) -> Iterator[Content]:
    if card.needs:
        needs = "; ".join(lens.words.condition(need) for need in card.needs)
        yield from wrapped(join((fit(put("Needs", DIM), INDENT), put(needs))), width, indent=INDENT)


def what_it_does(lens: Lens, effects: tuple[Effect, ...], width: int) -> Iterator[Content]:
    """The effects; those of a roll told apart as works and fails, those of a question by its answers."""
    sure = tuple(effect for effect in effects if not isinstance(effect, Roll | Choose))
    rolls = [effect for effect in effects if isinstance(effect, Roll)]
    yield from _clauses("Always" if rolls else "Does", lens.words.effects(sure), width)
    for asked in effects:
        if isinstance(asked, Choose):
            yield from _question(lens, asked, width)
    for roll in rolls:
        yield from _clauses("Works", lens.words.effects(roll.success) or ["nothing"], width)
        yield from _clauses("Fails", lens.words.effects(roll.failure) or ["nothing"], width)


def _question(lens: Lens, asked: Choose, width: int) -> Iterator[Content]:
    seat = seat_badge(lens.scenario, asked.seat)
    prompt = join((fit(put("Asks", DIM), INDENT), seat, " ", lens.words.said(asked.prompt)))
    yield from wrapped(prompt, width, INDENT)
    for option in asked.options:
        does = ", ".join(lens.words.effects(option.effects)) or "nothing"
        answer = join((" " * INDENT, put(f"{lens.words.said(option.label)}: ", "italic"), put(does)))
        yield from wrapped(answer, width, indent=INDENT + 2)


def _clauses(label: str, clauses: list[str], width: int) -> Iterator[Content]:
    for at, clause in enumerate(clauses):
        line = join((fit(put("" if at else label, DIM), INDENT), put(clause)))
        yield from wrapped(line, width, indent=INDENT)


def odds_lines(lens: Lens, move: Move, width: int) -> Iterator[Content]:
    """What a move means for the mover's score and purse, and each roll's bar with its reasons."""
    foreseen = preview(lens.view, move)
    yield Content("")
    yield from _worth(lens, move, foreseen.odds, foreseen.changes)
    for odds in foreseen.odds:
        yield Content("")
        yield join((chance(odds.chance), put("   fixed when you commit", DIM)))
        yield from _reasons(lens, odds, width)
        yield from _limits(odds)


def _reasons(lens: Lens, odds: Odds, width: int) -> Iterator[Content]:
    """The terms of a chance; those that come to nothing now share a line."""
    (start, base), *terms = lens.words.roll_terms(odds.path, odds.terms)
    yield join((put(f"{base:>5}  "), put(start, DIM)))
    for label, value in terms:
        if value:
            amount = signed(value) if isinstance(value, int) else value
            yield fit(join((put(f"{amount:>5}  "), put(label, DIM))), width)
    idle = ", ".join(label for label, value in terms if not value)
    yield from wrapped(put(f"{0:>5}  {idle}", DIM), width, indent=7) if idle else ()


def _limits(odds: Odds) -> Iterator[Content]:
    raw = sum(odds.terms)
    if raw != odds.chance:
        yield put(f"{raw:>5}  in all; no chance is below 5 or above 95", DIM)


def _worth(lens: Lens, move: Move, odds: tuple[Odds, ...], changes: Changes) -> Iterator[Content]:
    seat = move.seat
    if len(odds) == 1:
        roll = lens.scenario.programs.rolls[odds[0].path].spec
        works = branch_points(lens, seat, roll.success, f"{odds[0].path}/success")
        fails = branch_points(lens, seat, roll.failure, f"{odds[0].path}/failure")
        yield join((put("Your score  ", DIM), put(f"{rounded(works)} works, {rounded(fails)} fails")))
    else:
        yield join((put("Your score  ", DIM), put(f"{rounded(lens.points(seat, changes))} on average")))
    cost = played_card(lens, move).cost
    have = lens.view.influence[seat]
    left = put(f"¤{have} → ¤{have - cost}") if have >= cost else put(f"¤{cost - have} short", BAD)
    yield join((put("You keep    ", DIM), left))


def branch_points(lens: Lens, seat: str, effects: tuple[Effect, ...], path: str) -> float:
    """What one outcome of a roll is worth to a seat, as far as the viewer can tell."""
    changes: Changes = {}
    expect_all(effects, lens.view, path, 1.0, changes)
    return lens.points(seat, changes)


def rounded(points: float) -> str:
    """Points with a sign, to one decimal where they are not whole."""
    whole = round(points)
    if abs(points - whole) < 0.05:
        return signed(whole)
    return f"{'+' if points > 0 else '−'}{abs(points):.1f}"
