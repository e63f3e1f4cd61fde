"""What an option costs later is said where it is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from tests.rules.boards import honeymoon
from wargame.rules.effects.flow import Choose, If
from wargame.rules.effects.tracks import Points, SetFlag
from wargame.words.texts import text


def within(part: object) -> Iterator[object]:
    """A record and everything in it."""
    yield part
    if isinstance(part, tuple):
        for one in part:
            yield from within(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from within(getattr(part, one.name))


def test_an_option_says_what_its_flag_may_cost_later() -> None:
    """Where a trigger takes points because a flag is up, who may hoist it reads so in the question."""
    spec = honeymoon().spec
    prices = {
        flag.flag: effect.by
        for trigger in spec.triggers
        for asked in within(trigger.effects)
        if isinstance(asked, If)
        for flag in within(asked.then)
        if isinstance(flag, SetFlag) and not flag.on
        for effect in asked.then
        if isinstance(effect, Points) and effect.by < 0
    }
    said = [
        (text(asked.prompt), prices[effect.flag])
        for asked in within(spec.news)
        if isinstance(asked, Choose)
        for option in asked.options
        for effect in within(option.effects)
        if isinstance(effect, SetFlag) and effect.flag in prices
    ]

    assert said
    for question, price in said:
        assert f"costs it {-price} points" in question
