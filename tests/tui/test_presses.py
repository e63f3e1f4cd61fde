"""How often a key is pressed while everybody watches: at most ten a round, and never into a decision."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.tui.boards import SMALL, a_table, honeymoon
from tests.tui.games import LEADS_ON, players, settled
from wargame.tui import Start
from wargame.tui.app import WargameApp
from wargame.tui.home.final import FinalScreen
from wargame.tui.play.choice import ChoiceScreen
from wargame.tui.play.orders import OrdersScreen
from wargame.tui.watch.resolution import ResolutionScreen

MOST = 10
STEPS = 600
KEYS: dict[type, tuple[str, ...]] = LEADS_ON | {ChoiceScreen: ("down", "enter")}


def presses(screen: ResolutionScreen) -> list[str]:
    """The keys that lead through a recap, with `s` once among the cards of a round."""
    keys = []
    for at, page in enumerate(screen.pages):
        cards = [nth for nth, other in enumerate(screen.pages) if other.chapter == page.chapter]
        if page.phase == "resolution" and len(cards) > 1:
            keys += ["s"] * (at == cards[0]) + ["enter"] * (at == cards[-1])
        else:
            keys.append("enter")
    return keys


@pytest.mark.parametrize("seed", range(8))
def test_a_recap_takes_at_most_ten_presses(seed: int) -> None:
    """In every round of whole games: news, reveal, the cards, upkeep and the state of the world."""
    table = a_table(honeymoon(), bots=honeymoon().seat_ids, seed=seed)
    for round_ in range(1, table.game.state.rounds + 1):
        told = [beat for beat in table.beats if beat.round == round_]  # from its orders to the next news
        screen = ResolutionScreen(table, told)
        counted = Counter(page.phase if page.kind != "world" else "world" for page in screen.pages)

        assert len(presses(screen)) <= MOST
        assert counted["reveal"] <= 1
        assert counted["upkeep"] <= 3  # the storm and the end have pages of their own
        assert counted["world"] <= 1


@pytest.mark.soak
async def test_presses_of_a_whole_game() -> None:
    """One person from the first news to the end: each recap by its keys, and none of them decides."""
    who = players(("rok",))
    app = WargameApp(Start("play", seed=11, rounds=4, players=who))
    counts: list[int] = [0]
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(STEPS):
            await settled(pilot)
            screen = app.screen
            if isinstance(screen, FinalScreen):
                break
            if isinstance(screen, ResolutionScreen):
                table = app.session.table
                assert table is not None
                moves = len(table.beats)
                for key in presses(screen):
                    assert app.screen is screen
                    await pilot.press(key)
                    counts[-1] += 1
                await settled(pilot)
                assert app.screen is not screen
                assert len(table.beats) == moves
                continue
            if isinstance(screen, OrdersScreen) and counts[-1]:
                counts.append(0)
            for key in KEYS.get(type(screen), ("enter",)):
                if app.screen is screen:
                    await pilot.press(key)
        assert isinstance(app.screen, FinalScreen)

    assert max(counts) <= MOST, counts
