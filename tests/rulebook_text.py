"""The sentences of the rulebook that hold numbers of the decks, and how they are filled in; its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [[str(cell).replace("\n", " ") for cell in line] for line in (head, ["---"] * len(head), *rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(template: str, **facts: object) -> str:
    """A template with its facts, one line a paragraph or bullet, and minus signs as they are printed."""
    filled_in = re.sub(r"\n(?!- |\n)(?<!\n\n)", " ", template).format(**facts)
    return re.sub(r"(?<![\w>])-(?=\d)", "−", re.sub(r" +", " ", filled_in))


COUNTS = """\
- A hand is {hand} policy cards. It is filled up again in each upkeep.
- Everybody starts with ¤{rules.influence} and can hold ¤{rules.influence_cap}; what would go over that is
  lost.
- Each round {news} event cards are drawn.
- A seat lays down up to {commits} cards a round, and makes up to {offers} offers, to different seats.
- It may tell the table about one card of its deck, of those {telling}: ¤{rules.signal} if it keeps its
  word, −¤{rules.signal} if not.
- Whoever has the lowest public score before income gets ¤{rules.lowest_bonus} more; so does everybody who
  ties for it.
- The standard game has {rules.rounds} rounds, the longest {rules.most_rounds}."""
COUNTERS = """\
**Yes, but.** In its orders a seat may say “yes, but” to an offer that an earlier seat of this round has
made it. That is the same deal with another size, secrecy or length, or with one lot more a round of one
of the goods that the deal names for this, or with several such changes at once. This counter-offer takes
the offer's place, and ¤1 of this seat is set aside as well. Whoever made the offer has the last word in
the answers. Yes signs the new terms and costs nothing more. No, or no answer, gives both their ¤1 back.
Nobody counters a counter-offer, and none is made in the answers. The lot that was added is owed like the
rest of the deal."""
FIRST = """\
**Goods first.** In {deals} the side that is named gives first. In each upkeep the other side first pays
for what came in the upkeep before, in proportion to what really came, each good rounded up; then the next
shipment goes out. A deal of two rounds has two shipments and two payments, one round later, and ends
after the last. Trust and what else follows come with the payment, for the shipment and its payment
together. Whoever stops leaves the last shipment unpaid, and so does the end of the game."""
LADDER = """\
- **A rung too high.** {parties} may sign on a rung that {track} does not reach. The deal then holds with
  {base} per cent, less {each} for each step of {track} that is missing when the offer is made; where
  nothing is left of that, it can't be offered. The roll comes at its first delivery. If it falls, it is
  over before anything moves, and {track} {short}.
- **What delivering does to {track}.** {full} for a round in which both sides delivered in full. {short}
  for a round in which one or both fell short. {stops}. Deals off the ladder leave {track} alone.
- **Late breaches.** Whoever breaks any deal in the last two rounds loses {late}."""
DETECTION = """\
Each time goods move on a secret deal, unless one of {by} is a party to it, the umpire throws for it,
unseen: {spec.base} per cent, +{spec.each} for each step of {track} above {spec.above}, −{spec.each} for
each step below, never under {spec.least} or over {spec.most}.{rung} The first time it is noticed, {by}
**suspect** it: they learn between whom, since when, and the rung. The parties learn nothing. The next
time it is noticed it is **proved**: laid open to everybody, with its size and what was delivered in full.

Every proof, whichever deal it is of: {proved}. What else follows stands on the deal."""
EMPTY = """\
{pairs} have several phrases. Whoever says yes to a secret deal of this pair picks one of them, or
silence; then the room hears nothing. Either of the two may also publish a phrase with no deal behind it,
once a round, for ¤1. The room can't tell the two kinds apart."""
ACCUSATIONS = """\
In its orders a seat may accuse once a round. It pays ¤{cost} and writes down that {pairs} have a secret
deal on a certain rung. The two themselves can't, and nobody can name a rung on which a deal of theirs is
known already. Accusations are read out first of all at the reveal and judged together, by how things
stood before any of them. Right is an accusation if a secret deal of the two on just that rung runs then,
not yet proved, be it signed this very round: the deal is proved, the oldest one if there are several, and
the accuser gets {right}. Otherwise the accuser loses {wrong}, and each of the two gets ¤1."""
FACTORIES = """\
{whose} plants make as many units in each upkeep as the least of {capacity} (their capacity) and of their
stocks of {inputs}. These stocks start at {shuffle}, in an order that the umpire shuffles and shows
{owner} alone; making goods does not use them up. A lot takes units: {units}. First comes what running
deals owe this round and the store lacks, in the order of signing, unless {owner} stops them. All that is
left becomes {rest}."""
RUIN = """\
- **Ruin** is judged once a round, near the end of the upkeep: a seat is ruined if its own line in the
  table is crossed, or if its score (private points included, agenda not) is below {below}. It is told to
  the room, is for good whatever happens later, and costs {costs} at once. A ruined seat plays on, keeps
  its income and its deals, and can't win.
- **The storm.** The game ends at once, and nobody wins. Seats rank by blame, the least first; equal blame
  by margin.
- **Blame** counts the steps by which {blame} really rose by a seat's open hand: a card that is not quiet,
  its answer to an event, its own answer to a crisis, a known deal that it broke. What follows when a
  known deal is announced or proved is put to the first seat named on the deal. Nobody is blamed for quiet
  cards, secret deals, dials, the warning, the outcome of a crisis, events as such and the upkeep. Steps
  down take no blame away. The umpire keeps the count in the open."""
