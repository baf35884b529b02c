"""What outlives a page: the register that is open, how it is opened, and habits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from tui.desk.stopping import Stop

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.moment import Clock
    from db.storage.register import Register
    from db.words.vocabulary import ApplicantKind, Channel, Role


@dataclass(frozen=True)
class Opened:
    """A register that has been opened, and what its pages are headed with."""

    register: Register
    organs: tuple[str, ...]
    role: Role
    """What the clerk may do with it."""
    heading: str = "台账"
    fresh: bool = False
    """Whether it has just been begun."""


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
    """What a page starts from when it is gone to again."""

    channel: Channel | None = None
    kind: ApplicantKind | None = None
    reports: dict[tuple[str, int], Any] = field(default_factory=dict)
    """What was read for the sum of a register's year: nothing is read twice in a sitting."""


@dataclass(frozen=True)
class Office:
    """Where the desk's own register is, who works there, and the clock on the wall."""

    location: str
    clerk: str
    clock: Clock
    clerk_fixed: bool = False
    """Whether the environment says who records: then no setting does."""


def find(office: Office, opening: Opening) -> Opened | None:
    """Open the office's register (in a worker thread); None when there is none yet."""
    from db.storage.location import exists
    from tui.desk.clock_back import clock_set_back
    from tui.desk.heads import watch

    if not exists(office.location):
        return None
    with _open(office, told=opening.told).handing_over() as register:
        with register.reading() as tx:
            behind = clock_set_back(tx)
        register.remarks += tuple(filter(None, (watch(register), behind)))
        return _opened(register)


def look_after(register: Path | None, now: datetime) -> int:
    """Put the desk's folders in order (in a worker thread).

    Answers how many forms were kept so long ago that they are forgotten now.
    """
    from tui.desk.drafts import forget_old
    from tui.desk.tidying import tidy

    tidy(register)
    return forget_old(now)


def begin(office: Office, organ: str) -> Opened:
    """Begin the office's register for an organ (in a worker thread)."""
    from db.cases.organ_facts import organ_name
    from db.cases.organs import find_or_add_organ
    from tui.desk.heads import watch

    organ = organ_name(organ)
    with _open(office, create=True).handing_over() as register:
        with register.writing() as tx:
            find_or_add_organ(tx, organ)
        said = watch(register, fresh=True)
        if said:
            register.remarks += (said,)
        return _opened(register, fresh=True)


def open_demo(office: Office, progress: Callable[[str, int, int], None]) -> Opened:
    """The invented register, in a file of its own beside the real one (in a worker thread)."""
    from db.demo.cases import make_demo
    from db.lookup.find import count_found
    from db.storage.location import exists

    path = str(_beside(office.location) / "demo.db")
    fresh = not exists(path)
    with _open(replace(office, location=path), create=True).handing_over() as register:
        with register.writing() as tx:
            if not count_found(tx, ""):  # also when its making was stopped the last time
                make_demo(tx, progress=progress)
        return _opened(register, heading="演示登记簿", fresh=fresh)


def _beside(location: str) -> Path:
    """The folder of the register, or the user's own if that is on a server."""
    from db.storage.location import sqlite_path
    from db.storage.server_address import is_server

    if not is_server(location):
        return sqlite_path(location).parent
    from platformdirs import user_data_path

    return user_data_path("taizhang", appauthor=False)


def _open(office: Office, **options: Any) -> Register:
    from db.opening import open_register

    return open_register(office.location, clerk=office.clerk, clock=office.clock, **options)


def _opened(register: Register, **told: Any) -> Opened:
    from db.cases.organs import organ_names

    with register.reading() as tx:
        return Opened(register, organ_names(tx), tx.role, **told)
