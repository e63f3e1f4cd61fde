"""A monkey at the real program on a real pseudo-terminal: `python -m tests.monkey --minutes 10`.

It is seeded, knows the keys of the program by its table of actions, and looks for what no hand may do to it:
a traceback, a freeze, a terminal left behind, a save that is not whole. `__main__` has the commands.
"""
