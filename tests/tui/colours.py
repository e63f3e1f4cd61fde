"""How colours look: through a terminal of few colours, through other eyes, and how far apart they are.

Contrast is that of WCAG 2.2, difference is CIEDE2000, and colour-vision deficiency is simulated after
Machado, Oliveira and Fernandes 2009, all cones of one kind missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

RGB = tuple[float, float, float]
"""Red, green and blue from 0 to 1, as sent to a screen (gamma-encoded)."""

DEPTHS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "16": ColorSystem.STANDARD}

PALETTES = {
    "vga": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
    " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
    " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
}
"""What two families of terminals make of the 16 colours. Everybody may have others: examples."""

EYES: dict[str, tuple[RGB, RGB, RGB] | None] = {
    "usual": None,
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: str, depth: str = "truecolor", palette: str = "vga", eyes: str = "usual") -> RGB:
    """What reaches the eye when a theme says `colour` and the terminal has that depth and palette."""
    sent = Color.parse(colour).rich_color.downgrade(DEPTHS[depth])
    rgb = _palette(palette)[sent.number] if _is_one_of_16(sent) else _triplet(sent)
    matrix = EYES[eyes]
    return rgb if matrix is None else _through(rgb, matrix)


def _is_one_of_16(sent: RichColor) -> bool:
    return sent.number is not None and sent.number < 16


def _triplet(sent: RichColor) -> RGB:
    red, green, blue = sent.get_truecolor()
    return red / 255, green / 255, blue / 255


def _palette(name: str) -> dict[int | None, RGB]:
    colours = (Color.parse(f"#{code}") for code in PALETTES[name].split())
    return {at: (c.r / 255, c.g / 255, c.b / 255) for at, c in enumerate(colours)}


def _through(rgb: RGB, matrix: tuple[RGB, RGB, RGB]) -> RGB:
    linear = [_linear(part) for part in rgb]
    red, green, blue = (_encoded(sum(a * b for a, b in zip(row, linear, strict=True))) for row in matrix)
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def contrast(one: RGB, other: RGB) -> float:
    """The ratio of WCAG: from 1 to 21; text needs 4.5, and 7 to be easy for everybody."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: RGB) -> float:
    red, green, blue = (_linear(part) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest_pair(colours: Iterable[RGB]) -> float:
    """The smallest difference between two of them."""
    return min(difference(one, other) for one, other in combinations(colours, 2))


def lab(rgb: RGB) -> RGB:
    """CIELAB under D65."""
    red, green, blue = (_linear(part) for part in rgb)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (_cube_root(part) for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def difference(one: RGB, other: RGB) -> float:
    """CIEDE2000: about 1 can just be seen side by side, 10 at a glance."""
    return lab_difference(lab(one), lab(other))


def lab_difference(one: RGB, other: RGB) -> float:
    """CIEDE2000 of two colours of CIELAB, in the names of Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    g = 0.5 * (1 - _seventh((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2))
    c1, c2 = math.hypot(a1 * (1 + g), b1), math.hypot(a2 * (1 + g), b2)
    h1, h2 = _hue(a1 * (1 + g), b1), _hue(a2 * (1 + g), b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    big_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.2 * _cos(4 * hue - 63)
    by_l = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    by_c = (c2 - c1) / (1 + 0.045 * chroma)
    by_h = big_h / (1 + 0.015 * chroma * t)
    rotated = math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(by_l**2 + by_c**2 + by_h**2 - 2 * _seventh(chroma) * rotated * by_c * by_h)


def _seventh(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))
