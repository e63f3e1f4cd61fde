"""Many games without a table or a record: simulation and fuzzing."""
