"""The exercise file: what it may say, every mistake with its place, and that it becomes what it says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests.content.decks import HERE
from tests.rules.boards import MINI, honeymoon, mini
from wargame.bots import BOTS, STYLED
from wargame.cli.author import check
from wargame.content.aloud import exercise_warnings
from wargame.content.exercise import (
    card_fields,
    check_exercise,
    check_file,
    exercise_from_text,
    exercise_summary,
    open_exercise,
    plain,
    planned_move,
)
from wargame.content.exercise_check import PLAYERS, RECORDS, TALK, TIMED, Exercise, Messages, card_problems
from wargame.content.exercise_check import STYLED as STYLED_HERE
from wargame.content.load import check_folder, load_scenario
from wargame.errors import ContentError
from wargame.rules.effects.operators import build
from wargame.rules.game import Game
from wargame.rules.moves import Improvise
from wargame.rules.phases import PHASES
from wargame.rules.spec import News
from wargame.rules.white import card_of_text

PAGE = Path(__file__).parents[2] / "docs" / "facilitating.md"
SOUND = """\
scenario: mini
title: An afternoon at the ford
minutes: 45
rounds: 3
seed: 7
seats:
  amber: {player: person, name: Ann}
  birch: {player: greedy}
timers:
  orders: {seconds: 90, warning: 20}
injects:
  - round: 2
    card: drought
    to: [amber, birch]
    held: true
  - round: 3
    title: A stranger
    text: He asks the way to the mill.
    why: to stir the pot
    effects:
      - shift: {track: heat, by: 2, rounds: 1}
      - roll:
          base: 40
          modifiers: [{label: The wall, when: {flag: walled}, add: -20}]
          success: [{transfer: {good: coin, from: birch, to: amber, count: 1}}]
prompts:
  - rounds: [1, 2]
    seats: [amber]
    text: What for?
questions:
  - id: cake
    text: Will there be cake?
    rounds: [1]
    when: {deal: cake-for-coin, is: signed}
  - id: blaze
    text: Will it burn?
    when: {any: [{outcome: fire}, {track: heat, at_least: 9}]}
"""


def said(text: str) -> list[str]:
    return [str(complaint) for complaint in check_exercise(text.encode(), "exercise.yaml", mini()).complaints]


def the_exercise(text: str = SOUND) -> Exercise:
    return exercise_from_text(text, mini()).exercise


def test_a_sound_file_becomes_what_it_says() -> None:
    """Seats, timers, injects, prompts and questions are there as written; the text is kept to the letter."""
    prepared = exercise_from_text(SOUND, mini())
    exercise = prepared.exercise

    assert prepared.text == SOUND
    assert (exercise.rounds, exercise.seed, exercise.minutes) == (3, 7, 45)
    assert (exercise.seats["amber"].name, exercise.seats["birch"].player) == ("Ann", "greedy")
    assert (exercise.timers["orders"].seconds, exercise.timers["orders"].warning) == (90, 20)
    assert [planned.round for planned in exercise.injects] == [2, 3]
    assert exercise.injects[0].held
    assert exercise.injects[0].to == ("amber", "birch")


def test_who_is_asked_what_and_when() -> None:
    """Prompts and questions name rounds and seats; what they leave out means all."""
    exercise = the_exercise()

    assert [prompt.text for prompt in exercise.prompts_for("amber", 2)] == ["What for?"]
    assert exercise.prompts_for("amber", 3) == exercise.prompts_for("birch", 1) == ()
    assert [question.id for question in exercise.questions_for("cedar", 1)] == ["cake", "blaze"]
    assert [question.id for question in exercise.questions_for("cedar", 2)] == ["blaze"]


def test_questions_are_decided_at_the_end() -> None:
    """The conditions of the deck language, asked of the last state."""
    game = Game.new(mini(), 1, 1)
    while not game.over:
        game.apply(game.legal_moves()[0])

    assert the_exercise().outcomes(game.state) == {"cake": False, "blaze": game.state.tracks["heat"] >= 9}


def test_an_inject_written_here_is_the_same_card_in_the_move() -> None:
    """The effects go through plain data into the move and come out as they were."""
    planned = the_exercise().injects[1]
    move = planned_move(planned)

    assert isinstance(move, Improvise)
    card = card_of_text(move.text)
    assert (card.effects, card.title, card.text) == (planned.effects, planned.title, planned.text)
    assert card_problems(mini(), card_fields(planned)) == []


def test_every_event_card_of_the_decks_survives_as_plain_data() -> None:
    """Plain data of a record builds the same record again, whatever operators it holds."""
    cards = [*honeymoon().spec.news, *mini().spec.news]
    effects = [effect for card in honeymoon().cards.values() for effect in card.effects]

    assert [build(News, plain(card)) for card in cards] == cards
    assert [
        effect
        for effect in effects
        if build(News, {"id": "x", "title": "", "source": "", "text": "", "effects": [plain(effect)]}).effects
        != (effect,)
    ] == []


ALOUD = """\
  - round: 3
    title: A question
    text: Who goes first?
    to: [cedar]
    effects: [{choose: {seat: amber, prompt: Well?, options: [{id: a, label: A}, {id: b, label: B}]}}]
