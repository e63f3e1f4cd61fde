"""One sentence for each kind of event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.rules import events as ev
from wargame.rules.spec import TIME
from wargame.words.en import deals, white
from wargame.words.en.effects import crisis_end
from wargame.words.en.grammar import capital, change, joined, moved, sentence, whose
from wargame.words.en.knowledge import peeked
from wargame.words.en.names import Names, option_label, stance_label
from wargame.words.en.odds import outcome, rolled_for

Viewer = str | None


def event(names: Names, happened: ev.Event, viewer: Viewer = None) -> str:
    """Say what happened; a viewer is told its own matters as 'you'."""
    return SENTENCES[type(happened)](names, viewer, happened)


def whom(names: Names, seat: str, viewer: Viewer, verb: str) -> str:
    """Return 'North Korea draws', or to itself 'You draw'. `verb` is in the third person, with a plain -s."""
    return f"You {verb[:-1]}" if seat == viewer else f"{capital(names.party(seat))} {verb}"


def owner(names: Names, seat: str, viewer: Viewer) -> str:
    """Return 'North Korea's', or to itself 'Your'."""
    return "Your" if seat == viewer else capital(whose(names.party(seat)))


def because(names: Names, cause: str) -> str:
    """Return the end of a line about a change."""
    return f": {names.cause(cause)}" if cause else ", for a reason kept secret"


# --- the course of the game ----------------------------------------------------------------------------


def _round(names: Names, viewer: Viewer, event: ev.RoundBegan) -> str:
    return f"Round {event.round}, {names.date(event.round)}: {names.one_does(event.order[0], 'goes')} first."


PHASES = {
    "news": "The news comes in.",
    "orders": "Each seat gives its orders in private.",
    "answers": "Offers are answered.",
    "reveal": "Everything laid down is turned over at once.",
    "resolution": "The cards take effect.",
    "upkeep": "Factories work, deliveries go out, the war goes on.",
    "debrief": "Secrets are laid open.",
}


def _phase(names: Names, viewer: Viewer, event: ev.PhaseBegan) -> str:
    return PHASES.get(event.phase, sentence(event.phase))


def _agenda(names: Names, viewer: Viewer, event: ev.AgendaDealt) -> str:
    spec = names.scenario.agendas[event.agenda]
    about = f"{names.said(spec.title)}. {names.said(spec.text)}"
    return sentence(f"{owner(names, event.seat, viewer)} secret agenda: {about}")


def _news(names: Names, viewer: Viewer, event: ev.NewsCame) -> str:
    card = names.scenario.event_card(event.cause.rpartition("/")[2])
    text = f" {sentence(names.said(card.text))}" if card else ""
    return f"News: {sentence(names.cause(event.cause))}{text}"


def _dial(names: Names, viewer: Viewer, event: ev.DialWorked) -> str:
    return sentence(names.cause(event.cause))


def _asked(names: Names, viewer: Viewer, event: ev.ChoiceAsked) -> str:
    choice = names.scenario.programs.choices.get(event.path)
    prompt = f" {sentence(names.said(choice.prompt))}" if choice else ""
    asked = f"{names.one_does(event.seat, 'has')} to choose"
    return f"{sentence(asked)}{prompt}"


def _chose(names: Names, viewer: Viewer, event: ev.ChoiceMade) -> str:
    chosen = option_label(names, event.seat, event.option, event.path)
    return sentence(f"{names.one_does(event.seat, 'chooses')}: {chosen}")


def ran_out(names: Names, event: ev.ChoiceMade) -> str:
    """Say what was chosen by the clock: the seat that was asked had not answered in its time."""
    chosen = option_label(names, event.seat, event.option, event.path)
    return sentence(f"{names.party(event.seat)} had not answered when the time was up: {chosen}")


def _outcome(names: Names, viewer: Viewer, event: ev.OutcomeCame) -> str:
    came = names.scenario.outcomes.get(event.outcome)
    return sentence(names.said(came.text) if came else names.ending(event.outcome))


def _over(names: Names, viewer: Viewer, event: ev.GameEnded) -> str:
    if event.outcome == TIME:
        return "The last round is over."
    return f"The game is over: {names.ending(event.outcome)}."


def _ruined(names: Names, viewer: Viewer, event: ev.SeatRuined) -> str:
    plays = f"{names.it(event.seat)} {names.as_it_does(event.seat, 'plays')}"
    return sentence(f"{names.one_does(event.seat, 'is')} ruined: {plays} on, but can't win any more")


