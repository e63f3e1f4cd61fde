"""The facilitator at a table: sees everything, plays no seat, and does nothing without a reason.

What changes the game is a move of the white cell (`wargame.rules.white`) and replays like any other; what
does not is a line of the journal. Both are on disk when a method returns. Every method raises `IllegalMove`,
with one sentence and without any change, for what can't be done now, and `CannotWrite`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from wargame.bots import bot
from wargame.content.exercise import plain
from wargame.content.exercise_check import FACT, card_problems
from wargame.errors import IllegalMove
from wargame.record import Player
from wargame.rules.conditions import ALWAYS
from wargame.rules.effects.dice import limited
from wargame.rules.moves import (
    WHITE,
    Adjudicate,
    Cancel,
    Edit,
    Hold,
    Improvise,
    Inject,
    SetFlag,
    SetGood,
    SetInfluence,
    SetRoll,
    SetTrack,
    Shift,
    WhiteMove,
)
from wargame.rules.scenario import card_root
from wargame.rules.state import Fixed, PendingInject
from wargame.rules.white import card_text, text_of
from wargame.table.engine import ABSENT, PERSON
from wargame.table.journal import POLL, POLL_CLOSED
from wargame.table.press import LONGEST_QUESTION, Spread, next_poll, spread_of, whole, worded
from wargame.table.table import NO_REASON, Beat, Table
from wargame.table.table_records import cleaned

Decided = Literal["dice", "works", "fails"]
Effects = Sequence[Mapping[str, Any]]
"""Effects as plain data, as a deck file has them: `[{"shift": {"track": "brink", "by": -1}}]`."""

PAUSE = "the facilitator's pause"
"""Who holds the clock of a game that is paused."""

MOST_ARGUMENT = 95
"""Per cent that one argument can weigh."""

ROLLING = ("card", "news", "trigger", "dial", "stand", "deal", "detection")
"""What may have rolls: the first words of their paths."""

SURE_TO_WORK, SURE_TO_FAIL = 1, 100
"""Dice that decide any roll, for no chance is below 5 or above 95."""


class Facilitator:
    """The white cell of one table; `name` is who acts, for the record."""

    def __init__(self, table: Table, name: str = "") -> None:
        self.table = table
        self.name = name

    def _act(self, reason: str, move: WhiteMove) -> Beat:
        return self.table.play(move, WHITE, reason.strip(), self.name)

    # --- injects ---------------------------------------------------------------------------------------

    def inject(self, card: str, reason: str, *, round: int = 0, to: Sequence[str] = ()) -> Beat:
        """Play an event card of the decks, now (0) or in the news of a round, for those in `to` or all."""
        return self._act(reason, Inject(card, round, tuple(to)))

    def improvise(
        self, card: Mapping[str, Any], reason: str, *, round: int = 0, to: Sequence[str] = ()
    ) -> Beat:
        """Play a card written on the spot likewise: `title`, `text`, `places` on the map, and `effects`.

        With a title and a text alone it only tells.
        """
        return self._act(reason, Improvise(self._checked(card), round, tuple(to)))

    def problems(self, card: Mapping[str, Any]) -> list[str]:
        """Return everything wrong with a card written on the spot, as the loader says it.

        Empty if it is sound.
        """
        return card_problems(self.table.scenario.base, card)

    def _checked(self, card: Mapping[str, Any]) -> str:
        card = cast("dict[str, Any]", cleaned(card))
        if wrong := self.problems(card):
            raise IllegalMove(f"This card can't be played: {'; '.join(wrong)}.")
        return card_text({"source": FACT, "effects": [], **card})

    @property
    def scheduled(self) -> tuple[PendingInject, ...]:
        """The injects that are set, by their numbers."""
        white = self.table.game.state.white
        return white.injects if white else ()

    def shift(self, nth: int, round: int, reason: str) -> Beat:
        """Move a set inject to another round, or to now (0); one that was held back comes then."""
        return self._act(reason, Shift(nth, round))

    def card_of(self, nth: int) -> dict[str, Any]:
        """Return what a set inject tells, as plain data: `title`, `text`, `effects`, `places`."""
        card = self.table.scenario.event_card(self._waiting(nth).card)
        return {key: plain(getattr(card, key)) for key in ("title", "text", "effects", "places")}

    def reasons(self, nth: int) -> tuple[str, ...]:
        """Return why an inject was set, and why it was changed since, in order."""
        said, numbered = list[str](), 0
        for beat in self.table.beats:
            match beat.move:
                case Inject(round=round) | Improvise(round=round) if round > beat.round:
                    numbered += 1
                    said += [beat.rationale] if numbered == nth else []
                case Shift(nth=about) | Hold(nth=about) | Edit(nth=about) if about == nth:
                    said.append(beat.rationale)
        return tuple(dict.fromkeys(said))

    def edit(
        self,
        nth: int,
        reason: str,
        *,
        card: Mapping[str, Any] | None = None,
        round: int | None = None,
        to: Sequence[str] | None = None,
    ) -> Beat:
        """Have a set inject tell something else, as a card in `improvise`, in another round, to others.

        What is left out stays; `to` empty is all. A card of the decks that tells something else becomes one
        written on the spot.
        """
        inject = self._waiting(nth)
        was = text_of(self.table.game.state, inject.card)
        told = self.card_of(nth)
        tells = {**told, **(card or {})}
        text = was if tells == told else self._checked({key: part for key, part in tells.items() if part})
        heard = (inject.to or ()) if to is None else tuple(to)
        return self._act(reason, Edit(nth, was, text, inject.round if round is None else round, heard))

    def _waiting(self, nth: int) -> PendingInject:
        found = next((inject for inject in self.scheduled if inject.nth == nth), None)
        if found is None:
            raise IllegalMove(f"No inject with the number {nth} is set.")
        return found

    def hold(self, nth: int, reason: str) -> Beat:
        """Hold back a set inject until it is shifted."""
        return self._act(reason, Hold(nth))

    def cancel(self, nth: int, reason: str) -> Beat:
        """Cancel a set inject."""
        return self._act(reason, Cancel(nth))

    # --- numbers ---------------------------------------------------------------------------------------

    def set_track(self, track: str, value: int, reason: str) -> Beat:
        return self._act(reason, SetTrack(track, value))

    def set_good(self, seat: str, good: str, value: int, reason: str) -> Beat:
        return self._act(reason, SetGood(seat, good, value))

    def set_influence(self, seat: str, value: int, reason: str) -> Beat:
        return self._act(reason, SetInfluence(seat, value))

    def set_flag(self, flag: str, reason: str, *, rounds: int = 0, on: bool = True) -> Beat:
        """Raise a flag for so many rounds counting this one (0: for good), or take it down."""
        return self._act(reason, SetFlag(flag, rounds if on else -1))

    # --- dice ------------------------------------------------------------------------------------------

    def set_roll(self, result: int | Literal["works", "fails"], reason: str, *, what: str = "") -> Beat:
        """Set what the next die shows (1 to 100), or that it works or fails; used up by the roll.

        `what` is the path of a roll or of what rolls, or the id of a card, event or trigger (""): the next
        roll of all. All who see the roll are told that it was set.
        """
        die = {"works": SURE_TO_WORK, "fails": SURE_TO_FAIL}.get(str(result), result)
        if not isinstance(die, int) or die < 1:
            raise IllegalMove("A roll is set to 1 to 100, to `works` or to `fails`.")
        return self._act(reason, SetRoll(self._path(what), die))

    def leave_to_luck(self, reason: str, *, what: str = "") -> Beat:
        """Take back what was set for a roll."""
        return self._act(reason, SetRoll(self._path(what), 0))

    @property
    def set_rolls(self) -> tuple[Fixed, ...]:
        """The rolls that are set and have not come yet."""
        white = self.table.game.state.white
        return white.dice if white else ()

    def rolls(self) -> dict[str, int]:
        """Return the rolls sure or likely to come this round: path → per cent, as promised or as it stands.

        Those of cards that lie on the table, of what waits, and of the triggers of the upkeep.
        """
        state, programs = self.table.game.state, self.table.scenario.programs
        commits = [commit for orders in state.orders.values() for commit in orders.commits]
        frames = (*state.stack, *state.queue)
        kept = (*(commit.odds for commit in commits), *(frame.odds for frame in frames))
        promised = {odds.path: odds.chance for some in kept for odds in some}
        roots = [frame.path for frame in frames]
        roots += [card_root(commit.card, commit.target) for commit in commits]
        roots += [frame.path for frame in self.table.scenario.trigger_frames]
        dice = {one.path: one for root in dict.fromkeys(roots) for one in programs.dice_below(root)}
        return {path: promised.get(path) or one.odds(state).chance for path, one in dice.items()}

    def _path(self, what: str) -> str:
        rolls = self.table.scenario.programs.rolls
        for start in (what, *(f"{kind}/{what}" for kind in ROLLING)):
            if start and any(roll == start or roll.startswith((f"{start}/", f"{start}:")) for roll in rolls):
                return start
        return what

    # --- what no card covers ---------------------------------------------------------------------------

    def odds(self, base: int, arguments: Sequence[tuple[str, int]]) -> int:
        """Return the per cent that an adjudication comes to: from 5 to 95, like any roll."""
        return sum(limited([base, *(weight for _label, weight in arguments)]))

    def adjudicate(
        self,
        seat: str,
        proposal: str,
        reason: str,
        *,
        base: int = 50,
        arguments: Sequence[tuple[str, int]] = (),
        decided: Decided = "dice",
        success: Effects = (),
        failure: Effects = (),
        to: Sequence[str] = (),
    ) -> Beat:
        """Decide what a seat proposes that no card covers: odds by arguments for and against, what follows.

        By dice it is a roll at those odds, which all who hear of it see with its terms; `works` and `fails`
        are the facilitator's ruling.
        """
        if not proposal.strip():
            raise IllegalMove("An adjudication needs the proposal in words.")
        if not 0 <= base <= 100:
            raise IllegalMove(f"The odds start at 0 to 100 per cent, not {base}.")
        for label, weight in arguments:
            if not label.strip() or not 0 < abs(weight) <= MOST_ARGUMENT:
                raise IllegalMove(f"An argument has a text and weighs 1 to {MOST_ARGUMENT} per cent, + or -.")
        modifiers = [
            {"label": label.strip(), "when": plain(ALWAYS), "add": weight} for label, weight in arguments
        ]
        roll = {"base": base, "modifiers": modifiers, "success": list(success), "failure": list(failure)}
        card = {"title": proposal.strip(), "text": "", "effects": [{"roll": roll}]}
        return self._act(reason, Adjudicate(self._checked(card), seat, decided, tuple(to)))

    # --- the course of the game ------------------------------------------------------------------------

    def rewind(self, move: int, reason: str) -> None:
        """Go on after an earlier move (0: the start), under new luck. The line so far stays in the file.

        What the white cell set after that move is no longer set.
        """
        self.table.go_back(move, reason, self.name)

    def branch(self, move: int, reason: str) -> None:
        """Go on after any move of any line, under that line's luck."""
        self.table.go_back(move, reason, self.name, "branch")

    def lines(self) -> tuple[int, ...]:
        """Return the last move of every line in the file, in the order played."""
        return self.table.save.tree.lines() if self.table.save else ()

    def pause(self, reason: str = "") -> None:
        """Stop moves and timers until `go_on`. A game that is opened again goes on."""
        self._pause(True, reason)
        self.table.timers.pause()
        self.table.clock.hold(PAUSE)

    def go_on(self, reason: str = "") -> None:
        self._pause(False, reason)
        self.table.clock.let_go(PAUSE)
        self.table.timers.go_on()

    def _pause(self, on: bool, reason: str) -> None:
        if self.table.paused is on:
            raise IllegalMove("The game is paused already." if on else "The game is not paused.")
        self.table.write("pause", who=self.name, on=on, reason=reason.strip())
        self.table.paused = on
        self.table.changed()

    def skip(self, reason: str) -> Beat:
        """End the turn of the seat to act, or give the neutral answer to what it is asked."""
        self._reason(reason)
        moves = self.table.game.legal_moves()
        if not moves:
            raise IllegalMove("The game is over; there is nobody to skip.")
        self.table.timers.stop()
        return self.table.play(moves[0], WHITE, reason.strip(), self.name)

    def _reason(self, reason: str) -> None:
        if not reason.strip():
            raise IllegalMove(NO_REASON)

    # --- seats -----------------------------------------------------------------------------------------

    def hand_to_bot(self, seat: str, reason: str, kind: str = "greedy", until: int = 0) -> None:
        """Let a bot play the seat from now on, in the middle of a turn if need be.

        If nobody is left at the table, bots play on `until` the start of that round (0: to the end).
        """
        try:
            bot(kind)
        except KeyError:
            raise IllegalMove(f"There is no bot `{kind:.40}`.") from None
        self._reseat(seat, Player(kind, self._named(seat).name), "bot", reason, until)

    def play_until(self, round: int, reason: str, kind: str = "greedy") -> None:
        """Let bots play on until the start of that round (0: to the end); people's seats go to such a bot."""
        self._reason(reason)
        self.table.check_until(round)
        people = self.table.people()
        for seat in people:
            self.hand_to_bot(seat, reason, kind, round)
        if not people:
            self.table.play_until(round, reason.strip(), self.name)

    def stood_in(self) -> tuple[str, ...]:
        """Return the seats that were handed to a bot and not given back since."""
        last = {line.seat: line.data.get("what") for line in self.table.journal.of("seat")}
        return tuple(seat for seat in self.table.players if last.get(seat) == "bot")

    def give_back(self, reason: str) -> None:
        """Give all seats that bots have stood in for back to their people."""
        self._reason(reason)
        if not (seats := self.stood_in()):
            raise IllegalMove("No seat was handed to a bot.")
        for seat in seats:
            self.hand_back(seat, reason)

    def hand_back(self, seat: str, reason: str, name: str = "") -> None:
        """Give the seat back to a person."""
        self._reseat(seat, Player(PERSON, name.strip() or self._named(seat).name), "back", reason)

    def arrives(self, seat: str, name: str, reason: str = "Late arrival.") -> None:
        """Seat somebody who comes late."""
        self._reseat(seat, Player(PERSON, name.strip() or self._named(seat).name), "late", reason)

    def leaves(self, seat: str, reason: str, then: str = ABSENT, until: int = 0) -> None:
        """Let the person of a seat go early; from then on its turns go by, or a bot plays it.

        `until` is as in `hand_to_bot`.
        """
        if then == ABSENT:
            self._reseat(seat, Player(ABSENT, self._named(seat).name), "leaves", reason, until)
        else:
            self.hand_to_bot(seat, reason, then, until)

    def _named(self, seat: str) -> Player:
        if seat not in self.table.players:
            raise IllegalMove(f"There is no seat `{seat:.40}`.")
        return self.table.players[seat]

    def _reseat(self, seat: str, player: Player, what: str, reason: str, until: int = 0) -> None:
        self._reason(reason)
        self._named(seat)
        self.table.check_until(until)
        if player.kind != PERSON and not set(self.table.people()) - {seat}:
            self.table.play_until(until, reason.strip(), self.name)
        self.table.reseat(seat, player, what, reason.strip(), self.name)

    # --- the journal -----------------------------------------------------------------------------------

    def note(self, text: str, about: int | None = None, *, private: bool = False) -> None:
        """Keep a note on a move (the last one); a private one is never for anybody else."""
        self._write("note", about, text=self._said(text, "note"), private=private)

    def tag(self, tag: str, about: int | None = None, *, on: bool = True) -> None:
        """Give a move a tag, or take it off."""
        self._write("tag", about, tag=self._said(tag, "tag"), on=on)

    def important(self, about: int | None = None, *, on: bool = True) -> None:
        """Mark a move as important, or no longer."""
        self._write("mark", about, on=on)

    def bookmark(self, name: str, about: int | None = None, *, on: bool = True) -> None:
        self._write("bookmark", about, name=self._said(name, "bookmark"), on=on)

    def talk(
        self,
        between: Sequence[str],
        agreed: str,
        heard: Mapping[str, str] | None = None,
        about: int | None = None,
    ) -> None:
        """Note side talk away from the table: who spoke, what was agreed, and what each side took from it."""
        for seat in (*between, *(heard or ())):
            self._named(seat)
        if len(set(between)) < 2:
            raise IllegalMove("A talk is between two seats or more.")
        if not set(heard or ()) <= set(between):
            raise IllegalMove("Only who was in the talk heard something in it.")
        agreed = self._said(agreed, "talk")
        self._write("talk", about, between=list(between), agreed=agreed, heard=dict(heard or {}))

    # --- messages and polls ----------------------------------------------------------------------------

    def send(self, to: Sequence[str], text: str) -> None:
        """Write to one seat or several, as `Table.send`; also while the game is paused."""
        self.table.send(WHITE, to, text, self.name)

    def poll(self, text: str) -> None:
        """Ask every seat for odds in per cent, one poll at a time; everybody may read what it asks."""
        if self.table.game.over:
            raise IllegalMove("The game is over; there is nothing left to ask.")
        if self.table.poll_open(WHITE) is not None:
            raise IllegalMove("A poll is open already; close it first.")
        said = worded(text, LONGEST_QUESTION, "poll")
        self._write(POLL, None, poll=next_poll(self.table.journal.of(POLL)), text=said)

    def close_poll(self) -> Spread | None:
        """Close the poll, so that everybody reads its median and spread; None if nobody has answered."""
        poll = self.table.poll_open(WHITE)
        if poll is None:
            raise IllegalMove("No poll is open.")
        spread = spread_of(poll.estimates.values())
        record = whole(spread)._asdict() if spread else {"answers": 0}
        self._write(POLL_CLOSED, None, poll=poll.number, **record)
        return self.table.polls(WHITE)[-1].spread

    # --- what the journal needs ------------------------------------------------------------------------

    def _said(self, text: str, kind: str) -> str:
        if not text.strip():
            raise IllegalMove(f"A {kind} needs some words.")
        return text.strip()

    def _write(self, kind: str, about: int | None, **own: Any) -> None:
        self.table.write(kind, about, WHITE, self.name, **own)

    # --- the facilitator's own PIN ---------------------------------------------------------------------

    def set_pin(self, pin: str) -> None:
        """Ask for this PIN before the console opens; an empty one takes it away. As `Table.set_pin`.

        `Table.has_pin(WHITE)`, `check_pin(WHITE, …)` and `pin_wait(WHITE)` are as for a seat.
        """
        self.table.set_pin(WHITE, pin)
