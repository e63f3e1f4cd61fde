# ruff: noqa: E501  (a table reads best with a line for each case)
"""Mistakes that somebody can make in the mini scenario: file, text, what is typed instead, and the complaint.

`¶` marks the place that the complaint names. `ELSEWHERE` are those whose complaint stands at what holds them.
"""

from __future__ import annotations

S, A, B, C, N, D = (f"{name}.yaml" for name in ("scenario", "amber", "birch", "cedar", "news", "deals"))

GOODS = "(known: `loaves`, `cakes`, `coin`, `wood`, `water`, `salt`, `feast`)"
FLAGS = "(known: `walled`, `market`, `hush`, `located-wood`, `located-water`, `located-salt`)"
SEATS = "(known: `amber`, `birch`, `cedar`)"
TRACKS = "(known: `heat`, `grain`, `trust`, `rumour`, `nerve`)"

EASE = "    - ease: {track: nerve, toward: 6}\n"
FIRST = "    - roll: {base: 50, success: [{shift: {track: heat, by: 1}}]}\n"
HIDDEN = "    - if: {when: {track: rumour, at_least: 1}, then: [{shift: {track: heat, by: 1}}]}\n"
HANGING = "    - if: {when: {track: grain, at_least: 1}, then: [{shift: {track: heat, by: 1}}]}\n"
SECOND = "    - roll: {base: 20, modifiers: [¶{label: Heat, track: heat, each: 5}], success: [{ease: {track: grain, toward: 5}}]}\n"
OPENS = "              - shift: {track: grain, by: 1}"


def deeper(effects: str) -> list[str]:
    """The same effects inside an option."""
    return [f"{' ' * 10}{line}" for line in effects.splitlines()]


