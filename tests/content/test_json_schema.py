"""The JSON Schemas for editors: they accept what ships and refuse what is misshapen."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.cli.inside import inside
from tests.content.decks import spoil
from tests.content.mistakes import SHAPES
from wargame.content.json_schema import schemas
from wargame.content.keys import DATACLASSES, MODELS, keys_of
from wargame.content.load import LISTS, decks_folder, template_folder
from wargame.content.reader import read

MINI = Path(__file__).parents[1] / "scenarios" / "mini"
FILES = [
    path
    for folder in (*decks_folder().iterdir(), template_folder(), MINI)
    for path in sorted(folder.glob("*.yaml"))
]


@cache
def validator(file: str) -> Draft7Validator:
    """The validator of a file by its name; of a seat's, that of cards."""
    name = file.removesuffix(".yaml")
    made = schemas()[name if name in (*LISTS, "scenario", "claims", "exercise") else "cards"]
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


def data(raw: str, file: str) -> Any:
    document, complaints = read(raw.encode(), file)
    assert document is not None
    assert complaints == []
    return document.data


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_that_ships_is_accepted(path: Path) -> None:
    """With all its keys."""
    found = data(path.read_text(encoding="utf-8"), path.name)

    assert [error.message for error in validator(path.name).iter_errors(found)] == []


SHAPELY = ("unknown key", "must be", "has too")
PLANTED = [one for one in SHAPES if one[3].startswith(SHAPELY) and "to: ¶11" not in one[2]]
"""Not those about the range of a track, which its own entry says."""


@pytest.mark.parametrize(("file", "old", "new", "message"), PLANTED)
def test_a_planted_mistake_of_shape_is_refused(file: str, old: str, new: str, message: str) -> None:
    """Whatever `check` refuses for its shape, an editor underlines."""
    files, _place = spoil(file, old, new)

    assert list(validator(file).iter_errors(data(files[file], file)))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("claims.yaml", "goes: down", "goes: sideways"),
        ("claims.yaml", "least: 0.5", "least: much"),
        ("claims.yaml", "levels:", "level:"),
        ("exercise.yaml", "minutes: 60", "minuets: 60"),
        ("exercise.yaml", "player: greedy", "players: greedy"),
        ("exercise.yaml", "messages: {each_round: 10", "messages: {each_round: ten"),
        ("hindsight.yaml", "source: fact", "sauce: fact"),
        ("scenario.yaml", "influence_cap: 9", "influence_cap: 0"),
        ("scenario.yaml", "  hand: 4", "  hand: 4\n  hnad: 4"),
    ],
)
def test_a_planted_mistake_in_the_other_files_is_refused(file: str, old: str, new: str) -> None:
    """In those of the template, which has all of them."""
    text = (template_folder() / file).read_text(encoding="utf-8")
    assert old in text

    assert list(validator(file).iter_errors(data(text.replace(old, new, 1), file)))


def test_messages_may_simply_be_switched_on() -> None:
    """As an exercise may write them."""
    text = (template_folder() / "exercise.yaml").read_text(encoding="utf-8")
    on = text.replace("messages: {each_round: 10, characters: 140}", "messages: true")
    assert on != text

    assert not list(validator("exercise.yaml").iter_errors(data(on, "exercise.yaml")))


def test_every_key_has_a_meaning_for_the_mouse() -> None:
    """None is left without a word."""
    silent = [
        (r.__name__, key.name) for r in (*DATACLASSES, *MODELS) for key in keys_of(r) if not key.meaning
    ]

    assert silent == []
    news = schemas()["news"]["definitions"]["News"]
    fixed = news["properties"]["fixed"]
    assert fixed["description"].startswith("One that is `fixed` is not drawn")
    assert fixed["markdownDescription"] == fixed["description"]
    assert news["properties"]["fixed"]["maximum"] == 20


def test_the_command_prints_them_or_writes_one_file_for_each(tmp_path: Path) -> None:
    """Into a folder that need not be there; what can't be made is one sentence."""
    printed, written = inside("schema"), inside("schema", "-o", tmp_path / "a" / "b")
    (tmp_path / "file").write_text("")
    refused = inside("schema", "-o", tmp_path / "file" / "c")

    assert json.loads(printed.stdout) == schemas()
    assert written.returncode == 0
    assert {path.stem: json.loads(path.read_text()) for path in (tmp_path / "a" / "b").iterdir()} == schemas()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("wargame: ")
    assert refused.stderr.count("\n") == 1
