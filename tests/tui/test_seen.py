"""A screen is given a viewer's face of the table: mypy proves it where nothing can name the table itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import wargame.host
import wargame.tui

TUI, HOST = Path(wargame.tui.__file__).parent, Path(wargame.host.__file__).parent
WHOLE = {
    "tui": {"app.py", "deeds.py", "opening.py", "session.py", "viewer.py", "wall/follow.py"}
    | {"preview/files.py", "preview/screen.py"},
    "host": {"clock.py", "course.py", "port.py", "serve.py"},
}
"""What opens a table, leads it, or reads it from its file; and what shows an author a whole one."""
CONSOLE = "facilitate"
"""The folder of the white cell's own screens."""


def unfit(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules that are to know only what a viewer may see."""
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root)
        if name.as_posix() not in WHOLE[root.name] and name.parts[0] != CONSOLE:
            yield name.as_posix(), ast.parse(path.read_text())


def names_the_table(tree: ast.Module) -> bool:
    """Return whether a module imports the table, or the whole module in which it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and re.fullmatch(r"wargame(\.table.*)?", node.module or ""):
            if {"Table", "TableRecords", "table"} & {alias.name for alias in node.names}:
                return True
        elif isinstance(node, ast.Import) and any(one.name.startswith("wargame.table") for one in node.names):
            return True
    return False


@pytest.mark.parametrize("root", [TUI, HOST], ids=lambda root: root.name)
def test_only_who_leads_a_game_or_its_console_names_the_table(root: Path) -> None:
    modules = list(unfit(root))

    assert len(modules) > 10
    assert [name for name, tree in modules if names_the_table(tree)] == []


@pytest.mark.parametrize("root", [TUI, HOST], ids=lambda root: root.name)
def test_nothing_says_of_a_face_that_it_is_something_else(root: Path) -> None:
    """A `cast` to a table, or an argument that mypy is told to let pass, would undo the proof."""
    found = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text()
        if "ignore[arg-type]" in text or "cast(Table" in text or 'cast("Table' in text:
            found.append(path.relative_to(root).as_posix())

    assert found == []
