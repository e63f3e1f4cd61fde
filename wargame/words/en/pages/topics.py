"""What the lit row of a screen is about: a title and a few sentences, by screen or by kind of row on it."""

from __future__ import annotations

TOPICS = {
    # --- a seat's orders
    "orders": (
        "Your orders",
        "In one turn you may lay down cards, make offers, answer them, mark your running deals and tell the "
        "table about one card. All of it stays face down until the reveal. Nothing has to be done: influence "
        "you keep is there next round.",
    ),
    "orders/card": (
        "A card of your hand",
        "Enter lays it face down. You pay its cost at once, and its chance is fixed as it stands now, "
        "whatever happens before it is rolled. It takes effect in the resolution, cards of speed 1 first. "
        "If it must be aimed, ← and → choose the target before you commit. A row marked × can't be laid "
        "down now; w says which rule forbids it.",
    ),
    "orders/discard": (
        "A card to give up",
        "Enter gives this card up and does instead what is printed on your board, aimed with ← and →. That "
        "takes the place of all cards of this turn, so it can't follow a commit. Esc goes back to the "
        "orders.",
    ),
    "orders/signal": (
        "A card to tell the table about",
        "Enter tells everybody that you will play this card. It need not be true, but a promise kept pays "
        "influence at the reveal and a broken one costs it. One signal a round. Esc goes back to the orders.",
    ),
    "orders/laid": (
        "A card you have laid down",
        "It is paid for and its chance is fixed. Nobody else sees which it is before the reveal. u takes "
        "back your last move, as long as no die has been rolled and nothing hidden has been seen.",
    ),
    "orders/offered": (
        "An offer you have made",
        "Its other party reads it in its own turn and says yes or no. What signing costs is set aside until "
        "then and comes back if the answer is no or never comes. u takes back your last move.",
    ),
    "orders/deal": (
        "A running deal",
        "In the upkeep it delivers by itself what both sides promised. ← and → choose deliver, short (half "
        "of it, rounded up) or stop (break the deal), and Enter marks it. Short and stop cost you what the "
        "deal says, and late in the game a broken deal may cost points.",
    ),
    "orders/answer": (
        "An offer to you",
        "← and → turn no into yes, and Enter gives the answer. Signing costs both sides influence, and the "
        "deal delivers for the first time this round. An offer you leave open counts as no. Nobody makes a "
        "counter-offer: make one of your own.",
    ),
    "orders/answer-or-counter": (
        "An offer to you",
        "← and → turn no into yes, and Enter gives the answer. Signing costs both sides influence, and the "
        "deal delivers for the first time this round. An offer you leave open counts as no. To sign on "
        "other terms, go to the row below: yes, but.",
    ),
    "orders/counter": (
        "Yes, but",
        "Enter opens the terms of this offer. Change them and say yes to those: whoever made the offer has "
        "the last word, yes or no, in the answers. What signing costs is set aside until then. Nobody "
        "counters a counter-offer.",
    ),
    "orders/dial": (
        "A secret lever",
        "← and → choose a setting, and Enter sets it. It takes effect in every upkeep and stays where you "
        "leave it. Others see what follows, not where it stands.",
    ),
    "orders/crisis": (
        "A crisis",
        "All seats answer the same question in secret, each with its orders. ← and → choose an answer, and "
        "Enter gives it; whoever says nothing gives the first one. In the resolution all answers are told at "
        "once, and together they decide how it ends.",
    ),
    "orders/stand": (
        "A joint stand",
        "Enter takes your place in it, in secret. It only binds if all who are named take their place in "
        "the same round; if one stays away, the others have stood alone and pay for it. Agree on it aloud "
        "first.",
    ),
    "orders/accuse": (
        "An accusation",
        "Once a round you may say aloud that two others have a secret deal on a certain rung. It lies face "
        "down until the reveal. If they have, it is proved; if not, you pay for it. Enter chooses whom.",
    ),
    "orders/announce": (
        "A communiqué without a deal",
        "Once a round you may have it published that you and another seat spoke of something. At the reveal "
        "it reads like any secret deal's; nothing is signed, and the other side knows that. ← and → choose "
        "the words, and Enter pays for it.",
    ),
    "orders/answers": (
        "The answers",
        "What was offered since your orders is answered now, yes or no. ← and → turn the answer and Enter "
        "gives it; e ends the turn, and what is left open counts as no. Cards and offers wait for next "
        "round.",
    ),
    # --- the deal desk
    "desk": (
        "The deal desk",
        "Here you write an offer: whom to, which deal, how large, open or secret, and for how long. Both of "
        "you read the same sentence. Enter lays it before the other side; Esc drops it.",
    ),
    "desk/deal": (
        "A deal to offer",
        "The pane says what both sides would give each round and what your stores would then hold. A per "
        "cent beside it is the chance that the deal holds at its first delivery. ← and → go through its "
        "forms, ↓ leads to its terms, and Enter lays it before the other.",
    ),
    "desk/dial:size": (
        "The size of the offer",
        "Small or large: how much each side hands over in every round. Below zero in the forecast means "
        "that you would deliver short.",
    ),
    "desk/dial:secrecy": (
        "Open or secret",
        "An open deal is read out at the reveal. Of a secret one the public hears only a communiqué, but "
        "each delivery may be noticed: first a suspicion, then proof. w shows that chance.",
    ),
    "desk/dial:rounds": (
        "How long it runs",
        "That many deliveries are promised, the first of them this round. A longer deal brings more, and is "
        "broken more easily.",
    ),
    # --- yes, but
    "counter": (
        "Yes, but",
        "Here you change the terms of an offer that you were made. ← and → turn them, and Enter says yes to "
        "the new ones. Whoever made the offer answers last, yes or no; Esc leaves the offer as it was.",
    ),
    "counter/dial:more": (
        "Something more",
        "One lot of one good a round from either side, on top of what the deal says. It is owed like the "
        "rest of it, as long as the deal runs.",
    ),
    # --- accusing
    "accuse": (
        "Whom to accuse",
        "Each row is a pair and the rung of the secret deal that they are said to have. The pane says what "
        "it costs and brings, and what you know. Enter lays the accusation face down; Esc says nothing.",
    ),
    # --- looking
    "board": (
        "The board",
        "What everybody may see: the tracks, whose turn it is, scores as far as they are public. Tab turns "
        "the pages of the pane: row, deals, news, log, seats. Enter hands over to the next seat.",
    ),
    "board/track": (
        "A track",
        "A number that everybody's story moves, with a name for each stretch of it. The pane says where it "
        "stands, what moved it last and whose score a step changes. Where ▣ stands instead of a number, "
        "only the seats beside it know.",
    ),
    "log": (
        "The log",
        "All that has happened so far, as you saw it, newest first. What others did in secret is not in it.",
    ),
    "know": (
        "What only you know",
        "Your page: what you want and fear, how you win and are ruined, how to play and to begin, your "
        "secret agenda, and what you have found out. Nobody else may read it. i opens it from every "
        "turn.",
    ),
    "first": (
        "Your seat",
        "Who you are: what you want and fear, the score you must reach, what moves it, who needs you, and "
        "three things you can do in a turn. Enter leads to your orders, i to all that only you know.",
    ),
    # --- watching
    "resolution": (
        "What happened",
        "Everybody watches, one step at a time. The pane says what was done, what was rolled and what "
        "moved; w says what the card or happening can do. Enter goes on, a runs by itself, s skips to the "
        "end.",
    ),
    "resolution/news": (
        "News",
        "Event cards open the round. Each does at once what it says; some ask a seat to choose, aloud. What "
        "earlier cards put off happens now as well.",
    ),
    "resolution/orders": (
        "Orders",
        "What was done aloud while orders were given, such as a card that a seat told the table about. "
        "Everything else lies face down.",
    ),
    "resolution/reveal": (
        "The reveal",
        "Everything turns over at once, but for quiet cards. Open deals are read out, secret ones only by "
        "their communiqué. Signals kept are paid, false ones cost.",
    ),
    "resolution/resolution": (
        "A card takes effect",
        "Cards go by speed, then by initiative. The bar is the chance that was fixed when the card was laid "
        "down; the arrow is the die, and at or left of the bar's edge it works. Where a modifier is secret, "
        "only the outcome is shown.",
    ),
    "resolution/upkeep": (
        "The upkeep",
        "Factories, deliveries, dials and the scenario's own happenings, in a fixed order. Secret "
        "deliveries may be noticed now. Then ruin is judged, and income and cards come in.",
    ),
    "resolution/summary": (
        "The state of the world",
        "What this round moved in public: ▫ was, ▪ is, with the cause. Below are the scores as far as they "
        "can be worked out by everybody.",
    ),
    # --- deciding aloud
    "choice": (
        "A question to you, aloud",
        "A card or an event asks your seat to decide, and all will hear the answer. Light each answer to "
        "see what it would do; × marks one that you can't give. Enter chooses.",
    ),
    "aloud": (
        "A question before everybody",
        "A card or an event asks a seat to decide, aloud: all look on and may talk. What only that seat may "
        "know is not shown here; with i it takes the keyboard by a hand-over and looks alone first. Enter "
        "on a lit answer says it.",
    ),
    # --- facilitating
    "firstpin": (
        "A PIN for the facilitator",
        "The console shows every hand and secret. Its PIN is asked for at F2 from now on; Esc asks whether "
        "it shall do without.",
    ),
    "facilitate": (
        "The facilitator's console",
        "It sees everything and plays no seat: keep it off the wall. A row opens a form; whatever it does "
        "needs a reason, is saved at once and is marked as the white cell's doing in every report. Space "
        "pauses, + gives a minute, i lets the next inject come; a answers the seat that has asked first, x "
        "puts that away. Esc goes back to where the table was; nothing of the console stays on the screen.",
    ),
    "mirror": (
        "Somebody's screen",
        "What they see, as it changes. No key and no click reaches it; arrows scroll where it is larger than "
        "yours. The journal says that you have looked, and Esc goes back.",
    ),
    "form": (
        "A form of the facilitator",
        "← and → turn a row, Enter types into it or opens its list; a row of text takes what you type, and a "
        "reason can be picked with ← and →. The pane says what would happen and what is still missing. The "
        "last row does it, and End goes there; Esc leaves it undone, as it stands.",
    ),
    "page": (
        "What you have composed, as YAML",
        "These lines can be pasted into the list of injects of an exercise file. They are on the clipboard "
        "too, where the terminal lets a program put something there. Esc goes back to the form.",
    ),
    "pick": (
        "A list",
        "Enter takes the lit row. f finds by a part of the name; Esc goes back.",
    ),
    "asked": (
        "Asked with your orders",
        "One line on why you order this, and how likely you think something is, in per cent. Nobody else "
        "reads it until the "
        "game is over. All of it may be skipped.",
    ),
    # --- writing to each other
    "messages": (
        "Messages",
        "What others wrote to you, and what you wrote, the newest last. Light a seat and press Enter to "
        "write to it; Space adds more of them. Only sender, addressees and the white cell read a message "
        "before the end, and nothing that is written binds.",
    ),
    "estimate": (
        "The white cell asks",
        "How likely you think something is, in per cent; every seat is asked. Nobody else reads your answer "
        "before the end. When the poll is closed everybody reads the median.",
    ),
    # --- around a game
    "handover": (
        "Pass the keyboard",
        "The next seat's private screen comes up only when its person is there. Everybody else looks away "
        "until the turn has ended.",
    ),
    "talk": (
        "The table is open",
        "Talk to anybody you like, here or apart. Nothing that is said binds anybody, and no rule reads it; "
        "what binds is a signed deal. t notes who asked whom aside, which everybody may read. Enter ends "
        "the talk, and orders begin.",
    ),
    "aside": (
        "A side talk",
        "First who asks, then whom, then a line on it if you like. Everybody may read it, now and when the "
        "game is looked back on. It changes nothing in the game.",
    ),
    "final": (
        "The end",
        "Seats rank by how far they stand over their own line, in units of their usual spread. More than "
        "one can win, and all can lose. Everything secret is laid open: Tab turns the pages. v looks back "
        "on the game move by move, x writes a report beside its save.",
    ),
    "home": (
        "Home",
        "Start a game, go on with a saved one, or read the rules. Every move is saved as it is made. On a "
        "game that is over v looks back move by move, and x writes a report beside its save.",
    ),
    "setup": (
        "Setting up a game",
        "Choose the scenario, its length, and who sits in which seat: a person or a bot. ← and → turn the "
        "lit row, n types a name or a seed, s starts.",
    ),
    "setup/seat": (
        "A seat",
        "A place at the table. ← and → choose a person or one of the bots; n gives a person a name.",
    ),
}

UNKNOWN = ("This screen", "Arrows light a row, Enter does what it says, Esc goes back.")
