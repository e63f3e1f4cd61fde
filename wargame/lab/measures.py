"""What is read off a game of an experiment, and how that is said: both stand beside each other here.

A kind of measure is one record with its reading and its phrase, and both take the same `Measure`, so that a
table can't say something else than what was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import NamedTuple

from wargame.content.claims import SHARES, Measure
from wargame.lab.trials import Record
from wargame.rules.events import CardRevealed, GoodsDelivered, GoodsProduced, StandTaken, kind_of
from wargame.words import Words
from wargame.words.en.grammar import joined, quoted, whose


class Kind(NamedTuple):
    """A kind of measure.

    `read` gives its number for a game (1 or 0 for a share); `said` says of what: a noun phrase, or for a
    share what happens in the games that count. A difference is so many `unit`, called by `ways` if it is
    more or less.
    """

    read: Callable[[Measure, Record], float]
    said: Callable[[Measure, Words], str]
    unit: str
    ways: tuple[str, str] = ("higher", "lower")


def measured(measure: Measure, record: Record) -> float:
    """Return the number that a measure reads off a game."""
    return KINDS[measure.what].read(measure, record)


def said(measure: Measure, words: Words) -> str:
    """Return the phrase for what a measure reads, without its statistic."""
    phrase = KINDS[measure.what].said(measure, words)
    return f"games in which {phrase}" if measure.what in SHARES else phrase


# --- tracks, goods and scores --------------------------------------------------------------------------


def _end(measure: Measure, record: Record) -> float:
    return float(record.tracks[-1][str(measure.track)])


def _end_said(measure: Measure, words: Words) -> str:
    return f"{words.track(str(measure.track))} at the end of the game"


def _mean(measure: Measure, record: Record) -> float:
    if measure.good:
        return fmean(held[str(measure.seat)][measure.good] for held in record.goods)
    return fmean(values[str(measure.track)] for values in record.tracks)


def _mean_said(measure: Measure, words: Words) -> str:
    of = words.stock(str(measure.seat), measure.good) if measure.good else words.track(str(measure.track))
    return f"{of} at the end of a round, averaged over the rounds"


def _score(measure: Measure, record: Record) -> float:
    return float(record.scores[str(measure.seat)])


def _score_said(measure: Measure, words: Words) -> str:
    return f"{whose(words.party(str(measure.seat)))} final score"


# --- deals ---------------------------------------------------------------------------------------------


def _signed(measure: Measure, record: Record) -> float:
    pairs = [set(pair) for pair in measure.pairs]
    return float(sum({d.a, d.b} in pairs and d.signed >= measure.since for d in record.deals))


def _signed_said(measure: Measure, words: Words) -> str:
    pairs = joined((f"between {joined(map(words.party, pair))}" for pair in measure.pairs), "or")
    return f"deals signed {pairs}{_since(measure)}"


def _broken(measure: Measure, record: Record) -> float:
    return float(any(d.template in measure.deals and d.status in ("broken", "fallen") for d in record.deals))


def _broken_said(measure: Measure, words: Words) -> str:
    return f"{_titles(measure.deals, words.deal)} breaks or falls through"


def _unbroken(measure: Measure, record: Record) -> float:
    return 1.0 - _broken(measure, record)


def _unbroken_said(measure: Measure, words: Words) -> str:
    return f"no {_titles(measure.deals, words.deal)} breaks or falls through"


def _delivered(measure: Measure, record: Record) -> float:
    return float(
        sum(
            event.given
            for round_, event in record.events
            if isinstance(event, GoodsDelivered)
            and round_ >= measure.since
            and event.giver == measure.seat
            and event.good in measure.goods
        )
    )


def _delivered_said(measure: Measure, words: Words) -> str:
    goods = joined(map(words.good, measure.goods))
    return f"{goods} delivered by {words.party(str(measure.seat))}{_since(measure)}"


# --- what happens --------------------------------------------------------------------------------------


def _first(measure: Measure, record: Record) -> float:
    for round_, event in record.events:
        match event:
            case CardRevealed() if event.seat in measure.seats and event.card in measure.cards:
                return float(round_)
            case StandTaken() if event.stand == measure.stand:
                return float(round_)
            case _ if kind_of(event) in measure.events:
                return float(round_)
    return float(record.rounds + 1)


HAPPENS = {"suspected": "a secret deal is suspected", "proved": "a secret deal is proved"}
"""Kinds of events as clauses."""


def _first_said(measure: Measure, words: Words) -> str:
    clauses = [HAPPENS.get(kind, f"an event of the kind “{kind}” occurs") for kind in measure.events]
    if measure.cards:
        seats = joined(map(words.party, measure.seats), "or")
        clauses.append(f"{seats} plays {_titles(measure.cards, words.card)}")
    if measure.stand:
        clauses.append(f"a place is taken in {quoted(words.stand(measure.stand))}")
    return f"the first round in which {joined(clauses, 'or')} (where there is none, the round after the last)"


def _share(measure: Measure, record: Record) -> float:
    return float(record.outcome == "storm" if measure.trait == "storm" else measure.seat in record.ruined)


def _share_said(measure: Measure, words: Words) -> str:
    if measure.trait == "storm":
        return "the storm ends the game"
    return f"{words.party(str(measure.seat))} is ruined"


def _setting(measure: Measure, record: Record) -> float:
    rounds = zip(record.dials, record.flags, strict=True)
    return float(
        sum(
            (measure.dial is not None and dials.get(measure.dial) == measure.setting) or measure.flag in flags
            for dials, flags in rounds
        )
    )


def _setting_said(measure: Measure, words: Words) -> str:
    clauses = []
    if measure.dial:
        setting = words.setting(measure.dial, str(measure.setting))
        clauses.append(f"{quoted(words.dial(measure.dial))} is at {quoted(setting)}")
    if measure.flag:
        clauses.append(words.flag(measure.flag))
    return f"rounds at whose end {joined(clauses, 'or')}"


def _fell(measure: Measure, record: Record) -> float:
    made: dict[int, int] = {}
    for round_, event in record.events:
        if isinstance(event, GoodsProduced):
            made[round_] = event.units
    now = measure.since
    return float(now in made and made[now] < made.get(now - 1, 0))


def _fell_said(measure: Measure, words: Words) -> str:
    return f"the factories make less in round {measure.since} than in the round before"


def _titles(ids: Sequence[str], title: Callable[[str], str]) -> str:
    return joined((quoted(title(id_)) for id_ in ids), "or")


def _since(measure: Measure) -> str:
    return f" from round {measure.since} on" if measure.since > 1 else ""


OFTENER = ("more often", "less often")
MORE = ("more", "fewer")
KINDS: dict[str, Kind] = {
    "end": Kind(_end, _end_said, "steps"),
    "mean": Kind(_mean, _mean_said, "units"),
    "score": Kind(_score, _score_said, "points"),
    "signed": Kind(_signed, _signed_said, "deals", MORE),
    "first": Kind(_first, _first_said, "rounds", ("later", "earlier")),
    "share": Kind(_share, _share_said, "games", OFTENER),
    "broken": Kind(_broken, _broken_said, "games", OFTENER),
    "unbroken": Kind(_unbroken, _unbroken_said, "games", OFTENER),
    "delivered": Kind(_delivered, _delivered_said, "units", MORE),
    "setting": Kind(_setting, _setting_said, "rounds", MORE),
    "fell": Kind(_fell, _fell_said, "games", OFTENER),
}
