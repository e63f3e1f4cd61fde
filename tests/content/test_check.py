"""Everything that can be wrong with a scenario has a sentence with a place."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from tests.content.decks import HERE, addresses, at, check, data, said, spoil, texts, with_value
from tests.content.mistakes import ELSEWHERE, MEANINGS, SHAPES, A, B, C, D, N, S
from wargame.content.check import ANYWHERE, REFERENCES
from wargame.content.limits import LIMITS
from wargame.content.reader import read
from wargame.lab.fuzz import fuzz_game
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.luck import draw


@pytest.mark.parametrize(("file", "old", "new", "message"), SHAPES + MEANINGS + ELSEWHERE)
def test_each_mistake_has_its_complaint(file: str, old: str, new: str, message: str) -> None:
    """One mistake in sound files: the one sentence it deserves, at the place where it stands."""
    files, place = spoil(file, old, new)

    complaints = said(files)

    if HERE in new:
        assert f"{place}: {message}" in complaints
    else:
        assert any(line.endswith(f": {message}") for line in complaints), complaints


def test_the_sound_files_are_sound() -> None:
    """The ground all others stand on."""
    assert said(texts()) == []
    assert check(texts()).scenario is not None


def test_all_mistakes_of_a_folder_are_reported_at_once_in_order() -> None:
    """Ten mistakes in three files: ten complaints, file by file and line by line."""
    mistakes = [
        (A, "track: nerve, by: -1}", "track: ¶nerv, by: -1}"),
        (A, "from: birch", "from: ¶brich"),
        (A, "flag: {flag: hush", "flag: {flag: ¶hash"),
        (A, "deal: county-fair", "deal: ¶country-fair"),
        (B, "deal: bread-for-coin, by: birch", "deal: ¶bred-for-coin, by: birch"),
        (B, "seats: [amber, cedar]", "seats: [amber, ¶cedr]"),
        (B, "good: coin, seat: birch", "good: ¶coins, seat: birch"),
        (C, "production: mill", "production: ¶mull"),
        (C, "flag: located-target", "flag: ¶lokated-target"),
        (C, "suspected_by: cedar", "suspected_by: ¶cedra"),
    ]
    files, places = dict(texts()), []
    for file, old, new in mistakes:
        files, place = spoil(file, old, new, files)
        places.append(place)

    complaints = said(files)

    found = list(dict.fromkeys(line.split(": ")[0] for line in complaints))
    assert found == sorted(places, key=lambda one: (one.split(":")[0], *map(int, one.split(":")[1:])))


EVERYWHERE = [(file, address) for file, content in data().items() for address in addresses(content)]
SHAPELESS = [
    (A, "cost: 1\n  speed: 2\n  text: No bill", "cost: one\n  speed: 2\n  text: No bill"),
    (N, "title: Fair weather", "title: 7"),
    (D, "rung: 2", "rung: two"),
    (S, "title: Summer", "title: 7"),
]
"""Mistakes of shape, each in one entry of a list."""


@pytest.mark.parametrize(("file", "old", "new", "message"), MEANINGS + ELSEWHERE)
def test_a_mistake_of_shape_hides_no_mistake_of_meaning(file: str, old: str, new: str, message: str) -> None:
    """Each of the table beside something misshapen in any file: the same sentence is still said."""
    for other, was, becomes in SHAPELESS:
        files, _place = spoil(file, old, new)
        if was not in files[other] or shares_an_entry(other, was, file, old):
            continue
        files, _place = spoil(other, was, becomes, files)

        assert any(f": {message}" in line for line in said(files)), (other, becomes)


def shares_an_entry(one: str, text: str, other: str, other_text: str) -> bool:
    """Whether two texts stand in one entry of a file: such an entry is checked no further."""
    spots = [texts()[file].index(part) for file, part in ((one, text), (other, other_text))]
    between = texts()[one][min(spots) : max(spots)]
    return one == other and not re.search(r"^(- |  - )id:", between, re.MULTILINE)


@pytest.mark.parametrize("share", range(4))
def test_what_is_misshapen_is_the_only_thing_complained_of(share: int) -> None:
    """Whatever value it is: nothing is said of the parts that have to do with it, for they are in order."""
    for file, address in EVERYWHERE[share::24]:
        files = with_value(file, address, [[1]])
        document, _none = read(files[file].encode(), file)
        assert document is not None
        here = {document.at(one) for one in document.marks if one[: len(address)] == address}

        complaints = check(files).complaints

        assert complaints
        assert [str(one) for one in complaints if (one.line, one.column) not in here] == [], (file, address)


def test_words_are_just_text() -> None:
    """What other readers of YAML take for truth values, dates, times or markup stays what was typed."""
    for word in ("NO", "2024-02-30", "12:30", "'[/red]'", '"[bold]x"', "off", "~", "1_000", "0x10"):
        files, _place = spoil(A, "title: A second shift", f"title: {word}")
        checked = check(files)
        assert checked.complaints == []
        assert checked.scenario is not None
        assert checked.scenario.cards["second-shift"].title == word.strip("'\"")


def test_a_text_may_be_in_two_languages() -> None:
    """A mapping of language to string wherever a player reads."""
    files, _place = spoil(A, "title: A second shift", "title: {en: A second shift, ko: 두 번째 교대}")
    checked = check(files)

    assert checked.scenario is not None
    assert checked.scenario.cards["second-shift"].title == {"en": "A second shift", "ko": "두 번째 교대"}


def test_every_operator_is_an_unknown_key_when_misspelt() -> None:
    """The set of operators is closed; a slip is answered with the nearest one."""
    for name in OPERATORS:
        slip = name[:-1] + "x" + name[-1]
        files, place = spoil(A, "- ease: {track: nerve, toward: 6}", f"- ¶{slip}: {{}}")
        assert f"{place}: unknown key `{slip}` (did you mean `{name}`?)" in said(files)


def names_of(record: Any) -> set[str]:
    return {f.name for f in fields(record)}


def test_the_tables_of_fields_name_fields_that_exist() -> None:
    """A renamed field must not fall out of the checks."""
    for record, name in REFERENCES:
        assert name in names_of(record)
    for record, limits in LIMITS.items():
        assert limits.keys() <= names_of(record)
    fields = {name for cls in OPERATORS.values() for name in names_of(cls)}
    assert {"track", "good", "seat", "from_", "to", "by", "deal", "production"} <= fields & ANYWHERE.keys()


# --- files that are wrong in every way -----------------------------------------------------------------

WRONG: tuple[object, ...] = (
    None, True, 7, -1, 0, 99_999, "word", "", "target", [], {}, ["x"], {"x": 1}, [[1]], {"en": "x"},
    [{"shift": {}}], {"shift": {"track": "heat", "by": 1}},
)  # fmt: skip
ODD = (-100_000, -3, -1, 0, 1, 2, 5, 8, 11, 50, 101, 100_000)
NUMBERS = [(f, a) for f, a in EVERYWHERE if type(at(data()[f], a)) is int]


def outcome(files: dict[str, str]) -> str:
    """ "" if the files are refused with complaints, or sound and playable; else what went wrong."""
    checked = check(files)
    if checked.scenario is None:
        assert checked.complaints
        assert all(str(complaint).isprintable() for complaint in checked.complaints)
        return ""
    _decisions, broken = fuzz_game(checked.scenario, 1, 1)
    return broken.sentence if broken else ""


SHARES = [pytest.param(share, marks=[pytest.mark.soak] if share > 1 else []) for share in range(6)]
"""More and more of the same: two shares are tried with every change, the others by `make soak`."""


@pytest.mark.parametrize("share", SHARES)
def test_any_value_of_a_wrong_type_is_refused_or_harmless(share: int) -> None:
    """Never a traceback: a complaint, or a scenario that can be played under all laws."""
    for nth in range(80):
        luck = draw(share, 0, 0, "wrong", "", nth)
        file, address = EVERYWHERE[luck % len(EVERYWHERE)]
        wrong = WRONG[(luck >> 32) % len(WRONG)]
        assert (outcome(with_value(file, address, wrong)), file, address, wrong) == ("", file, address, wrong)


@pytest.mark.parametrize("share", SHARES[:4])
def test_any_number_is_refused_or_playable(share: int) -> None:
    """However great or small, in whatever place."""
    for nth in range(60):
        luck = draw(share, 0, 0, "odd", "", nth)
        file, address = NUMBERS[luck % len(NUMBERS)]
        odd = ODD[(luck >> 32) % len(ODD)]
        assert (outcome(with_value(file, address, odd)), file, address, odd) == ("", file, address, odd)
