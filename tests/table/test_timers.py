"""The countdown of a turn, driven by a clock of the test's own."""

from __future__ import annotations

from wargame.table.timers import OFF, PAUSED, RUNNING, UP, WARNING, Limit, Timers


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def timers(**limits: Limit) -> tuple[Timers, Clock]:
    clock = Clock()
    return Timers(limits, clock), clock


def test_a_turn_runs_through_its_warning_to_its_end() -> None:
    """Running, warning, up; the seconds left never fall below nothing."""
    found, clock = timers(orders=Limit(60, 20))
    found.start("orders")
    seen = []
    for step in (0, 39, 1, 19, 1, 100):
        clock.now += step
        seen.append((found.status, found.left))

    assert seen == [(RUNNING, 60), (RUNNING, 21), (WARNING, 20), (WARNING, 1), (UP, 0), (UP, 0)]


def test_without_a_limit_there_is_no_countdown() -> None:
    """Off by default, and off again in a phase without a limit."""
    found, clock = timers(orders=Limit(60))
    assert (found.status, found.left) == (OFF, None)
    found.start("orders")
    found.start("answers")
    clock.now += 1000

    assert (found.status, found.left) == (OFF, None)


def test_a_pause_takes_no_time() -> None:
    """However long the pause, the turn goes on from where it stood; pausing twice changes nothing."""
    found, clock = timers(orders=Limit(60, 10))
    found.start("orders")
    clock.now += 15
    found.pause()
    clock.now += 500
    found.pause()
    assert (found.status, found.left) == (PAUSED, 45)

    found.go_on()
    clock.now += 5
    found.go_on()

    assert (found.status, found.left) == (RUNNING, 40)


def test_time_can_be_given_and_taken() -> None:
    """More for this turn, while it runs or stands still; and less, down to none."""
    found, clock = timers(orders=Limit(60))
    found.start("orders")
    clock.now += 50
    found.add(30)
    assert (found.left, found.whole) == (40, 90)
    found.pause()
    found.add(5)
    assert (found.status, found.left) == (PAUSED, 45)
    assert found.whole == 95
    found.add(-1000)

    assert found.status == UP
    assert found.whole == 50


def test_a_stopped_turn_has_no_countdown() -> None:
    """When the turn is over nothing is up any more, and there is nothing to pause or extend."""
    found, clock = timers(orders=Limit(60))
    found.start("orders")
    found.stop()
    found.add(10)
    found.go_on()
    clock.now += 100

    assert found.status == OFF
