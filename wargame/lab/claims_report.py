"""What came of the claims, in words, as a page and as JSON.

A test's sentence is made from its structure alone (measure, statistic, arms, unit, line), never written
beside it, so that it says what was measured whatever the file of claims calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from wargame.content.claims import SHARES, Claims, Measure, Test, plain
from wargame.counting import several
from wargame.lab.claims import Judged, Result
from wargame.lab.intervals import VERDICTS, Interval, Verdict
from wargame.lab.simulate import JUDGING, TUNING, seed_range
from wargame.lab.trials import KINDS, said
from wargame.words import Words
from wargame.words.grammar import capital, singular

# --- a test in words -----------------------------------------------------------------------------------

QUANTILES = {0.1: "tenth percentile", 0.25: "lower quartile", 0.5: "median", 0.75: "upper quartile"}


def sentence(test: Test, words: Words) -> str:
    """Return what a test measures and what is claimed of it."""
    pair = f"`{test.a}` less `{test.b}`"
    if test.in_ == "times":
        pair = f"`{test.a}` divided by `{test.b}`, with half a game more in each"
    if test.less:
        pair = f"a difference of differences, ({pair}) less (`{test.less[0]}` less `{test.less[1]}`)"
    than = f"; from that the same of {_statistic(test, test.than, words)} is taken away" if test.than else ""
    unit = {
        "sd": f"; in its standard deviations in `{test.b}`"
        if test.than is None
        else f"; in standard deviations of {said(test.measure, words)} in `{test.b}`",
        "percent": f"; in per cent of the mean in `{test.b}`",
        "points": "; in percentage points",
    }.get(test.in_, "")
    return f"{capital(_statistic(test, test.measure, words))}: {pair}{than}{unit}. Claimed: {claimed(test)}."


def _statistic(test: Test, measure: Measure, words: Words) -> str:
    """'the mean of …', 'the median of …', 'the share of games in which …'."""
    if test.quantile is not None:
        return f"the {_quantile_name(test.quantile)} of {said(measure, words)}"
    return f"the {'share' if measure.what in SHARES else 'mean'} of {said(measure, words)}"


def _quantile_name(at: float) -> str:
    return QUANTILES.get(at, f"{at:.0%} quantile")


def claimed(test: Test) -> str:
    """Return the line in words: 'at least 0.5 rounds later', 'at least 3 times as often'."""
    if test.in_ == "times":
        return f"at {'least ' if test.goes == 'up' else 'most 1/'}{test.least:g} times as often"
    kind = KINDS[test.measure.what]
    own = "steps" if test.measure.track else kind.unit
    unit = {"sd": "sd", "points": "points", "percent": "%"}.get(test.in_, own)
    unit = singular(unit) if test.least == 1 else unit
    return f"at least {test.least:g} {unit} {kind.ways[test.goes == 'down']}"


# --- JSON ----------------------------------------------------------------------------------------------


def as_json(rows: Sequence[Judged], words: Words, seed: int, interrupted: bool = False) -> dict[str, Any]:
    """Return a row a claim: its weakest test, and all of them under `tests`; the ranges of seeds."""
    return {
        "claims": [
            {
                "id": row.claim.id,
                "paragraph": row.claim.paragraph,
                "claim": row.claim.claim,
                "note": row.claim.note,
                **_result_json(row.weakest, words),
                "tests": [_result_json(result, words) for result in row.results],
            }
            for row in rows
        ],
        "interrupted": interrupted,
        "seeds": {
            "seed": seed,
            "range": seed_range(seed),
            "tuning": [TUNING[0], TUNING[-1]],
            "judging": [JUDGING[0], JUDGING[-1]],
        },
    }


def _result_json(result: Result, words: Words) -> dict[str, Any]:
    test, arms = result.test, list[dict[str, Any]]()
    for arm in result.arms:
        arms.append({"arm": arm.arm, "of": said(arm.measure, words), **arm.mean.plain("mean")})
        if arm.quantile is not None:
            arms[-1]["quantile"] = {"at": test.quantile, **arm.quantile.plain()}
    return {
        "words": sentence(test, words),
        "measure": plain(test.measure),
        "arm_a": test.a,
        "arm_b": test.b,
        "n": result.n,
        **result.effect.plain("effect"),
        "direction": test.goes,
        "least": result.line,
        "unit": test.in_,
        "verdict": result.verdict,
        "holds": result.verdict == "holds",
        "arms": arms,
        "gaps": [
            {"a": gap.a, "b": gap.b, "of": said(gap.measure, words), **gap.size.plain()}
            for gap in result.gaps
        ],
    }


# --- the page ------------------------------------------------------------------------------------------

UNITS = {"units": "", "sd": " sd", "points": " points", "percent": " %", "times": " times"}
ABOUT = """\
A test compares arms: ways to play that differ in what the claim is about, over the same seeds and luck. It

- **holds** if the whole interval of its effect lies beyond the least effect, in the claimed direction;
- is **refuted** if the whole interval lies short of the least effect, so that it can't be reached;
- is **undecided** if the interval straddles the least effect: too few games.

