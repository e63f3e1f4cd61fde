"""Saved games for the tests of the debrief: small, with everything in them that a debrief looks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from tests.rules.boards import honeymoon, mini
from wargame.bots import bot
from wargame.bots.base import bot_luck
from wargame.content.exercise import exercise_from_text
from wargame.debrief.story import Moment, Story
from wargame.record import Player
from wargame.rules.events import SeatRuined
from wargame.rules.luck import draw
from wargame.rules.moves import WHITE
from wargame.rules.pieces import Deal
from wargame.rules.scenario import Scenario
from wargame.table import Facilitator, Table
from wargame.table.facilitator import Decided

TESTS = Path(__file__).resolve().parents[1]
EXAMPLE = TESTS.parent / "saves" / "example.wargame"
"""A whole game under today's rules, which `make example` plays anew: look in it for what you need."""
OLDER_RULES = TESTS / "record" / "data" / "older-rules.wargame"
"""Written by the first version of the format, under rules and decks that are no more. It never changes."""

EXERCISE = """
scenario: mini
title: An evening at the ford
rounds: 3
questions:
  - id: fire
    text: How likely is it that the evening ends in the fire?
    when: {outcome: fire}
  - id: warm
    text: How likely is it that it stays warm?
    when: {track: heat, at_least: 1}
"""


def seated(scenario: Scenario, people: tuple[str, ...]) -> dict[str, Player]:
    """People in these seats and greedy bots in the others, with names that tell them apart."""
    return {
        seat: Player("person" if seat in people else "greedy", f"{seat.capitalize()}'s team")
        for seat in scenario.seat_ids
    }


def play(table: Table, moves: int = 10_000, seed: int = 0, why: str = "{seat} thinks no. {nth}") -> None:
    """Let the people move, mostly as a greedy bot would and sometimes at random, each time saying why."""
    for nth in range(moves):
        list(table.advance())
        seat = table.game.to_act
        if seat is None:
            return
        legal = table.game.legal_moves()
        luck = bot_luck(seed, 1, table.game.state.round, seat, nth)
        move = bot("greedy")(table.game.view(seat), legal, luck).move
        if nth % 5 == 3:
            move = legal[draw(seed, 0, 0, "test", "", nth) % len(legal)]
        table.play(move, rationale=why.format(seat=seat, nth=nth))
    list(table.advance())


def a_table(folder: Path, scenario: Scenario, people: tuple[str, ...], *, seed: int, name: str) -> Table:
    return Table.start(scenario, seated(scenario, people), seed=seed, rounds=3, folder=folder, name=name)


def a_game(folder: Path, seed: int = 3, name: str = "evening") -> Path:
    """A finished game of the mill at the ford: three people, an undo, a note, a mark and predictions."""
    scenario, people = mini(), ("amber", "birch", "cedar")
    table = Table.start(
        scenario, seated(scenario, people), seed=seed, rounds=3, folder=folder, name=name,
        exercise=exercise_from_text(EXERCISE, scenario),
    )  # fmt: skip
    play(table, 3)
    while not table.can_undo:
        play(table, 1)
    table.undo()
    white = Facilitator(table, "Mira")
    white.note("Everybody is very polite.")
    play(table, 4)
    white.important()
    for seat, chance in (("amber", 20), ("birch", 70), ("cedar", 60)):
        table.predict(seat, "fire", chance)
    play(table)
    table.close()
    return folder / f"{name}.wargame"


def a_facilitated_game(
    folder: Path, scenario: Scenario | None = None, seed: int = 5, name: str = "led"
) -> Path:
    """A finished game with a white cell that does everything it can.

    Injects, an adjustment, a set roll, an adjudication, a rewind, a skip, side talk, also at the open table,
    tags, bookmarks, public and private notes; reasons and predictions of seats.
    """
    scenario = scenario or mini()
    seats = scenario.seat_ids
    table = Table.start(
        scenario, seated(scenario, seats), seed=seed, rounds=3, folder=folder, name=name,
        exercise=exercise_from_text(EXERCISE, scenario),
    )  # fmt: skip
    white = Facilitator(table, "Mira")
    table.aside(seats[0], seats[2:], "A word about the mill")
    table.end_talk()
    play(table, 6)
    warmer = [{"shift": {"track": "heat", "by": 1}}]
    stranger = {"title": "A stranger", "text": "He asks for the mill.", "effects": warmer}
    white.improvise(stranger, "To wake them up.")
    table.give_reason(seats[0], "We want the mill to ourselves.")
    table.predict(seats[0], "fire", 10)
    table.predict(seats[1], "fire", 60)
    table.predict(seats[1], "warm", 90)
    play(table, 5)
    back = table.beats[-3].id
    play(table, 4)
    white.rewind(back, "The dice were read upside down.")
    white.inject("drought", "It has been too easy.", round=2, to=(seats[1],))
    white.talk(seats[:2], "Salt for silence", {seats[0]: "They will be quiet.", seats[1]: "We get salt."})
    white.note("The room is loud.", private=True)
    white.note("The room is awake.")
    white.tag("dispute")
    white.bookmark("half way")
    play(table, 8)
    white.set_track("heat", 4, "A card was misread.")
    white.set_roll("works", "So that we see it.")
    white.adjudicate(
        seats[2], "May we ask the miller?", "It is a fair question.", base=40,
        arguments=[("he is old", 15), ("he is angry", -5)],
        success=[{"shift": {"track": "heat", "by": -1}}],
    )  # fmt: skip
    white.important()
    white.skip("Out of the room.")
    play(table)
    table.close()
    return folder / f"{name}.wargame"


