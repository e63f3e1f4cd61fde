"""The facilitator's acts as forms: what each asks for, what it would do, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.content.exercise import inject_text
from wargame.content.exercise_check import LONGEST, TIMED
from wargame.rules.moves import WHITE
from wargame.rules.spec import Effect
from wargame.table import Facilitator, Limit, Table
from wargame.table.facilitator import MOST_ARGUMENT
from wargame.table.journal import until_said
from wargame.tui.facilitate.fields import REASON, Field, Form, Option, Values, of, reason_field
from wargame.tui.facilitate.records import RecordForms, seat_options
from wargame.tui.facilitate.sight import bots_alone, inject_said, left_behind, move_said, roll_said
from wargame.tui.kit.paint import DIM, HEAD, chance, join, put, signed
from wargame.words import Words
from wargame.words.pages import facilitate as say

BOTS = tuple(say.BOTS.items())
RECENT = 4
"""Reasons given lately that are offered again."""


class Acts:
    """Forms for one table and its facilitator, made from the game as it stands now."""

    def __init__(self, table: Table, cell: Facilitator) -> None:
        self.table, self.cell = table, cell
        self.words = Words(table.scenario)
        self.effects = RecordForms(table.scenario)

    def form(self, name: str) -> Form:
        """The form of an act, by its name. `KeyError` if there is none."""
        made: dict[str, Callable[[], Form]] = {
            "inject": self.inject, "write": self.improvise, "scheduled": self.scheduled,
            "adjust": self.adjust, "roll": self.roll, "adjudicate": self.adjudicate, "pause": self.pause,
            "skip": self.skip, "seats": self.seats, "bots": self.bots, "timers": self.timers,
            "rewind": self.rewind, "talk": self.talk, "note": self.note,
        }  # fmt: skip
        return made[name]()

    # --- parts of forms ----------------------------------------------------------------------------

    def seat_options(self, _values: Values | None = None) -> list[Option]:
        return seat_options(self.table.scenario, self.words)

    def _rounds(self, _values: Values | None = None) -> list[Option]:
        state = self.table.game.state
        later = range(state.round + 1, state.rounds + 1)
        return [("0", say.NOW), *((str(at), say.in_news_of(at)) for at in later)]

    def reason(self) -> Field:
        """Why it is done: with the reasons given last to be picked."""
        given = [beat.rationale for beat in reversed(self.table.beats) if beat.by == WHITE and beat.rationale]
        return reason_field(list(dict.fromkeys(given))[:RECENT])

    def _heard_by(self) -> Field:
        return Field("to", say.HEARD_BY, "seats", say.HEARD_BY_HELP, self.seat_options, nothing=say.ALL)

    # --- injects -----------------------------------------------------------------------------------

    def inject(self) -> Form:
        news = self.table.scenario.news
        options = sorted(((id_, self.words.news(id_)) for id_ in news), key=lambda one: one[1].lower())

        def about(values: Values) -> list[Any]:
            card = news[values["card"]]
            text = put(self.words.said(card.text), DIM)
            return [put(self.words.said(card.title).upper(), HEAD), text, *self.words.news_text(card.id)]

        def act(values: Values) -> None:
            self.cell.inject(values["card"], values[REASON], round=int(values["when"]), to=values["to"])

        return Form(
            say.INJECT_TITLE,
            (
                Field("card", say.CARD, "choice", say.CARD_HELP, lambda _v: options),
                Field("when", say.WHEN, "choice", say.WHEN_HELP, self._rounds),
                self._heard_by(),
                self.reason(),
            ),
            act, say.INJECT_IT, about,
        )  # fmt: skip

    def improvise(self) -> Form:
        def card(values: Values) -> dict[str, Any]:
            effects = self.effects.plains(Effect, values["effects"])
            places = {"places": list(values["places"])} if values["places"] else {}
            return {"title": values["title"], "text": values["text"], **places, "effects": effects}

        def page(values: Values) -> str:
            round_ = int(values["when"]) or self.table.game.state.round
            return inject_text(
                {"round": round_, **card(values), "to": list(values["to"]), "why": values[REASON]}
            )

        places = [(place.id, self.words.said(place.name)) for place in self.table.scenario.spec.places]

        def about(values: Values) -> list[str]:
            who = ", ".join(map(self.words.seat, values["to"])) or say.THE_ROOM
            return self.effects.sentences(Effect, values["effects"]) or [say.only_tells(who)]

        def problems(values: Values) -> list[str]:
            missing = [said for what, said in say.CARD_NEEDS.items() if not values[what]]
            return missing or self.effects.card_problems(card(values))

        def act(values: Values) -> None:
            self.cell.improvise(card(values), values[REASON], round=int(values["when"]), to=values["to"])

        return Form(
            say.WRITE_TITLE,
            (
                Field("title", say.TITLE, help=say.TITLE_HELP),
                Field("text", say.TEXT, help=say.TEXT_HELP),
                self.effects.field(Effect, "effects", say.EFFECTS),
                Field("places", say.PLACES, "seats", say.PLACES_HELP, lambda _v: places,
                      nothing=say.NO_PLACES),
                Field("when", say.WHEN, "choice", say.WHEN_HELP, self._rounds),
                self._heard_by(),
                self.reason(),
            ),
            act, say.INJECT_IT, about, problems, page=page,
        )  # fmt: skip

    def scheduled(self) -> Form:
        def options(_values: Values) -> list[Option]:
            said = self.words
            return [
                (str(one.nth), inject_said(said, one.nth, one.card, one.round, one.held))
                for one in self.cell.scheduled
            ]

        def act(values: Values) -> None:
            nth, why = int(values["inject"]), values[REASON]
            if values["what"] == "shift":
                self.cell.shift(nth, int(values["when"]), why)
            elif values["what"] == "hold":
                self.cell.hold(nth, why)
            else:
                self.cell.cancel(nth, why)

        def problems(values: Values) -> list[str]:
            return [] if values["inject"] else [say.NO_INJECT_SET]

        what = tuple(say.SET_INJECT.items())
        return Form(
            say.SCHEDULED_TITLE,
            (
                Field("inject", say.INJECT, "choice", say.INJECT_HELP, options),
                Field("what", say.WHAT, "choice", options=lambda _v: what),
                Field(
                    "when", say.WHEN, "choice", options=self._rounds, shown=of("what", "shift")
                ),
                self.reason(),
            ),
            act, say.DO_IT, problems=problems,
        )  # fmt: skip

    # --- numbers and dice --------------------------------------------------------------------------

    def adjust(self) -> Form:
        state, scenario, words = self.table.game.state, self.table.scenario, self.words
        cap = scenario.spec.rules.influence_cap
        whats = tuple(say.NUMBERS.items())

        def now(values: Values) -> int:
            if values["what"] == "track":
                return state.tracks[values["track"]]
            if values["what"] == "good":
                return state.goods[values["seat"]].get(values["good"], 0)
            return state.influence[values["seat"]]

        def most(values: Values) -> int:
            if values["what"] == "track":
                return scenario.tracks[values["track"]].most
            return scenario.goods[values["good"]].cap if values["what"] == "good" else cap

        def changed(values: Values, key: str) -> None:
            if key in ("what", "track", "seat", "good") and values["what"] != "flag":
                values["value"] = now(values)

        def about(values: Values) -> list[str]:
            if values["what"] == "flag":
                up = state.flags.get(values["flag"])
                return [say.flag_stands(words.flag(values["flag"]), up, state.rounds)]
            lines = [say.stands_at(now(values))]
            if values["what"] == "track":
                band = words.band(values["track"], values["value"])
                lines.append(say.goes_to(most(values), values["value"], band))
            return [*lines, say.SEEN_AS_YOURS]

        def act(values: Values) -> None:
            value, why = values["value"], values[REASON]
            if values["what"] == "track":
                self.cell.set_track(values["track"], value, why)
            elif values["what"] == "good":
                self.cell.set_good(values["seat"], values["good"], value, why)
            elif values["what"] == "influence":
                self.cell.set_influence(values["seat"], value, why)
            else:
                on = values["on"] == "on"
                self.cell.set_flag(values["flag"], why, rounds=values["rounds"], on=on)

        tracks = [(track, f"{words.track(track)} {state.tracks[track]}") for track in scenario.tracks]
        goods = [(good, words.good(good)) for good in scenario.goods]
        flags = [(flag, words.flag(flag)) for flag in scenario.flags]
        kinds = [one for one in whats if one[0] != "flag" or flags]
        form = Form(
            say.ADJUST_TITLE,
            (
                Field("what", say.WHAT, "choice", options=lambda _v: kinds),
                Field("track", say.TRACK, "choice", options=lambda _v: tracks, shown=of("what", "track")),
                Field(
                    "seat", say.SEAT, "choice", options=self.seat_options,
                    shown=of("what", "good", "influence"),
                ),
                Field("good", say.GOOD, "choice", options=lambda _v: goods, shown=of("what", "good")),
                Field("flag", say.FLAG, "choice", options=lambda _v: flags, shown=of("what", "flag")),
                Field(
                    "value", say.SET_TO, "number", most=most,
                    shown=of("what", "track", "good", "influence"),
                ),
                Field(
                    "on", say.IT_IS, "choice", options=lambda _v: (("on", say.YES), ("off", say.NO)),
                    shown=of("what", "flag"),
                ),
                Field(
                    "rounds", say.FOR_ROUNDS, "number", say.FOR_ROUNDS_HELP, most=20,
                    shown=lambda v: v["what"] == "flag" and v["on"] == "on",
                ),
                self.reason(),
            ),
            act, say.SET_IT, about, changed=changed,
        )  # fmt: skip
        changed(form.values, "what")
        return form

    def roll(self) -> Form:
        coming = self.cell.rolls()
        likely = [(path, f"{roll_said(self.words, path)}, {now} %") for path, now in coming.items()]
        roots = {"/".join(path.split("/")[:2]) for path in self.table.scenario.programs.rolls if "/" in path}
        known = sorted((say.any_of(roll_said(self.words, root)), root) for root in roots)
        options = [("", say.NEXT_ROLL), *likely, *((root, said) for said, root in known)]
        hows = tuple(say.RESULTS.items())

        def act(values: Values) -> None:
            why, what = values[REASON], values["what"]
            if values["how"] == "luck":
                self.cell.leave_to_luck(why, what=what)
            else:
                result = values["die"] if values["how"] == "die" else values["how"]
                self.cell.set_roll(result, why, what=what)

        return Form(
            say.ROLL_TITLE,
            (
                Field("what", say.ROLL, "choice", say.ROLL_HELP, lambda _v: options),
                Field("how", say.RESULT, "choice", options=lambda _v: hows),
                Field(
                    "die", say.DIE, "number", say.DIE_HELP, least=1,
                    shown=of("how", "die"),
                ),
                self.reason(),
            ),
            act, say.SET_IT,
            lambda _v: [put(say.ROLL_IS_TOLD, DIM)],
        )  # fmt: skip

    # --- what no card covers -----------------------------------------------------------------------

    def argument(self, values: Values | None = None) -> Form:
        return Form(
            say.ARGUMENT_TITLE,
            (
                Field("side", say.SIDE, "choice", options=lambda _v: tuple(say.SIDES.items())),
                Field("text", say.WHAT_IS_SAID),
                Field("weight", say.WEIGHS, "number", least=1, most=MOST_ARGUMENT, step=5),
            ),
            None, say.KEEP_IT,
            problems=lambda v: () if v["text"] else [say.ARGUMENT_NEEDS_TEXT],
            values=values or {"weight": 10},
        )  # fmt: skip

    @staticmethod
    def _arguments(values: Values) -> list[tuple[str, int]]:
        return [
            (one["text"], one["weight"] if one["side"] == "pro" else -one["weight"])
            for one in values["arguments"]
        ]

    def adjudicate(self) -> Form:
        hows = tuple(say.DECIDED.items())

        def about(values: Values) -> list[Any]:
            arguments = self._arguments(values)
            odds = self.cell.odds(values["base"], arguments)
            lines: list[Any] = [put(f"{values['base']:>4}  {say.TO_START_WITH}")]
            limit = self.words.limit([odds - sum(by for _said, by in arguments) - values["base"]])
            lines += [put(f"{signed(by):>4}  {said}") for said, by in [*arguments, *limit]]
            lines += [join((chance(odds), put(f"   {dict(hows)[values['decided']]}"))), ""]
            for label, key in ((say.WORKS, "success"), (say.FAILS, "failure")):
                said = "; ".join(self.effects.sentences(Effect, values[key])) or say.NOTHING_CHANGES
                lines.append(join((put(f"{label}  ", DIM), put(said))))
            return lines

        def act(values: Values) -> None:
            self.cell.adjudicate(
                values["seat"], values["proposal"], values[REASON],
                base=values["base"], arguments=self._arguments(values), decided=values["decided"],
                success=self.effects.plains(Effect, values["success"]),
                failure=self.effects.plains(Effect, values["failure"]), to=values["to"],
            )  # fmt: skip

        def problems(values: Values) -> list[str]:
            return [] if values["proposal"] else [say.PROPOSAL_NEEDED]

        def said(one: Values) -> str:
            return f"{'+' if one['side'] == 'pro' else '−'}{one['weight']} {one['text']}"

        return Form(
            say.ADJUDICATE_TITLE,
            (
                Field("seat", say.SEAT, "choice", options=self.seat_options),
                Field("proposal", say.PROPOSAL, help=say.PROPOSAL_HELP),
                Field("base", say.STARTS_AT, "number", step=5),
                Field("arguments", say.ARGUMENTS, "list", say.TAKES_OUT, item=self.argument, said=said),
                Field("decided", say.DECIDED_BY, "choice", options=lambda _v: hows),
                self.effects.field(Effect, "success", say.IF_WORKS),
                self.effects.field(Effect, "failure", say.IF_FAILS),
                self._heard_by(),
                self.reason(),
            ),
            act, say.RULE, about, problems, values={"base": 50},
        )  # fmt: skip

    # --- the course of the game --------------------------------------------------------------------

    def pause(self) -> Form:
        on = not self.table.paused

        def act(values: Values) -> None:
            if on:
                self.cell.pause(values[REASON])
            else:
                self.cell.go_on(values[REASON])
                self.table.timers.pause()  # as long as the console is open

        title, verb, done = say.PAUSING if on else say.GOING_ON
        return Form(title, (self.reason(),), act, verb, done=lambda _v: done)

    def skip(self) -> Form:
        seat = self.table.game.to_act
        who = self.words.seat(seat) if seat else say.NOBODY
        return Form(
            say.skip_title(who), (self.reason(),), lambda v: self.cell.skip(v[REASON]), say.SKIP,
            lambda _v: [say.skip_told(who)],
        )  # fmt: skip

    def _until(self, _values: Values | None = None) -> list[Option]:
        """How far bots may play on while nobody sits at the table."""
        state = self.table.game.state
        rounds = range(state.round + 1, state.rounds + 1)
        return [*((str(at), say.start_of(at)) for at in rounds), ("0", say.END_OF_GAME)]

    def bots(self) -> Form:
        people = self.table.people()
        return Form(
            say.BOTS_TITLE,
            (
                Field("until", say.UNTIL, "choice", options=self._until),
                Field(
                    "bot", say.BOT, "choice", say.STANDS_IN, lambda _v: BOTS, shown=lambda _v: bool(people)
                ),
                self.reason(),
            ),
            lambda v: self.cell.play_until(int(v["until"]), v[REASON], v["bot"]),
            say.LET_THEM, asks=lambda v: bots_alone(self.table, int(v["until"])),
            done=lambda v: say.bots_play(until_said(int(v["until"]))),
        )  # fmt: skip

    def seats(self) -> Form:
        def last(values: Values) -> bool:
            """Whether nobody would be left at the table."""
            people = self.table.people()
            return values["what"] in ("bot", "leaves") and set(people) <= {values["seat"]}

        back = self.cell.stood_in()
        whats = [one for one in say.CHAIRS.items() if one[0] != "all" or len(back) > 1]

        def act(values: Values) -> None:
            seat, why, name = values["seat"], values[REASON], values["name"]
            until = int(values["until"]) if last(values) else 0
            if values["what"] == "bot":
                self.cell.hand_to_bot(seat, why, values["bot"], until)
            elif values["what"] == "back":
                self.cell.hand_back(seat, why, name)
            elif values["what"] == "all":
                self.cell.give_back(why)
            elif values["what"] == "late":
                self.cell.arrives(seat, name, why)
            else:
                self.cell.leaves(seat, why, values["then"], until)

        def plays(values: Values) -> str:
            player = self.table.players[values["seat"]]
            return say.played_by(self.words.seat(values["seat"]), player.name, player.kind)

        return Form(
            say.SEATS_TITLE,
            (
                Field("what", say.WHAT, "choice", options=lambda _v: whats),
                Field("seat", say.SEAT, "choice", options=self.seat_options,
                      shown=lambda v: v["what"] != "all"),
                Field("bot", say.BOT, "choice", options=lambda _v: BOTS, shown=of("what", "bot")),
                Field(
                    "then", say.FROM_THEN_ON, "choice",
                    options=lambda _v: (("absent", say.TURNS_GO_BY), *BOTS),
                    shown=of("what", "leaves"),
                ),
                Field(
                    "until", say.BOTS_UNTIL, "choice", say.WHILE_NOBODY, self._until, shown=last
                ),
                Field("name", say.NAME, shown=of("what", "back", "late")),
                self.reason(),
            ),
            act, say.DO_IT, lambda v: [say.now(plays(v))],
            asks=lambda v: bots_alone(self.table, int(v["until"])) if last(v) else [], done=plays,
        )  # fmt: skip

    def timers(self) -> Form:
        table, phases = self.table, [(one, say.PHASES[one]) for one in TIMED]

        def changed(values: Values, key: str) -> None:
            if key == "phase":
                limit = table.timers.limit(values["phase"])
                values["seconds"], values["warning"] = limit or (0, 0)

        def done(values: Values) -> str:
            more = signed(values["more"]) if values["more"] else ""
            return say.time_for(say.PHASES[values["phase"]], values["seconds"], more)

        def act(values: Values) -> None:
            seconds = values["seconds"]
            limit = Limit(seconds, min(values["warning"], seconds)) if seconds else None
            if limit != table.timers.limit(values["phase"]):
                table.set_limit(values["phase"], limit, self.cell.name)
            if values["more"]:
                table.timers.add(values["more"])
            self.cell.note(say.time_noted(done(values), values[REASON]))

        form = Form(
            say.TIMERS_TITLE,
            (
                Field("phase", say.PHASE, "choice", options=lambda _v: phases),
                Field("seconds", say.SECONDS, "number", say.SECONDS_HELP, most=LONGEST, step=15),
                Field("warning", say.WARNING, "number", say.WARNING_HELP, most=LONGEST, step=5),
                Field(
                    "more", say.MORE_NOW, "number", say.MORE_NOW_HELP,
                    least=-LONGEST, most=LONGEST, step=15,
                ),
                self.reason(),
            ),
            act, say.SET_IT,
            lambda _v: [
                put(say.WHEN_TIME_IS_UP, DIM)
            ],
            changed=changed, done=done, values={"phase": table.game.state.phase if
                                      table.game.state.phase in TIMED else "orders"},
        )  # fmt: skip
        changed(form.values, "phase")
        return form

    def moves(self) -> list[Option]:
        """The moves of this line, the newest first."""
        first = self.table.opening_move
        return [
            (
                str(beat.id),
                say.move_row(
                    beat.id,
                    "" if beat.id == first else say.at(beat.round, beat.phase),
                    move_said(self.table, beat),
                ),
            )
            for beat in reversed(self.table.beats)
        ]

    def rewind(self) -> Form:
        table, tip = self.table, str(self.table.beats[-1].id)
        moves = [one for one in self.moves() if int(one[0]) not in table.before_all]
        lines = [(str(end), say.another_line(end)) for end in self.cell.lines() if str(end) != tip]
        hows = tuple(say.BACK_HOW.items())

        def options(values: Values) -> list[Option]:
            earlier = moves[1:] or moves
            return [*earlier, *lines] if values.get("how") == "branch" else earlier

        def act(values: Values) -> None:
            back = self.cell.rewind if values["how"] == "rewind" else self.cell.branch
            back(int(values["move"]), values[REASON])

        def problems(values: Values) -> list[str]:
            if table.save is None:
                return [say.NOT_SAVED]
            return [say.STANDS_THERE] if values["move"] == tip else []

        return Form(
            say.REWIND_TITLE,
            (
                Field("how", say.HOW, "choice", options=lambda _v: hows),
                Field("move", say.AFTER_MOVE, "choice", say.AFTER_MOVE_HELP, options),
                self.reason(),
            ),
            act, say.GO_BACK, problems=problems, asks=lambda v: left_behind(table, int(v["move"])),
        )  # fmt: skip

    # --- the journal -------------------------------------------------------------------------------

    def talk(self) -> Form:
        def in_it(seat: str) -> Callable[[Values], bool]:
            return lambda values: seat in values["between"]

        seats = self.table.scenario.seats
        heard = [
            Field(f"heard-{seat}", say.heard(spec.short), help=say.HEARD_HELP, shown=in_it(seat))
            for seat, spec in seats.items()
        ]

        def act(values: Values) -> None:
            said = {seat: values[f"heard-{seat}"] for seat in values["between"] if values[f"heard-{seat}"]}
            self.cell.talk(values["between"], values["agreed"], said)

        return Form(
            say.TALK_TITLE,
            (
                Field("between", say.BETWEEN, "seats", say.BETWEEN_HELP, self.seat_options),
                Field("agreed", say.AGREED, help=say.AGREED_HELP),
                *heard,
            ),
            act, say.RECORD_IT, done=lambda _v: say.TALK_RECORDED,
        )  # fmt: skip

    def note(self) -> Form:
        moves = self.moves()
        marks = tuple(say.MARKS.items())

        def act(values: Values) -> None:
            move = int(values["move"])
            if not (values["text"] or values["tag"] or values["mark"] or values["bookmark"]):
                raise ValueError(say.NOTE_NEEDED)
            if values["text"]:
                self.cell.note(values["text"], move, private=values["private"] == "yes")
            if values["tag"]:
                self.cell.tag(values["tag"], move)
            if values["bookmark"]:
                self.cell.bookmark(values["bookmark"], move)
            if values["mark"]:
                self.cell.important(move, on=values["mark"] == "on")

        return Form(
            say.NOTE_TITLE,
            (
                Field("move", say.MOVE, "choice", options=lambda _v: moves),
                Field("text", say.NOTE),
                Field(
                    "private", say.FOR_YOU, "choice", options=lambda _v: tuple(say.PRIVACY.items())
                ),
                Field("tag", say.TAG),
                Field("mark", say.IMPORTANT, "choice", options=lambda _v: marks),
                Field("bookmark", say.BOOKMARK),
            ),
            act, say.KEEP_IT, done=lambda v: say.journal_kept(v["move"]),
        )  # fmt: skip
