"""What everybody watches: every public change once, in order, and nothing that is not public."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_question, a_table, go_on, honeymoon, mill, until
from wargame.debrief.dated_events import SILENT, steps_of, told
from wargame.debrief.perspective import ROOM
from wargame.rules.events import CardPlayed, DiceRolled, Event, QuietMoveMade, TrackMoved, common_knowledge
from wargame.rules.moves import Choose, Commit
from wargame.table.table import Table
from wargame.tui.guard import SETTLE
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.screens.resolution import ResolutionScreen
from wargame.tui.widgets.memory import Memory
from wargame.tui.widgets.show import TURNING, Frame, frames_of, turning_card
from wargame.words import Words


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
        assert screen.reached == len(screen.steps)


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


async def test_a_cause_that_is_cut_says_so() -> None:
    """Two lines of a long cause end in an ellipsis; w shows it all, to its last full stop."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=1, rounds=1)
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        while len(screen.why("")) < 2 * SMALL[0]:
            await pilot.press("enter")
        end = screen.why("").split()[-1]
        assert end.endswith(".")
        assert painted_cause(app).count("…") == 1
        assert end not in painted_cause(app)
        await pilot.press("w")
        assert "…" not in painted_cause(app)
        assert end in painted_cause(app)


def painted_cause(app: Around[None]) -> str:
    """The lines below the step, which say why."""
    return app.text.partition("\nwhy ")[2]


async def test_a_step_that_is_not_reached_is_not_told() -> None:
    """Before the dice fall nobody reads them: changes and marks appear only when their step is reached."""
    table = a_played_round()
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=LARGE):
        later = [event for step in screen.steps[1:] for event in step.events if isinstance(event, TrackMoved)]
        told = [screen.lens.words.event(event, None) for event in later]
        assert told
        assert not any(sentence in app.text for sentence in told)


async def test_skip_goes_to_the_state_of_the_world() -> None:
    """s leaves the steps out, not the summary; Enter goes on from there."""
    table = a_played_round()
    app = Around(ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("s")
        assert "STATE OF THE WORLD" in app.text
        await pilot.press("enter")

    assert app.left


async def test_skip_stops_at_the_last_step_where_there_is_no_summary() -> None:
    """Before the first orders there is only news: s tells all of it, and still waits for Enter."""
    table = a_table()
    app = Around(screen := ResolutionScreen(table, table.beats))
    async with app.run_test(size=SMALL) as pilot:
        screen.steps *= 3
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
    """A round in which a card of Amber's was rolled for, and how often Enter leads to its step."""
    for seed in range(50):
        table = until(a_table(seed=seed), 1, seat="amber")
        risky = [m for m in table.game.legal_moves() if isinstance(m, Commit) and with_dice(m.card)]
        if not risky:
            continue
        table.play(risky[0])
        steps = ResolutionScreen(until(table, 2), table.beats).steps
        at = next(at for at, step in enumerate(steps) if step.phase == "resolution" and step.rolls)
        return table, sum(known.changes for known in steps[:at])
    raise AssertionError("no hand holds a card with dice")


def with_dice(card: str) -> bool:
    return any(mill().programs.dice_below(f"card/{card}"))


async def test_dice_stand_below_the_chance_they_were_thrown_for() -> None:
    """A roll whose odds all may know: the chance as a bar, and the arrow where the die fell."""
    tables = (a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=2) for seed in range(30))
    screen, at = next(
        (screen, at)
        for screen in (ResolutionScreen(table, table.beats) for table in tables)
        for at, step in enumerate(screen.steps)
        if step.rolls and not step.rolls[-1].twin
    )
    screen.reached = at
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        screen._show_reached()
        await pilot.pause()
        roll = screen.steps[at].rolls[-1]
        bar, arrow = app.text.splitlines()[-3:-1]

    assert roll.chance is not None
    assert roll.die is not None
    assert bar.endswith(f" chance {roll.chance} %")
    assert f"↑ {roll.die} of 100 {'✓' if roll.works else '✗'}" in arrow
    assert abs(bar.count("▰") - roll.chance / 2) <= 1
    assert abs(arrow.index("↑") - 1 - roll.die / 2) <= 1


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_snapshot_world(snap_compare: Any, size: tuple[int, int]) -> None:
    """The state of the world after a round."""
    table = a_deal()

    assert snap_compare(Around(ResolutionScreen(table, table.beats)), press=["s"], terminal_size=size)


