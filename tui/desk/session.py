"""What outlives a page: the register that is open, how it is opened, and habits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from tui.desk.stopping import Stop

if TYPE_CHECKING:
    from db.storage.register import Register
    from db.words.vocabulary import ApplicantKind, Channel


@dataclass(frozen=True)
class Opened:
    """A register that has been opened, and what its pages are headed with."""

    register: Register
    organs: tuple[str, ...]
    heading: str = "台账"
    fresh: bool = False
    """Whether it has just been begun."""
    forgotten: int = 0
    """Forms kept so long ago that they were forgotten."""


class Opening:
    """A register being opened in a thread; an old one is upgraded, which may take long."""

    def __init__(self) -> None:
        self.stop = Stop()
        self._doing = "正在打开登记簿"
        self._began = monotonic()

    def told(self, doing: str) -> None:
        """Hear from the thread what it is doing.

        Raises:
            Cancelled: it should stop.
        """
        self.stop.check()
        self._doing = doing

    @property
    def sentence(self) -> str:
        seconds = int(monotonic() - self._began)
        return f"{self._doing}  {seconds} 秒" if seconds else self._doing


@dataclass
class Habits:
    """What the next intake starts from."""

    channel: Channel | None = None
    kind: ApplicantKind | None = None


def find(location: str, opening: Opening) -> Opened | None:
    """Open the register that stands at a location (in a worker thread); None when none does."""
    from db import moment
    from db.opening import open_register
    from db.storage.location import exists
    from tui.desk.state import forget_old

    if not exists(location):
        return None
    register = open_register(location, told=opening.told)
    return Opened(register, register.organ_names(), forgotten=forget_old(moment.now()))


def begin(location: str, organ: str) -> Opened:
    """Begin a register for an organ (in a worker thread)."""
    from db.cases.organs import add_organ
    from db.opening import open_register

    register = open_register(location, create=True)
    add_organ(register, organ)
    return Opened(register, register.organ_names(), fresh=True)


def open_demo(location: str, progress: Callable[[str, int, int], None]) -> Opened:
    """The invented register, in a file of its own beside the real one (in a worker thread)."""
    from db.demo.cases import make_demo
    from db.lookup.find import count_found
    from db.opening import open_register
    from db.storage.location import exists, sqlite_path

    path = str(sqlite_path(location).with_name("demo.db"))
    fresh = not exists(path)
    register = open_register(path, create=True)
    try:
        if not count_found(register, ""):  # also when its making was stopped the last time
            make_demo(register, progress=progress)
    except BaseException:
        register.close()
        raise
    return Opened(register, register.organ_names(), "演示登记簿", fresh=fresh)
