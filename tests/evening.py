"""The facilitated evening: `python -m tests.evening` plays `saves/evening.wargame` anew (`docs/evening.md`).

A screenplay for one facilitator and three people; greedy bots have the other seats. The same rules, bots and
decks make the same file each time. What somebody can't do as things have come is left out, so that it is
still an evening when the rules have changed; only the storm of round five has to break, else choose a seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.kept import FOLDER, Clock, keep
from wargame.content.exercise import find_exercise, open_exercise
from wargame.record import Entry
from wargame.record.records import Head, Played, Sitting
from wargame.rules.moves import Move
from wargame.table import Facilitator, Table
from wargame.table.timers import Limit

NAME = "evening"
SEED = 2034
ANSWERS = ("moscow", "admire", "thanks")
"""What the people answer where a card asks them; else what is neutral."""

CHOIR = "A choir from Pyongyang sings in Vladivostok, and the engineers travel as its stagehands."
FERRY = {
    "title": "A ferry turns back at Sokcho",
    "text": "Two hundred passengers film a grey ship that answers no call. Nobody says whose it was.",
    "effects": [{"shift": {"track": "brink", "by": 1}}],
}


def pace(entry: Entry) -> int:
    """How long each entry of the record took, in ms: people think, bots don't."""
    if isinstance(entry, Played):
        return {"person": 21_000, "timer": 20_000, "white": 40_000}.get(entry.by, 150)
    return 60_000 if isinstance(entry, Head) else 0 if isinstance(entry, Sitting) else 4_000


CLOCK = Clock("2026-11-27T19:00:00Z", 1_795_806_000_000, pace)


class Evening:
    """A table with its facilitator, and how the people at it go on."""

    def __init__(self, table: Table) -> None:
        self.table, self.ada = table, Facilitator(table, "Ada")
        self.before_answer = 0
        """The move before Washington last answered: an offer, or a card's question."""

    @property
    def last(self) -> int:
        return self.table.beats[-1].id

    def in_turn(self, round_: int, phase: str, acts: Mapping[str, Callable[[], object]]) -> None:
        """Let each of the seats act in that phase, in the order that was drawn for the round."""
        left = dict(acts)
        while left and self.comes_to(round_, phase, *left):
            left.pop(str(self.table.seat_to_play))()

    def orders(self, round_: int, **seats: tuple[str, ...]) -> None:
        """Let each of the seats say why, lay down the first card that it can of those it likes, and end."""

        def act(why: str, *cards: str) -> None:
            self.commits(*cards)
            self.says(why)
            self.does("end")

        self.in_turn(round_, "orders", {seat: partial(act, *told) for seat, told in seats.items()})

    def comes_to(self, round_: int, phase: str, *seats: str) -> bool:
        """Go on until one of the seats has its turn in that phase; false if the evening has gone past it."""
        phases = ("news", "orders", "answers", "reveal", "resolution", "upkeep", "debrief")
        while True:
            list(self.table.advance())
            state = self.table.game.state
            if self.table.over or (state.round, phases.index(state.phase)) > (round_, phases.index(phase)):
                return False
            here = (state.round, state.phase) == (round_, phase) and self.table.seat_to_play in seats
            if here and not state.stack:
                return True
            self.lets_it_go()

    def lets_it_go(self) -> None:
        """Whoever has to decide answers a question, or ends the turn."""
        legal = self.table.game.legal_moves()
        if legal[0].seat == "us":
            self.before_answer = self.last
        self.table.play(next((move for move in legal if move.about in ANSWERS), legal[0]))

    def commits(self, *cards: str) -> bool:
        """The seat to act lays down the first of the cards that it can."""
        return any(self.does("commit", card) for card in cards)

    def does(self, verb: str, *args: str | int) -> bool:
        """The seat to act does that, if it can."""
        move = Move.from_plain([str(self.table.seat_to_play), verb, *args])
        if move not in self.table.game.legal_moves():
            return False
        self.table.play(move)
        return True

    def says(self, text: str, **percents: int) -> None:
        """Why the seat to act does what it does this round, and what it holds likely."""
        seat = str(self.table.seat_to_play)
        self.table.give_reason(seat, text)
        self.predicts(**percents)

    def predicts(self, **percents: int) -> None:
        for question, percent in percents.items():
            self.table.predict(str(self.table.seat_to_play), question.replace("_", "-"), percent)

    def limit(self, seconds: int, warning: int, why: str) -> None:
        self.table.set_limit("orders", Limit(seconds, warning), self.ada.name)
        self.ada.note(f"Time for orders: {seconds} s. {why}")


def _play(folder: Path, name: str, seed: int) -> None:
    scenario, prepared = open_exercise(find_exercise("honeymoon"))
    table = Table.start(scenario, seed=seed, rounds=6, folder=folder, name=name, exercise=prepared)
    evening = Evening(table)
    for act in (_first_round, _second_round, _third_round, _fourth_round, _fifth_round, _last_round):
        act(evening)
    list(table.advance())
    while not table.over:
        evening.lets_it_go()
        list(table.advance())
    table.close()


