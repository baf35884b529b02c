"""The desk: a thin app that owns the register, today's date and what outlives a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType

from db import moment
from tui import faults
from tui.actions import bindings
from tui.screens.base import DeskScreen
from tui.screens.register import RegisterScreen
from tui.screens.windows import Confirm, ErrorWindow, HelpWindow, TextWindow, confirm
from tui.session import Habits, Opened
from tui.theme import DARK, LIGHT
from tui.widgets.plain import notice

if TYPE_CHECKING:
    from db.register import Register

DAY_CHECK_SECONDS = 30


def unfit_terminal() -> str | None:
    """Why the desk cannot be drawn here, or None when it can."""
    if os.environ.get("TERM") == "dumb":
        return "这个终端（TERM=dumb）不能显示界面；请换一个终端，或使用命令行：taizhang --help。"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "界面要在终端里打开；在脚本里请使用命令行：taizhang --help。"
    return None


class TaizhangApp(App[None]):
    """台账 at a terminal."""

    TITLE = "台账"
    CSS_PATH = "desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, location: str | None) -> None:
        super().__init__()
        self.today: date = moment.today()
        self.habits = Habits()
        self.location = location or ""
        self._open: Opened | None = None
        self.register_theme(LIGHT)
        self.register_theme(DARK)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = DARK.name
        self.animation_level = "none"

    def on_mount(self) -> None:
        self.push_screen(RegisterScreen())
        self.set_interval(DAY_CHECK_SECONDS, self.check_day)

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

    def open(self) -> Opened | None:
        """Open the register (in a worker thread); None when there is none yet."""
        from db.register import Register, exists, locate

        self.location = locate(self.location or None)
        if not exists(self.location):
            return None
        register = Register.open(self.location)
        return Opened(register, register.organ_names())

    def create(self, organ: str) -> Opened:
        """Begin a register for an organ (in a worker thread)."""
        from db.handling import add_organ
        from db.register import Register

        register = Register.open(self.location, create=True)
        add_organ(register, organ)
        return Opened(register, register.organ_names())

    def open_demo(self, progress: Callable[[str, int, int], None]) -> Opened:
        """The invented register, in a file of its own beside the real one (in a worker thread)."""
        from db.demo import make_demo
        from db.register import Register, exists, sqlite_path

        path = str(sqlite_path(self.location).with_name("demo.db"))
        fresh = not exists(path)
        register = Register.open(path, create=True)
        if fresh:
            make_demo(register, progress=progress)
        return Opened(register, register.organ_names(), "演示台账")

    def adopt(self, opened: Opened) -> None:
        """Work with this register from now on."""
        if self._open is not None and self._open.register is not opened.register:
            self._open.register.close()
        self._open = opened

    def on_unmount(self) -> None:
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
        screen = self.screen
        if isinstance(screen, DeskScreen):
            self.push_screen(HelpWindow(screen.SCOPES, screen.help_topics()))

    def action_palette(self) -> None:
        if isinstance(self.screen, DeskScreen):
            from tui.screens.palette import Palette

            self.push_screen(Palette(self.screen))

    def action_dark(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_quit(self) -> None:
        if isinstance(self.screen, Confirm):
            return
        if any(isinstance(s, DeskScreen) and s.unsaved() for s in self.screen_stack):
            confirm(
                self.screen, "有内容还没有保存。要放弃并退出吗？", "放弃并退出", "回去", self.exit
            )
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies elsewhere; here it only says how to leave."""
        notice(self, "退出请按 Ctrl+Q；复制选中的文字用 Ctrl+C。")

    # -- when things go wrong ---------------------------------------------------------------

    def show_error(self, sentence: str) -> None:
        """A window with a sentence; one at a time."""
        top = self.screen
        if isinstance(top, ErrorWindow) and top.text == sentence:
            return
        self.push_screen(ErrorWindow(sentence))

    def open_case(self, number: str) -> None:
        """A case's page, from wherever the clerk is."""
        for screen in self.screen_stack:
            if isinstance(screen, RegisterScreen):
                screen.open_number(number)

    def show_text(self, title: str, *parts: Any, hang: int = 0) -> None:
        """A window with a text to read."""
        self.push_screen(TextWindow(title, *parts, hang=hang))

    def _fatal_error(self) -> None:
        """Leave calmly: an id instead of a traceback, whose local variables could name people.

        Textual calls this private hook for an error nobody handled; it has no public one.
        """
        fault = sys.exc_info()[1] or self._exception
        identifier = faults.record(fault) if fault is not None else "-"
        self.panic(Text(faults.sentence(identifier)))


def open_desk(location: str | None) -> int:
    """Open the desk on a register and stay until the clerk leaves; answers the exit status.

    `location` None means the usual place (see `db.register.locate`).
    """
    reason = unfit_terminal()
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    app = TaizhangApp(location)
    app.run()
    return app.return_code or 0
