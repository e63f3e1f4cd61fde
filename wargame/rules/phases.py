"""The turn machine: what a move does, and how the game goes on until somebody must decide.

`MACHINE` is one `transitions` machine for all games; it holds none of them. A game's phase lives in its
state, and `trigger(state, out, "advance")` has the machine move it on: conditions first, then what belongs
to the new phase. `run_to_decision` runs effects, starts what waits, and advances until a seat has to act
(design 4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from transitions import Machine
from transitions import State as Phase

from wargame.rules import crises, deals, piles, upkeep, white
from wargame.rules.effects.base import shift
from wargame.rules.effects.flow import ChoiceStep
from wargame.rules.events import (
    CardPlayed,
    CardReturned,
    CardRevealed,
    CardSignalled,
    ChoiceAsked,
    ChoiceMade,
    DialWorked,
    GameEnded,
    InfluenceSpent,
    NewsCame,
    Out,
    PhaseBegan,
    QuietMoveMade,
    RoundBegan,
    SignalBroken,
    SignalKept,
    StandTaken,
)
from wargame.rules.luck import draw
from wargame.rules.moves import (
    Accuse,
    Announce,
    Answer,
    Choose,
    Commit,
    Counter,
    Dial,
    Discard,
    End,
    Mark,
    Move,
    Offer,
    Signal,
    Stance,
    Stand,
    WhiteMove,
)
from wargame.rules.options import failing, promised
from wargame.rules.scenario import card_root
from wargame.rules.spec import TIME
from wargame.rules.state import NO_ORDERS, Frame, LaidCard, State

# --- entering a phase ----------------------------------------------------------------------------------


def enter_news(state: State, out: Out) -> None:
    """A new round: initiative passes on, what was due comes, and event cards that are fixed or drawn."""
    state.round += 1
    if state.round == 1:
        seats, drawn = state.scenario.seat_ids, state.scenario.spec.rules.first == "drawn"
        first = draw(state.seed, state.luck, 1, "first") % len(seats) if drawn else 0
        state.order = seats[first:] + seats[:first]
    else:
        state.order = next_order(state)
    out.append(RoundBegan(None, state.round, state.order))
    fall_due(state, out)
    if state.white is not None:
        state.queue = (*state.queue, *white.arriving(state))
    for name in state.scenario.fixed_news.get(state.round, ()):
        if state.scenario.news_when[name](state):
            _bring(state, name)
    for nth in range(state.scenario.spec.rules.news):
        _draw_news(state, nth)


def next_order(state: State) -> tuple[str, ...]:
    """Return the order of the round that begins: the first goes to the end, then whoever is put elsewhere."""
    order = state.order[1:] + state.order[:1]
    for due in state.schedule:
        if due.what[:1] == ("order",) and due.round <= state.round:
            mine, others = due.what[1:], tuple(seat for seat in order if seat != due.what[1])
            order = mine + others if due.by < 0 else others + mine
    return order


def fall_due(state: State, out: Out) -> None:
    """Let come what was put off until this round, and take back what was passing."""
    due = [item for item in state.schedule if item.round <= state.round]
    state.schedule = tuple(item for item in state.schedule if item.round > state.round)
    for item in due:
        frame = Frame(item.path, 0, item.cause, item.to, item.who, item.odds)
        if item.path:
            state.queue = (*state.queue, frame)
        elif item.what[0] != "order":  # which has been seen to as the round began
            shift(state, out, item.what, item.by, frame._replace(cause=f"over/{item.cause}"))


def _draw_news(state: State, nth: int) -> None:
    """Draw until a card fits the moment; those that don't go back. Nothing happens if none does."""
    when, pool, kept = state.scenario.news_when, list(state.news), white.reserved(state)
    for attempt in range(len(pool)):
        at = draw(state.seed, state.luck, state.round, f"news/{nth}", "", attempt) % len(pool)
        name = pool.pop(at)
        if when[name](state) and name not in kept:
            state.news = piles.taken(state.news, name)
            _bring(state, name)
            return


def _bring(state: State, name: str) -> None:
    path = f"news/{name}"
    state.queue = (*state.queue, Frame(path, 0, path, None, ""))


def enter_orders(state: State, out: Out) -> None:
    """Each seat in turn, in private. What others see of influence and hands stands still now."""
    state.turn = 0
    state.orders = dict.fromkeys(state.scenario.seat_ids, NO_ORDERS)
    state.signals = {}
    state.shown = {seat: (state.influence[seat], len(state.hands[seat])) for seat in state.scenario.seat_ids}
    out.append(PhaseBegan(None, "orders"))


