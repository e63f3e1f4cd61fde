"""Cut the outline of the world's lands from an atlas into the small file that the package ships.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/outline.py package/countries-50m.json wargame/geo/world.json.z

Source: Natural Earth 1:50m Admin 0 countries (https://www.naturalearthdata.com), as TopoJSON in the npm
package `world-atlas`. Licence: Natural Earth is in the public domain; world-atlas is under the ISC licence.
Boundaries: drawn as they are in the source data; no claim about any of them is implied.

The file is compressed JSON: `arcs`, the lines that neighbours share, each its first point and then steps,
flat, in hundredths of a degree; and `lands`, by ISO 3166 alpha-3 code the `box` that a land lies in (west,
south, east, north) and its `rings` as lists of arcs, where `~n` is arc n run backwards. Lines are simplified
as arcs, so that neighbours stay identical. What crosses the date line goes on beyond 180 degrees.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]
Line = Sequence[Point]

TOLERANCE = 3.0
"""How far, in hundredths of a degree, a simplified line may stray from the true one."""

TURN = 36000
"""Once round the world, in hundredths of a degree."""

SPECK = 30.0
"""Rings of a smaller area, in hundredths of a degree squared, are dropped."""

NUMBERS = """
533ABW 004AFG 024AGO 660AIA 248ALA 008ALB 020AND 784ARE 032ARG 051ARM 016ASM 010ATA 260ATF 028ATG 036AUS
040AUT 031AZE 108BDI 056BEL 204BEN 854BFA 050BGD 100BGR 048BHR 044BHS 070BIH 652BLM 112BLR 084BLZ 060BMU
068BOL 076BRA 052BRB 096BRN 064BTN 072BWA 140CAF 124CAN 756CHE 152CHL 156CHN 384CIV 120CMR 180COD 178COG
184COK 170COL 174COM 132CPV 188CRI 192CUB 531CUW 136CYM 196CYP 203CZE 276DEU 262DJI 212DMA 208DNK 214DOM
012DZA 218ECU 818EGY 232ERI 732ESH 724ESP 233EST 231ETH 246FIN 242FJI 238FLK 250FRA 234FRO 583FSM 266GAB
826GBR 268GEO 831GGY 288GHA 324GIN 270GMB 624GNB 226GNQ 300GRC 308GRD 304GRL 320GTM 316GUM 328GUY 344HKG
334HMD 340HND 191HRV 332HTI 348HUN 360IDN 833IMN 356IND 086IOT 372IRL 364IRN 368IRQ 352ISL 376ISR 380ITA
388JAM 832JEY 400JOR 392JPN 398KAZ 404KEN 417KGZ 116KHM 296KIR 659KNA 410KOR 414KWT 418LAO 422LBN 430LBR
434LBY 662LCA 438LIE 144LKA 426LSO 440LTU 442LUX 428LVA 446MAC 663MAF 504MAR 492MCO 498MDA 450MDG 462MDV
484MEX 584MHL 807MKD 466MLI 470MLT 104MMR 499MNE 496MNG 580MNP 508MOZ 478MRT 500MSR 480MUS 454MWI 458MYS
516NAM 540NCL 562NER 574NFK 566NGA 558NIC 570NIU 528NLD 578NOR 524NPL 520NRU 554NZL 512OMN 586PAK 591PAN
612PCN 604PER 608PHL 585PLW 598PNG 616POL 630PRI 408PRK 620PRT 600PRY 275PSE 258PYF 634QAT 642ROU 643RUS
646RWA 682SAU 729SDN 686SEN 702SGP 239SGS 654SHN 090SLB 694SLE 222SLV 674SMR 706SOM 666SPM 688SRB 728SSD
678STP 740SUR 703SVK 705SVN 752SWE 748SWZ 534SXM 690SYC 760SYR 796TCA 148TCD 768TGO 764THA 762TJK 795TKM
626TLS 776TON 780TTO 788TUN 792TUR 158TWN 834TZA 800UGA 804UKR 858URY 840USA 860UZB 336VAT 670VCT 862VEN
092VGB 850VIR 704VNM 548VUT 876WLF 882WSM 887YEM 710ZAF 894ZMB 716ZWE
"""
"""ISO 3166 numeric and alpha-3 codes of the lands in the source."""

UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": "XNC", "Siachen Glacier": "XSG", "Somaliland": "XSO"}
"""Lands without a number in the source, by codes from the range that ISO leaves to users."""


def decode(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a quantised TopoJSON topology, in hundredths of a degree, unbroken."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for dx, dy, *_ in steps:
            x, y = x + dx, y + dy
            arc.append((round((x * sx + tx) * 100), round((y * sy + ty) * 100)))
        arcs.append(unbroken(arc))
    return arcs


def unbroken(arc: Line) -> Ring:
    """Return a line that goes on where it crosses the date line; one round a pole goes by the pole.

    >>> unbroken([(17900, 7000), (-17900, 7000), (17900, 7000)])
    [(17900, 7000), (18100, 7000), (17900, 7000)]
    """
    found = [arc[0]]
    for x, y in arc[1:]:
        found.append((x + round((found[-1][0] - x) / TURN) * TURN, y))
    (x, y), (start, low) = found[-1], found[0]
    if abs(x - start) == TURN and (x - start, y - low) != (0, 0):
        pole = -9000 if y < 0 else 9000
        found += [(x, pole), (start, pole), found[0]]
    return found


def simplify(line: Line, tolerance: float) -> Ring:
    """Douglas–Peucker: both ends stay, and each point that strays more than `tolerance`.

    >>> simplify([(0, 0), (50, 1), (100, 0), (100, 80)], 5.0)
    [(0, 0), (100, 0), (100, 80)]
    """
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        at, far = _furthest(line, first, last)
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def _furthest(line: Line, first: int, last: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = line[first], line[last]
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    found, far = first, -1.0
    for at in range(first + 1, last):
        x, y = line[at][0] - ax, line[at][1] - ay
        along = min(max((x * dx + y * dy) / long, 0.0), 1.0) if long else 0.0
        stray = ((x - along * dx) ** 2 + (y - along * dy) ** 2) ** 0.5
        if stray > far:
            found, far = at, stray
    return found, far


def assemble(indices: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """A ring from its arcs; a complement stands for an arc run backwards. The first point is not repeated."""
    ring: Ring = []
    for at in indices:
        ring += (arcs[at] if at >= 0 else arcs[~at][::-1])[:-1]
    return ring


def area(ring: Line) -> float:
    """The area within a ring, in hundredths of a degree squared."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def lands(topology: dict[str, Any], arcs: Sequence[Ring]) -> dict[str, list[list[int]]]:
    """Every land's rings as lists of arcs, by its code, without specks."""
    codes = {each[:3]: each[3:] for each in NUMBERS.split()}
    found: dict[str, list[list[int]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(str(country.get("id"))) or UNNUMBERED.get(country["properties"]["name"])
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for ring in chain.from_iterable(shapes):
            if code and area(assemble(ring, arcs)) >= SPECK:
                found.setdefault(code, []).append(ring)
    return dict(sorted(found.items()))


def box(points: Iterable[Point]) -> tuple[int, int, int, int]:
    """Return the west, south, east and north of some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def steps(arc: Line) -> list[int]:
    """An arc as its first point, then the step to each further one, all in one flat list.

    >>> steps([(100, 20), (101, 18)])
    [100, 20, 1, -2]
    """
    first, *rest = arc
    walked = ((b[0] - a[0], b[1] - a[1]) for a, b in zip(arc, rest, strict=False))
    return list(chain(first, chain.from_iterable(walked)))


def main(source: str, target: str) -> None:
    """Read the TopoJSON file `source` and write the outline to `target`."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [simplify(arc, TOLERANCE) for arc in decode(topology)]
    rings = lands(topology, arcs)
    used = sorted({max(at, ~at) for shape in rings.values() for ring in shape for at in ring})
    place = {at: nth for nth, at in enumerate(used)} | {~at: ~nth for nth, at in enumerate(used)}
    written = {
        code: {
            "box": box(point for ring in shape for point in assemble(ring, arcs)),
            "rings": [[place[at] for at in ring] for ring in shape],
        }
        for code, shape in rings.items()
    }
    whole = {"arcs": [steps(arcs[at]) for at in used], "lands": written}
    text = json.dumps(whole, separators=(",", ":"))
    Path(target).write_bytes(zlib.compress(text.encode(), 9))


if __name__ == "__main__":
    main(*sys.argv[1:3])
