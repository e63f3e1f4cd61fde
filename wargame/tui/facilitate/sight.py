"""What the facilitator sees: everything. No screen of a seat may paint any of this."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from textual.content import Content

from wargame.content.exercise_check import TALK
from wargame.debrief.dated_events import told
from wargame.debrief.perspective import EVERYTHING, score_said, seen, seen_score
from wargame.record import Head
from wargame.rules.moves import WHITE
from wargame.rules.pieces import PendingInject
from wargame.table import Beat, Facilitator, Line, Table
from wargame.table.engine import PERSON
from wargame.table.seen import SeenTable
from wargame.table.table import TIMER
from wargame.tui.board.board import LEAST_GAUGE
from wargame.tui.board.seats import SeatCard, score_bar
from wargame.tui.kit.banner import round_boxes
from wargame.tui.kit.gauges import gauge_rows
from wargame.tui.kit.lens import Lens
from wargame.tui.kit.memory import Memory
from wargame.tui.kit.paint import (
    BAD,
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    SECRET,
    chance,
    coins,
    fit,
    join,
    put,
    seat_badge,
    seat_colour,
    stack,
    wrapped,
)
from wargame.words import Words
from wargame.words.pages import acts
from wargame.words.pages import facilitate as say


class WholeLens(Lens):
    """Sees the whole truth. Only screens of the facilitator may look through it."""

    def __init__(self, table: Table) -> None:
        super().__init__(table, None)
        self.table = table
        self.view = seen(table.game.state, EVERYTHING)

    @cached_property
    def memory(self) -> Memory:
        return Memory(told(self._beats, EVERYTHING, self.scenario.seat_ids))

    def score(self, seat: str) -> int:
        return seen_score(self.table.game.state, seat, EVERYTHING)


class OpenCard(SeatCard):
    """Everything of one seat: score, influence, goods, agenda, hand, and what it has laid down."""

    def open(self, lens: WholeLens, seat: str) -> None:
        """Show how that seat truly stands."""
        self.seat = seat
        width, height = max(self.content_size.width, 8), max(self.content_size.height, 1)
        self.head(lens.scenario, lens.words.heading(seat), lens.table.game.to_act == seat, width)
        self.update(stack(open_lines(lens, seat, width)[:height]))


def open_lines(lens: WholeLens, seat: str, width: int) -> list[Content]:
    """A seat as the facilitator sees it, the most telling first."""
    table, words, state, scenario = lens.table, lens.words, lens.table.game.state, lens.scenario
    colour, player = seat_colour(scenario, seat), table.players[seat]
    said = score_said(state, seat, EVERYTHING)
    orders, agenda = state.orders.get(seat), state.agendas.get(seat)
    lock = put(f" {SEALED}", SECRET) if table.has_pin(seat) else put("")
    who = put(player.name if player.kind == PERSON else player.kind, "" if player.kind == PERSON else DIM)
    lines = [
        fit(put(said, "bold"), width),
        score_bar(lens.score(seat), lens.line, width, colour),
        coins(state.influence[seat], scenario.spec.rules.influence_cap, colour),
        fit(join((who, lock)), width),
    ]
    lines += [fit(put(words.agenda(agenda).title, SECRET), width)] if agenda else []
    lines += [
        fit(put(f"{LAID}{words.card(one.card)}", CHANGE), width) for one in (orders.commits if orders else ())
    ]
    lines += [fit(put(words.card(card)), width) for card in state.hands[seat]]
    return [*lines, *(line.stylize(DIM) for line in wrapped(_goods(table, seat), width))]


def _goods(table: Table, seat: str) -> str:
    words, held = Words(table.scenario), table.game.state.goods[seat]
    return say.AND_COMMA.join(f"{words.good(good)} {n}" for good, n in held.items() if n)


LAID = "▸ "


def banner(lens: WholeLens, width: int, held: bool = False) -> Content:
    """The line on every screen of the facilitator: the round, whose turn it is, how long, and what stands."""
    table, state = lens.table, lens.table.game.state
    seat = state.to_act
    head = put(say.BANNER, "bold $background on $warning")
    boxes = round_boxes(state.round, state.rounds)
    phase = acts.PHASES.get(state.phase, state.phase) if not table.open_for_talk else acts.PHASES[TALK]
    mover = join((" ", seat_badge(lens.scenario, seat))) if seat and not table.open_for_talk else put("")
    stands = [*([say.PAUSED] if table.paused else []), *([say.HELD] if held else [])]
    marks = put("".join(f" {said} " for said in stands), "bold $background on $warning")
    time = countdown(table)
    right = join((marks, put(f" {phase}", "bold"), mover, put(f"  {time}" if time else "", "bold"), " "))
    left = join((head, " ", *boxes, f" {lens.words.date(state.round)}"))
    if left.cell_length + right.cell_length > width:
        left = join((head, put(f" {say.round_short(state.round)}", "bold")))
    room = width - left.cell_length - right.cell_length
    return fit(join((fit(left, width - right.cell_length) if room < 0 else left, " " * max(room, 0), right)),
               width).stylize_before("on $surface")  # fmt: skip


def countdown(table: SeenTable) -> str:
    """1:10 of 2:00; empty without a limit."""
    left = table.timers.left
    return "" if left is None else say.time_left(clock(left), clock(table.timers.whole))


def clock(seconds: float) -> str:
    """Minutes and seconds: 1:10."""
    whole = int(seconds + 0.999)
    return f"{whole // 60}:{whole % 60:02}"


def situation_lines(lens: WholeLens, width: int, seats: bool = True) -> list[Content]:
    """The true tracks as gauges, deals and flags; `seats` with all that each holds and means to do."""
    table, words, state, scenario = lens.table, lens.words, lens.table.game.state, lens.scenario
    lines = [row.line for row in gauge_rows(lens, width, False)]
    if width < LEAST_GAUGE:
        tracks = say.AND_COMMA.join(f"{words.track(track)} {value}" for track, value in state.tracks.items())
        lines = [put(say.TRACKS, HEAD), *wrapped(put(tracks), width)]
    if seats:
        for seat in scenario.seat_ids:
            lines += [Content(""), *seat_lines(table, words, seat, width)]
    deals = [
        say.deal(_pair(table, (deal.a, deal.b)), words.deal(deal.template), deal.secret, deal.left)
        for deal in state.deals
        if deal.status == "running"
    ]
    up = [words.flag(flag) for flag in state.flags]
    lines += [Content(""), put(say.DEALS, HEAD)]
    lines += [line for deal in deals or [say.NO_DEALS] for line in wrapped(deal, width, 2)]
    return [*lines, put(say.FLAGS, HEAD), *wrapped(put(say.AND.join(up) or say.NO_FLAGS), width)]


def seat_lines(table: Table, words: Words, seat: str, width: int) -> list[Content]:
    """One seat: who plays it, score, influence, hand, goods, agenda, and its orders."""
    state, scenario = table.game.state, table.scenario
    player = table.players[seat]
    who = f" {player.name} ({player.kind})" if player.kind != "person" else f" {player.name}"
    facts = say.score(score_said(state, seat, EVERYTHING), state.influence[seat])
    lines = [join((seat_badge(scenario, seat), put(who, "bold"), put(f"  {facts}")))]
    hand = say.AND_COMMA.join(words.card(card) for card in state.hands[seat])
    agenda = state.agendas.get(seat)
    orders = state.orders.get(seat)
    laid = say.AND_COMMA.join(words.card(one.card) for one in orders.commits) if orders else ""
    for label, said in (
        (say.HOLDS, _goods(table, seat)),
        (say.HAND, hand),
        (say.AGENDA, words.agenda(agenda).title if agenda else ""),
        (say.LAID, laid),
    ):
        if said:
            lines += wrapped(join((put(f"{label:<7}", DIM), put(said))), width, indent=7)
    return lines


def inject_lines(table: Table, cell: Facilitator, width: int) -> list[Content]:
    """What is set for later rounds."""
    words = Words(table.scenario)
    lines = [put(say.SET_FOR_LATER, HEAD)]
    for inject in cell.scheduled:
        lines += wrapped(inject_said(words, inject), width, 3)
        if inject.to:
            lines += wrapped(put(f"   {say.for_alone(map(words.seat, inject.to))}", DIM), width, 3)
    return lines if len(lines) > 1 else [*lines, put(say.NOTHING_SET, DIM)]


def inject_said(words: Words, inject: PendingInject) -> str:
    """One inject that is set, in words."""
    return say.inject(inject.nth, inject.round, inject.held, words.news(inject.card))


def roll_lines(table: Table, cell: Facilitator, width: int) -> list[Content]:
    """The rolls that are coming, with their chances, and those that are set."""
    words = Words(table.scenario)
    lines = [put(say.COMING_ROLLS, HEAD)]
    for path, percent in cell.rolls().items():
        lines.append(fit(join((chance(percent, 5), put(f"  {roll_said(words, path)}"))), width))
    if len(lines) == 1:
        lines.append(put(say.NO_ROLLS, DIM))
    return [*lines, *_set_rolls(words, cell)]


def _set_rolls(words: Words, cell: Facilitator) -> Iterator[Content]:
    """The rolls that are set, with what they show."""
    for fixed in cell.set_rolls:
        what = roll_said(words, fixed.path) if fixed.path else acts.NEXT_ROLL
        yield put(say.roll_set(what, fixed.die), CHANGE)


def roll_said(words: Words, path: str) -> str:
    """What is rolled for: the name of its card, event or trigger."""
    root = "/".join(path.split("/")[:2]).partition(":")[0]
    target = path.split("/")[1].partition(":")[2] if path.count("/") else ""
    return f"{words.cause(root)}{f' ({target})' if target else ''}"


def player_lines(table: Table, width: int) -> list[Content]:
    """Who plays what."""
    lines = [put(say.WHO_PLAYS, HEAD)]
    for seat, player in table.players.items():
        said = put(f" {say.plays(player.name, player.kind, table.has_pin(seat))}")
        lines.append(fit(join((seat_badge(table.scenario, seat), said)), width))
    return lines


def set_lines(table: Table, width: int) -> list[Content]:
    """The rolls that are set, and the clocks, on a line each."""
    words, cell = Words(table.scenario), Facilitator(table)
    limits = [
        say.short_limit(acts.PHASES[phase], clock(limit.seconds))
        for phase, limit in table.timers.limits.items()
    ]
    lines = [fit(line, width) for line in _set_rolls(words, cell)]
    return [*lines, *wrapped(put(say.AND_DOT.join(limits), DIM), width)]


def timer_lines(table: Table) -> list[Content]:
    """The limits by phase."""
    lines = [put(acts.TIMERS_TITLE, HEAD)]
    for phase, limit in table.timers.limits.items():
        warning = clock(limit.warning) if limit.warning else ""
        lines.append(put(say.limit(acts.PHASES[phase], clock(limit.seconds), warning)))
    return lines if len(lines) > 1 else [*lines, put(say.NO_LIMITS, DIM)]


def bots_alone(table: Table, until: int) -> list[str]:
    """What it means that nobody sits at the table and bots play until a round, or to the end (0)."""
    return say.bots_alone(table.game.state.round, until)


def left_behind(table: Table, move: int) -> list[str]:
    """What is no longer so when the game goes on after a move."""
    if table.save is None or move not in table.save.tree or move == table.beats[-1].id:
        return []
    kept = {0, *(played.id for played in table.save.tree.line(move))}
    gone = [beat for beat in table.beats if beat.id not in kept]
    if not gone:
        return [say.nothing_left_behind(move)]
    mine = [say.own_move(beat.id, move_said(table, beat)) for beat in gone if beat.by == WHITE]
    rounds = gone[0].round, table.game.state.round
    return say.left_behind(rounds, gone[0].id, gone[-1].id, move_said(table, gone[0]), mine)


def journal_lines(table: Table, width: int, count: int = 60, without: Collection[str] = ()) -> list[Content]:
    """Moves and remarks together, newest first, with the white cell's doing marked; then the lines left.

    Remarks of the kinds `without` are left out.
    """
    remarks: dict[int, list[Content]] = {}
    for line in (line for line in table.journal.lines if line.kind not in without):
        remarks.setdefault(line.about, []).append(remark_said(table, line))
    for head in _taken_back(table):
        why = put(f"     {say.taken_back(head.who or '', head.reason or '')}", CHANGE)
        remarks.setdefault(head.move, []).append(why)
    lines: list[Content] = []
    for beat in reversed(table.beats[-count:]):
        for said in reversed(remarks.get(beat.id, ())):
            lines += wrapped(said, width, indent=5)
        if beat.move is not None:
            lines += beat_lines(table, beat, width)
    line_ids = {beat.id for beat in table.beats}
    left = [(move, said) for move, all_said in remarks.items() if move not in line_ids for said in all_said]
    if left:
        lines += [Content(""), put(say.ON_LEFT_LINES, HEAD)]
    for move, said in reversed(left):
        lines += wrapped(join((put(f"m{move}", DIM), said)), width, indent=5)
    return lines or [put(say.NOTHING_YET, DIM)]


def _taken_back(table: Table) -> list[Head]:
    """Where the facilitator has gone back, with why."""
    entries = table.save.tree.entries if table.save else ()
    return [entry for entry in entries if isinstance(entry, Head) and entry.reason]


def beat_lines(table: Table, beat: Beat, width: int) -> list[Content]:
    """One move: its number, round and phase, who, what, and the white cell's reason."""
    badge = put(say.WHITE, f"reverse {CHANGE}") if beat.by == WHITE else put("")
    star = put(" ★", "bold") if table.journal.important(beat.id) else put("")
    head = put(f"m{beat.id:<3} R{beat.round} {beat.phase:<10} ", DIM)
    lines = wrapped(join((head, badge, put(" " if badge.plain else ""), put(move_said(table, beat)), star)),
                    width, indent=5)  # fmt: skip
    if why := Words(table.scenario).thought(beat.rationale):
        lines += wrapped(put(f"     {say.because(why)}", DIM), width, indent=5)
    return lines


