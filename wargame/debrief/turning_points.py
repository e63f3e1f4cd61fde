"""Turning points as sentences, told once for the report and the replay alike.

Each says what was done, what strong play does there, what that moved, what it cost the seat itself, and how
the dice fell afterwards, so that luck and decision are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from wargame.debrief.decisions import DRAWS, Decision, Finding, Moves, deeds
from wargame.debrief.phrasing import Number, Part, Sentence, counted, decimal, deed, share, step, whole
from wargame.debrief.story import WHITE_CELL, Story
from wargame.debrief.turning import Turn, Turning
from wargame.lab.intervals import Change
from wargame.rules.events import DiceRolled, Event, RungGambled
from wargame.rules.moves import Answer, Commit, Discard, Move, Offer
from wargame.rules.moves import Counter as CounterOffer
from wargame.table.table import PERSON
from wargame.words import Words
from wargame.words.grammar import joined, quoted, whose

TOLD = 3
"""Deeds that are told of strong play, the commonest first, and of the best alternative; and rolls."""


class Row(NamedTuple):
    """A seat: by what its score was moved, and its chance of its line, otherwise and with what was done."""

    seat: str
    name: str
    moved: Sentence
    otherwise: Number
    made: Number


class TurnPage(NamedTuple):
    """A turning point: the sentence on it, what it cost the seat itself, and what dice fell then.

    `move` is its last move, `seat` whose it was ("" for the white cell), `what` one of `orders`, `answers`,
    `choice` and `act`; `most` is the seat it moved most. `against` is what the changes in `said`
    and `rows` are measured against.
    """

    move: int
    round: int
    seat: str
    what: str
    bot: bool
    most: str
    change: Change
    head: Sentence
    against: str
    said: Sentence
    loss: Sentence | None
    dice: Sentence | None
    rows: tuple[Row, ...]


class Turnings(NamedTuple):
    """The turning points of a game, how they were found, and what could have been seen."""

    how: Sentence
    seen: Sentence
    turns: tuple[TurnPage, ...]


class Thrown(NamedTuple):
    """Dice that followed from a decision: a card's (`what` is its cause), or whether a deal held."""

    what: str
    chance: int
    works: bool
    deal: bool = False


def turnings(story: Story, words: Words, turning: Turning) -> Turnings:
    """Tell the turning points of a line."""
    bots = joined(sorted(set(turning.bots.values())))
    whose_ = "people and of the white cell" if turning.who == PERSON else "everybody"
    how: Sentence = (
        *counted(whole("turning.decisions", turning.decisions), "decision"), f" of {whose_} had an ",
        "alternative. For each there were ", whole("turning.playouts", turning.playouts), " playouts by ",
        f"{bots} bots, all arms and worlds together, with the same luck for all: with what was done, and ",
        "with what else there was. Changes are from the latter to the former, in points of the final score, ",
        "with their intervals at ", whole("turning.at", 95), " %. Strong play is what these bots do there ",
        "in ", whole("turning.draws", DRAWS), " draws of their own luck.",
    )  # fmt: skip
    return Turnings(how, tuple(_seen(turning)), tuple(_page(story, words, turn) for turn in turning.turns))


def _seen(turning: Turning) -> Iterator[Part]:
    """Tell what could have been seen, what was, and what is still to be looked at."""
    playouts = whole("turning.playouts", turning.playouts)
    if turning.looked < turning.decisions:
        was = "was" if turning.looked == 1 else "were"
        yield from ("Only ", whole("turning.looked", turning.looked), f" of these {was} looked at yet. ")
    elif turning.stopped:
        yield "It was stopped before all had been tried in worlds that could be believed. "
    if turning.same:
        yield from ("In ", *counted(whole("turning.same", turning.same), "decision"))
        yield " strong play does just what was done. "
    if turning.same == turning.looked:
        yield "There was nothing to measure."
        return
    if turning.blind:
        yield from ("In ", *counted(whole("turning.blind", turning.blind), "decision"), " ")
        yield from (whole("turning.few", turning.playouts), " playouts are too few to see any change. ")
    if turning.same + turning.blind == turning.looked:
        return
    yield from ("In the others a change" if turning.blind else "A change", " can be seen at ", playouts)
    yield " playouts a decision "
    seen, points = decimal("turning.seen", turning.seen), ""
    if turning.least < UNSEEN:
        yield "of any size where luck plays no part, and if it is at least ±"
        points = " points"
    else:
        least = decimal("turning.least", turning.least)
        yield from ("if it is at least ±", least, " points where luck matters least, ±")
    sure = decimal("turning.sure", turning.sure)
    yield from (seen, f"{points} in half of them and ±", sure, " in all; ")
    if not turning.turns:
        yield "none was."
        return
    widest = "" if turning.made == len(turning.turns) else "; the widest follow"
    yield from (*counted(whole("turning.made", turning.made), "decision"), f" made one{widest}.")


UNSEEN = 0.05
"""Points that one decimal does not show."""


