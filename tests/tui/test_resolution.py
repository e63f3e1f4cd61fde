"""What everybody watches: every public change once, in order, and nothing that is not public."""

from __future__ import annotations

import re
from typing import Any

import pytest
from textual.widgets import Static

from tests.host.tables import SEATS, Hosted, end
from tests.rules.boards import score_before_all
from tests.tui.boards import (
    LARGE,
    SMALL,
    Around,
    a_deal,
    a_question,
    a_table,
    go_on,
    honeymoon,
    mill,
    painted,
    until,
)
from tests.tui.games import settled
from wargame import load_scenario
from wargame.debrief.dated_events import SILENT, Happening, Step, steps_of, told
from wargame.debrief.perspective import ROOM
from wargame.record import Player
from wargame.rules.events import (
    CardPlayed,
    CardRevealed,
    ChoiceMade,
    DiceRolled,
    Event,
    NewsCame,
    QuietMoveMade,
    TrackMoved,
    common_knowledge,
)
from wargame.rules.moves import Answer, Choose, Commit, Offer
from wargame.table.live import NEWS, Shown
from wargame.table.seen import SeenTable
from wargame.table.table import Table
from wargame.tui.board.log import entries
from wargame.tui.kit.digits import HIGH, LOW, large
from wargame.tui.kit.guard import SETTLE
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Memory
from wargame.tui.kit.rows import Rows
from wargame.tui.map.view import MapView
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.settings import Settings
from wargame.tui.wall.screens import WallRecapScreen
from wargame.tui.watch import faces, lists
from wargame.tui.watch.course import CARD, REVEAL, Page
from wargame.tui.watch.dice import odds_lines
from wargame.tui.watch.resolution import ResolutionScreen
from wargame.tui.watch.scores import ScoreCard
from wargame.tui.watch.show import SECONDS, TURNING, Frame, frames_of, turning_card
from wargame.words import Words
from wargame.words.pages import kit


def events_of(table: Table) -> list[Event]:
    return [event for beat in table.beats for event in beat.events]


def a_played_round() -> Table:
    """Amber and Birch have played a card each; round 2 stands before its orders."""
    table = until(a_table(seed=3), 1, seat="amber")
    card = table.view("amber").hands["amber"][0]
    go_on(table, Commit("amber", card))
    return until(table, 2)


async def test_enter_goes_step_by_step_to_the_state_of_the_world() -> None:
    """Each Enter tells one step more; after the last comes how the world stands, then the game goes on."""
    table = a_played_round()
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        pages = [app.text]
        for _ in range(40):
            await pilot.press("enter")
            await pilot.pause()
            if app.left:
                break
            pages.append(app.text)
        assert app.left
        assert "STATE OF THE WORLD" in pages[-1]
        assert not any("STATE OF THE WORLD" in page for page in pages[:-1])
        assert screen.reached == len(screen.pages) - 1
        assert app.result == [beat.id for beat in table.beats]


async def test_the_end_is_told_as_what_it_is() -> None:
    """Nothing is kept secret about it, and it is said once."""
    table = a_table(load_scenario("tutorial"), bots=("north", "south"), seed=1)
    app = Around(screen := ResolutionScreen(table, table.beats))
    pages = []
    async with app.run_test(size=SMALL) as pilot:
        while not app.left and screen.reached < len(screen.pages) - 1:
            await pilot.press("enter")
            await pilot.pause()
            pages.append(app.text)

    assert not any(kit.UNKNOWN in page.lower() for page in pages)
    assert any("━ THE LAST ROUND IS OVER ━" in page for page in pages)
    assert not any("The last round is over." in page for page in pages)


def paragraph(text: str) -> str:
    """What stands in the card on the map, without its frame and the map around."""
    lines = (line.split("┃")[1] for line in text.splitlines() if line.count("┃") >= 2)
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("late", [True, False])
async def test_a_choice_that_the_clock_made_is_told_as_one_where_it_is_told_next(late: bool) -> None:
    """Whether nobody answered or somebody did; the log says the same of it."""
    table, seat = a_question()
    shown, words = len(table.beats), Words(table.scenario)
    choice = table.game.legal_moves()[0]
    asked = words.party(seat)
    beat = table.time_up() if late else table.play(choice)
    text = await painted(ResolutionScreen(table, table.beats[shown:]), LARGE)
    log = [line.plain for line in entries(Lens(table, None), table)]

    path = next(event.path for event in beat.events if isinstance(event, ChoiceMade))
    label = words.deed(choice, path).partition(": ")[2]
    said = {
        True: f"{asked} had not answered when the time was up: {label}.",
        False: f"{asked} chooses: {label}.",
    }
    assert said[late] in paragraph(text)
    assert said[not late] not in paragraph(text)
    assert [line for line in log if said[late] in line]
    assert not [line for line in log if said[not late] in line]


