"""The saved game: frames on disk, a tree of lines, and the way back to a game.

`Save` opens, reads and appends; `list_saves` and `find_save` know the folder; `verify`, `restore` and
`positions` replay. The bytes are described in `docs/save-format.md`.
"""

from wargame.record.files import Disk
from wargame.record.names import (
    EXTENSION,
    LIVE,
    Listed,
    delete_save,
    find_save,
    free_path,
    list_saves,
    safe_name,
    save_path,
)
from wargame.record.plain import Malformed, Plain, clean
from wargame.record.records import (
    End,
    Entry,
    Head,
    Header,
    Played,
    Player,
    Remark,
    Sitting,
    Snapshot,
    state_hash,
)
from wargame.record.replay import Engine, Position, Report, Restored, Work, again, positions, restore, verify
from wargame.record.save import Save, utc
from wargame.record.tree import ROOT, Span, Tree, sittings, spent

__all__ = [
    "EXTENSION",
    "LIVE",
    "ROOT",
    "Disk",
    "End",
    "Engine",
    "Entry",
    "Head",
    "Header",
    "Listed",
    "Malformed",
    "Plain",
    "Played",
    "Player",
    "Position",
    "Remark",
    "Report",
    "Restored",
    "Save",
    "Sitting",
    "Snapshot",
    "Span",
    "Tree",
    "Work",
    "again",
    "clean",
    "delete_save",
    "find_save",
    "free_path",
    "list_saves",
    "positions",
    "restore",
    "safe_name",
    "save_path",
    "sittings",
    "spent",
    "state_hash",
    "utc",
    "verify",
]
