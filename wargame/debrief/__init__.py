"""One game looked back on: what happened, who knew what, where it turned, and what else could have happened.

Start with `story.Story.open`. A function that takes a `perspective` (a seat, `ROOM` or `EVERYTHING`) gives
facts and sentences as far as they could be known from there; screens, `report` and `export` only paint them.
`perspective_line` and `dated_events` say what was noticed, `curves`, `ledger`, `people`, `results`,
`timeline` and `white_cell_log` what it comes to; `playouts`, `decisions` and `turning` play on from its
positions, and `branch` makes a new save of its beginning.
"""
