"""What the facilitator sees: everything. No screen of a seat may paint any of this."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from wargame.content.exercise_check import TALK
from wargame.debrief.perspective import EVERYTHING, score_said
from wargame.record import Head
from wargame.rules.moves import WHITE
from wargame.table import Beat, Facilitator, Line, Table
from wargame.table.journal import until_said
from wargame.tui.widgets.paint import (
    BAD,
    CHANGE,
    DIM,
    HEAD,
    SEALED,
    chance,
    fit,
    join,
    put,
    seat_badge,
    wrapped,
)
from wargame.words import Words

BANNER = f" FACILITATOR {SEALED} SEES EVERYTHING: off the wall"


def banner(table: Table, width: int) -> Content:
    """The line on every screen of the facilitator, with whose turn it is and how long."""
    state = table.game.state
    seat = state.to_act
    who = f"{table.scenario.seats[seat].symbol}{table.scenario.seats[seat].short}" if seat else "nobody"
    now = f"R{state.round} {f'{state.phase} {who}' if not table.open_for_talk else TALK}"
    held = "PAUSED " if table.paused else ""
    time = countdown(table)
    end = f"{held}{now}{f' {time}' if time else ''} "
    return join((fit(put(BANNER), width - len(end)), put(end))).stylize("reverse bold")


def countdown(table: Table) -> str:
    """1:10 of 2:00; empty without a limit."""
    left, limit = table.timers.left, table.timers.limit(table.timers.phase)
    if left is None:
        return ""
    of = f" of {clock(limit.seconds)}" if limit else ""
    return f"{clock(left)}{of}"


def clock(seconds: float) -> str:
    """Minutes and seconds: 1:10."""
    whole = int(seconds + 0.999)
    return f"{whole // 60}:{whole % 60:02}"


def situation_lines(table: Table, width: int) -> list[Content]:
    """The true tracks, and by seat everything it holds and means to do."""
    words, state, scenario = Words(table.scenario), table.game.state, table.scenario
    tracks = ", ".join(f"{words.track(track)} {value}" for track, value in state.tracks.items())
    lines = [put("TRACKS", HEAD), *wrapped(put(tracks), width), Content("")]
    for seat in scenario.seat_ids:
        lines += [*seat_lines(table, words, seat, width), Content("")]
    running = [deal for deal in state.deals if deal.status == "running"]
    deals = [
        f"{scenario.seats[deal.a].short}-{scenario.seats[deal.b].short} {words.deal(deal.template)}"
        f"{' (secret)' if deal.secret else ''}, {deal.left} to go"
        for deal in running
    ]
    lines += [put("DEALS", HEAD), *(line for deal in deals or ["none"] for line in wrapped(deal, width, 2))]
    up = [words.flag(flag) for flag in state.flags]
    return [*lines, Content(""), put("FLAGS", HEAD), *wrapped(put("; ".join(up) or "none"), width)]


def seat_lines(table: Table, words: Words, seat: str, width: int) -> list[Content]:
    """One seat: who plays it, score, influence, hand, goods, agenda, and its orders."""
    state, scenario = table.game.state, table.scenario
    player = table.players[seat]
    who = f" {player.name} ({player.kind})" if player.kind != "person" else f" {player.name}"
    facts = f"score {score_said(state, seat, EVERYTHING)} · ¤{state.influence[seat]}"
    lines = [join((seat_badge(scenario, seat), put(who, "bold"), put(f"  {facts}")))]
    goods = ", ".join(f"{words.good(good)} {n}" for good, n in state.goods[seat].items() if n)
    hand = ", ".join(words.card(card) for card in state.hands[seat])
    agenda = state.agendas.get(seat)
    orders = state.orders.get(seat)
    laid = ", ".join(words.card(commit.card) for commit in orders.commits) if orders else ""
    for label, said in (
        ("holds  ", goods),
        ("hand   ", hand),
        ("agenda ", words.agenda(agenda).title if agenda else ""),
        ("laid   ", laid),
    ):
        if said:
            lines += wrapped(join((put(label, DIM), put(said))), width, indent=7)
    return lines


def inject_lines(table: Table, cell: Facilitator, width: int) -> list[Content]:
    """What is set for later rounds."""
    words = Words(table.scenario)
    lines = [put("SET FOR LATER", HEAD)]
    for inject in cell.scheduled:
        lines += wrapped(inject_said(words, inject.nth, inject.card, inject.round, inject.held), width, 3)
        if inject.to:
            lines += wrapped(put(f"   for {', '.join(map(words.seat, inject.to))} alone", DIM), width, 3)
    return lines if len(lines) > 1 else [*lines, put("nothing", DIM)]


def inject_said(words: Words, nth: int, card: str, round_: int, held: bool) -> str:
    """One inject that is set, in words."""
    return f"{nth}  round {round_}{', held back' if held else ''}: {words.news(card)}"


def roll_lines(table: Table, cell: Facilitator, width: int) -> list[Content]:
    """The rolls that are coming, with their chances, and those that are set."""
    words = Words(table.scenario)
    lines = [put("COMING ROLLS", HEAD)]
    for path, percent in cell.rolls().items():
        lines.append(fit(join((chance(percent, 5), put(f"  {roll_said(words, path)}"))), width))
    if len(lines) == 1:
        lines.append(put("none that is known now", DIM))
    for fixed in cell.set_rolls:
        what = roll_said(words, fixed.path) if fixed.path else "the next roll of all"
        lines.append(put(f"set: {what} shows {fixed.die}", CHANGE))
    return lines


def roll_said(words: Words, path: str) -> str:
    """What is rolled for: the name of its card, event or trigger."""
    root = "/".join(path.split("/")[:2]).partition(":")[0]
    target = path.split("/")[1].partition(":")[2] if path.count("/") else ""
    return f"{words.cause(root)}{f' ({target})' if target else ''}"


def player_lines(table: Table, width: int) -> list[Content]:
    """Who plays what."""
    lines = [put("WHO PLAYS", HEAD)]
    for seat, player in table.players.items():
        lock = " · has a PIN" if table.has_pin(seat) else ""
        said = put(f" {player.name} · {player.kind}{lock}")
        lines.append(fit(join((seat_badge(table.scenario, seat), said)), width))
    return lines


def timer_lines(table: Table) -> list[Content]:
    """The limits by phase."""
    lines = [put("TIME FOR A TURN", HEAD)]
    for phase, limit in table.timers.limits.items():
        warning = f", warning at {clock(limit.warning)}" if limit.warning else ""
        lines.append(put(f"{phase:<11} {clock(limit.seconds)}{warning}"))
    return lines if len(lines) > 1 else [*lines, put("no limits", DIM)]


def bots_alone(table: Table, until: int) -> list[str]:
    """What it means that nobody sits at the table and bots play until a round, or to the end (0)."""
    now = f"Nobody sits at the table then: bots play on from round {table.game.state.round}"
    if not until:
        return [f"{now}, to the end of the game."]
    return [f"{now}. At the start of round {until} the table waits for you."]


def left_behind(table: Table, move: int) -> list[str]:
    """What is no longer so when the game goes on after a move."""
    if table.save is None or move not in table.save.tree or move == table.beats[-1].id:
        return []
    kept = {0, *(played.id for played in table.save.tree.line(move))}
    gone = [beat for beat in table.beats if beat.id not in kept]
    if not gone:
        return [f"Nothing of this line is left behind: the game goes on after move {move}."]
    first, last, now = gone[0], gone[-1], table.game.state.round
    moves = f"moves m{first.id} to m{last.id}, from" if len(gone) > 1 else f"move m{first.id},"
    rounds = f"rounds {first.round} to {now}" if first.round < now else f"round {now}"
    mine = [f"m{beat.id} {move_said(table, beat)}" for beat in gone if beat.by == WHITE]
    more = [f"{len(mine) - 3} more"] if len(mine) > 3 else []
    undone = [f"What you did there is undone: {'; '.join([*mine[:3], *more])}."] if mine else []
    return [
        f"What goes from the game ({rounds}): {moves} “{move_said(table, first)}”{' on' * (len(gone) > 1)}.",
        *undone,
        "That line stays in the file, with your reason, and a branch leads back to it.",
    ]


def journal_lines(table: Table, width: int, count: int = 60) -> list[Content]:
    """Moves and remarks together, newest first, with the white cell's doing marked; then the lines left."""
    remarks: dict[int, list[Content]] = {}
    for line in table.journal.lines:
        remarks.setdefault(line.about, []).append(remark_said(table, line))
    for head in _taken_back(table):
        why = put(f"     back {head.who or 'white'}: {head.reason}", CHANGE)
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
        lines += [Content(""), put("ON LINES THAT WERE LEFT", HEAD)]
    for move, said in reversed(left):
        lines += wrapped(join((put(f"m{move}", DIM), said)), width, indent=5)
    return lines or [put("nothing yet", DIM)]


