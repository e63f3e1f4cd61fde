"""One is one and two are two: whatever is counted in a sentence has the form that goes with its number."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import wargame
from tests.words.boards import SHIPPED, scenario, spoken
from wargame.counting import plural, several
from wargame.rules.conditions import Condition, DealMatch
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import Later
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.secrets import Locate
from wargame.rules.effects.tracks import Points, SetFlag, Shift
from wargame.rules.events import (
    DealAnnounced,
    DealProved,
    DealSigned,
    Event,
    GoodsDelivered,
    GoodsProduced,
    InfluenceSpent,
    LowestHelped,
    SecretPeeked,
)
from wargame.rules.moves import Refusal
from wargame.rules.spec import Effect, Term
from wargame.words.en.grammar import counted, singular

COUNTS = (0, 1, 2)
NOUNS = ("card", "delivery", "game", "lot", "move", "offer", "point", "roll", "round", "rung", "step", "time")
ONE = {"0": False, "1": True, "2": False, "no": False, "one": True, "two": False}


def ill_counted(text: str, goods: dict[str, str]) -> list[str]:
    """The places of a text where a number and the thing that it counts do not agree.

    `goods` are names for several with those for one. After a list, as in '0 and 1 points', there are several.
    """
    forms = {many: one for many, one in goods.items() if many != one}
    forms |= {f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s": noun for noun in NOUNS}
    found = re.findall(
        r"(?<![−\d.,+/])(?<!and )\b(0|1|2|no|one|two) (?:more |full )?([a-z]+(?: [a-z]+)?)", text
    )
    wrong = []
    for number, words in found:
        for many, one in forms.items():
            said = next((word for word in (many, one) if words == word or words.startswith(f"{word} ")), "")
            if said and (said == one) is not ONE[number]:
                wrong.append(f"{number} {said}")
    return wrong


def goods_of(name: str) -> dict[str, str]:
    names = (spoken(name).good(good) for good in scenario(name).goods)
    return {many: singular(many) for many in names}


def events(name: str, count: int) -> Iterator[Event]:
    """Everything that happens and has a count in it."""
    board = scenario(name)
    seat, other = board.seat_ids[:2]
    for deal in board.deals.values():
        yield from (
            GoodsDelivered(None, deal.id, *deal.between, good, count, due)
            for good, due in product(board.goods, COUNTS)
        )
        yield DealProved(None, deal.id, *deal.between, "small", (count, count), 1)
        for size in ("small", "large", "plain"):
            yield DealSigned(None, deal.id, *deal.between, size, True, count)
            yield DealAnnounced(None, deal.id, *deal.between, size, count)
    yield LowestHelped(None, seat, count)
    yield InfluenceSpent(None, other, count)
    yield from (GoodsProduced(None, made, count) for made in board.production)
    yield from (SecretPeeked((seat,), f"{seat}/{good}", count) for good in board.goods)


def effects(name: str, count: int) -> Iterator[Effect]:
    """Every operator that counts something."""
    board = scenario(name)
    seat, other, track = *board.seat_ids[:2], next(iter(board.tracks))
    for good in board.goods:
        yield Transfer(good, seat, other, count)
    yield Draw(seat, count)
    yield Lose(seat, count)
    yield Points(seat, count)
    yield Later(count, (Shift(1, track=track),))
    yield Shift(1, track=track, rounds=count)
    yield from (SetFlag(flag, count) for flag in board.flags)
    yield from (Locate(made, (seat,), count) for made in board.production)


def conditions(name: str, count: int) -> Iterator[Condition]:
    board = scenario(name)
    seat, other = board.seat_ids[:2]
    pair = seat, other
    for good in board.goods:
        yield Condition(good=good, seat=seat, at_least=count)
        yield Condition(good=good, seat=seat, at_most=count)
        yield Condition(good=good, seat=seat, at_least=count, at_most=count)
    yield Condition(deals=DealMatch(between=pair), is_="running", at_least=count)
    yield Condition(deals=DealMatch(between=pair), is_="running", at_most=count)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_count_of_a_sentence_agrees_with_what_it_counts(name: str, count: int) -> None:
    """Events, effects, conditions, refusals and terms, with none, one and two of everything."""
    words, goods = spoken(name), goods_of(name)
    said = [words.event(event) for event in events(name, count)]
    said += words.effects(tuple(effects(name, count)))
    said += [words.condition(condition) for condition in conditions(name, count)]
    said += [words.refusal(Refusal(rule, number=count)) for rule in ("committed", "offered")]
    said += [words.term(Term("", count, good=good, most=count)) for good in scenario(name).goods]
    said += [words.term(Term("", count, rung=True))]
    for deal in scenario(name).deals:
        said += [words.offer_sentence(deal, size, True, count) for size in ("small", "large", "plain")]
        said += words.deal_text(deal)

    assert len(said) > 50
    assert [(text, wrong) for text in said if (wrong := ill_counted(text, goods))] == []


def test_what_is_counted_wrongly_is_seen() -> None:
    """The eye that the test above looks with."""
    goods = goods_of("honeymoon")

    assert ill_counted("North Korea delivered 1 missiles.", goods) == ["1 missiles"]
    assert ill_counted("You have committed 1 cards already.", goods) == ["1 cards"]
    assert ill_counted("It goes on for two round, with 2 shell.", goods) == ["two round", "2 shell"]
    assert ill_counted("1 missile, 2 missiles, no missiles, 1 oil, one card more", goods) == []


def test_one_of_several() -> None:
    """Regular words, those with an ending of their own, and those that are the same for one."""
    assert [several(n, "move") for n in (-1, 0, 1, 2)] == ["−1 move", "0 moves", "1 move", "2 moves"]
    assert plural(2, "delivery", "deliveries") == "deliveries"
    names = ("loaves", "supplies", "boxes", "shells", "gas", "glass", "oil")
    assert [counted(1, name) for name in names] == [
        "1 loaf", "1 supply", "1 box", "1 shell", "1 gas", "1 glass", "1 oil",
    ]  # fmt: skip


# --- sentences that are put together elsewhere ---------------------------------------------------------

MANY = (
    "rounds|cards|points|moves|games|lots|rolls|deals|decisions|playouts|lines|steps|seconds|minutes|rungs|"
    "seats|people|marks|problems|deliveries|injects|questions|predictions|positions|pairs|groups|storms"
)
COUNTED = re.compile(rf" (?:(?:more |full )?(?:{MANY})\b|\{{[^}}]*\bgood\()")
"""What follows a count: a word for many, or the name of a good, which is one."""
KNOWN_TO_BE_MANY = {
    "whose(self.party(seat))",  # no count
    "owner(names, event.seat, viewer)",
    "rules.rounds",  # more than the most, which is at least one
    "seats",  # a table has several
    "LONGEST",
    "MOST_SECONDS",
    "MOST_PLAYOUTS",
    "MAX_DEPTH",
    "SPEEDS[self._speed]",  # one of them is said otherwise
    "people",  # the same
    "joined(map(str, pays))",  # several numbers
    "report.games / max(report.seconds, 1e-09)",  # a rate
    "found['games_per_second']",
    "found['decisions_per_second']",
    "LEAST",  # of playouts: twelve
    "_signed(edge)",  # a decimal
    "turning.decisions",
    "turning.playouts",
    "bound",  # of the laws: hundreds
}


def counts_in(path: Path) -> Iterator[str]:
    """What a module puts before a word for many without asking how many there are."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        parts = [
            part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        ]
        for part, *after in zip(parts, parts[1:], [*parts[2:], ""], strict=False):
            if str(part).startswith("{") and COUNTED.match("".join(map(str, after))):
                yield str(part)[1:-1]


def test_no_sentence_counts_by_itself() -> None:
    """Who puts a number before a word asks `counting` or the words how the word ends."""
    room = Path(wargame.__file__).parent
    found = {
        (path.relative_to(room).as_posix(), one) for path in room.rglob("*.py") for one in counts_in(path)
    }

    assert {(path, one) for path, one in found if one not in KNOWN_TO_BE_MANY} == set()
