"""A card told in full: its story, what it does at once, if something holds and later, and what it is worth.

The facts are those of `odds`; here they stand in two columns, with where each track goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual.content import Content

from wargame.rules.conditions import Condition, Read, condition_reads, subject
from wargame.rules.effects.flow import Choose, If, Later, Roll
from wargame.rules.effects.programs import Boards
from wargame.rules.effects.tracks import SetTrack, Shift
from wargame.rules.moves import Commit, Discard
from wargame.rules.pieces import Situation
from wargame.rules.predicates import compile_condition
from wargame.rules.preview import preview
from wargame.rules.scenario import card_root
from wargame.rules.spec import Card, Effect
from wargame.rules.state import Promises
from wargame.tui.kit.framed import Border
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import (
    chance_part,
    needs_lines,
    owner_of,
    played_card,
    question,
    score_said,
    story_lines,
    what_it_does,
)
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    COIN,
    DIM,
    GOOD,
    fit,
    join,
    paragraphs,
    put,
    seat_colour,
    wrapped,
)
from wargame.tui.play.sway import Sway, after, faster_laid, is_idle
from wargame.words.pages import kit
from wargame.words.pages import play as say

WIDEST = 62
"""Columns that text is wide at most."""
LABEL = 12
ARROW = re.compile(r"[▲▼]\d+")


def pane_of(lens: Lens, card: Card) -> Border:
    """The border of the pane in which a card is told."""
    title = put(lens.words.said(card.title).upper(), "bold")
    foot = put(kit.speed_of(card.speed, paragraphs(card.source)), DIM)
    edge = seat_colour(lens.scenario, owner_of(lens, card)) or DIM
    return Border(title, put(COIN * card.cost, CHANGE), foot, edge)


def told_card(lens: Lens, move: Commit | Discard, width: int, brief: bool = False) -> list[Content]:
    """A card that `move` would lay down; `brief` is without its story and the reasons of its chance."""
    card, width = played_card(lens, move), min(width, WIDEST)
    foreseen, idle = preview(lens.view, move), is_idle(lens, move)
    root = card_root(card.id, move.target)
    effects = lens.scenario.programs.effects[root]
    story = [] if brief else [*story_lines(lens, card, move.target, width), Content("")]
    lines = [*story, *needs_lines(lens, card, width)]
    lines += list(does(lens, effects, width, foreseen.odds, root))
    if idle:
        lines += [Content(""), *wrapped(put(_idle_said(lens, move), BAD), width)]
    for odds in foreseen.odds:
        head, below = chance_part(lens, odds, width, kit.FIXED_ON_COMMIT, brief)
        lines += [Content(""), join([head]), *below]
    return [*lines, rule(width), *worth(lens, move, width)]


def _idle_said(lens: Lens, move: Commit | Discard) -> str:
    """Say that a card does nothing now, and what becomes of that after faster cards laid before it."""
    before = faster_laid(lens, move)
    if not before:
        return say.IDLE
    then = after(lens, before)
    if then is None:
        return f"{say.IDLE} {say.NOT_COUNTED}"
    first = [lens.words.card(laid.card) for laid in before]
    return f"{say.IDLE} {say.after_these(first, does=not is_idle(lens, move, then))}"


def fixed_told(lens: Lens, card: Card, target: str, promised: Promises, width: int) -> list[Content]:
    """A card that lies face down, with the odds that were promised for it."""
    width = min(width, WIDEST)
    root = card_root(card.id, target)
    told = does(lens, lens.scenario.programs.effects[root], width, promised, root, paid=True)
    lines = [*story_lines(lens, card, target, width), Content(""), *told]
    for odds in promised:
        head, below = chance_part(lens, odds, width, kit.FIXED)
        lines += [Content(""), join([head]), *below]
    return lines


def rule(width: int) -> Content:
    """A line across a pane."""
    return put("─" * width, f"{DIM} 50%")


def worth(lens: Lens, move: Commit | Discard, width: int) -> Iterator[Content]:
    """What a card brings its seat, and what it leaves in its purse."""
    said = score_said(lens, move)
    style = "" if said.startswith("0") else BAD if said.startswith("−") else GOOD
    yield from wrapped(join((label(kit.YOUR_SCORE), put(said, f"bold {style}"))), width, LABEL)
    cost, have = played_card(lens, move).cost, lens.view.influence[move.seat]
    if have >= cost:
        kept = join((put(COIN * (have - cost), CHANGE), put(f" {have - cost}", "bold")))
    else:
        kept = put(say.missing(cost - have), BAD)
    yield join((label(kit.YOU_KEEP), kept))


def label(said: str) -> Content:
    return fit(put(said, DIM), LABEL)


def does(
    lens: Lens, effects: Sequence[Effect], width: int, promised: Promises, root: str = "", paid: bool = False
) -> Iterator[Content]:
    """What effects do, in two columns: when, and what. What is sure comes first.

    `root`: where they stand, so that each is told as the ones before it leave the board; what playing them
    costs comes before all of them, unless it is `paid`.
    """
    ahead = [Ahead(lens, f"{root}/{at}" if root else "", paid) for at in range(len(effects))]
    sure = [at for at, effect in enumerate(effects) if not isinstance(effect, Roll | Choose | If | Later)]
    yield from _part(lens, say.AT_ONCE, [effects[at] for at in sure], width, [ahead[at] for at in sure])
    dice = lens.scenario.programs.rolls
    for at, effect in enumerate(effects):
        match effect:
            case Roll():
                odds = next((odds for odds in promised if dice[odds.path].spec is effect), None)
                works = f"{odds.chance} %" if odds else say.WORKS
                best, worst = lens.words.by_margin(effect.margin)
                yield from _part(lens, works, effect.success, width)
                if effect.triumph:
                    yield from _part(lens, best, effect.triumph, width)
                yield from _part(lens, say.ELSE, effect.failure, width)
                if effect.disaster:
                    yield from _part(lens, worst, effect.disaster, width)
            case Choose():
                yield from question(lens, effect, width, LABEL)
            case If():
                yield from _if(lens, effect, width, ahead[at])
            case Later():
                when = say.in_round(lens.view.round + effect.rounds, lens.view.rounds)
                yield from _part(lens, when, effect.effects, width)
    if not effects:
        yield put(kit.NOTHING_CHANGES, DIM)


def plainly(
    lens: Lens, effects: Sequence[Effect], width: int, promised: Promises, root: str = ""
) -> Iterator[Content]:
    """The same in a column too narrow for two."""
    if any(isinstance(effect, Roll | Choose) for effect in effects):
        yield from what_it_does(lens, tuple(effects), width, promised)
        return
    for at, effect in enumerate(effects):
        ahead = Ahead(lens, f"{root}/{at}" if root else "")
        for clause in lens.words.effects([effect]):
            yield from wrapped(_coloured(lens, effect, clause, ahead), width, indent=2)


def _part(
    lens: Lens, when: str, effects: Sequence[Effect], width: int, ahead: Sequence[Ahead] = ()
) -> Iterator[Content]:
    """Effects behind the label of when they come; with what is `ahead` of each, also where a track goes."""
    said = when
    for at, effect in enumerate(effects):
        for clause in lens.words.effects([effect]):
            line = join((label(said), _coloured(lens, effect, clause, ahead[at] if ahead else None)))
            yield from wrapped(line, width, indent=LABEL)
            said = ""
    if not effects and when != say.AT_ONCE:
        yield join((label(when), put(kit.NOTHING_CHANGES, DIM)))


def _coloured(lens: Lens, effect: Effect, clause: str, ahead: Ahead | None) -> Content:
    """A clause; a change in it good or bad for the viewer, and where a track goes if `ahead` is known."""
    line, found = put(clause), ARROW.search(clause)
    if isinstance(effect, Shift) and found is not None:
        line = line.stylize(Sway(lens).of(effect), *found.span())
    now = _tracked(lens, effect, ahead) if ahead else None
    if now is None:
        return line
    before, after = now
    return join((line, put(f"   {before}→{after}", "bold" if after != before else DIM)))


def _tracked(lens: Lens, effect: Effect, ahead: Ahead) -> tuple[int, int] | None:
    """Return where an effect takes a track from and to; None if it moves none, or that can't be told."""
    if not isinstance(effect, Shift | SetTrack) or effect.track not in lens.view.tracks:
        return None
    stands = {board.tracks[effect.track] for board in ahead.boards([("track", effect.track)])}
    if len(stands) != 1:
        return None
    (now,) = stands
    if isinstance(effect, SetTrack):
        return now, effect.to
    if effect.per is not None:
        return None
    return now, min(max(now + effect.by, 0), lens.scenario.tracks[effect.track].most)


