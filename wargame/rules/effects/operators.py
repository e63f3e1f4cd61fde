"""The closed set of operators, by the name YAML gives them."""

from __future__ import annotations

from wargame.rules.effects.bargains import Break, Transfer
from wargame.rules.effects.flow import Choose, End, If, Later, Roll
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.secrets import Expose, Locate, Peek
from wargame.rules.effects.tracks import Ease, Points, SetFlag, Shift

Effect = (
    Shift | Ease | SetFlag | Points | Roll | Choose | If | Later | End
    | Draw | Lose | Locate | Peek | Expose | Break | Transfer
)  # fmt: skip

OPERATORS: dict[str, type[Effect]] = {
    "shift": Shift,
    "ease": Ease,
    "flag": SetFlag,
    "points": Points,
    "roll": Roll,
    "choose": Choose,
    "if": If,
    "later": Later,
    "end": End,
    "draw": Draw,
    "lose": Lose,
    "locate": Locate,
    "peek": Peek,
    "expose": Expose,
    "break": Break,
    "transfer": Transfer,
}
