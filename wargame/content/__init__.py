"""From YAML to a scenario: `reader` is strict, `schema` checks shapes, `check` sense; `load` is the door."""

DEFAULT = "honeymoon"
"""The scenario that is meant where none is named."""

TUTORIAL = "tutorial"
"""The scenario that teaches the game; its exercise says who sits where, and with which luck."""
