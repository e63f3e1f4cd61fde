"""The one base of all screens, and of the app: what is not meant for the screen in front does nothing.

A key may be held down, typed ahead, or come while screens change; a click, a timer or the end of some work
may come for a screen that has gone. So each screen is left once, by whoever leaves it first, and hears only
what was meant for it. Screens are laid over others with `put_up` and left with `leave`, in no other way; the
page below them all asks the session to be taken away.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from inspect import unwrap
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, messages, work
from textual._time import get_time
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import AwaitMount, Widget
from textual.widgets import Input

from wargame.tui.kit.compositor import NarrowCompositor
from wargame.tui.kit.shelf import ShelvingApp
from wargame.tui.terminal.layouts import by_place

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.actions import ActionParseResult
    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.timer import Timer

    from wargame.rules.scenario import Scenario

T = TypeVar("T")

SETTLE = 0.4
"""Seconds after its first painting in which a screen that `settles` hears nothing."""
READING, LONGEST_WAIT = 1.5, 4.0
"""Seconds for which a screen that is to be `read_first` hears nothing, and how far typing puts that off."""
LOOKING = frozenset({"w", "b", "i", "l", "c", "r", "g", "question_mark", "f1", "ctrl+q"})
"""Keys that decide nothing wherever something is decided."""
DEEPEST = 12
"""Screens that may lie on one another; only a key held down asks for more."""
AHEAD = 64
"""Keys typed ahead that wait for the next screen."""


class Request(Message):
    """A message of a widget that asks its screen to do something: only the screen in front does it."""


ASKING = (events.InputEvent, events.Paste, Request, Input.Submitted)


PASSING = (events.Timer, events.Resize, events.ScreenResume)
"""What concerns no screen that has gone, whose turn and whose table may be over."""


def _is_ours(message: Message) -> bool:
    """Return whether a message is something to be done later that Textual has not asked for itself."""
    do = getattr(message, "callback", None) if isinstance(message, events.Callback) else None
    while isinstance(do, partial):
        do = do.func
    return do is not None and not str(getattr(do, "__module__", "")).startswith("textual.")


class GuardedScreen(Screen[T]):
    """A screen that is left once, and hears what is meant for it.

    One that `settles` drops what was typed before it was painted and shortly after, but text for a field is
    heard once it is painted, for it does nothing by itself. One that is to be `read_first` drops for longer,
    and until there is a pause in the typing. `hideable` says whether it can be covered.
    """

    settles: bool = False
    read_first: ClassVar[bool] = False
    hideable: ClassVar[bool] = True
    typing: bool = False
    """Whether something is being typed that would be lost with it."""
    _compositor: NarrowCompositor
    place: Any = None
    """Where in it one is, for when such a page comes up again; None where that does not matter."""

    @property
    def scenario_shown(self) -> Scenario | None:
        """Return the scenario that it is about, whose rules are read from here; None if it is about none."""
        return None

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in every screen, but only the two widgets that differ are painted."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._compositor = NarrowCompositor()
        self._left = False
        self._painted_at = 0.0
        self._hears_from: float | None = None
        self._hears_at_last = 0.0
        self._settled = False
        self._deaf_until = 0.0
        self._sized = self._styled = False

    # --- whose turn is it? -----------------------------------------------------------------------------

    @property
    def gone(self) -> bool:
        """Whether it has been left or is being taken away, perhaps with the whole program.

        A program that ends makes no more widgets, also for screens that are just being put up.
        """
        ends = self.app._exit or not self.app.is_running
        return self._left or self.removed or ends

    @property
    def removed(self) -> bool:
        """Whether it is being taken away, or has been."""
        return self._closing or self._closed or self._pruning

    @property
    def in_front(self) -> bool:
        """Whether nothing lies before this screen."""
        return not self.gone and self.is_active

    @property
    def shows(self) -> bool:
        """Whether something of it has been painted, and it is not being taken away."""
        return bool(self._compositor.paintings) and not self.gone

    @property
    def ready(self) -> bool:
        """Whether it has been painted since it came in front."""
        return self._hears_from is not None and not self.gone

    def hears(self, typed: float) -> bool:
        """Return whether a key or click made at that time, in seconds on the app's clock, is meant for it."""
        if self._hears_from is None or self.gone or typed < self._deaf_until:
            return False
        return typed >= self._hears_from or not self.settles

    def put_off(self, typed: float) -> None:
        """A key made at that time was dropped: where one is to read first, wait for a pause in the typing."""
        if self.read_first and self._hears_from is not None:
            self._hears_from = min(max(self._hears_from, typed + SETTLE), self._hears_at_last)

    def settle_anew(self) -> None:
        """It shows something else to be decided: settle as if it had just come in front."""
        self._settled = False
        self._hears_from = None
        self.call_after_refresh(self._painted)

    def takes_as_text(self, key: events.Key, typed: float) -> bool:
        """Return whether a key typed at that time, since this was painted, is text for the field in focus."""
        if not self.ready or typed < max(self._painted_at, self._deaf_until) or self.focused is None:
            return False
        return self.focused.check_consume_key(key.key, key.character)

    def looks_at(self, key: events.Key, typed: float) -> bool:
        """Return whether a key typed while this is still to be read decides nothing: why, board, help."""
        read = self.read_first and self.ready and typed >= max(self._painted_at + SETTLE, self._deaf_until)
        return read and key.key in LOOKING

    def be_deaf(self) -> None:
        """Hear nothing for a moment: the key that has just uncovered it may still be held down."""
        self._deaf_until = self.guard.clock() + SETTLE

    @property
    def guard(self) -> GuardedApp:
        """The app, as what it is."""
        return cast("GuardedApp", self.app)

    # --- put up and left -------------------------------------------------------------------------------

    def put_up(self, screen: Screen[Any], then: Callable[[Any], object] | None = None) -> None:
        """Lay a screen over this one, if this one is in front; `then` gets its result."""
        if self.in_front and len(self.app.screen_stack) < DEEPEST:
            heard = None if then is None else lambda result: None if self.gone else then(result)
            self.app.push_screen(screen, cast("Any", heard))

    def leave(self, result: T | None = None) -> bool:
        """Leave with this result; False, and nothing, for a screen that has gone or is not in front."""
        if not self.in_front:
            return False
        self._left = True
        super().dismiss(result)
        return True

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave, as Textual's own code asks for it."""
        self.leave(result)
        return AwaitComplete()

    def ask(self, trigger: str, *given: object) -> bool:
        """Ask the session for a trigger, if this screen is in front, and return whether it was granted."""
        return self.in_front and self.guard.ask(trigger, *given)

    def conclude(self, result: T | None = None) -> bool:
        """Say that this is done with: the session's page asks for what comes next, another is left."""
        is_page = self.in_front and self.app.screen_stack[1:2] == [self]
        return self.ask("done", result) if is_page else self.leave(result)

    def begin_again(self, *given: Any) -> None:
        """Be as if just made of what is given: it was left, and comes once more. For the app alone."""
        self._left = self._settled = False
        self._hears_from = None
        self._styled = True

    def end(self) -> None:
        """Hear nothing any more: it is about to be taken away. For the stage alone."""
        self._left = True

    def withdraw(self) -> AwaitComplete:
        """Take this screen, which must be in front, away without a result. For the stage alone."""
        self._left = True
        return self.app.pop_screen()

    def catch_up(self) -> None:
        """Look at what this shows anew: it may have changed."""

    # --- time ------------------------------------------------------------------------------------------

    def every(self, seconds: float, do: Callable[[], object], name: str | None = None) -> Timer:
        """Do something again and again, as long as this screen is in front."""
        return self.set_interval(seconds, lambda: do() if self.in_front else None, name=name)

    def after(self, seconds: float, do: Callable[[], object]) -> Timer:
        """Do something once, unless this screen has gone by then."""
        return self.set_timer(seconds, lambda: None if self.gone else do())

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **named: Any) -> bool:
        """Do something once the screen has been painted, unless this one has gone by then."""
        return super().call_after_refresh(lambda: None if self.gone else callback(*args, **named))

    def tell(self, do: Callable[[], object]) -> None:
        """Have something done here, from a thread, unless this screen has gone by then. Waits for nothing."""
        self.call_later(do)

    # --- painting: once, when all is in its place --------------------------------------------------------

    def on_compose(self) -> None:
        """Have the classes of its size before there is anything in it: all styles are then right at once."""
        (width, height), app = self.app.size, self.app
        across = self.HORIZONTAL_BREAKPOINTS or app.HORIZONTAL_BREAKPOINTS or []
        down = self.VERTICAL_BREAKPOINTS or app.VERTICAL_BREAKPOINTS or []
        here = self._get_breakpoint_classes(width, across) | self._get_breakpoint_classes(height, down)
        self.update_classes(dict.fromkeys(here, True) | dict(self.fitting()), animate=False)

    def fitting(self) -> Mapping[str, bool]:
        """Return the classes that it has, or has not, as large as it is now; breakpoints give it more."""
        return {}

    def fit(self) -> None:
        """Have the classes that fit now, all at once: each time all styles are worked out."""
        self.update_classes(self.fitting(), animate=False)

    async def on_idle(self) -> None:
        """Paint what has come in front as soon as nothing more is to be done for that."""
        painted = self._compositor.paintings and self._hears_from is not None
        if self._sized and not painted and self.in_front:
            await self.guard.precedence.let_others(self.app)  # they may have waited while it was made
            if self.in_front:
                super()._on_timer_update()

    def _on_timer_update(self) -> None:
        """Paint what has changed, or try again in a sixtieth of a second."""
        if not self.guard.precedence.gives_way(self.app):
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Paint, but not what is empty yet, and not parts where all will be painted next."""
        if not (self.is_active and (self._repaint_required or not self._sized)):
            super()._compositor_refresh()

    async def _message_loop_exit(self) -> None:
        """Be taken away, and let go of what holds it."""
        await super()._message_loop_exit()
        self._compositor = NarrowCompositor()
        self._Screen__update_timer = None

    def do_lit(self) -> None:
        """Do what the lit row of its list stands for: Enter, or a click on it."""

    # --- what comes for it -----------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """It comes in front, and hears nothing until it has been painted."""
        self._hears_from = None
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        if self._hears_from is None and not self.gone:
            now, waits = self.guard.clock(), self.settles and not self._settled
            self._painted_at = now
            self._hears_from = now + (READING if self.read_first else SETTLE if self.settles else 0) * waits
            self._hears_at_last = now + LONGEST_WAIT * waits
            self._settled = True
            self.guard.let_in()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return what text may be selected at that place: nothing in a widget that has been taken away."""
        found = super().get_widget_and_offset_at(x, y)
        return (None, None) if found[0] is not None and found[0].parent is None else found

    async def _dispatch_message(self, message: Message) -> None:
        """Hear no request while another screen is in front, and nothing of ours once this one has gone.

        What fails because its widgets have been taken away, or were never there, concerns nobody.
        """
        if isinstance(message, ASKING) and not self.in_front:
            if isinstance(message, events.Key):  # typed ahead: perhaps it is for the screen that is
                self.app.post_message(message)
            return
        if isinstance(message, events.Resize) and message.size != self.app.size:
            return  # late: the layouts of two sizes would call each other up for ever
        if isinstance(message, events.ScreenResume):
            message.refresh_styles &= self._sized and not self._styled  # else they are as they should be
            self._styled = False
        ours = type(message).__module__ not in (events.__name__, messages.__name__)
        if self.gone and (ours or isinstance(message, PASSING) or _is_ours(message)):
            return
        if isinstance(message, events.Resize):
            await self.guard.precedence.let_others(self.app)  # it takes a while, and so did what came before
        try:
            await super()._dispatch_message(message)
        except (NoMatches, IndexError):
            if not self.gone:
                raise
        self._sized |= isinstance(message, events.Resize)