async def reveal(table: SeenTable, round_: int = 1) -> str:
    """What stands on the page on which that round's cards are turned over."""
    screen = ResolutionScreen(table, [beat for beat in table.beats if beat.round == round_])
    screen.reached = next(at for at, page in enumerate(screen.pages) if lists.is_turned_over(page, round_))
    return " ".join((await painted(screen, (100, 45))).replace("│", " ").split())


UNANSWERED, REFUSED = (
    "Birch has not answered “Bread for coin”: the offer is off",
    "Birch turns down “Bread for coin”, offered by Amber",
)


@pytest.mark.parametrize("people", [("amber",), ("amber", "birch"), ("birch",)])
async def test_what_became_of_an_offer_is_told_at_the_reveal_to_who_sits_alone(
    people: tuple[str, ...],
) -> None:
    """Where several look on, or nobody whose offer it was, it is not told before all."""
    table = until(a_table(), 1, seat="amber")
    table.play(Offer("amber", "bread-for-coin", "large", "secret", 2))
    until(table, 2)
    table.players.update({seat: Player("random", seat) for seat in SEATS if seat not in people})

    text = await reveal(table)
    assert (UNANSWERED in text) == (people == ("amber",))
    assert ("all may look" not in text) == (people == ("amber",))


async def test_the_wall_tells_nothing_of_an_offer_whoever_sits_alone_before_the_keyboard() -> None:
    table = until(a_table(bots=("birch", "cedar")), 1, seat="amber")
    table.play(Offer("amber", "bread-for-coin", "large", "secret", 2))
    until(table, 2)
    screen = WallRecapScreen(table, Shown(NEWS))
    screen.reached = next(at for at, page in enumerate(screen.pages) if lists.is_turned_over(page, 1))

    text = await painted(screen, (100, 45))
    assert "Bread for coin" not in text
    assert "all may look" in text
    assert UNANSWERED in await reveal(table)


@pytest.mark.parametrize("reply", ["", "no"])
async def test_at_a_screen_of_ones_own_it_is_told_to_the_proposer_alone(reply: str) -> None:
    """Neither the partner, who knows what they did, nor anybody else."""
    hosted = Hosted(least=0.0).past_talk()
    for face in hosted.in_order():
        if face.seat == "amber":
            face.play(Offer("amber", "bread-for-coin", "large", "secret", 2))
        end(face)
    while hosted.table.game.state.round == 1:
        seat = str(hosted.table.seat_to_play)
        moves = hosted.table.game.legal_moves()
        answers = (move for move in moves if isinstance(move, Answer) and move.reply == reply)
        hosted.faces[seat].play(next(answers, moves[0]))
    texts = {seat: await reveal(face) for seat, face in hosted.faces.items()}
    texts["room"] = await reveal(hosted.course.face(None))

    told = REFUSED if reply else UNANSWERED
    assert [seat for seat, text in texts.items() if told in text] == ["amber"]
    assert [seat for seat, text in texts.items() if "Bread for coin" in text] == ["amber"]


@pytest.mark.parametrize("seed", [1, 3])
def test_tracks_are_told_in_the_order_they_moved(seed: int) -> None:
    """From step to step each track goes on from where the step before left it."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=3)
    moved = [e for step in steps_of(told(table.beats, ROOM, honeymoon().seat_ids)) for e in step.events]
    at: dict[str, int] = {}
    for event in moved:
        if isinstance(event, TrackMoved):
            assert at.get(event.track, event.old) == event.old
            at[event.track] = event.new

    assert len(at) > 5


async def test_w_says_all_that_a_card_does() -> None:
    """The words of a card are a key away, to the last full stop, and not in the way before."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=1, rounds=1)
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        while not isinstance(screen.page.steps[-1].head, CardPlayed):
            await pilot.press("enter")
        assert "\nwhy " not in app.text
        await pilot.press("w")
        said = screen.why("")
        assert said.endswith(".")
        assert said.split()[-1] in app.text.partition("\nwhy ")[2]
        await pilot.press("w")
        assert "\nwhy " not in app.text


