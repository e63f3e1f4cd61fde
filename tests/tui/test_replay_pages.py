"""The pages of the replay: charts, turning points, deals, lines, history, predictions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.debrief.games import (
    a_facilitated_game,
    a_game_with_branches,
    a_secret_deal,
    a_table,
    a_whole_honeymoon,
    play,
)
from tests.pictures import EVENING
from tests.rules.boards import mini
from tests.tui.boards import LARGE, SMALL, Around
from tests.tui.games import settled
from tests.tui.replays import replaying, squeezed, turn_to, typed
from wargame.counting import several
from wargame.debrief.curves import compare
from wargame.debrief.dated_events import dated_events, told
from wargame.debrief.decisions import decisions
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective
from wargame.debrief.phrasing import text_of, words_for
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.timeline import reported
from wargame.debrief.turning import LEAST, Progress, found, study
from wargame.debrief.turning_points import turnings
from wargame.rulebook.markdown import marked_down
from wargame.rules.events import TrackMoved
from wargame.rules.pieces import SILENT
from wargame.tui.kit.lines import Lines
from wargame.tui.kit.paint import seat_badge
from wargame.tui.replay.branches import about_lines
from wargame.tui.replay.charts import NAMED, about_curves, curves
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.pages import about_deal, move_rows
from wargame.tui.replay.replay import ReplayScreen
from wargame.tui.replay.search import Pace
from wargame.tui.replay.stand import PAGES
from wargame.words import Words
from wargame.words.en.grammar import capital
from wargame.words.pages import replay as playouts

FEW = LEAST
HUGE = (200, 60)


@pytest.mark.soak
@pytest.mark.parametrize("processes", [1, 2])
async def test_turning_points_are_found_and_kept(evening: Path, processes: int) -> None:
    """Enter looks for them in the background; they are shown, kept beside the save, there the next time."""
    story = Story.open(evening)
    async with replaying(story, size=LARGE, playouts=FEW, processes=processes) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.press("enter")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        assert "CHANCE TO REACH ITS LINE" in app.text
        assert f"{FEW} playouts by greedy bots" in squeezed(screen)
        assert screen.stand.status.startswith("Turning points are found")
    async with replaying(Story.open(evening), size=LARGE, playouts=FEW) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        assert "CHANCE TO REACH ITS LINE" in app.text
        found = screen.stand.turning
    assert found is not None
    assert found[0].playouts == FEW


async def test_findings_of_fewer_playouts_are_not_shown_as_more(evening: Path) -> None:
    """Who looks with more playouts is asked to look again."""
    story = Story.open(evening)
    bots = dict.fromkeys(story.scenario.seat_ids, "greedy")
    found(study(story, bots, playouts=FEW))
    async with replaying(Story.open(evening), size=LARGE, playouts=2 * FEW) as (_app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        assert screen.stand.turning is None
        assert "Enter looks for them" in squeezed(screen)


async def test_what_is_found_elsewhere_meanwhile_is_shown(evening: Path) -> None:
    """The end screen works it out in the background; a page that stands open takes it in."""
    story = Story.open(evening)
    async with replaying(Story.open(evening), size=LARGE, playouts=FEW) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        looked_at = several(len(decisions(story, "person")), "decision")
        assert f"{looked_at}, up to {FEW} playouts each" in squeezed(screen)
        found(study(story, dict.fromkeys(story.scenario.seat_ids, "greedy"), playouts=FEW))
        for _ in range(100):
            if screen.stand.turning is not None:
                break
            await pilot.pause(0.1)
        await pilot.pause()
        assert "CHANCE TO REACH ITS LINE" in app.text


def test_the_time_that_is_left_follows_from_the_pace() -> None:
    """What was worked out before it went on took no time, and each stage has a pace of its own."""
    pace = Pace()
    steps = (0, "decisions", 500), (60, "decisions", 600), (120, "decisions", 900), (121, "beliefs", 0)
    left = [pace.left(Progress(stage, done, 1000), now) for now, stage, done in steps]

    assert left == [None, 240, 30, None]
    assert [playouts.progress("x", 1, 2, one) for one in (None, 29, 31, 241)] == [
        "x: 1 of 2 playouts ",
        "x: 1 of 2 playouts, less than a minute to go ",
        "x: 1 of 2 playouts, about 1 minute to go ",
        "x: 1 of 2 playouts, about 4 minutes to go ",
    ]


@pytest.mark.soak
async def test_the_replay_tells_turning_points_as_the_report_does(evening: Path) -> None:
    """Sentence for sentence, and what could have been seen."""
    story = Story.open(evening)
    bots = dict.fromkeys(story.scenario.seat_ids, "greedy")
    turning = found(study(story, bots, playouts=96))
    pages = turnings(story, Words(story.scenario), turning)
    markdown = " ".join(report(story, "md", turning=turning).split())
    async with replaying(Story.open(evening), size=HUGE, playouts=96) as (_app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        assert pages.turns
        for turn in pages.turns:
            for sentence in (pages.seen, turn.head, turn.said, turn.loss, turn.dice):
                if sentence is not None:
                    assert text_of(sentence) in squeezed(screen)
                    assert marked_down(text_of(sentence)) in markdown
            await pilot.press("down")


async def test_the_bots_decisions_are_looked_at_on_request(tmp_path: Path) -> None:
    """`b` looks at them too, and they come after those of people."""
    table = a_table(tmp_path, mini(), ("amber",), seed=3, name="one")
    play(table, 12)
    table.close()
    story = Story.open(tmp_path / "one.wargame")
    async with replaying(story, size=LARGE, playouts=FEW) as (_app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.press("enter")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        people = screen.stand.turning
        await pilot.press("b")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        everybody = screen.stand.turning
    assert people is not None
    assert everybody is not None
    assert people[0].decisions < everybody[0].decisions == everybody[0].looked
    assert everybody[0].who == "all"


async def test_a_search_that_was_stopped_is_shown_and_goes_on(evening: Path) -> None:
    """What was found by then is there, says so, and `b` goes on where it was."""
    story = Story.open(evening)
    bots = dict.fromkeys(story.scenario.seat_ids, "greedy")
    steps = study(story, bots, playouts=FEW)
    while next(steps).done < 4 * FEW:
        pass
    steps.close()
    async with replaying(Story.open(evening), size=LARGE, playouts=FEW) as (_app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.pause()
        before = screen.stand.turning
        assert "were looked at yet" in squeezed(screen)
        await pilot.press("b")
        await screen.workers.wait_for_complete()
        await pilot.pause()
        after = screen.stand.turning
    assert before is not None
    assert after is not None
    assert before[0].stopped
    assert not after[0].stopped
    assert before[0].decisions == after[0].looked


@pytest.mark.soak
async def test_leaving_stops_the_search(evening: Path) -> None:
    """Esc leaves at once, also while bots play on."""
    async with replaying(Story.open(evening), playouts=500) as (app, screen, pilot):
        turn_to(screen, "turning")
        await pilot.press("enter")
        while screen.stand.progress is None:
            await pilot.pause(0.02)
        assert "playouts" in app.text
        study = screen._search._study
        await pilot.press("escape")
        await pilot.pause()
        assert app.left
        assert study is not None
        assert study._stop.is_set()


async def test_charts_show_what_the_eyes_saw(example: Story) -> None:
    """A hidden track is charted for those who see it; the lit one is drawn large with what moved it."""
    async with replaying(example, size=LARGE, eyes="japan") as (app, screen, pilot):
        turn_to(screen, "charts")
        await pilot.pause()
        assert "Allied intell" in app.text
        assert "Trust" not in app.text
        assert screen.stand.lit is not None
        while screen.stand.lit.key != "track:brink":
            await pilot.press("down")
        assert "BRINK" in app.text
        assert "→" in app.text
        await pilot.press("9")
        assert "Trust" in app.text


def test_a_badge_stands_before_its_own_part_of_a_step(example: Story) -> None:
    """Of a score that changed by two things one is a seat's doing, and for the other nobody is named."""
    course = EyesCourse(example, ROOM)
    steps = [(curve, one) for curve in curves(course) for one in curve.steps if len(one.parts) > 1]
    mixed = [(curve, one) for curve, one in steps if {bool(part.by) for part in one.parts} == {True, False}]
    assert mixed
    for curve, one in mixed:
        told = []
        for part in one.parts:
            badges = part.by if len(part.by) <= NAMED else ()
            told.append(" ".join((*(seat_badge(example.scenario, seat).plain for seat in badges), part.why)))
        rows = about_curves(course, (curve,), one.place, 200, 60)
        assert any(f"{one.old}→{one.new} {', '.join(told)}" in row.plain.rstrip() for row in rows)


