"""A report for a seat holds only what that seat could know at the end, before secrets were laid open.

Proved twice: by texts that betray where they come from, in a game whose every secret is marked; and by worlds
that look alike to the seat and differ in everything else, which must give the very same page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.debrief.games import EXERCISE, a_facilitated_game, a_whole_honeymoon, play, seated
from tests.debrief.reading import Reader
from tests.tui.glass import Marked, a_marked_folder, marks_in
from tests.tui.test_privacy import ids_in
from wargame.content.exercise import exercise_from_text
from wargame.content.load import load_scenario
from wargame.debrief.perspective import EVERYTHING, Perspective, sealed
from wargame.debrief.report import report
from wargame.debrief.story import Moment, Story
from wargame.rules.events import FinalScored, GameEnded, seen_by, to_plain
from wargame.rules.luck import draw
from wargame.rules.moves import End
from wargame.rules.scenario import Scenario
from wargame.rules.view import imagine, view
from wargame.table import Facilitator, Table
from wargame.words import Words

MINI = Path(__file__).parents[1] / "scenarios" / "mini"
HONEYMOON = Path(__file__).parents[2] / "decks" / "honeymoon"
FORMS = ("html", "md")


# --- marks ---------------------------------------------------------------------------------------------


def a_marked_game(folder: Path, source: Path, seed: int) -> tuple[Story, dict[str, Marked]]:
    """A finished game with a white cell, played with a deck in which every secret text is marked."""
    marks = a_marked_folder(source, folder / "deck")
    scenario = load_scenario(folder / "deck")
    table = Table.start(
        scenario, seated(scenario, scenario.seat_ids), seed=seed, rounds=3, folder=folder, name="marked"
    )
    play(table)
    table.close()
    return Story.open(folder / "marked.wargame"), marks


def known_ids(story: Story, seat: str) -> set[str]:
    """What a seat sees in its last view before it all opens, was told, has on its desk or on the board."""
    scenario, seen = story.scenario, view(sealed(story.end.state), seat)
    names = [name for name in seen.__slots__ if name not in ("scenario", "menu", "seat", "to_act")]
    known = set[str]().union(*(ids_in(getattr(seen, name)) for name in names))
    for moment in story.line:
        told = [e for e in moment.events if seen_by(e, seat) and not isinstance(e, FinalScored | GameEnded)]
        known |= ids_in([to_plain(event)[2] for event in told])
    return (
        known
        | {deal.id for deal in scenario.spec.deals if seat in deal.between}
        | on_the_board(scenario, seat)
    )


def on_the_board(scenario: Scenario, seat: str) -> set[str]:
    """A seat's own deck, what is printed for all to read, and what was in the papers."""
    spec = scenario.spec
    acts = {one.action.id for one in spec.seats if one.action}
    levers = {dial.id for dial in spec.dials} | {stand.id for stand in spec.stands}
    return set(scenario.decks[seat]) | acts | levers | {scenario.id} | {one.id for one in spec.history}


@pytest.fixture(scope="module", params=["mini", pytest.param("honeymoon", marks=pytest.mark.soak)])
def marked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, Any]:
    source = {"mini": MINI, "honeymoon": HONEYMOON}[request.param]
    return a_marked_game(tmp_path_factory.mktemp("marked"), source, seed=9)


@pytest.mark.parametrize("form", FORMS)
def test_no_card_deal_or_agenda_of_others_is_on_a_seats_page(marked: tuple[Story, Any], form: str) -> None:
    """Every marked text on it belongs to something that the seat knows; and much of it is there."""
    story, marks = marked
    everything = {mark for mark in marks_in(report(story, form)) if mark in marks}
    for seat in story.scenario.seat_ids:
        known, page = known_ids(story, seat), report(story, form, seat)
        found = {mark for mark in marks_in(page) if mark in marks}

        assert [marks[mark] for mark in found if marks[mark].id not in known] == []
        assert {marks[mark].id for mark in found} & set(story.scenario.decks[seat])
        assert story.end.state.agendas.get(seat) in {None, *(marks[mark].id for mark in found)}
        assert {marks[mark].id for mark in everything - found} - known


