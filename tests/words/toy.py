"""A second language for tests: the English pages in Greek letters, as a folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from wargame.words.en import pages

ENGLISH = sorted(path for path in Path(pages.__file__).parent.glob("*.py") if path.stem != "__init__")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβγδεζηθικλμνξοπρστυφχψωϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ",
)


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class Translator(ast.NodeTransformer):
    """Puts every text of a module into other letters, but keys of tables and what texts are cut with."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if is_docstring(node) else self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        node.values = [self.visit(value) for value in node.values]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return node if isinstance(node.func, ast.Attribute) else self.generic_visit(node)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        node.value = self.visit(node.value)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(node.value.translate(LETTERS)) if isinstance(node.value, str) else node


def a_language(folder: Path, code: str) -> None:
    """Make a language in a folder: its pages, and nothing else of its own."""
    (folder / code / "pages").mkdir(parents=True)
    (folder / code / "__init__.py").write_text("from wargame.words.en import Told, Words\n", encoding="utf-8")
    (folder / code / "pages" / "__init__.py").touch()
    for path in ENGLISH:
        foreign = Translator().visit(ast.parse(path.read_text(encoding="utf-8")))
        text = ast.unparse(ast.fix_missing_locations(foreign))
        (folder / code / "pages" / path.name).write_text(text, encoding="utf-8")


def sentences() -> Iterator[str]:
    """Yield the English texts of all pages."""
    for path in ENGLISH:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if is_docstring(node)}  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                yield node.value.strip()
