"""Claims: the file is sound, mistakes are named, effects are measured as they are said to be."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest

from tests.rules.boards import honeymoon
from wargame.content.claims import Claims, load_claims, plain
from wargame.content.load import decks_folder
from wargame.errors import ContentError
from wargame.lab import claims as lab
from wargame.lab.crowd import processes

HOME = decks_folder() / "honeymoon"


def the_claims() -> Claims:
    return load_claims(HOME, honeymoon())


def test_all_eighteen_are_there() -> None:
    """One for each system, with its paragraph, each test between two arms that are played."""
    found = the_claims()
    assert [claim.id for claim in found.claims] == [system.id for system in honeymoon().spec.systems]
    assert {arm.id for arm in found.arms} == set(lab.wanted(found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arms: []", "claims: Field required"),
        ("arms: [{id: a, text: x, does: [{forbid: [nothing]}]}]\nclaims: []", "there is no `nothing`"),
        ("arms: [{id: a, text: x, does: [{at: [1]}]}]\nclaims: []", "does exactly one of"),
        ("arms: [{id: a, text: x, does: [], more: 1}]\nclaims: []", "Extra inputs are not permitted"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_claims(tmp_path, honeymoon())
    assert said.partition(": ")[2] or said in str(caught.value.complaints[0])


def test_no_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"claims\.yaml"):
        load_claims(tmp_path, honeymoon())


def only(*ids: str) -> Claims:
    found = the_claims()
    return found.model_copy(update={"claims": [claim for claim in found.claims if claim.id in ids]})


@pytest.mark.soak
def test_an_effect_is_the_mean_of_the_paired_differences() -> None:
    """S18: storms in a hundred games more, by hand and by the table."""
    claims = only("S18")
    played = lab.play_arms(honeymoon(), claims, games=12, seed=4)
    ((test,),) = [verdict.tests for verdict in lab.judged(claims, played)]
    name = plain(claims.claims[0].tests[0].measure)
    gap = 100 * (fmean(played["tense"][name]) - fmean(played["free"][name]))

    assert test.effect == pytest.approx(gap)
    assert test.low <= test.effect <= test.high
    assert test.holds == (test.low >= 5)


def test_intervals_widen_with_the_number_of_claims() -> None:
    """One claim among eighteen is held to a stricter measure than one alone."""
    claims = only("S18")
    played = lab.play_arms(honeymoon(), claims, games=8, seed=4)
    alone, among = (lab.judged(claims, played, n)[0].tests[0] for n in (1, 18))
    assert among.high - among.low > alone.high - alone.low


def test_the_json_has_a_row_a_claim() -> None:
    claims = only("S13", "S2")
    played = lab.play_arms(honeymoon(), claims, games=6, seed=1)
    rows = lab.as_json(lab.judged(claims, played))["claims"]
    wanted = {"id", "paragraph", "claim", "measure", "arm_a", "arm_b", "n", "effect", "low", "high"}
    assert [row["id"] for row in rows] == ["S2", "S13"]
    assert all(wanted | {"direction", "least", "holds"} <= set(row) for row in rows)
    assert rows[0]["n"] == 6


@pytest.mark.soak
def test_one_process_and_two_agree() -> None:
    claims = only("S18")
    alone = lab.play_arms(honeymoon(), claims, games=6, seed=2)
    assert lab.play_arms(honeymoon(), claims, games=6, seed=2, crowd=processes(2)) == alone
