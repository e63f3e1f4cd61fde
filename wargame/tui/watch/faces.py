"""What lies on the map while everybody watches: cards and news with what they change, the upkeep as a table,
the state of the world; and what a seat has turned over at the reveal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from wargame.debrief.dated_events import Step
from wargame.rules.events import (
    Accused,
    CardPlayed,
    CardReturned,
    CardRevealed,
    CardSignalled,
    Change,
    DiceRolled,
    Event,
    GameEnded,
    InfluenceSpent,
    NewsCame,
    QuietMoveMade,
    SignalBroken,
    SignalKept,
    TrackMoved,
)
from wargame.rules.scenario import Scenario
from wargame.tui.kit.gauges import filled, group_colour
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    COIN,
    DIM,
    GOOD,
    HEAD,
    change,
    columns,
    fit,
    join,
    pair_badge,
    paragraphs,
    put,
    seat_badge,
    signed,
    wrapped,
)
from wargame.tui.kit.world import world_lines
from wargame.tui.watch.causes import Causes
from wargame.tui.watch.course import REVEAL, UPKEEP, WORLD, Page, ScoreMoved, is_of_accusation
from wargame.tui.watch.scores import by_how_much, moved_scores, short, steps
from wargame.tui.watch.show import TURNING, Frame, turning_card
from wargame.words.pages import kit
from wargame.words.pages import watch as say

LAID = "▮"
BACK = 7
"""Rows of a card's back."""
CHANGED, BOXES = 9, 12
TABLE, SCORED = 44, 20
NAME, BRIEF = 21, 10
"""Columns of a change in the table of the upkeep, and of the scores beside it."""


Scored = Callable[[Event], Iterable[ScoreMoved]]


class Face(NamedTuple):
    """What a card's frame says at its corners, whose it is, and the lines within."""

    title: str
    corner: str
    foot: str
    seat: str
    lines: list[Content]


def owner(scenario: Scenario, page: Page) -> str:
    """Return the seat whose card the page tells of, or ""."""
    heads = (step.head for step in reversed(page.steps))
    return next((head.seat for head in heads if isinstance(head, CardPlayed | CardReturned)), "")


def of_page(lens: Lens, page: Page, frame: Frame | None, scored: Scored, width: int) -> Face:
    """Return what lies on the map on that page, as far as its show has come; `scored` tells what a change
    of a track has done to the seats' scores.
    """
    if page.kind == WORLD:
        return Face(say.WORLD, "", "", "", world_lines(lens, width))
    if page.kind == REVEAL:
        return _accusation(lens, page, width)
    if page.kind == UPKEEP:
        return Face(say.FOLLOWS, "", "", "", list(_table(lens, page, scored, width)))
    if frame is not None and frame.turned < TURNING:
        return Face("", "", "", owner(lens.scenario, page), turning_card(frame.turned, width, BACK))
    return _card(lens, page, frame, width)


def _accusation(lens: Lens, page: Page, width: int) -> Face:
    """What was rightly accused at the reveal, and what that has cost and paid; nothing, if nothing was."""
    if not page.proof:
        return Face("", "", "", "", [])
    right = [step.head for step in page.proof if isinstance(step.head, Accused)]
    seats, words = [event.seat for event in right], lens.words
    lines: list[Content] = []
    for a, b, rung in dict.fromkeys((event.a, event.b, event.rung) for event in right):
        said = f"{words.parties((a, b))}: {words.secret_deal(a, b, rung)}"
        lines += wrapped(put(said[:1].upper() + said[1:], "bold"), width, indent=2)
    lines.append(moved_scores(lens, page.paid(seats)))
    for step in page.proof:
        out = [one for one in step.events if not isinstance(one, Accused) and not is_of_accusation(one)]
        lines += _told(lens, step, out, width)
    title = say.accusing(words.parties(seats), len(seats))
    if len(title) > width:
        signs = (seat_badge(lens.scenario, seat).plain for seat in seats)
        title = say.accusing(" ".join(signs), len(seats))
    return Face(title, "", "", seats[0] if len(seats) == 1 else "", lines)


def _card(lens: Lens, page: Page, frame: Frame | None, width: int) -> Face:
    step = next((one for one in reversed(page.steps) if one.head is not None), page.steps[-1])
    scenario, words = lens.scenario, lens.words
    head = step.head
    kind, _, id_ = step.cause.removeprefix("white/").partition("/")
    title, corner, foot, text = words.cause(step.cause).upper(), "", "", ""
    if kind == "card" and id_ in scenario.cards:
        card = scenario.cards[id_]
        symbol = scenario.seats[head.seat].symbol if isinstance(head, CardPlayed | CardReturned) else ""
        title = f"{symbol} {words.said(card.title).upper()}".strip()
        corner, text = COIN * card.cost, words.said(card.text)
        foot = kit.speed_of(card.speed, paragraphs(card.source))
    elif (news := scenario.event_card(step.cause.rpartition("news/")[2])) is not None:
        title, text, foot = (
            words.said(news.title).upper(),
            words.said(news.text),
            paragraphs(news.source),
        )
    elif id_ in scenario.triggers:
        text = words.said(scenario.triggers[id_].text)
    if not title:
        said = words.headline(head) or words.event(head, None) if head is not None else ""
        title = (said or kit.UNKNOWN).rstrip(".").upper()
    story = wrapped(put(text, f"italic {DIM}"), width)
    out = page.events if frame is None else page.events[: frame.events]
    told = list(_told(lens, step, out, width))
    lines = [*story, Content(""), *told] if story and told else [*story, *told]
    return Face(title, corner, foot, owner(scenario, page), lines)


