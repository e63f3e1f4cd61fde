"""End screen, replay, report and export tell one story: every score, track, deal, roll and name the same.

Each face is read as a person or a program reads it. The export is rows of ids and numbers: its facts are put
into words here, from the scenario alone, and the others must show the very same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from tests.debrief.games import a_game, a_greedy_honeymoon, a_led_honeymoon, a_ruined_honeymoon
from tests.tui.boards import Around, a_table, honeymoon, until
from tests.tui.replays import replaying, turn_to
from wargame.debrief.export import jsonl, rows
from wargame.debrief.perspective import EVERYTHING, ROOM
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.record.reading import read_whole
from wargame.rules.scenario import Scenario
from wargame.table import Table
from wargame.tui.home.final import FinalScreen
from wargame.tui.kit.bargains import deal_lines
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.rows import Rows
from wargame.tui.replay.charts import about_curves, curves
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.pages import about_move, deal_items, prediction_lines
from wargame.words import Words

WIDE = (200, 60)
GAMES = [a_greedy_honeymoon, a_led_honeymoon, a_ruined_honeymoon]
ROLL = re.compile(r".+: chance \d+ %, and the dice say \d+: (?:it|the roll) [a-z ]+\.")
DICE = re.compile(r"The dice promised \d+\.\d successes in \d+ rolls; \d+ came\.")
SIGNED = re.compile(r"[Ss]igned in round (\d)")


@dataclass
class Facts:
    """What a face tells of a finished game, by the names it uses; what it does not tell is None."""

    ranks: list[str] | None = None
    scores: dict[str, str] | None = None
    margins: dict[str, str] | None = None
    fates: dict[str, str] | None = None
    terms: dict[str, list[str]] | None = None
    tracks: dict[str, str] | None = None
    deals: list[tuple[str, frozenset[str], str, str]] | None = None
    rolls: list[str] | None = None
    dice: str | None = None
    players: dict[str, str] | None = None


def differences(face: Facts, export: Facts) -> dict[str, tuple[Any, Any]]:
    """What a face tells otherwise than the export does; of tracks a face may tell some."""
    found = {}
    for one in fields(Facts):
        shown, true = getattr(face, one.name), getattr(export, one.name)
        if one.name == "tracks" and shown is not None:
            true = {track: true[track] for track in shown}
        if shown is not None and shown != true:
            found[one.name] = (shown, true)
    return found


@pytest.fixture(scope="module", params=GAMES, ids=["three rounds", "led", "ruined"])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param()
    return found


@pytest.fixture(scope="module")
def story(path: Path) -> Story:
    return Story.open(path)


@pytest.fixture(scope="module")
def export(story: Story) -> Facts:
    return exported(story)


def signless(number: float) -> str:
    return str(number).replace("-", "−")


def gain(number: int) -> str:
    return f"+{number}" if number > 0 else signless(number)


# --- the export ----------------------------------------------------------------------------------------


def exported(story: Story) -> Facts:
    """The facts of the lines that `wargame export` writes."""
    table = [json.loads(line) for line in jsonl(rows(story)).splitlines()]
    scenario = story.end.state.scenario
    words, seats = Words(scenario), scenario.seat_ids
    moves = [row for row in table if row["row"] == "move" and row["on_line"]]
    end = [row for row in table if row["row"] == "state" and row["on_line"]][-1]
    deals = json.loads(end["deals"])
    events = [event for row in moves for event in json.loads(row["events"])]
    thrown = [roll for row in moves for roll in json.loads(row["rolls"])]
    promised, came = sum(roll["chance"] for roll in thrown) / 100, sum(roll["works"] for roll in thrown)
    dealt = {facts[0]: facts[1] for kind, _to, facts in events if kind == "agenda"}
    return Facts(
        ranks=[words.seat(seat) for seat in sorted(seats, key=lambda seat: end[f"rank.{seat}"])],
        scores={words.seat(seat): signless(end[f"score.{seat}"]) for seat in seats},
        margins={words.seat(seat): signless(round(end[f"margin.{seat}"], 1)) for seat in seats},
        fates={
            words.seat(seat): "ruined" if end[f"ruined.{seat}"] else "won" if end[f"won.{seat}"] else ""
            for seat in seats
        },
        terms={words.seat(seat): terms_of(scenario, end, seat, dealt.get(seat, "")) for seat in seats},
        tracks={words.track(track): str(end[f"track.{track}"]) for track in scenario.tracks},
        deals=[
            (
                words.deal(deal["template"]),
                frozenset((words.seat(deal["a"]), words.seat(deal["b"]))),
                str(deal["signed"]),
                {
                    "running": "still ran at the end",
                    "done": "ran its course",
                    "fallen": "skipped a rung and fell through",
                    "broken": f"was broken by {words.party(deal['by'])}",
                }[deal["status"]],
            )
            for deal in deals
        ],
        rolls=[
            f"{roll['what']}: chance {roll['chance']} %, and the dice say {roll['die']}" for roll in thrown
        ],
        dice=f"The dice promised {promised:.1f} successes in {len(thrown)} rolls; {came} came.",
        players={words.seat(row["seat"]): row["player"] for row in moves if row["seat"]},
    )


def terms_of(scenario: Scenario, end: dict[str, Any], seat: str, agenda: str) -> list[str]:
    """How a score came about, worked out from the last row; its parts must make the score of that row."""
    words, scoring = Words(scenario), scenario.spec.scoring
    parts = []
    for term in scoring.seats[seat].terms:
        if term.track:
            steps = end[f"track.{term.track}"] - scenario.tracks[term.track].start
        elif term.good:
            steps = end[f"good.{seat}.{term.good}"]
        else:
            steps = max([d["rung"] for d in json.loads(end["deals"]) if d["status"] != "fallen"] + [1]) - 1
        parts.append((words.said(term.label), (min(steps, term.most) if term.most else steps) * term.each))
    parts.append(("deals kept and other points on the way", end[f"points.{seat}"]))
    if end[f"agenda.{seat}"]:
        kept = scenario.agendas[agenda]
        parts.append((f"secret agenda: {words.said(kept.title)}", kept.worth))
    if end[f"ruined.{seat}"]:
        parts.append(("ruined", -scoring.ruin_costs))
    assert scoring.start + sum(points for _label, points in parts) == end[f"score.{seat}"]
    return [f"{label} {gain(points)}" for label, points in parts]


# --- the end screen ------------------------------------------------------------------------------------


async def ended(path: Path) -> Facts:
    """The facts of the end screen, all of its pages turned and every seat lit."""
    table = Table.resume(path, write=False)
    named = {f"{s.symbol}{s.short}": Words(table.scenario).seat(s.id) for s in table.scenario.seats.values()}
    app = Around(screen := FinalScreen(table))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        lines = [row.line.plain for row in screen.query_one(Rows)._rows]
        read = [re.match(r"(\d) +\S (.+?) +(−?\d+) +[+−]?[\d½]+  ", line) for line in lines]
        seats = [one.groups() for one in read if one is not None]
        became = [line.split(",")[0].split(":")[0].strip() for line in lines[1::2]]
        terms, pages, margins = {}, {}, {}
        screen.open_page("terms")
        for number, name, _score in seats:
            await pilot.press(number)
            await pilot.pause()
            head, _start, *shown = page_of(screen).split("\n")
            margins[name] = head.rpartition(" = ")[2].lstrip("+").strip()
            pairs = [line.split(maxsplit=1) for line in shown if line.strip()]
            terms[name] = [f"{label.strip()} {points}" for points, label in pairs]
        for page in ("deals", "secrets"):
            screen.open_page(page)
            await pilot.pause()
            pages[page] = page_of(screen)
        dice = next(
            line for line in str(screen.query_one("#score", Static).render()).split("\n")[::-1] if line
        )
    deals = []
    for one in re.split(r"[□▣] ", pages["deals"])[1:]:
        text = " ".join(one.split())
        found = re.match(r"(\S+)–(\S+) (.+?): signed in round (\d).*?; it (.+?);", text)
        assert found, text
        a, b, title, signed, fate = found.groups()
        deals.append((title, frozenset((named[a], named[b])), signed, fate))
    tracks = pages["secrets"].partition("STORES")[0].split("\n")[1:]
    cells = [re.match(r"(\S.*?)  +(\d+) ", line) for line in tracks]
    return Facts(
        ranks=[name for _rank, name, _score in seats],
        scores={name: score for _rank, name, score in seats},
        margins=margins,
        fates={
            name: {"reached its line": "won", "ruined": "ruined"}.get(fate, "")
            for (_rank, name, _score), fate in zip(seats, became, strict=True)
        },
        terms=terms,
        tracks={one[1]: one[2] for one in cells if one},
        deals=deals,
        dice=dice,
    )


def page_of(screen: FinalScreen) -> str:
    return str(screen.query_one("#page", Static).render())


# --- the replay ----------------------------------------------------------------------------------------


async def replayed(story: Story) -> Facts:
    """The facts of the replay at its last move, with everything's eyes."""
    scenario = story.end.state.scenario
    words = Words(scenario)
    named = {f"{seat.symbol}{seat.short}": words.seat(seat.id) for seat in scenario.seats.values()}
    async with replaying(story, size=WIDE, eyes=EVERYTHING) as (_app, screen, pilot):
        await pilot.press("end")
        turn_to(screen, "charts")
        await pilot.pause()
        shown = screen.query_one("#list", Lines).text
        turn_to(screen, "board")
        await pilot.pause()
        board = screen.query_one("#list", Lines).text
        turn_to(screen, "deals")
        await pilot.pause()
        deals = []
        for _item in list(screen.stand.items):
            deals.append(a_deal(screen.query_one("#about", Lines).text, named))
            await pilot.press("down")
    values = {
        name: found[1] for name in [*map(words.seat, scenario.seat_ids), *map(words.track, scenario.tracks)]
        if (found := re.search(rf" {re.escape(name)} +(−?\d+) ", shown))
    }  # fmt: skip
    course, players = EyesCourse(story, EVERYTHING), {}
    for place, moment in enumerate(story.line):
        if moment.seat:
            about = "\n".join(line.plain for line in about_move(course, place, (), WIDE[0]))
            made = re.search(r"^by .*? · (.*) · \d\d:\d\d:\d\d$", about, re.MULTILINE)
            assert made, about
            players[words.seat(moment.seat)] = made[1]
    for track in map(words.track, scenario.tracks):
        assert re.search(rf" {re.escape(track)} +\S+ +{values[track]}\b", board)
    return Facts(
        scores={words.seat(seat): values[words.seat(seat)] for seat in scenario.seat_ids},
        tracks={words.track(track): values[words.track(track)] for track in scenario.tracks},
        deals=deals,
        rolls=list(rolls_in(said for place in course.places for said in course.happenings(place))),
        players=players,
    )