def _taken_back(table: Table) -> list[Head]:
    """Where the facilitator has gone back, with why."""
    entries = table.save.tree.entries if table.save else ()
    return [entry for entry in entries if isinstance(entry, Head) and entry.reason]


def beat_lines(table: Table, beat: Beat, width: int) -> list[Content]:
    """One move: its number, round and phase, who, what, and the white cell's reason."""
    badge = put("WHITE", f"reverse {CHANGE}") if beat.by == WHITE else put("")
    star = put(" ★", "bold") if table.journal.important(beat.id) else put("")
    head = put(f"m{beat.id:<3} R{beat.round} {beat.phase[:6]:<6} ", DIM)
    lines = wrapped(join((head, badge, put(" " if badge.plain else ""), put(move_said(table, beat)), star)),
                    width, indent=5)  # fmt: skip
    if why := Words(table.scenario).thought(beat.rationale):
        lines += wrapped(put(f"     because: {why}", DIM), width, indent=5)
    return lines


def move_said(table: Table, beat: Beat) -> str:
    """A move in words."""
    if beat.move is None:
        return "the start"
    said = Words(table.scenario).move(beat.move)
    return f"{said} (time was up)" if beat.by == "timer" else said


def remark_said(table: Table, line: Line) -> Content:
    """One line of the journal, in words."""
    seats = table.scenario.seats
    who = seats[line.by].short if line.by in seats else "white"
    between = line.data.get("between")
    if isinstance(between, list | tuple):
        who = "-".join(seats[str(seat)].short for seat in between if seat in seats)
    text = line.text
    if line.kind == "prediction":
        text = f"{line.data.get('question')}: {line.data.get('percent')} %"
    elif line.kind == "mark":
        text = "important" if line.data.get("on") is not False else "no longer important"
    elif line.kind == "pause":
        text = ("on" if line.data.get("on") is not False else "off") + (f": {text}" if text else "")
    elif line.kind == "seat":
        seat = Words(table.scenario).seat(line.seat) if line.seat in seats else line.seat
        why = f": {reason}" if (reason := line.data.get("reason")) else ""
        text = f"{seat}, {text} ({line.data.get('player')}){why}"
    elif line.kind == "bots":
        text = f"play on {until_said(line.data.get('until'))}" + (f": {text}" if text else "")
    elif line.kind == "timer":
        text = f"{line.data.get('timed')} {line.data.get('seconds')} s"
    style = BAD if line.data.get("private") else ""
    return join((put(f"     {line.kind} ", HEAD), put(f"{who}: ", DIM), put(text, style)))


def latest(table: Table, width: int, count: int) -> Iterator[Content]:
    """The last moves, each on one line, the newest last."""
    for beat in table.beats[-count:]:
        if beat.move is not None:
            yield fit(beat_lines(table, beat, 10_000)[0], width)
