"""The register that the desk has opened, found or begun: all of this runs in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from db.storage.register import Register
    from db.words.vocabulary import Role
    from tui.desk.session import Office, Opening


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
    with _open(office._replace(location=path), create=True).handing_over() as register:
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
