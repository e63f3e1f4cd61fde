"""The board that stays on the table: map, tracks, seats."""
