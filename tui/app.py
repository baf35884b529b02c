"""The desk: a thin app that owns the register, today's date and what outlives a page."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import Screen

from db import moment
from tui.actions.keymap import config_path, read_keymap, readable
from tui.actions.registry import bindings
from tui.desk import faults
from tui.desk.asking import ask, going_on
from tui.desk.session import Habits, Opened, Opening
from tui.desk.state import forget_old, remember, remembered
from tui.desk.terminal import drop_what_is_unsaid, outliving, unfit_terminal, watch_terminal
from tui.desk.typeahead import TypeAheadApp
from tui.look.stylesheet import DeskStylesheet
from tui.look.theme import DEFAULTS, LABELS, THEMES, fitting_theme, next_theme
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.home import HomeScreen
from tui.screens.today.today import TodayScreen
from tui.widgets.plain import notice

if TYPE_CHECKING:
    from db.storage.register import Register
    from tui.screens.shared.windows import Confirm


def _register_screen() -> Screen[Any]:
    from tui.screens.register.register import RegisterScreen

    return RegisterScreen()


DAY_CHECK_SECONDS = 30
PAINTED_AT_MOST, AT_MOST = 3, 20
"""How often the same error is told, at painting and elsewhere, before the desk gives up."""


class TaizhangApp(TypeAheadApp):
    """台账 at a terminal."""

    TITLE = "台账"
    CSS_PATH = "look/desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall"), (40, "-high")]  # noqa: RUF012

    SCREENS: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {
        "today": TodayScreen,
        "register": _register_screen,
    }

    def __init__(self, location: str | None, page: str = "today") -> None:
        # Without colours the framework paints in greys, unless it is told so early.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.stylesheet = DeskStylesheet(variables=self.get_css_variables())
        self._page = page
        self.today: date = moment.today()
        self.habits = Habits()
        self.location = location or ""
        self._open: Opened | None = None
        self._faults: Counter[str] = Counter()
        self.opening: Opening | None = None  # while a thread is at it
        self._asks_to_quit: Confirm | None = None
        self.keymap = read_keymap(config_path())
        self.set_keymap(dict(self.keymap.chosen))
        for theme in THEMES.values():
            self.register_theme(theme)
        if "TEXTUAL_THEME" not in os.environ:
            colours = os.environ.get("TEXTUAL_COLOR_SYSTEM") or self.console.color_system
            self.theme = fitting_theme(colours, self.no_color, remembered("theme"))
        self.animation_level = "none"

    def on_mount(self) -> None:
        self.push_screen(self._page)
        if self.keymap.problems:
            told = "\n".join(self.keymap.problems)
            self.show_error(f"按键设置里有几处没有采用，其余照用：\n\n{told}\n\n{config_path()}")
        self.set_interval(DAY_CHECK_SECONDS, self.check_day)
        watch_terminal(self, self.leave)

    def get_driver_class(self) -> type[Driver]:
        return outliving(super().get_driver_class())

    # -- the register -----------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._open is not None

    @property
    def register(self) -> Register:
        """The open register; pages ask only after it has been opened."""
        if self._open is None:
            raise RuntimeError("the register is not open")
        return self._open.register

    @property
    def opened(self) -> Opened:
        """The open register with what its pages are headed with."""
        if self._open is None:
            raise RuntimeError("the register is not open")
        return self._open

    def open_register(self) -> None:
        """Open the register in a thread, unless one is at it; the home page then hears of it."""
        if self.opening is not None:
            return
        opening = self.opening = Opening()

        def opened(found: Opened | None) -> None:
            self.opening = None
            _collect_again()
            self.home.register_opened(found)

        def failed(sentence: str) -> None:
            self.opening = None
            _collect_again()
            self.home.register_not_opened(sentence)

        ask(self, "open", lambda: self._find(opening), opened, failed)

    def _find(self, opening: Opening) -> Opened | None:
        """Open the register (in a worker thread); None when there is none yet."""
        from db.opening import open_register
        from db.storage.location import exists, locate

        self.location = locate(self.location or None)
        if not exists(self.location):
            return None
        register = open_register(self.location, told=opening.told)
        return Opened(register, register.organ_names(), forgotten=forget_old(moment.now()))

    def create(self, organ: str) -> Opened:
        """Begin a register for an organ (in a worker thread)."""
        from db.cases.organs import add_organ
        from db.opening import open_register

        register = open_register(self.location, create=True)
        add_organ(register, organ)
        return Opened(register, register.organ_names(), fresh=True)

    def open_demo(self, progress: Callable[[str, int, int], None]) -> Opened:
        """The invented register, in a file of its own beside the real one (in a worker thread)."""
        from db.demo.cases import make_demo
        from db.lookup.find import count_found
        from db.opening import open_register
        from db.storage.location import exists, sqlite_path

        path = str(sqlite_path(self.location).with_name("demo.db"))
        fresh = not exists(path)
        register = open_register(path, create=True)
        try:
            if not count_found(register, ""):  # also when its making was stopped the last time
                make_demo(register, progress=progress)
        except BaseException:
            register.close()
            raise
        return Opened(register, register.organ_names(), "演示登记簿", fresh=fresh)

    def adopt(self, opened: Opened) -> None:
        """Work with this register from now on."""
        if self._open is not None and self._open.register is not opened.register:
            self._open.register.close()
        self._open = opened
        if opened.forgotten:
            notice(self, f"{opened.forgotten} 份 90 天前没有保存的填写内容已清除。")
        if opened.fresh and not remembered("tour"):
            self.call_later(self.action_tour)

    def on_unmount(self) -> None:
        if self.opening is not None:
            self.opening.stop.ask()
        if self._open is not None:
            self._open.register.close()

    def check_day(self) -> None:
        """Read today afresh; when midnight has passed, every page follows."""
        today = moment.today()
        if today != self.today:
            self.today = today
            for screen in self.screen_stack:
                if isinstance(screen, DeskScreen):
                    screen.day_changed()

    # -- actions everywhere -----------------------------------------------------------------

    def action_help(self) -> None:
        from tui.screens.shared.windows import HelpWindow

        screen = self.screen
        if isinstance(screen, DeskScreen):
            self.push_screen(HelpWindow(screen.SCOPES, screen.help_topics(), self.keymap))

    def action_palette(self) -> None:
        if isinstance(self.screen, DeskScreen):
            from tui.screens.everywhere.palette import Palette

            self.push_screen(Palette(self.screen))

    def action_dark(self) -> None:
        """The next theme; the choice is remembered."""
        self.theme = next_theme(self.theme)
        remember("theme", self.theme)
        notice(self, f"配色：{LABELS[self.theme]}。")

    def action_jump(self) -> None:
        from tui.screens.everywhere.jump import Jump, jump_targets

        page = self.screen
        if isinstance(page, DeskScreen):
            self.push_screen(
                Jump(jump_targets(page)), lambda chosen: chosen.focus() if chosen else None
            )

    def action_tour(self) -> None:
        from tui.screens.start.tour import Tour

        remember("tour", True)
        self.push_screen(Tour())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DEFAULTS

    def get_key_display(self, binding: Binding) -> str:
        """How a key stands in the footer."""
        return readable(binding.key).replace("Ctrl+", "^")

    async def action_quit(self) -> None:
        if self._asks_to_quit is self.screen:
            return
        if any(isinstance(s, DeskScreen) and s.unsaved() for s in self.screen_stack):
            from tui.screens.shared.windows import confirm

            self._asks_to_quit = confirm(
                self.screen,
                "有内容还没有保存。要放弃并退出吗？",
                "放弃并退出",
                "回去",
                self.give_up,
            )
        else:
            self.exit()

    def leave(self, status: int) -> None:
        """The terminal has gone, or the program is told to end: keep what is typed, and end."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                with going_on(screen):
                    screen.keep()
        self.exit(return_code=status)

    def give_up(self) -> None:
        """Leave, and forget what was typed and not saved: the clerk has said so."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.forget()
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies elsewhere; here it only says how to leave."""
        notice(self, "退出请按 Ctrl+Q；复制选中的文字用 Ctrl+C。")

    # -- when things go wrong ---------------------------------------------------------------

    def show_error(self, sentence: str) -> None:
        """A window with a sentence; the same one twice over is shown once."""
        from tui.screens.shared.windows import ErrorWindow

        top = self.screen
        if isinstance(top, ErrorWindow) and top.text == sentence:
            return
        self.drop_typed()
        self.push_screen(ErrorWindow(sentence))

    def open_case(self, number: str) -> None:
        """A case's page, over the one in sight, which is read again on the way back."""
        from tui.screens.case.case import CaseScreen

        page = self.screen
        if isinstance(page, DeskScreen):
            self.push_screen(CaseScreen(number), lambda _: page.reload())

    @property
    def home(self) -> HomeScreen:
        """今日 or 台账, whichever is at the bottom."""
        return next(screen for screen in self.screen_stack if isinstance(screen, HomeScreen))

    def go_home(self, page: str) -> HomeScreen:
        """Change 今日 for 台账, or the other way; answers the page that is then in sight."""
        screen = self.get_screen(page)
        if not isinstance(screen, HomeScreen):
            raise TypeError(page)
        if isinstance(self.screen, HomeScreen):
            self.screen.leaving = self.screen is not screen
        self.switch_screen(page)
        if screen.is_mounted:  # else it arrives when it is
            screen.arrive()
        return screen

    def show_text(self, title: str, *parts: Any, hang: int = 0) -> None:
        """A window with a text to read."""
        from tui.screens.shared.windows import TextWindow

        self.push_screen(TextWindow(title, *parts, hang=hang))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for. What fails unexpectedly is told under an id; the desk goes on."""
        with going_on(self.screen):
            return await super().run_action(action, default_namespace, namespaces)
        return True

    def tell_fault(self, fault: Exception) -> None:
        """Log an unexpected error and tell it under an id; the desk goes on, unless it cannot."""
        if self._exit or self._closing:
            faults.record(fault)
            return
        place = faults.place_of(fault)
        self._faults[place] += 1
        most = PAINTED_AT_MOST if faults.at_painting(fault) else AT_MOST
        begun = any(isinstance(screen, DeskScreen) for screen in self.screen_stack)
        if self._faults[place] > most or not begun:
            super()._handle_exception(fault)
            return
        from tui.screens.shared.windows import FaultWindow

        identifier = faults.record(fault)
        self.drop_typed()
        if not isinstance(self.screen, FaultWindow):  # the first is what others follow from
            self.push_screen(FaultWindow(faults.sentence(identifier)))

    def _handle_exception(self, error: Exception) -> None:
        """What fails where no message was handled: at painting, in a timer, in a callback.

        Textual calls this private hook, and then would close; it has no public one.
        """
        self.tell_fault(error)

    def _fatal_error(self) -> None:
        """Leave calmly: an id instead of a traceback, whose local variables could name people.

        Textual calls this private hook when it closes; it has no public one.
        """
        fault = sys.exc_info()[1] or self._exception
        identifier = faults.record(fault) if fault is not None else "-"
        self.panic(Text(faults.sentence(identifier, closing=True)))


def _collect_again() -> None:
    """Look for garbage again, but never among what has been imported."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def open_desk(location: str | None) -> int:
    """Open the desk on a register and stay until the clerk leaves; answers the exit status.

    `location` None means the usual place (see `db.storage.register.locate`).
    """
    reason = unfit_terminal()
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    app = TaizhangApp(location)
    app.run()
    drop_what_is_unsaid()
    return app.return_code or 0
