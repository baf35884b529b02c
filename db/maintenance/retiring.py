"""Erasing for good: in the register, in the file's free pages, and in the copies made before."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.maintenance.backups import copies_folder, make_copy
from db.maintenance.compacting import compact
from db.maintenance.copy_names import copies_in, register_name
from db.maintenance.second_folder import second_folder
from db.maintenance.unfinished import SIDES, beside
from db.privacy.erasing import erase_cases
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
        for path in copies_of_before(register.path):
            if path.name == made.path.name:
                continue
            with contextlib.suppress(OSError):
                for side in SIDES:  # of a damaged register that a restore kept aside
                    beside(path, side).unlink(missing_ok=True)
                path.unlink()
            if path.exists():
                kept.append(path)
            else:
                removed += 1
    return Retired(cases, made.path, removed, tuple(kept))


def copies_of_before(register: Path) -> list[Path]:
    """The copies there are, here and in the second folder: all of them go when something is erased.

    Raises:
        Unreadable: a folder cannot be read.
    """
    folder = copies_folder(register)
    second = second_folder(folder, register)
    return [
        path
        for place in (folder, *([second.path] if second else []))
        for path in copies_in(place, register_name(register)).values()
    ]