SHAPES = [
    (A, "cost: 2", "cost: 2\n  ¶colour: red", "unknown key `colour`; here may stand `id`, `title`, `source`, `cost`, `speed`, `text`, `effects`, `quiet`, `once`, `targets`, `needs`, `places`"),
    (A, "  speed: 1", "  speed: 1\n  ¶qiet: true", "unknown key `qiet` (did you mean `quiet`?)"),
    (A, "cost: 2", "cost: ¶'2'", "must be a whole number: take the quotes from `2`"),
    (A, "cost: 2", "cost: ¶+2", "must be a whole number: `2`, without the plus"),
    (A, "cost: 2", "cost: ¶2%", "must be a whole number, not `2%`"),
    (A, "cost: 2", "cost: ¶two", "must be a whole number, not `two`"),
    (A, "cost: 2", "cost: ¶[2]", "must be a whole number, not a list"),
    (A, "cost: 2", "cost: ¶true", "must be a whole number, not `true`"),
    (A, "cost: 2", "cost: ¶2.5", "must be a whole number, not `2.5`"),
    (A, "cost: 2", "cost: ¶null", "must be a whole number, and nothing is there"),
    (A, "cost: 2", "cost: ¶200000", "must be at most 100000"),
    (A, "cost: 2", "cost: ¶-200000", "must be at least -100000"),
    (A, "title: A second shift", "title: ¶7", "must be text: put `7` in quotes"),
    (A, "title: A second shift", "title: ¶{de: Schicht}", "must be text, or a mapping of en and ko to text"),
    (A, "title: A second shift", "title: ¶{en: 7}", "must be text, or a mapping of en and ko to text"),
    (A, "title: A second shift", "title: ¶{}", "must be text, or a mapping of en and ko to text"),
    (A, "id: second-shift", "id: ¶12", "must be text: put `12` in quotes"),
    (A, "track: nerve, by: -1}", "track: ¶[nerve], by: -1}", "must be text: `nerve`, without the brackets"),
    (A, "track: nerve, by: -1}", "track: ¶[nerve, heat], by: -1}", "must be text, not a list"),
    (A, "track: nerve, by: -1}", "track: ¶{id: nerve}, by: -1}", "must be text, not a mapping"),
    (A, "track: nerve, by: -1}", "track: ¶true, by: -1}", "must be text: put `true` in quotes"),
    (A, "quiet: true", "quiet: ¶1", "must be true or false, not `1`"),
    (A, "quiet: true", "quiet: ¶NO", "must be true or false, not `NO`"),
    (A, "needs: [{deal: county-fair}]", "needs: ¶{deal: county-fair}", "must be a list: put it in brackets, or `- ` before it"),
    (A, "needs: [{deal: county-fair}]", "needs: [¶county-fair]", "must be a mapping of keys to values, such as `track: county-fair`"),
    (C, "targets: {goods: [wood, water, salt]}", "targets: ¶[wood]", "must be a mapping of keys to values, not a list"),
    (D, "small: {amber: {loaves: 1}, birch: {coin: 1}}", "small: ¶[1]", "must be a mapping, not a list"),
    (D, "between: [amber, birch]", "between: ¶[amber]", "has too few items: 2 wanted"),
    (D, "between: [amber, birch]", "between: ¶[amber birch]", "has too few items: 2 wanted; is a comma missing in `amber birch`?"),
    (D, "between: [amber, birch]", "between: ¶[amber, birch, cedar]", "has too many items: 2 wanted"),
    (S, "{round: now, at_least: 2}", "{round: ¶2}", "must be `now`, and its number `at_least` or `at_most`: `{round: now, at_least: 2}`"),
    (D, "secrecy: open", "secrecy: ¶shut", "must be 'either', 'open' or 'secret'"),
    (C, "what: suspicion", "what: ¶hunch", "must be 'suspicion' or 'proof'"),
    (C, "what: suspicion", "what: ¶suspicon", "must be 'suspicion' or 'proof' (did you mean `suspicion`?)"),
    (S, "start: half", "start: ¶hallf", "starts at one of its settings: half, shut, open (did you mean `half`?)"),
    (A, "    - ease: {track: nerve, toward: 6}", "    - ¶eese: {track: nerve, toward: 6}", "unknown key `eese` (did you mean `ease`?)"),
    (A, "- ease: {track: nerve, toward: 6}", "- set: {track: nerve, to: ¶11}", "must be 0 to 10, not 11"),
    (A, "    - ease: {track: nerve, toward: 6}", "    - ¶ease", "an effect is one operator with what it needs, like `shift: {track: …, by: 1}`"),
    (A, "    - ease: {track: nerve, toward: 6}", "    - ¶{}", "an effect is one operator with what it needs, like `shift: {track: …, by: 1}`"),
    (A, "- ease: {track: nerve, toward: 6}", "- if: {when: {flag: market}, ¶at_most: 6, then: [{ease: {track: nerve, toward: 6}}]}", "unknown key `at_most`; it belongs in `when`"),
    (C, "targets: {goods: [wood, water, salt]}", "targets: {goods: [wood, water, salt]}\n  ¶tracks: [heat]", "unknown key `tracks`; it belongs in `targets`"),
    (A, "- ease: {track: nerve, toward: 6}", "- ease: {track: nerve, ¶until: 6}", "unknown key `until`; here may stand `track`, `toward`"),
    (C, "targets: {goods: [wood, water, salt]}", "targets: {goods: ¶wood}", "must be a list: `[wood]`"),
    (S, "{id: located-salt, text: Salt is short.", "{id: located-salt, text: Salt, ¶all of it, is short.", "unknown key `all of it`; a text with a comma needs quotes here"),
    (S, "goods:\n  - {id", "places: [{id: ford, name: Ford, east: ¶3.2, north: 5000}]\ngoods:\n  - {id", "must be a whole number, in hundredths: `320`"),
    (S, "goods:\n  - {id", "¶news: []\ngoods:\n  - {id", "`news` stands in files of its own"),
]  # fmt: skip

