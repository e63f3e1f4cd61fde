"""The parts of `rules.md` that are generated from the machine and the decks, and all of `docs/cards.md`
and `docs/ten-questions.md`.

`python -m tests.rulebook` (or `make rules`) writes them anew, those of the rules between their marks; a test
compares. A table plays from the two files alone, so no number that a deck says is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.rulebook_cards import cards, does
from tests.rulebook_flags import flags
from tests.rulebook_questions import questions
from tests.rulebook_text import (
    ACCUSATIONS,
    COUNTERS,
    COUNTS,
    DETECTION,
    EMPTY,
    FACTORIES,
    FIRST,
    LADDER,
    RUIN,
    table,
    told,
)
from wargame import load_scenario
from wargame.rules.phases import MACHINE
from wargame.rules.scenario import Scenario, sizes, terms
from wargame.rules.scoring import line_after
from wargame.rules.spec import DealTemplate
from wargame.words import Words
from wargame.words.en.deals import SECRECY, lots
from wargame.words.en.grammar import capital, joined, number, points, quoted, whose
from wargame.words.texts import halves, signless

RULES = Path(__file__).resolve().parents[1] / "rules.md"
CARDS = RULES.parent / "docs" / "cards.md"
QUESTIONS = RULES.parent / "docs" / "ten-questions.md"
MARK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def phases(_scenario: Scenario, _words: Words) -> str:
    """Every way from one phase to another, as the turn machine has it."""
    lines = []
    for trigger, event in MACHINE.events.items():
        for source, ways in event.transitions.items():
            for way in ways:
                asked = [getattr(one.func, "__name__", "?").replace("_", " ") for one in way.conditions]
                when = f"  [{', '.join(asked)}]" if asked else ""
                lines.append(f"{source:<11} --{trigger}-->  {way.dest}{when}")
    return "\n".join(["```text", *lines, "```"])


def tracks(scenario: Scenario, words: Words) -> str:
    rows = []
    for track in scenario.spec.tracks:
        seen = ", ".join(words.seat(seat) for seat in track.seen_by) or "all"
        bands = ", ".join(
            f"{words.band_at(track.id, at)} ≤ {band.upto}" for at, band in enumerate(track.bands)
        )
        if track.band_public:
            seen += " (band: all)"
        start = f"{track.start} of {track.most}"
        rows.append((words.track(track.id), start, bands, seen, track.source.replace("p", "¶")))
    return table(("track", "start", "bands", "seen by", "¶"), rows)


def goods(scenario: Scenario, words: Words) -> str:
    """What a lot of each good takes to make, what it is worth at the front, and how much a store holds."""
    rows = [
        (words.good(good.id), words.said(good.text) or "–", good.output or "–", good.fire or "–", good.cap)
        for good in scenario.spec.goods
    ]
    return table(("good", "what it is", "units to make a lot", "fire a lot", "at most"), rows)


def counts(scenario: Scenario, words: Words) -> str:
    """How many of everything: the numbers of a turn."""
    rules = scenario.spec.rules
    telling = f"that cost at least ¤{rules.signal_from}" if rules.signal_from else "of its own deck"
    return told(
        COUNTS,
        rules=rules,
        hand=number(rules.hand),
        news=number(rules.news),
        commits=number(rules.commits),
        offers=number(rules.offers),
        telling=telling,
    )


def starting(scenario: Scenario, words: Words) -> str:
    """What each seat begins with and gets a round."""
    rows = []
    for seat in scenario.spec.seats:
        held = [
            words.lots(stock.start, good) + (f" (+{stock.each})" if stock.each else "")
            for good, stock in seat.goods.items()
            if stock.start or stock.each
        ]
        name = f"{seat.symbol} {words.seat(seat.id)} ({seat.short}), {words.said(seat.capital)}"
        rows.append((name, f"¤{scenario.spec.rules.influence}", f"¤{seat.income}", ", ".join(held) or "–"))
    return table(("seat", "influence", "income a round", "goods (more each round)"), rows)


def odds(scenario: Scenario, words: Words) -> str:
    """The words for the chances that rolls start from."""
    named = [f"{base} per cent is *{words.odds_words(base)}*" for base in scenario.spec.rules.odds]
    return f"Most rolls start from one of {number(len(named))} chances: {joined(named)}." if named else ""


def deals(scenario: Scenario, words: Words) -> str:
    """What each deal moves and pays, one a line; few columns, for a narrow screen."""
    rows = []
    for deal in scenario.spec.deals:
        gives = [_gives(scenario, words, deal, size) for size in sizes(deal) if size != "plain"]
        paid = f"points {'/'.join(map(str, deal.pays))}" if deal.pays else ""
        kept = f"kept {deal.kept}" if deal.kept else ""
        parties = "–".join(scenario.seats[seat].short for seat in deal.between)
        facts = (f"rung {deal.rung}" if deal.rung else "", SECRECY[deal.secrecy], _lengths(deal))
        rows.append(
            (
                f"{words.deal(deal.id)} ({parties})",
                ", ".join(filter(None, facts)),
                ". ".join(filter(None, (*gives, capital(", ".join(filter(None, (paid, kept))))))),
            )
        )
    return table(("deal", "how", "what each side gives a round, and points"), rows)


def _lengths(deal: DealTemplate) -> str:
    return f"{' or '.join(map(str, deal.rounds))} rounds"


def _gives(scenario: Scenario, words: Words, deal: DealTemplate, size: str) -> str:
    """'Small: SK 1 oil; RU 2 cash': what each side hands over in that size."""
    given = [(seat, terms(deal, size, seat)) for seat in deal.between]
    said = (f"{scenario.seats[seat].short} {lots(words, lot)}" for seat, lot in given if lot)
    return f"{capital(size)}: {'; '.join(said)}"


def counters(scenario: Scenario, _words: Words) -> str:
    """What may be said to an offer besides yes and no, if the scenario knows it."""
    if not scenario.spec.rules.counters:
        return "An offer is answered yes or no; nobody makes a counter-offer."
    return told(COUNTERS)


def first(scenario: Scenario, words: Words) -> str:
    """Which deals have one side give first, and what that means; nothing if none does."""
    named = [
        f"“{words.deal(deal.id)}” ({words.seat(deal.first)})" for deal in scenario.spec.deals if deal.first
    ]
    return told(FIRST, deals=joined(named)) if named else ""


def ladder(scenario: Scenario, words: Words) -> str:
    """The rungs with the trust they want, and what keeping or breaking does to it."""
    spec = scenario.spec.ladder
    assert spec is not None
    rungs = zip(spec.names, spec.wants, strict=True)
    rows = [(nth, words.said(name), wants) for nth, (name, wants) in enumerate(rungs, 1)]
    stops = (
        f"{words.track(spec.track)} {by:+} if {words.capital(seat)} stops" for seat, by in spec.stop.items()
    )
    text = told(
        LADDER,
        parties=joined(words.capital(seat) for seat in spec.between),
        track=words.track(spec.track),
        base=spec.skip_base,
        each=-spec.skip_each,
        full=f"{spec.full:+}",
        short=f"{spec.short:+}",
        stops=joined(stops),
        late=points(scenario.spec.scoring.late_breach),
    )
    return f"{table(('rung', 'goods', f'wants {words.track(spec.track).lower()}'), rows)}\n\n{text}"


def detection(scenario: Scenario, words: Words) -> str:
    """How a secret delivery comes to light, and what a proof does whichever deal it is of."""
    spec = scenario.spec.detection
    assert spec is not None
    rung = f" A rung above the first adds {spec.rung}." if spec.rung else ""
    return told(
        DETECTION,
        spec=spec,
        by=joined(map(words.party, spec.by)),
        track=words.track(spec.track),
        rung=rung,
        proved=joined(words.effects(spec.proved)),
    )


def communiques(scenario: Scenario, words: Words) -> str:
    """What the public hears of a pair's secret deals, and who may say it for nothing."""
    rows, chosen = [], []
    for pair in scenario.spec.pairs:
        names = " – ".join(map(words.seat, pair.between))
        rows.append((names, " / ".join(map(quoted, words.communiques(*pair.between)))))
        chosen += [joined(map(words.party, pair.between))] if pair.communiques else []
    said = told(EMPTY, pairs=joined(chosen)) if chosen else ""
    return f"{table(('pair', 'what is read out'), rows)}\n\n{said}".rstrip()


