"""The wall: a window of its own that shows a room what everybody may see of a running game."""