MEANINGS = [
    # windows of the map
    (S, "goods:\n  - {id", "windows: [{west: ¶200, east: 100, south: 0, north: 100}]\ngoods:\n  - {id", "`west` is not less than `east`"),
    (S, "goods:\n  - {id", "windows: [{west: 17000, east: 19000, south: ¶100, north: 100}]\ngoods:\n  - {id", "`south` is not less than `north`"),
    (S, "goods:\n  - {id", "windows: [{west: -18000, east: ¶19000, south: 0, north: 100}]\ngoods:\n  - {id", "a window is no more than once round the world"),
    (S, "rules: {rounds: 3,", "rules: {odds: [25, ¶100], rounds: 3,", "a chance is 5 to 95 per cent, not 100"),
    # ids
    (A, "id: second-shift", "id: ¶Second_Shift", "`Second_Shift` is no id: small letters, digits, - and _, letter first"),
    (A, "id: second-shift", "id: ¶target", "`target` is no id: `target` stands for what a card is aimed at"),
    (A, "id: baskets", "id: ¶second-shift", "give one of them another id: `second-shift` is used already, at amber.yaml:1:7"),
    (B, "id: sow", "id: ¶patch", "give one of them another id: `patch` is used already, at scenario.yaml:77:11"),
    # what is named is there
    (A, "track: nerve, by: -1}", "track: ¶nerv, by: -1}", "there is no track `nerv` (did you mean `nerve`?)"),
    (S, "goods:\n  - {id", "places: [{id: ford, name: The old ford, east: 3000, north: 2000}]\nlinks: [{between: [¶The Old Ford, ford]}]\ngoods:\n  - {id", "there is no place `The Old Ford` (did you mean `ford`?)"),
    (A, "good: wood, seat: amber", "good: ¶coal, seat: amber", f"there is no good `coal` {GOODS}"),
    (A, "good: wood, seat: amber", "good: wood, seat: ¶ambre", "there is no seat `ambre` (did you mean `amber`?)"),
    (A, "influence: birch", "influence: ¶brich", "there is no seat `brich` (did you mean `birch`?)"),
    (A, "flag: {flag: hush", "flag: {flag: ¶hash", "there is no flag `hash` (did you mean `hush`?)"),
    (A, "flag: {flag: hush", "flag: {flag: ¶''", f"there is no flag `` {FLAGS}"),
    (B, "seats: [amber, cedar]", "seats: [¶amber cedar]", "there is no seat `amber cedar`: a comma is missing between `amber` and `cedar`"),
    (A, "from: birch", "from: ¶nobody", f"there is no seat `nobody` {SEATS}"),
    (A, "deal: county-fair", "deal: ¶country-fair", "there is no deal `country-fair` (did you mean `county-fair`?)"),
    (A, "seat: birch\n        prompt", "seat: ¶oak\n        prompt", f"there is no seat `oak` {SEATS}"),
    (B, "seats: [amber, cedar]", "seats: [amber, ¶cedr]", "there is no seat `cedr` (did you mean `cedar`?)"),
    (C, "production: mill", "production: ¶mull", "there is no production `mull` (did you mean `mill`?)"),
    (C, "goods: [wood, water, salt]", "goods: [wood, water, ¶target]", "`target` stands for one of a card's `targets`, and there are none"),
    (C, "suspected_by: cedar", "suspected_by: ¶cedra", "there is no seat `cedra` (did you mean `cedar`?)"),
    (D, "small: {amber: {loaves: 1}", "small: {amber: {loafs: ¶1}", "there is no good `loafs` (did you mean `loaves`?)"),
    (S, "group: valley", "group: ¶vally", "there is no group `vally` (did you mean `valley`?)"),
    (S, "seen_by: [amber, birch]", "seen_by: [amber, ¶birsch]", "there is no seat `birsch` (did you mean `birch`?)"),
    (S, "rest: loaves", "rest: ¶bread", f"there is no good `bread` {GOODS}"),
    (S, "blame: heat", "blame: ¶heath", "there is no track `heath` (did you mean `heat`?)"),
    (S, "values: {feast: 5}", "values: {feest: ¶5}", "there is no track or good `feest` (did you mean `feast`?)"),
    # a target stands for something only in a card that has some, and of the right kind
    (A, "track: nerve, by: -1}", "track: ¶target, by: -1}", "`target` stands for one of a card's `targets`, and there are none"),
    (B, "influence: target", "track: ¶target", f"there is no track `amber` {TRACKS}"),
    # conditions
    (A, "{deal: county-fair}", "¶{at_least: 3}", "asks about nothing, or about several things at once: use `all` or `any`"),
    (A, "{deal: county-fair}", "¶{deal: county-fair, flag: market}", "asks about nothing, or about several things at once: use `all` or `any`"),
    (A, "{deal: county-fair}", "¶{good: coin, at_least: 1}", "whose? a condition on a good needs a `seat`"),
    (A, "{deal: county-fair}", "¶{track: heat}", "how much? it needs `at_least` or `at_most`"),
    (A, "{deal: county-fair}", "¶{seat: birch}", "a condition on a seat needs `is: ruined` or `is: won`"),
    # tracks and goods
    (S, "bands: [{upto: 2, name: cool}, {upto: 6, name: warm}", "bands: ¶[{upto: 6, name: cool}, {upto: 2, name: warm}", "the bands must rise and the last end at 10"),
    (S, "start: 3\n", "start: ¶11\n", "starts at 11, outside 0 to 10"),
    (S, "coin: {start: 4,", "coin: {start: ¶7,", "starts over the cap of 6"),
    # effects
    (A, "{good: wood, seat: amber, by: 1}", "¶{good: wood, by: 1}", "a good and its `seat` go together"),
    (A, "{good: wood, seat: amber, by: 1}", "{good: wood, seat: amber, by: ¶0}", "moves nothing: `by` is 0"),
    (A, "- ease: {track: nerve, toward: 6}", "- if: ¶{when: {track: nerve, at_least: 6}}", "does nothing: neither `then` nor `otherwise` has an effect"),
    (A, "- ease: {track: nerve, toward: 6}", "- points: {seat: amber, by: ¶0}", "moves nothing: `by` is 0"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: ¶{good: coin, to: [amber]}", "a good and its `seat` go together"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: {track: trust, to: ¶[]}", "who is shown it? name a seat"),
    (C, "- locate: {production: mill, to: [cedar]}", "- locate: {production: mill, to: ¶[]}", "who is shown it? name a seat"),
    (A, "- ease: {track: nerve, toward: 6}", "- break: {deal: county-fair, by: ¶amber}", "`amber` is no party to this deal"),
    (A, "{good: wood, seat: amber, by: 1}", "¶{good: wood, track: heat, by: 1}", "needs exactly one of `track`, `good`, `influence`"),
    (A, "{good: wood, seat: amber, by: 1}", "¶{by: 1}", "needs exactly one of `track`, `good`, `influence`"),
    (A, "{label: Trust, track: trust, each: 4}", "¶{label: Trust, each: 4}", "needs exactly one of `track`, `good`, `when`"),
    (A, "{label: Trust, track: trust, each: 4}", "{label: Trust, track: trust, add: ¶4}", "a `track` or `good` goes with `each`, a `when` with `add`"),
    (A, "{label: Trust, track: trust, each: 4}", "¶{label: Trust, good: wood, each: 4}", "a good and its `seat` go together"),
    (C, "- peek: {track: nerve, to: [cedar]}", "- peek: ¶{to: [cedar]}", "needs exactly one of `track`, `good`, `dial`"),
    (C, "targets: {goods: [wood, water, salt]}", "targets: ¶{goods: [wood], seats: [amber]}", "needs exactly one of `goods`, `seats`, `tracks`, `deals`"),
    (A, "options:\n          - {id: shrug, label: Shrug}\n          - id: clap", "options:\n          ¶- id: clap", "a choice needs two options or more"),
    (A, "- {id: shrug, label: Shrug}", "- {id: shrug, label: Shrug, needs: ¶[{flag: market}]}", "the first option is the neutral one and can need nothing"),
    (A, "options:\n          - {id: shrug", "options:\n          ¶- {id: clap", "two options have the same id"),
    (A, "- {id: shrug", "- {id: ¶Shrug", "`Shrug` is no id"),
    (A, "        base: 30\n", "        base: 30\n        margin: ¶20\n", "a `margin` goes with a `triumph` or a `disaster`"),
    (A, "        base: 30\n", "        base: 30\n        triumph: ¶[{flag: {flag: hush}}]\n", "`triumph` needs a `margin`, such as `margin: 25`"),
    (A, "        base: 30\n", "        base: ¶120\n", "a chance is 5 to 95 per cent, not 120"),
    # cards
    (A, "effects:\n    - ease: {track: nerve, toward: 6}", "effects: ¶[]", "does nothing: it has no effects"),
    (A, "- id: second-shift\n  title: A second shift\n  source: p2\n  cost: 2", "- id: second-shift\n  title: A second shift\n  source: p2\n  cost: ¶11", "a cost is 0 to 10"),
    (A, "source: p2", f"source: ¶{'page ' * 20}2", "a source is a line of at most 60 characters, like `p7` or a title"),
    # outcomes and the calendar
    (S, "end: {outcome: fire}", "end: {outcome: ¶fyre}", "there is no outcome `fyre` (did you mean `fire`?)"),
    (S, "when: {outcome: fire}", "when: {outcome: ¶tme}", "there is no outcome `tme` (known: `fire`)"),
    (S, "blame: true}", "wins: [¶ambre]}", "there is no seat `ambre` (did you mean `amber`?)"),
    (S, "start: 1901-07,", "start: ¶1901-13,", "needs `labels`, or a `start` like `2023-10`: a year, a month or a day"),
    (S, "months: 3", "months: 3, labels: ¶[sowing]", "has `labels`, or a `start` and a length, not both"),
    (S, "start: 1901-07, months: 3", "labels: ¶[sowing, harvest]", "needs a label for each round, 8 of them, and has 2"),
    (S, "start: 1901-07, months: 3", "start: ¶9999-07, months: 3", "goes on beyond the year 9999"),
    # deals
    (D, "between: [amber, birch]", "between: ¶[amber, amber]", "a deal is between two different seats"),
    (D, "small: {amber: {loaves: 1}", "small: {cedar: ¶{loaves: 1}", "`cedar` is no party to this deal"),
    (D, "text: Two villages, one tent.", "text: Two villages, one tent.\n  rung: ¶1", "only a deal of the pair on the ladder has a rung"),
    (D, "rung: 2", "rung: ¶3", "the ladder ends at rung 2"),
    (D, "  rung: 1", "  rung: 1\n  extras: [birch/coin, ¶cedar/cakes]", "`cedar/cakes` is no lot of a party, like `amber/GOOD`"),
    (D, "  rung: 1", "  rung: 1\n  first: ¶cedar", "`cedar` is no party to this deal"),
    (D, "pays: [1, 2]", "pays: [1, 2]\n  first: ¶birch", "who gives first needs goods from both sides, in each size"),
    (D, "  rung: 1", "  rung: 1\n  extras: [¶coin]", "`coin` is no lot of a party, like `amber/GOOD`"),
    (D, "  rung: 1", "  rung: 1\n  extras: [¶birch/coins]", "there is no good `coins` (did you mean `coin`?)"),
    (D, "  rung: 1", "  rung: 1\n  extras: [birch/coin, ¶birch/coin]", "`birch/coin` stands there twice"),
    (S, "production:\n", "accusations: {pairs: [[amber, ¶burch]]}\n\nproduction:\n", "there is no seat `burch` (did you mean `birch`?)"),
    (S, "production:\n", "accusations: {pairs: [¶[amber, amber]]}\n\nproduction:\n", "a pair is two different seats"),
    (S, "production:\n", "accusations: {pairs: [[amber, birch], ¶[birch, amber]]}\n\nproduction:\n", "this pair is named twice"),
    (S, "production:\n", "accusations: {pairs: [], cost: ¶-1}\n\nproduction:\n", "must be 0 to 99, not -1"),
    (D, "rounds: [1, 2]", "rounds: ¶[0, 1]", "lasts at least one round"),
    (D, "secrecy: open", "secrecy: ¶either", "can be secret, but this pair has no communiqué in `pairs`"),
    # machinery
    (S, "start: half", "start: ¶ajar", "starts at one of its settings: half, shut, open"),
    (S, "shuffle: [1, 3, 5]", "shuffle: ¶[1, 3]", "has as many starting values in `shuffle` as `inputs`"),
    (S, "shuffle: [1, 3, 5]", "shuffle: ¶[1, 3, 9]", "starts an input over its cap"),
    (S, "rest: loaves", "rest: ¶wood", "`wood` takes no output to make"),
    (S, "wants: [0, 4]", "wants: ¶[0, 4, 6]", "has one name for each rung in `wants`"),
    (S, "rounds: 3, most", "rounds: ¶9, most", "plays 9 rounds, and at most 8"),
    (S, "influence: 3,", "influence: ¶9,", "starts over the cap of 8"),
    (S, "{label: Coin, good: coin, each: 1}", "¶{label: Coin, each: 1}", "needs exactly one of `track`, `good`, `rung`"),
    # secrets
    (A, "needs: [{deal: county-fair}]", "needs: [¶{track: rumour, at_least: 1}]", "reads what amber may not know: the track `rumour`"),
    (A, "needs: [{deal: county-fair}]", "needs: [¶{good: coin, seat: birch, at_least: 1}]", "reads what amber may not know: the good `coin` of `birch`"),
    (A, "needs: [{deal: county-fair}]", "needs: [¶{flag: located-salt}]", "reads what amber may not know: the flag `located-salt`"),
    (A, "needs: [{deal: county-fair}]", "needs: [¶{deals: {between: [birch, cedar]}, is: suspected, seat: birch}]", "reads what amber may not know: secret deals"),
    (C, "- {label: Rumour, track: rumour,", "- ¶{label: Rumour, track: nerve,", "reads what cedar may not know: the track `nerve`"),
    (S, "needs: [{track: rumour, at_most: 5}]", "needs: [¶{track: nerve, at_most: 5}]", "reads what cedar may not know: the track `nerve`"),
    (D, "needs: [{track: heat, at_most: 9}]", "needs: [¶{track: nerve, at_most: 9}]", "reads what cedar may not know: the track `nerve`"),
    (N, "when: {track: grain, at_least: 3}", "when: ¶{track: nerve, at_least: 3}", "reads what is not public, and drawing it would tell"),
    (N, "options:\n          - {id: wait, label: Wait and see}\n          - id: open\n            label: Open the barns\n            needs: [{good: coin, seat: birch", "options:\n          - {id: wait, label: Wait and see}\n          - id: open\n            label: Open the barns\n            needs: [¶{good: wood, seat: amber", "reads what birch may not know: the good `wood` of `amber`"),
    (A, "speed: 5\n  text: Said", "speed: 5\n  quiet: ¶true\n  text: Said", "is quiet, but what it does would be asked aloud"),
    # odds that nobody could be told in time
    (A, EASE, FIRST + SECOND, "reads the track `heat`, which an earlier roll may move first: the chance is fixed and shown before"),
    (A, EASE, HIDDEN + SECOND, "reads the track `heat`, which a hidden condition may move first: the chance is fixed and shown before"),
    (A, EASE, FIRST.replace("heat", "grain") + HANGING + SECOND, "reads the track `heat`, which an earlier roll may move first: the chance is fixed and shown before"),
    (N, OPENS, "\n".join((OPENS, *deeper(FIRST + SECOND))), "reads the track `heat`, which an earlier roll may move first: the chance is fixed and shown before"),
    (N, OPENS, "\n".join((OPENS, *deeper(SECOND.replace("heat", "nerve")))), "reads what birch may not know: the track `nerve`"),
    # the whole
]  # fmt: skip

ELSEWHERE = [
    (A, "cost: 2", "costs: 2", "unknown key `costs` (did you mean `cost`?)"),
    (A, "  cost: 2\n", "", "`cost` is missing"),
    (S, "title: The mill at the ford\n", "", "`title` is missing"),
    (D, "small: {amber: {loaves: 1}", "small: {amber: {loaves: 1}, oak: {coin: 1}", f"there is no seat `oak` {SEATS}"),
    (C, "is: suspected, seat: cedar", "is: suspected", "who suspects? `suspected` needs a `seat`"),
    (C, "what: suspicion, to: [cedar]", "what: suspicion", "who comes to suspect? a suspicion needs `to`"),
    (S, "  - {id: located-salt, text: Salt is short., seen_by: [cedar]}\n", "", "needs a flag `located-salt` to raise"),
    (S, "    cedar:\n      spread: 4\n      terms:\n        - {label: Rumour, track: rumour, each: 2}\n        - {label: Heat, track: heat, each: -1}\n", "", "seat `cedar` has no scoring"),
    (S, "text: The leaves fell.}", "text: The leaves fell., when: {outcome: time}}", "the last epilogue is told when no other fits: no `when`"),
]  # fmt: skip
