"""The commands that play many games between bots: counts, comparisons, balance, claims, laws."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.arguments import (
    ClusterOpt,
    GamesOpt,
    HindsightOpt,
    JsonOpt,
    PageOpt,
    RoundsOpt,
    SavesOpt,
    ScenarioArg,
    SeatsOpt,
    SeedOpt,
    WorkersOpt,
    check_bot,
    check_numbers,
    contestant,
    load,
    seats_given,
    workers_given,
)
from wargame.cli.output import fail, interrupted, note, printable, progress, write
from wargame.content import DEFAULT
from wargame.counting import aligned, several
from wargame.rules.spec import TIME

if TYPE_CHECKING:
    from wargame.lab.fuzz import Broken
    from wargame.rules.scenario import Scenario


def simulate(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    rounds: RoundsOpt = None,
    seat: SeatsOpt = None,
    workers: WorkersOpt = 1,
    cluster: ClusterOpt = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A row a game: FILE.csv or FILE.parquet."),
    ] = None,
    hindsight: HindsightOpt = False,
    as_json: JsonOpt = False,
) -> None:
    """Play many games between bots and print who does how well. Random bots unless said otherwise.

    Ctrl-C gives the results so far. See docs/many-games.md for clusters and the columns of FILE.
    """
    from wargame.lab.output import GamesFile
    from wargame.lab.simulate import simulate as run

    loaded = load(scenario, hindsight)
    check_numbers(loaded, seed, rounds)
    seats = seats_given(loaded, seat or [], "random")
    if "person" in seats.values():
        fail("A simulation has no people: give each seat random or greedy.", 2)
    players = workers_given(workers, cluster)
    file = GamesFile(output, loaded, seats) if output else None
    with file or nullcontext(), progress(games, "games") as tick:
        tally = run(loaded, seats, games, seed or 0, rounds, tick, players, file.put if file else None)
    found = tally.summary() | {"scenario": loaded.id, "seed": seed, "bots": seats}
    print(json.dumps(found, indent=2) if as_json else _table(found))
    if file and not as_json:
        print(printable(f"{file.path} has a row for each of {several(file.games, 'game')}."))
    interrupted(tally.interrupted, tally.games, games, "games")


def arena(
    scenario: ScenarioArg = DEFAULT,
    seat: Annotated[
        list[str] | None,
        typer.Option("--seat", metavar="SEAT=BOT", help="The seat and the bot to measure."),
    ] = None,
    against: Annotated[
        str, typer.Option("--against", metavar="BOT", help="Whom to compare with.")
    ] = "random",
    others: Annotated[
        str, typer.Option("--others", metavar="BOT", help="Who has the other seats.")
    ] = "greedy",
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    rounds: RoundsOpt = None,
    workers: WorkersOpt = 1,
    cluster: ClusterOpt = None,
    hindsight: HindsightOpt = False,
    as_json: JsonOpt = False,
) -> None:
    """Measure how well bots play a seat: every game twice, once with another bot in its place.

    Each --seat is measured on its own, over the same luck. Ctrl-C gives the results so far.
    """
    from wargame.lab import arena as lab

    loaded = load(scenario, hindsight)
    check_numbers(loaded, seed, rounds)
    contests = [lab.Contest(*contestant(loaded, word), against, others) for word in seat or []]
    if not contests:
        fail("Say whom to measure: --seat SEAT=BOT.", 2)
    for contest in contests:
        check_bot(loaded, contest.seat, against, "--against")
        for other in loaded.seat_ids:
            if other != contest.seat:
                check_bot(loaded, other, others, "--others")
    with progress(games, "pairs of games") as tick:
        found = lab.arena(loaded, contests, games, seed or 0, rounds, tick, workers_given(workers, cluster))
    about = {"scenario": loaded.id, "seed": seed, "rounds": rounds}
    if as_json:
        print(json.dumps(about | lab.as_json(found), indent=2))
    else:
        pairs = several(found.pairs, "pair")
        print(f"{pairs} of games of {loaded.id}, seed {seed}; {others} in the other seats.")
        print(printable(lab.report(found.measures)))
    interrupted(found.interrupted, found.pairs, games, "pairs of games")


def balance(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 2000,
    strong: Annotated[
        int | None, typer.Option("--strong", min=0, help="How many games with a search bot in each seat.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only what greedy bots tell: to tune by.")] = False,
    seed: SeedOpt = 1,
    workers: WorkersOpt = 2,
    cluster: ClusterOpt = None,
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE", help="Keep finished games here, and go on with those it has."),
    ] = None,
    as_json: JsonOpt = False,
    output: PageOpt = None,
) -> None:
    """Measure whether the game is fair, deep and alive: shares, skill, talk and the use of every card.

    Skill needs games with a search bot, which are slow: --strong says how many a seat (a fortieth of --games;
    0: none, then cards are counted among greedy bots). Games, minutes and the intervals to expect are told
    first. With -o FILE, finished games are kept in FILE.games until the page is whole, so that the same
    command goes on after whatever ended it. Ctrl-C gives the results so far.
    """
    from wargame.content.claims import CLAIMS, NO_CLAIMS, load_claims
    from wargame.content.load import scenario_folder
    from wargame.content.text import has_text
    from wargame.lab import balance as lab
    from wargame.lab import balance_report as told
    from wargame.lab.output import Kept, Key

    loaded, players, seed = load(scenario), workers_given(workers, cluster), seed or 0
    check_numbers(loaded, seed, None)
    if quick and strong is not None:
        fail("Give --quick or --strong, not both: quick is without the search bot.", 2)
    few = 0 if quick else games // 40 if strong is None else min(strong, games)
    folder = scenario_folder(scenario)
    claimed = load_claims(folder, loaded) if has_text(folder / CLAIMS) else NO_CLAIMS
    levels = {level.track: level.ends for level in claimed.levels}
    asked = lab.lineups(loaded, games, few)
    writable = output is not None and os.access(output.parent, os.W_OK)
    beside = output.with_name(f"{output.name}.games") if output and writable else None
    with Kept(keep or beside, Key.of(loaded, seed)) as kept:
        note(kept.notice)
        if kept.path or sys.stderr.isatty():  # a log of a long run, or somebody who waits
            families = told.forecast(loaded, asked, seed, kept)
            print(told.told_before(families, None if cluster else workers), file=sys.stderr)
        with progress(sum(lineup.games for lineup in asked.values()), "games") as tick:
            table = lab.play(loaded, asked, seed, players, tick, kept)
    how_many = "--quick" if quick else f"--strong {few}"
    command = f"wargame balance {shlex.quote(scenario)} --games {games} {how_many} --seed {seed}"
    strong_too = ", and a search bot of 64 playouts in one where it says so" if few else ""
    how = f"`{command}`: greedy bots in every seat{strong_too}."
    bands = {name: (least, most) for name, (least, most) in claimed.bands.items()}
    page = told.report(table, how, levels, bands)
    _give(page, told.as_json(table, levels, bands) if as_json else None, output)
    if beside and not keep and not table.interrupted:
        beside.unlink(missing_ok=True)
    interrupted(table.interrupted, table.games, table.asked, "games")


def claims(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 1000,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="Test only this claim; may be repeated.")
    ] = None,
    tuning: Annotated[
        bool, typer.Option("--tuning", help="Play tuning seeds: for who changes a deck.")
    ] = False,
    seed: SeedOpt = None,
    workers: WorkersOpt = 2,
    cluster: ClusterOpt = None,
    as_json: JsonOpt = False,
    output: PageOpt = None,
) -> None:
    """Test whether the game behaves as its source argues: each claim arm against arm, over the same seeds.

    A claim holds if the whole interval of its effect lies beyond the least effect, is refuted if the whole
    interval lies short of it, and is undecided otherwise: too few games. Judged on seeds that no deck was
    changed by, unless --tuning or --seed say otherwise. Ctrl-C gives the results so far.
    """
    from wargame.content.claims import load_claims
    from wargame.content.load import scenario_folder
    from wargame.lab import claims as lab
    from wargame.lab import claims_report as told
    from wargame.lab.simulate import JUDGING
    from wargame.words import Words

    loaded = load(scenario)
    check_numbers(loaded, seed, None)
    if tuning and seed is not None and seed in JUDGING:
        fail(f"--seed {seed} is a judging seed: leave out --tuning, or choose one below {JUDGING[0]}.", 2)
    seed = seed if seed is not None else 1 if tuning else JUDGING[0]
    found = load_claims(scenario_folder(scenario), loaded)
    known = [claim.id for claim in found.claims]
    if unknown := [name for name in only or () if name not in known]:
        fail(f"There is no claim {unknown[0]!r}; they are {', '.join(known)}.", 2)
    if only:
        wanted = [claim for claim in found.claims if claim.id in only]
        found = found.model_copy(update={"claims": wanted})
    with progress(games * len(lab.wanted(found)), "games") as tick:
        played = lab.play_arms(loaded, found, games, seed, workers_given(workers, cluster), progress=tick)
    rows, words = lab.judged(found, played.arms, len(known)), Words(loaded)
    typed = "".join(f" --only {name}" for name in only or ())
    command = f"wargame claims {shlex.quote(scenario)} --games {games} --seed {seed}{typed}"
    cut_short = played.games if played.interrupted else None
    page = told.report(rows, found, words, command, seed, cut_short)
    _give(page, told.as_json(rows, words, seed, played.interrupted) if as_json else None, output)
    interrupted(played.interrupted, played.games, games, "games of each arm")


def _give(page: str, data: object, output: Path | None) -> None:
    """Print the page, or the data as JSON where they are asked for; keep the page where a file is named."""
    print(page if data is None else json.dumps(data, indent=2))
    if output is not None:
        write(output, page)


def fuzz(
    scenario: ScenarioArg = DEFAULT,
    games: GamesOpt = 100,
    seed: SeedOpt = 0,
    saves: SavesOpt = None,
) -> None:
    """Play at random under all the laws of the game; a broken law leaves a save that opens at the spot."""
    from wargame.lab.fuzz import fuzz as run
    from wargame.table import saves_folder

    loaded = load(scenario)
    check_numbers(loaded, seed, None)
    with progress(games, "games") as tick:
        report = run(loaded, games, seed or 0, progress=tick)
    if report.broken is not None:
        path = _reproduced(loaded, report.broken, saves_folder(saves))
        fail(f"{report.broken.sentence} The save {path} opens at the spot (seed {report.broken.seed}).")
    print(
        f"{several(report.games, 'game')}, {several(report.decisions, 'decision')}, no law broken;"
        f" {report.games / max(report.seconds, 1e-9):.1f} games/s under the laws."
    )


def _reproduced(scenario: Scenario, broken: Broken, folder: Path) -> Path:
    """Write the game up to the move that broke a law as a save with a note on it; its path."""
    from wargame.record import Player
    from wargame.table.table import PERSON, Table

    players = {seat: Player(PERSON, seat) for seat in scenario.seat_ids}
    table = Table.start(
        scenario, players, seed=broken.seed, rounds=broken.rounds, folder=folder, name=f"fuzz {broken.seed}"
    )
    assert table.save is not None
    try:
        with table.save.together():
            for move in broken.moves:
                table.play(move)
        table.save.append_remark("note", broken.sentence)
        return table.save.path
    finally:
        table.close()


def _ends(outcomes: Mapping[str, int]) -> str:
    """How often each outcome ended a game before its time: 'storm 7', or 'all to the last round'."""
    return ", ".join(f"{id_} {n}" for id_, n in outcomes.items() if id_ != TIME) or "all to the last round"


def _table(found: dict[str, Any]) -> str:
    rows = [("seat", "player", "first", "won", "ruined", "score", "sd")]
    for seat, player in found["bots"].items():
        shares = (f"{found[part][seat]:.1%}" for part in ("first", "won", "ruined"))
        scores = found["scores"][seat]
        rows.append((seat, player, *shares, f"{scores['mean']:.1f}", f"{scores['sd']:.1f}"))
    lines = [
        f"{several(found['games'], 'game')}, {several(found['decisions'], 'decision')};"
        f" {found['games_per_second']} games/s, {found['decisions_per_second']} decisions/s"
        f" of processor time; {_ends(found['outcomes'])}",
        *aligned(rows, right=range(2, 7)),
    ]
    return "\n".join(lines)