def _final(names: Names, viewer: Viewer, event: ev.FinalScored) -> str:
    verb = names.as_it_does(event.seat, "reaches" if event.won else "misses")
    kept = f"{names.its(event.seat)} secret agenda is {'kept' if event.agenda else 'not kept'}"
    line = f"{verb} {names.its(event.seat)} line"
    return sentence(f"{names.one_does(event.seat, 'ends')} with {event.score} and {line}; {kept}")


def _lowest(names: Names, viewer: Viewer, event: ev.LowestHelped) -> str:
    return sentence(
        f"{names.one_does(event.seat, 'is')} lowest by the tracks that all see: ¤{event.bonus} more"
    )


# --- cards ---------------------------------------------------------------------------------------------


def _drew(names: Names, viewer: Viewer, event: ev.CardsDrawn) -> str:
    return sentence(f"{whom(names, event.seat, viewer, 'draws')} {joined(map(names.card, event.cards))}")


def _lost(names: Names, viewer: Viewer, event: ev.CardLost) -> str:
    return sentence(f"{whom(names, event.seat, viewer, 'loses')} {names.card(event.card)} from the hand")


def _spent(names: Names, viewer: Viewer, event: ev.InfluenceSpent) -> str:
    return sentence(
        f"{names.one_does(event.seat, 'has')} spent {'¤' + str(event.amount) if event.amount else 'nothing'}"
    )


def _aimed(names: Names, card: str, target: str) -> str:
    aim = names.target(names.scenario.cards.get(card), target) if target else ""
    return f"{names.card(card)}{', aimed at ' if aim else ''}{aim}"


def _revealed(names: Names, viewer: Viewer, event: ev.CardRevealed) -> str:
    return sentence(f"{names.one_does(event.seat, 'turns')} over {_aimed(names, event.card, event.target)}")


def _quiet(names: Names, viewer: Viewer, event: ev.QuietMoveMade) -> str:
    return sentence(f"{names.one_does(event.seat, 'makes')} a quiet move")


def quiet_move(names: Names, event: ev.CardRevealed) -> str:
    """Say what a quiet move was, when all may know it."""
    move = f"{names.one_does(event.seat, 'makes')} a quiet move"
    return sentence(f"{move}: {_aimed(names, event.card, event.target)}")


def _card(names: Names, viewer: Viewer, event: ev.CardPlayed) -> str:
    return sentence(f"{names.one_does(event.seat, 'plays')} {_aimed(names, event.card, event.target)}")


def _returned(names: Names, viewer: Viewer, event: ev.CardReturned) -> str:
    if event.card == names.scenario.actions[event.seat].id:
        return sentence(
            f"{names.party(event.seat)} can no longer do {names.card(event.card)}: its cost is refunded"
        )
    return sentence(
        f"{names.one_does(event.seat, 'takes')} {names.card(event.card)} back: what it needs no longer holds"
    )


def _signal(names: Names, viewer: Viewer, event: ev.CardSignalled) -> str:
    will = f"{names.it(event.seat)} will play {names.card(event.card)}"
    return sentence(f"{names.one_does(event.seat, 'tells')} the table that {will}")


def _signal_kept(names: Names, viewer: Viewer, event: ev.SignalKept) -> str:
    gain = names.scenario.spec.rules.signal
    told = f"{names.it(event.seat)} told the table, {names.card(event.card)}"
    return sentence(f"{names.one_does(event.seat, 'does')} what {told}: ¤{gain} more")


def _signal_false(names: Names, viewer: Viewer, event: ev.SignalBroken) -> str:
    loss = names.scenario.spec.rules.signal
    return sentence(
        f"{names.party(event.seat)} told the table {names.card(event.card)} and did not play it: ¤{loss} less"
    )


def _stood(names: Names, viewer: Viewer, event: ev.StandTaken) -> str:
    title, seats = names.stand(event.stand), joined(map(names.party, event.seats))
    if event.whole:
        return sentence(f"{seats} stand together: {title}")
    missing = [seat for seat in names.scenario.stands[event.stand].seats if seat not in event.seats]
    alone = "stands" if len(event.seats) == 1 else "stand"
    return sentence(f"{title}: {seats} {alone} without {joined(map(names.party, missing))}")


def _answered(names: Names, viewer: Viewer, event: ev.CrisisAnswered) -> str:
    by_option: dict[str, list[str]] = {}
    for seat, option in zip(event.seats, event.options, strict=True):
        by_option.setdefault(option, []).append(names.party(seat))
    said = (f"{joined(seats)}: {stance_label(names, event.crisis, one)}" for one, seats in by_option.items())
    return sentence(f"{names.news(event.crisis)}. {capital('; '.join(said))}")


