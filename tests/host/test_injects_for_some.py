"""An inject for some reaches them alone: nothing of it shows to other seats, the room or the wall."""

from __future__ import annotations

import pytest

from tests.host.clients import an_evening
from tests.host.tables import SEATS, Hosted
from tests.host.test_two_worlds import settled, to_orders
from tests.rules.boards import mini
from tests.tui.halls import a_table_of_people
from wargame.content.exercise import exercise_from_text
from wargame.host.face import Face
from wargame.record import Player
from wargame.rules.events import NewsCame
from wargame.rules.luck import draw
from wargame.table import Facilitator, Table
from wargame.tui.settings import Settings
from wargame.words import Words

HEARD = "birch"
CARD = {"title": "A word from the embassy", "text": "Come alone, tonight."}
PLAN = """
scenario: mini
title: x
rounds: 2
seed: 3
"""
PLANNED = f"""{PLAN}injects:
  - {{round: 2, to: [{HEARD}], title: {CARD["title"]}, text: "{CARD["text"]}"}}
"""


def a_hosted_table(text: str = PLAN) -> Hosted:
    players = {seat: Player("person", seat.title()) for seat in SEATS}
    return Hosted(Table.start(mini(), players, exercise=exercise_from_text(text, mini())))


def others_of(hosted: Hosted) -> dict[str | None, Face]:
    """Every face but that of the seat which hears of it; None is the room's."""
    return {None: hosted.course.face(None), **{seat: hosted.faces[seat] for seat in SEATS if seat != HEARD}}


def told_to(face: Face) -> list[str]:
    """The titles of what a face was told alone."""
    news = (event for beat in face.beats for event in beat.events if isinstance(event, NewsCame))
    return [event.cause.partition("/")[0] for event in news if event.to]


def lead_on(hosted: Hosted, step: int) -> None:
    """Everybody who may does one thing, by luck that knows nothing but the step and the seat."""
    for seat, face in hosted.faces.items():
        if face.open_for_talk:
            face.end_talk()
        elif face.seat_to_play == seat:
            moves = face.game.legal_moves()
            face.play(moves[draw(step, 0, 0, "two worlds", seat) % len(moves)])


@pytest.mark.parametrize("to", [(HEARD,), ()])
def test_whoever_is_in_reads_what_is_written_on_the_spot(to: tuple[str, ...]) -> None:
    """A face that was made before the card was written knows its title and its words once it is told."""
    hosted = a_hosted_table().past_talk()
    face, room = hosted.faces[HEARD], hosted.course.face(None)
    cell = Facilitator(hosted.table, "Kim")

    cell.improvise(CARD, "to see who talks", to=list(to))
    hosted.course.mind()

    for seen in (face,) if to else (face, room):
        (news,) = [event for event in seen.beats[-1].events if isinstance(event, NewsCame)]
        said = Words(seen.scenario).event(news)
        assert CARD["title"] in said
        assert CARD["text"] in said


@pytest.mark.parametrize("round_", [0, 2])
def test_one_that_only_tells_changes_no_other_face(round_: int) -> None:
    """Sent at once or set for later, moved, rewritten, held and let go: nobody else is even notified."""
    hosted = a_hosted_table().past_talk()
    others, cell = others_of(hosted), Facilitator(hosted.table, "Kim")
    before = {seat: (face.version, face._look) for seat, face in others.items()}
    cell.improvise(CARD, "to see who talks", round=round_, to=[HEARD])
    if round_:
        cell.edit(1, "shorter", card={"text": "Come."})
        cell.hold(1, "not yet")
        cell.shift(1, 0, "now")
    hosted.course.mind()

    assert {seat: (face.version, face._look) for seat, face in others.items()} == before
    assert told_to(hosted.faces[HEARD]) == ["white"]


def test_two_worlds_that_differ_in_one_planned_look_the_same_to_all_others() -> None:
    """By an exercise, over a whole game: the same views, what was told, and counts."""
    worlds = [a_hosted_table(PLAN), a_hosted_table(PLANNED)]
    seen: list[list[object]] = [[], []]
    faces = [others_of(hosted) for hosted in worlds]
    for step in range(300):
        for nth, hosted in enumerate(worlds):
            lead_on(hosted, step)
            hosted.wait(5.0)
            seen[nth].append(
                {
                    seat: (face.view(seat), [beat[1:] for beat in face.beats], face.version, face.timers.left)
                    for seat, face in faces[nth].items()
                    if not face.over
                }
            )
        if all(hosted.table.over for hosted in worlds):
            break

    assert all(hosted.table.over for hosted in worlds)
    for one, other in zip(*seen, strict=True):
        assert one == other
    assert told_to(worlds[0].faces[HEARD]) == []
    assert told_to(worlds[1].faces[HEARD]) == ["white"]


@pytest.mark.soak
@pytest.mark.timeout(120)
async def test_not_a_byte_of_it_is_sent_to_others() -> None:
    """Over real lines: to a seat, the room's wall and an observer, while the one it is for is told."""
    async with an_evening(a_table_of_people(), observers=True) as evening:
        evening.host.room.settings = Settings(animations=False)
        clients = [await evening.comes(login) for login in (*SEATS, "wall", "observer")]
        await to_orders(evening, clients[: len(SEATS)])
        await settled(clients)
        before = {client.login: len(client.sent) for client in clients}
        Facilitator(evening.table, "Kim").improvise(CARD, "to see who talks", to=[HEARD])
        await settled(clients)

        more = {client.login for client in clients if len(client.sent) > before[client.login]}
        rows = {client.login: "\n".join(client.painted) for client in clients}
        assert more <= {HEARD}
        assert not [login for login, said in rows.items() if CARD["title"] in said and login != HEARD]


def test_a_face_knows_a_card_that_was_written_after_it_had_come_in() -> None:
    """As it was rewritten since."""
    hosted = a_hosted_table().past_talk()
    face, cell = hosted.faces[HEARD], Facilitator(hosted.table, "Kim")
    cell.improvise(CARD, "to see who talks", round=2, to=[HEARD])
    cell.edit(1, "shorter", card={"title": "Come", "text": "Alone."})
    cell.shift(1, 0, "now")
    news = next(
        event for beat in face.beats for event in beat.events if isinstance(event, NewsCame) and event.to
    )

    assert Words(face.scenario).event(news, HEARD) == "News: Come (white cell). Alone."
