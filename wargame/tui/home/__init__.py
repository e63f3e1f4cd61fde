"""Before and after a game: home, set-up, the end; and what lies over every page, as pause, rules, help."""
