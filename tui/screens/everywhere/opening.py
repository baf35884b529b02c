"""Opening the register in a thread; a forerunner tells meanwhile what it has seen of it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tui.desk.asking import ask
from tui.desk.session import Opening
from tui.screens.everywhere.everywhere import EverywhereDesk
from tui.screens.shared.home import HomeScreen

if TYPE_CHECKING:
    from tui.desk.forerunner import Forerunner
    from tui.desk.opened import Opened


REST = 0.25
"""Seconds between two looks whether the forerunner has answered. Then the register is opened here,
which slows down everything else: a lookup typed at once is shown before."""


class OpeningDesk(EverywhereDesk):
    """A desk whose home page opens its register."""

    def __init__(self, forerunner: Forerunner | None, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.opening = None
        self._forerunner = forerunner

    @property
    def home(self) -> HomeScreen:
        """今日 or 台账, whichever is at the bottom."""
        return next(screen for screen in self.screen_stack if isinstance(screen, HomeScreen))

    def open_register(self) -> None:
        if self.opening is not None:
            return
        self.opening = Opening()
        if self._forerunner is None:
            self._open(self.opening)
        else:
            ready, told = self._forerunner.ready, self._told_ahead
            ask(self, "ahead", ready, told, lambda _: told(False))
        self.begin_lock()

    def _told_ahead(self, ready: bool) -> None:
        """Ask the forerunner, if it is ready, for what is in sight; then open the register here."""
        if not ready:
            self.let_forerunner_go()
        self.ahead = self._forerunner
        if self.ahead is None:
            self._open_at_rest()
        else:
            self.home.told_ahead(self.ahead)
            self.set_timer(REST, self._open_at_rest)

    def _open_at_rest(self) -> None:
        if self.ahead is not None and self.ahead.busy:
            self.set_timer(REST, self._open_at_rest)
        elif self.opening is not None:
            self._open(self.opening)

    def let_forerunner_go(self) -> None:
        if self._forerunner is not None:
            self._forerunner.end()
        self.ahead = self._forerunner = None

    def _open(self, opening: Opening) -> None:
        office = self.office

        def ended() -> None:
            self.opening = None
            self.let_forerunner_go()
            _collect_again()

        def found() -> Opened | None:
            from tui.desk.opened import find

            return find(office, opening)

        def opened(register: Opened | None) -> None:
            ended()
            self.home.register_opened(register)

        def failed(sentence: str) -> None:
            ended()
            self.home.register_not_opened(sentence)

        ask(self, "open", found, opened, failed)


def _collect_again() -> None:
    """Look for garbage again, but never among what has been imported."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