def test_of_a_secret_deal_its_phrase_was_public(evening_course: EyesCourse) -> None:
    """And not that it was public: what the two agreed on is said to be secret."""
    course = evening_course
    secret = [
        one for one in course.deals[-1] if one.deal.secret and one.published and one.deal.words != SILENT
    ]
    assert secret
    for one in secret:
        told = " ".join(" ".join(line.plain for line in about_deal(course, -1, one, 78)).split())
        phrase = Words(course.story.scenario).communique(one.deal.a, one.deal.b, one.deal.words)
        assert f"the public heard of it in round {one.published} as “{phrase}”" in told
        assert "public since" not in told


@pytest.fixture(scope="module")
def evening_course(example: Story) -> EyesCourse:
    """The shipped game as it truly was."""
    return EyesCourse(example, EVERYTHING)


async def all_deals(screen: ReplayScreen, pilot: Pilot[None]) -> str:
    """The page on every deal of the ledger, one after another."""
    told = []
    for _ in screen.stand.course.deals[screen.stand.place]:
        told.append(squeezed(screen, "#about"))
        await pilot.press("down")
    return "\n".join(told)


async def test_deals_are_those_that_were_known(example: Story) -> None:
    """The ledger grows with the game; a secret deal is in that of its sides; Enter goes to its signing."""
    moment, deal = a_secret_deal(example)
    title = Words(example.scenario).deal(deal.template)
    third = next(seat for seat in example.scenario.seat_ids if seat not in (deal.a, deal.b))
    async with replaying(example, size=LARGE, eyes="japan") as (app, screen, pilot):
        turn_to(screen, "deals")
        await pilot.pause()
        assert "no deal is known" in app.text
        screen.look_through(deal.a)
        screen.go(moment.id)
        await pilot.pause()
        assert title in await all_deals(screen, pilot)
        screen.look_through(third)
        await pilot.pause()
        assert title not in await all_deals(screen, pilot)
        screen.look_through(EVERYTHING)
        await pilot.press("enter")
        assert "sign" in "".join(screen.stand.course.happenings(screen.stand.place))


