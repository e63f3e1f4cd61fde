"""The type of a text that a player reads."""

from __future__ import annotations

Text = str | dict[str, str]
"""A string, or one string a language (`en`, `ko`)."""
