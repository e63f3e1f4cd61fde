"""Tables for many screens, led by hand: the clock stands until it is moved."""

from __future__ import annotations

from random import Random

from tests.tui.halls import SEATS, Sitting, a_table_of_people
from wargame.host.course import Course
from wargame.host.face import Face
from wargame.rules.moves import Commit, End, Move, Offer
from wargame.table import Table
from wargame.tui.viewer import Viewer


class Watch:
    """Seconds that only a test lets pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Hosted:
    """A table of three people at screens of their own, past the talk, in the first orders."""

    def __init__(self, table: Table | None = None, least: float = 4.0) -> None:
        self.table = table or a_table_of_people()
        self.watch = Watch()
        self.course = Course(self.table, least=least, steady=self.watch)
        self.faces = {seat: self.course.face(seat) for seat in SEATS}

    def past_talk(self) -> Hosted:
        for face in self.faces.values():
            face.end_talk()
        assert not self.table.open_for_talk
        return self

    def wait(self, seconds: float) -> None:
        """Let so much time pass, and what is due then be done."""
        self.watch.now += seconds
        self.course.mind()

    def in_order(self) -> list[Face]:
        """The faces in the order of the turns."""
        return [self.faces[seat] for seat in self.table.game.state.order]


def first(face: Face, kind: type[Move]) -> Move:
    """The first move of that kind that a face allows."""
    return next(move for move in face.game.legal_moves() if isinstance(move, kind))


def end(face: Face) -> None:
    face.play(first(face, End))


def play_on(sittings: dict[str, Sitting], random: Random) -> None:
    """Everybody does one thing that leads on, where there is one."""
    for sitting in sittings.values():
        sitting.settle()
        if sitting.state in ("orders", "answers", "choice"):
            while not sitting.session.turn_is_over():
                moves = sitting.table.game.legal_moves()
                sitting.table.play(moves[0] if random.random() < 0.3 else random.choice(moves))
            sitting.ask("done")
        elif sitting.state != "final":
            sitting.lead_on(random)


def sittings_at(hosted: Hosted) -> dict[str, Sitting]:
    return {seat: Sitting(Viewer.of_seat(seat), face) for seat, face in hosted.faces.items()}


__all__ = ["SEATS", "Commit", "End", "Hosted", "Offer", "end", "first", "play_on", "sittings_at"]
