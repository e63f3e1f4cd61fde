"""What the strict YAML reader takes, refuses and says, under every parser that is installed."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.hostile import BOMBS, SAMPLES, Sample
from wargame.content import reader, text
from wargame.content.places import HIDDEN, Complaint, Complaints, Document, Plain
from wargame.content.reader import LOADERS, folder_texts, read

SECONDS = 2.0
MEMORY = 100 * 1024 * 1024

A_DECK = """\
# A deck as somebody would write it.
- id: fertiliser-in-name-only
  title: {en: Fertiliser in name only, ko: 이름뿐인 비료}
  source: p9
  cost: 2
  quiet: true
  text: >
    Trace nitrate that crosses the border
    as fertiliser, and stop it.
  needs: [{track: intel, at_least: 3}]
  effects:
    - roll:
        base: 20
        modifiers:
          - {label: "Bottleneck: located", when: {flag: located-nitrate}, add: 30}
        success:
        - shift: {good: nitrate, seat: dprk, by: -2, rounds: 3}
        failure:
- id: 'no'
  title: NO
  note: |
    [/red]
    12:30
"""

THE_DECK_AS_DATA: Plain = [
    {
        "id": "fertiliser-in-name-only",
        "title": {"en": "Fertiliser in name only", "ko": "이름뿐인 비료"},
        "source": "p9",
        "cost": 2,
        "quiet": True,
        "text": "Trace nitrate that crosses the border as fertiliser, and stop it.\n",
        "needs": [{"track": "intel", "at_least": 3}],
        "effects": [
            {
                "roll": {
                    "base": 20,
                    "modifiers": [
                        {"label": "Bottleneck: located", "when": {"flag": "located-nitrate"}, "add": 30}
                    ],
                    "success": [{"shift": {"good": "nitrate", "seat": "dprk", "by": -2, "rounds": 3}}],
                    "failure": None,
                }
            }
        ],
    },
    {"id": "no", "title": "NO", "note": "[/red]\n12:30\n"},
]

every_loader = pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: str(loader.__name__))
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.name))


def data_of(content: str, loader: Any = LOADERS[0]) -> Plain:
    """The data of a file about which there is nothing to say."""
    document, complaints = read(content.encode(), "x.yaml", loader)
    assert document is not None
    assert complaints == []
    return document.data


def complaints_of(content: str, loader: Any = LOADERS[0]) -> list[str]:
    """Everything said about a file called x.yaml."""
    return [str(complaint) for complaint in read(content.encode(), "x.yaml", loader)[1]]


# What is refused


@every_loader
@every_sample
def test_a_hostile_file_gets_the_complaint_it_deserves(sample: Sample, loader: Any) -> None:
    """No file raises or takes long; the first complaint names place and trouble; a good file gets none.

    What is hostile in a file must not reach the terminal by way of complaints: they are printable and short.
    """
    before = time.process_time()
    document, complaints = read(sample.raw, "x\x1b[2J\n.yaml", loader)

    assert time.process_time() - before < SECONDS
    if sample.says is None:
        assert complaints == []
        assert document is not None
    else:
        assert sample.says in complaints[0].message
        assert sample.place in (None, (complaints[0].line, complaints[0].column))
    assert len(complaints) <= 101
    for complaint in complaints:
        assert str(complaint).isprintable()
        assert not HIDDEN.search(str(complaint))
        assert len(str(complaint)) < 200


@pytest.mark.parametrize(
    "loader",
    [LOADERS[0], *(pytest.param(other, marks=pytest.mark.soak) for other in LOADERS[1:])],
    ids=lambda loader: str(loader.__name__),
)
@pytest.mark.parametrize("sample", BOMBS, ids=lambda sample: str(sample.name))
def test_a_bomb_takes_little_memory(sample: Sample, loader: Any) -> None:
    """A hundred megabytes are more than any file may take."""
    tracemalloc.start()
    try:
        read(sample.raw, "x.yaml", loader)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < MEMORY


@every_loader
def test_all_problems_of_a_file_are_found_at_once(loader: Any) -> None:
    """Only what makes the rest unreadable ends the search for problems."""
    content = 'a: &x 1\nb: !t 2\na: 3\nc: 9999999999\nd: "\\x07"\n<<: {}\ne: *x\n[f]: 1\ng: \u200b\n'

    assert [line.split(":")[1:3] for line in complaints_of(content, loader)] == [
        ["1", "4"],
        ["2", "4"],
        ["3", "1"],
        ["4", "4"],
        ["5", "4"],
        ["6", "1"],
        ["7", "4"],
        ["8", "1"],
        ["9", "4"],
    ]


def test_a_flawed_file_still_gives_data_for_further_checks() -> None:
    """What is refused is left out or replaced by something harmless; the first of two equal names stays."""
    content = 'a: &x 1\nb: !t two\na: {c: 3}\nn: 9999999999\nd: "x\\ty\\e"\n<<: {z: 1}\ne: *x\n? [f]\n: 1\n'
    document, _ = read(content.encode(), "x.yaml")

    assert document is not None
    assert document.data == {"a": 1, "b": "two", "n": 0, "d": "x y\ufffd", "e": None}
    assert set(document.marks) == {(), ("a",), ("b",), ("n",), ("d",), ("e",)}


def test_a_file_that_cannot_be_read_to_its_end_gives_no_document() -> None:
    """Half a file would only bring misleading complaints about what is missing."""
    for content in ("a: 'x", "[" * 30, "a: 1\n---\nb: 2\n", "a" * 300_000):
        assert read(content.encode(), "x.yaml")[0] is None


@every_loader
def test_what_follows_from_a_tab_is_not_said(loader: Any) -> None:
    """A tab that indents: one sentence, not another one on what the parser made of the line."""
    _none, complaints = read(b"- a: 1\n\tb: 2\n  c: 3\n", "x.yaml", loader)

    assert [str(one) for one in complaints] == ["x.yaml:2:1: a tab is not allowed; use spaces"]


def test_past_a_hundred_complaints_are_only_counted() -> None:
    """A file of the wrong kind should not bury the reader."""
    _, complaints = read(b"a: &x 1\n" + b"b: !t 2\n" * 200, "x.yaml")

    assert len(complaints) == 101
    assert complaints[-1].message == "and 300 more problems"


@every_loader
def test_the_limits_themselves_are_allowed(loader: Any) -> None:
    """Exactly as deep, as long and as many as the limits say is fine."""
    depth = "[" * reader.MAX_DEPTH + "]" * reader.MAX_DEPTH
    items = "- 1\n" * (reader.MAX_NODES - 1)
    long_text = "a: " + "x" * reader.MAX_TEXT
    name = "x" * reader.MAX_NAME + ": 1"
    size = "a: 1 #" + "x" * (text.MAX_FILE - 6)
    for content in (depth, items, long_text, name, size, "a: 999999999\nb: -999999999\n"):
        assert complaints_of(content, loader) == []


def test_without_libyaml_the_pure_parser_is_there() -> None:
    """Every installation has at least the pure parser, as the last choice."""
    assert LOADERS[-1].__name__ == "BaseLoader"


# What is read


@every_loader
def test_a_deck_is_read_as_it_was_meant(loader: Any) -> None:
    """Words, numbers, lists and folded texts of a real card come out as its author meant them."""
    assert data_of(A_DECK, loader) == THE_DECK_AS_DATA


@every_loader
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("42", 42),
        ("-7", -7),
        *((word, word) for word in ("NO", "no", "yes", "on", "off", "y", "True", "FALSE", "Null", "~")),
        *(
            (word, word)
            for word in ("2024-02-30", "12:30", "1.5", "0x10", "0o7", "007", "1_000", "+5", "1e3")
        ),
        *((word, word) for word in (".inf", ".nan", "=", "--", "-a", "p9", "서울", "a#b", "x:y", "１２")),
        ("<<", "<<"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("''", ""),
        ("'null'", "null"),
        ('"[/red]"', "[/red]"),
        ("'it''s'", "it's"),
        ('"a\\nb \\u20ac"', "a\nb €"),
        ("a\u00a0b", "a\u00a0b"),
        ("|\n  12\n", "12\n"),
        ("[]", []),
        ("{}", {}),
    ],
)
def test_an_unquoted_word_is_only_what_it_plainly_is(written: str, meant: Plain, loader: Any) -> None:
    """true, false, null and decimal integers are that; everything else, and all in quotes, is text."""
    read_back = data_of(f"a: {written}\n", loader)

    assert read_back == {"a": meant}
    assert isinstance(read_back, dict)
    assert type(read_back["a"]) is type(meant)


@every_loader
def test_names_are_always_text(loader: Any) -> None:
    """A name that looks like a number or a truth value stays its text."""
    assert data_of("1: a\ntrue: b\nnull: c\nNO: d\n2024-01-01: e\n", loader) == {
        "1": "a",
        "true": "b",
        "null": "c",
        "NO": "d",
        "2024-01-01": "e",
    }


# Places


@every_loader
def test_every_value_and_name_has_its_place(loader: Any) -> None:
    """Marks count lines and columns from 1, in characters, in block and flow style alike."""
    content = "a: 1\r\nb:\r\n- 서울: {c: '3'}\r\n-\r\n  - x\r\n"
    document, _ = read(content.encode(), "x.yaml", loader)

    assert document is not None
    assert document.marks == {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 1),
        ("b", 0): (3, 3),
        ("b", 0, "서울"): (3, 7),
        ("b", 0, "서울", "c"): (3, 11),
        ("b", 1): (5, 3),
        ("b", 1, 0): (5, 5),
    }
    assert document.key_marks == {
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 0, "서울"): (3, 3),
        ("b", 0, "서울", "c"): (3, 8),
    }


def test_a_missing_place_falls_back_to_the_nearest_around_it() -> None:
    """A complaint about something absent points at what should hold it; a list item has no name."""
    document, _ = read(b"a: 1\nb:\n  - c: 2\n", "x.yaml")

    assert document is not None
    assert document.at(("b", 0, "missing", "deeper")) == (3, 5)
    assert document.at(("missing",)) == (1, 1)
    assert document.key_at(("b", 0, "c")) == (3, 5)
    assert document.key_at(("b", 0)) == (3, 5)
    assert Document("x.yaml", None).at(("a",)) == (1, 1)
    assert str(document.complaint(("b", 0, "c"), "is low")) == "x.yaml:3:8: is low"
    assert str(document.key_complaint(("b",), "is odd")) == "x.yaml:2:1: is odd"


def test_complaints_sort_in_reading_order() -> None:
    """By file, then line as a number, then column."""
    late, early = Complaint("a.yaml", 10, 1, "x"), Complaint("a.yaml", 9, 4, "y")

    assert sorted([late, Complaint("b.yaml", 1, 1, "z"), early])[:2] == [early, late]
    assert str(early) == "a.yaml:9:4: y"
    assert Complaints("a.yaml").in_order() == []


# Laws


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    """Whatever the bytes, there is a document or a complaint, under every parser."""
    for loader in LOADERS:
        document, complaints = read(raw, "x.yaml", loader)
        assert document is not None or complaints


@given(
    st.text(alphabet=st.sampled_from("ab1 \n\r\t:-?[]{},#&*!|>'\"%@`\\<~=.\u0085\ufeff\x00é"), max_size=80)
)
def test_no_yaml_punctuation_raises(content: str) -> None:
    """Nor does any mixture of the signs that YAML gives a meaning."""
    for loader in LOADERS:
        document, complaints = read(content.encode(), "x.yaml", loader)
        assert document is not None or complaints


@given(st.data())
def test_no_slip_in_a_good_file_raises(data: st.DataObject) -> None:
    """A deck with pieces cut out, doubled or replaced gives a document or complaints in it."""
    content = A_DECK
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 20)))
        content = (
            content[:start] + data.draw(st.text(max_size=6) | st.just(content[start:end] * 2)) + content[end:]
        )
    raw = content.encode("utf-8", "surrogatepass")
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for loader in LOADERS:
        document, complaints = read(raw, "x.yaml", loader)
        assert document is not None or complaints
        assert all(1 <= complaint.line <= lines for complaint in complaints)


WORDS = st.from_regex(r"[a-z][a-z0-9_.]{0,8}", fullmatch=True).filter(
    lambda word: word not in ("true", "false", "null")
)
VALUES = st.recursive(
    WORDS | st.integers(-999, 999) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def as_yaml(value: Plain, indent: int, flow: bool) -> str:
    """`value` written plainly, in block style or flow style."""
    if isinstance(value, dict) and flow:
        return "{" + ", ".join(f"{name}: {as_yaml(item, 0, True)}" for name, item in value.items()) + "}"
    if isinstance(value, list) and flow:
        return "[" + ", ".join(as_yaml(item, 0, True) for item in value) + "]"
    pad = "\n" + " " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{name}: {as_yaml(item, indent + 2, False)}" for name, item in value.items())
    if isinstance(value, list):
        return "".join(f"{pad}- {as_yaml(item, indent + 2, False)}" for item in value)
    return str(value).lower()


def leaves(value: Plain, address: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Plain]]:
    """Every single value in `value` with its address."""
    if isinstance(value, dict):
        return [leaf for name, item in value.items() for leaf in leaves(item, (*address, name))]
    if isinstance(value, list):
        return [leaf for step, item in enumerate(value) for leaf in leaves(item, (*address, step))]
    return [(address, value)]


@given(VALUES, st.booleans())
def test_what_is_written_is_read_and_marks_point_at_it(value: Plain, flow: bool) -> None:
    """Data comes back as it was; at each mark stands the text of its value, at each key mark the name."""
    content = as_yaml(value, 0, flow) + "\n"
    lines = content.split("\n")
    for loader in LOADERS:
        document, complaints = read(content.encode(), "x.yaml", loader)

        assert complaints == []
        assert document is not None
        assert document.data == value
        for address, leaf in leaves(value):
            line, column = document.marks[address]
            assert lines[line - 1][column - 1 :].startswith(str(leaf).lower())
        for address, (line, column) in document.key_marks.items():
            assert lines[line - 1][column - 1 :].startswith(f"{address[-1]}: ")


@given(VALUES, st.booleans())
def test_both_parsers_see_the_same(value: Plain, flow: bool) -> None:
    """A file does not change its meaning or its places with the parser that is installed."""
    raw = as_yaml(value, 0, flow).encode()
    first, *others = [read(raw, "x.yaml", loader) for loader in LOADERS]

    assert all(other == first for other in others)


# Folders


def write(home: Path, **files: str) -> Path:
    """A folder with a `.yaml` file for each name."""
    home.mkdir(exist_ok=True)
    for name, content in files.items():
        (home / f"{name}.yaml").write_text(content, encoding="utf-8")
    return home


def said(complaints: list[Complaint]) -> list[tuple[str, str]]:
    """Which file, and what about it."""
    return [(complaint.file, complaint.message) for complaint in complaints]


def test_a_folder_gives_its_yaml_files_by_name(tmp_path: Path) -> None:
    """Only `.yaml` files directly inside, in order of names; hidden and other files don't matter."""
    home = write(tmp_path / "deck", news="b: 1\n", deals="a: 1\n")
    write(home / "inner", other="c: 1\n")
    (home / "notes.txt").write_text("x", encoding="utf-8")
    (home / ".#news.yaml").write_text("x", encoding="utf-8")
    texts, complaints = folder_texts(home)

    assert list(texts.items()) == [("deals.yaml", b"a: 1\n"), ("news.yaml", b"b: 1\n")]
    assert complaints == []


