"""Looks at a scenario's files again and again, and lays what is sound on a table that is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.content.places import Complaint
from wargame.errors import WargameError
from wargame.words.pages import preview as say

if TYPE_CHECKING:
    from wargame.table import Table

WRITTEN = (".yaml", ".yml", ".md")
"""How the names of the files end that make a scenario."""
SEED = 1
"""Of the table that is shown: hands and agendas are the same each time."""


@dataclass(frozen=True)
class Sight:
    """What the files were like when they were looked at: `table` is None while they are broken."""

    table: Table | None
    problems: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()


class Watcher:
    """Follows a scenario by name, folder or file."""

    def __init__(self, name: str) -> None:
        from wargame.content.load import scenario_folder

        self.folder = scenario_folder(name)
        self._seen: tuple[tuple[str, int, int], ...] | None = None

    def look(self) -> Sight | None:
        """Return what is there now; None if nothing has changed since the last look."""
        stamps = tuple(sorted(self._stamps()))
        if stamps == self._seen:
            return None
        self._seen = stamps
        return sight(self.folder)

    def _stamps(self) -> list[tuple[str, int, int]]:
        try:
            files = [self.folder] if self.folder.is_file() else [*self.folder.iterdir()]
        except OSError:
            return []
        found = []
        for file in files:
            try:
                stat = file.stat()
            except OSError:
                continue  # it is being written anew at this very moment
            if file.suffix in WRITTEN or file == self.folder:
                found.append((file.name, stat.st_mtime_ns, stat.st_size))
        return found


def sight(folder: Path) -> Sight:
    """Check a scenario's folder and lay it on a table. Never raises for what files may hold."""
    from wargame.content.aloud import warnings
    from wargame.content.claims import CLAIMS, check_claims
    from wargame.content.exercise import check_file
    from wargame.content.load import EXERCISE, MAIN, check_folder
    from wargame.content.text import has_text
    from wargame.rulebook import rulebook
    from wargame.rulebook.check import problems
    from wargame.table import Table
    from wargame.words import Words

    checked = check_folder(folder)
    if checked.scenario is None:
        return Sight(None, tuple(checked.complaints))
    try:
        table = Table.start(checked.scenario, seed=SEED)
        unsound = problems(rulebook(checked.scenario))
        if has_text(folder / CLAIMS):
            unsound += check_claims(folder, checked.scenario)[1]
        if has_text(folder / EXERCISE):
            unsound += check_file(folder / EXERCISE)[1].complaints
        warned = warnings(checked.scenario, Words(checked.scenario))
    except WargameError as error:
        return Sight(None, (Complaint(MAIN, 1, 1, say.failed(str(error))),))
    return Sight(table, tuple(unsound), tuple(warned))