"""
HELD = "round: 2\n    card: drought\n    to: [amber, birch]\n    held: true"
MISTAKES = [
    ("scenario: mini", "scenario: ¶moni", "is for `moni`, and the scenario here is `mini`"),
    ("title: An afternoon", "titel: An afternoon", "unknown key `titel` (did you mean `title`?)"),
    ("minutes: 45", "¶minuets: 45", "unknown key `minuets` (did you mean `minutes`?)"),
    ("minutes: 45", "minutes: ¶2000", "must be 0 to 1440, not 2000"),
    (
        "minutes: 45",
        "minutes: 45\nschedule: {tolk: ¶3}",
        "there is no part of an evening `tolk` (did you mean `talk`?)",
    ),
    ("minutes: 45", "minutes: 45\nschedule: {talk: ¶2000}", "must be 0 to 1440, not 2000"),
    ("rounds: 3", "rounds: ¶9", "must be 1 to 8, not 9"),
    ("rounds: 3", "rounds: ¶three", "must be a whole number"),
    ("seed: 7", "seed: ¶-7", "must be at least 0"),
    ("amber: {player: person", "ambra: ¶{player: person", "there is no seat `ambra` (did you mean `amber`?)"),
    ("player: greedy", "player: ¶greed", "`greed` is no player; there are person, absent"),
    ("player: greedy", "player: ¶greedy/hawk", "there is no plan or character of birch `hawk`"),
    ("player: greedy", "player: ¶greedy:9", "`greedy:9` is no player; there are person, absent"),
    ("player: greedy", "player: ¶search:0", "a search has 1 to 1000000 playouts"),
    ("player: greedy", "player: ¶cmd:rm", "`cmd:rm` is no player; there are person, absent"),
    ("orders: {", "oders: ¶{", "there is no timed phase `oders` (did you mean `orders`?)"),
    ("seconds: 90", "seconds: ¶0", "must be 1 to 7200, not 0"),
    ("warning: 20", "warning: ¶90", "must be less than the 90 seconds, and not below 0"),
    ("card: drought", "card: ¶draught", "there is no event card `draught` (did you mean `drought`?)"),
    (
        "  - round: 2\n    card: drought",
        "  - ¶round: 2\n    card: drought\n    title: Two",
        "is a `card` of the decks, or one written here with `title` and `text`",
    ),
    ("- round: 2\n    card: drought", "- ¶round: 2", "is a `card` of the decks, or one written here"),
    ("- round: 3\n    title: A stranger", "- ¶round: 3", "`title` is missing"),
    (
        "- round: 3\n    title: A stranger\n    text: He asks the way to the mill.",
        "- ¶round: 3\n    title: A stranger",
        "`text` is missing",
    ),
    ("text: He asks the way to the mill.", "text: ¶''", "`text` is missing"),
    ("round: 2", "round: ¶4", "must be 1 to 3, not 4"),
    ("round: 2", "round: ¶0", "must be 1 to 3, not 0"),
    ("to: [amber, birch]", "to: [amber, ¶brich]", "there is no seat `brich` (did you mean `birch`?)"),
    (
        HELD,
        HELD.replace("2", "1").replace("true", "¶true"),
        "the first round has begun when the game starts: it can't be held back there",
    ),
    ("track: heat, by: 2", "track: ¶heet, by: 2", "there is no track `heet` (did you mean `heat`?)"),
    ("track: heat, by: 2", "track: heat, by: ¶0", "moves nothing: `by` is 0"),
    ("flag: walled", "flag: ¶wallet", "there is no flag `wallet` (did you mean `walled`?)"),
    ("- shift: {track", "- ¶shove: {track", "unknown key `shove`"),
    ("from: birch", "from: ¶birh", "there is no seat `birh` (did you mean `birch`?)"),
    ("seats: [amber]", "seats: [¶amb]", "there is no seat `amb` (did you mean `amber`?)"),
    ("rounds: [1, 2]", "rounds: [1, ¶8]", "must be 1 to 3, not 8"),
    ("id: cake", "id: ¶Cake", "`Cake` is no id: small letters, digits, - and _, letter first"),
    ("id: blaze", "id: ¶cake", "give one of them another id: `cake` is used already"),
    (
        "deal: cake-for-coin",
        "deal: ¶cakes-for-coin",
        "there is no deal `cakes-for-coin` (did you mean `cake-for-coin`?)",
    ),
    ("{track: heat, at_least: 9}", "¶{track: heat}", "how much? it needs `at_least` or `at_most`"),
    (
        "minutes: 45",
        "minutes: 45\nminutes: 50",
        "'minutes' is here a second time (first on line 3); keep one",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_each_mistake_has_its_complaint(old: str, new: str, message: str) -> None:
    """One mistake in a sound file: the one sentence it deserves, at the place where it stands."""
    assert old in SOUND
    spoilt = SOUND.replace(old, new, 1)
    before = spoilt.partition(HERE)[0]
    place = f"exercise.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: "

    complaints = said(spoilt.replace(HERE, ""))

    wanted = place + message if HERE in spoilt else message
    assert any(line.startswith(wanted) if HERE in spoilt else wanted in line for line in complaints), (
        complaints
    )


def test_several_mistakes_are_reported_at_once_in_order() -> None:
    """Of one kind and of several, line by line."""
    spoilt = SOUND.replace("rounds: 3", "rounds: 9").replace("track: heat, by: 2", "track: heet, by: 2")
    spoilt = spoilt.replace("id: blaze", "id: cake").replace("birch: {player", "brich: {player")

    lines = [int(line.split(":")[1]) for line in said(spoilt)]

    assert lines == sorted(lines)
    assert len(lines) == 4


def test_an_inject_may_only_tell() -> None:
    """A title and a text are enough: an announcement, for all or for some; its move carries a whole card."""
    told = "injects:\n  - {round: 2, title: A bell, text: It rings., to: [cedar]}\n"
    [planned] = the_exercise(f"scenario: mini\ntitle: x\n{told}").injects
    move = planned_move(planned)

    assert isinstance(move, Improvise)
    card = card_of_text(move.text)
    assert (card.title, card.text, card.effects) == ("A bell", "It rings.", ())
    assert (move.round, move.to) == (2, ("cedar",))
    assert "round 2 A bell" in exercise_summary(the_exercise(f"scenario: mini\ntitle: x\n{told}"))
    assert card_problems(mini(), {"title": "A bell", "text": "It rings."}) == []


def test_what_is_misshapen_hides_no_mistake_beside_it() -> None:
    """Two of shape, three of meaning, one that the rules refuse: six sentences at once, line by line."""
    spoilt = SOUND
    for old, new in (
        ("minutes: 45", "minutes: half an hour"),
        ("player: greedy", "player: greed"),
        ("track: heat, by: 2", "track: heet, by: 2"),
        ("text: What for?", "text: 7"),
        ("deal: cake-for-coin", "deal: cakes-for-coin"),
        ("prompts:", f"{ALOUD}prompts:"),
    ):
        spoilt = spoilt.replace(old, new, 1)

    told = [line.partition(": ")[2] for line in said(spoilt)]

    assert [line.partition(" (did")[0].partition(";")[0] for line in told] == [
        "must be a whole number, not `half an hour`",
        "`greed` is no player",
        "there is no track `heet`",
        "what it does would be asked or heard aloud: let it be for all",
        "must be text: put `7` in quotes",
        "there is no deal `cakes-for-coin`",
    ]


@pytest.mark.parametrize(
    ("inject", "told"),
    [
        (
            "text: A, effects: [{shift: {track: nosuch, by: 1}}, {shift: {track: heat, by: x}}]",
            ["`title` is missing", "there is no track `nosuch`", "must be a whole number"],
        ),
        (
            "title: A, text: B, to: [nobody], effects: [{shift: {track: nosuch, by: x}}, {shfit: {by: 1}}]",
            [
                "there is no seat `nobody`",
                "there is no track `nosuch`",
                "must be a whole number",
                "unknown key",
            ],
        ),
        (
            "title: 7, effects: [{shift: {track: nosuch}}]",
            ["`text` is missing", "must be text", "`by` is", "there is no track `nosuch`"],
        ),
        ("card: 7, to: [nobody], hold: true", ["must be text", "there is no seat", "unknown key"]),
    ],
)
def test_what_is_misshapen_in_an_inject_hides_no_other_mistake_in_it(inject: str, told: list[str]) -> None:
    """Everything at once: only what can't be read is not spoken of any further."""
    said_ = said(f"scenario: mini\ntitle: x\ninjects:\n  - {{round: 2, {inject}}}\n")

    found = [line.partition(": ")[2] for line in said_]
    assert len(found) == len(told), said_
    assert all(any(one.startswith(start) for one in found) for start in told), said_