class GuardedModal(ModalScreen[T], GuardedScreen[T]):
    """A guarded screen through which the one below can be seen."""


class GuardedCommands(CommandList):
    """The palette's list, whose rows may change while a click on one is on its way."""

    async def _on_click(self, event: events.Click) -> None:
        """Let a click on a row that is no longer there do nothing."""
        if event.style.meta.get("option", -1) >= self.option_count:
            event.prevent_default().stop()


class GuardedPalette(CommandPalette, GuardedScreen[None]):
    """Textual's palette, left once: what is chosen is done on the screen below, or not at all."""

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def compose(self) -> ComposeResult:
        """Make what Textual's own is made of, with a guarded list."""
        for widget in super().compose():
            yield GuardedCommands() if type(widget) is CommandList else widget

    def leave(self, result: None = None) -> bool:
        """Leave, and look for no more commands: there is nothing left to show them on."""
        if self.in_front:
            self.workers.cancel_node(self)
        return super().leave(result)

    def withdraw(self) -> AwaitComplete:
        """Take it away, and look for no more commands."""
        self.workers.cancel_node(self)
        return super().withdraw()

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Look for commands as long as there is a list to show them in: it may be left at any moment."""
        with suppress(NoMatches):
            await unwrap(CommandPalette._gather_commands)(self, search_value)

    def _action_command_list(self, action: str) -> None:
        """Move in the list of what was found, if that is laid out."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class GuardedApp(ShelvingApp):
    """An app that gives keys and clicks only to the screen they were meant for. `clock` is in seconds."""

    clock: Callable[[], float] = staticmethod(get_time)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._ahead: deque[events.Key] = deque(maxlen=AHEAD)

    def ask(self, trigger: str, *given: object) -> bool:
        """Ask the session for a trigger, where there is one, and return whether it was granted."""
        return False

    def turned_to(self, page: int) -> None:
        """Hear how far what everybody watches has come."""

    def has_shown(self) -> None:
        """Hear that something has been shown which is remembered."""

    def action_hide(self) -> None:
        """Cover what is secret at once."""

    def hide_keys(self) -> frozenset[str]:
        """Return the keys that hide, on whatever screen, as Textual names them."""
        return frozenset()

    def action_facilitate(self) -> None:
        """Open the console of the facilitator, if there is one to be opened."""

    def call_keys(self) -> frozenset[str]:
        """Return the keys that open the console, on whatever screen, as Textual names them."""
        return frozenset()

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """Have a screen made, and wait for that, without laying out and painting once more what just was."""
        if isinstance(screen, str) or screen.is_running:
            return super()._get_screen(screen)
        self.precedence.begins(self)
        self._register(self, screen)
        self.call_next(self._mounted, screen)
        return screen, AwaitMount(screen, ())

    @staticmethod
    async def _mounted(screen: Screen[Any]) -> None:
        """Wait until all is in a screen, or it has been taken away before that."""
        waits: asyncio.Future[Any] = asyncio.ensure_future(screen._mounted_event.wait())
        ends = () if screen._task is None else (screen._task,)
        try:
            await asyncio.wait({waits, *ends}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waits.cancel()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Show what has been painted."""
        super()._display(screen, renderable)
        if renderable is not None:
            self.precedence.answered(self)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """Take widgets away. After a screen nothing is painted: the one in front has been."""
        return super()._prune(*nodes, parent=None if parent is self else parent)

    # --- which keys are heard --------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let a key or click in, keep it for the screen that is just being painted, or drop it."""
        if isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded:
            if isinstance(event, (events.Key, events.MouseDown)):
                self.precedence.presses(self)
            if isinstance(event, events.Key) and self._ahead and self._waits(self.screen):
                self._keep(event)
                return
            if not self._admits(event):
                return
        await super().on_event(event)

    def _admits(self, event: events.InputEvent | events.Paste) -> bool:
        screen, typed = self.screen, self.clock() - (get_time() - event.time)
        if not isinstance(screen, GuardedScreen) or screen.hears(typed):
            return True
        if isinstance(event, events.Key):
            if screen.takes_as_text(event, typed) or screen.looks_at(event, typed):
                return True
            screen.put_off(typed)
            if self.hides(event):
                self.action_hide()
            elif self._waits(screen):
                self._keep(event)
        return False

    def _keep(self, event: events.Key) -> None:
        """Keep a key for the screen to come, in its order: one may come back from the screen before."""
        kept = sorted((*self._ahead, event), key=lambda one: one.time)
        self._ahead = deque(kept, self._ahead.maxlen)

    def hides(self, event: events.Key) -> bool:
        """Return whether a key hides the screen, where it is not taken as text."""
        return not self.hide_keys().isdisjoint(key_names(event))

    @staticmethod
    def _waits(screen: Screen[Any]) -> bool:
        """Whether keys typed ahead wait for that screen."""
        return isinstance(screen, GuardedScreen) and not (screen.ready or screen.settles)

    def let_in(self) -> None:
        """The screen in front has been painted: hear the keys that have waited for it."""
        self.precedence.stands(self)
        if self._ahead:
            self.call_later(self._hear_ahead)

    async def _hear_ahead(self) -> None:
        while self._ahead and not self._waits(self.screen):
            waited = self._ahead.popleft()
            event = events.Key(waited.key, waited.character)
            event.time = waited.time
            if self._admits(event):
                self.precedence.presses(self)
                await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """A key that no field has taken: an action of the screen in front, if it was meant for that one."""
        event.prevent_default()
        if self._admits(event):
            if self.hides(event):  # also before a modal screen, where the app's own keys are not asked
                self.action_hide()
                return
            if isinstance(self.screen, GuardedModal) and not self.call_keys().isdisjoint(key_names(event)):
                self.action_facilitate()
                return
            for name in key_names(event):
                if await self._check_bindings(name):
                    return

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Perform an action, unless the screen of whoever asks for it is no longer in front."""
        if default_namespace is not None and default_namespace is not self:
            try:
                screen = default_namespace.screen
            except NoScreen:
                return False
            if isinstance(screen, GuardedScreen) and not screen.in_front:
                return False
        return await super().run_action(action, default_namespace, namespaces)

    def action_command_palette(self) -> None:
        """Open the palette over the screen in front."""
        open_already = any(isinstance(screen, GuardedPalette) for screen in self.screen_stack)
        if isinstance(self.screen, GuardedScreen) and not open_already:
            self.screen.put_up(GuardedPalette())


def key_names(event: events.Key) -> Iterator[str]:
    """Yield the names that a key may be bound under: its own, then that of its place on the keyboard."""
    yield event.key
    placed = by_place(event.character)
    if placed is not None:
        yield _character_to_key(placed)
