"""The facilitated evening: `python -m tests.evening` plays `saves/evening.wargame` anew (`docs/evening.md`).

A screenplay for one facilitator and three people on the standard exercise; greedy bots have the other seats.
The same rules, bots and decks make the same file each time. What somebody can't do as things have come is
left out, so that it is still an evening when the decks have changed; the command then says what is left out.
To choose another seed: `python -m tests.evening look` says the next one with which nothing is left out; write
it as `SEED`.
"""

from __future__ import annotations

import sys
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.kept import FOLDER, Clock, keep
from tests.minutes import table_of
from wargame.content.exercise import find_exercise, open_exercise
from wargame.debrief.story import Story
from wargame.record import Entry
from wargame.record.records import Head, Played, Remark, Sitting
from wargame.record.shapes import CLOSED
from wargame.rules.events import Accused, CardRevealed, CrisisAnswered
from wargame.rules.moves import WHITE, Answer, Commit, Counter, Move, Stance
from wargame.table import Facilitator, Table
from wargame.table.table import THE_FILE
from wargame.table.timers import Limit

NAME = "evening"
SEED = 2024
PEOPLE = ("us", "dprk", "russia")
CONTRACT = "shells-for-roubles"
"""Its goods go first, and the money comes a round later."""

ANSWERS = ("missiles", "moscow", "admire", "thanks")
"""What the people answer where a card asks them; else what is neutral."""

ASIDES = {
    1: [
        ("dprk", "russia", "Shells by rail before the snow; what do you pay, and when?"),
        ("us", "russia", "What would it take that nothing larger than shells crosses the Tumen?"),
    ],
    2: [("russia", "dprk", "")],
    3: [("us", "dprk", "Four people and one fax machine: is the door still open?")],
    4: [("dprk", "russia", "The last trains: who stops first?")],
}
"""Who asks whom to step aside before the orders of a round, and the line on it."""

CHOIR = "A choir from Pyongyang sings in Vladivostok, and the engineers travel as its stagehands."
FERRY = {
    "title": "A ferry turns back at Sokcho",
    "text": "Two hundred passengers film a grey ship that answers no call. Nobody says whose it was.",
    "effects": [{"shift": {"track": "brink", "by": 1}}],
}


READING = 420_000
"""What all read together from the last answer of a round to the talk of the next one, some twenty pages."""

TALKING = 120_000
"""The talk before the orders, besides what is noted of it."""

PACE = {
    "choose": 30_000, "end": 12_000, "commit": 25_000, "offer": 20_000, "answer": 12_000, "counter": 25_000,
    "stance": 10_000, "stand": 4_000, "accuse": 10_000, "mark": 8_000,
    "rationale": 20_000, "prediction": 6_000, "talk": 20_000, "floor": READING + TALKING,
    "adjudicate": 90_000, "improvise": 60_000, "set-track": 25_000, "set-roll": 25_000,
    "note": 20_000, "tag": 4_000, "bookmark": 12_000, "timer": 20_000, "seat": 20_000,
    "undo": 2_000, "rewind": 60_000,
}  # fmt: skip
"""What each thing takes at the keyboard, in ms: assumed from its keys (`docs/evening.md`)."""


def pace(entry: Entry) -> int:
    """How long each entry of the record took, in ms. Bots take none, nor does what the exercise has set."""
    if isinstance(entry, Played):
        own = entry.who == THE_FILE or entry.by not in ("person", WHITE, "timer")
        return 150 if own else PACE["timer" if entry.by == "timer" else str(entry.move[1])]
    if isinstance(entry, Remark):
        return PACE.get(entry.kind, 4_000)
    if isinstance(entry, Head):
        return PACE.get(entry.why, 0)
    return READING if isinstance(entry, Sitting) and entry.what == CLOSED else 0


CLOCK = Clock("2026-11-27T19:00:00Z", 1_795_806_000_000, pace, talking=TALKING)