def brought_about(story: Story, decisions: Iterable[Decision], cause: str, round_: int) -> Decision | None:
    """Return the last decision by that round that brought a cause about: a card, a deal, an answer."""
    found = None
    for one in decisions:
        of_it = one.asked_by == cause if one.kind == "choice" else cause in _causes(story, one.moves)
        if of_it and one.round <= round_ and (found is None or one.last.depth > found.last.depth):
            found = one
    return found


def judged(story: Story, words: Words, one: Decision, finding: Finding, seat: str) -> Sentence:
    """Tell what strong play does there most, and what a seat has of what was done instead."""
    key, done = f"judged.{one.id}.{seat}", deeds(one, one.moves)
    others = [(move, count) for move, count in _asked(one, finding).most_common() if move not in done]
    if not finding.changes or not others:
        return (f"{words.capital(one.seat)} did as strong play does there.",)
    move, count = others[0]
    by = finding.changes[story.scenario.seat_ids.index(seat)]
    does = f"Strong play {words.does([move], one.question)} "
    told: Sentence = (does, *_times(key, count), f"; against that {words.capital(seat)} ")
    return (*told, step(f"{key}.moved", by.mean), ", ", *_between(key, by), ".")


def _page(story: Story, words: Words, turn: Turn) -> TurnPage:
    one, finding = turn.decision, turn.finding
    key = f"turn.{one.id}"
    rows = tuple(
        Row(
            seat,
            words.seat(seat),
            (step(f"{key}.moved.{seat}", by.mean), " (", *_between(f"{key}.moved.{seat}", by), ")"),
            share(f"{key}.otherwise.{seat}", otherwise),
            share(f"{key}.made.{seat}", made.value),
        )
        for seat, by, (made, otherwise) in zip(
            story.scenario.seat_ids, finding.changes, finding.reached, strict=True
        )
    )
    by = turn.change
    against = _against(words, turn)
    moved: Sentence = (
        f"{words.capital(turn.most)} ", step(f"{key}.moved.{turn.most}", by.mean), ", ",
        *_between(f"{key}.moved.{turn.most}", by), ".",
    )  # fmt: skip
    said = (*_told(story, words, turn, key), *moved)
    return TurnPage(
        one.last.id, one.round, one.seat, one.phase if one.kind == "turn" else one.kind, not one.by_people,
        turn.most, by, _head(words, one), against, said, _loss(words, turn, key),
        _dice(words, story, one, key), rows,
    )  # fmt: skip


def _between(key: str, by: Change) -> Sentence:
    return (step(f"{key}.low", by.low), " to ", step(f"{key}.high", by.high))


def _head(words: Words, one: Decision) -> Sentence:
    """When it was, and whose: 'R2, moves 33 to 34: Washington's orders'."""
    first, last = one.moments[0].id, one.last.id
    moves: Sentence = ("move ", whole("of.move", last))
    if first != last:
        moves = ("moves ", whole("of.move", first), " to ", whole("of.move", last))
    what = f"the {WHITE_CELL}"
    if one.kind == "choice":
        what = f"{whose(words.capital(one.seat))} choice, {quoted(words.cause(one.asked_by))}"
    elif one.kind == "turn":
        what = f"{whose(words.capital(one.seat))} {one.phase}"
    return ("R", whole("of.round", one.round), ", ", *moves, f": {what}{'' if one.by_people else ' (a bot)'}")


# --- what was done, and what would have been ------------------------------------------------------------


def _told(story: Story, words: Words, turn: Turn, key: str) -> Iterator[Part]:
    """Yield who did what and what strong play does there, up to what it moved."""
    one, finding = turn.decision, turn.finding
    if one.kind == "act":
        yield f"The {WHITE_CELL} {deed(story, one.last)}; against {_against(words, turn)}: "
        return
    path, name = one.question, words.capital(one.seat)
    asked = _asked(one, finding)
    done = deeds(one, one.moves)
    if one.kind == "choice" and finding.against_best:
        yield f"{name} {words.did(done, path)}, as strong play does "
        yield from _times(f"{key}.strong.0", asked[done[0]])
        yield f"; against {_against(words, turn)}: "
        return
    own = [move for move in done if asked[move] * 2 < DRAWS]
    others = [(move, count) for move, count in asked.most_common() if move not in done]
    others = [each for each in others if each[1] * 2 >= DRAWS][:TOLD] or others[:1]
    did = words.did(own or done, path) or "did nothing"
    more = " and no more" if done and not own and one.kind == "turn" and one.ended else ""
    yield f"{name} {did}{more}; strong play "
    if not others:
        yield "does so "
        yield from _times(f"{key}.strong.0", max((asked[move] for move in own or done), default=DRAWS))
    known = len(own) == len(others) == 1 and (own[0].verb, own[0].about) == (
        others[0][0].verb,
        others[0][0].about,
    )  # so a second deed is about 'it'
    for nth, (count, same) in enumerate(groupby(others, key=itemgetter(1))):
        yield f"{', ' if nth else ''}{words.does([move for move, _count in same], path, known)} "
        yield from _times(f"{key}.strong.{nth}", count)
    yield f"; against {_against(words, turn)}: "


