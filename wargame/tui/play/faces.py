"""The cards of a hand as their faces are painted: what each costs, does and would do now."""

from __future__ import annotations

from wargame.rules.moves import Commit, Discard
from wargame.rules.preview import preview
from wargame.tui.kit.odds import played_card, with_chances
from wargame.tui.kit.paint import DIM, put, seat_colour
from wargame.tui.play.hand import FaceUp
from wargame.tui.play.sway import Sway, is_idle
from wargame.tui.play.turn import COMMIT, DISCARD, TELL, Turn
from wargame.words.pages import play as say

DOES = {DISCARD: say.GIVES_UP, TELL: say.TELLS}
"""What stands on the foot of a face that is not to be laid down."""


def faces(turn: Turn, width: int) -> list[FaceUp]:
    """Return the faces of the seat's hand from left to right, their text `width` cells wide."""
    hand = turn.lens.view.hands[turn.seat]
    laid = turn if turn.mode == COMMIT else Turn(turn.lens, dials=turn.dials if turn.mode == TELL else {})
    return [_face(turn, laid, card, nth if nth <= 9 else 0, width) for nth, card in enumerate(hand, 1)]


def _face(turn: Turn, laid: Turn, id_: str, number: int, width: int) -> FaceUp:
    """A card; more quietly while Enter would give it up. What it would do is told as if it were `laid`."""
    lens, card, given_up = turn.lens, turn.lens.scenario.cards[id_], turn.mode == DISCARD
    move, refusal, aim = turn.choice(f"card:{id_}")
    shown = played_card(lens, move) if isinstance(move, Discard) else card
    down = laid.choice(f"card:{id_}")[0]
    would = move if isinstance(move, Discard) else down
    odds = preview(lens.view, would).odds if isinstance(would, (Commit, Discard)) else ()
    lines = Sway(lens).lines(with_chances(lens, card, down), width)
    return FaceUp(
        key=f"card:{id_}",
        number=number,
        title=lens.words.said(card.title),
        cost=shown.cost if given_up else card.cost,
        colour=seat_colour(lens.scenario, turn.seat),
        lines=tuple(put(line.plain, DIM) if given_up else line for line in lines),
        foot=say.speed(shown.speed, shown.quiet),
        story=lens.words.said(card.text) if turn.mode == COMMIT else "",
        chances=tuple(one.chance for one in odds),
        aim=aim,
        does="" if refusal else DOES.get(turn.mode, ""),
        refused=lens.words.refusal(refusal) if refusal else "",
        told=lens.view.signals.get(turn.seat) == id_,
        idle=say.IDLE if isinstance(would, Commit) and is_idle(lens, would) else "",
    )
