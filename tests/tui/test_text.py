"""`safe_text` is the only way to the terminal, and nothing that a terminal obeys passes it."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wargame.tui
from wargame.tui.kit.paint import clip, fit, path_lines, put, signed_tenths, wrapped
from wargame.tui.terminal.text import safe_text

HOME = Path(wargame.tui.__file__).parent


@given(st.text())
def test_nothing_hidden_passes(text: str) -> None:
    """Whatever goes in, no control, format or surrogate character comes out, but for line feeds."""
    out = safe_text(text).plain

    assert not [c for c in out if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp"))))
def test_all_that_can_be_seen_stays(text: str) -> None:
    """Visible text arrives as it is, markup and all."""
    assert safe_text(text).plain == text


def test_escape_sequences_lose_their_escape() -> None:
    """A colour, a title, a clipboard write and a reversed word become harmless letters."""
    evil = "a\x1b[31mb\x1b]0;t\x07c\x1b]52;c;eA==\x1b\\d\x9b1me\u202ef\u200bg\x00\rh\ti"

    assert safe_text(evil).plain == "a[31mb]0;tc]52;c;eA==\\d1mefgh i"


def test_markup_is_text() -> None:
    """Square brackets mean nothing."""
    content = safe_text("[/red][bold]x[/bold][@click=app.quit]y[/]")

    assert content.plain == "[/red][bold]x[/bold][@click=app.quit]y[/]"
    assert content.spans == []


def test_no_screen_reads_markup() -> None:
    """No module of the screens calls what parses markup, and every Static and list is told not to."""
    wrong = [found for path in sorted(HOME.rglob("*.py")) for found in _markup(path)]

    assert wrong == []


def _markup(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        plain = any(word.arg == "markup" and ast.unparse(word.value) == "False" for word in node.keywords)
        if name in ("from_markup", "render_markup") or (name in ("Static", "Label", "notify") and not plain):
            found.append(f"{path.name}:{node.lineno} {name}")
    return found


@pytest.mark.parametrize("width", range(20, 60))
def test_a_number_stays_with_its_per_cent_sign(width: int) -> None:
    """However a sentence is broken; nothing of it is lost."""
    said = "It works at 30 %: then 5 % of those who see it, 100 % of the others and 7 % of the rest."
    lines = [line.plain for line in wrapped(put(said), width, indent=2)]

    assert not any(line.lstrip().startswith("%") for line in lines)
    assert " ".join(" ".join(lines).split()) == said
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("value", "said"),
    [(-0.04, "−0.04"), (0.0227, "+0.02"), (0.002, "+0.002"), (0, "0.0"), (-0.06, "−0.1"), (1.25, "+1.2")],
)
def test_no_sum_looks_like_nothing_but_nothing(value: float, said: str) -> None:
    """There is neither a plus nor a minus zero: half a point under the line is not on it."""
    assert signed_tenths(value) == said


@pytest.mark.parametrize(
    ("name", "width", "cut"),
    [
        ("Grand Duchy of Greater Amberland", 40, "Grand Duchy of Greater Amberland"),
        ("Grand Duchy of Greater Amberland", 20, "Grand Duchy of…"),
        ("Grand Duchy of Greater Amberland", 15, "Grand Duchy of…"),
        ("Grand Duchy of Greater Amberland", 14, "Grand Duchy…"),
        ("Gorse, Heather and Whin", 15, "Gorse, Heather…"),
        ("A Dogwoodshirelandia", 12, "A Dogwoodsh…"),
        ("대한민국 정부 청사", 9, "대한민국…"),
    ],
)
def test_a_name_is_cut_at_a_word(name: str, width: int, cut: str) -> None:
    """With an ellipsis, in no more cells than there are; within a word only where little would be left."""
    assert clip(name, width).plain == cut
    assert fit(name, width).cell_length == width


@pytest.mark.parametrize("width", [12, 20, 30, 58])
def test_a_path_breaks_only_behind_a_slash_or_a_blank(width: int) -> None:
    """A line never begins in the middle of a name or of its ending, and nothing is lost between lines."""
    path = "/home/ann/my games/wargame/saves/honeymoon-2026.html"
    lines = [line.plain for line in path_lines(path, width)]

    assert "".join(lines) == path
    assert all(line.endswith(("/", " ")) or len(line) >= width for line in lines[:-1])
    assert all(len(line) <= width for line in lines)
    if width >= len("honeymoon-2026.html"):
        assert lines[-1].endswith("honeymoon-2026.html")


def test_a_name_longer_than_a_line_is_broken_where_the_line_ends() -> None:
    assert [line.plain for line in path_lines("/a/" + "b" * 25, 10)] == ["/a/", "b" * 10, "b" * 10, "b" * 5]


@pytest.mark.parametrize(
    ("said", "width", "cut"),
    [
        ("for “Fertiliser in name only”", 29, "for “Fertiliser in name only”"),
        ("for “Fertiliser in name only”", 28, "for “Fertiliser in name…”"),
        ("for “Fertiliser in name only” on the trail", 32, "for “Fertiliser in name only”…"),
        ("for “Fertiliser in name only” and “Spy satellite”", 36, "for “Fertiliser in name only” and…"),
        ("“Fertiliser", 8, "“Fertil…"),
    ],
)
def test_a_quoted_name_that_is_cut_keeps_its_closing_quote(said: str, width: int, cut: str) -> None:
    """The ellipsis stands inside; what never was closed stays open, and no opening quote stands alone."""
    assert clip(said, width).plain == cut


@given(st.text("a “”비"), st.integers(1, 30))
def test_what_is_cut_never_takes_more_cells_than_there_are(said: str, width: int) -> None:
    assert clip(said, width).cell_length <= width
