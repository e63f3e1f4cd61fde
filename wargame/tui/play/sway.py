"""What is good and what is bad for whoever looks: steps by what they score, and lines coloured so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from textual.content import Content

from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import If
from wargame.rules.effects.programs import Changes
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.moves import Commit, Discard
from wargame.rules.preview import preview
from wargame.rules.scenario import card_root
from wargame.rules.spec import Card, Effect
from wargame.rules.view import View
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import played_card
from wargame.tui.kit.paint import BAD, DIM, GOOD, fit, join, put
from wargame.words.pages import play as say

STEP = re.compile(r"^(?P<what>.*?) (?P<by>[+−]\d+)(?P<rest>(?: \(.*\))?)$")
"""A line of a face that ends in a number: 'Else Millpond −2', 'Harvest +1 (2 rds)'."""
NUMBERS = (Shift, Ease, SetTrack, SetFlag, Points, Transfer)
"""Effects of which a preview says all there is to expect."""
TELLABLE = (Shift, SetTrack, Points)
"""Those of them after which a position can be told: they move tracks at once, and raise no flag."""


class Sway:
    """Colours the lines of faces for the viewer of a lens."""

    def __init__(self, lens: Lens) -> None:
        self.lens = lens

    @cached_property
    def _points(self) -> dict[str, int]:
        """The short name of a track or of the viewer's own goods → the points of a step."""
        lens, words = self.lens, self.lens.words
        scoring = lens.scenario.spec.scoring.seats.get(str(lens.viewer))
        found: dict[str, int] = {say.INFLUENCE: 1, say.A_SCORE: 1}
        for term in scoring.terms if scoring else ():
            known = lens.scenario.tracks.get(term.track or "") or lens.scenario.goods.get(term.good or "")
            if known is not None:
                name = words.said(known.short) or words.said(known.name)
                found[name] = found.get(name, 0) + term.each
        return found

    def style(self, what: str, by: int) -> str:
        """The colour of a change of something by its name on a face, which may have words before it."""
        said = f" {what}".lower()
        each = next((each for name, each in self._points.items() if said.endswith(f" {name.lower()}")), 0)
        worth = each * by
        return f"bold {GOOD}" if worth > 0 else f"bold {BAD}" if worth < 0 else "bold"

    def of(self, effect: Shift) -> str:
        """The colour of a change as an effect has it."""
        lens, words = self.lens, self.lens.words
        if effect.track:
            known = lens.scenario.tracks[effect.track]
            return self.style(words.said(known.short) or words.said(known.name), effect.by)
        if effect.good and effect.seat == lens.viewer:
            good = lens.scenario.goods[effect.good]
            return self.style(words.said(good.short) or words.said(good.name), effect.by)
        return self.style(say.INFLUENCE, effect.by) if effect.influence == lens.viewer else "bold"

    def lines(self, face: list[str], width: int) -> Iterator[Content]:
        """The lines of a face, their numbers at the right; what does not fit goes on below."""
        for line in face:
            found = STEP.match(line)
            if found is None:
                yield from (put(part, DIM if line.endswith(":") else "") for part in _parts(line, width))
                continue
            number = put(found["by"], self.style(found["what"], int(found["by"].replace("−", "-"))))
            number = join((number, put(found["rest"], DIM)))
            *above, last = _parts(found["what"], width - number.cell_length - 1)
            yield from (put(part) for part in above)
            yield join((fit(put(last), width - number.cell_length), number))


def _parts(text: str, width: int) -> list[str]:
    lines = put(text).wrap(max(width, 4))
    return [line.plain.rstrip() for line in lines] or [""]


def is_idle(lens: Lens, move: Commit | Discard, view: View | None = None) -> bool:
    """Whether a card, as far as its seat can tell, would change nothing but the purse as things stand.

    `view`: not as they stand now but so.
    """
    card = played_card(lens, move)
    foreseen = preview(view or lens.view, move)
    if foreseen.odds or foreseen.unsure:
        return False
    effects = lens.scenario.programs.effects[card_root(card.id, move.target)]
    return not _changed(card, move.seat, foreseen.changes) and all(_counted(effect) for effect in effects)


def faster_laid(lens: Lens, move: Commit | Discard) -> list[Commit]:
    """Return what lies face down and acts before a card, in the order in which it acts."""
    cards, mine = lens.scenario.cards, lens.view.orders[move.seat].commits
    before = [laid for laid in mine if cards[laid.card].speed < played_card(lens, move).speed]
    before.sort(key=lambda laid: cards[laid.card].speed)
    return [Commit(move.seat, laid.card, laid.target) for laid in before]


def after(lens: Lens, moves: Sequence[Commit]) -> View | None:
    """Return the position after those cards, as far as the seat can tell; None if it can't tell for sure."""
    view = lens.view
    for move in moves:
        card, foreseen = lens.scenario.cards[move.card], preview(view, move)
        effects = lens.scenario.programs.effects[card_root(card.id, move.target)]
        if foreseen.odds or foreseen.unsure or not all(_counted(effect, TELLABLE) for effect in effects):
            return None
        tracks = dict(view.tracks)
        for key, by in _changed(card, move.seat, foreseen.changes).items():
            if key[0] != "track":
                return None
            if key[1] in tracks:
                tracks[key[1]] = min(max(tracks[key[1]] + round(by), 0), lens.scenario.tracks[key[1]].most)
        view = replace(view, tracks=tracks)
    return view


def _changed(card: Card, seat: str, changes: Changes) -> Changes:
    """What a card changes, but for its price."""
    purse = ("influence", seat)
    kept = {key: by for key, by in changes.items() if abs(by) > 1e-9}
    if kept.get(purse) == -card.cost:
        del kept[purse]
    return kept


def _counted(effect: Effect, kinds: tuple[type[Effect], ...] = NUMBERS) -> bool:
    """Whether all that an effect may do is of those kinds, which are numbers."""
    if isinstance(effect, If):
        return all(_counted(part, kinds) for part in effect.then + effect.otherwise)
    return isinstance(effect, kinds)
