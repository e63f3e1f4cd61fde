"""A screen that has been left, or is about to be taken away, does nothing more: its turn may be over."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from tests.tui.boards import LARGE, Around
from wargame.tui.kit.guard import GuardedScreen


class Listening(GuardedScreen[None]):
    """Notes what it is asked to do."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("")

    def on_resize(self) -> None:
        self.heard.append("resize")

    def on_screen_resume(self) -> None:
        self.heard.append("resume")


async def test_a_screen_that_is_ended_hears_of_nothing_that_was_to_come() -> None:
    page, cover = Listening(), Listening()
    app = Around(page)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.pause()
        page.put_up(cover)
        await pilot.pause()
        assert page.heard
        page.heard.clear()
        page.call_later(page.heard.append, "later")
        page.call_after_refresh(page.heard.append, "after a refresh")
        page.post_message(events.Resize(app.size, app.size))
        for screen in (page, cover):
            screen.end()
        cover.withdraw()  # the page is in front for a moment
        page.withdraw()
        await pilot.pause(0.1)

    assert page.heard == []
