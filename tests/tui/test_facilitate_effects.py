"""Effects and conditions by form: all that the decks can say, sound by the loader, the rules and as YAML."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.rules.boards import mini
from tests.tui.boards import honeymoon
from wargame.content.exercise import card_fields, exercise_from_text, inject_text
from wargame.rules.conditions import SUBJECTS
from wargame.rules.effects.operators import OPERATORS
from wargame.rules.game import Game
from wargame.rules.luck import draw
from wargame.rules.moves import Improvise
from wargame.rules.scenario import Scenario
from wargame.rules.spec import Modifier
from wargame.rules.white import card_text, refusal
from wargame.tui.screens.facilitate_conditions import QUESTIONS, ConditionForms
from wargame.tui.screens.facilitate_effects import KINDS, EffectForms
from wargame.tui.widgets.white_fields import Field, Form, Values
from wargame.words import Words

LINES = {"question": "Well?", "answer": "Yes", "name": "A reason"}
"""What is typed into a row of text, by its label."""


def made(form: Form, **given: Any) -> Values:
    """A form filled like this, as somebody does it row by row."""
    for key, value in given.items():
        [known] = [one for one in form.shown() if one.key == key]
        if known.kind == "choice":
            assert value in dict(known.options(form.values)), (key, value)
        form.put(known, value)
    assert form.wrong() == [], form.values
    return form.values


def by_luck(form: Form, seed: int, path: str = "") -> Values:
    """A form filled by keyed luck, with forms within it."""
    for key in [known.key for known in form.fields]:
        for known in (one for one in form.shown() if one.key == key):
            form.put(known, _value(known, form.values, seed, f"{path}/{key}"))
    return form.values


def _value(known: Field, values: Values, seed: int, path: str) -> Any:
    luck = draw(seed, 0, 0, path)
    if known.kind == "choice":
        options = known.options(values)
        return options[luck % len(options)][0]
    if known.kind == "seats":
        marks = [one for one, _label in known.options(values)]
        first = luck % len(marks)
        return tuple(sorted({marks[first], marks[first - 1]}, key=marks.index))
    if known.kind == "number":
        return known.least + luck % (known.highest(values) - known.least + 1) or 1
    if known.kind == "text":
        return f"{LINES.get(known.label, known.label)} {luck % 100}"
    assert known.item is not None
    forms = [known.item(None) for _ in range(luck % 3)]
    items = [by_luck(form, seed, f"{path}/{nth}") for nth, form in enumerate(forms)]
    return [item for item, form in zip(items, forms, strict=True) if not form.wrong()]


def the_file(scenario: Scenario, inject: dict[str, Any]) -> str:
    """An exercise file with that inject pasted into it."""
    return f"scenario: {scenario.id}\ntitle: Pasted\ninjects:\n{inject_text(inject)}"


def test_the_form_offers_every_operator_of_the_decks() -> None:
    """And every field of each of them; every subject a condition can ask of a game that runs."""
    assert {kind.operator for kind in KINDS.values()} == set(OPERATORS)
    for name, operator in OPERATORS.items():
        keys = {key for kind in KINDS.values() if kind.operator == name for key in (*kind.asks, *kind.fixed)}
        assert keys == {f.name.rstrip("_") for f in fields(operator)}, name  # type: ignore[arg-type]
    assert {name for name, _label in QUESTIONS} | {"outcome", "not_"} == {*SUBJECTS, "good", "ruined"}
    assert set(Modifier.__dataclass_fields__) == {
        "label", "track", "good", "seat", "above", "each", "when", "add"
    }  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_sound_said_and_can_be_pasted(name: str) -> None:
    """The loader finds nothing wrong, the rules take it, and the exercise file reads the same card."""
    small = EffectForms(mini())
    forms = small if name in dict(small.kinds) else EffectForms(honeymoon())
    sound = 0
    for seed in range(12):
        form = forms.form(depth=2)
        form.put(form.fields[0], name)
        form.fields = form.fields[1:]
        whole = by_luck(form, seed, name)
        if not form.wrong():
            sound += 1
            _sound(forms, whole)
    assert sound


def _sound(forms: EffectForms, whole: Values) -> None:
    scenario = forms.scenario
    card = {"title": "Written", "text": "On the spot.", "effects": forms.plains([whole])}
    assert forms.card_problems(card) == []
    game = Game.new(scenario, 1)
    why = refusal(game.state, Improvise(card_text({"source": "fact", **card}), 2))
    assert why == ""
    [planned] = exercise_from_text(the_file(scenario, {"round": 2, **card}), scenario).exercise.injects
    assert card_fields(planned) == {"source": "fact", **card}
    assert forms.sentences([whole]) == Words(scenario).effects(planned.effects)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_composed_by_luck_is_sound_or_refused_in_a_sentence(seed: int) -> None:
    """Nested as deep as the form allows; what it takes, the rules and the exercise file take as well."""
    scenario = mini() if seed % 8 else honeymoon()
    forms = EffectForms(scenario)
    form = forms.form()
    whole = by_luck(form, seed)
    said = form.wrong()
    assert all(one and not one.startswith("effects") for one in said)
    assert forms.said(whole)
    if not said:
        _sound(forms, whole)


def test_a_question_with_answers_reads_as_the_decks_have_it() -> None:
    """Composed row by row: the plain data is what a deck's author would have written."""
    forms = EffectForms(honeymoon())
    beijing = made(forms.form(), op="track", track="seoul_beijing", by=-1)
    dice = made(forms.form(depth=2), op="roll", base=40, success=[beijing])
    leave = made(forms.option(None, "", 0), label="Let it stand")
    delete = made(forms.option(None, "", 0), label="Have it deleted", effects=[beijing, dice])
    asked = made(forms.form(), op="choose", seat="china", prompt="Well?", options=[leave, delete])

    shift = {"shift": {"by": -1, "track": "seoul_beijing"}}
    assert forms.plain(asked) == {
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
    assert forms.said(asked) == (
        "China chooses, “Well?”: Let it stand (nothing); Have it deleted (Seoul–Beijing ▼1, "
        "(40 %: Seoul–Beijing ▼1))"
    )


def test_an_if_with_several_questions() -> None:
    """All must hold; a question can be turned round, and hold others of which any will do."""
    forms = EffectForms(honeymoon())
    ask = forms.conditions
    high = made(ask.form(None, ""), ask="track", track="brink", compare="least", value=6)
    proved = made(ask.form(None, ""), ask="deals", pair=("dprk", "russia"), state="proved", value=1)
    late = made(ask.form(None, ""), ask="round", compare="least", value=4, holds="no")
    either = made(ask.form(None, ""), ask="any", parts=[proved, late])
    follows = made(forms.form(), op="influence", seat="us", by=2, rounds=1)
    whole = made(forms.form(), op="if", when=[high, either], then=[follows])

    assert forms.plain(whole)["if"]["when"] == {
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
    assert forms.said(whole).startswith("If Brink at least 6 and (a proved deal between ")


@pytest.mark.parametrize(
    ("op", "given", "why"),
    [
        ("choose", {"prompt": ""}, "What is the seat asked?"),
        ("choose", {"prompt": "Well?"}, "a choice needs two options or more"),
        ("if", {}, "If what?"),
        ("later", {}, "What happens then?"),
        ("peek-track", {}, "Who gets to know it?"),
        ("locate", {}, "Who gets to know it?"),
        ("proof", {"pair": ("us",)}, "Between whom?"),
        ("suspicion", {"pair": ("dprk", "russia")}, "Who gets to know it?"),
        ("transfer", {"giver": "us", "taker": "us"}, "not to itself"),
        ("track", {"by": 0}, "moves nothing"),
    ],
)
def test_what_is_missing_is_said(op: str, given: dict[str, Any], why: str) -> None:
    forms = EffectForms(honeymoon())
    form = forms.form()
    form.put(form.fields[0], op)
    for key, value in given.items():
        form.put(next(known for known in form.fields if known.key == key), value)
    assert why in " ".join(form.wrong())


def test_numbers_stay_within_what_is_chosen() -> None:
    """A number that fitted one track is cut to what another can stand at."""
    ask = ConditionForms(honeymoon())
    form = ask.form(None, "")
    tracks = honeymoon().tracks
    low, high = min(tracks, key=lambda t: tracks[t].most), max(tracks, key=lambda t: tracks[t].most)
    made(form, ask="track", track=high, value=tracks[high].most)
    made(form, track=low)
    assert form.values["value"] == tracks[low].most < tracks[high].most
