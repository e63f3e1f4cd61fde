"""What the program says of a scenario and its games, in English.

`Words` is the one door; the modules behind it hold the sentences by family, each a table from a kind of
thing to the function that says it. Every result is plain text without markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wargame.rules.conditions import Condition
from wargame.rules.effects.flow import Choose
from wargame.rules.effects.votes import Vote
from wargame.rules.events import CardRevealed, Change, ChoiceMade, Event
from wargame.rules.moves import Accuse, Move, Refusal
from wargame.rules.spec import Action, Card, DealTemplate, Effect, News, Term
from wargame.rules.state import Deal
from wargame.rules.view import View
from wargame.words.en import (
    conditions,
    deals,
    effects,
    endings,
    events,
    faces,
    first,
    headlines,
    knowledge,
    moves,
    odds,
    turns,
    white,
)
from wargame.words.en.grammar import capital
from wargame.words.en.names import Names, stance_label
from wargame.words.en.scores import Told, agenda, briefing, epilogue, fate, ranked, term

__all__ = ["Told", "Words"]


class Words(Names):
    """What there is to say about a scenario and its games, in English.

    Names of things (`seat`, `track`, `card`, `cause`, `date` …) come from `Names`. Sentences open with a
    capital and close with a full stop; a change in the notation of the screens (`Sanctions ▲1 6→7: …`), a
    move and a clause of a card have none.
    """

    # --- moves -------------------------------------------------------------------------------------

    def move(self, move: Move, path: str = "") -> str:
        """Say in one line who does what. `path` is the question that a `choose` answers, if known."""
        return moves.move(self, move, path)

    def deed(self, move: Move, path: str = "") -> str:
        """Say it without the seat: 'commits Spy satellite'."""
        return moves.deed(self, move, path)

    def rewritten(self, move: Move) -> str:
        """Say what a set inject told, and what it tells now that this move rewrote it; "" for other moves."""
        return white.rewritten(self, move)

    def did(self, moves: Sequence[Move], path: str = "") -> str:
        """Say deeds that are past: 'laid “Spy satellite”'; an answer may be 'unanswered'."""
        return turns.did(self, moves, path)

    def does(self, moves: Sequence[Move], path: str = "", known: bool = False) -> str:
        """Say deeds as they would be done: 'signs “The understanding”', or 'signs it' where it is `known`."""
        return turns.does(self, moves, path, known)

    def refusal(self, refusal: Refusal) -> str:
        """Say why a move is not allowed, with names for ids."""
        return moves.refusal(self, refusal)

    def thought(self, rationale: str) -> str:
        """Say a bot's reason with names for ids; any other text as it is."""
        return moves.thought(self, rationale)

    def accusation(self, move: Accuse) -> str:
        """Say what a pair is accused of: 'a secret deal on rung two, cake'."""
        return deals.secret_deal(self, *self.scenario.pair_sides[move.pair], move.rung)

    def secret_deal(self, a: str, b: str, rung: int) -> str:
        """Return 'a secret deal', and where it stands on the ladder if that is theirs."""
        return deals.secret_deal(self, a, b, rung)

    def at_stake(self) -> list[str]:
        """Say what an accusation costs, and what it brings if it is right and if it is wrong."""
        return deals.at_stake(self)

    def suspicions(self, view: View) -> list[str]:
        """Say what a seat suspects."""
        return knowledge.suspicions(self, view)

    # --- what content says -------------------------------------------------------------------------

    def condition(self, condition: Condition) -> str:
        """Put a question as a phrase that can follow 'if': 'Sanctions at least 6'."""
        return conditions.condition(self, condition)

    def need(self, condition: Condition) -> str:
        """Put a question as what comes after 'needs': a phrase, or 'not while …'."""
        return conditions.need(self, condition)

    def effects(self, sequence: Sequence[Effect]) -> list[str]:
        """Say what effects do, one clause a line."""
        return effects.clauses(self, sequence)

    def effects_in_line(self, sequence: Sequence[Effect]) -> str:
        """Say what effects do, as the end of a longer line; 'nothing' if nothing."""
        return effects.within(self, sequence, last=True)

    def card_text(self, card: str | Card, target: str = "") -> list[str]:
        """Return the text made from a policy card or printed action; with `target`, as if aimed at it."""
        return effects.card_text(self, card, target)

    def face(self, card: str | Card | Action | News, width: int = faces.COLUMNS) -> list[str]:
        """Return the short lines under a card's head, of at most `width` columns: what it needs and does."""
        return faces.face(self, card, width)

    def chances(self, card: Card | Action | News) -> list[str]:
        """Return the odds of each roll on a card with what changes them: '50% +10 Trust over 3'."""
        return faces.chances(self, card)

    def aims(self, card: Card | Action | News) -> str:
        """Return what a card may be aimed at; empty if at nothing."""
        return faces.aims(self, card)

    def face_of(self, effects: Sequence[Effect], own: str = "") -> list[str]:
        """Return the short lines that effects take on a face; `own` is the seat whose score needs no name."""
        return faces.face_of(self, effects, own)

    def title_lines(self, card: Card | Action | News) -> list[str]:
        """Return a card's title as its face breaks it."""
        return faces.title_of(self, card)

    def printed(self, card: Card | Action | News) -> str:
        """Return a whole face: title, cost and speed, chance, aim, and the lines below."""
        return faces.printed(self, card)

    def odds_words(self, base: int) -> str:
        """Return the word a table says for a chance; empty where the scenario has no list of odds."""
        return odds.odds_words(self, base)

    def news_text(self, news: str) -> list[str]:
        """Say what an event card does."""
        return effects.news_text(self, news)

    def asked_of(self, condition: Condition) -> tuple[str, str]:
        """Return a condition in two parts: the word that opens it, 'If' or 'Unless', and what is asked."""
        return conditions.asked_of(self, condition)

    def by_margin(self, margin: int) -> tuple[str, str]:
        """Name the results of a roll beyond success and failure, as short as it goes."""
        return f"by {margin}+", f"by {margin + 1}+"

    def crisis_text(self, news: str, yours: bool = False) -> list[str]:
        """Say whom a crisis asks what, what each answer brings (`yours`: to the reader), and how it ends."""
        return effects.crisis_text(self, news, yours)

    def question_text(self, asked: Choose | Vote) -> list[str]:
        """Say who is asked what, and what each answer brings, or each end of a vote."""
        return effects.question_text(self, asked)

    def stance(self, crisis: str, option: str) -> str:
        """Return the label of an answer to a crisis."""
        return stance_label(self, crisis, option)

    def stand_text(self, stand: str) -> list[str]:
        """Say what a joint stand wants and does."""
        return effects.stand_text(self, stand)

    def trigger_text(self, trigger: str) -> list[str]:
        """Say when a trigger fires and what it does."""
        return effects.trigger_text(self, trigger)

    def deal_text(self, template: str | DealTemplate) -> list[str]:
        """Say everything a deal template can mean, one clause a line."""
        return deals.deal_text(self, template)

    def deal_effects(self, template: str | DealTemplate) -> list[str]:
        """Say what follows from a deal besides what changes hands, one line a moment."""
        return deals.deal_effects(self, template)

    def deal_terms(self, template: str | DealTemplate, size: str, rounds: int, more: str = "") -> str:
        """Say what a deal moves, for how long; one that moves no goods in its own text."""
        return deals.what_moves(self, template, size, rounds, more)

    def deal_running(self, deal: Deal, viewer: str | None) -> str:
        """Tell of a running deal that the viewer knows (`None`: the room): sides, what is due, how long."""
        return knowledge.running(self, deal, viewer)

    def deal_fate(self, status: str, by: str = "", over: bool = True) -> str:
        """Say what became of a deal, as it follows 'it'; `by` broke it, `over` says whether the game is."""
        return deals.fate(self, status, by, over)

    def deal_stands(self, status: str) -> str:
        """Return how a deal stands, in a word or two."""
        return deals.stands(status)

    def offer_sentence(
        self, template: str | DealTemplate, size: str, secret: bool, rounds: int, more: str = ""
    ) -> str:
        """Return an offer as both sides will read it."""
        return deals.offer_sentence(self, template, size, secret, rounds, more)

    def lot_more(self, more: str) -> str:
        """Say what a counter-offer adds, `seat/good`: '1 cash a round from Russia'; 'nothing'."""
        return deals.lot_more(self, more)

    def roll_terms(self, path: str, terms: Sequence[int | None]) -> list[tuple[str, int | str]]:
        """List the parts of a chance with what each comes to in per cent; '?' where that is hidden (None)."""
        return odds.roll_terms(self, path, terms)

    def limit(self, terms: Sequence[int]) -> list[tuple[str, int]]:
        """Say it of the last part alone, where the limits of all dice change a chance."""
        return odds.limit(terms)

    def hold_terms(self, terms: Sequence[int]) -> list[tuple[str, int | str]]:
        """List the parts of the chance that a deal on a skipped rung holds."""
        return odds.hold_terms(self, terms)

    def watch_terms(self, terms: Sequence[int]) -> list[tuple[str, int | str]]:
        """List the parts of the chance that a secret delivery is noticed."""
        return odds.watch_terms(self, terms)

    def rolled_for(self, path: str, cause: str) -> str:
        """Return what the roll at that path is thrown for, as a title."""
        return odds.rolled_for(self, path, cause)

    def held_for(self, deal: str) -> str:
        """Return what the gamble of a skipped rung is thrown for, as a title."""
        return deals.held_for(self, deal)

    def watched_for(self, deal: str) -> str:
        """Return what the watch on a secret delivery is thrown for, as a title."""
        return deals.watched_for(self, deal)

    def is_tried(self, path: str) -> bool:
        """Return whether somebody tries something with the roll at that path; else it may just happen."""
        return odds.is_tried(self, path)

    def outcome(self, path: str, works: bool) -> str:
        """Say how a die came out: 'it works' or 'it fails', of what nobody tried 'it happens' or not."""
        return odds.outcome(self, path, works)

    # --- what happened and what is known -----------------------------------------------------------

    def event(self, event: Event, viewer: str | None = None) -> str:
        """Tell an event in one sentence; a seat's own private matters are told to it as 'you'."""
        return events.event(self, event, viewer)

    def ran_out(self, event: ChoiceMade) -> str:
        """Tell a choice that the clock made: 'Japan had not answered when the time was up: Ask for calm.'"""
        return events.ran_out(self, event)

    def quiet_move(self, event: CardRevealed) -> str:
        """Tell a quiet move with its card, once that lies open: 'Japan makes a quiet move: A cable.'"""
        return events.quiet_move(self, event)

    def change(self, event: Change, viewer: str | None = None) -> str:
        """Tell a change without its cause, where that stands above it: 'Sanctions ▲1 6→7'."""
        return capital(events.change_of(self, event, viewer))

    def headline(self, event: Event) -> str | None:
        """Return a newspaper's line for a public event, without a full stop; `None` if not worth one."""
        return headlines.headline(self, event)

    def state_of(self, view: View) -> list[str]:
        """Say what a seat knows that others may not, in plain sentences."""
        return knowledge.state_of(self, view)

    def arranged(self, kind: str, data: Mapping[str, Any]) -> str:
        """Return a record of who plays, of a pause or of a clock as a sentence; "" of other kinds."""
        return white.arranged(self, kind, data)

    # --- scores and endings ------------------------------------------------------------------------

    def term(self, term: Term) -> str:
        """Return one line of a seat's scoring."""
        return term_of(self, term)

    def term_label(self, term: Term, proved: bool = False) -> str:
        """Return what a term is called; `proved` says that only what lies proved is counted."""
        return f"{self.said(term.label)}{', as far as proved' if proved else ''}"

    def ended(self, outcome: str) -> str:
        """Say how a game has ended, in a few words: 'after the last round', 'with the storm'."""
        return f"with {self.ending(outcome)}" if outcome in self.scenario.outcomes else "after the last round"

    def ranked(self, outcome: str = "") -> str:
        """Say in one line what the seats are ranked by; `outcome` is how the game has ended, if it has."""
        return ranked(self, outcome)

    def briefing(self, seat: str, rounds: int) -> list[Told]:
        """Return a seat's page as titled paragraphs; the first has no title."""
        return briefing(self, seat, rounds)

    def agenda(self, id_: str) -> Told:
        """Return the title and text of a secret agenda, with what it is worth."""
        return agenda(self, id_)

    def epilogue(self, id_: str) -> Told:
        """Return the title and text of an ending."""
        return epilogue(self, id_)

    def fate(self, epilogue_id: str, seat: str) -> str:
        """Say what an ending means for a seat; empty if nothing."""
        return fate(self, epilogue_id, seat)

    def outcome_text(self, outcome: str) -> list[str]:
        """Say who wins when the game ends so, and what the seats are then ranked by."""
        return endings.outcome_text(self, outcome)

    def came_out(self, seat: str, over: float, margin: float, *, ruined: bool, outcome: str) -> str:
        """Return how a seat came out in a line, with what it ranks by: its distance in spreads."""
        return endings.came_out(self, seat, over, margin, ruined=ruined, outcome=outcome)

    def the_line(self, seat: str, rounds: int, score: str) -> str:
        """Say what score a seat has, `score` in words, and what it must reach by when."""
        return first.the_line(self, seat, rounds, score)

    def counts(self, term: Term) -> str:
        """Say what a step is worth to a seat: '+4 a step down'."""
        return first.counts(self, term)

    def may_lay(self, held: Sequence[str], purse: int, digits: str) -> str:
        """Say that cards may be laid down: which, by which keys, and for how much in all."""
        return first.may_lay(self, held, purse, digits)

    def may_offer(self, others: Sequence[str], key: str) -> str:
        """Say that deals may be offered, and to whom."""
        return first.may_offer(self, others, key)

    def may_tell(self, can: bool, key: str, end: str) -> str:
        """Say that the table may be told something, if it can, and how a turn ends."""
        return first.may_tell(self, can, key, end)

    def moment_title(self, cause: str) -> str:
        """Return what a moment of a score was, as a title."""
        return endings.moment_title(self, cause)

    def doing_of(self, cause: str, behind: Sequence[str]) -> str:
        """Return whose doing it was: 'South Korea's card', 'news'."""
        return endings.doing_of(self, cause, behind)

    def moment_parts(self, parts: Sequence[endings.Moved], rolled: tuple[int, int] | None) -> str:
        """Return how its points came about; `rolled` are the chance and the die thrown for it."""
        return endings.moment_parts(self, parts, rolled)

    def agenda_kept(self, id_: str) -> tuple[str, str]:
        """Return a kept agenda as a moment of a score: its title and what it is."""
        return endings.agenda_kept(self, id_)

    def ruin_came(self, seat: str, rounds: int) -> tuple[str, str]:
        """Return a ruin as a moment of a score: that it is one, and what brings it."""
        return endings.ruin_came(self, seat, rounds)

    def hidden_deal(self, deal: Deal, viewer: str) -> str:
        """Tell a secret deal to one who did not know it."""
        return endings.hidden_deal(self, deal, viewer)

    def hidden_track(self, track: str, value: int) -> str:
        """Tell where a track stood that one did not see."""
        return endings.hidden_track(self, track, value)


term_of = term
