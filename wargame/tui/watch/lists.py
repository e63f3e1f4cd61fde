"""The list at the left of what is watched: it fills in as it is told, and one can look back in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from wargame.debrief.dated_events import Step, of_kind, steps_of
from wargame.rules.events import (
    Accused,
    BandChanged,
    CardPlayed,
    CardReturned,
    CardRevealed,
    CardSignalled,
    Change,
    CommuniqueIssued,
    DealAnnounced,
    DealBroken,
    DealEnded,
    DealProved,
    DiceRolled,
    Event,
    GoodMoved,
    GoodsDelivered,
    InfluenceMoved,
    InfluenceSpent,
    OfferLapsed,
    OfferRefused,
    PointsGiven,
    QuietMoveMade,
    SeatRuined,
    SignalBroken,
    SignalKept,
    TrackMoved,
)
from wargame.tui.kit.gauges import gauges_shown
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    GOOD,
    LAID_OPEN,
    SEALED,
    SECRET,
    change,
    fit,
    join,
    pair_badge,
    put,
    seat_badge,
    wrapped,
)
from wargame.tui.kit.rows import Row
from wargame.tui.watch.causes import Causes
from wargame.tui.watch.course import CARD, REVEAL, UPKEEP, WORLD, Course, Page, is_of_accusation, is_turn
from wargame.tui.watch.scores import moved_scores, short, steps
from wargame.words.pages import kit
from wargame.words.pages import watch as say

if TYPE_CHECKING:
    from wargame.tui.watch.resolution import ResolutionScreen

INDENT, NARROW, ROOMY = 6, 2, 33
"""Blanks before what came of a card, where there is room for them from so many columns, and else."""
NOW = "on $warning 14%"
"""Under the card that is told."""
ON_SEATS = (CardRevealed, InfluenceSpent, QuietMoveMade, SignalKept, SignalBroken, CardSignalled)
"""Kinds that stand with the seats at the reveal."""
LEAST_GAUGE = 36


def of_page(screen: ResolutionScreen, width: int) -> tuple[str, list[Row]]:
    """Return the list's title and its rows, of `width` cells; at its foot the tracks, where there is room."""
    page, lens = screen.page, screen.lens
    if page.kind == WORLD:
        return "", []
    if page.kind == REVEAL:
        told = [*said(lens, page, width), *own_offers(screen, width)]
        title, rows = say.DEALS, told or [Row("", put(say.NO_WORDS, DIM))]
    elif page.kind == UPKEEP:
        title, rows = say.DELIVERIES, list(_left(lens, page, width))
    else:
        title, rows = _cards(screen, page, width)
    gauges = gauges_shown(lens, width) if width >= LEAST_GAUGE else []
    between = screen._room() - 2 - len(rows) - len(gauges)
    if gauges and between > 0:
        rows += [*[Row("", Content(""))] * between, *gauges]
    return title, rows


def _cards(screen: ResolutionScreen, page: Page, width: int) -> tuple[str, list[Row]]:
    """What is told card by card: news, and what takes effect by speed, as closely as there is room for."""
    lens = screen.lens
    chapter = [
        (at, one) for at, one in enumerate(screen.pages) if one.chapter == page.chapter and one.kind == CARD
    ]
    causes = {step.cause for _at, one in chapter for step in one.steps if step.cause}
    before = [step for step in _before(screen.course, page) if step.cause not in causes]
    if page.phase == "news":
        return say.news_of(lens.words.date(page.round)), list(_entries(screen, chapter, before, width, 1))
    turns = sum(map(is_turn, before)) + sum(is_turn(step) for _at, one in chapter for step in one.steps)
    title = say.by_speed(turns) if turns else kit.PHASES[page.phase].upper()
    rows: list[Row] = []
    for density, whole in ((3, True), (2, True), (1, True), (1, False), (0, True)):
        told = _entries(screen, chapter, before, width, density, whole)
        rows = [*told, *_quiet(screen.course, page, density)]
        if density >= 2:
            rows.insert(0, Row("", Content("")))
        if len(rows) <= screen._room() - 2:
            break
    return title, rows


def _before(course: Course, page: Page) -> list[Step]:
    """The steps of the same phase that an earlier recap has told."""
    return steps_of(one for one in course.line[: course.start] if (one.round, one.phase) == page.chapter)


def _entries(
    screen: ResolutionScreen,
    chapter: Sequence[tuple[int, Page]],
    before: Sequence[Step],
    width: int,
    density: int,
    whole: bool = True,
) -> Iterator[Row]:
    """Each card with what came of it; those to come only by their titles, if these are known.

    A title that is not to be `whole` has one line.
    """
    lens = screen.lens
    for one in before:
        for line in _lines(lens, one, width, whole, told=True, now=False, showing=False):
            yield Row("", line)
    for at, page in chapter:
        told, now = at <= screen.reached, at == screen.reached
        shown = [step for step in page.steps if told or is_turn(step)]
        out = screen.frame.events if now and screen.frame is not None else len(page.events)
        for step in shown:
            last = step is shown[-1]
            lines = _lines(lens, step, width, whole, told, now and last, now and screen.frame is not None)
            key = f"page:{at}" if told and last else ""
            yield from (
                Row(key if not nth else "", line, of=key if nth else "") for nth, line in enumerate(lines)
            )
            if told:
                for line in changes(lens, step, step.events[: max(out, 0)], width, density):
                    yield Row("", fit(line, width).stylize_before(NOW) if now else line)
            out -= len(step.events)
        if shown and density >= 2 and (at, page) != chapter[-1]:
            yield Row("", Content(""))


