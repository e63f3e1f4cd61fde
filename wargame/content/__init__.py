"""From YAML to a scenario: `reader` is strict, `schema` checks shapes, `check` sense; `load` is the door."""

DEFAULT = "honeymoon"
"""The scenario that is meant where none is named."""