def enter_answers(state: State, out: Out) -> None:
    state.turn = 0
    out.append(PhaseBegan(None, "answers"))


def enter_reveal(state: State, out: Out) -> None:
    """Everything laid down is turned over at once, but for quiet cards; deals and stands come to light."""
    out.append(PhaseBegan(None, "reveal"))
    deals.lapse(state, out)
    slandered = deals.read_out(state, out)
    for seat in state.order:
        _turn_over(state, out, seat)
    _settle_signals(state, out)
    deals.comfort(state, out, slandered)
    deals.publish(state, out)
    for stand in state.scenario.spec.stands:
        _settle_stand(state, out, stand.id, stand.seats)


def _turn_over(state: State, out: Out, seat: str) -> None:
    out.append(InfluenceSpent(None, seat, max(state.shown[seat][0] - state.influence[seat], 0)))
    for commit in state.orders[seat].commits:
        quiet = state.scenario.cards[commit.card].quiet
        out.append(CardRevealed((seat,) if quiet else None, seat, commit.card, commit.target))
        if quiet:
            out.append(QuietMoveMade(state.scenario.others[seat], seat))


def _settle_signals(state: State, out: Out) -> None:
    """A signal that was kept pays influence; a false one costs it."""
    rules = state.scenario.spec.rules
    for seat in [seat for seat in state.order if seat in state.signals]:
        card = state.signals[seat]
        kept = any(commit.card == card for commit in state.orders[seat].commits)
        new = min(
            max(state.influence[seat] + (rules.signal if kept else -rules.signal), 0), rules.influence_cap
        )
        state.influence = {**state.influence, seat: new}
        out.append((SignalKept if kept else SignalBroken)(None, seat, card))


def _settle_stand(state: State, out: Out, stand: str, seats: tuple[str, ...]) -> None:
    stood = tuple(seat for seat in seats if stand in state.orders[seat].stands)
    if not stood:
        return
    whole = len(stood) == len(seats)
    out.append(StandTaken(None, stand, stood, whole))
    path = f"stand/{stand}/{'together' if whole else 'deserted'}"
    state.queue = (*state.queue, Frame(path, 0, f"stand/{stand}", None, ""))


def enter_resolution(state: State, out: Out) -> None:
    """The answers to a crisis are told and counted; then cards take effect by speed, then initiative."""
    out.append(PhaseBegan(None, "resolution"))
    if state.crises:
        crises.settle(state, out)
    state.queue = (*state.queue, *resolution_order(state))


def resolution_order(state: State) -> list[Frame]:
    """The committed cards as frames, in the order in which they will be resolved."""
    cards, frames = state.scenario.cards, []
    for seat in state.order:
        for commit in state.orders[seat].commits:
            to = (seat,) if cards[commit.card].quiet else None
            root = card_root(commit.card, commit.target)
            frames.append(Frame(root, 0, f"card/{commit.card}", to, seat, commit.odds))
    return sorted(frames, key=lambda frame: cards[card_of(frame)].speed)


def card_of(frame: Frame) -> str:
    return frame.cause.removeprefix("card/")


def enter_upkeep(state: State, out: Out) -> None:
    """Production, deliveries, dials, triggers in file order, then income and judgement."""
    out.append(PhaseBegan(None, "upkeep"))
    dials = []
    for dial in state.scenario.spec.dials:
        path = f"dial/{dial.id}/{state.dials[dial.id]}"
        dials.append(Frame(path, 0, path, (dial.seat,), dial.seat))
    state.queue = (*state.queue, *FIRST, *dials, *state.scenario.trigger_frames, *LAST)


def stages(*names: str) -> tuple[Frame, ...]:
    return tuple(Frame(f"upkeep/{name}", 0, "upkeep", None, "") for name in names)


FIRST, LAST = stages("produce", "deliver"), stages("judge", "income", "refill")


def enter_debrief(state: State, out: Out) -> None:
    """The game is over."""
    state.to_act = None
    state.outcome = state.outcome or TIME
    state.stack = state.queue = ()
    upkeep.close(state, out)
    out.append(GameEnded(None, state.outcome))


# --- the machine ---------------------------------------------------------------------------------------


def last_round(state: State, _out: Out) -> bool:
    return state.round >= state.rounds


PHASES = ("briefing", "news", "orders", "answers", "reveal", "resolution", "upkeep", "debrief")

ENTER: dict[str, Callable[[State, Out], None]] = {
    "news": enter_news,
    "orders": enter_orders,
    "answers": enter_answers,
    "reveal": enter_reveal,
    "resolution": enter_resolution,
    "upkeep": enter_upkeep,
    "debrief": enter_debrief,
}