def _lines(
    lens: Lens, step: Step, width: int, whole: bool, told: bool, now: bool, showing: bool
) -> Iterator[Content]:
    """What a step is about, on as many lines as that takes, and whether its dice were kind."""
    mark = put("")
    if showing:
        mark = put(" ▸", CHANGE)
    elif told and step.works is not None:
        tried = lens.words.is_tried(step.rolls[-1].path)
        mark = put(" ✓", GOOD if tried else "") if step.works else put(" ✗", BAD if tried else "")
    title = title_of(lens, step)
    title = title.stylize("bold") if now else title
    for part in wrapped(title, width - 2, indent=NARROW) if whole else [title]:
        line = fit(join((fit(part, width - 2), mark)), width)
        yield line.stylize_before(NOW) if now else line
        mark = put("")


def changes(lens: Lens, step: Step, events: Iterable[Event], width: int, density: int) -> Iterator[Content]:
    """What has come of a step, each change under its own cause: a line each, or in one line where there is
    less room, or nothing.
    """
    if density == 0:
        return
    causes, blank = Causes(lens, step), " " * (INDENT if width >= ROOMY else NARROW)
    said: list[Content] = []

    def out() -> Iterator[Content]:
        if density == 3:
            yield from (fit(join((blank, one)), width) for one in said)
        elif said:
            yield fit(join((blank, put(" · ", DIM).join(said))), width)
        said.clear()

    for event in events:
        if isinstance(event, TrackMoved | GoodMoved | InfluenceMoved | PointsGiven):
            if title := causes.above(event):
                yield from out()
                yield from wrapped(put(f"{blank[2:]}{title}", DIM), width, indent=len(blank) - 2)
            said.append(_moved(lens, event, width))
        else:
            causes.above(event)
    yield from out()


def _moved(lens: Lens, event: Change, width: int) -> Content:
    if not isinstance(event, TrackMoved):
        return put(lens.words.change(event), CHANGE)
    name = short(lens, event.track) if width < ROOMY else lens.words.track(event.track)
    by = change(event.old, event.new) if width >= ROOMY else steps(event)
    return join((put(f"{name} ", CHANGE), by))


def _quiet(course: Course, page: Page, density: int) -> Iterator[Row]:
    """Moves of which only that they were made is known."""
    if page.phase != "resolution":
        return
    quiet = [one for one in of_kind(course.line[: page.last], QuietMoveMade) if one.round == page.round]
    if quiet and density >= 2:
        yield Row("", Content(""))
    for one in quiet:
        badge = seat_badge(course.now.scenario, one.event.seat)
        yield Row("", join((put("– ", DIM), badge, put(f" {say.QUIET}", DIM))))


def title_of(lens: Lens, step: Step) -> Content:
    """Return what a step is about, in a few words: speed, seat and title of a card."""
    words, head = lens.words, step.head
    if isinstance(head, CardPlayed | CardReturned):
        speed = lens.scenario.cards[head.card].speed
        return join((put(f"{speed} ", DIM), seat_badge(lens.scenario, head.seat), " ", words.card(head.card)))
    if head is not None and (line := words.headline(head)):
        return put(line)
    if step.cause:
        return put(words.cause(step.cause))
    if isinstance(step.events[0], TrackMoved | GoodMoved | InfluenceMoved):
        return put(say.sentence(kit.UNKNOWN), DIM)
    return put(say.sentence(lens.said(step.events[0])))


def laid(course: Course, page: Page, seat: str) -> str:
    """Return how many cards a seat has laid down in the round that is told: '2 cards', 'a quiet move'."""
    line = [one for one in course.line[: page.last] if one.round == page.round]
    cards = sum(one.event.seat == seat for one in of_kind(line, CardRevealed))
    quiet = sum(one.event.seat == seat for one in of_kind(line, QuietMoveMade))
    if quiet:
        return say.laid_and_quiet(cards, quiet) if cards else say.QUIET
    return say.laid(cards) if cards else ""


