"""The text made from content: over every card, deal, dial, stand and trigger that ships."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.words.boards import SHIPPED, blemishes, effects_in, ids_of, scenario, spoken, texts_of
from wargame.rules.conditions import ALWAYS, SUBJECTS
from wargame.rules.effects.bargains import Transfer
from wargame.rules.effects.flow import Choose, Each, Later, Roll
from wargame.rules.effects.hands import Draw, Lose
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.effects.tracks import Ease, Points, SetTrack, Shift
from wargame.rules.effects.votes import Ballot
from wargame.rules.spec import Effect, Modifier, Term
from wargame.words import Words
from wargame.words.en import conditions, effects
from wargame.words.en.grammar import change, number, rounds, signed, singular

PAID = "us-china-understanding"
"""A deal that pays 1, 1 and 2 points."""
ALL = [(name, what, lines, behind) for name in SHIPPED for what, lines, behind in texts_of(name)]


def test_every_operator_has_a_clause() -> None:
    """The closed set of operators and those that have a clause are the same, but for answers to a vote."""
    told = {kind for kind in effects.clause_of.registry if kind.__module__.startswith("wargame.")}

    assert told == {*OPERATORS.values(), Ballot}


def test_every_subject_of_a_condition_has_a_phrase() -> None:
    """Whatever a condition can ask can be said."""

    assert set(conditions.PHRASES) == {*SUBJECTS, "good", "seat"}


@pytest.mark.parametrize(("name", "what", "lines", "behind"), ALL, ids=[one[1] for one in ALL])
def test_text_says_all_that_the_effects_do(name: str, what: str, lines: list[str], behind: Any) -> None:
    """Every subject that an effect reads is named, every amount is given, and no id shows."""
    words, whole = spoken(name), "\n".join(lines)
    wanted = {said for effect in effects_in(behind) for said in expected(words, effect)}
    if any(isinstance(effect, Each) for effect in effects_in(behind)):  # each of the seats that it names
        wanted = {said.replace("he answering seat", "hat seat") for said in wanted}
    missing = {said for said in wanted if said not in whole}
    wrong = [fault for line in lines for fault in blemishes(line, ids_of(scenario(name)))]

    assert lines
    assert (missing, wrong) == (set(), [])


@pytest.mark.parametrize(("name", "what", "lines", "behind"), ALL, ids=[one[1] for one in ALL])
def test_nothing_is_bracketed_twice(name: str, what: str, lines: list[str], behind: Any) -> None:
    assert not [line for line in lines if "((" in line]


def test_a_flag_asked_and_taken_down_is_named_once() -> None:
    words = spoken("honeymoon")
    [denied] = [line for line in words.card_text("denied-in-new-york") if "photographed" in line]

    assert denied == "If a freighter has been photographed loading at Rason: that ends, Regime ▲2"


def test_a_need_that_must_not_hold_reads_as_one() -> None:
    """On a card's face, after the word 'Needs'."""
    veto = scenario("honeymoon").cards["one-hand-in-the-council"]

    assert [spoken("honeymoon").need(need) for need in veto.needs] == [
        "not while the panel that watched the sanctions has lost its mandate"
    ]


def expected(words: Words, effect: Any) -> set[str]:
    """What the text of an effect must hold, said apart from the code that says it."""
    said = {name for read in effect.reads() for name in names_of(words, read)}
    amounts = AMOUNTS.get(type(effect))
    return said | (amounts(words, effect) if amounts else set())


def names_of(words: Words, read: tuple[Any, ...]) -> set[str]:
    kind, name = read[0], read[1]
    if kind == "deals":
        between = name.deals.between if name.deals else None
        return {words.seat(seat) for seat in between or ()} | (
            {words.deal(name.deal)} if name.deal else set()
        )
    if kind == "good":
        return {singular(words.good(name)), words.seat(read[2])}
    if kind == "production":
        return {words.seat(words.scenario.production[name].seat)}
    if kind == "outcome":
        return {words.ending(name)[1:]}
    return {getattr(words, kind)(name)[1:]}


def roll_amounts(_words: Words, roll: Roll) -> set[str]:
    return {f"{roll.base} %"} | {said for modifier in roll.modifiers for said in modifier_amounts(modifier)}


