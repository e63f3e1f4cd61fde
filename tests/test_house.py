"""The house itself: which module leans on which, and that lists of files name files that are there."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

ROOT = Path(__file__).parents[1]

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "wargame").rglob("*.py")
    if "tui" not in path.parts
}


def imported_by(name: str) -> Iterator[str]:
    """Every module of ours that a module imports anywhere in it, be it only for its types."""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            whole = (f"{source}.{alias.name}" for alias in node.names)
            yield from (one if one in MODULES else source for one in whole)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Below the screen, what imports a module is not imported by it, not even for the sake of a type."""
    needs = {name: {one for one in imported_by(name) if one in MODULES} - {name} for name in MODULES}

    circle = ""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = " <- ".join(error.args[1])

    assert not circle


def test_what_is_compiled_for_speed_is_there_and_holds_no_records() -> None:
    """Every module that `make fast` names is there and holds no dataclass, which breaks compiled."""
    spec = importlib.util.spec_from_file_location("fast", ROOT / "scripts" / "fast.py")
    assert spec is not None and spec.loader is not None
    fast = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fast)

    files = [ROOT / "wargame" / "rules" / f"{name}.py" for name in fast.MODULES]

    assert [path.name for path in files if not path.is_file()] == []
    assert [path.name for path in files if "@dataclass" in path.read_text("utf-8")] == []