async def test_a_page_that_is_not_reached_is_not_told() -> None:
    """Nothing of a later page is read before it: neither its changes, nor on the map, nor in the scores."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, [beat for beat in table.beats if beat.round >= 2]))
    async with app.run_test(size=LARGE) as pilot:
        for nth in range(len(screen.pages) - 1):
            later = [event for page in screen.pages[nth + 1 :] for event in page.events]
            moved = [event for event in later if isinstance(event, TrackMoved)]
            before = {event.track: event.old for event in reversed(moved)}
            shown = {track: screen.lens.view.tracks[track] for track in before}
            assert shown == before
            await pilot.press("enter")
            await pilot.pause()
        assert dict(screen.lens.view.tracks) == dict(table.view(None).tracks)
        for seat in honeymoon().seat_ids:
            assert screen.lens.score(seat) == score_before_all(table.game.state, seat, events_of(table))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_page_has_the_room_that_there_is_when_it_comes(size: tuple[int, int]) -> None:
    """Not that which the page before left: drawn anew at the same size it looks the same."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for page in range(len(screen.pages)):
            screen.turn_to(page, shown=False)
            await settled(pilot)
            came = app.text
            await pilot.resize_terminal(100, 30)
            await settled(pilot)
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert app.text == came


@pytest.mark.parametrize("seed", range(3))
def test_what_is_said_of_scores_adds_up(seed: int) -> None:
    """Over a whole game the changes that were told lead from the first score to the last."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed)
    course = ResolutionScreen(table, table.beats).course
    first, last = (course.lens(told, course.pages[0]) for told in (0, course.end))
    for seat in honeymoon().seat_ids:
        said = sum(moved.by for moved in course.scored(0, course.end) if moved.seat == seat)

        whole = score_before_all(table.game.state, seat, events_of(table))
        assert first.score(seat) + said == last.score(seat) == whole


@pytest.mark.parametrize("seed", [1, 3])
def test_scores_and_tracks_count_their_changes_from_the_same_moment(seed: int) -> None:
    """On each page: what has moved a track since the last orders is what has moved the scores since."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=4)
    course = ResolutionScreen(table, [beat for beat in table.beats if beat.round >= 2]).course
    for page in course.pages:
        told = [one.event for one in course.line[course.begun(page) : page.last]]
        memory = course.lens(page.last, page).memory
        for track in honeymoon().tracks:
            moved = [one for one in told if isinstance(one, TrackMoved) and one.track == track]
            by = sum(one.new - one.old for one in moved)

            assert memory.recent(track, page.round, page.phase) == by, (page.kind, page.phase, track)


@pytest.mark.parametrize("seed", [1, 3])
async def test_what_is_turned_over_is_named_in_full_also_on_a_small_screen(seed: int) -> None:
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=4)
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        while not app.left:
            if screen.page.kind == REVEAL:
                cards = [str(card.render()) for card in screen.query(ScoreCard)]
                laid = [e.card for e in screen.page.events if isinstance(e, CardRevealed)]
                said = " ".join(" ".join(cards).split())

                assert [card for card in laid if Words(table.scenario).card(card) not in said] == []
            await pilot.press("enter")


async def test_skip_goes_to_the_end_of_one_phase_after_the_other() -> None:
    """s leaves out cards, but no phase: news, reveal, resolution, upkeep, the next news and the summary."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, [beat for beat in table.beats if beat.round == 2]))
    async with app.run_test(size=SMALL) as pilot:
        last = {(page.chapter, page.kind == "world"): at for at, page in enumerate(screen.pages)}
        seen = [screen.reached]
        while not app.left:
            await pilot.press("s")
            seen.append(screen.reached)
        assert "STATE OF THE WORLD" not in app.text

    stops = sorted(last.values())
    assert len(stops) >= 4
    assert list(dict.fromkeys(seen))[-len(stops) :] == stops


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_press_of_enter_is_dead(seed: int) -> None:
    """Each changes what is seen above the foot, also at once after the one before, and at the very end."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=3)
    told = [beat for beat in table.beats if beat.round == 3]
    app = Around(screen := ResolutionScreen(table, told))
    async with app.run_test(size=SMALL) as pilot:
        app.animation_level = "full"
        while not app.left:
            before, quiet = app.text, len(screen.page.events) == 1 and screen.page.phase == "upkeep"
            at = screen.reached
            await pilot.press("enter")
            changed = app.text.rpartition("\n")[0] != before.rpartition("\n")[0]
            gone = [app.asked] != [""]
            assert gone or changed
            assert gone or screen.reached > at or not quiet


