"""What the screens say is a folder a language: another one takes its place, and no sentence stays English."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import wargame
from tests.words.pages import BARE
from tests.words.toy import ENGLISH, a_language, sentences
from wargame.content.found import find_scenarios
from wargame.content.load import load_scenario
from wargame.errors import WargameError
from wargame.words import pages

ROOT = Path(wargame.__file__).parent
NAMES = {"Enter", "Esc", "Space", "Tab", "PgDn", "PgUp", "Del", "auto", "dark", "quadrant", "config", "toml"}
"""Names of keys and of settings, which are the same in every language."""


DRAW = """
import asyncio, json, sys
import wargame.words
wargame.words.__path__.append(sys.argv[1])
from tests.words.pages import drawn
json.dump(asyncio.run(drawn()), sys.stdout)
"""


@cache
def drawn(folder: Path) -> dict[str, str]:
    """Return what a child process draws in a language of its own, by page."""
    a_language(folder, "xx")
    environment = os.environ | {
        "WARGAME_LANGUAGE": "xx",
        "WARGAME_CONFIG": str(folder / "0.0"),
        "TEXTUAL_ANIMATIONS": "none",
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(folder)],
        env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT.parent,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return drawn(tmp_path_factory.mktemp("languages"))


def test_no_page_says_an_english_sentence_in_another_language(foreign: dict[str, str]) -> None:
    """Of all that the English pages can say, none is left."""
    said = {sentence for sentence in sentences() if len(re.findall("[A-Za-z]+", sentence)) > 2}
    found = {
        name: [sentence for sentence in said if re.search(rf"(?<!\w){re.escape(sentence)}(?!\w)", text)]
        for name, text in foreign.items()
    }

    assert {name: left for name, left in found.items() if left} == {}


@pytest.mark.parametrize("name", BARE)
def test_nothing_else_is_said_where_no_scenario_speaks(name: str, foreign: dict[str, str]) -> None:
    """Pages without a card, a seat or a rule show the language's own words, and what games are called."""
    words = set(re.findall(r"[A-Za-z]{2,}", foreign[name]))
    titles = " ".join(str(load_scenario(found.name).spec.title) for found in find_scenarios())
    offered = set(re.findall(r"[A-Za-z]{2,}", titles))

    assert re.search("[α-ω]{3,}", foreign[name])
    assert words - NAMES - offered == set()


def test_what_a_language_has_not_got_is_said_in_english() -> None:
    """A folder with some of the modules is a beginning."""
    assert pages.spoken("pages.home", "nowhere").__name__ == "wargame.words.en.pages.home"


def test_a_language_that_is_not_there_is_refused_in_a_sentence() -> None:
    """Before anything is opened, with those that there are."""
    pages.check("en")
    with pytest.raises(WargameError) as refused:
        pages.check("nowhere")

    assert str(refused.value) == "WARGAME_LANGUAGE is 'nowhere'; the languages there are: en."


def test_all_pages_are_named_at_the_door() -> None:
    assert {path.stem for path in ENGLISH} == {*pages.__all__}


def test_only_words_knows_english() -> None:
    """Everybody else asks at the door, so that another language takes its place."""
    found = [
        f"{where}:{at}"
        for path in sorted(ROOT.rglob("*.py"))
        if not (where := path.relative_to(ROOT).as_posix()).startswith("words/")
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s*(from|import) wargame\.words\.en\b", line)
    ]

    assert found == []


def test_what_the_pages_say_needs_no_rules() -> None:
    """The first screen stands before a rule is read."""
    code = f"import sys\nfrom wargame.words.pages import {', '.join(pages.__all__)}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert not [
        name for name in done.stdout.split() if name.startswith(("wargame.rules", "textual", "pydantic"))
    ]