def move_said(table: Table, beat: Beat) -> str:
    """A move in words."""
    if beat.move is None:
        return say.THE_START
    said = Words(table.scenario).move(beat.move)
    return say.time_was_up(said) if beat.by == TIMER else said


def remark_said(table: Table, line: Line) -> Content:
    """One line of the journal, in words."""
    seats = table.scenario.seats
    if told := Words(table.scenario).arranged(line.kind, line.data):
        return put(f"     {told}", HEAD)
    if line.kind == "door":
        return put(f"     {line.text}", DIM)
    who = seats[line.by].short if line.by in seats else say.WHITE_CELL
    between = line.data.get("between")
    if isinstance(between, list | tuple):
        who = _pair(table, between)
    text = say.remark(line.kind, line.text, line.data)
    kind = put(f"     {say.KINDS_OF_REMARK.get(line.kind, line.kind)} ", HEAD)
    return join((kind, put(f"{who}: ", DIM), put(text, BAD if line.data.get("private") else "")))


def _pair(table: Table, seats: Iterable[str]) -> str:
    """The seats of a deal or of a talk, by their letters."""
    known = table.scenario.seats
    return "-".join(known[seat].short for seat in seats if seat in known)


def latest(table: Table, width: int, count: int) -> Iterator[Content]:
    """The last moves, each on one line, the newest last."""
    for beat in table.beats[-count:]:
        if beat.move is not None:
            yield fit(beat_lines(table, beat, 10_000)[0], width)