def test_no_other_agenda_is_named(marked: tuple[Story, Any]) -> None:
    """The agendas of others, dealt or not, are nowhere on a seat's page; on the whole page they are."""
    story, _marks = marked
    words = Words(story.scenario)
    for seat in story.scenario.seat_ids:
        page = report(story, "md", seat)
        for agenda in story.scenario.spec.agendas:
            if agenda.id != story.end.state.agendas.get(seat):
                assert words.agenda(agenda.id).title not in page
    whole = report(story, "md")
    assert all(words.agenda(agenda).title in whole for agenda in story.end.state.agendas.values())


# --- worlds that look alike ----------------------------------------------------------------------------


def dreamed(story: Story, seat: str, luck: int) -> Story:
    """The same game as far as that seat can tell, and another one behind it.

    Every state is imagined from the seat's view, the events that others were told are gone, others' moves
    are other moves by other players for other reasons, and some happen twice.
    """
    line: list[Moment] = []
    shift = 0
    for nth, moment in enumerate(story.line):
        mine = moment.seat == seat
        state = imagine(view(sealed(moment.state), seat), draw(luck, 0, nth, "dream"))
        if moment.over:
            state.phase, state.outcome = "debrief", moment.state.outcome
        twin = replace(
            moment,
            id=moment.id + shift,
            parent=line[-1].id if line else 0,
            depth=len(line),
            state=state,
            events=tuple(e for e in moment.events if seen_by(e, seat)),
            move=moment.move if mine or not moment.id else End(moment.seat or "white"),
            plain=moment.plain if mine else ("other", "words"),
            rationale=moment.rationale if mine else "A reason that nobody else should read.",
            time=moment.time if mine else 0,
            luck=luck,
        )
        line.append(twin)
        if moment.id and not mine and not moment.over and nth % 3 == 0:
            shift += 1
            line.append(replace(twin, id=twin.id + 1, parent=twin.id, depth=len(line), events=()))
    moments = {moment.id: moment for moment in line}
    return _Dreamed(story, moments, line[-1].id, seat)


class _Dreamed(Story):
    """A story over other moments, with only those notes that the seat wrote itself or heard."""

    def __init__(self, story: Story, moments: dict[int, Moment], tip: int, seat: str) -> None:
        self._first, self._seat = story, seat
        new = [moment.id for moment in moments.values() if moment.seat == seat]
        old = [moment.id for moment in story.line if moment.seat == seat]
        self._places = dict(zip(old, new, strict=True))
        super().__init__(
            story.header, story.scenario, story.tree, moments,
            name=story.name, path=None, tip=tip, notice=None,
        )  # fmt: skip

    def notes(self, *kinds: str) -> Any:
        return tuple(self._kept(note) for note in self._first.notes(*kinds) if self._may(note))

    def _may(self, note: Any) -> bool:
        between = note.data.get("between", ()) if isinstance(note.data, dict) else ()
        return note.public or note.kind == "floor" or note.by == self._seat or self._seat in between

    def _kept(self, note: Any) -> Any:
        """The note, about a move of the same round, without what another side heard."""
        round_ = self._first.at(note.about).state.round
        about = next(moment.id for moment in self.line if moment.state.round == round_)
        data = {**note.data, "round": round_}
        if "heard" in note.data:
            data["heard"] = {self._seat: data["heard"][self._seat]}
        return note._replace(about=about, data=data)


