"""The themes: a dark and a light one, high contrast, one for colour-vision deficiencies, 16 colours, none.

Each gives eight seats a colour of their own, `$seat-1` to `$seat-8` in the scenario's order (a ninth has the
first's, and a sign of its own), and the meanings a style: `$dim`, `$head`, `$change`, `$secret`, `$bad`,
`$good`. A meaning may be bold or underlined too, so those are for text only; stylesheets have `$text-muted`
and its like, and maps `$sea` and its like.
No meaning rests on colour alone. `tests/tui/test_themes.py` measures every colour here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.theme import Theme

AUTO = "auto"
"""The theme that suits the terminal: see `suited`."""

NONE = "ansi_default"
MEANINGS = ("dim", "head", "change", "secret", "bad", "good")
SEATS = tuple(f"seat-{nth}" for nth in range(1, 9))
MAP = ("sea", "deep", "land", "coast")
"""The colours of maps: the sea at a coast and far from it, lands that are nobody's, bare coasts."""
TEXTUAL = {
    "ink": ("text", "block-cursor-background", "input-cursor-background"),
    "head": (
        "text-primary", "scrollbar-hover", "scrollbar-active", "link-color",
        *(f"markdown-h{level}-color" for level in range(1, 7)),
    ),
    "dim": (
        "text-secondary", "text-muted", "text-disabled", "foreground-muted", "foreground-disabled", "border",
        "scrollbar", "input-selection-background", "screen-selection-background",
    ),
    "change": ("text-warning",),
    "secret": ("text-accent",),
    "bad": ("text-error",),
    "good": ("text-success",),
    "ground": (
        "scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active",
        "scrollbar-corner-color", "block-cursor-foreground", "input-cursor-foreground",
        "input-selection-foreground", "screen-selection-foreground",
    ),
}  # fmt: skip
"""Textual's own variables by the colour they have."""


COLOURS = {
    #           dark       light      contrast   safe       ansi
    "seat-1":  ("#6ec2f2", "#09509b", "#80daf7", "#83d2f6", "ansi_cyan"),
    "seat-2":  ("#e3d32f", "#7f612c", "#afc300", "#f8fd4c", "ansi_bright_white"),
    "seat-3":  ("#f9909b", "#b50a72", "#e78f7e", "#fa4228", "ansi_bright_red"),
    "seat-4":  ("#b772fa", "#7d2fcf", "#f397ed", "#bc52ea", "ansi_bright_magenta"),
    "seat-5":  ("#1db040", "#075304", "#49ec9d", "#319a4a", "ansi_green"),
    "seat-6":  ("#db7e23", "#bf2421", "#fad9b3", "#f8aeae", "ansi_bright_yellow"),
    "seat-7":  ("#398f88", "#6b2d07", "#c88f0d", "#b4feb4", "ansi_bright_green"),
    "seat-8":  ("#f1edf5", "#247270", "#16ac99", "#a084a0", "ansi_bright_cyan"),
    "ground":  ("#0e1318", "#f6f3ec", "#000000", "#0b0f14", "ansi_black"),
    "surface": ("#1b242d", "#efede6", "#101010", "#18212a", "ansi_black"),
    "panel":   ("#24303b", "#e2ded2", "#262626", "#25303b", "ansi_black"),
    "ink":     ("#d5dbe3", "#20262c", "#ffffff", "#dde3ea", "ansi_bright_white"),
    "dim":     ("#8793a0", "#5a6068", "#c6c6c6", "#8f9aa6", "ansi_white"),
    "head":    ("#9dc4ea", "#1b4b7d", "#ffffff", "#a8c8ee", "ansi_bright_cyan"),
    "change":  ("#ffd479", "#7a4a00", "#ffe066", "#ffd479", "ansi_bright_yellow"),
    "secret":  ("#d7a6ff", "#6a2c9c", "#eab8ff", "#d3b3ff", "ansi_bright_magenta"),
    "bad":     ("#ff8585", "#a8201a", "#ffb3ab", "#ff9a5c", "ansi_bright_red"),
    "good":    ("#8bd17c", "#22602a", "#8df0a0", "#7cc4ff", "ansi_bright_green"),
    "sea":     ("#1e3b51", "#b4d2e2", "#24506f", "#1e3b58", "ansi_blue"),
    "deep":    ("#0f2030", "#8fb8d0", "#0a1a28", "#0d1f33", "ansi_black"),
    "land":    ("#6b7a76", "#8a8468", "#808078", "#6f7570", "ansi_green"),
    "coast":   ("#a9b59c", "#5f5a44", "#ffffff", "#c2bb98", "ansi_white"),
}  # fmt: skip
"""By theme: the eight seats, grounds from back to front, ink, then by what they mean."""


