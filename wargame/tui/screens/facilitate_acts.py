"""The facilitator's acts as forms: what each asks for, what it would do, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.content.exercise import inject_text
from wargame.content.exercise_check import LONGEST, TIMED
from wargame.table import Facilitator, Limit, Table
from wargame.table.facilitator import MOST_ARGUMENT
from wargame.table.journal import until_said
from wargame.tui.screens.facilitate_conditions import named, seat_options
from wargame.tui.screens.facilitate_effects import EffectForms
from wargame.tui.widgets.paint import DIM, HEAD, chance, join, put, signed
from wargame.tui.widgets.white_fields import REASON, Field, Form, Option, Values, of, reason_field
from wargame.tui.widgets.white_sight import bots_alone, inject_said, left_behind, move_said, roll_said
from wargame.words import Words

BOTS = (("greedy", "greedy"), ("random", "random"), ("search:64", "search (slow)"))
FIRST = "before everybody's first move"


class Acts:
    """Forms for one table and its facilitator, made from the game as it stands now."""

    def __init__(self, table: Table, cell: Facilitator) -> None:
        self.table, self.cell = table, cell
        self.words = Words(table.scenario)
        self.effects = EffectForms(table.scenario)

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
        return [("0", "now"), *((str(at), f"in the news of round {at}") for at in later)]

    def _heard_by(self) -> Field:
        return Field(
            "to",
            "heard by",
            "seats",
            "The seats that hear of it. None marked: all.",
            self.seat_options,
            nothing="all",
        )

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
            "INJECT AN EVENT CARD",
            (
                Field("card", "card", "choice", "Enter opens the list; there f finds.", lambda _v: options),
                Field("when", "when", "choice", "Now is before anything else.", self._rounds),
                self._heard_by(),
                reason_field(),
            ),
            act, "inject it", about,
        )  # fmt: skip

    def improvise(self) -> Form:
        def card(values: Values) -> dict[str, Any]:
            effects = self.effects.plains(values["effects"])
            places = {"places": list(values["places"])} if values["places"] else {}
            return {"title": values["title"], "text": values["text"], **places, "effects": effects}

        def page(values: Values) -> str:
            round_ = int(values["when"]) or self.table.game.state.round
            return inject_text(
                {"round": round_, **card(values), "to": list(values["to"]), "why": values[REASON]}
            )

        places = [(place.id, self.words.said(place.name)) for place in self.table.scenario.spec.places]

        def about(values: Values) -> list[str]:
            who = ", ".join(map(self.words.seat, values["to"])) or "the room"
            return self.effects.sentences(values["effects"]) or [f"It only tells; read by {who}."]

        def problems(values: Values) -> list[str]:
            missing = [f"The card needs a {what}." for what in ("title", "text") if not values[what]]
            return missing or self.effects.card_problems(card(values))

        def act(values: Values) -> None:
            self.cell.improvise(card(values), values[REASON], round=int(values["when"]), to=values["to"])

        return Form(
            "WRITE A CARD ON THE SPOT",
            (
                Field("title", "title", help="The headline that the room reads."),
                Field("text", "text", help="What has happened, in a sentence or two."),
                self.effects.field("effects", "effects"),
                Field("places", "on the map", "seats", "Places that light up.", lambda _v: places,
                      nothing="none"),
                Field("when", "when", "choice", "Now is before anything else.", self._rounds),
                self._heard_by(),
                reason_field(),
            ),
            act, "inject it", about, problems, page=page,
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
            return [] if values["inject"] else ["No inject is set for a later round."]

        what = (("shift", "move it to another round"), ("hold", "hold it back"), ("cancel", "cancel it"))
        return Form(
            "INJECTS THAT ARE SET",
            (
                Field("inject", "inject", "choice", "Nobody but you knows of them.", options),
                Field("what", "what", "choice", options=lambda _v: what),
                Field(
                    "when", "when", "choice", options=self._rounds, shown=of("what", "shift")
                ),
                reason_field(),
            ),
            act, "do it", problems=problems,
        )  # fmt: skip

    # --- numbers and dice --------------------------------------------------------------------------

    def adjust(self) -> Form:
        state, scenario, words = self.table.game.state, self.table.scenario, self.words
        cap = scenario.spec.rules.influence_cap
        whats = (("track", "a track"), ("good", "a good"), ("influence", "influence"), ("flag", "a flag"))

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
                until = "for good" if up is not None and up > state.rounds else f"to round {up}"
                return [f"{words.flag(values['flag'])}: {'not so now' if up is None else f'so, {until}'}."]
            lines = [f"It stands at {now(values)}."]
            if values["what"] == "track":
                band = words.band(values["track"], values["value"])
                lines.append(f"It goes from 0 to {most(values)}; {values['value']} is {band}.")
            return [*lines, "Those who see it see the change, as the white cell's doing."]

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
        goods, flags = named(scenario.goods, words.good), named(scenario.flags, words.flag)
        kinds = [one for one in whats if one[0] != "flag" or flags]
        form = Form(
            "SET A NUMBER",
            (
                Field("what", "what", "choice", options=lambda _v: kinds),
                Field("track", "track", "choice", options=lambda _v: tracks, shown=of("what", "track")),
                Field(
                    "seat", "seat", "choice", options=self.seat_options,
                    shown=of("what", "good", "influence"),
                ),
                Field("good", "good", "choice", options=lambda _v: goods, shown=of("what", "good")),
                Field("flag", "flag", "choice", options=lambda _v: flags, shown=of("what", "flag")),
                Field("value", "set to", "number", most=most, shown=of("what", "track", "good", "influence")),
                Field(
                    "on", "it is", "choice", options=lambda _v: (("on", "so"), ("off", "not so")),
                    shown=of("what", "flag"),
                ),
                Field(
                    "rounds", "for rounds", "number", "Counting this one; 0 is for good.", most=20,
                    shown=lambda v: v["what"] == "flag" and v["on"] == "on",
                ),
                reason_field(),
            ),
            act, "set it", about, changed=changed,
        )  # fmt: skip
        changed(form.values, "what")
        return form

    def roll(self) -> Form:
        coming = self.cell.rolls()
        likely = [(path, f"{roll_said(self.words, path)}, {now} %") for path, now in coming.items()]
        roots = {"/".join(path.split("/")[:2]) for path in self.table.scenario.programs.rolls if "/" in path}
        known = sorted((f"any of {roll_said(self.words, root)}", root) for root in roots)
        options = [("", "the next roll of all"), *likely, *((root, said) for said, root in known)]
        hows = (("works", "it works"), ("fails", "it fails"), ("die", "a number"), ("luck", "leave to luck"))

        def act(values: Values) -> None:
            why, what = values[REASON], values["what"]
            if values["how"] == "luck":
                self.cell.leave_to_luck(why, what=what)
            else:
                result = values["die"] if values["how"] == "die" else values["how"]
                self.cell.set_roll(result, why, what=what)

        return Form(
            "SET A COMING ROLL",
            (
                Field("what", "roll", "choice", "Those that are coming stand first.", lambda _v: options),
                Field("how", "result", "choice", options=lambda _v: hows),
                Field(
                    "die", "the die shows", "number", "At or below the chance it works.", least=1,
                    shown=of("how", "die"),
                ),
                reason_field(),
            ),
            act, "set it",
            lambda _v: [put("All who see the roll are told that it was set.", DIM)],
        )  # fmt: skip

    # --- what no card covers -----------------------------------------------------------------------

    def argument(self, values: Values | None = None) -> Form:
        return Form(
            "AN ARGUMENT",
            (
                Field("side", "side", "choice", options=lambda _v: (("pro", "pro"), ("con", "con"))),
                Field("text", "what is said"),
                Field("weight", "weighs, %", "number", least=1, most=MOST_ARGUMENT, step=5),
            ),
            None, "keep it",
            problems=lambda v: () if v["text"] else ["An argument has a text."],
            values=values or {"weight": 10},
        )  # fmt: skip

    @staticmethod
    def _arguments(values: Values) -> list[tuple[str, int]]:
        return [
            (one["text"], one["weight"] if one["side"] == "pro" else -one["weight"])
            for one in values["arguments"]
        ]

    def adjudicate(self) -> Form:
        hows = (("dice", "the dice decide"), ("works", "I decide: it works"), ("fails", "I decide: it fails"))

        def about(values: Values) -> list[Any]:
            arguments = self._arguments(values)
            odds = self.cell.odds(values["base"], arguments)
            lines: list[Any] = [put(f"{values['base']:>4}  to start with")]
            limit = self.words.limit([odds - sum(by for _said, by in arguments) - values["base"]])
            lines += [put(f"{signed(by):>4}  {said}") for said, by in [*arguments, *limit]]
            lines += [join((chance(odds), put(f"   {dict(hows)[values['decided']]}"))), ""]
            for label, key in (("works", "success"), ("fails", "failure")):
                said = "; ".join(self.effects.sentences(values[key])) or "nothing changes"
                lines.append(join((put(f"{label}  ", DIM), put(said))))
            return lines

        def act(values: Values) -> None:
            self.cell.adjudicate(
                values["seat"], values["proposal"], values[REASON],
                base=values["base"], arguments=self._arguments(values), decided=values["decided"],
                success=self.effects.plains(values["success"]),
                failure=self.effects.plains(values["failure"]), to=values["to"],
            )  # fmt: skip

        def problems(values: Values) -> list[str]:
            return [] if values["proposal"] else ["What the seat proposes, in words."]

        def said(one: Values) -> str:
            return f"{'+' if one['side'] == 'pro' else '−'}{one['weight']} {one['text']}"

        return Form(
            "A SEAT PROPOSES",
            (
                Field("seat", "seat", "choice", options=self.seat_options),
                Field("proposal", "proposal", help="What it wants to do and no card covers."),
                Field("base", "starts at, %", "number", step=5),
                Field("arguments", "arguments", "list", "← takes one out.", item=self.argument, said=said),
                Field("decided", "decided by", "choice", options=lambda _v: hows),
                self.effects.field("success", "if it works"),
                self.effects.field("failure", "if it fails"),
                self._heard_by(),
                reason_field(),
            ),
            act, "rule", about, problems, values={"base": 50},
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

        title, verb = ("PAUSE THE GAME", "pause") if on else ("LET THE GAME GO ON", "go on")
        done = "the game is paused" if on else "the game goes on"
        return Form(title, (reason_field(),), act, verb, done=lambda _v: done)

    def skip(self) -> Form:
        seat = self.table.game.to_act
        who = self.words.seat(seat) if seat else "nobody"
        said = f"{who} does nothing more this turn, or takes the neutral answer to what it is asked."
        return Form(
            f"SKIP {who.upper()}", (reason_field(),), lambda v: self.cell.skip(v[REASON]), "skip",
            lambda _v: [said],
        )  # fmt: skip

    def _until(self, _values: Values | None = None) -> list[Option]:
        """How far bots may play on while nobody sits at the table."""
        state = self.table.game.state
        rounds = range(state.round + 1, state.rounds + 1)
        return [*((str(at), f"the start of round {at}") for at in rounds), ("0", "the end of the game")]

    def bots(self) -> Form:
        return Form(
            "BOTS PLAY ON",
            (Field("until", "until", "choice", options=self._until), reason_field()),
            lambda v: self.cell.play_until(int(v["until"]), v[REASON]),
            "let them", asks=lambda v: bots_alone(self.table, int(v["until"])),
            done=lambda v: f"bots play on {until_said(int(v['until']))}",
        )  # fmt: skip

    def seats(self) -> Form:
        def last(values: Values) -> bool:
            """Whether nobody would be left at the table."""
            people = self.table.people()
            return values["what"] in ("bot", "leaves") and set(people) <= {values["seat"]}

        whats = (
            ("bot", "a bot plays it"), ("back", "a person has it back"), ("late", "somebody arrives late"),
            ("leaves", "its person leaves early"),
        )  # fmt: skip

        def act(values: Values) -> None:
            seat, why, name = values["seat"], values[REASON], values["name"]
            until = int(values["until"]) if last(values) else 0
            if values["what"] == "bot":
                self.cell.hand_to_bot(seat, why, values["bot"], until)
            elif values["what"] == "back":
                self.cell.hand_back(seat, why, name)
            elif values["what"] == "late":
                self.cell.arrives(seat, name, why)
            else:
                self.cell.leaves(seat, why, values["then"], until)

        def plays(values: Values) -> str:
            player = self.table.players[values["seat"]]
            return f"{self.words.seat(values['seat'])} is played by {player.name} ({player.kind})"

        return Form(
            "WHO PLAYS A SEAT",
            (
                Field("seat", "seat", "choice", options=self.seat_options),
                Field("what", "what", "choice", options=lambda _v: whats),
                Field("bot", "bot", "choice", options=lambda _v: BOTS, shown=of("what", "bot")),
                Field(
                    "then", "from then on", "choice",
                    options=lambda _v: (("absent", "its turns go by"), *BOTS),
                    shown=of("what", "leaves"),
                ),
                Field(
                    "until", "bots play until", "choice", "While nobody sits here.", self._until, shown=last
                ),
                Field("name", "name", shown=of("what", "back", "late")),
                reason_field(),
            ),
            act, "do it", lambda v: [f"{plays(v)} now."],
            asks=lambda v: bots_alone(self.table, int(v["until"])) if last(v) else [], done=plays,
        )  # fmt: skip

    def timers(self) -> Form:
        table = self.table

        def changed(values: Values, key: str) -> None:
            if key == "phase":
                limit = table.timers.limit(values["phase"])
                values["seconds"], values["warning"] = limit or (0, 0)

        def done(values: Values) -> str:
            more = f", {signed(values['more'])} s for this turn" if values["more"] else ""
            limit = f"{values['seconds']} s" if values["seconds"] else "no limit"
            return f"time for {values['phase']}: {limit}{more}"

        def act(values: Values) -> None:
            seconds = values["seconds"]
            limit = Limit(seconds, min(values["warning"], seconds)) if seconds else None
            if limit != table.timers.limit(values["phase"]):
                table.set_limit(values["phase"], limit, self.cell.name)
            if values["more"]:
                table.timers.add(values["more"])
            self.cell.note(f"T{done(values)[1:]}. {values[REASON]}")

        form = Form(
            "TIME FOR A TURN",
            (
                Field("phase", "phase", "choice", options=lambda _v: [(one, one) for one in TIMED]),
                Field("seconds", "seconds", "number", "0 is without a limit.", most=LONGEST, step=15),
                Field("warning", "warning before", "number", "0 is none.", most=LONGEST, step=5),
                Field(
                    "more", "more now", "number", "More seconds for this turn, or less.",
                    least=-LONGEST, most=LONGEST, step=15,
                ),
                reason_field(),
            ),
            act, "set it",
            lambda _v: [
                put("When the time is up the turn ends with what was laid down; a question gets its first "
                    "answer.", DIM)
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
                f"m{beat.id} {FIRST if beat.id == first else f'R{beat.round} {beat.phase}'}: "
                f"{move_said(self.table, beat)}",
            )
            for beat in reversed(self.table.beats)
        ]

    def rewind(self) -> Form:
        table, tip = self.table, str(self.table.beats[-1].id)
        moves = [one for one in self.moves() if int(one[0]) not in table.before_all]
        lines = [(str(end), f"another line, up to m{end}") for end in self.cell.lines() if str(end) != tip]
        hows = (("rewind", "under new luck"), ("branch", "as the dice fell there"))

        def options(values: Values) -> list[Option]:
            earlier = moves[1:] or moves
            return [*earlier, *lines] if values.get("how") == "branch" else earlier

        def act(values: Values) -> None:
            back = self.cell.rewind if values["how"] == "rewind" else self.cell.branch
            back(int(values["move"]), values[REASON])

        def problems(values: Values) -> list[str]:
            if table.save is None:
                return ["This game is not saved, so it can't be taken back."]
            return ["The game stands after that move already."] if values["move"] == tip else []

        return Form(
            "GO BACK TO A MOVE",
            (
                Field("how", "how", "choice", options=lambda _v: hows),
                Field("move", "after move", "choice", "The last move that stays.", options),
                reason_field(),
            ),
            act, "go back", problems=problems, asks=lambda v: left_behind(table, int(v["move"])),
        )  # fmt: skip

    # --- the journal -------------------------------------------------------------------------------

    def talk(self) -> Form:
        def in_it(seat: str) -> Callable[[Values], bool]:
            return lambda values: seat in values["between"]

        helps = "What this side took from it; only it reads this."
        seats = self.table.scenario.seats
        heard = [
            Field(f"heard-{seat}", f"{spec.short} heard", help=helps, shown=in_it(seat))
            for seat, spec in seats.items()
        ]

        def act(values: Values) -> None:
            said = {seat: values[f"heard-{seat}"] for seat in values["between"] if values[f"heard-{seat}"]}
            self.cell.talk(values["between"], values["agreed"], said)

        return Form(
            "A TALK AWAY FROM THE TABLE",
            (
                Field("between", "between", "seats", "Who spoke: two seats or more.", self.seat_options),
                Field("agreed", "agreed", help="What they agreed, or that they did not."),
                *heard,
            ),
            act, "record it", done=lambda _v: "the talk is in the journal",
        )  # fmt: skip

    def note(self, about: int | None = None) -> Form:
        moves = self.moves()
        marks = (("", "as it is"), ("on", "mark it"), ("off", "no longer"))

        def act(values: Values) -> None:
            move = int(values["move"])
            if not (values["text"] or values["tag"] or values["mark"] or values["bookmark"]):
                raise ValueError("Write a note or a tag, or mark the move.")
            if values["text"]:
                self.cell.note(values["text"], move, private=values["private"] == "yes")
            if values["tag"]:
                self.cell.tag(values["tag"], move)
            if values["bookmark"]:
                self.cell.bookmark(values["bookmark"], move)
            if values["mark"]:
                self.cell.important(move, on=values["mark"] == "on")

        return Form(
            "NOTE, TAG, MARK",
            (
                Field("move", "move", "choice", options=lambda _v: moves),
                Field("text", "note"),
                Field(
                    "private", "for you alone", "choice", options=lambda _v: (("no", "no"), ("yes", "yes"))
                ),
                Field("tag", "tag"),
                Field("mark", "important", "choice", options=lambda _v: marks),
                Field("bookmark", "bookmark"),
            ),
            act, "keep it", values={"move": str(about)} if about is not None else {},
            done=lambda v: f"in the journal, with move {v['move']}",
        )  # fmt: skip
