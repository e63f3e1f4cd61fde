"""What a scenario is made of, as the preview lists it, and what it tells of each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from wargame.content.ground import walk
from wargame.rules.effects.flow import Choose
from wargame.rules.effects.votes import Vote
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Card, Crisis, DealTemplate, Dial, News, Stand, Trigger
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, HEAD, join, put, seat_badge, wrapped
from wargame.tui.kit.rows import Row
from wargame.tui.kit.tracks import track_rows
from wargame.tui.kit.world import world_lines
from wargame.words import Words, grammar
from wargame.words.pages import preview as say
from wargame.words.texts import cited

BOARD = "board"


class Kind(NamedTuple):
    """Parts of one kind: what they stand under, which there are, how each is called and told of."""

    heading: str
    ids: Callable[[Scenario], Iterable[str]]
    called: Callable[[Words, str], str]
    tell: Callable[[Lens, str, int], Iterator[Content]]


def listed(lens: Lens) -> Iterator[Row]:
    """Yield everything in the scenario in the order of its list; the key of a part is its kind and id."""
    scenario, words = lens.scenario, lens.words
    yield Row(BOARD, put(say.THE_BOARD))
    for name, kind in KINDS.items():
        groups = {kind.heading: list(kind.ids(scenario))}
        if name == "card":
            groups = {
                words.heading(seat).upper(): [*scenario.decks[seat], scenario.actions[seat].id]
                for seat in scenario.seat_ids
            }
        for heading, ids in groups.items():
            if ids:
                yield Row("", put(heading, HEAD))
            for id_ in ids:
                badge = (seat_badge(scenario, id_), " ") if name == "seat" else ()
                yield Row(f"{name}:{id_}", join((*badge, kind.called(words, id_))))


def title(lens: Lens, key: str) -> str:
    """Return what the part of that key is called; for the board, what the scenario is."""
    kind, _, id_ = key.partition(":")
    return KINDS[kind].called(lens.words, id_) if kind in KINDS else lens.words.said(lens.scenario.spec.title)


def told(lens: Lens, key: str, width: int) -> Iterator[Content]:
    """Yield what is told of the part of that key."""
    kind, _, id_ = key.partition(":")
    if kind in KINDS:
        yield from KINDS[kind].tell(lens, id_, width)
    elif kind == BOARD:
        yield from _board(lens, width)


def _board(lens: Lens, width: int) -> Iterator[Content]:
    if lens.scenario.mapped:
        yield from (row.line for row in track_rows(lens, width, headings=True))
    else:
        yield from world_lines(lens, width)


def _seat(lens: Lens, seat: str, width: int) -> Iterator[Content]:
    words = lens.words
    for one in words.briefing(seat, lens.view.rounds):
        label = put(f"{one.title}  " if one.title else "", "bold")
        yield from wrapped(join((label, put(one.text))), width, indent=2 if one.title else 0)
    for agenda in lens.scenario.spec.agendas:
        if agenda.seat == seat:
            one = words.agenda(agenda.id)
            head = join((put(f"{say.AGENDA}: ", HEAD), put(f"{one.title}  ", "bold"), put(one.text)))
            yield from wrapped(head, width, indent=2)


def _card(lens: Lens, card: str, width: int) -> Iterator[Content]:
    spec = lens.scenario.cards[card]
    yield from _printed(lens, spec, lens.words.card_text(spec), width)


def _news(lens: Lens, news: str, width: int) -> Iterator[Content]:
    spec, words = lens.scenario.news[news], lens.words
    fits = grammar.capital(words.condition(spec.when)) if spec.when else say.ANY_ROUND
    yield from wrapped(put(fits, DIM), width)
    yield from _printed(lens, spec, words.news_text(news), width)


def _deal(lens: Lens, deal: str, width: int) -> Iterator[Content]:
    spec = lens.scenario.deals[deal]
    yield from _printed(lens, spec, lens.words.deal_text(spec), width)


def _question(lens: Lens, nth: str, width: int) -> Iterator[Content]:
    cause, asked = questions(lens.scenario)[int(nth)]
    if isinstance(asked, Crisis):
        yield from _does(lens.words.crisis_text(cause.partition("/")[2]), "", width)
    else:
        yield from _does(lens.words.question_text(asked), "", width)


def _stand(lens: Lens, stand: str, width: int) -> Iterator[Content]:
    spec = lens.scenario.stands[stand]
    yield from _printed(lens, spec, lens.words.stand_text(stand), width)


def _dial(lens: Lens, dial: str, width: int) -> Iterator[Content]:
    spec, words = lens.scenario.dials[dial], lens.words
    yield from wrapped(put(say.set_by(words.party(spec.seat)), DIM), width)
    for setting in spec.settings:
        head = (put(f"{words.said(setting.title)}  ", "bold"), put(words.said(setting.text), f"italic {DIM}"))
        yield from wrapped(join(head), width, indent=2)
        for clause in words.effects(setting.effects):
            yield from wrapped(put(clause).pad_left(2), width, indent=2)
    yield from _does((), spec.source, width)


def _trigger(lens: Lens, trigger: str, width: int) -> Iterator[Content]:
    spec, words = lens.scenario.triggers[trigger], lens.words
    if spec.seen_by:
        yield from wrapped(put(say.cause_seen_by(words.parties(spec.seen_by)), DIM), width)
    yield from _printed(lens, spec, words.trigger_text(trigger), width)


def _outcome(lens: Lens, outcome: str, width: int) -> Iterator[Content]:
    yield from _story(lens.words.said(lens.scenario.outcomes[outcome].text), width)
    yield from _does(lens.words.outcome_text(outcome), "", width)


def _epilogue(lens: Lens, epilogue: str, width: int) -> Iterator[Content]:
    spec = next(one for one in lens.scenario.spec.epilogues if one.id == epilogue)
    words = lens.words
    when = " ".join(words.asked_of(spec.when)) if spec.when else say.NONE_BEFORE
    yield from wrapped(put(when, DIM), width)
    yield from _story(words.epilogue(epilogue).text, width)
    for seat in lens.scenario.seat_ids:
        if fate := words.fate(epilogue, seat):
            yield from wrapped(join((seat_badge(lens.scenario, seat), "  ", fate)), width, indent=5)
    yield from _does((), spec.source, width)


def _printed(
    lens: Lens, spec: Card | News | DealTemplate | Stand | Trigger, clauses: Sequence[str], width: int
) -> Iterator[Content]:
    """What is printed on it: its story, and what it does."""
    yield from _story(lens.words.said(spec.text), width)
    yield from _does(clauses, spec.source, width)


def _story(text: str, width: int) -> Iterator[Content]:
    if text:
        yield from wrapped(put(text, f"italic {DIM}"), width)
        yield Content("")


def _does(clauses: Sequence[str], source: str, width: int) -> Iterator[Content]:
    for clause in clauses:
        yield from wrapped(put(clause), width, indent=2)
    if source:
        yield put(cited(source), DIM)


def questions(scenario: Scenario) -> list[tuple[str, Choose | Vote | Crisis]]:
    """Return every question that seats are asked, with the cause that asks it, in the order of the files."""
    spec = scenario.spec
    asking: dict[str, Iterable[Card | News | DealTemplate | Stand | Dial | Trigger]] = {
        "card": [*scenario.actions.values(), *(card for deck in spec.cards.values() for card in deck)],
        "news": spec.news,
        "deal": spec.deals,
        "stand": spec.stands,
        "dial": spec.dials,
        "trigger": spec.triggers,
    }
    return [
        (f"{kind}/{one.id}", piece.record)
        for kind, entries in asking.items()
        for one in entries
        for piece in walk("", (), one)
        if isinstance(piece.record, Choose | Vote | Crisis)
    ]


def _numbers(scenario: Scenario) -> Iterable[str]:
    return map(str, range(len(questions(scenario))))


def _epilogues(scenario: Scenario) -> Iterable[str]:
    return (one.id for one in scenario.spec.epilogues)


def _asking(words: Words, nth: str) -> str:
    return words.cause(questions(words.scenario)[int(nth)][0])


def _ending(words: Words, outcome: str) -> str:
    return grammar.capital(words.ending(outcome))


def _epilogue_title(words: Words, epilogue: str) -> str:
    return words.epilogue(epilogue).title


KINDS = {
    "seat": Kind(say.SEATS, lambda scenario: scenario.seat_ids, Words.seat, _seat),
    "card": Kind("", lambda scenario: scenario.cards, Words.card, _card),
    "news": Kind(say.NEWS, lambda scenario: scenario.news, Words.news, _news),
    "deal": Kind(say.DEALS, lambda scenario: scenario.deals, Words.deal, _deal),
    "question": Kind(say.QUESTIONS, _numbers, _asking, _question),
    "stand": Kind(say.STANDS, lambda scenario: scenario.stands, Words.stand, _stand),
    "dial": Kind(say.LEVERS, lambda scenario: scenario.dials, Words.dial, _dial),
    "trigger": Kind(say.TRIGGERS, lambda scenario: scenario.triggers, Words.trigger, _trigger),
    "outcome": Kind(say.OUTCOMES, lambda scenario: scenario.outcomes, _ending, _outcome),
    "epilogue": Kind(say.EPILOGUES, _epilogues, _epilogue_title, _epilogue),
}
"""Everything that is listed below the board, kind by kind."""
