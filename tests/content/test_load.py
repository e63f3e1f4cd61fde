"""Loading a scenario: by name or folder, with its files, its hash, and what is said when it can't be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.content.decks import MINI, check, said, texts
from tests.content.hostile import SAMPLES, Sample
from wargame.content.load import (
    check_folder,
    check_texts,
    digest,
    load_scenario,
    scenario_folder,
    scenario_from_texts,
    scenario_names,
    summary,
)
from wargame.errors import ContentError


def a_folder(path: Path, **changes: str | None) -> Path:
    """The mini scenario in a folder, with some files replaced or (None) left out."""
    files = {name.removesuffix(".yaml"): text for name, text in texts().items()}
    for name, text in (files | changes).items():
        if text is not None:
            (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def test_the_scenario_that_ships_is_sound() -> None:
    """By name, from wherever the program is."""
    assert "honeymoon" in scenario_names()
    assert check_folder(scenario_folder("honeymoon")).complaints == []
    assert load_scenario("honeymoon").id == "honeymoon"


def test_decks_stand_in_the_order_of_the_seats() -> None:
    """Not in that of their files, which a folder has in another."""
    scenario = load_scenario("honeymoon")

    assert tuple(scenario.spec.cards) == tuple(scenario.decks) == scenario.seat_ids
    assert list(scenario.seat_ids) != sorted(scenario.seat_ids)


def test_a_folder_is_loaded_by_its_path() -> None:
    """Paths and strings alike; the compiled scenario knows its parts by id."""
    scenario = load_scenario(str(MINI))

    assert scenario.seat_ids == ("amber", "birch", "cedar")
    assert len(scenario.decks["birch"]) == 7
    assert scenario.cards["levy"].targets is not None
    assert scenario.hash == load_scenario(MINI).hash


def test_a_folder_that_is_not_there_says_what_there_is() -> None:
    """The known scenarios are named."""
    with pytest.raises(ContentError, match=r"no such folder or scenario \(known: .*`honeymoon`"):
        load_scenario("marriage")


def test_a_folder_that_is_nearly_one_beside_it_is_asked_for(tmp_path: Path) -> None:
    """And what is no file has no line."""
    shutil.copytree(MINI, tmp_path / "greenland")

    [complaint] = check_folder(tmp_path / "grenland").complaints

    assert str(complaint) == (
        f"{tmp_path / 'grenland'}: there is no such folder or scenario (did you mean `greenland`?)"
    )


def test_a_file_of_a_scenario_is_not_the_whole(tmp_path: Path) -> None:
    """The folder is named that is meant."""
    shutil.copytree(MINI, tmp_path / "greenland")
    deck = tmp_path / "greenland" / "amber.yaml"

    [complaint] = check_folder(deck).complaints

    assert str(complaint) == f"{deck}: is one file of a scenario: name its folder, {deck.parent}"


def test_the_main_file_is_needed(tmp_path: Path) -> None:
    """Without it there is nothing to check the others against."""
    found = check_folder(a_folder(tmp_path, scenario=None))

    assert "scenario.yaml:1:1: is missing: a scenario folder holds one" in map(str, found.complaints)


@pytest.mark.parametrize("content", ["[]", "{}", "# nothing\n", ""])
@pytest.mark.parametrize("name", ["amber", "news", "deals"])
def test_a_file_with_no_card_in_it_is_an_error(name: str, content: str, tmp_path: Path) -> None:
    """An empty deck is a mistake, not a quiet wish."""
    found = check_folder(a_folder(tmp_path, **{name: content}))

    assert found.scenario is None
    [complaint] = map(str, found.complaints)
    assert complaint.startswith(f"{name}.yaml:1:1: ")
    assert "has no card in it" in complaint or "is empty" in complaint


def test_a_deck_that_is_missing_is_missed(tmp_path: Path) -> None:
    """A seat without cards can't play."""
    [complaint] = check_folder(a_folder(tmp_path, birch=None)).complaints

    assert complaint.message == "seat `birch` has too few cards: birch.yaml is missing or short"


