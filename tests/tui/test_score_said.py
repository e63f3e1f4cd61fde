"""What a player reads as a score is true, said once, and the same wherever it stands."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.rules.boards import edit, give
from tests.tui.boards import LARGE, SMALL, Around, a_deal, a_table, an_offer, honeymoon, mill, until
from wargame.debrief.perspective import EVERYTHING, seen_score
from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose, If, Option, Roll
from wargame.rules.effects.tracks import Points, Shift
from wargame.rules.moves import Commit, Mark, Offer
from wargame.rules.scenario import Scenario
from wargame.rules.scoring import agenda_kept
from wargame.rules.spec import Effect, Stock
from wargame.table.table import Table
from wargame.tui.board.board import why_track
from wargame.tui.facilitate.sight import seat_lines
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.odds import rounded
from wargame.tui.kit.odds import score_said as worth_said
from wargame.tui.kit.tracks import about_track
from wargame.tui.play.desk import DeskScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.play.paned import seat_banner
from wargame.words import Words
from wargame.words.pages import kit
from wargame.words.texts import signless

WIN, LOSE = (Points("amber", 4),), (Points("amber", -1),)


def with_card(*effects: Effect, **tracks: int) -> Table:
    """Amber holds one card that does this."""
    spec = mill().spec
    first, *rest = spec.cards["amber"]
    cards = {**spec.cards, "amber": (replace(first, cost=0, effects=effects), *rest)}
    table = until(a_table(Scenario(replace(spec, cards=cards), "a card")), 1, seat="amber")
    give(table.game, "amber", first.id)
    edit(table.game, tracks=tracks)
    return table


def said(table: Table) -> str:
    return worth_said(Lens(table, "amber"), Commit("amber", table.game.state.hands["amber"][0]))


@pytest.mark.parametrize(
    ("effects", "says"),
    [
        ((Points("amber", 2),), "+2"),
        ((If(Condition(track="heat", at_least=5), WIN, LOSE),), "+4"),
        ((Roll(50, WIN, LOSE),), "+4 works, −1 fails"),
        ((Points("amber", 2), Roll(50, WIN, LOSE)), "+6 works, +1 fails"),
        ((Points("amber", 2), Roll(50, (Shift(1, track="rumour"),))), "+2"),
        ((If(Condition(track="heat", at_most=4), (Roll(50, WIN),)),), "0"),
        ((Roll(50, WIN, LOSE), Roll(50, WIN, LOSE)), "+3 on average"),
        ((If(Condition(track="rumour", at_least=1), WIN, LOSE),), "+1.5 on average"),
        ((Choose("birch", "Well?", (Option("no", "No"), Option("yes", "Yes", WIN))),), "+2 on average"),
    ],
)  # fmt: skip
def test_only_what_is_not_sure_is_on_average(effects: tuple[Effect, ...], says: str) -> None:
    """A roll, what is hidden, another's answer; and all that the card does counts, whatever the roll."""
    assert said(with_card(*effects, heat=6)) == says


def test_a_term_counts_as_far_as_it_goes() -> None:
    """A track at its end moves no score, nor does a good past what the term counts."""
    assert said(with_card(Shift(1, track="nerve"), Shift(1, track="nerve"), nerve=9)) == "+1"


@pytest.mark.parametrize(("points", "says"), [(0, "0"), (0.03, "+0.03"), (-0.04, "−0.04"), (1.96, "+2")])
def test_no_sum_looks_like_nothing_but_nothing(points: float, says: str) -> None:
    assert rounded(points) == says


def test_a_mark_says_what_holding_back_brings() -> None:
    """Points of a deal that ends later, what its breach sets off: surely, so not on average."""
    table = a_deal()
    edit(table.game, tracks={"heat": 5})
    text = worth_said(Lens(table, "amber"), Mark("amber", "bread-for-coin", "stop"))

    assert re.fullmatch(r"[+−]\d+", text)


def test_a_deal_that_may_not_hold_is_said_on_average() -> None:
    table = until(a_table(), 1, seat="amber")
    lens = Lens(table, "amber")

    skipped = worth_said(lens, Offer("amber", "cake-for-coin", "small", "open", 2), if_kept=True)
    assert skipped.endswith(" on average, if both keep it")
    plain = worth_said(lens, Offer("amber", "bread-for-coin", "small", "open", 2), if_kept=True)
    assert "average" not in plain
    assert plain.endswith(" if both keep it")


