"""A map in a terminal: an outline cut from a world atlas, places on it, and what moves between them.

`chart` says what is on the map, in plain data; `view.MapView` shows it. Nothing here knows of the game.
"""