def _told(lens: Lens, step: Step, events: Sequence[Event], width: int) -> Iterator[Content]:
    """What has come of it so far, a line or two each."""
    causes = Causes(lens, step)
    for event in events:
        title = "" if event is step.head else causes.above(event)
        if title:
            yield from wrapped(put(title, DIM), width)
        if event is step.head and isinstance(event, CardPlayed | NewsCame | GameEnded):
            continue
        if isinstance(event, TrackMoved):
            yield track_line(lens, event, width)
        elif isinstance(event, DiceRolled):
            yield from _roll(lens, event, width)
        elif isinstance(event, Change):
            yield from wrapped(put(lens.words.change(event), CHANGE), width, indent=2)
        else:
            yield from wrapped(put(lens.said(event)), width, indent=2)


def _roll(lens: Lens, event: DiceRolled, width: int) -> Iterator[Content]:
    """The chance and what it was made of; where not all may know that, how the roll came out."""
    if event.chance is None:
        yield from wrapped(put(lens.words.event(event, None), "bold"), width, indent=2)
        return
    reasons = lens.words.roll_terms(event.path, event.terms)
    parts = [f"{reasons[0][1]} {reasons[0][0]}"]
    parts += [
        f"{signed(value) if isinstance(value, int) else value} {label}"
        for label, value in reasons[1:]
        if value
    ]
    said = join((put(f"{event.chance} %", "bold"), put(f"  {', '.join(parts)}", DIM)))
    yield from wrapped(said, width, indent=6)


def track_line(lens: Lens, event: TrackMoved, width: int) -> Content:
    """A track's name, its boxes with where it was and where it is, and the change."""
    most, colour = lens.scenario.tracks[event.track].most, group_colour(lens.scenario, event.track)
    boxes = filled(event.new, most, colour, event.old)
    name = lens.words.track(event.track), max(width - BOXES - CHANGED - 1, 8)
    return columns(name, ("", 1), (boxes, BOXES), (change(event.old, event.new), -CHANGED))


def _table(lens: Lens, page: Page, scored: Scored, width: int) -> Iterator[Content]:
    """What the round leaves, in the order it happened: each cause with the tracks and scores it moved."""
    before = ""
    for step in page.steps:
        moved: list[Event] = [e for e in step.events if isinstance(e, TrackMoved | DiceRolled)]
        if not moved:
            continue
        mark = put("")
        if step.cause and step.works is not None:
            mark = put(" ✓" if step.works else " ✗", "bold")
        if not step.cause:
            title = put(say.sentence(kit.UNKNOWN), DIM)
        else:
            title = put(lens.words.cause(step.cause), "bold")
        if step.cause or title.plain != before:
            yield join((fit(title, width - 2).rstrip(), mark))
        before = title.plain
        yield from _moves(lens, moved, scored, width)


def _moves(lens: Lens, moved: list[Event], scored: Scored, width: int) -> Iterator[Content]:
    for event in moved:
        if isinstance(event, TrackMoved):
            seats = ((seat_badge(lens.scenario, one.seat), one.by) for one in scored(event))
            between = put("  " if width >= TABLE + SCORED else " ")
            scores = between.join(join((badge, by_how_much(by))) for badge, by in seats)
            if width >= TABLE + SCORED:
                line = join(("  ", track_line(lens, event, TABLE - 2), "   ", scores))
            else:
                roomy = width >= TABLE + CHANGED
                name = lens.words.track(event.track) if roomy else short(lens, event.track)
                by = fit(change(event.old, event.new), CHANGED, "right") if roomy else fit(steps(event), 2)
                line = join(("  ", fit(name, NAME if roomy else BRIEF), by, "  ", scores))
            yield fit(line, width)
        elif isinstance(event, DiceRolled) and event.chance is not None:
            yield fit(put(f"  {say.fell(event.chance, event.die or 0)}", DIM), width)


def turned_over(lens: Lens, page: Page, seat: str, width: int, brief: bool = False) -> list[Content]:
    """What a seat has turned over, kept of what it told the table, and of what it accused whom.

    Where there is little room it is `brief`: a line each.
    """
    lines: list[Content] = []
    laid, words = 0, lens.words
    kept = [event.card for event in page.events if isinstance(event, SignalKept) and event.seat == seat]

    def add(said: Content) -> None:
        lines.extend([fit(said, width)] if brief else wrapped(said, width, 2))

    for event in page.events:
        if getattr(event, "seat", "") != seat:
            continue
        match event:
            case CardRevealed(card=card):
                laid += 1
                title = put(words.card(card), "bold")
                if card in kept:
                    mark = put(" ✓" if brief else f" ✓ {say.AS_TOLD}", GOOD)
                    title = join((fit(title, min(title.cell_length, width - 4)) if brief else title, mark))
                add(join((put(f"{LAID} ", CHANGE), title)))
            case QuietMoveMade():
                laid += 1
                lines.append(put(f"{LAID} {say.QUIET}", DIM))
            case SignalBroken(card=card):
                add(put(f"✗ {say.broken(words.card(card))}", BAD))
            case CardSignalled(card=card) if page.phase != "reveal":
                add(put(say.broken(words.card(card)), DIM))
            case Accused(a=a, b=b, right=right):
                pair = pair_badge(lens.scenario, a, b)
                lines.append(join((put("! ", HEAD), pair, put(" ✓", GOOD) if right else put(" ✗", BAD))))
            case _:
                pass
    if not laid and page.phase == "reveal":
        lines[:0] = wrapped(put(say.LAID_NOTHING, DIM), width)
    return lines


def spent(page: Page, seat: str) -> str:
    """Return what a seat has spent, as it stands in the edge of its card; "" if nothing is said of it."""
    sums = [event.amount for event in page.events if isinstance(event, InfluenceSpent) and event.seat == seat]
    return say.spent(sum(sums)) if sums else ""