def modifier_amounts(modifier: Modifier) -> set[str]:
    said = {f"{signed(modifier.add if modifier.when else modifier.each)} %"}
    return said | ({f"above {modifier.above}"} if modifier.above else set())


def shift_amounts(words: Words, shift: Shift) -> set[str]:
    subject = (
        words.track(shift.track) if shift.track else words.good(shift.good) if shift.good else "influence"
    )
    lasting = f" for {rounds(shift.rounds)}" if shift.rounds else ""
    return {f"{subject} {change(shift.by)}{lasting}"}


AMOUNTS: dict[type, Callable[[Words, Any], set[str]]] = {
    Shift: shift_amounts,
    Roll: roll_amounts,
    Ease: lambda words, e: {f"{words.track(e.track)} one step toward {e.toward}"},
    SetTrack: lambda words, e: {f"{words.track(e.track)} is set to {e.to}"},
    Points: lambda _words, e: {f"score {change(e.by)}"},
    Transfer: lambda _words, e: {f"up to {e.count} ".removeprefix("u")},
    Draw: lambda _words, e: {f"{number(e.cards)} card"},
    Lose: lambda _words, e: {f"{number(e.cards)} card"},
    Later: lambda _words, e: {f"{rounds(e.rounds)} later"[1:]},
    Choose: lambda words, e: {words.said(e.prompt), *(words.said(o.label) for o in e.options)},
}


