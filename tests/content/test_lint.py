# ruff: noqa: E501  (a table reads best with a line for each case)
"""What `wargame check` warns of besides: what is sound and can hardly be meant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.content.decks import HERE, check, spoil, texts
from tests.content.mistakes import A, B, N, S
from wargame.content.aloud import warnings
from wargame.words import Words

WORLD = "places: [{id: ford, name: The ford, east: 3000, north: 2000}]\n"
NILE = "windows: [{west: 2400, east: 3900, south: 700, north: 3200}]\n"
END = "agendas:\n"


def told(files: Mapping[str, str]) -> list[str]:
    scenario = check(files).scenario
    assert scenario is not None
    return [str(one) for one in warnings(scenario, Words(scenario))]


MISTAKES = [
    # numbers out of reach
    (S, "{track: heat, at_most: 8}", "{track: heat, at_most: 8, at_least: ¶11}", "`heat` never reaches 11: it ends at 10"),
    (S, "{track: heat, at_most: 8}", "{track: heat, at_most: ¶-1}", "`heat` never falls to -1: it ends at 0"),
    (S, "{track: heat, at_most: 8}", "{track: heat, at_most: ¶10}", "`heat` is always so: it goes from 0 to 10"),
    (S, "{track: heat, at_most: 8}", "{track: heat, at_least: 6, at_most: ¶4}", "`heat` can't be at least 6 and at most 4"),
    (N, "good: coin, seat: birch, at_least: 2", "good: coin, seat: birch, at_least: ¶7", "`coin` never reaches 7: it ends at 6"),
    (S, "when: {round: now, at_least: 2}", "when: {round: now, at_least: ¶9}", "the round never reaches 9: it ends at 8"),
    (S, "above: 8, each: 30", "above: ¶11, each: 30", "`heat` never stands above 11: it ends at 10"),
    (A, "ease: {track: nerve, toward: 6}", "ease: {track: nerve, toward: ¶12}", "`nerve` goes from 0 to 10"),
    (S, "      - {track: heat, at_most: 8}", "      - {track: heat, at_most: 3}\n      - {track: heat, at_least: 5}", "can never hold together: see what they ask of the track `heat`"),
    (S, "when: {deals: {between: [amber, birch], rung: 1}", "when: {deals: ¶{between: [amber, birch], rung: 5}", "no deal is like this, so there never is one"),
    (S, "when: {deals: {between: [amber, birch], rung: 1}", "when: {deals: ¶{between: [birch, cedar], secret: true}", "no deal is like this, so there never is one"),
    (B, "base: 50", "base: ¶98", "no roll is hopeless or certain: 98 counts as 95"),
    (S, "skip_base: 50", "skip_base: ¶3", "no roll is hopeless or certain: 3 counts as 5"),
    (A, "- ease: {track: nerve, toward: 6}", "- shift: {track: heat, by: ¶11}", "`heat` goes from 0 to 10"),
    (A, "- ease: {track: nerve, toward: 6}", "- shift: {good: coin, seat: amber, by: ¶-7}", "`coin` goes from 0 to 6"),
    # effects that bring nothing
    (A, "- ease: {track: nerve, toward: 6}", "- roll: ¶{base: 50}", "does nothing: there is no effect in it"),
    (A, "- ease: {track: nerve, toward: 6}", "- each: ¶{seats: [amber, birch], effects: []}", "does nothing: there is no effect in it"),
    (A, "- ease: {track: nerve, toward: 6}", "- later: ¶{rounds: 1, effects: []}", "does nothing: there is no effect in it"),
    (A, "- ease: {track: nerve, toward: 6}", "- vote: ¶{seats: [amber, birch], prompt: Well?, 'yes': Aye, 'no': Nay, at_least: 1}", "does nothing: there is no effect in it"),
    (A, "- ease: {track: nerve, toward: 6}", "- choose: ¶{seat: amber, prompt: Well?, options: [{id: a, label: Aye}, {id: b, label: Nay}]}", "does nothing: there is no effect in it"),
    (A, "- ease: {track: nerve, toward: 6}", "- later: {rounds: ¶8, effects: [{ease: {track: nerve, toward: 6}}]}", "never comes: no game goes beyond round 8"),
    (A, "- ease: {track: nerve, toward: 6}", "- news: {card: thief, rounds: ¶9}", "never comes: no game goes beyond round 8"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: {track: heat, to: ¶[amber]}", "nothing new is shown: amber sees `heat` anyhow"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: {track: trust, to: ¶[birch, amber]}", "nothing new is shown: birch and amber see `trust` anyhow"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: {good: coin, seat: amber, to: ¶[amber]}", "nothing new is shown: amber sees `coin` anyhow"),
    (A, "- ease: {track: nerve, toward: 6}", "- peek: {dial: sluice, to: ¶[cedar]}", "nothing new is shown: cedar sees `sluice` anyhow"),
    (A, "- ease: {track: nerve, toward: 6}", "- expose: {between: ¶[birch, cedar], what: proof}", "this pair has no deal that can be secret"),
    (A, "- ease: {track: nerve, toward: 6}", "- expose: {between: ¶[amber, amber], what: proof}", "this pair has no deal that can be secret"),
    (A, "- ease: {track: nerve, toward: 6}", "- transfer: {good: coin, from: amber, to: ¶amber, count: 1}", "goes from a seat to itself"),
    (A, "- ease: {track: nerve, toward: 6}", "- if: {when: ¶{outcome: fire}, then: [{ease: {track: nerve, toward: 6}}]}", "never comes about here: it is known when the game is over"),
    (A, "- ease: {track: nerve, toward: 6}", "- if: {when: ¶{seat: birch, is: won}, then: [{ease: {track: nerve, toward: 6}}]}", "never comes about here: it is known when the game is over"),
    # flags and outcomes
    (S, "flags:\n", "flags:\n  - {id: ¶idle}\n", "nothing raises the flag `idle`, and nothing asks for it"),
    (N, "flag: {flag: market, rounds: 1}", "flag: {flag: market, on: false}", "nothing raises the flag `market`, and what asks for it waits in vain"),
    (S, "when: {flag: hush}", "when: {track: heat, at_least: 4}", "the flag `hush` is raised, and nothing asks for it"),
    (S, "outcomes:\n", "outcomes:\n  - {id: ¶flood, title: the flood, text: All is wet.}\n", "nothing ends the game in the outcome `flood`"),
    (N, "  text: A week to remember.\n", "  text: A week to remember.\n  when: ¶{not: {flag: dry}}\n", "a card comes once a game: it needs no flag against repeats, and only it raises `dry`"),
    # counts
    (S, "rounds: 3, most_rounds: 8, hand: 3, news: 1", "rounds: 3, most_rounds: 8, hand: ¶20, news: 1", "a hand is 20 cards, and `birch` has 7"),
    (S, "most_rounds: 8, hand: 3, news: 1", "most_rounds: 8, hand: 3, news: ¶2", "8 rounds draw 16 event cards, and there are 4"),
    (N, "  text: Somebody's desk has been searched.\n", "  text: Somebody's desk has been searched.\n  aside: ¶true\n", "nothing brings `thief`: no effect `news` calls it"),
    (N, "  text: Somebody's desk has been searched.\n", "  text: Somebody's desk has been searched.\n  fixed: ¶9\n", "`thief` never comes: no game goes beyond round 8"),
    # texts
    (B, "title: Sow", "title: ¶''", "the title is empty, and people read it"),
    (S, "prompt: Who eats first?", "prompt: ¶' '", "the prompt is empty, and people read it"),
    (S, "label: The children", "label: ¶All alike", "another answer has the same label"),
    (N, "label: Open the barns", "label: ¶Wait and see", "another answer has the same label"),
    (B, "text: ", f"text: ¶{'Seeds. ' * 50}", "a text of 377 characters: 300 fit on a printed card"),
    # signs
    (S, "symbol: B", "symbol: ¶A", "`amber` has the same symbol, 'A'"),
    (S, "short: BI", "short: ¶AM", "`amber` has the same short, 'AM'"),
    (S, "short: BI", "short: ¶BIRCH", "a short name here has at most 4 letters"),
    (S, "name: cakes", "name: ¶loaves", "`loaves` has the same name, 'loaves'"),
    (B, "title: Sow", "title: ¶A second shift", "`second-shift` has the same title, 'A second shift'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_each_loose_end_has_its_warning(file: str, old: str, new: str, message: str) -> None:
    """One more warning than before, at its own place."""
    files = dict(texts())
    if "flag: dry" in new:
        files, _place = spoil(N, "- ease: {track: heat, toward: 2}", "- flag: {flag: dry}", files)
        files, _place = spoil(S, "flags:\n", "flags:\n  - {id: dry}\n", files)
    before = told(files)

    spoilt, place = spoil(file, old, new, files)

    [warning] = [one for one in told(spoilt) if one.endswith(f": {message}")]
    assert warning.startswith(f"{place}: ") or HERE not in new
    assert warning not in before


@pytest.mark.parametrize(
    ("typed", "lost"),
    [
        ("Road ¶#7 is closed", "'#7 is closed'"),
        ("Fish is still ¶# of what is sold", "'# of what is sold'"),
        ("Road # a title of one word", ""),
        ("'Road #7 is closed'", ""),
        ("'The road is' # closed", ""),
        (">-\n    Road #7\n    is: closed #8", ""),
        ("Road#7", ""),
    ],
)
def test_a_text_that_a_sign_cuts_short_is_told(typed: str, lost: str) -> None:
    """What stands behind ` #` is a comment; behind several words, or with no space after it, hardly meant as one."""
    files, place = spoil(B, "title: Sow", f"title: {typed}")

    told_of = [one for one in told(files) if "is taken for a comment" in one]

    said = f"{place}: {lost} is taken for a comment; put the text in quotes, or the comment on its own line"
    assert told_of == ([said] if lost else [])


def test_what_cannot_be_told_of_a_target_is_left_alone() -> None:
    """`target` is any of a card's, and what it stands for is no loose end."""
    assert not [one for one in told(texts()) if "target" in one or "located" in one]