def accusations(scenario: Scenario, words: Words) -> str:
    """Who may be accused of what, and what it costs and brings."""
    spec = scenario.spec.accusations
    if spec is None:
        return "Nobody accuses anybody."
    pairs = joined(" and ".join(map(words.capital, pair)) for pair in spec.pairs)
    return told(ACCUSATIONS, pairs=pairs, cost=spec.cost, right=points(spec.right), wrong=points(spec.wrong))


def dials(scenario: Scenario, words: Words) -> str:
    """Every secret lever, with what each setting does."""
    parts = []
    for dial in scenario.spec.dials:
        rows = [
            (f"**{words.said(one.title)}**", words.effects_in_line(one.effects) or "nothing")
            for one in dial.settings
        ]
        start = words.setting(dial.id, dial.start)
        head = f"“{words.said(dial.title)}” starts at *{start}*. Only {words.party(dial.seat)} sees it."
        parts.append(f"{head}\n\n{table(('setting', 'each upkeep'), rows)}")
    return "\n\n".join(parts)


def stands(scenario: Scenario, words: Words) -> str:
    """Every joint undertaking: what it needs, what it does, what happens to those who stand alone."""
    parts = []
    for stand in scenario.spec.stands:
        lines = [f"**{words.said(stand.title)}.** {words.said(stand.text)}", ""]
        parts += lines + [f"- {line}." for line in words.stand_text(stand.id)]
    return "\n".join(parts)


