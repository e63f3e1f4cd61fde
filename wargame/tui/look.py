"""The themes: a dark and a light one, high contrast, one for colour-vision deficiencies, 16 colours, none.

Each gives the six seats a colour of its own, `$seat-1` to `$seat-6` in the scenario's order, and the
meanings a style: `$dim`, `$head`, `$change`, `$secret`, `$bad`, `$good`. A meaning may be bold or underlined
too, so those are for text only; stylesheets have `$text-muted` and its like, and maps `$sea` and its like.
No meaning rests on colour alone. `tests/tui/test_themes.py` measures every colour here.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

AUTO = "auto"
"""The theme that suits the terminal: see `suited`."""

NONE = "ansi_default"
MEANINGS = ("dim", "head", "change", "secret", "bad", "good")


@dataclass(frozen=True)
class Palette:
    """The colours of a theme: the six seats', grounds from back to front, ink, then by what they mean.

    The meanings in `bold` and in `underlined` are that as well.
    """

    seats: tuple[str, str, str, str, str, str]
    ground: str
    surface: str
    panel: str
    ink: str
    dim: str
    head: str
    change: str
    secret: str
    bad: str
    good: str
    sea: str
    deep: str
    land: str
    coast: str
    bold: tuple[str, ...] = ("head",)
    underlined: tuple[str, ...] = ()

    def variables(self) -> dict[str, str]:
        """What styles and stylesheets may name besides what every theme has."""
        seats = {f"seat-{nth}": colour for nth, colour in enumerate(self.seats, 1)}
        styles = {meaning: self._style(meaning) for meaning in MEANINGS}
        ansi = {"ansi-background": self.ground, "ansi-foreground": self.ink}
        return self._texts() | ansi | seats | styles | self._lands()

    def _style(self, meaning: str) -> str:
        bold = "bold " if meaning in self.bold else ""
        underline = "underline " if meaning in self.underlined else ""
        return f"{bold}{underline}{getattr(self, meaning)}"

    def _lands(self) -> dict[str, str]:
        """The colours of maps: the sea at a coast and far from it, lands that are nobody's, bare coasts."""
        return {"sea": self.sea, "deep": self.deep, "land": self.land, "coast": self.coast}

    def _texts(self) -> dict[str, str]:
        """Plain colours where Textual would mix some: lines are painted before their ground is known."""
        muted = (
            "text-muted",
            "text-disabled",
            "foreground-muted",
            "foreground-disabled",
            "border",
            "scrollbar",
        )
        quiet = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
        titles = tuple(f"markdown-h{level}-color" for level in range(1, 7))
        return (
            {"text": self.ink, "text-primary": self.head, "text-secondary": self.dim}
            | {"text-warning": self.change, "text-accent": self.secret}
            | {"text-error": self.bad, "text-success": self.good}
            | dict.fromkeys(muted, self.dim)
            | dict.fromkeys((*quiet, "scrollbar-corner-color"), self.ground)
            | dict.fromkeys(("scrollbar-hover", "scrollbar-active", "link-color", *titles), self.head)
            | {"block-cursor-foreground": self.ground, "block-cursor-background": self.ink}
            | {"input-cursor-foreground": self.ground, "input-cursor-background": self.ink}
            | {"input-selection-background": self.dim, "input-selection-foreground": self.ground}
            | {"screen-selection-background": self.dim, "screen-selection-foreground": self.ground}
        )


def _theme(name: str, palette: Palette, *, dark: bool = True, ansi: bool = False) -> Theme:
    return Theme(
        name=name,
        primary=palette.head,
        secondary=palette.dim,
        accent=palette.secret,
        warning=palette.change,
        error=palette.bad,
        success=palette.good,
        foreground=palette.ink,
        background=palette.ground,
        surface=palette.surface,
        panel=palette.panel,
        dark=dark,
        ansi=ansi,
        variables=palette.variables(),
    )


PALETTES = {
    "dark": Palette(
        seats=("#6ec2f2", "#e3d32f", "#f9909b", "#b772fa", "#1db040", "#db7e23"),
        ground="#0e1318",
        surface="#1b242d",
        panel="#24303b",
        ink="#d5dbe3",
        dim="#8793a0",
        head="#9dc4ea",
        change="#ffd479",
        secret="#d7a6ff",
        bad="#ff8585",
        good="#8bd17c",
        sea="#1e3b51",
        deep="#0f2030",
        land="#6b7a76",
        coast="#a9b59c",
    ),
    "light": Palette(
        seats=("#09509b", "#7f612c", "#b50a72", "#7d2fcf", "#075304", "#bf2421"),
        ground="#f6f3ec",
        surface="#efede6",
        panel="#e2ded2",
        ink="#20262c",
        dim="#5a6068",
        head="#1b4b7d",
        change="#7a4a00",
        secret="#6a2c9c",
        bad="#a8201a",
        good="#22602a",
        sea="#b4d2e2",
        deep="#8fb8d0",
        land="#8a8468",
        coast="#5f5a44",
    ),
    "contrast": Palette(
        seats=("#80daf7", "#afc300", "#e78f7e", "#f397ed", "#49ec9d", "#fad9b3"),
        ground="#000000",
        surface="#101010",
        panel="#262626",
        ink="#ffffff",
        dim="#c6c6c6",
        head="#ffffff",
        change="#ffe066",
        secret="#eab8ff",
        bad="#ffb3ab",
        good="#8df0a0",
        sea="#24506f",
        deep="#0a1a28",
        land="#808078",
        coast="#ffffff",
        bold=("head", "change", "bad"),
    ),
    "safe": Palette(
        seats=("#83d2f6", "#f8fd4c", "#fa4228", "#bc52ea", "#319a4a", "#f8aeae"),
        ground="#0b0f14",
        surface="#18212a",
        panel="#25303b",
        ink="#dde3ea",
        dim="#8f9aa6",
        head="#a8c8ee",
        change="#ffd479",
        secret="#d3b3ff",
        bad="#ff9a5c",
        good="#7cc4ff",
        sea="#1e3b58",
        deep="#0d1f33",
        land="#6f7570",
        coast="#c2bb98",
        underlined=("bad",),
    ),
    "ansi": Palette(
        seats=(
            "ansi_cyan",
            "ansi_bright_white",
            "ansi_bright_red",
            "ansi_bright_magenta",
            "ansi_green",
            "ansi_bright_yellow",
        ),
        ground="ansi_black",
        surface="ansi_black",
        panel="ansi_black",
        ink="ansi_bright_white",
        dim="ansi_white",
        head="ansi_bright_cyan",
        change="ansi_bright_yellow",
        secret="ansi_bright_magenta",
        bad="ansi_bright_red",
        good="ansi_bright_green",
        sea="ansi_blue",
        deep="ansi_black",
        land="ansi_green",
        coast="ansi_white",
        underlined=("bad",),
    ),
    "mono": Palette(
        seats=(NONE, NONE, NONE, NONE, NONE, NONE),
        ground=NONE,
        surface=NONE,
        panel=NONE,
        ink=NONE,
        dim=NONE,
        head=NONE,
        change=NONE,
        secret=NONE,
        bad=NONE,
        good=NONE,
        sea=NONE,
        deep=NONE,
        land=NONE,
        coast=NONE,
        bold=("head", "change", "bad"),
        underlined=("secret", "bad"),
    ),
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
