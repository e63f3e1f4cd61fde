"""What cards do: about fifteen operators, each one frozen dataclass that compiles itself.

`programs` says what an operator is, `base` how one touches a state; `tracks`, `flow`, `hands`, `secrets` and
`bargains` hold them by family; `operators` gathers them into the closed set that YAML may name, and builds
records from plain data.
"""