async def test_skip_goes_to_the_last_card_first() -> None:
    """Among the cards of a round s shows the whole list and what came of it; again it leads on."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    app = Around(screen := ResolutionScreen(table, [beat for beat in table.beats if beat.round == 2]))
    async with app.run_test(size=LARGE) as pilot:
        while screen.page.phase != "resolution":
            await pilot.press("enter")
        await pilot.press("s")
        assert screen.page.phase == "resolution"
        after = screen.pages[screen.reached + 1]
        assert after.phase != "resolution"
        await pilot.press("s")
        assert screen.page is after


async def test_skip_stops_at_the_last_page_where_there_is_no_summary() -> None:
    """Before the first orders there is only news: s tells all of it, and still waits for Enter."""
    table = a_table()
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        screen.pages *= 3
        await pilot.press("s")
        assert not app.left
        await pilot.press("enter")

    assert app.left


async def test_auto_stops_at_the_last_step() -> None:
    """By itself it goes from step to step, but people end it."""
    table = a_played_round()
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("a")
        for _ in range(60):
            screen._tick()
            await pilot.pause()
        assert not app.left
        assert "STATE OF THE WORLD" in app.text


async def test_it_goes_on_as_fast_as_people_like_to_read() -> None:
    """By itself: slow readers wait longer on the same page than others, fast ones less."""
    waits = []
    for reading in ("fast", "usual", "slow"):
        table = a_played_round()
        app = Around(screen := ResolutionScreen(table, table.beats))
        setattr(app, "settings", Settings(reading=reading))  # noqa: B010  (as the whole program has them)
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause()
            waits.append(screen.seconds())

    assert 0 < waits[0] < waits[1] < waits[2]


@pytest.mark.parametrize("seed", range(4))
def test_every_public_change_is_in_exactly_one_step(seed: int) -> None:
    """Cutting a whole game into steps loses nothing that is common knowledge and tells nothing twice."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=3)
    steps = steps_of(told(table.beats, ROOM, honeymoon().seat_ids))
    shown = sorted(map(str, (event for step in steps for event in step.events)))
    known = common_knowledge((e for beat in table.beats for e in beat.events), honeymoon().seat_ids)
    public = [event for event in known if not isinstance(event, SILENT)]

    assert shown == sorted(map(str, public))


@pytest.mark.parametrize("seed", range(4))
def test_changes_that_the_room_remembers_lead_to_where_tracks_stand(seed: int) -> None:
    """The public history of every public track is whole: each change begins where the last one ended."""
    table = a_table(honeymoon(), bots=("rok", "us", "japan", "russia", "china"), seed=seed)
    until(table, 4)
    memory = Memory(told(table.beats, ROOM, honeymoon().seat_ids))
    for track in honeymoon().spec.tracks:
        changes = memory.of_track(track.id)
        if track.seen_by:
            assert changes == ()
            continue
        values = [track.start, *(change.event.new for change in changes)]

        assert [change.event.old for change in changes] == values[:-1], track.id
        assert values[-1] == table.view(None).tracks[track.id]


def test_two_audiences_that_are_the_room_share_the_poorer_truth() -> None:
    """Where some know the cause and the others the change, the room knows the change."""
    knowing = TrackMoved(("amber",), "heat", 3, 4, "card/stoke")
    guessing = TrackMoved(("birch", "cedar"), "heat", 3, 4, "", twin=True)
    some = TrackMoved(("birch",), "heat", 4, 5, "")

    assert list(common_knowledge([knowing, guessing, some], mill().seat_ids)) == [guessing]