def a_deal(about: str, named: dict[str, str]) -> tuple[str, frozenset[str], str, str]:
    title, sides, *rest = about.split("\n")
    found = re.match(r"(\S+) and (\S+), signed in round (\d)", sides)
    assert found, sides
    fate = re.fullmatch(r"(?:R\d )?it (.+)", rest[-1])
    assert fate, rest
    return title, frozenset((named[found[1]], named[found[2]])), found[3], fate[1]


def rolls_in(said: Iterator[str]) -> Iterator[str]:
    """The rolls among sentences, without how they fell out."""
    return (one.rpartition(": ")[0] for one in said if ROLL.fullmatch(one))


# --- the report ----------------------------------------------------------------------------------------


def reported(story: Story) -> Facts:
    """The facts of the report in Markdown."""
    text = re.sub(r"\\(.)", r"\1", report(story, "md"))
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, letter)
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    seats = [cells(line) for line in parts["Result"].split("\n") if re.match(r"\| \d+ \|", line)]
    accounts = re.findall(r"^- \*\*(.+?)\*\* to start with \d+; (.*)\.$", parts["Result"], re.MULTILINE)
    table = [cells(line) for line in parts["Tracks and scores"].split("\n") if line.startswith("| ")]
    last = {row[0]: row[-1] for row in table if row[0]}
    parties = {
        Words(story.scenario).party(seat): Words(story.scenario).seat(seat) for seat in story.scenario.seats
    }
    deals = []
    for one in re.split(r"^### ", parts["Deals"], flags=re.MULTILINE)[1:]:
        title, sides = re.fullmatch(r"(.+) \((.+)\)|(.+)", one.partition("\n")[0]).groups()[:2]  # type: ignore[union-attr]
        signed, fate = SIGNED.search(one), re.search(r"^- It (.+?)(?: in round \d)?\.$", one, re.MULTILINE)
        if sides:
            assert signed
            assert fate
            deals.append(
                (title, frozenset(parties[side] for side in sides.split(" and ")), signed[1], fate[1])
            )
    dice = DICE.search(text)
    scores = {row[1]: row[3] for row in seats}
    assert scores == {
        name.removeprefix("*score* "): last[name] for name in last if name.startswith("*score* ")
    }
    return Facts(
        ranks=[row[1] for row in seats],
        scores=scores,
        margins={row[1]: row[4] for row in seats},
        fates={row[1]: row[5].replace("reached its line", "won") for row in seats},
        terms={name: account.split("; ") for name, account in accounts},
        tracks={name: value for name, value in last.items() if not name.startswith("*score* ")},
        deals=deals,
        rolls=list(rolls_in(line.removeprefix("- ") for line in parts["Timeline"].split("\n"))),
        dice=dice[0] if dice else None,
        players={row[1]: row[2].rpartition(" (")[0] for row in seats},
    )


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