def test_a_round_that_can_t_be_read_hides_no_other_mistake_of_its_inject() -> None:
    """Nor is anything said of it that only holds for what stands in for it."""
    inject = "{round: two, title: A, held: true, effects: [{shift: {track: nosuch, by: 1}}]}"

    found = [line.partition(": ")[2] for line in said(f"scenario: mini\ntitle: x\ninjects: [{inject}]\n")]

    assert sorted(one.partition(" (")[0] for one in found) == [
        "`text` is missing",
        "must be a whole number, not `two`",
        "there is no track `nosuch`",
    ]


def test_a_value_that_can_t_be_read_hides_no_mistake_beside_it() -> None:
    """An anchor or a number too long is one complaint, and the rest of the file is checked all the same."""
    told = said(SOUND.replace("seed: 7", "seed: 12345678901").replace("deal: cake", "deal: cakes"))

    assert [line.split(": ")[0] for line in told] == ["exercise.yaml:5:7", "exercise.yaml:34:18"]


def test_the_rounds_of_injects_are_held_against_rounds_that_can_be_played() -> None:
    """Rounds that can't be are one mistake and make no others."""
    assert len(said(SOUND.replace("rounds: 3", "rounds: -1"))) == 1
    assert len(said(SOUND.replace("rounds: 3", "rounds: many"))) == 1


