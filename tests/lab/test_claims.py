"""Claims: the file is sound, mistakes are named, effects are measured as they are said to be, and said so."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest

from tests.rules.boards import honeymoon
from wargame import load_scenario
from wargame.cli import lab as commands
from wargame.content.claims import Claims, load_claims, plain
from wargame.content.claims import Test as ATest
from wargame.content.load import decks_folder
from wargame.errors import ContentError
from wargame.lab import claims as lab
from wargame.lab.bands import bands_for
from wargame.lab.claims_report import as_json, report, sentence
from wargame.lab.simulate import JUDGING, TUNING
from wargame.lab.workers import processes
from wargame.words import Words

HOME = decks_folder() / "honeymoon"
WORDS = Words(honeymoon())


TEST = "arms: []\nclaims: [{{id: S1, paragraph: p1, claim: c, tests: [{{measure: {}}}]}}]"


def the_claims() -> Claims:
    return load_claims(HOME, honeymoon())


def test_all_eighteen_are_there() -> None:
    """One for each system, with its paragraph, each test between two arms that are played."""
    found = the_claims()
    assert [claim.id for claim in found.claims] == [system.id for system in honeymoon().spec.systems]
    assert {arm.id for arm in found.arms} == set(lab.wanted(found))


def test_those_of_the_second_scenario_are_sound() -> None:
    """At least six, each between arms that are played, and bands for qualities that there are."""
    nile = load_scenario("nile")
    found = load_claims(HOME.parent / "nile", nile)

    assert len(found.claims) >= 6
    assert {arm.id for arm in found.arms} == set(lab.wanted(found))
    assert set(found.bands) <= set(bands_for(nile, {}))
    assert "outcome.strike" in bands_for(nile, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arms: []", "1:1: `claims` is missing"),
        (
            "arms: [{id: a, text: x, does: [{forbid: [nothing]}]}]\nclaims: []",
            "there is no card or deal `nothing`",
        ),
        ("arms: [{id: a, text: x, does: [{at: [1]}]}]\nclaims: []", "does exactly one of"),
        ("arms: [{id: a, txt: x, does: []}]\nclaims: []", "1:16: unknown key `txt` (did you mean `text`?)"),
        ("arms: [{id: a, text: x, does: [{at: [one]}]}]\nclaims: []", "1:38: must be a whole number"),
        ("arms: [{id: a, text: 1, does: []}]\nclaims: []", "1:22: must be text: put `1` in quotes"),
        ("arms: [{id: a, text: x, does: [{secret: 1}]}]\nclaims: []", "1:41: must be true or false"),
        ("arms: 1\nclaims: []", "1:7: must be a list"),
        ("arms: [a]\nclaims: []", "1:8: must be a mapping of keys to values"),
        (TEST.format("{wat: end}, a: a"), "unknown key `wat` (did you mean `what`?)"),
        (TEST.format("{what: ending}, a: a"), "must be 'end', 'mean', 'score'"),
        (TEST.format("{what: end}, a: a, least: much"), "must be a number, like 3 or 0.5"),
        (TEST.format("{what: end}, a: a, inn: sd"), "unknown key `inn` (did you mean `in`?)"),
        (TEST.format("{what: end}, a: a, in: inches"), "must be 'units', 'sd', 'points'"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """As in the other files of a deck; nothing is said in a library's words."""
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_claims(tmp_path, honeymoon())
    complaints = list(map(str, caught.value.complaints))
    assert any(said in complaint for complaint in complaints), complaints
    assert not any(word in str(complaints) for word in ("Input", "Field", "valid"))


def test_no_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"claims\.yaml"):
        load_claims(tmp_path, honeymoon())


# --- mistakes in a test --------------------------------------------------------------------------------