def test_a_folder_that_is_not_there_is_a_complaint(tmp_path: Path) -> None:
    """Missing, a file, empty, or no possible path: one complaint each, and no exception."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    for path in (
        tmp_path / "missing",
        tmp_path / "file",
        tmp_path / "empty",
        tmp_path / "loop",
        Path("a\0b"),
    ):
        texts, complaints = folder_texts(path)
        assert texts == {}
        assert len(complaints) == 1
        assert str(complaints[0]).isprintable()


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    """Folders, pipes, dangling links and links to elsewhere are complained of; the good file is read."""
    home = write(tmp_path / "deck", good="a: 1\n")
    write(tmp_path, outside="secret: 1\n")
    (home / "a.yaml").mkdir()
    os.mkfifo(home / "b.yaml")
    (home / "c.yaml").symlink_to("nowhere.yaml")
    (home / "d.yaml").symlink_to(tmp_path / "outside.yaml")
    (home / "e.yaml").symlink_to("e.yaml")
    (home / "f.yml").write_text("a: 1\n", encoding="utf-8")
    (home / "same.yaml").symlink_to("good.yaml")
    texts, complaints = folder_texts(home)

    assert texts == {"good.yaml": b"a: 1\n", "same.yaml": b"a: 1\n"}
    assert [complaint.file for complaint in complaints] == [f"{x}.yaml" for x in "abcde"] + ["f.yml"]
    assert "not a file" in complaints[0].message
    assert "not a file" in complaints[1].message
    assert "cannot be read" in complaints[2].message
    assert "outside this folder" in complaints[3].message
    assert "cannot be read" in complaints[4].message
    assert "rename it to .yaml" in complaints[5].message


def test_a_file_name_cannot_smuggle_control_characters(tmp_path: Path) -> None:
    """Names of files are as untrusted as what is in them."""
    (tmp_path / "a\x1b[2J\n.yaml").mkdir()
    _, complaints = folder_texts(tmp_path)

    assert said(complaints) == [("a\\x1b[2J\\n.yaml", "is not a file")]
    assert str(Complaint("b\udcff.yaml", 1, 1, "c\u202ed")) == "b\\udcff.yaml:1:1: c\\u202ed"


def test_a_folder_has_its_limits(tmp_path: Path) -> None:
    """Too large a file, too many files and too much together are named; what fits is still read."""
    home = write(tmp_path / "large", a="x" * (text.MAX_FILE + 1), b="x" * text.MAX_FILE)
    texts, complaints = folder_texts(home)
    assert list(texts) == ["b.yaml"]
    assert said(complaints) == [("a.yaml", "is larger than 256 kB; split it")]

    home = write(tmp_path / "many", **{f"f{n:02}": "a: 1\n" for n in range(text.MAX_FILES + 2)})
    texts, complaints = folder_texts(home)
    assert len(texts) == text.MAX_FILES
    assert said(complaints) == [("f64.yaml", "is one file too many: a folder may hold 64, and here are 66")]

    home = write(tmp_path / "much", **{f"f{n}": "x" * text.MAX_FILE for n in range(4)})
    texts, complaints = folder_texts(home)
    assert len(texts) == 3
    assert said(complaints) == [("f3.yaml", "is too much: the files of a folder may have 1000 kB together")]
