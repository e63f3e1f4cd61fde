"""What is said of games as they are played: moves, events, refusals, and what a seat knows."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.words.boards import SHIPPED, blemishes, ids_of, played, scenario, spoken
from wargame.rules.events import (
    KINDS,
    BandChanged,
    BottleneckLocated,
    Change,
    DealSuspected,
    DeliveryWatched,
    DiceRolled,
    Event,
    GoodMoved,
    GoodsDelivered,
    OutcomeCame,
    PointsGiven,
    RungGambled,
    SecretPeeked,
    TrackMoved,
)
from wargame.rules.moves import (
    REFUSALS,
    Answer,
    Dial,
    End,
    Join,
    Lay,
    Mark,
    Move,
    Offer,
    Prove,
    Refusal,
    SetDial,
    Sign,
    Stand,
)
from wargame.words.en import events as sentences
from wargame.words.en.headlines import HEADLINES

SEEDS = range(8)
GAMES = [(name, seed) for name in (*SHIPPED, "bargaining") for seed in SEEDS]


def test_every_kind_of_event_has_a_sentence_and_a_name_of_its_own() -> None:
    """No kind that the rules make is without words, whether or not a random game meets it."""
    kinds = set(get_args(Event))

    assert set(sentences.SENTENCES) == kinds == set(KINDS)
    assert len(set(KINDS.values())) == len(kinds)
    assert set(HEADLINES) <= kinds


@pytest.mark.parametrize(("name", "seed"), GAMES)
def test_all_that_happens_in_a_game_has_words(name: str, seed: int) -> None:
    """Events, headlines, moves, refusals and knowledge of random games: never empty, never an id."""
    words, ids = spoken(name), ids_of(scenario(name))
    events, moves, refusals, known = played(name, seed)
    said = [words.event(event, viewer) for event in events for viewer in {None, *(event.to or ())}]
    said += [line for event in events if (line := words.headline(event)) is not None]
    said += [words.move(move, path) for move, path in moves] + [words.move(move) for move, _path in moves]
    said += [words.refusal(refusal) for refusal in refusals]
    said += [line for lines in known for line in lines]

    assert all(said)
    assert not [fault for text in set(said) for fault in blemishes(text, ids)]


@pytest.mark.parametrize(("name", "seed"), GAMES[:3])
def test_headlines_are_of_public_events(name: str, seed: int) -> None:
    """What only some saw is not in the papers."""
    events = played(name, seed)[0]

    assert not [event for event in events if event.to is not None and spoken(name).headline(event)]


def test_every_rule_of_refusal_has_a_sentence() -> None:
    """Each rule, with facts of its kind, gives one sentence with names in it."""
    words = spoken("honeymoon")
    facts = [
        Refusal("turn", seat="rok"), Refusal("pair", seat="us"), Refusal("pending", seat="dprk"),
        Refusal("countered", seat="us"),
        Refusal("cost", number=5, has=4), Refusal("committed", number=2), Refusal("offered", number=2),
        Refusal("trust", number=8, has=3), Refusal("need", need="stand:warning:1"),
    ]  # fmt: skip
    said = {rule: words.refusal(Refusal(rule)) for rule in REFUSALS if rule != "need"}
    said |= {why.rule: words.refusal(why) for why in facts}

    assert all(text.endswith(".") and not blemishes(text, {"rok", "us", "dprk"}) for text in said.values())
    assert said["pair"] == "You have made the United States an offer already this round."
    assert said["need"].startswith("It needs: ")
    assert "Trilateral at least 7" in said["need"]
    assert said["trust"] == "It wants Trust 8, you have 3: too far to skip."


@pytest.mark.parametrize("name", SHIPPED)
def test_every_need_that_a_refusal_can_quote_is_said(name: str) -> None:
    """Needs of cards, deals, stands and options are found by the facts of their refusals."""
    words, board = spoken(name), scenario(name)
    facts = [f"card:{c.id}:{at}" for c in board.cards.values() for at in range(len(c.needs))]
    facts += [f"deal:{d.id}:{at}" for d in board.spec.deals for at in range(len(d.needs))]
    facts += [f"stand:{s.id}:{at}" for s in board.spec.stands for at in range(len(s.needs))]
    for path, choice in board.programs.choices.items():
        for nth, option in enumerate(choice.options):
            facts += [f"choice:{path}:{nth}:{at}" for at in range(len(option.needs))]
    said = [words.refusal(Refusal("need", need=fact)) for fact in facts]

    assert all(said)
    assert not [fault for text in said for fault in blemishes(text, ids_of(board))]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (End("dprk"), "North Korea ends its turn"),
        (
            Offer("dprk", "shells-for-oil", "large", "secret", 3),
            "North Korea offers Russia: Shells for oil, large, secret, three rounds",
        ),
        (Answer("russia", "shells-for-oil", "no"), "Russia says no to Shells for oil"),
        (Mark("russia", "shells-for-oil", "short"), "Russia delivers short on Shells for oil"),
        (Dial("china", "aid", "cut"), "China sets Aid to Pyongyang to Cut"),
        (Stand("us", "warning"), "The United States stands: The trilateral warning"),
        (
            Sign("shells-for-oil", "large", "secret", 3),
            "The white cell has North Korea and Russia sign “Shells for oil” (large, secret, three rounds)",
        ),
        (Prove("shells-for-oil"), "The white cell lays open “Shells for oil”"),
        (
            Lay("rok", "one-thing-they-need", "nitrate"),
            "The white cell lays “The one thing they need” face down for South Korea, "
            "aimed at ammonium nitrate",
        ),
        (Join("japan", "warning"), "The white cell has Japan join “The trilateral warning”"),
        (SetDial("aid", "cut"), "The white cell sets Aid to Pyongyang to Cut"),
    ],
)
def test_a_move_is_one_titled_line(move: Move, said: str) -> None:
    """Seats, deals and settings go by their names."""

    assert spoken("honeymoon").move(move) == said


TOLD = [
    (TrackMoved(None, "sanctions", 6, 7, "news/?"), "Sanctions ▲1 6→7: ?"),
    (TrackMoved(None, "sanctions", 7, 5, ""), "Sanctions ▼2 7→5, for a reason kept secret"),
    (
        TrackMoved(None, "brink", 5, 4, "over/stand/warning"),
        "Brink ▼1 5→4: “The trilateral warning” wears off",
    ),
    (BandChanged(None, "regime", 0), "Regime is now tottering."),
    (
        RungGambled(None, "shells-for-oil", 30, 31, False, (50, -20)),
        "“Shells for oil” skips a rung: chance 30 %, and the dice say 31: it falls through.",
    ),
    (
        DeliveryWatched((), "shells-for-oil", 35, 35, True, (20, 15, 0, 0)),
        "A secret delivery on “Shells for oil”: chance 35 %, and the dice say 35: it is noticed.",
    ),
    (
        DiceRolled(None, "trigger/hunger/0", 42, 50, False, (42, 0), "trigger/hunger"),
        "Without the neighbour, hunger: chance 42 %, and the dice say 50: it does not happen.",
    ),
    (
        DiceRolled(None, "news/thin-harvest/2", 60, 12, True, (60, 0), "news/thin-harvest"),
        "A thin harvest: chance 60 %, and the dice say 12: it happens.",
    ),
    (
        DiceRolled(
            None, "news/shells-in-the-sea/0/answer/1", 10, 12, False, (50, -40, 0), "news/shells-in-the-sea"
        ),
        "Shells beside the island: Answer shell for shell: chance 10 %, and the dice say 12: it fails.",
    ),
    (
        DealSuspected(("rok",), "dprk", "russia", 2),
        "Something points to a secret deal between North Korea and Russia, signed in Jan–Mar 2024: "
        "a suspicion, no proof.",
    ),
    (OutcomeCame(None, "storm"), "The storm breaks: the peninsula goes over the brink."),
    (
        BottleneckLocated(("rok",), "munitions", "power"),
        "North Korea's factories are held back by power now.",
    ),
    (SecretPeeked(("rok",), "trust", 4), "Trust stands at 4, trading, now."),
    (SecretPeeked(("rok",), "russia/oil", 1), "Russia holds 1 oil now."),
    (SecretPeeked(("rok",), "aid", "cut"), "Aid to Pyongyang stands at Cut now, set by China."),
    (
        GoodsDelivered(None, "shells-for-oil", "dprk", "russia", "shells", 1, 3),
        "North Korea delivers 1 shell to Russia, 1 of 3 due (Shells for oil).",
    ),
]


@pytest.mark.parametrize(("event", "said"), TOLD, ids=[said[:20] for _event, said in TOLD])
def test_events_read_as_written_here(event: Event, said: str) -> None:
    """Samples of events with their exact sentences, unknown and passing causes among them."""

    assert spoken("honeymoon").event(event) == said


def test_a_roll_with_hidden_terms_shows_no_odds() -> None:
    """Those who may not know a term hear the outcome, and a question mark for the term."""
    words = spoken("honeymoon")
    hidden = DiceRolled(("us",), "trigger/war/0", None, None, True, (30, None, -4), "trigger/war")

    assert words.event(hidden) == "The war in Ukraine: the roll works; not all may know the odds."
    told = "The war in Ukraine: the roll works; part of its odds is hidden from you."
    assert words.event(hidden, "us") == told
    assert words.roll_terms("trigger/war/0", (30, None, -4)) == [
        ("to start with: even", 30),
        ("Fire from North Korean arms", "?"),
        ("Allied aid to Kyiv", -4),
    ]


def test_the_parts_of_a_chance_have_labels() -> None:
    """Also the limit, where it cuts, of a die, of a skipped rung and of the watch."""
    words = spoken("honeymoon")
    nerves = "news/shells-in-the-sea/0/answer/1"

    assert words.roll_terms(nerves, (50, -40, 0)) == [("to start with: likely", 50), ("Nerves", -40)]
    assert words.roll_terms(nerves, (50, -56, 11)) == [
        ("to start with: likely", 50),
        ("Nerves", -56),
        ("at least 5", 11),
    ]
    assert words.roll_terms(nerves, (50, 48, -3))[-1] == ("at most 95", -3)
    assert words.hold_terms((50, -20)) == [("to start with", 50), ("Trust that is missing", -20)]
    assert words.watch_terms((20, 85, 0, -15))[-1] == ("at most 90", -15)
    assert (
        words.rolled_for(nerves, "news/shells-in-the-sea")
        == "Shells beside the island: Answer shell for shell"
    )


def test_a_seat_reads_of_itself_as_you() -> None:
    """Private matters are told to their owner in the second person, to the facilitator by name."""
    event = GoodMoved(("dprk",), "dprk", "oil", 1, 2, "income")

    assert spoken("honeymoon").event(event, "dprk") == "Your oil ▲1 1→2: income"
    assert spoken("honeymoon").event(event) == "North Korea's oil ▲1 1→2: income"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (TrackMoved(None, "sanctions", 6, 7, "upkeep"), "Sanctions ▲1 6→7"),
        (PointsGiven(None, "rok", 3, "accusation/rok"), "South Korea's score ▲3"),
    ],
)
def test_a_change_is_told_without_its_cause_where_that_stands_above_it(change: Change, said: str) -> None:
    assert spoken("honeymoon").change(change) == said
    assert spoken("honeymoon").event(change).startswith(f"{said}: ")
