"""Effects and conditions by form: all that the decks can say, sound by the loader, the rules and as YAML."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.rules.boards import mini, more
from tests.tui.boards import honeymoon
from wargame.content.check import SUBJECTS
from wargame.content.exercise import card_fields, exercise_from_text, inject_text
from wargame.rules.conditions import SUBJECTS as ASKED
from wargame.rules.conditions import Condition, DealMatch
from wargame.rules.effects.flow import Option
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Improvise
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Effect, Modifier
from wargame.rules.white import card_text, refusal
from wargame.tui.facilitate.fields import Field, Form, Values
from wargame.tui.facilitate.records import Kind, RecordForms, parts
from wargame.words import Words

LINES = {"question": "Well?", "answer": "Yes", "name": "A reason"}
"""What is typed into a row of text, by its label."""


def made(form: Form, **given: Any) -> Values:
    """A form filled like this, as somebody does it row by row."""
    for key, value in given.items():
        [known] = [one for one in form.shown() if one.key == key]
        if known.kind == "choice":
            assert value in dict(known.offers(form.values)), (key, value)
        form.put(known, value)
    assert form.wrong() == [], form.values
    return form.values


def by_luck(form: Form, seed: int, path: str = "") -> Values:
    """A form filled by keyed luck, with forms within it."""
    said = set[str]()
    while todo := [known for known in form.shown() if known.key not in said]:
        said.add(todo[0].key)
        form.put(todo[0], _value(todo[0], form.values, seed, f"{path}/{todo[0].key}"))
    return form.values


def _value(known: Field, values: Values, seed: int, path: str) -> Any:
    luck = draw(seed, 0, 0, path)
    if known.kind == "choice":
        options = known.offers(values)
        return options[luck % len(options)][0]
    if known.kind == "seats":
        marks = [one for one, _label in known.offers(values)]
        first = luck % len(marks)
        return tuple(sorted({marks[first], marks[first - 1]}, key=marks.index))
    if known.kind == "number":
        if known.blank and luck % 3 == 0:
            return ""
        return known.least + luck % (known.highest(values) - known.least + 1) or 1
    if known.kind == "text":
        return f"{LINES.get(known.label, known.label)} {luck % 100}"
    assert known.item is not None
    forms = [known.item(None) for _ in range(luck % 3 if not known.many else 1)]
    items = [by_luck(form, seed, f"{path}/{nth}") for nth, form in enumerate(forms)]
    return [item for item, form in zip(items, forms, strict=True) if not form.wrong()]


def the_file(scenario: Scenario, inject: dict[str, Any]) -> str:
    """An exercise file with that inject pasted into it."""
    return f"scenario: {scenario.id}\ntitle: Pasted\ninjects:\n{inject_text(inject)}"


KINDS = [kind.key for kind in RecordForms(honeymoon()).kinds(Effect)]


def test_the_form_offers_every_operator_of_the_decks() -> None:
    """And every field of each of them; every subject a condition can ask of a game that runs."""
    kinds = RecordForms(honeymoon()).kinds(Effect)
    assert {kind.name for kind in kinds} == set(OPERATORS)
    for name, operator in OPERATORS.items():
        keys = {part.name for kind in kinds if kind.name == name for part in parts(kind)}
        assert keys == {f.name for f in fields(operator)}, name  # type: ignore[arg-type]
    asked = {kind.subject.rstrip("_") for kind in RecordForms(honeymoon()).kinds(Condition)}
    asked |= {kind.subject for kind in RecordForms(more()).kinds(Condition)}
    assert asked | {"outcome", "not"} == {*(one.rstrip("_") for one in ASKED), "good", "seat"}
    for record in (Condition, Modifier):
        whole = {part.name for subject in SUBJECTS[record]
                 for part in parts(Kind(record, "", subject.rstrip("_")))}  # fmt: skip
        assert whole | {"outcome"} == {f.name for f in fields(record)} | {"outcome"}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_sound_said_and_can_be_pasted(name: str) -> None:
    """The loader finds nothing wrong, the rules take it, and the exercise file reads the same card."""
    small = RecordForms(mini())
    known = [kind.key for kind in small.kinds(Effect)]
    forms = small if name in known else RecordForms(honeymoon())
    sound = 0
    for seed in range(12):
        form = forms.form(Effect, {"op": name}, depth=2)
        asked = form.fields
        assert callable(asked)
        form.fields = lambda now, asked=asked: asked(now)[1:]
        whole = by_luck(form, seed, name)
        assert whole["op"] == name
        if not form.wrong():
            sound += 1
            _sound(forms, whole)
    assert sound


def _sound(forms: RecordForms, whole: Values) -> None:
    scenario = forms.scenario
    card = {"title": "Written", "text": "On the spot.", "effects": forms.plains(Effect, [whole])}
    assert forms.card_problems(card) == []
    game = Game.new(scenario, 1)
    why = refusal(game.state, Improvise(card_text({"source": "fact", **card}), 2))
    assert why == ""
    [planned] = exercise_from_text(the_file(scenario, {"round": 2, **card}), scenario).exercise.injects
    assert card_fields(planned) == {"source": "fact", **card}
    assert forms.sentences(Effect, [whole]) == Words(scenario).effects(planned.effects)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_composed_by_luck_is_sound_or_refused_in_a_sentence(seed: int) -> None:
    """Nested as deep as the form allows; what it takes, the rules and the exercise file take as well."""
    scenario = mini() if seed % 8 else honeymoon()
    forms = RecordForms(scenario)
    form = forms.form(Effect)
    whole = by_luck(form, seed)
    said = form.wrong()
    assert all(one and not one.startswith("effects") for one in said)
    assert forms.said(Effect, whole)
    if not said:
        _sound(forms, whole)


def test_a_question_with_answers_reads_as_the_decks_have_it() -> None:
    """Composed row by row: the plain data is what a deck's author would have written."""
    forms = RecordForms(honeymoon())
    beijing = made(forms.form(Effect), op="shift/track", track="seoul_beijing", by=-1)
    dice = made(forms.form(Effect, depth=2), op="roll", base=40, success=[beijing])
    leave = made(forms.form(Option), label="Let it stand")
    delete = made(forms.form(Option), label="Have it deleted", effects=[beijing, dice])
    asked = made(forms.form(Effect), op="choose", seat="china", prompt="Well?", options=[leave, delete])

    shift = {"shift": {"by": -1, "track": "seoul_beijing"}}
    assert forms.plain(Effect, asked) == {
        "choose": {
            "seat": "china",
            "prompt": "Well?",
            "options": [
                {"id": "let-it-stand", "label": "Let it stand"},
                {
                    "id": "have-it-deleted",
                    "label": "Have it deleted",
                    "effects": [shift, {"roll": {"base": 40, "success": [shift]}}],
                },
            ],
        }
    }
    assert forms.said(Effect, asked) == (
        "China chooses, “Well?”: Let it stand (nothing); Have it deleted (Seoul–Beijing ▼1, "
        "(40 %: Seoul–Beijing ▼1))"
    )