SCORE = {"what": "score", "seat": "dprk"}
STORM = {"what": "share", "outcome": "storm"}


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"measure": {"what": "end", "track": "weather"}}, "there is no track `weather`"),
        ({"measure": {"what": "end"}}, "`what: end` needs `track`"),
        ({"measure": {"what": "mean", "good": "cash"}}, "needs `track` or `good` and `seat`"),
        ({"measure": {"what": "share", "trait": "ruined"}}, "needs `outcome` or `trait` and `seat`"),
        ({"measure": {"what": "fell"}}, "there is a round before it"),
        (
            {"measure": {"what": "setting", "dial": "aid", "setting": "shut"}},
            "there is no setting `shut`",
        ),
        ({"measure": SCORE, "in": "times"}, "`in: times` compares shares of games"),
        ({"measure": STORM, "in": "times", "less": ["a", "b"]}, "`in: times` goes without `less`"),
        ({"measure": SCORE, "less": ["a"]}, "`less` names two arms"),
        ({"measure": SCORE, "than": {"what": "score", "seat": "mars"}}, "there is no seat `mars`"),
        ({"measure": SCORE, "quantile": "1.5"}, "`quantile` must be from 0.01 to 0.99"),
        ({"measure": SCORE, "least": 0}, "`least` must be above 0"),
        ({"measure": SCORE, "b": "c"}, "there is no arm `c`"),
    ],
)
def test_what_cant_be_measured_is_a_sentence(tmp_path: Path, test: dict[str, Any], said: str) -> None:
    """Before a game is played, not after a thousand."""
    whole = {"a": "a", "b": "b", "goes": "up", "least": 1} | test
    arms = [{"id": name, "text": "x", "does": []} for name in "ab"]
    claim = {"id": "S1", "paragraph": "p1", "claim": "c", "tests": [whole]}
    (tmp_path / "claims.yaml").write_text(json.dumps({"arms": arms, "claims": [claim]}), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_claims(tmp_path, honeymoon())
    assert said in str(caught.value.complaints[0])


# --- verdicts, from numbers made up --------------------------------------------------------------------


def a_test(**given: Any) -> ATest:
    return ATest.model_validate(
        {"measure": SCORE, "a": "a", "b": "b", "goes": "up", "least": 1.0, "in": "units"} | given
    )


def result(test: ATest, *columns: Sequence[float]) -> lab.Result:
    """The result of a test whose arms (in the order of its terms) came to these numbers."""
    played: dict[str, dict[str, list[float]]] = {}
    for (_sign, arm, measure), column in zip(lab.terms(test), columns, strict=True):
        played.setdefault(arm, {})[plain(measure)] = list(column)
    claim = {"id": "S1", "paragraph": "p1", "claim": "c", "tests": [test]}
    claims = Claims.model_validate({"arms": [], "claims": [claim]})
    ((found,),) = [row.results for row in lab.judged(claims, played, 18)]
    return found


NOISE = [(-1.0) ** nth * (nth % 7) / 2 for nth in range(200)]


@pytest.mark.parametrize(
    ("goes", "by", "verdict"),
    [
        ("up", 3.0, "holds"),
        ("up", 1.1, "undecided"),
        ("up", 0.0, "refuted"),
        ("up", -3.0, "refuted"),
        ("down", -3.0, "holds"),
        ("down", -0.9, "undecided"),
        ("down", 0.0, "refuted"),
    ],
)
def test_a_verdict_is_where_the_interval_lies(goes: str, by: float, verdict: str) -> None:
    """Beyond the least effect of one, short of it, or across it."""
    found = result(a_test(goes=goes), [number + by for number in NOISE], NOISE[::-1])
    assert found.verdict == verdict
    assert found.line == (1 if goes == "up" else -1)


def test_a_claim_is_as_good_as_its_weakest_test() -> None:
    def row(*verdicts: str) -> lab.Judged:
        claim = Claims.model_validate(
            {"arms": [], "claims": [{"id": "S1", "paragraph": "p1", "claim": "c", "tests": [a_test()]}]}
        ).claims[0]
        base = result(a_test(), [1, 2], [1, 2])
        return lab.Judged(claim, tuple(base._replace(verdict=one) for one in verdicts))  # type: ignore[arg-type]

    assert row("holds", "holds").verdict == "holds"
    assert row("holds", "undecided").verdict == "undecided"
    assert row("undecided", "refuted", "holds").verdict == "refuted"
    assert row("undecided", "refuted", "holds").weakest.verdict == "refuted"


@pytest.mark.parametrize("in_", ["units", "sd", "percent"])
@pytest.mark.parametrize("quantile", [None, 0.1, 0.5])
@pytest.mark.parametrize("column", [[5.0], [5.0] * 12, [0.0] * 12, [1.0, 2.0]])
def test_games_that_tell_nothing_are_undecided(in_: str, quantile: float | None, column: list[float]) -> None:
    """One game, games that are all alike, an arm without any spread to count by: no crash, no certainty."""
    test = a_test(**{"in": in_, "quantile": quantile, "least": 0.1})
    found = result(test, column, column)
    assert found.verdict == "undecided"
    text = json.dumps(as_json_of(found), allow_nan=False)
    assert "NaN" not in text


def test_two_shares_of_nothing_are_undecided() -> None:
    for in_ in ("times", "points"):
        test = a_test(**{"measure": STORM, "in": in_, "least": 2.0})
        assert result(test, [0.0] * 20, [0.0] * 20).verdict == "undecided"


def as_json_of(found: lab.Result) -> dict[str, Any]:
    claim = {"id": "S1", "paragraph": "p1", "claim": "c", "tests": [found.test]}
    claims = Claims.model_validate({"arms": [], "claims": [claim]})
    ((row),) = as_json([lab.Judged(claims.claims[0], (found,))], WORDS, 7)["claims"]
    return dict(row)


def test_few_games_say_nothing_of_a_tenth_percentile() -> None:
    """In thirty games all may well lie above it; in three hundred they don't."""
    test = a_test(quantile=0.1)
    few, many = NOISE[:30], [float(nth % 40) for nth in range(300)]
    assert result(test, few, few[::-1]).effect.low == float("-inf")
    assert result(test, [number + 9 for number in many], many[::-1]).verdict == "holds"


def test_less_and_than_are_taken_away_from_means_and_quantiles_alike() -> None:
    """Four arms, two measures: the same sum by hand."""
    columns = [[number * part + part for number in NOISE] for part in (5, 2, 3, 1, 1, 4, 2, 2)]
    for quantile, statistic in ((None, fmean), (0.5, median)):
        test = a_test(less=["c", "d"], than={"what": "score", "seat": "rok"}, quantile=quantile)
        a, b, c, d, e, f, g, h = (statistic(column) for column in columns)
        found = result(test, *columns)
        assert found.effect.value == pytest.approx(((a - b) - (c - d)) - ((e - f) - (g - h)))
        assert [gap.size.value for gap in found.gaps] == pytest.approx([a - b, c - d, e - f, g - h])
        assert [arm.mean.value for arm in found.arms] == pytest.approx([fmean(c) for c in columns])


def test_what_is_counted_in_spreads_or_per_cent_owes_them_its_doubt() -> None:
    """The spread by which an effect is divided is an estimate too, so that a large effect is less sure."""
    ahead = [number + 30 for number in NOISE]
    units = result(a_test(), ahead, NOISE[::-1]).effect
    spreads = result(a_test(**{"in": "sd"}), ahead, NOISE[::-1]).effect
    assert (spreads.high - spreads.low) / spreads.value > 2 * (units.high - units.low) / units.value


# --- words ---------------------------------------------------------------------------------------------


def only(*ids: str) -> Claims:
    found = the_claims()
    return found.model_copy(update={"claims": [claim for claim in found.claims if claim.id in ids]})


def test_every_test_says_all_that_it_measures() -> None:
    """Arms, statistic, the other arms and the other measure, unit and line; names instead of ids."""
    names = {0.5: "median", 0.1: "tenth percentile"}
    for claim in the_claims().claims:
        for test in claim.tests:
            said = sentence(test, WORDS)
            assert all(f"`{arm}`" in said for arm in (test.a, test.b, *test.less))
            assert ("difference of differences" in said) == bool(test.less)
            assert ("is taken away" in said) == (test.than is not None)
            assert (names[test.quantile] if test.quantile else said) in said
            assert ("standard deviations" in said, "divided" in said) == (
                test.in_ == "sd",
                test.in_ == "times",
            )
            assert f"{test.least:g}" in said
            measure = test.measure
            ids = [*measure.cards, *measure.deals, *filter(None, (measure.track, measure.flag, measure.dial))]
            assert not any(id_ in said for id_ in ids)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"quantile": 0.1, "than": {"what": "score", "seat": "rok"}, "in": "sd"},
            "The tenth percentile of North Korea's final score: `a` less `b`; from that the same of the tenth"
            " percentile of South Korea's final score is taken away; in standard deviations of North Korea's"
            " final score in `b`. Claimed: at least 1 sd higher.",
        ),
        (
            {"less": ["c", "d"], "goes": "down"},
            "The mean of North Korea's final score: a difference of differences, (`a` less `b`) less"
            " (`c` less `d`). Claimed: at least 1 point lower.",
        ),
        (
            {"measure": STORM, "in": "times", "least": 3.0},
            "The share of games in which the game ends with the storm: `a` divided by `b`, with half a game"
            " more in each. Claimed: at least 3 times as often.",
        ),
        (
            {"measure": {"what": "first", "events": ["proved"]}, "goes": "down"},
            "The mean of the first round in which a secret deal is proved (where there is none, the round"
            " after the last): `a` less `b`. Claimed: at least 1 round earlier.",
        ),
    ],
)
def test_words_follow_the_structure(given: dict[str, Any], said: str) -> None:
    assert sentence(a_test(**given), WORDS) == said


