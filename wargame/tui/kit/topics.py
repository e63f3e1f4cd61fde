"""What the lit row of a screen is about: a few sentences, the section of the rulebook, terms of the glossary.

Help, rules, glossary and the texts under the mouse all read this one table. A topic is public: it says what
such a row means for anybody, never what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.css.query import NoMatches
from textual.screen import Screen

from wargame.words.pages import topics as say

if TYPE_CHECKING:
    from wargame.rulebook import Rulebook, Term


class Topic(NamedTuple):
    """Help on one kind of row. `section` is a slug of the rulebook ("": its beginning)."""

    title: str
    text: str
    section: str = ""
    terms: tuple[str, ...] = ()

    def known(self, book: Rulebook | None) -> list[Term]:
        """Return the terms that a book's glossary has, the most fitting first."""
        found = (book.term(name) for name in self.terms) if book else ()
        return list(dict.fromkeys(term for term in found if term is not None))

    def tip(self, book: Rulebook) -> str:
        """Return what is shown under the mouse: the leading term's meaning, or else the first sentence."""
        known = self.known(book)
        return (
            f"{known[0].names[0]}: {known[0].text}"
            if known
            else self.text.partition(". ")[0].rstrip(".") + "."
        )


ROUND = "a-round-step-by-step"

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    # --- a seat's orders
    "orders": (ROUND, ("commit", "influence", "reveal")),
    "orders/card": ("cards", ("commit", "chance", "speed", "target", "need", "policy-card")),
    "orders/discard": (ROUND, ("discard", "hand")),
    "orders/signal": (ROUND, ("signal", "reveal")),
    "orders/laid": ("cards", ("commit", "reveal", "resolution")),
    "orders/offered": ("deals", ("offer", "deal")),
    "orders/deal": ("deals", ("deliver", "deal", "ladder", "detection")),
    "orders/answer": ("deals", ("offer", "deal", "communiqué", "detection")),
    "orders/answer-or-counter": ("deals", ("offer", "deal", "communiqué", "detection")),
    "orders/counter": ("deals", ("counter-offer", "offer", "deal")),
    "orders/dial": ("upkeep", ("dial", "upkeep")),
    "orders/crisis": (ROUND, ("crisis", "reveal", "resolution")),
    "orders/stand": ("joint-stands", ("stand", "reveal")),
    "orders/accuse": ("secrets-and-proof", ("accusation", "secret", "detection", "proof", "reveal")),
    "orders/announce": ("secrets-and-proof", ("communiqué", "secret", "reveal")),
    "orders/answers": (ROUND, ("offer", "deal")),
    # --- the deal desk
    "desk": ("deals", ("offer", "deal")),
    "desk/deal": ("deals", ("ladder", "offer", "detection", "communiqué")),
    "desk/dial:size": ("deals", ("offer", "lot", "deliver")),
    "desk/dial:secrecy": ("secrets-and-proof", ("secret", "communiqué", "detection", "proof")),
    "desk/dial:rounds": ("deals", ("deal", "deliver")),
    # --- yes, but
    "counter": ("deals", ("offer", "deal")),
    "counter/dial:more": ("deals", ("offer", "lot", "deliver")),
    # --- accusing
    "accuse": ("secrets-and-proof", ("accusation", "secret", "detection", "proof", "reveal")),
    # --- looking
    "board": ("what-is-on-the-table", ("track", "initiative", "score")),
    "board/track": ("what-is-on-the-table", ("track", "band", "secret")),
    "log": ("who-sees-what", ("secret", "round")),
    "know": ("the-seats", ("briefing", "agenda", "win-line", "ruin-line")),
    "first": ("the-seats", ("briefing", "win-line", "agenda")),
    # --- watching
    "resolution": (ROUND, ("resolution", "speed", "roll")),
    "resolution/news": (ROUND, ("event-card", "initiative", "round")),
    "resolution/orders": (ROUND, ("signal", "commit")),
    "resolution/reveal": (ROUND, ("reveal", "quiet", "signal", "communiqué")),
    "resolution/resolution": ("dice", ("resolution", "speed", "initiative", "chance", "roll")),
    "resolution/upkeep": ("upkeep", ("upkeep", "detection", "ruin-line", "influence")),
    "resolution/summary": ("scoring", ("track", "score", "win-line")),
    # --- deciding aloud
    "choice": (ROUND, ("event-card", "need")),
    "aloud": (ROUND, ("event-card", "need")),
    # --- facilitating
    "firstpin": ("who-sees-what", ("secret",)),
    "facilitate": ("who-sees-what", ("seat", "secret")),
    "mirror": ("who-sees-what", ("seat", "secret")),
    "form": ("", ("round", "seat", "track")),
    "page": ("", ("event-card", "round")),
    "pick": ("", ("event-card", "seat", "track")),
    "asked": ("who-sees-what", ("secret",)),
    # --- writing to each other
    "messages": ("who-sees-what", ("secret", "seat")),
    "estimate": ("who-sees-what", ("secret", "chance")),
    # --- around a game
    "handover": ("who-sees-what", ("seat", "secret")),
    "talk": (ROUND, ("deal", "reveal")),
    "aside": (ROUND, ("seat",)),
    "final": ("scoring", ("margin", "win-line", "ruin-line", "score")),
    "home": ("", ("seat", "round", "track")),
    "setup": ("the-seats", ("seat", "round")),
    "setup/seat": ("the-seats", ("seat", "agenda")),
}
"""By screen, and by screen and kind of row: a section of the rulebook, and terms of its glossary."""

TOPICS = {key: Topic(*say.TOPICS[key], *where) for key, where in KINDS.items()}
"""Topics by screen, and by screen and kind of row where those have one of their own."""

UNKNOWN = Topic(*say.UNKNOWN)


def screen_name(screen: Screen[Any]) -> str:
    """A screen as the table calls it: `OrdersScreen` is `orders`."""
    return type(screen).__name__.removesuffix("Screen").lower()


def topic_of(screen: str, lit: str = "", *names: str) -> Topic:
    """The topic of a row on a screen: by its key, else by its kind, else the screen's own.

    `names` are terms that fit this very row better than any that the table has.
    """
    keys = (f"{screen}/{lit}", f"{screen}/{lit.partition(':')[0]}", screen)
    topic = next((TOPICS[key] for key in keys if key in TOPICS), UNKNOWN)
    return topic._replace(terms=(*names, *topic.terms)) if names else topic


def topic_at(screen: Screen[Any]) -> Topic:
    """What the screen in front is about now. A screen that knows better has a method `topic(lit)`."""
    from wargame.tui.kit.rows import Rows

    try:
        lit = getattr(screen, "lit", None) or screen.query_one(Rows).lit
    except NoMatches:
        lit = ""
    ask = getattr(screen, "topic", None)
    if ask is None:
        return topic_of(screen_name(screen), lit)
    topic = ask(lit)
    assert isinstance(topic, Topic)
    return topic
