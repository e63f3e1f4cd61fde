"""The report as a page: it stands alone, hostile text stays text, and the command says what is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.cli.inside import inside
from tests.content.decks import data, replaced
from tests.debrief.games import (
    EXAMPLE,
    OLDER_RULES,
    a_facilitated_game,
    a_game,
    a_table,
    a_whole_honeymoon,
    play,
    seated,
)
from tests.debrief.reading import Reader
from tests.rules.boards import mini
from wargame.content.load import load_scenario
from wargame.debrief.perspective import EVERYTHING, Perspective
from wargame.debrief.plot import Curve, Ground, tracks
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.turning import found, study
from wargame.record import Disk, Plain, Player, Save
from wargame.record.files import create_file
from wargame.record.plain import encode
from wargame.rulebook.markdown import marked_down
from wargame.rules.scenario import Scenario
from wargame.table import Facilitator, Table

SVG = {"svg", "defs", "style", "g", "path", "use", "clippath", "rect", "text", "tspan"}
PAGE = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "b", "em", "small",
    "nav", "a", "section", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "div",
    "span", "data", "figure", "figcaption",
}  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.open(a_facilitated_game(tmp_path_factory.mktemp("page")))


def test_the_page_stands_alone(story: Story) -> None:
    """No address of anything outside it, no script, no frame: links lead only to its own parts."""
    page = report(story, "html")
    seen = Reader(page)

    assert not re.search(r"https?:", page)
    assert "//" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert seen.tags <= SVG | PAGE
    assert all(link.startswith("#") for link in seen.links if "url(" in link or not link[:1].isalpha())
    assert "default-src 'none'" in page


def test_links_lead_somewhere_and_ids_are_used_once(story: Story) -> None:
    """Every link of the contents and of the drawings has its target, and no two things share an id."""
    page = report(story, "html")
    ids = re.findall(r'\bid="([^"]+)"', page)

    assert len(ids) == len(set(ids)) > 20
    for target in re.findall(r'href="#([^"]+)"', page) + re.findall(r"url\(#([^)]+)\)", page):
        assert target in ids


def test_the_same_game_gives_the_same_page(story: Story) -> None:
    """Byte for byte, also the drawings."""
    assert report(story, "html") == report(story, "html")
    assert report(story, "md", "amber") == report(story, "md", "amber")


def test_what_the_page_has(story: Story) -> None:
    """Summary, result, charts, deals, stories with reasons, predictions, white cell, notes, talks, source."""
    page, words = report(story, "md"), "We want the mill to ourselves."
    shown = {
        "## Result", "## Deals", "## Each seat's story", "## Predictions", "## White cell", "## Timeline",
        "## Notes and talks", "## Source", words, "The dice were read upside down.", "A card was misread.",
        "dispute", "half way", "Salt for silence", story.scenario.hash, "Out of the room.",
        "amber thinks no. 0",
    }  # fmt: skip

    assert {piece for piece in shown if piece not in page} == set()
    assert "The room is loud." not in page
    drawn = Reader(report(story, "html"))
    assert {"svg", "path"} <= drawn.tags
    names = {text for text, classes in drawn.texts if "svg" in classes}
    assert names >= {"Heat", "Grain", "Trust", "Rumour", "Nerve", "Amber", "Birch", "Cedar", "R1", "R2", "R3"}


def test_what_a_seats_page_has(story: Story) -> None:
    """It says for whom it is and when; it has what the seat knew, its own moves, and no result."""
    page = report(story, "md", "birch")

    assert "This is what Birch could know when the last round was over" in page
    assert "### What you knew at the end" in page
    assert "reached its line" not in page
    assert "holds all secrets" not in page
    assert "birch thinks no." in page
    assert "amber thinks no." not in page


def test_a_label_at_the_end_of_a_chart_stays_in_the_picture() -> None:
    """It ends at its place, where all others begin."""
    ground = Ground([(0.0, "R1"), (1.0, "R2"), (2.0, "end")], 2.0)

    drawing = tracks([Curve("Trust", [0.0, 1.0, 2.0], [4, 5, 6])], {"Trust": 10}, ground)

    [end] = re.findall(r"<text[^>]*>end</text>", drawing)
    [middle] = re.findall(r"<text[^>]*>R2</text>", drawing)
    assert "text-anchor: end" in end
    assert "text-anchor: end" not in middle


def test_a_long_name_of_a_track_is_whole_and_its_last_change_can_be_seen() -> None:
    """The name goes on in a second line, the curve goes on behind the last place."""
    ground, name = Ground([(0.0, "R1"), (1.0, "R2")], 2.0), "Lake behind the great dam"

    drawing = tracks([Curve(name, [0.0, 1.0, 2.0], [4, 5, 9])], {name: 10}, ground)

    words = re.findall(r"<text[^>]*>([A-Za-z ]+)</text>|<tspan[^>]*>([A-Za-z ]+)</tspan>", drawing)
    assert [one or other for one, other in words] == ["Lake behind the", "great dam"]
    [line] = re.findall(r'<path d="([^"]+)"[^>]*stroke: #0072b2', drawing)
    points = re.findall(r"[ML] ([\d.]+) ([\d.]+)", line)
    rises = [x for (x, y), (_x, after) in pairwise(points) if y != after]
    assert len(rises) == 2
    assert float(points[-1][0]) > float(rises[-1])


@pytest.mark.soak
def test_turning_points_are_on_it_if_they_were_found(tmp_path: Path) -> None:
    """With their chart, in sentences with what strong play does and what was lost; on no seat's page."""
    story = Story.open(a_game(tmp_path, seed=6))
    bots = dict.fromkeys(story.scenario.seat_ids, "greedy")
    turning = found(study(story, bots, playouts=96))
    page = report(story, "html", turning=turning)

    assert "<h2>Turning points</h2>" in page
    assert "Chances to reach the line" in page
    assert page.count('<div class="turn">') == len(turning.turns) > 0
    assert "strong play" in page
    assert "worse (" in page or "better (" in page
    assert "Turning points" not in report(story, "html")
    assert "Turning points" not in report(story, "html", "amber", turning)