async def test_a_show_tells_one_thing_after_the_other() -> None:
    """A card turns over before its text is read; Enter midway tells all of it, the next goes on."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    screen = ResolutionScreen(table, table.beats)
    app = Around(screen)
    async with app.run_test(size=SMALL) as pilot:
        app.animation_level = "full"
        heads = enumerate(step.head for step in screen.steps)
        at, card = next((nth, head.card) for nth, head in heads if isinstance(head, CardPlayed))
        title = screen.lens.words.card(card).upper()
        screen.reached = at
        screen._begin_show()
        screen._show_reached()
        await pilot.pause()
        assert title not in app.text
        await pilot.press("enter")
        assert title in app.text
        assert screen.reached == at
        await pilot.press("enter")
        assert screen.reached > at


async def test_what_a_die_does_is_not_told_while_it_rolls() -> None:
    """Neither beside the step nor on the map: both wait for the show."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    screen = ResolutionScreen(table, table.beats)
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        app.animation_level = "full"
        screen.reached = at = next(
            nth
            for nth, step in enumerate(screen.steps)
            if list(map(type, step.events[-2:])) == [DiceRolled, TrackMoved]
        )
        event = screen.steps[at].events[-1]
        assert isinstance(event, TrackMoved)
        moved = screen.lens.words.event(event, None).partition(":")[0]
        screen._begin_show()
        screen._show_reached()
        await pilot.pause()
        assert moved not in app.text
        assert screen._tracks()[event.track] == event.old
        await pilot.press("enter")
        assert moved in app.text
        assert screen._tracks()[event.track] == event.new


def test_frames_end_with_everything_out() -> None:
    """Every step's show ends with the card turned and all events told, and no die leaves its hundred."""
    table = until(a_table(honeymoon(), bots=honeymoon().seat_ids[1:], seed=3), 3)
    for step in ResolutionScreen(table, table.beats).steps:
        frames = frames_of(step)

        assert frames[-1] == Frame(TURNING, len(step.events))
        assert all(0 <= frame.die <= 100 for frame in frames)
        assert [frame.events for frame in frames] == sorted(frame.events for frame in frames)


async def test_the_room_hears_that_a_quiet_move_was_made() -> None:
    """At the reveal with whose it is, and in a row of its own while the open cards take effect."""
    tables = (a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed, rounds=1) for seed in range(20))
    screens = (ResolutionScreen(table, table.beats) for table in tables)

    def reveals(screen: ResolutionScreen) -> list[tuple[int, Event]]:
        steps = enumerate(screen.steps)
        return [(at, e) for at, step in steps for e in step.events if isinstance(e, QuietMoveMade)]

    screen = next(screen for screen in screens if reveals(screen))
    reveal, made = reveals(screen)[0]
    said = screen.lens.words.event(made)
    app = Around(screen)
    async with app.run_test(size=LARGE) as pilot:
        resolution = next(at for at, step in enumerate(screen.steps) if step.phase == "resolution")
        texts = []
        for screen.reached in (reveal, resolution):
            screen._show_reached()
            await pilot.pause()
            texts.append(app.text)

    assert said.removesuffix(".") in texts[0]
    assert "a quiet move" in texts[1]


@pytest.mark.parametrize("turned", range(TURNING))
def test_a_card_turns_in_a_pane_of_any_width(turned: int) -> None:
    """A style that began before its text would be cut for ever."""
    for width in range(80):
        for line in turning_card(turned, width):
            assert all(0 <= span.start <= span.end for span in line.spans), width