TRANSITIONS: list[Any] = [
    {"trigger": "advance", "source": "briefing", "dest": "news"},
    {"trigger": "advance", "source": "news", "dest": "orders"},
    {"trigger": "advance", "source": "orders", "dest": "answers"},
    {"trigger": "advance", "source": "answers", "dest": "reveal"},
    {"trigger": "advance", "source": "reveal", "dest": "resolution"},
    {"trigger": "advance", "source": "resolution", "dest": "upkeep"},
    {"trigger": "advance", "source": "upkeep", "dest": "debrief", "conditions": [last_round]},
    {"trigger": "advance", "source": "upkeep", "dest": "news"},
    {"trigger": "end", "source": ["news", "reveal", "resolution", "upkeep"], "dest": "debrief"},
]

MACHINE: Any = Machine(
    model=None,
    model_attribute="phase",
    states=[Phase(name, on_enter=[ENTER[name]] if name in ENTER else []) for name in PHASES],
    transitions=TRANSITIONS,
    initial="briefing",
    auto_transitions=False,
)


def trigger(state: State, out: Out, event: str) -> None:
    """Move the phase on by the machine's own engine; `MachineError` if it has no such way out."""
    MACHINE.events[event].trigger(state, state, out)


# --- going on ------------------------------------------------------------------------------------------


def run_to_decision(state: State, out: Out) -> None:
    """Run the game until a seat has to decide, or it is over."""
    while True:
        state.to_act = None
        if state.outcome and state.phase != "debrief":
            trigger(state, out, "end")
        if state.phase == "debrief":
            return
        if state.stack:
            if run_frame(state, out):
                return
        elif state.queue:
            begin_next(state, out)
        elif (seat := _next_seat(state)) is not None:
            state.to_act = seat
            return
        else:
            trigger(state, out, "advance")


def _next_seat(state: State) -> str | None:
    if state.phase == "orders":
        waiting = len(state.order)
    elif state.phase == "answers":
        waiting = len(state.order) - 1
    else:
        return None
    return state.order[state.turn] if state.turn < waiting else None


def run_frame(state: State, out: Out) -> bool:
    """Run the frame on top of the stack, and what starts inside it; true if it comes to a choice."""
    programs, frame = state.scenario.programs, state.stack[-1]
    below = state.stack = state.stack[:-1]
    places = [(frame.path, frame.at)]
    while places:
        path, done = places.pop()
        steps = programs[path]
        for at in range(done, len(steps)):
            step = steps[at]
            if step.__class__ is ChoiceStep:
                places.append((path, at))
                state.stack = (*below, *[frame._replace(path=path, at=at) for path, at in places])
                ask(state, out, step)
                return True
            follows = step(state, out, frame)
            if state.outcome:
                return False
            if follows is not None:
                places += (path, at + 1), (follows, 0)
                break
    return False


def ask(state: State, out: Out, step: ChoiceStep) -> None:
    state.to_act = step.seat
    if not out or not isinstance(out[-1], ChoiceAsked):
        out.append(ChoiceAsked(None, step.seat, step.path))


def begin_next(state: State, out: Out) -> None:
    """Start what waits first, passing over triggers whose condition does not hold."""
    when = state.scenario.trigger_when
    for at, frame in enumerate(state.queue):
        test = when.get(frame.path)
        if test is None or test(state):
            state.queue = state.queue[at + 1 :]
            start_frame(state, out, frame)
            return
    state.queue = ()


def start_frame(state: State, out: Out, frame: Frame) -> None:
    """Start a card, an event, a trigger or a stage of the upkeep."""
    kind, _, name = frame.path.partition("/")
    if frame.path in state.scenario.programs.delayed:
        kind = "later"
    if kind == "upkeep":
        STAGES[name](state, out)
        return
    if kind == "card" and not _turns_over(state, out, frame):
        return
    if kind == "news":
        out.append(NewsCame(frame.to, frame.cause))
        crises.pose(state, name)
    elif kind == "dial":
        out.append(DialWorked(frame.to, frame.cause))
    state.stack = (frame,)