def test_a_pair_that_its_own_phrase_accuses_is_told() -> None:
    """One phrase for all secret deals of one rung; with several rungs there is something to say."""
    accused = "accusations: {pairs: [[amber, birch], ¶[amber, cedar]]}\n\nproduction:\n"
    files, place = spoil(S, "production:\n", accused)

    [told_of] = [one for one in told(files) if one.endswith("an accusation is always right")]

    assert told_of.startswith(f"{place}: their one phrase gives a secret deal away")


def test_seats_without_an_agenda_or_a_fate_are_told_where_others_have_one() -> None:
    """A scenario may have none at all."""
    said = told(texts())
    without = dict(texts())
    whole, _agendas = without[S].split("agendas:\n")
    without[S] = whole

    assert [one for one in said if one.endswith(": `cedar` has no agenda, and others have")]
    assert [one for one in said if one.endswith(": `burnt` tells no fate of birch, cedar")]
    assert not [one for one in told(without) if "agenda" in one or "fate" in one]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (S, "", "", ""),
        (S, "east: 3000", "east: ¶6000", "`ford` lies outside the largest window of the map: east 6000 is beyond its east edge, 3900; widen the window or move the place"),
        (S, "north: 2000", "north: ¶-2000", "`ford` lies outside the largest window of the map: north -2000 is beyond its south edge, 700; is `north: 2000` meant?"),
        (S, "east: 3000, north: 2000", "east: ¶1500, north: 3000", "`ford` lies outside the largest window of the map: east 1500 is beyond its west edge, 2400; are `east` and `north` swapped?"),
        (S, "    lands: [EGY]\n", "    lands: [EGY, ¶RUSS]\n", "there is no land `RUSS`; in the window lie `CAF`, `EGY`, `ERI`, `ETH`, `ISR`, `JOR`, `LBY`, `PSE`, `SAU`, `SDN`, `SSD`"),
        (S, "[{west: 2400, east: 3900, south: 700", "[¶{west: -4000, east: -2000, south: 700", "this window shows no land of any seat"),
    ],
    ids=["sound", "a place outside", "a place in the wrong half", "a place with its numbers swapped", "no such land", "the open sea"],
)  # fmt: skip
def test_a_map_shows_its_places_and_lands(file: str, old: str, new: str, message: str) -> None:
    """A window over the wrong part of the world, a country that is none, a place that nobody sees."""
    files, _place = spoil(S, END, WORLD + NILE + END)
    files, _place = spoil(S, "    symbol: A\n", "    symbol: A\n    lands: [EGY]\n", files)
    if not message:
        assert not [one for one in told(files) if "land" in one or "window" in one]
        return

    spoilt, place = spoil(file, old, new, files)

    assert f"{place}: {message}" in told(spoilt)


def test_a_window_over_the_date_line_holds_what_lies_beyond_it() -> None:
    """East goes on beyond 18000 there."""
    over = "windows: [{west: 17000, east: 19500, south: 4000, north: 7000}]\n"
    files, _place = spoil(S, END, WORLD.replace("3000", "-17000").replace("2000", "6000") + over + END)
    files, _place = spoil(S, "    symbol: A\n", "    symbol: A\n    lands: [RUS]\n", files)

    assert not [one for one in told(files) if "land" in one or "window" in one]
