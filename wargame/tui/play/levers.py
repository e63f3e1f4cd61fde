"""Secret levers and joint stands, explained."""

from __future__ import annotations

from textual.content import Content

from wargame.tui.kit.lens import Lens
from wargame.tui.kit.paint import DIM, HEAD, SEALED, SECRET, fit, join, paragraphs, put, seat_badge, wrapped
from wargame.words.pages import play as say


def about_dial(lens: Lens, dial: str, chosen: str, width: int) -> list[Content]:
    """Each setting with what it does; the chosen one marked."""
    spec, words = lens.scenario.dials[dial], lens.words
    lines = [
        join(
            (
                fit(put(words.dial(dial).upper(), HEAD), width - 10),
                put(f"{SEALED} ", SECRET),
                put(paragraphs(spec.source), DIM),
            )
        ),
        Content(""),
    ]
    for setting in spec.settings:
        here = setting.id == chosen
        title = put(words.said(setting.title), HEAD if here else "")
        lines.append(join(("▸ " if here else "  ", title)))
        lines += [join(("  ", line)) for line in wrapped(put(words.said(setting.text), DIM), width - 2)]
        for clause in words.effects(setting.effects) or [say.NOTHING_AT_ALL]:
            lines += [join(("  ", line)) for line in wrapped(put(clause), width - 2, indent=2)]
    return lines


def about_stand(lens: Lens, stand: str, width: int) -> list[Content]:
    """What a joint undertaking wants and does."""
    spec, words = lens.scenario.stands[stand], lens.words
    lines = [
        fit(join((put(words.stand(stand).upper(), HEAD), put(f"   {paragraphs(spec.source)}", DIM))), width),
        *wrapped(put(words.said(spec.text), DIM), width),
        join(
            (put(f"{say.WITH} ", DIM), put(" ").join(seat_badge(lens.scenario, seat) for seat in spec.seats))
        ),
        Content(""),
    ]
    for clause in words.stand_text(stand):
        lines += wrapped(clause, width, indent=2)
    return lines


def about_crisis(lens: Lens, crisis: str, width: int) -> list[Content]:
    """The question that all answer at once, what each answer brings and how it may end."""
    words, text = lens.words, lens.words.said(lens.scenario.news[crisis].text)
    lines = [put(words.news(crisis).upper(), HEAD), *wrapped(put(text, DIM), width), Content("")]
    for clause in words.crisis_text(crisis, yours=True):
        lines += wrapped(clause, width, indent=2)
    return [*lines, Content(""), *wrapped(put(say.TOLD_AT_ONCE, DIM), width)]