async def test_a_choice_shows_what_each_answer_does_and_plays_it() -> None:
    """The question, its answers with their effects; Enter chooses aloud."""
    table, seat = a_question()
    frame = table.game.state.stack[-1]
    question = honeymoon().programs.choices[f"{frame.path}/{frame.at}"]
    app = Around(ChoiceScreen(table, seat))
    async with app.run_test(size=SMALL) as pilot:
        assert "decides, aloud" in app.text
        await pilot.pause(SETTLE)
        await pilot.press("2", "enter")
        await pilot.pause()
        for _another_question in range(3):
            if not app.left:
                await pilot.press("1", "enter")
                await pilot.pause()

    first, *others = [beat.move for beat in app.result or () if beat.move]
    assert isinstance(first, Choose)
    assert first.option == question.options[1].id
    assert {move.verb for move in others} <= {"choose"}


def test_every_choice_of_the_shipped_scenario_can_be_painted() -> None:
    """Each option of each question has a label and clauses that fit."""
    words = Words(honeymoon())
    for choice in honeymoon().programs.choices.values():
        for option in choice.options:
            assert words.said(option.label)
            assert all(words.effects(option.effects))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_step(snap_compare: Any, size: tuple[int, int]) -> None:
    """A card takes effect before everybody: what was promised, and where the die fell."""
    table, at = a_rolled_card()
    keys = ["enter"] * at

    assert snap_compare(Around(ResolutionScreen(table, table.beats)), press=keys, terminal_size=size)


def a_rolled_card() -> tuple[Table, int]:
    """A round in which a card of Amber's was rolled for, and how often Enter leads to its page."""
    for seed in range(50):
        table = until(a_table(seed=seed), 1, seat="amber")
        risky = [m for m in table.game.legal_moves() if isinstance(m, Commit) and with_dice(m.card)]
        if not risky:
            continue
        table.play(risky[0])
        pages = ResolutionScreen(until(table, 2), table.beats).pages
        return table, next(
            at
            for at, page in enumerate(pages)
            if page.phase == "resolution" and any(step.rolls for step in page.steps)
        )
    raise AssertionError("no hand holds a card with dice")


def with_dice(card: str) -> bool:
    return any(mill().programs.dice_below(f"card/{card}"))


def at_an_open_roll() -> tuple[ResolutionScreen, DiceRolled]:
    """A recap at a card whose odds all may know."""
    tables = (a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=2) for seed in range(30))
    for table in tables:
        screen = ResolutionScreen(table, table.beats)
        for at, page in enumerate(screen.pages):
            screen.reached = at
            rolls = [event for event in page.events if isinstance(event, DiceRolled) and event.die]
            if rolls and page.kind == CARD:
                return screen, rolls[-1]
    raise AssertionError("no roll is open")


async def test_dice_stand_against_a_bar_of_what_works() -> None:
    """A roll whose odds all may know: a bar filled up to the chance, a mark where the die fell, the word."""
    screen, roll = at_an_open_roll()
    assert roll.chance is not None
    assert roll.die is not None
    for high in (True, False):
        bar, *_more = lines = odds_lines(screen.lens, roll, 0, 50, high)
        pointer = next(line for line in lines if "▲" in line.plain)

        assert abs(bar.plain.count("█") - roll.chance / 2) <= 1
        assert abs(pointer.plain.index("▲") - roll.die / 2) <= 1
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        assert f"up to {roll.chance}" in app.text
        assert screen.lens.words.outcome(roll.path, roll.works).upper() in app.text
        assert all(line.plain in app.text for line in large(roll.die))


@pytest.mark.parametrize("number", [1, 7, 40, 99, 100])
@pytest.mark.parametrize("rows", [HIGH, LOW])
def test_large_digits_are_of_one_height(number: int, rows: int) -> None:
    lines = large(number, "bold", rows)

    assert len(lines) == rows
    assert len({line.cell_length for line in lines}) == 1


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_world(snap_compare: Any, size: tuple[int, int]) -> None:
    """The state of the world after a round."""
    table = a_deal()

    screen = ResolutionScreen(table, table.beats)
    keys = ["enter"] * (len(screen.pages) - 1)

    assert snap_compare(Around(screen), press=keys, terminal_size=size)