def a_folder(path: Path, exercise: str, **spoilt: tuple[str, str]) -> Path:
    """The mini scenario with an exercise beside it; in some of its files a text is replaced."""
    for file in MINI.glob("*.yaml"):
        old, new = spoilt.get(file.stem, ("", ""))
        text = file.read_text(encoding="utf-8")
        assert old in text
        (path / file.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (path / "exercise.yaml").write_text(exercise, encoding="utf-8")
    return path


BROKEN = {"amber": ("cost: 2", "cost: two"), "deals": ("rung: 2", "rung: 3")}


@pytest.mark.parametrize(
    ("exercise", "wrong"),
    [
        (SOUND, 0),
        (SOUND.replace("drought", "draught").replace("minutes: 45", "minutes: 4.5"), 2),
        ("scenario: [", 1),
        ("scenario: mini\ntitle: 7\nrounds: 30\n", 2),
    ],
)
def test_a_scenario_and_its_exercise_are_complained_of_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], exercise: str, wrong: int
) -> None:
    """Neither hides the other's mistakes: from the file, by opening it, and from `wargame check`."""
    folder = a_folder(tmp_path, exercise, **BROKEN)
    scenarios = [str(one) for one in check_folder(folder).complaints]
    assert [one.split(":")[0] for one in scenarios] == ["amber.yaml", "deals.yaml"]

    scenario, checked = check_file(folder / "exercise.yaml")

    told = [str(one) for one in checked.complaints]
    assert (scenario, checked.prepared) == (None, None)
    assert [one for one in told if not one.startswith("exercise.yaml:")] == scenarios
    assert len(told) == 2 + wrong
    with pytest.raises(ContentError) as error:
        open_exercise(folder)
    assert [str(one) for one in error.value.complaints] == told
    for what in (folder, folder / "exercise.yaml"):
        with pytest.raises(SystemExit, match="1"):
            check(str(what))
        lines = capsys.readouterr().err.splitlines()
        assert lines[:-1] == told
        assert lines[-1].endswith(f": {len(told)} problems.")


