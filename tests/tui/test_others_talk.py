"""Who is done talking prepares orders meanwhile, and reads what the others do."""

from __future__ import annotations

from tests.host.tables import Hosted, end
from wargame.tui.kit.hosted import hosted_lines
from wargame.tui.kit.lens import Lens


def told(hosted: Hosted, seat: str) -> str:
    """What stands above the foot of that seat's pages."""
    face = hosted.faces[seat]
    return " ".join(line.plain.strip() for line in hosted_lines(face, Lens(face, seat), 120))


def test_while_others_talk_nobody_has_a_turn() -> None:
    hosted = Hosted(least=0.0)
    first, second, last = (str(seat) for seat in hosted.table.game.state.order)
    hosted.faces[last].end_talk()
    assert "Others still talk." in told(hosted, last)
    end(hosted.faces[last])
    assert "Nothing prepared. Others still talk. When yours comes" in told(hosted, last)

    for seat in (first, second):
        hosted.faces[seat].end_talk()
    short = hosted.table.scenario.seats[first].short
    assert f"Nothing prepared. {short} has its turn. When yours comes" in told(hosted, last)