@dataclass(frozen=True)
class Palette:
    """The colours of a theme. The meanings in `bold` and in `underlined` are that as well."""

    colours: Mapping[str, str]
    bold: tuple[str, ...] = ("head",)
    underlined: tuple[str, ...] = ()

    def variables(self) -> dict[str, str]:
        """What styles and stylesheets may name besides what every theme has."""
        colours = self.colours
        ansi = {"ansi-background": colours["ground"], "ansi-foreground": colours["ink"]}
        styles = {meaning: self._style(meaning) for meaning in MEANINGS}
        return self._texts() | ansi | styles | {name: colours[name] for name in (*SEATS, *MAP)}

    def _style(self, meaning: str) -> str:
        bold = "bold " if meaning in self.bold else ""
        underline = "underline " if meaning in self.underlined else ""
        return f"{bold}{underline}{self.colours[meaning]}"

    def _texts(self) -> dict[str, str]:
        """Plain colours where Textual would mix some: lines are painted before their ground is known."""
        return {name: self.colours[colour] for colour, names in TEXTUAL.items() for name in names}


def _theme(name: str, palette: Palette, *, dark: bool = True, ansi: bool = False) -> Theme:
    of = palette.colours
    return Theme(
        name, dark=dark, ansi=ansi, variables=palette.variables(), primary=of["head"], secondary=of["dim"],
        accent=of["secret"], warning=of["change"], error=of["bad"], success=of["good"],
        foreground=of["ink"], background=of["ground"], surface=of["surface"], panel=of["panel"],
    )  # fmt: skip


def _column(nth: int) -> dict[str, str]:
    return {name: row[nth] for name, row in COLOURS.items()}


STRONG = ("head", "change", "bad")
PALETTES = {
    "dark": Palette(_column(0)),
    "light": Palette(_column(1)),
    "contrast": Palette(_column(2), bold=STRONG),
    "safe": Palette(_column(3), underlined=("bad",)),
    "ansi": Palette(_column(4), underlined=("bad",)),
    "mono": Palette(dict.fromkeys(_column(0), NONE), bold=STRONG, underlined=("secret", "bad")),
}

THEMES = {
    "dark": _theme("wargame", PALETTES["dark"]),
    "light": _theme("wargame-light", PALETTES["light"], dark=False),
    "contrast": _theme("wargame-contrast", PALETTES["contrast"]),
    "safe": _theme("wargame-safe", PALETTES["safe"]),
    "ansi": _theme("wargame-ansi", PALETTES["ansi"], ansi=True),
    "mono": _theme("wargame-mono", PALETTES["mono"], ansi=True),
}
"""By the short name that people are shown."""

DARK = THEMES["dark"]


def suited(wanted: str, colours: str | None, no_color: bool) -> str:
    """The short name of the theme to use.

    `colours` is what Rich calls the terminal's colour system, `no_color` whether `NO_COLOR` is set, which
    wins over what is wanted, for then Textual sends no colour at all.
    """
    if no_color:
        return "mono"
    if wanted != AUTO:
        return wanted
    return "ansi" if colours in ("standard", "windows") else "dark"