MARKUP = "<b>salt</b> | [red]for[/] *silence* & `{{ page }}`"
"""What a message may say that a page could take for its own."""


def a_written_game(folder: Path, name: str = "written") -> Path:
    """A finished game in which seats write to each other and the white cell polls them.

    There are messages to one, to all, to and from the white cell, and some on a line that was left; a poll
    before dice, one before a ruling, one that nobody answered and one that was never closed.
    """
    scenario, people = mini(), ("amber", "birch", "cedar")
    table = Table.start(
        scenario, seated(scenario, people), seed=6, rounds=3, folder=folder, name=name,
        exercise=exercise_from_text(f"{EXERCISE}messages: true\n", scenario),
    )  # fmt: skip
    white = Facilitator(table, "Mira")

    def rule(decided: Decided, base: int, *percents: int, text: str) -> None:
        white.poll(text)
        for seat, percent in zip(people, percents, strict=False):
            table.estimate(seat, percent)
        white.close_poll()
        white.adjudicate("birch", text, "As the room holds it.", base=base, decided=decided)

    play(table, 2)
    table.send("amber", ["birch"], MARKUP)
    table.send("birch", ["amber"], "Only if the mill stands still.")
    play(table, 4)
    rule("dice", 40, 20, 60, 70, text="May we ask the miller?")
    table.send("cedar", ["amber", "birch"], "What is this about?")
    back = table.beats[-1].id
    play(table, 2)
    table.send("cedar", ["amber"], "This was never written.")
    white.rewind(back, "A card was misread.")
    play(table, 4)
    table.send("cedar", [WHITE], "Are they allowed to do that?")
    white.send(["cedar"], "They are.")
    rule("works", 50, 90, text="Is the mill haunted?")
    play(table, 6)
    white.poll("Nobody will answer this.")
    white.close_poll()
    table.send("birch", ["amber", "cedar", WHITE], "It has been a pleasure.")
    white.poll("Will it end well?")
    table.estimate("cedar", 5)
    play(table)
    table.close()
    return folder / f"{name}.wargame"


def a_game_with_branches(folder: Path, name: str = "twice") -> Path:
    """A game rewound from its middle to an earlier move and played on otherwise, both to the end."""
    table = a_table(folder, mini(), ("amber",), seed=4, name=name)
    play(table)
    Facilitator(table, "Mira").rewind(table.beats[len(table.beats) // 2].id, "What if?")
    play(table, seed=9)
    table.close()
    return folder / f"{name}.wargame"


@cache
def a_whole_honeymoon() -> Path:
    """A finished game of the real scenario, three rounds between six people."""
    folder = Path(mkdtemp())
    table = a_table(folder, honeymoon(), honeymoon().seat_ids, seed=11, name="honeymoon")
    play(table)
    table.close()
    return folder / "honeymoon.wargame"


@cache
def a_greedy_honeymoon() -> Path:
    """A finished game of the real scenario, three rounds between six bots."""
    folder = Path(mkdtemp())
    table = a_table(folder, honeymoon(), (), seed=4, name="bots")
    list(table.advance())
    table.close()
    return folder / "bots.wargame"


@cache
def a_led_honeymoon() -> Path:
    """A finished game of the real scenario, six rounds, two people, and a white cell that does all it can."""
    folder, scenario = Path(mkdtemp()), honeymoon()
    table = Table.start(scenario, seated(scenario, ("us", "dprk")), seed=8, folder=folder, name="led")
    white = Facilitator(table, "Mira")
    say = "Because of no. {nth}."
    play(table, 9, why=say)
    wire = [{"shift": {"track": "brink", "by": 2}}, {"shift": {"track": "seoul_beijing", "by": -1}}]
    white.improvise(
        {"title": "A wire from nobody", "text": "It is short.", "effects": wire}, "To wake them up."
    )
    play(table, 6, why=say)
    back = table.beats[-4].id
    play(table, 5, why=say)
    white.rewind(back, "The dice were read upside down.")
    news = next(card for card in scenario.news if card not in table.game.state.news)
    white.inject(news, "It has been too easy.", round=3)
    play(table, 12, why=say)
    white.set_track("front", 7, "A card was misread.")
    white.set_roll("works", "So that we see it.")
    white.adjudicate(
        "us", "May we ask the miller?", "It is a fair question.", base=40, arguments=[("he is old", 15)],
        success=[{"shift": {"track": "contest", "by": -1}}],
    )  # fmt: skip
    play(table, why=say)
    table.close()
    return folder / "led.wargame"


@cache
def a_ruined_honeymoon() -> Path:
    """A finished game of the real scenario between bots in which a seat is ruined before the last round."""
    for seed in range(100):
        folder = Path(mkdtemp())
        table = Table.start(honeymoon(), seated(honeymoon(), ()), seed=seed, folder=folder, name="ruined")
        list(table.advance())
        table.close()
        ruin = [beat.round for beat in table.beats for event in beat.events if isinstance(event, SeatRuined)]
        if ruin and min(ruin) < table.game.state.rounds:
            return folder / "ruined.wargame"
        rmtree(folder)
    raise LookupError("Nobody is ever ruined in time.")


def a_secret_deal(story: Story) -> tuple[Moment, Deal]:
    """The first secret deal whose signing others saw, unproved and the only one of its kind; and when."""
    for moment in story.line:
        kinds = [deal.template for deal in moment.state.deals]
        for deal in moment.state.deals:
            unknown = deal.secret and deal.published and deal.status == "running" and not deal.proved
            if unknown and kinds.count(deal.template) == 1:
                return moment, deal
    raise LookupError("There is no such deal; choose another seed in tests/example.py.")
