"""From YAML to a scenario: `reader` is strict, `schema` checks shapes, `check` sense; `load` is the door."""
