"""The pure game: states, moves, and what follows from what.

Nothing here knows of files, clocks, terminals or global randomness. Read in this order: `spec` (what a
scenario is made of), `catalogue` and `scenario` (the same looked up and compiled), `state` and its `pieces`
(where a game stands), `moves` and `options` (what may be done), `phases` (the turn machine), `effects` (what
cards do), `deals`, `upkeep`, `scoring`, `view` (who knows what), `preview` and `forecast` (what a seat may
expect), and `game`, the small public face over all of it.
"""
