"""The facilitated evening: `python -m tests.evening` plays `saves/evening.wargame` anew (`docs/evening.md`).

A screenplay for one facilitator and three people; greedy bots have the other seats. The same rules, bots and
decks make the same file each time. What somebody can't do as things have come is left out, so that it is
still an evening when the rules have changed; only the storm of round five has to break, else choose a seed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.kept import FOLDER, Clock, keep
from wargame.content.exercise import find_exercise, open_exercise
from wargame.record import Entry
from wargame.record.records import Head, Played, Sitting
from wargame.rules.moves import Move
from wargame.table import Facilitator, Table
from wargame.table.timers import Limit

NAME = "evening"
SEED = 2023
ANSWERS = ("hear-him-out", "lower", "moscow", "admire", "thanks", "level")
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

    def comes_to(self, round_: int, phase: str, seat: str) -> bool:
        """Go on until that seat has its turn in that phase; false if the evening has gone past it."""
        phases = ("news", "orders", "answers", "reveal", "resolution", "upkeep", "debrief")
        while True:
            list(self.table.advance())
            state = self.table.game.state
            if self.table.over or (state.round, phases.index(state.phase)) > (round_, phases.index(phase)):
                return False
            here = (state.round, state.phase, self.table.seat_to_play) == (round_, phase, seat)
            if here and not state.stack:
                return True
            self.lets_it_go()

    def lets_it_go(self) -> None:
        """Whoever has to decide answers a question, or ends the turn."""
        legal = self.table.game.legal_moves()
        if legal[0].seat == "us":
            self.before_answer = self.last
        self.table.play(next((move for move in legal if move.about in ANSWERS), legal[0]))

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
    evening.comes_to(1, "orders", "us")
    evening.does("commit", "the-wallet-thieves")
    evening.says("Pyongyang's purse first; Seoul and Tokyo share what they see.", missiles=60, storm=15)
    evening.does("end")
    evening.comes_to(1, "orders", "dprk")
    evening.does("offer", "shells-for-roubles", "large", "secret", 3)
    evening.does("commit", "crates-by-night")
    evening.says(
        "Roubles and flour from Moscow before winter; I need Moscow and nobody's eyes.", missiles=65, storm=10
    )
    evening.does("end")
    evening.comes_to(1, "orders", "russia")
    if evening.does("commit", "tankers-turn-east"):
        table.undo()
    evening.does("answer", "shells-for-roubles", "yes")
    evening.does("commit", "drones-on-the-assembly-line")
    evening.says(
        "Shells by rail, and Seoul kept talking; I need Pyongyang this winter.", missiles=70, storm=15
    )
    evening.does("end")
    evening.comes_to(1, "answers", "us")
    evening.does("answer", "us-china-understanding", "no")
    for seat in ("dprk", "russia"):
        if evening.comes_to(1, "answers", seat):
            table.time_up()


def _second_round(evening: Evening) -> None:
    """A proposal that no card covers, a card written on the spot, a side talk."""
    ada = evening.ada
    evening.comes_to(2, "orders", "us")
    evening.does("commit", "shells-from-the-south")
    evening.predicts(found_out=70)
    evening.does("end")
    evening.comes_to(2, "orders", "dprk")
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
    for seat in ("dprk", "russia"):
        ada.hand_to_bot(seat, "Two of us fetch the coffee; a bot keeps the chair for a round.")


def _third_round(evening: Evening) -> None:
    """Back by one answer, and once more under new luck."""
    evening.comes_to(3, "orders", "us")
    evening.says("I want the crates on film; I need Seoul.", missiles=40)
    evening.ada.rewind(
        evening.before_answer, "Washington answered before the room had spoken; once more, with new luck."
    )
    evening.comes_to(3, "orders", "us")
    evening.says("Once more: I want the crates on film, and Seoul beside me.", missiles=40)
    evening.does("commit", "the-vote-in-the-house")
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
        evening.does("commit", "a-carrier-at-busan")
        table.time_up()
    if evening.comes_to(4, "answers", "dprk"):
        evening.limit(120, 30, "Two rounds to go, at an even pace.")


def _fifth_round(evening: Evening) -> None:
    """The storm breaks, and is taken back from the console at the end."""
    table, ada = evening.table, evening.ada
    for seat, card, why in (
        (
            "russia",
            "tankers-turn-east",
            "Keep the trains running and pay late; I need Pyongyang to believe me.",
        ),
        (
            "us",
            "a-call-to-yongsan",
            "Hold the front with what is left, and keep the storm away; I need Tokyo.",
        ),
        ("dprk", "launcher-in-the-open", "Technology before the door shuts; I need Moscow one more time."),
    ):
        if evening.comes_to(5, "orders", seat):
            evening.does("commit", card)
            evening.says(why)
            evening.does("end")
    after_orders = evening.last
    evening.comes_to(5, "upkeep", "")
    if table.game.state.outcome != "storm":
        sys.exit(f"With the seed {table.game.state.seed} no storm breaks in round five; choose another.")
    ada.rewind(after_orders, "The storm is one ending and stays on file; the room wants the sixth round.")
    ada.set_track("brink", 4, "A quiet night on the line, so that the sixth round is played.")


def _last_round(evening: Evening) -> None:
    for seat, card, why in (
        ("us", "the-chip-rules", "Aid for Kyiv; nobody is left to ask."),
        ("dprk", "arms-fair-behind-glass", "Nothing that Beijing would have to see."),
        ("russia", "bonus-in-the-provinces", "The score is made; now do no harm."),
    ):
        if evening.comes_to(6, "orders", seat):
            evening.does("commit", card)
            evening.table.give_reason(seat, why)
            evening.does("end")


def evening(folder: Path, seed: int = SEED) -> Path:
    """Play the evening and put it into a folder, in the place of the one that is there; its path."""
    return keep(folder, NAME, lambda where, name: _play(where, name, seed), CLOCK)


if __name__ == "__main__":
    print(evening(FOLDER, *map(int, sys.argv[1:2])))