def _asked(one: Decision, finding: Finding) -> Counter[Move]:
    """Count how often strong play does what."""
    asked: Counter[Move] = Counter()
    for way, count in finding.strong:
        asked.update(dict.fromkeys(deeds(one, way), count))
    return asked


def _times(key: str, count: int) -> Sentence:
    times = " time of " if count == 1 else " times of "
    return (whole(key, count), times, whole("turning.draws", DRAWS))


def _loss(words: Words, turn: Turn, key: str) -> Sentence | None:
    """Tell what the decision cost the seat against the best alternative, and in worlds it could believe."""
    one, finding = turn.decision, turn.finding
    if finding.best is None or finding.loss is None:
        return None
    parts: list[Part] = [f"For {words.capital(one.seat)} itself it was "]
    parts += [*_worse(f"{key}.loss", finding.loss), f" than {_best(words, one, finding)}"]
    if finding.believed is not None:
        worse = _worse(f"{key}.believed", finding.believed)
        parts += ["; over the worlds that it could believe then, ", *worse]
    return (*parts, ".")


def _against(words: Words, turn: Turn) -> str:
    """Return what the changes of a turning point are measured against."""
    if turn.decision.kind == "act":
        return "doing nothing"
    return _best(words, turn.decision, turn.finding) if turn.finding.against_best else "strong play"


def _best(words: Words, one: Decision, finding: Finding) -> str:
    """Return the alternative that was best for the seat itself, by name."""
    assert finding.best is not None
    done = set(deeds(one, one.moves))
    new = [move for move in deeds(one, finding.best) if move not in done]
    what = words.does(new[:TOLD]) or "nothing more"
    if one.kind == "choice":
        what = words.does(finding.best, one.question).partition(" ")[2]
    return f"the {'best of its alternatives' if finding.ways > 1 else 'alternative'} ({what})"


def _worse(key: str, loss: Change) -> Sentence:
    """'3.1 points worse (1.2 to 5.0)', '0.4 points better (−1.0 to 1.8)', 'neither better nor worse (…)'."""
    sign, word = (1, "worse") if loss.mean >= 0 else (-1, "better")
    low, high = sorted((sign * loss.low, sign * loss.high))
    much: Sentence = (decimal(key, sign * loss.mean), f" points {word} (")
    if abs(loss.mean) < 0.05:
        much = ("neither better nor worse (",)
    return (*much, decimal(f"{key}.low", low), " to ", decimal(f"{key}.high", high), ")")


# --- dice ----------------------------------------------------------------------------------------------


def _dice(words: Words, story: Story, one: Decision, key: str) -> Sentence | None:
    """Return how the dice fell that followed from the decision."""
    found = tuple(thrown(story, one))[:TOLD]
    if not found:
        return None
    parts: list[Part] = ["Afterwards "]
    for nth, roll in enumerate(found):
        fell = ("held", "did not hold") if roll.deal else ("worked", "failed")
        parts.append(f"{', ' if nth else ''}{quoted(words.cause(roll.what))} {fell[not roll.works]} at ")
        parts += [whole(f"{key}.roll.{nth}", roll.chance), " %"]
    return (*parts, ".")


def thrown(story: Story, one: Decision) -> Iterator[Thrown]:
    """Return the dice of what was laid, offered or signed in a turn, or of the card that asked for a choice.

    Of the white cell's acts those at once; of a card that is laid again only those of the first time.
    """
    if one.kind != "turn":
        rolls = (roll for event in one.last.events if (roll := _roll(event)) is not None)
        yield from (roll for roll in rolls if one.kind == "act" or roll.what == one.asked_by)
        return
    causes = set(_causes(story, one.moves))
    for moment in story.line[one.last.depth :]:
        if moment is not one.last and moment.move is not None and moment.seat == one.seat:
            causes -= set(_causes(story, (moment.move,)))
        rolls = (roll for event in moment.events if (roll := _roll(event)) is not None)
        yield from (roll for roll in rolls if roll.what in causes)


def _causes(story: Story, moves: Moves) -> Iterator[str]:
    """Yield what the events that come of moves name as their cause."""
    for move in moves:
        match move:
            case Commit():
                yield f"card/{move.card}"
            case Discard():
                yield f"card/{story.scenario.actions[move.seat].id}"
            case Offer() | CounterOffer() | Answer(reply="yes"):
                yield f"deal/{move.deal}"


def _roll(event: Event) -> Thrown | None:
    """Return a roll of which all is told; without every term it is the same roll told to others."""
    if isinstance(event, DiceRolled) and event.chance is not None:
        return Thrown(event.cause, event.chance, event.works)
    if isinstance(event, RungGambled):
        return Thrown(f"deal/{event.deal}", event.chance, event.works, True)
    return None