async def test_history_stands_beside_the_game(example: Story) -> None:
    """What was reported, round by round, and the headlines of this game up to here."""
    words = Words(example.scenario)
    place, news = next(
        (one.move, line)
        for one in dated_events(example.line[1:])
        if one.event.to is None and (line := words.headline(one.event))
    )
    screen = ReplayScreen(example, reported(example))
    app = Around(screen)
    async with app.run_test(size=(200, 60)) as pilot:
        turn_to(screen, "history")
        await pilot.pause()
        assert "Two thousand containers" in app.text
        assert news not in app.text
        screen.go(place)
        await pilot.pause()
        assert news in app.text


async def test_predictions_are_scored(evening: Path) -> None:
    """Median, spread and Brier score of what the seats held likely."""
    async with replaying(Story.open(evening)) as (app, screen, pilot):
        turn_to(screen, "predictions")
        await pilot.pause()
        assert "How likely is it that the evening ends in the fire?" in app.text
        assert "median 60 %" in app.text
        assert "BRIER SCORES, BEST FIRST" in app.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_page_fits(evening: Path, size: tuple[int, int]) -> None:
    """All pages at both sizes, from the beginning to the end, with what frames them in its place."""
    async with replaying(Story.open(evening), size=size) as (app, screen, pilot):
        for page in PAGES:
            turn_to(screen, page)
            for place in (0, 10, screen.stand.course.places[-1]):
                screen.go(place)
                await pilot.pause()
                lines = app.text.split("\n")
                assert page.upper() in lines[3 if size == SMALL else 4]
                assert lines[0].startswith(" REPLAY evening")
                assert "step" in lines[size[1] - 1]


async def test_two_lines_side_by_side(evening: Path) -> None:
    """The lines of a save, the lit one beside the one looked at, and the view along it; also another save."""
    story = Story.open(evening)
    other = next(line for line in story.lines() if line.tip != story.tip)
    async with replaying(story, size=LARGE) as (app, screen, pilot):
        screen.go(12)
        await typed(pilot, "x", "otherwise")
        turn_to(screen, "lines")
        await pilot.pause()
        assert "The line looked at." in app.text or f"It parts after move {other.parted}." in app.text
        while screen.stand.lit is None or screen.stand.lit.key != f"line:{other.tip}":
            await pilot.press("down" if screen.stand.row == 0 else "up")
        assert "Left with an undo." in app.text
        await pilot.press("c")
        common = compare(story, story.along(other.tip)).common
        assert f"{common} moves are the same, then they part:" in app.text
        await pilot.press("enter")
        assert screen.stand.story.tip == other.tip
        assert f"line {other.number} of 2" in app.text
        screen._along(story.tip)
        screen.stand.rows["lines"] = [line.tip for line in story.lines()].index(story.tip)
        await typed(pilot, "c", "otherwise")
        await settled(pilot)
        assert "12 moves are the same, then they part:" in app.text
        assert "otherwise  ends there" in app.text