# --- the tests -----------------------------------------------------------------------------------------


async def test_the_end_screen_tells_what_the_export_does(path: Path, export: Facts) -> None:
    """Ranks, scores, margins, fates, terms, hidden tracks, deals and dice."""
    shown = await ended(path)

    assert differences(shown, export) == {}
    assert shown.tracks


async def test_the_replay_tells_what_the_export_does(story: Story, export: Facts) -> None:
    """Scores, tracks, deals, every roll, and who played, at the last move."""
    assert differences(await replayed(story), export) == {}


def test_the_report_tells_what_the_export_does(story: Story, export: Facts) -> None:
    """All of it."""
    shown = reported(story)

    assert differences(shown, export) == {}
    assert None not in [getattr(shown, one.name) for one in fields(Facts)]


def test_home_tells_what_the_export_does(path: Path, story: Story, export: Facts) -> None:
    """The scores beside a finished game."""
    scores = {Words(story.scenario).seat(seat): signless(score) for seat, score in read_whole(path).scores}

    assert scores == export.scores


def test_what_a_seat_could_work_out_is_one_number_everywhere(story: Story) -> None:
    """In its own report, through its eyes in the replay, by terms, and for all in the export."""
    words, seats = Words(story.scenario), story.scenario.seat_ids
    end = [row for row in rows(story)["state"] if row["on_line"]][-1]
    for viewer in seats:
        page = re.sub(r"\\(.)", r"\1", report(story, "md", viewer))
        table = [cells(line) for line in page.split("\n") if re.match(r"\| [A-Z]", line)]
        shown = {row[0]: row[2] for row in table if len(row) == 4}
        accounts = dict(re.findall(r"^- \*\*(.+?)\*\* to start with (\d+.*)\.$", page, re.MULTILINE))
        seen = EyesCourse(story, viewer).lens(len(story.line) - 1)
        for seat in seats:
            name = words.seat(seat)
            parts = re.findall(r"([+−]?\d+)(?:;|$)", accounts[name])
            assert shown[name] == signless(seen.score(seat))
            assert sum(int(part.replace("−", "-")) for part in parts) == seen.score(seat)
    room = EyesCourse(story, ROOM).lens(len(story.line) - 1)
    assert {seat: room.score(seat) for seat in seats} == {seat: end[f"public.{seat}"] for seat in seats}