async def test_a_show_tells_one_thing_after_the_other() -> None:
    """A card turns over before its text is read; Enter midway tells all of it, the next goes on."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    screen = ResolutionScreen(table, table.beats)
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        app.animation_level = "full"
        heads = enumerate(page.steps[-1].head for page in screen.pages if page.steps)
        at, card = next((nth, head.card) for nth, head in heads if isinstance(head, CardPlayed))
        title = screen.lens.words.card(card).upper()
        screen.turn_to(at)
        await pilot.pause()
        assert title not in app.text
        await pilot.press("enter")
        assert title in app.text
        assert screen.reached == at
        await pilot.press("enter")
        assert screen.reached > at


async def test_what_a_die_does_is_not_told_while_it_rolls() -> None:
    """Neither on the card nor on the map nor in the scores: all wait for the show."""
    tables = (a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=2) for seed in range(30))
    screen, at = next(
        (screen, at)
        for screen in (ResolutionScreen(table, table.beats) for table in tables)
        for at, page in enumerate(screen.pages)
        if page.kind == CARD and list(map(type, page.events[-2:])) == [DiceRolled, TrackMoved]
    )
    event = screen.pages[at].events[-1]
    assert isinstance(event, TrackMoved)
    told = f"{event.old}→{event.new}"
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        app.animation_level = "full"
        screen.turn_to(at)
        await pilot.pause()
        assert told not in str(screen.query_one("#about-text", Static).render())
        assert screen.lens.view.tracks[event.track] == event.old
        await pilot.press("enter")
        assert told in str(screen.query_one("#about-text", Static).render())
        assert screen.lens.view.tracks[event.track] == event.new


def test_frames_end_with_everything_out() -> None:
    """Every show ends with the card turned and all told, no die leaves its hundred, and it is short."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    for page in ResolutionScreen(table, table.beats).pages:
        frames = frames_of(page.steps)

        assert frames[-1] == Frame(TURNING, len(page.events))
        assert all(0 <= frame.die <= 100 for frame in frames)
        assert [frame.events for frame in frames] == sorted(frame.events for frame in frames)
        assert len(frames) * SECONDS <= 1.1


async def test_the_room_hears_that_a_quiet_move_was_made() -> None:
    """At the reveal with whose it is, and in a row of its own while the open cards take effect."""
    tables = (a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=1) for seed in range(20))
    screen = next(
        screen
        for screen in (ResolutionScreen(table, table.beats) for table in tables)
        if any(isinstance(event, QuietMoveMade) for page in screen.pages for event in page.events)
    )
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        texts = []
        for phase in ("reveal", "resolution"):
            screen.turn_to(next(at for at, page in enumerate(screen.pages) if page.phase == phase))
            await pilot.pause()
            texts.append(app.text)

    assert all("a quiet move" in text for text in texts)


@pytest.mark.parametrize("turned", range(TURNING))
def test_a_card_turns_in_a_pane_of_any_width(turned: int) -> None:
    """A style that began before its text would be cut for ever."""
    for width in range(80):
        for line in turning_card(turned, width, 3):
            assert all(0 <= span.start <= span.end for span in line.spans), width


def test_what_the_round_leaves_is_told_in_the_order_it_happened() -> None:
    """In the table of the upkeep each track goes on from where the line above left it."""
    looked = 0
    for seed in range(6):
        table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed)
        screen = ResolutionScreen(table, table.beats)
        for page in screen.pages:
            if page.kind != "upkeep":
                continue
            told = faces.of_page(screen.course.now, page, None, screen.course.scores, 100).lines
            steps = [
                tuple(map(int, pair)) for line in told for pair in re.findall(r"(\d+)→(\d+)", line.plain)
            ]
            moved = [(one.old, one.new) for one in page.events if isinstance(one, TrackMoved)]
            assert steps == moved
            looked += len(moved)
    assert looked


async def test_four_seats_stand_in_two_rows_of_two_where_there_is_no_room_for_four() -> None:
    """No card stands alone under three others."""
    table = until(a_table(load_scenario("nile"), ("egypt", "sudan", "ethiopia")), 2)
    screen = ResolutionScreen(table, [beat for beat in table.beats if beat.round == 1])
    screen.reached = next(at for at, page in enumerate(screen.pages) if page.kind == REVEAL)
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        regions = [card.region for card in screen.query(ScoreCard)]

    assert len({region.x for region in regions}) == len({region.y for region in regions}) == 2
    assert {region.width for region in regions} == {40}


