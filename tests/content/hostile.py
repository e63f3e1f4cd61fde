"""Files that somebody clumsy or malicious could hand to the reader, each with what should be said about it.

`SAMPLES` holds one of every kind. A sample's `place` is where the first complaint belongs (None: anywhere),
and `says` a part of its message (None: the file is fine and nothing is said).
"""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[int, int]


@dataclass(frozen=True)
class Sample:
    """One file's bytes and the first complaint they deserve."""

    name: str
    raw: bytes
    place: Place | None
    says: str | None


def billion_laughs() -> str:
    """Nine lists of nine aliases each: 3.5 GB if the aliases were followed."""
    lines = ["a: &a [lol, lol]"]
    for this, last in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]")
    return "\n".join(lines) + "\n"


def merge_bomb() -> str:
    """Mappings that each merge the one before nine times."""
    lines = ["a: &a {x: 1}"]
    for this, last in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{this}: &{this} {{<<: [{', '.join([f'*{last}'] * 9)}], {this}{this}: 1}}")
    return "\n".join(lines) + "\n"


def staircase(steps: int) -> str:
    """Block mappings, one inside another."""
    return "".join(" " * step + "a:\n" for step in range(steps))


def text(name: str, content: str, place: Place | None, says: str | None) -> Sample:
    """A sample that is at least UTF-8."""
    return Sample(name, content.encode(), place, says)


BOMBS = (
    text("billion laughs", billion_laughs(), (1, 4), "anchor '&a'"),
    text("merge bomb", merge_bomb(), (1, 4), "anchor '&a'"),
    text("alias to itself", "a: &a [*a]\n", (1, 4), "anchor"),
    text("50,000 square brackets", "[" * 50_000, (1, 25), "too deep"),
    text("50,000 square brackets in a value", "a: " + "[" * 50_000, (1, 27), "too deep"),
    text("50,000 square brackets, closed", "[" * 50_000 + "]" * 50_000, (1, 25), "too deep"),
    text("50,000 braces", "{" * 50_000, (1, 2), "cannot be the name"),
    text("50,000 braces with names", "{a: " * 50_000, (1, 97), "too deep"),
    text("50,000 dashes", "- " * 50_000, (1, 49), "too deep"),
    text("50,000 brackets on lines", "[\n" * 50_000, (25, 1), "too deep"),
    text("500 nested mappings", staircase(500), (25, 25), "too deep"),
    text("50,000 question marks", "? " * 50_000, (1, 3), "cannot be the name"),
    text("100,000 items in a flow list", "[" + "a," * 100_000 + "]", None, "too many"),
    text("65,000 items in lines", "- \n" * 65_000, (30_000, 2), "too many"),
    text("10,000 anchors", "&a \n" + "- &a\n" * 10_000, (1, 1), "anchor"),
    text("300 kB", "a: 1\n" * 60_000, (1, 1), "larger than 256 kB"),
    Sample("300 kB of nothing", b"\0" * 300_000, (1, 1), "larger than 256 kB"),
    text("a line of 250 kB", "a: " + "x" * 250_000, (1, 4), "too long"),
    text("250 kB in quotes", 'a: "' + "\\n" * 125_000 + '"', (1, 4), "too long"),
    text("250 kB of empty lines", "\n" * 250_000, (1, 1), "empty"),
    text("250 kB of comment signs", "#" * 250_000, (1, 1), "empty"),
    text("250 kB of spaces", " " * 250_000, (1, 1), "empty"),
    text("100,000 directives", "%\n" * 100_000, (1, 1), "directives"),
    text("65,000 documents", "---\n" * 65_000, (2, 1), "second document"),
    text("80,000 hidden characters", "a: " + "\u200b" * 80_000, (1, 4), "U+200B"),
    text("a number of 200,000 digits", "a: " + "9" * 200_000, (1, 4), "too long"),
    text("an unclosed quote of 250 kB", "a: '" + "b: c\n" * 50_000, (1, 4), "never closed"),
    text("one name 10,000 times", "a: 1\n" * 10_000, (2, 1), "second time"),
)

