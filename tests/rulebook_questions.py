"""`docs/ten-questions.md`: what a table asks in its first half hour, answered with the numbers of the decks.

The answers say nothing that `rules.md` and `docs/cards.md` don't; `test_ten_questions` plays them.
"""

from __future__ import annotations

import re

from wargame.rules.scenario import Scenario
from wargame.rules.scoring import line_after
from wargame.words import Words
from wargame.words.en.grammar import joined, number, points
from wargame.words.texts import halves, signless


def questions(scenario: Scenario, words: Words) -> str:
    """Return the whole page."""
    spec = scenario.spec
    ladder, detection, accusations, scoring = spec.ladder, spec.detection, spec.accusations, spec.scoring
    assert ladder and detection and accusations
    dial, stand = spec.dials[0], spec.stands[0]
    settings = "\n".join(
        f"- *{words.said(one.title)}*: {words.effects_in_line(one.effects) or 'nothing'}."
        for one in dial.settings
    )
    stops = (f"{by} if {words.capital(seat)} does" for seat, by in ladder.stop.items())
    worth = sorted({agenda.worth for agenda in spec.agendas})
    told = QUESTIONS.format(
        full=f"+{ladder.full}",
        short=ladder.short,
        stops=joined(stops, "or"),
        late=points(scoring.late_breach),
        settings=settings,
        stand="\n".join(f"- {line}." for line in words.stand_text(stand.id)),
        base=detection.base,
        each=detection.each,
        above=detection.above,
        start=scoring.start,
        eight=scoring.win_eight,
        four=halves(line_after(scenario, 4)),
        six=halves(line_after(scenario, 6)),
        worth=joined(map(str, worth), "or"),
        below=signless(scoring.ruin_below),
        ruin=points(scoring.ruin_costs),
        storm=words.condition(next(one.when for one in spec.triggers if one.id == "storm" and one.when)),
        blame=words.track(scoring.blame),
        cap=spec.rules.influence_cap,
        phrases=number(len(next(pair.communiques for pair in spec.pairs if pair.communiques))),
        cost=accusations.cost,
        right=points(accusations.right),
        wrong=points(accusations.wrong),
        signal=spec.rules.signal,
        least=spec.rules.signal_from,
        commits=number(spec.rules.commits),
    )
    return re.sub(r"(?<=[ (])-(?=\d)", "−", told)


