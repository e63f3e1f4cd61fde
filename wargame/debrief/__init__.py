"""One game looked back on: what happened, who knew what, where it turned, and what else could have happened.

Start with `story.Story.open`. `export` makes flat rows of it, `outlook` and `turning` play on from its
positions, `ledger`, `charts`, `predictions`, `compare` and `history` read it, `report` puts all that on a
page, `branch` makes a new save of its beginning.
"""
