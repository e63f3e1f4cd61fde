"""The line in a replay in which somebody answers: where to go, what to find, what to write."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input

LONGEST = 80
"""Letters that an answer may have."""


class Question(Input):
    """Asked by the screen, which says when it has been answered; hidden as long as nothing is asked."""

    def __init__(self) -> None:
        super().__init__(id="typed", max_length=LONGEST, select_on_focus=True)
        self._then: Callable[[str], None] | None = None

    @property
    def asked(self) -> bool:
        return self._then is not None

    @property
    def what(self) -> str:
        """What is asked, for the bottom line: where an answer is proposed, nothing else says it."""
        return self.placeholder

    def ask(self, what: str, then: Callable[[str], None], value: str = "") -> None:
        """Let somebody type an answer, which `then` gets."""
        self._then = then
        self.placeholder, self.value = what, value
        self.screen.add_class("-typing")
        self.focus()

    def answered(self, said: str) -> None:
        """Close it, and pass the answer on if there is one."""
        then = self._then
        self.close()
        if then is not None and said:
            then(said)

    def close(self) -> None:
        self._then = None
        self.screen.remove_class("-typing")
        self.screen.set_focus(None)