QUESTIONS = """\
# Ten questions of play

What a table asks in its first half hour. The questions were written before the rulebook was read, by
somebody who knew only what the game is about; each is answered from [rules.md](../rules.md) and
[cards.md](cards.md) alone, and a test plays the answers. Made from the decks by `make rules`.

## 1. Pyongyang has made Moscow an offer. May Moscow ask for other terms, and who gives first?

Yes. An offer that an earlier seat of this round has made may be answered *yes*, *no* or, in your orders,
*yes, but*: another size, secrecy or length, one lot more of a good that the deal names for this, or
several of these. Offering sets ¤1 aside, and so does “yes, but”. Pyongyang then says yes or no in the
answers, at no further cost; after a no both get their ¤1 back. A deal signed this round delivers in this
round's upkeep, both sides at once. Only where the deal says that one side gives first does the other pay
one round later, for what really came.

*rules.md: [Deals](../rules.md#deals), “Offers”, “Yes, but”, “Goods first”; terms and extras:
[cards.md](cards.md#deals).*

## 2. What exactly is *short*, and what does it cost?

Whoever gives less than promised is short: by the mark *short*, which gives half of each good, rounded up,
or because the store is too empty. Half of one lot is that lot, so who owes one lot a round can't be short
by a mark. On the ladder trust moves by {short} for a round in which one or both fell short, and by {full}
for one in which both delivered in full. To *stop* is another thing: it breaks the deal before anything
moves, trust falls ({stops}), and in the last two rounds the breaker loses {late}. A deal can't be marked
in the round in which it is signed.

*rules.md: [Deals](../rules.md#deals), “Delivery”, “Stopping”, “The ladder”.*

## 3. What do Beijing's Hold, Cut and Feed do, when, and who sees it?

The dial is set in Beijing's orders, stays where it was left, and takes effect in each upkeep, after the
deals have delivered. Only Beijing and the umpire see where it stands; the others see public tracks move
without a reason.

{settings}

*rules.md: [Upkeep](../rules.md#upkeep), “The dial”.*

## 4. What does the warning need, what does it do, and what is proof?

{stand}

It costs nothing to stand. Once the warning stands, it is carried out in the first upkeep in which a
contract for arms is known to the world. A contract for arms is a deal on rung two or above, and it is
known when it is proved or was announced as an open one. It is proved when a secret delivery is noticed
that was suspected before ({base} per cent each time goods move, +{each} for each step of allied
intelligence above {above}), by a right accusation, or by a card that says so.

*rules.md: [Joint stands](../rules.md#joint-stands), [Secrets and
proof](../rules.md#secrets-and-proof), [Upkeep](../rules.md#upkeep), “The warning is carried
out”.*

## 5. When does my printed action come, who is first at the same speed, and who has the initiative?

It is a card like others: it comes in the resolution, by the speed printed on it. Of two at one speed the
one of the seat earlier in the initiative comes first; two of one seat as it laid them down. Initiative
can't tie: in the first round it is drawn who begins, the others follow in the order of the table, and
each round the first goes to the end. The printed action costs a card of the hand and its influence, and
takes the place of all your cards that round.

*rules.md: [A round, step by step](../rules.md#a-round-step-by-step), 1, 3 and 6; speeds: [The
seats](../rules.md#the-seats).*

## 6. We play four rounds, not six. Where is our line, what is an agenda worth, and what if two tie?

The line is {start} + {eight} × rounds ÷ 8: {four} after four rounds, {six} after six. An agenda that is
met at the end adds {worth} points; how many stands on your page. Every seat at or over its line that is not
ruined has won. They rank by margin: score less line, divided by the seat's spread, which is how widely
its score usually scatters. Equal margins stay in the order of the table.

*rules.md: [Scoring](../rules.md#scoring); agendas: [The seats](../rules.md#the-seats).*

## 7. We are ruined in round 3. Are we out? And who wins after the storm?

No. Ruin is judged once a round, near the end of the upkeep: when your own line is crossed, or your score
is below {below}. It is for good, costs {ruin} at once, and you can't win any more; you play on all the
same, and rank behind those who are not ruined. The storm may come in an upkeep with {storm}. It ends the
game at once and nobody wins; seats then rank by blame, the least first. Blame is every step by which a
seat has openly raised the brink; what was done in secret is nobody's.

*rules.md: [Scoring](../rules.md#scoring), “Ruin”, “The storm”, “Blame”; [Upkeep](../rules.md#upkeep),
last line.*

## 8. A card takes a track over its top, another asks whether “a delegation has toured the plants”. What now?

What would go beyond the end of a track, over ¤{cap}, or into a full store is lost; nothing falls below 0.
What is handed over into a full store counts as delivered. “A delegation has toured the plants” is a flag.
It is raised by what the list says, stays up for good unless it says for how long, and the umpire keeps
the public ones in the open and those that only some may see behind the screen.

*rules.md: [What is on the table](../rules.md#what-is-on-the-table), [Setting up](../rules.md#setting-up),
[Flags](../rules.md#flags).*

## 9. We think they have a secret deal. How do we accuse, and does their phrase prove anything?

Write it with your orders, once a round, for ¤{cost}: Pyongyang and Moscow have a secret deal on that
rung. It is read out first of all at the reveal. If such a deal runs then, even one signed this round, it
is proved and you get {right}; if not, you lose {wrong} and each of the two gets ¤1. Their phrase proves
nothing: whoever signs picks one of {phrases} or silence, and either may publish one, for ¤1, with no deal
behind it.

*rules.md: [Secrets and proof](../rules.md#secrets-and-proof).*

## 10. I say which card I shall play. Does it bind me? And who throws the dice that nobody may see?

Anything may be said in the talk and binds nobody. A *signal* is more: in your orders you name, aloud, one
card of your deck that costs at least ¤{least}. If it lies among the up to {commits} cards that you lay
down, you get ¤{signal} at the reveal; if not, you lose ¤{signal}. You need not hold it. The umpire
throws, behind the screen, for secret deliveries, for a rung that trust does not reach, for quiet cards
and for the war, and tells each seat by a note what it may know; every seat gets a note every round. Who
plays an open card throws for it, at the chance written down when it was laid.

*rules.md: [A round, step by step](../rules.md#a-round-step-by-step), “A signal”;
[Dice](../rules.md#dice); [Playing on paper](../rules.md#playing-on-paper).*
"""
