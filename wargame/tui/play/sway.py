"""What is good and what is bad for whoever looks: steps by what they score, and lines coloured so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from textual.content import Content

from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import If
from wargame.rules.effects.tracks import Ease, Points, SetFlag, SetTrack, Shift
from wargame.rules.moves import Commit, Discard
from wargame.rules.preview import preview
from wargame.rules.scenario import card_root
from wargame.rules.spec import Effect
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import played_card
from wargame.tui.kit.paint import BAD, DIM, GOOD, fit, join, put
from wargame.words.pages import play as say

STEP = re.compile(r"^(?P<what>.*?) (?P<by>[+−]\d+)(?P<rest>(?: \(.*\))?)$")
"""A line of a face that ends in a number: 'Else Millpond −2', 'Harvest +1 (2 rds)'."""
NUMBERS = (Shift, Ease, SetTrack, SetFlag, Points, Transfer)
"""Effects of which a preview says all there is to expect."""


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


def is_idle(lens: Lens, move: Commit | Discard) -> bool:
    """Whether a card, as far as its seat can tell, would change nothing but the purse as things stand."""
    card = played_card(lens, move)
    foreseen = preview(lens.view, move)
    if foreseen.odds or foreseen.unsure:
        return False
    purse = ("influence", move.seat)
    changed = {key: by for key, by in foreseen.changes.items() if abs(by) > 1e-9}
    if changed.get(purse) == -card.cost:
        del changed[purse]
    effects = lens.scenario.programs.effects[card_root(card.id, move.target)]
    return not changed and all(_counted(effect) for effect in effects)


def _counted(effect: Effect) -> bool:
    """Whether all that an effect may do is a number."""
    if isinstance(effect, If):
        return all(_counted(part) for part in effect.then + effect.otherwise)
    return isinstance(effect, NUMBERS)
