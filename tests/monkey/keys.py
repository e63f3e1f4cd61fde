"""What keys and other things send to a program, and a hand that presses them at random.

The keys are those of the program's own table of actions, so that a new one is pressed without a word here.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from textual.binding import Binding

from wargame.tui.actions import ACTIONS

ESCAPE, ENTER, SPACE = "\x1b", "\r", " "
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"

SENT = {
    "enter": ENTER, "escape": ESCAPE, "space": SPACE, "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f",
    "up": UP, "down": DOWN, "right": RIGHT, "left": LEFT, "home": "\x1b[H", "end": "\x1b[F",
    "insert": "\x1b[2~", "delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip
"""What a terminal sends for a key, by the name Textual has for it."""

SENT |= {
    binding.key: sign
    for sign in string.digits + string.ascii_letters + string.punctuation.replace(",", "")
    for binding in Binding.make_bindings([Binding(sign, "")])
} | {"comma": ","}

LEAVES = ("q", "ctrl+q")
"""Keys that end the program; pressed as often as the others, there would be little else."""

WEIGHTS = {ENTER: 14.0, ESCAPE: 6.0, DOWN: 7.0, UP: 5.0, RIGHT: 5.0, LEFT: 4.0, SPACE: 5.0, "\t": 3.0}
WEIGHTS |= {"\x1b[6~": 2.0, "\x1b[5~": 1.0, "s": 2.0, "e": 2.0}

STRANGE = "HhIiQÄéñßøжрйхяㅗㅎㅂㅛ中文字👍🏽é"
STRANGE += "\u3000\u200f\u05d0\u0661\u202e\u200d\u200b\ufeff\u2028\ufffd\x00\x01\x03\x04\x08\x0c\x1a\x1c\x85"
WORDS = ("1234", "12", "a", "Kim", "round 2", "[b]x[/b]", "[/]", "{0}%s", "-1", "99999999999999999999", "²",
         "٣", "naïve", "日本", "x" * 300, "o", "quit", "rules", "back", "save", "no reason",
         "¤", "\\", "'\"")  # fmt: skip
HALVES = ("\x1b[", "\x1b[<", "\x1b[<0;", "\x1b[<0;12;", "\x1b[M", "\x1b[M !", "\x1bO", "\x1b[1;", "\x1b[1;2",
          "\x1b]0;odd", "\x1b]11;rgb:", "\x1bP", "\x1b[?", "\x1b[?2026", "\x1b[200", "\x1b_G", "\x1b\x1b",
          "\x1b[27;", "\x1b[57", "\x1bN")  # fmt: skip
"""Beginnings of sequences that never come to an end."""
REPLIES = ("\x1b[?2026;2$y", "\x1b[?2026;0$y", "\x1b[24;80R", "\x1b[1;1R", "\x1b[?62;22c", "\x1b[>1;10;0c",
           "\x1b[?0u", "\x1b[?1u", "\x1b]11;rgb:0000/0000/0000\x07", "\x1b[I", "\x1b[O", "\x1b[4;600;800t",
           "\x1bP>|odd\x1b\\", "\x1b[?1;2;4c", "\x1b[0n")  # fmt: skip
"""What terminals say by themselves, asked or not."""
ODD = (b"\xe9x", b"\xff\xfe", b"\x80", b"\xc3(", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80",
       b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x00" * 9, b"\x9b31m", b"\xe2\x82",
       b"\xc3", b"\xf0\x9f\x91", b"\xa4\xa4")  # fmt: skip
SIZES = (
    (80, 24),
    (80, 25),
    (81, 24),
    (100, 30),
    (115, 29),
    (116, 30),
    (120, 40),
    (160, 45),
    (200, 60),
    (250, 80),
)
TIGHT = ((1, 1), (2, 1), (1, 30), (8, 3), (20, 5), (40, 12), (79, 24), (80, 23), (250, 1))


class Event(NamedTuple):
    """Something done to the program, and how many seconds of patience follow it.

    `kind` is `write` (the bytes of `what`, as Latin-1), `size` (columns and rows), `signal` (its name),
    `settle` (until the program rests) or `ask` (for a sign of life). `who` does it is "" for whoever sits at
    the program's own terminal, else a guest of the host that it is (`guests`): these also `come`, `drop`,
    `leave`, `knock` with bytes that are no ssh, and `stall` for so many seconds.
    """

    kind: str
    what: str = ""
    pause: float = 0.0
    who: str = ""

    @property
    def bytes(self) -> bytes:
        return self.what.encode("latin-1")


def press(keys: str, pause: float = 0.0) -> Event:
    """All these keys in one write."""
    return Event("write", keys.encode("utf-8", "surrogatepass").decode("latin-1"), pause)


def sent(key: str) -> str:
    """What a terminal sends for a key, by Textual's name. `ValueError` if that is not known here."""
    if key in SENT:
        return SENT[key]
    head, _, last = key.rpartition("+")
    if head != "ctrl" or not last.isalpha() or len(last) > 1:
        raise ValueError(f"tests/monkey/keys.py: say in SENT what a terminal sends for {key!r}")
    return chr(ord(last.lower()) & 0x1F)