@pytest.mark.parametrize("name", SHIPPED)
def test_an_unaimed_card_lists_its_targets(name: str) -> None:
    """Before it is aimed, a card says what it can be aimed at and speaks of the chosen one."""
    words, board = spoken(name), scenario(name)
    aimed = [card for card in board.cards.values() if card.targets]
    lines = {card.id: "\n".join(words.card_text(card.id)) for card in aimed}

    assert all("Aim at " in text and "hosen " in text for text in lines.values())
    assert not [
        fault
        for text in lines.values()
        for fault in blemishes(text, ids_of(board) | {"target-"})
        if fault != "\n"
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_offers_read_alike_for_both(name: str) -> None:
    """Every offer that could be made says who gives how much, for how long, and what the public hears."""
    words, board = spoken(name), scenario(name)
    offers = [offer for moves in board.offer_moves.values() for offer in moves]
    said = [words.offer_sentence(o.template.id, o.size, o.secret, o.rounds) for o in offers]

    assert all(
        rounds(o.rounds) in text and "In public: " in text for o, text in zip(offers, said, strict=True)
    )
    assert not [fault for text in said for fault in blemishes(text, ids_of(board))]


def test_a_trade_reads_as_both_will_read_it() -> None:
    """The shells-for-oil offer, word for word."""
    said = spoken("honeymoon").offer_sentence("shells-for-oil", "large", True, 3)

    assert said == (
        "North Korea gives 3 shells each round for three rounds. "
        "Russia gives 2 oil and 2 flour each round for three rounds. "
        "In public: what the signer picks, “cultural and sporting exchange”, “trade between neighbours” or "
        "“the memory of a common victory”, or nothing."
    )


ROUND_SAID = re.compile(r"\brounds? (\d+)(?: to (\d+))?|\bfirst (\w+) rounds\b")


@pytest.mark.parametrize("length", [1, 2, 3])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_sentence_of_a_short_game_counts_on_a_round_that_it_has_not(name: str, length: int) -> None:
    """Pay by the round is told as far as the game goes, and what waits for a later round says so."""
    board = scenario(name)
    words = Words(board, rounds=length)
    said = [line for deal in board.deals for line in words.deal_text(deal)]
    offers = [offer for moves in board.offer_moves.values() for offer in moves]
    said += [words.offer_sentence(o.template.id, o.size, o.secret, o.rounds) for o in offers]
    said += [line for trigger in board.triggers for line in words.trigger_text(trigger)]
    said += [line for card in board.cards for line in words.card_text(card)]
    late = [
        line
        for line in said
        for numbers in ROUND_SAID.findall(line)
        if any(part > length for part in map(in_figures, filter(None, numbers)))
        and "this game does not reach" not in line
    ]
    late += [
        line
        for card in board.cards
        for line in words.card_text(card)
        for count in re.findall(r"(\w+) rounds? later", line)
        if in_figures(count) >= length and "this game does not reach" not in line
    ]

    assert late == []


@pytest.mark.parametrize("name", SHIPPED)
def test_terms_that_outlast_a_game_say_so(name: str) -> None:
    board = scenario(name)
    for length in (1, 2, 3):
        words = Words(board, rounds=length)
        for offer in (offer for moves in board.offer_moves.values() for offer in moves):
            said = words.offer_sentence(offer.template.id, offer.size, offer.secret, offer.rounds)

            assert (f"{rounds(offer.rounds)}, or as long as the game goes" in said) == (offer.rounds > length)


def in_figures(said: str) -> int:
    return int(said) if said.isdigit() else [number(count) for count in range(11)].index(said.lower())


def test_pay_by_the_round_is_told_as_far_as_the_game_goes() -> None:
    for length, told in (
        (6, "+1, +1, +2 in the first three rounds"),
        (2, "+1, +1 in the first two rounds"),
        (1, "1 point in the first round"),
    ):
        paid = Words(scenario("honeymoon"), rounds=length).deal_text(PAID)

        assert f"Both sides score {told} it runs in a game" in paid


@pytest.mark.parametrize("name", SHIPPED)
def test_scores_agendas_and_endings_are_told(name: str) -> None:
    """Terms, ruin, agendas and epilogues have words of their own."""
    words, spec = spoken(name), scenario(name).spec
    said = [words.term(term) for seat in spec.scoring.seats.values() for term in seat.terms]
    said += [words.condition(seat.ruin) for seat in spec.scoring.seats.values() if seat.ruin]
    said += [text for agenda in spec.agendas for text in words.agenda(agenda.id)]
    said += [words.condition(agenda.when) for agenda in spec.agendas]
    said += [text for ending in spec.epilogues for text in words.epilogue(ending.id)]

    assert all(said)
    assert not [fault for text in said for fault in blemishes(text, ids_of(scenario(name)))]


def test_an_argument_that_simply_counts_is_said_without_a_condition() -> None:
    """Of an adjudication: its weight and its words, and not that it holds in every round."""
    argued = Roll(50, modifiers=(Modifier("has a car", when=ALWAYS, add=10),))

    assert spoken("honeymoon").effects([argued]) == ["50 % (even), +10 % (has a car): nothing"]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term("", 2, track="trilateral"), "Trilateral ±2 per step from its start."),
        (Term("", -1, track="brink"), "Brink −1 per step above its start, +1 below."),
        (
            Term("", 2, track="front", most=4),
            "Front ±2 per step from its start, at most four of them upwards.",
        ),
        (Term("", 1, good="cash", most=2), "1 point for each lot of cash in store, at most two of them."),
        (Term("", -2, rung=True), "−2 points for each rung climbed above the first."),
    ],
)
def test_a_term_of_a_score_says_what_falls_do_too(term: Term, said: str) -> None:
    """A track counts from its start both ways; stores and rungs only upwards."""
    assert spoken("honeymoon").term(term) == said


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (Roll(60, success=(Shift(1, track="trilateral"),)), "60 %: Trilateral ▲1"),
        (
            Roll(60, (Shift(1, track="trilateral"),), (Shift(1, track="brink"),)),
            "60 %: Trilateral ▲1; otherwise: Brink ▲1",
        ),
        (Roll(60, failure=(Shift(1, track="brink"),)), "60 %: nothing; otherwise: Brink ▲1"),
        (
            Roll(
                40,
                (Shift(-1, track="trilateral"),),
                modifiers=(Modifier("", track="brink", above=3, each=5),),
            ),
            "40 %, +5 % for each step of Brink above 3: Trilateral ▼1",
        ),
        (
            Roll(
                40,
                (Shift(-1, track="trilateral"),),
                modifiers=(Modifier("Nearness of war", track="brink", above=3, each=5),),
            ),
            "40 %, +5 % for each step of Brink above 3 (Nearness of war): Trilateral ▼1",
        ),
        (
            Roll(40, (), modifiers=(Modifier("Brink", track="brink", each=5),)),
            "40 %, +5 % for each step of Brink: nothing",
        ),
        (Later(1, (Roll(60, (Shift(1, track="brink"),)),)), "One round later: (60 %: Brink ▲1)"),
    ],
)
def test_what_a_roll_decides_stands_behind_its_chance(effect: Effect, said: str) -> None:
    """Nothing 'works' that nobody wants."""
    assert spoken("honeymoon").effects([effect]) == [said]