def test_an_unfinished_game_has_a_page(tmp_path: Path) -> None:
    """Also one that has just begun, and one in the middle of a round; a seat's page too."""
    for nth, moves in enumerate((0, 9)):
        table = a_table(tmp_path, mini(), ("amber",), seed=2, name=f"open{nth}")
        play(table, moves)
        table.close()
        story = Story.open(tmp_path / f"open{nth}.wargame")
        assert "It is not finished." in report(story, "md")
        assert "<svg" in report(story, "html")
        assert report(story, "html", "cedar")


def test_a_game_under_other_rules_has_a_page() -> None:
    """With a notice on it if anything of the game could not be played again."""
    story = Story.open(OLDER_RULES)
    page = report(story, "html")

    assert (story.notice is None) == ('class="notice text"' not in page)
    assert report(story, "md", "japan")


def test_records_of_a_later_version_are_shown_as_the_white_cells(tmp_path: Path) -> None:
    """A kind of record that this version does not know is on the page with what can be read of it."""
    path, later = a_game(tmp_path), tmp_path / "later.wargame"
    with Save.open(path, write=False) as save:
        entries = [entry.to_plain() for entry in save.tree.entries]
    new: dict[str, Plain] = {"kind": "verdict", "about": 7, "text": "Well done.", "stars": 3}
    create_file(later, [encode(record) for record in [*entries, new]], Disk()).close()
    page = report(Story.open(later), "md")

    assert "**white cell: verdict** text: Well done.; stars: 3" in page
    assert "verdict" not in report(Story.open(later), "md", "amber")


def test_a_newer_file_is_refused_by_every_command(tmp_path: Path) -> None:
    """In a sentence, and nothing is written."""
    raw = bytearray(EXAMPLE.read_bytes())
    raw[15] += 1
    path = tmp_path / "newer.wargame"
    path.write_bytes(bytes(raw))
    for words in (
        ("report", path, "-o", tmp_path / "a.html"),
        ("export", path, "-o", tmp_path / "a.jsonl"),
        ("branch", path, "--at", "3", "-o", tmp_path / "b"),
        ("outlook", path),
    ):
        done = wargame(*words)
        assert done.returncode == 1
        assert "newer version" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [path]


# --- hostile text --------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "$\\frac{1$ &amp; $x^2$",
    "[press](javascript:alert(1)) ![x](//evil/x.png)",
    "| a | # b * c _d_ `e` ~f~",
)


def a_hostile_scenario(folder: Path) -> Scenario:
    """The mill at the ford with hostile words in the place of every name and text that a report may show."""
    folder.mkdir()
    count = 0
    for name, plain in data().items():
        changed: Any = plain
        for address in _texts(changed):
            changed = replaced(changed, address, f"{HOSTILE[count % len(HOSTILE)]} {count}")
            count += 1
        (folder / name).write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    return load_scenario(folder)