def said(lens: Lens, page: Page, width: int) -> Iterator[Row]:
    """Accusations that are wrong, deals and communiqués with what they move; an entry each.

    Of those that are right the card on the map tells.
    """
    charged: dict[tuple[str, str, int], list[str]] = {}
    proof = page.proof
    events = [event for step in page.steps if step not in proof for event in step.events]
    for event in events:
        if isinstance(event, Accused):
            charged.setdefault((event.a, event.b, event.rung), []).append(event.seat)
    for nth, ((a, b, rung), seats) in enumerate(charged.items()):
        who = put(" ").join(seat_badge(lens.scenario, seat) for seat in seats)
        charge = lens.words.secret_deal(a, b, rung)
        accused, accuse = pair_badge(lens.scenario, a, b), put(say.accuse(len(seats)), DIM)
        told = join((put("✗ ", BAD), who, accuse, accused, put(f" {say.OF} {charge}")))
        yield from _entry(f"said:a{nth}", told, width)
        yield Row("", fit(join(("  ", moved_scores(lens, page.paid(seats)))), width))
        own = {f"accusation/{seat}" for seat in seats}
        for event in events:
            if isinstance(event, InfluenceMoved) and event.cause in own:
                yield Row("", fit(put(f"  {lens.words.change(event)}", CHANGE), width))
    causes = Causes(lens)
    for nth, event in enumerate(events):
        if isinstance(event, ON_SEATS) and not (isinstance(event, CardSignalled) and page.phase != "reveal"):
            continue
        if isinstance(event, Accused | DiceRolled) or is_of_accusation(event):
            continue
        if cause := causes.above(event):
            yield from _entry(f"said:c{nth}", put(cause), width)
        if isinstance(event, TrackMoved):
            line = put(f"  {lens.words.track(event.track)} ", CHANGE) + change(event.old, event.new)
            yield Row(f"said:{nth}", fit(line, width))
        elif isinstance(event, Change):
            yield from _entry(f"said:{nth}", put(f"  {lens.words.change(event)}", CHANGE), width)
        else:
            yield from _entry(f"said:{nth}", _sentence(lens, event), width)


def own_offers(screen: ResolutionScreen, width: int) -> Iterator[Row]:
    """The offers of whoever sits alone before this screen that were turned down or not answered.

    They are nobody else's to know: where several look on, their seat reads of it with its next orders.
    """
    page, lens = screen.page, screen.own_lens
    if lens is None or page is not next(
        (one for one in screen.pages if is_turned_over(one, page.round)), None
    ):
        return
    for nth, one in enumerate(lens.memory.seen):
        event = one.event
        if one.round == page.round and (
            isinstance(event, OfferLapsed)
            or (isinstance(event, OfferRefused) and event.proposer == lens.viewer)
        ):
            mark, line = put(f"{SEALED} ", SECRET), put(say.sentence(lens.said(event)))
            yield from _entry(f"offer:{nth}", join((mark, line)), width)


def is_turned_over(page: Page, round_: int) -> bool:
    """Return whether a page tells what was turned over in that round."""
    return (page.kind, *page.chapter) == (REVEAL, round_, "reveal")


def _sentence(lens: Lens, event: Event) -> Content:
    """An event in a sentence; what all are to hear first is bold."""
    words = lens.words
    match event:
        case CommuniqueIssued():
            spoken = words.communique(event.a, event.b, event.words)
            pair = pair_badge(lens.scenario, event.a, event.b)
            return join((pair, put(f" “{spoken}”" if spoken else f" {say.MEET}")))
        case DealAnnounced():
            terms = words.deal_terms(event.deal, event.size, event.rounds, event.more)
            news = words.event(event, None).removesuffix(terms).rstrip()
            return join((put(news, "bold"), put(f" {say.sentence(terms)}", DIM)))
        case DealProved():
            title = put(f" “{words.deal(event.deal)}”", "bold")
            pair = pair_badge(lens.scenario, event.a, event.b)
            return join((put(f"{LAID_OPEN} "), pair, title, put(f" {say.PROVED}", DIM)))
    style = "bold" if isinstance(event, SeatRuined) else BAD if isinstance(event, DealBroken) else ""
    return put(say.sentence(lens.said(event)), style)


def _entry(key: str, said: Content, width: int) -> Iterator[Row]:
    for at, line in enumerate(wrapped(said, width, indent=2)):
        yield Row("" if at else key, line)


def _left(lens: Lens, page: Page, width: int) -> Iterator[Row]:
    """By deal what was delivered, and whether it ran out; then who has got influence, and whatever else."""
    deals: dict[str, list[GoodsDelivered | DealEnded]] = {}
    rest = []
    for event in page.events:
        if isinstance(event, GoodsDelivered | DealEnded):
            deals.setdefault(event.deal, []).append(event)
        elif not isinstance(event, TrackMoved | DiceRolled | BandChanged):
            rest.append(event)
    for deal, events in deals.items():
        ended = put(f" · {say.ENDED}", DIM) if isinstance(events[-1], DealEnded) else put("")
        yield Row(f"deal:{deal}", fit(join((put(lens.words.deal(deal), "bold"), ended)), width))
        for event in events:
            if isinstance(event, GoodsDelivered):
                giver, taker = (seat_badge(lens.scenario, seat) for seat in (event.giver, event.taker))
                due = put(f" {say.of_due(event.due)}", BAD) if event.given < event.due else put("")
                lots = lens.words.lots(event.given, event.good)
                yield Row("", fit(join(("  ", giver, put(" ▸ ", DIM), taker, f"  {lots}", due)), width))
    if deals and rest:
        yield Row("", Content(""))
    for nth, other in enumerate(rest):
        yield from _entry(f"said:{nth}", _sentence(lens, other), width)
    if not deals and not rest:
        yield Row("", put(kit.NOTHING_CHANGES, DIM))