def _turns_over(state: State, out: Out, frame: Frame) -> bool:
    """A card takes effect only if its needs still hold; else it goes back and its cost is refunded."""
    card, seat = card_of(frame), frame.who
    target = frame.path.partition(":")[2]
    spec = state.scenario.cards[card]
    printed = card == state.scenario.actions[seat].id
    if failing(state, state.scenario.card_needs.get(card, ())) is not None:
        cap = state.scenario.spec.rules.influence_cap
        state.influence = {**state.influence, seat: min(state.influence[seat] + spec.cost, cap)}
        if not printed:
            piles.back_to_hand(state, seat, card)
        out.append(CardReturned(frame.to, seat, card))
        return False
    if not printed:
        (piles.bury if spec.quiet else piles.discard)(state, seat, card)
    if card in state.scenario.noted and frame.to is None:
        state.played = {**state.played, card: state.round}
    out.append(CardPlayed(frame.to, seat, card, target))
    return True


STAGES: dict[str, Callable[[State, Out], None]] = {
    "produce": upkeep.produce,
    "deliver": upkeep.deliver,
    "judge": upkeep.judge,
    "income": upkeep.income,
    "refill": upkeep.refill,
}

# --- moves ---------------------------------------------------------------------------------------------


def step(state: State, move: Move) -> Out:
    """Make a move that is known to be legal, on a state you own, and go on to the next decision."""
    out: Out = []
    asked = state.stack
    if isinstance(move, WhiteMove):
        white.act(state, out, move)
    else:
        DEEDS[type(move)](state, out, move)
        asked = ()
    if not (asked and state.stack is asked):  # else the white cell has left the same question open
        run_to_decision(state, out)
    return out


def _end(state: State, out: Out, move: End) -> None:
    state.turn += 1
    state.menu = None


def _commit(state: State, out: Out, move: Commit) -> None:
    odds = promised(state, card_root(move.card, move.target))
    piles.take_from_hand(state, move.seat, move.card)
    _lay(state, move.seat, LaidCard(move.card, move.target, odds))


def _lay(state: State, seat: str, laid: LaidCard, acting: bool = False) -> None:
    """Pay for a card and lay it face down with the odds that it promised before."""
    cost = state.scenario.cards[laid.card].cost
    state.influence = {**state.influence, seat: state.influence[seat] - cost}
    orders = state.orders[seat]
    new = orders._replace(commits=(*orders.commits, laid), acted=acting)
    state.orders = {**state.orders, seat: new}


def _discard(state: State, out: Out, move: Discard) -> None:
    action = state.scenario.actions[move.seat].id
    odds = promised(state, card_root(action, move.target))
    piles.take_from_hand(state, move.seat, move.card)
    piles.bury(state, move.seat, move.card)
    _lay(state, move.seat, LaidCard(action, move.target, odds), acting=True)


def _mark(state: State, out: Out, move: Mark) -> None:
    orders = state.orders[move.seat]
    marks = (*orders.marks, (move.deal, move.mark))
    state.orders = {**state.orders, move.seat: orders._replace(marks=marks)}


def _dial(state: State, out: Out, move: Dial) -> None:
    state.dials = {**state.dials, move.dial: move.setting}
    orders = state.orders[move.seat]
    state.orders = {**state.orders, move.seat: orders._replace(dialled=(*orders.dialled, move.dial))}


def _stand(state: State, out: Out, move: Stand) -> None:
    orders = state.orders[move.seat]
    state.orders = {**state.orders, move.seat: orders._replace(stands=(*orders.stands, move.stand))}


def _signal(state: State, out: Out, move: Signal) -> None:
    state.signals = {**state.signals, move.seat: move.card}
    out.append(CardSignalled(None, move.seat, move.card))


def _accuse(state: State, out: Out, move: Accuse) -> None:
    deals.accuse(state, move)


def _announce(state: State, out: Out, move: Announce) -> None:
    deals.announce(state, move)


def _stance(state: State, out: Out, move: Stance) -> None:
    given = state.crises[move.crisis]
    state.crises = {**state.crises, move.crisis: {**given, move.seat: move.option}}


def _choose(state: State, out: Out, move: Choose) -> None:
    frame = state.stack[-1]
    path = f"{frame.path}/{frame.at}"
    option = f"{path}/{move.option}"
    out.append(ChoiceMade(None, move.seat, path, move.option))
    state.stack = (
        *state.stack[:-1],
        frame._replace(at=frame.at + 1),
        frame._replace(path=option, at=0, who=move.seat, odds=promised(state, option)),
    )


DEEDS: dict[type[Move], Callable[[State, Out, Any], None]] = {
    End: _end,
    Commit: _commit,
    Discard: _discard,
    Offer: deals.propose,
    Answer: deals.answer,
    Counter: deals.counter,
    Mark: _mark,
    Dial: _dial,
    Stand: _stand,
    Signal: _signal,
    Accuse: _accuse,
    Announce: _announce,
    Choose: _choose,
    Stance: _stance,
}
