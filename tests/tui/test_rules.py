"""The rulebook in the game: no sentence is lost, and it opens where there is something to read."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock

from tests.tui.boards import LARGE, SMALL, Around, honeymoon
from wargame.tui.home.rules import RulesScreen
from wargame.tui.kit.rows import Rows
from wargame.tui.kit.rulebook import book_of
from wargame.tui.kit.topics import KINDS

BOOK = book_of(honeymoon())
LISTS = [one.slug for one in BOOK.sections if one.text.count("\n- ") + one.text.count("\n1. ")]
NAMED = sorted({section for section, _terms in KINDS.values() if section})


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_no_item_of_a_list_is_cut(size: tuple[int, int]) -> None:
    """Each paragraph has the rows that its text takes, within whatever it stands in."""
    app = Around(screen := RulesScreen(BOOK, LISTS[0]))
    async with app.run_test(size=size) as pilot:
        for section in LISTS[:6]:
            screen._go(section)
            screen._show()
            blocks: list[MarkdownBlock] = []
            while not blocks:
                await pilot.pause(0.1)
                blocks = [block for block in screen.query(MarkdownBlock) if block.region.width]
            for block in blocks:
                box = block.parent
                while isinstance(box, Widget) and not isinstance(box, VerticalScroll):
                    assert box.region.bottom >= block.region.bottom, (section, block)
                    box = box.parent


@pytest.mark.parametrize("section", NAMED)
async def test_the_rules_open_where_there_is_something_to_read(section: str) -> None:
    """A chapter without a text of its own shows what its sections say."""
    app = Around(screen := RulesScreen(BOOK, section))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause(0.05)
        said = screen.query_one(Markdown)._markdown or ""
        assert screen.sections[int(screen.query_one(Rows).lit.partition(":")[2])].slug == section

        assert any(line.strip() and not line.startswith(("#", "<!--")) for line in said.splitlines())
