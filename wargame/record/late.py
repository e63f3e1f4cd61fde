"""Syncs in a thread, for a program that many people wait for: what is written is in the file at once, which
is enough should the program die, and on the medium a moment later.

One sync at a time, so that no power cut can leave a later record on the medium without an earlier one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

AGAIN = 1.0
"""Seconds after which what a disk has refused to sync is written and synced again."""


class LateSync:
    """One file's syncs. `told` is called in the thread when all is on the medium, and when that fails."""

    def __init__(self, told: Callable[[], object], again: float = AGAIN) -> None:
        self.told, self.again = told, again
        self.error: OSError | None = None
        """Why what was written last is not on the medium yet; it is tried again until it is."""
        self._changes = threading.Condition()
        self._todo: tuple[Callable[[], object], Callable[[], object]] | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="save", daemon=True)
        self._thread.start()

    @property
    def kept(self) -> bool:
        """Return whether all that was written is on the medium."""
        return self._todo is None

    def wait(self) -> None:
        """Wait for the sync under way, if there is one. `OSError` if the disk refuses it."""
        with self._changes:
            self._changes.wait_for(lambda: self.kept or self.error is not None)
            if self.error is not None:
                raise self.error

    def start(self, sync: Callable[[], object], again: Callable[[], object]) -> None:
        """Sync what was just written; `again` writes it anew and syncs, should that fail."""
        with self._changes:
            self._todo = sync, again
            self._changes.notify_all()

    def close(self) -> None:
        """Wait until all is on the medium. `OSError` if the disk still refuses."""
        with self._changes:
            self._closing = True
            self._changes.notify_all()
        self._thread.join()
        if self.error is not None:
            raise self.error

    def _run(self) -> None:
        while True:
            with self._changes:
                self._changes.wait_for(lambda: self._todo is not None or self._closing)
                if self._todo is None:
                    return
                sync, again = self._todo
            while not self._does(sync):
                sync = again
                with self._changes:
                    if self._closing:
                        return
                    self._changes.wait_for(lambda: self._closing, self.again)
            self.told()

    def _does(self, sync: Callable[[], object]) -> bool:
        try:
            sync()
        except OSError as error:
            self._note(error)
            self.told()
            return False
        self._note(None)
        return True

    def _note(self, error: OSError | None) -> None:
        with self._changes:
            self.error = error
            if error is None:
                self._todo = None
            self._changes.notify_all()