SMUGGLED = (
    text("a Python object", "a: !!python/object:os.system x\n", (1, 4), "the tag '!!python/object"),
    text("a Python call", "a: !!python/object/apply:os.system ['true']\n", (1, 4), "the tag '!!python"),
    text("binary", "a: !!binary aGVsbG8=\n", (1, 4), "the tag '!!binary'"),
    text("a tag of one's own", "a: 1\nb:\n  - !mine x\n", (3, 5), "the tag '!mine'"),
    text("a bare tag", "a: ! x\n", (1, 4), "the tag '!'"),
    text("a tag on a mapping", "!!map\na: 1\n", (1, 1), "the tag '!!map'"),
    text("a tag on a name", "!!str a: 1\n", (1, 1), "the tag '!!str'"),
    text("a tag with a long address", f"a: !<{'x' * 5000}> b\n", (1, 4), "the tag"),
    text("an unknown tag handle", "a: !x!y z\n", (1, 4), "tags are not used"),
    text("an anchor without an alias", "a: &here x\n", (1, 4), "the anchor '&here'"),
    text("an alias without an anchor", "a: 1\nb: *nowhere\n", (2, 4), "the alias '*nowhere'"),
    text("an alias as the whole file", "*x\n", (1, 1), "the alias '*x'"),
    text("an alias as a name", "a: &x y\n*x : z\n", (1, 4), "the anchor"),
    text("a merge", "a: 1\n<<: {b: 2}\n", (2, 1), "merging"),
    text("a raw escape character", "a: x\x1b[31my\n", (1, 5), "U+001B"),
    text("a written escape character", 'a: 1\nb: "\\x1b[31m"\n', (2, 4), "U+001B"),
    text("a written bell in a name", '"a\\a": 1\n', (1, 1), "U+0007"),
    text("a written carriage return", 'a: "x\\ry"\n', (1, 4), "U+000D"),
    text("a raw C1 character", "a: x\u009b31m\n", (1, 5), "U+009B"),
    text("a written C1 character", 'a: "\\x9b31m"\n', (1, 4), "U+009B"),
    text("a raw next-line character", "a: x\u0085b: y\n", (1, 5), "U+0085"),
    text("a raw line separator", "a: x\u2028b: y\n", (1, 5), "U+2028"),
    text("text turned around", "a: abc\u202edef\n", (1, 7), "U+202E (right-to-left override)"),
    text("text turned around by an escape", 'a: "\\u202Edef"\n', (1, 4), "U+202E"),
    text("text turned around in a comment", "a: 1 # \u2066x\n", (1, 8), "U+2066"),
    text("a zero-width space", "a: 1\nb\u200b: x\n", (2, 2), "U+200B (zero width space)"),
    text("a byte order mark in the middle", "a: 1\n\ufeffb: 2\n", (2, 1), "U+FEFF"),
    text("hidden tag letters", "a: x\U000e0041\n", (1, 5), "U+E0041"),
    text("delete", "a: \x7f\n", (1, 4), "U+007F"),
    text("a zero byte", "a: x\0y\n", (1, 5), "U+0000"),
    text("a written zero byte", 'a: "\\0"\n', (1, 4), "U+0000"),
    text("half of a character", 'a: "\\ud800"\n', (1, 4), ""),
    text("a character past the last", 'a: 1\nb: "\\U00110000"\n', None, ""),
    text("a tab in a text", "a: x\ty\n", (1, 5), "a tab is not allowed"),
    text("a written tab", 'a: "x\\ty"\n', (1, 4), "U+0009"),
)