def test_an_if_with_several_questions() -> None:
    """All must hold; a question can be turned round, and hold others of which any will do."""
    forms = RecordForms(honeymoon())

    def ask(kind: str, **given: Any) -> Values:
        return made(forms.form(Condition), op=f"condition/{kind}", **given)

    high = ask("track", track="brink", at_least=6)
    late = ask("not", **{"not": [ask("round", at_least=4)]})
    pair = made(forms.form(DealMatch), between=("dprk", "russia"))
    proved = ask("deals", deals=[pair], **{"is": "proved"}, at_least=1)
    both = ask("all", all=[high, ask("any", any=[proved, late])])
    follows = made(forms.form(Effect), op="shift/influence", influence="us", by=2, rounds=1)
    whole = made(forms.form(Effect), op="if", when=[both], then=[follows])

    assert forms.plain(Effect, whole)["if"]["when"] == {
        "all": [
            {"track": "brink", "at_least": 6},
            {
                "any": [
                    {"deals": {"between": ["dprk", "russia"]}, "is": "proved", "at_least": 1},
                    {"not": {"round": "now", "at_least": 4}},
                ]
            },
        ]
    }
    assert forms.said(Effect, whole).startswith("If Brink at least 6 and (a proved deal between ")


@pytest.mark.parametrize(
    ("op", "given", "why"),
    [
        ("choose", {"prompt": ""}, "What is the seat asked?"),
        ("choose", {"prompt": "Well?", "options": [{"label": "Yes"}]}, "a choice needs two options or more"),
        ("if", {}, "If what?"),
        ("later", {}, "What happens then?"),
        ("peek/track", {}, "Who gets to know it?"),
        ("locate", {}, "Who gets to know it?"),
        ("expose", {"between": ("us",), "what": "proof"}, "Between whom?"),
        ("expose", {"between": ("dprk", "russia"), "what": "suspicion"}, "who comes to suspect?"),
        ("shift/track", {"by": 0}, "moves nothing"),
    ],
)
def test_what_is_missing_is_said(op: str, given: dict[str, Any], why: str) -> None:
    form = RecordForms(honeymoon()).form(Effect, {"op": op})
    form.take(given)
    assert why in " ".join(form.wrong())


