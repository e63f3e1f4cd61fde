"""What an event says of itself: its form in files, whom it is for, which is a twin, and when it happened."""

from __future__ import annotations

import pytest

from wargame.rules.events import (
    BandChanged,
    CardPlayed,
    CardRevealed,
    CommuniqueIssued,
    CrisisAnswered,
    CrisisEnded,
    DealAnnounced,
    DealOffered,
    DealSigned,
    DiceRolled,
    Event,
    FinalScored,
    GameEnded,
    GoodMoved,
    InfluenceMoved,
    OutcomeCame,
    PhaseBegan,
    QuietMoveMade,
    RoundBegan,
    StandTaken,
    TrackMoved,
    WhiteActed,
    common_knowledge,
    dated,
    is_private,
    is_twin,
    seen_by,
    to_plain,
)
from wargame.rules.moves import SetTrack

SEATS = ("amber", "birch", "cedar")
PLAIN: list[tuple[Event, tuple[object, ...]]] = [
    (RoundBegan(None, 2, SEATS), ("round", None, (2, SEATS))),
    (OutcomeCame(None, "fire"), ("outcome", None, ("fire",))),
    (TrackMoved(("amber",), "heat", 3, 4, ""), ("track", ("amber",), ("heat", 3, 4, ""))),
    (
        TrackMoved(("birch",), "heat", 3, 4, "card/stoke", twin=True),
        ("track", ("birch",), ("heat", 3, 4, "card/stoke")),
    ),
    (QuietMoveMade(("birch",), "amber"), ("quiet", ("birch",), ("amber",))),
    (StandTaken(None, "wall", ("cedar",), False), ("stood", None, ("wall", ("cedar",), 0))),
    (
        CrisisAnswered(None, "drought", ("amber", "birch"), ("keep", "share")),
        ("stances", None, ("drought", ("amber", "birch"), ("keep", "share"))),
    ),
    (CrisisEnded(None, "drought", 1), ("crisis", None, ("drought", 1))),
    (FinalScored(None, "amber", 9, True, False), ("final", None, ("amber", 9, 1, 0))),
    (
        DiceRolled(None, "card/dare/0", 40, 41, False, (40, 0), "card/dare"),
        ("rolled", None, ("card/dare/0", 40, 41, 0, (40, 0), "card/dare")),
    ),
    (
        DiceRolled(("cedar",), "card/dare/0", None, None, True, (30, None), "card/dare", twin=True),
        ("rolled", ("cedar",), ("card/dare/0", 0, 0, 1, (30, "?"), "card/dare")),
    ),
    (
        DealOffered(("amber", "birch"), "bread", "amber", "birch", "small", True, 2),
        ("offered", ("amber", "birch"), ("bread", "amber", "birch", "small", True, 2)),
    ),
    (
        DealSigned(("amber", "birch"), "bread", "amber", "birch", "small", True, 2),
        ("signed", ("amber", "birch"), ("bread", "amber", "birch", "small", 1, 2)),
    ),
    (
        DealAnnounced(None, "bread", "amber", "birch", "small", 2),
        ("announced", None, ("bread", "amber", "birch", "small", 0, 2)),
    ),
    (CommuniqueIssued(None, "amber", "birch"), ("communique", None, ("amber", "birch"))),
    (WhiteActed((), SetTrack("heat", 4)), ("white", (), ("set-track", "heat", 4))),
]
"""Events in the form that exports have always had."""


@pytest.mark.parametrize(("event", "plain"), PLAIN, ids=[str(plain[0]) for _event, plain in PLAIN])
def test_an_event_is_written_as_it_always_was(event: Event, plain: tuple[object, ...]) -> None:
    """Kind, audience and facts in order; yes and no as 1 and 0, and nothing of which twin it is."""
    written = to_plain(event)

    assert written == plain
    assert list(map(type, written[2])) == list(map(type, plain[2]))