class Evening:
    """A table with its facilitator, and how the people at it go on."""

    def __init__(self, table: Table) -> None:
        self.table, self.ada = table, Facilitator(table, "Ada")
        self.asides = {round_: list(said) for round_, said in ASIDES.items()}
        self.before_answer = 0
        """The move before Washington last ended its answers."""

    @property
    def last(self) -> int:
        return self.table.beats[-1].id

    @property
    def legal(self) -> tuple[Move, ...]:
        return tuple(self.table.game.legal_moves())

    # --- how it goes on --------------------------------------------------------------------------------

    def in_turn(self, round_: int, phase: str, acts: Mapping[str, Callable[[], object]]) -> None:
        """Let each of the seats act in that phase, in the order that was drawn for the round, and end."""
        left = dict(acts)
        while left and self.comes_to(round_, phase, *left):
            seat = str(self.table.seat_to_play)
            left.pop(seat)()
            while self.at(round_, phase, seat):
                self.lets_it_go()

    def comes_to(self, round_: int, phase: str, *seats: str) -> bool:
        """Go on until one of the seats has its turn in that phase; false if the evening has gone past it."""
        phases = ("news", "orders", "answers", "reveal", "resolution", "upkeep", "debrief")
        while True:
            self.goes_on()
            state = self.table.game.state
            if self.table.over or (state.round, phases.index(state.phase)) > (round_, phases.index(phase)):
                return False
            if self.at(round_, phase, *seats):
                return True
            self.lets_it_go()

    def at(self, round_: int, phase: str, *seats: str) -> bool:
        """Whether one of the seats has its turn in that phase, and no card waits for an answer."""
        state = self.table.game.state
        here = (state.round, state.phase) == (round_, phase) and not state.stack
        return here and not self.table.over and self.table.seat_to_play in seats

    def goes_on(self) -> None:
        """Let the bots move; where the table is open the people talk first."""
        list(self.table.advance(talk=True))
        while self.table.open_for_talk and not self.table.over:
            for asker, asked, line in self.asides.pop(self.table.game.state.round, ()):
                self.table.aside(asker, [asked], line)
            self.table.end_talk()
            list(self.table.advance(talk=True))

    def lets_it_go(self) -> None:
        """Whoever has to decide answers a question, or ends the turn."""
        state = self.table.game.state
        if self.table.seat_to_play == "us" and state.phase == "answers" and not state.stack:
            self.before_answer = self.last
        self.table.play(next((move for move in self.legal if move.about in ANSWERS), self.legal[0]))

    # --- what a seat does in its turn ------------------------------------------------------------------

    def does(self, verb: str, *args: str | int) -> bool:
        """The seat to act does that, if it can."""
        move = Move.from_plain([str(self.table.seat_to_play), verb, *args])
        if move not in self.legal:
            return False
        self.table.play(move)
        return True

    def commits(self, *cards: str) -> bool:
        """The seat to act lays down the first of the cards that it can, else of all it has."""
        known = [move for move in self.legal if isinstance(move, Commit)]
        known.sort(key=lambda move: cards.index(move.card) if move.card in cards else len(cards))
        if known:
            self.table.play(known[0])
        return bool(known)

    def trades(self) -> None:
        """One side of the contract offers it; the other says yes, but for a lot more."""
        counters = [move for move in self.legal if isinstance(move, Counter) and move.deal == CONTRACT]
        if counters:
            more = [move for move in counters if move.more and (move.size, move.rounds) == ("large", 3)]
            self.table.play((more or counters)[0])
        else:
            self.does("offer", CONTRACT, "large", "secret", 3)

    def signs(self) -> None:
        """The seat to act says yes to the contract; if the room is to hear words of it, the first of them."""
        yes = [move for move in self.legal if isinstance(move, Answer) and move.reply == "yes"]
        yes = [move for move in yes if move.deal == CONTRACT]
        if yes:
            self.table.play(max(yes, key=lambda move: move.words != ""))

    def takes_a_stance(self, nth: int) -> None:
        """The seat to act answers each crisis on the table with the answer of that number."""
        for crisis in self.table.game.state.crises:
            ways = [move for move in self.legal if isinstance(move, Stance) and move.crisis == crisis]
            if ways:
                self.table.play(ways[min(nth, len(ways) - 1)])

    def says(self, text: str, **percents: int) -> None:
        """What the exercise asks of the seat to act: why, and how likely it holds what."""
        seat = str(self.table.seat_to_play)
        asked = self.table.asked(seat)
        if asked.rationale:
            self.table.give_reason(seat, text)
        for question in asked.questions:
            self.table.predict(seat, question.id, percents.get(question.id.replace("-", "_"), 50))

    def limit(self, seconds: int, warning: int, why: str) -> None:
        self.table.set_limit("orders", Limit(seconds, warning), self.ada.name)
        self.ada.note(f"Time for orders: {seconds} s. {why}")