@pytest.fixture(scope="module", params=["six people", "facilitated"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    if request.param == "facilitated":
        return Story.open(a_facilitated_game(tmp_path_factory.mktemp("private")))
    return Story.open(a_whole_honeymoon())


def test_worlds_that_look_alike_give_the_same_page(story: Story) -> None:
    """Whatever a seat can't know may be different, and not a sign of its page changes."""
    for nth, seat in enumerate(story.scenario.seat_ids):
        page = report(story, "md", seat)
        for luck in (nth, nth + 50):
            other = dreamed(story, seat, luck)
            assert report(other, "md", seat) == page
            assert any(
                mine.state != theirs.state for mine, theirs in zip(story.line, other.line, strict=False)
            )
            assert len(other.line) > len(story.line)


def test_neither_do_its_charts(story: Story) -> None:
    """The page with its drawings is the same in a world that looks alike."""
    seat = story.scenario.seat_ids[1]

    assert report(dreamed(story, seat, 7), "html", seat) == report(story, "html", seat)


# --- what was said and written -------------------------------------------------------------------------

SECRETS = {
    "rationale": "Nobody must know that we are broke",
    "reason": "We will cheat them all",
    "note": "Mira thinks they are lost",
    "private": "Mira is bored",
    "heard": "They swear it is true",
    "agreed": "Salt for silence tonight",
    "message": "Meet us at the weir",
}


def test_what_others_said_thought_and_noted_is_not_there(tmp_path: Path) -> None:
    """Another seat's reasons, predictions and talks, and the facilitator's notes, are on no seat's page."""
    scenario = load_scenario(MINI)
    table = Table.start(
        scenario, seated(scenario, scenario.seat_ids), seed=2, rounds=2, folder=tmp_path, name="said",
        exercise=exercise_from_text(f"{EXERCISE}messages: true\n", scenario),
    )  # fmt: skip
    white = Facilitator(table, "Mira")
    play(table, 2)
    seat = table.seat_to_play
    assert seat is not None
    others = [other for other in scenario.seat_ids if other != seat]
    table.play(table.game.legal_moves()[0], rationale=SECRETS["rationale"])
    table.give_reason(seat, SECRETS["reason"])
    table.predict(seat, "warm", 37)
    white.note(SECRETS["note"])
    white.note(SECRETS["private"], private=True)
    white.talk((seat, others[0]), SECRETS["agreed"], {seat: SECRETS["heard"], others[0]: "Maybe."})
    table.send(seat, (others[0],), SECRETS["message"])
    white.poll("Will they hold?")
    table.estimate(seat, 43)
    for other in others:
        table.estimate(other, 11)
    white.close_poll()
    white.set_track("heat", 4, "Because I say so")
    play(table)
    table.close()
    story = Story.open(tmp_path / "said.wargame")
    every: tuple[Perspective, ...] = (EVERYTHING, *scenario.seat_ids)
    pages = {one: report(story, "md", one) for one in every}

    for name, secret in SECRETS.items():
        assert (secret in pages[EVERYTHING]) == (name != "private")
        assert (secret in pages[seat]) == (name not in ("private", "note"))
        for other in others:
            assert (secret in pages[other]) == (name in ("agreed", "message") and other == others[0])
    assert "37 %" in pages[seat]
    assert not any("37 %" in pages[other] for other in others)
    assert "43 %" in pages[seat]
    assert not any("43 %" in pages[other] for other in others)
    assert all("Will they hold?" in page and "median 11 %" in page for page in pages.values())
    for other in others[1:]:
        assert "Messages" not in pages[other]
        assert "wrote" not in report(story, "html", other)
    assert "Because I say so" in pages[EVERYTHING]
    assert not any("Because I say so" in pages[one] for one in scenario.seat_ids)


def test_a_seats_page_counts_no_moves_of_others(story: Story) -> None:
    """Neither move numbers nor the number of moves or lines are on it, nor the seed, nor a result."""
    for seat in story.scenario.seat_ids[:2]:
        page = Reader(report(story, "html", seat))
        kinds = {re.split(r"[.@]", key)[0] for key, _value, _text in page.numbers}
        assert "of.move" not in {key for key, _value, _text in page.numbers}
        assert not kinds & {
            "moves",
            "lines",
            "white",
            "undone",
            "rank",
            "margin",
            "seconds",
            "turning",
            "turn",
        }
        assert {key for key, _v, _t in page.numbers if key.startswith("decisions")} == {f"decisions.{seat}"}
        assert "seed" not in {text for text, _classes in page.texts}