def test_an_audience_is_some_seats_or_everybody() -> None:
    """The room as a whole hears only what everybody does."""
    public, private = CardPlayed(None, "amber", "stoke", ""), CardPlayed(("amber",), "amber", "hush", "")

    assert [seen_by(public, viewer) for viewer in ("amber", "birch", None)] == [True, True, True]
    assert [seen_by(private, viewer) for viewer in ("amber", "birch", None)] == [True, False, False]


def test_common_knowledge_is_the_poorest_of_what_all_were_told() -> None:
    """Of things told in several versions the last, if every seat heard one; of a hidden track its band."""
    told: list[Event] = [
        TrackMoved(("amber",), "heat", 3, 4, "card/stoke"),
        TrackMoved(("birch", "cedar"), "heat", 3, 4, "", twin=True),
        TrackMoved(("amber",), "nerve", 5, 4, "card/stoke"),
        BandChanged(("birch", "cedar"), "nerve", 1),
        InfluenceMoved(("amber",), "amber", 2, 3, ""),
        InfluenceMoved(("birch",), "amber", 5, 6, "white", twin=True),
        InfluenceMoved(("cedar",), "amber", 5, 6, "", twin=True),
        TrackMoved(("birch",), "rumour", 1, 2, ""),
        CardRevealed(("amber",), "amber", "hush", ""),
        QuietMoveMade(("birch", "cedar"), "amber"),
        GameEnded(None, "time"),
    ]

    assert list(common_knowledge(told, SEATS)) == [told[at] for at in (1, 3, 6, 9, 10)]
    assert [at for at, event in enumerate(told) if is_twin(event)] == [1, 5, 6, 9]


def test_what_a_seat_was_told_of_is_common_knowledge_only_if_it_was_before() -> None:
    """A twin whose richer version was left out does not go on from whatever stands before it now."""
    hold = TrackMoved(("amber", "birch", "cedar"), "heat", 8, 9, "", twin=True)
    truly = TrackMoved(("amber",), "rumour", 3, 6, "card/x")
    twin = TrackMoved(("birch",), "rumour", 3, 6, "", twin=True)
    seats = ("amber", "birch", "cedar")

    assert [*common_knowledge([hold, truly, twin], seats)] == [hold]
    assert [*common_knowledge([hold, twin], seats)] == [hold]


def test_private_is_what_others_do_not_know_of() -> None:
    """Not the poorer of two truths, of which others know more; but a quiet card at nothing, and a stock."""
    private: list[Event] = [
        CardRevealed(("amber",), "amber", "hush", ""),
        CardPlayed(("amber",), "amber", "hush", "wood"),
        GoodMoved(("amber",), "amber", "water", 1, 2, ""),
        TrackMoved(("amber",), "nerve", 5, 4, "card/stoke"),
    ]
    known: list[Event] = [
        CardPlayed(None, "amber", "stoke", ""),
        QuietMoveMade(("birch", "cedar"), "amber"),
        TrackMoved(("birch", "cedar"), "heat", 3, 4, "", twin=True),
        BandChanged(("birch", "cedar"), "nerve", 1),
        InfluenceMoved(("birch",), "amber", 5, 6, "white", twin=True),
    ]

    assert all(map(is_private, private))
    assert not any(map(is_private, known))


def test_dates_follow_rounds_and_phases() -> None:
    """A move may lead through several; a round begins with its news, the debriefing with the scores."""
    told: list[Event] = [
        CardPlayed(None, "amber", "stoke", ""),
        PhaseBegan(None, "upkeep"),
        OutcomeCame(None, "fire"),
        RoundBegan(None, 3, SEATS),
        CardRevealed(None, "amber", "stoke", ""),
        PhaseBegan(None, "orders"),
        FinalScored(None, "amber", 9, True, False),
        GameEnded(None, "fire"),
    ]

    assert [(one.round, one.phase) for one in dated(told, 2, "resolution")] == [
        (2, "resolution"), (2, "upkeep"), (2, "upkeep"), (3, "news"),
        (3, "news"), (3, "orders"), (3, "debrief"), (3, "debrief"),
    ]  # fmt: skip
    assert [one.event for one in dated(told, 2, "resolution")] == told