def test_numbers_stay_within_what_is_chosen() -> None:
    """A number that fitted one track is cut to what another can stand at."""
    form = RecordForms(honeymoon()).form(Effect, {"op": "set"})
    tracks = honeymoon().tracks
    low, high = min(tracks, key=lambda t: tracks[t].most), max(tracks, key=lambda t: tracks[t].most)
    made(form, track=high, to=tracks[high].most)
    made(form, track=low)
    assert form.values["to"] == tracks[low].most < tracks[high].most


def test_what_happens_to_each_may_name_that_seat() -> None:
    """Within a loop a seat may be whichever one it is the turn of; elsewhere it may not."""
    forms = RecordForms(honeymoon())
    points = {"op": "points", "seat": "self", "by": 1}
    [inner] = [field for field in forms.form(Effect, {"op": "each/seats"}).known() if field.key == "effects"]
    assert inner.item is not None

    looped, alone = inner.item(dict(points)), forms.form(Effect, dict(points))

    def seats(form: Form) -> str:
        return str(next(field for field in form.known() if field.key == "seat").options)

    assert "'self'" in seats(looped)
    assert "'self'" not in seats(alone)
    assert forms.wrong(Effect, dict(points), looped="seats") == []
    assert forms.wrong(Effect, dict(points)) != []


def test_in_a_loop_over_tracks_a_form_offers_the_one_whose_turn_it_is() -> None:
    """And nowhere else; the value it is set to may be any of theirs."""
    forms = RecordForms(mini())
    [ease] = forms.form(Effect, {"op": "each/tracks"}).known()[-1:]
    assert ease.item is not None
    inner = ease.item({"op": "ease"})
    [track] = [known for known in inner.shown() if known.key == "track"]

    assert "here" in dict(track.offers(inner.values))
    made(inner, track="here", toward=9)
    assert forms.wrong(Effect, {"op": "ease", "track": "here", "toward": 9}) != []


def test_a_form_asks_only_for_cards_of_which_note_is_kept() -> None:
    """In a game that keeps none nobody is offered the question."""
    assert "condition/card" not in [kind.key for kind in RecordForms(mini()).kinds(Condition)]
    forms = RecordForms(more())
    form = forms.form(Condition, {"op": "condition/card"})

    [card] = [known for known in form.shown() if known.key == "card"]

    assert {name for name, _label in card.offers(form.values)} == more().noted
    assert forms.plain(Condition, made(form, card="sow", rounds=1)) == {"card": "sow", "rounds": 1}