async def test_two_lines_are_legible_on_a_small_screen(evening: Path) -> None:
    """At 80 columns nothing is cut: where they part, every score and track that is not the same, who won."""
    story = Story.open(evening)
    other = story.along(next(line.tip for line in story.lines() if line.tip != story.tip))
    found = compare(story, other)
    async with replaying(story) as (app, screen, pilot):
        turn_to(screen, "lines")
        screen.stand.rows["lines"] = [line.tip for line in story.lines()].index(other.tip)
        await pilot.press("c")
        about = screen.query_one("#about", Lines)
        shown = about.text
        assert all(line.cell_length <= about.size.width for line in about.lines)
        assert "…" not in shown
        for track, pairs in found.tracks.items():
            one, two = pairs[-1]
            named = words_for(found.last.state).track(track)
            row = next(line for line in shown.split("\n") if named in line)
            assert one == two or f"{one}/{two}" in row
        for short in (seat.short for seat in story.scenario.seats.values()):
            assert any(line.startswith(f"{short}", 1) for line in shown.split("\n"))
        assert "SCORES" in app.text
        await pilot.press("escape")
        assert screen.stand.comparison is None
        assert not app.left


@pytest.mark.parametrize("width", [76, 96, 116, 196])
def test_no_name_of_a_track_is_cut_beside_another_line(width: int) -> None:
    """Names get the columns that the numbers leave; only the key of the page may have to give way."""
    story = Story.open(EVENING)
    other = next(line for line in story.lines() if line.tip != story.tip)
    lines = about_lines(compare(story, story.along(other.tip)), ("line 4", "line 1"), width)
    shown = "\n".join(line.plain for line in lines)

    assert all(line.cell_length <= width for line in lines)
    for track in story.scenario.tracks:
        assert f"{words_for(story.end.state).track(track)} " in shown


async def test_a_heading_draws_many_curves(example: Story) -> None:
    """All scores in one chart, each with its seat's mark; below, the moves that made the steps and why."""
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        turn_to(screen, "charts")
        await pilot.press("right_square_bracket")
        shown = screen.query_one("#about", Lines).text
        marks = [seat.symbol for seat in example.scenario.seats.values()]
        grid, steps = shown.split("STEPS")
        for mark in marks:
            assert grid.count(mark) > 2
        assert "▸" in steps
        assert f"m{screen.stand.place}" in steps


async def test_a_step_names_whose_doing_it_was(example: Story) -> None:
    """Beside a step stands the seat whose card moved the track, whoever ended a turn at that moment."""
    scenario = example.scenario
    owner = {card: seat for seat, deck in scenario.decks.items() for card in deck}
    every = told(example.line, EVERYTHING, example.scenario.seat_ids)
    of_tracks = [(one.move, one.event) for one in every if isinstance(one.event, TrackMoved)]
    others = set()
    for curve in curves(EyesCourse(example, EVERYTHING)):
        track = curve.key.removeprefix("track:")
        moved = ((move, event) for move, event in of_tracks if event.track == track)
        for step, (move, event) in zip(curve.steps, moved, strict=False):
            seat = owner.get(event.cause.removeprefix("card/"))
            if seat is not None:
                assert [part.by for part in step.parts] == [(seat,)]
                if seat != example.at(move).seat:
                    others.add((move, track, step.old, step.new, seat))
    assert len(others) > 3
    move, track, old, new, seat = min(others)
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        turn_to(screen, "charts")
        screen.go(screen.stand.place_of(move))
        while screen.stand.group.key != f"track:{track}":
            await pilot.press("down")
        about = screen.query_one("#about", Lines).text.split("\n")
        row = next(line for line in about if f"m{move} " in line and f" {old}→{new} " in line)
        assert f" {scenario.seats[seat].symbol}" in row
        assert scenario.seats[example.at(move).seat].symbol not in row


def test_an_inject_is_called_by_its_title(tmp_path: Path) -> None:
    """What a card written on the spot moved is told with its title, from the first page of the charts on."""
    course = EyesCourse(Story.open(a_facilitated_game(tmp_path)), EVERYTHING)
    why = [part.why for curve in curves(course) for step in curve.steps for part in step.parts]

    assert "A stranger (white cell)" in why
    assert not [said for said in why if re.search(r"white [0-9a-f]{12}", said)]


