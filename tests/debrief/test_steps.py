"""What the room is told, cut into steps: what belongs together and what does not."""

from __future__ import annotations

from wargame.debrief.dated_events import Happening, steps_of
from wargame.rules.events import ChoiceAsked, ChoiceMade, Event, NewsCame


def test_a_card_that_comes_in_between_does_not_take_the_question_over() -> None:
    """An inject while a seat still has to answer: its step ends before the question is asked again."""
    question = "news/fork/0"
    told: list[Event] = [
        NewsCame(None, "news/fork"),
        ChoiceAsked(None, "amber", question),
        NewsCame(None, "white/news/white-1"),
        ChoiceAsked(None, "amber", question),
        ChoiceMade(None, "amber", question, "left"),
    ]

    steps = steps_of([Happening(1, "news", nth, event) for nth, event in enumerate(told)])

    assert [step.events for step in steps] == [told[:2], told[2:3], told[3:]]
    assert [step.cause for step in steps] == ["news/fork", "white/news/white-1", "news/fork"]
