"""Games that are kept in the repository: played anew by a command, the same file each time.

A save has the times at which it was played; a kept one has times of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wargame.record import Disk, Entry, Header, Save, save_path
from wargame.record.files import create_file
from wargame.record.plain import encode
from wargame.record.records import Head, Played, Remark, Sitting
from wargame.record.shapes import OPENED

FOLDER = Path(__file__).resolve().parents[1] / "saves"


class Clock:
    """What the time was at a game that was kept: `begun` in ms since 1970, and how long each entry took.

    A talk took `talking` ms, besides the side talks that were noted in it.
    """

    def __init__(self, created: str, begun: int, pace: Callable[[Entry], int], *, talking: int = 0) -> None:
        self.created, self.begun, self.pace, self.talking = created, begun, pace, talking

    def at_its_own_time(self, entries: tuple[Header | Entry, ...]) -> Iterator[Header | Entry]:
        now = opened = self.begun
        talked = self.talking
        for entry in entries:
            if isinstance(entry, Header):
                yield replace(entry, created=self.created)
                continue
            now += self.pace(entry)
            if isinstance(entry, Sitting) and entry.what == OPENED:
                opened = now
            dated = _dated(entry, now, now - opened)
            if isinstance(dated, Remark) and isinstance(dated.data, Mapping):
                if "asker" in dated.data:
                    talked += self.pace(entry)
                elif dated.kind == "floor":
                    dated = replace(dated, data={**dated.data, "seconds": talked // 1000})
                    talked = self.talking
            yield dated


def _dated(entry: Entry, now: int, at: int) -> Entry:
    """An entry at another time, so many ms into its sitting."""
    changes: dict[str, Any] = {}
    if isinstance(entry, Played | Head | Sitting | Remark) and entry.at is not None:
        changes |= {"at": at, "left": None}
    if isinstance(entry, Played | Sitting) or (isinstance(entry, Head) and entry.time is not None):
        changes |= {"time": now}
    elif isinstance(entry, Remark) and isinstance(entry.data, Mapping) and "time" in entry.data:
        changes |= {"data": {**entry.data, "time": now}}
    return replace(entry, **changes) if changes else entry


def keep(folder: Path, name: str, play: Callable[[Path, str], Any], clock: Clock) -> Path:
    """Play a game and put it into a folder, in the place of the one of that name; its path."""
    path = save_path(folder, name)
    with TemporaryDirectory() as played:
        play(Path(played), name)
        with Save.open(save_path(Path(played), name), write=False) as save:
            records = [encode(entry.to_plain()) for entry in clock.at_its_own_time(save.tree.entries)]
    path.unlink(missing_ok=True)
    create_file(path, records, Disk()).close()
    return path