def real_keys() -> dict[str, float]:
    """Every key of the table of actions as it is sent, and how often it is pressed."""
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    weights = {sent(key): 0.08 if key in LEAVES else 1.0 for key in keys}
    return weights | WEIGHTS


class Hand:
    """An endless, seeded row of gestures at a window of this size, `without` those of that name."""

    def __init__(self, random: Random, size: tuple[int, int], without: frozenset[str] = frozenset()) -> None:
        self.random, self.size = random, size
        keys = sorted(real_keys().items())
        self._keys, self._key_weights = [key for key, _ in keys], [weight for _, weight in keys]
        gestures: dict[Callable[[], Iterator[Event]], float] = {
            self.tap: 44, self.burst: 9, self.again: 7, self.hold: 5, self.batched: 3, self.go_on: 7,
            self.type: 5, self.palette: 3, self.click: 10, self.drag: 2, self.wheel: 3, self.old_mouse: 2,
            self.paste: 2, self.half: 2, self.odd: 2, self.reply: 2, self.coded: 2, self.strange: 2,
            self.resize: 4, self.resizes: 1, self.rest: 3, self.stop: 0.4,
        }  # fmt: skip
        made = {gesture: weight for gesture, weight in gestures.items() if gesture.__name__ not in without}
        self._gestures, self._weights = list(made), list(made.values())

    def gesture(self) -> list[Event]:
        """The next thing the hand does."""
        small = self.size[0] < 80 or self.size[1] < 24
        if small and self.random.random() < 0.3:
            return list(self._to(*self.random.choice(SIZES)))
        return list(self.random.choices(self._gestures, self._weights)[0]())

    def key(self) -> str:
        return self.random.choices(self._keys, self._key_weights)[0]

    def _pause(self) -> float:
        return self.random.choice((0.0, 0.0, 0.0, 0.01, 0.033, 0.033, 0.06, 0.1, 0.1, 0.3))

    # --- keys ------------------------------------------------------------------------------------------

    def tap(self) -> Iterator[Event]:
        yield press(self.key(), self._pause())
        if self.random.random() < 0.25:
            yield Event("settle")

    def again(self) -> Iterator[Event]:
        """One key several times in one write."""
        yield press(self.key() * self.random.randint(2, 4), self._pause())

    def burst(self) -> Iterator[Event]:
        """Several keys in one write."""
        yield press("".join(self.key() for _ in range(self.random.randint(2, 12))), self._pause())

    def hold(self) -> Iterator[Event]:
        """A key held down, repeated each 33 ms."""
        key = self.key()
        for _ in range(self.random.randint(8, 50)):
            yield press(key, 0.033)

    def batched(self) -> Iterator[Event]:
        """The same as ssh and tmux bring it: three in one write each 100 ms."""
        key = self.key()
        for _ in range(self.random.randint(4, 16)):
            yield press(key * 3, 0.1)

    def go_on(self) -> Iterator[Event]:
        """What leads a patient person through a game."""
        for key in self.random.choice(
            (("s", ENTER), (SPACE,), ("e", ENTER), (DOWN, ENTER), (ENTER,), (ESCAPE, ENTER))
        ):
            yield press(key, self.random.choice((0.0, 0.1, 0.45)))

    def type(self) -> Iterator[Event]:
        yield press(self.random.choice(WORDS), self._pause())
        yield press(self.random.choice((ENTER, ENTER, ENTER * 2, ESCAPE, "\t", "\x7f")), self._pause())

    def palette(self) -> Iterator[Event]:
        yield press(self.random.choice(("p", "\x10")), self.random.choice((0.0, 0.1, 0.4)))
        if self.random.random() < 0.6:
            yield press(
                self.random.choice((*WORDS[:2], "o", "quit", "rules", "back", "help", "set", "board", "x"))
            )
        yield press(
            self.random.choice((ENTER, ENTER * 2, DOWN + ENTER, ENTER + ESCAPE, ESCAPE)), self._pause()
        )

    def coded(self) -> Iterator[Event]:
        """Keys as the keyboard protocol writes them, some with numbers that are no letter's."""
        code = self.random.choice((27, 13, 9, 104, 72, 127, 57358, 57399, 0, 55296, 1114112, 99999999, 1088))
        more = self.random.choice(("", ";2", ";5", ";3", ";1:3", ";;104", ";0", ";999"))
        yield press(f"\x1b[{code}{more}u", self._pause())

    def strange(self) -> Iterator[Event]:
        """Letters of other layouts and keyboards, and Alt with a key."""
        alt = self.random.choice(("", "", ESCAPE))
        yield press(alt + self.random.choice(STRANGE), self._pause())

    # --- the mouse -------------------------------------------------------------------------------------

    def _place(self) -> tuple[int, int]:
        if self.random.random() < 0.05:
            return self.random.choice(((0, 0), (1, 1), (999, 999), self.size, (32767, 3), (-1, 5)))
        return self.random.randint(1, self.size[0]), self.random.randint(1, self.size[1])

    def click(self) -> Iterator[Event]:
        (x, y), button = self._place(), self.random.choices((0, 1, 2, 4, 16), (12, 1, 2, 1, 1))[0]
        one = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
        yield press(f"\x1b[<35;{x};{y}M" + one * self.random.choice((1, 1, 1, 2, 3)), self._pause())

    def drag(self) -> Iterator[Event]:
        x, y = self._place()
        yield press(f"\x1b[<0;{x};{y}M", 0.01)
        for _ in range(self.random.randint(1, 6)):
            x, y = self._place()
            yield press(f"\x1b[<32;{x};{y}M", 0.01)
        yield press(f"\x1b[<0;{x};{y}m" if self.random.random() < 0.8 else "", self._pause())

    def wheel(self) -> Iterator[Event]:
        (x, y), way = self._place(), self.random.choice((64, 65, 66, 67))
        yield press(f"\x1b[<{way};{x};{y}M" * self.random.randint(1, 12), self._pause())

    def old_mouse(self) -> Iterator[Event]:
        """Reports of a terminal that knows only the old forms: three bytes, or decimal numbers."""
        (x, y), button = self._place(), self.random.choice((0, 3, 32, 35, 64, 65))
        if self.random.random() < 0.3:
            yield press(f"\x1b[{button + 32};{x};{y}M", self._pause())
            return
        bytes_ = bytes(min(max(at + 32, 0), 255) for at in (button, x, y))
        yield Event("write", "\x1b[M" + bytes_.decode("latin-1"), self._pause())

    # --- what no key sends -----------------------------------------------------------------------------

    def paste(self) -> Iterator[Event]:
        inside = self.random.choice(
            (*WORDS, "two\nlines", "\r\r\r", "\x1b[A\x1b", "q", "a\x00b", "long " * 1000, "")
        )
        yield press(f"\x1b[200~{inside}", self.random.choice((0.0, 0.0, 0.2)))
        yield press("\x1b[201~" * self.random.choice((1, 1, 1, 2)), self._pause())

    def half(self) -> Iterator[Event]:
        """The beginning of a sequence; its end may come as something else."""
        yield press(self.random.choice(HALVES), self.random.choice((0.0, 0.05, 0.2)))
        if self.random.random() < 0.5:
            yield press(self.key(), self._pause())

    def odd(self) -> Iterator[Event]:
        """Bytes that are no text."""
        odd = self.random.choice((*ODD, self.random.randbytes(self.random.randint(1, 16))))
        yield Event("write", odd.decode("latin-1"), self._pause())
        yield press("\x1b\\\x07\x1b[201~")  # whatever string of a terminal they have begun

    def reply(self) -> Iterator[Event]:
        yield press(self.random.choice(REPLIES), self._pause())

    # --- the window and the process --------------------------------------------------------------------

    def _to(self, width: int, height: int, pause: float = 0.0) -> Iterator[Event]:
        self.size = width, height
        yield Event("size", f"{width} {height}", pause)

    def resize(self) -> Iterator[Event]:
        usual = self.random.random() < 0.7
        sizes = SIZES if usual else (*TIGHT, (self.random.randint(1, 250), self.random.randint(1, 80)))
        yield from self._to(*self.random.choice(sizes), self._pause())

    def resizes(self) -> Iterator[Event]:
        """A window whose edge is dragged."""
        for _ in range(self.random.randint(2, 8)):
            size = self.random.choice((*SIZES, *TIGHT))
            yield from self._to(*size, self.random.choice((0.0, 0.01, 0.05)))
        yield from self._to(*self.random.choice(SIZES))

    def rest(self) -> Iterator[Event]:
        yield Event("settle", pause=self.random.choice((0.1, 0.5, 1.2)))

    def stop(self) -> Iterator[Event]:
        """The program is stopped, as by Ctrl-Z or harder, and goes on; keys may come meanwhile."""
        yield Event("signal", self.random.choice(("SIGTSTP", "SIGSTOP")), 0.2)
        if self.random.random() < 0.5:
            yield press(self.key(), 0.05)
        yield Event("signal", "SIGCONT", 0.1)