def test_a_file_that_belongs_nowhere_is_named(tmp_path: Path) -> None:
    """A misspelt file name would otherwise be silently left out."""
    [complaint] = check_folder(a_folder(tmp_path, ambre="- id: x\n")).complaints

    assert str(complaint).startswith(
        "ambre.yaml:1:1: belongs to no part of the scenario (did you mean `amber.yaml`?); the files are sc"
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.name))
def test_a_hostile_file_among_good_ones_is_a_complaint(sample: Sample) -> None:
    """Whatever one file holds, the folder gets complaints about that file and no traceback."""
    raw = {name: text.encode() for name, text in texts().items()} | {"amber.yaml": sample.raw}

    found = check_texts(raw)

    assert found.scenario is None
    assert {complaint.file for complaint in found.complaints} == {"amber.yaml"}


def test_problems_of_reading_come_before_problems_of_meaning() -> None:
    """All unreadable files are named together."""
    files = dict(texts()) | {"amber.yaml": "a: [", "birch.yaml": "x: 'y"}

    assert [line.split(":")[0] for line in said(files)] == ["amber.yaml", "birch.yaml"]


def test_mistakes_of_all_kinds_come_at_once() -> None:
    """An unreadable file, a wrong key in the main one and an unknown id in a deck: none hides another."""
    files = dict(texts())
    files["deals.yaml"] = "a: ["
    files["scenario.yaml"] = files["scenario.yaml"].replace("hand:", "hnd:", 1)
    files["amber.yaml"] = files["amber.yaml"].replace("track: ", "track: nosuch-", 1)

    found = said(files)

    assert {line.split(":")[0] for line in found} == {"amber.yaml", "deals.yaml", "scenario.yaml"}
    assert any("there is no track `nosuch-" in line for line in found)
    assert any("unknown key `hnd` (did you mean `hand`?)" in line for line in found)
    assert not any("there is no deal" in line for line in found)


def test_a_content_error_holds_every_complaint() -> None:
    """Its text is the complaints, a line each."""
    files = dict(texts()) | {"amber.yaml": "- id: x\n"}

    with pytest.raises(ContentError) as raised:
        scenario_from_texts(files)

    assert len(raised.value.complaints) == 5
    assert str(raised.value).splitlines() == [str(complaint) for complaint in raised.value.complaints]


def test_a_scenario_is_known_by_its_whole_text() -> None:
    """Any change of any file is another scenario; the order of files is not."""
    files = dict(texts())
    hash_ = digest(files)

    assert digest(dict(reversed(files.items()))) == hash_
    assert digest(files | {"news.yaml": files["news.yaml"] + "# \n"}) != hash_
    assert digest({"a": "bc"}) != digest({"ab": "c"})


def test_a_scenario_carries_its_texts() -> None:
    """A save can hold them, and they load to the same scenario."""
    scenario = load_scenario(MINI)

    again = scenario_from_texts(scenario.texts)

    assert again.hash == scenario.hash
    assert again.spec == scenario.spec


def test_a_summary_counts_what_is_there() -> None:
    """For `wargame check`: seats, cards, operators and cited paragraphs."""
    checked = check(texts())
    assert checked.scenario is not None

    told = summary(checked.scenario)

    assert "3: amber, birch, cedar" in told
    assert "21 cards, 3 quiet" in told
    assert "transfer 1" in told


@pytest.mark.parametrize("text", ["just words", "- 1\n- 2\n", "- - a\n", "7", "a: b\n", "[[[]]]"])
@pytest.mark.parametrize("name", sorted(texts()))
def test_a_file_of_another_shape_is_a_complaint(name: str, text: str) -> None:
    """A text, a number, a list of lists: refused in its place."""
    complaints = said(dict(texts()) | {name: text})

    assert complaints
    assert any(line.startswith(name) for line in complaints)
