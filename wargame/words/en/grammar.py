"""Small English: lists, counts, capitals, possession, and the notation of changes."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.counting import plural, several
from wargame.words.texts import signless

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
SMALL_WORDS = frozenset(
    {"a", "an", "the", "some", "no", "all", "each", "every", "both", "there", "it", "nobody"}
)
ENDINGS = (
    ("oaves", "oaf"), ("alves", "alf"), ("elves", "elf"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"),
    ("xes", "x"), ("sses", "ss"), ("s", ""),
)  # fmt: skip
"""How a word ends that means several → how it ends for one."""
ARTICLED = ("united ", "netherlands", "philippines", "european union", "soviet union")
"""How names of countries begin that want 'the' in a sentence."""


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Join phrases: 'a, b and c'."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Add a capital and a full stop, unless it brings its own end."""
    closed = text.endswith((".", "!", "?", "…", ".”", "!”", "?”"))
    return capital(text) + ("" if closed or not text else ".")


def clause(text: str) -> str:
    """Make a sentence of its own stand inside another: no full stop, no capital on a small word."""
    text = text.rstrip().removesuffix(".")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in SMALL_WORDS else text


def number(count: int) -> str:
    """Return the number in words up to twelve."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else signless(count)


def signed(count: int) -> str:
    """Return '+4', '−3', '+0'."""
    return f"+{count}" if count >= 0 else f"−{-count}"


def rounds(count: int) -> str:
    """Return 'one round', 'three rounds'."""
    return f"{number(count)} {plural(count, 'round')}"


def cards(count: int) -> str:
    """Return 'one card', 'two cards'."""
    return f"{number(count)} {plural(count, 'card')}"


def points(count: int) -> str:
    """Return '1 point', '3 points', '−3 points'."""
    return several(count, "point")


def change(by: int) -> str:
    """Return '▲1', '▼2'; '±0' for none."""
    if not by:
        return "±0"
    return f"▲{by}" if by > 0 else f"▼{-by}"


def moved(old: int, new: int) -> str:
    """Return '▲1 6→7'."""
    return f"{change(new - old)} {signless(old)}→{signless(new)}"


def singular(name: str) -> str:
    """Turn 'shells' into 'shell', 'loaves' into 'loaf', 'supplies' into 'supply'; 'gas' and '-ss' stay."""
    if len(name.rsplit(" ", 1)[-1]) <= 4 or name.endswith("ss"):
        return name
    for ending, one in ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + one
    return name


def counted(count: int, name: str) -> str:
    """Return '3 shells', '1 shell', '2 oil'."""
    return f"{signless(count)} {singular(name) if count == 1 else name}"


def whose(owner: str) -> str:
    """Return 'North Korea's', 'the United States''."""
    return f"{owner}'" if owner.endswith("s") else f"{owner}'s"


def with_article(name: str) -> str:
    """Return a country's name as it stands in a sentence."""
    return f"the {name}" if name.lower().startswith(ARTICLED) else name


FOR_SEVERAL = {"is": "are", "has": "have", "does": "do", "was": "were", "goes": "go", "loses": "lose"}
"""Verbs for one → for several, where that is not the one without its ending."""
HISSING = ("sses", "shes", "ches", "xes", "zes")


def for_several(verb: str) -> str:
    """Return a verb as it goes with several: 'pays' → 'pay', 'has' → 'have', 'carries' → 'carry'."""
    if verb in FOR_SEVERAL:
        return FOR_SEVERAL[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(HISSING) else verb.removesuffix("s")


def quoted(text: str) -> str:
    return f"“{text}”"


def between(least: int | None, most: int | None) -> str:
    """Return 'at least 3', 'at most 5', '3 to 5', 'exactly 4'."""
    if least is not None and most is not None:
        return f"exactly {signless(least)}" if least == most else f"{signless(least)} to {signless(most)}"
    if least is not None:
        return f"at least {signless(least)}"
    return f"at most {signless(most)}" if most is not None else "anything"