def _play(folder: Path, name: str, seed: int) -> None:
    scenario, prepared = open_exercise(find_exercise("honeymoon"))
    table = Table.start(scenario, seed=seed, folder=folder, name=name, exercise=prepared)
    evening = Evening(table)
    for act in (_first_round, _second_round, _third_round, _storm, _last_round):
        if not table.over:
            act(evening)
    evening.goes_on()
    while not table.over:
        evening.lets_it_go()
        evening.goes_on()
    table.close()


def _first_round(evening: Evening) -> None:
    """Seoul draws its line; three seats go to bots; three people talk and give their first orders."""
    table, ada = evening.table, evening.ada
    ada.hand_to_bot("japan", "Three people came; a bot has this chair.")
    ada.hand_to_bot("china", "Three people came; a bot has this chair.")
    evening.limit(180, 30, "The first round takes its time.")
    evening.comes_to(1, "news", "rok")
    while table.seat_to_play == "rok" and table.game.state.phase == "news":
        evening.lets_it_go()
    ada.hand_to_bot("rok", "Seoul has drawn its line over the telephone; a bot keeps the chair.")

    def washington() -> None:
        evening.takes_a_stance(2)
        evening.does("stand", "warning")
        evening.commits("a-bank-in-dandong", "shells-from-the-south")
        evening.says("What pays for the rockets first; I need Seoul and Tokyo.", missiles=60, storm=15)

    def pyongyang() -> None:
        evening.takes_a_stance(1)
        evening.trades()
        evening.commits("crates-by-night", "workers-by-train")
        why = "Roubles from Moscow before winter; I need Moscow and nobody's eyes."
        evening.says(why, missiles=65, storm=10)

    def moscow() -> None:
        if evening.commits("tankers-turn-east", "drones-on-the-assembly-line"):
            table.undo()
        evening.takes_a_stance(1)
        evening.trades()
        evening.commits("paid-in-flour", "glide-bombs")
        why = "Shells by rail, and Seoul kept talking; I need Pyongyang this winter."
        evening.says(why, missiles=70, storm=15)

    evening.in_turn(1, "orders", {"us": washington, "dprk": pyongyang, "russia": moscow})
    evening.in_turn(1, "answers", {"us": table.time_up, "dprk": evening.signs, "russia": evening.signs})


def _second_round(evening: Evening) -> None:
    """An accusation, a proposal that no card covers, a card written on the spot; then coffee."""
    ada = evening.ada

    def washington() -> None:
        evening.does("accuse", "dprk+russia", 2)
        evening.takes_a_stance(1)
        evening.does("stand", "warning")
        evening.commits("pictures-for-the-press", "shells-from-the-south")
        evening.says("The wagons at Tumangang named aloud; I need whoever counts them.", found_out=70)

    def pyongyang() -> None:
        _a_choir_and_a_ferry(evening)
        evening.takes_a_stance(2)
        evening.commits("second-shift", "nitrate-by-another-road")
        evening.says("Engineers for the choir; I need Moscow to ask no questions.", found_out=35)

    def moscow() -> None:
        evening.takes_a_stance(0)
        evening.commits("glide-bombs", "bonus-in-the-provinces")
        evening.says("The front before the frost; I need every wagon.", found_out=40)

    evening.in_turn(2, "orders", {"us": washington, "dprk": pyongyang, "russia": moscow})
    for seat in ("dprk", "russia"):
        ada.hand_to_bot(seat, "Two of us fetch the coffee; a bot keeps the chair.")


def _a_choir_and_a_ferry(evening: Evening) -> None:
    """What the room did with Pyongyang's proposal, and what the facilitator put beside it."""
    ada = evening.ada
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
    agreed = "Crates first; engineers only if nobody has photographed the pier by spring."
    ada.talk(("dprk", "russia"), agreed, heard)


def _third_round(evening: Evening) -> None:
    """Back to Washington's answer under new luck, for two were out; then Moscow pays by half."""
    ada = evening.ada
    if evening.comes_to(3, "orders", "us"):
        why = "Two came back from the coffee to a round that bots had begun; from Washington's answer again."
        ada.rewind(evening.before_answer, why)
    ada.hand_back("dprk", "Pyongyang is back at the keyboard.")
    ada.hand_back("russia", "Moscow is back at the keyboard.")

    def washington() -> None:
        evening.takes_a_stance(1)
        evening.commits("boarding-off-rason", "the-vote-in-the-house")
        evening.says("", missiles=40, storm=30, found_out=60)

    def pyongyang() -> None:
        evening.takes_a_stance(0)
        evening.commits("launcher-in-the-open", "camera-for-orbit")
        evening.says("", missiles=45, storm=25, found_out=45)

    def moscow() -> None:
        evening.takes_a_stance(1)
        evening.does("mark", CONTRACT, "short")
        evening.commits("one-hand-in-the-council", "bonus-in-the-provinces")
        evening.says("", missiles=35, storm=20, found_out=50)

    evening.in_turn(3, "orders", {"us": washington, "dprk": pyongyang, "russia": moscow})


