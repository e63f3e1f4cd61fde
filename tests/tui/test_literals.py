"""Every sentence of a screen comes from `wargame.words`, and nothing of a scenario stands in `tui/`.

A sentence is any text of words and blanks; a label is any word that a page is given to paint. Names, ids,
styles, patterns and what is said to programmers are neither.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wargame.tui
from wargame.content import DEFAULT
from wargame.content.load import load_scenario

TUI = Path(wargame.tui.__file__).parent
FILES = sorted(TUI.rglob("*.py"))

WORD = re.compile(r"[A-Za-z]{2,}")
STYLE = re.compile(
    r"\$[\w-]+|\b(?:bold|reverse|italic|underline|dim|not|on|auto|round|white|center|middle)\b"
)
PAINTED = {
    "put": (0,), "Content": (0,), "Hint": (1,), "Action": (3, 4), "entitle": (1, 2), "notify": (0,),
    "wrapped": (0,), "fit": (0,), "join": (0,), "columns": (0,), "Row": (1,), "sure": (0, 1, 2),
    "once_sure": (1, 2, 3),
    "boxed": (0, 1), "Notice": (0, 1), "type_into": (1,), "SystemCommand": (0, 1), "refuse": (0,),
    "chance_part": (3,), "_heading": (0, 1), "_label": (0,), "_clauses": (0,), "_fact": (0,), "_head": (0,),
}  # fmt: skip
"""Functions → which of their arguments, counted from 0, people read."""
TITLES = {"border_title", "border_subtitle", "placeholder", "tooltip", "label", "title"}
"""Attributes and named arguments that people read."""
FOR_PROGRAMMERS = {"AssertionError", "NotImplementedError", "TypeError", "ValueError", "KeyError"}


def unread(tree: ast.AST) -> set[int]:
    """Return the ids of the nodes that nobody reads on a screen: docstrings, style sheets, errors, keys."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id.endswith("CSS") for target in node.targets
        ):
            found |= {id(each) for each in ast.walk(node.value)}
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            name = node.exc.func
            if isinstance(name, ast.Name) and name.id in FOR_PROGRAMMERS:
                found |= {id(each) for each in ast.walk(node.exc)}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Hint":
            found |= {id(each) for each in ast.walk(node.args[0])}  # the names of keys
        elif isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "re":
            found |= {id(each) for each in ast.walk(node)}
        elif isinstance(node, ast.Assert) and node.msg is not None:
            found |= {id(each) for each in ast.walk(node.msg)}
    return found


def texts(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the texts that an argument may be, not those inside calls, comparisons and subscripts."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.BoolOp):
        for part in node.elts if isinstance(node, ast.List | ast.Tuple) else node.values:
            yield from texts(part)
    elif isinstance(node, ast.FormattedValue):
        yield from texts(node.value)
    elif isinstance(node, ast.BinOp):
        yield from (*texts(node.left), *texts(node.right))


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines and texts of sentences and labels that stand in a module."""
    tree = ast.parse(source)
    skipped = unread(tree)
    painted: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            read = [arg for at, arg in enumerate(node.args) if at in PAINTED.get(name, ())]
            read += [named.value for named in node.keywords if named.arg in TITLES]
            painted |= {id(text) for arg in read for text in texts(arg)}
        elif isinstance(node, ast.Assign):
            names = {getattr(target, "attr", "") for target in node.targets}
            painted |= {id(text) for text in texts(node.value)} if names & TITLES else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            bare = STYLE.sub("", node.value)
            if WORD.search(bare) and (id(node) in painted or " " in bare):
                yield node.lineno, node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TUI).as_posix())
def test_no_sentence_stands_in_a_screen(path: Path) -> None:
    """Whatever people read there comes from `words`."""
    found = [f"{path}:{line}: {text!r}" for line, text in literals(path.read_text(encoding="utf-8"))]

    assert found == []


def proper_names() -> set[str]:
    """Return what stands in the scenario of the program alone: names, titles, ids of two words."""
    spec = load_scenario(DEFAULT).spec
    named: list[Any] = [*spec.seats, *spec.tracks, *spec.places]
    titled: list[Any] = [
        *spec.deals,
        *spec.news,
        *spec.agendas,
        *(card for deck in spec.cards.values() for card in deck),
    ]
    said = {str(getattr(one, field, "")) for one in named for field in ("name", "capital", "short")}
    said |= {str(one.title) for one in titled if str(one.title)[1:].lower() != str(one.title)[1:]}
    ids = {one.id for one in (*named, *titled) if "-" in one.id} | {seat.id for seat in spec.seats}
    return {DEFAULT, str(spec.title), *said, *ids} - {""}


def test_nothing_of_a_scenario_stands_in_a_screen() -> None:
    """No name of a seat, track, place, card or deal is there, not even in a comment."""
    names = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(proper_names())))})(?![\w-])")
    found = [
        f"{path.relative_to(TUI).as_posix()}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path in FILES
        for text in (path.read_text(encoding="utf-8"),)
        for match in names.finditer(text)
    ]

    assert found == []