def test_a_broken_exercise_of_a_sound_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the scenario is gets said, and then what is wrong with the evening."""
    folder = a_folder(tmp_path, SOUND.replace("drought", "draught"))

    with pytest.raises(SystemExit, match="1"):
        check(str(folder))

    said = capsys.readouterr()
    assert "The mill at the ford: sound" in said.out
    assert said.err.startswith("exercise.yaml:13:11: there is no event card `draught`")


def test_an_inject_for_some_must_not_ask_aloud() -> None:
    """What all would hear of can't be told to one seat; the rules say so when the file is checked."""
    choose = "{choose: {seat: amber, prompt: Well?, options: [{id: a, label: A}, {id: b, label: B}]}}"
    spoilt = SOUND.replace("shift: {track: heat, by: 2, rounds: 1}", choose[1:-1])
    assert said(spoilt) == []

    told = said(spoilt.replace("    why: to stir the pot", "    to: [cedar]"))

    assert len(told) == 1
    assert told[0].endswith("what it does would be asked or heard aloud: let it be for all")


@pytest.mark.parametrize("wrong", ["", "[]", "scenario", "scenario: [x", "a: &b 1", "scenario: 3", "\x00"])
def test_nonsense_is_refused_with_a_place(wrong: str) -> None:
    """Never a traceback: a complaint that names file, line and column."""
    complaints = said(wrong)

    assert complaints
    assert all(line.startswith("exercise.yaml:") and line.isprintable() for line in complaints)


def test_the_exercise_of_honeymoon_is_sound() -> None:
    """Four rounds for six people with two injects and three questions, whose minutes add up to two hours."""
    scenario, prepared = open_exercise("honeymoon")
    exercise = prepared.exercise

    assert scenario.hash == load_scenario("honeymoon").hash
    assert (exercise.rounds, exercise.minutes) == (4, 120)
    assert set(exercise.seats) == set(scenario.seat_ids)
    assert (len(exercise.injects), len(exercise.questions)) == (2, 3)
    assert "seed 2023" in exercise_summary(exercise)
    assert exercise_warnings(exercise, prepared.text, "exercise.yaml", scenario) == []


def test_the_summary_adds_the_minutes_up_by_phase() -> None:
    """What there is once, a round and all of it, so that a facilitator sees where the time goes."""
    plan = "schedule: {talk: 3, briefing: 10, orders: 7, hot_wash: 8, spare: 2}"
    said = exercise_summary(the_exercise(f"scenario: mini\ntitle: x\nminutes: 60\nrounds: 4\n{plan}\n"))

    assert "minutes   briefing 10, hot-wash 8, spare 2, 4 rounds of 10, together 60" in said
    assert "a round: talk 3, orders 7" in said


def test_an_exercise_beside_a_scenario_is_no_part_of_it(tmp_path: Path) -> None:
    """The scenario's hash, and so its saves, stay what they are."""
    for path in MINI.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "exercise.yaml").write_text(SOUND, encoding="utf-8")

    checked = check_folder(tmp_path)

    assert checked.scenario is not None
    assert checked.scenario.hash == mini().hash
    assert open_exercise(tmp_path)[1].text == SOUND
    assert open_exercise(tmp_path / "exercise.yaml")[0].hash == mini().hash


