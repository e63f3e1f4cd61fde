"""Scoring terms, agendas and endings in words."""

from __future__ import annotations

from typing import NamedTuple

from wargame.rules.spec import Term
from wargame.words.en.grammar import number, points, sentence, signed
from wargame.words.en.names import Names


class Told(NamedTuple):
    """Something with a title and a text."""

    title: str
    text: str


def term(names: Names, line: Term) -> str:
    """'Trilateral ±2 per step from its start.' Where a rise costs, what a fall brings is said too."""
    most = f", at most {number(line.most)} of them" if line.most is not None else ""
    if line.track is None:
        what = f"lot of {names.good(line.good)} in store" if line.good else "rung climbed above the first"
        return sentence(f"{points(line.each)} for each {what}{most}")
    if line.each < 0:
        each = f"{signed(line.each)} per step above its start, {signed(-line.each)} below"
    else:
        each = f"±{line.each} per step from its start"
    return sentence(f"{names.track(line.track)} {each}{most and f'{most} upwards'}")


def ranked(outcome: str) -> str:
    """Return what the seats are ranked by, in one line."""
    if outcome == "storm":
        return "Ranked by blame: who raised the storm's track least in public comes first."
    return "Ranked by margin: (score − line) ÷ the seat's usual spread; the ruined last."


def agenda(names: Names, id_: str) -> Told:
    spec = names.scenario.agendas[id_]
    text = f"{sentence(names.said(spec.text))} Worth {points(spec.worth)} at the end."
    return Told(names.said(spec.title), text)


def epilogue(names: Names, id_: str) -> Told:
    spec = next(ending for ending in names.scenario.spec.epilogues if ending.id == id_)
    return Told(names.said(spec.title), names.said(spec.text))


def fate(names: Names, id_: str, seat: str) -> str:
    spec = next(ending for ending in names.scenario.spec.epilogues if ending.id == id_)
    return names.said(spec.fates.get(seat, ""))