def factories(scenario: Scenario, words: Words) -> str:
    """What plants make of what, and the hidden stocks they start with."""
    parts = []
    for made in scenario.spec.production:
        lots_of = (f"{words.good(good.id)} {good.output}" for good in scenario.spec.goods if good.output)
        parts.append(
            told(
                FACTORIES,
                whose=whose(words.party(made.seat)),
                capacity=made.capacity,
                inputs=joined(map(words.good, made.inputs)),
                shuffle=joined(map(str, made.shuffle)),
                owner=words.party(made.seat),
                rest=words.good(made.rest),
                units=joined(lots_of),
            )
        )
    return "\n\n".join(capital(part) for part in parts)


def ruin(scenario: Scenario, words: Words) -> str:
    """What ruin costs, and how blame is counted."""
    scoring = scenario.spec.scoring
    return told(
        RUIN,
        below=signless(scoring.ruin_below),
        costs=points(scoring.ruin_costs),
        blame=words.track(scoring.blame),
    )


def lines(scenario: Scenario, words: Words) -> str:
    """The line to reach in a game of each usual length, and where a seat starts if not where all do."""
    scoring, usual = scenario.spec.scoring, scenario.spec.rules
    lengths = sorted({3, 4, usual.rounds, usual.most_rounds, *(one.rounds for one in scoring.starts)})
    rows: list[tuple[object, ...]] = [
        ("line to reach", *(halves(line_after(scenario, length)) for length in lengths)),
        ("everybody starts at", *(str(scoring.start) for _length in lengths)),
    ]
    for seat in scenario.seat_ids:
        starts = [scoring.start_of(seat, length) for length in lengths]
        if any(start != scoring.start for start in starts):
            rows.append((f"but {words.seat(seat)} at", *map(str, starts)))
    text = f"The line is {scoring.start} + {scoring.win_eight} × rounds ÷ 8."
    return f"{text}\n\n{table(('rounds', *map(str, lengths)), rows)}"


def triggers(scenario: Scenario, words: Words) -> str:
    rows = [
        (
            words.said(one.title) + _hidden(scenario, one.seen_by),
            words.condition(one.when) if one.when else "always",
            "; ".join(words.effects(one.effects)),
            one.source.replace("p", "¶"),
        )
        for one in scenario.spec.triggers
    ]
    return table(("what", "when", "does", "¶"), rows)


def _hidden(scenario: Scenario, seen_by: tuple[str, ...]) -> str:
    """' (NK)' for what happens out of the others' sight."""
    return f" ({', '.join(scenario.seats[seat].short for seat in seen_by)})" if seen_by else ""


def systems(scenario: Scenario, words: Words) -> str:
    rows = [
        (one.id, one.source.replace("p", "¶"), f"**{words.said(one.title)}.** {words.said(one.text)}")
        for one in scenario.spec.systems
    ]
    return table(("", "¶", "what it is on the table"), rows)


def scoring(scenario: Scenario, words: Words) -> str:
    rows = []
    for seat, line in scenario.spec.scoring.seats.items():
        terms = " ".join(words.term(term) for term in line.terms)
        rows.append((words.seat(seat), terms, words.condition(line.ruin) if line.ruin else "–", line.spread))
    return table(("seat", "points", "ruined at", "spread"), rows)


def seats(scenario: Scenario, words: Words) -> str:
    parts = []
    for seat in scenario.spec.seats:
        page = words.briefing(seat.id, scenario.spec.rules.rounds)
        parts += [f"### {seat.symbol} {words.seat(seat.id)}", "", page[0].text, ""]
        parts += [f"- **{one.title}.** {one.text}" for one in page[1:] if one.title != "Your printed action"]
        parts += [f"- **Your printed action:** {does(seat.action, words)}."]
        parts += [
            f"- **Agenda, perhaps: {words.said(one.title)}** ({points(one.worth)}). {words.said(one.text)}"
            for one in scenario.spec.agendas
            if one.seat == seat.id
        ]
        parts += [""]
    return "\n".join(parts).rstrip()


PARTS: dict[str, Callable[[Scenario, Words], str]] = {
    part.__name__: part
    for part in (
        phases, counts, starting, tracks, goods, odds, deals, counters, first, ladder, detection, communiques,
        accusations, dials, stands, triggers, factories, lines, scoring, ruin, flags, systems, seats,
    )
}  # fmt: skip


def ten_questions() -> str:
    """The page of questions with its numbers."""
    scenario = load_scenario("honeymoon")
    return questions(scenario, Words(scenario))


def filled(text: str) -> str:
    """The rulebook with every generated part as it should be."""
    scenario = load_scenario("honeymoon")
    words = Words(scenario)
    return MARK.sub(lambda found: f"{found[1]}{PARTS[found[2]](scenario, words)}\n{found[3]}", text)


if __name__ == "__main__":
    RULES.write_text(filled(RULES.read_text(encoding="utf-8")), encoding="utf-8")
    CARDS.write_text(cards(), encoding="utf-8")
    QUESTIONS.write_text(ten_questions(), encoding="utf-8")