# --- played --------------------------------------------------------------------------------------------


def rows_of(claims: Claims, games: int, seed: int) -> tuple[Mapping[str, lab.Values], list[lab.Judged]]:
    played = lab.play_arms(honeymoon(), claims, games, seed).arms
    return played, lab.judged(claims, played, 18)


@pytest.mark.soak
def test_an_effect_is_the_mean_of_the_paired_differences() -> None:
    """S18: storms in a hundred games more, by hand and by the table; and each arm's share."""
    claims = only("S18")
    played, [row] = rows_of(claims, 12, 4)
    (found,) = row.results
    name = plain(claims.claims[0].tests[0].measure)
    tense, free = (fmean(played[arm][name]) for arm in ("tense", "free"))

    assert found.effect.value == pytest.approx(100 * (tense - free))
    assert found.effect.low <= found.effect.value <= found.effect.high
    assert [(arm.arm, arm.mean.value) for arm in found.arms] == [("tense", tense), ("free", free)]
    assert all(0 <= arm.mean.low <= arm.mean.value <= arm.mean.high <= 1 for arm in found.arms)


def test_intervals_widen_with_the_number_of_claims() -> None:
    """One claim among eighteen is held to a stricter measure than one alone."""
    claims = only("S18")
    played = lab.play_arms(honeymoon(), claims, games=8, seed=4).arms
    alone, among = (lab.judged(claims, played, n)[0].results[0].effect for n in (1, 18))
    assert among.high - among.low > alone.high - alone.low