async def test_curves_are_laid_over_each_other(example: Story) -> None:
    """c lays the lit curve over the others and takes it off; what has another range says which."""
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        turn_to(screen, "charts")
        await pilot.press("down", "c")
        while screen.stand.group.key != "track:brink":
            await pilot.press("down")
        assert [curve.key for curve in screen.stand.drawn] == ["seat:rok", "track:brink"]
        assert "of 0–10" in screen.query_one("#about", Lines).text
        await pilot.press("c")
        assert screen.stand.laid_over == {"seat:rok", "track:brink"}
        await pilot.press("c")
        assert screen.stand.laid_over == {"seat:rok"}


@pytest.mark.soak
async def test_enter_goes_from_step_to_step(example: Story) -> None:
    """On the charts Enter stands on the next move that changed what is drawn, at last on the first again."""
    tracks = [curve for curve in curves(EyesCourse(example, EVERYTHING)) if curve.key.startswith("track:")]
    restless = max(tracks, key=lambda curve: len(curve.steps)).key
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        turn_to(screen, "charts")
        await pilot.press("down")
        while screen.stand.group.key != restless:
            await pilot.press("down")
        places = sorted({step.place for step in screen.stand.group.curves[0].steps})
        screen.go(len(example.line) - 1)
        stood = []
        for _ in range(len(places) + 1):
            await pilot.press("enter")
            stood.append(screen.stand.place)

    assert stood == [*places, places[0]]
    assert len(places) > 3


@pytest.mark.parametrize("eyes", [EVERYTHING, ROOM, "dprk"])
def test_what_made_a_score_adds_up(example: Story, eyes: Perspective) -> None:
    """The parts that a step of a score names are the whole of the step, whoever looks."""
    for curve in curves(EyesCourse(example, eyes)):
        if curve.key.startswith("seat:"):
            assert curve.steps
            for one in curve.steps:
                parts = [part.why.rsplit(" ", 1)[1].replace("−", "-") for part in one.parts]
                assert sum(map(int, parts)) == one.new - one.old


@pytest.mark.parametrize("size", [LARGE, (200, 60)])
async def test_a_row_of_the_board_is_one_line(size: tuple[int, int]) -> None:
    """Beside a map, too, a track has one line with its value, name and change."""
    story = Story.open(a_whole_honeymoon())
    async with replaying(story, size=size) as (app, screen, pilot):
        turn_to(screen, "board")
        screen.go(len(story.line) - 1)
        await pilot.pause()
        board = screen.query_one("#list", Lines)
        rows = [line.plain for line in board.lines if line.plain.strip()]
        assert all(line.cell_length <= board.size.width for line in board.lines)
        assert any("▲" in row or "▼" in row for row in rows)
        words, shown = screen.stand.course.lens(0).words, app.text.split("\n")
        for track, spec in story.scenario.tracks.items():
            names = {words.track(track), words.said(spec.short) or words.track(track)}
            assert sum(any(f" {name} " in row for name in names) for row in rows) == 1
        assert all(any(row.rstrip() in below for below in shown) for row in rows)


def test_lines_that_part_by_luck_say_so(tmp_path: Path) -> None:
    """After a rewind the same move may fall out otherwise; then the move is not why they part."""
    story = Story.open(a_game_with_branches(tmp_path))
    found = compare(*(story.along(line.tip) for line in story.lines()))
    ends = replace(found, other_next=None)
    luck, end = (
        " ".join(line.plain for line in about_lines(one, ("line 1", "line 2"), 78)) for one in (found, ends)
    )

    assert found.one_next is not None
    assert found.other_next is not None
    assert found.one_next.move == found.other_next.move
    assert "The move is the same" in luck
    assert "The move is the same" not in end


def test_in_the_list_of_moves_the_sign_says_who_and_the_sentence_begins_with_what() -> None:
    """'◐SK Chooses: …', so that what was chosen is to be read where there is little room."""
    story = Story.open(EVENING)
    course = EyesCourse(story, ROOM)
    names = [capital(words_for(course.line[0].state).party(seat)) for seat in story.scenario.seat_ids]
    told = [row.plain for row in move_rows(course, 0, 200, len(course.places), ())]

    assert any(re.search(r"◐SK Chooses: ", row) for row in told)
    for name in names:
        assert not any(re.search(rf"[A-Z]{{2}} {re.escape(name)} ", row) for row in told)