def test_an_exercise_elsewhere_names_its_scenario(tmp_path: Path) -> None:
    """By the name of one that comes with the program; others are not found."""
    path = tmp_path / "evening.yaml"
    path.write_text("scenario: honeymoon\ntitle: An evening\nhindsight: true\n", encoding="utf-8")
    scenario, _prepared = open_exercise(path)
    assert scenario.spec.hindsight

    path.write_text("scenario: moon\ntitle: An evening\n", encoding="utf-8")
    with pytest.raises(ContentError) as error:
        open_exercise(path)

    assert str(error.value.complaints[0]).startswith(
        "evening.yaml:1:11: there is no scenario beside this file"
    )
    assert check_file(tmp_path / "none.yaml")[0] is None


def test_a_card_written_on_the_spot_is_checked_like_one_of_the_decks() -> None:
    """The sentences of the loader, with the way to the value."""
    card = {"title": "A stranger", "text": "", "effects": [{"shift": {"track": "heet", "by": 1}}]}
    assert card_problems(mini(), card) == [
        "effects 1 shift track: there is no track `heet` (did you mean `heat`?)"
    ]
    assert card_problems(mini(), {"title": "A stranger"}) == ["`text` is missing"]
    assert card_problems(mini(), {**card, "effects": [{"later": {"rounds": 99, "effects": []}}]})


def test_players_and_phases_are_those_of_the_program() -> None:
    """The content room may not ask the bots' room, so a test keeps the two lists the same."""
    assert set(PLAYERS) == {"person", "absent", *BOTS}
    assert set(STYLED_HERE) == set(STYLED)
    assert set(TIMED) - {TALK} < set(PHASES)


@pytest.mark.parametrize(
    ("said", "limits", "summary"),
    [
        ("true", Messages(40, 280), "40 messages of 280 characters a seat and round"),
        ("{}", Messages(40, 280), "40 messages of 280 characters a seat and round"),
        ("{each_round: 7}", Messages(7, 280), "7 messages of 280 characters a seat and round"),
        (
            "{each_round: 1, characters: 140}",
            Messages(1, 140),
            "1 message of 140 characters a seat and round",
        ),
        ("false", None, ""),
        ("null", None, ""),
    ],
)
def test_messages_are_switched_on_by_a_word_or_by_their_limits(
    said: str, limits: Messages | None, summary: str
) -> None:
    """True stands for what is usual, a mapping says how much; the summary says it too."""
    found = check_exercise(f"{SOUND}messages: {said}\n".encode(), "exercise.yaml", mini())

    assert found.prepared is not None
    assert found.prepared.exercise.messages == limits
    assert ("messages  " in exercise_summary(found.prepared.exercise)) is bool(summary)
    assert summary in exercise_summary(found.prepared.exercise)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("7", "38:11: must be a mapping of keys to values, not `7`"),
        ("{each_round: 0}", "38:24: must be 1 to 100, not 0"),
        ("{characters: 281}", "38:24: must be 1 to 280, not 281"),
        ("{charakters: 20}", "38:12: unknown key `charakters` (did you mean `characters`?)"),
        ("{each_round: yes}", "38:24: must be a whole number, not `yes`"),
    ],
)
def test_limits_of_messages_are_checked(wrong: str, complaint: str) -> None:
    """Each with its place."""
    assert said(f"{SOUND}messages: {wrong}\n") == [f"exercise.yaml:{complaint}"]


def test_the_page_for_facilitators_names_every_key() -> None:
    """No key of the file that `docs/facilitating.md` does not name, and its example is sound."""
    page = PAGE.read_text(encoding="utf-8")
    keys = {f.name for record in RECORDS for f in fields(record)}
    [example] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    assert {key for key in keys if f"`{key}`" not in page and f"`{key}: " not in page} == set()
    found = check_exercise(f"scenario: honeymoon\ntitle: x\n{example}".encode(), "page", honeymoon())
    assert found.complaints == []