@pytest.mark.parametrize("width", [200, 44])
def test_each_change_at_the_reveal_stands_under_its_own_cause(width: int) -> None:
    """Also a change of a secret deal that comes after an open one; no title is cut."""
    looked = 0
    for seed in range(6):
        table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed)
        course = ResolutionScreen(table, table.beats).course
        for page in course.pages:
            if page.kind != REVEAL:
                continue
            listed = [row.line.plain.rstrip() for row in lists.said(course.now, page, width)]
            card = [line.plain for line in faces.of_page(course.now, page, None, course.scores, 64).lines]
            proof = [event for step in page.proof for event in step.events]
            rest = [event for event in page.events if event not in proof]
            looked += stand_under_their_causes(course.now.words, listed, rest)
            moved = [f"{one.old}→{one.new}" for one in proof if isinstance(one, TrackMoved)]
            assert [line.split()[-1] for line in card if "→" in line] == moved
    assert looked > 50


def stand_under_their_causes(words: Words, rows: list[str], events: list[Event]) -> int:
    """Each of these changes has a line, under the title of its cause; return how many there are."""
    moved = [event for event in events if isinstance(event, TrackMoved)]
    waits, head = list(moved), ""
    for row in rows:
        if not re.search(r"\d+→\d+$", row):
            head = f"{head} {row.strip()}" if row.startswith("  ") else row.strip()
            continue
        event = waits.pop(0)
        assert row.endswith(f"{event.old}→{event.new}")
        title = words.cause(event.cause) or kit.UNKNOWN
        assert title.lower() in head.lower()
    assert not waits
    return len(moved)


async def test_no_title_of_the_news_is_cut_at_eighty_columns() -> None:
    """A title that is too long for its line goes on below."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=21, rounds=2)
    app = Around(screen := ResolutionScreen(table, table.beats))
    wrapped = 0
    async with app.run_test(size=SMALL) as pilot:
        for nth, page in enumerate(screen.pages):
            if page.phase != "news":
                continue
            screen.turn_to(nth, shown=False)
            await pilot.pause()
            rows = screen.query_one(Rows).shown
            assert not any("…" in row.line.plain for row in rows), [row.line.plain for row in rows]
            wrapped += any(row.of for row in rows)
    assert wrapped


def a_busy_step() -> Step:
    """An inject among the orders, and in one step with it what a card, a deal, a trigger, a crisis and
    something secret have moved.
    """
    scenario, at = honeymoon(), 3
    causes = [
        f"card/{next(iter(scenario.cards))}",
        f"deal/{next(iter(scenario.deals))}",
        "",
        "",
        f"trigger/{next(iter(scenario.triggers))}",
        f"news/{next(iter(scenario.crises))}",
    ]
    news = scenario.spec.news[0].id
    line: list[Event] = [NewsCame(None, f"white/news/{news}")]
    line += [TrackMoved(None, next(iter(scenario.tracks)), at, at + 1, cause) for cause in causes]
    (step,) = steps_of(Happening(1, "orders", 1, event) for event in line)
    return step


@pytest.mark.parametrize("width", [200, 60])
def test_each_change_of_a_card_stands_under_its_own_cause(width: int) -> None:
    """Whatever came in one step: a card, a deal, what is secret, a trigger and a crisis."""
    step = a_busy_step()
    table = a_table(honeymoon())
    lens = ResolutionScreen(table, table.beats).course.now
    page = Page(CARD, 1, "orders", (step,))
    listed = [line.plain for line in lists.changes(lens, step, step.events, width, density=3)]
    face = faces.of_page(lens, page, None, lambda _event: (), width).lines

    for lines in (listed, [line.plain for line in face]):
        assert stand_under_their_causes(lens.words, [line.strip() for line in lines], step.events) == 6


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_place_that_the_card_hides_is_named_in_its_frame(size: tuple[int, int]) -> None:
    """It is lit where it is, or told by the card that lies there; it never seems to lie elsewhere."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=3)
    app, told = Around(screen := ResolutionScreen(table, table.beats)), 0
    async with app.run_test(size=size) as pilot:
        for at, page in enumerate(screen.pages):
            if page.kind == CARD and told < 3:
                screen.turn_to(at, shown=False)
                await settled(pilot)
                for mark in (view := screen.query_one(MapView)).hidden:
                    told += 1
                    assert not any(piece.id == mark.id for piece in view.plan.pieces)
                    assert f"{mark.glyph} {mark.label}" in app.text
    assert told
