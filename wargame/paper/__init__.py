"""A scenario on paper: one page for a browser to print, with everything that a table without screens needs.

    page = pages_html(scenario)

Cards to cut out, a mat and a briefing a seat, the board, the rules. It loads nothing from anywhere.
"""

from __future__ import annotations

from wargame.paper.pack import Pack
from wargame.paper.pages import pages_html

__all__ = ["Pack", "pages_html"]
