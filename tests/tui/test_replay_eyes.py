"""The replay through anybody's eyes: what those eyes saw then, and nothing that they could not see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tui.boards import LARGE, MILL
from tests.tui.glass import Marked, a_marked_folder, marks_in
from tests.tui.replays import a_card_laid_down, replaying, squeezed, turn_to
from tests.tui.test_privacy import may_know
from wargame import load_scenario
from wargame.debrief.perspective import EVERYTHING, ROOM, Perspective, sealed, seat_of
from wargame.debrief.story import Story
from wargame.record import Player
from wargame.rules.events import FinalScored
from wargame.rules.game import Game
from wargame.rules.scenario import Scenario
from wargame.rules.view import view
from wargame.table import Table
from wargame.table.table import Beat
from wargame.tui.kit.lines import Lines
from wargame.tui.replay.cards import SeatsThen
from wargame.tui.replay.eyes import EyesCourse
from wargame.tui.replay.stand import PAGES
from wargame.words import Words


async def test_eyes_go_round(example: Story) -> None:
    """e cycles through the room, the seats and everything; a digit chooses; the header says whose."""
    async with replaying(example, eyes=ROOM) as (app, screen, pilot):
        assert "eyes ‹0 the whole room›" in app.text
        seen = [screen.stand.eyes]
        for _ in range(7):
            await pilot.press("e")
            seen.append(screen.stand.eyes)
        assert seen == [ROOM, *example.scenario.seat_ids, EVERYTHING]
        assert "everything, secrets included" in app.text
        await pilot.press("3")
        assert "eyes ‹3 ●JP, as it was then›" in app.text
        await pilot.press("0")
        assert screen.stand.eyes is ROOM


async def test_a_click_on_a_seat_looks_through_its_eyes(example: Story) -> None:
    """Its card along the foot, wherever it sits in the order of play; the text in the middle is no seat."""
    async with replaying(example, size=LARGE) as (_app, screen, pilot):
        cards = screen.query_one(SeatsThen).children
        for card, seat in zip(cards, example.line[0].state.order, strict=True):
            await pilot.click(card)
            assert screen.stand.eyes == seat
        await pilot.click("#about")
        assert screen.stand.eyes == example.line[0].state.order[-1]


async def test_other_eyes_at_the_same_moment(example: Story) -> None:
    """Whoever looks, the game stays where it is: what one could not see is told from what it saw before."""
    moment, title, other = a_card_laid_down(example)
    async with replaying(example) as (app, screen, pilot):
        screen.go(moment.id)
        await pilot.pause()
        assert f"commits {title}" in squeezed(screen, "#about")
        assert "IT DID NOT" in squeezed(screen, "#about")
        assert f"move {moment.id} of" in app.text
        await pilot.press(str(example.scenario.seat_ids.index(other) + 1))
        assert title not in squeezed(screen)
        assert f"{Words(example.scenario).capital(other).upper()} KNOWS" in squeezed(screen, "#about")
        assert f"move {moment.id} of" not in app.text
        await pilot.press("9")
        assert screen.stand.place == moment.id


def test_hidden_moves_leave_no_trace(example: Story) -> None:
    """A seat and the room have only positions that differ for them: secret moves can't be counted."""
    laid = [one for one in example.line if one.move and one.move.verb == "commit"]
    assert len({card.seat for card in laid}) > 1
    every: tuple[Perspective, ...] = (ROOM, *example.scenario.seat_ids)
    for eyes in every:
        course = EyesCourse(example, eyes)
        for before, place in zip(course.places, course.places[1:], strict=False):
            moment = course.line[place]
            differs = course.view(course.line[before]) != course.view(moment)
            assert differs or course.happenings(place) or moment.seat == eyes or course.seen[place]
        assert not {card.id for card in laid if card.seat != eyes} & set(course.places)
    assert len(EyesCourse(example, ROOM).places) < len(EyesCourse(example, "japan").places)