def _storm(evening: Evening) -> None:
    """The white cell drives the brink up until the storm breaks, and takes it back."""
    table, ada = evening.table, evening.ada
    after_orders = evening.last
    ada.set_track("brink", 10, "A radar post takes geese for aircraft: the room should see the storm once.")
    ada.set_roll("works", "We look at it together, and take it back.", what="storm")
    evening.comes_to(3, "upkeep")
    if table.game.state.outcome == "storm":
        ada.bookmark("The storm")
    ada.rewind(after_orders, "The storm is one ending and stays on file; the room wants the last round.")
    if table.game.state.tracks["brink"] != 5:
        ada.set_track("brink", 5, "What the room has seen leaves its mark on the last round.")


def _last_round(evening: Evening) -> None:
    """It goes fast: Washington's orders run out of time, and nobody is given the time to regret."""
    table = evening.table
    evening.comes_to(3, "answers", *PEOPLE)
    evening.limit(75, 15, "The last round goes fast.")

    def washington() -> None:
        evening.takes_a_stance(0)
        evening.commits("the-chip-rules", "a-carrier-at-busan")
        evening.says("The contest from now on; nobody is left to ask.")
        table.time_up()

    def pyongyang() -> None:
        evening.takes_a_stance(1)
        evening.commits("denied-in-new-york", "two-portraits")
        evening.says("Nothing that Beijing would have to see.")

    def moscow() -> None:
        evening.takes_a_stance(0)
        evening.commits("buses-at-the-border", "glide-bombs")
        evening.says("The score is made; now do no harm.")

    evening.in_turn(4, "orders", {"us": washington, "dprk": pyongyang, "russia": moscow})


# --- what came of it ---------------------------------------------------------------------------------------


def left_out(story: Story) -> list[str]:
    """What the page tells of and this evening does not have, in words."""
    moves = [moment.move for moment in story.line if moment.move]
    events = [event for moment in story.line for event in moment.events]
    found = {type(move) for move in moves} | {type(event) for event in events}
    verbs = Tally(move.verb for move in moves if move.seat != WHITE)
    ends = [story.at(line.tip).state.outcome for line in story.lines() if line.finished]
    reasons = Tally(line.why for line in story.lines())
    shown = {
        "Seoul's line": any(move.about == "missiles" and move.seat == "rok" for move in moves),
        "a counter-offer": verbs["counter"] > 0,
        "the contract": any(move.about == CONTRACT and move.verb == "answer" for move in moves),
        "a train that is paid by half": verbs["mark"] > 0,
        "an accusation that is right": any(isinstance(e, Accused) and e.right for e in events),
        "a crisis that all answer": CrisisAnswered in found,
        "a card of each person": CardRevealed in found,
        "an undo and two rewinds": (reasons["undo"], reasons["rewind"]) == (1, 2),
        "the storm, and another end": ends == ["storm", "time"],
        "a turn that ran out of time": any(moment.maker == "timer" for moment in story.line),
    }
    return [what for what, come in shown.items() if not come]


def evening(folder: Path, seed: int = SEED) -> Path:
    """Play the evening and put it into a folder, in the place of the one that is there; its path."""
    return keep(folder, NAME, lambda where, name: _play(where, name, seed), CLOCK)


def look(seeds: Iterator[int]) -> int:
    """Return the first of the seeds with which nothing is left out."""
    with TemporaryDirectory() as folder:
        return next(seed for seed in seeds if not left_out(Story.open(evening(Path(folder), seed))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["look"]:
        print(look(count(int(sys.argv[2]) if sys.argv[2:] else SEED + 1)))
        sys.exit()
    made = evening(FOLDER, *map(int, sys.argv[1:2]))
    print(made)
    for what in left_out(Story.open(made)):
        print(f"Left out, as things have come: {what}.")
    print(table_of(made))
