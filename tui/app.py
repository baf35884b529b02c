"""The desk put together: which page stands at which place, and how one comes and leaves."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from tui.actions.keymap import Keymap, config_path, read_keymap, readable
from tui.actions.registry import bindings
from tui.desk import session
from tui.desk.asking import ask, drop_answer
from tui.desk.copies import copy_at_leaving, copy_of_the_day
from tui.desk.desk import Answered
from tui.desk.framework import at_size, count_parameters_once, lay_once, switchable
from tui.desk.going_on import going_on
from tui.desk.session import Habits, Office
from tui.desk.state import remembered
from tui.desk.stopping import Stop
from tui.desk.strays import watch_strays
from tui.desk.terminal import (
    ask_the_terminal,
    drop_what_is_unsaid,
    outliving,
    unfit_terminal,
    watch_terminal,
)
from tui.look.stylesheet import PAGES_CSS, DeskStylesheet
from tui.look.theme import DEFAULTS, THEMES, few_colours, fitting_theme
from tui.screens.everywhere.opening import OpeningDesk
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.home import HomeScreen
from tui.screens.today.today import TodayScreen

ON_SERVER = (
    "登记簿 {} 在数据库服务器上，由服务器备份和恢复：pg_dump 每天一份，或连续归档（PITR）。\n\n"
    "请向服务器的管理员查问；做法见 docs/scale.md。要把整本登记簿搬进一个文件，用 taizhang move。"
)

if TYPE_CHECKING:
    from textual.geometry import Offset, Size

    from db.words.vocabulary import Role
    from tui.desk.forerunner import Forerunner
    from tui.desk.opened import Opened
    from tui.desk.places import Place
    from tui.screens.shared.windows import Confirm


def _register_screen() -> Screen[Any]:
    from tui.screens.register.register import RegisterScreen

    return RegisterScreen()


DAY_CHECK_SECONDS = 30


class TaizhangApp(OpeningDesk):
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

    def __init__(
        self, office: Office, page: str = "today", forerunner: Forerunner | None = None
    ) -> None:
        # Without colours the framework paints in greys, unless it is told so early.
        super().__init__(forerunner, ansi_color=True if "NO_COLOR" in os.environ else None)
        lay_once()
        count_parameters_once()
        self.stylesheet = DeskStylesheet(variables=self.theme_variables)
        self._page = page
        self.office = office
        self.today = office.clock.today()
        self.habits = Habits()
        self.recorded = set()
        self._asks_to_quit: Confirm | None = None
        self._told_size: Size | None = None  # that the terminal has told last
        self._copying = Stop()
        self._looked_after = False
        self.used: Path | None = None  # the register that the desk had open last
        self.take_keymap(read_keymap(config_path(), remembered("keys")))
        for theme in THEMES.values():
            self.register_theme(theme)
        colours = os.environ.get("TEXTUAL_COLOR_SYSTEM") or self.console.color_system
        self.few_colours = few_colours(colours, self.no_color)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = fitting_theme(colours, self.no_color, remembered("theme"))
        self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        """The first page stands at the bottom itself: another one under it would be laid first."""
        return switchable(self.get_screen(self._page))

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:
        """Where every page passes on its way up, the first one too."""
        page = super().get_screen(screen, screen_class)
        if not page.is_running:
            for path in page.css_path:  # the framework reads it once the page has been dressed
                self.dress(path)
            at_size(page, self)
        return page

    def refresh(
        self, *, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """A page that has been taken away (`layout`) leaves the one below as it has just come up."""
        if layout:
            return self
        return super().refresh(repaint=repaint, recompose=recompose)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is put whenever something is painted: input methods write there.

        The framework asks the field once, when the focus comes, and it may have no place yet.
        """
        place: Offset | None = getattr(self.focused, "cursor_screen_offset", None)
        return self._cursor if place is None else place

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._cursor = place

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that tells the size it has had wants to be painted anew: it was cleared."""
        if event.size == self._told_size and self.screen_stack:
            self.screen.refresh()
        self._told_size = event.size

    def on_mount(self) -> None:
        if self.keymap.problems:
            told = "\n".join(self.keymap.problems)
            self.show_error(f"没有采用：\n\n{told}\n\n{config_path()}", "按键设置有误")
        self.set_interval(DAY_CHECK_SECONDS, self.check_day)
        watch_terminal(self, self.leave)

    def get_driver_class(self) -> type[Driver]:
        return outliving(super().get_driver_class())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DEFAULTS

    def get_key_display(self, binding: Binding) -> str:
        """How a key stands in the footer."""
        return readable(binding.key).replace("Ctrl+", "^")

    def take_keymap(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self.set_keymap(dict(keymap.chosen))

    def take_clerk(self, clerk: str) -> None:
        self.office = self.office._replace(clerk=clerk)
        if self.is_open:
            self.register.clerk = clerk
            self.read_role()

    def take_organs(self, organs: tuple[str, ...]) -> None:
        if self._opened is not None:
            self._opened = replace(self._opened, organs=organs)

    def read_role(self) -> None:
        register = self.register

        def question() -> Role:
            with register.reading() as tx:
                return tx.role

        def answer(role: Role) -> None:
            if self._opened is not None and self._opened.role is not role:
                self._opened = replace(self._opened, role=role)
                self.screen.refresh_bindings()

        ask(self, "role", question, answer, lambda _: None)

    def check_day(self) -> None:
        """Read today afresh; when midnight has passed, every page follows."""
        today = self.office.clock.today()
        if today != self.today:
            self.today = today
            for screen in self._pages():
                screen.day_changed()

    def _pages(self) -> list[DeskScreen[Any]]:
        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]

    # -- the register -----------------------------------------------------------------------

    def adopt(self, opened: Opened) -> None:
        if self.is_open and self.register is not opened.register:
            self.register.close()
        self._opened = opened
        self.screen.refresh_bindings()  # which the clerk's role has a say in
        waits = "登记簿正被别的程序写入；正在等候，最多 30 秒。"
        opened.register.told = lambda doing: self.call_later(self.flash, waits)
        if opened.register.remarks:
            self.show_text("登记簿文件", "\n\n".join(opened.register.remarks))
        self.recorded = set()
        opened.register.following.start(lambda: self.call_later(self.others_wrote))
        self.used = opened.register.store.file
        self._looked_after = False
        if opened.fresh and not remembered("tour"):
            self.call_later(self.action_tour)

    def others_wrote(self) -> None:
        """Others have written to the register: the page in sight follows, the others when they are."""
        self.read_role()
        for screen in self._pages():
            screen.behind = True
        if isinstance(self.screen, DeskScreen):
            self.screen.catch_up()

    def look_after(self) -> None:
        if self._looked_after or not self.is_open:
            return
        self._looked_after = True
        path, now = self.register.store.file, self.office.clock.now()
        ask(self, "tidy", lambda: session.look_after(path, now), self._looked)
        self._copy_of_the_day()
        self.dress(PAGES_CSS)  # before another page is asked for

    def dress(self, look: PurePath) -> None:
        if not self.stylesheet.has_source(str(look)):
            self.stylesheet.read(look)
            self.stylesheet.parse()

    def _looked(self, forgotten: int) -> None:
        if forgotten:
            self.flash(f"{forgotten} 份 90 天前没有保存的填写内容已清除。")

    def _copy_of_the_day(self) -> None:
        path, clock, stop = self.register.store.file, self.office.clock, self._copying

        def told(warning: str) -> None:
            if warning:
                self.show_error(warning)
            self.home.copied()
            ask(self, "warm", _import_forms, lambda _: None)

        def failed(sentence: str) -> None:
            self.show_error(f"今天的备份没有完成：{sentence}")

        ask(self, "copy", lambda: copy_of_the_day(path, clock, stop) if path else "", told, failed)

    def let_go(self) -> None:
        if self.is_open:
            self.register.close()
            self._opened = None

    def on_unmount(self) -> None:
        drop_answer(self, "copy")
        self._copying.ask()
        self.let_forerunner_go()
        if self.opening is not None:
            self.opening.stop.ask()
        if self.is_open:
            self.register.close()

    # -- going ------------------------------------------------------------------------------

    def go(self, place: Place, then: Answered | None = None) -> None:
        self.when_unlocked(lambda: self._go(place, then))

    def _go(self, place: Place, then: Answered | None) -> None:
        from tui.desk import places
        from tui.page_of import page_of

        match place:
            case places.Today():
                self._go_home("today")
            case places.Register():
                self._go_home("register")
            case places.Backups() if self.is_open and self.register.store.file is None:
                self.show_text("备份", ON_SERVER.format(self.register.place))
            case places.Lookup(typed):
                self._look_up(typed)
            case places.Found(words):
                self._find(words)
            case _:
                page = self.screen

                def back(answer: Any) -> None:
                    if then is not None:
                        then(answer)
                    elif isinstance(page, DeskScreen):
                        page.reload()

                self.push_screen(page_of(place), back)

    def _go_home(self, page: str) -> HomeScreen:
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

    def _look_up(self, typed: str) -> None:
        from tui.screens.register.register import RegisterScreen

        page = self._go_home("register")
        if isinstance(page, RegisterScreen):
            page.expect_lookup(typed)

    def _find(self, words: str) -> None:
        from tui.screens.register.register import RegisterScreen

        page = self._go_home("register")
        if isinstance(page, RegisterScreen):
            page.expect_list(words)

    # -- leaving ----------------------------------------------------------------------------

    async def action_quit(self) -> None:
        if self.locked:  # whoever this is may not decide about what is typed: it is kept
            self.leave(0)
            return
        if self._asks_to_quit is self.screen:
            return
        if any(page.unsaved() for page in self._pages()):
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
        for page in self._pages():
            with going_on(page):
                page.keep()
        self.exit(return_code=status)

    def give_up(self) -> None:
        """Leave, and forget what was typed and not saved: the clerk has said so."""
        for page in self._pages():
            page.forget()
        self.exit()


def _import_forms() -> None:
    """The pages most gone to, imported in a thread while nothing else is asked for."""
    import tui.screens.case.case
    import tui.screens.case.fees
    import tui.screens.everywhere.going
    import tui.screens.intake.intake

    del tui


def open_desk(office: Office, forerunner: Forerunner | None = None) -> int:
    """Open the desk and stay until the clerk leaves; answers the exit status."""
    reason = unfit_terminal()
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    watch_strays()
    ask_the_terminal()
    app = TaizhangApp(office, forerunner=forerunner)
    app.run()
    gc.unfreeze()  # a question that was being asked still holds its connection: it is let go of
    drop_what_is_unsaid()
    if app.used is not None and not app.return_code:
        copy_at_leaving(app.used, office.clock)
    return app.return_code or 0