MISTAKEN = (
    text("the same name twice", "a: 1\nb: 2\na: 3\n", (3, 1), "'a' is here a second time (first on line 1)"),
    text("the same name twice, deep", "x:\n  - {a: 1, b: 2, a: 3}\n", (2, 18), "first on line 2"),
    text("the same name in other quotes", "a: 1\n'a': 2\n", (2, 1), "second time"),
    text("a large number", "a: 1234567890\n", (1, 4), "too large"),
    text("a large negative number", "a: [-1234567890]\n", (1, 5), "too large"),
    text("a number of 5,000 digits", f"a: {'1' * 5000}\n", (1, 4), "too large"),
    Sample("Latin-1", "a: 1\nb: Séoul\n".encode("latin-1"), (2, 5), "0xe9 is not UTF-8"),
    Sample("a cut-off character", b"a: \xec\x84", (1, 4), "is not UTF-8"),
    Sample("an overlong slash", b"a: \xc0\xaf\n", (1, 4), "is not UTF-8"),
    Sample("an encoded half character", b"a: \xed\xa0\x80\n", (1, 4), "is not UTF-8"),
    Sample("broken after a Korean word", "a: 서울 ".encode() + b"\xff\n", (1, 7), "0xff is not UTF-8"),
    Sample("UTF-16", "a: 1\n".encode("utf-16"), (1, 1), "UTF-16"),
    Sample("UTF-16, unmarked", "a: 1\n".encode("utf-16-le"), (1, 1), "UTF-16"),
    Sample("UTF-16, unmarked, the other way", "a: 1\n".encode("utf-16-be"), (1, 1), "UTF-16"),
    Sample("UTF-32", "a: 1\n".encode("utf-32"), (1, 1), "UTF-16 or UTF-32"),
    text("a tab as indentation", "a:\n\tb: 1\n", (2, 1), "a tab is not allowed"),
    text("an entry of a list too far left", "- a: 1\n b: 2\n", (2, 2), "it is in a list, and fits no entry"),
    text(
        "a dash that is missing", "- a:\n    - b: 1\n    c: 1\n", (3, 5), "it is in a list, and fits no entry"
    ),
    text("a first dash that is missing", "a:\n  f: 1\n  - g: 2\n", (3, 3), "whether a '- ' is missing above"),
    text("a text after its quotes", '- a: "x" and y\n  b: 1\n', (1, 10), "put all of it in quotes"),
    text("a text after its quotes, in braces", "{a: 'x' and y}\n", (1, 9), "put all of it in quotes"),
    text(
        "a hard space as indentation",
        "- a: 1\n \u00a0b: 2\n",
        (2, 2),
        "U+00A0 (no-break space) is no space here",
    ),
    text(
        "a hard space after a name",
        "- a: 1\n  b:\u00a02\n",
        (2, 5),
        "U+00A0 (no-break space) is no space here",
    ),
    text("a hard space in a text", "- a: 1\n  b: 2\u00a0km\n", None, None),
    text("an unclosed double quote", 'a: 1\nb: "x\nc: 2\n', (2, 4), "never closed"),
    text("an unclosed single quote", "a: 'x\nb: 2\n", (1, 4), "never closed"),
    text("a quote across documents", "a: 'x\n---\n'\n", (1, 4), "never closed"),
    text("an unclosed bracket", "a: [1, 2\nb: 3\n", (1, 4), "never closed"),
    text("an unclosed brace", "a: {b: 1\nc: 3\n", (1, 4), "never closed"),
    text("a closing bracket alone", "a: ]\n", (1, 4), "out of place"),
    text("two commas", "a: [1,, 2]\n", (1, 7), "out of place"),
    text("a colon in a title", "title: Summit: day one\n", (1, 14), "put the text in quotes"),
    text("a name without a colon", "a: 1\nb\nc: 2\n", (2, 1), "needs a ':'"),
    text("a list inside a mapping", "a: 1\n- b\n", (2, 1), "does not fit"),
    text("a step back halfway", "a:\n    b: 1\n  c: 2\n", (3, 3), "does not fit"),
    text("an at sign", "a: @home\n", (1, 4), "begins with '@' needs quotes"),
    text("a percent sign", "a: %s\n", (1, 4), "begins with '%' needs quotes"),
    text("an ampersand", "a: & b\n", (1, 4), "'&' needs quotes"),
    text("an asterisk", "a: * b\n", (1, 4), "'*' needs quotes"),
    text("an unknown escape", 'a: "\\q"\n', (1, 4), "backslash escape"),
    text("a broken escape", 'a: "\\xzz"\n', (1, 4), "backslash escape"),
    text("an indentation of zero", "a: |0\n  x\n", (1, 4), "one digit from 1 to 9"),
    text("an indentation of letters", "a: >2z\n  x\n", (1, 4), "one digit from 1 to 9"),
    text("an indentation too deep", "a: |4\n  x\n", (2, 3), "does not fit"),
    text("a very long name", f"{'a' * 1500}: 1\n", (1, 1501), "':' cannot stand here"),
    text("a long name", f"{'a' * 500}: 1\n", (1, 1), "name of 500 characters"),
    text("a very long explicit name", f"? {'a' * 5000}\n: 1\n", (1, 3), "name of 5000 characters"),
    text("a name on two lines", "? |\n  a\n  b\n: 1\n", (1, 3), "must stand on one line"),
    text("no name", "? \n: 1\n", (1, 2), "name is missing"),
    text("an empty name", "'': 1\n", (1, 1), "name is missing"),
    text("a colon first", ": 1\n", (1, 1), "does not fit"),
    text("250 kB of tabs", "\t" * 250_000, (1, 1), "a tab"),
    text("a tab before a comment", "a: 1\t# x\n", (1, 5), "a tab"),
    text("a list as a name", "a: 1\n[b, c]: 1\n", (2, 1), "cannot be the name"),
    text("a mapping as a name", "{b: c}: 1\n", (1, 1), "cannot be the name"),
    text("an explicit list as a name", "? - a\n  - b\n: 1\n", (1, 3), "cannot be the name"),
    text("two documents", "a: 1\n---\nb: 2\n", (2, 1), "second document"),
    text("a document after the end", "a: 1\n...\n---\nb: 2\n", (3, 1), "second document"),
    text("more after the end", "a: 1\n...\nb: 2\n", (3, 1), "does not fit"),
    text("a version", "# ours\n%YAML 1.1\n---\na: 1\n", (2, 1), "directives like '%YAML'"),
    text("an absurd version", f"%YAML {'9' * 5000}.1\n---\na: 1\n", (1, 1), "directives"),
    text("a tag shorthand", "%TAG ! tag:example.org,2000:\n---\na: !x 1\n", (1, 1), "directives like '%TAG'"),
    text("an unknown directive", "%FOO\r\n---\r\na: 1\r\n", (1, 1), "directives like '%FOO'"),
    text("nothing", "", (1, 1), "is empty"),
    text("only comments", "# nothing\n\n# here\n", (1, 1), "is empty"),
    text("only a marker", "---\n", (1, 1), "is empty"),
    text("only null", "null\n", (1, 1), "is empty"),
    text("only a byte order mark", "\ufeff", (1, 1), "is empty"),
)

HARMLESS = (
    text("words that others take for something", "a: NO\nb: 12:30\nc: 2024-02-30\n", None, None),
    text("an impossible date", "a: 9999-99-99\nb: 2001-12-14t21:59:43.10-05:00\n", None, None),
    text("markup in a title", 'title: "[/red] [bold]"\n', None, None),
    text("old line ends", "a: 1\rb:\r  - x\r", None, None),
    text("line ends of two kinds", "a: 1\r\nb: 2\n", None, None),
    text("a byte order mark first", "\ufeffa: 1\n", None, None),
    text("a marker and an end", "---\na: 1\n...\n", None, None),
    text("a quoted merge", "'<<': 1\n", None, None),
    text("an explicit name", "? a\n: 1\n", None, None),
)

SAMPLES = (*BOMBS, *SMUGGLED, *MISTAKEN, *HARMLESS)
