"""The closed set of operators: those of the families named here, which enter themselves as they are read."""

from wargame.rules.effects import bargains, flow, hands, secrets, tracks
from wargame.rules.effects.base import Effect
from wargame.rules.effects.registry import OPERATORS

__all__ = ["FAMILIES", "OPERATORS", "Effect"]

FAMILIES = (tracks, flow, hands, secrets, bargains)
