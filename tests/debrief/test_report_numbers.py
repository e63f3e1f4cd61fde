"""Every number of the report is one that can be worked out from the export, and is worked out here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any

import pytest

from tests.debrief.games import EXAMPLE, a_facilitated_game, a_game, a_whole_honeymoon, a_written_game
from tests.debrief.reading import Reader
from wargame.debrief.decisions import DRAWS, deeds
from wargame.debrief.export import rows
from wargame.debrief.report import report
from wargame.debrief.story import Story
from wargame.debrief.timeline import beside
from wargame.debrief.turning import Turning, found, study
from wargame.debrief.turning_points import thrown
from wargame.rules.moves import Move
from wargame.rules.scenario import Scenario
from wargame.words import Words

DIGIT = re.compile(r"\d")
Table = list[dict[str, Any]]


class Export:
    """The export of a game as an analyst would have it: only its rows, and the scenario that was played."""

    def __init__(self, story: Story) -> None:
        tables: Any = rows(story)
        self.scenario: Scenario = story.scenario
        self.every: Table = tables["move"]
        self.moves: Table = [row for row in tables["move"] if row["on_line"]]
        self.states: Table = [row for row in tables["state"] if row["on_line"]]
        self.every_remark: Table = tables["remark"]
        self.remarks: Table = [row for row in tables["remark"] if row["on_line"]]
        self.end: dict[str, Any] = self.states[-1]
        self.deals: Table = json.loads(self.end["deals"])
        self.strings = [
            text
            for table in tables.values()
            for row in table
            for key in ("said", "deed", "rationale", "text", "left_why")
            if (text := str(row.get(key, "")))
        ]
        self.strings += [text for row in tables["move"] for text in json.loads(row["happened"])]

    def events(self) -> Iterator[tuple[int, dict[str, Any], str, list[str] | None, list[Any]]]:
        """Round, row of the move, kind, audience and facts of every event of the line."""
        for row in self.moves:
            round_ = row["round"] if row["move"] else 0
            for kind, to, facts in json.loads(row["events"]):
                if kind == "round":
                    round_ = facts[0]
                yield round_, row, kind, to, facts

    def state_of(self, move: int) -> dict[str, Any]:
        return next(row for row in self.states if row["move"] == move)

    def at(self, head: str) -> dict[str, Any]:
        """The row that a column of a table by round is read from."""
        if head == "end":
            return self.end
        return next(row for row in self.states if str(row["round"]) == head and row["phase"] != "debrief")

    # --- what the keys mean ----------------------------------------------------------------------------

    def value(self, key: str) -> float:
        """The number that a key names."""
        kind, _, rest = key.partition(".")
        return float(getattr(self, f"_{kind}")(rest))

    def _round(self, _rest: str) -> int:
        return int(self.end["round"])

    def _rounds(self, _rest: str) -> int:
        return int(self.end["rounds"])

    def _line(self, rest: str) -> float:
        if not rest:
            return float(self.end["line"])
        tips = [
            row["move"]
            for row in self.every
            if row["move"] not in {r["parent"] for r in self.every if r["move"]}
        ]
        return len(self.ancestors(tips[int(rest.partition(".")[0]) - 1]))

    def ancestors(self, move: int) -> list[int]:
        parents, found = {row["move"]: row["parent"] for row in self.every}, []
        while move:
            found.append(move)
            move = parents[move]
        return found

    def _people(self, _rest: str) -> int:
        last = {row["seat"]: row["maker"] for row in self.moves if row["maker"] in ("person", "bot")}
        return sum(maker == "person" for maker in last.values())

    def _bots(self, _rest: str) -> int:
        return len(self.scenario.seat_ids) - self._people("")

    def _start(self, _rest: str) -> int:
        return self.scenario.spec.scoring.start

    def _score(self, rest: str) -> int:
        seat, _, head = rest.partition("@")
        return int(self.at(head or "end")[f"score.{seat}"])

    def _track(self, rest: str) -> int:
        track, _, head = rest.partition("@")
        return int(self.at(head)[f"track.{track}"])

    def _margin(self, seat: str) -> float:
        return float(self.end[f"margin.{seat}"])

    def _rank(self, seat: str) -> int:
        return int(self.end[f"rank.{seat}"])

    def _points(self, seat: str) -> int:
        return int(self.end[f"points.{seat}"])

    def _worth(self, seat: str) -> int:
        terms = sum(
            self._term(f"{seat}.{nth}") for nth in range(len(self.scenario.spec.scoring.seats[seat].terms))
        )
        return self._score(seat) - self._start("") - self._points(seat) - terms - self._ruin(seat)

    def _ruin(self, seat: str) -> int:
        return -self.scenario.spec.scoring.ruin_costs if self.end[f"ruined.{seat}"] else 0

    def _term(self, rest: str) -> int:
        seat, _, nth = rest.partition(".")
        term = self.scenario.spec.scoring.seats[seat].terms[int(nth)]
        if term.track:
            steps = self.end[f"track.{term.track}"] - self.scenario.tracks[term.track].start
        elif term.good:
            steps = self.end[f"good.{seat}.{term.good}"]
        else:
            steps = max([d["rung"] for d in self.deals if d["status"] != "fallen"] + [1]) - 1
        return int(min(steps, term.most) if term.most is not None else steps) * term.each

    def _dice(self, what: str) -> float:
        rolls = [roll for row in self.moves for roll in json.loads(str(row["rolls"]))]
        found: dict[str, float] = {
            "rolls": len(rolls),
            "promised": sum(roll["chance"] for roll in rolls) / 100,
            "came": sum(roll["works"] for roll in rolls),
        }
        return found[what]

    def _deals(self, what: str) -> int:
        if what == "secret":
            return sum(deal["secret"] and deal["template"] != "?" for deal in self.deals)
        if what == "broken":
            return sum(deal["status"] == "broken" for deal in self.deals)
        return sum(deal["proved"] if what == "proved" else deal["template"] != "?" for deal in self.deals)

    def _deal(self, rest: str) -> int:
        place, *what = rest.split(".")
        deal = self.deals[int(place)]
        if what[0] in ("signed", "rounds"):
            return int(deal[what[0]])
        if what[0] == "ended":
            return self.ended(int(place), deal)
        delivered = [facts for at, facts in self.delivered() if at == int(place)]
        return int(delivered[int(what[0])][4 if what[1] == "given" else 5])

    def delivered(self) -> Iterator[tuple[int, list[Any]]]:
        """Each delivery with the place of its deal: the last of that template that was signed by then."""
        for _round, row, kind, _to, facts in self.events():
            if kind == "delivered":
                known = json.loads(self.state_of(row["move"])["deals"])
                yield max(at for at, deal in enumerate(known) if deal["template"] == facts[0]), facts

    def ended(self, place: int, deal: dict[str, Any]) -> int:
        """The round of the first end, breach or fall of that template since the deal was signed."""
        kinds = {"done": "ended", "broken": "broken", "fallen": "held"}
        earlier = sum(d["template"] == deal["template"] for d in self.deals[:place])
        ends = [
            round_
            for round_, _row, kind, _to, facts in self.events()
            if kind in kinds.values() and facts[0] == deal["template"] and (kind != "held" or not facts[3])
        ]
        return int(ends[earlier])

    def _step(self, rest: str) -> int:
        track, nth, what = rest.split(".")
        found: list[tuple[int, list[str] | None, list[Any]]] = []
        for _round, row, kind, to, facts in self.events():
            if kind != "track" or facts[0] != track:
                continue
            last = found[-1] if found else None
            again = last and last[0] == row["move"] and last[2][1:3] == facts[1:3]
            if not (again and last and to is not None and last[1] is not None and not set(to) & set(last[1])):
                found.append((row["move"], to, facts))
        return int(found[int(nth)][2][1 if what == "old" else 2])

    def _decisions(self, seat: str) -> int:
        return sum(row["seat"] == seat for row in self.moves)

    def _seconds(self, seat: str) -> float:
        return sum(row["seconds"] or 0 for row in self.moves if row["seat"] == seat)

    def _talk(self, round_: str) -> float:
        data = [json.loads(row["data"]) for row in self.remarks if row["kind"] == "floor"]
        return float(sum(one["seconds"] for one in data if one["round"] == int(round_)))

    # --- messages and polls ----------------------------------------------------------------------------

    def messages(self) -> Iterator[tuple[str, list[str], int]]:
        for row in self.remarks:
            if row["kind"] == "message":
                yield row["by"], row["to"].split(), row["round"]

    def _wrote(self, rest: str) -> int:
        by, _, to = rest.partition(">")
        by, _, round_ = by.partition("@")
        return sum(
            one == by and (not round_ or str(nth) == round_) and (not to or to in whom)
            for one, whom, nth in self.messages()
        )

    def _got(self, to: str) -> int:
        return sum(to in whom for _by, whom, _round in self.messages())

    def _poll(self, rest: str) -> float:
        number, what = rest.split(".")
        rows = [row for row in self.remarks if row["kind"] in ("poll", "estimate", "poll_closed")]
        mine = [row for row in rows if json.loads(row["data"])["poll"] == int(number)]
        given = {row["seat"]: json.loads(row["data"])["percent"] for row in mine if row["kind"] == "estimate"}
        if what in given:
            return float(given[what])
        values = list(given.values())
        spread = quantiles(values, method="inclusive") if len(values) > 1 else [values[0]] * 3
        middle = {"median": median(values), "low": spread[0], "high": spread[2], "answers": len(values)}
        if what in middle:
            return int(middle[what] + 0.5)
        ruling = next(
            row for row in self.moves if row["verb"] == "adjudicate" and row["move"] > mine[-1]["move"]
        )
        [roll] = json.loads(ruling["rolls"])
        apart = abs(roll["chance"] - int(middle["median"] + 0.5))
        return float({"chance": roll["chance"], "die": roll["die"], "apart": apart}[what])

    def guesses(self) -> dict[tuple[str, int], dict[str, int]]:
        found: dict[tuple[str, int], dict[str, int]] = {}
        for row in self.remarks:
            if row["kind"] == "prediction":
                data = json.loads(row["data"])
                found.setdefault((data["question"], data["round"]), {})[data["seat"]] = data["percent"]
        return found

    def came(self, question: str) -> bool:
        return bool({"fire": self.end["outcome"] == "fire", "warm": self.end["track.heat"] >= 1}[question])

    def brier_of(self, question: str, percents: dict[str, int]) -> dict[str, float]:
        came = self.came(question)
        return {seat: (percent / 100 - came) ** 2 for seat, percent in percents.items()}

    def _guess(self, rest: str) -> float:
        question, round_, what = rest.split(".")
        percents = self.guesses()[question, int(round_)]
        values = list(percents.values())
        spread = quantiles(values, method="inclusive") if len(values) > 1 else [values[0]] * 3
        if what in percents:
            return percents[what]
        if what == "brier":
            return fmean(self.brier_of(question, percents).values())
        return {"median": median(values), "low": spread[0], "high": spread[2]}[what]

    def _brier(self, seat: str) -> float:
        scores = [
            self.brier_of(question, percents)[seat]
            for (question, _round), percents in self.guesses().items()
            if seat in percents
        ]
        return fmean(scores)

    def _white(self, what: str) -> int:
        if what == "acts":
            return sum(row["maker"] == "white cell" for row in self.moves)
        back = [row for row in self.every_remark if row["kind"] in ("rewind", "branch")]
        return sum(json.loads(row["data"])["to"] in [0, *self.ancestors(row["move"])] for row in back)

    def _sitting(self, nth: str) -> float:
        closed = [row for row in self.every_remark if (row["kind"], row["text"]) == ("sitting", "closed")]
        return float(json.loads(closed[int(nth) - 1]["data"])["at"]) / 1000

    def _undone(self, _rest: str) -> int:
        children = [row["parent"] for row in self.every if row["move"]]
        lost = 0
        for row in self.every:
            if row["left"] == "undo":
                line = self.ancestors(row["move"])
                shared = [move for move in line[1:] if children.count(move) > 1]
                lost += line.index(shared[0]) if shared else len(line)
        return lost

    def _moves(self, _rest: str) -> int:
        return sum(row["move"] > 0 for row in self.moves)

    def _lines(self, _rest: str) -> int:
        return len({row["move"] for row in self.every} - {row["parent"] for row in self.every if row["move"]})

    def _of(self, _rest: str) -> float:
        raise AssertionError("a mention of a round, move or line is looked up elsewhere")


def turning_values(story: Story, turning: Turning, key: str) -> set[float]:
    """The numbers that a key may name among the turning points, which are no part of the export."""
    kind, *rest = key.split(".")
    if kind == "turning":
        return {{"draws": DRAWS, "at": 95}.get(rest[0]) or float(getattr(turning, rest[0]))}
    turn = next(one for one in turning.turns if one.decision.id == rest[0])
    one, finding, seats = turn.decision, turn.finding, story.scenario.seat_ids
    what, *which = rest[1:]
    if what == "moved":
        return {float(getattr(finding.changes[seats.index(which[0])], (*which, "mean")[1]))}
    if what in ("made", "otherwise"):
        made, otherwise = finding.reached[seats.index(which[0])]
        return {made.value if what == "made" else otherwise}
    if what in ("loss", "believed"):
        by = getattr(finding, what)
        low, high = sorted((by.low, by.high) if by.mean >= 0 else (-by.low, -by.high))
        return {{"low": low, "high": high, "": abs(by.mean)}[which[0] if which else ""]}
    if what == "roll":
        return {float(roll.chance) for roll in thrown(story, one)}
    assert what == "strong"
    asked: Counter[Move] = Counter()
    for way, count in finding.strong:
        asked.update(dict.fromkeys(deeds(one, way), count))
    return {float(count) for count in (0, *asked.values())}


MENTIONS: dict[str, Callable[[Export], set[Any]]] = {
    "of.round": lambda e: {row["round"] for row in e.states} | {0},
    "of.move": lambda e: {row["move"] for row in e.every},
    "of.branch": lambda e: {row["branch"] for row in e.every},
}


GAMES: dict[str, Callable[[Path], Path]] = {
    "facilitated": a_facilitated_game,
    "written": a_written_game,
    "turning": lambda folder: a_game(folder, seed=6),
    "six people": lambda _folder: a_whole_honeymoon(),
    "example": lambda _folder: EXAMPLE,
}
STUDIED = "turning"
"""The game whose turning points are looked for."""
LONG = (STUDIED,)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.soak) if name in LONG else name for name in GAMES],
)
def game(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Story, Turning | None]:
    story = Story.open(GAMES[request.param](tmp_path_factory.mktemp("report")))
    bots = dict.fromkeys(story.scenario.seat_ids, "greedy")
    wanted = request.param == STUDIED
    return story, found(study(story, bots, playouts=96)) if wanted else None


def test_every_number_is_one_of_the_export(game: tuple[Story, Turning | None]) -> None:
    """Each number has a key that says what it is; worked out from the rows, it is the same."""
    story, turning = game
    export = Export(story)
    page = Reader(report(story, "html", turning=turning))

    assert len(page.numbers) > 100
    for key, value, text in page.numbers:
        kind = key.partition(".")[0]
        if kind in ("turn", "turning"):
            assert turning is not None
            assert any(value == pytest.approx(one) for one in turning_values(story, turning, key)), key
        elif key in MENTIONS:
            assert value in MENTIONS[key](export), (key, value)
        else:
            assert value == pytest.approx(export.value(key)), key
        assert DIGIT.search(text)


def test_the_numbers_are_printed_as_they_are(game: tuple[Story, Turning | None]) -> None:
    """What is shown is the value, rounded as it says: never another number beside the right one."""
    story, turning = game
    for key, value, text in Reader(report(story, "html", turning=turning)).numbers:
        shown = text.replace("−", "-").replace("+", "").removesuffix(" %")
        if key.startswith(("seconds", "sitting", "talk")):
            minutes, seconds = shown.split(":")
            assert int(minutes) * 60 + int(seconds) == int(value)
        elif "½" in shown:
            assert float(shown.replace("½", "") or 0) + 0.5 == value
        else:
            scale = 100 if re.match(r"turn\..*\.(made|otherwise)\.", key) else 1
            digits = len(shown.partition(".")[2])
            near = abs(value) if key.startswith("margin") and float(shown) >= 0 else value
            assert float(shown) == pytest.approx(near * scale, abs=0.51 * 10**-digits), (key, text)


def test_no_number_stands_there_by_itself(game: tuple[Story, Turning | None]) -> None:
    """Other digits on the page are in sentences of the game, in texts of the scenario, in dates and times."""
    story, turning = game
    export, words = Export(story), Words(story.scenario)
    page = Reader(report(story, "html", turning=turning))
    said = "\n".join(export.strings)
    printed = "\n".join(
        [
            *story.scenario.texts.values(),
            *(words.date(nth) for nth in range(1, 9)),
            *(words.agenda(agenda).text for agenda in story.scenario.agendas),
            *(str(row["time"]) for row in (*export.every, *export.every_remark)),
            *(f"{one.date} {one.text}" for one in story.scenario.spec.history),
            f"{story.header.created} {story.header.rules} {story.header.app} {story.header.seed}",
            f"{story.header.scenario} {story.header.scenario_hash} {story.name} {story.notice}",
        ]
    )
    squeezed, history = " ".join(printed.split()), _of_history(story)
    for text, classes in page.texts:
        if not DIGIT.search(text) or classes & {"svg", "style", "title", "nav"}:
            continue
        if "said" in classes:
            assert text.removesuffix(".").strip("“”") in said, text
        else:
            assert "text" in classes, (text, classes)
            assert text in squeezed or text in said or text.strip("; ·.") in history, text


def _of_history(story: Story) -> str:
    """Every round of history with its date, what was reported in it, and the headlines of the game."""
    return "\n".join(
        part
        for one in beside(story)
        for part in (
            f"{one.round or 'before'} {one.date}".strip(),
            *one.headlines,
            *(str(event.date) for event in one.reported),
            *(" ".join(str(event.text).split()) for event in one.reported),
        )
    )
