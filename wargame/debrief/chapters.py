"""Chapters of a report: the ledger of deals, predictions; words with numbers in them."""

from __future__ import annotations

from typing import NamedTuple

from wargame.debrief.ledger import Entry, Found, Turned
from wargame.debrief.numbers import Number, Sentence, counted, decimal, whole
from wargame.debrief.predictions import Judged, judged_of, predictions_of, seat_scores
from wargame.debrief.story import Story
from wargame.table.journal import Prediction
from wargame.words import Words
from wargame.words.en.deals import what_moves
from wargame.words.en.grammar import capital, joined, quoted, sentence


class DealPage(NamedTuple):
    """A deal in the ledger: its title, and what there is to say of it, line by line."""

    title: str
    sides: str
    public: str
    agreed: str
    facts: tuple[Sentence, ...]
    found: tuple[Sentence, ...]


class Guess(NamedTuple):
    """A question with what the seats held likely; `came` in words."""

    round: Number
    text: str
    percents: tuple[tuple[str, Number], ...]
    middle: Sentence
    came: str
    brier: Number | None


# --- deals ---------------------------------------------------------------------------------------------


def deal_page(words: Words, entry: Entry, at: int, over: bool) -> DealPage:
    """An entry of the ledger in words; `at` is its place in it, `over` says whether the game is."""
    sides = joined(map(words.party, (entry.a, entry.b)))
    public = _public(words, entry)
    if entry.template == "?":
        signed: Sentence = ("Signed in round ", whole("of.round", entry.signed), ".")
        found = tuple(found_out(words, one) for one in entry.found)
        return DealPage("An agreement", sides, public, "", (signed,), found)
    agreed = what_moves(words, entry.template, entry.size, entry.rounds)
    signed, fate = _facts_of(words, entry, at, over)
    return DealPage(
        words.deal(entry.template),
        sides,
        public,
        agreed,
        (signed, *_deliveries(words, entry, at), fate),
        tuple(found_out(words, one) for one in entry.found),
    )


def _public(words: Words, entry: Entry) -> str:
    if not entry.published:
        return "Nothing was said in public."
    if not entry.secret:
        return "All of it was announced."
    phrase = words.communique(entry.a, entry.b)
    return f"In public: {quoted(phrase)}." if phrase else "In public: nothing but that they met."


def _facts_of(words: Words, entry: Entry, at: int, over: bool) -> tuple[Sentence, Sentence]:
    """How it was signed, and what became of it."""
    by = f", proposed by {words.party(entry.offered_by)}" if entry.offered_by else ""
    signed: Sentence = (
        "Signed in round ", whole(f"deal.{at}.signed", entry.signed), " for ",
        *counted(whole(f"deal.{at}.rounds", entry.rounds), "round"), f"{by}.",
    )  # fmt: skip
    fate = f"It {words.deal_fate(entry.status, entry.by, over)}"
    if entry.status == "running" or not entry.ended:
        return signed, (sentence(fate),)
    return signed, (f"{fate} in round ", whole(f"deal.{at}.ended", entry.ended), ".")


def _deliveries(words: Words, entry: Entry, at: int) -> tuple[Sentence, ...]:
    """One line a round and side: what was delivered of what was due."""
    found: dict[tuple[int, str], list[Sentence]] = {}
    for nth, one in enumerate(entry.deliveries):
        given = whole(f"deal.{at}.{nth}.given", one.given)
        part: Sentence = (given, words.lots(one.given, one.good).removeprefix(given.text))
        if one.given != one.due:
            part = (*part, " of ", whole(f"deal.{at}.{nth}.due", one.due))
        found.setdefault((one.round, one.giver), []).append(part)
    return tuple(
        ("Round ", whole("of.round", round_), f": {words.party(giver)} delivered ", *_commas(parts), ".")
        for (round_, giver), parts in found.items()
    )


def _commas(parts: list[Sentence]) -> Sentence:
    out: list[str | Number] = []
    for nth, part in enumerate(parts):
        out += [", " if nth else "", *part]
    return tuple(out)


def found_out(words: Words, one: Found) -> Sentence:
    """Return who found a deal out, when and how."""
    who = joined(map(words.party, one.seats))
    what = "It was proved before everybody" if one.proof else f"{capital(who)} came to suspect it"
    how = {"": "", "detection": ": a delivery was noticed"}.get(one.how, f": {words.cause(one.how)}")
    by = f", played by {words.party(one.by)}" if one.by else ""
    return (f"{what} in round ", whole("of.round", one.round), f"{how}{by}.")


def came_to_nothing(words: Words, one: Turned) -> str:
    """An offer that was refused or never answered, in a sentence."""
    what = "turned down by" if one.refused else "never answered by"
    offer = f"{quoted(words.deal(one.template))}, offered by {words.party(one.proposer)}"
    return sentence(f"{offer}, was {what} {words.party(one.to)}")


# --- predictions ---------------------------------------------------------------------------------------


def guesses(story: Story, words: Words, viewer: str | None) -> tuple[Guess, ...]:
    """What was predicted; for a viewer its own predictions, without what came of them."""
    if viewer is None:
        return tuple(_guess(words, one) for one in judged_of(story))
    asked = {one.question: one.text for one in judged_of(story)}
    own = [one for one in predictions_of(story) if one.seat == viewer]
    return tuple(_own_guess(words.seat(viewer), one, asked[one.question]) for one in own)


def _own_guess(name: str, one: Prediction, text: str) -> Guess:
    percent = whole(f"guess.{one.question}.{one.round}.{one.seat}", one.percent)
    return Guess(whole("of.round", one.round), text, ((name, percent),), (), "", None)


def _guess(words: Words, one: Judged) -> Guess:
    key = f"guess.{one.question}.{one.round}"
    middle: Sentence = (
        "median ", decimal(f"{key}.median", one.median, 0), " %, the middle half ",
        decimal(f"{key}.low", one.low, 0), " to ", decimal(f"{key}.high", one.high, 0), " %",
    )  # fmt: skip
    return Guess(
        whole("of.round", one.round),
        one.text,
        tuple((words.seat(s), whole(f"{key}.{s}", p)) for s, p in one.percents.items()),
        middle,
        "not decided yet" if one.came is None else "it came about" if one.came else "it did not come about",
        None if one.brier is None else decimal(f"{key}.brier", one.brier, 2),
    )


def judges(story: Story, words: Words) -> tuple[tuple[str, Number], ...]:
    """Each seat's mean Brier score, best first."""
    return tuple(
        (words.seat(seat), decimal(f"brier.{seat}", score, 2))
        for seat, score in seat_scores(judged_of(story)).items()
    )
