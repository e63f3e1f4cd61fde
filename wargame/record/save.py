"""One saved game, open: read it as a tree, append to it durably, learn what is wrong with it.

What a method appends is on the medium when the method returns; if it raises, neither file nor tree has
changed. `together` lets several records share one flush, `sync_late` a thread do the last part of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from wargame.errors import CannotWrite, SaveError
from wargame.record import frames
from wargame.record.files import Disk, SaveFile, create_file, full, open_file, read_file
from wargame.record.frames import MAX_FRAMES, Trouble
from wargame.record.names import EXTENSION, save_path
from wargame.record.plain import Malformed, Plain, TooMuch, clean, encode
from wargame.record.reading import Rebuild, notice_of, read_tree
from wargame.record.records import (
    REMARKS,
    End,
    Entry,
    Head,
    Header,
    Played,
    Remark,
    Sitting,
    Snapshot,
    parse,
    state_hash,
)
from wargame.record.shapes import CLOSED, MAX_STATE, OPENED
from wargame.record.tree import Tree


def now_ms() -> int:
    """Return the milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def utc(ms: int) -> str:
    """Return such a time in ISO 8601, to the millisecond.

    >>> utc(1_764_000_000_123)
    '2025-11-24T16:00:00.123Z'
    """
    stamp = datetime.fromtimestamp(ms / 1000, UTC)
    return stamp.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Save:
    """A saved game. Make one with `create` or `open`, and close it (or use it in a `with`).

    `tree` is what it holds, `notice` a sentence for the facilitator when the file was not whole, `trouble`
    the same for programs. `read_only` saves refuse every append.
    """

    def __init__(
        self, path: Path, file: SaveFile | None, tree: Tree, trouble: Trouble | None, notice: str | None
    ) -> None:
        self.path = path
        self.tree = tree
        self.trouble = trouble
        self.notice = notice
        self.clock: Callable[[], int] = now_ms
        self._played: Callable[[], tuple[int, int | None]] | None = None
        self._opening: Sitting | None = None  # waits for the first record that it belongs before
        self._file = file
        self._queue: list[bytes] = []
        self._together = False

    @classmethod
    def create(cls, folder: Path, name: str, header: Header, disk: Disk | None = None) -> Save:
        """Begin a new save called `name` (made safe) in `folder`, which is made if need be.

        Raises `CannotWrite`, also when there is such a save already.
        """
        path = save_path(folder, name)
        try:
            tree = Tree([_checked(header)])
        except TooMuch as error:
            raise CannotWrite(f"{path.name} can't be begun: {error}.") from error
        return cls(path, create_file(path, [encode(header.to_plain())], disk or Disk()), tree, None, None)

    @classmethod
    def open(
        cls, path: Path, *, write: bool = True, disk: Disk | None = None, rebuild: Rebuild | None = None
    ) -> Save:
        """Open a save, to go on with it or (`write=False`) only to read it, which changes nothing.

        A torn tail is cut off, the original kept as a copy; a damaged save opens read-only up to the
        damage. Where only the header is damaged, `rebuild` may make it anew, and what follows is read. Raises
        `NotASave`, `SaveInUse`, `CannotWrite`, and `DamagedSave` when nothing of the game is left.
        """
        if not write:
            tree, trouble = read_tree(frames.scan(read_file(path), path.name), path, rebuild)
            return cls(path, None, tree, trouble, notice_of(path, trouble, write))
        file, scan = open_file(path, disk or Disk())
        with ExitStack() as unless_usable:
            if file is not None:
                unless_usable.callback(file.close)
            tree, trouble = read_tree(scan, path, rebuild)
            if trouble is None or trouble.mendable:
                unless_usable.pop_all()
            else:
                file = None
        return cls(path, file, tree, trouble, notice_of(path, trouble, write))

    @property
    def read_only(self) -> bool:
        return self._file is None

    def sync_late(self, told: Callable[[], object]) -> None:
        """Let a thread put on the medium what is appended from now on; at first it is only in the file.

        That outlasts the program but no power cut, so let others know of it once it is `kept`. `told` is
        called in the thread when it is, and when it can't be: `refused` says why, and nothing more is taken.
        """
        if self._file is not None:
            self._file.sync_late(told)

    @property
    def kept(self) -> bool:
        """Return whether all that was appended is on the medium."""
        return self._file is None or self._file.kept

    @property
    def refused(self) -> CannotWrite | None:
        """Return why what was appended last can't be put on the medium, while that is so."""
        return self._file.refused if self._file is not None else None

    @property
    def header(self) -> Header:
        return self.tree.header

    @property
    def name(self) -> str:
        """Return what people call it: its file's name, with `?` for bytes that are no text."""
        return self.path.name.removesuffix(EXTENSION).encode(errors="replace").decode()

    def sit_down(self, played: Callable[[], tuple[int, int | None]]) -> None:
        """Let a sitting begin: it is recorded together with the first thing that happens in it.

        `played` gives how long it has been played, in ms, and what is left on the turn's clock, or None.
        """
        self._played, self._opening = played, Sitting(OPENED, self.clock(), 0)

    def get_up(self) -> None:
        """Let the sitting end; nothing is recorded of one in which nothing happened and no clock ran."""
        played, self._played = self._played, None
        if played is not None:
            at, left = played()
            if self._opening is None or left is not None:
                self._append(Sitting(CLOSED, self.clock(), at, left))
        self._opening = None

    def append_move(
        self,
        move: list[Plain],
        *,
        by: str,
        state: bytes,
        rationale: str | None = None,
        who: str | None = None,
        time: int | None = None,
        goes_on: bool = False,
    ) -> int:
        """Add a move at the tip; its id. `state` is `Game.to_bytes()` after it, `time` ms since 1970.

        Where the turn `goes_on` after it, what is left on its clock is kept.
        """
        at, left = self._now()
        played = Played(
            id=self.tree.next_id,
            parent=self.tree.tip,
            move=move,
            time=self.clock() if time is None else time,
            by=by,
            hash=state_hash(state),
            rationale=None if rationale is None else clean(rationale),
            who=None if who is None else clean(who),
            at=at,
            left=left if goes_on else None,
        )
        self._append(played)
        return played.id

    def append_head(
        self,
        move: int,
        why: str,
        luck: int | None = None,
        *,
        reason: str | None = None,
        who: str | None = None,
    ) -> int:
        """Go on after `move` instead (0: the start); the luck from there on.

        `why` is "undo", "rewind", "branch" or "resume". Unless `luck` is given, a rewind gets luck that no
        line of this save had, an undo keeps the present one, and the others take that of the line they
        return to. A `reason` is kept with `who` gave it and the time.
        """
        if luck is None and move in self.tree:
            luck = self.tree.luck_after(move, why)
        at, left = self._now()
        head = Head(move, why, luck or 0, at=at, left=left if why == "undo" else None)
        if reason is not None:
            head = replace(head, reason=clean(reason), who=clean(who or ""), time=self.clock())
        self._append(head)
        return self.tree.luck

    def append_remark(self, kind: str, data: Plain, about: int | None = None) -> None:
        """Add a record of one of the kinds in `REMARKS` about a move (the tip).

        Its data keeps to `clean` text, or this raises `ValueError` as for any data that a save can't hold.
        """
        if kind not in REMARKS:
            raise Malformed(f"there is no record of kind {kind!r}")
        self._append(Remark(kind, self.tree.tip if about is None else about, data, *self._now()))

    def append_snapshot(self, round: int, state: bytes) -> None:
        """Keep the whole state (`Game.to_bytes()`) at the tip; once a round is meant.

        It is left out if it is too large or there are too many: a game that replays needs none.
        """
        if len(state) <= MAX_STATE and self.tree.can_keep_snapshots:
            self._append(Snapshot.new(self.tree.tip, round, state))

    def append_end(self, result: Plain) -> None:
        """Close the line at the tip as finished, with its result."""
        self._append(End(self.tree.tip, result))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Hold back appends inside, and flush them all at the end, also after an exception.

        Raises `CannotWrite` at the end; then none of them is kept. Inside another `together` it changes
        nothing.
        """
        if self._together:
            yield
            return
        self._together = True
        try:
            yield
        finally:
            self._together = False
            self._flush()

    def close(self) -> None:
        """Flush what waits in a `together`, let go of the file and its lock; more than once does no harm."""
        if self._file is not None:
            try:
                self._flush()
            finally:
                self._file.close()
                self._file = None

    def __enter__(self) -> Save:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _now(self) -> tuple[int | None, int | None]:
        """Where in the sitting we are, and what is left on the turn's clock."""
        return self._played() if self._played is not None else (None, None)

    def _append(self, entry: Entry) -> None:
        if self._file is None:
            why = "it is damaged" if self.trouble else "it was opened only to be read, or closed"
            raise CannotWrite(
                f"Nothing can be added to {self.path.name}: {why}. Open or copy it anew to go on."
            )
        if len(self.tree) + 2 > MAX_FRAMES:
            raise full(self.path, f"{MAX_FRAMES} records")
        try:
            checked = _checked(entry)
        except TooMuch as error:
            raise CannotWrite(f"This can't be kept in {self.path.name}: {error}.") from error
        if self._opening is not None and not isinstance(entry, Snapshot | End):
            self._put(self._opening)
            self._opening = None
        self._put(checked)
        if not self._together:
            self._flush()

    def _put(self, entry: Entry) -> None:
        self.tree.add(entry)
        self._queue.append(encode(entry.to_plain()))

    def _flush(self) -> None:
        queue, self._queue = self._queue, []
        if not queue:
            return
        assert self._file is not None  # `_append` sees to it
        try:
            self._file.append(queue)
        except SaveError:
            lost = self.tree.entries[len(self.tree) - len(queue) :]
            self.tree.shrink(len(self.tree) - len(queue))
            self._opening = next(
                (e for e in lost if isinstance(e, Sitting) and e.what == OPENED), self._opening
            )
            raise


def _checked(entry: Entry) -> Entry:
    """The entry as a reader will see it. Raises `Malformed` for what could not be read back."""
    return parse(encode(entry.to_plain()))