A claim with several tests holds if all do, is refuted if one is, and is undecided otherwise. All intervals
are 95 % over all claims together; a quantile's is from a paired bootstrap. What bots can't show stands at the
end of `docs/many-games.md`."""


def report(
    rows: Sequence[Judged],
    claims: Claims,
    words: Words,
    command: str,
    seed: int,
    interrupted: int | None = None,
) -> str:
    """Return the claims as a page of Markdown: a table, then what each test measured in which arms.

    `interrupted` is after how many games of each arm the run was, if it was.
    """
    count = Counter(row.verdict for row in rows)
    said = {"holds": "holds" if count["holds"] == 1 else "hold"}
    counted = ", ".join(f"{count[verdict]} {said.get(verdict, verdict)}" for verdict in reversed(VERDICTS))
    used = {arm.arm for row in rows for result in row.results for arm in result.arms}
    return (
        "\n".join(
            [
                "# Claims",
                "",
                f"`{command}`, greedy bots, {seed_range(seed)} seeds. Of {len(rows)}: {counted}.",
                *(
                    []
                    if interrupted is None
                    else ["", f"**Interrupted after {several(interrupted, 'game')} of each arm.**"]
                ),
                "",
                ABOUT,
                "",
                *_seeds(seed),
                "",
                "| id | ¶ | claim | test | effect | interval | claimed | games | verdict |",
                "|---|---|---|---|---|---|---|---|---|",
                *(line for row in rows for line in _table_lines(row)),
                "",
                "## What was measured",
                *(line for row in rows for line in _section(row, words)),
                "",
                "## The arms",
                "",
                *(f"- `{arm.id}`: {arm.text}" for arm in claims.arms if arm.id in used),
            ]
        )
        + "\n"
    )


def _seeds(seed: int) -> list[str]:
    uses = (
        ("tuning", TUNING, "what decks are changed by: `simulate`, `arena`, `balance`, `claims --tuning`"),
        ("judging", JUDGING, "what claims are judged by; no deck is changed by what they show"),
    )
    return [
        "| range | seeds of runs | use | here |",
        "|---|---|---|---|",
        *(
            f"| {name} | {seeds[0]:,} to {seeds[-1]:,} | {use} | {f'{seed:,}' if seed in seeds else '–'} |"
            for name, seeds, use in uses
        ),
    ]


def _table_lines(row: Judged) -> Iterable[str]:
    head = (row.claim.id, row.claim.paragraph, row.claim.claim)
    if len(row.results) > 1:
        yield f"| {' | '.join((*head, *[''] * 5, _told(row.verdict)))} |"
        head = ("", "", "")
    for name, result in _named(row):
        value, ends = _effect(result.effect, result.test)
        cells = (*head, name, value, ends, claimed(result.test), str(result.n), _told(result.verdict))
        yield f"| {' | '.join(cells)} |"
        head = ("", "", "")


def _told(verdict: Verdict) -> str:
    return verdict if verdict == "holds" else f"**{verdict}**"


def _named(row: Judged) -> list[tuple[str, Result]]:
    """Tests by the claim's id, numbered if there are several."""
    many = len(row.results) > 1
    return [
        (f"{row.claim.id}.{nth}" if many else row.claim.id, result)
        for nth, result in enumerate(row.results, 1)
    ]


def _section(row: Judged, words: Words) -> Iterable[str]:
    """Tell a claim's tests in words, each with its arms."""
    yield from ("", f"### {row.claim.id} {row.verdict}: {row.claim.claim}")
    if row.claim.note:
        yield from ("", row.claim.note)
    for name, result in _named(row):
        test = result.test
        value, ends = _effect(result.effect, test)
        yield from ("", f"{name}. {sentence(test, words)} Found: {value} ({ends}): **{result.verdict}**.", "")
        statistic = "share" if test.measure.what in SHARES else "mean"
        quantile = "" if test.quantile is None else f" {_quantile_name(test.quantile)} | interval |"
        yield f"| arm |{' of |' if test.than else ''} {statistic} | interval |{quantile}"
        yield f"|---|{'---|' if test.than else ''}---|---|{'---|---|' if quantile else ''}"
        for arm in result.arms:
            of = (said(arm.measure, words),) if test.than else ()
            numbers = _raw(arm.mean, arm.measure) + (_raw(arm.quantile, arm.measure) if arm.quantile else ())
            yield f"| {' | '.join((f'`{arm.arm}`', *of, *numbers))} |"
        if len(result.gaps) > 1:
            yield ""
            for gap in result.gaps:
                value, ends = _effect(gap.size, test)
                of_it = f"{capital(_statistic(test, gap.measure, words))}: " if test.than else ""
                yield f"- {of_it}`{gap.a}` less `{gap.b}`: {value} ({ends})"


def _effect(interval: Interval, test: Test) -> tuple[str, str]:
    """Return a difference with its sign and unit, and its ends."""
    form = "{:.2f}" if test.in_ == "times" else "{:+.2f}"
    value, low, high = (form.format(part) if isfinite(part) else "–" for part in interval)
    return f"{value}{UNITS[test.in_]}", f"{low} to {high}"


def _raw(interval: Interval, measure: Measure) -> tuple[str, str]:
    """Return what a measure comes to in an arm; shares in per cent."""
    form = "{:.1%}" if measure.what in SHARES else "{:.2f}"
    value, low, high = (form.format(part) if isfinite(part) else "–" for part in interval)
    return value, f"{low} to {high}"