def _texts(value: Any, address: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where texts for people stand."""
    if isinstance(value, dict):
        found = [(*address, k) for k, v in value.items() if k in TEXTS and isinstance(v, str)]
        return found + [a for k, v in value.items() for a in _texts(v, (*address, k))]
    if isinstance(value, list):
        return [a for nth, part in enumerate(value) for a in _texts(part, (*address, nth))]
    return [address] if address and address[0] == "groups" else []


TEXTS = {"title", "text", "name", "label", "prompt", "communique", "capital"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A game of the hostile scenario between hostile people."""
    folder = tmp_path_factory.mktemp("hostile")
    scenario = a_hostile_scenario(folder / "deck")
    players = {
        seat: Player("person", HOSTILE[nth]) for nth, seat in enumerate(seated(scenario, scenario.seat_ids))
    }
    table = Table.start(scenario, players, seed=3, rounds=2, folder=folder, name="hostile")
    white = Facilitator(table, HOSTILE[0])
    for words in HOSTILE:
        play(table, 2)
        if not table.over:
            white.note(words)
            white.tag(words)
            table.play(table.game.legal_moves()[0], rationale=words)
    if not table.over:
        white.set_track("heat", 4, HOSTILE[1])
    play(table)
    table.close()
    return Story.open(folder / "hostile.wargame")


@pytest.mark.parametrize("viewer", [EVERYTHING, "amber"])
def test_hostile_text_stays_text_in_html(hostile: Story, viewer: Perspective) -> None:
    """No element, attribute or address comes out of it, and it is there to read as it was written."""
    page = report(hostile, "html", viewer)
    seen = Reader(page)

    assert seen.tags <= SVG | PAGE
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert "49" not in [text for text, _classes in seen.texts]
    shown = " ".join(text for text, _classes in seen.texts)
    assert {words for words in HOSTILE if words not in shown} == set()
    assert any(words in text for words in HOSTILE for text, classes in seen.texts if "svg" in classes)


@pytest.mark.parametrize("viewer", [EVERYTHING, "amber"])
def test_hostile_text_stays_text_in_markdown(hostile: Story, viewer: Perspective) -> None:
    """Nothing in it opens a tag, a link, a picture, a heading or a cell of a table."""
    page = report(hostile, "md", viewer)

    assert "<" not in page
    assert not re.search(r"(?<!\\)\]\(", page)
    assert not re.search(r"(?<!\\)!\[", page.replace("!\\[", ""))
    for line in page.splitlines():
        if line.startswith("| "):
            cells = re.sub(r"\\.", "", line).count("|")
            assert cells >= 3
    rows = [line for line in page.splitlines() if line.startswith("|")]
    widths = {len(re.split(r"(?<!\\)\|", row)) for row in rows}
    assert widths <= {4, 5, 6, 7, 8}
    assert re.findall(r"^#+ ", page, re.MULTILINE)
    assert not re.search(r"^\\?# b", page, re.MULTILINE)


def test_markdown_shows_what_was_written() -> None:
    """Taking the escapes away gives the words again."""
    for words in (*HOSTILE, "1. first", "- item", "+ plus", "# head", "a\\b", "a\n# b", "<b>&amp;</b>"):
        plain = re.sub(r"\\([\\`*_{}\[\]#|~.)+-])", r"\1", marked_down(words))
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert plain == " ".join(words.split(" ")).replace("\n", " ")
    for words in ("1. first", "- item", "+ plus", "# head"):
        assert "\\" in marked_down(words)[:3]


# --- the command ---------------------------------------------------------------------------------------


def wargame(*words: str | Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line without a terminal, after some statements."""
    start = f"import sys\n{before}\nfrom wargame.cli import main\nsys.argv[0] = 'wargame'\nmain()"
    return subprocess.run(
        [sys.executable, "-c", start, *map(str, words)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        env=os.environ | {"COLUMNS": "100"},
    )  # fmt: skip


@pytest.mark.soak
def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """HTML and Markdown by the file's ending, whole or for a seat; the save is not touched."""
    path = a_game(tmp_path)
    raw = path.read_bytes()
    for name, more in (("a.html", ()), ("b.md", ("--for", "birch")), ("c.HTM", ())):
        done = wargame("report", path, "-o", tmp_path / name, *more)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"{tmp_path / name} is written.\n"
    story = Story.open(path)

    assert (tmp_path / "a.html").read_text(encoding="utf-8") == report(story, "html")
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == report(story, "md", "birch")
    assert path.read_bytes() == raw


@pytest.mark.soak
def test_turning_points_that_were_asked_for_are_kept(tmp_path: Path) -> None:
    """The next report has them without being asked."""
    path = a_game(tmp_path, seed=6)
    first = wargame("report", path, "-o", tmp_path / "a.md", "--playouts", "96")
    second = wargame("report", path, "-o", tmp_path / "b.md")

    assert first.returncode == second.returncode == 0
    assert "## Turning points" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes()
    assert (tmp_path / "evening.turning.json").is_file()


@pytest.mark.soak
def test_export_branch_and_outlook_on_the_command_line(tmp_path: Path) -> None:
    """Each does what its page says, and prints what it did."""
    path = a_game(tmp_path)
    rows = wargame("export", path)
    table = wargame("export", path, "--format", "csv", "-o", tmp_path / "game.csv")
    copy = wargame("branch", path, "--at", "12", "-o", tmp_path / "copy", "--seat", "birch=random")
    seen = wargame("outlook", path, "--at", "12", "--games", "12", "--json")

    assert {json.loads(line)["row"] for line in rows.stdout.splitlines()} == {"move", "state", "remark"}
    assert table.returncode == 0
    assert {p.name for p in tmp_path.glob("game.*")} == {
        "game.moves.csv", "game.states.csv", "game.remarks.csv",
    }  # fmt: skip
    assert f"wargame resume {tmp_path / 'copy.wargame'}" in copy.stdout
    with Save.open(tmp_path / "copy.wargame", write=False) as save:
        assert save.header.seats["birch"].kind == "random"
        assert save.header.seats["amber"].kind == "person"
    assert json.loads(seen.stdout)["games"] == 12
    assert json.loads(seen.stdout)["move"] == 12


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("report", "SAVE", "-o", "page.pdf"), "written as .html"),
        (("report", "SAVE", "-o", "page.html", "--for", "mars"), "amber, birch, cedar"),
        (("report", "SAVE", "-o", "page.html", "--for", "amber", "--playouts", "50"), "whole report"),
        (("report", "SAVE", "-o", "page.html", "--playouts", "50", "--strong", "genius"), "--strong genius"),
        (("report", "SAVE", "-o", "page.html", "--playouts", "5"), "at least"),
        (("report", "SAVE", "-o", "no/such/page.html"), "can't be written"),
        (("report", "nosuch", "-o", "page.html"), "nosuch"),
        (("export", "SAVE", "--format", "xml"), "jsonl, csv"),
        (("export", "SAVE", "--format", "csv"), "-o"),
        (("export", "SAVE", "-o", "SAVE"), "saved game itself"),
        (("branch", "SAVE", "--at", "9999", "-o", "x"), "no move 9999"),
        (("branch", "SAVE", "--at", "5", "-o", "SAVE"), "already"),
        (("branch", "SAVE", "--at", "5", "-o", "x", "--seat", "mars=random"), "amber, birch, cedar"),
        (("outlook", "SAVE", "--at", "-3"), "no move -3"),
        (("outlook", "SAVE", "--bots", "person"), "person"),
    ],
)
def test_bad_input_is_one_sentence(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    """What is wrong, on stderr, without a traceback, a non-zero exit, and nothing written."""
    path = a_game(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    given = [str(path) if word == "SAVE" else word for word in words]
    given = [str(tmp_path / w) if w.startswith(("page", "no/")) or w == "x" else w for w in given]
    done = inside(*given)

    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith("wargame: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_without_the_extra_the_report_says_what_to_install(tmp_path: Path) -> None:
    """Everything else goes on without it."""
    path = a_game(tmp_path)
    gone = "sys.modules['matplotlib'] = None"
    done = wargame("report", path, "-o", tmp_path / "a.html", before=gone)
    other = wargame("export", path, before=gone)

    assert done.returncode == 1
    assert "wargame[report]" in done.stderr
    assert "Traceback" not in done.stderr
    assert other.returncode == 0


def test_six_people_have_a_page_each() -> None:
    """The real scenario: a page for everybody and one for every seat, each another."""
    story = Story.open(a_whole_honeymoon())
    every: tuple[Perspective, ...] = (EVERYTHING, *story.scenario.seat_ids)
    pages = {viewer: report(story, "md", viewer) for viewer in every}

    assert len(set(pages.values())) == 7
    assert all(len(page) < len(pages[EVERYTHING]) for seat, page in pages.items() if seat is not EVERYTHING)