def _first_round(evening: Evening) -> None:
    """Three seats go to bots; three people give their orders, with reasons and predictions."""
    table, ada = evening.table, evening.ada
    ada.hand_to_bot("rok", "The train is late; a bot keeps the chair until Seoul is here.")
    ada.hand_to_bot("japan", "Five people came, three of them sit.")
    ada.hand_to_bot("china", "Five people came, three of them sit.")
    evening.limit(600, 30, "The first round takes its time.")

    def washington() -> None:
        evening.commits("the-wallet-thieves", "pictures-for-the-press")
        evening.says("What pays for the rockets first; I need Seoul and Tokyo.", missiles=60, storm=15)
        evening.does("end")

    def pyongyang() -> None:
        evening.does("offer", "shells-for-roubles", "large", "secret", 3)
        evening.commits("crates-by-night", "two-portraits")
        evening.says(
            "Roubles from Moscow before winter; I need Moscow and nobody's eyes.", missiles=65, storm=10
        )
        evening.does("end")

    def moscow() -> None:
        if evening.commits("tankers-turn-east", "drones-on-the-assembly-line"):
            table.undo()
        evening.does("answer", "shells-for-roubles", "yes")
        evening.commits("paid-in-flour", "glide-bombs")
        evening.says(
            "Shells by rail, and Seoul kept talking; I need Pyongyang this winter.", missiles=70, storm=15
        )
        evening.does("end")

    evening.in_turn(1, "orders", {"us": washington, "dprk": pyongyang, "russia": moscow})
    evening.in_turn(
        1, "answers",
        {
            "us": lambda: evening.does("answer", "us-china-understanding", "no"),
            "dprk": table.time_up,
            "russia": table.time_up,
        },
    )  # fmt: skip


def _second_round(evening: Evening) -> None:
    """A proposal that no card covers, a card written on the spot, a side talk."""

    def washington() -> None:
        evening.commits("shells-from-the-south", "a-carrier-at-busan")
        evening.predicts(found_out=70)
        evening.does("end")

    evening.in_turn(
        2, "orders", {"us": washington, "dprk": lambda: _a_choir_and_a_ferry(evening.ada, evening)}
    )
    for seat in ("dprk", "russia"):
        evening.ada.hand_to_bot(seat, "Two of us fetch the coffee; a bot keeps the chair for a round.")


def _a_choir_and_a_ferry(ada: Facilitator, evening: Evening) -> None:
    """What the room did with Pyongyang's proposal, and what the facilitator put beside it."""
    ada.adjudicate(
        "dprk", CHOIR, "No card covers a choir; both sides argued well, so the dice decide.", base=45,
        arguments=[
            ("Choirs travel without questions at the border.", 15),
            ("Seoul photographs every guest at the quay.", -10),
        ],
        success=[{"shift": {"track": "trust", "by": 1}}], failure=[{"shift": {"track": "brink", "by": 1}}],
    )  # fmt: skip
    ruling = evening.last
    ada.improvise(FERRY, "The room has forgotten the sea; it also tests how Seoul talks to Tokyo.")
    ada.note("The choir won the room over; the argument about the photographs nearly stopped it.", ruling)
    ada.tag("free-form", ruling)
    ada.important(ruling)
    heard = {
        "dprk": "Moscow will send engineers by spring.",
        "russia": "Pyongyang will not ask again before spring.",
    }
    ada.talk(
        ("dprk", "russia"),
        "Crates first; engineers only if nobody has photographed the pier by spring.",
        heard,
    )


def _third_round(evening: Evening) -> None:
    """Back by one answer, and once more under new luck."""
    evening.comes_to(3, "orders", "us")
    evening.says("I want a ship stopped; I need Seoul.", missiles=40)
    evening.ada.rewind(
        evening.before_answer, "Washington answered before the room had spoken; once more, with new luck."
    )
    evening.comes_to(3, "orders", "us")
    evening.says("Once more: I want a ship stopped, and Seoul beside me.", missiles=40)
    evening.commits("boarding-off-rason", "the-vote-in-the-house")
    evening.does("end")


def _fourth_round(evening: Evening) -> None:
    """The brink is set back; orders run out of time with one card laid."""
    table, ada = evening.table, evening.ada
    evening.comes_to(4, "orders", "us")
    if table.game.state.tracks["brink"] > 7:
        why = "The storm would come by dice alone; the room has earned two more rounds to see it coming."
        ada.set_track("brink", 7, why)
    evening.limit(30, 10, "From now on it goes fast.")
    ada.hand_back("dprk", "Pyongyang is back at the keyboard.")
    ada.hand_back("russia", "Moscow is back at the keyboard.")
    if evening.comes_to(4, "orders", "us"):
        evening.commits("a-carrier-at-busan", "pictures-for-the-press")
        table.time_up()
    if evening.comes_to(4, "answers", "dprk"):
        evening.limit(120, 30, "Two rounds to go, at an even pace.")


def _fifth_round(evening: Evening) -> None:
    """The storm breaks, and is taken back from the console at the end."""
    table, ada = evening.table, evening.ada
    evening.orders(
        5,
        russia=("Keep the trains running; I need men, and Pyongyang's word.", "bonus-in-the-provinces"),
        us=("Hold the front with what is left; I need Tokyo.", "three-hundred-kilometres"),
        dprk=("Technology before the door shuts; I need Moscow one more time.", "launcher-in-the-open"),
    )
    after_orders = evening.last
    evening.comes_to(5, "upkeep")
    if table.game.state.outcome != "storm":
        sys.exit(f"With the seed {table.game.state.seed} no storm breaks in round five; choose another.")
    ada.rewind(after_orders, "The storm is one ending and stays on file; the room wants the sixth round.")
    ada.set_track("brink", 4, "A quiet night on the line, so that the sixth round is played.")


def _last_round(evening: Evening) -> None:
    evening.orders(
        6,
        us=("The contest from now on; nobody is left to ask.", "the-chip-rules"),
        dprk=("Nothing that Beijing would have to see.", "denied-in-new-york"),
        russia=("The score is made; now do no harm.", "buses-at-the-border"),
    )


def evening(folder: Path, seed: int = SEED) -> Path:
    """Play the evening and put it into a folder, in the place of the one that is there; its path."""
    return keep(folder, NAME, lambda where, name: _play(where, name, seed), CLOCK)


if __name__ == "__main__":
    print(evening(FOLDER, *map(int, sys.argv[1:2])))
