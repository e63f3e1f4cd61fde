"""A scenario's own words for its rulebook: where they go, what is wrong with them, and no game needs them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.rules.boards import MINI, mini
from wargame import load_scenario
from wargame.content.load import check_folder, folder_hash, scenario_from_texts, scenario_names
from wargame.content.text import RULEBOOK
from wargame.rulebook import Rulebook, rulebook
from wargame.rulebook.check import problems
from wargame.rulebook.own import engine_chapters
from wargame.rules.scenario import Scenario
from wargame.table.table import Table

WORDS = """\
Told at the ford.

# The story

Everybody is *hungry*; see [](card:stoke).

# Deals

The carts are [Amber's](seat:amber), [](track:heat) or not.

# The river

It rises.

## In spring

More so.

# Glossary

- **Heat, warmth.** How near the valley is to burning, or to [](outcome:fire). See
  [Scoring](#scoring).
- **Ferry.** What crosses the river. See [The river](#the-river).
"""


def a_folder(home: Path, words: str = WORDS) -> Path:
    """The mill at the ford in a folder of its own, with those words."""
    folder = home / "mill"
    shutil.copytree(MINI, folder)
    (folder / RULEBOOK).write_text(words, encoding="utf-8")
    return folder


def with_words(words: str = WORDS) -> Scenario:
    return scenario_from_texts(mini().texts | {RULEBOOK: words})


def section(book: Rulebook, title: str) -> str:
    return next(one.text for one in book.sections if one.title == title)


def test_words_go_where_their_headings_say() -> None:
    """Into a chapter of the engine's, instead of the story, before the glossary as a chapter, and into it."""
    book = rulebook(with_words())

    assert "Told at the ford." in book.sections[0].text
    assert section(book, "The story") == "## The story\n\nEverybody is *hungry*; see “Stoke the oven”.\n"
    assert "**Offers.**" in section(book, "Deals")
    assert section(book, "Deals").endswith("The carts are Amber's, Heat or not.\n")
    assert [one.title for one in book.sections[-4:]] == [
        "The turn as a machine", "The river", "In spring", "Glossary",
    ]  # fmt: skip
    assert section(book, "In spring").startswith("### ")
    assert "- [The river](#the-river)" in book.sections[0].text


def test_own_terms_stand_among_the_others() -> None:
    """In their place in the alphabet, under all their names, and instead of the engine's of that name."""
    book = rulebook(with_words(WORDS + "- **Agenda.** What is wanted.\n"))
    heat, ferry, agenda = (book.term(name) for name in ("warmth", "ferry", "agenda"))

    assert heat and ferry and agenda
    assert heat.names == ("Heat", "warmth")
    assert heat.text == "How near the valley is to burning, or to the fire."
    assert (heat.section, ferry.section) == ("scoring", "the-river")
    assert (agenda.text, agenda.section) == ("What is wanted.", "glossary")
    leading = [term.names[0].casefold() for term in book.glossary]
    assert leading == sorted(leading)
    assert len(leading) == len(set(leading))


def test_the_words_change_no_game(tmp_path: Path) -> None:
    """The hash, and so a game's bytes, are those of the scenario without them."""
    scenario = load_scenario(a_folder(tmp_path))

    assert scenario.texts[RULEBOOK] == WORDS
    assert scenario.hash == mini().hash == folder_hash(tmp_path / "mill")


def test_a_saved_game_has_the_words_it_was_played_with(tmp_path: Path) -> None:
    """Whatever becomes of the folder."""
    folder = a_folder(tmp_path)
    table = Table.start(load_scenario(folder), folder=tmp_path / "saves", name="told")
    table.close()
    shutil.rmtree(folder)

    told = inside("rules", tmp_path / "saves" / "told.wargame")

    assert told.stdout == rulebook(with_words()).markdown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("# Dels\n", "1:1: “Dels” is a chapter of its own; is “Deals” meant?"),
        ("# Deals\n\n# Deals\n", "3:1: “Deals” stands here twice"),
        ("a\n\n#  \n", "3:1: a heading has no name"),
        ("see [](card:stok)\n", "1:8: there is no card `stok` (did you mean `stoke`?)"),
        ("see [it](crad:stoke)\n", "1:10: `crad:` is no kind of thing; those are "),
        ("see [it](#deels)\n", "1:10: no heading of the rulebook is called `#deels` (did you mean `deals`?)"),
        ("# Glossary\n\n- Heat. Warm.\n", "3:1: is no entry of the glossary"),
        ("# Glossary\n\n- **A.** B.\n- **C, a.** D.\n", "4:1: “a” stands here twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(words: str, told: str) -> None:
    [complaint] = problems(rulebook(with_words(words)))

    assert str(complaint).startswith(f"{RULEBOOK}:{told}")


def test_a_chapter_of_what_the_scenario_has_not_is_a_mistake() -> None:
    words = with_words("# Joint stands\n\nNone.\n")
    standless = Scenario(replace(words.spec, stands=()), texts=words.texts)

    [complaint] = problems(rulebook(standless))

    assert "“Joint stands”" in complaint.message


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xff\xfe", "1:1: is not UTF-8 but UTF-16 or UTF-32; save it as UTF-8"),
        ("a\n\N{ZERO WIDTH SPACE}b".encode(), "2:1: the hidden character U+200B"),
        (b"a" * (256 * 1024 + 1), "1:1: is larger than 256 kB; split it"),
    ],
    ids=["utf-16", "hidden", "large"],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes, told: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / RULEBOOK).write_bytes(raw)

    complaint = str(check_folder(folder).complaints[0])

    assert complaint.startswith(f"{RULEBOOK}:{told}")


def test_the_command_tells_it(tmp_path: Path) -> None:
    """`wargame check` names file, line and column, and fails; a game is played all the same."""
    folder = a_folder(tmp_path, "# Dels\n")

    told = inside("check", folder)

    assert told.returncode == 1
    assert told.stderr.startswith("rulebook.md:1:1: ")
    assert told.stderr.endswith("wargame: rulebook.md can't be printed: 1 problem.\n")
    assert load_scenario(folder).hash == mini().hash


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_words_are_sound(name: str) -> None:
    assert problems(rulebook(load_scenario(name))) == []


def test_the_guide_lists_the_chapters() -> None:
    """All that any rulebook may have, in their order, and every kind of thing that can be named."""
    guide = " ".join(
        (Path(__file__).parents[2] / "docs" / "writing-a-scenario.md").read_text("utf-8").split()
    )

    assert f"{', '.join(engine_chapters())}." in guide
    assert all(f"`{kind}`" in guide for kind in rulebook(mini()).own.things)
