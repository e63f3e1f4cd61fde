"""Hints that a scenario declares: they lead to what there is, and hide what is hidden."""

from __future__ import annotations

import pytest

from tests.content.decks import HERE, said, spoil, texts

HINTS = """
- id: bake
  seat: amber
  page: orders
  round: 1
  holds: stoke
  lit: card:stoke
  can: commit
  when: {track: nerve, at_least: 1}
  after: [{deed: offer, of: bread-for-coin}]
  until: [{deed: commit, of: stoke}, {deed: end}]
  text: Lay it face down.
- id: watch
  seat: amber
  page: upkeep
  when: {track: heat, at_least: 1}
  text: Look at the heat.
"""


def test_sound_hints_are_taken() -> None:
    assert said({**texts(), "hints.yaml": HINTS}) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("seat: amber", f"seat: {HERE}ambre", "did you mean `amber`"),
        ("page: orders", f"page: {HERE}desks", "desk"),
        ("round: 1", f"round: {HERE}9", "no game goes beyond round 8"),
        ("holds: stoke", f"holds: {HERE}hush-mony", "did you mean `hush-money`"),
        ("can: commit", f"can: {HERE}comit", "must be 'commit', 'discard'"),
        ("of: bread-for-coin", f"of: {HERE}county-fair", "there is no deal `county-fair`"),
        ("of: stoke", f"of: {HERE}levy", "there is no card `levy`"),
        ("deed: end", f"deed: end, of: {HERE}bake", "nothing goes with `end`"),
        ("{track: heat,", f"{HERE}{{track: nerve,", "reads what is not public"),
        ("{track: nerve,", f"{HERE}{{track: rumour,", "reads what amber may not know: the track `rumour`"),
        ("text: Lay it face down.", f"text: {HERE}{'Lay it down. ' * 10}", "room for 116 characters"),
    ],
)
def test_what_is_wrong_with_a_hint_has_its_place(old: str, new: str, says: str) -> None:
    """A seat, page, card or deal that is not there, a secret, a text without room."""
    files, place = spoil("hints.yaml", old, new, {**texts(), "hints.yaml": HINTS})
    complaints = said(files)

    assert len(complaints) == 1
    assert complaints[0].startswith(place)
    assert says in complaints[0]
