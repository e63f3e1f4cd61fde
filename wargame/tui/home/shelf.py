"""The saved games of a folder, and what is said of each: in its lines of the list, and beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from wargame.record import Header, Listed, list_saves
from wargame.record.reading import Whole, day_of, minute_of, read_whole
from wargame.tui.keymap import Keys
from wargame.tui.kit.paint import BAD, DIM, HEAD, fit, join, put, seat_badge, seat_colour, wrapped
from wargame.words.pages import home as say

if TYPE_CHECKING:
    from wargame.words import Words

MOST_SCORES = 3
"""Scores that a game's line in the list has room for."""


class Shelf:
    """The games of a `folder` (None: there are none) by their first bytes, newest first.

    `whole` is the rest of those that have been read, `words` those of the scenario at home once it is known.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.whole: dict[Path, Whole] = {}
        self.words: Words | None = None
        self.look()

    def look(self) -> None:
        """Look what is there now."""
        self.saves: list[Listed] = list_saves(self.folder) if self.folder else []

    def is_over(self, listed: Listed) -> bool:
        """Whether a game is finished, as far as has been read."""
        whole = self.whole.get(listed.path)
        return bool(whole and whole.finished)

    def check_over(self, listed: Listed) -> bool:
        """Whether a game is finished, reading it if that has not been done."""
        return (self.whole.get(listed.path) or read_whole(listed.path)).finished

    @staticmethod
    def called(listed: Listed, width: int) -> str:
        """Its name; where that is too long, without the scenario: mostly date and time."""
        if len(listed.name) <= width or listed.header is None:
            return listed.name
        return listed.name.removeprefix(f"{listed.header.scenario}-")

    def in_short(self, listed: Listed, header: Header, width: int) -> Content:
        """Who plays, how long it is, when it was last played, and the best scores where it is over."""
        whole = self.whole.get(listed.path)
        people = sum(player.kind == "person" for player in header.seats.values())
        line = put(say.game(people, header.rounds, day_of(listed.modified)), DIM)
        if whole and (ended := self._early(header, whole.outcome)):
            return join((line, put(f" · {ended}", BAD)))
        if whole and whole.scores and self._knows(header):
            assert self.words is not None
            scenario = self.words.scenario
            dot = " ·"
            for seat, score in sorted(whole.scores, key=lambda one: -one[1])[:MOST_SCORES]:
                if seat in scenario.seats:
                    sign = put(f"{scenario.seats[seat].symbol}{score}", seat_colour(scenario, seat))
                    more = join((put(f"{dot} ", DIM), sign))
                    if line.cell_length + more.cell_length <= width:
                        line, dot = join((line, more)), ""
        return line

    def _early(self, header: Header, outcome: str) -> str:
        """How a game ended before its time, "" if it did not; of an unknown scenario only that it did."""
        from wargame.rules.spec import TIME  # the rules are not needed for the first page

        if outcome in ("", TIME):
            return ""
        if self.words is not None and self._knows(header) and outcome in self.words.scenario.outcomes:
            return self.words.ending(outcome)
        return say.ENDED_EARLY

    def _knows(self, header: Header) -> bool:
        """Whether the seats of a game are those of the scenario at home."""
        return self.words is not None and self.words.scenario.id == header.scenario

    def stands(self, listed: Listed) -> Content:
        """Where a save stands, in one word or two."""
        whole = self.whole.get(listed.path)
        if listed.header is None or (whole and whole.problem and not whole.moves):
            return put(say.DAMAGED, BAD)
        if whole is None:
            return put("…", DIM)
        if whole.problem:
            return put(say.MENDED if whole.round else say.DAMAGED, BAD)
        return put(say.FINISHED if whole.finished else say.in_round(whole.round), DIM)

    def seat(self, seat: str) -> Content:
        """A seat by its sign, letters and capital where there is room, as far as home knows them."""
        if self.words is None or seat not in self.words.scenario.seats:
            return put(seat)
        return join((seat_badge(self.words.scenario, seat), f" {self.words.capital(seat)}"))

    def told(self, listed: Listed, width: int, keys: Keys) -> list[Content]:
        """What it is, where it stands, who sits in it, and what can be done with it under which keys."""
        whole, header = self.whole.get(listed.path), listed.header
        lines = [fit(put(header.title.upper() if header else listed.name, HEAD), width)]
        if header is not None:
            over = say.is_over(keys.shown("look-back"), keys.shown("report"))
            lines += wrapped(put(over if self.is_over(listed) else say.GOES_ON, DIM), width)
        lines.append(Content(""))
        if header is not None and whole is not None and (whole.moves or whole.round):
            label = say.FINISHED if whole.finished else say.STANDS_AT
            lines += self._fact(label, whole.stands(header.rounds), width)
        lines += self._fact(say.LAST_MOVE, minute_of(listed.modified), width)
        lines += self._fact(say.FILE, listed.path.name, width)
        problem = listed.problem or (whole.problem if whole else "")
        if problem:
            lines += [Content(""), *(line.stylize(BAD) for line in wrapped(problem, width))]
        if header is not None:
            lines += [Content(""), *self._sitting(header, dict(whole.scores) if whole else {}, width)]
        return lines

    def _sitting(self, header: Header, scores: Mapping[str, int], width: int) -> Iterable[Content]:
        """Who sits where, and the score of each where the game is over."""
        names = {seat: self.seat(seat) if self._knows(header) else put(seat) for seat in header.seats}
        wide = max((name.cell_length for name in names.values()), default=0) + 2
        for seat, player in header.seats.items():
            person = player.kind == "person"
            who = put(player.name or say.A_PERSON) if person else put(say.bot(player.kind), DIM)
            score = [put(f"{scores[seat]:>4}  ", "bold")] if seat in scores else []
            yield fit(join((fit(names[seat], wide), *score, who)), width)

    @staticmethod
    def _fact(label: str, value: str, width: int) -> list[Content]:
        first, *rest = wrapped(value, width - 11) or [Content("")]
        return [join((put(f"{label:<11}", DIM), first)), *(line.pad_left(11) for line in rest)]