def _if(lens: Lens, effect: If, width: int, ahead: Ahead) -> Iterator[Content]:
    """What comes if something holds, and what otherwise, below the condition and whether that holds then."""
    when, then, otherwise = effect.when, effect.then, effect.otherwise
    if not then:
        when, then, otherwise = when.not_ or Condition(not_=when), otherwise, ()
    word, asked = lens.words.asked_of(when)
    holds, applies = ahead.holds(when.not_ or when), ahead.holds(when)
    mark = put("" if holds is None else f"  {say.HOLDS if holds else say.FAILS}", "bold" if holds else DIM)
    yield from wrapped(join((label(word), put(f"{asked}:", DIM), mark)), width, indent=LABEL)
    yield from _dimmed(_part(lens, "", then, width), applies is False)
    if otherwise:
        yield from _dimmed(_part(lens, say.ELSE, otherwise, width), applies is True)


def _dimmed(lines: Iterator[Content], dim: bool) -> Iterator[Content]:
    """What does not come now is told more quietly."""
    return (put(line.plain, DIM) if dim else line for line in lines)


class Ahead:
    """What comes before the effect at a path, as things stand: those before it, and its price unless `paid`.

    Without a path nothing comes before it.
    """

    def __init__(self, lens: Lens, path: str = "", paid: bool = False) -> None:
        self._lens, self._path, self._paid = lens, path, paid

    def boards(self, reads: Sequence[Read]) -> list[Situation]:
        """Return the boards on which the effect may read that."""
        view, programs = self._lens.view, self._lens.scenario.programs
        if not self._path:
            return [view]
        price = () if self._paid else programs.paid(self._path, reads)
        found = Boards(programs, programs.leading_to(self._path, reads), price)
        return [board for _share, board in found(view, 1.0)]

    def holds(self, asked: Condition) -> bool | None:
        """Return whether a condition holds when it is asked; None where the viewer can't know it."""
        lens, reads = self._lens, list(condition_reads(asked))
        known = lens.scenario.audience(reads)
        if known is not None and lens.viewer not in known:
            return None
        if any(leaf.deal or leaf.deals or subject(leaf) == "seat" or leaf.outcome for leaf in asked.leaves()):
            return None
        test = compile_condition(asked)
        found = {bool(test(board)) for board in self.boards(reads)}
        return found.pop() if len(found) == 1 else None


def holds_now(lens: Lens, asked: Condition) -> bool | None:
    """Return whether a condition holds now; None where the viewer can't know it."""
    return Ahead(lens).holds(asked)