def test_a_lens_shows_the_view_of_then(example: Story) -> None:
    """At every position a seat's lens holds that seat's view; at the end none of the others' secrets."""
    for seat in example.scenario.seat_ids:
        course = EyesCourse(example, seat)
        for place in course.places[:-1]:
            moment = example.line[place]
            if not moment.over:
                assert course.lens(place).view == view(moment.state, seat)
        end = course.lens(course.places[-1]).view
        assert end.agendas.keys() == {seat}
        assert end.hands.keys() == {seat}


@dataclass
class Then:
    """A position with what had happened, for the judgement of what might be known."""

    game: Game
    scenario: Scenario
    beats: list[Beat]


def then(story: Story, place: int) -> Then:
    """The truth after a move, without what the end of a game lays open."""
    beats = [
        Beat(
            m.id, m.round, m.phase, m.move, m.by, tuple(e for e in m.events if not isinstance(e, FinalScored))
        )
        for m in story.line[: place + 1]
    ]
    return Then(Game(sealed(story.line[place].state)), story.scenario, beats)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, dict[str, Marked]]:
    """A finished game of the small scenario in which every text that may be secret has a mark of its own."""
    folder = tmp_path_factory.mktemp("marked")
    marks = a_marked_folder(MILL, folder / "deck")
    scenario = load_scenario(folder / "deck")
    players = {seat: Player("greedy", seat) for seat in scenario.seat_ids}
    table = Table.start(scenario, players, seed=3, rounds=3, folder=folder, name="marked")
    list(table.advance())
    table.close()
    return Story.open(folder / "marked.wargame"), marks


@pytest.mark.soak
@pytest.mark.parametrize("eyes", [ROOM, "amber", "birch", "cedar"])
async def test_no_hidden_card_is_shown(marked: tuple[Story, dict[str, Marked]], eyes: Perspective) -> None:
    """What is told of a position names nothing that its viewer might not know then, and nowhere else is
    anything that it never learnt; everything's eyes do see more.
    """
    story, marks = marked
    last = may_know(then(story, len(story.line) - 1), seat_of(eyes))  # type: ignore[arg-type]
    glimpsed: set[str] = set()
    async with replaying(story, size=(140, 50), eyes=eyes) as (app, screen, pilot):
        for place in screen.stand.course.places:
            screen.go(place)
            await pilot.pause()
            known = may_know(then(story, place), seat_of(eyes))  # type: ignore[arg-type]
            told = "".join(screen.query_one(name, Lines).text for name in ("#about", "#tracks"))
            assert {marks[mark].id for mark in marks_in(told) & marks.keys()} <= known, place
            glimpsed |= marks_in(app.text) & marks.keys()
        for page in PAGES:
            turn_to(screen, page)
            for place in screen.stand.course.places[::9]:
                screen.go(place)
                await pilot.pause()
                glimpsed |= marks_in(app.text) & marks.keys()
        assert {marks[mark].id for mark in glimpsed} <= last
        screen.look_through(EVERYTHING)
        turn_to(screen, "moves")
        whole: set[str] = set()
        for place in range(0, len(story.line), 3):
            screen.go(place)
            await pilot.pause()
            whole |= marks_in(app.text) & marks.keys()

    assert {marks[mark].id for mark in whole} - last
    assert eyes is ROOM or any(marks[mark].file == eyes for mark in glimpsed)


@pytest.mark.parametrize("page", ["turning", "lines", "predictions"])
async def test_pages_of_the_whole_truth_are_for_its_eyes(evening: Path, page: str) -> None:
    """What is worked out from all secrets is not shown to a seat, whatever key is pressed."""
    async with replaying(Story.open(evening), eyes="amber") as (app, screen, pilot):
        turn_to(screen, page)
        await pilot.press("enter", "c", "down")
        assert "made from the whole truth" in app.text
        assert "to read it." in " ".join(app.text.split())
        assert not screen._search.on
        await pilot.press("9")
        assert "made from the whole truth" not in app.text
