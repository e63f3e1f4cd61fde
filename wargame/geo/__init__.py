"""The outline of the world, and outlines of invented places: lands as rings of lines. Stdlib alone."""
