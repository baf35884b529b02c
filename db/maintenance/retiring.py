"""Erasing for good: in the register, in the file's free pages, and in the copies made before."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.maintenance.backups import make_copy
from db.maintenance.compacting import compact
from db.maintenance.copy_names import copies_in, register_name
from db.maintenance.second_folder import second_folder
from db.privacy.erasing import erase_cases
from db.storage.location import copies_folder
from db.storage.register import Register

REASON = "after-erasure"


@dataclass(frozen=True, slots=True)
class Retired:
    """How many cases were erased, the copy made since, and how many older copies have gone."""

    cases: int
    copy: Path
    removed: int
    kept: tuple[Path, ...]
    """Older copies that could not be removed: they still hold what was erased."""


def retire(register: Register, case_ids: Sequence[int]) -> Retired:
    """Erase the personal facts of these cases, also from the copies that the program has made.

    In this order: the records, the bytes in the register's file, a new proved copy, and only then
    the copies of before, for they hold what was erased.

    Raises:
        Unreadable: the register is in use, or the disk refuses; what was done so far stays done.
    """
    with register.writing() as tx:
        cases = erase_cases(tx, case_ids)
    compact(register)
    made = make_copy(register.path, REASON, register.clock.now())
    removed, kept = 0, []
    if not made.checked.problems:
        for path in _copies_of_before(register.path, made.path):
            with contextlib.suppress(OSError):
                path.unlink()
            if path.exists():
                kept.append(path)
            else:
                removed += 1
    return Retired(cases, made.path, removed, tuple(kept))


def _copies_of_before(register: Path, made: Path) -> list[Path]:
    folder = copies_folder(register)
    second = second_folder(folder, register)
    folders = [folder, *([second.path] if second else [])]
    return [
        path
        for place in folders
        for path in copies_in(place, register_name(register)).values()
        if path.name != made.name
    ]