def test_the_json_has_a_row_a_claim() -> None:
    """With words, arms and verdict; valid JSON though a single game tells no interval."""
    claims = only("S2", "S13", "S15", "S17")
    _played, rows = rows_of(claims, 1, 1)
    found = json.loads(json.dumps(as_json(rows, WORDS, 1), allow_nan=False))
    wanted = {"id", "paragraph", "claim", "measure", "arm_a", "arm_b", "n", "effect", "low", "high", "unit"}
    wanted |= {"direction", "least", "holds", "verdict", "words", "arms", "tests"}
    assert [row["id"] for row in found["claims"]] == ["S2", "S13", "S15", "S17"]
    for row in found["claims"]:
        assert wanted <= set(row)
        for test in (row, *row["tests"]):
            assert (test["verdict"], test["holds"], test["n"]) == ("undecided", False, 1)
            assert all({"arm", "mean", "low", "high"} <= set(arm) for arm in test["arms"])
    last = found["claims"][-1]["tests"][-1]
    assert [arm["quantile"]["at"] for arm in last["arms"]] == [0.1] * 4
    assert [gap["of"] for gap in last["gaps"]] == ["North Korea's final score", "South Korea's final score"]


def test_the_page_tells_words_arms_and_both_ranges_of_seeds() -> None:
    claims = only("S11", "S17")
    _played, rows = rows_of(claims, 3, JUDGING[0])
    page = report(rows, claims, WORDS, "wargame claims", JUDGING[0])
    for row in rows:
        for found in row.results:
            assert sentence(found.test, WORDS) in page
            assert all(f"| `{arm.arm}` |" in page for arm in found.arms)
    assert "0 to 999,999,999" in page
    assert "1,000,000,000 to 1,999,999,999" in page
    assert all(f"**{verdict}**" in page for verdict in ("holds", "refuted", "undecided"))
    assert "nan" not in page
    assert "inf" not in page.replace("influence", "")


