"""The desk as pages and widgets know it. What it does with pages is done by `tui.app`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from textual.app import App
from textual.dom import DOMNode

from tui.actions.keymap import Keymap
from tui.desk.session import Habits, Office, Opening

if TYPE_CHECKING:
    from pathlib import PurePath

    from db.storage.register import Register
    from db.words.vocabulary import Role
    from tui.desk.forerunner import Forerunner
    from tui.desk.lock import Lock
    from tui.desk.opened import Opened
    from tui.desk.places import Place

Answered = Callable[[Any], None]


@runtime_checkable
class Ready(Protocol):
    """A page that says whether it can take what is typed; until then that waits."""

    @property
    def ready(self) -> bool: ...


class Desk(App[None]):
    """Owns the open register, today's date and what outlives a page."""

    office: Office
    today: date
    keymap: Keymap
    habits: Habits
    opening: Opening | None
    """The register being opened, while a thread is at it."""
    _opened: Opened | None = None

    ahead: Forerunner | None = None
    """What answers in the register's place while that is still being opened, if anything does."""

    recorded: set[int]
    """The events that this desk itself has recorded in the open register, by their ids."""

    lock: Lock | None
    """How the desk is locked; None when no passphrase is set."""

    @property
    def is_open(self) -> bool:
        return self._opened is not None

    @property
    def locked(self) -> bool:
        """Whether a passphrase must be typed before anything is shown."""
        raise NotImplementedError

    def take_lock(self, lock: Lock | None) -> None:
        """Be locked like this from now on."""
        raise NotImplementedError

    def uncover(self, lock: Lock) -> None:
        """Unlock the desk; `lock` is as the right passphrase has left it."""
        raise NotImplementedError

    def take_keymap(self, keymap: Keymap) -> None:
        """Obey these keys from now on."""
        raise NotImplementedError

    def take_clerk(self, clerk: str) -> None:
        """Record under this name from now on."""
        raise NotImplementedError

    def take_organs(self, organs: tuple[str, ...]) -> None:
        """The register's organs are called so from now on."""
        raise NotImplementedError

    def read_role(self) -> None:
        """Ask the register anew what the clerk may do with it."""
        raise NotImplementedError

    def allows(self, role: Role) -> bool:
        """Whether the clerk may do what takes that role; while nothing is open, everything."""
        return self._opened is None or self._opened.role.may(role)

    def when_unlocked(self, act: Callable[[], object]) -> None:
        """Do it now, or once the desk is not locked any more."""
        raise NotImplementedError

    @property
    def register(self) -> Register:
        """The open register; pages ask only after it has been opened."""
        return self.opened.register

    @property
    def opened(self) -> Opened:
        """The open register with what its pages are headed with."""
        if self._opened is None:
            raise RuntimeError("the register is not open")
        return self._opened

    def open_register(self) -> None:
        """Open the register in a thread, unless one is at it; the home page then hears of it."""
        raise NotImplementedError

    def adopt(self, opened: Opened) -> None:
        """Work with this register from now on."""
        raise NotImplementedError

    def dress(self, look: PurePath) -> None:
        """Read a stylesheet, unless it has been: how what is mounted from now on looks."""
        raise NotImplementedError

    def look_after(self) -> None:
        """A page shows what the register holds: do what has waited for that, once."""
        raise NotImplementedError

    def let_go(self) -> None:
        """Close the register: its file is about to be replaced."""
        raise NotImplementedError

    def go(self, place: Place, then: Answered | None = None) -> None:
        """Go to a place. On the way back `then` hears the answer; else the page is read again."""
        raise NotImplementedError

    def flash(self, text: str) -> None:
        """Say in passing, on the page in sight, that something was done."""
        raise NotImplementedError

    def show_text(self, title: str, *parts: Any, hang: int = 0) -> None:
        """A window with a text to read."""
        raise NotImplementedError

    def show_error(self, sentence: str) -> None:
        """A window with a sentence; the same one twice over is shown once."""
        raise NotImplementedError

    def tell_fault(self, fault: Exception) -> None:
        """Log an unexpected error and tell it under an id; the desk goes on."""
        raise NotImplementedError

    def once(self, settled: Callable[[], bool], act: Callable[[], None]) -> None:
        """Do what a key asks of a list as soon as the list is `settled`; keys after it wait."""
        raise NotImplementedError

    def press_next(self, *keys: str) -> None:
        """Press keys before whatever has been typed ahead, each once the page can take it."""
        raise NotImplementedError

    def drop_typed(self) -> bool:
        """What has been typed ahead was not meant for what has come up since; was there any?"""
        raise NotImplementedError


def desk_of(node: DOMNode) -> Desk:
    """The desk a widget stands on."""
    return cast("Desk", node.app)