def test_a_step_of_a_track_is_of_the_same_round_in_the_charts_and_in_the_report(story: Story) -> None:
    """News that comes in with the last move of a round is of the round it opens."""
    page = re.sub(r"\\(.)", r"\1", report(story, "md"))
    told = sorted(re.findall(r"R(\d) (\d+)→(\d+) [^;]*?, m(\d+)[;.]", page))
    course = EyesCourse(story, EVERYTHING)
    tracks = [curve for curve in curves(course) if curve.key.startswith("track:")]
    lines = [line.plain for one in tracks for line in about_curves(course, (one,), 0, 400, 400)]
    shown = re.findall(r"m(\d+) +R(\d) .*?(\d+)→(\d+) ", "\n".join(lines))

    assert sorted((round_, old, new, move) for move, round_, old, new in shown) == told
    assert any(story.at(int(move)).round != int(round_) for round_, _old, _new, move in told)


def test_predictions_are_told_alike_in_the_replay_and_in_the_report(tmp_path: Path) -> None:
    """Median, middle half, what came of it, and every Brier score."""
    story = Story.open(a_game(tmp_path))
    page, shown = report(story, "md"), "\n".join(line.plain for line in prediction_lines(story, 300))
    middle = r"(median .*? %, the middle half .*? to .*? %)"
    asked = re.findall(middle + r"\. In the end (.*?)\. Brier score ([\d.]+)\.$", page, re.MULTILINE)
    [scores] = re.findall(r"coin scores a quarter\): (.*)\.$", page, re.MULTILINE)
    board = shown.partition("BRIER SCORES")[2]

    assert asked
    for half, came, brier in asked:
        assert f"{half}; {came}, Brier {brier}" in shown
    assert re.findall(r"[\d.]+(?=,|$)", scores) == re.findall(r" (\d\.\d+)$", board, re.MULTILINE)


def test_a_deal_stands_alike_on_the_board_and_in_the_list_of_the_replay(story: Story) -> None:
    """One that ran out is over in both, and has no word of the rules."""
    course, end = EyesCourse(story, EVERYTHING), len(story.line) - 1
    words, board = Words(story.scenario), [line.plain for line in deal_lines(course.lens(end), 300)]
    for item, entry in zip(deal_items(course, end, 300), course.deals[end], strict=True):
        if entry.deal.status != "running":
            stands = words.deal_stands(entry.deal.status)
            assert item.line.plain.endswith(f" {stands}")
            assert any(line.endswith(f"{words.deal(entry.deal.template)} {stands}") for line in board)


def test_a_change_is_counted_from_the_orders_before() -> None:
    """One sum in table, map and gauges: what the last orders, and the news since, have moved."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    lens = Lens(table, None)
    for track in honeymoon().tracks:
        moved = [
            one
            for one in lens.memory.of_track(track)
            if one.round == 3 or (one.round == 2 and one.phase != "news")
        ]
        by = lens.memory.recent(track, 3, "orders")

        assert by == (moved[-1].event.new - moved[0].event.old if moved else 0), track