def test_no_other_command_begins_in_the_judging_range() -> None:
    """Nor does tuning by claims; the two ranges have nothing in common."""
    for command in (commands.simulate, commands.arena, commands.balance, commands.fuzz):
        assert inspect.signature(command).parameters["seed"].default in TUNING
    assert not set(range(JUDGING[0], JUDGING[0] + 5)) & set(TUNING[-5:])
    assert TUNING[-1] < JUDGING[0]


@pytest.mark.parametrize(
    ("words", "seed", "range_"), [((), JUDGING[0], "judging"), (("--tuning",), 1, "tuning")]
)
def test_the_command_says_which_seeds_it_played(
    words: tuple[str, ...], seed: int, range_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.claims(games=1, only=["S18"], workers=1, as_json=True, seed=None, tuning=bool(words))
    seeds = json.loads(capsys.readouterr().out)["seeds"]
    assert (seeds["seed"], seeds["range"]) == (seed, range_)
    assert (seeds["tuning"], seeds["judging"]) == ([0, 10**9 - 1], [10**9, 2 * 10**9 - 1])


def test_tuning_on_a_judging_seed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        commands.claims(seed=JUDGING[0], tuning=True)
    assert "is a judging seed" in capsys.readouterr().err


@pytest.mark.soak
def test_one_process_and_two_agree() -> None:
    claims = only("S18")
    alone = lab.play_arms(honeymoon(), claims, games=6, seed=2)
    assert lab.play_arms(honeymoon(), claims, games=6, seed=2, workers=processes(2)) == alone


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ("{lead: [0.0, 0.6], outcome.storm: [0.0, 0.2]}", ""),
        ("{leed: [0.0, 0.6]}", "there is no quality `leed` (did you mean `lead`?)"),
        ("{lead: [0.6, 0.2]}", "the least, 0.6, is above the most, 0.2"),
        ("{lead: 0.6}", "must be a list"),
    ],
)
def test_a_scenario_says_what_it_wants_of_its_balance(bands: str, said: str, tmp_path: Path) -> None:
    """Under `bands` in its claims; a name that is none is told, with its place."""
    (tmp_path / "claims.yaml").write_text(f"arms: []\nclaims: []\nbands: {bands}\n")

    if not said:
        assert load_claims(tmp_path, honeymoon()).bands["lead"] == [0.0, 0.6]
        return
    with pytest.raises(ContentError) as raised:
        load_claims(tmp_path, honeymoon())
    assert said in str(raised.value)
    assert str(raised.value).startswith("claims.yaml:3:")
