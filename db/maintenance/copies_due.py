"""Whether a register is to be copied: what it holds, beside what its newest copy does.

Every command that records something asks this, and few of them copy it: nothing is loaded here that
only a copy needs.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from db.maintenance.copy_check import reading_file, version_of
from db.maintenance.copy_names import (
    CopyName,
    Extent,
    copies_in,
    extent_of,
    last_recorded,
    register_name,
)
from db.storage.location import copies_folder


def copy_is_due(register: Path, now: datetime) -> bool:
    """Whether something recorded before today stands in no copy yet, and none was made today.

    Raises:
        NotFound, Unreadable: the register cannot be read.
    """
    extent, last = state_of(register)
    newest = newest_copy(register, extent)
    copied = newest is not None and newest.at.date() == now.date()
    return not copied and last not in (None, now.date()) and has_changed(newest, extent)


def state_of(register: Path) -> tuple[Extent, date | None]:
    """How much a register holds, and on which day something was last recorded in it.

    Raises:
        NotFound, Unreadable: the register cannot be read.
    """
    with reading_file(register, live=True) as connection:
        version_of(connection, register)
        return extent_of(connection), last_recorded(connection)


def newest_copy(register: Path, extent: Extent) -> CopyName | None:
    """The newest copy of just this register, whole or faulty."""
    there = copies_in(copies_folder(register), register_name(register))
    return next((name for name in there if name.extent and name.extent.mark == extent.mark), None)


def has_changed(newest: CopyName | None, extent: Extent) -> bool:
    """Whether a register holds something else than its newest copy."""
    return newest is None or newest.extent != extent