def _crisis(names: Names, viewer: Viewer, event: ev.CrisisEnded) -> str:
    outcome = crisis_end(names, event.crisis, event.outcome)
    outcome = "with too few of one mind" if outcome == "otherwise" else outcome
    return sentence(f"{names.news(event.crisis)} is settled {outcome}")


def _rolled(names: Names, viewer: Viewer, event: ev.DiceRolled) -> str:
    thing, came = rolled_for(names, event.path, event.cause), outcome(names, event.path, event.works)
    if event.chance is None:
        why = "part of its odds is hidden from you" if viewer else "not all may know the odds"
        return sentence(f"{thing}: {came}; {why}")
    return sentence(f"{thing}: chance {event.chance} %, and the dice say {event.die}: {came}")


# --- numbers -------------------------------------------------------------------------------------------


def change_of(names: Names, event: ev.Change, viewer: Viewer = None) -> str:
    """Say what has changed, and by how much, without the cause: that may stand above it."""
    match event:
        case ev.TrackMoved():
            return f"{names.track(event.track)} {moved(event.old, event.new)}"
        case ev.GoodMoved():
            stock = f"{owner(names, event.seat, viewer)} {names.good(event.good)}"
            return f"{stock} {moved(event.old, event.new)}"
        case ev.InfluenceMoved():
            return f"{owner(names, event.seat, viewer)} influence {moved(event.old, event.new)}"
        case ev.PointsGiven():
            return f"{owner(names, event.seat, viewer)} score {change(event.by)}"
        case ev.FlagSet():
            return names.flag(event.flag) if event.on else f"no longer: {names.flag(event.flag)}"


def _changed(names: Names, viewer: Viewer, event: ev.Change) -> str:
    return f"{change_of(names, event, viewer)}{because(names, event.cause)}"


def _band(names: Names, viewer: Viewer, event: ev.BandChanged) -> str:
    return sentence(f"{names.track(event.track)} is now {names.band_at(event.track, event.band)}")


def _flag(names: Names, viewer: Viewer, event: ev.FlagSet) -> str:
    said = change_of(names, event, viewer)
    return sentence(f"{names.cause(event.cause)}: {said}" if event.cause else said)


def _produced(names: Names, viewer: Viewer, event: ev.GoodsProduced) -> str:
    can = f"make {event.units}" if event.units else "make nothing"
    return sentence(f"{names.production(event.production)} {can} this round")


def _located(names: Names, viewer: Viewer, event: ev.BottleneckLocated) -> str:
    return sentence(f"{names.production(event.production)} are held back by {names.good(event.good)} now")


def _peeked(names: Names, viewer: Viewer, event: ev.SecretPeeked) -> str:
    return sentence(peeked(names, event.what, event.value, "now"))


SENTENCES: dict[type[ev.Event], Callable[[Names, Viewer, Any], str]] = {
    ev.RoundBegan: _round,
    ev.PhaseBegan: _phase,
    ev.AgendaDealt: _agenda,
    ev.NewsCame: _news,
    ev.DialWorked: _dial,
    ev.ChoiceAsked: _asked,
    ev.ChoiceMade: _chose,
    ev.OutcomeCame: _outcome,
    ev.GameEnded: _over,
    ev.SeatRuined: _ruined,
    ev.FinalScored: _final,
    ev.LowestHelped: _lowest,
    ev.CardsDrawn: _drew,
    ev.CardLost: _lost,
    ev.InfluenceSpent: _spent,
    ev.CardRevealed: _revealed,
    ev.QuietMoveMade: _quiet,
    ev.CardPlayed: _card,
    ev.CardReturned: _returned,
    ev.CardSignalled: _signal,
    ev.SignalKept: _signal_kept,
    ev.SignalBroken: _signal_false,
    ev.StandTaken: _stood,
    ev.CrisisAnswered: _answered,
    ev.CrisisEnded: _crisis,
    ev.DiceRolled: _rolled,
    ev.TrackMoved: _changed,
    ev.BandChanged: _band,
    ev.GoodMoved: _changed,
    ev.InfluenceMoved: _changed,
    ev.PointsGiven: _changed,
    ev.FlagSet: _flag,
    ev.GoodsProduced: _produced,
    ev.BottleneckLocated: _located,
    ev.SecretPeeked: _peeked,
    **deals.SENTENCES,
    **white.SENTENCES,
}
"""A kind of event → its sentence."""