def test_the_console_and_the_seat_say_the_same_score() -> None:
    """What the seat can't count is named beside it; together they are the score that the end would give."""
    agendas = unseen = 0
    for seed in range(4):
        table = a_table(honeymoon(), honeymoon().seat_ids[1:], seed=seed, rounds=4)
        while not table.over:
            state = table.game.state
            for seat in state.scenario.seat_ids:
                lines = seat_lines(table, Words(table.scenario), seat, 100)
                shown = SCORE.search("\n".join(line.plain for line in lines))
                assert shown is not None
                own, agenda, hidden = (
                    int((part or "0").replace("−", "-").replace(" ", "")) for part in shown.groups()
                )
                assert signless(own) == Lens(table, seat).score_said(seat)
                assert own + agenda + hidden == seen_score(state, seat, EVERYTHING)
                assert bool(agenda) == agenda_kept(state, seat)
                agendas, unseen = agendas + bool(agenda), unseen + bool(hidden)
            table.play(table.game.legal_moves()[0])
            list(table.advance())

    assert agendas
    assert unseen


SCORE = re.compile(r"score (−?\d+)(?: \+ agenda (\d+))?(?: ([+−] \d+) unseen)?")


@pytest.mark.parametrize("viewer", [None, "cedar"])
def test_a_track_whose_moves_are_others_is_not_said_to_stand_still(viewer: str | None) -> None:
    """Trust moves between two seats; the others are told that they are not told."""
    table = until(a_deal(), 3, seat="amber")
    assert table.game.state.tracks["trust"] != mill().tracks["trust"].start

    for text in (why_track(Lens(table, viewer), "trust"), _page(table, viewer)):
        assert "not moved yet" not in text
        assert "only AM and BI are told how it moves" in text
    assert "Trust" in why_track(Lens(table, "amber"), "trust")
    assert "not moved" not in why_track(Lens(table, "amber"), "trust")


def _page(table: Table, viewer: str | None) -> str:
    return " ".join(line.plain for line in about_track(Lens(table, viewer), "trust", 80))


def test_a_track_that_stands_where_it_began_has_not_moved() -> None:
    assert "not moved yet" in why_track(Lens(a_table(), "amber"), "trust")


def test_a_briefing_says_where_its_own_seat_starts() -> None:
    """Each seat's own score at the beginning, in games of any length: seats start at different scores."""
    scenario = honeymoon()
    for seat in scenario.seat_ids:
        for rounds in (4, 6, 8):
            told = " ".join(one.text for one in Words(scenario).briefing(seat, rounds))

            assert f"You start at {scenario.spec.scoring.start_of(seat, rounds)}" in told
            assert "Everybody" not in told


@pytest.mark.parametrize("rounds", [3, 8])
def test_the_briefing_and_the_first_page_say_the_same_score(rounds: int) -> None:
    """What counts of a seat's stores is in both."""
    spec = mill().spec
    seats = tuple(replace(seat, goods={**seat.goods, "coin": Stock(3)}) for seat in spec.seats)
    table = a_table(Scenario(replace(spec, seats=seats), "three coins"), rounds=rounds)
    said = Lens(table, "amber").score_said("amber")
    told = " ".join(one.text for one in Words(table.scenario).briefing("amber", rounds))

    assert said == "23"
    assert f"You start at {said}, your stores counted" in told


def test_the_public_score_is_the_one_that_everybody_reads() -> None:
    """A seat's own page names it where its own score is another, and it never holds what is secret."""
    differ = 0
    for seed in range(2):
        table = a_table(honeymoon(), honeymoon().seat_ids[1:], seed=seed, rounds=4)
        while not table.over:
            room = Lens(table, None)
            for seat in table.scenario.seat_ids:
                lens = Lens(table, seat)
                own, public = lens.score(seat), lens.public_score(seat)
                assert public == room.score(seat)
                said = seat_banner(lens, seat, "", 120).plain
                assert (f"public {signless(public)}" in said) == (own != public)
                differ += own != public
            table.play(table.game.legal_moves()[0])
            list(table.advance())

    assert differ


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_deals_worth_says_what_it_is_counted_from(size: tuple[int, int]) -> None:
    """At the desk, and where it is answered: the position is another by then, and so may the score be."""
    desk = DeskScreen(until(a_table(), 1, seat="amber"), "amber")
    in_orders = OrdersScreen(an_offer(), "birch")
    in_answers = OrdersScreen(until(an_offer(), 1, "answers", "birch"), "birch")
    said = []
    for screen, key in ((desk, "1"), (in_orders, "4"), (in_answers, "1")):
        app = Around(screen)
        async with app.run_test(size=size) as pilot:
            await pilot.press(key)
            await pilot.pause()
            told = " ".join(" ".join(line.plain for line in screen.about(screen.lit, 60)).split())
        said.append(next(one for one in map(kit.counted_from, ("orders", "answers")) if one in told))

    assert said == [*[kit.counted_from("orders")] * 2, kit.counted_from("answers")]
